/* SPDX-License-Identifier: GPL-2.0-only */
/* The fault catalogue: pure, a table. */
#ifndef _EVSE_FAULT_CATALOGUE_H
#define _EVSE_FAULT_CATALOGUE_H

#include <linux/types.h>
#include <uapi/linux/evse.h>

#define EVSE_FAULTS	33

/**
 * struct evse_fault_info - a line of the catalogue
 * @code: stable number
 * @name: as the user's manuals and the kernel log call it
 * @text: what it means
 * @severity: what it does
 * @policy: how it ends
 * @retries: automatic retries, for policy "retry"
 * @delay_ms: from the end of the cause to a retry or to service
 * @mrec: minimum required error code of ChargeX, 0 for none
 * @raisable: user space may raise it: it sees what the kernel cannot
 */
struct evse_fault_info {
	u32 code;
	const char *name;
	const char *text;
	enum evse_fault_severity severity;
	enum evse_fault_policy policy;
	u8 retries;
	u32 delay_ms;
	u8 mrec;
	bool raisable;
};

extern const struct evse_fault_info evse_fault_catalogue[EVSE_FAULTS];

int evse_fault_index(u32 code);

#endif /* _EVSE_FAULT_CATALOGUE_H */
