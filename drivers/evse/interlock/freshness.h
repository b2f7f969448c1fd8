/* SPDX-License-Identifier: GPL-2.0-only */
/* Does a sensor still say something? */
#ifndef _EVSE_FRESHNESS_H
#define _EVSE_FRESHNESS_H

#include <linux/ktime.h>
#include <linux/types.h>

/**
 * struct evse_fresh - what is known of a sensor
 * @silence_ns: without a reading for so long it is silent
 * @frozen_ns: with the same reading for so long it is frozen; 0 where a good
 *	sensor may repeat itself for good
 * @deadline: silent from here on
 * @seen: there was a reading
 * @value: of the latest
 * @changed: when it became that
 */
struct evse_fresh {
	s64 silence_ns;
	s64 frozen_ns;
	ktime_t deadline;
	bool seen;
	s32 value;
	ktime_t changed;
};

void evse_fresh_init(struct evse_fresh *fresh, s64 silence_ns, s64 frozen_ns,
		     ktime_t now);
bool evse_fresh_reading(struct evse_fresh *fresh, s32 value, ktime_t now);
bool evse_fresh_silent(const struct evse_fresh *fresh, ktime_t now);

#endif /* _EVSE_FRESHNESS_H */
