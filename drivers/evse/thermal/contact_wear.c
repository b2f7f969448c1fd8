// SPDX-License-Identifier: GPL-2.0-only
/*
 * Resistance of a contact from the drop across it and the current through it, its
 * trend from mating to mating, and when a connector is due.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "contact_wear.h"

/* What the sums have room for; a drop of this is a fire, whatever the current. */
#define EVSE_CONTACT_MAX_UV	2000000
#define EVSE_CONTACT_MIN_MA	1000
#define EVSE_CONTACT_MAX_MA	5000000
/* Matings between the oldest mean and the latest, for the same reason. */
#define EVSE_CONTACT_MAX_SPAN	1000000U

static s32 evse_contact_uohm(s32 uv, s32 ma)
{
	return div_s64((s64)uv * 1000, ma);
}

/**
 * evse_contact_read() - take a reading in
 * @contact: the contact
 * @drop_uv: drop across it, microvolt; its sign follows the current's
 * @current_ma: current through it, milliampere, in either direction; smaller ones
 *	than an ampere say nothing and are left out
 */
void evse_contact_read(struct evse_contact *contact, s32 drop_uv,
		       s32 current_ma)
{
	struct evse_contact_window *w = &contact->window;
	s32 uv = clamp(drop_uv, -EVSE_CONTACT_MAX_UV, EVSE_CONTACT_MAX_UV);
	s32 ma = clamp(current_ma, -EVSE_CONTACT_MAX_MA, EVSE_CONTACT_MAX_MA);
	s32 uohm;

	if (ma > -EVSE_CONTACT_MIN_MA && ma < EVSE_CONTACT_MIN_MA)
		return;
	uohm = evse_contact_uohm(uv, ma);
	w->low_uohm = w->readings ? min(w->low_uohm, uohm) : uohm;
	w->high_uohm = w->readings ? max(w->high_uohm, uohm) : uohm;
	w->dead |= !uohm;
	w->ui += (s64)uv * ma;
	w->ii += (s64)ma * ma;
	w->readings++;
}
EXPORT_SYMBOL_IF_KUNIT(evse_contact_read);

/**
 * evse_contact_full() - are there enough readings to judge
 * @contact: the contact
 *
 * Return: true when there are.
 */
bool evse_contact_full(const struct evse_contact *contact)
{
	return contact->window.readings >= EVSE_CONTACT_READINGS;
}
EXPORT_SYMBOL_IF_KUNIT(evse_contact_full);

/* Microvolt by milliampere is milliohm: three more digits, and three more. */
static s32 evse_contact_nohm(const struct evse_contact_window *w)
{
	u64 value, rest;
	int i;

	value = div64_u64_rem(w->ui < 0 ? -w->ui : w->ui, w->ii, &rest);
	for (i = 0; i < 2; i++)
		value = value * 1000 + div64_u64_rem(rest * 1000, w->ii, &rest);
	return w->ui < 0 ? -(s32)value : (s32)value;
}

static enum evse_contact_verdict
evse_contact_of_window(const struct evse_contact_window *w, s32 nohm,
		       s32 limit_nohm)
{
	s64 spread_nohm = ((s64)w->high_uohm - w->low_uohm) * 1000;

	if (w->dead)
		return EVSE_CONTACT_DEAD;
	if (spread_nohm > limit_nohm && spread_nohm > nohm)
		return EVSE_CONTACT_SCATTERED;
	if (nohm <= 0)
		return EVSE_CONTACT_REVERSED;
	return nohm > limit_nohm ? EVSE_CONTACT_HIGH : EVSE_CONTACT_GOOD;
}

/**
 * evse_contact_judge() - judge the readings, and begin anew
 * @contact: the contact; it has readings
 * @limit_nohm: resistance that it may have, nano-ohm
 *
 * What cannot be believed changes neither the resistance nor the mean.
 *
 * Return: what they say.
 */
enum evse_contact_verdict evse_contact_judge(struct evse_contact *contact,
					     s32 limit_nohm)
{
	s32 nohm = evse_contact_nohm(&contact->window);
	enum evse_contact_verdict verdict;

	verdict = evse_contact_of_window(&contact->window, nohm, limit_nohm);
	contact->window = (struct evse_contact_window){ };
	if (verdict != EVSE_CONTACT_GOOD && verdict != EVSE_CONTACT_HIGH)
		return verdict;

	contact->nohm = nohm;
	contact->known = true;
	contact->sum_nohm += nohm;
	contact->windows++;
	return verdict;
}
EXPORT_SYMBOL_IF_KUNIT(evse_contact_judge);

/**
 * evse_contact_part() - a mating is over: its mean joins those of the past
 * @contact: the contact
 * @mating: number of that mating, above those before
 *
 * A mating without a load leaves nothing. Readings of one are none of the next.
 */
void evse_contact_part(struct evse_contact *contact, u32 mating)
{
	contact->window = (struct evse_contact_window){ };
	if (!contact->windows)
		return;
	contact->past[contact->next] = (struct evse_contact_mean){
		.mating = mating,
		.nohm = div_s64(contact->sum_nohm, contact->windows),
	};
	contact->next = (contact->next + 1) % EVSE_CONTACT_MATINGS;
	if (contact->matings < EVSE_CONTACT_MATINGS)
		contact->matings++;
	contact->sum_nohm = 0;
	contact->windows = 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_contact_part);

/* Mean number @index, from the oldest on. */
static const struct evse_contact_mean *
evse_contact_past(const struct evse_contact *contact, unsigned int index)
{
	unsigned int oldest = contact->next + EVSE_CONTACT_MATINGS -
			      contact->matings;

	return &contact->past[(oldest + index) % EVSE_CONTACT_MATINGS];
}

/**
 * struct evse_contact_line - a line through the means of the past
 * @slope: nano-ohm a mating
 * @last: where it is at the latest mating, nano-ohm
 */
struct evse_contact_line {
	s64 slope;
	s64 last;
};

/* Least squares; matings count from the oldest mean. */
static bool evse_contact_fit(const struct evse_contact *contact,
			     struct evse_contact_line *line)
{
	s64 n = contact->matings, sx = 0, sy = 0, sxx = 0, sxy = 0, x = 0;
	const struct evse_contact_mean *oldest, *mean;
	unsigned int i;

	if (n < EVSE_CONTACT_TREND_MIN)
		return false;
	oldest = evse_contact_past(contact, 0);
	for (i = 0; i < n; i++) {
		mean = evse_contact_past(contact, i);
		x = min(mean->mating - oldest->mating, EVSE_CONTACT_MAX_SPAN);
		sx += x;
		sy += mean->nohm;
		sxx += x * x;
		sxy += x * mean->nohm;
	}
	line->slope = div64_s64(n * sxy - sx * sy, n * sxx - sx * sx);
	line->last = div64_s64(sy + line->slope * (n * x - sx), n);
	return true;
}

/**
 * evse_contact_trend() - how the resistance grows from mating to mating
 * @contact: the contact
 * @nohm_per_mating: filled
 *
 * Return: false when too few matings had a load.
 */
bool evse_contact_trend(const struct evse_contact *contact,
			s32 *nohm_per_mating)
{
	struct evse_contact_line line;

	if (!evse_contact_fit(contact, &line))
		return false;
	*nohm_per_mating = clamp_t(s64, line.slope, S32_MIN, S32_MAX);
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_contact_trend);

/**
 * evse_contact_left() - matings until the trend reaches the limit
 * @contact: the contact
 * @limit_nohm: resistance that it may have, nano-ohm
 * @matings: filled
 *
 * Return: false without a trend, and for one that does not grow.
 */
bool evse_contact_left(const struct evse_contact *contact, s32 limit_nohm,
		       u32 *matings)
{
	struct evse_contact_line line;

	if (!evse_contact_fit(contact, &line) || line.slope <= 0)
		return false;
	*matings = line.last >= limit_nohm ? 0 :
		   div64_s64(limit_nohm - line.last, line.slope);
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_contact_left);

/**
 * evse_contact_unclean() - are the pins due to be cleaned
 * @matings: of the connector
 * @cleaned: what they were at the latest cleaning; one that lies ahead was of
 *	another connector, and none of this one
 * @every: matings between two cleanings
 *
 * Return: true when they are.
 */
bool evse_contact_unclean(u64 matings, u64 cleaned, u32 every)
{
	return matings - (cleaned > matings ? 0 : cleaned) >= every;
}
EXPORT_SYMBOL_IF_KUNIT(evse_contact_unclean);
