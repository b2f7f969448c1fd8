// SPDX-License-Identifier: GPL-2.0-only
/*
 * ePWM modules in a chain: the synchronisation output of one is the input of the
 * next, and each has an oscilloscope at its outputs. Pure.
 */

#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include <kunit/visibility.h>

#include "epwm.h"

void evse_sim_epwms_init(struct evse_sim_epwms *e, unsigned int count)
{
	unsigned int i;

	memset(e, 0, sizeof(*e));
	e->count = count;
	for (i = 0; i < count; i++) {
		evse_sim_epwm_init(&e->m[i]);
		evse_sim_scope_clear(&e->scope[i]);
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwms_init);

static void look(struct evse_sim_epwms *e)
{
	unsigned int i;

	for (i = 0; i < e->count; i++)
		evse_sim_scope_look(&e->scope[i], &e->m[i]);
}

static void synchronise(struct evse_sim_epwms *e)
{
	unsigned int i;

	for (i = 0; i < e->count; i++) {
		if (e->m[i].synco && i + 1 < e->count)
			evse_sim_epwm_sync(&e->m[i + 1]);
		e->m[i].synco = false;
	}
}

static s64 due(const struct evse_sim_epwms *e)
{
	s64 first = EVSE_SIM_EPWM_NEVER;
	unsigned int i;

	for (i = 0; i < e->count; i++)
		first = min(first, evse_sim_epwm_due(&e->m[i]));
	return first;
}

/* To the next stop of any of them, but not past @to */
static void step(struct evse_sim_epwms *e, s64 to)
{
	s64 t = min(to, due(e));
	unsigned int i;

	for (i = 0; i < e->count; i++)
		evse_sim_epwm_run(&e->m[i], t);
	synchronise(e);
	look(e);
}

/* The same again, but for the time that has passed */
static bool repeats(const struct evse_sim_epwms *e,
		    const struct evse_sim_epwms *before, s64 period)
{
	unsigned int i;

	for (i = 0; i < e->count; i++) {
		struct evse_sim_epwm m;

		memcpy(&m, &before->m[i], sizeof(m));
		m.now += period;
		m.edge += period;
		/* What does not run may have counted on. */
		m.red.count = e->m[i].red.running ? m.red.count : e->m[i].red.count;
		m.fed.count = e->m[i].fed.running ? m.fed.count : e->m[i].fed.count;
		if (memcmp(&m, &e->m[i], sizeof(m)))
			return false;
	}
	return true;
}

static void skip(struct evse_sim_epwms *e, s64 time)
{
	unsigned int i, k;

	for (i = 0; i < e->count; i++) {
		e->m[i].now += time;
		e->m[i].edge += time;
		for (k = 0; k < 2; k++) {
			e->scope[i].rose[k] += time;
			e->scope[i].fell[k] += time;
		}
	}
}

/* Periods that are all alike are not computed one by one. */
static void skip_alike(struct evse_sim_epwms *e, s64 to)
{
	s64 period = evse_sim_epwm_period(&e->m[0]), end;
	struct evse_sim_epwms before;
	unsigned int tries;

	for (tries = 0; tries < 3; tries++) {
		if (!period || to - e->m[0].now < 4 * period)
			return;
		memcpy(&before, e, sizeof(before));
		end = e->m[0].now + period;
		while (e->m[0].now < end)
			step(e, end);
		if (repeats(e, &before, period)) {
			skip(e, div64_s64(to - end, period) * period);
			return;
		}
	}
}

void evse_sim_epwms_run(struct evse_sim_epwms *e, s64 to)
{
	skip_alike(e, to);
	while (e->m[0].now < to)
		step(e, to);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwms_run);

/* At the time that they have been computed up to */
void evse_sim_epwms_write(struct evse_sim_epwms *e, unsigned int module,
			  unsigned int reg, u16 value)
{
	evse_sim_epwm_write(&e->m[module], reg, value);
	synchronise(e);
	look(e);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwms_write);

/* One fault pin for all of them */
void evse_sim_epwms_trip_input(struct evse_sim_epwms *e, u8 active)
{
	unsigned int i;

	for (i = 0; i < e->count; i++)
		evse_sim_epwm_trip_input(&e->m[i], active);
	look(e);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwms_trip_input);

static u32 levels(const struct evse_sim_epwms *e)
{
	unsigned int i;
	u32 bits = 0;

	for (i = 0; i < e->count; i++)
		bits |= evse_sim_epwm_out(&e->m[i], 0) << (2 * i) |
			evse_sim_epwm_out(&e->m[i], 1) << (2 * i + 1);
	return bits;
}

/* When an output changes next, without a write; not looked for past @until */
s64 evse_sim_epwms_change(const struct evse_sim_epwms *e, s64 until)
{
	u32 now = levels(e);
	struct evse_sim_epwms ahead;

	memcpy(&ahead, e, sizeof(ahead));
	while (ahead.m[0].now < until) {
		step(&ahead, until);
		if (levels(&ahead) != now)
			return ahead.m[0].now;
	}
	return EVSE_SIM_EPWM_NEVER;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwms_change);
