// SPDX-License-Identifier: GPL-2.0-only
/* An islanding switch that follows, bounces, and does not follow. */
#include <kunit/test.h>

#include "../island_seq.h"

#define TRAVEL	(100 * NSEC_PER_MSEC)
#define SETTLE	(5 * NSEC_PER_MSEC)
#define T(ms)	((ktime_t)(1000 + (ms)) * NSEC_PER_MSEC)

static int island_init(struct kunit *test)
{
	struct evse_island_seq *seq = kunit_kzalloc(test, sizeof(*seq),
						    GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, seq);
	evse_island_seq_init(seq, TRAVEL, SETTLE, T(0));
	test->priv = seq;
	return 0;
}

static void expect(struct kunit *test, bool opened, s64 ms,
		   enum evse_island_verdict verdict)
{
	KUNIT_EXPECT_EQ_MSG(test, evse_island_seq_look(test->priv, opened, T(ms)),
			    verdict, "at %lld ms", ms);
}

static void expect_failure(struct kunit *test, enum evse_island_failure failure)
{
	struct evse_island_seq *seq = test->priv;

	KUNIT_EXPECT_EQ(test, seq->failure, failure);
}

static void expect_next(struct kunit *test, s64 ms)
{
	struct evse_island_seq *seq = test->priv;

	KUNIT_EXPECT_EQ(test, seq->deadline, ms < 0 ? 0 : T(ms));
}

/* Closed, told to open at 100, open at 130, permit at 135. */
static void opens(struct kunit *test)
{
	expect(test, false, 0, EVSE_ISLAND_HOLD);
	expect(test, false, 5, EVSE_ISLAND_HOLD);
	expect_next(test, -1);
	evse_island_seq_tell(test->priv, true, T(100));
	expect(test, false, 100, EVSE_ISLAND_HOLD);
	expect_next(test, 200);
	expect(test, true, 130, EVSE_ISLAND_HOLD);
	expect_next(test, 135);
	expect(test, true, 135, EVSE_ISLAND_PERMIT);
	expect_next(test, -1);
}

static void opens_and_closes(struct kunit *test)
{
	opens(test);
	/* Told twice, it changes nothing. */
	evse_island_seq_tell(test->priv, true, T(150));
	expect(test, true, 150, EVSE_ISLAND_PERMIT);
	evse_island_seq_tell(test->priv, false, T(200));
	expect(test, true, 200, EVSE_ISLAND_HOLD);
	expect(test, true, 299, EVSE_ISLAND_HOLD);
	expect(test, false, 299, EVSE_ISLAND_HOLD);
	expect(test, false, 304, EVSE_ISLAND_HOLD);
	expect_next(test, -1);
	expect_failure(test, EVSE_ISLAND_FINE);
}

static void bounces(struct kunit *test)
{
	expect(test, false, 5, EVSE_ISLAND_HOLD);
	evse_island_seq_tell(test->priv, true, T(100));
	expect(test, true, 130, EVSE_ISLAND_HOLD);
	expect(test, false, 132, EVSE_ISLAND_HOLD);
	expect_next(test, 200);
	expect(test, true, 134, EVSE_ISLAND_HOLD);
	expect(test, true, 135, EVSE_ISLAND_HOLD);
	expect_next(test, 139);
	expect(test, true, 139, EVSE_ISLAND_PERMIT);
}

static void bounces_for_too_long(struct kunit *test)
{
	expect(test, false, 5, EVSE_ISLAND_HOLD);
	evse_island_seq_tell(test->priv, true, T(100));
	expect(test, true, 198, EVSE_ISLAND_HOLD);
	expect(test, false, 200, EVSE_ISLAND_TRIP);
	expect_failure(test, EVSE_ISLAND_NOT_OPENED);
	expect(test, true, 210, EVSE_ISLAND_TRIP);
	expect(test, true, 215, EVSE_ISLAND_PERMIT);
	expect_failure(test, EVSE_ISLAND_FINE);
}

/* The first moment without feedback trips. */
static void closes_by_itself(struct kunit *test)
{
	opens(test);
	expect(test, false, 500, EVSE_ISLAND_TRIP);
	expect_failure(test, EVSE_ISLAND_CLOSED_ITSELF);
	expect_next(test, -1);
	/* A feedback that comes back is the end of the cause, not before it rests. */
	expect(test, true, 501, EVSE_ISLAND_TRIP);
	expect(test, true, 506, EVSE_ISLAND_PERMIT);
}

/* Told to close after that, it is where it is to be. */
static void closed_by_itself_and_told_to(struct kunit *test)
{
	opens(test);
	expect(test, false, 500, EVSE_ISLAND_TRIP);
	evse_island_seq_tell(test->priv, false, T(510));
	expect(test, false, 510, EVSE_ISLAND_TRIP);
	expect(test, false, 515, EVSE_ISLAND_HOLD);
	expect_failure(test, EVSE_ISLAND_FINE);
}

static void does_not_open(struct kunit *test)
{
	expect(test, false, 5, EVSE_ISLAND_HOLD);
	evse_island_seq_tell(test->priv, true, T(100));
	expect(test, false, 199, EVSE_ISLAND_HOLD);
	expect(test, false, 200, EVSE_ISLAND_TRIP);
	expect_failure(test, EVSE_ISLAND_NOT_OPENED);
	expect_next(test, -1);
}

static void does_not_close(struct kunit *test)
{
	opens(test);
	evse_island_seq_tell(test->priv, false, T(200));
	expect(test, true, 300, EVSE_ISLAND_TRIP);
	expect_failure(test, EVSE_ISLAND_NOT_CLOSED);
	/* The cause stands for as long as it is open, whatever it is told. */
	expect(test, true, 5000, EVSE_ISLAND_TRIP);
	expect(test, false, 5001, EVSE_ISLAND_TRIP);
	expect(test, false, 5006, EVSE_ISLAND_HOLD);
}

static void opens_by_itself(struct kunit *test)
{
	expect(test, false, 0, EVSE_ISLAND_HOLD);
	expect(test, false, 5, EVSE_ISLAND_HOLD);
	expect(test, true, 300, EVSE_ISLAND_TRIP);
	expect_failure(test, EVSE_ISLAND_OPENED_ITSELF);
}

/* A switch that is open from the start has the time of its travel. */
static void open_from_the_start(struct kunit *test)
{
	expect(test, true, 0, EVSE_ISLAND_HOLD);
	expect(test, true, 99, EVSE_ISLAND_HOLD);
	expect(test, true, 100, EVSE_ISLAND_TRIP);
	expect_failure(test, EVSE_ISLAND_NOT_CLOSED);
}

/* Whatever it sees: no permit unless told to be open, and open for @SETTLE. */
static void never_without_feedback(struct kunit *test)
{
	struct evse_island_seq *seq = test->priv;
	u32 random = 12345, step;
	enum evse_island_verdict v;
	ktime_t now = T(0), open_since = 0;
	bool opened = false, was;
	int i;

	for (i = 0; i < 20000; i++) {
		random = random * 1664525 + 1013904223;
		step = (random >> 8) % (8 * NSEC_PER_MSEC);
		now += step;
		was = opened;
		if (!((random >> 4) % 3))
			opened = !opened;
		if (opened && !was)
			open_since = now;
		if (!((random >> 20) % 16))
			evse_island_seq_tell(seq, (random >> 28) & 1, now);
		v = evse_island_seq_look(seq, opened, now);
		if (v != EVSE_ISLAND_PERMIT)
			continue;
		KUNIT_ASSERT_TRUE(test, opened && seq->open);
		KUNIT_ASSERT_GE(test, now - open_since, (s64)SETTLE);
	}
}

static struct kunit_case island_cases[] = {
	KUNIT_CASE(opens),
	KUNIT_CASE(opens_and_closes),
	KUNIT_CASE(bounces),
	KUNIT_CASE(bounces_for_too_long),
	KUNIT_CASE(closes_by_itself),
	KUNIT_CASE(closed_by_itself_and_told_to),
	KUNIT_CASE(does_not_open),
	KUNIT_CASE(does_not_close),
	KUNIT_CASE(opens_by_itself),
	KUNIT_CASE(open_from_the_start),
	KUNIT_CASE(never_without_feedback),
	{}
};

static struct kunit_suite island_suite = {
	.name = "evse_island_seq",
	.init = island_init,
	.test_cases = island_cases,
};

kunit_test_suite(island_suite);
