// SPDX-License-Identifier: GPL-2.0-only
/*
 * Residual current: every point of the curves against numbers from the formula,
 * currents that change, and those that must not trip.
 */
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/prandom.h>

#include "../residual_curve.h"

#define NOW		((ktime_t)1 << 40)
#define BREAK_NS	(20 * NSEC_PER_MSEC)
#define HOUR_NS		(3600LL * NSEC_PER_SEC)

/* T = (20 mA / I)^1.43 s, that of 264 mA above it, in microseconds */
static const struct reference {
	u32 ma;
	u32 us;
} references[] = {
	{ 4, 9989117 }, { 5, 7260153 }, { 6, 5593925 }, { 7, 4487275 },
	{ 8, 3707270 }, { 9, 3132608 }, { 10, 2694467 }, { 11, 2351156 },
	{ 12, 2076078 }, { 13, 1851543 }, { 14, 1665366 }, { 15, 1508907 },
	{ 16, 1375882 }, { 17, 1261627 }, { 18, 1162608 }, { 19, 1076106 },
	{ 20, 1000000 }, { 21, 932608 }, { 22, 872586 }, { 23, 818846 },
	{ 24, 770497 }, { 25, 726806 }, { 26, 687165 }, { 27, 651063 },
	{ 28, 618069 }, { 29, 587819 }, { 30, 560002 }, { 32, 510632 },
	{ 34, 468229 }, { 36, 431480 }, { 38, 399376 }, { 40, 371131 },
	{ 42, 346120 }, { 44, 323844 }, { 46, 303899 }, { 48, 285955 },
	{ 50, 269740 }, { 52, 255028 }, { 54, 241629 }, { 56, 229384 },
	{ 58, 218158 }, { 60, 207834 }, { 62, 198314 }, { 64, 189511 },
	{ 66, 181353 }, { 68, 173774 }, { 70, 166718 }, { 72, 160135 },
	{ 74, 153983 }, { 76, 148221 }, { 78, 142816 }, { 80, 137738 },
	{ 82, 132959 }, { 84, 128456 }, { 86, 124205 }, { 88, 120188 },
	{ 90, 116387 }, { 92, 112786 }, { 94, 109370 }, { 96, 106127 },
	{ 98, 103043 }, { 100, 100109 }, { 102, 97314 }, { 104, 94649 },
	{ 106, 92105 }, { 108, 89676 }, { 110, 87354 }, { 112, 85132 },
	{ 114, 83004 }, { 116, 80965 }, { 118, 79010 }, { 120, 77134 },
	{ 122, 75332 }, { 124, 73600 }, { 126, 71935 }, { 128, 70334 },
	{ 130, 68791 }, { 132, 67306 }, { 134, 65874 }, { 136, 64493 },
	{ 138, 63161 }, { 140, 61874 }, { 142, 60632 }, { 144, 59431 },
	{ 146, 58270 }, { 148, 57148 }, { 150, 56061 }, { 152, 55009 },
	{ 154, 53991 }, { 156, 53004 }, { 158, 52047 }, { 160, 51119 },
	{ 162, 50219 }, { 164, 49345 }, { 166, 48497 }, { 168, 47674 },
	{ 170, 46874 }, { 172, 46096 }, { 174, 45341 }, { 176, 44606 },
	{ 178, 43891 }, { 180, 43195 }, { 182, 42518 }, { 184, 41858 },
	{ 186, 41216 }, { 188, 40591 }, { 190, 39981 }, { 192, 39387 },
	{ 194, 38808 }, { 196, 38243 }, { 198, 37691 }, { 200, 37154 },
	{ 202, 36629 }, { 204, 36116 }, { 206, 35616 }, { 208, 35127 },
	{ 210, 34650 }, { 212, 34183 }, { 214, 33727 }, { 216, 33282 },
	{ 218, 32846 }, { 220, 32420 }, { 222, 32003 }, { 224, 31595 },
	{ 226, 31196 }, { 228, 30805 }, { 230, 30423 }, { 232, 30049 },
	{ 234, 29682 }, { 236, 29323 }, { 238, 28971 }, { 240, 28627 },
	{ 242, 28289 }, { 244, 27958 }, { 246, 27633 }, { 248, 27315 },
	{ 250, 27003 }, { 252, 26697 }, { 254, 26397 }, { 256, 26103 },
	{ 258, 25814 }, { 260, 25531 }, { 262, 25252 }, { 264, 24979 },
	{ 300, 24979 }, { 500, 24979 }, { 1000, 24979 }, { 30000, 24979 },
};

static const s64 intervals[] = {
	NSEC_PER_MSEC, 5 * NSEC_PER_MSEC, 10 * NSEC_PER_MSEC,
};

/* The curve alone, without the limit. */
static struct evse_residual_profile curve_of(enum evse_residual_kind kind)
{
	struct evse_residual_profile profile = evse_residual_profiles[kind];

	profile.limit_ua = 0;
	return profile;
}

/* Time from the start of a current to the decision, or S64_MAX after an hour. */
static s64 decides_after(const struct evse_residual_profile *profile, s32 ua,
			 s64 interval, s64 late)
{
	struct evse_residual r;
	s64 at;

	evse_residual_init(&r, profile, interval + BREAK_NS);
	evse_residual_step(&r, 0, NOW + late - interval);
	for (at = late; at < HOUR_NS; at += interval) {
		if (evse_residual_step(&r, ua, NOW + at))
			return at;
		/* An hour of readings, not of milliseconds. */
		if (at > 20LL * NSEC_PER_SEC)
			interval = NSEC_PER_SEC;
	}
	return S64_MAX;
}

/* The current began right at a reading, or right after one. */
static void in_time(struct kunit *test, const struct evse_residual_profile *profile,
		    s32 ua, s64 t)
{
	s64 lates[2] = { }, after, most, least;
	int i, j;

	for (i = 0; i < ARRAY_SIZE(intervals); i++) {
		lates[1] = intervals[i] - 1;
		for (j = 0; j < ARRAY_SIZE(lates); j++) {
			after = decides_after(profile, ua, intervals[i], lates[j]);
			most = max(t + div_s64(t, 10000) - BREAK_NS, lates[j]);
			least = t - div_s64(t, 200) - BREAK_NS - 2 * intervals[i];
			KUNIT_EXPECT_LE_MSG(test, after, most,
					    "%d uA, every %lld ns, %lld ns late", ua,
					    intervals[i], lates[j]);
			KUNIT_EXPECT_GE_MSG(test, after, least,
					    "%d uA, every %lld ns, %lld ns late", ua,
					    intervals[i], lates[j]);
		}
	}
}

static void residual_formula(struct kunit *test)
{
	const struct evse_residual_profile ccid5 = curve_of(EVSE_RESIDUAL_CCID5);
	const struct evse_residual_profile ccid20 = curve_of(EVSE_RESIDUAL_CCID20);
	const struct reference *r;
	s64 t;

	for (r = references; r < references + ARRAY_SIZE(references); r++) {
		t = (s64)r->us * NSEC_PER_USEC;
		if (r->ma >= 5) {
			in_time(test, &ccid5, r->ma * 1000, t);
			in_time(test, &ccid5, r->ma * -1000, t);
		}
		if (r->ma >= 20)
			in_time(test, &ccid20, r->ma * 1000, t);
	}
}

static void residual_steps(struct kunit *test)
{
	const struct evse_residual_profile iec = curve_of(EVSE_RESIDUAL_IEC62955);
	s32 ua;

	for (ua = 6000; ua < 60000; ua += 4321)
		in_time(test, &iec, ua, 10LL * NSEC_PER_SEC);
	in_time(test, &iec, 59999, 10LL * NSEC_PER_SEC);
	for (ua = 60000; ua < 200000; ua += 2797)
		in_time(test, &iec, ua, 300 * NSEC_PER_MSEC);
	in_time(test, &iec, 199999, 300 * NSEC_PER_MSEC);
	for (ua = 200000; ua < 2000000; ua += 99991)
		in_time(test, &iec, -ua, 100 * NSEC_PER_MSEC);
}

static void residual_must_not(struct kunit *test)
{
	const struct evse_residual_profile *p;
	s32 ua;
	int i;

	for (i = 0; i < EVSE_RESIDUAL_PROFILES; i++) {
		p = &evse_residual_profiles[i];
		for (ua = 0; ua <= p->must_not_ua; ua += 500) {
			KUNIT_EXPECT_EQ_MSG(test, S64_MAX,
					    decides_after(p, ua, intervals[2], 0),
					    "%s, %d uA", p->name, ua);
			KUNIT_EXPECT_EQ_MSG(test, S64_MAX,
					    decides_after(p, -ua, intervals[2], 0),
					    "%s, %d uA", p->name, -ua);
		}
	}
}

/* Whatever came before, a current that must not trip does not. */
static void residual_must_not_after(struct kunit *test)
{
	struct evse_residual r;
	ktime_t now = NOW;
	int i;

	evse_residual_init(&r, &evse_residual_profiles[EVSE_RESIDUAL_CCID20],
			   BREAK_NS);
	for (i = 0; i < 95; i++) {
		KUNIT_ASSERT_FALSE(test, evse_residual_step(&r, 20000, now));
		now += 10 * NSEC_PER_MSEC;
	}
	KUNIT_EXPECT_FALSE(test, evse_residual_step(&r, 15000, now + 10 * HOUR_NS));
	KUNIT_EXPECT_FALSE(test, evse_residual_step(&r, 15001, now + 11 * HOUR_NS));
	KUNIT_EXPECT_FALSE(test, evse_residual_step(&r, 19999, now + 12 * HOUR_NS));
}

struct limit_step {
	s32 ua;
	bool trips;
};

/* R03: above 5 mA isolates, one reading is noise. */
static void residual_limit(struct kunit *test)
{
	static const struct limit_step steps[] = {
		{ 5001, false }, { 5000, false }, { -5001, false }, { 5001, true },
		{ 4500, true }, { 4000, false }, { 4001, false }, { 6000, false },
		{ 6000, true }, { 0, false },
	};
	struct evse_residual r;
	ktime_t now = NOW;
	int i;

	evse_residual_init(&r, &evse_residual_profiles[EVSE_RESIDUAL_CCID5],
			   BREAK_NS);
	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		now += NSEC_PER_MSEC;
		KUNIT_EXPECT_EQ_MSG(test, steps[i].trips,
				    evse_residual_step(&r, steps[i].ua, now),
				    "step %d", i);
	}
	KUNIT_EXPECT_FALSE(test, evse_residual_step(&r, S32_MIN, now));
	KUNIT_EXPECT_TRUE(test, evse_residual_step(&r, S32_MIN, now));

	/* No other profile has it. */
	evse_residual_init(&r, &evse_residual_profiles[EVSE_RESIDUAL_IEC62955],
			   BREAK_NS);
	KUNIT_EXPECT_FALSE(test, evse_residual_step(&r, 5900, now));
	KUNIT_EXPECT_FALSE(test, evse_residual_step(&r, 5900, now + NSEC_PER_SEC));
}

/* A reading is quiet just when the guard would never trip from it. */
static void residual_self_test(struct kunit *test)
{
	const struct evse_residual_profile *p;
	struct evse_residual r;
	s32 ua;
	int i;

	for (i = 0; i < EVSE_RESIDUAL_PROFILES; i++) {
		p = &evse_residual_profiles[i];
		evse_residual_init(&r, p, BREAK_NS);
		for (ua = 0; ua <= 25000; ua += 250) {
			bool never = decides_after(p, ua, intervals[1], 0) == S64_MAX;

			KUNIT_EXPECT_EQ_MSG(test, never, evse_residual_quiet(&r, ua),
					    "%s, %d uA", p->name, ua);
			KUNIT_EXPECT_EQ_MSG(test, never, evse_residual_quiet(&r, -ua),
					    "%s, %d uA", p->name, -ua);
			KUNIT_EXPECT_EQ_MSG(test, ua >= p->answer_ua,
					    evse_residual_answers(&r, ua),
					    "%s, %d uA", p->name, ua);
			KUNIT_EXPECT_EQ_MSG(test, ua >= p->answer_ua,
					    evse_residual_answers(&r, -ua),
					    "%s, %d uA", p->name, -ua);
		}
		KUNIT_EXPECT_TRUE(test, evse_residual_answers(&r, S32_MIN));
		KUNIT_EXPECT_FALSE(test, evse_residual_quiet(&r, S32_MIN));
	}
}

/* 20 mA for a part of every second: true when it trips within @seconds. */
static bool pulses_trip(int on_ms, int seconds)
{
	const struct evse_residual_profile ccid5 = curve_of(EVSE_RESIDUAL_CCID5);
	struct evse_residual r;
	int ms;

	evse_residual_init(&r, &ccid5, BREAK_NS);
	for (ms = 0; ms < seconds * 1000; ms += 5)
		if (evse_residual_step(&r, ms % 1000 < on_ms ? 20000 : 0,
				       NOW + ms * (s64)NSEC_PER_MSEC))
			return true;
	return false;
}

/* A current that comes and goes adds up, a rare one does not. */
static void residual_pulses(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, pulses_trip(500, 3));
	KUNIT_EXPECT_FALSE(test, pulses_trip(500, 2));
	KUNIT_EXPECT_FALSE(test, pulses_trip(50, 600));
}

/*
 * A current that jumps: once the parts of its trip times add up to one, it has
 * tripped, and not much before.
 */
static void residual_changes(struct kunit *test)
{
	const struct evse_residual_profile ccid5 = curve_of(EVSE_RESIDUAL_CCID5);
	const struct reference *last = references + ARRAY_SIZE(references) - 1;
	const struct reference *ref = references + 1;
	const s64 whole = 1000000000;
	/* What one reading looks ahead, and the interval before a jump. */
	const s64 ahead = 2 * div_s64(whole * 1000, last->us);
	struct rnd_state rnd;
	struct evse_residual r;
	bool tripped;
	int round, ms;
	s64 used;

	prandom_seed_state(&rnd, 20240615);
	for (round = 0; round < 300; round++) {
		evse_residual_init(&r, &ccid5, NSEC_PER_MSEC);
		used = 0;
		tripped = false;
		for (ms = 0; ms < 10000 && !tripped; ms++) {
			if (!(prandom_u32_state(&rnd) % 40))
				ref = references + 1 + prandom_u32_state(&rnd) %
				      (round % 2 ? 20 : ARRAY_SIZE(references) - 1);
			tripped = evse_residual_step(&r, ref->ma * 1000,
						     NOW + ms * (s64)NSEC_PER_MSEC);
			if (tripped)
				break;
			used += div_s64(whole * 1000, ref->us);
			KUNIT_ASSERT_LT_MSG(test, used, whole + whole / 10000,
					    "round %d, %d ms", round, ms);
		}
		KUNIT_EXPECT_TRUE(test, tripped);
		KUNIT_EXPECT_GE(test, used, whole * 9 / 10 - ahead);
	}
}

static struct kunit_case residual_cases[] = {
	KUNIT_CASE(residual_formula),
	KUNIT_CASE(residual_steps),
	KUNIT_CASE(residual_must_not),
	KUNIT_CASE(residual_must_not_after),
	KUNIT_CASE(residual_limit),
	KUNIT_CASE(residual_self_test),
	KUNIT_CASE(residual_pulses),
	KUNIT_CASE(residual_changes),
	{}
};

static struct kunit_suite residual_suite = {
	.name = "evse_residual_curve",
	.test_cases = residual_cases,
};

kunit_test_suite(residual_suite);
