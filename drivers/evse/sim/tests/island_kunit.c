// SPDX-License-Identifier: GPL-2.0-only
/*
 * The island: where voltage and frequency settle, the non-detection zones that
 * follow from that, and how a frequency shift makes it run away.
 */
#include <kunit/test.h>
#include <linux/kernel.h>

#include "../mains.h"

#define MW	7200000

static struct evse_sim_island island(s32 p, s32 q)
{
	struct evse_sim_island is = {
		.nominal_mhz = 60000, .nominal_mv = 277000,
		.p_permille = p, .q_permille = q, .q_factor_permille = 1000,
	};
	struct evse_sim_wave grid;

	evse_sim_wave_init(&grid, 60000000, 0);
	evse_sim_island_begin(&is, &grid, 277000, MW);
	return is;
}

static s32 settled_mv(s32 p)
{
	struct evse_sim_island is = island(p, 0);

	return evse_sim_island_target_mv(&is, MW);
}

static s64 settled_mhz(s32 q)
{
	struct evse_sim_island is = island(1000, q);

	return div_s64(evse_sim_island_target_uhz(&is, 0) + 500, 1000);
}

/*
 * A constant-power inverter on an RLC load with Qf = 1 stays inside the limits
 * of voltage when (V/Vmax)^2 - 1 <= dP/P <= (V/Vmin)^2 - 1, and inside those of
 * frequency when 1 - (f/fmin)^2 <= dQ/P <= 1 - (f/fmax)^2.
 */
static void island_zones(struct kunit *test)
{
	/* 0.88 to 1.10: -17.4 to +29.1 % */
	KUNIT_EXPECT_LT(test, settled_mv(1000 - 173), 277000 * 1100LL / 1000);
	KUNIT_EXPECT_GT(test, settled_mv(1000 - 175), 277000 * 1100LL / 1000);
	KUNIT_EXPECT_GT(test, settled_mv(1000 + 290), 277000 * 880LL / 1000);
	KUNIT_EXPECT_LT(test, settled_mv(1000 + 292), 277000 * 880LL / 1000);
	/* 0.50 to 1.20: -30.6 to +300 % */
	KUNIT_EXPECT_LT(test, settled_mv(1000 - 305), 277000 * 1200LL / 1000);
	KUNIT_EXPECT_GT(test, settled_mv(1000 - 307), 277000 * 1200LL / 1000);
	KUNIT_EXPECT_GT(test, settled_mv(1000 + 2990), 277000 * 500LL / 1000);
	KUNIT_EXPECT_LT(test, settled_mv(1000 + 3010), 277000 * 500LL / 1000);
	/* 58.5 to 61.2 Hz: -5.2 to +3.9 % */
	KUNIT_EXPECT_GT(test, settled_mhz(-51), 58500);
	KUNIT_EXPECT_LT(test, settled_mhz(-53), 58500);
	KUNIT_EXPECT_LT(test, settled_mhz(38), 61200);
	KUNIT_EXPECT_GT(test, settled_mhz(40), 61200);
	/* 56.5 to 62.0 Hz: -12.8 to +6.3 % */
	KUNIT_EXPECT_GT(test, settled_mhz(-127), 56500);
	KUNIT_EXPECT_LT(test, settled_mhz(-129), 56500);
	KUNIT_EXPECT_LT(test, settled_mhz(63), 62000);
	KUNIT_EXPECT_GT(test, settled_mhz(65), 62000);
}

/* tan(lead) = Qf (f/fr - fr/f), worked out by hand. */
static void island_phase(struct kunit *test)
{
	static const struct {
		s32 lead_mdeg;
		s32 qf;
		s64 mhz;
	} cases[] = {
		{ 0, 1000, 60000 },
		{ 5000, 1000, 62682 },
		{ -5000, 1000, 57432 },
		{ 5000, 2000, 61327 },
		{ 10000, 1000, 65522 },
		{ 45000, 1000, 97082 },
		{ 90000, 1000, 97082 },	/* no stage leads by more than 45 */
	};
	struct evse_sim_island is = island(1000, 0);
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		s64 mhz;

		is.q_factor_permille = cases[i].qf;
		mhz = div_s64(evse_sim_island_target_uhz(&is,
							 cases[i].lead_mdeg),
			      1000);
		KUNIT_EXPECT_GE(test, mhz, cases[i].mhz - cases[i].mhz / 1000);
		KUNIT_EXPECT_LE(test, mhz, cases[i].mhz + cases[i].mhz / 1000);
		if (abs(cases[i].lead_mdeg) <= 10000) {
			KUNIT_EXPECT_GE(test, mhz, cases[i].mhz - 2);
			KUNIT_EXPECT_LE(test, mhz, cases[i].mhz + 2);
		}
	}
}

static void steps(struct evse_sim_island *is, s64 export_mw, s32 lead_mdeg,
		  s64 ms)
{
	s64 end = is->stepped + EVSE_SIM_MS(ms);

	while (is->due <= end)
		evse_sim_island_step(is, export_mw, lead_mdeg, is->due);
}

/* A balanced island stays where it was, for as long as it likes. */
static void island_balanced(struct kunit *test)
{
	struct evse_sim_island is = island(1000, 0);

	steps(&is, MW, 0, 10000);
	KUNIT_EXPECT_GE(test, is.mv, 276990);
	KUNIT_EXPECT_LE(test, is.mv, 277000);
	KUNIT_EXPECT_GE(test, is.wave.uhz, 59999900);
	KUNIT_EXPECT_LE(test, is.wave.uhz, 60000100);
	/* 10 s of 60 Hz: 1200 half turns, less a rounding */
	KUNIT_EXPECT_GE(test, is.wave.half, 1199);
	KUNIT_EXPECT_LE(test, is.wave.half, 1200);
}

/* 63 % of the way after the load's time constant: 5.3 ms, 2.7 of twice the load. */
static void island_settles(struct kunit *test)
{
	struct evse_sim_island is = island(2000, 0);
	s32 target = evse_sim_island_target_mv(&is, MW);

	KUNIT_EXPECT_EQ(test, target / 100, 1958);
	steps(&is, MW, 0, 3);
	KUNIT_EXPECT_GT(test, is.mv, target + (277000 - target) * 30 / 100);
	KUNIT_EXPECT_LT(test, is.mv, target + (277000 - target) * 50 / 100);
	steps(&is, MW, 0, 100);
	KUNIT_EXPECT_LT(test, is.mv, target + 500);
	/* Half the power is 1/sqrt(2) of the voltage. */
	steps(&is, MW / 2, 0, 100);
	KUNIT_EXPECT_EQ(test, is.mv / 1000, 138);

	/* A whole street is dead at once. */
	is = island(100000, 0);
	steps(&is, MW, 0, 2);
	KUNIT_EXPECT_LT(test, is.mv, 277000 / 50);
}

/* Nothing feeds it: dead within a cycle, and it does not come back. */
static void island_collapses(struct kunit *test)
{
	struct evse_sim_island is = island(1000, 0);

	steps(&is, 0, 0, 17);
	KUNIT_EXPECT_LT(test, is.mv, 277000 / 10);
	KUNIT_EXPECT_FALSE(test, is.alive);
	steps(&is, MW, 0, 1000);
	KUNIT_EXPECT_EQ(test, is.mv, 0);
	KUNIT_EXPECT_EQ(test, is.due, EVSE_SIM_NEVER);

	/* Nothing was exported when it began. */
	is = island(1000, 0);
	is.ref_mw = -MW;
	steps(&is, -MW, 0, 1000);
	KUNIT_EXPECT_EQ(test, is.mv, 0);
}

/* Sandia: cf = K (f - f0), lead = 90 degrees x cf, here once a cycle. */
static s64 shifted(s32 k_permille_per_hz, s64 ms)
{
	struct evse_sim_island is = island(1000, 2);
	s32 lead = 0;
	s64 now;

	for (now = 0; now < ms; now += 16) {
		lead = div_s64(is.wave.uhz - 60000000, 1000) *
		       k_permille_per_hz * 90 / 1000;
		steps(&is, MW, lead, 16);
	}
	return div_s64(is.wave.uhz, 1000);
}

/* It runs away when K is above 4 Qf / (pi f0) = 0.0212 1/Hz, and only then. */
static void island_runs_away(struct kunit *test)
{
	s64 mhz = shifted(0, 2000);

	/* 0.2 % more inductive: 60 mHz up */
	KUNIT_EXPECT_GE(test, mhz, 60055);
	KUNIT_EXPECT_LE(test, mhz, 60065);
	KUNIT_EXPECT_LT(test, shifted(15, 2000), 60300);
	KUNIT_EXPECT_GT(test, shifted(50, 2000), 62000);
}

static struct kunit_case island_cases[] = {
	KUNIT_CASE(island_zones),
	KUNIT_CASE(island_phase),
	KUNIT_CASE(island_balanced),
	KUNIT_CASE(island_settles),
	KUNIT_CASE(island_collapses),
	KUNIT_CASE(island_runs_away),
	{}
};

static struct kunit_suite island_suite = {
	.name = "evse_sim_island",
	.test_cases = island_cases,
};

kunit_test_suite(island_suite);
