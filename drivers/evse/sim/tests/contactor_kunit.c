// SPDX-License-Identifier: GPL-2.0-only
/* A contact follows its coil, or fails to. */
#include <kunit/test.h>

#include "../model.h"

/* Let everything happen that is due until @to; count moves of the contact. */
static int until(struct evse_sim_contact *c, s64 to)
{
	bool was = c->closed;
	int moves = 0;

	while (c->due <= to) {
		evse_sim_contact_fire(c, c->due);
		moves += c->closed != was;
		was = c->closed;
	}
	return moves;
}

struct contact_case {
	const char *name;
	enum evse_sim_contact_fail fail;
	s64 closed_at;		/* after the coil; EVSE_SIM_NEVER: does not */
	s64 opened_at;
	int moves;		/* while closing */
};

static const struct contact_case contact_cases[] = {
	{ "ok", EVSE_SIM_CONTACT_OK, EVSE_SIM_MS(15), EVSE_SIM_MS(8), 1 },
	{ "slow", EVSE_SIM_CONTACT_SLOW, EVSE_SIM_MS(250), EVSE_SIM_MS(120), 1 },
	{ "weld", EVSE_SIM_CONTACT_WELD, EVSE_SIM_MS(15), EVSE_SIM_NEVER, 1 },
	{ "stuck-open", EVSE_SIM_CONTACT_STUCK_OPEN, EVSE_SIM_NEVER, 0, 0 },
	{ "bounce", EVSE_SIM_CONTACT_BOUNCE, EVSE_SIM_MS(33), EVSE_SIM_MS(8), 7 },
};

static void contact_desc(const struct contact_case *t, char *desc)
{
	strscpy(desc, t->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(contact, contact_cases, contact_desc);

static void contact_follows(struct kunit *test)
{
	const struct contact_case *want = test->param_value;
	s64 start = EVSE_SIM_MS(1000), end = EVSE_SIM_MS(5000);
	struct evse_sim_contact c;
	int moves;

	evse_sim_contact_init(&c);
	c.fail = want->fail;
	evse_sim_contact_coil(&c, true, start);
	KUNIT_EXPECT_FALSE(test, c.closed);
	if (want->closed_at == EVSE_SIM_NEVER) {
		until(&c, end);
		KUNIT_EXPECT_FALSE(test, c.closed);
		return;
	}
	moves = until(&c, start + want->closed_at - 1);
	if (want->fail != EVSE_SIM_CONTACT_BOUNCE)
		KUNIT_EXPECT_FALSE(test, c.closed);
	moves += until(&c, start + want->closed_at);
	KUNIT_EXPECT_TRUE(test, c.closed);
	KUNIT_EXPECT_EQ(test, moves, want->moves);
	KUNIT_EXPECT_EQ(test, c.due, EVSE_SIM_NEVER);

	evse_sim_contact_coil(&c, false, end);
	KUNIT_EXPECT_TRUE(test, c.closed);
	if (want->opened_at == EVSE_SIM_NEVER) {
		until(&c, 2 * end);
		KUNIT_EXPECT_TRUE(test, c.closed);
		/* The weld is taken away: it opens. */
		c.fail = EVSE_SIM_CONTACT_OK;
		evse_sim_contact_failed(&c, 2 * end);
		until(&c, 3 * end);
		KUNIT_EXPECT_FALSE(test, c.closed);
		return;
	}
	until(&c, end + want->opened_at - 1);
	KUNIT_EXPECT_TRUE(test, c.closed);
	until(&c, end + want->opened_at);
	KUNIT_EXPECT_FALSE(test, c.closed);
}

/* A coil released before the contact arrived leaves it open. */
static void contact_short_pulse(struct kunit *test)
{
	struct evse_sim_contact c;

	evse_sim_contact_init(&c);
	evse_sim_contact_coil(&c, true, 0);
	until(&c, EVSE_SIM_MS(10));
	evse_sim_contact_coil(&c, false, EVSE_SIM_MS(10));
	KUNIT_EXPECT_EQ(test, until(&c, EVSE_SIM_MS(1000)), 0);
	KUNIT_EXPECT_FALSE(test, c.closed);
}

/* A contact that breaks opens with its coil on, and comes back repaired. */
static void contact_breaks(struct kunit *test)
{
	struct evse_sim_contact c;

	evse_sim_contact_init(&c);
	evse_sim_contact_coil(&c, true, 0);
	until(&c, EVSE_SIM_MS(100));
	c.fail = EVSE_SIM_CONTACT_STUCK_OPEN;
	evse_sim_contact_failed(&c, EVSE_SIM_MS(100));
	until(&c, EVSE_SIM_MS(200));
	KUNIT_EXPECT_FALSE(test, c.closed);
	c.fail = EVSE_SIM_CONTACT_OK;
	evse_sim_contact_failed(&c, EVSE_SIM_MS(200));
	until(&c, EVSE_SIM_MS(300));
	KUNIT_EXPECT_TRUE(test, c.closed);
}

static struct kunit_case contactor_cases[] = {
	KUNIT_CASE_PARAM(contact_follows, contact_gen_params),
	KUNIT_CASE(contact_short_pulse),
	KUNIT_CASE(contact_breaks),
	{}
};

static struct kunit_suite contactor_suite = {
	.name = "evse_sim_contactor",
	.test_cases = contactor_cases,
};

kunit_test_suite(contactor_suite);
