// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contactor set on GPIO lines: coils out, auxiliary contacts in.
 *
 * Auxiliary contacts, the timer and the port's requests all end in one pure
 * sequence under one raw lock. What it has to say is told to the port by the
 * timer alone, so that it is told in order and never from inside a trip.
 */
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/hrtimer.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/spinlock.h>

#include <linux/evse.h>

#include "../evse_property.h"
#include "contactor_seq.h"
#include "interlock.h"
#include "line_watch.h"

struct evse_contactor;

/**
 * struct evse_contactor_aux - the auxiliary contact of a contact
 * @c: the set
 * @gpio: line in
 * @line: its interrupt
 */
struct evse_contactor_aux {
	struct evse_contactor *c;
	struct gpio_desc *gpio;
	struct evse_line line;
};

/**
 * struct evse_contactor - a contactor set
 * @dev: the provider
 * @port: its port
 * @contacts: how many
 * @coil: lines out, in the order of the plan
 * @aux: auxiliary contacts
 * @timer: the sequence's deadline, and what is to be told
 * @tripped: the lines are off, the sequence has not heard of it
 * @lock: everything below
 * @seq: the sequence
 * @deaf: auxiliary contacts that cannot be believed
 * @written: coils that are energised
 * @closed: contacts that were closed at the latest event
 * @opened: when the last of them opened
 * @say: what is to be told, EVSE_SEQ_SAY_* bits
 */
struct evse_contactor {
	struct device *dev;
	struct evse_port *port;
	unsigned int contacts;
	struct gpio_desc *coil[EVSE_SEQ_MAX_CONTACTS];
	struct evse_contactor_aux aux[EVSE_SEQ_MAX_CONTACTS];
	struct hrtimer timer;
	atomic_t tripped;

	raw_spinlock_t lock;
	struct evse_seq seq;
	u8 deaf;
	u8 written;
	u8 closed;
	ktime_t opened;
	u32 say;
};

#define EVSE_SEQ_SAY_FAULTS	(EVSE_SEQ_SAY_FAILED | EVSE_SEQ_SAY_STUCK)

/* A line that cannot be read says what helps least. */
static bool evse_contactor_aux(const struct evse_contactor *c, unsigned int i)
{
	int value = READ_ONCE(c->deaf) & BIT(i) ? -EIO :
		    gpiod_get_value(c->aux[i].gpio);

	return value < 0 ? !(READ_ONCE(c->written) & BIT(i)) : value;
}

static u8 evse_contactor_auxes(const struct evse_contactor *c)
{
	unsigned int i;
	u8 closed = 0;

	for (i = 0; i < c->contacts; i++)
		if (evse_contactor_aux(c, i))
			closed |= BIT(i);
	return closed;
}

static void evse_contactor_write(struct evse_contactor *c, unsigned int i, bool on)
{
	gpiod_set_value(c->coil[i], on);
	if (on)
		WRITE_ONCE(c->written, c->written | BIT(i));
	else
		WRITE_ONCE(c->written, c->written & ~BIT(i));
}

static void evse_contactor_release(struct evse_contactor *c)
{
	u8 off = c->written & ~c->seq.coils;
	unsigned int i;

	for (i = 0; i < c->contacts; i++)
		if (off & BIT(i))
			evse_contactor_write(c, i, false);
}

/*
 * A trip on another CPU has set its inhibit before it looked at the coils. Asked
 * first as well: a coil does not even twitch once the trip is through.
 */
static bool evse_contactor_make(struct evse_contactor *c, unsigned int i)
{
	if (!evse_port_may_close(c->port))
		return false;
	evse_contactor_write(c, i, true);
	return evse_port_may_close(c->port);
}

static void evse_contactor_energise(struct evse_contactor *c, ktime_t now)
{
	u8 on = c->seq.coils & ~c->written;
	unsigned int i;

	for (i = 0; i < c->contacts; i++) {
		if (!(on & BIT(i)))
			continue;
		if (evse_contactor_make(c, i))
			continue;
		evse_seq_event(&c->seq, EVSE_SEQ_DO_TRIP, c->closed, now);
		evse_contactor_release(c);
		return;
	}
}

static void evse_contactor_step(struct evse_contactor *c,
				enum evse_seq_event event, ktime_t now)
{
	u8 closed = evse_contactor_auxes(c);
	u32 say;

	if (c->closed && !closed)
		c->opened = now;
	c->closed = closed;

	if (atomic_xchg(&c->tripped, 0))
		evse_seq_event(&c->seq, EVSE_SEQ_DO_TRIP, closed, now);
	say = evse_seq_event(&c->seq, event, closed, now);
	c->say |= say;
	/* The port is told at once, and blocks the gates before it has us release. */
	if (event != EVSE_SEQ_TICK || !(say & EVSE_SEQ_SAY_FAULTS))
		evse_contactor_release(c);
	evse_contactor_energise(c, now);
}

/* An expiry that is on its way already looks at the deadline when it gets here. */
static void evse_contactor_arm(struct evse_contactor *c, ktime_t now)
{
	if (c->say)
		hrtimer_start(&c->timer, now, HRTIMER_MODE_ABS_HARD);
	else if (c->seq.deadline)
		hrtimer_start(&c->timer, c->seq.deadline, HRTIMER_MODE_ABS_HARD);
}

static void evse_contactor_event(struct evse_contactor *c,
				 enum evse_seq_event event)
{
	unsigned long flags;
	ktime_t now;

	raw_spin_lock_irqsave(&c->lock, flags);
	now = ktime_get();
	evse_contactor_step(c, event, now);
	evse_contactor_arm(c, now);
	raw_spin_unlock_irqrestore(&c->lock, flags);
}

/* What has been overtaken by the latest state is not told any more. */
static u32 evse_contactor_news(struct evse_contactor *c)
{
	u32 say = c->say;

	if (c->seq.phase != EVSE_SEQ_CLOSED)
		say &= ~EVSE_SEQ_SAY_CLOSED;
	if (c->seq.phase != EVSE_SEQ_OPEN)
		say &= ~EVSE_SEQ_SAY_OPENED;
	if (c->seq.failed)
		say &= ~EVSE_SEQ_SAY_NOT_FAILED;
	if (c->seq.stuck)
		say &= ~EVSE_SEQ_SAY_NOT_STUCK;
	c->say = 0;
	return say;
}

static void evse_contactor_tell(struct evse_contactor *c, u32 say, u8 culprit,
				ktime_t opened)
{
	if (say & EVSE_SEQ_SAY_FAILED)
		evse_fault_report(c->port, EVSE_FAULT_CODE_CONTACTOR_OPEN, true,
				  culprit, "contactor");
	if (say & EVSE_SEQ_SAY_STUCK)
		evse_fault_report(c->port, EVSE_FAULT_CODE_CONTACTOR_STUCK, true,
				  culprit, "contactor");
	if (say & EVSE_SEQ_SAY_CLOSED)
		evse_contactor_closed(c->port);
	if (say & EVSE_SEQ_SAY_OPENED)
		evse_contactor_opened(c->port, opened);
	if (say & EVSE_SEQ_SAY_NOT_FAILED)
		evse_fault_report(c->port, EVSE_FAULT_CODE_CONTACTOR_OPEN, false,
				  culprit, "contactor");
	if (say & EVSE_SEQ_SAY_NOT_STUCK)
		evse_fault_report(c->port, EVSE_FAULT_CODE_CONTACTOR_STUCK, false,
				  culprit, "contactor");
}

static enum hrtimer_restart evse_contactor_expired(struct hrtimer *timer)
{
	struct evse_contactor *c = container_of(timer, struct evse_contactor, timer);
	unsigned long flags;
	ktime_t now, opened;
	u8 culprit;
	u32 say;

	raw_spin_lock_irqsave(&c->lock, flags);
	now = ktime_get();
	if (atomic_read(&c->tripped) ||
	    (c->seq.deadline && !ktime_before(now, c->seq.deadline)))
		evse_contactor_step(c, EVSE_SEQ_TICK, now);
	say = evse_contactor_news(c);
	culprit = c->seq.culprit;
	opened = c->opened;
	evse_contactor_arm(c, now);
	raw_spin_unlock_irqrestore(&c->lock, flags);

	evse_contactor_tell(c, say, culprit, opened);
	return HRTIMER_NORESTART;
}

static void evse_contactor_changed(void *priv, int level, ktime_t edge)
{
	struct evse_contactor_aux *aux = priv;
	struct evse_contactor *c = aux->c;
	u8 bit = BIT(aux - c->aux);
	unsigned long flags;

	raw_spin_lock_irqsave(&c->lock, flags);
	WRITE_ONCE(c->deaf, level < 0 ? c->deaf | bit : c->deaf & ~bit);
	raw_spin_unlock_irqrestore(&c->lock, flags);
	evse_contactor_event(c, EVSE_SEQ_TICK);
}

/* Operations */

static void evse_contactor_close(void *priv)
{
	evse_contactor_event(priv, EVSE_SEQ_DO_CLOSE);
}

static void evse_contactor_open(void *priv)
{
	evse_contactor_event(priv, EVSE_SEQ_DO_OPEN);
}

/*
 * The lines are all: whoever holds the lock may be a CPU that a panic stopped. If
 * it runs, it energises a coil only to ask the port and to take it back. Whatever
 * reaches the sequence next lets it know of the trip before anything else.
 */
static void evse_contactor_trip(void *priv)
{
	struct evse_contactor *c = priv;
	unsigned int i;

	for (i = 0; i < c->contacts; i++)
		gpiod_set_value(c->coil[i], 0);
	atomic_set(&c->tripped, 1);
}

static void evse_contactor_tripped(void *priv)
{
	struct evse_contactor *c = priv;

	if (atomic_read(&c->tripped))
		evse_contactor_event(c, EVSE_SEQ_DO_TRIP);
}

static bool evse_contactor_is_open(void *priv)
{
	struct evse_contactor *c = priv;

	return READ_ONCE(c->seq.phase) == EVSE_SEQ_OPEN &&
	       !evse_contactor_auxes(c);
}

static int evse_contactor_status(void *priv, unsigned int index,
				 struct evse_contact_status *status)
{
	struct evse_contactor *c = priv;

	if (index >= c->contacts)
		return -ENOENT;
	status->name = c->seq.plan->names[index];
	status->commanded = READ_ONCE(c->written) & BIT(index);
	status->closed = evse_contactor_aux(c, index);
	return 0;
}

static const struct evse_contactor_ops evse_contactor_ops = {
	.close = evse_contactor_close,
	.open = evse_contactor_open,
	.trip = evse_contactor_trip,
	.tripped = evse_contactor_tripped,
	.is_open = evse_contactor_is_open,
	.status = evse_contactor_status,
};

/* Probe */

static int evse_contactor_line(struct evse_contactor *c, const char *con_id,
			       unsigned int index, const char *contact,
			       enum gpiod_flags flags, struct gpio_desc **line)
{
	struct gpio_desc *desc;

	desc = devm_gpiod_get_index(c->dev, con_id, index, flags);
	if (IS_ERR(desc))
		return dev_err_probe(c->dev, PTR_ERR(desc),
				     PTR_ERR(desc) == -EBUSY ?
				     "%s-gpios: line of contact \"%s\" is in use already\n" :
				     "%s-gpios: no line for contact \"%s\"\n",
				     con_id, contact);
	if (gpiod_cansleep(desc))
		return dev_err_probe(c->dev, -EINVAL,
				     "%s-gpios: line of contact \"%s\" can sleep, so an interrupt could not open the contactor: use a memory-mapped GPIO\n",
				     con_id, contact);
	gpiod_set_consumer_name(desc, dev_name(c->dev));
	*line = desc;
	return 0;
}

static int evse_contactor_lines(struct evse_contactor *c)
{
	const struct evse_seq_plan *plan = c->seq.plan;
	unsigned int i;
	int index, err;

	for (i = 0; i < c->contacts; i++) {
		index = device_property_match_string(c->dev, "contact-names",
						     plan->names[i]);
		if (index < 0)
			return dev_err_probe(c->dev, -EINVAL,
					     "contact-names: \"%s\" is missing\n",
					     plan->names[i]);
		err = evse_contactor_line(c, "coil", index, plan->names[i],
					  GPIOD_OUT_LOW, &c->coil[i]);
		if (err)
			return err;
		err = evse_contactor_line(c, "aux", index, plan->names[i],
					  GPIOD_IN, &c->aux[i].gpio);
		if (err)
			return err;
	}
	return 0;
}

static int evse_contactor_plan(struct evse_contactor *c)
{
	static const struct evse_property close = {
		"close-timeout-ms", 100, 10, 1000,
	};
	static const struct evse_property open = {
		"open-timeout-ms", 50, 5, 1000,
	};
	static const struct evse_property settle = {
		"settle-ms", 5, 1, 100,
	};
	static const struct evse_property precharge = {
		"precharge-ms", 200, 10, 10000,
	};
	bool dc = evse_port_rating(c->port)->dc;
	u32 close_ms, open_ms, settle_ms, precharge_ms;
	struct evse_seq_timing timing;
	enum evse_seq_kind kind;
	int names, err;

	names = device_property_string_array_count(c->dev, "contact-names");
	if (dc && names == 3)
		kind = EVSE_SEQ_DC;
	else if (!dc && names == 1)
		kind = EVSE_SEQ_AC;
	else if (!dc && names == 2)
		kind = EVSE_SEQ_AC_LN;
	else
		return dev_err_probe(c->dev, -EINVAL,
				     "contact-names: %s port has %s\n",
				     dc ? "a DC" : "an AC",
				     dc ? "\"dc-plus\", \"dc-minus\", \"precharge\"" :
					  "\"main\", or \"l\" and \"n\"");

	err = evse_property_read(c->dev, &close, &close_ms);
	if (!err)
		err = evse_property_read(c->dev, &open, &open_ms);
	if (!err)
		err = evse_property_read(c->dev, &settle, &settle_ms);
	if (!err)
		err = evse_property_read(c->dev, &precharge, &precharge_ms);
	if (err)
		return err;

	timing = (struct evse_seq_timing) {
		.close_ns = (s64)close_ms * NSEC_PER_MSEC,
		.open_ns = (s64)open_ms * NSEC_PER_MSEC,
		.settle_ns = (s64)settle_ms * NSEC_PER_MSEC,
		.precharge_ns = (s64)precharge_ms * NSEC_PER_MSEC,
	};
	evse_seq_init(&c->seq, kind, &timing);
	c->contacts = c->seq.plan->contacts;
	if (gpiod_count(c->dev, "coil") != names ||
	    gpiod_count(c->dev, "aux") != names)
		return dev_err_probe(c->dev, -EINVAL,
				     "coil-gpios and aux-gpios: not one line each for each contact, of which there are %d\n",
				     names);
	return 0;
}

static int evse_contactor_irqs(struct evse_contactor *c)
{
	unsigned int i;
	int err;

	for (i = 0; i < c->contacts; i++) {
		struct evse_contactor_aux *aux = &c->aux[i];

		aux->c = c;
		err = evse_line_adopt(c->dev, &aux->line, "aux", aux->gpio);
		if (!err)
			err = evse_line_watch(&aux->line, evse_contactor_changed,
					      aux);
		if (err)
			return err;
	}
	return 0;
}

/* Interrupts and the port are gone by now: only the timer can still run. */
static void evse_contactor_quit(void *priv)
{
	struct evse_contactor *c = priv;

	evse_contactor_trip(c);
	hrtimer_cancel(&c->timer);
}

static int evse_contactor_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_contactor *c;
	int err;

	c = devm_kzalloc(dev, sizeof(*c), GFP_KERNEL);
	if (!c)
		return -ENOMEM;
	c->dev = dev;
	raw_spin_lock_init(&c->lock);
	hrtimer_init(&c->timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_HARD);
	c->timer.function = evse_contactor_expired;

	c->port = evse_port_of(dev);
	if (IS_ERR(c->port))
		return dev_err_probe(dev, PTR_ERR(c->port),
				     "is not the child of an evse,port\n");
	err = evse_contactor_plan(c);
	if (err)
		return err;
	err = evse_contactor_lines(c);
	if (err)
		return err;

	err = devm_add_action_or_reset(dev, evse_contactor_quit, c);
	if (err)
		return err;
	err = devm_evse_contactor_register(dev, &evse_contactor_ops, c);
	if (err)
		return dev_err_probe(dev, err, "port takes no contactor set\n");
	/* What another binding saw nobody knows: it is looked at anew. */
	evse_fault_report(c->port, EVSE_FAULT_CODE_CONTACTOR_OPEN, false, 0,
			  "contactor");
	evse_fault_report(c->port, EVSE_FAULT_CODE_CONTACTOR_STUCK, false, 0,
			  "contactor");
	/* Where do the contacts stand? The timer tells the port. */
	evse_contactor_trip(c);
	evse_contactor_tripped(c);
	err = evse_contactor_irqs(c);
	if (err)
		return err;
	return devm_evse_provider_up(dev);
}

static const struct of_device_id evse_contactor_of_match[] = {
	{ .compatible = "evse,contactor" },
	{}
};
MODULE_DEVICE_TABLE(of, evse_contactor_of_match);
MODULE_ALIAS("platform:evse-contactor");

struct platform_driver evse_contactor_driver = {
	.probe = evse_contactor_probe,
	.driver = {
		.name = "evse-contactor",
		.of_match_table = evse_contactor_of_match,
	},
};
