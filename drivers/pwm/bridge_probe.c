// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bridge of an EV charger on up to three TI ePWM modules: from the device tree
 * to a bridge that is bound, and back.
 */

#include <linux/clk.h>
#include <linux/device.h>
#include <linux/ioport.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/panic_notifier.h>
#include <linux/platform_device.h>
#include <linux/pm.h>
#include <linux/pm_runtime.h>
#include <linux/property.h>
#include <linux/regmap.h>

#include "bridge.h"
#include "epwm_regs.h"

/* What is held on for as long as the bridge is bound */

static void power_off(void *dev)
{
	pm_runtime_put_sync(dev);
}

static int power_on(struct evse_bridge *b)
{
	int ret;

	ret = devm_pm_runtime_enable(b->dev);
	if (ret)
		return ret;
	ret = pm_runtime_resume_and_get(b->dev);
	if (ret < 0)
		return dev_err_probe(b->dev, ret, "cannot power the modules\n");
	return devm_add_action_or_reset(b->dev, power_off, b->dev);
}

/* A leg other than the first may have clocks of its own, at the same rate. */
static int clocks_on(struct evse_bridge *b)
{
	static const char * const names[EVSE_BRIDGE_LEGS][2] = {
		{ "fck", "tbclk" }, { "fck1", "tbclk1" }, { "fck2", "tbclk2" },
	};
	struct clk *clk[2];
	unsigned int i, k;
	unsigned long hz;

	for (i = 0; i < b->legs; i++) {
		for (k = 0; k < 2; k++) {
			clk[k] = i ? devm_clk_get_optional_enabled(b->dev, names[i][k]) :
				     devm_clk_get_enabled(b->dev, names[i][k]);
			if (IS_ERR(clk[k]))
				return dev_err_probe(b->dev, PTR_ERR(clk[k]),
						     "no clock \"%s\": name it in clocks and clock-names\n",
						     names[i][k]);
		}
		hz = clk_get_rate(clk[0]);
		if (!i)
			b->bounds.clock_hz = min_t(unsigned long, hz, U32_MAX);
		else if (clk[0] && hz != b->bounds.clock_hz)
			return dev_err_probe(b->dev, -EINVAL,
					     "clock \"%s\" has %lu Hz: say a clock of %u Hz as \"fck\" has\n",
					     names[i][0], hz, b->bounds.clock_hz);
	}
	return 0;
}

static int read_bounds(struct evse_bridge *b)
{
	const struct {
		const char *name;
		u32 *value;
	} properties[] = {
		{ "evse,dead-time-ns", &b->bounds.dead_ns },
		{ "evse,minimum-pulse-ns", &b->bounds.pulse_ns },
		{ "evse,carrier-min-hz", &b->bounds.carrier_min_hz },
		{ "evse,carrier-max-hz", &b->bounds.carrier_max_hz },
		{ "evse,carrier-hz", &b->bounds.carrier_hz },
	};
	struct epwm_refusal r;
	unsigned int i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(properties); i++) {
		ret = device_property_read_u32(b->dev, properties[i].name,
					       properties[i].value);
		if (ret)
			return dev_err_probe(b->dev, ret,
					     "property %s is missing\n",
					     properties[i].name);
	}
	ret = epwm_plan(&b->plan, &b->bounds, &r);
	if (ret)
		return dev_err_probe(b->dev, ret, "%s is %llu: say %llu to %llu\n",
				     r.what, r.value, r.low, r.high);
	return 0;
}

/* Registers: of its own, or maps that the parent offers */

static int check_reg(struct platform_device *pdev)
{
	struct resource *mine, *other;
	unsigned int leg, i;

	for (leg = 0; (mine = platform_get_resource(pdev, IORESOURCE_MEM, leg)); leg++) {
		if (leg == EVSE_BRIDGE_LEGS)
			return dev_err_probe(&pdev->dev, -EINVAL,
					     "reg has more entries than the %u legs that there can be\n",
					     EVSE_BRIDGE_LEGS);
		if (resource_size(mine) <= EPWM_LAST)
			return dev_err_probe(&pdev->dev, -EINVAL,
					     "reg: leg %u has %llu bytes: say 64 or more\n",
					     leg, (u64)resource_size(mine));
		for (i = 0; i < leg; i++) {
			other = platform_get_resource(pdev, IORESOURCE_MEM, i);
			if (resource_overlaps(mine, other))
				return dev_err_probe(&pdev->dev, -EINVAL,
						     "reg: legs %u and %u overlap at %pa: say one module for each\n",
						     i, leg, &mine->start);
		}
	}
	return 0;
}

static struct regmap *map_registers(struct platform_device *pdev, unsigned int i)
{
	static const char * const names[] = { "leg0", "leg1", "leg2" };
	const struct regmap_config config = {
		.name = names[i],
		.reg_bits = 16,
		.reg_stride = 2,
		.val_bits = 16,
		.max_register = EPWM_LAST,
		.cache_type = REGCACHE_NONE,
		.use_raw_spinlock = true,
	};
	void __iomem *base;

	if (!platform_get_resource(pdev, IORESOURCE_MEM, 0))
		return dev_get_regmap(pdev->dev.parent, names[i]);
	if (!platform_get_resource(pdev, IORESOURCE_MEM, i))
		return NULL;
	base = devm_platform_ioremap_resource(pdev, i);
	if (IS_ERR(base))
		return ERR_CAST(base);
	return devm_regmap_init_mmio(&pdev->dev, base, &config);
}

static int find_legs(struct evse_bridge *b, struct platform_device *pdev)
{
	int ret = check_reg(pdev);

	if (ret)
		return ret;
	for (b->legs = 0; b->legs < EVSE_BRIDGE_LEGS; b->legs++) {
		struct evse_bridge_leg *leg = &b->leg[b->legs];

		leg->bridge = b;
		leg->index = b->legs;
		leg->map = map_registers(pdev, b->legs);
		if (IS_ERR(leg->map))
			return PTR_ERR(leg->map);
		if (!leg->map)
			break;
	}
	if (!b->legs)
		return dev_err_probe(b->dev, -EINVAL,
				     "no reg, and a parent without register maps: say one reg for each leg\n");
	return 0;
}

static int request_interrupts(struct evse_bridge *b, struct platform_device *pdev)
{
	int count = platform_irq_count(pdev), ret;
	unsigned int i;

	if (count < 0)
		return dev_err_probe(b->dev, count, "cannot count interrupts\n");
	if (count && count != b->legs)
		return dev_err_probe(b->dev, -EINVAL,
				     "interrupts has %d entries: say %u, the trip-zone interrupt of each leg, or none\n",
				     count, b->legs);
	for (i = 0; i < count; i++) {
		ret = platform_get_irq(pdev, i);
		if (ret < 0)
			return ret;
		b->leg[i].irq = ret;
		ret = devm_request_irq(b->dev, ret, evse_bridge_trip_zone,
				       IRQF_NO_THREAD, dev_name(b->dev),
				       &b->leg[i]);
		if (ret)
			return dev_err_probe(b->dev, ret,
					     "cannot have the trip-zone interrupt of leg %u\n",
					     i);
	}
	return 0;
}

/* What turns the bridge off without its owner */

static int panicked(struct notifier_block *nb, unsigned long event, void *text)
{
	evse_bridge_trip(container_of(nb, struct evse_bridge, panic));
	return NOTIFY_DONE;
}

static void unlist(void *data)
{
	struct evse_bridge *b = data;

	atomic_notifier_chain_unregister(&panic_notifier_list, &b->panic);
}

static int list_for_panic(struct evse_bridge *b)
{
	b->panic.notifier_call = panicked;
	atomic_notifier_chain_register(&panic_notifier_list, &b->panic);
	return devm_add_action_or_reset(b->dev, unlist, b);
}

static void bridge_unbind(void *data)
{
	evse_bridge_close(data);
	evse_bridge_withdraw(data);
}

static int bridge_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_bridge *b;
	int ret;

	b = devm_kzalloc(dev, sizeof(*b), GFP_KERNEL);
	if (!b)
		return -ENOMEM;
	b->dev = dev;
	mutex_init(&b->lock);
	raw_spin_lock_init(&b->reference);
	platform_set_drvdata(pdev, b);

	ret = find_legs(b, pdev);
	if (ret)
		return ret;
	ret = power_on(b);
	if (ret)
		return ret;
	ret = clocks_on(b);
	if (ret)
		return ret;
	ret = read_bounds(b);
	if (ret)
		return ret;
	ret = evse_bridge_start(b);
	if (ret)
		return dev_err_probe(dev, ret,
				     "a module does not latch its trip: check reg and clocks\n");
	ret = request_interrupts(b, pdev);
	if (ret)
		return ret;
	ret = list_for_panic(b);
	if (ret)
		return ret;
	ret = evse_bridge_chip_add(b);
	if (ret)
		return dev_err_probe(dev, ret, "cannot add the PWM chip\n");
	evse_bridge_publish(b);
	return devm_add_action_or_reset(dev, bridge_unbind, b);
}

static void bridge_shutdown(struct platform_device *pdev)
{
	evse_bridge_close(platform_get_drvdata(pdev));
}

/* Registers may be lost: nothing but the recipe ends what this begins. */
static int bridge_suspend(struct device *dev)
{
	evse_bridge_close(dev_get_drvdata(dev));
	return 0;
}

static int bridge_resume(struct device *dev)
{
	return evse_bridge_start(dev_get_drvdata(dev));
}

static DEFINE_SIMPLE_DEV_PM_OPS(bridge_pm_ops, bridge_suspend, bridge_resume);

static const struct of_device_id bridge_of_match[] = {
	{ .compatible = "evse,ti-epwm-bridge" },
	{ }
};
MODULE_DEVICE_TABLE(of, bridge_of_match);

static struct platform_driver bridge_driver = {
	.driver = {
		.name = "pwm-evse-bridge",
		.of_match_table = bridge_of_match,
		.dev_groups = evse_bridge_groups,
		.pm = pm_sleep_ptr(&bridge_pm_ops),
	},
	.probe = bridge_probe,
	.shutdown = bridge_shutdown,
};
module_platform_driver(bridge_driver);

MODULE_DESCRIPTION("IGBT bridge of an EV charger on TI ePWM");
MODULE_AUTHOR("The evse project");
MODULE_LICENSE("GPL");
