// SPDX-License-Identifier: GPL-2.0-or-later
/* DC: cable check and pre-charge ahead of power, welding detection after it. */
#include "power.h"

/* An answer that it goes on is held for so long, or the vehicle asks again at once. */
#define HOLD_MS		500
/* V2G_SECC_CableCheck_Performance_Time; the vehicle gives up after 40 s. */
#define CABLE_CHECK_MS	38000

/*
 * The port locks the connector, tests the insulation with its contacts open, pre-charges
 * and closes. No power flows before power delivery asks for it.
 */
enum session_result take_cable_check(struct session *s, const void *request, void *response)
{
	struct iso20_dc_cable_check_res *res = response;
	const char *why;

	(void)request;
	if (!s->check_ms)
		s->check_ms = s->now.ms;
	switch (s->facts.step) {
	case CHARGER_FAULT:
		return session_fail(s, res, CODE(FAILED), "the port has a fault");
	case CHARGER_CLOSED:
		s->check_ms = 0;
		s->phase = PHASE_PRE_CHARGE;
		return SESSION_ANSWER;
	default:
		break;
	}
	why = session_close(s);
	if (s->now.ms - s->check_ms >= CABLE_CHECK_MS)
		return session_fail(s, res, CODE(FAILED), why);
	if (!s->wait_ms)
		s->wait_ms = s->now.ms + HOLD_MS;
	res->evse_processing = ISO20_PROCESSING_ONGOING;
	return s->now.ms < s->wait_ms ? SESSION_WAIT : SESSION_ANSWER;
}

void fill_pre_charge(struct session *s, void *response)
{
	struct iso20_dc_pre_charge_res *res = response;

	res->evse_present_voltage = number_of_milli(s->facts.voltage_mv);
}

enum session_result take_pre_charge(struct session *s, const void *request, void *response)
{
	const struct iso20_dc_pre_charge_req *req = request;

	if (s->facts.step != CHARGER_CLOSED)
		return session_fail(s, response, CODE(FAILED), "the port has opened");
	if (req->ev_processing == ISO20_PROCESSING_FINISHED)
		s->phase = PHASE_DELIVERY;
	return SESSION_ANSWER;
}

void fill_welding_detection(struct session *s, void *response)
{
	struct iso20_dc_welding_detection_res *res = response;

	res->evse_present_voltage = number_of_milli(s->facts.voltage_mv);
}

enum session_result take_welding_detection(struct session *s, const void *request,
					   void *response)
{
	(void)request;
	if (!config_is_dc(s->config))
		return session_fail(s, response, CODE(FAILED_SEQUENCE_ERROR),
				    "there is no welding detection for AC");
	return SESSION_ANSWER;
}
