/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Captures read again: those of capture_open(), and others in the form pcap. */
#ifndef SECC_CAPTURE_READ_H
#define SECC_CAPTURE_READ_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "v2gtp.h"

/**
 * struct capture_path - one direction of a connection
 * @from: address
 * @to: address
 * @from_port: in the order of this machine
 * @to_port: likewise
 */
struct capture_path {
	struct in6_addr from;
	struct in6_addr to;
	uint16_t from_port;
	uint16_t to_port;
};

/**
 * struct captured - a message
 * @path: from where to where
 * @time_ns: when its last byte was sent, since 1970
 * @header: its header
 * @payload: what follows the header; NULL for a place where there is no message
 * @why: what is wrong there
 */
struct captured {
	struct capture_path path;
	uint64_t time_ns;
	struct v2gtp header;
	const uint8_t *payload;
	const char *why;
};

/** typedef captured_fn - called for each message */
typedef void (*captured_fn)(const struct captured *message, void *arg);

/**
 * capture_read() - all messages of a file
 * @in: the file
 * @tell: called for each of them, in the order of the file
 * @arg: for @tell
 * @why: on failure what is wrong and what to do
 * @size: bytes of @why
 *
 * TCP over IPv6, on Ethernet or bare. Segments are taken as they come: what came out of
 * its order is told as a place without a message.
 *
 * Return: false for what is no such file, or is damaged; what was before that was told.
 */
bool capture_read(FILE *in, captured_fn tell, void *arg, char *why, size_t size);

#endif /* SECC_CAPTURE_READ_H */
