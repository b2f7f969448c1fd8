// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ride-through: every region of every table for as long as the standard asks
 * for, the sequences of IEEE 1547.1-2020, rates of change and phase jumps.
 */
#include "grid_bench.h"

/* Power is back within this of a voltage that asks for it, Table 16. */
#define BACK	MS(400)

enum ride_place { LOWEST, MIDDLE, HIGHEST, PLACES };

struct ride_case {
	const struct evse_grid_profile *profile;
	const struct evse_grid_ride *row;
	enum ride_place place;
	bool frequency;
	bool widest;
};

#define RIDE_CASES	(PLACES * EVSE_GRID_RIDES * 4)

static struct ride_case ride_at(unsigned long index)
{
	struct ride_case c = {
		.place = index % PLACES,
		.widest = index / PLACES % 2,
		.frequency = index / PLACES / 2 % 2,
		.profile = &evse_grid_profiles[index / RIDE_CASES],
	};

	c.row = c.frequency ? c.profile->frequency_ride : c.profile->voltage_ride;
	c.row += index / PLACES / 4 % EVSE_GRID_RIDES;
	return c;
}

static s32 ride_value(const struct ride_case *c)
{
	return c->place == LOWEST ? c->row->low : c->place == HIGHEST ? c->row->high :
	       (c->row->low + c->row->high) / 2;
}

static const void *ride_gen_params(const void *prev, char *desc)
{
	unsigned long index = (unsigned long)prev;

	for (; index < RIDE_CASES * evse_grid_profile_count; index++) {
		struct ride_case c = ride_at(index);

		if (!c.row->ms)
			continue;
		snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s %d %s%s", c.profile->name,
			 ride_value(&c), c.frequency ? "mHz" : "permille",
			 c.widest ? ", widest settings" : "");
		return (const void *)(index + 1);
	}
	return NULL;
}

/* In a region for its whole time, and back. */
static void grid_ride_region(struct kunit *test)
{
	const struct ride_case c = ride_at((unsigned long)test->param_value - 1);
	struct grid_bench *b = grid_bench_new(test, c.profile);
	s32 value = ride_value(&c);
	u32 ms = evse_grid_ride_ms(c.row, value);
	enum evse_grid_element first;
	s64 due;

	if (c.widest)
		grid_bench_widest(test, b);
	grid_bench_serve(test, b);
	if (c.frequency)
		b->seen.frequency_mhz = value;
	else
		grid_bench_volt(b, value);
	if (ms == EVSE_GRID_ALWAYS)
		ms = 3600 * 1000;

	/* Where the settings of the standard trip earlier, they may. */
	due = grid_bench_due(b, &first);
	if (due <= MS(ms))
		kunit_skip(test, "%s trips in time", evse_grid_element_name(first));

	grid_bench_pass(b, MS(ms));
	KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
	if (c.row->mode == EVSE_GRID_MOMENTARY) {
		KUNIT_EXPECT_EQ(test, b->ceased_at, b->begin);
		KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_CEASE);
		KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_CEASED);
	}
	if (c.row->mode == EVSE_GRID_MANDATORY) {
		KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
		KUNIT_EXPECT_EQ(test, (int)b->d.state, c.row->ms == EVSE_GRID_ALWAYS ?
				(int)EVSE_GRID_STATE_NORMAL :
				(int)EVSE_GRID_STATE_RIDE_THROUGH);
	}
	grid_bench_calm(b);
	grid_bench_pass(b, MS(1000));
	KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
	KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_NORMAL);
}

/* A region that nothing could ever be tested in would go unnoticed. */
static void grid_ride_covered(struct kunit *test)
{
	unsigned long index;

	for (index = 0; index < RIDE_CASES * evse_grid_profile_count; index++) {
		const struct ride_case c = ride_at(index);
		struct grid_bench *b;
		enum evse_grid_element first;

		if (!c.row->ms || !c.widest)
			continue;
		b = grid_bench_new(test, c.profile);
		grid_bench_widest(test, b);
		if (c.frequency)
			b->seen.frequency_mhz = ride_value(&c);
		else
			grid_bench_volt(b, ride_value(&c));
		if (c.row->ms != EVSE_GRID_ALWAYS)
			KUNIT_EXPECT_GT(test, grid_bench_due(b, &first),
					MS(evse_grid_ride_ms(c.row, ride_value(&c))));
	}
}

/* Type tests of IEEE 1547.1-2020: voltage from, to, for so long. */
struct ride_step {
	s32 low;
	s32 high;
	u32 ms;
};

static const struct ride_test {
	const char *profile;
	const char *name;
	struct ride_step step[6];
} ride_tests[] = {
	{ "ieee1547-cat3", "LVRT, Table 5", {
		{ 880, 1000, 5000 }, { 0, 50, 1000 }, { 0, 500, 9000 },
		{ 500, 700, 10000 }, { 880, 1000, 120000 } } },
	{ "ieee1547-cat3", "LVRT, Table 5, C'", {
		{ 880, 1000, 5000 }, { 0, 50, 1000 }, { 520, 700, 9000 },
		{ 500, 700, 10000 }, { 880, 1000, 120000 } } },
	{ "ieee1547-cat2", "LVRT, Table 4", {
		{ 880, 1000, 10000 }, { 0, 300, 160 }, { 0, 450, 160 },
		{ 450, 650, 2680 }, { 650, 880, 2000 }, { 880, 1000, 120000 } } },
	{ "ieee1547-cat2", "LVRT, Table 4, D'", {
		{ 880, 1000, 10000 }, { 0, 300, 160 }, { 0, 450, 160 },
		{ 670, 880, 7680 }, { 650, 880, 2000 }, { 880, 1000, 120000 } } },
	{ "ieee1547-cat3", "HVRT, Table 8", {
		{ 1000, 1100, 5000 }, { 1180, 1200, 12000 }, { 1000, 1100, 120000 } } },
	{ "ieee1547-cat3", "HVRT, Table 8, B'", {
		{ 1000, 1100, 5000 }, { 1120, 1200, 12000 }, { 1000, 1100, 120000 } } },
	{ "ieee1547-cat2", "HVRT, Table 7", {
		{ 1000, 1100, 10000 }, { 1180, 1200, 200 }, { 1155, 1175, 300 },
		{ 1130, 1150, 500 }, { 1000, 1100, 120000 } } },
};

/* What happens to the crossings of a dip: they stay, or are lost below this. */
enum ride_crossings { STAY, LOCK_SOON, LOCK_LATE, CROSSINGS };

#define RIDE_DEAD	100

struct sequence_case {
	const struct ride_test *t;
	enum ride_crossings crossings;
	bool high;
	bool single;
};

static struct sequence_case sequence_at(unsigned long index)
{
	return (struct sequence_case) {
		.high = index % 2,
		.single = index / 2 % 2,
		.crossings = index / 4 % CROSSINGS,
		.t = &ride_tests[index / 4 / CROSSINGS],
	};
}

static const void *sequence_gen_params(const void *prev, char *desc)
{
	static const char * const words[] = { "stay", "lock soon", "lock late" };
	unsigned long index = (unsigned long)prev;
	struct sequence_case c;

	if (index >= ARRAY_SIZE(ride_tests) * 4 * CROSSINGS)
		return NULL;
	c = sequence_at(index);
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s %s, %s edge, %s, crossings %s",
		 c.t->profile, c.t->name, c.high ? "high" : "low",
		 c.single ? "one phase" : "all phases", words[c.crossings]);
	return (const void *)(index + 1);
}

static void grid_ride_sequence(struct kunit *test)
{
	const struct sequence_case c = sequence_at((unsigned long)test->param_value - 1);
	const struct evse_grid_profile *p = evse_grid_profile_find(c.t->profile);
	struct grid_bench *b = grid_bench_new(test, p);
	const struct ride_step *s;

	grid_bench_widest(test, b);
	grid_bench_serve(test, b);
	for (s = c.t->step; s < c.t->step + ARRAY_SIZE(c.t->step) && s->ms; s++) {
		s32 v = c.high ? s->high : s->low;
		const struct evse_grid_ride *row = evse_grid_ride_of(p->voltage_ride, v);
		s64 end = b->seen.now + MS(s->ms), begin = b->seen.now;
		bool dead = v < RIDE_DEAD && c.crossings != STAY;
		bool was_dead = !b->seen.crossing;

		/* One phase alone decides; above nominal as well as below. */
		b->seen.low_permille = c.single && v > 1000 ? 1000 : v;
		b->seen.high_permille = c.single && v < 1000 ? 1000 : v;
		b->seen.crossing = !dead;
		b->seen.locked = !dead && !was_dead;
		if (was_dead && !dead) {
			grid_bench_pass(b, c.crossings == LOCK_SOON ? MS(100) : MS(600));
			KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
			b->seen.locked = true;
			if (row && row->mode == EVSE_GRID_MANDATORY)
				KUNIT_EXPECT_LE(test, b->last_stop, begin + BACK);
		}
		grid_bench_pass(b, end - b->seen.now);
		KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
		if (row && row->mode == EVSE_GRID_MANDATORY) {
			KUNIT_EXPECT_LE(test, b->last_stop, begin + BACK);
			KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
		}
		if (dead)
			KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_CEASE);
	}
	KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_NORMAL);
	KUNIT_EXPECT_EQ(test, b->d.ramp_permille, 1000U);
}

/* Rate of change and phase jump at their limits, for every profile. */
static void grid_ride_rate_and_jump(struct kunit *test)
{
	unsigned int i, k;

	for (i = 0; i < evse_grid_profile_count; i++) {
		const struct evse_grid_profile *p = &evse_grid_profiles[i];
		s32 trips = p->line[ELEMENT(ROCOF)].pickup;
		s32 rocof = p->rocof_ride_mhz_s ? p->rocof_ride_mhz_s : trips;
		s32 jump;

		for (k = 0; k < 4; k++) {
			struct grid_bench *b = grid_bench_new(test, p);

			grid_bench_init(b, p, k & 1 ? 1 : 3, 1);
			b->seen.active = true;
			grid_bench_serve(test, b);
			b->seen.active = true;
			b->seen.rocof_mhz_s = k & 2 ? rocof : -rocof;
			b->seen.shift_mdeg = k & 1 ? p->shift_ride_single_mdeg :
					     p->shift_ride_mdeg;
			/* A jump as five cycles show it: 60 degrees are 2 Hz. */
			jump = p->nominal_mhz / 1000 * b->seen.shift_mdeg / (5 * 360);
			b->seen.frequency_mhz += k & 2 ? jump : -jump;
			grid_bench_pass(b, MS(84));
			KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
			b->seen.frequency_mhz = p->nominal_mhz;
			grid_bench_pass(b, MS(60000));
			KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
			/* No profile trips by a jump of the phase alone. */
			b->seen.rocof_mhz_s = 0;
			b->seen.shift_mdeg = 180000;
			grid_bench_pass(b, MS(60000));
			KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
		}
		if (!trips)
			continue;
		KUNIT_EXPECT_GE(test, trips, (s32)p->rocof_ride_mhz_s);
		for (k = 0; k < 2; k++) {
			struct grid_bench *b = grid_bench_new(test, p);

			grid_bench_serve(test, b);
			b->seen.rocof_mhz_s = k ? trips + 1 : -trips - 1;
			grid_bench_pass(b, MS(p->line[ELEMENT(ROCOF)].time_ms));
			KUNIT_EXPECT_EQ(test, b->tripped_at, b->begin + MS(480));
			KUNIT_EXPECT_EQ(test, b->d.value, trips + 1);
		}
	}
}

/* Ramps of the category's rate between the ends of what is ridden through. */
static void grid_ride_ramps(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < evse_grid_profile_count; i++) {
		const struct evse_grid_profile *p = &evse_grid_profiles[i];
		s32 rate = p->rocof_ride_mhz_s, mhz = p->nominal_mhz, low, high, turns = 0;
		struct grid_bench *b;

		if (!rate || !p->frequency_ride[2].ms)
			continue;
		low = p->frequency_ride[0].low;
		high = p->frequency_ride[2].high;
		b = grid_bench_new(test, p);
		grid_bench_serve(test, b);
		while (turns < 4) {
			mhz += rate / 100;
			if (mhz > high || mhz < low) {
				mhz = clamp(mhz, low, high);
				rate = -rate;
				turns++;
			}
			b->seen.frequency_mhz = mhz;
			b->seen.rocof_mhz_s = rate;
			b->seen.active = true;
			b->seen.now += MS(10);
			grid_bench_step(b);
			KUNIT_ASSERT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
		}
	}
}

static struct kunit_case grid_ride_cases[] = {
	KUNIT_CASE_PARAM(grid_ride_region, ride_gen_params),
	KUNIT_CASE(grid_ride_covered),
	KUNIT_CASE_PARAM(grid_ride_sequence, sequence_gen_params),
	KUNIT_CASE(grid_ride_rate_and_jump),
	KUNIT_CASE(grid_ride_ramps),
	{}
};

static struct kunit_suite grid_ride_suite = {
	.name = "evse_grid_ride",
	.test_cases = grid_ride_cases,
};

kunit_test_suite(grid_ride_suite);
