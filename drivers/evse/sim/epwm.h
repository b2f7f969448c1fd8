/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One TI ePWM module as its registers show it and its two outputs carry it, and
 * up to three of them in a chain of synchronisation. Pure.
 *
 * Times are cycles of the functional clock. Not modelled: high resolution,
 * chopper, event trigger (their registers keep what is written). A level of high
 * impedance counts as low, for gate drivers have pull-downs.
 */
#ifndef _EVSE_SIM_EPWM_H
#define _EVSE_SIM_EPWM_H

#include <linux/limits.h>
#include <linux/types.h>

#define EVSE_SIM_EPWM_NEVER	S64_MAX
#define EVSE_SIM_EPWMS		3

/**
 * struct evse_sim_epwm_delay - one delay line of the dead-band unit
 * @count: TBCLK cycles since the input's edge that is delayed
 * @in: input
 * @out: output
 * @running: the output has not followed yet
 */
struct evse_sim_epwm_delay {
	u32 count;
	bool in;
	bool out;
	bool running;
};

/**
 * struct evse_sim_epwm_pair - a register with its shadow
 * @now: in force
 * @next: shadow
 * @full: the shadow waits to be loaded
 */
struct evse_sim_epwm_pair {
	u16 now;
	u16 next;
	bool full;
};

/**
 * struct evse_sim_epwm - a module
 * @now: up to when it has been computed
 * @edge: last edge of TBCLK
 * @reg: registers that only keep what is written, by offset / 2
 * @ctr: TBCTR
 * @prd: TBPRD
 * @cmp: CMPA, CMPB
 * @csf: AQCSFRC
 * @up: the counter counts up
 * @ctrmax: TBSTS.CTRMAX
 * @synci: TBSTS.SYNCI
 * @synco: its synchronisation output fired in the step that was computed last
 * @aq: outputs of the action qualifier
 * @red: rising edge delay
 * @fed: falling edge delay
 * @tz: trip inputs that are active, bit 0 is TZ1
 * @flg: TZFLG
 * @cbc: the outputs are held by a cycle-by-cycle trip
 * @stopped: TBCLK is gated
 */
struct evse_sim_epwm {
	s64 now;
	s64 edge;
	u16 reg[32];
	u16 ctr;
	struct evse_sim_epwm_pair prd;
	struct evse_sim_epwm_pair cmp[2];
	struct evse_sim_epwm_pair csf;
	bool up;
	bool ctrmax;
	bool synci;
	bool synco;
	bool aq[2];
	struct evse_sim_epwm_delay red;
	struct evse_sim_epwm_delay fed;
	u8 tz;
	u16 flg;
	bool cbc;
	bool stopped;
};

void evse_sim_epwm_init(struct evse_sim_epwm *m);
void evse_sim_epwm_run(struct evse_sim_epwm *m, s64 to);
s64 evse_sim_epwm_due(const struct evse_sim_epwm *m);
u16 evse_sim_epwm_read(const struct evse_sim_epwm *m, unsigned int reg);
void evse_sim_epwm_write(struct evse_sim_epwm *m, unsigned int reg, u16 value);
void evse_sim_epwm_sync(struct evse_sim_epwm *m);
void evse_sim_epwm_trip_input(struct evse_sim_epwm *m, u8 active);
void evse_sim_epwm_clock(struct evse_sim_epwm *m, bool on);
bool evse_sim_epwm_out(const struct evse_sim_epwm *m, unsigned int output);
bool evse_sim_epwm_tripped(const struct evse_sim_epwm *m);
bool evse_sim_epwm_irq(const struct evse_sim_epwm *m);
s64 evse_sim_epwm_period(const struct evse_sim_epwm *m);

/* An oscilloscope on both outputs: epwm_scope.c */

/**
 * struct evse_sim_scope - what an oscilloscope saw at one module
 * @rose: when an output rose last
 * @fell: when an output fell last
 * @high: level of an output
 * @whole: the pulse began without a trip's end
 * @tripped: the outputs were held by a trip
 * @both: how often both outputs were high
 * @held: how often an output was high while tripped
 * @edges: how often an output rose
 * @dead: shortest time from the fall of one output to the rise of the other
 * @pulse: shortest pulse that no trip cut
 * @width: last pulse of an output that no trip cut
 */
struct evse_sim_scope {
	s64 rose[2];
	s64 fell[2];
	bool high[2];
	bool whole[2];
	bool tripped;
	u32 both;
	u32 held;
	u32 edges;
	s64 dead;
	s64 pulse;
	s64 width[2];
};

void evse_sim_scope_clear(struct evse_sim_scope *s);
void evse_sim_scope_look(struct evse_sim_scope *s,
			 const struct evse_sim_epwm *m);

/* Modules in a chain, the first one's output to the second one's input: epwm_chain.c */

/**
 * struct evse_sim_epwms - modules in a chain
 * @m: the modules
 * @scope: one for each
 * @count: how many
 */
struct evse_sim_epwms {
	struct evse_sim_epwm m[EVSE_SIM_EPWMS];
	struct evse_sim_scope scope[EVSE_SIM_EPWMS];
	unsigned int count;
};

void evse_sim_epwms_init(struct evse_sim_epwms *e, unsigned int count);
void evse_sim_epwms_run(struct evse_sim_epwms *e, s64 to);
void evse_sim_epwms_write(struct evse_sim_epwms *e, unsigned int module,
			  unsigned int reg, u16 value);
void evse_sim_epwms_trip_input(struct evse_sim_epwms *e, u8 active);
s64 evse_sim_epwms_change(const struct evse_sim_epwms *e, s64 until);

#endif /* _EVSE_SIM_EPWM_H */
