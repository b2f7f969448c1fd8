// SPDX-License-Identifier: GPL-2.0-or-later
/* The charger's side, request by request: what may come when, and what is selected. */
#include "session_bench.h"
#include "test.h"

/* Which requests may come in a phase; a letter for each, in the order of message_id */
static const struct order {
	enum session_phase phase;
	const char *name;
	const char *allowed;
} orders[] = {
	/*                                                  p s a A d e S c C x k P D l L m w q */
	{ PHASE_PROTOCOL,            "protocol",            "p................." },
	{ PHASE_SETUP,               "setup",               ".s................" },
	{ PHASE_AUTHORIZATION_SETUP, "authorization setup", "..a..............q" },
	{ PHASE_AUTHORIZATION,       "authorization",       "...A.............q" },
	{ PHASE_DISCOVERY,           "discovery",           "....d............q" },
	{ PHASE_SELECTION,           "selection",           ".....eS..........q" },
	{ PHASE_PARAMETERS,          "parameters",          ".......cC........q" },
	{ PHASE_SCHEDULE,            "schedule",            ".........x.......q" },
	{ PHASE_CABLE_CHECK,         "cable check",         "..........k......q" },
	{ PHASE_PRE_CHARGE,          "pre-charge",          "...........P.....q" },
	{ PHASE_DELIVERY,            "delivery",            "............D....q" },
	{ PHASE_LOOP,                "loop",                "............DlLm.q" },
	{ PHASE_STOPPED,             "stopped",             "................wq" },
};

static bool is_sequence_error(void)
{
	if (response.id != MESSAGE_APP_PROTOCOL)
		return code() == ISO20_RESPONSE_CODE_FAILED_SEQUENCE_ERROR;
	return ((struct apphand_res *)response.body)->response_code ==
	       APPHAND_RESPONSE_CODE_FAILED;
}

static void test_order(void)
{
	struct exi_error error;
	uint8_t out[8192];
	unsigned int id;
	size_t i;

	for (i = 0; i < ARRAY_LEN(orders); i++) {
		for (id = 0; id < MESSAGES; id++) {
			bool allowed = orders[i].allowed[id] != '.', ended, written;
			enum session_result result;

			bring(true, orders[i].phase);
			if (orders[i].phase == PHASE_LOOP)
				req_delivery.charge_progress = ISO20_CHARGE_PROGRESS_STOP;
			result = ask(id);
			ended = result == SESSION_LAST && s.phase == PHASE_END;
			written = message_write(&response, out, sizeof(out), &error);
			check(written && is_sequence_error() == !allowed && (allowed || ended),
			      "session: %s in phase %s is %s (%s: %s)",
			      message_kinds[id].request, orders[i].name,
			      allowed ? "taken" : "out of order", error.where, error.why);
			session_end(&s);
			check(rig.facts.step == CHARGER_OPEN ||
			      rig.facts.step == CHARGER_OPENING,
			      "session: and the contactor opens");
		}
	}
}

/* A request with a wrong part, in a phase where it belongs */
static void test_other_session(void)
{
	const struct message asked = { MESSAGE_SERVICE_DISCOVERY, false, V2GTP_COMMON,
				       &req_discovery };
	struct message request = asked;

	bring(false, PHASE_DISCOVERY);
	req_discovery.header.session_id = (struct exi_binary){ (const uint8_t *)"12345678", 8 };
	check(session_answer(&s, &now, &request, &response) == SESSION_LAST &&
	      code() == ISO20_RESPONSE_CODE_FAILED_UNKNOWN_SESSION,
	      "session: another id is an unknown session");
	bring(false, PHASE_SETUP);
	request = asked;
	check(session_answer(&s, &now, &request, &response) == SESSION_LAST &&
	      code() == ISO20_RESPONSE_CODE_FAILED_UNKNOWN_SESSION,
	      "session: the id is looked at before the order");
}

static void test_protocol(void)
{
	struct apphand_res *res;

	plug_in(true);
	ask(MESSAGE_APP_PROTOCOL);
	res = response.body;
	check(res->schema_id == 9 && exi_has(res, apphand_res, schema_id),
	      "session: DC is negotiated on a DC port");
	plug_in(false);
	req_protocols[0].version_number_minor = 3;
	ask(MESSAGE_APP_PROTOCOL);
	res = response.body;
	check(res->schema_id == 7 &&
	      res->response_code == APPHAND_RESPONSE_CODE_MINOR_DEVIATION,
	      "session: another minor version is one");
	req_protocols[0].version_number_minor = 0;
	req_protocols[0].version_number_major = 2;
	plug_in(false);
	check(ask(MESSAGE_APP_PROTOCOL) == SESSION_LAST &&
	      ((struct apphand_res *)response.body)->response_code ==
	      APPHAND_RESPONSE_CODE_FAILED,
	      "session: another major version is refused");
	req_protocols[0].version_number_major = 1;
}

static void test_authorization(void)
{
	bring(false, PHASE_AUTHORIZATION);
	req_authorization.selected_authorization_service = ISO20_AUTHORIZATION_PNC;
	check(ask(MESSAGE_AUTHORIZATION) == SESSION_ANSWER &&
	      code() == ISO20_RESPONSE_CODE_WARNING_AUTHORIZATION_SELECTION_INVALID &&
	      s.phase == PHASE_AUTHORIZATION,
	      "session: a contract is not offered, and the vehicle may ask again");
	req_authorization.selected_authorization_service = ISO20_AUTHORIZATION_EIM;
	check(ask(MESSAGE_AUTHORIZATION) == SESSION_ANSWER &&
	      code() == ISO20_RESPONSE_CODE_OK, "session: and does");
}

static void test_services(void)
{
	static const struct {
		uint16_t service, set;
		bool ok;
	} rows[] = {
		{ 5, 1, true }, { 5, 2, true }, { 1, 1, true }, { 5, 3, false },
		{ 5, 0, false }, { 6, 1, false }, { 2, 1, false }, { 65535, 1, false },
	};
	size_t i;

	bring(false, PHASE_SELECTION);
	req_detail.service_id = 6;
	check(ask(MESSAGE_SERVICE_DETAIL) == SESSION_LAST &&
	      code() == ISO20_RESPONSE_CODE_FAILED_SERVICE_ID_INVALID,
	      "session: details of a service that is not offered");
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		bring(false, PHASE_SELECTION);
		req_selection.selected_energy_transfer_service =
			(struct iso20_selected_service){
				.service_id = rows[i].service,
				.parameter_set_id = rows[i].set };
		check((ask(MESSAGE_SERVICE_SELECTION) == SESSION_ANSWER) == rows[i].ok &&
		      (rows[i].ok || code() ==
		       ISO20_RESPONSE_CODE_FAILED_SERVICE_SELECTION_INVALID),
		      "session: service %u, set %u is %s", rows[i].service, rows[i].set,
		      rows[i].ok ? "taken" : "refused");
	}
}

static void test_timeouts(void)
{
	bring(true, PHASE_DELIVERY);
	check(session_timeout_ms(&s) == 60000, "session: a vehicle has 60 s");
	bring(true, PHASE_LOOP);
	check(session_timeout_ms(&s) == 500, "session: and 0.5 s in the charge loop");
	check(SESSION_DEADLINE_MS > SESSION_LOOP_TIMEOUT_MS,
	      "session: the port's patience is longer");
}

void test_session_order(void)
{
	test_order();
	test_other_session();
	test_protocol();
	test_authorization();
	test_services();
	test_timeouts();
}
