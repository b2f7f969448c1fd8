/* SPDX-License-Identifier: GPL-2.0-or-later */
/* RationalNumber of ISO 15118-20: a value of 16 bits and a power of ten. */
#ifndef SECC_NUMBER_H
#define SECC_NUMBER_H

#include <stdint.h>

#include "exi/iso20_types.h"

/**
 * number_milli() - thousandths of the unit
 * @number: any, with any exponent
 *
 * Return: rounded towards zero; INT32_MIN or INT32_MAX for what is beyond.
 */
int32_t number_milli(const struct iso20_rational *number);

/**
 * number_size_milli() - the same, whatever its sign
 * @number: a limit of discharging, which some send with a sign
 *
 * Return: zero or positive.
 */
int32_t number_size_milli(const struct iso20_rational *number);

/**
 * number_of_milli() - as it is sent
 * @milli: thousandths of the unit
 *
 * Return: the same, or the nearest towards zero that 16 bits can have: a limit never
 * grows.
 */
struct iso20_rational number_of_milli(int64_t milli);

#endif /* SECC_NUMBER_H */
