/* SPDX-License-Identifier: GPL-2.0-only */
/* Closing and opening sequences of a contactor set. */
#ifndef _EVSE_CONTACTOR_SEQ_H
#define _EVSE_CONTACTOR_SEQ_H

#include <linux/bits.h>
#include <linux/ktime.h>
#include <linux/types.h>

#define EVSE_SEQ_MAX_CONTACTS	3
#define EVSE_SEQ_MAX_STEPS	3

/**
 * enum evse_seq_kind - wiring of a contactor set
 * @EVSE_SEQ_AC: one contactor for all conductors
 * @EVSE_SEQ_AC_LN: phase and neutral apart
 * @EVSE_SEQ_DC: both poles, and a pre-charge contact across the positive one
 * @EVSE_SEQ_KINDS: how many there are
 */
enum evse_seq_kind {
	EVSE_SEQ_AC,
	EVSE_SEQ_AC_LN,
	EVSE_SEQ_DC,
	EVSE_SEQ_KINDS,
};

/* Contacts of EVSE_SEQ_DC, as bits. */
#define EVSE_SEQ_DC_PLUS	0x1
#define EVSE_SEQ_DC_MINUS	0x2
#define EVSE_SEQ_DC_PRECHARGE	0x4

/**
 * struct evse_seq_step - one step: write the coils, wait for the contacts
 * @on: coils to energise
 * @off: coils to release
 * @dwell: once confirmed, stay for the pre-charge time
 */
struct evse_seq_step {
	u8 on;
	u8 off;
	bool dwell;
};

/**
 * struct evse_seq_plan - the sequences of one wiring
 * @contacts: number of contacts
 * @names: of the contacts, in the order of their bits
 * @closing: steps; the last has neither @on nor @off
 * @opening: likewise
 */
struct evse_seq_plan {
	unsigned int contacts;
	const char *names[EVSE_SEQ_MAX_CONTACTS];
	struct evse_seq_step closing[EVSE_SEQ_MAX_STEPS + 1];
	struct evse_seq_step opening[EVSE_SEQ_MAX_STEPS + 1];
};

extern const struct evse_seq_plan evse_seq_plans[EVSE_SEQ_KINDS];

/**
 * struct evse_seq_timing - times of a contactor set
 * @close_ns: from coil on to contact closed, at most
 * @open_ns: from coil off to contact open, at most
 * @settle_ns: a contact that stays put for so long has stopped bouncing
 * @precharge_ns: from pre-charge contact closed to positive coil on
 */
struct evse_seq_timing {
	s64 close_ns;
	s64 open_ns;
	s64 settle_ns;
	s64 precharge_ns;
};

/**
 * enum evse_seq_phase - where a contactor set is
 * @EVSE_SEQ_OPEN: coils off, every contact open
 * @EVSE_SEQ_CLOSING: in the closing sequence
 * @EVSE_SEQ_CLOSED: confirmed
 * @EVSE_SEQ_OPENING: in the opening sequence
 * @EVSE_SEQ_RELEASED: coils off, not every contact is known to be open yet
 * @EVSE_SEQ_STUCK: coils off, and a contact stays closed
 * @EVSE_SEQ_PHASES: how many there are
 */
enum evse_seq_phase {
	EVSE_SEQ_OPEN,
	EVSE_SEQ_CLOSING,
	EVSE_SEQ_CLOSED,
	EVSE_SEQ_OPENING,
	EVSE_SEQ_RELEASED,
	EVSE_SEQ_STUCK,
	EVSE_SEQ_PHASES,
};

/**
 * enum evse_seq_wait - what a phase waits for
 * @EVSE_SEQ_CONFIRM: contacts following their coils
 * @EVSE_SEQ_SETTLE: contacts staying as they are
 * @EVSE_SEQ_DWELL: pre-charge
 */
enum evse_seq_wait {
	EVSE_SEQ_CONFIRM,
	EVSE_SEQ_SETTLE,
	EVSE_SEQ_DWELL,
};

/**
 * enum evse_seq_event - what happens to a contactor set
 * @EVSE_SEQ_DO_CLOSE: asked to close
 * @EVSE_SEQ_DO_OPEN: asked to open
 * @EVSE_SEQ_DO_TRIP: every coil off, now
 * @EVSE_SEQ_TICK: an auxiliary contact changed, or the deadline passed
 * @EVSE_SEQ_EVENTS: how many there are
 */
enum evse_seq_event {
	EVSE_SEQ_DO_CLOSE,
	EVSE_SEQ_DO_OPEN,
	EVSE_SEQ_DO_TRIP,
	EVSE_SEQ_TICK,
	EVSE_SEQ_EVENTS,
};

/* What a step has to say, in the order in which it is to be said. */
#define EVSE_SEQ_SAY_FAILED	BIT(0)	/* a contact did not follow its coil */
#define EVSE_SEQ_SAY_STUCK	BIT(1)	/* a contact is closed, its coil off */
#define EVSE_SEQ_SAY_CLOSED	BIT(2)
#define EVSE_SEQ_SAY_OPENED	BIT(3)
#define EVSE_SEQ_SAY_NOT_FAILED	BIT(4)
#define EVSE_SEQ_SAY_NOT_STUCK	BIT(5)

/**
 * struct evse_seq - state of a contactor set
 * @plan: its sequences
 * @timing: its times
 * @phase: where it is
 * @wait: what it waits for
 * @step: in the running sequence
 * @coils: energised coils
 * @culprit: contacts that the latest fault is about
 * @failed: a contact did not follow its coil; ends when all are open
 * @stuck: a contact is closed while its coil is off; ends when all are open
 * @limit: latest end of @EVSE_SEQ_CONFIRM
 * @deadline: when to tick at the latest, 0 for never
 */
struct evse_seq {
	const struct evse_seq_plan *plan;
	struct evse_seq_timing timing;
	enum evse_seq_phase phase;
	enum evse_seq_wait wait;
	u8 step;
	u8 coils;
	u8 culprit;
	bool failed;
	bool stuck;
	ktime_t limit;
	ktime_t deadline;
};

void evse_seq_init(struct evse_seq *seq, enum evse_seq_kind kind,
		   const struct evse_seq_timing *timing);
u32 evse_seq_event(struct evse_seq *seq, enum evse_seq_event event, u8 closed,
		   ktime_t now);

#endif /* _EVSE_CONTACTOR_SEQ_H */
