// SPDX-License-Identifier: GPL-2.0-or-later
/* The command table, the man page and the completion say the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/evsectl/evsectl.h"
#include "test.h"

/* Lines of the SYNOPSIS of the man page, as they are typed. */
static char *man_synopsis(void)
{
	char *text = read_file(source("Documentation/man/evsectl.8"));
	char *from = strstr(text, ".SH SYNOPSIS\n"), *line, *save = NULL, *got;
	size_t size, i;
	FILE *out = open_memstream(&got, &size);

	for (line = strtok_r(from ? from : text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		if (!strcmp(line, ".SH DESCRIPTION"))
			break;
		if (*line == '.')
			continue;
		for (i = 0; line[i]; i++)
			if (line[i] != '\\')
				fputc(line[i], out);
		fputc('\n', out);
	}
	fclose(out);
	free(text);
	return got;
}

static char *table_synopsis(void)
{
	const struct command *const *cmd;
	const char *const *line;
	char *got;
	size_t size;
	FILE *out = open_memstream(&got, &size);

	for (cmd = commands; *cmd; cmd++)
		for (line = (*cmd)->synopsis; *line; line++)
			fprintf(out, "evsectl %s\n", *line);
	fclose(out);
	return got;
}

/* A line of help for each line of usage, under its own command. */
static void test_help(void)
{
	const struct command *const *cmd;
	const char *const *line;
	char want[256], *got;
	size_t size;
	FILE *out = open_memstream(&got, &size);
	bool ok = true;

	help_print(out);
	fclose(out);
	for (cmd = commands; *cmd; cmd++) {
		for (line = (*cmd)->synopsis; *line; line++) {
			snprintf(want, sizeof(want), "\n  evsectl %s\n", *line);
			ok = ok && strstr(got, want);
		}
		snprintf(want, sizeof(want), "\n      %s\n", (*cmd)->summary);
		ok = ok && strstr(got, want);
	}
	check(ok, "docs: help has every command");
	free(got);
}

static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);
	const char *at = text;

	while ((at = strstr(at, word))) {
		if (strchr(" \t\n'\"|)", at[-1]) && at[len] &&
		    strchr(" \t\n'\"|)", at[len]))
			return true;
		at += len;
	}
	return false;
}

static void test_completion(void)
{
	char *text = read_file(source("tools/evsectl/evsectl.bash-completion"));
	const struct command *const *cmd;
	const struct subcommand *sub;
	const struct option_desc *o;
	char word[64];

	for (cmd = commands; *cmd; cmd++) {
		bool ok = has_word(text, (*cmd)->name);

		for (sub = (*cmd)->sub; sub && sub->word; sub++)
			ok = ok && has_word(text, sub->word);
		for (o = (*cmd)->options; o && o->name; o++) {
			snprintf(word, sizeof(word), "--%s", o->name);
			ok = ok && has_word(text, word);
		}
		check(ok, "docs: completion knows the words of %s",
		      (*cmd)->name);
	}
	free(text);
}

/* Every option that a command takes is in its usage, by letter or name. */
static void test_usage_options(void)
{
	const struct command *const *cmd;
	const struct option_desc *o;
	const char *const *line;
	char name[64], letter[8];

	for (cmd = commands; *cmd; cmd++) {
		bool ok = true;

		for (o = (*cmd)->options; o && o->name; o++) {
			bool found = false;

			snprintf(name, sizeof(name), "--%s", o->name);
			snprintf(letter, sizeof(letter), "-%c", o->letter);
			for (line = (*cmd)->synopsis; *line; line++)
				found = found || strstr(*line, name) ||
					strstr(*line, letter);
			ok = ok && found;
		}
		check(ok, "docs: usage of %s has its options", (*cmd)->name);
	}
}

void test_docs(void)
{
	char *man = man_synopsis(), *table = table_synopsis();

	check_text(man, table, "docs: the man page's synopsis is the table's");
	free(man);
	free(table);
	test_help();
	test_usage_options();
	test_completion();
}
