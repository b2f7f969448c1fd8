// SPDX-License-Identifier: GPL-2.0-or-later
/* Requests and answers: what all commands have in common. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "client-internal.h"

const char *evse_client_error(const struct evse_client *client)
{
	return client->error;
}

uint32_t evse_client_id(const struct evse_client *client)
{
	return client->transport.id;
}

int evse_client_fd(const struct evse_client *client)
{
	return client->transport.fd;
}

/* Keeps the kernel's sentence, which follows the error number. */
static void keep_sentence(struct evse_client *client,
			  const struct nlmsghdr *nlh, size_t skip)
{
	const struct nlattr *attr;
	size_t len;
	int rem;

	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS) ||
	    nlh->nlmsg_len < NLMSG_HDRLEN + NLMSG_ALIGN(skip))
		return;
	skip = NLMSG_ALIGN(skip);
	len = nlh->nlmsg_len - NLMSG_HDRLEN - skip;
	nla_for_each_attr(attr, (const struct nlattr *)
			  ((const char *)nlmsg_data(nlh) + skip),
			  (int)len, rem) {
		if (nla_type(attr) == NLMSGERR_ATTR_MSG)
			snprintf(client->error, sizeof(client->error), "%.*s",
				 nla_len(attr), (const char *)nla_data(attr));
	}
}

static int failed(struct evse_client *client, int err)
{
	if (err < 0 && !client->error[0])
		snprintf(client->error, sizeof(client->error), "%s",
			 strerror(-err));
	return err;
}

/* The end of an answer: an acknowledgement, a refusal, or the end of a dump. */
static int answer_end(struct evse_client *client, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *ack = nlmsg_data(nlh);
	size_t skip;
	int err;

	if (nlh->nlmsg_type == NLMSG_DONE) {
		skip = sizeof(err);
		if ((size_t)nlmsg_datalen(nlh) < skip)
			return 0;
	} else {
		skip = sizeof(*ack);
		if ((size_t)nlmsg_datalen(nlh) < skip)
			return -EBADMSG;
		/* Without NLM_F_CAPPED the whole request is repeated. */
		if (!(nlh->nlmsg_flags & NLM_F_CAPPED) && ack->error &&
		    ack->msg.nlmsg_len > NLMSG_HDRLEN)
			skip += NLMSG_ALIGN(ack->msg.nlmsg_len) - NLMSG_HDRLEN;
	}
	memcpy(&err, nlmsg_data(nlh), sizeof(err));
	keep_sentence(client, nlh, skip);
	return err < 0 ? err : 0;
}

/* What one message of an answer means for the call that waits for it. */
struct call {
	int (*reply)(const struct nlattr *attrs, int len, void *arg);
	void *arg;
	uint32_t seq;
	int err;
	bool done;
};

static void take_message(struct evse_client *client, struct call *call,
			 struct nlmsghdr *nlh)
{
	struct genlmsghdr *genl = nlmsg_data(nlh);
	int err;

	if (nlh->nlmsg_seq != call->seq)
		return;
	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
		err = answer_end(client, nlh);
		if (!call->err)
			call->err = err;
		call->done = true;
		return;
	}
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		call->err = -EINTR;
	if (call->err || !call->reply)
		return;
	if (!genlmsg_valid_hdr(nlh, 0)) {
		call->err = -EBADMSG;
		return;
	}
	call->err = call->reply(genlmsg_attrdata(genl, 0),
				genlmsg_attrlen(genl, 0), call->arg);
}

static int wait_answer(struct evse_client *client, struct call *call)
{
	struct nlmsghdr *nlh;
	ssize_t n;
	int rem;

	while (!call->done) {
		n = client->transport.recv(client->transport.priv,
					   client->datagram,
					   sizeof(client->datagram), true);
		/* Lost events are no matter here; the reply is still to come. */
		if (n == -ENOBUFS)
			continue;
		if (n < 0)
			return (int)n;
		rem = (int)n;
		for (nlh = (struct nlmsghdr *)client->datagram;
		     nlmsg_ok(nlh, rem); nlh = nlmsg_next(nlh, &rem))
			take_message(client, call, nlh);
	}
	return call->err;
}

static struct nl_msg *message(uint16_t family, uint8_t cmd, uint8_t version,
			      int flags)
{
	struct nl_msg *msg = nlmsg_alloc();

	if (!msg)
		return NULL;
	if (!genlmsg_put(msg, 0, 0, family, 0,
			 NLM_F_REQUEST | NLM_F_ACK | flags, cmd, version)) {
		nlmsg_free(msg);
		return NULL;
	}
	return msg;
}

struct nl_msg *evse_message(struct evse_client *client, uint8_t cmd, int flags)
{
	return message(client->family, cmd, EVSE_FAMILY_VERSION, flags);
}

int evse_call(struct evse_client *client, struct nl_msg *msg,
	      int (*reply)(const struct nlattr *attrs, int len, void *arg),
	      void *arg)
{
	struct call call = { .reply = reply, .arg = arg };
	struct nlmsghdr *nlh;
	int err;

	client->error[0] = '\0';
	if (!msg)
		return failed(client, -ENOMEM);
	nlh = nlmsg_hdr(msg);
	call.seq = ++client->seq;
	nlh->nlmsg_seq = call.seq;
	err = client->transport.send(client->transport.priv, nlh,
				     nlh->nlmsg_len);
	nlmsg_free(msg);
	if (!err)
		err = wait_answer(client, &call);
	return failed(client, err);
}

static void take_group(struct evse_client *client, struct nlattr *group)
{
	struct nlattr *tb[CTRL_ATTR_MCAST_GRP_MAX + 1];
	const char *name;

	if (nla_parse_nested(tb, CTRL_ATTR_MCAST_GRP_MAX, group, NULL) ||
	    !tb[CTRL_ATTR_MCAST_GRP_NAME] || !tb[CTRL_ATTR_MCAST_GRP_ID] ||
	    nla_len(tb[CTRL_ATTR_MCAST_GRP_ID]) < (int)sizeof(uint32_t))
		return;
	name = nla_data(tb[CTRL_ATTR_MCAST_GRP_NAME]);
	if (!strncmp(name, EVSE_MCGRP_MONITOR,
		     (size_t)nla_len(tb[CTRL_ATTR_MCAST_GRP_NAME])))
		client->monitor_group = nla_get_u32(tb[CTRL_ATTR_MCAST_GRP_ID]);
	if (!strncmp(name, EVSE_MCGRP_METER,
		     (size_t)nla_len(tb[CTRL_ATTR_MCAST_GRP_NAME])))
		client->meter_group = nla_get_u32(tb[CTRL_ATTR_MCAST_GRP_ID]);
}

static int take_family(const struct nlattr *attrs, int len, void *arg)
{
	struct evse_client *client = arg;
	struct nlattr *tb[CTRL_ATTR_MAX + 1], *group;
	int rem;

	if (nla_parse(tb, CTRL_ATTR_MAX, (struct nlattr *)attrs, len, NULL) ||
	    !tb[CTRL_ATTR_FAMILY_ID] ||
	    nla_len(tb[CTRL_ATTR_FAMILY_ID]) < (int)sizeof(uint16_t))
		return -EBADMSG;
	client->family = nla_get_u16(tb[CTRL_ATTR_FAMILY_ID]);
	if (tb[CTRL_ATTR_MCAST_GROUPS])
		nla_for_each_nested(group, tb[CTRL_ATTR_MCAST_GROUPS], rem)
			take_group(client, group);
	return 0;
}

static int resolve(struct evse_client *client)
{
	struct nl_msg *msg = message(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1, 0);
	int err;

	if (msg)
		nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, EVSE_FAMILY_NAME);
	err = evse_call(client, msg, take_family, client);
	return err ? err : client->family ? 0 : -EBADMSG;
}

int evse_client_new(const struct evse_transport *transport,
		    struct evse_client **client)
{
	struct evse_client *c = calloc(1, sizeof(*c));
	int err = -ENOMEM;

	if (c) {
		c->transport = *transport;
		err = resolve(c);
		if (!err) {
			*client = c;
			return 0;
		}
		free(c);
	}
	transport->close(transport->priv);
	return err;
}

int evse_client_open(struct evse_client **client)
{
	struct evse_transport transport;
	int err = evse_transport_netlink(&transport);

	return err ? err : evse_client_new(&transport, client);
}

void evse_client_close(struct evse_client *client)
{
	if (!client)
		return;
	client->transport.close(client->transport.priv);
	free(client);
}
