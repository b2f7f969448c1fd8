// SPDX-License-Identifier: GPL-2.0-only
/* Frequency that changes: ramps, steps, and the rate of it. */
#include "grid_mains.h"

struct ramp_case {
	u32 nominal_mhz;
	u32 mhz;
	s32 mhz_s;
	u32 window_ms;
	u32 jitter_ns;
	u32 within;
};

/* Within 10 % or 0.1 Hz/s; a short window cannot see through jitter. */
static const struct ramp_case ramp_cases[] = {
	{ 50000, 50000, 500, 500, 0, 100 }, { 50000, 50000, -500, 500, 0, 100 },
	{ 50000, 50000, 1000, 500, 0, 100 }, { 50000, 50000, -1000, 500, 0, 100 },
	{ 50000, 50000, 3000, 500, 0, 300 }, { 50000, 50000, -3000, 500, 0, 300 },
	{ 50000, 50000, 5000, 500, 0, 500 }, { 50000, 52000, -5000, 500, 0, 500 },
	{ 60000, 60000, 500, 500, 0, 100 }, { 60000, 60000, -500, 500, 0, 100 },
	{ 60000, 60000, 1000, 500, 0, 100 }, { 60000, 60000, -1000, 500, 0, 100 },
	{ 60000, 59000, 3000, 500, 0, 300 }, { 60000, 60000, -3000, 500, 0, 300 },
	{ 60000, 57000, 5000, 500, 0, 500 }, { 60000, 63000, -5000, 500, 0, 500 },
	{ 50000, 50000, 500, 100, 0, 5 }, { 50000, 50000, -3000, 100, 0, 20 },
	{ 60000, 58000, 5000, 100, 0, 30 }, { 60000, 62000, -5000, 100, 0, 30 },
	{ 50000, 50000, 500, 1000, 0, 100 }, { 50000, 50000, -3000, 1000, 0, 300 },
	{ 60000, 66000, 3000, 1000, 0, 300 },
	{ 60000, 56000, 5000, 1000, 0, 500 }, { 60000, 64000, -5000, 1000, 0, 500 },
	{ 50000, 50000, 500, 500, 10000, 100 }, { 50000, 50000, -1000, 500, 10000, 100 },
	{ 60000, 60000, 3000, 500, 10000, 300 }, { 60000, 62000, -5000, 500, 10000, 500 },
	{ 60000, 60000, 3000, 200, 10000, 500 }, { 60000, 60000, 3000, 100, 10000, 1500 },
	{ 50000, 50000, 1000, 500, 50000, 250 }, { 60000, 60000, -3000, 500, 50000, 350 },
};

static void ramp_desc(const struct ramp_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE,
		 "%d mHz/s from %u, over %u ms, jitter %u ns", c->mhz_s, c->mhz,
		 c->window_ms, c->jitter_ns);
}

KUNIT_ARRAY_PARAM(ramp, ramp_cases, ramp_desc);

/* 1.2 s up or down: through what ride-through asks for, and beyond. */
static void grid_freq_ramp(struct kunit *test)
{
	const struct ramp_case *c = test->param_value;
	const s64 window = c->window_ms * NSEC_PER_MSEC;
	struct evse_freq_reading r;
	struct grid_mains m;
	struct evse_freq f;
	s64 begin, end;

	evse_freq_init(&f, c->nominal_mhz);
	grid_mains_init(&m, 0, c->mhz);
	m.jitter_ns = c->jitter_ns;
	grid_mains_feed(&m, &f, 150);

	m.uhz_s = c->mhz_s * 1000LL;
	begin = m.now;
	end = begin + 1200 * NSEC_PER_MSEC;
	while (m.now < end) {
		s32 want;

		grid_mains_feed(&m, &f, 1);
		r = grid_mains_read(&f, c->window_ms);
		KUNIT_ASSERT_TRUE(test, r.locked);
		KUNIT_ASSERT_EQ(test, r.shift_mdeg, 0);
		/* Never too fast, and right as soon as it can be. */
		assert_near(test, r.rocof_mhz_s, c->mhz_s / 2,
			    abs(c->mhz_s / 2) + c->within);
		if (m.now > begin + window)
			assert_near(test, r.rocof_mhz_s, c->mhz_s, c->within);
		if (m.now < begin + 120 * NSEC_PER_MSEC)
			continue;
		/* The middle of five cycles is two and a half back. */
		want = div_s64(m.uhz, 1000);
		want -= c->mhz_s * 2500 / want;
		assert_near(test, r.fast_mhz, want, 30 + c->jitter_ns / 500);
	}

	m.uhz_s = 0;
	grid_mains_feed_until(&m, &f, end + window + 40 * NSEC_PER_MSEC);
	r = grid_mains_read(&f, c->window_ms);
	KUNIT_EXPECT_TRUE(test, r.locked);
	expect_near(test, r.rocof_mhz_s, 0, c->within);
	grid_mains_feed(&m, &f, 130);
	expect_near(test, grid_mains_read(&f, 500).slow_mhz, div_s64(m.uhz, 1000),
		    1 + c->jitter_ns / 5000);
}

struct step_case {
	u32 from_mhz;
	u32 to_mhz;
	u32 jitter_ns;
};

static const struct step_case step_cases[] = {
	{ 50000, 50200, 0 }, { 50000, 49500, 0 }, { 50000, 51000, 0 },
	{ 50000, 48000, 0 }, { 50000, 52500, 0 }, { 50000, 47000, 0 },
	{ 50000, 45000, 0 }, { 60000, 60300, 0 }, { 60000, 59000, 0 },
	{ 60000, 62500, 0 }, { 60000, 56400, 0 }, { 60000, 66000, 0 },
	{ 60000, 50000, 0 }, { 60000, 62500, 10000 }, { 60000, 56000, 10000 },
	{ 50000, 51600, 10000 }, { 50000, 47000, 10000 },
};

static void step_desc(const struct step_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u to %u mHz, jitter %u ns",
		 c->from_mhz, c->to_mhz, c->jitter_ns);
}

KUNIT_ARRAY_PARAM(step, step_cases, step_desc);

/* A step of the frequency is no jump, and is there after five cycles. */
static void grid_freq_step(struct kunit *test)
{
	const struct step_case *c = test->param_value;
	u32 noise = 2 + c->jitter_ns / 500;
	unsigned int part, i;

	for (part = 0; part < 10; part++) {
		struct grid_mains m;
		struct evse_freq f;

		grid_mains_begin(&m, &f, c->from_mhz, 0);
		m.jitter_ns = c->jitter_ns;
		m.seed += part;
		grid_mains_feed(&m, &f, 130);
		/* At any moment of the half cycle. */
		m.phase += CYCLE / 20 * part;
		m.now += div_s64(CYCLE / 20 * part, m.uhz);
		m.uhz = c->to_mhz * 1000LL;
		for (i = 1; i < 150; i++) {
			struct evse_freq_reading r;

			grid_mains_feed(&m, &f, 1);
			r = grid_mains_read(&f, 500);
			KUNIT_ASSERT_TRUE(test, r.locked);
			KUNIT_ASSERT_EQ(test, r.shift_mdeg, 0);
			KUNIT_ASSERT_GE(test, r.fast_mhz + noise,
					min(c->from_mhz, c->to_mhz));
			KUNIT_ASSERT_LE(test, r.fast_mhz,
					max(c->from_mhz, c->to_mhz) + noise);
			if (i > 11)
				assert_near(test, r.fast_mhz, c->to_mhz, noise);
			if (i > 80)
				assert_near(test, r.rocof_mhz_s, 0, noise * 3);
		}
		expect_near(test, grid_mains_read(&f, 500).slow_mhz, c->to_mhz,
			    1 + c->jitter_ns / 5000);
	}
}

/* An island that runs away is followed without a halt, to the end of the range. */
static void grid_freq_runaway(struct kunit *test)
{
	struct grid_mains m;
	struct evse_freq f;

	grid_mains_begin(&m, &f, 60000, 130);
	m.uhz_s = 20000000;
	while (m.uhz < 69000000) {
		s32 want = div_s64(m.uhz, 1000);

		grid_mains_feed(&m, &f, 1);
		KUNIT_ASSERT_TRUE(test, grid_mains_read(&f, 500).locked);
		if (want > 64000)
			assert_near(test, grid_mains_read(&f, 500).fast_mhz,
				    want - 20000 * 2500 / want, 250);
	}
	while (m.uhz < 73000000)
		grid_mains_feed(&m, &f, 1);
	KUNIT_EXPECT_FALSE(test, grid_mains_read(&f, 500).locked);
}

/* The shortest RoCoF window is full 0.4 s after the crossings came back. */
static void grid_freq_rocof_after_lock(struct kunit *test)
{
	struct grid_mains m;
	struct evse_freq f;

	evse_freq_init(&f, 50000);
	grid_mains_init(&m, 0, 45000);
	m.uhz_s = 3000000;
	grid_mains_feed(&m, &f, EVSE_FREQ_LOCK);
	expect_near(test, grid_mains_read(&f, 100).rocof_mhz_s, 3000, 300);
	KUNIT_EXPECT_EQ(test, grid_mains_read(&f, 300).rocof_mhz_s, 0);
	grid_mains_feed_until(&m, &f, 400 * NSEC_PER_MSEC);
	expect_near(test, grid_mains_read(&f, 300).rocof_mhz_s, 3000, 300);
	KUNIT_EXPECT_EQ(test, grid_mains_read(&f, 500).rocof_mhz_s, 0);
}

static struct kunit_case grid_freq_change_cases[] = {
	KUNIT_CASE_PARAM(grid_freq_ramp, ramp_gen_params),
	KUNIT_CASE_PARAM(grid_freq_step, step_gen_params),
	KUNIT_CASE(grid_freq_runaway),
	KUNIT_CASE(grid_freq_rocof_after_lock),
	{}
};

static struct kunit_suite grid_freq_change_suite = {
	.name = "evse_grid_freq_change",
	.test_cases = grid_freq_change_cases,
};

kunit_test_suite(grid_freq_change_suite);
