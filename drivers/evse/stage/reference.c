// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a power setpoint to the power of each control step.
 *
 * Values in, values out: no device, clock or lock. A step costs some 40
 * instructions.
 *
 * The ramp has a steady slope, which takes as long from full charge to full
 * discharge as it was told, and rounded corners: its slope grows and shrinks in
 * steps of its own. Zero is a power like any other, so that a reversal has no
 * gap there. A setpoint is absolute: the same one again changes nothing, and a
 * new one goes on from where the ramp is.
 */
#include <kunit/visibility.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>

#include "reference.h"

/**
 * evse_reference_init() - prepare a ramp; it starts at zero
 * @r: set
 * @rated_mw: power that the stage is rated for
 * @reversal_ns: time from @rated_mw charging to as much discharging
 * @corner_ns: part of it at either end in which the slope changes
 * @step_ns: time between two steps
 *
 * Return: 0, or -ERANGE when there is no such ramp, or it takes longer than
 * EVSE_REVERSAL_MAX_NS.
 */
int evse_reference_init(struct evse_reference *r, u32 rated_mw, u32 reversal_ns,
			u32 corner_ns, u32 step_ns)
{
	u32 steps, corner;

	if (!rated_mw || rated_mw > EVSE_RATED_MAX_MW || !step_ns ||
	    reversal_ns > EVSE_REVERSAL_MAX_NS)
		return -ERANGE;
	steps = reversal_ns / step_ns;
	corner = max(corner_ns / step_ns, 1U);
	if (corner > 1000 || steps < 2 * corner)
		return -ERANGE;

	/* Up and down again is corner * (corner + 1) paces, and so on between. */
	*r = (struct evse_reference) {
		.rated_mw = rated_mw,
		.pace_mw = DIV_ROUND_UP(2 * rated_mw,
					corner * (steps - corner + 1)),
		.corner = corner,
	};
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_reference_init);

/**
 * evse_reference_reset() - no power, and none asked for
 * @r: the ramp
 *
 * For gates that are off: the next setpoint starts at zero.
 */
void evse_reference_reset(struct evse_reference *r)
{
	r->target_mw = 0;
	r->now_mw = 0;
	r->pace = 0;
	r->still = 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_reference_reset);

/**
 * evse_reference_set() - a new setpoint
 * @r: the ramp
 * @power_mw: the power to go to, positive charging
 */
void evse_reference_set(struct evse_reference *r, s32 power_mw)
{
	WRITE_ONCE(r->target_mw, power_mw);
}
EXPORT_SYMBOL_IF_KUNIT(evse_reference_set);

/* What the ramp still covers when it begins to end now, from that pace on. */
static s32 evse_reference_stop(const struct evse_reference *r, u32 pace)
{
	return r->pace_mw * (s32)(pace * (pace + 1) / 2);
}

static void evse_reference_move(struct evse_reference *r, s32 goal)
{
	s32 way = abs(goal - r->now_mw);
	bool up = goal > r->now_mw;

	if (r->up != up)
		r->pace = 0;
	r->up = up;
	if (r->pace < r->corner)
		r->pace++;
	while (r->pace && evse_reference_stop(r, r->pace) > way)
		r->pace--;

	if (!r->pace)
		r->now_mw = goal;
	else
		r->now_mw += (up ? r->pace_mw : -r->pace_mw) * (s32)r->pace;
}

/**
 * evse_reference_step() - power of the next step
 * @r: the ramp
 * @min_mw: lowest that every limit allows now, zero or negative
 * @max_mw: highest, zero or positive
 *
 * A window that closes takes the power with it at once, however steep that is;
 * one that opens is used at the slope of the ramp.
 *
 * Return: the power, never outside the window or above what is rated.
 */
s32 evse_reference_step(struct evse_reference *r, s32 min_mw, s32 max_mw)
{
	s32 lowest = clamp(min_mw, -r->rated_mw, 0);
	s32 highest = clamp(max_mw, 0, r->rated_mw);
	s32 goal = clamp(READ_ONCE(r->target_mw), lowest, highest);

	r->now_mw = clamp(r->now_mw, lowest, highest);
	if (r->now_mw == goal) {
		r->pace = 0;
		if (r->still < U32_MAX)
			r->still++;
	} else {
		r->still = 0;
		evse_reference_move(r, goal);
	}
	return r->now_mw;
}
EXPORT_SYMBOL_IF_KUNIT(evse_reference_step);
