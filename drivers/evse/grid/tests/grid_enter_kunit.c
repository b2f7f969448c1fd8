// SPDX-License-Identifier: GPL-2.0-only
/*
 * Enter service: the test cases of IEEE 1547.1-2020 Table 11, the window, the
 * delay, chance and the ramp.
 */
#include "grid_bench.h"

/* Settings, and a step of the grid into the window. */
struct enter_case {
	u8 number;
	u32 delay_ms;
	u32 ramp_ms;
	u32 random_ms;
	s32 v_high;
	s32 v_low;
	s32 f_high;
	s32 f_low;
	bool voltage;
	s32 from;
	s32 to;
};

static const struct enter_case enter_cases[] = {
	{ 1, 300000, 300000, 0, 1050, 917, 60100, 59500, true, 897, 937 },
	{ 2, 0, 0, 300000, 1050, 917, 60100, 59500, false, 59480, 59520 },
	{ 3, 600000, 1000000, 0, 1060, 950, 61000, 59900, true, 1080, 1040 },
	{ 4, 0, 0, 1000000, 1060, 950, 61000, 59900, false, 61020, 60980 },
	{ 5, 0, 1000, 0, 1050, 880, 60100, 59000, true, 860, 900 },
	{ 6, 0, 0, 1000, 1050, 880, 60100, 59000, false, 58980, 59920 },
};

static void enter_desc(const struct enter_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "case %u", c->number);
}

KUNIT_ARRAY_PARAM(enter, enter_cases, enter_desc);

static void enter_set(struct kunit *test, struct grid_bench *b,
		      enum evse_grid_element element, s32 value, u32 time_ms)
{
	KUNIT_ASSERT_EQ(test, evse_grid_judge_set(&b->j, element, value, time_ms), 0);
}

static void enter_settings(struct kunit *test, struct grid_bench *b,
			   const struct enter_case *c)
{
	enter_set(test, b, ELEMENT(ENTER_DELAY), c->delay_ms, 0);
	enter_set(test, b, ELEMENT(ENTER_RAMP), c->ramp_ms, c->random_ms);
	enter_set(test, b, ELEMENT(ENTER_V_HIGH), c->v_high, 0);
	enter_set(test, b, ELEMENT(ENTER_V_LOW), c->v_low, 0);
	enter_set(test, b, ELEMENT(ENTER_F_HIGH), c->f_high, 0);
	enter_set(test, b, ELEMENT(ENTER_F_LOW), c->f_low, 0);
}

static void enter_put(struct grid_bench *b, const struct enter_case *c, s32 value)
{
	grid_bench_calm(b);
	if (!c->voltage)
		b->seen.frequency_mhz = value;
	else
		grid_bench_volt(b, value);
}

static u32 enter_bit(const struct enter_case *c)
{
	if (c->voltage)
		return c->from < c->v_low ? EVSE_GRID_WINDOW_VOLTAGE_LOW :
					    EVSE_GRID_WINDOW_VOLTAGE_HIGH;
	return c->from < c->f_low ? EVSE_GRID_WINDOW_FREQUENCY_LOW :
				    EVSE_GRID_WINDOW_FREQUENCY_HIGH;
}

/* Open the contactor by what the relay says. */
static void enter_trip(struct kunit *test, struct grid_bench *b)
{
	b->seen.relay = false;
	grid_bench_pass(b, MS(100));
	KUNIT_ASSERT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_TRIP);
	b->seen.relay = true;
	grid_bench_recover(test, b);
}

/* After a trip: not before the window holds, then as the settings have it. */
static void grid_enter_table(struct kunit *test)
{
	const struct enter_case *c = test->param_value;
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat3"));
	s64 begin, due;
	u32 step, last = 0;

	enter_settings(test, b, c);
	/* All trip elements out of the way: they keep the contactor open. */
	grid_bench_alone(b, ELEMENT(NONE));
	grid_bench_serve(test, b);
	enter_put(b, c, c->from);
	enter_trip(test, b);

	grid_bench_pass(b, MS(2000000));
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_HOLD);
	KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_WAITING);
	KUNIT_EXPECT_EQ(test, b->d.outside, enter_bit(c));
	KUNIT_EXPECT_EQ(test, b->d.wait_ms, c->delay_ms);

	enter_put(b, c, c->to);
	begin = b->seen.now;
	grid_bench_step(b);
	KUNIT_EXPECT_EQ(test, b->d.outside, 0U);
	due = b->d.verdict == EVSE_GRID_PERMIT ? begin : b->d.next;
	KUNIT_EXPECT_GE(test, due, begin + MS(c->delay_ms));
	KUNIT_EXPECT_LE(test, due, begin + MS(c->delay_ms) + MS(c->random_ms));
	if (!c->random_ms)
		KUNIT_EXPECT_EQ(test, due, begin + MS(c->delay_ms));
	KUNIT_EXPECT_EQ(test, b->d.wait_ms, (u32)div_s64(due - begin + 999999, 1000000));
	if (due > begin) {
		grid_bench_pass(b, due - begin - 1);
		KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_HOLD);
		grid_bench_pass(b, 1);
	}
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
	if (!c->ramp_ms) {
		KUNIT_EXPECT_EQ(test, b->d.ramp_permille, 1000U);
		return;
	}
	/* In steps of 1/1000, none of them early or late. */
	KUNIT_EXPECT_EQ(test, b->d.ramp_permille, 0U);
	KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_RAMPING);
	for (step = 1; step <= 1000; step++) {
		KUNIT_ASSERT_EQ(test, b->d.next, due + (s64)step * c->ramp_ms * 1000);
		b->seen.now = b->d.next - 1;
		grid_bench_step(b);
		KUNIT_ASSERT_EQ(test, b->d.ramp_permille, last);
		b->seen.now++;
		grid_bench_step(b);
		last = b->d.ramp_permille;
		KUNIT_ASSERT_EQ(test, last, step);
	}
	KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_NORMAL);
	KUNIT_EXPECT_EQ(test, b->d.next, S64_MAX);
}

static void break_v_low(struct evse_grid_seen *seen, const struct evse_grid_line *line)
{
	seen->low_permille = line[ELEMENT(ENTER_V_LOW)].pickup - 1;
}

static void break_v_high(struct evse_grid_seen *seen, const struct evse_grid_line *line)
{
	seen->high_permille = line[ELEMENT(ENTER_V_HIGH)].pickup + 1;
}

static void break_f_low(struct evse_grid_seen *seen, const struct evse_grid_line *line)
{
	seen->frequency_mhz = line[ELEMENT(ENTER_F_LOW)].pickup - 1;
}

static void break_f_high(struct evse_grid_seen *seen, const struct evse_grid_line *line)
{
	seen->frequency_mhz = line[ELEMENT(ENTER_F_HIGH)].pickup + 1;
}

static void break_voltage(struct evse_grid_seen *seen, const struct evse_grid_line *line)
{
	seen->voltage_valid = false;
}

static void break_lock(struct evse_grid_seen *seen, const struct evse_grid_line *line)
{
	seen->locked = false;
}

static void break_crossing(struct evse_grid_seen *seen, const struct evse_grid_line *line)
{
	seen->crossing = false;
	seen->locked = false;
}

static void break_relay(struct evse_grid_seen *seen, const struct evse_grid_line *line)
{
	seen->relay = false;
}

/* What may be wrong with a grid, each for a moment while the delay runs. */
static const struct violation {
	const char *name;
	u32 outside;
	void (*break_it)(struct evse_grid_seen *seen, const struct evse_grid_line *line);
} violations[] = {
	{ "voltage low", EVSE_GRID_WINDOW_VOLTAGE_LOW, break_v_low },
	{ "voltage high", EVSE_GRID_WINDOW_VOLTAGE_HIGH, break_v_high },
	{ "frequency low", EVSE_GRID_WINDOW_FREQUENCY_LOW, break_f_low },
	{ "frequency high", EVSE_GRID_WINDOW_FREQUENCY_HIGH, break_f_high },
	{ "no voltage", EVSE_GRID_WINDOW_NO_VOLTAGE, break_voltage },
	{ "no lock", EVSE_GRID_WINDOW_NO_LOCK, break_lock },
	{ "no crossing", EVSE_GRID_WINDOW_NO_LOCK | EVSE_GRID_WINDOW_VOLTAGE_LOW,
	  break_crossing },
	{ "relay open", EVSE_GRID_WINDOW_RELAY_OPEN, break_relay },
};

/* A parameter is one more than the number of its case. */
static const void *violation_gen_params(const void *prev, char *desc)
{
	unsigned long index = (unsigned long)prev;

	if (index >= ARRAY_SIZE(violations) * evse_grid_profile_count)
		return NULL;
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s %s",
		 evse_grid_profiles[index / ARRAY_SIZE(violations)].name,
		 violations[index % ARRAY_SIZE(violations)].name);
	return (const void *)(index + 1);
}

/* An instant outside, and all of the delay begins anew. */
static void grid_enter_violation(struct kunit *test)
{
	const unsigned long index = (unsigned long)test->param_value - 1;
	const struct violation *v = &violations[index % ARRAY_SIZE(violations)];
	struct grid_bench *b = grid_bench_new(test,
					      &evse_grid_profiles[index / ARRAY_SIZE(violations)]);
	s64 delay = MS(b->j.line[ELEMENT(ENTER_DELAY)].pickup), begin;
	unsigned int i;

	grid_bench_serve(test, b);
	enter_trip(test, b);
	grid_bench_calm(b);
	for (i = 0; i < 3; i++) {
		begin = b->seen.now;
		grid_bench_pass(b, delay - 1);
		KUNIT_ASSERT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_HOLD);
		KUNIT_ASSERT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_WAITING);
		KUNIT_ASSERT_EQ(test, b->d.next, begin + delay);
		KUNIT_ASSERT_EQ(test, b->d.outside, 0U);
		v->break_it(&b->seen, b->j.line);
		grid_bench_step(b);
		KUNIT_ASSERT_NE(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
		KUNIT_ASSERT_EQ(test, b->d.outside, v->outside);
		KUNIT_ASSERT_EQ(test, b->d.wait_ms, (u32)b->j.line[ELEMENT(ENTER_DELAY)].pickup);
		b->seen.now++;
		grid_bench_calm(b);
	}
	grid_bench_pass(b, delay);
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
	/* Once in service, the window does not matter any more. */
	v->break_it(&b->seen, b->j.line);
	b->seen.voltage_valid = true;
	b->seen.locked = true;
	b->seen.crossing = true;
	b->seen.relay = true;
	grid_bench_step(b);
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
}

/* The edges of the window are inside. */
static void grid_enter_edges(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < evse_grid_profile_count; i++) {
		struct grid_bench *b = grid_bench_new(test, &evse_grid_profiles[i]);
		const struct evse_grid_line *line = b->j.line;

		b->seen.low_permille = line[ELEMENT(ENTER_V_LOW)].pickup;
		b->seen.high_permille = line[ELEMENT(ENTER_V_HIGH)].pickup;
		b->seen.frequency_mhz = line[ELEMENT(ENTER_F_LOW)].pickup;
		KUNIT_EXPECT_EQ(test, evse_grid_enter_outside(line, &b->seen), 0U);
		b->seen.frequency_mhz = line[ELEMENT(ENTER_F_HIGH)].pickup;
		KUNIT_EXPECT_EQ(test, evse_grid_enter_outside(line, &b->seen), 0U);
	}
}

/* A charger that starts is not a way around the delay. */
static void grid_enter_start(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < evse_grid_profile_count; i++) {
		struct grid_bench *b = grid_bench_new(test, &evse_grid_profiles[i]);
		s64 delay = MS(b->j.line[ELEMENT(ENTER_DELAY)].pickup);

		/* No grid: no permit, and no trip either. */
		b->seen.crossing = false;
		b->seen.locked = false;
		b->seen.voltage_valid = false;
		b->seen.relay = false;
		grid_bench_pass(b, MS(1000000));
		KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
		KUNIT_EXPECT_EQ(test, b->ceased_at, S64_MAX);
		KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_HOLD);
		KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_UNKNOWN);
		KUNIT_EXPECT_EQ(test, (int)b->d.running, (int)ELEMENT(NONE));
		/* A bad one. */
		grid_bench_calm(b);
		b->seen.low_permille = 300;
		grid_bench_pass(b, MS(1000000));
		KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
		KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_HOLD);
		KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_WAITING);
		KUNIT_EXPECT_EQ(test, b->d.outside, (u32)EVSE_GRID_WINDOW_VOLTAGE_LOW);

		grid_bench_calm(b);
		grid_bench_pass(b, delay - 1);
		KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_HOLD);
		grid_bench_pass(b, 1);
		KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
		KUNIT_EXPECT_EQ(test, b->d.ramp_permille,
				b->j.line[ELEMENT(ENTER_RAMP)].pickup ? 0U : 1000U);
	}
}

/* Chargers with different seeds come back spread over all of the time. */
static void grid_enter_chance(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat2"));
	const struct evse_grid_profile *p = b->j.profile;
	unsigned int tenth[10] = { }, i;
	s64 first = 0;

	for (i = 0; i < 2000; i++) {
		s64 wait;

		grid_bench_init(b, p, 3, i * 2654435761U);
		enter_set(test, b, ELEMENT(ENTER_DELAY), 0, 0);
		enter_set(test, b, ELEMENT(ENTER_RAMP), 0, 1000000);
		grid_bench_step(b);
		KUNIT_ASSERT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_HOLD);
		wait = b->d.next - b->seen.now;
		KUNIT_ASSERT_GE(test, wait, 0LL);
		KUNIT_ASSERT_LT(test, wait, MS(1000000));
		tenth[(unsigned int)div_s64(wait, 100000000) / 1000]++;
		/* And not twice the same. */
		grid_bench_calm(b);
		b->seen.relay = false;
		grid_bench_step(b);
		b->seen.relay = true;
		grid_bench_step(b);
		first += b->d.next - b->seen.now == wait;
	}
	for (i = 0; i < ARRAY_SIZE(tenth); i++) {
		KUNIT_EXPECT_GT(test, tenth[i], 130U);
		KUNIT_EXPECT_LT(test, tenth[i], 270U);
	}
	KUNIT_EXPECT_LT(test, first, 3LL);
}

/* A ramp or chance: one of them, not both. */
static void grid_enter_exclusive(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat1"));
	struct evse_grid_judge *j = &b->j;

	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(ENTER_RAMP), 0, 0), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(ENTER_RAMP), 1000, 1000), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(ENTER_RAMP), 999, 0), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(ENTER_RAMP), 0, 999), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(ENTER_RAMP), 1000, 0), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(ENTER_RAMP), 0, 1000), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(ENTER_RAMP), 1000000, 0), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(ENTER_RAMP), 0, 1000000), 0);
}

/* Cessation does not stop a ramp; a trip begins it anew. */
static void grid_enter_interrupted(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat3"));

	grid_bench_pass(b, MS(300000));
	KUNIT_EXPECT_EQ(test, b->d.ramp_permille, 0U);
	grid_bench_pass(b, MS(30000));
	KUNIT_EXPECT_EQ(test, b->d.ramp_permille, 100U);
	b->seen.low_permille = 400;
	grid_bench_pass(b, MS(900));
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_CEASE);
	grid_bench_calm(b);
	grid_bench_pass(b, MS(0));
	KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_RAMPING);
	KUNIT_EXPECT_EQ(test, b->d.ramp_permille, 103U);
	enter_trip(test, b);
	KUNIT_EXPECT_EQ(test, b->d.ramp_permille, 0U);
	grid_bench_pass(b, MS(300000));
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
	KUNIT_EXPECT_EQ(test, b->d.ramp_permille, 0U);
}

static struct kunit_case grid_enter_cases[] = {
	KUNIT_CASE_PARAM(grid_enter_table, enter_gen_params),
	KUNIT_CASE_PARAM(grid_enter_violation, violation_gen_params),
	KUNIT_CASE(grid_enter_edges),
	KUNIT_CASE(grid_enter_start),
	KUNIT_CASE(grid_enter_chance),
	KUNIT_CASE(grid_enter_exclusive),
	KUNIT_CASE(grid_enter_interrupted),
	{}
};

static struct kunit_suite grid_enter_suite = {
	.name = "evse_grid_enter",
	.test_cases = grid_enter_cases,
};

kunit_test_suite(grid_enter_suite);
