// SPDX-License-Identifier: GPL-2.0-only
/*
 * Connector lock: a motor moves a bolt, a switch at its end says locked. Pure.
 */

#include <linux/export.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "model.h"

void evse_sim_lock_init(struct evse_sim_lock *l)
{
	*l = (struct evse_sim_lock){ .due = EVSE_SIM_NEVER };
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_lock_init);

/* Let the bolt have moved until @now, and say when it arrives. */
static void move(struct evse_sim_lock *l, s64 now)
{
	s64 way = (now - l->moved) * l->drive;

	l->moved = now;
	if (l->fail == EVSE_SIM_LOCK_UNLOCKS)
		l->position = 0;
	else if (l->fail != EVSE_SIM_LOCK_JAM)
		l->position = clamp_t(s64, l->position + way, 0,
				      EVSE_SIM_LOCK_TRAVEL);

	l->due = EVSE_SIM_NEVER;
	if (l->fail == EVSE_SIM_LOCK_JAM || l->fail == EVSE_SIM_LOCK_UNLOCKS)
		return;
	if (l->drive > 0 && l->position < EVSE_SIM_LOCK_TRAVEL)
		l->due = now + EVSE_SIM_LOCK_TRAVEL - l->position;
	if (l->drive < 0 && l->position)
		l->due = now + l->position;
}

/* Both drives on short the bridge: the motor stands. */
void evse_sim_lock_drive(struct evse_sim_lock *l, bool lock, bool unlock,
			 s64 now)
{
	move(l, now);
	l->drive = lock - unlock;
	move(l, now);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_lock_drive);

void evse_sim_lock_fire(struct evse_sim_lock *l, s64 now)
{
	move(l, now);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_lock_fire);

/* @fail was written. */
void evse_sim_lock_failed(struct evse_sim_lock *l, s64 now)
{
	move(l, now);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_lock_failed);

bool evse_sim_lock_feedback(const struct evse_sim_lock *l)
{
	return l->position == EVSE_SIM_LOCK_TRAVEL &&
	       l->fail != EVSE_SIM_LOCK_NO_FEEDBACK;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_lock_feedback);
