// SPDX-License-Identifier: GPL-2.0-only
/* Comparators of zero crossings: their edges, and what disturbs them. */
#include <kunit/test.h>
#include <linux/kernel.h>

#include "../mains.h"

struct bench {
	struct evse_sim_zero z;
	struct evse_sim_wave w;
};

/* Phase 0 of 50 Hz, watched from 0 on; further phases where they are told to. */
static struct bench *bench(struct kunit *test, u8 watched)
{
	struct bench *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, b);
	evse_sim_zero_init(&b->z);
	evse_sim_wave_init(&b->w, 50000000, 0);
	b->z.noise_ns = 20000;
	b->z.watched = watched;
	evse_sim_zero_phase_set(&b->z, 0, &b->w, 0, true);
	evse_sim_zero_plan(&b->z, &b->w);
	return b;
}

/* The next edge; its time, and what moved. */
static s64 edge(struct bench *b, u8 *moved)
{
	s64 when;

	do {
		when = b->z.due;
		evse_sim_wave_advance(&b->w, when);
		*moved = evse_sim_zero_fire(&b->z, &b->w, when);
	} while (!*moved);
	return when;
}

static void zero_times(struct kunit *test)
{
	struct bench *b = bench(test, BIT(0));
	u8 moved;
	int i;

	/* At 0 it has just become positive. */
	KUNIT_EXPECT_TRUE(test, b->z.phase[0].level);
	for (i = 1; i < 1000; i++) {
		KUNIT_ASSERT_EQ(test, edge(b, &moved), EVSE_SIM_MS(10) * i);
		KUNIT_ASSERT_EQ(test, b->z.phase[0].level, !(i & 1));
	}
}

/* A frequency whose period is no full number of nanoseconds loses none. */
static void zero_rounding(struct kunit *test)
{
	struct bench *b = bench(test, BIT(0));
	s64 when = 0;
	u8 moved;
	int i;

	evse_sim_wave_ramp(&b->w, 59999999, 0);
	evse_sim_zero_plan(&b->z, &b->w);
	for (i = 0; i < 7200; i++)
		when = edge(b, &moved);
	/* 3600 / 59.999999 Hz = 60.000001 s */
	KUNIT_EXPECT_GE(test, when, 60000001000LL);
	KUNIT_EXPECT_LT(test, when, 60000001010LL);
	KUNIT_EXPECT_TRUE(test, b->z.phase[0].level);
}

static void zero_three_phases(struct kunit *test)
{
	static const s64 us[] = { 3333, 6667, 10000, 13333, 16667, 20000 };
	static const u8 phase[] = { 2, 1, 0, 2, 1, 0 };
	static const u8 level[] = { 0, 1, 0, 1, 0, 1 };
	struct bench *b = bench(test, GENMASK(2, 0));
	s64 third = 2 * EVSE_SIM_HALF / 3;
	u8 moved;
	int i;

	evse_sim_zero_phase_set(&b->z, 1, &b->w, -third, true);
	evse_sim_zero_phase_set(&b->z, 2, &b->w, -2 * third, true);
	evse_sim_zero_plan(&b->z, &b->w);
	for (i = 0; i < ARRAY_SIZE(us); i++) {
		s64 when = edge(b, &moved);

		KUNIT_EXPECT_EQ(test, (when + 500) / 1000, us[i]);
		KUNIT_EXPECT_EQ(test, moved, BIT(phase[i]));
		KUNIT_EXPECT_EQ(test, b->z.phase[phase[i]].level, level[i]);
	}
}

/* 60 degrees ahead: the next crossing comes 3.333 ms earlier. */
static void zero_jump(struct kunit *test)
{
	struct bench *b = bench(test, BIT(0));
	u8 moved;

	evse_sim_wave_advance(&b->w, EVSE_SIM_MS(2));
	evse_sim_zero_phase_set(&b->z, 0, &b->w, evse_sim_wave_angle(60000),
				true);
	evse_sim_zero_plan(&b->z, &b->w);
	KUNIT_EXPECT_TRUE(test, b->z.phase[0].level);
	KUNIT_EXPECT_EQ(test, edge(b, &moved) / 1000, 6666);
	/* Over a crossing, the level moves at once. */
	evse_sim_zero_phase_set(&b->z, 0, &b->w, evse_sim_wave_angle(-60000),
				true);
	KUNIT_EXPECT_TRUE(test, b->z.phase[0].level);
	evse_sim_zero_plan(&b->z, &b->w);
	KUNIT_EXPECT_EQ(test, edge(b, &moved) / 1000, 13333);
}

static void zero_dead(struct kunit *test)
{
	struct bench *b = bench(test, BIT(0));
	u8 moved;

	evse_sim_wave_advance(&b->w, EVSE_SIM_MS(2));
	evse_sim_zero_phase_set(&b->z, 0, &b->w, 0, false);
	evse_sim_zero_plan(&b->z, &b->w);
	KUNIT_EXPECT_FALSE(test, b->z.phase[0].level);
	KUNIT_EXPECT_EQ(test, b->z.due, EVSE_SIM_NEVER);
	evse_sim_wave_advance(&b->w, EVSE_SIM_MS(12));
	evse_sim_zero_phase_set(&b->z, 0, &b->w, 0, true);
	evse_sim_zero_plan(&b->z, &b->w);
	KUNIT_EXPECT_FALSE(test, b->z.phase[0].level);
	KUNIT_EXPECT_EQ(test, edge(b, &moved), EVSE_SIM_MS(20));
	KUNIT_EXPECT_TRUE(test, b->z.phase[0].level);
}

/* 1 degree: positive halves last 2 degrees less, negative ones 2 more. */
static void zero_distorted(struct kunit *test)
{
	struct bench *b = bench(test, BIT(0));
	s64 fall, rise;
	u8 moved;

	b->z.distortion_mdeg = 1000;
	evse_sim_zero_plan(&b->z, &b->w);
	fall = edge(b, &moved);
	rise = edge(b, &moved);
	KUNIT_EXPECT_EQ(test, (rise - fall) / 1000, 10111);
	KUNIT_EXPECT_EQ(test, (edge(b, &moved) - rise) / 1000, 9888);
}

/* Jitter stays within its limit, is there, and does not add up. */
static void zero_jitters(struct kunit *test)
{
	struct bench *b = bench(test, BIT(0));
	s64 off, early = 0, late = 0;
	u8 moved;
	int i;

	b->z.jitter_ns = 50000;
	edge(b, &moved);
	for (i = 2; i < 1000; i++) {
		off = edge(b, &moved) - EVSE_SIM_MS(10) * i;
		early = min(early, off);
		late = max(late, off);
	}
	KUNIT_EXPECT_GE(test, early, -50001);
	KUNIT_EXPECT_LE(test, late, 50001);
	KUNIT_EXPECT_LT(test, early, -40000);
	KUNIT_EXPECT_GT(test, late, 40000);
}

/* Three pulses are six edges more, and then the level is right again. */
static void zero_noise(struct kunit *test)
{
	struct bench *b = bench(test, BIT(0));
	s64 when;
	u8 moved;
	int i;

	b->z.noise_pulses = 3;
	KUNIT_EXPECT_EQ(test, edge(b, &moved), EVSE_SIM_MS(10));
	for (i = 0; i < 6; i++) {
		when = edge(b, &moved);
		KUNIT_EXPECT_GT(test, when, EVSE_SIM_MS(10));
		KUNIT_EXPECT_LE(test, when, EVSE_SIM_MS(10) + 6 * 20000);
	}
	KUNIT_EXPECT_FALSE(test, b->z.phase[0].level);
	KUNIT_EXPECT_EQ(test, edge(b, &moved), EVSE_SIM_MS(20));
	/* In the middle of the half cycle */
	b->z.noise_pulses = 0;
	while (edge(b, &moved) < EVSE_SIM_MS(30))
		;
	b->z.noise_pulses = 1;
	b->z.noise_at = 500;
	edge(b, &moved);
	when = edge(b, &moved);
	KUNIT_EXPECT_GT(test, when, EVSE_SIM_MS(45));
	KUNIT_EXPECT_LE(test, when, EVSE_SIM_MS(45) + 20000);
}

static void zero_unwatched(struct kunit *test)
{
	struct bench *b = bench(test, 0);

	KUNIT_EXPECT_EQ(test, b->z.due, EVSE_SIM_NEVER);
	evse_sim_wave_advance(&b->w, EVSE_SIM_MS(1005));
	evse_sim_zero_sync(&b->z, 0, &b->w);
	KUNIT_EXPECT_TRUE(test, b->z.phase[0].level);
	evse_sim_wave_advance(&b->w, EVSE_SIM_MS(1015));
	evse_sim_zero_sync(&b->z, 0, &b->w);
	KUNIT_EXPECT_FALSE(test, b->z.phase[0].level);
}

static struct kunit_case zero_cases[] = {
	KUNIT_CASE(zero_times),
	KUNIT_CASE(zero_rounding),
	KUNIT_CASE(zero_three_phases),
	KUNIT_CASE(zero_jump),
	KUNIT_CASE(zero_dead),
	KUNIT_CASE(zero_distorted),
	KUNIT_CASE(zero_jitters),
	KUNIT_CASE(zero_noise),
	KUNIT_CASE(zero_unwatched),
	{}
};

static struct kunit_suite zero_suite = {
	.name = "evse_sim_zero",
	.test_cases = zero_cases,
};

kunit_test_suite(zero_suite);
