// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a grid guard does about what it measures. Elements are rows of a table;
 * each has a moment since when its condition holds, and everything else follows
 * from those moments.
 *
 * Values in, values out: no device, clock or lock. Every loop is over a table.
 */
#include <kunit/visibility.h>
#include <linux/array_size.h>
#include <linux/build_bug.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "grid_judge.h"

/* Where the grid guard is between two trips. */
enum evse_grid_course {
	EVSE_GRID_START,	/* the grid has not been well yet */
	EVSE_GRID_WAIT,
	EVSE_GRID_SERVICE,
	EVSE_GRID_OPEN,		/* tripped */
};

enum evse_grid_kind {
	EVSE_GRID_TRIPS,
	EVSE_GRID_CEASES,
	EVSE_GRID_WARNS,
};

/* What elements look at. From EVSE_GRID_OF_ISLAND on: 1 is bad, 0 is good. */
enum evse_grid_of {
	EVSE_GRID_OF_LOW,
	EVSE_GRID_OF_HIGH,
	EVSE_GRID_OF_MEAN,
	EVSE_GRID_OF_FREQUENCY,
	EVSE_GRID_OF_ROCOF,
	EVSE_GRID_OF_SHIFT,
	EVSE_GRID_OF_ISLAND,
	EVSE_GRID_OF_RUNAWAY,
	EVSE_GRID_OFS,
};

/* What is known of the grid, as elements look at it; S32_MIN: not known. */
#define EVSE_GRID_UNKNOWN	S32_MIN

struct evse_grid_row {
	enum evse_grid_element element;
	enum evse_grid_kind kind;
	enum evse_grid_of of;
	bool above;
};

/*
 * A look at the grid: what elements see, the trip that is due first and when,
 * what keeps power from flowing now, what is outside the window.
 */
struct evse_grid_view {
	const struct evse_grid_seen *seen;
	s32 of[EVSE_GRID_OFS];
	const struct evse_grid_row *first;
	s64 due;
	enum evse_grid_element cease;
	u32 outside;
	bool sighted;
};

/* Where two elements end at once, the first one here is the cause. */
static const struct evse_grid_row evse_grid_rows[] = {
	{ EVSE_GRID_ELEMENT_ISLAND, EVSE_GRID_TRIPS, EVSE_GRID_OF_ISLAND, true },
	{ EVSE_GRID_ELEMENT_ACTIVE, EVSE_GRID_TRIPS, EVSE_GRID_OF_RUNAWAY, true },
	{ EVSE_GRID_ELEMENT_UV3, EVSE_GRID_TRIPS, EVSE_GRID_OF_LOW, false },
	{ EVSE_GRID_ELEMENT_UV2, EVSE_GRID_TRIPS, EVSE_GRID_OF_LOW, false },
	{ EVSE_GRID_ELEMENT_UV1, EVSE_GRID_TRIPS, EVSE_GRID_OF_LOW, false },
	{ EVSE_GRID_ELEMENT_OV2, EVSE_GRID_TRIPS, EVSE_GRID_OF_HIGH, true },
	{ EVSE_GRID_ELEMENT_OV1, EVSE_GRID_TRIPS, EVSE_GRID_OF_HIGH, true },
	{ EVSE_GRID_ELEMENT_OV_MEAN, EVSE_GRID_TRIPS, EVSE_GRID_OF_MEAN, true },
	{ EVSE_GRID_ELEMENT_UF2, EVSE_GRID_TRIPS, EVSE_GRID_OF_FREQUENCY, false },
	{ EVSE_GRID_ELEMENT_UF1, EVSE_GRID_TRIPS, EVSE_GRID_OF_FREQUENCY, false },
	{ EVSE_GRID_ELEMENT_OF2, EVSE_GRID_TRIPS, EVSE_GRID_OF_FREQUENCY, true },
	{ EVSE_GRID_ELEMENT_OF1, EVSE_GRID_TRIPS, EVSE_GRID_OF_FREQUENCY, true },
	{ EVSE_GRID_ELEMENT_ROCOF, EVSE_GRID_TRIPS, EVSE_GRID_OF_ROCOF, true },
	{ EVSE_GRID_ELEMENT_VECTOR_SHIFT, EVSE_GRID_TRIPS, EVSE_GRID_OF_SHIFT, true },
	{ EVSE_GRID_ELEMENT_CEASE_UV, EVSE_GRID_CEASES, EVSE_GRID_OF_LOW, false },
	{ EVSE_GRID_ELEMENT_CEASE_OV, EVSE_GRID_CEASES, EVSE_GRID_OF_HIGH, true },
	{ EVSE_GRID_ELEMENT_WARN_UV, EVSE_GRID_WARNS, EVSE_GRID_OF_LOW, false },
	{ EVSE_GRID_ELEMENT_WARN_OV, EVSE_GRID_WARNS, EVSE_GRID_OF_HIGH, true },
};

/**
 * evse_grid_judge_init() - put a profile in force
 * @j: the judge
 * @profile: the standard
 * @phases: 1 or 3
 * @seed: for the part of chance in enter service
 *
 * Starts without a permit, as after a trip, but without saying so.
 */
void evse_grid_judge_init(struct evse_grid_judge *j,
			  const struct evse_grid_profile *profile, u8 phases,
			  u32 seed)
{
	size_t i;

	*j = (struct evse_grid_judge) {
		.profile = profile,
		.phases = phases,
		.phase = EVSE_GRID_START,
		.lost_since = EVSE_GRID_NEVER,
		.well_since = EVSE_GRID_NEVER,
		.unlocked_since = EVSE_GRID_NEVER,
		.contradiction_since = EVSE_GRID_NEVER,
		.recovered_since = EVSE_GRID_NEVER,
	};
	memcpy(j->line, profile->line, sizeof(j->line));
	for (i = 0; i < ARRAY_SIZE(j->since); i++)
		j->since[i] = EVSE_GRID_NEVER;
	evse_grid_enter_init(&j->enter, seed);
	evse_grid_mean_init(&j->mean, 1000);
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_judge_init);

/**
 * evse_grid_judge_change() - put another profile in force
 * @j: the judge
 * @profile: the standard, with its settings
 * @seed: for the part of chance in enter service
 *
 * As a start; but a trip stays one until the grid is well by the new profile.
 */
void evse_grid_judge_change(struct evse_grid_judge *j,
			    const struct evse_grid_profile *profile, u32 seed)
{
	enum evse_grid_element last = j->last;
	s64 since = j->trip_since;
	s32 value = j->trip_value;
	bool open = j->phase == EVSE_GRID_OPEN;

	evse_grid_judge_init(j, profile, j->phases, seed);
	if (!open)
		return;
	j->phase = EVSE_GRID_OPEN;
	j->last = last;
	j->trip_since = since;
	j->trip_value = value;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_judge_change);

static void evse_grid_mark(s64 *since, bool on, s64 now)
{
	if (!on)
		*since = EVSE_GRID_NEVER;
	else if (*since == EVSE_GRID_NEVER)
		*since = now;
}

static bool evse_grid_lasts(s64 since, u32 ms, s64 now)
{
	return since != EVSE_GRID_NEVER && now - since >= (s64)ms * NSEC_PER_MSEC;
}

/* The earlier of @next and a moment that is still to come. */
static void evse_grid_sooner(s64 *next, s64 since, u32 ms, s64 now)
{
	s64 when;

	if (since == EVSE_GRID_NEVER)
		return;
	when = since + (s64)ms * NSEC_PER_MSEC;
	if (when > now && when < *next)
		*next = when;
}

/* An empty table asks for nothing, so nothing is outside of it. */
static bool evse_grid_outside_rides(const struct evse_grid_ride *rows, s32 value)
{
	return rows[0].ms && !evse_grid_ride_of(rows, value);
}

/* The standard wants power at this voltage; without a table, what is no dip is. */
static bool evse_grid_has_to_flow(const struct evse_grid_judge *j, s32 permille)
{
	const struct evse_grid_ride *rows = j->profile->voltage_ride;
	const struct evse_grid_ride *row = evse_grid_ride_of(rows, permille);

	if (!rows[0].ms)
		return permille >= j->line[EVSE_GRID_ELEMENT_UV1].pickup;
	return row && row->mode == EVSE_GRID_MANDATORY;
}

static bool evse_grid_continuous(const struct evse_grid_ride *rows, s32 value)
{
	const struct evse_grid_ride *row = evse_grid_ride_of(rows, value);

	return row ? row->ms == EVSE_GRID_ALWAYS : !rows[0].ms;
}

static void evse_grid_look(struct evse_grid_judge *j, struct evse_grid_view *v)
{
	const struct evse_grid_seen *seen = v->seen;
	bool frequency = seen->locked && seen->crossing;
	bool has_mean = evse_grid_line_exists(&j->line[EVSE_GRID_ELEMENT_OV_MEAN]);
	s32 high = seen->voltage_valid ? seen->high_permille : EVSE_GRID_UNKNOWN;
	s32 mhz = frequency ? (s32)min_t(u32, seen->frequency_mhz, S32_MAX) :
		  EVSE_GRID_UNKNOWN;

	if (has_mean)
		evse_grid_mean_step(&j->mean, seen->now, max(high, -1));

	/*
	 * Without crossings there is no voltage, whoever measures what: less than
	 * any that a pick-up could allow.
	 */
	v->of[EVSE_GRID_OF_LOW] = !seen->crossing ? -1 :
		seen->voltage_valid ? seen->low_permille : EVSE_GRID_UNKNOWN;
	v->of[EVSE_GRID_OF_HIGH] = high;
	v->of[EVSE_GRID_OF_MEAN] = has_mean ? evse_grid_mean_value(&j->mean) :
				   EVSE_GRID_UNKNOWN;
	v->of[EVSE_GRID_OF_FREQUENCY] = mhz;
	v->of[EVSE_GRID_OF_ROCOF] = frequency ? abs(max(seen->rocof_mhz_s, -S32_MAX)) :
				    EVSE_GRID_UNKNOWN;
	v->of[EVSE_GRID_OF_SHIFT] = frequency ? abs(max(seen->shift_mdeg, -S32_MAX)) :
				    EVSE_GRID_UNKNOWN;
	/* Where there are no gates, nothing but a trip ends what flows meanwhile. */
	v->of[EVSE_GRID_OF_ISLAND] = !seen->relay || (!seen->gates && !seen->crossing);
	v->of[EVSE_GRID_OF_RUNAWAY] = !frequency ? EVSE_GRID_UNKNOWN :
		seen->active && j->line[EVSE_GRID_ELEMENT_ACTIVE].pickup &&
		evse_grid_outside_rides(j->profile->frequency_ride, mhz);
}

static bool evse_grid_row_exists(const struct evse_grid_judge *j,
				 const struct evse_grid_row *row)
{
	return evse_grid_line_exists(&j->line[row->element]);
}

/*
 * Who runs away from nominal runs out of what counts as a frequency at all, and
 * the lock with it. That refutes nothing: what was seen last stands.
 */
static bool evse_grid_goes_on(const struct evse_grid_judge *j,
			      const struct evse_grid_row *row,
			      const struct evse_grid_seen *seen)
{
	return (row->of == EVSE_GRID_OF_FREQUENCY || row->of == EVSE_GRID_OF_RUNAWAY) &&
	       seen->crossing && j->since[row->element] != EVSE_GRID_NEVER;
}

static bool evse_grid_holds(const struct evse_grid_judge *j,
			    const struct evse_grid_row *row,
			    const struct evse_grid_view *v)
{
	s32 value = v->of[row->of], edge = j->line[row->element].pickup;

	if (!evse_grid_row_exists(j, row))
		return false;
	if (value == EVSE_GRID_UNKNOWN)
		return evse_grid_goes_on(j, row, v->seen);
	if (row->of >= EVSE_GRID_OF_ISLAND)
		edge = 0;
	if (row->kind == EVSE_GRID_WARNS && j->since[row->element] != EVSE_GRID_NEVER)
		edge += row->above ? -EVSE_GRID_WARN_BACK : EVSE_GRID_WARN_BACK;
	return row->above ? value > edge : value < edge;
}

/*
 * How much earlier than its measurement says a condition is decided on. A voltage
 * that has to be ridden through is, as far as the setting alone lets it be.
 */
static u32 evse_grid_late_ms(const struct evse_grid_judge *j,
			     const struct evse_grid_row *row,
			     const struct evse_grid_view *v, u32 time_ms)
{
	const struct evse_grid_ride *ride;
	u32 ride_ms;

	if (row->of == EVSE_GRID_OF_FREQUENCY)
		return v->seen->frequency_late_ms;
	if ((row->of != EVSE_GRID_OF_LOW || !v->seen->crossing) &&
	    row->of != EVSE_GRID_OF_HIGH)
		return 0;
	ride = evse_grid_ride_of(j->profile->voltage_ride, v->of[row->of]);
	ride_ms = ride ? evse_grid_ride_ms(ride, v->of[row->of]) : 0;
	return min(v->seen->voltage_late_ms, time_ms - min(time_ms, ride_ms));
}

/* How long a condition holds until it decides. */
static u32 evse_grid_patience_ms(const struct evse_grid_judge *j,
				 const struct evse_grid_row *row,
				 const struct evse_grid_view *v)
{
	const struct evse_grid_line *line = &j->line[row->element];
	u32 time_ms;

	switch (row->element) {
	case EVSE_GRID_ELEMENT_ISLAND:
		return line->pickup - (v->seen->relay ? min(line->pickup, EVSE_GRID_MISSING_MS)
						      : 0);
	case EVSE_GRID_ELEMENT_ACTIVE:
		return EVSE_GRID_RUNAWAY_MS;
	default:
		time_ms = line->time_ms - min_t(u32, line->time_ms, EVSE_GRID_LEAD_MS);
		return time_ms - min(time_ms, evse_grid_late_ms(j, row, v, time_ms));
	}
}

/* Moments since when conditions hold, and what follows from them first. */
static void evse_grid_time(struct evse_grid_judge *j, struct evse_grid_view *v)
{
	const struct evse_grid_row *row;

	v->due = S64_MAX;
	for (row = evse_grid_rows; row < evse_grid_rows + ARRAY_SIZE(evse_grid_rows); row++) {
		s64 *since = &j->since[row->element], when;

		evse_grid_mark(since, evse_grid_holds(j, row, v), v->seen->now);
		if (*since == EVSE_GRID_NEVER || row->kind != EVSE_GRID_TRIPS)
			continue;
		when = *since + (s64)evse_grid_patience_ms(j, row, v) * NSEC_PER_MSEC;
		if (when < v->due) {
			v->due = when;
			v->first = row;
		}
	}
}

/* What an island is seen by does not matter to who reads of it. */
static enum evse_grid_element evse_grid_name_of(const struct evse_grid_row *row)
{
	return row->element == EVSE_GRID_ELEMENT_ACTIVE ? EVSE_GRID_ELEMENT_ISLAND :
	       row->element;
}

/* A trip that is due, if there is one: an element's, or that of no frequency. */
static bool evse_grid_trips(struct evse_grid_judge *j, const struct evse_grid_view *v)
{
	const struct evse_grid_row *row = v->first;
	s64 now = v->seen->now;

	if (row && v->due <= now) {
		j->last = evse_grid_name_of(row);
		j->trip_since = j->since[row->element];
		j->trip_value = max(v->of[row->of], 0);
	} else if (evse_grid_lasts(j->unlocked_since, EVSE_GRID_UNLOCKED_MS, now)) {
		j->last = EVSE_GRID_ELEMENT_ISLAND;
		j->trip_since = j->unlocked_since;
	} else {
		return false;
	}
	if (j->last == EVSE_GRID_ELEMENT_ISLAND)
		j->trip_value = min_t(s64, S32_MAX, div_s64(now - j->trip_since,
							    NSEC_PER_MSEC));
	return true;
}

/*
 * Crossings that stayed away count as away until a voltage is measured that
 * power may flow at: a line that is dead picks up edges as well. Where none is
 * known, a frequency has to do, and enter service follows.
 */
static void evse_grid_follow_crossings(struct evse_grid_judge *j,
				       const struct evse_grid_seen *seen)
{
	const s64 now = seen->now;
	bool known = seen->measured && seen->voltage_valid;
	bool well = seen->crossing && seen->voltage_valid &&
		    evse_grid_has_to_flow(j, seen->low_permille) &&
		    evse_grid_has_to_flow(j, seen->high_permille);

	evse_grid_mark(&j->well_since, well, now);
	evse_grid_mark(&j->unlocked_since, seen->crossing && !seen->locked, now);
	evse_grid_mark(&j->contradiction_since,
		       seen->relay ? !seen->crossing : well, now);
	if (!seen->crossing)
		evse_grid_mark(&j->lost_since, true, now);
	else if (seen->locked ? well || !known :
		 known && evse_grid_lasts(j->well_since, EVSE_GRID_RETURN_MS, now))
		j->lost_since = EVSE_GRID_NEVER;
}

/* Why no power may flow at this moment. */
static enum evse_grid_element evse_grid_ceases(const struct evse_grid_judge *j)
{
	const struct evse_grid_row *row;

	if (j->since[EVSE_GRID_ELEMENT_ISLAND] != EVSE_GRID_NEVER)
		return EVSE_GRID_ELEMENT_ISLAND;
	if (j->lost_since != EVSE_GRID_NEVER)
		return EVSE_GRID_ELEMENT_CEASE_UV;
	for (row = evse_grid_rows; row < evse_grid_rows + ARRAY_SIZE(evse_grid_rows); row++)
		if (row->kind == EVSE_GRID_CEASES &&
		    j->since[row->element] != EVSE_GRID_NEVER)
			return row->element;
	return EVSE_GRID_ELEMENT_NONE;
}

/*
 * An island looks well for as long as it takes its voltage to die after a trip;
 * a start has nothing to wait for.
 */
static bool evse_grid_recovers(struct evse_grid_judge *j, const struct evse_grid_view *v,
			       bool well)
{
	const struct evse_grid_seen *seen = v->seen;

	well &= seen->voltage_valid && seen->locked;
	evse_grid_mark(&j->recovered_since, well, seen->now);
	return evse_grid_lasts(j->recovered_since,
			       j->phase == EVSE_GRID_OPEN ? EVSE_GRID_RECOVERY_MS : 0,
			       seen->now);
}

/* From one phase to the next. */
static void evse_grid_move(struct evse_grid_judge *j, const struct evse_grid_view *v)
{
	const struct evse_grid_seen *seen = v->seen;
	bool well = !v->first && !v->cease;

	if (j->phase == EVSE_GRID_START || j->phase == EVSE_GRID_OPEN) {
		if (evse_grid_recovers(j, v, well))
			j->phase = EVSE_GRID_WAIT;
	} else if (evse_grid_trips(j, v)) {
		j->phase = EVSE_GRID_OPEN;
		j->recovered_since = EVSE_GRID_NEVER;
	}
	/* What happened unseen is not known, so it counts as bad. */
	if (j->phase == EVSE_GRID_SERVICE && !v->sighted)
		j->phase = EVSE_GRID_WAIT;
	if (j->phase != EVSE_GRID_SERVICE &&
	    evse_grid_enter_step(&j->enter, j->line, seen->now,
				 j->phase == EVSE_GRID_WAIT && well && !v->outside))
		j->phase = EVSE_GRID_SERVICE;
}

static bool evse_grid_calm(const struct evse_grid_judge *j, const struct evse_grid_view *v)
{
	const struct evse_grid_profile *p = j->profile;
	s32 mhz = v->of[EVSE_GRID_OF_FREQUENCY];

	return !v->first &&
	       evse_grid_continuous(p->voltage_ride, v->of[EVSE_GRID_OF_LOW]) &&
	       evse_grid_continuous(p->voltage_ride, v->of[EVSE_GRID_OF_HIGH]) &&
	       (mhz == EVSE_GRID_UNKNOWN || evse_grid_continuous(p->frequency_ride, mhz));
}

static void evse_grid_tell_cease(const struct evse_grid_judge *j,
				 const struct evse_grid_view *v,
				 struct evse_grid_decision *d)
{
	d->verdict = EVSE_GRID_CEASE;
	d->state = EVSE_GRID_STATE_CEASED;
	d->element = v->cease;
	d->since = j->since[v->cease];
	if (v->cease == EVSE_GRID_ELEMENT_CEASE_OV)
		d->value = v->of[EVSE_GRID_OF_HIGH];
	if (v->cease == EVSE_GRID_ELEMENT_CEASE_UV) {
		d->value = max(v->of[EVSE_GRID_OF_LOW], 0);
		if (j->lost_since != EVSE_GRID_NEVER)
			d->since = j->lost_since;
	}
}

static void evse_grid_tell(const struct evse_grid_judge *j, const struct evse_grid_view *v,
			   struct evse_grid_decision *d)
{
	const struct evse_grid_seen *seen = v->seen;

	if (j->phase == EVSE_GRID_OPEN) {
		d->verdict = EVSE_GRID_TRIP;
		d->state = EVSE_GRID_STATE_TRIPPED;
		d->element = j->last;
		d->value = j->trip_value;
		d->since = j->trip_since;
	} else if (v->cease && j->phase != EVSE_GRID_START) {
		evse_grid_tell_cease(j, v, d);
	} else if (j->phase == EVSE_GRID_SERVICE) {
		d->verdict = EVSE_GRID_PERMIT;
		d->state = !evse_grid_calm(j, v) ? EVSE_GRID_STATE_RIDE_THROUGH :
			   d->ramp_permille < 1000 ? EVSE_GRID_STATE_RAMPING :
			   EVSE_GRID_STATE_NORMAL;
	} else {
		d->verdict = EVSE_GRID_HOLD;
		d->state = seen->voltage_valid && seen->crossing && seen->locked ?
			   EVSE_GRID_STATE_WAITING : EVSE_GRID_STATE_UNKNOWN;
	}
}

static u32 evse_grid_ms_until(s64 when, s64 now)
{
	if (when <= now)
		return 0;
	return min_t(s64, U32_MAX, div_s64(when - now + NSEC_PER_MSEC - 1, NSEC_PER_MSEC));
}

/* What runs, and when the earliest of it ends. */
static void evse_grid_tell_times(const struct evse_grid_judge *j,
				 const struct evse_grid_view *v,
				 struct evse_grid_decision *d)
{
	const struct evse_grid_line *mean = &j->line[EVSE_GRID_ELEMENT_OV_MEAN];
	s64 now = v->seen->now, enter = evse_grid_enter_due(&j->enter, j->line);

	d->next = S64_MAX;
	if (v->first && (j->phase == EVSE_GRID_WAIT || j->phase == EVSE_GRID_SERVICE)) {
		d->running = evse_grid_name_of(v->first);
		d->running_ms = evse_grid_ms_until(v->due, now);
		d->next = v->due;
	}
	if (j->phase == EVSE_GRID_SERVICE) {
		d->ramp_permille = evse_grid_enter_ramp(&j->enter, j->line, now, &d->next);
	} else if (enter != S64_MAX) {
		d->wait_ms = evse_grid_ms_until(enter, now);
		d->next = min(d->next, enter);
	} else {
		d->wait_ms = j->line[EVSE_GRID_ELEMENT_ENTER_DELAY].pickup;
	}
	evse_grid_sooner(&d->next, j->contradiction_since, EVSE_GRID_CONTRADICTION_MS, now);
	evse_grid_sooner(&d->next, j->unlocked_since, EVSE_GRID_UNLOCKED_MS, now);
	if (j->phase == EVSE_GRID_OPEN)
		evse_grid_sooner(&d->next, j->recovered_since, EVSE_GRID_RECOVERY_MS, now);
	if (j->lost_since != EVSE_GRID_NEVER)
		evse_grid_sooner(&d->next, j->well_since, EVSE_GRID_RETURN_MS, now);
	if (evse_grid_line_exists(mean) && (j->mean.value > mean->pickup ||
					    v->of[EVSE_GRID_OF_MEAN] > mean->pickup))
		d->next = min(d->next, evse_grid_mean_next(&j->mean));
}

/**
 * evse_grid_judge_step() - look at the grid at a moment
 * @j: the judge
 * @seen: what is known; moments never go back
 * @decision: filled
 *
 * A condition that holds at a step holds since then, until a step at which it
 * does not; so steps are due at every news and at @decision's next.
 *
 * Context: any, hard interrupt included; the caller keeps others out.
 */
void evse_grid_judge_step(struct evse_grid_judge *j,
			  const struct evse_grid_seen *seen,
			  struct evse_grid_decision *decision)
{
	struct evse_grid_view v = { .seen = seen };

	evse_grid_look(j, &v);
	evse_grid_time(j, &v);
	evse_grid_follow_crossings(j, seen);
	v.cease = evse_grid_ceases(j);
	v.outside = evse_grid_enter_outside(j->line, seen);
	if (evse_grid_lasts(j->contradiction_since, EVSE_GRID_CONTRADICTION_MS, seen->now))
		v.outside |= EVSE_GRID_WINDOW_CONTRADICTION;
	v.sighted = seen->measured ? seen->voltage_valid || !seen->crossing :
				     j->lost_since == EVSE_GRID_NEVER;

	evse_grid_move(j, &v);

	*decision = (struct evse_grid_decision) {
		.outside = v.outside,
		.warn = j->since[EVSE_GRID_ELEMENT_WARN_UV] != EVSE_GRID_NEVER ||
			j->since[EVSE_GRID_ELEMENT_WARN_OV] != EVSE_GRID_NEVER,
	};
	evse_grid_tell_times(j, &v, decision);
	evse_grid_tell(j, &v, decision);
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_judge_step);
