// SPDX-License-Identifier: GPL-2.0-only
/*
 * The switch that parts a house from the grid: a coil that opens it, and a
 * feedback that says that it is open.
 *
 * The port says when it moves, which is only while nothing feeds the house. The
 * guard lets the house be fed while the feedback says open; losing it trips in the
 * hard interrupt that saw the edge.
 */
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/hrtimer.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>

#include <linux/evse.h>

#include "../evse_property.h"
#include "interlock.h"
#include "island_seq.h"
#include "line_watch.h"

/* For an answer that is on its way when the switch has arrived. */
#define EVSE_ISLAND_SLACK_MS	100

/**
 * struct evse_island - an islanding switch
 * @dev: the provider
 * @coil: opens it
 * @line: feedback, active while it is open
 * @guard: of direction island
 * @check: answered once it is where it is to be
 * @timer: the end of its travel, or of its bouncing
 * @lock: everything below, and what is told of it
 * @seq: the movement
 * @level: feedback as it was heard last; negative when it cannot be believed
 * @told: what the guard says
 * @waiting: the check has no answer yet
 */
struct evse_island {
	struct device *dev;
	struct gpio_desc *coil;
	struct evse_line line;
	struct evse_guard *guard;
	struct evse_check *check;
	struct hrtimer timer;

	raw_spinlock_t lock;
	struct evse_island_seq seq;
	int level;
	enum evse_island_verdict told;
	bool waiting;
};

static void evse_island_say(struct evse_island *s,
			    enum evse_island_verdict verdict, ktime_t edge)
{
	if (verdict == s->told)
		return;
	s->told = verdict;
	switch (verdict) {
	case EVSE_ISLAND_PERMIT:
		evse_guard_permit(s->guard);
		break;
	case EVSE_ISLAND_TRIP:
		evse_guard_trip(s->guard, edge, s->seq.failure);
		break;
	case EVSE_ISLAND_HOLD:
		evse_guard_hold(s->guard);
		break;
	}
}

/* A switch that is to be closed is none of the check's concern. */
static void evse_island_answer(struct evse_island *s,
			       enum evse_island_verdict verdict)
{
	if (!s->waiting ||
	    (s->seq.open && verdict == EVSE_ISLAND_HOLD))
		return;
	s->waiting = false;
	evse_check_done(s->check, verdict != EVSE_ISLAND_TRIP,
			s->seq.failure);
}

/* A feedback that cannot be believed says what helps least. */
static void evse_island_look(struct evse_island *s, ktime_t now)
{
	bool opened = s->level < 0 ? !s->seq.open : s->level;
	enum evse_island_verdict verdict;

	verdict = evse_island_seq_look(&s->seq, opened, now);
	evse_island_say(s, verdict, now);
	evse_island_answer(s, verdict);
	if (s->seq.deadline)
		hrtimer_start(&s->timer, s->seq.deadline,
			      HRTIMER_MODE_ABS_HARD);
}

static void evse_island_changed(void *priv, int level, ktime_t edge)
{
	struct evse_island *s = priv;
	unsigned long flags;

	raw_spin_lock_irqsave(&s->lock, flags);
	s->level = level;
	evse_island_look(s, edge);
	raw_spin_unlock_irqrestore(&s->lock, flags);
}

static enum hrtimer_restart evse_island_expired(struct hrtimer *timer)
{
	struct evse_island *s = container_of(timer, struct evse_island, timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&s->lock, flags);
	evse_island_look(s, ktime_get());
	raw_spin_unlock_irqrestore(&s->lock, flags);
	return HRTIMER_NORESTART;
}

/* Operations */

/* The permit goes before the coil does. */
static void evse_island_move(struct evse_island *s, bool open)
{
	unsigned long flags;
	ktime_t now;

	raw_spin_lock_irqsave(&s->lock, flags);
	if (s->seq.open != open) {
		now = ktime_get();
		evse_island_seq_tell(&s->seq, open, now);
		evse_island_look(s, now);
		gpiod_set_value(s->coil, open);
	}
	raw_spin_unlock_irqrestore(&s->lock, flags);
}

static void evse_island_open(void *priv)
{
	evse_island_move(priv, true);
}

static void evse_island_close(void *priv)
{
	evse_island_move(priv, false);
}

static const struct evse_island_ops evse_island_ops = {
	.open = evse_island_open,
	.close = evse_island_close,
};

static void evse_island_check_start(void *priv)
{
	struct evse_island *s = priv;
	unsigned long flags;

	raw_spin_lock_irqsave(&s->lock, flags);
	s->waiting = true;
	evse_island_look(s, ktime_get());
	raw_spin_unlock_irqrestore(&s->lock, flags);
}

static void evse_island_check_cancel(void *priv)
{
	struct evse_island *s = priv;
	unsigned long flags;

	raw_spin_lock_irqsave(&s->lock, flags);
	s->waiting = false;
	raw_spin_unlock_irqrestore(&s->lock, flags);
}

static const struct evse_check_ops evse_island_check_ops = {
	.start = evse_island_check_start,
	.cancel = evse_island_check_cancel,
};

/* Probe */

static int evse_island_times(struct evse_island *s, u32 *travel_ms)
{
	static const struct evse_property travel = {
		"travel-ms", 100, 10, 5000,
	};
	static const struct evse_property settle = {
		"settle-ms", 5, 1, 100,
	};
	u32 settle_ms;
	int err;

	err = evse_property_read(s->dev, &travel, travel_ms);
	if (!err)
		err = evse_property_read(s->dev, &settle, &settle_ms);
	if (err)
		return err;
	evse_island_seq_init(&s->seq, (s64)*travel_ms * NSEC_PER_MSEC,
			     (s64)settle_ms * NSEC_PER_MSEC, ktime_get());
	*travel_ms += settle_ms;
	return 0;
}

static int evse_island_lines(struct evse_island *s)
{
	s->coil = devm_gpiod_get(s->dev, "open", GPIOD_OUT_LOW);
	if (IS_ERR(s->coil))
		return dev_err_probe(s->dev, PTR_ERR(s->coil),
				     "open-gpios: cannot get the line of the coil\n");
	if (gpiod_cansleep(s->coil))
		return dev_err_probe(s->dev, -EINVAL,
				     "open-gpios: a line that can sleep is not written in order with its feedback: use one of the processor's own\n");
	gpiod_set_consumer_name(s->coil, dev_name(s->dev));
	return evse_line_get(s->dev, &s->line, "opened");
}

/* The port has tripped: nothing feeds the house. */
static void evse_island_quit(void *data)
{
	struct evse_island *s = data;

	gpiod_set_value(s->coil, 0);
	hrtimer_cancel(&s->timer);
}

static int evse_island_register(struct evse_island *s, u32 travel_ms)
{
	const struct evse_guard_desc guard = {
		.name = "islanding-switch",
		.scope = EVSE_SCOPE_FLOW | EVSE_SCOPE_ISLAND,
		.code = EVSE_FAULT_CODE_ISLANDING_SWITCH,
	};
	const struct evse_check_desc check = {
		.name = "islanding-switch",
		.code = EVSE_FAULT_CODE_ISLANDING_SWITCH,
		.timeout_ms = travel_ms + EVSE_ISLAND_SLACK_MS,
	};
	int err;

	s->guard = devm_evse_guard_register(s->dev, &guard);
	if (IS_ERR(s->guard))
		return dev_err_probe(s->dev, PTR_ERR(s->guard),
				     "cannot register the guard\n");
	s->check = devm_evse_check_register(s->dev, &check,
					    &evse_island_check_ops, s);
	if (IS_ERR(s->check))
		return dev_err_probe(s->dev, PTR_ERR(s->check),
				     "cannot register the check\n");
	/* Behind the interrupt and the port's last word, ahead of the guard. */
	err = devm_add_action_or_reset(s->dev, evse_island_quit, s);
	if (err)
		return err;
	err = devm_evse_island_register(s->dev, &evse_island_ops, s);
	if (err)
		return dev_err_probe(s->dev, err,
				     "port takes no islanding switch\n");
	return 0;
}

static int evse_island_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_island *s;
	u32 travel_ms;
	int err;

	s = devm_kzalloc(dev, sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	s->dev = dev;
	raw_spin_lock_init(&s->lock);
	hrtimer_init(&s->timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_HARD);
	s->timer.function = evse_island_expired;

	err = evse_island_times(s, &travel_ms);
	if (!err)
		err = evse_island_lines(s);
	if (!err)
		err = evse_island_register(s, travel_ms);
	if (!err)
		err = evse_line_watch(&s->line, evse_island_changed, s);
	if (err)
		return err;
	return devm_evse_provider_up(dev);
}

static const struct of_device_id evse_island_match[] = {
	{ .compatible = "evse,islanding-switch" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_island_match);
MODULE_ALIAS("platform:evse-islanding-switch");

struct platform_driver evse_island_driver = {
	.probe = evse_island_probe,
	.driver = {
		.name = "evse-islanding-switch",
		.of_match_table = evse_island_match,
	},
};
