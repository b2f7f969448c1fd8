/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the charge loops of AC and DC share. */
#ifndef SECC_LOOP_H
#define SECC_LOOP_H

#include "power.h"

/**
 * loop_take() - what every request of a charge loop tells
 * @s: the session
 * @display: DisplayParameters, or NULL
 */
void loop_take(struct session *s, const struct iso20_display_parameters *display);

/**
 * loop_take_needs() - how much energy a vehicle needs that leaves planning to the charger
 * @s: the session
 * @most: EVMaximumEnergyRequest
 * @least: EVMinimumEnergyRequest
 */
void loop_take_needs(struct session *s, const struct iso20_rational *most,
		     const struct iso20_rational *least);

/**
 * loop_power() - have the port do what is wanted
 * @s: the session
 * @response: for a failure
 * @limits: what the vehicle says in this request
 * @wanted_mw: discharging negative
 *
 * Return: SESSION_ANSWER, or SESSION_LAST for limits that contradict each other.
 */
enum session_result loop_power(struct session *s, void *response,
			       const struct power_limits *limits, int32_t wanted_mw);

/**
 * loop_status() - what every response of a charge loop tells
 * @s: the session
 * @response: for a failure
 * @status: EVSEStatus, set
 * @meter: MeterInfo, set when it is due
 * @asked: the vehicle asks for it
 *
 * Return: SESSION_ANSWER, or SESSION_LAST for a vehicle that does not end when told to.
 */
enum session_result loop_status(struct session *s, void *response,
				struct iso20_evse_status **status,
				struct iso20_meter_info **meter, bool asked);

#endif /* SECC_LOOP_H */
