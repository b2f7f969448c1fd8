// SPDX-License-Identifier: GPL-2.0-only
/*
 * Thresholds of a thermometer: which events a reading makes, and what the chip is
 * told to wait for.
 *
 * The chip is always told to wait for what comes next, and its alert is over as
 * soon as it is told. Whether a reading is an event is decided here alone, so an
 * alert too many does no harm.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/minmax.h>

#include "tmp1xx_chips.h"
#include "tmp1xx_watch.h"

/* What the thresholds start with, degrees Celsius */
#define TMP1XX_START_HIGH	85
#define TMP1XX_START_LOW	-40
#define TMP1XX_START_HYSTERESIS	5

/**
 * tmp1xx_watch_init() - thresholds to start with, none enabled
 * @watch: the thresholds
 * @chip: the chip
 */
void tmp1xx_watch_init(struct tmp1xx_watch *watch, const struct tmp1xx_chip *chip)
{
	int degree = 128 / chip->lsb;
	unsigned int i;

	*watch = (struct tmp1xx_watch) {
		.threshold[TMP1XX_RISING].value = TMP1XX_START_HIGH * degree,
		.threshold[TMP1XX_FALLING].value = TMP1XX_START_LOW * degree,
	};
	for (i = 0; i < TMP1XX_DIRECTIONS; i++)
		watch->threshold[i].hysteresis = TMP1XX_START_HYSTERESIS * degree;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_watch_init);

/**
 * tmp1xx_watch_enabled() - whether any threshold makes events
 * @watch: the thresholds
 *
 * Return: that.
 */
bool tmp1xx_watch_enabled(const struct tmp1xx_watch *watch)
{
	return watch->threshold[TMP1XX_RISING].enabled ||
	       watch->threshold[TMP1XX_FALLING].enabled;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_watch_enabled);

/**
 * tmp1xx_watch_by_alert() - whether the alert tells of every event
 * @watch: the thresholds
 * @chip: the chip
 *
 * Return: false where one comparison would have to wait for two things.
 */
bool tmp1xx_watch_by_alert(const struct tmp1xx_watch *watch,
			   const struct tmp1xx_chip *chip)
{
	return chip->window || !watch->threshold[TMP1XX_RISING].enabled ||
	       !watch->threshold[TMP1XX_FALLING].enabled;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_watch_by_alert);

/**
 * tmp1xx_watch_set() - set a threshold
 * @watch: the thresholds
 * @chip: the chip
 * @direction: which one
 * @value: in units of the chip
 * @hysteresis: in units of the chip
 *
 * A threshold that is set anew makes another event if the temperature is beyond it.
 *
 * Return: 0, or -EINVAL if the chip cannot tell all the temperatures that it takes.
 */
int tmp1xx_watch_set(struct tmp1xx_watch *watch, const struct tmp1xx_chip *chip,
		     unsigned int direction, int value, int hysteresis)
{
	int low = tmp1xx_lowest(chip), high = tmp1xx_highest(chip);

	if (value < low || value > high || hysteresis < 0 ||
	    hysteresis > high - low)
		return -EINVAL;
	if (direction == TMP1XX_RISING ? value - hysteresis < low :
					 value + hysteresis > high)
		return -EINVAL;
	watch->threshold[direction].value = value;
	watch->threshold[direction].hysteresis = hysteresis;
	watch->threshold[direction].fired = false;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_watch_set);

/**
 * tmp1xx_watch_enable() - let a threshold make events, or none
 * @watch: the thresholds
 * @direction: which one
 * @enable: events or none
 */
void tmp1xx_watch_enable(struct tmp1xx_watch *watch, unsigned int direction,
			 bool enable)
{
	watch->threshold[direction].enabled = enable;
	watch->threshold[direction].fired = false;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_watch_enable);

/*
 * The lowest temperature at which something happens that did not happen below it,
 * which is what both directions come down to: beyond it a rising threshold makes an
 * event, and a falling one is ready for another.
 */
static int edge(const struct tmp1xx_threshold *t, unsigned int direction)
{
	if (direction == TMP1XX_RISING)
		return t->value - (t->fired ? t->hysteresis : 0);
	return t->value + 1 + (t->fired ? t->hysteresis : 0);
}

/* Whether what it waits for lies above */
static bool upwards(const struct tmp1xx_threshold *t, unsigned int direction)
{
	return (direction == TMP1XX_RISING) != t->fired;
}

/**
 * tmp1xx_watch_step() - judge a reading
 * @watch: the thresholds
 * @raw: the reading, in units of the chip
 *
 * Return: a bit for each direction that made an event.
 */
unsigned int tmp1xx_watch_step(struct tmp1xx_watch *watch, int raw)
{
	unsigned int events = 0, i;

	for (i = 0; i < TMP1XX_DIRECTIONS; i++) {
		struct tmp1xx_threshold *t = &watch->threshold[i];
		bool above = raw >= edge(t, i);

		if (!t->enabled || above != upwards(t, i))
			continue;
		t->fired = !t->fired;
		if (t->fired)
			events |= BIT(i);
	}
	return events;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_watch_step);

/* Alerts above HIGH and below LOW */
static struct tmp1xx_alert window(const struct tmp1xx_watch *watch,
				  const struct tmp1xx_chip *chip)
{
	int low = S16_MIN, high = S16_MAX;
	unsigned int i;

	for (i = 0; i < TMP1XX_DIRECTIONS; i++) {
		const struct tmp1xx_threshold *t = &watch->threshold[i];

		if (!t->enabled)
			continue;
		if (upwards(t, i))
			high = min(high, edge(t, i) - 1);
		else
			low = max(low, edge(t, i));
	}
	return (struct tmp1xx_alert) {
		.low = tmp1xx_encode(chip, low),
		.high = tmp1xx_encode(chip, high),
	};
}

/*
 * The comparison holds from HIGH upwards and ends below LOW: both are the same, so
 * that it is about the last conversion and nothing before.
 */
static struct tmp1xx_alert comparison(const struct tmp1xx_watch *watch,
				      const struct tmp1xx_chip *chip)
{
	unsigned int i = watch->threshold[TMP1XX_RISING].enabled ?
			 TMP1XX_RISING : TMP1XX_FALLING;
	const struct tmp1xx_threshold *t = &watch->threshold[i];
	u16 limit = tmp1xx_encode(chip, t->enabled ? edge(t, i) : S16_MAX);

	return (struct tmp1xx_alert) {
		.low = limit,
		.high = limit,
		.inverted = t->enabled && !upwards(t, i),
	};
}

/**
 * tmp1xx_watch_alert() - what the chip has to be told
 * @watch: the thresholds
 * @chip: the chip
 *
 * Return: limits beyond which the next thing happens; none that can be reached if
 * no threshold is enabled. Where one comparison would have to wait for two things
 * it waits for the rising threshold's.
 */
struct tmp1xx_alert tmp1xx_watch_alert(const struct tmp1xx_watch *watch,
				       const struct tmp1xx_chip *chip)
{
	return chip->window ? window(watch, chip) : comparison(watch, chip);
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_watch_alert);
