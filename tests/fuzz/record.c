// SPDX-License-Identifier: GPL-2.0-or-later
/* Attributes: any bytes in the place of what the kernel sends. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/libevse/evse-client.h"
#include "../../tools/libevse/evse-json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void one(const struct evse_record *rec, const void *attrs, size_t len,
		void *obj, FILE *out)
{
	struct evse_json json = { .out = out };
	char text[256];
	size_t i;

	if (evse_record_decode(rec, attrs, (int)len, obj))
		return;
	evse_json_open(&json, NULL, '{');
	evse_record_json(rec, obj, &json);
	evse_json_close(&json, '}');
	for (i = 0; i < rec->count; i++) {
		if (rec->field[i].type != EVSE_T_NEST &&
		    rec->field[i].type != EVSE_T_LIST)
			evse_field_text(&rec->field[i], obj, text,
					sizeof(text));
		if (!evse_field_equal(&rec->field[i], obj, obj))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct evse_port_info port;
	static struct evse_fault_info fault;
	static struct evse_sample_info sample;
	static struct evse_grid_setting_info setting;
	static struct evse_grid_info grid;
	static struct evse_bridge_info bridge;
	static struct evse_thermal_info thermal;
	static struct evse_thermal_setting_info threshold;
	static FILE *out;
	/* Attributes are aligned as in a datagram. */
	void *attrs = aligned_alloc(8, (size + 8) & ~(size_t)7);

	if (!out)
		out = fopen("/dev/null", "w");
	memcpy(attrs, data, size);
	one(&evse_port_record, attrs, size, &port, out);
	one(&evse_fault_record, attrs, size, &fault, out);
	one(&evse_sample_record, attrs, size, &sample, out);
	one(&evse_grid_record, attrs, size, &grid, out);
	one(&evse_grid_setting_record, attrs, size, &setting, out);
	one(&evse_bridge_record, attrs, size, &bridge, out);
	one(&evse_thermal_record, attrs, size, &thermal, out);
	one(&evse_thermal_setting_record, attrs, size, &threshold, out);
	free(attrs);
	return 0;
}
