/* SPDX-License-Identifier: GPL-2.0-only */
/* ePWM modules of a simulated board, and what flows through the bridge on them. */
#ifndef _EVSE_SIM_BRIDGE_H
#define _EVSE_SIM_BRIDGE_H

#include <linux/irq_work.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include "board.h"
#include "epwm.h"
#include "feed.h"
#include "inverter.h"

/* Writes that wait for somebody to look; a trip writes three, and so does a step. */
#define SIM_BRIDGE_HURRIED	32

/* Periods of the carrier that the recorder of the power keeps: 200 ms at 20 kHz */
#define SIM_BRIDGE_RECORDS	4096

struct sim_bridge;

/**
 * struct sim_bridge_leg - one module
 * @s: of which bridge
 * @index: number
 */
struct sim_bridge_leg {
	struct sim_bridge *s;
	unsigned int index;
};

/**
 * struct sim_bridge_write - a register that was written in a hurry
 * @time: ns
 * @leg: of which module
 * @reg: which one
 * @value: what was written
 */
struct sim_bridge_write {
	s64 time;
	u8 leg;
	u8 reg;
	u16 value;
};

/**
 * struct sim_bridge_record - a period of the carrier
 * @mw: power into the link
 * @ma: current from the grid, or the house, into phase 1 at its end
 */
struct sim_bridge_record {
	s32 mw;
	s32 ma;
};

/**
 * struct sim_bridge - modules of a bridge
 * @dev: platform device
 * @leg: what their register maps hold on to
 * @lock: guards all below; raw, because registers are written in hard interrupts
 * @e: the modules
 * @hz: rate of their functional clock
 * @gate_dead_ns: dead time that the switches need
 * @asked: interrupts that the modules ask for
 * @pending: interrupts that wait for delivery
 * @domain: the interrupts
 * @work: delivers them
 * @trip_input: level of the fault pin
 * @tbclk: the clock of the counters runs
 * @off: legs that are tripped, as bits, what was written in a hurry included
 * @hurried: writes that the modules have not seen yet
 * @hurry: how many they are
 * @board: board whose link and grid it is between, NULL without one
 * @feed: what it tells the board's plant
 * @top: TBPRD of the duties in @feed
 * @inverter: currents; the board's lock, as @flown
 * @flown: up to when they are computed, ns
 * @active: sum of active power in the cycle of the mains that is under way
 * @reactive: likewise, of power with the voltage a quarter of a turn back
 * @summed: periods in those sums
 * @record: what flowed in each of the latest periods; likewise
 * @recorded: how many there have been
 * @begun: of them, before power flowed
 */
struct sim_bridge {
	struct device *dev;
	struct sim_bridge_leg leg[EVSE_SIM_EPWMS];
	raw_spinlock_t lock;
	struct evse_sim_epwms e;
	u32 hz;
	u32 gate_dead_ns;
	u32 asked;
	u32 pending;
	struct irq_domain *domain;
	struct irq_work work;
	bool trip_input;
	bool tbclk;
	u32 off;
	struct sim_bridge_write hurried[SIM_BRIDGE_HURRIED];
	unsigned int hurry;
	struct evse_sim *board;
	struct evse_sim_feed feed;
	u16 top;
	struct evse_sim_inverter inverter;
	s64 flown;
	s64 active;
	s64 reactive;
	unsigned int summed;
	struct sim_bridge_record record[SIM_BRIDGE_RECORDS];
	unsigned int recorded;
	unsigned int begun;
};

/* bridge.c; the lock is held but for the last one */
u64 evse_sim_bridge_ns(const struct sim_bridge *s, s64 time);
void evse_sim_bridge_run(struct sim_bridge *s);
void evse_sim_bridge_changed(struct sim_bridge *s);
bool evse_sim_bridge_gates(const struct sim_bridge *s);
void evse_sim_bridge_tell(struct sim_bridge *s, bool gates);

/* bridge_files.c */
int evse_sim_bridge_add_files(struct sim_bridge *s);

#endif /* _EVSE_SIM_BRIDGE_H */
