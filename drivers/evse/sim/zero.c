// SPDX-License-Identifier: GPL-2.0-only
/*
 * Comparators of zero crossings, one a phase: high while the phase is positive.
 * Jitter, noise and distortion of what they see. Pure, with a seeded random.
 *
 * Crossings of a phase are numbered along its angle, so that one is not lost
 * or seen twice for the rounding of its time.
 */

#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "mains.h"

void evse_sim_zero_init(struct evse_sim_zero *z)
{
	unsigned int i;

	z->due = EVSE_SIM_NEVER;
	z->watched = 0;
	prandom_seed_state(&z->random, 2);
	for (i = 0; i < EVSE_SIM_PHASES; i++)
		z->phase[i] = (struct evse_sim_zero_phase){
			.cross = EVSE_SIM_NEVER, .burst = EVSE_SIM_NEVER,
		};
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_zero_init);

/* 0 to @below - 1 */
static u32 below(struct evse_sim_zero *z, u32 limit)
{
	return ((u64)prandom_u32_state(&z->random) * limit) >> 32;
}

/* How far the wave has to move for crossing @number. */
static s64 ahead(const struct evse_sim_zero *z,
		 const struct evse_sim_zero_phase *p,
		 const struct evse_sim_wave *w, s64 number)
{
	s64 late = evse_sim_wave_angle(z->distortion_mdeg);

	return (number - w->half) * EVSE_SIM_HALF - w->part - p->offset +
	       (number & 1 ? -late : late);
}

/* Where in its half cycle is this phase? The angle may have jumped. */
static void find(struct evse_sim_zero *z, struct evse_sim_zero_phase *p,
		 const struct evse_sim_wave *w)
{
	p->next = w->half - 4;
	p->next += max_t(s64, div64_s64(w->part + p->offset, EVSE_SIM_HALF), 0);
	/* Offsets are within three turns. */
	while (ahead(z, p, w, p->next) > 0)
		p->next -= 2;
	while (ahead(z, p, w, p->next) <= 0)
		p->next++;
	p->level = p->live && (p->next & 1);
	p->edges = 0;
	p->burst = EVSE_SIM_NEVER;
}

static void plan_phase(struct evse_sim_zero *z, struct evse_sim_zero_phase *p,
		       const struct evse_sim_wave *w)
{
	if (!p->live) {
		p->cross = EVSE_SIM_NEVER;
		return;
	}
	p->cross = evse_sim_wave_when(w, ahead(z, p, w, p->next)) + p->jitter;
	p->cross = max(p->cross, w->at);
}

static void set_due(struct evse_sim_zero *z)
{
	unsigned int i;

	z->due = EVSE_SIM_NEVER;
	for (i = 0; i < EVSE_SIM_PHASES; i++)
		if (z->watched & BIT(i))
			z->due = min3(z->due, z->phase[i].cross,
				      z->phase[i].burst);
}

/* Voltage or angle of a phase may have changed. */
void evse_sim_zero_phase_set(struct evse_sim_zero *z, unsigned int phase,
			     const struct evse_sim_wave *w, s64 offset,
			     bool live)
{
	struct evse_sim_zero_phase *p = &z->phase[phase];

	if (p->offset == offset && p->live == live)
		return;
	p->offset = offset;
	p->live = live;
	find(z, p, w);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_zero_phase_set);

/* Nobody has watched this phase for a while, or it is another wave. */
void evse_sim_zero_sync(struct evse_sim_zero *z, unsigned int phase,
			const struct evse_sim_wave *w)
{
	find(z, &z->phase[phase], w);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_zero_sync);

/* Frequency, or who watches, may have changed. */
void evse_sim_zero_plan(struct evse_sim_zero *z, const struct evse_sim_wave *w)
{
	unsigned int i;

	for (i = 0; i < EVSE_SIM_PHASES; i++)
		if (z->watched & BIT(i))
			plan_phase(z, &z->phase[i], w);
	set_due(z);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_zero_plan);

static void crossed(struct evse_sim_zero *z, struct evse_sim_zero_phase *p,
		    const struct evse_sim_wave *w, s64 now)
{
	p->level = !(p->next & 1);
	p->next++;
	p->jitter = 0;
	if (z->jitter_ns)
		p->jitter = (s32)below(z, 2 * z->jitter_ns + 1) - z->jitter_ns;
	plan_phase(z, p, w);
	p->edges = 2 * z->noise_pulses;
	p->burst = EVSE_SIM_NEVER;
	if (p->edges)
		p->burst = now + 1 + below(z, z->noise_ns) +
			   div_s64(z->noise_at *
				   div64_s64(EVSE_SIM_HALF, w->uhz), 1000);
}

/* Move what is due. Returns the phases whose comparator moved. */
u8 evse_sim_zero_fire(struct evse_sim_zero *z, const struct evse_sim_wave *w,
		      s64 now)
{
	struct evse_sim_zero_phase *p;
	unsigned int i;
	u8 moved = 0;

	for (i = 0; i < EVSE_SIM_PHASES; i++) {
		bool was;

		p = &z->phase[i];
		if (!(z->watched & BIT(i)) || min(p->cross, p->burst) > now)
			continue;
		was = p->level;
		if (p->cross <= p->burst) {
			crossed(z, p, w, now);
		} else {
			p->level = !p->level;
			p->edges--;
			p->burst = p->edges ? now + 1 + below(z, z->noise_ns) :
					      EVSE_SIM_NEVER;
		}
		moved |= was != p->level ? BIT(i) : 0;
	}
	set_due(z);
	return moved;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_zero_fire);
