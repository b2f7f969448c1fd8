// SPDX-License-Identifier: GPL-2.0-or-later
/* Values of the configuration: text to members of struct config, and back. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "config_keys.h"

typedef bool (*set_fn)(struct config *config, const struct config_key *key,
		       const char *text, char *why, size_t size);

static void *member(struct config *config, const struct config_key *key)
{
	return (char *)config + key->offset;
}

static const void *value(const struct config *config, const struct config_key *key)
{
	return (const char *)config + key->offset;
}

/* The whole member, so that nothing is left of a longer text. */
static bool set_text(struct config *config, const struct config_key *key,
		     const char *text, char *why, size_t size)
{
	size_t length = strlen(text);
	const char *c;

	if (length < (size_t)key->min || length >= (size_t)key->max) {
		snprintf(why, size, "has %zu characters: write %d to %d", length, key->min,
			 key->max - 1);
		return false;
	}
	for (c = text; *c; c++) {
		if (*c >= ' ' && *c <= '~')
			continue;
		snprintf(why, size, "has a character that is no printable ASCII: leave out character %zu",
			 (size_t)(c - text) + 1);
		return false;
	}
	memset(member(config, key), 0, (size_t)key->max);
	memcpy(member(config, key), text, length);
	return true;
}

static bool set_port(struct config *config, const struct config_key *key,
		     const char *text, char *why, size_t size)
{
	const char *number = text + strlen("evse");

	if (!strncmp(text, "evse", strlen("evse")) && *number && strlen(number) <= 5 &&
	    strspn(number, "0123456789") == strlen(number))
		return set_text(config, key, text, why, size);
	snprintf(why, size, "is no port: write evse0, evse1, ...");
	return false;
}

/* What the kernel takes as a name. */
static bool set_interface(struct config *config, const struct config_key *key,
			  const char *text, char *why, size_t size)
{
	const char *c;

	for (c = text; isgraph((unsigned char)*c) && *c != '/' && *c != ':'; c++)
		;
	if (!*c && c > text && c - text < key->max && strcmp(text, ".") && strcmp(text, ".."))
		return set_text(config, key, text, why, size);
	snprintf(why, size, "is no network interface: write a name of at most %d characters that 'ip link' shows",
		 key->max - 1);
	return false;
}

static bool set_path(struct config *config, const struct config_key *key,
		     const char *text, char *why, size_t size)
{
	if (*text && *text != '/') {
		snprintf(why, size, "is no absolute path: write for example %s", key->preset);
		return false;
	}
	return set_text(config, key, text, why, size);
}

static bool set_store(struct config *config, const struct config_key *key,
		      const char *text, char *why, size_t size)
{
	if (*text && *text != '/' && !strchr(text, ':')) {
		snprintf(why, size, "is neither an absolute path nor an URI: write for example %s",
			 key->preset);
		return false;
	}
	return set_text(config, key, text, why, size);
}

void config_words(const struct evse_names *names, char *out, size_t size)
{
	size_t i, used = 0;

	for (i = 0; i < names->count && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s",
					 !i ? "" : i + 1 < names->count ? ", " : " or ",
					 names->entry[i].name);
}

static bool find_word(const struct config_key *key, const char *text, uint32_t *word,
		      char *why, size_t size)
{
	char list[128];

	if (evse_value_of(key->names, text, word))
		return true;
	config_words(key->names, list, sizeof(list));
	snprintf(why, size, "is no %s: write %s", key->names->title, list);
	return false;
}

static bool set_word(struct config *config, const struct config_key *key,
		     const char *text, char *why, size_t size)
{
	uint32_t word;

	if (!find_word(key, text, &word, why, size))
		return false;
	config->transfer = word;
	return true;
}

static bool add_word(struct config *config, const struct config_key *key,
		     const char *text, char *why, size_t size)
{
	unsigned int i;
	uint32_t word;

	if (!find_word(key, text, &word, why, size))
		return false;
	for (i = 0; i < config->n_control; i++) {
		if (config->control[i] != word)
			continue;
		snprintf(why, size, "is there twice: leave out one");
		return false;
	}
	config->control[config->n_control++] = word;
	return true;
}

static const struct evse_name switch_entry[] = {
	{ true, "yes" }, { false, "no" }, { true, "true" }, { false, "false" },
};

static const struct evse_names switch_names = { "switch", switch_entry, 4 };

static bool set_switch(struct config *config, const struct config_key *key,
		       const char *text, char *why, size_t size)
{
	uint32_t on;

	if (!evse_value_of(&switch_names, text, &on)) {
		snprintf(why, size, "is neither yes nor no: write one of these");
		return false;
	}
	*(bool *)member(config, key) = on;
	return true;
}

static bool set_rate(struct config *config, const struct config_key *key,
		     const char *text, char *why, size_t size)
{
	const char *wrong;
	int32_t mw;

	if (evse_parse_power(text, &mw, &wrong)) {
		snprintf(why, size, "%s", wrong);
		return false;
	}
	if (mw < 0) {
		snprintf(why, size, "is negative, but the key says the direction: write %s",
			 text + strcspn(text, "-") + 1);
		return false;
	}
	*(int32_t *)member(config, key) = mw;
	return true;
}

static bool set_percent(struct config *config, const struct config_key *key,
			const char *text, char *why, size_t size)
{
	unsigned long number;
	char *end;

	number = strtoul(text, &end, 10);
	if (isdigit((unsigned char)*text) && number <= (unsigned long)key->max) {
		end += strspn(end, " ");
		if (!strcmp(end, "%") || !*end) {
			*(uint8_t *)member(config, key) = (uint8_t)number;
			return true;
		}
	}
	snprintf(why, size, "is no share: write whole percent, %d%% to %d%%", key->min,
		 key->max);
	return false;
}

static bool set_voltage(struct config *config, const struct config_key *key,
			const char *text, char *why, size_t size)
{
	char low[32], high[32];
	const char *wrong;
	int32_t mv;

	if (evse_parse_voltage(text, &mv, &wrong)) {
		snprintf(why, size, "%s", wrong);
		return false;
	}
	if (mv < key->min || mv > key->max) {
		snprintf(why, size, "is out of range: write %s to %s",
			 evse_format(key->min, EVSE_U_MV, low, sizeof(low)),
			 evse_format(key->max, EVSE_U_MV, high, sizeof(high)));
		return false;
	}
	*(int32_t *)member(config, key) = mv;
	return true;
}

static const set_fn setters[] = {
	[CONFIG_PORT] = set_port,
	[CONFIG_INTERFACE] = set_interface,
	[CONFIG_TEXT] = set_text,
	[CONFIG_PATH] = set_path,
	[CONFIG_STORE] = set_store,
	[CONFIG_WORD] = set_word,
	[CONFIG_WORDS] = add_word,
	[CONFIG_SWITCH] = set_switch,
	[CONFIG_RATE] = set_rate,
	[CONFIG_PERCENT] = set_percent,
	[CONFIG_VOLTAGE] = set_voltage,
};

bool config_set(struct config *config, const struct config_key *key, const char *text,
		char *why, size_t size)
{
	return setters[key->kind](config, key, text, why, size);
}

bool config_absent(const struct config *config, const struct config_key *key)
{
	return key->kind == CONFIG_RATE &&
	       *(const int32_t *)value(config, key) == INT32_MAX;
}

/* Double quotes: whatever is in them is text. */
static void put_text(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

static void put_words(const struct config *config, const struct config_key *key,
		      FILE *out)
{
	unsigned int i;

	for (i = 0; i < config->n_control; i++)
		fprintf(out, "%s%s", i ? ", " : "[",
			evse_name_of(key->names, config->control[i]));
	fputc(']', out);
}

void config_put(const struct config *config, const struct config_key *key, FILE *out)
{
	const void *at = value(config, key);
	char text[32];

	switch (key->kind) {
	case CONFIG_WORD:
		fputs(evse_name_of(key->names, config->transfer), out);
		break;
	case CONFIG_WORDS:
		put_words(config, key, out);
		break;
	case CONFIG_SWITCH:
		fputs(*(const bool *)at ? "yes" : "no", out);
		break;
	case CONFIG_RATE:
		fputs(evse_format_exact(*(const int32_t *)at, EVSE_U_MW, text,
					sizeof(text)), out);
		break;
	case CONFIG_PERCENT:
		fprintf(out, "%u%%", *(const uint8_t *)at);
		break;
	case CONFIG_VOLTAGE:
		fputs(evse_format_exact(*(const int32_t *)at, EVSE_U_MV, text,
					sizeof(text)), out);
		break;
	default:
		put_text(out, at);
	}
}

void config_put_json(const struct config *config, const struct config_key *key,
		     struct evse_json *json)
{
	const void *at = value(config, key);
	unsigned int i;
	char name[64];

	snprintf(name, sizeof(name), "%s%s", key->name,
		 key->kind == CONFIG_RATE ? "_mw" :
		 key->kind == CONFIG_VOLTAGE ? "_mv" :
		 key->kind == CONFIG_PERCENT ? "_percent" : "");
	switch (key->kind) {
	case CONFIG_WORD:
		evse_json_string(json, name, evse_name_of(key->names, config->transfer));
		break;
	case CONFIG_WORDS:
		evse_json_open(json, name, '[');
		for (i = 0; i < config->n_control; i++)
			evse_json_string(json, NULL,
					 evse_name_of(key->names, config->control[i]));
		evse_json_close(json, ']');
		break;
	case CONFIG_SWITCH:
		evse_json_bool(json, name, *(const bool *)at);
		break;
	case CONFIG_RATE:
	case CONFIG_VOLTAGE:
		evse_json_int(json, name, *(const int32_t *)at);
		break;
	case CONFIG_PERCENT:
		evse_json_uint(json, name, *(const uint8_t *)at);
		break;
	default:
		evse_json_string(json, name, at);
	}
}
