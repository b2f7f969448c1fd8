// SPDX-License-Identifier: GPL-2.0-only
/*
 * A phase angle that moves on with a frequency, which may ramp. Pure.
 *
 * The angle is counted in microhertz times nanoseconds, 10^15 to the turn, so
 * that it moves on by a plain product. A ramp is computed from its beginning:
 * how often it was looked at changes nothing.
 */

#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "mains.h"

/* A second has so many half turns to the microhertz, inverse. */
#define UHZ_PER_HALF	(EVSE_SIM_HALF / NSEC_PER_SEC)

void evse_sim_wave_init(struct evse_sim_wave *w, s64 uhz, s64 now)
{
	*w = (struct evse_sim_wave){ .at = now, .uhz = uhz, .goal = uhz };
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_wave_init);

/* From now on to @goal_uhz; at once when @rate_uhz_s is 0. */
void evse_sim_wave_ramp(struct evse_sim_wave *w, s64 goal_uhz, s64 rate_uhz_s)
{
	w->goal = goal_uhz;
	w->since = w->at;
	w->from = w->uhz;
	w->rate = goal_uhz < w->uhz ? -rate_uhz_s : rate_uhz_s;
	if (!rate_uhz_s)
		w->uhz = goal_uhz;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_wave_ramp);

static s64 ramp_end(const struct evse_sim_wave *w)
{
	return w->since + div64_s64((w->goal - w->from) * NSEC_PER_SEC,
				    w->rate);
}

static s64 ramp_uhz(const struct evse_sim_wave *w, s64 when)
{
	if (when >= ramp_end(w))
		return w->goal;
	return w->from + div_s64((when - w->since) * w->rate, NSEC_PER_SEC);
}

static void turn(struct evse_sim_wave *w, s64 uhz, s64 ns)
{
	u64 part;

	if (ns >= NSEC_PER_SEC) {
		s32 rest;
		s64 whole = div_s64_rem(ns, NSEC_PER_SEC, &rest) * uhz;
		s32 below;

		w->half += div_s64_rem(whole, UHZ_PER_HALF, &below);
		w->part += (s64)below * NSEC_PER_SEC;
		ns = rest;
	}
	part = w->part + ns * uhz;
	w->half += div64_u64_rem(part, EVSE_SIM_HALF, &part);
	w->part = part;
}

void evse_sim_wave_advance(struct evse_sim_wave *w, s64 to)
{
	while (w->at < to && w->uhz != w->goal) {
		s64 until = min(to, w->at + NSEC_PER_SEC / 2), uhz;

		if (w->at < ramp_end(w))
			until = min(until, ramp_end(w));
		uhz = ramp_uhz(w, until);
		turn(w, (w->uhz + uhz) / 2, until - w->at);
		w->uhz = uhz;
		w->at = until;
	}
	if (w->at < to) {
		turn(w, w->uhz, to - w->at);
		w->at = to;
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_wave_advance);

/* When it will be @ahead of where it is, which is less than a few turns. */
s64 evse_sim_wave_when(const struct evse_sim_wave *w, s64 ahead)
{
	s64 ns, mean;
	int i;

	if (ahead <= 0)
		return w->at;
	ns = div64_s64(ahead + w->uhz - 1, w->uhz);
	for (i = 0; w->uhz != w->goal && i < 2; i++) {
		mean = (w->uhz + ramp_uhz(w, w->at + ns)) / 2;
		ns = div64_s64(ahead + mean - 1, mean);
	}
	return w->at + ns;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_wave_when);

s64 evse_sim_wave_angle(s32 mdeg)
{
	return div_s64(mdeg * (EVSE_SIM_HALF / 10000), 18);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_wave_angle);
