/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who sends: sockets with rights and without, of other namespaces, and what the
 * kernel answers each of them, counted by operation and error.
 */
#ifndef KFUZZ_CALLER_H
#define KFUZZ_CALLER_H

#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "evnl.h"
#include "message.h"

#define NOBODY		65534
#define DATAGRAM	(8 * MESSAGE_MAX)
#define TOGETHER	6	/* messages in a datagram */

enum rights {
	ALL,		/* CAP_NET_ADMIN */
	OWNERS,		/* sends without it, on a socket that may own a session */
	NONE,		/* nothing but reading */
};

/**
 * struct caller - a socket
 * @name: whose
 * @rights: what it may ask for
 * @drop: sent as nobody
 * @opened_as_nobody: opened as nobody, too
 * @other_net: in a network namespace of its own
 * @relay: of a process in a user namespace of its own, that sends for it
 * @e: the socket, but for a relayed one
 * @in_dump: a dump was begun and not read to its end
 */
struct caller {
	const char *name;
	enum rights rights;
	bool drop;
	bool opened_as_nobody;
	bool other_net;
	int relay;
	struct evnl e;
	bool in_dump;
};

static struct caller callers[] = {
	{ .name = "administrator", .rights = ALL },
	{ .name = "second administrator", .rights = ALL },
	{ .name = "owner without rights", .rights = OWNERS, .drop = true },
	{ .name = "nobody", .rights = NONE, .drop = true, .opened_as_nobody = true },
	{ .name = "administrator elsewhere", .rights = ALL, .other_net = true },
	{ .name = "root of a namespace", .rights = NONE, .relay = -1 },
};

static int family;

static void as_nobody(bool on)
{
	if (seteuid(on ? NOBODY : 0))
		abort();
}

/* --- a process with rights over nothing but itself ----------------------------- */

static void relay(int fd)
{
	static unsigned char buf[DATAGRAM];
	struct evnl e;
	int len, nl;

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) || evnl_connect(&e))
		_exit(3);
	nl = nl_socket_get_fd(e.sk);
	while ((len = recv(fd, buf, sizeof(buf), 0)) > 0) {
		if (send(nl, buf, len, 0) >= 0)
			while ((len = recv(nl, buf, 65536, MSG_DONTWAIT)) > 0)
				send(fd, buf, len, 0);
		send(fd, "", 1, 0);
	}
	_exit(0);
}

static int relay_begin(void)
{
	int pair[2], size = 1 << 20;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair))
		abort();
	setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	setsockopt(pair[1], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	fflush(stdout);
	if (!fork()) {
		close(pair[0]);
		relay(pair[1]);
	}
	close(pair[1]);
	return pair[0];
}

/* --- sockets ---------------------------------------------------------------------- */

static void caller_open(struct caller *c)
{
	int home = -1;

	c->in_dump = false;
	if (c->relay) {
		if (c->relay < 0)
			c->relay = relay_begin();
		return;
	}
	if (c->other_net) {
		home = open("/proc/self/ns/net", O_RDONLY);
		if (home < 0 || unshare(CLONE_NEWNET))
			abort();
	}
	if (c->opened_as_nobody)
		as_nobody(true);
	if (evnl_connect(&c->e))
		abort();
	c->e.family = family;
	if (c->opened_as_nobody)
		as_nobody(false);
	if (home >= 0) {
		if (setns(home, CLONE_NEWNET))
			abort();
		close(home);
	}
}

static void caller_close(struct caller *c)
{
	if (!c->relay)
		evnl_close(&c->e);
}

static uint32_t caller_id(const struct caller *c)
{
	return c->relay ? 0 : evnl_id(&c->e);
}

static void caller_send(struct caller *c, const void *data, size_t len)
{
	if (c->drop)
		as_nobody(true);
	if (send(c->relay ?: nl_socket_get_fd(c->e.sk), data, len, 0) < 0 &&
	    c->relay)
		abort();
	if (c->drop)
		as_nobody(false);
}

/* What is there; 0 when that is all. The kernel answers while it is asked. */
static int caller_recv(struct caller *c, unsigned char *buf, size_t size)
{
	int len;

	if (c->relay) {
		len = recv(c->relay, buf, size, 0);
		return len <= 1 ? 0 : len;
	}
	do {
		len = recv(nl_socket_get_fd(c->e.sk), buf, size, MSG_DONTWAIT);
	} while (len < 0 && (errno == ENOBUFS || errno == EINTR));
	return len < 0 ? 0 : len;
}

/* --- what was answered ---------------------------------------------------------------- */

#define ERRORS	140

/* Answers by operation; the last row is for what is none of the family's */
static unsigned int tally[OPS + 1][ERRORS];
static unsigned long sent;

/**
 * struct asked - a message that was sent
 * @seq: its number
 * @op: what it asked for, or NULL
 * @dump: for all of them
 * @core: the kernel may have refused it before the family saw it
 * @answered: it was
 * @error: 0 or a negative errno
 * @sentence: that came with it
 */
struct asked {
	uint32_t seq;
	const struct op *op;
	bool dump;
	bool core;
	bool answered;
	int error;
	char sentence[128];
};

static void answered(const struct op *op, int error)
{
	tally[op ? op - ops : OPS][-error < ERRORS ? -error : ERRORS - 1]++;
}

static void asked_note(struct asked *a, const unsigned char *at, int left)
{
	while (left >= (int)sizeof(struct nlattr)) {
		const struct nlattr *nla = (const void *)at;
		int len = NLA_ALIGN(nla->nla_len);

		if (nla->nla_len < sizeof(*nla) || nla->nla_len > left)
			return;
		if ((nla->nla_type & NLA_TYPE_MASK) == NLMSGERR_ATTR_MSG)
			snprintf(a->sentence, sizeof(a->sentence), "%.*s",
				 nla->nla_len - NLA_HDRLEN,
				 (const char *)at + NLA_HDRLEN);
		at += len;
		left -= len;
	}
}

static void asked_end(struct asked *a, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *err = NLMSG_DATA(nlh);
	size_t skip = NLMSG_HDRLEN + sizeof(int);

	a->answered = true;
	if (nlh->nlmsg_len < skip)
		return;
	memcpy(&a->error, NLMSG_DATA(nlh), sizeof(a->error));
	if (nlh->nlmsg_type == NLMSG_ERROR) {
		skip = NLMSG_HDRLEN + sizeof(*err);
		if (!(nlh->nlmsg_flags & NLM_F_CAPPED) && a->error)
			skip += NLMSG_ALIGN(err->msg.nlmsg_len) - NLMSG_HDRLEN;
	}
	if ((nlh->nlmsg_flags & NLM_F_ACK_TLVS) && nlh->nlmsg_len > skip)
		asked_note(a, (const unsigned char *)nlh + skip,
			   nlh->nlmsg_len - skip);
	answered(a->op, a->error);
}

static void take(const unsigned char *buf, int left, struct asked *asked, int count)
{
	const struct nlmsghdr *nlh = (const void *)buf;
	const struct genlmsghdr *genl;
	const struct op *op;
	int i;

	for (; NLMSG_OK(nlh, (unsigned int)left); nlh = NLMSG_NEXT(nlh, left)) {
		for (i = 0; i < count && asked[i].seq != nlh->nlmsg_seq; i++)
			;
		if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
			if (i < count)
				asked_end(&asked[i], nlh);
			continue;
		}
		genl = NLMSG_DATA(nlh);
		op = nlh->nlmsg_type == family ? op_of(genl->cmd) : NULL;
		if (!op)
			continue;
		learn(op->set, (const unsigned char *)nlh + NLMSG_HDRLEN + GENL_HDRLEN,
		      nlh->nlmsg_len - NLMSG_HDRLEN - GENL_HDRLEN);
		learn_row(op->set, (const unsigned char *)nlh + NLMSG_HDRLEN + GENL_HDRLEN,
			  nlh->nlmsg_len - NLMSG_HDRLEN - GENL_HDRLEN);
	}
}

/* Send a datagram and take what comes; a dump may be left in the middle. */
static void exchange(struct caller *c, const void *data, size_t len,
		     struct asked *asked, int count)
{
	static unsigned char buf[65536];
	bool leave = !c->relay && one_in(12);
	int i, got;

	for (i = 0; i < count; i++)
		leave &= asked[i].dump;
	sent += count;
	caller_send(c, data, len);
	while ((got = caller_recv(c, buf, leave ? 4096 : sizeof(buf))) > 0) {
		take(buf, got, asked, count);
		if (leave)
			break;
	}
	c->in_dump = leave;
}

static void print_tally(void)
{
	int i, error;

	for (i = 0; i <= OPS; i++)
		for (error = 0; error < ERRORS; error++)
			if (tally[i][error])
				printf("tally %s %s %u\n", i < OPS ? ops[i].name : "none",
				       error ? strerrorname_np(error) ?: "?" : "granted",
				       tally[i][error]);
}

#endif /* KFUZZ_CALLER_H */
