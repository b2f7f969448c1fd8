// SPDX-License-Identifier: GPL-2.0-only
/* Crossings that do not come, and those that are refused. */
#include "grid_mains.h"

static const struct evse_freq_reading nothing;

static void assert_same(struct kunit *test, struct evse_freq_reading got,
			struct evse_freq_reading want)
{
	KUNIT_ASSERT_EQ(test, got.locked, want.locked);
	KUNIT_ASSERT_EQ(test, got.fast_mhz, want.fast_mhz);
	KUNIT_ASSERT_EQ(test, got.slow_mhz, want.slow_mhz);
	KUNIT_ASSERT_EQ(test, got.rocof_mhz_s, want.rocof_mhz_s);
	KUNIT_ASSERT_EQ(test, got.shift_mdeg, want.shift_mdeg);
}

/* An edge that never came: the lock goes, and is back after twelve. */
static void grid_freq_missing(struct kunit *test)
{
	u32 mhz, gone, i;

	for (mhz = 45000; mhz <= 65000; mhz += 5000)
		for (gone = 1; gone < 30; gone++) {
			struct grid_mains m;
			struct evse_freq f;
			struct grid_mains_edge e;
			s64 back, deadline;

			evse_freq_init(&f, mhz < 55000 ? 50000 : 60000);
			grid_mains_init(&m, 0, mhz);
			grid_mains_feed(&m, &f, 130);
			deadline = evse_freq_deadline(&f);
			for (i = 0; i < gone; i++)
				grid_mains_next(&m);
			KUNIT_ASSERT_TRUE(test, grid_mains_read(&f, 500).locked);
			/* One is missing: the next has the same direction. */
			e = grid_mains_next(&m);
			KUNIT_ASSERT_LT(test, deadline, e.when);
			KUNIT_ASSERT_TRUE(test, evse_freq_edge(&f, e.when, e.rising));
			back = m.now;
			for (i = 1; i < EVSE_FREQ_LOCK; i++) {
				assert_same(test, grid_mains_read(&f, 500), nothing);
				grid_mains_feed(&m, &f, 1);
			}
			KUNIT_ASSERT_TRUE(test, grid_mains_read(&f, 500).locked);
			assert_near(test, grid_mains_read(&f, 500).fast_mhz, mhz, 2);
			KUNIT_ASSERT_LT(test, m.now - back, 130 * NSEC_PER_MSEC);
			/* Nothing of before is in the windows. */
			KUNIT_ASSERT_EQ(test, grid_mains_read(&f, 500).rocof_mhz_s, 0);
		}
}

/* After a loss, whatever was before, all is as it was at the first start. */
static void grid_freq_forgets(struct kunit *test)
{
	struct evse_freq f, fresh;
	struct grid_mains m;
	unsigned int mess, i;

	for (mess = 0; mess < 40; mess++) {
		grid_mains_begin(&m, &f, 50000, 0);
		m.high = CYCLE / 1000 * (440 + mess * 3);
		m.jitter_ns = mess * 5000;
		m.uhz_s = (mess % 7) * 1000000;
		grid_mains_feed(&m, &f, 60);
		m.uhz_s = 0;
		if (mess & 1)
			grid_mains_jump(&m, 0, 50000);
		if (mess & 2)
			m.uhz += 3000000;
		grid_mains_feed(&m, &f, mess % 13);
		if (mess & 4)
			evse_freq_edge(&f, m.now + 3 * NSEC_PER_MSEC, !m.level);
		evse_freq_lost(&f);
		assert_same(test, grid_mains_read(&f, 100), nothing);

		evse_freq_init(&fresh, 50000);
		for (i = 0; i < 60; i++) {
			struct grid_mains_edge e = grid_mains_next(&m);

			KUNIT_ASSERT_EQ(test, evse_freq_edge(&f, e.when, e.rising),
					evse_freq_edge(&fresh, e.when, e.rising));
			KUNIT_ASSERT_EQ(test, evse_freq_deadline(&f),
					evse_freq_deadline(&fresh));
			assert_same(test, grid_mains_read(&f, 200),
				    grid_mains_read(&fresh, 200));
		}
	}
}

struct deadline_case {
	u32 nominal_mhz;
	u32 mhz;
	u32 high_permille;
	u32 after_us[2];
};

/* After a falling and after a rising edge. */
static const struct deadline_case deadline_cases[] = {
	{ 50000, 50000, 500, { 15000, 15000 } },
	{ 60000, 60000, 500, { 12500, 12500 } },
	{ 60000, 50000, 500, { 15000, 15000 } },
	{ 50000, 60000, 500, { 12500, 12500 } },
	{ 50000, 47500, 500, { 15789, 15789 } },
	{ 50000, 50000, 450, { 16000, 14000 } },
	{ 50000, 50000, 600, { 13000, 17000 } },
	{ 60000, 60000, 550, { 11667, 13333 } },
};

static void deadline_desc(const struct deadline_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u mHz, nominal %u, high %u/1000",
		 c->mhz, c->nominal_mhz, c->high_permille);
}

KUNIT_ARRAY_PARAM(deadline, deadline_cases, deadline_desc);

static void grid_freq_deadline(struct kunit *test)
{
	const struct deadline_case *c = test->param_value;
	struct grid_mains m;
	struct evse_freq f;
	unsigned int i;

	evse_freq_init(&f, c->nominal_mhz);
	KUNIT_EXPECT_EQ(test, evse_freq_deadline(&f), S64_MAX);
	grid_mains_init(&m, 0, c->mhz);
	m.high = CYCLE / 1000 * c->high_permille;
	grid_mains_feed(&m, &f, 1);
	expect_near(test, evse_freq_deadline(&f) - m.now, 15 * NSEC_PER_MSEC, 1);
	for (i = 0; i < 200; i++) {
		struct grid_mains next = m;

		KUNIT_ASSERT_LT(test, grid_mains_next(&next).when, evse_freq_deadline(&f));
		grid_mains_feed(&m, &f, 1);
	}
	for (i = 0; i < 2; i++) {
		grid_mains_feed(&m, &f, 1);
		expect_near(test, evse_freq_deadline(&f) - m.now,
			    c->after_us[m.level] * NSEC_PER_USEC,
			    20 * NSEC_PER_USEC);
	}
	evse_freq_lost(&f);
	KUNIT_EXPECT_EQ(test, evse_freq_deadline(&f), S64_MAX);
	KUNIT_EXPECT_FALSE(test, grid_mains_read(&f, 500).locked);
}

/* A crossing on the deadline is in time, one behind it is a new beginning. */
static void grid_freq_overdue(struct kunit *test)
{
	struct grid_mains m;
	struct evse_freq f;
	u32 late;

	for (late = 0; late <= 1; late++) {
		grid_mains_begin(&m, &f, 50000, 50);
		KUNIT_EXPECT_TRUE(test, evse_freq_edge(&f, evse_freq_deadline(&f) + late,
						       !m.level));
		KUNIT_EXPECT_EQ(test, grid_mains_read(&f, 500).locked, !late);
	}
}

/* What is too near or goes the wrong way is refused and does not wait longer. */
static void grid_freq_refuse(struct kunit *test)
{
	struct grid_mains m;
	struct evse_freq f;
	s64 deadline;

	grid_mains_begin(&m, &f, 50000, 50);
	deadline = evse_freq_deadline(&f);
	KUNIT_EXPECT_FALSE(test, evse_freq_edge(&f, m.now, m.level));
	KUNIT_EXPECT_FALSE(test, evse_freq_edge(&f, m.now, !m.level));
	KUNIT_EXPECT_FALSE(test, evse_freq_edge(&f, m.now - 1, !m.level));
	KUNIT_EXPECT_FALSE(test, evse_freq_edge(&f, S64_MIN, !m.level));
	KUNIT_EXPECT_FALSE(test, evse_freq_edge(&f, m.now + 4999999, !m.level));
	KUNIT_EXPECT_FALSE(test, evse_freq_edge(&f, m.now + 10000000, m.level));
	KUNIT_EXPECT_EQ(test, f.glitches, 6U);
	KUNIT_EXPECT_EQ(test, evse_freq_deadline(&f), deadline);
	KUNIT_EXPECT_TRUE(test, evse_freq_edge(&f, m.now + 10000000, !m.level));
	KUNIT_EXPECT_TRUE(test, grid_mains_read(&f, 500).locked);
}

/* A line that stands still, and one that repeats itself. */
static void grid_freq_stuck(struct kunit *test)
{
	struct grid_mains m;
	struct evse_freq f;
	s64 when;

	grid_mains_begin(&m, &f, 60000, 130);
	expect_near(test, evse_freq_deadline(&f), m.now + 12500000, 50);
	for (when = m.now; when < m.now + NSEC_PER_SEC; when += 100000) {
		bool taken = evse_freq_edge(&f, when, m.level);

		KUNIT_ASSERT_TRUE(test, !taken || when > m.now + 12500000);
		if (when > m.now + 13000000)
			KUNIT_ASSERT_FALSE(test, grid_mains_read(&f, 500).locked);
	}
}

static struct kunit_case grid_freq_lost_cases[] = {
	KUNIT_CASE(grid_freq_missing),
	KUNIT_CASE(grid_freq_forgets),
	KUNIT_CASE_PARAM(grid_freq_deadline, deadline_gen_params),
	KUNIT_CASE(grid_freq_overdue),
	KUNIT_CASE(grid_freq_refuse),
	KUNIT_CASE(grid_freq_stuck),
	{}
};

static struct kunit_suite grid_freq_lost_suite = {
	.name = "evse_grid_freq_lost",
	.test_cases = grid_freq_lost_cases,
};

kunit_test_suite(grid_freq_lost_suite);
