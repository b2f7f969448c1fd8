/* SPDX-License-Identifier: GPL-2.0-only */
/* Movements of a connector lock. */
#ifndef _EVSE_LOCK_SEQ_H
#define _EVSE_LOCK_SEQ_H

#include <linux/ktime.h>
#include <linux/types.h>
#include <uapi/linux/evse.h>

/**
 * enum evse_lock_motor - what the motor does
 * @EVSE_LOCK_MOTOR_OFF: nothing
 * @EVSE_LOCK_MOTOR_LOCK: drives towards locked
 * @EVSE_LOCK_MOTOR_UNLOCK: drives towards unlocked
 */
enum evse_lock_motor {
	EVSE_LOCK_MOTOR_OFF,
	EVSE_LOCK_MOTOR_LOCK,
	EVSE_LOCK_MOTOR_UNLOCK,
};

/**
 * enum evse_lock_phase - where a movement is
 * @EVSE_LOCK_REST: none is under way
 * @EVSE_LOCK_PULSE: the motor is driven
 * @EVSE_LOCK_WAIT: the motor is off, the feedback does not say so yet
 * @EVSE_LOCK_SETTLE: the feedback says so, and may still bounce
 * @EVSE_LOCK_PHASES: how many there are
 */
enum evse_lock_phase {
	EVSE_LOCK_REST,
	EVSE_LOCK_PULSE,
	EVSE_LOCK_WAIT,
	EVSE_LOCK_SETTLE,
	EVSE_LOCK_PHASES,
};

/**
 * enum evse_lock_event - what happens to a lock
 * @EVSE_LOCK_DO_LOCK: asked to lock
 * @EVSE_LOCK_DO_UNLOCK: asked to unlock
 * @EVSE_LOCK_TICK: the feedback changed, or the deadline passed
 * @EVSE_LOCK_EVENTS: how many there are
 */
enum evse_lock_event {
	EVSE_LOCK_DO_LOCK,
	EVSE_LOCK_DO_UNLOCK,
	EVSE_LOCK_TICK,
	EVSE_LOCK_EVENTS,
};

/* A switch at the end of its travel has stopped bouncing after this. */
#define EVSE_LOCK_SETTLE_NS	(20 * NSEC_PER_MSEC)

/**
 * struct evse_lock_seq - state of a connector lock
 * @pulse_ns: the motor is driven for so long
 * @timeout_ns: from the start of the pulse to the feedback, at most
 * @phase: of the movement
 * @target: of the movement: locked
 * @motor: what the motor is to do
 * @state: what the port is to know
 * @limit: end of the movement at the latest
 * @deadline: when to tick at the latest, 0 for never
 */
struct evse_lock_seq {
	s64 pulse_ns;
	s64 timeout_ns;
	enum evse_lock_phase phase;
	bool target;
	enum evse_lock_motor motor;
	enum evse_lock_state state;
	ktime_t limit;
	ktime_t deadline;
};

void evse_lock_seq_init(struct evse_lock_seq *seq, s64 pulse_ns, s64 timeout_ns,
			bool locked);
void evse_lock_seq_event(struct evse_lock_seq *seq, enum evse_lock_event event,
			 bool locked, ktime_t now);

#endif /* _EVSE_LOCK_SEQ_H */
