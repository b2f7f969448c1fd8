// SPDX-License-Identifier: GPL-2.0-only
/* Times, frequencies and duties in ticks, their bounds, and the recipe. */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/prandom.h>
#include <linux/time64.h>

#include "../epwm_leg.h"
#include "../epwm_regs.h"

#define MHZ	1000000

/* 100 MHz, 2 us of dead time, pulses of 1 us, 5 to 30 kHz, 20 kHz to start with */
static const struct epwm_bounds typical = {
	.clock_hz = 100 * MHZ,
	.dead_ns = 2000,
	.pulse_ns = 1000,
	.carrier_min_hz = 5000,
	.carrier_max_hz = 30000,
	.carrier_hz = 20000,
};

/**
 * struct leg_case - bounds and the ticks that they are
 * @name: of the case
 * @bounds: what is asked for
 * @divider: what follows
 * @dead: likewise
 * @margin: likewise
 * @prd_min: likewise
 * @prd_max: likewise
 * @prd: likewise
 */
struct leg_case {
	const char *name;
	struct epwm_bounds bounds;
	u32 divider;
	u16 dead;
	u16 margin;
	u16 prd_min;
	u16 prd_max;
	u16 prd;
};

static const struct leg_case leg_cases[] = {
	{ "100 MHz, 20 kHz", { 100 * MHZ, 2000, 1000, 5000, 30000, 20000 },
	  1, 200, 150, 1667, 10000, 2500 },
	{ "dead time rounded up", { 125 * MHZ, 1001, 801, 10000, 20000, 10000 },
	  1, 126, 114, 3125, 6250, 6250 },
	{ "largest dead time", { 100 * MHZ, 10230, 100, 1000, 20000, 4000 },
	  1, 1023, 517, 2500, 50000, 12500 },
	{ "divided by two", { 250 * MHZ, 2000, 1000, 1000, 8000, 8000 },
	  2, 250, 188, 7813, 62500, 7813 },
	{ "divided by 28", { 100 * MHZ, 2000, 1000, 28, 1000, 50 },
	  28, 8, 6, 1786, 63775, 35715 },
	{ "lowest of all", { 100 * MHZ, 20000, 1000, 1, 50, 2 },
	  768, 3, 2, 1303, 65104, 32553 },
};

static void leg_plans(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(leg_cases); i++) {
		const struct leg_case *c = &leg_cases[i];
		struct epwm_refusal r = {};
		struct epwm_plan plan;

		KUNIT_ASSERT_EQ_MSG(test, epwm_plan(&plan, &c->bounds, &r), 0,
				    "%s: %s %llu: %llu to %llu", c->name,
				    r.what, r.value, r.low, r.high);
		KUNIT_EXPECT_EQ_MSG(test, plan.divider, c->divider, "%s", c->name);
		KUNIT_EXPECT_EQ_MSG(test, plan.dead, c->dead, "%s", c->name);
		KUNIT_EXPECT_EQ_MSG(test, plan.margin, c->margin, "%s", c->name);
		KUNIT_EXPECT_EQ_MSG(test, plan.prd_min, c->prd_min, "%s", c->name);
		KUNIT_EXPECT_EQ_MSG(test, plan.prd_max, c->prd_max, "%s", c->name);
		KUNIT_EXPECT_EQ_MSG(test, plan.prd, c->prd, "%s", c->name);
	}
}

/**
 * struct leg_refused - one value that is out of bounds
 * @offset: of the value in struct epwm_bounds
 * @value: that value
 * @what: what the refusal names
 * @low: bounds that it says
 * @high: likewise
 */
struct leg_refused {
	size_t offset;
	u32 value;
	const char *what;
	u64 low;
	u64 high;
};

#define REFUSED(_field, _value, _what, _low, _high)			\
	{ offsetof(struct epwm_bounds, _field), _value, _what, _low, _high }

static const struct leg_refused leg_refusals[] = {
	REFUSED(clock_hz, 0, "rate of the clock \"fck\"", MHZ, NSEC_PER_SEC),
	REFUSED(clock_hz, U32_MAX, "rate of the clock \"fck\"", MHZ, NSEC_PER_SEC),
	REFUSED(dead_ns, 0, "evse,dead-time-ns", 1, 10230),
	REFUSED(dead_ns, 10231, "evse,dead-time-ns", 1, 10230),
	REFUSED(dead_ns, U32_MAX, "evse,dead-time-ns", 1, 10230),
	REFUSED(pulse_ns, 0, "evse,minimum-pulse-ns", 1, 14660),
	REFUSED(pulse_ns, 14661, "evse,minimum-pulse-ns", 1, 14660),
	REFUSED(pulse_ns, U32_MAX, "evse,minimum-pulse-ns", 1, 14660),
	REFUSED(carrier_min_hz, 0, "evse,carrier-min-hz", 1, 30000),
	REFUSED(carrier_min_hz, 30001, "evse,carrier-min-hz", 1, 30000),
	REFUSED(carrier_max_hz, 0, "evse,carrier-max-hz", 1, 6250000),
	REFUSED(carrier_max_hz, 6250001, "evse,carrier-max-hz", 1, 6250000),
	REFUSED(carrier_hz, 4999, "evse,carrier-hz", 5000, 30000),
	REFUSED(carrier_hz, 30001, "evse,carrier-hz", 5000, 30000),
};

static void leg_refuses(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(leg_refusals); i++) {
		const struct leg_refused *c = &leg_refusals[i];
		struct epwm_bounds bounds = typical;
		struct epwm_refusal r = {};
		struct epwm_plan plan;

		*(u32 *)((void *)&bounds + c->offset) = c->value;
		KUNIT_EXPECT_EQ_MSG(test, epwm_plan(&plan, &bounds, &r), -EINVAL,
				    "%s %u", c->what, c->value);
		KUNIT_ASSERT_NOT_NULL(test, r.what);
		KUNIT_EXPECT_STREQ(test, r.what, c->what);
		KUNIT_EXPECT_EQ(test, r.value, c->value);
		KUNIT_EXPECT_EQ_MSG(test, r.low, c->low, "%s", c->what);
		KUNIT_EXPECT_EQ_MSG(test, r.high, c->high, "%s", c->what);
	}
}

/* A bound that a refusal says is one that is taken. */
static void leg_bounds_hold(struct kunit *test)
{
	struct epwm_bounds bounds = typical;
	struct epwm_refusal r;
	struct epwm_plan plan;

	bounds.dead_ns = 10230;
	KUNIT_EXPECT_EQ(test, epwm_plan(&plan, &bounds, &r), 0);
	KUNIT_EXPECT_EQ(test, plan.dead, EPWM_DB_MAX);
	bounds = typical;
	bounds.pulse_ns = 14660;
	KUNIT_EXPECT_EQ(test, epwm_plan(&plan, &bounds, &r), 0);
	KUNIT_EXPECT_GE(test, plan.prd_min, 2 * plan.margin + 1);
	bounds = typical;
	bounds.carrier_max_hz = 6250000;
	bounds.dead_ns = 20;
	bounds.pulse_ns = 20;
	KUNIT_EXPECT_EQ(test, epwm_plan(&plan, &bounds, &r), 0);
	KUNIT_EXPECT_EQ(test, plan.prd_min, 8);
	/* A dead time that fits the register and not the highest carrier */
	bounds.dead_ns = 200;
	KUNIT_EXPECT_EQ(test, epwm_plan(&plan, &bounds, &r), -EINVAL);
	KUNIT_EXPECT_STREQ(test, r.what, "evse,dead-time-ns");
	KUNIT_EXPECT_EQ(test, r.high, 50);
}

/* Whatever is accepted keeps its promises. */
static void leg_random(struct kunit *test)
{
	struct rnd_state rnd;
	unsigned int i, accepted = 0;

	prandom_seed_state(&rnd, 20260401);
	for (i = 0; i < 20000; i++) {
		struct epwm_bounds b = {
			.clock_hz = MHZ + prandom_u32_state(&rnd) % (999 * MHZ),
			.dead_ns = prandom_u32_state(&rnd) % 12000,
			.pulse_ns = prandom_u32_state(&rnd) % 5000,
			.carrier_min_hz = prandom_u32_state(&rnd) % 40000,
		};
		struct epwm_refusal r;
		struct epwm_plan p;
		u16 prd, cmp;
		u64 ns;

		b.carrier_max_hz = b.carrier_min_hz + prandom_u32_state(&rnd) % 40000;
		b.carrier_hz = b.carrier_min_hz + prandom_u32_state(&rnd) %
			       (b.carrier_max_hz - b.carrier_min_hz + 1);
		if (epwm_plan(&p, &b, &r))
			continue;
		accepted++;
		/* Not shorter, and not longer by more than a tick */
		ns = (u64)NSEC_PER_SEC * p.divider;
		KUNIT_ASSERT_GE(test, p.dead * ns, (u64)b.dead_ns * b.clock_hz);
		KUNIT_ASSERT_LT(test, (p.dead - 1) * ns, (u64)b.dead_ns * b.clock_hz);
		KUNIT_ASSERT_LE(test, p.dead, EPWM_DB_MAX);
		KUNIT_ASSERT_GE(test, (2 * p.margin - p.dead) * ns,
				(u64)b.pulse_ns * b.clock_hz);
		KUNIT_ASSERT_LE(test, 2 * p.margin, p.prd_min);
		KUNIT_ASSERT_LE(test, p.prd_min, p.prd);
		KUNIT_ASSERT_LE(test, p.prd, p.prd_max);

		/* What is read back, applied again, is the same. */
		prd = p.prd_min + prandom_u32_state(&rnd) % (p.prd_max - p.prd_min + 1);
		ns = epwm_ns(&p, 2 * prd);
		KUNIT_ASSERT_EQ(test, epwm_period_ticks(&p, ns, &cmp, &r), 0);
		KUNIT_ASSERT_EQ(test, cmp, prd);
		if (!epwm_period_ticks(&p, ns - 1, &cmp, &r))
			KUNIT_ASSERT_EQ(test, cmp, prd - 1);
		cmp = epwm_compare(&p, prd, prandom_u32_state(&rnd) % 70000);
		KUNIT_ASSERT_GE(test, cmp, p.margin);
		KUNIT_ASSERT_LE(test, cmp, prd - p.margin);
		ns = epwm_ns(&p, 2 * cmp);
		KUNIT_ASSERT_EQ(test, epwm_duty_ticks(&p, prd, ns, &p.margin, &r), 0);
		KUNIT_ASSERT_EQ(test, p.margin, cmp);
	}
	KUNIT_EXPECT_GT(test, accepted, 5000);
}

static void leg_consumer(struct kunit *test)
{
	struct epwm_refusal r;
	struct epwm_plan p;
	u16 prd, cmp;

	KUNIT_ASSERT_EQ(test, epwm_plan(&p, &typical, &r), 0);
	KUNIT_EXPECT_EQ(test, epwm_period_ticks(&p, 50000, &prd, &r), 0);
	KUNIT_EXPECT_EQ(test, prd, 2500);
	KUNIT_EXPECT_EQ(test, epwm_period_ticks(&p, 50019, &prd, &r), 0);
	KUNIT_EXPECT_EQ(test, prd, 2500);
	KUNIT_EXPECT_EQ(test, epwm_period_ticks(&p, 33339, &prd, &r), -EINVAL);
	KUNIT_EXPECT_EQ(test, r.low, 33340);
	KUNIT_EXPECT_EQ(test, r.high, 200019);
	KUNIT_EXPECT_EQ(test, epwm_period_ticks(&p, 200020, &prd, &r), -EINVAL);
	KUNIT_EXPECT_EQ(test, epwm_period_ticks(&p, U64_MAX, &prd, &r), -EINVAL);
	KUNIT_EXPECT_EQ(test, epwm_period_ticks(&p, 0, &prd, &r), -EINVAL);
	/* 2 us of dead time and 1 us of pulse are the least on either side. */
	KUNIT_EXPECT_EQ(test, epwm_duty_ticks(&p, 2500, 2999, &cmp, &r), -EINVAL);
	KUNIT_EXPECT_EQ(test, r.low, 3000);
	KUNIT_EXPECT_EQ(test, r.high, 47019);
	KUNIT_EXPECT_EQ(test, epwm_duty_ticks(&p, 2500, 3000, &cmp, &r), 0);
	KUNIT_EXPECT_EQ(test, cmp, 150);
	KUNIT_EXPECT_EQ(test, epwm_duty_ticks(&p, 2500, 47019, &cmp, &r), 0);
	KUNIT_EXPECT_EQ(test, cmp, 2350);
	KUNIT_EXPECT_EQ(test, epwm_duty_ticks(&p, 2500, 47020, &cmp, &r), -EINVAL);
	KUNIT_EXPECT_EQ(test, epwm_duty_ticks(&p, 2500, 0, &cmp, &r), -EINVAL);

	KUNIT_EXPECT_EQ(test, epwm_compare(&p, 2500, 32768), 1250);
	KUNIT_EXPECT_EQ(test, epwm_compare(&p, 2500, 0), 150);
	KUNIT_EXPECT_EQ(test, epwm_compare(&p, 2500, 65536), 2350);
	KUNIT_EXPECT_EQ(test, epwm_compare(&p, 2500, U32_MAX), 2350);
	KUNIT_EXPECT_EQ(test, epwm_prd(&p, 20000), 2500);
	KUNIT_EXPECT_EQ(test, epwm_prd(&p, 19999), 2501);
	KUNIT_EXPECT_EQ(test, epwm_carrier(&p, 2500), 20000);
}

/* 100 MHz, a period of 50 us: what is written is loaded at the next zero. */
static void leg_load(struct kunit *test)
{
	static const struct {
		u16 ctr;
		bool up;
		u32 after_ns;
		u32 ns;
	} table[] = {
		{ 0, true, 0, 50000 }, { 0, false, 0, 0 }, { 0, false, 1, 50000 },
		{ 2500, true, 0, 25000 }, { 2500, false, 0, 25000 },
		{ 1000, true, 0, 40000 }, { 1000, false, 0, 10000 },
		{ 1000, false, 10000, 10000 }, { 1000, false, 10001, 60000 },
		{ 1000, false, 110001, 160000 }, { 3000, true, 0, 25000 },
	};
	struct epwm_refusal r;
	struct epwm_plan p;
	unsigned int i;

	KUNIT_ASSERT_EQ(test, epwm_plan(&p, &typical, &r), 0);
	for (i = 0; i < ARRAY_SIZE(table); i++)
		KUNIT_EXPECT_EQ_MSG(test, table[i].ns,
				    epwm_load_ns(&p, 2500, table[i].ctr, table[i].up,
						 table[i].after_ns),
				    "number %u", i);
}

static int find(const struct epwm_write *w, unsigned int count, u8 reg)
{
	int last = -1;
	unsigned int i;

	for (i = 0; i < count; i++)
		if (w[i].reg == reg)
			last = i;
	return last;
}

/* Off before anything is changed, running last, and nothing ends the trip. */
static void leg_recipe(struct kunit *test)
{
	struct epwm_write w[EPWM_RECIPE_MAX];
	struct epwm_refusal r;
	struct epwm_plan p;
	unsigned int i, leader, count;

	KUNIT_ASSERT_EQ(test, epwm_plan(&p, &typical, &r), 0);
	for (leader = 0; leader < 2; leader++) {
		count = epwm_recipe(&p, leader, w);
		KUNIT_ASSERT_LE(test, count, EPWM_RECIPE_MAX);
		KUNIT_EXPECT_EQ(test, w[0].reg, EPWM_TZCTL);
		KUNIT_EXPECT_EQ(test, w[0].value, 0x000a);
		KUNIT_EXPECT_EQ(test, w[1].reg, EPWM_TZSEL);
		KUNIT_EXPECT_EQ(test, w[1].value, 0x0100);
		KUNIT_EXPECT_EQ(test, w[2].reg, EPWM_TZFRC);
		KUNIT_EXPECT_EQ(test, w[2].value, 0x0004);
		i = find(w, count, EPWM_TZCLR);
		KUNIT_EXPECT_EQ(test, w[i].value, EPWM_TZ_INT);
		KUNIT_EXPECT_EQ(test, w[find(w, count, EPWM_AQCTLA)].value, 0x0090);
		KUNIT_EXPECT_EQ(test, w[find(w, count, EPWM_AQCTLB)].value, 0);
		KUNIT_EXPECT_EQ(test, w[find(w, count, EPWM_DBRED)].value, 200);
		KUNIT_EXPECT_EQ(test, w[find(w, count, EPWM_DBFED)].value, 200);
		KUNIT_EXPECT_EQ(test, w[find(w, count, EPWM_DBCTL)].value, 0x000b);
		KUNIT_EXPECT_EQ(test, w[find(w, count, EPWM_CMPCTL)].value, 0);
		KUNIT_EXPECT_EQ(test, w[find(w, count, EPWM_TBPRD)].value, 2500);
		KUNIT_EXPECT_EQ(test, w[find(w, count, EPWM_CMPA)].value, 1250);
		KUNIT_EXPECT_EQ(test, w[count - 1].reg, EPWM_TBCTL);
		KUNIT_EXPECT_EQ(test, w[count - 1].value, leader ? 0xa012 : 0xa006);
	}
}

static struct kunit_case epwm_leg_cases[] = {
	KUNIT_CASE(leg_plans),
	KUNIT_CASE(leg_refuses),
	KUNIT_CASE(leg_bounds_hold),
	KUNIT_CASE(leg_random),
	KUNIT_CASE(leg_consumer),
	KUNIT_CASE(leg_load),
	KUNIT_CASE(leg_recipe),
	{}
};

static struct kunit_suite epwm_leg_suite = {
	.name = "evse_epwm_leg",
	.test_cases = epwm_leg_cases,
};

kunit_test_suite(epwm_leg_suite);

MODULE_DESCRIPTION("KUnit suites of the bridge of an EV charger");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_LICENSE("GPL");
