/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Grid profiles: what the interconnection standards ask for, as tables.
 */
#ifndef _EVSE_GRID_PROFILE_H
#define _EVSE_GRID_PROFILE_H

#include <linux/limits.h>
#include <linux/types.h>
#include <uapi/linux/evse.h>

#define EVSE_GRID_ELEMENTS	(EVSE_GRID_ELEMENT_VOLT_WATT_P2 + 1)

/**
 * struct evse_grid_line - one element of a profile
 * @pickup: default; unit by element, see evse_grid_unit_of()
 * @pickup_min: lowest that the standard allows
 * @pickup_max: highest that the standard allows; all three 0: no such element
 * @time_ms: default clearing time; of enter-ramp: by how much chance spreads
 *	the beginning
 * @time_min_ms: shortest that the standard allows
 * @time_max_ms: longest that the standard allows
 */
struct evse_grid_line {
	s32 pickup;
	s32 pickup_min;
	s32 pickup_max;
	u32 time_ms;
	u32 time_min_ms;
	u32 time_max_ms;
};

/**
 * enum evse_grid_mode - what is asked of an inverter in a ride-through region
 * @EVSE_GRID_MANDATORY: power has to flow
 * @EVSE_GRID_PERMISSIVE: power may flow
 * @EVSE_GRID_MOMENTARY: no power, and power again when the region is left
 */
enum evse_grid_mode {
	EVSE_GRID_MANDATORY,
	EVSE_GRID_PERMISSIVE,
	EVSE_GRID_MOMENTARY,
};

/**
 * struct evse_grid_ride - a row of a ride-through table
 * @low: lowest value in the region, permille of nominal or mHz
 * @high: highest value in the region
 * @ms: an inverter has to stay at least so long at @low; EVSE_GRID_ALWAYS for
 *	continuous operation
 * @slope_us: and so much longer for every unit above @low, microseconds
 * @mode: what it has to do meanwhile
 */
struct evse_grid_ride {
	s32 low;
	s32 high;
	u32 ms;
	u32 slope_us;
	enum evse_grid_mode mode;
};

#define EVSE_GRID_RIDES		8
#define EVSE_GRID_ALWAYS	U32_MAX

/**
 * struct evse_grid_profile - a standard
 * @name: word that chooses it
 * @title: the standard, its edition and category
 * @nominal_mhz: nominal frequency, millihertz
 * @line: by element
 * @voltage_ride: voltage ride-through, by increasing voltage; ms 0 ends it,
 *	an empty one is a standard whose table is not known here
 * @frequency_ride: frequency ride-through, likewise
 * @rocof_ride_mhz_s: rate of change of frequency to ride through, 0 for none
 * @shift_ride_mdeg: phase jump to ride through, three phases
 * @shift_ride_single_mdeg: and for a single phase
 */
struct evse_grid_profile {
	const char *name;
	const char *title;
	u32 nominal_mhz;
	struct evse_grid_line line[EVSE_GRID_ELEMENTS];
	struct evse_grid_ride voltage_ride[EVSE_GRID_RIDES];
	struct evse_grid_ride frequency_ride[EVSE_GRID_RIDES];
	u32 rocof_ride_mhz_s;
	u32 shift_ride_mdeg;
	u32 shift_ride_single_mdeg;
};

extern const struct evse_grid_profile evse_grid_profiles[];
extern const unsigned int evse_grid_profile_count;

const struct evse_grid_profile *evse_grid_profile_find(const char *name);
enum evse_grid_unit evse_grid_unit_of(enum evse_grid_element element);
const char *evse_grid_element_name(enum evse_grid_element element);
bool evse_grid_line_exists(const struct evse_grid_line *line);
const struct evse_grid_ride *evse_grid_ride_of(const struct evse_grid_ride *rows,
					       s32 value);
u32 evse_grid_ride_ms(const struct evse_grid_ride *row, s32 value);

#endif /* _EVSE_GRID_PROFILE_H */
