// SPDX-License-Identifier: GPL-2.0-only
/* The bolt moves while its motor is driven. */
#include <kunit/test.h>

#include "../model.h"

#define TRAVEL	EVSE_SIM_LOCK_TRAVEL

static void lock_moves(struct kunit *test)
{
	struct evse_sim_lock l;

	evse_sim_lock_init(&l);
	evse_sim_lock_drive(&l, true, false, 0);
	KUNIT_EXPECT_EQ(test, l.due, TRAVEL);
	evse_sim_lock_fire(&l, TRAVEL - 1);
	KUNIT_EXPECT_FALSE(test, evse_sim_lock_feedback(&l));
	evse_sim_lock_fire(&l, TRAVEL);
	KUNIT_EXPECT_TRUE(test, evse_sim_lock_feedback(&l));
	KUNIT_EXPECT_EQ(test, l.due, EVSE_SIM_NEVER);

	/* Holds without the motor, leaves its end as soon as it moves back. */
	evse_sim_lock_drive(&l, false, false, 2 * TRAVEL);
	evse_sim_lock_fire(&l, 9 * TRAVEL);
	KUNIT_EXPECT_TRUE(test, evse_sim_lock_feedback(&l));
	evse_sim_lock_drive(&l, false, true, 10 * TRAVEL);
	evse_sim_lock_fire(&l, 10 * TRAVEL + 1);
	KUNIT_EXPECT_FALSE(test, evse_sim_lock_feedback(&l));
	KUNIT_EXPECT_EQ(test, l.due, 11 * TRAVEL);
}

/* Two short pulses make the way together; both drives on stand still. */
static void lock_pulses(struct kunit *test)
{
	struct evse_sim_lock l;

	evse_sim_lock_init(&l);
	evse_sim_lock_drive(&l, true, false, 0);
	evse_sim_lock_drive(&l, false, false, TRAVEL / 2);
	evse_sim_lock_drive(&l, true, true, TRAVEL);
	evse_sim_lock_fire(&l, 5 * TRAVEL);
	KUNIT_EXPECT_FALSE(test, evse_sim_lock_feedback(&l));
	evse_sim_lock_drive(&l, true, false, 5 * TRAVEL);
	KUNIT_EXPECT_EQ(test, l.due, 5 * TRAVEL + TRAVEL / 2);
	evse_sim_lock_fire(&l, l.due);
	KUNIT_EXPECT_TRUE(test, evse_sim_lock_feedback(&l));
}

static void lock_fails(struct kunit *test)
{
	struct evse_sim_lock l;

	evse_sim_lock_init(&l);
	l.fail = EVSE_SIM_LOCK_JAM;
	evse_sim_lock_drive(&l, true, false, 0);
	evse_sim_lock_fire(&l, 2 * TRAVEL);
	KUNIT_EXPECT_EQ(test, l.position, 0);

	l.fail = EVSE_SIM_LOCK_NO_FEEDBACK;
	evse_sim_lock_failed(&l, 2 * TRAVEL);
	evse_sim_lock_fire(&l, 4 * TRAVEL);
	KUNIT_EXPECT_EQ(test, l.position, TRAVEL);
	KUNIT_EXPECT_FALSE(test, evse_sim_lock_feedback(&l));

	l.fail = EVSE_SIM_LOCK_OK;
	evse_sim_lock_failed(&l, 4 * TRAVEL);
	KUNIT_EXPECT_TRUE(test, evse_sim_lock_feedback(&l));

	l.fail = EVSE_SIM_LOCK_UNLOCKS;
	evse_sim_lock_failed(&l, 4 * TRAVEL);
	KUNIT_EXPECT_FALSE(test, evse_sim_lock_feedback(&l));
	evse_sim_lock_fire(&l, 9 * TRAVEL);
	KUNIT_EXPECT_FALSE(test, evse_sim_lock_feedback(&l));
}

static struct kunit_case lock_cases[] = {
	KUNIT_CASE(lock_moves),
	KUNIT_CASE(lock_pulses),
	KUNIT_CASE(lock_fails),
	{}
};

static struct kunit_suite lock_suite = {
	.name = "evse_sim_lock",
	.test_cases = lock_cases,
};

kunit_test_suite(lock_suite);
