// SPDX-License-Identifier: GPL-2.0-only
/*
 * Estimator and judge together: islands whose crossings go on at frequencies
 * that are none of the mains.
 */
#include "../grid_freq.h"
#include "grid_bench.h"

#define HALF_NS(mhz)	div_s64(500LL * NSEC_PER_SEC, mhz)

struct island {
	struct grid_bench *b;
	struct evse_freq freq;
	bool rising;
};

static void island_look(struct island *i)
{
	struct evse_freq_reading r;

	evse_freq_read(&i->freq, 200, &r);
	i->b->seen.locked = r.locked;
	i->b->seen.frequency_mhz = r.fast_mhz;
	i->b->seen.rocof_mhz_s = r.rocof_mhz_s;
	grid_bench_step(i->b);
}

/* Until a moment, the judge is asked when it wants to be and when a crossing is overdue. */
static void island_wait(struct island *i, s64 until)
{
	while (i->b->seen.now < until) {
		s64 deadline = i->b->seen.crossing ? evse_freq_deadline(&i->freq) : S64_MAX;

		i->b->seen.now = min3(until, i->b->d.next, deadline);
		if (i->b->seen.now == deadline) {
			i->b->seen.crossing = false;
			evse_freq_lost(&i->freq);
		}
		island_look(i);
	}
}

static void island_cross(struct island *i, u32 mhz)
{
	island_wait(i, i->b->seen.now + HALF_NS(mhz));
	i->rising = !i->rising;
	evse_freq_edge(&i->freq, i->b->seen.now, i->rising);
	i->b->seen.crossing = i->b->seen.crossing || evse_freq_arrive(&i->freq);
	island_look(i);
}

static void island_init(struct kunit *test, struct island *i,
			const struct evse_grid_profile *profile)
{
	unsigned int k;

	i->b = grid_bench_new(test, profile);
	i->rising = false;
	evse_freq_init(&i->freq, profile->nominal_mhz);
	grid_bench_serve(test, i->b);
	for (k = 0; k < 200; k++)
		island_cross(i, profile->nominal_mhz);
	KUNIT_ASSERT_EQ(test, (int)i->b->d.verdict, (int)EVSE_GRID_PERMIT);
	KUNIT_ASSERT_TRUE(test, i->b->seen.locked);
	i->b->begin = i->b->seen.now;
	i->b->tripped_at = S64_MAX;
	i->b->ceased_at = S64_MAX;
	i->b->last_stop = S64_MIN;
}

/* The frequency runs to another in 150 ms, and stays there. */
static void island_runs(struct island *i, s32 to_mhz, u32 ms)
{
	s32 from_mhz = i->b->j.profile->nominal_mhz;
	s64 gone = 0;

	while (gone < MS(ms)) {
		s64 part = min(gone, MS(150));

		island_cross(i, from_mhz + div_s64((to_mhz - from_mhz) * part, MS(150)));
		gone = i->b->seen.now - i->b->begin;
	}
}

struct island_case {
	const struct evse_grid_profile *profile;
	s32 mhz;
};

static const s32 island_mhz[] = { 75000, 35000 };

#define ISLAND_CASES	(ARRAY_SIZE(island_mhz) * evse_grid_profile_count)

static struct island_case island_at(unsigned long index)
{
	return (struct island_case) {
		.profile = &evse_grid_profiles[index / ARRAY_SIZE(island_mhz)],
		.mhz = island_mhz[index % ARRAY_SIZE(island_mhz)],
	};
}

static const void *island_gen_params(const void *prev, char *desc)
{
	unsigned long index = (unsigned long)prev;
	struct island_case c;

	if (index >= ISLAND_CASES)
		return NULL;
	c = island_at(index);
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s to %d mHz", c.profile->name, c.mhz);
	return (const void *)(index + 1);
}

/*
 * On its way there it passes a pick-up; that the lock is lost farther out does
 * not stop the timer.
 */
static void grid_island_leaves(struct kunit *test)
{
	const struct island_case c = island_at((unsigned long)test->param_value - 1);
	const struct evse_grid_line *line;
	struct island i;

	island_init(test, &i, c.profile);
	island_runs(&i, c.mhz, 900);
	KUNIT_EXPECT_FALSE(test, i.b->seen.locked);
	KUNIT_EXPECT_TRUE(test, i.b->seen.crossing);
	KUNIT_ASSERT_EQ(test, (int)i.b->d.verdict, (int)EVSE_GRID_TRIP);
	KUNIT_ASSERT_NE(test, (int)i.b->d.element, (int)ELEMENT(ISLAND));
	line = &i.b->j.line[i.b->d.element];
	KUNIT_EXPECT_LE(test, i.b->tripped_at - i.b->d.since, MS(line->time_ms - 20) + 1);
	KUNIT_EXPECT_LT(test, i.b->d.since - i.b->begin, MS(200));
	KUNIT_EXPECT_GE(test, i.b->d.value, 0);
}

/* No element that would see it in time: no lock for a second is an island. */
static void grid_island_unlocked(struct kunit *test)
{
	const struct island_case c = island_at((unsigned long)test->param_value - 1);
	struct island i;

	island_init(test, &i, c.profile);
	grid_bench_alone(i.b, ELEMENT(UV1));
	island_runs(&i, c.mhz, 1400);
	KUNIT_ASSERT_EQ(test, (int)i.b->d.verdict, (int)EVSE_GRID_TRIP);
	KUNIT_EXPECT_EQ(test, (int)i.b->d.element, (int)ELEMENT(ISLAND));
	KUNIT_EXPECT_EQ(test, i.b->tripped_at - i.b->d.since, MS(1000));
	/* And as long as it goes on. */
	island_runs(&i, c.mhz, 5000);
	KUNIT_EXPECT_EQ(test, (int)i.b->d.verdict, (int)EVSE_GRID_TRIP);
}

static void expect_trip(struct kunit *test, const struct grid_bench *b)
{
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_TRIP);
	KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)ELEMENT(ISLAND));
}

/* A lock that is back with a good frequency refutes what was seen. */
static void grid_island_returns(struct kunit *test)
{
	const struct evse_grid_profile *p = evse_grid_profile_find("g99");
	struct island i;
	unsigned int k;

	island_init(test, &i, p);
	i.b->seen.locked = true;
	i.b->seen.frequency_mhz = 53000;
	grid_bench_step(i.b);
	KUNIT_EXPECT_EQ(test, (int)i.b->d.running, (int)ELEMENT(OF1));
	evse_freq_lost(&i.freq);
	for (k = 0; k < 12; k++) {
		KUNIT_EXPECT_EQ(test, (int)i.b->d.running, (int)ELEMENT(OF1));
		island_cross(&i, p->nominal_mhz);
	}
	KUNIT_EXPECT_TRUE(test, i.b->seen.locked);
	KUNIT_EXPECT_EQ(test, (int)i.b->d.running, (int)ELEMENT(NONE));
	KUNIT_EXPECT_EQ(test, i.b->last_stop, S64_MIN);
}

/* Each edge overdue: crossings that stay away, not some that come back. */
static void grid_island_slow(struct kunit *test)
{
	const struct evse_grid_profile *p = evse_grid_profile_find("ieee1547-cat2");
	struct island i;
	unsigned int gates;

	for (gates = 0; gates < 2; gates++) {
		island_init(test, &i, p);
		i.b->seen.gates = gates;
		while (i.b->seen.now < i.b->begin + MS(400))
			island_cross(&i, 25000);
		KUNIT_EXPECT_LE(test, i.b->ceased_at - i.b->begin, MS(15));
		KUNIT_EXPECT_LE(test, i.b->tripped_at - i.b->begin,
				gates ? MS(13 + 140) : MS(13 + 35));
		KUNIT_EXPECT_EQ(test, (int)i.b->d.element,
				gates ? (int)ELEMENT(UV2) : (int)ELEMENT(ISLAND));
	}
}

/*
 * Gates off, the shift that drove it away with them: the frequency of what is left
 * looks well until the voltage has died. That ends no trip; the mains does.
 */
static void grid_island_dies(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat2"));

	grid_bench_serve(test, b);
	grid_bench_widest(test, b);
	b->seen.active = true;
	b->seen.frequency_mhz = 64000;
	grid_bench_pass(b, MS(170));
	expect_trip(test, b);
	b->seen.active = false;
	b->seen.frequency_mhz = 61000;
	grid_bench_pass(b, MS(290));
	expect_trip(test, b);
	b->seen.crossing = false;
	grid_bench_pass(b, MS(5000));
	expect_trip(test, b);
	b->seen.crossing = true;
	b->seen.frequency_mhz = 60000;
	grid_bench_recover(test, b);
}

static struct kunit_case grid_island_cases[] = {
	KUNIT_CASE_PARAM(grid_island_leaves, island_gen_params),
	KUNIT_CASE_PARAM(grid_island_unlocked, island_gen_params),
	KUNIT_CASE(grid_island_returns),
	KUNIT_CASE(grid_island_slow),
	KUNIT_CASE(grid_island_dies),
	{}
};

static struct kunit_suite grid_island_suite = {
	.name = "evse_grid_island",
	.test_cases = grid_island_cases,
};

kunit_test_suite(grid_island_suite);
