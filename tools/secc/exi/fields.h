/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists of fields, from which come both the struct and the table of a type:
 *
 *	#define EXI_PRICE(X, S) \
 *		X(S, ONE,  amount, Amount, exi_rational) \
 *		X(S, OPT,  unit,   Unit,   exi_byte)
 *	EXI_STRUCT(exi_price, EXI_PRICE)	in a header
 *	EXI_TABLE(exi_price, EXI_PRICE)		in one source file
 *
 * S is the struct's name. A field is
 *
 *	ONE	there, always			the value
 *	OPT	optional			the value, and a bit in .has
 *	PTR	optional, or of a choice	a pointer, NULL when absent
 *	LIST	one or more, with their limit	a pointer, and n_<member>
 *	LIST0	none or more, likewise
 *	ATTR	attribute that is there		the value
 *	ATTR0	optional attribute		the value, and a bit in .has
 *	TEXT	content beside attributes	the value
 *	SKIP	the schema has it; refused	nothing
 *
 * OPT and PTR of a choice are OPT_OR and PTR_OR with another one behind them, and
 * OPT_END and PTR_END when one of the choice must be there. SKIP_OR likewise.
 */
#ifndef SECC_EXI_FIELDS_H
#define SECC_EXI_FIELDS_H

#include "exi.h"

/* Structs */

#define EXI_MEMBER_ONE(m, t, ...)	t m;
#define EXI_MEMBER_OPT(m, t, ...)	t m;
#define EXI_MEMBER_OPT_OR(m, t, ...)	t m;
#define EXI_MEMBER_OPT_END(m, t, ...)	t m;
#define EXI_MEMBER_ATTR(m, t, ...)	t m;
#define EXI_MEMBER_ATTR0(m, t, ...)	t m;
#define EXI_MEMBER_TEXT(m, t, ...)	t m;
#define EXI_MEMBER_PTR(m, t, ...)	t *m;
#define EXI_MEMBER_PTR_OR(m, t, ...)	t *m;
#define EXI_MEMBER_PTR_END(m, t, ...)	t *m;
#define EXI_MEMBER_LIST(m, t, ...)	t *m; uint32_t n_##m;
#define EXI_MEMBER_LIST0(m, t, ...)	t *m; uint32_t n_##m;
#define EXI_MEMBER_SKIP(...)
#define EXI_MEMBER_SKIP_OR(...)

#define EXI_MEMBER(S, kind, m, n, ...)	EXI_MEMBER_##kind(m, __VA_ARGS__)
#define EXI_INDEX(S, kind, m, n, ...)	S##_##m##_row,

#define EXI_STRUCT(S, FIELDS) \
	enum { FIELDS(EXI_INDEX, S) S##_rows }; \
	typedef struct S { uint64_t has; FIELDS(EXI_MEMBER, S) } S; \
	extern const struct exi_type S##_type;

/* Of fields that are all there, without .has */
#define EXI_PLAIN(S, FIELDS) \
	enum { FIELDS(EXI_INDEX, S) S##_rows }; \
	typedef struct S { FIELDS(EXI_MEMBER, S) } S; \
	extern const struct exi_type S##_type;

/* The fields that a struct shares with the one that it extends, at its beginning */
#define EXI_BASE(S, extended)	((struct S *)(void *)(extended))

/* Tables */

#define EXI_AT(S, m, fl)		.offset = offsetof(struct S, m), .flags = fl
#define EXI_FLAGS_ONE(S, m, ...)	EXI_AT(S, m, 0)
#define EXI_FLAGS_OPT(S, m, ...)	EXI_AT(S, m, EXI_BIT | EXI_OPTIONAL)
#define EXI_FLAGS_OPT_OR(S, m, ...)	EXI_AT(S, m, EXI_BIT | EXI_OR)
#define EXI_FLAGS_OPT_END(S, m, ...)	EXI_AT(S, m, EXI_BIT)
#define EXI_FLAGS_PTR(S, m, ...)	EXI_AT(S, m, EXI_POINTER | EXI_OPTIONAL)
#define EXI_FLAGS_PTR_OR(S, m, ...)	EXI_AT(S, m, EXI_POINTER | EXI_OR)
#define EXI_FLAGS_PTR_END(S, m, ...)	EXI_AT(S, m, EXI_POINTER)
#define EXI_FLAGS_ATTR(S, m, ...)	EXI_AT(S, m, EXI_ATTRIBUTE)
#define EXI_FLAGS_ATTR0(S, m, ...) \
	EXI_AT(S, m, EXI_ATTRIBUTE | EXI_BIT | EXI_OPTIONAL)
#define EXI_FLAGS_TEXT(S, m, ...)	EXI_AT(S, m, EXI_CONTENT)
#define EXI_FLAGS_LIST(S, m, t, most) \
	EXI_AT(S, m, EXI_LIST), .count = offsetof(struct S, n_##m), .max = most
#define EXI_FLAGS_LIST0(S, m, t, most) \
	EXI_AT(S, m, EXI_LIST | EXI_OPTIONAL), .count = offsetof(struct S, n_##m), \
	.max = most
#define EXI_FLAGS_SKIP(S, m, ...)	.flags = EXI_REFUSED | EXI_OPTIONAL
#define EXI_FLAGS_SKIP_OR(S, m, ...)	.flags = EXI_REFUSED | EXI_OR

#define EXI_TYPE_OF(t)			t##_type
#define EXI_ROW(S, kind, m, n, ...) \
	{ .name = #n, .type = &EXI_TYPE_OF_FIRST(__VA_ARGS__, 0), \
	  EXI_FLAGS_##kind(S, m, __VA_ARGS__) },
#define EXI_TYPE_OF_FIRST(t, ...)	EXI_TYPE_OF(t)

#define EXI_TABLE_MIXED(S, FIELDS, is_mixed) \
	static const struct exi_row S##_row[] = { FIELDS(EXI_ROW, S) }; \
	const struct exi_type S##_type = { \
		.kind = EXI_COMPLEX, .mixed = is_mixed, .rows = S##_rows, \
		.size = sizeof(struct S), .row = S##_row, \
	};
#define EXI_TABLE(S, FIELDS)		EXI_TABLE_MIXED(S, FIELDS, false)

#define EXI_ROOT(n, t, c)		{ .name = #n, .type = &t##_type, .code = c }

/* Enumerations: X(constant, Name) in the order of the schema */

#define EXI_CONSTANT(P, c, n)		P##_##c,
#define EXI_NAME(P, c, n)		#n,
#define EXI_ENUM(S, P, VALUES) \
	enum { VALUES(EXI_CONSTANT, P) P##_values }; \
	typedef uint8_t S; \
	extern const struct exi_type S##_type;
#define EXI_ENUM_TABLE(S, P, VALUES) \
	static const char *const S##_name[] = { VALUES(EXI_NAME, P) }; \
	const struct exi_type S##_type = { \
		.kind = EXI_BITS, .size = 1, .max = P##_values - 1, .name = S##_name, \
		.bits = P##_values < 2 ? 0 : 32 - __builtin_clz(P##_values - 1), \
	};

/* Simple types */

#define EXI_SIMPLE(S, ctype)		typedef ctype S; extern const struct exi_type S##_type;
#define EXI_RANGE_TABLE(S, lowest, highest) \
	const struct exi_type S##_type = { \
		.kind = EXI_BITS, .size = sizeof(S), .min = lowest, .max = highest, \
		.bits = 32 - __builtin_clz((highest) - (lowest)), \
	};
#define EXI_INTEGER_TABLE(S, how, lowest, highest) \
	const struct exi_type S##_type = { \
		.kind = how, .size = sizeof(S), .min = lowest, .max = highest, \
	};
#define EXI_LENGTH_TABLE(S, how, least, most) \
	const struct exi_type S##_type = { \
		.kind = how, .size = sizeof(S), .min = least, .max = most, \
	};

#endif /* SECC_EXI_FIELDS_H */
