/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The charger, one vehicle after the other: discovery, connections, the port's lease. */
#ifndef SECC_SERVER_H
#define SECC_SERVER_H

#include "config.h"
#include "port.h"
#include "trace.h"

/*
 * Long enough for a handshake on a slow processor, which keeps the one thread that there
 * is. In a charge loop the port waits no longer than SESSION_DEADLINE_MS.
 */
#define SERVER_LEASE_MS		2000

/**
 * struct server_options - how a charger runs
 * @config: the configuration
 * @lease_ms: lease to ask for
 * @once: end after one vehicle
 * @trace: where lines go
 * @capture: captured messages, or NULL
 */
struct server_options {
	const struct config *config;
	uint32_t lease_ms;
	bool once;
	struct trace *trace;
	struct capture *capture;
};

/**
 * server_run() - serve vehicles until SIGINT or SIGTERM
 * @options: how
 * @port: opened, not yet owned
 *
 * SIGHUP opens the log anew. A service manager that the environment names is told when
 * vehicles can come, and that the loop is alive.
 *
 * Return: 0, or a negative errno after a line in the trace.
 */
int server_run(const struct server_options *options, struct port *port);

#endif /* SECC_SERVER_H */
