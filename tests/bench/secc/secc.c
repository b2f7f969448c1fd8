// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How long a charger takes for a response, from the last byte of the request to the first
 * of the response, without TLS, with a log that goes nowhere and a port that takes no
 * time. Requests are those of recorded sessions, given as arguments, each played many
 * times.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../../../tools/secc/clock.h"
#include "../../../tools/secc/connection.h"
#include "../../unit/charger_fake.h"
#include "../../unit/recorded.h"

#define ROUNDS		300
#define REQUESTS_MAX	64
#define SAMPLES_MAX	(ROUNDS * REQUESTS_MAX * 4)

/* A request with its header */
struct request {
	enum message_id id;
	size_t size;
	uint8_t bytes[2048];
};

static struct request requests[REQUESTS_MAX];
static uint64_t samples[MESSAGES + 1][SAMPLES_MAX];
static size_t counts[MESSAGES + 1];

static void die(const char *what)
{
	fprintf(stderr, "bench secc: %s\n", what);
	exit(1);
}

/* The requests of a session, with the id that it was given */
static size_t read_requests(const char *path)
{
	static char line[8192];
	FILE *in = fopen(path, "re");
	size_t n = 0;

	if (!in)
		die(path);
	while (n < REQUESTS_MAX && fgets(line, sizeof(line), in)) {
		struct request *r = &requests[n];
		struct v2gtp header;

		if (!recorded_request(line, &header, r->bytes + V2GTP_HEADER,
				      sizeof(r->bytes) - V2GTP_HEADER))
			continue;
		v2gtp_write(r->bytes, &header);
		r->size = V2GTP_HEADER + header.length;
		n++;
	}
	fclose(in);
	return n;
}

/* The recorded request with the id of this session in it */
static void adopt(struct request *r, const uint8_t *id)
{
	static _Alignas(8) uint8_t memory[CONNECTION_ROOM];
	struct exi_error error;
	struct message message;
	struct v2gtp header;

	if (!v2gtp_read(r->bytes, &header) ||
	    !message_read(&header, r->bytes + V2GTP_HEADER, memory, sizeof(memory), &message,
			  &error))
		die("a recorded request cannot be read");
	r->id = message.id;
	if (r->id == MESSAGE_APP_PROTOCOL || r->id == MESSAGE_SESSION_SETUP)
		return;
	message_header(&message)->session_id.data = id;
	r->size = message_write(&message, r->bytes, sizeof(r->bytes), &error);
}

static void keep(enum message_id id, uint64_t ns)
{
	samples[id][counts[id]++] = ns;
	samples[MESSAGES][counts[MESSAGES]++] = ns;
}

static void play(size_t n, bool dc)
{
	static struct connection c;
	static struct config config;
	struct trace trace;
	struct session_pause pause = { };
	struct charger_fake fake;
	uint8_t in[8192];
	int fds[2];
	size_t i;

	trace_open(&trace, "/dev/null");
	trace.quiet = true;
	config_default(&config);
	config.transfer = dc ? TRANSFER_BIDIRECTIONAL_DC : TRANSFER_BIDIRECTIONAL_AC;
	config.control[0] = CONTROL_SCHEDULED;
	config.control[1] = CONTROL_DYNAMIC;
	charger_fake(&fake, dc);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds))
		die("socketpair");
	connection_begin(&c, link_accept(fds[0], NULL), &config, &fake.charger, &pause,
			 &trace, NULL);
	for (i = 0; i < n; i++) {
		uint64_t start;

		adopt(&requests[i], c.session.id);
		/* The vehicle's own charger took two of them. */
		if (requests[i].id == MESSAGE_CABLE_CHECK &&
		    c.session.phase != PHASE_CABLE_CHECK)
			continue;
		start = clock_ns();
		if (write(fds[1], requests[i].bytes, requests[i].size) < 0)
			die("write");
		do
			connection_work(&c);
		while (c.asked_ns);
		if (read(fds[1], in, sizeof(in)) <= 0)
			die("no response");
		keep(requests[i].id, clock_ns() - start);
		/* A charger of the recording took longer for this one. */
		if (c.session.why[0])
			die(c.session.why);
	}
	connection_end(&c);
	trace_close(&trace);
	close(fds[1]);
}

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void show(unsigned int id, const char *name)
{
	uint64_t *s = samples[id];
	size_t n = counts[id];

	if (!n)
		return;
	qsort(s, n, sizeof(*s), ascending);
	printf("secc.host.%s.p50.us\t%.1f\tus\n", name, s[n / 2] / 1000.0);
	printf("secc.host.%s.p99.us\t%.1f\tus\n", name, s[n * 99 / 100] / 1000.0);
	printf("secc.host.%s.max.us\t%.1f\tus\n", name, s[n - 1] / 1000.0);
}

int main(int argc, char **argv)
{
	unsigned int id, round;
	int i;

	for (i = 1; i < argc; i++) {
		size_t n = read_requests(argv[i]);

		for (round = 0; round < ROUNDS; round++)
			play(n, strstr(argv[i], "-dc-") != NULL);
	}
	show(MESSAGES, "response");
	for (id = 0; id < MESSAGES; id++)
		show(id, message_kinds[id].request);
	return 0;
}
