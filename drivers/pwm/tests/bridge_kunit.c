// SPDX-License-Identifier: GPL-2.0-only
/* The bridge's driver against the registers of the modules: arm, trip, PWM. */
#include <kunit/test.h>
#include <linux/regmap.h>

#include "../epwm_regs.h"
#include "bridge_rig.h"

#define EVERY_WRITE	64

static int rig_init(struct kunit *test)
{
	bridge_rig_new(test);
	return 0;
}

static void rig_exit(struct kunit *test)
{
	bridge_rig_free(test->priv);
}

static bool yes(void *priv)
{
	return true;
}

static bool no(void *priv)
{
	return false;
}

static unsigned int count_on(struct bridge_rig *rig)
{
	unsigned int i, on = 0;

	for (i = 0; i < RIG_LEGS; i++)
		on += !bridge_rig_off(rig, i);
	return on;
}

static void bridge_owner(struct kunit *test)
{
	static const u32 duty[] = { 16384, 32768, 49152 };
	struct bridge_rig *rig = test->priv;
	struct evse_bridge *b = rig->b;
	unsigned int i;

	KUNIT_EXPECT_EQ(test, evse_bridge_legs(b), RIG_LEGS);
	KUNIT_EXPECT_EQ(test, evse_bridge_dead_time_ns(b), 2000);
	KUNIT_EXPECT_EQ(test, evse_bridge_carrier_hz(b), 20000);
	KUNIT_ASSERT_EQ(test, bridge_rig_claim(rig), 0);
	KUNIT_EXPECT_TRUE(test, evse_bridge_is_off(b));
	KUNIT_EXPECT_EQ(test, evse_bridge_arm(b, no, NULL), -ECANCELED);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
	KUNIT_EXPECT_EQ(test, evse_bridge_arm(b, yes, NULL), 0);
	KUNIT_EXPECT_EQ(test, count_on(rig), RIG_LEGS);
	/* Said twice, it changes nothing. */
	KUNIT_EXPECT_EQ(test, evse_bridge_arm(b, yes, NULL), 0);
	KUNIT_EXPECT_EQ(test, count_on(rig), RIG_LEGS);

	evse_bridge_duty(b, duty);
	bridge_rig_wait(rig, 20000);
	for (i = 0; i < RIG_LEGS; i++)
		evse_sim_scope_clear(&rig->e.scope[i]);
	bridge_rig_wait(rig, 20000);
	for (i = 0; i < RIG_LEGS; i++)
		KUNIT_EXPECT_EQ(test, rig->e.scope[i].width[0],
				1250 * (i + 1) - RIG_DEAD);
	/* Each leg is at zero when the others are. */
	KUNIT_EXPECT_EQ(test, rig->e.m[1].ctr, rig->e.m[0].ctr);
	KUNIT_EXPECT_EQ(test, rig->e.m[2].ctr, rig->e.m[0].ctr);

	evse_bridge_trip(b);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
	KUNIT_EXPECT_TRUE(test, evse_bridge_is_off(b));
	KUNIT_EXPECT_EQ(test, evse_bridge_set_carrier(b, 4999), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_bridge_set_carrier(b, 30001), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_bridge_carrier_hz(b), 20000);
	KUNIT_EXPECT_EQ(test, evse_bridge_set_carrier(b, 10000), 0);
	KUNIT_EXPECT_EQ(test, evse_bridge_carrier_hz(b), 10000);
	KUNIT_EXPECT_EQ(test, evse_bridge_arm(b, yes, NULL), 0);
	bridge_rig_wait(rig, 40000);
	/* Duties stay what they are. */
	KUNIT_EXPECT_EQ(test, rig->e.scope[0].width[0], 2500 - RIG_DEAD);
	bridge_rig_unclaim(rig);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
	bridge_rig_judge(rig);
}

static void a_while(struct bridge_rig *rig)
{
	bridge_rig_wait(rig, bridge_rig_below(rig, 4000));
}

/* Refused while armed; armed right after it, no leg has a pulse that is too short. */
static void bridge_carrier(struct kunit *test)
{
	struct bridge_rig *rig = test->priv;
	struct evse_bridge *b = rig->b;
	u32 duty[RIG_LEGS], hz, writes;
	unsigned int n, i;

	KUNIT_ASSERT_EQ(test, bridge_rig_claim(rig), 0);
	for (n = 0; n < 150; n++) {
		/* The shortest pulses that there are */
		for (i = 0; i < RIG_LEGS; i++)
			duty[i] = bridge_rig_below(rig, 2) * 65536;
		evse_bridge_duty(b, duty);
		/* Written across zeros of the counters */
		rig->between = a_while;
		hz = 5000 + bridge_rig_below(rig, 25001);
		KUNIT_ASSERT_EQ(test, evse_bridge_set_carrier(b, hz), 0);
		rig->between = NULL;
		for (i = 0; i < RIG_LEGS; i++)
			evse_sim_scope_clear(&rig->e.scope[i]);
		KUNIT_ASSERT_EQ(test, evse_bridge_arm(b, yes, NULL), 0);

		hz = evse_bridge_carrier_hz(b);
		writes = rig->writes;
		KUNIT_ASSERT_EQ(test, evse_bridge_set_carrier(b, 20000), -EBUSY);
		KUNIT_ASSERT_EQ(test, evse_bridge_carrier_hz(b), hz);
		KUNIT_ASSERT_EQ(test, rig->writes, writes);
		bridge_rig_wait(rig, 60000);
		for (i = 0; i < RIG_LEGS; i++)
			KUNIT_ASSERT_GE_MSG(test, rig->e.scope[i].pulse, 100,
					    "change %u, leg %u", n, i);
		evse_bridge_trip(b);
	}
	bridge_rig_judge(rig);
}

static void told(void *priv, ktime_t edge)
{
	struct bridge_rig *rig = priv;

	/* Off already when it is told */
	KUNIT_EXPECT_EQ(rig->test, count_on(rig), 0);
	rig->told++;
}

static void bridge_trip_input(struct kunit *test)
{
	struct bridge_rig *rig = test->priv;
	struct evse_bridge *b = rig->b;

	KUNIT_ASSERT_EQ(test, bridge_rig_claim(rig), 0);
	evse_bridge_on_trip(b, told, rig);
	KUNIT_ASSERT_EQ(test, evse_bridge_arm(b, yes, NULL), 0);
	bridge_rig_trip_input(rig, true);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
	KUNIT_EXPECT_EQ(test, bridge_rig_interrupts(rig), RIG_LEGS);
	KUNIT_EXPECT_EQ(test, rig->told, 1);
	/* The latch does not interrupt again and again. */
	KUNIT_EXPECT_EQ(test, bridge_rig_interrupts(rig), 0);
	KUNIT_EXPECT_EQ(test, evse_bridge_arm(b, yes, NULL), -EIO);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
	KUNIT_EXPECT_EQ(test, bridge_rig_interrupts(rig), 0);
	bridge_rig_trip_input(rig, false);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
	KUNIT_EXPECT_EQ(test, evse_bridge_arm(b, yes, NULL), 0);
	KUNIT_EXPECT_EQ(test, count_on(rig), RIG_LEGS);
	/* A trip of ours asks for an interrupt, too, and is not told. */
	evse_bridge_trip(b);
	KUNIT_EXPECT_EQ(test, bridge_rig_interrupts(rig), RIG_LEGS);
	KUNIT_EXPECT_EQ(test, rig->told, 1);
	bridge_rig_judge(rig);
}

static void bridge_consumer(struct kunit *test)
{
	struct bridge_rig *rig = test->priv;
	struct pwm_state state = {
		.period = 50000,
		.duty_cycle = 25000,
		.polarity = PWM_POLARITY_INVERSED,
		.enabled = true,
	};

	KUNIT_EXPECT_EQ(test, bridge_rig_apply_state(rig, 0, &state), -EINVAL);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 0, 50000, 25000, true), 0);
	KUNIT_EXPECT_FALSE(test, bridge_rig_off(rig, 0));
	KUNIT_EXPECT_EQ(test, count_on(rig), 1);
	KUNIT_EXPECT_EQ(test, bridge_rig_claim(rig), -EBUSY);
	/* One period for all; alone, a leg may change it. */
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 1, 60000, 25000, true), -EBUSY);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 0, 60000, 25000, true), 0);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 1, 60000, 25000, true), 0);
	/* Refused, not clamped, and what was stays. */
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 0, 60000, 2999, true), -EINVAL);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 0, 60000, 0, true), -EINVAL);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 0, 60000, 57020, true), -EINVAL);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 0, 200020, 25000, true), -EINVAL);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 0, 33339, 25000, true), -EINVAL);
	KUNIT_EXPECT_EQ(test, rig->e.m[0].cmp[0].next, 1250);
	KUNIT_EXPECT_EQ(test, count_on(rig), 2);
	/* Off with whatever else */
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 0, 1, 0, false), 0);
	KUNIT_EXPECT_TRUE(test, bridge_rig_off(rig, 0));
	KUNIT_EXPECT_EQ(test, count_on(rig), 1);

	/* What the input turned off comes back when it was disabled, not before. */
	bridge_rig_trip_input(rig, true);
	bridge_rig_interrupts(rig);
	bridge_rig_trip_input(rig, false);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 1, 60000, 26000, true), -EIO);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 1, 60000, 26000, false), 0);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 1, 60000, 26000, true), 0);
	KUNIT_EXPECT_EQ(test, count_on(rig), 1);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 1, 60000, 26000, false), 0);

	/* Owned, it can be set up and not armed. */
	KUNIT_ASSERT_EQ(test, bridge_rig_claim(rig), 0);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 1, 60000, 26000, true), -EBUSY);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 1, 50000, 20000, false), 0);
	KUNIT_EXPECT_EQ(test, rig->e.m[1].cmp[0].next, 1000);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
	KUNIT_EXPECT_EQ(test, evse_bridge_arm(rig->b, yes, NULL), 0);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 1, 50000, 21000, false), -EBUSY);
	KUNIT_EXPECT_EQ(test, count_on(rig), RIG_LEGS);
	bridge_rig_judge(rig);
}

/* Registers that somebody else wrote keep the bridge off. */
static void bridge_corrupted(struct kunit *test)
{
	static const u8 regs[] = { EPWM_DBRED, EPWM_DBFED, EPWM_DBCTL, EPWM_TZCTL,
				   EPWM_TZSEL, EPWM_AQCTLA, EPWM_AQCTLB,
				   EPWM_AQCSFRC, EPWM_TBCTL, EPWM_PCCTL };
	struct bridge_rig *rig = test->priv;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(regs); i++) {
		struct regmap *map = rig->b->leg[1].map;
		u32 value;

		KUNIT_ASSERT_EQ(test, regmap_read(map, regs[i], &value), 0);
		regmap_write(map, regs[i], value ^ 1);
		KUNIT_EXPECT_EQ_MSG(test, evse_bridge_arm(rig->b, NULL, NULL), -EIO,
				    "register 0x%02x", regs[i]);
		/* TZCTL is what a trip does: that leg may be on all the same. */
		KUNIT_EXPECT_LE(test, count_on(rig), regs[i] == EPWM_TZCTL);
		regmap_write(map, regs[i], value);
	}
	KUNIT_EXPECT_EQ(test, evse_bridge_arm(rig->b, NULL, NULL), 0);
	evse_bridge_trip(rig->b);
	/* So does a trip that somebody else ended. */
	evse_sim_epwms_write(&rig->e, 2, EPWM_TZCLR, EPWM_TZ_OST);
	KUNIT_EXPECT_EQ(test, evse_bridge_arm(rig->b, NULL, NULL), -EIO);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
}

/* What comes before which write of an arm call */
static u32 when;
static unsigned int what;

enum { TRIP, PULSE, PULSE_AND_INTERRUPT, LEVEL, KINDS };

static void at_one_write(struct bridge_rig *rig)
{
	if (rig->writes != when)
		return;
	if (what == TRIP) {
		evse_bridge_trip(rig->b);
		return;
	}
	bridge_rig_trip_input(rig, true);
	if (what == LEVEL)
		return;
	bridge_rig_wait(rig, 1);
	bridge_rig_trip_input(rig, false);
	if (what == PULSE_AND_INTERRUPT)
		bridge_rig_interrupts(rig);
}

/* All legs are on or none, and none after a trip, whichever write it precedes. */
static void bridge_trip_between(struct kunit *test)
{
	struct bridge_rig *rig = test->priv;
	unsigned int n, armed = 0;
	int ret;

	KUNIT_ASSERT_EQ(test, bridge_rig_claim(rig), 0);
	rig->between = at_one_write;
	for (what = 0; what < KINDS; what++) {
		for (n = 1; n <= EVERY_WRITE; n++) {
			u32 before = rig->writes;

			when = before + n;
			ret = evse_bridge_arm(rig->b, yes, NULL);
			bridge_rig_interrupts(rig);
			if (rig->writes < when) {
				/* The call had fewer writes. */
				KUNIT_EXPECT_EQ(test, ret, 0);
				KUNIT_EXPECT_EQ(test, count_on(rig), RIG_LEGS);
				KUNIT_EXPECT_GE(test, n, 2 * RIG_LEGS);
				n = EVERY_WRITE;
			} else if (what == TRIP) {
				KUNIT_EXPECT_EQ_MSG(test, ret, -ECANCELED, "write %u", n);
			} else if (what == LEVEL) {
				KUNIT_EXPECT_NE_MSG(test, ret, 0, "write %u", n);
			}
			KUNIT_EXPECT_EQ_MSG(test, count_on(rig), ret ? 0 : RIG_LEGS,
					    "kind %u, write %u", what, n);
			armed += !ret;
			bridge_rig_trip_input(rig, false);
			evse_bridge_trip(rig->b);
			bridge_rig_interrupts(rig);
		}
	}
	KUNIT_EXPECT_GE(test, armed, KINDS);
	bridge_rig_judge(rig);
}

/* Unbound, suspended, shut down: off, and to stay so. */
static void bridge_goes(struct kunit *test)
{
	struct bridge_rig *rig = test->priv;
	const struct dev_pm_ops *pm = rig->device->dev.driver->pm;

	KUNIT_ASSERT_EQ(test, evse_bridge_arm(rig->b, NULL, NULL), 0);
	if (pm && pm->suspend) {
		KUNIT_EXPECT_EQ(test, pm->suspend(&rig->device->dev), 0);
		KUNIT_EXPECT_EQ(test, count_on(rig), 0);
		KUNIT_EXPECT_EQ(test, evse_bridge_arm(rig->b, NULL, NULL), -ENODEV);
		KUNIT_EXPECT_EQ(test, pm->resume(&rig->device->dev), 0);
		KUNIT_EXPECT_EQ(test, count_on(rig), 0);
		KUNIT_EXPECT_EQ(test, evse_bridge_arm(rig->b, NULL, NULL), 0);
	}
	to_platform_driver(rig->device->dev.driver)->shutdown(rig->device);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
	KUNIT_EXPECT_EQ(test, evse_bridge_arm(rig->b, NULL, NULL), -ENODEV);
	KUNIT_EXPECT_EQ(test, bridge_rig_apply(rig, 0, 50000, 25000, true), -ENODEV);
	KUNIT_EXPECT_EQ(test, count_on(rig), 0);
}

static struct kunit_case bridge_cases[] = {
	KUNIT_CASE(bridge_owner),
	KUNIT_CASE(bridge_carrier),
	KUNIT_CASE(bridge_trip_input),
	KUNIT_CASE(bridge_consumer),
	KUNIT_CASE(bridge_corrupted),
	KUNIT_CASE(bridge_trip_between),
	KUNIT_CASE(bridge_goes),
	{}
};

static struct kunit_suite bridge_suite = {
	.name = "evse_bridge",
	.init = rig_init,
	.exit = rig_exit,
	.test_cases = bridge_cases,
};

kunit_test_suite(bridge_suite);
