// SPDX-License-Identifier: GPL-2.0-only
/* How a latched fault ends (I6). Pure: values in, values out. */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <kunit/visibility.h>

#include "fault_policy.h"

/**
 * evse_fault_above() - is the bound of a fault what keeps it
 * @info: its line of the catalogue
 * @fault: what the port knows of it
 *
 * Return: true when its value is not below its bound.
 */
bool evse_fault_above(const struct evse_fault_info *info,
		      const struct evse_fault *fault)
{
	return info->policy == EVSE_FAULT_POLICY_BOUND &&
	       fault->bound != S32_MAX && fault->value >= fault->bound;
}
EXPORT_SYMBOL_IF_KUNIT(evse_fault_above);

/**
 * evse_fault_shown() - the value that tells most about a fault
 * @info: its line of the catalogue
 * @fault: what the port knows of it
 *
 * Return: what the latest cause told, but for the value that refuses a clear.
 */
s32 evse_fault_shown(const struct evse_fault_info *info,
		     const struct evse_fault *fault)
{
	return fault->own && !evse_fault_above(info, fault) ? fault->own_value :
							      fault->value;
}
EXPORT_SYMBOL_IF_KUNIT(evse_fault_shown);

/**
 * evse_fault_refuse_clear() - why a latched fault cannot be cleared now
 * @info: its line of the catalogue
 * @fault: what the port knows of it
 *
 * Return: a sentence for the user, or NULL when it can be cleared.
 */
const char *evse_fault_refuse_clear(const struct evse_fault_info *info,
				    const struct evse_fault *fault)
{
	if (fault->active)
		return "the cause still stands: remove it, then clear";
	if (evse_fault_above(info, fault))
		return "the value is not below its clear bound yet: wait, then clear";
	return NULL;
}
EXPORT_SYMBOL_IF_KUNIT(evse_fault_refuse_clear);

/**
 * evse_fault_retries_left() - automatic retries that remain
 * @info: its line of the catalogue
 * @fault: what the port knows of it
 *
 * Return: the number, 0 for every other policy.
 */
u32 evse_fault_retries_left(const struct evse_fault_info *info,
			    const struct evse_fault *fault)
{
	if (info->policy != EVSE_FAULT_POLICY_RETRY ||
	    fault->retries >= info->retries)
		return 0;
	return info->retries - fault->retries;
}
EXPORT_SYMBOL_IF_KUNIT(evse_fault_retries_left);

/**
 * evse_fault_ends_at() - when a latched fault ends without a clear
 * @info: its line of the catalogue
 * @fault: what the port knows of it
 *
 * Only where a standard lets service return by itself: bounded ground-fault
 * retries (UL 2231) and enter service (IEEE 1547-2018 4.10). The delay runs
 * from the end of the cause.
 *
 * Return: the time, or KTIME_MAX for never.
 */
ktime_t evse_fault_ends_at(const struct evse_fault_info *info,
			   const struct evse_fault *fault)
{
	if (!fault->latched || fault->active)
		return KTIME_MAX;

	switch (info->policy) {
	case EVSE_FAULT_POLICY_RETRY:
		if (!evse_fault_retries_left(info, fault))
			return KTIME_MAX;
		break;
	case EVSE_FAULT_POLICY_ENTER_SERVICE:
		break;
	default:
		return KTIME_MAX;
	}

	return ktime_add_ms(fault->gone, fault->delay_set ? fault->delay_ms :
							    info->delay_ms);
}
EXPORT_SYMBOL_IF_KUNIT(evse_fault_ends_at);
