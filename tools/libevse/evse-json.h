/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A JSON writer: puts the commas and escapes the strings. */
#ifndef EVSE_JSON_H
#define EVSE_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/**
 * struct evse_json - a writer; start with { .out = file }
 * @out: where to
 * @comma: the next value needs a comma before it
 */
struct evse_json {
	FILE *out;
	bool comma;
};

/*
 * In all of these @key is the name of a member, or NULL for an element of an
 * array and for the value at the top. '-' in a key is written as '_'.
 */

/* evse_json_open() - begin an object ('{') or an array ('[') */
void evse_json_open(struct evse_json *json, const char *key, char bracket);

/* evse_json_close() - end it with '}' or ']' */
void evse_json_close(struct evse_json *json, char bracket);

/* evse_json_int() - a signed number */
void evse_json_int(struct evse_json *json, const char *key, int64_t value);

/* evse_json_uint() - an unsigned number */
void evse_json_uint(struct evse_json *json, const char *key, uint64_t value);

/* evse_json_bool() - true or false */
void evse_json_bool(struct evse_json *json, const char *key, bool value);

/*
 * evse_json_string() - a string; bytes that are not UTF-8 become U+FFFD, so
 * that the line is always JSON
 */
void evse_json_string(struct evse_json *json, const char *key,
		      const char *value);

#endif /* EVSE_JSON_H */
