/* SPDX-License-Identifier: GPL-2.0-only */
/* A grid, a filter of resistance and inductance, and a bridge without switches. */
#ifndef _EVSE_STAGE_PLANT_H
#define _EVSE_STAGE_PLANT_H

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "../control.h"
#include "../follow.h"
#include "../modulator.h"
#include "../reference.h"
#include "../sine.h"

#define STAGE_STEP_NS	100000

/* A step in the plant's time: so many of them to one of the control. */
#define STAGE_FINE	20

/**
 * struct stage_plant - phases on their own, without a neutral for three of them
 * @phases: 1 or 3
 * @peak_mv: of the grid
 * @uhz: of the grid
 * @link_mv: of the DC link
 * @resistance_uohm: of the filter
 * @inductance_nh: of the filter
 * @angle: of the grid
 * @ua: current into the bridge
 * @duty: of the legs, as they hold now
 */
struct stage_plant {
	u32 phases;
	s32 peak_mv;
	u32 uhz;
	s32 link_mv;
	s32 resistance_uohm;
	s32 inductance_nh;
	u32 angle;
	s64 ua[EVSE_LEGS];
	u32 duty[EVSE_LEGS];
};

/**
 * struct stage_bench - everything between a setpoint and a current
 * @plant: what does as physics says
 * @control: voltage
 * @reference: ramp
 * @modulator: duties
 * @now: ns
 * @min_mw: window
 * @max_mw: window
 * @error_mdeg: the angle that the control is given is ahead of the grid's
 * @asked_mw: power of the latest step
 * @refused: steps that the modulator refused
 */
struct stage_bench {
	struct stage_plant plant;
	struct evse_control control;
	struct evse_reference reference;
	struct evse_modulator modulator;
	s64 now;
	s32 min_mw;
	s32 max_mw;
	s32 error_mdeg;
	s32 asked_mw;
	u32 refused;
};

/**
 * struct stage_case - a charger at a grid
 * @name: of the case
 * @phases: 1 or 3
 * @rms_mv: of a phase
 * @uhz: frequency
 * @link_mv: of the DC link
 * @rated_mw: power
 * @inductance_permille: that there is, of what the control thinks
 */
struct stage_case {
	const char *name;
	u32 phases;
	u32 rms_mv;
	u32 uhz;
	u32 link_mv;
	s32 rated_mw;
	u32 inductance_permille;
};

void stage_plant_fine_step(struct stage_plant *p, u32 ns);
s64 stage_plant_mw(const struct stage_plant *p);
struct stage_bench *stage_bench_new(struct kunit *test,
				    const struct stage_case *c);
void stage_bench_step(struct kunit *test, struct stage_bench *b);
void stage_bench_pass(struct kunit *test, struct stage_bench *b, u32 ms);
s64 stage_bench_off_ua(const struct stage_bench *b, s32 power_mw);
s64 stage_bench_mean_mw(struct kunit *test, struct stage_bench *b);
s64 stage_bench_peak_ua(const struct stage_bench *b, s32 power_mw);

#endif /* _EVSE_STAGE_PLANT_H */
