/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EVSECTL_TELL_H
#define EVSECTL_TELL_H

#include <stdbool.h>
#include <stdio.h>

#include "../libevse/evse-record.h"

/**
 * tell_changes() - what changed, in one line; nothing is told where nothing did
 * @out: where to
 * @rec: table of both
 * @was: before
 * @is: now
 * @head: how the line begins
 *
 * Return: true when a line was written.
 */
bool tell_changes(FILE *out, const struct evse_record *rec, const void *was,
		  const void *is, const char *head);

#endif /* EVSECTL_TELL_H */
