/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the modules of a bridge tell the plant of a board: the duties of the legs
 * in each period of the carrier. Pure.
 */
#ifndef _EVSE_SIM_FEED_H
#define _EVSE_SIM_FEED_H

#include "inverter.h"

#define EVSE_SIM_FEED_DUTIES	64

/**
 * struct evse_sim_feed_duty - a compare register was written
 * @time: when, ns
 * @leg: of which leg
 * @upper: on time of the upper switch without dead time, Q16
 */
struct evse_sim_feed_duty {
	s64 time;
	u8 leg;
	u32 upper;
};

/**
 * struct evse_sim_feed - duties on their way to the plant
 * @zero: a moment at which the counters are zero, ns
 * @period: of the carrier, ns; 0 while it is not known
 * @dead: dead time of an edge as part of the period, Q16
 * @ring: what was written
 * @head: where the next one goes
 * @tail: the oldest one that the plant has not seen
 * @upper: duties in force where the plant is, Q16
 */
struct evse_sim_feed {
	s64 zero;
	s64 period;
	u32 dead;
	struct evse_sim_feed_duty ring[EVSE_SIM_FEED_DUTIES];
	unsigned int head;
	unsigned int tail;
	u32 upper[EVSE_SIM_LEGS];
};

void evse_sim_feed_clock(struct evse_sim_feed *f, s64 zero, s64 period, u32 dead);
void evse_sim_feed_write(struct evse_sim_feed *f, s64 time, unsigned int leg,
			 u32 upper);
s64 evse_sim_feed_begin(const struct evse_sim_feed *f, s64 when);
void evse_sim_feed_take(struct evse_sim_feed *f, s64 begin,
			struct evse_sim_leg_time *leg);

#endif /* _EVSE_SIM_FEED_H */
