// SPDX-License-Identifier: GPL-2.0-only
/* Settings of the judge: their ranges, their neighbours, and when they count. */
#include "grid_bench.h"

/* Ranges, neighbours, what is not there. */
static void grid_settings_ranges(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, test->param_value);
	struct evse_grid_judge *j = &b->j;
	unsigned int e;

	for (e = 0; e < EVSE_GRID_ELEMENTS + 3; e++) {
		const struct evse_grid_line *line =
			&j->profile->line[min_t(unsigned int, e, EVSE_GRID_ELEMENTS - 1)];

		if (e >= EVSE_GRID_ELEMENTS || !evse_grid_line_exists(line)) {
			KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, e, 0, 0), -ENOENT);
			KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, e, 500, 100), -ENOENT);
			continue;
		}
		KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, e, line->pickup_min - 1,
							  line->time_ms), -ERANGE);
		KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, e, line->pickup_max + 1,
							  line->time_ms), -ERANGE);
		KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, e, line->pickup,
							  line->time_max_ms + 1), -ERANGE);
		KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, e, line->pickup,
							  line->time_min_ms - 1), -ERANGE);
		KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, e, S32_MIN, 0), -ERANGE);
		KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, e, S32_MAX, U32_MAX), -ERANGE);
		/* A refusal changes nothing. */
		KUNIT_EXPECT_EQ(test, memcmp(&j->line[e], line, sizeof(*line)), 0);
	}
}

static void grid_settings_neighbours(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat2"));
	struct evse_grid_judge *j = &b->j;

	/* Ranges allow these, their neighbours do not. */
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(UV1), 449, 10000), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(UV1), 450, 10000), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(UV2), 451, 160), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(UV2), 0, 2000), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(UV1), 0, 21000), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(OF1), 62001, 300000), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(OF2), 66000, 1000000), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(OF1), 66000, 1000000), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(OF2), 65999, 160), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(UF1), 56499, 300000), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(UF1), 56500, 180000), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(UF2), 56501, 160), -ERANGE);

	/* Off, or a push that an island runs away by. */
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(ACTIVE), 0, 0), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(ACTIVE), 1, 0), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(ACTIVE), 21, 0), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(ACTIVE), 22, 0), 0);

	/* What has to be ridden through can not become a trip. */
	j->line[ELEMENT(ROCOF)] = (struct evse_grid_line) { 5000, 100, 9000, 500, 100, 1000 };
	j->line[ELEMENT(VECTOR_SHIFT)] =
		(struct evse_grid_line) { 90000, 1000, 180000, 100, 100, 100 };
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(ROCOF), 1999, 500), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(ROCOF), 2000, 500), 0);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VECTOR_SHIFT), 19999, 100), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VECTOR_SHIFT), 20000, 100), 0);
	j->phases = 1;
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VECTOR_SHIFT), 59999, 100), -ERANGE);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(j, ELEMENT(VECTOR_SHIFT), 60000, 100), 0);
	/* And where a profile has one, it works. */
	grid_bench_serve(test, b);
	b->seen.shift_mdeg = -60001;
	grid_bench_pass(b, MS(80));
	KUNIT_EXPECT_EQ(test, b->tripped_at, b->begin + MS(80));
	KUNIT_EXPECT_EQ(test, (int)b->d.element, (int)ELEMENT(VECTOR_SHIFT));
}

/* A profile put in force takes effect with the next look. */
static void grid_settings_count(struct kunit *test)
{
	struct grid_bench *b = grid_bench_new(test, evse_grid_profile_find("ieee1547-cat2"));

	grid_bench_serve(test, b);
	b->seen.low_permille = 600;
	grid_bench_pass(b, MS(5000));
	KUNIT_EXPECT_EQ(test, (int)b->d.running, (int)ELEMENT(UV1));
	KUNIT_EXPECT_EQ(test, b->d.running_ms, 4980U);
	KUNIT_EXPECT_EQ(test, evse_grid_judge_set(&b->j, ELEMENT(UV1), 880, 2000), 0);
	grid_bench_pass(b, MS(3000));
	KUNIT_EXPECT_EQ(test, b->tripped_at, b->begin + MS(1980));
}

static struct kunit_case grid_settings_cases[] = {
	KUNIT_CASE_PARAM(grid_settings_ranges, grid_bench_next_profile),
	KUNIT_CASE(grid_settings_neighbours),
	KUNIT_CASE(grid_settings_count),
	{}
};

static struct kunit_suite grid_settings_suite = {
	.name = "evse_grid_settings",
	.test_cases = grid_settings_cases,
};

kunit_test_suite(grid_settings_suite);
