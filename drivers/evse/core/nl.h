/* SPDX-License-Identifier: GPL-2.0-only */
/* What the netlink handlers share: a command's port, refusals, messages. */
#ifndef _EVSE_NL_HELPERS_H
#define _EVSE_NL_HELPERS_H

#include <net/genetlink.h>

#include "port.h"

/**
 * struct evse_msg - a message under construction
 * @skb: the message
 * @header: its generic netlink header
 */
struct evse_msg {
	struct sk_buff *skb;
	void *header;
};

struct evse_port *evse_nl_get(struct sk_buff *skb, struct genl_info *info,
			      int attr);
void evse_nl_put(struct evse_port *port);

int evse_nl_refuse(struct netlink_ext_ack *extack, int error,
		   const char *sentence);
int evse_nl_answer(const struct genl_info *info, struct evse_refusal refusal);
int evse_nl_no_port(struct netlink_ext_ack *extack);
int evse_nl_miss(const struct genl_info *info, int attr, const char *sentence);

int evse_msg_reply_begin(struct evse_msg *msg, const struct genl_info *info,
			 size_t size);
int evse_msg_reply(struct evse_msg *msg, struct genl_info *info, int ret);
int evse_msg_dump_begin(struct evse_msg *msg, struct sk_buff *skb,
			struct netlink_callback *cb, u8 cmd);
int evse_msg_dump_end(struct evse_msg *msg, int ret);

/* A row of a port as a message: 0, -ENOENT past the last, or -EMSGSIZE. */
typedef int (*evse_nl_row)(struct sk_buff *skb, struct evse_port *port,
			   unsigned int row);

int evse_nl_dump_ports(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd,
		       evse_nl_row fill);

int evse_ntf_begin(struct evse_msg *msg, size_t size, unsigned int group, u8 cmd);
void evse_ntf_send(struct evse_msg *msg, unsigned int group, int ret);

#endif /* _EVSE_NL_HELPERS_H */
