// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "evsectl.h"

static int run(struct evsectl *e, const struct command *cmd, int argc,
	       char **argv)
{
	const struct command *about;

	(void)e;
	if (!argc) {
		help_print(stdout);
		return EXIT_SUCCESS;
	}
	about = command_find(argv[0]);
	if (!about)
		return misuse(cmd, "unknown command '%s'", argv[0]);
	command_usage(stdout, about);
	printf("%s\n", about->summary);
	return EXIT_SUCCESS;
}

static const char *const synopsis[] = { "help [COMMAND]", NULL };

const struct command cmd_help = {
	.name = "help",
	.synopsis = synopsis,
	.summary = "Explain all commands, or one.",
	.max = 1,
	.run = run,
};
