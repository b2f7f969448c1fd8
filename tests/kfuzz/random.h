/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers by chance, the same again for the same seed; and what the fuzzers share. */
#ifndef KFUZZ_RANDOM_H
#define KFUZZ_RANDOM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COUNT(table)	((int)(sizeof(table) / sizeof((table)[0])))

static uint64_t state_of_random;

static inline void rnd_begin(uint32_t seed)
{
	state_of_random = seed * 0x9e3779b97f4a7c15ULL + 1;
}

static inline uint64_t rnd64(void)
{
	state_of_random ^= state_of_random << 13;
	state_of_random ^= state_of_random >> 7;
	state_of_random ^= state_of_random << 17;
	return state_of_random * 0x2545f4914f6cdd1dULL;
}

/* 0 to @below - 1 */
static inline uint32_t rnd(uint32_t below)
{
	return (rnd64() >> 32) % below;
}

static inline bool one_in(uint32_t n)
{
	return !rnd(n);
}

/* Where arithmetic goes wrong, if it does */
static inline uint64_t rnd_edge(void)
{
	static const uint64_t edges[] = {
		0, 1, 2, 3, 7, 8, 31, 32, 63, 64, 99, 100, 127, 128, 255, 256, 500,
		999, 1000, 5999, 6000, 10000, 10001, 30000, 30001, 32767, 32768,
		65535, 65536, 80000, 80001, 1000000, 7360000, 20000000,
		0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe,
		0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000,
		0xfffffffffffffffe, 0xffffffffffffffff,
	};
	uint64_t edge = edges[rnd(COUNT(edges))];

	switch (rnd(4)) {
	case 0:
		return -edge;
	case 1:
		return edge + rnd(3) - 1;
	default:
		return edge;
	}
}

static inline void rnd_bytes(void *to, size_t len)
{
	unsigned char *byte = to;

	while (len--)
		*byte++ = rnd(3) ? rnd(4) : rnd(256);
}

static inline uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ULL + ts.tv_nsec / 1000000;
}

/* --name NUMBER among the arguments, or what it is without */
static inline long option(int argc, char **argv, const char *name, long without)
{
	int i;

	for (i = 1; i + 1 < argc; i++)
		if (!strcmp(argv[i], name))
			return strtol(argv[i + 1], NULL, 0);
	return without;
}

#endif /* KFUZZ_RANDOM_H */
