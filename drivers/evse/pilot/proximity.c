// SPDX-License-Identifier: GPL-2.0-only
/*
 * Proximity resistance to cable coding: IEC 61851-1 Table B.2 for type 2,
 * SAE J1772 for type 1.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/export.h>

#include "proximity.h"

/* A short or an open contact: no coding of either type reaches that far. */
#define EVSE_PROXIMITY_MIN_OHM	60
#define EVSE_PROXIMITY_MAX_OHM	4500

/*
 * Each line: up to and including this resistance. The bands of the standard
 * are 80..140, 164..308, 400..936 and 1100..2460 ohm; what lies between two of
 * them counts as the lower ampacity.
 */
static const struct evse_proximity_band {
	s32 max_ohm;
	struct evse_proximity_coding coding;
} evse_proximity_type2[] = {
	{  140, { .valid = true, .current_ma = 63000 } },
	{  308, { .valid = true, .current_ma = 32000 } },
	{  936, { .valid = true, .current_ma = 20000 } },
	{ EVSE_PROXIMITY_MAX_OHM, { .valid = true, .current_ma = 13000 } },
};

/*
 * 150 ohm with the latch closed, 480 ohm with its button pressed. What is not
 * clearly a closed latch counts as pressed.
 */
static const struct evse_proximity_band evse_proximity_type1[] = {
	{  112, { .valid = true, .pressed = true } },
	{  188, { .valid = true } },
	{ EVSE_PROXIMITY_MAX_OHM, { .valid = true, .pressed = true } },
};

#define EVSE_PROXIMITY_SINGLE_PHASE_MA	70000

/**
 * evse_proximity_decode() - what one resistance says
 * @type: of the connector
 * @phases: of the port
 * @ohm: resistance between proximity contact and protective earth
 *
 * Return: the coding, not valid when there is none.
 */
struct evse_proximity_coding
evse_proximity_decode(enum evse_proximity_type type, u8 phases, s32 ohm)
{
	struct evse_proximity_coding coding = {};
	const struct evse_proximity_band *band;

	if (ohm < EVSE_PROXIMITY_MIN_OHM || ohm > EVSE_PROXIMITY_MAX_OHM)
		return coding;

	band = type == EVSE_PROXIMITY_TYPE1 ? evse_proximity_type1 :
					      evse_proximity_type2;
	while (ohm > band->max_ohm)
		band++;

	coding = band->coding;
	if (coding.current_ma == 63000 && phases == 1)
		coding.current_ma = EVSE_PROXIMITY_SINGLE_PHASE_MA;
	return coding;
}
EXPORT_SYMBOL_IF_KUNIT(evse_proximity_decode);

static bool evse_proximity_same(const struct evse_proximity_coding *a,
				const struct evse_proximity_coding *b)
{
	return a->valid == b->valid && a->pressed == b->pressed &&
	       a->current_ma == b->current_ma;
}

/**
 * evse_proximity_step() - take a sample in; two that agree are accepted
 * @pp: the filter
 * @ohm: the sample
 */
void evse_proximity_step(struct evse_proximity *pp, s32 ohm)
{
	struct evse_proximity_coding coding;

	coding = evse_proximity_decode(pp->type, pp->phases, ohm);
	if (evse_proximity_same(&coding, &pp->last))
		pp->accepted = coding;
	pp->last = coding;
	pp->missed = 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_proximity_step);

/**
 * evse_proximity_miss() - a sample could not be taken
 * @pp: the filter
 */
void evse_proximity_miss(struct evse_proximity *pp)
{
	if (pp->missed < pp->patience)
		pp->missed++;
	if (pp->missed < pp->patience)
		return;
	pp->accepted = (struct evse_proximity_coding) {};
	pp->last = pp->accepted;
}
EXPORT_SYMBOL_IF_KUNIT(evse_proximity_miss);
