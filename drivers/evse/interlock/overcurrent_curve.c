// SPDX-License-Identifier: GPL-2.0-only
/*
 * Overcurrent: a thermal part in the manner of a class 10 relay, and a fast one
 * in that of a breaker's magnetic release.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/array_size.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "overcurrent_curve.h"

/* The part of the rating that may flow for good, in thousandths */
#define EVSE_OVERCURRENT_REST	1100

/* Above 110 % 60 s, above 125 % 10 s, above 150 % 1 s, above 200 % 20 ms */
static const struct evse_inverse_point evse_overcurrent_points[] = {
	{ EVSE_OVERCURRENT_REST + 1, 16667 },
	{ 1251, 100000 },
	{ 1501, 1000000 },
	{ 2001, 50000000 },
};

/* Cools down as slowly as it warmed up. */
static const struct evse_inverse_curve evse_overcurrent_curve = {
	.points = evse_overcurrent_points,
	.count = ARRAY_SIZE(evse_overcurrent_points),
	.steps = true,
	.pickup = EVSE_OVERCURRENT_REST + 1,
	.rest = EVSE_OVERCURRENT_REST,
	.fade_ppm = 16667,
};

/**
 * evse_overcurrent_init() - no current was seen yet
 * @over: the judge
 * @import_ma: rated current of charging, not 0
 * @export_ma: rated current of discharging; 0 for that of charging
 * @lead_ns: from a decision until the current has ended
 */
void evse_overcurrent_init(struct evse_overcurrent *over, u32 import_ma,
			   u32 export_ma, s64 lead_ns)
{
	*over = (struct evse_overcurrent) {
		.import_ma = import_ma,
		.export_ma = export_ma ? export_ma : import_ma,
	};
	evse_inverse_init(&over->inverse, &evse_overcurrent_curve, lead_ns);
}
EXPORT_SYMBOL_IF_KUNIT(evse_overcurrent_init);

/**
 * evse_overcurrent_step() - take a reading in
 * @over: the judge
 * @ma: the reading, milliampere, charging positive
 * @now: when it was taken
 *
 * Return: true from the reading that trips to the first within the rating.
 */
bool evse_overcurrent_step(struct evse_overcurrent *over, s32 ma, ktime_t now)
{
	u32 rated = ma < 0 ? over->export_ma : over->import_ma;
	u32 size = ma < 0 ? -(u32)ma : ma;
	u32 permille = min_t(u64, U32_MAX,
			     div_u64((u64)size * 1000 + rated - 1, rated));

	if (evse_inverse_step(&over->inverse, permille, now))
		over->tripped = true;
	else if (permille <= 1000)
		over->tripped = false;
	return over->tripped;
}
EXPORT_SYMBOL_IF_KUNIT(evse_overcurrent_step);
