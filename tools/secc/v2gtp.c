// SPDX-License-Identifier: GPL-2.0-or-later
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
