// SPDX-License-Identifier: GPL-2.0-only
/* What user space may ask of a port, and why it is refused. */
#include <linux/errno.h>
#include <linux/evse.h>

#include "port.h"

#define REFUSE(error, sentence) ((struct evse_refusal){ error, sentence })
#define GRANT ((struct evse_refusal){ })

/* The longest that a contactor takes to open once its coil is off, and some. */
#define EVSE_RELEASE_MS 50

static const struct evse_refusal evse_not_startable[EVSE_STATES] = {
	[EVSE_PORT_STATE_UNREADY] = { -ENODEV,
		"a driver of this port is missing: see waiting_for in sysfs" },
	[EVSE_PORT_STATE_AVAILABLE] = { -ENOTCONN,
		"no vehicle is connected: plug one in first" },
	[EVSE_PORT_STATE_CONNECTED] = { -EAGAIN,
		"the vehicle does not ask for power yet: wait for pilot state C or D" },
	[EVSE_PORT_STATE_STOPPING] = { -EAGAIN,
		"the port is still stopping: try again when it is open" },
	[EVSE_PORT_STATE_OPENING] = { -EAGAIN,
		"the port is still opening: try again when it is open" },
	[EVSE_PORT_STATE_FAULT] = { -EIO,
		"a fault is latched: see 'evsectl fault list', remove its cause, clear it" },
};

/**
 * evse_cmd_energise() - lock, close, let power flow
 * @port: the port; its mutex is held
 *
 * Saying it again while it runs changes nothing (I8).
 *
 * Return: a refusal, its error 0 when granted.
 */
struct evse_refusal evse_cmd_energise(struct evse_port *port)
{
	if (evse_update_refusal(port).error)
		return evse_update_refusal(port);
	if (evse_not_startable[port->state].error)
		return evse_not_startable[port->state];
	if (port->state != EVSE_PORT_STATE_REQUESTING)
		return GRANT;
	if (port->mode == EVSE_MODE_OFF)
		return REFUSE(-EPERM,
			      "the mode is off: set charge, v2g or v2h first");
	if (evse_guards_block(port, EVSE_SCOPE_PRECHARGE | EVSE_SCOPE_FLOW))
		return REFUSE(-EAGAIN,
			      "a guard does not permit: see guards in 'evsectl status'");

	evse_engine_input(port, EVSE_IN_ENERGISE);
	evse_engine_settle(port);
	return GRANT;
}

/**
 * evse_cmd_stop() - controlled stop
 * @port: the port; its mutex is held
 *
 * Return: a refusal, its error 0 when granted.
 */
struct evse_refusal evse_cmd_stop(struct evse_port *port)
{
	port->dirty |= port->basic;
	port->basic = false;
	evse_engine_input(port, EVSE_IN_STOP);
	evse_engine_settle(port);
	return GRANT;
}

static struct evse_refusal evse_check_mode(struct evse_port *port,
					   enum evse_mode mode)
{
	if (mode == port->mode)
		return GRANT;
	if (mode == EVSE_MODE_V2H &&
	    !evse_guards_watch(port, EVSE_SCOPE_ISLAND))
		return REFUSE(-EOPNOTSUPP,
			      "v2h needs an islanding switch, which this board does not describe: choose charge or v2g");
	if (mode == EVSE_MODE_V2H && port->stage.ops && !port->stage.ops->form)
		return REFUSE(-EOPNOTSUPP,
			      "v2h needs a power stage that can form a grid, which this board does not describe: choose charge or v2g");
	if ((mode == EVSE_MODE_V2G || mode == EVSE_MODE_V2H) &&
	    !port->rating.export_ma)
		return REFUSE(-EOPNOTSUPP,
			      "this port is rated for charging only: choose charge or off");
	if ((mode == EVSE_MODE_V2H || port->mode == EVSE_MODE_V2H) &&
	    !evse_state_at_rest(port->state))
		return REFUSE(-EBUSY,
			      "v2h changes only while de-energised: stop the port first");
	return GRANT;
}

static struct evse_refusal evse_check_window(s32 min_mw, s32 max_mw)
{
	if (min_mw > 0 || max_mw < 0)
		return REFUSE(-ERANGE,
			      "the lower bound must be zero or negative, the upper one zero or positive");
	return GRANT;
}

static struct evse_refusal evse_check_basic(struct evse_port *port, bool basic)
{
	if (basic && (port->stage.ops || port->rating.dc))
		return REFUSE(-EOPNOTSUPP,
			      "basic signalling is for AC ports without a power stage");
	return GRANT;
}

/**
 * evse_cmd_configure() - mode, bounds of power and basic signalling at once
 * @port: the port; its mutex is held
 * @config: all of them
 *
 * Everything is checked before anything is set: a refusal changes nothing.
 *
 * Return: a refusal, its error 0 when all of it is set.
 */
struct evse_refusal evse_cmd_configure(struct evse_port *port,
				       const struct evse_config *config)
{
	struct evse_refusal refusal;
	bool basic_ends;

	refusal = evse_check_mode(port, config->mode);
	if (!refusal.error)
		refusal = evse_check_window(config->min_mw, config->max_mw);
	if (!refusal.error)
		refusal = evse_check_basic(port, config->basic);
	if (refusal.error)
		return refusal;

	basic_ends = port->basic && !config->basic && !port->session.net;
	port->dirty |= port->mode != config->mode ||
		       port->configured.min_mw != config->min_mw ||
		       port->configured.max_mw != config->max_mw ||
		       port->basic != config->basic;
	evse_guards_mode(port, config->mode);
	port->configured.min_mw = config->min_mw;
	port->configured.max_mw = config->max_mw;
	port->basic = config->basic;

	if (basic_ends)
		evse_engine_input(port, EVSE_IN_STOP);
	evse_engine_settle(port);
	return GRANT;
}

/**
 * evse_cmd_set_power() - absolute power setpoint
 * @port: the port; its mutex is held
 * @power_mw: the setpoint; arbitration clamps it
 * @deadline_ms: the next one must come within, 0 for never
 *
 * Return: a refusal, its error 0 when granted.
 */
struct evse_refusal evse_cmd_set_power(struct evse_port *port, s32 power_mw,
				       u32 deadline_ms)
{
	if (port->state == EVSE_PORT_STATE_STOPPING && power_mw)
		return REFUSE(-EAGAIN,
			      "the port is stopping: energise it again first");

	port->dirty |= port->request_mw != power_mw || !port->request_set;
	port->request_mw = power_mw;
	port->request_set = true;
	evse_session_deadline(port, deadline_ms);
	evse_engine_settle(port);
	return GRANT;
}

/**
 * evse_cmd_set_vehicle() - what the vehicle negotiated
 * @port: the port; its mutex is held
 * @min_mw: lowest power, zero or negative
 * @max_mw: highest power, zero or positive
 * @bpt: bidirectional power transfer
 *
 * Return: a refusal, its error 0 when granted.
 */
struct evse_refusal evse_cmd_set_vehicle(struct evse_port *port, s32 min_mw,
					 s32 max_mw, bool bpt)
{
	struct evse_refusal refusal = evse_check_window(min_mw, max_mw);

	if (refusal.error)
		return refusal;

	port->vehicle_window.min_mw = min_mw;
	port->vehicle_window.max_mw = max_mw;
	port->bpt = bpt;
	port->dirty = true;
	evse_engine_settle(port);
	return GRANT;
}

/**
 * evse_cmd_set_pilot() - command the control pilot
 * @port: the port; its mutex is held
 * @output: what to put on it, or auto
 * @ma: stated current, for EVSE_PILOT_OUTPUT_CURRENT
 *
 * Return: a refusal, its error 0 when granted.
 */
struct evse_refusal evse_cmd_set_pilot(struct evse_port *port,
				       enum evse_pilot_output output, u32 ma)
{
	if (output == EVSE_PILOT_OUTPUT_CURRENT && (ma < 6000 || ma > 80000))
		return REFUSE(-ERANGE,
			      "the pilot can state 6 A to 80 A: give a current in that range");
	if (output == EVSE_PILOT_OUTPUT_UNAVAILABLE &&
	    !evse_state_at_rest(port->state))
		return REFUSE(-EBUSY,
			      "the port is energised: stop it before taking it out of service");

	port->pilot_wish = output;
	port->pilot_wish_ma = output == EVSE_PILOT_OUTPUT_CURRENT ? ma : 0;
	evse_engine_settle(port);
	return GRANT;
}

/*
 * An auxiliary contact that fails while its contact is about to open says so
 * before it is open.
 */
static bool evse_just_opened(struct evse_port *port)
{
	unsigned long flags;
	ktime_t until;

	raw_spin_lock_irqsave(&port->hot, flags);
	until = ktime_add_ms(port->opened_at, EVSE_RELEASE_MS);
	raw_spin_unlock_irqrestore(&port->hot, flags);

	return ktime_before(ktime_get(), until);
}

/**
 * evse_unlock_refusal() - why the connector has to stay locked
 * @port: the port, at rest; its mutex is held
 *
 * A direct-current inlet stays live until the vehicle has opened its own
 * contactors.
 *
 * Return: a refusal, its error 0 when it may unlock.
 */
struct evse_refusal evse_unlock_refusal(struct evse_port *port)
{
	struct evse_sample sample;
	int ret;

	if (!port->ready)
		return REFUSE(-ENODEV,
			      "a driver of this port is missing: the connector stays as it is until it is back");
	if (port->contactor.ops &&
	    !port->contactor.ops->is_open(port->contactor.priv))
		return REFUSE(-EBUSY,
			      "a contact is not confirmed open: the connector stays locked");
	if (evse_just_opened(port))
		return REFUSE(-EBUSY,
			      "the contacts have only just opened: try again in a moment");
	if (!port->rating.dc)
		return GRANT;
	if (evse_vehicle_input(port->seen_vehicle) == EVSE_IN_VEHICLE_ASKS)
		return REFUSE(-EBUSY,
			      "the vehicle asks for power and may connect its battery: it unlocks when the vehicle stops asking");
	ret = evse_meter_read(port, &sample);
	if (ret)
		return REFUSE(ret,
			      "the connector's voltage can not be measured: it stays locked until its meter works");
	if (abs(sample.voltage_mv) >= EVSE_TOUCH_MV)
		return REFUSE(-EBUSY,
			      "the connector is above 60 V: it unlocks when the voltage is gone");
	return GRANT;
}

/**
 * evse_unlock() - start the bolt on its way to unlocked
 * @port: the port, at rest and with a lock; its mutex is held
 */
void evse_unlock(struct evse_port *port)
{
	port->unlock_due = false;
	port->unlocking = true;
	port->lock.ops->unlock(port->lock.priv);
}

/**
 * evse_cmd_set_lock() - move the connector lock of a de-energised port
 * @port: the port; its mutex is held
 * @locked: where to
 *
 * Return: a refusal, its error 0 when granted.
 */
struct evse_refusal evse_cmd_set_lock(struct evse_port *port, bool locked)
{
	if (!port->lock.ops)
		return REFUSE(-EOPNOTSUPP, "this connector has no lock motor");
	if (!evse_state_at_rest(port->state))
		return REFUSE(-EBUSY,
			      "the port is energised: stop it before moving the lock");
	if (!locked && evse_unlock_refusal(port).error)
		return evse_unlock_refusal(port);

	port->unlock_due = false;
	port->unlocking = false;
	if (locked && port->seen_lock != EVSE_LOCK_STATE_LOCKED)
		port->lock.ops->lock(port->lock.priv);
	if (!locked && port->seen_lock != EVSE_LOCK_STATE_UNLOCKED)
		evse_unlock(port);
	return GRANT;
}

/**
 * evse_cmd_raise() - a fault that only user space can see
 * @port: the port; its mutex is held
 * @index: place in the catalogue
 * @value: detail
 *
 * Return: a refusal, its error 0 when granted.
 */
struct evse_refusal evse_cmd_raise(struct evse_port *port, int index, s32 value)
{
	if (!evse_fault_catalogue[index].raisable)
		return REFUSE(-EPERM,
			      "this fault is the kernel's own: see raisable ones in 'evsectl fault codes'");

	evse_fault_stop(port, evse_fault_catalogue[index].code, "user", value);
	return GRANT;
}
