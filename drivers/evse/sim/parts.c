// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a charger without a device tree is made of: one AC port, 230 V 32 A, both
 * directions, with a grid guard and all protection. It is the one that
 * dts/evse-virt-grid-ac.dtso describes.
 */

#include <linux/kernel.h>

#include "board.h"
#include "boards.h"

static const u32 trip_inputs[] = {
	EVSE_SIM_EMERGENCY_STOP, EVSE_SIM_RESIDUAL_CURRENT,
	EVSE_SIM_VOLTAGE_MONITOR, EVSE_SIM_INTERLOCK_LOOP,
	EVSE_SIM_OVERCURRENT,
};

const struct property_entry evse_sim_board_properties[EVSE_SIM_BOARD_PROPERTIES] = {
	PROPERTY_ENTRY_U32("#pwm-cells", 3),
	PROPERTY_ENTRY_U32("#io-channel-cells", 1),
	PROPERTY_ENTRY_U32_ARRAY("evse,trip-inputs", trip_inputs),
	PROPERTY_ENTRY_STRING("supply", "ac"),
	PROPERTY_ENTRY_BOOL("evse,lock"),
};

const struct property_entry evse_sim_port_properties[] = {
	PROPERTY_ENTRY_STRING("supply", "ac"),
	PROPERTY_ENTRY_U32("phases", 1),
	PROPERTY_ENTRY_U32("rated-voltage-microvolt", 230000000),
	PROPERTY_ENTRY_U32("rated-current-microamp", 32000000),
	PROPERTY_ENTRY_U32("rated-export-current-microamp", 32000000),
	{ }
};

const char * const evse_sim_line_names[] = {
	"coil-main", "coil-spare-1", "coil-spare-2", "lock", "unlock",
	"rcd-test", "discharge", "imd-test", "aux-main", "aux-spare-1",
	"aux-spare-2", "lock-status", "emergency-stop", "residual-current",
	"voltage-monitor", "zero-cross-l1", "zero-cross-l2", "zero-cross-l3",
	"interlock-loop", "earth", "overcurrent", "island-coil",
	"island-open", "temp-alert", "fan-tach", "cooling", "lamp-state",
	"lamp-fault",
};

static_assert(ARRAY_SIZE(evse_sim_line_names) == EVSE_SIM_LINES);

static const char * const directions[] = { "import", "export", "island" };

const struct evse_sim_part evse_sim_parts[] = {
	{
		.name = "pilot",
		.compatible = "evse,control-pilot",
		.taps = {
			{ "cp-high", EVSE_SIM_ADC_CP_HIGH },
			{ "cp-low", EVSE_SIM_ADC_CP_LOW },
			{ "pp", EVSE_SIM_ADC_PP },
		},
		.pwm_period_ns = 1000000,
	},
	{
		.name = "contactor",
		.compatible = "evse,contactor",
		.properties = {
			PROPERTY_ENTRY_STRING("contact-names", "main"),
		},
		.wires = {
			{ "coil", EVSE_SIM_COIL_MAIN },
			{ "aux", EVSE_SIM_AUX_MAIN },
		},
	},
	{
		.name = "lock",
		.compatible = "evse,connector-lock",
		.properties = {
			PROPERTY_ENTRY_U32("pulse-ms", 300),
			PROPERTY_ENTRY_U32("timeout-ms", 1000),
		},
		.wires = {
			{ "lock", EVSE_SIM_LOCK },
			{ "unlock", EVSE_SIM_UNLOCK },
			{ "status", EVSE_SIM_LOCK_STATUS },
		},
	},
	{
		.name = "meter",
		.compatible = "evse,meter",
		.taps = {
			{ "voltage", EVSE_SIM_ADC_VOLTAGE },
			{ "current", EVSE_SIM_ADC_CURRENT },
			{ "power", EVSE_SIM_ADC_POWER },
		},
	},
	{
		.name = "emergency-stop",
		.compatible = "evse,line-guard",
		.properties = {
			PROPERTY_ENTRY_STRING("label", "emergency-stop"),
			PROPERTY_ENTRY_U32("fault-code", 0x2b),
			PROPERTY_ENTRY_STRING_ARRAY("directions", directions),
		},
		.wires = { { "permit", EVSE_SIM_EMERGENCY_STOP, true } },
	},
	{
		.name = "interlock-loop",
		.compatible = "evse,line-guard",
		.properties = {
			PROPERTY_ENTRY_STRING("label", "interlock-loop"),
			PROPERTY_ENTRY_U32("fault-code", 0x2b),
			PROPERTY_ENTRY_STRING_ARRAY("directions", directions),
		},
		.wires = { { "permit", EVSE_SIM_INTERLOCK_LOOP } },
	},
	{
		.name = "ground-fault",
		.compatible = "evse,ground-fault",
		.properties = {
			PROPERTY_ENTRY_STRING("evse,residual-profile", "ccid5"),
			PROPERTY_ENTRY_U32("frozen-ms", 1000),
		},
		.wires = {
			{ "fault", EVSE_SIM_RESIDUAL_CURRENT },
			{ "test", EVSE_SIM_RCD_TEST },
		},
		.taps = { { "leakage", EVSE_SIM_ADC_LEAKAGE } },
	},
	{
		.name = "earth",
		.compatible = "evse,earth-monitor",
		.properties = {
			PROPERTY_ENTRY_U32("frozen-ms", 1000),
		},
		.wires = { { "present", EVSE_SIM_EARTH } },
		.taps = { { "earth", EVSE_SIM_ADC_EARTH } },
	},
	{
		.name = "overcurrent",
		.compatible = "evse,current-monitor",
		.wires = { { "overcurrent", EVSE_SIM_OVERCURRENT } },
		.taps = { { "current", EVSE_SIM_ADC_CURRENT } },
	},
	{
		.name = "grid",
		.compatible = "evse,grid-guard",
		.properties = {
			PROPERTY_ENTRY_U32("rms-window-ms", 20),
			PROPERTY_ENTRY_U32("nominal-voltage-microvolt", 230000000),
			PROPERTY_ENTRY_STRING("evse,grid-profile", "en50549-1"),
			PROPERTY_ENTRY_BOOL("evse,active-islanding"),
		},
		.wires = {
			{ "relay", EVSE_SIM_VOLTAGE_MONITOR },
			{ "zero-cross", EVSE_SIM_ZERO_CROSS(0) },
		},
		.taps = { { "voltage-l1", EVSE_SIM_ADC_MAINS(0) } },
	},
};

const unsigned int evse_sim_part_count = ARRAY_SIZE(evse_sim_parts);
