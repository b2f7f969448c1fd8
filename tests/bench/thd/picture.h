/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines over a logarithmic axis of carrier frequencies, as SVG. */
#ifndef THD_PICTURE_H
#define THD_PICTURE_H

#include <stddef.h>
#include <stdio.h>

struct picture {
	FILE *out;
	const double *x;
	size_t count;
	size_t lines;
};

void picture_begin(struct picture *p, const double *hz, size_t count);
/* One value to each x; NAN where there is none. */
void picture_line(struct picture *p, const char *title, const double *y);
void picture_end(struct picture *p);

#endif /* THD_PICTURE_H */
