// SPDX-License-Identifier: GPL-2.0-only
/*
 * A thermometer's readings at the time of a trigger. One that fails leaves a hole:
 * there is no reading of before in its place.
 */
#include <linux/device.h>
#include <linux/iio/buffer.h>
#include <linux/iio/iio.h>
#include <linux/iio/trigger_consumer.h>
#include <linux/iio/triggered_buffer.h>

#include "tmp1xx.h"

/**
 * struct tmp1xx_scan - what a buffer is filled with
 * @raw: temperature, in units of the chip
 * @padding: up to the time stamp, which is aligned
 * @stamp: time of the trigger
 */
struct tmp1xx_scan {
	s16 raw;
	u16 padding[3];
	s64 stamp;
};

static irqreturn_t trigger(int irq, void *data)
{
	struct iio_poll_func *pf = data;
	struct iio_dev *indio_dev = pf->indio_dev;
	struct tmp1xx *t = iio_priv(indio_dev);
	struct tmp1xx_scan scan = { };
	int raw, ret;

	mutex_lock(&t->lock);
	ret = tmp1xx_convert(t, &raw);
	mutex_unlock(&t->lock);
	if (!ret) {
		scan.raw = raw;
		iio_push_to_buffers_with_timestamp(indio_dev, &scan, pf->timestamp);
	}
	iio_trigger_notify_done(indio_dev->trig);
	return IRQ_HANDLED;
}

static int preenable(struct iio_dev *indio_dev)
{
	return tmp1xx_get(iio_priv(indio_dev));
}

static int postdisable(struct iio_dev *indio_dev)
{
	tmp1xx_put(iio_priv(indio_dev));
	return 0;
}

static const struct iio_buffer_setup_ops setup_ops = {
	.preenable = preenable,
	.postdisable = postdisable,
};

/**
 * tmp1xx_buffer_add() - add a buffer that a trigger fills
 * @t: the thermometer
 *
 * Return: 0 or an error.
 */
int tmp1xx_buffer_add(struct tmp1xx *t)
{
	return devm_iio_triggered_buffer_setup(t->dev, t->indio_dev,
					       iio_pollfunc_store_time, trigger,
					       &setup_ops);
}
