// SPDX-License-Identifier: GPL-2.0-only
/*
 * Overcurrent at the output: a comparator trips in the interrupt, a measured
 * current by a curve over the port's rating.
 */
#include <linux/err.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>

#include <linux/evse.h>

#include "../evse_property.h"
#include "channel_watch.h"
#include "condition.h"
#include "interlock.h"
#include "line_watch.h"
#include "overcurrent_curve.h"

/**
 * struct evse_current - a current monitor
 * @condition: the guard
 * @line: output of a comparator, active above its limit; no gpio without one
 * @channel: output current, milliampere, charging positive
 * @over: judge of the channel; with the channel's lock
 */
struct evse_current {
	struct evse_condition condition;
	struct evse_line line;
	struct evse_channel channel;
	struct evse_overcurrent over;
};

static void evse_current_line(void *priv, int level, ktime_t edge)
{
	struct evse_current *c = priv;

	evse_condition_set(&c->condition, EVSE_CONDITION_LINE,
			   level ? EVSE_CONDITION_TRIP : EVSE_CONDITION_PERMIT,
			   edge, level);
}

static void evse_current_reading(void *priv,
				 const struct evse_channel_reading *reading)
{
	struct evse_current *c = priv;
	bool trip = evse_overcurrent_step(&c->over, reading->value, reading->now);

	evse_condition_set(&c->condition, EVSE_CONDITION_CHANNEL,
			   trip ? EVSE_CONDITION_TRIP : EVSE_CONDITION_PERMIT,
			   reading->now, reading->value);
}

static void evse_current_silent(void *priv)
{
	struct evse_current *c = priv;

	/* What it saw before still counts. */
	if (c->over.tripped)
		return;
	evse_condition_set(&c->condition, EVSE_CONDITION_CHANNEL,
			   EVSE_CONDITION_HOLD, ktime_get(), 0);
}

static const struct evse_channel_ops evse_current_ops = {
	.reading = evse_current_reading,
	.silent = evse_current_silent,
};

static const struct evse_channel_desc evse_current_channel = {
	.name = "current",
	.type = IIO_CURRENT,
	.quantity = "a current",
	.scale = 1,
	.interval_ms = 5,
	.interval_max_ms = 10,
	.silence_ms = 100,
};

static int evse_current_sensors(struct device *dev, struct evse_current *c,
				const struct evse_rating *rating)
{
	static const struct evse_property contact = {
		"break-time-ms", 10, 0, 100,
	};
	u32 break_ms;
	int err;

	if (evse_line_present(dev, "overcurrent")) {
		err = evse_line_get(dev, &c->line, "overcurrent");
		if (err)
			return err;
	}
	err = evse_channel_get(dev, &c->channel, &evse_current_channel);
	if (err)
		return err;
	if (!c->line.gpio && !c->channel.iio)
		return dev_err_probe(dev, -EINVAL,
				     "neither overcurrent-gpios nor an IIO channel \"current\": nothing to see the current with\n");

	err = evse_property_read(dev, &contact, &break_ms);
	if (err)
		return err;
	evse_overcurrent_init(&c->over, rating->current_ma, rating->export_ma,
			      ktime_to_ns(c->channel.interval) +
			      (s64)break_ms * NSEC_PER_MSEC);
	return 0;
}

static int evse_current_watch(struct device *dev, struct evse_current *c)
{
	int err;

	err = evse_condition_register(dev, &c->condition, "overcurrent",
				      EVSE_FAULT_CODE_OVERCURRENT);
	if (err)
		return err;
	if (c->line.gpio)
		evse_condition_expect(&c->condition, EVSE_CONDITION_LINE);
	if (c->channel.iio)
		evse_condition_expect(&c->condition, EVSE_CONDITION_CHANNEL);

	if (c->line.gpio)
		err = evse_line_watch(&c->line, evse_current_line, c);
	if (!err && c->channel.iio)
		err = evse_channel_watch(&c->channel, &evse_current_ops, c);
	return err;
}

static int evse_current_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_port *port = evse_port_of(dev);
	struct evse_current *c;
	int err;

	if (IS_ERR(port))
		return dev_err_probe(dev, PTR_ERR(port),
				     "is not the child of an evse,port\n");
	c = devm_kzalloc(dev, sizeof(*c), GFP_KERNEL);
	if (!c)
		return -ENOMEM;
	err = evse_current_sensors(dev, c, evse_port_rating(port));
	if (!err)
		err = evse_current_watch(dev, c);
	return err ? err : devm_evse_provider_up(dev);
}

static const struct of_device_id evse_current_match[] = {
	{ .compatible = "evse,current-monitor" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_current_match);
MODULE_ALIAS("platform:evse-current-monitor");

struct platform_driver evse_current_driver = {
	.probe = evse_current_probe,
	.driver = {
		.name = "evse-current-monitor",
		.of_match_table = evse_current_match,
	},
};
