/* SPDX-License-Identifier: GPL-2.0-only */
/* Resistance of a contact and wear of a connector: pure. */
#ifndef _EVSE_CONTACT_WEAR_H
#define _EVSE_CONTACT_WEAR_H

#include <linux/types.h>

/* Readings that are judged together, and matings that make a trend. */
#define EVSE_CONTACT_READINGS	10
#define EVSE_CONTACT_MATINGS	16
/* Of fewer matings no line says anything. */
#define EVSE_CONTACT_TREND_MIN	3

/**
 * enum evse_contact_verdict - what a window of readings says
 * @EVSE_CONTACT_GOOD: a resistance below the limit
 * @EVSE_CONTACT_HIGH: one above it
 * @EVSE_CONTACT_DEAD: a reading without a drop, which no contact has
 * @EVSE_CONTACT_REVERSED: the drop is against the current
 * @EVSE_CONTACT_SCATTERED: readings that are not of one resistance
 */
enum evse_contact_verdict {
	EVSE_CONTACT_GOOD,
	EVSE_CONTACT_HIGH,
	EVSE_CONTACT_DEAD,
	EVSE_CONTACT_REVERSED,
	EVSE_CONTACT_SCATTERED,
};

/**
 * struct evse_contact_window - readings that wait to be judged
 * @ui: sum of drop times current, microvolt milliampere
 * @ii: sum of squares of the current, milliampere
 * @low_uohm: lowest resistance of a single reading
 * @high_uohm: highest
 * @dead: one of them had no drop
 * @readings: how many
 */
struct evse_contact_window {
	s64 ui;
	u64 ii;
	s32 low_uohm;
	s32 high_uohm;
	bool dead;
	unsigned int readings;
};

/**
 * struct evse_contact_mean - mean resistance of a mating
 * @mating: its number
 * @nohm: the mean
 */
struct evse_contact_mean {
	u32 mating;
	s32 nohm;
};

/**
 * struct evse_contact - what is known of a contact; zeroed to begin with
 * @window: readings of now
 * @nohm: of the latest window that can be believed
 * @known: there was one
 * @sum_nohm: of those windows in this mating
 * @windows: how many
 * @past: means of former matings, a ring
 * @next: where the next one goes
 * @matings: how many there are in @past
 */
struct evse_contact {
	struct evse_contact_window window;
	s32 nohm;
	bool known;
	s64 sum_nohm;
	u32 windows;
	struct evse_contact_mean past[EVSE_CONTACT_MATINGS];
	unsigned int next;
	unsigned int matings;
};

void evse_contact_read(struct evse_contact *contact, s32 drop_uv,
		       s32 current_ma);
bool evse_contact_full(const struct evse_contact *contact);
enum evse_contact_verdict evse_contact_judge(struct evse_contact *contact,
					     s32 limit_nohm);
void evse_contact_part(struct evse_contact *contact, u32 mating);
bool evse_contact_trend(const struct evse_contact *contact,
			s32 *nohm_per_mating);
bool evse_contact_left(const struct evse_contact *contact, s32 limit_nohm,
		       u32 *matings);
bool evse_contact_unclean(u64 matings, u64 cleaned, u32 every);

#endif /* _EVSE_CONTACT_WEAR_H */
