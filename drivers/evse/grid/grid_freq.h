/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Frequency, its rate of change and vector shift from the times of zero
 * crossings. Pure: values in, values out; integers only.
 */
#ifndef _EVSE_GRID_FREQ_H
#define _EVSE_GRID_FREQ_H

#include <linux/types.h>

/* Half cycles that are remembered: one second at 60 Hz, and some. */
#define EVSE_FREQ_RING		128

/* Good crossings in a row that make a lock: five cycles and one half. */
#define EVSE_FREQ_LOCK		12

/* Half cycles of the fast reading: five cycles. */
#define EVSE_FREQ_FAST		10

/* What counts as a mains frequency at all. */
#define EVSE_FREQ_MIN_MHZ	40000
#define EVSE_FREQ_MAX_MHZ	70000

/* Crossings off the line that it takes to tell what has happened. */
#define EVSE_FREQ_OPEN		4

/**
 * struct evse_freq - the crossings of one phase
 * @half_ns: half a period at nominal frequency
 * @stamp: crossings, ns modulo 2^32 (more than the ring ever spans), with the
 *	jumps of the phase taken out
 * @head: the latest of them
 * @count: how many are known, without interruption and believable
 * @offset: what was taken out
 * @last: the latest crossing as it came
 * @rising: its direction
 * @open: latest crossings that are off the line of those before, and not
 *	explained yet
 * @off: how far off, ns; late is positive
 * @before: the same of the latest crossing that is on the line
 * @drift: how late crossings are of late by a steady change of frequency, ns
 * @settle: crossings yet to be taken as they come, after a step of frequency
 * @noise: mean distance from the line, ns
 * @skew: how much the positive half is longer than half a period, ns
 * @shift_mdeg: jump of the phase
 * @shift_left: crossings for which it is still shown
 * @stray: an edge came in the middle of the half cycle that is running
 * @dirty: half cycles in a row in which one came
 * @glitches: edges that were no crossings, for statistics
 *
 * Fields belong to grid_freq.c.
 */
struct evse_freq {
	u32 half_ns;
	u32 stamp[EVSE_FREQ_RING];
	u32 head;
	u32 count;
	u32 offset;
	s64 last;
	bool rising;
	u32 open;
	s32 off[EVSE_FREQ_OPEN];
	s32 before;
	s32 drift;
	u32 settle;
	s32 noise;
	s32 skew;
	s32 shift_mdeg;
	u32 shift_left;
	bool stray;
	u32 dirty;
	u32 glitches;
};

/**
 * struct evse_freq_reading - what the crossings say
 * @locked: enough crossings in a row; everything else is 0 without it
 * @sure: all of @fast_mhz is frequency, and nothing of it a jump that was not
 *	told from one. Who can wait for five cycles does, who protects does not.
 * @fast_mhz: over 5 cycles (IEEE 1547-2018 Table 3, transient), millihertz
 * @slow_mhz: over up to 60 cycles (Table 3, steady state), millihertz
 * @rocof_mhz_s: least-squares slope of the frequency over the RoCoF window,
 *	millihertz a second; 0 until crossings fill the window
 * @shift_mdeg: largest jump of the phase angle within the latest 5 cycles,
 *	millidegree; positive when the angle jumped ahead
 */
struct evse_freq_reading {
	bool locked;
	bool sure;
	u32 fast_mhz;
	u32 slow_mhz;
	s32 rocof_mhz_s;
	s32 shift_mdeg;
};

void evse_freq_init(struct evse_freq *f, u32 nominal_mhz);
bool evse_freq_edge(struct evse_freq *f, s64 when, bool rising);
void evse_freq_lost(struct evse_freq *f);
s64 evse_freq_deadline(const struct evse_freq *f);
bool evse_freq_arrive(const struct evse_freq *f);
void evse_freq_read(const struct evse_freq *f, u32 rocof_window_ms,
		    struct evse_freq_reading *reading);

#endif /* _EVSE_GRID_FREQ_H */
