// SPDX-License-Identifier: GPL-2.0-only
/* Frequency of a mains that is steady, anywhere in its range. */
#include "grid_mains.h"

struct steady_case {
	u32 nominal_mhz;
	u32 mhz;
	u32 jitter_ns;
	u32 high_permille;
	u32 fast;
	u32 slow;
	u32 rocof;
};

/* The last three: largest error, in mHz and (over 500 ms) in mHz/s. */
static const struct steady_case steady_cases[] = {
	{ 50000, 45000, 0, 500, 0, 0, 0 }, { 50000, 47500, 0, 500, 0, 0, 0 },
	{ 50000, 49500, 0, 500, 0, 0, 0 }, { 50000, 50000, 0, 500, 0, 0, 0 },
	{ 50000, 50200, 0, 500, 0, 0, 0 }, { 50000, 51500, 0, 500, 0, 0, 0 },
	{ 50000, 53000, 0, 500, 0, 0, 0 }, { 50000, 66000, 0, 500, 0, 0, 0 },
	{ 60000, 45000, 0, 500, 0, 0, 0 }, { 60000, 50000, 0, 500, 0, 0, 0 },
	{ 60000, 56500, 0, 500, 0, 0, 0 }, { 60000, 59300, 0, 500, 0, 0, 0 },
	{ 60000, 60000, 0, 500, 0, 0, 0 }, { 60000, 60500, 0, 500, 0, 0, 0 },
	{ 60000, 62000, 0, 500, 0, 0, 0 }, { 60000, 66000, 0, 500, 0, 0, 0 },
	/* The ends of what is a mains, whatever the nominal frequency. */
	{ 50000, 40000, 0, 500, 0, 0, 0 }, { 50000, 70000, 0, 500, 0, 0, 0 },
	{ 60000, 40000, 0, 500, 0, 0, 0 }, { 60000, 70000, 0, 500, 0, 0, 0 },
	/* Jitter. */
	{ 50000, 50000, 1000, 500, 2, 1, 5 }, { 60000, 60000, 1000, 500, 2, 1, 5 },
	{ 50000, 45000, 10000, 500, 20, 2, 50 }, { 50000, 50000, 10000, 500, 20, 2, 50 },
	{ 50000, 55000, 10000, 500, 20, 2, 50 }, { 60000, 57000, 10000, 500, 20, 2, 50 },
	{ 60000, 60000, 10000, 500, 20, 2, 50 }, { 60000, 66000, 10000, 500, 20, 2, 50 },
	{ 50000, 50000, 50000, 500, 60, 6, 150 }, { 60000, 60000, 50000, 500, 75, 8, 150 },
	{ 60000, 66000, 50000, 500, 90, 8, 150 },
	/* Comparators that are not in the middle. */
	{ 50000, 50000, 0, 400, 0, 0, 0 }, { 50000, 50000, 0, 600, 0, 0, 0 },
	{ 60000, 60000, 10000, 400, 20, 2, 50 }, { 60000, 60000, 10000, 600, 20, 2, 50 },
	{ 60000, 45000, 0, 450, 0, 0, 0 }, { 50000, 66000, 0, 550, 0, 0, 0 },
};

static void steady_desc(const struct steady_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE,
		 "%u mHz, nominal %u, jitter %u ns, high %u/1000", c->mhz,
		 c->nominal_mhz, c->jitter_ns, c->high_permille);
}

KUNIT_ARRAY_PARAM(steady, steady_cases, steady_desc);

static void grid_freq_steady(struct kunit *test)
{
	const struct steady_case *c = test->param_value;
	struct evse_freq_reading r;
	struct grid_mains m;
	struct evse_freq f;
	unsigned int i;

	evse_freq_init(&f, c->nominal_mhz);
	grid_mains_init(&m, 123456789, c->mhz);
	m.jitter_ns = c->jitter_ns;
	m.high = CYCLE / 1000 * c->high_permille;

	for (i = 1; i < 400; i++) {
		grid_mains_feed(&m, &f, 1);
		r = grid_mains_read(&f, 500);
		KUNIT_ASSERT_EQ(test, r.locked, i >= EVSE_FREQ_LOCK);
		if (!r.locked)
			continue;
		grid_mains_assert_steady(test, &r, c->mhz, c->fast, c->rocof);
		assert_near(test, r.slow_mhz, c->mhz, i > 120 ? c->slow : c->fast);
	}
	KUNIT_EXPECT_EQ(test, f.glitches, 0U);
	KUNIT_EXPECT_LE(test, f.count, EVSE_FREQ_RING + 0U);
}

/* Out of what is a mains: no lock. */
static void grid_freq_range(struct kunit *test)
{
	static const u32 outside[] = { 20000, 33000, 39500, 70500, 75000, 90000 };
	struct grid_mains m;
	struct evse_freq f;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(outside); i++) {
		evse_freq_init(&f, 60000);
		grid_mains_init(&m, 0, outside[i]);
		grid_mains_feed(&m, &f, 200);
		KUNIT_EXPECT_FALSE(test, grid_mains_read(&f, 500).locked);
	}
}

/* A nominal frequency that is none does not divide by zero. */
static void grid_freq_nominal(struct kunit *test)
{
	static const u32 nominal[] = { 0, 1, 16667, 400000, U32_MAX };
	struct evse_freq f;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(nominal); i++) {
		evse_freq_init(&f, nominal[i]);
		KUNIT_EXPECT_GE(test, f.half_ns, 7142857U);
		KUNIT_EXPECT_LE(test, f.half_ns, 12500000U);
	}
}

/* No place on the time axis is special, but its ends. */
static void grid_freq_limits(struct kunit *test)
{
	static const s64 start[] = {
		S64_MIN, -NSEC_PER_SEC, 0, U32_MAX - NSEC_PER_SEC,
		S32_MAX - NSEC_PER_SEC, S64_MAX / 2, S64_MAX - 3 * NSEC_PER_SEC,
	};
	struct grid_mains m;
	struct evse_freq f;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(start); i++) {
		evse_freq_init(&f, 50000);
		grid_mains_init(&m, start[i], 50000);
		for (k = 1; k < 240; k++) {
			struct evse_freq_reading r;

			grid_mains_feed(&m, &f, 1);
			if (k < EVSE_FREQ_LOCK)
				continue;
			r = grid_mains_read(&f, 1000);
			grid_mains_assert_steady(test, &r, 50000, 1, 1);
			assert_near(test, r.slow_mhz, 50000, 1);
		}
	}

	/* The deadline stops at the end of time. */
	evse_freq_init(&f, 50000);
	KUNIT_EXPECT_TRUE(test, evse_freq_edge(&f, S64_MAX - 1000, true));
	KUNIT_EXPECT_EQ(test, evse_freq_deadline(&f), S64_MAX);
	KUNIT_EXPECT_FALSE(test, evse_freq_edge(&f, S64_MAX, false));
	KUNIT_EXPECT_FALSE(test, evse_freq_edge(&f, S64_MIN, false));
	evse_freq_lost(&f);
	KUNIT_EXPECT_TRUE(test, evse_freq_edge(&f, S64_MIN, false));
	KUNIT_EXPECT_TRUE(test, evse_freq_edge(&f, S64_MIN + 10000000, true));
	KUNIT_EXPECT_TRUE(test, evse_freq_edge(&f, S64_MAX, true));
}

static struct kunit_case grid_freq_cases[] = {
	KUNIT_CASE_PARAM(grid_freq_steady, steady_gen_params),
	KUNIT_CASE(grid_freq_range),
	KUNIT_CASE(grid_freq_nominal),
	KUNIT_CASE(grid_freq_limits),
	{}
};

static struct kunit_suite grid_freq_suite = {
	.name = "evse_grid_freq",
	.test_cases = grid_freq_cases,
};

kunit_test_suite(grid_freq_suite);

MODULE_DESCRIPTION("KUnit tests of the grid guard");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_LICENSE("GPL");
