// SPDX-License-Identifier: GPL-2.0-only
/* Ports: the class, their life, and the providers that come and go. */
#include <linux/err.h>
#include <linux/evse.h>
#include <linux/fwnode.h>
#include <linux/idr.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/slab.h>

#include "port.h"

/* Read without a lock by the panic notifier, hence an array. */
struct evse_port *evse_ports[EVSE_PORTS_MAX];
static DEFINE_MUTEX(evse_ports_lock);
static DEFINE_IDA(evse_ids);

static void evse_port_release(struct device *dev)
{
	struct evse_port *port = dev_to_port(dev);

	ida_free(&evse_ids, port->id);
	kfree(port);
}

static struct class evse_class = {
	.name = "evse",
	.dev_groups = evse_port_groups,
	.dev_release = evse_port_release,
};

int evse_class_init(void)
{
	return class_register(&evse_class);
}

void evse_class_exit(void)
{
	class_unregister(&evse_class);
}

/**
 * evse_port_create() - a new port, unready and de-energised
 * @parent: its platform device
 * @rating: what the connector is built for; copied
 *
 * Return: the port or an ERR_PTR. evse_port_destroy() ends it.
 */
struct evse_port *evse_port_create(struct device *parent,
				   const struct evse_rating *rating)
{
	struct evse_port *port;
	int i, ret;

	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return ERR_PTR(-ENOMEM);

	ret = ida_alloc_max(&evse_ids, EVSE_PORTS_MAX - 1, GFP_KERNEL);
	if (ret < 0) {
		kfree(port);
		return ERR_PTR(ret);
	}
	port->id = ret;

	port->rating = *rating;
	raw_spin_lock_init(&port->hot);
	mutex_init(&port->mutex);
	for (i = 0; i < EVSE_FAULTS; i++)
		port->faults[i].bound = S32_MAX;
	INIT_LIST_HEAD(&port->providers);
	port->mode = EVSE_MODE_CHARGE;
	port->configured = (struct evse_window){ "configured", S32_MIN, S32_MAX };
	port->vehicle_window = (struct evse_window){ "vehicle", S32_MIN, S32_MAX };
	port->pilot_output = EVSE_PILOT_OUTPUT_AUTO;

	device_initialize(&port->dev);
	port->dev.class = &evse_class;
	port->dev.parent = parent;
	ret = dev_set_name(&port->dev, "evse%u", port->id);
	if (ret)
		goto err_put;

	evse_session_init(port);
	ret = evse_engine_init(port);
	if (ret)
		goto err_put;

	ret = device_add(&port->dev);
	if (ret)
		goto err_stop;
	evse_lights_start(port);

	mutex_lock(&evse_ports_lock);
	WRITE_ONCE(evse_ports[port->id], port);
	mutex_unlock(&evse_ports_lock);
	return port;

err_stop:
	evse_engine_stop(port);
err_put:
	put_device(&port->dev);
	return ERR_PTR(ret);
}

/**
 * evse_port_destroy() - end a port
 * @port: the port; its providers are unbound already
 */
void evse_port_destroy(struct evse_port *port)
{
	mutex_lock(&evse_ports_lock);
	WRITE_ONCE(evse_ports[port->id], NULL);
	mutex_unlock(&evse_ports_lock);

	mutex_lock(&port->mutex);
	port->gone = true;
	evse_session_end(port);
	mutex_unlock(&port->mutex);

	evse_engine_stop(port);
	evse_lights_stop(port);
	device_unregister(&port->dev);
}

/**
 * evse_port_get() - a port by its number
 * @id: N of evseN
 *
 * Return: the port, to be given back with evse_port_put(), or NULL. Its
 * @gone says under its mutex whether it was unregistered meanwhile.
 */
struct evse_port *evse_port_get(u32 id)
{
	struct evse_port *port = NULL;

	if (id >= EVSE_PORTS_MAX)
		return NULL;

	mutex_lock(&evse_ports_lock);
	if (evse_ports[id]) {
		port = evse_ports[id];
		get_device(&port->dev);
	}
	mutex_unlock(&evse_ports_lock);
	return port;
}

/**
 * evse_port_next() - the first port at or after a number
 * @id: where to look from; where it was found
 *
 * Return: as evse_port_get().
 */
struct evse_port *evse_port_next(u32 *id)
{
	struct evse_port *port;

	for (; *id < EVSE_PORTS_MAX; (*id)++) {
		port = evse_port_get(*id);
		if (port)
			return port;
	}
	return NULL;
}

void evse_port_put(struct evse_port *port)
{
	put_device(&port->dev);
}

struct evse_port *evse_port_of(struct device *dev)
{
	struct device *parent = dev->parent;

	if (!parent || parent->driver != &evse_port_driver.driver)
		return ERR_PTR(-ENODEV);
	return dev_get_drvdata(parent);
}
EXPORT_SYMBOL_GPL(evse_port_of);

const struct evse_rating *evse_port_rating(const struct evse_port *port)
{
	return &port->rating;
}
EXPORT_SYMBOL_GPL(evse_port_rating);

void evse_port_mating(struct evse_port *port, struct evse_mating *mating)
{
	mutex_lock(&port->mutex);
	*mating = (struct evse_mating){
		.matings = port->counters.matings,
		.cleaned = port->counters.cleaned,
		.partings = port->partings,
		.parted = port->seen_vehicle == EVSE_PILOT_STATE_A,
	};
	mutex_unlock(&port->mutex);
}
EXPORT_SYMBOL_GPL(evse_port_mating);

/*
 * Providers
 */

struct evse_provider {
	struct list_head node;
	struct evse_port *port;
	struct device *dev;
};

static bool evse_provider_bound(struct evse_port *port,
				struct fwnode_handle *fwnode)
{
	struct evse_provider *provider;

	list_for_each_entry(provider, &port->providers, node)
		if (dev_fwnode(provider->dev) == fwnode)
			return true;
	return false;
}

/**
 * evse_port_missing() - a child of the port's node that is not bound
 * @port: the port; its mutex is held
 *
 * Return: its name, or NULL when the port is ready.
 */
const char *evse_port_missing(struct evse_port *port)
{
	struct fwnode_handle *child;
	const char *name;

	device_for_each_child_node(port->dev.parent, child) {
		if (!fwnode_property_present(child, "compatible") ||
		    evse_provider_bound(port, child))
			continue;
		name = fwnode_get_name(child);
		fwnode_handle_put(child);
		return name;
	}
	return NULL;
}

static void evse_provider_down(void *data)
{
	struct evse_provider *provider = data;
	struct evse_port *port = provider->port;

	mutex_lock(&port->mutex);
	list_del(&provider->node);
	port->ready = false;
	mutex_unlock(&port->mutex);

	evse_fault_report(port, EVSE_FAULT_CODE_PROVIDER_LOST, true, 0,
			  "core");
	evse_port_kick(port, EVSE_PENDING_READY);
	/* What the provider offers must be out of use before it is released. */
	kthread_flush_work(&port->work);
	kfree(provider);
}

int devm_evse_provider_up(struct device *dev)
{
	struct evse_port *port = evse_port_of(dev);
	struct evse_provider *provider;
	bool ready;

	if (IS_ERR(port))
		return PTR_ERR(port);

	provider = kzalloc(sizeof(*provider), GFP_KERNEL);
	if (!provider)
		return -ENOMEM;
	provider->port = port;
	provider->dev = dev;

	mutex_lock(&port->mutex);
	list_add_tail(&provider->node, &port->providers);
	ready = !evse_port_missing(port);
	port->ready = ready;
	mutex_unlock(&port->mutex);

	if (ready)
		evse_fault_report(port, EVSE_FAULT_CODE_PROVIDER_LOST, false, 0,
				  "core");
	evse_port_kick(port, EVSE_PENDING_READY);

	return devm_add_action_or_reset(dev, evse_provider_down, provider);
}
EXPORT_SYMBOL_GPL(devm_evse_provider_up);

/*
 * Actuators and services: one of each
 */

struct evse_slot {
	struct evse_port *port;
	const void **ops;
	void **priv;
};

static void evse_slot_release(void *data)
{
	struct evse_slot *slot = data;
	struct evse_port *port = slot->port;
	unsigned long flags;

	mutex_lock(&port->mutex);
	raw_spin_lock_irqsave(&port->hot, flags);
	*slot->ops = NULL;
	*slot->priv = NULL;
	raw_spin_unlock_irqrestore(&port->hot, flags);
	mutex_unlock(&port->mutex);
	kfree(slot);
}

/* Takes @port->hot as well, for the trip path reads two of the slots. */
static int evse_slot_take(struct device *dev, struct evse_port *port,
			  const char *what, const void **slot_ops,
			  void **slot_priv, const void *ops, void *priv)
{
	struct evse_slot *slot;
	unsigned long flags;
	bool taken;

	slot = kzalloc(sizeof(*slot), GFP_KERNEL);
	if (!slot)
		return -ENOMEM;
	slot->port = port;
	slot->ops = slot_ops;
	slot->priv = slot_priv;

	mutex_lock(&port->mutex);
	raw_spin_lock_irqsave(&port->hot, flags);
	taken = *slot_ops;
	if (!taken) {
		*slot_ops = ops;
		*slot_priv = priv;
	}
	raw_spin_unlock_irqrestore(&port->hot, flags);
	mutex_unlock(&port->mutex);
	if (taken) {
		kfree(slot);
		return dev_err_probe(dev, -EBUSY,
				     "the port has a %s already: remove one of the two nodes\n",
				     what);
	}
	return devm_add_action_or_reset(dev, evse_slot_release, slot);
}

int devm_evse_contactor_register(struct device *dev,
				 const struct evse_contactor_ops *ops,
				 void *priv)
{
	struct evse_port *port = evse_port_of(dev);

	if (IS_ERR(port))
		return PTR_ERR(port);
	return evse_slot_take(dev, port, "contactor",
			      (const void **)&port->contactor.ops,
			      &port->contactor.priv, ops, priv);
}
EXPORT_SYMBOL_GPL(devm_evse_contactor_register);

int devm_evse_lock_register(struct device *dev, const struct evse_lock_ops *ops,
			    void *priv)
{
	struct evse_port *port = evse_port_of(dev);

	if (IS_ERR(port))
		return PTR_ERR(port);
	return evse_slot_take(dev, port, "lock",
			      (const void **)&port->lock.ops,
			      &port->lock.priv, ops, priv);
}
EXPORT_SYMBOL_GPL(devm_evse_lock_register);

int devm_evse_pilot_register(struct device *dev,
			     const struct evse_pilot_ops *ops, void *priv)
{
	struct evse_port *port = evse_port_of(dev);

	if (IS_ERR(port))
		return PTR_ERR(port);
	return evse_slot_take(dev, port, "pilot",
			      (const void **)&port->pilot.ops,
			      &port->pilot.priv, ops, priv);
}
EXPORT_SYMBOL_GPL(devm_evse_pilot_register);

int devm_evse_meter_register(struct device *dev,
			     const struct evse_meter_ops *ops, void *priv)
{
	struct evse_port *port = evse_port_of(dev);

	if (IS_ERR(port))
		return PTR_ERR(port);
	return evse_slot_take(dev, port, "meter",
			      (const void **)&port->meter.ops,
			      &port->meter.priv, ops, priv);
}
EXPORT_SYMBOL_GPL(devm_evse_meter_register);

int devm_evse_link_register(struct device *dev, const struct evse_link_ops *ops,
			    void *priv, u32 timeout_ms)
{
	struct evse_port *port = evse_port_of(dev);
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_slot_take(dev, port, "DC link",
			     (const void **)&port->link.ops, &port->link.priv,
			     ops, priv);
	if (ret)
		return ret;
	mutex_lock(&port->mutex);
	port->link.timeout_ms = timeout_ms;
	mutex_unlock(&port->mutex);
	/* Charged, with contacts that are open already? */
	evse_port_kick(port, EVSE_PENDING_OPENED);
	return 0;
}
EXPORT_SYMBOL_GPL(devm_evse_link_register);

int devm_evse_grid_register(struct device *dev, const struct evse_grid_ops *ops,
			    void *priv)
{
	struct evse_port *port = evse_port_of(dev);

	if (IS_ERR(port))
		return PTR_ERR(port);
	return evse_slot_take(dev, port, "grid guard",
			      (const void **)&port->grid.ops, &port->grid.priv,
			      ops, priv);
}
EXPORT_SYMBOL_GPL(devm_evse_grid_register);

int devm_evse_thermal_register(struct device *dev,
			       const struct evse_thermal_ops *ops, void *priv)
{
	struct evse_port *port = evse_port_of(dev);

	if (IS_ERR(port))
		return PTR_ERR(port);
	return evse_slot_take(dev, port, "thermal guard",
			      (const void **)&port->thermal.ops,
			      &port->thermal.priv, ops, priv);
}
EXPORT_SYMBOL_GPL(devm_evse_thermal_register);

void evse_thermal_changed(struct evse_port *port)
{
	evse_port_kick(port, EVSE_PENDING_THERMAL);
}
EXPORT_SYMBOL_GPL(evse_thermal_changed);

int devm_evse_island_register(struct device *dev,
			      const struct evse_island_ops *ops, void *priv)
{
	struct evse_port *port = evse_port_of(dev);

	if (IS_ERR(port))
		return PTR_ERR(port);
	return evse_slot_take(dev, port, "islanding switch",
			      (const void **)&port->island.ops,
			      &port->island.priv, ops, priv);
}
EXPORT_SYMBOL_GPL(devm_evse_island_register);

void evse_grid_changed(struct evse_port *port)
{
	evse_port_kick(port, EVSE_PENDING_GRID);
}
EXPORT_SYMBOL_GPL(evse_grid_changed);

bool evse_port_has_stage(struct evse_port *port)
{
	return READ_ONCE(port->stage.ops);
}
EXPORT_SYMBOL_GPL(evse_port_has_stage);

int devm_evse_stage_register(struct device *dev,
			     const struct evse_stage_ops *ops, void *priv)
{
	struct evse_port *port = evse_port_of(dev);

	if (IS_ERR(port))
		return PTR_ERR(port);
	return evse_slot_take(dev, port, "stage",
			      (const void **)&port->stage.ops,
			      &port->stage.priv, ops, priv);
}
EXPORT_SYMBOL_GPL(devm_evse_stage_register);
