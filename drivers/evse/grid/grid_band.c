// SPDX-License-Identifier: GPL-2.0-only
/*
 * When the voltage is so far off that export or import is taken back.
 *
 * Feeding in lifts the voltage and charging lowers it, so each is taken back
 * where it makes things worse: no export above the band, half the import below
 * it. Export below it stays: IEEE 1547-2018 wants it there.
 *
 * Where it is the export itself that lifts the voltage, it is above again as
 * soon as the limit is gone. So who is soon back waits longer every time.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "grid_band.h"

/*
 * IEEE 1547-2018 wants power back within 400 ms of a voltage that asks for it,
 * and the stage has the rest of them.
 */
#define EVSE_GRID_CALM_MS	200
#define EVSE_GRID_CALM_MAX_MS	60000
/* Who is back within this many times the calm waits longer. */
#define EVSE_GRID_CALM_SOON	10

/**
 * evse_grid_band_init() - start without a limit
 * @b: the band
 * @now: the moment, ns
 */
void evse_grid_band_init(struct evse_grid_band *b, s64 now)
{
	*b = (struct evse_grid_band) {
		.inside = now,
		.lifted = now,
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_band_init);

/* How long the voltage has to be well this time. */
static u32 evse_grid_band_calm(const struct evse_grid_band *b, s64 now)
{
	s64 soon = (s64)b->calm_ms * EVSE_GRID_CALM_SOON * NSEC_PER_MSEC;

	if (now - b->lifted >= soon)
		return EVSE_GRID_CALM_MS;
	return min_t(u32, 2 * b->calm_ms, EVSE_GRID_CALM_MAX_MS);
}

/**
 * evse_grid_band_step() - look at the voltage
 * @b: the band
 * @line: settings, by element
 * @seen: what is known of the grid
 * @now: the moment, ns
 *
 * Return: true when a limit begins or ends.
 */
bool evse_grid_band_step(struct evse_grid_band *b,
			 const struct evse_grid_line *line,
			 const struct evse_grid_seen *seen, s64 now)
{
	s32 high = line[EVSE_GRID_ELEMENT_WARN_OV].pickup;
	s32 low = line[EVSE_GRID_ELEMENT_WARN_UV].pickup;
	bool above, below;

	above = seen->voltage_valid &&
		seen->high_permille > high - (b->above ? EVSE_GRID_WARN_BACK : 0);
	below = seen->voltage_valid &&
		seen->low_permille < low + (b->below ? EVSE_GRID_WARN_BACK : 0);

	if (above || below)
		b->inside = now;
	else if (now - b->inside < (s64)b->calm_ms * NSEC_PER_MSEC)
		return false;
	if (above == b->above && below == b->below)
		return false;
	if (!b->above && !b->below)
		b->calm_ms = evse_grid_band_calm(b, now);
	else if (!above && !below)
		b->lifted = now;
	b->above = above;
	b->below = below;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_band_step);
