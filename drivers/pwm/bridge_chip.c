// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bridge as a PWM chip: one PWM for each leg, on is its upper switch. Nobody
 * owning the bridge, enable arms a leg and disable trips it. A leg that the trip
 * input turned off stays off until it was disabled.
 */

#include <linux/device.h>
#include <linux/pwm.h>
#include <linux/regmap.h>

#include "bridge.h"
#include "epwm_regs.h"

static struct evse_bridge *to_bridge(struct pwm_chip *chip)
{
	return *(struct evse_bridge **)pwmchip_get_drvdata(chip);
}

static int complain(struct evse_bridge *b, struct evse_bridge_leg *leg,
		    const struct epwm_refusal *r)
{
	dev_err_ratelimited(b->dev, "leg %u: %s is %llu ns: say %llu to %llu\n",
			    leg->index, r->what, r->value, r->low, r->high);
	return -EINVAL;
}

/* Bounds first, then whether the period may change; nothing is written before. */
static int configure(struct evse_bridge_leg *leg, const struct pwm_state *state,
		     bool need_duty)
{
	struct evse_bridge *b = leg->bridge;
	bool duty = state->duty_cycle || need_duty;
	struct epwm_refusal refusal;
	u16 prd, cmp;

	if (state->polarity != PWM_POLARITY_NORMAL)
		return -EINVAL;
	if (epwm_period_ticks(&b->plan, state->period, &prd, &refusal) ||
	    (duty && epwm_duty_ticks(&b->plan, prd, state->duty_cycle, &cmp,
				     &refusal)))
		return complain(b, leg, &refusal);
	if (prd != b->prd && atomic_read(&b->armed) & ~BIT(leg->index)) {
		dev_err_ratelimited(b->dev,
				    "leg %u: other legs run with a period of %llu ns: disable them first\n",
				    leg->index, epwm_ns(&b->plan, 2 * b->prd));
		return -EBUSY;
	}
	evse_bridge_set_period(b, prd);
	if (duty)
		evse_bridge_set_compare(leg, cmp);
	return 0;
}

static int turn_on(struct evse_bridge_leg *leg, const struct pwm_state *state,
		   bool was_enabled, int trips)
{
	struct evse_bridge *b = leg->bridge;
	bool off = evse_bridge_leg_is_off(leg);
	int ret;

	if (b->owner) {
		dev_err_ratelimited(b->dev, "leg %u: %s alone may arm this bridge\n",
				    leg->index, dev_name(b->owner));
		return -EBUSY;
	}
	if (was_enabled && off) {
		dev_err_ratelimited(b->dev,
				    "leg %u is tripped: disable it, then enable it again\n",
				    leg->index);
		return -EIO;
	}
	ret = configure(leg, state, true);
	if (ret)
		return ret;
	return evse_bridge_arm_legs(b, BIT(leg->index), trips, NULL, NULL);
}

/* To turn off is never refused; what else is asked for may be. */
static int turn_off(struct evse_bridge_leg *leg, const struct pwm_state *state,
		    bool was_enabled)
{
	struct evse_bridge *b = leg->bridge;
	int ret;

	if (b->owner && was_enabled)
		evse_bridge_trip(b);
	if (b->owner && atomic_read(&b->armed))
		return -EBUSY;
	if (!b->owner)
		evse_bridge_trip_leg(leg);
	ret = configure(leg, state, false);
	return was_enabled ? 0 : ret;
}

static int bridge_pwm_apply(struct pwm_chip *chip, struct pwm_device *pwm,
			    const struct pwm_state *state)
{
	struct evse_bridge *b = to_bridge(chip);
	struct evse_bridge_leg *leg = &b->leg[pwm->hwpwm];
	bool was_enabled = pwm->state.enabled;
	int trips = evse_bridge_count_trips(b);
	int ret;

	mutex_lock(&b->lock);
	ret = state->enabled ? turn_on(leg, state, was_enabled, trips) :
			       turn_off(leg, state, was_enabled);
	mutex_unlock(&b->lock);
	return ret;
}

static int bridge_pwm_get_state(struct pwm_chip *chip, struct pwm_device *pwm,
				struct pwm_state *state)
{
	struct evse_bridge *b = to_bridge(chip);
	struct evse_bridge_leg *leg = &b->leg[pwm->hwpwm];
	u32 prd, cmp;
	int ret;

	ret = regmap_read(leg->map, EPWM_TBPRD, &prd) ?:
	      regmap_read(leg->map, EPWM_CMPA, &cmp);
	if (ret)
		return ret;
	state->period = epwm_ns(&b->plan, 2 * prd);
	state->duty_cycle = epwm_ns(&b->plan, 2 * cmp);
	state->polarity = PWM_POLARITY_NORMAL;
	state->enabled = !evse_bridge_leg_is_off(leg);
	return 0;
}

static void bridge_pwm_free(struct pwm_chip *chip, struct pwm_device *pwm)
{
	struct evse_bridge *b = to_bridge(chip);

	mutex_lock(&b->lock);
	if (!b->owner)
		evse_bridge_trip_leg(&b->leg[pwm->hwpwm]);
	mutex_unlock(&b->lock);
}

static const struct pwm_ops bridge_pwm_ops = {
	.apply = bridge_pwm_apply,
	.get_state = bridge_pwm_get_state,
	.free = bridge_pwm_free,
};

int evse_bridge_chip_add(struct evse_bridge *b)
{
	struct pwm_chip *chip;

	chip = devm_pwmchip_alloc(b->dev, b->legs, sizeof(struct evse_bridge *));
	if (IS_ERR(chip))
		return PTR_ERR(chip);
	*(struct evse_bridge **)pwmchip_get_drvdata(chip) = b;
	chip->ops = &bridge_pwm_ops;
	b->chip = chip;
	return devm_pwmchip_add(b->dev, chip);
}
