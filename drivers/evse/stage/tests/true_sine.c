// SPDX-License-Identifier: GPL-2.0-only
/* Sine by a series, which has nothing in common with a table. */
#include <linux/math64.h>

#include "true_sine.h"

/*
 * Of an eighth of a turn or less, by the Taylor series, Q30: the next term would
 * be smaller than the last digit.
 */
static s64 series(s64 x, bool cosine)
{
	s64 term = cosine ? 1LL << 30 : x, sum = term, square = x * x >> 30;
	int n;

	for (n = cosine ? 1 : 2; n < 14; n += 2) {
		term = -div_s64(term * square >> 30, n * (n + 1));
		sum += term;
	}
	return sum;
}

/* By eighths of a turn. */
s64 true_sine(u32 angle)
{
	u32 eighth = angle >> 29, rest = angle & 0x1fffffff;
	bool back = eighth & 1, cosine = ((eighth + 1) >> 1) & 1;
	s64 value;

	if (back)
		rest = 0x20000000 - rest;
	/* 2 pi in Q30 of a turn in Q32. */
	value = series((s64)rest * 6746518852LL >> 32, cosine);
	return eighth & 4 ? -value : value;
}
