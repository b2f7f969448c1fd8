// SPDX-License-Identifier: GPL-2.0-only
/* The inverter: its currents, its power, its diodes. */
#include <kunit/test.h>
#include <linux/math64.h>

#include "../inverter.h"
#include "../mains.h"

#define LINK_MV		400000
#define STEP_NS		50000
#define Q16		EVSE_SIM_Q16

/* A voltage of one phase between two legs. */
static void make(struct evse_sim_leg_time *leg, s32 mv)
{
	s32 swing = div_s64((s64)mv * Q16, 2 * LINK_MV);

	leg[0] = (struct evse_sim_leg_time){ Q16 / 2 + swing, Q16 / 2 - swing };
	leg[1] = (struct evse_sim_leg_time){ Q16 / 2 - swing, Q16 / 2 + swing };
}

static void sine(struct kunit *test)
{
	/* Angle in 1/12 of a half turn, value in millionths */
	static const s32 values[] = {
		0, 258819, 500000, 707107, 866025, 965926, 1000000,
		965926, 866025, 707107, 500000, 258819,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		s64 part = div_s64(EVSE_SIM_HALF * i, 12);
		/* 230 V are 325.269 V peak. */
		s32 mv = div_s64(values[i] * 325269LL, 1000000);

		KUNIT_EXPECT_LE(test, abs(evse_sim_sine_mv(230000, 0, part) - mv), 3);
		KUNIT_EXPECT_LE(test, abs(evse_sim_sine_mv(230000, 1, part) + mv), 3);
		KUNIT_EXPECT_LE(test, abs(evse_sim_sine_mv(230000, 2, part) - mv), 3);
	}
}

/* A steady difference makes a current that rises, up to what ohms leave of it. */
static void ohms(struct kunit *test)
{
	struct evse_sim_leg_time leg[EVSE_SIM_LEGS] = { };
	s32 grid[EVSE_SIM_LEGS] = { 100000 };
	struct evse_sim_inverter inv;
	int i;

	evse_sim_inverter_init(&inv, 2, 2000, 100);
	make(leg, 99000);
	evse_sim_inverter_step(&inv, leg, grid, LINK_MV, STEP_NS);
	/* 1 V over 2 mH for 50 us */
	KUNIT_EXPECT_LE(test, abs((s32)inv.ua[0] - 25000), 300);
	for (i = 0; i < 20000; i++)
		evse_sim_inverter_step(&inv, leg, grid, LINK_MV, STEP_NS);
	/* 1 V over 0.1 ohm; the bridge gets 99 V of it */
	KUNIT_EXPECT_LE(test, abs((s32)inv.ua[0] - 10000000), 70000);
	KUNIT_EXPECT_LE(test, abs((s32)inv.power_mw - 990000), 7000);
}

/* Three phases share no neutral: what is common to all legs does nothing. */
static void no_neutral(struct kunit *test)
{
	struct evse_sim_leg_time leg[EVSE_SIM_LEGS];
	s32 grid[EVSE_SIM_LEGS] = { };
	struct evse_sim_inverter inv;
	int i;

	evse_sim_inverter_init(&inv, 3, 2000, 100);
	for (i = 0; i < EVSE_SIM_LEGS; i++)
		leg[i] = (struct evse_sim_leg_time){ Q16 / 4, Q16 - Q16 / 4 };
	evse_sim_inverter_step(&inv, leg, grid, LINK_MV, STEP_NS);
	for (i = 0; i < EVSE_SIM_LEGS; i++)
		KUNIT_EXPECT_EQ(test, inv.ua[i], 0);
	/* One leg higher: a current out of it, half of it into each of the others. */
	leg[0].upper += Q16 / 4;
	leg[0].lower -= Q16 / 4;
	evse_sim_inverter_step(&inv, leg, grid, LINK_MV, STEP_NS);
	KUNIT_EXPECT_LT(test, inv.ua[0], -1000000);
	KUNIT_EXPECT_LE(test, abs((s32)(inv.ua[0] + inv.ua[1] + inv.ua[2])), 100);
	KUNIT_EXPECT_LE(test, abs((s32)(inv.ua[0] + 2 * inv.ua[1])), 100);
}

/* Blocked gates: the current dies against the link, and does not turn around. */
static void diodes(struct kunit *test)
{
	struct evse_sim_leg_time leg[EVSE_SIM_LEGS] = { };
	s32 grid[EVSE_SIM_LEGS] = { 300000 };
	struct evse_sim_inverter inv;
	int sign, i;

	for (sign = -1; sign <= 1; sign += 2) {
		evse_sim_inverter_init(&inv, 2, 2000, 100);
		inv.ua[0] = sign * 30000000;
		evse_sim_inverter_step(&inv, leg, grid, LINK_MV, STEP_NS);
		/* 100 V against a current from the grid, 700 V with one to it */
		KUNIT_EXPECT_LE(test, abs((s32)inv.ua[0] -
					  (sign > 0 ? 27500000 : -12500000)), 200000);
		/* The link takes what comes, whichever way it flowed. */
		KUNIT_EXPECT_GT(test, inv.power_mw, 0);
		for (i = 0; i < 20; i++)
			evse_sim_inverter_step(&inv, leg, grid, LINK_MV, STEP_NS);
		KUNIT_EXPECT_EQ(test, inv.ua[0], 0);
		KUNIT_EXPECT_EQ(test, inv.power_mw, 0);
	}
}

/* In the dead time the current decides: it loses voltage, whatever its sign. */
static void dead_time(struct kunit *test)
{
	struct evse_sim_leg_time leg[EVSE_SIM_LEGS] = {
		{ Q16 / 2 - 1000, Q16 / 2 - 1000 },
		{ Q16 / 2 - 1000, Q16 / 2 - 1000 },
	};
	s32 grid[EVSE_SIM_LEGS] = { };
	struct evse_sim_inverter inv;
	int sign;

	for (sign = -1; sign <= 1; sign += 2) {
		evse_sim_inverter_init(&inv, 2, 2000, 0);
		inv.ua[0] = sign * 10000000;
		evse_sim_inverter_step(&inv, leg, grid, LINK_MV, STEP_NS);
		/* 2000 parts of 65536 of 400 V on each of two legs, half each way */
		KUNIT_EXPECT_LE(test, abs((s32)(inv.ua[0] * sign) -
					  (10000000 - 305176)), 2000);
	}
}

/* Within the ripple, in proportion: the two edges see currents of either sign. */
static void ripple(struct kunit *test)
{
	struct evse_sim_leg_time leg[EVSE_SIM_LEGS] = {
		{ Q16 / 2 - 1000, Q16 / 2 - 1000 },
		{ Q16 / 2 - 1000, Q16 / 2 - 1000 },
	};
	s32 grid[EVSE_SIM_LEGS] = { };
	struct evse_sim_inverter inv;
	/* 400 V * 50 us / (8 * 2 mH) */
	static const struct { s32 ua, lost_ua; } table[] = {
		{ 0, 0 }, { 312500, 76294 }, { 625000, 152588 },
		{ 1250000, 305176 }, { 2500000, 305176 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		evse_sim_inverter_init(&inv, 2, 2000, 0);
		inv.ua[0] = table[i].ua;
		evse_sim_inverter_step(&inv, leg, grid, LINK_MV, STEP_NS);
		KUNIT_EXPECT_LE(test, abs((s32)(table[i].ua - table[i].lost_ua -
						inv.ua[0])), 2000);
	}
}

static struct kunit_case inverter_cases[] = {
	KUNIT_CASE(sine),
	KUNIT_CASE(ohms),
	KUNIT_CASE(no_neutral),
	KUNIT_CASE(diodes),
	KUNIT_CASE(dead_time),
	KUNIT_CASE(ripple),
	{}
};

static struct kunit_suite inverter_suite = {
	.name = "evse_sim_inverter",
	.test_cases = inverter_cases,
};

kunit_test_suite(inverter_suite);
