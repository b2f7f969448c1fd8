// SPDX-License-Identifier: GPL-2.0-only
/*
 * A thermometer as the sensor of a thermal zone, where the device tree has one.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/property.h>
#include <linux/thermal.h>

#include "tmp1xx.h"
#include "zone.h"

static int get_temp(struct thermal_zone_device *zone, int *mdeg)
{
	struct tmp1xx *t = thermal_zone_device_priv(zone);
	int raw, ret;

	ret = tmp1xx_read(t, &raw);
	if (!ret)
		*mdeg = tmp1xx_mdeg(t->chip, raw);
	return evse_zone_error(t->dev, &t->zone_lost, ret);
}

static const struct thermal_zone_device_ops ops = {
	.get_temp = get_temp,
};

/**
 * tmp1xx_zone_add() - offer the thermometer to a thermal zone
 * @t: the thermometer
 *
 * That no zone refers to it is no error, nor is a kernel without them.
 *
 * Return: 0 or an error.
 */
int tmp1xx_zone_add(struct tmp1xx *t)
{
	struct thermal_zone_device *zone;

	if (!device_property_present(t->dev, "#thermal-sensor-cells"))
		return 0;
	zone = devm_thermal_of_zone_register(t->dev, 0, t, &ops);
	if (!IS_ERR(zone) || PTR_ERR(zone) == -ENODEV ||
	    PTR_ERR(zone) == -ENOTSUPP)
		return 0;
	return dev_err_probe(t->dev, PTR_ERR(zone), "is refused by its thermal zone\n");
}
