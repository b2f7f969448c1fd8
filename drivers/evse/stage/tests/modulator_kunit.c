// SPDX-License-Identifier: GPL-2.0-only
/* Duties of the legs: what they make, where the range ends, dead time. */
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "../modulator.h"
#include "../sine.h"
#include "true_sine.h"

/* Angles, all over the turn. */
#define ANGLES		3600
#define ANGLE(i)	((i) * 1193047U + 4711U)

/* Digits of a duty that rounding may cost. */
#define DIGITS		4

struct scheme_case {
	const char *name;
	enum evse_topology topology;
	enum evse_scheme scheme;
	u32 limit;
};

static const struct scheme_case scheme_cases[] = {
	{ "full bridge", EVSE_TOPOLOGY_FULL_BRIDGE, EVSE_SCHEME_SINE, 65536 },
	{ "sine", EVSE_TOPOLOGY_THREE_PHASE, EVSE_SCHEME_SINE, 65536 },
	{ "third harmonic", EVSE_TOPOLOGY_THREE_PHASE, EVSE_SCHEME_THIRD_HARMONIC, 75674 },
	{ "space vector", EVSE_TOPOLOGY_THREE_PHASE, EVSE_SCHEME_SPACE_VECTOR, 75674 },
};

static void scheme_desc(const struct scheme_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(scheme, scheme_cases, scheme_desc);

static void modulator_new(struct kunit *test, struct evse_modulator *m,
			  const struct scheme_case *c, u32 dead, u32 margin)
{
	const struct evse_modulator_config config = {
		.topology = c->topology,
		.scheme = c->scheme,
		.dead = dead,
		.margin = margin,
		.band_ma = 2000,
	};

	KUNIT_ASSERT_EQ(test, 0, evse_modulator_init(m, &config));
}

static s32 scaled(s64 q30, s32 factor)
{
	return (q30 * factor + (1 << 29)) >> 30;
}

/* What a leg's duty has to be, by formulas that have no table behind them. */
static s32 true_duty(const struct scheme_case *c, u32 angle, u32 depth,
		     unsigned int leg)
{
	s32 phase[3], common = 0;
	unsigned int i;

	if (c->topology == EVSE_TOPOLOGY_FULL_BRIDGE)
		return EVSE_Q16 / 2 + scaled(true_sine(angle),
					     leg ? -(s32)depth : depth) / 2;
	for (i = 0; i < 3; i++)
		phase[i] = scaled(true_sine(angle - i * EVSE_TURN_3), depth);
	if (c->scheme == EVSE_SCHEME_THIRD_HARMONIC)
		common = scaled(true_sine(3 * angle), depth) / 6;
	if (c->scheme == EVSE_SCHEME_SPACE_VECTOR)
		common = -(max3(phase[0], phase[1], phase[2]) +
			   min3(phase[0], phase[1], phase[2])) / 2;
	return EVSE_Q16 / 2 + (phase[leg] + common) / 2;
}

static void modulator_duties(struct kunit *test)
{
	static const u32 depths[] = { 0, 1, 700, 20000, 55000, 65536, 75674 };
	const struct scheme_case *c = test->param_value;
	struct evse_modulator m;
	u32 i, k, leg, duty[EVSE_LEGS];

	modulator_new(test, &m, c, 0, 0);
	KUNIT_ASSERT_EQ(test, m.limit, c->limit);
	for (k = 0; k < ARRAY_SIZE(depths); k++) {
		for (i = 0; depths[k] <= c->limit && i < ANGLES; i++) {
			KUNIT_ASSERT_EQ(test, 0, evse_modulator_duties(&m, ANGLE(i),
								       depths[k], duty));
			for (leg = 0; leg < m.legs; leg++) {
				KUNIT_ASSERT_LE(test, duty[leg], 65536U);
				KUNIT_ASSERT_LE_MSG(test, abs((s32)duty[leg] -
							      true_duty(c, ANGLE(i),
									depths[k], leg)),
						    DIGITS, "angle %x, depth %u, leg %u",
						    ANGLE(i), depths[k], leg);
			}
		}
	}
}

/* At the end of the range the legs are at their ends, and beyond it is refused. */
static void modulator_range(struct kunit *test)
{
	static const u32 beyond[] = { 1, 2, 1000, U32_MAX - 75674 };
	const struct scheme_case *c = test->param_value;
	u32 i, leg, duty[EVSE_LEGS], lowest = 65536, highest = 0;
	struct evse_modulator m;

	modulator_new(test, &m, c, 0, 0);
	for (i = 0; i < ANGLES; i++) {
		evse_modulator_duties(&m, ANGLE(i), c->limit, duty);
		for (leg = 0; leg < m.legs; leg++) {
			lowest = min(lowest, duty[leg]);
			highest = max(highest, duty[leg]);
		}
	}
	KUNIT_EXPECT_LE(test, lowest, DIGITS + 0U);
	KUNIT_EXPECT_GE(test, highest, 65536U - DIGITS);

	for (i = 0; i < ARRAY_SIZE(beyond); i++) {
		duty[0] = 1;
		duty[1] = 2;
		duty[2] = 3;
		KUNIT_EXPECT_EQ(test, -ERANGE,
				evse_modulator_duties(&m, 77, c->limit + beyond[i], duty));
		KUNIT_EXPECT_EQ(test, duty[0], 1U);
		KUNIT_EXPECT_EQ(test, duty[1], 2U);
		KUNIT_EXPECT_EQ(test, duty[2], 3U);
	}
}

static void modulator_refused(struct kunit *test)
{
	static const struct {
		struct evse_modulator_config config;
		int ret;
	} cases[] = {
		{ { EVSE_TOPOLOGY_FULL_BRIDGE, EVSE_SCHEME_SPACE_VECTOR }, -EINVAL },
		{ { EVSE_TOPOLOGY_FULL_BRIDGE, EVSE_SCHEME_THIRD_HARMONIC }, -EINVAL },
		{ { EVSE_TOPOLOGY_THREE_PHASE, EVSE_SCHEME_SINE, 8193, 0, 1 }, -ERANGE },
		{ { EVSE_TOPOLOGY_THREE_PHASE, EVSE_SCHEME_SINE, 0, 8193, 1 }, -ERANGE },
		{ { EVSE_TOPOLOGY_THREE_PHASE, EVSE_SCHEME_SINE, 4097, 4096, 1 }, -ERANGE },
		{ { EVSE_TOPOLOGY_THREE_PHASE, EVSE_SCHEME_SINE, 100, U32_MAX, 1 }, -ERANGE },
		{ { EVSE_TOPOLOGY_THREE_PHASE, EVSE_SCHEME_SINE, 100, 100, 0 }, -ERANGE },
		{ { EVSE_TOPOLOGY_THREE_PHASE, EVSE_SCHEME_SINE, 4096, 4096, 1 }, 0 },
	};
	struct evse_modulator m;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, cases[i].ret,
				    evse_modulator_init(&m, &cases[i].config),
				    "case %u", i);
}

/* The phase's voltage that duties make: against the others, without what is common. */
static s32 made_mv(const struct evse_modulator *m, const u32 duty[EVSE_LEGS],
		   u32 link_mv, unsigned int leg)
{
	s64 third = (s32)(duty[0] + duty[1] + duty[2]);

	if (m->topology == EVSE_TOPOLOGY_FULL_BRIDGE)
		return (s64)link_mv * ((s32)duty[0] - (s32)duty[1]) >> 16;
	return div_s64((3 * (s64)duty[leg] - third) * link_mv, 3 * EVSE_Q16);
}

/* Volts in, volts out: the link's voltage does not matter, unless it is too low. */
static void modulator_volts(struct kunit *test)
{
	const struct scheme_case *c = test->param_value;
	static const u32 links[] = { 360000, 400000, 700000, 750000, 950000 };
	struct evse_vector v = { .d_mv = 160000, .q_mv = -45000 };
	u32 i, k, leg, duty[EVSE_LEGS];
	struct evse_modulator m;

	modulator_new(test, &m, c, 0, 0);
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_modulator_step(&m, &v, duty));
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_modulator_link(&m, 9999));
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_modulator_step(&m, &v, duty));

	for (k = 0; k < ARRAY_SIZE(links); k++) {
		KUNIT_ASSERT_EQ(test, 0, evse_modulator_link(&m, links[k]));
		for (i = 0; i < ANGLES; i++) {
			v.angle = ANGLE(i);
			KUNIT_ASSERT_EQ(test, 0, evse_modulator_step(&m, &v, duty));
			for (leg = 0; leg < (m.legs == 3 ? 3 : 1); leg++) {
				u32 a = v.angle - leg * EVSE_TURN_3;
				s32 want = scaled(true_sine(a), v.d_mv) +
					   scaled(true_sine(a + EVSE_TURN_4), v.q_mv);
				s32 got = made_mv(&m, duty, links[k], leg);

				KUNIT_ASSERT_LE(test, abs(got - want), 80);
			}
		}
	}
	/* A link that became too low, vectors that are none. */
	v.d_mv = 500000;
	evse_modulator_link(&m, 400000);
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_modulator_step(&m, &v, duty));
	evse_modulator_link(&m, 750000);
	v.d_mv = 600000;
	v.q_mv = -600000;
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_modulator_step(&m, &v, duty));
	v.d_mv = S32_MIN;
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_modulator_step(&m, &v, duty));
	v.d_mv = 0;
	v.q_mv = EVSE_POLAR_MAX;
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_modulator_step(&m, &v, duty));
	v.q_mv = S32_MAX;
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_modulator_step(&m, &v, duty));
}

/* Of the current that a leg takes from its phase. */
static s32 into_leg_ma(const struct evse_modulator *m, const struct evse_vector *v,
		       unsigned int leg)
{
	u32 a = v->angle;
	s32 ma;

	if (m->topology == EVSE_TOPOLOGY_THREE_PHASE)
		a -= leg * EVSE_TURN_3;
	ma = scaled(true_sine(a), v->d_ma) + scaled(true_sine(a + EVSE_TURN_4), v->q_ma);
	return m->topology == EVSE_TOPOLOGY_FULL_BRIDGE && leg ? -ma : ma;
}

/* With a current, and without: the difference is what the dead time takes. */
static void modulator_dead_time(struct kunit *test)
{
	const struct scheme_case *c = test->param_value;
	static const s32 currents[] = { 22000, -22000, 2500, -1000, 0 };
	const u32 dead = 1311;
	u32 i, k, leg, duty[EVSE_LEGS], bare[EVSE_LEGS];
	struct evse_vector v = { .d_mv = 300000 }, none = v;
	struct evse_modulator m;

	modulator_new(test, &m, c, dead, 0);
	evse_modulator_link(&m, 750000);
	for (k = 0; k < ARRAY_SIZE(currents); k++) {
		v.d_ma = currents[k];
		v.q_ma = currents[k] / 5;
		for (i = 0; i < ANGLES; i++) {
			v.angle = ANGLE(i);
			none.angle = ANGLE(i);
			KUNIT_ASSERT_EQ(test, 0, evse_modulator_step(&m, &v, duty));
			KUNIT_ASSERT_EQ(test, 0, evse_modulator_step(&m, &none, bare));
			for (leg = 0; leg < m.legs; leg++) {
				s32 ma = clamp(into_leg_ma(&m, &v, leg), -2000, 2000);
				s32 want = -ma * (s32)dead / 2000;

				KUNIT_ASSERT_LE(test, abs((s32)(duty[leg] - bare[leg]) - want),
						DIGITS);
			}
		}
	}
}

/* Dead time and shortest pulse make the range smaller; duties stay inside. */
static void modulator_margin(struct kunit *test)
{
	const struct scheme_case *c = test->param_value;
	struct evse_vector v = { .d_ma = -30000 };
	u32 i, leg, duty[EVSE_LEGS];
	struct evse_modulator m;

	modulator_new(test, &m, c, 1311, 655);
	evse_modulator_link(&m, 1 << 20);
	KUNIT_ASSERT_LE(test, m.limit, c->limit - 2 * (1311 + 655));
	v.d_mv = m.legs == 3 ? m.limit * 8 - 8 : m.limit * 16 - 16;
	for (i = 0; i < ANGLES; i++) {
		v.angle = ANGLE(i);
		KUNIT_ASSERT_EQ(test, 0, evse_modulator_step(&m, &v, duty));
		for (leg = 0; leg < m.legs; leg++) {
			KUNIT_ASSERT_GE(test, duty[leg], 655U - DIGITS);
			KUNIT_ASSERT_LE(test, duty[leg], 65536U - 655U + DIGITS);
		}
	}
}

static struct kunit_case modulator_cases[] = {
	KUNIT_CASE_PARAM(modulator_duties, scheme_gen_params),
	KUNIT_CASE_PARAM(modulator_range, scheme_gen_params),
	KUNIT_CASE(modulator_refused),
	KUNIT_CASE_PARAM(modulator_volts, scheme_gen_params),
	KUNIT_CASE_PARAM(modulator_dead_time, scheme_gen_params),
	KUNIT_CASE_PARAM(modulator_margin, scheme_gen_params),
	{}
};

static struct kunit_suite modulator_suite = {
	.name = "evse_stage_modulator",
	.test_cases = modulator_cases,
};

kunit_test_suite(modulator_suite);
