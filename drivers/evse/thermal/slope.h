/* SPDX-License-Identifier: GPL-2.0-only */
/* How fast a temperature rises: pure. */
#ifndef _EVSE_THERMAL_SLOPE_H
#define _EVSE_THERMAL_SLOPE_H

#include <linux/types.h>

#define EVSE_SLOPE_SAMPLES	64

/**
 * struct evse_slope - the latest samples of a temperature
 * @at_ms: when each of them was taken, at the place of its number
 * @mc: its value, thousandths of a degree Celsius
 * @first: place of the oldest
 * @count: how many there are
 */
struct evse_slope {
	s64 at_ms[EVSE_SLOPE_SAMPLES];
	s32 mc[EVSE_SLOPE_SAMPLES];
	unsigned int first;
	unsigned int count;
};

void evse_slope_add(struct evse_slope *slope, s64 now_ms, s32 mc);
bool evse_slope_get(const struct evse_slope *slope, s64 now_ms, s32 *mc_min);

#endif /* _EVSE_THERMAL_SLOPE_H */
