/* SPDX-License-Identifier: GPL-2.0-only */
/* Flags of a node by their number; by their bit in kernels before that, stable ones too. */
#ifndef _EVSE_COMPAT_LINUX_FWNODE_H
#define _EVSE_COMPAT_LINUX_FWNODE_H

#include_next <linux/fwnode.h>

#if FWNODE_FLAG_LINKS_ADDED != 0

static inline void fwnode_clear_flag(struct fwnode_handle *fwnode,
				     unsigned int bit)
{
	fwnode->flags &= ~bit;
}

#endif

#endif /* _EVSE_COMPAT_LINUX_FWNODE_H */
