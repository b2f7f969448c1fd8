// SPDX-License-Identifier: GPL-2.0-or-later
/* Power delivery: its begin, its end, and the end of the session. */
#include <string.h>

#include "power.h"

static int32_t planned_mw(const struct iso20_power_schedule_entry *entry)
{
	return power_of_phases(&entry->power,
			       exi_has(entry, iso20_power_schedule_entry, power_l2) ?
			       &entry->power_l2 : NULL,
			       exi_has(entry, iso20_power_schedule_entry, power_l3) ?
			       &entry->power_l3 : NULL);
}

/*
 * What the vehicle plans, in steps; more of them than there is room for are not kept. A
 * vehicle that does not know the time begins at 0, which is now. One that tells no signs
 * tells the direction of all.
 */
static void take_profile(struct session *s, const struct iso20_power_delivery_req *req)
{
	const struct iso20_ev_power_profile *profile = req->ev_power_profile;
	const struct iso20_ev_power_profile_entry_list *list =
		&profile->ev_power_profile_entries;
	bool discharge = exi_has(req, iso20_power_delivery_req, bpt_channel_selection) &&
			 req->bpt_channel_selection == ISO20_CHANNEL_SELECTION_DISCHARGE;
	uint64_t start_s = profile->time_anchor ? profile->time_anchor : s->now.unix_s;
	uint32_t i;

	for (i = 0; i < list->n_ev_power_profile_entry; i++)
		if (planned_mw(&list->ev_power_profile_entry[i]) < 0)
			discharge = false;
	s->n_profile = 0;
	for (i = 0; i < list->n_ev_power_profile_entry && i < SESSION_PROFILE_MAX; i++) {
		const struct iso20_power_schedule_entry *entry =
			&list->ev_power_profile_entry[i];
		int32_t power_mw = planned_mw(entry);

		s->profile[s->n_profile++] = (struct schedule_step){
			start_s, discharge ? -power_mw : power_mw };
		start_s += entry->duration;
	}
}

static bool selects_tuple(const struct iso20_ev_power_profile *profile)
{
	const struct iso20_scheduled_evppt_control_mode *mode =
		profile ? profile->scheduled_evppt_control_mode : NULL;

	return mode && mode->selected_schedule_tuple_id == SCHEDULE_TUPLE_ID;
}

static enum session_result close_port(struct session *s, struct iso20_power_delivery_res *res)
{
	res->evse_status = session_notification(s);
	switch (s->facts.step) {
	case CHARGER_CLOSED:
		if (!s->delivery_ms)
			s->delivery_ms = s->now.ms;
		s->metered = false;
		s->phase = PHASE_LOOP;
		return SESSION_ANSWER;
	case CHARGER_FAULT:
		return session_fail(s, res, CODE(FAILED_POWER_DELIVERY_NOT_APPLIED),
				    "the port has a fault");
	default:
		return session_wait(s, res, CODE(FAILED_CONTACTOR_ERROR), session_close(s));
	}
}

static enum session_result start(struct session *s, const struct iso20_power_delivery_req *req,
				 struct iso20_power_delivery_res *res)
{
	enum session_result result;

	if (s->phase != PHASE_DELIVERY)
		return session_fail(s, res, CODE(FAILED_SEQUENCE_ERROR),
				    "power delivery has begun before");
	if (req->ev_processing == ISO20_PROCESSING_FINISHED) {
		if (s->choice.control == CONTROL_SCHEDULED &&
		    !selects_tuple(req->ev_power_profile))
			return session_fail(s, res, CODE(FAILED_SCHEDULE_SELECTION_INVALID),
					    "the vehicle selects no schedule that was offered");
		if (req->ev_power_profile)
			take_profile(s, req);
		return close_port(s, res);
	}
	/* Its own preparations go on: closing may begin, and is not waited for. */
	result = close_port(s, res);
	if (s->phase == PHASE_LOOP)
		s->phase = PHASE_DELIVERY;
	return result == SESSION_WAIT ? SESSION_ANSWER : result;
}

static bool is_open(const struct session *s)
{
	return s->facts.step == CHARGER_OPEN || s->facts.step == CHARGER_FAULT;
}

/* Power ends, then the contactor opens: SESSION_ANSWER once it has. */
static enum session_result open_port(struct session *s, void *response)
{
	if (is_open(s))
		return SESSION_ANSWER;
	/* Asked once: it goes on by itself. */
	if (s->facts.step != CHARGER_OPENING) {
		session_halt(s);
		s->charger->ops->open(s->charger);
	}
	return session_wait(s, response, CODE(FAILED_CONTACTOR_ERROR),
			    "the port did not open in time");
}

enum session_result take_power_delivery(struct session *s, const void *request, void *response)
{
	const struct iso20_power_delivery_req *req = request;
	struct iso20_power_delivery_res *res = response;
	enum session_result result;

	switch (req->charge_progress) {
	case ISO20_CHARGE_PROGRESS_START:
		return start(s, req, res);
	case ISO20_CHARGE_PROGRESS_STOP:
		result = open_port(s, res);
		if (result == SESSION_ANSWER)
			s->phase = PHASE_STOPPED;
		return result;
	case ISO20_CHARGE_PROGRESS_STANDBY:
		res->response_code = CODE(WARNING_STANDBY_NOT_ALLOWED);
		s->why = "standby is not offered: pause the session";
		return SESSION_ANSWER;
	default:
		/* Outside the charge loop nothing watches over the vehicle: no power. */
		session_halt(s);
		s->phase = PHASE_SCHEDULE;
		return SESSION_ANSWER;
	}
}

static void keep(struct session *s)
{
	struct session_pause *pause = s->pause;

	pause->kept = true;
	memcpy(pause->id, s->id, sizeof(pause->id));
	memcpy(pause->identity, s->identity, sizeof(pause->identity));
	memcpy(pause->evccid, s->evccid, sizeof(pause->evccid));
	pause->choice = s->choice;
}

enum session_result take_session_stop(struct session *s, const void *request, void *response)
{
	const struct iso20_session_stop_req *req = request;
	enum session_result result = open_port(s, response);

	if (result != SESSION_ANSWER)
		return result;
	if (req->charging_session == ISO20_CHARGING_SESSION_SERVICE_RENEGOTIATION) {
		s->phase = PHASE_DISCOVERY;
		return SESSION_ANSWER;
	}
	if (req->charging_session == ISO20_CHARGING_SESSION_PAUSE) {
		if (!s->choice.service)
			return session_fail(s, response, CODE(FAILED_PAUSE_NOT_ALLOWED),
					    "no service was selected yet");
		keep(s);
	}
	s->phase = PHASE_END;
	return SESSION_LAST;
}
