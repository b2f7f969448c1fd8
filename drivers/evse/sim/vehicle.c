// SPDX-License-Identifier: GPL-2.0-only
/*
 * The vehicle: resistor on the pilot, charger on board, battery. Pure.
 */

#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "model.h"

#define S2_CLOSE_DELAY	EVSE_SIM_MS(200)
#define S2_OPEN_DELAY	EVSE_SIM_MS(500)
/* IEC 61851-1 Table A.6, sequences 9 to 12: within 3 s. */
#define S2_GIVE_UP	EVSE_SIM_MS(2500)
#define S2_POLL		EVSE_SIM_MS(50)
#define START_DELAY	EVSE_SIM_MS(300)
/* The battery's contactors wait for the current to end, but not for ever. */
#define BATTERY_HOLD	EVSE_SIM_MS(500)
#define RAMP_UP_MA_S	20000
#define RAMP_DOWN_MA_S	40000
#define MAX_MA		80000
#define LOAD_MA		1000

#define OHM_B		2740
#define OHM_C		882
#define OHM_D		246

#define MJ_PER_WH	3600000LL

void evse_sim_vehicle_init(struct evse_sim_vehicle *v)
{
	*v = (struct evse_sim_vehicle){
		.due = EVSE_SIM_NEVER,
		.start = EVSE_SIM_NEVER,
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_init);

static bool wants_s2(const struct evse_sim_vehicle *v)
{
	return v->plug && v->want != EVSE_SIM_WANT_B &&
	       !(v->follow && v->refused);
}

static void think(struct evse_sim_vehicle *v, s64 now)
{
	if (wants_s2(v) == v->s2) {
		v->due = EVSE_SIM_NEVER;
		return;
	}
	if (v->due != EVSE_SIM_NEVER)
		return;
	v->give_up = v->follow ? now + S2_GIVE_UP : now;
	if (!v->s2)
		v->due = now + S2_CLOSE_DELAY;
	else
		v->due = v->follow && v->refused ? now + S2_OPEN_DELAY : now;
}

/* A person wrote plug, want or follow. */
void evse_sim_vehicle_asked(struct evse_sim_vehicle *v, s64 now)
{
	v->refused = false;
	if (v->want != EVSE_SIM_WANT_B)
		v->vent = v->want == EVSE_SIM_WANT_D;
	if (!v->plug) {
		v->s2 = false;
		v->current_ma = 0;
	}
	think(v, now);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_asked);

/* soc_permille or capacity_wh was written. */
void evse_sim_vehicle_soc_set(struct evse_sim_vehicle *v)
{
	v->energy_mj = div_s64(v->capacity_wh * MJ_PER_WH, 1000) *
		       v->soc_permille;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_soc_set);

/* The pilot signal may have changed. */
void evse_sim_vehicle_pilot(struct evse_sim_vehicle *v,
			    const struct evse_sim_pilot *p, s64 now)
{
	bool pwm = v->plug && evse_sim_pilot_is_pwm(p);

	bool dark = !p->duty_permyriad;

	if (pwm || (v->dark && !dark))
		v->refused = false;
	else if (v->pwm || dark)
		v->refused = true;
	v->pwm = pwm;
	v->dark = dark;
	think(v, now);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_pilot);

void evse_sim_vehicle_fire(struct evse_sim_vehicle *v, s32 current_ma, s64 now)
{
	bool s2 = wants_s2(v);

	if (!s2 && abs(current_ma) >= LOAD_MA && now < v->give_up) {
		v->due = min(now + S2_POLL, v->give_up);
		return;
	}
	v->due = EVSE_SIM_NEVER;
	v->s2 = s2;
	if (!s2)
		v->s2_opened = now;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_fire);

/* Resistance that the generator sees behind the diode; 0 is open. */
u32 evse_sim_vehicle_ohm(const struct evse_sim_vehicle *v)
{
	if (!v->plug)
		return 0;
	if (!v->s2)
		return OHM_B;
	return v->vent ? OHM_D : OHM_C;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_ohm);

/* DC: the vehicle's own contactors connect its battery. */
bool evse_sim_vehicle_battery(const struct evse_sim_vehicle *v, s32 current_ma,
			      s64 now)
{
	if (!v->plug)
		return false;
	return v->s2 || (abs(current_ma) >= LOAD_MA &&
			 now < v->s2_opened + BATTERY_HOLD);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_battery);

/* AC: mains at the inlet came or went. */
void evse_sim_vehicle_supply(struct evse_sim_vehicle *v, bool live, s64 now)
{
	if (!live) {
		v->start = EVSE_SIM_NEVER;
		v->current_ma = 0;
	} else if (v->start == EVSE_SIM_NEVER) {
		v->start = now + START_DELAY;
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_supply);

/*
 * AC: the current of each phase that the charger on board aims at. With basic
 * signalling the pilot limits it, and nothing is fed back. With 5 % duty the
 * two sides have agreed on something that no wire shows: power_mw stands for it.
 */
s32 evse_sim_vehicle_target_ma(const struct evse_sim_vehicle *v,
			       const struct evse_sim_pilot *p, u32 mains_mv,
			       u32 phases, s64 now)
{
	s32 limit = MAX_MA, low = -MAX_MA, target;

	if (!v->s2 || v->due != EVSE_SIM_NEVER || now < v->start || !mains_mv)
		return 0;
	if (v->follow && !evse_sim_pilot_is_hlc(p)) {
		limit = evse_sim_pilot_current_ma(p);
		low = 0;
	}
	target = clamp_t(s64, div_s64((s64)v->power_mw * 1000,
				      mains_mv * phases), low, limit);
	if ((target > 0 && v->soc_permille >= 1000) ||
	    (target < 0 && v->soc_permille <= 0))
		return 0;
	return target;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_target_ma);

void evse_sim_vehicle_ramp(struct evse_sim_vehicle *v, s32 target_ma, s64 ns)
{
	s32 rate = abs(target_ma) < abs(v->current_ma) ? RAMP_DOWN_MA_S :
							  RAMP_UP_MA_S;
	s64 step = div_s64(min_t(s64, ns, 100LL * NSEC_PER_SEC) * rate,
			   NSEC_PER_SEC);
	s64 way = target_ma - v->current_ma;

	v->current_ma += clamp_t(s64, way, -step, step);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_ramp);

/* @power_mw flowed into the battery for @ns. */
void evse_sim_vehicle_charge(struct evse_sim_vehicle *v, s32 power_mw, s64 ns)
{
	s64 full = v->capacity_wh * MJ_PER_WH;

	if (!power_mw || !full)
		return;
	/* Microseconds keep the product of watts and hours in 64 bits. */
	v->energy_mj += div_s64(div_s64(ns, NSEC_PER_USEC) * power_mw,
				USEC_PER_SEC);
	v->energy_mj = clamp_t(s64, v->energy_mj, 0, full);
	v->soc_permille = div64_s64(v->energy_mj * 1000, full);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_vehicle_charge);
