/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The curve of an NTC resistor, and what a voltage divider with it tells. Pure.
 */
#ifndef _EVSE_NTC_CURVE_H
#define _EVSE_NTC_CURVE_H

#include <linux/types.h>

/**
 * struct ntc_point - one point of a curve
 * @mdeg: temperature, thousandths of a degree Celsius
 * @mohm: resistance at that, milliohm
 */
struct ntc_point {
	s32 mdeg;
	u64 mohm;
};

/**
 * struct ntc_divider - the NTC and a resistor to the supply
 * @supply_uv: of the divider, microvolt
 * @pullup_ohm: the resistor
 */
struct ntc_divider {
	u32 supply_uv;
	u32 pullup_ohm;
};

/* Coldest and hottest point of a curve made of a beta value, and their distance */
#define NTC_BETA_MIN_MDEG	(-60000)
#define NTC_BETA_MAX_MDEG	170000
#define NTC_BETA_STEP_MDEG	2000
#define NTC_BETA_POINTS		((NTC_BETA_MAX_MDEG - NTC_BETA_MIN_MDEG) / \
				 NTC_BETA_STEP_MDEG + 1)

/* What a beta value and the resistance at 25 degrees may be */
#define NTC_BETA_MIN		1000
#define NTC_BETA_MAX		6000
#define NTC_NOMINAL_MIN_OHM	1000
#define NTC_NOMINAL_MAX_OHM	1000000

void ntc_curve_beta(struct ntc_point *points, u32 beta, u32 nominal_ohm);
int ntc_curve_check(const struct ntc_point *points, unsigned int count,
		    unsigned int *wrong);
int ntc_curve_mdeg(const struct ntc_point *points, unsigned int count, u64 mohm,
		   int *mdeg);
int ntc_divider_mohm(const struct ntc_divider *divider, s64 uv, u64 *mohm);

#endif /* _EVSE_NTC_CURVE_H */
