/* SPDX-License-Identifier: GPL-2.0-only */
/* Enter service: window, delay, chance, ramp. */
#ifndef _EVSE_GRID_ENTER_H
#define _EVSE_GRID_ENTER_H

#include <linux/limits.h>

#include "grid_profile.h"

struct evse_grid_seen;

/**
 * struct evse_grid_enter - enter service as far as it has come
 * @since: the window holds since, ns; EVSE_GRID_NEVER: it does not
 * @ramp_from: export may flow since; EVSE_GRID_NEVER: it may not
 * @spread_ns: chance adds so much to the delay that is running
 * @random: state of the generator, never 0
 */
struct evse_grid_enter {
	s64 since;
	s64 ramp_from;
	s64 spread_ns;
	u32 random;
};

#define EVSE_GRID_NEVER		S64_MIN

void evse_grid_enter_init(struct evse_grid_enter *e, u32 seed);
void evse_grid_enter_reset(struct evse_grid_enter *e);
u32 evse_grid_enter_outside(const struct evse_grid_line *line,
			    const struct evse_grid_seen *seen);
bool evse_grid_enter_step(struct evse_grid_enter *e,
			  const struct evse_grid_line *line, s64 now,
			  bool inside);
s64 evse_grid_enter_due(const struct evse_grid_enter *e,
			const struct evse_grid_line *line);
u32 evse_grid_enter_ramp(const struct evse_grid_enter *e,
			 const struct evse_grid_line *line, s64 now, s64 *next);

#endif /* _EVSE_GRID_ENTER_H */
