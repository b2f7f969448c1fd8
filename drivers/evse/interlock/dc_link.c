// SPDX-License-Identifier: GPL-2.0-only
/*
 * The DC link of a port with a power stage: what voltage it has, and the resistor
 * that discharges it.
 */
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/iio/consumer.h>
#include <linux/iio/types.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#include <linux/evse.h>

#include "../evse_property.h"
#include "interlock.h"

/**
 * struct evse_link - a DC link
 * @voltage: mV
 * @discharge: the resistor, NULL where it is always there
 */
struct evse_link {
	struct iio_channel *voltage;
	struct gpio_desc *discharge;
};

static int evse_link_read(void *priv, s32 *voltage_mv)
{
	struct evse_link *link = priv;
	int mv, err;

	err = iio_read_channel_processed(link->voltage, &mv);
	if (err < 0)
		return err;
	*voltage_mv = mv;
	return 0;
}

static void evse_link_discharge(void *priv, bool on)
{
	struct evse_link *link = priv;

	gpiod_set_value_cansleep(link->discharge, on);
}

static const struct evse_link_ops evse_link_ops = {
	.read = evse_link_read,
	.discharge = evse_link_discharge,
};

static const struct evse_link_ops evse_link_passive_ops = {
	.read = evse_link_read,
};

static int evse_link_channel(struct device *dev, struct evse_link *link)
{
	enum iio_chan_type type;
	int err;

	link->voltage = devm_iio_channel_get(dev, "link");
	if (IS_ERR(link->voltage))
		return dev_err_probe(dev, PTR_ERR(link->voltage),
				     "no IIO channel \"link\"\n");
	err = iio_get_channel_type(link->voltage, &type);
	if (!err && type != IIO_VOLTAGE)
		err = -EINVAL;
	if (err)
		return dev_err_probe(dev, err,
				     "IIO channel \"link\" does not measure a voltage\n");
	return 0;
}

/* Nobody watches any more how hot the resistor gets. */
static void evse_link_quit(void *data)
{
	evse_link_discharge(data, false);
}

static int evse_link_resistor(struct device *dev, struct evse_link *link)
{
	link->discharge = devm_gpiod_get_optional(dev, "discharge", GPIOD_OUT_LOW);
	if (IS_ERR(link->discharge))
		return dev_err_probe(dev, PTR_ERR(link->discharge),
				     "discharge-gpios: cannot get the line\n");
	if (!link->discharge)
		return 0;
	gpiod_set_consumer_name(link->discharge, dev_name(dev));
	return devm_add_action_or_reset(dev, evse_link_quit, link);
}

static int evse_link_probe(struct platform_device *pdev)
{
	static const struct evse_property timeout = {
		"timeout-ms", 5000, 100, 30000,
	};
	struct device *dev = &pdev->dev;
	struct evse_link *link;
	u32 timeout_ms;
	int err;

	link = devm_kzalloc(dev, sizeof(*link), GFP_KERNEL);
	if (!link)
		return -ENOMEM;
	err = evse_property_read(dev, &timeout, &timeout_ms);
	if (!err)
		err = evse_link_channel(dev, link);
	if (!err)
		err = evse_link_resistor(dev, link);
	if (err)
		return err;

	err = devm_evse_link_register(dev, link->discharge ? &evse_link_ops :
				      &evse_link_passive_ops, link, timeout_ms);
	if (err)
		return dev_err_probe(dev, err, "port takes no DC link\n");
	return devm_evse_provider_up(dev);
}

static const struct of_device_id evse_link_match[] = {
	{ .compatible = "evse,dc-link" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_link_match);
MODULE_ALIAS("platform:evse-dc-link");

struct platform_driver evse_link_driver = {
	.probe = evse_link_probe,
	.driver = {
		.name = "evse-dc-link",
		.of_match_table = evse_link_match,
	},
};
