// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Time that messages take to be decoded and encoded, and the memory of the largest: on
 * the host, the best of many rounds, so that what else the machine does counts little.
 * Compare figures of one run on one machine only.
 *
 * usage: exi VECTORS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "codec.h"

#define ROUNDS		400
#define TIMES		100

/* Of each message the document that has most in it of those that are sent */
static const struct {
	const char *message;
	const char *note;
} picked[] = {
	{ "SessionSetupReq", "new session, zero id" },
	{ "ScheduleExchangeRes", "scheduled, 2 tuples, discharge" },
	{ "AC_ChargeLoopReq", "BPT dynamic" },
	{ "AC_ChargeLoopRes", "BPT dynamic + meter" },
	{ "DC_ChargeLoopReq", "BPT dynamic" },
	{ "DC_ChargeLoopRes", "BPT dynamic" },
};

#define PICKED		(sizeof(picked) / sizeof(picked[0]))

static uint8_t out[65536];

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static double best_read(const char *schema, const uint8_t *in, size_t size)
{
	double best = 1e18, begin, took;
	int round, i;

	for (round = 0; round < ROUNDS; round++) {
		begin = now_ns();
		for (i = 0; i < TIMES; i++)
			if (!codec_read(schema, in, size))
				exit(EXIT_FAILURE);
		took = now_ns() - begin;
		best = took < best ? took : best;
	}
	return best / TIMES;
}

static double best_write(const char *schema)
{
	double best = 1e18, begin, took;
	int round, i;

	for (round = 0; round < ROUNDS; round++) {
		begin = now_ns();
		for (i = 0; i < TIMES; i++)
			if (!codec_write(schema, out, sizeof(out)))
				exit(EXIT_FAILURE);
		took = now_ns() - begin;
		best = took < best ? took : best;
	}
	return best / TIMES;
}

static size_t unhex(const char *hex, uint8_t *in)
{
	size_t size = strlen(hex) / 2, i;

	for (i = 0; i < size; i++)
		sscanf(hex + 2 * i, "%2hhx", &in[i]);
	return size;
}

static size_t measure(const char *schema, const char *message, const char *hex)
{
	static uint8_t in[65536];
	size_t size = unhex(hex, in);
	double read_ns = best_read(schema, in, size);

	printf("%s.%s.decode.ns\t%.0f\tns\n", codec_name, message, read_ns);
	printf("%s.%s.encode.ns\t%.0f\tns\n", codec_name, message, best_write(schema));
	if (codec_write(schema, out, sizeof(out)) != size || memcmp(in, out, size))
		exit(EXIT_FAILURE);
	return codec_memory(schema, in, size);
}

int main(int argc, char **argv)
{
	FILE *vectors = argc > 1 ? fopen(argv[1], "r") : NULL;
	size_t room = 0, largest = 0, memory, found = 0, i;
	char *line = NULL, *rest, *column[4];

	if (!vectors) {
		fprintf(stderr, "usage: exi VECTORS\n");
		return EXIT_FAILURE;
	}
	while (getline(&line, &room, vectors) >= 0) {
		if (*line == '#')
			continue;
		for (rest = line, i = 0; i < 4; i++)
			column[i] = strsep(&rest, "\t");
		for (i = 0; i < PICKED; i++) {
			if (strcmp(column[1], picked[i].message) ||
			    strcmp(column[2], picked[i].note))
				continue;
			memory = measure(column[0], column[1], column[3]);
			largest = memory > largest ? memory : largest;
			found++;
		}
	}
	free(line);
	fclose(vectors);
	printf("%s.document.bytes\t%zu\tbytes\n", codec_name, largest);
	return found == PICKED ? EXIT_SUCCESS : EXIT_FAILURE;
}
