/* SPDX-License-Identifier: GPL-2.0-only */
/* Overcurrent: how long an output may be above its rating. */
#ifndef _EVSE_OVERCURRENT_CURVE_H
#define _EVSE_OVERCURRENT_CURVE_H

#include "inverse_time.h"

/**
 * struct evse_overcurrent - judge of a measured output current
 * @import_ma: rated current of charging
 * @export_ma: rated current of discharging
 * @inverse: the curve over the part of the rating, in thousandths
 * @tripped: the current was too high, and is not back yet
 */
struct evse_overcurrent {
	u32 import_ma;
	u32 export_ma;
	struct evse_inverse inverse;
	bool tripped;
};

void evse_overcurrent_init(struct evse_overcurrent *over, u32 import_ma,
			   u32 export_ma, s64 lead_ns);
bool evse_overcurrent_step(struct evse_overcurrent *over, s32 ma, ktime_t now);

#endif /* _EVSE_OVERCURRENT_CURVE_H */
