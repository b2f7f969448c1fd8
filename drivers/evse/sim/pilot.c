// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control pilot wire between generator and vehicle (IEC 61851-1 Annex A):
 * +-12 V behind 1 kohm, in the vehicle a diode and a resistor. Pure.
 */

#include <linux/export.h>

#include <kunit/visibility.h>

#include "model.h"

#define SUPPLY_MV	12000
#define SOURCE_OHM	1000
#define DIODE_MV	700
#define STEADY		10000

static s32 divide(s32 mv, u32 ohm)
{
	return mv * (s32)ohm / (s32)(SOURCE_OHM + ohm);
}

/* Level for a generator at +-12 V; @ohm 0 is an open wire. */
static s32 level(s32 supply_mv, u32 ohm, enum evse_sim_diode diode)
{
	if (!ohm || diode == EVSE_SIM_DIODE_OPEN)
		return supply_mv;
	if (diode == EVSE_SIM_DIODE_SHORT)
		return divide(supply_mv, ohm);
	if (supply_mv < 0)
		return supply_mv;
	return DIODE_MV + divide(supply_mv - DIODE_MV, ohm);
}

void evse_sim_pilot_levels(struct evse_sim_pilot *p, u32 vehicle_ohm,
			   enum evse_sim_diode diode)
{
	s32 high = level(SUPPLY_MV, vehicle_ohm, diode);
	s32 low = level(-SUPPLY_MV, vehicle_ohm, diode);

	if (p->shorted) {
		high = 0;
		low = 0;
	}
	/* Peak detectors of a steady signal both hold that one level. */
	p->high_mv = p->duty_permyriad ? high : low;
	p->low_mv = p->duty_permyriad < STEADY ? low : high;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_pilot_levels);

/* What a vehicle takes for PWM: 3 to 97 %, 980 to 1020 Hz. */
bool evse_sim_pilot_is_pwm(const struct evse_sim_pilot *p)
{
	return !p->shorted && p->duty_permyriad >= 300 &&
	       p->duty_permyriad <= 9700 &&
	       p->period_ns >= NSEC_PER_SEC / 1020 &&
	       p->period_ns <= NSEC_PER_SEC / 980;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_pilot_is_pwm);

bool evse_sim_pilot_is_hlc(const struct evse_sim_pilot *p)
{
	return evse_sim_pilot_is_pwm(p) && p->duty_permyriad <= 700;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_pilot_is_hlc);

/* Table A.8, read by the vehicle. */
u32 evse_sim_pilot_current_ma(const struct evse_sim_pilot *p)
{
	u32 duty = p->duty_permyriad;

	if (!evse_sim_pilot_is_pwm(p) || duty < 800)
		return 0;
	if (duty < 1000)
		return 6000;
	if (duty <= 8500)
		return duty * 6;
	if (duty <= 9600)
		return (duty - 6400) * 25;
	return 80000;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_pilot_current_ma);
