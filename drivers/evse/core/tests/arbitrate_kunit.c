// SPDX-License-Identifier: GPL-2.0-only
/* Arbitration: tables, and properties on windows drawn from a fixed seed. */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/prandom.h>

#include "../arbitrate.h"

#define WINDOWS		8
#define ROUNDS		20000
#define SEED		61851

/*
 * Tables
 */

struct verdict_case {
	const char *name;
	s32 request_mw;
	struct evse_window windows[3];
	s32 power_mw;
	const char *limiter;
};

#define NONE	{ NULL, S32_MIN, S32_MAX }

static const struct verdict_case verdict_cases[] = {
	{ "open windows let a request stand", 7200000,
	  { NONE, NONE, NONE }, 7200000, NULL },
	{ "charge is cut at the rating", 22080000,
	  { { "rating", -11040000, 11040000 }, NONE, NONE },
	  11040000, "rating" },
	{ "discharge is cut at the rating", -22080000,
	  { { "rating", -11040000, 11040000 }, NONE, NONE },
	  -11040000, "rating" },
	{ "the tightest is named", 22080000,
	  { { "rating", 0, 11040000 }, { "cable", 0, 4600000 },
	    { "thermal", 0, 9000000 } }, 4600000, "cable" },
	{ "of two that bind alike the first is named", 22080000,
	  { { "cable", 0, 4600000 }, { "vehicle", 0, 4600000 }, NONE },
	  4600000, "cable" },
	{ "a limit that is met exactly does not bind", 4600000,
	  { { "cable", 0, 4600000 }, NONE, NONE }, 4600000, NULL },
	{ "no discharge where there is no permit", -5000000,
	  { { "rating", -11040000, 11040000 }, { "grid", 0, S32_MAX }, NONE },
	  0, "grid" },
	{ "a zero request stands", 0,
	  { { "mode", 0, 0 }, NONE, NONE }, 0, NULL },
	{ "a limiter cannot demand charging", 0,
	  { { "greedy", 3000000, 5000000 }, NONE, NONE }, 0, NULL },
	{ "a limiter cannot demand discharging", 1000000,
	  { { "greedy", -5000000, -3000000 }, NONE, NONE }, 0, "greedy" },
	{ "an upside-down window lets nothing through", 1000000,
	  { { "broken", 5, -5 }, NONE, NONE }, 0, "broken" },
	{ "droop takes export away", -5000000,
	  { { "droop", -3000000, S32_MAX, true }, NONE, NONE },
	  -3000000, "droop" },
	{ "droop turns export into charging", -5000000,
	  { { "droop", 2000000, S32_MAX, true }, NONE, NONE },
	  2000000, "droop" },
	{ "droop asks for more export", -5000000,
	  { { "droop", S32_MIN, -7000000, true }, NONE, NONE },
	  -7000000, "droop" },
	{ "droop gets no more than others allow", -5000000,
	  { { "vehicle", -6000000, 6000000 },
	    { "droop", S32_MIN, -7000000, true }, NONE },
	  -6000000, "vehicle" },
	{ "droop gets no export that is not permitted", 5000000,
	  { { "droop", S32_MIN, -1000000, true }, NONE,
	    { "grid", 0, S32_MAX } }, 0, "grid" },
	{ "droop leaves what is better than asked for", 5000000,
	  { { "droop", -3000000, S32_MAX, true }, NONE, NONE },
	  5000000, NULL },
	{ "of two demands the later one counts", -5000000,
	  { { "droop", S32_MIN, -7000000, true },
	    { "volt-watt", -2000000, S32_MAX, true }, NONE },
	  -2000000, "volt-watt" },
	{ "moved there and back, a request stands", -5000000,
	  { { "droop", S32_MIN, -7000000, true },
	    { "rating", -5000000, 5000000 }, NONE }, -5000000, NULL },
	{ "the extremes do not overflow", S32_MIN,
	  { { "rating", -S32_MAX, S32_MAX }, NONE, NONE },
	  -S32_MAX, "rating" },
};

static void verdict_name(const struct verdict_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(verdict, verdict_cases, verdict_name);

static void gives_the_verdict(struct kunit *test)
{
	const struct verdict_case *c = test->param_value;
	struct evse_verdict v = evse_arbitrate(c->request_mw, c->windows,
					       ARRAY_SIZE(c->windows));

	KUNIT_EXPECT_EQ(test, v.power_mw, c->power_mw);
	KUNIT_EXPECT_STREQ(test, v.limiter ?: "none", c->limiter ?: "none");
}

static void needs_no_limiter(struct kunit *test)
{
	struct evse_verdict v = evse_arbitrate(-42, NULL, 0);

	KUNIT_EXPECT_EQ(test, v.power_mw, -42);
	KUNIT_EXPECT_PTR_EQ(test, v.limiter, (const char *)NULL);
}

/*
 * Properties
 */

struct draw {
	s32 request_mw;
	unsigned int count;
	struct evse_window windows[WINDOWS];
};

static const char * const names[WINDOWS] = {
	"a", "b", "c", "d", "e", "f", "g", "h",
};

/* Values of all sizes, zero and the extremes among them. */
static s32 draw_mw(struct rnd_state *rnd)
{
	u32 bits = prandom_u32_state(rnd);

	switch (bits % 8) {
	case 0:
		return 0;
	case 1:
		return S32_MAX;
	case 2:
		return S32_MIN;
	default:
		return (s32)prandom_u32_state(rnd) >> (bits >> 8) % 24;
	}
}

static void draw(struct rnd_state *rnd, struct draw *d)
{
	unsigned int i;

	d->request_mw = draw_mw(rnd);
	d->count = prandom_u32_state(rnd) % (WINDOWS + 1);
	for (i = 0; i < d->count; i++)
		d->windows[i] = (struct evse_window){ names[i],
			min(draw_mw(rnd), 0), max(draw_mw(rnd), 0) };
}

static bool allows(const struct evse_window *w, s32 power_mw)
{
	return power_mw >= w->min_mw && power_mw <= w->max_mw;
}

/* I7, and that a limiter takes power away and never turns it round. */
static void stays_within_every_limit(struct kunit *test)
{
	struct rnd_state rnd;
	struct draw d;
	unsigned int n, i;

	prandom_seed_state(&rnd, SEED);
	for (n = 0; n < ROUNDS; n++) {
		struct evse_verdict v;

		draw(&rnd, &d);
		v = evse_arbitrate(d.request_mw, d.windows, d.count);
		for (i = 0; i < d.count; i++)
			KUNIT_ASSERT_TRUE_MSG(test,
					      allows(&d.windows[i], v.power_mw),
					      "round %u: %d outside window %u",
					      n, v.power_mw, i);
		KUNIT_ASSERT_TRUE_MSG(test,
				      d.request_mw >= 0 ?
				      v.power_mw >= 0 && v.power_mw <= d.request_mw :
				      v.power_mw <= 0 && v.power_mw >= d.request_mw,
				      "round %u: %d became %d", n, d.request_mw,
				      v.power_mw);
	}
}

/*
 * I7 and I3 with demands as well: none moves power out of a limiter's window, and
 * where the others let nothing be discharged, nothing is.
 */
static void demands_stay_within_every_limit(struct kunit *test)
{
	struct rnd_state rnd;
	struct draw d;
	unsigned int n, i;

	prandom_seed_state(&rnd, SEED);
	for (n = 0; n < ROUNDS; n++) {
		struct evse_verdict v;
		bool demands = false;

		draw(&rnd, &d);
		for (i = 0; i < d.count; i++) {
			struct evse_window *w = &d.windows[i];

			if (prandom_u32_state(&rnd) % 3)
				continue;
			demands = true;
			w->demands = true;
			w->min_mw = draw_mw(&rnd);
			w->max_mw = max(w->min_mw, draw_mw(&rnd));
		}
		v = evse_arbitrate(d.request_mw, d.windows, d.count);
		for (i = 0; i < d.count; i++)
			if (!d.windows[i].demands)
				KUNIT_ASSERT_TRUE_MSG(test,
						      allows(&d.windows[i], v.power_mw),
						      "round %u: %d outside window %u",
						      n, v.power_mw, i);
		KUNIT_ASSERT_EQ_MSG(test, !!v.limiter,
				    v.power_mw != d.request_mw, "round %u", n);
		if (!demands)
			KUNIT_ASSERT_TRUE(test, d.request_mw >= 0 ? v.power_mw >= 0 :
					  v.power_mw <= 0);
	}
}

static void names_who_binds(struct kunit *test)
{
	struct rnd_state rnd;
	struct draw d;
	unsigned int n, i;

	prandom_seed_state(&rnd, SEED);
	for (n = 0; n < ROUNDS; n++) {
		struct evse_verdict v;
		bool binds = false;

		draw(&rnd, &d);
		v = evse_arbitrate(d.request_mw, d.windows, d.count);
		KUNIT_ASSERT_EQ_MSG(test, !!v.limiter,
				    v.power_mw != d.request_mw, "round %u", n);
		for (i = 0; i < d.count; i++)
			if (v.limiter == d.windows[i].name)
				binds = !allows(&d.windows[i], d.request_mw) &&
					(v.power_mw == d.windows[i].min_mw ||
					 v.power_mw == d.windows[i].max_mw);
		KUNIT_ASSERT_EQ_MSG(test, binds, !!v.limiter, "round %u", n);
	}
}

static void order_does_not_matter(struct kunit *test)
{
	struct evse_window turned[WINDOWS];
	struct rnd_state rnd;
	struct draw d;
	unsigned int n, i, by;

	prandom_seed_state(&rnd, SEED);
	for (n = 0; n < ROUNDS; n++) {
		s32 power_mw;

		draw(&rnd, &d);
		power_mw = evse_arbitrate(d.request_mw, d.windows,
					  d.count).power_mw;
		for (by = 0; by < d.count; by++) {
			for (i = 0; i < d.count; i++)
				turned[i] = d.windows[(i + by) % d.count];
			KUNIT_ASSERT_EQ_MSG(test, power_mw,
					    evse_arbitrate(d.request_mw, turned,
							   d.count).power_mw,
					    "round %u turned by %u", n, by);
		}
		for (i = 0; i < d.count; i++)
			turned[i] = d.windows[d.count - 1 - i];
		KUNIT_ASSERT_EQ_MSG(test, power_mw,
				    evse_arbitrate(d.request_mw, turned,
						   d.count).power_mw,
				    "round %u backwards", n);
	}
}

static void more_is_never_less(struct kunit *test)
{
	struct rnd_state rnd;
	struct draw d;
	unsigned int n;

	prandom_seed_state(&rnd, SEED);
	for (n = 0; n < ROUNDS; n++) {
		s32 other_mw, low_mw, high_mw;

		draw(&rnd, &d);
		other_mw = draw_mw(&rnd);
		low_mw = evse_arbitrate(min(d.request_mw, other_mw), d.windows,
					d.count).power_mw;
		high_mw = evse_arbitrate(max(d.request_mw, other_mw), d.windows,
					 d.count).power_mw;
		KUNIT_ASSERT_LE_MSG(test, low_mw, high_mw, "round %u", n);
	}
}

static void arbitrating_again_changes_nothing(struct kunit *test)
{
	struct rnd_state rnd;
	struct draw d;
	unsigned int n;

	prandom_seed_state(&rnd, SEED);
	for (n = 0; n < ROUNDS; n++) {
		struct evse_verdict once, again;

		draw(&rnd, &d);
		once = evse_arbitrate(d.request_mw, d.windows, d.count);
		again = evse_arbitrate(once.power_mw, d.windows, d.count);
		KUNIT_ASSERT_EQ_MSG(test, once.power_mw, again.power_mw,
				    "round %u", n);
		KUNIT_ASSERT_PTR_EQ(test, again.limiter, (const char *)NULL);
	}
}

/*
 * Power and current
 */

static void power_of_a_current(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, evse_power_mw(230000, 32000, 1), 7360000);
	KUNIT_EXPECT_EQ(test, evse_power_mw(230000, 32000, 3), 22080000);
	KUNIT_EXPECT_EQ(test, evse_power_mw(500000, 125000, 1), 62500000);
	KUNIT_EXPECT_EQ(test, evse_power_mw(230000, 0, 3), 0);
}

static void power_saturates(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, evse_power_mw(1500000, 1000000, 1), 1500000000);
	KUNIT_EXPECT_EQ(test, evse_power_mw(1500000, 1000000, 3), S32_MAX);
	KUNIT_EXPECT_EQ(test, evse_power_mw(U32_MAX, U32_MAX, 3), S32_MAX);
}

static void current_of_a_power(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, evse_current_ma(7360000, 230000, 1), 32000);
	KUNIT_EXPECT_EQ(test, evse_current_ma(22080000, 230000, 3), 32000);
	KUNIT_EXPECT_EQ(test, evse_current_ma(7359999, 230000, 1), 31999);
	KUNIT_EXPECT_EQ(test, evse_current_ma(0, 230000, 3), 0);
	KUNIT_EXPECT_EQ(test, evse_current_ma(-1, 230000, 3), 0);
	KUNIT_EXPECT_EQ(test, evse_current_ma(S32_MIN, 230000, 3), 0);
}

/* The current never carries more than the power, and the next one would. */
static void current_is_rounded_down(struct kunit *test)
{
	struct rnd_state rnd;
	unsigned int n;

	prandom_seed_state(&rnd, SEED);
	for (n = 0; n < ROUNDS; n++) {
		s32 power_mw = prandom_u32_state(&rnd) >> 1;
		u32 voltage_mv = 100000 + prandom_u32_state(&rnd) % 1400001;
		unsigned int phases = prandom_u32_state(&rnd) & 1 ? 3 : 1;
		u32 ma = evse_current_ma(power_mw, voltage_mv, phases);

		KUNIT_ASSERT_LE_MSG(test, evse_power_mw(voltage_mv, ma, phases),
				    power_mw, "round %u", n);
		KUNIT_ASSERT_GT_MSG(test, (u64)voltage_mv * phases * (ma + 1ULL),
				    (u64)power_mw * 1000, "round %u", n);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(gives_the_verdict, verdict_gen_params),
	KUNIT_CASE(needs_no_limiter),
	KUNIT_CASE(stays_within_every_limit),
	KUNIT_CASE(demands_stay_within_every_limit),
	KUNIT_CASE(names_who_binds),
	KUNIT_CASE(order_does_not_matter),
	KUNIT_CASE(more_is_never_less),
	KUNIT_CASE(arbitrating_again_changes_nothing),
	KUNIT_CASE(power_of_a_current),
	KUNIT_CASE(power_saturates),
	KUNIT_CASE(current_of_a_power),
	KUNIT_CASE(current_is_rounded_down),
	{ }
};

static struct kunit_suite suite = {
	.name = "evse_arbitrate",
	.test_cases = cases,
};

kunit_test_suite(suite);
