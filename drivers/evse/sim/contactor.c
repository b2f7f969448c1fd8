// SPDX-License-Identifier: GPL-2.0-only
/*
 * A contact follows its coil after a travel time. Pure.
 */

#include <linux/export.h>

#include <kunit/visibility.h>

#include "model.h"

#define CLOSE_TRAVEL	EVSE_SIM_MS(15)
#define OPEN_TRAVEL	EVSE_SIM_MS(8)
/* Past the usual supervision times of 100 ms and 50 ms. */
#define SLOW_CLOSE	EVSE_SIM_MS(250)
#define SLOW_OPEN	EVSE_SIM_MS(120)
/* Moves after the first touch; an even number ends closed. */
#define BOUNCES		6
#define BOUNCE_TIME	EVSE_SIM_MS(3)

void evse_sim_contact_init(struct evse_sim_contact *c)
{
	*c = (struct evse_sim_contact){ .due = EVSE_SIM_NEVER };
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_contact_init);

static s64 travel(const struct evse_sim_contact *c)
{
	bool slow = c->fail == EVSE_SIM_CONTACT_SLOW;

	if (c->coil)
		return slow ? SLOW_CLOSE : CLOSE_TRAVEL;
	return slow ? SLOW_OPEN : OPEN_TRAVEL;
}

void evse_sim_contact_coil(struct evse_sim_contact *c, bool on, s64 now)
{
	if (c->coil == on)
		return;
	c->coil = on;
	c->bounces = 0;
	c->due = now + travel(c);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_contact_coil);

static bool follows(const struct evse_sim_contact *c)
{
	if (c->fail == EVSE_SIM_CONTACT_STUCK_OPEN)
		return false;
	/* A weld holds what has closed. */
	if (c->fail == EVSE_SIM_CONTACT_WELD && c->closed)
		return true;
	return c->coil;
}

void evse_sim_contact_fire(struct evse_sim_contact *c, s64 now)
{
	bool to = follows(c);

	c->due = EVSE_SIM_NEVER;
	if (c->bounces) {
		c->bounces--;
		c->closed = !c->closed;
		c->due = c->bounces ? now + BOUNCE_TIME : EVSE_SIM_NEVER;
		return;
	}
	if (to && !c->closed && c->fail == EVSE_SIM_CONTACT_BOUNCE) {
		c->bounces = BOUNCES;
		c->due = now + BOUNCE_TIME;
	}
	c->closed = to;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_contact_fire);

/* @fail was written: the contact goes where it now belongs. */
void evse_sim_contact_failed(struct evse_sim_contact *c, s64 now)
{
	c->bounces = 0;
	c->due = c->closed == follows(c) && c->due == EVSE_SIM_NEVER ?
		 EVSE_SIM_NEVER : now + travel(c);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_contact_failed);
