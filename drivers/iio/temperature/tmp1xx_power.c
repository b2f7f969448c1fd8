// SPDX-License-Identifier: GPL-2.0-only
/*
 * Power of a thermometer: it converts while somebody needs it, and a while longer.
 */
#include <linux/device.h>
#include <linux/pm.h>
#include <linux/pm_runtime.h>

#include "tmp1xx.h"

/* Longer than the second in which a guard reads anew */
#define TMP1XX_LINGER_MS	2000

/*
 * An error of the bus is no error of these: runtime PM would remember the first
 * one for good, and nobody could read the chip again. Waking is left to whoever
 * reads next, who is told if it fails.
 */
static int runtime_suspend(struct device *dev)
{
	struct tmp1xx *t = dev_get_drvdata(dev);

	mutex_lock(&t->lock);
	if (tmp1xx_sleep(t))
		dev_dbg(dev, "goes on converting\n");
	mutex_unlock(&t->lock);
	return 0;
}

static int runtime_resume(struct device *dev)
{
	return 0;
}

static int suspend(struct device *dev)
{
	tmp1xx_alert_pause(dev_get_drvdata(dev));
	return pm_runtime_force_suspend(dev);
}

static int resume(struct device *dev)
{
	int ret = pm_runtime_force_resume(dev);

	tmp1xx_alert_resume(dev_get_drvdata(dev));
	return ret;
}

const struct dev_pm_ops tmp1xx_pm_ops = {
	SYSTEM_SLEEP_PM_OPS(suspend, resume)
	RUNTIME_PM_OPS(runtime_suspend, runtime_resume, NULL)
};

/**
 * tmp1xx_get() - need the thermometer
 * @t: the thermometer
 *
 * Return: 0, or an error, after which there is nothing to put.
 */
int tmp1xx_get(struct tmp1xx *t)
{
	return pm_runtime_resume_and_get(t->dev);
}

/**
 * tmp1xx_put() - need it no more
 * @t: the thermometer
 */
void tmp1xx_put(struct tmp1xx *t)
{
	pm_runtime_mark_last_busy(t->dev);
	pm_runtime_put_autosuspend(t->dev);
}

/**
 * tmp1xx_read() - read the temperature
 * @t: the thermometer
 * @raw: the temperature, in units of the chip
 *
 * Context: process, sleeps.
 * Return: as tmp1xx_convert().
 */
int tmp1xx_read(struct tmp1xx *t, int *raw)
{
	int ret = tmp1xx_get(t);

	if (ret)
		return ret;
	mutex_lock(&t->lock);
	ret = tmp1xx_convert(t, raw);
	mutex_unlock(&t->lock);
	tmp1xx_put(t);
	return ret;
}

static void off(void *data)
{
	struct tmp1xx *t = data;

	mutex_lock(&t->lock);
	if (tmp1xx_sleep(t))
		dev_dbg(t->dev, "goes on converting\n");
	mutex_unlock(&t->lock);
}

/**
 * tmp1xx_power_init() - start the power management of a chip that is awake
 * @t: the thermometer
 *
 * Return: 0 or an error.
 */
int tmp1xx_power_init(struct tmp1xx *t)
{
	int ret = devm_add_action_or_reset(t->dev, off, t);

	if (ret)
		return ret;
	ret = pm_runtime_set_active(t->dev);
	if (ret)
		return ret;
	pm_runtime_set_autosuspend_delay(t->dev, TMP1XX_LINGER_MS);
	pm_runtime_use_autosuspend(t->dev);
	ret = devm_pm_runtime_enable(t->dev);
	if (ret)
		return ret;
	pm_runtime_mark_last_busy(t->dev);
	pm_request_autosuspend(t->dev);
	return 0;
}
