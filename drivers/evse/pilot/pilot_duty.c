// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control pilot duty cycle and the current that it states: IEC 61851-1
 * Table A.7 (set by the charger) and Table A.8 (read by the vehicle).
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/minmax.h>

#include "pilot_duty.h"

/* Two straight lines meet at 85 %: 0.6 A below and 2.5 A above per percent. */
#define EVSE_PILOT_KNEE_MA	51000
#define EVSE_PILOT_STEEP_MA	52500
#define EVSE_PILOT_FLAT_SLOPE	6
#define EVSE_PILOT_STEEP_SLOPE	25
#define EVSE_PILOT_STEEP_BASE	6400

/**
 * evse_pilot_duty_of_ma() - duty cycle that states a current
 * @current_ma: the current
 *
 * Never states more than @current_ma: fractions are dropped, the gap between
 * 51 A and 52.5 A that no duty cycle stands for is stated as 51 A, and what is
 * above 80 A as 80 A. Less than 6 A cannot be stated: steady +12 V.
 *
 * Return: 1/10000.
 */
u32 evse_pilot_duty_of_ma(u32 current_ma)
{
	if (current_ma < EVSE_PILOT_MIN_MA)
		return EVSE_PILOT_DUTY_STEADY;
	if (current_ma < EVSE_PILOT_STEEP_MA)
		return min_t(u32, current_ma, EVSE_PILOT_KNEE_MA) /
		       EVSE_PILOT_FLAT_SLOPE;
	return min_t(u32, current_ma, EVSE_PILOT_MAX_MA) /
	       EVSE_PILOT_STEEP_SLOPE + EVSE_PILOT_STEEP_BASE;
}
EXPORT_SYMBOL_IF_KUNIT(evse_pilot_duty_of_ma);

/* Each line: up to and including this duty cycle. */
static const struct evse_pilot_band {
	u32 max_permyriad;
	enum evse_pilot_meaning meaning;
	u32 fixed_ma;
	u32 slope;
	u32 base;
} evse_pilot_bands[] = {
	{ .max_permyriad =   299, .meaning = EVSE_PILOT_MEANS_NOTHING },
	{ .max_permyriad =   700, .meaning = EVSE_PILOT_MEANS_HLC },
	{ .max_permyriad =   799, .meaning = EVSE_PILOT_MEANS_NOTHING },
	{ .max_permyriad =   999, .meaning = EVSE_PILOT_MEANS_CURRENT,
	  .fixed_ma = EVSE_PILOT_MIN_MA },
	{ .max_permyriad =  8500, .meaning = EVSE_PILOT_MEANS_CURRENT,
	  .slope = EVSE_PILOT_FLAT_SLOPE },
	{ .max_permyriad =  9600, .meaning = EVSE_PILOT_MEANS_CURRENT,
	  .slope = EVSE_PILOT_STEEP_SLOPE, .base = EVSE_PILOT_STEEP_BASE },
	{ .max_permyriad =  9700, .meaning = EVSE_PILOT_MEANS_CURRENT,
	  .fixed_ma = EVSE_PILOT_MAX_MA },
	{ .max_permyriad = U32_MAX, .meaning = EVSE_PILOT_MEANS_NOTHING },
};

/**
 * evse_pilot_ma_of_duty() - how a vehicle reads a duty cycle
 * @permyriad: duty cycle, 1/10000
 * @current_ma: set to the current that it states, 0 when it states none
 *
 * Return: what it means.
 */
enum evse_pilot_meaning evse_pilot_ma_of_duty(u32 permyriad, u32 *current_ma)
{
	const struct evse_pilot_band *band = evse_pilot_bands;

	while (permyriad > band->max_permyriad)
		band++;

	*current_ma = band->fixed_ma;
	if (band->slope)
		*current_ma = (permyriad - band->base) * band->slope;
	return band->meaning;
}
EXPORT_SYMBOL_IF_KUNIT(evse_pilot_ma_of_duty);
