/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files that read scenarios share. */
#ifndef EVSIM_SCENARIO_INTERNAL_H
#define EVSIM_SCENARIO_INTERNAL_H

#include "scenario.h"

/** step_find() - enum step_kind, negative for none of that name */
int step_find(const char *name);

/** step_find_message() - enum message_id of a request's name, negative for none */
int step_find_message(const char *name);

/**
 * step_take() - the value of a step
 * @step: its kind is set; its value is written
 * @text: the value, NULL for none
 * @why: set when it is refused: what to write
 */
bool step_take(struct step *step, const char *text, const char **why);

/**
 * step_wrong() - is a step wrong where it is
 * @step: the step
 * @before: the one before it, or NULL
 *
 * Return: what to do about it, or NULL.
 */
const char *step_wrong(const struct step *step, const struct step *before);

/**
 * scenario_set() - one key of the section "vehicle" that takes one value
 * @scenario: set
 * @name: the key
 * @text: its value
 * @why: set when it is refused: what to write
 */
bool scenario_set(struct scenario *scenario, const char *name, const char *text,
		  const char **why);

/** scenario_add_service() - one service more; likewise */
bool scenario_add_service(struct scenario *scenario, const char *text, const char **why);

/** scenario_default() - what holds where a file says nothing */
void scenario_default(struct scenario *scenario);

/** scenario_wrong() - what is right by itself and wrong together, or NULL */
const char *scenario_wrong(const struct scenario *scenario);

#endif /* EVSIM_SCENARIO_INTERNAL_H */
