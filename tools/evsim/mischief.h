/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is wrong with the messages of a vehicle that misbehaves. */
#ifndef EVSIM_MISCHIEF_H
#define EVSIM_MISCHIEF_H

#include "scenario.h"

/**
 * mischief_message() - in what a request says
 * @step: a step that misbehaves
 * @vehicle: whose request it is
 * @request: changed where the step is about that
 */
void mischief_message(const struct step *step, struct vehicle *vehicle,
		      struct message *request);

/**
 * mischief_bytes() - in the bytes that it is
 * @step: a step that misbehaves
 * @out: V2GTP header and payload; changed where the step is about that
 * @size: their bytes
 * @room: of @out; more than a header
 *
 * Return: the bytes to be sent.
 */
size_t mischief_bytes(const struct step *step, uint8_t *out, size_t size, size_t room);

#endif /* EVSIM_MISCHIEF_H */
