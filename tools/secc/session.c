// SPDX-License-Identifier: GPL-2.0-or-later
/* Which request may come when, and who answers it. */
#include <string.h>

#include "phase.h"

#define BIT(n)		(1u << (n))
#define AT(phase)	BIT(PHASE_##phase)

/* Everything that a session id has been given for. */
#define RUNNING		(BIT(PHASE_END) - BIT(PHASE_AUTHORIZATION_SETUP))

static const struct rule {
	uint32_t phases;
	void (*fill)(struct session *s, void *response);
	enum session_result (*take)(struct session *s, const void *request, void *response);
} rules[MESSAGES] = {
	[MESSAGE_APP_PROTOCOL] = {
		AT(PROTOCOL), NULL, take_app_protocol },
	[MESSAGE_SESSION_SETUP] = {
		AT(SETUP), fill_session_setup, take_session_setup },
	[MESSAGE_AUTHORIZATION_SETUP] = {
		AT(AUTHORIZATION_SETUP), fill_authorization_setup, take_authorization_setup },
	[MESSAGE_AUTHORIZATION] = {
		AT(AUTHORIZATION), NULL, take_authorization },
	[MESSAGE_SERVICE_DISCOVERY] = {
		AT(DISCOVERY), fill_service_discovery, take_service_discovery },
	[MESSAGE_SERVICE_DETAIL] = {
		AT(SELECTION), fill_service_detail, take_service_detail },
	[MESSAGE_SERVICE_SELECTION] = {
		AT(SELECTION), NULL, take_service_selection },
	[MESSAGE_AC_PARAMETERS] = {
		AT(PARAMETERS), fill_ac_parameters, take_ac_parameters },
	[MESSAGE_DC_PARAMETERS] = {
		AT(PARAMETERS), fill_dc_parameters, take_dc_parameters },
	[MESSAGE_SCHEDULE_EXCHANGE] = {
		AT(SCHEDULE), fill_schedule_exchange, take_schedule_exchange },
	[MESSAGE_CABLE_CHECK] = {
		AT(CABLE_CHECK), NULL, take_cable_check },
	[MESSAGE_PRE_CHARGE] = {
		AT(PRE_CHARGE), fill_pre_charge, take_pre_charge },
	[MESSAGE_POWER_DELIVERY] = {
		AT(DELIVERY) | AT(LOOP), NULL, take_power_delivery },
	[MESSAGE_AC_LOOP] = {
		AT(LOOP), fill_ac_loop, take_ac_loop },
	[MESSAGE_DC_LOOP] = {
		AT(LOOP), fill_dc_loop, take_dc_loop },
	[MESSAGE_METERING_CONFIRMATION] = {
		AT(LOOP), NULL, take_metering_confirmation },
	[MESSAGE_WELDING_DETECTION] = {
		AT(STOPPED), fill_welding_detection, take_welding_detection },
	[MESSAGE_SESSION_STOP] = {
		RUNNING, NULL, take_session_stop },
};

void session_begin(struct session *s, const struct config *config, struct charger *charger,
		   struct session_pause *pause, const uint8_t identity[LINK_IDENTITY_SIZE],
		   const uint8_t id[SESSION_ID_SIZE])
{
	*s = (struct session){ .config = config, .charger = charger, .pause = pause,
				 .limiter = "", .why = "",
				 .battery.soc_percent = -1,
				 .allowed = { INT32_MIN, INT32_MIN } };
	memcpy(s->identity, identity, LINK_IDENTITY_SIZE);
	memcpy(s->id, id, SESSION_ID_SIZE);
}

void *session_room(struct session *s, size_t size)
{
	void *room = s->room + s->used;

	size = (size + 7) & ~7UL;
	if (size > SESSION_ROOM - s->used)
		__builtin_trap();
	s->used += size;
	return memset(room, 0, size);
}

struct exi_string session_text(const char *text)
{
	return (struct exi_string){ .text = text, .length = strlen(text) };
}

enum session_result session_fail(struct session *s, void *response, iso20_response_code code,
				 const char *why)
{
	struct iso20_service_selection_res *any = response;

	any->response_code = code;
	s->why = why;
	s->phase = PHASE_END;
	return SESSION_LAST;
}

enum session_result session_wait(struct session *s, void *response, iso20_response_code code,
				 const char *why)
{
	if (!s->wait_ms)
		s->wait_ms = s->now.ms + SESSION_WAIT_MS;
	if (s->now.ms < s->wait_ms)
		return SESSION_WAIT;
	return session_fail(s, response, code, why);
}

const char *session_close(struct session *s)
{
	if (!s->facts.asks)
		return "the vehicle does not ask for power on the control pilot";
	if (s->facts.step == CHARGER_OPEN)
		s->charger->ops->energise(s->charger);
	return "the port did not close in time";
}

void session_halt(struct session *s)
{
	/* What the port makes of it is seen in its facts at the next request. */
	s->charger->ops->power(s->charger, 0, 0, &s->power);
	s->effective_mw = s->power.effective_mw;
	s->target_mw = 0;
	s->limiter = "";
}

static enum session_result fail_protocol(struct session *s, struct apphand_res *res)
{
	res->response_code = APPHAND_RESPONSE_CODE_FAILED;
	s->why = "it came again";
	s->phase = PHASE_END;
	return SESSION_LAST;
}

/* A request of ISO 15118-20: id of the session first, then the order of messages. */
static enum session_result take(struct session *s, const struct message *request,
				struct message *response)
{
	const struct rule *rule = &rules[request->id];
	const struct exi_binary *id = &message_header(request)->session_id;
	struct iso20_header *header = message_header(response);
	bool renegotiation = request->payload == V2GTP_RENEGOTIATION;
	uint32_t phases = renegotiation ? AT(LOOP) : rule->phases;

	bool seen = !s->charger->ops->look(s->charger, &s->facts);

	header->session_id = (struct exi_binary){ s->id, SESSION_ID_SIZE };
	header->time_stamp = s->now.unix_s;
	if (rule->fill)
		rule->fill(s, response->body);
	if (request->id != MESSAGE_SESSION_SETUP &&
	    (id->length != SESSION_ID_SIZE || memcmp(id->data, s->id, SESSION_ID_SIZE)))
		return session_fail(s, response->body, CODE(FAILED_UNKNOWN_SESSION),
				    "it has the id of another session");
	if (request->response || !(phases & BIT(s->phase)))
		return session_fail(s, response->body, CODE(FAILED_SEQUENCE_ERROR),
				    "it is out of order");
	if (!seen)
		return session_fail(s, response->body, CODE(FAILED),
				    "the port cannot be read");
	return rule->take(s, request->body, response->body);
}

enum session_result session_answer(struct session *s, const struct session_time *now,
				   const struct message *request, struct message *response)
{
	const struct message_kind *kind = &message_kinds[request->id];
	enum session_result result;

	s->now = *now;
	s->used = 0;
	s->why = "";
	*response = (struct message){ .id = request->id, .response = true,
				      .payload = request->payload };
	response->body = session_room(s, exi_root(kind->grammar, kind->response)->type->size);
	if (request->id != MESSAGE_APP_PROTOCOL)
		result = take(s, request, response);
	else if (s->phase == PHASE_PROTOCOL && !request->response)
		result = take_app_protocol(s, request->body, response->body);
	else
		result = fail_protocol(s, response->body);
	if (result != SESSION_WAIT)
		s->wait_ms = 0;
	return result;
}

uint32_t session_timeout_ms(const struct session *s)
{
	return s->phase == PHASE_LOOP ? SESSION_LOOP_TIMEOUT_MS : SESSION_TIMEOUT_MS;
}

int session_end(struct session *s)
{
	s->phase = PHASE_END;
	session_halt(s);
	return s->charger->ops->open(s->charger);
}
