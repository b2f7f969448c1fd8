// SPDX-License-Identifier: GPL-2.0-only
/*
 * The check of a sensor before each closing of the contactor: the test input is
 * driven, and the sensor has to show it.
 *
 * The test input may sleep. It is written under a mutex, by the port's requests
 * and by a work that interrupts and readings wake.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/evse.h>
#include <linux/gpio/consumer.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "../evse_property.h"
#include "condition.h"
#include "tester.h"

/* An output of a sensor has stopped bouncing after this. */
#define EVSE_TESTER_SETTLE_NS	(20 * NSEC_PER_MSEC)

/* What the work may be late before the port gives up. */
#define EVSE_TESTER_MARGIN_MS	200

static const char * const evse_tester_words[] = {
	[EVSE_SELF_TEST_FAULT] = "a fault before the test",
	[EVSE_SELF_TEST_SILENT] = "no reading",
	[EVSE_SELF_TEST_NO_LINE] = "its line does not answer",
	[EVSE_SELF_TEST_NO_CHANNEL] = "its channel does not answer",
	[EVSE_SELF_TEST_STUCK] = "the fault stays after the test",
};

/* With @lock held, so that what wakes the work later is not put off. */
static void evse_tester_arm(struct evse_tester *tester, ktime_t now)
{
	s64 wait = ktime_sub(tester->test.deadline, now);

	if (tester->test.deadline)
		mod_delayed_work(system_highpri_wq, &tester->work,
				 nsecs_to_jiffies(max_t(s64, 0, wait)) + 1);
}

static void evse_tester_answer(struct evse_tester *tester,
			       enum evse_self_test_verdict verdict)
{
	if (verdict == EVSE_SELF_TEST_NONE)
		return;
	if (verdict != EVSE_SELF_TEST_PASSED)
		dev_err(tester->dev, "self-test failed: %s\n",
			evse_tester_words[verdict]);
	evse_check_done(tester->check, verdict == EVSE_SELF_TEST_PASSED, verdict);
}

/*
 * The guard expects the fault before the test input is driven, and until the
 * sensor has been quiet without it.
 */
static void evse_tester_event(struct evse_tester *tester,
			      enum evse_self_test_event event)
{
	enum evse_self_test_verdict verdict;
	unsigned long flags;
	bool drive, masks;
	ktime_t now;

	mutex_lock(&tester->mutex);
	if (tester->gone)
		goto out;

	raw_spin_lock_irqsave(&tester->lock, flags);
	now = ktime_get();
	verdict = evse_self_test_event(&tester->test, event, &tester->seen, now);
	drive = tester->test.drive;
	masks = evse_self_test_masks(&tester->test);
	if (masks)
		evse_condition_mask(tester->condition, true);
	evse_tester_arm(tester, now);
	raw_spin_unlock_irqrestore(&tester->lock, flags);

	if (drive != tester->driven) {
		gpiod_set_value_cansleep(tester->gpio, drive);
		tester->driven = drive;
	}
	if (!masks)
		evse_condition_mask(tester->condition, false);
	evse_tester_answer(tester, verdict);
out:
	mutex_unlock(&tester->mutex);
}

static void evse_tester_work(struct work_struct *work)
{
	evse_tester_event(container_of(to_delayed_work(work), struct evse_tester,
				       work), EVSE_SELF_TEST_TICK);
}

static void evse_tester_start(void *priv)
{
	evse_tester_event(priv, EVSE_SELF_TEST_START);
}

static void evse_tester_cancel(void *priv)
{
	evse_tester_event(priv, EVSE_SELF_TEST_CANCEL);
}

static const struct evse_check_ops evse_tester_ops = {
	.start = evse_tester_start,
	.cancel = evse_tester_cancel,
};

static void evse_tester_wake(struct evse_tester *tester)
{
	if (tester->test.phase != EVSE_SELF_TEST_IDLE)
		mod_delayed_work(system_highpri_wq, &tester->work, 0);
}

/**
 * evse_tester_edge() - the sensor's line changed
 * @tester: the check
 * @fault: it says fault, or cannot be believed
 *
 * After the guard has been told: the test believes what the interrupt tells, and
 * never looks at the line, so that it is the interrupt that is tested. Context:
 * any.
 */
void evse_tester_edge(struct evse_tester *tester, bool fault)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&tester->lock, flags);
	tester->seen.line = fault;
	evse_tester_wake(tester);
	raw_spin_unlock_irqrestore(&tester->lock, flags);
}

/**
 * evse_tester_reading() - the sensor's channel was read
 * @tester: the check
 * @fault: the reading is one that answers to a test
 * @quiet: the reading is one that the guard does not trip from
 * @taken: when the read was begun
 *
 * Context: any.
 *
 * Return: true when the reading belongs to the test, and says nothing of the
 * world.
 */
bool evse_tester_reading(struct evse_tester *tester, bool fault, bool quiet,
			 ktime_t taken)
{
	unsigned long flags;
	bool masks;

	raw_spin_lock_irqsave(&tester->lock, flags);
	tester->seen.channel = fault;
	tester->seen.quiet = quiet;
	tester->seen.taken = taken;
	masks = evse_self_test_masks(&tester->test);
	evse_tester_wake(tester);
	raw_spin_unlock_irqrestore(&tester->lock, flags);
	return masks;
}

/* The port starts nothing any more; what it still cancels finds nothing to do. */
static void evse_tester_quit(void *data)
{
	struct evse_tester *tester = data;

	mutex_lock(&tester->mutex);
	tester->gone = true;
	if (tester->gpio)
		gpiod_set_value_cansleep(tester->gpio, 0);
	mutex_unlock(&tester->mutex);
	cancel_delayed_work_sync(&tester->work);
}

static int evse_tester_plan(struct evse_tester *tester,
			    const struct evse_tester_desc *desc, bool line,
			    bool channel)
{
	const struct evse_property answer = {
		"test-answer-ms", desc->answer_ms, 10, desc->max_ms,
	};
	const struct evse_property clear = {
		"test-clear-ms", desc->clear_ms, 10, desc->max_ms,
	};
	struct evse_self_test_plan plan = {
		.line = line,
		.channel = channel,
		.drive = tester->gpio,
		.quiet_ns = (s64)desc->quiet_ms * NSEC_PER_MSEC,
		.settle_ns = EVSE_TESTER_SETTLE_NS,
	};
	u32 answer_ms, clear_ms;
	int err;

	err = evse_property_read(tester->dev, &answer, &answer_ms);
	if (!err)
		err = evse_property_read(tester->dev, &clear, &clear_ms);
	if (err)
		return err;
	plan.answer_ns = (s64)answer_ms * NSEC_PER_MSEC;
	plan.clear_ns = (s64)clear_ms * NSEC_PER_MSEC;
	evse_self_test_init(&tester->test, &plan);
	return 0;
}

/**
 * evse_tester_register() - have a sensor tested before each closing
 * @dev: the provider; its node may have "test-gpios"
 * @tester: zeroed
 * @desc: the sensor; not needed afterwards
 * @condition: its guard
 * @line: its line will be told by evse_tester_edge()
 * @channel: readings will be told by evse_tester_reading()
 *
 * To be called before the line and the channel are watched.
 *
 * Return: 0 or a negative errno, after telling why.
 */
int evse_tester_register(struct device *dev, struct evse_tester *tester,
			 const struct evse_tester_desc *desc,
			 struct evse_condition *condition,
			 bool line, bool channel)
{
	struct evse_check_desc check = { .name = desc->name, .code = desc->code };
	int err;

	tester->dev = dev;
	tester->condition = condition;
	mutex_init(&tester->mutex);
	raw_spin_lock_init(&tester->lock);
	INIT_DELAYED_WORK(&tester->work, evse_tester_work);
	/* No reading was taken so late: none counts yet. */
	tester->seen.taken = KTIME_MIN;

	tester->gpio = devm_gpiod_get_optional(dev, "test", GPIOD_OUT_LOW);
	if (IS_ERR(tester->gpio))
		return dev_err_probe(dev, PTR_ERR(tester->gpio),
				     "test-gpios: cannot get the line\n");
	if (tester->gpio)
		gpiod_set_consumer_name(tester->gpio, dev_name(dev));
	else
		dev_notice(dev, "no test-gpios: it cannot be shown that the sensor works\n");
	err = evse_tester_plan(tester, desc, line, channel);
	if (err)
		return err;

	check.timeout_ms = EVSE_TESTER_MARGIN_MS +
			   div_s64(evse_self_test_longest_ns(&tester->test.plan),
				   NSEC_PER_MSEC);
	tester->check = devm_evse_check_register(dev, &check, &evse_tester_ops,
						 tester);
	if (IS_ERR(tester->check))
		return dev_err_probe(dev, PTR_ERR(tester->check),
				     "port takes no check \"%s\"\n", desc->name);
	return devm_add_action_or_reset(dev, evse_tester_quit, tester);
}
