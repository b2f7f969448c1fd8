/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A bridge on three modelled ePWM modules, bound by its driver, with PWM
 * consumers and an owner that can come and go.
 */
#ifndef _BRIDGE_RIG_H
#define _BRIDGE_RIG_H

#include <linux/platform_device.h>
#include <linux/prandom.h>
#include <linux/pwm.h>

#include "../../evse/sim/epwm.h"
#include "../bridge.h"

struct kunit;

#define RIG_LEGS	3
#define RIG_MHZ		100
#define RIG_DEAD	200	/* cycles: 2 us */

/**
 * struct bridge_rig - all of it
 * @test: the test
 * @e: the modules
 * @b: the bridge
 * @parent: has the register maps
 * @device: the bridge's device
 * @user: the owner's device, or NULL
 * @clk: clock of the modules
 * @pwm: the legs' PWMs
 * @skew: how far the modules' time is ahead of the clock's, cycles
 * @start: clock when the modules were reset
 * @rnd: source of chance
 * @writes: registers written so far
 * @between: called before each write, or NULL
 * @depth: within @between
 * @told: how often the owner was told of a trip
 */
struct bridge_rig {
	struct kunit *test;
	struct evse_sim_epwms e;
	struct evse_bridge *b;
	struct platform_device *parent;
	struct platform_device *device;
	struct platform_device *user;
	struct clk_hw *clk;
	struct pwm_device *pwm[RIG_LEGS];
	s64 skew;
	ktime_t start;
	struct rnd_state rnd;
	u32 writes;
	void (*between)(struct bridge_rig *rig);
	unsigned int depth;
	u32 told;
};

struct bridge_rig *bridge_rig_new(struct kunit *test);
void bridge_rig_free(struct bridge_rig *rig);
void bridge_rig_wait(struct bridge_rig *rig, s64 cycles);
void bridge_rig_trip_input(struct bridge_rig *rig, bool active);
unsigned int bridge_rig_interrupts(struct bridge_rig *rig);
int bridge_rig_claim(struct bridge_rig *rig);
void bridge_rig_unclaim(struct bridge_rig *rig);
int bridge_rig_apply_state(struct bridge_rig *rig, unsigned int leg,
			   const struct pwm_state *state);
int bridge_rig_apply(struct bridge_rig *rig, unsigned int leg, u64 period,
		     u64 duty, bool enabled);
bool bridge_rig_off(struct bridge_rig *rig, unsigned int leg);
void bridge_rig_judge(struct bridge_rig *rig);
u32 bridge_rig_below(struct bridge_rig *rig, u32 limit);

#endif /* _BRIDGE_RIG_H */
