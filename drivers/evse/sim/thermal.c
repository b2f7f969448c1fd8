// SPDX-License-Identifier: GPL-2.0-only
/*
 * The warm side of the board: heat, the fan with its tach, the thermometers on the
 * bus and the line that their ALERT pins share.
 *
 * Nothing of it is computed by itself as long as nobody waits for these lines. The
 * conversions of a long time that nobody looked at are skipped but for the last
 * ones of it.
 */

#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/property.h>
#include <linux/seq_file.h>

#include "board.h"

/* Temperatures are computed no more often than that ... */
#define FINE		EVSE_SIM_MS(20)
/* ... and this often while somebody waits for an ALERT or power flows. */
#define COARSE		EVSE_SIM_MS(1000)
/* More than any queue of faults holds */
#define CONVERSIONS	8

#define RESET_CALL	0x06

static const char * const place_names[EVSE_SIM_PLACES] = {
	[EVSE_SIM_HEAT_JUNCTION] = "junction",
	[EVSE_SIM_HEAT_SINK] = "sink",
	[EVSE_SIM_HEAT_PIN_A] = "pin-a",
	[EVSE_SIM_HEAT_PIN_B] = "pin-b",
	[EVSE_SIM_HEAT_CABINET] = "cabinet",
	[EVSE_SIM_HEAT_INDUCTOR] = "inductor",
	[EVSE_SIM_HEAT_AMBIENT] = "ambient",
};

static s32 mdeg(const struct evse_sim *b, unsigned int chip)
{
	return b->heat.place[b->place[chip]].mdeg;
}

static bool watched(const struct evse_sim *b, unsigned int line)
{
	return b->unmasked & BIT(line);
}

/* The fan turned; each pulse is one edge, whichever is waited for. */
static void turn(struct evse_sim *b, s64 now)
{
	u32 bit = BIT(EVSE_SIM_FAN_TACH);

	if (evse_sim_fan_run(&b->fan, now) && watched(b, EVSE_SIM_FAN_TACH) &&
	    (b->rise | b->fall) & bit && !b->deaf[EVSE_SIM_FAN_TACH] &&
	    b->force[EVSE_SIM_FAN_TACH] < 0)
		b->pending |= bit;
	evse_sim_fan_plan(&b->fan, watched(b, EVSE_SIM_FAN_TACH));
}

void evse_sim_thermal_turn(struct evse_sim *b, s64 now)
{
	if (b->fan.due <= now)
		turn(b, now);
}

/* The chip whose conversion ends first, if one does until then. */
static struct evse_sim_thermometer *next(struct evse_sim *b, s64 to)
{
	struct evse_sim_thermometer *first = NULL;
	unsigned int i;

	for (i = 0; i < b->chips; i++)
		if (b->chip[i].due <= to && (!first || b->chip[i].due < first->due))
			first = &b->chip[i];
	return first;
}

static void skip(struct evse_sim_thermometer *t, s64 to)
{
	s64 cycle, count;

	if (t->due > to)
		return;
	cycle = evse_sim_thermometer_cycle_ns(t);
	count = div64_s64(to - t->due, cycle);
	/* A single conversion is not followed by others. */
	if (count > CONVERSIONS && evse_sim_thermometer_goes_on(t))
		t->due += (count - CONVERSIONS) * cycle;
}

static void warm(struct evse_sim *b, s64 to)
{
	if (to - b->heat.at >= FINE)
		evse_sim_heat_run(&b->heat, to);
}

/* As far as it is known what flowed */
static void advance(struct evse_sim *b)
{
	struct evse_sim_thermometer *t;
	s64 to = b->heat.until;
	unsigned int i;

	b->heat.fan_permille = evse_sim_fan_permille(&b->fan);
	for (i = 0; i < b->chips; i++)
		skip(&b->chip[i], to);
	while ((t = next(b, to))) {
		warm(b, t->due);
		evse_sim_thermometer_convert(t, mdeg(b, t - b->chip));
	}
	evse_sim_heat_run(&b->heat, to);
}

/* What flows has done so for @ns. */
void evse_sim_thermal_flow(struct evse_sim *b, s64 ns)
{
	s32 ma = evse_sim_plant_current(b);

	if (!evse_sim_heat_flow(&b->heat, ma, ns)) {
		advance(b);
		evse_sim_heat_flow(&b->heat, ma, ns);
	}
	if (ma && b->heat.until - b->heat.at >= COARSE)
		advance(b);
}

/* Up to b->now */
void evse_sim_thermal_run(struct evse_sim *b)
{
	turn(b, b->now);
	if (b->now - b->heat.at >= FINE || next(b, b->now))
		advance(b);
}

/* Something may have changed that moves heat. */
void evse_sim_thermal_update(struct evse_sim *b)
{
	bool cooling = evse_sim_plant_outputs(b) & BIT(EVSE_SIM_COOLING);

	if (cooling == b->heat.cooling)
		return;
	advance(b);
	b->heat.cooling = cooling;
}

/* When a thermometer may pull at the line, or let go */
void evse_sim_thermal_plan(struct evse_sim *b)
{
	unsigned int i;

	evse_sim_fan_plan(&b->fan, watched(b, EVSE_SIM_FAN_TACH));
	b->warm = EVSE_SIM_NEVER;
	if (!watched(b, EVSE_SIM_TEMP_ALERT) || !b->chips)
		return;
	b->warm = b->heat.at + COARSE;
	for (i = 0; i < b->chips; i++)
		if (evse_sim_thermometer_stirs(&b->chip[i], mdeg(b, i)))
			b->warm = min(b->warm, b->chip[i].due);
}

/* Level of the line that all pins share */
bool evse_sim_thermal_alert(const struct evse_sim *b)
{
	unsigned int i;

	for (i = 0; i < b->chips; i++)
		if (!evse_sim_thermometer_pin(&b->chip[i]))
			return false;
	return true;
}

/* Does the line of ALERT not yet show what the pins do? */
bool evse_sim_thermal_moved(const struct evse_sim *b)
{
	return b->force[EVSE_SIM_TEMP_ALERT] < 0 &&
	       evse_sim_thermal_alert(b) != !!(b->in & BIT(EVSE_SIM_TEMP_ALERT));
}

/* After evse_sim_plant_run(): what a line says that nobody may be waiting for */
bool evse_sim_thermal_level(struct evse_sim *b, unsigned int line)
{
	return line == EVSE_SIM_FAN_TACH ? evse_sim_fan_level(&b->fan) :
					   evse_sim_thermal_alert(b);
}

/* The lowest address wins, as on a bus that is wired that way. */
static int respond(struct evse_sim *b, u8 *data)
{
	struct evse_sim_thermometer *winner = NULL;
	unsigned int i;

	for (i = 0; i < b->chips; i++)
		if (evse_sim_thermometer_answers(&b->chip[i]) &&
		    (!winner || b->chip[i].address < winner->address))
			winner = &b->chip[i];
	if (!winner)
		return -ENXIO;
	*data = evse_sim_thermometer_answer(winner);
	return 0;
}

static int call(struct evse_sim *b, u8 command)
{
	unsigned int i;
	int ret = -ENXIO;

	for (i = 0; command == RESET_CALL && i < b->chips; i++)
		if (evse_sim_thermometer_called(&b->chip[i], b->now))
			ret = 0;
	return ret;
}

static int message(struct evse_sim *b, struct i2c_msg *msg)
{
	bool read = msg->flags & I2C_M_RD;
	unsigned int i;

	if (msg->addr == EVSE_SIM_ALERT_RESPONSE)
		return read && msg->len ? respond(b, msg->buf) : -ENXIO;
	if (msg->addr == EVSE_SIM_GENERAL_CALL)
		return !read && msg->len ? call(b, msg->buf[0]) : -ENXIO;
	for (i = 0; i < b->chips; i++)
		if (b->chip[i].address == msg->addr)
			return read ? evse_sim_thermometer_read(&b->chip[i],
								msg->buf,
								msg->len) :
				      evse_sim_thermometer_write(&b->chip[i],
								 msg->buf,
								 msg->len,
								 b->now);
	return -ENXIO;
}

/**
 * evse_sim_thermal_message() - one message on the bus to a thermometer
 * @b: the board; its lock is held
 * @msg: to or from one, or to all
 *
 * Return: 0, -ENXIO when nobody acknowledges, -ETIMEDOUT when one holds the bus down
 */
int evse_sim_thermal_message(struct evse_sim *b, struct i2c_msg *msg)
{
	bool pin;
	int ret;

	evse_sim_plant_run(b);
	pin = evse_sim_thermal_alert(b);
	ret = message(b, msg);
	if (pin != evse_sim_thermal_alert(b) || !(msg->flags & I2C_M_RD))
		evse_sim_plant_changed(b);
	else
		evse_sim_plant_wake(b);
	return ret;
}

/* The settings are in place. */
void evse_sim_thermal_start(struct evse_sim *b)
{
	unsigned int i;

	b->heat.stage = b->dc;
	evse_sim_heat_init(&b->heat, b->now);
	evse_sim_fan_init(&b->fan, b->now);
	for (i = 0; i < b->chips; i++)
		evse_sim_thermometer_reset(&b->chip[i], b->now);
	b->warm = EVSE_SIM_NEVER;
}

static int add_chip(struct evse_sim *b, const u32 *cells)
{
	u32 address = cells[0], kind = cells[1], place = cells[2];
	unsigned int i;
	int ret;

	ret = evse_sim_thermometer_init(&b->chip[b->chips], kind, address, 0);
	if (ret == -EINVAL)
		return dev_err_probe(b->dev, ret,
				     "evse,temperature-chips has chip %u: say EVSE_SIM_CHIP_*\n",
				     kind);
	if (ret)
		return dev_err_probe(b->dev, ret,
				     "evse,temperature-chips: chip %u cannot have address 0x%02x\n",
				     kind, address);
	if (place >= EVSE_SIM_PLACES)
		return dev_err_probe(b->dev, -EINVAL,
				     "evse,temperature-chips has place %u: say EVSE_SIM_HEAT_*\n",
				     place);
	for (i = 0; i < b->chips; i++)
		if (b->chip[i].address == address)
			return dev_err_probe(b->dev, -EINVAL,
					     "evse,temperature-chips has address 0x%02x twice\n",
					     address);
	b->place[b->chips++] = place;
	return 0;
}

int evse_sim_thermal_init(struct evse_sim *b)
{
	u32 cells[3 * EVSE_SIM_CHIPS];
	int i, count, ret;

	count = device_property_count_u32(b->dev, "evse,temperature-chips");
	if (count <= 0)
		return 0;
	if (count % 3 || count > ARRAY_SIZE(cells))
		return dev_err_probe(b->dev, -EINVAL,
				     "evse,temperature-chips is <ADDRESS CHIP PLACE> for each of at most %u\n",
				     EVSE_SIM_CHIPS);
	ret = device_property_read_u32_array(b->dev, "evse,temperature-chips",
					     cells, count);
	for (i = 0; !ret && i < count; i += 3)
		ret = add_chip(b, cells + i);
	return ret;
}

static int chips_show(struct seq_file *m, void *unused)
{
	struct evse_sim *b = m->private;
	struct evse_sim_thermometer t;
	unsigned long flags;
	unsigned int i;
	s32 now;

	for (i = 0; i < b->chips; i++) {
		raw_spin_lock_irqsave(&b->lock, flags);
		evse_sim_plant_run(b);
		t = b->chip[i];
		now = mdeg(b, i);
		evse_sim_plant_wake(b);
		raw_spin_unlock_irqrestore(&b->lock, flags);
		seq_printf(m, "%u %s 0x%02x %s %d temperature 0x%04x config 0x%04x low 0x%04x high 0x%04x alert %d\n",
			   i, evse_sim_thermometer_name(&t), t.address,
			   place_names[b->place[i]], now, t.temperature, t.config,
			   t.t_low, t.t_high, evse_sim_thermometer_active(&t));
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(chips);

void evse_sim_thermal_file(struct evse_sim *b, struct dentry *dir)
{
	debugfs_create_file("chips", 0400, dir, b, &chips_fops);
}
