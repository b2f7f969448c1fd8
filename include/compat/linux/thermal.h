/* SPDX-License-Identifier: GPL-2.0-only */
/* What a thermal zone was registered with: a member before 6.4. */
#ifndef _EVSE_COMPAT_LINUX_THERMAL_H
#define _EVSE_COMPAT_LINUX_THERMAL_H

#include_next <linux/thermal.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)

static inline void *thermal_zone_device_priv(struct thermal_zone_device *tz)
{
	return tz->devdata;
}

#endif

#endif /* _EVSE_COMPAT_LINUX_THERMAL_H */
