/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the unaligned accesses are before 6.12. */
#ifndef _EVSE_COMPAT_LINUX_UNALIGNED_H
#define _EVSE_COMPAT_LINUX_UNALIGNED_H

#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#include <asm/unaligned.h>
#else
#include_next <linux/unaligned.h>
#endif

#endif /* _EVSE_COMPAT_LINUX_UNALIGNED_H */
