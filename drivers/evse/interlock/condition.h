/* SPDX-License-Identifier: GPL-2.0-only */
/* A guard with more than one source: it permits when each of them does. */
#ifndef _EVSE_CONDITION_H
#define _EVSE_CONDITION_H

#include <linux/ktime.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <uapi/linux/evse.h>

struct device;
struct evse_guard;

/* For a guard that speaks for everything that power can do. */
#define EVSE_CONDITION_SCOPE						\
	(EVSE_SCOPE_PRECHARGE | EVSE_SCOPE_CABLE_CHECK | EVSE_SCOPE_FLOW | \
	 EVSE_SCOPE_IMPORT | EVSE_SCOPE_EXPORT | EVSE_SCOPE_ISLAND)

/**
 * enum evse_condition_source - who has a say
 * @EVSE_CONDITION_LINE: a line with an interrupt
 * @EVSE_CONDITION_CHANNEL: a measured channel
 * @EVSE_CONDITION_SOURCES: how many there are
 */
enum evse_condition_source {
	EVSE_CONDITION_LINE,
	EVSE_CONDITION_CHANNEL,
	EVSE_CONDITION_SOURCES,
};

/**
 * enum evse_condition_state - what a source says; the highest of all counts
 * @EVSE_CONDITION_PERMIT: nothing is wrong
 * @EVSE_CONDITION_HOLD: it does not know
 * @EVSE_CONDITION_TRIP: something is wrong
 */
enum evse_condition_state {
	EVSE_CONDITION_PERMIT,
	EVSE_CONDITION_HOLD,
	EVSE_CONDITION_TRIP,
};

/**
 * struct evse_condition - a guard with its sources
 * @guard: the guard
 * @lock: everything below; held while the guard is told, so that what is told
 *	last is what is true
 * @state: of each source; one that does not exist permits
 * @edge: when a source that trips saw why
 * @value: what it saw
 * @told: what the guard knows
 * @masked: a trip is expected, and is not one
 */
struct evse_condition {
	struct evse_guard *guard;
	raw_spinlock_t lock;
	enum evse_condition_state state[EVSE_CONDITION_SOURCES];
	ktime_t edge[EVSE_CONDITION_SOURCES];
	s32 value[EVSE_CONDITION_SOURCES];
	enum evse_condition_state told;
	bool masked;
};

int evse_condition_register(struct device *dev, struct evse_condition *condition,
			    const char *name, enum evse_fault_code code);
void evse_condition_expect(struct evse_condition *condition,
			   enum evse_condition_source source);
void evse_condition_set(struct evse_condition *condition,
			enum evse_condition_source source,
			enum evse_condition_state state, ktime_t edge, s32 value);
void evse_condition_mask(struct evse_condition *condition, bool masked);

#endif /* _EVSE_CONDITION_H */
