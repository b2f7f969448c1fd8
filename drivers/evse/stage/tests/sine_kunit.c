// SPDX-License-Identifier: GPL-2.0-only
/* Sine and CORDIC against a series that has nothing in common with them. */
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "../sine.h"
#include "true_sine.h"

/* Not a divisor of anything: all quarters, and all places between the table's. */
#define STRIDE		104729U
#define ROUNDS		(U32_MAX / STRIDE)

/* The series is right where sine is known without it. */
static void sine_series(struct kunit *test)
{
	static const struct { u32 angle; s64 sine; } known[] = {
		{ 0, 0 }, { 0x40000000, 1 << 30 }, { 0x80000000, 0 },
		{ 0xc0000000, -(1 << 30) },
		{ 0x20000000, 759250125 }, { 0xe0000000, -759250125 },
		{ 0x15555555, 536870912 }, { 0x2aaaaaab, 929887697 },
		{ 0x95555555, -536870912 }, { 0x55555555, 929887697 },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(known); i++)
		KUNIT_EXPECT_LE_MSG(test, abs(true_sine(known[i].angle) - known[i].sine),
				    8LL, "angle %x", known[i].angle);
}

static void sine_error(struct kunit *test)
{
	s64 worst = 0;
	u32 i;

	for (i = 0; i < ROUNDS; i++) {
		u32 angle = i * STRIDE;
		s64 off = (s64)evse_sine(angle) * (1 << 14) - true_sine(angle);

		worst = max(worst, abs(off));
	}
	kunit_info(test, "worst error %lld / 16384 of a digit\n", worst);
	KUNIT_EXPECT_LE(test, worst, EVSE_SINE_ERROR * (1LL << 14) / 100);
}

static void sine_corners(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, evse_sine(0), 0);
	KUNIT_EXPECT_EQ(test, evse_sine(EVSE_TURN_4), EVSE_Q16);
	KUNIT_EXPECT_EQ(test, evse_sine(2 * EVSE_TURN_4), 0);
	KUNIT_EXPECT_EQ(test, evse_sine(3 * EVSE_TURN_4), -EVSE_Q16);
	KUNIT_EXPECT_EQ(test, evse_sine(U32_MAX), 0);
	KUNIT_EXPECT_EQ(test, evse_cosine(0), EVSE_Q16);
	KUNIT_EXPECT_EQ(test, evse_cosine(2 * EVSE_TURN_4), -EVSE_Q16);
	KUNIT_EXPECT_EQ(test, evse_turn_of_mdeg(90000), EVSE_TURN_4);
	KUNIT_EXPECT_EQ(test, evse_turn_of_mdeg(-90000), -EVSE_TURN_4);
}

/* Angle and length of vectors whose angle and length are known. */
static void sine_polar(struct kunit *test)
{
	static const s32 lengths[] = { 1000, 23000, 325269, 400000, 1400000 };
	u32 i, k, angle, length;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		/* What the components' rounding leaves open, and 0.002 degrees. */
		u32 open = div_u64(1ULL << 32, lengths[i] * 4) + 23861;

		for (k = 0; k < 5000; k++) {
			u32 want = k * 859033U;
			s32 x = (true_sine(want + EVSE_TURN_4) * lengths[i] +
				 (1 << 29)) >> 30;
			s32 y = (true_sine(want) * lengths[i] + (1 << 29)) >> 30;

			length = evse_polar(x, y, &angle);
			KUNIT_ASSERT_LE(test, abs((s32)(length - lengths[i])), 1);
			KUNIT_ASSERT_LE_MSG(test, abs((s32)(angle - want)), (s32)open,
					    "%d, %d", x, y);
		}
	}
	KUNIT_EXPECT_EQ(test, evse_polar(0, 0, &angle), 0U);
}

static struct kunit_case sine_cases[] = {
	KUNIT_CASE(sine_series),
	KUNIT_CASE(sine_error),
	KUNIT_CASE(sine_corners),
	KUNIT_CASE(sine_polar),
	{}
};

static struct kunit_suite sine_suite = {
	.name = "evse_stage_sine",
	.test_cases = sine_cases,
};

kunit_test_suite(sine_suite);

MODULE_DESCRIPTION("KUnit tests of the power stage");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_LICENSE("GPL");
