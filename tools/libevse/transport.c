// SPDX-License-Identifier: GPL-2.0-or-later
/* The generic netlink socket. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <linux/netlink.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include "client-internal.h"

/* The kernel answers before send() returns; this only bounds what should not be. */
#define REPLY_TIMEOUT_S	5

static int netlink_send(void *priv, const void *data, size_t len)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	int fd = nl_socket_get_fd(priv);
	ssize_t n;

	do {
		n = sendto(fd, data, len, 0, (struct sockaddr *)&kernel,
			   sizeof(kernel));
	} while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : 0;
}

static ssize_t netlink_recv(void *priv, void *data, size_t len, bool wait)
{
	struct sockaddr_nl from = { 0 };
	struct iovec iov = { .iov_base = data, .iov_len = len };
	struct msghdr msg = {
		.msg_name = &from,
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	ssize_t n;

	do {
		msg.msg_namelen = sizeof(from);
		n = recvmsg(nl_socket_get_fd(priv), &msg,
			    wait ? 0 : MSG_DONTWAIT);
		/* Another process may write to this socket; only the kernel counts. */
	} while (n < 0 ? errno == EINTR : from.nl_pid != 0);
	if (n < 0)
		return wait && errno == EAGAIN ? -ETIMEDOUT : -errno;
	return msg.msg_flags & MSG_TRUNC ? -EMSGSIZE : n;
}

static int netlink_join(void *priv, uint32_t group)
{
	int number = (int)group;

	if (setsockopt(nl_socket_get_fd(priv), SOL_NETLINK,
		       NETLINK_ADD_MEMBERSHIP, &number, sizeof(number)))
		return -errno;
	return 0;
}

static void netlink_close(void *priv)
{
	nl_socket_free(priv);
}

int evse_transport_netlink(struct evse_transport *transport)
{
	static const int on = 1;
	struct timeval timeout = { .tv_sec = REPLY_TIMEOUT_S };
	struct nl_sock *sk = nl_socket_alloc();
	int fd, err;

	if (!sk)
		return -ENOMEM;
	/* libnl has its own error numbers; what socket() or bind() said is in errno. */
	errno = 0;
	if (nl_connect(sk, NETLINK_GENERIC)) {
		err = errno ? -errno : -EPROTO;
		nl_socket_free(sk);
		return err;
	}
	fd = nl_socket_get_fd(sk);
	/*
	 * A child that inherits the socket would keep the session beyond its
	 * owner's death.
	 */
	if (fcntl(fd, F_SETFD, FD_CLOEXEC) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout)) ||
	    setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on)) ||
	    setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on))) {
		err = -errno;
		nl_socket_free(sk);
		return err;
	}
	*transport = (struct evse_transport){
		.send = netlink_send,
		.recv = netlink_recv,
		.join = netlink_join,
		.close = netlink_close,
		.fd = fd,
		.id = nl_socket_get_local_port(sk),
		.priv = sk,
	};
	return 0;
}
