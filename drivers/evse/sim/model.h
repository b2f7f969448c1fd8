/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of the simulated board as plain state: values in, values out.
 *
 * Times are nanoseconds of the board's clock. A part that has something to do
 * by itself says when in @due; the plant calls its fire function then.
 * Fields of type s32 that a person can set through debugfs are named in the
 * table of knobs.c.
 */
#ifndef _EVSE_SIM_MODEL_H
#define _EVSE_SIM_MODEL_H

#include <linux/bits.h>
#include <linux/limits.h>
#include <linux/time64.h>
#include <linux/types.h>

#define EVSE_SIM_NEVER		S64_MAX
#define EVSE_SIM_MS(n)		((s64)(n) * NSEC_PER_MSEC)
#define EVSE_SIM_CONTACTS	3

/* Contact: contactor.c */

enum evse_sim_contact_fail {
	EVSE_SIM_CONTACT_OK,
	EVSE_SIM_CONTACT_WELD,
	EVSE_SIM_CONTACT_STUCK_OPEN,
	EVSE_SIM_CONTACT_BOUNCE,
	EVSE_SIM_CONTACT_SLOW,
};

/**
 * struct evse_sim_contact - one pole of a contactor with its coil
 * @due: when the contact moves next
 * @fail: enum evse_sim_contact_fail
 * @bounces: how often it still opens and closes on its way
 * @coil: energised
 * @closed: touches
 */
struct evse_sim_contact {
	s64 due;
	s32 fail;
	u8 bounces;
	bool coil;
	bool closed;
};

void evse_sim_contact_init(struct evse_sim_contact *c);
void evse_sim_contact_coil(struct evse_sim_contact *c, bool on, s64 now);
void evse_sim_contact_fire(struct evse_sim_contact *c, s64 now);
void evse_sim_contact_failed(struct evse_sim_contact *c, s64 now);

/* Connector lock: lock.c */

enum evse_sim_lock_fail {
	EVSE_SIM_LOCK_OK,
	EVSE_SIM_LOCK_JAM,
	EVSE_SIM_LOCK_NO_FEEDBACK,
	EVSE_SIM_LOCK_UNLOCKS,
};

/**
 * struct evse_sim_lock - a bolt moved by a motor
 * @due: when the bolt reaches the end it moves to
 * @moved: up to when @position is right
 * @position: 0 unlocked, EVSE_SIM_LOCK_TRAVEL locked
 * @fail: enum evse_sim_lock_fail
 * @drive: 1 locks, -1 unlocks, 0 motor off
 */
struct evse_sim_lock {
	s64 due;
	s64 moved;
	s64 position;
	s32 fail;
	s8 drive;
};

#define EVSE_SIM_LOCK_TRAVEL	EVSE_SIM_MS(150)

void evse_sim_lock_init(struct evse_sim_lock *l);
void evse_sim_lock_drive(struct evse_sim_lock *l, bool lock, bool unlock,
			 s64 now);
void evse_sim_lock_fire(struct evse_sim_lock *l, s64 now);
void evse_sim_lock_failed(struct evse_sim_lock *l, s64 now);
bool evse_sim_lock_feedback(const struct evse_sim_lock *l);

/* Control pilot circuit: pilot.c */

enum evse_sim_diode {
	EVSE_SIM_DIODE_OK,
	EVSE_SIM_DIODE_SHORT,
	EVSE_SIM_DIODE_OPEN,
};

/**
 * struct evse_sim_pilot - the generator and the wire to the vehicle
 * @duty_permyriad: 0 is steady -12 V, 10000 steady +12 V
 * @duty_ns: the same as the generator was told
 * @period_ns: of the generator, 0 when it is off
 * @high_mv: positive plateau, or the steady level
 * @low_mv: negative plateau, or the steady level
 * @noise_mv: amplitude of the noise that a measurement sees
 * @shorted: wire shorted to protective earth
 */
struct evse_sim_pilot {
	u32 duty_permyriad;
	u32 duty_ns;
	u32 period_ns;
	s32 high_mv;
	s32 low_mv;
	s32 noise_mv;
	s32 shorted;
};

void evse_sim_pilot_levels(struct evse_sim_pilot *p, u32 vehicle_ohm,
			   enum evse_sim_diode diode);
bool evse_sim_pilot_is_pwm(const struct evse_sim_pilot *p);
bool evse_sim_pilot_is_hlc(const struct evse_sim_pilot *p);
u32 evse_sim_pilot_current_ma(const struct evse_sim_pilot *p);

/* Vehicle: vehicle.c */

enum evse_sim_want {
	EVSE_SIM_WANT_B,
	EVSE_SIM_WANT_C,
	EVSE_SIM_WANT_D,
};

/**
 * struct evse_sim_vehicle - the vehicle at the end of the cable
 * @due: when S2 may move
 * @give_up: when S2 opens even with current flowing
 * @start: when the charger in the vehicle starts to draw
 * @s2_opened: when S2 was opened last
 * @energy_mj: in the battery
 * @plug: cable plugged in
 * @want: enum evse_sim_want
 * @diode: enum evse_sim_diode
 * @follow: obeys the pilot
 * @power_mw: what its own inverter does at most, discharging negative
 * @battery_mv: open-circuit voltage
 * @soc_permille: state of charge
 * @capacity_wh: of the battery
 * @current_ma: AC, of each phase, charging positive
 * @s2: resistor for C or D switched on
 * @vent: that resistor is the one for D
 * @pwm: the pilot was PWM when looked at last
 * @dark: the pilot was steady -12 V when looked at last
 * @refused: power was taken away: waits for the charger to offer it again
 */
struct evse_sim_vehicle {
	s64 due;
	s64 give_up;
	s64 start;
	s64 s2_opened;
	s64 energy_mj;
	s32 plug;
	s32 want;
	s32 diode;
	s32 follow;
	s32 power_mw;
	s32 battery_mv;
	s32 soc_permille;
	s32 capacity_wh;
	s32 current_ma;
	bool s2;
	bool vent;
	bool pwm;
	bool dark;
	bool refused;
};

void evse_sim_vehicle_init(struct evse_sim_vehicle *v);
void evse_sim_vehicle_asked(struct evse_sim_vehicle *v, s64 now);
void evse_sim_vehicle_soc_set(struct evse_sim_vehicle *v);
void evse_sim_vehicle_pilot(struct evse_sim_vehicle *v,
			    const struct evse_sim_pilot *p, s64 now);
void evse_sim_vehicle_fire(struct evse_sim_vehicle *v, s32 current_ma, s64 now);
u32 evse_sim_vehicle_ohm(const struct evse_sim_vehicle *v);
bool evse_sim_vehicle_battery(const struct evse_sim_vehicle *v, s32 current_ma,
			      s64 now);
void evse_sim_vehicle_supply(struct evse_sim_vehicle *v, bool live, s64 now);
s32 evse_sim_vehicle_target_ma(const struct evse_sim_vehicle *v,
			       const struct evse_sim_pilot *p, u32 mains_mv,
			       u32 phases, s64 now);
void evse_sim_vehicle_ramp(struct evse_sim_vehicle *v, s32 target_ma, s64 ns);
void evse_sim_vehicle_charge(struct evse_sim_vehicle *v, s32 power_mw, s64 ns);

/* DC link and stage: dc.c */

/**
 * struct evse_sim_dc - the DC side of a board with a power stage
 * @link_uv: voltage of the link capacitor
 * @power_mw: what the stage does, charging positive
 * @setpoint_mw: what it was told
 * @current_ma: into the vehicle
 * @gates: enabled
 * @inverter: the power is that of an inverter, which has its own reasons
 */
struct evse_sim_dc {
	s64 link_uv;
	s32 power_mw;
	s32 setpoint_mw;
	s32 current_ma;
	bool gates;
	bool inverter;
};

/**
 * struct evse_sim_dc_path - what the link is connected to
 * @battery_mv: voltage of the vehicle's battery, 0 without one
 * @main: both poles closed
 * @precharge: minus and pre-charge contact closed
 * @discharge: discharge resistor switched on
 */
struct evse_sim_dc_path {
	s32 battery_mv;
	bool main;
	bool precharge;
	bool discharge;
};

s64 evse_sim_dc_step_ns(const struct evse_sim_dc *dc,
			const struct evse_sim_dc_path *path);
void evse_sim_dc_step(struct evse_sim_dc *dc,
		      const struct evse_sim_dc_path *path, s64 ns);

/* Residual current sensor: leak.c */

/**
 * struct evse_sim_leak - a sensor of residual current with its test winding
 * @due: when its line follows
 * @ua: residual current
 * @limit_ua: its line says active above that
 * @test_fail: the sensor is dead: nothing moves line or measurement
 * @test: current through the test winding
 * @line: what the line says
 */
struct evse_sim_leak {
	s64 due;
	s32 ua;
	s32 limit_ua;
	s32 test_fail;
	bool test;
	bool line;
};

void evse_sim_leak_init(struct evse_sim_leak *l);
void evse_sim_leak_look(struct evse_sim_leak *l, bool test, s64 now);
void evse_sim_leak_fire(struct evse_sim_leak *l, s64 now);
s32 evse_sim_leak_ua(const struct evse_sim_leak *l);

/* Insulation monitor and protective earth: insulation.c */

#define EVSE_SIM_EARTH_MAX_MOHM	10000
#define EVSE_SIM_EARTH_OPEN	100000000
#define EVSE_SIM_IMD_TEST_OHM	20000

/**
 * struct evse_sim_insulation - what is between the DC poles and earth
 * @ohm: insulation resistance
 * @dead: the monitor shows what it showed when it died, whatever happens
 * @dead_ohm: that
 */
struct evse_sim_insulation {
	s32 ohm;
	s32 dead;
	s32 dead_ohm;
};

/**
 * struct evse_sim_earth - the protective conductor
 * @milliohm: resistance
 * @lost: interrupted
 */
struct evse_sim_earth {
	s32 milliohm;
	s32 lost;
};

void evse_sim_insulation_died(struct evse_sim_insulation *i, bool test);
s32 evse_sim_insulation_ohm(const struct evse_sim_insulation *i, bool test);
s32 evse_sim_earth_milliohm(const struct evse_sim_earth *e);
bool evse_sim_earth_present(const struct evse_sim_earth *e);

/* Identity memory of the power module: module.c */

/**
 * struct evse_sim_module - a serial EEPROM that says which module is fitted
 * @pointer: address of the next byte
 * @vendor: who made the module
 * @device: what it is
 * @revision: of its hardware
 * @serial: its number
 * @voltage_mv: rated voltage
 * @current_ma: rated current
 * @export_ma: the same, feeding back
 * @layout: of the block
 * @blank: erased
 * @nak: it does not answer
 * @flip: bit that is always read wrong, -1 for none
 * @noise: so many reads have a wrong bit
 */
struct evse_sim_module {
	u8 pointer;
	s32 vendor;
	s32 device;
	s32 revision;
	s32 serial;
	s32 voltage_mv;
	s32 current_ma;
	s32 export_ma;
	s32 layout;
	s32 blank;
	s32 nak;
	s32 flip;
	s32 noise;
};

int evse_sim_module_write(struct evse_sim_module *m, const u8 *data,
			  size_t len);
int evse_sim_module_read(struct evse_sim_module *m, u8 *data, size_t len);

#endif /* _EVSE_SIM_MODEL_H */
