// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control pilot voltages to vehicle state: windows of IEC 61851-1 Table A.4,
 * hysteresis between them, debounce, diode and short-circuit checks.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/array_size.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>

#include "pilot_levels.h"

/* Highest first, so that neighbours in the table are neighbours in voltage. */
static const struct evse_pilot_window {
	enum evse_pilot_state state;
	s32 min_mv;
	s32 max_mv;
} evse_pilot_windows[] = {
	{ EVSE_PILOT_STATE_A, 11000, 13000 },
	{ EVSE_PILOT_STATE_B,  8000, 10000 },
	{ EVSE_PILOT_STATE_C,  5000,  7000 },
	{ EVSE_PILOT_STATE_D,  2000,  4000 },
	{ EVSE_PILOT_STATE_E, -1000,  1999 },
};

#define EVSE_PILOT_NEGATIVE_MIN_MV	(-13000)
#define EVSE_PILOT_NEGATIVE_MAX_MV	(-11000)

/* A diode that conducts both ways makes the two halves equal to within this. */
#define EVSE_PILOT_SYMMETRY_MV		1200

/* Consecutive equal samples that make a state, or a shorted diode. */
#define EVSE_PILOT_AGREE		2

static bool evse_pilot_is_negative(s32 mv)
{
	return mv >= EVSE_PILOT_NEGATIVE_MIN_MV &&
	       mv <= EVSE_PILOT_NEGATIVE_MAX_MV;
}

/* Between two windows, what was one of the two stays. */
static enum evse_pilot_state evse_pilot_level(const struct evse_pilot_levels *lv,
					      s32 mv)
{
	const struct evse_pilot_window *w = evse_pilot_windows;
	size_t i;

	if (mv > w[0].max_mv)
		return EVSE_PILOT_STATE_UNKNOWN;

	for (i = 0; i < ARRAY_SIZE(evse_pilot_windows); i++) {
		if (mv > w[i].max_mv) {
			if (lv->state == w[i - 1].state || lv->state == w[i].state)
				return lv->state;
			if (lv->last == w[i - 1].state || lv->last == w[i].state)
				return lv->last;
			return EVSE_PILOT_STATE_UNKNOWN;
		}
		if (mv >= w[i].min_mv)
			return w[i].state;
	}
	return EVSE_PILOT_STATE_UNKNOWN;
}

/**
 * evse_pilot_diode_shorted() - the negative half follows the positive one
 * @s: the sample
 *
 * Seen only while PWM runs and something loads the pilot. A negative plateau
 * that is still inside its own window is a sound diode, however close the
 * positive one comes.
 *
 * Return: true when it does.
 */
bool evse_pilot_diode_shorted(const struct evse_pilot_sample *s)
{
	return s->drive == EVSE_PILOT_DRIVE_PWM &&
	       s->high_mv >= 2000 && s->high_mv < 11000 &&
	       s->low_mv > EVSE_PILOT_NEGATIVE_MAX_MV &&
	       s->low_mv >= -s->high_mv - EVSE_PILOT_SYMMETRY_MV &&
	       s->low_mv <= -s->high_mv + EVSE_PILOT_SYMMETRY_MV;
}
EXPORT_SYMBOL_IF_KUNIT(evse_pilot_diode_shorted);

/**
 * evse_pilot_classify() - state that one sample speaks for
 * @lv: what came before, for the hysteresis
 * @s: the sample
 *
 * A level that the generator cannot cause with its present output is
 * EVSE_PILOT_STATE_UNKNOWN; a pilot shorted to earth is E in every output.
 *
 * Return: the state.
 */
enum evse_pilot_state evse_pilot_classify(const struct evse_pilot_levels *lv,
					  const struct evse_pilot_sample *s)
{
	enum evse_pilot_state state = evse_pilot_level(lv, s->high_mv);

	if (state == EVSE_PILOT_STATE_E)
		return state;

	switch (s->drive) {
	case EVSE_PILOT_DRIVE_LOW:
		return evse_pilot_is_negative(s->high_mv) ?
		       EVSE_PILOT_STATE_F : EVSE_PILOT_STATE_UNKNOWN;
	case EVSE_PILOT_DRIVE_HIGH:
		return state;
	case EVSE_PILOT_DRIVE_PWM:
		if (evse_pilot_is_negative(s->low_mv) ||
		    (evse_pilot_diode_shorted(s) && state != EVSE_PILOT_STATE_A))
			return state;
		break;
	}
	return EVSE_PILOT_STATE_UNKNOWN;
}
EXPORT_SYMBOL_IF_KUNIT(evse_pilot_classify);

/**
 * evse_pilot_patience() - samples without agreement that count as signal loss
 * @interval_ms: between two samples
 *
 * Return: at least three, so that a single deviating sample never counts.
 */
unsigned int evse_pilot_patience(unsigned int interval_ms)
{
	return clamp(EVSE_PILOT_NOISE_MS / max(interval_ms, 1U), 3U, 255U);
}
EXPORT_SYMBOL_IF_KUNIT(evse_pilot_patience);

/**
 * evse_pilot_levels_init() - start without an accepted state
 * @lv: the filter
 * @interval_ms: between two samples
 */
void evse_pilot_levels_init(struct evse_pilot_levels *lv,
			    unsigned int interval_ms)
{
	*lv = (struct evse_pilot_levels) {
		.state = EVSE_PILOT_STATE_UNKNOWN,
		.last = EVSE_PILOT_STATE_UNKNOWN,
		.patience = evse_pilot_patience(interval_ms),
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_pilot_levels_init);

static void evse_pilot_accept(struct evse_pilot_levels *lv,
			      enum evse_pilot_state state)
{
	lv->state = state;
	lv->signal_loss = state == EVSE_PILOT_STATE_UNKNOWN;
	if (state == EVSE_PILOT_STATE_A)
		lv->diode_fault = false;
}

static bool evse_pilot_out_of_patience(struct evse_pilot_levels *lv)
{
	if (lv->unsettled < lv->patience)
		lv->unsettled++;
	return lv->unsettled == lv->patience;
}

/**
 * evse_pilot_levels_step() - take a sample in
 * @lv: the filter
 * @s: the sample
 *
 * Two samples in a row make a state; one that differs from both neighbours is
 * dropped; samples that never agree are a lost signal.
 */
void evse_pilot_levels_step(struct evse_pilot_levels *lv,
			    const struct evse_pilot_sample *s)
{
	enum evse_pilot_state state = evse_pilot_classify(lv, s);

	if (lv->primed && state == lv->last) {
		lv->unsettled = 0;
		evse_pilot_accept(lv, state);
	} else {
		lv->primed = true;
		lv->last = state;
		if (evse_pilot_out_of_patience(lv))
			evse_pilot_accept(lv, EVSE_PILOT_STATE_UNKNOWN);
	}

	if (!evse_pilot_diode_shorted(s) || state == EVSE_PILOT_STATE_UNKNOWN)
		lv->diode_run = 0;
	else if (lv->diode_run < EVSE_PILOT_AGREE)
		lv->diode_run++;
	if (lv->diode_run == EVSE_PILOT_AGREE)
		lv->diode_fault = true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_pilot_levels_step);

/**
 * evse_pilot_levels_miss() - a sample could not be taken
 * @lv: the filter
 */
void evse_pilot_levels_miss(struct evse_pilot_levels *lv)
{
	if (!evse_pilot_out_of_patience(lv))
		return;
	lv->last = EVSE_PILOT_STATE_UNKNOWN;
	lv->diode_run = 0;
	evse_pilot_accept(lv, EVSE_PILOT_STATE_UNKNOWN);
}
EXPORT_SYMBOL_IF_KUNIT(evse_pilot_levels_miss);
