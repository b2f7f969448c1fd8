// SPDX-License-Identifier: GPL-2.0-only
/* Netlink commands on faults, the catalogue and the meter. */
#include <linux/err.h>
#include <linux/evse.h>

#include "evse_nl.h"
#include "nl.h"
#include "nl_fill.h"

/* Place in the catalogue of the code that a command names. */
static int evse_nl_fault(const struct genl_info *info)
{
	const struct nlattr *code = info->attrs[EVSE_A_FAULT_CODE];
	int index;

	if (!code)
		return evse_nl_miss(info, EVSE_A_FAULT_CODE,
				    "say which fault: attribute code is missing");
	index = evse_fault_index(nla_get_u32(code));
	if (index < 0)
		return evse_nl_refuse(info->extack, -ENOENT,
				      "no such fault code: see 'evsectl fault codes'");
	return index;
}

/*
 * Faults
 */

static int evse_nl_reply_fault(struct evse_port *port, struct genl_info *info)
{
	int index = evse_nl_fault(info);
	struct evse_fault fault;
	struct evse_msg msg;
	int ret;

	if (index < 0)
		return index;
	ret = evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (ret)
		return ret;
	evse_fault_read(port, index, &fault);
	return evse_msg_reply(&msg, info,
			      evse_fill_fault(msg.skb, port, index, &fault));
}

int evse_nl_fault_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_FAULT_PORT);
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);
	ret = evse_nl_reply_fault(port, info);
	evse_nl_put(port);
	return ret;
}

static int evse_nl_dump_fault(struct sk_buff *skb, struct netlink_callback *cb,
			      struct evse_port *port, int index)
{
	struct evse_fault fault;
	struct evse_msg msg;
	int ret;

	if (!evse_fault_read(port, index, &fault))
		return 0;
	ret = evse_msg_dump_begin(&msg, skb, cb, EVSE_CMD_FAULT_GET);
	if (ret)
		return ret;
	return evse_msg_dump_end(&msg, evse_fill_fault(skb, port, index,
						       &fault));
}

/* The rest of a port's faults, from the place in args[1] on. */
static int evse_nl_dump_faults(struct sk_buff *skb, struct netlink_callback *cb,
			       struct evse_port *port)
{
	int ret = 0;

	mutex_lock(&port->mutex);
	while (!port->gone && cb->args[1] < EVSE_FAULTS) {
		ret = evse_nl_dump_fault(skb, cb, port, cb->args[1]);
		if (ret)
			break;
		cb->args[1]++;
	}
	mutex_unlock(&port->mutex);
	return ret;
}

static int evse_nl_dump_one_port(struct sk_buff *skb,
				 struct netlink_callback *cb, u32 id)
{
	struct evse_port *port = evse_port_get(id);
	int ret;

	if (!port)
		return evse_nl_no_port(cb->extack);
	ret = evse_nl_dump_faults(skb, cb, port);
	evse_port_put(port);
	return skb->len ?: ret;
}

int evse_nl_fault_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	struct evse_port *port;
	u32 id = cb->args[0];
	int ret = 0;

	if (attrs && attrs[EVSE_A_FAULT_PORT])
		return evse_nl_dump_one_port(skb, cb,
					     nla_get_u32(attrs[EVSE_A_FAULT_PORT]));

	while ((port = evse_port_next(&id))) {
		/* The port that a former part began with may be gone. */
		if (id != cb->args[0])
			cb->args[1] = 0;
		cb->args[0] = id;
		ret = evse_nl_dump_faults(skb, cb, port);
		evse_port_put(port);
		if (ret)
			break;
		id++;
	}
	if (!ret)
		cb->args[0] = id;
	return skb->len ?: ret;
}

/* All that can be cleared is; the refusal of one that stays is the answer. */
static struct evse_refusal evse_nl_clear_all(struct evse_port *port)
{
	struct evse_refusal first = { };
	int i;

	for (i = 0; i < EVSE_FAULTS; i++) {
		struct evse_refusal refusal = evse_fault_clear(port, i);

		if (!first.error)
			first = refusal;
	}
	return first;
}

int evse_nl_fault_clear_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_FAULT_PORT);
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	if (!info->attrs[EVSE_A_FAULT_CODE]) {
		ret = evse_nl_answer(info, evse_nl_clear_all(port));
	} else {
		ret = evse_nl_fault(info);
		if (ret >= 0)
			ret = evse_nl_answer(info, evse_fault_clear(port, ret));
	}
	evse_nl_put(port);
	return ret;
}

int evse_nl_fault_raise_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_FAULT_PORT);
	struct nlattr *attr = info->attrs[EVSE_A_FAULT_VALUE];
	s32 value = attr ? nla_get_s32(attr) : 0;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	ret = evse_nl_fault(info);
	if (ret >= 0)
		ret = evse_nl_answer(info, evse_cmd_raise(port, ret, value));
	evse_nl_put(port);
	return ret;
}

/*
 * Catalogue: the same for every port, and for every reader
 */

int evse_nl_catalogue_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	int index = evse_nl_fault(info);
	struct evse_msg msg;
	int ret;

	if (index < 0)
		return index;
	ret = evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (ret)
		return ret;
	return evse_msg_reply(&msg, info, evse_fill_catalogue(msg.skb, index));
}

int evse_nl_catalogue_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb)
{
	struct evse_msg msg;
	int ret = 0;

	for (; cb->args[0] < EVSE_FAULTS; cb->args[0]++) {
		ret = evse_msg_dump_begin(&msg, skb, cb,
					  EVSE_CMD_CATALOGUE_GET);
		if (ret)
			break;
		ret = evse_fill_catalogue(skb, cb->args[0]);
		if (evse_msg_dump_end(&msg, ret))
			break;
	}
	return skb->len ?: ret;
}

/*
 * Meter
 */

static int evse_nl_measure(struct evse_port *port, const struct genl_info *info,
			   struct evse_sample *sample)
{
	int ret = evse_meter_read(port, sample);

	if (ret == -EOPNOTSUPP)
		return evse_nl_refuse(info->extack, ret,
				      "this port has no meter");
	return evse_nl_refuse(info->extack, ret,
			      "the meter did not answer: see the kernel log");
}

int evse_nl_meter_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct evse_port *port = evse_nl_get(skb, info, EVSE_A_SAMPLE_PORT);
	struct evse_sample sample = { };
	struct evse_msg msg;
	int ret;

	if (IS_ERR(port))
		return PTR_ERR(port);

	ret = evse_nl_measure(port, info, &sample);
	if (ret)
		goto out;
	ret = evse_msg_reply_begin(&msg, info, NLMSG_GOODSIZE);
	if (ret)
		goto out;
	ret = evse_msg_reply(&msg, info, evse_fill_sample(msg.skb, port,
							  ktime_get(), &sample));
out:
	evse_nl_put(port);
	return ret;
}
