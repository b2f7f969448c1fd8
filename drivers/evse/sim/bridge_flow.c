// SPDX-License-Identifier: GPL-2.0-only
/*
 * What flows through the bridge of a board, period by period of its carrier: from
 * the grid, or to a house that is parted from it.
 */

#include <linux/math64.h>
#include <linux/minmax.h>

#include "bridge.h"

#define MILLION		1000000LL

static bool flows(const struct evse_sim_inverter *inv)
{
	return inv->ua[0] || inv->ua[1] || inv->ua[2];
}

/*
 * Lead of the current before the voltage, millidegree, of millionths of its tangent;
 * to 0.3 degrees within 45.
 */
static s32 lead_of(s64 x)
{
	x = clamp(x, -MILLION, MILLION);
	return div64_s64(x * 57296, MILLION + div_s64(281250 * div_s64(x * x, MILLION),
						      MILLION));
}

/* What the island of the grid has to know; sums begin anew. */
static void tell_lead(struct sim_bridge *s, s32 lead_mdeg)
{
	WRITE_ONCE(s->board->lead_mdeg, lead_mdeg);
	s->active = 0;
	s->reactive = 0;
	s->summed = 0;
}

/*
 * How far the current leads, in each cycle of the mains. Three phases: the
 * difference of the other two is a quarter of a turn behind the first.
 */
static void weigh(struct sim_bridge *s, const s32 *mv)
{
	const s64 *ua = s->inverter.ua;
	s64 active, reactive;
	unsigned int i;

	for (i = 0; i < EVSE_SIM_PHASES; i++) {
		s->active += mv[i] * ua[i];
		s->reactive += (mv[(i + 1) % 3] - mv[(i + 2) % 3]) * ua[i];
	}
	if (++s->summed * s->feed.period < evse_sim_mains_cycle_ns(&s->board->mains))
		return;
	active = div_s64(s->active, MILLION);
	/* 577350 millionths are 1 / sqrt(3) */
	reactive = div_s64(s->reactive, MILLION) * 577350;
	tell_lead(s, active ? lead_of(div64_s64(-reactive, active)) : 0);
}

/* One period of the carrier. */
static void flow(struct sim_bridge *s, s64 begin)
{
	struct evse_sim_leg_time leg[EVSE_SIM_LEGS] = { };
	struct evse_sim *b = s->board;
	bool house = evse_sim_plant_parted(b);
	s32 mv[EVSE_SIM_PHASES];
	unsigned int i;

	if (b->link.gates)
		evse_sim_feed_take(&s->feed, begin, leg);
	s->inverter.house_mohm = house ? b->house_mohm : 0;
	for (i = 0; i < EVSE_SIM_PHASES; i++)
		mv[i] = house ? 0 :
			evse_sim_grid_instant_mv(b, i, begin + s->feed.period / 2);
	evse_sim_inverter_step(&s->inverter, leg, mv,
			       div_s64(b->link.link_uv, 1000), s->feed.period);
	if (s->e.count == EVSE_SIM_PHASES)
		weigh(s, mv);
	s->record[s->recorded++ % SIM_BRIDGE_RECORDS] = (struct sim_bridge_record){
		.mw = s->inverter.power_mw,
		.ma = div_s64(s->inverter.ua[0], 1000),
	};
}

/**
 * evse_sim_bridge_flow() - let currents flow
 * @b: the board, with a bridge; its lock is held
 * @to: until then
 */
void evse_sim_bridge_flow(struct evse_sim *b, s64 to)
{
	struct sim_bridge *s = b->bridge;

	raw_spin_lock(&s->lock);
	if (!s->feed.period || (!b->link.gates && !flows(&s->inverter))) {
		s->flown = to;
		s->inverter.power_mw = 0;
		s->begun = s->recorded;
		tell_lead(s, 0);
	} else {
		s64 begin = evse_sim_feed_begin(&s->feed, s->flown);

		for (; begin + s->feed.period <= to; begin += s->feed.period)
			flow(s, begin);
		s->flown = begin;
	}
	b->link.power_mw = s->inverter.power_mw;
	raw_spin_unlock(&s->lock);
}

/**
 * evse_sim_bridge_power() - what a meter shows
 * @b: the board, with a bridge; its lock is held
 *
 * Return: mean of the latest cycle of the mains, mW.
 */
s32 evse_sim_bridge_power(const struct evse_sim *b)
{
	const struct sim_bridge *s = b->bridge;
	unsigned int i, count = s->recorded - s->begun;
	s64 sum = 0;

	if (!count)
		return 0;
	count = min3(count, SIM_BRIDGE_RECORDS + 0U,
		     (unsigned int)div64_s64(evse_sim_mains_cycle_ns(&b->mains),
					     s->feed.period));
	for (i = 1; i <= count; i++)
		sum += s->record[(s->recorded - i) % SIM_BRIDGE_RECORDS].mw;
	return div_s64(sum, max(count, 1U));
}
