/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The family "evse" as the tests speak it: straight on libnl, apart from
 * libevse, so that a mistake in that library does not hide one in the kernel.
 */
#ifndef EVNL_H
#define EVNL_H

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <netlink/attr.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include <linux/evse.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>

/**
 * struct evnl - a socket of the family
 * @sk: libnl's socket
 * @family: id of the family
 * @seq: of the last request
 * @sentence: what the kernel said about the last request
 */
struct evnl {
	struct nl_sock *sk;
	int family;
	uint32_t seq;
	char sentence[256];
};

typedef void (*evnl_fn)(const struct nlmsghdr *nlh, void *arg);

static inline uint32_t evnl_id(const struct evnl *e)
{
	return nl_socket_get_local_port(e->sk);
}

/* A socket without the family's id: for a process that will lose its rights. */
static inline int evnl_connect(struct evnl *e)
{
	int on = 1;

	memset(e, 0, sizeof(*e));
	e->sk = nl_socket_alloc();
	if (!e->sk || genl_connect(e->sk))
		return -1;
	if (setsockopt(nl_socket_get_fd(e->sk), SOL_NETLINK, NETLINK_EXT_ACK,
		       &on, sizeof(on)))
		return -1;
	return 0;
}

static inline int evnl_open(struct evnl *e)
{
	if (evnl_connect(e))
		return -1;
	e->family = genl_ctrl_resolve(e->sk, EVSE_FAMILY_NAME);
	return e->family < 0 ? -1 : 0;
}

static inline void evnl_close(struct evnl *e)
{
	if (e->sk)
		nl_socket_free(e->sk);
	e->sk = NULL;
}

static inline struct nl_msg *evnl_msg(struct evnl *e, uint8_t cmd, int flags)
{
	struct nl_msg *msg = nlmsg_alloc();

	if (!msg || !genlmsg_put(msg, NL_AUTO_PORT, ++e->seq, e->family, 0,
				 NLM_F_REQUEST | NLM_F_ACK | flags, cmd,
				 EVSE_FAMILY_VERSION))
		abort();
	return msg;
}

/* The sentence of an acknowledgement, as the kernel appends it. */
static inline void evnl_note(struct evnl *e, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *err = NLMSG_DATA(nlh);
	size_t skip = sizeof(*err);
	const struct nlattr *attr;
	int left;

	e->sentence[0] = '\0';
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		skip += NLMSG_ALIGN(err->msg.nlmsg_len) - NLMSG_HDRLEN;
	attr = (const void *)((const char *)err + NLMSG_ALIGN(skip));
	left = nlh->nlmsg_len - NLMSG_HDRLEN - NLMSG_ALIGN(skip);
	for (; nla_ok(attr, left); attr = nla_next(attr, &left)) {
		if (nla_type(attr) == NLMSGERR_ATTR_MSG)
			snprintf(e->sentence, sizeof(e->sentence), "%s",
				 (const char *)nla_data(attr));
		else if (nla_type(attr) == NLMSGERR_ATTR_MISS_TYPE &&
			 !e->sentence[0])
			snprintf(e->sentence, sizeof(e->sentence),
				 "attribute %u is missing",
				 nla_get_u32(attr));
	}
}

/*
 * Wait for the answer to request @e->seq; @fn sees each reply. Returns 0, the
 * kernel's errno, or -ETIMEDOUT when it keeps silent for five seconds.
 */
static inline int evnl_wait(struct evnl *e, evnl_fn fn, void *arg)
{
	static char buf[65536];
	struct pollfd pfd = { nl_socket_get_fd(e->sk), POLLIN, 0 };

	e->sentence[0] = '\0';
	for (;;) {
		const struct nlmsghdr *nlh = (void *)buf;
		int left;

		if (poll(&pfd, 1, 5000) <= 0)
			return -ETIMEDOUT;
		left = recv(pfd.fd, buf, sizeof(buf), 0);
		if (left < 0)
			return -errno;
		for (; NLMSG_OK(nlh, (unsigned int)left);
		     nlh = NLMSG_NEXT(nlh, left)) {
			if (nlh->nlmsg_seq != e->seq)
				continue;
			if (nlh->nlmsg_type == NLMSG_ERROR) {
				evnl_note(e, nlh);
				return ((struct nlmsgerr *)NLMSG_DATA(nlh))->error;
			}
			if (nlh->nlmsg_type == NLMSG_DONE)
				return nlh->nlmsg_len >= NLMSG_LENGTH(4) ?
				       *(int *)NLMSG_DATA(nlh) : 0;
			if (fn)
				fn(nlh, arg);
		}
	}
}

/* Send @msg, free it, wait for its answer. */
static inline int evnl_call(struct evnl *e, struct nl_msg *msg, evnl_fn fn,
			    void *arg)
{
	int ret = nl_send_auto(e->sk, msg);

	nlmsg_free(msg);
	return ret < 0 ? -EIO : evnl_wait(e, fn, arg);
}

/* Requests that name nothing but a port. */
static inline int evnl_do(struct evnl *e, uint8_t cmd, uint32_t port)
{
	struct nl_msg *msg = evnl_msg(e, cmd, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, port);
	return evnl_call(e, msg, NULL, NULL);
}

static inline int evnl_session(struct evnl *e, uint32_t port, uint32_t lease_ms,
			       bool shared)
{
	struct nl_msg *msg = evnl_msg(e, EVSE_CMD_SESSION_OPEN, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, port);
	nla_put_u32(msg, EVSE_A_PORT_LEASE_MS, lease_ms);
	nla_put_u8(msg, EVSE_A_PORT_SESSION_SHARED, shared);
	return evnl_call(e, msg, NULL, NULL);
}

static inline int evnl_power(struct evnl *e, uint32_t port, int32_t mw)
{
	struct nl_msg *msg = evnl_msg(e, EVSE_CMD_POWER_SET, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, port);
	nla_put_s32(msg, EVSE_A_PORT_REQUEST_MW, mw);
	return evnl_call(e, msg, NULL, NULL);
}

static inline int evnl_vehicle_limits(struct evnl *e, uint32_t port,
				      int32_t min_mw, int32_t max_mw, bool bpt)
{
	struct nl_msg *msg = evnl_msg(e, EVSE_CMD_VEHICLE_LIMITS_SET, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, port);
	nla_put_s32(msg, EVSE_A_PORT_MIN_MW, min_mw);
	nla_put_s32(msg, EVSE_A_PORT_MAX_MW, max_mw);
	nla_put_u8(msg, EVSE_A_PORT_BPT, bpt);
	return evnl_call(e, msg, NULL, NULL);
}

static inline int evnl_grid_setting(struct evnl *e, uint32_t port,
				    uint32_t element, int32_t pickup,
				    uint32_t time_ms)
{
	struct nl_msg *msg = evnl_msg(e, EVSE_CMD_GRID_SETTING_SET, 0);

	nla_put_u32(msg, EVSE_A_GRID_SETTING_PORT, port);
	nla_put_u32(msg, EVSE_A_GRID_SETTING_ELEMENT, element);
	nla_put_s32(msg, EVSE_A_GRID_SETTING_PICKUP, pickup);
	nla_put_u32(msg, EVSE_A_GRID_SETTING_TIME_MS, time_ms);
	return evnl_call(e, msg, NULL, NULL);
}

/**
 * struct evnl_port - what programs look at; scalars by attribute
 * @has: attributes present
 * @value: their values
 * @contacts: how many contacts
 * @coils: contacts whose coil is commanded, as bits
 * @closed: contacts that are closed, as bits
 */
struct evnl_port {
	uint64_t has;
	int64_t value[EVSE_A_PORT_MAX + 1];
	unsigned int contacts;
	unsigned int coils;
	unsigned int closed;
};

static inline void evnl_take_contact(struct evnl_port *p, struct nlattr *nest)
{
	struct nlattr *attr;
	int left;

	nla_for_each_nested(attr, nest, left) {
		if (nla_type(attr) == EVSE_A_CONTACT_COMMANDED)
			p->coils |= nla_get_u8(attr) << p->contacts;
		else if (nla_type(attr) == EVSE_A_CONTACT_CLOSED)
			p->closed |= nla_get_u8(attr) << p->contacts;
	}
	p->contacts++;
}

static inline void evnl_take_port(const struct nlmsghdr *nlh, void *arg)
{
	struct genlmsghdr *ghdr = genlmsg_hdr((struct nlmsghdr *)nlh);
	struct evnl_port *p = arg;
	struct nlattr *attr;
	int left;

	nla_for_each_attr(attr, genlmsg_attrdata(ghdr, 0),
			  genlmsg_attrlen(ghdr, 0), left) {
		int type = nla_type(attr);

		if (type > EVSE_A_PORT_MAX)
			continue;
		p->has |= 1ULL << type;
		if (type == EVSE_A_PORT_CONTACTS)
			evnl_take_contact(p, attr);
		else if (nla_len(attr) == 4)
			p->value[type] = (int32_t)nla_get_u32(attr);
		else if (nla_len(attr) == 1)
			p->value[type] = nla_get_u8(attr);
	}
}

static inline int evnl_read(struct evnl *e, uint32_t port, struct evnl_port *p)
{
	struct nl_msg *msg = evnl_msg(e, EVSE_CMD_PORT_GET, 0);

	memset(p, 0, sizeof(*p));
	nla_put_u32(msg, EVSE_A_PORT_ID, port);
	return evnl_call(e, msg, evnl_take_port, p);
}

static inline int evnl_state(struct evnl *e, uint32_t port)
{
	struct evnl_port p;

	return evnl_read(e, port, &p) ? -1 : (int)p.value[EVSE_A_PORT_STATE];
}

/* Wait until the port is in @state; false when it is not after @ms. */
static inline bool evnl_await(struct evnl *e, uint32_t port, int state, int ms)
{
	for (; ms > 0; ms -= 10) {
		if (evnl_state(e, port) == state)
			return true;
		usleep(10000);
	}
	return evnl_state(e, port) == state;
}

/* Number of the simulated board that a port is on, by its device's name. */
static inline unsigned int evnl_board(uint32_t port)
{
	char path[64], target[256] = "";
	const char *dash;

	snprintf(path, sizeof(path), "/sys/class/evse/evse%u/device", port);
	if (readlink(path, target, sizeof(target) - 1) < 0)
		return 0;
	dash = strrchr(target, '-');
	return dash ? atoi(dash + 1) : 0;
}

/* Knobs of a simulated board. */
static inline int evnl_sim(unsigned int board, const char *knob,
			   const char *value)
{
	char path[160];
	FILE *file;
	int ret;

	snprintf(path, sizeof(path), "/sys/kernel/debug/evse_sim/evse-sim-%u/%s",
		 board, knob);
	file = fopen(path, "w");
	if (!file)
		return -errno;
	ret = fputs(value, file) < 0 ? -EIO : 0;
	return fclose(file) ? -errno : ret;
}

/* How many violations the referee of a board saw; shows them as comments. */
static inline long evnl_violations(unsigned int board)
{
	char path[160], line[160];
	long count = 0;
	FILE *file;

	snprintf(path, sizeof(path),
		 "/sys/kernel/debug/evse_sim/evse-sim-%u/referee/log", board);
	file = fopen(path, "r");
	if (!file)
		return -1;
	for (; fgets(line, sizeof(line), file); count++)
		printf("#   board %u: %s", board, line);
	fclose(file);
	return count;
}

#endif /* EVNL_H */
