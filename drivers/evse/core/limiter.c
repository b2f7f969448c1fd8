// SPDX-License-Identifier: GPL-2.0-only
/* Limiters: what providers take away from power. */
#include <linux/err.h>
#include <linux/evse.h>
#include <linux/slab.h>

#include "port.h"

static void evse_limiter_release(void *data)
{
	struct evse_limiter *limiter = data;
	struct evse_port *port = limiter->port;
	int i;

	mutex_lock(&port->mutex);
	for (i = 0; i < EVSE_LIMITERS_MAX; i++)
		if (port->limiters[i] == limiter)
			port->limiters[i] = NULL;
	/* Its name may be shown as what limits. */
	evse_power_refresh(port, false);
	mutex_unlock(&port->mutex);
	kfree(limiter);
}

struct evse_limiter *devm_evse_limiter_register(struct device *dev,
						const char *name)
{
	struct evse_port *port = evse_port_of(dev);
	struct evse_limiter *limiter;
	int i, ret;

	if (IS_ERR(port))
		return ERR_CAST(port);

	limiter = kzalloc(sizeof(*limiter), GFP_KERNEL);
	if (!limiter)
		return ERR_PTR(-ENOMEM);
	limiter->port = port;
	strscpy(limiter->name, name, sizeof(limiter->name));
	limiter->window = (struct evse_window){ limiter->name, S32_MIN, S32_MAX };

	mutex_lock(&port->mutex);
	for (i = 0; i < EVSE_LIMITERS_MAX && port->limiters[i]; i++)
		;
	if (i < EVSE_LIMITERS_MAX)
		port->limiters[i] = limiter;
	mutex_unlock(&port->mutex);
	if (i == EVSE_LIMITERS_MAX) {
		kfree(limiter);
		return ERR_PTR(-ENOSPC);
	}

	ret = devm_add_action_or_reset(dev, evse_limiter_release, limiter);
	return ret ? ERR_PTR(ret) : limiter;
}
EXPORT_SYMBOL_GPL(devm_evse_limiter_register);

void evse_limiter_of_grid(struct evse_limiter *limiter)
{
	struct evse_port *port = limiter->port;

	mutex_lock(&port->mutex);
	limiter->of_grid = true;
	mutex_unlock(&port->mutex);
}
EXPORT_SYMBOL_GPL(evse_limiter_of_grid);

static void evse_limiter_put(struct evse_limiter *limiter, s32 min_mw,
			     s32 max_mw, bool demands)
{
	struct evse_port *port = limiter->port;

	mutex_lock(&port->mutex);
	limiter->window.min_mw = min_mw;
	limiter->window.max_mw = max_mw;
	limiter->window.demands = demands;
	evse_engine_settle(port);
	mutex_unlock(&port->mutex);
}

void evse_limiter_set(struct evse_limiter *limiter, s32 min_mw, s32 max_mw)
{
	evse_limiter_put(limiter, min_mw, max_mw, false);
}
EXPORT_SYMBOL_GPL(evse_limiter_set);

void evse_limiter_demand(struct evse_limiter *limiter, s32 min_mw, s32 max_mw)
{
	evse_limiter_put(limiter, min_mw, max_mw, true);
}
EXPORT_SYMBOL_GPL(evse_limiter_demand);

bool evse_limiter_without(const struct evse_limiter *limiter, s32 *power_mw)
{
	*power_mw = READ_ONCE(limiter->without_mw);
	return READ_ONCE(limiter->flows);
}
EXPORT_SYMBOL_GPL(evse_limiter_without);
