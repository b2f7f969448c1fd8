// SPDX-License-Identifier: GPL-2.0-only
/*
 * First-order lag by its open-loop response time: the time in which 90 % of a
 * step is done (IEEE 1547-2018). What is left of a step after t is
 *
 *   10 ^ (-t / response) = 2 ^ (-t * log2(10) / response)
 *
 * however often it is looked at meanwhile. Fixed point; the factor is exact to
 * 1/10^6 of what is done in a step.
 */
#include <kunit/visibility.h>
#include <linux/array_size.h>
#include <linux/build_bug.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "grid_lag.h"

#define EVSE_GRID_LAG_SHIFT	16
/* Of the exponent */
#define EVSE_GRID_LAG_BITS	24
#define EVSE_GRID_LAG_LOG2_10	55732705
/* Of what is left of a step, 2^32 for all of it */
#define EVSE_GRID_LAG_LN_2	2977044472U
/* After so many response times a step is over. */
#define EVSE_GRID_LAG_OVER	10

/* 2^(-1/2), 2^(-1/4) and so on, by 2^32 */
static const u32 evse_grid_lag_roots[] = {
	3037000500U, 3611622603U, 3938502376U, 4112874773U,
	4202935003U, 4248701965U, 4271771996U, 4283353945U,
};

/**
 * evse_grid_lag_init() - be somewhere
 * @lag: the lag
 * @value: where
 */
void evse_grid_lag_init(struct evse_grid_lag *lag, s32 value)
{
	*lag = (struct evse_grid_lag) {
		.value = (s64)value << EVSE_GRID_LAG_SHIFT,
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_lag_init);

/* 2^(-exponent / 2^24), by 2^32 */
static u32 evse_grid_lag_power(u32 exponent)
{
	u32 left = exponent & ((1U << EVSE_GRID_LAG_BITS) - 1), x;
	u64 power = U32_MAX;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(evse_grid_lag_roots); i++) {
		u32 bit = 1U << (EVSE_GRID_LAG_BITS - 1 - i);

		if (left & bit)
			power = power * evse_grid_lag_roots[i] >> 32;
		left &= ~bit;
	}
	/* The rest is below 2^-8: 1 - x + x^2 / 2 is exact to 2^-28. */
	x = (u64)left * EVSE_GRID_LAG_LN_2 >> EVSE_GRID_LAG_BITS;
	power -= power * x >> 32;
	power += power * ((u64)x * x >> 33) >> 32;
	return power >> (exponent >> EVSE_GRID_LAG_BITS);
}

/**
 * evse_grid_lag_step() - let time pass
 * @lag: the lag
 * @target: where it goes
 * @response_ms: time in which 90 % of the way is done, at most 2^17
 * @now: the moment, ns; the first one only begins
 *
 * Return: where it is.
 */
s32 evse_grid_lag_step(struct evse_grid_lag *lag, s32 target, u32 response_ms,
		       s64 now)
{
	s64 end = (s64)target << EVSE_GRID_LAG_SHIFT, gap = end - lag->value;
	u64 response_ns = (u64)response_ms * NSEC_PER_MSEC, part;
	s64 passed = lag->at ? now - lag->at : 0;
	u32 rest;

	lag->at = now;
	if (passed >= (s64)response_ns * EVSE_GRID_LAG_OVER) {
		lag->value = end;
	} else if (passed > 0) {
		part = div64_u64((u64)passed << EVSE_GRID_LAG_BITS, response_ns);
		rest = evse_grid_lag_power(part * EVSE_GRID_LAG_LOG2_10 >>
					   EVSE_GRID_LAG_BITS);
		part = mul_u64_u32_shr(abs(gap), rest, 32);
		lag->value = end - (gap < 0 ? -(s64)part : (s64)part);
	}
	return (lag->value + (1 << (EVSE_GRID_LAG_SHIFT - 1))) >> EVSE_GRID_LAG_SHIFT;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_lag_step);
