// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guard that is one line: mains relay, emergency stop, enclosure door.
 *
 * The line says that the condition holds; losing it trips in the hard interrupt
 * that saw the edge. What software sees here it can not override: there is no
 * way to set the guard but the line.
 */
#include <linux/err.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>

#include <linux/evse.h>

#include "interlock.h"
#include "line_watch.h"

struct evse_line_guard {
	struct evse_guard *guard;
	struct evse_line line;
};

static void evse_line_guard_changed(void *priv, int level, ktime_t edge)
{
	struct evse_line_guard *g = priv;

	if (level > 0)
		evse_guard_permit(g->guard);
	else
		evse_guard_trip(g->guard, edge, level);
}

static const struct {
	const char *name;
	u32 scope;
} evse_line_directions[] = {
	{ "import", EVSE_SCOPE_IMPORT },
	{ "export", EVSE_SCOPE_EXPORT },
	{ "island", EVSE_SCOPE_ISLAND },
};

static int evse_line_guard_describe(struct device *dev,
				    struct evse_guard_desc *desc)
{
	u32 code;
	int i, ret;

	ret = device_property_read_string(dev, "label", &desc->name);
	if (ret)
		return dev_err_probe(dev, ret, "property label is missing\n");
	ret = device_property_read_u32(dev, "fault-code", &code);
	if (ret)
		return dev_err_probe(dev, ret,
				     "property fault-code is missing\n");
	desc->code = code;

	desc->scope = EVSE_SCOPE_PRECHARGE | EVSE_SCOPE_CABLE_CHECK |
		      EVSE_SCOPE_FLOW;
	for (i = 0; i < ARRAY_SIZE(evse_line_directions); i++)
		if (device_property_match_string(dev, "directions",
						 evse_line_directions[i].name) >= 0)
			desc->scope |= evse_line_directions[i].scope;
	return 0;
}

static int evse_line_guard_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_guard_desc desc = { };
	struct evse_line_guard *g;
	int ret;

	g = devm_kzalloc(dev, sizeof(*g), GFP_KERNEL);
	if (!g)
		return -ENOMEM;

	ret = evse_line_guard_describe(dev, &desc);
	if (ret)
		return ret;
	ret = evse_line_get(dev, &g->line, "permit");
	if (ret)
		return ret;

	g->guard = devm_evse_guard_register(dev, &desc);
	if (IS_ERR(g->guard))
		return dev_err_probe(dev, PTR_ERR(g->guard),
				     "cannot register the guard: see fault-code and directions\n");
	ret = evse_line_watch(&g->line, evse_line_guard_changed, g);
	if (ret)
		return ret;

	return devm_evse_provider_up(dev);
}

static const struct of_device_id evse_line_guard_match[] = {
	{ .compatible = "evse,line-guard" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_line_guard_match);
MODULE_ALIAS("platform:evse-line-guard");

struct platform_driver evse_line_guard_driver = {
	.probe = evse_line_guard_probe,
	.driver = {
		.name = "evse-line-guard",
		.of_match_table = evse_line_guard_match,
	},
};
