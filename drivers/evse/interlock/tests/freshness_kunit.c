// SPDX-License-Identifier: GPL-2.0-only
/* Sensors that fall silent or freeze, and lines that storm. */
#include <kunit/test.h>
#include <linux/module.h>

#include "../freshness.h"
#include "../storm.h"

#define NOW		((ktime_t)1 << 40)

static void fresh_silence(struct kunit *test)
{
	struct evse_fresh fresh;

	evse_fresh_init(&fresh, 100, 0, NOW);
	KUNIT_EXPECT_FALSE(test, evse_fresh_silent(&fresh, NOW + 99));
	KUNIT_EXPECT_TRUE(test, evse_fresh_silent(&fresh, NOW + 100));
	KUNIT_EXPECT_TRUE(test, evse_fresh_reading(&fresh, 5, NOW + 120));
	KUNIT_EXPECT_FALSE(test, evse_fresh_silent(&fresh, NOW + 219));
	KUNIT_EXPECT_TRUE(test, evse_fresh_silent(&fresh, NOW + 220));
	/* May repeat itself for good. */
	KUNIT_EXPECT_TRUE(test, evse_fresh_reading(&fresh, 5, NOW + 1000000));
}

static void fresh_frozen(struct kunit *test)
{
	struct evse_fresh fresh;

	evse_fresh_init(&fresh, 100, 50, NOW);
	KUNIT_EXPECT_TRUE(test, evse_fresh_reading(&fresh, 0, NOW + 90));
	KUNIT_EXPECT_TRUE(test, evse_fresh_reading(&fresh, 0, NOW + 139));
	KUNIT_EXPECT_FALSE(test, evse_fresh_reading(&fresh, 0, NOW + 140));
	/* It does not put the deadline off either. */
	KUNIT_EXPECT_FALSE(test, evse_fresh_reading(&fresh, 0, NOW + 238));
	KUNIT_EXPECT_TRUE(test, evse_fresh_silent(&fresh, NOW + 239));
	KUNIT_EXPECT_TRUE(test, evse_fresh_reading(&fresh, 1, NOW + 300));
	KUNIT_EXPECT_FALSE(test, evse_fresh_silent(&fresh, NOW + 300));
}

static unsigned int edges_until_storm(s64 apart, unsigned int most)
{
	struct evse_storm storm = { };
	unsigned int i;

	for (i = 1; i <= most; i++)
		if (evse_storm_edge(&storm, NOW + i * apart))
			return i;
	return 0;
}

static void storm_edges(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, EVSE_STORM_EDGES + 1, edges_until_storm(0, 1000));
	KUNIT_EXPECT_EQ(test, EVSE_STORM_EDGES + 1, edges_until_storm(1000, 1000));
	KUNIT_EXPECT_EQ(test, EVSE_STORM_EDGES + 1,
			edges_until_storm(EVSE_STORM_WINDOW_NS /
					  (EVSE_STORM_EDGES + 1), 1000));
	KUNIT_EXPECT_EQ(test, 0U, edges_until_storm(EVSE_STORM_WINDOW_NS /
						    EVSE_STORM_EDGES + 1, 1000));
	KUNIT_EXPECT_EQ(test, 0U, edges_until_storm(EVSE_STORM_WINDOW_NS, 1000));
}

static void storm_ends(struct kunit *test)
{
	struct evse_storm storm = { };
	unsigned int i;

	for (i = 0; i < 1000; i++)
		evse_storm_edge(&storm, NOW);
	KUNIT_EXPECT_TRUE(test, evse_storm_edge(&storm, NOW + EVSE_STORM_WINDOW_NS - 1));
	KUNIT_EXPECT_FALSE(test, evse_storm_edge(&storm, NOW + EVSE_STORM_WINDOW_NS));
}

static struct kunit_case fresh_cases[] = {
	KUNIT_CASE(fresh_silence),
	KUNIT_CASE(fresh_frozen),
	KUNIT_CASE(storm_edges),
	KUNIT_CASE(storm_ends),
	{}
};

static struct kunit_suite fresh_suite = {
	.name = "evse_freshness",
	.test_cases = fresh_cases,
};

kunit_test_suite(fresh_suite);
