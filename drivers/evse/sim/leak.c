// SPDX-License-Identifier: GPL-2.0-only
/*
 * Residual current sensor: a line that says active above a limit, a measured
 * value, and a winding through which a test current can be sent. Pure.
 */

#include <linux/export.h>

#include <kunit/visibility.h>

#include "model.h"

#define RESPONSE	EVSE_SIM_MS(10)
#define TEST_RESPONSE	EVSE_SIM_MS(20)
#define TEST_UA		10000

void evse_sim_leak_init(struct evse_sim_leak *l)
{
	l->due = EVSE_SIM_NEVER;
	l->test = false;
	l->line = false;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_leak_init);

/* What the sensor measures. */
s32 evse_sim_leak_ua(const struct evse_sim_leak *l)
{
	if (l->test_fail)
		return 0;
	return l->ua + (l->test ? TEST_UA : 0);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_leak_ua);

static bool above(const struct evse_sim_leak *l)
{
	return evse_sim_leak_ua(l) > l->limit_ua;
}

/* Current, limit, health or test may have changed. */
void evse_sim_leak_look(struct evse_sim_leak *l, bool test, s64 now)
{
	bool real;

	l->test = test;
	if (above(l) == l->line) {
		l->due = EVSE_SIM_NEVER;
		return;
	}
	real = l->line || l->ua > l->limit_ua;
	if (l->due == EVSE_SIM_NEVER)
		l->due = now + (real ? RESPONSE : TEST_RESPONSE);
	else if (real && l->due > now + RESPONSE)
		l->due = now + RESPONSE;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_leak_look);

void evse_sim_leak_fire(struct evse_sim_leak *l, s64 now)
{
	l->line = above(l);
	l->due = EVSE_SIM_NEVER;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_leak_fire);
