/* SPDX-License-Identifier: GPL-2.0-or-later */
/* evsectl as a person runs it, against the fake kernel. */
#ifndef UNIT_PROGRAM_H
#define UNIT_PROGRAM_H

/* What the last run wrote to standard output and error. */
extern char out[16384], err[8192];

/* run_with() - "evsectl LINE", words apart by '|', with @input; exit status */
int run_with(const char *line, const char *input);

/* run() - the same without input */
int run(const char *line);

/* expect() - a check: the exit status, and a part of standard output or error */
void expect(const char *line, int status, const char *part);

/* expect_as() - the same, called by another name */
void expect_as(const char *name, const char *line, int status, const char *part);

#endif /* UNIT_PROGRAM_H */
