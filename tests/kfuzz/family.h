/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The family as a table; generated from Documentation/netlink/specs/evse.yaml by scripts/regen-kfuzz. */
#ifndef KFUZZ_FAMILY_H
#define KFUZZ_FAMILY_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/evse.h>

#define ASKED_MAX	5
#define NUMBERS		33

enum kind { KIND_NONE, KIND_PAD, KIND_U8, KIND_U32, KIND_S32, KIND_U64, KIND_STRING, KIND_NEST };

struct set;

/* @low, @high: bounds of the policy, equal without; of a string @high is its length */
struct attr {
	const char *name;
	enum kind kind;
	uint32_t low;
	uint32_t high;
	const struct set *set;
};

/* @attrs: by type */
struct set {
	const char *name;
	const struct attr *attrs;
	unsigned int last;
};

/* @asked: types of what a request may have, the first must be there */
struct op {
	const char *name;
	uint8_t cmd;
	bool dump;
	const struct set *set;
	uint8_t asked[ASKED_MAX + 1];
};

static const struct attr guard_attrs[] = {
	[EVSE_A_GUARD_NAME] = { "name", KIND_STRING, .high = 0 },
	[EVSE_A_GUARD_STATE] = { "state", KIND_U32, .low = 0, .high = 3 },
	[EVSE_A_GUARD_SCOPE] = { "scope", KIND_U32, .low = 0, .high = 63 },
	[EVSE_A_GUARD_CODE] = { "code", KIND_U32 },
};

static const struct set guard_set = {
	"guard", guard_attrs, EVSE_A_GUARD_CODE,
};

static const struct attr limiter_attrs[] = {
	[EVSE_A_LIMITER_NAME] = { "name", KIND_STRING, .high = 0 },
	[EVSE_A_LIMITER_MIN_MW] = { "min-mw", KIND_S32 },
	[EVSE_A_LIMITER_MAX_MW] = { "max-mw", KIND_S32 },
};

static const struct set limiter_set = {
	"limiter", limiter_attrs, EVSE_A_LIMITER_MAX_MW,
};

static const struct attr contact_attrs[] = {
	[EVSE_A_CONTACT_NAME] = { "name", KIND_STRING, .high = 0 },
	[EVSE_A_CONTACT_COMMANDED] = { "commanded", KIND_U8 },
	[EVSE_A_CONTACT_CLOSED] = { "closed", KIND_U8 },
};

static const struct set contact_set = {
	"contact", contact_attrs, EVSE_A_CONTACT_CLOSED,
};

static const struct attr counters_attrs[] = {
	[EVSE_A_COUNTERS_PAD] = { "pad", KIND_PAD },
	[EVSE_A_COUNTERS_MATINGS] = { "matings", KIND_U64 },
	[EVSE_A_COUNTERS_CYCLES] = { "cycles", KIND_U64 },
	[EVSE_A_COUNTERS_LOADED_OPENINGS] = { "loaded-openings", KIND_U64 },
	[EVSE_A_COUNTERS_TRIPS] = { "trips", KIND_U64 },
	[EVSE_A_COUNTERS_ENERGY_IMPORT_MWH] = { "energy-import-mwh", KIND_U64 },
	[EVSE_A_COUNTERS_ENERGY_EXPORT_MWH] = { "energy-export-mwh", KIND_U64 },
	[EVSE_A_COUNTERS_CLEANED] = { "cleaned", KIND_U64 },
};

static const struct set counters_set = {
	"counters", counters_attrs, EVSE_A_COUNTERS_CLEANED,
};

static const struct attr port_attrs[] = {
	[EVSE_A_PORT_ID] = { "id", KIND_U32 },
	[EVSE_A_PORT_NAME] = { "name", KIND_STRING, .high = 32 },
	[EVSE_A_PORT_STATE] = { "state", KIND_U32, .low = 0, .high = 10 },
	[EVSE_A_PORT_MODE] = { "mode", KIND_U32, .low = 0, .high = 3 },
	[EVSE_A_PORT_VEHICLE] = { "vehicle", KIND_U32, .low = 0, .high = 6 },
	[EVSE_A_PORT_LOCK] = { "lock", KIND_U32, .low = 0, .high = 4 },
	[EVSE_A_PORT_REQUEST_MW] = { "request-mw", KIND_S32 },
	[EVSE_A_PORT_EFFECTIVE_MW] = { "effective-mw", KIND_S32 },
	[EVSE_A_PORT_LIMITER] = { "limiter", KIND_STRING, .high = 0 },
	[EVSE_A_PORT_MIN_MW] = { "min-mw", KIND_S32 },
	[EVSE_A_PORT_MAX_MW] = { "max-mw", KIND_S32 },
	[EVSE_A_PORT_RATED_MIN_MW] = { "rated-min-mw", KIND_S32 },
	[EVSE_A_PORT_RATED_MAX_MW] = { "rated-max-mw", KIND_S32 },
	[EVSE_A_PORT_BASIC] = { "basic", KIND_U8, .low = 0, .high = 1 },
	[EVSE_A_PORT_CABLE_MA] = { "cable-ma", KIND_U32 },
	[EVSE_A_PORT_PILOT_OUTPUT] = { "pilot-output", KIND_U32, .low = 0, .high = 4 },
	[EVSE_A_PORT_PILOT_MA] = { "pilot-ma", KIND_U32 },
	[EVSE_A_PORT_DUTY_PERMYRIAD] = { "duty-permyriad", KIND_U32 },
	[EVSE_A_PORT_GUARDS] = { "guards", KIND_NEST, .set = &guard_set },
	[EVSE_A_PORT_LIMITERS] = { "limiters", KIND_NEST, .set = &limiter_set },
	[EVSE_A_PORT_CONTACTS] = { "contacts", KIND_NEST, .set = &contact_set },
	[EVSE_A_PORT_COUNTERS] = { "counters", KIND_NEST, .set = &counters_set },
	[EVSE_A_PORT_FAULT_CODE] = { "fault-code", KIND_U32 },
	[EVSE_A_PORT_FAULT_COUNT] = { "fault-count", KIND_U32 },
	[EVSE_A_PORT_SESSION_PORT] = { "session-port", KIND_U32 },
	[EVSE_A_PORT_SESSION_SHARED] = { "session-shared", KIND_U8, .low = 0, .high = 1 },
	[EVSE_A_PORT_LEASE_MS] = { "lease-ms", KIND_U32, .low = 100, .high = 10000 },
	[EVSE_A_PORT_DEADLINE_MS] = { "deadline-ms", KIND_U32, .low = 0, .high = 30000 },
	[EVSE_A_PORT_STAGE] = { "stage", KIND_U8 },
	[EVSE_A_PORT_LOCKED] = { "locked", KIND_U8, .low = 0, .high = 1 },
	[EVSE_A_PORT_BPT] = { "bpt", KIND_U8, .low = 0, .high = 1 },
	[EVSE_A_PORT_ZERO_ENERGY] = { "zero-energy", KIND_U8 },
	[EVSE_A_PORT_LINK_MV] = { "link-mv", KIND_S32 },
	[EVSE_A_PORT_WAITING_FOR] = { "waiting-for", KIND_STRING, .high = 0 },
	[EVSE_A_PORT_UPDATE_LOCKED] = { "update-locked", KIND_U8, .low = 0, .high = 1 },
	[EVSE_A_PORT_SUPPLY] = { "supply", KIND_U32, .low = 0, .high = 1 },
	[EVSE_A_PORT_PHASES] = { "phases", KIND_U32 },
	[EVSE_A_PORT_RATED_MV] = { "rated-mv", KIND_U32 },
	[EVSE_A_PORT_RATED_MA] = { "rated-ma", KIND_U32 },
	[EVSE_A_PORT_RATED_EXPORT_MA] = { "rated-export-ma", KIND_U32 },
};

static const struct set port_set = {
	"port", port_attrs, EVSE_A_PORT_RATED_EXPORT_MA,
};

static const struct attr fault_attrs[] = {
	[EVSE_A_FAULT_PAD] = { "pad", KIND_PAD },
	[EVSE_A_FAULT_PORT] = { "port", KIND_U32 },
	[EVSE_A_FAULT_CODE] = { "code", KIND_U32 },
	[EVSE_A_FAULT_NAME] = { "name", KIND_STRING, .high = 32 },
	[EVSE_A_FAULT_TEXT] = { "text", KIND_STRING, .high = 0 },
	[EVSE_A_FAULT_SEVERITY] = { "severity", KIND_U32, .low = 0, .high = 2 },
	[EVSE_A_FAULT_POLICY] = { "policy", KIND_U32, .low = 0, .high = 4 },
	[EVSE_A_FAULT_ACTIVE] = { "active", KIND_U8 },
	[EVSE_A_FAULT_LATCHED] = { "latched", KIND_U8 },
	[EVSE_A_FAULT_FIRST] = { "first", KIND_U8 },
	[EVSE_A_FAULT_SOURCE] = { "source", KIND_STRING, .high = 0 },
	[EVSE_A_FAULT_COUNT] = { "count", KIND_U32 },
	[EVSE_A_FAULT_VALUE] = { "value", KIND_S32 },
	[EVSE_A_FAULT_BOUND] = { "bound", KIND_S32 },
	[EVSE_A_FAULT_RETRIES_LEFT] = { "retries-left", KIND_U32 },
	[EVSE_A_FAULT_RETRY_IN_MS] = { "retry-in-ms", KIND_U32 },
	[EVSE_A_FAULT_EDGE_NS] = { "edge-ns", KIND_U64 },
	[EVSE_A_FAULT_GATES_OFF_NS] = { "gates-off-ns", KIND_U64 },
	[EVSE_A_FAULT_COIL_OFF_NS] = { "coil-off-ns", KIND_U64 },
	[EVSE_A_FAULT_CONTACT_OPEN_NS] = { "contact-open-ns", KIND_U64 },
	[EVSE_A_FAULT_THREAD_NS] = { "thread-ns", KIND_U64 },
	[EVSE_A_FAULT_TOLD_NS] = { "told-ns", KIND_U64 },
	[EVSE_A_FAULT_MREC] = { "mrec", KIND_U32 },
	[EVSE_A_FAULT_RAISABLE] = { "raisable", KIND_U8 },
};

static const struct set fault_set = {
	"fault", fault_attrs, EVSE_A_FAULT_RAISABLE,
};

static const struct attr grid_attrs[] = {
	[EVSE_A_GRID_PORT] = { "port", KIND_U32 },
	[EVSE_A_GRID_PROFILE] = { "profile", KIND_STRING, .high = 32 },
	[EVSE_A_GRID_TITLE] = { "title", KIND_STRING, .high = 0 },
	[EVSE_A_GRID_STATE] = { "state", KIND_U32, .low = 0, .high = 6 },
	[EVSE_A_GRID_NOMINAL_MHZ] = { "nominal-mhz", KIND_U32 },
	[EVSE_A_GRID_NOMINAL_MV] = { "nominal-mv", KIND_U32 },
	[EVSE_A_GRID_VOLTAGES_MV] = { "voltages-mv", KIND_U32 },
	[EVSE_A_GRID_FREQUENCY_MHZ] = { "frequency-mhz", KIND_U32 },
	[EVSE_A_GRID_ROCOF_MHZ_S] = { "rocof-mhz-s", KIND_S32 },
	[EVSE_A_GRID_SHIFT_MDEG] = { "shift-mdeg", KIND_S32 },
	[EVSE_A_GRID_RELAY] = { "relay", KIND_U8 },
	[EVSE_A_GRID_ACTIVE] = { "active", KIND_U8 },
	[EVSE_A_GRID_OUTSIDE] = { "outside", KIND_U32, .low = 0, .high = 255 },
	[EVSE_A_GRID_RUNNING] = { "running", KIND_U32, .low = 0, .high = 33 },
	[EVSE_A_GRID_RUNNING_MS] = { "running-ms", KIND_U32 },
	[EVSE_A_GRID_LAST_TRIP] = { "last-trip", KIND_U32, .low = 0, .high = 33 },
	[EVSE_A_GRID_WAIT_MS] = { "wait-ms", KIND_U32 },
	[EVSE_A_GRID_RAMP_PERMILLE] = { "ramp-permille", KIND_U32 },
};

static const struct set grid_set = {
	"grid", grid_attrs, EVSE_A_GRID_RAMP_PERMILLE,
};

static const struct attr grid_setting_attrs[] = {
	[EVSE_A_GRID_SETTING_PORT] = { "port", KIND_U32 },
	[EVSE_A_GRID_SETTING_ELEMENT] = { "element", KIND_U32, .low = 0, .high = 33 },
	[EVSE_A_GRID_SETTING_UNIT] = { "unit", KIND_U32, .low = 0, .high = 7 },
	[EVSE_A_GRID_SETTING_PICKUP] = { "pickup", KIND_S32 },
	[EVSE_A_GRID_SETTING_PICKUP_MIN] = { "pickup-min", KIND_S32 },
	[EVSE_A_GRID_SETTING_PICKUP_MAX] = { "pickup-max", KIND_S32 },
	[EVSE_A_GRID_SETTING_TIME_MS] = { "time-ms", KIND_U32 },
	[EVSE_A_GRID_SETTING_TIME_MIN_MS] = { "time-min-ms", KIND_U32 },
	[EVSE_A_GRID_SETTING_TIME_MAX_MS] = { "time-max-ms", KIND_U32 },
};

static const struct set grid_setting_set = {
	"grid-setting", grid_setting_attrs, EVSE_A_GRID_SETTING_TIME_MAX_MS,
};

static const struct attr sample_attrs[] = {
	[EVSE_A_SAMPLE_PAD] = { "pad", KIND_PAD },
	[EVSE_A_SAMPLE_PORT] = { "port", KIND_U32 },
	[EVSE_A_SAMPLE_TIME_NS] = { "time-ns", KIND_U64 },
	[EVSE_A_SAMPLE_VOLTAGE_MV] = { "voltage-mv", KIND_S32 },
	[EVSE_A_SAMPLE_CURRENT_MA] = { "current-ma", KIND_S32 },
	[EVSE_A_SAMPLE_POWER_MW] = { "power-mw", KIND_S32 },
};

static const struct set sample_set = {
	"sample", sample_attrs, EVSE_A_SAMPLE_POWER_MW,
};

static const struct attr bridge_attrs[] = {
	[EVSE_A_BRIDGE_PAD] = { "pad", KIND_PAD },
	[EVSE_A_BRIDGE_PORT] = { "port", KIND_U32 },
	[EVSE_A_BRIDGE_STATE] = { "state", KIND_U32, .low = 0, .high = 4 },
	[EVSE_A_BRIDGE_CARRIER_HZ] = { "carrier-hz", KIND_U32 },
	[EVSE_A_BRIDGE_CARRIER_MIN_HZ] = { "carrier-min-hz", KIND_U32 },
	[EVSE_A_BRIDGE_CARRIER_MAX_HZ] = { "carrier-max-hz", KIND_U32 },
	[EVSE_A_BRIDGE_DEAD_TIME_NS] = { "dead-time-ns", KIND_U32 },
	[EVSE_A_BRIDGE_MINIMUM_PULSE_NS] = { "minimum-pulse-ns", KIND_U32 },
	[EVSE_A_BRIDGE_LOCKED] = { "locked", KIND_U8 },
	[EVSE_A_BRIDGE_PHASE_ERROR_MDEG] = { "phase-error-mdeg", KIND_S32 },
	[EVSE_A_BRIDGE_FORMING] = { "forming", KIND_U8 },
	[EVSE_A_BRIDGE_LINK_MV] = { "link-mv", KIND_S32 },
	[EVSE_A_BRIDGE_POWER_MW] = { "power-mw", KIND_S32 },
	[EVSE_A_BRIDGE_CONTROL_HZ] = { "control-hz", KIND_U32 },
	[EVSE_A_BRIDGE_STEPS] = { "steps", KIND_U64 },
};

static const struct set bridge_set = {
	"bridge", bridge_attrs, EVSE_A_BRIDGE_STEPS,
};

static const struct attr thermal_attrs[] = {
	[EVSE_A_THERMAL_PORT] = { "port", KIND_U32 },
	[EVSE_A_THERMAL_SENSOR] = { "sensor", KIND_STRING, .high = 32 },
	[EVSE_A_THERMAL_STATE] = { "state", KIND_U32, .low = 0, .high = 10 },
	[EVSE_A_THERMAL_TEMP_MC] = { "temp-mc", KIND_S32 },
	[EVSE_A_THERMAL_SLOPE_MC_MIN] = { "slope-mc-min", KIND_S32 },
	[EVSE_A_THERMAL_LIMIT_PERMILLE] = { "limit-permille", KIND_U32 },
};

static const struct set thermal_set = {
	"thermal", thermal_attrs, EVSE_A_THERMAL_LIMIT_PERMILLE,
};

static const struct attr thermal_setting_attrs[] = {
	[EVSE_A_THERMAL_SETTING_PORT] = { "port", KIND_U32 },
	[EVSE_A_THERMAL_SETTING_SENSOR] = { "sensor", KIND_STRING, .high = 32 },
	[EVSE_A_THERMAL_SETTING_ELEMENT] = { "element", KIND_U32, .low = 0, .high = 3 },
	[EVSE_A_THERMAL_SETTING_VALUE] = { "value", KIND_S32 },
	[EVSE_A_THERMAL_SETTING_VALUE_MIN] = { "value-min", KIND_S32 },
	[EVSE_A_THERMAL_SETTING_VALUE_MAX] = { "value-max", KIND_S32 },
};

static const struct set thermal_setting_set = {
	"thermal-setting", thermal_setting_attrs, EVSE_A_THERMAL_SETTING_VALUE_MAX,
};

static const struct op ops[] = {
	{ "port-get", EVSE_CMD_PORT_GET, true,
	  &port_set, { EVSE_A_PORT_ID } },
	{ "port-set", EVSE_CMD_PORT_SET, false,
	  &port_set, { EVSE_A_PORT_ID, EVSE_A_PORT_MODE, EVSE_A_PORT_MIN_MW, EVSE_A_PORT_MAX_MW, EVSE_A_PORT_BASIC } },
	{ "session-open", EVSE_CMD_SESSION_OPEN, false,
	  &port_set, { EVSE_A_PORT_ID, EVSE_A_PORT_LEASE_MS, EVSE_A_PORT_SESSION_SHARED } },
	{ "session-renew", EVSE_CMD_SESSION_RENEW, false,
	  &port_set, { EVSE_A_PORT_ID } },
	{ "session-close", EVSE_CMD_SESSION_CLOSE, false,
	  &port_set, { EVSE_A_PORT_ID } },
	{ "energise", EVSE_CMD_ENERGISE, false,
	  &port_set, { EVSE_A_PORT_ID } },
	{ "de-energise", EVSE_CMD_DE_ENERGISE, false,
	  &port_set, { EVSE_A_PORT_ID } },
	{ "power-set", EVSE_CMD_POWER_SET, false,
	  &port_set, { EVSE_A_PORT_ID, EVSE_A_PORT_REQUEST_MW, EVSE_A_PORT_DEADLINE_MS } },
	{ "vehicle-limits-set", EVSE_CMD_VEHICLE_LIMITS_SET, false,
	  &port_set, { EVSE_A_PORT_ID, EVSE_A_PORT_MIN_MW, EVSE_A_PORT_MAX_MW, EVSE_A_PORT_BPT } },
	{ "pilot-set", EVSE_CMD_PILOT_SET, false,
	  &port_set, { EVSE_A_PORT_ID, EVSE_A_PORT_PILOT_OUTPUT, EVSE_A_PORT_PILOT_MA } },
	{ "lock-set", EVSE_CMD_LOCK_SET, false,
	  &port_set, { EVSE_A_PORT_ID, EVSE_A_PORT_LOCKED } },
	{ "counters-set", EVSE_CMD_COUNTERS_SET, false,
	  &port_set, { EVSE_A_PORT_ID, EVSE_A_PORT_COUNTERS } },
	{ "fault-get", EVSE_CMD_FAULT_GET, true,
	  &fault_set, { EVSE_A_FAULT_PORT, EVSE_A_FAULT_CODE } },
	{ "fault-clear", EVSE_CMD_FAULT_CLEAR, false,
	  &fault_set, { EVSE_A_FAULT_PORT, EVSE_A_FAULT_CODE } },
	{ "fault-raise", EVSE_CMD_FAULT_RAISE, false,
	  &fault_set, { EVSE_A_FAULT_PORT, EVSE_A_FAULT_CODE, EVSE_A_FAULT_VALUE } },
	{ "catalogue-get", EVSE_CMD_CATALOGUE_GET, true,
	  &fault_set, { EVSE_A_FAULT_CODE } },
	{ "meter-get", EVSE_CMD_METER_GET, false,
	  &sample_set, { EVSE_A_SAMPLE_PORT } },
	{ "grid-get", EVSE_CMD_GRID_GET, true,
	  &grid_set, { EVSE_A_GRID_PORT } },
	{ "grid-set", EVSE_CMD_GRID_SET, false,
	  &grid_set, { EVSE_A_GRID_PORT, EVSE_A_GRID_PROFILE } },
	{ "grid-profile-get", EVSE_CMD_GRID_PROFILE_GET, true,
	  &grid_set, { EVSE_A_GRID_PORT, EVSE_A_GRID_PROFILE } },
	{ "grid-setting-get", EVSE_CMD_GRID_SETTING_GET, true,
	  &grid_setting_set, { EVSE_A_GRID_SETTING_PORT, EVSE_A_GRID_SETTING_ELEMENT } },
	{ "grid-setting-set", EVSE_CMD_GRID_SETTING_SET, false,
	  &grid_setting_set, { EVSE_A_GRID_SETTING_PORT, EVSE_A_GRID_SETTING_ELEMENT, EVSE_A_GRID_SETTING_PICKUP, EVSE_A_GRID_SETTING_TIME_MS } },
	{ "update-lock-set", EVSE_CMD_UPDATE_LOCK_SET, false,
	  &port_set, { EVSE_A_PORT_ID, EVSE_A_PORT_UPDATE_LOCKED } },
	{ "bridge-get", EVSE_CMD_BRIDGE_GET, false,
	  &bridge_set, { EVSE_A_BRIDGE_PORT } },
	{ "bridge-set", EVSE_CMD_BRIDGE_SET, false,
	  &bridge_set, { EVSE_A_BRIDGE_PORT, EVSE_A_BRIDGE_CARRIER_HZ } },
	{ "thermal-get", EVSE_CMD_THERMAL_GET, true,
	  &thermal_set, { EVSE_A_THERMAL_PORT, EVSE_A_THERMAL_SENSOR } },
	{ "thermal-setting-get", EVSE_CMD_THERMAL_SETTING_GET, true,
	  &thermal_setting_set, { EVSE_A_THERMAL_SETTING_PORT, EVSE_A_THERMAL_SETTING_SENSOR, EVSE_A_THERMAL_SETTING_ELEMENT } },
	{ "thermal-setting-set", EVSE_CMD_THERMAL_SETTING_SET, false,
	  &thermal_setting_set, { EVSE_A_THERMAL_SETTING_PORT, EVSE_A_THERMAL_SETTING_SENSOR, EVSE_A_THERMAL_SETTING_ELEMENT, EVSE_A_THERMAL_SETTING_VALUE } },
};

#define OPS	((int)(sizeof(ops) / sizeof(ops[0])))

#endif /* KFUZZ_FAMILY_H */
