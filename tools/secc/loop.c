// SPDX-License-Identifier: GPL-2.0-or-later
#include "loop.h"

/* Beyond the delay that was told, before the charger ends the session by itself */
#define PATIENCE_MS	5000

void loop_take(struct session *s, const struct iso20_display_parameters *display)
{
	if (!display)
		return;
	if (exi_has(display, iso20_display_parameters, present_soc))
		s->battery.soc_percent = display->present_soc;
	if (exi_has(display, iso20_display_parameters, minimum_soc))
		s->battery.min_soc_percent = display->minimum_soc;
}

void loop_take_needs(struct session *s, const struct iso20_rational *most,
		     const struct iso20_rational *least)
{
	s->battery.must_charge = number_milli(least) > 0;
	s->battery.full = number_milli(most) <= 0;
}

enum session_result loop_power(struct session *s, void *response,
			       const struct power_limits *limits, int32_t wanted_mw)
{
	if (!power_take_limits(s, limits))
		return session_fail(s, response, CODE(FAILED_WRONG_CHARGE_PARAMETER),
				    "the vehicle's lowest limit is above its highest, or below zero");
	if (power_allow(s))
		return session_fail(s, response, CODE(FAILED_WRONG_CHARGE_PARAMETER),
				    "the port refuses the vehicle's limits");
	if (s->facts.step == CHARGER_CLOSED)
		power_set(s, wanted_mw);
	else
		s->effective_mw = 0;
	return SESSION_ANSWER;
}

struct iso20_evse_status *session_notification(struct session *s)
{
	struct iso20_evse_status *status;
	bool ends = s->wants_end || (s->facts.fault && !s->facts.passing);

	/* What passes, and what has ended without a fault, may go on later. */
	if (!ends && !s->facts.fault &&
	    !(s->phase == PHASE_LOOP && s->facts.step != CHARGER_CLOSED)) {
		s->notified_ms = 0;
		return NULL;
	}
	if (!s->notified_ms)
		s->notified_ms = s->now.ms;
	status = SESSION_ROOM_FOR(s, iso20_evse_status);
	status->notification_max_delay = NOTIFICATION_DELAY_S;
	status->evse_notification = ends ? ISO20_EVSE_NOTIFICATION_TERMINATE :
					   ISO20_EVSE_NOTIFICATION_PAUSE;
	return status;
}

/* Not everybody knows the energy that was discharged: told to who asks. */
static struct iso20_meter_info *reading(struct session *s, bool asked)
{
	struct iso20_meter_info *meter = SESSION_ROOM_FOR(s, iso20_meter_info);

	meter->meter_id = session_text(s->config->port);
	meter->charged_energy_reading_wh = s->facts.charged_mwh / 1000;
	if (s->choice.bpt && asked) {
		exi_set(meter, iso20_meter_info, bpt_discharged_energy_reading_wh);
		meter->bpt_discharged_energy_reading_wh = s->facts.discharged_mwh / 1000;
	}
	exi_set(meter, iso20_meter_info, meter_timestamp);
	meter->meter_timestamp = s->now.unix_s;
	return meter;
}

enum session_result loop_status(struct session *s, void *response,
				struct iso20_evse_status **status,
				struct iso20_meter_info **meter, bool asked)
{
	*status = session_notification(s);
	if (asked || !s->metered)
		*meter = reading(s, asked);
	s->metered = true;
	if (*status && s->now.ms - s->notified_ms >
	    NOTIFICATION_DELAY_S * 1000 + PATIENCE_MS)
		return session_fail(s, response, CODE(FAILED),
				    "the vehicle does not end although it was told to");
	return SESSION_ANSWER;
}

/* Readings are confirmed, not signed: there is no key of a meter. */
enum session_result take_metering_confirmation(struct session *s, const void *request,
					       void *response)
{
	(void)s;
	(void)request;
	(void)response;
	return SESSION_ANSWER;
}
