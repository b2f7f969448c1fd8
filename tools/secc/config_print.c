// SPDX-License-Identifier: GPL-2.0-or-later
/* The configuration as YAML and as JSON, along the table of keys. */
#include <string.h>

#include "config_keys.h"

void config_print(const struct config *config, FILE *out)
{
	const struct config_key *key;

	for (key = config_keys; key < config_keys + CONFIG_KEYS; key++) {
		if (config_absent(config, key))
			continue;
		fprintf(out, "%s%s:", *key->section ? "  " : "", key->name);
		if (key->kind == CONFIG_SCHEDULE) {
			schedule_put(config, out);
			continue;
		}
		if (key->kind != CONFIG_SECTION) {
			fputc(' ', out);
			config_put(config, key, out);
		}
		fputc('\n', out);
	}
}

void config_print_json(const struct config *config, struct evse_json *json)
{
	const struct config_key *key, *section = NULL;

	evse_json_open(json, NULL, '{');
	for (key = config_keys; key < config_keys + CONFIG_KEYS; key++) {
		if (section && strcmp(key->section, section->name)) {
			evse_json_close(json, '}');
			section = NULL;
		}
		if (config_absent(config, key))
			continue;
		if (key->kind == CONFIG_SECTION) {
			section = key;
			evse_json_open(json, key->name, '{');
		} else if (key->kind == CONFIG_SCHEDULE) {
			schedule_put_json(config, key->name, json);
		} else {
			config_put_json(config, key, json);
		}
	}
	evse_json_close(json, '}');
}
