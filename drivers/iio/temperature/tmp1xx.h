/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One thermometer, as the files of its driver see it.
 */
#ifndef _EVSE_TMP1XX_H
#define _EVSE_TMP1XX_H

#include <linux/iio/events.h>
#include <linux/iio/iio.h>
#include <linux/ktime.h>
#include <linux/mutex.h>
#include <linux/pm.h>
#include <linux/workqueue.h>

#include "tmp1xx_chips.h"
#include "tmp1xx_watch.h"

struct i2c_client;
struct regmap;

/**
 * struct tmp1xx - a thermometer
 * @dev: its device
 * @client: the same on the I2C bus
 * @indio_dev: the same as an IIO device
 * @chip: what it is
 * @map: its registers
 * @channels: temperature and time stamp
 * @irq: of the ALERT, 0 for none
 * @edge: it comes once for each alert
 * @stamp: when it came last
 * @work: looks without an interrupt
 * @zone_lost: its thermal zone has no reading; the zone's lock
 * @lock: registers that belong together, and what follows
 * @rate: index into the chip's rates
 * @average: index into the chip's averages
 * @inverted: the alert is active while the comparison does not hold
 * @awake: it converts
 * @ready: from then on a reading is one of after it woke
 * @watch: thresholds
 * @told: what the chip waits for
 * @up_to_date: it does
 * @masked: the interrupt is, until @work
 * @fruitless: interrupts for nothing, each before @quiet
 * @quiet: two conversions after the last interrupt
 * @blind: there are no readings to judge
 * @paused: nobody looks
 */
struct tmp1xx {
	struct device *dev;
	struct i2c_client *client;
	struct iio_dev *indio_dev;
	const struct tmp1xx_chip *chip;
	struct regmap *map;
	struct iio_chan_spec channels[2];
	int irq;
	bool edge;
	s64 stamp;
	struct delayed_work work;
	bool zone_lost;

	struct mutex lock;	/* see above */
	u8 rate;
	u8 average;
	bool inverted;
	bool awake;
	ktime_t ready;
	struct tmp1xx_watch watch;
	struct tmp1xx_alert told;
	bool up_to_date;
	bool masked;
	unsigned int fruitless;
	ktime_t quiet;
	bool blind;
	bool paused;
};

/* tmp1xx_regs.c; @lock is held */
int tmp1xx_map(struct tmp1xx *t);
int tmp1xx_identify(struct tmp1xx *t);
int tmp1xx_verify(struct tmp1xx *t);
int tmp1xx_configure(struct tmp1xx *t);
int tmp1xx_sleep(struct tmp1xx *t);
void tmp1xx_settle(struct tmp1xx *t);
int tmp1xx_convert(struct tmp1xx *t, int *raw);
int tmp1xx_tell(struct tmp1xx *t, const struct tmp1xx_alert *alert);
int tmp1xx_hush(struct tmp1xx *t);

/* tmp1xx_power.c */
int tmp1xx_power_init(struct tmp1xx *t);
int tmp1xx_get(struct tmp1xx *t);
void tmp1xx_put(struct tmp1xx *t);
int tmp1xx_read(struct tmp1xx *t, int *raw);
extern const struct dev_pm_ops tmp1xx_pm_ops;

/* tmp1xx_alert.c; @lock is held where a line says so */
int tmp1xx_alert_init(struct tmp1xx *t);
int tmp1xx_alert_arm(struct tmp1xx *t);			/* locked */
void tmp1xx_alert_response(struct tmp1xx *t);
void tmp1xx_alert_pause(struct tmp1xx *t);
void tmp1xx_alert_resume(struct tmp1xx *t);

/* tmp1xx_channel.c */
void tmp1xx_channels(struct tmp1xx *t);
extern const struct iio_info tmp1xx_info;

/* tmp1xx_events.c */
int tmp1xx_read_event_config(struct iio_dev *indio_dev,
			     const struct iio_chan_spec *chan,
			     enum iio_event_type type,
			     enum iio_event_direction dir);
int tmp1xx_write_event_config(struct iio_dev *indio_dev,
			      const struct iio_chan_spec *chan,
			      enum iio_event_type type,
			      enum iio_event_direction dir, int state);
int tmp1xx_read_event_value(struct iio_dev *indio_dev,
			    const struct iio_chan_spec *chan,
			    enum iio_event_type type,
			    enum iio_event_direction dir,
			    enum iio_event_info info, int *val, int *val2);
int tmp1xx_write_event_value(struct iio_dev *indio_dev,
			     const struct iio_chan_spec *chan,
			     enum iio_event_type type,
			     enum iio_event_direction dir,
			     enum iio_event_info info, int val, int val2);
extern const struct iio_event_spec tmp1xx_event_specs[TMP1XX_DIRECTIONS];

/* one file each */
int tmp1xx_buffer_add(struct tmp1xx *t);
int tmp1xx_zone_add(struct tmp1xx *t);

#endif /* _EVSE_TMP1XX_H */
