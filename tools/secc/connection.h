/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One vehicle's connection: its link, its session, and how long it may take. */
#ifndef SECC_CONNECTION_H
#define SECC_CONNECTION_H

#include "charger.h"
#include "link.h"
#include "session.h"
#include "trace.h"

/* For what a request is decoded to */
#define CONNECTION_ROOM		65536

/**
 * enum connection_state - what a connection does
 * @CONNECTION_ACTIVE: messages are exchanged
 * @CONNECTION_LEAVING: the last response is sent; the vehicle closes
 * @CONNECTION_OVER: to be ended
 */
enum connection_state {
	CONNECTION_ACTIVE,
	CONNECTION_LEAVING,
	CONNECTION_OVER,
};

/**
 * struct connection - a vehicle's connection
 * @link: its link
 * @session: its session
 * @trace: where lines go
 * @capture: captured messages, or NULL
 * @state: enum connection_state
 * @open: TLS, if any, and TCP are there
 * @until_ms: when the vehicle has been silent for too long
 * @asked_ns: when the request at hand was there; 0 without one
 * @request: the request at hand
 * @step: of the port, as it was told last
 * @told_mw: power that was told last
 * @denied: the vehicle's certificate was refused
 * @memory: of the request
 * @out: of the response
 */
struct connection {
	struct link *link;
	struct session session;
	struct trace *trace;
	struct capture *capture;
	enum connection_state state;
	bool open;
	uint64_t until_ms;
	uint64_t asked_ns;
	struct message request;
	enum charger_step step;
	int32_t told_mw;
	bool denied;
	_Alignas(8) uint8_t memory[CONNECTION_ROOM];
	uint8_t out[V2GTP_HEADER + LINK_MESSAGE_MAX];
};

/**
 * connection_begin() - a vehicle has connected
 * @c: written here
 * @link: belongs to the connection from now on
 * @config: has to last
 * @charger: has to last
 * @pause: what the vehicle before left
 * @trace: where lines go
 * @capture: or NULL
 */
void connection_begin(struct connection *c, struct link *link, const struct config *config,
		      struct charger *charger, struct session_pause *pause,
		      struct trace *trace, struct capture *capture);

/**
 * connection_work() - do what there is to do
 * @c: the connection
 *
 * After poll(), when connection_timeout_ms() is over, and when the port has changed.
 */
void connection_work(struct connection *c);

/**
 * connection_timeout_ms() - how long poll() may wait
 * @c: the connection
 */
int connection_timeout_ms(const struct connection *c);

/**
 * connection_end() - power ends, the contactor opens, the link is closed
 * @c: the connection
 */
void connection_end(struct connection *c);

#endif /* SECC_CONNECTION_H */
