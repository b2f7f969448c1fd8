/* SPDX-License-Identifier: GPL-2.0-only */
/* Arbitration of power: pure. */
#ifndef _EVSE_ARBITRATE_H
#define _EVSE_ARBITRATE_H

#include <linux/types.h>

/**
 * struct evse_window - what one limiter allows
 * @name: the limiter
 * @min_mw: lowest power, zero or negative (discharge) unless @demands
 * @max_mw: highest power, zero or positive (charge) unless @demands
 * @demands: it may ask for power as well: of the other sign, or more of it
 */
struct evse_window {
	const char *name;
	s32 min_mw;
	s32 max_mw;
	bool demands;
};

/**
 * struct evse_verdict - what arbitration says
 * @power_mw: effective power
 * @limiter: name of the limiter that binds, NULL when the request stands
 */
struct evse_verdict {
	s32 power_mw;
	const char *limiter;
};

struct evse_verdict evse_arbitrate(s32 request_mw,
				   const struct evse_window *windows,
				   unsigned int count);
s32 evse_power_mw(u32 voltage_mv, u32 current_ma, unsigned int phases);
u32 evse_current_ma(s32 power_mw, u32 voltage_mv, unsigned int phases);

#endif /* _EVSE_ARBITRATE_H */
