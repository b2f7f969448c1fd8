// SPDX-License-Identifier: GPL-2.0-only
/* Setpoints on a plant: how fast, how far beyond, and what a wrong filter does. */
#include <linux/math.h>
#include <linux/prandom.h>

#include "stage_plant.h"

static const struct stage_case reversal_table[] = {
	{ "three phases, 50 Hz", 3, 230000, 50000000, 750000, 11000000, 1000 },
	{ "three phases, 60 Hz", 3, 230000, 60000000, 750000, 11000000, 1000 },
	{ "three phases, 22 kW", 3, 230000, 50000000, 800000, 22000000, 1000 },
	{ "one phase, 50 Hz", 1, 230000, 50000000, 400000, 7200000, 1000 },
	{ "one phase, 60 Hz", 1, 240000, 60000000, 420000, 7200000, 1000 },
};

static const struct stage_case wrong_table[] = {
	{ "three phases, 50 Hz, 90 %", 3, 230000, 50000000, 750000, 11000000, 900 },
	{ "three phases, 50 Hz, 110 %", 3, 230000, 50000000, 750000, 11000000, 1100 },
	{ "three phases, 60 Hz, 90 %", 3, 230000, 60000000, 750000, 11000000, 900 },
	{ "one phase, 50 Hz, 90 %", 1, 230000, 50000000, 400000, 7200000, 900 },
	{ "one phase, 50 Hz, 110 %", 1, 230000, 50000000, 400000, 7200000, 1100 },
	{ "one phase, 60 Hz, 110 %", 1, 240000, 60000000, 420000, 7200000, 1100 },
};

static void reversal_desc(const struct stage_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(reversal, reversal_table, reversal_desc);
KUNIT_ARRAY_PARAM(wrong, wrong_table, reversal_desc);

/**
 * struct course - what a setpoint did to the current
 * @settled_us: from the setpoint until the current was, and stayed, within 2 %
 *	of the rated one from where it has to be
 * @beyond: how far it was more than that of the larger power, per mille
 */
struct course {
	u32 settled_us;
	s32 beyond;
};

static struct course go(struct kunit *test, struct stage_bench *b, s32 power_mw,
			u32 ms)
{
	s64 rated = stage_bench_peak_ua(b, b->reference.rated_mw);
	s64 larger = abs(stage_bench_peak_ua(b, max(abs(power_mw),
						    abs(b->asked_mw))));
	struct course course = { .beyond = -1000 };
	u32 step;

	evse_reference_set(&b->reference, power_mw);
	for (step = 1; step <= ms * 10; step++) {
		unsigned int i;

		stage_bench_step(test, b);
		if (stage_bench_off_ua(b, power_mw) * 50 > rated)
			course.settled_us = (step + 1) * (STAGE_STEP_NS / 1000);
		for (i = 0; i < b->plant.phases; i++)
			course.beyond = max_t(s32, course.beyond,
					      div64_s64((abs(b->plant.ua[i]) - larger) *
							1000, rated));
	}
	return course;
}

/* There and back: settled in 20 ms, no more than 2 % too much. */
static void reversal_rated(struct kunit *test)
{
	const struct stage_case *c = test->param_value;
	static const s32 permille[] = { 1000, -1000, 1000, 900, -900, 0, -1000, 1000 };
	struct stage_bench *b = stage_bench_new(test, c);
	u32 i;

	for (i = 0; i < ARRAY_SIZE(permille); i++) {
		s32 power_mw = c->rated_mw / 1000 * permille[i];
		struct course course = go(test, b, power_mw, 100);
		s64 mean_mw = stage_bench_mean_mw(test, b);

		kunit_info(test, "to %d permille: settled after %u us, beyond %d permille, mean %lld mW\n",
			   permille[i], course.settled_us, course.beyond, mean_mw);
		KUNIT_EXPECT_LE(test, course.settled_us, 20000U);
		KUNIT_EXPECT_LE(test, course.beyond, 20);
		KUNIT_EXPECT_LE(test, abs(mean_mw - power_mw), (s64)(c->rated_mw / 50));
	}
	KUNIT_EXPECT_EQ(test, b->refused, 0U);
}

static void learn(struct kunit *test, struct stage_bench *b)
{
	u32 i;

	for (i = 0; i < 120; i++)
		evse_control_trim(&b->control, b->asked_mw,
				  stage_bench_mean_mw(test, b), true);
}

/*
 * A filter that is not as described: untrimmed, the current is wrong by as much,
 * at once, and stays so without ringing; trimmed in either direction, it is as with
 * the right one.
 */
static void reversal_wrong(struct kunit *test)
{
	const struct stage_case *c = test->param_value;
	struct stage_bench *b = stage_bench_new(test, c);
	s64 peak = stage_bench_peak_ua(b, c->rated_mw), worst = 0;
	struct course course;
	u32 step;

	go(test, b, c->rated_mw, 200);
	evse_reference_set(&b->reference, -c->rated_mw);
	for (step = 0; step < 1000; step++) {
		stage_bench_step(test, b);
		if (step > 200)
			worst = max(worst, stage_bench_off_ua(b, -c->rated_mw));
	}
	kunit_info(test, "untrimmed: off by %lld permille\n",
		   div64_s64(worst * 1000, peak));
	KUNIT_EXPECT_LE(test, worst, div_s64(peak * 13, 100));

	learn(test, b);
	KUNIT_EXPECT_LE(test, abs(stage_bench_mean_mw(test, b) + c->rated_mw),
			(s64)(c->rated_mw / 200));
	go(test, b, c->rated_mw, 200);
	learn(test, b);
	go(test, b, -c->rated_mw, 200);
	course = go(test, b, c->rated_mw, 200);
	kunit_info(test, "trimmed: settled after %u us, beyond %d permille\n",
		   course.settled_us, course.beyond);
	KUNIT_EXPECT_LE(test, course.settled_us, 40000U);
	KUNIT_EXPECT_LE(test, course.beyond, 20);
	KUNIT_EXPECT_LE(test, abs(stage_bench_mean_mw(test, b) - c->rated_mw),
			(s64)(c->rated_mw / 50));
	KUNIT_EXPECT_EQ(test, b->refused, 0U);
}

/* A phase that is off is power that nobody asked for: learnt away at rest. */
static void reversal_phase(struct kunit *test)
{
	const struct stage_case *c = test->param_value;
	static const s32 errors[] = { 300, -300 };
	u32 i;

	for (i = 0; i < ARRAY_SIZE(errors); i++) {
		struct stage_bench *b = stage_bench_new(test, c);
		s64 mw;

		b->error_mdeg = errors[i];
		stage_bench_pass(test, b, 200);
		mw = stage_bench_mean_mw(test, b);
		kunit_info(test, "%d mdeg are %lld mW\n", errors[i], mw);
		/* Ahead of the grid, the bridge feeds it. */
		KUNIT_EXPECT_EQ(test, mw < 0, errors[i] > 0);
		KUNIT_EXPECT_GE(test, abs(mw), (s64)(c->rated_mw / 50));
		learn(test, b);
		KUNIT_EXPECT_LE(test, abs(stage_bench_mean_mw(test, b)),
				(s64)(c->rated_mw / 200));
	}
}

/* Twice the same run, once with every command said again in every step. */
static void reversal_same(struct kunit *test)
{
	const struct stage_case *c = test->param_value;
	static const s32 permille[] = { 700, -1000, -1000, 0, 1000 };
	struct stage_bench *once = stage_bench_new(test, c);
	struct stage_bench *often = stage_bench_new(test, c);
	u32 i, step;

	for (i = 0; i < ARRAY_SIZE(permille); i++) {
		evse_reference_set(&once->reference, c->rated_mw / 1000 * permille[i]);
		for (step = 0; step < 120; step++) {
			evse_reference_set(&often->reference,
					   c->rated_mw / 1000 * permille[i]);
			evse_control_lead(&often->control, 0);
			evse_control_grid(&often->control, c->rms_mv, c->uhz);
			evse_modulator_link(&often->modulator, c->link_mv);
			stage_bench_step(test, once);
			stage_bench_step(test, often);
			KUNIT_ASSERT_EQ(test, once->asked_mw, often->asked_mw);
			KUNIT_ASSERT_EQ(test, 0, memcmp(once->plant.duty, often->plant.duty,
							sizeof(often->plant.duty)));
			KUNIT_ASSERT_EQ(test, 0, memcmp(once->plant.ua, often->plant.ua,
							sizeof(often->plant.ua)));
		}
	}
}

/*
 * Setpoints at random, some beyond every limit: what flows from the grid stays
 * within the window, but for 2 % of what is rated. Power of three phases is the
 * same at every moment of the cycle. A window that closes at once is that of
 * the reference at once; the current takes what the headroom takes.
 */
static void reversal_random(struct kunit *test)
{
	const struct stage_case *c = &reversal_table[0];
	struct stage_bench *b = stage_bench_new(test, c);
	s32 slack = c->rated_mw / 50;
	struct rnd_state random;
	u32 sequence, step, grace;

	prandom_seed_state(&random, 11);
	for (sequence = 0; sequence < 150; sequence++) {
		b->min_mw = -(s32)(prandom_u32_state(&random) % (c->rated_mw + 1));
		b->max_mw = prandom_u32_state(&random) % (c->rated_mw + 1);
		grace = 40;
		for (step = 0; step < 300; step++) {
			s64 mw;

			if (!(prandom_u32_state(&random) % 25))
				evse_reference_set(&b->reference,
						   (s32)(prandom_u32_state(&random) %
							 (4 * c->rated_mw)) -
						   2 * c->rated_mw);
			stage_bench_step(test, b);
			KUNIT_ASSERT_GE(test, b->asked_mw, b->min_mw);
			KUNIT_ASSERT_LE(test, b->asked_mw, b->max_mw);
			mw = stage_plant_mw(&b->plant);
			KUNIT_ASSERT_LE(test, abs(mw), (s64)c->rated_mw + slack);
			if (grace) {
				grace--;
				continue;
			}
			KUNIT_ASSERT_GE(test, mw, (s64)b->min_mw - slack);
			KUNIT_ASSERT_LE(test, mw, (s64)b->max_mw + slack);
		}
	}
	KUNIT_EXPECT_EQ(test, b->refused, 0U);
}

static struct kunit_case reversal_cases[] = {
	KUNIT_CASE_PARAM(reversal_rated, reversal_gen_params),
	KUNIT_CASE_PARAM(reversal_wrong, wrong_gen_params),
	KUNIT_CASE_PARAM(reversal_phase, reversal_gen_params),
	KUNIT_CASE_PARAM(reversal_same, reversal_gen_params),
	KUNIT_CASE(reversal_random),
	{}
};

static struct kunit_suite reversal_suite = {
	.name = "evse_stage_reversal",
	.test_cases = reversal_cases,
};

kunit_test_suite(reversal_suite);
