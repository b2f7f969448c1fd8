// SPDX-License-Identifier: GPL-2.0-only
/*
 * Connector lock on GPIO lines: two motor directions out, the feedback in.
 *
 * Motor lines may sleep and are written by a work alone or by the port's
 * requests; the feedback must not, since losing it trips the port from its
 * interrupt.
 */
#include <linux/devm-helpers.h>
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/jiffies.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include <linux/evse.h>

#include "../evse_property.h"
#include "interlock.h"
#include "line_watch.h"
#include "lock_seq.h"

/**
 * struct evse_lock - a connector lock
 * @dev: the provider
 * @port: its port
 * @lock_line: motor towards locked
 * @unlock_line: motor towards unlocked
 * @status: feedback
 * @line: its interrupt
 * @work: ends pulses and waits
 * @motor: the motor lines; taken before @lock
 * @lock: everything below; held while the port is told, so that what is told
 *	last is what is true
 * @deaf: the feedback cannot be believed
 * @seq: the movement
 * @driven: what the motor does
 * @told: what the port knows
 */
struct evse_lock {
	struct device *dev;
	struct evse_port *port;
	struct gpio_desc *lock_line;
	struct gpio_desc *unlock_line;
	struct gpio_desc *status;
	struct evse_line line;
	struct delayed_work work;
	struct mutex motor;	/* motor lines */

	raw_spinlock_t lock;
	bool deaf;
	struct evse_lock_seq seq;
	enum evse_lock_motor driven;
	enum evse_lock_state told;
};

/* A feedback that cannot be read is none. */
static bool evse_lock_locked(const struct evse_lock *l)
{
	return !l->deaf && gpiod_get_value(l->status) > 0;
}

static void evse_lock_step(struct evse_lock *l, enum evse_lock_event event)
{
	ktime_t now = ktime_get();

	evse_lock_seq_event(&l->seq, event, evse_lock_locked(l), now);
	if (l->seq.state != l->told) {
		l->told = l->seq.state;
		evse_lock_report(l->port, l->told);
	}

	if (l->seq.motor != l->driven)
		mod_delayed_work(system_highpri_wq, &l->work, 0);
	else if (l->seq.deadline)
		mod_delayed_work(system_highpri_wq, &l->work,
				 nsecs_to_jiffies(max_t(s64, 0, l->seq.deadline - now)) + 1);
}

static void evse_lock_feedback(void *priv, int level, ktime_t edge)
{
	struct evse_lock *l = priv;
	unsigned long flags;

	raw_spin_lock_irqsave(&l->lock, flags);
	l->deaf = level < 0;
	evse_lock_step(l, EVSE_LOCK_TICK);
	raw_spin_unlock_irqrestore(&l->lock, flags);
}

/* Never both directions at once: off comes first. */
static void evse_lock_drive(struct evse_lock *l, enum evse_lock_motor motor)
{
	if (motor != EVSE_LOCK_MOTOR_LOCK)
		gpiod_set_value_cansleep(l->lock_line, 0);
	if (motor != EVSE_LOCK_MOTOR_UNLOCK)
		gpiod_set_value_cansleep(l->unlock_line, 0);
	if (motor == EVSE_LOCK_MOTOR_LOCK)
		gpiod_set_value_cansleep(l->lock_line, 1);
	if (motor == EVSE_LOCK_MOTOR_UNLOCK)
		gpiod_set_value_cansleep(l->unlock_line, 1);
}

static void evse_lock_event(struct evse_lock *l, enum evse_lock_event event)
{
	enum evse_lock_motor motor;
	unsigned long flags;

	mutex_lock(&l->motor);
	raw_spin_lock_irqsave(&l->lock, flags);
	evse_lock_step(l, event);
	motor = l->seq.motor;
	raw_spin_unlock_irqrestore(&l->lock, flags);

	if (motor != l->driven) {
		evse_lock_drive(l, motor);
		raw_spin_lock_irqsave(&l->lock, flags);
		l->driven = motor;
		evse_lock_step(l, EVSE_LOCK_TICK);
		raw_spin_unlock_irqrestore(&l->lock, flags);
	}
	mutex_unlock(&l->motor);
}

static void evse_lock_work(struct work_struct *work)
{
	evse_lock_event(container_of(to_delayed_work(work), struct evse_lock, work),
			EVSE_LOCK_TICK);
}

static void evse_lock_lock(void *priv)
{
	evse_lock_event(priv, EVSE_LOCK_DO_LOCK);
}

static void evse_lock_unlock(void *priv)
{
	evse_lock_event(priv, EVSE_LOCK_DO_UNLOCK);
}

static const struct evse_lock_ops evse_lock_ops = {
	.lock = evse_lock_lock,
	.unlock = evse_lock_unlock,
};

/* Probe */

static int evse_lock_line(struct device *dev, const char *con_id,
			  enum gpiod_flags flags, struct gpio_desc **line)
{
	*line = devm_gpiod_get(dev, con_id, flags);
	if (IS_ERR(*line))
		return dev_err_probe(dev, PTR_ERR(*line),
				     PTR_ERR(*line) == -EBUSY ?
				     "%s-gpios: line is in use already\n" :
				     "%s-gpios: no line\n", con_id);
	gpiod_set_consumer_name(*line, dev_name(dev));
	return 0;
}

static int evse_lock_lines(struct evse_lock *l)
{
	int err;

	err = evse_lock_line(l->dev, "lock", GPIOD_OUT_LOW, &l->lock_line);
	if (err)
		return err;
	err = evse_lock_line(l->dev, "unlock", GPIOD_OUT_LOW, &l->unlock_line);
	if (err)
		return err;
	err = evse_lock_line(l->dev, "status", GPIOD_IN, &l->status);
	if (err)
		return err;
	if (gpiod_cansleep(l->status))
		return dev_err_probe(l->dev, -EINVAL,
				     "status-gpios: line can sleep, so an interrupt could not see the lock open: use a memory-mapped GPIO\n");
	return 0;
}

static int evse_lock_times(struct evse_lock *l, u32 *pulse_ms, u32 *timeout_ms)
{
	static const struct evse_property pulse = {
		"pulse-ms", 300, 10, 5000,
	};
	static const struct evse_property timeout = {
		"timeout-ms", 1000, 50, 10000,
	};
	int err;

	err = evse_property_read(l->dev, &pulse, pulse_ms);
	if (err)
		return err;
	err = evse_property_read(l->dev, &timeout, timeout_ms);
	if (err)
		return err;
	if (*timeout_ms < *pulse_ms)
		return dev_err_probe(l->dev, -EINVAL,
				     "timeout-ms = %u is less than pulse-ms = %u\n",
				     *timeout_ms, *pulse_ms);
	return 0;
}

static void evse_lock_quit(void *priv)
{
	evse_lock_drive(priv, EVSE_LOCK_MOTOR_OFF);
}

static int evse_lock_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	u32 pulse_ms, timeout_ms;
	struct evse_lock *l;
	int err;

	l = devm_kzalloc(dev, sizeof(*l), GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	l->dev = dev;
	mutex_init(&l->motor);
	raw_spin_lock_init(&l->lock);
	l->port = evse_port_of(dev);
	if (IS_ERR(l->port))
		return dev_err_probe(dev, PTR_ERR(l->port),
				     "is not the child of an evse,port\n");

	err = evse_lock_times(l, &pulse_ms, &timeout_ms);
	if (err)
		return err;
	err = evse_lock_lines(l);
	if (err)
		return err;
	evse_lock_seq_init(&l->seq, (s64)pulse_ms * NSEC_PER_MSEC,
			   (s64)timeout_ms * NSEC_PER_MSEC, evse_lock_locked(l));

	err = devm_add_action_or_reset(dev, evse_lock_quit, l);
	if (err)
		return err;
	err = devm_delayed_work_autocancel(dev, &l->work, evse_lock_work);
	if (err)
		return err;
	err = devm_evse_lock_register(dev, &evse_lock_ops, l);
	if (err)
		return dev_err_probe(dev, err, "port takes no connector lock\n");

	err = evse_line_adopt(dev, &l->line, "status", l->status);
	if (!err)
		err = evse_line_watch(&l->line, evse_lock_feedback, l);
	if (err)
		return err;
	return devm_evse_provider_up(dev);
}

static const struct of_device_id evse_lock_of_match[] = {
	{ .compatible = "evse,connector-lock" },
	{}
};
MODULE_DEVICE_TABLE(of, evse_lock_of_match);
MODULE_ALIAS("platform:evse-connector-lock");

struct platform_driver evse_lock_driver = {
	.probe = evse_lock_probe,
	.driver = {
		.name = "evse-connector-lock",
		.of_match_table = evse_lock_of_match,
	},
};
