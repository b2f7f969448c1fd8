// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Captures: any bytes as a file; and any bytes as a message among others, which is
 * written and read to the same again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../tools/secc/capture_read.h"
#include "../../tools/secc/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every byte that is told is there. */
static void look(const struct captured *message, void *arg)
{
	uint32_t *sum = arg, i;

	if (!message->payload != !!message->why)
		abort();
	for (i = 0; message->payload && i < message->header.length; i++)
		*sum = *sum * 31 + message->payload[i];
}

static void one_file(const uint8_t *data, size_t size)
{
	FILE *in = fmemopen((void *)data, size, "r");
	uint32_t sum = 0;
	char why[192];

	if (!in)
		abort();
	if (!capture_read(in, look, &sum, why, sizeof(why)) == !*why)
		abort();
	fclose(in);
}

struct expected {
	const uint8_t *data;
	size_t size;
	unsigned int told;
};

static void compare(const struct captured *message, void *arg)
{
	struct expected *expected = arg;

	expected->told++;
	if (!message->payload || message->header.length != expected->size ||
	    memcmp(message->payload, expected->data, expected->size))
		abort();
}

static void one_message(const uint8_t *data, size_t size)
{
	struct sockaddr_in6 own = { .sin6_port = 1 }, peer = { .sin6_port = 2 };
	struct expected expected = { data, size, 0 };
	uint8_t message[V2GTP_HEADER + 16384];
	int fd = memfd_create("capture", MFD_CLOEXEC);
	struct capture *capture;
	char path[64], why[192];
	FILE *in;

	v2gtp_write(message, &(struct v2gtp){ V2GTP_COMMON, (uint32_t)size });
	memcpy(message + V2GTP_HEADER, data, size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	capture = capture_open(path);
	capture_connection(capture, &own, &peer);
	capture_message(capture, size % 2, message, V2GTP_HEADER + size);
	capture_message(capture, false, message, V2GTP_HEADER + size);
	capture_message(capture, true, message, V2GTP_HEADER + size);
	capture_close(capture);
	in = fopen(path, "r");
	if (!in || !capture_read(in, compare, &expected, why, sizeof(why)) ||
	    expected.told != 3)
		abort();
	fclose(in);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	one_file(data, size);
	if (size <= 16384)
		one_message(data, size);
	return 0;
}
