// SPDX-License-Identifier: GPL-2.0-only
/* Netlink commands on the bridge of a port's power stage. */
#include <linux/err.h>
#include <linux/evse.h>

#include "evse_nl.h"
#include "nl.h"

/* The port of a command, whose power stage has a bridge. */
static struct evse_port *evse_nl_get_bridge(struct sk_buff *skb,
					    struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_BRIDGE_PORT);

	if (IS_ERR(port) || (port->stage.ops && port->stage.ops->bridge))
		return port;
	evse_nl_put(port);
	evse_nl_refuse(info->extack, -EOPNOTSUPP,
		       "this port has no bridge: describe one by an evse,bridge-stage node in the port's");
	return ERR_PTR(-EOPNOTSUPP);
}

static int evse_fill_follower(struct sk_buff *skb,
			      const struct evse_bridge_status *s)
{
	if (nla_put_u8(skb, EVSE_A_BRIDGE_LOCKED, s->locked))
		return -EMSGSIZE;
	if (s->following &&
	    nla_put_s32(skb, EVSE_A_BRIDGE_PHASE_ERROR_MDEG,
			s->phase_error_mdeg))
		return -EMSGSIZE;
	return 0;
}

static int evse_fill_bridge(struct sk_buff *skb, struct evse_port *port)
{
	struct evse_bridge_status s = { };

	port->stage.ops->bridge(port->stage.priv, &s);
	if (nla_put_u32(skb, EVSE_A_BRIDGE_PORT, port->id) ||
	    nla_put_u32(skb, EVSE_A_BRIDGE_STATE, s.state) ||
	    nla_put_u32(skb, EVSE_A_BRIDGE_CARRIER_HZ, s.carrier_hz) ||
	    nla_put_u32(skb, EVSE_A_BRIDGE_CARRIER_MIN_HZ, s.carrier_min_hz) ||
	    nla_put_u32(skb, EVSE_A_BRIDGE_CARRIER_MAX_HZ, s.carrier_max_hz) ||
	    nla_put_u32(skb, EVSE_A_BRIDGE_DEAD_TIME_NS, s.dead_time_ns) ||
	    nla_put_u32(skb, EVSE_A_BRIDGE_MINIMUM_PULSE_NS,
			s.minimum_pulse_ns) ||
	    evse_fill_follower(skb, &s) ||
	    nla_put_u8(skb, EVSE_A_BRIDGE_FORMING, s.forming) ||
	    nla_put_s32(skb, EVSE_A_BRIDGE_POWER_MW, s.power_mw) ||
	    nla_put_u32(skb, EVSE_A_BRIDGE_CONTROL_HZ, s.control_hz) ||
	    nla_put_u64_64bit(skb, EVSE_A_BRIDGE_STEPS, s.steps,
			      EVSE_A_BRIDGE_PAD))
		return -EMSGSIZE;
	return s.link_valid ? nla_put_s32(skb, EVSE_A_BRIDGE_LINK_MV, s.link_mv) : 0;
}

int evse_nl_bridge_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get_bridge(skb, info);
	struct evse_msg msg;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (!ret)
		ret = evse_msg_reply(&msg, info, evse_fill_bridge(msg.skb, port));
	evse_nl_put(port);
	return ret;
}

static int evse_nl_set_carrier(struct evse_port *port,
			       const struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[EVSE_A_BRIDGE_CARRIER_HZ];
	int ret;

	if (!attr)
		return evse_nl_miss(info, EVSE_A_BRIDGE_CARRIER_HZ,
				    "say which carrier: attribute carrier-hz is missing");
	ret = !evse_state_at_rest(port->state) ? -EBUSY :
	      port->stage.ops->set_carrier(port->stage.priv, nla_get_u32(attr));
	switch (ret) {
	case -EBUSY:
		return evse_nl_refuse(info->extack, ret,
				      "the port is energised: stop it before changing the carrier");
	case -ERANGE:
		return evse_nl_refuse(info->extack, ret,
				      "the board does not allow that carrier: see its bounds in 'evsectl bridge'");
	default:
		return evse_nl_refuse(info->extack, ret,
				      "the bridge does not take that carrier: see the kernel log");
	}
}

int evse_nl_bridge_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get_bridge(skb, info);
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_set_carrier(port, info);
	evse_nl_put(port);
	return ret;
}
