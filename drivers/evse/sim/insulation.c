// SPDX-License-Identifier: GPL-2.0-only
/*
 * Insulation monitor with its self-test, and the protective conductor. Pure.
 */

#include <linux/export.h>
#include <linux/math64.h>

#include <kunit/visibility.h>

#include "model.h"

/* The self-test puts a resistor in parallel with the insulation. */
static s32 shown(const struct evse_sim_insulation *i, bool test)
{
	if (!test)
		return i->ohm;
	return div_s64((s64)i->ohm * EVSE_SIM_IMD_TEST_OHM,
		       i->ohm + EVSE_SIM_IMD_TEST_OHM);
}

/* Dead was written: from now on it shows one value. */
void evse_sim_insulation_died(struct evse_sim_insulation *i, bool test)
{
	i->dead_ohm = shown(i, test);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_insulation_died);

s32 evse_sim_insulation_ohm(const struct evse_sim_insulation *i, bool test)
{
	return i->dead ? i->dead_ohm : shown(i, test);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_insulation_ohm);

s32 evse_sim_earth_milliohm(const struct evse_sim_earth *e)
{
	return e->lost ? EVSE_SIM_EARTH_OPEN : e->milliohm;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_earth_milliohm);

bool evse_sim_earth_present(const struct evse_sim_earth *e)
{
	return evse_sim_earth_milliohm(e) < EVSE_SIM_EARTH_MAX_MOHM;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_earth_present);
