// SPDX-License-Identifier: GPL-2.0-or-later
/* Datagrams of the discovery: any bytes; what is read is written the same again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/secc/sdp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t question[SDP_REQUEST], answer[SDP_RESPONSE], security;
	struct sdp_charger charger;

	if (sdp_read_request(data, size, &security)) {
		sdp_write_request(question, security);
		if (size != sizeof(question) || memcmp(question, data, size))
			abort();
	}
	if (sdp_read_response(data, size, &charger)) {
		sdp_write_response(answer, &charger);
		if (size != sizeof(answer) || memcmp(answer, data, size))
			abort();
	}
	return 0;
}
