/* SPDX-License-Identifier: GPL-2.0-only */
/* When the voltage is so far off that export or import is taken back. */
#ifndef _EVSE_GRID_BAND_H
#define _EVSE_GRID_BAND_H

#include "grid_judge.h"

/**
 * struct evse_grid_band - what the band of the voltage warning limits
 * @above: no export
 * @below: half the import
 * @inside: since when the voltage is inside the band, ns
 * @lifted: when the latest limit was lifted
 * @calm_ms: how long it has to be inside until the limit is lifted
 */
struct evse_grid_band {
	bool above;
	bool below;
	s64 inside;
	s64 lifted;
	u32 calm_ms;
};

void evse_grid_band_init(struct evse_grid_band *b, s64 now);
bool evse_grid_band_step(struct evse_grid_band *b,
			 const struct evse_grid_line *line,
			 const struct evse_grid_seen *seen, s64 now);

#endif /* _EVSE_GRID_BAND_H */
