// SPDX-License-Identifier: GPL-2.0-only
/*
 * Power stage of a port: an inverter bridge between the grid, which it follows,
 * and the DC link.
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/string.h>

#include "../evse_property.h"
#include "stage.h"

/* Steps in which the voltage of the grid gets to the legs before they are armed. */
#define EVSE_STAGE_LEAD_STEPS	4

static bool evse_stage_may_arm(void *priv)
{
	struct evse_stage *s = priv;

	return evse_port_may_arm(s->port) && READ_ONCE(s->running);
}

/*
 * The legs make the grid's voltage before they are armed, so that no current
 * flows when they are; that of a house begins with none.
 */
static int evse_stage_start_gates(struct evse_stage *s, bool forming)
{
	int err;

	WRITE_ONCE(s->state, EVSE_BRIDGE_STATE_ARMED);
	err = evse_stage_tune(s);
	if (!err)
		err = evse_stage_watch_link(s);
	if (err) {
		evse_stage_off(s, err == -ERANGE ? EVSE_BRIDGE_STATE_OUT_OF_RANGE :
						   EVSE_BRIDGE_STATE_OFF);
		return err;
	}
	evse_stage_step_start(s, forming);
	fsleep(EVSE_STAGE_LEAD_STEPS * s->pace.step_ns / NSEC_PER_USEC);
	err = evse_bridge_arm(s->bridge, evse_stage_may_arm, s);
	if (err) {
		evse_stage_off(s, err == -EIO ? EVSE_BRIDGE_STATE_TRIPPED :
						EVSE_BRIDGE_STATE_OFF);
		evse_stage_step_stop(s);
	}
	return err;
}

static int evse_stage_arm(void *priv)
{
	return evse_stage_start_gates(priv, false);
}

static int evse_stage_form(void *priv)
{
	return evse_stage_start_gates(priv, true);
}

static void evse_stage_trip(void *priv)
{
	struct evse_stage *s = priv;

	evse_bridge_trip(s->bridge);
	evse_stage_off(s, EVSE_BRIDGE_STATE_OFF);
	WRITE_ONCE(s->running, false);
}

static bool evse_stage_is_off(void *priv)
{
	struct evse_stage *s = priv;

	return evse_bridge_is_off(s->bridge);
}

static int evse_stage_set_power(void *priv, s32 power_mw)
{
	struct evse_stage *s = priv;
	unsigned long flags;

	raw_spin_lock_irqsave(&s->lock, flags);
	evse_reference_set(&s->reference, power_mw);
	evse_stage_form_goal(s, power_mw);
	raw_spin_unlock_irqrestore(&s->lock, flags);
	return 0;
}

static void evse_stage_lead(void *priv, s32 lead_mdeg)
{
	struct evse_stage *s = priv;
	unsigned long flags;

	raw_spin_lock_irqsave(&s->lock, flags);
	evse_control_lead(&s->control, lead_mdeg);
	raw_spin_unlock_irqrestore(&s->lock, flags);
}

/* The next step sees a grid that is lost. */
static void evse_stage_anchor(void *priv, const struct evse_stage_grid *grid)
{
	struct evse_stage *s = priv;
	u32 uhz = grid->frequency_mhz * 1000;
	unsigned long flags;

	raw_spin_lock_irqsave(&s->lock, flags);
	if (grid->locked) {
		evse_follow_anchor(&s->follow, ktime_get(), grid->crossing, 0, uhz);
		evse_control_grid(&s->control, grid->voltage_mv, uhz);
	} else {
		evse_follow_lost(&s->follow);
	}
	raw_spin_unlock_irqrestore(&s->lock, flags);
}

static const struct evse_stage_ops evse_stage_ops = {
	.arm = evse_stage_arm,
	.form = evse_stage_form,
	.trip = evse_stage_trip,
	.is_off = evse_stage_is_off,
	.set_power = evse_stage_set_power,
	.shift = evse_stage_lead,
	.grid = evse_stage_anchor,
	.bridge = evse_stage_bridge,
	.set_carrier = evse_stage_set_carrier,
};

static void evse_stage_tripped(void *priv, ktime_t edge)
{
	struct evse_stage *s = priv;

	evse_stage_off(s, EVSE_BRIDGE_STATE_TRIPPED);
	WRITE_ONCE(s->running, false);
	evse_guard_trip(s->guard, edge, 0);
}

/* Probe */

static u32 evse_stage_rated_mw(const struct evse_rating *rating)
{
	u32 ma = max(rating->current_ma, rating->export_ma);

	return min_t(u64, div_u64((u64)rating->voltage_mv * ma * rating->phases, 1000),
		     EVSE_RATED_MAX_MW);
}

static int evse_stage_topology(struct evse_stage *s)
{
	static const char * const names[] = {
		[EVSE_TOPOLOGY_FULL_BRIDGE] = "full-bridge",
		[EVSE_TOPOLOGY_THREE_PHASE] = "three-phase",
	};
	const char *name;
	int err, topology;

	err = device_property_read_string(s->dev, "evse,topology", &name);
	if (err)
		return dev_err_probe(s->dev, err,
				     "evse,topology is missing: use \"full-bridge\" or \"three-phase\"\n");
	topology = match_string(names, ARRAY_SIZE(names), name);
	if (topology < 0)
		return dev_err_probe(s->dev, -EINVAL,
				     "evse,topology = \"%s\" is neither \"full-bridge\" nor \"three-phase\"\n",
				     name);
	s->topology = topology;
	return 0;
}

/* Within all of its range, the carrier is one that leaves something to modulate. */
static int evse_stage_check_bridge(struct evse_stage *s)
{
	struct evse_modulator modulator;
	u32 min_hz, max_hz;
	int err;

	evse_bridge_carrier_range(s->bridge, &min_hz, &max_hz);
	err = evse_stage_modulator(s, max_hz, &modulator);
	if (err)
		return dev_err_probe(s->dev, err,
				     "dead time and minimum pulse leave nothing to modulate at %u Hz: lower evse,carrier-max-hz\n",
				     max_hz);
	if (modulator.legs != evse_bridge_legs(s->bridge))
		return dev_err_probe(s->dev, -EINVAL,
				     "evse,topology needs %u legs, the bridge has %u\n",
				     modulator.legs, evse_bridge_legs(s->bridge));
	return 0;
}

static int evse_stage_configure(struct evse_stage *s)
{
	static const struct evse_property rate = {
		"evse,control-hz", 10000, 2000, 50000,
	};
	static const struct evse_property reversal = {
		"evse,reversal-ms", 23, 2, EVSE_REVERSAL_MAX_NS / NSEC_PER_MSEC,
	};
	static const struct evse_property inductance = {
		"evse,filter-microhenry", 2000, 1, 100000,
	};
	static const struct evse_property resistance = {
		"evse,filter-micro-ohms", 100000, 0, 10000000,
	};
	struct evse_control_config config = { .headroom_mv = 20000, .trim_permille = 100 };
	u32 hz, ms;
	int err;

	err = evse_property_read(s->dev, &rate, &hz);
	if (!err)
		err = evse_property_read(s->dev, &reversal, &ms);
	if (!err)
		err = evse_property_read(s->dev, &inductance, &s->inductance_uh);
	if (!err)
		err = evse_property_read(s->dev, &resistance,
					 &config.resistance_uohm);
	if (!err)
		err = evse_stage_topology(s);
	if (!err)
		err = evse_stage_check_bridge(s);
	if (err)
		return err;
	s->pace.step_ns = NSEC_PER_SEC / hz;
	err = evse_stage_form_get(s);
	if (err)
		return err;

	s->ops = evse_stage_ops;
	if (!s->island_mv)
		s->ops.form = NULL;
	s->rated_mw = evse_stage_rated_mw(evse_port_rating(s->port));
	config.phases = s->topology == EVSE_TOPOLOGY_THREE_PHASE ? 3 : 1;
	config.rated_mw = s->rated_mw;
	config.inductance_nh = s->inductance_uh * 1000;
	config.step_ns = s->pace.step_ns;
	/* From the load on, which is what the angle is taken for. */
	config.delay_ns = s->pace.step_ns / 2;
	err = evse_control_init(&s->control, &config);
	if (!err)
		err = evse_reference_init(&s->reference, s->rated_mw,
					  ms * NSEC_PER_MSEC,
					  ms * NSEC_PER_MSEC / 6, s->pace.step_ns);
	if (err)
		return dev_err_probe(s->dev, err,
				     "no control with these properties: slower steps or another filter\n");
	evse_follow_init(&s->follow);
	return evse_stage_tune(s);
}

/* Before the guard goes. */
static void evse_stage_quit(void *data)
{
	struct evse_stage *s = data;

	evse_bridge_trip(s->bridge);
	evse_bridge_on_trip(s->bridge, NULL, NULL);
	evse_stage_step_stop(s);
}

static int evse_stage_start(struct evse_stage *s)
{
	static const struct evse_guard_desc desc = {
		.name = "stage",
		.scope = EVSE_SCOPE_FLOW | EVSE_SCOPE_IMPORT | EVSE_SCOPE_EXPORT,
		.code = EVSE_FAULT_CODE_STAGE_FAULT,
	};
	int err;

	s->guard = devm_evse_guard_register(s->dev, &desc);
	if (IS_ERR(s->guard))
		return dev_err_probe(s->dev, PTR_ERR(s->guard),
				     "port takes no guard \"stage\"\n");
	evse_stage_step_init(s);
	/* Steps ask for looks at the link: those end after the last step. */
	err = evse_stage_watch_start(s);
	if (!err)
		err = devm_add_action_or_reset(s->dev, evse_stage_quit, s);
	if (!err)
		err = devm_evse_stage_register(s->dev, &s->ops, s);
	if (err)
		return dev_err_probe(s->dev, err, "port takes no power stage\n");
	evse_bridge_on_trip(s->bridge, evse_stage_tripped, s);
	return 0;
}

static int evse_stage_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_stage *s;
	int err;

	s = devm_kzalloc(dev, sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	s->dev = dev;
	raw_spin_lock_init(&s->lock);
	s->port = evse_port_of(dev);
	if (IS_ERR(s->port))
		return dev_err_probe(dev, PTR_ERR(s->port),
				     "is not the child of an evse,port\n");
	s->bridge = devm_evse_bridge_get(dev);
	if (IS_ERR(s->bridge))
		return dev_err_probe(dev, PTR_ERR(s->bridge),
				     "no bridge: let evse,bridge refer to one that nobody else uses\n");
	err = evse_stage_watch_get(s);
	if (!err)
		err = evse_stage_configure(s);
	if (!err)
		err = evse_stage_start(s);
	return err ?: devm_evse_provider_up(dev);
}

static const struct of_device_id evse_stage_of_match[] = {
	{ .compatible = "evse,bridge-stage" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_stage_of_match);
MODULE_ALIAS("platform:evse-bridge-stage");

static struct platform_driver evse_stage_driver = {
	.probe = evse_stage_probe,
	.driver = {
		.name = "evse-bridge-stage",
		.of_match_table = evse_stage_of_match,
	},
};
module_platform_driver(evse_stage_driver);

MODULE_DESCRIPTION("Power stage of EV charger ports");
MODULE_LICENSE("GPL");
