/* SPDX-License-Identifier: GPL-2.0-only */
/* Is a reading of a temperature sensor to be believed? Pure. */
#ifndef _EVSE_THERMAL_PLAUSIBLE_H
#define _EVSE_THERMAL_PLAUSIBLE_H

#include <linux/types.h>
#include <uapi/linux/evse.h>

/* A sensor without a reading that is believed is blind after this. */
#define EVSE_PLAUSIBLE_PATIENCE_MS	3000
#define EVSE_PLAUSIBLE_RECENT		3

/**
 * struct evse_plausible_place - what a sensor can read where it is
 * @min_mc: lowest temperature, thousandths of a degree Celsius
 * @max_mc: highest
 * @rate_mc_s: most that it moves in a second
 */
struct evse_plausible_place {
	s32 min_mc;
	s32 max_mc;
	s32 rate_mc_s;
};

/**
 * struct evse_plausible_seen - one attempt to read a sensor
 * @err: why there is no reading, 0 when there is one
 * @mc: the reading
 * @now_ms: when the attempt began
 * @load_permille: load of the port, of its rated current
 */
struct evse_plausible_seen {
	int err;
	s32 mc;
	s64 now_ms;
	u32 load_permille;
};

/**
 * struct evse_plausible - what is known of a sensor
 * @place: where it is
 * @frozen_after: load that its reading may stand still through, squared permille
 *	of the rating times milliseconds; 0 for any
 * @at_ms: when each of the latest readings was taken, the newest first
 * @read_mc: what they were
 * @count: how many there are
 * @known: @mc is believed
 * @mc: the temperature
 * @heard_ms: when a reading was believed last
 * @load: what the reading has stood still through by now
 * @seen_ms: up to when
 * @why: why the latest reading was not believed
 */
struct evse_plausible {
	const struct evse_plausible_place *place;
	u64 frozen_after;
	s64 at_ms[EVSE_PLAUSIBLE_RECENT];
	s32 read_mc[EVSE_PLAUSIBLE_RECENT];
	unsigned int count;
	bool known;
	s32 mc;
	s64 heard_ms;
	u64 load;
	s64 seen_ms;
	enum evse_thermal_state why;
};

void evse_plausible_init(struct evse_plausible *p,
			 const struct evse_plausible_place *place,
			 u32 frozen_s, s64 now_ms);
enum evse_thermal_state evse_plausible_step(struct evse_plausible *p,
					    const struct evse_plausible_seen *seen);

#endif /* _EVSE_THERMAL_PLAUSIBLE_H */
