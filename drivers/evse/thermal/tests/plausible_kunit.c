// SPDX-License-Identifier: GPL-2.0-only
/* Which readings are believed, and what a sensor is that has none. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/module.h>

#include "../plausible.h"

#define BEGIN_MS	((s64)1 << 41)
#define STATE(name)	((int)EVSE_THERMAL_STATE_##name)

static const struct evse_plausible_place metal = { -45000, 150000, 5000 };

/* A sensor that is read once a second */
struct plausible_bench {
	struct kunit *test;
	struct evse_plausible p;
	s64 now_ms;
	u32 load_permille;
	int state;
};

static void plausible_start(struct plausible_bench *b, struct kunit *test, u32 frozen_s)
{
	*b = (struct plausible_bench){ .test = test, .now_ms = BEGIN_MS };
	evse_plausible_init(&b->p, &metal, frozen_s, b->now_ms);
}

static int plausible_attempt(struct plausible_bench *b, int err, s32 mc)
{
	struct evse_plausible_seen seen = {
		.err = err,
		.mc = mc,
		.now_ms = b->now_ms,
		.load_permille = b->load_permille,
	};

	b->state = evse_plausible_step(&b->p, &seen);
	b->now_ms += 1000;
	return b->state;
}

static int plausible_read(struct plausible_bench *b, s32 mc)
{
	return plausible_attempt(b, 0, mc);
}

static void plausible_settle(struct plausible_bench *b, s32 mc)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		plausible_read(b, mc);
	KUNIT_ASSERT_EQ(b->test, b->state, STATE(NORMAL));
	KUNIT_ASSERT_EQ(b->test, b->p.mc, mc);
}

static void plausible_begin(struct kunit *test)
{
	struct plausible_bench b;

	/* Two that agree; the hotter counts until there is a third. */
	plausible_start(&b, test, 0);
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 25000), STATE(UNKNOWN));
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 24000), STATE(NORMAL));
	KUNIT_EXPECT_EQ(test, b.p.mc, 25000);
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 24000), STATE(NORMAL));
	KUNIT_EXPECT_EQ(test, b.p.mc, 24000);

	/* Two that do not, until a third agrees with one of them. */
	plausible_start(&b, test, 0);
	plausible_read(&b, 25000);
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 89000), STATE(UNKNOWN));
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 25000), STATE(NORMAL));
	KUNIT_EXPECT_EQ(test, b.p.mc, 25000);

	/* Nothing for three seconds. */
	plausible_start(&b, test, 0);
	KUNIT_EXPECT_EQ(test, plausible_attempt(&b, -ENXIO, 0), STATE(UNKNOWN));
	KUNIT_EXPECT_EQ(test, plausible_attempt(&b, -ENXIO, 0), STATE(UNKNOWN));
	KUNIT_EXPECT_EQ(test, plausible_attempt(&b, -ENXIO, 0), STATE(UNKNOWN));
	KUNIT_EXPECT_EQ(test, plausible_attempt(&b, -ENXIO, 0), STATE(BUS_ERROR));
}

/* Each wrong bit of a reading, at each temperature that matters: nobody notices. */
static void plausible_bit(struct kunit *test)
{
	static const s32 temps[] = { -20000, 0, 25000, 59900, 84900, 85100, 94900 };
	struct plausible_bench b;
	unsigned int i, bit;

	for (i = 0; i < ARRAY_SIZE(temps); i++)
		for (bit = 0; bit < 16; bit++) {
			s16 raw = temps[i] * 128 / 1000;
			s32 wrong = (s16)(raw ^ BIT(bit)) * 1000 / 128;

			plausible_start(&b, test, 0);
			plausible_settle(&b, temps[i]);
			KUNIT_EXPECT_EQ(test, plausible_read(&b, wrong), STATE(NORMAL));
			KUNIT_EXPECT_EQ(test, b.p.mc, temps[i]);
			KUNIT_EXPECT_EQ(test, plausible_read(&b, temps[i]), STATE(NORMAL));
			KUNIT_EXPECT_EQ(test, b.p.mc, temps[i]);
		}
}

static void plausible_jump(struct kunit *test)
{
	struct plausible_bench b;

	/* Up and down: believed by the second reading. */
	plausible_start(&b, test, 0);
	plausible_settle(&b, 40000);
	plausible_read(&b, 97000);
	KUNIT_EXPECT_EQ(test, b.p.mc, 40000);
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 97000), STATE(NORMAL));
	KUNIT_EXPECT_EQ(test, b.p.mc, 97000);
	plausible_read(&b, 20000);
	KUNIT_EXPECT_EQ(test, b.p.mc, 97000);
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 21000), STATE(NORMAL));
	KUNIT_EXPECT_EQ(test, b.p.mc, 21000);

	/* Nonsense: no two that agree for three seconds. */
	plausible_start(&b, test, 0);
	plausible_settle(&b, 40000);
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 80000), STATE(NORMAL));
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 120000), STATE(NORMAL));
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 0), STATE(NORMAL));
	KUNIT_EXPECT_EQ(test, b.p.mc, 40000);
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 60000), STATE(OUT_OF_RANGE));
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 100000), STATE(OUT_OF_RANGE));
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 60000), STATE(OUT_OF_RANGE));
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 60000), STATE(NORMAL));
	KUNIT_EXPECT_EQ(test, b.p.mc, 60000);
}

/* The middle one of three, in each order and with equal ones. */
static void plausible_middle(struct kunit *test)
{
	static const s32 orders[][3] = {
		{ 1, 2, 3 }, { 1, 3, 2 }, { 2, 1, 3 }, { 2, 3, 1 }, { 3, 1, 2 },
		{ 3, 2, 1 }, { 2, 2, 3 }, { 2, 3, 2 }, { 3, 2, 2 }, { 2, 2, 1 },
		{ 2, 1, 2 }, { 1, 2, 2 }, { 2, 2, 2 },
	};
	struct plausible_bench b;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		plausible_start(&b, test, 0);
		for (k = 0; k < 3; k++)
			plausible_read(&b, 50000 + orders[i][k] * 100);
		KUNIT_EXPECT_EQ(test, b.p.mc, 50200);
	}
}

static const struct {
	int err;
	int state;
} plausible_errors[] = {
	{ -EAGAIN, EVSE_THERMAL_STATE_ARBITRATION_LOST },
	{ -ENXIO, EVSE_THERMAL_STATE_BUS_ERROR },
	{ -EREMOTEIO, EVSE_THERMAL_STATE_BUS_ERROR },
	{ -ETIMEDOUT, EVSE_THERMAL_STATE_BUS_ERROR },
	{ -EIO, EVSE_THERMAL_STATE_BUS_ERROR },
	{ -EBUSY, EVSE_THERMAL_STATE_BUS_ERROR },
	{ -ENOTCONN, EVSE_THERMAL_STATE_OPEN },
	{ -EISCONN, EVSE_THERMAL_STATE_SHORT },
	{ -ERANGE, EVSE_THERMAL_STATE_OUT_OF_RANGE },
};

static void plausible_silence(struct kunit *test)
{
	struct plausible_bench b;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(plausible_errors); i++) {
		int err = plausible_errors[i].err;

		/* Two attempts that fail are nothing; at three seconds it is blind. */
		plausible_start(&b, test, 0);
		plausible_settle(&b, 70000);
		for (k = 0; k < 2; k++) {
			KUNIT_EXPECT_EQ(test, plausible_attempt(&b, err, 0), STATE(NORMAL));
			KUNIT_EXPECT_EQ(test, b.p.mc, 70000);
		}
		KUNIT_EXPECT_EQ(test, plausible_attempt(&b, err, 0), plausible_errors[i].state);
		for (k = 0; k < 20; k++)
			plausible_attempt(&b, err, 0);
		KUNIT_EXPECT_EQ(test, b.state, plausible_errors[i].state);
		/* One reading is not enough to be heard again. */
		KUNIT_EXPECT_EQ(test, plausible_read(&b, 30000), plausible_errors[i].state);
		KUNIT_EXPECT_EQ(test, plausible_read(&b, 30000), STATE(NORMAL));
		KUNIT_EXPECT_EQ(test, b.p.mc, 30000);
	}
}

/* Every other attempt fails: the sensor is heard. Two of three: it is as well. */
static void plausible_flaky(struct kunit *test)
{
	struct plausible_bench b;
	unsigned int i;

	plausible_start(&b, test, 0);
	plausible_settle(&b, 40000);
	for (i = 0; i < 60; i++)
		KUNIT_EXPECT_EQ(test, plausible_attempt(&b, i % 3 ? -EAGAIN : 0, 40000 + i * 10),
				STATE(NORMAL));
	KUNIT_EXPECT_GT(test, b.p.mc, 40400);
}

static void plausible_range(struct kunit *test)
{
	struct plausible_bench b;
	unsigned int i;

	plausible_start(&b, test, 0);
	plausible_settle(&b, 150000);
	plausible_settle(&b, -45000);
	plausible_read(&b, 150001);
	plausible_read(&b, 150001);
	KUNIT_EXPECT_EQ(test, b.p.mc, -45000);
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 150001), STATE(OUT_OF_RANGE));
	plausible_settle(&b, 20000);
	for (i = 0; i < 3; i++)
		plausible_read(&b, -45001);
	KUNIT_EXPECT_EQ(test, b.state, STATE(OUT_OF_RANGE));
	/* What is out of range is not what the next one agrees with. */
	KUNIT_EXPECT_EQ(test, plausible_read(&b, -45000), STATE(OUT_OF_RANGE));
}

/* Seconds of a load that a reading stands still through, until it is frozen */
static unsigned int plausible_frozen_after(struct plausible_bench *b, u32 load_permille,
					   unsigned int most)
{
	unsigned int i;

	b->load_permille = 0;
	plausible_settle(b, 60000);
	plausible_settle(b, 60062);
	b->load_permille = load_permille;
	for (i = 1; i <= most; i++)
		if (plausible_read(b, 60062) == STATE(FROZEN))
			return i;
	KUNIT_EXPECT_EQ(b->test, b->state, STATE(NORMAL));
	return 0;
}

static void plausible_frozen(struct kunit *test)
{
	struct plausible_bench b;
	unsigned int i;

	plausible_start(&b, test, 600);
	KUNIT_EXPECT_EQ(test, plausible_frozen_after(&b, 1000, 4000), 600U);
	/* It stays so; a single step, and it is believed again. */
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 60062), STATE(FROZEN));
	KUNIT_EXPECT_EQ(test, plausible_read(&b, 60125), STATE(NORMAL));

	/* By the square of the current, and below half of it for good. */
	plausible_start(&b, test, 600);
	KUNIT_EXPECT_EQ(test, plausible_frozen_after(&b, 500, 4000), 2400U);
	plausible_start(&b, test, 600);
	KUNIT_EXPECT_EQ(test, plausible_frozen_after(&b, 499, 100000), 0U);
	plausible_start(&b, test, 600);
	KUNIT_EXPECT_EQ(test, plausible_frozen_after(&b, 2000, 4000), 150U);
	/* Never, where the board says so. */
	plausible_start(&b, test, 0);
	KUNIT_EXPECT_EQ(test, plausible_frozen_after(&b, 1000, 100000), 0U);

	/* One that moves by a step now and then is not frozen. */
	plausible_start(&b, test, 600);
	plausible_settle(&b, 60000);
	b.load_permille = 1000;
	for (i = 0; i < 20000; i++)
		KUNIT_EXPECT_EQ(test, plausible_read(&b, i / 590 % 2 ? 60000 : 60062),
				STATE(NORMAL));
}

/* Attempts that take minutes neither freeze a sensor nor confirm each other. */
static void plausible_slow(struct kunit *test)
{
	struct plausible_bench b;
	unsigned int i;

	plausible_start(&b, test, 600);
	plausible_settle(&b, 60000);
	b.load_permille = 1000;
	for (i = 0; i < 100; i++) {
		b.now_ms += 59000;
		plausible_read(&b, 60000);
		KUNIT_EXPECT_FALSE(test, b.p.known);
		KUNIT_EXPECT_NE(test, b.state, STATE(FROZEN));
	}
	plausible_settle(&b, 60000);
}

static struct kunit_case plausible_cases[] = {
	KUNIT_CASE(plausible_begin),
	KUNIT_CASE(plausible_bit),
	KUNIT_CASE(plausible_jump),
	KUNIT_CASE(plausible_middle),
	KUNIT_CASE(plausible_silence),
	KUNIT_CASE(plausible_flaky),
	KUNIT_CASE(plausible_range),
	KUNIT_CASE(plausible_frozen),
	KUNIT_CASE(plausible_slow),
	{}
};

static struct kunit_suite plausible_suite = {
	.name = "evse_thermal_plausible",
	.test_cases = plausible_cases,
};

kunit_test_suite(plausible_suite);
