// SPDX-License-Identifier: GPL-2.0-only
/*
 * An IIO channel that a thread reads at regular times. A timer watches the thread:
 * a channel that fails, freezes or does not come back from a read is silent.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/iio/consumer.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/property.h>
#include <linux/sched.h>

#include "../evse_property.h"
#include "channel_watch.h"

/* A channel that came back is believed to stay after this. */
#define EVSE_CHANNEL_CALM_MS	5000

/**
 * evse_channel_get() - take a channel that the node may have
 * @dev: the provider
 * @channel: zeroed; @channel->iio stays NULL when the node has none of the name
 * @desc: must outlive it
 *
 * Return: 0 or a negative errno, after telling why.
 */
int evse_channel_get(struct device *dev, struct evse_channel *channel,
		     const struct evse_channel_desc *desc)
{
	const struct evse_property interval = {
		"sample-interval-ms", desc->interval_ms, 2, desc->interval_max_ms,
	};
	const struct evse_property silence = {
		"silence-ms", desc->silence_ms, 20, 10000,
	};
	static const struct evse_property frozen = {
		"frozen-ms", 0, 100, 600000,
	};
	u32 interval_ms, silence_ms, frozen_ms;
	enum iio_chan_type type;
	struct iio_channel *iio;
	int err;

	channel->dev = dev;
	channel->desc = desc;
	if (device_property_match_string(dev, "io-channel-names", desc->name) < 0) {
		/* It has one that nobody would read. */
		if (device_property_present(dev, "io-channels"))
			return dev_err_probe(dev, -EINVAL,
					     "io-channel-names has no \"%s\"\n",
					     desc->name);
		return 0;
	}

	err = evse_property_read(dev, &interval, &interval_ms);
	if (!err)
		err = evse_property_read(dev, &silence, &silence_ms);
	if (!err)
		err = evse_property_read(dev, &frozen, &frozen_ms);
	if (err)
		return err;
	if (silence_ms < 2 * interval_ms)
		return dev_err_probe(dev, -EINVAL,
				     "silence-ms = %u is less than two intervals of sample-interval-ms = %u\n",
				     silence_ms, interval_ms);

	iio = devm_iio_channel_get(dev, desc->name);
	if (IS_ERR(iio))
		return dev_err_probe(dev, PTR_ERR(iio), "no IIO channel \"%s\"\n",
				     desc->name);
	err = iio_get_channel_type(iio, &type);
	if (!err && type != desc->type)
		err = -EINVAL;
	if (err)
		return dev_err_probe(dev, err,
				     "IIO channel \"%s\" does not measure %s\n",
				     desc->name, desc->quantity);

	channel->iio = iio;
	channel->interval = ms_to_ktime(interval_ms);
	evse_fresh_init(&channel->fresh, (s64)silence_ms * NSEC_PER_MSEC,
			(s64)frozen_ms * NSEC_PER_MSEC, ktime_get());
	return 0;
}

/* IIO multiplies without a look at what fits. */
static int evse_channel_read(const struct evse_channel *channel, s32 *value)
{
	const s32 top = S32_MAX / channel->desc->scale;
	int whole, err;

	err = iio_read_channel_processed(channel->iio, &whole);
	if (err < 0)
		return err;
	if (channel->desc->scale == 1) {
		*value = whole;
		return 0;
	}
	if (whole >= top || whole <= -top) {
		*value = whole < 0 ? -S32_MAX : S32_MAX;
		return 0;
	}
	err = iio_read_channel_processed_scale(channel->iio, &whole,
					       channel->desc->scale);
	if (err < 0)
		return err;
	*value = whole;
	return 0;
}

static void evse_channel_quiet(struct evse_channel *channel)
{
	if (channel->silent)
		return;
	channel->silent = true;
	channel->ops->silent(channel->priv);
	mod_delayed_work(system_wq, &channel->say, 0);
}

static void evse_channel_sample(struct evse_channel *channel)
{
	struct evse_channel_reading reading = { .taken = ktime_get() };
	int err = evse_channel_read(channel, &reading.value);
	unsigned long flags;

	raw_spin_lock_irqsave(&channel->lock, flags);
	reading.now = ktime_get();
	channel->err = err;
	if (err) {
		/* The timer has the patience. */
	} else if (evse_fresh_reading(&channel->fresh, reading.value, reading.now)) {
		hrtimer_start(&channel->timer, channel->fresh.deadline,
			      HRTIMER_MODE_ABS_HARD);
		channel->ops->reading(channel->priv, &reading);
		if (channel->silent) {
			channel->silent = false;
			mod_delayed_work(system_wq, &channel->say,
					 msecs_to_jiffies(EVSE_CHANNEL_CALM_MS));
		}
	} else {
		evse_channel_quiet(channel);
	}
	raw_spin_unlock_irqrestore(&channel->lock, flags);
}

static enum hrtimer_restart evse_channel_missed(struct hrtimer *timer)
{
	struct evse_channel *channel = container_of(timer, struct evse_channel,
						    timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&channel->lock, flags);
	if (evse_fresh_silent(&channel->fresh, ktime_get()))
		evse_channel_quiet(channel);
	raw_spin_unlock_irqrestore(&channel->lock, flags);
	return HRTIMER_NORESTART;
}

/* One line when it falls silent and one when that is over, however often it fell. */
static void evse_channel_say(struct work_struct *work)
{
	struct evse_channel *channel = container_of(to_delayed_work(work),
						    struct evse_channel, say);
	unsigned long flags;
	bool silent, news;
	int err;

	raw_spin_lock_irqsave(&channel->lock, flags);
	silent = channel->silent;
	news = silent != channel->said;
	channel->said = silent;
	err = channel->err;
	raw_spin_unlock_irqrestore(&channel->lock, flags);

	if (!news)
		return;
	if (!silent)
		dev_info(channel->dev, "channel \"%s\" is heard again\n",
			 channel->desc->name);
	else if (err)
		dev_err(channel->dev,
			"channel \"%s\" is silent, reads fail with %d: no power until it is heard\n",
			channel->desc->name, err);
	else
		dev_err(channel->dev,
			"channel \"%s\" is silent or frozen: no power until it is heard\n",
			channel->desc->name);
}

static int evse_channel_thread(void *data)
{
	struct evse_channel *channel = data;
	ktime_t next = ktime_get();

	sched_set_fifo(current);
	while (!kthread_should_stop()) {
		evse_channel_sample(channel);

		next = ktime_add(next, channel->interval);
		if (ktime_after(ktime_get(), next))
			next = ktime_add(ktime_get(), channel->interval);
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule_hrtimeout(&next, HRTIMER_MODE_ABS);
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

static void evse_channel_quit(void *data)
{
	struct evse_channel *channel = data;

	hrtimer_cancel(&channel->timer);
	cancel_delayed_work_sync(&channel->say);
}

static void evse_channel_stop(void *thread)
{
	kthread_stop(thread);
}

/**
 * evse_channel_watch() - from now on every reading is told
 * @channel: from evse_channel_get(), with a channel
 * @ops: must outlive it
 * @priv: handed to @ops
 *
 * Return: 0 or a negative errno, after telling why.
 */
int evse_channel_watch(struct evse_channel *channel,
		       const struct evse_channel_ops *ops, void *priv)
{
	struct device *dev = channel->dev;
	struct task_struct *thread;
	int err;

	channel->ops = ops;
	channel->priv = priv;
	raw_spin_lock_init(&channel->lock);
	INIT_DELAYED_WORK(&channel->say, evse_channel_say);
	hrtimer_init(&channel->timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_HARD);
	channel->timer.function = evse_channel_missed;
	err = devm_add_action_or_reset(dev, evse_channel_quit, channel);
	if (err)
		return err;

	/* The first reading is missed like any other. */
	hrtimer_start(&channel->timer, channel->fresh.deadline,
		      HRTIMER_MODE_ABS_HARD);
	thread = kthread_run(evse_channel_thread, channel, "%s-%s",
			     channel->desc->name, dev_name(dev));
	if (IS_ERR(thread))
		return dev_err_probe(dev, PTR_ERR(thread), "no sampling thread\n");
	return devm_add_action_or_reset(dev, evse_channel_stop, thread);
}
