// SPDX-License-Identifier: GPL-2.0-or-later
/* What changed between two records of the same kind. */
#include <stdio.h>
#include <string.h>

#include "tell.h"

/* The entry of a list that has this name. */
static const char *find_entry(const struct evse_field *f, const char *obj,
			      const char *name)
{
	const struct evse_field *first = &f->nest->field[0];
	const char *entry = obj + f->offset;
	unsigned int count, i;
	char text[128];

	memcpy(&count, obj + f->count_offset, sizeof(count));
	for (i = 0; i < count; i++, entry += f->nest->size)
		if (!strcmp(evse_field_text(first, entry, text, sizeof(text)),
			    name))
			return entry;
	return NULL;
}

/* Entries have names, in their first field; what changed of each, or "+", "-". */
static void tell_list(FILE *out, const struct evse_field *f, const char *was,
		      const char *is)
{
	const char *entry = is + f->offset, *before;
	char name[128], text[128];
	unsigned int count, i;
	size_t j;

	memcpy(&count, is + f->count_offset, sizeof(count));
	for (i = 0; i < count; i++, entry += f->nest->size) {
		evse_field_text(&f->nest->field[0], entry, name, sizeof(name));
		before = find_entry(f, was, name);
		if (!before)
			fprintf(out, " +%s.%s", f->name, name);
		for (j = 1; j < f->nest->count; j++) {
			const struct evse_field *g = &f->nest->field[j];

			if (!before || !evse_field_equal(g, before, entry))
				fprintf(out, " %s.%s.%s %s", f->name, name,
					g->name,
					evse_field_text(g, entry, text,
							sizeof(text)));
		}
	}

	entry = was + f->offset;
	memcpy(&count, was + f->count_offset, sizeof(count));
	for (i = 0; i < count; i++, entry += f->nest->size) {
		evse_field_text(&f->nest->field[0], entry, name, sizeof(name));
		if (!find_entry(f, is, name))
			fprintf(out, " -%s.%s", f->name, name);
	}
}

static void tell_nest(FILE *out, const struct evse_field *f, const char *was,
		      const char *is)
{
	const struct evse_field *g;
	char text[128];
	size_t i;

	for (i = 0; i < f->nest->count; i++) {
		g = &f->nest->field[i];
		if (!evse_field_equal(g, was + f->offset, is + f->offset))
			fprintf(out, " %s.%s %s", f->name, g->name,
				evse_field_text(g, is + f->offset, text,
						sizeof(text)));
	}
}

bool tell_changes(FILE *out, const struct evse_record *rec, const void *was,
		  const void *is, const char *head)
{
	const struct evse_field *f;
	char a[128], b[128];
	bool any = false;
	size_t i;

	for (i = 0; i < rec->count; i++) {
		f = &rec->field[i];
		if (evse_field_equal(f, was, is))
			continue;
		if (!any)
			fputs(head, out);
		any = true;
		if (f->type == EVSE_T_LIST)
			tell_list(out, f, was, is);
		else if (f->type == EVSE_T_NEST)
			tell_nest(out, f, was, is);
		else
			fprintf(out, " %s %s -> %s", f->name,
				evse_field_text(f, was, a, sizeof(a)),
				evse_field_text(f, is, b, sizeof(b)));
	}
	if (any)
		fputc('\n', out);
	return any;
}
