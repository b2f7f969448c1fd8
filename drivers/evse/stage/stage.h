/* SPDX-License-Identifier: GPL-2.0-only */
/* The power stage of a port: a bridge that follows the grid. */
#ifndef _EVSE_STAGE_H
#define _EVSE_STAGE_H

#include <linux/evse.h>
#include <linux/evse-bridge.h>
#include <linux/hrtimer.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "control.h"
#include "follow.h"
#include "form.h"
#include "modulator.h"
#include "pace.h"
#include "reference.h"

struct iio_channel;

/**
 * struct evse_stage - a power stage
 * @dev: the provider
 * @ops: what it can do
 * @port: its port
 * @bridge: its gates
 * @guard: ceases while the grid is not followed, trips with the bridge
 * @link: voltage of the DC link, mV
 * @power: what flows, mW; NULL when nobody measures it
 * @rated_mw: of the port, the larger of both directions
 * @topology: what the legs make
 * @inductance_uh: of the filter, each phase
 * @island_mv: voltage that it forms for a house, RMS of a phase; 0 when it forms none
 * @island_uhz: frequency, likewise
 * @step: control step
 * @pace: when the next one comes; its carrier changes while there are none
 * @watch: measures, and says when power may flow again
 * @watched: @watch may queue itself
 * @lost_at: since when the grid is not followed, in @watch
 * @running: control steps are due
 * @state: armed, or the first cause of gates that are off
 * @lock: all below
 * @follow: phase of the grid
 * @reference: ramp of the power
 * @control: from power to voltage
 * @forming: @form makes the voltage, instead of @control
 * @form: voltage of a house
 * @modulator: from voltage to duties
 * @steps: since the gates were armed, or are about to be
 */
struct evse_stage {
	struct device *dev;
	struct evse_stage_ops ops;
	struct evse_port *port;
	struct evse_bridge *bridge;
	struct evse_guard *guard;
	struct iio_channel *link;
	struct iio_channel *power;
	u32 rated_mw;
	enum evse_topology topology;
	u32 inductance_uh;
	u32 island_mv;
	u32 island_uhz;
	struct hrtimer step;
	struct evse_pace pace;
	struct delayed_work watch;
	bool watched;
	ktime_t lost_at;
	bool running;
	enum evse_bridge_state state;

	raw_spinlock_t lock;
	struct evse_follow follow;
	struct evse_reference reference;
	struct evse_control control;
	bool forming;
	struct evse_form form;
	struct evse_modulator modulator;
	u64 steps;
};

/* stage_bridge.c */
int evse_stage_modulator(const struct evse_stage *s, u32 carrier_hz,
			 struct evse_modulator *m);
int evse_stage_tune(struct evse_stage *s);
void evse_stage_off(struct evse_stage *s, enum evse_bridge_state why);
void evse_stage_bridge(void *priv, struct evse_bridge_status *status);
int evse_stage_set_carrier(void *priv, u32 carrier_hz);

/* stage_form.c */
int evse_stage_form_get(struct evse_stage *s);
void evse_stage_form_goal(struct evse_stage *s, s32 power_mw);

/* stage_step.c */
void evse_stage_step_init(struct evse_stage *s);
void evse_stage_step_start(struct evse_stage *s, bool forming);
void evse_stage_step_stop(struct evse_stage *s);

/* stage_watch.c */
int evse_stage_watch_get(struct evse_stage *s);
int evse_stage_watch_start(struct evse_stage *s);
int evse_stage_watch_link(struct evse_stage *s);

#endif /* _EVSE_STAGE_H */
