/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A half-bridge on one ePWM module as numbers: what the device tree asks for
 * turned into ticks, and the registers that make it so. Pure.
 */
#ifndef _EPWM_LEG_H
#define _EPWM_LEG_H

#include <linux/types.h>

/**
 * struct epwm_bounds - what the board asks for
 * @clock_hz: rate of the functional clock
 * @dead_ns: least time between one switch off and the other on
 * @pulse_ns: shortest pulse of a switch, dead time taken off
 * @carrier_min_hz: lowest carrier
 * @carrier_max_hz: highest carrier
 * @carrier_hz: carrier to start with
 */
struct epwm_bounds {
	u32 clock_hz;
	u32 dead_ns;
	u32 pulse_ns;
	u32 carrier_min_hz;
	u32 carrier_max_hz;
	u32 carrier_hz;
};

/**
 * struct epwm_plan - the same in ticks of TBCLK
 * @clock_hz: rate of the functional clock
 * @divider: of it to TBCLK
 * @tick: of TBCLK, ns, Q16
 * @prescale: the bits of TBCTL for that
 * @dead: DBRED and DBFED
 * @margin: least distance of CMPA from zero and from TBPRD
 * @prd_min: TBPRD of the highest carrier
 * @prd_max: TBPRD of the lowest carrier
 * @prd: TBPRD of the carrier to start with
 */
struct epwm_plan {
	u32 clock_hz;
	u32 divider;
	u32 tick;
	u16 prescale;
	u16 dead;
	u16 margin;
	u16 prd_min;
	u16 prd_max;
	u16 prd;
};

/**
 * struct epwm_refusal - a value that is out of its bounds
 * @what: its name
 * @value: itself
 * @low: lowest that would do
 * @high: highest that would do
 */
struct epwm_refusal {
	const char *what;
	u64 value;
	u64 low;
	u64 high;
};

/**
 * struct epwm_write - one write to a register
 * @reg: offset
 * @value: what is written
 */
struct epwm_write {
	u8 reg;
	u16 value;
};

/* Upper bound of what epwm_recipe() fills in */
#define EPWM_RECIPE_MAX		32

int epwm_plan(struct epwm_plan *plan, const struct epwm_bounds *bounds,
	      struct epwm_refusal *refusal);
unsigned int epwm_recipe(const struct epwm_plan *plan, bool leader,
			 struct epwm_write *writes);
bool epwm_is_fixed(const struct epwm_write *write);
int epwm_period_ticks(const struct epwm_plan *plan, u64 period_ns, u16 *prd,
		      struct epwm_refusal *refusal);
int epwm_duty_ticks(const struct epwm_plan *plan, u16 prd, u64 duty_ns, u16 *cmp,
		    struct epwm_refusal *refusal);
u64 epwm_ns(const struct epwm_plan *plan, u32 ticks);
u16 epwm_prd(const struct epwm_plan *plan, u32 carrier_hz);
u32 epwm_carrier(const struct epwm_plan *plan, u16 prd);
u32 epwm_load_ns(const struct epwm_plan *plan, u16 prd, u16 ctr, bool up,
		 u32 after_ns);
u16 epwm_compare(const struct epwm_plan *plan, u16 prd, u32 duty_q16);

#endif /* _EPWM_LEG_H */
