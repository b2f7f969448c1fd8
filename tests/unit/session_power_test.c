// SPDX-License-Identifier: GPL-2.0-or-later
/* The charger's side: limits, plans and signs of power, and what a battery allows. */
#include <string.h>

#include "session_bench.h"
#include "test.h"

/* Limits of a vehicle; what becomes a limit of the port, or that it is refused */
static void test_limits(void)
{
	static const struct {
		struct iso20_rational max_charge, min_charge, max_discharge, min_discharge;
		int32_t min_mw, max_mw;
		bool ok;
	} rows[] = {
		{ { 0, 11000 }, { 0, 0 }, { 0, 10000 }, { 0, 0 }, -10000000, 11000000, true },
		/* Some send limits of discharging with a sign. */
		{ { 3, 11 }, { 0, 100 }, { 3, -10 }, { 0, -100 }, -10000000, 11000000, true },
		{ { 2, 110 }, { 0, 0 }, { -3, 1 }, { 0, 0 }, -1, 11000000, true },
		/* Exponents beyond every power */
		{ { 127, 32767 }, { -128, 1 }, { 127, -32768 }, { 0, 0 },
		  -INT32_MAX, INT32_MAX, true },
		{ { -128, 32767 }, { 0, 0 }, { -128, 1 }, { 0, 0 }, 0, 0, true },
		{ { 0, 100 }, { 0, 101 }, { 0, 0 }, { 0, 0 }, 0, 0, false },
		{ { 0, -1 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, 0, 0, false },
		{ { 0, 5 }, { 0, -5 }, { 0, 0 }, { 0, 0 }, 0, 0, false },
		{ { 0, 100 }, { 0, 0 }, { 0, 100 }, { 0, 101 }, 0, 0, false },
		{ { 0, 1 }, { 127, 1 }, { 0, 0 }, { 0, 0 }, 0, 0, false },
	};
	struct iso20_bpt_ac_cpd_req_energy_transfer_mode before = req_ac_mode;
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++) {
		bring(false, PHASE_PARAMETERS);
		req_ac_mode.ev_maximum_charge_power = rows[i].max_charge;
		req_ac_mode.ev_minimum_charge_power = rows[i].min_charge;
		req_ac_mode.ev_maximum_discharge_power = rows[i].max_discharge;
		req_ac_mode.ev_minimum_discharge_power = rows[i].min_discharge;
		ask(MESSAGE_AC_PARAMETERS);
		if (rows[i].ok)
			check(code() == ISO20_RESPONSE_CODE_OK && rig.bpt &&
			      rig.allowed.min_mw == rows[i].min_mw &&
			      rig.allowed.max_mw == rows[i].max_mw,
			      "session: limits %zu are the port's: %d to %d mW", i,
			      rig.allowed.min_mw, rig.allowed.max_mw);
		else
			check(code() ==
			      ISO20_RESPONSE_CODE_FAILED_WRONG_CHARGE_PARAMETER,
			      "session: limits %zu contradict each other", i);
	}
	req_ac_mode = before;
	bring(false, PHASE_PARAMETERS);
	rig.refuse.allow = -1;
	ask(MESSAGE_AC_PARAMETERS);
	check(code() == ISO20_RESPONSE_CODE_FAILED_WRONG_CHARGE_PARAMETER,
	      "session: limits that the port refuses end it");
}

/* Power of three phases */
static void test_phases(void)
{
	struct iso20_bpt_ac_cpd_req_energy_transfer_mode before = req_ac_mode;

	exi_set(&req_ac_mode, iso20_bpt_ac_cpd_req_energy_transfer_mode,
		ev_maximum_charge_power_l2);
	exi_set(&req_ac_mode, iso20_bpt_ac_cpd_req_energy_transfer_mode,
		ev_maximum_charge_power_l3);
	req_ac_mode.ev_maximum_charge_power = (struct iso20_rational)NUMBER(3000);
	req_ac_mode.ev_maximum_charge_power_l2 = (struct iso20_rational)NUMBER(2000);
	req_ac_mode.ev_maximum_charge_power_l3 = (struct iso20_rational)NUMBER(1000);
	bring(false, PHASE_PARAMETERS);
	ask(MESSAGE_AC_PARAMETERS);
	check(rig.allowed.max_mw == 6000000, "session: powers of three phases are added");
	req_ac_mode = before;
}

/* What the operator plans, what the vehicle says, what flows and what it is told: mW, W */
static void test_signs(void)
{
	static const struct {
		int32_t planned_mw, flows_mw;
		int16_t told_w;
		const char *limiter;
	} rows[] = {
		{ 5000000, 5000000, 5000, "" },
		{ -5000000, -5000000, -5000, "" },
		{ 0, 0, 0, "" },
		{ 20000000, 11000000, 11000, "vehicle" },
		{ -20000000, -10000000, -10000, "vehicle" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct iso20_bpt_dynamic_ac_cl_res_control_mode *ac;
		struct iso20_dc_charge_loop_res *dc;
		int32_t told_mw;

		bring(false, PHASE_LOOP);
		config.schedule[0].power_mw = rows[i].planned_mw;
		config.n_schedule = 1;
		ask(MESSAGE_AC_LOOP);
		ac = ((struct iso20_ac_charge_loop_res *)response.body)->
			bpt_dynamic_ac_cl_res_control_mode;
		told_mw = ac->evse_target_active_power.value * 1000;
		for (int e = ac->evse_target_active_power.exponent; e > 0; e--)
			told_mw *= 10;
		check(rig.facts.power_mw == rows[i].flows_mw &&
		      told_mw == rows[i].told_w * 1000 &&
		      !strcmp(s.limiter, rows[i].limiter),
		      "session: AC, %d mW planned: %d mW on the port, %d mW told, limited by \"%s\"",
		      rows[i].planned_mw, rig.facts.power_mw, told_mw, s.limiter);

		bring(true, PHASE_LOOP);
		config.schedule[0].power_mw = rows[i].planned_mw;
		config.n_schedule = 1;
		ask(MESSAGE_DC_LOOP);
		ask(MESSAGE_DC_LOOP);
		dc = response.body;
		check(rig.facts.power_mw == rows[i].flows_mw &&
		      (dc->evse_present_current.value > 0) == (rows[i].flows_mw > 0) &&
		      (dc->evse_present_current.value < 0) == (rows[i].flows_mw < 0),
		      "session: DC, %d mW planned: %d mW on the port, current %d",
		      rows[i].planned_mw, rig.facts.power_mw,
		      dc->evse_present_current.value);
		check(rig.deadline_ms == SESSION_DEADLINE_MS,
		      "session: the port waits for the next setpoint");
	}
}

/* A vehicle's plan of two entries, 10 s each, and what is understood: mW and its begin */
static void test_profile(void)
{
	static const struct {
		const char *what;
		int16_t told_w[2];
		bool discharge, phases;
		uint64_t anchor, start_s;
		int32_t power_mw[2];
	} rows[] = {
		{ "with the time", { 7000, -5000 }, false, false, 1795232030, 1795232030,
		  { 7000000, -5000000 } },
		{ "without a clock", { 7000, -5000 }, false, false, 0, 1795232035,
		  { 7000000, -5000000 } },
		{ "sizes to discharge", { 7000, 5000 }, true, false, 0, 1795232035,
		  { -7000000, -5000000 } },
		{ "signs, and to discharge", { 7000, -5000 }, true, false, 0, 1795232035,
		  { 7000000, -5000000 } },
		{ "three phases", { 3000, -2000 }, false, true, 0, 1795232035,
		  { 9000000, -6000000 } },
	};
	size_t i, k;

	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct iso20_power_schedule_entry entries[2] = { };
		struct iso20_ev_power_profile profile = {
			.time_anchor = rows[i].anchor,
			.ev_power_profile_entries = { .ev_power_profile_entry = entries,
						      .n_ev_power_profile_entry = 2 },
		};

		for (k = 0; k < 2; k++) {
			entries[k].duration = 10;
			entries[k].power = (struct iso20_rational)NUMBER(rows[i].told_w[k]);
			entries[k].power_l2 = entries[k].power;
			entries[k].power_l3 = entries[k].power;
			if (rows[i].phases) {
				exi_set(&entries[k], iso20_power_schedule_entry, power_l2);
				exi_set(&entries[k], iso20_power_schedule_entry, power_l3);
			}
		}
		bring(false, PHASE_DELIVERY);
		req_delivery.ev_power_profile = &profile;
		if (rows[i].discharge) {
			exi_set(&req_delivery, iso20_power_delivery_req, bpt_channel_selection);
			req_delivery.bpt_channel_selection = ISO20_CHANNEL_SELECTION_DISCHARGE;
		}
		ask(MESSAGE_POWER_DELIVERY);
		check(s.phase == PHASE_LOOP && s.n_profile == 2 &&
		      s.profile[0].start_s == rows[i].start_s &&
		      s.profile[1].start_s == rows[i].start_s + 10 &&
		      s.profile[0].power_mw == rows[i].power_mw[0] &&
		      s.profile[1].power_mw == rows[i].power_mw[1],
		      "session: a plan %s: %d mW, then %d mW", rows[i].what,
		      s.profile[0].power_mw, s.profile[1].power_mw);
	}
	req_delivery = (struct iso20_power_delivery_req){ };
}

/* What keeps a battery from being discharged, or charged */
static void test_battery(void)
{
	static struct iso20_display_parameters display;

	exi_set(&display, iso20_display_parameters, present_soc);
	req_ac_loop.display_parameters = &display;
	bring(false, PHASE_LOOP);
	config.schedule[0].power_mw = -5000000;
	config.n_schedule = 1;
	display.present_soc = 21;
	ask(MESSAGE_AC_LOOP);
	check(rig.facts.power_mw == -5000000, "session: 21 %% of charge: it discharges");
	display.present_soc = 20;
	ask(MESSAGE_AC_LOOP);
	check(rig.facts.power_mw == 0 && !strcmp(s.limiter, "depth_of_discharge_floor"),
	      "session: 20 %% is the floor");
	check(rig.allowed.min_mw == 0, "session: also for power that nobody asked for");
	req_ac_loop.display_parameters = NULL;
	bring(false, PHASE_LOOP);
	config.schedule[0].power_mw = -5000000;
	config.n_schedule = 1;
	req_ac_loop_mode.ev_minimum_energy_request.value = 1;
	ask(MESSAGE_AC_LOOP);
	check(rig.facts.power_mw == 0, "session: what the vehicle needs is not taken");
	req_ac_loop_mode.ev_minimum_energy_request.value = -10000;
	req_ac_loop_mode.ev_maximum_energy_request.value = 0;
	config.schedule[0].power_mw = 5000000;
	ask(MESSAGE_AC_LOOP);
	check(rig.facts.power_mw == 0, "session: a full vehicle is not charged");
	req_ac_loop_mode.ev_maximum_energy_request.value = 30000;
}

void test_session_power(void)
{
	test_limits();
	test_phases();
	test_signs();
	test_profile();
	test_battery();
}
