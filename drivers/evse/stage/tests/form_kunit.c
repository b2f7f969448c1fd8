// SPDX-License-Identifier: GPL-2.0-only
/* A grid that is formed: soft start, ramps, an angle that never jumps. */
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "../form.h"
#include "../sine.h"

#define STEP_NS		100000

struct form_bench {
	struct evse_form form;
	struct evse_vector v;
	s64 now;
};

static void form_new(struct kunit *test, struct form_bench *b, u32 uhz)
{
	/* 230 V in half a second, 1 Hz a second. */
	KUNIT_ASSERT_EQ(test, 0, evse_form_init(&b->form, STEP_NS, 150000, 460000,
						1000000));
	KUNIT_ASSERT_EQ(test, 0, evse_form_set(&b->form, 230000, uhz));
	b->now = 987654321;
	evse_form_start(&b->form, b->now, 0x12345678);
}

/* Smooth: the angle goes on by what the frequency is, the voltage by its slope. */
static void form_step(struct kunit *test, struct form_bench *b, bool first)
{
	struct evse_vector before = b->v;
	u32 turn;

	b->now += STEP_NS;
	evse_form_step(&b->form, b->now, &b->v);
	if (first)
		return;
	turn = evse_phase_turn(b->form.phase.rate, STEP_NS);
	KUNIT_ASSERT_LE(test, abs((s32)(b->v.angle - before.angle - turn)), 2000);
	KUNIT_ASSERT_LE(test, abs(b->v.d_mv - before.d_mv), b->form.step_mv);
	KUNIT_ASSERT_EQ(test, b->v.q_mv, 0);
	KUNIT_ASSERT_EQ(test, b->v.d_ma, 0);
}

static u32 form_settle(struct kunit *test, struct form_bench *b)
{
	u32 steps = 0;

	while (!evse_form_there(&b->form) && steps < 100000) {
		form_step(test, b, false);
		steps++;
	}
	return steps;
}

static void form_start(struct kunit *test)
{
	static const u32 uhz[] = { 50000000, 60000000, 49870000 };
	struct form_bench b;
	u32 i, k, angle;

	for (i = 0; i < ARRAY_SIZE(uhz); i++) {
		form_new(test, &b, uhz[i]);
		form_step(test, &b, true);
		/* A step and the delay after the start. */
		angle = 0x12345678 + evse_phase_turn(b.form.phase.rate, 250000);
		KUNIT_EXPECT_LE(test, abs((s32)(b.v.angle - angle)), 10);
		KUNIT_EXPECT_LE(test, b.v.d_mv, b.form.step_mv);
		KUNIT_EXPECT_LE(test, abs((s32)form_settle(test, &b) - 5000), 20);
		KUNIT_EXPECT_LE(test, abs(b.v.d_mv - 325269), 3);
		/* A second is as many turns as it has hertz: 250000 is 0.02 degrees. */
		angle = b.v.angle;
		for (k = 0; k < 10000; k++)
			form_step(test, &b, false);
		angle += div_u64((u64)uhz[i] << 32, 1000000);
		KUNIT_EXPECT_LE(test, abs((s32)(b.v.angle - angle)), 250000);
	}
}

static void form_change(struct kunit *test)
{
	struct form_bench b;
	u32 steps;

	form_new(test, &b, 50000000);
	form_step(test, &b, true);
	form_settle(test, &b);
	KUNIT_ASSERT_EQ(test, 0, evse_form_set(&b.form, 240000, 50500000));
	steps = form_settle(test, &b);
	/* Half a hertz takes longer than ten volts. */
	KUNIT_EXPECT_LE(test, abs((s32)steps - 5000), 20);
	KUNIT_EXPECT_LE(test, abs(b.v.d_mv - 339411), 3);
	/* Said again, it changes nothing. */
	KUNIT_ASSERT_EQ(test, 0, evse_form_set(&b.form, 240000, 50500000));
	KUNIT_EXPECT_TRUE(test, evse_form_there(&b.form));
	KUNIT_ASSERT_EQ(test, 0, evse_form_set(&b.form, 0, 50500000));
	steps = form_settle(test, &b);
	KUNIT_EXPECT_LE(test, abs((s32)steps - 5217), 20);
	KUNIT_EXPECT_EQ(test, b.v.d_mv, 0);
	/* Started again, it begins with nothing, whatever was there. */
	KUNIT_ASSERT_EQ(test, 0, evse_form_set(&b.form, 230000, 50000000));
	form_settle(test, &b);
	evse_form_start(&b.form, b.now, 0);
	form_step(test, &b, true);
	KUNIT_EXPECT_EQ(test, b.v.d_mv, b.form.step_mv);
}

/* A timer that is late, or early, moves neither frequency nor angle. */
static void form_late(struct kunit *test)
{
	static const s32 late[] = { 30000, -20000, 150000, -160000, 0, 500000, -500000 };
	struct form_bench b;
	u32 i, k, angle;

	form_new(test, &b, 50000000);
	form_step(test, &b, true);
	form_settle(test, &b);
	angle = b.v.angle;
	for (i = 0; i < 200; i++) {
		for (k = 0; k < ARRAY_SIZE(late); k++) {
			b.now += STEP_NS + late[k];
			angle += evse_phase_turn(b.form.phase.rate, STEP_NS + late[k]);
			evse_form_step(&b.form, b.now, &b.v);
			KUNIT_ASSERT_LE(test, abs((s32)(b.v.angle - angle)), 5000);
		}
	}
}

/* The current of a power, once there is voltage; the voltage does not go by it. */
static void form_load(struct kunit *test)
{
	struct form_bench b;

	form_new(test, &b, 50000000);
	form_step(test, &b, true);
	evse_form_load(&b.form, -1000000, 1);
	KUNIT_EXPECT_EQ(test, b.form.load_ma, 0);
	form_settle(test, &b);
	/* 2300 W at 230 V are 10 A, 14.14 A peak. */
	evse_form_load(&b.form, -2300000, 1);
	evse_form_step(&b.form, b.now, &b.v);
	KUNIT_EXPECT_LE(test, abs(b.v.d_ma + 14142), 2);
	KUNIT_EXPECT_LE(test, abs(b.v.d_mv - 325269), 3);
	evse_form_load(&b.form, -6900000, 3);
	KUNIT_EXPECT_LE(test, abs(b.form.load_ma + 14142), 2);
	evse_form_load(&b.form, S32_MIN, 1);
	KUNIT_EXPECT_LT(test, b.form.load_ma, 0);
	evse_form_start(&b.form, b.now, 0);
	KUNIT_EXPECT_EQ(test, b.form.load_ma, 0);
}

static void form_refused(struct kunit *test)
{
	static const struct { u32 step, delay, mv, uhz; } bad[] = {
		{ 0, 0, 460000, 1000000 },
		{ 1000001, 0, 460000, 1000000 },
		{ STEP_NS, 10000001, 460000, 1000000 },
		{ STEP_NS, 0, 0, 1000000 },
		{ STEP_NS, 0, 460000, 0 },
		{ STEP_NS, 0, 460000, U32_MAX },
	};
	struct form_bench b;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_EQ_MSG(test, -ERANGE,
				    evse_form_init(&b.form, bad[i].step, bad[i].delay,
						   bad[i].mv, bad[i].uhz), "case %u", i);
	form_new(test, &b, 50000000);
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_form_set(&b.form, 500001, 50000000));
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_form_set(&b.form, 230000, 39999999));
	KUNIT_EXPECT_EQ(test, -ERANGE, evse_form_set(&b.form, 230000, 70000001));
	KUNIT_EXPECT_EQ(test, b.form.goal_mv, 325269);
	KUNIT_EXPECT_EQ(test, b.form.goal_rate, evse_phase_rate(50000000));
}

static struct kunit_case form_cases[] = {
	KUNIT_CASE(form_start),
	KUNIT_CASE(form_change),
	KUNIT_CASE(form_late),
	KUNIT_CASE(form_load),
	KUNIT_CASE(form_refused),
	{}
};

static struct kunit_suite form_suite = {
	.name = "evse_stage_form",
	.test_cases = form_cases,
};

kunit_test_suite(form_suite);
