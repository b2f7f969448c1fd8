// SPDX-License-Identifier: GPL-2.0-or-later
/* Operands: quantities and names. */
#include <ctype.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "evsectl.h"

void join_words(int *argc, char ***argv, char *buf, size_t size)
{
	const char *word = **argv;
	size_t len = strlen(word);

	(*argc)--;
	(*argv)++;
	if (!*argc || !len || isalpha((unsigned char)word[len - 1]) ||
	    !isalpha((unsigned char)***argv) || strlen(**argv) > 3) {
		snprintf(buf, size, "%s", word);
		return;
	}
	snprintf(buf, size, "%s %s", word, **argv);
	(*argc)--;
	(*argv)++;
}

int take_power(const struct command *cmd, int *argc, char ***argv, int32_t *mw)
{
	const char *why;
	char text[64];

	if (!*argc)
		return misuse(cmd, "%s: a power is missing, for example -5kW",
			      cmd->name);
	join_words(argc, argv, text, sizeof(text));
	if (evse_parse_power(text, mw, &why))
		return misuse(cmd, "'%s' %s", text, why);
	return 0;
}

int take_current(const struct command *cmd, int *argc, char ***argv,
		 uint32_t *ma)
{
	const char *why;
	char text[64];

	if (!*argc)
		return misuse(cmd, "%s: a current is missing, for example 16A",
			      cmd->name);
	join_words(argc, argv, text, sizeof(text));
	if (evse_parse_current(text, ma, &why))
		return misuse(cmd, "'%s' %s", text, why);
	return 0;
}

int take_name(const struct command *cmd, const struct evse_names *names,
	      int *argc, char ***argv, uint32_t *value)
{
	char list[256] = "";
	size_t i, used = 0;

	if (*argc && evse_value_of(names, **argv, value)) {
		(*argc)--;
		(*argv)++;
		return 0;
	}
	for (i = 0; i < names->count && used < sizeof(list); i++)
		used += (size_t)snprintf(list + used, sizeof(list) - used,
					 "%s%s", i ? ", " : "",
					 names->entry[i].name);
	if (!*argc)
		return misuse(cmd, "%s: a %s is missing: %s", cmd->name,
			      names->title, list);
	return misuse(cmd, "'%s' is no %s: %s", **argv, names->title, list);
}
