// SPDX-License-Identifier: GPL-2.0-or-later
/* A simulated vehicle: whole sessions, their messages, power and its signs, its battery. */
#include <string.h>

#include "../../tools/secc/number.h"
#include "test.h"
#include "vehicle_bench.h"

static void whole_sessions(void)
{
	struct bench b;
	size_t i, j;

	EACH_SESSION(i, j) {
		const char *service = services[i].name, *control = controls[j].name;

		set_up(&b, services[i].service, controls[j].control);
		check(drive(&b), "%s %s: ends as it says (%s)", service, control,
		      b.script.why);
		check_text(b.wire, services[i].wire, "%s %s: its messages", service, control);
		check(charger.choice.service == services[i].service &&
		      charger.choice.control == controls[j].control,
		      "%s %s: is what was selected", service, control);
		check(b.flowed.min_mw == 0 && b.flowed.max_mw > 10000000,
		      "%s %s: charges, %d to %d mW", service, control, b.flowed.min_mw,
		      b.flowed.max_mw);
		check(is_open(&b) && !v.pilot_c,
		      "%s %s: open, and state B", service, control);
		check(v.battery.energy_nwh > b.scenario.vehicle.battery.energy_nwh,
		      "%s %s: the battery has more than before", service, control);
	}
}

/* A schedule of the operator's: two seconds in, the direction changes. */
static void direction(void)
{
	struct bench b;
	size_t i, j;

	EACH_SESSION(i, j) {
		bool bpt = services[i].service >= SERVICE_AC_BPT;

		set_up(&b, services[i].service, controls[j].control);
		b.config.n_schedule = 2;
		b.config.schedule[0] = (struct schedule_entry){ 0, 7000000, 0 };
		b.config.schedule[1] = (struct schedule_entry){ 2, -5000000, 1 };
		b.scenario.step[0].value = 8000;
		check(drive(&b), "%s %s: follows a schedule (%s)", services[i].name,
		      controls[j].name, b.script.why);
		check(b.flowed.max_mw >= 6990000 && b.flowed.max_mw <= 7000000,
		      "%s %s: charges 7 kW first, %d mW", services[i].name, controls[j].name,
		      b.flowed.max_mw);
		check(bpt ? b.flowed.min_mw <= -4990000 && b.flowed.min_mw >= -5000000 :
			    b.flowed.min_mw == 0,
		      "%s %s: %s, %d mW", services[i].name, controls[j].name,
		      bpt ? "discharges 5 kW then" : "does not discharge", b.flowed.min_mw);
	}
}

/* What was last told of a power, by who told it */
static struct {
	int32_t ac_target_mw;
	int32_t dc_present_ma;
	int32_t dc_target_ma;
	int32_t max_discharge_mw;
	int32_t profile_mw;
} told;

static void hear(struct bench *b, const struct message *message)
{
	const struct iso20_ac_charge_loop_res *ac = message->body;
	const struct iso20_dc_charge_loop_res *dc = message->body;
	const struct iso20_dc_charge_loop_req *dc_req = message->body;
	const struct iso20_ac_charge_parameter_discovery_req *parameters = message->body;
	const struct iso20_power_delivery_req *delivery = message->body;

	(void)b;
	if (message->id == MESSAGE_AC_LOOP && message->response &&
	    ac->bpt_dynamic_ac_cl_res_control_mode)
		told.ac_target_mw = number_milli(&ac->bpt_dynamic_ac_cl_res_control_mode
						 ->evse_target_active_power);
	if (message->id == MESSAGE_DC_LOOP && message->response)
		told.dc_present_ma = number_milli(&dc->evse_present_current);
	if (message->id == MESSAGE_DC_LOOP && !message->response &&
	    dc_req->bpt_scheduled_dc_cl_req_control_mode)
		told.dc_target_ma = number_milli(&dc_req->bpt_scheduled_dc_cl_req_control_mode
						 ->ev_target_current);
	if (message->id == MESSAGE_AC_PARAMETERS && !message->response &&
	    parameters->bpt_ac_cpd_req_energy_transfer_mode)
		told.max_discharge_mw =
			number_milli(&parameters->bpt_ac_cpd_req_energy_transfer_mode
				     ->ev_maximum_discharge_power);
	if (message->id == MESSAGE_POWER_DELIVERY && !message->response &&
	    delivery->ev_power_profile)
		told.profile_mw = number_milli(&delivery->ev_power_profile
					       ->ev_power_profile_entries
					       .ev_power_profile_entry[0].power);
}

static void signs_of(uint16_t service, enum control_mode control, int32_t planned_mw)
{
	struct bench b;

	memset(&told, 0, sizeof(told));
	set_up(&b, service, control);
	b.config.n_schedule = 1;
	b.config.schedule[0] = (struct schedule_entry){ 0, planned_mw, 0 };
	b.seen = hear;
	check(drive(&b), "signs: the session ends as it says (%s)", b.script.why);
	check(planned_mw > 0 ? b.flowed.max_mw == planned_mw && !b.flowed.min_mw :
			       b.flowed.min_mw == planned_mw && !b.flowed.max_mw,
	      "signs: %d mW planned is %s at the port (%d to %d)", planned_mw,
	      planned_mw > 0 ? "import, positive" : "export, negative", b.flowed.min_mw,
	      b.flowed.max_mw);
	check((v.battery.energy_nwh > b.scenario.vehicle.battery.energy_nwh) ==
	      (planned_mw > 0), "signs: %d mW moves the battery's energy", planned_mw);
}

static void signs(void)
{
	signs_of(SERVICE_AC_BPT, CONTROL_DYNAMIC, 6000000);
	check(told.ac_target_mw == 6000000, "signs: EVSETargetActivePower charges, positive");
	check(told.max_discharge_mw == 10000000,
	      "signs: EVMaximumDischargePower is a size, %d mW", told.max_discharge_mw);
	signs_of(SERVICE_AC_BPT, CONTROL_DYNAMIC, -6000000);
	check(told.ac_target_mw == -6000000,
	      "signs: EVSETargetActivePower discharges, negative");
	signs_of(SERVICE_AC_BPT, CONTROL_SCHEDULED, -6000000);
	check(told.profile_mw == -6000000, "signs: EVPowerProfile discharges, negative");
	signs_of(SERVICE_AC_BPT, CONTROL_SCHEDULED, 6000000);
	check(told.profile_mw == 6000000, "signs: EVPowerProfile charges, positive");
	signs_of(SERVICE_DC_BPT, CONTROL_SCHEDULED, 6000000);
	check(told.dc_target_ma == 15000 && told.dc_present_ma == 15000,
	      "signs: EVTargetCurrent, EVSEPresentCurrent charge, positive (%d, %d mA)",
	      told.dc_target_ma, told.dc_present_ma);
	signs_of(SERVICE_DC_BPT, CONTROL_SCHEDULED, -6000000);
	check(told.dc_target_ma == -15000 && told.dc_present_ma == -15000,
	      "signs: EVTargetCurrent, EVSEPresentCurrent discharge, negative (%d, %d mA)",
	      told.dc_target_ma, told.dc_present_ma);
	signs_of(SERVICE_DC_BPT, CONTROL_DYNAMIC, -6000000);
	check(told.dc_present_ma == -15000, "signs: dynamic, too, %d mA", told.dc_present_ma);
}

/* Where power is measured, that is told, and the charger's target is not taken for it. */
static void measure(struct bench *b, const struct message *message)
{
	const struct iso20_ac_charge_loop_req *req = message->body;

	(void)b;
	v.measured = true;
	v.present_mw = 4321000;
	if (message->id == MESSAGE_AC_LOOP && !message->response)
		told.ac_target_mw = number_milli(&req->bpt_dynamic_ac_cl_req_control_mode
						 ->ev_present_active_power);
}

static void measured(void)
{
	struct bench b;

	set_up(&b, SERVICE_AC_BPT, CONTROL_DYNAMIC);
	b.seen = measure;
	check(drive(&b) && told.ac_target_mw == 4321000,
	      "measured: EVPresentActivePower is, %d mW", told.ac_target_mw);
	check(v.battery.energy_nwh == b.scenario.vehicle.battery.energy_nwh,
	      "measured: the state of charge is not reckoned");
}

/* State C is there before the cable check (DC), and with power delivery (AC). */
static void watch_pilot(struct bench *b, const struct message *message)
{
	bool first = message->id == MESSAGE_CABLE_CHECK ||
		     (!v.dc && message->id == MESSAGE_POWER_DELIVERY);

	if (first && !message->response && !b->fake.facts.asks)
		b->off_pilot = true;
	if (message->id < MESSAGE_CABLE_CHECK && b->fake.facts.asks && !b->loops)
		b->off_pilot = true;
}

static void pilot(void)
{
	struct bench b;
	size_t i, j;

	EACH_SESSION(i, j) {
		set_up(&b, services[i].service, controls[j].control);
		b.seen = watch_pilot;
		drive(&b);
		check(!b.off_pilot, "%s %s: state C comes when it has to",
		      services[i].name, controls[j].name);
	}
}

static void batteries(void)
{
	struct battery b = { .capacity_mwh = 60000000, .min_soc_permille = 200,
			     .max_charge_mw = 10000000, .max_discharge_mw = 8000000,
			     .max_mv = 450000 };
	int i;

	battery_set_soc(&b, 500);
	check(battery_soc_permille(&b) == 500 && battery_charge_mw(&b) == 10000000 &&
	      battery_discharge_mw(&b) == 8000000, "battery: half full, all of both");
	battery_flow(&b, 6000000, 3600000);
	check(battery_soc_permille(&b) == 600, "battery: 6 kW for an hour are a tenth of 60 kWh");
	battery_flow(&b, -6000000, 1800000);
	check(battery_soc_permille(&b) == 550, "battery: and back, half of it");
	battery_flow(&b, 12345678, 1000);
	check(battery_until_mwh(&b, 550) == -3429, "battery: a second of 12.3 kW are 3.4 Wh");
	battery_set_soc(&b, 550);
	for (i = 0; i < 10000; i++)
		battery_flow(&b, 3600, 1);
	check(battery_until_mwh(&b, 550) == -10, "battery: 36 J, millisecond by millisecond");
	battery_set_soc(&b, 550);
	check(battery_until_mwh(&b, 800) == 15000000 && battery_until_mwh(&b, 200) == -21000000,
	      "battery: energy up to 80 %%, and down to 20 %%");
	battery_set_soc(&b, 900);
	check(battery_charge_mw(&b) == 5500000, "battery: less at 90 %%");
	battery_set_soc(&b, 1000);
	check(battery_charge_mw(&b) == 0 && battery_mv(&b) == 450000, "battery: full");
	battery_flow(&b, 10000000, 3600000);
	check(battery_soc_permille(&b) == 1000, "battery: no more than full");
	battery_set_soc(&b, 200);
	check(battery_discharge_mw(&b) == 0, "battery: nothing at its lowest");
}

void test_vehicle(void)
{
	batteries();
	whole_sessions();
	pilot();
	direction();
	signs();
	measured();
}
