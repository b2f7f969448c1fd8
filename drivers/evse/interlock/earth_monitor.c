// SPDX-License-Identifier: GPL-2.0-only
/*
 * Protective earth: a line that says it is present trips in the interrupt, and a
 * measured resistance trips above its limit.
 */
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>

#include <linux/evse.h>

#include "../evse_property.h"
#include "channel_watch.h"
#include "condition.h"
#include "interlock.h"
#include "limit_judge.h"
#include "line_watch.h"

/**
 * struct evse_earth - an earth monitor
 * @condition: the guard
 * @line: active while earth is present; no gpio without one
 * @channel: resistance of the earth, milliohm
 * @limit: what it may have; with the channel's lock
 */
struct evse_earth {
	struct evse_condition condition;
	struct evse_line line;
	struct evse_channel channel;
	struct evse_limit limit;
};

static void evse_earth_line(void *priv, int level, ktime_t edge)
{
	struct evse_earth *e = priv;

	evse_condition_set(&e->condition, EVSE_CONDITION_LINE,
			   level > 0 ? EVSE_CONDITION_PERMIT : EVSE_CONDITION_TRIP,
			   edge, level);
}

static void evse_earth_reading(void *priv,
			       const struct evse_channel_reading *reading)
{
	struct evse_earth *e = priv;
	/* A sign is of the measurement: no earth is better than 0 ohm. */
	s32 mohm = abs(max(reading->value, -S32_MAX));

	if (evse_limit_step(&e->limit, mohm, reading->now))
		evse_condition_set(&e->condition, EVSE_CONDITION_CHANNEL,
				   EVSE_CONDITION_TRIP, reading->now, mohm);
	else if (!evse_limit_beyond(&e->limit, mohm))
		evse_condition_set(&e->condition, EVSE_CONDITION_CHANNEL,
				   EVSE_CONDITION_PERMIT, reading->now, mohm);
}

static void evse_earth_silent(void *priv)
{
	struct evse_earth *e = priv;

	/* What it saw before still counts. */
	if (e->limit.fault)
		return;
	evse_condition_set(&e->condition, EVSE_CONDITION_CHANNEL,
			   EVSE_CONDITION_HOLD, ktime_get(), 0);
}

static const struct evse_channel_ops evse_earth_ops = {
	.reading = evse_earth_reading,
	.silent = evse_earth_silent,
};

static const struct evse_channel_desc evse_earth_channel = {
	.name = "earth",
	.type = IIO_RESISTANCE,
	.quantity = "a resistance",
	.scale = 1000,
	.interval_ms = 10,
	.interval_max_ms = 100,
	.silence_ms = 200,
};

static int evse_earth_sensors(struct device *dev, struct evse_earth *e)
{
	static const struct evse_property limit = { "limit-ohms", 10, 1, 10 };
	u32 ohm;
	int err;

	if (evse_line_present(dev, "present")) {
		err = evse_line_get(dev, &e->line, "present");
		if (err)
			return err;
	}
	err = evse_channel_get(dev, &e->channel, &evse_earth_channel);
	if (err)
		return err;
	if (!e->line.gpio && !e->channel.iio)
		return dev_err_probe(dev, -EINVAL,
				     "neither present-gpios nor an IIO channel \"earth\": nothing to see the earth with\n");

	err = evse_property_read(dev, &limit, &ohm);
	if (err)
		return err;
	e->limit = (struct evse_limit) {
		.bound = ohm * 1000,
		.back = ohm * 900,
	};
	return 0;
}

static int evse_earth_watch(struct device *dev, struct evse_earth *e)
{
	int err;

	err = evse_condition_register(dev, &e->condition, "earth",
				      EVSE_FAULT_CODE_EARTH_LOSS);
	if (err)
		return err;
	if (e->line.gpio)
		evse_condition_expect(&e->condition, EVSE_CONDITION_LINE);
	if (e->channel.iio)
		evse_condition_expect(&e->condition, EVSE_CONDITION_CHANNEL);

	if (e->line.gpio)
		err = evse_line_watch(&e->line, evse_earth_line, e);
	if (!err && e->channel.iio)
		err = evse_channel_watch(&e->channel, &evse_earth_ops, e);
	return err;
}

static int evse_earth_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_earth *e;
	int err;

	e = devm_kzalloc(dev, sizeof(*e), GFP_KERNEL);
	if (!e)
		return -ENOMEM;
	err = evse_earth_sensors(dev, e);
	if (!err)
		err = evse_earth_watch(dev, e);
	return err ? err : devm_evse_provider_up(dev);
}

static const struct of_device_id evse_earth_match[] = {
	{ .compatible = "evse,earth-monitor" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_earth_match);
MODULE_ALIAS("platform:evse-earth-monitor");

struct platform_driver evse_earth_driver = {
	.probe = evse_earth_probe,
	.driver = {
		.name = "evse-earth-monitor",
		.of_match_table = evse_earth_match,
	},
};
