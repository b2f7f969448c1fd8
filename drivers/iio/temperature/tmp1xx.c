// SPDX-License-Identifier: GPL-2.0-only
/*
 * Thermometers on the I2C bus with an ALERT output, TMP102, TMP112, TMP105, TMP75,
 * LM75 and TMP117, as IIO devices: from the device tree to a channel.
 */
#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/iio/iio.h>
#include <linux/minmax.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/pm.h>
#include <linux/regmap.h>

#include "tmp1xx.h"

/* Whatever it was told before, it waits for nothing now. */
static int set_up(struct tmp1xx *t)
{
	int ret = tmp1xx_map(t);

	if (ret)
		return ret;
	mutex_lock(&t->lock);
	ret = tmp1xx_identify(t);
	if (!ret)
		ret = tmp1xx_alert_arm(t);
	if (!ret)
		ret = tmp1xx_verify(t);
	mutex_unlock(&t->lock);
	return ret;
}

static void alert(struct i2c_client *client, enum i2c_alert_protocol protocol,
		  unsigned int data)
{
	if (protocol == I2C_PROTOCOL_SMBUS_ALERT)
		tmp1xx_alert_response(i2c_get_clientdata(client));
}

static int probe(struct i2c_client *client)
{
	struct iio_dev *indio_dev;
	struct tmp1xx *t;
	int ret;

	indio_dev = devm_iio_device_alloc(&client->dev, sizeof(*t));
	if (!indio_dev)
		return -ENOMEM;
	t = iio_priv(indio_dev);
	t->dev = &client->dev;
	t->client = client;
	t->indio_dev = indio_dev;
	t->chip = i2c_get_match_data(client);
	if (!t->chip)
		return -ENODEV;
	t->irq = max(client->irq, 0);
	t->rate = t->chip->rate;
	t->average = t->chip->average;
	tmp1xx_watch_init(&t->watch, t->chip);
	t->paused = true;
	mutex_init(&t->lock);
	i2c_set_clientdata(client, t);

	ret = set_up(t);
	if (!ret)
		ret = tmp1xx_power_init(t);
	if (!ret)
		ret = tmp1xx_alert_init(t);
	if (ret)
		return ret;

	tmp1xx_channels(t);
	indio_dev->name = t->chip->name;
	indio_dev->info = &tmp1xx_info;
	indio_dev->modes = INDIO_DIRECT_MODE;
	indio_dev->channels = t->channels;
	indio_dev->num_channels = ARRAY_SIZE(t->channels);
	ret = tmp1xx_buffer_add(t);
	if (ret)
		return ret;
	ret = devm_iio_device_register(t->dev, indio_dev);
	if (ret)
		return ret;
	return tmp1xx_zone_add(t);
}

static const struct of_device_id tmp1xx_of_match[] = {
	{ .compatible = "evse,tmp102-alert", .data = &tmp1xx_chips[TMP1XX_TMP102] },
	{ .compatible = "evse,tmp112-alert", .data = &tmp1xx_chips[TMP1XX_TMP112] },
	{ .compatible = "evse,tmp105-alert", .data = &tmp1xx_chips[TMP1XX_TMP105] },
	{ .compatible = "evse,tmp75-alert", .data = &tmp1xx_chips[TMP1XX_TMP75] },
	{ .compatible = "evse,lm75-alert", .data = &tmp1xx_chips[TMP1XX_LM75] },
	{ .compatible = "evse,tmp117-alert", .data = &tmp1xx_chips[TMP1XX_TMP117] },
	{ }
};
MODULE_DEVICE_TABLE(of, tmp1xx_of_match);

/* Names that no driver of the kernel's own has */
static const struct i2c_device_id tmp1xx_ids[] = {
	{ "tmp102-alert", (kernel_ulong_t)&tmp1xx_chips[TMP1XX_TMP102] },
	{ "tmp112-alert", (kernel_ulong_t)&tmp1xx_chips[TMP1XX_TMP112] },
	{ "tmp105-alert", (kernel_ulong_t)&tmp1xx_chips[TMP1XX_TMP105] },
	{ "tmp75-alert", (kernel_ulong_t)&tmp1xx_chips[TMP1XX_TMP75] },
	{ "lm75-alert", (kernel_ulong_t)&tmp1xx_chips[TMP1XX_LM75] },
	{ "tmp117-alert", (kernel_ulong_t)&tmp1xx_chips[TMP1XX_TMP117] },
	{ }
};
MODULE_DEVICE_TABLE(i2c, tmp1xx_ids);

static struct i2c_driver tmp1xx_driver = {
	.probe_new = probe,
	.alert = alert,
	.id_table = tmp1xx_ids,
	.driver = {
		.name = "evse-tmp1xx",
		.of_match_table = tmp1xx_of_match,
		.pm = pm_ptr(&tmp1xx_pm_ops),
	},
};
module_i2c_driver(tmp1xx_driver);

MODULE_DESCRIPTION("Thermometers on the I2C bus with an alert");
MODULE_LICENSE("GPL");
