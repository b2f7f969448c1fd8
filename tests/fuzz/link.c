// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A stream of any bytes, in pieces of any size: a link gives the messages that are in it,
 * in order, and fails where it is none.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../tools/secc/link.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The same, by eye: the next message at @at, or NULL. */
static const uint8_t *message_at(const uint8_t *data, size_t size, size_t at)
{
	uint32_t length;

	if (size - at < V2GTP_HEADER)
		return NULL;
	memcpy(&length, data + at + 4, sizeof(length));
	length = __builtin_bswap32(length);
	if (data[at] != 0x01 || data[at + 1] != 0xfe || length > LINK_MESSAGE_MAX ||
	    length > size - at - V2GTP_HEADER)
		return NULL;
	return data + at + V2GTP_HEADER;
}

static size_t take_all(struct link *link, const uint8_t *data, size_t size, size_t at)
{
	const uint8_t *payload, *expected;
	struct v2gtp header;

	while (link_take(link, &header, &payload)) {
		expected = message_at(data, size, at);
		if (!expected || memcmp(payload, expected, header.length))
			abort();
		at += V2GTP_HEADER + header.length;
		link_drop(link);
	}
	return at;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t sent = 0, at = 0, piece;
	enum link_state state = LINK_OPEN;
	struct link *link;
	int fd[2];

	if (!size || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fd))
		return 0;
	link = link_accept(fd[0], NULL);
	if (!link)
		abort();
	/* The first byte says how large the pieces are. */
	piece = *data + 1;
	data++;
	size--;
	while (sent < size && state == LINK_OPEN) {
		if (piece > size - sent)
			piece = size - sent;
		if (send(fd[1], data + sent, piece, MSG_NOSIGNAL) != (ssize_t)piece)
			abort();
		sent += piece;
		state = link_work(link);
		at = take_all(link, data, size, at);
	}
	close(fd[1]);
	state = link_work(link);
	at = take_all(link, data, size, at);
	/* It is closed behind a message, and failed anywhere else. */
	if (message_at(data, size, at) || link_pending(link) ||
	    state != (at == size ? LINK_CLOSED : LINK_FAILED) ||
	    (state == LINK_FAILED) != !!*link_why(link))
		abort();
	link_free(link);
	return 0;
}
