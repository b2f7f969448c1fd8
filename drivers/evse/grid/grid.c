// SPDX-License-Identifier: GPL-2.0-only
/*
 * Grid guard: anti-islanding and interconnection protection of a charging port
 * that feeds back. The lines of a voltage-monitor relay and of zero crossings,
 * and RMS voltages, are judged by a grid profile; the port is told to cease or
 * to trip in the interrupt that shows why.
 */
#include <linux/err.h>
#include <linux/math64.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>

#include "grid.h"

#define EVSE_GRID_DEFAULT_PROFILE	"ieee1547-cat2"

#define EVSE_GRID_MIN_UV	50000000
#define EVSE_GRID_MAX_UV	400000000

static int evse_grid_nominal(struct evse_grid *g)
{
	u32 uv;
	int err = device_property_read_u32(g->dev, "nominal-voltage-microvolt",
					   &uv);

	if (err)
		return dev_err_probe(g->dev, err,
				     "property nominal-voltage-microvolt is missing\n");
	if (uv < EVSE_GRID_MIN_UV || uv > EVSE_GRID_MAX_UV)
		return dev_err_probe(g->dev, -EINVAL,
				     "nominal-voltage-microvolt = %u is not in %u..%u\n",
				     uv, EVSE_GRID_MIN_UV, EVSE_GRID_MAX_UV);
	g->nominal_mv = uv / 1000;
	return 0;
}

/* A name that nobody knows is answered with those that there are. */
static int evse_grid_unknown(struct evse_grid *g, const char *name)
{
	char known[160];
	unsigned int i;
	int used = 0;

	for (i = 0; i < evse_grid_profile_count; i++)
		used += scnprintf(known + used, sizeof(known) - used, "%s%s",
				  i ? ", " : "", evse_grid_profiles[i].name);
	return dev_err_probe(g->dev, -EINVAL,
			     "evse,grid-profile = \"%s\" is unknown: use one of %s\n",
			     name, known);
}

static int evse_grid_judgement(struct evse_grid *g)
{
	const char *name = EVSE_GRID_DEFAULT_PROFILE;
	const struct evse_grid_profile *profile;

	device_property_read_string(g->dev, "evse,grid-profile", &name);
	profile = evse_grid_profile_find(name);
	if (!profile)
		return evse_grid_unknown(g, name);

	g->phases = max(g->crossings, g->voltages);
	g->wants_active = device_property_read_bool(g->dev,
						    "evse,active-islanding");
	if (g->wants_active && !g->crossings)
		return dev_err_probe(g->dev, -EINVAL,
				     "evse,active-islanding needs zero-cross-gpios\n");
	if (!evse_grid_can(g, profile))
		return dev_err_probe(g->dev, -EOPNOTSUPP,
				     "profile \"%s\" asks for active detection: add evse,active-islanding or use another profile\n",
				     name);
	evse_grid_use(g, profile);
	evse_grid_lines_restart(g);
	if (!g->crossings)
		dev_warn(g->dev, "no zero-cross-gpios: nothing of profile \"%s\" that goes by frequency is judged\n",
			 name);
	if (!g->voltages)
		dev_warn(g->dev, "no io-channels: of profile \"%s\" only that the voltage is gone is judged\n",
			 name);
	return 0;
}

static int evse_grid_guards(struct evse_grid *g)
{
	static const struct evse_guard_desc desc = {
		.name = "grid",
		.scope = EVSE_SCOPE_FLOW | EVSE_SCOPE_EXPORT,
		.code = EVSE_FAULT_CODE_GRID_LOSS,
	};
	const struct evse_rating *rating = evse_port_rating(g->port);
	int err;

	g->rated_mw = min_t(u64, S32_MAX,
			    div_u64((u64)rating->voltage_mv * rating->export_ma *
				    rating->phases, 1000));
	g->service = devm_evse_limiter_register(g->dev, "enter-service");
	if (IS_ERR(g->service))
		return dev_err_probe(g->dev, PTR_ERR(g->service),
				     "no limiter \"enter-service\"\n");
	evse_limiter_of_grid(g->service);
	evse_limiter_set(g->service, 0, S32_MAX);
	g->integrity = devm_evse_limiter_register(g->dev, "grid-integrity");
	if (IS_ERR(g->integrity))
		return dev_err_probe(g->dev, PTR_ERR(g->integrity),
				     "no limiter \"grid-integrity\"\n");
	evse_limiter_of_grid(g->integrity);
	err = evse_grid_support_get(g);
	if (err)
		return err;
	g->guard = devm_evse_guard_register(g->dev, &desc);
	if (IS_ERR(g->guard))
		return dev_err_probe(g->dev, PTR_ERR(g->guard),
				     "no guard \"grid\"\n");
	/* The guard itself holds back what may not return yet. */
	evse_fault_delay(g->port, EVSE_FAULT_CODE_GRID_LOSS, 0);
	return 0;
}

static void evse_grid_quit(void *priv)
{
	evse_grid_act_quit(priv);
}

static void evse_grid_begin(struct evse_grid *g)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&g->lock, flags);
	evse_grid_relay_look(g);
	evse_grid_step(g, ktime_get());
	raw_spin_unlock_irqrestore(&g->lock, flags);
}

/* On removal: thread, users, interrupts, their timers, the guard's, the guard. */
static int evse_grid_start(struct evse_grid *g)
{
	int err;

	err = devm_add_action_or_reset(g->dev, evse_grid_quit, g);
	if (err)
		return err;
	err = evse_grid_lines_request(g);
	if (err)
		return err;
	/* After the interrupts are there: no edge is missed. */
	evse_grid_begin(g);
	err = devm_evse_grid_register(g->dev, &evse_grid_user_ops, g);
	if (err)
		return dev_err_probe(g->dev, err, "port takes no grid guard\n");
	return evse_grid_sense_start(g);
}

static int evse_grid_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_grid *g;
	int err;

	g = devm_kzalloc(dev, sizeof(*g), GFP_KERNEL);
	if (!g)
		return -ENOMEM;
	g->dev = dev;
	evse_grid_act_init(g);
	g->port = evse_port_of(dev);
	if (IS_ERR(g->port))
		return dev_err_probe(dev, PTR_ERR(g->port),
				     "is not the child of an evse,port\n");

	err = evse_grid_nominal(g);
	if (!err)
		err = evse_grid_lines_get(g);
	if (!err)
		err = evse_grid_sense_get(g);
	if (!err)
		err = evse_grid_judgement(g);
	if (!err)
		err = evse_grid_guards(g);
	if (!err)
		err = evse_grid_start(g);
	return err ?: devm_evse_provider_up(dev);
}

static const struct of_device_id evse_grid_of_match[] = {
	{ .compatible = "evse,grid-guard" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_grid_of_match);
MODULE_ALIAS("platform:evse-grid-guard");

static struct platform_driver evse_grid_driver = {
	.probe = evse_grid_probe,
	.driver = {
		.name = "evse-grid-guard",
		.of_match_table = evse_grid_of_match,
	},
};
module_platform_driver(evse_grid_driver);

MODULE_DESCRIPTION("Grid guard of EV charger ports");
MODULE_LICENSE("GPL");
