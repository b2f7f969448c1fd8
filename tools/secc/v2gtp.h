/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is before each message on the wire (ISO 15118-20 and -2). */
#ifndef SECC_V2GTP_H
#define SECC_V2GTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define V2GTP_HEADER	8

/** enum v2gtp_payload - what follows the header */
enum v2gtp_payload {
	V2GTP_APP_PROTOCOL = 0x8001,
	V2GTP_COMMON = 0x8002,
	V2GTP_AC = 0x8003,
	V2GTP_DC = 0x8004,
	V2GTP_RENEGOTIATION = 0x8101,
	V2GTP_METERING = 0x8102,
};

/**
 * struct v2gtp - a header
 * @payload: enum v2gtp_payload, or one that is none of ours
 * @length: bytes that follow
 */
struct v2gtp {
	uint16_t payload;
	uint32_t length;
};

/**
 * v2gtp_read() - a header from its bytes
 * @in: V2GTP_HEADER bytes
 * @header: set
 *
 * Return: false for another version of the protocol, or none.
 */
bool v2gtp_read(const uint8_t *in, struct v2gtp *header);

/**
 * v2gtp_frame() - is a message there, at the start of what a stream brought
 * @in: what it brought
 * @size: its bytes
 * @most: most bytes that may follow a header
 * @header: set when a header is there
 *
 * Return: bytes of the message, header included; 0 while it is not whole; -EPROTO for
 * another version of the protocol; -EMSGSIZE for more than @most.
 */
ssize_t v2gtp_frame(const uint8_t *in, size_t size, size_t most, struct v2gtp *header);

/** v2gtp_write() - the bytes of a header */
void v2gtp_write(uint8_t *out, const struct v2gtp *header);

#endif /* SECC_V2GTP_H */
