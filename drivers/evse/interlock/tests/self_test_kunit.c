// SPDX-License-Identifier: GPL-2.0-only
/*
 * Self-test of a sensor: tests step by step, then sensors that do whatever they
 * like, judged by what an answer has to stand for.
 */
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/prandom.h>

#include "../self_test.h"

#define NOW		((ktime_t)1 << 40)

#define START	EVSE_SELF_TEST_START
#define CANCEL	EVSE_SELF_TEST_CANCEL
#define TICK	EVSE_SELF_TEST_TICK
#define NONE	EVSE_SELF_TEST_NONE
#define PASSED	EVSE_SELF_TEST_PASSED
#define END	{ .at = -1 }

/* What the sensor shows in a line of a script. */
#define Q	0		/* quiet */
#define L	1		/* its line says fault */
#define C	2		/* its channel does */
#define M	4		/* its channel says something between quiet and fault */
#define OLD	8		/* the reading is an old one */

struct script_line {
	int at;
	enum evse_self_test_event event;
	int shows;
	bool drive;
	bool masks;
	enum evse_self_test_verdict verdict;
};

struct script {
	const char *name;
	bool line;
	bool channel;
	bool drive;
	struct script_line lines[14];
};

/* Quiet within 10, answers within 100, clears within 50, settles for 5. */
static struct evse_self_test_plan plan_of(bool line, bool channel, bool drive)
{
	return (struct evse_self_test_plan) {
		.line = line,
		.channel = channel,
		.drive = drive,
		.quiet_ns = 10,
		.answer_ns = 100,
		.clear_ns = 50,
		.settle_ns = 5,
	};
}

static const struct script scripts[] = {
	{ "line: passes", true, false, true, {
		{ 0, START, Q, true, true, NONE },
		{ 10, TICK, Q, true, true, NONE },
		{ 20, TICK, L, false, true, NONE },
		{ 30, TICK, L, false, true, NONE },
		{ 40, TICK, Q, false, true, NONE },
		{ 44, TICK, Q, false, true, NONE },
		{ 45, TICK, Q, false, false, PASSED },
		{ 46, TICK, Q, false, false, NONE },
		END } },
	{ "line: bounces as it clears", true, false, true, {
		{ 0, START, Q, true, true, NONE },
		{ 20, TICK, L, false, true, NONE },
		{ 40, TICK, Q, false, true, NONE },
		{ 42, TICK, L, false, true, NONE },
		{ 43, TICK, Q, false, true, NONE },
		{ 45, TICK, Q, false, true, NONE },
		{ 48, TICK, Q, false, false, PASSED },
		END } },
	{ "line: fault before", true, false, true, {
		{ 0, START, L, false, false, NONE },
		{ 9, TICK, L, false, false, NONE },
		{ 10, TICK, L, false, false, EVSE_SELF_TEST_FAULT },
		{ 11, TICK, Q, false, false, NONE },
		END } },
	{ "line: fault before that goes in time", true, false, true, {
		{ 0, START, L, false, false, NONE },
		{ 9, TICK, Q, true, true, NONE },
		END } },
	{ "line: does not answer, then does", true, false, true, {
		{ 0, START, Q, true, true, NONE },
		{ 99, TICK, Q, true, true, NONE },
		{ 100, TICK, Q, false, true, EVSE_SELF_TEST_NO_LINE },
		{ 101, TICK, L, false, true, NONE },
		{ 120, TICK, Q, false, true, NONE },
		{ 125, TICK, Q, false, false, NONE },
		END } },
	{ "line: does not clear", true, false, true, {
		{ 0, START, Q, true, true, NONE },
		{ 20, TICK, L, false, true, NONE },
		{ 69, TICK, L, false, true, NONE },
		{ 70, TICK, L, false, false, EVSE_SELF_TEST_STUCK },
		END } },
	{ "line: cancelled while driven, and started again", true, false, true, {
		{ 0, START, Q, true, true, NONE },
		{ 20, CANCEL, Q, false, true, NONE },
		{ 21, START, L, false, true, NONE },
		{ 30, TICK, Q, false, true, NONE },
		{ 34, TICK, Q, false, true, NONE },
		{ 35, TICK, Q, true, true, NONE },
		{ 40, TICK, L, false, true, NONE },
		{ 41, TICK, Q, false, true, NONE },
		{ 46, TICK, Q, false, false, PASSED },
		END } },
	{ "line: cancelled for good", true, false, true, {
		{ 0, START, Q, true, true, NONE },
		{ 20, CANCEL, L, false, true, NONE },
		{ 21, CANCEL, L, false, true, NONE },
		{ 69, TICK, L, false, true, NONE },
		{ 70, TICK, L, false, false, NONE },
		END } },
	{ "line: started twice is started once", true, false, true, {
		{ 0, START, Q, true, true, NONE },
		{ 50, START, Q, true, true, NONE },
		{ 100, TICK, Q, false, true, EVSE_SELF_TEST_NO_LINE },
		END } },
	{ "channel: old readings say nothing", false, true, true, {
		{ 0, START, Q | OLD, false, false, NONE },
		{ 5, TICK, Q, true, true, NONE },
		{ 6, TICK, C | OLD, true, true, NONE },
		{ 7, TICK, C, false, true, NONE },
		{ 8, TICK, Q | OLD, false, true, NONE },
		{ 9, TICK, Q, false, true, NONE },
		{ 14, TICK, Q, false, false, PASSED },
		END } },
	{ "channel: one reading of a fault is noise", false, true, true, {
		{ 0, START, C, false, false, NONE },
		{ 5, TICK, Q, true, true, NONE },
		END } },
	{ "channel: fault before", false, true, true, {
		{ 0, START, C, false, false, NONE },
		{ 5, TICK, C, false, false, NONE },
		{ 10, TICK, C, false, false, EVSE_SELF_TEST_FAULT },
		END } },
	{ "channel: less than an answer is not quiet before", false, true, true, {
		{ 0, START, M, false, false, NONE },
		{ 10, TICK, M, false, false, EVSE_SELF_TEST_FAULT },
		END } },
	{ "channel: nor is it an answer, nor quiet after", false, true, true, {
		{ 0, START, Q, true, true, NONE },
		{ 5, TICK, M, true, true, NONE },
		{ 10, TICK, C, false, true, NONE },
		{ 20, TICK, M, false, true, NONE },
		{ 30, TICK, Q, false, true, NONE },
		{ 34, TICK, M, false, true, NONE },
		{ 40, TICK, Q, false, true, NONE },
		{ 45, TICK, Q, false, false, PASSED },
		END } },
	{ "channel: less than an answer that stays", false, true, true, {
		{ 0, START, Q, true, true, NONE },
		{ 10, TICK, C, false, true, NONE },
		{ 59, TICK, M, false, true, NONE },
		{ 60, TICK, M, false, false, EVSE_SELF_TEST_STUCK },
		END } },
	{ "channel: silent", false, true, true, {
		{ 0, START, Q | OLD, false, false, NONE },
		{ 9, TICK, Q | OLD, false, false, NONE },
		{ 10, TICK, Q | OLD, false, false, EVSE_SELF_TEST_SILENT },
		END } },
	{ "both: both have to answer", true, true, true, {
		{ 0, START, Q, true, true, NONE },
		{ 10, TICK, L, true, true, NONE },
		{ 100, TICK, L, false, true, EVSE_SELF_TEST_NO_CHANNEL },
		END } },
	{ "both: both have to clear", true, true, true, {
		{ 0, START, Q, true, true, NONE },
		{ 10, TICK, L | C, false, true, NONE },
		{ 20, TICK, C, false, true, NONE },
		{ 60, TICK, C, false, false, EVSE_SELF_TEST_STUCK },
		END } },
	{ "no test input: quiet is enough", true, true, false, {
		{ 0, START, Q | OLD, false, false, NONE },
		{ 3, TICK, Q, false, false, PASSED },
		{ 4, START, C, false, false, NONE },
		{ 14, TICK, C, false, false, EVSE_SELF_TEST_FAULT },
		{ 15, START, L | OLD, false, false, NONE },
		{ 25, TICK, L | OLD, false, false, EVSE_SELF_TEST_FAULT },
		{ 26, START, Q, false, false, PASSED },
		END } },
};

static void script_desc(const struct script *s, char *desc)
{
	strscpy(desc, s->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(script, scripts, script_desc);

static void self_test_script(struct kunit *test)
{
	const struct script *s = test->param_value;
	const struct evse_self_test_plan plan = plan_of(s->line, s->channel, s->drive);
	const struct script_line *l;
	struct evse_self_test t;
	int i;

	evse_self_test_init(&t, &plan);
	for (i = 0; s->lines[i].at >= 0; i++) {
		struct evse_self_test_seen seen;

		l = &s->lines[i];
		seen.line = l->shows & L;
		seen.channel = l->shows & C;
		seen.quiet = !(l->shows & (C | M));
		seen.taken = l->shows & OLD ? NOW - 1 : NOW + l->at;
		KUNIT_EXPECT_EQ_MSG(test, l->verdict,
				    evse_self_test_event(&t, l->event, &seen, NOW + l->at),
				    "line %d", i);
		KUNIT_EXPECT_EQ_MSG(test, l->drive, t.drive, "line %d", i);
		KUNIT_EXPECT_EQ_MSG(test, l->masks, evse_self_test_masks(&t), "line %d", i);
	}
}

/* What a whole test has shown, as somebody outside keeps it. */
struct witness {
	bool waits;
	ktime_t started;
	bool quiet;		/* before it was driven */
	bool answered;		/* while it was driven */
	bool cleared;		/* after that */
	ktime_t idle;		/* masked only until then, once not driven */
};

static void witness_sees(struct witness *w, const struct evse_self_test *t,
			 bool was_driven, bool any, bool all)
{
	if (!was_driven && !w->answered && !any)
		w->quiet = true;
	if (was_driven && all && w->quiet)
		w->answered = true;
	if (!t->drive && w->answered && !any)
		w->cleared = true;
}

static void self_test_anything(struct kunit *test)
{
	const int kind = *(const int *)test->param_value;
	const struct evse_self_test_plan plan = plan_of(kind & L, kind & C, true);
	struct evse_self_test_seen seen = { };
	int passed = 0, failed = 0, round;
	enum evse_self_test_verdict verdict;
	enum evse_self_test_event event;
	struct witness w = { };
	struct evse_self_test t;
	struct rnd_state rnd;
	ktime_t now = NOW;
	bool driven, any, all;

	prandom_seed_state(&rnd, 4711 + kind);
	evse_self_test_init(&t, &plan);
	for (round = 0; round < 200000; round++) {
		u32 dice = prandom_u32_state(&rnd);

		/* Never later than the deadline. */
		now += (dice & 0xff) % 20;
		if (t.deadline)
			now = min(now, t.deadline);
		/* A sensor that mostly works. */
		driven = t.drive;
		if (!(dice & 0x700))
			seen.line = (dice & 0x7800) ? driven : !driven;
		if (!(dice & 0x18000)) {
			seen.channel = (dice & 0x1e0000) ? driven : !driven;
			seen.quiet = !seen.channel && (dice & 0xe0000);
			seen.taken = now;
		}
		event = TICK;
		if (!(dice & 0x01e00000))
			event = START;
		else if (!(dice & 0xfe000000))
			event = CANCEL;

		any = (plan.line && seen.line) || (plan.channel && !seen.quiet);
		all = (!plan.line || seen.line) && (!plan.channel || seen.channel);
		if (event == START && !w.waits)
			w = (struct witness) { .waits = true, .started = now, .idle = w.idle };
		if (event == CANCEL)
			w.waits = false;

		verdict = evse_self_test_event(&t, event, &seen, now);
		witness_sees(&w, &t, driven, any, all);

		KUNIT_ASSERT_TRUE(test, !t.drive || evse_self_test_masks(&t));
		KUNIT_ASSERT_TRUE(test, !t.drive || w.waits);
		KUNIT_ASSERT_TRUE(test, t.phase == EVSE_SELF_TEST_IDLE || t.deadline);
		if (t.drive || driven)
			w.idle = now + plan.clear_ns + plan.settle_ns;
		KUNIT_ASSERT_TRUE(test, t.drive || !evse_self_test_masks(&t) ||
				  now <= w.idle);
		if (verdict != NONE) {
			KUNIT_ASSERT_TRUE(test, w.waits);
			w.waits = false;
			passed += verdict == PASSED;
			failed += verdict != PASSED;
		}
		if (verdict == PASSED) {
			KUNIT_ASSERT_TRUE(test, w.answered && w.cleared);
			KUNIT_ASSERT_FALSE(test, any);
			KUNIT_ASSERT_FALSE(test, t.drive);
		}
		if (w.waits)
			KUNIT_ASSERT_LE(test, now - w.started,
					evse_self_test_longest_ns(&plan));
	}
	/* Either happened often enough to have been looked at. */
	KUNIT_EXPECT_GE(test, passed, 100);
	KUNIT_EXPECT_GE(test, failed, 100);
}

static const int kinds[] = { L, C, L | C };

static void kind_desc(const int *kind, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s%s", *kind & L ? "line " : "",
		 *kind & C ? "channel" : "");
}

KUNIT_ARRAY_PARAM(kind, kinds, kind_desc);

static struct kunit_case self_test_cases[] = {
	KUNIT_CASE_PARAM(self_test_script, script_gen_params),
	KUNIT_CASE_PARAM(self_test_anything, kind_gen_params),
	{}
};

static struct kunit_suite self_test_suite = {
	.name = "evse_self_test",
	.test_cases = self_test_cases,
};

kunit_test_suite(self_test_suite);
