// SPDX-License-Identifier: GPL-2.0-or-later
/* Messages over a stream: one buffer of arrived bytes, one of a message to send. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "link-internal.h"

void link_fail(struct link *link, const char *fmt, ...)
{
	va_list args;

	if (link->state == LINK_FAILED)
		return;
	link->state = LINK_FAILED;
	link->whole = 0;
	va_start(args, fmt);
	vsnprintf(link->why, sizeof(link->why), fmt, args);
	va_end(args);
}

static ssize_t moved(struct link *link, ssize_t bytes)
{
	if (bytes >= 0)
		return bytes;
	if (errno == EAGAIN || errno == EINTR)
		return LINK_LATER;
	link->error = errno;
	return LINK_BROKEN;
}

ssize_t link_receive(struct link *link, void *data, size_t size)
{
	ssize_t bytes = recv(link->fd, data, size, MSG_DONTWAIT);

	link->ended = !bytes;
	return moved(link, bytes);
}

ssize_t link_transmit(struct link *link, const void *data, size_t size)
{
	return moved(link, send(link->fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL));
}

static struct link *begin(int fd, struct tls *tls, bool server)
{
	static const int on = 1;
	struct link *link = calloc(1, sizeof(*link));

	if (!link || (tls && !tls_begin(link, tls, server))) {
		free(link);
		close(fd);
		return NULL;
	}
	link->fd = fd;
	/* Answers are awaited within milliseconds; no socket but TCP's has this. */
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (server && !tls)
		link->state = LINK_OPEN;
	else if (server)
		link->wants = POLLIN;
	link->arriving = !server;
	return link;
}

struct link *link_accept(int fd, struct tls *tls)
{
	return begin(fd, tls, true);
}

struct link *link_connect(int fd, struct tls *tls)
{
	return begin(fd, tls, false);
}

void link_free(struct link *link)
{
	if (!link)
		return;
	if (link->ssl)
		tls_end(link);
	close(link->fd);
	free(link);
}

int link_fd(const struct link *link)
{
	return link->fd;
}

short link_events(const struct link *link)
{
	short events = link->wants;

	switch (link->state) {
	case LINK_CONNECTING:
		return link->arriving ? POLLOUT : events;
	case LINK_FAILED:
		return 0;
	case LINK_OPEN:
		if (link->arrived < sizeof(link->in))
			events |= POLLIN;
		break;
	case LINK_CLOSED:
		break;
	}
	return link_sent(link) ? events : events | POLLOUT;
}

bool link_pending(const struct link *link)
{
	if (link->whole && !link->taken)
		return true;
	if (link->state != LINK_OPEN)
		return link->state != LINK_CONNECTING && !link->told;
	return link->ssl && link->arrived < sizeof(link->in) && SSL_pending(link->ssl);
}

/* Is the first message there, or is it none? */
static void look(struct link *link)
{
	struct v2gtp header;
	ssize_t bytes;

	if (link->state == LINK_FAILED)
		return;
	bytes = v2gtp_frame(link->in, link->arrived, LINK_MESSAGE_MAX, &header);
	if (bytes == -EPROTO)
		link_fail(link,
			  "the other side sent %02x %02x where a V2GTP header begins with 01 fe: let it speak ISO 15118 on this port",
			  link->in[0], link->in[1]);
	else if (bytes < 0)
		link_fail(link,
			  "the other side announced a message of %u bytes, where %u are the most: let it send less at once",
			  header.length, LINK_MESSAGE_MAX);
	else
		link->whole = bytes;
}

/* Nothing more comes: are these whole messages? */
static void end(struct link *link)
{
	struct v2gtp header;
	size_t at = 0;
	ssize_t bytes;

	do {
		bytes = v2gtp_frame(link->in + at, link->arrived - at, LINK_MESSAGE_MAX,
				    &header);
		if (bytes > 0)
			at += bytes;
	} while (bytes > 0);
	if (at == link->arrived)
		link->state = LINK_CLOSED;
	else
		link_fail(link, "the other side closed the connection within a message");
}

static void broke(struct link *link, int error)
{
	link_fail(link, "the connection broke: %s", strerror(error));
}

static void receive(struct link *link)
{
	ssize_t bytes;

	do {
		size_t room = sizeof(link->in) - link->arrived;
		uint8_t *in = link->in + link->arrived;

		/* Full of what nobody took: not an end, though nothing can be read. */
		if (!room)
			bytes = LINK_LATER;
		else
			bytes = link->ssl ? tls_read(link, in, room) :
					    link_receive(link, in, room);
		if (bytes > 0)
			link->arrived += bytes;
	} while (bytes > 0);
	look(link);
	if (bytes == LINK_END && link->state == LINK_OPEN)
		end(link);
	else if (bytes == LINK_BROKEN)
		broke(link, link->error);
}

/* Returns the errno of a socket that broke, or 0. */
static int transmit(struct link *link)
{
	ssize_t bytes = 1;

	while (bytes > 0 && !link_sent(link)) {
		const uint8_t *out = link->out + link->sent;
		size_t left = link->queued - link->sent;

		bytes = link->ssl ? tls_write(link, out, left) :
				    link_transmit(link, out, left);
		if (bytes > 0)
			link->sent += bytes;
	}
	return bytes == LINK_BROKEN ? link->error : 0;
}

static void connected(struct link *link)
{
	struct sockaddr_storage peer;
	socklen_t size = sizeof(peer), error_size = sizeof(int);
	int error = 0;

	getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &error_size);
	if (error)
		link_fail(link, "the other side is not reached: %s", strerror(error));
	else
		link->arriving = getpeername(link->fd, (struct sockaddr *)&peer,
					     &size) < 0;
}

static void opening(struct link *link)
{
	ssize_t done;

	if (link->arriving)
		connected(link);
	if (link->state != LINK_CONNECTING || link->arriving)
		return;
	done = link->ssl ? tls_shake(link) : 1;
	if (done > 0)
		link->state = LINK_OPEN;
	else if (done == LINK_BROKEN)
		broke(link, link->error);
}

enum link_state link_work(struct link *link)
{
	int error;

	if (link->state == LINK_CONNECTING)
		opening(link);
	if (link->state == LINK_OPEN) {
		error = transmit(link);
		/* There may be an alert that says why nothing can be sent. */
		receive(link);
		if (error)
			broke(link, error);
	} else if (link->state == LINK_CLOSED && transmit(link)) {
		link->sent = link->queued;
	}
	link->told = link->state == LINK_CLOSED || link->state == LINK_FAILED;
	return link->state;
}

bool link_take(struct link *link, struct v2gtp *header, const uint8_t **payload)
{
	if (!link->whole)
		return false;
	v2gtp_read(link->in, header);
	*payload = link->in + V2GTP_HEADER;
	link->taken = true;
	return true;
}

void link_drop(struct link *link)
{
	if (!link->taken)
		return;
	link->taken = false;
	link->arrived -= link->whole;
	memmove(link->in, link->in + link->whole, link->arrived);
	link->whole = 0;
	look(link);
}

bool link_send(struct link *link, const void *message, size_t size)
{
	if (link->state == LINK_FAILED || !link_sent(link) || size > sizeof(link->out))
		return false;
	memcpy(link->out, message, size);
	link->queued = size;
	link->sent = 0;
	/* What breaks here is told by link_work(), which poll() wakes. */
	if (link->state != LINK_CONNECTING)
		transmit(link);
	return true;
}

bool link_sent(const struct link *link)
{
	return link->sent == link->queued;
}

const char *link_why(const struct link *link)
{
	return link->why;
}

bool link_denied(const struct link *link)
{
	return link->denied;
}

const char *link_peer(const struct link *link)
{
	return link->peer;
}

const char *link_cipher(const struct link *link)
{
	const char *cipher = NULL;

	if (link->ssl && link->state != LINK_CONNECTING)
		cipher = SSL_get_cipher_name(link->ssl);
	return cipher && strcmp(cipher, "(NONE)") ? cipher : "";
}

void link_identity(const struct link *link, uint8_t identity[LINK_IDENTITY_SIZE])
{
	memcpy(identity, link->identity, LINK_IDENTITY_SIZE);
}
