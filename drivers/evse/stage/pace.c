// SPDX-License-Identifier: GPL-2.0-only
/*
 * When the control steps come.
 *
 * Values in, values out: no device or lock.
 *
 * Duties that are written while the carrier's counter passes zero may be loaded
 * now or a period later, and those of one leg before those of another. A timer of
 * its own keeps its distance to the zeros, whatever it is, for as long as the clocks
 * agree. So each step comes a bit after a zero, at the one nearest to when it is due.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "pace.h"

/* Part of a slot between a zero and the step: what is left is for being late. */
#define EVSE_PACE_AFTER		8

/**
 * evse_pace_init() - set the rate
 * @p: set
 * @step_ns: time between two steps, not 0
 * @carrier_hz: the carrier, not 0
 */
void evse_pace_init(struct evse_pace *p, u32 step_ns, u32 carrier_hz)
{
	u32 period_ns = NSEC_PER_SEC / carrier_hz;

	p->step_ns = step_ns;
	p->slot_ns = period_ns / DIV_ROUND_UP(period_ns, step_ns) ?: 1;
}
EXPORT_SYMBOL_IF_KUNIT(evse_pace_init);

/**
 * evse_pace_start() - the first step
 * @p: the clock
 * @now: the time
 *
 * Return: when it comes.
 */
ktime_t evse_pace_start(struct evse_pace *p, ktime_t now)
{
	p->due = ktime_add_ns(now, p->step_ns);
	return p->due;
}
EXPORT_SYMBOL_IF_KUNIT(evse_pace_start);

/**
 * evse_pace_next() - the step after this one
 * @p: the clock
 * @now: the time
 * @load: a moment at which duties are loaded, after @now, a second later at most
 *
 * Steps that were missed are not made up for.
 *
 * Return: when it comes, after @now.
 */
ktime_t evse_pace_next(struct evse_pace *p, ktime_t now, ktime_t load)
{
	u32 ahead = ktime_to_ns(ktime_sub(load, now));
	ktime_t first;
	s64 wait;

	p->due = ktime_add_ns(p->due, p->step_ns);
	if (ktime_before(p->due, now))
		p->due = ktime_add_ns(now, p->step_ns);
	/* The nearest one that is after the next zero, or part of a period */
	first = ktime_sub_ns(load, ahead / p->slot_ns * p->slot_ns);
	first = ktime_add_ns(first, p->slot_ns / EVSE_PACE_AFTER);
	wait = ktime_to_ns(ktime_sub(p->due, first)) + p->slot_ns / 2;
	wait = clamp_t(s64, wait, 0, U32_MAX);
	return ktime_add_ns(first, (u32)wait / p->slot_ns * p->slot_ns);
}
EXPORT_SYMBOL_IF_KUNIT(evse_pace_next);
