// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of knobs.c, and the referee's verdict, in debugfs: what a file
 * prints can be written back, and "clear" restores every default.
 */

#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "knob.h"

/**
 * struct evse_sim_file - an open knob's place
 * @b: the board
 * @knob: which
 * @value: where
 */
struct evse_sim_file {
	struct evse_sim *b;
	const struct evse_sim_knob *knob;
	s32 *value;
};

static int knob_show(struct seq_file *m, void *unused)
{
	struct evse_sim_file *file = m->private;
	struct evse_sim *b = file->b;
	unsigned long flags;
	s32 value;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	value = *file->value;
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);

	if (file->knob->names)
		seq_printf(m, "%s\n", file->knob->names[value]);
	else
		seq_printf(m, "%d\n", value);
	return 0;
}

static int knob_open(struct inode *inode, struct file *filp)
{
	return single_open(filp, knob_show, inode->i_private);
}

static ssize_t knob_write(struct file *filp, const char __user *buf,
			  size_t count, loff_t *pos)
{
	struct evse_sim_file *file =
		((struct seq_file *)filp->private_data)->private;
	struct evse_sim *b = file->b;
	unsigned long flags;
	char text[24];
	s32 value;
	int ret;

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buf, count))
		return -EFAULT;
	text[count] = '\0';
	ret = evse_sim_knob_parse(file->knob, text, &value);
	if (ret)
		return ret;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	evse_sim_knob_set(b, file->knob, file->value, value);
	evse_sim_plant_changed(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return count;
}

static const struct file_operations knob_fops = {
	.owner = THIS_MODULE,
	.open = knob_open,
	.read = seq_read,
	.write = knob_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static int clear_set(void *data, u64 value)
{
	struct evse_sim *b = data;
	unsigned long flags;

	if (value != 1)
		return -EINVAL;
	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	evse_sim_script_stop(b);
	evse_sim_knob_defaults(b, true);
	evse_sim_plant_changed(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(clear_fops, NULL, clear_set, "%llu\n");

static int referee_clear_set(void *data, u64 value)
{
	struct evse_sim *b = data;
	unsigned long flags;

	if (value != 1)
		return -EINVAL;
	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	evse_sim_referee_clear(&b->referee);
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(referee_clear_fops, NULL, referee_clear_set, "%llu\n");

static int violations_get(void *data, u64 *value)
{
	struct evse_sim *b = data;
	unsigned long flags;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	*value = b->referee.count;
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(violations_fops, violations_get, NULL, "%llu\n");

static int log_show(struct seq_file *m, void *unused)
{
	struct evse_sim *b = m->private;
	struct evse_sim_violation entry;
	unsigned long flags;
	u32 i, count;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	count = b->referee.count;
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);

	for (i = count - min_t(u32, count, EVSE_SIM_LOG); i != count; i++) {
		raw_spin_lock_irqsave(&b->lock, flags);
		entry = b->referee.log[i % EVSE_SIM_LOG];
		raw_spin_unlock_irqrestore(&b->lock, flags);
		seq_printf(m, "%lld %s %d # %s\n", entry.time,
			   evse_sim_rule_name(entry.rule), entry.value,
			   evse_sim_rule_text(entry.rule));
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(log);

static int state_show(struct seq_file *m, void *unused)
{
	struct evse_sim *b = m->private;
	struct evse_sim_vehicle vehicle;
	struct evse_sim_pilot pilot;
	struct evse_sim_flow flow;
	struct evse_sim_dc link;
	s32 mv[EVSE_SIM_PHASES];
	unsigned long flags;
	u32 violations, in, out;
	u8 contacts;
	bool gates, islanded, apart, cooling;
	s64 now, opened, parted, blocked, uhz, fan_mrpm;
	s32 mains_mv, lead_mdeg;
	int i;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	now = b->now;
	opened = b->opened;
	parted = b->parted;
	blocked = b->blocked;
	in = b->in;
	out = b->out;
	gates = b->gates;
	pilot = b->pilot;
	vehicle = b->vehicle;
	link = b->link;
	mains_mv = evse_sim_grid_mv(b);
	islanded = b->islanded;
	apart = evse_sim_plant_parted(b);
	lead_mdeg = b->lead_mdeg;
	evse_sim_wave_advance(evse_sim_grid_wave(b), b->now);
	uhz = evse_sim_grid_wave(b)->uhz;
	for (i = 0; i < EVSE_SIM_PHASES; i++)
		mv[i] = evse_sim_grid_rms_mv(b, i);
	fan_mrpm = b->fan.speed;
	cooling = b->heat.cooling && b->heat.cooling_works;
	contacts = evse_sim_plant_contacts(b);
	evse_sim_plant_flow(b, &flow);
	violations = b->referee.count;
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);

	seq_printf(m, "time_ns %lld\nopened_ns %lld\n", now, opened);
	seq_printf(m, "breaker_ns %lld\ngates_off_ns %lld\n", parted, blocked);
	seq_printf(m, "outputs 0x%02x\ninputs 0x%06x\n", out, in);
	seq_printf(m, "contacts 0x%x\ngates %d\n", contacts, gates);
	seq_printf(m, "pilot_duty_permyriad %u\npilot_high_mv %d\npilot_low_mv %d\n",
		   pilot.duty_permyriad, pilot.high_mv, pilot.low_mv);
	seq_printf(m, "vehicle_ohm %u\nsoc_permille %d\nenergy_mj %lld\n",
		   evse_sim_vehicle_ohm(&vehicle), vehicle.soc_permille,
		   vehicle.energy_mj);
	seq_printf(m, "voltage_mv %d\ncurrent_ma %d\npower_mw %d\n",
		   flow.voltage_mv, flow.current_ma, flow.power_mw);
	seq_printf(m, "mains_mv %d\nmains_rms_mv %d,%d,%d\nmains_uhz %lld\n",
		   mains_mv, mv[0], mv[1], mv[2], uhz);
	seq_printf(m, "island %d\nlead_mdeg %d\nparted %d\n", islanded,
		   lead_mdeg, apart);
	seq_printf(m, "dc_link_mv %lld\nstage_setpoint_mw %d\nstage_power_mw %d\n",
		   div_s64(link.link_uv, 1000), link.setpoint_mw,
		   link.power_mw);
	seq_printf(m, "fan_mrpm %lld\ncooling %d\n", fan_mrpm, cooling);
	seq_printf(m, "violations %u\n", violations);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(state);

static struct dentry *inject_root;

static void inject_remove(void *data)
{
	debugfs_remove_recursive(data);
}

static int add_file(struct evse_sim *b, const struct evse_sim_knob *knob,
		    unsigned int index, struct dentry *dir)
{
	struct evse_sim_file *file;

	file = devm_kzalloc(b->dev, sizeof(*file), GFP_KERNEL);
	if (!file)
		return -ENOMEM;
	file->b = b;
	file->knob = knob;
	file->value = evse_sim_knob_value(b, knob, index);
	debugfs_create_file(knob->name, 0600, dir, file, &knob_fops);
	return 0;
}

static struct dentry *directory(const char *name, struct dentry *parent)
{
	struct dentry *dir = debugfs_lookup(name, parent);

	if (!dir)
		return debugfs_create_dir(name, parent);
	/* It stays for as long as its parent. */
	dput(dir);
	return dir;
}

static int add_knob(struct evse_sim *b, const struct evse_sim_knob *knob,
		    struct dentry *dir)
{
	unsigned int i;
	char name[12];
	int ret;

	if (!knob->count)
		return add_file(b, knob, 0, dir);
	for (i = 0; i < knob->count; i++) {
		snprintf(name, sizeof(name), "%u", i);
		ret = add_file(b, knob, i, directory(name, dir));
		if (ret)
			return ret;
	}
	return 0;
}

static int add_files(struct evse_sim *b, struct dentry *top)
{
	struct dentry *referee;
	unsigned int i;
	int ret;

	for (i = 0; i < evse_sim_knob_count; i++) {
		const struct evse_sim_knob *knob = &evse_sim_knobs[i];

		ret = add_knob(b, knob, directory(knob->dir, top));
		if (ret)
			return ret;
	}
	evse_sim_script_file(b, directory("mains", top));
	referee = directory("referee", top);
	debugfs_create_file("violations", 0400, referee, b, &violations_fops);
	debugfs_create_file("log", 0400, referee, b, &log_fops);
	debugfs_create_file("clear", 0200, referee, b, &referee_clear_fops);
	evse_sim_latency_file(b, top);
	evse_sim_thermal_file(b, top);
	debugfs_create_file("state", 0400, top, b, &state_fops);
	debugfs_create_file("clear", 0200, top, b, &clear_fops);
	return 0;
}

int evse_sim_inject_init(struct evse_sim *b)
{
	struct dentry *top = debugfs_create_dir(dev_name(b->dev), inject_root);
	int ret = add_files(b, top);

	if (ret) {
		inject_remove(top);
		return ret;
	}
	/* After what the files stand on was allocated: they go before it. */
	return devm_add_action_or_reset(b->dev, inject_remove, top);
}

/* A directory of its own for what is no board */
struct dentry *evse_sim_inject_dir(const char *name)
{
	return debugfs_create_dir(name, inject_root);
}

void evse_sim_inject_root(void)
{
	inject_root = debugfs_create_dir("evse_sim", NULL);
	evse_sim_together_file(inject_root);
}

void evse_sim_inject_unroot(void)
{
	debugfs_remove_recursive(inject_root);
}
