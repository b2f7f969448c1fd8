/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of commands that operators' manuals use, each of them a name of this program. */
#ifndef EVSECTL_ALIAS_H
#define EVSECTL_ALIAS_H

#include "evsectl.h"

/* Commands that one line of a manual may stand for. */
#define ALIAS_STEPS	2

/**
 * struct alias - a line that a manual says, and what it means here
 * @name: name of the program
 * @words: words after it, apart by a blank; POWER and LINE stand for what is typed
 * @means: commands of evsectl, carried out in this order; NULL for no more
 */
struct alias {
	const char *name;
	const char *words;
	const char *means[ALIAS_STEPS];
};

/* Ends with an empty one. */
extern const struct alias aliases[];

/* alias_known() - is a name, with or without a path, one of the table? */
bool alias_known(const char *name);

/**
 * alias_run() - carry out what a line of a manual means
 * @e: the run
 * @argc: how many words
 * @argv: the words, the program's name first
 *
 * Options of evsectl for every command may stand in front of the manual's words.
 *
 * Return: the exit status of the first command that failed, or of the last.
 */
int alias_run(struct evsectl *e, int argc, char **argv);

#endif /* EVSECTL_ALIAS_H */
