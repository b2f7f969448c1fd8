// SPDX-License-Identifier: GPL-2.0-only
/* The voltage behind the filter, by its equation, and the trim. */
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/math.h>

#include "stage_plant.h"

static const struct evse_control_config config = {
	.phases = 3,
	.rated_mw = 11000000,
	.resistance_uohm = 100000,
	.inductance_nh = 2600000,
	.step_ns = STAGE_STEP_NS,
	.delay_ns = 150000,
	.headroom_mv = 40000,
	.trim_permille = 50,
};

static void control_new(struct kunit *test, struct evse_control *c)
{
	KUNIT_ASSERT_EQ(test, 0, evse_control_init(c, &config));
	KUNIT_ASSERT_EQ(test, 0, evse_control_grid(c, 230000, 50000000));
}

static void near(struct kunit *test, s32 value, s32 want, s32 within)
{
	KUNIT_EXPECT_LE_MSG(test, abs(value - want), within, "%d, not %d", value, want);
}

static void settle(struct kunit *test, struct evse_control *c, s32 power_mw,
		   struct evse_vector *v)
{
	unsigned int i;

	for (i = 0; i < 300; i++)
		KUNIT_ASSERT_EQ(test, 0, evse_control_step(c, power_mw, 12345, v));
	KUNIT_ASSERT_FALSE(test, c->slewing);
}

/* 230 V, 11 kW, 0.1 ohm, 2.6 mH, computed by hand. */
static void control_equation(struct kunit *test)
{
	struct evse_control c;
	struct evse_vector v;

	control_new(test, &c);
	settle(test, &c, 0, &v);
	near(test, v.d_mv, 325269, 5);
	near(test, v.q_mv, 0, 0);
	/* 1.5 steps at 50 Hz are 2.7 degrees. */
	near(test, v.angle - 12345, 32212255, 20);

	settle(test, &c, 11000000, &v);
	near(test, v.d_ma, 22545, 2);
	near(test, v.q_ma, 0, 0);
	near(test, v.d_mv, 325269 - 2255, 10);
	near(test, v.q_mv, -18415, 20);

	settle(test, &c, -11000000, &v);
	near(test, v.d_mv, 325269 + 2255, 10);
	near(test, v.q_mv, 18415, 20);

	/* 60 Hz, 120 V; the current is larger, and so is the reactance. */
	KUNIT_ASSERT_EQ(test, 0, evse_control_grid(&c, 120000, 60000000));
	settle(test, &c, 3600000, &v);
	near(test, v.d_ma, 14142, 2);
	near(test, v.d_mv, 169706 - 1414, 10);
	near(test, v.q_mv, -13862, 20);
	near(test, v.angle - 12345, 38654706, 20);
}

/* A change of 280 mA in 100 us in 2.6 mH is 7.28 V more. */
static void control_change(struct kunit *test)
{
	struct evse_vector v, still;
	struct evse_control c;

	control_new(test, &c);
	settle(test, &c, 5000000, &still);
	KUNIT_ASSERT_EQ(test, 0, evse_control_step(&c, 5000000 + 136613, 12345, &v));
	near(test, c.d_ma - still.d_ma, 280, 1);
	near(test, v.d_mv - still.d_mv, -7280 - 14, 40);
	near(test, v.q_mv - still.q_mv, -114, 20);
}

/* Positive leads: the peak comes before that of the voltage, both ways. */
static void control_leads(struct kunit *test)
{
	struct evse_control c;
	struct evse_vector v;

	control_new(test, &c);
	evse_control_lead(&c, 10000);
	settle(test, &c, 11000000, &v);
	near(test, v.d_ma, 22203, 3);
	near(test, v.q_ma, 3915, 3);
	near(test, v.d_mv, 325269 - 2220 + 3198, 15);
	near(test, v.q_mv, -391 - 18136, 20);
	settle(test, &c, -11000000, &v);
	near(test, v.d_ma, -22203, 3);
	near(test, v.q_ma, -3915, 3);
	evse_control_lead(&c, -10000);
	settle(test, &c, -11000000, &v);
	near(test, v.q_ma, 3915, 3);
	evse_control_lead(&c, S32_MAX);
	settle(test, &c, -11000000, &v);
	near(test, v.d_ma, 0, 0);
	evse_control_lead(&c, 0);
	settle(test, &c, -11000000, &v);
	near(test, v.q_ma, 0, 0);
}

/* A window that closed at once: the current follows by the headroom, no more. */
static void control_headroom(struct kunit *test)
{
	struct evse_vector v, still;
	struct evse_control c;
	u32 steps = 0;
	s32 before;

	control_new(test, &c);
	settle(test, &c, 11000000, &still);
	do {
		before = c.d_ma;
		KUNIT_ASSERT_EQ(test, 0, evse_control_step(&c, 0, 12345, &v));
		KUNIT_ASSERT_LE(test, before - c.d_ma, c.change_ma);
		KUNIT_ASSERT_GE(test, before - c.d_ma, 0);
		KUNIT_ASSERT_LE(test, v.d_mv, 325269 + 40000);
		KUNIT_ASSERT_EQ(test, c.slewing, c.d_ma != 0);
	} while (c.d_ma && ++steps < 100);
	KUNIT_EXPECT_LE(test, steps, 20U);
	evse_control_trim(&c, 0, 500000, true);
	KUNIT_EXPECT_NE(test, c.offset_mw, 0);
	evse_control_step(&c, 11000000, 12345, &v);
	KUNIT_ASSERT_TRUE(test, c.slewing);
	before = c.offset_mw;
	evse_control_trim(&c, 0, 500000, true);
	KUNIT_EXPECT_EQ(test, c.offset_mw, before);
}

static void control_trim(struct kunit *test)
{
	struct evse_control c;
	u32 i;

	control_new(test, &c);
	evse_control_trim(&c, 11000000, 9000000, false);
	evse_control_trim(&c, 2000000, 1000000, true);
	evse_control_trim(&c, -2000000, 1000000, true);
	KUNIT_EXPECT_EQ(test, c.gain[0], EVSE_Q16);
	KUNIT_EXPECT_EQ(test, c.offset_mw, 0);

	/* Charging or discharging: too little is too little. */
	evse_control_trim(&c, 11000000, 10000000, true);
	KUNIT_EXPECT_GT(test, c.gain[0], EVSE_Q16);
	evse_control_reset(&c);
	evse_control_trim(&c, -11000000, -10000000, true);
	KUNIT_EXPECT_GT(test, c.gain[1], EVSE_Q16);
	evse_control_reset(&c);
	evse_control_trim(&c, -11000000, -12000000, true);
	KUNIT_EXPECT_LT(test, c.gain[1], EVSE_Q16);
	KUNIT_EXPECT_EQ(test, c.offset_mw, 0);

	/* No further than it may, and back without delay. */
	for (i = 0; i < 1000; i++)
		evse_control_trim(&c, -11000000, S32_MIN, true);
	KUNIT_EXPECT_EQ(test, c.gain[1], EVSE_Q16 - EVSE_Q16 * 50 / 1000);
	evse_control_trim(&c, -11000000, -9000000, true);
	KUNIT_EXPECT_GT(test, c.gain[1], EVSE_Q16 - EVSE_Q16 * 50 / 1000 + 500);
	for (i = 0; i < 1000; i++)
		evse_control_trim(&c, 0, S32_MAX, true);
	KUNIT_EXPECT_EQ(test, c.offset_mw, -550000);
	for (i = 0; i < 1000; i++)
		evse_control_trim(&c, S32_MIN, S32_MAX, true);
	KUNIT_EXPECT_EQ(test, c.gain[1], EVSE_Q16 + EVSE_Q16 * 50 / 1000);
	KUNIT_EXPECT_EQ(test, c.gain[0], EVSE_Q16);
	evse_control_reset(&c);
	KUNIT_EXPECT_EQ(test, c.gain[0], EVSE_Q16);
	KUNIT_EXPECT_EQ(test, c.offset_mw, 0);
}

/* What a ramp may take is what the rated power, fed back, leaves of the link. */
static void control_link(struct kunit *test)
{
	struct evse_control c;
	s32 most, some;

	control_new(test, &c);
	most = c.change_ma;
	evse_control_link(&c, 1000000);
	KUNIT_EXPECT_EQ(test, c.change_ma, most);
	/* 325 V, and what filter and rated current make of it. */
	evse_control_link(&c, 345000);
	some = c.change_ma;
	KUNIT_EXPECT_LT(test, some, most);
	evse_control_link(&c, 346000);
	KUNIT_EXPECT_GT(test, c.change_ma, some);
	evse_control_link(&c, 0);
	KUNIT_EXPECT_GT(test, c.change_ma, 0);
	KUNIT_EXPECT_LT(test, c.change_ma, some);
}

static void control_refused(struct kunit *test)
{
	static const struct { u32 mv, uhz; } grids[] = {
		{ 0, 50000000 }, { 49999, 50000000 }, { 500001, 50000000 },
		{ 230000, 39999999 }, { 230000, 70000001 }, { 230000, 0 },
		{ U32_MAX, U32_MAX },
	};
	struct evse_vector v = { .angle = 7 };
	struct evse_control_config bad;
	struct evse_control c;
	u32 i;

	KUNIT_ASSERT_EQ(test, 0, evse_control_init(&c, &config));
	KUNIT_EXPECT_EQ(test, -ENOLINK, evse_control_step(&c, 0, 0, &v));
	for (i = 0; i < ARRAY_SIZE(grids); i++) {
		KUNIT_ASSERT_EQ(test, 0, evse_control_grid(&c, 230000, 50000000));
		KUNIT_EXPECT_EQ(test, -ERANGE,
				evse_control_grid(&c, grids[i].mv, grids[i].uhz));
		KUNIT_EXPECT_EQ(test, -ENOLINK, evse_control_step(&c, 0, 0, &v));
		KUNIT_EXPECT_EQ(test, v.angle, 7U);
	}

#define REFUSE(field, value)						\
	do {								\
		bad = config;						\
		bad.field = value;					\
		KUNIT_EXPECT_EQ(test, -ERANGE, evse_control_init(&c, &bad)); \
	} while (0)
	REFUSE(phases, 0);
	REFUSE(phases, 2);
	REFUSE(rated_mw, 0);
	REFUSE(rated_mw, U32_MAX);
	REFUSE(step_ns, 0);
	REFUSE(step_ns, 1000001);
	REFUSE(delay_ns, 10000001);
	REFUSE(resistance_uohm, 10000001);
	REFUSE(inductance_nh, 0);
	REFUSE(inductance_nh, U32_MAX);
	REFUSE(headroom_mv, 0);
	REFUSE(trim_permille, 201);
#undef REFUSE
}

static struct kunit_case control_cases[] = {
	KUNIT_CASE(control_equation),
	KUNIT_CASE(control_change),
	KUNIT_CASE(control_leads),
	KUNIT_CASE(control_headroom),
	KUNIT_CASE(control_trim),
	KUNIT_CASE(control_link),
	KUNIT_CASE(control_refused),
	{}
};

static struct kunit_suite control_suite = {
	.name = "evse_stage_control",
	.test_cases = control_cases,
};

kunit_test_suite(control_suite);
