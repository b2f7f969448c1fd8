/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/evse.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_EVSE_H
#define _UAPI_LINUX_EVSE_H

#define EVSE_FAMILY_NAME	"evse"
#define EVSE_FAMILY_VERSION	1

#define EVSE_NAME_MAX	32

/**
 * enum evse_port_state - State of a port.
 * @EVSE_PORT_STATE_UNREADY: A child named in the device tree is not bound.
 * @EVSE_PORT_STATE_AVAILABLE: No vehicle; de-energised.
 * @EVSE_PORT_STATE_CONNECTED: Vehicle connected, not ready (pilot B).
 * @EVSE_PORT_STATE_REQUESTING: Vehicle ready for power (pilot C or D);
 *   de-energised.
 * @EVSE_PORT_STATE_LOCKING: Connector lock moving to locked.
 * @EVSE_PORT_STATE_CHECKING: Self-tests that have to pass before each closing.
 * @EVSE_PORT_STATE_CLOSING: Contactor sequence (pre-charge included) under
 *   way.
 * @EVSE_PORT_STATE_ENERGISED: Contacts confirmed closed, power may flow.
 * @EVSE_PORT_STATE_STOPPING: Power ramps to zero ahead of opening.
 * @EVSE_PORT_STATE_OPENING: Contactor commanded open, not yet confirmed.
 * @EVSE_PORT_STATE_FAULT: De-energised by a latched fault.
 */
enum evse_port_state {
	EVSE_PORT_STATE_UNREADY,
	EVSE_PORT_STATE_AVAILABLE,
	EVSE_PORT_STATE_CONNECTED,
	EVSE_PORT_STATE_REQUESTING,
	EVSE_PORT_STATE_LOCKING,
	EVSE_PORT_STATE_CHECKING,
	EVSE_PORT_STATE_CLOSING,
	EVSE_PORT_STATE_ENERGISED,
	EVSE_PORT_STATE_STOPPING,
	EVSE_PORT_STATE_OPENING,
	EVSE_PORT_STATE_FAULT,
};

/**
 * enum evse_mode - Energy transfer mode: which directions of power the port
 *   allows.
 * @EVSE_MODE_OFF: No power.
 * @EVSE_MODE_CHARGE: Grid to vehicle only (G2V).
 * @EVSE_MODE_V2G: Both directions, grid-connected.
 * @EVSE_MODE_V2H: Both directions, feeding a house as an intended island.
 */
enum evse_mode {
	EVSE_MODE_OFF,
	EVSE_MODE_CHARGE,
	EVSE_MODE_V2G,
	EVSE_MODE_V2H,
};

/**
 * enum evse_pilot_state - Vehicle state on the control pilot (IEC 61851-1
 *   Annex A).
 * @EVSE_PILOT_STATE_UNKNOWN: Not measured yet, or no plausible level.
 * @EVSE_PILOT_STATE_A: No vehicle.
 * @EVSE_PILOT_STATE_B: Connected, not ready.
 * @EVSE_PILOT_STATE_C: Ready, no ventilation.
 * @EVSE_PILOT_STATE_D: Ready, ventilation required.
 * @EVSE_PILOT_STATE_E: Pilot shorted to earth or no supply.
 * @EVSE_PILOT_STATE_F: Charger not available.
 */
enum evse_pilot_state {
	EVSE_PILOT_STATE_UNKNOWN,
	EVSE_PILOT_STATE_A,
	EVSE_PILOT_STATE_B,
	EVSE_PILOT_STATE_C,
	EVSE_PILOT_STATE_D,
	EVSE_PILOT_STATE_E,
	EVSE_PILOT_STATE_F,
};

/**
 * enum evse_pilot_output - What the charger puts on the control pilot.
 * @EVSE_PILOT_OUTPUT_AUTO: The port decides.
 * @EVSE_PILOT_OUTPUT_STEADY: Steady +12 V (x1): no power offered.
 * @EVSE_PILOT_OUTPUT_HLC: 5 percent duty: high-level communication required.
 * @EVSE_PILOT_OUTPUT_CURRENT: PWM that states a maximum current (IEC 61851-1
 *   Table A.8).
 * @EVSE_PILOT_OUTPUT_UNAVAILABLE: Steady -12 V (state F).
 */
enum evse_pilot_output {
	EVSE_PILOT_OUTPUT_AUTO,
	EVSE_PILOT_OUTPUT_STEADY,
	EVSE_PILOT_OUTPUT_HLC,
	EVSE_PILOT_OUTPUT_CURRENT,
	EVSE_PILOT_OUTPUT_UNAVAILABLE,
};

/**
 * enum evse_lock_state - Connector lock.
 * @EVSE_LOCK_STATE_NONE: The connector has no lock motor.
 * @EVSE_LOCK_STATE_UNLOCKED: Confirmed unlocked.
 * @EVSE_LOCK_STATE_MOVING: Motor runs.
 * @EVSE_LOCK_STATE_LOCKED: Confirmed locked.
 * @EVSE_LOCK_STATE_FAILED: Motor stopped without confirmation.
 */
enum evse_lock_state {
	EVSE_LOCK_STATE_NONE,
	EVSE_LOCK_STATE_UNLOCKED,
	EVSE_LOCK_STATE_MOVING,
	EVSE_LOCK_STATE_LOCKED,
	EVSE_LOCK_STATE_FAILED,
};

/**
 * enum evse_supply - Kind of current at a connector.
 * @EVSE_SUPPLY_AC: Alternating current.
 * @EVSE_SUPPLY_DC: Direct current.
 */
enum evse_supply {
	EVSE_SUPPLY_AC,
	EVSE_SUPPLY_DC,
};

/**
 * enum evse_guard_state - What a guard says.
 * @EVSE_GUARD_STATE_HOLD: No permit (the initial state).
 * @EVSE_GUARD_STATE_PERMIT: The condition holds.
 * @EVSE_GUARD_STATE_CEASE: Gates blocked, contactor stays.
 * @EVSE_GUARD_STATE_TRIP: Gates off, contactor open, latched.
 */
enum evse_guard_state {
	EVSE_GUARD_STATE_HOLD,
	EVSE_GUARD_STATE_PERMIT,
	EVSE_GUARD_STATE_CEASE,
	EVSE_GUARD_STATE_TRIP,
};

/**
 * enum evse_scope - Phases and directions that a guard speaks for.
 * @EVSE_SCOPE_PRECHARGE: Pre-charge of the DC link.
 * @EVSE_SCOPE_CABLE_CHECK: Insulation test before DC energy transfer.
 * @EVSE_SCOPE_FLOW: Energy transfer.
 * @EVSE_SCOPE_IMPORT: Charging the vehicle from the grid.
 * @EVSE_SCOPE_EXPORT: Feeding the grid.
 * @EVSE_SCOPE_ISLAND: Feeding an intended island.
 */
enum evse_scope {
	EVSE_SCOPE_PRECHARGE = 1,
	EVSE_SCOPE_CABLE_CHECK = 2,
	EVSE_SCOPE_FLOW = 4,
	EVSE_SCOPE_IMPORT = 8,
	EVSE_SCOPE_EXPORT = 16,
	EVSE_SCOPE_ISLAND = 32,
};

/**
 * enum evse_fault_code - Stable numeric codes of the fault catalogue.
 * @EVSE_FAULT_CODE_NONE: no fault
 * @EVSE_FAULT_CODE_GRID_LOSS: Frequency out of range, or no lock on the
 *   reference phase.
 * @EVSE_FAULT_CODE_PLC_FAILURE: Power-line signal strength below threshold.
 * @EVSE_FAULT_CODE_GRID_INTEGRITY: Mains voltage outside its band.
 * @EVSE_FAULT_CODE_THERMAL_TRIP: Power semiconductor above its trip
 *   temperature.
 * @EVSE_FAULT_CODE_HANDSHAKE_DENIED: Certificate validation failed.
 * @EVSE_FAULT_CODE_GROUND_FAULT: Residual current above the limit.
 * @EVSE_FAULT_CODE_CONTACTOR_STUCK: A contact is closed although its coil is
 *   off.
 * @EVSE_FAULT_CODE_CONTACTOR_OPEN: A contact did not close, or opened by
 *   itself.
 * @EVSE_FAULT_CODE_LOCK_FAIL: Connector lock not confirmed.
 * @EVSE_FAULT_CODE_CP_SIGNAL_LOSS: Control pilot lost, noisy or out of range.
 * @EVSE_FAULT_CODE_DIODE_FAULT: The vehicle's pilot diode is missing or
 *   shorted.
 * @EVSE_FAULT_CODE_PROXIMITY_FAULT: Proximity resistance outside every cable
 *   coding.
 * @EVSE_FAULT_CODE_VENTILATION: The vehicle asks for ventilation that the site
 *   does not have.
 * @EVSE_FAULT_CODE_THERM_OVERLOAD: Connector or contact resistance too hot.
 * @EVSE_FAULT_CODE_REV_FLOW_TRIP: Power flows against its setpoint, or
 *   synchronisation lost.
 * @EVSE_FAULT_CODE_ISO_HANDSHAKE: ISO 15118 handshake failed.
 * @EVSE_FAULT_CODE_EMERGENCY_STOP: Emergency stop pressed or interlock loop
 *   open.
 * @EVSE_FAULT_CODE_INSULATION: Insulation resistance below the limit.
 * @EVSE_FAULT_CODE_EARTH_LOSS: Protective earth lost.
 * @EVSE_FAULT_CODE_OVERCURRENT: Output current above the limit.
 * @EVSE_FAULT_CODE_OVERVOLTAGE: Output voltage above the limit.
 * @EVSE_FAULT_CODE_PRECHARGE: DC link did not reach the battery voltage in
 *   time.
 * @EVSE_FAULT_CODE_DISCHARGE: Output voltage did not fall in time after
 *   opening.
 * @EVSE_FAULT_CODE_PROVIDER_LOST: A driver of this port was unbound.
 * @EVSE_FAULT_CODE_STOP_TIMEOUT: A controlled stop did not end in time.
 * @EVSE_FAULT_CODE_STAGE_FAULT: The power stage refused to arm or reported a
 *   fault.
 * @EVSE_FAULT_CODE_GROUND_FAULT_TEST: The residual current sensor failed its
 *   test.
 * @EVSE_FAULT_CODE_ISLANDING_SWITCH: The islanding switch does not follow its
 *   coil, or closed by itself.
 * @EVSE_FAULT_CODE_MODULE_IDENTITY: The power module is not one that the board
 *   allows, or cannot be read.
 * @EVSE_FAULT_CODE_THERMAL_SENSOR: A temperature sensor is silent or
 *   implausible.
 * @EVSE_FAULT_CODE_CONNECTOR_WEAR: The connector is due to be cleaned, or to
 *   be replaced.
 * @EVSE_FAULT_CODE_PACKET_LOSS: V2G-502: packet loss in ISO 15118 negotiation.
 * @EVSE_FAULT_CODE_COMM_TIMEOUT: Communication timeout: lease or setpoint
 *   deadline over, or the owner died.
 */
enum evse_fault_code {
	EVSE_FAULT_CODE_NONE,
	EVSE_FAULT_CODE_GRID_LOSS,
	EVSE_FAULT_CODE_PLC_FAILURE = 5,
	EVSE_FAULT_CODE_GRID_INTEGRITY = 7,
	EVSE_FAULT_CODE_THERMAL_TRIP = 9,
	EVSE_FAULT_CODE_HANDSHAKE_DENIED = 18,
	EVSE_FAULT_CODE_GROUND_FAULT = 32,
	EVSE_FAULT_CODE_CONTACTOR_STUCK,
	EVSE_FAULT_CODE_CONTACTOR_OPEN,
	EVSE_FAULT_CODE_LOCK_FAIL,
	EVSE_FAULT_CODE_CP_SIGNAL_LOSS,
	EVSE_FAULT_CODE_DIODE_FAULT,
	EVSE_FAULT_CODE_PROXIMITY_FAULT,
	EVSE_FAULT_CODE_VENTILATION,
	EVSE_FAULT_CODE_THERM_OVERLOAD,
	EVSE_FAULT_CODE_REV_FLOW_TRIP,
	EVSE_FAULT_CODE_ISO_HANDSHAKE,
	EVSE_FAULT_CODE_EMERGENCY_STOP,
	EVSE_FAULT_CODE_INSULATION,
	EVSE_FAULT_CODE_EARTH_LOSS,
	EVSE_FAULT_CODE_OVERCURRENT,
	EVSE_FAULT_CODE_OVERVOLTAGE,
	EVSE_FAULT_CODE_PRECHARGE,
	EVSE_FAULT_CODE_DISCHARGE,
	EVSE_FAULT_CODE_PROVIDER_LOST,
	EVSE_FAULT_CODE_STOP_TIMEOUT,
	EVSE_FAULT_CODE_STAGE_FAULT,
	EVSE_FAULT_CODE_GROUND_FAULT_TEST,
	EVSE_FAULT_CODE_ISLANDING_SWITCH,
	EVSE_FAULT_CODE_MODULE_IDENTITY,
	EVSE_FAULT_CODE_THERMAL_SENSOR,
	EVSE_FAULT_CODE_CONNECTOR_WEAR,
	EVSE_FAULT_CODE_PACKET_LOSS = 502,
	EVSE_FAULT_CODE_COMM_TIMEOUT = 3735929054,
};

/**
 * enum evse_fault_severity - What a fault does.
 * @EVSE_FAULT_SEVERITY_WARN: Reported, nothing stops.
 * @EVSE_FAULT_SEVERITY_STOP: Controlled stop, contactor opened.
 * @EVSE_FAULT_SEVERITY_TRIP: Gates off and contactor open at once.
 */
enum evse_fault_severity {
	EVSE_FAULT_SEVERITY_WARN,
	EVSE_FAULT_SEVERITY_STOP,
	EVSE_FAULT_SEVERITY_TRIP,
};

/**
 * enum evse_fault_policy - How a latched fault ends.
 * @EVSE_FAULT_POLICY_MANUAL: Explicit clear once the cause is gone.
 * @EVSE_FAULT_POLICY_BOUND: Explicit clear, refused until the value is below a
 *   bound.
 * @EVSE_FAULT_POLICY_RETRY: Bounded automatic retries after a delay, then
 *   explicit clear.
 * @EVSE_FAULT_POLICY_ENTER_SERVICE: By itself, a delay after the cause is
 *   gone.
 * @EVSE_FAULT_POLICY_AUTO: With its cause (warnings only).
 */
enum evse_fault_policy {
	EVSE_FAULT_POLICY_MANUAL,
	EVSE_FAULT_POLICY_BOUND,
	EVSE_FAULT_POLICY_RETRY,
	EVSE_FAULT_POLICY_ENTER_SERVICE,
	EVSE_FAULT_POLICY_AUTO,
};

/**
 * enum evse_thermal_state - What the thermal guard makes of a sensor.
 * @EVSE_THERMAL_STATE_UNKNOWN: Not read yet: no permit.
 * @EVSE_THERMAL_STATE_NORMAL: No limit.
 * @EVSE_THERMAL_STATE_RISING: Rises faster than allowed: cooled more, or
 *   limited.
 * @EVSE_THERMAL_STATE_DERATING: Above its derating temperature: limited.
 * @EVSE_THERMAL_STATE_TRIPPED: At its trip temperature, or not yet below the
 *   temperature that ends a trip.
 * @EVSE_THERMAL_STATE_BUS_ERROR: Does not answer on its bus: no permit.
 * @EVSE_THERMAL_STATE_ARBITRATION_LOST: Its bus is taken by somebody else: no
 *   permit.
 * @EVSE_THERMAL_STATE_OPEN: Reads as an open circuit: no permit.
 * @EVSE_THERMAL_STATE_SHORT: Reads as a short circuit: no permit.
 * @EVSE_THERMAL_STATE_OUT_OF_RANGE: Reads what the place cannot have: no
 *   permit.
 * @EVSE_THERMAL_STATE_FROZEN: Has not moved while the load says that it must:
 *   no permit.
 */
enum evse_thermal_state {
	EVSE_THERMAL_STATE_UNKNOWN,
	EVSE_THERMAL_STATE_NORMAL,
	EVSE_THERMAL_STATE_RISING,
	EVSE_THERMAL_STATE_DERATING,
	EVSE_THERMAL_STATE_TRIPPED,
	EVSE_THERMAL_STATE_BUS_ERROR,
	EVSE_THERMAL_STATE_ARBITRATION_LOST,
	EVSE_THERMAL_STATE_OPEN,
	EVSE_THERMAL_STATE_SHORT,
	EVSE_THERMAL_STATE_OUT_OF_RANGE,
	EVSE_THERMAL_STATE_FROZEN,
};

/**
 * enum evse_thermal_element - A threshold of the thermal guard.
 * @EVSE_THERMAL_ELEMENT_DERATE: Temperature from which a sensor limits,
 *   thousandths of a degree Celsius.
 * @EVSE_THERMAL_ELEMENT_TRIP: Temperature at which a sensor trips, thousandths
 *   of a degree Celsius.
 * @EVSE_THERMAL_ELEMENT_CLEAR: Temperature below which a trip may be cleared,
 *   thousandths of a degree Celsius.
 * @EVSE_THERMAL_ELEMENT_RISE: Rate above which a sensor rises too fast,
 *   thousandths of a degree a minute.
 */
enum evse_thermal_element {
	EVSE_THERMAL_ELEMENT_DERATE,
	EVSE_THERMAL_ELEMENT_TRIP,
	EVSE_THERMAL_ELEMENT_CLEAR,
	EVSE_THERMAL_ELEMENT_RISE,
};

/**
 * enum evse_grid_state - What the grid guard does.
 * @EVSE_GRID_STATE_UNKNOWN: Not measured yet, or a sensor is silent: no
 *   permit.
 * @EVSE_GRID_STATE_NORMAL: Continuous operation.
 * @EVSE_GRID_STATE_RIDE_THROUGH: Disturbed, within the duty to ride through.
 * @EVSE_GRID_STATE_CEASED: Momentary cessation: gates blocked, contactor
 *   closed, timers run.
 * @EVSE_GRID_STATE_TRIPPED: Contactor open; the grid is not back.
 * @EVSE_GRID_STATE_WAITING: The grid is back; the enter-service delay runs,
 *   export is held.
 * @EVSE_GRID_STATE_RAMPING: Export returns by the enter-service ramp.
 */
enum evse_grid_state {
	EVSE_GRID_STATE_UNKNOWN,
	EVSE_GRID_STATE_NORMAL,
	EVSE_GRID_STATE_RIDE_THROUGH,
	EVSE_GRID_STATE_CEASED,
	EVSE_GRID_STATE_TRIPPED,
	EVSE_GRID_STATE_WAITING,
	EVSE_GRID_STATE_RAMPING,
};

/**
 * enum evse_grid_element - A line of a grid profile, or what a grid guard
 *   trips on. The higher the number of a voltage or frequency element, the
 *   farther from nominal and the faster.
 * @EVSE_GRID_ELEMENT_NONE: No element.
 * @EVSE_GRID_ELEMENT_UV1: Under-voltage, lowest phase.
 * @EVSE_GRID_ELEMENT_UV2: Under-voltage, the second step.
 * @EVSE_GRID_ELEMENT_UV3: Under-voltage, the third step.
 * @EVSE_GRID_ELEMENT_OV1: Over-voltage, highest phase.
 * @EVSE_GRID_ELEMENT_OV2: Over-voltage, the second step.
 * @EVSE_GRID_ELEMENT_OV_MEAN: Over-voltage of the mean of ten minutes.
 * @EVSE_GRID_ELEMENT_UF1: Under-frequency.
 * @EVSE_GRID_ELEMENT_UF2: Under-frequency, the second step.
 * @EVSE_GRID_ELEMENT_OF1: Over-frequency.
 * @EVSE_GRID_ELEMENT_OF2: Over-frequency, the second step.
 * @EVSE_GRID_ELEMENT_ROCOF: Rate of change of frequency.
 * @EVSE_GRID_ELEMENT_VECTOR_SHIFT: Jump of the phase angle.
 * @EVSE_GRID_ELEMENT_ISLAND: Island declared; pick-up is the relay's window in
 *   milliseconds.
 * @EVSE_GRID_ELEMENT_CEASE_UV: Momentary cessation below this voltage.
 * @EVSE_GRID_ELEMENT_CEASE_OV: Momentary cessation above this voltage.
 * @EVSE_GRID_ELEMENT_WARN_UV: Grid integrity warning below this voltage.
 * @EVSE_GRID_ELEMENT_WARN_OV: Grid integrity warning above this voltage.
 * @EVSE_GRID_ELEMENT_ENTER_V_LOW: Enter service, lowest voltage.
 * @EVSE_GRID_ELEMENT_ENTER_V_HIGH: Enter service, highest voltage.
 * @EVSE_GRID_ELEMENT_ENTER_F_LOW: Enter service, lowest frequency.
 * @EVSE_GRID_ELEMENT_ENTER_F_HIGH: Enter service, highest frequency.
 * @EVSE_GRID_ELEMENT_ENTER_DELAY: Enter service, time in the window before
 *   export returns.
 * @EVSE_GRID_ELEMENT_ENTER_RAMP: Enter service, time from no export to all of
 *   it; its beginning is spread by chance within the time.
 * @EVSE_GRID_ELEMENT_ACTIVE: Active islanding detection, gain of the frequency
 *   shift; 0 is off.
 * @EVSE_GRID_ELEMENT_DROOP: Frequency droop, on or off; its time is the
 *   open-loop response time.
 * @EVSE_GRID_ELEMENT_DROOP_OF_BAND: Frequency droop, dead band above nominal.
 * @EVSE_GRID_ELEMENT_DROOP_OF_SLOPE: Frequency droop above nominal, part of
 *   nominal frequency for all of the rated power.
 * @EVSE_GRID_ELEMENT_DROOP_UF_BAND: Frequency droop, dead band below nominal.
 * @EVSE_GRID_ELEMENT_DROOP_UF_SLOPE: Frequency droop below nominal, part of
 *   nominal frequency for all of the rated power.
 * @EVSE_GRID_ELEMENT_VOLT_WATT: Volt-watt, on or off; its time is the
 *   open-loop response time.
 * @EVSE_GRID_ELEMENT_VOLT_WATT_V1: Volt-watt, voltage up to which all of the
 *   rated export is allowed.
 * @EVSE_GRID_ELEMENT_VOLT_WATT_V2: Volt-watt, voltage from which on the limit
 *   stays as it is there.
 * @EVSE_GRID_ELEMENT_VOLT_WATT_P2: Volt-watt, part of the rated power that is
 *   charged at the second voltage and above; 0 is no export.
 */
enum evse_grid_element {
	EVSE_GRID_ELEMENT_NONE,
	EVSE_GRID_ELEMENT_UV1,
	EVSE_GRID_ELEMENT_UV2,
	EVSE_GRID_ELEMENT_UV3,
	EVSE_GRID_ELEMENT_OV1,
	EVSE_GRID_ELEMENT_OV2,
	EVSE_GRID_ELEMENT_OV_MEAN,
	EVSE_GRID_ELEMENT_UF1,
	EVSE_GRID_ELEMENT_UF2,
	EVSE_GRID_ELEMENT_OF1,
	EVSE_GRID_ELEMENT_OF2,
	EVSE_GRID_ELEMENT_ROCOF,
	EVSE_GRID_ELEMENT_VECTOR_SHIFT,
	EVSE_GRID_ELEMENT_ISLAND,
	EVSE_GRID_ELEMENT_CEASE_UV,
	EVSE_GRID_ELEMENT_CEASE_OV,
	EVSE_GRID_ELEMENT_WARN_UV,
	EVSE_GRID_ELEMENT_WARN_OV,
	EVSE_GRID_ELEMENT_ENTER_V_LOW,
	EVSE_GRID_ELEMENT_ENTER_V_HIGH,
	EVSE_GRID_ELEMENT_ENTER_F_LOW,
	EVSE_GRID_ELEMENT_ENTER_F_HIGH,
	EVSE_GRID_ELEMENT_ENTER_DELAY,
	EVSE_GRID_ELEMENT_ENTER_RAMP,
	EVSE_GRID_ELEMENT_ACTIVE,
	EVSE_GRID_ELEMENT_DROOP,
	EVSE_GRID_ELEMENT_DROOP_OF_BAND,
	EVSE_GRID_ELEMENT_DROOP_OF_SLOPE,
	EVSE_GRID_ELEMENT_DROOP_UF_BAND,
	EVSE_GRID_ELEMENT_DROOP_UF_SLOPE,
	EVSE_GRID_ELEMENT_VOLT_WATT,
	EVSE_GRID_ELEMENT_VOLT_WATT_V1,
	EVSE_GRID_ELEMENT_VOLT_WATT_V2,
	EVSE_GRID_ELEMENT_VOLT_WATT_P2,
};

/**
 * enum evse_grid_unit - Unit of a grid setting's pick-up.
 * @EVSE_GRID_UNIT_PERMILLE: 1/1000 of the nominal voltage.
 * @EVSE_GRID_UNIT_MHZ: Millihertz.
 * @EVSE_GRID_UNIT_MHZ_PER_S: Millihertz a second.
 * @EVSE_GRID_UNIT_MDEG: Millidegree.
 * @EVSE_GRID_UNIT_MS: Milliseconds.
 * @EVSE_GRID_UNIT_PER_KHZ: 1/1000 of a half cycle per hertz of deviation.
 * @EVSE_GRID_UNIT_PART: 1/1000 of a whole.
 * @EVSE_GRID_UNIT_SWITCH: 0 is off, 1 is on.
 */
enum evse_grid_unit {
	EVSE_GRID_UNIT_PERMILLE,
	EVSE_GRID_UNIT_MHZ,
	EVSE_GRID_UNIT_MHZ_PER_S,
	EVSE_GRID_UNIT_MDEG,
	EVSE_GRID_UNIT_MS,
	EVSE_GRID_UNIT_PER_KHZ,
	EVSE_GRID_UNIT_PART,
	EVSE_GRID_UNIT_SWITCH,
};

/**
 * enum evse_grid_window - What is not as enter service wants it.
 * @EVSE_GRID_WINDOW_VOLTAGE_LOW: The lowest phase is below the window.
 * @EVSE_GRID_WINDOW_VOLTAGE_HIGH: The highest phase is above the window.
 * @EVSE_GRID_WINDOW_FREQUENCY_LOW: The frequency is below the window.
 * @EVSE_GRID_WINDOW_FREQUENCY_HIGH: The frequency is above the window.
 * @EVSE_GRID_WINDOW_NO_VOLTAGE: A voltage channel is silent or failed.
 * @EVSE_GRID_WINDOW_NO_LOCK: The frequency is not known.
 * @EVSE_GRID_WINDOW_RELAY_OPEN: The voltage-monitor relay says that the mains
 *   is bad.
 * @EVSE_GRID_WINDOW_CONTRADICTION: Relay and crossings disagree.
 */
enum evse_grid_window {
	EVSE_GRID_WINDOW_VOLTAGE_LOW = 1,
	EVSE_GRID_WINDOW_VOLTAGE_HIGH = 2,
	EVSE_GRID_WINDOW_FREQUENCY_LOW = 4,
	EVSE_GRID_WINDOW_FREQUENCY_HIGH = 8,
	EVSE_GRID_WINDOW_NO_VOLTAGE = 16,
	EVSE_GRID_WINDOW_NO_LOCK = 32,
	EVSE_GRID_WINDOW_RELAY_OPEN = 64,
	EVSE_GRID_WINDOW_CONTRADICTION = 128,
};

/**
 * enum evse_bridge_state - What the gates of a bridge do, and why they are
 *   off.
 * @EVSE_BRIDGE_STATE_OFF: Off, as the port asks.
 * @EVSE_BRIDGE_STATE_ARMED: On: the legs follow the control step.
 * @EVSE_BRIDGE_STATE_TRIPPED: Turned off, or kept off, by the trip input of
 *   the bridge.
 * @EVSE_BRIDGE_STATE_LOST: Off because the phase of the grid was not followed
 *   any more.
 * @EVSE_BRIDGE_STATE_OUT_OF_RANGE: Off because the link was too low for the
 *   voltage to be made, or one of the two was not known.
 */
enum evse_bridge_state {
	EVSE_BRIDGE_STATE_OFF,
	EVSE_BRIDGE_STATE_ARMED,
	EVSE_BRIDGE_STATE_TRIPPED,
	EVSE_BRIDGE_STATE_LOST,
	EVSE_BRIDGE_STATE_OUT_OF_RANGE,
};

enum {
	EVSE_A_GUARD_NAME = 1,
	EVSE_A_GUARD_STATE,
	EVSE_A_GUARD_SCOPE,
	EVSE_A_GUARD_CODE,

	__EVSE_A_GUARD_MAX,
	EVSE_A_GUARD_MAX = (__EVSE_A_GUARD_MAX - 1)
};

enum {
	EVSE_A_LIMITER_NAME = 1,
	EVSE_A_LIMITER_MIN_MW,
	EVSE_A_LIMITER_MAX_MW,

	__EVSE_A_LIMITER_MAX,
	EVSE_A_LIMITER_MAX = (__EVSE_A_LIMITER_MAX - 1)
};

enum {
	EVSE_A_CONTACT_NAME = 1,
	EVSE_A_CONTACT_COMMANDED,
	EVSE_A_CONTACT_CLOSED,

	__EVSE_A_CONTACT_MAX,
	EVSE_A_CONTACT_MAX = (__EVSE_A_CONTACT_MAX - 1)
};

enum {
	EVSE_A_COUNTERS_PAD = 1,
	EVSE_A_COUNTERS_MATINGS,
	EVSE_A_COUNTERS_CYCLES,
	EVSE_A_COUNTERS_LOADED_OPENINGS,
	EVSE_A_COUNTERS_TRIPS,
	EVSE_A_COUNTERS_ENERGY_IMPORT_MWH,
	EVSE_A_COUNTERS_ENERGY_EXPORT_MWH,
	EVSE_A_COUNTERS_CLEANED,

	__EVSE_A_COUNTERS_MAX,
	EVSE_A_COUNTERS_MAX = (__EVSE_A_COUNTERS_MAX - 1)
};

enum {
	EVSE_A_PORT_ID = 1,
	EVSE_A_PORT_NAME,
	EVSE_A_PORT_STATE,
	EVSE_A_PORT_MODE,
	EVSE_A_PORT_VEHICLE,
	EVSE_A_PORT_LOCK,
	EVSE_A_PORT_REQUEST_MW,
	EVSE_A_PORT_EFFECTIVE_MW,
	EVSE_A_PORT_LIMITER,
	EVSE_A_PORT_MIN_MW,
	EVSE_A_PORT_MAX_MW,
	EVSE_A_PORT_RATED_MIN_MW,
	EVSE_A_PORT_RATED_MAX_MW,
	EVSE_A_PORT_BASIC,
	EVSE_A_PORT_CABLE_MA,
	EVSE_A_PORT_PILOT_OUTPUT,
	EVSE_A_PORT_PILOT_MA,
	EVSE_A_PORT_DUTY_PERMYRIAD,
	EVSE_A_PORT_GUARDS,
	EVSE_A_PORT_LIMITERS,
	EVSE_A_PORT_CONTACTS,
	EVSE_A_PORT_COUNTERS,
	EVSE_A_PORT_FAULT_CODE,
	EVSE_A_PORT_FAULT_COUNT,
	EVSE_A_PORT_SESSION_PORT,
	EVSE_A_PORT_SESSION_SHARED,
	EVSE_A_PORT_LEASE_MS,
	EVSE_A_PORT_DEADLINE_MS,
	EVSE_A_PORT_STAGE,
	EVSE_A_PORT_LOCKED,
	EVSE_A_PORT_BPT,
	EVSE_A_PORT_ZERO_ENERGY,
	EVSE_A_PORT_LINK_MV,
	EVSE_A_PORT_WAITING_FOR,
	EVSE_A_PORT_UPDATE_LOCKED,
	EVSE_A_PORT_SUPPLY,
	EVSE_A_PORT_PHASES,
	EVSE_A_PORT_RATED_MV,
	EVSE_A_PORT_RATED_MA,
	EVSE_A_PORT_RATED_EXPORT_MA,

	__EVSE_A_PORT_MAX,
	EVSE_A_PORT_MAX = (__EVSE_A_PORT_MAX - 1)
};

enum {
	EVSE_A_FAULT_PAD = 1,
	EVSE_A_FAULT_PORT,
	EVSE_A_FAULT_CODE,
	EVSE_A_FAULT_NAME,
	EVSE_A_FAULT_TEXT,
	EVSE_A_FAULT_SEVERITY,
	EVSE_A_FAULT_POLICY,
	EVSE_A_FAULT_ACTIVE,
	EVSE_A_FAULT_LATCHED,
	EVSE_A_FAULT_FIRST,
	EVSE_A_FAULT_SOURCE,
	EVSE_A_FAULT_COUNT,
	EVSE_A_FAULT_VALUE,
	EVSE_A_FAULT_BOUND,
	EVSE_A_FAULT_RETRIES_LEFT,
	EVSE_A_FAULT_RETRY_IN_MS,
	EVSE_A_FAULT_EDGE_NS,
	EVSE_A_FAULT_GATES_OFF_NS,
	EVSE_A_FAULT_COIL_OFF_NS,
	EVSE_A_FAULT_CONTACT_OPEN_NS,
	EVSE_A_FAULT_THREAD_NS,
	EVSE_A_FAULT_TOLD_NS,
	EVSE_A_FAULT_MREC,
	EVSE_A_FAULT_RAISABLE,

	__EVSE_A_FAULT_MAX,
	EVSE_A_FAULT_MAX = (__EVSE_A_FAULT_MAX - 1)
};

enum {
	EVSE_A_GRID_PORT = 1,
	EVSE_A_GRID_PROFILE,
	EVSE_A_GRID_TITLE,
	EVSE_A_GRID_STATE,
	EVSE_A_GRID_NOMINAL_MHZ,
	EVSE_A_GRID_NOMINAL_MV,
	EVSE_A_GRID_VOLTAGES_MV,
	EVSE_A_GRID_FREQUENCY_MHZ,
	EVSE_A_GRID_ROCOF_MHZ_S,
	EVSE_A_GRID_SHIFT_MDEG,
	EVSE_A_GRID_RELAY,
	EVSE_A_GRID_ACTIVE,
	EVSE_A_GRID_OUTSIDE,
	EVSE_A_GRID_RUNNING,
	EVSE_A_GRID_RUNNING_MS,
	EVSE_A_GRID_LAST_TRIP,
	EVSE_A_GRID_WAIT_MS,
	EVSE_A_GRID_RAMP_PERMILLE,

	__EVSE_A_GRID_MAX,
	EVSE_A_GRID_MAX = (__EVSE_A_GRID_MAX - 1)
};

enum {
	EVSE_A_GRID_SETTING_PORT = 1,
	EVSE_A_GRID_SETTING_ELEMENT,
	EVSE_A_GRID_SETTING_UNIT,
	EVSE_A_GRID_SETTING_PICKUP,
	EVSE_A_GRID_SETTING_PICKUP_MIN,
	EVSE_A_GRID_SETTING_PICKUP_MAX,
	EVSE_A_GRID_SETTING_TIME_MS,
	EVSE_A_GRID_SETTING_TIME_MIN_MS,
	EVSE_A_GRID_SETTING_TIME_MAX_MS,

	__EVSE_A_GRID_SETTING_MAX,
	EVSE_A_GRID_SETTING_MAX = (__EVSE_A_GRID_SETTING_MAX - 1)
};

enum {
	EVSE_A_SAMPLE_PAD = 1,
	EVSE_A_SAMPLE_PORT,
	EVSE_A_SAMPLE_TIME_NS,
	EVSE_A_SAMPLE_VOLTAGE_MV,
	EVSE_A_SAMPLE_CURRENT_MA,
	EVSE_A_SAMPLE_POWER_MW,

	__EVSE_A_SAMPLE_MAX,
	EVSE_A_SAMPLE_MAX = (__EVSE_A_SAMPLE_MAX - 1)
};

enum {
	EVSE_A_BRIDGE_PAD = 1,
	EVSE_A_BRIDGE_PORT,
	EVSE_A_BRIDGE_STATE,
	EVSE_A_BRIDGE_CARRIER_HZ,
	EVSE_A_BRIDGE_CARRIER_MIN_HZ,
	EVSE_A_BRIDGE_CARRIER_MAX_HZ,
	EVSE_A_BRIDGE_DEAD_TIME_NS,
	EVSE_A_BRIDGE_MINIMUM_PULSE_NS,
	EVSE_A_BRIDGE_LOCKED,
	EVSE_A_BRIDGE_PHASE_ERROR_MDEG,
	EVSE_A_BRIDGE_FORMING,
	EVSE_A_BRIDGE_LINK_MV,
	EVSE_A_BRIDGE_POWER_MW,
	EVSE_A_BRIDGE_CONTROL_HZ,
	EVSE_A_BRIDGE_STEPS,

	__EVSE_A_BRIDGE_MAX,
	EVSE_A_BRIDGE_MAX = (__EVSE_A_BRIDGE_MAX - 1)
};

enum {
	EVSE_A_THERMAL_PORT = 1,
	EVSE_A_THERMAL_SENSOR,
	EVSE_A_THERMAL_STATE,
	EVSE_A_THERMAL_TEMP_MC,
	EVSE_A_THERMAL_SLOPE_MC_MIN,
	EVSE_A_THERMAL_LIMIT_PERMILLE,

	__EVSE_A_THERMAL_MAX,
	EVSE_A_THERMAL_MAX = (__EVSE_A_THERMAL_MAX - 1)
};

enum {
	EVSE_A_THERMAL_SETTING_PORT = 1,
	EVSE_A_THERMAL_SETTING_SENSOR,
	EVSE_A_THERMAL_SETTING_ELEMENT,
	EVSE_A_THERMAL_SETTING_VALUE,
	EVSE_A_THERMAL_SETTING_VALUE_MIN,
	EVSE_A_THERMAL_SETTING_VALUE_MAX,

	__EVSE_A_THERMAL_SETTING_MAX,
	EVSE_A_THERMAL_SETTING_MAX = (__EVSE_A_THERMAL_SETTING_MAX - 1)
};

enum evse_cmd {
	EVSE_CMD_PORT_GET = 1,
	EVSE_CMD_PORT_NTF,
	EVSE_CMD_PORT_SET,
	EVSE_CMD_SESSION_OPEN,
	EVSE_CMD_SESSION_RENEW,
	EVSE_CMD_SESSION_CLOSE,
	EVSE_CMD_ENERGISE,
	EVSE_CMD_DE_ENERGISE,
	EVSE_CMD_POWER_SET,
	EVSE_CMD_VEHICLE_LIMITS_SET,
	EVSE_CMD_PILOT_SET,
	EVSE_CMD_LOCK_SET,
	EVSE_CMD_COUNTERS_SET,
	EVSE_CMD_FAULT_GET,
	EVSE_CMD_FAULT_NTF,
	EVSE_CMD_FAULT_CLEAR,
	EVSE_CMD_FAULT_RAISE,
	EVSE_CMD_CATALOGUE_GET,
	EVSE_CMD_METER_GET,
	EVSE_CMD_METER_NTF,
	EVSE_CMD_GRID_GET,
	EVSE_CMD_GRID_NTF,
	EVSE_CMD_GRID_SET,
	EVSE_CMD_GRID_PROFILE_GET,
	EVSE_CMD_GRID_SETTING_GET,
	EVSE_CMD_GRID_SETTING_SET,
	EVSE_CMD_UPDATE_LOCK_SET,
	EVSE_CMD_BRIDGE_GET,
	EVSE_CMD_BRIDGE_SET,
	EVSE_CMD_THERMAL_GET,
	EVSE_CMD_THERMAL_NTF,
	EVSE_CMD_THERMAL_SETTING_GET,
	EVSE_CMD_THERMAL_SETTING_SET,

	__EVSE_CMD_MAX,
	EVSE_CMD_MAX = (__EVSE_CMD_MAX - 1)
};

#define EVSE_MCGRP_MONITOR	"monitor"
#define EVSE_MCGRP_METER	"meter"

#endif /* _UAPI_LINUX_EVSE_H */
