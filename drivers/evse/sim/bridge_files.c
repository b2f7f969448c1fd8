// SPDX-License-Identifier: GPL-2.0-only
/* What can be seen of the ePWM modules of a board, and done to them. */

#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "bridge.h"

static int state_show(struct seq_file *m, void *unused)
{
	struct sim_bridge *s = m->private;
	struct evse_sim_epwms e;
	unsigned int i;

	raw_spin_lock_irq(&s->lock);
	evse_sim_bridge_run(s);
	e = s->e;
	raw_spin_unlock_irq(&s->lock);

	for (i = 0; i < e.count && s->board; i++)
		seq_printf(m, "current_ma%u %lld\n", i,
			   div_s64(s->inverter.ua[i], 1000));
	for (i = 0; i < e.count; i++) {
		const struct evse_sim_scope *scope = &e.scope[i];
		const struct evse_sim_epwm *epwm = &e.m[i];

		seq_printf(m, "a%u %d\nb%u %d\n", i, evse_sim_epwm_out(epwm, 0),
			   i, evse_sim_epwm_out(epwm, 1));
		seq_printf(m, "tripped%u %d\nperiod_ns%u %llu\n", i,
			   evse_sim_epwm_tripped(epwm), i,
			   evse_sim_bridge_ns(s, evse_sim_epwm_period(epwm)));
		seq_printf(m, "a_ns%u %llu\nb_ns%u %llu\n", i,
			   evse_sim_bridge_ns(s, scope->width[0]), i,
			   evse_sim_bridge_ns(s, scope->width[1]));
		seq_printf(m, "dead_ns%u %llu\npulse_ns%u %llu\n", i,
			   evse_sim_bridge_ns(s, scope->dead), i,
			   evse_sim_bridge_ns(s, scope->pulse));
		seq_printf(m, "edges%u %u\nboth%u %u\nheld%u %u\n", i,
			   scope->edges, i, scope->both, i, scope->held);
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(state);

/* "ns mW mA" of each period, the latest last */
static int power_show(struct seq_file *m, void *unused)
{
	struct sim_bridge *s = m->private;
	struct sim_bridge_record *copy;
	unsigned int i, count;
	unsigned long flags;
	s64 time;

	if (!s->board)
		return -ENODEV;
	copy = kcalloc(SIM_BRIDGE_RECORDS, sizeof(*copy), GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	raw_spin_lock_irqsave(&s->board->lock, flags);
	evse_sim_plant_run(s->board);
	count = min_t(unsigned int, s->recorded, SIM_BRIDGE_RECORDS);
	for (i = 0; i < count; i++)
		copy[i] = s->record[(s->recorded - count + i) % SIM_BRIDGE_RECORDS];
	time = s->flown - count * s->feed.period;
	raw_spin_unlock_irqrestore(&s->board->lock, flags);

	for (i = 0; i < count; i++)
		seq_printf(m, "%lld %d %d\n", time + i * s->feed.period, copy[i].mw,
			   copy[i].ma);
	kfree(copy);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(power);

/* Both switches of a leg on, on while tripped, dead time too short */
static u32 violations(const struct sim_bridge *s)
{
	unsigned int i;
	u32 sum = 0;

	for (i = 0; i < s->e.count; i++) {
		const struct evse_sim_scope *scope = &s->e.scope[i];

		sum += scope->both + scope->held +
		       (scope->dead != EVSE_SIM_EPWM_NEVER &&
			evse_sim_bridge_ns(s, scope->dead) < s->gate_dead_ns);
	}
	return sum;
}

static int violations_get(void *data, u64 *value)
{
	struct sim_bridge *s = data;

	raw_spin_lock_irq(&s->lock);
	evse_sim_bridge_run(s);
	*value = violations(s);
	raw_spin_unlock_irq(&s->lock);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(violations_fops, violations_get, NULL, "%llu\n");

static int clear_set(void *data, u64 value)
{
	struct sim_bridge *s = data;
	unsigned int i;

	if (value != 1)
		return -EINVAL;
	raw_spin_lock_irq(&s->lock);
	evse_sim_bridge_run(s);
	for (i = 0; i < s->e.count; i++)
		evse_sim_scope_clear(&s->e.scope[i]);
	raw_spin_unlock_irq(&s->lock);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(clear_fops, NULL, clear_set, "%llu\n");

static int trip_input_get(void *data, u64 *value)
{
	*value = ((struct sim_bridge *)data)->trip_input;
	return 0;
}

static int trip_input_set(void *data, u64 value)
{
	struct sim_bridge *s = data;
	bool gates;

	if (value > 1)
		return -EINVAL;
	raw_spin_lock_irq(&s->lock);
	evse_sim_bridge_run(s);
	s->trip_input = value;
	evse_sim_epwms_trip_input(&s->e, value);
	evse_sim_bridge_changed(s);
	gates = evse_sim_bridge_gates(s);
	raw_spin_unlock_irq(&s->lock);
	evse_sim_bridge_tell(s, gates);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(trip_input_fops, trip_input_get, trip_input_set, "%llu\n");

static int tbclk_get(void *data, u64 *value)
{
	*value = ((struct sim_bridge *)data)->tbclk;
	return 0;
}

static int tbclk_set(void *data, u64 value)
{
	struct sim_bridge *s = data;
	unsigned int i;

	if (value > 1)
		return -EINVAL;
	raw_spin_lock_irq(&s->lock);
	evse_sim_bridge_run(s);
	s->tbclk = value;
	for (i = 0; i < s->e.count; i++)
		evse_sim_epwm_clock(&s->e.m[i], value);
	raw_spin_unlock_irq(&s->lock);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(tbclk_fops, tbclk_get, tbclk_set, "%llu\n");

static void remove_files(void *data)
{
	debugfs_remove_recursive(data);
}

/**
 * evse_sim_bridge_add_files() - make the files of the modules
 * @s: the modules; their device removes the files
 *
 * Return: 0 or a negative errno.
 */
int evse_sim_bridge_add_files(struct sim_bridge *s)
{
	struct dentry *dir = evse_sim_inject_dir(dev_name(s->dev));
	struct dentry *referee = debugfs_create_dir("referee", dir);

	debugfs_create_file("state", 0400, dir, s, &state_fops);
	debugfs_create_file("power", 0400, dir, s, &power_fops);
	debugfs_create_file("trip_input", 0600, dir, s, &trip_input_fops);
	debugfs_create_file("tbclk", 0600, dir, s, &tbclk_fops);
	debugfs_create_file("violations", 0400, referee, s, &violations_fops);
	debugfs_create_file("log", 0400, referee, s, &state_fops);
	debugfs_create_file("clear", 0200, referee, s, &clear_fops);
	return devm_add_action_or_reset(s->dev, remove_files, dir);
}
