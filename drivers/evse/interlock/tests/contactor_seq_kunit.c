// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contactor sequences: each one step by step, then every reachable state with
 * every event, contact pattern and lapse of time, safety asserted on each.
 */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

#include "../contactor_seq.h"

#define PLUS	EVSE_SEQ_DC_PLUS
#define MINUS	EVSE_SEQ_DC_MINUS
#define PRE	EVSE_SEQ_DC_PRECHARGE

/* The synthetic clock counts in these; a nanosecond each is as good as any. */
static const struct evse_seq_timing timing = {
	.close_ns = 4,
	.open_ns = 3,
	.settle_ns = 1,
	.precharge_ns = 4,
};

#define NOW	1000

static const u8 all_coils[EVSE_SEQ_KINDS] = {
	[EVSE_SEQ_AC] = 1, [EVSE_SEQ_AC_LN] = 3, [EVSE_SEQ_DC] = 7,
};

static const u8 closed_coils[EVSE_SEQ_KINDS] = {
	[EVSE_SEQ_AC] = 1, [EVSE_SEQ_AC_LN] = 3, [EVSE_SEQ_DC] = PLUS | MINUS,
};

/* Step by step: at @at, @event with @closed; then @say and @coils. */
struct script_line {
	int at;
	enum evse_seq_event event;
	u8 closed;
	u32 say;
	u8 coils;
	enum evse_seq_phase phase;
};

struct script {
	const char *name;
	enum evse_seq_kind kind;
	struct script_line lines[20];
};

#define CLOSE	EVSE_SEQ_DO_CLOSE
#define OPEN	EVSE_SEQ_DO_OPEN
#define TRIP	EVSE_SEQ_DO_TRIP
#define TICK	EVSE_SEQ_TICK
#define END	{ .event = EVSE_SEQ_EVENTS }

static const struct script scripts[] = {
	{ "AC closes and opens", EVSE_SEQ_AC, {
		{ 10, CLOSE, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 12, TICK, 1, 0, 1, EVSE_SEQ_CLOSING },
		{ 13, TICK, 1, EVSE_SEQ_SAY_CLOSED, 1, EVSE_SEQ_CLOSED },
		{ 14, CLOSE, 1, EVSE_SEQ_SAY_CLOSED, 1, EVSE_SEQ_CLOSED },
		{ 20, OPEN, 1, 0, 0, EVSE_SEQ_OPENING },
		{ 20, OPEN, 1, 0, 0, EVSE_SEQ_OPENING },
		{ 22, TICK, 0, EVSE_SEQ_SAY_OPENED, 0, EVSE_SEQ_OPEN },
		{ 23, OPEN, 0, EVSE_SEQ_SAY_OPENED, 0, EVSE_SEQ_OPEN },
		END } },
	{ "AC bounces while closing", EVSE_SEQ_AC, {
		{ 10, CLOSE, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 11, TICK, 1, 0, 1, EVSE_SEQ_CLOSING },
		{ 11, TICK, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 12, TICK, 1, 0, 1, EVSE_SEQ_CLOSING },
		{ 12, TICK, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 13, TICK, 1, 0, 1, EVSE_SEQ_CLOSING },
		{ 14, TICK, 1, EVSE_SEQ_SAY_CLOSED, 1, EVSE_SEQ_CLOSED },
		END } },
	{ "AC does not stop bouncing", EVSE_SEQ_AC, {
		{ 10, CLOSE, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 13, TICK, 1, 0, 1, EVSE_SEQ_CLOSING },
		{ 14, TICK, 0, EVSE_SEQ_SAY_FAILED, 0, EVSE_SEQ_RELEASED },
		END } },
	{ "AC does not close", EVSE_SEQ_AC, {
		{ 10, CLOSE, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 13, TICK, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 14, TICK, 0, EVSE_SEQ_SAY_FAILED, 0, EVSE_SEQ_RELEASED },
		{ 16, TICK, 0, 0, 0, EVSE_SEQ_RELEASED },
		{ 17, TICK, 0, EVSE_SEQ_SAY_OPENED | EVSE_SEQ_SAY_NOT_FAILED, 0,
		  EVSE_SEQ_OPEN },
		END } },
	{ "AC is welded", EVSE_SEQ_AC, {
		{ 10, CLOSE, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 12, TICK, 1, 0, 1, EVSE_SEQ_CLOSING },
		{ 13, TICK, 1, EVSE_SEQ_SAY_CLOSED, 1, EVSE_SEQ_CLOSED },
		{ 20, OPEN, 1, 0, 0, EVSE_SEQ_OPENING },
		{ 22, TICK, 1, 0, 0, EVSE_SEQ_OPENING },
		{ 23, TICK, 1, EVSE_SEQ_SAY_STUCK, 0, EVSE_SEQ_STUCK },
		{ 24, CLOSE, 1, EVSE_SEQ_SAY_STUCK, 0, EVSE_SEQ_STUCK },
		{ 25, TRIP, 1, 0, 0, EVSE_SEQ_STUCK },
		{ 26, OPEN, 1, EVSE_SEQ_SAY_STUCK, 0, EVSE_SEQ_STUCK },
		{ 30, TICK, 0, EVSE_SEQ_SAY_OPENED | EVSE_SEQ_SAY_NOT_STUCK, 0,
		  EVSE_SEQ_OPEN },
		END } },
	{ "AC is closed before it is asked", EVSE_SEQ_AC, {
		{ 10, CLOSE, 1, EVSE_SEQ_SAY_STUCK, 0, EVSE_SEQ_STUCK },
		{ 11, TICK, 0, EVSE_SEQ_SAY_OPENED | EVSE_SEQ_SAY_NOT_STUCK, 0,
		  EVSE_SEQ_OPEN },
		END } },
	{ "AC closes by itself", EVSE_SEQ_AC, {
		{ 10, TICK, 1, 0, 0, EVSE_SEQ_OPEN },
		{ 10, TICK, 0, 0, 0, EVSE_SEQ_OPEN },
		{ 12, TICK, 1, 0, 0, EVSE_SEQ_OPEN },
		{ 13, TICK, 1, EVSE_SEQ_SAY_STUCK, 0, EVSE_SEQ_STUCK },
		END } },
	{ "AC opens by itself", EVSE_SEQ_AC, {
		{ 10, CLOSE, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 12, TICK, 1, 0, 1, EVSE_SEQ_CLOSING },
		{ 13, TICK, 1, EVSE_SEQ_SAY_CLOSED, 1, EVSE_SEQ_CLOSED },
		{ 20, TICK, 0, 0, 1, EVSE_SEQ_CLOSED },
		{ 20, TICK, 1, 0, 1, EVSE_SEQ_CLOSED },
		{ 22, TICK, 0, 0, 1, EVSE_SEQ_CLOSED },
		{ 22, CLOSE, 0, 0, 1, EVSE_SEQ_CLOSED },
		{ 23, TICK, 0, EVSE_SEQ_SAY_FAILED, 0, EVSE_SEQ_RELEASED },
		{ 25, TICK, 0, 0, 0, EVSE_SEQ_RELEASED },
		{ 26, TICK, 0, EVSE_SEQ_SAY_OPENED | EVSE_SEQ_SAY_NOT_FAILED, 0,
		  EVSE_SEQ_OPEN },
		END } },
	{ "AC trips while closing, and is asked again too early", EVSE_SEQ_AC, {
		{ 10, CLOSE, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 11, TICK, 1, 0, 1, EVSE_SEQ_CLOSING },
		{ 11, TRIP, 1, 0, 0, EVSE_SEQ_RELEASED },
		{ 12, TRIP, 1, 0, 0, EVSE_SEQ_RELEASED },
		{ 12, CLOSE, 1, EVSE_SEQ_SAY_FAILED, 0, EVSE_SEQ_RELEASED },
		{ 13, TICK, 0, 0, 0, EVSE_SEQ_RELEASED },
		{ 14, TICK, 0, EVSE_SEQ_SAY_OPENED | EVSE_SEQ_SAY_NOT_FAILED, 0,
		  EVSE_SEQ_OPEN },
		{ 14, TRIP, 0, 0, 0, EVSE_SEQ_OPEN },
		END } },
	{ "AC trips and is welded", EVSE_SEQ_AC, {
		{ 10, CLOSE, 0, 0, 1, EVSE_SEQ_CLOSING },
		{ 12, TICK, 1, 0, 1, EVSE_SEQ_CLOSING },
		{ 13, TICK, 1, EVSE_SEQ_SAY_CLOSED, 1, EVSE_SEQ_CLOSED },
		{ 20, TRIP, 1, 0, 0, EVSE_SEQ_RELEASED },
		{ 22, TRIP, 1, 0, 0, EVSE_SEQ_RELEASED },
		{ 23, TICK, 1, EVSE_SEQ_SAY_STUCK, 0, EVSE_SEQ_STUCK },
		END } },
	{ "L/N: neutral first and last", EVSE_SEQ_AC_LN, {
		{ 10, CLOSE, 0, 0, 2, EVSE_SEQ_CLOSING },
		{ 11, TICK, 2, 0, 2, EVSE_SEQ_CLOSING },
		{ 12, TICK, 2, 0, 3, EVSE_SEQ_CLOSING },
		{ 13, TICK, 3, 0, 3, EVSE_SEQ_CLOSING },
		{ 14, TICK, 3, EVSE_SEQ_SAY_CLOSED, 3, EVSE_SEQ_CLOSED },
		{ 20, OPEN, 3, 0, 2, EVSE_SEQ_OPENING },
		{ 21, TICK, 2, 0, 0, EVSE_SEQ_OPENING },
		{ 22, TICK, 0, EVSE_SEQ_SAY_OPENED, 0, EVSE_SEQ_OPEN },
		END } },
	{ "L/N: a welded phase keeps neutral's step from ending", EVSE_SEQ_AC_LN, {
		{ 10, CLOSE, 0, 0, 2, EVSE_SEQ_CLOSING },
		{ 11, TICK, 3, 0, 2, EVSE_SEQ_CLOSING },
		{ 14, TICK, 3, EVSE_SEQ_SAY_STUCK, 0, EVSE_SEQ_STUCK },
		END } },
	{ "DC pre-charges, closes and opens", EVSE_SEQ_DC, {
		{ 10, CLOSE, 0, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 11, TICK, MINUS, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 12, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 13, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 16, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 17, TICK, MINUS | PRE, 0, 7, EVSE_SEQ_CLOSING },
		{ 18, TICK, 7, 0, 7, EVSE_SEQ_CLOSING },
		{ 19, TICK, 7, 0, PLUS | MINUS, EVSE_SEQ_CLOSING },
		{ 20, TICK, PLUS | MINUS, 0, PLUS | MINUS, EVSE_SEQ_CLOSING },
		{ 21, TICK, PLUS | MINUS, EVSE_SEQ_SAY_CLOSED, PLUS | MINUS,
		  EVSE_SEQ_CLOSED },
		{ 30, OPEN, PLUS | MINUS, 0, MINUS, EVSE_SEQ_OPENING },
		{ 31, TICK, MINUS, 0, 0, EVSE_SEQ_OPENING },
		{ 32, TICK, 0, EVSE_SEQ_SAY_OPENED, 0, EVSE_SEQ_OPEN },
		END } },
	{ "DC: a contact lost in pre-charge starts it over", EVSE_SEQ_DC, {
		{ 10, CLOSE, 0, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 12, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 13, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 16, TICK, MINUS, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 16, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 17, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 20, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 21, TICK, MINUS | PRE, 0, 7, EVSE_SEQ_CLOSING },
		END } },
	{ "DC: a contact that stays lost in pre-charge fails it", EVSE_SEQ_DC, {
		{ 10, CLOSE, 0, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 12, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 13, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 15, TICK, PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 15, TICK, PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 16, TICK, PRE, EVSE_SEQ_SAY_FAILED, 0, EVSE_SEQ_RELEASED },
		END } },
	{ "DC: a pre-charge contact that stays closed", EVSE_SEQ_DC, {
		{ 10, CLOSE, 0, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 12, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 13, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 17, TICK, MINUS | PRE, 0, 7, EVSE_SEQ_CLOSING },
		{ 18, TICK, 7, 0, 7, EVSE_SEQ_CLOSING },
		{ 19, TICK, 7, 0, PLUS | MINUS, EVSE_SEQ_CLOSING },
		{ 22, TICK, 7, EVSE_SEQ_SAY_STUCK, 0, EVSE_SEQ_STUCK },
		{ 23, TICK, PRE, 0, 0, EVSE_SEQ_STUCK },
		{ 24, TICK, 0, EVSE_SEQ_SAY_OPENED | EVSE_SEQ_SAY_NOT_STUCK, 0,
		  EVSE_SEQ_OPEN },
		END } },
	{ "DC: asked to open in the middle of closing", EVSE_SEQ_DC, {
		{ 10, CLOSE, 0, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 12, TICK, MINUS | PRE, 0, MINUS | PRE, EVSE_SEQ_CLOSING },
		{ 12, OPEN, MINUS | PRE, 0, 0, EVSE_SEQ_RELEASED },
		{ 14, TICK, 0, EVSE_SEQ_SAY_OPENED, 0, EVSE_SEQ_OPEN },
		END } },
};

static void script_desc(const struct script *s, char *desc)
{
	strscpy(desc, s->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(script, scripts, script_desc);

/* From what a probe does to contacts that are known to be open. */
static void start(struct evse_seq *seq, enum evse_seq_kind kind)
{
	evse_seq_init(seq, kind, &timing);
	evse_seq_event(seq, TRIP, 0, NOW);
	evse_seq_event(seq, TICK, 0, NOW);
}

static void contactor_seq_script(struct kunit *test)
{
	const struct script *s = test->param_value;
	const struct script_line *line;
	struct evse_seq seq;

	start(&seq, s->kind);
	for (line = s->lines; line->event != EVSE_SEQ_EVENTS; line++) {
		u32 say = evse_seq_event(&seq, line->event, line->closed,
					 NOW + line->at);

		KUNIT_ASSERT_TRUE_MSG(test, say == line->say &&
				      seq.coils == line->coils &&
				      seq.phase == line->phase,
				      "line %d, at %d: say %x coils %x phase %d",
				      (int)(line - s->lines), line->at, say,
				      seq.coils, seq.phase);
	}
}

/* A fault names the contacts that it is about. */
static void contactor_seq_culprit(struct kunit *test)
{
	struct evse_seq seq;

	start(&seq, EVSE_SEQ_DC);
	evse_seq_event(&seq, CLOSE, 0, NOW);
	evse_seq_event(&seq, TICK, PRE, NOW + 4);
	KUNIT_EXPECT_TRUE(test, seq.failed);
	KUNIT_EXPECT_EQ(test, (int)seq.culprit, MINUS);

	evse_seq_event(&seq, TICK, 0, NOW + 7);
	evse_seq_event(&seq, CLOSE, PLUS, NOW + 8);
	KUNIT_EXPECT_TRUE(test, seq.stuck);
	KUNIT_EXPECT_EQ(test, (int)seq.culprit, PLUS);
}

/* What the first look at the contacts finds, as early as it can be known. */
static void contactor_seq_first_look(struct kunit *test)
{
	struct evse_seq seq;

	evse_seq_init(&seq, EVSE_SEQ_AC, &timing);
	KUNIT_EXPECT_EQ(test, evse_seq_event(&seq, TRIP, 0, NOW), 0U);
	KUNIT_EXPECT_EQ(test, (s64)seq.deadline, (s64)NOW);
	KUNIT_EXPECT_EQ(test, evse_seq_event(&seq, TICK, 0, NOW),
			(u32)EVSE_SEQ_SAY_OPENED);

	evse_seq_init(&seq, EVSE_SEQ_AC, &timing);
	KUNIT_EXPECT_EQ(test, evse_seq_event(&seq, TRIP, 1, NOW), 0U);
	KUNIT_EXPECT_EQ(test, (s64)seq.deadline, (s64)(NOW + timing.open_ns));
	KUNIT_EXPECT_EQ(test, evse_seq_event(&seq, TICK, 1, seq.deadline),
			(u32)EVSE_SEQ_SAY_STUCK);
	KUNIT_EXPECT_EQ(test, (int)seq.phase, (int)EVSE_SEQ_STUCK);
}

/*
 * Exploration. A node is the state of the sequence, with its times relative to
 * now, and what the test itself remembers: whether closing was asked for, and
 * for how long both contacts of the energised pre-charge path have been seen
 * closed, plus one. Nodes are numbers, so that a bitmap tells which ones are known.
 */
struct node {
	struct evse_seq seq;
	bool asked;
	u8 charged;
};

#define TIME_BITS	3
#define TIME_MAX	(BIT(TIME_BITS) - 1)
#define CHARGED_MAX	6	/* 1 at once, then settling and pre-charge */
#define NODE_BITS	(3 + 2 + 2 + 3 + 1 + 1 + TIME_BITS + 1 + TIME_BITS + 1 + 3)

static u32 pack_time(ktime_t at)
{
	/* What is overdue stays overdue. */
	return at <= NOW ? 0 : min_t(u32, at - NOW, TIME_MAX);
}

static u32 pack(const struct node *n)
{
	u32 key = n->seq.phase;

	key = key << 2 | n->seq.wait;
	key = key << 2 | n->seq.step;
	key = key << 3 | n->seq.coils;
	key = key << 1 | n->seq.failed;
	key = key << 1 | n->seq.stuck;
	key = key << TIME_BITS | pack_time(n->seq.limit);
	key = key << 1 | !!n->seq.deadline;
	key = key << TIME_BITS | pack_time(n->seq.deadline);
	key = key << 1 | n->asked;
	key = key << 3 | n->charged;
	return key;
}

static u32 take(u32 *key, unsigned int bits)
{
	u32 value = *key & (BIT(bits) - 1);

	*key >>= bits;
	return value;
}

static void unpack(struct node *n, u32 key, enum evse_seq_kind kind)
{
	evse_seq_init(&n->seq, kind, &timing);
	n->charged = take(&key, 3);
	n->asked = take(&key, 1);
	n->seq.deadline = NOW + take(&key, TIME_BITS);
	if (!take(&key, 1))
		n->seq.deadline = 0;
	n->seq.limit = NOW + take(&key, TIME_BITS);
	n->seq.stuck = take(&key, 1);
	n->seq.failed = take(&key, 1);
	n->seq.coils = take(&key, 3);
	n->seq.step = take(&key, 2);
	n->seq.wait = take(&key, 2);
	n->seq.phase = take(&key, 3);
}

/* Let @lapse pass, then let the event happen. */
static u32 advance(struct node *n, enum evse_seq_event event, u8 closed, int lapse)
{
	u32 say;

	if ((n->seq.coils & closed & (MINUS | PRE)) != (MINUS | PRE))
		n->charged = 0;
	else
		n->charged = n->charged ? min(n->charged + lapse, CHARGED_MAX) : 1;
	n->seq.limit -= lapse;
	if (n->seq.deadline)
		n->seq.deadline -= lapse;

	say = evse_seq_event(&n->seq, event, closed, NOW);

	if (event == CLOSE)
		n->asked = true;
	if (event == OPEN || event == TRIP || n->seq.phase == EVSE_SEQ_RELEASED ||
	    n->seq.phase == EVSE_SEQ_STUCK || n->seq.phase == EVSE_SEQ_OPEN)
		n->asked = false;
	return say;
}

static void safe(struct kunit *test, enum evse_seq_kind kind,
		 const struct node *from, const struct node *to,
		 enum evse_seq_event event, u8 closed, u32 say)
{
	u8 on = to->seq.coils & ~from->seq.coils;
	bool moving = to->seq.phase == EVSE_SEQ_CLOSING ||
		      to->seq.phase == EVSE_SEQ_OPENING ||
		      to->seq.phase == EVSE_SEQ_RELEASED;

	KUNIT_ASSERT_EQ(test, to->seq.coils & ~all_coils[kind], 0);

	/* A coil goes on only in a closing that was asked for and not ended. */
	if (on) {
		KUNIT_ASSERT_EQ(test, (int)to->seq.phase, (int)EVSE_SEQ_CLOSING);
		KUNIT_ASSERT_TRUE(test, to->asked);
		KUNIT_ASSERT_TRUE(test, event == CLOSE || event == TICK);
		/* And only while every contact is where its coil has it. */
		KUNIT_ASSERT_EQ(test, (int)closed, (int)from->seq.coils);
	}
	if (event == TRIP) {
		KUNIT_ASSERT_EQ(test, (int)to->seq.coils, 0);
		KUNIT_ASSERT_EQ(test, say, 0U);
	}
	if (event == OPEN)
		KUNIT_ASSERT_EQ(test, (int)on, 0);
	if (to->seq.phase == EVSE_SEQ_OPEN || to->seq.phase == EVSE_SEQ_RELEASED ||
	    to->seq.phase == EVSE_SEQ_STUCK)
		KUNIT_ASSERT_EQ(test, (int)to->seq.coils, 0);

	if (kind == EVSE_SEQ_DC && (on & PLUS)) {
		KUNIT_ASSERT_EQ(test, (int)from->seq.coils, MINUS | PRE);
		KUNIT_ASSERT_GE(test, (int)to->charged, CHARGED_MAX);
	}
	if (kind == EVSE_SEQ_AC_LN && (to->seq.coils & BIT(0)))
		KUNIT_ASSERT_TRUE(test, to->seq.coils & BIT(1));

	/* Only the truth is said. */
	if (say & EVSE_SEQ_SAY_CLOSED) {
		KUNIT_ASSERT_EQ(test, (int)closed, (int)closed_coils[kind]);
		KUNIT_ASSERT_EQ(test, (int)to->seq.coils, (int)closed_coils[kind]);
		KUNIT_ASSERT_EQ(test, (int)to->seq.phase, (int)EVSE_SEQ_CLOSED);
	}
	if (say & EVSE_SEQ_SAY_OPENED) {
		KUNIT_ASSERT_EQ(test, (int)closed, 0);
		KUNIT_ASSERT_EQ(test, (int)to->seq.phase, (int)EVSE_SEQ_OPEN);
	}
	if (say & EVSE_SEQ_SAY_STUCK)
		KUNIT_ASSERT_TRUE(test, to->seq.stuck);
	if (say & EVSE_SEQ_SAY_FAILED)
		KUNIT_ASSERT_TRUE(test, to->seq.failed);

	/* Every fault that began is said to have ended when it has. */
	KUNIT_ASSERT_EQ(test, !!(say & EVSE_SEQ_SAY_NOT_STUCK),
			from->seq.stuck && !to->seq.stuck);
	KUNIT_ASSERT_EQ(test, !!(say & EVSE_SEQ_SAY_NOT_FAILED),
			from->seq.failed && !to->seq.failed);
	KUNIT_ASSERT_TRUE(test, to->seq.failed || !from->seq.failed ||
			  to->seq.phase == EVSE_SEQ_OPEN);
	if (to->seq.stuck)
		KUNIT_ASSERT_EQ(test, (int)to->seq.phase, (int)EVSE_SEQ_STUCK);

	/* What waits has an end to it. */
	if (moving)
		KUNIT_ASSERT_TRUE(test, to->seq.deadline);
	if (to->seq.deadline)
		KUNIT_ASSERT_LE(test, to->seq.deadline - NOW, 4);
}

/* With contacts that follow, or do not at all, everything comes to rest. */
static void comes_to_rest(struct kunit *test, const struct node *n, bool frozen,
			  u8 closed)
{
	struct node at = *n;
	int ticks;

	for (ticks = 0; ticks < 20; ticks++) {
		int lapse = 0;

		if (at.seq.deadline > NOW)
			lapse = at.seq.deadline - NOW;
		if (!at.seq.deadline && ticks > 1)
			break;
		advance(&at, TICK, frozen ? closed : at.seq.coils, lapse);
	}
	KUNIT_ASSERT_LT(test, ticks, 20);
	KUNIT_ASSERT_TRUE(test, at.seq.phase == EVSE_SEQ_OPEN ||
			  at.seq.phase == EVSE_SEQ_CLOSED ||
			  (frozen && at.seq.phase == EVSE_SEQ_STUCK));
	if (!frozen)
		return;
	/* Contacts that are not where the coils are, are known by now. */
	KUNIT_ASSERT_EQ(test, at.seq.phase == EVSE_SEQ_STUCK, closed != 0 &&
			at.seq.phase != EVSE_SEQ_CLOSED);
}

struct exploration {
	unsigned long *known;
	u32 *queue;
	u32 head;
	u32 tail;
	u32 room;
};

static bool discover(struct exploration *x, u32 key)
{
	unsigned long bit = BIT(key % BITS_PER_LONG);

	if (x->known[key / BITS_PER_LONG] & bit)
		return true;
	if (x->tail == x->room)
		return false;
	x->known[key / BITS_PER_LONG] |= bit;
	x->queue[x->tail++] = key;
	return true;
}

static void explore(struct kunit *test, enum evse_seq_kind kind,
		    struct exploration *x)
{
	struct node from, to;
	int event, lapse;
	u32 say;
	u8 closed;

	memset(&from, 0, sizeof(from));
	evse_seq_init(&from.seq, kind, &timing);
	evse_seq_event(&from.seq, TRIP, 0, NOW);
	discover(x, pack(&from));

	while (x->head < x->tail) {
		u32 key = x->queue[x->head++];

		for (closed = 0; closed <= all_coils[kind]; closed++) {
			unpack(&from, key, kind);
			KUNIT_ASSERT_EQ(test, pack(&from), key);
			comes_to_rest(test, &from, true, closed);

			for (event = 0; event < EVSE_SEQ_EVENTS; event++)
				for (lapse = 0; lapse <= 4; lapse++) {
					to = from;
					say = advance(&to, event, closed, lapse);
					safe(test, kind, &from, &to, event,
					     closed, say);
					KUNIT_ASSERT_TRUE(test, discover(x, pack(&to)));
				}
		}
		comes_to_rest(test, &from, false, 0);
	}
}

static const enum evse_seq_kind kinds[] = {
	EVSE_SEQ_AC, EVSE_SEQ_AC_LN, EVSE_SEQ_DC,
};

static void kind_desc(const enum evse_seq_kind *kind, char *desc)
{
	static const char * const names[] = { "AC", "AC, L and N apart", "DC" };

	strscpy(desc, names[*kind], KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(kind, kinds, kind_desc);

static void contactor_seq_explore(struct kunit *test)
{
	enum evse_seq_kind kind = *(const enum evse_seq_kind *)test->param_value;
	struct exploration x = { .room = 65536 };

	x.known = vzalloc(BIT(NODE_BITS) / BITS_PER_BYTE);
	x.queue = vmalloc(x.room * sizeof(*x.queue));
	if (x.known && x.queue)
		explore(test, kind, &x);
	else
		KUNIT_FAIL(test, "no memory");
	/* The exploration got somewhere: every phase has more than one state. */
	KUNIT_EXPECT_GE(test, x.tail, 20U);
	kunit_info(test, "%u states\n", x.tail);
	vfree(x.queue);
	vfree(x.known);
}

static struct kunit_case contactor_seq_cases[] = {
	KUNIT_CASE_PARAM(contactor_seq_script, script_gen_params),
	KUNIT_CASE(contactor_seq_culprit),
	KUNIT_CASE(contactor_seq_first_look),
	KUNIT_CASE_PARAM(contactor_seq_explore, kind_gen_params),
	{}
};

static struct kunit_suite contactor_seq_suite = {
	.name = "evse_contactor_seq",
	.test_cases = contactor_seq_cases,
};

kunit_test_suite(contactor_seq_suite);

MODULE_DESCRIPTION("KUnit tests of contactors and connector lock");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_LICENSE("GPL");
