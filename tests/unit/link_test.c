// SPDX-License-Identifier: GPL-2.0-or-later
/* Links without TLS: where messages begin and end, the queue, how it ends. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test.h"
#include "wire.h"

/* A charger's link, and the bare socket of who is at its other end. */
static struct link *accepted(int *peer)
{
	int fd[2];

	wire_sockets(fd, false);
	*peer = fd[1];
	return link_accept(fd[0], NULL);
}

static void put(int fd, const void *data, size_t size)
{
	if (send(fd, data, size, MSG_NOSIGNAL) != (ssize_t)size)
		check(false, "link: the test's own socket takes %zu bytes", size);
}

static void test_frame(void)
{
	static const uint8_t other[V2GTP_HEADER] = { 0x01, 0xfd, 0x80, 0x02 };
	const uint8_t *message;
	struct v2gtp header = { 0 };
	size_t size = message_of(20, 1, &message), n;
	bool good = true;

	for (n = 0; n < size; n++)
		good = good && !v2gtp_frame(message, n, 20, &header);
	check(good, "v2gtp: a message that is not whole is none");
	check(v2gtp_frame(message, size, 20, &header) == (ssize_t)size &&
	      v2gtp_frame(message, size + 1, 20, &header) == (ssize_t)size &&
	      header.payload == V2GTP_COMMON && header.length == 20,
	      "v2gtp: a whole one, and what follows it");
	check(v2gtp_frame(message, size, 19, &header) == -EMSGSIZE, "v2gtp: too long a one");
	check(v2gtp_frame(other, sizeof(other), 20, &header) == -EPROTO,
	      "v2gtp: another version");
}

static void test_cuts(void)
{
	const uint8_t *message;
	size_t size = message_of(20, 3, &message), cut;
	bool early = false, right = true;
	struct link *link;
	int peer;

	for (cut = 1; cut < size; cut++) {
		link = accepted(&peer);
		put(peer, message, cut);
		link_work(link);
		early = early || link_pending(link) || takes(link, 20, 3);
		message_of(20, 3, &message);
		put(peer, message + cut, size - cut);
		right = right && link_work(link) == LINK_OPEN && link_pending(link) &&
			takes(link, 20, 3) && !link_pending(link);
		link_free(link);
		close(peer);
	}
	check(!early, "link: no message before its last byte, wherever it is cut");
	check(right, "link: the message once it is there, wherever it was cut");
}

static void test_several(void)
{
	static const size_t lengths[] = { 0, 5, 1, 300 };
	struct link *link;
	const uint8_t *message, *payload;
	struct v2gtp header;
	uint8_t all[512];
	size_t size = 0, n, i;
	bool good = true;
	int peer;

	for (i = 0; i < ARRAY_LEN(lengths); i++) {
		n = message_of(lengths[i], (uint8_t)i, &message);
		memcpy(all + size, message, n);
		size += n;
	}
	link = accepted(&peer);
	put(peer, all, size - 1);
	link_work(link);
	check(link_take(link, &header, &payload) && !header.length && !link_pending(link),
	      "link: nothing is pending while a message is looked at");
	for (i = 0; i < 3; i++)
		good = good && takes(link, lengths[i], (uint8_t)i);
	check(good, "link: several messages of one segment, one after the other");
	check(!link_pending(link) && !takes(link, 300, 3),
	      "link: what is not whole is not pending");
	put(peer, all + size - 1, 1);
	check(link_work(link) == LINK_OPEN && takes(link, 300, 3), "link: and then it is");
	link_drop(link);
	check(!link_take(link, &header, &payload), "link: to drop nothing does nothing");
	link_free(link);
	close(peer);
}

static void test_none(void)
{
	static const struct {
		uint8_t bytes[V2GTP_HEADER];
		const char *why;
	} none[] = {
		{ { 0x02, 0xfd, 0x80, 0x02 },
		  "the other side sent 02 fd where a V2GTP header begins with 01 fe: let it speak ISO 15118 on this port" },
		{ { 0x01, 0x01, 0x80, 0x02 },
		  "the other side sent 01 01 where a V2GTP header begins with 01 fe: let it speak ISO 15118 on this port" },
		{ "GET / HT",
		  "the other side sent 47 45 where a V2GTP header begins with 01 fe: let it speak ISO 15118 on this port" },
		{ { 0x01, 0xfe, 0x80, 0x02, 0, 0, 0x40, 0x01 },
		  "the other side announced a message of 16385 bytes, where 16384 are the most: let it send less at once" },
		{ { 0x01, 0xfe, 0x80, 0x02, 0xff, 0xff, 0xff, 0xff },
		  "the other side announced a message of 4294967295 bytes, where 16384 are the most: let it send less at once" },
	};
	const uint8_t *message;
	struct link *link;
	size_t i, size;
	int peer;

	for (i = 0; i < ARRAY_LEN(none); i++) {
		link = accepted(&peer);
		put(peer, none[i].bytes, V2GTP_HEADER);
		check(link_work(link) == LINK_FAILED && !link_denied(link) &&
		      !link_events(link), "link: fails for what is no message, %zu", i);
		check_text(link_why(link), none[i].why, "link: and says why, %zu", i);
		message_of(1, 1, &message);
		check(!takes(link, 1, 1) && !link_send(link, message, 9) &&
		      link_work(link) == LINK_FAILED, "link: and that is the end, %zu", i);
		link_free(link);
		close(peer);
	}
	/* The good one before it is still answered. */
	link = accepted(&peer);
	size = message_of(4, 9, &message);
	put(peer, message, size);
	put(peer, none[0].bytes, V2GTP_HEADER);
	check(link_work(link) == LINK_OPEN && takes(link, 4, 9),
	      "link: a message before what is none");
	check(link_pending(link) && link_work(link) == LINK_FAILED && !link_pending(link),
	      "link: what is none behind a message is told unasked");
	link_free(link);
	close(peer);
}

static void test_ends(void)
{
	const uint8_t *message;
	struct link *link;
	size_t size = message_of(10, 5, &message), cut;
	bool good = true;
	int peer;

	link = accepted(&peer);
	put(peer, message, size);
	close(peer);
	check(link_work(link) == LINK_CLOSED && takes(link, 10, 5) && !*link_why(link),
	      "link: closed behind a message, which is there");
	link_free(link);
	for (cut = 1; cut < size; cut++) {
		link = accepted(&peer);
		message_of(10, 5, &message);
		put(peer, message, size);
		put(peer, message, cut);
		close(peer);
		good = good && link_work(link) == LINK_FAILED &&
		       !strcmp(link_why(link),
			       "the other side closed the connection within a message");
		link_free(link);
	}
	check(good, "link: closed within a message, anywhere");
	link = accepted(&peer);
	close(peer);
	message_of(10, 5, &message);
	/* Would end the test if SIGPIPE were raised. */
	link_send(link, message, size);
	check(link_work(link) == LINK_FAILED &&
	      !strcmp(link_why(link), "the connection broke: Broken pipe"),
	      "link: the other side is gone while something is sent");
	link_free(link);
	link = accepted(&peer);
	shutdown(peer, SHUT_WR);
	check(link_work(link) == LINK_CLOSED && link_send(link, message, size) &&
	      link_sent(link) && recv(peer, (uint8_t[64]){ 0 }, 64, 0) == (ssize_t)size,
	      "link: who only listens still gets an answer");
	close(peer);
	check(link_send(link, message, size) && link_work(link) == LINK_CLOSED &&
	      !link_events(link), "link: who closed it is not waited for");
	link_free(link);
}

static void test_queue(void)
{
	static uint8_t got[V2GTP_HEADER + LINK_MESSAGE_MAX];
	const uint8_t *message;
	unsigned int sent = 0, whole = 0;
	int peer, small = 4096;
	struct link *link = accepted(&peer);
	size_t size, have = 0;
	bool same = true;
	ssize_t n;

	setsockopt(link_fd(link), SOL_SOCKET, SO_SNDBUF, &small, sizeof(small));
	check(link_sent(link) && link_events(link) == POLLIN, "link: an empty queue");
	do {
		size = message_of(LINK_MESSAGE_MAX, (uint8_t)sent, &message);
		check(link_send(link, message, size), "link: a message for the queue");
		sent++;
	} while (link_sent(link) && sent < 100);
	check(!link_send(link, message, size) &&
	      link_events(link) == (POLLIN | POLLOUT) &&
	      link_work(link) == LINK_OPEN && !link_sent(link),
	      "link: a full queue takes no message");
	while (whole < sent) {
		n = recv(peer, got + have, sizeof(got) - have, 0);
		if (n < 0)
			link_work(link);
		else
			have += (size_t)n;
		if (have < sizeof(got))
			continue;
		message_of(LINK_MESSAGE_MAX, (uint8_t)whole++, &message);
		same = same && !memcmp(got, message, sizeof(got));
		have = 0;
	}
	check(same && link_sent(link) && link_events(link) == POLLIN,
	      "link: all of it arrives, in order");
	check(!link_send(link, got, sizeof(got) + 1), "link: no more than the most");
	link_free(link);
	close(peer);
}

/* A peer that sends and sends, to a charger that takes nothing. */
static void test_flood(void)
{
	const uint8_t *message;
	struct link *link;
	size_t size, sent = 0;
	unsigned int taken = 0;
	int peer;

	link = accepted(&peer);
	size = message_of(100, 1, &message);
	while (send(peer, message, size, MSG_NOSIGNAL) == (ssize_t)size)
		sent++;
	check(link_work(link) == LINK_OPEN && !(link_events(link) & POLLIN) &&
	      link_work(link) == LINK_OPEN, "link: no more is read than has room");
	while (taken < sent && takes(link, 100, 1)) {
		taken++;
		if (!link_pending(link))
			link_work(link);
	}
	check(taken == sent && link_events(link) == POLLIN,
	      "link: nothing of a flood is lost: %u of %zu messages", taken, sent);
	link_free(link);
	close(peer);
}

static void test_tcp(void)
{
	static const uint8_t nobody[LINK_IDENTITY_SIZE];
	struct sockaddr_in6 own = {
		.sin6_family = AF_INET6,
		.sin6_addr = IN6ADDR_LOOPBACK_INIT,
	};
	uint8_t identity[LINK_IDENTITY_SIZE];
	socklen_t size = sizeof(own);
	const uint8_t *message;
	struct link *link;
	struct wire wire;
	int fd, on = 0;
	size_t bytes;

	wire_open(&wire, NULL, NULL, true);
	bytes = message_of(LINK_MESSAGE_MAX, 1, &message);
	check(link_send(wire.vehicle, message, bytes), "link: queued before it is connected");
	wire_run(&wire);
	check(wire.vehicle_state == LINK_OPEN && takes(wire.charger, LINK_MESSAGE_MAX, 1),
	      "link: sent once it is");
	size = sizeof(on);
	getsockopt(link_fd(wire.charger), IPPROTO_TCP, TCP_NODELAY, &on, &size);
	check(on, "link: TCP does not wait for more to send");
	link_identity(wire.charger, identity);
	check(!*link_peer(wire.charger) && !*link_cipher(wire.charger) &&
	      !memcmp(identity, nobody, sizeof(nobody)), "link: without TLS nobody is known");
	wire_close(&wire);

	fd = socket(AF_INET6, SOCK_STREAM, 0);
	size = sizeof(own);
	if (bind(fd, (struct sockaddr *)&own, sizeof(own)) ||
	    getsockname(fd, (struct sockaddr *)&own, &size))
		check(false, "link: an unused port");
	close(fd);
	fd = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0);
	connect(fd, (struct sockaddr *)&own, sizeof(own));
	link = link_connect(fd, NULL);
	check(link_events(link) == POLLOUT && link_work(link) == LINK_FAILED,
	      "link: nobody listens");
	check_text(link_why(link), "the other side is not reached: Connection refused",
		   "link: and it says so");
	link_free(link);
	link_free(NULL);
}

void test_link(void)
{
	test_frame();
	test_cuts();
	test_several();
	test_none();
	test_ends();
	test_queue();
	test_flood();
	test_tcp();
}
