// SPDX-License-Identifier: GPL-2.0-or-later
/* Quantities: any text; what is taken is written and read back to the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/libevse/evse-units.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size), buf[32];
	uint32_t value, again;
	const char *why;
	int32_t mw, mw2;

	if (!evse_parse_power(text, &mw, &why)) {
		evse_format_exact(mw, EVSE_U_MW, buf, sizeof(buf));
		if (evse_parse_power(buf, &mw2, &why) || mw != mw2)
			abort();
	} else if (!why) {
		abort();
	}
	if (!evse_parse_current(text, &value, &why)) {
		evse_format_exact(value, EVSE_U_MA, buf, sizeof(buf));
		if (evse_parse_current(buf, &again, &why) || value != again)
			abort();
	}
	evse_parse_duration(text, "s", &value, &why);
	evse_fault_code_of(text, &value);
	free(text);
	return 0;
}
