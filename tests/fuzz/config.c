// SPDX-License-Identifier: GPL-2.0-or-later
/* The configuration: any bytes; what is taken is printed, and read to the same again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/secc/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *print(const struct config *config, bool as_json)
{
	struct evse_json json = { };
	char *text = NULL;
	size_t size;

	json.out = open_memstream(&text, &size);
	if (!json.out)
		abort();
	if (as_json)
		config_print_json(config, &json);
	else
		config_print(config, json.out);
	fclose(json.out);
	return text;
}

/* Also by their numbers: YAML and the reader could be wrong in the same way. */
static void same(const struct config *a, const struct config *b, bool as_json)
{
	char *first = print(a, as_json), *second = print(b, as_json);

	if (strcmp(first, second))
		abort();
	free(first);
	free(second);
}

/* A line for each thing that is wrong, and nothing but text in it. */
static void check_report(const char *report, unsigned int wrong)
{
	for (; *report; report++) {
		if (*report == '\n')
			wrong--;
		else if (*report < ' ' || *report > '~')
			abort();
	}
	if (wrong)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config config, again;
	char *report = NULL, *text;
	unsigned int wrong;
	size_t room;
	FILE *out = open_memstream(&report, &room);

	if (!out)
		abort();
	config_default(&config);
	wrong = config_parse(&config, (const char *)data, size, "f", out);
	fclose(out);
	check_report(report, wrong);
	free(report);
	text = print(&config, false);
	config_default(&again);
	if (config_parse(&again, text, strlen(text), "f", stderr))
		abort();
	same(&config, &again, false);
	same(&config, &again, true);
	free(text);
	return 0;
}
