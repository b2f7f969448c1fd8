// SPDX-License-Identifier: GPL-2.0-only
/* Residual current, insulation, protective earth: sensors and their tests. */
#include <kunit/test.h>

#include "../model.h"

static struct evse_sim_leak sensor(void)
{
	struct evse_sim_leak l = { .limit_ua = 5000 };

	evse_sim_leak_init(&l);
	return l;
}

static void leak_line(struct kunit *test)
{
	struct evse_sim_leak l = sensor();

	l.ua = 5000;
	evse_sim_leak_look(&l, false, 0);
	KUNIT_EXPECT_EQ(test, l.due, EVSE_SIM_NEVER);
	l.ua = 5001;
	evse_sim_leak_look(&l, false, 0);
	KUNIT_EXPECT_EQ(test, l.due, EVSE_SIM_MS(10));
	/* Looked at again, it does not start anew. */
	evse_sim_leak_look(&l, false, EVSE_SIM_MS(5));
	KUNIT_EXPECT_EQ(test, l.due, EVSE_SIM_MS(10));
	evse_sim_leak_fire(&l, l.due);
	KUNIT_EXPECT_TRUE(test, l.line);
	l.ua = 0;
	evse_sim_leak_look(&l, false, EVSE_SIM_MS(50));
	KUNIT_EXPECT_EQ(test, l.due, EVSE_SIM_MS(60));
	evse_sim_leak_fire(&l, l.due);
	KUNIT_EXPECT_FALSE(test, l.line);

	/* Shorter than its response: not seen. */
	l.ua = 30000;
	evse_sim_leak_look(&l, false, EVSE_SIM_MS(100));
	l.ua = 0;
	evse_sim_leak_look(&l, false, EVSE_SIM_MS(105));
	KUNIT_EXPECT_EQ(test, l.due, EVSE_SIM_NEVER);
}

static void leak_test(struct kunit *test)
{
	struct evse_sim_leak l = sensor();

	l.ua = 100;
	evse_sim_leak_look(&l, true, 0);
	KUNIT_EXPECT_EQ(test, evse_sim_leak_ua(&l), 10100);
	KUNIT_EXPECT_EQ(test, l.due, EVSE_SIM_MS(20));
	evse_sim_leak_fire(&l, l.due);
	KUNIT_EXPECT_TRUE(test, l.line);
	evse_sim_leak_look(&l, false, EVSE_SIM_MS(30));
	KUNIT_EXPECT_EQ(test, evse_sim_leak_ua(&l), 100);
	KUNIT_EXPECT_EQ(test, l.due, EVSE_SIM_MS(40));

	/* A real one is seen as fast in a test as without. */
	l = sensor();
	evse_sim_leak_look(&l, true, 0);
	l.ua = 6000;
	evse_sim_leak_look(&l, true, EVSE_SIM_MS(2));
	KUNIT_EXPECT_EQ(test, l.due, EVSE_SIM_MS(12));

	/* A dead sensor answers to nothing. */
	l = sensor();
	l.test_fail = 1;
	l.ua = 30000;
	evse_sim_leak_look(&l, true, 0);
	KUNIT_EXPECT_EQ(test, evse_sim_leak_ua(&l), 0);
	KUNIT_EXPECT_EQ(test, l.due, EVSE_SIM_NEVER);
}

static void insulation_monitor(struct kunit *test)
{
	struct evse_sim_insulation i = { .ohm = 10000000 };

	KUNIT_EXPECT_EQ(test, evse_sim_insulation_ohm(&i, false), 10000000);
	/* 20 kohm in parallel */
	KUNIT_EXPECT_EQ(test, evse_sim_insulation_ohm(&i, true), 19960);
	i.ohm = 20000;
	KUNIT_EXPECT_EQ(test, evse_sim_insulation_ohm(&i, true), 10000);
	i.ohm = 0;
	KUNIT_EXPECT_EQ(test, evse_sim_insulation_ohm(&i, true), 0);
	/* Dead, it goes on to show what it showed. */
	i.ohm = 10000000;
	i.dead = 1;
	evse_sim_insulation_died(&i, false);
	i.ohm = 1000;
	KUNIT_EXPECT_EQ(test, evse_sim_insulation_ohm(&i, true), 10000000);
}

static void earth(struct kunit *test)
{
	struct evse_sim_earth e = { .milliohm = 9999 };

	KUNIT_EXPECT_TRUE(test, evse_sim_earth_present(&e));
	e.milliohm = 10000;
	KUNIT_EXPECT_FALSE(test, evse_sim_earth_present(&e));
	e.milliohm = 300;
	e.lost = 1;
	KUNIT_EXPECT_FALSE(test, evse_sim_earth_present(&e));
	KUNIT_EXPECT_EQ(test, evse_sim_earth_milliohm(&e), EVSE_SIM_EARTH_OPEN);
}

static struct kunit_case leak_cases[] = {
	KUNIT_CASE(leak_line),
	KUNIT_CASE(leak_test),
	KUNIT_CASE(insulation_monitor),
	KUNIT_CASE(earth),
	{}
};

static struct kunit_suite leak_suite = {
	.name = "evse_sim_leak",
	.test_cases = leak_cases,
};

kunit_test_suite(leak_suite);
