// SPDX-License-Identifier: GPL-2.0-only
/*
 * Closing and opening sequences of a contactor set, as tables, and the
 * supervision of its contacts.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/bits.h>
#include <linux/export.h>

#include "contactor_seq.h"

#define L	BIT(0)
#define N	BIT(1)
#define PLUS	EVSE_SEQ_DC_PLUS
#define MINUS	EVSE_SEQ_DC_MINUS
#define PRE	EVSE_SEQ_DC_PRECHARGE

const struct evse_seq_plan evse_seq_plans[EVSE_SEQ_KINDS] = {
	[EVSE_SEQ_AC] = {
		.contacts = 1,
		.names = { "main" },
		.closing = { { .on = L } },
		.opening = { { .off = L } },
	},
	/* Neutral makes first and breaks last. */
	[EVSE_SEQ_AC_LN] = {
		.contacts = 2,
		.names = { "l", "n" },
		.closing = { { .on = N }, { .on = L } },
		.opening = { { .off = L }, { .off = N } },
	},
	/* The positive contact never makes onto an empty DC link. */
	[EVSE_SEQ_DC] = {
		.contacts = 3,
		.names = { "dc-plus", "dc-minus", "precharge" },
		.closing = {
			{ .on = MINUS | PRE, .dwell = true },
			{ .on = PLUS },
			{ .off = PRE },
		},
		.opening = { { .off = PLUS | PRE }, { .off = MINUS } },
	},
};
EXPORT_SYMBOL_IF_KUNIT(evse_seq_plans);

/**
 * evse_seq_init() - coils off, contacts not known yet
 * @seq: the contactor set
 * @kind: its wiring
 * @timing: its times
 *
 * To be followed by EVSE_SEQ_DO_TRIP, which finds out about the contacts.
 */
void evse_seq_init(struct evse_seq *seq, enum evse_seq_kind kind,
		   const struct evse_seq_timing *timing)
{
	*seq = (struct evse_seq) {
		.plan = &evse_seq_plans[kind],
		.timing = *timing,
		.phase = EVSE_SEQ_RELEASED,
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_seq_init);

static const struct evse_seq_step *evse_seq_running(const struct evse_seq *seq)
{
	return seq->phase == EVSE_SEQ_CLOSING ? &seq->plan->closing[seq->step] :
						&seq->plan->opening[seq->step];
}

/* Contacts are given the time of the slower of what is asked of them. */
static void evse_seq_expect(struct evse_seq *seq, u8 on, u8 off, ktime_t now)
{
	s64 ns = off ? seq->timing.open_ns : 0;

	if (on && seq->timing.close_ns > ns)
		ns = seq->timing.close_ns;
	seq->coils = (seq->coils | on) & ~off;
	seq->wait = EVSE_SEQ_CONFIRM;
	seq->limit = ktime_add_ns(now, ns);
	seq->deadline = seq->limit;
}

static void evse_seq_rest(struct evse_seq *seq, enum evse_seq_phase phase)
{
	seq->phase = phase;
	seq->wait = EVSE_SEQ_CONFIRM;
	seq->deadline = 0;
}

static u32 evse_seq_opened(struct evse_seq *seq)
{
	u32 say = EVSE_SEQ_SAY_OPENED;

	evse_seq_rest(seq, EVSE_SEQ_OPEN);
	if (seq->failed)
		say |= EVSE_SEQ_SAY_NOT_FAILED;
	if (seq->stuck)
		say |= EVSE_SEQ_SAY_NOT_STUCK;
	seq->failed = false;
	seq->stuck = false;
	return say;
}

/*
 * Every coil off; contacts are looked at on the next tick, which may be now. An
 * auxiliary contact that denied a closed contact is not believed at once: the
 * contact has the time that it takes to open.
 */
static void evse_seq_release(struct evse_seq *seq, u8 closed, ktime_t now)
{
	bool waiting = seq->phase == EVSE_SEQ_RELEASED && seq->deadline;

	seq->coils = 0;
	if (waiting || seq->phase == EVSE_SEQ_STUCK)
		return;
	seq->phase = EVSE_SEQ_RELEASED;
	evse_seq_expect(seq, 0, BIT(seq->plan->contacts) - 1, now);
	if (!closed && !seq->failed)
		seq->deadline = now;
}

static u32 evse_seq_failed(struct evse_seq *seq, u8 closed, ktime_t now)
{
	seq->failed = true;
	seq->culprit = seq->coils & ~closed;
	evse_seq_release(seq, closed, now);
	return EVSE_SEQ_SAY_FAILED;
}

static u32 evse_seq_stuck(struct evse_seq *seq, u8 closed, ktime_t now)
{
	bool known = seq->stuck;

	seq->stuck = true;
	seq->culprit = closed & ~seq->coils;
	evse_seq_release(seq, closed, now);
	if (closed)
		evse_seq_rest(seq, EVSE_SEQ_STUCK);
	return known ? 0 : EVSE_SEQ_SAY_STUCK;
}

static u32 evse_seq_deviates(struct evse_seq *seq, u8 closed, ktime_t now)
{
	if (closed & ~seq->coils)
		return evse_seq_stuck(seq, closed, now);
	return evse_seq_failed(seq, closed, now);
}

/* The running step is confirmed: start the next, or finish. */
static u32 evse_seq_next(struct evse_seq *seq, ktime_t now)
{
	const struct evse_seq_step *step;

	seq->step++;
	step = evse_seq_running(seq);
	if (step->on || step->off) {
		evse_seq_expect(seq, step->on, step->off, now);
		return 0;
	}
	if (seq->phase == EVSE_SEQ_OPENING)
		return evse_seq_opened(seq);
	evse_seq_rest(seq, EVSE_SEQ_CLOSED);
	return EVSE_SEQ_SAY_CLOSED;
}

static void evse_seq_start(struct evse_seq *seq, enum evse_seq_phase phase,
			   ktime_t now)
{
	const struct evse_seq_step *step;

	seq->phase = phase;
	seq->step = 0;
	step = evse_seq_running(seq);
	evse_seq_expect(seq, step->on, step->off, now);
}

static void evse_seq_settle(struct evse_seq *seq, ktime_t now)
{
	seq->wait = EVSE_SEQ_SETTLE;
	seq->deadline = ktime_add_ns(now, seq->timing.settle_ns);
}

/*
 * In a sequence: contacts follow their coils within the limit, then stay so
 * until they have settled, and through the pre-charge.
 */
static u32 evse_seq_tick_running(struct evse_seq *seq, u8 closed, ktime_t now)
{
	bool due = !ktime_before(now, seq->deadline);
	bool agrees = closed == seq->coils;

	switch (seq->wait) {
	case EVSE_SEQ_CONFIRM:
		if (agrees && seq->phase == EVSE_SEQ_OPENING)
			return evse_seq_next(seq, now);
		if (agrees)
			evse_seq_settle(seq, now);
		else if (due)
			return evse_seq_deviates(seq, closed, now);
		return 0;
	case EVSE_SEQ_SETTLE:
		if (!agrees) {
			seq->wait = EVSE_SEQ_CONFIRM;
			seq->deadline = seq->limit;
			return ktime_before(now, seq->limit) ? 0 :
			       evse_seq_deviates(seq, closed, now);
		}
		if (!due)
			return 0;
		if (!evse_seq_running(seq)->dwell)
			return evse_seq_next(seq, now);
		seq->wait = EVSE_SEQ_DWELL;
		seq->deadline = ktime_add_ns(now, seq->timing.precharge_ns);
		return 0;
	case EVSE_SEQ_DWELL:
		if (agrees)
			return due ? evse_seq_next(seq, now) : 0;
		/* The pre-charge starts over if the contact comes back. */
		seq->wait = EVSE_SEQ_CONFIRM;
		seq->limit = ktime_add_ns(now, seq->timing.settle_ns);
		seq->deadline = seq->limit;
		return 0;
	}
	return 0;
}

/* At rest: a contact that leaves its place for longer than a shock is a fault. */
static u32 evse_seq_tick_resting(struct evse_seq *seq, u8 closed, ktime_t now)
{
	if (closed == seq->coils) {
		evse_seq_rest(seq, seq->phase);
		return 0;
	}
	if (seq->wait != EVSE_SEQ_SETTLE) {
		evse_seq_settle(seq, now);
		return 0;
	}
	if (ktime_before(now, seq->deadline))
		return 0;
	return evse_seq_deviates(seq, closed, now);
}

static u32 evse_seq_tick(struct evse_seq *seq, u8 closed, ktime_t now)
{
	switch (seq->phase) {
	case EVSE_SEQ_CLOSING:
	case EVSE_SEQ_OPENING:
		return evse_seq_tick_running(seq, closed, now);
	case EVSE_SEQ_OPEN:
	case EVSE_SEQ_CLOSED:
		return evse_seq_tick_resting(seq, closed, now);
	case EVSE_SEQ_RELEASED:
		if (ktime_before(now, seq->deadline) && (closed || seq->failed))
			return 0;
		return closed ? evse_seq_stuck(seq, closed, now) :
				evse_seq_opened(seq);
	case EVSE_SEQ_STUCK:
		return closed ? 0 : evse_seq_opened(seq);
	case EVSE_SEQ_PHASES:
		break;
	}
	return 0;
}

/* What is under way already goes on: such a request is a tick like another. */
static u32 evse_seq_close(struct evse_seq *seq, u8 closed, ktime_t now)
{
	switch (seq->phase) {
	case EVSE_SEQ_OPEN:
		if (closed)
			return evse_seq_stuck(seq, closed, now);
		evse_seq_start(seq, EVSE_SEQ_CLOSING, now);
		return 0;
	case EVSE_SEQ_CLOSING:
		return evse_seq_tick(seq, closed, now);
	case EVSE_SEQ_CLOSED:
		return closed == seq->coils ? EVSE_SEQ_SAY_CLOSED :
					      evse_seq_tick(seq, closed, now);
	case EVSE_SEQ_STUCK:
		return EVSE_SEQ_SAY_STUCK;
	default:
		/* Contacts that have not opened cannot be asked to close. */
		return evse_seq_failed(seq, closed, now);
	}
}

static u32 evse_seq_open(struct evse_seq *seq, u8 closed, ktime_t now)
{
	switch (seq->phase) {
	case EVSE_SEQ_OPEN:
		return closed ? evse_seq_tick(seq, closed, now) :
				EVSE_SEQ_SAY_OPENED;
	case EVSE_SEQ_CLOSED:
		evse_seq_start(seq, EVSE_SEQ_OPENING, now);
		return 0;
	case EVSE_SEQ_CLOSING:
		evse_seq_release(seq, closed, now);
		return 0;
	case EVSE_SEQ_STUCK:
		return EVSE_SEQ_SAY_STUCK;
	default:
		return evse_seq_tick(seq, closed, now);
	}
}

/**
 * evse_seq_event() - take an event in
 * @seq: the contactor set
 * @event: what happens
 * @closed: contacts that are closed
 * @now: time of the event
 *
 * Afterwards @seq->coils are the coils to energise, and a tick is due at
 * @seq->deadline or when a contact changes. A trip says nothing by itself: its
 * confirmation comes with a tick.
 *
 * Return: EVSE_SEQ_SAY_* bits.
 */
u32 evse_seq_event(struct evse_seq *seq, enum evse_seq_event event, u8 closed,
		   ktime_t now)
{
	switch (event) {
	case EVSE_SEQ_DO_CLOSE:
		return evse_seq_close(seq, closed, now);
	case EVSE_SEQ_DO_OPEN:
		return evse_seq_open(seq, closed, now);
	case EVSE_SEQ_DO_TRIP:
		if (seq->phase != EVSE_SEQ_OPEN)
			evse_seq_release(seq, closed, now);
		return 0;
	case EVSE_SEQ_TICK:
		return evse_seq_tick(seq, closed, now);
	case EVSE_SEQ_EVENTS:
		break;
	}
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_seq_event);
