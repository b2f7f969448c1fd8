/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When the control steps come: as often as asked for, and each well away from the
 * moment at which the carrier loads duties. Pure: values in, values out.
 */
#ifndef _EVSE_STAGE_PACE_H
#define _EVSE_STAGE_PACE_H

#include <linux/ktime.h>
#include <linux/types.h>

/**
 * struct evse_pace - the clock of the control steps
 * @step_ns: mean time between two steps
 * @slot_ns: period of the carrier, or the part of it that is no longer than a step
 * @due: when the next step would come if there were no carrier
 */
struct evse_pace {
	u32 step_ns;
	u32 slot_ns;
	ktime_t due;
};

void evse_pace_init(struct evse_pace *p, u32 step_ns, u32 carrier_hz);
ktime_t evse_pace_start(struct evse_pace *p, ktime_t now);
ktime_t evse_pace_next(struct evse_pace *p, ktime_t now, ktime_t load);

#endif /* _EVSE_STAGE_PACE_H */
