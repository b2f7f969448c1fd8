// SPDX-License-Identifier: GPL-2.0-or-later
/* Charge parameter discovery: what each side can do. */
#include "power.h"

/* The modes of AC and of DC, and those for both directions that extend them */
typedef struct iso20_ac_cpd_req_energy_transfer_mode ac_req;
typedef struct iso20_ac_cpd_res_energy_transfer_mode ac_res;
typedef struct iso20_bpt_ac_cpd_req_energy_transfer_mode bpt_ac_req;
typedef struct iso20_bpt_ac_cpd_res_energy_transfer_mode bpt_ac_res;
typedef struct iso20_dc_cpd_req_energy_transfer_mode dc_req;
typedef struct iso20_dc_cpd_res_energy_transfer_mode dc_res;
typedef struct iso20_bpt_dc_cpd_req_energy_transfer_mode bpt_dc_req;
typedef struct iso20_bpt_dc_cpd_res_energy_transfer_mode bpt_dc_res;

static enum session_result refuse(struct session *s, void *response, const char *why)
{
	return session_fail(s, response, CODE(FAILED_WRONG_CHARGE_PARAMETER), why);
}

/* The kernel keeps the vehicle's limits from now on, before any power can flow. */
static enum session_result agree(struct session *s, void *response,
				 const struct power_limits *limits)
{
	if (!power_take_limits(s, limits))
		return refuse(s, response,
			      "the vehicle's lowest limit is above its highest, or below zero");
	if (power_allow(s))
		return refuse(s, response, "the port refuses the vehicle's limits");
	s->offered = power_offer(s);
	s->phase = PHASE_SCHEDULE;
	return SESSION_ANSWER;
}

static void fill_ac_charge(const struct session *s, ac_res *mode)
{
	mode->evse_maximum_charge_power = number_of_milli(power_offer(s).max_mw);
	mode->evse_nominal_frequency = number_of_milli(s->facts.nominal_mhz);
}

void fill_ac_parameters(struct session *s, void *response)
{
	struct iso20_ac_charge_parameter_discovery_res *res = response;
	bpt_ac_res *bpt;

	if (!s->choice.bpt) {
		res->ac_cpd_res_energy_transfer_mode = session_room(s, sizeof(ac_res));
		fill_ac_charge(s, res->ac_cpd_res_energy_transfer_mode);
		return;
	}
	bpt = session_room(s, sizeof(*bpt));
	fill_ac_charge(s, EXI_BASE(iso20_ac_cpd_res_energy_transfer_mode, bpt));
	bpt->evse_maximum_discharge_power = number_of_milli(-(int64_t)power_offer(s).min_mw);
	res->bpt_ac_cpd_res_energy_transfer_mode = bpt;
}

enum session_result take_ac_parameters(struct session *s, const void *request, void *response)
{
	const struct iso20_ac_charge_parameter_discovery_req *req = request;
	const bpt_ac_req *bpt = req->bpt_ac_cpd_req_energy_transfer_mode;
	const ac_req *mode = bpt ? EXI_BASE(iso20_ac_cpd_req_energy_transfer_mode, bpt) :
				   req->ac_cpd_req_energy_transfer_mode;
	struct power_limits limits = {
		.max_charge_mw = PHASES(power_of_phases, mode,
					iso20_ac_cpd_req_energy_transfer_mode,
					ev_maximum_charge_power),
		.min_charge_mw = PHASES(power_of_phases, mode,
					iso20_ac_cpd_req_energy_transfer_mode,
					ev_minimum_charge_power),
	};

	if (config_is_dc(s->config) || s->choice.bpt != !!bpt)
		return refuse(s, response,
			      "the parameters are not those of the selected service");
	if (bpt) {
		limits.max_discharge_mw = PHASES(power_of_phases_size, bpt,
						 iso20_bpt_ac_cpd_req_energy_transfer_mode,
						 ev_maximum_discharge_power);
		limits.min_discharge_mw = PHASES(power_of_phases_size, bpt,
						 iso20_bpt_ac_cpd_req_energy_transfer_mode,
						 ev_minimum_discharge_power);
	}
	return agree(s, response, &limits);
}

static void fill_dc_charge(const struct session *s, dc_res *mode)
{
	mode->evse_maximum_charge_power = number_of_milli(power_offer(s).max_mw);
	mode->evse_maximum_charge_current = number_of_milli(s->facts.rated_ma);
	mode->evse_maximum_voltage = number_of_milli(s->facts.rated_mv);
	mode->evse_minimum_voltage = number_of_milli(s->config->dc_min_voltage_mv);
}

void fill_dc_parameters(struct session *s, void *response)
{
	struct iso20_dc_charge_parameter_discovery_res *res = response;
	bpt_dc_res *bpt;

	if (!s->choice.bpt) {
		res->dc_cpd_res_energy_transfer_mode = session_room(s, sizeof(dc_res));
		fill_dc_charge(s, res->dc_cpd_res_energy_transfer_mode);
		return;
	}
	bpt = session_room(s, sizeof(*bpt));
	fill_dc_charge(s, EXI_BASE(iso20_dc_cpd_res_energy_transfer_mode, bpt));
	bpt->evse_maximum_discharge_power = number_of_milli(-(int64_t)power_offer(s).min_mw);
	bpt->evse_maximum_discharge_current = number_of_milli(s->facts.rated_export_ma);
	res->bpt_dc_cpd_res_energy_transfer_mode = bpt;
}

static bool take_voltage(struct session *s, const dc_req *mode)
{
	s->battery.max_mv = number_milli(&mode->ev_maximum_voltage);
	s->battery.max_charge_ma = number_milli(&mode->ev_maximum_charge_current);
	return s->battery.max_mv >= number_milli(&mode->ev_minimum_voltage) &&
	       s->battery.max_charge_ma >= number_milli(&mode->ev_minimum_charge_current) &&
	       s->battery.max_charge_ma >= 0;
}

enum session_result take_dc_parameters(struct session *s, const void *request, void *response)
{
	const struct iso20_dc_charge_parameter_discovery_req *req = request;
	const bpt_dc_req *bpt = req->bpt_dc_cpd_req_energy_transfer_mode;
	const dc_req *mode = bpt ? EXI_BASE(iso20_dc_cpd_req_energy_transfer_mode, bpt) :
				   req->dc_cpd_req_energy_transfer_mode;
	struct power_limits limits = {
		.max_charge_mw = number_milli(&mode->ev_maximum_charge_power),
		.min_charge_mw = number_milli(&mode->ev_minimum_charge_power),
	};

	if (!config_is_dc(s->config) || s->choice.bpt != !!bpt)
		return refuse(s, response,
			      "the parameters are not those of the selected service");
	if (!take_voltage(s, mode))
		return refuse(s, response,
			      "the vehicle's lowest voltage or current is above its highest");
	if (s->battery.max_mv < s->config->dc_min_voltage_mv)
		return refuse(s, response,
			      "the vehicle's highest voltage is below the charger's lowest");
	if (bpt) {
		limits.max_discharge_mw = number_size_milli(&bpt->ev_maximum_discharge_power);
		limits.min_discharge_mw = number_size_milli(&bpt->ev_minimum_discharge_power);
		s->battery.max_discharge_ma =
			number_size_milli(&bpt->ev_maximum_discharge_current);
	}
	return agree(s, response, &limits);
}
