// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "clock.h"
#include "connection.h"

/* From TCP to SessionSetupRes (V2G_SECC_CommunicationSetup_Performance_Time) */
#define SETUP_MS	18000
/* For the vehicle to close after the last response */
#define LEAVE_MS	5000
/* Between looks at a port that an answer waits for */
#define LOOK_MS		10

static struct session_time session_now(void)
{
	time_t unix_s = time(NULL);
	struct tm day;

	localtime_r(&unix_s, &day);
	return (struct session_time){
		.ms = clock_ms(),
		.unix_s = unix_s,
		.day_s = day.tm_hour * 3600 + day.tm_min * 60 + day.tm_sec,
	};
}

/* A session id is never zero. */
static void random_id(uint8_t id[SESSION_ID_SIZE])
{
	static const uint8_t zero[SESSION_ID_SIZE];

	do {
		if (getrandom(id, SESSION_ID_SIZE, 0) != SESSION_ID_SIZE)
			abort();
	} while (!memcmp(id, zero, SESSION_ID_SIZE));
}

void connection_begin(struct connection *c, struct link *link, const struct config *config,
		      struct charger *charger, struct session_pause *pause,
		      struct trace *trace, struct capture *capture)
{
	static const uint8_t nobody[LINK_IDENTITY_SIZE];
	uint8_t id[SESSION_ID_SIZE];

	c->link = link;
	c->trace = trace;
	c->capture = capture;
	c->state = CONNECTION_ACTIVE;
	c->open = false;
	c->until_ms = clock_ms() + SETUP_MS;
	c->asked_ns = 0;
	c->step = CHARGER_OPEN;
	c->told_mw = 0;
	c->denied = false;
	random_id(id);
	session_begin(&c->session, config, charger, pause, nobody, id);
}

static const char *code_name(const struct message *response)
{
	if (response->id == MESSAGE_APP_PROTOCOL) {
		struct apphand_res *res = response->body;

		return apphand_response_code_type.name[res->response_code];
	}
	return iso20_response_code_type.name[*message_code(response)];
}

static void over(struct connection *c, enum trace_level level, const char *why)
{
	trace_note(c->trace, level, "connection ends: %s", why);
	c->state = CONNECTION_OVER;
}

/* What power does is told when it changes, and why it is not what was asked for. */
static void tell_power(struct connection *c)
{
	static const char *const steps[] = {
		[CHARGER_OPEN] = "open", [CHARGER_CHECKING] = "checking",
		[CHARGER_CLOSING] = "closing", [CHARGER_CLOSED] = "energised",
		[CHARGER_OPENING] = "opening", [CHARGER_FAULT] = "fault",
	};
	const struct session *s = &c->session;

	if (s->facts.step != c->step) {
		c->step = s->facts.step;
		if (c->step == CHARGER_FAULT)
			trace_note(c->trace, TRACE_WARNING, "port: fault 0x%02x",
				   s->facts.fault);
		else
			trace_note(c->trace, TRACE_INFO, "port: %s", steps[c->step]);
	}
	if (s->phase != PHASE_LOOP || s->effective_mw == c->told_mw)
		return;
	c->told_mw = s->effective_mw;
	trace_note(c->trace, TRACE_INFO, "power: %d W of %d W%s%s", s->effective_mw / 1000,
		   s->target_mw / 1000, *s->limiter ? ", limited by " : "", s->limiter);
}

static void send_response(struct connection *c, const struct message *response,
			  enum session_result result)
{
	struct exi_error error;
	size_t size = message_write(response, c->out, sizeof(c->out), &error);
	struct trace_message line = {
		.sent = true, .name = message_name(response), .payload = response->payload,
		.size = size, .code = code_name(response),
	};

	if (!size) {
		trace_note(c->trace, TRACE_ERROR, "%s cannot be encoded: %s: %s",
			   message_name(response), error.where, error.why);
		over(c, TRACE_ERROR, "there is no response");
		return;
	}
	if (!link_send(c->link, c->out, size)) {
		over(c, TRACE_WARNING, "the vehicle does not read");
		return;
	}
	line.taken_ns = clock_ns() - c->asked_ns;
	capture_message(c->capture, true, c->out, size);
	trace_message(c->trace, &line);
	if (*c->session.why)
		trace_note(c->trace, TRACE_WARNING, "%s: %s", message_name(&c->request),
			   c->session.why);
	c->state = result == SESSION_LAST ? CONNECTION_LEAVING : CONNECTION_ACTIVE;
	c->until_ms = clock_ms() + (result == SESSION_LAST ? LEAVE_MS :
						session_timeout_ms(&c->session));
}

static void answer(struct connection *c)
{
	struct session_time now = session_now();
	struct message response;
	enum session_result result;

	result = session_answer(&c->session, &now, &c->request, &response);
	tell_power(c);
	if (result == SESSION_WAIT)
		return;
	send_response(c, &response, result);
	c->asked_ns = 0;
	link_drop(c->link);
	if (result == SESSION_LAST)
		session_end(&c->session);
}

static void refuse(struct connection *c, const struct v2gtp *header,
		   const struct exi_error *error)
{
	char why[256];

	/* A type of payload that is not known is left unanswered. */
	if (!message_grammar(header->payload)) {
		trace_note(c->trace, TRACE_WARNING, "payload type 0x%04x, %u bytes, is ignored",
			   header->payload, header->length);
		link_drop(c->link);
		return;
	}
	snprintf(why, sizeof(why), "a message cannot be read: bit %zu, %s: %s", error->bit,
		 error->where, error->why);
	over(c, TRACE_WARNING, why);
}

/* The next request, if it is there whole */
static bool take(struct connection *c)
{
	struct exi_error error;
	const uint8_t *payload;
	struct v2gtp header;

	if (!link_take(c->link, &header, &payload))
		return false;
	c->asked_ns = clock_ns();
	capture_message(c->capture, false, payload - V2GTP_HEADER,
			V2GTP_HEADER + header.length);
	if (!message_read(&header, payload, c->memory, CONNECTION_ROOM, &c->request, &error)) {
		c->asked_ns = 0;
		refuse(c, &header, &error);
		return c->state == CONNECTION_ACTIVE;
	}
	trace_message(c->trace, &(struct trace_message){
		.name = message_name(&c->request), .payload = header.payload,
		.size = V2GTP_HEADER + header.length });
	return true;
}

static void opened(struct connection *c)
{
	const char *peer = link_peer(c->link), *cipher = link_cipher(c->link);

	c->open = true;
	link_identity(c->link, c->session.identity);
	if (*cipher)
		trace_note(c->trace, TRACE_INFO, "TLS 1.3, %s, vehicle \"%s\"", cipher, peer);
	else
		trace_note(c->trace, TRACE_WARNING, "connection without TLS");
}

static void look_at_link(struct connection *c)
{
	switch (link_work(c->link)) {
	case LINK_CONNECTING:
		break;
	case LINK_OPEN:
		if (!c->open)
			opened(c);
		break;
	case LINK_CLOSED:
		over(c, TRACE_INFO, "the vehicle closed it");
		break;
	case LINK_FAILED:
		c->denied = link_denied(c->link);
		/* Many leave without the end that TLS asks for. */
		over(c, c->state == CONNECTION_LEAVING ? TRACE_INFO : TRACE_WARNING,
		     link_why(c->link));
		break;
	}
}

void connection_work(struct connection *c)
{
	/* Of what a vehicle sends in one go, a bounded part is looked at in one go. */
	int budget = 16;

	if (c->state != CONNECTION_OVER)
		look_at_link(c);
	while (c->state == CONNECTION_ACTIVE && budget--) {
		if (!c->asked_ns && !take(c))
			break;
		if (!c->asked_ns)
			continue;
		answer(c);
		if (c->asked_ns)
			break;
	}
	if (c->state != CONNECTION_OVER && !c->asked_ns && clock_ms() >= c->until_ms)
		over(c, c->state == CONNECTION_LEAVING ? TRACE_INFO : TRACE_WARNING,
		     c->state == CONNECTION_LEAVING ? "the vehicle leaves it open" :
		     c->session.phase == PHASE_LOOP ?
		     "no request within 0.5 s of the charge loop" :
		     "the vehicle is silent");
}

int connection_timeout_ms(const struct connection *c)
{
	uint64_t now = clock_ms();

	if (c->asked_ns)
		return LOOK_MS;
	if (link_pending(c->link) || now >= c->until_ms)
		return 0;
	return (int)(c->until_ms - now);
}

void connection_end(struct connection *c)
{
	if (!c->link)
		return;
	session_end(&c->session);
	link_free(c->link);
	c->link = NULL;
}
