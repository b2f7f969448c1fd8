/* SPDX-License-Identifier: GPL-2.0-only */
/* Moving mean of ten minutes, in bounded memory. */
#ifndef _EVSE_GRID_MEAN_H
#define _EVSE_GRID_MEAN_H

#include <linux/types.h>

/* A new mean every 3 s, over the latest 200 of them. */
#define EVSE_GRID_MEAN_MS	3000
#define EVSE_GRID_MEAN_BUCKETS	200

/* Values are clamped to this, permille. */
#define EVSE_GRID_MEAN_LIMIT	4000

/**
 * struct evse_grid_mean - the latest ten minutes of a voltage
 * @bucket: mean of 3 s each, 1/16 permille; a ring
 * @at: oldest of them, the next to be replaced
 * @sum: of all buckets
 * @part: permille times nanoseconds of the bucket that is being filled
 * @part_ns: how far it is filled
 * @when: up to when it is filled
 * @value: what has been measured since, permille; negative: nothing
 */
struct evse_grid_mean {
	u16 bucket[EVSE_GRID_MEAN_BUCKETS];
	u8 at;
	u32 sum;
	u64 part;
	u32 part_ns;
	s64 when;
	s32 value;
};

void evse_grid_mean_init(struct evse_grid_mean *m, s32 value);
void evse_grid_mean_step(struct evse_grid_mean *m, s64 now, s32 value);
s32 evse_grid_mean_value(const struct evse_grid_mean *m);
s64 evse_grid_mean_next(const struct evse_grid_mean *m);

#endif /* _EVSE_GRID_MEAN_H */
