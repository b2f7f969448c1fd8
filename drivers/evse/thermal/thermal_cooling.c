// SPDX-License-Identifier: GPL-2.0-only
/*
 * The port as a cooling device of thermal zones: state n of 10 takes n tenths of
 * its power away.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/property.h>
#include <linux/thermal.h>

#include "thermal.h"

#define EVSE_THERMAL_COOLING_STATES	10UL

static int evse_thermal_cooling_max(struct thermal_cooling_device *cdev,
				    unsigned long *state)
{
	*state = EVSE_THERMAL_COOLING_STATES;
	return 0;
}

static int evse_thermal_cooling_get(struct thermal_cooling_device *cdev,
				    unsigned long *state)
{
	const struct evse_thermal_guard *t = cdev->devdata;

	*state = t->cooling_state;
	return 0;
}

static int evse_thermal_cooling_set(struct thermal_cooling_device *cdev,
				    unsigned long state)
{
	struct evse_thermal_guard *t = cdev->devdata;

	if (state > EVSE_THERMAL_COOLING_STATES)
		return -EINVAL;
	if (state == t->cooling_state)
		return 0;
	t->cooling_state = state;
	evse_thermal_leave(t, t->cooling,
			   (EVSE_THERMAL_COOLING_STATES - state) *
			   EVSE_THERMAL_FULL / EVSE_THERMAL_COOLING_STATES);
	return 0;
}

static const struct thermal_cooling_device_ops evse_thermal_cooling_ops = {
	.get_max_state = evse_thermal_cooling_max,
	.get_cur_state = evse_thermal_cooling_get,
	.set_cur_state = evse_thermal_cooling_set,
};

/**
 * evse_thermal_cooling() - offer the port as a cooling device, if the node does
 * @t: the guard
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_thermal_cooling(struct evse_thermal_guard *t)
{
	struct thermal_cooling_device *cdev;

	if (!device_property_present(t->dev, "#cooling-cells"))
		return 0;
	t->cooling = devm_evse_limiter_register(t->dev, "thermal-zone");
	if (IS_ERR(t->cooling))
		return dev_err_probe(t->dev, PTR_ERR(t->cooling),
				     "port takes no limiter \"thermal-zone\"\n");
	cdev = devm_thermal_of_cooling_device_register(t->dev, t->dev->of_node,
						       "evse-port", t,
						       &evse_thermal_cooling_ops);
	if (IS_ERR(cdev))
		return dev_err_probe(t->dev, PTR_ERR(cdev), "no cooling device\n");
	return 0;
}
