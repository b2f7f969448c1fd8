/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM evse_stage

#if !defined(_EVSE_STAGE_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _EVSE_STAGE_TRACE_H

#include <linux/device.h>
#include <linux/tracepoint.h>

/* A control step: when, beside when it was due; how long it took, and its power. */
TRACE_EVENT(evse_step,
	TP_PROTO(const struct device *dev, s64 late_ns, s64 took_ns, s32 power_mw),
	TP_ARGS(dev, late_ns, took_ns, power_mw),
	TP_STRUCT__entry(
		__array(char, name, 24)
		__field(s64, late_ns)
		__field(s64, took_ns)
		__field(s32, power_mw)
	),
	TP_fast_assign(
		strscpy(__entry->name, dev_name(dev), sizeof(__entry->name));
		__entry->late_ns = late_ns;
		__entry->took_ns = took_ns;
		__entry->power_mw = power_mw;
	),
	TP_printk("%s late %lld took %lld ns power %d mW", __entry->name,
		  __entry->late_ns, __entry->took_ns, __entry->power_mw)
);

#endif /* _EVSE_STAGE_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
