// SPDX-License-Identifier: GPL-2.0-only
/* Volt-watt, the lag that it shares with droop, and when a bound is told. */
#include "../grid_droop.h"
#include "grid_bench.h"

#define RATED	10000000
#define NOMINAL	240000

/* A voltage at a moment; good until the next one. */
static const struct evse_grid_volt_watt_seen *volts(s32 permille, s64 now)
{
	static struct evse_grid_volt_watt_seen seen;

	seen = (struct evse_grid_volt_watt_seen) {
		.now = now,
		.nominal_mv = NOMINAL,
		.high_mv = permille * (NOMINAL / 1000),
	};
	return &seen;
}

/* Default curve: all of the export at 1.06, none at 1.10. */
static const struct volt_watt_point {
	s32 permille;
	s32 p2;
	s32 min_mw;
} volt_watt_points[] = {
	{ 0, 0, S32_MIN },
	{ 1000, 0, S32_MIN },
	{ 1060, 0, S32_MIN },
	{ 1070, 0, -7500000 },
	{ 1080, 0, -5000000 },
	{ 1090, 0, -2500000 },
	{ 1099, 0, -250000 },
	{ 1100, 0, 0 },
	{ 1150, 0, 0 },
	{ 1300, 0, 0 },
	/* A storage that can be told to charge */
	{ 1060, 1000, S32_MIN },
	{ 1070, 1000, -5000000 },
	{ 1080, 1000, 0 },
	{ 1090, 1000, 5000000 },
	{ 1100, 1000, 10000000 },
	{ 1200, 500, 5000000 },
};

static void grid_volt_watt_points(struct kunit *test)
{
	const struct evse_grid_profile *p = evse_grid_profile_find("ieee1547-cat2");
	struct evse_grid_line line[EVSE_GRID_ELEMENTS];
	struct evse_grid_volt_watt_seen unknown = { .high_mv = -1 };
	struct evse_grid_volt_watt v;
	struct evse_grid_span span;
	unsigned int i;
	s64 now = MS(5);

	memcpy(line, p->line, sizeof(line));
	for (i = 0; i < ARRAY_SIZE(volt_watt_points); i++) {
		const struct volt_watt_point *at = &volt_watt_points[i];
		s32 before_mw;
		u32 ms;

		line[ELEMENT(VOLT_WATT)].pickup = 1;
		line[ELEMENT(VOLT_WATT_P2)].pickup = at->p2;
		evse_grid_volt_watt_init(&v, RATED);
		for (ms = 0; ms <= 60000; ms += 10)
			span = evse_grid_volt_watt_step(&v, line, RATED,
							volts(at->permille, now += MS(10)));
		KUNIT_EXPECT_LE_MSG(test, abs((s64)span.min_mw - at->min_mw), RATED / 1000,
				    "%d permille: %d instead of %d", at->permille,
				    span.min_mw, at->min_mw);
		KUNIT_EXPECT_EQ(test, span.max_mw, S32_MAX);

		/* Not known: as it was. */
		before_mw = span.min_mw;
		unknown.now = now += MS(10000);
		span = evse_grid_volt_watt_step(&v, line, RATED, &unknown);
		KUNIT_EXPECT_LE(test, abs((s64)span.min_mw - before_mw), 100);

		/* Switched off, there is nothing left of it. */
		line[ELEMENT(VOLT_WATT)].pickup = 0;
		span = evse_grid_volt_watt_step(&v, line, RATED,
						volts(1100, now += MS(10)));
		KUNIT_EXPECT_EQ(test, span.min_mw, S32_MIN);
	}
}

/* Off where nobody switched it on, and no setting of the others. */
static void grid_volt_watt_default(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < evse_grid_profile_count; i++) {
		const struct evse_grid_profile *p = &evse_grid_profiles[i];
		struct evse_grid_volt_watt v;
		struct evse_grid_span span;
		s64 now = MS(5);

		KUNIT_EXPECT_EQ(test, p->line[ELEMENT(VOLT_WATT)].pickup, 0);
		evse_grid_volt_watt_init(&v, RATED);
		evse_grid_volt_watt_step(&v, p->line, RATED, volts(1200, now));
		span = evse_grid_volt_watt_step(&v, p->line, RATED,
						volts(1200, now + MS(60000)));
		KUNIT_EXPECT_EQ(test, span.min_mw, S32_MIN);
	}
}

/* 90 % at the response time, from the fastest to the slowest. */
static void grid_volt_watt_response(struct kunit *test)
{
	const struct evse_grid_profile *p = evse_grid_profile_find("ieee1547-cat3");
	static const u32 response_ms[] = { 500, 10000, 60000 };
	struct evse_grid_line line[EVSE_GRID_ELEMENTS];
	unsigned int i;

	memcpy(line, p->line, sizeof(line));
	line[ELEMENT(VOLT_WATT)].pickup = 1;
	for (i = 0; i < ARRAY_SIZE(response_ms); i++) {
		struct evse_grid_volt_watt v;
		struct evse_grid_span span;
		s64 now = MS(5);
		u32 ms;

		line[ELEMENT(VOLT_WATT)].time_ms = response_ms[i];
		evse_grid_volt_watt_init(&v, RATED);
		evse_grid_volt_watt_step(&v, line, RATED, volts(1100, now));
		for (ms = 0; ms < response_ms[i]; ms += 10)
			span = evse_grid_volt_watt_step(&v, line, RATED,
							volts(1100, now += MS(10)));
		KUNIT_EXPECT_LE_MSG(test, abs((s64)span.min_mw + RATED / 10), RATED / 1000,
				    "%d after %u ms", span.min_mw, response_ms[i]);
	}
}

/* Its voltages stay apart. */
static void grid_volt_watt_settings(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat2"));
	struct evse_grid_judge *j = &b->j;

	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VOLT_WATT_V2), 1069, 0), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VOLT_WATT_V2), 1070, 0), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VOLT_WATT_V1), 1061, 0), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VOLT_WATT_V1), 1050, 0), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VOLT_WATT_V2), 1060, 0), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VOLT_WATT), 1, 499), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VOLT_WATT), 1, 500), 0);
	/* Droop can not be switched off. */
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(DROOP), 0, 5000), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(DROOP), 1, 999), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(DROOP), 1, 1000), 0);
}

/* What is left of a step, in millionths: 10^(-t/T) by hand. */
static void grid_lag_exact(struct kunit *test)
{
	static const struct {
		u32 ms;
		s32 left;
	} points[] = {
		{ 1, 997700 }, { 10, 977237 }, { 100, 794328 }, { 301, 500035 },
		{ 500, 316228 }, { 1000, 100000 }, { 2000, 10000 }, { 5000, 10 },
		{ 9999, 0 }, { 10000, 0 }, { 1000000000, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(points); i++) {
		struct evse_grid_lag lag;
		s64 now = MS(1);
		s32 value;

		evse_grid_lag_init(&lag, 1000000);
		KUNIT_EXPECT_EQ(test, evse_grid_lag_step(&lag, 0, 1000, now), 1000000);
		value = evse_grid_lag_step(&lag, 0, 1000, now + MS(points[i].ms));
		KUNIT_EXPECT_LE_MSG(test, abs(value - points[i].left), 1,
				    "%d after %u ms", value, points[i].ms);
		/* Looking back or twice changes nothing. */
		KUNIT_EXPECT_EQ(test, evse_grid_lag_step(&lag, 0, 1000, now + MS(points[i].ms)),
				value);
		KUNIT_EXPECT_EQ(test, evse_grid_lag_step(&lag, 0, 1000, now), value);
	}
}

/* The widest there is, at the slowest pace: it arrives, and never goes past. */
static void grid_lag_arrives(struct kunit *test)
{
	struct evse_grid_lag lag;
	s64 now = MS(1);
	s32 value = S32_MIN, before;
	unsigned int n;

	evse_grid_lag_init(&lag, S32_MIN);
	evse_grid_lag_step(&lag, S32_MAX, 60000, now);
	for (n = 0; n < 70000; n++) {
		before = value;
		value = evse_grid_lag_step(&lag, S32_MAX, 60000, now += MS(10));
		KUNIT_ASSERT_GE(test, value, before);
	}
	KUNIT_EXPECT_EQ(test, value, S32_MAX);
}

static void grid_span_told(struct kunit *test)
{
	const struct evse_grid_span open = EVSE_GRID_OPEN_SPAN;
	const struct evse_grid_span low = { -5000000, S32_MAX };
	const struct evse_grid_span near = { -4995001, S32_MAX };
	const struct evse_grid_span far = { -4995000, S32_MAX };
	const struct evse_grid_span high = { S32_MIN, 3000000 };

	KUNIT_EXPECT_FALSE(test, evse_grid_span_moves(&open, &open, RATED));
	KUNIT_EXPECT_TRUE(test, evse_grid_span_moves(&open, &low, RATED));
	KUNIT_EXPECT_TRUE(test, evse_grid_span_moves(&low, &open, RATED));
	KUNIT_EXPECT_FALSE(test, evse_grid_span_moves(&low, &low, RATED));
	KUNIT_EXPECT_FALSE(test, evse_grid_span_moves(&low, &near, RATED));
	KUNIT_EXPECT_TRUE(test, evse_grid_span_moves(&low, &far, RATED));
	KUNIT_EXPECT_TRUE(test, evse_grid_span_moves(&low, &high, RATED));
}

static struct kunit_case grid_volt_watt_cases[] = {
	KUNIT_CASE(grid_volt_watt_points),
	KUNIT_CASE(grid_volt_watt_default),
	KUNIT_CASE(grid_volt_watt_response),
	KUNIT_CASE(grid_volt_watt_settings),
	KUNIT_CASE(grid_lag_exact),
	KUNIT_CASE(grid_lag_arrives),
	KUNIT_CASE(grid_span_told),
	{}
};

static struct kunit_suite grid_volt_watt_suite = {
	.name = "evse_grid_volt_watt",
	.test_cases = grid_volt_watt_cases,
};

kunit_test_suite(grid_volt_watt_suite);
