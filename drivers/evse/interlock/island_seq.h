/* SPDX-License-Identifier: GPL-2.0-only */
/* Movement of an islanding switch. */
#ifndef _EVSE_ISLAND_SEQ_H
#define _EVSE_ISLAND_SEQ_H

#include <linux/ktime.h>
#include <linux/types.h>

/**
 * enum evse_island_verdict - may a house be fed
 * @EVSE_ISLAND_HOLD: the switch is closed, or on its way
 * @EVSE_ISLAND_PERMIT: it is confirmed open
 * @EVSE_ISLAND_TRIP: it does not do what it is told
 */
enum evse_island_verdict {
	EVSE_ISLAND_HOLD,
	EVSE_ISLAND_PERMIT,
	EVSE_ISLAND_TRIP,
};

/**
 * enum evse_island_failure - what a switch did, the value of its fault
 * @EVSE_ISLAND_FINE: nothing wrong
 * @EVSE_ISLAND_CLOSED_ITSELF: closed, and was told to stay open
 * @EVSE_ISLAND_NOT_OPENED: did not open in time
 * @EVSE_ISLAND_NOT_CLOSED: did not close in time
 * @EVSE_ISLAND_OPENED_ITSELF: opened, and was told to stay closed
 */
enum evse_island_failure {
	EVSE_ISLAND_FINE,
	EVSE_ISLAND_CLOSED_ITSELF,
	EVSE_ISLAND_NOT_OPENED,
	EVSE_ISLAND_NOT_CLOSED,
	EVSE_ISLAND_OPENED_ITSELF,
};

/**
 * struct evse_island_seq - an islanding switch
 * @travel_ns: from coil to feedback, at most
 * @settle_ns: a feedback that stays put for so long has stopped bouncing
 * @open: it is told to be open
 * @right: the feedback is as it is told
 * @arrived: and has been for long enough
 * @failure: what it did last, until it arrives
 * @since: when the feedback became right
 * @limit: until when it has to
 * @deadline: when to look again at the latest, 0 for never
 */
struct evse_island_seq {
	s64 travel_ns;
	s64 settle_ns;
	bool open;
	bool right;
	bool arrived;
	enum evse_island_failure failure;
	ktime_t since;
	ktime_t limit;
	ktime_t deadline;
};

void evse_island_seq_init(struct evse_island_seq *seq, s64 travel_ns,
			  s64 settle_ns, ktime_t now);
void evse_island_seq_tell(struct evse_island_seq *seq, bool open, ktime_t now);
enum evse_island_verdict evse_island_seq_look(struct evse_island_seq *seq,
					      bool opened, ktime_t now);

#endif /* _EVSE_ISLAND_SEQ_H */
