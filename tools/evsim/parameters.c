// SPDX-License-Identifier: GPL-2.0-or-later
/* Charge parameter discovery: what each side can do. Discharging is told as a size. */
#include "../secc/power.h"
#include "phase.h"

typedef struct iso20_ac_cpd_req_energy_transfer_mode ac_req;
typedef struct iso20_bpt_ac_cpd_req_energy_transfer_mode bpt_ac_req;
typedef struct iso20_ac_cpd_res_energy_transfer_mode ac_res;
typedef struct iso20_bpt_ac_cpd_res_energy_transfer_mode bpt_ac_res;
typedef struct iso20_dc_cpd_req_energy_transfer_mode dc_req;
typedef struct iso20_bpt_dc_cpd_req_energy_transfer_mode bpt_dc_req;
typedef struct iso20_dc_cpd_res_energy_transfer_mode dc_res;
typedef struct iso20_bpt_dc_cpd_res_energy_transfer_mode bpt_dc_res;

void make_ac_parameters(struct vehicle *v, void *request)
{
	struct iso20_ac_charge_parameter_discovery_req *req = request;
	ac_req *mode;

	if (v->choice.bpt) {
		bpt_ac_req *bpt = vehicle_room(v, sizeof(*bpt));

		bpt->ev_maximum_discharge_power =
			number_of_milli(v->battery.max_discharge_mw);
		req->bpt_ac_cpd_req_energy_transfer_mode = bpt;
		mode = EXI_BASE(iso20_ac_cpd_req_energy_transfer_mode, bpt);
	} else {
		mode = VEHICLE_ROOM_FOR(v, iso20_ac_cpd_req_energy_transfer_mode);
		req->ac_cpd_req_energy_transfer_mode = mode;
	}
	mode->ev_maximum_charge_power = number_of_milli(v->battery.max_charge_mw);
}

static int agreed(struct vehicle *v)
{
	return v->charger.window.max_mw < 0 ?
	       vehicle_fail(v, "the charger's highest charging power is below zero") :
	       MESSAGE_SCHEDULE_EXCHANGE;
}

int take_ac_parameters_res(struct vehicle *v, const void *response)
{
	const struct iso20_ac_charge_parameter_discovery_res *res = response;
	const bpt_ac_res *bpt = res->bpt_ac_cpd_res_energy_transfer_mode;
	const ac_res *mode = bpt ? EXI_BASE(iso20_ac_cpd_res_energy_transfer_mode, bpt) :
				   res->ac_cpd_res_energy_transfer_mode;

	if (v->choice.bpt != !!bpt)
		return vehicle_fail(v, "the charger's parameters are not those of the selected service");
	v->charger.window.max_mw = PHASES(power_of_phases, mode,
					  iso20_ac_cpd_res_energy_transfer_mode,
					  evse_maximum_charge_power);
	v->charger.window.min_mw =
		bpt ? -PHASES(power_of_phases_size, bpt,
			      iso20_bpt_ac_cpd_res_energy_transfer_mode,
			      evse_maximum_discharge_power) : 0;
	return agreed(v);
}

void make_dc_parameters(struct vehicle *v, void *request)
{
	struct iso20_dc_charge_parameter_discovery_req *req = request;
	const struct battery *b = &v->battery;
	dc_req *mode;

	if (v->choice.bpt) {
		bpt_dc_req *bpt = vehicle_room(v, sizeof(*bpt));

		bpt->ev_maximum_discharge_power = number_of_milli(b->max_discharge_mw);
		bpt->ev_maximum_discharge_current = number_of_milli(b->max_ma);
		req->bpt_dc_cpd_req_energy_transfer_mode = bpt;
		mode = EXI_BASE(iso20_dc_cpd_req_energy_transfer_mode, bpt);
	} else {
		mode = VEHICLE_ROOM_FOR(v, iso20_dc_cpd_req_energy_transfer_mode);
		req->dc_cpd_req_energy_transfer_mode = mode;
	}
	mode->ev_maximum_charge_power = number_of_milli(b->max_charge_mw);
	mode->ev_maximum_charge_current = number_of_milli(b->max_ma);
	mode->ev_maximum_voltage = number_of_milli(b->max_mv);
	exi_set(mode, iso20_dc_cpd_req_energy_transfer_mode, target_soc);
	mode->target_soc = b->target_soc_permille / 10;
}

int take_dc_parameters_res(struct vehicle *v, const void *response)
{
	const struct iso20_dc_charge_parameter_discovery_res *res = response;
	const bpt_dc_res *bpt = res->bpt_dc_cpd_res_energy_transfer_mode;
	const dc_res *mode = bpt ? EXI_BASE(iso20_dc_cpd_res_energy_transfer_mode, bpt) :
				   res->dc_cpd_res_energy_transfer_mode;

	if (v->choice.bpt != !!bpt)
		return vehicle_fail(v, "the charger's parameters are not those of the selected service");
	v->charger.window.max_mw = number_milli(&mode->evse_maximum_charge_power);
	v->charger.window.min_mw =
		bpt ? -number_size_milli(&bpt->evse_maximum_discharge_power) : 0;
	v->charger.max_ma = number_milli(&mode->evse_maximum_charge_current);
	v->charger.max_discharge_ma =
		bpt ? number_size_milli(&bpt->evse_maximum_discharge_current) : 0;
	v->charger.max_mv = number_milli(&mode->evse_maximum_voltage);
	if (v->charger.max_mv < battery_mv(&v->battery))
		return vehicle_fail(v, "the charger's highest voltage, %d mV, is below the battery's, %d mV",
				    v->charger.max_mv, battery_mv(&v->battery));
	return agreed(v);
}
