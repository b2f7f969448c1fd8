// SPDX-License-Identifier: GPL-2.0-or-later
/* Which request follows which response, and how long an answer may take. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "phase.h"

/* V2G_EVCC_Msg_Timeout, V2G_EVCC_Ongoing_Timeout and their like of ISO 15118-20 */
#define TIMEOUT_MS		2000
#define DETAIL_TIMEOUT_MS	5000
#define LOOP_TIMEOUT_MS		500
#define ONGOING_MS		60000
#define CABLE_CHECK_MS		40000
#define PRE_CHARGE_MS		10000

/* Between requests that are repeated */
#define PACE_MS			100

static const struct rule {
	void (*make)(struct vehicle *v, void *request);
	int (*take)(struct vehicle *v, const void *response);
	uint32_t timeout_ms;
	uint32_t ongoing_ms;
} rules[MESSAGES] = {
	[MESSAGE_APP_PROTOCOL] = {
		make_app_protocol, take_app_protocol_res, TIMEOUT_MS, 0 },
	[MESSAGE_SESSION_SETUP] = {
		make_session_setup, take_session_setup_res, TIMEOUT_MS, 0 },
	[MESSAGE_AUTHORIZATION_SETUP] = {
		NULL, take_authorization_setup_res, TIMEOUT_MS, 0 },
	[MESSAGE_AUTHORIZATION] = {
		make_authorization, take_authorization_res, TIMEOUT_MS, ONGOING_MS },
	[MESSAGE_SERVICE_DISCOVERY] = {
		NULL, take_service_discovery_res, TIMEOUT_MS, 0 },
	[MESSAGE_SERVICE_DETAIL] = {
		make_service_detail, take_service_detail_res, DETAIL_TIMEOUT_MS, 0 },
	[MESSAGE_SERVICE_SELECTION] = {
		make_service_selection, take_service_selection_res, TIMEOUT_MS, 0 },
	[MESSAGE_AC_PARAMETERS] = {
		make_ac_parameters, take_ac_parameters_res, TIMEOUT_MS, 0 },
	[MESSAGE_DC_PARAMETERS] = {
		make_dc_parameters, take_dc_parameters_res, TIMEOUT_MS, 0 },
	[MESSAGE_SCHEDULE_EXCHANGE] = {
		make_schedule_exchange, take_schedule_exchange_res, TIMEOUT_MS,
		ONGOING_MS },
	[MESSAGE_CABLE_CHECK] = {
		NULL, take_cable_check_res, TIMEOUT_MS, CABLE_CHECK_MS },
	[MESSAGE_PRE_CHARGE] = {
		make_pre_charge, take_pre_charge_res, TIMEOUT_MS, PRE_CHARGE_MS },
	[MESSAGE_POWER_DELIVERY] = {
		make_power_delivery, take_power_delivery_res, TIMEOUT_MS, ONGOING_MS },
	[MESSAGE_AC_LOOP] = {
		make_ac_loop, take_ac_loop_res, LOOP_TIMEOUT_MS, 0 },
	[MESSAGE_DC_LOOP] = {
		make_dc_loop, take_dc_loop_res, LOOP_TIMEOUT_MS, 0 },
	[MESSAGE_WELDING_DETECTION] = {
		make_welding_detection, take_welding_detection_res, TIMEOUT_MS,
		ONGOING_MS },
	[MESSAGE_SESSION_STOP] = {
		make_session_stop, take_session_stop_res, TIMEOUT_MS, 0 },
};

void *vehicle_room(struct vehicle *v, size_t size)
{
	void *room = v->room + v->used;

	size = (size + 7) & ~7UL;
	if (size > VEHICLE_ROOM - v->used)
		__builtin_trap();
	v->used += size;
	return memset(room, 0, size);
}

struct exi_string vehicle_text(const char *text)
{
	return (struct exi_string){ .text = text, .length = strlen(text) };
}

int vehicle_fail(struct vehicle *v, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(v->why, sizeof(v->why), fmt, args);
	va_end(args);
	return VEHICLE_FAILS;
}

uint32_t vehicle_departure_s(const struct vehicle *v)
{
	uint64_t gone_s = (v->now.ms - v->began_ms) / 1000;

	return gone_s < v->config->departure_s ? v->config->departure_s - gone_s : 0;
}

int32_t vehicle_clip_mw(const struct vehicle *v, int64_t power_mw)
{
	int32_t most_mw = battery_charge_mw(&v->battery);
	int32_t least_mw = v->choice.bpt ? -battery_discharge_mw(&v->battery) : 0;

	if (most_mw > v->charger.window.max_mw)
		most_mw = v->charger.window.max_mw;
	if (least_mw < v->charger.window.min_mw)
		least_mw = v->charger.window.min_mw;
	if (power_mw < least_mw)
		return least_mw;
	return power_mw > most_mw ? most_mw : power_mw;
}

void vehicle_heed(struct vehicle *v, const struct iso20_evse_status *status)
{
	static const enum vehicle_want wants[ISO20_EVSE_NOTIFICATION_values] = {
		[ISO20_EVSE_NOTIFICATION_PAUSE] = VEHICLE_PAUSES,
		[ISO20_EVSE_NOTIFICATION_TERMINATE] = VEHICLE_STOPS,
		[ISO20_EVSE_NOTIFICATION_SCHEDULE_RENEGOTIATION] = VEHICLE_RENEGOTIATES,
		[ISO20_EVSE_NOTIFICATION_SERVICE_RENEGOTIATION] = VEHICLE_RESELECTS,
	};

	if (!status)
		return;
	v->told = status->evse_notification;
	if (wants[status->evse_notification] > v->want)
		v->want = wants[status->evse_notification];
}

bool vehicle_is_loop(enum message_id id)
{
	return id == MESSAGE_AC_LOOP || id == MESSAGE_DC_LOOP;
}

void vehicle_begin(struct vehicle *v, const struct vehicle_config *config)
{
	*v = (struct vehicle){ .config = config, .battery = config->battery, .told = -1 };
}

static void ask(struct vehicle *v, enum message_id id, struct message *request)
{
	const struct message_kind *kind = &message_kinds[id];

	if (id == v->asked && v->since_ms) {
		v->repeats++;
	} else {
		v->since_ms = v->now.ms;
		v->repeats = 0;
		v->finished = false;
	}
	v->asked = id;
	v->asked_ms = v->now.ms;
	v->used = 0;
	*request = (struct message){ .id = id, .payload = kind->payload };
	request->body =
		vehicle_room(v, exi_root(kind->grammar, kind->request)->type->size);
	if (id != MESSAGE_APP_PROTOCOL) {
		struct iso20_header *header = message_header(request);

		header->session_id = (struct exi_binary){ v->id, SESSION_ID_SIZE };
		header->time_stamp = v->now.unix_s;
	}
	if (rules[id].make)
		rules[id].make(v, request->body);
}

void vehicle_first(struct vehicle *v, const struct session_time *now,
		   struct message *request)
{
	if (!v->began_ms)
		v->began_ms = now->ms;
	v->resuming = v->paused;
	v->paused = false;
	v->joined = false;
	v->want = VEHICLE_CHARGES;
	v->told = -1;
	v->since_ms = 0;
	v->closed = false;
	v->now = *now;
	ask(v, MESSAGE_APP_PROTOCOL, request);
}

/* Is it the answer to what was asked, of this session, and no failure? */
static bool is_good(struct vehicle *v, const struct message *response)
{
	iso20_response_code code;
	const struct exi_binary *id;

	if (response->response && response->id != MESSAGE_APP_PROTOCOL) {
		code = *message_code(response);
		if (code >= ISO20_RESPONSE_CODE_FAILED) {
			v->code = iso20_response_code_type.name[code];
			vehicle_fail(v, "the charger answers %s in %s", v->code,
				     message_name(response));
			return false;
		}
	}
	if (!response->response || response->id != v->asked) {
		vehicle_fail(v, "the charger answers %s with %s",
			     message_kinds[v->asked].request, message_name(response));
		return false;
	}
	if (response->id == MESSAGE_APP_PROTOCOL)
		return true;
	id = &message_header(response)->session_id;
	if (id->length != SESSION_ID_SIZE ||
	    (response->id != MESSAGE_SESSION_SETUP &&
	     memcmp(id->data, v->id, id->length))) {
		vehicle_fail(v, "%s has the id of another session", message_name(response));
		return false;
	}
	return true;
}

static enum vehicle_result fail(struct vehicle *v)
{
	v->pilot_c = false;
	v->target_mw = 0;
	v->present_mw = 0;
	v->flow_ms = 0;
	return VEHICLE_FAILED;
}

enum vehicle_result vehicle_next(struct vehicle *v, const struct session_time *now,
				 const struct message *response, struct message *request)
{
	int next;

	v->now = *now;
	if (!is_good(v, response))
		return fail(v);
	/* The session's id is needed before anything else is looked at. */
	if (response->id == MESSAGE_SESSION_SETUP)
		memcpy(v->id, message_header(response)->session_id.data, SESSION_ID_SIZE);
	next = rules[response->id].take(v, response->body);
	if (next == VEHICLE_FAILS)
		return fail(v);
	if (next == VEHICLE_ENDS)
		return VEHICLE_DONE;
	if (next == (int)v->asked && rules[next].ongoing_ms &&
	    now->ms - v->since_ms >= rules[next].ongoing_ms) {
		vehicle_fail(v, "the charger is not ready after %u s of %s",
			     rules[next].ongoing_ms / 1000, message_kinds[next].request);
		return fail(v);
	}
	ask(v, next, request);
	return VEHICLE_SEND;
}

uint32_t vehicle_pace_ms(const struct vehicle *v)
{
	return v->repeats && v->asked != MESSAGE_SERVICE_DETAIL ? PACE_MS : 0;
}

uint32_t vehicle_timeout_ms(const struct vehicle *v)
{
	return rules[v->asked].timeout_ms;
}

enum vehicle_result vehicle_overdue(struct vehicle *v)
{
	vehicle_fail(v, "the charger does not answer %s within %u ms",
		     message_kinds[v->asked].request, rules[v->asked].timeout_ms);
	return fail(v);
}
