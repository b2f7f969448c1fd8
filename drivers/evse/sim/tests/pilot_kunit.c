// SPDX-License-Identifier: GPL-2.0-only
/* Levels on the pilot wire, and what a vehicle reads from it. */
#include <kunit/test.h>

#include "../model.h"

struct level_case {
	u32 ohm;
	enum evse_sim_diode diode;
	u32 duty;
	s32 high, low;
	bool shorted;
};

/* The middle of the windows of IEC 61851-1 Table A.4, diode drop included. */
static const struct level_case level_cases[] = {
	{ 0, EVSE_SIM_DIODE_OK, 10000, 12000, 12000 },
	{ 0, EVSE_SIM_DIODE_OK, 5000, 12000, -12000 },
	{ 0, EVSE_SIM_DIODE_OK, 0, -12000, -12000 },
	{ 2740, EVSE_SIM_DIODE_OK, 10000, 8978, 8978 },
	{ 2740, EVSE_SIM_DIODE_OK, 500, 8978, -12000 },
	{ 2740, EVSE_SIM_DIODE_OK, 0, -12000, -12000 },
	{ 882, EVSE_SIM_DIODE_OK, 500, 5995, -12000 },
	{ 246, EVSE_SIM_DIODE_OK, 500, 2930, -12000 },
	{ 2740, EVSE_SIM_DIODE_SHORT, 500, 8791, -8791 },
	{ 882, EVSE_SIM_DIODE_SHORT, 500, 5623, -5623 },
	{ 882, EVSE_SIM_DIODE_OPEN, 500, 12000, -12000 },
	{ 882, EVSE_SIM_DIODE_OK, 500, 0, 0, true },
	{ 882, EVSE_SIM_DIODE_OK, 10000, 0, 0, true },
};

KUNIT_ARRAY_PARAM(level, level_cases, NULL);

static void pilot_levels(struct kunit *test)
{
	const struct level_case *want = test->param_value;
	struct evse_sim_pilot p = {
		.duty_permyriad = want->duty,
		.shorted = want->shorted,
	};

	evse_sim_pilot_levels(&p, want->ohm, want->diode);
	KUNIT_EXPECT_EQ(test, p.high_mv, want->high);
	KUNIT_EXPECT_EQ(test, p.low_mv, want->low);
}

struct current_case {
	u32 duty, ma;
	bool pwm, hlc;
};

/* IEC 61851-1 Table A.8, as the vehicle reads it. */
static const struct current_case current_cases[] = {
	{ 0, 0, false, false }, { 299, 0, false, false },
	{ 300, 0, true, true }, { 500, 0, true, true },
	{ 700, 0, true, true }, { 701, 0, true, false },
	{ 799, 0, true, false }, { 800, 6000, true, false },
	{ 999, 6000, true, false }, { 1000, 6000, true, false },
	{ 2667, 16002, true, false }, { 5333, 31998, true, false },
	{ 8500, 51000, true, false }, { 8600, 55000, true, false },
	{ 9600, 80000, true, false }, { 9700, 80000, true, false },
	{ 9701, 0, false, false }, { 10000, 0, false, false },
};

KUNIT_ARRAY_PARAM(current, current_cases, NULL);

static void pilot_current(struct kunit *test)
{
	const struct current_case *want = test->param_value;
	struct evse_sim_pilot p = {
		.duty_permyriad = want->duty,
		.period_ns = 1000000,
	};

	KUNIT_EXPECT_EQ(test, evse_sim_pilot_current_ma(&p), want->ma);
	KUNIT_EXPECT_EQ(test, evse_sim_pilot_is_pwm(&p), want->pwm);
	KUNIT_EXPECT_EQ(test, evse_sim_pilot_is_hlc(&p), want->hlc);
}

static void pilot_frequency(struct kunit *test)
{
	struct evse_sim_pilot p = { .duty_permyriad = 5000 };
	static const struct {
		u32 period_ns;
		bool pwm;
	} cases[] = {
		{ 0, false }, { 980000, false }, { 980393, true },
		{ 1000000, true }, { 1020408, true }, { 1020409, false },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		p.period_ns = cases[i].period_ns;
		KUNIT_EXPECT_EQ(test, evse_sim_pilot_is_pwm(&p), cases[i].pwm);
	}
}

static struct kunit_case pilot_cases[] = {
	KUNIT_CASE_PARAM(pilot_levels, level_gen_params),
	KUNIT_CASE_PARAM(pilot_current, current_gen_params),
	KUNIT_CASE(pilot_frequency),
	{}
};

static struct kunit_suite pilot_suite = {
	.name = "evse_sim_pilot",
	.test_cases = pilot_cases,
};

kunit_test_suite(pilot_suite);
