// SPDX-License-Identifier: GPL-2.0-or-later
/* Records as text and as JSON, from their tables. */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "../libevse/evse-units.h"
#include "evsectl.h"
#include "thermal.h"

const char *fault_name(const struct evse_fault_info *fault)
{
	if (evse_has(fault, EVSE_A_FAULT_NAME))
		return fault->name;
	return evse_name_of(&evse_fault_code_names, fault->code);
}

char *fault_number(const struct evse_fault_info *fault, int32_t number,
		   char *buf, size_t size)
{
	/* Without a bound the value has a unit of its source's own. */
	bool celsius = thermal_is_trip(fault->code) &&
		       evse_has(fault, EVSE_A_FAULT_BOUND);

	if (fault->code == EVSE_FAULT_CODE_THERMAL_SENSOR && number < 0) {
		snprintf(buf, size, "%d (%s)", number, strerror(-number));
		return buf;
	}
	return evse_format(number, celsius ? EVSE_U_MC : EVSE_U_NONE, buf, size);
}

static void show_stamp(FILE *out, const struct evse_fault_info *f,
		       unsigned int attr, uint64_t when_ns, const char *what)
{
	uint64_t ns;

	if (!evse_has(f, attr) || when_ns < f->edge_ns)
		return;
	ns = when_ns - f->edge_ns;
	fprintf(out, ", %s after %" PRIu64 ".%03u us", what, ns / 1000,
		(unsigned int)(ns % 1000));
}

void show_fault(FILE *out, const struct evse_fault_info *f)
{
	char text[32];

	fprintf(out, "0x%02X %s, %s, cause %s", f->code, fault_name(f),
		f->latched ? "latched" : "not latched",
		f->active ? "stands" : "is gone");
	if (f->first)
		fputs(", first", out);
	if (*f->source)
		fprintf(out, ", seen by %s", f->source);
	if (evse_has(f, EVSE_A_FAULT_VALUE))
		fprintf(out, ", value %s",
			fault_number(f, f->value, text, sizeof(text)));
	if (evse_has(f, EVSE_A_FAULT_BOUND))
		fprintf(out, " (to be cleared below %s)",
			fault_number(f, f->bound, text, sizeof(text)));
	if (!evse_has(f, EVSE_A_FAULT_EDGE_NS))
		return;
	show_stamp(out, f, EVSE_A_FAULT_GATES_OFF_NS, f->gates_off_ns,
		   "gates off");
	show_stamp(out, f, EVSE_A_FAULT_COIL_OFF_NS, f->coil_off_ns,
		   "coils off");
	show_stamp(out, f, EVSE_A_FAULT_CONTACT_OPEN_NS, f->contact_open_ns,
		   "contacts open");
}

void show_sample(FILE *out, const struct evse_sample_info *s)
{
	char text[3][32];

	fprintf(out, "%s, %s, %s",
		evse_format(s->power_mw, EVSE_U_MW, text[0], 32),
		evse_format(s->voltage_mv, EVSE_U_MV, text[1], 32),
		evse_format(s->current_ma, EVSE_U_MA, text[2], 32));
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

static void json_record(struct evse_json *json, const struct evse_record *rec,
			const void *obj)
{
	evse_json_open(json, NULL, '{');
	evse_record_json(rec, obj, json);
	evse_json_close(json, '}');
}

void show_json(const struct evse_record *rec, const void *obj)
{
	struct evse_json json = { .out = stdout };

	json_record(&json, rec, obj);
	putchar('\n');
	fflush(stdout);
}

void show_json_list(const struct evse_record *rec, const void *objs,
		    size_t count)
{
	struct evse_json json = { .out = stdout };
	size_t i;

	evse_json_open(&json, NULL, '[');
	for (i = 0; i < count; i++)
		json_record(&json, rec, (const char *)objs + i * rec->size);
	evse_json_close(&json, ']');
	putchar('\n');
}

bool on_off(const char *text, uint32_t *value)
{
	*value = !strcasecmp(text, "on") || !strcasecmp(text, "yes") ||
		 !strcmp(text, "1");
	return *value || !strcasecmp(text, "off") || !strcasecmp(text, "no") ||
	       !strcmp(text, "0");
}
