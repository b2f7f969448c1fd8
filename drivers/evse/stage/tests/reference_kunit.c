// SPDX-License-Identifier: GPL-2.0-only
/* The ramp of power: its length, its corners, its window, and no other effect. */
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/prandom.h>
#include <linux/string.h>

#include "../reference.h"

#define RATED		22000000
#define STEP_NS		100000

static void reference_new(struct kunit *test, struct evse_reference *r)
{
	KUNIT_ASSERT_EQ(test, 0, evse_reference_init(r, RATED, 16000000, 2000000,
						     STEP_NS));
}

static s32 step(struct evse_reference *r)
{
	return evse_reference_step(r, -RATED, RATED);
}

static u32 steps_to(struct evse_reference *r, s32 power_mw)
{
	u32 steps = 0;

	evse_reference_set(r, power_mw);
	while (steps < 1000 && step(r) != power_mw)
		steps++;
	return steps + 1;
}

/* 16 ms and a rest either way, monotonous, no step larger than another, none at zero. */
static void reference_reversal(struct kunit *test)
{
	s32 before, now, change = 0, last, most = 0, turn;
	struct evse_reference r;

	reference_new(test, &r);
	KUNIT_EXPECT_LE(test, steps_to(&r, RATED), 92U);
	KUNIT_EXPECT_LE(test, steps_to(&r, -RATED), 162U);
	KUNIT_EXPECT_LE(test, steps_to(&r, RATED), 162U);
	KUNIT_EXPECT_GE(test, steps_to(&r, -RATED), 150U);

	evse_reference_set(&r, RATED);
	before = -RATED;
	do {
		last = change;
		now = step(&r);
		change = now - before;
		turn = abs(change - last);
		KUNIT_ASSERT_GE(test, change, 0);
		KUNIT_ASSERT_LE(test, turn, r.pace_mw);
		if (abs(now) < RATED / 4)
			KUNIT_ASSERT_EQ(test, change, r.pace_mw * (s32)r.corner);
		most = max(most, change);
		before = now;
	} while (now != RATED);
	KUNIT_EXPECT_EQ(test, most, r.pace_mw * (s32)r.corner);
}

/* The same again, at any moment, and nothing is different. */
static void reference_same(struct kunit *test)
{
	struct evse_reference once, often;
	u32 i;

	reference_new(test, &once);
	often = once;
	evse_reference_set(&once, -17654321);
	evse_reference_set(&often, -17654321);
	for (i = 0; i < 300; i++) {
		evse_reference_set(&often, -17654321);
		KUNIT_ASSERT_EQ(test, step(&once), step(&often));
		KUNIT_ASSERT_EQ(test, once.pace, often.pace);
		KUNIT_ASSERT_EQ(test, once.still, often.still);
	}
	KUNIT_EXPECT_EQ(test, once.now_mw, -17654321);
}

/* A new setpoint on the way: from there, never away from it, never beyond it. */
static void reference_change(struct kunit *test)
{
	struct evse_reference r;
	s32 before, now;
	u32 i, k;

	for (k = 1; k < 160; k++) {
		static const s32 goals[] = { 0, RATED / 3, -RATED / 7, RATED, -RATED };

		for (i = 0; i < ARRAY_SIZE(goals); i++) {
			u32 left = 200;

			reference_new(test, &r);
			steps_to(&r, RATED);
			evse_reference_set(&r, -RATED);
			for (now = 0; now < (s32)k; now++)
				step(&r);
			before = r.now_mw;
			evse_reference_set(&r, goals[i]);
			/* It was on its way down. */
			now = step(&r);
			KUNIT_ASSERT_LE(test, now - before, r.pace_mw);
			while (now != goals[i] && --left) {
				before = now;
				now = step(&r);
				KUNIT_ASSERT_LE(test, abs(now - before),
						r.pace_mw * (s32)r.corner);
				KUNIT_ASSERT_LE(test, abs(goals[i] - now),
						abs(goals[i] - before));
				KUNIT_ASSERT_EQ(test, goals[i] > now,
						goals[i] > before && now != goals[i]);
			}
			KUNIT_ASSERT_NE(test, left, 0U);
		}
	}
}

/* The window holds in the very step that it comes with. */
static void reference_window(struct kunit *test)
{
	struct evse_reference r;
	u32 i;

	reference_new(test, &r);
	steps_to(&r, RATED);
	KUNIT_EXPECT_EQ(test, evse_reference_step(&r, -RATED, 5000000), 5000000);
	KUNIT_EXPECT_EQ(test, evse_reference_step(&r, -RATED, 0), 0);
	/* It opens: by the ramp, not by a jump. */
	KUNIT_EXPECT_EQ(test, evse_reference_step(&r, -RATED, RATED), r.pace_mw);
	for (i = 0; i < 100; i++)
		step(&r);
	KUNIT_EXPECT_EQ(test, r.now_mw, RATED);
	/* No window is wider than what is rated, nor without zero. */
	evse_reference_set(&r, S32_MAX);
	for (i = 0; i < 200; i++)
		KUNIT_ASSERT_LE(test, evse_reference_step(&r, S32_MIN, S32_MAX), RATED);
	evse_reference_set(&r, S32_MIN);
	for (i = 0; i < 200; i++)
		KUNIT_ASSERT_GE(test, evse_reference_step(&r, S32_MIN, S32_MAX), -RATED);
	KUNIT_EXPECT_EQ(test, r.now_mw, -RATED);
	KUNIT_EXPECT_EQ(test, evse_reference_step(&r, 1000, -1000), 0);
}

static void reference_reset(struct kunit *test)
{
	struct evse_reference r;
	u32 i;

	reference_new(test, &r);
	evse_reference_set(&r, RATED);
	for (i = 0; i < 30; i++)
		step(&r);
	KUNIT_EXPECT_GT(test, r.now_mw, 0);
	evse_reference_reset(&r);
	for (i = 0; i < 30; i++)
		KUNIT_EXPECT_EQ(test, step(&r), 0);
	KUNIT_EXPECT_EQ(test, r.still, 30U);
}

/* A thousand sequences of setpoints and windows: inside, all the time. */
static void reference_random(struct kunit *test)
{
	struct rnd_state random;
	struct evse_reference r;
	u32 round, i;

	prandom_seed_state(&random, 42);
	for (round = 0; round < 1000; round++) {
		s32 min_mw = 0, max_mw = 0;

		reference_new(test, &r);
		for (i = 0; i < 400; i++) {
			u32 dice = prandom_u32_state(&random);
			s32 value = prandom_u32_state(&random) % (3 * RATED);
			s32 power, before = r.now_mw;

			if (!(dice % 16))
				evse_reference_set(&r, dice & 256 ? value : -value);
			if (!(dice / 65536 % 32))
				min_mw = -value;
			if (!(dice / 65536 % 31))
				max_mw = value;
			power = evse_reference_step(&r, min_mw, max_mw);
			KUNIT_ASSERT_GE(test, power, min_mw);
			KUNIT_ASSERT_LE(test, power, max_mw);
			KUNIT_ASSERT_LE(test, abs(power), RATED);
			before = clamp(before, min_mw, max_mw);
			KUNIT_ASSERT_LE(test, abs(power - before),
					r.pace_mw * (s32)r.corner);
		}
	}
}

static void reference_refused(struct kunit *test)
{
	static const struct { u32 rated, reversal, corner, step; } bad[] = {
		{ 0, 16000000, 2000000, 100000 },
		{ 1000000001, 16000000, 2000000, 100000 },
		{ U32_MAX, 16000000, 2000000, 100000 },
		{ RATED, 40000001, 2000000, 100000 },
		{ RATED, 16000000, 2000000, 0 },
		{ RATED, 16000000, 8100000, 100000 },
		{ RATED, 100000, 0, 100000 },
		{ RATED, 0, 0, 100000 },
		{ RATED, 40000000, 10000000, 1000 },
	};
	struct evse_reference r;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_EQ_MSG(test, -ERANGE,
				    evse_reference_init(&r, bad[i].rated,
							bad[i].reversal,
							bad[i].corner,
							bad[i].step), "case %u", i);
	KUNIT_EXPECT_EQ(test, 0, evse_reference_init(&r, 1000000000, 200000, 0, 100000));
	evse_reference_set(&r, -1000000000);
	KUNIT_EXPECT_LT(test, evse_reference_step(&r, S32_MIN, S32_MAX), 0);
}

static struct kunit_case reference_cases[] = {
	KUNIT_CASE(reference_reversal),
	KUNIT_CASE(reference_same),
	KUNIT_CASE(reference_change),
	KUNIT_CASE(reference_window),
	KUNIT_CASE(reference_reset),
	KUNIT_CASE(reference_random),
	KUNIT_CASE(reference_refused),
	{}
};

static struct kunit_suite reference_suite = {
	.name = "evse_stage_reference",
	.test_cases = reference_cases,
};

kunit_test_suite(reference_suite);
