// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl port and mode: what persists without a session. */
#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "evsectl.h"

static int run_show(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	struct evse_port_info port;
	uint32_t id;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_port_get(e->client, id, &port), 0);
	if (err)
		return err;
	if (e->json)
		show_json(&evse_port_record, &port);
	else
		show_record(stdout, &evse_port_record, &port, 0);
	return 0;
}

static int apply(struct evsectl *e, const struct evse_port_info *config)
{
	uint32_t id;
	int err = evsectl_port(e, &id);

	if (!err)
		err = result(e, id, evse_port_set(e->client, id, config),
			     FIG_STATE | FIG_POWER);
	return err ? err : report_port(e, id);
}

static int run_set(struct evsectl *e, const struct command *cmd, int argc,
		   char **argv)
{
	struct evse_port_info config = { 0 };
	const char *key, *why;
	char value[64];

	while (argc > 1) {
		key = *argv;
		argc--;
		argv++;
		join_words(&argc, &argv, value, sizeof(value));
		if (conf_set_port(&config, key, value, &why))
			return misuse(cmd, "%s '%s' %s", key, value, why);
	}
	if (argc)
		return misuse(cmd, "port: '%s' has no value", *argv);
	return apply(e, &config);
}

static const struct subcommand sub[] = {
	{ "show", 0, 0, run_show },
	{ "set", 2, 12, run_set },
	{ 0 }
};

static const char *const synopsis[] = {
	"port [show]",
	"port set [mode MODE] [min-power POWER] [max-power POWER] [basic on|off]",
	NULL
};

const struct command cmd_port = {
	.name = "port",
	.synopsis = synopsis,
	.summary = "Show everything about a port, or set what persists without a session.",
	.sub = sub,
};

static int run_mode(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	struct evse_port_info port = { 0 };
	uint32_t id;
	int err;

	if (argc) {
		err = take_name(cmd, &evse_mode_names, &argc, &argv,
				&port.mode);
		if (err)
			return err;
		port.has = 1ULL << EVSE_A_PORT_MODE;
		return apply(e, &port);
	}
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_port_get(e->client, id, &port), 0);
	if (err)
		return err;
	if (e->json) {
		port.has &= 1ULL << EVSE_A_PORT_ID | 1ULL << EVSE_A_PORT_NAME |
			    1ULL << EVSE_A_PORT_MODE;
		show_json(&evse_port_record, &port);
	} else {
		puts(evse_name_of(&evse_mode_names, port.mode));
	}
	return 0;
}

static const char *const mode_synopsis[] = {
	"mode [off|charge|v2g|v2h]", NULL
};

const struct command cmd_mode = {
	.name = "mode",
	.synopsis = mode_synopsis,
	.summary = "Show or set the energy transfer mode: which directions of power are allowed.",
	.max = 1,
	.run = run_mode,
};
