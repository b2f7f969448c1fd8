/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Options by table. Unlike getopt, a word that begins with '-' and a digit or a
 * point is an operand: "evsectl power -5kW".
 */
#ifndef EVSECTL_OPTIONS_H
#define EVSECTL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * enum option_type - what an option takes
 * @OPT_FLAG: nothing; a bool becomes true
 * @OPT_STRING: a word; a const char *
 * @OPT_NUMBER: a whole number; a uint32_t
 * @OPT_MS: a duration, milliseconds unless it has a unit; a uint32_t
 * @OPT_SECONDS: a duration, seconds unless it has a unit; a uint32_t of
 *	milliseconds
 * @OPT_MAYBE_SECONDS: the same, and may be left out: the target then keeps its
 *	value and @given says that the option was there
 */
enum option_type {
	OPT_FLAG,
	OPT_STRING,
	OPT_NUMBER,
	OPT_MS,
	OPT_SECONDS,
	OPT_MAYBE_SECONDS,
};

/**
 * struct option_desc - one option
 * @letter: "-x", 0 for none
 * @name: "--name"; NULL ends a table
 * @type: what it takes
 * @target: where that goes
 * @given: becomes true when the option was there; may be NULL
 * @min: least number or milliseconds
 * @max: most; 0 for no bounds
 */
struct option_desc {
	char letter;
	const char *name;
	enum option_type type;
	void *target;
	bool *given;
	uint32_t min;
	uint32_t max;
};

/**
 * options_parse() - take the options out of a command line
 * @tables: tables of options, ended by NULL
 * @argc: how many words
 * @argv: the words; the operands are moved to the front, in their order
 * @first_only: stop at the first operand; what follows it is not looked at
 * @rest: how many operands come before "--" is written here: all, without one;
 *	may be NULL
 * @why: message on failure
 * @size: bytes of @why
 *
 * Return: the number of operands, -1 after a message.
 */
int options_parse(const struct option_desc *const *tables, int argc,
		  char **argv, bool first_only, int *rest, char *why,
		  size_t size);

#endif /* EVSECTL_OPTIONS_H */
