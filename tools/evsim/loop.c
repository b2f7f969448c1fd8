// SPDX-License-Identifier: GPL-2.0-or-later
/* Charge loops of AC and DC. Power charges where it is positive; limits are sizes. */
#include "../secc/power.h"
#include "phase.h"

#define TELL(mode, type, member, milli) do { \
	exi_set(mode, type, member); \
	(mode)->member = number_of_milli(milli); \
} while (0)

static struct iso20_display_parameters *display(struct vehicle *v)
{
	struct iso20_display_parameters *d =
		VEHICLE_ROOM_FOR(v, iso20_display_parameters);

	exi_set(d, iso20_display_parameters, present_soc);
	d->present_soc = battery_soc_permille(&v->battery) / 10;
	exi_set(d, iso20_display_parameters, minimum_soc);
	d->minimum_soc = v->battery.min_soc_permille / 10;
	exi_set(d, iso20_display_parameters, target_soc);
	d->target_soc = v->battery.target_soc_permille / 10;
	TELL(d, iso20_display_parameters, battery_energy_capacity,
	     v->battery.capacity_mwh);
	return d;
}

static void fill_ac_dynamic(struct vehicle *v,
			    struct iso20_dynamic_ac_cl_req_control_mode *mode)
{
	exi_set(mode, iso20_dynamic_ac_cl_req_control_mode, departure_time);
	mode->departure_time = vehicle_departure_s(v);
	vehicle_energies(v, &mode->ev_target_energy_request,
			 &mode->ev_maximum_energy_request,
			 &mode->ev_minimum_energy_request);
	mode->ev_maximum_charge_power = number_of_milli(battery_charge_mw(&v->battery));
	mode->ev_present_active_power = number_of_milli(v->present_mw);
}

static void fill_ac_scheduled(struct vehicle *v,
			      struct iso20_scheduled_ac_cl_req_control_mode *mode)
{
	TELL(mode, iso20_scheduled_ac_cl_req_control_mode, ev_maximum_charge_power,
	     battery_charge_mw(&v->battery));
	mode->ev_present_active_power = number_of_milli(v->present_mw);
}

void make_ac_loop(struct vehicle *v, void *request)
{
	struct iso20_ac_charge_loop_req *req = request;
	bool dynamic = v->choice.control == CONTROL_DYNAMIC;
	int32_t discharge_mw = battery_discharge_mw(&v->battery);

	req->display_parameters = display(v);
	if (dynamic && v->choice.bpt) {
		req->bpt_dynamic_ac_cl_req_control_mode =
			VEHICLE_ROOM_FOR(v, iso20_bpt_dynamic_ac_cl_req_control_mode);
		fill_ac_dynamic(v, EXI_BASE(iso20_dynamic_ac_cl_req_control_mode,
					    req->bpt_dynamic_ac_cl_req_control_mode));
		req->bpt_dynamic_ac_cl_req_control_mode->ev_maximum_discharge_power =
			number_of_milli(discharge_mw);
	} else if (dynamic) {
		req->dynamic_ac_cl_req_control_mode =
			VEHICLE_ROOM_FOR(v, iso20_dynamic_ac_cl_req_control_mode);
		fill_ac_dynamic(v, req->dynamic_ac_cl_req_control_mode);
	} else if (v->choice.bpt) {
		req->bpt_scheduled_ac_cl_req_control_mode =
			VEHICLE_ROOM_FOR(v, iso20_bpt_scheduled_ac_cl_req_control_mode);
		fill_ac_scheduled(v, EXI_BASE(iso20_scheduled_ac_cl_req_control_mode,
					      req->bpt_scheduled_ac_cl_req_control_mode));
		TELL(req->bpt_scheduled_ac_cl_req_control_mode,
		     iso20_bpt_scheduled_ac_cl_req_control_mode,
		     ev_maximum_discharge_power, discharge_mw);
	} else {
		req->scheduled_ac_cl_req_control_mode =
			VEHICLE_ROOM_FOR(v, iso20_scheduled_ac_cl_req_control_mode);
		fill_ac_scheduled(v, req->scheduled_ac_cl_req_control_mode);
	}
}

static void fill_dc_dynamic(struct vehicle *v,
			    struct iso20_dynamic_dc_cl_req_control_mode *mode)
{
	exi_set(mode, iso20_dynamic_dc_cl_req_control_mode, departure_time);
	mode->departure_time = vehicle_departure_s(v);
	vehicle_energies(v, &mode->ev_target_energy_request,
			 &mode->ev_maximum_energy_request,
			 &mode->ev_minimum_energy_request);
	mode->ev_maximum_charge_power = number_of_milli(battery_charge_mw(&v->battery));
	mode->ev_maximum_charge_current = number_of_milli(v->battery.max_ma);
	mode->ev_maximum_voltage = number_of_milli(v->battery.max_mv);
}

/* Current of a power at the voltage of now, within what either side can. */
static int32_t current_ma(const struct vehicle *v, int32_t power_mw)
{
	int32_t mv = v->present_mv > 0 ? v->present_mv : battery_mv(&v->battery);
	int64_t ma = (int64_t)power_mw * 1000 / mv;
	int32_t most_ma = ma < 0 ? v->charger.max_discharge_ma : v->charger.max_ma;

	if (most_ma > v->battery.max_ma)
		most_ma = v->battery.max_ma;
	if (ma < -most_ma)
		return -most_ma;
	return ma > most_ma ? most_ma : ma;
}

static void fill_dc_scheduled(struct vehicle *v,
			      struct iso20_scheduled_dc_cl_req_control_mode *mode)
{
	v->target_mw = vehicle_clip_mw(v, vehicle_planned_mw(v));
	mode->ev_target_current = number_of_milli(current_ma(v, v->target_mw));
	mode->ev_target_voltage = number_of_milli(v->battery.max_mv);
	TELL(mode, iso20_scheduled_dc_cl_req_control_mode, ev_maximum_charge_power,
	     battery_charge_mw(&v->battery));
	TELL(mode, iso20_scheduled_dc_cl_req_control_mode, ev_maximum_charge_current,
	     v->battery.max_ma);
	TELL(mode, iso20_scheduled_dc_cl_req_control_mode, ev_maximum_voltage,
	     v->battery.max_mv);
}

void make_dc_loop(struct vehicle *v, void *request)
{
	struct iso20_dc_charge_loop_req *req = request;
	bool dynamic = v->choice.control == CONTROL_DYNAMIC;
	int32_t discharge_mw = battery_discharge_mw(&v->battery);

	req->display_parameters = display(v);
	req->ev_present_voltage = number_of_milli(v->present_mv);
	if (dynamic && v->choice.bpt) {
		struct iso20_bpt_dynamic_dc_cl_req_control_mode *mode =
			VEHICLE_ROOM_FOR(v, iso20_bpt_dynamic_dc_cl_req_control_mode);

		fill_dc_dynamic(v, EXI_BASE(iso20_dynamic_dc_cl_req_control_mode, mode));
		mode->ev_maximum_discharge_power = number_of_milli(discharge_mw);
		mode->ev_maximum_discharge_current = number_of_milli(v->battery.max_ma);
		req->bpt_dynamic_dc_cl_req_control_mode = mode;
	} else if (dynamic) {
		req->dynamic_dc_cl_req_control_mode =
			VEHICLE_ROOM_FOR(v, iso20_dynamic_dc_cl_req_control_mode);
		fill_dc_dynamic(v, req->dynamic_dc_cl_req_control_mode);
	} else if (v->choice.bpt) {
		struct iso20_bpt_scheduled_dc_cl_req_control_mode *mode =
			VEHICLE_ROOM_FOR(v, iso20_bpt_scheduled_dc_cl_req_control_mode);

		fill_dc_scheduled(v, EXI_BASE(iso20_scheduled_dc_cl_req_control_mode,
					      mode));
		TELL(mode, iso20_bpt_scheduled_dc_cl_req_control_mode,
		     ev_maximum_discharge_power, discharge_mw);
		TELL(mode, iso20_bpt_scheduled_dc_cl_req_control_mode,
		     ev_maximum_discharge_current, v->battery.max_ma);
		req->bpt_scheduled_dc_cl_req_control_mode = mode;
	} else {
		req->scheduled_dc_cl_req_control_mode =
			VEHICLE_ROOM_FOR(v, iso20_scheduled_dc_cl_req_control_mode);
		fill_dc_scheduled(v, req->scheduled_dc_cl_req_control_mode);
	}
}

/* Energy of the time since the last response */
static void flow(struct vehicle *v)
{
	if (v->flow_ms && !v->measured)
		battery_flow(&v->battery, v->present_mw, v->now.ms - v->flow_ms);
	v->flow_ms = v->now.ms;
}

/* Its own inverter does what the charger tells, or else what was planned. */
static void obey(struct vehicle *v, int32_t target_mw)
{
	flow(v);
	v->target_mw = vehicle_clip_mw(v, target_mw);
	if (!v->measured)
		v->present_mw = v->target_mw;
}

int take_ac_loop_res(struct vehicle *v, const void *response)
{
	const struct iso20_ac_charge_loop_res *res = response;
	const struct iso20_dynamic_ac_cl_res_control_mode *dynamic = v->choice.bpt ?
		EXI_BASE(iso20_dynamic_ac_cl_res_control_mode,
			 res->bpt_dynamic_ac_cl_res_control_mode) :
		res->dynamic_ac_cl_res_control_mode;
	const struct iso20_scheduled_ac_cl_res_control_mode *scheduled = v->choice.bpt ?
		EXI_BASE(iso20_scheduled_ac_cl_res_control_mode,
			 res->bpt_scheduled_ac_cl_res_control_mode) :
		res->scheduled_ac_cl_res_control_mode;

	if (v->choice.control == CONTROL_DYNAMIC ? !dynamic : !scheduled)
		return vehicle_fail(v, "the charger's control mode is not that of the selected service");
	if (v->choice.control == CONTROL_DYNAMIC)
		obey(v, PHASES(power_of_phases, dynamic, iso20_dynamic_ac_cl_res_control_mode,
			       evse_target_active_power));
	else if (exi_has(scheduled, iso20_scheduled_ac_cl_res_control_mode,
			 evse_target_active_power))
		obey(v, PHASES(power_of_phases, scheduled, iso20_scheduled_ac_cl_res_control_mode,
			       evse_target_active_power));
	else
		obey(v, vehicle_planned_mw(v));
	vehicle_heed(v, res->evse_status);
	return vehicle_after_delivery(v);
}

int take_dc_loop_res(struct vehicle *v, const void *response)
{
	const struct iso20_dc_charge_loop_res *res = response;
	bool dynamic = v->choice.control == CONTROL_DYNAMIC;
	bool fits = v->choice.bpt ?
		    (dynamic ? !!res->bpt_dynamic_dc_cl_res_control_mode :
			       !!res->bpt_scheduled_dc_cl_res_control_mode) :
		    (dynamic ? !!res->dynamic_dc_cl_res_control_mode :
			       !!res->scheduled_dc_cl_res_control_mode);

	if (!fits)
		return vehicle_fail(v, "the charger's control mode is not that of the selected service");
	flow(v);
	v->present_mv = number_milli(&res->evse_present_voltage);
	v->present_ma = number_milli(&res->evse_present_current);
	v->present_mw = (int64_t)v->present_mv * v->present_ma / 1000;
	/* The charger plans: what it does is what is to be. */
	if (dynamic)
		v->target_mw = v->present_mw;
	vehicle_heed(v, res->evse_status);
	return vehicle_after_delivery(v);
}
