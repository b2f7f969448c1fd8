// SPDX-License-Identifier: GPL-2.0-only
/*
 * A line whose every edge is a hard interrupt, also under threadirqs and
 * PREEMPT_RT.
 *
 * A line with more edges than a contact can bounce is masked, so that it cannot
 * keep the processor to itself. It counts as one that cannot be believed until it
 * has been looked at again.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>

#include "line_watch.h"

/* A storming line is left alone for this long. */
#define EVSE_LINE_CALM_MS	1000

/**
 * evse_line_get() - take a line, with its interrupt
 * @dev: the provider
 * @line: zeroed
 * @con_id: name of the line, without "-gpios"
 *
 * Return: 0 or a negative errno, after telling why.
 */
int evse_line_get(struct device *dev, struct evse_line *line, const char *con_id)
{
	line->gpio = devm_gpiod_get(dev, con_id, GPIOD_IN);
	if (IS_ERR(line->gpio))
		return dev_err_probe(dev, PTR_ERR(line->gpio),
				     "%s-gpios: cannot get the line\n", con_id);
	if (gpiod_cansleep(line->gpio))
		return dev_err_probe(dev, -EINVAL,
				     "%s-gpios: a line that can sleep cannot trip in an interrupt: use one of the processor's own\n",
				     con_id);
	gpiod_set_consumer_name(line->gpio, dev_name(dev));
	return evse_line_adopt(dev, line, con_id, line->gpio);
}

/**
 * evse_line_adopt() - take the interrupt of a line that the caller has
 * @dev: the provider
 * @line: zeroed
 * @con_id: name of the line, without "-gpios"
 * @gpio: the line; it cannot sleep
 *
 * Return: 0 or a negative errno, after telling why.
 */
int evse_line_adopt(struct device *dev, struct evse_line *line,
		    const char *con_id, struct gpio_desc *gpio)
{
	line->dev = dev;
	line->con_id = con_id;
	line->gpio = gpio;
	line->irq = gpiod_to_irq(gpio);
	if (line->irq < 0)
		return dev_err_probe(dev, line->irq,
				     "%s-gpios: the line has no interrupt\n", con_id);
	return 0;
}

/**
 * evse_line_level() - read the line
 * @line: the line
 *
 * Context: any.
 *
 * Return: 1 when it is active, 0 when it is not, or a negative errno.
 */
int evse_line_level(const struct evse_line *line)
{
	return gpiod_get_value(line->gpio);
}

static void evse_line_tell(struct evse_line *line, ktime_t edge)
{
	line->changed(line->priv, evse_line_level(line), edge);
}

/* What the edge says comes first, how many there were after it. */
static irqreturn_t evse_line_edge(int irq, void *data)
{
	struct evse_line *line = data;
	ktime_t edge = ktime_get();

	raw_spin_lock(&line->lock);
	evse_line_tell(line, edge);
	if (evse_storm_edge(&line->counter, edge) &&
	    line->storm != EVSE_LINE_STORM && line->storm != EVSE_LINE_MASKED) {
		line->storm = EVSE_LINE_STORM;
		disable_irq_nosync(irq);
		line->changed(line->priv, -EIO, edge);
		mod_delayed_work(system_wq, &line->calm, 0);
	}
	raw_spin_unlock(&line->lock);
	return IRQ_HANDLED;
}

static void evse_line_unmask(struct evse_line *line)
{
	unsigned long flags;

	line->counter = (struct evse_storm) { };
	line->storm = EVSE_LINE_TRIAL;
	enable_irq(line->irq);

	raw_spin_lock_irqsave(&line->lock, flags);
	if (line->storm == EVSE_LINE_TRIAL)
		evse_line_tell(line, ktime_get());
	raw_spin_unlock_irqrestore(&line->lock, flags);
}

static bool evse_line_over(struct evse_line *line)
{
	unsigned long flags;
	bool over;

	raw_spin_lock_irqsave(&line->lock, flags);
	over = line->storm == EVSE_LINE_TRIAL;
	if (over)
		line->storm = EVSE_LINE_CALM;
	raw_spin_unlock_irqrestore(&line->lock, flags);
	return over;
}

static void evse_line_calm(struct work_struct *work)
{
	struct evse_line *line = container_of(to_delayed_work(work),
					      struct evse_line, calm);

	switch (READ_ONCE(line->storm)) {
	case EVSE_LINE_STORM:
		if (!line->said)
			dev_err(line->dev,
				"%s-gpios: more than %u edges within 20 ms, interrupt masked: check the line\n",
				line->con_id, EVSE_STORM_EDGES);
		line->said = true;
		WRITE_ONCE(line->storm, EVSE_LINE_MASKED);
		break;
	case EVSE_LINE_MASKED:
		evse_line_unmask(line);
		break;
	case EVSE_LINE_TRIAL:
		if (!evse_line_over(line))
			return;
		line->said = false;
		dev_info(line->dev, "%s-gpios: the line is quiet again\n",
			 line->con_id);
		return;
	case EVSE_LINE_CALM:
		return;
	}
	mod_delayed_work(system_wq, &line->calm,
			 msecs_to_jiffies(EVSE_LINE_CALM_MS));
}

/* Without its interrupt the line starts no work. */
static void evse_line_stop(void *data)
{
	struct evse_line *line = data;

	disable_irq(line->irq);
	cancel_delayed_work_sync(&line->calm);
}

/**
 * evse_line_watch() - from now on every level is told, beginning with this one
 * @line: from evse_line_get() or evse_line_adopt()
 * @changed: told the level, see struct evse_line
 * @priv: handed to @changed
 *
 * Return: 0 or a negative errno, after telling why.
 */
int evse_line_watch(struct evse_line *line,
		    void (*changed)(void *priv, int level, ktime_t edge),
		    void *priv)
{
	unsigned long flags;
	int err;

	line->changed = changed;
	line->priv = priv;
	raw_spin_lock_init(&line->lock);
	INIT_DELAYED_WORK(&line->calm, evse_line_calm);

	err = devm_request_irq(line->dev, line->irq, evse_line_edge,
			       IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING |
			       IRQF_NO_THREAD, dev_name(line->dev), line);
	if (err)
		return dev_err_probe(line->dev, err,
				     "%s-gpios: cannot have the interrupt\n",
				     line->con_id);
	err = devm_add_action_or_reset(line->dev, evse_line_stop, line);
	if (err)
		return err;

	/* After the interrupt is there: no edge is missed. */
	raw_spin_lock_irqsave(&line->lock, flags);
	evse_line_tell(line, ktime_get());
	raw_spin_unlock_irqrestore(&line->lock, flags);
	return 0;
}
