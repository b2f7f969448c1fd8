// SPDX-License-Identifier: GPL-2.0-only
/*
 * From what is seen of the grid to what the port is told: every interrupt,
 * timer and sample ends here, under the lock of the guard, so that the core
 * hears verdicts in the order in which they were made.
 */
#include <linux/lockdep.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/random.h>
#include <linux/string.h>

#include "grid.h"

/* Ten cycles of 50 Hz: smooth enough, and well below a RoCoF element's time. */
#define EVSE_GRID_ROCOF_MS	200
/* A metering front end dithers; one that says the same for so long hangs. */
#define EVSE_GRID_FROZEN_NS	(2 * NSEC_PER_SEC)
/* Below this part of nominal a line is dead, and may well read the same. */
#define EVSE_GRID_DEAD		20
/*
 * A mean over five cycles, looked at every half cycle, shows a step to just
 * outside that late; two cycles are what IEEE 1547-2018 Table 3 leaves a timer.
 */
#define EVSE_GRID_LATE_HALVES	(EVSE_FREQ_FAST + 1 - 4)
/* Whatever a decision asks for, it is not asked for more often than this. */
#define EVSE_GRID_PAUSE_NS	(100 * NSEC_PER_USEC)
/*
 * A load of quality factor 2 follows this angle by 5.6 % of its frequency, which
 * is outside what any standard wants to be ridden through; one of quality factor
 * 1 by 12 %, which is still a frequency that is measured.
 */
#define EVSE_GRID_LEAD_MDEG	13000
/* cf0 of 0.01; 1.6 % of the power as reactive power */
#define EVSE_GRID_BIAS_MDEG	900

/* Measurement */

static u32 evse_grid_late_ms(u32 frequency_mhz)
{
	return frequency_mhz ? EVSE_GRID_LATE_HALVES * 500000 / frequency_mhz : 0;
}

static void evse_grid_see_crossings(struct evse_grid *g)
{
	struct evse_grid_seen *seen = &g->seen;
	unsigned int i;

	seen->gates = evse_port_has_stage(g->port);
	seen->active = g->active && g->said == EVSE_GRID_PERMIT;
	seen->locked = true;
	seen->crossing = true;
	seen->frequency_mhz = g->judge.profile->nominal_mhz;
	seen->rocof_mhz_s = 0;
	seen->shift_mdeg = 0;

	for (i = 0; i < g->crossings; i++) {
		struct evse_grid_phase *p = &g->phase[i];

		if (p->stale)
			evse_freq_read(&p->freq, EVSE_GRID_ROCOF_MS, &p->reading);
		p->stale = false;
		seen->crossing &= !p->lost;
		seen->locked &= p->reading.locked;
		seen->shift_mdeg = max(seen->shift_mdeg,
				       abs(p->reading.shift_mdeg));
	}
	if (g->crossings) {
		seen->frequency_mhz = g->phase[0].reading.fast_mhz;
		seen->frequency_late_ms = evse_grid_late_ms(seen->frequency_mhz);
		seen->rocof_mhz_s = g->phase[0].reading.rocof_mhz_s;
	}
}

/**
 * evse_grid_voltage_known() - is a channel heard, and does it move
 * @g: the guard; its lock is held
 * @v: the channel
 *
 * Return: true when its value counts.
 */
bool evse_grid_voltage_known(const struct evse_grid *g,
			     const struct evse_grid_voltage *v)
{
	if (!v->at || g->seen.now - v->at > g->patience_ns)
		return false;
	return v->mv < g->nominal_mv / EVSE_GRID_DEAD ||
	       g->seen.now - v->moved < EVSE_GRID_FROZEN_NS;
}

/* What nobody measures is taken as nominal: no element acts on it. */
static void evse_grid_see_voltages(struct evse_grid *g)
{
	struct evse_grid_seen *seen = &g->seen;
	u32 low_mv = U32_MAX, high_mv = 0;
	unsigned int i;

	seen->measured = g->voltages;
	seen->voltage_late_ms = g->late_ms;
	seen->voltage_valid = true;
	seen->low_permille = 1000;
	seen->high_permille = 1000;

	for (i = 0; i < g->voltages; i++) {
		seen->voltage_valid &= evse_grid_voltage_known(g, &g->voltage[i]);
		low_mv = min_t(u32, low_mv, g->voltage[i].mv);
		high_mv = max_t(u32, high_mv, g->voltage[i].mv);
	}
	/* Rounded to the side that "below" and "above" are strict about. */
	if (g->voltages) {
		seen->low_permille = div_u64((u64)low_mv * 1000, g->nominal_mv);
		seen->high_permille = div_u64((u64)high_mv * 1000 +
					      g->nominal_mv - 1, g->nominal_mv);
	}
	if (!seen->crossing)
		seen->low_permille = 0;
}

/* Verdicts */

enum evse_grid_state evse_grid_state_of(const struct evse_grid *g)
{
	return g->forced ? EVSE_GRID_STATE_TRIPPED : g->decision.state;
}

/*
 * What opens the contactor without a window: a line that storms says nothing
 * about the mains any more, and where there are no gates to block, nothing else
 * ends the export while the judge waits for the relay to come back.
 */
static bool evse_grid_must_trip(const struct evse_grid *g)
{
	return g->masked || (!g->seen.relay && !g->seen.gates);
}

/**
 * evse_grid_cease() - block the gates before anything is thought about
 * @g: the guard; its lock is held
 *
 * The judge is asked next, and may make a trip, a hold or a permit of it.
 */
void evse_grid_cease(struct evse_grid *g)
{
	lockdep_assert_held(&g->lock);

	/* Not after a trip: its cause would count as gone. */
	if (g->said == EVSE_GRID_CEASE || g->said == EVSE_GRID_TRIP)
		return;
	g->said = EVSE_GRID_CEASE;
	evse_guard_cease(g->guard);
}

static void evse_grid_trip(struct evse_grid *g, ktime_t edge)
{
	const struct evse_grid_decision *d = &g->decision;

	if (d->verdict != EVSE_GRID_TRIP) {
		g->last_trip = EVSE_GRID_ELEMENT_ISLAND;
		evse_guard_trip(g->guard, edge, 0);
		return;
	}
	if (d->element != EVSE_GRID_ELEMENT_NONE)
		g->last_trip = d->element;
	/* The disturbance, not the timer that ended, is the cause. */
	if (d->since > 0 && d->since < edge)
		edge = d->since;
	evse_guard_trip(g->guard, edge, d->value);
}

static void evse_grid_say(struct evse_grid *g, ktime_t edge)
{
	enum evse_grid_verdict verdict = g->forced ? EVSE_GRID_TRIP
						   : g->decision.verdict;

	if (verdict == g->said)
		return;
	g->said = verdict;
	switch (verdict) {
	case EVSE_GRID_TRIP:
		evse_grid_trip(g, edge);
		break;
	case EVSE_GRID_CEASE:
		evse_guard_cease(g->guard);
		break;
	case EVSE_GRID_PERMIT:
		evse_guard_permit(g->guard);
		break;
	case EVSE_GRID_HOLD:
		evse_guard_hold(g->guard);
		break;
	}
}

static void evse_grid_warn(struct evse_grid *g)
{
	const struct evse_grid_line *under =
		&g->judge.line[EVSE_GRID_ELEMENT_WARN_UV];
	s32 permille = g->seen.low_permille;

	if (g->decision.warn == g->warned)
		return;
	g->warned = g->decision.warn;
	if (permille >= under->pickup)
		permille = g->seen.high_permille;
	evse_fault_report(g->port, EVSE_FAULT_CODE_GRID_INTEGRITY, g->warned,
			  permille, "grid");
}

/*
 * When the judge wants, and when the voltages get too old: a sampling thread
 * that hangs can not say so.
 */
static void evse_grid_arm(struct evse_grid *g)
{
	s64 next = g->decision.next;
	unsigned int i;

	if (g->seen.voltage_valid)
		for (i = 0; i < g->voltages; i++)
			next = min(next, g->voltage[i].at + g->patience_ns + 1);
	if (next == S64_MAX)
		return;
	next = max(next, g->seen.now + EVSE_GRID_PAUSE_NS);
	hrtimer_start(&g->timer, next, HRTIMER_MODE_ABS_HARD);
}

/* Chargers that one storm switched off are not to return as one. */
static u32 evse_grid_chance(struct evse_grid *g)
{
	g->seed = next_pseudo_random32(g->seed);
	return g->seed;
}

/* Hold until enter service ends, as after a start; settings stay. */
static void evse_grid_restart(struct evse_grid *g)
{
	struct evse_grid_line line[EVSE_GRID_ELEMENTS];

	memcpy(line, g->judge.line, sizeof(line));
	evse_grid_judge_init(&g->judge, g->judge.profile, g->judge.phases,
			     evse_grid_chance(g));
	memcpy(g->judge.line, line, sizeof(line));
}

/* A forced trip is followed by enter service, as one of the judge's is. */
static void evse_grid_ask(struct evse_grid *g)
{
	bool forced = evse_grid_must_trip(g);

	if (g->forced && !forced && g->decision.verdict != EVSE_GRID_TRIP)
		evse_grid_restart(g);
	g->forced = forced;
	evse_grid_judge_step(&g->judge, &g->seen, &g->decision);
}

/**
 * evse_grid_step() - judge what is seen, and tell the port
 * @g: the guard; its lock is held
 * @edge: when what brought this about was seen
 *
 * The moment that is judged is that of the edge, not that of getting here: a
 * condition begins before the gates are blocked because of it.
 *
 * Context: any, hard interrupt included.
 */
void evse_grid_step(struct evse_grid *g, ktime_t edge)
{
	enum evse_grid_state state;

	lockdep_assert_held(&g->lock);

	/* Who waited longer for the lock is not to turn time back. */
	g->seen.now = max(edge, g->seen.now);
	evse_grid_see_crossings(g);
	evse_grid_see_voltages(g);
	evse_grid_ask(g);
	evse_grid_say(g, edge);
	evse_grid_warn(g);
	evse_grid_arm(g);

	state = evse_grid_state_of(g);
	if (state != g->shown) {
		g->shown = state;
		evse_grid_changed(g->port);
	}
}

static enum hrtimer_restart evse_grid_expired(struct hrtimer *timer)
{
	struct evse_grid *g = container_of(timer, struct evse_grid, timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&g->lock, flags);
	evse_grid_step(g, ktime_get());
	raw_spin_unlock_irqrestore(&g->lock, flags);
	return HRTIMER_NORESTART;
}

/**
 * evse_grid_shift() - active detection: push the frequency where it goes
 * @g: the guard; its lock is held
 *
 * Sandia frequency shift: a chopping fraction cf = cf0 + K (f - f0), as a current
 * that leads by pi cf / 2, with cf0 in the direction of f - f0. The mains does
 * not mind; an island runs away. Without cf0, one that is balanced to a
 * millihertz would be left alone until noise moved it. Once a cycle.
 *
 * An island that runs out of what counts as a frequency is pushed on as it was:
 * let go, it would be back at nominal before anybody decided.
 */
void evse_grid_shift(struct evse_grid *g)
{
	const struct evse_freq_reading *r = &g->phase[0].reading;
	s32 gain = g->judge.line[EVSE_GRID_ELEMENT_ACTIVE].pickup;
	s32 off_mhz = r->fast_mhz - g->judge.profile->nominal_mhz;
	bool on = gain && g->said == EVSE_GRID_PERMIT;
	s32 lead = 0;

	lockdep_assert_held(&g->lock);

	if (!g->wants_active || (on && g->active && !r->locked))
		return;
	/* Where it is nominal it goes on as it was pushed before. */
	if (off_mhz && r->locked)
		g->down = off_mhz < 0;
	/* 90 degrees for a whole half cycle, gain 1/1000 of one per hertz */
	on &= r->locked;
	if (on) {
		lead = div_s64(90LL * gain * off_mhz, 1000) +
		       (g->down ? -EVSE_GRID_BIAS_MDEG : EVSE_GRID_BIAS_MDEG);
		lead = clamp(lead, -EVSE_GRID_LEAD_MDEG, EVSE_GRID_LEAD_MDEG);
	}
	g->active = evse_stage_shift(g->port, lead) && on;
}

/* Mean of the voltages, 0 when one of them is not known. */
static u32 evse_grid_mean_mv(const struct evse_grid *g)
{
	u32 sum_mv = 0;
	unsigned int i;

	if (!g->voltages || !g->seen.voltage_valid)
		return 0;
	for (i = 0; i < g->voltages; i++)
		sum_mv += g->voltage[i].mv;
	return sum_mv / g->voltages;
}

/**
 * evse_grid_guide() - tell the stage where phase 1 is
 * @g: the guard; its lock is held
 * @crossing: when it crossed zero upwards; what it was before is not known when
 *	it is lost
 */
void evse_grid_guide(struct evse_grid *g, ktime_t crossing)
{
	const struct evse_grid_phase *p = &g->phase[0];
	struct evse_stage_grid grid = {
		.locked = !p->lost && p->reading.locked,
		.crossing = crossing,
		.frequency_mhz = p->reading.fast_mhz,
		.voltage_mv = evse_grid_mean_mv(g),
	};

	lockdep_assert_held(&g->lock);

	evse_stage_set_grid(g->port, &grid);
}

/* Begin and end */

/**
 * evse_grid_can() - has the board what a profile cannot do without
 * @g: the guard
 * @profile: the standard
 *
 * Return: false where it asks for active detection, which the board does not allow.
 */
bool evse_grid_can(const struct evse_grid *g,
		   const struct evse_grid_profile *profile)
{
	return g->wants_active ||
	       profile->line[EVSE_GRID_ELEMENT_ACTIVE].pickup_min <= 0;
}

/**
 * evse_grid_use() - put another profile in force, or the first one
 * @g: the guard; its lock is held
 * @profile: with the settings of the standard
 */
void evse_grid_use(struct evse_grid *g, const struct evse_grid_profile *profile)
{
	g->judge.phases = g->phases == 3 ? 3 : 1;
	evse_grid_judge_change(&g->judge, profile, evse_grid_chance(g));
}

void evse_grid_act_init(struct evse_grid *g)
{
	raw_spin_lock_init(&g->lock);
	hrtimer_init(&g->timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_HARD);
	g->timer.function = evse_grid_expired;
	g->seed = get_random_u32();
	g->said = EVSE_GRID_HOLD;
	g->seen.relay = true;
}

/**
 * evse_grid_act_quit() - nobody calls evse_grid_step() any more
 * @g: the guard
 *
 * What it said must not stand for ever: the port itself trips as long as the
 * guard is missing.
 */
void evse_grid_act_quit(struct evse_grid *g)
{
	hrtimer_cancel(&g->timer);
	if (g->active)
		evse_stage_shift(g->port, 0);
	if (g->warned)
		evse_fault_report(g->port, EVSE_FAULT_CODE_GRID_INTEGRITY,
				  false, 0, "grid");
	evse_guard_hold(g->guard);
}
