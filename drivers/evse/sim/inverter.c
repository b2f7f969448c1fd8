// SPDX-License-Identifier: GPL-2.0-only
/*
 * The inverter: from the times that switches are on to currents and power. Pure.
 *
 * Between two looks each leg has one mean voltage: that of the link while the
 * upper switch is on, none while the lower one is, and what the current's
 * direction makes of a diode in between. A current that only diodes carry dies;
 * it does not turn around.
 */

#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "inverter.h"
#include "mains.h"

/* sqrt(2) and pi in millionths */
#define SQRT_2		1414214
#define PI		3141593
#define MILLION		1000000LL

void evse_sim_inverter_init(struct evse_sim_inverter *inv, unsigned int legs,
			    u32 inductance_uh, u32 resistance_mohm)
{
	*inv = (struct evse_sim_inverter){
		.legs = legs,
		.inductance_uh = inductance_uh,
		.resistance_mohm = resistance_mohm,
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_inverter_init);

/* Sine of @x, 0 to pi / 2 in millionths, to 2 millionths. */
static s64 quarter(s64 x)
{
	static const s32 divisors[] = { 110, 72, 42, 20, 6 };
	s64 square = div_s64(x * x, MILLION), sum = MILLION;
	int i;

	for (i = 0; i < ARRAY_SIZE(divisors); i++)
		sum = MILLION - div_s64(square * sum, MILLION * divisors[i]);
	return div_s64(x * sum, MILLION);
}

/* A voltage at an angle as struct evse_sim_wave has it. */
s32 evse_sim_sine_mv(s32 rms_mv, s64 half, s64 part)
{
	s64 x = div_s64(part * 10, EVSE_SIM_HALF / (PI / 10));
	s64 peak = div_s64((s64)rms_mv * SQRT_2, MILLION);
	s64 mv = div_s64(peak * quarter(min(x, PI - x)), MILLION);

	return half & 1 ? -mv : mv;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_sine_mv);

/* Peak of the ripple at half duty. */
static s64 ripple_ua(const struct evse_sim_inverter *inv, s32 link_mv, s64 ns)
{
	return max(div_s64(link_mv * ns, 8 * inv->inductance_uh), 1LL);
}

/*
 * Mean voltage of a leg whose phase carries @ua towards it. A current below the
 * ripple's peak is of one sign at one edge and of the other at the next.
 */
static s64 leg_mv(const struct evse_sim_leg_time *leg, s32 link_mv, s64 ua,
		  s64 ripple)
{
	u32 diode = EVSE_SIM_Q16 - leg->upper - leg->lower;
	u64 upper = div64_s64(diode * (clamp(ua, -ripple, ripple) + ripple),
			      2 * ripple);

	return (s64)link_mv * (leg->upper + upper) >> 16;
}

static bool blocked(const struct evse_sim_leg_time *leg, unsigned int legs)
{
	unsigned int i;

	for (i = 0; i < legs; i++)
		if (leg[i].upper || leg[i].lower)
			return false;
	return true;
}

/*
 * The current a while later, of which the mean is what was there in its middle.
 * Implicit in the resistance, so that no stretch is too long for it.
 */
static s64 flow(const struct evse_sim_inverter *inv, s64 ua, s64 mv, s64 ns)
{
	s64 l = (s64)inv->inductance_uh * 1000;	/* mV ns / nH is mA */
	s64 rise = div64_s64(mv * ns * 1000, l);
	s64 mohm = (s64)inv->resistance_mohm + inv->house_mohm;
	s64 loss = div64_s64(mohm * ns * 1000, l);

	return div64_s64((ua + rise) * MILLION, MILLION + loss);
}

static s64 phase(struct evse_sim_inverter *inv, unsigned int i, s64 grid_mv,
		 s64 bridge_mv, bool dies, s64 ns)
{
	s64 was = inv->ua[i], now = flow(inv, was, grid_mv - bridge_mv, ns);

	/* By diodes alone, a current does not turn around. */
	if (dies && (was > 0 ? now < 0 : !was || now > 0))
		now = 0;
	inv->ua[i] = now;
	return div_s64(bridge_mv * ((was + now) / 2), MILLION);
}

/**
 * evse_sim_inverter_step() - a stretch of time passes
 * @inv: the inverter
 * @leg: what the legs did in it
 * @grid_mv: voltage of each phase in its middle; of one phase only the first
 * @link_mv: voltage of the link
 * @ns: how long it was
 */
void evse_sim_inverter_step(struct evse_sim_inverter *inv,
			    const struct evse_sim_leg_time *leg,
			    const s32 *grid_mv, s32 link_mv, s64 ns)
{
	bool dies = blocked(leg, inv->legs);
	s64 mv[EVSE_SIM_LEGS] = { }, mean_grid = 0, mean = 0;
	s64 ripple = ripple_ua(inv, link_mv, ns);
	unsigned int i;

	if (inv->legs == 2) {
		mv[0] = leg_mv(&leg[0], link_mv, inv->ua[0], ripple) -
			leg_mv(&leg[1], link_mv, -inv->ua[0], ripple);
		inv->power_mw = phase(inv, 0, grid_mv[0], mv[0], dies, ns);
		return;
	}
	for (i = 0; i < EVSE_SIM_LEGS; i++) {
		mv[i] = leg_mv(&leg[i], link_mv, inv->ua[i], ripple);
		mean += mv[i];
		mean_grid += grid_mv[i];
	}
	mean = div_s64(mean, EVSE_SIM_LEGS);
	mean_grid = div_s64(mean_grid, EVSE_SIM_LEGS);
	inv->power_mw = 0;
	for (i = 0; i < EVSE_SIM_LEGS; i++)
		inv->power_mw += phase(inv, i, grid_mv[i] - mean_grid,
				       mv[i] - mean, dies, ns);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_inverter_step);
