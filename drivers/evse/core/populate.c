// SPDX-License-Identifier: GPL-2.0-only
/*
 * The devices of a port's children. A device tree's are found by their node. The
 * others are found by their name, here and in the tables of lines that a board
 * has: it is what "compatible" says, and a number that follows from the port's.
 */
#include <linux/err.h>
#include <linux/evse.h>
#include <linux/fwnode.h>
#include <linux/minmax.h>
#include <linux/of.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/string.h>

#include "port.h"

static void evse_child_remove(void *child)
{
	platform_device_unregister(child);
}

static int evse_child_add(struct platform_device *port,
			  struct fwnode_handle *node, int number)
{
	struct platform_device_info info = {
		.parent = &port->dev,
		.fwnode = node,
		.id = max(port->id, 0) * EVSE_PORT_CHILDREN + number,
	};
	struct platform_device *child;
	const char *compatible;
	char name[32];

	/* As evse_port_missing() has it: nobody waits for a driver of that. */
	if (fwnode_property_read_string(node, "compatible", &compatible))
		return 0;
	if (number >= EVSE_PORT_CHILDREN)
		return dev_err_probe(&port->dev, -E2BIG,
				     "more than %d children: say no more\n",
				     EVSE_PORT_CHILDREN);
	if (strscpy(name, compatible, sizeof(name)) < 0)
		return dev_err_probe(&port->dev, -EINVAL,
				     "compatible \"%s\" is longer than %zu letters\n",
				     compatible, sizeof(name) - 1);
	strreplace(name, ',', '-');
	info.name = name;
	child = platform_device_register_full(&info);
	if (IS_ERR(child))
		return dev_err_probe(&port->dev, PTR_ERR(child),
				     "cannot add child %s.%d\n", name, info.id);
	return devm_add_action_or_reset(&port->dev, evse_child_remove, child);
}

/*
 * The driver core makes the links of a device to what it stands on once for each
 * node, and they go with the device: the children of a port that is bound again
 * would have none, and stay bound when a supplier goes.
 */
static void evse_port_link_again(struct device *dev)
{
	struct device_node *child;

	for_each_available_child_of_node(dev->of_node, child)
		fwnode_clear_flag(of_fwnode_handle(child),
				  FWNODE_FLAG_LINKS_ADDED);
}

/**
 * evse_port_populate() - make a device for each child of a port's node
 * @port: the port's platform device; they go before it does
 *
 * Return: 0 or a negative errno.
 */
int evse_port_populate(struct platform_device *port)
{
	struct fwnode_handle *node;
	int number = 0;
	int ret;

	if (port->dev.of_node) {
		evse_port_link_again(&port->dev);
		return devm_of_platform_populate(&port->dev);
	}

	device_for_each_child_node(&port->dev, node) {
		ret = evse_child_add(port, node, number++);
		if (ret) {
			fwnode_handle_put(node);
			return ret;
		}
	}
	return 0;
}
