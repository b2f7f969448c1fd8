// SPDX-License-Identifier: GPL-2.0-only
/*
 * Thresholds of a thermometer as IIO has them. They are in units of the chip, and
 * what the chip cannot tell is refused.
 */
#include <linux/bits.h>
#include <linux/device.h>
#include <linux/iio/events.h>
#include <linux/iio/iio.h>
#include <linux/pm_runtime.h>

#include "tmp1xx.h"

#define TMP1XX_THRESHOLD(_direction)				\
	{							\
		.type = IIO_EV_TYPE_THRESH,			\
		.dir = _direction,				\
		.mask_separate = BIT(IIO_EV_INFO_ENABLE) |	\
				 BIT(IIO_EV_INFO_VALUE) |	\
				 BIT(IIO_EV_INFO_HYSTERESIS),	\
	}

const struct iio_event_spec tmp1xx_event_specs[TMP1XX_DIRECTIONS] = {
	[TMP1XX_RISING] = TMP1XX_THRESHOLD(IIO_EV_DIR_RISING),
	[TMP1XX_FALLING] = TMP1XX_THRESHOLD(IIO_EV_DIR_FALLING),
};

static unsigned int direction(enum iio_event_direction dir)
{
	return dir == IIO_EV_DIR_RISING ? TMP1XX_RISING : TMP1XX_FALLING;
}

/*
 * Make a changed watch the one in force. The thermometer is powered; while a
 * threshold is enabled it stays so.
 */
static int change(struct tmp1xx *t, const struct tmp1xx_watch *watch)
{
	struct tmp1xx_watch old = t->watch;
	int ret;

	t->watch = *watch;
	ret = tmp1xx_alert_arm(t);
	if (ret) {
		/* What the chip knows of it is put right at the next look. */
		t->watch = old;
		return ret;
	}
	if (tmp1xx_watch_enabled(watch) && !tmp1xx_watch_enabled(&old))
		pm_runtime_get_noresume(t->dev);
	if (!tmp1xx_watch_enabled(watch) && tmp1xx_watch_enabled(&old))
		pm_runtime_put_noidle(t->dev);
	return 0;
}

int tmp1xx_read_event_config(struct iio_dev *indio_dev,
			     const struct iio_chan_spec *chan,
			     enum iio_event_type type,
			     enum iio_event_direction dir)
{
	struct tmp1xx *t = iio_priv(indio_dev);

	return t->watch.threshold[direction(dir)].enabled;
}

int tmp1xx_write_event_config(struct iio_dev *indio_dev,
			      const struct iio_chan_spec *chan,
			      enum iio_event_type type,
			      enum iio_event_direction dir, int state)
{
	struct tmp1xx *t = iio_priv(indio_dev);
	struct tmp1xx_watch watch;
	int ret;

	ret = tmp1xx_get(t);
	if (ret)
		return ret;
	mutex_lock(&t->lock);
	watch = t->watch;
	if (watch.threshold[direction(dir)].enabled != !!state) {
		tmp1xx_watch_enable(&watch, direction(dir), state);
		ret = change(t, &watch);
	}
	mutex_unlock(&t->lock);
	tmp1xx_put(t);
	return ret;
}

int tmp1xx_read_event_value(struct iio_dev *indio_dev,
			    const struct iio_chan_spec *chan,
			    enum iio_event_type type,
			    enum iio_event_direction dir,
			    enum iio_event_info info, int *val, int *val2)
{
	struct tmp1xx *t = iio_priv(indio_dev);

	switch (info) {
	case IIO_EV_INFO_VALUE:
		*val = t->watch.threshold[direction(dir)].value;
		return IIO_VAL_INT;
	case IIO_EV_INFO_HYSTERESIS:
		*val = t->watch.threshold[direction(dir)].hysteresis;
		return IIO_VAL_INT;
	default:
		return -EINVAL;
	}
}

int tmp1xx_write_event_value(struct iio_dev *indio_dev,
			     const struct iio_chan_spec *chan,
			     enum iio_event_type type,
			     enum iio_event_direction dir,
			     enum iio_event_info info, int val, int val2)
{
	struct tmp1xx *t = iio_priv(indio_dev);
	const struct tmp1xx_threshold *old = &t->watch.threshold[direction(dir)];
	struct tmp1xx_watch watch;
	int ret;

	if (val2)
		return -EINVAL;
	ret = tmp1xx_get(t);
	if (ret)
		return ret;
	mutex_lock(&t->lock);
	watch = t->watch;
	ret = tmp1xx_watch_set(&watch, t->chip, direction(dir),
			       info == IIO_EV_INFO_VALUE ? val : old->value,
			       info == IIO_EV_INFO_HYSTERESIS ? val :
								old->hysteresis);
	if (!ret && old->enabled)
		ret = change(t, &watch);
	else if (!ret)
		t->watch = watch;
	mutex_unlock(&t->lock);
	tmp1xx_put(t);
	return ret;
}
