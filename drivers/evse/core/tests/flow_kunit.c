// SPDX-License-Identifier: GPL-2.0-only
/* Reverse flow: what is granted, what a meter may be off by, for how long. */
#include <kunit/test.h>

#include "../flow.h"

#define RATED_MW	7360000
#define SLACK_MW	(RATED_MW / 20)
#define PATIENCE_MS	500
#define START		((ktime_t)NSEC_PER_SEC)

struct flow_case {
	const char *name;
	s32 power_mw;
	s32 granted_mw;
	bool reversed;
};

static const struct flow_case flow_cases[] = {
	{ "charging as granted", 7000000, 7000000, false },
	{ "charging more than granted is no reverse flow", 7000000, 0, false },
	{ "nothing", 0, 0, false },
	{ "a little below zero", -SLACK_MW, 0, false },
	{ "more than a little", -SLACK_MW - 1, 0, true },
	{ "discharging while charging is granted", -5000000, 7000000, true },
	{ "discharging as granted", -5000000, -5000000, false },
	{ "a little more than granted", -5000000 - SLACK_MW, -5000000, false },
	{ "more than granted", -5000001 - SLACK_MW, -5000000, true },
};

static void flow_name(const struct flow_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(flow, flow_cases, flow_name);

static bool reversed_at(struct evse_flow *flow, const struct flow_case *c, int ms)
{
	return evse_flow_reversed(flow, c->power_mw, c->granted_mw, RATED_MW,
				  PATIENCE_MS, ktime_add_ms(START, ms));
}

static void judges_after_its_patience(struct kunit *test)
{
	const struct flow_case *c = test->param_value;
	struct evse_flow flow = { };

	KUNIT_EXPECT_FALSE(test, reversed_at(&flow, c, 0));
	KUNIT_EXPECT_FALSE(test, reversed_at(&flow, c, PATIENCE_MS - 1));
	KUNIT_EXPECT_EQ(test, reversed_at(&flow, c, PATIENCE_MS), c->reversed);
}

static void a_good_sample_starts_it_again(struct kunit *test)
{
	const struct flow_case bad = { .power_mw = -5000000 }, good = { };
	struct evse_flow flow = { };

	reversed_at(&flow, &bad, 0);
	reversed_at(&flow, &good, PATIENCE_MS - 1);
	KUNIT_EXPECT_FALSE(test, reversed_at(&flow, &bad, PATIENCE_MS));
	KUNIT_EXPECT_FALSE(test, reversed_at(&flow, &bad, 2 * PATIENCE_MS - 1));
	KUNIT_EXPECT_TRUE(test, reversed_at(&flow, &bad, 2 * PATIENCE_MS));
}

static void small_ratings_have_a_least_slack(struct kunit *test)
{
	struct evse_flow flow = { };

	evse_flow_reversed(&flow, -100000, 0, 1000000, 1, START);
	KUNIT_EXPECT_EQ(test, flow.since, 0);
	evse_flow_reversed(&flow, -100001, 0, 1000000, 1, START);
	KUNIT_EXPECT_EQ(test, flow.since, START);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(judges_after_its_patience, flow_gen_params),
	KUNIT_CASE(a_good_sample_starts_it_again),
	KUNIT_CASE(small_ratings_have_a_least_slack),
	{ }
};

static struct kunit_suite suite = {
	.name = "evse_flow",
	.test_cases = cases,
};

kunit_test_suite(suite);
