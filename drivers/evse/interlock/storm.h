/* SPDX-License-Identifier: GPL-2.0-only */
/* More interrupts than a contact can bounce. */
#ifndef _EVSE_STORM_H
#define _EVSE_STORM_H

#include <linux/ktime.h>
#include <linux/types.h>

/* More edges than this within the window are a storm. */
#define EVSE_STORM_EDGES	32
#define EVSE_STORM_WINDOW_NS	(20 * NSEC_PER_MSEC)

/**
 * struct evse_storm - edges of a line
 * @since: beginning of the window
 * @edges: in it
 */
struct evse_storm {
	ktime_t since;
	unsigned int edges;
};

/**
 * evse_storm_edge() - count an edge
 * @storm: the line; zeroed to begin with
 * @now: when it was seen
 *
 * Return: true when it belongs to a storm.
 */
static inline bool evse_storm_edge(struct evse_storm *storm, ktime_t now)
{
	if (!storm->edges || ktime_sub(now, storm->since) >= EVSE_STORM_WINDOW_NS) {
		storm->since = now;
		storm->edges = 0;
	}
	if (storm->edges <= EVSE_STORM_EDGES)
		storm->edges++;
	return storm->edges > EVSE_STORM_EDGES;
}

#endif /* _EVSE_STORM_H */
