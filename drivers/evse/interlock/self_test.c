// SPDX-License-Identifier: GPL-2.0-only
/*
 * Self-test of a sensor: it is quiet, a fault is provoked and seen, it is quiet
 * again.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/export.h>

#include "self_test.h"

/**
 * evse_self_test_init() - no test is under way
 * @test: the test
 * @plan: copied
 */
void evse_self_test_init(struct evse_self_test *test,
			 const struct evse_self_test_plan *plan)
{
	*test = (struct evse_self_test) { .plan = *plan };
}
EXPORT_SYMBOL_IF_KUNIT(evse_self_test_init);

/**
 * evse_self_test_masks() - does the test account for a fault that the sensor shows
 * @test: the test
 *
 * Return: true from before the test input is driven until the sensor has been
 * quiet again, or had the time for it.
 */
bool evse_self_test_masks(const struct evse_self_test *test)
{
	return test->phase >= EVSE_SELF_TEST_DRIVE;
}
EXPORT_SYMBOL_IF_KUNIT(evse_self_test_masks);

/**
 * evse_self_test_longest_ns() - longest time from a start to the answer
 * @plan: of the sensor
 *
 * That of a test which is started while an earlier one is being released.
 *
 * Return: the time.
 */
s64 evse_self_test_longest_ns(const struct evse_self_test_plan *plan)
{
	s64 driven = plan->answer_ns + 2 * (plan->clear_ns + plan->settle_ns);

	return plan->quiet_ns + (plan->drive ? driven : 0);
}
EXPORT_SYMBOL_IF_KUNIT(evse_self_test_longest_ns);

static bool evse_self_test_fresh(const struct evse_self_test *test,
				 const struct evse_self_test_seen *seen)
{
	return !ktime_before(seen->taken, test->since);
}

/* Any part of the sensor is not quiet. */
static bool evse_self_test_any(const struct evse_self_test *test,
			       const struct evse_self_test_seen *seen)
{
	return (test->plan.line && seen->line) ||
	       (test->plan.channel && !seen->quiet &&
		evse_self_test_fresh(test, seen));
}

/* Every part of the sensor is quiet. */
static bool evse_self_test_clear(const struct evse_self_test *test,
				 const struct evse_self_test_seen *seen)
{
	return !evse_self_test_any(test, seen) &&
	       (!test->plan.channel || evse_self_test_fresh(test, seen));
}

/* Which part of the sensor does not say fault, or PASSED. */
static enum evse_self_test_verdict
evse_self_test_answered(const struct evse_self_test *test,
			const struct evse_self_test_seen *seen)
{
	if (test->plan.line && !seen->line)
		return EVSE_SELF_TEST_NO_LINE;
	if (test->plan.channel &&
	    !(seen->channel && evse_self_test_fresh(test, seen)))
		return EVSE_SELF_TEST_NO_CHANNEL;
	return EVSE_SELF_TEST_PASSED;
}

/* An answer is given once, and only to somebody who waits for it. */
static enum evse_self_test_verdict
evse_self_test_say(struct evse_self_test *test,
		   enum evse_self_test_verdict verdict)
{
	bool wanted = test->wanted;

	test->wanted = false;
	test->again = false;
	return wanted ? verdict : EVSE_SELF_TEST_NONE;
}

static void evse_self_test_rest(struct evse_self_test *test)
{
	test->phase = EVSE_SELF_TEST_IDLE;
	test->drive = false;
	test->deadline = 0;
}

static void evse_self_test_begin(struct evse_self_test *test, ktime_t now)
{
	test->phase = EVSE_SELF_TEST_QUIET;
	test->again = false;
	test->since = now;
	test->deadline = ktime_add_ns(now, test->plan.quiet_ns);
}

static void evse_self_test_drive(struct evse_self_test *test, ktime_t now)
{
	test->phase = EVSE_SELF_TEST_DRIVE;
	test->drive = true;
	test->since = now;
	test->deadline = ktime_add_ns(now, test->plan.answer_ns);
}

static void evse_self_test_release(struct evse_self_test *test, ktime_t now)
{
	test->phase = EVSE_SELF_TEST_RELEASE;
	test->drive = false;
	test->since = now;
	test->limit = ktime_add_ns(now, test->plan.clear_ns);
	test->deadline = test->limit;
}

static enum evse_self_test_verdict
evse_self_test_quiet(struct evse_self_test *test,
		     const struct evse_self_test_seen *seen, bool due, ktime_t now)
{
	bool clear = evse_self_test_clear(test, seen);
	enum evse_self_test_verdict verdict;

	if (!clear && !due)
		return EVSE_SELF_TEST_NONE;
	if (clear && test->plan.drive) {
		evse_self_test_drive(test, now);
		return EVSE_SELF_TEST_NONE;
	}
	if (clear)
		verdict = EVSE_SELF_TEST_PASSED;
	else if (evse_self_test_any(test, seen))
		verdict = EVSE_SELF_TEST_FAULT;
	else
		verdict = EVSE_SELF_TEST_SILENT;
	evse_self_test_rest(test);
	return evse_self_test_say(test, verdict);
}

/* A sensor that answers too late is still allowed to come to rest. */
static enum evse_self_test_verdict
evse_self_test_driven(struct evse_self_test *test,
		      const struct evse_self_test_seen *seen, bool due, ktime_t now)
{
	enum evse_self_test_verdict verdict = evse_self_test_answered(test, seen);

	if (verdict == EVSE_SELF_TEST_PASSED)
		verdict = EVSE_SELF_TEST_NONE;
	else if (due)
		verdict = evse_self_test_say(test, verdict);
	else
		return EVSE_SELF_TEST_NONE;
	evse_self_test_release(test, now);
	return verdict;
}

static enum evse_self_test_verdict
evse_self_test_released(struct evse_self_test *test,
			const struct evse_self_test_seen *seen, bool due,
			ktime_t now)
{
	if (!evse_self_test_clear(test, seen)) {
		test->phase = EVSE_SELF_TEST_RELEASE;
		test->deadline = test->limit;
		if (ktime_before(now, test->limit))
			return EVSE_SELF_TEST_NONE;
		evse_self_test_rest(test);
		return evse_self_test_say(test, EVSE_SELF_TEST_STUCK);
	}

	if (test->phase == EVSE_SELF_TEST_RELEASE) {
		test->phase = EVSE_SELF_TEST_SETTLE;
		test->deadline = ktime_add_ns(now, test->plan.settle_ns);
		return EVSE_SELF_TEST_NONE;
	}
	if (!due)
		return EVSE_SELF_TEST_NONE;
	if (test->again) {
		evse_self_test_begin(test, now);
		return evse_self_test_quiet(test, seen, false, now);
	}
	evse_self_test_rest(test);
	return evse_self_test_say(test, EVSE_SELF_TEST_PASSED);
}

static enum evse_self_test_verdict
evse_self_test_tick(struct evse_self_test *test,
		    const struct evse_self_test_seen *seen, ktime_t now)
{
	bool due = !ktime_before(now, test->deadline);

	switch (test->phase) {
	case EVSE_SELF_TEST_QUIET:
		return evse_self_test_quiet(test, seen, due, now);
	case EVSE_SELF_TEST_DRIVE:
		return evse_self_test_driven(test, seen, due, now);
	case EVSE_SELF_TEST_RELEASE:
	case EVSE_SELF_TEST_SETTLE:
		return evse_self_test_released(test, seen, due, now);
	case EVSE_SELF_TEST_IDLE:
	case EVSE_SELF_TEST_PHASES:
		break;
	}
	return EVSE_SELF_TEST_NONE;
}

static void evse_self_test_start(struct evse_self_test *test, ktime_t now)
{
	if (test->phase == EVSE_SELF_TEST_IDLE)
		evse_self_test_begin(test, now);
	else if (!test->wanted)
		test->again = true;
	test->wanted = true;
}

static void evse_self_test_cancel(struct evse_self_test *test, ktime_t now)
{
	test->wanted = false;
	test->again = false;
	if (test->phase == EVSE_SELF_TEST_QUIET)
		evse_self_test_rest(test);
	else if (test->phase == EVSE_SELF_TEST_DRIVE)
		evse_self_test_release(test, now);
}

/**
 * evse_self_test_event() - take an event in
 * @test: the test
 * @event: what happens
 * @seen: what the sensor shows
 * @now: time of the event
 *
 * Afterwards @test->drive says whether the test input is to be driven; a tick is
 * due at @test->deadline or when the sensor shows something else. Readings count
 * when they were begun in the phase.
 *
 * Return: the answer to who waits for it, once, else EVSE_SELF_TEST_NONE.
 */
enum evse_self_test_verdict
evse_self_test_event(struct evse_self_test *test, enum evse_self_test_event event,
		     const struct evse_self_test_seen *seen, ktime_t now)
{
	switch (event) {
	case EVSE_SELF_TEST_START:
		evse_self_test_start(test, now);
		break;
	case EVSE_SELF_TEST_CANCEL:
		evse_self_test_cancel(test, now);
		break;
	case EVSE_SELF_TEST_TICK:
	case EVSE_SELF_TEST_EVENTS:
		break;
	}
	return evse_self_test_tick(test, seen, now);
}
EXPORT_SYMBOL_IF_KUNIT(evse_self_test_event);
