// SPDX-License-Identifier: GPL-2.0-only
/* The sensors of a thermal guard in hwmon, as sensors(1) shows them. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hwmon.h>

#include "thermal.h"

static umode_t evse_thermal_hwmon_visible(const void *data,
					  enum hwmon_sensor_types type, u32 attr,
					  int channel)
{
	const struct evse_thermal_guard *t = data;

	if (channel >= t->count)
		return 0;
	switch (attr) {
	case hwmon_temp_max:
	case hwmon_temp_max_alarm:
		return t->channel[channel].derate_max_mc ? 0444 : 0;
	case hwmon_temp_crit:
	case hwmon_temp_crit_hyst:
	case hwmon_temp_crit_alarm:
		return t->channel[channel].trip_max_mc ? 0444 : 0;
	default:
		return 0444;
	}
}

static int evse_thermal_hwmon_value(const struct evse_thermal_channel *c, u32 attr,
				    long *val)
{
	switch (attr) {
	case hwmon_temp_input:
		if (!c->shown.valid)
			return -ENODATA;
		*val = c->shown.temp_mc;
		return 0;
	case hwmon_temp_fault:
		*val = evse_thermal_blind(c->shown.state);
		return 0;
	case hwmon_temp_max:
		*val = c->derate_mc;
		return 0;
	case hwmon_temp_max_alarm:
		*val = c->shown.state == EVSE_THERMAL_STATE_DERATING;
		return 0;
	case hwmon_temp_crit:
		*val = c->trip_mc;
		return 0;
	case hwmon_temp_crit_hyst:
		*val = evse_thermal_clear_of(c->thermal, c->place->code);
		return 0;
	case hwmon_temp_crit_alarm:
		*val = c->shown.state == EVSE_THERMAL_STATE_TRIPPED;
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int evse_thermal_hwmon_read(struct device *dev,
				   enum hwmon_sensor_types type, u32 attr,
				   int channel, long *val)
{
	struct evse_thermal_guard *t = dev_get_drvdata(dev);
	int err;

	mutex_lock(&t->lock);
	err = evse_thermal_hwmon_value(&t->channel[channel], attr, val);
	mutex_unlock(&t->lock);
	return err;
}

static int evse_thermal_hwmon_label(struct device *dev,
				    enum hwmon_sensor_types type, u32 attr,
				    int channel, const char **label)
{
	const struct evse_thermal_guard *t = dev_get_drvdata(dev);

	*label = t->channel[channel].place->label;
	return 0;
}

static const struct hwmon_ops evse_thermal_hwmon_ops = {
	.is_visible = evse_thermal_hwmon_visible,
	.read = evse_thermal_hwmon_read,
	.read_string = evse_thermal_hwmon_label,
};

#define EVSE_THERMAL_HWMON	(HWMON_T_INPUT | HWMON_T_LABEL | HWMON_T_FAULT | \
				 HWMON_T_MAX | HWMON_T_MAX_ALARM | HWMON_T_CRIT | \
				 HWMON_T_CRIT_HYST | HWMON_T_CRIT_ALARM)

/* One for each place that there can be. */
static const struct hwmon_channel_info *evse_thermal_hwmon_info[] = {
	HWMON_CHANNEL_INFO(temp, EVSE_THERMAL_HWMON, EVSE_THERMAL_HWMON,
			   EVSE_THERMAL_HWMON, EVSE_THERMAL_HWMON,
			   EVSE_THERMAL_HWMON, EVSE_THERMAL_HWMON),
	NULL
};

static const struct hwmon_chip_info evse_thermal_hwmon_chip = {
	.ops = &evse_thermal_hwmon_ops,
	.info = evse_thermal_hwmon_info,
};

/**
 * evse_thermal_hwmon() - show the sensors in hwmon
 * @t: the guard
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_thermal_hwmon(struct evse_thermal_guard *t)
{
	struct device *hwmon;

	hwmon = devm_hwmon_device_register_with_info(t->dev, "evse_thermal", t,
						     &evse_thermal_hwmon_chip,
						     NULL);
	if (IS_ERR(hwmon))
		return dev_err_probe(t->dev, PTR_ERR(hwmon), "no hwmon device\n");
	return 0;
}
