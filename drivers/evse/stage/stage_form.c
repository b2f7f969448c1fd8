// SPDX-License-Identifier: GPL-2.0-only
/*
 * A stage that forms the grid of a house: which one, and when there is voltage. What
 * the house takes is its own affair; that it is no more than granted is the
 * port's, which measures it.
 */
#include <linux/device.h>
#include <linux/property.h>

#include "../evse_property.h"
#include "stage.h"

/* From nothing to the whole voltage, and back; a port that stops waits longer. */
#define EVSE_STAGE_SOFT_MS	200
#define EVSE_STAGE_SLOPE_UHZ	1000000

/**
 * evse_stage_form_get() - read which grid there is to form
 * @s: the stage; the time between two control steps is known
 *
 * Without the properties the stage forms none.
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_stage_form_get(struct evse_stage *s)
{
	static const struct evse_property voltage = {
		"evse,island-microvolt", 0, 50000000, 400000000,
	};
	static const struct evse_property frequency = {
		"evse,island-millihertz", 0, 45000, 65000,
	};
	u32 uv, mhz;
	int err;

	err = evse_property_read(s->dev, &voltage, &uv);
	if (!err)
		err = evse_property_read(s->dev, &frequency, &mhz);
	if (err)
		return err;
	if (!uv != !mhz)
		return dev_err_probe(s->dev, -EINVAL,
				     "evse,island-microvolt and evse,island-millihertz make sense together only: add the other one\n");
	if (!uv)
		return 0;
	s->island_mv = uv / 1000;
	s->island_uhz = mhz * 1000;
	err = evse_form_init(&s->form, s->pace.step_ns, s->pace.step_ns / 2,
			     s->island_mv * (MSEC_PER_SEC / EVSE_STAGE_SOFT_MS),
			     EVSE_STAGE_SLOPE_UHZ);
	if (err)
		return dev_err_probe(s->dev, err,
				     "no grid can be formed in steps this fast: lower evse,control-hz\n");
	return 0;
}

/**
 * evse_stage_form_goal() - voltage when the house may take some power
 * @s: the stage; its lock is held
 * @power_mw: at most, negative; 0 for a house without voltage
 */
void evse_stage_form_goal(struct evse_stage *s, s32 power_mw)
{
	if (s->island_mv)
		evse_form_set(&s->form, power_mw < 0 ? s->island_mv : 0,
			      s->island_uhz);
}
