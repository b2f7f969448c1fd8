// SPDX-License-Identifier: GPL-2.0-only
/*
 * From the voltage that a bridge has to make to the duties of its legs.
 *
 * Values in, values out: no device, clock or lock. A step has no division; the
 * only one comes with a new voltage of the link.
 *
 * Nothing is ever cut off at the end of the range: what does not fit is refused,
 * and the caller decides what that means.
 */
#include <kunit/visibility.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "modulator.h"
#include "sine.h"

/* 2 / sqrt(3): so much deeper before a leg is at its end, Q16. */
#define EVSE_DEPTH_INJECTED	75674

/* sqrt(3) / 2, Q16 */
#define EVSE_SQRT_3_HALF	56756

/* A sixth, Q16. */
#define EVSE_SIXTH		10923

/* Dead time and shortest pulse together, of a period: more is a mistake. */
#define EVSE_MODULATOR_LOST	(EVSE_Q16 / 8)

static s32 evse_q16_mul(s32 a, s32 b)
{
	return ((s64)a * b + EVSE_Q16 / 2) >> 16;
}

/**
 * evse_modulator_init() - prepare for a bridge
 * @m: set
 * @config: the bridge
 *
 * Return: 0, -EINVAL for a scheme that the topology does not have, -ERANGE when
 * dead time and shortest pulse leave too little, or there is a dead time without
 * a band.
 */
int evse_modulator_init(struct evse_modulator *m,
			const struct evse_modulator_config *config)
{
	bool three = config->topology == EVSE_TOPOLOGY_THREE_PHASE;
	u32 full = config->scheme == EVSE_SCHEME_SINE ? EVSE_Q16 :
						       EVSE_DEPTH_INJECTED;

	if (!three && config->scheme != EVSE_SCHEME_SINE)
		return -EINVAL;
	if (config->dead > EVSE_MODULATOR_LOST ||
	    config->margin > EVSE_MODULATOR_LOST - config->dead ||
	    (config->dead && !config->band_ma))
		return -ERANGE;

	*m = (struct evse_modulator) {
		.topology = config->topology,
		.scheme = config->scheme,
		.legs = three ? 3 : 2,
		/* The dead time once more, for making up for it. */
		.limit = evse_q16_mul(full, EVSE_Q16 - 2 * (2 * config->dead +
							    config->margin)),
		.dead = config->dead,
		.dead_per_ma = config->dead ?
			       (config->dead << 16) / config->band_ma : 0,
	};
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_modulator_init);

/**
 * evse_modulator_link() - the voltage of the link was measured
 * @m: the modulator
 * @link_mv: the voltage
 *
 * Not part of the step: it divides.
 *
 * Return: 0 or -ERANGE, with which nothing can be modulated until the next one.
 */
int evse_modulator_link(struct evse_modulator *m, u32 link_mv)
{
	u64 unit = m->topology == EVSE_TOPOLOGY_THREE_PHASE ? 1ULL << 32 :
							      1ULL << 31;

	u32 full_mv = m->topology == EVSE_TOPOLOGY_THREE_PHASE ? link_mv / 2 :
								 link_mv;

	if (link_mv < EVSE_LINK_MIN_MV) {
		m->depth_per_mv = 0;
		return -ERANGE;
	}
	m->depth_per_mv = div_u64(unit, link_mv);
	m->limit_mv = (u64)full_mv * m->limit >> 16;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_modulator_link);

static s32 evse_modulator_scale(const struct evse_modulator *m, s32 mv)
{
	return ((s64)mv * m->depth_per_mv + (1 << 14)) >> 15;
}

/* Is the vector within the range; by its square, which needs no root. */
static bool evse_modulator_can(const struct evse_modulator *m,
			       const struct evse_vector *v)
{
	s64 d = v->d_mv, q = v->q_mv, most = m->limit_mv;

	return m->depth_per_mv && d < EVSE_POLAR_MAX && d > -EVSE_POLAR_MAX &&
	       q < EVSE_POLAR_MAX && q > -EVSE_POLAR_MAX &&
	       d * d + q * q <= most * most;
}

/**
 * evse_modulator_depth() - modulation that makes a voltage
 * @m: the modulator
 * @v: the voltage
 * @angle: set: where phase 1 is
 * @depth: set: relative to half the link voltage at each leg, Q16
 *
 * Return: 0, or -ERANGE when the voltage is more than the link can make, or the
 * link is not known.
 */
int evse_modulator_depth(const struct evse_modulator *m,
			 const struct evse_vector *v, u32 *angle, u32 *depth)
{
	u32 ahead, wanted, mv;

	if (!evse_modulator_can(m, v))
		return -ERANGE;
	mv = evse_polar(v->d_mv, v->q_mv, &ahead);
	wanted = evse_modulator_scale(m, mv);
	*angle = v->angle + ahead;
	/* Beyond it by rounding alone. */
	*depth = min(wanted, m->limit);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_modulator_depth);

/* What all legs have in common, in the schemes that see it from the phases. */
static s32 evse_modulator_common(const struct evse_modulator *m,
				 const s32 phase[EVSE_LEGS])
{
	if (m->scheme != EVSE_SCHEME_SPACE_VECTOR)
		return 0;
	return -(max3(phase[0], phase[1], phase[2]) +
		 min3(phase[0], phase[1], phase[2])) / 2;
}

/* Rounding may be beyond the end by the last digit, nothing else. */
static u32 evse_modulator_duty(s32 leg)
{
	return clamp((EVSE_Q16 + leg) >> 1, 0, EVSE_Q16);
}

static void evse_modulator_legs(const struct evse_modulator *m,
				const s32 phase[EVSE_LEGS], s32 common,
				u32 duty[EVSE_LEGS])
{
	duty[0] = evse_modulator_duty(phase[0] + common);
	if (m->topology == EVSE_TOPOLOGY_FULL_BRIDGE) {
		duty[1] = evse_modulator_duty(-phase[0]);
		return;
	}
	duty[1] = evse_modulator_duty(phase[1] + common);
	duty[2] = evse_modulator_duty(phase[2] + common);
}

/**
 * evse_modulator_duties() - duties of the legs
 * @m: the modulator
 * @angle: where phase 1 is: 0 when its voltage becomes positive
 * @depth: relative to half the link voltage at each leg, Q16
 * @duty: set, one for each leg of the topology, Q16: 65536 is the upper switch
 *	on all the time; left alone when @depth is refused
 *
 * Return: 0, or -ERANGE for a depth beyond the linear range.
 */
int evse_modulator_duties(const struct evse_modulator *m, u32 angle, u32 depth,
			  u32 duty[EVSE_LEGS])
{
	s32 phase[EVSE_LEGS], common;

	if (depth > m->limit)
		return -ERANGE;

	phase[0] = evse_q16_mul(depth, evse_sine(angle));
	phase[1] = evse_q16_mul(depth, evse_sine(angle - EVSE_TURN_3));
	phase[2] = -phase[0] - phase[1];
	if (m->scheme == EVSE_SCHEME_THIRD_HARMONIC)
		common = evse_q16_mul(evse_q16_mul(depth, EVSE_SIXTH),
				      evse_sine(3 * angle));
	else
		common = evse_modulator_common(m, phase);
	evse_modulator_legs(m, phase, common, duty);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_modulator_duties);

/*
 * During the dead time the current decides what the leg does: one that flows
 * into it holds it up, one that flows out pulls it down. The duty makes up for
 * what that is in a period. Within the band, the current changes its sign
 * between the two edges, and less is lost, in proportion.
 */
static u32 evse_modulator_make_up(const struct evse_modulator *m, u32 duty,
				  s32 into_ma)
{
	s32 dead = m->dead;
	s64 lost = (s64)into_ma * m->dead_per_ma >> 16;

	return clamp((s32)duty - (s32)clamp_t(s64, lost, -dead, dead), 0,
		     EVSE_Q16);
}

/* A vector at an angle: phase 1, and what is a quarter turn ahead of it. */
static void evse_modulator_turn(s32 d, s32 q, s32 sine, s32 cosine,
				s32 phase[EVSE_LEGS])
{
	s32 ahead = evse_q16_mul(d, cosine) - evse_q16_mul(q, sine);
	s32 cross = evse_q16_mul(ahead, EVSE_SQRT_3_HALF);

	/* sin(x - 120 degrees) = -sin(x) / 2 - cos(x) sqrt(3) / 2 */
	phase[0] = evse_q16_mul(d, sine) + evse_q16_mul(q, cosine);
	phase[1] = -phase[0] / 2 - cross;
	phase[2] = -phase[0] - phase[1];
}

static void evse_modulator_dead_time(const struct evse_modulator *m,
				     const s32 into_ma[EVSE_LEGS],
				     u32 duty[EVSE_LEGS])
{
	duty[0] = evse_modulator_make_up(m, duty[0], into_ma[0]);
	if (m->topology == EVSE_TOPOLOGY_FULL_BRIDGE) {
		duty[1] = evse_modulator_make_up(m, duty[1], -into_ma[0]);
		return;
	}
	duty[1] = evse_modulator_make_up(m, duty[1], into_ma[1]);
	duty[2] = evse_modulator_make_up(m, duty[2], into_ma[2]);
}

/**
 * evse_modulator_step() - duties of the legs that make a voltage
 * @m: the modulator
 * @v: the voltage, and the current that goes with it
 * @duty: as of evse_modulator_duties(), with what the dead time takes made up for
 *
 * The third harmonic has to know the angle of the voltage, which costs some 200
 * instructions more; the others do with its parts.
 *
 * Return: 0, or -ERANGE when the voltage is more than the link can make, or the
 * link is not known.
 */
int evse_modulator_step(const struct evse_modulator *m,
			const struct evse_vector *v, u32 duty[EVSE_LEGS])
{
	s32 sine, cosine, phase[EVSE_LEGS];
	u32 angle, depth;

	if (!evse_modulator_can(m, v))
		return -ERANGE;
	sine = evse_sine(v->angle);
	cosine = evse_cosine(v->angle);
	if (m->scheme == EVSE_SCHEME_THIRD_HARMONIC) {
		evse_modulator_depth(m, v, &angle, &depth);
		evse_modulator_duties(m, angle, depth, duty);
	} else {
		evse_modulator_turn(evse_modulator_scale(m, v->d_mv),
				    evse_modulator_scale(m, v->q_mv), sine, cosine,
				    phase);
		evse_modulator_legs(m, phase, evse_modulator_common(m, phase), duty);
	}
	if (m->dead) {
		evse_modulator_turn(v->d_ma, v->q_ma, sine, cosine, phase);
		evse_modulator_dead_time(m, phase, duty);
	}
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_modulator_step);
