/* SPDX-License-Identifier: GPL-2.0-only */
/* Control pilot duty cycle and the current that it states. */
#ifndef _EVSE_PILOT_DUTY_H
#define _EVSE_PILOT_DUTY_H

#include <linux/types.h>

/* In 1/10000. */
#define EVSE_PILOT_DUTY_OFF	0
#define EVSE_PILOT_DUTY_HLC	500
#define EVSE_PILOT_DUTY_STEADY	10000

#define EVSE_PILOT_MIN_MA	6000
#define EVSE_PILOT_MAX_MA	80000

/**
 * enum evse_pilot_meaning - what a duty cycle tells the vehicle
 * @EVSE_PILOT_MEANS_NOTHING: charging not allowed
 * @EVSE_PILOT_MEANS_HLC: high-level communication required
 * @EVSE_PILOT_MEANS_CURRENT: a maximum current
 */
enum evse_pilot_meaning {
	EVSE_PILOT_MEANS_NOTHING,
	EVSE_PILOT_MEANS_HLC,
	EVSE_PILOT_MEANS_CURRENT,
};

u32 evse_pilot_duty_of_ma(u32 current_ma);
enum evse_pilot_meaning evse_pilot_ma_of_duty(u32 permyriad, u32 *current_ma);

#endif /* _EVSE_PILOT_DUTY_H */
