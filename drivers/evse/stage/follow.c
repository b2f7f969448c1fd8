// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follow the phase of the grid by the crossings that its guard sees.
 *
 * Values in, values out: no device, clock or lock. The guard is the master: it
 * tells when phase 1 was where, once a cycle, and the frequency. Between two such
 * anchors the angle goes on at a steady rate; each of them changes the rate, so
 * that a quarter of the error is gone by the next one, and never the angle
 * itself. An angle read costs some ten instructions, an anchor a division.
 *
 * A crossing whose interrupt came late is a phase that is off, once, and a wrong
 * frequency, twice: a value that is alone beyond the two before it counts little
 * more than they do, which is no more than a steep ramp needs.
 *
 * The guard's frequency is that of some cycles ago. While the frequency ramps it
 * is wrong by as much all the time; the sum of the errors finds that out.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "follow.h"

/* Of the error, the part to be gone by the next anchor: a quarter. */
#define EVSE_FOLLOW_GAIN	2

/* And the part that is taken for a wrong frequency, which is for good: 1/32. */
#define EVSE_FOLLOW_DRIFT	5

/* Which can be no more than 1/128: 0.4 Hz, a ramp of 8 Hz a second. */
#define EVSE_FOLLOW_DRIFT_MAX	128

/* One value alone: a tenth of a degree, and a ramp of 1 Hz/s in a cycle. */
#define EVSE_FOLLOW_BEYOND	(0x100000000LL / 3600)
#define EVSE_FOLLOW_BEYOND_UHZ	20000

/* Two and a quarter cycles without an anchor, as microhertz times ns. */
#define EVSE_FOLLOW_HOLD	2250000000000000ULL

/**
 * evse_follow_init() - start without any anchor
 * @f: the follower
 */
void evse_follow_init(struct evse_follow *f)
{
	*f = (struct evse_follow) { };
}
EXPORT_SYMBOL_IF_KUNIT(evse_follow_init);

/**
 * evse_follow_lost() - the grid is lost
 * @f: the follower
 *
 * So is the lock. The angle goes on as it was until the next anchor, with which
 * it starts anew.
 */
void evse_follow_lost(struct evse_follow *f)
{
	f->running = false;
	f->locked = false;
	f->near = 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_follow_lost);

static s32 evse_follow_likely(struct evse_follow_pair *p, s32 value, s32 beyond)
{
	s32 a = p->value[0], b = p->value[1];

	p->value[0] = b;
	p->value[1] = value;
	return clamp(value, min(a, b) - beyond, max(a, b) + beyond);
}

static bool evse_follow_overdue(const struct evse_follow *f, s64 now)
{
	return now - f->anchor > f->hold_ns;
}

/**
 * evse_follow_locked() - is the angle that of the grid
 * @f: the follower
 * @now: ns
 *
 * Return: true when it was for EVSE_FOLLOW_LOCK anchors, and the next one is not
 * overdue.
 */
bool evse_follow_locked(const struct evse_follow *f, s64 now)
{
	return f->locked && !evse_follow_overdue(f, now);
}
EXPORT_SYMBOL_IF_KUNIT(evse_follow_locked);

/* That part of the turn, to be made up for within a cycle: as a rate. */
static s32 evse_follow_speed(u32 rate, s32 error, unsigned int shift)
{
	return ((s64)error * rate >> 32) >> shift;
}

/* Without hurry: how much faster than the given frequency to turn. */
static s32 evse_follow_correct(struct evse_follow *f, u32 rate)
{
	s32 slew = rate / EVSE_FOLLOW_SLEW, most = rate / EVSE_FOLLOW_DRIFT_MAX;
	s32 error = evse_follow_likely(&f->errors, f->error, EVSE_FOLLOW_BEYOND);
	s32 drift = f->drift + evse_follow_speed(rate, error, EVSE_FOLLOW_DRIFT);
	s32 ahead = evse_follow_speed(rate, error, EVSE_FOLLOW_GAIN);

	/* A jump of the phase says nothing about the frequency. */
	if (f->locked)
		f->drift = clamp(drift, -most, most);
	return clamp(ahead + f->drift, -slew, slew);
}

static void evse_follow_judge(struct evse_follow *f)
{
	u32 off = abs(f->error);

	f->near = off <= EVSE_FOLLOW_NEAR ? min(f->near + 1, EVSE_FOLLOW_LOCK + 0U) : 0;
	if (f->near == EVSE_FOLLOW_LOCK)
		f->locked = true;
	if (off > EVSE_FOLLOW_FAR)
		f->locked = false;
}

/**
 * evse_follow_anchor() - the guard saw where the grid was
 * @f: the follower
 * @now: ns
 * @when: moment of the anchor, not after @now, ns
 * @at: angle of phase 1 then, 2^32 is a turn: 0 for a crossing to positive, or
 *	what the way through the comparator makes of it
 * @uhz: frequency, microhertz; one that is none of a mains loses the lock
 *
 * The first anchor after a loss sets the angle; all others only the rate.
 */
void evse_follow_anchor(struct evse_follow *f, s64 now, s64 when, u32 at,
			u32 uhz)
{
	u32 rate;

	if (uhz < EVSE_PHASE_MIN_UHZ || uhz > EVSE_PHASE_MAX_UHZ) {
		evse_follow_lost(f);
		return;
	}
	if (evse_follow_overdue(f, now))
		evse_follow_lost(f);
	f->anchor = when;
	f->hold_ns = div_u64(EVSE_FOLLOW_HOLD, uhz);
	if (!f->running) {
		rate = evse_phase_rate(uhz);
		f->running = true;
		f->drift = 0;
		f->error = 0;
		f->errors = (struct evse_follow_pair) { };
		f->uhz = (struct evse_follow_pair) { { uhz, uhz } };
		f->phase = (struct evse_phase) { when, at, rate };
		return;
	}
	f->error = at - evse_follow_angle(f, when);
	evse_follow_judge(f);
	rate = evse_phase_rate(evse_follow_likely(&f->uhz, uhz,
						  EVSE_FOLLOW_BEYOND_UHZ));
	evse_phase_set_rate(&f->phase, now, rate + evse_follow_correct(f, rate));
}
EXPORT_SYMBOL_IF_KUNIT(evse_follow_anchor);
