/* SPDX-License-Identifier: GPL-2.0-only */
/* Attributes of netlink messages. */
#ifndef _EVSE_NL_FILL_H
#define _EVSE_NL_FILL_H

#include <linux/skbuff.h>
#include <net/netlink.h>

#include "port.h"

/* Room for a nest with a name and up to three numbers of 32 bits. */
#define EVSE_NL_ROW	(nla_total_size(0) + nla_total_size(EVSE_NAME_MAX) + \
			 3 * nla_total_size(sizeof(u32)))

/* Room for a port with all that it can hold. */
#define EVSE_NL_PORT_SIZE						\
	((EVSE_GUARDS_MAX + EVSE_WINDOWS_MAX + EVSE_CONTACTS_MAX) *	\
	 EVSE_NL_ROW +							\
	 EVSE_A_COUNTERS_MAX * nla_total_size_64bit(sizeof(u64)) +	\
	 EVSE_A_PORT_MAX * nla_total_size(sizeof(u32)) +		\
	 3 * nla_total_size(2 * EVSE_NAME_MAX))

/* All of them are called with the port's mutex held; 0 or -EMSGSIZE. */
int evse_fill_port(struct sk_buff *skb, struct evse_port *port);
int evse_fill_power(struct sk_buff *skb, struct evse_port *port);
int evse_fill_session(struct sk_buff *skb, struct evse_port *port);
int evse_fill_fault(struct sk_buff *skb, struct evse_port *port, int index,
		    const struct evse_fault *fault);
int evse_fill_sample(struct sk_buff *skb, struct evse_port *port, ktime_t time,
		     const struct evse_sample *sample);

/* Needs no port. */
int evse_fill_catalogue(struct sk_buff *skb, int index);

#endif /* _EVSE_NL_FILL_H */
