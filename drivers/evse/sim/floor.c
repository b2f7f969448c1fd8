// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shortest way from a line to another that Linux has: a hard interrupt
 * whose handler writes one GPIO and knows nothing. What it takes is the floor
 * that a trip is compared with.
 */

#include <linux/device.h>
#include <linux/gpio/consumer.h>
#include <linux/interrupt.h>
#include <linux/mod_devicetable.h>
#include <linux/platform_device.h>

#include "board.h"

/**
 * struct evse_sim_floor - a line that follows another
 * @out: it changes with every edge
 * @on: its level
 */
struct evse_sim_floor {
	struct gpio_desc *out;
	bool on;
};

static irqreturn_t floor_edge(int irq, void *data)
{
	struct evse_sim_floor *f = data;

	f->on = !f->on;
	gpiod_set_value(f->out, f->on);
	return IRQ_HANDLED;
}

static int floor_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_sim_floor *f;
	struct gpio_desc *in;
	int irq;

	f = devm_kzalloc(dev, sizeof(*f), GFP_KERNEL);
	if (!f)
		return -ENOMEM;
	in = devm_gpiod_get(dev, "in", GPIOD_IN);
	if (IS_ERR(in))
		return dev_err_probe(dev, PTR_ERR(in),
				     "in-gpios: cannot get the line\n");
	f->out = devm_gpiod_get(dev, "out", GPIOD_OUT_LOW);
	if (IS_ERR(f->out))
		return dev_err_probe(dev, PTR_ERR(f->out),
				     "out-gpios: cannot get the line\n");
	irq = gpiod_to_irq(in);
	if (irq < 0)
		return dev_err_probe(dev, irq,
				     "in-gpios: the line has no interrupt\n");
	return devm_request_irq(dev, irq, floor_edge,
				IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING |
				IRQF_NO_THREAD, dev_name(dev), f);
}

static const struct of_device_id floor_of_match[] = {
	{ .compatible = "evse,sim-floor" },
	{ }
};

struct platform_driver evse_sim_floor_driver = {
	.driver = {
		.name = "evse-sim-floor",
		.of_match_table = floor_of_match,
	},
	.probe = floor_probe,
};
