// SPDX-License-Identifier: GPL-2.0-only
/*
 * Movements of a connector lock: a pulse on the motor, then the feedback's
 * word for it.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/export.h>

#include "lock_seq.h"

static enum evse_lock_state evse_lock_state_of(bool locked)
{
	return locked ? EVSE_LOCK_STATE_LOCKED : EVSE_LOCK_STATE_UNLOCKED;
}

/**
 * evse_lock_seq_init() - at rest where the feedback says
 * @seq: the lock
 * @pulse_ns: the motor is driven for so long
 * @timeout_ns: from the start of the pulse to the feedback, at most
 * @locked: the feedback
 */
void evse_lock_seq_init(struct evse_lock_seq *seq, s64 pulse_ns, s64 timeout_ns,
			bool locked)
{
	*seq = (struct evse_lock_seq) {
		.pulse_ns = pulse_ns,
		.timeout_ns = timeout_ns,
		.target = locked,
		.state = evse_lock_state_of(locked),
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_lock_seq_init);

static void evse_lock_rest(struct evse_lock_seq *seq, enum evse_lock_state state)
{
	seq->phase = EVSE_LOCK_REST;
	seq->motor = EVSE_LOCK_MOTOR_OFF;
	seq->state = state;
	seq->deadline = 0;
}

static void evse_lock_move(struct evse_lock_seq *seq, bool target, bool locked,
			   ktime_t now)
{
	if (seq->phase == EVSE_LOCK_REST) {
		if (locked == target && seq->state == evse_lock_state_of(target))
			return;
	} else if (seq->target == target) {
		return;
	}

	seq->phase = EVSE_LOCK_PULSE;
	seq->target = target;
	seq->motor = target ? EVSE_LOCK_MOTOR_LOCK : EVSE_LOCK_MOTOR_UNLOCK;
	seq->state = EVSE_LOCK_STATE_MOVING;
	seq->limit = ktime_add_ns(now, seq->timeout_ns);
	seq->deadline = ktime_add_ns(now, seq->pulse_ns);
}

static void evse_lock_wait(struct evse_lock_seq *seq, bool locked, ktime_t now)
{
	seq->phase = EVSE_LOCK_WAIT;
	seq->motor = EVSE_LOCK_MOTOR_OFF;
	seq->deadline = seq->limit;
	if (locked == seq->target) {
		seq->phase = EVSE_LOCK_SETTLE;
		seq->deadline = ktime_add_ns(now, EVSE_LOCK_SETTLE_NS);
	} else if (!ktime_before(now, seq->limit)) {
		evse_lock_rest(seq, EVSE_LOCK_STATE_FAILED);
	}
}

static void evse_lock_tick(struct evse_lock_seq *seq, bool locked, ktime_t now)
{
	bool due = !ktime_before(now, seq->deadline);

	switch (seq->phase) {
	case EVSE_LOCK_REST:
		/* A failed movement is over when the feedback says so after all. */
		if (seq->state != EVSE_LOCK_STATE_FAILED || locked == seq->target)
			seq->state = evse_lock_state_of(locked);
		break;
	case EVSE_LOCK_PULSE:
		if (due)
			evse_lock_wait(seq, locked, now);
		break;
	case EVSE_LOCK_SETTLE:
		if (locked != seq->target)
			evse_lock_wait(seq, locked, now);
		else if (due)
			evse_lock_rest(seq, evse_lock_state_of(locked));
		break;
	case EVSE_LOCK_WAIT:
		evse_lock_wait(seq, locked, now);
		break;
	case EVSE_LOCK_PHASES:
		break;
	}
}

/**
 * evse_lock_seq_event() - take an event in
 * @seq: the lock
 * @event: what happens
 * @locked: the feedback
 * @now: time of the event
 *
 * Afterwards @seq->motor is what the motor is to do and @seq->state what the
 * port is to know; a tick is due at @seq->deadline or when the feedback
 * changes. The motor changes only on a request and when a deadline passed.
 */
void evse_lock_seq_event(struct evse_lock_seq *seq, enum evse_lock_event event,
			 bool locked, ktime_t now)
{
	switch (event) {
	case EVSE_LOCK_DO_LOCK:
		evse_lock_move(seq, true, locked, now);
		break;
	case EVSE_LOCK_DO_UNLOCK:
		evse_lock_move(seq, false, locked, now);
		break;
	case EVSE_LOCK_TICK:
		evse_lock_tick(seq, locked, now);
		break;
	case EVSE_LOCK_EVENTS:
		break;
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_lock_seq_event);
