// SPDX-License-Identifier: GPL-2.0-only
/* The driver on modelled chips: readings, settings, power, what it refuses. */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/iio/iio.h>
#include <linux/pm_runtime.h>
#include <linux/string.h>

#include "../tmp1xx.h"
#include "tmp1xx_model.h"

/* Longer than it takes to be put to sleep */
#define IDLE_MS		2500

static const struct model_facts * const all[] = {
	&model_tmp102, &model_tmp75, &model_lm75, &model_tmp117,
};

static void describe(const struct model_facts * const *facts, char *text)
{
	strscpy(text, (*facts)->type, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(chip, all, describe);

static struct model *new_chip(struct kunit *test)
{
	return model_new(test, *(const struct model_facts * const *)test->param_value);
}

static int read(struct tmp1xx *t, long mask, int *val)
{
	int val2;

	return t->indio_dev->info->read_raw(t->indio_dev, &t->channels[0], val, &val2,
					    mask);
}

static int write(struct tmp1xx *t, long mask, int val, int val2)
{
	return t->indio_dev->info->write_raw(t->indio_dev, &t->channels[0], val, val2,
					     mask);
}

static void expect(struct kunit *test, struct tmp1xx *t, struct model *m)
{
	int raw = INT_MIN;

	KUNIT_ASSERT_EQ(test, read(t, IIO_CHAN_INFO_RAW, &raw), IIO_VAL_INT);
	KUNIT_EXPECT_EQ_MSG(test, (s64)raw * m->facts->step_ndeg,
			    (s64)m->mdeg * 1000000, "%s at %d", m->facts->type, m->mdeg);
}

/* In half degrees, which all of them have */
static void follows(struct kunit *test)
{
	struct model *m = new_chip(test);
	struct tmp1xx *t = model_bind(m, m->facts->type);
	int mdeg;

	KUNIT_ASSERT_NOT_NULL(test, t);
	for (mdeg = -55000; mdeg <= 127000; mdeg += 6500) {
		model_set(m, mdeg, 300);
		expect(test, t, m);
	}
}

/* The first reading after probe and after sleep is one of after. */
static void fresh(struct kunit *test)
{
	struct model *m = new_chip(test);
	unsigned int conversions;
	struct tmp1xx *t;

	m->mdeg = 40000;
	t = model_bind(m, m->facts->type);
	KUNIT_ASSERT_NOT_NULL(test, t);
	expect(test, t, m);

	model_run(m, IDLE_MS);
	KUNIT_EXPECT_TRUE(test, pm_runtime_suspended(t->dev));
	KUNIT_EXPECT_TRUE(test, m->reg[1] & m->facts->shutdown);
	conversions = m->conversions;
	model_set(m, 90000, 1000);
	KUNIT_EXPECT_EQ(test, m->conversions, conversions);
	expect(test, t, m);
	KUNIT_EXPECT_FALSE(test, m->reg[1] & m->facts->shutdown);
}

/* The error that the bus has is the one that is told, and it ends with its cause. */
static void errors(struct kunit *test)
{
	static const int cases[] = { -EAGAIN, -ENXIO, -ETIMEDOUT };
	struct model *m = model_new(test, &model_tmp102);
	struct tmp1xx *t = model_bind(m, m->facts->type);
	int i, raw;

	KUNIT_ASSERT_NOT_NULL(test, t);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		/* Awake */
		expect(test, t, m);
		model_fail(m, cases[i], 1);
		KUNIT_EXPECT_EQ(test, read(t, IIO_CHAN_INFO_RAW, &raw), cases[i]);
		expect(test, t, m);
		/* While it is put to sleep */
		model_fail(m, cases[i], 1);
		model_run(m, IDLE_MS);
		KUNIT_EXPECT_EQ(test, m->errors, 0);
		model_set(m, 30000 + 1000 * i, 100);
		expect(test, t, m);
		/* While it is woken */
		model_run(m, IDLE_MS);
		model_fail(m, cases[i], 2);
		KUNIT_EXPECT_EQ(test, read(t, IIO_CHAN_INFO_RAW, &raw), cases[i]);
		KUNIT_EXPECT_EQ(test, read(t, IIO_CHAN_INFO_RAW, &raw), cases[i]);
		model_set(m, 50000 + 1000 * i, 0);
		expect(test, t, m);
	}
}

/* What no chip can have measured */
static void impossible(struct kunit *test)
{
	struct model *m = model_new(test, &model_tmp102);
	struct tmp1xx *t = model_bind(m, m->facts->type);
	int raw;

	KUNIT_ASSERT_NOT_NULL(test, t);
	model_set(m, 127937, 100);
	KUNIT_EXPECT_EQ(test, read(t, IIO_CHAN_INFO_RAW, &raw), -ERANGE);
	model_set(m, -60000, 100);
	KUNIT_EXPECT_EQ(test, read(t, IIO_CHAN_INFO_RAW, &raw), -ERANGE);
	model_set(m, 25000, 100);
	m->done = ktime_add_ms(ktime_get(), 1000);
	m->reg[0] |= 1;
	KUNIT_EXPECT_EQ(test, read(t, IIO_CHAN_INFO_RAW, &raw), -EIO);
}

static void refuses(struct kunit *test)
{
	static const struct {
		const struct model_facts *facts;
		const char *type;
		u16 id;
		bool absent;
	} cases[] = {
		{ &model_tmp117, "tmp117-alert", 0x1116 },
		{ &model_tmp117, "tmp117-alert", 0xffff },
		{ &model_tmp102, "tmp117-alert" },
		{ &model_tmp75, "tmp102-alert" },
		{ &model_lm75, "tmp112-alert" },
		{ &model_lm75, "tmp75-alert" },
		{ &model_tmp117, "tmp102-alert", 0x0117 },
		{ &model_tmp102, "tmp102-alert", 0, true },
		{ &model_tmp117, "tmp117-alert", 0x0117, true },
		{ &model_lm75, "lm75-alert", 0, true },
	};
	struct model *m;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		m = model_new(test, cases[i].facts);
		m->reg[15] = cases[i].id;
		if (cases[i].absent)
			model_fail(m, -ENXIO, UINT_MAX);
		KUNIT_EXPECT_NULL_MSG(test, model_bind(m, cases[i].type), "case %d", i);
		model_free(m);
		test->priv = NULL;
	}
}

/* Whatever a chip was left with: running or not, hot or not, its line held */
static void found_in_any_state(struct kunit *test)
{
	static const u16 configs[] = { 0x0000, 0xffff, 0x0700, 0x8610, 0x0100 };
	struct model *m;
	struct tmp1xx *t;
	int i;

	for (i = 0; i < ARRAY_SIZE(configs); i++) {
		m = new_chip(test);
		m->reg[1] = (m->reg[1] & m->facts->stuck) |
			    (configs[i] & ~m->facts->stuck);
		if (m->facts->config_bytes == 1)
			m->reg[1] &= 0xff;
		m->reg[m->facts->low] = 0x1000;
		m->reg[m->facts->high] = 0x1400;
		m->mdeg = 60000;
		model_run(m, 300);
		t = model_bind(m, m->facts->type);
		KUNIT_ASSERT_NOT_NULL(test, t);
		expect(test, t, m);
		KUNIT_EXPECT_FALSE(test, m->asserted);
		model_free(m);
		test->priv = NULL;
	}
}

static void rates(struct kunit *test)
{
	static const struct { int val, val2; u16 config; } cases[] = {
		{ 8, 0, 0x00c0 }, { 4, 0, 0x0080 }, { 1, 0, 0x0040 }, { 0, 250000, 0x0000 },
	};
	struct model *m = model_new(test, &model_tmp102);
	struct tmp1xx *t = model_bind(m, m->facts->type);
	int i, val;

	KUNIT_ASSERT_NOT_NULL(test, t);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		expect(test, t, m);
		KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_SAMP_FREQ, cases[i].val,
					    cases[i].val2), 0);
		KUNIT_EXPECT_EQ(test, m->reg[1] & 0x00c0, cases[i].config);
		KUNIT_EXPECT_EQ(test, read(t, IIO_CHAN_INFO_SAMP_FREQ, &val),
				IIO_VAL_INT_PLUS_MICRO);
		KUNIT_EXPECT_EQ(test, val, cases[i].val);
	}
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_SAMP_FREQ, 2, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_SAMP_FREQ, 0, 0), -EINVAL);
	/* What fails was not set; what is set asleep holds once it is awake. */
	model_fail(m, -EIO, 1);
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_SAMP_FREQ, 8, 0), -EIO);
	read(t, IIO_CHAN_INFO_SAMP_FREQ, &val);
	KUNIT_EXPECT_EQ(test, val, 0);
	model_run(m, IDLE_MS);
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_SAMP_FREQ, 8, 0), 0);
	expect(test, t, m);
	KUNIT_EXPECT_EQ(test, m->reg[1] & 0x00c0, 0x00c0);
}

static void averages(struct kunit *test)
{
	struct model *m = model_new(test, &model_tmp117);
	struct tmp1xx *t = model_bind(m, m->facts->type);
	const int *list;
	int type, length, val;

	KUNIT_ASSERT_NOT_NULL(test, t);
	expect(test, t, m);
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_OVERSAMPLING_RATIO, 64, 0), 0);
	KUNIT_EXPECT_EQ(test, m->reg[1] & 0x0fe0, 0x0260);
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_SAMP_FREQ, 2, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_OVERSAMPLING_RATIO, 1, 0), 0);
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_SAMP_FREQ, 64, 516129), 0);
	KUNIT_EXPECT_EQ(test, m->reg[1] & 0x0fe0, 0);
	/* Averaging slows it down. */
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_OVERSAMPLING_RATIO, 32, 0), 0);
	read(t, IIO_CHAN_INFO_SAMP_FREQ, &val);
	KUNIT_EXPECT_EQ(test, val, 2);
	t->indio_dev->info->read_avail(t->indio_dev, &t->channels[0], &list, &type,
				       &length, IIO_CHAN_INFO_SAMP_FREQ);
	KUNIT_EXPECT_EQ(test, length, 10);
	KUNIT_EXPECT_EQ(test, list[0], 2);
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_OVERSAMPLING_RATIO, 2, 0), -EINVAL);
}

/* Every value reaches the chip: zero, the one that was written before, the ends. */
static void offsets(struct kunit *test)
{
	static const int cases[] = { 0, 128, 0, 0, -128, -1, 0, 32767, -32768, 0 };
	struct model *m = model_new(test, &model_tmp117);
	struct tmp1xx *t = model_bind(m, m->facts->type);
	int i, val;

	KUNIT_ASSERT_NOT_NULL(test, t);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		/* As somebody else has left it */
		m->reg[7] = 0x1234;
		KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_CALIBBIAS, cases[i], 0), 0);
		KUNIT_EXPECT_EQ(test, (s16)m->reg[7], cases[i]);
		KUNIT_EXPECT_EQ(test, read(t, IIO_CHAN_INFO_CALIBBIAS, &val), IIO_VAL_INT);
		KUNIT_EXPECT_EQ(test, val, cases[i]);
	}
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_CALIBBIAS, 32768, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, write(t, IIO_CHAN_INFO_CALIBBIAS, -32769, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, m->reg[7], 0);
	/* A degree is in the reading. */
	write(t, IIO_CHAN_INFO_CALIBBIAS, 128, 0);
	model_run(m, 300);
	read(t, IIO_CHAN_INFO_RAW, &val);
	KUNIT_EXPECT_EQ(test, val, 26 * 128);
}

static void clean(struct kunit *test)
{
	model_free(test->priv);
}

static struct kunit_case driver_cases[] = {
	KUNIT_CASE_PARAM(follows, chip_gen_params),
	KUNIT_CASE_PARAM(fresh, chip_gen_params),
	KUNIT_CASE(errors),
	KUNIT_CASE(impossible),
	KUNIT_CASE(refuses),
	KUNIT_CASE_PARAM(found_in_any_state, chip_gen_params),
	KUNIT_CASE(rates),
	KUNIT_CASE(averages),
	KUNIT_CASE(offsets),
	{}
};

static struct kunit_suite driver_suite = {
	.name = "evse_tmp1xx_driver",
	.exit = clean,
	.test_cases = driver_cases,
};

kunit_test_suite(driver_suite);
