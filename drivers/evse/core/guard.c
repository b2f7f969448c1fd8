// SPDX-License-Identifier: GPL-2.0-only
/* Guards: conditions that must hold for power to flow. */
#include <linux/err.h>
#include <linux/evse.h>
#include <linux/lockdep.h>
#include <linux/slab.h>

#include "port.h"

#define EVSE_SCOPE_PHASES \
	(EVSE_SCOPE_PRECHARGE | EVSE_SCOPE_CABLE_CHECK | EVSE_SCOPE_FLOW)
#define EVSE_SCOPE_DIRECTIONS \
	(EVSE_SCOPE_IMPORT | EVSE_SCOPE_EXPORT | EVSE_SCOPE_ISLAND)

static void evse_guard_release(void *data)
{
	struct evse_guard *guard = data;
	struct evse_port *port = guard->port;
	unsigned long flags;
	int i;

	mutex_lock(&port->mutex);
	raw_spin_lock_irqsave(&port->hot, flags);
	for (i = 0; i < EVSE_GUARDS_MAX; i++)
		if (port->guards[i] == guard)
			port->guards[i] = NULL;
	if (guard->state == EVSE_GUARD_STATE_CEASE &&
	    atomic_dec_and_test(&port->ceased))
		port->ceased_at = 0;
	raw_spin_unlock_irqrestore(&port->hot, flags);
	/* Nobody else could say that the cause is gone. */
	if (guard->state == EVSE_GUARD_STATE_TRIP)
		evse_fault_gone(port, guard->fault);
	/* Its name may be shown as what limits. */
	evse_power_refresh(port, false);
	mutex_unlock(&port->mutex);
	kfree(guard);
}

struct evse_guard *devm_evse_guard_register(struct device *dev,
					    const struct evse_guard_desc *desc)
{
	struct evse_port *port = evse_port_of(dev);
	int fault = evse_fault_index(desc->code);
	struct evse_guard *guard;
	unsigned long flags;
	int i, ret;

	if (IS_ERR(port))
		return ERR_CAST(port);
	/* What only warns would be off without a latch. */
	if (fault < 0 || !evse_fault_stops(fault) ||
	    !(desc->scope & EVSE_SCOPE_PHASES) ||
	    !(desc->scope & EVSE_SCOPE_DIRECTIONS))
		return ERR_PTR(-EINVAL);

	guard = kzalloc(sizeof(*guard), GFP_KERNEL);
	if (!guard)
		return ERR_PTR(-ENOMEM);
	guard->port = port;
	guard->scope = desc->scope;
	guard->fault = fault;
	guard->own_unit = desc->own_unit;
	strscpy(guard->name, desc->name, sizeof(guard->name));

	mutex_lock(&port->mutex);
	raw_spin_lock_irqsave(&port->hot, flags);
	for (i = 0; i < EVSE_GUARDS_MAX && port->guards[i]; i++)
		;
	if (i < EVSE_GUARDS_MAX)
		port->guards[i] = guard;
	raw_spin_unlock_irqrestore(&port->hot, flags);
	mutex_unlock(&port->mutex);
	if (i == EVSE_GUARDS_MAX) {
		kfree(guard);
		return ERR_PTR(-ENOSPC);
	}

	ret = devm_add_action_or_reset(dev, evse_guard_release, guard);
	return ret ? ERR_PTR(ret) : guard;
}
EXPORT_SYMBOL_GPL(devm_evse_guard_register);

/**
 * evse_guards_trip() - does a guard still see the cause of a fault
 * @port: the port; @hot is held
 * @fault: index of the fault in the catalogue
 *
 * Return: true when so.
 */
bool evse_guards_trip(struct evse_port *port, int fault)
{
	int i;

	lockdep_assert_held(&port->hot);

	for (i = 0; i < EVSE_GUARDS_MAX; i++)
		if (port->guards[i] && port->guards[i]->fault == fault &&
		    port->guards[i]->state == EVSE_GUARD_STATE_TRIP)
			return true;
	return false;
}

/**
 * evse_guard_move() - enter a state
 * @guard: the guard; @hot of its port is held
 * @state: the state; a cease blocks the gates before this returns
 *
 * Return: the state before.
 */
enum evse_guard_state evse_guard_move(struct evse_guard *guard,
				      enum evse_guard_state state)
{
	struct evse_port *port = guard->port;
	enum evse_guard_state before = guard->state;

	lockdep_assert_held(&port->hot);

	guard->state = state;
	if (state == EVSE_GUARD_STATE_CEASE && before != state) {
		atomic_inc(&port->ceased);
		smp_mb__after_atomic();	/* pairs with evse_port_may_arm() */
		if (port->stage.ops)
			port->stage.ops->trip(port->stage.priv);
		if (!port->ceased_at)
			port->ceased_at = ktime_get();
	}
	if (before == EVSE_GUARD_STATE_CEASE && before != state &&
	    atomic_dec_and_test(&port->ceased))
		port->ceased_at = 0;
	return before;
}

/**
 * evse_guard_idle() - is what a guard watches of no account in the present mode
 * @guard: the guard; @hot of its port is held
 *
 * In mode v2h the grid is on the other side of the islanding switch, and may be
 * what the house is to do without: its guard neither ceases nor trips.
 *
 * Return: true when the guard can do no more than hold.
 */
bool evse_guard_idle(const struct evse_guard *guard)
{
	return guard->port->mode == EVSE_MODE_V2H &&
	       (guard->scope & EVSE_SCOPE_DIRECTIONS) == EVSE_SCOPE_EXPORT;
}

static void evse_guard_enter(struct evse_guard *guard,
			     enum evse_guard_state state)
{
	struct evse_port *port = guard->port;
	enum evse_guard_state before;
	unsigned long flags;

	raw_spin_lock_irqsave(&port->hot, flags);
	guard->said = state;
	if (state == EVSE_GUARD_STATE_CEASE && evse_guard_idle(guard))
		state = EVSE_GUARD_STATE_HOLD;
	before = evse_guard_move(guard, state);
	raw_spin_unlock_irqrestore(&port->hot, flags);

	if (before != state)
		evse_port_kick(port, EVSE_PENDING_GUARD);
	if (before == EVSE_GUARD_STATE_TRIP && before != state)
		evse_fault_gone(port, guard->fault);
}

void evse_guard_permit(struct evse_guard *guard)
{
	evse_guard_enter(guard, EVSE_GUARD_STATE_PERMIT);
}
EXPORT_SYMBOL_GPL(evse_guard_permit);

void evse_guard_hold(struct evse_guard *guard)
{
	evse_guard_enter(guard, EVSE_GUARD_STATE_HOLD);
}
EXPORT_SYMBOL_GPL(evse_guard_hold);

void evse_guard_cease(struct evse_guard *guard)
{
	evse_guard_enter(guard, EVSE_GUARD_STATE_CEASE);
}
EXPORT_SYMBOL_GPL(evse_guard_cease);

void evse_guard_trip(struct evse_guard *guard, ktime_t edge, s32 value)
{
	evse_trip_guard(guard, edge, value);
}
EXPORT_SYMBOL_GPL(evse_guard_trip);

/* The guard says again what it said last, in another mode. */
static void evse_guard_repeat(struct evse_guard *guard)
{
	struct evse_port *port = guard->port;
	enum evse_guard_state said, state;
	unsigned long flags;
	bool idle;

	raw_spin_lock_irqsave(&port->hot, flags);
	said = guard->said;
	state = guard->state;
	idle = evse_guard_idle(guard);
	if (idle && (state == EVSE_GUARD_STATE_TRIP ||
		     state == EVSE_GUARD_STATE_CEASE))
		evse_guard_move(guard, EVSE_GUARD_STATE_HOLD);
	raw_spin_unlock_irqrestore(&port->hot, flags);

	if (idle && state == EVSE_GUARD_STATE_TRIP)
		evse_fault_gone(port, guard->fault);
	if (idle || said == state)
		return;
	if (said == EVSE_GUARD_STATE_TRIP)
		evse_trip_guard(guard, ktime_get(), 0);
	else
		evse_guard_enter(guard, said);
}

/**
 * evse_guards_mode() - change the mode of a port, as its guards see it
 * @port: the port, at rest where the new mode or the present one is v2h; its
 *	mutex is held
 * @mode: the mode
 */
void evse_guards_mode(struct evse_port *port, enum evse_mode mode)
{
	bool island = mode == EVSE_MODE_V2H || port->mode == EVSE_MODE_V2H;
	unsigned long flags;
	int i;

	lockdep_assert_held(&port->mutex);

	if (mode == port->mode)
		return;
	raw_spin_lock_irqsave(&port->hot, flags);
	port->mode = mode;
	raw_spin_unlock_irqrestore(&port->hot, flags);
	for (i = 0; island && i < EVSE_GUARDS_MAX; i++)
		if (port->guards[i])
			evse_guard_repeat(port->guards[i]);
}

/* Directions that the mode of a port allows. */
static u32 evse_mode_directions(const struct evse_port *port)
{
	switch (port->mode) {
	case EVSE_MODE_CHARGE:
		return EVSE_SCOPE_IMPORT;
	case EVSE_MODE_V2G:
		return EVSE_SCOPE_IMPORT | EVSE_SCOPE_EXPORT;
	case EVSE_MODE_V2H:
		return EVSE_SCOPE_IMPORT | EVSE_SCOPE_ISLAND;
	default:
		return 0;
	}
}

/* Does the guard let power be in a phase? A cease keeps the contactor. */
static bool evse_guard_refuses(const struct evse_guard *guard)
{
	return guard->state == EVSE_GUARD_STATE_HOLD ||
	       guard->state == EVSE_GUARD_STATE_TRIP;
}

/**
 * evse_guards_block() - a guard that keeps power out altogether
 * @port: the port; its mutex is held
 * @phase: EVSE_SCOPE_PRECHARGE, EVSE_SCOPE_CABLE_CHECK or EVSE_SCOPE_FLOW
 *
 * Return: name of a guard without permit that speaks for the phase and for
 * every direction of the mode, or NULL.
 */
const char *evse_guards_block(struct evse_port *port, u32 phase)
{
	u32 directions = evse_mode_directions(port);
	int i;

	lockdep_assert_held(&port->mutex);

	for (i = 0; i < EVSE_GUARDS_MAX; i++) {
		struct evse_guard *guard = port->guards[i];

		if (guard && evse_guard_refuses(guard) &&
		    (guard->scope & phase) &&
		    !(directions & ~guard->scope))
			return guard->name;
	}
	return NULL;
}

/**
 * evse_guards_windows() - what guards take away from power
 * @port: the port; its mutex is held
 * @windows: filled with one window a guard without permit
 *
 * Return: how many windows were filled.
 */
unsigned int evse_guards_windows(struct evse_port *port,
				 struct evse_window *windows)
{
	u32 away = port->mode == EVSE_MODE_V2H ? EVSE_SCOPE_ISLAND
					       : EVSE_SCOPE_EXPORT;
	unsigned int count = 0;
	int i;

	for (i = 0; i < EVSE_GUARDS_MAX; i++) {
		struct evse_guard *guard = port->guards[i];

		if (!guard || !(guard->scope & EVSE_SCOPE_FLOW) ||
		    guard->state == EVSE_GUARD_STATE_PERMIT)
			continue;
		windows[count++] = (struct evse_window){
			.name = guard->name,
			.min_mw = guard->scope & away ? 0 : S32_MIN,
			.max_mw = guard->scope & EVSE_SCOPE_IMPORT ? 0 : S32_MAX,
		};
	}
	return count;
}

/**
 * evse_guards_watch() - is there a guard for just one direction
 * @port: the port; its mutex is held
 * @direction: EVSE_SCOPE_EXPORT or EVSE_SCOPE_ISLAND
 *
 * Discharge needs the permit of somebody who watches the grid, or the islanding
 * switch (I3): where nobody does, nobody permits. A guard for every direction,
 * such as an emergency stop, is neither.
 *
 * Return: true when there is one, whether it permits or not.
 */
bool evse_guards_watch(struct evse_port *port, u32 direction)
{
	int i;

	for (i = 0; i < EVSE_GUARDS_MAX; i++)
		if (port->guards[i] && (port->guards[i]->scope &
					EVSE_SCOPE_DIRECTIONS) == direction)
			return true;
	return false;
}
