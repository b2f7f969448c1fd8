// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of what can be set on a board: vehicle, grid, defects. Everything
 * has a default, to which "clear" leads back.
 */

#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/string.h>

#include "knob.h"

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

/* What closes with the coil of the islanding switch parts house and grid. */
static const char * const part_names[] = {
	[EVSE_SIM_CONTACT_OK] = "none",
	[EVSE_SIM_CONTACT_WELD] = "stuck-open",
	[EVSE_SIM_CONTACT_STUCK_OPEN] = "weld",
	[EVSE_SIM_CONTACT_BOUNCE] = "bounce",
	[EVSE_SIM_CONTACT_SLOW] = "slow",
};

static const char * const channel_names[] = {
	[EVSE_SIM_CHANNEL_OK] = "none",
	[EVSE_SIM_CHANNEL_ERROR] = "error",
	[EVSE_SIM_CHANNEL_FROZEN] = "frozen",
};

static const char * const ntc_names[] = {
	[EVSE_SIM_NTC_OK] = "none",
	[EVSE_SIM_NTC_OPEN] = "open",
	[EVSE_SIM_NTC_SHORT] = "short",
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

static void frequency_changed(struct evse_sim *b, s32 *value)
{
	evse_sim_wave_advance(&b->mains.wave, b->now);
	evse_sim_mains_frequency(&b->mains);
}

static void missing_changed(struct evse_sim *b, s32 *value)
{
	evse_sim_wave_advance(&b->mains.wave, b->now);
	evse_sim_mains_missing(&b->mains);
}

static void breaker_changed(struct evse_sim *b, s32 *value)
{
	evse_sim_mains_breaker(&b->mains, b->now);
}

static void dead_changed(struct evse_sim *b, s32 *value)
{
	evse_sim_insulation_died(&b->insulation, evse_sim_plant_outputs(b) &
						 BIT(EVSE_SIM_IMD_TEST));
}

static void heat_changed(struct evse_sim *b, s32 *value)
{
	struct evse_sim_place *place = container_of(value, struct evse_sim_place,
						    mdeg);

	evse_sim_heat_set(&b->heat, place - b->heat.place);
}

static void allow_changed(struct evse_sim *b, s32 *value)
{
	evse_sim_referee_excuse(&b->referee, b->now + EVSE_SIM_MS(*value));
}

#define KNOB(_dir, _name, _field, _min, _max, _def, _changed)		\
	{ .dir = _dir, .name = _name,					\
	  .offset = offsetof(struct evse_sim, _field),			\
	  .min = _min, .max = _max, .def = _def, .changed = _changed }

/* The default is a property of the board. */
#define KNOB_FROM(_dir, _name, _field, _min, _max, _from, _changed)	\
	{ .dir = _dir, .name = _name,					\
	  .offset = offsetof(struct evse_sim, _field),			\
	  .from = offsetof(struct evse_sim, _from),			\
	  .min = _min, .max = _max, .changed = _changed }

#define WORDS(_dir, _name, _field, _last, _names, _changed)		\
	{ .dir = _dir, .name = _name,					\
	  .offset = offsetof(struct evse_sim, _field),			\
	  .max = _last, .names = _names, .changed = _changed }

#define KNOB_EACH(_dir, _name, _field, _count, _stride, _min, _max, _def) \
	{ .dir = _dir, .name = _name,					\
	  .offset = offsetof(struct evse_sim, _field),			\
	  .count = _count, .stride = _stride,				\
	  .min = _min, .max = _max, .def = _def }

#define WORDS_EACH(_dir, _name, _field, _count, _stride, _last, _names,	\
		   _changed)						\
	{ .dir = _dir, .name = _name,					\
	  .offset = offsetof(struct evse_sim, _field),			\
	  .count = _count, .stride = _stride,				\
	  .max = _last, .names = _names, .changed = _changed }

/* The temperature of a place, and whether it stays */
#define WARM(_name, _place)						\
	KNOB("heat", _name "_mc",					\
	     heat.place[EVSE_SIM_HEAT_##_place].mdeg, -60000, 200000,	\
	     25000, heat_changed)

#define HOLD(_name, _place)						\
	KNOB("heat", _name "_hold",					\
	     heat.place[EVSE_SIM_HEAT_##_place].hold, 0, 1, 0, NULL)

#define CHIP(_name, _field, _min, _max, _def)				\
	KNOB_EACH("chip", _name, chip[0]._field, EVSE_SIM_CHIPS,	\
		  sizeof(struct evse_sim_thermometer), _min, _max, _def)

/* Those of one directory stand together. */
const struct evse_sim_knob evse_sim_knobs[] = {
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
	WORDS_EACH("contact", "fail", contact[0].fail, EVSE_SIM_CONTACTS,
		   sizeof(struct evse_sim_contact), EVSE_SIM_CONTACT_SLOW,
		   contact_names, contact_changed),
	WORDS("island_switch", "fail", part.fail, EVSE_SIM_CONTACT_SLOW,
	      part_names, contact_changed),
	KNOB("pilot", "noise_mv", pilot.noise_mv, 0, 12000, 0, NULL),
	KNOB("pilot", "short", pilot.shorted, 0, 1, 0, NULL),

	KNOB_FROM("mains", "voltage_mv", mains.voltage_mv, 0, 500000,
		  mains.nominal_mv, NULL),
	KNOB("mains", "voltage", mains.voltage, 0, 2000, 1000, NULL),
	KNOB_EACH("mains", "voltage", mains.phase[0].voltage, EVSE_SIM_PHASES,
		  sizeof(struct evse_sim_mains_phase), 0, 2000, 1000),
	/* Speed of ramps first: it counts for what the frequency does then. */
	KNOB("mains", "rocof_mhz_s", mains.rocof_mhz_s, 0, 100000, 0, NULL),
	KNOB_FROM("mains", "frequency_mhz", mains.frequency_mhz, 10000, 400000,
		  mains.nominal_mhz, frequency_changed),
	KNOB("mains", "phase_mdeg", mains.phase_mdeg, -180000, 180000, 0, NULL),
	KNOB_EACH("mains", "phase_mdeg", mains.phase[0].phase_mdeg,
		  EVSE_SIM_PHASES, sizeof(struct evse_sim_mains_phase), -180000,
		  180000, 0),
	KNOB("mains", "missing", mains.missing, 0, 1000, 0, missing_changed),
	KNOB("mains", "jitter_ns", zero.jitter_ns, 0, 1000000, 0, NULL),
	KNOB("mains", "distortion_mdeg", zero.distortion_mdeg, -30000, 30000, 0,
	     NULL),
	KNOB("mains", "noise_pulses", zero.noise_pulses, 0, 100, 0, NULL),
	KNOB("mains", "noise_ns", zero.noise_ns, 1, 100000, 20000, NULL),
	KNOB("mains", "noise_at", zero.noise_at, 0, 900, 0, NULL),
	KNOB("mains", "relay_works", mains.relay_works, 0, 1, 1,
	     breaker_changed),
	KNOB("mains", "breaker", mains.breaker, 0, 1, 1, breaker_changed),

	KNOB("island", "p_permille", island.p_permille, 1, 100000, 1000, NULL),
	KNOB("island", "q_permille", island.q_permille, -2000, 900, 0, NULL),
	KNOB("island", "q_factor_permille", island.q_factor_permille, 100,
	     10000, 1000, NULL),

	KNOB("house", "milliohm", house_mohm, 100, 100000000, 10000, NULL),

	KNOB("leakage", "ua", leak.ua, 0, 10000000, 0, NULL),
	KNOB("leakage", "limit_ua", leak.limit_ua, 0, 10000000, 5000, NULL),
	KNOB("leakage", "test_fail", leak.test_fail, 0, 1, 0, NULL),
	KNOB("insulation", "ohm", insulation.ohm, 0, 1000000000, 10000000,
	     NULL),
	KNOB("insulation", "dead", insulation.dead, 0, 1, 0, dead_changed),
	KNOB("earth", "milliohm", earth.milliohm, -EVSE_SIM_EARTH_OPEN,
	     EVSE_SIM_EARTH_OPEN, 300, NULL),
	KNOB("earth", "lost", earth.lost, 0, 1, 0, NULL),
	KNOB("current", "limit_ma", overcurrent_ma, 0, 1000000, 100000, NULL),
	KNOB("current", "extra_ma", extra_ma, -1000000, 1000000, 0, NULL),
	KNOB("link", "discharge_fails", discharge_fails, 0, 1, 0, NULL),

	KNOB("i2c", "stuck", i2c_stuck, 0, 1, 0, NULL),
	KNOB("i2c", "arbitration", i2c_arbitration, -1, 1000000, 0, NULL),
	KNOB("module", "vendor", module.vendor, 0, 0xffff, 0x0e5e, NULL),
	KNOB("module", "device", module.device, 0, S32_MAX, 0x1001, NULL),
	KNOB("module", "revision", module.revision, 0, 0xffff, 0x0102, NULL),
	KNOB("module", "serial", module.serial, 0, S32_MAX, 1, NULL),
	KNOB("module", "voltage_mv", module.voltage_mv, 0, S32_MAX, 1000000,
	     NULL),
	KNOB("module", "current_ma", module.current_ma, 0, S32_MAX, 60000,
	     NULL),
	KNOB("module", "export_ma", module.export_ma, 0, S32_MAX, 60000, NULL),
	KNOB("module", "layout", module.layout, 0, 255, 1, NULL),
	KNOB("module", "blank", module.blank, 0, 1, 0, NULL),
	KNOB("module", "nak", module.nak, 0, 1, 0, NULL),
	KNOB("module", "flip", module.flip, -1, 511, -1, NULL),
	KNOB("module", "noise", module.noise, 0, 1000, 0, NULL),

	WARM("ambient", AMBIENT),
	WARM("junction", JUNCTION),
	HOLD("junction", JUNCTION),
	WARM("sink", SINK),
	HOLD("sink", SINK),
	WARM("pin_a", PIN_A),
	HOLD("pin_a", PIN_A),
	WARM("pin_b", PIN_B),
	HOLD("pin_b", PIN_B),
	WARM("cabinet", CABINET),
	HOLD("cabinet", CABINET),
	WARM("inductor", INDUCTOR),
	HOLD("inductor", INDUCTOR),
	KNOB_EACH("pin", "contact_uohm", heat.contact_uohm[0], EVSE_SIM_PINS,
		  sizeof(s32), 0, 1000000, 200),
	WORDS_EACH("pin", "ntc", ntc[0], EVSE_SIM_PINS, sizeof(s32),
		   EVSE_SIM_NTC_SHORT, ntc_names, NULL),
	KNOB("fan", "blocked", fan.blocked, 0, 1, 0, NULL),
	KNOB("fan", "tach_missing", fan.tach_missing, 0, 1, 0, NULL),
	KNOB("cooling", "works", heat.cooling_works, 0, 1, 1, NULL),
	CHIP("nak", nak, 0, 1, 0),
	CHIP("stuck", stuck, 0, 1, 0),
	CHIP("frozen", frozen, 0, 1, 0),
	CHIP("noise", noise, 0, 1000, 0),
	CHIP("id", id, -1, 0xffff, -1),

	KNOB("inputs", "emergency_stop", emergency_stop, 0, 1, 0, NULL),
	KNOB("inputs", "residual_current", residual_current, 0, 1, 0, NULL),
	KNOB("inputs", "relay", relay, 0, 1, 1, NULL),
	KNOB("inputs", "interlock_loop", interlock_loop, 0, 1, 1, NULL),
	KNOB_EACH("line", "force", force[0], EVSE_SIM_LINES, sizeof(s32), -1, 1,
		  -1),
	KNOB_EACH("line", "deaf", deaf[0], EVSE_SIM_LINES, sizeof(s32), 0, 1, 0),
	WORDS_EACH("adc", "fail", channel[0].fail, EVSE_SIM_CHANNELS,
		   sizeof(struct evse_sim_channel), EVSE_SIM_CHANNEL_FROZEN,
		   channel_names, NULL),
	KNOB("referee", "allow_trip_ms", allow_trip_ms, 0, 600000, 0,
	     allow_changed),
	KNOB("referee", "allow_island_ms", referee.allow_island_ms, 0, 600000,
	     0, NULL),
	KNOB("referee", "house", house, 0, 1, 0, NULL),
};

const unsigned int evse_sim_knob_count = ARRAY_SIZE(evse_sim_knobs);

s32 *evse_sim_knob_value(struct evse_sim *b, const struct evse_sim_knob *knob,
			 unsigned int index)
{
	return (void *)b + knob->offset + index * knob->stride;
}

int evse_sim_knob_parse(const struct evse_sim_knob *knob, const char *text,
			s32 *value)
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

/* "dir/name" or "dir/index/name" */
const struct evse_sim_knob *evse_sim_knob_find(const char *path,
					       unsigned int *index)
{
	const struct evse_sim_knob *knob = evse_sim_knobs;
	char text[48];

	for (; knob < evse_sim_knobs + evse_sim_knob_count; knob++) {
		*index = 0;
		if (!knob->count) {
			snprintf(text, sizeof(text), "%s/%s", knob->dir,
				 knob->name);
			if (!strcmp(path, text))
				return knob;
		}
		for (; *index < knob->count; (*index)++) {
			snprintf(text, sizeof(text), "%s/%u/%s", knob->dir,
				 *index, knob->name);
			if (!strcmp(path, text))
				return knob;
		}
	}
	return NULL;
}

void evse_sim_knob_set(struct evse_sim *b, const struct evse_sim_knob *knob,
		       s32 *place, s32 value)
{
	*place = value;
	if (knob->changed)
		knob->changed(b, place);
}

static s32 def_of(struct evse_sim *b, const struct evse_sim_knob *knob)
{
	return knob->from ? *(s32 *)((void *)b + knob->from) : knob->def;
}

void evse_sim_knob_defaults(struct evse_sim *b, bool tell)
{
	const struct evse_sim_knob *end = evse_sim_knobs + evse_sim_knob_count;
	const struct evse_sim_knob *knob;
	unsigned int i;

	/* All values first: what one change leads to may look at others. */
	for (knob = evse_sim_knobs; knob < end; knob++)
		for (i = 0; i < max(knob->count, 1U); i++)
			*evse_sim_knob_value(b, knob, i) = def_of(b, knob);
	for (knob = evse_sim_knobs; tell && knob < end; knob++)
		for (i = 0; knob->changed && i < max(knob->count, 1U); i++)
			knob->changed(b, evse_sim_knob_value(b, knob, i));
}
