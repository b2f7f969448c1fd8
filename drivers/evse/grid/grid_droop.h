/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the grid's frequency and voltage make of the power of a port: frequency
 * droop and volt-watt. Pure: values and a time in, bounds of power out.
 */
#ifndef _EVSE_GRID_DROOP_H
#define _EVSE_GRID_DROOP_H

#include <linux/limits.h>

#include "grid_lag.h"
#include "grid_profile.h"

/* What is less than this part of the rated power is nothing. */
#define EVSE_GRID_DROOP_LEAST	2000

/*
 * So long a frequency that is not sure is waited for: as long as two fast readings
 * take at 50 Hz, and as the shortest response time.
 */
#define EVSE_GRID_DROOP_PATIENCE_MS	200

/**
 * struct evse_grid_span - bounds of power, charging positive
 * @min_mw: lowest; S32_MIN: none
 * @max_mw: highest; S32_MAX: none
 *
 * They need not contain zero.
 */
struct evse_grid_span {
	s32 min_mw;
	s32 max_mw;
};

#define EVSE_GRID_OPEN_SPAN	((struct evse_grid_span){ S32_MIN, S32_MAX })

/**
 * struct evse_grid_droop_seen - what frequency droop looks at
 * @now: the moment, ns
 * @known: the frequency is known
 * @sure: and nothing of it is a jump of the phase
 * @frequency_mhz: the frequency
 * @late_ms: how late it is known
 * @flows: power may flow
 * @steady: and neither enter service nor a cease holds it back
 * @power_mw: power as it would be without droop
 */
struct evse_grid_droop_seen {
	s64 now;
	bool known;
	bool sure;
	u32 frequency_mhz;
	u32 late_ms;
	bool flows;
	bool steady;
	s32 power_mw;
};

/**
 * struct evse_grid_droop - frequency droop
 * @shift: by how much power is moved, mW; charging positive
 * @target: where to
 * @unsure_since: the frequency is not sure since, ns; 0: it is, or is not known
 * @outside: the frequency is outside the dead band
 * @captured: @p0_mw is that of the moment when it left
 * @p0_mw: power that is moved
 */
struct evse_grid_droop {
	struct evse_grid_lag shift;
	s32 target;
	s64 unsure_since;
	bool outside;
	bool captured;
	s32 p0_mw;
};

/**
 * struct evse_grid_volt_watt_seen - what volt-watt looks at
 * @now: the moment, ns
 * @nominal_mv: nominal voltage of a phase
 * @high_mv: highest phase; negative: not known, so it stays as it was
 * @late_ms: how late it is known
 */
struct evse_grid_volt_watt_seen {
	s64 now;
	u32 nominal_mv;
	s32 high_mv;
	u32 late_ms;
};

/**
 * struct evse_grid_volt_watt - volt-watt
 * @limit: lowest power that is allowed, mW
 * @target: where it goes
 */
struct evse_grid_volt_watt {
	struct evse_grid_lag limit;
	s32 target;
};

void evse_grid_droop_init(struct evse_grid_droop *d);
struct evse_grid_span
evse_grid_droop_step(struct evse_grid_droop *d,
		     const struct evse_grid_profile *profile,
		     const struct evse_grid_line *line, s32 rated_mw,
		     const struct evse_grid_droop_seen *seen);

void evse_grid_volt_watt_init(struct evse_grid_volt_watt *v, s32 rated_mw);
struct evse_grid_span
evse_grid_volt_watt_step(struct evse_grid_volt_watt *v,
			 const struct evse_grid_line *line, s32 rated_mw,
			 const struct evse_grid_volt_watt_seen *seen);

bool evse_grid_span_moves(const struct evse_grid_span *from,
			  const struct evse_grid_span *to, s32 rated_mw);

#endif /* _EVSE_GRID_DROOP_H */
