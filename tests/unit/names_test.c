// SPDX-License-Identifier: GPL-2.0-or-later
/* The name and attribute tables against the netlink specification itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../../tools/libevse/evse-client.h"
#include "test.h"

#define SPEC	"Documentation/netlink/specs/evse.yaml"

static const struct enumeration {
	const char *name;
	const struct evse_names *names;
} enumerations[] = {
	{ "port-state", &evse_port_state_names },
	{ "mode", &evse_mode_names },
	{ "pilot-state", &evse_pilot_state_names },
	{ "pilot-output", &evse_pilot_output_names },
	{ "lock-state", &evse_lock_state_names },
	{ "supply", &evse_supply_names },
	{ "guard-state", &evse_guard_state_names },
	{ "scope", &evse_scope_names },
	{ "fault-code", &evse_fault_code_names },
	{ "fault-severity", &evse_fault_severity_names },
	{ "fault-policy", &evse_fault_policy_names },
	{ "grid-state", &evse_grid_state_names },
	{ "grid-element", &evse_grid_element_names },
	{ "grid-unit", &evse_grid_unit_names },
	{ "grid-window", &evse_grid_window_names },
	{ "bridge-state", &evse_bridge_state_names },
	{ "thermal-state", &evse_thermal_state_names },
	{ "thermal-element", &evse_thermal_element_names },
};

static const struct evse_record *const records[] = {
	&evse_guard_record, &evse_limiter_record, &evse_contact_record,
	&evse_counters_record, &evse_port_record, &evse_fault_record,
	&evse_sample_record, &evse_grid_record, &evse_grid_setting_record,
	&evse_bridge_record, &evse_thermal_record,
	&evse_thermal_setting_record,
};

static const struct evse_names *names_of(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(enumerations); i++)
		if (!strcmp(enumerations[i].name, name))
			return enumerations[i].names;
	return NULL;
}

static const struct evse_record *record_of(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(records); i++)
		if (!strcmp(records[i]->name, name))
			return records[i];
	return NULL;
}

/* An attribute or an entry, as far as the specification has told it yet. */
struct entry {
	char name[64];
	char type[16];
	char names[64];
	bool multi;
	bool flags;
	long value;
};

/* Where the reader is. */
struct spec {
	bool attributes;
	char set[64];
	char kind[16];
	struct entry entry;
	long next_value;
	unsigned int next_attr;
	unsigned int entries;
};

static void check_attribute(const struct spec *s)
{
	const struct evse_record *rec = record_of(s->set);
	const struct entry *e = &s->entry;
	const struct evse_field *f = NULL;
	bool ok = false;
	size_t i;

	if (!strcmp(e->type, "pad"))
		return;
	for (i = 0; rec && i < rec->count; i++)
		if (!strcmp(rec->field[i].name, e->name))
			f = &rec->field[i];
	if (f && !strcmp(e->type, "nest"))
		ok = f->type == (e->multi ? EVSE_T_LIST : EVSE_T_NEST) &&
		     f->nest;
	else if (f && *e->names)
		ok = f->type == (e->flags ? EVSE_T_FLAGS : EVSE_T_ENUM) &&
		     f->names == names_of(e->names);
	else if (f && e->multi)
		ok = f->type == EVSE_T_NUMBERS && !strcmp(e->type, "u32");
	else if (f && !strcmp(e->type, "u8"))
		ok = f->type == EVSE_T_BOOL;
	else if (f && !strcmp(e->type, "u32"))
		ok = f->type == EVSE_T_U32 || f->type == EVSE_T_CODE;
	else if (f && !strcmp(e->type, "s32"))
		ok = f->type == EVSE_T_S32;
	else if (f && !strcmp(e->type, "u64"))
		ok = f->type == EVSE_T_U64;
	else if (f && !strcmp(e->type, "string"))
		ok = f->type == EVSE_T_STRING && f->size > EVSE_NAME_MAX;
	check(ok && f->attr == s->next_attr,
	      "tables: %s.%s is attribute %u, %s", s->set, e->name,
	      s->next_attr, e->type);
}

static void check_entry(const struct spec *s)
{
	const struct evse_names *names = names_of(s->set);
	bool flags = !strcmp(s->kind, "flags");
	uint32_t want = flags ? 1U << s->next_value : (uint32_t)s->next_value;
	uint32_t value = UINT32_MAX;

	/* The vehicle's states are capitals, as the standard writes them. */
	check(names && evse_value_of(names, s->entry.name, &value) &&
	      value == want &&
	      !strcasecmp(evse_name_of(names, want), s->entry.name),
	      "tables: %s.%s is %u", s->set, s->entry.name, want);
}

/* An entry or attribute has been told whole. */
static void end_entry(struct spec *s)
{
	if (!*s->entry.name)
		return;
	s->entries++;
	if (s->attributes) {
		s->next_attr++;
		check_attribute(s);
	} else {
		if (s->entry.value >= 0)
			s->next_value = s->entry.value;
		check_entry(s);
		s->next_value++;
	}
	s->entry = (struct entry){ .value = -1 };
}

static void end_set(struct spec *s)
{
	size_t want = 0;

	end_entry(s);
	if (*s->set && s->attributes && record_of(s->set)) {
		check(s->entries >= record_of(s->set)->count,
		      "tables: %s has no attribute too many", s->set);
	} else if (*s->set && !s->attributes && strcmp(s->kind, "const")) {
		if (names_of(s->set))
			want = names_of(s->set)->count;
		check(want == s->entries, "tables: %s has %u entries", s->set,
		      s->entries);
	}
	*s->set = '\0';
	s->next_value = 0;
	s->next_attr = 0;
	s->entries = 0;
}

static void copy(char *to, size_t size, const char *from)
{
	size_t len = strcspn(from, "\n");

	if (len >= 2 && from[0] == '"') {
		from++;
		len -= 2;
	}
	snprintf(to, size, "%.*s", (int)len, from);
}

static const char *value_of(const char *line, const char *key)
{
	size_t len = strlen(key);

	return strncmp(line, key, len) ? NULL : line + len;
}

static void take_line(struct spec *s, const char *line)
{
	const char *value;

	if ((value = value_of(line, "    name: "))) {
		end_set(s);
		copy(s->set, sizeof(s->set), value);
	} else if ((value = value_of(line, "    type: "))) {
		/* In definitions the type stands before the name. */
		end_set(s);
		copy(s->kind, sizeof(s->kind), value);
	} else if ((value = value_of(line, "        name: "))) {
		end_entry(s);
		copy(s->entry.name, sizeof(s->entry.name), value);
	} else if ((value = value_of(line, "        value: "))) {
		s->entry.value = strtol(value, NULL, 0);
	} else if ((value = value_of(line, "        type: "))) {
		copy(s->entry.type, sizeof(s->entry.type), value);
	} else if ((value = value_of(line, "        enum: "))) {
		copy(s->entry.names, sizeof(s->entry.names), value);
	} else if (value_of(line, "        enum-as-flags: true")) {
		s->entry.flags = true;
	} else if (value_of(line, "        multi-attr: true")) {
		s->entry.multi = true;
	}
}

static void test_spec(void)
{
	struct spec s = { .entry.value = -1 };
	char *text = read_file(source(SPEC)), *line, *save = NULL;
	bool inside = false, whole = false;

	for (line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		if (!strcmp(line, "definitions:")) {
			inside = true;
		} else if (!strcmp(line, "attribute-sets:")) {
			end_set(&s);
			s.attributes = true;
		} else if (!strcmp(line, "operations:")) {
			whole = s.attributes;
			end_set(&s);
			inside = false;
		} else if (inside) {
			take_line(&s, line);
		}
	}
	check(whole, "tables: the specification was read whole");
	free(text);
}

static const struct code {
	const char *text;
	bool ok;
	uint32_t code;
} codes[] = {
	{ "0x20", true, 0x20 },
	{ "32", true, 32 },
	{ "0xDEADC0DE", true, 0xDEADC0DE },
	{ "ground-fault", true, 0x20 },
	{ "GROUND_FAULT", true, 0x20 },
	{ "ground-fault-test", true, 0x35 },
	{ "ERR_LOCK_FAIL", true, 0x23 },
	{ "err-lock-fail", true, 0x23 },
	{ "v2g-502", true, 502 },
	{ "packet-loss", true, 502 },
	{ "comm_timeout", true, 0xDEADC0DE },
	{ "4711", true, 4711 },
	{ "", false, 0 },
	{ "nix", false, 0 },
	{ "ground", false, 0 },
	{ "ground-fault-x", false, 0 },
	{ "32x", false, 0 },
	{ "-1", false, 0 },
	{ "4294967296", false, 0 },
	{ "99999999999999999999999", false, 0 },
};

void test_names(void)
{
	uint32_t code;
	size_t i;
	bool ok;

	test_spec();
	for (i = 0; i < ARRAY_LEN(codes); i++) {
		code = 0;
		ok = evse_fault_code_of(codes[i].text, &code);
		check(ok == codes[i].ok && code == codes[i].code,
		      "names: fault '%s'", codes[i].text);
	}
	check_text(evse_name_of(&evse_mode_names, 99), "?",
		   "names: a value of a newer kernel");
}
