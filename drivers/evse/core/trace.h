/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM evse

#if !defined(_EVSE_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _EVSE_TRACE_H

#include <linux/tracepoint.h>

TRACE_EVENT(evse_state,
	TP_PROTO(u32 port, const char *from, const char *to),
	TP_ARGS(port, from, to),
	TP_STRUCT__entry(
		__field(u32, port)
		__field(const char *, from)
		__field(const char *, to)
	),
	TP_fast_assign(
		__entry->port = port;
		__entry->from = from;
		__entry->to = to;
	),
	TP_printk("evse%u %s -> %s", __entry->port, __entry->from, __entry->to)
);

TRACE_EVENT(evse_trip,
	TP_PROTO(u32 port, u32 code, s32 value, s64 edge_ns, s64 gates_off_ns,
		 s64 coil_off_ns),
	TP_ARGS(port, code, value, edge_ns, gates_off_ns, coil_off_ns),
	TP_STRUCT__entry(
		__field(u32, port)
		__field(u32, code)
		__field(s32, value)
		__field(s64, edge_ns)
		__field(s64, gates_off_ns)
		__field(s64, coil_off_ns)
	),
	TP_fast_assign(
		__entry->port = port;
		__entry->code = code;
		__entry->value = value;
		__entry->edge_ns = edge_ns;
		__entry->gates_off_ns = gates_off_ns;
		__entry->coil_off_ns = coil_off_ns;
	),
	TP_printk("evse%u code 0x%x value %d edge %lld gates +%lld coil +%lld ns",
		  __entry->port, __entry->code, __entry->value,
		  __entry->edge_ns, __entry->gates_off_ns - __entry->edge_ns,
		  __entry->coil_off_ns - __entry->edge_ns)
);

TRACE_EVENT(evse_power,
	TP_PROTO(u32 port, s32 request_mw, s32 effective_mw),
	TP_ARGS(port, request_mw, effective_mw),
	TP_STRUCT__entry(
		__field(u32, port)
		__field(s32, request_mw)
		__field(s32, effective_mw)
	),
	TP_fast_assign(
		__entry->port = port;
		__entry->request_mw = request_mw;
		__entry->effective_mw = effective_mw;
	),
	TP_printk("evse%u request %d mW effective %d mW", __entry->port,
		  __entry->request_mw, __entry->effective_mw)
);

TRACE_EVENT(evse_session,
	TP_PROTO(u32 port, u32 portid, const char *what),
	TP_ARGS(port, portid, what),
	TP_STRUCT__entry(
		__field(u32, port)
		__field(u32, portid)
		__field(const char *, what)
	),
	TP_fast_assign(
		__entry->port = port;
		__entry->portid = portid;
		__entry->what = what;
	),
	TP_printk("evse%u owner %u %s", __entry->port, __entry->portid,
		  __entry->what)
);

#endif /* _EVSE_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
