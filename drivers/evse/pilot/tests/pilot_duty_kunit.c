// SPDX-License-Identifier: GPL-2.0-only
/* Control pilot duty cycles: IEC 61851-1 Tables A.7 and A.8. */
#include <kunit/test.h>
#include <linux/module.h>

#include "../pilot_duty.h"

struct set_case {
	u32 ma;
	u32 permyriad;
};

static const struct set_case set_cases[] = {
	{ 0, 10000 }, { 5999, 10000 },
	{ 6000, 1000 }, { 10000, 1666 }, { 13000, 2166 }, { 16000, 2666 },
	{ 20000, 3333 }, { 25000, 4166 }, { 32000, 5333 }, { 40000, 6666 },
	{ 48000, 8000 }, { 51000, 8500 },
	{ 51001, 8500 }, { 52499, 8500 }, { 52500, 8500 }, { 52525, 8501 },
	{ 63000, 8920 }, { 70000, 9200 }, { 79999, 9599 },
	{ 80000, 9600 }, { 80001, 9600 }, { U32_MAX, 9600 },
};

static void set_desc(const struct set_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u mA", c->ma);
}

KUNIT_ARRAY_PARAM(set, set_cases, set_desc);

static void pilot_duty_set(struct kunit *test)
{
	const struct set_case *c = test->param_value;

	KUNIT_EXPECT_EQ(test, evse_pilot_duty_of_ma(c->ma), c->permyriad);
}

struct read_case {
	u32 permyriad;
	enum evse_pilot_meaning meaning;
	u32 ma;
};

static const struct read_case read_cases[] = {
	{ 0, EVSE_PILOT_MEANS_NOTHING, 0 },
	{ 299, EVSE_PILOT_MEANS_NOTHING, 0 },
	{ 300, EVSE_PILOT_MEANS_HLC, 0 },
	{ 500, EVSE_PILOT_MEANS_HLC, 0 },
	{ 700, EVSE_PILOT_MEANS_HLC, 0 },
	{ 701, EVSE_PILOT_MEANS_NOTHING, 0 },
	{ 799, EVSE_PILOT_MEANS_NOTHING, 0 },
	{ 800, EVSE_PILOT_MEANS_CURRENT, 6000 },
	{ 999, EVSE_PILOT_MEANS_CURRENT, 6000 },
	{ 1000, EVSE_PILOT_MEANS_CURRENT, 6000 },
	{ 1001, EVSE_PILOT_MEANS_CURRENT, 6006 },
	{ 8500, EVSE_PILOT_MEANS_CURRENT, 51000 },
	{ 8501, EVSE_PILOT_MEANS_CURRENT, 52525 },
	{ 9600, EVSE_PILOT_MEANS_CURRENT, 80000 },
	{ 9601, EVSE_PILOT_MEANS_CURRENT, 80000 },
	{ 9700, EVSE_PILOT_MEANS_CURRENT, 80000 },
	{ 9701, EVSE_PILOT_MEANS_NOTHING, 0 },
	{ 10000, EVSE_PILOT_MEANS_NOTHING, 0 },
	{ U32_MAX, EVSE_PILOT_MEANS_NOTHING, 0 },
};

static void read_desc(const struct read_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u/10000", c->permyriad);
}

KUNIT_ARRAY_PARAM(read, read_cases, read_desc);

static void pilot_duty_read(struct kunit *test)
{
	const struct read_case *c = test->param_value;
	u32 ma = 1;

	KUNIT_EXPECT_EQ(test, (int)evse_pilot_ma_of_duty(c->permyriad, &ma),
			(int)c->meaning);
	KUNIT_EXPECT_EQ(test, ma, c->ma);
}

/* Whatever is asked, the vehicle never reads more, and little less. */
static void pilot_duty_never_states_more(struct kunit *test)
{
	u32 ma, stated, last = 0;

	for (ma = EVSE_PILOT_MIN_MA; ma <= EVSE_PILOT_MAX_MA + 1000; ma++) {
		u32 duty = evse_pilot_duty_of_ma(ma);
		u32 most = min_t(u32, ma, EVSE_PILOT_MAX_MA);

		KUNIT_ASSERT_GE(test, duty, 1000U);
		KUNIT_ASSERT_LE(test, duty, 9600U);
		KUNIT_ASSERT_GE(test, duty, last);
		last = duty;

		KUNIT_ASSERT_EQ(test, (int)evse_pilot_ma_of_duty(duty, &stated),
				(int)EVSE_PILOT_MEANS_CURRENT);
		KUNIT_ASSERT_LE(test, stated, most);
		if (ma <= 51000)
			KUNIT_ASSERT_LT(test, most - stated, 6U);
		else if (ma >= 52525)
			KUNIT_ASSERT_LT(test, most - stated, 25U);
		else
			KUNIT_ASSERT_EQ(test, stated, 51000U);
	}
}

/* What cannot be stated is steady +12 V, which no vehicle reads as a current. */
static void pilot_duty_too_little(struct kunit *test)
{
	u32 ma, stated;

	for (ma = 0; ma < EVSE_PILOT_MIN_MA; ma++) {
		u32 duty = evse_pilot_duty_of_ma(ma);

		KUNIT_ASSERT_EQ(test, (int)evse_pilot_ma_of_duty(duty, &stated),
				(int)EVSE_PILOT_MEANS_NOTHING);
		KUNIT_ASSERT_EQ(test, stated, 0U);
	}
}

static struct kunit_case pilot_duty_cases[] = {
	KUNIT_CASE_PARAM(pilot_duty_set, set_gen_params),
	KUNIT_CASE_PARAM(pilot_duty_read, read_gen_params),
	KUNIT_CASE(pilot_duty_never_states_more),
	KUNIT_CASE(pilot_duty_too_little),
	{}
};

static struct kunit_suite pilot_duty_suite = {
	.name = "evse_pilot_duty",
	.test_cases = pilot_duty_cases,
};

kunit_test_suite(pilot_duty_suite);

MODULE_DESCRIPTION("KUnit tests of the control pilot");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_LICENSE("GPL");
