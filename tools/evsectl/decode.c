// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl session decode: messages of ISO 15118 as people can read them. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../secc/exi/print.h"
#include "../secc/message.h"
#include "decode.h"

static const struct schema {
	const char *name;
	uint16_t payload;
} schemas[] = {
	{ "apphand", V2GTP_APP_PROTOCOL },
	{ "common", V2GTP_COMMON },
	{ "ac", V2GTP_AC },
	{ "dc", V2GTP_DC },
};

static const struct exi_grammar *by_name(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(schemas) / sizeof(schemas[0]); i++)
		if (!strcmp(schemas[i].name, name))
			return message_grammar(schemas[i].payload);
	return NULL;
}

/*
 * In place: each byte is put before the digits that come next. Returns NULL, or the
 * digit that is none, or alone.
 */
static const char *unhex(char *text, size_t *size)
{
	uint8_t *out = (uint8_t *)text;
	char byte[3] = "";

	*size = 0;
	for (; *text; text++) {
		if (isspace((unsigned char)*text))
			continue;
		if (!isxdigit((unsigned char)text[0]) || !isxdigit((unsigned char)text[1]))
			return text;
		memcpy(byte, text++, 2);
		out[(*size)++] = strtoul(byte, NULL, 16);
	}
	return NULL;
}

/* A header says which schema, and where the message ends. */
static int take_header(const uint8_t **in, size_t *size,
		       const struct exi_grammar **grammar)
{
	struct v2gtp header;

	if (*size < V2GTP_HEADER || !v2gtp_read(*in, &header))
		return *grammar ? 0 :
		       complain("no V2GTP header: say which schema it is, apphand, common, ac or dc");
	if (!*grammar)
		*grammar = message_grammar(header.payload);
	if (!*grammar)
		return complain("payload type 0x%04x is no message of ISO 15118-20 for AC or DC",
				header.payload);
	*in += V2GTP_HEADER;
	*size -= V2GTP_HEADER;
	if (*size < header.length)
		return complain("%u bytes of %u are missing",
				(unsigned int)(header.length - *size), header.length);
	*size = header.length;
	return 0;
}

static int print(const struct exi_grammar *grammar, const uint8_t *in, size_t size,
		 void *memory)
{
	struct evse_json json = { .out = stdout };
	struct exi_document document;
	struct exi_error error;

	if (take_header(&in, &size, &grammar))
		return EXIT_FAILURE;
	if (!exi_decode(grammar, in, size, memory, DECODE_ROOM, &document, &error))
		return complain("bit %zu of %zu, %s: %s", error.bit, size * 8,
				error.where, error.why);
	exi_print(&json, &document);
	putchar('\n');
	return 0;
}

static int decode(const struct exi_grammar *grammar, char *text, void *memory)
{
	const char *bad;
	size_t size;

	bad = unhex(text, &size);
	if (bad)
		return complain("character %zu is no hexadecimal digit with another one behind it",
				(size_t)(bad - text) + 1);
	return print(grammar, (uint8_t *)text, size, memory);
}

/* A message a line; one that is none does not hide those behind it. */
static int decode_lines(const struct exi_grammar *grammar, void *memory)
{
	char *line = NULL;
	size_t room = 0;
	int status = 0;

	while (getline(&line, &room, stdin) >= 0)
		if (line[strspn(line, " \t\r\n")])
			status |= decode(grammar, line, memory);
	free(line);
	return status;
}

int session_decode(struct evsectl *e, const struct command *cmd, int argc, char **argv)
{
	const struct exi_grammar *grammar = NULL;
	void *memory;
	int status;

	(void)e;
	if (argc > 1) {
		grammar = by_name(argv[0]);
		if (!grammar)
			return misuse(cmd, "'%s' is no schema: type apphand, common, ac or dc",
				      argv[0]);
		argv++;
	}
	memory = malloc(DECODE_ROOM);
	if (!memory)
		return complain("%s", strerror(errno));
	status = strcmp(argv[0], "-") ? decode(grammar, argv[0], memory) :
					decode_lines(grammar, memory);
	free(memory);
	return status;
}
