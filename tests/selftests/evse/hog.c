// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hog MILLISECONDS [PRIORITY]: keep the processor that long from everything but threads
 * with a higher real-time priority than this, 1. The kernel's own share for the others
 * has to be off.
 */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long long now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

int main(int argc, char **argv)
{
	struct sched_param own = { .sched_priority = argc == 3 ? atoi(argv[2]) : 1 };
	long long end;

	if (argc < 2 || argc > 3)
		return 2;
	if (sched_setscheduler(0, SCHED_FIFO, &own)) {
		perror("hog");
		return 1;
	}
	end = now_ns() + atoll(argv[1]) * 1000000;
	while (now_ns() < end)
		;
	return 0;
}
