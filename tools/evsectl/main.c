// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl: drive EV charger ports. The table of commands, and what comes first. */
#include <stdlib.h>

#include "alias.h"

const struct command *const commands[] = {
	&cmd_status,
	&cmd_monitor,
	&cmd_port,
	&cmd_mode,
	&cmd_power,
	&cmd_energise,
	&cmd_stop,
	&cmd_session,
	&cmd_config,
	&cmd_limits,
	&cmd_pilot,
	&cmd_lock,
	&cmd_meter,
	&cmd_fault,
	&cmd_grid,
	&cmd_bridge,
	&cmd_thermal,
	&cmd_selftest,
	&cmd_counters,
	&cmd_update,
	&cmd_gpio,
	&cmd_showconf,
	&cmd_setconf,
	&cmd_help,
	NULL
};

int evsectl_run(struct evsectl *e, int argc, char **argv)
{
	const struct option_desc options[] = {
		{ 'p', "port", OPT_STRING, &e->port, NULL, 0, 0 },
		{ 'j', "json", OPT_FLAG, &e->json, NULL, 0, 0 },
		{ 'q', "quiet", OPT_FLAG, &e->quiet, NULL, 0, 0 },
		{ 'h', "help", OPT_FLAG, &e->help, NULL, 0, 0 },
		{ 'V', "version", OPT_FLAG, &e->version, NULL, 0, 0 },
		{ 0 }
	};
	const struct option_desc *const tables[] = { options, NULL };
	const struct command *cmd;
	char why[256];

	argc = options_parse(tables, argc, argv, true, NULL, why, sizeof(why));
	if (argc < 0)
		return misuse(NULL, "%s", why);
	if (e->version) {
		puts("evsectl " EVSE_CLIENT_VERSION);
		return EXIT_SUCCESS;
	}
	if (e->help) {
		help_print(stdout);
		return EXIT_SUCCESS;
	}
	if (!argc)
		return misuse(NULL, "no command");
	cmd = command_find(argv[0]);
	if (!cmd)
		return misuse(NULL, "unknown command '%s'", argv[0]);
	return command_run(e, cmd, options, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	struct evsectl e = { 0 };
	int status = EXIT_USAGE;

	if (argc && alias_known(argv[0]))
		status = alias_run(&e, argc, argv);
	else if (argc)
		status = evsectl_run(&e, argc - 1, argv + 1);
	evse_client_close(e.client);
	if (fflush(stdout) || ferror(stdout))
		return complain("cannot write the output");
	return status;
}
