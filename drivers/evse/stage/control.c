// SPDX-License-Identifier: GPL-2.0-only
/*
 * From power to the voltage that a bridge makes behind its filter, so that the
 * grid gives that power.
 *
 * Values in, values out: no device, clock or lock. A step has no division; they
 * come with the grid's voltage, once in a while.
 *
 * In a frame that turns with the grid's voltage V, a current I into the bridge,
 * through R and L in series, obeys
 *
 *   V - v = R I + L dI/dt + j w L I
 *
 * and what the bridge has to make is v. The current is known, because it is the
 * one that was asked for, and so is its change within the step: a ramp that
 * comes with the voltage that it needs does not ring. Nothing is measured here
 * that could be wrong, late, or missing; what is not as it was described (an
 * inductance that is 10 % less, a phase that is off) stays an error, which
 * evse_control_trim() takes out slowly.
 */
#include <kunit/visibility.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "control.h"
#include "phase.h"
#include "sine.h"

/* sqrt(2), Q16 */
#define EVSE_SQRT_2		92682

/* Microhertz times nanohenry to ohm, Q20: 10^15 / (2 pi 2^20). */
#define EVSE_CONTROL_REACTANCE	151781982

/* Of an error that the trim sees, it takes out an eighth. */
#define EVSE_CONTROL_TRIM	8

/* However low the link is, a current may change by what this is worth. */
#define EVSE_CONTROL_LEAST_MV	1000

/* Of what is rated: from this part on, up to that part. */
#define EVSE_CONTROL_GAIN_FROM	4
#define EVSE_CONTROL_OFFSET_TO	16

static s32 evse_control_headroom(const struct evse_control *c, s32 mv)
{
	return max_t(s64, 1, div_u64((u64)mv << 20, c->inertia));
}

static s32 evse_control_mul(s32 a, s32 b, unsigned int shift)
{
	return ((s64)a * b + (1LL << (shift - 1))) >> shift;
}

/**
 * evse_control_init() - prepare for a converter; the grid is not known yet
 * @c: set
 * @config: the converter
 *
 * Return: 0 or -ERANGE for a converter that there cannot be.
 */
int evse_control_init(struct evse_control *c,
		      const struct evse_control_config *config)
{
	u64 inertia;

	if ((config->phases != 1 && config->phases != 3) || !config->rated_mw ||
	    config->rated_mw > 1000000000U || !config->step_ns ||
	    config->step_ns > 1000000 || config->delay_ns > 10000000 ||
	    config->resistance_uohm > 10000000 || config->inductance_nh < 1000 ||
	    config->inductance_nh > 100000000 || !config->headroom_mv ||
	    config->headroom_mv > EVSE_CONTROL_MAX_MV || config->trim_permille > 200)
		return -ERANGE;
	inertia = div_u64((u64)config->inductance_nh << 20, config->step_ns);
	if (inertia > S32_MAX || !inertia)
		return -ERANGE;

	*c = (struct evse_control) {
		.config = *config,
		.resistance = div_u64((u64)config->resistance_uohm << 20, 1000000),
		.inertia = inertia,
		.lead_cos = EVSE_Q16,
		.gain = { EVSE_Q16, EVSE_Q16 },
	};
	c->change_ma = evse_control_headroom(c, config->headroom_mv);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_control_init);

/**
 * evse_control_reset() - no current flows
 * @c: the control
 *
 * For gates that are off. What was learnt goes with it.
 */
void evse_control_reset(struct evse_control *c)
{
	c->d_ma = 0;
	c->q_ma = 0;
	c->gain[0] = EVSE_Q16;
	c->gain[1] = EVSE_Q16;
	c->offset_mw = 0;
	c->slewing = false;
}
EXPORT_SYMBOL_IF_KUNIT(evse_control_reset);

/**
 * evse_control_grid() - voltage and frequency of the grid were measured
 * @c: the control
 * @rms_mv: voltage of a phase
 * @uhz: frequency, microhertz
 *
 * Not part of the step: it divides.
 *
 * Return: 0, or -ERANGE for a grid that cannot be fed, with which the next step
 * is refused.
 */
int evse_control_grid(struct evse_control *c, u32 rms_mv, u32 uhz)
{
	if (rms_mv < EVSE_CONTROL_MIN_MV || rms_mv > EVSE_CONTROL_MAX_MV ||
	    uhz < EVSE_PHASE_MIN_UHZ || uhz > EVSE_PHASE_MAX_UHZ) {
		c->peak_mv = 0;
		return -ERANGE;
	}
	c->peak_mv = evse_control_mul(rms_mv, EVSE_SQRT_2, 16);
	/* P = phases / 2 * V * I */
	c->ma_per_mw = div_u64(2000ULL << 32, c->config.phases * c->peak_mv);
	c->reactance = div_u64((u64)uhz * c->config.inductance_nh,
			       EVSE_CONTROL_REACTANCE);
	c->ahead = evse_phase_turn(evse_phase_rate(uhz), c->config.delay_ns);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_control_grid);

/**
 * evse_control_link() - the link's voltage was measured
 * @c: the control, of a grid that is known
 * @limit_mv: greatest voltage that can be made
 *
 * What is left of it while the rated power is fed back, which takes the most, may
 * be spent on changing the current: on a low link, ramps take longer. Not part of
 * the step: it divides.
 */
void evse_control_link(struct evse_control *c, u32 limit_mv)
{
	s32 ma = (u64)c->config.rated_mw * c->ma_per_mw >> 32;
	s64 d = c->peak_mv + evse_control_mul(c->resistance, ma, 20);
	s64 q = evse_control_mul(c->reactance, ma, 20);
	s64 left = (s64)limit_mv - int_sqrt64(d * d + q * q);

	left = clamp_t(s64, left, EVSE_CONTROL_LEAST_MV, c->config.headroom_mv);
	c->change_ma = evse_control_headroom(c, left);
}
EXPORT_SYMBOL_IF_KUNIT(evse_control_link);

/**
 * evse_control_lead() - let the current lead the voltage
 * @c: the control
 * @lead_mdeg: millidegree, negative lags, 90 degrees at most
 *
 * The current stays as large as it was, so power becomes less, never more.
 */
void evse_control_lead(struct evse_control *c, s32 lead_mdeg)
{
	u32 turn = evse_turn_of_mdeg(clamp(lead_mdeg, -90000, 90000));

	c->lead_cos = evse_cosine(turn);
	c->lead_sin = evse_sine(turn);
}
EXPORT_SYMBOL_IF_KUNIT(evse_control_lead);

/**
 * evse_control_trim() - the power was measured
 * @c: the control
 * @power_mw: what it should be
 * @measured_mw: what it is
 * @steady: it should be the same all the time that it was measured, and nothing
 *	was refused meanwhile
 *
 * Two things make a wrong power. A phase that is a little off lets a power flow
 * that is the same whatever was asked for: seen at little power, and taken out
 * as an amount. An inductance that is not as described gives a current that is
 * wrong in proportion: seen at much power, and taken out as a factor of its own
 * for either direction, for the phase is off in both of them. In between nothing
 * is learnt. Not part of the step: it divides.
 */
void evse_control_trim(struct evse_control *c, s32 power_mw, s32 measured_mw,
		       bool steady)
{
	s32 rated = c->config.rated_mw, permille = c->config.trim_permille;
	s32 most = rated / 1000 * permille, most_gain = EVSE_Q16 * permille / 1000;
	s32 *gain = &c->gain[power_mw < 0];
	s64 error;
	s32 part;

	if (!steady || c->slewing)
		return;
	power_mw = clamp(power_mw, -rated, rated);
	error = clamp_t(s64, (s64)power_mw - measured_mw, -rated, rated);
	if (abs(power_mw) >= rated / EVSE_CONTROL_GAIN_FROM) {
		part = div_s64(error * EVSE_Q16, power_mw) / EVSE_CONTROL_TRIM;
		*gain = clamp(*gain + part, EVSE_Q16 - most_gain,
			      EVSE_Q16 + most_gain);
	} else if (abs(power_mw) <= rated / EVSE_CONTROL_OFFSET_TO) {
		part = (s32)error / EVSE_CONTROL_TRIM;
		c->offset_mw = clamp(c->offset_mw + part, -most, most);
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_control_trim);

/*
 * Towards @wanted, as far as the headroom allows within a step: what cannot be
 * had at once is had a little later, and is no voltage beyond the range.
 */
static s32 evse_control_change(struct evse_control *c, s32 *ma, s32 wanted)
{
	s32 change = clamp(wanted - *ma, -c->change_ma, c->change_ma);

	*ma += change;
	if (*ma != wanted)
		c->slewing = true;
	return change;
}

/**
 * evse_control_step() - voltage that the bridge has to make
 * @c: the control
 * @power_mw: power of this step, positive charging
 * @angle: where the grid is now, 2^32 is a turn
 * @v: set; its angle is ahead of @angle by the delay
 *
 * Return: 0, or -ENOLINK when the grid is not known; @v is left alone then.
 */
int evse_control_step(struct evse_control *c, s32 power_mw, u32 angle,
		      struct evse_vector *v)
{
	s32 power, wanted, d, q, d_change, q_change;

	if (!c->peak_mv)
		return -ENOLINK;

	power = evse_control_mul(power_mw, c->gain[power_mw < 0], 16) + c->offset_mw;
	wanted = (s64)power * c->ma_per_mw >> 32;
	c->slewing = false;
	d_change = evse_control_change(c, &c->d_ma,
				       evse_control_mul(wanted, c->lead_cos, 16));
	q_change = evse_control_change(c, &c->q_ma,
				       evse_control_mul(wanted, c->lead_sin, 16));
	/* The current in the middle of the step. */
	d = c->d_ma - d_change / 2;
	q = c->q_ma - q_change / 2;

	*v = (struct evse_vector) {
		.angle = angle + c->ahead,
		.d_mv = c->peak_mv - evse_control_mul(c->resistance, d, 20) -
			evse_control_mul(c->inertia, d_change, 20) +
			evse_control_mul(c->reactance, q, 20),
		.q_mv = -evse_control_mul(c->resistance, q, 20) -
			evse_control_mul(c->inertia, q_change, 20) -
			evse_control_mul(c->reactance, d, 20),
		.d_ma = d,
		.q_ma = q,
	};
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_control_step);
