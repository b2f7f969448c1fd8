/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario's steps, carried out one after the other. No sockets, and no clock. */
#ifndef EVSIM_SCRIPT_H
#define EVSIM_SCRIPT_H

#include "scenario.h"

/**
 * struct script - how far a scenario is
 * @scenario: has to last
 * @next: index of the step at hand
 * @begun: it has begun
 * @begun_ms: when
 * @late_ms: how much later each request of this loop is sent
 * @provoked: misbehaviour that the charger has to end the session for, or NULL
 * @resumed: a pause was over
 * @why: why it did not end as it should
 */
struct script {
	const struct scenario *scenario;
	unsigned int next;
	bool begun;
	uint64_t begun_ms;
	uint32_t late_ms;
	const struct step *provoked;
	bool resumed;
	char why[VEHICLE_WHY_SIZE];
};

/** script_begin() - at the first step */
void script_begin(struct script *script, const struct scenario *scenario);

/**
 * script_look() - a response has come: what is the vehicle to want next
 * @script: the script
 * @now_ms: when
 * @vehicle: its want is raised where a step says so
 */
void script_look(struct script *script, uint64_t now_ms, struct vehicle *vehicle);

/**
 * script_mischief() - a request is to be sent: is there something wrong with it
 * @script: the script
 * @id: which request
 *
 * Return: the step that says so, which is over with this, or NULL.
 */
const struct step *script_mischief(struct script *script, enum message_id id);

/**
 * script_resumes() - the vehicle is done: does it come back
 * @script: the script
 * @vehicle: the vehicle
 * @wait_ms: set: after how long
 */
bool script_resumes(struct script *script, const struct vehicle *vehicle,
		    uint32_t *wait_ms);

/**
 * script_end() - it is over: was it as the scenario says
 * @script: the script; its why is set where it was not
 * @vehicle: the vehicle
 * @done: the vehicle ended the session by itself, in an orderly way
 */
bool script_end(struct script *script, const struct vehicle *vehicle, bool done);

#endif /* EVSIM_SCRIPT_H */
