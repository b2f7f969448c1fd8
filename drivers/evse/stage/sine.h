/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sine, and its inverse: angle and length of a vector. Pure: values in, values
 * out; integers only, no division.
 *
 * Angles are fractions of a turn: 2^32 is 360 degrees, so that they wrap as they
 * should.
 */
#ifndef _EVSE_STAGE_SINE_H
#define _EVSE_STAGE_SINE_H

#include <linux/types.h>

/* 1.0 */
#define EVSE_Q16		65536

#define EVSE_TURN_4		0x40000000U
#define EVSE_TURN_3		0x55555555U

/* What evse_sine() is off by at most, hundredths of its last digit. */
#define EVSE_SINE_ERROR		120

/* Components of what evse_polar() takes are less than that, either way. */
#define EVSE_POLAR_MAX		0x200000

s32 evse_sine(u32 angle);
u32 evse_polar(s32 x, s32 y, u32 *angle);

static inline s32 evse_cosine(u32 angle)
{
	return evse_sine(angle + EVSE_TURN_4);
}

/* A thousandth of a degree is 2^32 / 360000, which is 11930.4647. */
static inline u32 evse_turn_of_mdeg(s32 mdeg)
{
	return ((s64)mdeg * 781874935 + (1 << 15)) >> 16;
}

#endif /* _EVSE_STAGE_SINE_H */
