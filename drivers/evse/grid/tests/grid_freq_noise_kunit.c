// SPDX-License-Identifier: GPL-2.0-only
/* Edges that are no crossings: bursts, pulses, and lines with no mains on them. */
#include "grid_mains.h"

struct burst_case {
	u32 mhz;
	u32 width_us;
	u32 edges;
};

static const struct burst_case burst_cases[] = {
	{ 50000, 20, 3 }, { 50000, 100, 5 }, { 50000, 200, 9 }, { 50000, 300, 5 },
	{ 50000, 500, 3 }, { 50000, 500, 11 }, { 60000, 100, 3 }, { 60000, 300, 7 },
	{ 60000, 500, 5 }, { 60000, 500, 15 },
};

static void burst_desc(const struct burst_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u edges in %u us at %u mHz",
		 c->edges, c->width_us, c->mhz);
}

KUNIT_ARRAY_PARAM(burst, burst_cases, burst_desc);

/* Switching noise turns each crossing into many. */
static void grid_freq_burst(struct kunit *test)
{
	const struct burst_case *c = test->param_value;
	u32 ppm = c->width_us * (c->mhz / 5000);
	unsigned int i, k, mean = 0, accepted = 0;
	struct grid_mains m;
	struct evse_freq f;

	grid_mains_begin(&m, &f, c->mhz, 0);
	for (i = 1; i <= 512; i++) {
		struct grid_mains_edge e = grid_mains_next(&m);
		u32 part = c->width_us * NSEC_PER_USEC / c->edges;
		struct evse_freq_reading r;

		e.when -= c->width_us * NSEC_PER_USEC / 2;
		for (k = 0; k < c->edges; k++)
			accepted += evse_freq_edge(&f, e.when + k * part +
						   grid_mains_random(&m.seed) % part,
						   k % 2 ? !e.rising : e.rising);
		KUNIT_ASSERT_EQ(test, accepted, i);
		r = grid_mains_read(&f, 500);
		KUNIT_ASSERT_EQ(test, r.locked, i >= EVSE_FREQ_LOCK);
		if (!r.locked)
			continue;
		KUNIT_ASSERT_EQ(test, r.shift_mdeg, 0);
		assert_near(test, r.fast_mhz, c->mhz, 1 + c->mhz / 1000 * ppm / 1000);
		if (i > 120)
			assert_near(test, r.slow_mhz, c->mhz, 10);
		if (i > 256)
			mean += r.fast_mhz;
	}
	/* What is left is noise, and no bias. */
	expect_near(test, mean / 256, c->mhz, 3);
	KUNIT_EXPECT_EQ(test, f.glitches, 512 * (c->edges - 1));
}

/* A pulse in the middle of a half cycle is not a crossing, wherever it is. */
static void grid_freq_glitch(struct kunit *test)
{
	u32 deg, width_us;

	for (width_us = 1; width_us <= 1000; width_us *= 10)
		for (deg = 1; deg < 180; deg += 7) {
			struct grid_mains m;
			struct evse_freq f;
			unsigned int i;

			grid_mains_begin(&m, &f, 50000, 60);
			for (i = 1; i < 200; i++) {
				struct grid_mains_edge e = grid_mains_next(&m);
				struct evse_freq_reading r;
				s64 pulse;

				evse_freq_edge(&f, e.when, e.rising);
				pulse = e.when + deg * 10 * NSEC_PER_MSEC / 180;
				if (i % 13 == 0 && deg * 10000 / 180 + width_us < 10000) {
					evse_freq_edge(&f, pulse, !e.rising);
					evse_freq_edge(&f, pulse + width_us * NSEC_PER_USEC,
						       e.rising);
				}
				r = grid_mains_read(&f, 500);
				grid_mains_assert_steady(test, &r, 50000, 90, 150);
			}
		}
}

/* Edges that pretend: no lock, and none that stays. */
static void grid_freq_nonsense(struct kunit *test)
{
	static const u32 period_us[] = {
		20, 200, 1000, 1500, 2000, 3000, 4000, 5000, 6000, 6666, 7000,
		9000, 12000, 14000, 26000, 30000, 50000,
	};
	u32 mhz, i, k;

	for (mhz = 50000; mhz <= 60000; mhz += 10000)
		for (i = 0; i < ARRAY_SIZE(period_us); i++) {
			struct evse_freq_reading r;
			struct grid_mains m;
			struct evse_freq f;
			s64 begin, when;

			evse_freq_init(&f, mhz);
			for (k = 0, when = 0; when < NSEC_PER_SEC; k++) {
				evse_freq_edge(&f, when, k % 2);
				KUNIT_ASSERT_FALSE(test, grid_mains_read(&f, 100).locked);
				when += period_us[i] * NSEC_PER_USEC / 2;
			}

			grid_mains_begin(&m, &f, mhz, 130);
			begin = m.now;
			for (k = m.level, when = begin; when < begin + NSEC_PER_SEC; k++) {
				when += period_us[i] * NSEC_PER_USEC / 2;
				evse_freq_edge(&f, when, k % 2 == 0);
				r = grid_mains_read(&f, 100);
				if (!r.locked)
					continue;
				KUNIT_ASSERT_LE(test, when - begin, 120 * NSEC_PER_MSEC);
				if (period_us[i] < 7000)
					assert_near(test, r.fast_mhz, mhz, 100);
			}
			KUNIT_EXPECT_FALSE(test, grid_mains_read(&f, 100).locked);
		}
}

/* A pulse in each half cycle: whoever makes it may as well make the rest. */
static void grid_freq_pulses(struct kunit *test)
{
	struct grid_mains m;
	struct evse_freq f;
	unsigned int begin, i;

	for (begin = 0; begin <= 60; begin += 60) {
		grid_mains_begin(&m, &f, 50000, begin);
		for (i = 1; i < 100; i++) {
			grid_mains_feed(&m, &f, 1);
			evse_freq_edge(&f, m.now + 3 * NSEC_PER_MSEC, !m.level);
			evse_freq_edge(&f, m.now + 4 * NSEC_PER_MSEC, m.level);
			KUNIT_ASSERT_EQ(test, grid_mains_read(&f, 100).locked,
					begin && i < 10);
		}
	}
}

/* Crossings all over the place are no mains, though their mean is. */
static void grid_freq_scatter(struct kunit *test)
{
	struct grid_mains m;
	struct evse_freq f;

	grid_mains_begin(&m, &f, 50000, 130);
	m.jitter_ns = 2 * NSEC_PER_MSEC;
	grid_mains_feed(&m, &f, 200);
	KUNIT_EXPECT_FALSE(test, grid_mains_read(&f, 500).locked);
	m.jitter_ns = 0;
	grid_mains_feed(&m, &f, 20);
	KUNIT_EXPECT_TRUE(test, grid_mains_read(&f, 500).locked);
}

/* Random edges, thousands of them: nothing to see, nothing to break. */
static void grid_freq_chaos(struct kunit *test)
{
	u32 seed = 1, run, k, locked = 0;

	for (run = 0; run < 40; run++) {
		struct evse_freq f;
		s64 when = 0;

		evse_freq_init(&f, run % 2 ? 60000 : 50000);
		for (k = 0; k < 2000; k++) {
			struct evse_freq_reading r;

			when += grid_mains_random(&seed) % (1000000 * (1 + run % 16));
			evse_freq_edge(&f, when, grid_mains_random(&seed) & 1);
			r = grid_mains_read(&f, 100 + 100 * (run % 10));
			if (!r.locked)
				continue;
			locked++;
			KUNIT_ASSERT_GE(test, r.fast_mhz, EVSE_FREQ_MIN_MHZ - 1U);
			KUNIT_ASSERT_LE(test, r.fast_mhz, EVSE_FREQ_MAX_MHZ + 1U);
		}
	}
	KUNIT_EXPECT_EQ(test, locked, 0U);
}

static struct kunit_case grid_freq_noise_cases[] = {
	KUNIT_CASE_PARAM(grid_freq_burst, burst_gen_params),
	KUNIT_CASE(grid_freq_glitch),
	KUNIT_CASE(grid_freq_nonsense),
	KUNIT_CASE(grid_freq_pulses),
	KUNIT_CASE(grid_freq_scatter),
	KUNIT_CASE(grid_freq_chaos),
	{}
};

static struct kunit_suite grid_freq_noise_suite = {
	.name = "evse_grid_freq_noise",
	.test_cases = grid_freq_noise_cases,
};

kunit_test_suite(grid_freq_noise_suite);
