// SPDX-License-Identifier: GPL-2.0-only
/*
 * A fan: follows the duty of its PWM with its inertia, and tells its turns. Pure.
 */

#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "heat.h"

/* It takes a second for 63 % of a change of its speed. */
#define INERTIA		((s64)NSEC_PER_SEC)
/* Below this duty it stands. */
#define STALL_PERMYRIAD	1000
/* How often it is looked at while its speed changes */
#define CHANGING	EVSE_SIM_MS(10)
/* Close enough */
#define SAME		2000

/* From one pulse to the next, in thousandths of a turn a minute times ns */
#define PULSE		(60 * 1000LL * NSEC_PER_SEC / EVSE_SIM_FAN_PULSES)

static s64 target(const struct evse_sim_fan *f)
{
	if (f->blocked || f->duty_permyriad < STALL_PERMYRIAD)
		return 0;
	return div_s64(EVSE_SIM_FAN_RPM * 1000LL * f->duty_permyriad, 10000);
}

void evse_sim_fan_init(struct evse_sim_fan *f, s64 now)
{
	f->at = now;
	f->due = EVSE_SIM_NEVER;
	f->speed = 0;
	f->turned = 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_fan_init);

/* Returns the pulses since the last look; of a long time, not all of them. */
unsigned int evse_sim_fan_run(struct evse_sim_fan *f, s64 now)
{
	s64 ns = now - f->at, was = f->speed, gap = target(f) - was;
	u64 pulses;

	if (ns <= 0)
		return 0;
	if (f->blocked || abs(gap) < SAME)
		f->speed = target(f);
	else
		f->speed += gap - div_s64(gap * (s64)(evse_sim_decay(ns) >> 12),
					  BIT(20));
	f->at = now;
	/* The phase at the end of a long time is of no interest. */
	f->turned += div_s64((was + f->speed) * min(ns, INERTIA), 2);
	pulses = div64_u64(f->turned, PULSE);
	f->turned -= pulses * PULSE;
	return f->tach_missing ? 0 : pulses;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_fan_run);

/* When to look next, if somebody wants to know of pulses. */
void evse_sim_fan_plan(struct evse_sim_fan *f, bool watched)
{
	bool changes = f->speed != target(f);

	f->due = EVSE_SIM_NEVER;
	if (!watched || f->tach_missing)
		return;
	if (f->speed)
		f->due = f->at + 1 + div64_s64(PULSE - f->turned, f->speed);
	if (changes)
		f->due = min(f->due, f->at + CHANGING);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_fan_plan);

u32 evse_sim_fan_permille(const struct evse_sim_fan *f)
{
	return div_s64(f->speed, EVSE_SIM_FAN_RPM);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_fan_permille);

/* What the tach says, once it has been looked at. */
bool evse_sim_fan_level(const struct evse_sim_fan *f)
{
	return !f->tach_missing && f->turned < PULSE / 2;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_fan_level);
