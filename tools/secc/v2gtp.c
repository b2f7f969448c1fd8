// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "v2gtp.h"

/* The version, and its inverse */
#define VERSION		0x01
#define INVERSE		0xfe

bool v2gtp_read(const uint8_t *in, struct v2gtp *header)
{
	if (in[0] != VERSION || in[1] != INVERSE)
		return false;
	header->payload = in[2] << 8 | in[3];
	header->length = (uint32_t)in[4] << 24 | in[5] << 16 | in[6] << 8 | in[7];
	return true;
}

ssize_t v2gtp_frame(const uint8_t *in, size_t size, size_t most, struct v2gtp *header)
{
	if (size < V2GTP_HEADER)
		return 0;
	if (!v2gtp_read(in, header))
		return -EPROTO;
	if (header->length > most)
		return -EMSGSIZE;
	return header->length > size - V2GTP_HEADER ? 0 : V2GTP_HEADER + header->length;
}

void v2gtp_write(uint8_t *out, const struct v2gtp *header)
{
	out[0] = VERSION;
	out[1] = INVERSE;
	out[2] = header->payload >> 8;
	out[3] = header->payload;
	out[4] = header->length >> 24;
	out[5] = header->length >> 16;
	out[6] = header->length >> 8;
	out[7] = header->length;
}
