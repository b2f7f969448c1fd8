// SPDX-License-Identifier: GPL-2.0-only
/* Control pilot voltages to states: windows, hysteresis, debounce, checks. */
#include <kunit/test.h>

#include "../pilot_levels.h"

#define UNKNOWN	EVSE_PILOT_STATE_UNKNOWN
#define A	EVSE_PILOT_STATE_A
#define B	EVSE_PILOT_STATE_B
#define C	EVSE_PILOT_STATE_C
#define D	EVSE_PILOT_STATE_D
#define E	EVSE_PILOT_STATE_E
#define F	EVSE_PILOT_STATE_F
#define LOW	EVSE_PILOT_DRIVE_LOW
#define HIGH	EVSE_PILOT_DRIVE_HIGH
#define PWM	EVSE_PILOT_DRIVE_PWM

struct level_case {
	enum evse_pilot_state before;
	enum evse_pilot_drive drive;
	s32 high_mv;
	s32 low_mv;
	enum evse_pilot_state want;
};

static const struct level_case level_cases[] = {
	/* Edges of the windows, coming from a state that is no neighbour. */
	{ UNKNOWN, HIGH, 13001, 0, UNKNOWN }, { UNKNOWN, HIGH, 13000, 0, A },
	{ UNKNOWN, HIGH, 11000, 0, A }, { UNKNOWN, HIGH, 10999, 0, UNKNOWN },
	{ UNKNOWN, HIGH, 10001, 0, UNKNOWN }, { UNKNOWN, HIGH, 10000, 0, B },
	{ UNKNOWN, HIGH, 8000, 0, B }, { UNKNOWN, HIGH, 7999, 0, UNKNOWN },
	{ UNKNOWN, HIGH, 7001, 0, UNKNOWN }, { UNKNOWN, HIGH, 7000, 0, C },
	{ UNKNOWN, HIGH, 5000, 0, C }, { UNKNOWN, HIGH, 4999, 0, UNKNOWN },
	{ UNKNOWN, HIGH, 4001, 0, UNKNOWN }, { UNKNOWN, HIGH, 4000, 0, D },
	{ UNKNOWN, HIGH, 2000, 0, D }, { UNKNOWN, HIGH, 1999, 0, E },
	{ UNKNOWN, HIGH, -1000, 0, E }, { UNKNOWN, HIGH, -1001, 0, UNKNOWN },
	/* Between two windows each of the neighbours stays, and no other. */
	{ A, HIGH, 10500, 0, A }, { B, HIGH, 10500, 0, B },
	{ C, HIGH, 10500, 0, UNKNOWN }, { D, HIGH, 10500, 0, UNKNOWN },
	{ B, HIGH, 7500, 0, B }, { C, HIGH, 7500, 0, C },
	{ A, HIGH, 7500, 0, UNKNOWN }, { D, HIGH, 7500, 0, UNKNOWN },
	{ C, HIGH, 4500, 0, C }, { D, HIGH, 4500, 0, D },
	{ B, HIGH, 4500, 0, UNKNOWN }, { E, HIGH, 4500, 0, UNKNOWN },
	/* With PWM the negative plateau has to be there. */
	{ A, PWM, 12000, -12000, A }, { A, PWM, 9000, -12000, B },
	{ B, PWM, 6000, -11000, C }, { B, PWM, 6000, -13000, C },
	{ B, PWM, 6000, -13001, UNKNOWN }, { B, PWM, 6000, -10999, UNKNOWN },
	{ B, PWM, 6000, 6000, UNKNOWN }, { A, PWM, 12000, -10000, UNKNOWN },
	{ A, PWM, 12000, 12000, UNKNOWN },
	/* No vehicle is no diode, even where the halves are equal. */
	{ A, PWM, 10900, -10900, UNKNOWN },
	/* Shorted diode: the state is still known. */
	{ B, PWM, 8800, -8800, B }, { B, PWM, 5600, -5600, C },
	{ B, PWM, 2400, -2400, D },
	/* Shorted to earth, in every output. */
	{ C, PWM, 0, 0, E }, { C, PWM, 1999, -1999, E }, { C, HIGH, 0, 0, E },
	{ C, HIGH, 1999, 1999, E }, { F, LOW, 0, 0, E },
	/* State F only where the charger put it. */
	{ A, LOW, -12000, -12000, F }, { A, LOW, -11000, -11000, F },
	{ A, LOW, -13000, -13000, F }, { A, LOW, -13001, -13001, UNKNOWN },
	{ A, LOW, -10999, -10999, UNKNOWN }, { A, LOW, 12000, 12000, UNKNOWN },
	{ A, HIGH, -12000, -12000, UNKNOWN }, { A, PWM, -12000, -12000, UNKNOWN },
};

static void level_desc(const struct level_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "state %d, drive %d, %d/%d mV",
		 c->before, c->drive, c->high_mv, c->low_mv);
}

KUNIT_ARRAY_PARAM(level, level_cases, level_desc);

static void pilot_levels_windows(struct kunit *test)
{
	const struct level_case *c = test->param_value;
	const struct evse_pilot_levels lv = { .state = c->before, .last = c->before };
	const struct evse_pilot_sample s = { c->drive, c->high_mv, c->low_mv };

	KUNIT_EXPECT_EQ(test, (int)evse_pilot_classify(&lv, &s), (int)c->want);
}

/* A state that speaks for power needs its window, or the gap next to it. */
static void pilot_levels_every_millivolt(struct kunit *test)
{
	static const s32 floor_mv[] = { [A] = 10001, [B] = 7001, [C] = 4001, [D] = 2000 };
	static const s32 ceil_mv[] = { [A] = 13000, [B] = 10999, [C] = 7999, [D] = 4999 };
	int before, drive;
	s32 mv;

	for (before = UNKNOWN; before <= F; before++)
		for (drive = LOW; drive <= PWM; drive++)
			for (mv = -15000; mv <= 15000; mv++) {
				const struct evse_pilot_levels lv = {
					.state = before, .last = before,
				};
				const struct evse_pilot_sample s = {
					drive, mv, -12000,
				};
				int got = evse_pilot_classify(&lv, &s);

				if (got < A || got > D)
					continue;
				KUNIT_ASSERT_NE(test, drive, (int)LOW);
				KUNIT_ASSERT_GE(test, mv, floor_mv[got]);
				KUNIT_ASSERT_LE(test, mv, ceil_mv[got]);
			}
}

struct diode_case {
	enum evse_pilot_drive drive;
	s32 high_mv;
	s32 low_mv;
	bool want;
};

static const struct diode_case diode_cases[] = {
	{ PWM, 6000, -6000, true }, { PWM, 6000, -7200, true },
	{ PWM, 6000, -7201, false }, { PWM, 6000, -4800, true },
	{ PWM, 6000, -4799, false }, { PWM, 2000, -2000, true },
	{ PWM, 1999, -1999, false }, { PWM, 9000, -12000, false },
	{ PWM, 10000, -10999, true }, { PWM, 10000, -11000, false },
	{ PWM, 10999, -10999, true }, { PWM, 11000, -10999, false },
	{ HIGH, 6000, -6000, false }, { LOW, 6000, -6000, false },
};

static void diode_desc(const struct diode_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "drive %d, %d/%d mV", c->drive,
		 c->high_mv, c->low_mv);
}

KUNIT_ARRAY_PARAM(diode, diode_cases, diode_desc);

static void pilot_levels_diode_shape(struct kunit *test)
{
	const struct diode_case *c = test->param_value;
	const struct evse_pilot_sample s = { c->drive, c->high_mv, c->low_mv };

	KUNIT_EXPECT_EQ(test, evse_pilot_diode_shorted(&s), c->want);
}

/* One step; negative plateau in order. */
static void feed(struct evse_pilot_levels *lv, enum evse_pilot_drive drive, s32 mv)
{
	const struct evse_pilot_sample s = { drive, mv, -12000 };

	evse_pilot_levels_step(lv, &s);
}

static void feed_shorted(struct evse_pilot_levels *lv, s32 mv)
{
	const struct evse_pilot_sample s = { PWM, mv, -mv };

	evse_pilot_levels_step(lv, &s);
}

static void expect(struct kunit *test, const struct evse_pilot_levels *lv,
		   enum evse_pilot_state state, bool loss, bool diode)
{
	KUNIT_EXPECT_EQ(test, (int)lv->state, (int)state);
	KUNIT_EXPECT_EQ(test, lv->signal_loss, loss);
	KUNIT_EXPECT_EQ(test, lv->diode_fault, diode);
}

static void pilot_levels_debounce(struct kunit *test)
{
	struct evse_pilot_levels lv;

	evse_pilot_levels_init(&lv, 10);
	expect(test, &lv, UNKNOWN, false, false);
	feed(&lv, HIGH, 12000);
	expect(test, &lv, UNKNOWN, false, false);
	feed(&lv, HIGH, 12000);
	expect(test, &lv, A, false, false);
	/* A-B-A is dropped, however often with calm in between. */
	feed(&lv, HIGH, 9000);
	feed(&lv, HIGH, 12000);
	feed(&lv, HIGH, 12000);
	feed(&lv, HIGH, 9000);
	feed(&lv, HIGH, 12000);
	feed(&lv, HIGH, 12000);
	expect(test, &lv, A, false, false);
	feed(&lv, HIGH, 9000);
	feed(&lv, HIGH, 9000);
	expect(test, &lv, B, false, false);
	/* Two different strays are no agreement. */
	feed(&lv, PWM, 6000);
	feed(&lv, PWM, 3000);
	expect(test, &lv, B, false, false);
	feed(&lv, PWM, 3000);
	expect(test, &lv, D, false, false);
}

static void pilot_levels_out_of_range(struct kunit *test)
{
	struct evse_pilot_levels lv;

	evse_pilot_levels_init(&lv, 10);
	feed(&lv, PWM, 13500);
	expect(test, &lv, UNKNOWN, false, false);
	feed(&lv, PWM, 13500);
	expect(test, &lv, UNKNOWN, true, false);
	feed(&lv, PWM, 6000);
	feed(&lv, PWM, 6000);
	expect(test, &lv, C, false, false);
	feed(&lv, PWM, 13500);
	expect(test, &lv, C, false, false);
	feed(&lv, PWM, 13500);
	expect(test, &lv, UNKNOWN, true, false);
}

/* A signal that never settles must not keep the state that it had. */
static void pilot_levels_noise(struct kunit *test)
{
	unsigned int interval, i;

	for (interval = 1; interval <= 20; interval++) {
		unsigned int patience = evse_pilot_patience(interval);
		struct evse_pilot_levels lv;

		KUNIT_ASSERT_GE(test, patience, 3U);
		KUNIT_ASSERT_TRUE(test, patience == 3 ||
				  patience * interval <= EVSE_PILOT_NOISE_MS);

		evse_pilot_levels_init(&lv, interval);
		feed(&lv, PWM, 6000);
		feed(&lv, PWM, 6000);
		for (i = 1; i <= patience; i++) {
			expect(test, &lv, C, false, false);
			feed(&lv, PWM, i & 1 ? 9000 : 6000);
		}
		expect(test, &lv, UNKNOWN, true, false);
		feed(&lv, PWM, i & 1 ? 9000 : 6000);
		expect(test, &lv, UNKNOWN, true, false);
		/* Calm again. */
		feed(&lv, PWM, 3000);
		feed(&lv, PWM, 3000);
		expect(test, &lv, D, false, false);
	}
}

static void pilot_levels_missed(struct kunit *test)
{
	struct evse_pilot_levels lv;
	unsigned int i;

	evse_pilot_levels_init(&lv, 10);
	feed(&lv, PWM, 6000);
	feed(&lv, PWM, 6000);
	for (i = 1; i < lv.patience; i++)
		evse_pilot_levels_miss(&lv);
	expect(test, &lv, C, false, false);
	evse_pilot_levels_miss(&lv);
	expect(test, &lv, UNKNOWN, true, false);
	/* One good sample is not enough to believe in it again. */
	feed(&lv, PWM, 6000);
	expect(test, &lv, UNKNOWN, true, false);
	feed(&lv, PWM, 6000);
	expect(test, &lv, C, false, false);
	/* A sample that agrees starts the count again. */
	for (i = 1; i < lv.patience; i++)
		evse_pilot_levels_miss(&lv);
	feed(&lv, PWM, 6000);
	evse_pilot_levels_miss(&lv);
	expect(test, &lv, C, false, false);
	/* However long it lasts. */
	for (i = 0; i < 1000; i++)
		evse_pilot_levels_miss(&lv);
	expect(test, &lv, UNKNOWN, true, false);
}

static void pilot_levels_diode(struct kunit *test)
{
	struct evse_pilot_levels lv;

	evse_pilot_levels_init(&lv, 10);
	feed(&lv, PWM, 9000);
	feed(&lv, PWM, 9000);
	expect(test, &lv, B, false, false);
	feed_shorted(&lv, 5600);
	feed(&lv, PWM, 6000);
	expect(test, &lv, C, false, false);
	feed_shorted(&lv, 5600);
	feed_shorted(&lv, 5600);
	expect(test, &lv, C, false, true);
	/* Neither a sound diode nor steady +12 V ends it, only unplugging. */
	feed(&lv, PWM, 6000);
	feed(&lv, PWM, 6000);
	expect(test, &lv, C, false, true);
	feed(&lv, HIGH, 9000);
	feed(&lv, HIGH, 9000);
	expect(test, &lv, B, false, true);
	feed(&lv, HIGH, 0);
	feed(&lv, HIGH, 0);
	expect(test, &lv, E, false, true);
	feed(&lv, HIGH, 12000);
	expect(test, &lv, E, false, true);
	feed(&lv, HIGH, 12000);
	expect(test, &lv, A, false, false);
	/* A weak generator is no vehicle with a shorted diode. */
	feed_shorted(&lv, 10900);
	feed_shorted(&lv, 10900);
	expect(test, &lv, UNKNOWN, true, false);
}

/* A slow ramp moves through every state, each at the edge of its window. */
static void pilot_levels_ramp(struct kunit *test)
{
	enum evse_pilot_state want = A;
	struct evse_pilot_levels lv;
	s32 mv;

	evse_pilot_levels_init(&lv, 10);
	for (mv = 12000; mv >= 0; mv--) {
		want = mv > 10000 ? A : mv > 7000 ? B : mv > 4000 ? C :
		       mv > 1999 ? D : E;
		feed(&lv, PWM, mv);
		feed(&lv, PWM, mv);
		KUNIT_ASSERT_EQ(test, (int)lv.state, (int)want);
	}
	for (mv = 0; mv <= 12000; mv++) {
		want = mv < 2000 ? E : mv < 5000 ? D : mv < 8000 ? C :
		       mv < 11000 ? B : A;
		feed(&lv, PWM, mv);
		feed(&lv, PWM, mv);
		KUNIT_ASSERT_EQ(test, (int)lv.state, (int)want);
	}
	KUNIT_EXPECT_FALSE(test, lv.signal_loss);
}

static struct kunit_case pilot_levels_cases[] = {
	KUNIT_CASE_PARAM(pilot_levels_windows, level_gen_params),
	KUNIT_CASE(pilot_levels_every_millivolt),
	KUNIT_CASE_PARAM(pilot_levels_diode_shape, diode_gen_params),
	KUNIT_CASE(pilot_levels_debounce),
	KUNIT_CASE(pilot_levels_out_of_range),
	KUNIT_CASE(pilot_levels_noise),
	KUNIT_CASE(pilot_levels_missed),
	KUNIT_CASE(pilot_levels_diode),
	KUNIT_CASE(pilot_levels_ramp),
	{}
};

static struct kunit_suite pilot_levels_suite = {
	.name = "evse_pilot_levels",
	.test_cases = pilot_levels_cases,
};

kunit_test_suite(pilot_levels_suite);
