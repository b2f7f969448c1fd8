/* SPDX-License-Identifier: GPL-2.0-only */
/* A value that follows another one with an open-loop response time. */
#ifndef _EVSE_GRID_LAG_H
#define _EVSE_GRID_LAG_H

#include <linux/types.h>

/**
 * struct evse_grid_lag - a first-order lag
 * @value: where it is, 1/65536 of the unit
 * @at: when it got there, ns; 0: it has not been asked yet
 */
struct evse_grid_lag {
	s64 value;
	s64 at;
};

void evse_grid_lag_init(struct evse_grid_lag *lag, s32 value);
s32 evse_grid_lag_step(struct evse_grid_lag *lag, s32 target, u32 response_ms,
		       s64 now);

#endif /* _EVSE_GRID_LAG_H */
