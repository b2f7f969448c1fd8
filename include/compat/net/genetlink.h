/* SPDX-License-Identifier: GPL-2.0-only */
/* A dump's attributes: kernels before 6.6 have no struct genl_info in a dump. */
#ifndef _EVSE_COMPAT_NET_GENETLINK_H
#define _EVSE_COMPAT_NET_GENETLINK_H

#include <linux/version.h>
#include_next <net/genetlink.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
/* What both structures have is all that is asked of the answer: attrs. */
#define genl_info_dump(cb)	genl_dumpit_info(cb)
#endif

#endif /* _EVSE_COMPAT_NET_GENETLINK_H */
