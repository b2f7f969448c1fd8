/* SPDX-License-Identifier: GPL-2.0-only */
/* A grid guard from the inside. */
#ifndef _EVSE_GRID_H
#define _EVSE_GRID_H

#include <linux/evse.h>
#include <linux/hrtimer.h>
#include <linux/spinlock.h>

#include "grid_band.h"
#include "grid_droop.h"
#include "grid_freq.h"
#include "grid_judge.h"

struct evse_grid;
struct gpio_desc;
struct iio_channel;

/**
 * struct evse_grid_input - a line with an interrupt
 * @grid: whose it is
 * @gpio: the line
 * @name: property that it comes from
 * @index: its place there
 * @irq: its interrupt
 * @window: since when edges are counted
 * @edges: how many there were
 * @masked: it stormed, and its interrupt is disabled
 * @trial: it stormed, and is heard again, but not believed yet
 * @told: the log has that it is masked
 * @again: when it is tried again, or believed
 */
struct evse_grid_input {
	struct evse_grid *grid;
	struct gpio_desc *gpio;
	const char *name;
	unsigned int index;
	int irq;
	ktime_t window;
	u32 edges;
	bool masked;
	bool trial;
	bool told;
	ktime_t again;
};

/**
 * struct evse_grid_phase - zero crossings of a phase
 * @input: the line, active while the phase is positive
 * @freq: the crossings
 * @reading: what they say
 * @stale: crossings came or went after @reading
 * @lost: they stay away
 * @deadline: when the next one is missing
 */
struct evse_grid_phase {
	struct evse_grid_input input;
	struct evse_freq freq;
	struct evse_freq_reading reading;
	bool stale;
	bool lost;
	struct hrtimer deadline;
};

/**
 * struct evse_grid_voltage - RMS voltage of a phase
 * @channel: measures it
 * @mv: latest value
 * @at: when it was measured, 0 for never
 * @moved: when it last changed
 * @silent: the log has been told that nothing is heard; sampling thread
 */
struct evse_grid_voltage {
	struct iio_channel *channel;
	s32 mv;
	ktime_t at;
	ktime_t moved;
	bool silent;
};

/**
 * struct evse_grid_support - frequency droop and volt-watt
 * @droop_limiter: what droop makes of the power
 * @volt_watt_limiter: what volt-watt makes of it
 * @rated_mw: rated export; rated import where there is none
 * @droop: droop; sampling thread, as the rest
 * @volt_watt: volt-watt
 * @droop_told: bounds that @droop_limiter has
 * @volt_watt_told: bounds that @volt_watt_limiter has
 * @line: settings of the profile in force
 */
struct evse_grid_support {
	struct evse_limiter *droop_limiter;
	struct evse_limiter *volt_watt_limiter;
	s32 rated_mw;
	struct evse_grid_droop droop;
	struct evse_grid_volt_watt volt_watt;
	struct evse_grid_span droop_told;
	struct evse_grid_span volt_watt_told;
	struct evse_grid_line line[EVSE_GRID_ELEMENTS];
};

/**
 * struct evse_grid - a grid guard
 * @dev: the provider
 * @port: its port
 * @guard: what it says to the port
 * @service: limiter of enter service
 * @integrity: limiter of the voltage warning
 * @rated_mw: rated export
 * @nominal_mv: nominal voltage of a phase
 * @interval: between two samples
 * @late_ms: how late a voltage is known at the latest
 * @patience_ns: a voltage older than this is not known
 * @wants_active: active islanding detection is wanted
 * @crossings: how many phases have a zero-cross line
 * @voltages: how many phases have a voltage channel
 * @phases: how many phases are seen
 * @lock: all that follows, and the order in which the core is told. Taken in
 *	hard interrupt; the core's and its actuators' locks nest inside.
 * @relay: voltage-monitor relay; its gpio is NULL without one
 * @phase: zero crossings
 * @voltage: voltages
 * @judge: profile and timers
 * @seen: what the judge was shown last
 * @decision: what it made of that
 * @timer: when it wants to be asked again
 * @said: verdict that the core knows
 * @warned: the core knows of a voltage outside the warning band
 * @shown: state that listeners know
 * @last_trip: element that tripped last
 * @masked: how many lines are masked or on trial
 * @forced: a trip that the judge is not asked about
 * @seed: of what is left to chance
 * @active: the stage shifts by the latest frequency that was known
 * @down: and pushes the frequency down
 * @service_mw: what @service has; sampling thread, as the rest
 * @service_at: since when
 * @band: what @integrity has
 * @support: what the port does for the grid
 */
struct evse_grid {
	struct device *dev;
	struct evse_port *port;
	struct evse_guard *guard;
	struct evse_limiter *service;
	struct evse_limiter *integrity;
	s32 rated_mw;
	u32 nominal_mv;
	ktime_t interval;
	u32 late_ms;
	s64 patience_ns;
	bool wants_active;
	unsigned int crossings;
	unsigned int voltages;
	unsigned int phases;

	raw_spinlock_t lock;	/* all that follows; see above */
	struct evse_grid_input relay;
	struct evse_grid_phase phase[EVSE_GRID_PHASES];
	struct evse_grid_voltage voltage[EVSE_GRID_PHASES];
	struct evse_grid_judge judge;
	struct evse_grid_seen seen;
	struct evse_grid_decision decision;
	struct hrtimer timer;
	enum evse_grid_verdict said;
	bool warned;
	enum evse_grid_state shown;
	enum evse_grid_element last_trip;
	unsigned int masked;
	bool forced;
	u32 seed;
	bool active;
	bool down;

	s32 service_mw;
	ktime_t service_at;
	struct evse_grid_band band;
	struct evse_grid_support support;
};

/* grid_act.c: with the lock held, but for the timer and the end */
void evse_grid_act_init(struct evse_grid *g);
void evse_grid_act_quit(struct evse_grid *g);
bool evse_grid_can(const struct evse_grid *g,
		   const struct evse_grid_profile *profile);
void evse_grid_use(struct evse_grid *g, const struct evse_grid_profile *profile);
void evse_grid_cease(struct evse_grid *g);
void evse_grid_step(struct evse_grid *g, ktime_t edge);
void evse_grid_shift(struct evse_grid *g);
void evse_grid_guide(struct evse_grid *g, ktime_t crossing);
bool evse_grid_voltage_known(const struct evse_grid *g,
			     const struct evse_grid_voltage *v);
enum evse_grid_state evse_grid_state_of(const struct evse_grid *g);

/* grid_lines.c */
int evse_grid_lines_get(struct evse_grid *g);
int evse_grid_lines_request(struct evse_grid *g);
void evse_grid_lines_restart(struct evse_grid *g);
void evse_grid_lines_tend(struct evse_grid *g);
void evse_grid_relay_look(struct evse_grid *g);

/* grid_sense.c */
int evse_grid_sense_get(struct evse_grid *g);
int evse_grid_sense_start(struct evse_grid *g);

/* grid_support.c */
void evse_grid_support(struct evse_grid *g);
int evse_grid_support_get(struct evse_grid *g);

/* grid_user.c */
extern const struct evse_grid_ops evse_grid_user_ops;

#endif /* _EVSE_GRID_H */
