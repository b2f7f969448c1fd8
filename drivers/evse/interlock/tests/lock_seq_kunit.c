// SPDX-License-Identifier: GPL-2.0-only
/*
 * Connector lock: movements step by step, then every reachable state with every
 * event, feedback and lapse of time.
 */
#include <kunit/test.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

#include "../lock_seq.h"

#define NOW		((ktime_t)1 << 40)
#define UNIT		EVSE_LOCK_SETTLE_NS
#define PULSE_UNITS	2
#define TIMEOUT_UNITS	4

#define LOCK	EVSE_LOCK_DO_LOCK
#define UNLOCK	EVSE_LOCK_DO_UNLOCK
#define TICK	EVSE_LOCK_TICK
#define END	{ .event = EVSE_LOCK_EVENTS }

struct script_line {
	int at;
	enum evse_lock_event event;
	bool locked;
	enum evse_lock_state state;
	enum evse_lock_motor motor;
};

struct script {
	const char *name;
	bool locked;
	struct script_line lines[12];
};

static const struct script scripts[] = {
	{ "locks in the pulse", false, {
		{ 0, LOCK, false, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_LOCK },
		{ 1, TICK, true, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_LOCK },
		{ 1, LOCK, true, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_LOCK },
		{ 2, TICK, true, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_OFF },
		{ 3, TICK, true, EVSE_LOCK_STATE_LOCKED, EVSE_LOCK_MOTOR_OFF },
		{ 4, LOCK, true, EVSE_LOCK_STATE_LOCKED, EVSE_LOCK_MOTOR_OFF },
		END } },
	{ "locks after the pulse, with bounces", false, {
		{ 0, LOCK, false, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_LOCK },
		{ 2, TICK, false, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_OFF },
		{ 3, TICK, true, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_OFF },
		{ 3, TICK, false, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_OFF },
		{ 3, TICK, true, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_OFF },
		{ 4, TICK, true, EVSE_LOCK_STATE_LOCKED, EVSE_LOCK_MOTOR_OFF },
		END } },
	{ "jams", false, {
		{ 0, LOCK, false, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_LOCK },
		{ 2, TICK, false, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_OFF },
		{ 3, TICK, false, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_OFF },
		{ 4, TICK, false, EVSE_LOCK_STATE_FAILED, EVSE_LOCK_MOTOR_OFF },
		{ 5, TICK, false, EVSE_LOCK_STATE_FAILED, EVSE_LOCK_MOTOR_OFF },
		/* Tried again, or helped by hand. */
		{ 6, LOCK, false, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_LOCK },
		{ 8, TICK, false, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_OFF },
		{ 10, TICK, false, EVSE_LOCK_STATE_FAILED, EVSE_LOCK_MOTOR_OFF },
		{ 11, TICK, true, EVSE_LOCK_STATE_LOCKED, EVSE_LOCK_MOTOR_OFF },
		END } },
	{ "unlocks by itself", true, {
		{ 0, TICK, true, EVSE_LOCK_STATE_LOCKED, EVSE_LOCK_MOTOR_OFF },
		{ 1, TICK, false, EVSE_LOCK_STATE_UNLOCKED, EVSE_LOCK_MOTOR_OFF },
		END } },
	{ "unlocks, and is called back", true, {
		{ 0, UNLOCK, true, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_UNLOCK },
		{ 1, LOCK, true, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_LOCK },
		{ 3, TICK, true, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_OFF },
		{ 4, TICK, true, EVSE_LOCK_STATE_LOCKED, EVSE_LOCK_MOTOR_OFF },
		{ 5, UNLOCK, true, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_UNLOCK },
		{ 7, TICK, false, EVSE_LOCK_STATE_MOVING, EVSE_LOCK_MOTOR_OFF },
		{ 8, TICK, false, EVSE_LOCK_STATE_UNLOCKED, EVSE_LOCK_MOTOR_OFF },
		END } },
};

static void script_desc(const struct script *s, char *desc)
{
	strscpy(desc, s->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(script, scripts, script_desc);

static void lock_init(struct evse_lock_seq *seq, bool locked)
{
	evse_lock_seq_init(seq, PULSE_UNITS * UNIT, TIMEOUT_UNITS * UNIT, locked);
}

static void lock_seq_script(struct kunit *test)
{
	const struct script *s = test->param_value;
	const struct script_line *line;
	struct evse_lock_seq seq;

	lock_init(&seq, s->locked);
	for (line = s->lines; line->event != EVSE_LOCK_EVENTS; line++) {
		evse_lock_seq_event(&seq, line->event, line->locked,
				    NOW + line->at * UNIT);
		KUNIT_ASSERT_TRUE_MSG(test, seq.state == line->state &&
				      seq.motor == line->motor,
				      "line %d, at %d: state %d motor %d",
				      (int)(line - s->lines), line->at,
				      seq.state, seq.motor);
	}
}

#define TIME_MAX	7
#define NODES		BIT(2 + 1 + 3 + 3 + 4)

static u32 pack_time(ktime_t at)
{
	u32 units;

	for (units = 0; units < TIME_MAX && NOW + units * UNIT < at; units++)
		;
	return units;
}

static u32 pack(const struct evse_lock_seq *seq)
{
	u32 key = seq->phase;

	key = key << 1 | seq->target;
	key = key << 3 | seq->state;
	key = key << 3 | pack_time(seq->limit);
	/* 0 is none, 1 is now. */
	return key << 4 | (seq->deadline ? pack_time(seq->deadline) + 1 : 0);
}

static void unpack(struct evse_lock_seq *seq, u32 key)
{
	lock_init(seq, false);
	seq->deadline = key & 15 ? NOW + ((key & 15) - 1) * UNIT : 0;
	seq->limit = NOW + (key >> 4 & 7) * UNIT;
	seq->state = key >> 7 & 7;
	seq->target = key >> 10 & 1;
	seq->phase = key >> 11;
	/* The motor follows from the rest. */
	if (seq->phase == EVSE_LOCK_PULSE)
		seq->motor = seq->target ? EVSE_LOCK_MOTOR_LOCK :
					   EVSE_LOCK_MOTOR_UNLOCK;
}

static void advance(struct evse_lock_seq *seq, enum evse_lock_event event,
		    bool locked, ktime_t lapse)
{
	seq->limit -= lapse;
	if (seq->deadline)
		seq->deadline -= lapse;
	evse_lock_seq_event(seq, event, locked, NOW);
}

static void safe(struct kunit *test, const struct evse_lock_seq *from,
		 const struct evse_lock_seq *to, int event, bool locked)
{
	bool moving = to->phase != EVSE_LOCK_REST;

	/* The motor runs in a pulse alone, towards the target. */
	KUNIT_ASSERT_EQ(test, (int)to->motor,
			to->phase != EVSE_LOCK_PULSE ? EVSE_LOCK_MOTOR_OFF :
			to->target ? EVSE_LOCK_MOTOR_LOCK : EVSE_LOCK_MOTOR_UNLOCK);
	if (event == TICK && to->motor != EVSE_LOCK_MOTOR_OFF)
		KUNIT_ASSERT_EQ(test, (int)to->motor, (int)from->motor);
	if (to->motor != EVSE_LOCK_MOTOR_OFF)
		KUNIT_ASSERT_LE(test, (s64)(to->deadline - NOW),
				(s64)(PULSE_UNITS * UNIT));

	/* What moves says so, and has an end to it. */
	KUNIT_ASSERT_EQ(test, to->state == EVSE_LOCK_STATE_MOVING, moving);
	KUNIT_ASSERT_EQ(test, to->deadline != 0, moving);

	/* Locked and unlocked are the feedback's words. */
	if (to->state == EVSE_LOCK_STATE_LOCKED)
		KUNIT_ASSERT_TRUE(test, locked);
	if (to->state == EVSE_LOCK_STATE_UNLOCKED)
		KUNIT_ASSERT_FALSE(test, locked);
	if (to->state == EVSE_LOCK_STATE_FAILED)
		KUNIT_ASSERT_TRUE(test, to->target != locked);
}

/* Feedback that stays put: done, or failed. */
static void comes_to_rest(struct kunit *test, const struct evse_lock_seq *from,
			  bool locked)
{
	struct evse_lock_seq seq = *from;
	int ticks;

	for (ticks = 0; ticks < 10 && seq.deadline; ticks++)
		advance(&seq, TICK, locked,
			seq.deadline > NOW ? seq.deadline - NOW : 0);
	KUNIT_ASSERT_EQ(test, (int)seq.phase, (int)EVSE_LOCK_REST);
	advance(&seq, TICK, locked, 0);
	if (seq.state != EVSE_LOCK_STATE_FAILED)
		KUNIT_ASSERT_EQ(test, seq.state == EVSE_LOCK_STATE_LOCKED, locked);
	else
		KUNIT_ASSERT_TRUE(test, seq.target != locked);
}

enum { FOUND = 1, EXPLORED };

/* An edge comes before the request that it is read in. */
static void explore(struct kunit *test, const struct evse_lock_seq *from,
		    bool locked, u8 *known)
{
	struct evse_lock_seq to;
	int event, lapse;

	for (event = 0; event < EVSE_LOCK_EVENTS; event++)
		for (lapse = 0; lapse <= 4; lapse++) {
			to = *from;
			advance(&to, TICK, locked, lapse * UNIT);
			if (event != TICK)
				advance(&to, event, locked, 0);
			safe(test, from, &to, event, locked);
			if (!known[pack(&to)])
				known[pack(&to)] = FOUND;
		}
}

static void lock_seq_explore(struct kunit *test)
{
	u8 *known = vzalloc(NODES);
	struct evse_lock_seq from;
	u32 key, count = 0;
	int locked;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, known);
	for (locked = 0; locked <= 1; locked++) {
		lock_init(&from, locked);
		known[pack(&from)] = FOUND;
	}

	for (key = 0; key < NODES; key++) {
		if (known[key] != FOUND)
			continue;
		known[key] = EXPLORED;
		count++;
		unpack(&from, key);
		for (locked = 0; locked <= 1; locked++) {
			comes_to_rest(test, &from, locked);
			explore(test, &from, locked, known);
		}
		/* What was found may have a lower number. */
		key = -1;
	}
	KUNIT_EXPECT_GE(test, count, 20U);
	kunit_info(test, "%u states\n", count);
	vfree(known);
}

static struct kunit_case lock_seq_cases[] = {
	KUNIT_CASE_PARAM(lock_seq_script, script_gen_params),
	KUNIT_CASE(lock_seq_explore),
	{}
};

static struct kunit_suite lock_seq_suite = {
	.name = "evse_lock_seq",
	.test_cases = lock_seq_cases,
};

kunit_test_suite(lock_seq_suite);
