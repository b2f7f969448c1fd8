/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kernel to talk to: takes the place of libevse's socket and answers as the
 * family does, from tables that a test fills in. It lives in shared memory, so
 * that a program run in a child of the test talks to the same one.
 */
#ifndef UNIT_FAKE_H
#define UNIT_FAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "../../tools/libevse/evse-client.h"

#define FAKE_ITEMS	4

/**
 * struct fake - the kernel
 * @absent: it has no such family
 * @ports: its ports
 * @n_ports: how many
 * @faults: the faults of port 0, and the catalogue
 * @n_faults: how many
 * @grids: what grid guards say, one for each port that has one
 * @n_grids: how many
 * @profiles: those that there are
 * @n_profiles: how many
 * @settings: lines of the profile in force, of port 0
 * @n_settings: how many
 * @n_ordered: pick-ups of so many of them must not increase
 * @got_setting: attributes of the last command on a line
 * @bridge: that of port 0; none when it has no attribute
 * @thermals: sensors, of port 0; no thermal guard without any
 * @n_thermals: how many
 * @heating_mc: the first is so much warmer at each reading of all
 * @thresholds: those of port 0; a sensor derates below the one at which it trips
 * @n_thresholds: how many
 * @setting_fails: so many thresholds are set, the next fails once with EIO
 * @thermal_events: states of the first sensor that a listener is told, after
 *	@grid_events
 * @n_thermal_events: how many
 * @grid_events: states of the grid that a listener is told of port 0, after
 *	@events
 * @n_grid_events: how many
 * @sample: what the meter says; no meter when it has no attribute
 * @refuse_cmd: a command that is refused
 * @refuse_err: with this errno
 * @refuse_text: and this sentence
 * @repeat: refusals repeat the whole request, as without NETLINK_CAP_ACK
 * @short_ack: acknowledgements are cut short
 * @noise: before each answer comes one to somebody else
 * @done_err: errno at the end of dumps, with @refuse_text
 * @interrupts: so many dumps are inconsistent
 * @renewals: so many renewals are accepted
 * @script: states of port 0 after energise and de-energise, one for each read
 * @n_script: how many
 * @at: which is next
 * @events: states that a listener is told of port 0
 * @n_events: how many
 * @no_guards: events have no guards
 * @lose: the first reading of events fails with ENOBUFS
 * @calls: how often a command came
 * @got: attributes of the last command on a port that was no reading
 * @got_fault: attributes of the last command on a fault
 * @nested: the nest of counters-set was marked as one
 */
struct fake {
	bool absent;
	struct evse_port_info ports[FAKE_ITEMS];
	uint32_t n_ports;
	struct evse_fault_info faults[FAKE_ITEMS];
	uint32_t n_faults;
	struct evse_grid_info grids[FAKE_ITEMS];
	uint32_t n_grids;
	struct evse_grid_info profiles[FAKE_ITEMS];
	uint32_t n_profiles;
	struct evse_grid_setting_info settings[EVSE_GRID_ELEMENTS];
	uint32_t n_settings;
	uint32_t n_ordered;
	struct evse_grid_setting_info got_setting;
	struct evse_bridge_info bridge;
	struct evse_thermal_info thermals[FAKE_ITEMS];
	uint32_t n_thermals;
	int32_t heating_mc;
	struct evse_thermal_setting_info thresholds[2 * FAKE_ITEMS];
	uint32_t n_thresholds;
	uint32_t setting_fails;
	uint32_t thermal_events[FAKE_ITEMS];
	uint32_t n_thermal_events;
	uint32_t grid_events[FAKE_ITEMS];
	uint32_t n_grid_events;
	struct evse_sample_info sample;
	uint8_t refuse_cmd;
	int refuse_err;
	char refuse_text[128];
	bool repeat;
	bool short_ack;
	bool noise;
	int done_err;
	int interrupts;
	uint32_t renewals;
	uint32_t script[FAKE_ITEMS];
	uint32_t n_script;
	uint32_t at;
	uint32_t events[FAKE_ITEMS];
	uint32_t n_events;
	bool no_guards;
	bool lose;
	uint32_t calls[EVSE_CMD_MAX + 1];
	struct evse_port_info got;
	struct evse_fault_info got_fault;
	bool nested;
};

extern struct fake *fake;

/* fake_grid() - give port 0 a grid guard and two profiles */
void fake_grid(void);

/* fake_bridge() - give port 0 a bridge, at rest */
void fake_bridge(void);

/* fake_thermal() - give port 0 a thermal guard of two sensors, both cool */
void fake_thermal(void);

/* fake_reset() - two ports, at rest, nothing refused */
void fake_reset(void);

#endif /* UNIT_FAKE_H */
