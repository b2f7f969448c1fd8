// SPDX-License-Identifier: GPL-2.0-only
/*
 * Thermal guard: watches the temperatures of a charging port. What gets too hot
 * limits the power, then trips; a sensor that nobody can rely on is no permit.
 */
#include <linux/err.h>
#include <linux/iio/consumer.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>

#include "../evse_property.h"
#include "thermal.h"

#define EVSE_THERMAL_COOLING_MS	(2 * 60 * 1000)
/* What the device tree may say of a threshold. */
#define EVSE_THERMAL_LEAST_MC	40000
#define EVSE_THERMAL_MOST_MC	150000

/* A name that nobody knows is answered with those that there are. */
static int evse_thermal_refuse(struct evse_thermal_guard *t, const char *why,
			       const char *name)
{
	char known[96];
	unsigned int i;
	int used = 0;

	for (i = 0; i < EVSE_THERMAL_PLACES; i++)
		used += scnprintf(known + used, sizeof(known) - used, "%s%s",
				  i ? ", " : "", evse_thermal_places[i].name);
	return dev_err_probe(t->dev, -EINVAL,
			     "io-channel-names %s%s: name each sensor by its place, once: %s\n",
			     why, name, known);
}

static int evse_thermal_add(struct evse_thermal_guard *t, const char *name)
{
	struct evse_thermal_channel *c = &t->channel[t->count];
	enum iio_chan_type type;
	unsigned int i;
	int err;

	c->thermal = t;
	c->place = evse_thermal_place_find(name);
	if (!c->place)
		return evse_thermal_refuse(t, "has the unknown ", name);
	for (i = 0; i < t->count; i++)
		if (t->channel[i].place == c->place)
			return evse_thermal_refuse(t, "has a second ", name);
	c->iio = devm_iio_channel_get(t->dev, name);
	if (IS_ERR(c->iio))
		return dev_err_probe(t->dev, PTR_ERR(c->iio),
				     "no IIO channel \"%s\"\n", name);
	err = iio_get_channel_type(c->iio, &type);
	if (!err && type != IIO_TEMP)
		err = -EINVAL;
	if (err)
		return dev_err_probe(t->dev, err,
				     "IIO channel \"%s\" does not measure a temperature: put a sensor's node in between\n",
				     name);
	c->derate_max_mc = c->place->derate_mc;
	c->trip_max_mc = c->place->trip_mc;
	c->shown.name = c->place->name;
	t->count++;
	return 0;
}

static int evse_thermal_channels(struct evse_thermal_guard *t)
{
	const char *names[EVSE_THERMAL_PLACES];
	int i, err, count;

	count = device_property_string_array_count(t->dev, "io-channel-names");
	if (count <= 0)
		return evse_thermal_refuse(t, "is empty", "");
	if (count > EVSE_THERMAL_PLACES)
		return evse_thermal_refuse(t, "has too many", "");
	err = device_property_read_string_array(t->dev, "io-channel-names", names,
						count);
	if (err < 0)
		return dev_err_probe(t->dev, err, "io-channel-names: no names\n");
	for (i = 0; i < count; i++) {
		err = evse_thermal_add(t, names[i]);
		if (err)
			return err;
	}
	return 0;
}

/* Numbers that the node may have, one for each sensor; 0 for none. */
static int evse_thermal_numbers(struct evse_thermal_guard *t, const char *property,
				u32 *numbers)
{
	unsigned int i;
	int count;

	if (!device_property_present(t->dev, property))
		return 0;
	count = device_property_count_u32(t->dev, property);
	if (count != t->count)
		return dev_err_probe(t->dev, -EINVAL,
				     "%s: one number for each of io-channels, 0 for none\n",
				     property);
	count = device_property_read_u32_array(t->dev, property, numbers, t->count);
	if (count < 0)
		return dev_err_probe(t->dev, count, "%s: no numbers\n", property);
	for (i = 0; i < t->count; i++)
		if (numbers[i] && (numbers[i] < EVSE_THERMAL_LEAST_MC ||
				   numbers[i] > EVSE_THERMAL_MOST_MC))
			return dev_err_probe(t->dev, -EINVAL,
					     "%s = %u for \"%s\" is not in %u..%u, nor 0 for none\n",
					     property, numbers[i],
					     t->channel[i].place->name,
					     EVSE_THERMAL_LEAST_MC,
					     EVSE_THERMAL_MOST_MC);
	return 0;
}

/* Ended by cooling down, limited by getting warm, tripped by getting hot */
static int evse_thermal_order(struct evse_thermal_guard *t)
{
	unsigned int i;

	for (i = 0; i < t->count; i++) {
		const struct evse_thermal_channel *c = &t->channel[i];
		s32 lowest = c->derate_max_mc ?: c->trip_max_mc;

		if (c->trip_max_mc && c->derate_max_mc >= c->trip_max_mc)
			return dev_err_probe(t->dev, -EINVAL,
					     "\"%s\" derates from %d, not below its trip at %d: lower evse,derate-millicelsius\n",
					     c->place->name, c->derate_max_mc,
					     c->trip_max_mc);
		if (lowest && t->clear_max_mc >= lowest)
			return dev_err_probe(t->dev, -EINVAL,
					     "evse,clear-millicelsius = %d is not below the %d from which \"%s\" derates or trips: lower it\n",
					     t->clear_max_mc, lowest,
					     c->place->name);
	}
	return 0;
}

static int evse_thermal_thresholds(struct evse_thermal_guard *t)
{
	static const struct evse_property clear = {
		"evse,clear-millicelsius", 60000, 30000, EVSE_THERMAL_MOST_MC,
	};
	static const struct evse_property rise = {
		"evse,rise-millicelsius-per-minute", 5000, 1000, 60000,
	};
	static const struct evse_property frozen = {
		"evse,frozen-seconds", 600, 60, 86400,
	};
	u32 derate[EVSE_THERMAL_PLACES], trip[EVSE_THERMAL_PLACES];
	u32 clear_mc, rise_mc_min;
	unsigned int i;
	int err;

	for (i = 0; i < t->count; i++) {
		derate[i] = t->channel[i].derate_max_mc;
		trip[i] = t->channel[i].trip_max_mc;
	}
	err = evse_thermal_numbers(t, "evse,derate-millicelsius", derate);
	if (!err)
		err = evse_thermal_numbers(t, "evse,trip-millicelsius", trip);
	if (!err)
		err = evse_property_read(t->dev, &clear, &clear_mc);
	if (!err)
		err = evse_property_read(t->dev, &rise, &rise_mc_min);
	if (!err)
		err = evse_property_read(t->dev, &frozen, &t->frozen_s);
	if (err)
		return err;

	for (i = 0; i < t->count; i++) {
		t->channel[i].derate_max_mc = derate[i];
		t->channel[i].trip_max_mc = trip[i];
		t->channel[i].derate_mc = derate[i];
		t->channel[i].trip_mc = trip[i];
	}
	t->clear_max_mc = clear_mc;
	t->clear_mc = clear_mc;
	t->rise_max_mc_min = rise_mc_min;
	t->rise_mc_min = rise_mc_min;
	if (device_property_read_bool(t->dev, "evse,secondary-cooling"))
		t->cooling_ms = EVSE_THERMAL_COOLING_MS;
	return evse_thermal_order(t);
}

/* On removal: users, the round, zones and hwmon, what the port is told by. */
static int evse_thermal_start(struct evse_thermal_guard *t)
{
	int err;

	err = evse_thermal_tell_get(t);
	if (!err)
		err = evse_thermal_cooling(t);
	if (!err)
		err = evse_thermal_hwmon(t);
	if (!err)
		err = evse_thermal_zones(t);
	if (!err)
		err = evse_thermal_round_start(t);
	if (!err)
		err = devm_evse_thermal_register(t->dev, &evse_thermal_user_ops, t);
	return err;
}

static int evse_thermal_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_thermal_guard *t;
	int err;

	t = devm_kzalloc(dev, sizeof(*t), GFP_KERNEL);
	if (!t)
		return -ENOMEM;
	t->dev = dev;
	raw_spin_lock_init(&t->saying);
	mutex_init(&t->lock);
	t->port = evse_port_of(dev);
	if (IS_ERR(t->port))
		return dev_err_probe(dev, PTR_ERR(t->port),
				     "is not the child of an evse,port\n");

	err = evse_thermal_channels(t);
	if (!err)
		err = evse_thermal_thresholds(t);
	if (!err)
		err = evse_thermal_start(t);
	return err ?: devm_evse_provider_up(dev);
}

static const struct of_device_id evse_thermal_of_match[] = {
	{ .compatible = "evse,thermal-guard" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_thermal_of_match);
MODULE_ALIAS("platform:evse-thermal-guard");

struct platform_driver evse_thermal_driver = {
	.probe = evse_thermal_probe,
	.driver = {
		.name = "evse-thermal-guard",
		.of_match_table = evse_thermal_of_match,
	},
};
