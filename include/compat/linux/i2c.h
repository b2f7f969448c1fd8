/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * probe() of one argument by the name that it has before 6.6, probe_new(): what
 * kernels before 6.3 call probe() has two.
 */
#ifndef _EVSE_COMPAT_LINUX_I2C_H
#define _EVSE_COMPAT_LINUX_I2C_H

#include_next <linux/i2c.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#define probe_new	probe
#endif

#endif /* _EVSE_COMPAT_LINUX_I2C_H */
