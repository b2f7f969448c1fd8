// SPDX-License-Identifier: GPL-2.0-only
/* Dumps of what a port has several of: one message for each row of each port. */
#include <linux/evse.h>

#include "nl.h"

/* The rest of a port's rows, from the one in args[1] on. */
static int evse_nl_dump_rows(struct sk_buff *skb, struct netlink_callback *cb,
			     struct evse_port *port, u8 cmd, evse_nl_row fill)
{
	struct evse_msg msg;
	int ret = 0;

	mutex_lock(&port->mutex);
	while (!port->gone) {
		ret = evse_msg_dump_begin(&msg, skb, cb, cmd);
		if (ret)
			break;
		ret = evse_msg_dump_end(&msg, fill(skb, port, cb->args[1]));
		if (ret)
			break;
		cb->args[1]++;
	}
	mutex_unlock(&port->mutex);
	return ret == -ENOENT ? 0 : ret;
}

/**
 * evse_nl_dump_ports() - dump the rows of all ports
 * @skb: the messages
 * @cb: the dump; args[0] is the port that is next, args[1] its row
 * @cmd: what the messages are
 * @fill: fills one of them
 *
 * Return: bytes of messages, 0 at the end, or a negative errno.
 */
int evse_nl_dump_ports(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd,
		       evse_nl_row fill)
{
	struct evse_port *port;
	u32 id = cb->args[0];
	int ret = 0;

	while ((port = evse_port_next(&id))) {
		/* The port that a former part began with may be gone. */
		if (id != cb->args[0])
			cb->args[1] = 0;
		cb->args[0] = id;
		ret = evse_nl_dump_rows(skb, cb, port, cmd, fill);
		evse_port_put(port);
		if (ret)
			break;
		id++;
	}
	if (!ret)
		cb->args[0] = id;
	return skb->len ?: ret;
}
