// SPDX-License-Identifier: GPL-2.0-only
/*
 * Frequency droop and volt-watt (IEEE 1547-2018 5.4.2 and 6.5.2), charging
 * positive. A generator that has to give less is a port whose power may not be
 * as low as it was, and the other way round, so that each is a bound:
 *
 *   above the dead band:  at least p0 + rated * (f - fN - dbOF) / (fN * kOF)
 *   below the dead band:  at most  p0 - rated * (fN - dbUF - f) / (fN * kUF)
 *
 * with p0, the power when the frequency left the dead band. Whoever asks for
 * more than the bound in its direction may have it.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "grid_droop.h"

#define LINE(line, x)	(&(line)[EVSE_GRID_ELEMENT_##x])

static s32 evse_grid_least(s32 rated_mw)
{
	return max(rated_mw / EVSE_GRID_DROOP_LEAST, 1);
}

static s32 evse_grid_saturate(s64 mw)
{
	return clamp_t(s64, mw, S32_MIN, S32_MAX);
}

/*
 * The response time counts from the grid to the power. What the measurement took
 * of it is gone, but for half of it at most.
 */
static u32 evse_grid_response_ms(const struct evse_grid_line *line, u32 late_ms)
{
	return line->time_ms - min(late_ms, line->time_ms / 2);
}

/**
 * evse_grid_droop_init() - start, or forget
 * @d: the droop
 */
void evse_grid_droop_init(struct evse_grid_droop *d)
{
	/* Until it is seen inside, there is no power from before. */
	*d = (struct evse_grid_droop) { .outside = true };
	evse_grid_lag_init(&d->shift, 0);
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_droop_init);

/*
 * What @beyond the dead band asks for, at most from all of the export to all of
 * the import. The slope is in 1/1000.
 */
static s32 evse_grid_droop_part(s64 beyond_mhz, u32 nominal_mhz, s32 slope,
				s32 rated_mw)
{
	s64 mw = div64_s64((s64)rated_mw * beyond_mhz * 1000,
			   (s64)nominal_mhz * slope);

	return clamp_t(s64, mw, 0, min_t(s64, 2LL * rated_mw, S32_MAX));
}

static s32 evse_grid_droop_target(const struct evse_grid_profile *profile,
				  const struct evse_grid_line *line,
				  s32 rated_mw, u32 frequency_mhz)
{
	s64 off = (s64)frequency_mhz - profile->nominal_mhz;
	s64 over = off - LINE(line, DROOP_OF_BAND)->pickup;
	s64 under = -off - LINE(line, DROOP_UF_BAND)->pickup;

	if (over > 0)
		return evse_grid_droop_part(over, profile->nominal_mhz,
					    LINE(line, DROOP_OF_SLOPE)->pickup,
					    rated_mw);
	if (under > 0)
		return -evse_grid_droop_part(under, profile->nominal_mhz,
					     LINE(line, DROOP_UF_SLOPE)->pickup,
					     rated_mw);
	return 0;
}

/* A jump of the phase passes by; what does not is a frequency after all. */
static bool evse_grid_droop_believes(struct evse_grid_droop *d,
				     const struct evse_grid_droop_seen *seen)
{
	if (!seen->known || seen->sure) {
		d->unsure_since = 0;
		return seen->known;
	}
	if (!d->unsure_since)
		d->unsure_since = seen->now;
	return seen->now - d->unsure_since >=
	       (s64)EVSE_GRID_DROOP_PATIENCE_MS * NSEC_PER_MSEC;
}

/*
 * Power that begins while the frequency is already outside has none from
 * before: then droop moves what is asked for. Back inside the dead band, what is
 * asked for by then may end the bound earlier, not lengthen it.
 */
static void evse_grid_droop_capture(struct evse_grid_droop *d, bool outside,
				    const struct evse_grid_droop_seen *seen)
{
	if (outside && !d->outside) {
		d->captured = seen->steady;
		d->p0_mw = seen->power_mw;
	}
	d->outside = outside;
	d->captured &= seen->flows;
	if (!d->captured)
		d->p0_mw = seen->power_mw;
	else if (!outside)
		d->p0_mw = d->shift.value > 0 ? min(d->p0_mw, seen->power_mw) :
						max(d->p0_mw, seen->power_mw);
}

/**
 * evse_grid_droop_step() - look at the frequency
 * @d: the droop
 * @profile: the standard
 * @line: its settings as they are
 * @rated_mw: power that a slope is a part of
 * @seen: what is known
 *
 * A frequency that is not known stays as it was, and one that is not sure for
 * EVSE_GRID_DROOP_PATIENCE_MS.
 *
 * Return: bounds of power.
 */
struct evse_grid_span
evse_grid_droop_step(struct evse_grid_droop *d,
		     const struct evse_grid_profile *profile,
		     const struct evse_grid_line *line, s32 rated_mw,
		     const struct evse_grid_droop_seen *seen)
{
	struct evse_grid_span span = EVSE_GRID_OPEN_SPAN;
	s32 mw;

	if (!LINE(line, DROOP)->pickup) {
		evse_grid_droop_init(d);
		return span;
	}
	if (evse_grid_droop_believes(d, seen))
		d->target = evse_grid_droop_target(profile, line, rated_mw,
						   seen->frequency_mhz);
	evse_grid_droop_capture(d, d->target != 0, seen);
	mw = evse_grid_lag_step(&d->shift, d->target,
				evse_grid_response_ms(LINE(line, DROOP), seen->late_ms),
				seen->now);
	if (mw >= evse_grid_least(rated_mw))
		span.min_mw = evse_grid_saturate((s64)d->p0_mw + mw);
	if (mw <= -evse_grid_least(rated_mw))
		span.max_mw = evse_grid_saturate((s64)d->p0_mw + mw);
	return span;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_droop_step);

/**
 * evse_grid_volt_watt_init() - start without a limit
 * @v: the volt-watt
 * @rated_mw: rated export
 */
void evse_grid_volt_watt_init(struct evse_grid_volt_watt *v, s32 rated_mw)
{
	*v = (struct evse_grid_volt_watt) { .target = -rated_mw };
	evse_grid_lag_init(&v->limit, -rated_mw);
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_volt_watt_init);

/* All of the export at the first voltage, P2 at the second, a line between. */
static s32 evse_grid_volt_watt_target(const struct evse_grid_line *line,
				      s32 rated_mw,
				      const struct evse_grid_volt_watt_seen *seen)
{
	s64 nominal_mv = seen->nominal_mv;
	s64 v1 = div_s64(LINE(line, VOLT_WATT_V1)->pickup * nominal_mv, 1000);
	s64 v2 = div_s64(LINE(line, VOLT_WATT_V2)->pickup * nominal_mv, 1000);
	s64 p2 = div_s64((s64)LINE(line, VOLT_WATT_P2)->pickup * rated_mw, 1000);

	if (seen->high_mv <= v1)
		return -rated_mw;
	if (seen->high_mv >= v2)
		return p2;
	return -rated_mw + div64_s64((p2 + rated_mw) * (seen->high_mv - v1),
				     v2 - v1);
}

/**
 * evse_grid_volt_watt_step() - look at the voltage
 * @v: the volt-watt
 * @line: settings of the profile
 * @rated_mw: rated export
 * @seen: what is known
 *
 * Return: bounds of power.
 */
struct evse_grid_span
evse_grid_volt_watt_step(struct evse_grid_volt_watt *v,
			 const struct evse_grid_line *line, s32 rated_mw,
			 const struct evse_grid_volt_watt_seen *seen)
{
	struct evse_grid_span span = EVSE_GRID_OPEN_SPAN;
	s32 mw;

	if (!LINE(line, VOLT_WATT)->pickup) {
		evse_grid_volt_watt_init(v, rated_mw);
		return span;
	}
	if (seen->high_mv >= 0)
		v->target = evse_grid_volt_watt_target(line, rated_mw, seen);
	mw = evse_grid_lag_step(&v->limit, v->target,
				evse_grid_response_ms(LINE(line, VOLT_WATT),
						      seen->late_ms),
				seen->now);
	if (mw >= -rated_mw + evse_grid_least(rated_mw))
		span.min_mw = mw;
	return span;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_volt_watt_step);

static bool evse_grid_bound_moves(s32 from_mw, s32 to_mw, s32 open, s32 rated_mw)
{
	if (from_mw == open || to_mw == open)
		return from_mw != to_mw;
	return abs((s64)to_mw - from_mw) >= evse_grid_least(rated_mw);
}

/**
 * evse_grid_span_moves() - is it worth telling
 * @from: bounds that are known
 * @to: bounds as they are
 * @rated_mw: rated power
 *
 * Return: true when one begins, ends or is another one.
 */
bool evse_grid_span_moves(const struct evse_grid_span *from,
			  const struct evse_grid_span *to, s32 rated_mw)
{
	return evse_grid_bound_moves(from->min_mw, to->min_mw, S32_MIN, rated_mw) ||
	       evse_grid_bound_moves(from->max_mw, to->max_mw, S32_MAX, rated_mw);
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_span_moves);
