/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One bridge, as the files of its driver see it.
 */
#ifndef _PWM_EVSE_BRIDGE_H
#define _PWM_EVSE_BRIDGE_H

#include <linux/atomic.h>
#include <linux/evse-bridge.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/spinlock.h>

#include "epwm_leg.h"

struct attribute_group;
struct pwm_chip;
struct regmap;

/**
 * struct evse_bridge_leg - one half-bridge
 * @bridge: of which
 * @map: registers of its module
 * @index: number
 * @irq: trip-zone interrupt, 0 for none
 * @cmp: CMPA
 */
struct evse_bridge_leg {
	struct evse_bridge *bridge;
	struct regmap *map;
	unsigned int index;
	int irq;
	u16 cmp;
};

/**
 * struct evse_bridge - a bridge
 * @dev: its device
 * @node: in the list of bridges
 * @bounds: what the device tree asks for
 * @plan: the same in ticks
 * @legs: how many
 * @leg: the legs
 * @chip: the legs as PWMs
 * @lock: arming, the owner, what PWM consumers ask for
 * @reference: guards @prd and the legs' @cmp with their registers
 * @prd: TBPRD of all legs, changed under @lock, too
 * @armed: legs whose trip was ended, bit by bit
 * @tripped: legs that the trip input turned off
 * @trips: counts trips of the whole bridge
 * @inputs: counts those by the trip input
 * @closed: not to be armed any more
 * @panic: place in the list of what a panic calls
 * @owner: who alone may arm, or NULL
 * @on_trip: told of trips by the trip input, or NULL
 * @on_trip_priv: its argument
 */
struct evse_bridge {
	struct device *dev;
	struct list_head node;
	struct epwm_bounds bounds;
	struct epwm_plan plan;
	unsigned int legs;
	struct evse_bridge_leg leg[EVSE_BRIDGE_LEGS];
	struct pwm_chip *chip;
	struct mutex lock;	/* arming, owner, what PWM consumers ask for */
	raw_spinlock_t reference;
	u16 prd;
	atomic_t armed;
	atomic_t tripped;
	atomic_t trips;
	atomic_t inputs;
	bool closed;
	struct notifier_block panic;
	struct device *owner;
	void (*on_trip)(void *priv, ktime_t edge);
	void *on_trip_priv;
};

/* bridge.c; @lock is held where a line says so */
int evse_bridge_start(struct evse_bridge *b);
void evse_bridge_close(struct evse_bridge *b);
int evse_bridge_arm_legs(struct evse_bridge *b, u32 legs,	/* locked */
			 int trips, bool (*may_arm)(void *priv), void *priv);
int evse_bridge_count_trips(struct evse_bridge *b);
void evse_bridge_trip_leg(struct evse_bridge_leg *leg);		/* locked */
bool evse_bridge_leg_is_off(const struct evse_bridge_leg *leg);
void evse_bridge_set_period(struct evse_bridge *b, u16 prd);	/* locked */
void evse_bridge_set_compare(struct evse_bridge_leg *leg, u16 cmp);
irqreturn_t evse_bridge_trip_zone(int irq, void *data);

/* bridge_owner.c */
void evse_bridge_publish(struct evse_bridge *b);
void evse_bridge_withdraw(struct evse_bridge *b);

/* one file each */
int evse_bridge_chip_add(struct evse_bridge *b);
extern const struct attribute_group *evse_bridge_groups[];

#endif /* _PWM_EVSE_BRIDGE_H */
