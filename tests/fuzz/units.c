// SPDX-License-Identifier: GPL-2.0-or-later
/* Quantities: any text; what is taken is written and read back to the same. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/libevse/evse-units.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void one_setting(const char *text, uint32_t element)
{
	struct evse_grid_setting_info s = { .element = element }, again = s;
	const char *why = NULL;
	char buf[64];

	if (evse_parse_setting(text, &s, &why)) {
		if (!why)
			abort();
		return;
	}
	evse_format_setting(&s, buf, sizeof(buf));
	if (evse_parse_setting(buf, &again, &why) || s.has != again.has ||
	    s.pickup != again.pickup || s.time_ms != again.time_ms)
		abort();
}

static void one_threshold(const char *text, uint32_t element)
{
	bool rate = element == EVSE_THERMAL_ELEMENT_RISE;
	const char *why = NULL;
	int32_t value, again;
	char buf[32];

	if (evse_parse_threshold(text, element, &value, &why)) {
		if (!why)
			abort();
		return;
	}
	evse_format_exact(value, rate ? EVSE_U_MC_MIN : EVSE_U_MC, buf,
			  sizeof(buf));
	if (evse_parse_threshold(buf, element, &again, &why) || value != again)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint32_t element;
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
	if (!evse_parse_carrier(text, &value, &why)) {
		evse_format_exact(value, EVSE_U_HZ, buf, sizeof(buf));
		if (evse_parse_carrier(buf, &again, &why) || value != again)
			abort();
	}
	if (!evse_parse_voltage(text, &mw, &why)) {
		evse_format_exact(mw, EVSE_U_MV, buf, sizeof(buf));
		if (evse_parse_voltage(buf, &mw2, &why) || mw != mw2)
			abort();
	}
	evse_parse_duration(text, "s", &value, &why);
	for (element = 0; element < EVSE_GRID_ELEMENTS; element++)
		one_setting(text, element);
	one_threshold(text, EVSE_THERMAL_ELEMENT_TRIP);
	one_threshold(text, EVSE_THERMAL_ELEMENT_RISE);
	evse_fault_code_of(text, &value);
	free(text);
	return 0;
}
