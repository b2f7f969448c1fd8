// SPDX-License-Identifier: GPL-2.0-only
/*
 * Residual current: profiles of UL 2231 (CCID5, CCID20) and IEC 62955.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/array_size.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/minmax.h>

#include "residual_curve.h"

/*
 * UL 943: T = (20 mA / I)^1.43 s, and not less above 264 mA. Microampere, and the
 * inverse of T in ppm a second, rounded up; the chords are 0.4 % faster at most.
 */
static const struct evse_inverse_point evse_residual_ul943[] = {
	{ 4000, 100109 },
	{ 5000, 137739 },
	{ 6000, 178766 },
	{ 7000, 222853 },
	{ 8000, 269741 },
	{ 10000, 371131 },
	{ 12000, 481678 },
	{ 15000, 662732 },
	{ 18000, 860136 },
	{ 22000, 1146019 },
	{ 27000, 1535951 },
	{ 33000, 2046455 },
	{ 40000, 2694468 },
	{ 50000, 3707270 },
	{ 62000, 5042516 },
	{ 77000, 6873990 },
	{ 95000, 9282648 },
	{ 118000, 12656639 },
	{ 146000, 17161360 },
	{ 180000, 23150842 },
	{ 220000, 30845481 },
	{ 264000, 40033239 },
};

/* IEC 62955: 10 s at 6 mA, 0.3 s at 60 mA, 0.1 s at 200 mA */
static const struct evse_inverse_point evse_residual_iec62955[] = {
	{ 6000, 100000 },
	{ 60000, 3333334 },
	{ 200000, 10000000 },
};

/*
 * What was used up fades as slowly as the curve is at its slowest, so that a
 * current that comes and goes adds up.
 */
const struct evse_residual_profile evse_residual_profiles[] = {
	[EVSE_RESIDUAL_CCID5] = {
		.name = "ccid5",
		.must_not_ua = 4000,
		.limit_ua = 5000,
		.answer_ua = 6000,
		.curve = {
			.points = evse_residual_ul943,
			.count = ARRAY_SIZE(evse_residual_ul943),
			.pickup = 5000,
			.rest = 4000,
			.fade_ppm = 100000,
		},
	},
	[EVSE_RESIDUAL_CCID20] = {
		.name = "ccid20",
		.must_not_ua = 15000,
		.answer_ua = 20000,
		.curve = {
			.points = evse_residual_ul943,
			.count = ARRAY_SIZE(evse_residual_ul943),
			.pickup = 20000,
			.rest = 15000,
			.fade_ppm = 100000,
		},
	},
	[EVSE_RESIDUAL_IEC62955] = {
		.name = "iec62955",
		.must_not_ua = 3000,
		.answer_ua = 6000,
		.curve = {
			.points = evse_residual_iec62955,
			.count = ARRAY_SIZE(evse_residual_iec62955),
			.steps = true,
			.pickup = 6000,
			.rest = 3000,
			.fade_ppm = 100000,
		},
	},
};
EXPORT_SYMBOL_IF_KUNIT(evse_residual_profiles);

/**
 * evse_residual_init() - no current was seen yet
 * @residual: the judge
 * @profile: must outlive it
 * @lead_ns: from a decision until the current has ended
 */
void evse_residual_init(struct evse_residual *residual,
			const struct evse_residual_profile *profile, s64 lead_ns)
{
	*residual = (struct evse_residual) {
		.profile = profile,
		.limit = {
			.bound = profile->limit_ua ? profile->limit_ua : S32_MAX,
			.back = profile->must_not_ua,
		},
	};
	evse_inverse_init(&residual->inverse, &profile->curve, lead_ns);
}
EXPORT_SYMBOL_IF_KUNIT(evse_residual_init);

/* Not s32: the lowest of them has no positive counterpart. */
static u32 evse_residual_size(s32 ua)
{
	return min_t(u32, ua < 0 ? -(u32)ua : ua, S32_MAX);
}

/**
 * evse_residual_answers() - does a reading show the current of a self-test
 * @residual: the judge
 * @ua: the reading, microampere, of either sign
 *
 * Return: true when it does.
 */
bool evse_residual_answers(const struct evse_residual *residual, s32 ua)
{
	return evse_residual_size(ua) >= residual->profile->answer_ua;
}
EXPORT_SYMBOL_IF_KUNIT(evse_residual_answers);

/**
 * evse_residual_quiet() - is a reading one that nothing trips from
 * @residual: the judge
 * @ua: the reading, microampere, of either sign
 *
 * Return: true when it is, however long the current stays.
 */
bool evse_residual_quiet(const struct evse_residual *residual, s32 ua)
{
	return evse_residual_size(ua) < residual->profile->curve.pickup;
}
EXPORT_SYMBOL_IF_KUNIT(evse_residual_quiet);

/**
 * evse_residual_step() - take a reading in
 * @residual: the judge
 * @ua: the reading, microampere, of either sign
 * @now: when it was taken
 *
 * Return: true from the reading that trips to the first that is back where
 * nothing may trip.
 */
bool evse_residual_step(struct evse_residual *residual, s32 ua, ktime_t now)
{
	u32 size = evse_residual_size(ua);
	bool curve, limit;

	curve = evse_inverse_step(&residual->inverse, size, now);
	limit = evse_limit_step(&residual->limit, size, now);

	if (curve || limit) {
		residual->tripped = true;
	} else if (residual->tripped && size <= residual->profile->must_not_ua) {
		residual->tripped = false;
		evse_residual_reset(residual);
	}
	return residual->tripped;
}
EXPORT_SYMBOL_IF_KUNIT(evse_residual_step);

/**
 * evse_residual_reset() - forget every reading
 * @residual: the judge
 */
void evse_residual_reset(struct evse_residual *residual)
{
	evse_inverse_reset(&residual->inverse);
	evse_limit_reset(&residual->limit);
	residual->tripped = false;
}
EXPORT_SYMBOL_IF_KUNIT(evse_residual_reset);
