// SPDX-License-Identifier: GPL-2.0-only
/*
 * An oscilloscope on the outputs of an ePWM module: it knows nothing of what is
 * in the registers but for the trip. Pure.
 */

#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include <kunit/visibility.h>

#include "epwm.h"

/* Levels stay what they are. */
void evse_sim_scope_clear(struct evse_sim_scope *s)
{
	s->both = 0;
	s->held = 0;
	s->edges = 0;
	s->dead = EVSE_SIM_EPWM_NEVER;
	s->pulse = EVSE_SIM_EPWM_NEVER;
	memset(s->width, 0, sizeof(s->width));
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_scope_clear);

/* To be called after everything that may have changed an output */
void evse_sim_scope_look(struct evse_sim_scope *s, const struct evse_sim_epwm *m)
{
	bool trip = evse_sim_epwm_tripped(m);
	bool high[2] = { evse_sim_epwm_out(m, 0), evse_sim_epwm_out(m, 1) };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		if (s->high[i] && !high[i]) {
			s->fell[i] = m->now;
			if (s->whole[i] && !trip) {
				s->width[i] = m->now - s->rose[i];
				s->pulse = min(s->pulse, s->width[i]);
			}
		}
	}
	for (i = 0; i < 2; i++) {
		if (high[i] && !s->high[i]) {
			s->rose[i] = m->now;
			s->whole[i] = !s->tripped;
			s->dead = min(s->dead, m->now - s->fell[!i]);
			s->edges++;
		}
		s->high[i] = high[i];
	}
	s->both += high[0] && high[1];
	s->held += trip && (high[0] || high[1]);
	s->tripped = trip;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_scope_look);
