// SPDX-License-Identifier: GPL-2.0-only
/* The generic netlink family: rights, refusals, messages, notifications. */
#include <linux/err.h>
#include <linux/evse.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <net/net_namespace.h>

#include "evse_nl.h"
#include "nl.h"
#include "nl_fill.h"

static const struct genl_multicast_group evse_groups[] = {
	[EVSE_NLGRP_MONITOR] = { .name = EVSE_MCGRP_MONITOR },
	[EVSE_NLGRP_METER] = { .name = EVSE_MCGRP_METER },
};

static struct genl_family evse_family = {
	.name = EVSE_FAMILY_NAME,
	.version = EVSE_FAMILY_VERSION,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = evse_nl_ops,
	.n_ops = ARRAY_SIZE(evse_nl_ops),
	.mcgrps = evse_groups,
	.n_mcgrps = ARRAY_SIZE(evse_groups),
};

/*
 * Refusals
 */

/**
 * evse_nl_refuse() - an error and the sentence that explains it
 * @extack: where the sentence goes
 * @error: negative errno, 0 refuses nothing
 * @sentence: must live as long as the module
 *
 * Return: @error.
 */
int evse_nl_refuse(struct netlink_ext_ack *extack, int error,
		   const char *sentence)
{
	if (error && extack)
		extack->_msg = sentence;
	return error;
}

int evse_nl_answer(const struct genl_info *info, struct evse_refusal refusal)
{
	return evse_nl_refuse(info->extack, refusal.error, refusal.sentence);
}

int evse_nl_no_port(struct netlink_ext_ack *extack)
{
	return evse_nl_refuse(extack, -ENODEV,
			      "no such port: see 'evsectl status'");
}

/**
 * evse_nl_miss() - refuse a command that lacks an attribute
 * @info: the command
 * @attr: the attribute
 * @sentence: names it
 *
 * Return: -EINVAL.
 */
int evse_nl_miss(const struct genl_info *info, int attr, const char *sentence)
{
	NL_SET_ERR_ATTR_MISS(info->extack, NULL, attr);
	return evse_nl_refuse(info->extack, -EINVAL, sentence);
}

/*
 * A command's port
 */

static int evse_nl_check(struct evse_port *port, struct sk_buff *skb,
			 struct genl_info *info)
{
	struct evse_caller caller = {
		.admin = netlink_capable(skb, CAP_NET_ADMIN),
		.session = !!port->session.net,
		.owner = evse_session_owned_by(port, genl_info_net(info),
					       info->snd_portid),
		.shared = port->session.shared,
	};

	if (port->gone)
		return evse_nl_no_port(info->extack);
	return evse_nl_answer(info, evse_access(info->genlhdr->cmd, &caller));
}

void evse_nl_put(struct evse_port *port)
{
	mutex_unlock(&port->mutex);
	evse_port_put(port);
}

/**
 * evse_nl_get() - the port of a command that its caller may run
 * @skb: the request
 * @info: the command
 * @attr: the attribute that numbers the port
 *
 * Return: the port, locked, to be given back with evse_nl_put(); or an ERR_PTR
 * whose sentence is set.
 */
struct evse_port *evse_nl_get(struct sk_buff *skb, struct genl_info *info,
			      int attr)
{
	struct evse_port *port;
	int ret;

	if (!info->attrs[attr])
		return ERR_PTR(evse_nl_miss(info, attr,
					    "say which port: its number is missing"));
	port = evse_port_get(nla_get_u32(info->attrs[attr]));
	if (!port)
		return ERR_PTR(evse_nl_no_port(info->extack));

	mutex_lock(&port->mutex);
	ret = evse_nl_check(port, skb, info);
	if (ret) {
		evse_nl_put(port);
		return ERR_PTR(ret);
	}
	return port;
}

/*
 * Messages
 */

static int evse_msg_begin(struct evse_msg *msg, size_t size, u32 portid,
			  u32 seq, u8 cmd)
{
	msg->skb = genlmsg_new(size, GFP_KERNEL);
	if (!msg->skb)
		return -ENOMEM;
	msg->header = genlmsg_put(msg->skb, portid, seq, &evse_family, 0, cmd);
	if (!msg->header) {
		nlmsg_free(msg->skb);
		return -EMSGSIZE;
	}
	return 0;
}

int evse_msg_reply_begin(struct evse_msg *msg, const struct genl_info *info,
			 size_t size)
{
	return evse_msg_begin(msg, size, info->snd_portid, info->snd_seq,
			      info->genlhdr->cmd);
}

/**
 * evse_msg_reply() - send a reply, or drop it
 * @msg: the reply
 * @info: the command
 * @ret: whether it could be filled
 *
 * Return: @ret, or what sending it returned.
 */
int evse_msg_reply(struct evse_msg *msg, struct genl_info *info, int ret)
{
	if (ret) {
		nlmsg_free(msg->skb);
		return ret;
	}
	genlmsg_end(msg->skb, msg->header);
	return genlmsg_reply(msg->skb, info);
}

int evse_msg_dump_begin(struct evse_msg *msg, struct sk_buff *skb,
			struct netlink_callback *cb, u8 cmd)
{
	msg->skb = skb;
	msg->header = genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
				  cb->nlh->nlmsg_seq, &evse_family,
				  NLM_F_MULTI, cmd);
	return msg->header ? 0 : -EMSGSIZE;
}

/**
 * evse_msg_dump_end() - keep a message of a dump, or take it back
 * @msg: the message
 * @ret: whether it could be filled
 *
 * Return: @ret.
 */
int evse_msg_dump_end(struct evse_msg *msg, int ret)
{
	if (ret)
		genlmsg_cancel(msg->skb, msg->header);
	else
		genlmsg_end(msg->skb, msg->header);
	return ret;
}

/*
 * Notifications, to listeners in every network namespace
 */

static bool evse_ntf_wanted(unsigned int group)
{
	bool wanted = false;
	struct net *net;

	rcu_read_lock();
	for_each_net_rcu(net)
		wanted |= genl_has_listeners(&evse_family, net, group);
	rcu_read_unlock();
	return wanted;
}

/**
 * evse_ntf_begin() - begin a notification
 * @msg: the message
 * @size: room for its attributes
 * @group: who is told
 * @cmd: what it is
 *
 * Return: 0, or a negative errno when nobody listens or there is no memory.
 */
int evse_ntf_begin(struct evse_msg *msg, size_t size, unsigned int group, u8 cmd)
{
	if (!evse_ntf_wanted(group))
		return -ESRCH;
	return evse_msg_begin(msg, size, 0, 0, cmd);
}

/**
 * evse_ntf_send() - send a notification, or drop it
 * @msg: the message
 * @group: who is told
 * @ret: whether it could be filled
 */
void evse_ntf_send(struct evse_msg *msg, unsigned int group, int ret)
{
	/* Every message has room for all that it can say. */
	if (WARN_ON_ONCE(ret)) {
		nlmsg_free(msg->skb);
		return;
	}
	genlmsg_end(msg->skb, msg->header);
	rcu_read_lock();
	/* That nobody listens any more is no error. */
	genlmsg_multicast_allns(&evse_family, msg->skb, 0, group);
	rcu_read_unlock();
}

/**
 * evse_netlink_port_ntf() - tell that a port changed
 * @port: the port; its mutex is held
 */
void evse_netlink_port_ntf(struct evse_port *port)
{
	struct evse_msg msg;

	if (evse_ntf_begin(&msg, EVSE_NL_PORT_SIZE, EVSE_NLGRP_MONITOR,
			   EVSE_CMD_PORT_NTF))
		return;
	evse_ntf_send(&msg, EVSE_NLGRP_MONITOR, evse_fill_port(msg.skb, port));
}

/**
 * evse_netlink_fault_ntf() - tell that a fault was latched, changed or ended
 * @port: the port; its mutex is held
 * @index: place in the catalogue
 */
void evse_netlink_fault_ntf(struct evse_port *port, int index)
{
	struct evse_fault fault;
	struct evse_msg msg;

	if (evse_ntf_begin(&msg, NLMSG_GOODSIZE, EVSE_NLGRP_MONITOR,
			   EVSE_CMD_FAULT_NTF))
		return;
	evse_fault_read(port, index, &fault);
	evse_ntf_send(&msg, EVSE_NLGRP_MONITOR,
		      evse_fill_fault(msg.skb, port, index, &fault));
}

/**
 * evse_netlink_meter_ntf() - hand out a sample
 * @port: the port; its mutex is held
 * @now: when it was measured
 * @sample: the values
 */
void evse_netlink_meter_ntf(struct evse_port *port, ktime_t now,
			    const struct evse_sample *sample)
{
	struct evse_msg msg;

	if (evse_ntf_begin(&msg, NLMSG_GOODSIZE, EVSE_NLGRP_METER,
			   EVSE_CMD_METER_NTF))
		return;
	evse_ntf_send(&msg, EVSE_NLGRP_METER,
		      evse_fill_sample(msg.skb, port, now, sample));
}

/*
 * The family's life
 */

/* A session ends with the socket that owns it, however its process ended. */
static int evse_nl_released(struct notifier_block *nb, unsigned long event,
			    void *data)
{
	const struct netlink_notify *notify = data;

	if (event == NETLINK_URELEASE && notify->protocol == NETLINK_GENERIC)
		evse_session_owner_died(notify->net, notify->portid);
	return NOTIFY_DONE;
}

static struct notifier_block evse_nl_notifier = {
	.notifier_call = evse_nl_released,
};

int evse_netlink_init(void)
{
	int ret;

	ret = netlink_register_notifier(&evse_nl_notifier);
	if (ret)
		return ret;
	ret = genl_register_family(&evse_family);
	if (ret)
		netlink_unregister_notifier(&evse_nl_notifier);
	return ret;
}

void evse_netlink_exit(void)
{
	genl_unregister_family(&evse_family);
	netlink_unregister_notifier(&evse_nl_notifier);
}
