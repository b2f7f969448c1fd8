// SPDX-License-Identifier: GPL-2.0-only
/* A guard with more than one source: it permits when each of them does. */
#include <linux/err.h>
#include <linux/device.h>
#include <linux/evse.h>

#include "condition.h"

/**
 * evse_condition_register() - register the guard; it starts without permit
 * @dev: the provider
 * @condition: zeroed
 * @name: of the guard
 * @code: of its fault
 *
 * To be followed by evse_condition_expect() for each source that there is.
 *
 * Return: 0 or a negative errno.
 */
int evse_condition_register(struct device *dev, struct evse_condition *condition,
			    const char *name, enum evse_fault_code code)
{
	const struct evse_guard_desc desc = {
		.name = name,
		.scope = EVSE_CONDITION_SCOPE,
		.code = code,
	};

	raw_spin_lock_init(&condition->lock);
	condition->told = EVSE_CONDITION_HOLD;
	condition->guard = devm_evse_guard_register(dev, &desc);
	if (IS_ERR(condition->guard))
		return dev_err_probe(dev, PTR_ERR(condition->guard),
				     "port takes no guard \"%s\"\n", name);
	return 0;
}

/**
 * evse_condition_expect() - a source exists, and has said nothing yet
 * @condition: the guard with its sources
 * @source: which
 */
void evse_condition_expect(struct evse_condition *condition,
			   enum evse_condition_source source)
{
	condition->state[source] = EVSE_CONDITION_HOLD;
}

/* What a guard is to know, and the source that says so. */
static enum evse_condition_state
evse_condition_worst(const struct evse_condition *condition,
		     enum evse_condition_source *culprit)
{
	enum evse_condition_state worst = EVSE_CONDITION_PERMIT, state;
	enum evse_condition_source i;

	for (i = 0; i < EVSE_CONDITION_SOURCES; i++) {
		state = condition->state[i];
		if (condition->masked && state == EVSE_CONDITION_TRIP)
			state = EVSE_CONDITION_PERMIT;
		if (state > worst) {
			worst = state;
			*culprit = i;
		}
	}
	return worst;
}

static void evse_condition_tell(struct evse_condition *condition)
{
	enum evse_condition_source culprit = EVSE_CONDITION_LINE;
	enum evse_condition_state state = evse_condition_worst(condition, &culprit);

	if (state == condition->told)
		return;
	condition->told = state;
	switch (state) {
	case EVSE_CONDITION_TRIP:
		evse_guard_trip(condition->guard, condition->edge[culprit],
				condition->value[culprit]);
		break;
	case EVSE_CONDITION_HOLD:
		evse_guard_hold(condition->guard);
		break;
	case EVSE_CONDITION_PERMIT:
		evse_guard_permit(condition->guard);
		break;
	}
}

/**
 * evse_condition_set() - a source says something
 * @condition: the guard with its sources
 * @source: which
 * @state: what it says
 * @edge: when it saw that
 * @value: what it saw, shown with a fault
 *
 * A trip has taken effect before this returns. Context: any, hard interrupt
 * included; no lock held that a contactor's or a power stage's trip() takes.
 */
void evse_condition_set(struct evse_condition *condition,
			enum evse_condition_source source,
			enum evse_condition_state state, ktime_t edge, s32 value)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&condition->lock, flags);
	if (condition->state[source] != state) {
		condition->state[source] = state;
		condition->edge[source] = edge;
		condition->value[source] = value;
		evse_condition_tell(condition);
	}
	raw_spin_unlock_irqrestore(&condition->lock, flags);
}

/**
 * evse_condition_mask() - a trip is expected, or no longer is
 * @condition: the guard with its sources
 * @masked: sources that trip are counted as if they permitted
 *
 * A source that still trips when the mask is taken away does so then. Context:
 * any.
 */
void evse_condition_mask(struct evse_condition *condition, bool masked)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&condition->lock, flags);
	if (condition->masked != masked) {
		condition->masked = masked;
		evse_condition_tell(condition);
	}
	raw_spin_unlock_irqrestore(&condition->lock, flags);
}
