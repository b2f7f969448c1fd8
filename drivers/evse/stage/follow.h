/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Follow the phase of the grid by the crossings that its guard sees. Pure:
 * values in, values out; integers only.
 */
#ifndef _EVSE_STAGE_FOLLOW_H
#define _EVSE_STAGE_FOLLOW_H

#include <linux/types.h>

#include "phase.h"

/* Anchors in a row that are near enough for a lock. */
#define EVSE_FOLLOW_LOCK	5

/* Near enough for a lock: 2 degrees; too far for one that is there: 5 degrees. */
#define EVSE_FOLLOW_NEAR	(0x100000000ULL / 180)
#define EVSE_FOLLOW_FAR		(0x100000000ULL / 72)

/* The angle is never faster or slower than the grid by more than a part of: */
#define EVSE_FOLLOW_SLEW	32

/**
 * struct evse_follow_pair - what a value has to be likely by
 * @value: the two before
 */
struct evse_follow_pair {
	s32 value[2];
};

/**
 * struct evse_follow - the follower
 * @phase: its angle
 * @anchor: when the latest anchor was
 * @hold_ns: after that without another one, the lock is lost
 * @drift: what the given frequency is wrong by, in units of the rate
 * @error: how far the grid was ahead at the latest anchor, 2^32 is a turn
 * @errors: that before
 * @uhz: frequencies before
 * @near: anchors in a row that were near
 * @running: there was an anchor since the grid was lost
 * @locked: as of the latest anchor
 */
struct evse_follow {
	struct evse_phase phase;
	s64 anchor;
	u32 hold_ns;
	s32 drift;
	s32 error;
	struct evse_follow_pair errors;
	struct evse_follow_pair uhz;
	u32 near;
	bool running;
	bool locked;
};

void evse_follow_init(struct evse_follow *f);
void evse_follow_anchor(struct evse_follow *f, s64 now, s64 when, u32 at,
			u32 uhz);
void evse_follow_lost(struct evse_follow *f);
bool evse_follow_locked(const struct evse_follow *f, s64 now);

/**
 * evse_follow_angle() - where the grid is
 * @f: the follower
 * @when: ns, not far from the latest anchor
 *
 * Return: the angle of phase 1, 2^32 is a turn.
 */
static inline u32 evse_follow_angle(const struct evse_follow *f, s64 when)
{
	return evse_phase_at(&f->phase, when);
}

#endif /* _EVSE_STAGE_FOLLOW_H */
