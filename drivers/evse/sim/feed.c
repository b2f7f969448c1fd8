// SPDX-License-Identifier: GPL-2.0-only
/*
 * Duties on their way to the plant, which takes them period by period of the
 * carrier: a compare register counts from the next zero of the counter on. A
 * switch that is on around the middle of a period has there the mean that it has
 * in the whole of it, so nothing is lost by not looking at its edges. Pure.
 */

#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "feed.h"

void evse_sim_feed_clock(struct evse_sim_feed *f, s64 zero, s64 period, u32 dead)
{
	f->zero = zero;
	f->period = period;
	f->dead = dead;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_feed_clock);

static void take_oldest(struct evse_sim_feed *f)
{
	const struct evse_sim_feed_duty *d =
		&f->ring[f->tail++ % EVSE_SIM_FEED_DUTIES];

	f->upper[d->leg] = d->upper;
}

/* A plant that does not look loses the oldest ones' time, not their order. */
void evse_sim_feed_write(struct evse_sim_feed *f, s64 time, unsigned int leg,
			 u32 upper)
{
	if (f->head - f->tail == EVSE_SIM_FEED_DUTIES)
		take_oldest(f);
	f->ring[f->head++ % EVSE_SIM_FEED_DUTIES] = (struct evse_sim_feed_duty){
		time, leg, min_t(u32, upper, EVSE_SIM_Q16),
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_feed_write);

/* Of the period that @when is in. */
s64 evse_sim_feed_begin(const struct evse_sim_feed *f, s64 when)
{
	s64 n = div64_s64(when - f->zero, f->period);

	if (f->zero + n * f->period > when)
		n--;
	return f->zero + n * f->period;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_feed_begin);

/* What the legs do in the period that begins then. */
void evse_sim_feed_take(struct evse_sim_feed *f, s64 begin,
			struct evse_sim_leg_time *leg)
{
	unsigned int i;

	while (f->tail != f->head &&
	       f->ring[f->tail % EVSE_SIM_FEED_DUTIES].time < begin)
		take_oldest(f);
	for (i = 0; i < EVSE_SIM_LEGS; i++) {
		u32 lower = EVSE_SIM_Q16 - f->upper[i];

		leg[i] = (struct evse_sim_leg_time){
			.upper = f->upper[i] - min(f->upper[i], f->dead),
			.lower = lower - min(lower, f->dead),
		};
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_feed_take);
