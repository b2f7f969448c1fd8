// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ground fault: the output of a residual current module trips in the interrupt,
 * a measured leakage by the curve of a standard, and the module is tested before
 * each closing of the contactor.
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
#include "residual_curve.h"
#include "tester.h"

/**
 * struct evse_ground_fault - a residual current sensor
 * @condition: the guard
 * @line: output of the module, active above its limit
 * @channel: leakage, microampere
 * @residual: judge of the channel; with the channel's lock
 * @tester: check of both
 */
struct evse_ground_fault {
	struct evse_condition condition;
	struct evse_line line;
	struct evse_channel channel;
	struct evse_residual residual;
	struct evse_tester tester;
};

static void evse_ground_fault_line(void *priv, int level, ktime_t edge)
{
	struct evse_ground_fault *g = priv;

	evse_condition_set(&g->condition, EVSE_CONDITION_LINE,
			   level ? EVSE_CONDITION_TRIP : EVSE_CONDITION_PERMIT,
			   edge, level);
	evse_tester_edge(&g->tester, level);
}

static void evse_ground_fault_reading(void *priv,
				      const struct evse_channel_reading *reading)
{
	struct evse_ground_fault *g = priv;
	s32 ua = reading->value;
	bool trip;

	if (evse_tester_reading(&g->tester, evse_residual_answers(&g->residual, ua),
				evse_residual_quiet(&g->residual, ua),
				reading->taken)) {
		evse_residual_reset(&g->residual);
		return;
	}
	trip = evse_residual_step(&g->residual, ua, reading->now);
	evse_condition_set(&g->condition, EVSE_CONDITION_CHANNEL,
			   trip ? EVSE_CONDITION_TRIP : EVSE_CONDITION_PERMIT,
			   reading->now, ua);
}

static void evse_ground_fault_silent(void *priv)
{
	struct evse_ground_fault *g = priv;

	/* What it saw before still counts. */
	if (g->residual.tripped)
		return;
	evse_condition_set(&g->condition, EVSE_CONDITION_CHANNEL,
			   EVSE_CONDITION_HOLD, ktime_get(), 0);
}

static const struct evse_channel_ops evse_ground_fault_ops = {
	.reading = evse_ground_fault_reading,
	.silent = evse_ground_fault_silent,
};

static const struct evse_channel_desc evse_ground_fault_leakage = {
	.name = "leakage",
	.type = IIO_CURRENT,
	.quantity = "a current",
	.scale = 1000,
	.interval_ms = 5,
	.interval_max_ms = 10,
	.silence_ms = 100,
};

static int evse_ground_fault_profile(struct device *dev,
				     struct evse_ground_fault *g)
{
	static const struct evse_property contact = {
		"break-time-ms", 20, 0, 100,
	};
	const char *name;
	u32 break_ms;
	int i, err;

	err = evse_property_read(dev, &contact, &break_ms);
	if (err)
		return err;
	err = device_property_read_string(dev, "evse,residual-profile", &name);
	if (err)
		return dev_err_probe(dev, err,
				     "evse,residual-profile is missing: the channel needs \"ccid5\", \"ccid20\" or \"iec62955\"\n");
	for (i = 0; i < EVSE_RESIDUAL_PROFILES; i++)
		if (!strcmp(name, evse_residual_profiles[i].name))
			break;
	if (i == EVSE_RESIDUAL_PROFILES)
		return dev_err_probe(dev, -EINVAL,
				     "evse,residual-profile = \"%s\" is neither \"ccid5\" nor \"ccid20\" nor \"iec62955\"\n",
				     name);
	evse_residual_init(&g->residual, &evse_residual_profiles[i],
			   ktime_to_ns(g->channel.interval) +
			   (s64)break_ms * NSEC_PER_MSEC);
	return 0;
}

static int evse_ground_fault_watch(struct device *dev,
				   struct evse_ground_fault *g)
{
	static const struct evse_tester_desc test = {
		.name = "ground-fault",
		.code = EVSE_FAULT_CODE_GROUND_FAULT_TEST,
		.answer_ms = 1000,
		.clear_ms = 400,
		.max_ms = 5000,
		.quiet_ms = 100,
	};
	int err;

	err = evse_condition_register(dev, &g->condition, "ground-fault",
				      EVSE_FAULT_CODE_GROUND_FAULT);
	if (err)
		return err;
	evse_condition_expect(&g->condition, EVSE_CONDITION_LINE);
	if (g->channel.iio)
		evse_condition_expect(&g->condition, EVSE_CONDITION_CHANNEL);

	err = evse_tester_register(dev, &g->tester, &test, &g->condition,
				   true, g->channel.iio);
	if (err)
		return err;
	err = evse_line_watch(&g->line, evse_ground_fault_line, g);
	if (err || !g->channel.iio)
		return err;
	return evse_channel_watch(&g->channel, &evse_ground_fault_ops, g);
}

static int evse_ground_fault_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_ground_fault *g;
	int err;

	g = devm_kzalloc(dev, sizeof(*g), GFP_KERNEL);
	if (!g)
		return -ENOMEM;
	err = evse_line_get(dev, &g->line, "fault");
	if (err)
		return err;
	err = evse_channel_get(dev, &g->channel, &evse_ground_fault_leakage);
	if (!err && g->channel.iio)
		err = evse_ground_fault_profile(dev, g);
	if (err)
		return err;

	err = evse_ground_fault_watch(dev, g);
	if (err)
		return err;
	return devm_evse_provider_up(dev);
}

static const struct of_device_id evse_ground_fault_match[] = {
	{ .compatible = "evse,ground-fault" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_ground_fault_match);
MODULE_ALIAS("platform:evse-ground-fault");

struct platform_driver evse_ground_fault_driver = {
	.probe = evse_ground_fault_probe,
	.driver = {
		.name = "evse-ground-fault",
		.of_match_table = evse_ground_fault_match,
	},
};
