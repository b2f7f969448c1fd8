/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A port of the kernel, as a session's charger: its owner while the program runs. */
#ifndef SECC_PORT_H
#define SECC_PORT_H

#include "../libevse/evse-client.h"
#include "charger.h"
#include "trace.h"

/**
 * enum port_asked - what a session asks of a port
 * @PORT_LIMITS: the vehicle's limits
 * @PORT_ENERGISE: to close
 * @PORT_DE_ENERGISE: to open
 * @PORT_POWER: a power
 * @PORT_ASKED: how many
 */
enum port_asked {
	PORT_LIMITS,
	PORT_ENERGISE,
	PORT_DE_ENERGISE,
	PORT_POWER,
	PORT_ASKED,
};

/**
 * struct port - a port and who listens to it
 * @charger: what a session is given
 * @client: owns the port
 * @events: listens to the group "monitor"
 * @id: N of evseN
 * @lease_ms: lease in force; 0 while the port is not owned
 * @nominal_mhz: of the grid profile in force
 * @active_islanding: that profile shifts the frequency
 * @info: the port, as it was read last
 * @fault: the fault that is latched, as it was read last; code 0 for none
 * @why: the kernel's sentence about what was refused last
 * @trace: told what a session is refused
 * @told: errno of what was asked last, by enum port_asked; a refusal is told when it changes
 */
struct port {
	struct charger charger;
	struct evse_client *client;
	struct evse_client *events;
	uint32_t id;
	uint32_t lease_ms;
	uint32_t nominal_mhz;
	bool active_islanding;
	struct evse_port_info info;
	struct evse_fault_info fault;
	char why[EVSE_TEXT_SIZE];
	struct trace *trace;
	int told[PORT_ASKED];
};

/**
 * port_open() - begin; the port is not yet owned
 * @port: written here
 * @id: N of evseN
 *
 * Return: 0 or a negative errno, with @port->why.
 */
int port_open(struct port *port, uint32_t id);

/**
 * port_begin() - another vehicle's session
 * @port: the port
 * @trace: told what it is refused
 */
void port_begin(struct port *port, struct trace *trace);

/** port_close() - the end; the kernel ends the session, and the power with it */
void port_close(struct port *port);

/**
 * port_own() - own the port, and offer high-level communication on the pilot
 * @port: the port
 * @lease_ms: lease asked for; 0 for the kernel's own
 * @mode: direction that the configuration wants; a port that feeds a house keeps doing so
 *
 * Return: 0 or a negative errno, with @port->why.
 */
int port_own(struct port *port, uint32_t lease_ms, enum evse_mode mode);

/**
 * port_renew() - the lease's timer
 * @port: the port
 *
 * Return: 0, or a negative errno, with @port->why: the port is not owned any more.
 */
int port_renew(struct port *port);

/** port_events() - hand over what the kernel told; nothing is done but to read it */
void port_events(struct port *port);

#endif /* SECC_PORT_H */
