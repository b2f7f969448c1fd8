// SPDX-License-Identifier: GPL-2.0-only
/*
 * A network of heat capacities. In a step each part goes its exponential way to
 * where its neighbours lead it, so that no step is too long to be stable. Pure.
 */

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "heat.h"

/*
 * What flowed is averaged over no more than this, and no step is longer, but
 * for long rests, of which every part ends in short steps.
 */
#define STEP		EVSE_SIM_MS(1000)
#define REST_STEPS	64

#define DEGREE		1000000LL
#define COLDEST		(-100 * DEGREE)
#define HOTTEST		(1000 * DEGREE)

/*
 * Losses of the stage: 4 mW/mA of switching, 0.05 W/A^2 of conduction, and
 * 0.04 W/A^2 of the inductor: 240 W and 64 W at 40 A.
 */
#define SWITCHING_MW_MA		4
#define CONDUCTION_MA2_MW	20000
#define INDUCTOR_MA2_MW		25000
/* Of a pin without its contact: crimp and conductor */
#define LEAD_UOHM		1000

/* What the fan and the secondary cooling add to the sink's way out */
#define STILL_MW_K		1250
#define FAN_MW_K		4375
#define COOLING_MW_K		3000

#define LINK(a, b, mw_k)	{ EVSE_SIM_HEAT_##a, EVSE_SIM_HEAT_##b, mw_k }

static const struct {
	u8 a;
	u8 b;
	u16 mw_k;
} links[] = {
	LINK(JUNCTION, SINK, 16000),
	/* Besides, there is what the air takes. */
	LINK(SINK, AMBIENT, STILL_MW_K),
	LINK(SINK, CABINET, 1000),
	LINK(INDUCTOR, CABINET, 2000),
	LINK(CABINET, AMBIENT, 3160),
	LINK(PIN_A, AMBIENT, 64),
	LINK(PIN_B, AMBIENT, 64),
};

static const u32 capacity_mj_k[EVSE_SIM_PLACES] = {
	[EVSE_SIM_HEAT_JUNCTION] = 640000,
	[EVSE_SIM_HEAT_SINK] = 6500000,
	[EVSE_SIM_HEAT_PIN_A] = 26880,
	[EVSE_SIM_HEAT_PIN_B] = 26880,
	[EVSE_SIM_HEAT_CABINET] = 4000000,
	[EVSE_SIM_HEAT_INDUCTOR] = 1500000,
};

static void show(struct evse_sim_place *p)
{
	p->mdeg = div_s64(p->udeg + (p->udeg < 0 ? -500 : 500), 1000);
}

void evse_sim_heat_init(struct evse_sim_heat *h, s64 now)
{
	unsigned int i;

	h->at = now;
	h->until = now;
	for (i = 0; i < EVSE_SIM_PLACES; i++)
		evse_sim_heat_set(h, i);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_heat_init);

/* @mdeg of a place was written. */
void evse_sim_heat_set(struct evse_sim_heat *h, unsigned int place)
{
	h->place[place].udeg = h->place[place].mdeg * 1000LL;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_heat_set);

static s64 loss_mw(const struct evse_sim_heat *h, unsigned int place)
{
	unsigned int pin = place - EVSE_SIM_HEAT_PIN_A;

	switch (place) {
	case EVSE_SIM_HEAT_JUNCTION:
		return h->stage ? h->mean_ma * SWITCHING_MW_MA +
				  div_s64(h->mean_ma2, CONDUCTION_MA2_MW) : 0;
	case EVSE_SIM_HEAT_INDUCTOR:
		return h->stage ? div_s64(h->mean_ma2, INDUCTOR_MA2_MW) : 0;
	case EVSE_SIM_HEAT_PIN_A:
	case EVSE_SIM_HEAT_PIN_B:
		return div_s64(h->mean_ma2 * (h->contact_uohm[pin] + LEAD_UOHM),
			       NSEC_PER_SEC);
	default:
		return 0;
	}
}

static u32 air_mw_k(const struct evse_sim_heat *h)
{
	return h->fan_permille * FAN_MW_K / 1000 +
	       (h->cooling && h->cooling_works ? COOLING_MW_K : 0);
}

static void move(struct evse_sim_heat *h, unsigned int place, s64 ns)
{
	struct evse_sim_place *p = &h->place[place];
	s64 pull = loss_mw(h, place) * DEGREE, total = 0, gap;
	unsigned int i;
	u64 part;

	for (i = 0; i < ARRAY_SIZE(links); i++) {
		unsigned int other = links[i].a == place ? links[i].b :
							   links[i].a;
		u32 mw_k = links[i].mw_k;

		if (links[i].a != place && links[i].b != place)
			continue;
		if (place == EVSE_SIM_HEAT_SINK && other == EVSE_SIM_HEAT_AMBIENT)
			mw_k += air_mw_k(h);
		pull += h->place[other].udeg * mw_k;
		total += mw_k;
	}
	gap = div64_s64(pull, total) - p->udeg;
	part = BIT_ULL(32) - evse_sim_decay(div_s64(ns * total,
						    capacity_mj_k[place]));
	part = mul_u64_u64_shr(abs(gap), part, 32);
	p->udeg = clamp_t(s64, p->udeg + (gap < 0 ? -(s64)part : part),
			  COLDEST, HOTTEST);
	show(p);
}

static void step(struct evse_sim_heat *h, s64 ns)
{
	unsigned int i;

	for (i = 0; i < EVSE_SIM_HEAT_AMBIENT; i++)
		if (!h->place[i].hold)
			move(h, i, ns);
	h->at += ns;
}

/**
 * evse_sim_heat_run() - let heat flow
 * @h: the network
 * @to: until then; what flowed has to be known until then
 */
void evse_sim_heat_run(struct evse_sim_heat *h, s64 to)
{
	while (h->at < to)
		step(h, min(to - h->at,
			    max(STEP, div_s64(to - h->at, REST_STEPS))));
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_heat_run);

/**
 * evse_sim_heat_flow() - note what flows through the connector
 * @h: the network
 * @current_ma: charging positive
 * @ns: for so long, from where @until is
 *
 * Return: false when nothing was noted, since too much was before: to be run, and
 * noted then.
 */
bool evse_sim_heat_flow(struct evse_sim_heat *h, s32 current_ma, s64 ns)
{
	s64 before = h->until - h->at;
	s64 ma = min(abs((s64)current_ma), 1000000LL);

	if (!before) {
		h->mean_ma = ma;
		h->mean_ma2 = ma * ma;
	} else if (ma != h->mean_ma || ma * ma != h->mean_ma2) {
		s64 us = div_s64(before, 1000), more = div_s64(ns, 1000);
		s64 sum = max(us + more, 1LL);

		if (before + ns > STEP)
			return false;
		h->mean_ma = div64_s64(h->mean_ma * us + ma * more, sum);
		h->mean_ma2 = div64_s64(h->mean_ma2 * us + ma * ma * more, sum);
	}
	h->until += ns;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_heat_flow);

/* Across a contact, uV, with the sign of the current. */
s32 evse_sim_heat_drop_uv(const struct evse_sim_heat *h, unsigned int pin,
			  s32 current_ma)
{
	return clamp_t(s64, div_s64((s64)current_ma * h->contact_uohm[pin],
				    1000), S32_MIN, S32_MAX);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_heat_drop_uv);
