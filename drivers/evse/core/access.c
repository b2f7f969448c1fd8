// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who may run which operation. Pure; the table is the one that
 * Documentation/driver-api/evse-access.rst publishes.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <kunit/visibility.h>

#include "access.h"

#define ANYONE		BIT(0)	/* every process */
#define ADMIN		BIT(1)	/* CAP_NET_ADMIN at any time */
#define OWNER		BIT(2)	/* the socket that holds the session */
#define BENCH		BIT(3)	/* CAP_NET_ADMIN while the session is shared */
#define IDLE_ADMIN	BIT(4)	/* CAP_NET_ADMIN while there is no session */

static const u8 allowed[] = {
	[EVSE_CMD_PORT_GET]		= ANYONE,
	[EVSE_CMD_FAULT_GET]		= ANYONE,
	[EVSE_CMD_CATALOGUE_GET]	= ANYONE,
	[EVSE_CMD_METER_GET]		= ANYONE,
	[EVSE_CMD_GRID_GET]		= ANYONE,
	[EVSE_CMD_GRID_PROFILE_GET]	= ANYONE,
	[EVSE_CMD_GRID_SETTING_GET]	= ANYONE,
	[EVSE_CMD_BRIDGE_GET]		= ANYONE,
	[EVSE_CMD_THERMAL_GET]		= ANYONE,
	[EVSE_CMD_THERMAL_SETTING_GET]	= ANYONE,
	[EVSE_CMD_GRID_SET]		= ADMIN,
	[EVSE_CMD_GRID_SETTING_SET]	= ADMIN,
	[EVSE_CMD_BRIDGE_SET]		= ADMIN,
	[EVSE_CMD_THERMAL_SETTING_SET]	= ADMIN,
	[EVSE_CMD_PORT_SET]		= ADMIN | OWNER,
	[EVSE_CMD_COUNTERS_SET]		= ADMIN,
	[EVSE_CMD_UPDATE_LOCK_SET]	= ADMIN,
	[EVSE_CMD_FAULT_CLEAR]		= ADMIN | OWNER,
	[EVSE_CMD_FAULT_RAISE]		= ADMIN | OWNER,
	[EVSE_CMD_DE_ENERGISE]		= ADMIN | OWNER,
	[EVSE_CMD_SESSION_OPEN]		= IDLE_ADMIN | OWNER,
	[EVSE_CMD_SESSION_RENEW]	= OWNER,
	[EVSE_CMD_SESSION_CLOSE]	= OWNER,
	[EVSE_CMD_ENERGISE]		= OWNER | BENCH,
	[EVSE_CMD_POWER_SET]		= OWNER | BENCH,
	[EVSE_CMD_VEHICLE_LIMITS_SET]	= OWNER | BENCH,
	[EVSE_CMD_PILOT_SET]		= OWNER | BENCH | IDLE_ADMIN,
	[EVSE_CMD_LOCK_SET]		= OWNER | BENCH | IDLE_ADMIN,
};

/**
 * evse_access() - may this caller run this operation
 * @cmd: the operation
 * @caller: who asks
 *
 * Return: a refusal, its error 0 when the operation is allowed.
 */
struct evse_refusal evse_access(enum evse_cmd cmd,
				const struct evse_caller *caller)
{
	u8 who = cmd < ARRAY_SIZE(allowed) ? allowed[cmd] : 0;
	u8 is = ANYONE;

	if (caller->admin)
		is |= ADMIN;
	if (caller->session && caller->owner)
		is |= OWNER;
	if (caller->admin && caller->session && caller->shared)
		is |= BENCH;
	if (caller->admin && !caller->session)
		is |= IDLE_ADMIN;

	if (who & is)
		return (struct evse_refusal){ };
	if (!caller->admin)
		return (struct evse_refusal){ -EPERM,
			"only the session's owner or a process with CAP_NET_ADMIN may do this" };
	if (caller->session)
		return (struct evse_refusal){ -EBUSY,
			"another process holds the session of this port: end it first" };
	return (struct evse_refusal){ -ENOTCONN,
		"no session is held: open one first (evsectl session hold)" };
}
EXPORT_SYMBOL_IF_KUNIT(evse_access);
