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

/* A cease that the same cause brought before has blocked them already. */
static ktime_t evse_gates_off_since(struct evse_port *port, ktime_t edge)
{
	if (port->ceased_at && !ktime_before(port->ceased_at, edge))
		return port->ceased_at;
	return ktime_get();
}

static void evse_coils_off(struct evse_port *port)
{
	if (port->contactor.ops)
		port->contactor.ops->trip(port->contactor.priv);
}

/**
 * evse_contactor_tripped() - what comes after a trip, if there was one
 * @port: the port
 *
 * Context: any.
 */
void evse_contactor_tripped(struct evse_port *port)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&port->hot, flags);
	if (port->contactor.ops && port->contactor.ops->tripped)
		port->contactor.ops->tripped(port->contactor.priv);
	raw_spin_unlock_irqrestore(&port->hot, flags);
}

/*
 * The inhibit is up before an actuator is touched: an arming that runs on
 * another CPU either sees it after its own write and takes that back, or wrote
 * early enough for the trip to switch it off. It goes up under the lock under
 * which evse_disinhibit() looks whether there is a latch.
 */
static void evse_trip_by(struct evse_port *port, struct evse_guard *guard,
			 int fault, ktime_t edge, s32 value, bool stands,
			 const char *source)
{
	ktime_t gates_off, coil_off;
	unsigned long flags;

	raw_spin_lock_irqsave(&port->hot, flags);
	if (guard) {
		guard->said = EVSE_GUARD_STATE_TRIP;
		if (evse_guard_idle(guard)) {
			evse_guard_move(guard, EVSE_GUARD_STATE_HOLD);
			raw_spin_unlock_irqrestore(&port->hot, flags);
			evse_port_kick(port, EVSE_PENDING_GUARD);
			return;
		}
	}
	atomic_set(&port->inhibit, 1);
	atomic_set(&port->closed, 0);
	smp_mb();	/* before the actuators; pairs with evse_port_may_close() */
	evse_gates_off(port);
	gates_off = evse_gates_off_since(port, edge);
	evse_coils_off(port);
	coil_off = ktime_get();
	evse_fault_tell(port, fault, value, guard && guard->own_unit);
	if (evse_fault_latch(port, fault, edge, stands, source)) {
		port->faults[fault].gates_off = gates_off;
		port->faults[fault].coil_off = coil_off;
	}
	if (guard)
		evse_guard_move(guard, EVSE_GUARD_STATE_TRIP);
	raw_spin_unlock_irqrestore(&port->hot, flags);

	trace_evse_trip(port->id, evse_fault_catalogue[fault].code, value,
			ktime_to_ns(edge), ktime_to_ns(gates_off),
			ktime_to_ns(coil_off));
	evse_port_kick(port, EVSE_PENDING_TRIP);
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
 * Context: any.
 */
void evse_trip(struct evse_port *port, int fault, ktime_t edge, s32 value,
	       bool stands, const char *source)
{
	evse_trip_by(port, NULL, fault, edge, value, stands, source);
}

/**
 * evse_trip_guard() - the same for a guard, which is tripped with it
 * @guard: the guard
 * @edge: when the cause was seen
 * @value: detail in the guard's unit
 *
 * Context: any.
 */
void evse_trip_guard(struct evse_guard *guard, ktime_t edge, s32 value)
{
	evse_trip_by(guard->port, guard, guard->fault, edge, value, true,
		     guard->name);
}

/**
 * evse_disinhibit() - allow arming again, unless a fault is latched
 * @port: the port, at rest
 *
 * Not before what was energised is open. The latch is looked at under the lock
 * that a trip holds from its inhibit to its latch, so a trip can not slip in
 * between. Context: process.
 *
 * Return: true when the inhibit is down.
 */
bool evse_disinhibit(struct evse_port *port)
{
	unsigned long flags;
	bool lift;

	raw_spin_lock_irqsave(&port->hot, flags);
	lift = !evse_fault_any_latched(port) && !atomic_read(&port->energising);
	if (lift)
		atomic_set(&port->inhibit, 0);
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
	smp_mb();	/* before the actuators; pairs with evse_port_may_close() */
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
	return !READ_ONCE(evse_going_down) && !atomic_read(&port->inhibit) &&
	       !atomic_read(&port->update_locked);
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
	return evse_port_may_close(port) && !atomic_read(&port->ceased) &&
	       atomic_read(&port->closed);
}
EXPORT_SYMBOL_GPL(evse_port_may_arm);

bool evse_stage_shift(struct evse_port *port, s32 lead_mdeg)
{
	unsigned long flags;
	bool can, island;

	raw_spin_lock_irqsave(&port->hot, flags);
	/* An island that is intended is not to be found. */
	island = port->mode == EVSE_MODE_V2H;
	can = port->stage.ops && port->stage.ops->shift;
	if (can)
		port->stage.ops->shift(port->stage.priv, island ? 0 : lead_mdeg);
	raw_spin_unlock_irqrestore(&port->hot, flags);
	return can && !island;
}
EXPORT_SYMBOL_GPL(evse_stage_shift);

void evse_stage_set_grid(struct evse_port *port, const struct evse_stage_grid *grid)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&port->hot, flags);
	if (port->stage.ops && port->stage.ops->grid)
		port->stage.ops->grid(port->stage.priv, grid);
	raw_spin_unlock_irqrestore(&port->hot, flags);
}
EXPORT_SYMBOL_GPL(evse_stage_set_grid);
