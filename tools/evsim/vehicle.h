/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The vehicle's side of ISO 15118-20, message by message: the mirror of
 * tools/secc/session.h. No sockets and no clock: a vehicle is given responses and the
 * time, and gives requests.
 */
#ifndef EVSIM_VEHICLE_H
#define EVSIM_VEHICLE_H

#include <stdbool.h>
#include <stdint.h>

#include "../secc/session.h"
#include "battery.h"

#define VEHICLE_SERVICES_MAX	4
#define VEHICLE_EVCCID_SIZE	64
#define VEHICLE_PLAN_MAX	128
#define VEHICLE_ROOM		16384
#define VEHICLE_WHY_SIZE	512

/**
 * struct vehicle_config - what a vehicle is
 * @evccid: what it calls itself
 * @service: services in the order that it likes them (enum service_id)
 * @n_service: how many
 * @control: who has to plan the power
 * @departure_s: when its driver leaves, from the beginning on
 * @battery: as it is at first
 */
struct vehicle_config {
	char evccid[VEHICLE_EVCCID_SIZE];
	uint16_t service[VEHICLE_SERVICES_MAX];
	unsigned int n_service;
	enum control_mode control;
	uint32_t departure_s;
	struct battery battery;
};

/**
 * enum vehicle_result - what is to be done
 * @VEHICLE_SEND: send the request, after vehicle_pace_ms()
 * @VEHICLE_DONE: the session has ended as the vehicle wanted: close the connection
 * @VEHICLE_FAILED: it has not, see struct vehicle.why: close the connection
 */
enum vehicle_result {
	VEHICLE_SEND,
	VEHICLE_DONE,
	VEHICLE_FAILED,
};

/**
 * enum vehicle_want - what comes after the charge loop; later ones override
 * @VEHICLE_CHARGES: nothing, it goes on
 * @VEHICLE_RENEGOTIATES: another schedule
 * @VEHICLE_RESELECTS: another service
 * @VEHICLE_PAUSES: a pause of the session
 * @VEHICLE_STOPS: the end
 */
enum vehicle_want {
	VEHICLE_CHARGES,
	VEHICLE_RENEGOTIATES,
	VEHICLE_RESELECTS,
	VEHICLE_PAUSES,
	VEHICLE_STOPS,
};

/**
 * struct vehicle_charger - what the charger said
 * @evse_id: EVSEID, cut where there is no room
 * @service: what it offers
 * @n_service: how many
 * @window: power that it can
 * @max_mv: its highest voltage (DC)
 * @max_ma: its highest charging current (DC)
 * @max_discharge_ma: its highest discharging current (DC)
 * @tuple: ScheduleTupleID of the schedule that is followed
 */
struct vehicle_charger {
	char evse_id[64];
	uint16_t service[8];
	unsigned int n_service;
	struct power_window window;
	int32_t max_mv;
	int32_t max_ma;
	int32_t max_discharge_ma;
	uint32_t tuple;
};

/**
 * struct vehicle - a vehicle
 * @config: has to last
 * @battery: as it is now
 * @want: enum vehicle_want; whoever runs the vehicle may raise it at any time
 * @resuming: it goes on with the session that was paused
 * @joined: the charger took that up
 * @paused: the session has ended in a pause
 * @told: last EVSENotification of this connection, negative for none
 * @id: of the session; zeros before there is one
 * @dc: the connector is a DC one
 * @choice: what was agreed on
 * @charger: what the charger said
 * @plan: power from moments in seconds since 1970 on (scheduled control mode)
 * @n_plan: how many
 * @asked: the request that was made last
 * @asked_ms: when
 * @since_ms: when the first of those that were repeated was made
 * @repeats: how often it was repeated
 * @progress: ChargeProgress of power delivery
 * @finished: EVProcessing of the request at hand
 * @closed: DC: the contactor was closed by a cable check
 * @pilot_c: it asks for power on the control pilot (state C, not B)
 * @began_ms: when it was first used, for the departure
 * @target_mw: power that it is to have, discharging negative
 * @present_mw: power that it has, discharging negative
 * @present_mv: DC: voltage at its inlet
 * @present_ma: DC: current, discharging negative
 * @measured: state of charge and, AC, power are what was measured, not what is reckoned
 * @flow_ms: until when energy was counted; 0 outside the charge loop
 * @now: when the response at hand is looked at
 * @why: a sentence about VEHICLE_FAILED; "" otherwise
 * @code: response code that failed it, or NULL
 * @room: for what requests point at
 * @used: bytes of @room
 */
struct vehicle {
	const struct vehicle_config *config;
	struct battery battery;
	enum vehicle_want want;
	bool resuming;
	bool joined;
	bool paused;
	int told;
	uint8_t id[SESSION_ID_SIZE];
	bool dc;
	struct session_choice choice;
	struct vehicle_charger charger;
	struct schedule_step plan[VEHICLE_PLAN_MAX];
	unsigned int n_plan;
	enum message_id asked;
	uint64_t asked_ms;
	uint64_t since_ms;
	unsigned int repeats;
	uint8_t progress;
	bool finished;
	bool closed;
	bool pilot_c;
	uint64_t began_ms;
	int32_t target_mw;
	int32_t present_mw;
	int32_t present_mv;
	int32_t present_ma;
	bool measured;
	uint64_t flow_ms;
	struct session_time now;
	char why[VEHICLE_WHY_SIZE];
	const char *code;
	_Alignas(8) uint8_t room[VEHICLE_ROOM];
	size_t used;
};

/**
 * vehicle_begin() - a vehicle as it comes
 * @vehicle: written here
 * @config: has to last
 */
void vehicle_begin(struct vehicle *vehicle, const struct vehicle_config *config);

/**
 * vehicle_first() - the first request on a new connection
 * @vehicle: the vehicle: new, or paused: then it resumes its session
 * @now: when
 * @request: set; what it points at is valid until the next call
 */
void vehicle_first(struct vehicle *vehicle, const struct session_time *now,
		   struct message *request);

/**
 * vehicle_next() - what follows a response
 * @vehicle: the vehicle
 * @now: when
 * @response: any message
 * @request: set for VEHICLE_SEND, as above
 *
 * Return: what is to be done.
 */
enum vehicle_result vehicle_next(struct vehicle *vehicle, const struct session_time *now,
				 const struct message *response, struct message *request);

/** vehicle_pace_ms() - how long to wait before the request is sent */
uint32_t vehicle_pace_ms(const struct vehicle *vehicle);

/** vehicle_timeout_ms() - how long the charger may take to answer what was sent */
uint32_t vehicle_timeout_ms(const struct vehicle *vehicle);

/** vehicle_overdue() - it took longer: VEHICLE_FAILED */
enum vehicle_result vehicle_overdue(struct vehicle *vehicle);

/** vehicle_is_loop() - is it a message of a charge loop? */
bool vehicle_is_loop(enum message_id id);

#endif /* EVSIM_VEHICLE_H */
