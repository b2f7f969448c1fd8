// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of the grid guard: voltage-monitor relay and zero crossings, their
 * interrupts, the timers of missing crossings, and storms.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/interrupt.h>

#include "../evse_property.h"
#include "grid.h"

/*
 * A line storms with more edges in a window than this: some 25 times as many as
 * crossings of 60 Hz, and more than a relay bounces.
 */
#define EVSE_GRID_STORM_EDGES	64
#define EVSE_GRID_STORM_NS	(20 * NSEC_PER_MSEC)
/* It is tried again after this, so there is one line in the log in that time. */
#define EVSE_GRID_QUIET_NS	(10LL * NSEC_PER_SEC)
/* So long it has to be quiet then until it is believed. */
#define EVSE_GRID_TRIAL_NS	NSEC_PER_SEC

/* Storms */

/* Disable the interrupt of a line that storms. */
static bool evse_grid_input_storms(struct evse_grid_input *in, ktime_t edge)
{
	if (edge - in->window > EVSE_GRID_STORM_NS) {
		in->window = edge;
		in->edges = 0;
	}
	if (++in->edges <= EVSE_GRID_STORM_EDGES || in->masked)
		return in->masked;

	disable_irq_nosync(in->irq);
	if (!in->trial)
		in->grid->masked++;
	in->masked = true;
	in->trial = false;
	in->again = ktime_add_ns(edge, EVSE_GRID_QUIET_NS);
	return true;
}

/*
 * A masked line is tried again, and believed when it was quiet for a while: a
 * trip that ended with each trial would be a new one each time.
 */
static bool evse_grid_input_retry(struct evse_grid_input *in)
{
	struct evse_grid *g = in->grid;
	bool retry, believe;
	unsigned long flags;
	ktime_t now;

	raw_spin_lock_irqsave(&g->lock, flags);
	now = ktime_get();
	retry = in->masked && !ktime_before(now, in->again);
	believe = in->trial && !ktime_before(now, in->again);
	if (retry) {
		in->masked = false;
		in->trial = true;
		in->told = false;
		in->window = now;
		in->edges = 0;
		in->again = ktime_add_ns(now, EVSE_GRID_TRIAL_NS);
	} else if (believe) {
		in->trial = false;
		g->masked--;
	}
	raw_spin_unlock_irqrestore(&g->lock, flags);
	if (retry)
		enable_irq(in->irq);
	return believe;
}

static void evse_grid_input_tend(struct evse_grid_input *in)
{
	struct device *dev = in->grid->dev;

	if (READ_ONCE(in->masked) && !in->told) {
		in->told = true;
		dev_warn(dev, "%s-gpios: line %u changed more than %u times in %lu ms: its interrupt is masked and the port trips; check its wiring\n",
			 in->name, in->index, EVSE_GRID_STORM_EDGES,
			 EVSE_GRID_STORM_NS / NSEC_PER_MSEC);
	}
	if (evse_grid_input_retry(in))
		dev_info(dev, "%s-gpios: line %u is heard again\n",
			 in->name, in->index);
}

/**
 * evse_grid_lines_tend() - tell of storms, and listen again after them
 * @g: the guard
 *
 * Context: the sampling thread.
 */
void evse_grid_lines_tend(struct evse_grid *g)
{
	unsigned int i;

	if (g->relay.gpio)
		evse_grid_input_tend(&g->relay);
	for (i = 0; i < g->crossings; i++)
		evse_grid_input_tend(&g->phase[i].input);
}

/* Relay */

/**
 * evse_grid_relay_look() - what the relay says now
 * @g: the guard; its lock is held
 *
 * The level is read under the lock: a later reading can not be overtaken by an
 * earlier one.
 */
void evse_grid_relay_look(struct evse_grid *g)
{
	bool was = g->seen.relay;

	if (!g->relay.gpio)
		return;
	g->seen.relay = !g->relay.masked && gpiod_get_value(g->relay.gpio) > 0;
	if (was && !g->seen.relay)
		evse_grid_cease(g);
}

static irqreturn_t evse_grid_relay_edge(int irq, void *data)
{
	struct evse_grid *g = data;
	ktime_t edge = ktime_get();
	unsigned long flags;

	raw_spin_lock_irqsave(&g->lock, flags);
	evse_grid_input_storms(&g->relay, edge);
	evse_grid_relay_look(g);
	evse_grid_step(g, edge);
	raw_spin_unlock_irqrestore(&g->lock, flags);
	return IRQ_HANDLED;
}

/* Crossings */

static void evse_grid_phase_lost(struct evse_grid_phase *p, ktime_t when)
{
	struct evse_grid *g = p->input.grid;

	if (!p->lost)
		evse_grid_cease(g);
	p->lost = true;
	p->stale = true;
	evse_freq_lost(&p->freq);
	evse_grid_step(g, when);
	evse_grid_guide(g, when);
}

static enum hrtimer_restart evse_grid_missing(struct hrtimer *timer)
{
	struct evse_grid_phase *p = container_of(timer, struct evse_grid_phase,
						 deadline);
	struct evse_grid *g = p->input.grid;
	ktime_t now = ktime_get();
	unsigned long flags;

	raw_spin_lock_irqsave(&g->lock, flags);
	/* A crossing may have come while this waited for the lock. */
	if (!p->lost && now >= evse_freq_deadline(&p->freq))
		evse_grid_phase_lost(p, now);
	raw_spin_unlock_irqrestore(&g->lock, flags);
	return HRTIMER_NORESTART;
}

static void evse_grid_crossed(struct evse_grid_phase *p, ktime_t edge,
			      bool rising)
{
	struct evse_grid *g = p->input.grid;
	bool back;

	if (!evse_freq_edge(&p->freq, edge, rising))
		return;
	back = p->lost && evse_freq_arrive(&p->freq);
	if (back)
		p->lost = false;
	p->stale = true;
	hrtimer_start(&p->deadline, evse_freq_deadline(&p->freq),
		      HRTIMER_MODE_ABS_HARD);
	/* What all phases have in common is looked at by one of them. */
	if (!back && p != &g->phase[0])
		return;
	evse_grid_step(g, edge);
	if (!rising)
		return;
	evse_grid_shift(g);
	if (p == &g->phase[0])
		evse_grid_guide(g, edge);
}

static irqreturn_t evse_grid_crossing(int irq, void *data)
{
	struct evse_grid_phase *p = data;
	struct evse_grid *g = p->input.grid;
	ktime_t edge = ktime_get();
	unsigned long flags;

	raw_spin_lock_irqsave(&g->lock, flags);
	if (evse_grid_input_storms(&p->input, edge))
		evse_grid_phase_lost(p, edge);
	else
		evse_grid_crossed(p, edge, gpiod_get_value(p->input.gpio) > 0);
	raw_spin_unlock_irqrestore(&g->lock, flags);
	return IRQ_HANDLED;
}

/**
 * evse_grid_lines_restart() - forget the crossings, for another nominal frequency
 * @g: the guard; its lock is held
 */
void evse_grid_lines_restart(struct evse_grid *g)
{
	unsigned int i;

	for (i = 0; i < g->crossings; i++) {
		struct evse_grid_phase *p = &g->phase[i];

		evse_freq_init(&p->freq, g->judge.profile->nominal_mhz);
		p->lost = true;
		p->stale = true;
	}
}

/* Probe */

static int evse_grid_input_get(struct evse_grid *g, struct evse_grid_input *in,
			       const char *name, unsigned int index)
{
	struct device *dev = g->dev;
	int err;

	in->grid = g;
	in->name = name;
	in->index = index;
	in->gpio = devm_gpiod_get_index(dev, name, index, GPIOD_IN);
	if (IS_ERR(in->gpio)) {
		err = PTR_ERR(in->gpio);
		return dev_err_probe(dev, err, "%s-gpios: line %u %s\n", name,
				     index, err == -EBUSY ? "is in use already"
							  : "cannot be had");
	}
	if (gpiod_cansleep(in->gpio))
		return dev_err_probe(dev, -EINVAL,
				     "%s-gpios: line %u can sleep, so it cannot cease in an interrupt: use one of the processor's own\n",
				     name, index);
	gpiod_set_consumer_name(in->gpio, dev_name(dev));
	in->irq = gpiod_to_irq(in->gpio);
	if (in->irq < 0)
		return dev_err_probe(dev, in->irq,
				     "%s-gpios: line %u has no interrupt\n",
				     name, index);
	return 0;
}

/**
 * evse_grid_lines_get() - get the lines of the node
 * @g: the guard
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_grid_lines_get(struct evse_grid *g)
{
	int count = gpiod_count(g->dev, "zero-cross");
	unsigned int i;
	int err;

	if (count > EVSE_GRID_PHASES)
		return dev_err_probe(g->dev, -EINVAL,
				     "zero-cross-gpios: %d lines, but there are no more than %d phases\n",
				     count, EVSE_GRID_PHASES);
	g->crossings = max(count, 0);
	for (i = 0; i < g->crossings; i++) {
		err = evse_grid_input_get(g, &g->phase[i].input, "zero-cross", i);
		if (err)
			return err;
	}
	if (!evse_line_present(g->dev, "relay")) {
		if (g->crossings)
			return 0;
		return dev_err_probe(g->dev, -EINVAL,
				     "neither relay-gpios nor zero-cross-gpios: nothing would see the mains go\n");
	}
	return evse_grid_input_get(g, &g->relay, "relay", 0);
}

static void evse_grid_deadlines_cancel(void *priv)
{
	struct evse_grid *g = priv;
	unsigned int i;

	for (i = 0; i < g->crossings; i++)
		hrtimer_cancel(&g->phase[i].deadline);
}

/* Stays a hard interrupt under threadirqs and PREEMPT_RT. */
static int evse_grid_input_request(struct evse_grid_input *in,
				   irq_handler_t handler, void *data)
{
	struct device *dev = in->grid->dev;
	int err = devm_request_irq(dev, in->irq, handler,
				   IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING |
				   IRQF_NO_THREAD, dev_name(dev), data);

	if (err)
		return dev_err_probe(dev, err,
				     "%s-gpios: cannot have the interrupt of line %u\n",
				     in->name, in->index);
	return 0;
}

/**
 * evse_grid_lines_request() - listen
 * @g: the guard, ready for its first edge
 *
 * On removal interrupts go before the timers that they start.
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_grid_lines_request(struct evse_grid *g)
{
	unsigned int i;
	int err;

	for (i = 0; i < g->crossings; i++) {
		hrtimer_init(&g->phase[i].deadline, CLOCK_MONOTONIC,
			     HRTIMER_MODE_ABS_HARD);
		g->phase[i].deadline.function = evse_grid_missing;
	}
	err = devm_add_action_or_reset(g->dev, evse_grid_deadlines_cancel, g);
	for (i = 0; !err && i < g->crossings; i++)
		err = evse_grid_input_request(&g->phase[i].input,
					      evse_grid_crossing, &g->phase[i]);
	if (!err && g->relay.gpio)
		err = evse_grid_input_request(&g->relay, evse_grid_relay_edge, g);
	return err;
}
