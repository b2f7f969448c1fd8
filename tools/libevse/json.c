// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>

#include "evse-json.h"

/*
 * Bytes of the UTF-8 sequence at @s, 0 when it is none. Overlong forms,
 * surrogates and what lies beyond U+10FFFF are none.
 */
static int utf8_len(const unsigned char *s)
{
	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4 || (s[1] & 0xc0) != 0x80)
		return 0;
	if (s[0] < 0xe0)
		return 2;
	if ((s[2] & 0xc0) != 0x80)
		return 0;
	if (s[0] < 0xf0) {
		if ((s[0] == 0xe0 && s[1] < 0xa0) ||
		    (s[0] == 0xed && s[1] > 0x9f))
			return 0;
		return 3;
	}
	if ((s[3] & 0xc0) != 0x80 || (s[0] == 0xf0 && s[1] < 0x90) ||
	    (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return 4;
}

static void put_string(FILE *out, const char *value)
{
	const unsigned char *s = (const unsigned char *)value;
	int len;

	fputc('"', out);
	while (*s) {
		len = utf8_len(s);
		if (!len) {
			fputs("\\ufffd", out);
			len = 1;
		} else if (*s == '"' || *s == '\\') {
			fprintf(out, "\\%c", *s);
		} else if (*s < 0x20 || *s == 0x7f) {
			fprintf(out, "\\u%04x", *s);
		} else {
			fwrite(s, 1, (size_t)len, out);
		}
		s += len;
	}
	fputc('"', out);
}

static void begin(struct evse_json *json, const char *key)
{
	if (json->comma)
		fputc(',', json->out);
	json->comma = true;
	if (!key)
		return;
	fputc('"', json->out);
	for (; *key; key++)
		fputc(*key == '-' ? '_' : *key, json->out);
	fputs("\":", json->out);
}

void evse_json_open(struct evse_json *json, const char *key, char bracket)
{
	begin(json, key);
	fputc(bracket, json->out);
	json->comma = false;
}

void evse_json_close(struct evse_json *json, char bracket)
{
	fputc(bracket, json->out);
	json->comma = true;
}

void evse_json_int(struct evse_json *json, const char *key, int64_t value)
{
	begin(json, key);
	fprintf(json->out, "%" PRId64, value);
}

void evse_json_uint(struct evse_json *json, const char *key, uint64_t value)
{
	begin(json, key);
	fprintf(json->out, "%" PRIu64, value);
}

void evse_json_bool(struct evse_json *json, const char *key, bool value)
{
	begin(json, key);
	fputs(value ? "true" : "false", json->out);
}

void evse_json_string(struct evse_json *json, const char *key,
		      const char *value)
{
	begin(json, key);
	put_string(json->out, value);
}
