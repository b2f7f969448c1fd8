// SPDX-License-Identifier: GPL-2.0-only
/* The driver of NTC resistors with an ADC that says what it is told to. */
#include <kunit/test.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/iio/driver.h>
#include <linux/iio/iio.h>
#include <linux/iio/machine.h>
#include <linux/platform_device.h>
#include <linux/property.h>

/* What the ADC measures, or the error that it has instead */
static int adc_mv;
static int adc_error;

static int adc_read_raw(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
			int *val, int *val2, long mask)
{
	if (adc_error)
		return adc_error;
	if (mask == IIO_CHAN_INFO_SCALE) {
		*val = 0;
		*val2 = 100000;
		return IIO_VAL_INT_PLUS_MICRO;
	}
	*val = adc_mv * 10;
	return IIO_VAL_INT;
}

static const struct iio_info adc_info = {
	.read_raw = adc_read_raw,
};

/* Tenths of a millivolt */
static const struct iio_chan_spec adc_channels[] = {
	{
		.type = IIO_VOLTAGE,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_SCALE),
		.datasheet_name = "ntc",
	},
};

static struct iio_map adc_map[] = {
	IIO_MAP("ntc", "evse-ntc", "ntc"),
	{ }
};

/**
 * struct bench - ADC and NTC
 * @adc: device of the ADC
 * @adc_iio: the ADC
 * @node: properties of the NTC
 * @ntc: device of the NTC, or NULL
 */
struct bench {
	struct platform_device *adc;
	struct iio_dev *adc_iio;
	struct software_node node;
	struct platform_device *ntc;
};

static int setup(struct kunit *test)
{
	struct bench *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, b);
	test->priv = b;
	adc_error = 0;
	b->adc = platform_device_register_simple("evse-ntc-bench", PLATFORM_DEVID_NONE,
						 NULL, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(b->adc));
	b->adc_iio = iio_device_alloc(&b->adc->dev, 0);
	KUNIT_ASSERT_NOT_NULL(test, b->adc_iio);
	b->adc_iio->name = "bench";
	b->adc_iio->info = &adc_info;
	b->adc_iio->modes = INDIO_DIRECT_MODE;
	b->adc_iio->channels = adc_channels;
	b->adc_iio->num_channels = ARRAY_SIZE(adc_channels);
	KUNIT_ASSERT_EQ(test, iio_map_array_register(b->adc_iio, adc_map), 0);
	/* Of no module: that of a suite has no place in sysfs yet while it runs. */
	KUNIT_ASSERT_EQ(test, __iio_device_register(b->adc_iio, NULL), 0);
	return 0;
}

static void unbind(struct bench *b)
{
	if (!b->ntc)
		return;
	platform_device_unregister(b->ntc);
	software_node_unregister(&b->node);
	b->ntc = NULL;
}

static void clean(struct kunit *test)
{
	struct bench *b = test->priv;

	if (!b)
		return;
	unbind(b);
	if (b->adc_iio) {
		iio_device_unregister(b->adc_iio);
		iio_map_array_unregister(b->adc_iio);
		iio_device_free(b->adc_iio);
	}
	platform_device_unregister(b->adc);
}

static int any(struct device *dev, void *data)
{
	return 1;
}

/* Bind the driver with these properties; NULL is returned where it refuses. */
static struct iio_dev *bind(struct kunit *test, const struct property_entry *properties)
{
	struct platform_device_info info = {
		.name = "evse-ntc", .id = PLATFORM_DEVID_NONE,
	};
	struct bench *b = test->priv;
	struct iio_dev *indio_dev = NULL;
	struct platform_device *ntc;
	struct device *child;

	unbind(b);
	b->node = (struct software_node) { .properties = properties };
	KUNIT_ASSERT_EQ(test, software_node_register(&b->node), 0);
	info.fwnode = software_node_fwnode(&b->node);
	ntc = platform_device_register_full(&info);
	KUNIT_ASSERT_FALSE(test, IS_ERR(ntc));
	b->ntc = ntc;
	child = device_find_child(&b->ntc->dev, NULL, any);
	if (child)
		indio_dev = dev_to_iio_dev(child);
	put_device(child);
	KUNIT_EXPECT_EQ(test, !!indio_dev, !!b->ntc->dev.driver);
	return indio_dev;
}

static int read(struct iio_dev *indio_dev, int *mdeg)
{
	int val2;

	return indio_dev->info->read_raw(indio_dev, indio_dev->channels, mdeg, &val2,
					 IIO_CHAN_INFO_PROCESSED);
}

#define PULLUP	PROPERTY_ENTRY_U32("evse,pullup-ohms", 10000)
#define SUPPLY	PROPERTY_ENTRY_U32("evse,pullup-microvolt", 3300000)

static void reads(struct kunit *test)
{
	static const struct property_entry properties[] = {
		PULLUP, SUPPLY, PROPERTY_ENTRY_U32("evse,beta", 3950), { }
	};
	static const struct { int mv, ret, mdeg, tolerance; } cases[] = {
		{ 1650, 0, 25000, 50 },
		{ 2544, 0, 0, 100 },
		{ 3220, 0, -40000, 500 },
		{ 656, 0, 60000, 150 },
		{ 324, 0, 85000, 200 },
		{ 215, 0, 100000, 300 },
		{ 3299, -ENOTCONN },
		{ 3251, -ENOTCONN },
		{ 49, -EISCONN },
		{ 0, -EISCONN },
		{ -5, -EISCONN },
	};
	struct iio_dev *ntc = bind(test, properties);
	int i, mdeg, ret;

	KUNIT_ASSERT_NOT_NULL(test, ntc);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		adc_mv = cases[i].mv;
		mdeg = INT_MIN;
		ret = read(ntc, &mdeg);
		KUNIT_EXPECT_EQ_MSG(test, ret, cases[i].ret ?: IIO_VAL_INT, "%d mV",
				    adc_mv);
		if (ret > 0)
			KUNIT_EXPECT_LE_MSG(test, abs(mdeg - cases[i].mdeg),
					    cases[i].tolerance, "%d mV: %d", adc_mv, mdeg);
	}
}

/* What the ADC has for a trouble is told as it is. */
static void adc_trouble(struct kunit *test)
{
	static const struct property_entry properties[] = {
		PULLUP, SUPPLY, PROPERTY_ENTRY_U32("evse,beta", 3950), { }
	};
	static const int cases[] = { -EAGAIN, -ENXIO, -ETIMEDOUT, -EIO };
	struct iio_dev *ntc = bind(test, properties);
	int i, mdeg;

	KUNIT_ASSERT_NOT_NULL(test, ntc);
	adc_mv = 1650;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		adc_error = cases[i];
		KUNIT_EXPECT_EQ(test, read(ntc, &mdeg), cases[i]);
		adc_error = 0;
		KUNIT_EXPECT_EQ(test, read(ntc, &mdeg), IIO_VAL_INT);
	}
}

static void by_table(struct kunit *test)
{
	static const u32 table[] = {
		(u32)-40000, 401860, 0, 33621, 25000, 10000, 100000, 698,
	};
	static const struct property_entry properties[] = {
		PULLUP, SUPPLY, PROPERTY_ENTRY_U32_ARRAY("evse,resistance-table", table), { }
	};
	struct iio_dev *ntc = bind(test, properties);
	int mdeg;

	KUNIT_ASSERT_NOT_NULL(test, ntc);
	adc_mv = 1650;
	KUNIT_EXPECT_EQ(test, read(ntc, &mdeg), IIO_VAL_INT);
	KUNIT_EXPECT_EQ(test, mdeg, 25000);
	/* Half way between the first two */
	adc_mv = 3155;
	KUNIT_EXPECT_EQ(test, read(ntc, &mdeg), IIO_VAL_INT);
	KUNIT_EXPECT_LE(test, abs(mdeg + 20000), 300);
	/* Beyond the last, but no short circuit */
	adc_mv = 200;
	KUNIT_EXPECT_EQ(test, read(ntc, &mdeg), -ERANGE);
}

static void refuses(struct kunit *test)
{
	static const u32 good[] = { 0, 30000, 25000, 10000 };
	static const u32 rising[] = { 0, 10000, 25000, 30000 };
	static const u32 backwards[] = { 25000, 30000, 0, 10000 };
	static const u32 single[] = { 25000, 10000 };
	static const u32 odd[] = { 0, 30000, 25000, 10000, 50000 };
	static const struct property_entry cases[][6] = {
		{ PULLUP, SUPPLY },
		{ PULLUP, SUPPLY, PROPERTY_ENTRY_U32("evse,beta", 3950),
		  PROPERTY_ENTRY_U32_ARRAY("evse,resistance-table", good) },
		{ PULLUP, SUPPLY, PROPERTY_ENTRY_U32("evse,beta", 999) },
		{ PULLUP, SUPPLY, PROPERTY_ENTRY_U32("evse,beta", 6001) },
		{ PULLUP, SUPPLY, PROPERTY_ENTRY_U32("evse,beta", 3950),
		  PROPERTY_ENTRY_U32("evse,nominal-ohms", 0) },
		{ PROPERTY_ENTRY_U32("evse,pullup-ohms", 10000),
		  PROPERTY_ENTRY_U32("evse,beta", 3950) },
		{ PROPERTY_ENTRY_U32("evse,pullup-ohms", 0),
		  PROPERTY_ENTRY_U32("evse,pullup-microvolt", 3300000),
		  PROPERTY_ENTRY_U32("evse,beta", 3950) },
		{ PULLUP, SUPPLY, PROPERTY_ENTRY_U32_ARRAY("evse,resistance-table", rising) },
		{ PULLUP, SUPPLY, PROPERTY_ENTRY_U32_ARRAY("evse,resistance-table", backwards) },
		{ PULLUP, SUPPLY, PROPERTY_ENTRY_U32_ARRAY("evse,resistance-table", single) },
		{ PULLUP, SUPPLY, PROPERTY_ENTRY_U32_ARRAY("evse,resistance-table", odd) },
	};
	static const struct property_entry fine[] = {
		PULLUP, SUPPLY, PROPERTY_ENTRY_U32_ARRAY("evse,resistance-table", good), { }
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		KUNIT_EXPECT_NULL_MSG(test, bind(test, cases[i]), "case %d", i);
	KUNIT_EXPECT_NOT_NULL(test, bind(test, fine));
}

static struct kunit_case ntc_cases[] = {
	KUNIT_CASE(reads),
	KUNIT_CASE(adc_trouble),
	KUNIT_CASE(by_table),
	KUNIT_CASE(refuses),
	{}
};

static struct kunit_suite ntc_suite = {
	.name = "evse_ntc",
	.init = setup,
	.exit = clean,
	.test_cases = ntc_cases,
};

kunit_test_suite(ntc_suite);
