/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * EXI as ISO 15118 uses it: schema-informed, bit-packed, default options.
 *
 * A document is a C struct; const tables say what is in it and in which order. Both
 * come from one list of fields, see fields.h. One walker goes along the tables, to
 * decode and to encode. What it decodes is in memory that the caller gives; nothing
 * is allocated.
 */
#ifndef SECC_EXI_H
#define SECC_EXI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct exi_string - text, UTF-8
 * @text: NUL behind it where it was decoded
 * @length: bytes
 */
struct exi_string {
	const char *text;
	uint32_t length;
};

/**
 * struct exi_binary - hexBinary, base64Binary, or an integer of any size
 * @data: its bytes
 * @length: how many
 */
struct exi_binary {
	const uint8_t *data;
	uint32_t length;
};

/**
 * enum exi_kind - how a value is encoded
 * @EXI_BITS: an integer of few values, as its distance to the lowest one
 * @EXI_UNSIGNED: an integer that is not negative, seven bits at a time
 * @EXI_SIGNED: an integer: sign, then as unsigned
 * @EXI_LONG: an integer of any size that is not negative, as signed; struct exi_binary,
 *	the highest byte first
 * @EXI_TEXT: characters, each as unsigned
 * @EXI_HEX: bytes, hexadecimal where they are text
 * @EXI_BASE64: bytes, base64 where they are text
 * @EXI_COMPLEX: attributes and elements
 */
enum exi_kind {
	EXI_BITS,
	EXI_UNSIGNED,
	EXI_SIGNED,
	EXI_LONG,
	EXI_TEXT,
	EXI_HEX,
	EXI_BASE64,
	EXI_COMPLEX,
};

struct exi_row;

/**
 * struct exi_type - a type of the schema
 * @kind: how it is encoded
 * @size: bytes of its C type
 * @bits: EXI_BITS: width
 * @mixed: EXI_COMPLEX: text may be between its elements; it is not supported
 * @rows: EXI_COMPLEX: number of @row
 * @min: integers: lowest value; binary: least bytes
 * @max: integers: highest value; text: most characters; binary and EXI_LONG: most bytes
 * @row: EXI_COMPLEX: its attributes, then its elements, in the order of the schema
 * @name: EXI_BITS: names of the values of an enumeration, from 0; NULL for numbers
 */
struct exi_type {
	uint8_t kind;
	uint8_t bits;
	bool mixed;
	uint8_t rows;
	uint32_t size;
	int64_t min;
	uint64_t max;
	const struct exi_row *row;
	const char *const *name;
};

/**
 * enum exi_row_flags - what a row is
 * @EXI_OPTIONAL: it may be absent
 * @EXI_OR: it is one of a choice; the row after it is the next one
 * @EXI_POINTER: the struct holds a pointer, NULL when absent
 * @EXI_BIT: it is there when its bit in the struct's .has says so
 * @EXI_LIST: a pointer and a count
 * @EXI_ATTRIBUTE: an attribute
 * @EXI_CONTENT: the text of an element that has attributes
 * @EXI_REFUSED: the schema has it, these tables do not
 */
enum exi_row_flags {
	EXI_OPTIONAL = 1,
	EXI_OR = 2,
	EXI_POINTER = 4,
	EXI_BIT = 8,
	EXI_LIST = 16,
	EXI_ATTRIBUTE = 32,
	EXI_CONTENT = 64,
	EXI_REFUSED = 128,
};

/**
 * struct exi_row - an attribute or element of a complex type
 * @name: as in the schema
 * @type: of its value
 * @offset: in the struct: the value, or the pointer
 * @count: in the struct: how many a list has, uint32_t
 * @max: most of a list; 0 without a limit
 * @flags: enum exi_row_flags
 */
struct exi_row {
	const char *name;
	const struct exi_type *type;
	uint16_t offset;
	uint16_t count;
	uint16_t max;
	uint8_t flags;
};

/**
 * struct exi_root - an element that a document begins with
 * @name: as in the schema
 * @type: of the element
 * @code: among all of the schema set, sorted by name
 */
struct exi_root {
	const char *name;
	const struct exi_type *type;
	uint16_t code;
};

/**
 * struct exi_grammar - what a document of a schema set begins with
 * @name: for messages to people
 * @roots: number of @root
 * @others: one beyond the highest code; the event of any other element
 * @fragment: elements may follow each other, and the end has a code
 * @root: sorted by code
 */
struct exi_grammar {
	const char *name;
	uint16_t roots;
	uint16_t others;
	bool fragment;
	const struct exi_root *root;
};

/**
 * struct exi_error - why a document was refused
 * @bit: where in the stream
 * @where: innermost element or attribute
 * @why: a sentence without its end
 */
struct exi_error {
	size_t bit;
	const char *where;
	const char *why;
};

/**
 * struct exi_document - a root and what is in it
 * @root: which; NULL before the first decode
 * @value: its struct
 */
struct exi_document {
	const struct exi_root *root;
	void *value;
};

/**
 * exi_decode() - from bytes to structs
 * @grammar: the schema set
 * @in: the stream, EXI header included
 * @size: its bytes; what follows the document is ignored
 * @memory: for what is decoded, aligned to 8 bytes
 * @room: bytes of @memory
 * @document: set; points into @memory
 * @error: set when it fails
 *
 * Return: true, or false for what is no document of @grammar or does not fit.
 */
bool exi_decode(const struct exi_grammar *grammar, const uint8_t *in, size_t size,
		void *memory, size_t room, struct exi_document *document,
		struct exi_error *error);

/**
 * exi_encode() - from structs to bytes
 * @grammar: the schema set
 * @document: the document; not changed
 * @out: where to write
 * @room: bytes there
 * @error: set when it fails
 *
 * Return: number of bytes, or 0 for what the schema does not allow or does not fit.
 */
size_t exi_encode(const struct exi_grammar *grammar,
		  const struct exi_document *document, uint8_t *out, size_t room,
		  struct exi_error *error);

/**
 * exi_root() - a root by its name
 * @grammar: the schema set
 * @name: of the element
 *
 * Return: the root, or NULL.
 */
const struct exi_root *exi_root(const struct exi_grammar *grammar, const char *name);

/** exi_has() - is the optional simple @member there */
#define exi_has(p, S, member) ((p)->has & (1ULL << S##_##member##_row))
/** exi_set() - it is, from now on */
#define exi_set(p, S, member) ((p)->has |= 1ULL << S##_##member##_row)

#endif /* SECC_EXI_H */
