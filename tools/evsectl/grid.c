// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl grid: what a grid guard sees and does. */
#include <stdlib.h>

#include "../libevse/evse-units.h"
#include "grid.h"
#include "monitor.h"

static void show_voltages(const struct evse_grid_info *g)
{
	char volts[32], part[32];
	unsigned int i;

	printf("  voltage   ");
	if (!evse_has(g, EVSE_A_GRID_VOLTAGES_MV)) {
		puts("not measured");
		return;
	}
	for (i = 0; i < g->n_voltages_mv; i++) {
		if (i)
			fputs("; ", stdout);
		if (g->n_voltages_mv > 1)
			printf("L%u ", i + 1);
		fputs(evse_format(g->voltages_mv[i], EVSE_U_MV, volts,
				  sizeof(volts)), stdout);
		if (g->nominal_mv)
			printf(" (%s of nominal)",
			       evse_format((int64_t)g->voltages_mv[i] * 1000 /
					   g->nominal_mv, EVSE_U_PERMILLE, part,
					   sizeof(part)));
	}
	putchar('\n');
}

static void show_frequency(const struct evse_grid_info *g)
{
	char text[32];

	printf("  frequency ");
	if (!evse_has(g, EVSE_A_GRID_FREQUENCY_MHZ)) {
		puts("not known: phase is not locked");
		return;
	}
	fputs(evse_format(g->frequency_mhz, EVSE_U_MHZ, text, sizeof(text)),
	      stdout);
	if (evse_has(g, EVSE_A_GRID_ROCOF_MHZ_S))
		printf(", changes by %s",
		       evse_format(g->rocof_mhz_s, EVSE_U_MHZ_S, text,
				   sizeof(text)));
	if (evse_has(g, EVSE_A_GRID_SHIFT_MDEG))
		printf(", latest phase jump %s",
		       evse_format(g->shift_mdeg, EVSE_U_MDEG, text,
				   sizeof(text)));
	putchar('\n');
}

/* Timers: what trips next, and when export may return. */
static void show_timers(const struct evse_grid_info *g)
{
	char text[32];

	if (evse_has(g, EVSE_A_GRID_RUNNING) &&
	    g->running != EVSE_GRID_ELEMENT_NONE)
		printf("  running   %s, trips in %s\n",
		       evse_name_of(&evse_grid_element_names, g->running),
		       evse_format(g->running_ms, EVSE_U_MS, text,
				   sizeof(text)));
	if (g->wait_ms)
		printf("  enter     export may return in %s, while the grid stays as it is\n",
		       evse_format(g->wait_ms, EVSE_U_MS, text, sizeof(text)));
	if (evse_has(g, EVSE_A_GRID_RAMP_PERMILLE))
		printf("  ramp      %s of the rated export allowed\n",
		       evse_format(g->ramp_permille, EVSE_U_PERMILLE, text,
				   sizeof(text)));
}

static void show_grid(const struct evse_grid_info *g)
{
	char text[2][32], outside[256];
	const struct evse_field *f = &evse_grid_record.field[0];

	printf("evse%u: grid %s, profile %s (%s), nominal %s, %s\n", g->port,
	       evse_name_of(&evse_grid_state_names, g->state), g->profile,
	       *g->title ? g->title : "-",
	       evse_format(g->nominal_mhz, EVSE_U_MHZ, text[0], 32),
	       evse_format(g->nominal_mv, EVSE_U_MV, text[1], 32));
	show_frequency(g);
	show_voltages(g);
	if (evse_has(g, EVSE_A_GRID_RELAY))
		printf("  relay     %s\n", g->relay ? "closed: mains good" :
						      "open: mains bad");
	printf("  active    detection %s\n", g->active ? "at work" : "off");
	while (f->attr != EVSE_A_GRID_OUTSIDE)
		f++;
	printf("  outside   %s\n",
	       g->outside ? evse_field_text(f, g, outside, sizeof(outside)) :
			    "nothing: inside the enter-service window");
	show_timers(g);
	printf("  last trip %s\n",
	       evse_name_of(&evse_grid_element_names, g->last_trip));
}

static int read_grids(struct evsectl *e, struct evse_grid_info **grids,
		      size_t *count)
{
	uint32_t id;
	int err;

	if (!e->port) {
		err = evsectl_client(e);
		if (err)
			return err;
		if (evse_grid_list(e->client, grids, count))
			return complain("%s", evse_client_error(e->client));
		if (*count)
			return 0;
		free(*grids);
		return complain("no port has a grid guard: the device tree needs an 'evse,grid-guard' node in the port's, and its driver");
	}
	err = evsectl_port(e, &id);
	if (err)
		return err;
	*grids = calloc(1, sizeof(**grids));
	if (!*grids)
		return complain("out of memory");
	*count = 1;
	err = result(e, id, evse_grid_get(e->client, id, *grids), 0);
	if (err)
		free(*grids);
	return err;
}

static int run_status(struct evsectl *e, const struct command *cmd, int argc,
		      char **argv)
{
	struct evse_grid_info *grids;
	size_t count, i;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = read_grids(e, &grids, &count);
	if (err)
		return err;
	if (e->json)
		show_json_list(&evse_grid_record, grids, count);
	for (i = 0; i < count && !e->json; i++)
		show_grid(&grids[i]);
	free(grids);
	return EXIT_SUCCESS;
}

static int run_monitor(struct evsectl *e, const struct command *cmd, int argc,
		       char **argv)
{
	(void)cmd;
	(void)argc;
	(void)argv;
	return monitor_run(e, MONITOR_GRID);
}

static const struct subcommand sub[] = {
	{ "status", 0, 0, run_status },
	{ "monitor", 0, 0, run_monitor },
	{ "sync-check", 0, 0, grid_sync_check },
	{ "profile", 0, EVSE_GRID_ELEMENTS + 1, grid_profile },
	{ 0 }
};

static const char *const synopsis[] = {
	"grid [status]",
	"grid monitor [-t] [--count N] [--timeout SECONDS]",
	"grid sync-check",
	"grid profile [list]",
	"grid profile show",
	"grid profile set [NAME] [ELEMENT=PICKUP[/TIME] ...]",
	NULL
};

const struct command cmd_grid = {
	.name = "grid",
	.synopsis = synopsis,
	.summary = "Grid guard: what it sees and does, its enter-service window, its profile and settings.",
	.options = monitor_options,
	.sub = sub,
};
