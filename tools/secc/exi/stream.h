/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bits of a document, and what EXI makes of values (EXI 1.0, 7.1), both ways. */
#ifndef SECC_EXI_STREAM_H
#define SECC_EXI_STREAM_H

#include "exi.h"

/**
 * struct exi_stream - a document that is read or written
 * @in: when it is read
 * @out: when it is written; else NULL
 * @bit: the next one
 * @bits: that there are
 * @window: those read ahead, or not written yet, as its lowest bits
 * @held: how many of them
 * @byte: the next one to read or write
 * @memory: for what is read
 * @used: bytes of @memory
 * @room: bytes of @memory that there are
 * @where: element or attribute that is under way
 * @error: of the first failure
 */
struct exi_stream {
	const uint8_t *in;
	uint8_t *out;
	size_t bit;
	size_t bits;
	uint64_t window;
	unsigned int held;
	size_t byte;
	uint8_t *memory;
	size_t used;
	size_t room;
	const char *where;
	struct exi_error *error;
};

/* exi_fail() - remember why; always false */
bool exi_fail(struct exi_stream *s, const char *why);

/* exi_room() - zeroed memory, aligned for everything; NULL after exi_fail() */
void *exi_room(struct exi_stream *s, size_t size);

/* exi_bits() - @width bits, at most 32 */
bool exi_bits(struct exi_stream *s, unsigned int width, uint32_t *value);

/* exi_flush() - write what is held, after the last of it */
void exi_flush(struct exi_stream *s);

/**
 * exi_event() - which of the events that the schema allows comes next
 * @s: the stream
 * @count: how many the schema allows; what it does not allow has a code as well
 * @code: the event
 *
 * Return: false for an event that the schema does not allow.
 */
bool exi_event(struct exi_stream *s, unsigned int count, uint32_t *code);

/* exi_value() - a value of a type that is not complex, at @value */
bool exi_value(struct exi_stream *s, const struct exi_type *type, void *value);

/* exi_width() - bits that tell @count events from each other */
unsigned int exi_width(unsigned int count);

#endif /* SECC_EXI_STREAM_H */
