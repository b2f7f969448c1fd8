// SPDX-License-Identifier: GPL-2.0-only
/*
 * The generator of the control pilot as a PWM: on is +12 V, off is -12 V. A second
 * channel is that of the fan.
 */

#include <linux/device.h>
#include <linux/evse.h>
#include <linux/math64.h>
#include <linux/pwm.h>

#include "board.h"

static int sim_pwm_apply(struct pwm_chip *chip, struct pwm_device *pwm,
			 const struct pwm_state *state)
{
	struct evse_sim *b = *(struct evse_sim **)pwmchip_get_drvdata(chip);
	u32 permyriad = 0, duty = 0, period = 0;
	unsigned long flags;

	if (state->enabled) {
		if (state->polarity != PWM_POLARITY_NORMAL ||
		    !state->period || state->period > NSEC_PER_SEC)
			return -EINVAL;
		period = state->period;
		duty = state->duty_cycle;
		permyriad = div_u64(state->duty_cycle * 10000 + period / 2,
				    period);
	}

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	if (pwm->hwpwm == EVSE_SIM_PWM_FAN) {
		b->fan.duty_permyriad = permyriad;
		b->fan.duty_ns = duty;
		b->fan.period_ns = period;
	} else {
		b->pilot.duty_permyriad = permyriad;
		b->pilot.duty_ns = duty;
		b->pilot.period_ns = period;
	}
	evse_sim_plant_changed(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return 0;
}

static int sim_pwm_get_state(struct pwm_chip *chip, struct pwm_device *pwm,
			     struct pwm_state *state)
{
	struct evse_sim *b = *(struct evse_sim **)pwmchip_get_drvdata(chip);
	unsigned long flags;

	raw_spin_lock_irqsave(&b->lock, flags);
	if (pwm->hwpwm == EVSE_SIM_PWM_FAN) {
		state->period = b->fan.period_ns;
		state->duty_cycle = b->fan.duty_ns;
	} else {
		state->period = b->pilot.period_ns;
		state->duty_cycle = b->pilot.duty_ns;
	}
	raw_spin_unlock_irqrestore(&b->lock, flags);
	state->enabled = state->period;
	state->polarity = PWM_POLARITY_NORMAL;
	return 0;
}

static const struct pwm_ops sim_pwm_ops = {
	.apply = sim_pwm_apply,
	.get_state = sim_pwm_get_state,
};

int evse_sim_pwm_init(struct evse_sim *b)
{
	struct pwm_chip *chip;
	int ret;

	chip = devm_pwmchip_alloc(b->dev, 2, sizeof(struct evse_sim *));
	if (IS_ERR(chip))
		return PTR_ERR(chip);
	*(struct evse_sim **)pwmchip_get_drvdata(chip) = b;
	chip->ops = &sim_pwm_ops;
	ret = devm_pwmchip_add(b->dev, chip);
	if (ret)
		return ret;
	return devm_evse_pwm_offer(b->dev, chip);
}
