// SPDX-License-Identifier: GPL-2.0-only
/*
 * Trip elements: every one of every profile, just inside and just outside. The
 * cases come from the tables.
 */
#include "grid_bench.h"

/* Opening the contactor, and what IEEE 1547 Table 3 allows a timer besides. */
#define LEAD		MS(20)
#define ROOM		MS(40)

enum trip_kind {
	INSIDE,		/* at its pick-up, ten times as long as it takes */
	OUTSIDE,	/* one unit beyond */
	AMONG_OTHERS,	/* the same, with the rest of the profile in force */
	AGAIN,		/* back inside for a moment shortly before */
	NEAR_FAST,	/* settings at the ends of their ranges */
	NEAR_SLOW,
	FAR_FAST,
	FAR_SLOW,
	WAITING,	/* while export is held back */
	KINDS,
};

static const char * const trip_kinds[] = {
	"inside", "outside", "among others", "again", "near fast", "near slow",
	"far fast", "far slow", "waiting",
};

struct trip_case {
	const struct evse_grid_profile *profile;
	const struct grid_bench_element *e;
	enum trip_kind kind;
};

static struct trip_case trip_at(unsigned long index)
{
	return (struct trip_case) {
		.kind = index % KINDS,
		.e = &grid_bench_elements[index / KINDS % grid_bench_element_count],
		.profile = &evse_grid_profiles[index / KINDS / grid_bench_element_count],
	};
}

/* A parameter is one more than the number of its case. */
static const void *trip_gen_params(const void *prev, char *desc)
{
	unsigned long index = (unsigned long)prev;

	for (; index < KINDS * grid_bench_element_count * evse_grid_profile_count; index++) {
		struct trip_case c = trip_at(index);

		if (!evse_grid_line_exists(&c.profile->line[c.e->element]))
			continue;
		/* A mean does not come back in a moment. */
		if (c.e->field == GRID_MEAN && c.kind == AGAIN)
			continue;
		snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s %s %s", c.profile->name,
			 evse_grid_element_name(c.e->element), trip_kinds[c.kind]);
		return (const void *)(index + 1);
	}
	return NULL;
}

/* Voltages and frequencies move away from nominal, the others from zero. */
static s32 trip_beyond(const struct trip_case *c, s32 pickup)
{
	return c->e->above ? pickup + 1 : pickup - 1;
}

/* How long the standard wants the value to be ridden through. */
static s64 trip_ride(const struct trip_case *c, s32 value)
{
	const struct evse_grid_profile *p = c->profile;
	const struct evse_grid_ride *row = NULL;
	u32 ms;

	if (c->e->field == GRID_LOW || c->e->field == GRID_HIGH)
		row = evse_grid_ride_of(p->voltage_ride, value);
	else if (c->e->field == GRID_FREQUENCY)
		row = evse_grid_ride_of(p->frequency_ride, value);
	ms = row ? evse_grid_ride_ms(row, value) : 0;
	return ms == EVSE_GRID_ALWAYS ? 0 : MS(ms);
}

/* Hold a value, and see that it trips when it has to. */
static void trip_expect(struct kunit *test, struct grid_bench *b,
			const struct trip_case *c, s32 value)
{
	const struct evse_grid_line *line = &b->j.line[c->e->element];
	s64 clearing = MS(line->time_ms), ride = trip_ride(c, value);
	s64 least = ride <= clearing - LEAD ? max(ride, clearing - ROOM) : clearing - ROOM;
	s64 begin = b->seen.now;

	/* A mean moves three seconds later. */
	if (c->e->field == GRID_MEAN) {
		evse_grid_mean_init(&b->j.mean, line->pickup);
		clearing += MS(EVSE_GRID_MEAN_MS);
		least += MS(EVSE_GRID_MEAN_MS);
	}
	grid_bench_put(b, c->e, value);
	grid_bench_pass(b, clearing + MS(1000));
	KUNIT_ASSERT_NE(test, b->tripped_at, S64_MAX);
	KUNIT_EXPECT_LE(test, b->tripped_at - begin + LEAD, clearing);
	KUNIT_EXPECT_GE(test, b->tripped_at - begin, least);
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_TRIP);
	KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_TRIPPED);
	KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)c->e->element);
	KUNIT_EXPECT_EQ(test, (int)b->j.last, (int)c->e->element);
	KUNIT_EXPECT_EQ(test, b->d.value, value);
	KUNIT_EXPECT_EQ(test, b->d.since, c->e->field == GRID_MEAN ?
			begin + MS(EVSE_GRID_MEAN_MS) : begin);
}

static void trip_inside(struct kunit *test, struct grid_bench *b, const struct trip_case *c)
{
	const struct evse_grid_line *line = &b->j.line[c->e->element];

	grid_bench_put(b, c->e, line->pickup);
	if (c->e->field == GRID_MEAN)
		evse_grid_mean_init(&b->j.mean, line->pickup);
	grid_bench_pass(b, MS(line->time_ms) * 10 +
			   (c->e->field == GRID_MEAN ? MS(6000000) : 0));
	KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
	KUNIT_EXPECT_EQ(test, (int)b->j.last, (int)ELEMENT(NONE));
	KUNIT_EXPECT_EQ(test, (int)b->d.running, (int)ELEMENT(NONE));
}

/* What ends first is told, whatever else has begun. */
static void trip_among_others(struct kunit *test, struct grid_bench *b,
			      const struct trip_case *c)
{
	const struct evse_grid_line *line = &b->j.line[c->e->element];
	s32 value = trip_beyond(c, line->pickup);
	enum evse_grid_element first;
	s64 due, begin = b->seen.now;

	if (c->e->field == GRID_MEAN) {
		trip_expect(test, b, c, value);
		return;
	}
	grid_bench_put(b, c->e, value);
	due = grid_bench_due(b, &first);
	KUNIT_ASSERT_LE(test, due + LEAD, MS(line->time_ms));
	KUNIT_EXPECT_GE(test, due + LEAD, min(trip_ride(c, value), MS(line->time_ms)));
	grid_bench_pass(b, due - 1);
	KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
	KUNIT_EXPECT_EQ(test, (int)b->d.running, (int)first);
	KUNIT_EXPECT_EQ(test, b->d.running_ms, 1U);
	KUNIT_EXPECT_EQ(test, b->d.next, begin + due);
	grid_bench_pass(b, 1);
	KUNIT_EXPECT_EQ(test, b->tripped_at, begin + due);
	KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)first);
}

/* A moment inside, and all of the time begins anew. */
static void trip_again(struct kunit *test, struct grid_bench *b, const struct trip_case *c)
{
	const struct evse_grid_line *line = &b->j.line[c->e->element];
	s32 value = trip_beyond(c, line->pickup);
	unsigned int i;

	for (i = 0; i < 3; i++) {
		grid_bench_put(b, c->e, value);
		grid_bench_pass(b, MS(line->time_ms) - LEAD - 1);
		KUNIT_ASSERT_EQ(test, b->tripped_at, S64_MAX);
		KUNIT_ASSERT_EQ(test, (int)b->d.running, (int)c->e->element);
		b->seen.now++;
		grid_bench_put(b, c->e, line->pickup);
		grid_bench_step(b);
		KUNIT_ASSERT_EQ(test, (int)b->d.running, (int)ELEMENT(NONE));
	}
	trip_expect(test, b, c, value);
}

static void trip_set(struct kunit *test, struct grid_bench *b, const struct trip_case *c,
		     bool far, bool slow)
{
	const struct evse_grid_line *line = &b->j.line[c->e->element];
	s32 pickup = far == c->e->above ? line->pickup_max : line->pickup_min;

	KUNIT_ASSERT_EQ(test, 0, evse_grid_judge_set(&b->j, c->e->element, pickup,
						     slow ? line->time_max_ms :
							    line->time_min_ms));
	/* No voltage is below none. */
	if (c->e->field == GRID_LOW && !pickup) {
		trip_inside(test, b, c);
		return;
	}
	trip_expect(test, b, c, trip_beyond(c, pickup));
}

static void grid_trip_element(struct kunit *test)
{
	const struct trip_case c = trip_at((unsigned long)test->param_value - 1);
	struct grid_bench *b = grid_bench_new(test, c.profile);

	if (c.kind != AMONG_OTHERS)
		grid_bench_alone(b, c.e->element);
	if (c.kind == WAITING) {
		grid_bench_step(b);
		KUNIT_ASSERT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_HOLD);
	} else {
		grid_bench_serve(test, b);
	}

	switch (c.kind) {
	case INSIDE:
		trip_inside(test, b, &c);
		break;
	case AMONG_OTHERS:
		trip_among_others(test, b, &c);
		break;
	case AGAIN:
		trip_again(test, b, &c);
		break;
	case NEAR_FAST:
	case NEAR_SLOW:
	case FAR_FAST:
	case FAR_SLOW:
		trip_set(test, b, &c, c.kind >= FAR_FAST, c.kind == NEAR_SLOW ||
			 c.kind == FAR_SLOW);
		break;
	default:
		trip_expect(test, b, &c, trip_beyond(&c, c.profile->line[c.e->element].pickup));
		break;
	}
}

/* Two causes at once, of different kinds: the one that ends first is it. */
static void grid_trip_simultaneous(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("g99"));
	s64 begin;

	grid_bench_serve(test, b);
	begin = b->seen.now;
	b->seen.high_permille = 1150;		/* 1 s */
	b->seen.low_permille = 700;		/* 2.5 s */
	grid_bench_pass(b, MS(600));
	KUNIT_EXPECT_EQ(test, (int)b->d.running, (int)ELEMENT(OV1));
	KUNIT_EXPECT_EQ(test, b->d.running_ms, 380U);
	b->seen.rocof_mhz_s = -1200;		/* 0.5 s, so it ends later */
	b->seen.frequency_mhz = 46000;
	grid_bench_pass(b, MS(380));
	KUNIT_EXPECT_EQ(test, b->tripped_at, begin + MS(980));
	KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)ELEMENT(OV1));
	/* The cause stays, whatever follows. */
	grid_bench_pass(b, MS(5000));
	KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)ELEMENT(OV1));
	KUNIT_EXPECT_EQ(test, b->d.since, begin);
	KUNIT_EXPECT_EQ(test, b->d.value, 1150);

	/* At the very same moment: the one that is farther from nominal. */
	grid_bench_init(b, evse_grid_profile_find("ieee1547-cat2"), 3, 1);
	KUNIT_ASSERT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(UV1), 700, 2000), 0);
	KUNIT_ASSERT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(UV2), 450, 2000), 0);
	grid_bench_serve(test, b);
	b->seen.low_permille = 400;
	grid_bench_pass(b, MS(1980));
	KUNIT_EXPECT_EQ(test, b->tripped_at, b->seen.now);
	KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)ELEMENT(UV2));

	/* Asked too late, the earliest of all that have ended is the cause. */
	grid_bench_init(b, evse_grid_profile_find("g99"), 3, 1);
	grid_bench_serve(test, b);
	b->seen.frequency_mhz = 46900;		/* 0.5 s and 20 s */
	grid_bench_step(b);
	b->seen.now += MS(10);
	b->seen.high_permille = 1200;		/* 0.5 s and 1 s */
	b->seen.low_permille = 0;		/* 2.5 s */
	grid_bench_step(b);
	b->seen.now += MS(60000);
	grid_bench_step(b);
	KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)ELEMENT(UF2));
	KUNIT_EXPECT_EQ(test, b->d.value, 46900);
}

/* Frequency counts while it is known, voltage while it is measured. */
static void grid_trip_needs(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("g99"));

	grid_bench_serve(test, b);
	b->seen.locked = false;
	b->seen.frequency_mhz = 40000;
	b->seen.rocof_mhz_s = 100000;
	grid_bench_pass(b, MS(900));
	KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
	b->seen.locked = true;
	grid_bench_pass(b, MS(480));
	KUNIT_EXPECT_EQ(test, b->tripped_at, b->seen.now);

	grid_bench_init(b, evse_grid_profile_find("g99"), 3, 1);
	grid_bench_serve(test, b);
	b->seen.voltage_valid = false;
	b->seen.low_permille = 0;
	b->seen.high_permille = 2000;
	grid_bench_pass(b, MS(60000));
	KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
	KUNIT_EXPECT_FALSE(test, b->d.warn);
	b->seen.voltage_valid = true;
	grid_bench_pass(b, MS(480));
	KUNIT_EXPECT_EQ(test, b->tripped_at, b->seen.now);
	KUNIT_EXPECT_TRUE(test, b->d.warn);
}

static struct kunit_case grid_trip_cases[] = {
	KUNIT_CASE_PARAM(grid_trip_element, trip_gen_params),
	KUNIT_CASE(grid_trip_simultaneous),
	KUNIT_CASE(grid_trip_needs),
	{}
};

static struct kunit_suite grid_trip_suite = {
	.name = "evse_grid_trip",
	.test_cases = grid_trip_cases,
};

kunit_test_suite(grid_trip_suite);
