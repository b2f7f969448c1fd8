// SPDX-License-Identifier: GPL-2.0-only
/* Netlink commands on the grid guard of a port. */
#include <linux/err.h>
#include <linux/evse.h>

#include "evse_nl.h"
#include "nl.h"
#include "nl_fill.h"

/* The port of a command, which has a grid guard. */
static struct evse_port *evse_nl_get_grid(struct sk_buff *skb,
					  struct genl_info *info, int attr)
{
	struct evse_port *port = evse_nl_get(skb, info, attr);

	if (IS_ERR(port) || port->grid.ops)
		return port;
	evse_nl_put(port);
	return ERR_PTR(evse_nl_refuse(info->extack, -EOPNOTSUPP,
				      "this port has no grid guard"));
}

/* What is set is set at rest: nobody changes the rules of a running game. */
static int evse_nl_at_rest(struct evse_port *port, const struct genl_info *info)
{
	return evse_state_at_rest(port->state) ? 0 :
	       evse_nl_refuse(info->extack, -EBUSY,
			      "the port is energised: stop it before changing grid settings");
}

/*
 * Status
 */

static int evse_fill_phases(struct sk_buff *skb,
			    const struct evse_grid_status *s)
{
	int i;

	for (i = 0; s->voltage_valid && i < s->voltages; i++)
		if (nla_put_u32(skb, EVSE_A_GRID_VOLTAGES_MV, s->voltage_mv[i]))
			return -EMSGSIZE;
	if (!s->locked)
		return 0;
	if (nla_put_u32(skb, EVSE_A_GRID_FREQUENCY_MHZ, s->frequency_mhz) ||
	    nla_put_s32(skb, EVSE_A_GRID_ROCOF_MHZ_S, s->rocof_mhz_s) ||
	    nla_put_s32(skb, EVSE_A_GRID_SHIFT_MDEG, s->shift_mdeg))
		return -EMSGSIZE;
	return 0;
}

static int evse_fill_grid(struct sk_buff *skb, struct evse_port *port)
{
	struct evse_grid_status s = { };

	port->grid.ops->status(port->grid.priv, &s);
	if (nla_put_u32(skb, EVSE_A_GRID_PORT, port->id) ||
	    nla_put_string(skb, EVSE_A_GRID_PROFILE, s.profile.name) ||
	    nla_put_string(skb, EVSE_A_GRID_TITLE, s.profile.title) ||
	    nla_put_u32(skb, EVSE_A_GRID_STATE, s.state) ||
	    nla_put_u32(skb, EVSE_A_GRID_NOMINAL_MHZ, s.nominal_mhz) ||
	    nla_put_u32(skb, EVSE_A_GRID_NOMINAL_MV, s.nominal_mv) ||
	    evse_fill_phases(skb, &s) ||
	    nla_put_u8(skb, EVSE_A_GRID_RELAY, s.relay) ||
	    nla_put_u8(skb, EVSE_A_GRID_ACTIVE, s.active) ||
	    nla_put_u32(skb, EVSE_A_GRID_OUTSIDE, s.outside) ||
	    nla_put_u32(skb, EVSE_A_GRID_LAST_TRIP, s.last_trip) ||
	    nla_put_u32(skb, EVSE_A_GRID_WAIT_MS, s.wait_ms) ||
	    nla_put_u32(skb, EVSE_A_GRID_RAMP_PERMILLE, s.ramp_permille))
		return -EMSGSIZE;
	if (s.running == EVSE_GRID_ELEMENT_NONE)
		return 0;
	if (nla_put_u32(skb, EVSE_A_GRID_RUNNING, s.running) ||
	    nla_put_u32(skb, EVSE_A_GRID_RUNNING_MS, s.running_ms))
		return -EMSGSIZE;
	return 0;
}

int evse_nl_grid_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get_grid(skb, info, EVSE_A_GRID_PORT);
	struct evse_msg msg;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (!ret)
		ret = evse_msg_reply(&msg, info, evse_fill_grid(msg.skb, port));
	evse_nl_put(port);
	return ret;
}

static int evse_nl_row_grid(struct sk_buff *skb, struct evse_port *port,
			    unsigned int row)
{
	return row || !port->grid.ops ? -ENOENT : evse_fill_grid(skb, port);
}

int evse_nl_grid_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return evse_nl_dump_ports(skb, cb, EVSE_CMD_GRID_GET, evse_nl_row_grid);
}

/**
 * evse_netlink_grid_ntf() - tell that the grid of a port changed
 * @port: the port; its mutex is held; it has a grid guard
 */
void evse_netlink_grid_ntf(struct evse_port *port)
{
	struct evse_msg msg;

	if (evse_ntf_begin(&msg, NLMSG_GOODSIZE, EVSE_NLGRP_MONITOR,
			   EVSE_CMD_GRID_NTF))
		return;
	evse_ntf_send(&msg, EVSE_NLGRP_MONITOR, evse_fill_grid(msg.skb, port));
}

/*
 * Profiles
 */

static int evse_fill_profile(struct sk_buff *skb, struct evse_port *port,
			     unsigned int index)
{
	struct evse_grid_profile_info info;
	int ret = -ENOENT;

	if (port->grid.ops)
		ret = port->grid.ops->profile(port->grid.priv, index, &info);
	if (ret)
		return ret;
	if (nla_put_u32(skb, EVSE_A_GRID_PORT, port->id) ||
	    nla_put_string(skb, EVSE_A_GRID_PROFILE, info.name) ||
	    nla_put_string(skb, EVSE_A_GRID_TITLE, info.title) ||
	    nla_put_u32(skb, EVSE_A_GRID_NOMINAL_MHZ, info.nominal_mhz))
		return -EMSGSIZE;
	return 0;
}

/* Number of the profile of a name, or a negative errno. */
static int evse_nl_profile(struct evse_port *port, const struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[EVSE_A_GRID_PROFILE];
	struct evse_grid_profile_info profile;
	int index;

	if (!attr)
		return evse_nl_miss(info, EVSE_A_GRID_PROFILE,
				    "say which profile: attribute profile is missing");
	for (index = 0; !port->grid.ops->profile(port->grid.priv, index,
						 &profile); index++)
		if (!nla_strcmp(attr, profile.name))
			return index;
	return evse_nl_refuse(info->extack, -ENOENT,
			      "no such grid profile: see 'evsectl grid profile list'");
}

int evse_nl_grid_profile_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get_grid(skb, info, EVSE_A_GRID_PORT);
	struct evse_msg msg;
	int index, ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	index = evse_nl_profile(port, info);
	ret = index < 0 ? index :
	      evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (!ret)
		ret = evse_msg_reply(&msg, info,
				     evse_fill_profile(msg.skb, port, index));
	evse_nl_put(port);
	return ret;
}

int evse_nl_grid_profile_get_dumpit(struct sk_buff *skb,
				    struct netlink_callback *cb)
{
	return evse_nl_dump_ports(skb, cb, EVSE_CMD_GRID_PROFILE_GET,
				  evse_fill_profile);
}

static int evse_nl_select(struct evse_port *port, const struct genl_info *info)
{
	struct evse_grid_profile_info profile;
	int index = evse_nl_profile(port, info);
	int ret;

	if (index < 0)
		return index;
	ret = evse_nl_at_rest(port, info);
	if (ret)
		return ret;
	port->grid.ops->profile(port->grid.priv, index, &profile);
	ret = port->grid.ops->select(port->grid.priv, profile.name);
	return evse_nl_refuse(info->extack, ret,
			      "this board cannot have that profile: see the kernel log");
}

int evse_nl_grid_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get_grid(skb, info, EVSE_A_GRID_PORT);
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_select(port, info);
	evse_nl_put(port);
	return ret;
}

/*
 * Settings
 */

static int evse_fill_setting(struct sk_buff *skb, struct evse_port *port,
			     const struct evse_grid_setting *s)
{
	if (nla_put_u32(skb, EVSE_A_GRID_SETTING_PORT, port->id) ||
	    nla_put_u32(skb, EVSE_A_GRID_SETTING_ELEMENT, s->element) ||
	    nla_put_u32(skb, EVSE_A_GRID_SETTING_UNIT, s->unit) ||
	    nla_put_s32(skb, EVSE_A_GRID_SETTING_PICKUP, s->pickup) ||
	    nla_put_s32(skb, EVSE_A_GRID_SETTING_PICKUP_MIN, s->pickup_min) ||
	    nla_put_s32(skb, EVSE_A_GRID_SETTING_PICKUP_MAX, s->pickup_max))
		return -EMSGSIZE;
	if (!s->time_max_ms)
		return 0;
	if (nla_put_u32(skb, EVSE_A_GRID_SETTING_TIME_MS, s->time_ms) ||
	    nla_put_u32(skb, EVSE_A_GRID_SETTING_TIME_MIN_MS, s->time_min_ms) ||
	    nla_put_u32(skb, EVSE_A_GRID_SETTING_TIME_MAX_MS, s->time_max_ms))
		return -EMSGSIZE;
	return 0;
}

/* The row-th line that the profile has. */
static int evse_nl_row_setting(struct sk_buff *skb, struct evse_port *port,
			       unsigned int row)
{
	struct evse_grid_setting s;
	unsigned int element;
	int ret;

	if (!port->grid.ops)
		return -ENOENT;
	for (element = 0;; element++) {
		ret = port->grid.ops->setting(port->grid.priv, element, &s);
		if (ret)
			return ret;
		if (s.enabled && !row--)
			return evse_fill_setting(skb, port, &s);
	}
}

int evse_nl_grid_setting_get_dumpit(struct sk_buff *skb,
				    struct netlink_callback *cb)
{
	return evse_nl_dump_ports(skb, cb, EVSE_CMD_GRID_SETTING_GET,
				  evse_nl_row_setting);
}

/* The line that a command names, which the profile has. */
static int evse_nl_setting(struct evse_port *port, const struct genl_info *info,
			   struct evse_grid_setting *s)
{
	const struct nlattr *attr = info->attrs[EVSE_A_GRID_SETTING_ELEMENT];

	if (!attr)
		return evse_nl_miss(info, EVSE_A_GRID_SETTING_ELEMENT,
				    "say which line of the profile: attribute element is missing");
	if (!port->grid.ops->setting(port->grid.priv, nla_get_u32(attr), s) &&
	    s->enabled)
		return 0;
	return evse_nl_refuse(info->extack, -ENOENT,
			      "the profile in force has no such line: see 'evsectl grid profile show'");
}

int evse_nl_grid_setting_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get_grid(skb, info,
						  EVSE_A_GRID_SETTING_PORT);
	struct evse_grid_setting s;
	struct evse_msg msg;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_setting(port, info, &s);
	if (!ret)
		ret = evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (!ret)
		ret = evse_msg_reply(&msg, info,
				     evse_fill_setting(msg.skb, port, &s));
	evse_nl_put(port);
	return ret;
}

static int evse_nl_adjust(struct evse_port *port, const struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct evse_grid_setting s;
	int ret;

	ret = evse_nl_setting(port, info, &s);
	if (!ret)
		ret = evse_nl_at_rest(port, info);
	if (ret)
		return ret;

	if (attrs[EVSE_A_GRID_SETTING_PICKUP])
		s.pickup = nla_get_s32(attrs[EVSE_A_GRID_SETTING_PICKUP]);
	if (attrs[EVSE_A_GRID_SETTING_TIME_MS])
		s.time_ms = nla_get_u32(attrs[EVSE_A_GRID_SETTING_TIME_MS]);
	ret = port->grid.ops->set(port->grid.priv, s.element, s.pickup,
				  s.time_ms);
	return evse_nl_refuse(info->extack, ret,
			      "out of the range that the standard allows: see 'evsectl grid profile show'");
}

int evse_nl_grid_setting_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get_grid(skb, info,
						  EVSE_A_GRID_SETTING_PORT);
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_adjust(port, info);
	evse_nl_put(port);
	return ret;
}
