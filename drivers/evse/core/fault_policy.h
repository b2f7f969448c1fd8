/* SPDX-License-Identifier: GPL-2.0-only */
/* How a latched fault ends: pure. */
#ifndef _EVSE_FAULT_POLICY_H
#define _EVSE_FAULT_POLICY_H

#include <linux/ktime.h>
#include <linux/types.h>

#include "fault_catalogue.h"

/**
 * struct evse_fault - what a port knows of one fault
 * @active: the cause stands
 * @latched: power is held off until the fault ends
 * @first: it was the first cause of the present stop
 * @source: what saw it; a copy, for guards come and go
 * @count: times it was latched since load
 * @retries: automatic retries used since the last explicit clear
 * @value: detail in the source's unit; that of @bound for policy "bound"
 * @bound: for policy "bound": clear is refused unless @value is below; S32_MAX
 *	when there is none
 * @own: the latest cause was seen by a source with a unit of its own
 * @own_value: what it told
 * @delay_set: @delay_ms stands in place of the catalogue's
 * @delay_ms: from the end of the cause to the end of the latch
 * @edge: when the cause was seen
 * @gates_off: when the gates were commanded off
 * @coil_off: when the coils were commanded off
 * @contact_open: when the contacts were confirmed open
 * @thread: when the port's thread took it up
 * @told: when listeners were told first
 * @gone: when the cause was last seen to end
 */
struct evse_fault {
	bool active;
	bool latched;
	bool first;
	char source[EVSE_NAME_MAX];
	u32 count;
	u32 retries;
	s32 value;
	s32 bound;
	bool own;
	s32 own_value;
	bool delay_set;
	u32 delay_ms;
	ktime_t edge;
	ktime_t gates_off;
	ktime_t coil_off;
	ktime_t contact_open;
	ktime_t thread;
	ktime_t told;
	ktime_t gone;
};

bool evse_fault_above(const struct evse_fault_info *info,
		      const struct evse_fault *fault);
s32 evse_fault_shown(const struct evse_fault_info *info,
		     const struct evse_fault *fault);
const char *evse_fault_refuse_clear(const struct evse_fault_info *info,
				    const struct evse_fault *fault);
ktime_t evse_fault_ends_at(const struct evse_fault_info *info,
			   const struct evse_fault *fault);
u32 evse_fault_retries_left(const struct evse_fault_info *info,
			    const struct evse_fault *fault);

#endif /* _EVSE_FAULT_POLICY_H */
