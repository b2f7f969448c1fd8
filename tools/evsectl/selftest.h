/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of evsectl selftest. */
#ifndef EVSECTL_SELFTEST_H
#define EVSECTL_SELFTEST_H

#include "evsectl.h"

/* Where sysfs is; tests have one of their own. */
extern const char *selftest_sysfs;

/**
 * enum outcome - what came of a check
 * @PASSED: as it should be
 * @FAILED: not
 * @SKIPPED: not there, or not to be judged now
 */
enum outcome {
	PASSED,
	FAILED,
	SKIPPED,
};

/**
 * struct selftest - a run of all checks
 * @e: the run of the program
 * @json: where rows go, with --json
 * @about: name of the port, "-" for what is of none
 * @count: rows, by verdict
 */
struct selftest {
	struct evsectl *e;
	struct evse_json json;
	char about[EVSE_NAME_SIZE];
	unsigned int count[SKIPPED + 1];
};

/* selftest_row() - what came of one check, and why */
void selftest_row(struct selftest *t, enum outcome verdict, const char *name,
		  const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* selftest_lines() - GPIO lines that the device tree gives to a port */
void selftest_lines(struct selftest *t, uint32_t id);

#endif /* EVSECTL_SELFTEST_H */
