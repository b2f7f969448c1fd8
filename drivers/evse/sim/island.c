// SPDX-License-Identifier: GPL-2.0-only
/*
 * An island: an inverter alone with a parallel RLC load. Pure, fixed point.
 *
 * The load is that of IEC 62116: with P the power exported when the breaker
 * opens, p and q relative to P, Qf the quality factor at resonance, f0 and V0
 * nominal,
 *
 *	R = V0^2 / (p P)	and	q = Qf (1 - (f0 / fr)^2)
 *
 * so that fr = f0 / sqrt(1 - q / Qf). A stage of constant power makes the
 * voltage of the balance V^2 / R = Pexport; current that leads by theta makes
 * the frequency of the phase condition atan(Qf (f / fr - fr / f)) = theta, which
 * is f = fr (t + sqrt(t^2 + 4)) / 2 with t = tan(theta) / Qf. Voltage comes to
 * its value with the time constant 2 R C = Qf / (pi f0 p) of the load, frequency
 * a cycle later, for the inverter follows what it measures. There is no limit
 * of current. A voltage that is no longer one is not followed by the inverter.
 */

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "mains.h"

#define STEP		EVSE_SIM_MS(1)
#define MILLION		1000000LL
#define DEAD_PERMILLE	200
#define MAX_PERMILLE	2000
#define LEAD_MAX_MDEG	45000

/* Tangent in millionths: to 0.1 % at 45 degrees, to 10^-6 below 20. */
static s64 tangent(s32 mdeg)
{
	/* Factors of x^3, x^5 and so on in millionths */
	static const s32 series[] = { 333333, 133333, 53968, 21869, 8863 };
	s64 x = div_s64(clamp(mdeg, -LEAD_MAX_MDEG, LEAD_MAX_MDEG) * 17453293LL,
			MILLION);
	s64 square = div_s64(x * x, MILLION), power = x, sum = x;
	int i;

	for (i = 0; i < ARRAY_SIZE(series); i++) {
		power = div_s64(power * square, MILLION);
		sum += div_s64(power * series[i], MILLION);
	}
	return sum;
}

s64 evse_sim_island_resonance_uhz(const struct evse_sim_island *is)
{
	/* In millionths; never below 0.04, which is five times nominal. */
	s64 rest = MILLION - div_s64(is->q_permille * MILLION,
				     is->q_factor_permille);

	return div64_s64(is->nominal_mhz * 1000LL * MILLION,
			 int_sqrt64(max(rest, 40000LL) * MILLION));
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_island_resonance_uhz);

/* Where the frequency settles with that angle. */
s64 evse_sim_island_target_uhz(const struct evse_sim_island *is, s32 lead_mdeg)
{
	s64 t = div_s64(tangent(lead_mdeg) * 1000, is->q_factor_permille);
	s64 ratio = (t + (s64)int_sqrt64(t * t + 4 * MILLION * MILLION)) / 2;
	s64 fr = evse_sim_island_resonance_uhz(is);

	return div_s64(fr * clamp(ratio, MILLION / 4, 4 * MILLION), MILLION);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_island_target_uhz);

/* Where the voltage settles with that power. */
s32 evse_sim_island_target_mv(const struct evse_sim_island *is, s64 export_mw)
{
	s64 load_mw = div_s64(is->ref_mw * is->p_permille, 1000);
	s64 square;

	if (!is->alive || export_mw <= 0 || load_mw <= 0)
		return 0;
	square = min(div64_s64(export_mw * MILLION, load_mw), 4 * MILLION);
	return min_t(s64, div_s64(is->nominal_mv *
				  (s64)int_sqrt64(square * MILLION), MILLION),
		     div_s64((s64)is->nominal_mv * MAX_PERMILLE, 1000));
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_island_target_mv);

/* The breaker opens: what is there goes on by itself. */
void evse_sim_island_begin(struct evse_sim_island *is,
			   const struct evse_sim_wave *grid, s32 mv,
			   s64 export_mw)
{
	is->wave = *grid;
	is->wave.goal = is->wave.uhz;
	is->ref_mw = export_mw;
	is->mv = mv;
	is->alive = true;
	is->stepped = grid->at;
	is->due = grid->at + STEP;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_island_begin);

/* Part of the way to @target in @ns with time constant @tau, always stable. */
static s64 approach(s64 value, s64 target, s64 ns, s64 tau)
{
	s64 us = div_s64(ns, NSEC_PER_USEC);

	return value + div64_s64((target - value) * us,
				 div_s64(tau, NSEC_PER_USEC) + us);
}

/* From the step before to @now, with what has been exported in the meantime. */
void evse_sim_island_step(struct evse_sim_island *is, s64 export_mw,
			  s32 lead_mdeg, s64 now)
{
	s64 cycle = div_s64(1000LL * NSEC_PER_SEC, is->nominal_mhz);
	/* 318310 millionths are 1 / pi */
	s64 tau = div_s64(div_s64(cycle * is->q_factor_permille,
				  is->p_permille) * 318310, MILLION);
	s64 ns = now - is->stepped;

	evse_sim_wave_advance(&is->wave, now);
	is->mv = approach(is->mv, evse_sim_island_target_mv(is, export_mw), ns,
			  tau);
	is->wave.uhz = approach(is->wave.uhz,
				evse_sim_island_target_uhz(is, lead_mdeg), ns,
				tau + cycle);
	is->wave.goal = is->wave.uhz;
	if (is->mv < is->nominal_mv / 1000 * DEAD_PERMILLE)
		is->alive = false;
	if (!is->alive && is->mv < is->nominal_mv / 1000)
		is->mv = 0;
	is->stepped = now;
	is->due = is->mv ? now + STEP : EVSE_SIM_NEVER;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_island_step);
