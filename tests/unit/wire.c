// SPDX-License-Identifier: GPL-2.0-or-later
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test.h"
#include "wire.h"

/* More rounds than any handshake or message of these tests takes */
#define ROUNDS		20000
#define QUIET_MS	5

static void tcp_sockets(int fd[2])
{
	struct sockaddr_in6 own = {
		.sin6_family = AF_INET6,
		.sin6_addr = IN6ADDR_LOOPBACK_INIT,
	};
	socklen_t size = sizeof(own);
	int listener = socket(AF_INET6, SOCK_STREAM, 0);

	fd[1] = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (bind(listener, (struct sockaddr *)&own, sizeof(own)) || listen(listener, 1) ||
	    getsockname(listener, (struct sockaddr *)&own, &size))
		abort();
	connect(fd[1], (struct sockaddr *)&own, sizeof(own));
	fd[0] = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
	close(listener);
	if (fd[0] < 0 || fd[1] < 0)
		abort();
}

void wire_sockets(int fd[2], bool tcp)
{
	if (tcp)
		tcp_sockets(fd);
	else if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fd))
		abort();
}

void wire_open(struct wire *wire, struct tls *charger, struct tls *vehicle, bool tcp)
{
	int fd[2];

	wire_sockets(fd, tcp);
	*wire = (struct wire){ 0 };
	wire->charger = link_accept(fd[0], charger);
	wire->vehicle = link_connect(fd[1], vehicle);
	if (!wire->charger || !wire->vehicle)
		abort();
}

static bool work(struct link *link, enum link_state *state, int timeout_ms)
{
	struct pollfd one;
	struct v2gtp header;
	const uint8_t *payload;

	if (!link || *state == LINK_CLOSED || *state == LINK_FAILED)
		return false;
	/* A message that is taken is not pending any more; takes() takes it again. */
	link_take(link, &header, &payload);
	one = (struct pollfd){ .fd = link_fd(link), .events = link_events(link) };
	if (!link_pending(link) && poll(&one, 1, timeout_ms) <= 0)
		return false;
	*state = link_work(link);
	return true;
}

void wire_run(struct wire *wire)
{
	unsigned int round, quiet = 0;
	bool did;

	for (round = 0; round < ROUNDS && quiet < 2; round++) {
		did = work(wire->charger, &wire->charger_state, quiet ? QUIET_MS : 0);
		did = work(wire->vehicle, &wire->vehicle_state, 0) || did;
		quiet = did ? 0 : quiet + 1;
	}
}

void wire_close(struct wire *wire)
{
	link_free(wire->charger);
	link_free(wire->vehicle);
	*wire = (struct wire){ 0 };
}

size_t message_of(size_t length, uint8_t seed, const uint8_t **message)
{
	static uint8_t made[V2GTP_HEADER + LINK_MESSAGE_MAX];
	size_t i;

	v2gtp_write(made, &(struct v2gtp){ V2GTP_COMMON, length });
	for (i = 0; i < length; i++)
		made[V2GTP_HEADER + i] = (uint8_t)(seed + i * 7);
	*message = made;
	return V2GTP_HEADER + length;
}

bool takes(struct link *link, size_t length, uint8_t seed)
{
	const uint8_t *payload, *message;
	struct v2gtp header;
	bool same;

	if (!link_take(link, &header, &payload))
		return false;
	message_of(length, seed, &message);
	same = header.payload == V2GTP_COMMON && header.length == length &&
	       !memcmp(payload, message + V2GTP_HEADER, length);
	link_drop(link);
	return same;
}

/* Beside the program, in the build directory, made anew by each run. */
const char *pki(const char *name)
{
	static char directory[2048], path[4096];
	char command[8192];
	ssize_t size;

	if (!*directory) {
		size = readlink("/proc/self/exe", directory, sizeof(directory) - 8);
		if (size < 0)
			abort();
		directory[size] = '\0';
		strcpy(strrchr(directory, '/'), "/pki");
		snprintf(command, sizeof(command), "rm -rf '%s' && '%s' '%s'", directory,
			 source("scripts/make-test-pki"), directory);
		if (system(command)) {
			check(false, "make certificates in %s", directory);
			exit(EXIT_FAILURE);
		}
	}
	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}
