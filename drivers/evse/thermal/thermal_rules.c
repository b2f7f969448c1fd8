// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a temperature means for the power of a port: permit, limit, trip, and
 * what ends each of them. Pure: values in, values out.
 */
#include <kunit/visibility.h>
#include <linux/array_size.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "thermal_rules.h"

/* Half the power goes back this far below; what is linear follows more closely. */
#define EVSE_THERMAL_HALF_HYSTERESIS_MC		5000
#define EVSE_THERMAL_LINE_HYSTERESIS_MC		1000
/* The cause of a trip is gone this far below it. */
#define EVSE_THERMAL_TRIP_HYSTERESIS_MC		2000
/* From the beginning of a limit to no power, where nothing trips. */
#define EVSE_THERMAL_LINE_SPAN_MC		10000
/* A trip ends this far below it at least, however low it was set. */
#define EVSE_THERMAL_CLEAR_BELOW_MC		5000
#define EVSE_THERMAL_HALF			500
#define EVSE_THERMAL_RISING			900
/* Limits are told in steps, or each bit of a sensor would be told to everybody. */
#define EVSE_THERMAL_STEP			10

#define MC(degrees)	((degrees) * 1000)

/*
 * A junction follows its load within a second, metal takes its time. Nothing of a
 * charger is as cold as the lowest, or works when it is as hot as the highest.
 */
const struct evse_thermal_place evse_thermal_places[EVSE_THERMAL_PLACES] = {
	{
		.name = "igbt", .title = "thermal-igbt", .label = "igbt_temp",
		.range = { MC(-45), MC(175), MC(20) },
		.code = EVSE_FAULT_CODE_THERMAL_TRIP,
		/* So hot a junction says that its heat sink cannot cope. */
		.derate_mc = MC(85), .trip_mc = MC(95), .halves = true,
	}, {
		.name = "heat-sink", .title = "thermal-heat-sink",
		.label = "heat_sink_temp",
		.range = { MC(-45), MC(150), MC(5) },
		.code = EVSE_FAULT_CODE_THERMAL_TRIP,
		/* What stands on it is hotter. */
		.derate_mc = MC(85), .trip_mc = MC(95), .halves = true,
	}, {
		.name = "connector-a", .title = "thermal-connector-a",
		.label = "connector_temp",
		.range = { MC(-45), MC(150), MC(5) },
		.code = EVSE_FAULT_CODE_THERM_OVERLOAD,
		.derate_mc = MC(75), .trip_mc = MC(85),
	}, {
		.name = "connector-b", .title = "thermal-connector-b",
		.label = "connector_b_temp",
		.range = { MC(-45), MC(150), MC(5) },
		.code = EVSE_FAULT_CODE_THERM_OVERLOAD,
		.derate_mc = MC(75), .trip_mc = MC(85),
	}, {
		.name = "cabinet", .title = "thermal-cabinet",
		.label = "cabinet_temp",
		.range = { MC(-45), MC(125), MC(5) },
		.code = EVSE_FAULT_CODE_THERMAL_TRIP,
		.derate_mc = MC(85),
	}, {
		.name = "inductor", .title = "thermal-inductor",
		.label = "inductor_temp",
		.range = { MC(-45), MC(200), MC(5) },
		.code = EVSE_FAULT_CODE_THERMAL_TRIP,
		.derate_mc = MC(100), .trip_mc = MC(120),
	},
};
EXPORT_SYMBOL_IF_KUNIT(evse_thermal_places);

/**
 * evse_thermal_place_find() - a place by its name
 * @name: as in io-channel-names
 *
 * Return: the place, or NULL.
 */
const struct evse_thermal_place *evse_thermal_place_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(evse_thermal_places); i++)
		if (!strcmp(name, evse_thermal_places[i].name))
			return &evse_thermal_places[i];
	return NULL;
}

/**
 * evse_thermal_blind() - is a sensor one that does not tell its temperature
 * @state: its state
 *
 * Return: true when so; false before the first reading, too.
 */
bool evse_thermal_blind(enum evse_thermal_state state)
{
	return state > EVSE_THERMAL_STATE_TRIPPED;
}
EXPORT_SYMBOL_IF_KUNIT(evse_thermal_blind);

/**
 * evse_thermal_clear() - temperature below which a trip ends
 * @clear_mc: as it was set
 * @trip_mc: temperature of the trip; 0 for none
 *
 * Return: the former, or as much below the latter as it takes.
 */
s32 evse_thermal_clear(s32 clear_mc, s32 trip_mc)
{
	if (!trip_mc)
		return clear_mc;
	return min(clear_mc, trip_mc - EVSE_THERMAL_CLEAR_BELOW_MC);
}
EXPORT_SYMBOL_IF_KUNIT(evse_thermal_clear);

static void evse_thermal_trip(struct evse_thermal_rule *rule,
			      const struct evse_thermal_bounds *bounds, s32 mc)
{
	if (bounds->trip_mc && mc >= bounds->trip_mc) {
		rule->tripped = true;
		rule->stands = true;
	} else if (!bounds->trip_mc ||
		   mc < bounds->trip_mc - EVSE_THERMAL_TRIP_HYSTERESIS_MC) {
		rule->stands = false;
	}
	if (!rule->stands && mc < bounds->clear_mc)
		rule->tripped = false;
}

/* Up at once, and down when it is sure. */
static void evse_thermal_level(struct evse_thermal_rule *rule, s32 mc)
{
	s32 lag = rule->place->halves ? EVSE_THERMAL_HALF_HYSTERESIS_MC :
					EVSE_THERMAL_LINE_HYSTERESIS_MC;

	rule->level_mc = rule->known ? clamp(rule->level_mc, mc, mc + lag) : mc;
	rule->known = true;
}

static u32 evse_thermal_limit(const struct evse_thermal_rule *rule,
			      const struct evse_thermal_bounds *bounds)
{
	s32 begin_mc = bounds->derate_mc, end_mc, left;

	if (!begin_mc || rule->level_mc < begin_mc)
		return EVSE_THERMAL_FULL;
	if (rule->place->halves)
		return EVSE_THERMAL_HALF;
	end_mc = bounds->trip_mc ?: begin_mc + EVSE_THERMAL_LINE_SPAN_MC;
	if (rule->level_mc >= end_mc)
		return 0;
	left = (end_mc - rule->level_mc) * EVSE_THERMAL_FULL / (end_mc - begin_mc);
	return left / EVSE_THERMAL_STEP * EVSE_THERMAL_STEP;
}

static u32 evse_thermal_rise(struct evse_thermal_rule *rule,
			     const struct evse_thermal_bounds *bounds,
			     const struct evse_thermal_seen *seen)
{
	if (seen->steady && !rule->rising &&
	    seen->slope_mc_min > bounds->rise_mc_min) {
		rule->rising = true;
		rule->rising_ms = seen->now_ms;
	} else if (seen->steady && seen->slope_mc_min < bounds->rise_mc_min / 2) {
		rule->rising = false;
	}
	if (!rule->rising || seen->now_ms - rule->rising_ms < bounds->cooling_ms)
		return EVSE_THERMAL_FULL;
	return EVSE_THERMAL_RISING;
}

/* The cause of a trip that can no longer be seen has not gone. */
static struct evse_thermal_verdict
evse_thermal_unseen(const struct evse_thermal_rule *rule,
		    enum evse_thermal_state state)
{
	return (struct evse_thermal_verdict){
		.guard = rule->stands ? EVSE_GUARD_STATE_TRIP :
					EVSE_GUARD_STATE_HOLD,
		.state = state,
	};
}

/**
 * evse_thermal_rule_step() - judge a temperature
 * @rule: what is remembered; all zero but for its place in the beginning
 * @bounds: thresholds in force; in any order, each of them counts
 * @seen: what is known now
 *
 * Return: what follows for the port.
 */
struct evse_thermal_verdict
evse_thermal_rule_step(struct evse_thermal_rule *rule,
		       const struct evse_thermal_bounds *bounds,
		       const struct evse_thermal_seen *seen)
{
	struct evse_thermal_verdict v = { .guard = EVSE_GUARD_STATE_PERMIT };
	u32 limit, rise;

	if (seen->state != EVSE_THERMAL_STATE_NORMAL)
		return evse_thermal_unseen(rule, seen->state);

	evse_thermal_trip(rule, bounds, seen->mc);
	evse_thermal_level(rule, seen->mc);
	limit = evse_thermal_limit(rule, bounds);
	rise = evse_thermal_rise(rule, bounds, seen);
	if (rule->tripped) {
		v.guard = rule->stands ? EVSE_GUARD_STATE_TRIP :
					 EVSE_GUARD_STATE_HOLD;
		v.state = EVSE_THERMAL_STATE_TRIPPED;
		return v;
	}
	v.limit_permille = min(limit, rise);
	if (limit < EVSE_THERMAL_FULL)
		v.state = EVSE_THERMAL_STATE_DERATING;
	else if (rule->rising)
		v.state = EVSE_THERMAL_STATE_RISING;
	else
		v.state = EVSE_THERMAL_STATE_NORMAL;
	return v;
}
EXPORT_SYMBOL_IF_KUNIT(evse_thermal_rule_step);
