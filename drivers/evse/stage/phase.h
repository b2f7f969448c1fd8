/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A phase angle that turns at a steady rate from some moment on. Angles are
 * fractions of a turn, 2^32 is a turn.
 */
#ifndef _EVSE_STAGE_PHASE_H
#define _EVSE_STAGE_PHASE_H

#include <linux/types.h>

/* What counts as a mains frequency at all. */
#define EVSE_PHASE_MIN_UHZ	40000000U
#define EVSE_PHASE_MAX_UHZ	70000000U

/**
 * struct evse_phase - the angle
 * @since: ns
 * @angle: there
 * @rate: 2^32 of a turn in a nanosecond, Q23: a frequency up to 119 Hz
 */
struct evse_phase {
	s64 since;
	u32 angle;
	u32 rate;
};

/* A microhertz is 2^55 / 10^15 = 36.0287970, here with 26 digits behind it. */
static inline u32 evse_phase_rate(u32 uhz)
{
	return (u64)uhz * 2417851639U >> 26;
}

/* What it turns by in that time; one of a second at most, either way. */
static inline u32 evse_phase_turn(u32 rate, s64 ns)
{
	s64 most = 1 << 30;

	ns = ns > most ? most : ns < -most ? -most : ns;
	return ns * rate >> 23;
}

static inline u32 evse_phase_at(const struct evse_phase *p, s64 when)
{
	return p->angle + evse_phase_turn(p->rate, when - p->since);
}

/* Turn at another rate from then on; the angle does not jump. */
static inline void evse_phase_set_rate(struct evse_phase *p, s64 now, u32 rate)
{
	p->angle = evse_phase_at(p, now);
	p->since = now;
	p->rate = rate;
}

#endif /* _EVSE_STAGE_PHASE_H */
