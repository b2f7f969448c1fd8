// SPDX-License-Identifier: GPL-2.0-only
/*
 * The grid: voltage and frequency of its phases, half cycles that are missing,
 * the breaker and the relay behind it, and what an RMS meter shows. Pure.
 */

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "mains.h"

#define RELAY_TRAVEL	EVSE_SIM_MS(3)
/* A gap begins and ends that far off the crossings, on their dead side. */
#define GAP_MARGIN	NSEC_PER_USEC
/* Further off nominal than this, a charger may want to disconnect. */
#define DISTURBED_PERMILLE	80
#define DISTURBED_MHZ		400

static void plan(struct evse_sim_mains *m)
{
	m->due = min(m->gap ? m->gap_until : m->gap_from, m->relay_due);
}

/* The settings are in place. */
void evse_sim_mains_init(struct evse_sim_mains *m, s64 now)
{
	evse_sim_wave_init(&m->wave, m->frequency_mhz * 1000LL, now);
	m->gap = false;
	m->gap_from = EVSE_SIM_NEVER;
	m->gap_until = EVSE_SIM_NEVER;
	m->relay_due = EVSE_SIM_NEVER;
	m->relay = true;
	plan(m);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_mains_init);

/* Frequency or speed of ramps was written; the wave is where it is now. */
void evse_sim_mains_frequency(struct evse_sim_mains *m)
{
	evse_sim_wave_ramp(&m->wave, m->frequency_mhz * 1000LL,
			   m->rocof_mhz_s * 1000LL);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_mains_frequency);

s64 evse_sim_mains_cycle_ns(const struct evse_sim_mains *m)
{
	return div_s64(NSEC_PER_SEC * 1000LL, m->nominal_mhz);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_mains_cycle_ns);

/* The number of missing half cycles was written: from the next crossing on. */
void evse_sim_mains_missing(struct evse_sim_mains *m)
{
	s64 half = div64_s64(EVSE_SIM_HALF, m->wave.uhz);

	m->gap = false;
	m->gap_from = EVSE_SIM_NEVER;
	if (m->missing) {
		m->gap_from = evse_sim_wave_when(&m->wave, EVSE_SIM_HALF -
						 m->wave.part) - GAP_MARGIN;
		m->gap_from = max(m->gap_from, m->wave.at);
		m->gap_until = m->gap_from + m->missing * half +
			       2 * GAP_MARGIN;
	}
	plan(m);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_mains_missing);

/* The breaker moved, or the relay began or ceased to work. */
void evse_sim_mains_breaker(struct evse_sim_mains *m, s64 now)
{
	m->relay_due = now + RELAY_TRAVEL;
	plan(m);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_mains_breaker);

void evse_sim_mains_fire(struct evse_sim_mains *m, s64 now)
{
	if (m->relay_due <= now) {
		m->relay = m->breaker || !m->relay_works;
		m->relay_due = EVSE_SIM_NEVER;
	}
	if (m->gap && m->gap_until <= now) {
		m->gap = false;
		m->missing = 0;
	} else if (m->gap_from <= now) {
		m->gap = true;
		m->gap_from = EVSE_SIM_NEVER;
	}
	plan(m);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_mains_fire);

/* Voltage of a phase, as it is from this moment on. */
s32 evse_sim_mains_mv(const struct evse_sim_mains *m, unsigned int phase)
{
	if (m->gap || phase >= m->phases)
		return 0;
	return div_s64((s64)m->voltage_mv * m->voltage *
		       m->phase[phase].voltage, 1000000);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_mains_mv);

/* Angle of a phase ahead of the wave. */
s64 evse_sim_mains_offset(const struct evse_sim_mains *m, unsigned int phase)
{
	return evse_sim_wave_angle(m->phase_mdeg +
				   m->phase[phase].phase_mdeg) -
	       div_s64(2 * EVSE_SIM_HALF * phase, m->phases);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_mains_offset);

/* Something that a grid guard may take for a reason to disconnect. */
bool evse_sim_mains_disturbed(const struct evse_sim_mains *m)
{
	s64 off = m->wave.uhz - m->nominal_mhz * 1000LL;
	unsigned int i;

	if (!m->breaker || m->gap || m->wave.uhz != m->wave.goal ||
	    abs(off) > DISTURBED_MHZ * 1000LL)
		return true;
	for (i = 0; i < m->phases; i++)
		if (abs(evse_sim_mains_mv(m, i) - m->nominal_mv) >
		    m->nominal_mv / 1000 * DISTURBED_PERMILLE)
			return true;
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_mains_disturbed);

static s64 mean_square(const struct evse_sim_rms *rms, s64 cycle_ns, s64 now)
{
	s64 us = div_s64(now - rms->since, NSEC_PER_USEC);
	s64 cycle_us = div_s64(cycle_ns, NSEC_PER_USEC);

	if (us >= cycle_us)
		return rms->to;
	return rms->from + div64_s64((rms->to - rms->from) * us, cycle_us);
}

/* The voltage is @mv from now on; the mean shows that in full a cycle later. */
void evse_sim_rms_follow(struct evse_sim_rms *rms, s32 mv, s64 cycle_ns,
			 s64 now)
{
	s64 square = (s64)mv * mv;

	if (square == rms->to)
		return;
	rms->from = mean_square(rms, cycle_ns, now);
	rms->to = square;
	rms->since = now;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_rms_follow);

s32 evse_sim_rms_mv(const struct evse_sim_rms *rms, s64 cycle_ns, s64 now)
{
	return int_sqrt64(mean_square(rms, cycle_ns, now));
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_rms_mv);
