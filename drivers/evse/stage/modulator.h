/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the voltage that a bridge has to make to the duties of its legs. Pure:
 * values in, values out; integers only.
 */
#ifndef _EVSE_STAGE_MODULATOR_H
#define _EVSE_STAGE_MODULATOR_H

#include <linux/types.h>

#define EVSE_LEGS		3

/* A DC link below that cannot be modulated. */
#define EVSE_LINK_MIN_MV	10000U

/**
 * enum evse_topology - what the legs make
 * @EVSE_TOPOLOGY_FULL_BRIDGE: one phase between two legs that mirror each other;
 *	the voltage between them is depth times that of the link
 * @EVSE_TOPOLOGY_THREE_PHASE: three phases, one on each leg; the voltage of a
 *	phase is depth times half that of the link
 */
enum evse_topology {
	EVSE_TOPOLOGY_FULL_BRIDGE,
	EVSE_TOPOLOGY_THREE_PHASE,
};

/**
 * enum evse_scheme - what all legs of three phases have in common
 * @EVSE_SCHEME_SINE: nothing
 * @EVSE_SCHEME_THIRD_HARMONIC: a sixth of the third harmonic
 * @EVSE_SCHEME_SPACE_VECTOR: what keeps the highest and the lowest leg equally
 *	far from the ends
 */
enum evse_scheme {
	EVSE_SCHEME_SINE,
	EVSE_SCHEME_THIRD_HARMONIC,
	EVSE_SCHEME_SPACE_VECTOR,
};

/**
 * struct evse_vector - voltage that the bridge has to make, as a turning vector
 * @angle: where the frame is, 2^32 is a turn: phase 1 is @d_mv times the sine of
 *	it and @q_mv times its cosine; other phases follow by a third of a turn
 * @d_mv: peak value
 * @q_mv: peak value, a quarter turn ahead
 * @d_ma: the current that flows then into the bridge, likewise
 * @q_ma: the current, a quarter turn ahead
 *
 * This is all that a modulator has to know, one elsewhere included. The current
 * is only there for the dead time, and 0 where nobody knows it.
 */
struct evse_vector {
	u32 angle;
	s32 d_mv;
	s32 q_mv;
	s32 d_ma;
	s32 q_ma;
};

/**
 * struct evse_modulator_config - the bridge
 * @topology: what the legs make
 * @scheme: what they have in common; @EVSE_SCHEME_SINE for a full bridge
 * @dead: dead time as part of the carrier's period, Q16; 0 when the bridge
 *	makes up for it itself
 * @margin: as much each duty stays away from 0 and 65536: the shortest pulse
 *	as part of the period, Q16
 * @band_ma: peak of the ripple of a leg's current: below it, the current has
 *	both signs within a period, and the dead time costs less
 */
struct evse_modulator_config {
	enum evse_topology topology;
	enum evse_scheme scheme;
	u32 dead;
	u32 margin;
	u32 band_ma;
};

/**
 * struct evse_modulator - state: but for the link, the same for good
 * @topology: what the legs make
 * @scheme: what they have in common
 * @legs: how many they are
 * @limit: greatest depth within the linear range, Q16
 * @depth_per_mv: Q15; 0 until the link is known
 * @limit_mv: what @limit is in volts then
 * @dead: dead time, Q16
 * @dead_per_ma: of that, within the band, Q16
 */
struct evse_modulator {
	enum evse_topology topology;
	enum evse_scheme scheme;
	unsigned int legs;
	u32 limit;
	u32 depth_per_mv;
	u32 limit_mv;
	u32 dead;
	u32 dead_per_ma;
};

int evse_modulator_init(struct evse_modulator *m,
			const struct evse_modulator_config *config);
int evse_modulator_link(struct evse_modulator *m, u32 link_mv);
int evse_modulator_depth(const struct evse_modulator *m,
			 const struct evse_vector *v, u32 *angle, u32 *depth);
int evse_modulator_duties(const struct evse_modulator *m, u32 angle, u32 depth,
			  u32 duty[EVSE_LEGS]);
int evse_modulator_step(const struct evse_modulator *m,
			const struct evse_vector *v, u32 duty[EVSE_LEGS]);

#endif /* _EVSE_STAGE_MODULATOR_H */
