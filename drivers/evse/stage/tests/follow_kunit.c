// SPDX-License-Identifier: GPL-2.0-only
/*
 * The follower behind the estimator of the grid guard: comparator edges of a
 * mains in, angle out.
 */
#include <kunit/test.h>
#include <linux/bits.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "../../grid/grid_freq.h"
#include "../follow.h"

#define MDEG(mdeg)	((s64)(mdeg) * 11930)

/* An angle is read so often. */
#define STEP_NS		100000

/* From the edge to its handler. */
#define LATENCY_NS	4000

/**
 * struct follow_bench - a mains, the guard's estimator and the follower
 * @freq: estimator
 * @follow: follower
 * @now: ns
 * @angle: true angle of phase 1, 2^32 is a turn, Q16
 * @uhz: true frequency
 * @ramp_uhz_s: it changes by
 * @jitter_ns: edges come so much earlier or later, at most
 * @random: of the jitter
 * @late_ns: edges come so much later
 * @dead: no edges come
 * @last: angle that was read in the step before
 * @worst: distance from the true angle
 * @fastest: most that an angle moved in a step, relative to the truth, 1/1000
 * @slowest: likewise
 */
struct follow_bench {
	struct evse_freq freq;
	struct evse_follow follow;
	s64 now;
	u64 angle;
	s64 uhz;
	s32 ramp_uhz_s;
	s32 jitter_ns;
	struct rnd_state random;
	s32 late_ns;
	bool dead;
	u32 last;
	s64 worst;
	s32 fastest;
	s32 slowest;
};

static u32 truth(const struct follow_bench *b)
{
	return b->angle >> 16;
}

static struct follow_bench *follow_new(struct kunit *test, u32 mhz)
{
	struct follow_bench *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, b);
	evse_freq_init(&b->freq, mhz < 55000 ? 50000 : 60000);
	evse_follow_init(&b->follow);
	prandom_seed_state(&b->random, 7);
	b->now = 1234567890;
	b->uhz = mhz * 1000LL;
	b->angle = 0x345678901234ULL;
	return b;
}

static void follow_edge(struct follow_bench *b, s64 when, bool rising)
{
	struct evse_freq_reading r;

	when += b->late_ns;
	if (b->jitter_ns)
		when += (s32)(prandom_u32_state(&b->random) % (2 * b->jitter_ns)) -
			b->jitter_ns;
	if (!evse_freq_edge(&b->freq, when, rising) || !rising)
		return;
	evse_freq_read(&b->freq, 500, &r);
	if (!r.locked)
		evse_follow_lost(&b->follow);
	else
		evse_follow_anchor(&b->follow, max(b->now, when) + LATENCY_NS, when, 0,
				   r.fast_mhz * 1000);
}

/* A step of time: an edge when the true angle goes through a half turn. */
static void follow_step(struct follow_bench *b)
{
	/* 2^48 / 10^15, for a microhertz in a nanosecond: 0.28147497 */
	u64 turn = div_u64((u64)b->uhz * (STEP_NS / 1000) * 281474977, 1000000);
	u64 before = b->angle & GENMASK_ULL(46, 0), half = 1ULL << 47;
	u32 angle;
	s32 moved;

	b->uhz += b->ramp_uhz_s / (s32)(NSEC_PER_SEC / STEP_NS);
	if (before + turn >= half && !b->dead) {
		s64 when = b->now + div64_u64((half - before) * STEP_NS, turn);

		follow_edge(b, when, b->angle & half);
	}
	b->angle = (b->angle + turn) & GENMASK_ULL(47, 0);
	b->now += STEP_NS;
	if (b->now > evse_freq_deadline(&b->freq)) {
		evse_freq_lost(&b->freq);
		evse_follow_lost(&b->follow);
	}

	angle = evse_follow_angle(&b->follow, b->now + LATENCY_NS);
	moved = div_s64((s64)(s32)(angle - b->last) * 1000, (s32)(turn >> 16));
	b->last = angle;
	b->fastest = max(b->fastest, moved);
	b->slowest = min(b->slowest, moved);
	/* The truth is that of now, the reading a little later. */
	angle -= (u32)(turn >> 16) / (STEP_NS / LATENCY_NS);
	b->worst = max_t(s64, b->worst, abs((s64)(s32)(angle - truth(b))));
}

static bool follow_is_locked(const struct follow_bench *b)
{
	return evse_follow_locked(&b->follow, b->now);
}

static void follow_fresh(struct follow_bench *b)
{
	b->worst = 0;
	b->fastest = 1000;
	b->slowest = 1000;
	b->last = evse_follow_angle(&b->follow, b->now + LATENCY_NS);
}

/* Returns whether it was locked all the time. */
static bool follow_pass(struct follow_bench *b, u32 ms)
{
	bool locked = true;
	u32 i;

	for (i = 0; i < ms * 10; i++) {
		follow_step(b);
		locked &= follow_is_locked(b);
	}
	return locked;
}

/* No jump: the slew of 1/32, and what the guard's frequency is off by. */
static void follow_expect_smooth(struct kunit *test, const struct follow_bench *b)
{
	KUNIT_EXPECT_LE(test, b->fastest, 1034);
	KUNIT_EXPECT_GE(test, b->slowest, 966);
}

struct follow_case {
	const char *name;
	u32 mhz;
	s32 jitter_ns;
	s32 ramp_mhz_s;
	u32 ms;
	s32 worst_mdeg;
};

static const struct follow_case follow_table[] = {
	{ "50 Hz", 50000, 0, 0, 3000, 20 },
	{ "60 Hz", 60000, 0, 0, 3000, 20 },
	{ "47.512 Hz", 47512, 0, 0, 3000, 20 },
	{ "61.773 Hz", 61773, 0, 0, 3000, 20 },
	{ "50 Hz, jitter of 5 us", 50000, 5000, 0, 5000, 200 },
	{ "60 Hz, jitter of 5 us", 60000, 5000, 0, 5000, 200 },
	{ "50 Hz, jitter of 50 us", 50000, 50000, 0, 5000, 1800 },
	{ "60 Hz, jitter of 50 us", 60000, 50000, 0, 5000, 2000 },
	{ "50 Hz, 1 Hz/s", 50000, 0, 1000, 2000, 1200 },
	/* Steeper than one late interrupt may be: told from it a cycle later. */
	{ "50 Hz, -2 Hz/s", 50000, 0, -2000, 2000, 3000 },
	{ "60 Hz, 3 Hz/s", 60000, 0, 3000, 1200, 3200 },
	{ "60 Hz, -1 Hz/s, jitter of 10 us", 60000, 10000, -1000, 2000, 1100 },
};

static void follow_desc(const struct follow_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(follow, follow_table, follow_desc);

static void follow_steady(struct kunit *test)
{
	const struct follow_case *c = test->param_value;
	struct follow_bench *b = follow_new(test, c->mhz);

	b->jitter_ns = c->jitter_ns;
	KUNIT_EXPECT_FALSE(test, follow_pass(b, 150));
	follow_pass(b, 850);
	KUNIT_ASSERT_TRUE(test, follow_is_locked(b));

	b->ramp_uhz_s = c->ramp_mhz_s * 1000;
	follow_fresh(b);
	KUNIT_EXPECT_TRUE(test, follow_pass(b, c->ms));
	kunit_info(test, "worst %lld mdeg\n", div_s64(b->worst, 11930));
	KUNIT_EXPECT_LE(test, b->worst, MDEG(c->worst_mdeg));
	follow_expect_smooth(test, b);
}

/* An interrupt that comes late, now and then: no phase, and no frequency. */
static void follow_late(struct kunit *test)
{
	static const u32 mhz[] = { 50000, 60000 };
	u32 i, k;

	for (i = 0; i < ARRAY_SIZE(mhz); i++) {
		struct follow_bench *b = follow_new(test, mhz[i]);

		follow_pass(b, 1500);
		follow_fresh(b);
		for (k = 0; k < 20; k++) {
			b->late_ns = 100000;
			KUNIT_EXPECT_TRUE(test, follow_pass(b, 20));
			b->late_ns = 0;
			KUNIT_EXPECT_TRUE(test, follow_pass(b, 230));
		}
		kunit_info(test, "worst %lld mdeg\n", div_s64(b->worst, 11930));
		KUNIT_EXPECT_LE(test, b->worst, MDEG(250));
	}
}

/* The lock goes, comes back, and nothing jumps meanwhile. */
static void follow_jump(struct kunit *test)
{
	static const s32 jumps[] = { 20, -20, 60, -60 };
	static const u32 mhz[] = { 50000, 60000 };
	u32 i;

	for (i = 0; i < 2 * ARRAY_SIZE(jumps); i++) {
		struct follow_bench *b = follow_new(test, mhz[i & 1]);
		u32 ms = 0;

		follow_pass(b, 1000);
		KUNIT_ASSERT_TRUE(test, follow_is_locked(b));
		follow_fresh(b);
		b->angle += div_s64(jumps[i / 2] * (1LL << 48), 360);
		b->angle &= GENMASK_ULL(47, 0);
		/* Seen with the next crossing to positive. */
		KUNIT_EXPECT_FALSE(test, follow_pass(b, 30));
		KUNIT_EXPECT_FALSE(test, follow_is_locked(b));
		for (; !follow_is_locked(b) && ms < 1000; ms++)
			follow_pass(b, 1);
		kunit_info(test, "%d degrees at %u mHz: locked again after %u ms\n",
			   jumps[i / 2], mhz[i & 1], ms + 30);
		KUNIT_EXPECT_LE(test, ms, 600U);
		follow_expect_smooth(test, b);
		follow_pass(b, 500);
		follow_fresh(b);
		KUNIT_EXPECT_TRUE(test, follow_pass(b, 1000));
		KUNIT_EXPECT_LE(test, b->worst, MDEG(20));
	}
}

/* A grid that is gone: the guard says so at once, and the lock with it. */
static void follow_gone(struct kunit *test)
{
	struct follow_bench *b = follow_new(test, 50000);
	u32 i;

	follow_pass(b, 1000);
	follow_fresh(b);
	b->dead = true;
	/* A half cycle at most until the crossing that is missing, and half of one. */
	for (i = 0; i < 260 && follow_is_locked(b); i++)
		follow_step(b);
	KUNIT_EXPECT_LE(test, i, 160U);
	follow_pass(b, 500);
	KUNIT_EXPECT_FALSE(test, follow_is_locked(b));
	follow_expect_smooth(test, b);

	b->dead = false;
	KUNIT_EXPECT_FALSE(test, follow_pass(b, 100));
	follow_pass(b, 400);
	KUNIT_EXPECT_TRUE(test, follow_is_locked(b));

	evse_follow_lost(&b->follow);
	KUNIT_EXPECT_FALSE(test, follow_is_locked(b));
}

/* Anchors by hand: one is missing, three are, none came, some that are none. */
static void follow_anchors(struct kunit *test)
{
	const s64 cycle = 20000000;
	struct evse_follow f;
	s64 t = 1000;
	u32 i, angle;

	evse_follow_init(&f);
	KUNIT_EXPECT_FALSE(test, evse_follow_locked(&f, 0));
	KUNIT_EXPECT_EQ(test, evse_follow_angle(&f, 1000000), 0U);
	for (i = 0; i <= EVSE_FOLLOW_LOCK; i++, t += cycle) {
		KUNIT_EXPECT_FALSE(test, evse_follow_locked(&f, t));
		evse_follow_anchor(&f, t, t, 0, 50000000);
	}
	KUNIT_EXPECT_TRUE(test, evse_follow_locked(&f, t));

	t += cycle;
	KUNIT_EXPECT_TRUE(test, evse_follow_locked(&f, t - 1));
	angle = evse_follow_angle(&f, t);
	KUNIT_EXPECT_LE(test, abs((s32)angle), MDEG(10));
	evse_follow_anchor(&f, t, t, 0, 50000000);
	KUNIT_EXPECT_TRUE(test, evse_follow_locked(&f, t));

	t += 3 * cycle;
	KUNIT_EXPECT_FALSE(test, evse_follow_locked(&f, t));
	evse_follow_anchor(&f, t, t, 0, 50000000);
	KUNIT_EXPECT_FALSE(test, evse_follow_locked(&f, t));

	for (i = 0; i < EVSE_FOLLOW_LOCK; i++) {
		t += cycle;
		evse_follow_anchor(&f, t, t, 0, 50000000);
	}
	KUNIT_EXPECT_TRUE(test, evse_follow_locked(&f, t));
	evse_follow_anchor(&f, t + cycle, t + cycle, 0, 39999999);
	KUNIT_EXPECT_FALSE(test, evse_follow_locked(&f, t + cycle));
	evse_follow_anchor(&f, t + cycle, t + cycle, 0, U32_MAX);
	KUNIT_EXPECT_FALSE(test, evse_follow_locked(&f, t + cycle));
	/* A moment that nobody means: the angle stays where it was, and defined. */
	evse_follow_angle(&f, S64_MAX / 2);
	evse_follow_angle(&f, 0);
}

/* An anchor may be anywhere in the cycle. */
static void follow_delayed(struct kunit *test)
{
	const u32 at = 0x08000000;
	struct evse_follow f;
	s64 t = 0;
	u32 i;

	evse_follow_init(&f);
	for (i = 0; i < 150; i++, t += 20000000) {
		s64 now = t + 700000;
		u32 before = evse_follow_angle(&f, now);

		/* The second is off by much: no jump either. */
		evse_follow_anchor(&f, now, t, i == 1 ? at + 0x10000000 : at, 50000000);
		if (i)
			KUNIT_EXPECT_EQ(test, evse_follow_angle(&f, now), before);
	}
	KUNIT_EXPECT_TRUE(test, evse_follow_locked(&f, t));
	KUNIT_EXPECT_LE(test, abs((s32)(evse_follow_angle(&f, t) - at)), MDEG(1));
	KUNIT_EXPECT_LE(test, abs((s32)(evse_follow_angle(&f, t + 5000000) - at -
					0x40000000)), MDEG(1));
}

static struct kunit_case follow_cases[] = {
	KUNIT_CASE_PARAM(follow_steady, follow_gen_params),
	KUNIT_CASE(follow_late),
	KUNIT_CASE(follow_jump),
	KUNIT_CASE(follow_gone),
	KUNIT_CASE(follow_anchors),
	KUNIT_CASE(follow_delayed),
	{}
};

static struct kunit_suite follow_suite = {
	.name = "evse_stage_follow",
	.test_cases = follow_cases,
};

kunit_test_suite(follow_suite);
