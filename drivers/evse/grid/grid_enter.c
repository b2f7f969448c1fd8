// SPDX-License-Identifier: GPL-2.0-only
/*
 * Enter service (IEEE 1547-2018 4.10 and what others have like it): all of a
 * window for a time without interruption, then a part of chance or a ramp.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/time64.h>

#include "grid_enter.h"
#include "grid_judge.h"

/**
 * evse_grid_enter_init() - start outside of the window
 * @e: enter service
 * @seed: for the part of chance
 */
void evse_grid_enter_init(struct evse_grid_enter *e, u32 seed)
{
	*e = (struct evse_grid_enter) { .random = seed ? seed : 1 };
	evse_grid_enter_reset(e);
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_enter_init);

/**
 * evse_grid_enter_reset() - everything from the beginning
 * @e: enter service
 */
void evse_grid_enter_reset(struct evse_grid_enter *e)
{
	e->since = EVSE_GRID_NEVER;
	e->ramp_from = EVSE_GRID_NEVER;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_enter_reset);

/**
 * evse_grid_enter_outside() - what is not as enter service wants it
 * @line: settings, by element
 * @seen: what is known of the grid
 *
 * Return: EVSE_GRID_WINDOW_* bits, but for the contradiction, which takes time.
 */
u32 evse_grid_enter_outside(const struct evse_grid_line *line,
			    const struct evse_grid_seen *seen)
{
	s32 low = seen->crossing ? seen->low_permille : 0;
	u32 outside = 0;

	if (!seen->voltage_valid)
		outside |= EVSE_GRID_WINDOW_NO_VOLTAGE;
	if ((seen->voltage_valid || !seen->crossing) &&
	    low < line[EVSE_GRID_ELEMENT_ENTER_V_LOW].pickup)
		outside |= EVSE_GRID_WINDOW_VOLTAGE_LOW;
	if (seen->voltage_valid &&
	    seen->high_permille > line[EVSE_GRID_ELEMENT_ENTER_V_HIGH].pickup)
		outside |= EVSE_GRID_WINDOW_VOLTAGE_HIGH;

	if (!seen->locked || !seen->crossing)
		outside |= EVSE_GRID_WINDOW_NO_LOCK;
	else if ((s32)seen->frequency_mhz < line[EVSE_GRID_ELEMENT_ENTER_F_LOW].pickup)
		outside |= EVSE_GRID_WINDOW_FREQUENCY_LOW;
	else if ((s32)seen->frequency_mhz > line[EVSE_GRID_ELEMENT_ENTER_F_HIGH].pickup)
		outside |= EVSE_GRID_WINDOW_FREQUENCY_HIGH;

	if (!seen->relay)
		outside |= EVSE_GRID_WINDOW_RELAY_OPEN;
	return outside;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_enter_outside);

/* Marsaglia's xorshift; chargers in a street differ by their seeds. */
static u32 evse_grid_enter_chance(struct evse_grid_enter *e)
{
	e->random ^= e->random << 13;
	e->random ^= e->random >> 17;
	e->random ^= e->random << 5;
	return e->random;
}

/**
 * evse_grid_enter_due() - when export may return if the window goes on holding
 * @e: enter service
 * @line: settings, by element
 *
 * Return: ns, S64_MAX while the window does not hold.
 */
s64 evse_grid_enter_due(const struct evse_grid_enter *e,
			const struct evse_grid_line *line)
{
	if (e->since == EVSE_GRID_NEVER)
		return S64_MAX;
	return e->since + e->spread_ns +
	       (s64)line[EVSE_GRID_ELEMENT_ENTER_DELAY].pickup * NSEC_PER_MSEC;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_enter_due);

/**
 * evse_grid_enter_step() - let time pass
 * @e: enter service
 * @line: settings, by element
 * @now: the moment, ns
 * @inside: all of the window holds
 *
 * Return: true when export may flow.
 */
bool evse_grid_enter_step(struct evse_grid_enter *e,
			  const struct evse_grid_line *line, s64 now,
			  bool inside)
{
	if (!inside) {
		evse_grid_enter_reset(e);
		return false;
	}
	if (e->since == EVSE_GRID_NEVER) {
		u64 span = (u64)line[EVSE_GRID_ELEMENT_ENTER_RAMP].time_ms *
			   NSEC_PER_MSEC;

		/* Below 2^42 ns; 22 bits of chance leave room for the product. */
		e->spread_ns = span * (evse_grid_enter_chance(e) >> 10) >> 22;
		e->since = now;
	}
	if (now < evse_grid_enter_due(e, line))
		return false;
	e->ramp_from = now;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_enter_step);

/**
 * evse_grid_enter_ramp() - how much export may flow
 * @e: enter service
 * @line: settings, by element
 * @now: the moment, ns
 * @next: when it is more, if that is earlier than what it says already
 *
 * Return: permille of the rated export.
 */
u32 evse_grid_enter_ramp(const struct evse_grid_enter *e,
			 const struct evse_grid_line *line, s64 now, s64 *next)
{
	/* The 1/1000 of so many milliseconds is so many microseconds. */
	s32 step_ns = line[EVSE_GRID_ELEMENT_ENTER_RAMP].pickup * NSEC_PER_USEC;
	s64 passed, more;

	if (e->ramp_from == EVSE_GRID_NEVER)
		return 0;
	passed = now - e->ramp_from;
	if (passed >= (s64)step_ns * 1000)
		return 1000;
	passed = div_s64(passed, step_ns);
	more = e->ramp_from + (passed + 1) * step_ns;
	if (more < *next)
		*next = more;
	return passed;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_enter_ramp);
