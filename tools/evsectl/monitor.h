/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EVSECTL_MONITOR_H
#define EVSECTL_MONITOR_H

#include "evsectl.h"

/* Options of commands that monitor_run() does. */
extern const struct option_desc monitor_options[];

/**
 * monitor_run() - tell of changes until there were enough or the time is over
 * @e: the run
 * @grid_only: of grid guards alone
 *
 * Return: the exit status.
 */
int monitor_run(struct evsectl *e, bool grid_only);

#endif /* EVSECTL_MONITOR_H */
