/* SPDX-License-Identifier: GPL-2.0-only */
/* The name that says whether applying sleeps (6.8); chips with private data (6.9). */
#ifndef _EVSE_COMPAT_LINUX_PWM_H
#define _EVSE_COMPAT_LINUX_PWM_H

#include_next <linux/pwm.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 8, 0)

static inline int pwm_apply_might_sleep(struct pwm_device *pwm,
					const struct pwm_state *state)
{
	return pwm_apply_state(pwm, state);
}

#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)

#include <linux/align.h>
#include <linux/device.h>
#include <linux/err.h>

#define EVSE_COMPAT_PWMCHIP_SIZE	ALIGN(sizeof(struct pwm_chip), 16)

static inline struct pwm_chip *
devm_pwmchip_alloc(struct device *parent, unsigned int npwm, size_t sizeof_priv)
{
	struct pwm_chip *chip;

	chip = devm_kzalloc(parent, EVSE_COMPAT_PWMCHIP_SIZE + sizeof_priv,
			    GFP_KERNEL);
	if (!chip)
		return ERR_PTR(-ENOMEM);
	chip->dev = parent;
	chip->npwm = npwm;
	/* What #pwm-cells would say; the translation asks for it. */
	chip->of_pwm_n_cells = 3;
	return chip;
}

static inline void *pwmchip_get_drvdata(struct pwm_chip *chip)
{
	return (void *)chip + EVSE_COMPAT_PWMCHIP_SIZE;
}

static inline struct device *pwmchip_parent(const struct pwm_chip *chip)
{
	return chip->dev;
}

#endif

#endif /* _EVSE_COMPAT_LINUX_PWM_H */
