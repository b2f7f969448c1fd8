/* SPDX-License-Identifier: GPL-2.0-only */
/* Inverse-time curves: the further above, the sooner. */
#ifndef _EVSE_INVERSE_TIME_H
#define _EVSE_INVERSE_TIME_H

#include <linux/ktime.h>
#include <linux/types.h>

/**
 * struct evse_inverse_point - a point of a curve
 * @value: where it is
 * @rate_ppm: how much of a trip a second at this value uses up, in millionths:
 *	the inverse of the trip time, rounded up
 */
struct evse_inverse_point {
	u32 value;
	u32 rate_ppm;
};

/**
 * struct evse_inverse_curve - a curve
 * @points: in ascending order of their values
 * @count: how many
 * @steps: a rate holds up to the next point; otherwise it is linear in between,
 *	and never below a convex curve through the points
 * @pickup: below this value nothing is used up and nothing trips
 * @rest: up to this value what was used up fades again
 * @fade_ppm: how much of it in a second, in millionths of a trip
 */
struct evse_inverse_curve {
	const struct evse_inverse_point *points;
	unsigned int count;
	bool steps;
	u32 pickup;
	u32 rest;
	u32 fade_ppm;
};

/**
 * struct evse_inverse - how far a trip has come
 * @curve: the curve
 * @lead_ns: from a decision until the current has ended: the time to the next
 *	reading, and what the contactor takes
 * @used: part of a trip that is used up, EVSE_INVERSE_FULL is all of it
 * @value: of the latest reading
 * @when: of the latest reading
 * @seen: there was one
 */
struct evse_inverse {
	const struct evse_inverse_curve *curve;
	s64 lead_ns;
	s64 used;
	u32 value;
	ktime_t when;
	bool seen;
};

#define EVSE_INVERSE_FULL	(1000000LL * NSEC_PER_SEC)

void evse_inverse_init(struct evse_inverse *inverse,
		       const struct evse_inverse_curve *curve, s64 lead_ns);
void evse_inverse_reset(struct evse_inverse *inverse);
bool evse_inverse_step(struct evse_inverse *inverse, u32 value, ktime_t now);

#endif /* _EVSE_INVERSE_TIME_H */
