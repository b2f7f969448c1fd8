// SPDX-License-Identifier: GPL-2.0-only
/*
 * The temperatures of a thermal guard, and the greatest rate of rise, as sensors
 * of thermal zones in the device tree: fans and pumps are the kernel's business.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/thermal.h>

#include "thermal.h"

/*
 * "Again" is the one error that neither fills the log nor lets the zone be given
 * up: its cooling stays as it is until the temperature is known.
 */
static int evse_thermal_zone_temp(struct thermal_zone_device *tz, int *mc)
{
	struct evse_thermal_channel *c = thermal_zone_device_priv(tz);
	struct evse_thermal_guard *t = c->thermal;
	int err = 0;

	mutex_lock(&t->lock);
	if (c->shown.valid)
		*mc = c->shown.temp_mc;
	else
		err = -EAGAIN;
	mutex_unlock(&t->lock);
	return err;
}

static const struct thermal_zone_device_ops evse_thermal_zone_ops = {
	.get_temp = evse_thermal_zone_temp,
};

/* A rate where a zone has a temperature, thousandths of a degree a minute */
static int evse_thermal_zone_rise(struct thermal_zone_device *tz, int *mc_min)
{
	struct evse_thermal_guard *t = thermal_zone_device_priv(tz);
	unsigned int i;
	int err = -EAGAIN;

	mutex_lock(&t->lock);
	for (i = 0; i < t->count; i++) {
		const struct evse_thermal_sensor *shown = &t->channel[i].shown;

		if (!shown->valid || (!err && shown->slope_mc_min <= *mc_min))
			continue;
		*mc_min = shown->slope_mc_min;
		err = 0;
	}
	mutex_unlock(&t->lock);
	return err;
}

static const struct thermal_zone_device_ops evse_thermal_rise_ops = {
	.get_temp = evse_thermal_zone_rise,
};

/* That the device tree has no zone for a sensor is no error. */
static int evse_thermal_zone(struct evse_thermal_guard *t, int id, void *priv,
			     const struct thermal_zone_device_ops *ops,
			     struct thermal_zone_device **zone)
{
	struct thermal_zone_device *tz;

	tz = devm_thermal_of_zone_register(t->dev, id, priv, ops);
	if (!IS_ERR(tz)) {
		*zone = tz;
		return 0;
	}
	if (PTR_ERR(tz) == -ENODEV || PTR_ERR(tz) == -EOPNOTSUPP ||
	    PTR_ERR(tz) == -ENOTSUPP)
		return 0;
	return dev_err_probe(t->dev, PTR_ERR(tz),
			     "no thermal zone for sensor %d\n", id);
}

/**
 * evse_thermal_zones() - register the sensors that thermal zones refer to
 * @t: the guard; its round has not begun
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_thermal_zones(struct evse_thermal_guard *t)
{
	unsigned int i;
	int err;

	for (i = 0; i < t->count; i++) {
		err = evse_thermal_zone(t, i, &t->channel[i],
					&evse_thermal_zone_ops,
					&t->channel[i].zone);
		if (err)
			return err;
	}
	return evse_thermal_zone(t, t->count, t, &evse_thermal_rise_ops,
				 &t->rise_zone);
}

/**
 * evse_thermal_zones_update() - let the zones look at what was read
 * @t: the guard
 *
 * Context: the round.
 */
void evse_thermal_zones_update(struct evse_thermal_guard *t)
{
	unsigned int i;

	for (i = 0; i < t->count; i++)
		if (t->channel[i].zone)
			thermal_zone_device_update(t->channel[i].zone,
						   THERMAL_EVENT_UNSPECIFIED);
	if (t->rise_zone)
		thermal_zone_device_update(t->rise_zone,
					   THERMAL_EVENT_UNSPECIFIED);
}
