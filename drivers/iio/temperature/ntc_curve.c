// SPDX-License-Identifier: GPL-2.0-only
/*
 * The curve of an NTC resistor, and what a voltage divider with it tells.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/math64.h>

#include "ntc_curve.h"

/* Parts of the supply beyond which the sensor is no sensor, permille */
#define NTC_OPEN_PERMILLE	985
#define NTC_SHORT_PERMILLE	15

#define NTC_KELVIN_MDEG		273150
#define NTC_NOMINAL_MK		(25000 + NTC_KELVIN_MDEG)

/* log(2), Q32 */
#define NTC_LOG2_Q32		2977044472LL

/* x times e^@exponent_q32, which is between -15 and 15 */
static u64 times_exp(u32 x, s64 exponent_q32)
{
	u64 term, sum, rest;
	int power, i;

	/* e^exponent = 2^power * e^rest */
	power = div64_s64(exponent_q32, NTC_LOG2_Q32);
	if (exponent_q32 < power * NTC_LOG2_Q32)
		power--;
	rest = exponent_q32 - power * NTC_LOG2_Q32;

	sum = 1ULL << 32;
	term = sum;
	for (i = 1; term; i++) {
		term = div_u64(term * rest >> 32, i);
		sum += term;
	}
	return mul_u64_u32_shr(sum, x, 32 - power);
}

/**
 * ntc_curve_beta() - a curve by a beta value
 * @points: NTC_BETA_POINTS of them are filled in, from cold to hot
 * @beta: kelvin, NTC_BETA_MIN to NTC_BETA_MAX
 * @nominal_ohm: resistance at 25 degrees, NTC_NOMINAL_MIN_OHM to NTC_NOMINAL_MAX_OHM
 *
 * R(T) = R(25) * e^(beta * (1/T - 1/T(25))). Points two degrees apart are straight
 * lines away from it by 0.04 degrees at most between -40 and 125 degrees.
 */
void ntc_curve_beta(struct ntc_point *points, u32 beta, u32 nominal_ohm)
{
	unsigned int i;

	for (i = 0; i < NTC_BETA_POINTS; i++) {
		s32 mdeg = NTC_BETA_MIN_MDEG + (s32)i * NTC_BETA_STEP_MDEG;
		s32 mk = mdeg + NTC_KELVIN_MDEG;
		/* Below 2^39; what is shifted is divided before it is shifted on. */
		s64 exponent = (s64)beta * 1000 * (NTC_NOMINAL_MK - mk);

		exponent = div_s64(exponent * (1 << 20), NTC_NOMINAL_MK);
		exponent = div_s64(exponent * (1 << 12), mk);
		points[i].mdeg = mdeg;
		points[i].mohm = times_exp(nominal_ohm * 1000, exponent);
	}
}
EXPORT_SYMBOL_IF_KUNIT(ntc_curve_beta);

/**
 * ntc_curve_check() - find out whether points can be a curve
 * @points: from cold to hot, resistance falling and never zero
 * @count: number of them, two at least
 * @wrong: index of the first that cannot be
 *
 * Return: 0, or -EINVAL and @wrong.
 */
int ntc_curve_check(const struct ntc_point *points, unsigned int count,
		    unsigned int *wrong)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		*wrong = i;
		if (!points[i].mohm || points[i].mdeg <= -NTC_KELVIN_MDEG)
			return -EINVAL;
		if (i && (points[i].mdeg <= points[i - 1].mdeg ||
			  points[i].mohm >= points[i - 1].mohm))
			return -EINVAL;
	}
	*wrong = count;
	return count < 2 ? -EINVAL : 0;
}
EXPORT_SYMBOL_IF_KUNIT(ntc_curve_check);

/**
 * ntc_curve_mdeg() - the temperature at a resistance
 * @points: the curve
 * @count: number of its points
 * @mohm: the resistance, milliohm
 * @mdeg: the temperature, thousandths of a degree Celsius
 *
 * Return: 0, or -ERANGE where the curve does not reach.
 */
int ntc_curve_mdeg(const struct ntc_point *points, unsigned int count, u64 mohm,
		   int *mdeg)
{
	unsigned int low = 0, high = count - 1;
	s64 span;

	if (mohm > points[low].mohm || mohm < points[high].mohm)
		return -ERANGE;
	while (high - low > 1) {
		unsigned int middle = (low + high) / 2;

		if (mohm > points[middle].mohm)
			high = middle;
		else
			low = middle;
	}
	span = (s64)points[high].mdeg - points[low].mdeg;
	*mdeg = points[low].mdeg +
		div64_s64(span * (s64)(points[low].mohm - mohm),
			  points[low].mohm - points[high].mohm);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(ntc_curve_mdeg);

/**
 * ntc_divider_mohm() - the resistance by the voltage across it
 * @divider: supply and pull-up
 * @uv: the voltage, microvolt
 * @mohm: the resistance, milliohm
 *
 * Return: 0, -ENOTCONN for an open circuit, -EISCONN for a short one.
 */
int ntc_divider_mohm(const struct ntc_divider *divider, s64 uv, u64 *mohm)
{
	s64 supply = divider->supply_uv;

	if (uv * 1000 > supply * NTC_OPEN_PERMILLE)
		return -ENOTCONN;
	if (uv * 1000 < supply * NTC_SHORT_PERMILLE)
		return -EISCONN;
	*mohm = div64_u64((u64)uv * divider->pullup_ohm * 1000, supply - uv);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(ntc_divider_mohm);
