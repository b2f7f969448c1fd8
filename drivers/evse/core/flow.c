// SPDX-License-Identifier: GPL-2.0-only
/* Measured power against what was granted (R15). Pure: values in, values out. */
#include <linux/export.h>
#include <linux/minmax.h>
#include <kunit/visibility.h>

#include "flow.h"

/* What meter and regulation may be off by: 5 % of the rating, 100 W at least. */
#define EVSE_FLOW_PART		20
#define EVSE_FLOW_LEAST_MW	100000

/**
 * evse_flow_reversed() - does the vehicle feed back what nobody granted
 * @flow: what is remembered
 * @power_mw: measured, discharge negative
 * @granted_mw: effective setpoint
 * @rated_mw: rated power
 * @patience_ms: how long it may last: the time to follow a setpoint
 * @now: the time
 *
 * Return: true when more was discharged than granted for longer than that.
 */
bool evse_flow_reversed(struct evse_flow *flow, s32 power_mw, s32 granted_mw,
			s32 rated_mw, u32 patience_ms, ktime_t now)
{
	s32 slack = max(rated_mw / EVSE_FLOW_PART, EVSE_FLOW_LEAST_MW);

	if (power_mw >= min(granted_mw, 0) - slack) {
		flow->since = 0;
		return false;
	}
	if (!flow->since)
		flow->since = now;
	return ktime_ms_delta(now, flow->since) >= patience_ms;
}
EXPORT_SYMBOL_IF_KUNIT(evse_flow_reversed);
