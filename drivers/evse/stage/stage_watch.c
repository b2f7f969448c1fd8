// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a stage does at leisure: voltage of the link and power are measured, and
 * the port is told when power may flow again.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/iio/consumer.h>

#include "stage.h"

#define EVSE_STAGE_WATCH_MS	10
/* A grid that is not followed for so long is no disturbance any more. */
#define EVSE_STAGE_PATIENCE_MS	1000

/**
 * evse_stage_watch_link() - measure the link
 * @s: the stage
 *
 * Context: process.
 *
 * Return: 0 or a negative errno when it can not be measured or is too low.
 */
int evse_stage_watch_link(struct evse_stage *s)
{
	unsigned long flags;
	int mv, err;

	err = iio_read_channel_processed(s->link, &mv);
	if (err < 0)
		return err;
	raw_spin_lock_irqsave(&s->lock, flags);
	err = evse_modulator_link(&s->modulator, max(mv, 0));
	evse_control_link(&s->control, s->modulator.limit_mv);
	raw_spin_unlock_irqrestore(&s->lock, flags);
	return err;
}

/* The power of the cycles before, when it was the same all the time; of a house, now */
static void evse_stage_power(struct evse_stage *s)
{
	u32 cycles_ns = 40 * NSEC_PER_MSEC;
	unsigned long flags;
	int mw;

	if (!s->power || !READ_ONCE(s->running) ||
	    iio_read_channel_processed(s->power, &mw) < 0)
		return;
	raw_spin_lock_irqsave(&s->lock, flags);
	if (s->forming)
		evse_form_load(&s->form, mw, s->control.config.phases);
	else
		evse_control_trim(&s->control, s->reference.now_mw, mw,
				  s->reference.still > cycles_ns / s->pace.step_ns);
	raw_spin_unlock_irqrestore(&s->lock, flags);
}

static bool evse_stage_follows(struct evse_stage *s, ktime_t now)
{
	unsigned long flags;
	bool locked;

	raw_spin_lock_irqsave(&s->lock, flags);
	locked = evse_follow_locked(&s->follow, now) && s->control.peak_mv;
	raw_spin_unlock_irqrestore(&s->lock, flags);
	return locked;
}

static void evse_stage_watch(struct work_struct *work)
{
	struct evse_stage *s = container_of(to_delayed_work(work),
					    struct evse_stage, watch);
	ktime_t now = ktime_get();

	/* A link without voltage is not for following, but for pre-charging. */
	evse_stage_watch_link(s);
	evse_stage_power(s);
	if (evse_stage_follows(s, now)) {
		s->lost_at = 0;
		evse_guard_permit(s->guard);
	} else if (!s->lost_at) {
		s->lost_at = now;
	} else if (ktime_ms_delta(now, s->lost_at) > EVSE_STAGE_PATIENCE_MS) {
		evse_guard_hold(s->guard);
	}
	if (READ_ONCE(s->watched))
		queue_delayed_work(system_highpri_wq, &s->watch,
				   msecs_to_jiffies(EVSE_STAGE_WATCH_MS));
}

static void evse_stage_watch_stop(void *data)
{
	struct evse_stage *s = data;

	WRITE_ONCE(s->watched, false);
	cancel_delayed_work_sync(&s->watch);
}

/**
 * evse_stage_watch_start() - measure from now on
 * @s: the stage, with its guard
 *
 * Return: 0 or a negative errno.
 */
int evse_stage_watch_start(struct evse_stage *s)
{
	INIT_DELAYED_WORK(&s->watch, evse_stage_watch);
	s->watched = true;
	queue_delayed_work(system_highpri_wq, &s->watch, 0);
	return devm_add_action_or_reset(s->dev, evse_stage_watch_stop, s);
}

/**
 * evse_stage_watch_get() - get the channels of the node
 * @s: the stage
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_stage_watch_get(struct evse_stage *s)
{
	s->link = devm_iio_channel_get(s->dev, "link");
	if (IS_ERR(s->link))
		return dev_err_probe(s->dev, PTR_ERR(s->link),
				     "no IIO channel \"link\"\n");
	s->power = devm_iio_channel_get(s->dev, "power");
	if (!IS_ERR(s->power))
		return 0;
	if (PTR_ERR(s->power) != -ENODEV)
		return dev_err_probe(s->dev, PTR_ERR(s->power),
				     "no IIO channel \"power\"\n");
	s->power = NULL;
	dev_notice(s->dev, "no io-channel \"power\": what flows is not trimmed to what is asked for\n");
	return 0;
}
