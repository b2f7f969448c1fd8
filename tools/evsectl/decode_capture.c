// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl session decode --capture: the messages of a file of packets. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../secc/capture_read.h"
#include "../secc/exi/print.h"
#include "../secc/message.h"
#include "decode.h"

/**
 * struct output - what is printed of a file
 * @memory: for a message, DECODE_ROOM bytes
 * @messages: how many there were
 * @bad: of these, and of places without one
 */
struct output {
	void *memory;
	unsigned long messages;
	unsigned long bad;
};

static void print_time(struct evse_json *json, uint64_t time_ns)
{
	time_t seconds = (time_t)(time_ns / 1000000000);
	char day[32], text[64];
	struct tm utc;

	gmtime_r(&seconds, &utc);
	strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(text, sizeof(text), "%s.%06uZ", day,
		 (unsigned int)(time_ns % 1000000000 / 1000));
	evse_json_string(json, "time", text);
}

static void print_end(struct evse_json *json, const char *key, const char *port_key,
		      const struct in6_addr *address, uint16_t port)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(AF_INET6, address, text, sizeof(text));
	evse_json_string(json, key, text);
	evse_json_uint(json, port_key, port);
}

/* The message itself; false after what is wrong with it. */
static bool print_message(struct evse_json *json, const struct captured *m, void *memory)
{
	const struct exi_grammar *grammar = message_grammar(m->header.payload);
	struct exi_document document;
	struct exi_error error;
	char text[256];

	snprintf(text, sizeof(text), "0x%04x", m->header.payload);
	evse_json_string(json, "payload", text);
	evse_json_uint(json, "size", V2GTP_HEADER + m->header.length);
	if (!grammar) {
		evse_json_string(json, "error", "it is no message of ISO 15118-20 for AC or DC");
		return false;
	}
	if (exi_decode(grammar, m->payload, m->header.length, memory, DECODE_ROOM,
		       &document, &error)) {
		exi_print_member(json, &document);
		return true;
	}
	snprintf(text, sizeof(text), "bit %zu of %u, %s: %s", error.bit, m->header.length * 8,
		 error.where, error.why);
	evse_json_string(json, "error", text);
	return false;
}

static void print_line(const struct captured *m, void *arg)
{
	struct evse_json json = { .out = stdout };
	struct output *output = arg;
	bool good = false;

	evse_json_open(&json, NULL, '{');
	print_time(&json, m->time_ns);
	print_end(&json, "from", "from_port", &m->path.from, m->path.from_port);
	print_end(&json, "to", "to_port", &m->path.to, m->path.to_port);
	if (m->payload)
		good = print_message(&json, m, output->memory);
	else
		evse_json_string(&json, "error", m->why);
	evse_json_close(&json, '}');
	putchar('\n');
	output->messages++;
	output->bad += !good;
}

int session_decode_capture(const char *path)
{
	struct output output = { .memory = malloc(DECODE_ROOM) };
	FILE *in = fopen(path, "re");
	char why[192] = "";
	int err = errno;

	if (in && output.memory)
		capture_read(in, print_line, &output, why, sizeof(why));
	else
		snprintf(why, sizeof(why), "%s", in ? strerror(ENOMEM) : strerror(err));
	if (!*why && !output.messages)
		snprintf(why, sizeof(why), "there is no V2GTP message in it: capture a session without TLS, or what the charger itself captures");
	if (in)
		fclose(in);
	free(output.memory);
	if (*why)
		return complain("%s: %s", path, why);
	return output.bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
