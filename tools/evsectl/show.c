// SPDX-License-Identifier: GPL-2.0-or-later
/* Records as text and as JSON, from their tables. */
#include <string.h>
#include <strings.h>

#include "evsectl.h"

const char *fault_name(const struct evse_fault_info *fault)
{
	if (evse_has(fault, EVSE_A_FAULT_NAME))
		return fault->name;
	return evse_name_of(&evse_fault_code_names, fault->code);
}

static void show_list(FILE *out, const struct evse_field *f, const char *obj,
		      int indent)
{
	unsigned int i, count;

	memcpy(&count, obj + f->count_offset, sizeof(count));
	for (i = 0; i < count; i++) {
		fprintf(out, "%*s%s[%u]:\n", indent, "", f->name, i);
		show_record(out, f->nest, obj + f->offset + i * f->nest->size,
			    indent + 2);
	}
}

void show_record(FILE *out, const struct evse_record *rec, const void *obj,
		 int indent)
{
	const struct evse_field *f;
	char text[256];
	size_t i;

	for (i = 0; i < rec->count; i++) {
		f = &rec->field[i];
		if (!evse_has(obj, f->attr))
			continue;
		if (f->type == EVSE_T_LIST) {
			show_list(out, f, obj, indent);
		} else if (f->type == EVSE_T_NEST) {
			fprintf(out, "%*s%s:\n", indent, "", f->name);
			show_record(out, f->nest,
				    (const char *)obj + f->offset, indent + 2);
		} else {
			fprintf(out, "%*s%s: %s\n", indent, "", f->name,
				evse_field_text(f, obj, text, sizeof(text)));
		}
	}
}

void show_json(const struct evse_record *rec, const void *obj)
{
	struct evse_json json = { .out = stdout };

	evse_json_open(&json, NULL, '{');
	evse_record_json(rec, obj, &json);
	evse_json_close(&json, '}');
	putchar('\n');
	fflush(stdout);
}

bool on_off(const char *text, uint32_t *value)
{
	*value = !strcasecmp(text, "on") || !strcasecmp(text, "yes") ||
		 !strcmp(text, "1");
	return *value || !strcasecmp(text, "off") || !strcasecmp(text, "no") ||
	       !strcmp(text, "0");
}
