// SPDX-License-Identifier: GPL-2.0-only
/* The fault catalogue. Codes are stable for good; the order here is not. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <kunit/visibility.h>

#include "fault_catalogue.h"

#define FAULT(_code, _severity, _policy, _name, _text, ...) {	\
	.code = EVSE_FAULT_CODE_##_code,			\
	.severity = EVSE_FAULT_SEVERITY_##_severity,		\
	.policy = EVSE_FAULT_POLICY_##_policy,			\
	.name = _name, .text = _text, __VA_ARGS__ }

const struct evse_fault_info evse_fault_catalogue[EVSE_FAULTS] = {
	FAULT(GRID_LOSS, TRIP, ENTER_SERVICE, "GRID_LOSS",
	      "Frequency out of range, or no lock on the reference phase",
	      .delay_ms = 300 * 1000, .mrec = 15),
	FAULT(PLC_FAILURE, STOP, MANUAL, "PLC_FAILURE",
	      "Signal Strength Below Threshold", .raisable = true),
	FAULT(GRID_INTEGRITY, WARN, AUTO, "GRID_INTEGRITY",
	      "Grid Integrity Failure: mains voltage outside its band",
	      .mrec = 6),
	FAULT(THERMAL_TRIP, TRIP, BOUND, "THERMAL_TRIP",
	      "High-Inertia-Threshold-Reached: power semiconductor too hot",
	      .mrec = 3),
	FAULT(HANDSHAKE_DENIED, STOP, MANUAL, "HANDSHAKE_DENIED",
	      "Certificate Validation Failed", .raisable = true),
	/* UL 2231 as products state it: 15 min, 4 attempts */
	FAULT(GROUND_FAULT, TRIP, RETRY, "GROUND_FAULT",
	      "Residual current above the limit",
	      .retries = 4, .delay_ms = 15 * 60 * 1000, .mrec = 2),
	/* A sensor that cannot be relied on is not tried again by itself. */
	FAULT(GROUND_FAULT_TEST, TRIP, MANUAL, "GROUND_FAULT_TEST",
	      "The residual current sensor failed its test", .mrec = 2),
	FAULT(CONTACTOR_STUCK, TRIP, MANUAL, "CONTACTOR_STUCK",
	      "A contact is closed although its coil is off", .mrec = 17),
	FAULT(CONTACTOR_OPEN, TRIP, MANUAL, "CONTACTOR_OPEN",
	      "A contact did not close, or opened by itself", .mrec = 17),
	FAULT(LOCK_FAIL, TRIP, MANUAL, "ERR_LOCK_FAIL",
	      "Connector lock not confirmed", .mrec = 25),
	FAULT(CP_SIGNAL_LOSS, TRIP, MANUAL, "ERR_CP_SIGNAL_LOSS",
	      "Control pilot lost, noisy or out of range", .mrec = 14),
	FAULT(DIODE_FAULT, TRIP, MANUAL, "DIODE_FAULT",
	      "The vehicle's pilot diode is missing or shorted", .mrec = 14),
	FAULT(PROXIMITY_FAULT, TRIP, MANUAL, "PROXIMITY_FAULT",
	      "Proximity resistance outside every cable coding", .mrec = 23),
	FAULT(VENTILATION, STOP, MANUAL, "VENTILATION",
	      "The vehicle asks for ventilation that the site does not have",
	      .mrec = 10),
	FAULT(THERM_OVERLOAD, TRIP, BOUND, "ERR_THERM_OVERLOAD",
	      "Connector or contact resistance too hot", .mrec = 19),
	FAULT(REV_FLOW_TRIP, TRIP, MANUAL, "ERR_REV_FLOW_TRIP",
	      "Reverse flow, or loss of inverter synchronisation"),
	FAULT(ISO_HANDSHAKE, STOP, MANUAL, "ERR_ISO_HANDSHAKE",
	      "ISO 15118 handshake failed", .raisable = true),
	FAULT(EMERGENCY_STOP, TRIP, MANUAL, "EMERGENCY_STOP",
	      "Emergency stop pressed or interlock loop open", .mrec = 8),
	FAULT(INSULATION, TRIP, MANUAL, "INSULATION",
	      "Insulation resistance below the limit", .mrec = 22),
	FAULT(EARTH_LOSS, TRIP, MANUAL, "EARTH_LOSS",
	      "Protective earth lost"),
	FAULT(OVERCURRENT, TRIP, MANUAL, "OVERCURRENT",
	      "Output current above the limit", .mrec = 4),
	FAULT(OVERVOLTAGE, TRIP, MANUAL, "OVERVOLTAGE",
	      "Output voltage above the limit", .mrec = 24),
	FAULT(PRECHARGE, TRIP, MANUAL, "PRECHARGE",
	      "The DC link did not reach the battery voltage in time"),
	FAULT(DISCHARGE, TRIP, MANUAL, "DISCHARGE",
	      "The output voltage did not fall in time after opening",
	      .mrec = 24),
	FAULT(PROVIDER_LOST, TRIP, MANUAL, "PROVIDER_LOST",
	      "A driver of this port was unbound"),
	FAULT(STOP_TIMEOUT, TRIP, MANUAL, "STOP_TIMEOUT",
	      "A controlled stop did not end in time"),
	FAULT(STAGE_FAULT, TRIP, MANUAL, "STAGE_FAULT",
	      "The power stage refused to arm or reported a fault"),
	FAULT(ISLANDING_SWITCH, TRIP, MANUAL, "ISLANDING_SWITCH",
	      "The islanding switch does not follow its coil, or closed by itself"),
	FAULT(MODULE_IDENTITY, TRIP, MANUAL, "MODULE_IDENTITY",
	      "The power module is not one that the board allows, or cannot be read"),
	/* Its guard has withdrawn the permit; this tells which sensor it was. */
	FAULT(THERMAL_SENSOR, WARN, AUTO, "THERMAL_SENSOR",
	      "A temperature sensor is silent or implausible"),
	FAULT(CONNECTOR_WEAR, WARN, AUTO, "CONNECTOR_WEAR",
	      "Matings call for clean pins ('evsectl counters cleaned'), or a new connector"),
	FAULT(PACKET_LOSS, STOP, MANUAL, "V2G-502",
	      "Packet loss in ISO 15118 negotiation", .raisable = true),
	FAULT(COMM_TIMEOUT, STOP, MANUAL, "COMM_TIMEOUT",
	      "Lease or setpoint deadline over, or the owner died",
	      .raisable = true),
};
EXPORT_SYMBOL_IF_KUNIT(evse_fault_catalogue);

/**
 * evse_fault_index() - place of a code in the catalogue
 * @code: the code
 *
 * Return: the index, or -ENOENT.
 */
int evse_fault_index(u32 code)
{
	int i;

	for (i = 0; i < EVSE_FAULTS; i++)
		if (evse_fault_catalogue[i].code == code)
			return i;
	return -ENOENT;
}
EXPORT_SYMBOL_IF_KUNIT(evse_fault_index);
