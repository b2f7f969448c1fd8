// SPDX-License-Identifier: GPL-2.0-or-later
/* Commands as such: find, explain, check their words, run. */
#include <stdlib.h>
#include <string.h>

#include "evsectl.h"

const struct command *command_find(const char *name)
{
	const struct command *const *cmd;

	for (cmd = commands; *cmd; cmd++)
		if (!strcmp((*cmd)->name, name))
			return *cmd;
	return NULL;
}

void command_usage(FILE *out, const struct command *cmd)
{
	const char *const *line;

	for (line = cmd->synopsis; *line; line++)
		fprintf(out, "%s evsectl %s\n",
			line == cmd->synopsis ? "usage:" : "      ", *line);
}

void help_print(FILE *out)
{
	const struct command *const *cmd;
	const char *const *line;

	fputs("usage: evsectl [-p PORT] [-j] [-q] COMMAND ...\n\n", out);
	for (cmd = commands; *cmd; cmd++) {
		for (line = (*cmd)->synopsis; *line; line++)
			fprintf(out, "  evsectl %s\n", *line);
		fprintf(out, "      %s\n", (*cmd)->summary);
	}
	fputs("\nOptions of every command:\n"
	      "  -p, --port PORT  evse0, evse1, ...; may be left out where there is one port\n"
	      "  -j, --json       print JSON\n"
	      "  -q, --quiet      print nothing but errors and what was asked for\n"
	      "  -h, --help       explain the command\n"
	      "  -V, --version    print the version\n"
	      "Power: -5kW, 7200W (negative discharges the vehicle). Current: 16A.\n"
	      "Exit status: 0 done, 1 refused or failed, 2 wrong usage.\n", out);
}

static int check_count(const struct command *cmd, int min, int max, int argc,
		       char **argv)
{
	if (argc < min)
		return misuse(cmd, "%s: something is missing", cmd->name);
	if (argc > max)
		return misuse(cmd, "%s: unexpected '%s'", cmd->name, argv[max]);
	return 0;
}

int command_words(struct evsectl *e, const struct command *cmd,
		  const struct subcommand *sub, int argc, char **argv)
{
	int err;

	if (argc) {
		while (sub->word && strcmp(sub->word, argv[0]))
			sub++;
		if (!sub->word)
			return misuse(cmd, "%s: unknown word '%s'", cmd->name,
				      argv[0]);
		argc--;
		argv++;
	}
	err = check_count(cmd, sub->min, sub->max, argc, argv);
	return err ? err : sub->run(e, cmd, argc, argv);
}

int command_run(struct evsectl *e, const struct command *cmd,
		const struct option_desc *global, int argc, char **argv)
{
	const struct option_desc *tables[] = { global, cmd->options, NULL };
	char why[256];
	int rest, err;

	argc = options_parse(tables, argc, argv, false, &rest, why,
			     sizeof(why));
	if (argc < 0)
		return misuse(cmd, "%s", why);
	if (e->help) {
		command_usage(stdout, cmd);
		printf("%s\n", cmd->summary);
		return EXIT_SUCCESS;
	}
	if (cmd->tail && rest < argc) {
		e->tail = argv + rest;
		argc = rest;
	}
	err = check_count(cmd, cmd->min, cmd->sub ? argc : cmd->max, argc,
			  argv);
	if (err)
		return err;
	if (cmd->sub)
		return command_words(e, cmd, cmd->sub, argc, argv);
	return cmd->run(e, cmd, argc, argv);
}
