// SPDX-License-Identifier: GPL-2.0-only
/* Control steps keep away from the zeros of the carrier, and keep their rate. */
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/math64.h>
#include <linux/prandom.h>

#include "../pace.h"

/* From the step to the duties in the registers */
#define WRITE_NS	3000

/* The first zero of the carrier after @ns, when one is at @zero. */
static s64 load_after(s64 ns, u32 period, u32 zero)
{
	return zero + (div_u64(ns - zero, period) + 1) * period;
}

struct pace_case {
	u32 step_ns;
	u32 carrier_hz;
	/* Time for being late, at least */
	u32 room_ns;
};

/* A second of steps, timely, or now and then late by any part of a period. */
static void pace_run(struct kunit *test, const struct pace_case *c, bool late)
{
	u32 period = NSEC_PER_SEC / c->carrier_hz, zero = 700, n = 0, steps;
	struct evse_pace p;
	struct rnd_state rnd;
	s64 now, next, load;

	prandom_seed_state(&rnd, 1);
	evse_pace_init(&p, c->step_ns, c->carrier_hz);
	now = evse_pace_start(&p, 1000000);
	KUNIT_EXPECT_EQ(test, now, 1000000 + c->step_ns);
	while (now < NSEC_PER_SEC) {
		if (late && !(prandom_u32_state(&rnd) % 8))
			now += prandom_u32_state(&rnd) % period;
		load = load_after(now + WRITE_NS, period, zero);
		next = evse_pace_next(&p, now, load);
		KUNIT_ASSERT_GT(test, next, now);
		load = load_after(next, period, zero);
		KUNIT_ASSERT_GE(test, load - next, c->room_ns);
		/* Slots are rounded down. */
		KUNIT_ASSERT_GE(test, next - load + period, (s64)p.slot_ns / 8 - 2);
		KUNIT_ASSERT_LE(test, next - now, (s64)c->step_ns + 2 * p.slot_ns);
		now = next;
		n++;
	}
	/* As often as asked for, but for steps that were missed */
	steps = (NSEC_PER_SEC - 1000000) / c->step_ns;
	KUNIT_EXPECT_LE(test, n, steps + 1);
	if (!late)
		KUNIT_EXPECT_GE(test, n, steps - 1);
}

static void pace_keeps_away(struct kunit *test)
{
	static const struct pace_case table[] = {
		{ 100000, 20000, 43000 },
		{ 100000, 17000, 51000 },
		{ 100000, 30000, 29000 },
		{ 100000, 10000, 87000 },
		/* Two or more steps in a period */
		{ 100000, 9000, 48000 },
		{ 100000, 5000, 87000 },
		{  20000, 5000, 17000 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		pace_run(test, &table[i], false);
		pace_run(test, &table[i], true);
	}
}

/* A processor that was away for long: one step at once, not all that were missed. */
static void pace_missed(struct kunit *test)
{
	struct evse_pace p;
	s64 next;

	evse_pace_init(&p, 100000, 20000);
	evse_pace_start(&p, 0);
	next = evse_pace_next(&p, 10000000, 10020000);
	KUNIT_EXPECT_GE(test, next, 10050000);
	KUNIT_EXPECT_LE(test, next, 10150000);
}

static struct kunit_case pace_cases[] = {
	KUNIT_CASE(pace_keeps_away),
	KUNIT_CASE(pace_missed),
	{ }
};

static struct kunit_suite pace_suite = {
	.name = "evse_stage_pace",
	.test_cases = pace_cases,
};

kunit_test_suite(pace_suite);

MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_LICENSE("GPL");
