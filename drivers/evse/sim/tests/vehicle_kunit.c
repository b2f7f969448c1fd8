// SPDX-License-Identifier: GPL-2.0-only
/* The vehicle's patience, its current and its battery. */
#include <kunit/test.h>

#include "../model.h"

#define MAINS	230000

static struct evse_sim_vehicle plugged(enum evse_sim_want want, s64 now)
{
	struct evse_sim_vehicle v;

	evse_sim_vehicle_init(&v);
	v.follow = 1;
	v.power_mw = 7360000;
	v.capacity_wh = 60000;
	v.soc_permille = 500;
	evse_sim_vehicle_soc_set(&v);
	v.plug = 1;
	v.want = want;
	evse_sim_vehicle_asked(&v, now);
	return v;
}

static struct evse_sim_pilot duty(u32 permyriad)
{
	return (struct evse_sim_pilot){
		.duty_permyriad = permyriad, .period_ns = 1000000,
	};
}

static void until(struct evse_sim_vehicle *v, s32 current_ma, s64 to)
{
	while (v->due <= to)
		evse_sim_vehicle_fire(v, current_ma, v->due);
}

static void vehicle_resistor(struct kunit *test)
{
	struct evse_sim_vehicle v = plugged(EVSE_SIM_WANT_B, 0);

	KUNIT_EXPECT_EQ(test, evse_sim_vehicle_ohm(&v), 2740);
	v.want = EVSE_SIM_WANT_C;
	evse_sim_vehicle_asked(&v, 0);
	/* State B is seen for a while. */
	until(&v, 0, EVSE_SIM_MS(199));
	KUNIT_EXPECT_EQ(test, evse_sim_vehicle_ohm(&v), 2740);
	until(&v, 0, EVSE_SIM_MS(200));
	KUNIT_EXPECT_EQ(test, evse_sim_vehicle_ohm(&v), 882);
	v.want = EVSE_SIM_WANT_D;
	evse_sim_vehicle_asked(&v, EVSE_SIM_MS(300));
	KUNIT_EXPECT_EQ(test, evse_sim_vehicle_ohm(&v), 246);
	v.plug = 0;
	evse_sim_vehicle_asked(&v, EVSE_SIM_MS(400));
	KUNIT_EXPECT_EQ(test, evse_sim_vehicle_ohm(&v), 0);
	KUNIT_EXPECT_EQ(test, v.current_ma, 0);
}

/* x2 to x1: current first, then S2, within 3 s whatever the current does. */
static void vehicle_stops(struct kunit *test)
{
	struct evse_sim_vehicle v = plugged(EVSE_SIM_WANT_C, 0);
	struct evse_sim_pilot on = duty(5333), off = duty(10000);
	s64 stop = EVSE_SIM_MS(10000);

	evse_sim_vehicle_pilot(&v, &on, 0);
	until(&v, 0, EVSE_SIM_MS(1000));
	KUNIT_ASSERT_TRUE(test, v.s2);
	evse_sim_vehicle_supply(&v, true, EVSE_SIM_MS(1000));
	KUNIT_EXPECT_EQ(test, evse_sim_vehicle_target_ma(&v, &on, MAINS, 1,
							 EVSE_SIM_MS(1200)), 0);
	KUNIT_EXPECT_EQ(test, evse_sim_vehicle_target_ma(&v, &on, MAINS, 1,
							 EVSE_SIM_MS(1300)),
			31998);

	evse_sim_vehicle_pilot(&v, &off, stop);
	KUNIT_EXPECT_EQ(test,
			evse_sim_vehicle_target_ma(&v, &off, MAINS, 1, stop), 0);
	until(&v, 32000, stop + EVSE_SIM_MS(2499));
	KUNIT_EXPECT_TRUE(test, v.s2);
	until(&v, 32000, stop + EVSE_SIM_MS(3000));
	KUNIT_EXPECT_FALSE(test, v.s2);

	/* And comes back with the PWM. */
	evse_sim_vehicle_pilot(&v, &on, 2 * stop);
	until(&v, 0, 2 * stop + EVSE_SIM_MS(200));
	KUNIT_EXPECT_TRUE(test, v.s2);
}

/* One that does not obey takes no notice, and opens S2 when it is told to. */
static void vehicle_disobeys(struct kunit *test)
{
	struct evse_sim_vehicle v = plugged(EVSE_SIM_WANT_C, 0);
	struct evse_sim_pilot on = duty(5333), off = duty(10000);

	v.follow = 0;
	evse_sim_vehicle_pilot(&v, &on, 0);
	until(&v, 0, EVSE_SIM_MS(1000));
	evse_sim_vehicle_pilot(&v, &off, EVSE_SIM_MS(1000));
	until(&v, 32000, EVSE_SIM_MS(9000));
	KUNIT_EXPECT_TRUE(test, v.s2);
	v.want = EVSE_SIM_WANT_B;
	evse_sim_vehicle_asked(&v, EVSE_SIM_MS(9000));
	until(&v, 32000, EVSE_SIM_MS(9000));
	KUNIT_EXPECT_FALSE(test, v.s2);
	/* The battery leaves the line once the current is gone, or 0.5 s after. */
	KUNIT_EXPECT_TRUE(test, evse_sim_vehicle_battery(&v, 20000,
							 EVSE_SIM_MS(9499)));
	KUNIT_EXPECT_FALSE(test, evse_sim_vehicle_battery(&v, 20000,
							  EVSE_SIM_MS(9500)));
	KUNIT_EXPECT_FALSE(test, evse_sim_vehicle_battery(&v, 0,
							  EVSE_SIM_MS(9001)));
}

struct target_case {
	u32 duty;
	s32 power_mw;
	s32 follow;
	s32 soc_permille;
	u32 phases;
	s32 ma;
};

static const struct target_case target_cases[] = {
	/* basic signalling: the pilot limits, nothing is fed back */
	{ 2667, 7360000, 1, 500, 1, 16002 },
	{ 5333, 2300000, 1, 500, 1, 10000 },
	{ 5333, -2300000, 1, 500, 1, 0 },
	{ 10000, 7360000, 1, 500, 1, 0 },
	/* high-level communication: both directions */
	{ 500, 6900000, 1, 500, 1, 30000 },
	{ 500, 6900000, 1, 500, 3, 10000 },
	{ 500, -2300000, 1, 500, 1, -10000 },
	{ 500, 100000000, 1, 500, 1, 80000 },
	/* the battery has a say */
	{ 500, 2300000, 1, 1000, 1, 0 },
	{ 500, -2300000, 1, 1000, 1, -10000 },
	{ 500, -2300000, 1, 0, 1, 0 },
	/* disobedient */
	{ 1000, 2300000, 0, 500, 1, 10000 },
	{ 10000, -2300000, 0, 500, 1, -10000 },
};

KUNIT_ARRAY_PARAM(target, target_cases, NULL);

static void vehicle_target(struct kunit *test)
{
	const struct target_case *want = test->param_value;
	struct evse_sim_vehicle v = plugged(EVSE_SIM_WANT_C, 0);
	struct evse_sim_pilot p = duty(want->duty);

	until(&v, 0, EVSE_SIM_MS(1000));
	v.power_mw = want->power_mw;
	v.follow = want->follow;
	v.soc_permille = want->soc_permille;
	evse_sim_vehicle_supply(&v, true, EVSE_SIM_MS(1000));
	KUNIT_EXPECT_EQ(test, evse_sim_vehicle_target_ma(&v, &p, MAINS,
							 want->phases,
							 EVSE_SIM_MS(2000)),
			want->ma);
	/* A resistor that says B draws nothing, nor does a dead inlet. */
	evse_sim_vehicle_supply(&v, false, EVSE_SIM_MS(3000));
	KUNIT_EXPECT_EQ(test, evse_sim_vehicle_target_ma(&v, &p, MAINS, 1,
							 EVSE_SIM_MS(4000)), 0);
}

/* Any step gives the same current and charge as many small ones. */
static void vehicle_steps(struct kunit *test)
{
	struct evse_sim_vehicle a = plugged(EVSE_SIM_WANT_C, 0), b = a;
	int i;

	evse_sim_vehicle_ramp(&a, 16000, EVSE_SIM_MS(500));
	for (i = 0; i < 500; i++)
		evse_sim_vehicle_ramp(&b, 16000, EVSE_SIM_MS(1));
	KUNIT_EXPECT_EQ(test, a.current_ma, 10000);
	KUNIT_EXPECT_EQ(test, b.current_ma, 10000);
	evse_sim_vehicle_ramp(&a, -16000, EVSE_SIM_MS(10000));
	KUNIT_EXPECT_EQ(test, a.current_ma, -16000);

	/* 60 kW for an hour fill 60 kWh; 30 minutes take half of it. */
	a.soc_permille = 0;
	evse_sim_vehicle_soc_set(&a);
	for (i = 0; i < 36000; i++)
		evse_sim_vehicle_charge(&a, 60000000, EVSE_SIM_MS(100));
	KUNIT_EXPECT_EQ(test, a.soc_permille, 1000);
	for (i = 0; i < 18000; i++)
		evse_sim_vehicle_charge(&a, -60000000, EVSE_SIM_MS(100));
	KUNIT_EXPECT_EQ(test, a.soc_permille, 500);
	/* Neither more than full nor less than empty. */
	evse_sim_vehicle_charge(&a, 100000000, EVSE_SIM_MS(36000000));
	KUNIT_EXPECT_EQ(test, a.soc_permille, 1000);
	evse_sim_vehicle_charge(&a, -100000000, EVSE_SIM_MS(36000000));
	KUNIT_EXPECT_EQ(test, a.soc_permille, 0);
}

/* -12 V keeps it away for as long as it stands. */
static void vehicle_unavailable(struct kunit *test)
{
	struct evse_sim_vehicle v = plugged(EVSE_SIM_WANT_C, 0);
	struct evse_sim_pilot off = duty(0), steady = duty(10000);

	evse_sim_vehicle_pilot(&v, &off, 0);
	until(&v, 0, EVSE_SIM_MS(5000));
	KUNIT_EXPECT_FALSE(test, v.s2);
	evse_sim_vehicle_pilot(&v, &steady, EVSE_SIM_MS(5000));
	until(&v, 0, EVSE_SIM_MS(6000));
	KUNIT_EXPECT_TRUE(test, v.s2);
}

static struct kunit_case vehicle_cases[] = {
	KUNIT_CASE(vehicle_resistor),
	KUNIT_CASE(vehicle_stops),
	KUNIT_CASE(vehicle_disobeys),
	KUNIT_CASE_PARAM(vehicle_target, target_gen_params),
	KUNIT_CASE(vehicle_steps),
	KUNIT_CASE(vehicle_unavailable),
	{}
};

static struct kunit_suite vehicle_suite = {
	.name = "evse_sim_vehicle",
	.test_cases = vehicle_cases,
};

kunit_test_suite(vehicle_suite);
