/* SPDX-License-Identifier: GPL-2.0-only */
/* Residual current: profiles and their curves. */
#ifndef _EVSE_RESIDUAL_CURVE_H
#define _EVSE_RESIDUAL_CURVE_H

#include "inverse_time.h"
#include "limit_judge.h"

/**
 * struct evse_residual_profile - what a standard says about residual current
 * @name: word that chooses it
 * @must_not_ua: up to this current nothing trips
 * @limit_ua: above this current two readings in a row trip; 0 for none
 * @answer_ua: a test current shows at least this much
 * @curve: over the current in microampere
 */
struct evse_residual_profile {
	const char *name;
	u32 must_not_ua;
	u32 limit_ua;
	u32 answer_ua;
	struct evse_inverse_curve curve;
};

enum evse_residual_kind {
	EVSE_RESIDUAL_CCID5,
	EVSE_RESIDUAL_CCID20,
	EVSE_RESIDUAL_IEC62955,
	EVSE_RESIDUAL_PROFILES,
};

extern const struct evse_residual_profile
evse_residual_profiles[EVSE_RESIDUAL_PROFILES];

/**
 * struct evse_residual - judge of a measured residual current
 * @profile: the profile
 * @inverse: its curve
 * @limit: its limit
 * @tripped: the current was too high, and is not back yet
 */
struct evse_residual {
	const struct evse_residual_profile *profile;
	struct evse_inverse inverse;
	struct evse_limit limit;
	bool tripped;
};

void evse_residual_init(struct evse_residual *residual,
			const struct evse_residual_profile *profile, s64 lead_ns);
bool evse_residual_step(struct evse_residual *residual, s32 ua, ktime_t now);
bool evse_residual_answers(const struct evse_residual *residual, s32 ua);
bool evse_residual_quiet(const struct evse_residual *residual, s32 ua);
void evse_residual_reset(struct evse_residual *residual);

#endif /* _EVSE_RESIDUAL_CURVE_H */
