// SPDX-License-Identifier: GPL-2.0-only
/*
 * The AC side of the board: either the grid or the island behind the open
 * breaker, seen by relay, zero-cross comparators and RMS meters.
 *
 * Crossings are computed only while somebody has their interrupt unmasked, and
 * apart from the rest of the plant, which they do not change.
 */

#include <linux/math64.h>
#include <linux/minmax.h>

#include "board.h"
#include "inverter.h"

/* A comparator sees no crossings below this part of nominal voltage. */
#define LIVE_DIVISOR	50

struct evse_sim_wave *evse_sim_grid_wave(struct evse_sim *b)
{
	return b->islanded ? &b->island.wave : &b->mains.wave;
}

static s32 phase_mv(const struct evse_sim *b, unsigned int phase)
{
	if (phase >= b->mains.phases)
		return 0;
	return b->islanded ? b->island.mv : evse_sim_mains_mv(&b->mains, phase);
}

/* Mean of the phases that the connector has. */
s32 evse_sim_grid_mv(const struct evse_sim *b)
{
	unsigned int i, phases = min(b->phases, b->mains.phases);
	s64 sum = 0;

	for (i = 0; i < phases; i++)
		sum += phase_mv(b, i);
	return div_s64(sum, phases);
}

/* Of a phase at a moment, not far from the latest one. */
s32 evse_sim_grid_instant_mv(struct evse_sim *b, unsigned int phase, s64 when)
{
	const struct evse_sim_wave *w = evse_sim_grid_wave(b);
	s64 part = w->part + evse_sim_mains_offset(&b->mains, phase) +
		   (when - w->at) * w->uhz;
	s64 halves = div64_s64(part, EVSE_SIM_HALF);

	part -= halves * EVSE_SIM_HALF;
	if (part < 0) {
		part += EVSE_SIM_HALF;
		halves--;
	}
	return evse_sim_sine_mv(phase_mv(b, phase), w->half + halves, part);
}

s32 evse_sim_grid_rms_mv(const struct evse_sim *b, unsigned int phase)
{
	return evse_sim_rms_mv(&b->rms[phase],
			       evse_sim_mains_cycle_ns(&b->mains), b->now);
}

static s64 export_mw(const struct evse_sim *b)
{
	struct evse_sim_flow flow;

	/* It feeds a house that the island of the grid is not. */
	if (evse_sim_plant_parted(b))
		return 0;
	if (b->dc)
		return b->link.gates ? -b->link.power_mw : 0;
	evse_sim_plant_flow(b, &flow);
	return -flow.power_mw;
}

static void switch_over(struct evse_sim *b)
{
	unsigned int i;

	if (b->mains.breaker)
		b->island.due = EVSE_SIM_NEVER;
	else
		evse_sim_island_begin(&b->island, &b->mains.wave,
				      evse_sim_grid_mv(b), export_mw(b));
	if (!b->mains.breaker)
		b->parted = b->now;
	b->islanded = !b->mains.breaker;
	if (b->islanded)
		evse_sim_latency_breaker(b);
	for (i = 0; i < b->mains.phases; i++)
		evse_sim_zero_sync(&b->zero, i, evse_sim_grid_wave(b));
}

/* What makes the AC side may have changed at b->now. */
void evse_sim_grid_update(struct evse_sim *b)
{
	s64 cycle_ns = evse_sim_mains_cycle_ns(&b->mains), offset;
	const struct evse_sim_wave *wave;
	unsigned int i;
	s32 mv;

	evse_sim_wave_advance(&b->mains.wave, b->now);
	if (b->islanded)
		evse_sim_wave_advance(&b->island.wave, b->now);
	if (b->islanded == !!b->mains.breaker)
		switch_over(b);
	wave = evse_sim_grid_wave(b);
	for (i = 0; i < b->mains.phases; i++) {
		mv = phase_mv(b, i);
		offset = evse_sim_mains_offset(&b->mains, i);
		if (offset != b->zero.phase[i].offset)
			b->jumped = true;
		evse_sim_rms_follow(&b->rms[i], mv, cycle_ns, b->now);
		evse_sim_zero_phase_set(&b->zero, i, wave, offset,
					mv > b->mains.nominal_mv / LIVE_DIVISOR);
	}
	if (b->zero.watched)
		evse_sim_zero_plan(&b->zero, wave);
}

void evse_sim_grid_fire(struct evse_sim *b)
{
	if (b->mains.due <= b->now)
		evse_sim_mains_fire(&b->mains, b->now);
	if (b->islanded && b->island.due <= b->now)
		evse_sim_island_step(&b->island, export_mw(b),
				     READ_ONCE(b->lead_mdeg), b->now);
}

s64 evse_sim_grid_due(const struct evse_sim *b)
{
	return b->islanded ? min(b->mains.due, b->island.due) : b->mains.due;
}

/* The next move of a comparator. Returns whether a line moves by it. */
bool evse_sim_grid_cross(struct evse_sim *b)
{
	struct evse_sim_wave *wave = evse_sim_grid_wave(b);
	s64 when = b->zero.due;

	evse_sim_wave_advance(wave, when);
	return evse_sim_zero_fire(&b->zero, wave, when);
}

/* These lines have somebody who waits for their interrupts. */
void evse_sim_grid_watch(struct evse_sim *b, u32 lines)
{
	u8 watched = (lines & EVSE_SIM_ZERO) >> EVSE_SIM_ZERO_CROSS(0);
	u8 fresh = watched & ~b->zero.watched;
	struct evse_sim_wave *wave = evse_sim_grid_wave(b);
	unsigned int i;

	if (watched == b->zero.watched)
		return;
	evse_sim_wave_advance(wave, b->now);
	for (i = 0; i < b->mains.phases; i++)
		if (fresh & BIT(i))
			evse_sim_zero_sync(&b->zero, i, wave);
	b->zero.watched = watched;
	evse_sim_zero_plan(&b->zero, wave);
}

/* After evse_sim_plant_run(): what a comparator says. */
bool evse_sim_grid_level(struct evse_sim *b, unsigned int phase)
{
	struct evse_sim_wave *wave = evse_sim_grid_wave(b);

	if (!(b->zero.watched & BIT(phase))) {
		evse_sim_wave_advance(wave, b->now);
		evse_sim_zero_sync(&b->zero, phase, wave);
	}
	return b->zero.phase[phase].level;
}

u32 evse_sim_grid_lines(const struct evse_sim *b)
{
	u32 lines = b->relay && b->mains.relay ?
		    BIT(EVSE_SIM_VOLTAGE_MONITOR) : 0;
	unsigned int i;

	for (i = 0; i < b->mains.phases; i++)
		if (b->zero.phase[i].level)
			lines |= BIT(EVSE_SIM_ZERO_CROSS(i));
	return lines;
}

/* The settings are in place. */
void evse_sim_grid_start(struct evse_sim *b)
{
	s64 cycle_ns = evse_sim_mains_cycle_ns(&b->mains);
	unsigned int i;

	b->island.nominal_mhz = b->mains.nominal_mhz;
	b->island.nominal_mv = b->mains.nominal_mv;
	b->island.due = EVSE_SIM_NEVER;
	evse_sim_mains_init(&b->mains, b->now);
	evse_sim_zero_init(&b->zero);
	for (i = 0; i < b->mains.phases; i++)
		evse_sim_rms_follow(&b->rms[i], phase_mv(b, i), cycle_ns,
				    b->now - cycle_ns);
	evse_sim_grid_update(b);
	b->jumped = false;
}
