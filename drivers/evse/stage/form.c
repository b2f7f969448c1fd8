// SPDX-License-Identifier: GPL-2.0-only
/*
 * Form a grid: voltage and frequency of a house that is on its own.
 *
 * Values in, values out: no device, clock or lock. The voltage begins at nothing
 * and goes up slowly, so that transformers do not saturate and motors do not
 * ask for all their current at once; each later value is gone to in the same way.
 * The angle never jumps. A load's current is taken to be in phase with the voltage;
 * the modulator wants it for the dead time. What it makes of the filter's drop is
 * not made up for.
 */
#include <kunit/visibility.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "form.h"

/* sqrt(2), Q16 */
#define EVSE_SQRT_2		92682

#define EVSE_FORM_MAX_MV	500000U

/* Voltage from which on a current is known from the power, peak */
#define EVSE_FORM_LOAD_MV	20000

/**
 * evse_form_init() - prepare to form a grid
 * @f: set
 * @step_ns: time between two steps
 * @delay_ns: from a step to the middle of what its duties make
 * @mv_per_s: how fast the voltage changes, RMS
 * @uhz_per_s: how fast the frequency changes
 *
 * Return: 0, or -ERANGE for changes that are none in a step or beyond reason.
 */
int evse_form_init(struct evse_form *f, u32 step_ns, u32 delay_ns,
		   u32 mv_per_s, u32 uhz_per_s)
{
	u64 step_mv, step_rate;

	if (!step_ns || step_ns > NSEC_PER_MSEC || delay_ns > 10 * NSEC_PER_MSEC ||
	    uhz_per_s > EVSE_PHASE_MAX_UHZ)
		return -ERANGE;
	step_mv = div_u64((u64)mv_per_s * step_ns, NSEC_PER_SEC);
	step_mv = step_mv * EVSE_SQRT_2 >> 16;
	step_rate = div_u64((u64)evse_phase_rate(uhz_per_s) * step_ns, NSEC_PER_SEC);
	if (!step_mv || step_mv > S32_MAX || !step_rate)
		return -ERANGE;

	*f = (struct evse_form) {
		.step_mv = step_mv,
		.step_rate = step_rate,
		.delay_ns = delay_ns,
	};
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_form_init);

/**
 * evse_form_set() - voltage and frequency to go to
 * @f: the grid that is formed
 * @rms_mv: voltage of a phase; 0 to end softly
 * @uhz: frequency, microhertz
 *
 * Return: 0, or -ERANGE for what is no mains; nothing is changed then.
 */
int evse_form_set(struct evse_form *f, u32 rms_mv, u32 uhz)
{
	if (rms_mv > EVSE_FORM_MAX_MV || uhz < EVSE_PHASE_MIN_UHZ ||
	    uhz > EVSE_PHASE_MAX_UHZ)
		return -ERANGE;
	f->goal_mv = (u64)rms_mv * EVSE_SQRT_2 >> 16;
	f->goal_rate = evse_phase_rate(uhz);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_form_set);

/**
 * evse_form_start() - begin with no voltage, at the frequency that was set
 * @f: the grid that is formed
 * @now: ns
 * @angle: where to begin
 */
void evse_form_start(struct evse_form *f, s64 now, u32 angle)
{
	f->phase = (struct evse_phase) { now, angle, f->goal_rate };
	f->now_mv = 0;
	f->load_ma = 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_form_start);

/**
 * evse_form_load() - power was measured
 * @f: the grid that is formed
 * @power_mw: into the bridge, mean of a cycle or more
 * @phases: 1 or 3
 */
void evse_form_load(struct evse_form *f, s32 power_mw, unsigned int phases)
{
	/* Less voltage is on its way up or down. */
	if (f->now_mv < EVSE_FORM_LOAD_MV) {
		f->load_ma = 0;
		return;
	}
	f->load_ma = clamp_t(s64, div_s64((s64)power_mw * 2000,
					  f->now_mv * (s32)phases),
			     S32_MIN, S32_MAX);
}
EXPORT_SYMBOL_IF_KUNIT(evse_form_load);

/**
 * evse_form_step() - voltage that the bridge has to make
 * @f: the grid that is formed
 * @now: ns
 * @v: set
 */
void evse_form_step(struct evse_form *f, s64 now, struct evse_vector *v)
{
	s32 change = f->goal_rate - f->phase.rate;

	f->now_mv += clamp(f->goal_mv - f->now_mv, -f->step_mv, f->step_mv);
	evse_phase_set_rate(&f->phase, now, f->phase.rate +
			    clamp(change, -f->step_rate, f->step_rate));
	*v = (struct evse_vector) {
		.angle = evse_phase_at(&f->phase, now + f->delay_ns),
		.d_mv = f->now_mv,
		.d_ma = f->load_ma,
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_form_step);

/**
 * evse_form_there() - voltage and frequency are as they were set
 * @f: the grid that is formed
 *
 * Return: true when nothing changes any more.
 */
bool evse_form_there(const struct evse_form *f)
{
	return f->now_mv == f->goal_mv && f->phase.rate == f->goal_rate;
}
EXPORT_SYMBOL_IF_KUNIT(evse_form_there);
