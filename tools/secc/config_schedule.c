// SPDX-License-Identifier: GPL-2.0-or-later
/* Entries of the schedule: text to struct schedule_entry, and back. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "config_keys.h"

#define DAY_S		86400
/* A session that lasts longer is none that anybody planned. */
#define AFTER_MAX_S	(7 * DAY_S)

/* Two digits, and what has to be behind them. */
static bool two_digits(const char **text, unsigned int limit, unsigned int *number)
{
	const char *c = *text;

	if (!isdigit((unsigned char)c[0]) || !isdigit((unsigned char)c[1]))
		return false;
	*number = (unsigned int)(c[0] - '0') * 10 + (unsigned int)(c[1] - '0');
	*text += 2;
	return *number < limit;
}

static bool set_at(struct schedule_entry *entry, const char *text, char *why,
		   size_t size)
{
	unsigned int hour, minute, second = 0;

	if (two_digits(&text, 24, &hour) && *text++ == ':' &&
	    two_digits(&text, 60, &minute) &&
	    (!*text || (*text++ == ':' && two_digits(&text, 60, &second) && !*text))) {
		entry->start_s = hour * 3600 + minute * 60 + second;
		return true;
	}
	snprintf(why, size, "is no time of day: write 00:00 to 23:59, or 23:59:59");
	return false;
}

static const struct {
	const char *suffix;
	unsigned int seconds;
} spans[] = {
	{ "s", 1 }, { "min", 60 }, { "h", 3600 },
};

static bool set_after(struct schedule_entry *entry, const char *text, char *why,
		      size_t size)
{
	unsigned long number;
	char *end;
	size_t i;

	number = strtoul(text, &end, 10);
	if (isdigit((unsigned char)*text)) {
		end += strspn(end, " ");
		if (!number && !*end) {
			entry->start_s = 0;
			return true;
		}
		for (i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
			if (strcmp(end, spans[i].suffix))
				continue;
			if (number > AFTER_MAX_S / spans[i].seconds) {
				snprintf(why, size, "is out of range: write 0s to %dh",
					 AFTER_MAX_S / 3600);
				return false;
			}
			entry->start_s = (uint32_t)number * spans[i].seconds;
			return true;
		}
	}
	snprintf(why, size, "is no duration: write for example 30s, 10min or 2h");
	return false;
}

static bool set_power(struct schedule_entry *entry, const char *text, char *why,
		      size_t size)
{
	const char *wrong;

	if (!evse_parse_power(text, &entry->power_mw, &wrong))
		return true;
	snprintf(why, size, "%s", wrong);
	return false;
}

static bool set_price(struct schedule_entry *entry, const char *text, char *why,
		      size_t size)
{
	unsigned long number;
	char *end;

	number = strtoul(text, &end, 10);
	if (isdigit((unsigned char)*text) && !*end && number <= UINT8_MAX) {
		entry->price_level = (uint8_t)number;
		return true;
	}
	snprintf(why, size, "is no price level: write 0 (cheapest) to 255");
	return false;
}

static const struct {
	const char *name;
	bool (*set)(struct schedule_entry *entry, const char *text, char *why,
		    size_t size);
} keys[SCHEDULE_KEYS] = {
	[SCHEDULE_AT] = { "at", set_at },
	[SCHEDULE_AFTER] = { "after", set_after },
	[SCHEDULE_POWER] = { "power", set_power },
	[SCHEDULE_PRICE] = { "price_level", set_price },
};

int schedule_key(const char *name)
{
	int i;

	for (i = 0; i < SCHEDULE_KEYS; i++)
		if (!strcmp(keys[i].name, name))
			return i;
	return -1;
}

bool schedule_set(struct schedule_entry *entry, int key, const char *text, char *why,
		  size_t size)
{
	return keys[key].set(entry, text, why, size);
}

static void put_start(const struct config *config, uint32_t start_s, FILE *out)
{
	if (config->of_day)
		fprintf(out, "\"%02u:%02u:%02u\"", start_s / 3600, start_s / 60 % 60,
			start_s % 60);
	else
		fprintf(out, "%us", start_s);
}

void schedule_put(const struct config *config, FILE *out)
{
	const struct schedule_entry *entry = config->schedule;
	const struct schedule_entry *end = entry + config->n_schedule;
	char power[32];

	if (!config->n_schedule)
		fputs(" []", out);
	fputc('\n', out);
	for (; entry < end; entry++) {
		fprintf(out, "  - %s: ", keys[config->of_day ? SCHEDULE_AT : SCHEDULE_AFTER].name);
		put_start(config, entry->start_s, out);
		fprintf(out, "\n    power: %s\n",
			evse_format_exact(entry->power_mw, EVSE_U_MW, power,
					  sizeof(power)));
		if (entry->price_level)
			fprintf(out, "    price_level: %u\n", entry->price_level);
	}
}

void schedule_put_json(const struct config *config, const char *key,
		       struct evse_json *json)
{
	const struct schedule_entry *entry = config->schedule;
	const struct schedule_entry *end = entry + config->n_schedule;

	evse_json_open(json, key, '[');
	for (; entry < end; entry++) {
		evse_json_open(json, NULL, '{');
		evse_json_uint(json, config->of_day ? "at_s" : "after_s", entry->start_s);
		evse_json_int(json, "power_mw", entry->power_mw);
		evse_json_uint(json, "price_level", entry->price_level);
		evse_json_close(json, '}');
	}
	evse_json_close(json, ']');
}
