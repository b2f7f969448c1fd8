// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guard that is one line: mains relay, emergency stop, enclosure door.
 *
 * The line says that the condition holds; losing it trips in the hard interrupt
 * that saw the edge. What software sees here it can not override: there is no
 * way to set the guard but the line.
 */
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/interrupt.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>

#include <linux/evse.h>

#include "interlock.h"

struct evse_line_guard {
	struct evse_guard *guard;
	struct gpio_desc *permit;
};

static irqreturn_t evse_line_guard_edge(int irq, void *data)
{
	struct evse_line_guard *line = data;
	ktime_t edge = ktime_get();
	int level = gpiod_get_value(line->permit);

	if (level > 0)
		evse_guard_permit(line->guard);
	else
		evse_guard_trip(line->guard, edge, level);
	return IRQ_HANDLED;
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
	struct evse_line_guard *line;
	int irq, ret;

	line = devm_kzalloc(dev, sizeof(*line), GFP_KERNEL);
	if (!line)
		return -ENOMEM;

	ret = evse_line_guard_describe(dev, &desc);
	if (ret)
		return ret;

	line->permit = devm_gpiod_get(dev, "permit", GPIOD_IN);
	if (IS_ERR(line->permit))
		return dev_err_probe(dev, PTR_ERR(line->permit),
				     "permit-gpios: cannot get the line\n");
	if (gpiod_cansleep(line->permit))
		return dev_err_probe(dev, -EINVAL,
				     "permit-gpios: a line that can sleep cannot trip in an interrupt: use one of the processor's own\n");
	gpiod_set_consumer_name(line->permit, dev_name(dev));
	irq = gpiod_to_irq(line->permit);
	if (irq < 0)
		return dev_err_probe(dev, irq,
				     "permit-gpios: the line has no interrupt\n");

	line->guard = devm_evse_guard_register(dev, &desc);
	if (IS_ERR(line->guard))
		return dev_err_probe(dev, PTR_ERR(line->guard),
				     "cannot register the guard: see fault-code and directions\n");

	/* Stays a hard interrupt under threadirqs and PREEMPT_RT. */
	ret = devm_request_irq(dev, irq, evse_line_guard_edge,
			       IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING |
			       IRQF_NO_THREAD, dev_name(dev), line);
	if (ret)
		return dev_err_probe(dev, ret, "cannot have the interrupt\n");

	/* After the interrupt is there: no edge is missed. */
	if (gpiod_get_value(line->permit) > 0)
		evse_guard_permit(line->guard);
	else
		evse_guard_trip(line->guard, ktime_get(), 0);

	return devm_evse_provider_up(dev);
}

static const struct of_device_id evse_line_guard_match[] = {
	{ .compatible = "evse,line-guard" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_line_guard_match);

struct platform_driver evse_line_guard_driver = {
	.probe = evse_line_guard_probe,
	.driver = {
		.name = "evse-line-guard",
		.of_match_table = evse_line_guard_match,
	},
};
