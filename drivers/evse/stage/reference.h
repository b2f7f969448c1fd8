/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a power setpoint to the power of each control step. Pure: values in,
 * values out; integers only, no division.
 */
#ifndef _EVSE_STAGE_REFERENCE_H
#define _EVSE_STAGE_REFERENCE_H

#include <linux/types.h>

/* From full charge to full discharge takes no longer than that. */
#define EVSE_REVERSAL_MAX_NS	40000000U

/* Power that a stage is rated for is less than that: 1 MW. */
#define EVSE_RATED_MAX_MW	1000000000U

/**
 * struct evse_reference - the ramp
 * @rated_mw: never more than that, either way
 * @pace_mw: what the change from one step to the next changes by
 * @corner: most steps that it does so in a row
 * @target_mw: setpoint, as asked for
 * @now_mw: where the ramp is
 * @pace: the change from step to step, in units of @pace_mw
 * @up: its sign
 * @still: steps since it arrived
 */
struct evse_reference {
	s32 rated_mw;
	s32 pace_mw;
	u32 corner;
	s32 target_mw;
	s32 now_mw;
	u32 pace;
	bool up;
	u32 still;
};

int evse_reference_init(struct evse_reference *r, u32 rated_mw, u32 reversal_ns,
			u32 corner_ns, u32 step_ns);
void evse_reference_reset(struct evse_reference *r);
void evse_reference_set(struct evse_reference *r, s32 power_mw);
s32 evse_reference_step(struct evse_reference *r, s32 min_mw, s32 max_mw);

#endif /* _EVSE_STAGE_REFERENCE_H */
