// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../secc/clock.h"
#include "../secc/sdp.h"
#include "find.h"

#define TRIES		50
#define WAIT_MS		250

static int open_socket(const char *interface)
{
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), err;
	unsigned int index = if_nametoindex(interface);

	if (fd < 0)
		return -errno;
	if (index && !setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, &index,
				 sizeof(index)))
		return fd;
	err = index ? -errno : -ENODEV;
	close(fd);
	return err;
}

static int ask(int fd, unsigned int scope, uint8_t security)
{
	struct sockaddr_in6 all = {
		.sin6_family = AF_INET6,
		.sin6_port = htons(SDP_PORT),
		.sin6_scope_id = scope,
	};
	uint8_t request[SDP_REQUEST];

	all.sin6_addr.s6_addr[0] = 0xff;
	all.sin6_addr.s6_addr[1] = 0x02;
	all.sin6_addr.s6_addr[15] = 0x01;
	sdp_write_request(request, security);
	return sendto(fd, request, sizeof(request), MSG_NOSIGNAL, (struct sockaddr *)&all,
		      sizeof(all)) < 0 ? -errno : 0;
}

/* Who answers within the time of one try; what is no answer does not count. */
static bool hear(int fd, int stop, int64_t until_ms, struct sdp_charger *charger)
{
	struct pollfd fds[] = { { .fd = fd, .events = POLLIN },
				{ .fd = stop, .events = POLLIN } };
	uint8_t in[SDP_RESPONSE + 1];
	ssize_t got;

	for (;;) {
		int64_t left_ms = until_ms - (int64_t)clock_ms();

		if (left_ms <= 0 || poll(fds, 2, left_ms) <= 0 || fds[1].revents)
			return false;
		got = recv(fd, in, sizeof(in), MSG_DONTWAIT);
		if (got > 0 && sdp_read_response(in, got, charger))
			return true;
	}
}

static bool is_stopped(int stop)
{
	struct pollfd fd = { .fd = stop, .events = POLLIN };

	return poll(&fd, 1, 0) > 0;
}

bool find_charger(const char *interface, bool tls, int stop, struct sockaddr_in6 *charger,
		  char *why, size_t size)
{
	uint8_t security = tls ? SDP_TLS : SDP_PLAIN;
	int fd = open_socket(interface), err = 0, i;
	struct sdp_charger told;
	bool found = false;

	if (fd < 0) {
		snprintf(why, size, "%s: %s: name an interface that 'ip link' shows", interface,
			 strerror(-fd));
		return false;
	}
	for (i = 0; i < TRIES && !found && !is_stopped(stop); i++) {
		err = ask(fd, if_nametoindex(interface), security);
		found = hear(fd, stop, clock_ms() + WAIT_MS, &told);
	}
	close(fd);
	if (!found) {
		snprintf(why, size, "no charger answers on %s%s%s: start one there, and see that the interface is up",
			 interface, err ? ": " : "", err ? strerror(-err) : "");
		return false;
	}
	if (told.security != security) {
		snprintf(why, size, "the charger answers a vehicle that wants %s TLS with one %s: write 'tls: %s', or configure the charger",
			 tls ? "to speak" : "no", tls ? "without" : "with it",
			 tls ? "no" : "yes");
		return false;
	}
	*charger = (struct sockaddr_in6){
		.sin6_family = AF_INET6,
		.sin6_port = htons(told.port),
		.sin6_addr = told.address,
		.sin6_scope_id = if_nametoindex(interface),
	};
	return true;
}

int find_connect(const struct sockaddr_in6 *charger)
{
	int fd = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), err;

	if (fd < 0)
		return -errno;
	if (!connect(fd, (const struct sockaddr *)charger, sizeof(*charger)) ||
	    errno == EINPROGRESS)
		return fd;
	err = -errno;
	close(fd);
	return err;
}
