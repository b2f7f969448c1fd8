/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A simulated vehicle and the charger's side of a session, message by message: each is
 * encoded and decoded on its way, as on a wire that takes no time.
 */
#ifndef UNIT_VEHICLE_BENCH_H
#define UNIT_VEHICLE_BENCH_H

#include "../../tools/evsim/phase.h"
#include "../../tools/evsim/script.h"
#include "charger_fake.h"

/* When it is */
#define START_S		1795232035

/* Requests of a session until a service is selected */
#define BENCH_SETUP	"supportedAppProtocolReq SessionSetupReq AuthorizationSetupReq " \
		"AuthorizationReq ServiceDiscoveryReq ServiceDetailReq ServiceSelectionReq "

#define BENCH_SERVICES	4
#define BENCH_CONTROLS	2

/**
 * struct bench - a vehicle and a charger
 * @scenario: what the vehicle is and does
 * @config: what the charger is
 * @fake: its port
 * @pause: what a session before left
 * @seen: called with each message on its way
 * @flowed: least and most power of the port
 * @now: the time
 * @script: where in the scenario it is
 * @code: last failure's name, or ""
 * @closed_by: who ended it: "vehicle", "charger" or "silence"
 * @wire: names of the requests, the repeated ones once
 * @fault_at: number of the loop's request that finds a fault; 0 for none
 * @passes: that fault ends by itself
 * @loops: requests of the charge loop
 * @joined: sessions that were resumed
 * @off_pilot: state C was there too early, or too late
 */
struct bench {
	struct scenario scenario;
	struct config config;
	struct charger_fake fake;
	struct session_pause pause;
	struct session_time now;
	struct script script;
	void (*seen)(struct bench *b, const struct message *message);
	struct power_window flowed;
	const char *code;
	const char *closed_by;
	char wire[2048];
	unsigned int fault_at;
	bool passes;
	unsigned int loops;
	unsigned int joined;
	bool off_pilot;
};

/**
 * struct bench_service - a service
 * @service: its number
 * @name: "AC"
 * @wire: requests of a whole session of it, as in struct bench
 */
struct bench_service {
	uint16_t service;
	const char *name;
	const char *wire;
};

/**
 * struct bench_control - a control mode
 * @control: itself
 * @name: "scheduled"
 */
struct bench_control {
	enum control_mode control;
	const char *name;
};

extern const struct bench_service services[BENCH_SERVICES];
extern const struct bench_control controls[BENCH_CONTROLS];

#define EACH_SESSION(i, j) \
	for (i = 0; i < BENCH_SERVICES; i++) \
		for (j = 0; j < BENCH_CONTROLS; j++)

/* The charger's side and the vehicle of the bench that is driven */
extern struct session charger;
extern struct vehicle v;

/* set_up() - a bench for a service, with a loop of two seconds */
void set_up(struct bench *b, uint16_t service, enum control_mode control);

/* connect_once() - one connection, its session with this id */
enum vehicle_result connect_once(struct bench *b, uint8_t id);

/* drive() - a whole scenario; true when it ended as it says */
bool drive(struct bench *b);

/* is_open() - is the port open, without power? */
bool is_open(const struct bench *b);

#endif /* UNIT_VEHICLE_BENCH_H */
