// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl config: what /etc/evse/v2g_config.yaml says, before sessions go by it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../secc/config.h"
#include "evsectl.h"

/* Lines of a report as an array of strings. */
static void print_lines(struct evse_json *json, char *report)
{
	char *line, *save = NULL;

	evse_json_open(json, "errors", '[');
	for (line = strtok_r(report, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		evse_json_string(json, NULL, line);
	evse_json_close(json, ']');
}

static int check_json(const char *path)
{
	struct evse_json json = { .out = stdout };
	struct config config;
	unsigned int wrong;
	char *report = NULL;
	size_t size;
	FILE *lines = open_memstream(&report, &size);

	if (!lines)
		return complain("%s", strerror(errno));
	wrong = config_read(&config, path, lines);
	fclose(lines);
	evse_json_open(&json, NULL, '{');
	evse_json_string(&json, "file", path);
	evse_json_bool(&json, "valid", !wrong);
	print_lines(&json, report);
	evse_json_close(&json, '}');
	putchar('\n');
	free(report);
	return wrong ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int run_check(struct evsectl *e, const struct command *cmd, int argc, char **argv)
{
	const char *path = argc ? argv[0] : CONFIG_FILE;
	struct config config;

	(void)cmd;
	if (e->json)
		return check_json(path);
	if (config_read(&config, path, stderr))
		return EXIT_FAILURE;
	say(e, "%s: valid", path);
	return EXIT_SUCCESS;
}

static int run_show(struct evsectl *e, const struct command *cmd, int argc, char **argv)
{
	struct evse_json json = { .out = stdout };
	struct config config;

	(void)cmd;
	if (config_read(&config, argc ? argv[0] : CONFIG_FILE, stderr))
		return EXIT_FAILURE;
	if (!e->json) {
		config_print(&config, stdout);
		return EXIT_SUCCESS;
	}
	config_print_json(&config, &json);
	putchar('\n');
	return EXIT_SUCCESS;
}

static const struct subcommand sub[] = {
	{ "check", 0, 1, run_check },
	{ "show", 0, 1, run_show },
	{ 0 }
};

static const char *const synopsis[] = {
	"config check [FILE]",
	"config show [FILE]",
	NULL
};

const struct command cmd_config = {
	.name = "config",
	.synopsis = synopsis,
	.summary = "Say what is wrong in /etc/evse/v2g_config.yaml, or what sessions go by, defaults included.",
	.min = 1,
	.sub = sub,
};
