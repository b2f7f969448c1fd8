// SPDX-License-Identifier: GPL-2.0-only
/*
 * Inverse-time curves for a value that changes: each reading uses up its part
 * of a trip.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "inverse_time.h"

/* A longer gap between two readings trips whatever is above the pickup. */
#define EVSE_INVERSE_GAP_NS	(100LL * NSEC_PER_SEC)

/**
 * evse_inverse_init() - nothing is used up
 * @inverse: the state
 * @curve: must outlive it
 * @lead_ns: from a decision until the current has ended
 */
void evse_inverse_init(struct evse_inverse *inverse,
		       const struct evse_inverse_curve *curve, s64 lead_ns)
{
	*inverse = (struct evse_inverse) {
		.curve = curve,
		.lead_ns = lead_ns,
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_inverse_init);

/**
 * evse_inverse_reset() - forget every reading
 * @inverse: the state
 */
void evse_inverse_reset(struct evse_inverse *inverse)
{
	evse_inverse_init(inverse, inverse->curve, inverse->lead_ns);
}
EXPORT_SYMBOL_IF_KUNIT(evse_inverse_reset);

static u32 evse_inverse_rate(const struct evse_inverse_curve *curve, u32 value)
{
	const struct evse_inverse_point *p = curve->points;
	const struct evse_inverse_point *last = p + curve->count - 1;
	u64 rise;

	if (value < curve->pickup || value < p->value)
		return 0;
	while (p < last && value >= p[1].value)
		p++;
	if (p == last || curve->steps)
		return p->rate_ppm;

	rise = (u64)(value - p->value) * (p[1].rate_ppm - p->rate_ppm);
	return p->rate_ppm +
	       div_u64(rise + p[1].value - p->value - 1, p[1].value - p->value);
}

/**
 * evse_inverse_step() - take a reading in
 * @inverse: the state
 * @value: the reading
 * @now: when it was taken
 *
 * Nobody saw the value between two readings: it counts as the higher one.
 *
 * Return: true when the current has to end now, to have ended in time.
 */
bool evse_inverse_step(struct evse_inverse *inverse, u32 value, ktime_t now)
{
	const struct evse_inverse_curve *curve = inverse->curve;
	u32 rate = evse_inverse_rate(curve, value);
	u32 worst = max(rate, evse_inverse_rate(curve, inverse->value));
	s64 gap = 0;

	if (inverse->seen)
		gap = clamp_t(s64, ktime_sub(now, inverse->when), 0,
			      EVSE_INVERSE_GAP_NS);
	if (worst)
		inverse->used += worst * gap;
	else if (value <= curve->rest)
		inverse->used -= curve->fade_ppm * gap;
	inverse->used = clamp_t(s64, inverse->used, 0, EVSE_INVERSE_FULL);

	inverse->value = value;
	inverse->when = now;
	inverse->seen = true;
	return rate && inverse->used + rate * inverse->lead_ns >= EVSE_INVERSE_FULL;
}
EXPORT_SYMBOL_IF_KUNIT(evse_inverse_step);
