/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libevse: client of the generic netlink family "evse".
 *
 * A client is one netlink socket. The kernel binds a session to the socket
 * that opened it: a session lives at most as long as its client. Events are
 * best read by a client of their own, because a call drops the events that
 * arrive while it waits for its reply.
 *
 * Every function that returns int returns 0 or a negative errno, as the kernel
 * gave it; evse_client_error() then has the kernel's sentence.
 *
 * Power is signed: charging the vehicle is positive, discharging it negative.
 * A client is not to be used from two threads at once.
 */
#ifndef EVSE_CLIENT_H
#define EVSE_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/evse.h>

#include "evse-bridge.h"
#include "evse-grid.h"
#include "evse-record.h"
#include "evse-thermal.h"

#define EVSE_CLIENT_VERSION	"0.1"

/* Bounds that the netlink specification sets */
#define EVSE_LEASE_MIN_MS	100
#define EVSE_LEASE_MAX_MS	10000
#define EVSE_LEASE_DEFAULT_MS	500
#define EVSE_DEADLINE_MAX_MS	30000

/* Entries of the lists of a port */
#define EVSE_GUARDS_MAX		32
#define EVSE_LIMITERS_MAX	48
#define EVSE_CONTACTS_MAX	16

/**
 * struct evse_guard_info - a guard
 * @has: attributes present, see evse_has()
 * @name: its name
 * @state: enum evse_guard_state
 * @scope: enum evse_scope bits
 * @code: fault that it trips with, or that holds it
 */
struct evse_guard_info {
	uint64_t has;
	char name[EVSE_NAME_SIZE];
	uint32_t state;
	uint32_t scope;
	uint32_t code;
};

/**
 * struct evse_limiter_info - a limiter of the arbitration
 * @has: attributes present
 * @name: its name
 * @min_mw: lowest power that it allows
 * @max_mw: highest power that it allows
 */
struct evse_limiter_info {
	uint64_t has;
	char name[EVSE_NAME_SIZE];
	int32_t min_mw;
	int32_t max_mw;
};

/**
 * struct evse_contact_info - a contact
 * @has: attributes present
 * @name: its name
 * @commanded: its coil is energised
 * @closed: its auxiliary contact says closed
 */
struct evse_contact_info {
	uint64_t has;
	char name[EVSE_NAME_SIZE];
	uint8_t commanded;
	uint8_t closed;
};

/**
 * struct evse_counters_info - wear counters
 * @has: attributes present
 * @matings: times a vehicle was plugged in
 * @cycles: contactor closings
 * @loaded_openings: openings under load
 * @trips: trips
 * @energy_import_mwh: energy charged
 * @energy_export_mwh: energy discharged
 * @cleaned: matings when the pins were cleaned last
 */
struct evse_counters_info {
	uint64_t has;
	uint64_t matings;
	uint64_t cycles;
	uint64_t loaded_openings;
	uint64_t trips;
	uint64_t energy_import_mwh;
	uint64_t energy_export_mwh;
	uint64_t cleaned;
};

/**
 * struct evse_port_info - a port; members are the attributes of the netlink
 * specification
 * @has: attributes present
 * @id: N in evseN
 * @name: its name
 * @state: enum evse_port_state
 * @mode: enum evse_mode
 * @vehicle: enum evse_pilot_state
 * @lock: enum evse_lock_state
 * @request_mw: power asked for
 * @effective_mw: power after arbitration
 * @limiter: what limits the request; absent when nothing does
 * @min_mw: configured lower bound
 * @max_mw: configured upper bound
 * @rated_min_mw: rated export, zero or negative
 * @rated_max_mw: rated import
 * @basic: charges by basic signalling, without a session
 * @cable_ma: rating of the cable; absent when it is not coded
 * @pilot_output: enum evse_pilot_output
 * @pilot_ma: current that the pilot states
 * @duty_permyriad: duty cycle on the pilot
 * @guards: the guards
 * @n_guards: how many
 * @limiters: the limiters
 * @n_limiters: how many
 * @contacts: the contacts
 * @n_contacts: how many
 * @counters: wear counters
 * @fault_code: first latched fault, zero for none
 * @fault_count: how many faults are latched or active
 * @session_port: netlink port id of the session's owner; absent without one
 * @session_shared: CAP_NET_ADMIN processes may drive the port
 * @lease_ms: lease of the session
 * @deadline_ms: setpoint deadline
 * @stage: the port has a power stage
 * @locked: connector to be locked (requests only)
 * @bpt: bidirectional power transfer negotiated
 * @zero_energy: contacts open, gates off, connector and DC link below 60 V
 * @link_mv: voltage of the DC link; absent when it is not measured
 * @waiting_for: child of the device tree that is not bound; unready ports only
 * @update_locked: locked for a firmware update
 * @supply: enum evse_supply
 * @phases: phases at an AC connector; 1 at a DC connector
 * @rated_mv: nominal voltage, phase to neutral for AC, highest for DC
 * @rated_ma: highest charging current of each phase
 * @rated_export_ma: highest discharging current of each phase; 0 for a port that
 *	only charges
 */
struct evse_port_info {
	uint64_t has;
	uint32_t id;
	char name[EVSE_NAME_SIZE];
	uint32_t state;
	uint32_t mode;
	uint32_t vehicle;
	uint32_t lock;
	int32_t request_mw;
	int32_t effective_mw;
	char limiter[EVSE_NAME_SIZE];
	int32_t min_mw;
	int32_t max_mw;
	int32_t rated_min_mw;
	int32_t rated_max_mw;
	uint8_t basic;
	uint32_t cable_ma;
	uint32_t pilot_output;
	uint32_t pilot_ma;
	uint32_t duty_permyriad;
	struct evse_guard_info guards[EVSE_GUARDS_MAX];
	unsigned int n_guards;
	struct evse_limiter_info limiters[EVSE_LIMITERS_MAX];
	unsigned int n_limiters;
	struct evse_contact_info contacts[EVSE_CONTACTS_MAX];
	unsigned int n_contacts;
	struct evse_counters_info counters;
	uint32_t fault_code;
	uint32_t fault_count;
	uint32_t session_port;
	uint8_t session_shared;
	uint32_t lease_ms;
	uint32_t deadline_ms;
	uint8_t stage;
	uint8_t locked;
	uint8_t bpt;
	uint8_t zero_energy;
	int32_t link_mv;
	char waiting_for[EVSE_TEXT_SIZE];
	uint8_t update_locked;
	uint32_t supply;
	uint32_t phases;
	uint32_t rated_mv;
	uint32_t rated_ma;
	uint32_t rated_export_ma;
};

/**
 * struct evse_fault_info - a fault, or a line of the catalogue
 * @has: attributes present
 * @port: id of the port
 * @code: stable code
 * @name: its name
 * @text: what it means
 * @severity: enum evse_fault_severity
 * @policy: enum evse_fault_policy
 * @active: the cause stands
 * @latched: until cleared
 * @first: the first cause
 * @source: what saw it
 * @count: times it was latched since load
 * @value: value that goes with it
 * @bound: clear is refused until the value is below this
 * @retries_left: automatic retries left
 * @retry_in_ms: time until the latch ends by itself
 * @edge_ns: when the cause was seen, CLOCK_MONOTONIC
 * @gates_off_ns: when the gates were commanded off
 * @coil_off_ns: when the coils were commanded off
 * @contact_open_ns: when the contacts were confirmed open
 * @thread_ns: when the port's thread took it up
 * @told_ns: when listeners were told first
 * @mrec: minimum required error code of ChargeX, 0 for none
 * @raisable: user space may raise it
 */
struct evse_fault_info {
	uint64_t has;
	uint32_t port;
	uint32_t code;
	char name[EVSE_NAME_SIZE];
	char text[EVSE_TEXT_SIZE];
	uint32_t severity;
	uint32_t policy;
	uint8_t active;
	uint8_t latched;
	uint8_t first;
	char source[EVSE_TEXT_SIZE];
	uint32_t count;
	int32_t value;
	int32_t bound;
	uint32_t retries_left;
	uint32_t retry_in_ms;
	uint64_t edge_ns;
	uint64_t gates_off_ns;
	uint64_t coil_off_ns;
	uint64_t contact_open_ns;
	uint64_t thread_ns;
	uint64_t told_ns;
	uint32_t mrec;
	uint8_t raisable;
};

/**
 * struct evse_sample_info - measured values
 * @has: attributes present
 * @port: id of the port
 * @time_ns: CLOCK_MONOTONIC
 * @voltage_mv: voltage at the output
 * @current_ma: current, positive charging
 * @power_mw: power, positive charging
 */
struct evse_sample_info {
	uint64_t has;
	uint32_t port;
	uint64_t time_ns;
	int32_t voltage_mv;
	int32_t current_ma;
	int32_t power_mw;
};

struct evse_client;

/**
 * evse_client_open() - open a socket and find the family
 * @client: the client is written here
 *
 * The kernel is asked to load the module of the family if it is missing.
 *
 * Return: 0, -ENOENT when the kernel has no such family, or another negative
 * errno.
 */
int evse_client_open(struct evse_client **client);

/**
 * evse_client_close() - close the socket; a session that it owns ends
 * @client: the client, or NULL
 */
void evse_client_close(struct evse_client *client);

/**
 * evse_client_error() - the kernel's sentence about the last call
 * @client: the client
 *
 * Return: the sentence, the text of errno when the kernel gave none; "" when
 * the call succeeded without remark. Valid until the next call.
 */
const char *evse_client_error(const struct evse_client *client);

/**
 * evse_client_id() - netlink port id, to recognise an own session
 * @client: the client
 *
 * Return: the id.
 */
uint32_t evse_client_id(const struct evse_client *client);

/**
 * evse_client_fd() - file descriptor to poll for events
 * @client: the client
 *
 * Return: the descriptor; it belongs to @client.
 */
int evse_client_fd(const struct evse_client *client);

/**
 * evse_port_get() - read one port
 * @client: the client
 * @id: the port
 * @port: written here
 *
 * Return: 0 or a negative errno.
 */
int evse_port_get(struct evse_client *client, uint32_t id,
		  struct evse_port_info *port);

/**
 * evse_port_list() - read all ports
 * @client: the client
 * @ports: an array is written here, to be freed with free()
 * @count: its length is written here
 *
 * Return: 0 or a negative errno.
 */
int evse_port_list(struct evse_client *client, struct evse_port_info **ports,
		   size_t *count);

/**
 * evse_port_set() - set what persists without a session
 * @client: the client
 * @id: the port
 * @config: of these, mode, min_mw, max_mw and basic that @config->has names
 *
 * Return: 0 or a negative errno.
 */
int evse_port_set(struct evse_client *client, uint32_t id,
		  const struct evse_port_info *config);

/**
 * evse_session_open() - own a port
 * @client: the client; the session belongs to its socket
 * @id: the port
 * @lease_ms: lease, EVSE_LEASE_MIN_MS to EVSE_LEASE_MAX_MS; 0 for the kernel's
 *	own
 * @shared: other CAP_NET_ADMIN processes may drive the port
 * @granted_ms: the lease in force is written here; may be NULL
 *
 * Return: 0 or a negative errno.
 */
int evse_session_open(struct evse_client *client, uint32_t id,
		      uint32_t lease_ms, bool shared, uint32_t *granted_ms);

/**
 * evse_session_renew() - start the lease again
 * @client: the owner
 * @id: the port
 *
 * Return: 0 or a negative errno.
 */
int evse_session_renew(struct evse_client *client, uint32_t id);

/**
 * evse_session_close() - end the session
 * @client: the owner
 * @id: the port
 *
 * Return: 0 or a negative errno.
 */
int evse_session_close(struct evse_client *client, uint32_t id);

/**
 * evse_energise() - lock, close and enable power flow
 * @client: the client
 * @id: the port
 *
 * Returns when the kernel has accepted; the sequence goes on by itself.
 *
 * Return: 0 or a negative errno.
 */
int evse_energise(struct evse_client *client, uint32_t id);

/**
 * evse_de_energise() - controlled stop and open
 * @client: the client
 * @id: the port
 *
 * Return: 0 or a negative errno.
 */
int evse_de_energise(struct evse_client *client, uint32_t id);

/**
 * evse_power_set() - absolute power setpoint
 * @client: the client
 * @id: the port
 * @power_mw: the setpoint
 * @deadline_ms: power ends unless the next setpoint arrives in time; 0 disarms;
 *	negative leaves the deadline out of the message
 * @result: request_mw, effective_mw and limiter are written here; may be NULL
 *
 * Return: 0 or a negative errno.
 */
int evse_power_set(struct evse_client *client, uint32_t id, int32_t power_mw,
		   int32_t deadline_ms, struct evse_port_info *result);

/**
 * evse_vehicle_limits_set() - limits that the vehicle negotiated
 * @client: the client
 * @id: the port
 * @min_mw: most discharge, zero or negative
 * @max_mw: most charge
 * @bpt: bidirectional power transfer was negotiated
 *
 * Return: 0 or a negative errno.
 */
int evse_vehicle_limits_set(struct evse_client *client, uint32_t id,
			    int32_t min_mw, int32_t max_mw, bool bpt);

/**
 * evse_pilot_set() - command the control pilot
 * @client: the client
 * @id: the port
 * @output: the output
 * @current_ma: the current to state, with EVSE_PILOT_OUTPUT_CURRENT
 *
 * Return: 0 or a negative errno.
 */
int evse_pilot_set(struct evse_client *client, uint32_t id,
		   enum evse_pilot_output output, uint32_t current_ma);

/**
 * evse_lock_set() - lock or unlock the connector of a de-energised port
 * @client: the client
 * @id: the port
 * @locked: lock it
 *
 * Return: 0 or a negative errno.
 */
int evse_lock_set(struct evse_client *client, uint32_t id, bool locked);

/**
 * evse_update_lock_set() - lock a de-energised port for a firmware update
 * @client: the client
 * @id: the port
 * @locked: lock it; false ends the lock
 *
 * Return: 0 or a negative errno.
 */
int evse_update_lock_set(struct evse_client *client, uint32_t id, bool locked);

/**
 * evse_counters_set() - restore wear counters
 * @client: the client
 * @id: the port
 * @counters: those that @counters->has names
 *
 * Return: 0 or a negative errno.
 */
int evse_counters_set(struct evse_client *client, uint32_t id,
		      const struct evse_counters_info *counters);

/**
 * evse_fault_get() - read one fault
 * @client: the client
 * @id: the port
 * @code: the fault
 * @fault: written here
 *
 * Return: 0 or a negative errno.
 */
int evse_fault_get(struct evse_client *client, uint32_t id, uint32_t code,
		   struct evse_fault_info *fault);

/**
 * evse_fault_list() - faults that are latched or active
 * @client: the client
 * @id: the port, NULL for all
 * @faults: an array is written here, to be freed with free()
 * @count: its length is written here
 *
 * Return: 0 or a negative errno.
 */
int evse_fault_list(struct evse_client *client, const uint32_t *id,
		    struct evse_fault_info **faults, size_t *count);

/**
 * evse_fault_clear() - clear one fault or all
 * @client: the client
 * @id: the port
 * @code: the fault, NULL for all
 *
 * Return: 0 or a negative errno.
 */
int evse_fault_clear(struct evse_client *client, uint32_t id,
		     const uint32_t *code);

/**
 * evse_fault_raise() - raise a fault that user space may raise
 * @client: the client
 * @id: the port
 * @code: the fault
 * @value: value that goes with it, NULL for none
 *
 * Return: 0 or a negative errno.
 */
int evse_fault_raise(struct evse_client *client, uint32_t id, uint32_t code,
		     const int32_t *value);

/**
 * evse_catalogue_list() - the fault catalogue
 * @client: the client
 * @faults: an array is written here, to be freed with free()
 * @count: its length is written here
 *
 * Return: 0 or a negative errno.
 */
int evse_catalogue_list(struct evse_client *client,
			struct evse_fault_info **faults, size_t *count);

/**
 * evse_meter_get() - measure now
 * @client: the client
 * @id: the port
 * @sample: written here
 *
 * Return: 0 or a negative errno.
 */
int evse_meter_get(struct evse_client *client, uint32_t id,
		   struct evse_sample_info *sample);

/**
 * struct evse_event - what the kernel told its listeners
 * @cmd: EVSE_CMD_PORT_NTF, EVSE_CMD_FAULT_NTF, EVSE_CMD_METER_NTF,
 *	EVSE_CMD_GRID_NTF or EVSE_CMD_THERMAL_NTF
 * @record: table of the member that is filled
 * @port: a port changed
 * @fault: a fault was latched, changed or ended
 * @sample: a sample
 * @grid: the state of a grid guard changed
 * @thermal: the state of a temperature sensor changed, or its limit
 */
struct evse_event {
	uint8_t cmd;
	const struct evse_record *record;
	union {
		struct evse_port_info port;
		struct evse_fault_info fault;
		struct evse_sample_info sample;
		struct evse_grid_info grid;
		struct evse_thermal_info thermal;
	};
};

/**
 * evse_event_port() - id of the port that an event is about
 * @event: the event
 *
 * Return: the id.
 */
uint32_t evse_event_port(const struct evse_event *event);

/**
 * evse_client_subscribe() - listen to a group
 * @client: the client
 * @group: EVSE_MCGRP_MONITOR or EVSE_MCGRP_METER
 *
 * Return: 0 or a negative errno.
 */
int evse_client_subscribe(struct evse_client *client, const char *group);

/**
 * evse_client_read_events() - hand over the events that have arrived
 * @client: the client
 * @fn: called for each; a negative return ends the reading and is passed on
 * @arg: handed to @fn
 *
 * Never waits: poll evse_client_fd() first.
 *
 * Return: 0, -ENOBUFS when events were lost (read the ports anew, and go on),
 * or another negative errno.
 */
int evse_client_read_events(struct evse_client *client,
			    int (*fn)(const struct evse_event *event,
				      void *arg),
			    void *arg);

#endif /* EVSE_CLIENT_H */
