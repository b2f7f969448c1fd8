// SPDX-License-Identifier: GPL-2.0-only
/* Whether a reading of the frequency is sure: jumps that are not told from it. */
#include "grid_mains.h"

static const s32 sure_jumps[] = { 10000, -10000, 20000, -20000, 60000, -60000 };

/* Most half cycles in a row of which a reading may not be sure: two readings */
#define SURE_WAIT	20
/* What a mains that jumps twice may leave in one that is sure, mHz */
#define SURE_WITHIN	350

/* A second jump so many crossings after the first, and a ramp from there on */
struct sure_case {
	u32 mhz;
	s32 mhz_s;
	u32 jitter_ns;
};

static const struct sure_case sure_cases[] = {
	{ 50000 }, { 60000 },
	{ 50000, 500 }, { 50000, -500 }, { 50000, 3000 }, { 50000, -3000 },
	{ 60000, 500 }, { 60000, -500 }, { 60000, 3000 }, { 60000, -3000 },
	{ 50000, 0, 10000 }, { 60000, 0, 10000 },
	{ 50000, 1000, 10000 }, { 60000, -1000, 10000 },
};

static void sure_desc(const struct sure_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u mHz, %d mHz/s, jitter %u ns",
		 c->mhz, c->mhz_s, c->jitter_ns);
}

KUNIT_ARRAY_PARAM(sure, sure_cases, sure_desc);

/* A ramp that a mains can have is frequency: as it begins, goes on and ends. */
static void grid_freq_sure_ramp(struct kunit *test)
{
	const struct sure_case *c = test->param_value;
	unsigned int part, i;

	for (part = 0; part < 8; part++) {
		struct grid_mains m;
		struct evse_freq f;

		grid_mains_begin(&m, &f, c->mhz, 0);
		m.jitter_ns = c->jitter_ns;
		m.seed += part;
		grid_mains_feed(&m, &f, 130);
		m.phase += CYCLE / 16 * part;
		m.now += div_s64(CYCLE / 16 * part, m.uhz);
		m.uhz_s = c->mhz_s * 1000LL;
		for (i = 0; i < 160; i++) {
			if (i == 80)
				m.uhz_s = 0;
			grid_mains_feed(&m, &f, 1);
			KUNIT_ASSERT_TRUE(test, grid_mains_read(&f, 200).sure);
		}
	}
}

/* After jumps: what is sure is right, and before long everything is sure. */
static void sure_after(struct kunit *test, const struct sure_case *c,
		       struct grid_mains *m, struct evse_freq *f)
{
	unsigned int i, waits = 0;

	for (i = 0; i < 50; i++) {
		struct evse_freq_reading r;
		s32 mhz;

		grid_mains_feed(m, f, 1);
		mhz = div_s64(m->uhz, 1000);
		r = grid_mains_read(f, 200);
		waits = r.locked && !r.sure ? waits + 1 : 0;
		KUNIT_ASSERT_LE(test, waits, (unsigned int)SURE_WAIT);
		if (r.sure)
			assert_near(test, r.fast_mhz, mhz - c->mhz_s * 2500 / mhz,
				    SURE_WITHIN + abs(c->mhz_s) / 20);
	}
	KUNIT_EXPECT_TRUE(test, grid_mains_read(f, 200).sure);
}

/* One jump is told from a frequency, and makes no reading doubtful. */
static void grid_freq_sure_jump(struct kunit *test)
{
	const struct sure_case *c = test->param_value;
	unsigned int i, at, k;

	for (i = 0; i < ARRAY_SIZE(sure_jumps); i++)
		for (at = 0; at < 360; at += 24) {
			struct evse_freq_reading r;
			unsigned int doubts = 0;
			struct grid_mains m;
			struct evse_freq f;

			grid_mains_begin(&m, &f, c->mhz, 0);
			m.jitter_ns = c->jitter_ns;
			/* Some comparators are high for less than half of the time. */
			m.high -= at % 16 ? CYCLE / 20 : 0;
			grid_mains_feed(&m, &f, 130);
			m.uhz_s = c->mhz_s * 1000LL;
			grid_mains_feed(&m, &f, 20);
			grid_mains_jump(&m, at, sure_jumps[i]);
			for (k = 0; k < 60; k++) {
				grid_mains_feed(&m, &f, 1);
				r = grid_mains_read(&f, 200);
				KUNIT_ASSERT_TRUE(test, r.locked);
				doubts += !r.sure;
			}
			KUNIT_ASSERT_LE(test, doubts, 1U);
		}
}

/* A second one, from at once to two cycles and a half later, and a ramp that follows */
static void grid_freq_sure_jumps(struct kunit *test)
{
	const struct sure_case *c = test->param_value;
	unsigned int i, k, crossings, deg;

	for (i = 0; i < ARRAY_SIZE(sure_jumps); i++)
		for (k = 0; k < ARRAY_SIZE(sure_jumps); k++)
			for (crossings = 1; crossings < 6; crossings++)
				for (deg = 0; deg < 180; deg += 60) {
					struct grid_mains m;
					struct evse_freq f;

					grid_mains_begin(&m, &f, c->mhz, 0);
					m.jitter_ns = c->jitter_ns;
					grid_mains_feed(&m, &f, 40);
					grid_mains_jump(&m, (deg + k * 45) % 180,
							sure_jumps[i]);
					grid_mains_feed(&m, &f, crossings);
					grid_mains_jump(&m, deg, sure_jumps[k]);
					m.uhz_s = c->mhz_s * 1000LL;
					sure_after(test, c, &m, &f);
				}
}

/* The step of a signal generator is no jump either. */
static void grid_freq_sure_step(struct kunit *test)
{
	static const s32 steps[] = { 200, -200, 636, -636, 1136, -1136, 2000, -2500, 5000 };
	const struct sure_case *c = test->param_value;
	unsigned int i, part, k, doubts;

	for (i = 0; i < ARRAY_SIZE(steps); i++)
		for (part = 0; part < 10; part++) {
			struct grid_mains m;
			struct evse_freq f;

			grid_mains_begin(&m, &f, c->mhz, 0);
			m.jitter_ns = c->jitter_ns;
			m.seed += part;
			grid_mains_feed(&m, &f, 130);
			m.phase += CYCLE / 20 * part;
			m.now += div_s64(CYCLE / 20 * part, m.uhz);
			m.uhz += steps[i] * 1000LL;
			for (k = 0, doubts = 0; k < 60; k++) {
				grid_mains_feed(&m, &f, 1);
				doubts += !grid_mains_read(&f, 200).sure;
			}
			KUNIT_ASSERT_LE(test, doubts, c->jitter_ns ? 1U : 0U);
		}
}

static struct kunit_case grid_freq_sure_cases[] = {
	KUNIT_CASE_PARAM(grid_freq_sure_ramp, sure_gen_params),
	KUNIT_CASE_PARAM(grid_freq_sure_jump, sure_gen_params),
	KUNIT_CASE_PARAM(grid_freq_sure_jumps, sure_gen_params),
	KUNIT_CASE_PARAM(grid_freq_sure_step, sure_gen_params),
	{}
};

static struct kunit_suite grid_freq_sure_suite = {
	.name = "evse_grid_freq_sure",
	.test_cases = grid_freq_sure_cases,
};

kunit_test_suite(grid_freq_sure_suite);
