// SPDX-License-Identifier: GPL-2.0-only
/* Netlink commands on the thermal guard of a port. */
#include <linux/err.h>
#include <linux/evse.h>

#include "evse_nl.h"
#include "nl.h"

/* The port of a command, which has a thermal guard. */
static struct evse_port *evse_nl_get_thermal(struct sk_buff *skb,
					     struct genl_info *info, int attr)
{
	struct evse_port *port = evse_nl_get(skb, info, attr);

	if (IS_ERR(port) || port->thermal.ops)
		return port;
	evse_nl_put(port);
	evse_nl_refuse(info->extack, -EOPNOTSUPP,
		       "this port has no thermal guard: add an evse,thermal-guard node to its device tree, and load evse_thermal");
	return ERR_PTR(-EOPNOTSUPP);
}

/*
 * Sensors
 */

static int evse_nl_read_sensor(struct evse_port *port, unsigned int index,
			       struct evse_thermal_sensor *s)
{
	if (!port->thermal.ops)
		return -ENOENT;
	*s = (struct evse_thermal_sensor){ };
	return port->thermal.ops->sensor(port->thermal.priv, index, s);
}

static int evse_fill_sensor(struct sk_buff *skb, struct evse_port *port,
			    const struct evse_thermal_sensor *s)
{
	if (nla_put_u32(skb, EVSE_A_THERMAL_PORT, port->id) ||
	    nla_put_string(skb, EVSE_A_THERMAL_SENSOR, s->name) ||
	    nla_put_u32(skb, EVSE_A_THERMAL_STATE, s->state) ||
	    nla_put_u32(skb, EVSE_A_THERMAL_LIMIT_PERMILLE, s->limit_permille))
		return -EMSGSIZE;
	if (s->valid &&
	    (nla_put_s32(skb, EVSE_A_THERMAL_TEMP_MC, s->temp_mc) ||
	     nla_put_s32(skb, EVSE_A_THERMAL_SLOPE_MC_MIN, s->slope_mc_min)))
		return -EMSGSIZE;
	return 0;
}

static int evse_nl_row_sensor(struct sk_buff *skb, struct evse_port *port,
			      unsigned int row)
{
	struct evse_thermal_sensor s;
	int ret = evse_nl_read_sensor(port, row, &s);

	return ret ?: evse_fill_sensor(skb, port, &s);
}

int evse_nl_thermal_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return evse_nl_dump_ports(skb, cb, EVSE_CMD_THERMAL_GET,
				  evse_nl_row_sensor);
}

/* The sensor that a command names. */
static int evse_nl_sensor(struct evse_port *port, const struct genl_info *info,
			  struct evse_thermal_sensor *s)
{
	const struct nlattr *attr = info->attrs[EVSE_A_THERMAL_SENSOR];
	unsigned int index;

	if (!attr)
		return evse_nl_miss(info, EVSE_A_THERMAL_SENSOR,
				    "say which sensor: attribute sensor is missing");
	for (index = 0; !evse_nl_read_sensor(port, index, s); index++)
		if (!nla_strcmp(attr, s->name))
			return 0;
	return evse_nl_refuse(info->extack, -ENOENT,
			      "no such sensor: see 'evsectl thermal status'");
}

int evse_nl_thermal_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get_thermal(skb, info,
						     EVSE_A_THERMAL_PORT);
	struct evse_thermal_sensor s;
	struct evse_msg msg;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_sensor(port, info, &s);
	if (!ret)
		ret = evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (!ret)
		ret = evse_msg_reply(&msg, info,
				     evse_fill_sensor(msg.skb, port, &s));
	evse_nl_put(port);
	return ret;
}

static void evse_tell_sensor(struct evse_port *port,
			     const struct evse_thermal_sensor *s)
{
	struct evse_msg msg;

	if (evse_ntf_begin(&msg, NLMSG_GOODSIZE, EVSE_NLGRP_MONITOR,
			   EVSE_CMD_THERMAL_NTF))
		return;
	evse_ntf_send(&msg, EVSE_NLGRP_MONITOR,
		      evse_fill_sensor(msg.skb, port, s));
}

/**
 * evse_netlink_thermal_ntf() - tell which sensors of a port changed
 * @port: the port; its mutex is held
 *
 * A temperature alone is no change: it never rests.
 */
void evse_netlink_thermal_ntf(struct evse_port *port)
{
	struct evse_thermal_told *told = port->thermal.told;
	struct evse_thermal_sensor s;
	unsigned int index;

	for (index = 0; !evse_nl_read_sensor(port, index, &s); index++) {
		if (index < ARRAY_SIZE(port->thermal.told)) {
			if (told[index].state == s.state &&
			    told[index].limit_permille == s.limit_permille)
				continue;
			told[index].state = s.state;
			told[index].limit_permille = s.limit_permille;
		}
		evse_tell_sensor(port, &s);
	}
}

/*
 * Thresholds
 */

static int evse_nl_read_threshold(struct evse_port *port, unsigned int index,
				  struct evse_thermal_setting *s)
{
	if (!port->thermal.ops)
		return -ENOENT;
	*s = (struct evse_thermal_setting){ };
	return port->thermal.ops->setting(port->thermal.priv, index, s);
}

static int evse_fill_threshold(struct sk_buff *skb, struct evse_port *port,
			       const struct evse_thermal_setting *s)
{
	if (nla_put_u32(skb, EVSE_A_THERMAL_SETTING_PORT, port->id) ||
	    (s->sensor &&
	     nla_put_string(skb, EVSE_A_THERMAL_SETTING_SENSOR, s->sensor)) ||
	    nla_put_u32(skb, EVSE_A_THERMAL_SETTING_ELEMENT, s->element) ||
	    nla_put_s32(skb, EVSE_A_THERMAL_SETTING_VALUE, s->value) ||
	    nla_put_s32(skb, EVSE_A_THERMAL_SETTING_VALUE_MIN, s->min) ||
	    nla_put_s32(skb, EVSE_A_THERMAL_SETTING_VALUE_MAX, s->max))
		return -EMSGSIZE;
	return 0;
}

static int evse_nl_row_threshold(struct sk_buff *skb, struct evse_port *port,
				 unsigned int row)
{
	struct evse_thermal_setting s;
	int ret = evse_nl_read_threshold(port, row, &s);

	return ret ?: evse_fill_threshold(skb, port, &s);
}

int evse_nl_thermal_setting_get_dumpit(struct sk_buff *skb,
				       struct netlink_callback *cb)
{
	return evse_nl_dump_ports(skb, cb, EVSE_CMD_THERMAL_SETTING_GET,
				  evse_nl_row_threshold);
}

/* The threshold that a command names: without a sensor, one of the whole guard. */
static int evse_nl_threshold(struct evse_port *port,
			     const struct genl_info *info,
			     struct evse_thermal_setting *s)
{
	const struct nlattr *sensor = info->attrs[EVSE_A_THERMAL_SETTING_SENSOR];
	const struct nlattr *attr = info->attrs[EVSE_A_THERMAL_SETTING_ELEMENT];
	unsigned int index;

	if (!attr)
		return evse_nl_miss(info, EVSE_A_THERMAL_SETTING_ELEMENT,
				    "say which threshold: attribute element is missing");
	for (index = 0; !evse_nl_read_threshold(port, index, s); index++)
		if (s->element == nla_get_u32(attr) && !s->sensor == !sensor &&
		    (!sensor || !nla_strcmp(sensor, s->sensor)))
			return 0;
	return evse_nl_refuse(info->extack, -ENOENT,
			      "no such threshold: see 'evsectl thermal show'");
}

int evse_nl_thermal_setting_get_doit(struct sk_buff *skb,
				     struct genl_info *info)
{
	struct evse_port *port =
		evse_nl_get_thermal(skb, info, EVSE_A_THERMAL_SETTING_PORT);
	struct evse_thermal_setting s;
	struct evse_msg msg;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_threshold(port, info, &s);
	if (!ret)
		ret = evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (!ret)
		ret = evse_msg_reply(&msg, info,
				     evse_fill_threshold(msg.skb, port, &s));
	evse_nl_put(port);
	return ret;
}

static int evse_nl_set_threshold(struct evse_port *port,
				 const struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[EVSE_A_THERMAL_SETTING_VALUE];
	struct evse_thermal_setting s;
	int ret;

	if (!attr)
		return evse_nl_miss(info, EVSE_A_THERMAL_SETTING_VALUE,
				    "say where to: attribute value is missing");
	ret = evse_nl_threshold(port, info, &s);
	if (ret)
		return ret;
	ret = port->thermal.ops->set(port->thermal.priv, s.sensor, s.element,
				     nla_get_s32(attr));
	if (ret == -ERANGE)
		return evse_nl_refuse(info->extack, ret,
				      "out of bounds: see 'evsectl thermal show'");
	return evse_nl_refuse(info->extack, ret,
			      "the thermal guard does not take that: see the kernel log");
}

int evse_nl_thermal_setting_set_doit(struct sk_buff *skb,
				     struct genl_info *info)
{
	struct evse_port *port =
		evse_nl_get_thermal(skb, info, EVSE_A_THERMAL_SETTING_PORT);
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_set_threshold(port, info);
	evse_nl_put(port);
	return ret;
}
