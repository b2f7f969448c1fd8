// SPDX-License-Identifier: GPL-2.0-only
/*
 * Meter at the vehicle side of the contactor: IIO channels for voltage (mV),
 * current (mA, positive charging) and, where the hardware has it, power (mW).
 */
#include <linux/err.h>
#include <linux/iio/consumer.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>

#include <linux/evse.h>

/**
 * struct evse_meter - a meter
 * @voltage: mV
 * @current_: mA
 * @power: mW; NULL when it is the product of the other two
 */
struct evse_meter {
	struct iio_channel *voltage;
	struct iio_channel *current_;
	struct iio_channel *power;
};

static int evse_meter_read(void *priv, struct evse_sample *sample)
{
	struct evse_meter *meter = priv;
	int mv, ma, mw, err;

	err = iio_read_channel_processed(meter->voltage, &mv);
	if (err < 0)
		return err;
	err = iio_read_channel_processed(meter->current_, &ma);
	if (err < 0)
		return err;

	if (meter->power) {
		err = iio_read_channel_processed(meter->power, &mw);
		if (err < 0)
			return err;
	} else {
		mw = clamp_t(s64, div_s64((s64)mv * ma, 1000), S32_MIN, S32_MAX);
	}

	*sample = (struct evse_sample) {
		.voltage_mv = mv,
		.current_ma = ma,
		.power_mw = mw,
	};
	return 0;
}

static const struct evse_meter_ops evse_meter_ops = {
	.read = evse_meter_read,
};

static int evse_meter_channel(struct device *dev, const char *name,
			      struct iio_channel **chan)
{
	*chan = devm_iio_channel_get(dev, name);
	if (IS_ERR(*chan))
		return dev_err_probe(dev, PTR_ERR(*chan),
				     "no IIO channel \"%s\"\n", name);
	return 0;
}

static int evse_meter_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_port *port = evse_port_of(dev);
	struct evse_meter *meter;
	int err;

	if (IS_ERR(port))
		return dev_err_probe(dev, PTR_ERR(port),
				     "is not the child of an evse,port\n");
	meter = devm_kzalloc(dev, sizeof(*meter), GFP_KERNEL);
	if (!meter)
		return -ENOMEM;

	err = evse_meter_channel(dev, "voltage", &meter->voltage);
	if (err)
		return err;
	err = evse_meter_channel(dev, "current", &meter->current_);
	if (err)
		return err;
	if (device_property_match_string(dev, "io-channel-names", "power") >= 0) {
		err = evse_meter_channel(dev, "power", &meter->power);
		if (err)
			return err;
	}

	err = devm_evse_meter_register(dev, &evse_meter_ops, meter);
	if (err)
		return dev_err_probe(dev, err, "port takes no meter\n");
	return devm_evse_provider_up(dev);
}

static const struct of_device_id evse_meter_of_match[] = {
	{ .compatible = "evse,meter" },
	{}
};
MODULE_DEVICE_TABLE(of, evse_meter_of_match);
MODULE_ALIAS("platform:evse-meter");

static struct platform_driver evse_meter_driver = {
	.probe = evse_meter_probe,
	.driver = {
		.name = "evse-meter",
		.of_match_table = evse_meter_of_match,
	},
};
module_platform_driver(evse_meter_driver);

MODULE_DESCRIPTION("Meter of an EV charger");
MODULE_LICENSE("GPL");
