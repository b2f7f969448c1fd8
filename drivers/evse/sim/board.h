/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One simulated board, as the files around the pure models see it.
 */
#ifndef _EVSE_SIM_BOARD_H
#define _EVSE_SIM_BOARD_H

#include <linux/gpio/driver.h>
#include <linux/hrtimer.h>
#include <linux/i2c.h>
#include <linux/prandom.h>
#include <linux/spinlock.h>

#include <dt-bindings/evse/sim.h>

#include "heat.h"
#include "mains.h"
#include "model.h"
#include "referee.h"
#include "thermometer.h"

struct dentry;
struct device;
struct sim_bridge;
struct evse_sim_script;

#define EVSE_SIM_LINES		28
#define EVSE_SIM_CHANNELS	17
#define EVSE_SIM_CHIPS		8
#define EVSE_SIM_OUTPUTS	(GENMASK(7, 0) | BIT(EVSE_SIM_ISLAND_COIL) | \
				 BIT(EVSE_SIM_COOLING) | \
				 BIT(EVSE_SIM_LAMP_STATE) | \
				 BIT(EVSE_SIM_LAMP_FAULT))
/* Inputs that are computed only while somebody waits for them, or asks */
#define EVSE_SIM_LAZY		(EVSE_SIM_ZERO | BIT(EVSE_SIM_TEMP_ALERT) | \
				 BIT(EVSE_SIM_FAN_TACH))
#define EVSE_SIM_ZERO		GENMASK(EVSE_SIM_ZERO_CROSS(2), \
					EVSE_SIM_ZERO_CROSS(0))
#define EVSE_SIM_TRACE		16

enum evse_sim_channel_fail {
	EVSE_SIM_CHANNEL_OK,
	EVSE_SIM_CHANNEL_ERROR,
	EVSE_SIM_CHANNEL_FROZEN,
};

/**
 * struct evse_sim_channel - what a measured channel remembers
 * @fail: enum evse_sim_channel_fail
 * @last: value that was read last, and that a frozen one goes on showing
 */
struct evse_sim_channel {
	s32 fail;
	s32 last;
};

/**
 * struct evse_sim_sample - outputs from a moment on
 * @time: that moment
 * @out: output lines as the driver set them
 * @gates: gates of the stage
 */
struct evse_sim_sample {
	s64 time;
	u32 out;
	bool gates;
};

/**
 * struct evse_sim_latency - how long drivers take; 0 is not yet
 * @breaker: when the breaker opened last
 * @edge: just before the edge of a trip input that says trip was handed to its
 *	handlers
 * @gates: since the later of these two, when the gates went off
 * @coils: ... when the last coil did
 * @output: ... when an output line changed first
 */
struct evse_sim_latency {
	s64 breaker;
	s64 edge;
	s64 gates;
	s64 coils;
	s64 output;
};

/**
 * struct evse_sim - a board
 * @dev: platform device
 * @node: in the list of boards
 * @gc: its lines
 * @i2c: its bus
 * @lock: guards all below; raw, because lines change in hard interrupts
 * @timer: runs the plant when something is due, delivers interrupts
 * @now: up to when the plant has been computed
 * @due: when the plant has something to do
 * @tick: when quantities that creep are computed next
 * @delivering: the timer's function is at work and will see what is new
 * @out: output lines as the driver set them
 * @gates: gates as the stage's driver set them
 * @trace: changes of the two that the plant has not seen
 * @traced: how many
 * @seen: the output lines that the plant knows
 * @in: input lines, ready to be read
 * @rise: lines with an interrupt on the rising edge
 * @fall: lines with an interrupt on the falling edge
 * @high: lines with an interrupt as long as they are high
 * @low: lines with an interrupt as long as they are low
 * @unmasked: lines whose interrupt is unmasked
 * @pending: edges that wait for delivery
 * @latency: how long drivers take
 * @dc: direct current, with a stage
 * @has_lock: lock motor present
 * @contacts: how many contacts there are
 * @phases: AC phases at the connector
 * @contact: the contacts
 * @opened: when a contact opened last
 * @parted: when the breaker opened last
 * @blocked: when the gates were blocked last
 * @part: the islanding switch; what closes with its coil parts house and grid
 * @bolt: connector lock
 * @pilot: control pilot
 * @vehicle: the vehicle
 * @link: DC side
 * @bridge: between grid and link; NULL: the stage is a module of its own
 * @mains: the grid
 * @island: what is behind an open breaker
 * @zero: comparators of zero crossings
 * @rms: RMS measurement of each phase
 * @islanded: the AC side is the island
 * @jumped: a phase angle jumped since the referee looked
 * @leak: residual current sensor
 * @insulation: insulation and its monitor
 * @earth: protective earth
 * @module: identity of the power module
 * @heat: how warm everything is
 * @fan: blows at the heat sink
 * @chips: how many thermometers there are
 * @chip: the thermometers
 * @place: what each of them is the temperature of
 * @warm: when a thermometer may have something to say
 * @ntc: how the NTC of each pin fails
 * @script: steps that are still to be taken
 * @channel: measured channels
 * @referee: the referee
 * @noise: of measurements
 * @lead_mdeg: lead of the stage's current on the AC side
 * @pp_ohm: cable coding
 * @emergency_stop: pressed
 * @residual_current: above the limit
 * @relay: 0: voltage monitor relay sees bad mains, whatever there is
 * @interlock_loop: closed
 * @overcurrent_ma: the comparator says active above that
 * @extra_ma: current that flows besides
 * @discharge_fails: the discharge resistor does nothing
 * @i2c_stuck: somebody holds the bus down
 * @i2c_arbitration: so many transfers are lost to another controller, -1: all
 * @force: level that a line is stuck at, -1 for none
 * @deaf: a line has a level, but its edges interrupt nobody
 * @allow_trip_ms: what was written last
 * @house: what is fed back is for a house alone
 * @house_mohm: what a phase of the house is to a bridge that feeds it
 */
struct evse_sim {
	struct device *dev;
	struct list_head node;
	struct gpio_chip gc;
	struct i2c_adapter i2c;
	raw_spinlock_t lock;
	struct hrtimer timer;
	s64 now;
	s64 due;
	s64 tick;
	bool delivering;

	u32 out;
	bool gates;
	struct evse_sim_sample trace[EVSE_SIM_TRACE];
	unsigned int traced;
	u32 seen;
	u32 in;
	u32 rise;
	u32 fall;
	u32 high;
	u32 low;
	u32 unmasked;
	u32 pending;
	struct evse_sim_latency latency;

	bool dc;
	bool has_lock;
	u8 contacts;
	u8 phases;
	struct evse_sim_contact contact[EVSE_SIM_CONTACTS];
	s64 opened;
	s64 parted;
	s64 blocked;
	struct evse_sim_contact part;
	struct evse_sim_lock bolt;
	struct evse_sim_pilot pilot;
	struct evse_sim_vehicle vehicle;
	struct evse_sim_dc link;
	struct sim_bridge *bridge;
	struct evse_sim_mains mains;
	struct evse_sim_island island;
	struct evse_sim_zero zero;
	struct evse_sim_rms rms[EVSE_SIM_PHASES];
	bool islanded;
	bool jumped;
	struct evse_sim_leak leak;
	struct evse_sim_insulation insulation;
	struct evse_sim_earth earth;
	struct evse_sim_module module;
	struct evse_sim_heat heat;
	struct evse_sim_fan fan;
	u8 chips;
	struct evse_sim_thermometer chip[EVSE_SIM_CHIPS];
	u8 place[EVSE_SIM_CHIPS];
	s64 warm;
	s32 ntc[EVSE_SIM_PINS];
	struct evse_sim_script *script;
	struct evse_sim_channel channel[EVSE_SIM_CHANNELS];
	struct evse_sim_referee referee;
	struct rnd_state noise;

	s32 lead_mdeg;
	s32 pp_ohm;
	s32 emergency_stop;
	s32 residual_current;
	s32 relay;
	s32 interlock_loop;
	s32 overcurrent_ma;
	s32 extra_ma;
	s32 discharge_fails;
	s32 i2c_stuck;
	s32 i2c_arbitration;
	s32 force[EVSE_SIM_LINES];
	s32 deaf[EVSE_SIM_LINES];
	s32 allow_trip_ms;
	s32 house;
	s32 house_mohm;
};

/* What the connector carries. */
struct evse_sim_flow {
	s32 voltage_mv;
	s32 current_ma;
	s32 power_mw;
};

/* plant.c; the lock is held where the name does not say otherwise */
int evse_sim_plant_init(struct evse_sim *b);
void evse_sim_plant_start(struct evse_sim *b);
void evse_sim_plant_run(struct evse_sim *b);
void evse_sim_plant_changed(struct evse_sim *b);
void evse_sim_plant_drive(struct evse_sim *b, u32 out, bool gates);
void evse_sim_plant_flow(const struct evse_sim *b, struct evse_sim_flow *flow);
void evse_sim_plant_wake(struct evse_sim *b);
bool evse_sim_plant_hand(struct evse_sim *b, unsigned int line, s64 edge);
void evse_sim_plant_handed(struct evse_sim *b, unsigned int line);
s32 evse_sim_plant_current(const struct evse_sim *b);
u8 evse_sim_plant_contacts(const struct evse_sim *b);
u32 evse_sim_plant_outputs(const struct evse_sim *b);
bool evse_sim_plant_parted(const struct evse_sim *b);

/* latency.c: likewise */
void evse_sim_latency_breaker(struct evse_sim *b);
void evse_sim_latency_edge(struct evse_sim *b, s64 edge);
void evse_sim_latency_drive(struct evse_sim *b, u32 was, bool gates,
			    s64 time);
void evse_sim_latency_file(struct evse_sim *b, struct dentry *dir);

/* grid.c: likewise */
void evse_sim_grid_start(struct evse_sim *b);
void evse_sim_grid_update(struct evse_sim *b);
void evse_sim_grid_fire(struct evse_sim *b);
bool evse_sim_grid_cross(struct evse_sim *b);
void evse_sim_grid_watch(struct evse_sim *b, u32 lines);
bool evse_sim_grid_level(struct evse_sim *b, unsigned int phase);
u32 evse_sim_grid_lines(const struct evse_sim *b);
s64 evse_sim_grid_due(const struct evse_sim *b);
s32 evse_sim_grid_mv(const struct evse_sim *b);
s32 evse_sim_grid_instant_mv(struct evse_sim *b, unsigned int phase, s64 when);
s32 evse_sim_grid_rms_mv(const struct evse_sim *b, unsigned int phase);
struct evse_sim_wave *evse_sim_grid_wave(struct evse_sim *b);

/* thermal.c: likewise, but for reading the device tree */
int evse_sim_thermal_init(struct evse_sim *b);
void evse_sim_thermal_start(struct evse_sim *b);
void evse_sim_thermal_flow(struct evse_sim *b, s64 ns);
void evse_sim_thermal_run(struct evse_sim *b);
void evse_sim_thermal_update(struct evse_sim *b);
void evse_sim_thermal_plan(struct evse_sim *b);
bool evse_sim_thermal_alert(const struct evse_sim *b);
bool evse_sim_thermal_moved(const struct evse_sim *b);
void evse_sim_thermal_turn(struct evse_sim *b, s64 now);
bool evse_sim_thermal_level(struct evse_sim *b, unsigned int line);
int evse_sim_thermal_message(struct evse_sim *b, struct i2c_msg *msg);
void evse_sim_thermal_file(struct evse_sim *b, struct dentry *dir);

/* script.c: likewise */
s64 evse_sim_script_due(const struct evse_sim *b);
void evse_sim_script_fire(struct evse_sim *b);
void evse_sim_script_stop(struct evse_sim *b);
int evse_sim_script_init(struct evse_sim *b);
void evse_sim_script_file(struct evse_sim *b, struct dentry *dir);

/* one file each */
int evse_sim_gpio_init(struct evse_sim *b);
int evse_sim_pwm_init(struct evse_sim *b);
int evse_sim_adc_init(struct evse_sim *b);
int evse_sim_i2c_init(struct evse_sim *b);
int evse_sim_inject_init(struct evse_sim *b);
struct dentry *evse_sim_inject_dir(const char *name);
void evse_sim_inject_root(void);
void evse_sim_inject_unroot(void);
int evse_sim_together_init(struct evse_sim *b);
void evse_sim_together_file(struct dentry *dir);

extern struct platform_driver evse_sim_stage_driver;
extern struct platform_driver evse_sim_floor_driver;
extern struct platform_driver evse_sim_bridge_driver;

/* bridge_flow.c; the lock is held */
void evse_sim_bridge_flow(struct evse_sim *b, s64 to);
s32 evse_sim_bridge_power(const struct evse_sim *b);

/* board.c */
struct evse_sim *evse_sim_board_get(struct device *dev);

#endif /* _EVSE_SIM_BOARD_H */
