// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "reader.h"

void reader_complain(struct reader *r, size_t line, const char *fmt, ...)
{
	char text[512], *c;
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	for (c = text; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	fprintf(r->report, "%s:%zu: %s\n", r->name, line, text);
	r->wrong++;
}

const char *reader_text(const yaml_node_t *node)
{
	const char *text;

	if (node->type != YAML_SCALAR_NODE)
		return NULL;
	text = (const char *)node->data.scalar.value;
	return strlen(text) == node->data.scalar.length ? text : "\x7f";
}

bool reader_is_null(const yaml_node_t *node)
{
	const char *text;

	if (node->type != YAML_SCALAR_NODE ||
	    node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
		return false;
	text = reader_text(node);
	return !*text || !strcmp(text, "~") || !strcasecmp(text, "null");
}

/* libyaml's own words. What is no text at all has no line but an offset. */
static void syntax(struct reader *r, const yaml_parser_t *parser, const char *text)
{
	size_t line = parser->problem_mark.line + 1, i;

	if (parser->error == YAML_READER_ERROR)
		for (line = 1, i = 0; i < parser->problem_offset; i++)
			line += text[i] == '\n';
	reader_complain(r, line, "no YAML: %s%s%s: write 'key: value' lines",
			parser->context ?: "", parser->context ? ", " : "",
			parser->problem ?: "out of memory");
}

/* An anchor or a tag, of those events that may have one. */
static const char *extra(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return "an alias (*)";
	case YAML_SCALAR_EVENT:
		return event->data.scalar.anchor ? "an anchor (&)" :
		       event->data.scalar.tag ? "a tag (!)" : NULL;
	case YAML_SEQUENCE_START_EVENT:
		return event->data.sequence_start.anchor ? "an anchor (&)" :
		       event->data.sequence_start.tag ? "a tag (!)" : NULL;
	case YAML_MAPPING_START_EVENT:
		return event->data.mapping_start.anchor ? "an anchor (&)" :
		       event->data.mapping_start.tag ? "a tag (!)" : NULL;
	default:
		return NULL;
	}
}

/* Looks at one event; false when there is no more to look at. */
static bool look(struct reader *r, const yaml_event_t *event, unsigned int *documents,
		 int *depth)
{
	size_t line = event->start_mark.line + 1;
	const char *what = extra(event);

	if (what)
		reader_complain(r, line, "%s has no meaning here: write the value itself",
				what);
	switch (event->type) {
	case YAML_STREAM_END_EVENT:
		return false;
	case YAML_DOCUMENT_START_EVENT:
		if (++*documents == 1)
			return true;
		reader_complain(r, line,
				"a second document begins: leave out '---' and what is behind it");
		return false;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		if (++*depth <= r->depth_max)
			return true;
		reader_complain(r, line,
				"no key takes lists and mappings this deep in each other: look at the indentation and the brackets");
		return false;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		--*depth;
		return true;
	default:
		return true;
	}
}

/* What the document API would resolve or hide, and what is no YAML. */
static void check_events(struct reader *r, yaml_parser_t *parser, const char *text)
{
	unsigned int documents = 0;
	yaml_event_t event;
	bool more = true;
	int depth = 0;

	while (more) {
		if (!yaml_parser_parse(parser, &event)) {
			syntax(r, parser, text);
			return;
		}
		more = look(r, &event, &documents, &depth);
		yaml_event_delete(&event);
	}
}

/* A tab is no indentation in YAML, and cannot be seen. */
static void check_tabs(struct reader *r, const char *text, size_t size)
{
	bool indentation = true;
	size_t line = 1, i;

	for (i = 0; i < size; i++) {
		if (text[i] == '\n') {
			line++;
			indentation = true;
		} else if (indentation && text[i] == '\t') {
			reader_complain(r, line, "a tab is no indentation: write blanks");
			indentation = false;
		} else if (text[i] != ' ') {
			indentation = false;
		}
	}
}

static bool begin(struct reader *r, yaml_parser_t *parser, const char *text, size_t size)
{
	if (!yaml_parser_initialize(parser)) {
		reader_complain(r, 1, "out of memory: end other programs");
		return false;
	}
	yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(parser, (const unsigned char *)text, size);
	return true;
}

static void check_form(struct reader *r, const char *text, size_t size)
{
	yaml_parser_t parser;

	if (size > r->size_max) {
		reader_complain(r, 1, "it has %zu bytes: write at most %zu", size,
				r->size_max);
		return;
	}
	check_tabs(r, text, size);
	if (r->wrong || !begin(r, &parser, text, size))
		return;
	check_events(r, &parser, text);
	yaml_parser_delete(&parser);
}

bool reader_load(struct reader *r, const char *text, size_t size)
{
	unsigned int before = r->wrong;
	yaml_parser_t parser;

	check_form(r, text, size);
	if (r->wrong != before || !begin(r, &parser, text, size))
		return false;
	if (!yaml_parser_load(&parser, &r->document))
		syntax(r, &parser, text);
	yaml_parser_delete(&parser);
	return r->wrong == before;
}

void reader_free(struct reader *r)
{
	yaml_document_delete(&r->document);
}
