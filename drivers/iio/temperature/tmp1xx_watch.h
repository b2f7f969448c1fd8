/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Thresholds of a thermometer: which events a reading makes, and what the chip is
 * told to wait for. Pure.
 */
#ifndef _TMP1XX_WATCH_H
#define _TMP1XX_WATCH_H

#include <linux/types.h>

struct tmp1xx_chip;

/* Directions, and the bits by which tmp1xx_watch_step() returns them */
#define TMP1XX_RISING		0
#define TMP1XX_FALLING		1
#define TMP1XX_DIRECTIONS	2

/**
 * struct tmp1xx_threshold - one threshold
 * @enabled: it makes events
 * @fired: it made one, and no other before the temperature has gone back
 * @value: rising: at or above this; falling: at or below this
 * @hysteresis: how far the temperature has to go back for another event
 *
 * Values are in units of the chip.
 */
struct tmp1xx_threshold {
	bool enabled;
	bool fired;
	int value;
	int hysteresis;
};

/**
 * struct tmp1xx_watch - the thresholds of a thermometer
 * @threshold: rising and falling
 */
struct tmp1xx_watch {
	struct tmp1xx_threshold threshold[TMP1XX_DIRECTIONS];
};

/**
 * struct tmp1xx_alert - what the chip is told
 * @low: its lower limit, as the register has it
 * @high: its upper limit
 * @inverted: the alert is active while the comparison does not hold
 */
struct tmp1xx_alert {
	u16 low;
	u16 high;
	bool inverted;
};

void tmp1xx_watch_init(struct tmp1xx_watch *watch, const struct tmp1xx_chip *chip);
bool tmp1xx_watch_enabled(const struct tmp1xx_watch *watch);
bool tmp1xx_watch_by_alert(const struct tmp1xx_watch *watch,
			   const struct tmp1xx_chip *chip);
int tmp1xx_watch_set(struct tmp1xx_watch *watch, const struct tmp1xx_chip *chip,
		     unsigned int direction, int value, int hysteresis);
void tmp1xx_watch_enable(struct tmp1xx_watch *watch, unsigned int direction,
			 bool enable);
unsigned int tmp1xx_watch_step(struct tmp1xx_watch *watch, int raw);
struct tmp1xx_alert tmp1xx_watch_alert(const struct tmp1xx_watch *watch,
				       const struct tmp1xx_chip *chip);

#endif /* _TMP1XX_WATCH_H */
