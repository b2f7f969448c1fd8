/* SPDX-License-Identifier: GPL-2.0-only */
/* Optional device-tree numbers with bounds, for the drivers of evse. */
#ifndef _EVSE_PROPERTY_H
#define _EVSE_PROPERTY_H

#include <linux/device.h>
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

#endif /* _EVSE_PROPERTY_H */
