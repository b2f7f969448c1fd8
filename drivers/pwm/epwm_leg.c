// SPDX-License-Identifier: GPL-2.0-only
/*
 * Frequencies, times and duties of a half-bridge in ticks of TBCLK, the bounds
 * that they have, and the recipe of registers. Pure.
 *
 * The counter runs up and down: a period is 2 * TBPRD ticks, and A is asked to be
 * on while the counter is below CMPA, which is 2 * CMPA ticks. The dead band
 * delays each rising edge, so that A is on for 2 * CMPA - dead ticks and B for
 * 2 * (TBPRD - CMPA) - dead ticks.
 */

#include <linux/bitfield.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include <kunit/visibility.h>

#include "epwm_leg.h"
#include "epwm_regs.h"

#define CLKDIV_MAX	7
#define HSPCLKDIV_MAX	7

static int refuse(struct epwm_refusal *r, const char *what, u64 value, u64 low,
		  u64 high)
{
	*r = (struct epwm_refusal){ what, value, low, high };
	return -EINVAL;
}

/* Time that @ticks take, rounded up */
u64 epwm_ns(const struct epwm_plan *plan, u32 ticks)
{
	return DIV64_U64_ROUND_UP((u64)ticks * plan->divider * NSEC_PER_SEC,
				  plan->clock_hz);
}
EXPORT_SYMBOL_IF_KUNIT(epwm_ns);

/* Ticks that fit into a time of at most a second */
static u64 ticks_down(const struct epwm_plan *plan, u64 ns)
{
	return div64_u64(ns * plan->clock_hz, (u64)NSEC_PER_SEC * plan->divider);
}

static u64 ticks_up(const struct epwm_plan *plan, u64 ns)
{
	return DIV64_U64_ROUND_UP(ns * plan->clock_hz,
				  (u64)NSEC_PER_SEC * plan->divider);
}

/* The smallest divider with which the lowest carrier's period can be counted */
static int choose_divider(struct epwm_plan *plan, u32 carrier_hz)
{
	u32 best = 0, n, h;

	for (n = 0; n <= CLKDIV_MAX; n++) {
		for (h = 0; h <= HSPCLKDIV_MAX; h++) {
			u32 divider = (h ? 2 * h : 1) << n;

			if (best && divider >= best)
				continue;
			if (div_u64(plan->clock_hz, divider) >
			    2ULL * U16_MAX * carrier_hz)
				continue;
			best = divider;
			plan->prescale = FIELD_PREP(EPWM_TBCTL_CLKDIV, n) |
					 FIELD_PREP(EPWM_TBCTL_HSPCLKDIV, h);
		}
	}
	plan->divider = best;
	plan->tick = div_u64(((u64)best * NSEC_PER_SEC) << 16, plan->clock_hz);
	return best ? 0 : -EINVAL;
}

/* TBPRD of a carrier: the nearest below it, so that it is never exceeded */
static u64 prd_up(const struct epwm_plan *plan, u32 carrier_hz)
{
	return DIV64_U64_ROUND_UP(plan->clock_hz, 2ULL * plan->divider * carrier_hz);
}

u16 epwm_prd(const struct epwm_plan *plan, u32 carrier_hz)
{
	u64 prd = prd_up(plan, max(carrier_hz, 1U));

	return clamp_t(u64, prd, plan->prd_min, plan->prd_max);
}
EXPORT_SYMBOL_IF_KUNIT(epwm_prd);

u32 epwm_carrier(const struct epwm_plan *plan, u16 prd)
{
	u64 ticks = 2ULL * plan->divider * max_t(u16, prd, 1);

	return div64_u64(plan->clock_hz + ticks / 2, ticks);
}
EXPORT_SYMBOL_IF_KUNIT(epwm_carrier);

static int plan_carrier(struct epwm_plan *plan, const struct epwm_bounds *b,
			struct epwm_refusal *r)
{
	u32 most = max_t(u32, (1 << CLKDIV_MAX) * 2 * HSPCLKDIV_MAX, 1);
	u64 low = max(DIV64_U64_ROUND_UP(b->clock_hz, 2ULL * U16_MAX * most), 1ULL);
	/* Four steps of duty at least */
	u32 high = b->clock_hz / 16;

	if (b->carrier_max_hz < low || b->carrier_max_hz > high)
		return refuse(r, "evse,carrier-max-hz", b->carrier_max_hz, low, high);
	if (b->carrier_min_hz < low || b->carrier_min_hz > b->carrier_max_hz ||
	    choose_divider(plan, b->carrier_min_hz))
		return refuse(r, "evse,carrier-min-hz", b->carrier_min_hz, low,
			      b->carrier_max_hz);
	if (b->carrier_hz < b->carrier_min_hz || b->carrier_hz > b->carrier_max_hz)
		return refuse(r, "evse,carrier-hz", b->carrier_hz,
			      b->carrier_min_hz, b->carrier_max_hz);
	plan->prd_min = max_t(u64, prd_up(plan, b->carrier_max_hz), 1);
	plan->prd_max = div64_u64(plan->clock_hz,
				  2ULL * plan->divider * b->carrier_min_hz);
	plan->prd_max = max(plan->prd_max, plan->prd_min);
	plan->prd = epwm_prd(plan, b->carrier_hz);
	return 0;
}

/**
 * epwm_plan() - turn what the board asks for into ticks
 * @plan: filled in
 * @bounds: what the board asks for
 * @refusal: filled in where that cannot be
 *
 * The divider is the one with which the lowest carrier can be counted, and does
 * not change with the carrier: the dead time hangs on it.
 *
 * Return: 0, or -EINVAL with @refusal.
 */
int epwm_plan(struct epwm_plan *plan, const struct epwm_bounds *bounds,
	      struct epwm_refusal *refusal)
{
	u64 dead, pulse, room;
	int ret;

	*plan = (struct epwm_plan){ .clock_hz = bounds->clock_hz };
	if (bounds->clock_hz < 1000000 || bounds->clock_hz > NSEC_PER_SEC)
		return refuse(refusal, "rate of the clock \"fck\"",
			      bounds->clock_hz, 1000000, NSEC_PER_SEC);
	ret = plan_carrier(plan, bounds, refusal);
	if (ret)
		return ret;

	/* What is left of half a period at the highest carrier, for the centre. */
	room = 2 * ((plan->prd_min - 1) / 2);
	dead = ticks_up(plan, min_t(u32, bounds->dead_ns, NSEC_PER_SEC));
	if (!dead || dead > EPWM_DB_MAX || dead >= room)
		return refuse(refusal, "evse,dead-time-ns", bounds->dead_ns, 1,
			      div64_u64(min_t(u64, EPWM_DB_MAX, room - 1) *
					plan->divider * NSEC_PER_SEC,
					plan->clock_hz));
	pulse = ticks_up(plan, min_t(u32, bounds->pulse_ns, NSEC_PER_SEC));
	if (!pulse || dead + pulse > room)
		return refuse(refusal, "evse,minimum-pulse-ns", bounds->pulse_ns,
			      1, div64_u64((room - dead) * plan->divider *
					   NSEC_PER_SEC, plan->clock_hz));
	plan->dead = dead;
	plan->margin = DIV_ROUND_UP(dead + pulse, 2);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(epwm_plan);

/**
 * epwm_recipe() - registers of a half-bridge, tripped, its counter running
 * @plan: the numbers
 * @leader: first of a chain: synchronises the others when its counter is zero
 * @writes: filled in with up to EPWM_RECIPE_MAX writes, in their order
 *
 * The outputs are forced low by the first three writes, whatever the module was
 * doing. What has a shadow is written without it first and through it again, so
 * that both hold the value.
 *
 * Return: number of writes.
 */
unsigned int epwm_recipe(const struct epwm_plan *plan, bool leader,
			 struct epwm_write *writes)
{
	u16 base = EPWM_TBCTL_FREE | EPWM_TBCTL_PHSDIR | plan->prescale |
		   FIELD_PREP(EPWM_TBCTL_SYNCOSEL,
			      leader ? EPWM_SYNCO_ZERO : EPWM_SYNCO_IN) |
		   (leader ? 0 : EPWM_TBCTL_PHSEN);
	const struct epwm_write recipe[] = {
		{ EPWM_TZCTL, FIELD_PREP(EPWM_TZCTL_TZA, EPWM_TZ_LOW) |
			      FIELD_PREP(EPWM_TZCTL_TZB, EPWM_TZ_LOW) },
		{ EPWM_TZSEL, EPWM_TZSEL_OSHT1 },
		{ EPWM_TZFRC, EPWM_TZ_OST },
		{ EPWM_TZEINT, 0 },
		{ EPWM_TZCLR, EPWM_TZ_INT },
		{ EPWM_TBCTL, base | EPWM_TBCTL_PRDLD | EPWM_CTR_FREEZE },
		{ EPWM_TBPHS, 0 },
		{ EPWM_TBPRD, plan->prd },
		{ EPWM_TBCTR, 0 },
		{ EPWM_TBCTL, base | EPWM_CTR_FREEZE },
		{ EPWM_TBPRD, plan->prd },
		{ EPWM_CMPCTL, EPWM_CMPCTL_SHDWAMODE | EPWM_CMPCTL_SHDWBMODE },
		{ EPWM_CMPA, plan->prd / 2 },
		{ EPWM_CMPB, plan->prd },
		{ EPWM_CMPCTL, 0 },
		{ EPWM_CMPA, plan->prd / 2 },
		{ EPWM_AQCTLA, EPWM_AQ_CLEAR << EPWM_AQ_CAU |
			       EPWM_AQ_SET << EPWM_AQ_CAD },
		{ EPWM_AQCTLB, 0 },
		{ EPWM_AQSFRC, FIELD_PREP(EPWM_AQSFRC_RLDCSF,
					  EPWM_RLDCSF_IMMEDIATE) },
		{ EPWM_AQCSFRC, 0 },
		{ EPWM_DBRED, plan->dead },
		{ EPWM_DBFED, plan->dead },
		{ EPWM_DBCTL, FIELD_PREP(EPWM_DBCTL_POLSEL, EPWM_POLSEL_AHC) |
			      FIELD_PREP(EPWM_DBCTL_OUT_MODE, EPWM_OUT_BOTH) },
		{ EPWM_ETSEL, 0 },
		{ EPWM_PCCTL, 0 },
		{ EPWM_TBCTL, base | EPWM_CTR_UPDOWN },
	};
	unsigned int i;

	static_assert(ARRAY_SIZE(recipe) <= EPWM_RECIPE_MAX);
	for (i = 0; i < ARRAY_SIZE(recipe); i++)
		writes[i] = recipe[i];
	return ARRAY_SIZE(recipe);
}
EXPORT_SYMBOL_IF_KUNIT(epwm_recipe);

/* The register holds what the recipe wrote last for as long as the bridge runs. */
bool epwm_is_fixed(const struct epwm_write *write)
{
	switch (write->reg) {
	case EPWM_TZFRC:
	case EPWM_TZCLR:
	case EPWM_TZEINT:
	case EPWM_TBCTR:
	case EPWM_TBPRD:
	case EPWM_CMPA:
	case EPWM_CMPCTL:
		return false;
	default:
		return true;
	}
}
EXPORT_SYMBOL_IF_KUNIT(epwm_is_fixed);

/**
 * epwm_period_ticks() - period of a PWM consumer
 * @plan: the numbers
 * @period_ns: period
 * @prd: TBPRD, rounded down
 * @refusal: filled in when it is out of bounds
 *
 * Return: 0, or -EINVAL with @refusal.
 */
int epwm_period_ticks(const struct epwm_plan *plan, u64 period_ns, u16 *prd,
		      struct epwm_refusal *refusal)
{
	u64 low = epwm_ns(plan, 2 * plan->prd_min);
	u64 high = epwm_ns(plan, 2 * plan->prd_max + 2) - 1;

	if (period_ns < low || period_ns > high)
		return refuse(refusal, "period", period_ns, low, high);
	*prd = ticks_down(plan, period_ns) / 2;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(epwm_period_ticks);

/**
 * epwm_duty_ticks() - duty cycle of a PWM consumer
 * @plan: the numbers
 * @prd: TBPRD
 * @duty_ns: on time of A before the dead band takes its part
 * @cmp: CMPA, rounded down
 * @refusal: filled in when it is out of bounds
 *
 * Return: 0, or -EINVAL with @refusal.
 */
int epwm_duty_ticks(const struct epwm_plan *plan, u16 prd, u64 duty_ns, u16 *cmp,
		    struct epwm_refusal *refusal)
{
	u64 low = epwm_ns(plan, 2 * plan->margin);
	u64 high = epwm_ns(plan, 2 * (prd - plan->margin) + 2) - 1;

	if (duty_ns < low || duty_ns > high)
		return refuse(refusal, "duty cycle", duty_ns, low, high);
	*cmp = ticks_down(plan, duty_ns) / 2;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(epwm_duty_ticks);

/**
 * epwm_load_ns() - when the shadow registers are loaded next
 * @plan: the numbers
 * @prd: TBPRD
 * @ctr: TBCTR
 * @up: it counts up
 * @after_ns: not before then, a second at most
 *
 * Return: time until the counter is zero for the first time @after_ns or later.
 */
u32 epwm_load_ns(const struct epwm_plan *plan, u16 prd, u16 ctr, bool up,
		 u32 after_ns)
{
	u32 period = ((u64)2 * prd * plan->tick) >> 16 ?: 1;
	u32 ns = (u64)(up ? 2 * prd - min(ctr, prd) : ctr) * plan->tick >> 16;

	if (ns < after_ns)
		ns += DIV_ROUND_UP(after_ns - ns, period) * period;
	return ns;
}
EXPORT_SYMBOL_IF_KUNIT(epwm_load_ns);

/* CMPA of a duty, clamped so that no pulse is shorter than the minimum */
u16 epwm_compare(const struct epwm_plan *plan, u16 prd, u32 duty_q16)
{
	u32 duty = min_t(u32, duty_q16, 65536);
	u32 cmp = ((u64)prd * duty + 32768) >> 16;

	return clamp_t(u32, cmp, plan->margin, prd - plan->margin);
}
EXPORT_SYMBOL_IF_KUNIT(epwm_compare);
