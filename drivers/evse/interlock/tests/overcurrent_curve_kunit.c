// SPDX-License-Identifier: GPL-2.0-only
/* Overcurrent: every step of the curve from both sides, and currents that change. */
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/module.h>

#include "../overcurrent_curve.h"

#define NOW		((ktime_t)1 << 40)
#define INTERVAL_NS	(5 * NSEC_PER_MSEC)
#define LEAD_NS		(INTERVAL_NS + 10 * NSEC_PER_MSEC)
#define RATED_MA	32000
#define EXPORT_MA	16000
#define DAY_MS		(24 * 3600 * 1000LL)

static const struct step {
	u32 above_permille;
	s64 ms;
} steps[] = {
	{ 1100, 60000 }, { 1250, 10000 }, { 1500, 1000 }, { 2000, 20 },
};

/* Time until a current that lasts is to be ended, in ns; S64_MAX for never. */
static s64 decides_after(u32 rated_export, s32 ma, s64 interval)
{
	struct evse_overcurrent over;
	s64 at;

	evse_overcurrent_init(&over, RATED_MA, rated_export, LEAD_NS);
	evse_overcurrent_step(&over, 0, NOW);
	for (at = interval; at < DAY_MS * NSEC_PER_MSEC; at += interval) {
		if (evse_overcurrent_step(&over, ma, NOW + at))
			return at - interval;
		if (at > 70LL * NSEC_PER_SEC)
			interval = 60LL * NSEC_PER_SEC;
	}
	return S64_MAX;
}

static void in_time(struct kunit *test, u32 rated_export, s32 ma, s64 ms)
{
	s64 after = decides_after(rated_export, ma, INTERVAL_NS);
	s64 most = ms * NSEC_PER_MSEC + INTERVAL_NS - LEAD_NS;

	KUNIT_EXPECT_LE_MSG(test, after, most, "%d mA", ma);
	KUNIT_EXPECT_GE_MSG(test, after, most - 2 * INTERVAL_NS - div_s64(most, 1000),
			    "%d mA", ma);
}

static void overcurrent_steps(struct kunit *test)
{
	u32 low, high, permille;
	int i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		low = steps[i].above_permille;
		high = i + 1 < ARRAY_SIZE(steps) ? steps[i + 1].above_permille : 9000;
		for (permille = low; permille <= high; permille += (high - low) / 5) {
			/* Just above the lower bound, and on the upper one. */
			s32 ma = RATED_MA * permille / 1000 + (permille == low);

			in_time(test, EXPORT_MA, ma, steps[i].ms);
			in_time(test, 0, -ma, steps[i].ms);
			in_time(test, EXPORT_MA, -EXPORT_MA * (s32)permille / 1000 -
				(permille == low), steps[i].ms);
		}
	}
}

static void overcurrent_rating(struct kunit *test)
{
	s32 ma;

	for (ma = 0; ma <= RATED_MA * 11 / 10; ma += 1600)
		KUNIT_EXPECT_EQ_MSG(test, S64_MAX,
				    decides_after(EXPORT_MA, ma, INTERVAL_NS),
				    "%d mA", ma);
	for (ma = 0; ma <= EXPORT_MA * 11 / 10; ma += 1600)
		KUNIT_EXPECT_EQ_MSG(test, S64_MAX,
				    decides_after(EXPORT_MA, -ma, INTERVAL_NS),
				    "%d mA", -ma);
	KUNIT_EXPECT_EQ(test, S64_MAX,
			decides_after(EXPORT_MA, RATED_MA * 11 / 10, INTERVAL_NS));
	KUNIT_EXPECT_LE(test, decides_after(0, S32_MAX, INTERVAL_NS), 0LL);
	KUNIT_EXPECT_LE(test, decides_after(0, S32_MIN, INTERVAL_NS), 0LL);
}

/* 30 s at 120 %, a rest, then 120 % again: the wire has not cooled down. */
static s64 second_round(s64 rest_ns)
{
	struct evse_overcurrent over;
	ktime_t now = NOW;
	s64 at;

	evse_overcurrent_init(&over, RATED_MA, 0, LEAD_NS);
	for (at = 0; at < 30LL * NSEC_PER_SEC; at += INTERVAL_NS)
		if (evse_overcurrent_step(&over, RATED_MA * 12 / 10, now + at))
			return -1;
	now += at;
	evse_overcurrent_step(&over, 0, now);
	now += rest_ns;
	evse_overcurrent_step(&over, 0, now);
	for (at = 0; at < 100LL * NSEC_PER_SEC; at += INTERVAL_NS)
		if (evse_overcurrent_step(&over, RATED_MA * 12 / 10, now + at))
			return at;
	return S64_MAX;
}

static void overcurrent_warm(struct kunit *test)
{
	const s64 second = NSEC_PER_SEC, slack = 50 * NSEC_PER_MSEC;
	s64 at;

	at = second_round(0);
	KUNIT_EXPECT_LE(test, at, 30 * second);
	KUNIT_EXPECT_GE(test, at, 30 * second - slack);
	at = second_round(15 * second);
	KUNIT_EXPECT_LE(test, at, 45 * second);
	KUNIT_EXPECT_GE(test, at, 45 * second - slack);
	at = second_round(3600 * second);
	KUNIT_EXPECT_LE(test, at, 60 * second);
	KUNIT_EXPECT_GE(test, at, 60 * second - slack);
}

/* The cause stands until the current is within the rating. */
static void overcurrent_ends(struct kunit *test)
{
	struct evse_overcurrent over;

	evse_overcurrent_init(&over, RATED_MA, 0, 20 * NSEC_PER_MSEC);
	KUNIT_EXPECT_FALSE(test, evse_overcurrent_step(&over, RATED_MA, NOW));
	KUNIT_EXPECT_TRUE(test, evse_overcurrent_step(&over, -RATED_MA * 3, NOW + 1));
	KUNIT_EXPECT_TRUE(test, evse_overcurrent_step(&over, RATED_MA + 32, NOW + 2));
	KUNIT_EXPECT_FALSE(test, evse_overcurrent_step(&over, RATED_MA, NOW + 3));
}

static struct kunit_case overcurrent_cases[] = {
	KUNIT_CASE(overcurrent_steps),
	KUNIT_CASE(overcurrent_rating),
	KUNIT_CASE(overcurrent_warm),
	KUNIT_CASE(overcurrent_ends),
	{}
};

static struct kunit_suite overcurrent_suite = {
	.name = "evse_overcurrent_curve",
	.test_cases = overcurrent_cases,
};

kunit_test_suite(overcurrent_suite);
