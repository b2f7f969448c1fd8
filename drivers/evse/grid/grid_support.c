// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the port does for the grid: frequency droop and volt-watt of the profile
 * in force, as two limiters of the port's power. Sampling thread, all of it.
 */
#include <linux/dev_printk.h>
#include <linux/err.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "grid.h"

static s32 evse_grid_highest_mv(const struct evse_grid *g)
{
	s32 mv = -1;
	unsigned int i;

	if (!g->seen.voltage_valid)
		return mv;
	for (i = 0; i < g->voltages; i++)
		mv = max(mv, g->voltage[i].mv);
	return mv;
}

static void evse_grid_support_tell(struct evse_limiter *limiter,
				   struct evse_grid_span *told,
				   const struct evse_grid_span *span, s32 rated_mw)
{
	if (!evse_grid_span_moves(told, span, rated_mw))
		return;
	*told = *span;
	evse_limiter_demand(limiter, span->min_mw, span->max_mw);
}

/*
 * Who is not in service supports nothing: a trip, or an export that is held, ends
 * droop, and what was flowing before is forgotten. A cease goes by.
 */
static void evse_grid_support_droop(struct evse_grid_support *s,
				    const struct evse_grid_profile *profile,
				    struct evse_grid_droop_seen *seen, bool serves)
{
	struct evse_grid_span span = EVSE_GRID_OPEN_SPAN;

	seen->flows = evse_limiter_without(s->droop_limiter, &seen->power_mw);
	seen->steady &= seen->flows;
	if (serves)
		span = evse_grid_droop_step(&s->droop, profile, s->line,
					    s->rated_mw, seen);
	else
		evse_grid_droop_init(&s->droop);
	evse_grid_support_tell(s->droop_limiter, &s->droop_told, &span, s->rated_mw);
}

/**
 * evse_grid_support() - follow frequency and voltage
 * @g: the guard, its lock not held
 *
 * Context: sampling thread.
 */
void evse_grid_support(struct evse_grid *g)
{
	struct evse_grid_droop_seen seen = { .now = ktime_get() };
	struct evse_grid_volt_watt_seen volts = {
		.now = seen.now,
		.nominal_mv = g->nominal_mv,
		.late_ms = g->late_ms,
	};
	struct evse_grid_support *s = &g->support;
	const struct evse_grid_profile *profile;
	struct evse_grid_span span;
	unsigned long flags;
	bool serves;

	raw_spin_lock_irqsave(&g->lock, flags);
	profile = g->judge.profile;
	memcpy(s->line, g->judge.line, sizeof(s->line));
	serves = g->said == EVSE_GRID_PERMIT || g->said == EVSE_GRID_CEASE;
	seen.known = g->crossings && g->seen.locked && g->seen.crossing;
	seen.sure = g->phase[0].reading.sure;
	seen.frequency_mhz = g->seen.frequency_mhz;
	seen.late_ms = g->seen.frequency_late_ms;
	seen.steady = g->said == EVSE_GRID_PERMIT &&
		      g->decision.ramp_permille >= 1000;
	volts.high_mv = evse_grid_highest_mv(g);
	raw_spin_unlock_irqrestore(&g->lock, flags);

	evse_grid_support_droop(s, profile, &seen, serves);

	span = evse_grid_volt_watt_step(&s->volt_watt, s->line, g->rated_mw, &volts);
	/* Nobody is asked to charge before export may flow. */
	if (!serves && span.min_mw > 0)
		span.min_mw = 0;
	evse_grid_support_tell(s->volt_watt_limiter, &s->volt_watt_told, &span,
			       g->rated_mw);
}

/**
 * evse_grid_support_get() - register the limiters
 * @g: the guard, its rated export known
 *
 * Volt-watt comes second: droop never asks for more than it allows.
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_grid_support_get(struct evse_grid *g)
{
	const struct evse_rating *rating = evse_port_rating(g->port);
	struct evse_grid_support *s = &g->support;
	u64 import_mw = div_u64((u64)rating->voltage_mv * rating->current_ma *
				rating->phases, 1000);

	s->rated_mw = g->rated_mw ?: min_t(u64, S32_MAX, import_mw);
	s->droop_told = EVSE_GRID_OPEN_SPAN;
	s->volt_watt_told = EVSE_GRID_OPEN_SPAN;
	evse_grid_droop_init(&s->droop);
	evse_grid_volt_watt_init(&s->volt_watt, g->rated_mw);

	s->droop_limiter = devm_evse_limiter_register(g->dev, "freq-droop");
	if (IS_ERR(s->droop_limiter))
		return dev_err_probe(g->dev, PTR_ERR(s->droop_limiter),
				     "no limiter \"freq-droop\"\n");
	s->volt_watt_limiter = devm_evse_limiter_register(g->dev, "volt-watt");
	if (IS_ERR(s->volt_watt_limiter))
		return dev_err_probe(g->dev, PTR_ERR(s->volt_watt_limiter),
				     "no limiter \"volt-watt\"\n");
	evse_limiter_of_grid(s->droop_limiter);
	evse_limiter_of_grid(s->volt_watt_limiter);
	evse_limiter_demand(s->droop_limiter, S32_MIN, S32_MAX);
	evse_limiter_demand(s->volt_watt_limiter, S32_MIN, S32_MAX);
	return 0;
}
