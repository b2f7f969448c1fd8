// SPDX-License-Identifier: GPL-2.0-or-later
/* What the documents say is what the tables have, and what is there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../tools/evsectl/evsectl.h"
#include "test.h"

/* What was asked for */
#define ROWS	41

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

/* Each file that a page names is there; those in / are not the project's. */
static unsigned int check_files(const char *page)
{
	char *text = read_file(source(page)), *at, *end, name[128];
	unsigned int count = 0;

	for (at = text; (at = strstr(at, "``")) && (end = strstr(at + 2, "``")); at = end + 2) {
		snprintf(name, sizeof(name), "%.*s", (int)(end - at - 2), at + 2);
		if (*name == '/' || !strchr(name, '/') || strpbrk(name, " ="))
			continue;
		count++;
		check(!access(source(name), F_OK), "docs: %s names %s, which is there", page,
		      name);
	}
	free(text);
	return count;
}

/* Every row of what was asked for, in order, with a test or a word on what is missing */
static void test_coverage(void)
{
	static const char page[] = "Documentation/admin-guide/coverage.rst";
	char *text = read_file(source(page)), *row = text, *next, head[32];
	unsigned int i;

	for (i = 1; i <= ROWS; i++, row = next) {
		snprintf(head, sizeof(head), "\n   * - R%02u\n", i);
		if (!check((row = strstr(row, head)), "docs: the coverage has R%02u", i))
			break;
		next = strstr(row + 1, "\n   * - R");
		if (next)
			*next = '\0';
		check(strstr(row, "``tests/") || strstr(row, "Not delivered") ||
		      strstr(row, "As described there"),
		      "docs: R%02u has a test, or is not delivered", i);
		if (!next)
			break;
		*next = '\n';
	}
	check(i == ROWS, "docs: the coverage has %u rows", i);
	free(text);
	check(check_files(page) > ROWS, "docs: the coverage names its tests");
}

void test_docs(void)
{
	char *man = man_synopsis(), *table = table_synopsis();

	check_text(man, table, "docs: the man page's synopsis is the table's");
	free(man);
	free(table);
	test_help();
	test_usage_options();
	test_coverage();
}
