/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a thermal zone is told of a sensor that has no reading.
 */
#ifndef _EVSE_TEMPERATURE_ZONE_H
#define _EVSE_TEMPERATURE_ZONE_H

#include <linux/device.h>
#include <linux/errno.h>
#include <linux/types.h>

/**
 * evse_zone_error() - turn the error of a reading into what the zone is told
 * @dev: the sensor
 * @lost: there was no reading the last time, either
 * @err: of this reading, 0 for none
 *
 * "Again" is the one error that neither fills the log at each poll nor lets the zone
 * be given up: its cooling stays as it is until there is a reading. What is wrong the
 * log has once, and the channel at each reading.
 *
 * Context: process; the zone is locked.
 * Return: 0 or -EAGAIN.
 */
static inline int evse_zone_error(struct device *dev, bool *lost, int err)
{
	if (err && !*lost)
		dev_warn_ratelimited(dev, "no reading (error %d): cooling by its thermal zone stays as it is until there is one\n",
				     err);
	if (!err && *lost)
		dev_info_ratelimited(dev, "readings again: its thermal zone goes on\n");
	*lost = err;
	return err ? -EAGAIN : 0;
}

#endif /* _EVSE_TEMPERATURE_ZONE_H */
