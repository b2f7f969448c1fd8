// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl counters: wear counters, and keeping them over a reload. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "evsectl.h"
#include "files.h"

#define SHOWN								\
	(1ULL << EVSE_A_PORT_ID | 1ULL << EVSE_A_PORT_NAME |		\
	 1ULL << EVSE_A_PORT_COUNTERS)

static int run_show(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	struct evse_port_info *ports;
	char name[16];
	size_t count, i;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_ports(e, &ports, &count);
	if (err)
		return err;
	for (i = 0; i < count; i++) {
		if (!e->json) {
			printf("%s:\n", port_name(&ports[i], name));
			show_record(stdout, &evse_counters_record,
				    &ports[i].counters, 2);
			continue;
		}
		ports[i].has &= SHOWN;
	}
	if (e->json)
		show_json_list(&evse_port_record, ports, count);
	free(ports);
	return 0;
}

static int run_save(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	struct evse_port_info *ports;
	size_t count, i, size;
	char *text = NULL;
	FILE *out;
	int err;

	(void)cmd;
	(void)argc;
	err = evsectl_ports(e, &ports, &count);
	if (err)
		return err;
	out = open_memstream(&text, &size);
	if (!out) {
		free(ports);
		return complain("%s", strerror(errno));
	}
	for (i = 0; i < count; i++)
		conf_write_counters(out, &ports[i]);
	fclose(out);
	err = file_write(argv[0], text);
	free(text);
	free(ports);
	return err;
}

static int run_restore(struct evsectl *e, const struct command *cmd, int argc,
		       char **argv)
{
	const uint32_t *only;
	uint32_t id, one;
	struct conf conf;
	int status, err;
	size_t i;

	(void)argc;
	(void)cmd;
	status = file_read(argv[0], CONF_COUNTERS, &conf);
	if (!status)
		status = evsectl_only(e, &one, &only);
	if (status) {
		conf_free(&conf);
		return status;
	}
	for (i = 0; i < conf.count; i++) {
		id = conf.ports[i].id;
		if ((only && id != *only) || !conf.ports[i].counters.has)
			continue;
		err = evse_counters_set(e->client, id, &conf.ports[i].counters);
		if (result(e, id, err, 0))
			status = EXIT_FAILURE;
	}
	conf_free(&conf);
	return status;
}

/* The matings of now are what the pins were cleaned at. */
static int run_cleaned(struct evsectl *e, const struct command *cmd, int argc,
		       char **argv)
{
	struct evse_counters_info counters;
	struct evse_port_info port;
	char name[16];
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
	counters = (struct evse_counters_info){
		.has = 1ULL << EVSE_A_COUNTERS_CLEANED,
		.cleaned = port.counters.matings,
	};
	err = result(e, id, evse_counters_set(e->client, id, &counters), 0);
	if (err)
		return err;
	port.counters.has |= counters.has;
	port.counters.cleaned = counters.cleaned;
	port.has &= SHOWN;
	if (e->json)
		show_json(&evse_port_record, &port);
	say(e, "%s: pins cleaned at %" PRIu64 " matings",
	    port_name(&port, name), counters.cleaned);
	return 0;
}

static const struct subcommand sub[] = {
	{ "show", 0, 0, run_show },
	{ "save", 1, 1, run_save },
	{ "restore", 1, 1, run_restore },
	{ "cleaned", 0, 0, run_cleaned },
	{ 0 }
};

static const char *const synopsis[] = {
	"counters [show]",
	"counters save FILE",
	"counters restore FILE",
	"counters cleaned",
	NULL
};

const struct command cmd_counters = {
	.name = "counters",
	.synopsis = synopsis,
	.summary = "Wear counters: show, save before the module is unloaded, restore after; - is standard input or output. cleaned: the pins of the connector are clean as of now.",
	.sub = sub,
};
