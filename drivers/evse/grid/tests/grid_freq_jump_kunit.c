// SPDX-License-Identifier: GPL-2.0-only
/* Jumps of the phase: vector shift, and what must not come of it. */
#include "grid_mains.h"

struct jump_case {
	s32 mdeg;
	u32 at_deg;
	s32 mhz_s;
	u32 jitter_ns;
};

static const struct jump_case jump_cases[] = {
	{ 6000, 0 }, { -6000, 0 },
	{ 6000, 90 }, { -6000, 90 },
	{ 6000, 176 }, { -6000, 4 },
	{ 6000, 178 }, { -6000, 178 },
	{ 4500, 178 }, { -4500, 178 },
	{ 20000, 0 }, { -20000, 0 },
	{ 20000, 90 }, { -20000, 90 },
	{ 20000, 165 }, { -20000, 165 },
	{ 20000, 178 }, { -20000, 10 },
	{ 60000, 0 }, { -60000, 0 },
	{ 60000, 45 }, { -60000, 45 },
	{ 60000, 119 }, { -60000, 119 },
	{ 60000, 150 }, { -60000, 150 },
	{ 60000, 179 }, { -60000, 20 },
	{ 89000, 0 }, { -89000, 0 },
	{ 89000, 140 }, { -89000, 140 },
	{ 6000, 30, 0, 10000 }, { -6000, 30, 0, 10000 },
	{ 20000, 30, 0, 10000 }, { -20000, 150, 0, 10000 },
	{ 60000, 150, 0, 10000 }, { -60000, 30, 0, 10000 },
	{ 20000, 30, 0, 50000 }, { -60000, 30, 0, 50000 },
	/* Both at once, as Category III has to ride through. */
	{ 20000, 30, 3000 }, { -20000, 30, 3000 },
	{ 60000, 30, -3000 }, { -60000, 150, -3000 },
	{ 60000, 150, 3000, 10000 }, { -60000, 30, 3000, 10000 },
};

static void jump_desc(const struct jump_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE,
		 "%d mdeg at %u deg, %d mHz/s, jitter %u ns", c->mdeg, c->at_deg,
		 c->mhz_s, c->jitter_ns);
}

KUNIT_ARRAY_PARAM(jump, jump_cases, jump_desc);

/*
 * A jump is shown within two cycles and for five; frequency and RoCoF know
 * nothing of it.
 */
static void jump(struct kunit *test, u32 mhz, bool falling)
{
	const struct jump_case *c = test->param_value;
	const u32 jitter_us = c->jitter_ns / 1000;
	unsigned int i, first = 0, last = 0, false_rocof = 0;
	struct grid_mains m;
	struct evse_freq f;

	grid_mains_begin(&m, &f, mhz, 0);
	m.jitter_ns = c->jitter_ns;
	grid_mains_feed(&m, &f, 130);
	m.uhz_s = c->mhz_s * 1000LL;
	grid_mains_feed(&m, &f, 60);
	if (m.level == falling)
		grid_mains_feed(&m, &f, 1);

	grid_mains_jump(&m, c->at_deg, c->mdeg);
	for (i = 1; i < 100; i++) {
		struct evse_freq_reading slow, r;
		s32 mhz_now;

		grid_mains_feed(&m, &f, 1);
		mhz_now = div_s64(m.uhz, 1000);
		r = grid_mains_read(&f, 100);
		slow = grid_mains_read(&f, 500);
		KUNIT_ASSERT_TRUE(test, r.locked);
		assert_near(test, r.fast_mhz,
			    mhz_now - c->mhz_s * 2500 / (s32)mhz,
			    100 + jitter_us + abs(c->mhz_s) / 60);
		assert_near(test, slow.rocof_mhz_s, c->mhz_s,
			    100 + jitter_us * 5);
		/*
		 * A crossing that the jump has cut short by less than 3 degrees
		 * is in the shortest window until the next one.
		 */
		if (abs(r.rocof_mhz_s - c->mhz_s) > 300 + jitter_us * 110)
			false_rocof++;
		if (!r.shift_mdeg)
			continue;
		first = first ?: i;
		last = i;
		assert_near(test, r.shift_mdeg, c->mdeg, 500 + jitter_us * 50);
		KUNIT_ASSERT_EQ(test, r.shift_mdeg, slow.shift_mdeg);
	}
	KUNIT_EXPECT_GE(test, first, 1U);
	KUNIT_EXPECT_LE(test, first, 5U);
	KUNIT_EXPECT_EQ(test, last - first + 1, 10U);
	KUNIT_EXPECT_LE(test, false_rocof, 1U);
	expect_near(test, grid_mains_read(&f, 500).slow_mhz,
		    div_s64(m.uhz, 1000) - c->mhz_s * 30000 / (s32)mhz,
		    8 + jitter_us / 2 + abs(c->mhz_s) / 20);
}

static void grid_freq_jump(struct kunit *test)
{
	jump(test, 50000, false);
	jump(test, 50000, true);
	jump(test, 60000, false);
	jump(test, 60000, true);
}

/* The larger of two is shown; the frequency forgets both. */
static void grid_freq_jumps(struct kunit *test)
{
	static const s32 mdeg[] = { 20000, -60000, 10000 };
	unsigned int apart, deg, i;

	for (apart = 5; apart < 9; apart++)
		for (deg = 1; deg < 180; deg += 59) {
			struct grid_mains m;
			struct evse_freq f;

			grid_mains_begin(&m, &f, 60000, 130);
			for (i = 0; i < ARRAY_SIZE(mdeg); i++) {
				struct evse_freq_reading r;

				grid_mains_jump(&m, deg, mdeg[i]);
				grid_mains_feed(&m, &f, apart);
				r = grid_mains_read(&f, 500);
				assert_near(test, r.shift_mdeg, mdeg[min(i, 1U)], 500);
				assert_near(test, r.rocof_mhz_s, 0, 20);
				assert_near(test, r.fast_mhz, 60000, 10);
			}
			grid_mains_feed(&m, &f, 20);
			KUNIT_ASSERT_EQ(test, grid_mains_read(&f, 500).shift_mdeg, 0);
			assert_near(test, grid_mains_read(&f, 500).slow_mhz, 60000, 2);
		}
}

/* Before there is a lock, a jump makes it later, and not wrong. */
static void grid_freq_jump_before_lock(struct kunit *test)
{
	s32 deg, after, i;

	for (after = 1; after < EVSE_FREQ_LOCK; after++)
		for (deg = -80; deg <= 80; deg += 20) {
			struct evse_freq_reading r;
			struct grid_mains m;
			struct evse_freq f;

			grid_mains_begin(&m, &f, 50000, after);
			grid_mains_jump(&m, 0, deg * 1000);
			for (i = after; i < 2 * EVSE_FREQ_LOCK; i++) {
				grid_mains_feed(&m, &f, 1);
				r = grid_mains_read(&f, 100);
				if (r.locked)
					assert_near(test, r.fast_mhz, 50000, 1);
			}
			KUNIT_ASSERT_TRUE(test, r.locked);
		}
}

/*
 * Beyond a quarter of a cycle, crossings can be missing. Either the jump is
 * read or the lock goes, and is back in time; never is there a false frequency.
 */
static void grid_freq_far_jump(struct kunit *test)
{
	u32 deg, at, mhz;

	for (mhz = 50000; mhz <= 60000; mhz += 10000)
		for (deg = 90; deg <= 270; deg += 10)
			for (at = 0; at < 360; at += 15) {
				struct grid_mains m;
				struct evse_freq f;
				s64 begin;

				grid_mains_begin(&m, &f, mhz, 60);
				begin = m.now;
				grid_mains_jump(&m, at, deg * 1000);
				while (m.now < begin + 350 * NSEC_PER_MSEC) {
					struct evse_freq_reading r;

					grid_mains_feed(&m, &f, 1);
					r = grid_mains_read(&f, 200);
					if (!r.locked)
						continue;
					assert_near(test, r.fast_mhz, mhz, 100);
					assert_near(test, r.rocof_mhz_s, 0, 300);
				}
				KUNIT_ASSERT_TRUE(test, grid_mains_read(&f, 100).locked);
			}
}

static struct kunit_case grid_freq_jump_cases[] = {
	KUNIT_CASE_PARAM(grid_freq_jump, jump_gen_params),
	KUNIT_CASE(grid_freq_jumps),
	KUNIT_CASE(grid_freq_jump_before_lock),
	KUNIT_CASE(grid_freq_far_jump),
	{}
};

static struct kunit_suite grid_freq_jump_suite = {
	.name = "evse_grid_freq_jump",
	.test_cases = grid_freq_jump_cases,
};

kunit_test_suite(grid_freq_jump_suite);
