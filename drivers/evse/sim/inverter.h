/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inverter between the grid and the DC link: switches with diodes beside
 * them, and an inductor in each phase. Pure.
 */
#ifndef _EVSE_SIM_INVERTER_H
#define _EVSE_SIM_INVERTER_H

#include <linux/types.h>

#define EVSE_SIM_LEGS		3
#define EVSE_SIM_Q16		65536

/**
 * struct evse_sim_leg_time - what a leg did in a stretch of time
 * @upper: part of it with the upper switch on, Q16
 * @lower: part of it with the lower switch on, Q16; in the rest the current
 *	finds its way through a diode
 */
struct evse_sim_leg_time {
	u32 upper;
	u32 lower;
};

/**
 * struct evse_sim_inverter - the inverter
 * @legs: 2: one phase between two legs; 3: a phase on each, no neutral
 * @inductance_uh: of each phase
 * @resistance_mohm: of each phase
 * @house_mohm: of what it feeds in each phase where there is no grid
 * @ua: current from the grid into each phase, microampere
 * @power_mw: into the link, mean of the latest stretch
 */
struct evse_sim_inverter {
	unsigned int legs;
	u32 inductance_uh;
	u32 resistance_mohm;
	u32 house_mohm;
	s64 ua[EVSE_SIM_LEGS];
	s64 power_mw;
};

void evse_sim_inverter_init(struct evse_sim_inverter *inv, unsigned int legs,
			    u32 inductance_uh, u32 resistance_mohm);
void evse_sim_inverter_step(struct evse_sim_inverter *inv,
			    const struct evse_sim_leg_time *leg,
			    const s32 *grid_mv, s32 link_mv, s64 ns);
s32 evse_sim_sine_mv(s32 rms_mv, s64 half, s64 part);

#endif /* _EVSE_SIM_INVERTER_H */
