// SPDX-License-Identifier: GPL-2.0-or-later
/* What manuals say, as commands of evsectl. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../libevse/evse-units.h"
#include "alias.h"

/* Manuals give a size of power, and its direction by the mode. */
const struct alias aliases[] = {
	{ "v2g-sync-check", "", { "grid sync-check" } },
	{ "v2g-sync-check", "--test-grid", { "grid sync-check" } },
	{ "grid-monitor", "", { "grid monitor" } },
	{ "v2g-tool", "--mode charge", { "mode charge" } },
	{ "v2g-tool", "--mode charge --power POWER", { "mode charge", "power POWER" } },
	{ "v2g-tool", "--mode V2G", { "mode v2g" } },
	{ "v2g-tool", "--mode V2G --power POWER", { "mode v2g", "power -POWER" } },
	{ "v2g-tool", "--mode V2X", { "mode v2g" } },
	{ "v2g-tool", "--mode V2X --power POWER", { "mode v2g", "power -POWER" } },
	{ "v2g-tool", "--mode V2H", { "mode v2h" } },
	{ "v2g-tool", "--mode V2H --power POWER", { "mode v2h", "power -POWER" } },
	{ "evse-cli", "reset --thermal", { "thermal reset" } },
	{ "gpio-cli", "set-output LINE high", { "gpio set LINE=1" } },
	{ "gpio-cli", "set-output LINE low", { "gpio set LINE=0" } },
	{ 0 }
};

/* Where each name's meaning is to be had in full */
static const struct {
	const char *name;
	const char *instead;
} programs[] = {
	{ "v2g-sync-check", "'evsectl grid sync-check'" },
	{ "grid-monitor", "'evsectl grid monitor'" },
	{ "v2g-tool", "'evsectl mode' and 'evsectl power'" },
	{ "evse-cli", "'evsectl thermal', 'evsectl fault' or 'evsectl status'" },
	{ "gpio-cli", "'evsectl gpio'" },
};

/* Options of evsectl that a manual's words do not begin with, and how long they are */
static const struct {
	const char *word;
	int length;
} options[] = {
	{ "-p", 2 }, { "--port", 2 }, { "-j", 1 }, { "--json", 1 }, { "-q", 1 }, { "--quiet", 1 },
};

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* Words of options in front, and words of a command with those */
#define FRONT_MAX	8
#define WORDS_MAX	(FRONT_MAX + 8)

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool alias_known(const char *name)
{
	size_t i;

	for (i = 0; i < COUNT(programs); i++)
		if (!strcmp(programs[i].name, base(name)))
			return true;
	return false;
}

static int count_options(int argc, char **argv)
{
	int n = 0;
	size_t i;

	while (n < argc) {
		for (i = 0; i < COUNT(options); i++)
			if (!strcmp(options[i].word, argv[n]))
				break;
		if (i == COUNT(options) || options[i].length > argc - n)
			break;
		n += options[i].length;
	}
	return n;
}

/* A bare number is counted from 0 on the first chip, as manuals count. */
static bool take_line(const char *word, char *typed, size_t size)
{
	bool number = *word && !word[strspn(word, "0123456789")];

	return *word && *word != '-' && !strpbrk(word, "= \t\n") &&
	       snprintf(typed, size, "%s%s", number ? "gpiochip0:" : "", word) < (int)size;
}

static bool take_size(const char *word, char *typed, size_t size)
{
	const char *why;
	int32_t mw;

	return !evse_parse_power(word, &mw, &why) && isdigit((unsigned char)*word) &&
	       snprintf(typed, size, "%s", word) < (int)size;
}

static bool take_word(const char *want, const char *word, char *typed, size_t size)
{
	if (!strcmp(want, "LINE"))
		return take_line(word, typed, size);
	if (!strcmp(want, "POWER"))
		return take_size(word, typed, size);
	return !strcasecmp(want, word);
}

/* Are these the words of a line? What stands for POWER or LINE goes to @typed. */
static bool matches(const struct alias *a, int argc, char **argv, char *typed, size_t size)
{
	char words[64], *want, *save = NULL;
	int i = 0;

	snprintf(words, sizeof(words), "%s", a->words);
	for (want = strtok_r(words, " ", &save); want; want = strtok_r(NULL, " ", &save))
		if (i == argc || !take_word(want, argv[i++], typed, size))
			return false;
	return i == argc;
}

static void usage(FILE *out, const char *name)
{
	const char *head = "usage:";
	const struct alias *a;
	unsigned int i;

	for (a = aliases; a->name; a++) {
		if (strcmp(a->name, name))
			continue;
		fprintf(out, "%s %s%s%s\n", head, name, *a->words ? " " : "", a->words);
		for (i = 0; i < ALIAS_STEPS && a->means[i]; i++)
			fprintf(out, "           does 'evsectl %s'\n", a->means[i]);
		head = "      ";
	}
}

static int refuse(const char *name, int argc, char **argv)
{
	size_t i = 0;
	int k;

	while (strcmp(programs[i].name, name))
		i++;
	fprintf(stderr, "%s: '", name);
	for (k = 0; k < argc; k++)
		fprintf(stderr, "%s%s", k ? " " : "", argv[k]);
	fprintf(stderr, "' is nothing that this name stands for: type %s instead, see 'evsectl help'\n",
		programs[i].instead);
	usage(stderr, name);
	return EXIT_USAGE;
}

/* The words of a command, what was typed put in; @text holds them */
static int put_words(const char *means, const char *typed, char *text, size_t size, char **argv)
{
	static const char *const places[] = { "POWER", "LINE" };
	char *save = NULL, *word;
	const char *at = NULL;
	int argc = 0;
	size_t i;

	for (i = 0; i < COUNT(places) && !at; i++)
		at = strstr(means, places[i]);
	if (at)
		snprintf(text, size, "%.*s%s%s", (int)(at - means), means, typed,
			 at + strlen(places[i - 1]));
	else
		snprintf(text, size, "%s", means);
	for (word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save))
		argv[argc++] = word;
	return argc;
}

static int run_step(struct evsectl *e, const char *means, const char *typed, int argc,
		    char **front)
{
	char *argv[WORDS_MAX], text[192];
	bool quiet = false;
	int i;

	for (i = 0; i < argc; i++) {
		argv[i] = front[i];
		quiet = quiet || !strcmp(front[i], "-q") || !strcmp(front[i], "--quiet");
	}
	argc += put_words(means, typed, text, sizeof(text), argv + argc);
	argv[argc] = NULL;
	if (!quiet) {
		fflush(stdout);
		fputs("this is: evsectl", stderr);
		for (i = 0; i < argc; i++)
			fprintf(stderr, " %s", argv[i]);
		fputc('\n', stderr);
	}
	return evsectl_run(e, argc, argv);
}

int alias_run(struct evsectl *e, int argc, char **argv)
{
	int front = count_options(argc - 1, argv + 1), status = 0;
	const char *name = base(argv[0]);
	const struct alias *a;
	char typed[64] = "";
	unsigned int i;

	argc -= 1 + front;
	argv += 1 + front;
	if (argc == 1 && (!strcmp(argv[0], "-h") || !strcmp(argv[0], "--help"))) {
		usage(stdout, name);
		return EXIT_SUCCESS;
	}
	for (a = aliases; a->name; a++)
		if (!strcmp(a->name, name) && matches(a, argc, argv, typed, sizeof(typed)))
			break;
	if (!a->name || front > FRONT_MAX)
		return refuse(name, argc, argv);
	for (i = 0; i < ALIAS_STEPS && a->means[i] && !status; i++)
		status = run_step(e, a->means[i], typed, front, argv - front);
	return status;
}
