// SPDX-License-Identifier: GPL-2.0-or-later
/* DC charge loop: the charger's stage does it, within what the vehicle tells. */
#include "loop.h"

typedef struct iso20_scheduled_dc_cl_req_control_mode scheduled_req;
typedef struct iso20_bpt_scheduled_dc_cl_req_control_mode bpt_scheduled_req;
typedef struct iso20_dynamic_dc_cl_req_control_mode dynamic_req;
typedef struct iso20_bpt_dynamic_dc_cl_req_control_mode bpt_dynamic_req;
typedef struct iso20_scheduled_dc_cl_res_control_mode scheduled_res;
typedef struct iso20_bpt_scheduled_dc_cl_res_control_mode bpt_scheduled_res;
typedef struct iso20_dynamic_dc_cl_res_control_mode dynamic_res;
typedef struct iso20_bpt_dynamic_dc_cl_res_control_mode bpt_dynamic_res;

#define TAKE(value, of, mode, type, member) do { \
	if (exi_has(mode, type, member)) \
		(value) = of(&(mode)->member); \
} while (0)

#define TELL(mode, type, member, milli) do { \
	exi_set(mode, type, member); \
	(mode)->member = number_of_milli(milli); \
} while (0)

/* A dynamic response needs the limits, whatever becomes of the request. */
static void fill_dynamic(const struct session *s, dynamic_res *mode)
{
	mode->evse_maximum_charge_power = number_of_milli(power_limits(s).max_mw);
	mode->evse_maximum_charge_current = number_of_milli(s->facts.rated_ma);
	mode->evse_maximum_voltage = number_of_milli(s->facts.rated_mv);
}

static void fill_bpt_dynamic(const struct session *s, bpt_dynamic_res *mode)
{
	fill_dynamic(s, EXI_BASE(iso20_dynamic_dc_cl_res_control_mode, mode));
	mode->evse_maximum_discharge_power =
		number_of_milli(-(int64_t)power_limits(s).min_mw);
	mode->evse_maximum_discharge_current = number_of_milli(s->facts.rated_export_ma);
	mode->evse_minimum_voltage = number_of_milli(s->config->dc_min_voltage_mv);
}

static void fill_scheduled(const struct session *s, scheduled_res *mode)
{
	TELL(mode, iso20_scheduled_dc_cl_res_control_mode, evse_maximum_charge_power,
	     power_limits(s).max_mw);
	TELL(mode, iso20_scheduled_dc_cl_res_control_mode, evse_maximum_charge_current,
	     s->facts.rated_ma);
	TELL(mode, iso20_scheduled_dc_cl_res_control_mode, evse_maximum_voltage,
	     s->facts.rated_mv);
}

static void fill_bpt_scheduled(const struct session *s, bpt_scheduled_res *mode)
{
	fill_scheduled(s, EXI_BASE(iso20_scheduled_dc_cl_res_control_mode, mode));
	TELL(mode, iso20_bpt_scheduled_dc_cl_res_control_mode, evse_maximum_discharge_power,
	     -(int64_t)power_limits(s).min_mw);
	TELL(mode, iso20_bpt_scheduled_dc_cl_res_control_mode,
	     evse_maximum_discharge_current, s->facts.rated_export_ma);
	TELL(mode, iso20_bpt_scheduled_dc_cl_res_control_mode, evse_minimum_voltage,
	     s->config->dc_min_voltage_mv);
}

void fill_dc_loop(struct session *s, void *response)
{
	struct iso20_dc_charge_loop_res *res = response;
	bool dynamic = s->choice.control == CONTROL_DYNAMIC;

	res->evse_present_voltage = number_of_milli(s->facts.voltage_mv);
	res->evse_present_current = number_of_milli(s->facts.current_ma);
	if (dynamic && s->choice.bpt) {
		res->bpt_dynamic_dc_cl_res_control_mode =
			SESSION_ROOM_FOR(s, iso20_bpt_dynamic_dc_cl_res_control_mode);
		fill_bpt_dynamic(s, res->bpt_dynamic_dc_cl_res_control_mode);
	} else if (dynamic) {
		res->dynamic_dc_cl_res_control_mode =
			SESSION_ROOM_FOR(s, iso20_dynamic_dc_cl_res_control_mode);
		fill_dynamic(s, res->dynamic_dc_cl_res_control_mode);
	} else if (s->choice.bpt) {
		res->bpt_scheduled_dc_cl_res_control_mode =
			SESSION_ROOM_FOR(s, iso20_bpt_scheduled_dc_cl_res_control_mode);
		fill_bpt_scheduled(s, res->bpt_scheduled_dc_cl_res_control_mode);
	} else {
		res->scheduled_dc_cl_res_control_mode =
			SESSION_ROOM_FOR(s, iso20_scheduled_dc_cl_res_control_mode);
		fill_scheduled(s, res->scheduled_dc_cl_res_control_mode);
	}
}

static bool is_chosen(const struct session *s, const struct iso20_dc_charge_loop_req *req)
{
	bool dynamic = s->choice.control == CONTROL_DYNAMIC;

	if (s->choice.bpt)
		return dynamic ? !!req->bpt_dynamic_dc_cl_req_control_mode :
				 !!req->bpt_scheduled_dc_cl_req_control_mode;
	return dynamic ? !!req->dynamic_dc_cl_req_control_mode :
			 !!req->scheduled_dc_cl_req_control_mode;
}

/* The charger plans, within the vehicle's limits. */
static int32_t take_dynamic(struct session *s, const struct iso20_dc_charge_loop_req *req,
			    struct power_limits *limits)
{
	const bpt_dynamic_req *bpt = req->bpt_dynamic_dc_cl_req_control_mode;
	const dynamic_req *mode = bpt ?
		EXI_BASE(iso20_dynamic_dc_cl_req_control_mode, bpt) :
		req->dynamic_dc_cl_req_control_mode;

	loop_take_needs(s, &mode->ev_maximum_energy_request,
			&mode->ev_minimum_energy_request);
	limits->max_charge_mw = number_milli(&mode->ev_maximum_charge_power);
	limits->min_charge_mw = number_milli(&mode->ev_minimum_charge_power);
	s->battery.max_charge_ma = number_milli(&mode->ev_maximum_charge_current);
	s->battery.max_mv = number_milli(&mode->ev_maximum_voltage);
	if (bpt) {
		limits->max_discharge_mw =
			number_size_milli(&bpt->ev_maximum_discharge_power);
		limits->min_discharge_mw =
			number_size_milli(&bpt->ev_minimum_discharge_power);
		s->battery.max_discharge_ma =
			number_size_milli(&bpt->ev_maximum_discharge_current);
	}
	return power_planned(s);
}

/* The vehicle plans: its current, at the voltage that there is. */
static int32_t take_scheduled(struct session *s, const struct iso20_dc_charge_loop_req *req,
			      struct power_limits *limits)
{
	const bpt_scheduled_req *bpt = req->bpt_scheduled_dc_cl_req_control_mode;
	const scheduled_req *mode = bpt ?
		EXI_BASE(iso20_scheduled_dc_cl_req_control_mode, bpt) :
		req->scheduled_dc_cl_req_control_mode;

	TAKE(limits->max_charge_mw, number_milli, mode,
	     iso20_scheduled_dc_cl_req_control_mode, ev_maximum_charge_power);
	TAKE(limits->min_charge_mw, number_milli, mode,
	     iso20_scheduled_dc_cl_req_control_mode, ev_minimum_charge_power);
	TAKE(s->battery.max_charge_ma, number_milli, mode,
	     iso20_scheduled_dc_cl_req_control_mode, ev_maximum_charge_current);
	TAKE(s->battery.max_mv, number_milli, mode,
	     iso20_scheduled_dc_cl_req_control_mode, ev_maximum_voltage);
	if (bpt) {
		TAKE(limits->max_discharge_mw, number_size_milli, bpt,
		     iso20_bpt_scheduled_dc_cl_req_control_mode, ev_maximum_discharge_power);
		TAKE(limits->min_discharge_mw, number_size_milli, bpt,
		     iso20_bpt_scheduled_dc_cl_req_control_mode, ev_minimum_discharge_power);
		TAKE(s->battery.max_discharge_ma, number_size_milli, bpt,
		     iso20_bpt_scheduled_dc_cl_req_control_mode,
		     ev_maximum_discharge_current);
	}
	return power_of_current(s, number_milli(&mode->ev_target_current));
}

/* Why the vehicle does not get what it asked for */
static void tell_limits(const struct session *s, struct iso20_dc_charge_loop_res *res,
			int32_t wanted_mw)
{
	int32_t current_ma = s->effective_mw < 0 ? s->facts.rated_export_ma :
						   s->facts.rated_ma;
	int32_t present_ma = s->facts.current_ma < 0 ? -s->facts.current_ma :
						       s->facts.current_ma;

	res->evse_power_limit_achieved = wanted_mw != INT32_MAX &&
					 s->effective_mw != wanted_mw;
	res->evse_current_limit_achieved = current_ma && present_ma >= current_ma;
	res->evse_voltage_limit_achieved = s->facts.voltage_mv >= s->facts.rated_mv;
}

enum session_result take_dc_loop(struct session *s, const void *request, void *response)
{
	const struct iso20_dc_charge_loop_req *req = request;
	struct iso20_dc_charge_loop_res *res = response;
	struct power_limits limits = {
		.max_charge_mw = s->battery.window.max_mw,
		.max_discharge_mw = -s->battery.window.min_mw,
	};
	enum session_result result;
	int32_t wanted_mw;

	if (!config_is_dc(s->config) || !is_chosen(s, req))
		return session_fail(s, res, CODE(FAILED),
				    "the control mode is not that of the selected service");
	loop_take(s, req->display_parameters);
	wanted_mw = s->choice.control == CONTROL_DYNAMIC ?
		    take_dynamic(s, req, &limits) : take_scheduled(s, req, &limits);
	if (s->battery.max_charge_ma < 0)
		return session_fail(s, res, CODE(FAILED_WRONG_CHARGE_PARAMETER),
				    "the vehicle's charging current is below zero");
	result = loop_power(s, res, &limits, wanted_mw);
	if (result != SESSION_ANSWER)
		return result;
	tell_limits(s, res, wanted_mw);
	return loop_status(s, res, &res->evse_status, &res->meter_info,
			   req->meter_info_requested);
}
