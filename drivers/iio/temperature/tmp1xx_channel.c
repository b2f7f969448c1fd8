// SPDX-License-Identifier: GPL-2.0-only
/*
 * The channel of a thermometer: reading, rate, averaging, offset.
 */
#include <linux/device.h>
#include <linux/iio/iio.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/regmap.h>

#include "tmp1xx.h"

static int read_offset(struct tmp1xx *t, int *val)
{
	unsigned int reg;
	int ret = regmap_read(t->map, TMP117_OFFSET, &reg);

	*val = (s16)reg;
	return ret;
}

static int read_raw(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
		    int *val, int *val2, long mask)
{
	struct tmp1xx *t = iio_priv(indio_dev);
	int ret;

	switch (mask) {
	case IIO_CHAN_INFO_RAW:
		ret = tmp1xx_read(t, val);
		return ret ?: IIO_VAL_INT;
	case IIO_CHAN_INFO_SCALE:
		tmp1xx_scale(t->chip, val, val2);
		return IIO_VAL_INT_PLUS_MICRO;
	case IIO_CHAN_INFO_SAMP_FREQ:
		*val = t->chip->rates[t->rate][0];
		*val2 = t->chip->rates[t->rate][1];
		return IIO_VAL_INT_PLUS_MICRO;
	case IIO_CHAN_INFO_OVERSAMPLING_RATIO:
		*val = t->chip->averages[t->average];
		return IIO_VAL_INT;
	case IIO_CHAN_INFO_CALIBBIAS:
		ret = read_offset(t, val);
		return ret ?: IIO_VAL_INT;
	default:
		return -EINVAL;
	}
}

static int read_avail(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
		      const int **vals, int *type, int *length, long mask)
{
	struct tmp1xx *t = iio_priv(indio_dev);
	u8 first;

	switch (mask) {
	case IIO_CHAN_INFO_SAMP_FREQ:
		first = tmp1xx_fastest(t->chip, t->average);
		*vals = t->chip->rates[first];
		*length = 2 * (t->chip->rate_count - first);
		*type = IIO_VAL_INT_PLUS_MICRO;
		return IIO_AVAIL_LIST;
	case IIO_CHAN_INFO_OVERSAMPLING_RATIO:
		*vals = t->chip->averages;
		*length = t->chip->average_count;
		*type = IIO_VAL_INT;
		return IIO_AVAIL_LIST;
	default:
		return -EINVAL;
	}
}

/* What is set while the chip sleeps it is told when it wakes. */
static int set_cycle(struct tmp1xx *t, u8 rate, u8 average)
{
	u8 old_rate = t->rate, old_average = t->average;
	int ret = 0;

	t->rate = max(rate, tmp1xx_fastest(t->chip, average));
	t->average = average;
	if (t->awake)
		ret = tmp1xx_configure(t);
	if (ret) {
		t->rate = old_rate;
		t->average = old_average;
	}
	return ret;
}

static int write_rate(struct tmp1xx *t, int val, int val2)
{
	u8 i;

	for (i = tmp1xx_fastest(t->chip, t->average); i < t->chip->rate_count; i++)
		if (t->chip->rates[i][0] == val && t->chip->rates[i][1] == val2)
			return set_cycle(t, i, t->average);
	return -EINVAL;
}

static int write_average(struct tmp1xx *t, int val)
{
	u8 i;

	for (i = 0; i < t->chip->average_count; i++)
		if (t->chip->averages[i] == val)
			return set_cycle(t, t->rate, i);
	return -EINVAL;
}

static int write_locked(struct tmp1xx *t, int val, int val2, long mask)
{
	switch (mask) {
	case IIO_CHAN_INFO_SAMP_FREQ:
		return write_rate(t, val, val2);
	case IIO_CHAN_INFO_OVERSAMPLING_RATIO:
		return val2 ? -EINVAL : write_average(t, val);
	case IIO_CHAN_INFO_CALIBBIAS:
		if (val2 || val < S16_MIN || val > S16_MAX)
			return -EINVAL;
		return regmap_write(t->map, TMP117_OFFSET, (u16)val);
	default:
		return -EINVAL;
	}
}

/* Not while a buffer is filled: its readings would not be of one kind. */
static int write_raw(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
		     int val, int val2, long mask)
{
	struct tmp1xx *t = iio_priv(indio_dev);
	int ret;

	ret = tmp1xx_get(t);
	if (ret)
		return ret;
	ret = iio_device_claim_direct_mode(indio_dev);
	if (!ret) {
		mutex_lock(&t->lock);
		ret = write_locked(t, val, val2, mask);
		mutex_unlock(&t->lock);
		iio_device_release_direct_mode(indio_dev);
	}
	tmp1xx_put(t);
	return ret;
}

const struct iio_info tmp1xx_info = {
	.read_raw = read_raw,
	.read_avail = read_avail,
	.write_raw = write_raw,
	.read_event_config = tmp1xx_read_event_config,
	.write_event_config = tmp1xx_write_event_config,
	.read_event_value = tmp1xx_read_event_value,
	.write_event_value = tmp1xx_write_event_value,
};

/**
 * tmp1xx_channels() - fill in the channels
 * @t: the thermometer
 */
void tmp1xx_channels(struct tmp1xx *t)
{
	t->channels[0] = (struct iio_chan_spec) {
		.type = IIO_TEMP,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW) |
				      BIT(IIO_CHAN_INFO_SCALE),
		.info_mask_shared_by_all = BIT(IIO_CHAN_INFO_SAMP_FREQ),
		.info_mask_shared_by_all_available = BIT(IIO_CHAN_INFO_SAMP_FREQ),
		.event_spec = tmp1xx_event_specs,
		.num_event_specs = ARRAY_SIZE(tmp1xx_event_specs),
		.scan_type = {
			.sign = 's',
			.realbits = t->chip->bits,
			.storagebits = 16,
			.endianness = IIO_CPU,
		},
	};
	if (t->chip->averages) {
		t->channels[0].info_mask_separate |=
			BIT(IIO_CHAN_INFO_OVERSAMPLING_RATIO);
		t->channels[0].info_mask_separate_available |=
			BIT(IIO_CHAN_INFO_OVERSAMPLING_RATIO);
	}
	if (t->chip->id)
		t->channels[0].info_mask_separate |= BIT(IIO_CHAN_INFO_CALIBBIAS);
	t->channels[1] = (struct iio_chan_spec)IIO_CHAN_SOFT_TIMESTAMP(1);
}
