// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl showconf and setconf: one's output is the other's input. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "evsectl.h"
#include "files.h"

/**
 * struct grid_conf - what a port's grid is set to
 * @grid: the profile is in it
 * @line: the lines
 * @count: how many
 */
struct grid_conf {
	struct evse_grid_info grid;
	struct evse_grid_setting_info *line;
	size_t count;
};

/* Not every port has a grid guard. */
static int read_grid(struct evsectl *e, uint32_t id, struct grid_conf *g)
{
	int err;

	*g = (struct grid_conf){ 0 };
	err = evse_grid_get(e->client, id, &g->grid);
	if (!err)
		err = evse_grid_setting_list(e->client, id, &g->line,
					     &g->count);
	return err == -EOPNOTSUPP ? 0 : result(e, id, err, 0);
}

static void json_grid(struct evse_json *json, struct grid_conf *g)
{
	size_t i;

	if (!g->grid.has)
		return;
	evse_json_string(json, "grid-profile", g->grid.profile);
	evse_json_open(json, "grid-settings", '[');
	for (i = 0; i < g->count; i++) {
		g->line[i].has &= 1ULL << EVSE_A_GRID_SETTING_ELEMENT |
				  1ULL << EVSE_A_GRID_SETTING_UNIT |
				  1ULL << EVSE_A_GRID_SETTING_PICKUP |
				  1ULL << EVSE_A_GRID_SETTING_TIME_MS;
		evse_json_open(json, NULL, '{');
		evse_record_json(&evse_grid_setting_record, &g->line[i], json);
		evse_json_close(json, '}');
	}
	evse_json_close(json, ']');
}

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
	struct grid_conf grid;
	size_t count, i;
	int status;

	(void)cmd;
	(void)argc;
	(void)argv;
	status = evsectl_ports(e, &ports, &count);
	if (status)
		return status;
	if (e->json)
		evse_json_open(&json, NULL, '[');
	for (i = 0; i < count; i++) {
		if (read_grid(e, ports[i].id, &grid))
			status = EXIT_FAILURE;
		if (e->json) {
			ports[i].has &= mask;
			evse_json_open(&json, NULL, '{');
			evse_record_json(&evse_port_record, &ports[i], &json);
			json_grid(&json, &grid);
			evse_json_close(&json, '}');
		} else {
			conf_write_port(stdout, &ports[i]);
			conf_write_grid(stdout, grid.grid.profile, grid.line,
					grid.count);
		}
		free(grid.line);
	}
	if (e->json) {
		evse_json_close(&json, ']');
		putchar('\n');
	}
	free(ports);
	return status;
}

static bool has_lines(const struct conf_port *port)
{
	unsigned int i;

	for (i = 0; i < EVSE_GRID_ELEMENTS; i++)
		if (port->line[i].has)
			return true;
	return false;
}

/*
 * A profile that is in force already is not put in force again: that would be
 * refused while power flows, although nothing changes.
 */
static int apply_grid(struct evsectl *e, const struct conf_port *port)
{
	struct evse_grid_info grid;
	int err = 0;

	if (*port->profile) {
		err = evse_grid_get(e->client, port->id, &grid);
		if (!err && strcmp(grid.profile, port->profile))
			err = evse_grid_set(e->client, port->id, port->profile);
		err = result(e, port->id, err, FIG_STATE | FIG_SESSION);
	}
	if (!err && has_lines(port))
		err = grid_lines_apply(e, port->id, port->line, false);
	return err;
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
		err = config->has ? evse_port_set(e->client, conf.ports[i].id,
						  config) : 0;
		if (config->has && result(e, conf.ports[i].id, err,
					  FIG_STATE | FIG_POWER))
			status = EXIT_FAILURE;
		if (apply_grid(e, &conf.ports[i]))
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
