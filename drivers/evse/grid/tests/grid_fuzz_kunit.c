// SPDX-License-Identifier: GPL-2.0-only
/*
 * Grids that do anything, by seeds: what must never be, and that nobody has to
 * look more often than the judge asks for.
 */
#include "grid_bench.h"

#define SEEDS		3
#define FUZZ_MS		30000

/* Made short, so that all of it happens. */
#define SLOWEST_MS	2500
#define DELAY_MS	700

struct fuzz {
	struct grid_bench busy;		/* asked every millisecond as well */
	struct grid_bench lazy;		/* asked at news and when it wants to be */
	u32 x;
	s64 since[EVSE_GRID_ELEMENTS];	/* an idea of its own of the timers */
	s64 inside_since;
	bool owes_delay;
	unsigned int verdicts;
	unsigned int permits_owed;
};

static u32 fuzz_below(struct fuzz *f, u32 limit)
{
	f->x = f->x * 1664525 + 1013904223;
	return (u64)f->x * limit >> 32;
}

/* At a pick-up of the profile, or next to it. */
static void fuzz_near_edge(struct fuzz *f, struct grid_bench *b)
{
	const struct grid_bench_element *e =
		&grid_bench_elements[fuzz_below(f, grid_bench_element_count)];
	const struct evse_grid_line *line = &b->j.line[e->element];

	if (evse_grid_line_exists(line))
		grid_bench_put(b, e, line->pickup - 2 + (s32)fuzz_below(f, 5));
}

static void fuzz_news(struct fuzz *f, struct grid_bench *b)
{
	unsigned int i;

	grid_bench_calm(b);
	if (fuzz_below(f, 2))
		return;
	for (i = fuzz_below(f, 3); i < 3; i++)
		fuzz_near_edge(f, b);
	switch (fuzz_below(f, 12)) {
	case 0:
		b->seen.relay = false;
		break;
	case 1:
		b->seen.crossing = false;
		b->seen.locked = fuzz_below(f, 4) == 0;
		break;
	case 2:
		b->seen.locked = false;
		break;
	case 3:
		b->seen.voltage_valid = false;
		break;
	case 4:
		b->seen.active = true;
		b->seen.frequency_mhz = 40000 + fuzz_below(f, 30000);
		break;
	case 5:
		b->seen.low_permille = fuzz_below(f, 1300);
		b->seen.high_permille = fuzz_below(f, 1300);
		break;
	case 6:
		b->seen.rocof_mhz_s = (s32)(fuzz_below(f, 20000)) - 10000;
		b->seen.shift_mdeg = (s32)(fuzz_below(f, 360000)) - 180000;
		break;
	case 7:
		b->seen.measured = false;
		b->seen.gates = fuzz_below(f, 2);
		b->seen.crossing = fuzz_below(f, 4) == 0;
		break;
	default:
		break;
	}
}

/* The timers once more, by the settings and nothing else. */
static void fuzz_follow(struct kunit *test, struct fuzz *f)
{
	const struct evse_grid_seen *seen = &f->busy.seen;
	unsigned int i;

	for (i = 0; i < grid_bench_element_count; i++) {
		const struct grid_bench_element *e = &grid_bench_elements[i];
		const struct evse_grid_line *line = &f->busy.j.line[e->element];
		s64 *since = &f->since[e->element];
		bool known = seen->locked && seen->crossing;
		s32 value = 0;

		switch (e->field) {
		case GRID_LOW:
			known = seen->voltage_valid || !seen->crossing;
			value = seen->crossing ? seen->low_permille : -1;
			break;
		case GRID_HIGH:
			known = seen->voltage_valid;
			value = seen->high_permille;
			break;
		case GRID_MEAN:
			known = false;
			break;
		case GRID_FREQUENCY:
			value = seen->frequency_mhz;
			break;
		case GRID_ROCOF:
			value = abs(seen->rocof_mhz_s);
			break;
		case GRID_SHIFT:
			value = abs(seen->shift_mdeg);
			break;
		}
		/* Without a lock nothing refutes what was seen before. */
		if (e->field == GRID_FREQUENCY && seen->crossing && !seen->locked)
			;
		else if (!known || !evse_grid_line_exists(line) ||
			 (e->above ? value <= line->pickup : value >= line->pickup))
			*since = S64_MAX;
		else
			*since = min(*since, seen->now);
		if (*since != S64_MAX && seen->now - *since >= MS(line->time_ms) - MS(20))
			KUNIT_ASSERT_NE_MSG(test, (int)f->busy.d.verdict,
					    (int)EVSE_GRID_PERMIT, "%s is over",
					    evse_grid_element_name(e->element));
	}
}

static void fuzz_check(struct kunit *test, struct fuzz *f, enum evse_grid_verdict before)
{
	const struct evse_grid_seen *seen = &f->busy.seen;
	const struct evse_grid_decision *d = &f->busy.d;
	const struct evse_grid_line *line = f->busy.j.line;

	fuzz_follow(test, f);
	f->verdicts |= BIT(d->verdict);
	KUNIT_ASSERT_GT(test, d->next, seen->now);

	/* All of the window, without interruption, before a permit. */
	if (d->verdict != EVSE_GRID_HOLD && d->verdict != EVSE_GRID_PERMIT)
		f->inside_since = S64_MAX;
	else if (d->outside)
		f->inside_since = S64_MAX;
	else
		f->inside_since = min(f->inside_since, seen->now);
	if (d->verdict == EVSE_GRID_TRIP || d->verdict == EVSE_GRID_HOLD)
		f->owes_delay = true;
	if (d->verdict == EVSE_GRID_PERMIT) {
		if (f->owes_delay) {
			KUNIT_ASSERT_NE(test, f->inside_since, S64_MAX);
			KUNIT_ASSERT_GE(test, seen->now - f->inside_since,
					MS(line[ELEMENT(ENTER_DELAY)].pickup));
			f->permits_owed++;
		}
		f->owes_delay = false;
		KUNIT_ASSERT_TRUE(test, seen->relay && seen->crossing && seen->voltage_valid);
		if (evse_grid_line_exists(&line[ELEMENT(CEASE_UV)]))
			KUNIT_ASSERT_GE(test, seen->low_permille, line[ELEMENT(CEASE_UV)].pickup);
		if (evse_grid_line_exists(&line[ELEMENT(CEASE_OV)]))
			KUNIT_ASSERT_LE(test, seen->high_permille,
					line[ELEMENT(CEASE_OV)].pickup);
	} else {
		KUNIT_ASSERT_EQ(test, d->ramp_permille != 0 && d->verdict != EVSE_GRID_CEASE,
				false);
	}
	/* A trip ends in a hold and nothing else. */
	if (before == EVSE_GRID_TRIP)
		KUNIT_ASSERT_TRUE(test, d->verdict == EVSE_GRID_TRIP ||
				  d->verdict == EVSE_GRID_HOLD);
	if (d->verdict == EVSE_GRID_TRIP || d->verdict == EVSE_GRID_CEASE)
		KUNIT_ASSERT_NE(test, (int)d->element, (int)ELEMENT(NONE));
	else
		KUNIT_ASSERT_EQ(test, (int)d->element, (int)ELEMENT(NONE));
}

/* Let the lazy one get as far as the busy one is. */
static void fuzz_catch_up(struct kunit *test, struct fuzz *f, s64 now, bool news)
{
	while (f->lazy.d.next < now || (f->lazy.d.next == now && !news)) {
		f->lazy.seen.now = f->lazy.d.next;
		grid_bench_step(&f->lazy);
	}
	if (!news)
		return;
	f->lazy.seen = f->busy.seen;
	grid_bench_step(&f->lazy);
}

/* All that it says, but for the two figures that count down. */
static void fuzz_compare(struct kunit *test, const struct evse_grid_decision *a,
			 const struct evse_grid_decision *b)
{
	KUNIT_ASSERT_EQ(test, (int)a->verdict, (int)b->verdict);
	KUNIT_ASSERT_EQ(test, (int)a->state, (int)b->state);
	KUNIT_ASSERT_EQ(test, (int)a->element, (int)b->element);
	KUNIT_ASSERT_EQ(test, a->value, b->value);
	KUNIT_ASSERT_EQ(test, a->since, b->since);
	KUNIT_ASSERT_EQ(test, a->warn, b->warn);
	KUNIT_ASSERT_EQ(test, a->outside, b->outside);
	KUNIT_ASSERT_EQ(test, (int)a->running, (int)b->running);
	KUNIT_ASSERT_EQ(test, a->next, b->next);
	KUNIT_ASSERT_EQ(test, a->ramp_permille, b->ramp_permille);
}

static void fuzz_shorten(struct fuzz *f, const struct evse_grid_profile *p, unsigned int seed)
{
	struct evse_grid_line *line = f->busy.j.line;
	unsigned int i;

	for (i = 0; i < grid_bench_element_count; i++) {
		struct evse_grid_line *l = &line[grid_bench_elements[i].element];

		l->time_ms = min_t(u32, l->time_ms, SLOWEST_MS);
	}
	line[ELEMENT(ENTER_DELAY)].pickup = DELAY_MS;
	line[ELEMENT(ENTER_RAMP)].pickup = seed ? 3000 : 0;
	line[ELEMENT(ENTER_RAMP)].time_ms = seed == 2 ? 700 : 0;
	f->lazy = f->busy;
}

static const void *fuzz_gen_params(const void *prev, char *desc)
{
	unsigned long index = (unsigned long)prev;

	if (index >= SEEDS * evse_grid_profile_count)
		return NULL;
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s, seed %lu",
		 evse_grid_profiles[index / SEEDS].name, index % SEEDS);
	return (const void *)(index + 1);
}

static void grid_fuzz(struct kunit *test)
{
	unsigned long index = (unsigned long)test->param_value - 1;
	const struct evse_grid_profile *p = &evse_grid_profiles[index / SEEDS];
	struct fuzz *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	struct grid_bench *b;
	s64 end, tick, news;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, f);
	b = &f->busy;
	grid_bench_init(b, p, index % 2 ? 3 : 1, index + 1);
	fuzz_shorten(f, p, index % SEEDS);
	f->x = index + 1;
	f->inside_since = S64_MAX;
	f->owes_delay = true;
	for (i = 0; i < EVSE_GRID_ELEMENTS; i++)
		f->since[i] = S64_MAX;
	f->lazy.d.next = S64_MAX;
	b->d.next = S64_MAX;

	end = b->seen.now + MS(FUZZ_MS);
	tick = b->seen.now;
	news = b->seen.now;
	while (b->seen.now < end) {
		enum evse_grid_verdict before = b->d.verdict;
		bool due;

		b->seen.now = min3(tick, news, b->d.next);
		due = b->seen.now == news;
		if (b->seen.now == tick)
			tick += MS(1);
		if (due) {
			fuzz_news(f, b);
			/* Not on the whole millisecond; quiet times are longer. */
			news += MS(1) + (s64)fuzz_below(f, fuzz_below(f, 3) ? 400 : 4000) *
				1000003;
		}
		grid_bench_step(b);
		fuzz_check(test, f, before);
		fuzz_catch_up(test, f, b->seen.now, due);
		fuzz_compare(test, &b->d, &f->lazy.d);
	}
	/* It has been everywhere. */
	KUNIT_EXPECT_EQ(test, f->verdicts, 15U);
	KUNIT_EXPECT_GT(test, f->permits_owed, 1U);
}

static struct kunit_case grid_fuzz_cases[] = {
	KUNIT_CASE_PARAM(grid_fuzz, fuzz_gen_params),
	{}
};

static struct kunit_suite grid_fuzz_suite = {
	.name = "evse_grid_fuzz",
	.test_cases = grid_fuzz_cases,
};

kunit_test_suite(grid_fuzz_suite);
