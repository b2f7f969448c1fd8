// SPDX-License-Identifier: GPL-2.0-only
/* Curves of NTC resistors: known points, broken wires, curves that cannot be. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/math.h>

#include "../ntc_curve.h"

/* 10 kilo-ohm at 25 degrees by the textbook's formula, in floating point */
static const struct { int deg; u32 ohm3950, ohm3435; } known[] = {
	{ -40, 401860, 248277 }, { -30, 200204, 135452 }, { -20, 105385, 77523 },
	{ -10, 58246, 46290 }, { 0, 33621, 28704 }, { 10, 20175, 18410 },
	{ 20, 12535, 12171 }, { 25, 10000, 10000 }, { 30, 8037, 8269 },
	{ 40, 5301, 5759 }, { 50, 3588, 4101 }, { 60, 2486, 2981 }, { 70, 1760, 2207 },
	{ 80, 1270, 1662 }, { 85, 1087, 1451 }, { 90, 934, 1272 }, { 95, 805, 1118 },
	{ 100, 698, 987 }, { 105, 606, 874 }, { 110, 529, 776 }, { 125, 359, 554 },
};

static struct ntc_point *beta(struct kunit *test, u32 b, u32 nominal_ohm)
{
	struct ntc_point *points = kunit_kcalloc(test, NTC_BETA_POINTS,
						 sizeof(*points), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, points);
	ntc_curve_beta(points, b, nominal_ohm);
	return points;
}

static void near(struct kunit *test, const struct ntc_point *points, u64 mohm,
		 int mdeg, int tolerance)
{
	int got = INT_MIN;

	KUNIT_EXPECT_EQ(test, ntc_curve_mdeg(points, NTC_BETA_POINTS, mohm, &got), 0);
	KUNIT_EXPECT_LE_MSG(test, abs(got - mdeg), tolerance, "%llu mohm: %d, not %d",
			    mohm, got, mdeg);
}

static void known_points(struct kunit *test)
{
	struct ntc_point *a = beta(test, 3950, 10000), *b = beta(test, 3435, 10000);
	struct ntc_point *c = beta(test, 3950, 100000);
	int i;

	for (i = 0; i < ARRAY_SIZE(known); i++) {
		/* An ohm more or less is what the known values are rounded by. */
		int rounding = known[i].deg > 100 ? 100 : 50;

		near(test, a, known[i].ohm3950 * 1000ULL, known[i].deg * 1000, rounding);
		near(test, b, known[i].ohm3435 * 1000ULL, known[i].deg * 1000, rounding);
		near(test, c, known[i].ohm3950 * 10000ULL, known[i].deg * 1000, rounding);
	}
}

/* Whatever is allowed gives a curve, and hotter is never more resistance. */
static void every_beta(struct kunit *test)
{
	static const u32 nominal[] = { NTC_NOMINAL_MIN_OHM, 10000, NTC_NOMINAL_MAX_OHM };
	struct ntc_point *points;
	unsigned int wrong;
	u32 b, i;

	for (b = NTC_BETA_MIN; b <= NTC_BETA_MAX; b += 250) {
		for (i = 0; i < ARRAY_SIZE(nominal); i++) {
			points = beta(test, b, nominal[i]);
			KUNIT_EXPECT_EQ_MSG(test, ntc_curve_check(points, NTC_BETA_POINTS,
								  &wrong), 0,
					    "beta %u, %u ohm, point %u", b, nominal[i], wrong);
			near(test, points, nominal[i] * 1000ULL, 25000, 50);
			kunit_kfree(test, points);
		}
	}
}

/* Falling resistance is rising temperature, without a step where two points meet. */
static void steady(struct kunit *test)
{
	struct ntc_point *points = beta(test, 3950, 10000);
	int mdeg, last = INT_MIN;
	u64 mohm;

	for (mohm = 400000000; mohm > 350000; mohm -= mohm / 4096 + 1) {
		KUNIT_ASSERT_EQ(test, ntc_curve_mdeg(points, NTC_BETA_POINTS, mohm, &mdeg), 0);
		if (last != INT_MIN) {
			KUNIT_ASSERT_GE(test, mdeg, last);
			KUNIT_ASSERT_LE(test, mdeg - last, 12);
		}
		last = mdeg;
	}
}

static void ends(struct kunit *test)
{
	static const struct ntc_point points[] = {
		{ -10000, 50000000 }, { 0, 30000000 }, { 100000, 1000000 },
	};
	int mdeg = 1;

	KUNIT_EXPECT_EQ(test, ntc_curve_mdeg(points, 3, 50000001, &mdeg), -ERANGE);
	KUNIT_EXPECT_EQ(test, ntc_curve_mdeg(points, 3, 999999, &mdeg), -ERANGE);
	KUNIT_EXPECT_EQ(test, ntc_curve_mdeg(points, 3, 0, &mdeg), -ERANGE);
	KUNIT_EXPECT_EQ(test, ntc_curve_mdeg(points, 3, U64_MAX, &mdeg), -ERANGE);
	KUNIT_EXPECT_EQ(test, mdeg, 1);
	KUNIT_EXPECT_EQ(test, ntc_curve_mdeg(points, 3, 50000000, &mdeg), 0);
	KUNIT_EXPECT_EQ(test, mdeg, -10000);
	KUNIT_EXPECT_EQ(test, ntc_curve_mdeg(points, 3, 40000000, &mdeg), 0);
	KUNIT_EXPECT_EQ(test, mdeg, -5000);
	KUNIT_EXPECT_EQ(test, ntc_curve_mdeg(points, 3, 30000000, &mdeg), 0);
	KUNIT_EXPECT_EQ(test, mdeg, 0);
	KUNIT_EXPECT_EQ(test, ntc_curve_mdeg(points, 3, 15500000, &mdeg), 0);
	KUNIT_EXPECT_EQ(test, mdeg, 50000);
	KUNIT_EXPECT_EQ(test, ntc_curve_mdeg(points, 3, 1000000, &mdeg), 0);
	KUNIT_EXPECT_EQ(test, mdeg, 100000);
}

static void absurd(struct kunit *test)
{
	static const struct {
		struct ntc_point points[3];
		unsigned int count, wrong;
	} cases[] = {
		{ { { 0, 1 } }, 1, 1 },
		{ { { 0, 1 } }, 0, 0 },
		/* No resistance */
		{ { { 0, 3000 }, { 1000, 0 } }, 2, 1 },
		{ { { 0, 0 }, { 1000, 1 } }, 2, 0 },
		/* Not colder to hotter */
		{ { { 0, 3000 }, { 0, 2000 } }, 2, 1 },
		{ { { 0, 3000 }, { 1000, 2000 }, { 500, 1000 } }, 3, 2 },
		/* Rising with the temperature, or flat */
		{ { { 0, 3000 }, { 1000, 4000 } }, 2, 1 },
		{ { { 0, 3000 }, { 1000, 2000 }, { 2000, 2000 } }, 3, 2 },
		{ { { -273150, 3000 }, { 1000, 2000 } }, 2, 0 },
	};
	unsigned int wrong;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		wrong = UINT_MAX;
		KUNIT_EXPECT_EQ_MSG(test, ntc_curve_check(cases[i].points, cases[i].count,
							  &wrong), -EINVAL, "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test, wrong, cases[i].wrong, "case %d", i);
	}
}

static void divider(struct kunit *test)
{
	static const struct {
		s64 uv;
		int ret;
		u64 mohm;
	} cases[] = {
		{ 1650000, 0, 10000000 },
		{ 1100000, 0, 5000000 },
		{ 3250500, 0, 656666666 },
		{ 3250501, -ENOTCONN },
		{ 3300000, -ENOTCONN },
		{ 5000000, -ENOTCONN },
		{ S32_MAX, -ENOTCONN },
		{ 49500, 0, 152284 },
		{ 49499, -EISCONN },
		{ 0, -EISCONN },
		{ -1000, -EISCONN },
		{ S32_MIN, -EISCONN },
	};
	static const struct ntc_divider d = { .supply_uv = 3300000, .pullup_ohm = 10000 };
	/* The most that there can be */
	static const struct ntc_divider most = {
		.supply_uv = 60000000, .pullup_ohm = 10000000,
	};
	u64 mohm;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		mohm = 0;
		KUNIT_EXPECT_EQ_MSG(test, ntc_divider_mohm(&d, cases[i].uv, &mohm),
				    cases[i].ret, "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test, mohm, cases[i].mohm, "case %d", i);
	}
	KUNIT_EXPECT_EQ(test, ntc_divider_mohm(&most, 59000000, &mohm), 0);
	KUNIT_EXPECT_EQ(test, mohm, 590000000000ULL);
}

static struct kunit_case curve_cases[] = {
	KUNIT_CASE(known_points),
	KUNIT_CASE(every_beta),
	KUNIT_CASE(steady),
	KUNIT_CASE(ends),
	KUNIT_CASE(absurd),
	KUNIT_CASE(divider),
	{}
};

static struct kunit_suite curve_suite = {
	.name = "evse_ntc_curve",
	.test_cases = curve_cases,
};

kunit_test_suite(curve_suite);

MODULE_DESCRIPTION("Tests of NTC resistors");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_LICENSE("GPL");
