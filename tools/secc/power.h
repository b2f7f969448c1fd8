/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much power a session asks of the port, and why it is not more. */
#ifndef SECC_POWER_H
#define SECC_POWER_H

#include "phase.h"

/**
 * struct power_limits - what a vehicle says about its power; sizes, without a sign
 * @max_charge_mw: most charging
 * @min_charge_mw: least charging that it can
 * @max_discharge_mw: most discharging
 * @min_discharge_mw: least discharging that it can
 */
struct power_limits {
	int32_t max_charge_mw;
	int32_t min_charge_mw;
	int32_t max_discharge_mw;
	int32_t min_discharge_mw;
};

/**
 * power_of_phases() - power of one or three phases
 * @first: of all phases, or of the first one when there are others
 * @second: NULL without
 * @third: NULL without
 *
 * Return: milliwatt
 */
int32_t power_of_phases(const struct iso20_rational *first,
			const struct iso20_rational *second,
			const struct iso20_rational *third);

/**
 * power_of_phases_size() - the same of discharging limits, which some send with a sign
 */
int32_t power_of_phases_size(const struct iso20_rational *first,
			     const struct iso20_rational *second,
			     const struct iso20_rational *third);

/* @of, one of these two, of a power with its elements for the other phases */
#define PHASES(of, mode, type, member) \
	of(&(mode)->member, exi_has(mode, type, member##_l2) ? &(mode)->member##_l2 : NULL, \
	   exi_has(mode, type, member##_l3) ? &(mode)->member##_l3 : NULL)

/**
 * power_take_limits() - remember what the vehicle says
 * @s: the session
 * @limits: its limits
 *
 * Return: false for a lowest limit above its highest, or a negative one.
 */
bool power_take_limits(struct session *s, const struct power_limits *limits);

/**
 * power_allow() - make what was negotiated a limit of the kernel's, where it is news
 * @s: the session
 *
 * Return: 0 or a negative errno.
 */
int power_allow(struct session *s);

/**
 * power_offer() - what is offered to vehicles: the port's and the configuration's
 * @s: the session
 */
struct power_window power_offer(const struct session *s);

/**
 * power_limits() - what a vehicle is told in the charge loop
 * @s: the session
 *
 * Return: what the port could give now; never more than charge parameter discovery told.
 */
struct power_window power_limits(const struct session *s);

/**
 * power_entry() - where in the operator's schedule it is
 * @s: the session; its configuration has a schedule
 * @at_s: set: the time of the schedule
 *
 * Return: index of the entry that holds.
 */
uint32_t power_entry(const struct session *s, uint32_t *at_s);

/**
 * power_planned() - what the operator's schedule wants
 * @s: the session
 *
 * Return: milliwatt; INT32_MAX without a schedule: the vehicle charges as it likes.
 */
int32_t power_planned(const struct session *s);

/**
 * power_of_current() - of a DC current at the voltage of now
 * @s: the session
 * @current_ma: discharging negative
 *
 * Return: milliwatt
 */
int32_t power_of_current(const struct session *s, int32_t current_ma);

/**
 * power_profile() - what the vehicle plans
 * @s: the session
 * @otherwise: without a profile
 *
 * Return: milliwatt
 */
int32_t power_profile(const struct session *s, int32_t otherwise);

/**
 * power_set() - have the port do it
 * @s: the session
 * @wanted_mw: discharging negative; what is beyond a limit is brought to it
 *
 * What comes of it is in @s->effective_mw, and what limits it in @s->limiter.
 */
void power_set(struct session *s, int32_t wanted_mw);

#endif /* SECC_POWER_H */
