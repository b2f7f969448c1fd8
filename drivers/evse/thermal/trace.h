/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM evse_thermal

#if !defined(_EVSE_THERMAL_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _EVSE_THERMAL_TRACE_H

#include <linux/device.h>
#include <linux/tracepoint.h>

/* A round over all sensors: from when to when, and how many did not answer. */
TRACE_EVENT(evse_thermal_round,
	TP_PROTO(const struct device *dev, s64 begin_ns, s64 end_ns,
		 u32 sensors, u32 failed),
	TP_ARGS(dev, begin_ns, end_ns, sensors, failed),
	TP_STRUCT__entry(
		__array(char, name, 24)
		__field(s64, begin_ns)
		__field(s64, end_ns)
		__field(u32, sensors)
		__field(u32, failed)
	),
	TP_fast_assign(
		strscpy(__entry->name, dev_name(dev), sizeof(__entry->name));
		__entry->begin_ns = begin_ns;
		__entry->end_ns = end_ns;
		__entry->sensors = sensors;
		__entry->failed = failed;
	),
	TP_printk("%s begin %lld end %lld ns sensors %u failed %u",
		  __entry->name, __entry->begin_ns, __entry->end_ns,
		  __entry->sensors, __entry->failed)
);

#endif /* _EVSE_THERMAL_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
