/* SPDX-License-Identifier: GPL-2.0-only */
/* Self-test of a sensor: provoke a fault, see it come, see it go. */
#ifndef _EVSE_SELF_TEST_H
#define _EVSE_SELF_TEST_H

#include <linux/ktime.h>
#include <linux/types.h>

/**
 * struct evse_self_test_plan - what a sensor can show, and how fast
 * @line: it has a line that says fault
 * @channel: it has a channel with readings
 * @drive: it has a test input; without one it only has to be quiet
 * @quiet_ns: it has shown that there is no fault after this; one reading of a
 *	fault may be noise
 * @answer_ns: it answers to the test within this
 * @clear_ns: it is quiet again within this
 * @settle_ns: and has stayed so for this long
 */
struct evse_self_test_plan {
	bool line;
	bool channel;
	bool drive;
	s64 quiet_ns;
	s64 answer_ns;
	s64 clear_ns;
	s64 settle_ns;
};

/**
 * enum evse_self_test_phase - where a test is
 * @EVSE_SELF_TEST_IDLE: none is under way
 * @EVSE_SELF_TEST_QUIET: the sensor has to show that there is no fault
 * @EVSE_SELF_TEST_DRIVE: the test input is driven
 * @EVSE_SELF_TEST_RELEASE: it no longer is, the sensor may still say fault
 * @EVSE_SELF_TEST_SETTLE: the sensor is quiet, and may still bounce
 * @EVSE_SELF_TEST_PHASES: how many there are
 */
enum evse_self_test_phase {
	EVSE_SELF_TEST_IDLE,
	EVSE_SELF_TEST_QUIET,
	EVSE_SELF_TEST_DRIVE,
	EVSE_SELF_TEST_RELEASE,
	EVSE_SELF_TEST_SETTLE,
	EVSE_SELF_TEST_PHASES,
};

/**
 * enum evse_self_test_event - what happens to a test
 * @EVSE_SELF_TEST_START: somebody wants an answer
 * @EVSE_SELF_TEST_CANCEL: nobody does any more
 * @EVSE_SELF_TEST_TICK: the sensor shows something else, or the deadline passed
 * @EVSE_SELF_TEST_EVENTS: how many there are
 */
enum evse_self_test_event {
	EVSE_SELF_TEST_START,
	EVSE_SELF_TEST_CANCEL,
	EVSE_SELF_TEST_TICK,
	EVSE_SELF_TEST_EVENTS,
};

/**
 * enum evse_self_test_verdict - the answer; the number is shown with the fault
 * @EVSE_SELF_TEST_NONE: none yet
 * @EVSE_SELF_TEST_PASSED: the sensor works and sees no fault
 * @EVSE_SELF_TEST_FAULT: it saw a fault before the test
 * @EVSE_SELF_TEST_SILENT: its channel had no reading
 * @EVSE_SELF_TEST_NO_LINE: its line did not answer to the test
 * @EVSE_SELF_TEST_NO_CHANNEL: its channel did not
 * @EVSE_SELF_TEST_STUCK: the fault stayed after the test
 */
enum evse_self_test_verdict {
	EVSE_SELF_TEST_NONE,
	EVSE_SELF_TEST_PASSED,
	EVSE_SELF_TEST_FAULT,
	EVSE_SELF_TEST_SILENT,
	EVSE_SELF_TEST_NO_LINE,
	EVSE_SELF_TEST_NO_CHANNEL,
	EVSE_SELF_TEST_STUCK,
};

/**
 * struct evse_self_test_seen - what the sensor shows
 * @line: its line says fault
 * @channel: the latest reading of its channel is one that answers to a test
 * @quiet: the latest reading is one that nothing trips from; one may be neither
 * @taken: when that reading was begun
 */
struct evse_self_test_seen {
	bool line;
	bool channel;
	bool quiet;
	ktime_t taken;
};

/**
 * struct evse_self_test - state of a test
 * @plan: of the sensor
 * @phase: where the test is
 * @wanted: somebody waits for an answer
 * @again: a whole test has to follow the end of this one
 * @drive: the test input is to be driven
 * @since: beginning of what readings count
 * @limit: end of the release at the latest
 * @deadline: when to tick at the latest, 0 for never
 */
struct evse_self_test {
	struct evse_self_test_plan plan;
	enum evse_self_test_phase phase;
	bool wanted;
	bool again;
	bool drive;
	ktime_t since;
	ktime_t limit;
	ktime_t deadline;
};

void evse_self_test_init(struct evse_self_test *test,
			 const struct evse_self_test_plan *plan);
enum evse_self_test_verdict
evse_self_test_event(struct evse_self_test *test, enum evse_self_test_event event,
		     const struct evse_self_test_seen *seen, ktime_t now);
bool evse_self_test_masks(const struct evse_self_test *test);
s64 evse_self_test_longest_ns(const struct evse_self_test_plan *plan);

#endif /* _EVSE_SELF_TEST_H */
