// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who owns a bridge: the device whose property refers to it.
 */

#include <linux/device.h>
#include <linux/export.h>
#include <linux/property.h>

#include "bridge.h"

static LIST_HEAD(bridges);
static DEFINE_MUTEX(bridges_lock);

void evse_bridge_publish(struct evse_bridge *b)
{
	mutex_lock(&bridges_lock);
	list_add_tail(&b->node, &bridges);
	mutex_unlock(&bridges_lock);
}

void evse_bridge_withdraw(struct evse_bridge *b)
{
	mutex_lock(&bridges_lock);
	list_del(&b->node);
	mutex_unlock(&bridges_lock);
}

static int claim(struct evse_bridge *b, struct device *dev)
{
	int ret = 0;

	mutex_lock(&b->lock);
	if (b->owner || atomic_read(&b->armed)) {
		dev_err(dev, "the bridge %s is in use by %s\n", dev_name(b->dev),
			b->owner ? dev_name(b->owner) : "a PWM consumer");
		ret = -EBUSY;
	} else {
		b->owner = dev;
	}
	mutex_unlock(&b->lock);
	return ret;
}

static void release(void *data)
{
	struct evse_bridge *b = data;

	/* Outputs off first; then what was being armed meanwhile. */
	evse_bridge_trip(b);
	evse_bridge_on_trip(b, NULL, NULL);
	mutex_lock(&b->lock);
	evse_bridge_trip(b);
	b->owner = NULL;
	mutex_unlock(&b->lock);
}

static struct evse_bridge *get(struct device *dev, struct fwnode_handle *node)
{
	struct evse_bridge *b;
	int ret;

	list_for_each_entry(b, &bridges, node) {
		if (dev_fwnode(b->dev) != node)
			continue;
		ret = claim(b, dev);
		if (ret)
			return ERR_PTR(ret);
		if (device_link_add(dev, b->dev, DL_FLAG_AUTOREMOVE_CONSUMER))
			return b;
		release(b);
		return ERR_PTR(-EINVAL);
	}
	return ERR_PTR(-EPROBE_DEFER);
}

struct evse_bridge *devm_evse_bridge_get(struct device *dev)
{
	struct fwnode_handle *node;
	struct evse_bridge *b;
	int ret;

	node = fwnode_find_reference(dev_fwnode(dev), "evse,bridge", 0);
	if (IS_ERR(node))
		return ERR_PTR(-ENOENT);
	mutex_lock(&bridges_lock);
	b = get(dev, node);
	mutex_unlock(&bridges_lock);
	fwnode_handle_put(node);
	if (IS_ERR(b))
		return b;
	ret = devm_add_action_or_reset(dev, release, b);
	return ret ? ERR_PTR(ret) : b;
}
EXPORT_SYMBOL_GPL(devm_evse_bridge_get);

void evse_bridge_on_trip(struct evse_bridge *bridge,
			 void (*tripped)(void *priv, ktime_t edge), void *priv)
{
	unsigned int i;

	/* Nobody is told with the argument of another. */
	WRITE_ONCE(bridge->on_trip, NULL);
	for (i = 0; i < bridge->legs; i++)
		if (bridge->leg[i].irq > 0)
			synchronize_irq(bridge->leg[i].irq);
	bridge->on_trip_priv = priv;
	/* The argument first: evse_bridge_trip_zone() */
	smp_store_release(&bridge->on_trip, tripped);
}
EXPORT_SYMBOL_GPL(evse_bridge_on_trip);
