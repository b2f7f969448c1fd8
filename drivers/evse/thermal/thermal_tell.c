// SPDX-License-Identifier: GPL-2.0-only
/* What a thermal guard tells its port: permits, limits and faults. */
#include <linux/array_size.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/lockdep.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "thermal.h"

static const enum evse_fault_code evse_thermal_codes[] = {
	EVSE_FAULT_CODE_THERMAL_TRIP,
	EVSE_FAULT_CODE_THERM_OVERLOAD,
};

/**
 * evse_thermal_clear_of() - temperature below which trips of a fault end
 * @t: the guard; its lock is held
 * @code: the fault; its sensors have one such temperature, as it has one latch
 *
 * Return: the temperature, thousandths of a degree Celsius.
 */
s32 evse_thermal_clear_of(const struct evse_thermal_guard *t,
			  enum evse_fault_code code)
{
	s32 clear_mc = t->clear_mc;
	unsigned int i;

	for (i = 0; i < t->count; i++)
		if (t->channel[i].place->code == code)
			clear_mc = evse_thermal_clear(clear_mc,
						      t->channel[i].trip_mc);
	return clear_mc;
}

/**
 * evse_thermal_tell_bounds() - tell what a latch must be below to be cleared
 * @t: the guard; its lock is held
 */
void evse_thermal_tell_bounds(struct evse_thermal_guard *t)
{
	unsigned int i;

	lockdep_assert_held(&t->lock);

	for (i = 0; i < ARRAY_SIZE(evse_thermal_codes); i++)
		evse_fault_bound(t->port, evse_thermal_codes[i],
				 evse_thermal_clear_of(t, evse_thermal_codes[i]));
}

/**
 * evse_thermal_leave() - leave a part of the port's rating, of both directions
 * @t: the guard; its lock is not held
 * @limiter: the limiter
 * @permille: part of the rating; 1000 for no limit
 *
 * Context: process.
 */
void evse_thermal_leave(struct evse_thermal_guard *t,
			struct evse_limiter *limiter, u32 permille)
{
	if (permille >= EVSE_THERMAL_FULL)
		evse_limiter_set(limiter, S32_MIN, S32_MAX);
	else
		evse_limiter_set(limiter,
				 -div_s64((s64)t->discharge_mw * permille, 1000),
				 div_s64((s64)t->charge_mw * permille, 1000));
}

/**
 * evse_thermal_say() - tell the port of a sensor
 * @c: the sensor
 * @verdict: what to say
 * @edge: when its cause was read
 * @mc: temperature, told with a trip
 *
 * Context: the round.
 */
void evse_thermal_say(struct evse_thermal_channel *c,
		      const struct evse_thermal_verdict *verdict,
		      ktime_t edge, s32 mc)
{
	struct evse_thermal_guard *t = c->thermal;
	unsigned long flags;
	bool news;

	raw_spin_lock_irqsave(&t->saying, flags);
	news = c->said != verdict->guard;
	c->said = verdict->guard;
	if (!news)
		; /* a second trip would begin another fault's timeline */
	else if (c->said == EVSE_GUARD_STATE_TRIP)
		evse_guard_trip(c->guard, edge, mc);
	else if (c->said == EVSE_GUARD_STATE_PERMIT)
		evse_guard_permit(c->guard);
	else
		evse_guard_hold(c->guard);
	raw_spin_unlock_irqrestore(&t->saying, flags);

	if (verdict->limit_permille == c->told_permille)
		return;
	c->told_permille = verdict->limit_permille;
	evse_thermal_leave(t, c->limiter, c->told_permille);
}

/**
 * evse_thermal_hold() - take every permit back
 * @t: the guard
 *
 * A trip stays one: its cause is not gone. Context: any.
 */
void evse_thermal_hold(struct evse_thermal_guard *t)
{
	unsigned long flags;
	unsigned int i;

	raw_spin_lock_irqsave(&t->saying, flags);
	for (i = 0; i < t->count; i++) {
		struct evse_thermal_channel *c = &t->channel[i];

		if (c->said != EVSE_GUARD_STATE_PERMIT)
			continue;
		c->said = EVSE_GUARD_STATE_HOLD;
		evse_guard_hold(c->guard);
	}
	raw_spin_unlock_irqrestore(&t->saying, flags);
}

/*
 * What has to fall below the bound of a latch: the hottest of the sensors that
 * tripped. A latch that was there before this driver may be of any of them.
 */
static const char *evse_thermal_hottest(const struct evse_thermal_guard *t,
					enum evse_fault_code code, s32 *mc)
{
	const char *hottest = NULL;
	bool tripped = false, unknown = false;
	unsigned int i;

	for (i = 0; i < t->count; i++) {
		const struct evse_thermal_channel *c = &t->channel[i];

		if (c->place->code != code || !c->trip_mc)
			continue;
		if (c->rule.tripped && !tripped) {
			tripped = true;
			hottest = NULL;
		}
		if (c->rule.tripped != tripped)
			continue;
		unknown |= !c->shown.valid;
		if (hottest && *mc >= c->plausible.mc)
			continue;
		hottest = c->place->title;
		*mc = c->plausible.mc;
	}
	return tripped || !unknown ? hottest : NULL;
}

static void evse_thermal_tell_trips(struct evse_thermal_guard *t)
{
	const char *hottest;
	unsigned int i;
	s32 mc = 0;

	for (i = 0; i < ARRAY_SIZE(evse_thermal_codes); i++) {
		mutex_lock(&t->lock);
		hottest = evse_thermal_hottest(t, evse_thermal_codes[i], &mc);
		mutex_unlock(&t->lock);
		/* Of a guard that stands the cause does not end by this. */
		if (hottest)
			evse_fault_report(t->port, evse_thermal_codes[i], false,
					  mc, hottest);
	}
}

/* One warning, for the first of them; the next is told when that one is back. */
static void evse_thermal_tell_missing(struct evse_thermal_guard *t)
{
	const struct evse_thermal_channel *missing = NULL;
	unsigned int i;
	int err = 0;

	mutex_lock(&t->lock);
	for (i = 0; i < t->count && !missing; i++) {
		if (!evse_thermal_blind(t->channel[i].shown.state))
			continue;
		missing = &t->channel[i];
		err = missing->err;
	}
	mutex_unlock(&t->lock);

	if (missing == t->missing)
		return;
	if (t->missing)
		evse_fault_report(t->port, EVSE_FAULT_CODE_THERMAL_SENSOR, false,
				  0, t->missing->place->title);
	if (missing)
		evse_fault_report(t->port, EVSE_FAULT_CODE_THERMAL_SENSOR, true,
				  err, missing->place->title);
	t->missing = missing;
}

/**
 * evse_thermal_tell_faults() - what the temperatures mean for faults
 * @t: the guard
 *
 * Context: the round.
 */
void evse_thermal_tell_faults(struct evse_thermal_guard *t)
{
	evse_thermal_tell_trips(t);
	evse_thermal_tell_missing(t);
}

/* Nobody else could say that the sensor is back. */
static void evse_thermal_tell_end(void *data)
{
	struct evse_thermal_guard *t = data;

	if (t->missing)
		evse_fault_report(t->port, EVSE_FAULT_CODE_THERMAL_SENSOR, false,
				  0, t->missing->place->title);
}

static int evse_thermal_register(struct evse_thermal_channel *c)
{
	const struct evse_guard_desc desc = {
		.name = c->place->title,
		.scope = EVSE_SCOPE_PRECHARGE | EVSE_SCOPE_CABLE_CHECK |
			 EVSE_SCOPE_FLOW | EVSE_SCOPE_IMPORT |
			 EVSE_SCOPE_EXPORT | EVSE_SCOPE_ISLAND,
		.code = c->place->code,
	};
	struct device *dev = c->thermal->dev;

	c->guard = devm_evse_guard_register(dev, &desc);
	if (IS_ERR(c->guard))
		return dev_err_probe(dev, PTR_ERR(c->guard),
				     "port takes no guard \"%s\"\n", desc.name);
	c->limiter = devm_evse_limiter_register(dev, desc.name);
	if (IS_ERR(c->limiter))
		return dev_err_probe(dev, PTR_ERR(c->limiter),
				     "port takes no limiter \"%s\"\n", desc.name);
	c->told_permille = EVSE_THERMAL_FULL;
	return 0;
}

static s32 evse_thermal_rated_mw(const struct evse_rating *r, u32 current_ma)
{
	return min_t(u64, S32_MAX, div_u64((u64)r->voltage_mv * current_ma *
					   r->phases, 1000));
}

/**
 * evse_thermal_tell_get() - register what the port is told by
 * @t: the guard, its sensors known
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_thermal_tell_get(struct evse_thermal_guard *t)
{
	const struct evse_rating *rating = evse_port_rating(t->port);
	unsigned int i;
	int err;

	t->charge_mw = evse_thermal_rated_mw(rating, rating->current_ma);
	t->discharge_mw = evse_thermal_rated_mw(rating, rating->export_ma);
	for (i = 0; i < t->count; i++) {
		err = evse_thermal_register(&t->channel[i]);
		if (err)
			return err;
	}
	mutex_lock(&t->lock);
	evse_thermal_tell_bounds(t);
	mutex_unlock(&t->lock);
	return devm_add_action_or_reset(t->dev, evse_thermal_tell_end, t);
}
