// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines over a logarithmic axis of carrier frequencies, as SVG. */
#include <math.h>

#include "picture.h"

#define WIDTH	760
#define HEIGHT	420
#define LEFT	60
#define RIGHT	24
#define TOP	44
#define BOTTOM	56
#define HIGHEST	3.5	/* percent */

static const char *const colours[] = { "#1b7837", "#2166ac", "#b2182b", "#7f3b08" };

static double at_x(const struct picture *p, double hz)
{
	return LEFT + (WIDTH - LEFT - RIGHT) * log(hz / p->x[0]) /
	       log(p->x[p->count - 1] / p->x[0]);
}

static double at_y(double percent)
{
	return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * fmin(percent, HIGHEST) / HIGHEST;
}

static void rule(const struct picture *p, double percent, const char *colour,
		 const char *dash)
{
	fprintf(p->out, "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"%s/>\n",
		LEFT, at_y(percent), WIDTH - RIGHT, at_y(percent), colour, dash);
	fprintf(p->out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>\n",
		LEFT - 6, at_y(percent) + 4, percent);
}

void picture_begin(struct picture *p, const double *hz, size_t count)
{
	double percent;
	size_t i;

	p->x = hz;
	p->count = count;
	fprintf(p->out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">\n"
		"<!-- SPDX-License-Identifier: GPL-2.0-or-later -->\n"
		"<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n"
		"<text x=\"%d\" y=\"24\">Distortion of the grid's current at rated power, %% (limit 3, target 1.5)</text>\n",
		WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT);
	for (percent = 0; percent <= HIGHEST; percent += 0.5)
		rule(p, percent, "#dddddd", "");
	rule(p, 1.5, "#888888", " stroke-dasharray=\"4\"");
	rule(p, 3, "#444444", " stroke-dasharray=\"8 4\"");
	for (i = 0; i < count; i++)
		fprintf(p->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>\n",
			at_x(p, hz[i]), HEIGHT - BOTTOM + 18, hz[i] / 1000);
	fprintf(p->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">carrier, kHz (logarithmic)</text>\n",
		(LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14);
}

void picture_line(struct picture *p, const char *title, const double *y)
{
	const char *colour = colours[p->lines % (sizeof(colours) / sizeof(*colours))];
	size_t i;

	fputs("<polyline points=\"", p->out);
	for (i = 0; i < p->count; i++)
		if (!isnan(y[i]))
			fprintf(p->out, "%.1f,%.1f ", at_x(p, p->x[i]), at_y(y[i]));
	fprintf(p->out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n", colour);
	for (i = 0; i < p->count; i++)
		if (!isnan(y[i]))
			fprintf(p->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n",
				at_x(p, p->x[i]), at_y(y[i]), colour);
	fprintf(p->out, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\" fill=\"%s\">%s</text>\n",
		WIDTH - RIGHT - 8, TOP + 64 + 18 * p->lines++, colour, title);
}

void picture_end(struct picture *p)
{
	fputs("</svg>\n", p->out);
}
