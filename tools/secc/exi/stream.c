// SPDX-License-Identifier: GPL-2.0-or-later
/* The bits of a document, and values as EXI encodes them. */
#include <endian.h>
#include <string.h>

#include "stream.h"
#include "value.h"

/* Octets of an integer of 64 bits, seven bits each */
#define OCTETS		10

bool exi_fail(struct exi_stream *s, const char *why)
{
	if (!s->error->why)
		*s->error = (struct exi_error){ s->bit, s->where, why };
	return false;
}

void *exi_room(struct exi_stream *s, size_t size)
{
	size_t begin = (s->used + 7) & ~(size_t)7;
	void *memory = s->memory + begin;

	if (begin > s->room || size > s->room - begin) {
		exi_fail(s, "the document is larger than the memory for it");
		return NULL;
	}
	memset(memory, 0, size);
	s->used = begin + size;
	return memory;
}

unsigned int exi_width(unsigned int count)
{
	return count < 2 ? 0 : 32 - __builtin_clz(count - 1);
}

/*
 * Bits
 */

/* Four bytes more, or what there is: the caller knows that it is enough. */
static void refill(struct exi_stream *s, unsigned int width)
{
	uint32_t four;

	if (s->bits / 8 - s->byte >= sizeof(four)) {
		memcpy(&four, s->in + s->byte, sizeof(four));
		s->window = s->window << 32 | be32toh(four);
		s->held += 32;
		s->byte += sizeof(four);
		return;
	}
	for (; s->held < width; s->held += 8)
		s->window = s->window << 8 | s->in[s->byte++];
}

static uint32_t read_bits(struct exi_stream *s, unsigned int width)
{
	if (s->held < width)
		refill(s, width);
	s->held -= width;
	return s->window >> s->held & ((1ULL << width) - 1);
}

static void write_bits(struct exi_stream *s, unsigned int width, uint32_t value)
{
	uint32_t four;

	s->window = s->window << width | value;
	s->held += width;
	if (s->held < 32)
		return;
	s->held -= 32;
	four = htobe32((uint32_t)(s->window >> s->held));
	memcpy(s->out + s->byte, &four, sizeof(four));
	s->byte += sizeof(four);
}

bool exi_bits(struct exi_stream *s, unsigned int width, uint32_t *value)
{
	if (width > s->bits - s->bit)
		return exi_fail(s, s->out ? "the document is larger than the room for it" :
					    "the document ends too early");
	if (s->out)
		write_bits(s, width, *value);
	else
		*value = read_bits(s, width);
	s->bit += width;
	return true;
}

void exi_flush(struct exi_stream *s)
{
	uint64_t window;

	if (!s->held)
		return;
	window = s->window << (64 - s->held);
	for (; s->byte < (s->bit + 7) / 8; s->byte++, window <<= 8)
		s->out[s->byte] = window >> 56;
}

/* The last code that the width has is that of what the schema does not allow. */
bool exi_event(struct exi_stream *s, unsigned int count, uint32_t *code)
{
	if (!exi_bits(s, exi_width(count + 1), code))
		return false;
	return *code < count || exi_fail(s, "the schema has nothing like it here");
}

/*
 * Integers
 */

static bool read_unsigned(struct exi_stream *s, uint64_t *value)
{
	unsigned int i;
	uint32_t octet;

	*value = 0;
	for (i = 0; i < OCTETS; i++) {
		if (!exi_bits(s, 8, &octet))
			return false;
		if (i == OCTETS - 1 && octet > 1)
			break;
		*value |= (uint64_t)(octet & 0x7f) << 7 * i;
		if (!(octet & 0x80))
			return true;
	}
	return exi_fail(s, "the number is too large");
}

static bool write_unsigned(struct exi_stream *s, uint64_t value)
{
	uint32_t octet;

	do {
		octet = (value & 0x7f) | (value > 0x7f ? 0x80 : 0);
		if (!exi_bits(s, 8, &octet))
			return false;
		value >>= 7;
	} while (value);
	return true;
}

static bool any_unsigned(struct exi_stream *s, uint64_t *value)
{
	return s->out ? write_unsigned(s, *value) : read_unsigned(s, value);
}

static bool any_signed(struct exi_stream *s, int64_t *value)
{
	uint32_t negative = *value < 0;
	uint64_t magnitude = negative ? -(*value + 1) : *value;

	if (!exi_bits(s, 1, &negative) || !any_unsigned(s, &magnitude))
		return false;
	if (magnitude > INT64_MAX)
		return exi_fail(s, "the number is too large");
	*value = negative ? -(int64_t)magnitude - 1 : (int64_t)magnitude;
	return true;
}

static bool out_of_range(struct exi_stream *s)
{
	return exi_fail(s, "the value is out of its range");
}

static bool unsigned_value(struct exi_stream *s, const struct exi_type *t, void *value)
{
	uint64_t number = exi_integer_of(t, value);

	if (s->out && (number < (uint64_t)t->min || number > t->max))
		return out_of_range(s);
	if (!any_unsigned(s, &number))
		return false;
	if (number < (uint64_t)t->min || number > t->max)
		return out_of_range(s);
	if (!s->out)
		exi_set_integer(t, value, number);
	return true;
}

static bool signed_value(struct exi_stream *s, const struct exi_type *t, void *value)
{
	int64_t number = exi_integer_of(t, value);

	if (!any_signed(s, &number))
		return false;
	if (number < t->min || number > (int64_t)t->max)
		return out_of_range(s);
	if (!s->out)
		exi_set_integer(t, value, number);
	return true;
}

/* An integer of a range this small is its distance to the lowest value. */
static bool bits_value(struct exi_stream *s, const struct exi_type *t, void *value)
{
	int64_t number = exi_integer_of(t, value);
	uint32_t code = number - t->min;

	if (s->out && (number < t->min || number > (int64_t)t->max))
		return out_of_range(s);
	if (!exi_bits(s, t->bits, &code))
		return false;
	if (code > t->max - t->min)
		return out_of_range(s);
	if (!s->out)
		exi_set_integer(t, value, t->min + code);
	return true;
}

/*
 * Integers of any size: as bytes they begin with the highest, seven bits at a time with
 * the lowest.
 */

/* Seven bits from bit @at on, counted from the lowest. */
static uint32_t seven_of(const struct exi_binary *number, size_t at)
{
	size_t byte = at / 8;
	uint32_t two = 0;

	if (byte < number->length)
		two = number->data[number->length - 1 - byte];
	if (byte + 1 < number->length)
		two |= (uint32_t)number->data[number->length - 2 - byte] << 8;
	return two >> at % 8 & 0x7f;
}

static bool write_long(struct exi_stream *s, const struct exi_type *t,
		       struct exi_binary number)
{
	uint32_t octet = 0;
	size_t at = 0;

	for (; number.length && !*number.data; number.length--)
		number.data++;
	if (number.length > t->max)
		return exi_fail(s, "the number is too large");
	if (!exi_bits(s, 1, &octet))
		return false;
	do {
		octet = seven_of(&number, at);
		at += 7;
		if (at < number.length * 8 && (seven_of(&number, at) || at + 7 < number.length * 8))
			octet |= 0x80;
		if (!exi_bits(s, 8, &octet))
			return false;
	} while (octet & 0x80);
	return true;
}

static bool read_long(struct exi_stream *s, const struct exi_type *t,
		      struct exi_binary *number)
{
	uint32_t octet, window = 0;
	size_t room = t->max + 1, used = 0, i;
	unsigned int bits = 0;
	uint8_t *bytes;

	if (!exi_bits(s, 1, &octet))
		return false;
	if (octet)
		return exi_fail(s, "the number is negative");
	bytes = exi_room(s, room);
	if (!bytes)
		return false;
	do {
		if (!exi_bits(s, 8, &octet))
			return false;
		window |= (octet & 0x7f) << bits;
		bits += 7;
		for (; bits >= 8; bits -= 8, window >>= 8) {
			if (used == room)
				return exi_fail(s, "the number is too large");
			bytes[used++] = window;
		}
	} while (octet & 0x80);
	if (used == room)
		return exi_fail(s, "the number is too large");
	bytes[used++] = window;
	for (; used && !bytes[used - 1]; used--)
		;
	if (used > t->max)
		return exi_fail(s, "the number is too large");
	for (i = 0; i < used / 2; i++) {
		uint8_t other = bytes[used - 1 - i];

		bytes[used - 1 - i] = bytes[i];
		bytes[i] = other;
	}
	*number = (struct exi_binary){ bytes, used };
	return true;
}

/*
 * Text and bytes
 */

/* UTF-8 of a character at @p. Returns the byte behind it. */
static uint8_t *put_character(uint8_t *p, uint32_t c)
{
	if (c < 0x80) {
		*p++ = c;
	} else if (c < 0x800) {
		*p++ = 0xc0 | c >> 6;
		*p++ = 0x80 | (c & 0x3f);
	} else if (c < 0x10000) {
		*p++ = 0xe0 | c >> 12;
		*p++ = 0x80 | (c >> 6 & 0x3f);
		*p++ = 0x80 | (c & 0x3f);
	} else {
		*p++ = 0xf0 | c >> 18;
		*p++ = 0x80 | (c >> 12 & 0x3f);
		*p++ = 0x80 | (c >> 6 & 0x3f);
		*p++ = 0x80 | (c & 0x3f);
	}
	return p;
}

/* What XML may have in it: no surrogates, nothing that ends a C string. */
static bool is_character(uint64_t c)
{
	return (c >= 0x20 || c == '\t' || c == '\n' || c == '\r') &&
	       (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff && c < 0x110000;
}

static bool read_text(struct exi_stream *s, const struct exi_type *t,
		      struct exi_string *text)
{
	uint8_t *begin = s->memory + s->used, *p = begin;
	uint64_t length, c;

	if (!read_unsigned(s, &length))
		return false;
	if (length < 2)
		return exi_fail(s, "text refers to the string table: write it out");
	length -= 2;
	if (length > t->max)
		return exi_fail(s, "text is longer than the schema allows");
	for (; length; length--) {
		if (!read_unsigned(s, &c))
			return false;
		if (!is_character(c))
			return exi_fail(s, "text has a character that XML does not allow");
		if (s->room - s->used < (size_t)(p - begin) + 5)
			return exi_fail(s, "the document is larger than the memory for it");
		p = put_character(p, c);
	}
	if (s->room - s->used < (size_t)(p - begin) + 1)
		return exi_fail(s, "the document is larger than the memory for it");
	*p = '\0';
	*text = (struct exi_string){ (char *)begin, p - begin };
	s->used += p + 1 - begin;
	return true;
}

/* The character at @p, below @end. Returns the byte behind it, NULL for none. */
static const uint8_t *get_character(const uint8_t *p, const uint8_t *end, uint32_t *c)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	unsigned int more = *p < 0x80 ? 0 : *p < 0xc0 ? 4 : *p < 0xe0 ? 1 :
			    *p < 0xf0 ? 2 : *p < 0xf8 ? 3 : 4, i;

	if (more == 4 || (size_t)(end - p) <= more)
		return NULL;
	*c = more ? *p & (0x3f >> more) : *p;
	for (i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return NULL;
		*c = *c << 6 | (p[i] & 0x3f);
	}
	return *c < least[more] || !is_character(*c) ? NULL : p + more + 1;
}

static bool write_text(struct exi_stream *s, const struct exi_type *t,
		       const struct exi_string *text)
{
	const uint8_t *begin = (const uint8_t *)text->text, *end = begin + text->length;
	const uint8_t *p;
	uint64_t length = 0;
	uint32_t c;

	for (p = begin; p < end; length++) {
		p = get_character(p, end, &c);
		if (!p)
			return exi_fail(s, "text is not UTF-8 that XML allows");
	}
	if (length > t->max)
		return exi_fail(s, "text is longer than the schema allows");
	if (!write_unsigned(s, length + 2))
		return false;
	for (p = begin; p < end;) {
		p = get_character(p, end, &c);
		if (!write_unsigned(s, c))
			return false;
	}
	return true;
}

static bool read_bytes(struct exi_stream *s, uint8_t *to, size_t length)
{
	uint32_t byte;

	for (; length; length--) {
		if (!exi_bits(s, 8, &byte))
			return false;
		*to++ = byte;
	}
	return true;
}

static bool write_bytes(struct exi_stream *s, const uint8_t *from, size_t length)
{
	uint32_t byte;

	for (; length; length--) {
		byte = *from++;
		if (!exi_bits(s, 8, &byte))
			return false;
	}
	return true;
}

static bool binary_value(struct exi_stream *s, const struct exi_type *t,
			 struct exi_binary *value)
{
	uint64_t length = value->length;
	uint8_t *to;

	if (s->out && (length < (uint64_t)t->min || length > t->max))
		return exi_fail(s, "as many bytes are not allowed by the schema");
	if (!any_unsigned(s, &length))
		return false;
	if (length < (uint64_t)t->min || length > t->max)
		return exi_fail(s, "as many bytes are not allowed by the schema");
	if (s->out)
		return write_bytes(s, value->data, length);
	to = exi_room(s, length);
	if (!to || !read_bytes(s, to, length))
		return false;
	*value = (struct exi_binary){ to, length };
	return true;
}

bool exi_value(struct exi_stream *s, const struct exi_type *type, void *value)
{
	switch (type->kind) {
	case EXI_BITS:
		return bits_value(s, type, value);
	case EXI_UNSIGNED:
		return unsigned_value(s, type, value);
	case EXI_SIGNED:
		return signed_value(s, type, value);
	case EXI_LONG:
		return s->out ? write_long(s, type, *(struct exi_binary *)value) :
				read_long(s, type, value);
	case EXI_TEXT:
		return s->out ? write_text(s, type, value) : read_text(s, type, value);
	default:
		return binary_value(s, type, value);
	}
}
