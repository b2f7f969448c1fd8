/* SPDX-License-Identifier: GPL-2.0-only */
/* A mains whose crossings are known exactly, and an estimator that gets them. */
#ifndef _EVSE_GRID_MAINS_H
#define _EVSE_GRID_MAINS_H

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "../grid_freq.h"

/* Microhertz times nanoseconds are these parts of a cycle. */
#define CYCLE		1000000000000000LL

/**
 * struct grid_mains - a phase that moves on, and a comparator
 * @now: ns
 * @phase: since the latest rising crossing, parts of a cycle
 * @uhz: frequency, microhertz
 * @uhz_s: its rate of change, microhertz a second
 * @high: how much of a cycle the comparator is high, parts of a cycle
 * @jump_at: when the phase jumps, S64_MAX when it does not
 * @jump: how far, parts of a cycle
 * @jitter_ns: noise of the edges, at most
 * @seed: of the noise
 * @level: of the comparator
 */
struct grid_mains {
	s64 now;
	s64 phase;
	s64 uhz;
	s64 uhz_s;
	s64 high;
	s64 jump_at;
	s64 jump;
	u32 jitter_ns;
	u32 seed;
	bool level;
};

struct grid_mains_edge {
	s64 when;
	bool rising;
};

u32 grid_mains_random(u32 *seed);
void grid_mains_init(struct grid_mains *m, s64 start, u32 mhz);
void grid_mains_begin(struct grid_mains *m, struct evse_freq *f, u32 mhz,
		      unsigned int crossings);
void grid_mains_jump(struct grid_mains *m, u32 in_deg, s32 mdeg);
struct grid_mains_edge grid_mains_next(struct grid_mains *m);
void grid_mains_feed(struct grid_mains *m, struct evse_freq *f,
		     unsigned int crossings);
void grid_mains_feed_until(struct grid_mains *m, struct evse_freq *f, s64 until);
struct evse_freq_reading grid_mains_read(const struct evse_freq *f, u32 window_ms);
s64 grid_mains_distance(s64 a, s64 b);
void grid_mains_assert_steady(struct kunit *test,
			      const struct evse_freq_reading *r, u32 mhz,
			      u32 within_mhz, u32 within_mhz_s);

#define expect_near(test, got, want, within) \
	KUNIT_EXPECT_LE(test, grid_mains_distance(got, want), (s64)(within))

#define assert_near(test, got, want, within) \
	KUNIT_ASSERT_LE(test, grid_mains_distance(got, want), (s64)(within))

#endif /* _EVSE_GRID_MAINS_H */
