// SPDX-License-Identifier: GPL-2.0-only
/*
 * A bound that readings in a row have to be beyond: one alone is noise.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/limits.h>

#include "limit_judge.h"

/**
 * evse_limit_beyond() - is one reading beyond the bound
 * @limit: the bound
 * @value: the reading
 *
 * Return: true when it is.
 */
bool evse_limit_beyond(const struct evse_limit *limit, s32 value)
{
	return limit->below ? value < limit->bound : value > limit->bound;
}
EXPORT_SYMBOL_IF_KUNIT(evse_limit_beyond);

static bool evse_limit_back(const struct evse_limit *limit, s32 value)
{
	return limit->below ? value >= limit->back : value <= limit->back;
}

/**
 * evse_limit_step() - take a reading in
 * @limit: the bound
 * @value: the reading
 * @now: when it was taken
 *
 * Return: true while there is a fault.
 */
bool evse_limit_step(struct evse_limit *limit, s32 value, ktime_t now)
{
	if (!evse_limit_beyond(limit, value)) {
		limit->beyond = 0;
		if (evse_limit_back(limit, value))
			limit->fault = false;
		return limit->fault;
	}

	if (!limit->beyond)
		limit->since = now;
	if (limit->beyond < U8_MAX)
		limit->beyond++;
	if (limit->beyond >= 2 && ktime_sub(now, limit->since) >= limit->confirm_ns)
		limit->fault = true;
	return limit->fault;
}
EXPORT_SYMBOL_IF_KUNIT(evse_limit_step);

/**
 * evse_limit_reset() - forget every reading
 * @limit: the bound
 */
void evse_limit_reset(struct evse_limit *limit)
{
	limit->beyond = 0;
	limit->fault = false;
}
EXPORT_SYMBOL_IF_KUNIT(evse_limit_reset);
