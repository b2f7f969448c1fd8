// SPDX-License-Identifier: GPL-2.0-only
/*
 * The vehicle, defects, and the referee's verdict in debugfs, all from a table:
 * what a file prints can be written back, and "clear" restores every default.
 */

#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/kstrtox.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "board.h"

static const char * const want_names[] = {
	[EVSE_SIM_WANT_B] = "b",
	[EVSE_SIM_WANT_C] = "c",
	[EVSE_SIM_WANT_D] = "d",
};

static const char * const diode_names[] = {
	[EVSE_SIM_DIODE_OK] = "ok",
	[EVSE_SIM_DIODE_SHORT] = "short",
	[EVSE_SIM_DIODE_OPEN] = "open",
};

static const char * const lock_names[] = {
	[EVSE_SIM_LOCK_OK] = "none",
	[EVSE_SIM_LOCK_JAM] = "jam",
	[EVSE_SIM_LOCK_NO_FEEDBACK] = "nofeedback",
	[EVSE_SIM_LOCK_UNLOCKS] = "unlocks",
};

static const char * const contact_names[] = {
	[EVSE_SIM_CONTACT_OK] = "none",
	[EVSE_SIM_CONTACT_WELD] = "weld",
	[EVSE_SIM_CONTACT_STUCK_OPEN] = "stuck-open",
	[EVSE_SIM_CONTACT_BOUNCE] = "bounce",
	[EVSE_SIM_CONTACT_SLOW] = "slow",
};

static void vehicle_changed(struct evse_sim *b, s32 *value)
{
	evse_sim_vehicle_asked(&b->vehicle, b->now);
}

static void soc_changed(struct evse_sim *b, s32 *value)
{
	evse_sim_vehicle_soc_set(&b->vehicle);
}

static void lock_changed(struct evse_sim *b, s32 *value)
{
	evse_sim_lock_failed(&b->bolt, b->now);
}

static void contact_changed(struct evse_sim *b, s32 *value)
{
	evse_sim_contact_failed(container_of(value, struct evse_sim_contact,
					     fail), b->now);
}

static void allow_changed(struct evse_sim *b, s32 *value)
{
	evse_sim_referee_excuse(&b->referee, b->now + EVSE_SIM_MS(*value));
}

/**
 * struct evse_sim_knob - a file, or one in each of several directories
 * @dir: directory; with @count the parent of directories 0 to @count - 1
 * @name: file
 * @offset: of its s32 in struct evse_sim
 * @count: how many there are, 0 for a single one
 * @stride: distance of their values
 * @min: smallest value
 * @max: largest value
 * @def: default
 * @names: words in place of numbers
 * @changed: called under the lock after the value was written
 */
struct evse_sim_knob {
	const char *dir;
	const char *name;
	size_t offset;
	unsigned int count;
	size_t stride;
	s32 min;
	s32 max;
	s32 def;
	const char * const *names;
	void (*changed)(struct evse_sim *b, s32 *value);
};

#define KNOB(_dir, _name, _field, _min, _max, _def, _changed)		\
	{ .dir = _dir, .name = _name,					\
	  .offset = offsetof(struct evse_sim, _field),			\
	  .min = _min, .max = _max, .def = _def, .changed = _changed }

#define WORDS(_dir, _name, _field, _last, _names, _changed)		\
	{ .dir = _dir, .name = _name,					\
	  .offset = offsetof(struct evse_sim, _field),			\
	  .max = _last, .names = _names, .changed = _changed }

static const struct evse_sim_knob knobs[] = {
	KNOB("vehicle", "battery_mv", vehicle.battery_mv, 50000, 1000000,
	     400000, NULL),
	KNOB("vehicle", "capacity_wh", vehicle.capacity_wh, 1, 1000000, 60000,
	     soc_changed),
	KNOB("vehicle", "soc_permille", vehicle.soc_permille, 0, 1000, 500,
	     soc_changed),
	KNOB("vehicle", "power_mw", vehicle.power_mw, -100000000, 100000000,
	     7360000, NULL),
	WORDS("vehicle", "diode", vehicle.diode, EVSE_SIM_DIODE_OPEN,
	      diode_names, NULL),
	KNOB("vehicle", "follow", vehicle.follow, 0, 1, 1, vehicle_changed),
	WORDS("vehicle", "want", vehicle.want, EVSE_SIM_WANT_D, want_names,
	      vehicle_changed),
	KNOB("vehicle", "plug", vehicle.plug, 0, 1, 0, vehicle_changed),
	KNOB("cable", "pp_ohm", pp_ohm, 0, 1000000, 220, NULL),
	WORDS("lock", "fail", bolt.fail, EVSE_SIM_LOCK_UNLOCKS, lock_names,
	      lock_changed),
	{ .dir = "contact", .name = "fail",
	  .offset = offsetof(struct evse_sim, contact[0].fail),
	  .count = EVSE_SIM_CONTACTS, .stride = sizeof(struct evse_sim_contact),
	  .max = EVSE_SIM_CONTACT_SLOW, .names = contact_names,
	  .changed = contact_changed },
	KNOB("pilot", "noise_mv", pilot.noise_mv, 0, 12000, 0, NULL),
	KNOB("pilot", "short", pilot.shorted, 0, 1, 0, NULL),
	KNOB("mains", "voltage_mv", mains_mv, 0, 500000, 230000, NULL),
	KNOB("inputs", "emergency_stop", emergency_stop, 0, 1, 0, NULL),
	KNOB("inputs", "residual_current", residual_current, 0, 1, 0, NULL),
	KNOB("inputs", "relay", relay, 0, 1, 1, NULL),
	{ .dir = "line", .name = "force",
	  .offset = offsetof(struct evse_sim, force[0]),
	  .count = EVSE_SIM_LINES, .stride = sizeof(s32),
	  .min = -1, .max = 1, .def = -1 },
	KNOB("referee", "allow_trip_ms", allow_trip_ms, 0, 600000, 0,
	     allow_changed),
};

static s32 *value_of(struct evse_sim *b, const struct evse_sim_knob *knob,
		     unsigned int index)
{
	return (void *)b + knob->offset + index * knob->stride;
}

static void set_defaults(struct evse_sim *b, bool tell)
{
	const struct evse_sim_knob *knob;
	unsigned int i;

	/* All values first: what one change leads to may look at others. */
	for (knob = knobs; knob < knobs + ARRAY_SIZE(knobs); knob++)
		for (i = 0; i < max(knob->count, 1U); i++)
			*value_of(b, knob, i) = knob->def;
	for (knob = knobs; tell && knob < knobs + ARRAY_SIZE(knobs); knob++)
		for (i = 0; knob->changed && i < max(knob->count, 1U); i++)
			knob->changed(b, value_of(b, knob, i));
}

/* Before the plant starts. */
void evse_sim_inject_defaults(struct evse_sim *b)
{
	set_defaults(b, false);
	evse_sim_vehicle_soc_set(&b->vehicle);
}

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

static int parse(const struct evse_sim_knob *knob, const char *text, s32 *value)
{
	int ret;

	if (knob->names) {
		ret = __sysfs_match_string(knob->names, knob->max + 1, text);
		if (ret < 0)
			return ret;
		*value = ret;
		return 0;
	}
	ret = kstrtos32(text, 0, value);
	if (ret)
		return ret;
	return *value < knob->min || *value > knob->max ? -ERANGE : 0;
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
	ret = parse(file->knob, text, &value);
	if (ret)
		return ret;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	*file->value = value;
	if (file->knob->changed)
		file->knob->changed(b, file->value);
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
	set_defaults(b, true);
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
	unsigned long flags;
	u8 contacts, out;
	u32 violations;
	bool gates;
	s64 now, opened;
	u16 in;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	now = b->now;
	opened = b->opened;
	in = b->in;
	out = b->out;
	gates = b->gates;
	pilot = b->pilot;
	vehicle = b->vehicle;
	link = b->link;
	contacts = evse_sim_plant_contacts(b);
	evse_sim_plant_flow(b, &flow);
	violations = b->referee.count;
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);

	seq_printf(m, "time_ns %lld\nopened_ns %lld\n", now, opened);
	seq_printf(m, "outputs 0x%02x\ninputs 0x%04x\n", out, in);
	seq_printf(m, "contacts 0x%x\ngates %d\n", contacts, gates);
	seq_printf(m, "pilot_duty_permyriad %u\npilot_high_mv %d\npilot_low_mv %d\n",
		   pilot.duty_permyriad, pilot.high_mv, pilot.low_mv);
	seq_printf(m, "vehicle_ohm %u\nsoc_permille %d\nenergy_mj %lld\n",
		   evse_sim_vehicle_ohm(&vehicle), vehicle.soc_permille,
		   vehicle.energy_mj);
	seq_printf(m, "voltage_mv %d\ncurrent_ma %d\npower_mw %d\n",
		   flow.voltage_mv, flow.current_ma, flow.power_mw);
	seq_printf(m, "mains_mv %d\n", b->mains_mv);
	seq_printf(m, "dc_link_mv %lld\nstage_setpoint_mw %d\nstage_power_mw %d\n",
		   div_s64(link.link_uv, 1000), link.setpoint_mw,
		   link.power_mw);
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
	file->value = value_of(b, knob, index);
	debugfs_create_file(knob->name, 0600, dir, file, &knob_fops);
	return 0;
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
		ret = add_file(b, knob, i, debugfs_create_dir(name, dir));
		if (ret)
			return ret;
	}
	return 0;
}

int evse_sim_inject_init(struct evse_sim *b)
{
	struct dentry *top, *dir = NULL, *referee = NULL;
	const struct evse_sim_knob *knob;
	const char *last = "";
	int ret;

	top = debugfs_create_dir(dev_name(b->dev), inject_root);
	ret = devm_add_action_or_reset(b->dev, inject_remove, top);
	if (ret)
		return ret;

	for (knob = knobs; knob < knobs + ARRAY_SIZE(knobs); knob++) {
		if (strcmp(knob->dir, last))
			dir = debugfs_create_dir(knob->dir, top);
		last = knob->dir;
		ret = add_knob(b, knob, dir);
		if (ret)
			return ret;
		if (!strcmp(knob->dir, "referee"))
			referee = dir;
	}
	debugfs_create_file("violations", 0400, referee, b, &violations_fops);
	debugfs_create_file("log", 0400, referee, b, &log_fops);
	debugfs_create_file("clear", 0200, referee, b, &referee_clear_fops);
	debugfs_create_file("state", 0400, top, b, &state_fops);
	debugfs_create_file("clear", 0200, top, b, &clear_fops);
	return 0;
}

void evse_sim_inject_root(void)
{
	inject_root = debugfs_create_dir("evse_sim", NULL);
}

void evse_sim_inject_unroot(void)
{
	debugfs_remove_recursive(inject_root);
}
