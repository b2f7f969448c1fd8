/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the words of "evsectl thermal" share, and what other commands take of it. */
#ifndef EVSECTL_THERMAL_H
#define EVSECTL_THERMAL_H

#include "evsectl.h"

/* Where thresholds are kept that shall be in force after the next start, too. */
#define THERMAL_CONF	"/etc/v2g/thermal.conf"

/* thermal.c */

/* thermal_table() - a line for each sensor, below a head */
void thermal_table(const struct evse_thermal_info *thermals, size_t count);

/* thermal_none() - complain that no port has a thermal guard; returns 1 */
int thermal_none(void);

/* thermal_is_trip() - is a fault one that thermal guards trip with? */
bool thermal_is_trip(uint32_t code);

/* thermal_is_fault() - is it one that they report? */
bool thermal_is_fault(uint32_t code);

/* threshold.c: words of "evsectl thermal" */

int threshold_show(struct evsectl *e, const struct command *cmd, int argc,
		   char **argv);
int threshold_set(struct evsectl *e, const struct command *cmd, int argc,
		  char **argv);

/* threshold_name() - "connector-a derate"; @buf, of which 64 bytes are enough */
char *threshold_name(const struct evse_thermal_setting_info *s, char *buf,
		     size_t size);

/**
 * threshold_text() - a threshold as words that threshold_parse() takes
 * @s: the threshold
 * @buf: written here
 * @size: bytes of @buf, 96 are enough
 *
 * Return: @buf
 */
char *threshold_text(const struct evse_thermal_setting_info *s, char *buf,
		     size_t size);

/* threshold_bounds() - "40 C to 85 C", or the one value that is allowed; @buf */
char *threshold_bounds(const struct evse_thermal_setting_info *s, char *buf,
		       size_t size);

/**
 * threshold_refused() - say that a threshold was not taken, and what would be
 * @e: the run
 * @where: what comes first: "", or a file and line
 * @id: the port
 * @to: the threshold as it was asked for
 * @is: as it is, with its bounds; NULL when they are not known
 * @err: what the kernel returned
 *
 * Return: 1
 */
int threshold_refused(struct evsectl *e, const char *where, uint32_t id,
		      const struct evse_thermal_setting_info *to,
		      const struct evse_thermal_setting_info *is, int err);

/* threshold_find() - that of a list which has the same sensor and element */
const struct evse_thermal_setting_info *
threshold_find(const struct evse_thermal_setting_info *list, size_t count,
	       const struct evse_thermal_setting_info *like);

/**
 * threshold_list() - the thresholds that are meant: those of -p, or of all ports
 * @e: the run
 * @list: an array is written here, to be freed with free()
 * @count: its length is written here
 *
 * Return: 0, or an exit status after a message.
 */
int threshold_list(struct evsectl *e, struct evse_thermal_setting_info **list,
		   size_t *count);

/* threshold_file.c: likewise, words of "evsectl thermal" */

int threshold_save(struct evsectl *e, const struct command *cmd, int argc,
		   char **argv);
int threshold_restore(struct evsectl *e, const struct command *cmd, int argc,
		      char **argv);

/* conf_thermal.c */

/**
 * threshold_parse() - "connector-a derate 80C", "clear 60 C", "rise 5"
 * @s: sensor, element and value are written here
 * @argc: how many words
 * @argv: the words
 * @why: what is wrong, on failure
 * @size: bytes of @why
 *
 * Return: 0 or -EINVAL.
 */
int threshold_parse(struct evse_thermal_setting_info *s, int argc, char **argv,
		    char *why, size_t size);

#endif /* EVSECTL_THERMAL_H */
