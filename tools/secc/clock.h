/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A clock that only goes on. */
#ifndef SECC_CLOCK_H
#define SECC_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

static inline uint64_t clock_ms(void)
{
	return clock_ns() / 1000000;
}

#endif /* SECC_CLOCK_H */
