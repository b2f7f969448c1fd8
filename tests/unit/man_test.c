// SPDX-License-Identifier: GPL-2.0-or-later
/* The manual pages say what the tables of the programs have. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/evsectl/conf.h"
#include "fake.h"
#include "program.h"
#include "synopsis.h"
#include "test.h"

#define TAGS_MAX	128

/* A page without its markup: lines as they are read, macros as ".B " */
static char *page(const char *name)
{
	char path[96], *text, *from, *to;

	snprintf(path, sizeof(path), "Documentation/man/%s", name);
	text = read_file(source(path));
	for (from = to = text; *from; from++)
		if (*from == '\\' && from[1] == 'f')
			from += 2;
		else if (*from != '\\' && *from != '"')
			*to++ = *from;
	*to = '\0';
	return text;
}

/* A section of a page; cuts the page off behind it. */
static char *section(char *text, const char *head)
{
	char *from = strstr(text, head), *end;

	if (!from)
		return text + strlen(text);
	end = strstr(from + 1, "\n.SH ");
	if (end)
		end[1] = '\0';
	return from;
}

/* The text behind a macro, with the blanks that markup needs taken out */
static void plain(const char *line, char *text, size_t size)
{
	const char *from = strchr(line, ' ');
	size_t n = 0;

	for (; from && *from && *from != '\n' && n + 1 < size; from++)
		if (*from != ' ' || (n && text[n - 1] != ' '))
			text[n++] = *from;
	text[n] = '\0';
}

/* Does a text begin with these words, and end there, or go on with another? */
static bool begins(const char *text, const char *words)
{
	size_t len = strlen(words);

	return !strncmp(text, words, len) && strchr(" ,[", text[len]);
}

static bool has_tag(char (*tags)[128], unsigned int n, const char *path)
{
	const char *at;

	while (n--)
		for (at = tags[n]; at; at = strchr(at + 1, ','))
			if (begins(at + strspn(at, ", "), path))
				return true;
	return false;
}

static bool is_offered(const struct place *place, const char *word)
{
	unsigned int i;

	for (i = 0; i < place->n_words; i++)
		if (!strcmp(place->words[i], word))
			return true;
	return false;
}

/* Are the fixed words of a tag a place of the tables, or a word of one? */
static bool is_command(const char *tag)
{
	static struct place places[PLACES_MAX];
	unsigned int i, count = synopsis_places(places);
	char piece[128], path[64], *last;

	snprintf(piece, sizeof(piece), "%.*s", (int)strcspn(tag, ","), tag);
	synopsis_path(piece, path, sizeof(path));
	for (i = 1; i < count; i++)
		if (!strcmp(places[i].path, path))
			return true;
	last = strrchr(path, ' ');
	if (last)
		*last++ = '\0';
	for (i = 1; last && i < count; i++)
		if (!strcmp(places[i].path, path))
			return is_offered(&places[i], last);
	return false;
}

/* A paragraph for every line of usage, and none for what is no command any more */
static void test_commands(void)
{
	static char tags[TAGS_MAX][128];
	char *text = page("evsectl.8"), *about = section(text, "\n.SH COMMANDS\n"), *tag;
	const struct command *const *cmd;
	const struct option_desc *o;
	const char *const *line;
	unsigned int n = 0, i;
	char path[64];

	for (tag = about; (tag = strstr(tag, "\n.TP\n")) && n < TAGS_MAX; tag++)
		plain(tag + 5, tags[n++], sizeof(tags[0]));
	for (i = 0; i < n; i++) {
		const char *at = tags[i];

		for (; at; at = strchr(at + 1, ','))
			check(is_command(at + strspn(at, ", ")), "man: '%s' is a command",
			      at + strspn(at, ", "));
	}
	for (cmd = commands; *cmd; cmd++) {
		for (line = (*cmd)->synopsis; *line; line++) {
			synopsis_path(*line, path, sizeof(path));
			check(has_tag(tags, n, path), "man: evsectl %s is explained", path);
		}
		for (o = (*cmd)->options; o && o->name; o++) {
			char word[64], letter[16];

			snprintf(word, sizeof(word), "--%s", o->name);
			snprintf(letter, sizeof(letter), "\n.B -%c\n", o->letter);
			check(strstr(about, word) || strstr(about, letter),
			      "man: %s of %s is explained", word, (*cmd)->name);
		}
	}
	free(text);
}

/* A paragraph of a page begins with this word: "\n.BR mode " */
static void check_word(const char *name, const char *text, const char *word)
{
	char line[192];
	const char *at;
	bool found = false;

	for (at = text; !found && (at = strstr(at, "\n.TP\n")); at++) {
		plain(at + 5, line, sizeof(line));
		for (char *w = strtok(line, " ,"); w && !found; w = strtok(NULL, " ,"))
			found = !strcmp(w, word);
	}
	check(found, "man: %s explains %s", name, word);
}

static void test_keys(void)
{
	static const char *const settings[] = { "mode", "min-power", "max-power", "basic" };
	char *text = page("evsectl.conf.5");
	size_t i;

	for (i = 0; i < evse_counters_record.count; i++)
		check_word("evsectl.conf(5)", text, evse_counters_record.field[i].name);
	for (i = 0; i < ARRAY_LEN(settings); i++)
		check_word("evsectl.conf(5)", text, settings[i]);
	free(text);
	text = page("thermal.conf.5");
	for (i = 0; i < evse_thermal_element_names.count; i++)
		check_word("thermal.conf(5)", text, evse_thermal_element_names.entry[i].name);
	free(text);
}

/* Each example between .nf and .fi is read by what reads such files. */
static void check_examples(const char *name, const enum conf_kind *kinds, unsigned int n)
{
	char *text = page(name), *at = text, *end;
	struct conf conf;
	unsigned int i;
	FILE *in;

	for (i = 0; i < n; i++) {
		at = strstr(at, "\n.nf\n");
		end = at ? strstr(at, "\n.fi\n") : NULL;
		if (!check(end, "man: %s has example %u", name, i))
			break;
		in = fmemopen(at + 5, (size_t)(end - at - 5), "r");
		check(!conf_read(in, kinds[i], &conf) && conf.count,
		      "man: example %u of %s is read: %s", i, name, conf.error);
		fclose(in);
		conf_free(&conf);
		at = end;
	}
	free(text);
}

/* The other program: its help has the options that its page has, and it takes them. */
static void test_evsim(void)
{
	char *text = page("evsim.1"), *about = section(text, "\n.SH OPTIONS\n");
	char *help = read_file(source("tools/evsim/main.c")), *line, letter, name[32];
	unsigned int n = 0;

	for (line = help; (line = strchr(line, '\n')); line++) {
		char tag[64], option[64];

		if (sscanf(line, "\n\t\"  -%c, --%31[a-z]", &letter, name) != 2)
			continue;
		n++;
		snprintf(tag, sizeof(tag), "-%c ,  --%s", letter, name);
		snprintf(option, sizeof(option), "{ '%c', \"%s\", OPT_", letter, name);
		check(strstr(about, tag) && strstr(help, option),
		      "man: --%s of evsim is explained, and an option", name);
	}
	check(n == 8, "man: evsim has %u options", n);
	free(text);
	free(help);
}

void test_pages(void)
{
	test_commands();
	test_keys();
	check_examples("evsectl.conf.5",
		       (enum conf_kind []){ CONF_PORT, CONF_COUNTERS }, 2);
	check_examples("thermal.conf.5", (enum conf_kind []){ CONF_THERMAL }, 1);
	test_evsim();
}
