// SPDX-License-Identifier: GPL-2.0-only
/* A bound: readings step by step, on either side of it. */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/module.h>

#include "../limit_judge.h"

#define NOW	((ktime_t)1 << 40)
#define END	{ .at = -1 }

struct script {
	const char *name;
	struct evse_limit limit;
	struct {
		int at;
		s32 value;
		bool fault;
	} lines[12];
};

static const struct script scripts[] = {
	{ "above, at once", { .bound = 100, .back = 90 }, {
		{ 0, 100, false }, { 1, 101, false }, { 2, 101, true },
		{ 3, 100, true }, { 4, 91, true }, { 5, 90, false },
		{ 6, S32_MAX, false }, { 7, S32_MAX, true }, { 8, S32_MIN, false },
		END } },
	{ "one reading is noise", { .bound = 100, .back = 90 }, {
		{ 0, 500, false }, { 1, 100, false }, { 2, 500, false },
		{ 3, 0, false }, { 4, 500, false }, { 5, 100, false }, END } },
	{ "below, for a while",
	  { .below = true, .bound = 100, .back = 110, .confirm_ns = 10 }, {
		{ 0, 100, false }, { 1, 99, false }, { 2, 99, false },
		{ 10, 0, false }, { 11, -5, true }, { 12, 100, true },
		{ 13, 109, true }, { 14, 99, true }, { 15, 110, false }, END } },
	{ "one is not enough, however long",
	  { .below = true, .bound = 100, .back = 110, .confirm_ns = 10 }, {
		{ 0, 99, false }, { 1, 100, false }, { 50, 99, false },
		{ 60, 100, false }, { 99, 1, false }, { 300, 1, true }, END } },
	{ "the time starts anew",
	  { .below = true, .bound = 100, .back = 110, .confirm_ns = 10 }, {
		{ 0, 99, false }, { 9, 99, false }, { 10, 120, false },
		{ 11, 99, false }, { 20, 99, false }, { 21, 99, true }, END } },
};

static void script_desc(const struct script *s, char *desc)
{
	strscpy(desc, s->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(script, scripts, script_desc);

static void limit_script(struct kunit *test)
{
	const struct script *s = test->param_value;
	struct evse_limit limit = s->limit;
	int i;

	for (i = 0; s->lines[i].at >= 0; i++)
		KUNIT_EXPECT_EQ_MSG(test, s->lines[i].fault,
				    evse_limit_step(&limit, s->lines[i].value,
						    NOW + s->lines[i].at),
				    "line %d", i);
}

static void limit_forgets(struct kunit *test)
{
	struct evse_limit limit = { .bound = 100, .back = 90 };

	evse_limit_step(&limit, 200, NOW);
	evse_limit_reset(&limit);
	KUNIT_EXPECT_FALSE(test, evse_limit_step(&limit, 200, NOW + 1));
	KUNIT_EXPECT_TRUE(test, evse_limit_step(&limit, 200, NOW + 2));
	evse_limit_reset(&limit);
	KUNIT_EXPECT_FALSE(test, limit.fault);
}

static struct kunit_case limit_cases[] = {
	KUNIT_CASE_PARAM(limit_script, script_gen_params),
	KUNIT_CASE(limit_forgets),
	{}
};

static struct kunit_suite limit_suite = {
	.name = "evse_limit_judge",
	.test_cases = limit_cases,
};

kunit_test_suite(limit_suite);
