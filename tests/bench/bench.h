/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the programs of this directory print: figures, and samples behind them. */
#ifndef BENCH_H
#define BENCH_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIM "/sys/kernel/debug/evse_sim/"
#define TRACING "/sys/kernel/tracing/"

/* On this world's clock an instruction is a nanosecond. */
#define INSTRUCTIONS "instructions"

__attribute__((format(printf, 1, 2), noreturn))
static inline void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static inline int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* The median and the largest; they are sorted by that. */
static inline void summary(const char *figure, const char *unit, int64_t *values,
			   int count)
{
	qsort(values, count, sizeof(*values), ascending);
	printf("%s\t%lld\t%s\n", figure, (long long)values[count / 2], unit);
	printf("%s.max\t%lld\t%s\n", figure, (long long)values[count - 1], unit);
}

/* Both of instructions, and all of them. */
static inline void report(const char *name, int64_t *ns, int count)
{
	char figure[48];
	int i;

	for (i = 0; i < count; i++)
		printf("sample\t%s\t%lld\n", name, (long long)ns[i]);
	snprintf(figure, sizeof(figure), "%s.instr", name);
	summary(figure, INSTRUCTIONS, ns, count);
}

static inline void write_to(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file))
		die("%s: cannot write '%s'", path, text);
}

/* Write to a file of the simulator. */
static inline void sim_write(const char *text, const char *format, ...)
{
	char path[160] = SIM;
	va_list args;

	va_start(args, format);
	vsnprintf(path + strlen(SIM), sizeof(path) - strlen(SIM), format, args);
	va_end(args);
	write_to(path, text);
}

/* Of a board's stamps, the one called @name; 0 is not yet. */
static inline int64_t stamp(unsigned int board, const char *name)
{
	char path[160], line[80], key[40];
	long long value = 0, found = 0;
	FILE *file;

	snprintf(path, sizeof(path), SIM "evse-sim-%u/latency", board);
	file = fopen(path, "r");
	if (!file)
		die("%s: cannot read", path);
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%39s %lld", key, &value) == 2 &&
		    !strcmp(key, name))
			found = value;
	fclose(file);
	return found;
}

static inline int64_t since_edge(unsigned int board, const char *name)
{
	int64_t edge = stamp(board, "edge_ns"), ns = stamp(board, name);

	if (!edge || ns <= edge)
		die("board %u: no %s after an edge", board, name);
	return ns - edge;
}

/* Wait, so that edges come at all phases of the kernel's tick. */
static inline void some_ms(int ms)
{
	usleep(ms * 1000 + random() % 4000);
}

#endif /* BENCH_H */
