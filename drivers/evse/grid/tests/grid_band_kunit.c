// SPDX-License-Identifier: GPL-2.0-only
/* What the band of the voltage warning limits, and when that ends. */
#include "../grid_band.h"
#include "grid_bench.h"

/* A voltage for a while, looked at every 10 ms: how often a limit changed. */
static unsigned int band_pass(struct evse_grid_band *b, struct grid_bench *g,
			      s32 permille, u32 ms)
{
	unsigned int changes = 0;
	s64 end = g->seen.now + MS(ms);

	grid_bench_volt(g, permille);
	for (; g->seen.now < end; g->seen.now += MS(10))
		changes += evse_grid_band_step(b, g->j.line, &g->seen, g->seen.now);
	return changes;
}

static struct grid_bench *band_new(struct kunit *test, struct evse_grid_band *b)
{
	struct grid_bench *g = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat2"));

	evse_grid_band_init(b, g->seen.now);
	g->seen.now += MS(60000);
	return g;
}

/* At the edge a limit stays; one disturbance is over in time. */
static void grid_band_edges(struct kunit *test)
{
	struct evse_grid_band b;
	struct grid_bench *g = band_new(test, &b);

	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 1100, 1000), 0U);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 1101, 10), 1U);
	KUNIT_EXPECT_TRUE(test, b.above && !b.below);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 1096, 10000), 0U);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 1095, 190), 0U);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 1095, 30), 1U);
	KUNIT_EXPECT_FALSE(test, b.above || b.below);

	g->seen.now += MS(60000);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 900, 1000), 0U);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 899, 10), 1U);
	KUNIT_EXPECT_TRUE(test, b.below && !b.above);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 904, 10000), 0U);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 905, 190), 0U);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 905, 30), 1U);

	/* What nobody knows limits nothing: the permit is gone then. */
	g->seen.now += MS(60000);
	g->seen.voltage_valid = false;
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 1200, 1000), 0U);
}

/* Export lifts the voltage out of the band: it returns less and less often. */
static void grid_band_hunts(struct kunit *test)
{
	struct evse_grid_band b;
	struct grid_bench *g = band_new(test, &b);
	unsigned int changes = 0;
	s64 end = g->seen.now + MS(600000);

	while (g->seen.now < end)
		changes += band_pass(&b, g, b.above ? 1080 : 1110, 10);
	KUNIT_EXPECT_GE(test, changes, 2U * 10);
	KUNIT_EXPECT_LE(test, changes, 2U * 20);
	/* Calm for long enough, it is forgotten. */
	band_pass(&b, g, 1000, 700000);
	KUNIT_EXPECT_FALSE(test, b.above);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 1101, 10), 1U);
	KUNIT_EXPECT_EQ(test, band_pass(&b, g, 1000, 220), 1U);
}

/* Where operation is continuous, power may not be blocked by a warning. */
static void grid_band_continuous(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < evse_grid_profile_count; i++) {
		const struct evse_grid_profile *p = &evse_grid_profiles[i];
		const struct evse_grid_ride *row = evse_grid_ride_of(p->voltage_ride, 1000);

		if (row)
			KUNIT_EXPECT_GE(test, p->line[ELEMENT(WARN_OV)].pickup_min, row->high);
	}
}

static struct kunit_case grid_band_cases[] = {
	KUNIT_CASE(grid_band_edges),
	KUNIT_CASE(grid_band_hunts),
	KUNIT_CASE(grid_band_continuous),
	{}
};

static struct kunit_suite grid_band_suite = {
	.name = "evse_grid_band",
	.test_cases = grid_band_cases,
};

kunit_test_suite(grid_band_suite);
