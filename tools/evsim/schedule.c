// SPDX-License-Identifier: GPL-2.0-or-later
/* Schedule exchange: what the vehicle needs, and makes of the charger's schedule. */
#include "../secc/power.h"
#include "phase.h"

void vehicle_energies(const struct vehicle *v, struct iso20_rational *target,
		      struct iso20_rational *most, struct iso20_rational *least)
{
	const struct battery *b = &v->battery;

	*target = number_of_milli(battery_until_mwh(b, b->target_soc_permille));
	*most = number_of_milli(battery_until_mwh(b, 1000));
	*least = number_of_milli(battery_until_mwh(b, b->min_soc_permille));
}

void make_schedule_exchange(struct vehicle *v, void *request)
{
	struct iso20_schedule_exchange_req *req = request;
	struct iso20_dynamic_se_req_control_mode *mode;

	req->maximum_supporting_points = VEHICLE_PLAN_MAX - 1;
	if (v->choice.control == CONTROL_SCHEDULED) {
		req->scheduled_se_req_control_mode =
			VEHICLE_ROOM_FOR(v, iso20_scheduled_se_req_control_mode);
		return;
	}
	mode = VEHICLE_ROOM_FOR(v, iso20_dynamic_se_req_control_mode);
	req->dynamic_se_req_control_mode = mode;
	mode->departure_time = vehicle_departure_s(v);
	exi_set(mode, iso20_dynamic_se_req_control_mode, minimum_soc);
	mode->minimum_soc = v->battery.min_soc_permille / 10;
	exi_set(mode, iso20_dynamic_se_req_control_mode, target_soc);
	mode->target_soc = v->battery.target_soc_permille / 10;
	vehicle_energies(v, &mode->ev_target_energy_request,
			 &mode->ev_maximum_energy_request,
			 &mode->ev_minimum_energy_request);
}

/* Power of a schedule at a moment, and until when: 0 behind its end. */
static int32_t power_at(const struct iso20_charging_schedule *schedule, uint64_t at_s,
			uint64_t *until_s)
{
	const struct iso20_power_schedule *power = &schedule->power_schedule;
	const struct iso20_power_schedule_entry_list *list =
		&power->power_schedule_entries;
	uint64_t end_s = power->time_anchor;
	uint32_t i;

	for (i = 0; i < list->n_power_schedule_entry; i++) {
		const struct iso20_power_schedule_entry *e =
			&list->power_schedule_entry[i];

		end_s += e->duration;
		if (at_s >= end_s)
			continue;
		*until_s = end_s;
		return power_of_phases(&e->power,
				       exi_has(e, iso20_power_schedule_entry, power_l2) ?
				       &e->power_l2 : NULL,
				       exi_has(e, iso20_power_schedule_entry, power_l3) ?
				       &e->power_l3 : NULL);
	}
	*until_s = UINT64_MAX;
	return 0;
}

/* It charges where it may and needs to, and gives where nothing else is offered. */
static int32_t choose(const struct vehicle *v, int32_t charge_mw, int32_t discharge_mw)
{
	const struct battery *b = &v->battery;

	if (charge_mw > 0)
		return battery_soc_permille(b) >= b->target_soc_permille ? 0 :
		       charge_mw < b->max_charge_mw ? charge_mw : b->max_charge_mw;
	if (discharge_mw > 0 && v->choice.bpt)
		return discharge_mw < b->max_discharge_mw ? -discharge_mw :
							    -b->max_discharge_mw;
	return 0;
}

/* The last step is where the plan ends. */
static void make_plan(struct vehicle *v, const struct iso20_schedule_tuple *tuple)
{
	uint64_t at_s = tuple->charging_schedule.power_schedule.time_anchor;

	v->charger.tuple = tuple->schedule_tuple_id;
	v->n_plan = 0;
	while (v->n_plan < VEHICLE_PLAN_MAX - 1) {
		uint64_t charge_s, discharge_s = UINT64_MAX;
		int32_t charge_mw = power_at(&tuple->charging_schedule, at_s, &charge_s);
		int32_t discharge_mw = 0;

		if (tuple->discharging_schedule)
			discharge_mw = power_at(tuple->discharging_schedule, at_s,
						&discharge_s);
		if (charge_s == UINT64_MAX && discharge_s == UINT64_MAX)
			break;
		v->plan[v->n_plan++] = (struct schedule_step){
			at_s, choose(v, charge_mw, discharge_mw) };
		at_s = charge_s < discharge_s ? charge_s : discharge_s;
	}
	v->plan[v->n_plan++] = (struct schedule_step){ at_s, 0 };
}

int take_schedule_exchange_res(struct vehicle *v, const void *response)
{
	const struct iso20_schedule_exchange_res *res = response;
	const struct iso20_scheduled_se_res_control_mode *mode =
		res->scheduled_se_res_control_mode;
	bool dynamic = v->choice.control == CONTROL_DYNAMIC;

	if (dynamic == !!mode)
		return vehicle_fail(v, "the charger's control mode is not that of the selected service");
	if (exi_has(res, iso20_schedule_exchange_res, go_to_pause) && res->go_to_pause)
		v->want = v->want > VEHICLE_PAUSES ? v->want : VEHICLE_PAUSES;
	if (res->evse_processing != ISO20_PROCESSING_FINISHED)
		return MESSAGE_SCHEDULE_EXCHANGE;
	if (mode)
		make_plan(v, &mode->schedule_tuple[0]);
	if (v->want >= VEHICLE_PAUSES)
		return MESSAGE_SESSION_STOP;
	v->progress = ISO20_CHARGE_PROGRESS_START;
	/* From here on the charger tests and closes: it has to see state C. */
	if (v->dc)
		v->pilot_c = true;
	return v->dc && !v->closed ? MESSAGE_CABLE_CHECK : MESSAGE_POWER_DELIVERY;
}

int32_t vehicle_planned_mw(const struct vehicle *v)
{
	unsigned int i = v->n_plan;

	while (i && v->plan[i - 1].start_s > v->now.unix_s)
		i--;
	return i ? v->plan[i - 1].power_mw : 0;
}

static void add(struct iso20_ev_power_profile_entry_list *list, uint64_t duration_s,
		int32_t power_mw)
{
	list->ev_power_profile_entry[list->n_ev_power_profile_entry++] =
		(struct iso20_power_schedule_entry){
			.duration = duration_s < UINT32_MAX ? duration_s : UINT32_MAX,
			.power = number_of_milli(power_mw),
		};
}

struct iso20_ev_power_profile *vehicle_profile(struct vehicle *v)
{
	struct iso20_ev_power_profile *profile =
		VEHICLE_ROOM_FOR(v, iso20_ev_power_profile);
	struct iso20_ev_power_profile_entry_list *list =
		&profile->ev_power_profile_entries;
	unsigned int i;

	list->ev_power_profile_entry =
		vehicle_room(v, VEHICLE_PLAN_MAX * sizeof(*list->ev_power_profile_entry));
	if (v->choice.control == CONTROL_DYNAMIC) {
		profile->time_anchor = v->now.unix_s;
		profile->dynamic_evppt_control_mode =
			VEHICLE_ROOM_FOR(v, iso20_dynamic_evppt_control_mode);
		add(list, vehicle_departure_s(v), v->battery.max_charge_mw);
		return profile;
	}
	profile->time_anchor = v->plan[0].start_s;
	profile->scheduled_evppt_control_mode =
		VEHICLE_ROOM_FOR(v, iso20_scheduled_evppt_control_mode);
	profile->scheduled_evppt_control_mode->selected_schedule_tuple_id =
		v->charger.tuple;
	for (i = 0; i + 1 < v->n_plan; i++)
		add(list, v->plan[i + 1].start_s - v->plan[i].start_s,
		    v->plan[i].power_mw);
	if (!list->n_ev_power_profile_entry)
		add(list, vehicle_departure_s(v), 0);
	return profile;
}
