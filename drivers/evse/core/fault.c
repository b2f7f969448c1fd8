// SPDX-License-Identifier: GPL-2.0-only
/* The fault latch of a port. */
#include <linux/evse.h>
#include <linux/lockdep.h>

#include "port.h"

/**
 * evse_fault_stops() - does a fault end power
 * @index: place in the catalogue
 *
 * Return: false when it only warns.
 */
bool evse_fault_stops(int index)
{
	return evse_fault_catalogue[index].severity != EVSE_FAULT_SEVERITY_WARN;
}

/*
 * The first cause of a stop is the one that was seen first, also when another
 * processor latched its own a little earlier; not one that comes to light when
 * the thread has taken the stop up already.
 */
static bool evse_fault_leads(struct evse_port *port, ktime_t edge)
{
	struct evse_fault *f;
	int first;

	if (!port->latched)
		return true;
	first = evse_fault_first(port);
	f = &port->faults[first];
	if (!f->first || f->thread || !ktime_before(edge, f->edge))
		return false;
	f->first = false;
	set_bit(first, port->faults_changed);
	return true;
}

/**
 * evse_fault_tell() - keep the value that a source tells with its cause
 * @port: the port; @port->hot is held
 * @index: place in the catalogue
 * @value: the value
 * @own: it is in a unit of the source's own: it says nothing to the fault's bound
 */
void evse_fault_tell(struct evse_port *port, int index, s32 value, bool own)
{
	struct evse_fault *f = &port->faults[index];

	lockdep_assert_held(&port->hot);

	f->own = own;
	if (own)
		f->own_value = value;
	else
		f->value = value;
}

/**
 * evse_fault_latch() - note a cause, and latch it unless it only warns
 * @port: the port; @port->hot is held
 * @index: place in the catalogue
 * @edge: when it was seen
 * @stands: the cause stands until it is reported gone
 * @source: what saw it
 *
 * The first cause of a stop stays the first; later ones are kept beside it.
 *
 * Return: true when the fault is new, and its timeline begins.
 */
bool evse_fault_latch(struct evse_port *port, int index, ktime_t edge,
		      bool stands, const char *source)
{
	struct evse_fault *f = &port->faults[index];
	bool fresh = !f->latched && !f->active;

	lockdep_assert_held(&port->hot);

	if (fresh) {
		f->first = evse_fault_stops(index) &&
			   evse_fault_leads(port, edge);
		f->count++;
		f->edge = edge;
		f->gates_off = 0;
		f->coil_off = 0;
		f->contact_open = 0;
		f->thread = 0;
		f->told = 0;
		strscpy(f->source, source, sizeof(f->source));
	}
	/* A second report does not end what the first one says still stands. */
	f->active |= stands;
	if (!f->active)
		f->gone = edge;
	if (evse_fault_stops(index) && !f->latched) {
		f->latched = true;
		port->latched++;
	}
	set_bit(index, port->faults_changed);
	return fresh;
}

/**
 * evse_fault_stop() - latch a fault of severity "stop" whose cause is over
 * @port: the port
 * @code: a code of the catalogue
 * @source: what saw it
 * @value: detail in the source's unit
 *
 * Context: any.
 */
void evse_fault_stop(struct evse_port *port, enum evse_fault_code code,
		     const char *source, s32 value)
{
	int index = evse_fault_index(code);
	unsigned long flags;

	raw_spin_lock_irqsave(&port->hot, flags);
	evse_fault_tell(port, index, value, false);
	evse_fault_latch(port, index, ktime_get(), false, source);
	raw_spin_unlock_irqrestore(&port->hot, flags);
	evse_port_kick(port, EVSE_PENDING_FAULT);
}

/**
 * evse_fault_opened() - complete the timelines of the present stop
 * @port: the port, its contacts confirmed open
 */
void evse_fault_opened(struct evse_port *port)
{
	unsigned long flags;
	ktime_t when;
	int i;

	raw_spin_lock_irqsave(&port->hot, flags);
	when = port->opened_at;
	for (i = 0; i < EVSE_FAULTS; i++) {
		struct evse_fault *f = &port->faults[i];

		if (!f->latched || f->contact_open ||
		    ktime_before(when, f->edge))
			continue;
		f->contact_open = when;
		set_bit(i, port->faults_changed);
	}
	raw_spin_unlock_irqrestore(&port->hot, flags);
}

/**
 * evse_fault_taken_up() - the thread has come to what was latched
 * @port: the port
 * @when: the time
 */
void evse_fault_taken_up(struct evse_port *port, ktime_t when)
{
	unsigned long flags;
	int i;

	raw_spin_lock_irqsave(&port->hot, flags);
	for (i = 0; i < EVSE_FAULTS; i++)
		if (port->faults[i].latched && !port->faults[i].thread)
			port->faults[i].thread = when;
	raw_spin_unlock_irqrestore(&port->hot, flags);
}

/**
 * evse_fault_told() - listeners are told of a fault
 * @port: the port
 * @index: place in the catalogue
 * @when: the time; the first one is kept
 */
void evse_fault_told(struct evse_port *port, int index, ktime_t when)
{
	struct evse_fault *f = &port->faults[index];
	unsigned long flags;

	raw_spin_lock_irqsave(&port->hot, flags);
	if (f->latched && !f->told)
		f->told = when;
	raw_spin_unlock_irqrestore(&port->hot, flags);
}

bool evse_fault_any_latched(struct evse_port *port)
{
	return READ_ONCE(port->latched);
}

/**
 * evse_fault_first() - the first cause of the present stop
 * @port: the port
 *
 * When that one was cleared and others are still latched, the oldest of these.
 *
 * Return: index in the catalogue, or -ENOENT.
 */
int evse_fault_first(struct evse_port *port)
{
	int i, oldest = -ENOENT;

	for (i = 0; i < EVSE_FAULTS; i++) {
		const struct evse_fault *f = &port->faults[i];

		if (!f->latched)
			continue;
		if (f->first)
			return i;
		if (oldest < 0 ||
		    ktime_before(f->edge, port->faults[oldest].edge))
			oldest = i;
	}
	return oldest;
}

/**
 * evse_fault_count() - how many faults are latched or active
 * @port: the port
 *
 * Return: the number.
 */
unsigned int evse_fault_count(struct evse_port *port)
{
	unsigned int i, count = 0;

	for (i = 0; i < EVSE_FAULTS; i++)
		if (port->faults[i].latched || port->faults[i].active)
			count++;
	return count;
}

/**
 * evse_fault_read() - a consistent copy of a fault
 * @port: the port
 * @index: place in the catalogue
 * @fault: the copy
 *
 * Return: true when it is latched or active.
 */
bool evse_fault_read(struct evse_port *port, int index,
		     struct evse_fault *fault)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&port->hot, flags);
	*fault = port->faults[index];
	raw_spin_unlock_irqrestore(&port->hot, flags);

	return fault->latched || fault->active;
}

/**
 * evse_fault_gone() - the cause is gone; the latch stays
 * @port: the port
 * @index: place in the catalogue
 *
 * Nothing, while a guard that shares the fault sees its own cause.
 *
 * Context: any.
 */
void evse_fault_gone(struct evse_port *port, int index)
{
	struct evse_fault *f = &port->faults[index];
	unsigned long flags;
	bool changed;

	raw_spin_lock_irqsave(&port->hot, flags);
	changed = f->active && !evse_guards_trip(port, index);
	if (changed) {
		f->active = false;
		f->gone = ktime_get();
		set_bit(index, port->faults_changed);
	}
	raw_spin_unlock_irqrestore(&port->hot, flags);

	if (changed)
		evse_port_kick(port, EVSE_PENDING_FAULT);
}

void evse_fault_report(struct evse_port *port, enum evse_fault_code code,
		       bool active, s32 value, const char *source)
{
	int index = evse_fault_index(code);
	unsigned long flags;

	if (WARN_ON_ONCE(index < 0))
		return;

	/* The value of now does not replace what a source of its own unit saw. */
	if (!active) {
		raw_spin_lock_irqsave(&port->hot, flags);
		port->faults[index].value = value;
		raw_spin_unlock_irqrestore(&port->hot, flags);
		evse_fault_gone(port, index);
		return;
	}

	if (evse_fault_catalogue[index].severity == EVSE_FAULT_SEVERITY_TRIP) {
		evse_trip(port, index, ktime_get(), value, true, source);
		return;
	}

	raw_spin_lock_irqsave(&port->hot, flags);
	evse_fault_tell(port, index, value, false);
	evse_fault_latch(port, index, ktime_get(), true, source);
	raw_spin_unlock_irqrestore(&port->hot, flags);
	evse_port_kick(port, EVSE_PENDING_FAULT);
}
EXPORT_SYMBOL_GPL(evse_fault_report);

void evse_fault_bound(struct evse_port *port, enum evse_fault_code code,
		      s32 bound)
{
	int index = evse_fault_index(code);
	unsigned long flags;

	if (WARN_ON_ONCE(index < 0))
		return;

	raw_spin_lock_irqsave(&port->hot, flags);
	port->faults[index].bound = bound;
	raw_spin_unlock_irqrestore(&port->hot, flags);
}
EXPORT_SYMBOL_GPL(evse_fault_bound);

void evse_fault_delay(struct evse_port *port, enum evse_fault_code code,
		      u32 delay_ms)
{
	int index = evse_fault_index(code);
	unsigned long flags;

	if (WARN_ON_ONCE(index < 0))
		return;

	raw_spin_lock_irqsave(&port->hot, flags);
	port->faults[index].delay_ms = delay_ms;
	port->faults[index].delay_set = true;
	raw_spin_unlock_irqrestore(&port->hot, flags);
}
EXPORT_SYMBOL_GPL(evse_fault_delay);

/**
 * evse_fault_clear() - end a latch by an explicit clear
 * @port: the port; its mutex is held
 * @index: place in the catalogue
 *
 * Clearing what is not latched changes nothing.
 *
 * Return: a refusal while the cause stands.
 */
struct evse_refusal evse_fault_clear(struct evse_port *port, int index)
{
	struct evse_fault *f = &port->faults[index];
	struct evse_refusal refusal = { };
	unsigned long flags;

	lockdep_assert_held(&port->mutex);

	if (f->latched && port->contactor.ops &&
	    !port->contactor.ops->is_open(port->contactor.priv))
		return (struct evse_refusal){ -EBUSY,
			"a contact is not confirmed open: check the contactor without its supply" };
	if (f->latched && port->link_due)
		return (struct evse_refusal){ -EBUSY,
			"the DC link has not lost its voltage: wait, then clear" };

	raw_spin_lock_irqsave(&port->hot, flags);
	if (f->latched) {
		refusal.sentence =
			evse_fault_refuse_clear(&evse_fault_catalogue[index], f);
		if (refusal.sentence) {
			refusal.error = -EBUSY;
		} else {
			f->latched = false;
			port->latched--;
			f->first = false;
			f->retries = 0;
			f->own = false;
			set_bit(index, port->faults_changed);
		}
	}
	raw_spin_unlock_irqrestore(&port->hot, flags);

	/* Nobody but a person knows whether the bolt is free again. */
	if (refusal.error && index == evse_fault_index(EVSE_FAULT_CODE_LOCK_FAIL) &&
	    READ_ONCE(port->lock_state) == EVSE_LOCK_STATE_FAILED)
		refusal.sentence =
			"the lock did not arrive: free it, then 'evsectl lock unlock', then clear";
	if (!refusal.error)
		evse_port_kick(port, EVSE_PENDING_FAULT);
	return refusal;
}

/**
 * evse_fault_expire() - end the latches that a standard lets end by themselves
 * @port: the port
 * @now: the time
 *
 * Return: when to look again, or KTIME_MAX.
 */
ktime_t evse_fault_expire(struct evse_port *port, ktime_t now)
{
	ktime_t next = KTIME_MAX;
	unsigned long flags;
	int i;

	raw_spin_lock_irqsave(&port->hot, flags);
	for (i = 0; i < EVSE_FAULTS; i++) {
		struct evse_fault *f = &port->faults[i];
		ktime_t ends = evse_fault_ends_at(&evse_fault_catalogue[i], f);

		if (ends > now) {
			next = min(next, ends);
			continue;
		}
		f->latched = false;
		port->latched--;
		f->first = false;
		f->retries++;
		set_bit(i, port->faults_changed);
	}
	raw_spin_unlock_irqrestore(&port->hot, flags);

	return next;
}
