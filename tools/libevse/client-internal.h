/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of libevse, and for tests that play the kernel. */
#ifndef EVSE_CLIENT_INTERNAL_H
#define EVSE_CLIENT_INTERNAL_H

#include <sys/types.h>

#include "evse-client.h"

struct nl_msg;
struct nlattr;

/**
 * struct evse_transport - how messages reach the kernel
 * @send: send one datagram; 0 or a negative errno
 * @recv: receive one datagram, waiting for it or not; its length or a negative
 *	errno
 * @join: join a multicast group
 * @close: give back what belongs to @priv
 * @fd: descriptor to poll
 * @id: netlink port id
 * @priv: handed to the functions
 */
struct evse_transport {
	int (*send)(void *priv, const void *data, size_t len);
	ssize_t (*recv)(void *priv, void *data, size_t len, bool wait);
	int (*join)(void *priv, uint32_t group);
	void (*close)(void *priv);
	int fd;
	uint32_t id;
	void *priv;
};

/* Bytes of the largest datagram: the kernel fills dumps up to 32 KiB. */
#define EVSE_DATAGRAM_MAX	32768

struct evse_client {
	struct evse_transport transport;
	uint16_t family;
	uint32_t monitor_group;
	uint32_t meter_group;
	uint32_t seq;
	char error[256];
	unsigned char datagram[EVSE_DATAGRAM_MAX]
		__attribute__((aligned(8)));
};

/**
 * evse_transport_netlink() - a real socket
 * @transport: written here
 *
 * Return: 0 or a negative errno.
 */
int evse_transport_netlink(struct evse_transport *transport);

/**
 * evse_client_new() - a client on a transport
 * @transport: copied; closed with the client, and on failure
 * @client: written here
 *
 * Return: as evse_client_open().
 */
int evse_client_new(const struct evse_transport *transport,
		    struct evse_client **client);

/**
 * evse_message() - begin a request
 * @client: the client
 * @cmd: EVSE_CMD_*
 * @flags: NLM_F_DUMP or 0
 *
 * Return: the message, or NULL. Adding attributes needs no checks: evse_call()
 * refuses a message that is NULL.
 */
struct nl_msg *evse_message(struct evse_client *client, uint8_t cmd, int flags);

/**
 * evse_call() - send a request, read the answer to its end
 * @client: the client
 * @msg: the request; freed here
 * @reply: called for each reply with its attributes; may be NULL
 * @arg: handed to @reply
 *
 * Return: 0 or a negative errno, with the sentence in @client.
 */
int evse_call(struct evse_client *client, struct nl_msg *msg,
	      int (*reply)(const struct nlattr *attrs, int len, void *arg),
	      void *arg);

#endif /* EVSE_CLIENT_INTERNAL_H */
