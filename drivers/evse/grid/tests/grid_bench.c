// SPDX-License-Identifier: GPL-2.0-only
/* A judge on a bench: a grid that does as told, and a clock of its own. */
#include "grid_bench.h"

const struct grid_bench_element grid_bench_elements[] = {
	{ ELEMENT(UV3), GRID_LOW, false },
	{ ELEMENT(UV2), GRID_LOW, false },
	{ ELEMENT(UV1), GRID_LOW, false },
	{ ELEMENT(OV2), GRID_HIGH, true },
	{ ELEMENT(OV1), GRID_HIGH, true },
	{ ELEMENT(OV_MEAN), GRID_MEAN, true },
	{ ELEMENT(UF2), GRID_FREQUENCY, false },
	{ ELEMENT(UF1), GRID_FREQUENCY, false },
	{ ELEMENT(OF2), GRID_FREQUENCY, true },
	{ ELEMENT(OF1), GRID_FREQUENCY, true },
	{ ELEMENT(ROCOF), GRID_ROCOF, true },
	{ ELEMENT(VECTOR_SHIFT), GRID_SHIFT, true },
};

const unsigned int grid_bench_element_count = ARRAY_SIZE(grid_bench_elements);

/* A grid as it should be. */
void grid_bench_calm(struct grid_bench *b)
{
	b->seen = (struct evse_grid_seen) {
		.now = b->seen.now,
		.low_permille = 1000,
		.high_permille = 1000,
		.frequency_mhz = b->j.profile->nominal_mhz,
		.measured = true,
		.voltage_valid = true,
		.locked = true,
		.crossing = true,
		.relay = true,
		.gates = true,
	};
}

void grid_bench_init(struct grid_bench *b,
		     const struct evse_grid_profile *profile, u8 phases, u32 seed)
{
	memset(b, 0, sizeof(*b));
	evse_grid_judge_init(&b->j, profile, phases, seed);
	b->seen.now = MS(12345);
	grid_bench_calm(b);
}

/* Generator of parameters: each profile. */
const void *grid_bench_next_profile(const void *prev, char *desc)
{
	const struct evse_grid_profile *p = prev;

	p = p ? p + 1 : evse_grid_profiles;
	if (p == evse_grid_profiles + evse_grid_profile_count)
		return NULL;
	strscpy(desc, p->name, KUNIT_PARAM_DESC_SIZE);
	return p;
}

struct grid_bench *grid_bench_new(struct kunit *test,
				  const struct evse_grid_profile *profile)
{
	struct grid_bench *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, b);
	KUNIT_ASSERT_NOT_NULL(test, profile);
	grid_bench_init(b, profile, 3, 1);
	return b;
}

/* The same on all phases. */
void grid_bench_volt(struct grid_bench *b, s32 permille)
{
	b->seen.low_permille = permille;
	b->seen.high_permille = permille;
}

void grid_bench_step(struct grid_bench *b)
{
	evse_grid_judge_step(&b->j, &b->seen, &b->d);
	if (b->d.verdict != EVSE_GRID_PERMIT)
		b->last_stop = b->seen.now;
	if (b->d.verdict == EVSE_GRID_TRIP)
		b->tripped_at = min(b->tripped_at, b->seen.now);
	if (b->d.verdict == EVSE_GRID_CEASE)
		b->ceased_at = min(b->ceased_at, b->seen.now);
}

/*
 * The grid stays as it is for a while. The judge is asked when it wants to be,
 * and some fifty times besides.
 */
void grid_bench_pass(struct grid_bench *b, s64 ns)
{
	s64 end = b->seen.now + ns, pace = (ns >> 6) + 1;

	b->begin = b->seen.now;
	b->tripped_at = S64_MAX;
	b->ceased_at = S64_MAX;
	b->last_stop = S64_MIN;
	grid_bench_step(b);
	while (b->seen.now < end) {
		b->seen.now = min3(end, b->d.next, b->seen.now + pace);
		grid_bench_step(b);
	}
}

/* After a trip, a grid that is well as it is: believed by the millisecond. */
void grid_bench_recover(struct kunit *test, struct grid_bench *b)
{
	grid_bench_pass(b, MS(EVSE_GRID_RECOVERY_MS) - 1);
	KUNIT_ASSERT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_TRIP);
	b->seen.now++;
	grid_bench_step(b);
	KUNIT_ASSERT_NE(test, (int)b->d.verdict, (int)EVSE_GRID_TRIP);
}

/* From the start into service, the ramp behind it. */
void grid_bench_serve(struct kunit *test, struct grid_bench *b)
{
	const struct evse_grid_line *line = b->j.line;

	grid_bench_calm(b);
	if (b->d.verdict == EVSE_GRID_TRIP)
		grid_bench_recover(test, b);
	grid_bench_pass(b, MS(line[ELEMENT(ENTER_DELAY)].pickup) +
			   MS(line[ELEMENT(ENTER_RAMP)].time_ms));
	b->seen.now += MS(line[ELEMENT(ENTER_RAMP)].pickup);
	grid_bench_step(b);
	KUNIT_ASSERT_EQ(test, (int)b->d.verdict, (int)EVSE_GRID_PERMIT);
	KUNIT_ASSERT_EQ(test, (int)b->d.state, (int)EVSE_GRID_STATE_NORMAL);
	KUNIT_ASSERT_EQ(test, b->d.ramp_permille, 1000U);
}

/* Take all other trip elements out of the profile in force. */
void grid_bench_alone(struct grid_bench *b, enum evse_grid_element element)
{
	unsigned int i;

	for (i = 0; i < grid_bench_element_count; i++)
		if (grid_bench_elements[i].element != element)
			b->j.line[grid_bench_elements[i].element] =
				(struct evse_grid_line) { };
}

/* Every trip element as far out and as slow as the standard allows. */
void grid_bench_widest(struct kunit *test, struct grid_bench *b)
{
	unsigned int i;

	for (i = 0; i < grid_bench_element_count; i++) {
		const struct grid_bench_element *e = &grid_bench_elements[i];
		const struct evse_grid_line *line = &b->j.line[e->element];

		if (!evse_grid_line_exists(line))
			continue;
		KUNIT_ASSERT_EQ(test, 0, evse_grid_judge_set(&b->j, e->element,
							     e->above ? line->pickup_max :
									line->pickup_min,
							     line->time_max_ms));
	}
}

/* Let an element see a value, in the way that it comes about. */
void grid_bench_put(struct grid_bench *b, const struct grid_bench_element *e, s32 value)
{
	switch (e->field) {
	case GRID_LOW:
		b->seen.low_permille = value;
		break;
	case GRID_HIGH:
	case GRID_MEAN:
		b->seen.high_permille = value;
		break;
	case GRID_FREQUENCY:
		b->seen.frequency_mhz = value;
		break;
	case GRID_ROCOF:
		b->seen.rocof_mhz_s = value;
		break;
	case GRID_SHIFT:
		b->seen.shift_mdeg = value;
		break;
	}
}

/*
 * When a grid that is as it is from now on has to trip, by the settings alone:
 * clearing time less what the contactor takes. S64_MAX: never. Means are left
 * out.
 */
s64 grid_bench_due(const struct grid_bench *b, enum evse_grid_element *first)
{
	s64 due = S64_MAX;
	unsigned int i;

	*first = ELEMENT(NONE);
	for (i = 0; i < grid_bench_element_count; i++) {
		const struct grid_bench_element *e = &grid_bench_elements[i];
		const struct evse_grid_line *line = &b->j.line[e->element];
		const s32 value[] = {
			[GRID_LOW] = b->seen.low_permille,
			[GRID_HIGH] = b->seen.high_permille,
			[GRID_FREQUENCY] = b->seen.frequency_mhz,
			[GRID_ROCOF] = b->seen.rocof_mhz_s,
			[GRID_SHIFT] = b->seen.shift_mdeg,
		};

		if (e->field == GRID_MEAN || !evse_grid_line_exists(line))
			continue;
		if (e->above ? value[e->field] <= line->pickup :
			       value[e->field] >= line->pickup)
			continue;
		if (MS(line->time_ms) - MS(20) >= due)
			continue;
		due = MS(line->time_ms) - MS(20);
		*first = e->element;
	}
	return due;
}
