// SPDX-License-Identifier: GPL-2.0-or-later
/* AC charge loop: the vehicle's inverter does what the charger tells, or what it planned. */
#include "loop.h"

typedef struct iso20_scheduled_ac_cl_req_control_mode scheduled_req;
typedef struct iso20_bpt_scheduled_ac_cl_req_control_mode bpt_scheduled_req;
typedef struct iso20_dynamic_ac_cl_req_control_mode dynamic_req;
typedef struct iso20_bpt_dynamic_ac_cl_req_control_mode bpt_dynamic_req;
typedef struct iso20_scheduled_ac_cl_res_control_mode scheduled_res;
typedef struct iso20_dynamic_ac_cl_res_control_mode dynamic_res;

#define TAKE(limit, of, mode, type, member) do { \
	if (exi_has(mode, type, member)) \
		(limit) = PHASES(of, mode, type, member); \
} while (0)

void fill_ac_loop(struct session *s, void *response)
{
	struct iso20_ac_charge_loop_res *res = response;
	bool dynamic = s->choice.control == CONTROL_DYNAMIC;

	if (dynamic && s->choice.bpt)
		res->bpt_dynamic_ac_cl_res_control_mode =
			SESSION_ROOM_FOR(s, iso20_bpt_dynamic_ac_cl_res_control_mode);
	else if (dynamic)
		res->dynamic_ac_cl_res_control_mode =
			SESSION_ROOM_FOR(s, iso20_dynamic_ac_cl_res_control_mode);
	else if (s->choice.bpt)
		res->bpt_scheduled_ac_cl_res_control_mode =
			SESSION_ROOM_FOR(s, iso20_bpt_scheduled_ac_cl_res_control_mode);
	else
		res->scheduled_ac_cl_res_control_mode =
			SESSION_ROOM_FOR(s, iso20_scheduled_ac_cl_res_control_mode);
}

static const dynamic_req *dynamic_of(const struct iso20_ac_charge_loop_req *req)
{
	return req->bpt_dynamic_ac_cl_req_control_mode ?
	       EXI_BASE(iso20_dynamic_ac_cl_req_control_mode,
			req->bpt_dynamic_ac_cl_req_control_mode) :
	       req->dynamic_ac_cl_req_control_mode;
}

static const scheduled_req *scheduled_of(const struct iso20_ac_charge_loop_req *req)
{
	return req->bpt_scheduled_ac_cl_req_control_mode ?
	       EXI_BASE(iso20_scheduled_ac_cl_req_control_mode,
			req->bpt_scheduled_ac_cl_req_control_mode) :
	       req->scheduled_ac_cl_req_control_mode;
}

static bool is_chosen(const struct session *s, const struct iso20_ac_charge_loop_req *req)
{
	bool dynamic = s->choice.control == CONTROL_DYNAMIC;

	if (s->choice.bpt)
		return dynamic ? !!req->bpt_dynamic_ac_cl_req_control_mode :
				 !!req->bpt_scheduled_ac_cl_req_control_mode;
	return dynamic ? !!req->dynamic_ac_cl_req_control_mode :
			 !!req->scheduled_ac_cl_req_control_mode;
}

/* The charger plans: what it tells, the vehicle does. */
static int32_t take_dynamic(struct session *s, const struct iso20_ac_charge_loop_req *req,
			    struct power_limits *limits)
{
	const dynamic_req *mode = dynamic_of(req);
	const bpt_dynamic_req *bpt = req->bpt_dynamic_ac_cl_req_control_mode;

	loop_take_needs(s, &mode->ev_maximum_energy_request,
			&mode->ev_minimum_energy_request);
	limits->max_charge_mw = PHASES(power_of_phases, mode,
				       iso20_dynamic_ac_cl_req_control_mode,
				       ev_maximum_charge_power);
	limits->min_charge_mw = PHASES(power_of_phases, mode,
				       iso20_dynamic_ac_cl_req_control_mode,
				       ev_minimum_charge_power);
	if (bpt) {
		limits->max_discharge_mw = PHASES(power_of_phases_size, bpt,
						  iso20_bpt_dynamic_ac_cl_req_control_mode,
						  ev_maximum_discharge_power);
		limits->min_discharge_mw = PHASES(power_of_phases_size, bpt,
						  iso20_bpt_dynamic_ac_cl_req_control_mode,
						  ev_minimum_discharge_power);
	}
	return power_planned(s);
}

/* The vehicle plans: what it planned, or what it does where it told no plan. */
static int32_t take_scheduled(const struct session *s,
			      const struct iso20_ac_charge_loop_req *req,
			      struct power_limits *limits)
{
	const scheduled_req *mode = scheduled_of(req);
	const bpt_scheduled_req *bpt = req->bpt_scheduled_ac_cl_req_control_mode;

	TAKE(limits->max_charge_mw, power_of_phases, mode,
	     iso20_scheduled_ac_cl_req_control_mode, ev_maximum_charge_power);
	TAKE(limits->min_charge_mw, power_of_phases, mode,
	     iso20_scheduled_ac_cl_req_control_mode, ev_minimum_charge_power);
	if (bpt) {
		TAKE(limits->max_discharge_mw, power_of_phases_size, bpt,
		     iso20_bpt_scheduled_ac_cl_req_control_mode, ev_maximum_discharge_power);
		TAKE(limits->min_discharge_mw, power_of_phases_size, bpt,
		     iso20_bpt_scheduled_ac_cl_req_control_mode, ev_minimum_discharge_power);
	}
	return power_profile(s, PHASES(power_of_phases, mode,
				       iso20_scheduled_ac_cl_req_control_mode,
				       ev_present_active_power));
}

static void tell_dynamic(const struct session *s, dynamic_res *mode)
{
	mode->evse_target_active_power = number_of_milli(s->effective_mw);
	exi_set(mode, iso20_dynamic_ac_cl_res_control_mode, evse_present_active_power);
	mode->evse_present_active_power = number_of_milli(s->facts.power_mw);
}

/* A target only where the vehicle's plan is not what it gets. */
static void tell_scheduled(const struct session *s, scheduled_res *mode)
{
	if (*s->limiter || s->facts.step != CHARGER_CLOSED) {
		exi_set(mode, iso20_scheduled_ac_cl_res_control_mode,
			evse_target_active_power);
		mode->evse_target_active_power = number_of_milli(s->effective_mw);
	}
	exi_set(mode, iso20_scheduled_ac_cl_res_control_mode, evse_present_active_power);
	mode->evse_present_active_power = number_of_milli(s->facts.power_mw);
}

static void tell(const struct session *s, struct iso20_ac_charge_loop_res *res)
{
	if (res->bpt_dynamic_ac_cl_res_control_mode)
		tell_dynamic(s, EXI_BASE(iso20_dynamic_ac_cl_res_control_mode,
					 res->bpt_dynamic_ac_cl_res_control_mode));
	else if (res->dynamic_ac_cl_res_control_mode)
		tell_dynamic(s, res->dynamic_ac_cl_res_control_mode);
	else if (res->bpt_scheduled_ac_cl_res_control_mode)
		tell_scheduled(s, EXI_BASE(iso20_scheduled_ac_cl_res_control_mode,
					   res->bpt_scheduled_ac_cl_res_control_mode));
	else
		tell_scheduled(s, res->scheduled_ac_cl_res_control_mode);
}

enum session_result take_ac_loop(struct session *s, const void *request, void *response)
{
	const struct iso20_ac_charge_loop_req *req = request;
	struct iso20_ac_charge_loop_res *res = response;
	struct power_limits limits = {
		.max_charge_mw = s->battery.window.max_mw,
		.max_discharge_mw = -s->battery.window.min_mw,
	};
	enum session_result result;
	int32_t wanted_mw;

	if (config_is_dc(s->config) || !is_chosen(s, req))
		return session_fail(s, res, CODE(FAILED),
				    "the control mode is not that of the selected service");
	loop_take(s, req->display_parameters);
	wanted_mw = s->choice.control == CONTROL_DYNAMIC ?
		    take_dynamic(s, req, &limits) : take_scheduled(s, req, &limits);
	result = loop_power(s, res, &limits, wanted_mw);
	if (result != SESSION_ANSWER)
		return result;
	tell(s, res);
	return loop_status(s, res, &res->evse_status, &res->meter_info,
			   req->meter_info_requested);
}
