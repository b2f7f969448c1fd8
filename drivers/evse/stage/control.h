/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From power to the voltage that a bridge makes behind its filter, so that the
 * grid gives that power. Pure: values in, values out; integers only.
 */
#ifndef _EVSE_STAGE_CONTROL_H
#define _EVSE_STAGE_CONTROL_H

#include <linux/types.h>

#include "modulator.h"

/* A mains below that cannot be fed. */
#define EVSE_CONTROL_MIN_MV	50000U
#define EVSE_CONTROL_MAX_MV	500000U

/**
 * struct evse_control_config - the converter
 * @phases: 1 or 3
 * @rated_mw: power that it is rated for
 * @resistance_uohm: of the filter, in series, each phase
 * @inductance_nh: of the filter, in series, each phase
 * @step_ns: time between two steps
 * @delay_ns: from the moment that a step is given the angle of, to the middle of
 *	what its duties make
 * @headroom_mv: voltage, peak, that may be spent on changing a current, where the
 *	link has it
 * @trim_permille: most that the measured power may change, of what is rated
 */
struct evse_control_config {
	u32 phases;
	u32 rated_mw;
	u32 resistance_uohm;
	u32 inductance_nh;
	u32 step_ns;
	u32 delay_ns;
	u32 headroom_mv;
	u32 trim_permille;
};

/**
 * struct evse_control - state
 * @config: the converter
 * @resistance: ohm, Q20
 * @reactance: at the frequency of the grid, ohm, Q20
 * @inertia: voltage for a change of the current within a step: ohm, Q20
 * @change_ma: most that the current may change by within a step
 * @peak_mv: voltage of a phase; 0 until it is known
 * @ma_per_mw: peak current, Q32
 * @ahead: what the grid turns by in @config.delay_ns
 * @lead_cos: of the lead of the current, Q16
 * @lead_sin: of the lead of the current, Q16
 * @d_ma: current now, in phase
 * @q_ma: current now, ahead by a quarter turn
 * @gain: correction of the power in proportion, charging and discharging, Q16
 * @offset_mw: correction of the power by an amount
 * @slewing: the current did not arrive where it should be in the latest step
 */
struct evse_control {
	struct evse_control_config config;
	s32 resistance;
	s32 reactance;
	s32 inertia;
	s32 change_ma;
	s32 peak_mv;
	u32 ma_per_mw;
	u32 ahead;
	s32 lead_cos;
	s32 lead_sin;
	s32 d_ma;
	s32 q_ma;
	s32 gain[2];
	s32 offset_mw;
	bool slewing;
};

int evse_control_init(struct evse_control *c,
		      const struct evse_control_config *config);
void evse_control_reset(struct evse_control *c);
int evse_control_grid(struct evse_control *c, u32 rms_mv, u32 uhz);
void evse_control_link(struct evse_control *c, u32 limit_mv);
void evse_control_lead(struct evse_control *c, s32 lead_mdeg);
void evse_control_trim(struct evse_control *c, s32 power_mw, s32 measured_mw,
		       bool steady);
int evse_control_step(struct evse_control *c, s32 power_mw, u32 angle,
		      struct evse_vector *v);

#endif /* _EVSE_STAGE_CONTROL_H */
