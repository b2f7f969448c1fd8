// SPDX-License-Identifier: GPL-2.0-or-later
/* Schedule exchange: what the vehicle needs, and what the operator's schedule allows. */
#include "power.h"

#define DAY_S		86400
#define PRICES_ID	1

/* A step of the schedule, from now on */
struct step {
	uint32_t duration_s;
	int32_t planned_mw;
	uint8_t price_level;
};

struct plan {
	struct step step[CONFIG_SCHEDULE_MAX + 1];
	uint32_t n;
};

/*
 * The next day: of a schedule that repeats, beginning in the midst of an entry; of one
 * that runs once, all of it. The last step lasts for the rest of the day, also where the
 * vehicle takes fewer steps than there are: it renegotiates then.
 */
static void make_plan(const struct session *s, uint32_t most, struct plan *plan)
{
	const struct config *config = s->config;
	uint32_t left = DAY_S, from, i;

	if (most > CONFIG_SCHEDULE_MAX + 1)
		most = CONFIG_SCHEDULE_MAX + 1;
	*plan = (struct plan){ .step = { { DAY_S, INT32_MAX, 0 } }, .n = 1 };
	if (!config->n_schedule)
		return;
	plan->n = 0;
	for (i = power_entry(s, &from); left && plan->n < most; i++) {
		const struct schedule_entry *entry =
			&config->schedule[i % config->n_schedule];
		const struct schedule_entry *next =
			&config->schedule[(i + 1) % config->n_schedule];
		uint32_t duration = (next->start_s + DAY_S - from) % DAY_S;

		if (!duration || duration > left || plan->n + 1 == most ||
		    (!config->of_day && i + 1 == config->n_schedule))
			duration = left;
		plan->step[plan->n++] = (struct step){ duration, entry->power_mw,
						       entry->price_level };
		left -= duration;
		from = next->start_s;
	}
}

/* What a step leaves of a limit: of the one direction all of its own, of the other nothing. */
static int32_t charging_mw(const struct session *s, const struct step *step)
{
	int32_t most = power_offer(s).max_mw;

	return step->planned_mw < 0 ? 0 : step->planned_mw < most ? step->planned_mw : most;
}

static int32_t discharging_mw(const struct session *s, const struct step *step)
{
	int32_t most = -power_offer(s).min_mw;

	/* Without a schedule the vehicle plans both directions. */
	if (!s->config->n_schedule)
		return most;
	return step->planned_mw > 0 ? 0 : -step->planned_mw < most ? -step->planned_mw : most;
}

static void fill_power(struct session *s, const struct plan *plan,
		       int32_t (*power_mw)(const struct session *s, const struct step *step),
		       struct iso20_power_schedule *schedule)
{
	struct iso20_power_schedule_entry_list *list = &schedule->power_schedule_entries;
	uint32_t i;

	schedule->time_anchor = s->now.unix_s;
	list->n_power_schedule_entry = plan->n;
	list->power_schedule_entry =
		session_room(s, plan->n * sizeof(*list->power_schedule_entry));
	for (i = 0; i < plan->n; i++) {
		list->power_schedule_entry[i].duration = plan->step[i].duration_s;
		list->power_schedule_entry[i].power =
			number_of_milli(power_mw(s, &plan->step[i]));
	}
}

/* Vehicles refuse a schedule without prices, although the schema does not ask for them. */
static struct iso20_price_level_schedule *prices(struct session *s, const struct plan *plan)
{
	struct iso20_price_level_schedule *schedule =
		SESSION_ROOM_FOR(s, iso20_price_level_schedule);
	struct iso20_price_level_schedule_entry_list *list =
		&schedule->price_level_schedule_entries;
	uint8_t highest = 0;
	uint32_t i;

	schedule->time_anchor = s->now.unix_s;
	schedule->price_schedule_id = PRICES_ID;
	list->n_price_level_schedule_entry = plan->n;
	list->price_level_schedule_entry =
		session_room(s, plan->n * sizeof(*list->price_level_schedule_entry));
	for (i = 0; i < plan->n; i++) {
		list->price_level_schedule_entry[i].duration = plan->step[i].duration_s;
		list->price_level_schedule_entry[i].price_level = plan->step[i].price_level;
		if (plan->step[i].price_level > highest)
			highest = plan->step[i].price_level;
	}
	schedule->number_of_price_levels = highest + 1;
	return schedule;
}

static struct iso20_scheduled_se_res_control_mode *scheduled(struct session *s, uint32_t most)
{
	struct iso20_scheduled_se_res_control_mode *mode =
		SESSION_ROOM_FOR(s, iso20_scheduled_se_res_control_mode);
	struct iso20_schedule_tuple *tuple = SESSION_ROOM_FOR(s, iso20_schedule_tuple);
	struct plan plan;

	make_plan(s, most, &plan);
	mode->schedule_tuple = tuple;
	mode->n_schedule_tuple = 1;
	tuple->schedule_tuple_id = SCHEDULE_TUPLE_ID;
	fill_power(s, &plan, charging_mw, &tuple->charging_schedule.power_schedule);
	tuple->charging_schedule.price_level_schedule = prices(s, &plan);
	if (s->choice.bpt) {
		tuple->discharging_schedule = SESSION_ROOM_FOR(s, iso20_charging_schedule);
		fill_power(s, &plan, discharging_mw,
			   &tuple->discharging_schedule->power_schedule);
		tuple->discharging_schedule->price_level_schedule =
			tuple->charging_schedule.price_level_schedule;
	}
	return mode;
}

void fill_schedule_exchange(struct session *s, void *response)
{
	struct iso20_schedule_exchange_res *res = response;

	if (s->choice.control == CONTROL_SCHEDULED)
		res->scheduled_se_res_control_mode = scheduled(s, 1);
	else
		res->dynamic_se_res_control_mode =
			SESSION_ROOM_FOR(s, iso20_dynamic_se_res_control_mode);
}

enum session_result take_schedule_exchange(struct session *s, const void *request,
					   void *response)
{
	const struct iso20_schedule_exchange_req *req = request;
	const struct iso20_dynamic_se_req_control_mode *dynamic =
		req->dynamic_se_req_control_mode;
	struct iso20_schedule_exchange_res *res = response;
	enum control_mode control = dynamic ? CONTROL_DYNAMIC : CONTROL_SCHEDULED;

	if (control != s->choice.control)
		return session_fail(s, res, CODE(FAILED),
				    "the control mode is not that of the selected service");
	if (dynamic) {
		s->battery.must_charge =
			number_milli(&dynamic->ev_minimum_energy_request) > 0;
		s->battery.full = number_milli(&dynamic->ev_maximum_energy_request) <= 0;
		s->battery.min_soc_percent =
			exi_has(dynamic, iso20_dynamic_se_req_control_mode, minimum_soc) ?
			dynamic->minimum_soc : 0;
	} else {
		res->scheduled_se_res_control_mode =
			scheduled(s, req->maximum_supporting_points);
	}
	/* On the side channel the charge loop goes on meanwhile. */
	if (s->phase == PHASE_LOOP)
		return SESSION_ANSWER;
	s->phase = config_is_dc(s->config) && s->facts.step != CHARGER_CLOSED ?
		   PHASE_CABLE_CHECK : PHASE_DELIVERY;
	return SESSION_ANSWER;
}
