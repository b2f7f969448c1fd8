/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bidirectional EV charger ports: the API between the core and its providers.
 *
 * A port is one connector. Its device-tree children are the providers: drivers
 * that register guards, limiters and the port's single contactor set, lock,
 * pilot, meter and power stage. Everything registered here is device managed
 * and belongs to the child device @dev whose parent is the port.
 *
 * Power is signed: charging the vehicle is positive, discharging it negative.
 */
#ifndef _LINUX_EVSE_H
#define _LINUX_EVSE_H

#include <linux/ktime.h>
#include <linux/types.h>
#include <uapi/linux/evse.h>

struct device;
struct evse_check;
struct evse_grid_status;
struct evse_guard;
struct evse_limiter;
struct evse_port;
struct pwm_chip;
struct pwm_device;

/**
 * struct evse_rating - what the connector and its wiring are built for
 * @voltage_mv: nominal voltage, phase to neutral for AC, maximum for DC
 * @current_ma: rated charging current, per phase
 * @export_ma: rated discharging current, per phase; 0 for a unidirectional port
 * @phases: 1 or 3; 1 for DC
 * @dc: direct current
 */
struct evse_rating {
	u32 voltage_mv;
	u32 current_ma;
	u32 export_ma;
	u8 phases;
	bool dc;
};

/**
 * evse_port_of() - the port that a provider belongs to
 * @dev: the provider, a child of the port
 *
 * Return: the port, or ERR_PTR(-ENODEV) when the parent is no port. It lives
 * at least as long as @dev is bound.
 */
struct evse_port *evse_port_of(struct device *dev);

/*
 * Devices of a port that no device tree describes: child n of the port with the
 * platform device evse-port.P is called by its "compatible", the comma a dash, and
 * by the number P * EVSE_PORT_CHILDREN + n. Tables of lines name it by that.
 */
#define EVSE_PORT_CHILDREN	16

/**
 * evse_port_rating() - rating of a port
 * @port: the port
 *
 * Return: the rating, constant while the port exists.
 */
const struct evse_rating *evse_port_rating(const struct evse_port *port);

/**
 * struct evse_mating - how often the connector was plugged in
 * @matings: connections of a vehicle, on top of what user space restored
 * @cleaned: what @matings was when the pins were cleaned last, as user space says
 * @partings: how often the pilot said since load that nothing is plugged in;
 *	nobody can set it
 * @parted: it says so now
 */
struct evse_mating {
	u64 matings;
	u64 cleaned;
	u32 partings;
	bool parted;
};

/**
 * evse_port_mating() - how often the connector of a port was plugged in
 * @port: the port
 * @mating: filled
 *
 * Context: process.
 */
void evse_port_mating(struct evse_port *port, struct evse_mating *mating);

/**
 * devm_evse_provider_up() - say that a provider registered all that it offers
 * @dev: the provider
 *
 * To be the last call of probe. The port becomes ready when every available
 * child of its node has said so. On unbind, before anything else of @dev is
 * released, the port trips with PROVIDER_LOST and is unready.
 *
 * Return: 0 or a negative errno.
 */
int devm_evse_provider_up(struct device *dev);

/*
 * Guards
 */

/**
 * struct evse_guard_desc - a condition that must hold for power to flow
 * @name: name shown to users; copied
 * @scope: EVSE_SCOPE_* bits: at least one phase and one direction. A guard whose
 *	only direction is export watches the grid, one whose only direction is
 *	island is the islanding switch: discharge needs the permit of one. In mode
 *	v2h the former can do no more than hold: a house is fed while there is no
 *	grid.
 * @code: fault that a trip latches, and that a hold reports
 * @own_unit: what it tells with a trip is in a unit of its own, not in that of the
 *	bound of @code. That bound then neither refuses to clear what this guard
 *	latched, nor does the value stand for the one that is bound.
 */
struct evse_guard_desc {
	const char *name;
	u32 scope;
	enum evse_fault_code code;
	bool own_unit;
};

/**
 * devm_evse_guard_register() - add a guard; it starts without permit
 * @dev: the provider
 * @desc: copied
 *
 * Context: process.
 *
 * Return: the guard or an ERR_PTR.
 */
struct evse_guard *devm_evse_guard_register(struct device *dev,
					    const struct evse_guard_desc *desc);

/**
 * evse_guard_permit() - the condition holds
 * @guard: the guard
 *
 * Ends a hold or a cease. The cause of a trip counts as gone; its latch stays
 * until it is cleared. Context: any.
 */
void evse_guard_permit(struct evse_guard *guard);

/**
 * evse_guard_hold() - no permit, without a fault
 * @guard: the guard
 *
 * An energised port whose every direction is in scope stops in an orderly way;
 * otherwise the directions in scope are limited to zero. Context: any.
 */
void evse_guard_hold(struct evse_guard *guard);

/**
 * evse_guard_cease() - momentary cessation (IEEE 1547-2018 6.4.2)
 * @guard: the guard
 *
 * Gates are blocked before this returns; the contactor stays. They come back
 * when no guard ceases any more. Context: any, hard interrupt included.
 */
void evse_guard_cease(struct evse_guard *guard);

/**
 * evse_guard_trip() - gates off, contactor open, latched
 * @guard: the guard
 * @edge: when the cause was seen, CLOCK_MONOTONIC
 * @value: detail in the guard's own unit, shown with the fault
 *
 * The actuators are off before this returns. The cause stands until
 * evse_guard_permit() or evse_guard_hold(). Context: any, hard interrupt
 * included.
 */
void evse_guard_trip(struct evse_guard *guard, ktime_t edge, s32 value);

/*
 * Faults that no guard stands for
 */

/**
 * evse_fault_report() - a fault's cause appeared or is gone
 * @port: the port
 * @code: a code of the catalogue, which says what it does
 * @active: the cause stands
 * @value: detail in the source's unit
 * @source: name of what saw it; copied
 *
 * Severity trip takes effect before this returns. A latched fault can be
 * cleared only after a report with @active false. Context: any.
 */
void evse_fault_report(struct evse_port *port, enum evse_fault_code code,
		       bool active, s32 value, const char *source);

/**
 * evse_fault_delay() - set the delay of a fault with policy "enter-service"
 * @port: the port
 * @code: a code of the catalogue
 * @delay_ms: from the end of the cause to the end of the latch, in place of the
 *	catalogue's; 0 for a guard that holds back what may not return yet
 */
void evse_fault_delay(struct evse_port *port, enum evse_fault_code code,
		      u32 delay_ms);

/**
 * evse_fault_bound() - set the bound of a fault with policy "bound"
 * @port: the port
 * @code: a code of the catalogue
 * @bound: clear is refused until the reported value is below it; S32_MAX, as in
 *	the beginning, for none. Guards with a unit of their own do not count.
 */
void evse_fault_bound(struct evse_port *port, enum evse_fault_code code,
		      s32 bound);

/*
 * Checks: what has to be proven anew before each closing of the contactor
 */

/**
 * struct evse_check_ops - a check
 * @start: begin; answer with evse_check_done(). Process context.
 * @cancel: the port no longer waits; leave nothing driven. Process context, also
 *	after an answer, idempotent.
 */
struct evse_check_ops {
	void (*start)(void *priv);
	void (*cancel)(void *priv);
};

/**
 * struct evse_check_desc - a check
 * @name: name shown to users; copied
 * @code: fault that a failure, or no answer in time, latches
 * @timeout_ms: how long an answer may take, 1 to 60000
 */
struct evse_check_desc {
	const char *name;
	enum evse_fault_code code;
	u32 timeout_ms;
};

/**
 * devm_evse_check_register() - add a check
 * @dev: the provider
 * @desc: copied
 * @ops: must outlive @dev
 * @priv: handed to @ops
 *
 * Every check of a port is started once the connector is locked, all of them at
 * the same time; the contactor closes when each of them has passed.
 *
 * Return: the check or an ERR_PTR.
 */
struct evse_check *devm_evse_check_register(struct device *dev,
					    const struct evse_check_desc *desc,
					    const struct evse_check_ops *ops,
					    void *priv);

/**
 * evse_check_done() - answer of a check that was started
 * @check: the check
 * @passed: the contactor may close; otherwise the port trips
 * @value: detail in the check's own unit, shown with the fault
 *
 * An answer that nobody waits for changes nothing. Context: any.
 */
void evse_check_done(struct evse_check *check, bool passed, s32 value);

/*
 * Limiters
 */

/**
 * devm_evse_limiter_register() - add a limiter; it starts without limit
 * @dev: the provider
 * @name: name shown to users when it is what limits; copied
 *
 * Return: the limiter or an ERR_PTR.
 */
struct evse_limiter *devm_evse_limiter_register(struct device *dev,
						const char *name);

/**
 * evse_limiter_set() - set the window of a limiter
 * @limiter: the limiter
 * @min_mw: lowest power, zero or negative
 * @max_mw: highest power, zero or positive
 *
 * Context: process.
 */
void evse_limiter_set(struct evse_limiter *limiter, s32 min_mw, s32 max_mw);

/**
 * evse_limiter_of_grid() - the limiter speaks of the grid
 * @limiter: the limiter, just registered
 *
 * It limits nothing in mode v2h, in which nothing comes from the grid or goes to
 * it. Context: process.
 */
void evse_limiter_of_grid(struct evse_limiter *limiter);

/**
 * evse_limiter_demand() - set bounds that need not contain zero
 * @limiter: the limiter
 * @min_mw: lowest power
 * @max_mw: highest power
 *
 * In mode v2g with a vehicle that negotiated both directions, the request is
 * moved into these bounds before every other limiter takes away what it has to:
 * a storage can be asked for power that nobody requested, as frequency droop
 * does, but never for more than each limiter allows. Else they count as those of
 * evse_limiter_set(). Bounds of several limiters that demand are applied in the
 * order in which these were registered.
 *
 * Context: process.
 */
void evse_limiter_demand(struct evse_limiter *limiter, s32 min_mw, s32 max_mw);

/**
 * evse_limiter_without() - power as it would be without a limiter that demands
 * @limiter: the limiter; evse_limiter_demand() has been called for it
 * @power_mw: filled
 *
 * Context: any.
 *
 * Return: true while power may flow at all: the port is energised.
 */
bool evse_limiter_without(const struct evse_limiter *limiter, s32 *power_mw);

/*
 * Contactor set: one per port, with one or several contacts
 */

/**
 * struct evse_contact_status - one contact
 * @name: name shown to users
 * @commanded: its coil is energised
 * @closed: its auxiliary contact says closed
 */
struct evse_contact_status {
	const char *name;
	bool commanded;
	bool closed;
};

/**
 * struct evse_contactor_ops - a contactor set
 * @close: start the closing sequence; report with evse_contactor_closed() or
 *	with a fault. Process context, must not wait for the contacts. Each
 *	coil is energised only like this: write, then ask
 *	evse_port_may_close(), and take the write back when it says no.
 * @open: start the opening sequence; report with evse_contactor_opened() once
 *	every auxiliary contact confirms, or with a fault. Process context.
 * @trip: every coil off, now, and abandon a sequence. Any context, never
 *	sleeps, idempotent. Confirmed by evse_contactor_opened() too.
 * @tripped: optional; what @trip need not do itself, for other ports may wait
 *	for theirs. Comes after it, at once or in an interrupt of its own, and
 *	also without it. Any context, never sleeps.
 * @is_open: coils off and every auxiliary contact open. Any context.
 * @status: fill @status of contact @index; -ENOENT past the last. Any context.
 */
struct evse_contactor_ops {
	void (*close)(void *priv);
	void (*open)(void *priv);
	void (*trip)(void *priv);
	void (*tripped)(void *priv);
	bool (*is_open)(void *priv);
	int (*status)(void *priv, unsigned int index,
		      struct evse_contact_status *status);
};

/**
 * devm_evse_contactor_register() - give the port its contactor set
 * @dev: the provider
 * @ops: must outlive @dev
 * @priv: handed to @ops
 *
 * Return: 0, or -EBUSY when the port has one.
 */
int devm_evse_contactor_register(struct device *dev,
				 const struct evse_contactor_ops *ops,
				 void *priv);

/**
 * evse_port_may_close() - no inhibit stands against energising a coil
 * @port: the port
 *
 * Orders the caller's earlier writes before the test. Context: any.
 *
 * Return: true when a coil may be energised.
 */
bool evse_port_may_close(struct evse_port *port);

/**
 * evse_contactor_closed() - the closing sequence is confirmed
 * @port: the port
 *
 * Context: any.
 */
void evse_contactor_closed(struct evse_port *port);

/**
 * evse_contactor_opened() - every contact is confirmed open
 * @port: the port
 * @when: when the last auxiliary contact opened, CLOCK_MONOTONIC
 *
 * Context: any.
 */
void evse_contactor_opened(struct evse_port *port, ktime_t when);

/*
 * Connector lock: none or one per port
 */

/**
 * struct evse_lock_ops - a connector lock
 * @lock: start locking; report with evse_lock_report(). Process context.
 * @unlock: start unlocking. Process context.
 */
struct evse_lock_ops {
	void (*lock)(void *priv);
	void (*unlock)(void *priv);
};

/**
 * devm_evse_lock_register() - give the port its connector lock
 * @dev: the provider
 * @ops: must outlive @dev
 * @priv: handed to @ops
 *
 * Return: 0, or -EBUSY when the port has one.
 */
int devm_evse_lock_register(struct device *dev, const struct evse_lock_ops *ops,
			    void *priv);

/**
 * evse_lock_report() - state of the connector lock
 * @port: the port
 * @state: as confirmed by the feedback line
 *
 * Losing EVSE_LOCK_STATE_LOCKED while the contactor is closed trips the port
 * with LOCK_FAIL, and so does EVSE_LOCK_STATE_FAILED while locking for an
 * energise. Context: any, hard interrupt included.
 */
void evse_lock_report(struct evse_port *port, enum evse_lock_state state);

/*
 * Control pilot: one per port
 */

/**
 * struct evse_pilot_ops - the control pilot generator
 * @set: put @output on the pilot (never EVSE_PILOT_OUTPUT_AUTO); @current_ma
 *	counts for EVSE_PILOT_OUTPUT_CURRENT. Process context.
 * @duty_permyriad: duty cycle in force, 1/10000. Any context.
 */
struct evse_pilot_ops {
	int (*set)(void *priv, enum evse_pilot_output output, u32 current_ma);
	u32 (*duty_permyriad)(void *priv);
};

/**
 * devm_evse_pilot_register() - give the port its control pilot
 * @dev: the provider
 * @ops: must outlive @dev
 * @priv: handed to @ops
 *
 * Return: 0, or -EBUSY when the port has one.
 */
int devm_evse_pilot_register(struct device *dev,
			     const struct evse_pilot_ops *ops, void *priv);

/**
 * evse_pilot_report() - debounced vehicle state (IEC 61851-1 Table A.4)
 * @port: the port
 * @state: the state
 *
 * Leaving C or D ends power flow (IEC 61851-1 Table A.6: contactor open within
 * 100 ms); A, E or F while energised is a loss of the pilot. Context: any.
 */
void evse_pilot_report(struct evse_port *port, enum evse_pilot_state state);

/**
 * evse_cable_report() - ampacity of the cable from proximity coding
 * @port: the port
 * @current_ma: the rating (IEC 61851-1 Table B.2), 0 when no coding applies
 *
 * Context: process.
 */
void evse_cable_report(struct evse_port *port, u32 current_ma);

/*
 * Meter: none or one per port
 */

/**
 * struct evse_sample - measured values at the vehicle side of the contactor
 * @voltage_mv: RMS or direct voltage
 * @current_ma: RMS or direct current, positive charging
 * @power_mw: active power, positive charging
 */
struct evse_sample {
	s32 voltage_mv;
	s32 current_ma;
	s32 power_mw;
};

/**
 * struct evse_meter_ops - a meter
 * @read: measure now. Process context, may sleep.
 */
struct evse_meter_ops {
	int (*read)(void *priv, struct evse_sample *sample);
};

/**
 * devm_evse_meter_register() - give the port its meter
 * @dev: the provider
 * @ops: must outlive @dev
 * @priv: handed to @ops
 *
 * Return: 0, or -EBUSY when the port has one.
 */
int devm_evse_meter_register(struct device *dev,
			     const struct evse_meter_ops *ops, void *priv);

/**
 * evse_port_load() - current of a port in relation to its rating
 * @port: the port
 *
 * As the meter saw it last, at most a second ago; from the effective power where
 * no meter is read. Nothing is measured by this. Context: process.
 *
 * Return: permille of the rated current, of the greater one where charging and
 * discharging have different ratings; 0 while no power may flow.
 */
u32 evse_port_load(struct evse_port *port);

/*
 * DC link: none or one per port
 */

/**
 * struct evse_link_ops - the DC link of a port with a power stage
 * @read: voltage of the link, mV. Process context, may sleep.
 * @discharge: switch the discharge resistor. Process context, idempotent.
 *	NULL when the board has none that software drives.
 */
struct evse_link_ops {
	int (*read)(void *priv, s32 *voltage_mv);
	void (*discharge)(void *priv, bool on);
};

/**
 * devm_evse_link_register() - give the port its DC link
 * @dev: the provider
 * @ops: must outlive @dev
 * @priv: handed to @ops
 * @timeout_ms: from the open contacts until the link is below 60 V, at most;
 *	after that the port latches DISCHARGE
 *
 * Return: 0, or -EBUSY when the port has one.
 */
int devm_evse_link_register(struct device *dev, const struct evse_link_ops *ops,
			    void *priv, u32 timeout_ms);

/*
 * Grid: none or one per port
 */

/**
 * struct evse_grid_profile_info - a grid profile that can be chosen
 * @name: word that chooses it
 * @title: the standard and its edition
 * @nominal_mhz: nominal frequency, millihertz
 */
struct evse_grid_profile_info {
	const char *name;
	const char *title;
	u32 nominal_mhz;
};

/**
 * struct evse_grid_setting - a line of the profile in force
 * @element: which
 * @unit: of @pickup
 * @pickup: threshold, or the value of a setting that is none
 * @pickup_min: lowest that the standard lets it be
 * @pickup_max: highest
 * @time_ms: clearing time, from the beginning of the condition until power has
 *	ended; 0 for an element without one
 * @time_min_ms: shortest that the standard lets it be
 * @time_max_ms: longest
 * @enabled: the profile has this element
 */
struct evse_grid_setting {
	enum evse_grid_element element;
	enum evse_grid_unit unit;
	s32 pickup;
	s32 pickup_min;
	s32 pickup_max;
	u32 time_ms;
	u32 time_min_ms;
	u32 time_max_ms;
	bool enabled;
};

#define EVSE_GRID_PHASES	3

/**
 * struct evse_grid_status - what a grid guard sees and does
 * @profile: profile in force
 * @state: what it does
 * @nominal_mhz: nominal frequency, millihertz
 * @nominal_mv: nominal voltage of a phase, millivolt
 * @phases: how many phases it sees
 * @voltages: of how many of them it measures the voltage
 * @voltage_mv: of each phase, RMS
 * @voltage_valid: the voltages are measured and fresh
 * @locked: the frequency is known
 * @frequency_mhz: over the reporting window, millihertz
 * @rocof_mhz_s: rate of change of frequency, millihertz a second
 * @shift_mdeg: latest vector shift, millidegree
 * @relay: the voltage-monitor relay says that the mains is good; true without one
 * @contradiction: relay and crossings have disagreed for longer than they may
 * @active: active islanding detection is at work
 * @outside: EVSE_GRID_WINDOW_* bits of the enter-service window that do not hold
 * @running: element whose timer ends first, EVSE_GRID_ELEMENT_NONE without one
 * @running_ms: time until it trips
 * @last_trip: element that tripped last, EVSE_GRID_ELEMENT_NONE before the first
 * @wait_ms: time until export may return, while the grid stays as it is
 * @ramp_permille: part of the rated export that enter service allows by now
 */
struct evse_grid_status {
	struct evse_grid_profile_info profile;
	enum evse_grid_state state;
	u32 nominal_mhz;
	u32 nominal_mv;
	u8 phases;
	u8 voltages;
	u32 voltage_mv[EVSE_GRID_PHASES];
	bool voltage_valid;
	bool locked;
	u32 frequency_mhz;
	s32 rocof_mhz_s;
	s32 shift_mdeg;
	bool relay;
	bool contradiction;
	bool active;
	u32 outside;
	enum evse_grid_element running;
	u32 running_ms;
	enum evse_grid_element last_trip;
	u32 wait_ms;
	u32 ramp_permille;
};

/**
 * struct evse_grid_ops - what a grid guard answers; process context, all of them
 * @status: fill @status
 * @profile: fill @info with profile number @index; -ENOENT past the last
 * @setting: fill @setting with the line of @element in the profile in force;
 *	-ENOENT past the last element
 * @select: put a profile in force by its name, with the settings of the
 *	standard; -ENOENT when there is none, -EOPNOTSUPP when the board cannot
 *	do what it asks for, which the kernel log tells
 * @set: change a line; -ERANGE when the standard does not allow the value,
 *	-ENOENT when the profile has no such element. The core asks for it at
 *	rest only.
 */
struct evse_grid_ops {
	void (*status)(void *priv, struct evse_grid_status *status);
	int (*profile)(void *priv, unsigned int index,
		       struct evse_grid_profile_info *info);
	int (*setting)(void *priv, enum evse_grid_element element,
		       struct evse_grid_setting *setting);
	int (*select)(void *priv, const char *name);
	int (*set)(void *priv, enum evse_grid_element element, s32 pickup,
		   u32 time_ms);
};

/**
 * devm_evse_grid_register() - give the port the grid guard that users talk to
 * @dev: the provider
 * @ops: must outlive @dev
 * @priv: handed to @ops
 *
 * Return: 0, or -EBUSY when the port has one.
 */
int devm_evse_grid_register(struct device *dev, const struct evse_grid_ops *ops,
			    void *priv);

/**
 * evse_grid_changed() - tell listeners that the grid's state changed
 * @port: the port
 *
 * Context: any.
 */
void evse_grid_changed(struct evse_port *port);

/*
 * Thermal guard: none or one per port
 */

/**
 * struct evse_thermal_sensor - a temperature that the thermal guard watches
 * @name: shown to users
 * @state: what the guard makes of it
 * @valid: the next two were measured; false in each state without permit
 * @temp_mc: temperature, thousandths of a degree Celsius
 * @slope_mc_min: its rate of rise, thousandths of a degree a minute; 0 until known
 * @limit_permille: part of the port's rating that it leaves, 1000 without a limit
 */
struct evse_thermal_sensor {
	const char *name;
	enum evse_thermal_state state;
	bool valid;
	s32 temp_mc;
	s32 slope_mc_min;
	u32 limit_permille;
};

/**
 * struct evse_thermal_setting - a threshold in force
 * @sensor: name of the sensor; NULL for one of the whole guard
 * @element: which threshold
 * @value: in the unit of @element
 * @min: lowest that may be set
 * @max: highest that may be set: what the board's device tree says, for user space
 *	can make protection stricter only
 */
struct evse_thermal_setting {
	const char *sensor;
	enum evse_thermal_element element;
	s32 value;
	s32 min;
	s32 max;
};

/**
 * struct evse_thermal_ops - a thermal guard
 * @sensor: fill @sensor with number @index; -ENOENT past the last. Process context.
 * @setting: fill @setting with number @index; -ENOENT past the last. Process context.
 * @set: change a threshold; @sensor as in struct evse_thermal_setting. -ENOENT when
 *	there is none like it, -ERANGE out of its bounds. Process context.
 *
 * All of them are called with the port's mutex held, which evse_port_mating() and
 * the registrations take.
 */
struct evse_thermal_ops {
	int (*sensor)(void *priv, unsigned int index,
		      struct evse_thermal_sensor *sensor);
	int (*setting)(void *priv, unsigned int index,
		       struct evse_thermal_setting *setting);
	int (*set)(void *priv, const char *sensor,
		   enum evse_thermal_element element, s32 value);
};

/**
 * devm_evse_thermal_register() - give the port its thermal guard
 * @dev: the provider
 * @ops: must outlive @dev
 * @priv: handed to @ops
 *
 * Return: 0, or -EBUSY when the port has one.
 */
int devm_evse_thermal_register(struct device *dev,
			       const struct evse_thermal_ops *ops, void *priv);

/**
 * evse_thermal_changed() - tell listeners that the state of a sensor changed
 * @port: the port
 *
 * Context: any.
 */
void evse_thermal_changed(struct evse_port *port);

/*
 * Islanding switch: none or one per port
 */

/**
 * struct evse_island_ops - the switch between a house and the grid
 * @open: part the house from the grid, and keep it so. Called before the checks
 *	of an energise in mode v2h; a check of the provider's answers when the
 *	switch is confirmed open. Process context, idempotent.
 * @close: connect the house again. Called at rest, with gates that read back off,
 *	or without gates behind contacts that are confirmed open: nothing feeds the
 *	house. Process context, called often, idempotent.
 */
struct evse_island_ops {
	void (*open)(void *priv);
	void (*close)(void *priv);
};

/**
 * devm_evse_island_register() - give the port its islanding switch
 * @dev: the provider; it registers a guard of direction island, too
 * @ops: must outlive @dev
 * @priv: handed to @ops
 *
 * Return: 0, or -EBUSY when the port has one.
 */
int devm_evse_island_register(struct device *dev,
			      const struct evse_island_ops *ops, void *priv);

/*
 * Power stage: none (AC with the inverter in the vehicle) or one per port
 */

/**
 * struct evse_stage_grid - what a power stage follows
 * @locked: the grid is known; without it the rest says nothing
 * @crossing: when phase 1 crossed zero upwards, CLOCK_MONOTONIC
 * @frequency_mhz: of the latest cycles
 * @voltage_mv: RMS, phase to neutral, mean of the phases; 0 when nobody measures
 */
struct evse_stage_grid {
	bool locked;
	ktime_t crossing;
	u32 frequency_mhz;
	u32 voltage_mv;
};

/**
 * struct evse_bridge_status - what the bridge of a power stage does
 * @state: what the gates do, and why they are off
 * @carrier_hz: carrier in force
 * @carrier_min_hz: lowest that the board allows
 * @carrier_max_hz: highest
 * @dead_time_ns: time between one switch of a leg off and the other on
 * @minimum_pulse_ns: shortest pulse of a switch
 * @following: a grid is followed; without it @phase_error_mdeg says nothing
 * @locked: its phase is known
 * @forming: a grid is formed, none is followed
 * @phase_error_mdeg: how far the grid was ahead at its latest crossing
 * @link_valid: @link_mv was measured
 * @link_mv: voltage of the DC link
 * @power_mw: what the ramp asks for now; 0 while the gates are off
 * @control_hz: control steps a second
 * @steps: control steps since the gates were armed
 */
struct evse_bridge_status {
	enum evse_bridge_state state;
	u32 carrier_hz;
	u32 carrier_min_hz;
	u32 carrier_max_hz;
	u32 dead_time_ns;
	u32 minimum_pulse_ns;
	bool following;
	bool locked;
	bool forming;
	s32 phase_error_mdeg;
	bool link_valid;
	s32 link_mv;
	s32 power_mw;
	u32 control_hz;
	u64 steps;
};

/**
 * struct evse_stage_ops - a power stage
 * @arm: enable the gates at zero power. Process context. Like a coil: write,
 *	then ask evse_port_may_arm(), and take it back when it says no
 *	(returning -ECANCELED).
 * @form: instead of @arm, likewise, in mode v2h: form the grid of a house that is
 *	parted from the other one. @set_power is what the house may take at most;
 *	at zero it is without voltage. NULL when the stage cannot; mode v2h is
 *	refused then.
 * @trip: gates off, now. Any context, never sleeps, idempotent.
 * @is_off: read the gates back. Any context.
 * @set_power: absolute setpoint, already arbitrated. Process context.
 * @shift: lead of the current before the voltage, millidegree, for active
 *	islanding detection. Any context, never sleeps. NULL when the stage
 *	cannot.
 * @grid: phase 1 of the grid crossed zero upwards, or is lost. Any context, never
 *	sleeps. NULL when the stage does not follow it.
 * @bridge: fill @status. Process context, may sleep. NULL for a stage without a
 *	bridge of its own.
 * @set_carrier: change the carrier of the bridge; -ERANGE out of the bounds that
 *	@bridge tells, -EBUSY while gates are on. The core asks for it at rest
 *	only. Process context, may sleep. NULL when @bridge is.
 */
struct evse_stage_ops {
	int (*arm)(void *priv);
	int (*form)(void *priv);
	void (*trip)(void *priv);
	bool (*is_off)(void *priv);
	int (*set_power)(void *priv, s32 power_mw);
	void (*shift)(void *priv, s32 lead_mdeg);
	void (*grid)(void *priv, const struct evse_stage_grid *grid);
	void (*bridge)(void *priv, struct evse_bridge_status *status);
	int (*set_carrier)(void *priv, u32 carrier_hz);
};

/**
 * devm_evse_stage_register() - give the port its power stage
 * @dev: the provider
 * @ops: must outlive @dev
 * @priv: handed to @ops
 *
 * Return: 0, or -EBUSY when the port has one.
 */
int devm_evse_stage_register(struct device *dev,
			     const struct evse_stage_ops *ops, void *priv);

/**
 * evse_port_may_arm() - gates may be on: no inhibit, no cease, contacts closed
 * @port: the port
 *
 * Orders the caller's earlier writes before the test. Context: any.
 *
 * Return: true when gates may be enabled.
 */
bool evse_port_may_arm(struct evse_port *port);

/**
 * evse_port_has_stage() - are there gates that a cease can block
 * @port: the port
 *
 * Where there are none, what only ceases elsewhere has to open the contactor.
 * Context: any.
 *
 * Return: true when a power stage is registered.
 */
bool evse_port_has_stage(struct evse_port *port);

/**
 * evse_stage_shift() - let the stage's current lead the voltage
 * @port: the port
 * @lead_mdeg: millidegree, negative lags
 *
 * Context: any.
 *
 * Return: true when there is a stage that can, and the mode is not v2h.
 */
bool evse_stage_shift(struct evse_port *port, s32 lead_mdeg);

/**
 * evse_stage_set_grid() - tell the stage where the grid is
 * @port: the port
 * @grid: copied; nothing where no stage follows
 *
 * Context: any.
 */
void evse_stage_set_grid(struct evse_port *port, const struct evse_stage_grid *grid);

/**
 * devm_evse_pwm_offer() - let consumers without a device tree find PWM outputs
 * @dev: device that has them, with a node; offered until it is unbound
 * @chip: has been added; its parent is @dev
 *
 * Context: process.
 *
 * Return: 0 or -ENOMEM.
 */
int devm_evse_pwm_offer(struct device *dev, struct pwm_chip *chip);

/**
 * devm_evse_pwm_get() - the PWM output that a device has
 * @dev: consumer; where it has a software node, its "pwms" refers to the node of
 *	a device that called devm_evse_pwm_offer(), with #pwm-cells as there
 *
 * Everywhere else it is devm_pwm_get(). Context: process.
 *
 * Return: the output, -EPROBE_DEFER as long as nobody offers it, -EBUSY when it
 * is in use, or another errno.
 */
struct pwm_device *devm_evse_pwm_get(struct device *dev);

#endif /* _LINUX_EVSE_H */
