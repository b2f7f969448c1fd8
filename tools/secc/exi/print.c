// SPDX-License-Identifier: GPL-2.0-or-later
/* Documents as JSON: along the tables, as they are encoded. */
#include <stdlib.h>
#include <string.h>

#include "print.h"
#include "value.h"

static void hex(char *out, const struct exi_binary *bytes)
{
	size_t i;

	for (i = 0; i < bytes->length; i++)
		sprintf(out + 2 * i, "%02X", bytes->data[i]);
	out[2 * i] = '\0';
}

static void base64(char *out, const struct exi_binary *bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t i, left;

	for (i = 0; i < bytes->length; i += 3) {
		uint32_t three = 0;
		unsigned int digit;

		left = bytes->length - i < 3 ? bytes->length - i : 3;
		for (digit = 0; digit < 3; digit++)
			three = three << 8 | (digit < left ? bytes->data[i + digit] : 0);
		for (digit = 0; digit < 4; digit++, three <<= 6)
			*out++ = digit <= left ? digits[three >> 18 & 63] : '=';
	}
	*out = '\0';
}

static void print_bytes(struct evse_json *json, const char *key, bool is_hex,
			const struct exi_binary *bytes)
{
	char *text = malloc(2 * (size_t)bytes->length + 5);

	if (!text)
		return;
	if (is_hex)
		hex(text, bytes);
	else
		base64(text, bytes);
	evse_json_string(json, key, text);
	free(text);
}

/* In decimal, as text: JSON's numbers end at 53 bits. */
static void print_long(struct evse_json *json, const char *key,
		       const struct exi_binary *number)
{
	size_t digits = number->length * 3 + 1, i;
	unsigned int rest;
	uint8_t *left = malloc(number->length + 1);
	char *text = malloc(digits + 1), *at;
	bool more;

	if (left && text) {
		at = text + digits;
		memcpy(left, number->data, number->length);
		*at = '\0';
		do {
			for (i = 0, rest = 0, more = false; i < number->length; i++) {
				rest = rest << 8 | left[i];
				left[i] = rest / 10;
				rest %= 10;
				more = more || left[i];
			}
			*--at = '0' + rest;
		} while (more);
		evse_json_string(json, key, at);
	}
	free(left);
	free(text);
}

static void print_bits(struct evse_json *json, const char *key,
		       const struct exi_type *type, const void *value)
{
	int64_t number = exi_integer_of(type, value);

	if (type->name)
		evse_json_string(json, key, type->name[number]);
	else if (type->bits == 1)
		evse_json_bool(json, key, number);
	else
		evse_json_int(json, key, number);
}

static void print_complex(struct evse_json *json, const struct exi_type *type,
			  void *value);

static void print_value(struct evse_json *json, const char *key,
			const struct exi_type *type, void *value)
{
	switch (type->kind) {
	case EXI_BITS:
		print_bits(json, key, type, value);
		break;
	case EXI_UNSIGNED:
		evse_json_uint(json, key, exi_integer_of(type, value));
		break;
	case EXI_SIGNED:
		evse_json_int(json, key, exi_integer_of(type, value));
		break;
	case EXI_LONG:
		print_long(json, key, value);
		break;
	case EXI_TEXT:
		evse_json_string(json, key, ((struct exi_string *)value)->text);
		break;
	case EXI_HEX:
	case EXI_BASE64:
		print_bytes(json, key, type->kind == EXI_HEX, value);
		break;
	default:
		evse_json_open(json, key, '{');
		print_complex(json, type, value);
		evse_json_close(json, '}');
	}
}

static void print_list(struct evse_json *json, const struct exi_row *row,
		       void *parent)
{
	uint32_t i;

	evse_json_open(json, row->name, '[');
	for (i = 0; i < exi_count_of(row, parent); i++)
		print_value(json, NULL, row->type, exi_value_of(row, parent, i));
	evse_json_close(json, ']');
}

static void print_complex(struct evse_json *json, const struct exi_type *type,
			  void *value)
{
	const struct exi_row *row;
	unsigned int i;

	for (i = 0; i < type->rows; i++) {
		row = &type->row[i];
		if (!exi_present(type, i, value))
			continue;
		if (row->flags & EXI_LIST)
			print_list(json, row, value);
		else
			print_value(json, row->name, row->type,
				    exi_value_of(row, value, 0));
	}
}

void exi_print_member(struct evse_json *json, const struct exi_document *document)
{
	print_value(json, document->root->name, document->root->type, document->value);
}

void exi_print(struct evse_json *json, const struct exi_document *document)
{
	evse_json_open(json, NULL, '{');
	exi_print_member(json, document);
	evse_json_close(json, '}');
}
