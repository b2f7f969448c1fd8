// SPDX-License-Identifier: GPL-2.0-or-later
/* The client library against the fake kernel. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "test.h"

static struct evse_client *client;

static void begin(void)
{
	fake_reset();
	client = NULL;
	if (evse_client_open(&client))
		check(false, "client: open");
}

static void end(void)
{
	evse_client_close(client);
}

static void test_open(void)
{
	struct evse_client *none = NULL;

	fake_reset();
	fake->absent = true;
	check(evse_client_open(&none) == -ENOENT && !none,
	      "client: no such family");
	fake_reset();
	fake->short_ack = true;
	check(evse_client_open(&none) == -EBADMSG && !none,
	      "client: an acknowledgement cut short");
	fake_reset();
	fake->noise = true;
	check(!evse_client_open(&none) && none,
	      "client: answers to others are skipped");
	evse_client_close(none);
}

static void test_read(void)
{
	struct evse_port_info port, *ports = NULL;
	struct evse_fault_info *faults = NULL;
	struct evse_sample_info sample;
	size_t count = 0;

	begin();
	fake->ports[1].supply = EVSE_SUPPLY_DC;
	fake->ports[1].phases = 1;
	fake->ports[1].rated_mv = 500000;
	fake->ports[1].rated_ma = 40000;
	fake->ports[1].rated_export_ma = 20000;
	check(!evse_port_list(client, &ports, &count) && count == 2 &&
	      ports[1].id == 1 && ports[1].rated_min_mw == -22000000,
	      "client: list of ports");
	check(ports[0].supply == EVSE_SUPPLY_AC && ports[0].phases == 3 &&
	      ports[1].supply == EVSE_SUPPLY_DC && ports[1].phases == 1 &&
	      ports[1].rated_mv == 500000 && ports[1].rated_ma == 40000 &&
	      ports[1].rated_export_ma == 20000,
	      "client: what their connectors are rated for");
	free(ports);
	check(!evse_port_get(client, 1, &port) && port.id == 1 &&
	      !strcmp(port.guards[0].name, "grid"), "client: one port");
	check(evse_port_get(client, 9, &port) == -ENODEV,
	      "client: errno as the kernel gave it");
	check_text(evse_client_error(client), "no such port",
		   "client: its sentence");
	check(!evse_port_get(client, 0, &port) && !*evse_client_error(client),
	      "client: no sentence after a success");
	check(evse_meter_get(client, 0, &sample) == -EOPNOTSUPP,
	      "client: no meter");
	check_text(evse_client_error(client), strerror(EOPNOTSUPP),
		   "client: errno's text without a sentence");

	fake->n_ports = 0;
	check(!evse_port_list(client, &ports, &count) && !count,
	      "client: no ports");
	free(ports);
	fake->n_ports = 2;
	fake->interrupts = 2;
	check(!evse_port_list(client, &ports, &count) && count == 2 &&
	      !fake->interrupts, "client: an inconsistent list is read again");
	free(ports);
	fake->interrupts = 1000;
	check(evse_port_list(client, &ports, &count) == -EINTR,
	      "client: not for ever");
	fake->interrupts = 0;
	fake->done_err = EIO;
	strcpy(fake->refuse_text, "the list broke off");
	check(evse_port_list(client, &ports, &count) == -EIO,
	      "client: an error at the end of a list");
	check_text(evse_client_error(client), "the list broke off",
		   "client: the sentence at the end of a list");
	fake->done_err = 0;
	fake->n_faults = 1;
	check(!evse_fault_list(client, &(uint32_t){ 1 }, &faults, &count) &&
	      count == 1 && fake->got_fault.port == 1 &&
	      evse_has(&fake->got_fault, EVSE_A_FAULT_PORT),
	      "client: faults of a port");
	free(faults);
	check(!evse_fault_list(client, NULL, &faults, &count) &&
	      !fake->got_fault.has, "client: faults of all ports");
	free(faults);
	end();
}

static void test_refusals(void)
{
	int repeat;

	for (repeat = 0; repeat < 2; repeat++) {
		begin();
		fake->repeat = repeat;
		fake->refuse_cmd = EVSE_CMD_POWER_SET;
		fake->refuse_err = ERANGE;
		strcpy(fake->refuse_text, "mode charge has no discharge");
		check(evse_power_set(client, 0, -1, -1, NULL) == -ERANGE,
		      "client: a refusal, request %s",
		      repeat ? "repeated" : "left out");
		check_text(evse_client_error(client),
			   "mode charge has no discharge",
			   "client: its sentence, request %s",
			   repeat ? "repeated" : "left out");
		end();
	}
	begin();
	fake->refuse_cmd = EVSE_CMD_ENERGISE;
	strcpy(fake->refuse_text, "already so");
	check(!evse_energise(client, 0), "client: a remark is no refusal");
	check_text(evse_client_error(client), "already so",
		   "client: the remark");
	end();
}

static void test_commands(void)
{
	struct evse_port_info port = { .min_mw = -5, .basic = 1 };
	struct evse_counters_info counters = { .trips = 7 };
	uint32_t lease = 0, code = 0x20;

	begin();
	check(!evse_power_set(client, 0, -20000000, -1, &port) &&
	      fake->got.request_mw == -20000000 &&
	      !evse_has(&fake->got, EVSE_A_PORT_DEADLINE_MS),
	      "client: power without a deadline");
	check(port.effective_mw == -11000000 &&
	      !strcmp(port.limiter, "configuration"),
	      "client: power, what came of it");
	check(!evse_power_set(client, 0, 0, 600, NULL) &&
	      fake->got.deadline_ms == 600, "client: power with a deadline");

	port = (struct evse_port_info){ .min_mw = -5, .basic = 1 };
	port.has = 1ULL << EVSE_A_PORT_MIN_MW;
	check(!evse_port_set(client, 1, &port) &&
	      fake->got.has == (1ULL << EVSE_A_PORT_ID |
				1ULL << EVSE_A_PORT_MIN_MW) &&
	      fake->ports[1].min_mw == -5,
	      "client: a setting sets what it names");

	check(!evse_session_open(client, 0, 0, true, &lease) &&
	      lease == EVSE_LEASE_DEFAULT_MS &&
	      !evse_has(&fake->got, EVSE_A_PORT_LEASE_MS) &&
	      fake->got.session_shared == 1, "client: a shared session");
	check(fake->ports[0].session_port == evse_client_id(client),
	      "client: the session is its socket's");
	check(!evse_session_open(client, 0, 900, false, &lease) &&
	      lease == 900 && !fake->got.session_shared,
	      "client: an exclusive session");

	counters.has = 1ULL << EVSE_A_COUNTERS_TRIPS;
	check(!evse_counters_set(client, 0, &counters) && fake->nested &&
	      fake->got.counters.trips == 7 &&
	      fake->got.counters.has == counters.has,
	      "client: counters, in a nest that says so");

	check(!evse_pilot_set(client, 0, EVSE_PILOT_OUTPUT_HLC, 16000) &&
	      !evse_has(&fake->got, EVSE_A_PORT_PILOT_MA) &&
	      !evse_pilot_set(client, 0, EVSE_PILOT_OUTPUT_CURRENT, 16000) &&
	      fake->got.pilot_ma == 16000, "client: the pilot");
	check(!evse_lock_set(client, 0, false) &&
	      evse_has(&fake->got, EVSE_A_PORT_LOCKED) && !fake->got.locked,
	      "client: the lock");
	check(!evse_update_lock_set(client, 0, true) &&
	      evse_has(&fake->got, EVSE_A_PORT_UPDATE_LOCKED) &&
	      fake->got.update_locked == 1, "client: the lock for updates");
	check(!evse_vehicle_limits_set(client, 0, -7, 8, true) &&
	      fake->got.min_mw == -7 && fake->got.max_mw == 8 &&
	      fake->got.bpt == 1, "client: the vehicle's limits");
	check(!evse_fault_clear(client, 0, &code) &&
	      fake->got_fault.code == 0x20 &&
	      !evse_fault_clear(client, 0, NULL) &&
	      !evse_has(&fake->got_fault, EVSE_A_FAULT_CODE),
	      "client: one fault is cleared, or all");
	end();
}

static int remember(const struct evse_event *event, void *arg)
{
	uint32_t **next = arg;

	if (event->cmd == EVSE_CMD_PORT_NTF && !evse_event_port(event))
		*(*next)++ = event->port.state;
	return 0;
}

static int stop_at_once(const struct evse_event *event, void *arg)
{
	(void)event;
	(void)arg;
	return -ECANCELED;
}

static void test_events(void)
{
	uint32_t seen[8] = { 0 }, *next = seen;

	begin();
	fake->n_events = 2;
	fake->events[0] = EVSE_PORT_STATE_CLOSING;
	fake->events[1] = EVSE_PORT_STATE_ENERGISED;
	fake->lose = true;
	check(evse_client_subscribe(client, "nix") == -ENOENT,
	      "client: no such group");
	check(!evse_client_subscribe(client, EVSE_MCGRP_METER) &&
	      !evse_client_subscribe(client, EVSE_MCGRP_MONITOR),
	      "client: listen");
	check(evse_client_read_events(client, remember, &next) == -ENOBUFS,
	      "client: lost events are told");
	check(!evse_client_read_events(client, remember, &next) &&
	      next == seen + 2 && seen[1] == EVSE_PORT_STATE_ENERGISED,
	      "client: events, in their order");
	check(!evse_client_read_events(client, remember, &next) &&
	      next == seen + 2, "client: no more events");
	fake->n_events = 3;
	check(evse_client_read_events(client, stop_at_once, NULL) == -ECANCELED,
	      "client: the reader may stop");
	end();
}

void test_client(void)
{
	test_open();
	test_read();
	test_refusals();
	test_commands();
	test_events();
}
