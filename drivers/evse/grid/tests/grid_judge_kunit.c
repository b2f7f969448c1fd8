// SPDX-License-Identifier: GPL-2.0-only
/*
 * The judge beside its trip elements: relay, crossings, sensors that are silent
 * or contradict each other, cessation, active detection.
 */
#include "grid_bench.h"

static void expect(struct kunit *test, struct grid_bench *b,
		   enum evse_grid_verdict verdict, enum evse_grid_state state,
		   enum evse_grid_element element)
{
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)verdict);
	KUNIT_EXPECT_EQ(test, (int)b->d.state, (int)state);
	KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)element);
}

static struct grid_bench *in_service(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, test->param_value);

	grid_bench_serve(test, b);
	return b;
}

/* At once, and back within the window; beyond it is an island. */
static void grid_judge_relay(struct kunit *test)
{
	struct grid_bench *b = in_service(test);
	s64 opened;

	b->seen.relay = false;
	grid_bench_pass(b, MS(50) - 1);
	KUNIT_EXPECT_EQ(test, b->ceased_at, b->begin);
	KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
	expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(ISLAND));
	KUNIT_EXPECT_EQ(test, b->d.since, b->begin);
	KUNIT_EXPECT_EQ(test, (int)b->d.running, (int)ELEMENT(ISLAND));
	KUNIT_EXPECT_EQ(test, b->d.running_ms, 1U);
	KUNIT_EXPECT_EQ(test, b->d.outside, (u32)EVSE_GRID_WINDOW_RELAY_OPEN);
	b->seen.relay = true;
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_PERMIT, EVSE_GRID_STATE_NORMAL, ELEMENT(NONE));

	b->seen.relay = false;
	opened = b->seen.now;
	grid_bench_pass(b, MS(50));
	KUNIT_EXPECT_EQ(test, b->tripped_at, opened + MS(50));
	expect(test, b, EVSE_GRID_TRIP, EVSE_GRID_STATE_TRIPPED, ELEMENT(ISLAND));
	KUNIT_EXPECT_EQ(test, b->d.value, 50);
	KUNIT_EXPECT_EQ(test, b->d.since, opened);
	KUNIT_EXPECT_EQ(test, (int)b->j.last, (int)ELEMENT(ISLAND));
	grid_bench_pass(b, MS(3600000));
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_TRIP);
	KUNIT_EXPECT_EQ(test, b->d.value, 50);
	b->seen.relay = true;
	grid_bench_recover(test, b);
	expect(test, b, EVSE_GRID_HOLD, EVSE_GRID_STATE_WAITING, ELEMENT(NONE));

	/* A window of its own. */
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(ISLAND), 70, 0), 0);
	grid_bench_serve(test, b);
	b->seen.relay = false;
	grid_bench_pass(b, MS(200));
	KUNIT_EXPECT_EQ(test, b->tripped_at, b->begin + MS(70));
}

/* Lost crossings cease at once, and trip by the under-voltage timer. */
static void grid_judge_crossings(struct kunit *test)
{
	struct grid_bench *b = in_service(test);
	enum evse_grid_element first;
	s64 due, back;

	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(CEASE_UV));
	KUNIT_EXPECT_EQ(test, b->d.value, 0);
	KUNIT_EXPECT_TRUE(test, b->d.warn);
	KUNIT_EXPECT_EQ(test, b->d.outside, (u32)(EVSE_GRID_WINDOW_VOLTAGE_LOW |
						  EVSE_GRID_WINDOW_NO_LOCK));

	/* Back: as soon as it is locked, or at most 0.4 s later. */
	b->seen.now += MS(30);
	b->seen.crossing = true;
	grid_bench_pass(b, MS(100));
	expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(CEASE_UV));
	b->seen.locked = true;
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_PERMIT, EVSE_GRID_STATE_NORMAL, ELEMENT(NONE));

	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_pass(b, MS(30));
	back = b->seen.now;
	b->seen.crossing = true;
	grid_bench_step(b);
	KUNIT_EXPECT_EQ(test, b->d.next, back + MS(EVSE_GRID_RETURN_MS));
	grid_bench_pass(b, MS(500));
	KUNIT_EXPECT_GE(test, b->last_stop, back + MS(100));
	KUNIT_EXPECT_LT(test, b->last_stop, back + MS(400));
	expect(test, b, EVSE_GRID_PERMIT, EVSE_GRID_STATE_NORMAL, ELEMENT(NONE));
	/* Crossings that are no frequency for long are not the grid's. */
	grid_bench_pass(b, MS(499));
	expect(test, b, EVSE_GRID_PERMIT, EVSE_GRID_STATE_NORMAL, ELEMENT(NONE));
	KUNIT_EXPECT_EQ(test, b->d.next, back + MS(1000));
	grid_bench_pass(b, MS(1));
	expect(test, b, EVSE_GRID_TRIP, EVSE_GRID_STATE_TRIPPED, ELEMENT(ISLAND));
	KUNIT_EXPECT_EQ(test, b->d.value, 1000);
	KUNIT_EXPECT_EQ(test, b->d.since, back);
	grid_bench_pass(b, MS(5000));
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_TRIP);

	grid_bench_serve(test, b);
	b->seen.low_permille = 0;
	due = grid_bench_due(b, &first);
	/* What a voltage channel says does not matter without crossings. */
	b->seen.low_permille = 1000;
	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_pass(b, due + MS(1000));
	KUNIT_EXPECT_EQ(test, b->ceased_at, b->begin);
	KUNIT_EXPECT_EQ(test, b->tripped_at, b->begin + due);
	expect(test, b, EVSE_GRID_TRIP, EVSE_GRID_STATE_TRIPPED, first);
	/* Nor that it is silent. */
	grid_bench_serve(test, b);
	b->seen.voltage_valid = false;
	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_pass(b, due);
	KUNIT_EXPECT_EQ(test, b->ceased_at, b->begin);
	KUNIT_EXPECT_EQ(test, b->tripped_at, b->begin + due);
	/* A voltage that is zero anyway is missed by nobody. */
	grid_bench_serve(test, b);
	b->seen.voltage_valid = false;
	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_pass(b, MS(30));
	grid_bench_calm(b);
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_PERMIT, EVSE_GRID_STATE_NORMAL, ELEMENT(NONE));
}

/* Edges that a dead line picks up, even such as make a frequency. */
static void grid_judge_floating(struct kunit *test)
{
	struct grid_bench *b = in_service(test);
	const s32 dead[] = { 0, 30, 200 };
	enum evse_grid_element first;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(dead); i++) {
		b->seen.crossing = false;
		b->seen.locked = false;
		grid_bench_volt(b, dead[i]);
		grid_bench_pass(b, MS(30));
		b->seen.crossing = true;
		b->seen.locked = true;
		grid_bench_pass(b, min(grid_bench_due(b, &first), MS(2000)) - MS(31));
		KUNIT_EXPECT_EQ(test, b->last_stop, b->seen.now);
		expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(CEASE_UV));
		grid_bench_serve(test, b);
	}
}

/* Nobody measures: after lost crossings as after a start. */
static void grid_judge_unmeasured(struct kunit *test)
{
	struct grid_bench *b = in_service(test);

	b->seen.measured = false;
	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_pass(b, MS(30));
	expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(CEASE_UV));
	b->seen.crossing = true;
	grid_bench_pass(b, MS(500));
	expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(CEASE_UV));
	b->seen.locked = true;
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_HOLD, EVSE_GRID_STATE_WAITING, ELEMENT(NONE));
	grid_bench_pass(b, MS(b->j.line[ELEMENT(ENTER_DELAY)].pickup) - 1);
	KUNIT_EXPECT_EQ(test, b->last_stop, b->seen.now);
	grid_bench_pass(b, 1);
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
}

/* A pick-up of nothing is still more than crossings that stay away. */
static void grid_judge_zero(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat2"));

	KUNIT_ASSERT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(UV2), 0, 160), 0);
	KUNIT_ASSERT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(UV1), 0, 2000), 0);
	grid_bench_serve(test, b);
	b->seen.low_permille = 0;
	grid_bench_pass(b, MS(5000));
	KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_pass(b, MS(500));
	KUNIT_EXPECT_EQ(test, b->tripped_at, b->begin + MS(140));
	expect(test, b, EVSE_GRID_TRIP, EVSE_GRID_STATE_TRIPPED, ELEMENT(UV2));
	KUNIT_EXPECT_EQ(test, b->d.value, 0);
}

/* No gates to block: the window of an island, and from when the mains went. */
static void grid_judge_gates(struct kunit *test)
{
	struct grid_bench *b = in_service(test);
	s64 gone;

	b->seen.gates = false;
	b->seen.crossing = false;
	b->seen.locked = false;
	gone = b->seen.now - MS(EVSE_GRID_MISSING_MS);
	grid_bench_pass(b, MS(34));
	expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(ISLAND));
	/* Back in time */
	grid_bench_calm(b);
	b->seen.gates = false;
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_PERMIT, EVSE_GRID_STATE_NORMAL, ELEMENT(NONE));

	b->seen.crossing = false;
	b->seen.locked = false;
	gone = b->seen.now - MS(EVSE_GRID_MISSING_MS);
	grid_bench_pass(b, MS(200));
	KUNIT_EXPECT_EQ(test, b->tripped_at, gone + MS(50));
	expect(test, b, EVSE_GRID_TRIP, EVSE_GRID_STATE_TRIPPED, ELEMENT(ISLAND));

	/* The shortest is over already, the longest in time. */
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(ISLAND), 10, 0), 0);
	grid_bench_serve(test, b);
	b->seen.gates = false;
	b->seen.crossing = false;
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_TRIP, EVSE_GRID_STATE_TRIPPED, ELEMENT(ISLAND));
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(ISLAND), 70, 0), 0);
	grid_bench_serve(test, b);
	gone = b->seen.now - MS(EVSE_GRID_MISSING_MS);
	b->seen.gates = false;
	b->seen.crossing = false;
	grid_bench_pass(b, MS(200));
	KUNIT_EXPECT_EQ(test, b->tripped_at, gone + MS(70));

	/* Before the first lock there is nothing to lose. */
	grid_bench_init(b, test->param_value, 1, 1);
	b->seen.gates = false;
	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_pass(b, MS(5000));
	expect(test, b, EVSE_GRID_HOLD, EVSE_GRID_STATE_UNKNOWN, ELEMENT(NONE));
}

/* Without a lock, and with a voltage that asks for none, no power either. */
static void grid_judge_crossings_low(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat2"));

	grid_bench_widest(test, b);
	grid_bench_serve(test, b);
	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_pass(b, MS(30));
	b->seen.crossing = true;
	b->seen.low_permille = 500;
	grid_bench_pass(b, MS(900));
	expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(CEASE_UV));
	b->seen.low_permille = 660;
	grid_bench_pass(b, MS(90));
	expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(CEASE_UV));
}

/* Momentary cessation is at once, both ways, and no ramp follows. */
static void grid_judge_momentary(struct kunit *test)
{
	struct grid_bench *b = in_service(test);
	const struct evse_grid_line *uv = &b->j.line[ELEMENT(CEASE_UV)];
	const struct evse_grid_line *ov = &b->j.line[ELEMENT(CEASE_OV)];
	unsigned int i;

	if (!evse_grid_line_exists(uv))
		kunit_skip(test, "no momentary cessation");
	for (i = 0; i < 10; i++) {
		b->seen.now += MS(20);
		b->seen.low_permille = uv->pickup - 1;
		grid_bench_step(b);
		expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(CEASE_UV));
		KUNIT_EXPECT_EQ(test, b->d.value, uv->pickup - 1);
		KUNIT_EXPECT_EQ(test, b->d.since, b->seen.now);
		b->seen.now += MS(20);
		b->seen.low_permille = uv->pickup;
		grid_bench_step(b);
		KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
		KUNIT_EXPECT_EQ(test, b->d.ramp_permille, 1000U);
		b->seen.now += MS(20);
		grid_bench_calm(b);
		b->seen.high_permille = ov->pickup + 1;
		grid_bench_step(b);
		expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(CEASE_OV));
		KUNIT_EXPECT_EQ(test, b->d.value, ov->pickup + 1);
		b->seen.now += MS(20);
		b->seen.high_permille = ov->pickup;
		grid_bench_step(b);
		KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
		grid_bench_calm(b);
		grid_bench_step(b);
	}
}

/* Relay and crossings that do not agree are said so after a second. */
static void grid_judge_contradiction(struct kunit *test)
{
	struct grid_bench *b = in_service(test);
	const u32 bit = EVSE_GRID_WINDOW_CONTRADICTION;

	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_pass(b, MS(1000) - 1);
	KUNIT_EXPECT_FALSE(test, b->d.outside & bit);
	grid_bench_pass(b, 1);
	KUNIT_EXPECT_TRUE(test, b->d.outside & bit);
	KUNIT_EXPECT_NE(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
	grid_bench_calm(b);
	grid_bench_step(b);
	KUNIT_EXPECT_EQ(test, b->d.outside, 0U);

	grid_bench_serve(test, b);
	b->seen.relay = false;
	grid_bench_pass(b, MS(1000) - 1);
	KUNIT_EXPECT_EQ(test, b->d.outside, (u32)EVSE_GRID_WINDOW_RELAY_OPEN);
	grid_bench_pass(b, 1);
	KUNIT_EXPECT_EQ(test, b->d.outside, (u32)EVSE_GRID_WINDOW_RELAY_OPEN | bit);
	/* Both say the same: no contradiction, however long. */
	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_pass(b, MS(10000));
	KUNIT_EXPECT_FALSE(test, b->d.outside & bit);
	/* A contradiction from the start keeps the delay from running. */
	grid_bench_init(b, test->param_value, 3, 1);
	b->seen.relay = false;
	grid_bench_pass(b, MS(1000000));
	expect(test, b, EVSE_GRID_HOLD, EVSE_GRID_STATE_WAITING, ELEMENT(NONE));
	KUNIT_EXPECT_TRUE(test, b->d.outside & bit);
	KUNIT_EXPECT_EQ(test, b->d.next, S64_MAX);
}

/* A silent sensor withdraws the permit; enter service begins anew. */
static void grid_judge_silent(struct kunit *test)
{
	struct grid_bench *b = in_service(test);
	s64 delay = MS(b->j.line[ELEMENT(ENTER_DELAY)].pickup), back;

	b->seen.voltage_valid = false;
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_HOLD, EVSE_GRID_STATE_UNKNOWN, ELEMENT(NONE));
	KUNIT_EXPECT_EQ(test, b->d.outside, (u32)EVSE_GRID_WINDOW_NO_VOLTAGE);
	KUNIT_EXPECT_EQ(test, b->d.ramp_permille, 0U);
	/* It keeps neither the relay nor the crossings from being seen. */
	b->seen.relay = false;
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(ISLAND));
	b->seen.relay = true;
	grid_bench_step(b);
	b->seen.crossing = false;
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_CEASE, EVSE_GRID_STATE_CEASED, ELEMENT(CEASE_UV));
	b->seen.crossing = true;
	grid_bench_pass(b, MS(1000));
	expect(test, b, EVSE_GRID_HOLD, EVSE_GRID_STATE_UNKNOWN, ELEMENT(NONE));

	b->seen.voltage_valid = true;
	back = b->seen.now;
	grid_bench_pass(b, delay - 1);
	expect(test, b, EVSE_GRID_HOLD, EVSE_GRID_STATE_WAITING, ELEMENT(NONE));
	KUNIT_EXPECT_EQ(test, b->d.next, back + delay);
	KUNIT_EXPECT_EQ(test, b->d.wait_ms, 1U);
	grid_bench_pass(b, 1);
	KUNIT_EXPECT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
}

/* The band of the warning, which nothing trips by. */
static void grid_judge_warning(struct kunit *test)
{
	static const struct { s32 low, high; bool warn; } steps[] = {
		{ 1000, 1000, false }, { 900, 1000, false }, { 899, 1000, true },
		{ 900, 1000, true }, { 904, 1000, true }, { 905, 1000, false },
		{ 900, 1000, false }, { 1000, 1100, false }, { 1000, 1101, true },
		{ 1000, 1096, true }, { 1000, 1095, false }, { 890, 1110, true },
		{ 910, 1110, true }, { 890, 1090, true }, { 910, 1090, false },
	};
	struct grid_bench *b = in_service(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		b->seen.now += MS(1);
		b->seen.low_permille = steps[i].low;
		b->seen.high_permille = steps[i].high;
		grid_bench_step(b);
		KUNIT_EXPECT_EQ(test, b->d.warn, steps[i].warn);
		KUNIT_EXPECT_NE(test, (int)b->d.verdict, (int)EVSE_GRID_TRIP);
	}
}

/* Active detection: only outside of all that is to be ridden through. */
static void grid_judge_runaway(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, test->param_value);
	const struct evse_grid_ride *rows = b->j.profile->frequency_ride;
	unsigned int k;

	grid_bench_widest(test, b);
	for (k = 0; k < 2; k++) {
		s32 edge = !rows[0].ms ? (s32)b->j.profile->nominal_mhz :
			   k ? rows[2].high : rows[0].low, sign = k ? 1 : -1;

		grid_bench_serve(test, b);
		b->seen.active = true;
		b->seen.frequency_mhz = edge;
		grid_bench_pass(b, MS(60000));
		KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
		b->seen.frequency_mhz = edge + sign;
		if (!rows[0].ms)
			continue;
		/* As long as a phase jump looks like one, and longer. */
		grid_bench_pass(b, MS(159));
		KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
		b->seen.frequency_mhz = edge;
		grid_bench_step(b);
		b->seen.frequency_mhz = edge + sign;
		grid_bench_pass(b, MS(160));
		KUNIT_EXPECT_EQ(test, b->tripped_at, b->begin + MS(160));
		expect(test, b, EVSE_GRID_TRIP, EVSE_GRID_STATE_TRIPPED, ELEMENT(ISLAND));
		KUNIT_EXPECT_EQ(test, b->d.value, 160);
		/* Not when nothing pushes the frequency. */
		grid_bench_serve(test, b);
		b->seen.frequency_mhz = edge + sign;
		grid_bench_pass(b, MS(700));
		KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
		b->j.line[ELEMENT(ACTIVE)].pickup = 0;
		b->seen.active = true;
		grid_bench_pass(b, MS(200));
		KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
		b->j.line[ELEMENT(ACTIVE)].pickup = 50;
	}
}

/* What was seen last stands while the lock is lost, and no longer. */
static void grid_judge_runaway_unlocked(struct kunit *test)
{
	struct grid_bench *b = in_service(test);

	if (!b->j.profile->frequency_ride[0].ms)
		kunit_skip(test, "the rule is not in force");
	grid_bench_widest(test, b);
	b->seen.active = true;
	b->seen.frequency_mhz = 65000;
	grid_bench_pass(b, MS(10));
	KUNIT_EXPECT_EQ(test, (int)b->d.running, (int)ELEMENT(ISLAND));
	b->seen.locked = false;
	grid_bench_pass(b, MS(149));
	KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
	grid_bench_pass(b, MS(1));
	expect(test, b, EVSE_GRID_TRIP, EVSE_GRID_STATE_TRIPPED, ELEMENT(ISLAND));
	KUNIT_EXPECT_EQ(test, b->d.value, 160);

	/* A lock, a cease, or crossings that stay away take it back. */
	grid_bench_serve(test, b);
	b->seen.active = true;
	b->seen.frequency_mhz = 65000;
	grid_bench_pass(b, MS(10));
	b->seen.crossing = false;
	b->seen.locked = false;
	grid_bench_step(b);
	b->seen.crossing = true;
	grid_bench_pass(b, MS(200));
	KUNIT_EXPECT_EQ(test, b->tripped_at, S64_MAX);
	b->seen.locked = true;
	grid_bench_pass(b, MS(150));
	KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
	b->seen.active = false;
	grid_bench_step(b);
	b->seen.active = true;
	b->seen.locked = false;
	grid_bench_pass(b, MS(200));
	KUNIT_EXPECT_EQ(test, b->last_stop, S64_MIN);
}

/* What is measured late is decided earlier by that, and nothing else is. */
static void grid_judge_late(struct kunit *test)
{
	struct grid_bench *b = in_service(test);
	const struct evse_grid_profile *p = test->param_value;
	const struct evse_grid_line *line = &p->line[ELEMENT(UF2)];
	const enum evse_grid_element element =
		evse_grid_line_exists(line) ? ELEMENT(UF2) : ELEMENT(UF1);

	line = &p->line[element];
	grid_bench_alone(b, element);
	b->seen.frequency_late_ms = 41;
	b->seen.frequency_mhz = line->pickup - 1;
	grid_bench_pass(b, MS(line->time_ms + 1000));
	KUNIT_EXPECT_EQ(test, b->tripped_at - b->begin, MS(line->time_ms - 20 - 41));
	KUNIT_EXPECT_EQ(test, b->d.since, b->begin);

	b = in_service(test);
	grid_bench_alone(b, ELEMENT(UV1));
	b->seen.frequency_late_ms = 41;
	grid_bench_volt(b, p->line[ELEMENT(UV1)].pickup - 1);
	grid_bench_pass(b, MS(p->line[ELEMENT(UV1)].time_ms + 1000));
	KUNIT_EXPECT_EQ(test, b->tripped_at - b->begin,
			MS(p->line[ELEMENT(UV1)].time_ms - 20));
}

/* The same of voltages, where nothing has to be ridden through for longer. */
static void grid_judge_late_voltage(struct kunit *test)
{
	static const struct { const char *profile; s32 permille; u32 uv2_ms, at_ms; } steps[] = {
		/* Below all regions */
		{ "ieee1547-cat2", 200, 160, 160 - 20 - 37 },
		/* 160 ms to be ridden through: as far as the setting lets it */
		{ "ieee1547-cat2", 400, 160, 160 - 20 },
		{ "ieee1547-cat2", 400, 200, 160 },
		{ "ieee1547-cat2", 400, 300, 300 - 20 - 37 },
		{ "vde-ar-n-4105", 400, 300, 300 - 20 - 37 },
	};
	struct grid_bench *b;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		b = grid_bench_new(test, evse_grid_profile_find(steps[i].profile));
		KUNIT_ASSERT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(UV2), 450,
							  steps[i].uv2_ms), 0);
		grid_bench_serve(test, b);
		b->seen.voltage_late_ms = 37;
		b->seen.low_permille = steps[i].permille;
		grid_bench_pass(b, MS(1000));
		KUNIT_EXPECT_EQ(test, b->tripped_at - b->begin, MS(steps[i].at_ms));
		KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)ELEMENT(UV2));

		/* Crossings are not late, nor is a frequency by this. */
		grid_bench_serve(test, b);
		b->seen.voltage_late_ms = 37;
		b->seen.crossing = false;
		b->seen.locked = false;
		grid_bench_pass(b, MS(1000));
		KUNIT_EXPECT_EQ(test, b->tripped_at - b->begin, MS(steps[i].uv2_ms - 20));
	}
}

/* Another profile is no way out of a trip, but may be one that knows better. */
static void grid_judge_change(struct kunit *test)
{
	struct grid_bench *b = in_service(test);
	const struct evse_grid_profile *other =
		evse_grid_profile_find(b->j.profile->nominal_mhz == 50000 ?
				       "ieee1547-cat2" : "g99");

	b->seen.relay = false;
	grid_bench_pass(b, MS(100));
	expect(test, b, EVSE_GRID_TRIP, EVSE_GRID_STATE_TRIPPED, ELEMENT(ISLAND));
	evse_grid_judge_change(&b->j, other, 2);
	KUNIT_EXPECT_PTR_EQ(test, b->j.profile, other);
	grid_bench_pass(b, MS(1000));
	KUNIT_EXPECT_EQ(test, b->tripped_at, b->begin);
	expect(test, b, EVSE_GRID_TRIP, EVSE_GRID_STATE_TRIPPED, ELEMENT(ISLAND));
	KUNIT_EXPECT_EQ(test, b->d.value, 50);
	/* Well by the new one */
	grid_bench_calm(b);
	grid_bench_recover(test, b);
	expect(test, b, EVSE_GRID_HOLD, EVSE_GRID_STATE_WAITING, ELEMENT(NONE));
	KUNIT_EXPECT_EQ(test, b->d.wait_ms, (u32)other->line[ELEMENT(ENTER_DELAY)].pickup);
	/* Without a trip it is a start. */
	grid_bench_serve(test, b);
	b->seen.locked = false;
	evse_grid_judge_change(&b->j, &evse_grid_profiles[0], 3);
	grid_bench_step(b);
	expect(test, b, EVSE_GRID_HOLD, EVSE_GRID_STATE_UNKNOWN, ELEMENT(NONE));
}

static struct kunit_case grid_judge_cases[] = {
	KUNIT_CASE_PARAM(grid_judge_relay, grid_bench_next_profile),
	KUNIT_CASE_PARAM(grid_judge_crossings, grid_bench_next_profile),
	KUNIT_CASE_PARAM(grid_judge_floating, grid_bench_next_profile),
	KUNIT_CASE_PARAM(grid_judge_unmeasured, grid_bench_next_profile),
	KUNIT_CASE(grid_judge_zero),
	KUNIT_CASE_PARAM(grid_judge_gates, grid_bench_next_profile),
	KUNIT_CASE(grid_judge_crossings_low),
	KUNIT_CASE_PARAM(grid_judge_momentary, grid_bench_next_profile),
	KUNIT_CASE_PARAM(grid_judge_contradiction, grid_bench_next_profile),
	KUNIT_CASE_PARAM(grid_judge_silent, grid_bench_next_profile),
	KUNIT_CASE_PARAM(grid_judge_warning, grid_bench_next_profile),
	KUNIT_CASE_PARAM(grid_judge_runaway, grid_bench_next_profile),
	KUNIT_CASE_PARAM(grid_judge_runaway_unlocked, grid_bench_next_profile),
	KUNIT_CASE_PARAM(grid_judge_late, grid_bench_next_profile),
	KUNIT_CASE(grid_judge_late_voltage),
	KUNIT_CASE_PARAM(grid_judge_change, grid_bench_next_profile),
	{}
};

static struct kunit_suite grid_judge_suite = {
	.name = "evse_grid_judge",
	.test_cases = grid_judge_cases,
};

kunit_test_suite(grid_judge_suite);
