// SPDX-License-Identifier: GPL-2.0-only
/*
 * How fast a temperature rises: the least-squares line through a minute of
 * samples or more. Pure: values in, values out.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "slope.h"

/* Over less than this the steps of a sensor count for more than its heat. */
#define EVSE_SLOPE_SPAN_MS	60000
/* So close that the samples that there is room for would not span as much. */
#define EVSE_SLOPE_CLOSE_MS	960
/* What was so long ago says nothing about now. */
#define EVSE_SLOPE_OLD_MS	120000
/* A line through fewer than these is one through gaps. */
#define EVSE_SLOPE_LEAST	30
/* A single step of a sixteenth of a degree looks like 0.1 degree a minute. */
#define EVSE_SLOPE_DEAD_MC	250
/* Of what a line explains, against what is left: three standard deviations. */
#define EVSE_SLOPE_SURE		9

/* Times are counted in these, so that no sum needs more than 63 bits. */
#define EVSE_SLOPE_TICK_MS	10
#define EVSE_SLOPE_TICKS_MIN	6000

/* Sums over samples, from the oldest of them on; @n times what their name says. */
struct evse_slope_sums {
	s64 n;
	s64 span_ms;
	s64 tt;
	s64 tv;
	s64 vv;
};

static unsigned int evse_slope_place(const struct evse_slope *slope,
				     unsigned int number)
{
	return (slope->first + number) % EVSE_SLOPE_SAMPLES;
}

/**
 * evse_slope_add() - take a sample in
 * @slope: the samples; all zero in the beginning
 * @now_ms: when it was taken, not before the one before
 * @mc: temperature, thousandths of a degree Celsius
 *
 * One that comes hardly later than the one before is left out.
 */
void evse_slope_add(struct evse_slope *slope, s64 now_ms, s32 mc)
{
	unsigned int place;

	if (slope->count) {
		place = evse_slope_place(slope, slope->count - 1);
		if (now_ms - slope->at_ms[place] < EVSE_SLOPE_CLOSE_MS)
			return;
	}
	if (slope->count == EVSE_SLOPE_SAMPLES)
		slope->first = evse_slope_place(slope, 1);
	else
		slope->count++;
	place = evse_slope_place(slope, slope->count - 1);
	slope->at_ms[place] = now_ms;
	slope->mc[place] = mc;
}
EXPORT_SYMBOL_IF_KUNIT(evse_slope_add);

static void evse_slope_sum(const struct evse_slope *slope, s64 now_ms,
			   struct evse_slope_sums *sums)
{
	s64 n = 0, t = 0, v = 0, tt = 0, tv = 0, vv = 0, begin_ms = now_ms;
	s32 begin_mc = 0;
	unsigned int i;

	for (i = 0; i < slope->count; i++) {
		unsigned int place = evse_slope_place(slope, i);
		s64 at, mc;

		if (now_ms - slope->at_ms[place] > EVSE_SLOPE_OLD_MS)
			continue;
		if (!n) {
			begin_ms = slope->at_ms[place];
			begin_mc = slope->mc[place];
		}
		at = (u32)(slope->at_ms[place] - begin_ms) / EVSE_SLOPE_TICK_MS;
		mc = slope->mc[place] - begin_mc;
		n++;
		t += at;
		v += mc;
		tt += at * at;
		tv += at * mc;
		vv += mc * mc;
		sums->span_ms = slope->at_ms[place] - begin_ms;
	}
	sums->n = n;
	sums->tt = n * tt - t * t;
	sums->tv = n * tv - t * v;
	sums->vv = n * vv - v * v;
}

/**
 * evse_slope_get() - rate of rise
 * @slope: the samples
 * @now_ms: the time
 * @mc_min: filled: thousandths of a degree a minute; 0 when the noise of the
 *	samples or the steps of the sensor could be all that there is
 *
 * Return: true when there are samples of a minute or more.
 */
bool evse_slope_get(const struct evse_slope *slope, s64 now_ms, s32 *mc_min)
{
	struct evse_slope_sums sums = { };
	s64 rise, explained, rest;

	*mc_min = 0;
	evse_slope_sum(slope, now_ms, &sums);
	if (sums.n < EVSE_SLOPE_LEAST || sums.span_ms < EVSE_SLOPE_SPAN_MS)
		return false;

	rise = div64_s64(sums.tv * EVSE_SLOPE_TICKS_MIN, sums.tt);
	explained = div_s64(sums.tv, EVSE_SLOPE_TICKS_MIN) * rise;
	rest = max(sums.vv - explained, 0LL);
	if (abs(rise) < EVSE_SLOPE_DEAD_MC ||
	    explained * (sums.n - 2) < EVSE_SLOPE_SURE * rest)
		return true;
	*mc_min = clamp_t(s64, rise, -S32_MAX, S32_MAX);
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_slope_get);
