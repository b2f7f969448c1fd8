// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Distortion of the grid's current, from the states of the switches.
 *
 * The modules' own sources (ramp, voltage, modulation) run at their rate; the
 * plant makes switch states and currents of their duties. Measured are ten whole
 * cycles in steady state: harmonics up to order 50 by a discrete Fourier
 * transform, and everything that is not the fundamental, switching bands and
 * what lies between the harmonics included.
 *
 * usage: thd PREFIX     writes PREFIX.txt and PREFIX.svg, prints the figure
 */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "control.h"
#include "picture.h"
#include "plant.h"
#include "reference.h"

#define CYCLES		10
#define SETTLE		12
#define ORDERS		50

/* Steps of the plant in a cycle of the grid. */
#define FINE		40000

/*
 * A step comes late by up to JITTER, its duties are in the shadow registers after
 * LATENCY, and it reckons with WRITE; s.
 */
#define JITTER		10e-6
#define LATENCY		2e-6
#define WRITE		3e-6

static const struct board boards[] = {
	{
		.name = "three", .title = "three phases, 400 V, 11 kW",
		.topology = EVSE_TOPOLOGY_THREE_PHASE,
		.rated_w = 11000, .grid_v = 230, .grid_hz = 50,
		.link_v = { 700, 750, 800 },
		.l1 = 2.5e-3, .r1 = 0.08, .c = 4.7e-6, .rd = 5, .l2 = 0.8e-3, .r2 = 0.04,
		.dead = 1.5e-6, .pulse = 0.5e-6,
	},
	{
		.name = "single", .title = "one phase, 230 V, 7.2 kW",
		.topology = EVSE_TOPOLOGY_FULL_BRIDGE,
		.rated_w = 7200, .grid_v = 230, .grid_hz = 50,
		.link_v = { 380, 400, 450 },
		.l1 = 1.6e-3, .r1 = 0.05, .c = 10e-6, .rd = 3, .l2 = 0.4e-3, .r2 = 0.02,
		.dead = 1.5e-6, .pulse = 0.5e-6,
	},
};

static const double carriers[] = { 8e3, 10e3, 12e3, 16e3, 20e3, 24e3, 32e3 };

/**
 * struct row - what is swept, but for the carrier, the link and the direction
 * @title: of the tables
 * @board: the power module
 * @scheme: of the modulation
 * @make_up: the modulator makes up for the dead time
 * @step_hz: rate of the control steps
 * @load: part of the rated power
 * @counts: for the figure of all
 */
struct row {
	const char *title;
	const struct board *board;
	enum evse_scheme scheme;
	bool make_up;
	double step_hz;
	double load;
	bool counts;
};

static const struct row rows[] = {
	{ "three phases, space vector", &boards[0],
	  EVSE_SCHEME_SPACE_VECTOR, true, 10e3, 1, true },
	{ "three phases, third harmonic", &boards[0],
	  EVSE_SCHEME_THIRD_HARMONIC, true, 10e3, 1, true },
	{ "three phases, sine", &boards[0], EVSE_SCHEME_SINE, true, 10e3, 1, true },
	{ "one phase, sine", &boards[1], EVSE_SCHEME_SINE, true, 10e3, 1, true },
	{ "three phases, space vector, half power", &boards[0],
	  EVSE_SCHEME_SPACE_VECTOR, true, 10e3, 0.5 },
	{ "three phases, space vector, a tenth", &boards[0],
	  EVSE_SCHEME_SPACE_VECTOR, true, 10e3, 0.1 },
	{ "one phase, sine, half power", &boards[1], EVSE_SCHEME_SINE, true, 10e3, 0.5 },
	{ "one phase, sine, a tenth", &boards[1], EVSE_SCHEME_SINE, true, 10e3, 0.1 },
	{ "three phases, space vector, 20 kHz steps", &boards[0],
	  EVSE_SCHEME_SPACE_VECTOR, true, 20e3, 1 },
	{ "one phase, sine, 20 kHz steps", &boards[1], EVSE_SCHEME_SINE, true, 20e3, 1 },
	{ "three phases, dead time not made up for", &boards[0],
	  EVSE_SCHEME_SPACE_VECTOR, false, 10e3, 1 },
	{ "one phase, dead time not made up for", &boards[1],
	  EVSE_SCHEME_SINE, false, 10e3, 1 },
};

/**
 * struct result - what a simulation says, in percent
 * @thd: harmonics 2 to ORDERS, of the rated current
 * @all: everything but the fundamental, likewise
 * @power: power that is missing or too much, of the rated power
 * @depth: of the modulation
 * @refused: beyond the linear range
 */
struct result {
	double thd;
	double all;
	double power;
	double depth;
	bool refused;
};

/* Everything that runs in the kernel. */
struct software {
	struct evse_reference reference;
	struct evse_control control;
	struct evse_modulator modulator;
	s32 rated_mw;
};

static void must(int ret, const char *what)
{
	if (!ret)
		return;
	fprintf(stderr, "thd: %s: %s\n", what, strerror(-ret));
	exit(1);
}

static void software_init(struct software *s, const struct row *row,
			  double link_v, double carrier_hz, double load)
{
	const struct board *b = row->board;
	double ripple = b->link_v[1] / (8 * b->l1 * carrier_hz) /
			(b->topology == EVSE_TOPOLOGY_FULL_BRIDGE ? 2 : 1);
	const struct evse_control_config control = {
		.phases = board_phases(b),
		.rated_mw = b->rated_w * 1000,
		.resistance_uohm = (b->r1 + b->r2) * 1e6,
		.inductance_nh = (b->l1 + b->l2) * 1e9,
		.step_ns = 1e9 / row->step_hz,
		/* From the load on, which is what a step is given the angle of. */
		.delay_ns = 1e9 * 0.5 / row->step_hz,
		.headroom_mv = 30000,
	};
	const struct evse_modulator_config modulator = {
		.topology = b->topology,
		.scheme = row->scheme,
		.dead = row->make_up ? b->dead * carrier_hz * 65536 : 0,
		.margin = b->pulse * carrier_hz * 65536,
		.band_ma = ripple * 1000,
	};

	must(evse_reference_init(&s->reference, b->rated_w * 1000, 16000000, 2000000,
				 1e9 / row->step_hz), "reference");
	must(evse_control_init(&s->control, &control), "control");
	must(evse_control_grid(&s->control, b->grid_v * 1000, b->grid_hz * 1e6), "grid");
	must(evse_modulator_init(&s->modulator, &modulator), "modulator");
	must(evse_modulator_link(&s->modulator, link_v * 1000), "link");
	s->rated_mw = b->rated_w * 1000;
	evse_reference_set(&s->reference, s->rated_mw * load);
}

/* When what is written after a step at that moment is loaded: a zero of the carrier. */
static double load_of(double t, double carrier_hz)
{
	return ceil((t + WRITE) * carrier_hz) / carrier_hz;
}

static int software_step(struct software *s, double turns, u32 duty[EVSE_LEGS],
			 u32 *depth)
{
	u32 angle = (u32)(s64)(fmod(turns, 1) * 4294967296.0), at;
	struct evse_vector v;
	s32 power = evse_reference_step(&s->reference, -s->rated_mw, s->rated_mw);
	int ret = evse_control_step(&s->control, power, angle, &v);

	if (!ret)
		ret = evse_modulator_depth(&s->modulator, &v, &at, depth);
	return ret ?: evse_modulator_step(&s->modulator, &v, duty);
}

/* Of whole cycles: harmonics, and all that is not the fundamental. */
static void analyse(const double *i, size_t count, double rated, struct result *r)
{
	double squares = 0, harmonics = 0, fundamental = 0;
	size_t k;
	int n;

	for (k = 0; k < count; k++)
		squares += i[k] * i[k] / count;
	for (n = 1; n <= ORDERS; n++) {
		double w = 2 * M_PI * n * CYCLES / count, re = 0, im = 0;
		double c = 1, s = 0, cw = cos(w), sw = sin(w), square;

		for (k = 0; k < count; k++) {
			double turned = c * cw - s * sw;

			re += i[k] * c;
			im += i[k] * s;
			s = s * cw + c * sw;
			c = turned;
		}
		square = 2 * (re * re + im * im) / count / count;
		if (n == 1)
			fundamental = square;
		else
			harmonics += square;
	}
	r->thd = 100 * sqrt(harmonics) / rated;
	r->all = 100 * sqrt(fmax(squares - fundamental, 0)) / rated;
}

/* What flows from the grid, as a part of what is rated; phase 1 stands for all. */
static double power_of(const struct board *b, const double *i, size_t count)
{
	double sum = 0;
	size_t k;

	for (k = 0; k < count; k++)
		sum -= i[k] * sin(2 * M_PI * CYCLES * (k + 1.0) / count) / count;
	return sum * M_SQRT2 * b->grid_v * board_phases(b) / b->rated_w;
}

static struct result simulate(const struct row *row, double carrier_hz,
			      double link_v, double load)
{
	static double current[CYCLES * FINE];
	const struct board *b = row->board;
	double dt = 1 / b->grid_hz / FINE, due = 0, late = 0, write = INFINITY;
	u32 duty[EVSE_LEGS] = { 0 }, depth = 0, random = 1;
	struct result r = { 0 };
	struct software s;
	struct plant p;
	size_t k;

	software_init(&s, row, link_v, carrier_hz, load);
	plant_init(&p, b, link_v, carrier_hz, dt);
	for (k = 0; k < (size_t)(SETTLE + CYCLES) * FINE; k++) {
		if (p.t >= write) {
			memcpy(p.shadow, duty, sizeof(duty));
			write = INFINITY;
		}
		if (p.t >= due + late) {
			random = random * 1664525 + 1013904223;
			if (software_step(&s, load_of(p.t, carrier_hz) * b->grid_hz,
					  duty, &depth)) {
				r.refused = true;
				return r;
			}
			write = p.t + LATENCY;
			due += 1 / row->step_hz;
			late = JITTER * random / 4294967296.0;
		}
		plant_step(&p);
		if (k >= (size_t)SETTLE * FINE)
			current[k - (size_t)SETTLE * FINE] = p.x[0][2];
	}
	analyse(current, CYCLES * FINE, b->rated_w / board_phases(b) / b->grid_v, &r);
	r.power = 100 * fabs(power_of(b, current, CYCLES * FINE) - load);
	r.depth = depth / 65536.0;
	return r;
}

/* The worst over links and directions; refused where a link is too low. */
static struct result worst_of(const struct row *row, double carrier_hz)
{
	struct result worst = { 0 };
	unsigned int i;

	for (i = 0; i < 6; i++) {
		struct result r = simulate(row, carrier_hz, row->board->link_v[i / 2],
					   i & 1 ? -row->load : row->load);

		worst.refused |= r.refused;
		worst.thd = fmax(worst.thd, r.thd);
		worst.all = fmax(worst.all, r.all);
		worst.power = fmax(worst.power, r.power);
		worst.depth = fmax(worst.depth, r.depth);
	}
	return worst;
}

static struct result results[ARRAY_SIZE(rows)][ARRAY_SIZE(carriers)];

static void table(FILE *out, const char *title, size_t offset)
{
	size_t i, k;

	fprintf(out, "%-41s", title);
	for (k = 0; k < ARRAY_SIZE(carriers); k++)
		fprintf(out, "%4.0f kHz", carriers[k] / 1000);
	fputc('\n', out);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		fprintf(out, "%-41s", rows[i].title);
		for (k = 0; k < ARRAY_SIZE(carriers); k++) {
			const struct result *r = &results[i][k];
			double value = *(const double *)((const char *)r + offset);

			if (r->depth == 0)
				fprintf(out, "       -");
			else
				fprintf(out, "%7.2f%c", value, r->refused ? '*' : ' ');
		}
		fputc('\n', out);
	}
	fputc('\n', out);
}

static FILE *open_out(const char *prefix, const char *suffix)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s%s", prefix, suffix);
	file = fopen(path, "w");
	if (!file) {
		perror(path);
		exit(1);
	}
	return file;
}

static void tables(FILE *out)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(boards); i++) {
		const struct board *b = &boards[i];

		fprintf(out, "%s, link %.0f, %.0f and %.0f V; L1 %.1f mH, C %.1f uF with %.0f ohm, L2 %.1f mH, dead time %.1f us\n",
			b->title, b->link_v[0], b->link_v[1], b->link_v[2],
			b->l1 * 1e3, b->c * 1e6, b->rd, b->l2 * 1e3, b->dead * 1e6);
	}
	fputs("The worst over these links, charging and discharging.\n"
	      "-: no link is high enough; *: the lowest is not, and is left out.\n\n", out);
	table(out, "all but the fundamental, % of rated", offsetof(struct result, all));
	table(out, "harmonics 2 to 50, % of rated", offsetof(struct result, thd));
	table(out, "power, off by % of rated", offsetof(struct result, power));
	table(out, "greatest depth of modulation", offsetof(struct result, depth));
}

static void draw(FILE *out)
{
	struct picture p = { .out = out };
	double y[ARRAY_SIZE(carriers)];
	size_t i, k;

	picture_begin(&p, carriers, ARRAY_SIZE(carriers));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!rows[i].counts)
			continue;
		for (k = 0; k < ARRAY_SIZE(carriers); k++)
			y[k] = results[i][k].depth == 0 ? NAN : results[i][k].all;
		picture_line(&p, rows[i].title, y);
	}
	picture_end(&p);
}

int main(int argc, char **argv)
{
	double worst = 0;
	FILE *file;
	size_t i, k;

	if (argc != 2) {
		fputs("usage: thd PREFIX\n", stderr);
		return 2;
	}
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (k = 0; k < ARRAY_SIZE(carriers); k++) {
			results[i][k] = worst_of(&rows[i], carriers[k]);
			if (rows[i].counts)
				worst = fmax(worst, results[i][k].all);
		}
	}
	file = open_out(argv[1], ".txt");
	tables(file);
	fclose(file);
	file = open_out(argv[1], ".svg");
	draw(file);
	fclose(file);
	printf("bridge.thd.percent\t%.2f\tpercent\n", worst);
	return 0;
}
