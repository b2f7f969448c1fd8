/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Legs that switch, and the LCL filter between them and a grid. */
#ifndef THD_PLANT_H
#define THD_PLANT_H

#include "modulator.h"

/**
 * struct board - a charger's power module
 * @name: of the figures
 * @title: of the tables
 * @topology: of the bridge
 * @rated_w: power
 * @grid_v: voltage of a phase, RMS
 * @grid_hz: frequency
 * @link_v: lowest, usual and highest voltage of the DC link
 * @l1: inductance on the bridge's side, each phase; of a full bridge: both halves
 * @r1: its resistance
 * @c: capacitor of the filter
 * @rd: resistor in series with it, which damps
 * @l2: inductance on the grid's side
 * @r2: its resistance
 * @dead: dead time, s
 * @pulse: shortest pulse, s
 */
struct board {
	const char *name;
	const char *title;
	enum evse_topology topology;
	double rated_w;
	double grid_v;
	double grid_hz;
	double link_v[3];
	double l1;
	double r1;
	double c;
	double rd;
	double l2;
	double r2;
	double dead;
	double pulse;
};

static inline unsigned int board_phases(const struct board *b)
{
	return b->topology == EVSE_TOPOLOGY_THREE_PHASE ? 3 : 1;
}

/**
 * struct leg - a half bridge
 * @t: moments of changes that are due, in order
 * @to: what they change to
 * @due: how many
 * @high: now
 */
struct leg {
	double t[4];
	bool to[4];
	unsigned int due;
	bool high;
};

/**
 * struct plant - everything that is not software
 * @board: what it is made of
 * @link_v: of the DC link
 * @carrier_hz: of the ePWM modules
 * @counts: of their clock, from the counter's zero to its top
 * @t: now, s
 * @dt: step, s
 * @next: how the filter's state goes on within a step
 * @from_bridge: what the bridge's voltage adds to it
 * @from_grid: what the grid's does
 * @period: when the carrier's period began
 * @compare: of it, in seconds from its begin
 * @shadow: duty that is loaded at the next zero
 * @leg: the legs
 * @x: of each phase: current of @l1, voltage of @c, current of @l2, both currents
 *	from the bridge to the grid
 * @fell: legs that have changed to low in this period, by command
 * @rose: legs that have changed back
 */
struct plant {
	const struct board *board;
	double link_v;
	double carrier_hz;
	double counts;
	double t;
	double dt;
	double next[3][3];
	double from_bridge[3];
	double from_grid[3];
	double period;
	double compare[EVSE_LEGS];
	u32 shadow[EVSE_LEGS];
	struct leg leg[EVSE_LEGS];
	double x[3][3];
	bool fell[EVSE_LEGS];
	bool rose[EVSE_LEGS];
};

void plant_init(struct plant *p, const struct board *b, double link_v,
		double carrier_hz, double dt);
void plant_step(struct plant *p);

#endif /* THD_PLANT_H */
