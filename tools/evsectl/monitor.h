/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EVSECTL_MONITOR_H
#define EVSECTL_MONITOR_H

#include "evsectl.h"

/* Options of commands that monitor_run() does. */
extern const struct option_desc monitor_options[];

/**
 * enum monitor_about - what is told of
 * @MONITOR_ALL: everything that the kernel tells
 * @MONITOR_GRID: grid guards alone
 * @MONITOR_THERMAL: thermal guards and their faults; temperatures as they change,
 *	once a second
 */
enum monitor_about {
	MONITOR_ALL,
	MONITOR_GRID,
	MONITOR_THERMAL,
};

/**
 * monitor_run() - tell of changes until there were enough or the time is over
 * @e: the run
 * @about: of what
 *
 * Return: the exit status.
 */
int monitor_run(struct evsectl *e, enum monitor_about about);

#endif /* EVSECTL_MONITOR_H */
