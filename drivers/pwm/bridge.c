// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is done to the registers of a bridge while it is bound: arm, trip,
 * references.
 *
 * A trip is one write for each leg and takes no lock but that of the register
 * map. It may come between any two writes of arming: it counts itself first, and
 * arming, which looks at the count before and after, takes back what it released.
 */

#include <linux/bitfield.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/export.h>
#include <linux/ktime.h>
#include <linux/regmap.h>

#include <kunit/visibility.h>

#include "bridge.h"
#include "epwm_regs.h"

static u32 all_legs(const struct evse_bridge *b)
{
	return GENMASK(b->legs - 1, 0);
}

static void force_trip(struct evse_bridge_leg *leg)
{
	regmap_write(leg->map, EPWM_TZFRC, EPWM_TZ_OST);
}

static void force_trips(struct evse_bridge *b, u32 legs)
{
	unsigned int i;

	for (i = 0; i < b->legs; i++)
		if (legs & BIT(i))
			force_trip(&b->leg[i]);
}

/* Returns the legs that were armed. */
static u32 trip(struct evse_bridge *b)
{
	u32 armed;

	atomic_inc(&b->trips);
	/* Fully ordered: who sees an armed bit gone sees the count, too. */
	armed = atomic_xchg(&b->armed, 0);
	force_trips(b, all_legs(b));
	return armed;
}

void evse_bridge_trip(struct evse_bridge *bridge)
{
	trip(bridge);
}
EXPORT_SYMBOL_GPL(evse_bridge_trip);

/* One leg of a bridge without owner */
void evse_bridge_trip_leg(struct evse_bridge_leg *leg)
{
	struct evse_bridge *b = leg->bridge;

	lockdep_assert_held(&b->lock);
	atomic_fetch_andnot(BIT(leg->index), &b->armed);
	force_trip(leg);
}

bool evse_bridge_leg_is_off(const struct evse_bridge_leg *leg)
{
	u32 flags;

	return !regmap_read(leg->map, EPWM_TZFLG, &flags) &&
	       (flags & EPWM_TZ_OST);
}

bool evse_bridge_is_off(struct evse_bridge *bridge)
{
	unsigned int i;

	for (i = 0; i < bridge->legs; i++)
		if (!evse_bridge_leg_is_off(&bridge->leg[i]))
			return false;
	return true;
}
EXPORT_SYMBOL_GPL(evse_bridge_is_off);

/*
 * Hard interrupt. The latch stays. While it does, the flag of the interrupt would
 * come back as soon as it is cleared, so it is not asked for until armed again.
 */
irqreturn_t evse_bridge_trip_zone(int irq, void *data)
{
	struct evse_bridge_leg *leg = data;
	struct evse_bridge *b = leg->bridge;
	ktime_t edge = ktime_get();
	void (*told)(void *priv, ktime_t edge);
	u32 bit = BIT(leg->index), armed = 0, flags;

	if (regmap_read(leg->map, EPWM_TZFLG, &flags) || !(flags & EPWM_TZ_INT))
		return IRQ_NONE;

	/* A trip of ours took the bit away before it wrote. */
	if (atomic_read(&b->armed) & bit)
		armed = trip(b);
	regmap_write(leg->map, EPWM_TZEINT, 0);
	regmap_write(leg->map, EPWM_TZCLR, EPWM_TZ_INT);
	if (!(armed & bit))
		return IRQ_HANDLED;

	atomic_or(armed, &b->tripped);
	atomic_inc(&b->inputs);
	/* Its argument was set before: evse_bridge_on_trip() */
	told = smp_load_acquire(&b->on_trip);
	if (told)
		told(b->on_trip_priv, edge);
	return IRQ_HANDLED;
}
EXPORT_SYMBOL_IF_KUNIT(evse_bridge_trip_zone);

/* Nobody else has written what the outputs rely on. */
static int check_registers(struct evse_bridge_leg *leg)
{
	struct epwm_write writes[EPWM_RECIPE_MAX];
	unsigned int i, k, count;
	u32 value;
	int ret;

	count = epwm_recipe(&leg->bridge->plan, !leg->index, writes);
	for (i = 0; i < count; i++) {
		/* What is written twice holds the last value. */
		for (k = i + 1; k < count && writes[k].reg != writes[i].reg; k++)
			;
		if (k < count || !epwm_is_fixed(&writes[i]))
			continue;
		ret = regmap_read(leg->map, writes[i].reg, &value);
		if (ret)
			return ret;
		if (value != writes[i].value) {
			dev_err_ratelimited(leg->bridge->dev,
					    "leg %u: register 0x%02x is 0x%04x, not 0x%04x: find what else writes it, then bind again\n",
					    leg->index, writes[i].reg, value,
					    writes[i].value);
			return -EIO;
		}
	}
	return 0;
}

/* Which of @legs are to be released: all but those that are on already */
static int check_legs(struct evse_bridge *b, u32 *legs)
{
	unsigned int i;
	int ret;

	for (i = 0; i < b->legs; i++) {
		if (!(*legs & BIT(i)))
			continue;
		ret = check_registers(&b->leg[i]);
		if (ret)
			return ret;
		if (evse_bridge_leg_is_off(&b->leg[i]))
			continue;
		if (!(atomic_read(&b->armed) & BIT(i))) {
			dev_err_ratelimited(b->dev,
					    "leg %u: its trip was cleared by something else: find what writes its registers\n",
					    i);
			return -EIO;
		}
		*legs &= ~BIT(i);
	}
	return 0;
}

static int release_leg(struct evse_bridge_leg *leg)
{
	int ret;

	ret = regmap_write(leg->map, EPWM_TZCLR,
			   EPWM_TZ_OST | EPWM_TZ_CBC | EPWM_TZ_INT);
	if (ret)
		return ret;
	/* The latch follows the level of the input: active, it is set again. */
	if (evse_bridge_leg_is_off(leg))
		return -EIO;
	return regmap_write(leg->map, EPWM_TZEINT, EPWM_TZ_OST);
}

static int release(struct evse_bridge *b, u32 legs)
{
	unsigned int i;
	u32 flags;
	int ret;

	for (i = 0; i < b->legs; i++) {
		ret = legs & BIT(i) ? release_leg(&b->leg[i]) : 0;
		if (ret)
			return ret;
	}
	for (i = 0; i < b->legs; i++) {
		if (!(legs & BIT(i)))
			continue;
		ret = regmap_read(b->leg[i].map, EPWM_TZFLG, &flags);
		if (ret || flags)
			return ret ?: -EIO;
	}
	return 0;
}

/* To be asked before anything that a trip would have to undo */
int evse_bridge_count_trips(struct evse_bridge *b)
{
	int trips = atomic_read(&b->trips);

	/* Before what follows is written; trip() counts before it writes. */
	smp_mb();
	return trips;
}

/* Fails when there was a trip since there were @trips of them. */
int evse_bridge_arm_legs(struct evse_bridge *b, u32 legs, int trips,
			 bool (*may_arm)(void *priv), void *priv)
{
	u32 asked = legs;
	int ret;

	lockdep_assert_held(&b->lock);
	if (b->closed)
		return -ENODEV;
	ret = check_legs(b, &legs);
	if (ret)
		goto take_back;
	if (!legs)
		return 0;

	/* What a trip cut off has to be off for the dead time, too. */
	fsleep(DIV_ROUND_UP(evse_bridge_dead_time_ns(b), NSEC_PER_USEC));
	atomic_fetch_or(legs, &b->armed);
	ret = release(b, legs);
	if (!ret && may_arm && !may_arm(priv))
		ret = -ECANCELED;
	/* After what was written: a trip that it undid has counted itself. */
	smp_mb();
	if (atomic_read(&b->trips) != trips)
		ret = -ECANCELED;
	if (!ret) {
		atomic_andnot(legs, &b->tripped);
		return 0;
	}
	if (ret == -EIO)
		dev_err_ratelimited(b->dev,
				    "not armed: the trip input is active: end its cause, then arm again\n");
take_back:
	atomic_fetch_andnot(asked, &b->armed);
	force_trips(b, asked);
	return ret;
}

int evse_bridge_arm(struct evse_bridge *bridge, bool (*may_arm)(void *priv),
		    void *priv)
{
	int trips = evse_bridge_count_trips(bridge);
	int ret;

	mutex_lock(&bridge->lock);
	ret = evse_bridge_arm_legs(bridge, all_legs(bridge), trips, may_arm, priv);
	mutex_unlock(&bridge->lock);
	return ret;
}
EXPORT_SYMBOL_GPL(evse_bridge_arm);

/* Never armed again; what unbinding and shutting down have in common */
void evse_bridge_close(struct evse_bridge *b)
{
	evse_bridge_trip(b);
	mutex_lock(&b->lock);
	b->closed = true;
	mutex_unlock(&b->lock);
}

/* Write the recipe, tripped, and be ready to be armed. */
int evse_bridge_start(struct evse_bridge *b)
{
	struct epwm_write writes[EPWM_RECIPE_MAX];
	unsigned int i, k, count;
	int ret;

	mutex_lock(&b->lock);
	for (i = 0; i < b->legs; i++) {
		count = epwm_recipe(&b->plan, !i, writes);
		for (k = 0; k < count; k++) {
			ret = regmap_write(b->leg[i].map, writes[k].reg,
					   writes[k].value);
			if (ret)
				goto out;
		}
		b->leg[i].cmp = b->plan.prd / 2;
	}
	b->prd = b->plan.prd;
	b->closed = false;
	ret = evse_bridge_is_off(b) ? 0 : -EIO;
out:
	mutex_unlock(&b->lock);
	return ret;
}

/*
 * Period and compare value are loaded when the counter is zero, which may be
 * between two writes. A shorter period is written after its compare value and a
 * longer one before, so that no pulse in between is shorter than either's. The
 * leader's period is never the shorter one: a follower that is set back before
 * it has counted to zero might never load what is written.
 */
static void set_period(struct evse_bridge *b, u16 prd)
{
	bool longer = prd > b->prd;
	unsigned int n;

	for (n = 0; n < b->legs; n++) {
		struct evse_bridge_leg *leg =
			&b->leg[longer ? n : b->legs - 1 - n];
		u32 cmp = (u32)leg->cmp * prd / b->prd;

		leg->cmp = clamp_t(u32, cmp, b->plan.margin, prd - b->plan.margin);
		if (longer)
			regmap_write(leg->map, EPWM_TBPRD, prd);
		regmap_write(leg->map, EPWM_CMPA, leg->cmp);
		if (!longer)
			regmap_write(leg->map, EPWM_TBPRD, prd);
	}
	WRITE_ONCE(b->prd, prd);
}

/*
 * Written across zeros, a leg may be out of step for some periods, and a pulse
 * meanwhile too short: no leg is armed before. Two periods are not enough.
 */
void evse_bridge_set_period(struct evse_bridge *b, u16 prd)
{
	u16 was = b->prd;
	unsigned long flags;
	u32 period_ns;

	lockdep_assert_held(&b->lock);
	if (prd == was)
		return;
	raw_spin_lock_irqsave(&b->reference, flags);
	set_period(b, prd);
	raw_spin_unlock_irqrestore(&b->reference, flags);
	period_ns = epwm_ns(&b->plan, 2 * max(prd, was));
	if (!atomic_read(&b->armed))
		fsleep(DIV_ROUND_UP(4 * period_ns, NSEC_PER_USEC));
}

void evse_bridge_set_compare(struct evse_bridge_leg *leg, u16 cmp)
{
	struct evse_bridge *b = leg->bridge;
	unsigned long flags;

	raw_spin_lock_irqsave(&b->reference, flags);
	leg->cmp = clamp_t(u16, cmp, b->plan.margin, b->prd - b->plan.margin);
	regmap_write(leg->map, EPWM_CMPA, leg->cmp);
	raw_spin_unlock_irqrestore(&b->reference, flags);
}

void evse_bridge_duty(struct evse_bridge *bridge, const u32 *duty_q16)
{
	unsigned long flags;
	unsigned int i;

	raw_spin_lock_irqsave(&bridge->reference, flags);
	for (i = 0; i < bridge->legs; i++) {
		struct evse_bridge_leg *leg = &bridge->leg[i];

		leg->cmp = epwm_compare(&bridge->plan, bridge->prd, duty_q16[i]);
		regmap_write(leg->map, EPWM_CMPA, leg->cmp);
	}
	raw_spin_unlock_irqrestore(&bridge->reference, flags);
}
EXPORT_SYMBOL_GPL(evse_bridge_duty);

u32 evse_bridge_load_ns(struct evse_bridge *bridge, u32 after_ns)
{
	u32 ctr = 0, status = 0;

	/* The direction may turn in between, near a value that both ways are near to. */
	regmap_read(bridge->leg[0].map, EPWM_TBCTR, &ctr);
	regmap_read(bridge->leg[0].map, EPWM_TBSTS, &status);
	return epwm_load_ns(&bridge->plan, READ_ONCE(bridge->prd), ctr,
			    status & EPWM_TBSTS_CTRDIR, after_ns);
}
EXPORT_SYMBOL_GPL(evse_bridge_load_ns);

int evse_bridge_set_carrier(struct evse_bridge *bridge, u32 carrier_hz)
{
	const struct epwm_bounds *bounds = &bridge->bounds;
	int ret = 0;

	if (carrier_hz < bounds->carrier_min_hz ||
	    carrier_hz > bounds->carrier_max_hz)
		return -ERANGE;
	mutex_lock(&bridge->lock);
	if (atomic_read(&bridge->armed))
		ret = -EBUSY;
	else
		evse_bridge_set_period(bridge, epwm_prd(&bridge->plan, carrier_hz));
	mutex_unlock(&bridge->lock);
	return ret;
}
EXPORT_SYMBOL_GPL(evse_bridge_set_carrier);

unsigned int evse_bridge_legs(const struct evse_bridge *bridge)
{
	return bridge->legs;
}
EXPORT_SYMBOL_GPL(evse_bridge_legs);

u32 evse_bridge_dead_time_ns(const struct evse_bridge *bridge)
{
	return epwm_ns(&bridge->plan, bridge->plan.dead);
}
EXPORT_SYMBOL_GPL(evse_bridge_dead_time_ns);

u32 evse_bridge_minimum_pulse_ns(const struct evse_bridge *bridge)
{
	return bridge->bounds.pulse_ns;
}
EXPORT_SYMBOL_GPL(evse_bridge_minimum_pulse_ns);

u32 evse_bridge_carrier_hz(const struct evse_bridge *bridge)
{
	return epwm_carrier(&bridge->plan, READ_ONCE(bridge->prd));
}
EXPORT_SYMBOL_GPL(evse_bridge_carrier_hz);

void evse_bridge_carrier_range(const struct evse_bridge *bridge, u32 *min_hz,
			       u32 *max_hz)
{
	*min_hz = bridge->bounds.carrier_min_hz;
	*max_hz = bridge->bounds.carrier_max_hz;
}
EXPORT_SYMBOL_GPL(evse_bridge_carrier_range);
