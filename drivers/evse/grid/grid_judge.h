/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a grid guard does about what it measures: trip elements with their
 * timers, momentary cessation, islanding, enter service. Pure: values and a
 * time in, a decision out.
 */
#ifndef _EVSE_GRID_JUDGE_H
#define _EVSE_GRID_JUDGE_H

#include "grid_enter.h"
#include "grid_mean.h"
#include "grid_profile.h"

/* Opening the contactor takes so long; decisions fall so much earlier. */
#define EVSE_GRID_LEAD_MS		20

/*
 * Power may flow again so long after the crossings came back with a voltage
 * that asks for it, even while the frequency is not known yet. IEEE 1547-2018
 * wants it back within 400 ms; the power stage has the rest of them.
 */
#define EVSE_GRID_RETURN_MS		300

/* What is well for so long after a trip is not an island whose voltage dies. */
#define EVSE_GRID_RECOVERY_MS		300

/* A crossing is missed so long after the mains went, at 50 Hz. */
#define EVSE_GRID_MISSING_MS		15

/* Relay and crossings may disagree so long. */
#define EVSE_GRID_CONTRADICTION_MS	1000

/* Crossings without a frequency for longer than this are an island's. */
#define EVSE_GRID_UNLOCKED_MS		1000

/*
 * With active detection at work, a frequency outside all ride-through regions
 * for so long is an island. A phase jump of 60 degrees looks like 2 Hz for the
 * five cycles that the fast window has, 83 ms; this is twice as long.
 */
#define EVSE_GRID_RUNAWAY_MS		160

/* The warning ends so much inside its band, permille. */
#define EVSE_GRID_WARN_BACK		5

/**
 * struct evse_grid_seen - what is known of the grid at a moment
 * @now: the moment, ns
 * @low_permille: lowest phase, 1/1000 of nominal, RMS; 0 while crossings stay
 *	away
 * @high_permille: highest phase
 * @voltage_late_ms: what these say comes so late, and is decided on so much
 *	earlier
 * @frequency_mhz: fast window
 * @frequency_late_ms: how late that comes, likewise
 * @rocof_mhz_s: rate of change of frequency
 * @shift_mdeg: jump of the phase angle, absolute value
 * @measured: there is somebody who measures voltages
 * @voltage_valid: the voltages are fresh; true where nobody measures them
 * @locked: frequency, rate and shift are known
 * @crossing: crossings arrive (false: the deadline of one has passed)
 * @relay: the voltage-monitor relay says that the mains is good; true without
 *	one
 * @gates: there are gates that a cease can block
 * @active: the frequency shift of active detection is at work
 */
struct evse_grid_seen {
	s64 now;
	s32 low_permille;
	s32 high_permille;
	u32 voltage_late_ms;
	u32 frequency_mhz;
	u32 frequency_late_ms;
	s32 rocof_mhz_s;
	s32 shift_mdeg;
	bool measured;
	bool voltage_valid;
	bool locked;
	bool crossing;
	bool relay;
	bool gates;
	bool active;
};

/**
 * enum evse_grid_verdict - what the guard is to say
 * @EVSE_GRID_HOLD: no permit for export, no fault
 * @EVSE_GRID_PERMIT: power may flow
 * @EVSE_GRID_CEASE: gates blocked, contactor stays
 * @EVSE_GRID_TRIP: gates off, contactor open, latched; stays until the grid is
 *	back
 */
enum evse_grid_verdict {
	EVSE_GRID_HOLD,
	EVSE_GRID_PERMIT,
	EVSE_GRID_CEASE,
	EVSE_GRID_TRIP,
};

/**
 * struct evse_grid_decision - what follows from what is seen
 * @verdict: what the guard is to say
 * @state: what users are shown
 * @element: what tripped or ceased; EVSE_GRID_ELEMENT_NONE otherwise
 * @value: what was measured of it, in the element's unit, 0 when that is not
 *	known any more; of an island how long there had been one, ms
 * @since: when the condition of @element began, ns
 * @warn: voltage outside the band of the grid integrity warning
 * @outside: EVSE_GRID_WINDOW_* bits
 * @running: element whose timer ends first
 * @next: when to be asked again without news, ns; S64_MAX for never. Nothing
 *	but @running_ms and @wait_ms changes before.
 * @running_ms: time until @running trips
 * @wait_ms: time until export may return, if the grid is well from now on
 * @ramp_permille: part of the rated export that is allowed, 0 to 1000
 */
struct evse_grid_decision {
	enum evse_grid_verdict verdict;
	enum evse_grid_state state;
	enum evse_grid_element element;
	s32 value;
	s64 since;
	bool warn;
	u32 outside;
	enum evse_grid_element running;
	s64 next;
	u32 running_ms;
	u32 wait_ms;
	u32 ramp_permille;
};

/**
 * struct evse_grid_judge - profile in force and its timers
 * @profile: the standard
 * @line: its settings as they are now
 * @phases: 1 or 3, for what the standard lets depend on it
 * @last: element that tripped last
 * @phase: between two trips, enum evse_grid_course
 * @since: when the condition of each element began; EVSE_GRID_NEVER: it does
 *	not hold. This and all that follows belongs to grid_judge.c.
 * @lost_since: crossings count as away since
 * @well_since: crossings arrive with a voltage that asks for power since
 * @unlocked_since: crossings arrive without a frequency since
 * @contradiction_since: relay and crossings disagree since
 * @recovered_since: after a trip, the grid is well since
 * @trip_since: when the condition of the latest trip began
 * @trip_value: what was measured of it
 * @enter: enter service
 * @mean: ten minutes of the highest phase, where the profile has ov-mean
 */
struct evse_grid_judge {
	const struct evse_grid_profile *profile;
	struct evse_grid_line line[EVSE_GRID_ELEMENTS];
	u8 phases;
	enum evse_grid_element last;
	u8 phase;
	s64 since[EVSE_GRID_ELEMENTS];
	s64 lost_since;
	s64 well_since;
	s64 unlocked_since;
	s64 contradiction_since;
	s64 recovered_since;
	s64 trip_since;
	s32 trip_value;
	struct evse_grid_enter enter;
	struct evse_grid_mean mean;
};

void evse_grid_judge_init(struct evse_grid_judge *j,
			  const struct evse_grid_profile *profile, u8 phases,
			  u32 seed);
void evse_grid_judge_change(struct evse_grid_judge *j,
			    const struct evse_grid_profile *profile, u32 seed);
int evse_grid_judge_set(struct evse_grid_judge *j,
			enum evse_grid_element element, s32 pickup,
			u32 time_ms);
void evse_grid_judge_step(struct evse_grid_judge *j,
			  const struct evse_grid_seen *seen,
			  struct evse_grid_decision *decision);

#endif /* _EVSE_GRID_JUDGE_H */
