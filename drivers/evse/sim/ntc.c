// SPDX-License-Identifier: GPL-2.0-only
/*
 * An NTC of 10 kohm with B = 3950 K behind a pull-up of 10 kohm to 3.3 V, and the
 * exponential function that it has in common with the flow of heat. Pure.
 */

#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "heat.h"

#define B_K		3950
#define NOMINAL_MOHM	10000000
#define NOMINAL_MK	298150
#define ZERO_MK		273150
#define PULLUP_MOHM	10000000
#define PULLUP_MV	3300

#define LN2_NANO	693147181

/* e^-x, x in 10^-9, as part of 2^32 */
u64 evse_sim_decay(u64 x)
{
	u64 halves = div64_u64(x, LN2_NANO);
	s64 rest = x - halves * LN2_NANO;
	s64 sum = BIT_ULL(32), term = sum;
	int i;

	if (halves > 32)
		return 0;
	for (i = 1; term; i++) {
		term = div_s64(div_s64(-term * rest, NSEC_PER_SEC), i);
		sum += term;
	}
	return sum >> halves;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_decay);

static s64 resistance_mohm(s32 mdeg)
{
	s64 mk = max(mdeg + ZERO_MK, 100000);
	/* B (1/T - 1/T0), in 10^-9 */
	s64 x = div64_s64(B_K * 1000000000000LL, mk) -
		div_s64(B_K * 1000000000000LL, NOMINAL_MK);

	if (x >= 0)
		return div64_u64((u64)NOMINAL_MOHM << 32,
				 max(evse_sim_decay(x), 1ULL));
	return mul_u64_u64_shr(NOMINAL_MOHM, evse_sim_decay(-x), 32);
}

/* What is across it, mV. */
s32 evse_sim_ntc_mv(s32 mdeg, enum evse_sim_ntc_fail fail)
{
	s64 mohm = resistance_mohm(mdeg);

	if (fail != EVSE_SIM_NTC_OK)
		return fail == EVSE_SIM_NTC_OPEN ? PULLUP_MV : 0;
	/* Beyond a gigaohm it makes no difference, and could not be multiplied. */
	mohm = min(mohm, 100000LL * PULLUP_MOHM);
	return div64_s64(mohm * PULLUP_MV + (mohm + PULLUP_MOHM) / 2,
			 mohm + PULLUP_MOHM);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_ntc_mv);
