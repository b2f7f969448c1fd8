// SPDX-License-Identifier: GPL-2.0-only
/* Moving mean of ten minutes. */
#include "grid_bench.h"

static struct evse_grid_mean *mean_new(struct kunit *test, s32 value)
{
	struct evse_grid_mean *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, m);
	evse_grid_mean_init(m, value);
	evse_grid_mean_step(m, 0, value);
	return m;
}

static void grid_mean_step_response(struct kunit *test)
{
	struct evse_grid_mean *m = mean_new(test, 1000);
	unsigned int s;

	KUNIT_EXPECT_EQ(test, evse_grid_mean_value(m), 1000);
	evse_grid_mean_step(m, 0, 1200);
	/* One permille every 3 s, and no more after ten minutes. */
	for (s = 1; s <= 700; s++) {
		evse_grid_mean_step(m, MS(s * 1000), 1200);
		KUNIT_ASSERT_EQ(test, evse_grid_mean_value(m),
				1000 + (s32)min(s / 3, 200U));
		KUNIT_ASSERT_EQ(test, evse_grid_mean_next(m), MS((s / 3 + 1) * 3000));
	}
	/* All of it at once comes to the same. */
	evse_grid_mean_step(m, MS(702000), 900);
	evse_grid_mean_step(m, MS(702000 + 300000), 900);
	KUNIT_EXPECT_EQ(test, evse_grid_mean_value(m), 1050);
	evse_grid_mean_step(m, MS(100000000), 900);
	KUNIT_EXPECT_EQ(test, evse_grid_mean_value(m), 900);
}

/* It does not matter how often it is asked. */
static void grid_mean_paces(struct kunit *test)
{
	struct evse_grid_mean *m = mean_new(test, 1000), *n = mean_new(test, 1000);
	u32 x = 1;
	s64 t = 0;

	for (; t < MS(1300000); t += MS(200)) {
		s32 v;

		x = x * 1664525 + 1013904223;
		v = 900 + (x >> 24);
		evse_grid_mean_step(m, t, v);
		evse_grid_mean_step(n, t, v);
		evse_grid_mean_step(n, t + MS(1), v);
		evse_grid_mean_step(n, t + MS(1) + 12345, v);
		KUNIT_ASSERT_EQ(test, evse_grid_mean_value(m), evse_grid_mean_value(n));
	}
}

/* Against a mean that forgets nothing: 1/32 permille, and rounded up. */
static void grid_mean_exact(struct kunit *test)
{
	struct evse_grid_mean *m = mean_new(test, 1000);
	unsigned int i, k;
	s64 all = 0;
	u32 x = 7;

	for (i = 0; i < EVSE_GRID_MEAN_BUCKETS; i++)
		for (k = 0; k < 100; k++) {
			s32 v;

			x = x * 1664525 + 1013904223;
			v = 1000 + (x >> 24);
			all += v;
			evse_grid_mean_step(m, MS((i * 100 + k) * 30), v);
		}
	evse_grid_mean_step(m, MS(600000), 1000);
	/* In 1/640000 permille: 20000 samples, and 1/32 of each of them. */
	all *= 32;
	KUNIT_EXPECT_LE(test, (s64)(evse_grid_mean_value(m) - 1) * 640000, all + 20000);
	KUNIT_EXPECT_GE(test, (s64)evse_grid_mean_value(m) * 640000, all - 20000);
}

/* Nothing measured is no time that passes. */
static void grid_mean_blind(struct kunit *test)
{
	struct evse_grid_mean *m = mean_new(test, 1000);

	evse_grid_mean_step(m, 0, 1200);
	evse_grid_mean_step(m, MS(300000), -1);
	KUNIT_EXPECT_EQ(test, evse_grid_mean_value(m), 1100);
	KUNIT_EXPECT_EQ(test, evse_grid_mean_next(m), S64_MAX);
	evse_grid_mean_step(m, MS(9000000), 1200);
	KUNIT_EXPECT_EQ(test, evse_grid_mean_value(m), 1100);
	evse_grid_mean_step(m, MS(9002999), 1200);
	KUNIT_EXPECT_EQ(test, evse_grid_mean_value(m), 1100);
	evse_grid_mean_step(m, MS(9003000), 1200);
	KUNIT_EXPECT_EQ(test, evse_grid_mean_value(m), 1101);
	/* Far out of range, it still does not wrap. */
	evse_grid_mean_step(m, MS(9003000), S32_MAX);
	evse_grid_mean_step(m, MS(99003000), 1000);
	KUNIT_EXPECT_EQ(test, evse_grid_mean_value(m), EVSE_GRID_MEAN_LIMIT);
}

/* A voltage a little too high for ten minutes trips; a short swell does not. */
static void grid_mean_trips(struct kunit *test)
{
	const struct evse_grid_profile *p = evse_grid_profile_find("vde-ar-n-4105");
	struct grid_bench *b = grid_bench_new(test, p);

	grid_bench_serve(test, b);
	b->seen.high_permille = 1240;
	grid_bench_pass(b, MS(240000));
	KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
	b->seen.high_permille = 1000;
	grid_bench_pass(b, MS(3600000));
	KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);

	/* A 120th above 1000 makes 1100 after 500 s, and more in the bucket after. */
	b->seen.high_permille = 1120;
	grid_bench_pass(b, MS(600000));
	KUNIT_EXPECT_GE(test, b->tripped_at, b->begin + MS(500000));
	KUNIT_EXPECT_LE(test, b->tripped_at, b->begin + MS(503100));
	KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)ELEMENT(OV_MEAN));
	/* It stays until the mean is back, not until the voltage is. */
	b->seen.high_permille = 1000;
	grid_bench_pass(b, MS(90000));
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_TRIP);
	grid_bench_pass(b, MS(120000));
	KUNIT_EXPECT_NE(test, (int)b->d.verdict, (int)EVSE_GRID_TRIP);
}

static struct kunit_case grid_mean_cases[] = {
	KUNIT_CASE(grid_mean_step_response),
	KUNIT_CASE(grid_mean_paces),
	KUNIT_CASE(grid_mean_exact),
	KUNIT_CASE(grid_mean_blind),
	KUNIT_CASE(grid_mean_trips),
	{}
};

static struct kunit_suite grid_mean_suite = {
	.name = "evse_grid_mean",
	.test_cases = grid_mean_cases,
};

kunit_test_suite(grid_mean_suite);
