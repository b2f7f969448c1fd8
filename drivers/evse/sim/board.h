/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One simulated board, as the files around the pure models see it.
 */
#ifndef _EVSE_SIM_BOARD_H
#define _EVSE_SIM_BOARD_H

#include <linux/gpio/driver.h>
#include <linux/hrtimer.h>
#include <linux/prandom.h>
#include <linux/spinlock.h>

#include <dt-bindings/evse/sim.h>

#include "model.h"
#include "referee.h"

struct dentry;
struct device;

#define EVSE_SIM_LINES		16
#define EVSE_SIM_OUTPUTS	GENMASK(7, 0)
#define EVSE_SIM_TRACE		16

/**
 * struct evse_sim_sample - outputs from a moment on
 * @time: that moment
 * @out: output lines as the driver set them
 * @gates: gates of the stage
 */
struct evse_sim_sample {
	s64 time;
	u8 out;
	bool gates;
};

/**
 * struct evse_sim - a board
 * @dev: platform device
 * @gc: its lines
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
 * @unmasked: lines whose interrupt is unmasked
 * @pending: edges that wait for delivery
 * @dc: direct current, with a stage
 * @has_lock: lock motor present
 * @contacts: how many contacts there are
 * @phases: AC phases
 * @contact: the contacts
 * @opened: when a contact opened last
 * @bolt: connector lock
 * @pilot: control pilot
 * @vehicle: the vehicle
 * @link: DC side
 * @referee: the referee
 * @noise: of measurements
 * @pp_ohm: cable coding
 * @mains_mv: phase to neutral
 * @emergency_stop: pressed
 * @residual_current: above the limit
 * @relay: voltage monitor relay sees good mains
 * @force: level that a line is stuck at, -1 for none
 * @allow_trip_ms: what was written last
 */
struct evse_sim {
	struct device *dev;
	struct gpio_chip gc;
	raw_spinlock_t lock;
	struct hrtimer timer;
	s64 now;
	s64 due;
	s64 tick;
	bool delivering;

	u8 out;
	bool gates;
	struct evse_sim_sample trace[EVSE_SIM_TRACE];
	unsigned int traced;
	u8 seen;
	u16 in;
	u16 rise;
	u16 fall;
	u16 unmasked;
	u16 pending;

	bool dc;
	bool has_lock;
	u8 contacts;
	u8 phases;
	struct evse_sim_contact contact[EVSE_SIM_CONTACTS];
	s64 opened;
	struct evse_sim_lock bolt;
	struct evse_sim_pilot pilot;
	struct evse_sim_vehicle vehicle;
	struct evse_sim_dc link;
	struct evse_sim_referee referee;
	struct rnd_state noise;

	s32 pp_ohm;
	s32 mains_mv;
	s32 emergency_stop;
	s32 residual_current;
	s32 relay;
	s32 force[EVSE_SIM_LINES];
	s32 allow_trip_ms;
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
void evse_sim_plant_drive(struct evse_sim *b, u8 out, bool gates);
void evse_sim_plant_flow(const struct evse_sim *b, struct evse_sim_flow *flow);
void evse_sim_plant_wake(struct evse_sim *b);
u8 evse_sim_plant_contacts(const struct evse_sim *b);

/* one file each */
int evse_sim_gpio_init(struct evse_sim *b);
int evse_sim_pwm_init(struct evse_sim *b);
int evse_sim_adc_init(struct evse_sim *b);
void evse_sim_inject_defaults(struct evse_sim *b);
int evse_sim_inject_init(struct evse_sim *b);
void evse_sim_inject_root(void);
void evse_sim_inject_unroot(void);

extern struct platform_driver evse_sim_stage_driver;

#endif /* _EVSE_SIM_BOARD_H */
