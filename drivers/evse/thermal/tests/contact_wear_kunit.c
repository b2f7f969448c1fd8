// SPDX-License-Identifier: GPL-2.0-only
/* Contact resistance from drop and current, its trend, and cleaning. */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/string.h>

#include "../contact_wear.h"

#define LIMIT_NOHM	500000

struct reading {
	s32 uv;
	s32 ma;
	unsigned int times;
};

struct window {
	const char *name;
	struct reading readings[3];
	enum evse_contact_verdict verdict;
	s32 nohm;
};

/* Of what cannot be believed there is no resistance: @nohm is that of before. */
#define BEFORE		123456

static const struct window windows[] = {
	{ "good at 40 A", { { 8000, 40000, 10 } }, EVSE_CONTACT_GOOD, 200000 },
	{ "good, discharging", { { -8000, -40000, 10 } },
	  EVSE_CONTACT_GOOD, 200000 },
	{ "both directions", { { 8000, 40000, 5 }, { -2000, -10000, 5 } },
	  EVSE_CONTACT_GOOD, 200000 },
	{ "the larger current counts more", { { 10000, 40000, 5 },
	  { 2000, 10000, 5 } }, EVSE_CONTACT_GOOD, 247058 },
	{ "at the limit", { { 20000, 40000, 10 } }, EVSE_CONTACT_GOOD, 500000 },
	{ "just above it", { { 20001, 40000, 10 } }, EVSE_CONTACT_HIGH, 500025 },
	{ "loose pin", { { 80000, 40000, 10 } }, EVSE_CONTACT_HIGH, 2000000 },
	{ "loose pin, discharging", { { -80000, -40000, 10 } },
	  EVSE_CONTACT_HIGH, 2000000 },
	{ "noise of a millivolt at 10 A", { { 3000, 10000, 5 },
	  { 1000, 10000, 5 } }, EVSE_CONTACT_GOOD, 200000 },
	{ "noise around a loose pin", { { 90000, 40000, 5 },
	  { 70000, 40000, 5 } }, EVSE_CONTACT_HIGH, 2000000 },
	{ "a very loose pin that moves", { { 220000, 40000, 5 },
	  { 180000, 40000, 5 } }, EVSE_CONTACT_HIGH, 5000000 },
	{ "nothing measures", { { 0, 40000, 10 } }, EVSE_CONTACT_DEAD, BEFORE },
	{ "less than a micro-ohm", { { 39, 40000, 10 } },
	  EVSE_CONTACT_DEAD, BEFORE },
	{ "wires swapped", { { -8000, 40000, 10 } },
	  EVSE_CONTACT_REVERSED, BEFORE },
	{ "wires swapped, discharging", { { 8000, -40000, 10 } },
	  EVSE_CONTACT_REVERSED, BEFORE },
	{ "loose pin, wires swapped", { { -80000, 40000, 10 } },
	  EVSE_CONTACT_REVERSED, BEFORE },
	{ "one reading of a volt", { { 8000, 40000, 9 }, { 1000000, 40000, 1 } },
	  EVSE_CONTACT_SCATTERED, BEFORE },
	{ "a volt, once, of a loose pin", { { 80000, 40000, 9 },
	  { 1000000, 40000, 1 } }, EVSE_CONTACT_SCATTERED, BEFORE },
	{ "a reading is missing", { { 8000, 40000, 9 }, { 0, 40000, 1 } },
	  EVSE_CONTACT_DEAD, BEFORE },
	{ "most are missing", { { 8000, 40000, 1 }, { 0, 40000, 9 } },
	  EVSE_CONTACT_DEAD, BEFORE },
	{ "of a loose pin one is missing", { { 80000, 40000, 9 },
	  { 0, 40000, 1 } }, EVSE_CONTACT_DEAD, BEFORE },
	{ "frozen while the current moves", { { 8000, 40000, 5 },
	  { 8000, 10000, 5 } }, EVSE_CONTACT_SCATTERED, BEFORE },
	{ "frozen while the current turns", { { 8000, 40000, 5 },
	  { 8000, -40000, 5 } }, EVSE_CONTACT_REVERSED, BEFORE },
	{ "all there is", { { S32_MAX, 1000, 5 }, { S32_MIN, -1000, 5 } },
	  EVSE_CONTACT_HIGH, 2000000000 },
	{ "all there is, of both", { { S32_MAX, S32_MAX, 5 },
	  { S32_MIN, S32_MIN, 5 } }, EVSE_CONTACT_GOOD, 400000 },
};

static void window_name(const struct window *w, char *desc)
{
	strscpy(desc, w->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(window, windows, window_name);

static void feed(struct evse_contact *contact, const struct reading *readings,
		 size_t count)
{
	unsigned int times;
	size_t i;

	for (i = 0; i < count; i++)
		for (times = 0; times < readings[i].times; times++)
			evse_contact_read(contact, readings[i].uv,
					  readings[i].ma);
}

static void windows_are_judged(struct kunit *test)
{
	const struct window *w = test->param_value;
	struct evse_contact contact = { .nohm = BEFORE };
	bool believed = w->verdict == EVSE_CONTACT_GOOD ||
			w->verdict == EVSE_CONTACT_HIGH;

	feed(&contact, w->readings, ARRAY_SIZE(w->readings));
	KUNIT_ASSERT_TRUE(test, evse_contact_full(&contact));
	KUNIT_EXPECT_EQ(test, evse_contact_judge(&contact, LIMIT_NOHM),
			w->verdict);
	KUNIT_EXPECT_EQ(test, contact.nohm, w->nohm);
	KUNIT_EXPECT_EQ(test, contact.known, believed);
	KUNIT_EXPECT_EQ(test, contact.windows, believed ? 1 : 0);
	KUNIT_EXPECT_FALSE(test, evse_contact_full(&contact));
}

static void small_currents_say_nothing(struct kunit *test)
{
	struct evse_contact contact = { };
	unsigned int i;

	for (i = 0; i < 100; i++) {
		evse_contact_read(&contact, 100000, 999);
		evse_contact_read(&contact, 100000, -999);
		evse_contact_read(&contact, 100000, 0);
	}
	KUNIT_EXPECT_EQ(test, contact.window.readings, 0);
	for (i = 0; i < EVSE_CONTACT_READINGS; i++) {
		KUNIT_EXPECT_FALSE(test, evse_contact_full(&contact));
		evse_contact_read(&contact, 200, 1000);
	}
	KUNIT_EXPECT_TRUE(test, evse_contact_full(&contact));
}

/* A mating with these resistances, window by window. */
static void mate(struct evse_contact *contact, u32 mating, s32 uohm,
		 unsigned int count)
{
	const struct reading readings = { uohm * 40, 40000, 10 };

	while (count--) {
		feed(contact, &readings, 1);
		evse_contact_judge(contact, LIMIT_NOHM);
	}
	evse_contact_part(contact, mating);
}

static void a_mating_has_one_mean(struct kunit *test)
{
	const struct reading a = { 8000, 40000, 10 }, b = { 16000, 40000, 10 };
	const struct reading wrong = { -8000, 40000, 10 };
	struct evse_contact contact = { };

	feed(&contact, &a, 1);
	evse_contact_judge(&contact, LIMIT_NOHM);
	feed(&contact, &b, 1);
	evse_contact_judge(&contact, LIMIT_NOHM);
	feed(&contact, &wrong, 1);
	evse_contact_judge(&contact, LIMIT_NOHM);
	/* Not judged any more, and nothing for the next mating. */
	feed(&contact, &b, 1);
	evse_contact_part(&contact, 7);
	KUNIT_EXPECT_EQ(test, contact.matings, 1);
	KUNIT_EXPECT_EQ(test, contact.past[0].mating, 7);
	KUNIT_EXPECT_EQ(test, contact.past[0].nohm, 300000);
	KUNIT_EXPECT_EQ(test, contact.window.readings, 0);

	/* Without a load there is nothing to remember. */
	evse_contact_part(&contact, 8);
	KUNIT_EXPECT_EQ(test, contact.matings, 1);
	/* What was measured last still shows. */
	KUNIT_EXPECT_TRUE(test, contact.known);
	KUNIT_EXPECT_EQ(test, contact.nohm, 400000);
}

struct trend {
	const char *name;
	struct {
		u32 mating;
		s32 uohm;
	} means[5];
	bool known;
	s32 nohm_per_mating;
	bool grows;
	u32 left;
};

static const struct trend trends[] = {
	{ "none", { }, false },
	{ "two are no trend", { { 1, 200 }, { 2, 300 } }, false },
	{ "ten a mating", { { 1, 200 }, { 2, 210 }, { 3, 220 } },
	  true, 10000, true, 28 },
	{ "flat", { { 1, 200 }, { 2, 200 }, { 3, 200 } }, true, 0, false },
	{ "falling", { { 1, 220 }, { 2, 210 }, { 3, 200 } },
	  true, -10000, false },
	{ "with gaps", { { 10, 200 }, { 20, 300 }, { 25, 350 } },
	  true, 10000, true, 15 },
	{ "around a line", { { 1, 190 }, { 2, 220 }, { 3, 220 }, { 4, 230 },
	  { 5, 260 } }, true, 15000, true, 16 },
	{ "beyond the limit", { { 1, 400 }, { 2, 500 }, { 3, 600 } },
	  true, 100000, true, 0 },
	{ "numbers that begin anew", { { U32_MAX - 1, 200 }, { U32_MAX, 210 },
	  { 0, 220 }, { 1, 230 } }, true, 10000, true, 27 },
};

static void trend_name(const struct trend *t, char *desc)
{
	strscpy(desc, t->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(trend, trends, trend_name);

static void trends_are_lines(struct kunit *test)
{
	const struct trend *t = test->param_value;
	struct evse_contact contact = { };
	s32 nohm = S32_MIN;
	u32 left = U32_MAX;
	int i;

	for (i = 0; i < ARRAY_SIZE(t->means) && t->means[i].uohm; i++)
		mate(&contact, t->means[i].mating, t->means[i].uohm, 2);
	KUNIT_EXPECT_EQ(test, evse_contact_trend(&contact, &nohm), t->known);
	KUNIT_EXPECT_EQ(test, nohm, t->known ? t->nohm_per_mating : S32_MIN);
	KUNIT_EXPECT_EQ(test, evse_contact_left(&contact, LIMIT_NOHM, &left),
			t->grows);
	KUNIT_EXPECT_EQ(test, left, t->grows ? t->left : U32_MAX);
}

/* What is older than the ring does not count: flat first, then a slope. */
static void the_past_is_forgotten(struct kunit *test)
{
	struct evse_contact contact = { };
	s32 nohm = 0;
	u32 i;

	for (i = 0; i < 40; i++)
		mate(&contact, i, 100, 1);
	KUNIT_ASSERT_TRUE(test, evse_contact_trend(&contact, &nohm));
	KUNIT_EXPECT_EQ(test, nohm, 0);
	for (; i < 40 + EVSE_CONTACT_MATINGS - 1; i++)
		mate(&contact, i, 60 + i, 1);
	KUNIT_ASSERT_TRUE(test, evse_contact_trend(&contact, &nohm));
	KUNIT_EXPECT_NE(test, nohm, 1000);
	mate(&contact, i, 60 + i, 1);
	KUNIT_ASSERT_TRUE(test, evse_contact_trend(&contact, &nohm));
	KUNIT_EXPECT_EQ(test, nohm, 1000);
	KUNIT_EXPECT_EQ(test, contact.matings, EVSE_CONTACT_MATINGS);
}

/* As far apart as matings and resistances can be: nothing overflows. */
static void extremes_fit(struct kunit *test)
{
	const struct reading low = { 1, 1000, 10 }, high = { 2000000, 1000, 10 };
	struct evse_contact contact = { };
	s32 nohm = 0;
	u32 i, left;

	for (i = 0; i < EVSE_CONTACT_MATINGS; i++) {
		feed(&contact, i < EVSE_CONTACT_MATINGS / 2 ? &low : &high, 1);
		evse_contact_judge(&contact, LIMIT_NOHM);
		evse_contact_part(&contact, i ? U32_MAX / 2 + i : 0);
	}
	/* All but the oldest count as one span away. */
	KUNIT_EXPECT_TRUE(test, evse_contact_trend(&contact, &nohm));
	KUNIT_EXPECT_EQ(test, nohm, 1066);
	KUNIT_EXPECT_TRUE(test, evse_contact_left(&contact, LIMIT_NOHM, &left));
	KUNIT_EXPECT_EQ(test, left, 0);
}

static void pins_are_due(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, evse_contact_unclean(499, 0, 500));
	KUNIT_EXPECT_TRUE(test, evse_contact_unclean(500, 0, 500));
	KUNIT_EXPECT_FALSE(test, evse_contact_unclean(500, 500, 500));
	KUNIT_EXPECT_FALSE(test, evse_contact_unclean(999, 500, 500));
	KUNIT_EXPECT_TRUE(test, evse_contact_unclean(1000, 500, 500));
	KUNIT_EXPECT_TRUE(test, evse_contact_unclean(U64_MAX, 500, 500));
	/* A new connector, and the cleaning of the old one. */
	KUNIT_EXPECT_FALSE(test, evse_contact_unclean(0, 9800, 500));
	KUNIT_EXPECT_FALSE(test, evse_contact_unclean(499, 9800, 500));
	KUNIT_EXPECT_TRUE(test, evse_contact_unclean(500, 9800, 500));
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(windows_are_judged, window_gen_params),
	KUNIT_CASE(small_currents_say_nothing),
	KUNIT_CASE(a_mating_has_one_mean),
	KUNIT_CASE_PARAM(trends_are_lines, trend_gen_params),
	KUNIT_CASE(the_past_is_forgotten),
	KUNIT_CASE(extremes_fit),
	KUNIT_CASE(pins_are_due),
	{ }
};

static struct kunit_suite suite = {
	.name = "evse_contact_wear",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_DESCRIPTION("KUnit tests of what an EV charger makes of heat and wear");
MODULE_LICENSE("GPL");
