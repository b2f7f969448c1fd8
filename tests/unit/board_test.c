// SPDX-License-Identifier: GPL-2.0-or-later
/* The electrical side of a simulated vehicle, on files that stand for those of debugfs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../tools/evsim/board.h"
#include "test.h"

static const char *const names[] = {
	"vehicle/want", "vehicle/battery_mv", "vehicle/capacity_wh", "vehicle/soc_permille",
	"vehicle/power_mw", "vehicle/plug", "state", "vehicle", "",
};

static char top[] = "/tmp/evsim-board-XXXXXX";
static struct vehicle v;

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", top, name);
	return path;
}

static bool reads(const char *name, const char *want)
{
	char text[64] = "";
	FILE *in = fopen(path_of(name), "r");

	if (!in)
		return false;
	if (!fgets(text, sizeof(text), in))
		text[0] = '\0';
	fclose(in);
	return !strcmp(text, want);
}

static void state(const char *text)
{
	FILE *out = fopen(path_of("state"), "w");

	fputs(text, out);
	fclose(out);
}

static void follow(struct board *board)
{
	check(!board_follow(board, &v), "board: nothing changes while nothing is wanted");
	v.pilot_c = true;
	check(board_follow(board, &v) && reads("vehicle/want", "c"), "board: state C");
	v.target_mw = -5000000;
	check(!board_follow(board, &v) && reads("vehicle/power_mw", "-5000000"),
	      "board: the inverter discharges, negative");
	v.pilot_c = false;
	v.target_mw = 0;
	check(board_follow(board, &v) && reads("vehicle/want", "b") &&
	      reads("vehicle/power_mw", "0"), "board: state B, and no power");
	v.dc = true;
	v.target_mw = 5000000;
	board_follow(board, &v);
	check(reads("vehicle/power_mw", "0"), "board: a DC vehicle has no inverter to drive");
	v.dc = false;
}

static void look(struct board *board)
{
	state("time_ns 5\nsoc_permille 612\nenergy_mj 3\nstage_power_mw 9\npower_mw -4980000\n");
	board_look(board, &v);
	check(battery_soc_permille(&v.battery) == 612 && v.present_mw == -4980000 &&
	      v.measured,
	      "board: state of charge and power are read back");
	v.dc = true;
	v.present_mw = 7;
	board_look(board, &v);
	check(v.present_mw == 7, "board: DC power is what the charger tells");
	state("");
	board_look(board, &v);
	check(battery_soc_permille(&v.battery) == 612, "board: nothing to read is no change");
}

void test_board(void)
{
	struct vehicle_config config = {
		.battery = { .capacity_mwh = 60000000, .max_mv = 450000 },
	};
	struct board board;
	char why[256] = "";
	size_t i;

	if (!check(mkdtemp(top) && !mkdir(path_of("vehicle"), 0700), "board: a directory"))
		return;
	battery_set_soc(&config.battery, 500);
	vehicle_begin(&v, &config);
	check(board_plug(&board, top, &config.battery, why, sizeof(why)), "board: plugged in");
	check(reads("vehicle/plug", "1") && reads("vehicle/want", "b") &&
	      reads("vehicle/soc_permille", "500") && reads("vehicle/capacity_wh", "60000") &&
	      reads("vehicle/battery_mv", "405000") && reads("vehicle/power_mw", "0"),
	      "board: in state B, with the vehicle's battery");
	follow(&board);
	look(&board);
	check(!board_plug(&board, path_of("nowhere"), &config.battery, why, sizeof(why)) &&
	      strstr(why, "load evse_sim"), "board: none there: %s", why);
	check(board_plug(&board, NULL, &config.battery, why, sizeof(why)) &&
	      !board_follow(&board, &v), "board: a vehicle without one");
	for (i = 0; i < ARRAY_LEN(names); i++)
		remove(path_of(names[i]));
	check(access(top, F_OK), "board: the directory is gone");
}
