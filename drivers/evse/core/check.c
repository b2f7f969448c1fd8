// SPDX-License-Identifier: GPL-2.0-only
/* Checks: what has to be proven anew before each closing of the contactor. */
#include <linux/err.h>
#include <linux/evse.h>
#include <linux/lockdep.h>
#include <linux/slab.h>

#include "port.h"

#define EVSE_CHECK_TIMEOUT_MAX_MS	60000

static void evse_check_release(void *data)
{
	struct evse_check *check = data;
	struct evse_port *port = check->port;
	int i;

	mutex_lock(&port->mutex);
	for (i = 0; i < EVSE_CHECKS_MAX; i++)
		if (port->checks[i] == check)
			port->checks[i] = NULL;
	mutex_unlock(&port->mutex);
	kfree(check);
}

struct evse_check *devm_evse_check_register(struct device *dev,
					    const struct evse_check_desc *desc,
					    const struct evse_check_ops *ops,
					    void *priv)
{
	struct evse_port *port = evse_port_of(dev);
	int fault = evse_fault_index(desc->code);
	struct evse_check *check;
	int i, ret;

	if (IS_ERR(port))
		return ERR_CAST(port);
	if (fault < 0 || !evse_fault_stops(fault) || !desc->timeout_ms ||
	    desc->timeout_ms > EVSE_CHECK_TIMEOUT_MAX_MS)
		return ERR_PTR(-EINVAL);

	check = kzalloc(sizeof(*check), GFP_KERNEL);
	if (!check)
		return ERR_PTR(-ENOMEM);
	check->port = port;
	check->fault = fault;
	check->timeout_ms = desc->timeout_ms;
	check->ops = ops;
	check->priv = priv;
	strscpy(check->name, desc->name, sizeof(check->name));

	mutex_lock(&port->mutex);
	for (i = 0; i < EVSE_CHECKS_MAX && port->checks[i]; i++)
		;
	if (i < EVSE_CHECKS_MAX)
		port->checks[i] = check;
	mutex_unlock(&port->mutex);
	if (i == EVSE_CHECKS_MAX) {
		kfree(check);
		return ERR_PTR(-ENOSPC);
	}

	ret = devm_add_action_or_reset(dev, evse_check_release, check);
	return ret ? ERR_PTR(ret) : check;
}
EXPORT_SYMBOL_GPL(devm_evse_check_register);

void evse_check_done(struct evse_check *check, bool passed, s32 value)
{
	if (atomic_read(&check->state) != EVSE_CHECK_RUNNING)
		return;
	/* Read once the answer is accepted, if it comes before the deadline. */
	WRITE_ONCE(check->value, value);
	if (atomic_cmpxchg(&check->state, EVSE_CHECK_RUNNING,
			   passed ? EVSE_CHECK_PASSED : EVSE_CHECK_FAILED) ==
	    EVSE_CHECK_RUNNING)
		evse_port_kick(check->port, EVSE_PENDING_CHECK);
}
EXPORT_SYMBOL_GPL(evse_check_done);

/**
 * evse_checks_start() - start every check of a port
 * @port: the port; its mutex is held
 *
 * Return: true when there is one to wait for.
 */
bool evse_checks_start(struct evse_port *port)
{
	ktime_t now = ktime_get();
	bool any = false;
	int i;

	lockdep_assert_held(&port->mutex);

	for (i = 0; i < EVSE_CHECKS_MAX; i++) {
		struct evse_check *check = port->checks[i];

		if (!check)
			continue;
		any = true;
		check->deadline = ktime_add_ms(now, check->timeout_ms);
		check->value = 0;
		atomic_set(&check->state, EVSE_CHECK_RUNNING);
		check->ops->start(check->priv);
	}
	return any;
}

/**
 * evse_checks_passed() - has every check passed
 * @port: the port; its mutex is held
 *
 * Return: true when so.
 */
bool evse_checks_passed(struct evse_port *port)
{
	int i;

	for (i = 0; i < EVSE_CHECKS_MAX; i++)
		if (port->checks[i] &&
		    atomic_read(&port->checks[i]->state) != EVSE_CHECK_PASSED)
			return false;
	return true;
}

/**
 * evse_checks_judge() - trip by a check that failed or did not answer
 * @port: the port, checking; its mutex is held
 * @now: the time
 */
void evse_checks_judge(struct evse_port *port, ktime_t now)
{
	int i;

	for (i = 0; i < EVSE_CHECKS_MAX; i++) {
		struct evse_check *check = port->checks[i];

		if (!check)
			continue;
		if (!ktime_before(now, check->deadline))
			atomic_cmpxchg(&check->state, EVSE_CHECK_RUNNING,
				       EVSE_CHECK_FAILED);
		if (atomic_read(&check->state) == EVSE_CHECK_FAILED)
			evse_trip(port, check->fault, now, check->value, false,
				  check->name);
	}
}

/**
 * evse_checks_cancel() - nobody waits for the checks any more
 * @port: the port; its mutex is held
 */
void evse_checks_cancel(struct evse_port *port)
{
	int i;

	for (i = 0; i < EVSE_CHECKS_MAX; i++) {
		struct evse_check *check = port->checks[i];

		if (!check)
			continue;
		atomic_set(&check->state, EVSE_CHECK_IDLE);
		check->ops->cancel(check->priv);
	}
}

/**
 * evse_checks_next() - when the next answer is overdue
 * @port: the port; its mutex is held
 *
 * Return: the time, or KTIME_MAX when none is waited for.
 */
ktime_t evse_checks_next(struct evse_port *port)
{
	ktime_t next = KTIME_MAX;
	int i;

	if (port->state != EVSE_PORT_STATE_CHECKING)
		return next;
	for (i = 0; i < EVSE_CHECKS_MAX; i++)
		if (port->checks[i] &&
		    atomic_read(&port->checks[i]->state) == EVSE_CHECK_RUNNING)
			next = min(next, port->checks[i]->deadline);
	return next;
}
