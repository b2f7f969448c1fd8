// SPDX-License-Identifier: GPL-2.0-only
/*
 * The islanding switch: open whenever a port in mode v2h is not at rest, closed
 * again when it is.
 *
 * It moves only while nothing feeds the house. It opens before the checks, and so
 * before the contactor closes and the gates are armed, which wait for it. It closes
 * when the gates read back off, or the contacts are confirmed open where there are
 * no gates: a house without voltage has no phase that the grid could be out of step
 * with.
 */
#include <linux/lockdep.h>

#include "port.h"

/**
 * evse_island_open() - an energise has come to its checks
 * @port: the port; its mutex is held
 */
void evse_island_open(struct evse_port *port)
{
	lockdep_assert_held(&port->mutex);

	if (port->island.ops && port->mode == EVSE_MODE_V2H)
		port->island.ops->open(port->island.priv);
}

static bool evse_island_unfed(struct evse_port *port)
{
	if (!evse_state_at_rest(port->state))
		return false;
	if (port->stage.ops)
		return port->stage.ops->is_off(port->stage.priv);
	return port->contactor.ops &&
	       port->contactor.ops->is_open(port->contactor.priv);
}

/**
 * evse_island_settle() - the house gets the grid back when nothing else feeds it
 * @port: the port; its mutex is held
 */
void evse_island_settle(struct evse_port *port)
{
	lockdep_assert_held(&port->mutex);

	if (port->island.ops && evse_island_unfed(port))
		port->island.ops->close(port->island.priv);
}
