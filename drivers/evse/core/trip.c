// SPDX-License-Identifier: GPL-2.0-only
/*
 * The trip path. Runs in hard interrupt: no allocation, no sleep, no print.
 * The thread that it wakes does the rest.
 */
#include <linux/evse.h>

#include "port.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

/* No port is armed again in this boot. */
static bool evse_going_down;

static void evse_gates_off(struct evse_port *port)
{
	if (port->stage.ops)
		port->stage.ops->trip(port->stage.priv);
}

static void evse_coils_off(struct evse_port *port)
{
	if (port->contactor.ops)
		port->contactor.ops->trip(port->contactor.priv);
}

/**
 * evse_trip() - gates off, coils off, latch, wake the thread
 * @port: the port
 * @fault: index of the cause in the catalogue
 * @edge: when the cause was seen
 * @value: detail in the source's unit
 * @stands: the cause stands until it is reported gone
 * @source: what saw it
 *
 * The inhibit is up before an actuator is touched: an arming that runs on
 * another CPU either sees it after its own write and takes that back, or wrote
 * early enough for the trip to switch it off. Context: any.
 */
void evse_trip(struct evse_port *port, int fault, ktime_t edge, s32 value,
	       bool stands, const char *source)
{
	ktime_t gates_off, coil_off;
	unsigned long flags;

	atomic_set(&port->inhibit, 1);
	atomic_set(&port->closed, 0);
	smp_mb();	/* before the actuators; pairs with evse_port_may_close() */

	raw_spin_lock_irqsave(&port->hot, flags);
	evse_gates_off(port);
	gates_off = ktime_get();
	evse_coils_off(port);
	coil_off = ktime_get();
	if (evse_fault_latch(port, fault, edge, value, stands, source)) {
		port->faults[fault].gates_off = gates_off;
		port->faults[fault].coil_off = coil_off;
	}
	raw_spin_unlock_irqrestore(&port->hot, flags);

	trace_evse_trip(port->id, evse_fault_catalogue[fault].code, value,
			ktime_to_ns(edge), ktime_to_ns(gates_off),
			ktime_to_ns(coil_off));
	evse_port_kick(port, EVSE_PENDING_TRIP);
}

/**
 * evse_disinhibit() - allow arming again, unless a fault is latched
 * @port: the port, at rest
 *
 * The latch is looked at under the lock that a trip holds while it latches, so
 * a trip can not slip in between. Context: process.
 *
 * Return: true when the inhibit is down.
 */
bool evse_disinhibit(struct evse_port *port)
{
	unsigned long flags;
	bool lift;

	raw_spin_lock_irqsave(&port->hot, flags);
	lift = !READ_ONCE(evse_going_down) && !evse_fault_any_latched(port);
	if (lift) {
		atomic_set(&port->inhibit, 0);
		atomic_set(&port->energising, 0);
	}
	raw_spin_unlock_irqrestore(&port->hot, flags);

	return lift;
}

static void evse_actuators_off(struct evse_port *port)
{
	evse_gates_off(port);
	evse_coils_off(port);
}

/* Off without a fault: panic and reboot. The machine may be on its knees. */
static void evse_port_off(struct evse_port *port)
{
	unsigned long flags;

	atomic_set(&port->inhibit, 1);
	atomic_set(&port->closed, 0);
	smp_mb();	/* before the actuators; pairs with evse_port_may_close() */

	if (raw_spin_trylock_irqsave(&port->hot, flags)) {
		evse_actuators_off(port);
		raw_spin_unlock_irqrestore(&port->hot, flags);
	} else {
		/* A CPU that died in the trip path must not keep us from it. */
		evse_actuators_off(port);
	}
}

/**
 * evse_ports_off() - every port off, best effort
 *
 * Context: any; panic and reboot notifiers.
 */
void evse_ports_off(void)
{
	unsigned int id;

	WRITE_ONCE(evse_going_down, true);
	for (id = 0; id < EVSE_PORTS_MAX; id++) {
		struct evse_port *port = READ_ONCE(evse_ports[id]);

		if (port)
			evse_port_off(port);
	}
}

/**
 * evse_port_may_close() - see include/linux/evse.h
 * @port: the port
 *
 * Return: true when a coil may be energised.
 */
bool evse_port_may_close(struct evse_port *port)
{
	smp_mb();	/* after the caller's write; pairs with evse_trip() */
	return !atomic_read(&port->inhibit);
}
EXPORT_SYMBOL_GPL(evse_port_may_close);

/**
 * evse_port_may_arm() - see include/linux/evse.h
 * @port: the port
 *
 * Return: true when gates may be enabled.
 */
bool evse_port_may_arm(struct evse_port *port)
{
	smp_mb();	/* after the caller's write; pairs with evse_trip() */
	return !atomic_read(&port->inhibit) && !atomic_read(&port->ceased) &&
	       atomic_read(&port->closed);
}
EXPORT_SYMBOL_GPL(evse_port_may_arm);
