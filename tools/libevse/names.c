// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of the enumerations of the netlink specification. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <linux/evse.h>

#include "evse-grid.h"

#define NAMES(ident, text)						\
	const struct evse_names evse_##ident##_names = {		\
		.title = text,						\
		.entry = ident##_entry,					\
		.count = sizeof(ident##_entry) / sizeof(ident##_entry[0]), \
	}

static const struct evse_name port_state_entry[] = {
	{ EVSE_PORT_STATE_UNREADY, "unready" },
	{ EVSE_PORT_STATE_AVAILABLE, "available" },
	{ EVSE_PORT_STATE_CONNECTED, "connected" },
	{ EVSE_PORT_STATE_REQUESTING, "requesting" },
	{ EVSE_PORT_STATE_LOCKING, "locking" },
	{ EVSE_PORT_STATE_CHECKING, "checking" },
	{ EVSE_PORT_STATE_CLOSING, "closing" },
	{ EVSE_PORT_STATE_ENERGISED, "energised" },
	{ EVSE_PORT_STATE_STOPPING, "stopping" },
	{ EVSE_PORT_STATE_OPENING, "opening" },
	{ EVSE_PORT_STATE_FAULT, "fault" },
};
NAMES(port_state, "state");

static const struct evse_name mode_entry[] = {
	{ EVSE_MODE_OFF, "off" },
	{ EVSE_MODE_CHARGE, "charge" },
	{ EVSE_MODE_V2G, "v2g" },
	{ EVSE_MODE_V2H, "v2h" },
};
NAMES(mode, "mode");

static const struct evse_name pilot_state_entry[] = {
	{ EVSE_PILOT_STATE_UNKNOWN, "unknown" },
	{ EVSE_PILOT_STATE_A, "A" },
	{ EVSE_PILOT_STATE_B, "B" },
	{ EVSE_PILOT_STATE_C, "C" },
	{ EVSE_PILOT_STATE_D, "D" },
	{ EVSE_PILOT_STATE_E, "E" },
	{ EVSE_PILOT_STATE_F, "F" },
};
NAMES(pilot_state, "vehicle state");

static const struct evse_name pilot_output_entry[] = {
	{ EVSE_PILOT_OUTPUT_AUTO, "auto" },
	{ EVSE_PILOT_OUTPUT_STEADY, "steady" },
	{ EVSE_PILOT_OUTPUT_HLC, "hlc" },
	{ EVSE_PILOT_OUTPUT_CURRENT, "current" },
	{ EVSE_PILOT_OUTPUT_UNAVAILABLE, "unavailable" },
};
NAMES(pilot_output, "pilot output");

static const struct evse_name lock_state_entry[] = {
	{ EVSE_LOCK_STATE_NONE, "none" },
	{ EVSE_LOCK_STATE_UNLOCKED, "unlocked" },
	{ EVSE_LOCK_STATE_MOVING, "moving" },
	{ EVSE_LOCK_STATE_LOCKED, "locked" },
	{ EVSE_LOCK_STATE_FAILED, "failed" },
};
NAMES(lock_state, "lock state");

static const struct evse_name supply_entry[] = {
	{ EVSE_SUPPLY_AC, "ac" },
	{ EVSE_SUPPLY_DC, "dc" },
};
NAMES(supply, "supply");

static const struct evse_name guard_state_entry[] = {
	{ EVSE_GUARD_STATE_HOLD, "hold" },
	{ EVSE_GUARD_STATE_PERMIT, "permit" },
	{ EVSE_GUARD_STATE_CEASE, "cease" },
	{ EVSE_GUARD_STATE_TRIP, "trip" },
};
NAMES(guard_state, "guard state");

static const struct evse_name scope_entry[] = {
	{ EVSE_SCOPE_PRECHARGE, "precharge" },
	{ EVSE_SCOPE_CABLE_CHECK, "cable-check" },
	{ EVSE_SCOPE_FLOW, "flow" },
	{ EVSE_SCOPE_IMPORT, "import" },
	{ EVSE_SCOPE_EXPORT, "export" },
	{ EVSE_SCOPE_ISLAND, "island" },
};
NAMES(scope, "scope");

static const struct evse_name fault_code_entry[] = {
	{ EVSE_FAULT_CODE_NONE, "none" },
	{ EVSE_FAULT_CODE_GRID_LOSS, "grid-loss" },
	{ EVSE_FAULT_CODE_PLC_FAILURE, "plc-failure" },
	{ EVSE_FAULT_CODE_GRID_INTEGRITY, "grid-integrity" },
	{ EVSE_FAULT_CODE_THERMAL_TRIP, "thermal-trip" },
	{ EVSE_FAULT_CODE_HANDSHAKE_DENIED, "handshake-denied" },
	{ EVSE_FAULT_CODE_GROUND_FAULT, "ground-fault" },
	{ EVSE_FAULT_CODE_CONTACTOR_STUCK, "contactor-stuck" },
	{ EVSE_FAULT_CODE_CONTACTOR_OPEN, "contactor-open" },
	{ EVSE_FAULT_CODE_LOCK_FAIL, "lock-fail" },
	{ EVSE_FAULT_CODE_CP_SIGNAL_LOSS, "cp-signal-loss" },
	{ EVSE_FAULT_CODE_DIODE_FAULT, "diode-fault" },
	{ EVSE_FAULT_CODE_PROXIMITY_FAULT, "proximity-fault" },
	{ EVSE_FAULT_CODE_VENTILATION, "ventilation" },
	{ EVSE_FAULT_CODE_THERM_OVERLOAD, "therm-overload" },
	{ EVSE_FAULT_CODE_REV_FLOW_TRIP, "rev-flow-trip" },
	{ EVSE_FAULT_CODE_ISO_HANDSHAKE, "iso-handshake" },
	{ EVSE_FAULT_CODE_EMERGENCY_STOP, "emergency-stop" },
	{ EVSE_FAULT_CODE_INSULATION, "insulation" },
	{ EVSE_FAULT_CODE_EARTH_LOSS, "earth-loss" },
	{ EVSE_FAULT_CODE_OVERCURRENT, "overcurrent" },
	{ EVSE_FAULT_CODE_OVERVOLTAGE, "overvoltage" },
	{ EVSE_FAULT_CODE_PRECHARGE, "precharge" },
	{ EVSE_FAULT_CODE_DISCHARGE, "discharge" },
	{ EVSE_FAULT_CODE_PROVIDER_LOST, "provider-lost" },
	{ EVSE_FAULT_CODE_STOP_TIMEOUT, "stop-timeout" },
	{ EVSE_FAULT_CODE_STAGE_FAULT, "stage-fault" },
	{ EVSE_FAULT_CODE_GROUND_FAULT_TEST, "ground-fault-test" },
	{ EVSE_FAULT_CODE_ISLANDING_SWITCH, "islanding-switch" },
	{ EVSE_FAULT_CODE_MODULE_IDENTITY, "module-identity" },
	{ EVSE_FAULT_CODE_THERMAL_SENSOR, "thermal-sensor" },
	{ EVSE_FAULT_CODE_CONNECTOR_WEAR, "connector-wear" },
	{ EVSE_FAULT_CODE_PACKET_LOSS, "packet-loss" },
	{ EVSE_FAULT_CODE_COMM_TIMEOUT, "comm-timeout" },
};
NAMES(fault_code, "fault");

static const struct evse_name fault_severity_entry[] = {
	{ EVSE_FAULT_SEVERITY_WARN, "warn" },
	{ EVSE_FAULT_SEVERITY_STOP, "stop" },
	{ EVSE_FAULT_SEVERITY_TRIP, "trip" },
};
NAMES(fault_severity, "severity");

static const struct evse_name fault_policy_entry[] = {
	{ EVSE_FAULT_POLICY_MANUAL, "manual" },
	{ EVSE_FAULT_POLICY_BOUND, "bound" },
	{ EVSE_FAULT_POLICY_RETRY, "retry" },
	{ EVSE_FAULT_POLICY_ENTER_SERVICE, "enter-service" },
	{ EVSE_FAULT_POLICY_AUTO, "auto" },
};
NAMES(fault_policy, "policy");

static const struct evse_name grid_state_entry[] = {
	{ EVSE_GRID_STATE_UNKNOWN, "unknown" },
	{ EVSE_GRID_STATE_NORMAL, "normal" },
	{ EVSE_GRID_STATE_RIDE_THROUGH, "ride-through" },
	{ EVSE_GRID_STATE_CEASED, "ceased" },
	{ EVSE_GRID_STATE_TRIPPED, "tripped" },
	{ EVSE_GRID_STATE_WAITING, "waiting" },
	{ EVSE_GRID_STATE_RAMPING, "ramping" },
};
NAMES(grid_state, "grid state");

static const struct evse_name grid_element_entry[] = {
	{ EVSE_GRID_ELEMENT_NONE, "none" },
	{ EVSE_GRID_ELEMENT_UV1, "uv1" },
	{ EVSE_GRID_ELEMENT_UV2, "uv2" },
	{ EVSE_GRID_ELEMENT_UV3, "uv3" },
	{ EVSE_GRID_ELEMENT_OV1, "ov1" },
	{ EVSE_GRID_ELEMENT_OV2, "ov2" },
	{ EVSE_GRID_ELEMENT_OV_MEAN, "ov-mean" },
	{ EVSE_GRID_ELEMENT_UF1, "uf1" },
	{ EVSE_GRID_ELEMENT_UF2, "uf2" },
	{ EVSE_GRID_ELEMENT_OF1, "of1" },
	{ EVSE_GRID_ELEMENT_OF2, "of2" },
	{ EVSE_GRID_ELEMENT_ROCOF, "rocof" },
	{ EVSE_GRID_ELEMENT_VECTOR_SHIFT, "vector-shift" },
	{ EVSE_GRID_ELEMENT_ISLAND, "island" },
	{ EVSE_GRID_ELEMENT_CEASE_UV, "cease-uv" },
	{ EVSE_GRID_ELEMENT_CEASE_OV, "cease-ov" },
	{ EVSE_GRID_ELEMENT_WARN_UV, "warn-uv" },
	{ EVSE_GRID_ELEMENT_WARN_OV, "warn-ov" },
	{ EVSE_GRID_ELEMENT_ENTER_V_LOW, "enter-v-low" },
	{ EVSE_GRID_ELEMENT_ENTER_V_HIGH, "enter-v-high" },
	{ EVSE_GRID_ELEMENT_ENTER_F_LOW, "enter-f-low" },
	{ EVSE_GRID_ELEMENT_ENTER_F_HIGH, "enter-f-high" },
	{ EVSE_GRID_ELEMENT_ENTER_DELAY, "enter-delay" },
	{ EVSE_GRID_ELEMENT_ENTER_RAMP, "enter-ramp" },
	{ EVSE_GRID_ELEMENT_ACTIVE, "active" },
	{ EVSE_GRID_ELEMENT_DROOP, "droop" },
	{ EVSE_GRID_ELEMENT_DROOP_OF_BAND, "droop-of-band" },
	{ EVSE_GRID_ELEMENT_DROOP_OF_SLOPE, "droop-of-slope" },
	{ EVSE_GRID_ELEMENT_DROOP_UF_BAND, "droop-uf-band" },
	{ EVSE_GRID_ELEMENT_DROOP_UF_SLOPE, "droop-uf-slope" },
	{ EVSE_GRID_ELEMENT_VOLT_WATT, "volt-watt" },
	{ EVSE_GRID_ELEMENT_VOLT_WATT_V1, "volt-watt-v1" },
	{ EVSE_GRID_ELEMENT_VOLT_WATT_V2, "volt-watt-v2" },
	{ EVSE_GRID_ELEMENT_VOLT_WATT_P2, "volt-watt-p2" },
};
NAMES(grid_element, "element");

static const struct evse_name grid_unit_entry[] = {
	{ EVSE_GRID_UNIT_PERMILLE, "permille" },
	{ EVSE_GRID_UNIT_MHZ, "mhz" },
	{ EVSE_GRID_UNIT_MHZ_PER_S, "mhz-per-s" },
	{ EVSE_GRID_UNIT_MDEG, "mdeg" },
	{ EVSE_GRID_UNIT_MS, "ms" },
	{ EVSE_GRID_UNIT_PER_KHZ, "per-khz" },
	{ EVSE_GRID_UNIT_PART, "part" },
	{ EVSE_GRID_UNIT_SWITCH, "switch" },
};
NAMES(grid_unit, "unit");

static const struct evse_name grid_window_entry[] = {
	{ EVSE_GRID_WINDOW_VOLTAGE_LOW, "voltage-low" },
	{ EVSE_GRID_WINDOW_VOLTAGE_HIGH, "voltage-high" },
	{ EVSE_GRID_WINDOW_FREQUENCY_LOW, "frequency-low" },
	{ EVSE_GRID_WINDOW_FREQUENCY_HIGH, "frequency-high" },
	{ EVSE_GRID_WINDOW_NO_VOLTAGE, "no-voltage" },
	{ EVSE_GRID_WINDOW_NO_LOCK, "no-lock" },
	{ EVSE_GRID_WINDOW_RELAY_OPEN, "relay-open" },
	{ EVSE_GRID_WINDOW_CONTRADICTION, "contradiction" },
};
NAMES(grid_window, "window");

static const struct evse_name bridge_state_entry[] = {
	{ EVSE_BRIDGE_STATE_OFF, "off" },
	{ EVSE_BRIDGE_STATE_ARMED, "armed" },
	{ EVSE_BRIDGE_STATE_TRIPPED, "tripped" },
	{ EVSE_BRIDGE_STATE_LOST, "lost" },
	{ EVSE_BRIDGE_STATE_OUT_OF_RANGE, "out-of-range" },
};
NAMES(bridge_state, "state");

static const struct evse_name thermal_state_entry[] = {
	{ EVSE_THERMAL_STATE_UNKNOWN, "unknown" },
	{ EVSE_THERMAL_STATE_NORMAL, "normal" },
	{ EVSE_THERMAL_STATE_RISING, "rising" },
	{ EVSE_THERMAL_STATE_DERATING, "derating" },
	{ EVSE_THERMAL_STATE_TRIPPED, "tripped" },
	{ EVSE_THERMAL_STATE_BUS_ERROR, "bus-error" },
	{ EVSE_THERMAL_STATE_ARBITRATION_LOST, "arbitration-lost" },
	{ EVSE_THERMAL_STATE_OPEN, "open" },
	{ EVSE_THERMAL_STATE_SHORT, "short" },
	{ EVSE_THERMAL_STATE_OUT_OF_RANGE, "out-of-range" },
	{ EVSE_THERMAL_STATE_FROZEN, "frozen" },
};
NAMES(thermal_state, "state");

static const struct evse_name thermal_element_entry[] = {
	{ EVSE_THERMAL_ELEMENT_DERATE, "derate" },
	{ EVSE_THERMAL_ELEMENT_TRIP, "trip" },
	{ EVSE_THERMAL_ELEMENT_CLEAR, "clear" },
	{ EVSE_THERMAL_ELEMENT_RISE, "rise" },
};
NAMES(thermal_element, "threshold");

enum evse_grid_unit evse_grid_unit_of(uint32_t element)
{
	switch (element) {
	case EVSE_GRID_ELEMENT_UF1:
	case EVSE_GRID_ELEMENT_UF2:
	case EVSE_GRID_ELEMENT_OF1:
	case EVSE_GRID_ELEMENT_OF2:
	case EVSE_GRID_ELEMENT_ENTER_F_LOW:
	case EVSE_GRID_ELEMENT_ENTER_F_HIGH:
	case EVSE_GRID_ELEMENT_DROOP_OF_BAND:
	case EVSE_GRID_ELEMENT_DROOP_UF_BAND:
		return EVSE_GRID_UNIT_MHZ;
	case EVSE_GRID_ELEMENT_ROCOF:
		return EVSE_GRID_UNIT_MHZ_PER_S;
	case EVSE_GRID_ELEMENT_VECTOR_SHIFT:
		return EVSE_GRID_UNIT_MDEG;
	case EVSE_GRID_ELEMENT_ISLAND:
	case EVSE_GRID_ELEMENT_ENTER_DELAY:
	case EVSE_GRID_ELEMENT_ENTER_RAMP:
		return EVSE_GRID_UNIT_MS;
	case EVSE_GRID_ELEMENT_ACTIVE:
		return EVSE_GRID_UNIT_PER_KHZ;
	case EVSE_GRID_ELEMENT_DROOP_OF_SLOPE:
	case EVSE_GRID_ELEMENT_DROOP_UF_SLOPE:
	case EVSE_GRID_ELEMENT_VOLT_WATT_P2:
		return EVSE_GRID_UNIT_PART;
	case EVSE_GRID_ELEMENT_DROOP:
	case EVSE_GRID_ELEMENT_VOLT_WATT:
		return EVSE_GRID_UNIT_SWITCH;
	default:
		return EVSE_GRID_UNIT_PERMILLE;
	}
}

const char *evse_name_of(const struct evse_names *names, uint32_t value)
{
	size_t i;

	for (i = 0; i < names->count; i++)
		if (names->entry[i].value == value)
			return names->entry[i].name;
	return "?";
}

static int fold(char c)
{
	return c == '_' ? '-' : tolower((unsigned char)c);
}

static bool same_name(const char *a, const char *b)
{
	while (*a && fold(*a) == fold(*b)) {
		a++;
		b++;
	}
	return !*a && !*b;
}

bool evse_value_of(const struct evse_names *names, const char *name,
		   uint32_t *value)
{
	size_t i;

	for (i = 0; i < names->count; i++) {
		if (same_name(names->entry[i].name, name)) {
			*value = names->entry[i].value;
			return true;
		}
	}
	return false;
}

bool evse_fault_code_of(const char *text, uint32_t *code)
{
	unsigned long long number;
	char *end;

	if (isdigit((unsigned char)*text)) {
		number = strtoull(text, &end, 0);
		if (*end || number > UINT32_MAX)
			return false;
		*code = (uint32_t)number;
		return true;
	}
	/* The names that the field manuals use */
	if (!strcasecmp(text, "V2G-502")) {
		*code = EVSE_FAULT_CODE_PACKET_LOSS;
		return true;
	}
	if (!strncasecmp(text, "ERR_", 4) || !strncasecmp(text, "ERR-", 4))
		text += 4;
	return evse_value_of(&evse_fault_code_names, text, code);
}
