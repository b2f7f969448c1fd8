// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "recorded.h"

static const struct {
	const char *schema;
	uint16_t payload;
} payloads[] = {
	{ "appHand", V2GTP_APP_PROTOCOL },
	{ "iso20", V2GTP_COMMON },
	{ "iso20_ac", V2GTP_AC },
	{ "iso20_dc", V2GTP_DC },
};

static bool payload_of(const char *line, size_t length, uint16_t *payload)
{
	size_t i;

	for (i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
		if (strlen(payloads[i].schema) != length ||
		    strncmp(payloads[i].schema, line, length))
			continue;
		*payload = payloads[i].payload;
		return true;
	}
	return false;
}

bool recorded_request(const char *line, struct v2gtp *header, uint8_t *bytes, size_t size)
{
	size_t length = strcspn(line, "\t"), n = 0;
	const char *hex = line + length + 1;

	*header = (struct v2gtp){ };
	if (!line[length] || !payload_of(line, length, &header->payload))
		return false;
	for (; n < size && sscanf(hex, "%2hhx", &bytes[n]) == 1; hex += 2)
		n++;
	header->length = (uint32_t)n;
	return n && strchr("\r\n", *hex);
}
