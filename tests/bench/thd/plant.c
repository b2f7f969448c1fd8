// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Legs that switch, and the LCL filter between them and a grid.
 *
 * A leg's upper switch is on while an ideal up-down counter is below its compare
 * value, which is loaded from its shadow when the counter is zero. Each switch
 * turns on a dead time later than that; in between the current flows through one
 * of the diodes, and its sign says which. The filter is linear: its state at the
 * end of a step is exact for voltages that are steady within the step, and those
 * of the legs are the mean over it, with their edges where they are.
 */
#include <math.h>
#include <string.h>

#include "plant.h"

#define CLOCK_HZ	100e6	/* of the ePWM modules */

/* exp(a t) and what inputs b add, by a series: a t is much smaller than one. */
static void discretise(double a[3][3], const double b[3], double t,
		       double next[3][3], double add[3])
{
	double power[3][3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
	double sum[3][3] = { 0 };
	double factor = 1;
	int n, i, j, k;

	memcpy(next, power, sizeof(power));
	for (n = 1; n < 12; n++) {
		double product[3][3] = { 0 };

		factor *= t / n;
		for (i = 0; i < 3; i++)
			for (j = 0; j < 3; j++) {
				sum[i][j] += power[i][j] * factor;
				for (k = 0; k < 3; k++)
					product[i][j] += a[i][k] * power[k][j];
			}
		memcpy(power, product, sizeof(power));
		for (i = 0; i < 3; i++)
			for (j = 0; j < 3; j++)
				next[i][j] += power[i][j] * factor;
	}
	for (i = 0; i < 3; i++)
		add[i] = sum[i][0] * b[0] + sum[i][1] * b[1] + sum[i][2] * b[2];
}

void plant_init(struct plant *p, const struct board *b, double link_v,
		double carrier_hz, double dt)
{
	/* L1 di1 = v - r1 i1 - vc - rd (i1 - i2); C dvc = i1 - i2; likewise L2 */
	double a[3][3] = {
		{ -(b->r1 + b->rd) / b->l1, -1 / b->l1, b->rd / b->l1 },
		{ 1 / b->c, 0, -1 / b->c },
		{ b->rd / b->l2, 1 / b->l2, -(b->r2 + b->rd) / b->l2 },
	};
	const double bridge[3] = { 1 / b->l1, 0, 0 }, grid[3] = { 0, 0, -1 / b->l2 };
	unsigned int i;

	*p = (struct plant) {
		.board = b,
		.link_v = link_v,
		.carrier_hz = carrier_hz,
		.counts = round(CLOCK_HZ / 2 / carrier_hz),
		.dt = dt,
		.period = -1,
	};
	discretise(a, bridge, dt, p->next, p->from_bridge);
	discretise(a, grid, dt, p->next, p->from_grid);
	for (i = 0; i < EVSE_LEGS; i++)
		p->shadow[i] = 32768;
}

static unsigned int legs(const struct plant *p)
{
	return board_phases(p->board) == 3 ? 3 : 2;
}

/* Out of the leg. */
static double leg_current(const struct plant *p, unsigned int leg)
{
	if (board_phases(p->board) == 3)
		return p->x[leg][0];
	return leg ? -p->x[0][0] : p->x[0][0];
}

/* Both switches off for the dead time: the current goes on as it is. */
static void command(struct plant *p, unsigned int i, double t, bool high)
{
	bool out = leg_current(p, i) > 0;
	struct leg *leg = &p->leg[i];

	leg->t[leg->due] = high == out ? t + p->board->dead : t;
	leg->to[leg->due++] = high;
}

/* Commands within the step, by the counters. */
static void count(struct plant *p, double end)
{
	double length = 2 * p->counts / CLOCK_HZ;
	unsigned int i;

	if (p->period < 0 || p->period + length < end) {
		p->period = p->period < 0 ? p->t : p->period + length;
		for (i = 0; i < legs(p); i++) {
			p->compare[i] = round(p->shadow[i] / 65536.0 * p->counts) /
					CLOCK_HZ;
			p->fell[i] = false;
			p->rose[i] = false;
			if (p->t == p->period)
				p->leg[i].high = true;
		}
	}
	for (i = 0; i < legs(p); i++) {
		double fall = p->period + p->compare[i];
		double rise = p->period + length - p->compare[i];

		if (!p->fell[i] && fall < end) {
			p->fell[i] = true;
			command(p, i, fall, false);
		}
		if (!p->rose[i] && p->fell[i] && rise < end) {
			p->rose[i] = true;
			command(p, i, rise, true);
		}
	}
}

/* The part of the step in which the leg is high. */
static double leg_mean(struct leg *leg, double from, double end)
{
	double at = from, high = 0;

	while (leg->due && leg->t[0] < end) {
		double t = fmax(leg->t[0], at);

		if (leg->high)
			high += t - at;
		at = t;
		leg->high = leg->to[0];
		leg->due--;
		memmove(leg->t, leg->t + 1, leg->due * sizeof(leg->t[0]));
		memmove(leg->to, leg->to + 1, leg->due * sizeof(leg->to[0]));
	}
	if (leg->high)
		high += end - at;
	return high / (end - from);
}

void plant_step(struct plant *p)
{
	double end = p->t + p->dt, middle = p->t + p->dt / 2;
	double v[EVSE_LEGS], common = 0;
	unsigned int i, k;

	count(p, end);
	for (i = 0; i < legs(p); i++) {
		v[i] = leg_mean(&p->leg[i], p->t, end) * p->link_v;
		common += v[i] / 3;
	}
	if (legs(p) == 2)
		common = v[1];
	for (i = 0; i < board_phases(p->board); i++) {
		double grid = p->board->grid_v * M_SQRT2 *
			      sin(2 * M_PI * (p->board->grid_hz * middle - i / 3.0));
		double x[3];

		for (k = 0; k < 3; k++)
			x[k] = p->next[k][0] * p->x[i][0] + p->next[k][1] * p->x[i][1] +
			       p->next[k][2] * p->x[i][2] +
			       p->from_bridge[k] * (v[i] - common) +
			       p->from_grid[k] * grid;
		memcpy(p->x[i], x, sizeof(x));
	}
	p->t = end;
}
