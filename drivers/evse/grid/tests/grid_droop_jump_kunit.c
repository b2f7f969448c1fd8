// SPDX-License-Identifier: GPL-2.0-only
/* Frequency droop at the end of an estimator, on a mains whose phase jumps. */
#include "../grid_droop.h"
#include "grid_bench.h"
#include "grid_mains.h"

#define RATED	10000000
#define P0	(-5000000)
/* The sampling thread's */
#define PACE	MS(10)

/**
 * struct droop_mains - a port that feeds back into a mains
 * @m: the mains
 * @f: the crossings
 * @d: the droop
 * @profile: its profile
 * @line: its settings, the response as fast as they allow
 * @now: the moment
 * @span: what droop says
 * @moved_mw: most that it has moved
 * @believe: whatever the estimator says, it is sure
 */
struct droop_mains {
	struct grid_mains m;
	struct evse_freq f;
	struct evse_grid_droop d;
	const struct evse_grid_profile *profile;
	struct evse_grid_line line[EVSE_GRID_ELEMENTS];
	s64 now;
	struct evse_grid_span span;
	s32 moved_mw;
	bool believe;
};

static s32 droop_moves(const struct droop_mains *b)
{
	if (b->span.min_mw != S32_MIN)
		return b->span.min_mw - P0;
	return b->span.max_mw != S32_MAX ? b->span.max_mw - P0 : 0;
}

static void droop_look(struct droop_mains *b)
{
	struct evse_freq_reading r = grid_mains_read(&b->f, 200);
	struct evse_grid_droop_seen seen = {
		.now = b->now,
		.known = r.locked,
		.sure = r.sure || b->believe,
		.frequency_mhz = r.fast_mhz,
		.late_ms = 58,
		.flows = true,
		.steady = true,
		.power_mw = P0,
	};

	b->span = evse_grid_droop_step(&b->d, b->profile, b->line, RATED, &seen);
	b->moved_mw = max(b->moved_mw, abs(droop_moves(b)));
}

static void droop_run(struct droop_mains *b, u32 ms)
{
	s64 until = b->now + MS(ms);

	while (b->now < until) {
		b->now += PACE;
		while (b->m.now < b->now)
			grid_mains_feed(&b->m, &b->f, 1);
		droop_look(b);
	}
}

static void droop_begin(struct droop_mains *b, const char *profile, u32 part)
{
	*b = (struct droop_mains) { .profile = evse_grid_profile_find(profile) };
	memcpy(b->line, b->profile->line, sizeof(b->line));
	b->line[ELEMENT(DROOP)].time_ms = b->line[ELEMENT(DROOP)].time_min_ms;
	evse_grid_droop_init(&b->d);
	grid_mains_begin(&b->m, &b->f, b->profile->nominal_mhz, 40 + part % 2);
	b->now = b->m.now;
	droop_run(b, 50);
}

/* How the phase jumps, and how soon once more: 0 for not at all */
static const struct droop_jump {
	const char *profile;
	s32 mdeg;
	s32 again_mdeg;
	u32 crossings;
} droop_jumps[] = {
	{ "g99", 10000 }, { "g99", -10000 }, { "g99", 20000 }, { "g99", -20000 },
	{ "g99", 60000 }, { "g99", -60000 },
	{ "ieee1547-cat3", 10000 }, { "ieee1547-cat3", -10000 },
	{ "ieee1547-cat3", 20000 }, { "ieee1547-cat3", -20000 },
	{ "ieee1547-cat3", 60000 }, { "ieee1547-cat3", -60000 },
	{ "g99", -60000, -60000, 2 }, { "g99", 60000, 20000, 3 },
	{ "g99", 60000, -60000, 1 }, { "g99", -20000, -60000, 4 },
	{ "ieee1547-cat3", -60000, -60000, 2 }, { "ieee1547-cat3", 60000, 20000, 3 },
	{ "ieee1547-cat3", 60000, -60000, 1 }, { "ieee1547-cat3", -20000, -60000, 4 },
	{ "ieee1547-cat2", -60000, -60000, 2 }, { "ieee1547-cat2", -60000, -60000, 3 },
};

static void droop_jump_name(const struct droop_jump *j, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s: %d mdeg, %d mdeg %u crossings later",
		 j->profile, j->mdeg, j->again_mdeg, j->crossings);
}

KUNIT_ARRAY_PARAM(droop_jump, droop_jumps, droop_jump_name);

static void droop_jump(struct droop_mains *b, const struct droop_jump *j, u32 deg)
{
	grid_mains_jump(&b->m, deg, j->mdeg);
	if (!j->crossings)
		return;
	grid_mains_feed(&b->m, &b->f, j->crossings);
	grid_mains_jump(&b->m, deg, j->again_mdeg);
}

/* Whatever is left of jumps moves less than 1/20 of a hertz for ever would. */
static void grid_droop_jump(struct kunit *test)
{
	const struct droop_jump *j = test->param_value;
	struct droop_mains *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);
	u32 part;

	KUNIT_ASSERT_NOT_NULL(test, b);
	for (part = 0; part < 12; part++) {
		droop_begin(b, j->profile, part);
		droop_jump(b, j, part * 15);
		droop_run(b, 1500);
		KUNIT_EXPECT_LE(test, b->moved_mw, RATED / 60);
	}
}

/* Off nominal by that from now on */
static void droop_hold(struct droop_mains *b, s32 mhz)
{
	b->m.uhz = (s64)(b->profile->nominal_mhz + mhz) * 1000;
	b->m.uhz_s = 0;
}

/* A ramp that follows is answered as if there had been no jump, soon after it. */
static void grid_droop_jump_and_ramp(struct kunit *test)
{
	static const s32 rates[] = { 500, -500, 1000, -1000, 3000, -3000 };
	const struct droop_jump *j = test->param_value;
	struct droop_mains *b, *plain;
	unsigned int i;
	u32 ms, part;

	b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);
	plain = kunit_kzalloc(test, sizeof(*plain), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, b);
	KUNIT_ASSERT_NOT_NULL(test, plain);
	for (i = 0; i < ARRAY_SIZE(rates); i++)
		for (part = 0; part < 4; part++) {
			droop_begin(b, j->profile, part);
			droop_begin(plain, j->profile, part);
			droop_jump(b, j, part * 45);
			b->m.uhz_s = rates[i] * 1000LL;
			plain->m.uhz_s = rates[i] * 1000LL;
			for (ms = 0; ms < 1000; ms += 100) {
				droop_run(b, 100);
				droop_run(plain, 100);
				/*
				 * Half a second later, but for two cycles in which
				 * an estimator may stand still once more
				 */
				if (ms >= 600)
					expect_near(test, droop_moves(b), droop_moves(plain),
						    RATED / 25);
			}
			droop_hold(b, rates[i]);
			droop_hold(plain, rates[i]);
			droop_run(b, 2000);
			droop_run(plain, 2000);
			expect_near(test, droop_moves(b), droop_moves(plain), RATED / 200);
		}
}

/* The defect that all of this is about: without a doubt, two jumps are 2 Hz. */
static void grid_droop_jump_believed(struct kunit *test)
{
	static const struct droop_jump twice = { "ieee1547-cat2", -60000, -60000, 2 };
	struct droop_mains *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, b);
	droop_begin(b, twice.profile, 0);
	b->believe = true;
	droop_jump(b, &twice, 0);
	droop_run(b, 1500);
	KUNIT_EXPECT_GT(test, b->moved_mw, RATED / 20);
}

static struct kunit_case grid_droop_jump_cases[] = {
	KUNIT_CASE_PARAM(grid_droop_jump, droop_jump_gen_params),
	KUNIT_CASE_PARAM(grid_droop_jump_and_ramp, droop_jump_gen_params),
	KUNIT_CASE(grid_droop_jump_believed),
	{}
};

static struct kunit_suite grid_droop_jump_suite = {
	.name = "evse_grid_droop_jump",
	.test_cases = grid_droop_jump_cases,
};

kunit_test_suite(grid_droop_jump_suite);
