/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the phases of a session share. Each request has two functions:
 *
 *	fill	makes the response valid, whatever becomes of the request: a failure
 *		needs its mandatory elements, too
 *	take	does what is asked, and says what the port really has
 */
#ifndef SECC_PHASE_H
#define SECC_PHASE_H

#include "number.h"
#include "session.h"

/* Of the one schedule that is offered */
#define SCHEDULE_TUPLE_ID	1

/* What is told with a notification of EVSEStatus: time to react, seconds */
#define NOTIFICATION_DELAY_S	5

#define CODE(name)		ISO20_RESPONSE_CODE_##name

/**
 * session_room() - memory for what a response points at, zeroed
 * @s: the session
 * @size: bytes
 *
 * What a response needs is bounded by the configuration, and SESSION_ROOM is enough for
 * it.
 */
void *session_room(struct session *s, size_t size);

#define SESSION_ROOM_FOR(s, type)	((struct type *)session_room(s, sizeof(struct type)))

/**
 * session_fail() - answer with a code that ends the session
 * @s: the session
 * @response: any response of ISO 15118-20
 * @code: FAILED...
 * @why: for people
 *
 * Return: SESSION_LAST
 */
enum session_result session_fail(struct session *s, void *response, iso20_response_code code,
				 const char *why);

/**
 * session_wait() - the port is not ready
 * @s: the session
 * @response: any response of ISO 15118-20
 * @code: when it has taken too long
 * @why: likewise
 *
 * Return: SESSION_WAIT, or what session_fail() gives.
 */
enum session_result session_wait(struct session *s, void *response, iso20_response_code code,
				 const char *why);

/** session_text() - an exi_string of a constant or of what lasts as long as the session */
struct exi_string session_text(const char *text);

/**
 * session_notification() - what the vehicle has to be told of the port
 * @s: the session
 *
 * Return: EVSEStatus, or NULL when all is well.
 */
struct iso20_evse_status *session_notification(struct session *s);

/**
 * session_close() - have the port close as soon as the vehicle asks on the control pilot
 * @s: the session; the kernel refuses whoever comes before that
 *
 * Return: what is to be said when it takes too long, for people.
 */
const char *session_close(struct session *s);

/**
 * session_halt() - no power from now on; the contactor stays
 * @s: the session
 */
void session_halt(struct session *s);

/* phase_setup.c */
enum session_result take_app_protocol(struct session *s, const void *req, void *res);
enum session_result take_session_setup(struct session *s, const void *req, void *res);
enum session_result take_authorization_setup(struct session *s, const void *req, void *res);
enum session_result take_authorization(struct session *s, const void *req, void *res);
void fill_session_setup(struct session *s, void *res);
void fill_authorization_setup(struct session *s, void *res);

/* phase_service.c */
enum session_result take_service_discovery(struct session *s, const void *req, void *res);
enum session_result take_service_detail(struct session *s, const void *req, void *res);
enum session_result take_service_selection(struct session *s, const void *req, void *res);
void fill_service_discovery(struct session *s, void *res);
void fill_service_detail(struct session *s, void *res);

/* phase_parameters.c */
enum session_result take_ac_parameters(struct session *s, const void *req, void *res);
enum session_result take_dc_parameters(struct session *s, const void *req, void *res);
void fill_ac_parameters(struct session *s, void *res);
void fill_dc_parameters(struct session *s, void *res);

/* phase_schedule.c */
enum session_result take_schedule_exchange(struct session *s, const void *req, void *res);
void fill_schedule_exchange(struct session *s, void *res);

/* phase_prepare.c */
enum session_result take_cable_check(struct session *s, const void *req, void *res);
enum session_result take_pre_charge(struct session *s, const void *req, void *res);
enum session_result take_welding_detection(struct session *s, const void *req, void *res);
void fill_pre_charge(struct session *s, void *res);
void fill_welding_detection(struct session *s, void *res);

/* phase_delivery.c */
enum session_result take_power_delivery(struct session *s, const void *req, void *res);
enum session_result take_session_stop(struct session *s, const void *req, void *res);

/* loop.c, loop_ac.c, loop_dc.c */
enum session_result take_ac_loop(struct session *s, const void *req, void *res);
enum session_result take_dc_loop(struct session *s, const void *req, void *res);
void fill_ac_loop(struct session *s, void *res);
void fill_dc_loop(struct session *s, void *res);
enum session_result take_metering_confirmation(struct session *s, const void *req, void *res);

#endif /* SECC_PHASE_H */
