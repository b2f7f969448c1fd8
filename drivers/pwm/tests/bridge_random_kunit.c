// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of owner and PWM consumers in any order, trips and the trip input at any
 * moment, between any two writes: what an oscilloscope at the outputs would see.
 */
#include <kunit/test.h>

#include "bridge_rig.h"

#define OPERATIONS	6000

/* Legs that may be on, because the last call that was about it said so */
static bool allowed[RIG_LEGS];
/* During the call something tripped the bridge, or a leg of it that was on. */
static bool tripped;
static bool input;

static int rig_init(struct kunit *test)
{
	bridge_rig_new(test);
	return 0;
}

static void rig_exit(struct kunit *test)
{
	bridge_rig_free(test->priv);
}

static void set_input(struct bridge_rig *rig, bool active)
{
	unsigned int i;

	for (i = 0; i < RIG_LEGS; i++)
		tripped |= active && !bridge_rig_off(rig, i);
	input = active;
	bridge_rig_trip_input(rig, active);
}

static void chance(struct bridge_rig *rig)
{
	bridge_rig_wait(rig, bridge_rig_below(rig, 500));
	switch (bridge_rig_below(rig, 160)) {
	case 0:
		tripped = true;
		evse_bridge_trip(rig->b);
		break;
	case 1:
		set_input(rig, true);
		break;
	case 2:
		set_input(rig, true);
		bridge_rig_wait(rig, 1 + bridge_rig_below(rig, 10));
		set_input(rig, false);
		break;
	case 3:
	case 4:
	case 5:
		set_input(rig, false);
		break;
	case 6:
		bridge_rig_wait(rig, bridge_rig_below(rig, 20000));
		break;
	}
	if (!bridge_rig_below(rig, 3))
		bridge_rig_interrupts(rig);
}

static void allow(unsigned int leg, bool on)
{
	unsigned int i;

	for (i = 0; i < RIG_LEGS; i++)
		if (leg == RIG_LEGS || i == leg)
			allowed[i] = on;
}

static bool coin(void *priv)
{
	return bridge_rig_below(priv, 4);
}

static void consume(struct bridge_rig *rig)
{
	static const u32 periods[] = { 50000, 50000, 50000, 40000, 200000, 33340,
				       33339, 200020, 1, 0 };
	unsigned int leg = bridge_rig_below(rig, RIG_LEGS);
	u64 period = periods[bridge_rig_below(rig, ARRAY_SIZE(periods))];
	u64 duty = bridge_rig_below(rig, 60000);
	bool was = pwm_is_enabled(rig->pwm[leg]);
	bool enabled = bridge_rig_below(rig, 3);
	int ret;

	if (!period && enabled)
		period = 50000;
	ret = bridge_rig_apply(rig, leg, period, duty, enabled);
	if (!enabled && !rig->user)
		allow(leg, false);
	else if (!enabled && !ret)
		allow(RIG_LEGS, false);
	else if (!ret && !was)
		allow(leg, !rig->user);
}

static void own(struct bridge_rig *rig)
{
	bool on = allowed[0] || allowed[1] || allowed[2];

	if (rig->user) {
		bridge_rig_unclaim(rig);
		allow(RIG_LEGS, false);
	} else if ((!on || !bridge_rig_below(rig, 50)) && !bridge_rig_claim(rig)) {
		KUNIT_ASSERT_FALSE(rig->test, on);
	}
}

static void operate(struct bridge_rig *rig)
{
	u32 duty[RIG_LEGS], i;

	switch (bridge_rig_below(rig, 12)) {
	case 0:
		evse_bridge_trip(rig->b);
		tripped = true;
		break;
	case 1:
		own(rig);
		break;
	case 2:
	case 3:
		if (rig->user && !evse_bridge_arm(rig->b, coin, rig))
			allow(RIG_LEGS, true);
		break;
	case 4:
	case 5:
		for (i = 0; i < RIG_LEGS; i++)
			duty[i] = bridge_rig_below(rig, 80000);
		evse_bridge_duty(rig->b, duty);
		break;
	case 6:
		evse_bridge_set_carrier(rig->b, 4000 + bridge_rig_below(rig, 28000));
		break;
	case 7:
		set_input(rig, bridge_rig_below(rig, 2));
		break;
	default:
		consume(rig);
	}
}

static void bridge_random(struct kunit *test)
{
	struct bridge_rig *rig = test->priv;
	unsigned int n, i, on = 0, edges = 0;

	rig->between = chance;
	for (n = 0; n < OPERATIONS; n++) {
		tripped = false;
		operate(rig);
		bridge_rig_interrupts(rig);
		if (tripped || input)
			allow(RIG_LEGS, false);
		for (i = 0; i < RIG_LEGS; i++) {
			bool off = bridge_rig_off(rig, i);

			KUNIT_ASSERT_TRUE_MSG(test, off || allowed[i],
					      "operation %u: leg %u is on", n, i);
			on += !off;
		}
		bridge_rig_judge(rig);
		bridge_rig_wait(rig, bridge_rig_below(rig, 6000));
	}
	/* It has been on, and often, or nothing was tested. */
	for (i = 0; i < RIG_LEGS; i++)
		edges += rig->e.scope[i].edges;
	kunit_info(test, "%u of %u legs on, %u edges, %u writes\n", on,
		   OPERATIONS * RIG_LEGS, edges, rig->writes);
	KUNIT_EXPECT_GT(test, on, OPERATIONS / 20);
	KUNIT_EXPECT_GT(test, edges, OPERATIONS);
	rig->between = NULL;
	set_input(rig, false);
}

/*
 * Clear of trips, no pulse is shorter than the minimum, whatever is asked for, its
 * period included: of the first leg, for the counters of the others may be set back.
 */
static void bridge_pulses(struct kunit *test)
{
	struct bridge_rig *rig = test->priv;
	u64 period = 50000;
	unsigned int n;

	KUNIT_ASSERT_EQ(test, bridge_rig_apply(rig, 0, period, period / 2, true), 0);
	bridge_rig_wait(rig, 20000);
	evse_sim_scope_clear(&rig->e.scope[0]);
	for (n = 0; n < 5000; n++) {
		if (!bridge_rig_below(rig, 4))
			period = 33000 + bridge_rig_below(rig, 170000);
		bridge_rig_apply(rig, 0, period, bridge_rig_below(rig, 200000), true);
		bridge_rig_wait(rig, bridge_rig_below(rig, 30000));
		KUNIT_ASSERT_GE(test, rig->e.scope[0].pulse, 100);
	}
	KUNIT_EXPECT_GT(test, rig->e.scope[0].edges, 5000);
	bridge_rig_judge(rig);
}

static struct kunit_case bridge_random_cases[] = {
	KUNIT_CASE(bridge_random),
	KUNIT_CASE(bridge_pulses),
	{}
};

static struct kunit_suite bridge_random_suite = {
	.name = "evse_bridge_random",
	.init = rig_init,
	.exit = rig_exit,
	.test_cases = bridge_random_cases,
};

kunit_test_suite(bridge_random_suite);
