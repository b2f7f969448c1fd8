/* SPDX-License-Identifier: GPL-2.0-only */
/* An IIO channel that is read at regular times, and missed when it is not. */
#ifndef _EVSE_CHANNEL_WATCH_H
#define _EVSE_CHANNEL_WATCH_H

#include <linux/hrtimer.h>
#include <linux/iio/types.h>
#include <linux/ktime.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "freshness.h"

struct device;
struct iio_channel;

/**
 * struct evse_channel_desc - a channel that a driver watches
 * @name: in io-channel-names
 * @type: what it has to measure
 * @quantity: the same in words
 * @scale: readings are processed values times this
 * @interval_ms: between two readings, when the node does not say so
 * @interval_max_ms: the most that the node may say; 2 is the least
 * @silence_ms: how long it may be silent, when the node does not say so
 */
struct evse_channel_desc {
	const char *name;
	enum iio_chan_type type;
	const char *quantity;
	u32 scale;
	u32 interval_ms;
	u32 interval_max_ms;
	u32 silence_ms;
};

/**
 * struct evse_channel_reading - what was read
 * @value: in the unit of IIO for the quantity, times the scale; what does not fit
 *	is the largest that does
 * @taken: before the read
 * @now: after it
 */
struct evse_channel_reading {
	s32 value;
	ktime_t taken;
	ktime_t now;
};

/**
 * struct evse_channel_ops - who watches; @lock of the channel is held
 * @reading: there is one that counts. Sampling thread, interrupts off.
 * @silent: there has been none for too long; once. Sampling thread or hard
 *	interrupt.
 */
struct evse_channel_ops {
	void (*reading)(void *priv, const struct evse_channel_reading *reading);
	void (*silent)(void *priv);
};

/**
 * struct evse_channel - a channel with a thread of its own
 * @dev: the provider
 * @desc: the channel
 * @iio: the channel; NULL when the node has none
 * @interval: between two readings
 * @ops: who watches
 * @priv: handed to @ops
 * @timer: ends a silence that lasts too long, whatever the thread waits for
 * @say: tells the log
 * @lock: everything below
 * @fresh: what is known of the sensor
 * @silent: it is
 * @said: the log has it
 * @err: why the latest reading failed
 */
struct evse_channel {
	struct device *dev;
	const struct evse_channel_desc *desc;
	struct iio_channel *iio;
	ktime_t interval;
	const struct evse_channel_ops *ops;
	void *priv;
	struct hrtimer timer;
	struct delayed_work say;

	raw_spinlock_t lock;
	struct evse_fresh fresh;
	bool silent;
	bool said;
	int err;
};

int evse_channel_get(struct device *dev, struct evse_channel *channel,
		     const struct evse_channel_desc *desc);
int evse_channel_watch(struct evse_channel *channel,
		       const struct evse_channel_ops *ops, void *priv);

#endif /* _EVSE_CHANNEL_WATCH_H */
