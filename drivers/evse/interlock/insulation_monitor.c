// SPDX-License-Identifier: GPL-2.0-only
/*
 * Insulation of a DC output: the reading of an insulation monitor, and the cable
 * check before each closing of the contactor.
 */
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

#include <linux/devm-helpers.h>
#include <linux/evse.h>

#include "../evse_property.h"
#include "channel_watch.h"
#include "condition.h"
#include "interlock.h"
#include "limit_judge.h"
#include "tester.h"

/* By the rated voltage; a node can only ask for more. */
#define EVSE_INSULATION_FAULT_OHM_PER_V		100
#define EVSE_INSULATION_WARN_OHM_PER_V		500

/* Nobody asks for more than what a good cable has. */
#define EVSE_INSULATION_MAX_OHM			500000000

/**
 * struct evse_insulation - an insulation monitor
 * @dev: the provider
 * @condition: the guard
 * @channel: insulation resistance, ohm
 * @fault: below this it is a fault; with the channel's lock
 * @warn: below this the user is warned; with the channel's lock
 * @tester: the cable check
 * @say: tells the log what @warn says
 * @ohm: latest reading
 */
struct evse_insulation {
	struct device *dev;
	struct evse_condition condition;
	struct evse_channel channel;
	struct evse_limit fault;
	struct evse_limit warn;
	struct evse_tester tester;
	struct work_struct say;
	s32 ohm;
};

static void evse_insulation_say(struct work_struct *work)
{
	struct evse_insulation *m = container_of(work, struct evse_insulation, say);

	if (READ_ONCE(m->warn.fault))
		dev_warn(m->dev,
			 "insulation resistance is %d ohm, below %d ohm: have cable and vehicle looked at\n",
			 READ_ONCE(m->ohm), m->warn.bound);
	else
		dev_info(m->dev, "insulation resistance is %d ohm, good again\n",
			 READ_ONCE(m->ohm));
}

/* A low reading that is not confirmed yet changes nothing, a good one does. */
static void evse_insulation_judge(struct evse_insulation *m, s32 ohm, ktime_t now)
{
	bool warned = m->warn.fault;

	if (evse_limit_step(&m->warn, ohm, now) != warned)
		schedule_work(&m->say);

	if (evse_limit_step(&m->fault, ohm, now))
		evse_condition_set(&m->condition, EVSE_CONDITION_CHANNEL,
				   EVSE_CONDITION_TRIP, now, ohm);
	else if (!evse_limit_beyond(&m->fault, ohm))
		evse_condition_set(&m->condition, EVSE_CONDITION_CHANNEL,
				   EVSE_CONDITION_PERMIT, now, ohm);
}

static void evse_insulation_reading(void *priv,
				    const struct evse_channel_reading *reading)
{
	struct evse_insulation *m = priv;
	s32 ohm = reading->value;
	bool low = evse_limit_beyond(&m->fault, ohm);

	WRITE_ONCE(m->ohm, ohm);
	if (evse_tester_reading(&m->tester, low, !low, reading->taken))
		evse_limit_reset(&m->fault);
	else
		evse_insulation_judge(m, ohm, reading->now);
}

static void evse_insulation_silent(void *priv)
{
	struct evse_insulation *m = priv;

	/* What it saw before still counts. */
	if (m->fault.fault)
		return;
	evse_condition_set(&m->condition, EVSE_CONDITION_CHANNEL,
			   EVSE_CONDITION_HOLD, ktime_get(), 0);
}

static const struct evse_channel_ops evse_insulation_ops = {
	.reading = evse_insulation_reading,
	.silent = evse_insulation_silent,
};

static const struct evse_channel_desc evse_insulation_channel = {
	.name = "insulation",
	.type = IIO_RESISTANCE,
	.quantity = "a resistance",
	.scale = 1,
	.interval_ms = 100,
	.interval_max_ms = 1000,
	.silence_ms = 3000,
};

static int evse_insulation_limits(struct device *dev, struct evse_insulation *m,
				  const struct evse_rating *rating)
{
	u32 volt = rating->voltage_mv / 1000;
	const struct evse_property fault = {
		"fault-ohms", EVSE_INSULATION_FAULT_OHM_PER_V * volt,
		EVSE_INSULATION_FAULT_OHM_PER_V * volt, EVSE_INSULATION_MAX_OHM,
	};
	const struct evse_property warn = {
		"warn-ohms", EVSE_INSULATION_WARN_OHM_PER_V * volt,
		EVSE_INSULATION_WARN_OHM_PER_V * volt, EVSE_INSULATION_MAX_OHM,
	};
	static const struct evse_property confirm = {
		"confirm-ms", 2000, 100, 5000,
	};
	u32 fault_ohm, warn_ohm, confirm_ms;
	int err;

	err = evse_property_read(dev, &fault, &fault_ohm);
	if (!err)
		err = evse_property_read(dev, &warn, &warn_ohm);
	if (!err)
		err = evse_property_read(dev, &confirm, &confirm_ms);
	if (err)
		return err;

	m->fault = (struct evse_limit) {
		.below = true,
		.bound = fault_ohm,
		.back = fault_ohm + fault_ohm / 10,
		.confirm_ns = (s64)confirm_ms * NSEC_PER_MSEC,
	};
	m->warn = m->fault;
	m->warn.bound = max(warn_ohm, fault_ohm);
	m->warn.back = m->warn.bound + m->warn.bound / 10;
	return 0;
}

static int evse_insulation_watch(struct device *dev, struct evse_insulation *m)
{
	const struct evse_tester_desc test = {
		.name = "insulation",
		.code = EVSE_FAULT_CODE_INSULATION,
		.answer_ms = 5000,
		.clear_ms = 5000,
		.max_ms = 15000,
		.quiet_ms = ktime_to_ms(m->channel.fresh.silence_ns),
	};
	int err;

	err = evse_condition_register(dev, &m->condition, "insulation",
				      EVSE_FAULT_CODE_INSULATION);
	if (err)
		return err;
	evse_condition_expect(&m->condition, EVSE_CONDITION_CHANNEL);
	err = evse_tester_register(dev, &m->tester, &test, &m->condition,
				   false, true);
	if (err)
		return err;
	err = devm_work_autocancel(dev, &m->say, evse_insulation_say);
	if (err)
		return err;
	return evse_channel_watch(&m->channel, &evse_insulation_ops, m);
}

static int evse_insulation_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_port *port = evse_port_of(dev);
	struct evse_insulation *m;
	int err;

	if (IS_ERR(port))
		return dev_err_probe(dev, PTR_ERR(port),
				     "is not the child of an evse,port\n");
	if (!evse_port_rating(port)->dc)
		return dev_err_probe(dev, -EINVAL,
				     "an insulation monitor belongs to a DC port: an AC output is earthed\n");
	m = devm_kzalloc(dev, sizeof(*m), GFP_KERNEL);
	if (!m)
		return -ENOMEM;
	m->dev = dev;

	err = evse_channel_get(dev, &m->channel, &evse_insulation_channel);
	if (!err && !m->channel.iio)
		err = dev_err_probe(dev, -EINVAL, "no IIO channel \"insulation\"\n");
	if (!err)
		err = evse_insulation_limits(dev, m, evse_port_rating(port));
	if (!err)
		err = evse_insulation_watch(dev, m);
	return err ? err : devm_evse_provider_up(dev);
}

static const struct of_device_id evse_insulation_match[] = {
	{ .compatible = "evse,insulation-monitor" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_insulation_match);
MODULE_ALIAS("platform:evse-insulation-monitor");

struct platform_driver evse_insulation_driver = {
	.probe = evse_insulation_probe,
	.driver = {
		.name = "evse-insulation-monitor",
		.of_match_table = evse_insulation_match,
	},
};
