// SPDX-License-Identifier: GPL-2.0-only
/* A mains whose crossings are known exactly, and an estimator that gets them. */
#include <linux/string.h>

#include "grid_mains.h"

#define NEVER	S64_MAX

u32 grid_mains_random(u32 *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* -@most to @most. */
static s64 grid_mains_jitter(u32 *seed, u32 most)
{
	return most ? (s64)(grid_mains_random(seed) % (2 * most + 1)) - most : 0;
}

void grid_mains_init(struct grid_mains *m, s64 start, u32 mhz)
{
	*m = (struct grid_mains) {
		.now = start,
		.uhz = mhz * 1000LL,
		.high = CYCLE / 2,
		.jump_at = NEVER,
		.seed = mhz,
	};
}

/* At the nominal frequency, and as many crossings of it are known. */
void grid_mains_begin(struct grid_mains *m, struct evse_freq *f, u32 mhz,
		      unsigned int crossings)
{
	grid_mains_init(m, 0, mhz);
	evse_freq_init(f, mhz);
	grid_mains_feed(m, f, crossings);
}

/* When the phase has moved on by @in_deg, it jumps by @mdeg. */
void grid_mains_jump(struct grid_mains *m, u32 in_deg, s32 mdeg)
{
	m->jump_at = m->now + div_s64(in_deg * (CYCLE / 360), m->uhz);
	m->jump = mdeg * (CYCLE / 360000);
}

static s64 grid_mains_phase_in(const struct grid_mains *m, s64 ns)
{
	return m->uhz * ns + div_s64(m->uhz_s * ns, 2 * NSEC_PER_SEC) * ns;
}

static void grid_mains_advance(struct grid_mains *m, s64 ns)
{
	m->now += ns;
	m->uhz += div_s64(m->uhz_s * ns, NSEC_PER_SEC);
}

/* How long the phase takes to get there, found by bisection. */
static s64 grid_mains_time_to(const struct grid_mains *m, s64 phase)
{
	s64 low = 0, high = 60 * NSEC_PER_MSEC;

	while (high - low > 1) {
		s64 middle = (low + high) / 2;

		if (grid_mains_phase_in(m, middle) < phase - m->phase)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* The jump itself. Returns whether the level changes with it. */
static bool grid_mains_take_jump(struct grid_mains *m)
{
	s64 ns = m->jump_at - m->now;
	bool level = m->level;

	m->phase += grid_mains_phase_in(m, ns) + m->jump + CYCLE;
	while (m->phase >= CYCLE)
		m->phase -= CYCLE;
	grid_mains_advance(m, ns);
	m->jump_at = NEVER;
	m->level = m->phase < m->high;
	return m->level != level;
}

/* The next edge, noise added. */
struct grid_mains_edge grid_mains_next(struct grid_mains *m)
{
	for (;;) {
		s64 ns = grid_mains_time_to(m, m->level ? m->high : CYCLE);

		if (m->jump_at == NEVER || m->now + ns < m->jump_at) {
			m->phase = m->level ? m->high : 0;
			grid_mains_advance(m, ns);
			m->level = !m->level;
			break;
		}
		if (grid_mains_take_jump(m))
			break;
	}
	return (struct grid_mains_edge) {
		m->now + grid_mains_jitter(&m->seed, m->jitter_ns), m->level
	};
}

/* Until as many crossings are accepted. */
void grid_mains_feed(struct grid_mains *m, struct evse_freq *f,
		     unsigned int crossings)
{
	while (crossings) {
		struct grid_mains_edge e = grid_mains_next(m);

		if (evse_freq_edge(f, e.when, e.rising))
			crossings--;
	}
}

void grid_mains_feed_until(struct grid_mains *m, struct evse_freq *f, s64 until)
{
	while (m->now < until)
		grid_mains_feed(m, f, 1);
}

/* Nothing of what was in the reading before is left in it. */
struct evse_freq_reading grid_mains_read(const struct evse_freq *f, u32 window_ms)
{
	struct evse_freq_reading r;

	memset(&r, 0x5a, sizeof(r));
	evse_freq_read(f, window_ms, &r);
	return r;
}

s64 grid_mains_distance(s64 a, s64 b)
{
	return abs(a - b);
}

/* A frequency that stays, and no jump. */
void grid_mains_assert_steady(struct kunit *test,
			      const struct evse_freq_reading *r, u32 mhz,
			      u32 within_mhz, u32 within_mhz_s)
{
	KUNIT_ASSERT_TRUE(test, r->locked);
	KUNIT_ASSERT_EQ(test, r->shift_mdeg, 0);
	assert_near(test, r->fast_mhz, mhz, within_mhz);
	assert_near(test, r->rocof_mhz_s, 0, within_mhz_s);
}
