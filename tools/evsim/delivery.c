// SPDX-License-Identifier: GPL-2.0-or-later
/* From the cable check to the begin of power, and from its end to that of the session. */
#include <stdlib.h>

#include "phase.h"

/* Pre-charge is done when the charger's voltage is this near to the battery's. */
#define NEAR_MV		20000
/* Below this the contactor is taken as open; others may hold the voltage up. */
#define OPEN_MV		60000
#define WELDING_TRIES	5
/* AC: how long closing may begin while the vehicle says that it is not ready itself */
#define PREPARE_MS	1000

int take_cable_check_res(struct vehicle *v, const void *response)
{
	const struct iso20_dc_cable_check_res *res = response;

	if (res->evse_processing != ISO20_PROCESSING_FINISHED)
		return MESSAGE_CABLE_CHECK;
	v->closed = true;
	return MESSAGE_PRE_CHARGE;
}

static iso20_processing processing(const struct vehicle *v)
{
	return v->finished ? ISO20_PROCESSING_FINISHED : ISO20_PROCESSING_ONGOING;
}

void make_pre_charge(struct vehicle *v, void *request)
{
	struct iso20_dc_pre_charge_req *req = request;

	req->ev_processing = processing(v);
	req->ev_present_voltage = number_of_milli(v->present_mv);
	req->ev_target_voltage = number_of_milli(battery_mv(&v->battery));
}

int take_pre_charge_res(struct vehicle *v, const void *response)
{
	const struct iso20_dc_pre_charge_res *res = response;

	v->present_mv = number_milli(&res->evse_present_voltage);
	if (v->finished)
		return MESSAGE_POWER_DELIVERY;
	v->finished = llabs((int64_t)v->present_mv - battery_mv(&v->battery)) <= NEAR_MV;
	return MESSAGE_PRE_CHARGE;
}

void make_power_delivery(struct vehicle *v, void *request)
{
	struct iso20_power_delivery_req *req = request;

	req->charge_progress = v->progress;
	if (v->progress != ISO20_CHARGE_PROGRESS_START)
		return;
	/* The vehicle's own contactor is what the charger waits for (state C). */
	v->pilot_c = true;
	v->finished = v->dc || v->closed || v->now.ms - v->since_ms >= PREPARE_MS;
	req->ev_processing = processing(v);
	req->ev_power_profile = vehicle_profile(v);
}

static int stop(struct vehicle *v)
{
	v->progress = ISO20_CHARGE_PROGRESS_STOP;
	return MESSAGE_POWER_DELIVERY;
}

int vehicle_after_delivery(struct vehicle *v)
{
	if (v->want > VEHICLE_RENEGOTIATES) {
		v->target_mw = 0;
		return stop(v);
	}
	if (v->want == VEHICLE_CHARGES)
		return v->dc ? MESSAGE_DC_LOOP : MESSAGE_AC_LOOP;
	v->want = VEHICLE_CHARGES;
	v->progress = ISO20_CHARGE_PROGRESS_SCHEDULE_RENEGOTIATION;
	return MESSAGE_POWER_DELIVERY;
}

static void end_power(struct vehicle *v)
{
	v->target_mw = 0;
	v->present_mw = 0;
	v->present_ma = 0;
	v->flow_ms = 0;
}

int take_power_delivery_res(struct vehicle *v, const void *response)
{
	const struct iso20_power_delivery_res *res = response;

	vehicle_heed(v, res->evse_status);
	switch (v->progress) {
	case ISO20_CHARGE_PROGRESS_STOP:
		end_power(v);
		v->pilot_c = false;
		v->closed = false;
		return v->dc ? MESSAGE_WELDING_DETECTION : MESSAGE_SESSION_STOP;
	case ISO20_CHARGE_PROGRESS_SCHEDULE_RENEGOTIATION:
		end_power(v);
		return MESSAGE_SCHEDULE_EXCHANGE;
	default:
		if (!v->finished && v->want < VEHICLE_PAUSES)
			return MESSAGE_POWER_DELIVERY;
		v->closed = true;
		return vehicle_after_delivery(v);
	}
}

void make_welding_detection(struct vehicle *v, void *request)
{
	struct iso20_dc_welding_detection_req *req = request;

	req->ev_processing = processing(v);
}

int take_welding_detection_res(struct vehicle *v, const void *response)
{
	const struct iso20_dc_welding_detection_res *res = response;

	v->present_mv = number_milli(&res->evse_present_voltage);
	if (v->finished)
		return MESSAGE_SESSION_STOP;
	v->finished = v->present_mv < OPEN_MV || v->repeats + 1 >= WELDING_TRIES;
	return MESSAGE_WELDING_DETECTION;
}

void make_session_stop(struct vehicle *v, void *request)
{
	struct iso20_session_stop_req *req = request;

	switch (v->want) {
	case VEHICLE_PAUSES:
		req->charging_session = ISO20_CHARGING_SESSION_PAUSE;
		break;
	case VEHICLE_RESELECTS:
		req->charging_session = ISO20_CHARGING_SESSION_SERVICE_RENEGOTIATION;
		break;
	default:
		req->charging_session = ISO20_CHARGING_SESSION_TERMINATE;
	}
}

int take_session_stop_res(struct vehicle *v, const void *response)
{
	(void)response;
	if (v->want == VEHICLE_RESELECTS) {
		v->want = VEHICLE_CHARGES;
		return MESSAGE_SERVICE_DISCOVERY;
	}
	v->paused = v->want == VEHICLE_PAUSES;
	return VEHICLE_ENDS;
}
