/* SPDX-License-Identifier: GPL-2.0-only */
/* A judge on a bench: a grid that does as told, and a clock of its own. */
#ifndef _EVSE_GRID_BENCH_H
#define _EVSE_GRID_BENCH_H

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "../grid_judge.h"

#define MS(ms)	((s64)(ms) * NSEC_PER_MSEC)

#define ELEMENT(x)	EVSE_GRID_ELEMENT_##x

/* What a trip element looks at, in which field of what is seen. */
enum grid_bench_field {
	GRID_LOW,
	GRID_HIGH,
	GRID_MEAN,
	GRID_FREQUENCY,
	GRID_ROCOF,
	GRID_SHIFT,
};

struct grid_bench_element {
	enum evse_grid_element element;
	enum grid_bench_field field;
	bool above;
};

/* Every trip element of the tables, the one farthest from nominal first. */
extern const struct grid_bench_element grid_bench_elements[];
extern const unsigned int grid_bench_element_count;

/**
 * struct grid_bench - a judge and its grid
 * @j: the judge
 * @seen: the grid
 * @d: latest decision
 * @begin: when the latest grid_bench_pass() began
 * @tripped_at: first trip in it, S64_MAX without one
 * @ceased_at: first cessation in it
 * @last_stop: last moment in it without a permit, S64_MIN without one
 */
struct grid_bench {
	struct evse_grid_judge j;
	struct evse_grid_seen seen;
	struct evse_grid_decision d;
	s64 begin;
	s64 tripped_at;
	s64 ceased_at;
	s64 last_stop;
};

const void *grid_bench_next_profile(const void *prev, char *desc);
struct grid_bench *grid_bench_new(struct kunit *test,
				  const struct evse_grid_profile *profile);
void grid_bench_init(struct grid_bench *b,
		     const struct evse_grid_profile *profile, u8 phases, u32 seed);
void grid_bench_calm(struct grid_bench *b);
void grid_bench_volt(struct grid_bench *b, s32 permille);
void grid_bench_step(struct grid_bench *b);
void grid_bench_pass(struct grid_bench *b, s64 ns);
void grid_bench_recover(struct kunit *test, struct grid_bench *b);
void grid_bench_serve(struct kunit *test, struct grid_bench *b);
void grid_bench_alone(struct grid_bench *b, enum evse_grid_element element);
void grid_bench_widest(struct kunit *test, struct grid_bench *b);
void grid_bench_put(struct grid_bench *b, const struct grid_bench_element *e, s32 value);
s64 grid_bench_due(const struct grid_bench *b, enum evse_grid_element *first);

#endif /* _EVSE_GRID_BENCH_H */
