// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/libevse/evse-json.h"
#include "test.h"

static const struct escape {
	const char *what;
	const char *in;
	const char *out;
} escapes[] = {
	{ "plain", "mains", "\"mains\"" },
	{ "empty", "", "\"\"" },
	{ "quote and backslash", "a\"b\\c", "\"a\\\"b\\\\c\"" },
	{ "control characters", "a\n\t\x01\x7f", "\"a\\u000a\\u0009\\u0001\\u007f\"" },
	{ "UTF-8", "5 \xc2\xb5s \xe2\x82\xac \xf0\x9f\x94\x8c",
	  "\"5 \xc2\xb5s \xe2\x82\xac \xf0\x9f\x94\x8c\"" },
	{ "Latin-1", "\xb5s", "\"\\ufffds\"" },
	{ "cut short", "\xe2\x82", "\"\\ufffd\\ufffd\"" },
	{ "overlong", "\xc0\xaf", "\"\\ufffd\\ufffd\"" },
	{ "overlong, three bytes", "\xe0\x80\xaf", "\"\\ufffd\\ufffd\\ufffd\"" },
	{ "surrogate", "\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\"" },
	{ "beyond Unicode", "\xf4\x90\x80\x80",
	  "\"\\ufffd\\ufffd\\ufffd\\ufffd\"" },
	{ "lead byte at the end", "a\xf0", "\"a\\ufffd\"" },
};

void test_json(void)
{
	struct evse_json json;
	char *text;
	size_t size, i;

	for (i = 0; i < ARRAY_LEN(escapes); i++) {
		json = (struct evse_json){ .out = open_memstream(&text, &size) };
		evse_json_string(&json, NULL, escapes[i].in);
		fclose(json.out);
		check_text(text, escapes[i].out, "json: %s", escapes[i].what);
		free(text);
	}

	json = (struct evse_json){ .out = open_memstream(&text, &size) };
	evse_json_open(&json, NULL, '{');
	evse_json_int(&json, "min-mw", -5);
	evse_json_uint(&json, "big", UINT64_MAX);
	evse_json_bool(&json, "on", true);
	evse_json_open(&json, "list", '[');
	evse_json_open(&json, NULL, '{');
	evse_json_close(&json, '}');
	evse_json_open(&json, NULL, '{');
	evse_json_bool(&json, "x", false);
	evse_json_close(&json, '}');
	evse_json_close(&json, ']');
	evse_json_string(&json, "s", "t");
	evse_json_close(&json, '}');
	fclose(json.out);
	check_text(text, "{\"min_mw\":-5,\"big\":18446744073709551615,"
		   "\"on\":true,\"list\":[{},{\"x\":false}],\"s\":\"t\"}",
		   "json: commas, nesting, keys");
	free(text);
}
