/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * YAML that a person wrote, read by libyaml: nodes with their lines, and a sentence
 * with the line for everything that is wrong.
 */
#ifndef SECC_READER_H
#define SECC_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <yaml.h>

/* Of what was written, no more than this is repeated in a sentence. */
#define READER_SHOWN	40

/**
 * struct reader - one text on its way to what it says
 * @name: of the file
 * @report: for sentences
 * @size_max: bytes that are allowed
 * @depth_max: mappings and lists in each other that are allowed
 * @wrong: how many sentences there were
 * @document: the text as nodes, between reader_load() and reader_free()
 */
struct reader {
	const char *name;
	FILE *report;
	size_t size_max;
	int depth_max;
	unsigned int wrong;
	yaml_document_t document;
};

/**
 * reader_load() - text to nodes
 * @r: the reader
 * @text: the text
 * @size: its bytes
 *
 * Takes one document without anchors, aliases and tags, which is as much as a
 * configuration needs and a person expects.
 *
 * Return: true, or false after sentences.
 */
bool reader_load(struct reader *r, const char *text, size_t size);

/**
 * reader_free() - nodes and what was pointed to in them are gone
 * @r: the reader; reader_load() said true
 */
void reader_free(struct reader *r);

/**
 * reader_complain() - one line "NAME:LINE: what and what to write"
 * @r: the reader
 * @line: where
 * @fmt: the sentence; what is not printable in it is replaced
 */
void reader_complain(struct reader *r, size_t line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * reader_node() - node of a number that libyaml gave
 * @r: the reader
 * @number: of a key, a value or an item
 */
static inline yaml_node_t *reader_node(struct reader *r, int number)
{
	return yaml_document_get_node(&r->document, number);
}

/**
 * reader_line() - where a node begins
 * @node: the node
 *
 * Return: line, the first is 1.
 */
static inline size_t reader_line(const yaml_node_t *node)
{
	return node->start_mark.line + 1;
}

/**
 * reader_text() - what a scalar says
 * @node: any node
 *
 * Return: the text, or NULL if the node is none; an escaped NUL ends in what no key
 * takes.
 */
const char *reader_text(const yaml_node_t *node);

/**
 * reader_is_null() - is nothing said
 * @node: any node
 */
bool reader_is_null(const yaml_node_t *node);

#endif /* SECC_READER_H */
