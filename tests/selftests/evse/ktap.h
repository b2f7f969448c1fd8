/* SPDX-License-Identifier: GPL-2.0-or-later */
/* KTAP from a C program: each check is a test; the plan comes at the end. */
#ifndef EVSE_KTAP_H
#define EVSE_KTAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static int ktap_count, ktap_failures;

static inline void ktap_begin(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("KTAP version 1");
}

/* Returns @ok, so that a caller can say more about a failure. */
__attribute__((format(printf, 2, 3)))
static inline bool ktap_check(bool ok, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	printf("%s %d ", ok ? "ok" : "not ok", ++ktap_count);
	vprintf(fmt, args);
	putchar('\n');
	va_end(args);
	ktap_failures += !ok;
	return ok;
}

static inline int ktap_end(void)
{
	printf("1..%d\n", ktap_count);
	return ktap_failures ? 1 : 0;
}

/* Nothing that follows can be tested. */
__attribute__((format(printf, 1, 2), noreturn))
static inline void ktap_die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	printf("not ok %d ", ++ktap_count);
	vprintf(fmt, args);
	putchar('\n');
	va_end(args);
	printf("1..%d\n", ktap_count);
	exit(1);
}

#endif /* EVSE_KTAP_H */
