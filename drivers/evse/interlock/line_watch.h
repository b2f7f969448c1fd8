/* SPDX-License-Identifier: GPL-2.0-only */
/* A line whose every edge is a hard interrupt. */
#ifndef _EVSE_LINE_WATCH_H
#define _EVSE_LINE_WATCH_H

#include <linux/ktime.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "storm.h"

struct device;
struct gpio_desc;

/**
 * enum evse_line_storm - a line that does not come to rest
 * @EVSE_LINE_CALM: no storm
 * @EVSE_LINE_STORM: one was seen, the interrupt is masked, nobody said so yet
 * @EVSE_LINE_MASKED: the interrupt stays masked for a while
 * @EVSE_LINE_TRIAL: it no longer is, the storm may not be over
 */
enum evse_line_storm {
	EVSE_LINE_CALM,
	EVSE_LINE_STORM,
	EVSE_LINE_MASKED,
	EVSE_LINE_TRIAL,
};

/**
 * struct evse_line - a line with interrupts
 * @dev: the provider
 * @con_id: name of the line, without "-gpios"
 * @gpio: the line
 * @irq: its interrupt
 * @changed: told the level after every edge: 1 active, 0 inactive, or a negative
 *	errno for a line that cannot be believed. Hard interrupt or @lock held.
 * @priv: handed to @changed
 * @lock: level and what is told of it, in this order
 * @counter: edges of late
 * @storm: whether they are too many; with @lock
 * @said: the log has it
 * @calm: works on a storm
 */
struct evse_line {
	struct device *dev;
	const char *con_id;
	struct gpio_desc *gpio;
	int irq;
	void (*changed)(void *priv, int level, ktime_t edge);
	void *priv;

	raw_spinlock_t lock;
	struct evse_storm counter;
	enum evse_line_storm storm;
	bool said;
	struct delayed_work calm;
};

int evse_line_get(struct device *dev, struct evse_line *line, const char *con_id);
int evse_line_adopt(struct device *dev, struct evse_line *line,
		    const char *con_id, struct gpio_desc *gpio);
int evse_line_level(const struct evse_line *line);
int evse_line_watch(struct evse_line *line,
		    void (*changed)(void *priv, int level, ktime_t edge),
		    void *priv);

#endif /* _EVSE_LINE_WATCH_H */
