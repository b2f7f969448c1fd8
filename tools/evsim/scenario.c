// SPDX-License-Identifier: GPL-2.0-or-later
/* From YAML to struct scenario, with a sentence for everything that is wrong. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../secc/reader.h"
#include "scenario-internal.h"

/* The file, its keys, and a step's */
#define DEPTH_MAX	3

/**
 * struct scenario_reader - one text on its way to a scenario
 * @yaml: the text
 * @scenario: what was understood so far
 */
struct scenario_reader {
	struct reader yaml;
	struct scenario *scenario;
};

/* Name of a key that is not there before; NULL after a sentence. */
static const char *key_of(struct scenario_reader *r, yaml_node_t *mapping, yaml_node_pair_t *pair)
{
	const char *name = reader_text(reader_node(&r->yaml, pair->key)), *other;
	yaml_node_pair_t *before;

	if (!name)
		reader_complain(&r->yaml, reader_line(reader_node(&r->yaml, pair->key)),
				"a key is a word: write for example 'vehicle:'");
	for (before = mapping->data.mapping.pairs.start; name && before < pair;
	     before++) {
		other = reader_text(reader_node(&r->yaml, before->key));
		if (!other || strcmp(other, name))
			continue;
		reader_complain(&r->yaml, reader_line(reader_node(&r->yaml, pair->key)),
				"%.*s is there already: leave out one of them",
				READER_SHOWN, name);
		return NULL;
	}
	return name;
}

static void take_services(struct scenario_reader *r, yaml_node_t *node)
{
	yaml_node_item_t *item;
	const char *text, *why;

	if (node->type != YAML_SEQUENCE_NODE) {
		reader_complain(&r->yaml, reader_line(node),
				"service: it takes a list: write for example [ac_bpt, ac]");
		return;
	}
	for (item = node->data.sequence.items.start; item < node->data.sequence.items.top;
	     item++) {
		text = reader_text(reader_node(&r->yaml, *item));
		if (!text || !scenario_add_service(r->scenario, text, &why))
			reader_complain(&r->yaml,
					reader_line(reader_node(&r->yaml, *item)),
					"service: '%.*s' %s", READER_SHOWN, text ?: "",
					text ? why : "is no word");
	}
}

static void take_vehicle(struct scenario_reader *r, yaml_node_t *node)
{
	const char *name, *text, *why;
	yaml_node_pair_t *pair;
	yaml_node_t *value;

	if (node->type != YAML_MAPPING_NODE) {
		reader_complain(&r->yaml, reader_line(node),
				"vehicle: it takes keys: write them in the lines below, indented");
		return;
	}
	for (pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top;
	     pair++) {
		name = key_of(r, node, pair);
		value = reader_node(&r->yaml, pair->value);
		text = reader_text(value);
		if (!name)
			continue;
		if (!strcmp(name, "service"))
			take_services(r, value);
		else if (!text)
			reader_complain(&r->yaml, reader_line(value),
					"%.*s: it takes one value: write it behind the colon",
					READER_SHOWN, name);
		else if (!scenario_set(r->scenario, name, text, &why))
			reader_complain(&r->yaml, reader_line(value), "%.*s: '%.*s' %s",
					READER_SHOWN, name, READER_SHOWN, text, why);
	}
}

/* One key of a step: the step itself, or what is said of it. */
static void take_step_key(struct scenario_reader *r, struct step *step, const char *name,
			  yaml_node_t *value)
{
	const char *text = reader_text(value), *why = "takes one value: write it behind the colon";
	struct step resume = { .kind = STEP_PAUSE };
	size_t line = reader_line(value);

	if (text && !*text)
		text = NULL;
	if (!strcmp(name, "at")) {
		step->at = text ? step_find_message(text) : -1;
		if (step->at < 0)
			reader_complain(&r->yaml, line,
					"at: '%.*s' is no request: write for example DC_PreChargeReq",
					READER_SHOWN, text ?: "");
	} else if (!strcmp(name, "resume")) {
		if (!step_take(&resume, text, &why))
			reader_complain(&r->yaml, line, "resume: '%.*s' %s", READER_SHOWN,
					text ?: "", why);
		step->resume_ms = resume.value;
	} else if (step_find(name) < 0) {
		reader_complain(&r->yaml, line,
				"'%.*s' is no step: see evsim(1) for those that are",
				READER_SHOWN, name);
	} else if (step->kind != STEPS) {
		reader_complain(&r->yaml, line,
				"%s: there is a step in this entry already: begin another one with '-'",
				name);
	} else {
		step->kind = step_find(name);
		if (value->type != YAML_SCALAR_NODE || !step_take(step, text, &why))
			reader_complain(&r->yaml, line, "%s: '%.*s' %s", name,
					READER_SHOWN, text ?: "", why);
	}
}

static void take_step(struct scenario_reader *r, yaml_node_t *node, struct step *step)
{
	const char *text = reader_text(node), *name, *why;
	yaml_node_pair_t *pair;

	if (text && step_find(text) >= 0) {
		step->kind = step_find(text);
		if (!step_take(step, NULL, &why))
			reader_complain(&r->yaml, step->line, "%s %s behind a colon", text,
					why);
		return;
	}
	if (node->type != YAML_MAPPING_NODE) {
		reader_complain(&r->yaml, step->line,
				"'%.*s' is no step: see evsim(1) for those that are",
				READER_SHOWN, text ?: "a list");
		return;
	}
	for (pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top;
	     pair++) {
		name = key_of(r, node, pair);
		if (name)
			take_step_key(r, step, name, reader_node(&r->yaml, pair->value));
	}
}

/* What is said of a step has to be something that this step has. */
static void check_step(struct scenario_reader *r, const struct step *step,
		       const struct step *before)
{
	const char *why;

	if (step->kind == STEPS) {
		reader_complain(&r->yaml, step->line,
				"the entry has no step: write one, for example 'loop: 10s'");
		return;
	}
	if (step->at != STEP_AT_LOOP && !step_misbehaves(step->kind))
		reader_complain(&r->yaml, step->line,
				"%s: it is at no message: leave out 'at'",
				step_name(step->kind));
	if (step->resume_ms != RESUME_MS && step->kind != STEP_OBEY)
		reader_complain(&r->yaml, step->line,
				"%s: only obey resumes: leave out 'resume'",
				step_name(step->kind));
	why = step_wrong(step, before);
	if (why)
		reader_complain(&r->yaml, step->line, "%s %s", step_name(step->kind), why);
}

static void take_steps(struct scenario_reader *r, yaml_node_t *node)
{
	struct scenario *scenario = r->scenario;
	yaml_node_item_t *item;
	unsigned int wrong;

	if (node->type != YAML_SEQUENCE_NODE) {
		reader_complain(&r->yaml, reader_line(node),
				"steps: it takes a list: write lines such as '- loop: 10s'");
		return;
	}
	for (item = node->data.sequence.items.start; item < node->data.sequence.items.top;
	     item++) {
		struct step *step = &scenario->step[scenario->n_step];
		yaml_node_t *entry = reader_node(&r->yaml, *item);

		if (scenario->n_step == SCENARIO_STEPS_MAX) {
			reader_complain(&r->yaml, reader_line(entry),
					"steps: there are too many: write at most %d",
					SCENARIO_STEPS_MAX);
			return;
		}
		*step = (struct step){ .kind = STEPS, .at = STEP_AT_LOOP,
				       .resume_ms = RESUME_MS, .line = reader_line(entry) };
		wrong = r->yaml.wrong;
		take_step(r, entry, step);
		if (wrong != r->yaml.wrong)
			continue;
		check_step(r, step, scenario->n_step ? step - 1 : NULL);
		scenario->n_step++;
	}
}

static void take_root(struct scenario_reader *r, yaml_node_t *root)
{
	yaml_node_pair_t *pair;
	const char *name;

	if (!root || root->type != YAML_MAPPING_NODE) {
		reader_complain(&r->yaml, 1,
				"the file says nothing: write 'vehicle:' and 'steps:', see evsim(1)");
		return;
	}
	for (pair = root->data.mapping.pairs.start; pair < root->data.mapping.pairs.top;
	     pair++) {
		name = key_of(r, root, pair);
		if (!name)
			continue;
		if (!strcmp(name, "vehicle"))
			take_vehicle(r, reader_node(&r->yaml, pair->value));
		else if (!strcmp(name, "steps"))
			take_steps(r, reader_node(&r->yaml, pair->value));
		else
			reader_complain(&r->yaml,
					reader_line(reader_node(&r->yaml, pair->key)),
					"'%.*s' is no key: write vehicle or steps",
					READER_SHOWN, name);
	}
	name = r->yaml.wrong ? NULL : scenario_wrong(r->scenario);
	if (name)
		reader_complain(&r->yaml, reader_line(root), "%s", name);
}

unsigned int scenario_parse(struct scenario *scenario, const char *text, size_t size,
			    const char *name, FILE *report)
{
	struct scenario_reader r = {
		.yaml = {
			.name = name,
			.report = report,
			.size_max = SCENARIO_SIZE_MAX,
			.depth_max = DEPTH_MAX,
		},
		.scenario = scenario,
	};

	scenario_default(scenario);
	if (reader_load(&r.yaml, text, size)) {
		take_root(&r, yaml_document_get_root_node(&r.yaml.document));
		reader_free(&r.yaml);
	}
	battery_set_soc(&scenario->vehicle.battery, scenario->soc_permille);
	return r.yaml.wrong;
}

unsigned int scenario_read(struct scenario *scenario, const char *path, FILE *report)
{
	FILE *in = fopen(path, "re");
	char *text = malloc(SCENARIO_SIZE_MAX + 1);
	unsigned int wrong = 1;
	size_t size = 0;

	if (in && text)
		size = fread(text, 1, SCENARIO_SIZE_MAX + 1, in);
	if (!in || !text || ferror(in))
		fprintf(report, "%s: %s: name a scenario, see evsim(1)\n", path,
			strerror(errno));
	else if (size > SCENARIO_SIZE_MAX)
		fprintf(report, "%s:1: it has more than %d bytes: write fewer\n", path,
			SCENARIO_SIZE_MAX);
	else
		wrong = scenario_parse(scenario, text, size, path, report);
	if (in)
		fclose(in);
	free(text);
	return wrong;
}
