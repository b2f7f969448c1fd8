// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lock for firmware updates: while the power stage's firmware is replaced,
 * nothing is energised. It belongs to the port, not to the process that set it,
 * because an updater that was killed has left the firmware half written.
 */
#include <linux/errno.h>
#include <linux/evse.h>
#include <linux/lockdep.h>

#include "port.h"

#define REFUSE(error, sentence) ((struct evse_refusal){ error, sentence })
#define GRANT ((struct evse_refusal){ })

/**
 * evse_update_refusal() - why an update keeps the port de-energised
 * @port: the port; its mutex is held
 *
 * Return: a refusal, its error 0 when no update does.
 */
struct evse_refusal evse_update_refusal(const struct evse_port *port)
{
	if (atomic_read(&port->update_locked))
		return REFUSE(-EBUSY,
			      "the port is locked for a firmware update: finish it, then 'evsectl update unlock'");
	return GRANT;
}

/* Not at rest is more than the state: what was on has to be seen to be off. */
static struct evse_refusal evse_update_too_early(struct evse_port *port)
{
	if (!evse_state_at_rest(port->state))
		return REFUSE(-EBUSY,
			      "the port is energised or about to be: stop it first ('evsectl stop --wait')");
	if (atomic_read(&port->energising) ||
	    (port->contactor.ops &&
	     !port->contactor.ops->is_open(port->contactor.priv)))
		return REFUSE(-EBUSY,
			      "a contact is not confirmed open, or the DC link is charged: see 'evsectl status', try again when both are off");
	if (port->stage.ops && !port->stage.ops->is_off(port->stage.priv))
		return REFUSE(-EBUSY,
			      "the gates read back as on: see 'evsectl fault list'");
	return GRANT;
}

/**
 * evse_cmd_set_update_lock() - lock a port for a firmware update, or unlock it
 * @port: the port; its mutex is held
 * @locked: lock it
 *
 * Energising begins under the same mutex, so one of the two is refused. The flag
 * is asked by evse_port_may_close() all the same: no way to a coil or a gate
 * passes it by.
 *
 * Return: a refusal, its error 0 when granted.
 */
struct evse_refusal evse_cmd_set_update_lock(struct evse_port *port,
					     bool locked)
{
	struct evse_refusal refusal;

	lockdep_assert_held(&port->mutex);

	if (locked == !!atomic_read(&port->update_locked))
		return GRANT;
	if (locked) {
		refusal = evse_update_too_early(port);
		if (refusal.error)
			return refusal;
	}
	atomic_set(&port->update_locked, locked);
	port->dirty = true;
	evse_engine_settle(port);
	return GRANT;
}
