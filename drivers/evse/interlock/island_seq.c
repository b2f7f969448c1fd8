// SPDX-License-Identifier: GPL-2.0-only
/*
 * Movement of an islanding switch. Pure: values in, values out.
 *
 * The feedback has to follow the coil within the travel time, and to stay there.
 * That it is lost counts at once, that it came only when it has stopped bouncing.
 */
#include <linux/export.h>
#include <kunit/visibility.h>

#include "island_seq.h"

/**
 * evse_island_seq_init() - a switch that is told to be closed
 * @seq: the switch
 * @travel_ns: from coil to feedback, at most
 * @settle_ns: a feedback that stays put for so long has stopped bouncing
 * @now: the time
 */
void evse_island_seq_init(struct evse_island_seq *seq, s64 travel_ns,
			  s64 settle_ns, ktime_t now)
{
	*seq = (struct evse_island_seq){
		.travel_ns = travel_ns,
		.settle_ns = settle_ns,
		.limit = ktime_add_ns(now, travel_ns),
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_island_seq_init);

/**
 * evse_island_seq_tell() - where the switch is to be; look at it afterwards
 * @seq: the switch
 * @open: parted from the grid
 * @now: the time
 */
void evse_island_seq_tell(struct evse_island_seq *seq, bool open, ktime_t now)
{
	if (seq->open == open)
		return;
	seq->open = open;
	seq->right = false;
	seq->arrived = false;
	seq->limit = ktime_add_ns(now, seq->travel_ns);
}
EXPORT_SYMBOL_IF_KUNIT(evse_island_seq_tell);

static void evse_island_seq_wrong(struct evse_island_seq *seq, ktime_t now)
{
	if (seq->arrived)
		seq->failure = seq->open ? EVSE_ISLAND_CLOSED_ITSELF :
					   EVSE_ISLAND_OPENED_ITSELF;
	else if (!seq->failure && !ktime_before(now, seq->limit))
		seq->failure = seq->open ? EVSE_ISLAND_NOT_OPENED :
					   EVSE_ISLAND_NOT_CLOSED;
	seq->right = false;
	seq->arrived = false;
	seq->deadline = seq->failure ? 0 : seq->limit;
}

static void evse_island_seq_right(struct evse_island_seq *seq, ktime_t now)
{
	if (!seq->right)
		seq->since = now;
	seq->right = true;
	seq->deadline = ktime_add_ns(seq->since, seq->settle_ns);
	if (ktime_before(now, seq->deadline))
		return;
	seq->arrived = true;
	seq->failure = EVSE_ISLAND_FINE;
	seq->deadline = 0;
}

/**
 * evse_island_seq_look() - what follows from the feedback
 * @seq: the switch
 * @opened: the feedback says open
 * @now: the time
 *
 * Return: the verdict.
 */
enum evse_island_verdict evse_island_seq_look(struct evse_island_seq *seq,
					      bool opened, ktime_t now)
{
	if (opened == seq->open)
		evse_island_seq_right(seq, now);
	else
		evse_island_seq_wrong(seq, now);

	if (seq->failure)
		return EVSE_ISLAND_TRIP;
	return seq->open && seq->arrived ? EVSE_ISLAND_PERMIT :
					   EVSE_ISLAND_HOLD;
}
EXPORT_SYMBOL_IF_KUNIT(evse_island_seq_look);
