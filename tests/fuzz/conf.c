// SPDX-License-Identifier: GPL-2.0-or-later
/* Files of setconf, counters and thresholds: any bytes; what is taken is written and read back. */
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

static void write_thermal(FILE *out, const struct conf_port *port)
{
	struct evse_thermal_setting_info list[CONF_THRESHOLDS_MAX];
	unsigned int i;

	for (i = 0; i < port->n_thresholds; i++) {
		list[i] = port->thresholds[i].setting;
		list[i].port = port->id;
	}
	conf_write_thermal(out, list, port->n_thresholds, false);
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
		} else if (kind == CONF_THERMAL) {
			write_thermal(out, &conf->ports[i]);
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
		in = *first ? open_bytes(first, strlen(first)) :
			      fopen("/dev/null", "r");
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
	one(data, size, CONF_THERMAL);
	return 0;
}
