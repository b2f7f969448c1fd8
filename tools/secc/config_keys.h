/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys of the configuration: one table for reading, defaults and printing. */
#ifndef SECC_CONFIG_KEYS_H
#define SECC_CONFIG_KEYS_H

#include "../libevse/evse-json.h"
#include "../libevse/evse-record.h"
#include "config.h"

#define CONFIG_KEYS		18

/**
 * enum config_kind - what a key takes
 * @CONFIG_PORT: "evse0"
 * @CONFIG_INTERFACE: name of a network interface
 * @CONFIG_TEXT: printable ASCII
 * @CONFIG_PATH: an absolute path
 * @CONFIG_STORE: an absolute path, or an URI
 * @CONFIG_WORD: one of names; an unsigned int
 * @CONFIG_WORDS: a list of them; struct config's control
 * @CONFIG_SWITCH: yes or no
 * @CONFIG_RATE: a power without a sign; INT32_MAX where the key is absent
 * @CONFIG_PERCENT: whole percent; a uint8_t
 * @CONFIG_VOLTAGE: a voltage
 * @CONFIG_SCHEDULE: a list of mappings; struct config's schedule
 * @CONFIG_SECTION: a mapping; its keys follow in the table
 */
enum config_kind {
	CONFIG_PORT,
	CONFIG_INTERFACE,
	CONFIG_TEXT,
	CONFIG_PATH,
	CONFIG_STORE,
	CONFIG_WORD,
	CONFIG_WORDS,
	CONFIG_SWITCH,
	CONFIG_RATE,
	CONFIG_PERCENT,
	CONFIG_VOLTAGE,
	CONFIG_SCHEDULE,
	CONFIG_SECTION,
};

/**
 * struct config_key - a key
 * @section: mapping that it is in; "" for none
 * @name: the key
 * @kind: what it takes
 * @offset: in struct config
 * @min: least value; of text, least characters
 * @max: greatest value; of text, bytes of the member
 * @preset: default, as it is written; of a list in brackets; "" for none
 * @names: CONFIG_WORD, CONFIG_WORDS: what may be written
 */
struct config_key {
	const char *section;
	const char *name;
	enum config_kind kind;
	size_t offset;
	int32_t min;
	int32_t max;
	const char *preset;
	const struct evse_names *names;
};

extern const struct config_key config_keys[CONFIG_KEYS];

/** config_key_find() - the key of a name in a section, or NULL */
const struct config_key *config_key_find(const char *section, const char *name);

/**
 * config_key_near() - what may have been meant
 * @section: mapping that the name was in
 * @name: not the name of a key there
 *
 * Return: a key that is spelled nearly so, or that has this name elsewhere; or NULL.
 */
const struct config_key *config_key_near(const char *section, const char *name);

/**
 * config_set() - a value from its text
 * @config: set there; of a list one is appended
 * @key: any but a schedule or a section
 * @text: the text
 * @why: on failure what is wrong and what to write: "is no port: write evse0, ..."
 * @size: bytes of @why
 *
 * Return: false for what is refused.
 */
bool config_set(struct config *config, const struct config_key *key, const char *text,
		char *why, size_t size);

/** config_words() - what may be written: "yes or no", "ac, dc or x" */
void config_words(const struct evse_names *names, char *out, size_t size);

/** config_put() - a value as config_set() reads it; any kind but the last two */
void config_put(const struct config *config, const struct config_key *key, FILE *out);

/** config_put_json() - a value as JSON; any kind but the last two */
void config_put_json(const struct config *config, const struct config_key *key,
		     struct evse_json *json);

/** config_absent() - is it a key that has no value */
bool config_absent(const struct config *config, const struct config_key *key);

/** enum schedule_keys - the keys of an entry of the schedule */
enum schedule_keys {
	SCHEDULE_AT,
	SCHEDULE_AFTER,
	SCHEDULE_POWER,
	SCHEDULE_PRICE,
	SCHEDULE_KEYS
};

/** schedule_key() - enum schedule_keys of a name, or -1 */
int schedule_key(const char *name);

/**
 * schedule_set() - one key of an entry
 * @entry: set there
 * @key: enum schedule_keys
 * @text: its value
 * @why: as above
 * @size: bytes of @why
 *
 * Return: false for what is refused.
 */
bool schedule_set(struct schedule_entry *entry, int key, const char *text, char *why,
		  size_t size);

/** schedule_put() - entries as YAML, from behind the key's colon */
void schedule_put(const struct config *config, FILE *out);

/** schedule_put_json() - entries as an array */
void schedule_put_json(const struct config *config, const char *key,
		       struct evse_json *json);

#endif /* SECC_CONFIG_KEYS_H */
