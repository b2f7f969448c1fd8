// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl grid sync-check: is the grid as enter service wants it? */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "grid.h"

#define VOLTAGE_BITS	(EVSE_GRID_WINDOW_VOLTAGE_LOW | \
			 EVSE_GRID_WINDOW_VOLTAGE_HIGH)
#define FREQUENCY_BITS	(EVSE_GRID_WINDOW_FREQUENCY_LOW | \
			 EVSE_GRID_WINDOW_FREQUENCY_HIGH)
#define KNOWN_BITS	(VOLTAGE_BITS | FREQUENCY_BITS | \
			 EVSE_GRID_WINDOW_NO_VOLTAGE | \
			 EVSE_GRID_WINDOW_NO_LOCK | \
			 EVSE_GRID_WINDOW_RELAY_OPEN | \
			 EVSE_GRID_WINDOW_CONTRADICTION)

static bool bounded(const struct grid_window *w, unsigned int element)
{
	return w->has & 1ULL << element;
}

int grid_window_read(struct evsectl *e, uint32_t id, struct grid_window *w)
{
	struct evse_grid_setting_info *settings;
	size_t count, i;
	int32_t *bound;
	int err;

	*w = (struct grid_window){ 0 };
	err = evse_grid_setting_list(e->client, id, &settings, &count);
	if (err)
		return err;
	for (i = 0; i < count; i++) {
		switch (settings[i].element) {
		case EVSE_GRID_ELEMENT_ENTER_V_LOW:
			bound = &w->v_low;
			break;
		case EVSE_GRID_ELEMENT_ENTER_V_HIGH:
			bound = &w->v_high;
			break;
		case EVSE_GRID_ELEMENT_ENTER_F_LOW:
			bound = &w->f_low;
			break;
		case EVSE_GRID_ELEMENT_ENTER_F_HIGH:
			bound = &w->f_high;
			break;
		default:
			continue;
		}
		*bound = settings[i].pickup;
		w->has |= 1ULL << settings[i].element;
	}
	free(settings);
	return 0;
}

/* Begins one thing more. */
static void next(FILE *out, unsigned int *misses)
{
	if ((*misses)++)
		fputs("; ", out);
}

/* "allowed 0.917 p.u. to 1.05 p.u. (211 V to 241.5 V)" */
static void put_voltages(FILE *out, const struct evse_grid_info *g,
			 const struct grid_window *w)
{
	bool low = bounded(w, EVSE_GRID_ELEMENT_ENTER_V_LOW);
	bool high = bounded(w, EVSE_GRID_ELEMENT_ENTER_V_HIGH);
	int64_t nominal = g->nominal_mv;
	char a[32] = "any", b[32] = "any", c[32] = "any", d[32] = "any";

	if (low) {
		evse_format(w->v_low, EVSE_U_PU, a, sizeof(a));
		evse_format(w->v_low * nominal / 1000, EVSE_U_MV, c, sizeof(c));
	}
	if (high) {
		evse_format(w->v_high, EVSE_U_PU, b, sizeof(b));
		evse_format(w->v_high * nominal / 1000, EVSE_U_MV, d,
			    sizeof(d));
	}
	fprintf(out, ", allowed %s to %s (%s to %s)", a, b, c, d);
}

static bool phase_outside(const struct evse_grid_info *g, unsigned int phase,
			  const struct grid_window *w)
{
	int64_t scaled = (int64_t)g->voltages_mv[phase] * 1000;
	int64_t nominal = g->nominal_mv;

	return (bounded(w, EVSE_GRID_ELEMENT_ENTER_V_LOW) &&
		scaled < w->v_low * nominal) ||
	       (bounded(w, EVSE_GRID_ELEMENT_ENTER_V_HIGH) &&
		scaled > w->v_high * nominal);
}

static void put_phase(FILE *out, const struct evse_grid_info *g,
		      unsigned int phase)
{
	char volts[32], part[32] = "?";

	if (g->nominal_mv)
		evse_format((int64_t)g->voltages_mv[phase] * 1000 /
			    g->nominal_mv, EVSE_U_PU, part, sizeof(part));
	fputs("voltage ", out);
	if (g->n_voltages_mv > 1)
		fprintf(out, "L%u ", phase + 1);
	fprintf(out, "is %s (%s)",
		evse_format(g->voltages_mv[phase], EVSE_U_MV, volts,
			    sizeof(volts)), part);
}

/* The phase that a guard means when it says that the voltage is low or high. */
static unsigned int extreme_phase(const struct evse_grid_info *g)
{
	bool low = g->outside & EVSE_GRID_WINDOW_VOLTAGE_LOW;
	unsigned int i, found = 0;

	for (i = 1; i < g->n_voltages_mv; i++)
		if (low ? g->voltages_mv[i] < g->voltages_mv[found] :
			  g->voltages_mv[i] > g->voltages_mv[found])
			found = i;
	return found;
}

static void voltage_misses(FILE *out, const struct evse_grid_info *g,
			   const struct grid_window *w, unsigned int *misses)
{
	unsigned int i, before = *misses;

	if (!evse_has(g, EVSE_A_GRID_VOLTAGES_MV) || !g->n_voltages_mv ||
	    g->outside & EVSE_GRID_WINDOW_NO_VOLTAGE) {
		next(out, misses);
		fputs("voltage is not measured", out);
		put_voltages(out, g, w);
		return;
	}
	for (i = 0; i < g->n_voltages_mv; i++) {
		if (!phase_outside(g, i, w))
			continue;
		next(out, misses);
		put_phase(out, g, i);
		put_voltages(out, g, w);
	}
	/* The guard judged another moment than the one that is shown. */
	if (*misses == before && g->outside & VOLTAGE_BITS) {
		next(out, misses);
		put_phase(out, g, extreme_phase(g));
		fputs(g->outside & EVSE_GRID_WINDOW_VOLTAGE_LOW ?
		      ", too low for the guard" : ", too high for the guard",
		      out);
		put_voltages(out, g, w);
	}
}

static void put_frequencies(FILE *out, const struct grid_window *w)
{
	char a[32] = "any", b[32] = "any";

	if (bounded(w, EVSE_GRID_ELEMENT_ENTER_F_LOW))
		evse_format(w->f_low, EVSE_U_MHZ, a, sizeof(a));
	if (bounded(w, EVSE_GRID_ELEMENT_ENTER_F_HIGH))
		evse_format(w->f_high, EVSE_U_MHZ, b, sizeof(b));
	fprintf(out, ", allowed %s to %s", a, b);
}

static void frequency_misses(FILE *out, const struct evse_grid_info *g,
			     const struct grid_window *w, unsigned int *misses)
{
	int64_t f = g->frequency_mhz;
	char text[32];
	bool outside;

	if (!evse_has(g, EVSE_A_GRID_FREQUENCY_MHZ) ||
	    g->outside & EVSE_GRID_WINDOW_NO_LOCK) {
		next(out, misses);
		fputs("phase is not locked and frequency not known", out);
		put_frequencies(out, w);
		return;
	}
	outside = (bounded(w, EVSE_GRID_ELEMENT_ENTER_F_LOW) && f < w->f_low) ||
		  (bounded(w, EVSE_GRID_ELEMENT_ENTER_F_HIGH) && f > w->f_high);
	if (!outside && !(g->outside & FREQUENCY_BITS))
		return;
	next(out, misses);
	fprintf(out, "frequency is %s%s",
		evse_format(f, EVSE_U_MHZ, text, sizeof(text)),
		outside ? "" :
		g->outside & EVSE_GRID_WINDOW_FREQUENCY_LOW ?
		", too low for the guard" : ", too high for the guard");
	put_frequencies(out, w);
}

unsigned int grid_window_misses(FILE *out, const struct evse_grid_info *grid,
				const struct grid_window *w)
{
	unsigned int misses = 0;

	voltage_misses(out, grid, w, &misses);
	frequency_misses(out, grid, w, &misses);
	if ((evse_has(grid, EVSE_A_GRID_RELAY) && !grid->relay) ||
	    grid->outside & EVSE_GRID_WINDOW_RELAY_OPEN) {
		next(out, &misses);
		fputs("voltage-monitor relay is open, allowed closed only",
		      out);
	}
	if (grid->outside & EVSE_GRID_WINDOW_CONTRADICTION) {
		next(out, &misses);
		fputs("relay and zero crossings contradict each other", out);
	}
	if (!evse_has(grid, EVSE_A_GRID_OUTSIDE)) {
		next(out, &misses);
		fputs("the guard does not judge", out);
	} else if (grid->outside & ~(uint32_t)KNOWN_BITS) {
		next(out, &misses);
		fprintf(out, "the guard misses what this program does not know (0x%X)",
			grid->outside & ~(uint32_t)KNOWN_BITS);
	}
	return misses;
}

static void json_window(struct evse_json *json, const struct grid_window *w)
{
	evse_json_open(json, "window", '{');
	if (bounded(w, EVSE_GRID_ELEMENT_ENTER_V_LOW))
		evse_json_int(json, "v-low-permille", w->v_low);
	if (bounded(w, EVSE_GRID_ELEMENT_ENTER_V_HIGH))
		evse_json_int(json, "v-high-permille", w->v_high);
	if (bounded(w, EVSE_GRID_ELEMENT_ENTER_F_LOW))
		evse_json_int(json, "f-low-mhz", w->f_low);
	if (bounded(w, EVSE_GRID_ELEMENT_ENTER_F_HIGH))
		evse_json_int(json, "f-high-mhz", w->f_high);
	evse_json_close(json, '}');
}

static void show_json_check(const struct evse_grid_info *g,
			    const struct grid_window *w, const char *why)
{
	struct evse_json json = { .out = stdout };

	evse_json_open(&json, NULL, '{');
	evse_json_bool(&json, "ok", !*why);
	if (*why)
		evse_json_string(&json, "reason", why);
	json_window(&json, w);
	evse_json_open(&json, "grid", '{');
	evse_record_json(&evse_grid_record, g, &json);
	evse_json_close(&json, '}');
	evse_json_close(&json, '}');
	putchar('\n');
}

int grid_sync_check(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	struct grid_window w = { 0 };
	char name[16], *why = NULL;
	struct evse_grid_info g;
	unsigned int misses;
	uint32_t id;
	size_t size;
	FILE *out;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_grid_get(e->client, id, &g), 0);
	if (!err)
		err = result(e, id, grid_window_read(e, id, &w), 0);
	if (err)
		return err;
	out = open_memstream(&why, &size);
	if (!out)
		return complain("%s", strerror(errno));
	misses = grid_window_misses(out, &g, &w);
	fclose(out);
	if (e->json)
		show_json_check(&g, &w, why);
	else if (misses)
		complain("%s: outside the enter-service window of %s: %s",
			 name_of_port(id, name), g.profile, why);
	else
		say(e, "%s: voltage, frequency, phase and relay are inside the enter-service window of %s",
		    name_of_port(id, name), g.profile);
	free(why);
	return misses ? EXIT_FAILURE : EXIT_SUCCESS;
}
