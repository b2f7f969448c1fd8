// SPDX-License-Identifier: GPL-2.0-only
/* What users see of the grid guard and may set of it, on behalf of the core. */
#include <linux/device.h>
#include <linux/string.h>

#include "grid.h"

static struct evse_grid_profile_info
evse_grid_info(const struct evse_grid_profile *profile)
{
	return (struct evse_grid_profile_info){
		.name = profile->name,
		.title = profile->title,
		.nominal_mhz = profile->nominal_mhz,
	};
}

static void evse_grid_user_status(void *priv, struct evse_grid_status *status)
{
	struct evse_grid *g = priv;
	const struct evse_grid_decision *d = &g->decision;
	unsigned long flags;
	unsigned int i;

	raw_spin_lock_irqsave(&g->lock, flags);
	/* Times are counted from now, not from the latest sample. */
	evse_grid_step(g, ktime_get());
	*status = (struct evse_grid_status){
		.profile = evse_grid_info(g->judge.profile),
		.state = evse_grid_state_of(g),
		.nominal_mhz = g->judge.profile->nominal_mhz,
		.nominal_mv = g->nominal_mv,
		.phases = g->phases,
		.voltages = g->voltages,
		.voltage_valid = g->seen.measured && g->seen.voltage_valid,
		.locked = g->crossings && g->seen.locked,
		.relay = g->seen.relay,
		.contradiction = d->outside & EVSE_GRID_WINDOW_CONTRADICTION,
		.active = g->seen.active,
		.outside = d->outside,
		.running = d->running,
		.running_ms = d->running_ms,
		.last_trip = g->last_trip,
		.wait_ms = d->wait_ms,
		.ramp_permille = d->ramp_permille,
	};
	for (i = 0; i < g->voltages; i++)
		status->voltage_mv[i] = g->voltage[i].mv;
	if (status->locked) {
		status->frequency_mhz = g->phase[0].reading.slow_mhz;
		status->rocof_mhz_s = g->seen.rocof_mhz_s;
		status->shift_mdeg = g->seen.shift_mdeg;
	}
	raw_spin_unlock_irqrestore(&g->lock, flags);
}

static int evse_grid_user_profile(void *priv, unsigned int index,
				  struct evse_grid_profile_info *info)
{
	if (index >= evse_grid_profile_count)
		return -ENOENT;
	*info = evse_grid_info(&evse_grid_profiles[index]);
	return 0;
}

static int evse_grid_user_setting(void *priv, enum evse_grid_element element,
				  struct evse_grid_setting *setting)
{
	struct evse_grid *g = priv;
	struct evse_grid_line line;
	unsigned long flags;

	if (element >= EVSE_GRID_ELEMENTS)
		return -ENOENT;

	raw_spin_lock_irqsave(&g->lock, flags);
	line = g->judge.line[element];
	raw_spin_unlock_irqrestore(&g->lock, flags);
	*setting = (struct evse_grid_setting){
		.element = element,
		.unit = evse_grid_unit_of(element),
		.pickup = line.pickup,
		.pickup_min = line.pickup_min,
		.pickup_max = line.pickup_max,
		.time_ms = line.time_ms,
		.time_min_ms = line.time_min_ms,
		.time_max_ms = line.time_max_ms,
		.enabled = evse_grid_line_exists(&line),
	};
	return 0;
}

/* Said twice, it changes nothing: the enter-service delay goes on. */
static int evse_grid_user_select(void *priv, const char *name)
{
	const struct evse_grid_profile *profile = evse_grid_profile_find(name);
	struct evse_grid *g = priv;
	unsigned long flags;
	bool retune;

	if (!profile)
		return -ENOENT;
	if (!evse_grid_can(g, profile)) {
		dev_warn(g->dev, "profile \"%s\" asks for active detection, and this board has no evse,active-islanding\n",
			 name);
		return -EOPNOTSUPP;
	}

	raw_spin_lock_irqsave(&g->lock, flags);
	if (profile != g->judge.profile) {
		retune = profile->nominal_mhz != g->judge.profile->nominal_mhz;
		evse_grid_use(g, profile);
		if (retune)
			evse_grid_lines_restart(g);
	} else {
		memcpy(g->judge.line, profile->line, sizeof(g->judge.line));
	}
	evse_grid_step(g, ktime_get());
	raw_spin_unlock_irqrestore(&g->lock, flags);
	return 0;
}

static int evse_grid_user_set(void *priv, enum evse_grid_element element,
			      s32 pickup, u32 time_ms)
{
	struct evse_grid *g = priv;
	unsigned long flags;
	int err;

	raw_spin_lock_irqsave(&g->lock, flags);
	err = evse_grid_judge_set(&g->judge, element, pickup, time_ms);
	if (!err)
		evse_grid_step(g, ktime_get());
	raw_spin_unlock_irqrestore(&g->lock, flags);
	return err;
}

const struct evse_grid_ops evse_grid_user_ops = {
	.status = evse_grid_user_status,
	.profile = evse_grid_user_profile,
	.setting = evse_grid_user_setting,
	.select = evse_grid_user_select,
	.set = evse_grid_user_set,
};
