// SPDX-License-Identifier: GPL-2.0-or-later
/* The attribute tables, in the order of the netlink specification. */
#include "evse-client.h"

#define FIELD(st, text, id, t, member, ...)				\
	{ .name = text, .attr = id, .type = t,				\
	  .offset = offsetof(struct st, member), __VA_ARGS__ }

#define RECORD(ident, text, st)						\
	const struct evse_record evse_##ident##_record = {		\
		.name = text,						\
		.size = sizeof(struct st),				\
		.field = ident##_field,					\
		.count = sizeof(ident##_field) / sizeof(ident##_field[0]), \
	}

#define F(text, id, t, member, ...)					\
	FIELD(evse_guard_info, text, EVSE_A_GUARD_##id, t, member, __VA_ARGS__)
static const struct evse_field guard_field[] = {
	F("name", NAME, EVSE_T_STRING, name, .size = EVSE_NAME_SIZE),
	F("state", STATE, EVSE_T_ENUM, state, .names = &evse_guard_state_names),
	F("scope", SCOPE, EVSE_T_FLAGS, scope, .names = &evse_scope_names),
	F("code", CODE, EVSE_T_CODE, code, .names = &evse_fault_code_names),
};
#undef F
RECORD(guard, "guard", evse_guard_info);

#define F(text, id, t, member, ...)					\
	FIELD(evse_limiter_info, text, EVSE_A_LIMITER_##id, t, member,	\
	      __VA_ARGS__)
static const struct evse_field limiter_field[] = {
	F("name", NAME, EVSE_T_STRING, name, .size = EVSE_NAME_SIZE),
	F("min-mw", MIN_MW, EVSE_T_S32, min_mw, .unit = EVSE_U_MW),
	F("max-mw", MAX_MW, EVSE_T_S32, max_mw, .unit = EVSE_U_MW),
};
#undef F
RECORD(limiter, "limiter", evse_limiter_info);

#define F(text, id, t, member, ...)					\
	FIELD(evse_contact_info, text, EVSE_A_CONTACT_##id, t, member,	\
	      __VA_ARGS__)
static const struct evse_field contact_field[] = {
	F("name", NAME, EVSE_T_STRING, name, .size = EVSE_NAME_SIZE),
	F("commanded", COMMANDED, EVSE_T_BOOL, commanded),
	F("closed", CLOSED, EVSE_T_BOOL, closed),
};
#undef F
RECORD(contact, "contact", evse_contact_info);

#define F(text, id, member, ...)					\
	FIELD(evse_counters_info, text, EVSE_A_COUNTERS_##id, EVSE_T_U64, \
	      member, __VA_ARGS__)
static const struct evse_field counters_field[] = {
	F("matings", MATINGS, matings),
	F("cycles", CYCLES, cycles),
	F("loaded-openings", LOADED_OPENINGS, loaded_openings),
	F("trips", TRIPS, trips),
	F("energy-import-mwh", ENERGY_IMPORT_MWH, energy_import_mwh,
	  .unit = EVSE_U_MWH),
	F("energy-export-mwh", ENERGY_EXPORT_MWH, energy_export_mwh,
	  .unit = EVSE_U_MWH),
	F("cleaned", CLEANED, cleaned),
};
#undef F
RECORD(counters, "counters", evse_counters_info);

#define F(text, id, t, member, ...)					\
	FIELD(evse_port_info, text, EVSE_A_PORT_##id, t, member, __VA_ARGS__)
#define LIST(text, id, member, cap, rec)				\
	F(text, id, EVSE_T_LIST, member, .size = cap,			\
	  .count_offset = offsetof(struct evse_port_info, n_##member),	\
	  .nest = rec)
static const struct evse_field port_field[] = {
	F("id", ID, EVSE_T_U32, id),
	F("name", NAME, EVSE_T_STRING, name, .size = EVSE_NAME_SIZE),
	F("state", STATE, EVSE_T_ENUM, state, .names = &evse_port_state_names),
	F("mode", MODE, EVSE_T_ENUM, mode, .names = &evse_mode_names),
	F("vehicle", VEHICLE, EVSE_T_ENUM, vehicle,
	  .names = &evse_pilot_state_names),
	F("lock", LOCK, EVSE_T_ENUM, lock, .names = &evse_lock_state_names),
	F("request-mw", REQUEST_MW, EVSE_T_S32, request_mw, .unit = EVSE_U_MW),
	F("effective-mw", EFFECTIVE_MW, EVSE_T_S32, effective_mw,
	  .unit = EVSE_U_MW),
	F("limiter", LIMITER, EVSE_T_STRING, limiter, .size = EVSE_NAME_SIZE),
	F("min-mw", MIN_MW, EVSE_T_S32, min_mw, .unit = EVSE_U_MW),
	F("max-mw", MAX_MW, EVSE_T_S32, max_mw, .unit = EVSE_U_MW),
	F("rated-min-mw", RATED_MIN_MW, EVSE_T_S32, rated_min_mw,
	  .unit = EVSE_U_MW),
	F("rated-max-mw", RATED_MAX_MW, EVSE_T_S32, rated_max_mw,
	  .unit = EVSE_U_MW),
	F("basic", BASIC, EVSE_T_BOOL, basic),
	F("cable-ma", CABLE_MA, EVSE_T_U32, cable_ma, .unit = EVSE_U_MA),
	F("pilot-output", PILOT_OUTPUT, EVSE_T_ENUM, pilot_output,
	  .names = &evse_pilot_output_names),
	F("pilot-ma", PILOT_MA, EVSE_T_U32, pilot_ma, .unit = EVSE_U_MA),
	F("duty-permyriad", DUTY_PERMYRIAD, EVSE_T_U32, duty_permyriad,
	  .unit = EVSE_U_PERMYRIAD),
	LIST("guards", GUARDS, guards, EVSE_GUARDS_MAX, &evse_guard_record),
	LIST("limiters", LIMITERS, limiters, EVSE_LIMITERS_MAX,
	     &evse_limiter_record),
	LIST("contacts", CONTACTS, contacts, EVSE_CONTACTS_MAX,
	     &evse_contact_record),
	F("counters", COUNTERS, EVSE_T_NEST, counters,
	  .nest = &evse_counters_record),
	F("fault-code", FAULT_CODE, EVSE_T_CODE, fault_code,
	  .names = &evse_fault_code_names),
	F("fault-count", FAULT_COUNT, EVSE_T_U32, fault_count),
	F("session-port", SESSION_PORT, EVSE_T_U32, session_port),
	F("session-shared", SESSION_SHARED, EVSE_T_BOOL, session_shared),
	F("lease-ms", LEASE_MS, EVSE_T_U32, lease_ms, .unit = EVSE_U_MS),
	F("deadline-ms", DEADLINE_MS, EVSE_T_U32, deadline_ms,
	  .unit = EVSE_U_MS),
	F("stage", STAGE, EVSE_T_BOOL, stage),
	F("locked", LOCKED, EVSE_T_BOOL, locked),
	F("bpt", BPT, EVSE_T_BOOL, bpt),
	F("zero-energy", ZERO_ENERGY, EVSE_T_BOOL, zero_energy),
	F("link-mv", LINK_MV, EVSE_T_S32, link_mv, .unit = EVSE_U_MV),
	F("waiting-for", WAITING_FOR, EVSE_T_STRING, waiting_for,
	  .size = EVSE_TEXT_SIZE),
	F("update-locked", UPDATE_LOCKED, EVSE_T_BOOL, update_locked),
	F("supply", SUPPLY, EVSE_T_ENUM, supply, .names = &evse_supply_names),
	F("phases", PHASES, EVSE_T_U32, phases),
	F("rated-mv", RATED_MV, EVSE_T_U32, rated_mv, .unit = EVSE_U_MV),
	F("rated-ma", RATED_MA, EVSE_T_U32, rated_ma, .unit = EVSE_U_MA),
	F("rated-export-ma", RATED_EXPORT_MA, EVSE_T_U32, rated_export_ma,
	  .unit = EVSE_U_MA),
};
#undef LIST
#undef F
RECORD(port, "port", evse_port_info);

#define F(text, id, t, member, ...)					\
	FIELD(evse_fault_info, text, EVSE_A_FAULT_##id, t, member, __VA_ARGS__)
static const struct evse_field fault_field[] = {
	F("port", PORT, EVSE_T_U32, port),
	F("code", CODE, EVSE_T_CODE, code, .names = &evse_fault_code_names),
	F("name", NAME, EVSE_T_STRING, name, .size = EVSE_NAME_SIZE),
	F("text", TEXT, EVSE_T_STRING, text, .size = EVSE_TEXT_SIZE),
	F("severity", SEVERITY, EVSE_T_ENUM, severity,
	  .names = &evse_fault_severity_names),
	F("policy", POLICY, EVSE_T_ENUM, policy,
	  .names = &evse_fault_policy_names),
	F("active", ACTIVE, EVSE_T_BOOL, active),
	F("latched", LATCHED, EVSE_T_BOOL, latched),
	F("first", FIRST, EVSE_T_BOOL, first),
	F("source", SOURCE, EVSE_T_STRING, source, .size = EVSE_TEXT_SIZE),
	F("count", COUNT, EVSE_T_U32, count),
	F("value", VALUE, EVSE_T_S32, value),
	F("bound", BOUND, EVSE_T_S32, bound),
	F("retries-left", RETRIES_LEFT, EVSE_T_U32, retries_left),
	F("retry-in-ms", RETRY_IN_MS, EVSE_T_U32, retry_in_ms,
	  .unit = EVSE_U_MS),
	F("edge-ns", EDGE_NS, EVSE_T_U64, edge_ns, .unit = EVSE_U_NS),
	F("gates-off-ns", GATES_OFF_NS, EVSE_T_U64, gates_off_ns,
	  .unit = EVSE_U_NS),
	F("coil-off-ns", COIL_OFF_NS, EVSE_T_U64, coil_off_ns,
	  .unit = EVSE_U_NS),
	F("contact-open-ns", CONTACT_OPEN_NS, EVSE_T_U64, contact_open_ns,
	  .unit = EVSE_U_NS),
	F("thread-ns", THREAD_NS, EVSE_T_U64, thread_ns, .unit = EVSE_U_NS),
	F("told-ns", TOLD_NS, EVSE_T_U64, told_ns, .unit = EVSE_U_NS),
	F("mrec", MREC, EVSE_T_U32, mrec),
	F("raisable", RAISABLE, EVSE_T_BOOL, raisable),
};
#undef F
RECORD(fault, "fault", evse_fault_info);

#define F(text, id, t, member, ...)					\
	FIELD(evse_sample_info, text, EVSE_A_SAMPLE_##id, t, member, __VA_ARGS__)
static const struct evse_field sample_field[] = {
	F("port", PORT, EVSE_T_U32, port),
	F("time-ns", TIME_NS, EVSE_T_U64, time_ns, .unit = EVSE_U_NS),
	F("voltage-mv", VOLTAGE_MV, EVSE_T_S32, voltage_mv, .unit = EVSE_U_MV),
	F("current-ma", CURRENT_MA, EVSE_T_S32, current_ma, .unit = EVSE_U_MA),
	F("power-mw", POWER_MW, EVSE_T_S32, power_mw, .unit = EVSE_U_MW),
};
#undef F
RECORD(sample, "sample", evse_sample_info);

#define F(text, id, t, member, ...)					\
	FIELD(evse_grid_info, text, EVSE_A_GRID_##id, t, member, __VA_ARGS__)
static const struct evse_field grid_field[] = {
	F("port", PORT, EVSE_T_U32, port),
	F("profile", PROFILE, EVSE_T_STRING, profile, .size = EVSE_NAME_SIZE),
	F("title", TITLE, EVSE_T_STRING, title, .size = EVSE_TEXT_SIZE),
	F("state", STATE, EVSE_T_ENUM, state, .names = &evse_grid_state_names),
	F("nominal-mhz", NOMINAL_MHZ, EVSE_T_U32, nominal_mhz,
	  .unit = EVSE_U_MHZ),
	F("nominal-mv", NOMINAL_MV, EVSE_T_U32, nominal_mv, .unit = EVSE_U_MV),
	F("voltages-mv", VOLTAGES_MV, EVSE_T_NUMBERS, voltages_mv,
	  .size = EVSE_PHASES_MAX,
	  .count_offset = offsetof(struct evse_grid_info, n_voltages_mv),
	  .unit = EVSE_U_MV),
	F("frequency-mhz", FREQUENCY_MHZ, EVSE_T_U32, frequency_mhz,
	  .unit = EVSE_U_MHZ),
	F("rocof-mhz-s", ROCOF_MHZ_S, EVSE_T_S32, rocof_mhz_s,
	  .unit = EVSE_U_MHZ_S),
	F("shift-mdeg", SHIFT_MDEG, EVSE_T_S32, shift_mdeg,
	  .unit = EVSE_U_MDEG),
	F("relay", RELAY, EVSE_T_BOOL, relay),
	F("active", ACTIVE, EVSE_T_BOOL, active),
	F("outside", OUTSIDE, EVSE_T_FLAGS, outside,
	  .names = &evse_grid_window_names),
	F("running", RUNNING, EVSE_T_ENUM, running,
	  .names = &evse_grid_element_names),
	F("running-ms", RUNNING_MS, EVSE_T_U32, running_ms, .unit = EVSE_U_MS),
	F("last-trip", LAST_TRIP, EVSE_T_ENUM, last_trip,
	  .names = &evse_grid_element_names),
	F("wait-ms", WAIT_MS, EVSE_T_U32, wait_ms, .unit = EVSE_U_MS),
	F("ramp-permille", RAMP_PERMILLE, EVSE_T_U32, ramp_permille,
	  .unit = EVSE_U_PERMILLE),
};
#undef F
RECORD(grid, "grid", evse_grid_info);

#define F(text, id, t, member, ...)					\
	FIELD(evse_grid_setting_info, text, EVSE_A_GRID_SETTING_##id, t, \
	      member, __VA_ARGS__)
static const struct evse_field grid_setting_field[] = {
	F("port", PORT, EVSE_T_U32, port),
	F("element", ELEMENT, EVSE_T_ENUM, element,
	  .names = &evse_grid_element_names),
	F("unit", UNIT, EVSE_T_ENUM, unit, .names = &evse_grid_unit_names),
	F("pickup", PICKUP, EVSE_T_S32, pickup),
	F("pickup-min", PICKUP_MIN, EVSE_T_S32, pickup_min),
	F("pickup-max", PICKUP_MAX, EVSE_T_S32, pickup_max),
	F("time-ms", TIME_MS, EVSE_T_U32, time_ms, .unit = EVSE_U_MS),
	F("time-min-ms", TIME_MIN_MS, EVSE_T_U32, time_min_ms,
	  .unit = EVSE_U_MS),
	F("time-max-ms", TIME_MAX_MS, EVSE_T_U32, time_max_ms,
	  .unit = EVSE_U_MS),
};
#undef F
RECORD(grid_setting, "grid-setting", evse_grid_setting_info);

#define F(text, id, t, member, ...)					\
	FIELD(evse_bridge_info, text, EVSE_A_BRIDGE_##id, t, member, __VA_ARGS__)
static const struct evse_field bridge_field[] = {
	F("port", PORT, EVSE_T_U32, port),
	F("state", STATE, EVSE_T_ENUM, state, .names = &evse_bridge_state_names),
	F("carrier-hz", CARRIER_HZ, EVSE_T_U32, carrier_hz, .unit = EVSE_U_HZ),
	F("carrier-min-hz", CARRIER_MIN_HZ, EVSE_T_U32, carrier_min_hz,
	  .unit = EVSE_U_HZ),
	F("carrier-max-hz", CARRIER_MAX_HZ, EVSE_T_U32, carrier_max_hz,
	  .unit = EVSE_U_HZ),
	F("dead-time-ns", DEAD_TIME_NS, EVSE_T_U32, dead_time_ns),
	F("minimum-pulse-ns", MINIMUM_PULSE_NS, EVSE_T_U32, minimum_pulse_ns),
	F("locked", LOCKED, EVSE_T_BOOL, locked),
	F("phase-error-mdeg", PHASE_ERROR_MDEG, EVSE_T_S32, phase_error_mdeg,
	  .unit = EVSE_U_MDEG),
	F("forming", FORMING, EVSE_T_BOOL, forming),
	F("link-mv", LINK_MV, EVSE_T_S32, link_mv, .unit = EVSE_U_MV),
	F("power-mw", POWER_MW, EVSE_T_S32, power_mw, .unit = EVSE_U_MW),
	F("control-hz", CONTROL_HZ, EVSE_T_U32, control_hz, .unit = EVSE_U_HZ),
	F("steps", STEPS, EVSE_T_U64, steps),
};
#undef F
RECORD(bridge, "bridge", evse_bridge_info);

#define F(text, id, t, member, ...)					\
	FIELD(evse_thermal_info, text, EVSE_A_THERMAL_##id, t, member,	\
	      __VA_ARGS__)
static const struct evse_field thermal_field[] = {
	F("port", PORT, EVSE_T_U32, port),
	F("sensor", SENSOR, EVSE_T_STRING, sensor, .size = EVSE_NAME_SIZE),
	F("state", STATE, EVSE_T_ENUM, state,
	  .names = &evse_thermal_state_names),
	F("temp-mc", TEMP_MC, EVSE_T_S32, temp_mc, .unit = EVSE_U_MC),
	F("slope-mc-min", SLOPE_MC_MIN, EVSE_T_S32, slope_mc_min,
	  .unit = EVSE_U_MC_MIN),
	F("limit-permille", LIMIT_PERMILLE, EVSE_T_U32, limit_permille,
	  .unit = EVSE_U_PERMILLE),
};
#undef F
RECORD(thermal, "thermal", evse_thermal_info);

#define F(text, id, t, member, ...)					\
	FIELD(evse_thermal_setting_info, text,				\
	      EVSE_A_THERMAL_SETTING_##id, t, member, __VA_ARGS__)
static const struct evse_field thermal_setting_field[] = {
	F("port", PORT, EVSE_T_U32, port),
	F("sensor", SENSOR, EVSE_T_STRING, sensor, .size = EVSE_NAME_SIZE),
	F("element", ELEMENT, EVSE_T_ENUM, element,
	  .names = &evse_thermal_element_names),
	F("value", VALUE, EVSE_T_S32, value),
	F("value-min", VALUE_MIN, EVSE_T_S32, value_min),
	F("value-max", VALUE_MAX, EVSE_T_S32, value_max),
};
#undef F
RECORD(thermal_setting, "thermal-setting", evse_thermal_setting_info);
