/* SPDX-License-Identifier: GPL-2.0-only */
/* Measured power against what was granted: pure. */
#ifndef _EVSE_FLOW_H
#define _EVSE_FLOW_H

#include <linux/ktime.h>
#include <linux/types.h>

/**
 * struct evse_flow - how long power has flowed that nobody granted
 * @since: when it began, 0 while it does not
 */
struct evse_flow {
	ktime_t since;
};

bool evse_flow_reversed(struct evse_flow *flow, s32 power_mw, s32 granted_mw,
			s32 rated_mw, u32 patience_ms, ktime_t now);

#endif /* _EVSE_FLOW_H */
