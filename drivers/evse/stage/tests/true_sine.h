/* SPDX-License-Identifier: GPL-2.0-only */
/* Sine by a series, which has nothing in common with a table. */
#ifndef _EVSE_STAGE_TRUE_SINE_H
#define _EVSE_STAGE_TRUE_SINE_H

#include <linux/types.h>

/* Of an angle, 2^32 is a turn; Q30. */
s64 true_sine(u32 angle);

#endif /* _EVSE_STAGE_TRUE_SINE_H */
