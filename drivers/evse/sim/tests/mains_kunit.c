// SPDX-License-Identifier: GPL-2.0-only
/* Angles that move on, the grid, its relay and what an RMS meter shows. */
#include <kunit/test.h>

#include "../mains.h"

#define NOMINAL_MV	230000
#define CYCLE		EVSE_SIM_MS(20)

/* To a hundredth of a degree. */
static void expect_angle(struct kunit *test, const struct evse_sim_wave *w,
			 s64 halves)
{
	s64 off = (w->half - halves) * EVSE_SIM_HALF + w->part;

	KUNIT_EXPECT_LT(test, off, evse_sim_wave_angle(10));
	KUNIT_EXPECT_GT(test, off, -evse_sim_wave_angle(10));
}

static struct evse_sim_mains grid(u8 phases)
{
	struct evse_sim_mains m = {
		.phases = phases, .nominal_mhz = 50000,
		.nominal_mv = NOMINAL_MV, .voltage_mv = NOMINAL_MV,
		.voltage = 1000, .frequency_mhz = 50000, .breaker = 1,
		.relay_works = 1,
	};
	int i;

	for (i = 0; i < EVSE_SIM_PHASES; i++)
		m.phase[i].voltage = 1000;
	evse_sim_mains_init(&m, 0);
	return m;
}

/* The same whether looked at once or often; nothing lost in an hour. */
static void wave_moves(struct kunit *test)
{
	struct evse_sim_wave once, often;
	s64 now;

	evse_sim_wave_init(&once, 49987654, 0);
	evse_sim_wave_init(&often, 49987654, 0);
	for (now = 0; now < 3600 * (s64)NSEC_PER_SEC; now += 12345678901LL)
		evse_sim_wave_advance(&often, now);
	evse_sim_wave_advance(&often, 3600 * (s64)NSEC_PER_SEC);
	evse_sim_wave_advance(&once, 3600 * (s64)NSEC_PER_SEC);
	/* 2 x 3600 s x 49.987654 Hz = 359911.1088 half turns */
	KUNIT_EXPECT_EQ(test, once.half, 359911);
	KUNIT_EXPECT_EQ(test, once.part, 54400000000000LL);
	KUNIT_EXPECT_EQ(test, often.half, once.half);
	KUNIT_EXPECT_EQ(test, often.part, once.part);
	/* Back it does not go. */
	evse_sim_wave_advance(&once, 0);
	KUNIT_EXPECT_EQ(test, once.half, 359911);
}

/* 3 Hz/s from 50 to 53 Hz: one second, on average 51.5 Hz. */
static void wave_ramps(struct kunit *test)
{
	struct evse_sim_wave w;
	s64 now;

	evse_sim_wave_init(&w, 50000000, 0);
	evse_sim_wave_ramp(&w, 53000000, 3000000);
	for (now = 0; now <= EVSE_SIM_MS(500); now += 333333)
		evse_sim_wave_advance(&w, now);
	evse_sim_wave_advance(&w, EVSE_SIM_MS(500));
	KUNIT_EXPECT_EQ(test, w.uhz, 51500000);
	evse_sim_wave_advance(&w, EVSE_SIM_MS(1000));
	KUNIT_EXPECT_EQ(test, w.uhz, 53000000);
	expect_angle(test, &w, 103);
	evse_sim_wave_advance(&w, EVSE_SIM_MS(5000));
	KUNIT_EXPECT_EQ(test, w.uhz, 53000000);
	expect_angle(test, &w, 103 + 424);

	/* Downwards; and without a rate at once. */
	evse_sim_wave_ramp(&w, 47000000, 1000000);
	evse_sim_wave_advance(&w, EVSE_SIM_MS(7000));
	KUNIT_EXPECT_EQ(test, w.uhz, 51000000);
	evse_sim_wave_ramp(&w, 50000000, 0);
	KUNIT_EXPECT_EQ(test, w.uhz, 50000000);
}

static void wave_when(struct kunit *test)
{
	struct evse_sim_wave w, then;
	s64 when;

	evse_sim_wave_init(&w, 50000000, EVSE_SIM_MS(7));
	KUNIT_EXPECT_EQ(test, evse_sim_wave_when(&w, EVSE_SIM_HALF),
			EVSE_SIM_MS(17));
	KUNIT_EXPECT_EQ(test, evse_sim_wave_when(&w, -1), EVSE_SIM_MS(7));

	/* In a ramp as well, to a few nanoseconds. */
	evse_sim_wave_ramp(&w, 60000000, 10000000);
	when = evse_sim_wave_when(&w, EVSE_SIM_HALF);
	KUNIT_EXPECT_LT(test, when, EVSE_SIM_MS(17));
	then = w;
	evse_sim_wave_advance(&then, when + 10);
	KUNIT_EXPECT_EQ(test, then.half, 1);
	then = w;
	evse_sim_wave_advance(&then, when - 10);
	KUNIT_EXPECT_EQ(test, then.half, 0);
}

static void grid_voltage(struct kunit *test)
{
	struct evse_sim_mains m = grid(2);

	KUNIT_EXPECT_EQ(test, evse_sim_mains_mv(&m, 0), 230000);
	KUNIT_EXPECT_EQ(test, evse_sim_mains_mv(&m, 1), 230000);
	KUNIT_EXPECT_EQ(test, evse_sim_mains_mv(&m, 2), 0);
	m.voltage = 500;
	m.phase[1].voltage = 100;
	KUNIT_EXPECT_EQ(test, evse_sim_mains_mv(&m, 0), 115000);
	KUNIT_EXPECT_EQ(test, evse_sim_mains_mv(&m, 1), 11500);
}

/* Phases follow each other: thirds of a turn; legs are opposite. */
static void grid_angles(struct kunit *test)
{
	struct evse_sim_mains m = grid(3);
	s64 turn = 2 * EVSE_SIM_HALF;

	KUNIT_EXPECT_EQ(test, evse_sim_mains_offset(&m, 0), 0);
	KUNIT_EXPECT_EQ(test, evse_sim_mains_offset(&m, 1), -turn / 3);
	KUNIT_EXPECT_EQ(test, evse_sim_mains_offset(&m, 2), -2 * turn / 3);
	m.phase_mdeg = 20000;
	m.phase[1].phase_mdeg = 40000;
	KUNIT_EXPECT_EQ(test, evse_sim_mains_offset(&m, 0), turn / 18);
	KUNIT_EXPECT_EQ(test, evse_sim_mains_offset(&m, 1),
			-turn / 3 + turn / 6);
	m = grid(2);
	KUNIT_EXPECT_EQ(test, evse_sim_mains_offset(&m, 1), -EVSE_SIM_HALF);
}

/* The relay opens 3 ms after the breaker, unless it is blind. */
static void grid_relay(struct kunit *test)
{
	struct evse_sim_mains m = grid(1);

	KUNIT_EXPECT_EQ(test, m.due, EVSE_SIM_NEVER);
	m.breaker = 0;
	evse_sim_mains_breaker(&m, EVSE_SIM_MS(100));
	KUNIT_EXPECT_EQ(test, m.due, EVSE_SIM_MS(103));
	KUNIT_EXPECT_TRUE(test, m.relay);
	evse_sim_mains_fire(&m, m.due);
	KUNIT_EXPECT_FALSE(test, m.relay);
	KUNIT_EXPECT_EQ(test, m.due, EVSE_SIM_NEVER);
	m.relay_works = 0;
	evse_sim_mains_breaker(&m, EVSE_SIM_MS(200));
	evse_sim_mains_fire(&m, m.due);
	KUNIT_EXPECT_TRUE(test, m.relay);
}

/* Three half cycles from the next crossing on, then none any more. */
static void grid_missing(struct kunit *test)
{
	struct evse_sim_mains m = grid(1);

	evse_sim_wave_advance(&m.wave, EVSE_SIM_MS(14));
	m.missing = 3;
	evse_sim_mains_missing(&m);
	KUNIT_EXPECT_EQ(test, m.due, EVSE_SIM_MS(20) - 1000);
	KUNIT_EXPECT_EQ(test, evse_sim_mains_mv(&m, 0), NOMINAL_MV);
	evse_sim_mains_fire(&m, m.due);
	KUNIT_EXPECT_EQ(test, evse_sim_mains_mv(&m, 0), 0);
	KUNIT_EXPECT_TRUE(test, evse_sim_mains_disturbed(&m));
	KUNIT_EXPECT_EQ(test, m.due, EVSE_SIM_MS(50) + 1000);
	evse_sim_mains_fire(&m, m.due);
	KUNIT_EXPECT_EQ(test, evse_sim_mains_mv(&m, 0), NOMINAL_MV);
	KUNIT_EXPECT_EQ(test, m.missing, 0);
	KUNIT_EXPECT_EQ(test, m.due, EVSE_SIM_NEVER);
}

static void grid_disturbed(struct kunit *test)
{
	struct evse_sim_mains m = grid(3);

	KUNIT_EXPECT_FALSE(test, evse_sim_mains_disturbed(&m));
	m.phase[2].voltage = 910;
	KUNIT_EXPECT_TRUE(test, evse_sim_mains_disturbed(&m));
	m.phase[2].voltage = 930;
	KUNIT_EXPECT_FALSE(test, evse_sim_mains_disturbed(&m));
	m.frequency_mhz = 50500;
	evse_sim_mains_frequency(&m);
	KUNIT_EXPECT_TRUE(test, evse_sim_mains_disturbed(&m));
}

/* A step shows in full after one cycle, half of its square after half of one. */
static void rms_follows(struct kunit *test)
{
	struct evse_sim_rms rms = { };

	evse_sim_rms_follow(&rms, NOMINAL_MV, CYCLE, 0);
	KUNIT_EXPECT_EQ(test, evse_sim_rms_mv(&rms, CYCLE, 0), 0);
	KUNIT_EXPECT_EQ(test, evse_sim_rms_mv(&rms, CYCLE, CYCLE), NOMINAL_MV);
	evse_sim_rms_follow(&rms, 0, CYCLE, EVSE_SIM_MS(100));
	/* 230 V / sqrt(2) */
	KUNIT_EXPECT_EQ(test, evse_sim_rms_mv(&rms, CYCLE, EVSE_SIM_MS(110)),
			162634);
	/* It turns back where it is. */
	evse_sim_rms_follow(&rms, NOMINAL_MV, CYCLE, EVSE_SIM_MS(110));
	KUNIT_EXPECT_EQ(test, evse_sim_rms_mv(&rms, CYCLE, EVSE_SIM_MS(110)),
			162634);
	KUNIT_EXPECT_EQ(test, evse_sim_rms_mv(&rms, CYCLE, EVSE_SIM_MS(130)),
			NOMINAL_MV);
}

static struct kunit_case mains_cases[] = {
	KUNIT_CASE(wave_moves),
	KUNIT_CASE(wave_ramps),
	KUNIT_CASE(wave_when),
	KUNIT_CASE(grid_voltage),
	KUNIT_CASE(grid_angles),
	KUNIT_CASE(grid_relay),
	KUNIT_CASE(grid_missing),
	KUNIT_CASE(grid_disturbed),
	KUNIT_CASE(rms_follows),
	{}
};

static struct kunit_suite mains_suite = {
	.name = "evse_sim_mains",
	.test_cases = mains_cases,
};

kunit_test_suite(mains_suite);
