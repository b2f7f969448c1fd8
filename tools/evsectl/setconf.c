// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl showconf and setconf: one's output is the other's input. */
#include <stdlib.h>

#include "conf.h"
#include "evsectl.h"
#include "files.h"

static int run_showconf(struct evsectl *e, const struct command *cmd, int argc,
			char **argv)
{
	const uint64_t mask = 1ULL << EVSE_A_PORT_ID |
			      1ULL << EVSE_A_PORT_NAME |
			      1ULL << EVSE_A_PORT_MODE |
			      1ULL << EVSE_A_PORT_MIN_MW |
			      1ULL << EVSE_A_PORT_MAX_MW |
			      1ULL << EVSE_A_PORT_BASIC;
	struct evse_json json = { .out = stdout };
	struct evse_port_info *ports;
	size_t count, i;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_ports(e, &ports, &count);
	if (err)
		return err;
	if (e->json)
		evse_json_open(&json, NULL, '[');
	for (i = 0; i < count; i++) {
		if (!e->json) {
			conf_write_port(stdout, &ports[i]);
			continue;
		}
		ports[i].has &= mask;
		evse_json_open(&json, NULL, '{');
		evse_record_json(&evse_port_record, &ports[i], &json);
		evse_json_close(&json, '}');
	}
	if (e->json) {
		evse_json_close(&json, ']');
		putchar('\n');
	}
	free(ports);
	return 0;
}

static int run_setconf(struct evsectl *e, const struct command *cmd, int argc,
		       char **argv)
{
	struct evse_port_info *config;
	struct conf conf;
	int err, status;
	size_t i;

	if (e->port)
		return misuse(cmd, "setconf: the file says which port, not -p");
	status = file_read(argc ? argv[0] : "-", CONF_PORT, &conf);
	if (!status)
		status = evsectl_client(e);
	if (status) {
		conf_free(&conf);
		return status;
	}
	/* The ports are independent: one that refuses does not stop the rest. */
	for (i = 0; i < conf.count; i++) {
		config = &conf.ports[i].port;
		if (!config->has)
			continue;
		err = evse_port_set(e->client, conf.ports[i].id, config);
		if (result(e, conf.ports[i].id, err, FIG_STATE | FIG_POWER))
			status = EXIT_FAILURE;
	}
	conf_free(&conf);
	return status;
}

static const char *const showconf_synopsis[] = { "showconf", NULL };

const struct command cmd_showconf = {
	.name = "showconf",
	.synopsis = showconf_synopsis,
	.summary = "Print the configuration of the ports, as setconf reads it.",
	.run = run_showconf,
};

static const char *const setconf_synopsis[] = { "setconf [FILE]", NULL };

const struct command cmd_setconf = {
	.name = "setconf",
	.synopsis = setconf_synopsis,
	.summary = "Set the configuration from FILE or standard input; nothing is set when it has an error.",
	.max = 1,
	.run = run_setconf,
};
