// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "options.h"

static const struct option_desc *
find_letter(const struct option_desc *const *tables, char letter)
{
	const struct option_desc *o;

	for (; *tables; tables++)
		for (o = *tables; o->name; o++)
			if (o->letter == letter)
				return o;
	return NULL;
}

static const struct option_desc *
find_name(const struct option_desc *const *tables, const char *name, size_t len)
{
	const struct option_desc *o;

	for (; *tables; tables++)
		for (o = *tables; o->name; o++)
			if (strlen(o->name) == len && !memcmp(o->name, name, len))
				return o;
	return NULL;
}

static bool is_operand(const char *word)
{
	if (word[0] != '-' || !word[1])
		return true;
	return isdigit((unsigned char)word[1]) || word[1] == '.';
}

static int take_number(const struct option_desc *o, const char *text,
		       uint32_t *value, char *why, size_t size)
{
	unsigned long long number;
	const char *reason = NULL;
	int err = 0;
	char *end;

	if (o->type == OPT_NUMBER) {
		errno = 0;
		number = strtoull(text, &end, 10);
		if (!isdigit((unsigned char)*text) || *end)
			reason = "is no whole number";
		else if (errno || number > UINT32_MAX)
			reason = "is too large";
		*value = (uint32_t)number;
	} else {
		err = evse_parse_duration(text, o->type == OPT_MS ? "ms" : "s",
					  value, &reason);
	}
	if (err || reason) {
		snprintf(why, size, "--%s: '%s' %s", o->name, text, reason);
		return -1;
	}
	if (o->max && (*value < o->min || *value > o->max)) {
		snprintf(why, size, "--%s: '%s' is out of range: %u to %u%s",
			 o->name, text, o->min, o->max,
			 o->type == OPT_NUMBER ? "" : " ms");
		return -1;
	}
	return 0;
}

/* Sets the target of an option. @value is NULL when there is none. */
static int take(const struct option_desc *o, const char *value, char *why,
		size_t size)
{
	if (o->given)
		*o->given = true;
	switch (o->type) {
	case OPT_FLAG:
		*(bool *)o->target = true;
		return 0;
	case OPT_STRING:
		*(const char **)o->target = value;
		return 0;
	default:
		if (!value)
			return 0;
		return take_number(o, value, o->target, why, size);
	}
}

/*
 * Takes the value out of the option's own word (@glued) or out of the next one,
 * which @used then counts.
 */
static int take_value(const struct option_desc *o, const char *glued,
		      const char *next, int *used, char *why, size_t size)
{
	uint32_t probe;
	const char *reason;

	if (o->type == OPT_FLAG && glued) {
		snprintf(why, size, "--%s takes no value", o->name);
		return -1;
	}
	if (o->type == OPT_FLAG || glued)
		return take(o, glued, why, size);
	if (o->type == OPT_MAYBE_SECONDS) {
		if (!next || evse_parse_duration(next, "s", &probe, &reason))
			next = NULL;
	} else if (!next) {
		snprintf(why, size, "--%s needs a value", o->name);
		return -1;
	}
	if (next)
		(*used)++;
	return take(o, next, why, size);
}

static int take_long(const struct option_desc *const *tables, const char *word,
		     const char *next, int *used, char *why, size_t size)
{
	const char *equals = strchr(word, '=');
	size_t len = equals ? (size_t)(equals - word) : strlen(word);
	const struct option_desc *o = find_name(tables, word, len);

	if (!o) {
		snprintf(why, size, "unknown option --%.*s", (int)len, word);
		return -1;
	}
	return take_value(o, equals ? equals + 1 : NULL, next, used, why, size);
}

static int take_letters(const struct option_desc *const *tables,
			const char *word, const char *next, int *used,
			char *why, size_t size)
{
	const struct option_desc *o;

	for (; *word; word++) {
		o = find_letter(tables, *word);
		if (!o) {
			snprintf(why, size, "unknown option -%c", *word);
			return -1;
		}
		if (o->type != OPT_FLAG)
			return take_value(o, word[1] ? word + 1 : NULL, next,
					  used, why, size);
		if (take(o, NULL, why, size))
			return -1;
	}
	return 0;
}

int options_parse(const struct option_desc *const *tables, int argc,
		  char **argv, bool first_only, int *rest, char *why,
		  size_t size)
{
	int i, used, err, operands = 0;
	const char *next;

	for (i = 0; i < argc; i += used) {
		used = 1;
		if (!strcmp(argv[i], "--")) {
			i++;
			break;
		}
		if (is_operand(argv[i])) {
			if (first_only)
				break;
			argv[operands++] = argv[i];
			continue;
		}
		next = i + 1 < argc ? argv[i + 1] : NULL;
		if (argv[i][1] == '-')
			err = take_long(tables, argv[i] + 2, next, &used, why,
					size);
		else
			err = take_letters(tables, argv[i] + 1, next, &used,
					   why, size);
		if (err)
			return -1;
	}
	if (rest)
		*rest = operands;
	while (i < argc)
		argv[operands++] = argv[i++];
	argv[operands] = NULL;
	return operands;
}
