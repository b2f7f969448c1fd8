/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the words of "evsectl grid" share, and what other commands take of it. */
#ifndef EVSECTL_GRID_H
#define EVSECTL_GRID_H

#include "evsectl.h"

/* sync.c */

/**
 * struct grid_window - the enter-service window
 * @has: bit N: the profile has the line of element N
 * @v_low: lowest voltage, permille of nominal
 * @v_high: highest voltage
 * @f_low: lowest frequency, millihertz
 * @f_high: highest frequency
 */
struct grid_window {
	uint64_t has;
	int32_t v_low;
	int32_t v_high;
	int32_t f_low;
	int32_t f_high;
};

/* grid_window_read() - from the settings of a port; 0 or a negative errno */
int grid_window_read(struct evsectl *e, uint32_t id, struct grid_window *w);

/**
 * grid_window_misses() - write what is not as enter service wants it
 * @out: where to: "...; ...", measured values beside what is allowed
 * @grid: what is measured, and what the guard says of it
 * @w: the window
 *
 * Return: how many things.
 */
unsigned int grid_window_misses(FILE *out, const struct evse_grid_info *grid,
				const struct grid_window *w);

/* grid_sync_check() - a word of "evsectl grid" */
int grid_sync_check(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv);

/* profile.c */

/* grid_profile() - likewise */
int grid_profile(struct evsectl *e, const struct command *cmd, int argc,
		 char **argv);

/**
 * grid_lines_apply() - change lines of the profile in force
 * @e: the run
 * @id: the port
 * @line: lines by element; those that have pickup or time_ms are meant
 * @again: send what is so already, too
 *
 * Return: 0, or 1 after saying what is refused; the rest is set all the same.
 */
int grid_lines_apply(struct evsectl *e, uint32_t id,
		     const struct evse_grid_setting_info *line, bool again);

/**
 * grid_line_parse() - "uv1=0.88/2s" without its '='
 * @line: lines by element; one is written
 * @name: name of the element
 * @value: PICKUP, PICKUP/TIME or /TIME
 * @why: what is wrong, on failure; a constant
 *
 * Return: 0 or -EINVAL.
 */
int grid_line_parse(struct evse_grid_setting_info *line, const char *name,
		    const char *value, const char **why);

#endif /* EVSECTL_GRID_H */
