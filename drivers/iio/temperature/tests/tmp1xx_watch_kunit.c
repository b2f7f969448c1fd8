// SPDX-License-Identifier: GPL-2.0-only
/* Thresholds: events, hysteresis, and what the chip is told to wait for. */
#include <kunit/test.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/prandom.h>

#include "../tmp1xx_chips.h"
#include "../tmp1xx_watch.h"

#define UP	BIT(TMP1XX_RISING)
#define DOWN	BIT(TMP1XX_FALLING)

static const struct tmp1xx_chip *tmp102 = &tmp1xx_chips[TMP1XX_TMP102];
static const struct tmp1xx_chip *tmp117 = &tmp1xx_chips[TMP1XX_TMP117];

static void enabled(struct tmp1xx_watch *watch, const struct tmp1xx_chip *chip,
		    unsigned int directions)
{
	tmp1xx_watch_init(watch, chip);
	tmp1xx_watch_enable(watch, TMP1XX_RISING, directions & UP);
	tmp1xx_watch_enable(watch, TMP1XX_FALLING, directions & DOWN);
}

static void steps(struct kunit *test, struct tmp1xx_watch *watch,
		  const int (*cases)[2], int count)
{
	int i;

	for (i = 0; i < count; i++)
		KUNIT_EXPECT_EQ_MSG(test, tmp1xx_watch_step(watch, cases[i][0]),
				    cases[i][1], "step %d, at %d", i, cases[i][0]);
}

static void rises(struct kunit *test)
{
	static const int cases[][2] = {
		{ 999, 0 }, { 1000, UP }, { 1001, 0 }, { 1000, 0 }, { 950, 0 },
		{ 1000, 0 }, { 949, 0 }, { 999, 0 }, { 1000, UP }, { 1200, 0 },
		{ -500, 0 }, { 1200, UP },
	};
	struct tmp1xx_watch watch;

	enabled(&watch, tmp102, UP);
	KUNIT_ASSERT_EQ(test, tmp1xx_watch_set(&watch, tmp102, TMP1XX_RISING, 1000, 50), 0);
	steps(test, &watch, cases, ARRAY_SIZE(cases));
}

static void falls(struct kunit *test)
{
	static const int cases[][2] = {
		{ 101, 0 }, { 100, DOWN }, { 99, 0 }, { 101, 0 }, { 100, 0 },
		{ 110, 0 }, { 100, 0 }, { 111, 0 }, { 101, 0 }, { 100, DOWN },
		{ 500, 0 }, { -500, DOWN },
	};
	struct tmp1xx_watch watch;

	enabled(&watch, tmp102, DOWN);
	KUNIT_ASSERT_EQ(test, tmp1xx_watch_set(&watch, tmp102, TMP1XX_FALLING, 100, 10), 0);
	steps(test, &watch, cases, ARRAY_SIZE(cases));
}

/* Without hysteresis each crossing is an event; both directions at once. */
static void both(struct kunit *test)
{
	static const int cases[][2] = {
		{ 100, UP }, { 99, 0 }, { 100, UP }, { 50, DOWN }, { 51, 0 },
		{ 50, DOWN }, { 100, UP }, { 0, DOWN },
	};
	struct tmp1xx_watch watch;

	enabled(&watch, tmp102, UP | DOWN);
	tmp1xx_watch_set(&watch, tmp102, TMP1XX_RISING, 100, 0);
	tmp1xx_watch_set(&watch, tmp102, TMP1XX_FALLING, 50, 0);
	steps(test, &watch, cases, ARRAY_SIZE(cases));
}

/* Enabled or set while beyond, it makes its event; disabled, none. */
static void anew(struct kunit *test)
{
	struct tmp1xx_watch watch;

	enabled(&watch, tmp102, 0);
	tmp1xx_watch_set(&watch, tmp102, TMP1XX_RISING, 800, 0);
	KUNIT_EXPECT_EQ(test, tmp1xx_watch_step(&watch, 900), 0);
	KUNIT_EXPECT_FALSE(test, tmp1xx_watch_enabled(&watch));
	tmp1xx_watch_enable(&watch, TMP1XX_RISING, true);
	KUNIT_EXPECT_TRUE(test, tmp1xx_watch_enabled(&watch));
	KUNIT_EXPECT_EQ(test, tmp1xx_watch_step(&watch, 900), UP);
	tmp1xx_watch_set(&watch, tmp102, TMP1XX_RISING, 850, 0);
	KUNIT_EXPECT_EQ(test, tmp1xx_watch_step(&watch, 900), UP);
	tmp1xx_watch_set(&watch, tmp102, TMP1XX_RISING, 950, 0);
	KUNIT_EXPECT_EQ(test, tmp1xx_watch_step(&watch, 900), 0);
	tmp1xx_watch_enable(&watch, TMP1XX_RISING, false);
	KUNIT_EXPECT_EQ(test, tmp1xx_watch_step(&watch, 1000), 0);
}

/* What cannot be told is refused, and the old threshold stays. */
static void refused(struct kunit *test)
{
	static const struct {
		unsigned int direction;
		int value, hysteresis, ret;
	} cases[] = {
		{ TMP1XX_RISING, 2032, 0, 0 },
		{ TMP1XX_RISING, 2033, 0, -EINVAL },
		{ TMP1XX_RISING, 100000, 0, -EINVAL },
		{ TMP1XX_RISING, -880, 0, 0 },
		{ TMP1XX_RISING, -881, 0, -EINVAL },
		{ TMP1XX_RISING, -880, 1, -EINVAL },
		{ TMP1XX_RISING, 0, -1, -EINVAL },
		{ TMP1XX_RISING, 0, INT_MAX, -EINVAL },
		{ TMP1XX_RISING, 2032, 2912, 0 },
		{ TMP1XX_RISING, 2032, 2913, -EINVAL },
		{ TMP1XX_FALLING, 2032, 0, 0 },
		{ TMP1XX_FALLING, 2032, 1, -EINVAL },
		{ TMP1XX_FALLING, INT_MIN, 0, -EINVAL },
		{ TMP1XX_FALLING, -880, 80, 0 },
		{ TMP1XX_FALLING, -881, 80, -EINVAL },
	};
	struct tmp1xx_watch watch;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct tmp1xx_threshold *t = &watch.threshold[cases[i].direction];

		tmp1xx_watch_init(&watch, tmp102);
		KUNIT_EXPECT_EQ_MSG(test, tmp1xx_watch_set(&watch, tmp102, cases[i].direction,
							   cases[i].value, cases[i].hysteresis),
				    cases[i].ret, "case %d", i);
		KUNIT_EXPECT_EQ(test, t->value == cases[i].value, !cases[i].ret);
	}
}

/* What a chip makes of what it was told, as its data sheet has it */
static bool alerts(const struct tmp1xx_chip *chip, struct tmp1xx_alert alert,
		   bool *holds, int raw)
{
	s16 reg = tmp1xx_encode(chip, raw);

	if (chip->window)
		return reg > (s16)alert.high || reg < (s16)alert.low;
	if (reg >= (s16)alert.high)
		*holds = true;
	else if (reg < (s16)alert.low)
		*holds = false;
	return *holds != alert.inverted;
}

/*
 * Whatever the temperature does: there is an alert when there is something to do,
 * and none when there is not, and none is left once it is done.
 */
static void alerts_when_needed(struct kunit *test, const struct tmp1xx_chip *chip,
			       unsigned int directions)
{
	int low = tmp1xx_lowest(chip), span = tmp1xx_highest(chip) - low + 1;
	struct tmp1xx_watch watch, before;
	struct rnd_state rnd;
	bool holds = false;
	int i, raw;

	prandom_seed_state(&rnd, 20261122);
	enabled(&watch, chip, directions);
	for (i = 0; i < 20000; i++) {
		if (i % 50 == 0) {
			int value = low + prandom_u32_state(&rnd) % span;
			int hysteresis = prandom_u32_state(&rnd) % 30;

			tmp1xx_watch_set(&watch, chip, prandom_u32_state(&rnd) % 2,
					 value, hysteresis);
			raw = watch.threshold[TMP1XX_RISING].value;
		}
		/* Near a threshold, mostly */
		if (prandom_u32_state(&rnd) % 8 == 0)
			raw = watch.threshold[prandom_u32_state(&rnd) % 2].value;
		raw = clamp(raw + (int)(prandom_u32_state(&rnd) % 41) - 20, low,
			    low + span - 1);

		before = watch;
		tmp1xx_watch_step(&watch, raw);
		KUNIT_ASSERT_EQ_MSG(test, alerts(chip, tmp1xx_watch_alert(&before, chip),
						 &holds, raw),
				    !!memcmp(&before, &watch, sizeof(watch)),
				    "%s, step %d, at %d", chip->name, i, raw);
		KUNIT_ASSERT_FALSE(test, alerts(chip, tmp1xx_watch_alert(&watch, chip),
						&holds, raw));
	}
}

static void told(struct kunit *test)
{
	int kind;

	for (kind = 0; kind < TMP1XX_KINDS; kind++) {
		alerts_when_needed(test, &tmp1xx_chips[kind], 0);
		alerts_when_needed(test, &tmp1xx_chips[kind], UP);
		alerts_when_needed(test, &tmp1xx_chips[kind], DOWN);
	}
	alerts_when_needed(test, tmp117, UP | DOWN);
}

static void one_comparison(struct kunit *test)
{
	struct tmp1xx_watch watch;

	enabled(&watch, tmp102, UP | DOWN);
	KUNIT_EXPECT_FALSE(test, tmp1xx_watch_by_alert(&watch, tmp102));
	KUNIT_EXPECT_TRUE(test, tmp1xx_watch_by_alert(&watch, tmp117));
	/* The dangerous direction has it. */
	KUNIT_EXPECT_EQ(test, tmp1xx_watch_alert(&watch, tmp102).high, 0x5500);
	KUNIT_EXPECT_FALSE(test, tmp1xx_watch_alert(&watch, tmp102).inverted);
	tmp1xx_watch_enable(&watch, TMP1XX_FALLING, false);
	KUNIT_EXPECT_TRUE(test, tmp1xx_watch_by_alert(&watch, tmp102));
}

static struct kunit_case watch_cases[] = {
	KUNIT_CASE(rises),
	KUNIT_CASE(falls),
	KUNIT_CASE(both),
	KUNIT_CASE(anew),
	KUNIT_CASE(refused),
	KUNIT_CASE(told),
	KUNIT_CASE(one_comparison),
	{}
};

static struct kunit_suite watch_suite = {
	.name = "evse_tmp1xx_watch",
	.test_cases = watch_cases,
};

kunit_test_suite(watch_suite);
