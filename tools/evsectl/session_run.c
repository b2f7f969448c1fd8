// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl session run: the charger's side of ISO 15118-20 for one port. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../secc/server.h"
#include "session.h"

static int open_trace(struct evsectl *e, struct trace *trace, const struct config *config)
{
	int err = trace_open(trace, config->log);

	if (err)
		return complain("%s: %s: make its directory, or name another file by \"log\"",
				config->log, strerror(-err));
	trace->quiet = e->quiet;
	return 0;
}

/* What is said on the command line goes before what the file says. */
static int read_config(const struct session_options *o, struct config *config)
{
	if (config_read(config, o->config ? o->config : CONFIG_FILE, stderr))
		return EXIT_FAILURE;
	if (o->interface)
		snprintf(config->interface, sizeof(config->interface), "%s", o->interface);
	if (!o->tls || !strcmp(o->tls, "on"))
		return 0;
	if (strcmp(o->tls, "off"))
		return complain("--tls %s: say on or off", o->tls);
	if (!config->bench)
		return complain("--tls off: ISO 15118-20 is not spoken without TLS; on a bench, say \"bench: yes\" in the configuration");
	config->tls = false;
	return 0;
}

/* A configuration for another kind of connector would promise what is not there. */
static int check_supply(const struct config *config, const struct port *port)
{
	bool dc = port->info.supply == EVSE_SUPPLY_DC;

	if (config_is_dc(config) == dc)
		return 0;
	return complain("evse%u is a port for %s: say energy_transfer_mode: %s", port->id,
			dc ? "DC" : "AC", dc ? "bidirectional_dc" : "bidirectional_ac");
}

static int run_port(struct evsectl *e, const struct session_options *o,
		    const struct config *config, uint32_t id)
{
	struct server_options options = {
		.config = config,
		.lease_ms = o->lease_ms ? o->lease_ms : SERVER_LEASE_MS,
		.once = o->once,
	};
	struct trace trace;
	struct port port;
	int err;

	if (port_open(&port, id)) {
		complain("evse%u: %s", id, port.why);
		port_close(&port);
		return EXIT_FAILURE;
	}
	err = check_supply(config, &port);
	if (!err)
		err = open_trace(e, &trace, config);
	if (err) {
		port_close(&port);
		return err;
	}
	if (o->pcap) {
		options.capture = capture_open(o->pcap);
		if (!options.capture)
			err = complain("%s: %s", o->pcap, strerror(errno));
	}
	options.trace = &trace;
	if (!err)
		err = server_run(&options, &port) ? EXIT_FAILURE : 0;
	port_close(&port);
	capture_close(options.capture);
	trace_close(&trace);
	return err;
}

int session_run(struct evsectl *e, const struct session_options *options)
{
	struct config config;
	uint32_t id;
	int err;

	err = read_config(options, &config);
	if (err)
		return err;
	/* The port is the file's, unless -p names another. */
	if (!e->port)
		e->port = config.port;
	err = evsectl_port(e, &id);
	return err ? err : run_port(e, options, &config, id);
}
