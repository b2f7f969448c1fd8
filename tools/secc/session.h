/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The charger's side of ISO 15118-20, message by message. No sockets and no clock: a
 * session is given requests and the time, and gives responses. It reaches the port by
 * the operations of struct charger.
 */
#ifndef SECC_SESSION_H
#define SECC_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "charger.h"
#include "config.h"
#include "link.h"
#include "message.h"

#define SESSION_ID_SIZE		8
#define SESSION_EVCCID_SIZE	256

/* Silence that ends a session: in a charge loop, and everywhere else */
#define SESSION_LOOP_TIMEOUT_MS	500
#define SESSION_TIMEOUT_MS	60000

/*
 * What the kernel waits for the next setpoint: longer than the session waits for the
 * next request, so that silence is the session's to end, in an orderly way.
 */
#define SESSION_DEADLINE_MS	1000

/* How long an answer may wait for the port (V2G_SECC_Msg_Performance_Time is 1.5 s) */
#define SESSION_WAIT_MS		1400

/**
 * enum session_phase - which requests may come
 * @PHASE_PROTOCOL: supportedAppProtocol
 * @PHASE_SETUP: SessionSetup
 * @PHASE_AUTHORIZATION_SETUP: AuthorizationSetup
 * @PHASE_AUTHORIZATION: Authorization
 * @PHASE_DISCOVERY: ServiceDiscovery
 * @PHASE_SELECTION: ServiceDetail, ServiceSelection
 * @PHASE_PARAMETERS: ChargeParameterDiscovery
 * @PHASE_SCHEDULE: ScheduleExchange
 * @PHASE_CABLE_CHECK: CableCheck (DC)
 * @PHASE_PRE_CHARGE: PreCharge (DC)
 * @PHASE_DELIVERY: PowerDelivery that starts
 * @PHASE_LOOP: ChargeLoop
 * @PHASE_STOPPED: power was ended; WeldingDetection (DC)
 * @PHASE_END: nothing more
 */
enum session_phase {
	PHASE_PROTOCOL,
	PHASE_SETUP,
	PHASE_AUTHORIZATION_SETUP,
	PHASE_AUTHORIZATION,
	PHASE_DISCOVERY,
	PHASE_SELECTION,
	PHASE_PARAMETERS,
	PHASE_SCHEDULE,
	PHASE_CABLE_CHECK,
	PHASE_PRE_CHARGE,
	PHASE_DELIVERY,
	PHASE_LOOP,
	PHASE_STOPPED,
	PHASE_END,
};

/**
 * enum session_result - what is to be done after a request
 * @SESSION_ANSWER: send the response
 * @SESSION_LAST: send the response, then close the connection
 * @SESSION_WAIT: the port is not ready: ask again, with the same request
 */
enum session_result {
	SESSION_ANSWER,
	SESSION_LAST,
	SESSION_WAIT,
};

/**
 * struct session_time - when a request is looked at
 * @ms: on a clock that only goes on
 * @unix_s: seconds since 1970
 * @day_s: seconds since midnight, local time
 */
struct session_time {
	uint64_t ms;
	uint64_t unix_s;
	uint32_t day_s;
};

/**
 * enum service_id - ServiceID of ISO 15118-20
 * @SERVICE_AC: charging, AC
 * @SERVICE_DC: charging, DC
 * @SERVICE_AC_BPT: both directions, AC
 * @SERVICE_DC_BPT: both directions, DC
 */
enum service_id {
	SERVICE_AC = 1,
	SERVICE_DC = 2,
	SERVICE_AC_BPT = 5,
	SERVICE_DC_BPT = 6,
};

/**
 * struct session_choice - what vehicle and charger agreed on
 * @service: enum service_id
 * @set: ParameterSetID
 * @control: who plans the power
 * @bpt: both directions
 */
struct session_choice {
	uint16_t service;
	uint16_t set;
	enum control_mode control;
	bool bpt;
};

/**
 * struct session_pause - what is kept of a session that was paused
 * @kept: there is one
 * @id: its id
 * @identity: who the vehicle is, see link_identity()
 * @evccid: its EVCCID
 * @choice: what was agreed on
 */
struct session_pause {
	bool kept;
	uint8_t id[SESSION_ID_SIZE];
	uint8_t identity[LINK_IDENTITY_SIZE];
	char evccid[SESSION_EVCCID_SIZE];
	struct session_choice choice;
};

/**
 * struct session_battery - what the vehicle said last
 * @window: power that it takes and gives
 * @max_charge_ma: most charging current (DC)
 * @max_discharge_ma: most discharging current (DC)
 * @max_mv: most voltage (DC)
 * @min_soc_percent: state of charge below which it does not discharge
 * @soc_percent: state of charge; negative: it did not say
 * @must_charge: it needs energy for its departure before it gives any
 * @full: it takes no more energy
 */
struct session_battery {
	struct power_window window;
	int32_t max_charge_ma;
	int32_t max_discharge_ma;
	int32_t max_mv;
	int8_t min_soc_percent;
	int8_t soc_percent;
	bool must_charge;
	bool full;
};

#define SESSION_PROFILE_MAX	96
#define SESSION_ROOM		16384

/**
 * struct session - one vehicle on one connection
 * @config: the configuration
 * @charger: the port
 * @pause: outlives connections
 * @identity: who the vehicle is
 * @phase: enum session_phase
 * @id: id of the session
 * @evccid: what the vehicle calls itself
 * @choice: what was agreed on
 * @offered: window that charge parameter discovery told
 * @battery: what the vehicle said
 * @allowed: limits that the port has from this session
 * @allowed_bpt: and that discharging is among them
 * @profile: power that the vehicle plans, from moments in seconds of session_time.unix_s
 *	on (scheduled control mode)
 * @n_profile: how many
 * @delivery_ms: when power delivery began
 * @wait_ms: until when the request at hand may wait, 0 before it does
 * @check_ms: when the cable check began, 0 before
 * @metered: the vehicle was told the meter's reading
 * @wants_end: whoever runs the charger wants the session to end
 * @notified_ms: since when the vehicle is told to end or pause, 0 for not
 * @target_mw: power that was asked of the port last
 * @effective_mw: what came of it
 * @power: what the port said to it
 * @limiter: what limited it, for people; ""
 * @why: why the last response is a failure, for people; "" otherwise
 * @now: when the request at hand is looked at
 * @facts: of the port, at that moment
 * @room: for what responses point at
 * @used: bytes of @room
 */
struct session {
	const struct config *config;
	struct charger *charger;
	struct session_pause *pause;
	uint8_t identity[LINK_IDENTITY_SIZE];
	enum session_phase phase;
	uint8_t id[SESSION_ID_SIZE];
	char evccid[SESSION_EVCCID_SIZE];
	struct session_choice choice;
	struct power_window offered;
	struct session_battery battery;
	struct power_window allowed;
	bool allowed_bpt;
	struct schedule_step {
		uint64_t start_s;
		int32_t power_mw;
	} profile[SESSION_PROFILE_MAX];
	unsigned int n_profile;
	uint64_t delivery_ms;
	uint64_t wait_ms;
	uint64_t check_ms;
	bool metered;
	bool wants_end;
	uint64_t notified_ms;
	int32_t target_mw;
	int32_t effective_mw;
	struct charger_power power;
	const char *limiter;
	const char *why;
	struct session_time now;
	struct charger_facts facts;
	_Alignas(8) uint8_t room[SESSION_ROOM];
	size_t used;
};

/**
 * session_begin() - a vehicle has connected
 * @session: written here
 * @config: has to last
 * @charger: has to last
 * @pause: has to last; what the session before left
 * @identity: see link_identity()
 * @id: for a new session; random, not zero
 */
void session_begin(struct session *session, const struct config *config,
		   struct charger *charger, struct session_pause *pause,
		   const uint8_t identity[LINK_IDENTITY_SIZE],
		   const uint8_t id[SESSION_ID_SIZE]);

/**
 * session_answer() - one request
 * @session: the session
 * @now: when
 * @request: any message, also one that is out of order
 * @response: set; what it points at is valid until the next call
 *
 * Return: what is to be done.
 */
enum session_result session_answer(struct session *session, const struct session_time *now,
				   const struct message *request,
				   struct message *response);

/**
 * session_timeout_ms() - how long the vehicle may be silent after the last response
 * @session: the session
 */
uint32_t session_timeout_ms(const struct session *session);

/**
 * session_end() - the connection is gone, or the vehicle was silent
 * @session: the session
 *
 * Ends the power and opens the contactor, whatever the phase.
 *
 * Return: 0, or what the port said.
 */
int session_end(struct session *session);

#endif /* SECC_SESSION_H */
