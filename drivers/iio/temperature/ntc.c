// SPDX-License-Identifier: GPL-2.0-only
/*
 * An NTC resistor at a pull-up, measured by a channel of an ADC, as an IIO device. A
 * wire that is broken or shorted is an error and never a temperature.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/iio/consumer.h>
#include <linux/iio/iio.h>
#include <linux/math64.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/thermal.h>

#include "ntc_curve.h"
#include "zone.h"

#define NTC_TABLE_MAX		200
#define NTC_NOMINAL_OHM		10000

/**
 * struct ntc - an NTC resistor
 * @dev: its device
 * @voltage: across it
 * @divider: supply and pull-up
 * @points: its curve
 * @count: number of its points
 * @zone_lost: its thermal zone has no reading; the zone's lock
 */
struct ntc {
	struct device *dev;
	struct iio_channel *voltage;
	struct ntc_divider divider;
	struct ntc_point *points;
	unsigned int count;
	bool zone_lost;
};

static int ntc_read(struct ntc *ntc, int *mdeg)
{
	u64 mohm;
	int uv, ret;

	ret = iio_read_channel_processed_scale(ntc->voltage, &uv, 1000);
	if (ret < 0)
		return ret;
	ret = ntc_divider_mohm(&ntc->divider, uv, &mohm);
	return ret ?: ntc_curve_mdeg(ntc->points, ntc->count, mohm, mdeg);
}

/* As an IIO device */

static int ntc_read_raw(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
			int *val, int *val2, long mask)
{
	int ret;

	if (mask != IIO_CHAN_INFO_PROCESSED)
		return -EINVAL;
	ret = ntc_read(iio_priv(indio_dev), val);
	return ret ?: IIO_VAL_INT;
}

static const struct iio_info ntc_info = {
	.read_raw = ntc_read_raw,
};

static const struct iio_chan_spec ntc_channels[] = {
	{
		.type = IIO_TEMP,
		.info_mask_separate = BIT(IIO_CHAN_INFO_PROCESSED),
	},
};

/* As the sensor of a thermal zone */

static int ntc_get_temp(struct thermal_zone_device *zone, int *mdeg)
{
	struct ntc *ntc = thermal_zone_device_priv(zone);

	return evse_zone_error(ntc->dev, &ntc->zone_lost, ntc_read(ntc, mdeg));
}

static const struct thermal_zone_device_ops ntc_zone_ops = {
	.get_temp = ntc_get_temp,
};

/* Kernels without thermal zones, and boards without one for it, do without. */
static int ntc_zone_add(struct ntc *ntc)
{
	struct thermal_zone_device *zone;

	if (!device_property_present(ntc->dev, "#thermal-sensor-cells"))
		return 0;
	zone = devm_thermal_of_zone_register(ntc->dev, 0, ntc, &ntc_zone_ops);
	if (!IS_ERR(zone) || PTR_ERR(zone) == -ENODEV ||
	    PTR_ERR(zone) == -ENOTSUPP)
		return 0;
	return dev_err_probe(ntc->dev, PTR_ERR(zone),
			     "is refused by its thermal zone\n");
}

/* Properties */

static int ntc_u32(struct ntc *ntc, const char *name, u32 low, u32 high, u32 *value)
{
	int ret = device_property_read_u32(ntc->dev, name, value);

	if (ret)
		return dev_err_probe(ntc->dev, ret, "%s: say %u to %u\n", name, low,
				     high);
	if (*value < low || *value > high)
		return dev_err_probe(ntc->dev, -EINVAL, "%s is %u: say %u to %u\n",
				     name, *value, low, high);
	return 0;
}

static int ntc_by_beta(struct ntc *ntc)
{
	u32 beta, nominal_ohm = NTC_NOMINAL_OHM;
	int ret;

	ret = ntc_u32(ntc, "evse,beta", NTC_BETA_MIN, NTC_BETA_MAX, &beta);
	if (!ret && device_property_present(ntc->dev, "evse,nominal-ohms"))
		ret = ntc_u32(ntc, "evse,nominal-ohms", NTC_NOMINAL_MIN_OHM,
			      NTC_NOMINAL_MAX_OHM, &nominal_ohm);
	if (ret)
		return ret;
	ntc->count = NTC_BETA_POINTS;
	ntc->points = devm_kcalloc(ntc->dev, ntc->count, sizeof(*ntc->points),
				   GFP_KERNEL);
	if (!ntc->points)
		return -ENOMEM;
	ntc_curve_beta(ntc->points, beta, nominal_ohm);
	return 0;
}

static int ntc_by_table(struct ntc *ntc)
{
	int cells = device_property_count_u32(ntc->dev, "evse,resistance-table");
	unsigned int i, wrong;
	u32 *table;
	int ret;

	if (cells < 4 || cells % 2 || cells > 2 * NTC_TABLE_MAX)
		return dev_err_probe(ntc->dev, -EINVAL,
				     "evse,resistance-table: say 2 to %u pairs of thousandths of a degree and ohm\n",
				     NTC_TABLE_MAX);
	table = devm_kcalloc(ntc->dev, cells, sizeof(*table), GFP_KERNEL);
	ntc->count = cells / 2;
	ntc->points = devm_kcalloc(ntc->dev, ntc->count, sizeof(*ntc->points),
				   GFP_KERNEL);
	if (!table || !ntc->points)
		return -ENOMEM;
	ret = device_property_read_u32_array(ntc->dev, "evse,resistance-table", table,
					     cells);
	if (ret)
		return ret;
	for (i = 0; i < ntc->count; i++) {
		ntc->points[i].mdeg = (s32)table[2 * i];
		ntc->points[i].mohm = (u64)table[2 * i + 1] * 1000;
	}
	devm_kfree(ntc->dev, table);
	ret = ntc_curve_check(ntc->points, ntc->count, &wrong);
	if (ret)
		return dev_err_probe(ntc->dev, ret,
				     "evse,resistance-table: entry %u is %d thousandths of a degree, %llu ohm: say a higher temperature and a lower resistance, not zero, than the entry before\n",
				     wrong, ntc->points[wrong].mdeg,
				     div_u64(ntc->points[wrong].mohm, 1000));
	return 0;
}

static int ntc_properties(struct ntc *ntc)
{
	bool beta = device_property_present(ntc->dev, "evse,beta");
	int ret;

	ret = ntc_u32(ntc, "evse,pullup-ohms", 100, 10000000, &ntc->divider.pullup_ohm);
	if (!ret)
		ret = ntc_u32(ntc, "evse,pullup-microvolt", 500000, 60000000,
			      &ntc->divider.supply_uv);
	if (ret)
		return ret;
	if (beta == device_property_present(ntc->dev, "evse,resistance-table"))
		return dev_err_probe(ntc->dev, -EINVAL,
				     "say either evse,beta or evse,resistance-table\n");
	return beta ? ntc_by_beta(ntc) : ntc_by_table(ntc);
}

static int ntc_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct iio_dev *indio_dev;
	struct ntc *ntc;
	int ret;

	indio_dev = devm_iio_device_alloc(dev, sizeof(*ntc));
	if (!indio_dev)
		return -ENOMEM;
	ntc = iio_priv(indio_dev);
	ntc->dev = dev;
	ret = ntc_properties(ntc);
	if (ret)
		return ret;
	ntc->voltage = devm_iio_channel_get(dev, NULL);
	if (IS_ERR(ntc->voltage))
		return dev_err_probe(dev, PTR_ERR(ntc->voltage),
				     "io-channels: no channel that measures the voltage\n");

	indio_dev->name = "ntc";
	indio_dev->info = &ntc_info;
	indio_dev->modes = INDIO_DIRECT_MODE;
	indio_dev->channels = ntc_channels;
	indio_dev->num_channels = ARRAY_SIZE(ntc_channels);
	ret = devm_iio_device_register(dev, indio_dev);
	if (ret)
		return ret;
	return ntc_zone_add(ntc);
}

static const struct of_device_id ntc_of_match[] = {
	{ .compatible = "evse,ntc" },
	{ }
};
MODULE_DEVICE_TABLE(of, ntc_of_match);

static struct platform_driver ntc_driver = {
	.probe = ntc_probe,
	.driver = {
		.name = "evse-ntc",
		.of_match_table = ntc_of_match,
	},
};
module_platform_driver(ntc_driver);

MODULE_DESCRIPTION("NTC resistors measured by an ADC");
MODULE_LICENSE("GPL");
