// SPDX-License-Identifier: GPL-2.0-only
/* Proximity coding: IEC 61851-1 Table B.2 and SAE J1772. */
#include <kunit/test.h>

#include "../proximity.h"

struct band_case {
	enum evse_proximity_type type;
	u8 phases;
	s32 ohm;
	struct evse_proximity_coding want;
};

#define TYPE2(_phases, _ohm, _ma)	\
	{ EVSE_PROXIMITY_TYPE2, _phases, _ohm, { true, false, _ma } }
#define PRESSED(_ohm)	{ EVSE_PROXIMITY_TYPE1, 1, _ohm, { true, true, 0 } }
#define CLOSED(_ohm)	{ EVSE_PROXIMITY_TYPE1, 1, _ohm, { true, false, 0 } }
#define BAD(_type, _ohm) { EVSE_PROXIMITY_##_type, 1, _ohm, { } }

static const struct band_case band_cases[] = {
	BAD(TYPE2, S32_MIN), BAD(TYPE2, -1), BAD(TYPE2, 0), BAD(TYPE2, 59),
	TYPE2(3, 60, 63000), TYPE2(3, 80, 63000), TYPE2(3, 100, 63000),
	TYPE2(3, 140, 63000), TYPE2(1, 60, 70000), TYPE2(1, 140, 70000),
	TYPE2(3, 141, 32000), TYPE2(1, 141, 32000),
	TYPE2(3, 163, 32000), TYPE2(3, 164, 32000), TYPE2(3, 220, 32000),
	TYPE2(3, 308, 32000), TYPE2(3, 309, 20000), TYPE2(3, 399, 20000),
	TYPE2(3, 400, 20000), TYPE2(3, 680, 20000), TYPE2(3, 936, 20000),
	TYPE2(3, 937, 13000), TYPE2(3, 1099, 13000), TYPE2(3, 1100, 13000),
	TYPE2(3, 1500, 13000), TYPE2(3, 2460, 13000), TYPE2(3, 2461, 13000),
	TYPE2(3, 4500, 13000), BAD(TYPE2, 4501), BAD(TYPE2, S32_MAX),

	BAD(TYPE1, S32_MIN), BAD(TYPE1, 0), BAD(TYPE1, 59),
	PRESSED(60), PRESSED(112), CLOSED(113), CLOSED(150), CLOSED(188),
	PRESSED(189), PRESSED(480), PRESSED(4500),
	BAD(TYPE1, 4501), BAD(TYPE1, S32_MAX),
};

static void band_desc(const struct band_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "type%d %d ohm, %u phases",
		 c->type == EVSE_PROXIMITY_TYPE1 ? 1 : 2, c->ohm, c->phases);
}

KUNIT_ARRAY_PARAM(band, band_cases, band_desc);

static void expect_coding(struct kunit *test,
			  const struct evse_proximity_coding *got,
			  bool valid, bool pressed, u32 ma)
{
	KUNIT_EXPECT_EQ(test, got->valid, valid);
	KUNIT_EXPECT_EQ(test, got->pressed, pressed);
	KUNIT_EXPECT_EQ(test, got->current_ma, ma);
}

static void proximity_band(struct kunit *test)
{
	const struct band_case *c = test->param_value;
	struct evse_proximity_coding got;

	got = evse_proximity_decode(c->type, c->phases, c->ohm);
	expect_coding(test, &got, c->want.valid, c->want.pressed,
		      c->want.current_ma);
}

/* More resistance is never more current. */
static void proximity_monotonic(struct kunit *test)
{
	u32 last = U32_MAX;
	s32 ohm;

	for (ohm = 60; ohm < 10000; ohm++) {
		struct evse_proximity_coding got =
			evse_proximity_decode(EVSE_PROXIMITY_TYPE2, 3, ohm);

		KUNIT_ASSERT_LE(test, got.current_ma, last);
		KUNIT_ASSERT_EQ(test, got.valid, ohm <= 4500);
		last = got.current_ma;
	}
}

static void proximity_debounce(struct kunit *test)
{
	struct evse_proximity pp = {
		.type = EVSE_PROXIMITY_TYPE2, .phases = 3, .patience = 3,
	};

	evse_proximity_step(&pp, 220);
	expect_coding(test, &pp.accepted, false, false, 0);
	evse_proximity_step(&pp, 225);
	expect_coding(test, &pp.accepted, true, false, 32000);
	/* One stray sample changes nothing, two do. */
	evse_proximity_step(&pp, 680);
	evse_proximity_step(&pp, 220);
	expect_coding(test, &pp.accepted, true, false, 32000);
	evse_proximity_step(&pp, 220);
	evse_proximity_step(&pp, 100000);
	expect_coding(test, &pp.accepted, true, false, 32000);
	evse_proximity_step(&pp, 100000);
	expect_coding(test, &pp.accepted, false, false, 0);
}

static void proximity_missed(struct kunit *test)
{
	struct evse_proximity pp = {
		.type = EVSE_PROXIMITY_TYPE1, .phases = 1, .patience = 3,
	};
	int i;

	evse_proximity_step(&pp, 150);
	evse_proximity_step(&pp, 150);
	expect_coding(test, &pp.accepted, true, false, 0);
	for (i = 0; i < 2; i++)
		evse_proximity_miss(&pp);
	expect_coding(test, &pp.accepted, true, false, 0);
	/* A sample in between starts the count again. */
	evse_proximity_step(&pp, 150);
	for (i = 0; i < 2; i++)
		evse_proximity_miss(&pp);
	expect_coding(test, &pp.accepted, true, false, 0);
	evse_proximity_miss(&pp);
	expect_coding(test, &pp.accepted, false, false, 0);
	/* And then it takes two again. */
	evse_proximity_step(&pp, 150);
	expect_coding(test, &pp.accepted, false, false, 0);
	evse_proximity_step(&pp, 150);
	expect_coding(test, &pp.accepted, true, false, 0);
}

static struct kunit_case proximity_cases[] = {
	KUNIT_CASE_PARAM(proximity_band, band_gen_params),
	KUNIT_CASE(proximity_monotonic),
	KUNIT_CASE(proximity_debounce),
	KUNIT_CASE(proximity_missed),
	{}
};

static struct kunit_suite proximity_suite = {
	.name = "evse_proximity",
	.test_cases = proximity_cases,
};

kunit_test_suite(proximity_suite);
