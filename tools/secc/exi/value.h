/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the tables find a value in a struct. */
#ifndef SECC_EXI_VALUE_H
#define SECC_EXI_VALUE_H

#include "exi.h"

/* exi_integer_of() - an integer of any width; one of 64 bits without sign as it is */
static inline int64_t exi_integer_of(const struct exi_type *type, const void *value)
{
	bool is_signed = type->min < 0;

	switch (type->size) {
	case 1:
		return is_signed ? *(const int8_t *)value : *(const uint8_t *)value;
	case 2:
		return is_signed ? *(const int16_t *)value : *(const uint16_t *)value;
	case 4:
		return is_signed ? *(const int32_t *)value :
				   (int64_t)*(const uint32_t *)value;
	default:
		return *(const int64_t *)value;
	}
}

static inline void exi_set_integer(const struct exi_type *type, void *value,
				   uint64_t number)
{
	switch (type->size) {
	case 1:
		*(uint8_t *)value = number;
		break;
	case 2:
		*(uint16_t *)value = number;
		break;
	case 4:
		*(uint32_t *)value = number;
		break;
	default:
		*(uint64_t *)value = number;
	}
}

/* Within a struct: the value, or the pointer to it */
static inline void *exi_member(const struct exi_row *row, void *parent)
{
	return (char *)parent + row->offset;
}

static inline uint32_t exi_count_of(const struct exi_row *row, void *parent)
{
	return *(uint32_t *)((char *)parent + row->count);
}

/* exi_value_of() - the value of a row that is present; of a list number @index */
static inline void *exi_value_of(const struct exi_row *row, void *parent, uint32_t index)
{
	void *member = exi_member(row, parent);

	if (row->flags & EXI_LIST)
		return *(char **)member + index * row->type->size;
	return row->flags & EXI_POINTER ? *(void **)member : member;
}

/* exi_present() - has the struct at @parent what row @i of its type is about */
static inline bool exi_present(const struct exi_type *type, unsigned int i, void *parent)
{
	const struct exi_row *row = &type->row[i];

	if (row->flags & EXI_REFUSED)
		return false;
	if (row->flags & EXI_LIST)
		return exi_count_of(row, parent);
	if (row->flags & EXI_POINTER)
		return *(void **)exi_member(row, parent);
	return !(row->flags & EXI_BIT) || *(uint64_t *)parent >> i & 1;
}

#endif /* SECC_EXI_VALUE_H */
