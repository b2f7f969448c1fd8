// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The walk along the tables: which events a schema allows where (EXI 1.0, 8.5.4), and
 * what they carry.
 *
 * The rows of a type are its events in order. Behind an event those may follow that
 * begin with the next row, up to the first that must be there; the end of the element
 * may, when none must. A choice is rows one of which is taken, so it goes on behind
 * the last of them. One that is repeated may come again until there are as many as the
 * schema allows.
 */
#include <string.h>

#include "stream.h"
#include "value.h"

/* The deepest value of the schemas is within ten elements. */
#define DEPTH		16

/* Of a list that is read, grown by doubling */
#define FIRST_ROOM	2

/* The EXI header: distinguishing bits, no options, version 1 (EXI 1.0, 5) */
#define HEADER		0x80

struct place {
	const struct exi_type *type;
	void *value;
	unsigned int row;
	unsigned int times;
};

static bool walk(struct exi_stream *s, const struct exi_type *type, void *value,
		 unsigned int depth);

/* Is the row the last that the events go on to? */
static bool must_be(const struct place *p, unsigned int i)
{
	const struct exi_row *row = &p->type->row[i];

	if (i == p->row && p->times)
		return false;
	return !(row->flags & (EXI_OPTIONAL | EXI_OR));
}

/* How many events are allowed; the end of the element is the last one then. */
static unsigned int allowed(const struct place *p, bool *end)
{
	unsigned int i = p->row, mixed;

	while (i < p->type->rows && !must_be(p, i))
		i++;
	*end = i == p->type->rows;
	mixed = p->type->mixed &&
		(p->row == p->type->rows || !(p->type->row[p->row].flags & EXI_ATTRIBUTE));
	return i - p->row + 1 + mixed;
}

/* The row behind the one that was taken, and the choice that it is of. */
static unsigned int behind(const struct place *p, unsigned int i)
{
	while (p->type->row[i].flags & EXI_OR)
		i++;
	return i + 1;
}

/* One more of a list, or what there is one of */
static bool present(const struct place *p, unsigned int i)
{
	const struct exi_row *row = &p->type->row[i];

	if (i == p->row && p->times)
		return exi_count_of(row, p->value) > p->times;
	return exi_present(p->type, i, p->value);
}

/* Which event the value has next; the end of the element when no row is left. */
static bool choose(struct exi_stream *s, const struct place *p, uint32_t *code)
{
	unsigned int i;

	for (i = p->row; i < p->type->rows; i++) {
		if (present(p, i)) {
			*code = i - p->row;
			return true;
		}
		if (must_be(p, i)) {
			s->where = p->type->row[i].name;
			return exi_fail(s, "it is missing");
		}
	}
	*code = p->type->rows - p->row;
	return true;
}

/* No second one of its choice is there, and not more of it than the schema allows. */
static bool sound(struct exi_stream *s, const struct place *p, unsigned int i)
{
	const struct exi_row *row = &p->type->row[i];

	if (row->flags & EXI_LIST && row->max && exi_count_of(row, p->value) > row->max)
		return exi_fail(s, "the list is longer than the schema allows");
	while (p->type->row[i].flags & EXI_OR) {
		if (!present(p, ++i))
			continue;
		s->where = p->type->row[i].name;
		return exi_fail(s, "another of its choice is there as well");
	}
	return true;
}

/*
 * Values
 */

/* Room for one more of a list that is read. */
static void *append(struct exi_stream *s, const struct place *p, const struct exi_row *row)
{
	uint32_t *count = (uint32_t *)((char *)p->value + row->count);
	char **list = exi_member(row, p->value);
	size_t size = row->type->size;

	/* Full whenever the count is a power of two. */
	if (!*count || (*count >= FIRST_ROOM && !(*count & (*count - 1)))) {
		void *more = exi_room(s, (*count ? *count * 2 : FIRST_ROOM) * size);

		if (!more)
			return NULL;
		if (*count)
			memcpy(more, *list, *count * size);
		*list = more;
	}
	return *list + (*count)++ * size;
}

/* Room for the value of a row that is read. */
static void *make(struct exi_stream *s, const struct place *p, unsigned int i)
{
	const struct exi_row *row = &p->type->row[i];

	if (row->flags & EXI_LIST)
		return append(s, p, row);
	if (row->flags & EXI_POINTER)
		return *(void **)exi_member(row, p->value) = exi_room(s, row->type->size);
	if (row->flags & EXI_BIT)
		*(uint64_t *)p->value |= 1ULL << i;
	return exi_member(row, p->value);
}

static bool simple(struct exi_stream *s, const struct exi_type *type, void *value)
{
	uint32_t only = 0;

	return exi_event(s, 1, &only) && exi_value(s, type, value) &&
	       exi_event(s, 1, &only);
}

static bool take(struct exi_stream *s, struct place *p, unsigned int i,
		 unsigned int depth)
{
	const struct exi_row *row = &p->type->row[i];
	bool again = i == p->row && p->times;
	void *value;

	s->where = row->name;
	if (row->flags & EXI_REFUSED)
		return exi_fail(s, "it is not supported");
	if (!again) {
		if (s->out && !sound(s, p, i))
			return false;
		p->row = i;
		p->times = 0;
	}
	value = s->out ? exi_value_of(row, p->value, p->times) : make(s, p, i);
	if (!value)
		return false;
	p->times++;
	if (!(row->flags & EXI_LIST) || p->times == row->max) {
		p->row = behind(p, i);
		p->times = 0;
	}
	if (row->flags & (EXI_ATTRIBUTE | EXI_CONTENT))
		return exi_value(s, row->type, value);
	return row->type->kind == EXI_COMPLEX ? walk(s, row->type, value, depth) :
						simple(s, row->type, value);
}

static bool walk(struct exi_stream *s, const struct exi_type *type, void *value,
		 unsigned int depth)
{
	struct place p = { .type = type, .value = value };
	uint32_t code = 0;
	bool end;

	if (depth == DEPTH)
		return exi_fail(s, "elements are nested too deep");
	for (;;) {
		unsigned int count = allowed(&p, &end);

		if (s->out && !choose(s, &p, &code))
			return false;
		if (!exi_event(s, count, &code))
			return false;
		if (end && p.row + code == type->rows)
			return true;
		if (p.row + code > type->rows)
			return exi_fail(s, "text between elements is not supported");
		if (!take(s, &p, p.row + code, depth + 1))
			return false;
	}
}

/*
 * Documents
 */

const struct exi_root *exi_root(const struct exi_grammar *grammar, const char *name)
{
	unsigned int i;

	for (i = 0; i < grammar->roots; i++)
		if (!strcmp(grammar->root[i].name, name))
			return &grammar->root[i];
	return NULL;
}

static const struct exi_root *root_of(const struct exi_grammar *grammar, uint32_t code)
{
	unsigned int i;

	for (i = 0; i < grammar->roots; i++)
		if (grammar->root[i].code == code)
			return &grammar->root[i];
	return NULL;
}

/* The last event of a document needs no code, that of a fragment does. */
static bool document(struct exi_stream *s, const struct exi_grammar *grammar,
		     struct exi_document *d)
{
	unsigned int width = exi_width(grammar->others + 1 + grammar->fragment);
	uint32_t header = HEADER, code = d->root ? d->root->code : 0;
	uint32_t end = grammar->others + 1;

	if (!exi_bits(s, 8, &header))
		return false;
	if (header != HEADER)
		return exi_fail(s, "the header is not that of EXI without options");
	if (!exi_bits(s, width, &code))
		return false;
	if (!s->out) {
		d->root = root_of(grammar, code);
		if (!d->root)
			return exi_fail(s, "no message of the schema begins so");
		d->value = exi_room(s, d->root->type->size);
		if (!d->value)
			return false;
	}
	s->where = d->root->name;
	if (!walk(s, d->root->type, d->value, 0))
		return false;
	if (!grammar->fragment)
		return true;
	if (!exi_bits(s, width, &end))
		return false;
	return end == grammar->others + 1U ||
	       exi_fail(s, "something follows the only element of the fragment");
}

bool exi_decode(const struct exi_grammar *grammar, const uint8_t *in, size_t size,
		void *memory, size_t room, struct exi_document *d,
		struct exi_error *error)
{
	struct exi_stream s = {
		.in = in,
		.bits = size * 8,
		.memory = memory,
		.room = room,
		.where = grammar->name,
		.error = error,
	};

	*error = (struct exi_error){ };
	*d = (struct exi_document){ };
	return document(&s, grammar, d);
}

size_t exi_encode(const struct exi_grammar *grammar, const struct exi_document *d,
		  uint8_t *out, size_t room, struct exi_error *error)
{
	struct exi_stream s = {
		.out = out,
		.bits = room * 8,
		.where = grammar->name,
		.error = error,
	};
	struct exi_document copy = *d;

	*error = (struct exi_error){ };
	if (!document(&s, grammar, &copy))
		return 0;
	exi_flush(&s);
	return (s.bit + 7) / 8;
}
