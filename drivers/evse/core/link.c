// SPDX-License-Identifier: GPL-2.0-only
/*
 * The DC link: discharged whenever the port is open, and measured, so that
 * "no voltage left" is shown and not assumed.
 */
#include <linux/errno.h>
#include <linux/lockdep.h>
#include <linux/math.h>

#include "port.h"

/**
 * evse_link_read() - measure the DC link
 * @port: the port; its mutex is held
 * @voltage_mv: set to its voltage
 *
 * Return: 0, -EOPNOTSUPP when the port has none, or the driver's errno.
 */
int evse_link_read(struct evse_port *port, s32 *voltage_mv)
{
	lockdep_assert_held(&port->mutex);

	if (!port->link.ops)
		return -EOPNOTSUPP;
	return port->link.ops->read(port->link.priv, voltage_mv);
}

/**
 * evse_link_discharge() - switch the discharge resistor
 * @port: the port; its mutex is held
 * @on: whether it is across the link
 */
void evse_link_discharge(struct evse_port *port, bool on)
{
	if (!on)
		port->link_due = 0;
	if (port->link.ops && port->link.ops->discharge)
		port->link.ops->discharge(port->link.priv, on);
}

/* A link that cannot be measured counts as charged. */
static bool evse_link_charged(struct evse_port *port)
{
	s32 mv;

	return port->link.ops &&
	       (evse_link_read(port, &mv) || abs(mv) >= EVSE_TOUCH_MV);
}

/**
 * evse_link_wait() - the contacts have opened: wait for the link
 * @port: the port; its mutex is held
 * @now: the time
 *
 * Return: true when there is something to wait for.
 */
bool evse_link_wait(struct evse_port *port, ktime_t now)
{
	evse_link_discharge(port, true);
	if (!evse_link_charged(port))
		return false;
	if (!port->link_due)
		port->link_due = ktime_add_ms(now, port->link.timeout_ms);
	return true;
}

/**
 * evse_link_tick() - look at a link that is waited for
 * @port: the port; its mutex is held
 * @now: the time
 *
 * A link that keeps its voltage is a fault, and is looked at until it has lost
 * it after all.
 *
 * Return: true when the voltage has just gone.
 */
bool evse_link_tick(struct evse_port *port, ktime_t now)
{
	int fault = evse_fault_index(EVSE_FAULT_CODE_DISCHARGE);
	s32 mv = 0;

	if (!port->link_due)
		return false;
	if (!evse_link_charged(port)) {
		port->link_due = 0;
		port->dirty = true;
		evse_fault_gone(port, fault);
		return true;
	}
	if (port->link_due != KTIME_MAX && !ktime_before(now, port->link_due)) {
		port->link_due = KTIME_MAX;
		evse_link_read(port, &mv);
		evse_trip(port, fault, now, mv, true, "dc-link");
	}
	return false;
}

/**
 * evse_zero_energy() - is the port measured to be without voltage
 * @port: the port; its mutex is held
 *
 * What cannot be measured is not known to be zero.
 *
 * Return: true when contacts are confirmed open, gates read back off, and
 * connector and DC link below 60 V.
 */
bool evse_zero_energy(struct evse_port *port)
{
	struct evse_sample sample;

	lockdep_assert_held(&port->mutex);

	if (!port->contactor.ops ||
	    !port->contactor.ops->is_open(port->contactor.priv))
		return false;
	if (port->stage.ops &&
	    (!port->stage.ops->is_off(port->stage.priv) || !port->link.ops))
		return false;
	if (evse_meter_read(port, &sample) ||
	    abs(sample.voltage_mv) >= EVSE_TOUCH_MV)
		return false;
	return !evse_link_charged(port);
}
