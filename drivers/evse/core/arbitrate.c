// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arbitration of power: the request clamped by every limiter, and the name of
 * the one that binds. Pure: values in, values out.
 */
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <kunit/visibility.h>

#include "arbitrate.h"

static void evse_clamp(struct evse_verdict *verdict, const char *name,
		       s32 min_mw, s32 max_mw)
{
	if (verdict->power_mw > max_mw)
		verdict->power_mw = max_mw;
	else if (verdict->power_mw < min_mw)
		verdict->power_mw = min_mw;
	else
		return;
	verdict->limiter = name;
}

/**
 * evse_arbitrate() - effective power and its limiter
 * @request_mw: what was asked for
 * @windows: what the limiters allow
 * @count: how many there are
 *
 * Windows that demand come first, in their order: they move the request. What
 * is left of them is what every other window allows, so a demand gets no power
 * that a limiter takes away; where demands contradict each other, the later one
 * counts.
 *
 * Return: the power nearest to the request, as it was moved, that every window
 * allows. Of several limiters that bind alike, the first is named. A window that
 * does not contain zero and does not demand counts as if it ended there: a
 * limiter can take power away, never ask for any.
 */
struct evse_verdict evse_arbitrate(s32 request_mw,
				   const struct evse_window *windows,
				   unsigned int count)
{
	struct evse_verdict verdict = { .power_mw = request_mw };
	unsigned int i;

	for (i = 0; i < count; i++)
		if (windows[i].demands)
			evse_clamp(&verdict, windows[i].name,
				   windows[i].min_mw, windows[i].max_mw);
	for (i = 0; i < count; i++)
		if (!windows[i].demands)
			evse_clamp(&verdict, windows[i].name,
				   min(windows[i].min_mw, 0),
				   max(windows[i].max_mw, 0));

	/* What was moved and moved back stands as it was asked for. */
	if (verdict.power_mw == request_mw)
		verdict.limiter = NULL;
	return verdict;
}
EXPORT_SYMBOL_IF_KUNIT(evse_arbitrate);

/**
 * evse_power_mw() - power of a current at a voltage
 * @voltage_mv: voltage, phase to neutral for AC
 * @current_ma: current per phase
 * @phases: number of phases
 *
 * Return: power in milliwatt, saturated at S32_MAX.
 */
s32 evse_power_mw(u32 voltage_mv, u32 current_ma, unsigned int phases)
{
	u64 power_mw = div_u64((u64)voltage_mv * current_ma, 1000) * phases;

	return min_t(u64, power_mw, S32_MAX);
}
EXPORT_SYMBOL_IF_KUNIT(evse_power_mw);

/**
 * evse_current_ma() - current that carries a power, rounded down
 * @power_mw: power; zero and below give zero
 * @voltage_mv: voltage, phase to neutral for AC; not zero
 * @phases: number of phases; not zero
 *
 * Return: current per phase, so that the power is never exceeded.
 */
u32 evse_current_ma(s32 power_mw, u32 voltage_mv, unsigned int phases)
{
	if (power_mw <= 0)
		return 0;
	return div64_u64((u64)power_mw * 1000, (u64)voltage_mv * phases);
}
EXPORT_SYMBOL_IF_KUNIT(evse_current_ma);
