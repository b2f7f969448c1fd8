// SPDX-License-Identifier: GPL-2.0-or-later
#include <stddef.h>
#include <string.h>

#include "power.h"

static int32_t saturate(int64_t value)
{
	return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : value;
}

static int64_t milli_of(const struct iso20_rational *number)
{
	return number ? number_milli(number) : 0;
}

static int64_t size_of(const struct iso20_rational *number)
{
	return number ? number_size_milli(number) : 0;
}

int32_t power_of_phases(const struct iso20_rational *first,
			const struct iso20_rational *second,
			const struct iso20_rational *third)
{
	return saturate(milli_of(first) + milli_of(second) + milli_of(third));
}

int32_t power_of_phases_size(const struct iso20_rational *first,
			     const struct iso20_rational *second,
			     const struct iso20_rational *third)
{
	return saturate(size_of(first) + size_of(second) + size_of(third));
}

bool power_take_limits(struct session *s, const struct power_limits *limits)
{
	if (limits->min_charge_mw < 0 || limits->max_charge_mw < limits->min_charge_mw ||
	    limits->min_discharge_mw < 0 ||
	    limits->max_discharge_mw < limits->min_discharge_mw)
		return false;
	s->battery.window.max_mw = limits->max_charge_mw;
	s->battery.window.min_mw = s->choice.bpt ? -limits->max_discharge_mw : 0;
	return true;
}

static bool below_floor(const struct session *s)
{
	return s->battery.soc_percent >= 0 &&
	       s->battery.soc_percent <= s->config->min_soc_percent;
}

static int32_t larger(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static int32_t smaller(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static struct power_window both(struct power_window a, struct power_window b)
{
	return (struct power_window){ larger(a.min_mw, b.min_mw),
				      smaller(a.max_mw, b.max_mw) };
}

static struct power_window of_config(const struct session *s)
{
	return (struct power_window){ -s->config->max_discharge_mw,
				      s->config->max_charge_mw };
}

struct power_window power_offer(const struct session *s)
{
	return both(s->facts.offer, of_config(s));
}

struct power_window power_limits(const struct session *s)
{
	struct power_window window = both(both(s->facts.now, s->offered), of_config(s));

	if (below_floor(s))
		window.min_mw = 0;
	return both((struct power_window){ INT32_MIN, larger(window.max_mw, 0) },
		    (struct power_window){ smaller(window.min_mw, 0), INT32_MAX });
}

uint32_t power_entry(const struct session *s, uint32_t *at_s)
{
	const struct config *config = s->config;
	unsigned int i = config->n_schedule;

	*at_s = config->of_day ? s->now.day_s :
		s->delivery_ms ? (s->now.ms - s->delivery_ms) / 1000 : 0;
	while (i && config->schedule[i - 1].start_s > *at_s)
		i--;
	/* Ahead of a day's first entry it is still the last one of the day before. */
	return i ? i - 1 : config->n_schedule - 1;
}

int32_t power_planned(const struct session *s)
{
	uint32_t at_s;

	return s->config->n_schedule ?
	       s->config->schedule[power_entry(s, &at_s)].power_mw : INT32_MAX;
}

int32_t power_profile(const struct session *s, int32_t otherwise)
{
	unsigned int i = s->n_profile;

	while (i && s->profile[i - 1].start_s > s->now.unix_s)
		i--;
	return i ? s->profile[i - 1].power_mw : otherwise;
}

/* A bound that is narrower than the one before says what limits. */
static void at_least(struct power_window *window, const char **names, int32_t min_mw,
		     const char *name)
{
	if (min_mw > window->min_mw) {
		window->min_mw = min_mw;
		names[0] = name;
	}
}

static void at_most(struct power_window *window, const char **names, int32_t max_mw,
		    const char *name)
{
	if (max_mw < window->max_mw) {
		window->max_mw = max_mw;
		names[1] = name;
	}
}

int32_t power_of_current(const struct session *s, int32_t current_ma)
{
	return saturate((int64_t)s->facts.voltage_mv * current_ma / 1000);
}

static void by_schedule(const struct session *s, struct power_window *window,
			const char **names)
{
	int32_t planned;

	/* In dynamic mode the schedule is the target, not a limit of it. */
	if (!s->config->n_schedule || s->choice.control != CONTROL_SCHEDULED)
		return;
	planned = power_planned(s);
	at_least(window, names, planned < 0 ? planned : 0, "schedule");
	at_most(window, names, planned > 0 ? planned : 0, "schedule");
}

static void by_current(const struct session *s, struct power_window *window,
		       const char **names)
{
	const struct session_battery *battery = &s->battery;

	if (!s->facts.dc)
		return;
	at_least(window, names, -power_of_current(s, battery->max_discharge_ma),
		 "vehicle's current");
	at_most(window, names, power_of_current(s, battery->max_charge_ma),
		"vehicle's current");
	if (s->facts.voltage_mv > battery->max_mv)
		at_most(window, names, 0, "vehicle's voltage");
}

static void by_limits(const struct session *s, struct power_window *window,
		      const char **names)
{
	at_least(window, names, s->battery.window.min_mw, "vehicle");
	at_most(window, names, s->battery.window.max_mw, "vehicle");
	at_least(window, names, of_config(s).min_mw, "max_discharge_rate");
	at_most(window, names, of_config(s).max_mw, "max_charge_rate");
}

static void by_charge(const struct session *s, struct power_window *window,
		      const char **names)
{
	const struct session_battery *battery = &s->battery;

	if (below_floor(s))
		at_least(window, names, 0, "depth_of_discharge_floor");
	if (battery->soc_percent >= 0 && battery->soc_percent <= battery->min_soc_percent)
		at_least(window, names, 0, "vehicle's lowest state of charge");
	if (battery->must_charge)
		at_least(window, names, 0, "vehicle's departure");
	if (battery->full)
		at_most(window, names, 0, "vehicle is full");
	if (!s->choice.bpt)
		at_least(window, names, 0, "vehicle charges only");
}

static struct power_window narrow(const struct session *s, const char **names)
{
	struct power_window window = { INT32_MIN, INT32_MAX };

	by_limits(s, &window, names);
	by_schedule(s, &window, names);
	by_current(s, &window, names);
	by_charge(s, &window, names);
	return window;
}

/* What holds for power that nobody asked for as well, such as that of a droop */
static struct power_window agreed(const struct session *s)
{
	struct power_window window = { INT32_MIN, INT32_MAX };
	const char *names[2];

	by_limits(s, &window, names);
	by_charge(s, &window, names);
	return window;
}

int power_allow(struct session *s)
{
	struct power_window window = agreed(s);
	int err;

	if (s->allowed_bpt == s->choice.bpt && s->allowed.min_mw == window.min_mw &&
	    s->allowed.max_mw == window.max_mw)
		return 0;
	err = s->charger->ops->allow(s->charger, &window, s->choice.bpt);
	if (err)
		return err;
	s->allowed = window;
	s->allowed_bpt = s->choice.bpt;
	return 0;
}

void power_set(struct session *s, int32_t wanted_mw)
{
	const char *names[2] = { "", "" };
	struct power_window window = narrow(s, names);
	int32_t target_mw = wanted_mw;

	s->limiter = "";
	if (wanted_mw < window.min_mw) {
		target_mw = window.min_mw;
		s->limiter = names[0];
	} else if (wanted_mw > window.max_mw) {
		target_mw = window.max_mw;
		s->limiter = names[1];
	}
	s->target_mw = target_mw;
	/* A port that refuses gives nothing, and its facts say why. */
	s->charger->ops->power(s->charger, target_mw, SESSION_DEADLINE_MS, &s->power);
	s->effective_mw = s->power.effective_mw;
	if (s->effective_mw != target_mw)
		s->limiter = s->power.limiter;
}
