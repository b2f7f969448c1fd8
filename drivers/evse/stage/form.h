/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Form a grid: voltage and frequency of a house that is on its own. Pure: values
 * in, values out; integers only.
 */
#ifndef _EVSE_STAGE_FORM_H
#define _EVSE_STAGE_FORM_H

#include <linux/types.h>

#include "modulator.h"
#include "phase.h"

/**
 * struct evse_form - the grid that is formed
 * @phase: its angle
 * @step_mv: most that the voltage changes by in a step, peak
 * @step_rate: most that the frequency changes by in a step, as a rate
 * @delay_ns: from a step to the middle of what its duties make
 * @goal_mv: voltage to go to, peak
 * @goal_rate: frequency to go to
 * @now_mv: voltage, peak
 * @load_ma: current into the bridge, in phase with the voltage, peak
 */
struct evse_form {
	struct evse_phase phase;
	s32 step_mv;
	s32 step_rate;
	u32 delay_ns;
	s32 goal_mv;
	u32 goal_rate;
	s32 now_mv;
	s32 load_ma;
};

int evse_form_init(struct evse_form *f, u32 step_ns, u32 delay_ns,
		   u32 mv_per_s, u32 uhz_per_s);
int evse_form_set(struct evse_form *f, u32 rms_mv, u32 uhz);
void evse_form_start(struct evse_form *f, s64 now, u32 angle);
void evse_form_load(struct evse_form *f, s32 power_mw, unsigned int phases);
void evse_form_step(struct evse_form *f, s64 now, struct evse_vector *v);
bool evse_form_there(const struct evse_form *f);

#endif /* _EVSE_STAGE_FORM_H */
