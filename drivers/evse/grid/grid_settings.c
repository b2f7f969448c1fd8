// SPDX-License-Identifier: GPL-2.0-only
/* What may be changed of a grid profile in force, and how far. */
#include <kunit/visibility.h>
#include <linux/array_size.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/export.h>

#include "grid_judge.h"

/* The second of each is farther from nominal, or as far. */
static const struct evse_grid_order {
	enum evse_grid_element near;
	enum evse_grid_element far;
	bool above;
} evse_grid_orders[] = {
	{ EVSE_GRID_ELEMENT_UV1, EVSE_GRID_ELEMENT_UV2, false },
	{ EVSE_GRID_ELEMENT_UV1, EVSE_GRID_ELEMENT_UV3, false },
	{ EVSE_GRID_ELEMENT_UV2, EVSE_GRID_ELEMENT_UV3, false },
	{ EVSE_GRID_ELEMENT_OV1, EVSE_GRID_ELEMENT_OV2, true },
	{ EVSE_GRID_ELEMENT_UF1, EVSE_GRID_ELEMENT_UF2, false },
	{ EVSE_GRID_ELEMENT_OF1, EVSE_GRID_ELEMENT_OF2, true },
};

static bool evse_grid_in_order(const struct evse_grid_judge *j,
			       enum evse_grid_element element, s32 pickup)
{
	const struct evse_grid_order *o;

	for (o = evse_grid_orders; o < evse_grid_orders + ARRAY_SIZE(evse_grid_orders); o++) {
		s32 near = o->near == element ? pickup : j->line[o->near].pickup;
		s32 far = o->far == element ? pickup : j->line[o->far].pickup;

		if (!evse_grid_line_exists(&j->line[o->near]) ||
		    !evse_grid_line_exists(&j->line[o->far]))
			continue;
		if (o->above ? far < near : far > near)
			return false;
	}
	return true;
}

/*
 * Below 4 / (pi f0), in 1/1000 of a half cycle per hertz and millihertz, an island
 * of quality factor 1 answers a push with less than the push: none runs away.
 */
#define EVSE_GRID_LEAST_GAIN	1273240

/* The voltages of volt-watt are so far from each other, permille. */
#define EVSE_GRID_LEAST_SPREAD	10

/* What a range alone does not say. */
static bool evse_grid_allowed(const struct evse_grid_judge *j,
			      enum evse_grid_element element, s32 pickup, u32 time_ms)
{
	const struct evse_grid_profile *p = j->profile;

	switch (element) {
	case EVSE_GRID_ELEMENT_ROCOF:
		return pickup >= (s32)p->rocof_ride_mhz_s;
	case EVSE_GRID_ELEMENT_VECTOR_SHIFT:
		return pickup >= (s32)(j->phases == 1 ? p->shift_ride_single_mdeg :
				       p->shift_ride_mdeg);
	case EVSE_GRID_ELEMENT_ENTER_RAMP:
		/* A ramp or chance, not both; where it may be chosen, one of them. */
		if (!j->line[element].time_max_ms)
			return true;
		return pickup ? pickup >= 1000 && !time_ms : time_ms >= 1000;
	case EVSE_GRID_ELEMENT_ACTIVE:
		return !pickup || pickup * (s32)p->nominal_mhz > EVSE_GRID_LEAST_GAIN;
	case EVSE_GRID_ELEMENT_VOLT_WATT_V1:
		return pickup + EVSE_GRID_LEAST_SPREAD <=
		       j->line[EVSE_GRID_ELEMENT_VOLT_WATT_V2].pickup;
	case EVSE_GRID_ELEMENT_VOLT_WATT_V2:
		return pickup >= j->line[EVSE_GRID_ELEMENT_VOLT_WATT_V1].pickup +
				 EVSE_GRID_LEAST_SPREAD;
	default:
		return evse_grid_in_order(j, element, pickup);
	}
}

/**
 * evse_grid_judge_set() - change an element of the profile in force
 * @j: the judge
 * @element: which
 * @pickup: threshold, or the value of a setting that is none
 * @time_ms: clearing time; 0 for an element without one
 *
 * Return: 0, -ENOENT when the profile has no such element, or -ERANGE when the
 * standard does not allow the values, or not beside those of its neighbours.
 */
int evse_grid_judge_set(struct evse_grid_judge *j, enum evse_grid_element element,
			s32 pickup, u32 time_ms)
{
	struct evse_grid_line *line;

	if (element <= EVSE_GRID_ELEMENT_NONE || element >= EVSE_GRID_ELEMENTS)
		return -ENOENT;
	line = &j->line[element];
	if (!evse_grid_line_exists(line))
		return -ENOENT;
	if (pickup < line->pickup_min || pickup > line->pickup_max ||
	    time_ms < line->time_min_ms || time_ms > line->time_max_ms ||
	    !evse_grid_allowed(j, element, pickup, time_ms))
		return -ERANGE;
	line->pickup = pickup;
	line->time_ms = time_ms;
	j->since[element] = EVSE_GRID_NEVER;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_judge_set);
