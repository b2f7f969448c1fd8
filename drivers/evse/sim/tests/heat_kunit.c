// SPDX-License-Identifier: GPL-2.0-only
/*
 * Heat: where it settles, and how long that takes. Figures worked out by hand
 * from the network, in thousandths of a degree.
 */
#include <kunit/test.h>
#include <linux/math.h>

#include "../heat.h"

#define SECONDS(n)	((s64)(n) * NSEC_PER_SEC)
#define HOUR		SECONDS(3600)

static void start(struct evse_sim_heat *h, s32 ambient, u32 fan_permille)
{
	unsigned int i;

	*h = (struct evse_sim_heat){
		.stage = true, .fan_permille = fan_permille,
		.contact_uohm = { 200, 200 }, .cooling_works = 1,
	};
	for (i = 0; i < EVSE_SIM_PLACES; i++)
		h->place[i].mdeg = ambient;
	evse_sim_heat_init(h, 0);
}

static void flow(struct evse_sim_heat *h, s32 ma, s64 ns)
{
	if (!evse_sim_heat_flow(h, ma, ns)) {
		evse_sim_heat_run(h, h->until);
		evse_sim_heat_flow(h, ma, ns);
	}
	evse_sim_heat_run(h, h->until);
}

static void near(struct kunit *test, s64 value, s64 wanted, s64 margin)
{
	KUNIT_EXPECT_LE_MSG(test, abs(value - wanted), margin,
			    "%lld, wanted %lld", value, wanted);
}

/*
 * With T above ambient, 40 A: junction 240 W through 16 W/K, inductor 64 W through
 * 2 W/K; sink (s) and cabinet (c): 240 = (a + 1) s - c, 64 = 4.16 c - s, where a
 * is what the air takes.
 */
static const struct rest {
	s32 ma;
	s32 ambient;
	u32 fan;
	bool cooling;
	s32 junction;
	s32 sink;
	s32 cabinet;
	s32 inductor;
	s32 pin;
} rests[] = {
	/* a = 5.625: s = 1062.4 / 26.56 = 40, c = 25 */
	{ -40000, 25000, 1000, false, 80000, 65000, 50000, 82000, 55000 },
	{ 40000, 25000, 1000, false, 80000, 65000, 50000, 82000, 55000 },
	/* a = 1.25: s = 1062.4 / 8.36 = 127.081, c = 45.933 */
	{ -40000, 25000, 0, false, 167081, 152081, 70933, 102933, 55000 },
	/* a = 1.25 + 3: s = 1062.4 / 20.84 = 50.979, c = 27.639 */
	{ -40000, 25000, 0, true, 90979, 75979, 52639, 84639, 55000 },
	/* 20 A: 100 W, 16 W: s = 432 / 8.36 = 51.675, c = 16.268 */
	{ -20000, 40000, 0, false, 97925, 91675, 56268, 64268, 47500 },
	{ -20000, 25000, 0, false, 82925, 76675, 41268, 49268, 32500 },
	{ 0, -30000, 0, false, -30000, -30000, -30000, -30000, -30000 },
};

static void settles(struct kunit *test)
{
	const struct rest *r;
	struct evse_sim_heat h;

	for (r = rests; r < rests + ARRAY_SIZE(rests); r++) {
		start(&h, 25000, r->fan);
		h.place[EVSE_SIM_HEAT_AMBIENT].mdeg = r->ambient;
		evse_sim_heat_set(&h, EVSE_SIM_HEAT_AMBIENT);
		h.cooling = r->cooling;
		flow(&h, r->ma, 24 * HOUR);
		near(test, h.place[EVSE_SIM_HEAT_JUNCTION].mdeg, r->junction, 5);
		near(test, h.place[EVSE_SIM_HEAT_SINK].mdeg, r->sink, 5);
		near(test, h.place[EVSE_SIM_HEAT_CABINET].mdeg, r->cabinet, 5);
		near(test, h.place[EVSE_SIM_HEAT_INDUCTOR].mdeg, r->inductor, 5);
		near(test, h.place[EVSE_SIM_HEAT_PIN_A].mdeg, r->pin, 5);
	}
}

/* A pin alone is one exponential: 26.88 J/K over 64 mW/K are 420 s. */
static void takes_its_time(struct kunit *test)
{
	struct evse_sim_heat h;

	start(&h, 25000, 1000);
	flow(&h, 40000, SECONDS(420));
	near(test, h.place[EVSE_SIM_HEAT_PIN_A].mdeg, 25000 + 18964, 10);
	/* Ten times the resistance: 75 degrees above ambient in the end. */
	start(&h, 25000, 1000);
	h.contact_uohm[1] = 2000;
	flow(&h, 40000, SECONDS(420));
	near(test, h.place[EVSE_SIM_HEAT_PIN_A].mdeg, 25000 + 18964, 10);
	near(test, h.place[EVSE_SIM_HEAT_PIN_B].mdeg, 25000 + 47409, 10);
	/* ln(75 / 15) time constants */
	flow(&h, 40000, SECONDS(676 - 420));
	near(test, h.place[EVSE_SIM_HEAT_PIN_B].mdeg, 85000, 10);
}

/* The fan stops at full power: what a guard has to notice and to end. */
static void fan_stops(struct kunit *test)
{
	struct evse_sim_heat h;
	unsigned int s;

	start(&h, 25000, 1000);
	flow(&h, -40000, 10 * HOUR);
	h.fan_permille = 0;
	for (s = 0; h.place[EVSE_SIM_HEAT_JUNCTION].mdeg < 85000; s++)
		flow(&h, -40000, SECONDS(1));
	/* 175 W too much for 6.5 kJ/K: 1.6 K a minute to begin with */
	KUNIT_EXPECT_GE(test, s, 150);
	KUNIT_EXPECT_LE(test, s, 300);
	for (; h.place[EVSE_SIM_HEAT_JUNCTION].mdeg < 95000; s++)
		flow(&h, -40000, SECONDS(1));
	KUNIT_EXPECT_GE(test, s, 500);
	KUNIT_EXPECT_LE(test, s, 900);
	/* With half of it, it does not get as warm. */
	for (s = 0; s < 36000; s++)
		flow(&h, -20000, SECONDS(1));
	KUNIT_EXPECT_LE(test, h.place[EVSE_SIM_HEAT_JUNCTION].mdeg, 85000);
}

/* In one go, in seconds, and in the steps of somebody who looks often */
static void steps_agree(struct kunit *test)
{
	static const s64 steps[] = { 3600000, 1000, 100, 30 };
	s32 sink[ARRAY_SIZE(steps)], cabinet[ARRAY_SIZE(steps)];
	struct evse_sim_heat h;
	int i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		start(&h, 25000, 500);
		while (h.at < HOUR)
			flow(&h, 40000, EVSE_SIM_MS(steps[i]));
		sink[i] = h.place[EVSE_SIM_HEAT_SINK].mdeg;
		cabinet[i] = h.place[EVSE_SIM_HEAT_CABINET].mdeg;
	}
	for (i = 1; i < ARRAY_SIZE(steps); i++) {
		/* A long rest is not computed as finely. */
		near(test, sink[i], sink[0], 300);
		near(test, cabinet[i], cabinet[0], 300);
		near(test, sink[i], sink[1], 40);
	}
}

/* Extremes stay within what can be shown, and come back. */
static void stays_sane(struct kunit *test)
{
	struct evse_sim_heat h;

	start(&h, 25000, 0);
	h.contact_uohm[0] = 1000000;
	flow(&h, 1000000, 1000 * HOUR);
	KUNIT_EXPECT_EQ(test, h.place[EVSE_SIM_HEAT_PIN_A].mdeg, 1000000);
	flow(&h, S32_MIN, HOUR);
	KUNIT_EXPECT_EQ(test, h.place[EVSE_SIM_HEAT_PIN_A].mdeg, 1000000);
	flow(&h, 0, 1000 * HOUR);
	near(test, h.place[EVSE_SIM_HEAT_PIN_A].mdeg, 25000, 5);
	near(test, h.place[EVSE_SIM_HEAT_SINK].mdeg, 25000, 5);
}

static void is_held(struct kunit *test)
{
	struct evse_sim_heat h;

	start(&h, 25000, 1000);
	h.place[EVSE_SIM_HEAT_SINK].mdeg = 90000;
	evse_sim_heat_set(&h, EVSE_SIM_HEAT_SINK);
	h.place[EVSE_SIM_HEAT_SINK].hold = 1;
	flow(&h, 0, 10 * HOUR);
	KUNIT_EXPECT_EQ(test, h.place[EVSE_SIM_HEAT_SINK].mdeg, 90000);
	/* What touches it follows. */
	near(test, h.place[EVSE_SIM_HEAT_JUNCTION].mdeg, 90000, 5);
	h.place[EVSE_SIM_HEAT_SINK].hold = 0;
	flow(&h, 0, 10 * HOUR);
	near(test, h.place[EVSE_SIM_HEAT_SINK].mdeg, 25000, 50);
}

/* Half a second of 40 A and half of nothing: in the mean half the square. */
static void means(struct kunit *test)
{
	struct evse_sim_heat h;

	start(&h, 25000, 1000);
	KUNIT_EXPECT_TRUE(test, evse_sim_heat_flow(&h, 40000, EVSE_SIM_MS(500)));
	KUNIT_EXPECT_TRUE(test, evse_sim_heat_flow(&h, 0, EVSE_SIM_MS(500)));
	KUNIT_EXPECT_EQ(test, h.mean_ma, 20000);
	KUNIT_EXPECT_EQ(test, h.mean_ma2, 800000000);
	/* What is too much is not noted. */
	KUNIT_EXPECT_FALSE(test, evse_sim_heat_flow(&h, 40000, EVSE_SIM_MS(1)));
	KUNIT_EXPECT_EQ(test, h.until, EVSE_SIM_MS(1000));
	/* More of the same is. */
	evse_sim_heat_run(&h, h.until);
	KUNIT_EXPECT_TRUE(test, evse_sim_heat_flow(&h, 40000, EVSE_SIM_MS(900)));
	KUNIT_EXPECT_TRUE(test, evse_sim_heat_flow(&h, -40000, HOUR));
	KUNIT_EXPECT_EQ(test, h.mean_ma, 40000);

	KUNIT_EXPECT_EQ(test, evse_sim_heat_drop_uv(&h, 0, 40000), 8000);
	KUNIT_EXPECT_EQ(test, evse_sim_heat_drop_uv(&h, 0, -20000), -4000);
}

static void decays(struct kunit *test)
{
	static const struct { u64 x; u64 part; } points[] = {
		{ 0, 1ULL << 32 }, { 693147181, 1ULL << 31 },
		{ 1000000000, 1580030169 }, { 5000000000ULL, 28939249 },
		{ 10000000, 4252231657ULL }, { 1000, 4294963001ULL },
		{ 40000000000ULL, 0 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(points); i++)
		near(test, evse_sim_decay(points[i].x), points[i].part, 20);
}

/* 10 k, B 3950, as 3300 mV R / (R + 10k) */
static void has_a_curve(struct kunit *test)
{
	static const struct { s32 mdeg; s32 mv; } points[] = {
		{ -40000, 3220 }, { -20000, 3014 }, { 0, 2544 },
		{ 20000, 1836 }, { 25000, 1650 }, { 40000, 1143 },
		{ 60000, 657 }, { 85000, 324 }, { 100000, 215 },
		{ 125000, 114 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(points); i++)
		near(test, evse_sim_ntc_mv(points[i].mdeg, EVSE_SIM_NTC_OK),
		     points[i].mv, 1);
	KUNIT_EXPECT_EQ(test, evse_sim_ntc_mv(25000, EVSE_SIM_NTC_OPEN), 3300);
	KUNIT_EXPECT_EQ(test, evse_sim_ntc_mv(25000, EVSE_SIM_NTC_SHORT), 0);
	KUNIT_EXPECT_EQ(test, evse_sim_ntc_mv(-300000, EVSE_SIM_NTC_OK), 3300);
	KUNIT_EXPECT_LE(test, evse_sim_ntc_mv(1000000, EVSE_SIM_NTC_OK), 1);
}

/* Pulses in so many seconds, seen one by one as an interrupt would. */
static unsigned int pulses(struct evse_sim_fan *f, s64 ns)
{
	s64 end = f->at + ns;
	unsigned int count = 0;

	evse_sim_fan_plan(f, true);
	while (f->due <= end) {
		count += evse_sim_fan_run(f, f->due);
		evse_sim_fan_plan(f, true);
	}
	count += evse_sim_fan_run(f, end);
	return count;
}

static void turns(struct kunit *test)
{
	struct evse_sim_fan f = { };

	evse_sim_fan_init(&f, SECONDS(100));
	KUNIT_EXPECT_EQ(test, pulses(&f, SECONDS(10)), 0);
	KUNIT_EXPECT_EQ(test, f.due, EVSE_SIM_NEVER);
	f.duty_permyriad = 10000;
	/* It needs a second to get going, and then makes 60 pulses in each. */
	near(test, pulses(&f, SECONDS(10)), 540, 3);
	KUNIT_EXPECT_EQ(test, f.speed, EVSE_SIM_FAN_RPM * 1000);
	KUNIT_EXPECT_EQ(test, evse_sim_fan_permille(&f), 1000);
	near(test, pulses(&f, SECONDS(10)), 600, 1);
	f.duty_permyriad = 5000;
	pulses(&f, SECONDS(20));
	near(test, pulses(&f, SECONDS(10)), 300, 1);
	/* Nobody waits for them: nothing is due. */
	evse_sim_fan_plan(&f, false);
	KUNIT_EXPECT_EQ(test, f.due, EVSE_SIM_NEVER);
	f.tach_missing = 1;
	KUNIT_EXPECT_EQ(test, pulses(&f, SECONDS(10)), 0);
	KUNIT_EXPECT_EQ(test, evse_sim_fan_permille(&f), 500);
	f.tach_missing = 0;
	f.blocked = 1;
	near(test, pulses(&f, SECONDS(10)), 0, 1);
	KUNIT_EXPECT_EQ(test, evse_sim_fan_permille(&f), 0);
	f.blocked = 0;
	f.duty_permyriad = 999;
	near(test, pulses(&f, SECONDS(10)), 0, 1);
}

static struct kunit_case heat_cases[] = {
	KUNIT_CASE(settles),
	KUNIT_CASE(takes_its_time),
	KUNIT_CASE(fan_stops),
	KUNIT_CASE(steps_agree),
	KUNIT_CASE(stays_sane),
	KUNIT_CASE(is_held),
	KUNIT_CASE(means),
	KUNIT_CASE(decays),
	KUNIT_CASE(has_a_curve),
	KUNIT_CASE(turns),
	{}
};

static struct kunit_suite heat_suite = {
	.name = "evse_sim_heat",
	.test_cases = heat_cases,
};

kunit_test_suite(heat_suite);
