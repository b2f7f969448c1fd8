// SPDX-License-Identifier: GPL-2.0-or-later
#include "number.h"

int32_t number_milli(const struct iso20_rational *number)
{
	int64_t milli = number->value;
	int exponent = number->exponent + 3;

	for (; exponent < 0 && milli; exponent++)
		milli /= 10;
	for (; exponent > 0 && milli; exponent--) {
		milli *= 10;
		if (milli > INT32_MAX)
			return INT32_MAX;
		if (milli < INT32_MIN)
			return INT32_MIN;
	}
	return milli;
}

int32_t number_size_milli(const struct iso20_rational *number)
{
	int32_t milli = number_milli(number);

	if (milli == INT32_MIN)
		return INT32_MAX;
	return milli < 0 ? -milli : milli;
}

struct iso20_rational number_of_milli(int64_t milli)
{
	int exponent = -3;

	while (milli > INT16_MAX || milli < INT16_MIN) {
		milli /= 10;
		exponent++;
	}
	while (exponent < 0 && milli % 10 == 0 && milli) {
		milli /= 10;
		exponent++;
	}
	return (struct iso20_rational){ .exponent = milli ? exponent : 0, .value = milli };
}
