/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A session that tests drive request by request, on a port that is none. */
#ifndef UNIT_SESSION_BENCH_H
#define UNIT_SESSION_BENCH_H

#include "../../tools/secc/session.h"
#include "charger_fake.h"

#define NUMBER(v)	{ .exponent = 0, .value = (v) }

/* The session, its port and the time; what was answered last */
extern struct session s;
extern struct charger_fake rig;
extern struct config config;
extern struct session_pause paused;
extern struct session_time now;
extern struct message response;

/* Requests as a vehicle sends them; a test that changes one puts it back. */
extern struct apphand_protocol req_protocols[2];
extern struct iso20_session_setup_req req_setup;
extern struct iso20_authorization_req req_authorization;
extern struct iso20_service_discovery_req req_discovery;
extern struct iso20_service_detail_req req_detail;
extern struct iso20_service_selection_req req_selection;
extern struct iso20_bpt_ac_cpd_req_energy_transfer_mode req_ac_mode;
extern struct iso20_power_delivery_req req_delivery;
extern struct iso20_bpt_dynamic_ac_cl_req_control_mode req_ac_loop_mode;
extern struct iso20_ac_charge_loop_req req_ac_loop;
extern struct iso20_session_stop_req req_stop;

/* plug_in() - a new connection of a vehicle to a charger for both directions, dynamic */
void plug_in(bool dc);

/* bring() - plug in and go on to a phase, in order */
void bring(bool dc, enum session_phase phase);

/* ask() - one request, again until there is an answer */
enum session_result ask(enum message_id id);

/* ask_on() - the same with another payload type */
enum session_result ask_on(enum message_id id, uint16_t payload);

/* code() - of the response */
iso20_response_code code(void);

#endif /* UNIT_SESSION_BENCH_H */
