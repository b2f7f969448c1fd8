// SPDX-License-Identifier: GPL-2.0-only
/* Harmonics and notches. */
#include <linux/bug.h>
#include <linux/fixp-arith.h>

#include "grid_mains.h"

struct wave_case {
	const char *name;
	struct {
		u32 order;
		u32 permille;
		u32 deg;
	} harmonic[3];
	/* In this part of both half cycles the voltage is pulled to the other sign. */
	u32 notch_deg;
	u32 notch_width_mdeg;
};

static const struct wave_case wave_cases[] = {
	{ "sine" },
	{ "third 8 %", { { 3, 80, 0 } } },
	{ "third 8 %, 90 deg", { { 3, 80, 90 } } },
	{ "third 8 %, 180 deg", { { 3, 80, 180 } } },
	{ "fifth 8 %, 90 deg", { { 5, 80, 90 } } },
	{ "fifth 8 %, 180 deg", { { 5, 80, 180 } } },
	{ "seventh 8 %, 90 deg", { { 7, 80, 90 } } },
	{ "seventh 8 %, 180 deg", { { 7, 80, 180 } } },
	{ "3, 5, 7, THD 8 %", { { 3, 60, 90 }, { 5, 45, 30 }, { 7, 30, 200 } } },
	{ "3, 5, 7, THD 8 %, late", { { 3, 60, 270 }, { 5, 45, 270 }, { 7, 30, 270 } } },
	/* An even one makes the half cycles unequal. */
	{ "second 8 %, 90 deg", { { 2, 80, 90 } } },
	{ "notch at the crossing", { }, 0, 3000 },
	{ "notch behind the crossing", { }, 3, 3000 },
	{ "notch 15 deg behind", { }, 15, 4000 },
	{ "notch before the crossing", { }, 176, 3000 },
	{ "notch and harmonics", { { 3, 50, 90 }, { 5, 50, 0 } }, 5, 4000 },
};

static void wave_desc(const struct wave_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s", c->name);
}

KUNIT_ARRAY_PARAM(wave, wave_cases, wave_desc);

#define WAVE_CYCLE	259200U
#define WAVE_DEG	(WAVE_CYCLE / 360)

static bool wave_positive(const struct wave_case *c, u32 angle)
{
	u32 half = (angle + WAVE_CYCLE) % (WAVE_CYCLE / 2), i;
	u32 notch = c->notch_deg * WAVE_DEG;
	s64 v;

	angle %= WAVE_CYCLE;
	v = 1000LL * fixp_sin32_rad(angle, WAVE_CYCLE);
	for (i = 0; i < ARRAY_SIZE(c->harmonic); i++)
		v += (s64)c->harmonic[i].permille *
		     fixp_sin32_rad((angle * c->harmonic[i].order +
				     c->harmonic[i].deg * WAVE_DEG) % WAVE_CYCLE,
				    WAVE_CYCLE);
	if (half >= notch &&
	    half < notch + c->notch_width_mdeg * WAVE_DEG / 1000)
		return angle >= WAVE_CYCLE / 2;
	return v >= 0;
}

/* Edges of one cycle, found by bisection; they repeat. */
static unsigned int wave_edges(const struct wave_case *c,
			       struct grid_mains_edge *edge, unsigned int max)
{
	const u32 stride = WAVE_CYCLE / 720;
	unsigned int found = 0;
	u32 at;

	for (at = 0; at < WAVE_CYCLE && found < max; at += stride) {
		bool before = wave_positive(c, at);
		u32 low = at, high = at + stride;

		if (wave_positive(c, high) == before)
			continue;
		while (high - low > 1) {
			u32 middle = (low + high) / 2;

			if (wave_positive(c, middle) == before)
				low = middle;
			else
				high = middle;
		}
		edge[found++] = (struct grid_mains_edge) { high, !before };
	}
	return found;
}

static void grid_freq_wave(struct kunit *test)
{
	const struct wave_case *c = test->param_value;
	unsigned int count, cycle, i;
	struct grid_mains_edge edge[16];
	u32 mhz, accepted;

	count = wave_edges(c, edge, ARRAY_SIZE(edge));
	KUNIT_ASSERT_GE(test, count, 2U);
	KUNIT_ASSERT_LT(test, count, 16U);
	KUNIT_ASSERT_EQ(test, count % 2, 0U);
	if (c->notch_width_mdeg && c->notch_deg)
		KUNIT_ASSERT_GE(test, count, 6U);

	for (mhz = 47500; mhz <= 62500; mhz += 2500) {
		struct evse_freq_reading r;
		struct evse_freq f;

		evse_freq_init(&f, mhz < 55000 ? 50000 : 60000);
		accepted = 0;
		for (cycle = 0; cycle < 150; cycle++)
			for (i = 0; i < count; i++) {
				s64 angle = cycle * (s64)WAVE_CYCLE + edge[i].when;
				/* In parts of 10^-11, so that nothing overflows. */
				s64 ns = div_s64(angle * (100000000000 / WAVE_CYCLE) * 10,
						 mhz);

				accepted += evse_freq_edge(&f, ns, edge[i].rising);
				r = grid_mains_read(&f, 500);
				/* The first edge may be that of a notch. */
				KUNIT_ASSERT_TRUE(test, r.locked ||
						  accepted < EVSE_FREQ_LOCK + 4);
				if (!r.locked)
					continue;
				grid_mains_assert_steady(test, &r, mhz, 2, 10);
				assert_near(test, r.slow_mhz, mhz, 1);
			}
		KUNIT_EXPECT_GE(test, accepted, 298U);
		KUNIT_EXPECT_LE(test, accepted, 302U);
	}
}

/*
 * A notch that comes and goes moves a crossing or two; neither moves the
 * reading.
 */
static void grid_freq_moved_crossings(struct kunit *test)
{
	static const s32 moved_us[] = { -400, -250, -160, -50, 50, 160, 250, 400 };
	unsigned int every, row, i, k;

	for (i = 0; i < ARRAY_SIZE(moved_us) * 2; i++)
		for (every = 5; every < 40; every += 7) {
			struct grid_mains m;
			struct evse_freq f;

			grid_mains_begin(&m, &f, 50000, 30);
			row = i % 2 && every > 10;
			for (k = 1; k < 300; k++) {
				struct grid_mains_edge e = grid_mains_next(&m);
				struct evse_freq_reading r;

				if (k % every <= row)
					e.when += moved_us[i / 2] * NSEC_PER_USEC;
				KUNIT_ASSERT_TRUE(test, evse_freq_edge(&f, e.when, e.rising));
				r = grid_mains_read(&f, 500);
				grid_mains_assert_steady(test, &r, 50000, 100,
							 100 + 150 * (row + 1));
				if (k > 120)
					assert_near(test, r.slow_mhz, 50000, 10);
			}
		}
}

static struct kunit_case grid_freq_wave_cases[] = {
	KUNIT_CASE_PARAM(grid_freq_wave, wave_gen_params),
	KUNIT_CASE(grid_freq_moved_crossings),
	{}
};

static struct kunit_suite grid_freq_wave_suite = {
	.name = "evse_grid_freq_wave",
	.test_cases = grid_freq_wave_cases,
};

kunit_test_suite(grid_freq_wave_suite);
