// SPDX-License-Identifier: GPL-2.0-only
/*
 * From an alert to events: by an interrupt, by an SMBus alert response, or by
 * looking after each conversion where nothing tells.
 */
#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/iio/events.h>
#include <linux/iio/iio.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/jiffies.h>
#include <linux/pm_runtime.h>

#include "tmp1xx.h"

/* Readings in a row that may each be another event */
#define TMP1XX_LOOKS		4
/* Interrupts for nothing before the line is left alone for a conversion */
#define TMP1XX_FRUITLESS	16

static bool active(const struct tmp1xx *t)
{
	return !t->paused && tmp1xx_watch_enabled(&t->watch);
}

static u32 cycle_us(const struct tmp1xx *t)
{
	return t->chip->cycles_us[t->rate];
}

static void look_again(struct tmp1xx *t)
{
	mod_delayed_work(system_wq, &t->work, usecs_to_jiffies(cycle_us(t)) + 1);
}

static void tell_user(struct tmp1xx *t, unsigned int events, s64 stamp)
{
	static const enum iio_event_direction directions[] = {
		[TMP1XX_RISING] = IIO_EV_DIR_RISING,
		[TMP1XX_FALLING] = IIO_EV_DIR_FALLING,
	};
	unsigned int i;

	for (i = 0; i < TMP1XX_DIRECTIONS; i++)
		if (events & BIT(i))
			iio_push_event(t->indio_dev,
				       IIO_UNMOD_EVENT_CODE(IIO_TEMP, 0,
							    IIO_EV_TYPE_THRESH,
							    directions[i]),
				       stamp);
}

/*
 * Without an interrupt the line may be the bus's, where a chip that pulls must answer
 * to an alert response. That it does in the state that it holds for an alert, so the
 * polarity is left alone: it latches what it tells, and tells each way by itself. One
 * that never answers is told nothing, and neither is one that nobody listens to.
 */
static struct tmp1xx_alert wanted(const struct tmp1xx *t)
{
	static const struct tmp1xx_watch nothing;
	bool heard = t->irq || t->chip->window || t->chip->latch;
	struct tmp1xx_alert alert;

	alert = tmp1xx_watch_alert(heard && !t->paused ? &t->watch : &nothing,
				   t->chip);
	if (!t->irq)
		alert.inverted = false;
	return alert;
}

/*
 * Judge the temperature, and tell the chip what to wait for next, until there is
 * nothing new to tell it. An alert is ended before the reading: what it was about is
 * in the reading, and what comes after makes another.
 */
static int look(struct tmp1xx *t, s64 stamp)
{
	struct tmp1xx_alert next;
	int i, raw, ret, news = 0;

	for (i = 0; i < TMP1XX_LOOKS; i++) {
		ret = tmp1xx_hush(t);
		if (!ret)
			ret = tmp1xx_convert(t, &raw);
		if (ret)
			return ret;
		tell_user(t, tmp1xx_watch_step(&t->watch, raw), stamp);
		next = wanted(t);
		if (t->up_to_date && next.low == t->told.low &&
		    next.high == t->told.high && next.inverted == t->told.inverted)
			break;
		ret = tmp1xx_tell(t, &next);
		if (ret)
			return ret;
		news = 1;
	}
	return news;
}

/* Thresholds that nobody can judge are told of once, and when it is over. */
static int look_and_say(struct tmp1xx *t, s64 stamp)
{
	int ret = look(t, stamp);

	if (ret < 0 && !t->blind)
		dev_warn(t->dev, "no reading (error %d): thresholds are not watched until there is one\n",
			 ret);
	if (ret >= 0 && t->blind)
		dev_info(t->dev, "readings again: thresholds are watched\n");
	t->blind = ret < 0;
	return ret;
}

static void unmask(struct tmp1xx *t)
{
	if (!t->masked)
		return;
	t->masked = false;
	enable_irq(t->irq);
}

static void tmp1xx_work(struct work_struct *work)
{
	struct tmp1xx *t = container_of(to_delayed_work(work), struct tmp1xx, work);
	int ret;

	mutex_lock(&t->lock);
	if (active(t)) {
		ret = look_and_say(t, iio_get_time_ns(t->indio_dev));
		if (ret < 0 || !t->irq ||
		    !tmp1xx_watch_by_alert(&t->watch, t->chip))
			look_again(t);
	}
	unmask(t);
	mutex_unlock(&t->lock);
}

static irqreturn_t stamp(int irq, void *data)
{
	struct tmp1xx *t = data;

	t->stamp = iio_get_time_ns(t->indio_dev);
	return IRQ_WAKE_THREAD;
}

/*
 * A line that stays active though there is nothing to do, or no reading, would
 * interrupt for ever: it is left alone for a conversion. Where it interrupts at its
 * edge alone, another chip may hold it while this one's alert begins, which makes no
 * edge: look once more.
 */
static irqreturn_t interrupt(int irq, void *data)
{
	struct tmp1xx *t = data;
	int ret = 0;

	mutex_lock(&t->lock);
	if (active(t))
		ret = look_and_say(t, t->stamp);
	if (ret > 0 || ktime_after(ktime_get(), t->quiet))
		t->fruitless = 0;
	t->fruitless++;
	t->quiet = ktime_add_us(ktime_get(), 2 * cycle_us(t));
	if (!t->paused && !t->masked && !t->edge &&
	    (ret < 0 || t->fruitless > TMP1XX_FRUITLESS)) {
		t->masked = true;
		disable_irq_nosync(irq);
	}
	if (t->masked || (t->edge && active(t)))
		look_again(t);
	mutex_unlock(&t->lock);
	return ret ? IRQ_HANDLED : IRQ_NONE;
}

/*
 * An alert about nothing new is of a chip that lost its supply and with it what it was
 * told, or of one that nobody waits for. The bus asks as long as somebody answers: tell
 * it anew, from a conversion on that is over when the bus asks again.
 */
static void tell_anew(struct tmp1xx *t)
{
	struct tmp1xx_alert alert = wanted(t);
	bool slept = !t->awake;
	int ret = tmp1xx_sleep(t);

	if (!ret)
		ret = tmp1xx_tell(t, &alert);
	if (!ret)
		ret = tmp1xx_hush(t);
	if (!ret)
		tmp1xx_settle(t);
	if (slept)
		ret = ret ?: tmp1xx_sleep(t);
	if (ret)
		dev_dbg(t->dev, "may keep an alert\n");
}

/**
 * tmp1xx_alert_response() - the bus found out that this chip has an alert
 * @t: the thermometer
 *
 * Context: process, sleeps.
 */
void tmp1xx_alert_response(struct tmp1xx *t)
{
	int ret = 0;

	mutex_lock(&t->lock);
	if (active(t))
		ret = look_and_say(t, iio_get_time_ns(t->indio_dev));
	if (ret < 0)
		look_again(t);
	else if (!ret)
		tell_anew(t);
	mutex_unlock(&t->lock);
}

/**
 * tmp1xx_alert_arm() - begin to watch thresholds that have changed
 * @t: the thermometer, powered
 *
 * Converts anew, so that an alert is soon about the new thresholds, and looks when
 * that is over. After an error that look tells the chip.
 *
 * Return: 0 or an error of the bus.
 */
int tmp1xx_alert_arm(struct tmp1xx *t)
{
	struct tmp1xx_alert first = wanted(t);
	int ret = tmp1xx_sleep(t);

	t->up_to_date = false;
	if (!ret)
		ret = tmp1xx_tell(t, &first);
	if (!ret)
		ret = tmp1xx_hush(t);
	if (!t->paused)
		mod_delayed_work(system_wq, &t->work, 0);
	return ret;
}

/**
 * tmp1xx_alert_pause() - stop looking
 * @t: the thermometer
 */
void tmp1xx_alert_pause(struct tmp1xx *t)
{
	mutex_lock(&t->lock);
	t->paused = true;
	mutex_unlock(&t->lock);
	cancel_delayed_work_sync(&t->work);
	mutex_lock(&t->lock);
	unmask(t);
	mutex_unlock(&t->lock);
}

/**
 * tmp1xx_alert_resume() - look again; the chip may have forgotten everything
 * @t: the thermometer
 */
void tmp1xx_alert_resume(struct tmp1xx *t)
{
	mutex_lock(&t->lock);
	t->paused = false;
	t->up_to_date = false;
	if (active(t))
		mod_delayed_work(system_wq, &t->work, 0);
	mutex_unlock(&t->lock);
}

/* Leave a chip that waits for nothing, and needs no power. */
static void stop(void *data)
{
	struct tmp1xx *t = data;
	unsigned int i;
	bool held;

	tmp1xx_alert_pause(t);
	mutex_lock(&t->lock);
	held = tmp1xx_watch_enabled(&t->watch);
	for (i = 0; i < TMP1XX_DIRECTIONS; i++)
		tmp1xx_watch_enable(&t->watch, i, false);
	if (held && tmp1xx_alert_arm(t))
		dev_dbg(t->dev, "may keep an alert\n");
	/* An alert that stands ends by a conversion. */
	tmp1xx_settle(t);
	mutex_unlock(&t->lock);
	if (held)
		pm_runtime_put_noidle(t->dev);
}

/**
 * tmp1xx_alert_init() - take the interrupt, if there is one
 * @t: the thermometer, set up
 *
 * Return: 0 or an error.
 */
int tmp1xx_alert_init(struct tmp1xx *t)
{
	int ret;

	INIT_DELAYED_WORK(&t->work, tmp1xx_work);
	t->paused = false;
	if (t->irq) {
		t->edge = irq_get_trigger_type(t->irq) & IRQ_TYPE_EDGE_BOTH;
		ret = devm_request_threaded_irq(t->dev, t->irq, stamp, interrupt,
						IRQF_ONESHOT | IRQF_SHARED,
						dev_name(t->dev), t);
		if (ret)
			return dev_err_probe(t->dev, ret,
					     "interrupts: ALERT is refused, say level low or falling edge, on a shared line the same for all\n");
	} else {
		dev_info(t->dev, "no interrupt for ALERT: while a threshold is enabled every conversion is read\n");
	}
	return devm_add_action_or_reset(t->dev, stop, t);
}
