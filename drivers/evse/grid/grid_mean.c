// SPDX-License-Identifier: GPL-2.0-only
/*
 * Moving mean of ten minutes: 200 buckets of 3 s. Between two samples the
 * voltage counts as the earlier one; time without a measurement does not count.
 *
 * Exactness: each bucket is rounded to 1/16 permille, so the mean is that of
 * the samples to within 1/32 permille, and up to 3 s old.
 */
#include <kunit/visibility.h>
#include <linux/array_size.h>
#include <linux/build_bug.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "grid_mean.h"

#define EVSE_GRID_MEAN_SCALE	16
#define EVSE_GRID_MEAN_NS	((u32)EVSE_GRID_MEAN_MS * (u32)NSEC_PER_MSEC)

/**
 * evse_grid_mean_init() - start with a history of one value
 * @m: the mean
 * @value: what the ten minutes before count as, permille
 */
void evse_grid_mean_init(struct evse_grid_mean *m, s32 value)
{
	size_t i;

	*m = (struct evse_grid_mean) { .value = -1 };
	for (i = 0; i < ARRAY_SIZE(m->bucket); i++)
		m->bucket[i] = value * EVSE_GRID_MEAN_SCALE;
	m->sum = value * EVSE_GRID_MEAN_SCALE * EVSE_GRID_MEAN_BUCKETS;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_mean_init);

static void evse_grid_mean_push(struct evse_grid_mean *m, u16 scaled)
{
	m->sum += scaled;
	m->sum -= m->bucket[m->at];
	m->bucket[m->at] = scaled;
	m->at = (m->at + 1) % EVSE_GRID_MEAN_BUCKETS;
}

/**
 * evse_grid_mean_step() - let time pass
 * @m: the mean
 * @now: the moment, ns
 * @value: what is measured from now on, permille; negative: nothing is
 */
void evse_grid_mean_step(struct evse_grid_mean *m, s64 now, s32 value)
{
	s64 left = m->value < 0 ? 0 : max(now - m->when, 0LL);
	unsigned int whole = 0;

	while (left > 0) {
		u32 room = EVSE_GRID_MEAN_NS - m->part_ns;
		u32 take = min_t(s64, left, room);

		m->part += (u64)m->value * take;
		m->part_ns += take;
		left -= take;
		if (take < room)
			break;
		evse_grid_mean_push(m, div_u64(m->part * EVSE_GRID_MEAN_SCALE +
					       EVSE_GRID_MEAN_NS / 2,
					       EVSE_GRID_MEAN_NS));
		m->part = 0;
		m->part_ns = 0;
		/* Longer than all of it: there is nothing else in it any more. */
		if (++whole > EVSE_GRID_MEAN_BUCKETS)
			break;
	}
	m->when = now;
	m->value = min(value, EVSE_GRID_MEAN_LIMIT);
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_mean_step);

/**
 * evse_grid_mean_value() - the mean
 * @m: the mean
 *
 * Return: permille, rounded up, so that it is above a whole number exactly when
 * the mean is.
 */
s32 evse_grid_mean_value(const struct evse_grid_mean *m)
{
	return DIV_ROUND_UP(m->sum, EVSE_GRID_MEAN_SCALE * EVSE_GRID_MEAN_BUCKETS);
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_mean_value);

/**
 * evse_grid_mean_next() - when the mean is another one without news
 * @m: the mean
 *
 * Return: ns, S64_MAX for never.
 */
s64 evse_grid_mean_next(const struct evse_grid_mean *m)
{
	if (m->value < 0)
		return S64_MAX;
	return m->when + EVSE_GRID_MEAN_NS - m->part_ns;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_mean_next);
