/* SPDX-License-Identifier: GPL-2.0-only */
/* What a temperature means for the power of a port: pure. */
#ifndef _EVSE_THERMAL_RULES_H
#define _EVSE_THERMAL_RULES_H

#include <linux/types.h>
#include <uapi/linux/evse.h>

#include "plausible.h"

#define EVSE_THERMAL_FULL	1000

/**
 * struct evse_thermal_place - a place of a charger that has a temperature
 * @name: in io-channel-names, and what users call the sensor
 * @title: of its guard and its limiter
 * @label: in hwmon
 * @range: what can be read there
 * @code: fault of its trip
 * @derate_mc: temperature from which it limits, unless the board says otherwise
 * @trip_mc: temperature at which it trips, likewise; 0 for never
 * @halves: it limits to half the power at once; the others the more the hotter
 */
struct evse_thermal_place {
	const char *name;
	const char *title;
	const char *label;
	struct evse_plausible_place range;
	enum evse_fault_code code;
	s32 derate_mc;
	s32 trip_mc;
	bool halves;
};

#define EVSE_THERMAL_PLACES	6
extern const struct evse_thermal_place evse_thermal_places[EVSE_THERMAL_PLACES];

/**
 * struct evse_thermal_bounds - thresholds in force for a sensor
 * @derate_mc: temperature from which it limits; 0 for never
 * @trip_mc: temperature at which it trips; 0 for never
 * @clear_mc: temperature below which a trip ends
 * @rise_mc_min: rate above which it rises too fast, thousandths of a degree a minute
 * @cooling_ms: time that secondary cooling has before power is taken away; 0
 *	where there is none
 */
struct evse_thermal_bounds {
	s32 derate_mc;
	s32 trip_mc;
	s32 clear_mc;
	s32 rise_mc_min;
	u32 cooling_ms;
};

/**
 * struct evse_thermal_seen - what is known of a temperature now
 * @state: EVSE_THERMAL_STATE_NORMAL when it is, or why not
 * @mc: the temperature, or the last one that was known
 * @steady: @slope_mc_min is known
 * @slope_mc_min: its rate of rise
 * @now_ms: the time
 */
struct evse_thermal_seen {
	enum evse_thermal_state state;
	s32 mc;
	bool steady;
	s32 slope_mc_min;
	s64 now_ms;
};

/**
 * struct evse_thermal_rule - what is remembered of a temperature
 * @place: where it is
 * @known: there was one
 * @level_mc: the temperature, and going down a hysteresis behind it
 * @tripped: it tripped, and has not been below the temperature that ends that
 * @stands: the cause of the trip stands
 * @rising: it rises too fast
 * @rising_ms: since when
 */
struct evse_thermal_rule {
	const struct evse_thermal_place *place;
	bool known;
	s32 level_mc;
	bool tripped;
	bool stands;
	bool rising;
	s64 rising_ms;
};

/**
 * struct evse_thermal_verdict - what follows for the port
 * @guard: permit, hold or trip
 * @state: what users see
 * @limit_permille: part of the rating that is left; 0 without a permit
 */
struct evse_thermal_verdict {
	enum evse_guard_state guard;
	enum evse_thermal_state state;
	u32 limit_permille;
};

const struct evse_thermal_place *evse_thermal_place_find(const char *name);
bool evse_thermal_blind(enum evse_thermal_state state);
s32 evse_thermal_clear(s32 clear_mc, s32 trip_mc);
struct evse_thermal_verdict
evse_thermal_rule_step(struct evse_thermal_rule *rule,
		       const struct evse_thermal_bounds *bounds,
		       const struct evse_thermal_seen *seen);

#endif /* _EVSE_THERMAL_RULES_H */
