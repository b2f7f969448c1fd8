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
struct evse_guard;
struct evse_limiter;
struct evse_port;

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

/**
 * evse_port_rating() - rating of a port
 * @port: the port
 *
 * Return: the rating, constant while the port exists.
 */
const struct evse_rating *evse_port_rating(const struct evse_port *port);

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
 *	island is the islanding switch: discharge needs the permit of one.
 * @code: fault that a trip latches, and that a hold reports
 */
struct evse_guard_desc {
	const char *name;
	u32 scope;
	enum evse_fault_code code;
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
 * @source: name of what saw it; must outlive the port
 *
 * Severity trip takes effect before this returns. A latched fault can be
 * cleared only after a report with @active false. Context: any.
 */
void evse_fault_report(struct evse_port *port, enum evse_fault_code code,
		       bool active, s32 value, const char *source);

/**
 * evse_fault_bound() - set the bound of a fault with policy "bound"
 * @port: the port
 * @code: a code of the catalogue
 * @bound: clear is refused until the reported value is below it
 */
void evse_fault_bound(struct evse_port *port, enum evse_fault_code code,
		      s32 bound);

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
 * @is_open: coils off and every auxiliary contact open. Any context.
 * @status: fill @status of contact @index; -ENOENT past the last. Any context.
 */
struct evse_contactor_ops {
	void (*close)(void *priv);
	void (*open)(void *priv);
	void (*trip)(void *priv);
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

/*
 * Power stage: none (AC with the inverter in the vehicle) or one per port
 */

/**
 * struct evse_stage_ops - a power stage
 * @arm: enable the gates at zero power. Process context. Like a coil: write,
 *	then ask evse_port_may_arm(), and take it back when it says no
 *	(returning -ECANCELED).
 * @trip: gates off, now. Any context, never sleeps, idempotent.
 * @is_off: read the gates back. Any context.
 * @set_power: absolute setpoint, already arbitrated. Process context.
 */
struct evse_stage_ops {
	int (*arm)(void *priv);
	void (*trip)(void *priv);
	bool (*is_off)(void *priv);
	int (*set_power)(void *priv, s32 power_mw);
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

#endif /* _LINUX_EVSE_H */
