// SPDX-License-Identifier: GPL-2.0-or-later
/* What the documents tell people to type is something that evsectl knows. */
#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/evsectl/evsectl.h"
#include "test.h"

static const char *const documents[] = {
	"README.md", "Documentation/*.rst", "Documentation/*/*.rst",
	"Documentation/*/*.yaml",
};

/* The next word of a command line, or an empty one where the line or its quotes end */
static const char *next_word(const char *at, char word[32])
{
	size_t n = 0;

	while (*at == ' ')
		at++;
	while (n < 31 && (isalnum((unsigned char)at[n]) || (at[n] && strchr("-.", at[n]))))
		n++;
	memcpy(word, at, n);
	word[n] = 0;
	return at + n;
}

/* Command lines stand in quotes, or begin a line, behind a prompt or indented. */
static bool is_typed(const char *text, const char *at)
{
	if (at > text && strchr("`'", at[-1]))
		return true;
	while (at > text && strchr(" \t$#", at[-1]))
		at--;
	return at == text || at[-1] == '\n';
}

static bool is_command_word(const char *word)
{
	size_t i;

	for (i = 0; word[i]; i++)
		if (!islower((unsigned char)word[i]) && word[i] != '-')
			return false;
	return i > 1;
}

static const struct command *find(const char *name)
{
	const struct command *const *cmd;

	for (cmd = commands; *cmd; cmd++)
		if (!strcmp((*cmd)->name, name))
			return *cmd;
	return NULL;
}

/* Whether a command line, behind "evsectl", names a command and one of its words */
static bool is_known(const char *at)
{
	const struct command *cmd;
	const struct subcommand *sub;
	char word[32];

	at = next_word(at, word);
	while (*word == '-') {
		/* Of the options before the command, one takes a word. */
		if (strstr(word, "-p"))
			at = next_word(at, word);
		at = next_word(at, word);
	}
	if (!is_command_word(word))
		return true;
	cmd = find(word);
	if (!cmd || !cmd->sub)
		return cmd;
	next_word(at, word);
	if (!is_command_word(word))
		return true;
	for (sub = cmd->sub; sub->word; sub++)
		if (!strcmp(sub->word, word))
			return true;
	return false;
}

static void check_document(const char *path)
{
	char *text = read_file(path);
	const char *at = text;
	bool known = true;

	while ((at = strstr(at, "evsectl "))) {
		if (is_typed(text, at) && !is_known(at + 8)) {
			known = check(false, "docs: %s: 'evsectl' knows '%.*s'", path,
				      (int)strcspn(at, "\n`'"), at);
		}
		at += 8;
	}
	if (known)
		check(true, "docs: %s: evsectl knows what is to be typed", path);
	free(text);
}

void test_doc_commands(void)
{
	size_t i, n;

	for (i = 0; i < ARRAY_LEN(documents); i++) {
		glob_t found;

		if (glob(source(documents[i]), 0, NULL, &found)) {
			check(false, "docs: %s are there", documents[i]);
			continue;
		}
		for (n = 0; n < found.gl_pathc; n++)
			check_document(found.gl_pathv[n]);
		globfree(&found);
	}
}
