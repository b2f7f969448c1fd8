// SPDX-License-Identifier: GPL-2.0-only
/* Netlink commands on ports: settings, sessions, power, pilot, lock, counters. */
#include <linux/err.h>
#include <linux/evse.h>

#include "evse_nl.h"
#include "nl.h"
#include "nl_fill.h"

int evse_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	struct evse_msg msg;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	ret = evse_msg_reply_begin(&msg, info, EVSE_NL_PORT_SIZE);
	if (!ret)
		ret = evse_msg_reply(&msg, info, evse_fill_port(msg.skb, port));
	evse_nl_put(port);
	return ret;
}

static int evse_nl_dump_port(struct sk_buff *skb, struct netlink_callback *cb,
			     struct evse_port *port)
{
	struct evse_msg msg;
	int ret;

	ret = evse_msg_dump_begin(&msg, skb, cb, EVSE_CMD_PORT_GET);
	if (ret)
		return ret;
	return evse_msg_dump_end(&msg, evse_fill_port(skb, port));
}

int evse_nl_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct evse_port *port;
	u32 id = cb->args[0];
	int ret = 0;

	while ((port = evse_port_next(&id))) {
		mutex_lock(&port->mutex);
		if (!port->gone)
			ret = evse_nl_dump_port(skb, cb, port);
		evse_nl_put(port);
		if (ret)
			break;
		id++;
	}
	cb->args[0] = id;
	return skb->len ?: ret;
}

int evse_nl_port_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	struct nlattr **attrs = info->attrs;
	struct evse_config config;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	config = (struct evse_config){
		.mode = port->mode,
		.min_mw = port->configured.min_mw,
		.max_mw = port->configured.max_mw,
		.basic = port->basic,
	};
	if (attrs[EVSE_A_PORT_MODE])
		config.mode = nla_get_u32(attrs[EVSE_A_PORT_MODE]);
	if (attrs[EVSE_A_PORT_MIN_MW])
		config.min_mw = nla_get_s32(attrs[EVSE_A_PORT_MIN_MW]);
	if (attrs[EVSE_A_PORT_MAX_MW])
		config.max_mw = nla_get_s32(attrs[EVSE_A_PORT_MAX_MW]);
	if (attrs[EVSE_A_PORT_BASIC])
		config.basic = nla_get_u8(attrs[EVSE_A_PORT_BASIC]);

	ret = evse_nl_answer(info, evse_cmd_configure(port, &config));
	evse_nl_put(port);
	return ret;
}

/*
 * Sessions and power
 */

int evse_nl_session_open_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	struct nlattr **attrs = info->attrs;
	u32 lease_ms = EVSE_LEASE_DEFAULT_MS;
	bool shared = false;
	struct evse_msg msg;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	if (attrs[EVSE_A_PORT_LEASE_MS])
		lease_ms = nla_get_u32(attrs[EVSE_A_PORT_LEASE_MS]);
	if (attrs[EVSE_A_PORT_SESSION_SHARED])
		shared = nla_get_u8(attrs[EVSE_A_PORT_SESSION_SHARED]);

	/* The reply's memory first: what was done is not refused any more. */
	ret = evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (ret)
		goto out;
	ret = evse_nl_answer(info, evse_session_open(port, genl_info_net(info),
						     info->snd_portid,
						     lease_ms, shared));
	ret = evse_msg_reply(&msg, info, ret ?: evse_fill_session(msg.skb, port));
out:
	evse_nl_put(port);
	return ret;
}

int evse_nl_session_renew_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);

	if (IS_ERR(port))
		return PTR_ERR(port);
	evse_session_renew(port);
	evse_nl_put(port);
	return 0;
}

int evse_nl_session_close_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);

	if (IS_ERR(port))
		return PTR_ERR(port);
	evse_session_close(port);
	evse_nl_put(port);
	return 0;
}

int evse_nl_energise_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_answer(info, evse_cmd_energise(port));
	evse_nl_put(port);
	return ret;
}

int evse_nl_de_energise_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_answer(info, evse_cmd_stop(port));
	evse_nl_put(port);
	return ret;
}

static struct evse_refusal evse_nl_set_power(struct evse_port *port,
					     struct nlattr **attrs)
{
	struct nlattr *deadline = attrs[EVSE_A_PORT_DEADLINE_MS];

	return evse_cmd_set_power(port,
				  nla_get_s32(attrs[EVSE_A_PORT_REQUEST_MW]),
				  deadline ? nla_get_u32(deadline) : 0);
}

int evse_nl_power_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	struct evse_msg msg;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	if (!info->attrs[EVSE_A_PORT_REQUEST_MW]) {
		ret = evse_nl_miss(info, EVSE_A_PORT_REQUEST_MW,
				   "say how much power: attribute request-mw is missing");
		goto out;
	}
	ret = evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (ret)
		goto out;
	ret = evse_nl_answer(info, evse_nl_set_power(port, info->attrs));
	ret = evse_msg_reply(&msg, info, ret ?: evse_fill_power(msg.skb, port));
out:
	evse_nl_put(port);
	return ret;
}

int evse_nl_vehicle_limits_set_doit(struct sk_buff *skb,
				    struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	struct nlattr **attrs = info->attrs;
	s32 min_mw, max_mw;
	bool bpt;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	min_mw = port->vehicle_window.min_mw;
	max_mw = port->vehicle_window.max_mw;
	bpt = port->bpt;
	if (attrs[EVSE_A_PORT_MIN_MW])
		min_mw = nla_get_s32(attrs[EVSE_A_PORT_MIN_MW]);
	if (attrs[EVSE_A_PORT_MAX_MW])
		max_mw = nla_get_s32(attrs[EVSE_A_PORT_MAX_MW]);
	if (attrs[EVSE_A_PORT_BPT])
		bpt = nla_get_u8(attrs[EVSE_A_PORT_BPT]);

	ret = evse_nl_answer(info, evse_cmd_set_vehicle(port, min_mw, max_mw,
							bpt));
	evse_nl_put(port);
	return ret;
}

/*
 * Pilot, locks, counters
 */

int evse_nl_pilot_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	struct nlattr *output = info->attrs[EVSE_A_PORT_PILOT_OUTPUT];
	struct nlattr *attr_ma = info->attrs[EVSE_A_PORT_PILOT_MA];
	u32 ma = attr_ma ? nla_get_u32(attr_ma) : 0;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	if (!output)
		ret = evse_nl_miss(info, EVSE_A_PORT_PILOT_OUTPUT,
				   "say what to put on the pilot: attribute pilot-output is missing");
	else
		ret = evse_nl_answer(info,
				     evse_cmd_set_pilot(port,
							nla_get_u32(output),
							ma));
	evse_nl_put(port);
	return ret;
}

int evse_nl_lock_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	struct nlattr *locked = info->attrs[EVSE_A_PORT_LOCKED];
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	if (!locked)
		ret = evse_nl_miss(info, EVSE_A_PORT_LOCKED,
				   "say where to move the lock: attribute locked is missing");
	else
		ret = evse_nl_answer(info, evse_cmd_set_lock(port,
							     nla_get_u8(locked)));
	evse_nl_put(port);
	return ret;
}

int evse_nl_update_lock_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	struct nlattr *locked = info->attrs[EVSE_A_PORT_UPDATE_LOCKED];
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	if (!locked)
		ret = evse_nl_miss(info, EVSE_A_PORT_UPDATE_LOCKED,
				   "say whether to lock or unlock: attribute update-locked is missing");
	else
		ret = evse_nl_answer(info,
				     evse_cmd_set_update_lock(port,
							      nla_get_u8(locked)));
	evse_nl_put(port);
	return ret;
}

static void evse_nl_restore(u64 *counter, const struct nlattr *attr)
{
	if (attr)
		*counter = nla_get_u64(attr);
}

static int evse_nl_set_counters(struct evse_port *port,
				const struct genl_info *info)
{
	struct nlattr *tb[ARRAY_SIZE(evse_counters_nl_policy)];
	struct evse_counters *counters = &port->counters;
	int ret;

	if (!info->attrs[EVSE_A_PORT_COUNTERS])
		return evse_nl_miss(info, EVSE_A_PORT_COUNTERS,
				    "say which counters to restore: attribute counters is missing");
	ret = nla_parse_nested(tb, ARRAY_SIZE(tb) - 1,
			       info->attrs[EVSE_A_PORT_COUNTERS],
			       evse_counters_nl_policy, info->extack);
	if (ret)
		return ret;

	evse_nl_restore(&counters->matings, tb[EVSE_A_COUNTERS_MATINGS]);
	evse_nl_restore(&counters->cycles, tb[EVSE_A_COUNTERS_CYCLES]);
	evse_nl_restore(&counters->loaded_openings,
			tb[EVSE_A_COUNTERS_LOADED_OPENINGS]);
	evse_nl_restore(&counters->trips, tb[EVSE_A_COUNTERS_TRIPS]);
	evse_nl_restore(&counters->import_mwh,
			tb[EVSE_A_COUNTERS_ENERGY_IMPORT_MWH]);
	evse_nl_restore(&counters->export_mwh,
			tb[EVSE_A_COUNTERS_ENERGY_EXPORT_MWH]);
	evse_nl_restore(&counters->cleaned, tb[EVSE_A_COUNTERS_CLEANED]);
	port->dirty = true;
	evse_engine_settle(port);
	return 0;
}

int evse_nl_counters_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_PORT_ID);
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_set_counters(port, info);
	evse_nl_put(port);
	return ret;
}
