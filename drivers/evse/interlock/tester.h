/* SPDX-License-Identifier: GPL-2.0-only */
/* The check of a sensor before each closing of the contactor. */
#ifndef _EVSE_TESTER_H
#define _EVSE_TESTER_H

#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <uapi/linux/evse.h>

#include "self_test.h"

struct device;
struct evse_check;
struct evse_condition;
struct gpio_desc;

/**
 * struct evse_tester_desc - a sensor that is tested
 * @name: of the check
 * @code: of its fault
 * @answer_ms: within this it answers, when the node does not say so
 * @clear_ms: within this it is quiet again, when the node does not say so
 * @max_ms: the most that the node may say
 * @quiet_ms: a reading is there within this
 */
struct evse_tester_desc {
	const char *name;
	enum evse_fault_code code;
	u32 answer_ms;
	u32 clear_ms;
	u32 max_ms;
	u32 quiet_ms;
};

/**
 * struct evse_tester - the check of a sensor
 * @dev: the provider
 * @check: what the port starts
 * @gpio: the test input, NULL without one
 * @condition: guard that does not mind the test
 * @work: the test's deadline, and what it sees
 * @mutex: test input and answers, in this order; taken before @lock
 * @driven: the test input is
 * @gone: nothing is to be tested any more
 * @lock: everything below
 * @test: the test
 * @seen: what the sensor shows
 */
struct evse_tester {
	struct device *dev;
	struct evse_check *check;
	struct gpio_desc *gpio;
	struct evse_condition *condition;
	struct delayed_work work;
	struct mutex mutex;	/* test input and answers */
	bool driven;
	bool gone;

	raw_spinlock_t lock;
	struct evse_self_test test;
	struct evse_self_test_seen seen;
};

int evse_tester_register(struct device *dev, struct evse_tester *tester,
			 const struct evse_tester_desc *desc,
			 struct evse_condition *condition,
			 bool line, bool channel);
void evse_tester_edge(struct evse_tester *tester, bool fault);
bool evse_tester_reading(struct evse_tester *tester, bool fault, bool quiet,
			 ktime_t taken);

#endif /* _EVSE_TESTER_H */
