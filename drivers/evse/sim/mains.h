/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The AC side of the simulated board as plain state: the grid, the comparators
 * that see its zero crossings, and the island behind an open breaker.
 *
 * Times are nanoseconds of the board's clock. Fields of type s32 that a person
 * can set through debugfs are named in the table of knobs.c.
 */
#ifndef _EVSE_SIM_MAINS_H
#define _EVSE_SIM_MAINS_H

#include <linux/prandom.h>

#include "model.h"

#define EVSE_SIM_PHASES		3

/* Waves: wave.c */

/* Half a turn, as microhertz times nanoseconds */
#define EVSE_SIM_HALF		500000000000000LL

/**
 * struct evse_sim_wave - a phase angle that moves on, its frequency in a ramp
 * @at: moment that the other fields are about
 * @half: full half turns
 * @part: part of the next one, 0 to EVSE_SIM_HALF - 1
 * @uhz: frequency, microhertz
 * @goal: frequency at the end of the ramp
 * @rate: microhertz a second, signed; counts while @uhz is not @goal
 * @from: frequency at its beginning
 * @since: its beginning
 */
struct evse_sim_wave {
	s64 at;
	s64 half;
	s64 part;
	s64 uhz;
	s64 goal;
	s64 rate;
	s64 from;
	s64 since;
};

void evse_sim_wave_init(struct evse_sim_wave *w, s64 uhz, s64 now);
void evse_sim_wave_ramp(struct evse_sim_wave *w, s64 goal_uhz, s64 rate_uhz_s);
void evse_sim_wave_advance(struct evse_sim_wave *w, s64 to);
s64 evse_sim_wave_when(const struct evse_sim_wave *w, s64 ahead);
s64 evse_sim_wave_angle(s32 mdeg);

/* Grid: mains.c */

/**
 * struct evse_sim_rms - what a meter that averages over one cycle shows
 * @since: when the voltage changed last
 * @from: mean square then, mV^2
 * @to: mean square a cycle later
 */
struct evse_sim_rms {
	s64 since;
	s64 from;
	s64 to;
};

void evse_sim_rms_follow(struct evse_sim_rms *rms, s32 mv, s64 cycle_ns,
			 s64 now);
s32 evse_sim_rms_mv(const struct evse_sim_rms *rms, s64 cycle_ns, s64 now);

/**
 * struct evse_sim_mains_phase - one phase of the grid
 * @voltage: part of the grid's voltage, 1/1000
 * @phase_mdeg: ahead of where it belongs
 */
struct evse_sim_mains_phase {
	s32 voltage;
	s32 phase_mdeg;
};

/**
 * struct evse_sim_mains - the grid in front of the breaker, and its relay
 * @wave: angle of the first phase
 * @due: when a gap begins or ends, or the relay moves
 * @gap_from: begin of the gap
 * @gap_until: its end
 * @relay_due: when the relay follows the breaker
 * @phases: 1, 2 for split phase (180 degrees), 3
 * @gap: no voltage at the moment
 * @relay: the relay says that the mains is good
 * @nominal_mhz: nominal frequency
 * @nominal_mv: nominal voltage, phase to neutral
 * @voltage_mv: of all phases, RMS
 * @voltage: and of that so much, 1/1000
 * @frequency_mhz: frequency, or where the ramp ends
 * @rocof_mhz_s: speed of ramps; 0: the frequency jumps
 * @phase_mdeg: all phases ahead by that
 * @missing: half cycles to be left out from the next crossing on
 * @breaker: closed
 * @relay_works: the relay sees when the breaker opens
 * @phase: the phases
 */
struct evse_sim_mains {
	struct evse_sim_wave wave;
	s64 due;
	s64 gap_from;
	s64 gap_until;
	s64 relay_due;
	u8 phases;
	bool gap;
	bool relay;
	s32 nominal_mhz;
	s32 nominal_mv;
	s32 voltage_mv;
	s32 voltage;
	s32 frequency_mhz;
	s32 rocof_mhz_s;
	s32 phase_mdeg;
	s32 missing;
	s32 breaker;
	s32 relay_works;
	struct evse_sim_mains_phase phase[EVSE_SIM_PHASES];
};

void evse_sim_mains_init(struct evse_sim_mains *m, s64 now);
void evse_sim_mains_frequency(struct evse_sim_mains *m);
void evse_sim_mains_missing(struct evse_sim_mains *m);
void evse_sim_mains_breaker(struct evse_sim_mains *m, s64 now);
void evse_sim_mains_fire(struct evse_sim_mains *m, s64 now);
s32 evse_sim_mains_mv(const struct evse_sim_mains *m, unsigned int phase);
s64 evse_sim_mains_offset(const struct evse_sim_mains *m, unsigned int phase);
s64 evse_sim_mains_cycle_ns(const struct evse_sim_mains *m);
bool evse_sim_mains_disturbed(const struct evse_sim_mains *m);

/* Comparators of zero crossings: zero.c */

/**
 * struct evse_sim_zero_phase - one comparator
 * @cross: when the next crossing comes, jitter included
 * @burst: when the next edge of switching noise comes
 * @next: number of the next crossing; those with even numbers rise
 * @offset: angle ahead of the wave
 * @jitter: of the next crossing, ns
 * @edges: edges of noise that are still to come
 * @live: there is voltage
 * @level: what the comparator says
 */
struct evse_sim_zero_phase {
	s64 cross;
	s64 burst;
	s64 next;
	s64 offset;
	s32 jitter;
	u32 edges;
	bool live;
	bool level;
};

/**
 * struct evse_sim_zero - the comparators
 * @due: when one of those that are watched moves
 * @watched: somebody wants to know of these
 * @jitter_ns: crossings come so much earlier or later, at most
 * @distortion_mdeg: positive half cycles begin later and end earlier by that
 * @noise_pulses: pulses of switching noise in each half cycle
 * @noise_ns: the longest time between their edges
 * @noise_at: where in the half cycle they begin, 1/1000
 * @random: of jitter and noise
 * @phase: the comparators
 */
struct evse_sim_zero {
	s64 due;
	u8 watched;
	s32 jitter_ns;
	s32 distortion_mdeg;
	s32 noise_pulses;
	s32 noise_ns;
	s32 noise_at;
	struct rnd_state random;
	struct evse_sim_zero_phase phase[EVSE_SIM_PHASES];
};

void evse_sim_zero_init(struct evse_sim_zero *z);
void evse_sim_zero_phase_set(struct evse_sim_zero *z, unsigned int phase,
			     const struct evse_sim_wave *w, s64 offset,
			     bool live);
void evse_sim_zero_sync(struct evse_sim_zero *z, unsigned int phase,
			const struct evse_sim_wave *w);
void evse_sim_zero_plan(struct evse_sim_zero *z,
			const struct evse_sim_wave *w);
u8 evse_sim_zero_fire(struct evse_sim_zero *z, const struct evse_sim_wave *w,
		      s64 now);

/* Island: island.c */

/**
 * struct evse_sim_island - an RLC load that an inverter feeds alone
 * @wave: its angle
 * @due: when it is computed next
 * @stepped: when it was computed last
 * @ref_mw: what was exported when the breaker opened
 * @nominal_mhz: nominal frequency
 * @nominal_mv: nominal voltage, phase to neutral
 * @mv: voltage, RMS
 * @alive: there is one that the inverter can follow
 * @p_permille: active power that the load takes at nominal voltage, of @ref_mw
 * @q_permille: its reactive power at nominal voltage and frequency, of @ref_mw;
 *	inductive positive
 * @q_factor_permille: quality factor
 */
struct evse_sim_island {
	struct evse_sim_wave wave;
	s64 due;
	s64 stepped;
	s64 ref_mw;
	s32 nominal_mhz;
	s32 nominal_mv;
	s32 mv;
	bool alive;
	s32 p_permille;
	s32 q_permille;
	s32 q_factor_permille;
};

s64 evse_sim_island_resonance_uhz(const struct evse_sim_island *is);
s64 evse_sim_island_target_uhz(const struct evse_sim_island *is, s32 lead_mdeg);
s32 evse_sim_island_target_mv(const struct evse_sim_island *is, s64 export_mw);
void evse_sim_island_begin(struct evse_sim_island *is,
			   const struct evse_sim_wave *grid, s32 mv,
			   s64 export_mw);
void evse_sim_island_step(struct evse_sim_island *is, s64 export_mw,
			  s32 lead_mdeg, s64 now);

#endif /* _EVSE_SIM_MAINS_H */
