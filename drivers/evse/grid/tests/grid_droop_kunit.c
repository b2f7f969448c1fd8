// SPDX-License-Identifier: GPL-2.0-only
/* Frequency droop: points of the standards, dead bands, p0, response, limits. */
#include <linux/prandom.h>

#include "../grid_droop.h"
#include "grid_bench.h"

#define RATED	10000000
#define KW(x)	((x) * 1000000)

/* A droop, its profile, and what it was told last. */
struct droop_bench {
	struct evse_grid_droop d;
	const struct evse_grid_profile *profile;
	struct evse_grid_line line[EVSE_GRID_ELEMENTS];
	struct evse_grid_droop_seen seen;
	struct evse_grid_span span;
};

static void droop_step(struct droop_bench *b, u32 ms)
{
	b->seen.now += MS(ms);
	b->span = evse_grid_droop_step(&b->d, b->profile, b->line, RATED, &b->seen);
}

/* Looked at every 10 ms, as the sampling thread does. */
static void droop_pass(struct droop_bench *b, u32 mhz, u32 ms)
{
	b->seen.frequency_mhz = mhz;
	for (; ms >= 10; ms -= 10)
		droop_step(b, 10);
	if (ms)
		droop_step(b, ms);
}

/* In service at a power, the frequency inside the dead band. */
static struct droop_bench *droop_new(struct kunit *test, const char *profile, s32 power_mw)
{
	struct droop_bench *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, b);
	b->profile = evse_grid_profile_find(profile);
	KUNIT_ASSERT_NOT_NULL(test, b->profile);
	memcpy(b->line, b->profile->line, sizeof(b->line));
	b->seen = (struct evse_grid_droop_seen) {
		.now = MS(1000),
		.known = true,
		.sure = true,
		.flows = true,
		.steady = true,
		.power_mw = power_mw,
	};
	evse_grid_droop_init(&b->d);
	droop_pass(b, b->profile->nominal_mhz, 10);
	return b;
}

static bool droop_open(const struct droop_bench *b)
{
	return b->span.min_mw == S32_MIN && b->span.max_mw == S32_MAX;
}

/* Within 1/1000 of the rated power */
static void droop_near(struct kunit *test, s32 value, s32 wanted)
{
	KUNIT_EXPECT_LE_MSG(test, abs((s64)value - wanted), RATED / 1000,
			    "%d instead of %d", value, wanted);
}

/*
 * p = p0 -/+ (f - fN -/+ db) / (fN k) of the rated power, as generators count.
 * Each by hand; the bound that there has to be, none on the other side.
 */
static const struct droop_point {
	const char *name;
	const char *profile;
	s32 p0_mw;
	u32 mhz;
	s32 min_mw;
	s32 max_mw;
} droop_points[] = {
	/* 1.0 - 0.036 = 0.964 Hz of 60 * 0.05 = 3 Hz: 32.13 % */
	{ "full export, 61 Hz", "ieee1547-cat2", -KW(10), 61000, -6786667, S32_MAX },
	{ "half the export, 61 Hz", "ieee1547-cat3", -KW(5), 61000, -1786667, S32_MAX },
	{ "export turns into charging", "ieee1547-cat2", -KW(2), 61000, 1213333, S32_MAX },
	{ "charging becomes more", "ieee1547-cat1", KW(3), 61000, 6213333, S32_MAX },
	/* 1.764 of 3 Hz: 58.8 % */
	{ "the end of mandatory operation", "ieee1547-cat2", -KW(10), 61800, -4120000, S32_MAX },
	{ "full charge, 59 Hz", "ieee1547-cat2", KW(10), 59000, S32_MIN, 6786667 },
	{ "charging turns into export", "ieee1547-cat2", KW(2), 59000, S32_MIN, -1213333 },
	{ "export becomes more", "ieee1547-cat3", -KW(3), 59000, S32_MIN, -6213333 },
	/* 2.964 of 3 Hz: 98.8 % */
	{ "the lowest ride-through", "ieee1547-cat2", KW(10), 57000, S32_MIN, 120000 },
	/* 40 % a hertz from 50.2 Hz on: 51.2 Hz is 40 % */
	{ "40 % a hertz", "vde-ar-n-4105", -KW(10), 51200, -KW(6), S32_MAX },
	{ "40 % a hertz below 49.8 Hz", "vde-ar-n-4105", KW(10), 48800, S32_MIN, KW(6) },
	{ "5 % from 50.2 Hz on", "en50549-1", -KW(10), 50700, -KW(8), S32_MAX },
	/* 10 % from 50.4 Hz: 51.4 Hz is 20 % */
	{ "10 % from 50.4 Hz on", "g99", -KW(10), 51400, -KW(8), S32_MAX },
	{ "10 % below 49.5 Hz", "g99", KW(10), 48500, S32_MIN, KW(8) },
	{ "not in this profile", "rule21", -KW(10), 61800, S32_MIN, S32_MAX },
};

static void droop_point_name(const struct droop_point *p, char *desc)
{
	strscpy(desc, p->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(droop_point, droop_points, droop_point_name);

static void grid_droop_point(struct kunit *test)
{
	const struct droop_point *p = test->param_value;
	struct droop_bench *b = droop_new(test, p->profile, p->p0_mw);

	KUNIT_EXPECT_TRUE(test, droop_open(b));
	droop_pass(b, p->mhz, 60000);
	droop_near(test, b->span.min_mw, p->min_mw);
	droop_near(test, b->span.max_mw, p->max_mw);
	droop_pass(b, b->profile->nominal_mhz, 60000);
	KUNIT_EXPECT_TRUE(test, droop_open(b));
}

/* At its edge the dead band holds; what is 10 mHz beyond counts from the edge on. */
static void grid_droop_band(struct kunit *test)
{
	struct droop_bench *b = droop_new(test, "ieee1547-cat3", -KW(5));
	static const u32 inside[] = { 60036, 59964, 60000 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(inside); i++) {
		droop_pass(b, inside[i], 30000);
		KUNIT_EXPECT_TRUE(test, droop_open(b));
		KUNIT_EXPECT_FALSE(test, b->d.outside);
	}
	droop_pass(b, 60037, 10);
	KUNIT_EXPECT_TRUE(test, b->d.outside);
	droop_pass(b, 60046, 30000);
	droop_near(test, b->span.min_mw, -KW(5) + 33333);
	KUNIT_EXPECT_EQ(test, b->span.max_mw, S32_MAX);
	droop_pass(b, 60000, 30000);
	droop_pass(b, 59963, 10);
	KUNIT_EXPECT_TRUE(test, b->d.outside);
	droop_pass(b, 59954, 30000);
	droop_near(test, b->span.max_mw, -KW(5) - 33333);
	KUNIT_EXPECT_EQ(test, b->span.min_mw, S32_MIN);

	/* As wide as it may be set */
	droop_pass(b, 60000, 30000);
	b->line[ELEMENT(DROOP_OF_BAND)].pickup = 1000;
	droop_pass(b, 61000, 30000);
	KUNIT_EXPECT_TRUE(test, droop_open(b));
}

/*
 * 90 % of a step at the response time: 87 % shortly before, 93 % shortly after,
 * there and back, however often it is looked at.
 */
static void grid_droop_response(struct kunit *test)
{
	static const u32 response_ms[] = { 200, 1000, 5000, 10000 };
	static const u32 pace_ms[] = { 1, 7, 10, 50 };
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(response_ms); i++) {
		for (k = 0; k < ARRAY_SIZE(pace_ms); k++) {
			struct droop_bench *b = droop_new(test, "ieee1547-cat3", -KW(10));
			u32 ms = response_ms[i], passed;

			b->line[ELEMENT(DROOP)].time_ms = ms;
			b->seen.frequency_mhz = 61036;
			/* The step is seen where the time begins. */
			droop_step(b, 0);
			for (passed = 0; passed + pace_ms[k] <= ms; passed += pace_ms[k])
				droop_step(b, pace_ms[k]);
			droop_step(b, ms - passed);
			droop_near(test, b->span.min_mw, -KW(10) + 3000000);
			b->seen.frequency_mhz = 60000;
			droop_step(b, 0);
			droop_step(b, ms);
			droop_near(test, b->span.min_mw, -KW(10) + 300000);
			droop_step(b, ms);
			droop_near(test, b->span.min_mw, -KW(10) + 30000);
		}
	}
}

/* What measuring takes is not there for the response, but half of it stays. */
static void grid_droop_late(struct kunit *test)
{
	struct droop_bench *b = droop_new(test, "ieee1547-cat3", -KW(10));

	b->line[ELEMENT(DROOP)].time_ms = 1000;
	b->seen.late_ms = 58;
	b->seen.frequency_mhz = 61036;
	droop_step(b, 0);
	droop_step(b, 942);
	droop_near(test, b->span.min_mw, -KW(10) + 3000000);

	b->line[ELEMENT(DROOP)].time_ms = 200;
	b->seen.late_ms = 400;
	b->seen.frequency_mhz = 60000;
	droop_step(b, 0);
	droop_step(b, 50);
	droop_near(test, b->span.min_mw, -KW(10) + 948683);
}

/* p0: of the moment of leaving; a setpoint that comes later does not move it. */
static void grid_droop_captures(struct kunit *test)
{
	struct droop_bench *b = droop_new(test, "ieee1547-cat2", -KW(5));

	droop_pass(b, 60336, 30000);
	droop_near(test, b->span.min_mw, -KW(4));
	b->seen.power_mw = -KW(9);
	droop_pass(b, 60336, 10000);
	droop_near(test, b->span.min_mw, -KW(4));
	b->seen.power_mw = KW(1);
	droop_pass(b, 60336, 10000);
	droop_near(test, b->span.min_mw, -KW(4));

	/* Through the dead band to the other side: left anew, with what is asked for */
	b->seen.power_mw = KW(6);
	droop_pass(b, 60000, 10);
	droop_pass(b, 59664, 30000);
	droop_near(test, b->span.max_mw, KW(5));
	/* Without a look in between, it has not been inside. */
	b->seen.power_mw = KW(8);
	droop_pass(b, 60336, 30000);
	droop_near(test, b->span.min_mw, KW(7));

	/* No power any more: what begins anew is what is moved. */
	b->seen.flows = false;
	droop_pass(b, 60336, 100);
	b->seen.flows = true;
	b->seen.power_mw = -KW(3);
	droop_pass(b, 60336, 100);
	droop_near(test, b->span.min_mw, -KW(2));
	b->seen.power_mw = -KW(4);
	droop_pass(b, 60336, 100);
	droop_near(test, b->span.min_mw, -KW(3));
}

/* What is held back when the frequency leaves is no power from before. */
static void grid_droop_floats(struct kunit *test)
{
	struct droop_bench *b = droop_new(test, "ieee1547-cat2", 0);

	/* In the ramp of enter service */
	b->seen.steady = false;
	droop_pass(b, 60066, 30000);
	droop_near(test, b->span.min_mw, 100000);
	b->seen.power_mw = -KW(2);
	droop_pass(b, 60066, 10);
	droop_near(test, b->span.min_mw, -KW(2) + 100000);
	b->seen.steady = true;
	b->seen.power_mw = -KW(8);
	droop_pass(b, 60066, 10);
	droop_near(test, b->span.min_mw, -KW(8) + 100000);

	/* After a trip, and before the frequency has been inside */
	evse_grid_droop_init(&b->d);
	b->seen.power_mw = -KW(1);
	droop_pass(b, 60066, 30000);
	droop_near(test, b->span.min_mw, -KW(1) + 100000);
	b->seen.power_mw = -KW(6);
	droop_pass(b, 60066, 10);
	droop_near(test, b->span.min_mw, -KW(6) + 100000);
}

/* Forgotten by a trip: the power of after it counts, and no shift is left. */
static void grid_droop_forgets(struct kunit *test)
{
	struct droop_bench *b = droop_new(test, "ieee1547-cat2", -KW(5));

	droop_pass(b, 61036, 30000);
	droop_near(test, b->span.min_mw, -KW(5) + 3333333);
	evse_grid_droop_init(&b->d);
	b->seen.power_mw = -KW(1);
	droop_pass(b, 60000, 10);
	KUNIT_EXPECT_TRUE(test, droop_open(b));
	droop_pass(b, 61036, 30000);
	droop_near(test, b->span.min_mw, -KW(1) + 3333333);

	/* And by being switched off */
	b->line[ELEMENT(DROOP)].pickup = 0;
	droop_pass(b, 61036, 10);
	KUNIT_EXPECT_TRUE(test, droop_open(b));
}

/*
 * Back inside, the bound goes by the response time; a setpoint of then does not
 * wait behind an old p0, and is not pulled by it either.
 */
static void grid_droop_returns(struct kunit *test)
{
	struct droop_bench *b = droop_new(test, "ieee1547-cat2", -KW(5));

	droop_pass(b, 61036, 30000);
	b->seen.power_mw = -KW(9);
	droop_pass(b, 60000, 5000);
	droop_near(test, b->span.min_mw, -KW(9) + 333333);
	b->seen.power_mw = -KW(2);
	droop_pass(b, 60000, 10);
	KUNIT_EXPECT_LT(test, b->span.min_mw, -KW(8));
}

/* Not known for a while: as it was. */
static void grid_droop_unknown(struct kunit *test)
{
	struct droop_bench *b = droop_new(test, "ieee1547-cat2", -KW(5));
	s32 min_mw;

	droop_pass(b, 61036, 30000);
	min_mw = b->span.min_mw;
	b->seen.known = false;
	droop_pass(b, 0, 10000);
	droop_near(test, b->span.min_mw, min_mw);
}

/* Not sure: as it was, inside the dead band and outside, but not for long. */
static void grid_droop_unsure(struct kunit *test)
{
	struct droop_bench *b = droop_new(test, "ieee1547-cat2", -KW(5));
	unsigned int i;

	b->seen.sure = false;
	droop_pass(b, 62000, EVSE_GRID_DROOP_PATIENCE_MS);
	KUNIT_EXPECT_TRUE(test, droop_open(b));
	KUNIT_EXPECT_FALSE(test, b->d.outside);
	droop_pass(b, 61036, 30000);
	droop_near(test, b->span.min_mw, -KW(5) + 3333333);

	/* Sure for a moment, or not known for one, and it may be waited for again */
	for (i = 0; i < 2; i++) {
		b->seen.sure = i;
		b->seen.known = i;
		droop_pass(b, 61036, 10);
		b->seen.sure = false;
		b->seen.known = true;
		droop_pass(b, 60000, EVSE_GRID_DROOP_PATIENCE_MS);
		droop_near(test, b->span.min_mw, -KW(5) + 3333333);
	}
	droop_pass(b, 60000, 30000);
	KUNIT_EXPECT_TRUE(test, droop_open(b));

	/* What was waited for is followed at once when it is sure. */
	droop_pass(b, 60000, 10);
	b->seen.sure = true;
	droop_pass(b, 60000, 10);
	b->seen.sure = false;
	droop_pass(b, 61036, 100);
	KUNIT_EXPECT_TRUE(test, droop_open(b));
	b->seen.sure = true;
	droop_step(b, 0);
	droop_pass(b, 61036, 5000);
	droop_near(test, b->span.min_mw, -KW(5) + 3000000);
}

/*
 * Whatever comes: never both bounds, none beyond a full reversal of p0, none the
 * wrong way, all of it gone a while after the frequency is back.
 */
static void grid_droop_random(struct kunit *test)
{
	struct rnd_state rnd;
	struct droop_bench *b;
	unsigned int p, n;

	prandom_seed_state(&rnd, 1547);
	for (p = 0; p < evse_grid_profile_count; p++) {
		s32 nominal = evse_grid_profiles[p].nominal_mhz;

		b = droop_new(test, evse_grid_profiles[p].name, 0);
		for (n = 0; n < 5000; n++) {
			u32 draw = prandom_u32_state(&rnd);

			b->seen.power_mw = (s32)(draw % (2 * RATED + 1)) - RATED;
			b->seen.flows = draw % 16;
			b->seen.steady = b->seen.flows && draw % 5;
			b->seen.known = draw % 11;
			b->seen.sure = draw % 13;
			draw = prandom_u32_state(&rnd);
			b->seen.frequency_mhz = nominal + (s32)(draw % 16001) - 8000;
			if (draw & BIT(20))
				b->seen.frequency_mhz = nominal;
			droop_step(b, draw % 700);

			KUNIT_ASSERT_TRUE(test, b->span.min_mw == S32_MIN ||
					  b->span.max_mw == S32_MAX);
			if (b->span.min_mw != S32_MIN) {
				KUNIT_ASSERT_GT(test, b->span.min_mw, b->d.p0_mw);
				KUNIT_ASSERT_LE(test, b->span.min_mw, b->d.p0_mw + 2 * RATED);
			}
			if (b->span.max_mw != S32_MAX) {
				KUNIT_ASSERT_LT(test, b->span.max_mw, b->d.p0_mw);
				KUNIT_ASSERT_GE(test, b->span.max_mw, b->d.p0_mw - 2 * RATED);
			}
		}
		b->seen.known = true;
		b->seen.sure = p % 2;
		droop_pass(b, nominal, 60000);
		KUNIT_EXPECT_TRUE(test, droop_open(b));
	}
}

static struct kunit_case grid_droop_cases[] = {
	KUNIT_CASE_PARAM(grid_droop_point, droop_point_gen_params),
	KUNIT_CASE(grid_droop_band),
	KUNIT_CASE(grid_droop_response),
	KUNIT_CASE(grid_droop_late),
	KUNIT_CASE(grid_droop_captures),
	KUNIT_CASE(grid_droop_floats),
	KUNIT_CASE(grid_droop_forgets),
	KUNIT_CASE(grid_droop_returns),
	KUNIT_CASE(grid_droop_unknown),
	KUNIT_CASE(grid_droop_unsure),
	KUNIT_CASE(grid_droop_random),
	{}
};

static struct kunit_suite grid_droop_suite = {
	.name = "evse_grid_droop",
	.test_cases = grid_droop_cases,
};

kunit_test_suite(grid_droop_suite);
