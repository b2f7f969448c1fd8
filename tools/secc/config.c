// SPDX-License-Identifier: GPL-2.0-or-later
/* From YAML to struct config, with a sentence for everything that is wrong. */
#include <string.h>

#include "config_keys.h"
#include "reader.h"

/* Mappings and lists in each other; the schedule's entries are the third. */
#define DEPTH_MAX	3

/**
 * struct config_reader - one text on its way to a configuration
 * @yaml: the text
 * @config: what was understood so far
 * @line: where a key was given, by its place in config_keys; 0 for nowhere
 * @refused: its value was
 */
struct config_reader {
	struct reader yaml;
	struct config config;
	size_t line[CONFIG_KEYS];
	bool refused[CONFIG_KEYS];
};

/* The value of a key that takes one, or NULL after a sentence. */
static const char *scalar(struct config_reader *r, const yaml_node_t *node, const char *name,
			  const char *example)
{
	const char *intro = *example ? ", for example " : "";

	if (node->type != YAML_SCALAR_NODE)
		reader_complain(&r->yaml, reader_line(node),
				"%s: it takes one value: write it behind the colon%s%s",
				name, intro, example);
	else if (reader_is_null(node))
		reader_complain(&r->yaml, reader_line(node),
				"%s: it has no value: write one%s%s, or leave out the key",
				name, intro, example);
	else
		return reader_text(node);
	return NULL;
}

static void unknown(struct config_reader *r, size_t line, const char *section, const char *name)
{
	const struct config_key *near = config_key_near(section, name);
	const char *in = *section ? section : "the file";

	if (!near)
		reader_complain(&r->yaml, line,
				"'%.*s' is no key of %s: leave it out; v2g_config.yaml(5) has all that are",
				READER_SHOWN, name, in);
	else if (!strcmp(near->section, section))
		reader_complain(&r->yaml, line, "'%.*s' is no key of %s: write %s",
				READER_SHOWN, name, in, near->name);
	else if (*near->section)
		reader_complain(&r->yaml, line,
				"%s is no key of %s: write it indented below '%s:'", name,
				in, near->section);
	else
		reader_complain(&r->yaml, line,
				"%s is no key of %s: write it without indentation", name,
				in);
}

static bool twice(struct config_reader *r, size_t line, size_t *before, const char *name)
{
	if (*before) {
		reader_complain(&r->yaml, line,
				"%s is there already, in line %zu: leave out one of them",
				name, *before);
		return true;
	}
	*before = line;
	return false;
}

static void take_scalar(struct config_reader *r, const struct config_key *key,
			const yaml_node_t *node, const char *example)
{
	const char *text = scalar(r, node, key->name, example);
	char why[192];

	if (!text) {
		r->refused[key - config_keys] = true;
	} else if (!config_set(&r->config, key, text, why, sizeof(why))) {
		r->refused[key - config_keys] = true;
		reader_complain(&r->yaml, reader_line(node), "%s: '%.*s' %s", key->name,
				READER_SHOWN, text, why);
	}
}

static void take_words(struct config_reader *r, const struct config_key *key, yaml_node_t *node)
{
	yaml_node_item_t *item = node->data.sequence.items.start;

	if (node->type != YAML_SEQUENCE_NODE || item == node->data.sequence.items.top) {
		reader_complain(&r->yaml, reader_line(node),
				"%s: it takes a list: write for example %s", key->name,
				key->preset);
		return;
	}
	r->config.n_control = 0;
	for (; item < node->data.sequence.items.top; item++)
		take_scalar(r, key, reader_node(&r->yaml, *item), key->names->entry[0].name);
}

/* What an entry of the schedule says; false after a sentence. */
static bool take_entry(struct config_reader *r, yaml_node_t *node, size_t given[SCHEDULE_KEYS],
		       struct schedule_entry *entry)
{
	unsigned int before = r->yaml.wrong;
	yaml_node_pair_t *pair = node->data.mapping.pairs.start;
	const char *name, *text;
	char why[192];
	int key;

	if (node->type != YAML_MAPPING_NODE) {
		reader_complain(&r->yaml, reader_line(node),
				"schedule: an entry is a mapping: write for example '- at: \"17:00\"' and 'power: -5kW' below 'at'");
		return false;
	}
	for (; pair < node->data.mapping.pairs.top; pair++) {
		name = scalar(r, reader_node(&r->yaml, pair->key), "schedule", "power");
		if (!name)
			continue;
		key = schedule_key(name);
		if (key < 0) {
			reader_complain(&r->yaml,
					reader_line(reader_node(&r->yaml, pair->key)),
					"'%.*s' is no key of an entry of the schedule: write at or after, power, price_level",
					READER_SHOWN, name);
			continue;
		}
		if (twice(r, reader_line(reader_node(&r->yaml, pair->key)), &given[key], name))
			continue;
		text = scalar(r, reader_node(&r->yaml, pair->value), name, "");
		if (text && !schedule_set(entry, key, text, why, sizeof(why)))
			reader_complain(&r->yaml,
					reader_line(reader_node(&r->yaml, pair->value)),
					"%s: '%.*s' %s", name, READER_SHOWN, text, why);
	}
	if (!given[SCHEDULE_POWER])
		reader_complain(&r->yaml, reader_line(node),
				"schedule: the entry has no power: write for example 'power: -5kW'");
	if (!given[SCHEDULE_AT] == !given[SCHEDULE_AFTER])
		reader_complain(&r->yaml, reader_line(node),
				"schedule: the entry has %s of at and after: write one of them",
				given[SCHEDULE_AT] ? "both" : "none");
	return r->yaml.wrong == before;
}

/* Where the last entry begins has to fit what was before it. */
static void check_start(struct config_reader *r, size_t line, const size_t given[SCHEDULE_KEYS])
{
	const struct schedule_entry *entry = &r->config.schedule[r->config.n_schedule];
	const struct schedule_entry *last = entry - 1;
	bool first = entry == r->config.schedule;

	if (first)
		r->config.of_day = given[SCHEDULE_AT] != 0;
	if (first && !r->config.of_day && entry->start_s)
		reader_complain(&r->yaml, line,
				"schedule: nothing is said of the time before the first entry: write 'after: 0s' there");
	else if (!first && r->config.of_day != (given[SCHEDULE_AT] != 0))
		reader_complain(&r->yaml, line,
				"schedule: some entries have at, others after: write the same for all");
	else if (!first && entry->start_s == last->start_s)
		reader_complain(&r->yaml, line,
				"schedule: the entry before begins at the same time: leave out one of them");
	else if (!first && entry->start_s < last->start_s)
		reader_complain(&r->yaml, line,
				"schedule: the entry begins before the one before it: write entries in the order of time");
}

static void take_schedule(struct config_reader *r, yaml_node_t *node)
{
	yaml_node_item_t *item = node->data.sequence.items.start;
	struct config *config = &r->config;

	if (node->type != YAML_SEQUENCE_NODE) {
		reader_complain(&r->yaml, reader_line(node),
				"schedule: it takes a list: write entries that begin with '-', or [] for none");
		return;
	}
	memset(config->schedule, 0, sizeof(config->schedule));
	config->n_schedule = 0;
	config->of_day = false;
	for (; item < node->data.sequence.items.top; item++) {
		struct schedule_entry entry = { 0 };
		size_t given[SCHEDULE_KEYS] = { 0 };
		yaml_node_t *at = reader_node(&r->yaml, *item);

		if (!take_entry(r, at, given, &entry))
			continue;
		if (config->n_schedule == CONFIG_SCHEDULE_MAX) {
			reader_complain(&r->yaml, reader_line(at),
					"schedule: there are too many entries: write at most %d",
					CONFIG_SCHEDULE_MAX);
			return;
		}
		config->schedule[config->n_schedule] = entry;
		check_start(r, reader_line(at), given);
		config->n_schedule++;
	}
}

static void take_mapping(struct config_reader *r, const char *section, yaml_node_t *node);

static void take_value(struct config_reader *r, const struct config_key *key, yaml_node_t *node)
{
	switch (key->kind) {
	case CONFIG_SECTION:
		if (node->type == YAML_MAPPING_NODE)
			take_mapping(r, key->name, node);
		else
			reader_complain(&r->yaml, reader_line(node),
					"%s: it takes keys: write them in the lines below, indented",
					key->name);
		break;
	case CONFIG_WORDS:
		take_words(r, key, node);
		break;
	case CONFIG_SCHEDULE:
		take_schedule(r, node);
		break;
	default:
		take_scalar(r, key, node, key->preset);
	}
}

static void take_mapping(struct config_reader *r, const char *section, yaml_node_t *node)
{
	const struct config_key *key;
	yaml_node_pair_t *pair = node->data.mapping.pairs.start;
	yaml_node_t *name;

	for (; pair < node->data.mapping.pairs.top; pair++) {
		name = reader_node(&r->yaml, pair->key);
		if (name->type != YAML_SCALAR_NODE) {
			reader_complain(&r->yaml, reader_line(name),
					"a key is a word: write for example 'port: evse0'");
			continue;
		}
		key = config_key_find(section, reader_text(name));
		if (!key)
			unknown(r, reader_line(name), section, reader_text(name));
		else if (!twice(r, reader_line(name), &r->line[key - config_keys], key->name))
			take_value(r, key, reader_node(&r->yaml, pair->value));
	}
}

/* A file that says nothing is one: everything has a default. */
static void take_root(struct config_reader *r)
{
	yaml_node_t *root = yaml_document_get_root_node(&r->yaml.document);

	if (!root || reader_is_null(root))
		return;
	if (root->type == YAML_MAPPING_NODE)
		take_mapping(r, "", root);
	else
		reader_complain(&r->yaml, reader_line(root),
				"there are no keys: write for example 'port: evse0'");
}

/* Where a key was given, or the first line. */
static size_t given_at(const struct config_reader *r, const struct config_key *key)
{
	size_t line = r->line[key - config_keys];

	return line ? line : 1;
}

/* What is right by itself and wrong together. */
static void check_whole(struct config_reader *r)
{
	const struct config_key *tls = config_key_find("tls", "enabled");
	const struct config_key *bench = config_key_find("", "bench");
	const struct config_key *schedule = config_key_find("", "schedule");
	const struct config_key *mode = config_key_find("", "energy_transfer_mode");
	unsigned int i;

	if (!r->config.tls && !r->config.bench && !r->refused[bench - config_keys])
		reader_complain(&r->yaml, given_at(r, tls),
				"tls: ISO 15118-20 is not to be spoken without TLS: write 'enabled: yes', or 'bench: yes' where no vehicle but your own is");
	if (config_bidirectional(&r->config) || r->refused[mode - config_keys])
		return;
	for (i = 0; i < r->config.n_schedule; i++) {
		if (r->config.schedule[i].power_mw >= 0)
			continue;
		reader_complain(&r->yaml, given_at(r, schedule),
				"schedule: it discharges, but energy_transfer_mode does not: write powers that are not negative, or a bidirectional mode");
		return;
	}
}

unsigned int config_parse(struct config *config, const char *text, size_t size,
			  const char *name, FILE *report)
{
	struct config_reader r = {
		.yaml = {
			.name = name,
			.report = report,
			.size_max = CONFIG_FILE_MAX,
			.depth_max = DEPTH_MAX,
		},
		.config = *config,
	};

	if (!reader_load(&r.yaml, text, size))
		return r.yaml.wrong;
	take_root(&r);
	reader_free(&r.yaml);
	check_whole(&r);
	if (!r.yaml.wrong)
		*config = r.config;
	return r.yaml.wrong;
}
