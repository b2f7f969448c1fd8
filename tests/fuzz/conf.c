// SPDX-License-Identifier: GPL-2.0-or-later
/* setconf and counters files: any bytes; what is taken is written and read back. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/evsectl/conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *open_bytes(const void *data, size_t size)
{
	return fmemopen((void *)data, size, "r");
}

/* The sections again as text. */
static char *write_all(struct conf *conf, enum conf_kind kind)
{
	char *text = NULL;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);

	for (i = 0; i < conf->count; i++) {
		conf->ports[i].port.id = conf->ports[i].id;
		conf->ports[i].port.counters = conf->ports[i].counters;
		if (kind == CONF_PORT) {
			conf_write_port(out, &conf->ports[i].port);
			conf_write_grid(out, conf->ports[i].profile,
					conf->ports[i].line,
					EVSE_GRID_ELEMENTS);
		} else {
			conf_write_counters(out, &conf->ports[i].port);
		}
	}
	fclose(out);
	return text;
}

static void one(const void *data, size_t size, enum conf_kind kind)
{
	char *first, *second;
	struct conf conf;
	FILE *in = open_bytes(data, size);
	int err = conf_read(in, kind, &conf);

	fclose(in);
	if (err && !*conf.error)
		abort();
	if (!err && conf.count) {
		first = write_all(&conf, kind);
		conf_free(&conf);
		in = open_bytes(first, strlen(first));
		if (conf_read(in, kind, &conf))
			abort();
		fclose(in);
		second = write_all(&conf, kind);
		if (strcmp(first, second))
			abort();
		free(first);
		free(second);
	}
	conf_free(&conf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* An empty file is no file to fmemopen(). */
	if (!size)
		return 0;
	one(data, size, CONF_PORT);
	one(data, size, CONF_COUNTERS);
	return 0;
}
