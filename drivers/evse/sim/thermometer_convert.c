// SPDX-License-Identifier: GPL-2.0-only
/*
 * Thermometers: how a temperature becomes a register, how long that takes, and when
 * ALERT is active. Pure.
 */

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "thermometer_chip.h"

#define US(n)		((s64)(n) * NSEC_PER_USEC)

/* One conversion, not what comes after it */
s64 evse_sim_thermometer_converts_ns(const struct evse_sim_thermometer *t)
{
	u16 mask = t->chip->tmp117 ? AVG : RESOLUTION;

	return US(t->chip->converts_us[thermometer_field(t, mask)]);
}

/* Does one conversion follow the other? */
bool evse_sim_thermometer_goes_on(const struct evse_sim_thermometer *t)
{
	return !thermometer_once(t) && !thermometer_shut_down(t);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_goes_on);

/* From the end of one conversion to that of the next; only while they go on. */
s64 evse_sim_thermometer_cycle_ns(const struct evse_sim_thermometer *t)
{
	static const u32 pause_us[] = { 4000000, 1000000, 250000, 125000 };
	static const u32 conv_us[] = {
		15500, 125000, 250000, 500000, 1000000, 4000000, 8000000,
		16000000,
	};

	if (t->chip->pauses)
		return US(pause_us[thermometer_field(t, RATE)]);
	if (t->chip->tmp117)
		return max(evse_sim_thermometer_converts_ns(t),
			   US(conv_us[thermometer_field(t, CONV)]));
	return evse_sim_thermometer_converts_ns(t);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_cycle_ns);

/* Bits of the register that is the temperature, bits behind the point */
static void format(const struct evse_sim_thermometer *t, unsigned int *bits,
		   unsigned int *fraction)
{
	if (t->chip->tmp117) {
		*bits = 16;
		*fraction = 7;
		return;
	}
	*bits = t->chip->resolves ? 9 + thermometer_field(t, RESOLUTION) :
				    t->chip->digits;
	*fraction = *bits - 8;
	if (t->chip->extends && t->config & EM)
		++*bits;
}

static u16 encode(const struct evse_sim_thermometer *t, s32 mdeg)
{
	unsigned int bits, fraction;
	s64 steps;

	format(t, &bits, &fraction);
	/* To the nearest, halves away from zero */
	steps = div_s64(((s64)mdeg << fraction) + (mdeg < 0 ? -500 : 500),
			1000);
	if (t->chip->tmp117)
		steps += (s16)t->offset;
	steps = clamp_t(s64, steps, -(1LL << (bits - 1)),
			(1LL << (bits - 1)) - 1);
	return ((u16)steps << (16 - bits)) |
	       (t->chip->extends && t->config & EM ? EXTENDED : 0);
}

/* The bit that says the format is not part of the temperature. */
static s16 degrees(const struct evse_sim_thermometer *t, u16 reg)
{
	return t->chip->tmp117 ? reg : reg & ~EXTENDED;
}

static bool hot(const struct evse_sim_thermometer *t, u16 reg)
{
	/* A TMP117 has to be above its limit, the others have to reach it. */
	return t->chip->tmp117 ? degrees(t, reg) > (s16)t->t_high :
				 degrees(t, reg) >= (s16)t->t_high;
}

static bool cold(const struct evse_sim_thermometer *t, u16 reg)
{
	return degrees(t, reg) < (s16)t->t_low;
}

static void judge_75(struct evse_sim_thermometer *t)
{
	static const u8 queue[] = { 1, 2, 4, 6 };

	if (!(t->over ? cold(t, t->temperature) : hot(t, t->temperature))) {
		t->faults = 0;
		return;
	}
	if (++t->faults < queue[thermometer_field(t, FAULTS)])
		return;
	t->faults = 0;
	t->over = !t->over;
	t->latched = true;
}

static void judge_117(struct evse_sim_thermometer *t)
{
	bool was = t->high;

	t->ready = true;
	if (t->config & THERM) {
		t->low = false;
		t->high = was ? !cold(t, t->temperature) :
				hot(t, t->temperature);
		return;
	}
	if (hot(t, t->temperature)) {
		t->high = true;
		t->latched = true;
	}
	if (cold(t, t->temperature)) {
		t->low = true;
		t->latched = true;
	}
}

/* The conversion that was due has ended; so warm was it. */
void evse_sim_thermometer_convert(struct evse_sim_thermometer *t, s32 mdeg)
{
	if (!t->frozen)
		t->temperature = encode(t, mdeg);
	if (t->chip->tmp117)
		judge_117(t);
	else
		judge_75(t);

	if (thermometer_once(t)) {
		t->due = EVSE_SIM_NEVER;
		t->done = true;
		if (t->chip->tmp117)
			t->config = (t->config & ~MOD) | MOD_SHUTDOWN;
	} else {
		t->due += evse_sim_thermometer_cycle_ns(t);
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_convert);

/* Is a conversion at this temperature a step towards another level of ALERT? */
bool evse_sim_thermometer_stirs(const struct evse_sim_thermometer *t, s32 mdeg)
{
	u16 reg = t->frozen ? t->temperature : encode(t, mdeg);

	if (t->due == EVSE_SIM_NEVER)
		return false;
	if (!t->chip->tmp117)
		return t->over ? cold(t, reg) : hot(t, reg);
	if (t->config & DR_ALERT)
		return !t->ready;
	if (t->config & THERM)
		return t->high ? cold(t, reg) : hot(t, reg);
	return !t->latched && (hot(t, reg) || cold(t, reg));
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_stirs);

bool evse_sim_thermometer_active(const struct evse_sim_thermometer *t)
{
	if (!t->chip->tmp117)
		return t->config & TM ? t->latched : t->over;
	if (t->config & DR_ALERT)
		return t->ready;
	return t->config & THERM ? t->high : t->latched;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_active);

/* Level of the pin, an open drain. */
bool evse_sim_thermometer_pin(const struct evse_sim_thermometer *t)
{
	u16 pol = t->chip->tmp117 ? POL_117 : POL;

	return evse_sim_thermometer_active(t) == !!(t->config & pol);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_pin);
