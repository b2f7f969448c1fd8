// SPDX-License-Identifier: GPL-2.0-only
/*
 * The board's DC power module: a provider of the port's power stage whose
 * gates are one flag. The IGBT bridge has a driver of its own.
 */

#include <linux/device.h>
#include <linux/evse.h>
#include <linux/mod_devicetable.h>
#include <linux/platform_device.h>

#include "board.h"

/**
 * struct evse_sim_stage - one power module
 * @b: the board that it sits on
 * @port: the port that it serves
 */
struct evse_sim_stage {
	struct evse_sim *b;
	struct evse_port *port;
};

static void set_gates(struct evse_sim *b, bool on)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_drive(b, b->out, on);
	raw_spin_unlock_irqrestore(&b->lock, flags);
}

static int sim_stage_set_power(void *priv, s32 power_mw)
{
	struct evse_sim_stage *stage = priv;
	struct evse_sim *b = stage->b;
	unsigned long flags;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	b->link.setpoint_mw = power_mw;
	evse_sim_plant_changed(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return 0;
}

static int sim_stage_arm(void *priv)
{
	struct evse_sim_stage *stage = priv;

	sim_stage_set_power(stage, 0);
	set_gates(stage->b, true);
	if (evse_port_may_arm(stage->port))
		return 0;
	set_gates(stage->b, false);
	return -ECANCELED;
}

static void sim_stage_trip(void *priv)
{
	struct evse_sim_stage *stage = priv;

	set_gates(stage->b, false);
}

static bool sim_stage_is_off(void *priv)
{
	struct evse_sim_stage *stage = priv;

	return !READ_ONCE(stage->b->gates);
}

/* Any context, once a cycle: the island looks at it when it steps. */
static void sim_stage_shift(void *priv, s32 lead_mdeg)
{
	struct evse_sim_stage *stage = priv;

	WRITE_ONCE(stage->b->lead_mdeg, lead_mdeg);
}

static const struct evse_stage_ops sim_stage_ops = {
	.arm = sim_stage_arm,
	.form = sim_stage_arm,
	.trip = sim_stage_trip,
	.is_off = sim_stage_is_off,
	.set_power = sim_stage_set_power,
	.shift = sim_stage_shift,
};

static int sim_stage_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_sim_stage *stage;
	int ret;

	stage = devm_kzalloc(dev, sizeof(*stage), GFP_KERNEL);
	if (!stage)
		return -ENOMEM;
	stage->port = evse_port_of(dev);
	if (IS_ERR(stage->port))
		return dev_err_probe(dev, PTR_ERR(stage->port),
				     "the parent is no evse,port: move the node into one\n");
	stage->b = evse_sim_board_get(dev);
	if (IS_ERR(stage->b))
		return dev_err_probe(dev, PTR_ERR(stage->b),
				     "no board: let evse,board refer to an evse,sim-board\n");
	if (!stage->b->dc)
		return dev_err_probe(dev, -EINVAL,
				     "the board has no DC output: set its supply to \"dc\"\n");

	ret = devm_evse_stage_register(dev, &sim_stage_ops, stage);
	if (ret)
		return dev_err_probe(dev, ret, "cannot register the stage\n");
	return devm_evse_provider_up(dev);
}

static const struct of_device_id sim_stage_of_match[] = {
	{ .compatible = "evse,sim-stage" },
	{ }
};
MODULE_DEVICE_TABLE(of, sim_stage_of_match);
MODULE_ALIAS("platform:evse-sim-stage");

struct platform_driver evse_sim_stage_driver = {
	.driver = {
		.name = "evse-sim-stage",
		.of_match_table = sim_stage_of_match,
	},
	.probe = sim_stage_probe,
};
