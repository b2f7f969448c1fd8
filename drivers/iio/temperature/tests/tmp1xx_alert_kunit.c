// SPDX-License-Identifier: GPL-2.0-only
/* The driver on modelled chips: thresholds, their alerts, and alerts that go wrong. */
#include <kunit/test.h>
#include <linux/bits.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/iio/events.h>
#include <linux/iio/iio.h>
#include <linux/pm_runtime.h>
#include <linux/string.h>

#include "../tmp1xx.h"
#include "tmp1xx_model.h"

/* Longer than a conversion and its cycle at the rate that the driver starts with */
#define CYCLE_MS	350

#define UP	BIT(TMP1XX_RISING)
#define DOWN	BIT(TMP1XX_FALLING)

/* Each chip, and thresholds of either direction and both */
static const struct watched {
	const char *name;
	const struct model_facts *facts;
	unsigned int directions;
} all[] = {
	{ "tmp102 rising", &model_tmp102, UP },
	{ "tmp102 falling", &model_tmp102, DOWN },
	{ "tmp102 both", &model_tmp102, UP | DOWN },
	{ "tmp75 rising", &model_tmp75, UP },
	{ "tmp75 falling", &model_tmp75, DOWN },
	{ "tmp75 both", &model_tmp75, UP | DOWN },
	{ "lm75 rising", &model_lm75, UP },
	{ "lm75 falling", &model_lm75, DOWN },
	{ "lm75 both", &model_lm75, UP | DOWN },
	{ "tmp117 rising", &model_tmp117, UP },
	{ "tmp117 falling", &model_tmp117, DOWN },
	{ "tmp117 both", &model_tmp117, UP | DOWN },
};

static void describe(const struct watched *watched, char *text)
{
	strscpy(text, watched->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(watched, all, describe);

/* Each chip once, with both */
static const void *chip_gen_params(const void *prev, char *text)
{
	const struct watched *next = prev ? (const struct watched *)prev + 3 : all + 2;

	if (next >= all + ARRAY_SIZE(all))
		return NULL;
	describe(next, text);
	return next;
}

static struct model *new_chip(struct kunit *test)
{
	const struct watched *watched = test->param_value;

	return model_new(test, watched->facts);
}

static int enable(struct tmp1xx *t, enum iio_event_direction dir, int state)
{
	return t->indio_dev->info->write_event_config(t->indio_dev, &t->channels[0],
						      IIO_EV_TYPE_THRESH, dir, state);
}

static int set_parts(struct tmp1xx *t, enum iio_event_direction dir,
		     enum iio_event_info info, int val, int val2)
{
	return t->indio_dev->info->write_event_value(t->indio_dev, &t->channels[0],
						     IIO_EV_TYPE_THRESH, dir, info,
						     val, val2);
}

static int set(struct tmp1xx *t, enum iio_event_direction dir,
	       enum iio_event_info info, int val)
{
	return set_parts(t, dir, info, val, 0);
}

static int degrees(struct tmp1xx *t, int deg)
{
	return deg * 128 / t->chip->lsb;
}

static bool fired(struct tmp1xx *t, unsigned int direction)
{
	bool is;

	mutex_lock(&t->lock);
	is = t->watch.threshold[direction].fired;
	mutex_unlock(&t->lock);
	return is;
}

/* Above 80, again below 70; below 0, again above 10 */
static struct tmp1xx *bind(struct model *m)
{
	struct tmp1xx *t = model_bind(m, m->facts->type);

	KUNIT_ASSERT_NOT_NULL(m->test, t);
	set(t, IIO_EV_DIR_RISING, IIO_EV_INFO_VALUE, degrees(t, 80));
	set(t, IIO_EV_DIR_RISING, IIO_EV_INFO_HYSTERESIS, degrees(t, 10));
	set(t, IIO_EV_DIR_FALLING, IIO_EV_INFO_VALUE, 0);
	set(t, IIO_EV_DIR_FALLING, IIO_EV_INFO_HYSTERESIS, degrees(t, 10));
	return t;
}

static void watch(struct kunit *test, struct model *m, struct tmp1xx *t)
{
	static const struct { int mdeg; bool hot, cold; } cases[] = {
		{ 25000, false, false }, { 79500, false, false }, { 80000, true, false },
		{ 79500, true, false }, { 70000, true, false }, { 69500, false, false },
		{ 90000, true, false }, { 500, false, false }, { 0, false, true },
		{ 10000, false, true }, { 10500, false, false }, { -20000, false, true },
		{ 85000, true, false }, { 25000, false, false },
	};
	const struct watched *watched = test->param_value;
	bool up = watched->directions & UP, down = watched->directions & DOWN;
	int i;

	if (up)
		KUNIT_ASSERT_EQ(test, enable(t, IIO_EV_DIR_RISING, 1), 0);
	if (down)
		KUNIT_ASSERT_EQ(test, enable(t, IIO_EV_DIR_FALLING, 1), 0);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		model_set(m, cases[i].mdeg, CYCLE_MS + 150);
		KUNIT_EXPECT_EQ_MSG(test, fired(t, TMP1XX_RISING), up && cases[i].hot,
				    "step %d, at %d", i, cases[i].mdeg);
		KUNIT_EXPECT_EQ_MSG(test, fired(t, TMP1XX_FALLING), down && cases[i].cold,
				    "step %d, at %d", i, cases[i].mdeg);
		KUNIT_EXPECT_FALSE_MSG(test, m->asserted, "step %d, at %d", i,
				       cases[i].mdeg);
	}
}

static void with_interrupt(struct kunit *test, bool edge)
{
	struct model *m = new_chip(test);
	struct tmp1xx *t;

	model_interrupt(m, edge);
	t = bind(m);
	watch(test, m, t);
	/* One for each crossing, and a few for nothing */
	KUNIT_EXPECT_GT(test, m->fires, 0);
	KUNIT_EXPECT_LT(test, m->fires, 25);
}

static void level(struct kunit *test)
{
	with_interrupt(test, false);
}

static void edge(struct kunit *test)
{
	with_interrupt(test, true);
}

/* Nothing enabled: no event, no interrupt, and the chip may sleep. */
static void disabled(struct kunit *test)
{
	struct model *m = model_new(test, &model_tmp102);
	struct tmp1xx *t;
	unsigned int transfers;

	model_interrupt(m, false);
	t = bind(m);
	enable(t, IIO_EV_DIR_RISING, 1);
	model_set(m, 90000, CYCLE_MS);
	KUNIT_EXPECT_TRUE(test, fired(t, TMP1XX_RISING));
	KUNIT_EXPECT_EQ(test, enable(t, IIO_EV_DIR_RISING, 0), 0);
	model_run(m, 3000);
	KUNIT_EXPECT_FALSE(test, m->asserted);
	KUNIT_EXPECT_TRUE(test, pm_runtime_suspended(t->dev));
	transfers = m->transfers;
	model_run(m, 3000);
	KUNIT_EXPECT_EQ(test, m->transfers, transfers);
}

/* Without an interrupt each conversion is read, while a threshold is enabled. */
static void polls(struct kunit *test)
{
	struct model *m = new_chip(test);
	struct tmp1xx *t = bind(m);
	unsigned int transfers;

	if (m->facts == &model_tmp117)
		t->indio_dev->info->write_raw(t->indio_dev, &t->channels[0], 8, 0,
					      IIO_CHAN_INFO_SAMP_FREQ);
	watch(test, m, t);
	enable(t, IIO_EV_DIR_RISING, 0);
	enable(t, IIO_EV_DIR_FALLING, 0);
	model_run(m, 3000);
	transfers = m->transfers;
	model_run(m, 2000);
	KUNIT_EXPECT_EQ(test, m->transfers, transfers);
}

/* The bus tells that the chip has an alert. */
static void response(struct kunit *test)
{
	struct model *m = model_new(test, &model_tmp117);
	struct tmp1xx *t = bind(m);

	/* Between two polls, 16 s apart */
	t->indio_dev->info->write_raw(t->indio_dev, &t->channels[0], 0, 62500,
				      IIO_CHAN_INFO_SAMP_FREQ);
	enable(t, IIO_EV_DIR_RISING, 1);
	model_run(m, 500);
	model_set(m, 90000, 200);
	KUNIT_EXPECT_FALSE(test, fired(t, TMP1XX_RISING));
	to_i2c_driver(t->dev->driver)->alert(m->client, I2C_PROTOCOL_SMBUS_ALERT, 0);
	KUNIT_EXPECT_TRUE(test, fired(t, TMP1XX_RISING));
	KUNIT_EXPECT_FALSE(test, m->asserted);
}

/* The chip lost its supply, and with it what it was told. */
static void forget(struct model *m)
{
	m->reg[1] = m->facts->reset;
	m->reg[m->facts->low] = 0x4b00;
	m->reg[m->facts->high] = 0x5000;
}

/*
 * The bus asks until nobody answers: a chip that pulls for nothing is told anew,
 * whether or not somebody waits for its alert.
 */
static void response_to_nothing(struct kunit *test)
{
	struct model *m = model_new(test, &model_tmp102);
	struct tmp1xx *t = bind(m);
	int state, asked;

	for (state = 1; state >= 0; state--) {
		enable(t, IIO_EV_DIR_RISING, state);
		model_set(m, 90000, CYCLE_MS);
		KUNIT_EXPECT_EQ(test, fired(t, TMP1XX_RISING), state);
		forget(m);
		model_run(m, CYCLE_MS);
		KUNIT_EXPECT_TRUE(test, m->asserted);
		for (asked = 0; asked < 4 && m->asserted; asked++) {
			m->latched = false;
			to_i2c_driver(t->dev->driver)->alert(m->client,
							     I2C_PROTOCOL_SMBUS_ALERT, 0);
			model_run(m, 20);
		}
		KUNIT_EXPECT_FALSE(test, m->asserted);
	}
	/* And it sleeps on, where it slept. */
	model_run(m, 3000);
	KUNIT_EXPECT_TRUE(test, m->reg[1] & m->facts->shutdown);
	to_i2c_driver(t->dev->driver)->alert(m->client, I2C_PROTOCOL_SMBUS_ALERT, 0);
	KUNIT_EXPECT_TRUE(test, m->reg[1] & m->facts->shutdown);
}

/* Another chip held the line when this one's alert began: no edge. */
static void edge_lost(struct kunit *test)
{
	struct model *m = model_new(test, &model_tmp102);
	struct tmp1xx *t;

	model_interrupt(m, true);
	t = bind(m);
	enable(t, IIO_EV_DIR_RISING, 1);
	model_set(m, 90000, 100);
	KUNIT_EXPECT_TRUE(test, fired(t, TMP1XX_RISING));
	m->mute = true;
	model_set(m, 20000, CYCLE_MS + 100);
	m->mute = false;
	KUNIT_EXPECT_FALSE(test, fired(t, TMP1XX_RISING));
	KUNIT_EXPECT_FALSE(test, m->asserted);
}

/* A line that somebody else holds for good does not keep the processor busy. */
static void line_held(struct kunit *test)
{
	struct model *m = model_new(test, &model_tmp102);
	struct tmp1xx *t;

	model_interrupt(m, false);
	t = bind(m);
	enable(t, IIO_EV_DIR_RISING, 1);
	model_run(m, 500);
	m->held = true;
	m->fires = 0;
	model_run(m, 5000);
	KUNIT_EXPECT_GT(test, m->fires, 10);
	KUNIT_EXPECT_LT(test, m->fires, 100);
	/* And no event is missed. */
	model_set(m, 90000, CYCLE_MS);
	KUNIT_EXPECT_TRUE(test, fired(t, TMP1XX_RISING));
	m->held = false;
	model_set(m, 25000, CYCLE_MS);
	KUNIT_EXPECT_FALSE(test, fired(t, TMP1XX_RISING));
	KUNIT_EXPECT_FALSE(test, m->asserted);
}

/* No answer while the alert stands: it is retried at leisure, and found out. */
static void bus_lost(struct kunit *test)
{
	struct model *m = new_chip(test);
	struct tmp1xx *t;

	model_interrupt(m, false);
	t = bind(m);
	enable(t, IIO_EV_DIR_RISING, 1);
	model_run(m, 500);
	m->fires = 0;
	model_fail(m, -EAGAIN, UINT_MAX);
	model_set(m, 90000, 5000);
	KUNIT_EXPECT_TRUE(test, t->blind);
	KUNIT_EXPECT_GT(test, m->fires, 1);
	KUNIT_EXPECT_LT(test, m->fires, 120);
	KUNIT_EXPECT_FALSE(test, fired(t, TMP1XX_RISING));
	model_fail(m, 0, 0);
	model_run(m, 1500);
	KUNIT_EXPECT_FALSE(test, t->blind);
	KUNIT_EXPECT_TRUE(test, fired(t, TMP1XX_RISING));
	KUNIT_EXPECT_FALSE(test, m->asserted);
}

/* A threshold that cannot be told to the chip is not enabled. */
static void bus_lost_while_enabled(struct kunit *test)
{
	struct model *m = model_new(test, &model_tmp102);
	struct tmp1xx *t;
	int i;

	model_interrupt(m, false);
	t = bind(m);
	for (i = 1; i <= 3; i++) {
		model_fail(m, -EIO, i);
		KUNIT_EXPECT_EQ(test, enable(t, IIO_EV_DIR_RISING, 1), -EIO);
		model_fail(m, 0, 0);
		KUNIT_EXPECT_FALSE(test, t->watch.threshold[TMP1XX_RISING].enabled);
	}
	KUNIT_EXPECT_EQ(test, enable(t, IIO_EV_DIR_RISING, 1), 0);
	KUNIT_EXPECT_EQ(test, enable(t, IIO_EV_DIR_RISING, 1), 0);
	model_fail(m, -EIO, 1);
	KUNIT_EXPECT_EQ(test, set(t, IIO_EV_DIR_RISING, IIO_EV_INFO_VALUE,
				  degrees(t, 50)), -EIO);
	/* The old one still holds. */
	model_set(m, 60000, CYCLE_MS);
	KUNIT_EXPECT_FALSE(test, fired(t, TMP1XX_RISING));
	model_set(m, 80000, CYCLE_MS);
	KUNIT_EXPECT_TRUE(test, fired(t, TMP1XX_RISING));
}

static void out_of_range(struct kunit *test)
{
	struct model *m = model_new(test, &model_tmp102);
	struct tmp1xx *t = bind(m);

	KUNIT_EXPECT_EQ(test, set(t, IIO_EV_DIR_RISING, IIO_EV_INFO_VALUE,
				  degrees(t, 128)), -EINVAL);
	KUNIT_EXPECT_EQ(test, set(t, IIO_EV_DIR_RISING, IIO_EV_INFO_HYSTERESIS, -1),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, set(t, IIO_EV_DIR_FALLING, IIO_EV_INFO_VALUE,
				  degrees(t, -56)), -EINVAL);
	/* In units of the chip, which are whole */
	KUNIT_EXPECT_EQ(test, set_parts(t, IIO_EV_DIR_RISING, IIO_EV_INFO_VALUE, 80,
					500000), -EINVAL);
	KUNIT_EXPECT_EQ(test, t->watch.threshold[TMP1XX_RISING].value, degrees(t, 80));
}

/* The machine sleeps, and the chip forgets everything meanwhile. */
static void sleeps(struct kunit *test)
{
	struct model *m = new_chip(test);
	unsigned int transfers;
	struct tmp1xx *t;

	model_interrupt(m, false);
	t = bind(m);
	enable(t, IIO_EV_DIR_RISING, 1);
	model_run(m, 500);
	/* As the core of power management does */
	pm_runtime_get_noresume(t->dev);
	KUNIT_ASSERT_EQ(test, t->dev->driver->pm->suspend(t->dev), 0);
	KUNIT_EXPECT_TRUE(test, m->reg[1] & m->facts->shutdown);
	transfers = m->transfers;
	model_run(m, 2000);
	KUNIT_EXPECT_EQ(test, m->transfers, transfers);
	m->reg[1] = m->facts->reset | m->facts->shutdown;
	m->reg[m->facts->low] = 0x4b00;
	m->reg[m->facts->high] = 0x7000;
	KUNIT_ASSERT_EQ(test, t->dev->driver->pm->resume(t->dev), 0);
	pm_runtime_put_noidle(t->dev);
	model_run(m, 1000);
	KUNIT_EXPECT_FALSE(test, fired(t, TMP1XX_RISING));
	model_set(m, 81000, CYCLE_MS);
	KUNIT_EXPECT_TRUE(test, fired(t, TMP1XX_RISING));
	KUNIT_EXPECT_FALSE(test, m->asserted);
}

/* Gone with an alert: the line is free, the chip sleeps, and it can come again. */
static void unbound(struct kunit *test)
{
	struct model *m = new_chip(test);
	struct tmp1xx *t;

	model_interrupt(m, false);
	t = bind(m);
	enable(t, IIO_EV_DIR_RISING, 1);
	enable(t, IIO_EV_DIR_FALLING, 1);
	model_set(m, 90000, CYCLE_MS);
	KUNIT_EXPECT_TRUE(test, fired(t, TMP1XX_RISING));
	model_unbind(m);
	KUNIT_EXPECT_FALSE(test, m->asserted);
	KUNIT_EXPECT_TRUE(test, m->reg[1] & m->facts->shutdown);
	t = bind(m);
	model_run(m, 2500);
	KUNIT_EXPECT_TRUE(test, pm_runtime_suspended(t->dev));
}

static void clean(struct kunit *test)
{
	model_free(test->priv);
}

static struct kunit_case alert_cases[] = {
	KUNIT_CASE_PARAM(level, watched_gen_params),
	KUNIT_CASE_PARAM(edge, watched_gen_params),
	KUNIT_CASE(disabled),
	KUNIT_CASE_PARAM(polls, chip_gen_params),
	KUNIT_CASE(response),
	KUNIT_CASE(response_to_nothing),
	KUNIT_CASE(edge_lost),
	KUNIT_CASE(line_held),
	KUNIT_CASE_PARAM(bus_lost, chip_gen_params),
	KUNIT_CASE(bus_lost_while_enabled),
	KUNIT_CASE(out_of_range),
	KUNIT_CASE_PARAM(sleeps, chip_gen_params),
	KUNIT_CASE_PARAM(unbound, chip_gen_params),
	{}
};

static struct kunit_suite alert_suite = {
	.name = "evse_tmp1xx_alert",
	.exit = clean,
	.test_cases = alert_cases,
};

kunit_test_suite(alert_suite);
