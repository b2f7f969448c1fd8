// SPDX-License-Identifier: GPL-2.0-only
/* The port's platform device: reads the rating, makes the port, binds children. */
#include <linux/err.h>
#include <linux/evse.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>

#include "port.h"

/* What a connector can be built for; a value outside is a mistake. */
#define EVSE_VOLTAGE_MIN_UV	100000000U
#define EVSE_VOLTAGE_MAX_UV	1500000000U
#define EVSE_CURRENT_MIN_UA	6000000U
#define EVSE_CURRENT_MAX_UA	1000000000U

static int evse_read_bounded(struct device *dev, const char *name, u32 min,
			     u32 max, u32 *milli)
{
	u32 micro;
	int ret;

	ret = device_property_read_u32(dev, name, &micro);
	if (ret)
		return dev_err_probe(dev, ret, "property %s is missing\n",
				     name);
	if (micro < min || micro > max)
		return dev_err_probe(dev, -ERANGE,
				     "property %s is %u, outside %u..%u\n",
				     name, micro, min, max);
	*milli = micro / 1000;
	return 0;
}

static int evse_read_rating(struct device *dev, struct evse_rating *rating)
{
	const char *supply = "ac";
	u32 phases = 1;
	int ret;

	ret = evse_read_bounded(dev, "rated-voltage-microvolt",
				EVSE_VOLTAGE_MIN_UV, EVSE_VOLTAGE_MAX_UV,
				&rating->voltage_mv);
	if (ret)
		return ret;
	ret = evse_read_bounded(dev, "rated-current-microamp",
				EVSE_CURRENT_MIN_UA, EVSE_CURRENT_MAX_UA,
				&rating->current_ma);
	if (ret)
		return ret;
	if (device_property_present(dev, "rated-export-current-microamp")) {
		ret = evse_read_bounded(dev, "rated-export-current-microamp",
					EVSE_CURRENT_MIN_UA,
					EVSE_CURRENT_MAX_UA,
					&rating->export_ma);
		if (ret)
			return ret;
	}

	device_property_read_string(dev, "supply", &supply);
	rating->dc = !strcmp(supply, "dc");
	if (!rating->dc && strcmp(supply, "ac"))
		return dev_err_probe(dev, -EINVAL,
				     "property supply is \"%s\": say \"ac\" or \"dc\"\n",
				     supply);

	device_property_read_u32(dev, "phases", &phases);
	if (phases != 1 && (phases != 3 || rating->dc))
		return dev_err_probe(dev, -EINVAL,
				     "property phases is %u: say 1, or 3 for ac\n",
				     phases);
	rating->phases = phases;
	return 0;
}

static void evse_port_remove(void *data)
{
	evse_port_destroy(data);
}

static int evse_port_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_rating rating = { };
	struct evse_port *port;
	int ret;

	ret = evse_read_rating(dev, &rating);
	if (ret)
		return ret;

	port = evse_port_create(dev, &rating);
	if (IS_ERR(port))
		return dev_err_probe(dev, PTR_ERR(port),
				     "cannot create the port\n");
	platform_set_drvdata(pdev, port);
	ret = devm_add_action_or_reset(dev, evse_port_remove, port);
	if (ret)
		return ret;

	/* Last, so that the children are gone before their port is. */
	ret = evse_port_populate(pdev);
	if (ret)
		return ret;

	evse_port_kick(port, EVSE_PENDING_READY);
	return 0;
}

static const struct of_device_id evse_port_match[] = {
	{ .compatible = "evse,port" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_port_match);
MODULE_ALIAS("platform:evse-port");

struct platform_driver evse_port_driver = {
	.probe = evse_port_probe,
	.driver = {
		.name = "evse-port",
		.of_match_table = evse_port_match,
	},
};
