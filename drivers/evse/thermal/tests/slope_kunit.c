// SPDX-License-Identifier: GPL-2.0-only
/* Rates of rise: steps of a sensor, noise, gaps, and what is too little to tell. */
#include <kunit/test.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "../slope.h"

#define BEGIN_MS	((s64)1 << 41)

/* What is added to a straight line: up to this much either way, the same each time. */
struct slope_noise {
	u32 seed;
	s32 mc;
};

static s32 slope_noise_next(struct slope_noise *noise)
{
	if (!noise->mc)
		return 0;
	noise->seed = noise->seed * 1664525 + 1013904223;
	return (s32)((noise->seed >> 8) % (2 * noise->mc + 1)) - noise->mc;
}

/* As a sensor with steps of 1/16 degree sees it, rounded down */
static s32 slope_quantised(s64 uc, s32 step_uc)
{
	s64 steps = uc >= 0 ? div_s64(uc, step_uc) : -div_s64(step_uc - 1 - uc, step_uc);

	return div_s64(steps * step_uc, 1000);
}

/**
 * struct slope_case - a temperature that rises steadily
 * @name: of the case
 * @rate_mc_min: as fast as this
 * @step_uc: a step of the sensor, millionths of a degree
 * @noise_mc: noise of the sensor
 * @every_ms: time between two samples
 * @lost_from: no samples from this number ...
 * @lost_to: ... to before this
 * @count: how many samples there would be
 * @known: the rate is known in the end
 * @least: lowest rate that may be told
 * @most: highest
 */
struct slope_case {
	const char *name;
	s32 rate_mc_min;
	s32 step_uc;
	s32 noise_mc;
	u32 every_ms;
	u32 lost_from;
	u32 lost_to;
	u32 count;
	bool known;
	s32 least;
	s32 most;
};

static const struct slope_case slope_cases[] = {
	/* name, rate, step, noise, every, lost, lost, count, known, least, most */
	{ "level", 0, 62500, 0, 1000, 0, 0, 64, true, 0, 0 },
	{ "level for an hour", 0, 62500, 0, 1000, 0, 0, 3600, true, 0, 0 },
	{ "a minute is too short", 6000, 62500, 0, 1000, 0, 0, 60, false, 0, 0 },
	{ "just long enough", 6000, 62500, 0, 1000, 0, 0, 61, true, 5900, 6100 },
	{ "the bound", 5000, 62500, 0, 1000, 0, 0, 64, true, 4950, 5050 },
	{ "falls", -5000, 62500, 0, 1000, 0, 0, 64, true, -5050, -4950 },
	{ "fine steps", 5000, 7812, 0, 1000, 0, 0, 64, true, 4990, 5010 },
	{ "half degrees", 5000, 500000, 0, 1000, 0, 0, 64, true, 4600, 5400 },
	{ "slow, by steps", 1000, 62500, 0, 1000, 0, 0, 64, true, 950, 1050 },
	{ "dead band", 200, 62500, 0, 1000, 0, 0, 64, true, 0, 0 },
	{ "dead band going down", -200, 62500, 0, 1000, 0, 0, 64, true, 0, 0 },
	{ "fast", 120000, 62500, 0, 1000, 0, 0, 64, true, 119900, 120100 },
	{ "noise alone", 0, 62500, 500, 1000, 0, 0, 64, true, 0, 0 },
	{ "much noise alone", 0, 62500, 5000, 1000, 0, 0, 64, true, 0, 0 },
	{ "noise and a rise", 5000, 62500, 500, 1000, 0, 0, 64, true, 4600, 5400 },
	{ "a gap", 6000, 62500, 0, 1000, 20, 40, 84, true, 5900, 6100 },
	{ "a gap at the end of a minute", 6000, 62500, 0, 1000, 30, 60, 61, true, 5900, 6100 },
	{ "more gap than samples", 6000, 62500, 0, 1000, 14, 60, 64, false, 0, 0 },
	{ "what was long ago", 6000, 62500, 0, 1000, 61, 190, 200, false, 0, 0 },
	{ "late samples", 6000, 62500, 0, 1400, 0, 0, 64, true, 5900, 6100 },
	{ "early samples are left out", 6000, 62500, 0, 500, 0, 0, 256, true, 5900, 6100 },
	{ "samples at once are left out", 6000, 62500, 0, 10, 0, 0, 6000, false, 0, 0 },
};

static void slope_name(const struct slope_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(slope, slope_cases, slope_name);

static struct evse_slope *slope_new(struct kunit *test)
{
	struct evse_slope *slope = kunit_kzalloc(test, sizeof(*slope), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, slope);
	return slope;
}

static void slope_line(struct kunit *test)
{
	const struct slope_case *c = test->param_value;
	struct slope_noise noise = { .seed = 1, .mc = c->noise_mc };
	struct evse_slope *slope = slope_new(test);
	s32 rate = 123;
	s64 ms = 0;
	u32 i;

	for (i = 0; i < c->count; i++) {
		s64 uc = 25000000 + div_s64((s64)c->rate_mc_min * i * c->every_ms, 60);

		ms = BEGIN_MS + (s64)i * c->every_ms;
		if (i >= c->lost_from && i < c->lost_to)
			continue;
		evse_slope_add(slope, ms, slope_quantised(uc + slope_noise_next(&noise) * 1000,
							  c->step_uc));
	}
	KUNIT_EXPECT_EQ(test, evse_slope_get(slope, ms, &rate), c->known);
	KUNIT_EXPECT_GE(test, rate, c->least);
	KUNIT_EXPECT_LE(test, rate, c->most);
}

/* A level that is stepped on looks like a line; how much of one, is bounded. */
static void slope_step(struct kunit *test)
{
	struct evse_slope *slope;
	s32 most = 0, rate;
	unsigned int at, i;

	for (at = 0; at < 64; at++) {
		slope = slope_new(test);
		for (i = 0; i < 64; i++)
			evse_slope_add(slope, BEGIN_MS + i * 1000, i < at ? 50000 : 50500);
		KUNIT_EXPECT_TRUE(test, evse_slope_get(slope, BEGIN_MS + 63000, &rate));
		most = max(most, rate);
	}
	/* Half a degree: far from five degrees a minute. */
	KUNIT_EXPECT_GT(test, most, 600);
	KUNIT_EXPECT_LT(test, most, 800);
	/* Steps of a sixteenth are none. */
	for (at = 0; at < 64; at++) {
		slope = slope_new(test);
		for (i = 0; i < 64; i++)
			evse_slope_add(slope, BEGIN_MS + i * 1000, i < at ? 50000 : 50062);
		KUNIT_EXPECT_TRUE(test, evse_slope_get(slope, BEGIN_MS + 63000, &rate));
		KUNIT_EXPECT_EQ(test, rate, 0);
	}
}

/* Noise of any seed never looks like a rise that matters, nor hides one that does. */
static void slope_noisy(struct kunit *test)
{
	u32 seed, told = 0;

	for (seed = 0; seed < 500; seed++) {
		struct slope_noise noise = { .seed = seed, .mc = 250 };
		struct evse_slope slope = { };
		s32 rate;
		u32 i;

		for (i = 0; i < 64; i++)
			evse_slope_add(&slope, BEGIN_MS + i * 1000,
				       50000 + slope_noise_next(&noise));
		KUNIT_EXPECT_TRUE(test, evse_slope_get(&slope, BEGIN_MS + 63000, &rate));
		told += rate != 0;
		KUNIT_EXPECT_LT(test, abs(rate), 500);
		for (i = 0; i < 64; i++)
			evse_slope_add(&slope, BEGIN_MS + (64 + i) * 1000,
				       50000 + i * 100 + slope_noise_next(&noise));
		KUNIT_EXPECT_TRUE(test, evse_slope_get(&slope, BEGIN_MS + 127000, &rate));
		KUNIT_EXPECT_GT(test, rate, 5600);
		KUNIT_EXPECT_LT(test, rate, 6400);
	}
	/* Three standard deviations, and the dead band. */
	KUNIT_EXPECT_LE(test, told, 3U);
}

/* The sums do not overflow, whatever a sensor says. */
static void slope_extremes(struct kunit *test)
{
	struct evse_slope *slope = slope_new(test);
	s32 rate;
	u32 i;

	for (i = 0; i < 64; i++)
		evse_slope_add(slope, BEGIN_MS + i * 1900, i < 32 ? -300000 : 300000);
	KUNIT_EXPECT_TRUE(test, evse_slope_get(slope, BEGIN_MS + 63 * 1900, &rate));
	KUNIT_EXPECT_GT(test, rate, 400000);
	KUNIT_EXPECT_LT(test, rate, 500000);
}

static struct kunit_case slope_test_cases[] = {
	KUNIT_CASE_PARAM(slope_line, slope_gen_params),
	KUNIT_CASE(slope_step),
	KUNIT_CASE(slope_noisy),
	KUNIT_CASE(slope_extremes),
	{}
};

static struct kunit_suite slope_suite = {
	.name = "evse_thermal_slope",
	.test_cases = slope_test_cases,
};

kunit_test_suite(slope_suite);

MODULE_DESCRIPTION("KUnit tests of the thermal guard");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
