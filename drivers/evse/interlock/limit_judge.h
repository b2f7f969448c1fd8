/* SPDX-License-Identifier: GPL-2.0-only */
/* A bound that readings in a row have to be beyond. */
#ifndef _EVSE_LIMIT_JUDGE_H
#define _EVSE_LIMIT_JUDGE_H

#include <linux/ktime.h>
#include <linux/types.h>

/**
 * struct evse_limit - a bound and what the readings say about it
 * @below: values below @bound are beyond it, otherwise those above
 * @bound: the bound itself is not beyond
 * @back: a value that is at least this far on the good side ends the fault
 * @confirm_ns: from the first reading beyond to the one that decides, at least;
 *	never fewer than two readings
 * @fault: readings in a row were beyond, and none is back yet
 * @beyond: how many there are in a row, saturating
 * @since: the first of them
 */
struct evse_limit {
	bool below;
	s32 bound;
	s32 back;
	s64 confirm_ns;
	bool fault;
	u8 beyond;
	ktime_t since;
};

bool evse_limit_beyond(const struct evse_limit *limit, s32 value);
bool evse_limit_step(struct evse_limit *limit, s32 value, ktime_t now);
void evse_limit_reset(struct evse_limit *limit);

#endif /* _EVSE_LIMIT_JUDGE_H */
