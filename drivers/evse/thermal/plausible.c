// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is a reading of a temperature sensor to be believed? A wrong bit on the bus
 * must neither trip nor cool, and a sensor that hangs is not one that is well.
 * Pure: values in, values out.
 */
#include <kunit/visibility.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/minmax.h>

#include "plausible.h"

/* Readings further apart do not confirm each other. */
#define EVSE_PLAUSIBLE_OLD_MS		10000
/* Readings of one temperature differ by noise, and by their conversions. */
#define EVSE_PLAUSIBLE_SLACK_MC		2000
/* Below this a temperature may well stand still. */
#define EVSE_PLAUSIBLE_LOAD_PERMILLE	500
/* An attempt that took longer does not count as load for longer. */
#define EVSE_PLAUSIBLE_STEP_MS		5000

static enum evse_thermal_state evse_plausible_errno(int err)
{
	switch (err) {
	case -EAGAIN:
		return EVSE_THERMAL_STATE_ARBITRATION_LOST;
	case -ENOTCONN:
		return EVSE_THERMAL_STATE_OPEN;
	case -EISCONN:
		return EVSE_THERMAL_STATE_SHORT;
	case -ERANGE:
		return EVSE_THERMAL_STATE_OUT_OF_RANGE;
	default:
		return EVSE_THERMAL_STATE_BUS_ERROR;
	}
}

/**
 * evse_plausible_init() - nothing is known; the first reading has its time, too
 * @p: the sensor
 * @place: where it is; must outlive @p
 * @frozen_s: seconds at the rated current that its reading may stand still
 *	through; less current counts by its square, and below half of the rating
 *	not at all. 0 for any time.
 * @now_ms: the time
 */
void evse_plausible_init(struct evse_plausible *p,
			 const struct evse_plausible_place *place,
			 u32 frozen_s, s64 now_ms)
{
	*p = (struct evse_plausible){
		.place = place,
		.frozen_after = (u64)frozen_s * 1000 * 1000 * 1000,
		.heard_ms = now_ms,
		.seen_ms = now_ms,
		.why = EVSE_THERMAL_STATE_BUS_ERROR,
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_plausible_init);

/* The warmth that a reading has let pass without a single step. */
static void evse_plausible_load(struct evse_plausible *p,
				const struct evse_plausible_seen *seen)
{
	u64 ms = clamp_t(s64, seen->now_ms - p->seen_ms, 0, EVSE_PLAUSIBLE_STEP_MS);
	u64 load = min(seen->load_permille, 10000U);

	p->seen_ms = seen->now_ms;
	if (p->count && seen->mc != p->read_mc[0])
		p->load = 0;
	else if (load >= EVSE_PLAUSIBLE_LOAD_PERMILLE)
		p->load += load * load * ms;
}

static void evse_plausible_push(struct evse_plausible *p,
				const struct evse_plausible_seen *seen)
{
	unsigned int i;

	for (i = EVSE_PLAUSIBLE_RECENT - 1; i; i--) {
		p->at_ms[i] = p->at_ms[i - 1];
		p->read_mc[i] = p->read_mc[i - 1];
	}
	p->at_ms[0] = seen->now_ms;
	p->read_mc[0] = seen->mc;
	p->count = min(p->count + 1, (unsigned int)EVSE_PLAUSIBLE_RECENT);
	while (seen->now_ms - p->at_ms[p->count - 1] > EVSE_PLAUSIBLE_OLD_MS)
		p->count--;
}

/* Could both of them be readings of one place? */
static bool evse_plausible_agree(const struct evse_plausible *p, unsigned int a,
				 unsigned int b)
{
	s64 apart_ms = abs(p->at_ms[a] - p->at_ms[b]);
	s64 apart_mc = abs((s64)p->read_mc[a] - p->read_mc[b]);

	return (apart_mc - EVSE_PLAUSIBLE_SLACK_MC) * 1000 <=
	       apart_ms * p->place->rate_mc_s;
}

/* Number of the reading that is neither the lowest nor the highest of three. */
static unsigned int evse_plausible_middle(const struct evse_plausible *p)
{
	unsigned int i, low = 0, high = 0;

	for (i = 1; i < EVSE_PLAUSIBLE_RECENT; i++) {
		if (p->read_mc[i] < p->read_mc[low])
			low = i;
		if (p->read_mc[i] >= p->read_mc[high])
			high = i;
	}
	return 3 - low - high;
}

/*
 * Two readings that agree are needed to say anything, and the middle one of
 * three is what counts: one that is wrong is never that, however small the error.
 */
static bool evse_plausible_judge(struct evse_plausible *p)
{
	unsigned int middle;

	if (p->count < 2)
		return false;
	if (p->count == 2) {
		if (!evse_plausible_agree(p, 0, 1))
			return false;
		p->mc = max(p->read_mc[0], p->read_mc[1]);
		return true;
	}
	middle = evse_plausible_middle(p);
	if (!evse_plausible_agree(p, middle, (middle + 1) % 3) &&
	    !evse_plausible_agree(p, middle, (middle + 2) % 3))
		return false;
	p->mc = p->read_mc[middle];
	return true;
}

static void evse_plausible_read(struct evse_plausible *p,
				const struct evse_plausible_seen *seen)
{
	if (seen->err) {
		p->why = evse_plausible_errno(seen->err);
		return;
	}
	if (seen->mc < p->place->min_mc || seen->mc > p->place->max_mc) {
		p->why = EVSE_THERMAL_STATE_OUT_OF_RANGE;
		return;
	}
	evse_plausible_load(p, seen);
	evse_plausible_push(p, seen);
	if (evse_plausible_judge(p)) {
		p->known = true;
		p->heard_ms = seen->now_ms;
	} else if (p->count > 1) {
		p->why = EVSE_THERMAL_STATE_OUT_OF_RANGE;
	}
}

/**
 * evse_plausible_step() - take an attempt to read in
 * @p: the sensor
 * @seen: the attempt
 *
 * A single attempt that fails, or reads what none confirms, changes nothing.
 *
 * Return: EVSE_THERMAL_STATE_NORMAL while @p->mc is believed, _UNKNOWN before the
 * first that is, or why it is not any more.
 */
enum evse_thermal_state evse_plausible_step(struct evse_plausible *p,
					    const struct evse_plausible_seen *seen)
{
	evse_plausible_read(p, seen);
	if (seen->now_ms - p->heard_ms >= EVSE_PLAUSIBLE_PATIENCE_MS) {
		/* What was read before the silence confirms nothing after it. */
		if (p->known)
			p->count = 0;
		p->known = false;
		return p->why;
	}
	if (!p->known)
		return EVSE_THERMAL_STATE_UNKNOWN;
	if (p->frozen_after && p->load >= p->frozen_after)
		return EVSE_THERMAL_STATE_FROZEN;
	return EVSE_THERMAL_STATE_NORMAL;
}
EXPORT_SYMBOL_IF_KUNIT(evse_plausible_step);
