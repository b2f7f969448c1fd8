/* SPDX-License-Identifier: GPL-2.0-only */
/* What a node may have or not, for the drivers of evse: numbers with bounds, lines. */
#ifndef _EVSE_PROPERTY_H
#define _EVSE_PROPERTY_H

#include <linux/device.h>
#include <linux/gpio/consumer.h>
#include <linux/kernel.h>
#include <linux/property.h>

/**
 * struct evse_property - an optional number of a node
 * @name: of the property, with its unit as suffix
 * @def: value when the node has none
 * @min: lowest that is accepted
 * @max: highest that is accepted
 */
struct evse_property {
	const char *name;
	u32 def;
	u32 min;
	u32 max;
};

/**
 * evse_property_read() - read an optional number, refuse it out of bounds
 * @dev: device whose node has it
 * @prop: the property
 * @value: set to what the node says, or to the default
 *
 * Return: 0 or a negative errno, after telling the bounds.
 */
static inline int evse_property_read(struct device *dev,
				     const struct evse_property *prop,
				     u32 *value)
{
	int err;

	*value = prop->def;
	if (!device_property_present(dev, prop->name))
		return 0;

	err = device_property_read_u32(dev, prop->name, value);
	if (err)
		return dev_err_probe(dev, err, "%s: not one number\n",
				     prop->name);
	if (*value < prop->min || *value > prop->max)
		return dev_err_probe(dev, -EINVAL, "%s = %u is not in %u..%u\n",
				     prop->name, *value, prop->min, prop->max);
	return 0;
}

/**
 * evse_line_present() - does a device have a line that it can do without
 * @dev: the device
 * @name: of the line: that of the property, without "-gpios"
 *
 * A property that makes no sense is there as well: getting its line fails.
 *
 * Return: true when its node has one, or the machine's table of lines.
 */
static inline bool evse_line_present(struct device *dev, const char *name)
{
	char property[32];

	snprintf(property, sizeof(property), "%s-gpios", name);
	return device_property_present(dev, property) ||
	       gpiod_count(dev, name) > 0;
}

#endif /* _EVSE_PROPERTY_H */
