// SPDX-License-Identifier: GPL-2.0-only
/* Temperatures in, permits and limits out: the thresholds of every place. */
#include <kunit/test.h>
#include <linux/module.h>
#include <linux/string.h>

#include "../thermal_rules.h"

#define STATE(name)	((int)EVSE_THERMAL_STATE_##name)
#define GUARD(name)	((int)EVSE_GUARD_STATE_##name)

/* Places by the number that they have in the table */
enum { IGBT, HEAT_SINK, CONNECTOR_A, CONNECTOR_B, CABINET, INDUCTOR };

struct rules_bench {
	struct evse_thermal_rule rule;
	struct evse_thermal_bounds bounds;
	struct evse_thermal_seen seen;
	struct evse_thermal_verdict v;
};

static struct rules_bench rules_bench_of(unsigned int place)
{
	const struct evse_thermal_place *p = &evse_thermal_places[place];

	return (struct rules_bench){
		.rule = { .place = p },
		.bounds = { p->derate_mc, p->trip_mc, 60000, 5000, 0 },
		.seen = { .state = EVSE_THERMAL_STATE_NORMAL, .now_ms = 1000 },
	};
}

static void rules_see(struct rules_bench *b, s32 mc)
{
	b->seen.mc = mc;
	b->seen.now_ms += 1000;
	b->v = evse_thermal_rule_step(&b->rule, &b->bounds, &b->seen);
}

static void rules_expect(struct kunit *test, const struct rules_bench *b, s32 mc,
			 int guard, int state, u32 permille)
{
	KUNIT_EXPECT_EQ_MSG(test, (int)b->v.guard, guard, "%s %d",
			    b->rule.place->name, mc);
	KUNIT_EXPECT_EQ_MSG(test, (int)b->v.state, state, "%s %d",
			    b->rule.place->name, mc);
	KUNIT_EXPECT_EQ_MSG(test, b->v.limit_permille, permille, "%s %d",
			    b->rule.place->name, mc);
}

/* A sensor's way up and down again: the limits that users are promised */
static const struct rules_way {
	unsigned int place;
	s32 mc;
	int guard;
	int state;
	u32 permille;
} rules_ways[] = {
	{ IGBT, -20000, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ IGBT, 84999, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ IGBT, 85000, GUARD(PERMIT), STATE(DERATING), 500 },
	{ IGBT, 94999, GUARD(PERMIT), STATE(DERATING), 500 },
	{ IGBT, 80000, GUARD(PERMIT), STATE(DERATING), 500 },
	{ IGBT, 79999, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ IGBT, 84999, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ IGBT, 95000, GUARD(TRIP), STATE(TRIPPED), 0 },
	{ IGBT, 93000, GUARD(TRIP), STATE(TRIPPED), 0 },
	{ IGBT, 92999, GUARD(HOLD), STATE(TRIPPED), 0 },
	{ IGBT, 94999, GUARD(HOLD), STATE(TRIPPED), 0 },
	{ IGBT, 95000, GUARD(TRIP), STATE(TRIPPED), 0 },
	{ IGBT, 60000, GUARD(HOLD), STATE(TRIPPED), 0 },
	{ IGBT, 59999, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ IGBT, 60000, GUARD(PERMIT), STATE(NORMAL), 1000 },

	{ HEAT_SINK, 84999, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ HEAT_SINK, 85000, GUARD(PERMIT), STATE(DERATING), 500 },
	{ HEAT_SINK, 80000, GUARD(PERMIT), STATE(DERATING), 500 },
	{ HEAT_SINK, 79999, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ HEAT_SINK, 95000, GUARD(TRIP), STATE(TRIPPED), 0 },

	{ CONNECTOR_A, 75000, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ CONNECTOR_A, 75001, GUARD(PERMIT), STATE(DERATING), 990 },
	{ CONNECTOR_A, 80000, GUARD(PERMIT), STATE(DERATING), 500 },
	/* A degree of rest, so that a bit of the sensor is no change of power. */
	{ CONNECTOR_A, 79000, GUARD(PERMIT), STATE(DERATING), 500 },
	{ CONNECTOR_A, 78000, GUARD(PERMIT), STATE(DERATING), 600 },
	{ CONNECTOR_A, 74000, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ CONNECTOR_A, 84900, GUARD(PERMIT), STATE(DERATING), 10 },
	{ CONNECTOR_A, 84999, GUARD(PERMIT), STATE(DERATING), 0 },
	{ CONNECTOR_A, 85000, GUARD(TRIP), STATE(TRIPPED), 0 },
	{ CONNECTOR_A, 82999, GUARD(HOLD), STATE(TRIPPED), 0 },
	{ CONNECTOR_A, 59999, GUARD(PERMIT), STATE(NORMAL), 1000 },

	{ CONNECTOR_B, 80000, GUARD(PERMIT), STATE(DERATING), 500 },
	{ CONNECTOR_B, 85000, GUARD(TRIP), STATE(TRIPPED), 0 },

	{ CABINET, 85000, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ CABINET, 86000, GUARD(PERMIT), STATE(DERATING), 900 },
	{ CABINET, 94900, GUARD(PERMIT), STATE(DERATING), 10 },
	{ CABINET, 95000, GUARD(PERMIT), STATE(DERATING), 0 },
	{ CABINET, 124000, GUARD(PERMIT), STATE(DERATING), 0 },
	{ CABINET, 85000, GUARD(PERMIT), STATE(DERATING), 900 },
	{ CABINET, 84000, GUARD(PERMIT), STATE(NORMAL), 1000 },

	{ INDUCTOR, 100000, GUARD(PERMIT), STATE(NORMAL), 1000 },
	{ INDUCTOR, 110000, GUARD(PERMIT), STATE(DERATING), 500 },
	{ INDUCTOR, 120000, GUARD(TRIP), STATE(TRIPPED), 0 },
};

static void rules_way(struct kunit *test)
{
	struct rules_bench b = { };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rules_ways); i++) {
		const struct rules_way *w = &rules_ways[i];

		if (!i || w->place != rules_ways[i - 1].place)
			b = rules_bench_of(w->place);
		rules_see(&b, w->mc);
		rules_expect(test, &b, w->mc, w->guard, w->state, w->permille);
	}
}

static void rules_places(struct kunit *test)
{
	static const char * const names[] = {
		"igbt", "heat-sink", "connector-a", "connector-b", "cabinet", "inductor",
	};
	unsigned int i;

	KUNIT_ASSERT_EQ(test, ARRAY_SIZE(names), (size_t)EVSE_THERMAL_PLACES);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		const struct evse_thermal_place *p = &evse_thermal_places[i];
		bool connector = !strncmp(names[i], "connector", 9);

		KUNIT_EXPECT_STREQ(test, p->name, names[i]);
		KUNIT_EXPECT_LT(test, strlen(p->title), (size_t)EVSE_NAME_MAX);
		KUNIT_EXPECT_EQ(test, (u32)p->code,
				connector ? (u32)EVSE_FAULT_CODE_THERM_OVERLOAD :
					    (u32)EVSE_FAULT_CODE_THERMAL_TRIP);
		/* What is judged can be read. */
		KUNIT_EXPECT_GE(test, p->range.max_mc, p->derate_mc + 10000);
		KUNIT_EXPECT_GT(test, p->range.max_mc, p->trip_mc);
	}
	KUNIT_EXPECT_STREQ(test, evse_thermal_places[CONNECTOR_A].label, "connector_temp");
}

/* A sensor that cannot be read is never a cool one. */
static void rules_blind(struct kunit *test)
{
	struct rules_bench b = rules_bench_of(IGBT);
	int state;

	b.seen.state = EVSE_THERMAL_STATE_UNKNOWN;
	rules_see(&b, 0);
	rules_expect(test, &b, 0, GUARD(HOLD), STATE(UNKNOWN), 0);
	KUNIT_EXPECT_FALSE(test, evse_thermal_blind(EVSE_THERMAL_STATE_UNKNOWN));
	KUNIT_EXPECT_FALSE(test, evse_thermal_blind(EVSE_THERMAL_STATE_TRIPPED));

	for (state = STATE(BUS_ERROR); state <= STATE(FROZEN); state++) {
		KUNIT_EXPECT_TRUE(test, evse_thermal_blind(state));
		b = rules_bench_of(IGBT);
		rules_see(&b, 40000);
		b.seen.state = state;
		rules_see(&b, 40000);
		rules_expect(test, &b, 40000, GUARD(HOLD), state, 0);

		/* Neither does a trip end by the sensor's. */
		b.seen.state = EVSE_THERMAL_STATE_NORMAL;
		rules_see(&b, 96000);
		b.seen.state = state;
		rules_see(&b, 96000);
		rules_expect(test, &b, 96000, GUARD(TRIP), state, 0);
		b.seen.state = EVSE_THERMAL_STATE_NORMAL;
		rules_see(&b, 70000);
		rules_expect(test, &b, 70000, GUARD(HOLD), STATE(TRIPPED), 0);
		b.seen.state = state;
		rules_see(&b, 70000);
		rules_expect(test, &b, 70000, GUARD(HOLD), state, 0);
		b.seen.state = EVSE_THERMAL_STATE_NORMAL;
		rules_see(&b, 61000);
		rules_expect(test, &b, 61000, GUARD(HOLD), STATE(TRIPPED), 0);
		rules_see(&b, 59000);
		rules_expect(test, &b, 59000, GUARD(PERMIT), STATE(NORMAL), 1000);
	}
}

static void rules_slope(struct rules_bench *b, s32 slope_mc_min)
{
	b->seen.steady = true;
	b->seen.slope_mc_min = slope_mc_min;
	rules_see(b, 50000);
}

static void rules_rise(struct kunit *test)
{
	struct rules_bench b = rules_bench_of(CABINET);
	s64 since;

	/* Without secondary cooling a tenth goes at once. */
	b.seen.slope_mc_min = 99999;
	rules_see(&b, 50000);
	rules_expect(test, &b, 0, GUARD(PERMIT), STATE(NORMAL), 1000);
	rules_slope(&b, 5000);
	rules_expect(test, &b, 0, GUARD(PERMIT), STATE(NORMAL), 1000);
	rules_slope(&b, 5001);
	rules_expect(test, &b, 0, GUARD(PERMIT), STATE(RISING), 900);
	rules_slope(&b, 2500);
	rules_expect(test, &b, 0, GUARD(PERMIT), STATE(RISING), 900);
	/* What is not known any more has not ended. */
	b.seen.steady = false;
	b.seen.slope_mc_min = 0;
	rules_see(&b, 50000);
	rules_expect(test, &b, 0, GUARD(PERMIT), STATE(RISING), 900);
	rules_slope(&b, 2499);
	rules_expect(test, &b, 0, GUARD(PERMIT), STATE(NORMAL), 1000);
	rules_slope(&b, 5000);
	rules_expect(test, &b, 0, GUARD(PERMIT), STATE(NORMAL), 1000);

	/* With it, after two minutes that did not help. */
	b.bounds.cooling_ms = 120000;
	rules_slope(&b, 6000);
	since = b.seen.now_ms;
	while (b.seen.now_ms < since + 119000) {
		rules_slope(&b, 6000);
		rules_expect(test, &b, 0, GUARD(PERMIT), STATE(RISING), 1000);
	}
	rules_slope(&b, 6000);
	rules_expect(test, &b, 0, GUARD(PERMIT), STATE(RISING), 900);
	/* It ends, and begins anew with as much time. */
	rules_slope(&b, 0);
	rules_expect(test, &b, 0, GUARD(PERMIT), STATE(NORMAL), 1000);
	rules_slope(&b, 6000);
	rules_expect(test, &b, 0, GUARD(PERMIT), STATE(RISING), 1000);

	/* The lower of two limits counts, and the hotter state is shown. */
	b.bounds.cooling_ms = 0;
	rules_see(&b, 85500);
	rules_expect(test, &b, 85500, GUARD(PERMIT), STATE(DERATING), 900);
	rules_see(&b, 90000);
	rules_expect(test, &b, 90000, GUARD(PERMIT), STATE(DERATING), 500);
}

/* Thresholds that users set in any order: the most that they can do is too much. */
static void rules_set(struct kunit *test)
{
	struct rules_bench b = rules_bench_of(CONNECTOR_A);

	b.bounds.trip_mc = 50000;
	b.bounds.clear_mc = evse_thermal_clear(60000, 50000);
	KUNIT_EXPECT_EQ(test, b.bounds.clear_mc, 45000);
	rules_see(&b, 49999);
	rules_expect(test, &b, 49999, GUARD(PERMIT), STATE(NORMAL), 1000);
	rules_see(&b, 50000);
	rules_expect(test, &b, 50000, GUARD(TRIP), STATE(TRIPPED), 0);
	rules_see(&b, 45000);
	rules_expect(test, &b, 45000, GUARD(HOLD), STATE(TRIPPED), 0);
	rules_see(&b, 44999);
	rules_expect(test, &b, 44999, GUARD(PERMIT), STATE(NORMAL), 1000);

	/* A limit that begins above the end: all is taken where it begins. */
	b = rules_bench_of(CONNECTOR_A);
	b.bounds.trip_mc = 0;
	b.bounds.derate_mc = 30000;
	rules_see(&b, 35000);
	rules_expect(test, &b, 35000, GUARD(PERMIT), STATE(DERATING), 500);
	b.bounds.derate_mc = 0;
	rules_see(&b, 149000);
	rules_expect(test, &b, 149000, GUARD(PERMIT), STATE(NORMAL), 1000);
	b = rules_bench_of(CONNECTOR_A);
	b.bounds.derate_mc = 85000;
	rules_see(&b, 84999);
	rules_expect(test, &b, 84999, GUARD(PERMIT), STATE(NORMAL), 1000);
	rules_see(&b, 85000);
	rules_expect(test, &b, 85000, GUARD(TRIP), STATE(TRIPPED), 0);

	KUNIT_EXPECT_EQ(test, evse_thermal_clear(60000, 0), 60000);
	KUNIT_EXPECT_EQ(test, evse_thermal_clear(60000, 65000), 60000);
	KUNIT_EXPECT_EQ(test, evse_thermal_clear(60000, 64999), 59999);
}

/* Whatever the thresholds and the temperature: no power above a trip, ever. */
static void rules_sweep(struct kunit *test)
{
	unsigned int place;
	s32 derate, trip, mc;

	for (place = 0; place < EVSE_THERMAL_PLACES; place++)
		for (derate = 30000; derate <= 120000; derate += 15000)
			for (trip = 40000; trip <= 120000; trip += 10000)
				for (mc = -40000; mc <= 140000; mc += 2500) {
					struct rules_bench b = rules_bench_of(place);

					b.bounds.derate_mc = derate;
					b.bounds.trip_mc = trip;
					b.bounds.clear_mc = evse_thermal_clear(60000, trip);
					rules_see(&b, mc);
					KUNIT_ASSERT_LE(test, b.v.limit_permille, 1000U);
					KUNIT_ASSERT_EQ(test, mc >= trip,
							b.v.guard == EVSE_GUARD_STATE_TRIP);
					if (mc >= trip || (mc >= derate + 1000))
						KUNIT_ASSERT_LT(test, b.v.limit_permille, 1000U);
				}
}

static struct kunit_case rules_cases[] = {
	KUNIT_CASE(rules_way),
	KUNIT_CASE(rules_places),
	KUNIT_CASE(rules_blind),
	KUNIT_CASE(rules_rise),
	KUNIT_CASE(rules_set),
	KUNIT_CASE(rules_sweep),
	{}
};

static struct kunit_suite rules_suite = {
	.name = "evse_thermal_rules",
	.test_cases = rules_cases,
};

kunit_test_suite(rules_suite);
