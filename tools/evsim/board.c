// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"

#define STATE_SIZE	4096

static FILE *open_file(const struct board *board, const char *name, const char *mode)
{
	char path[BOARD_PATH_SIZE + 32];

	snprintf(path, sizeof(path), "%s/%s", board->path, name);
	return fopen(path, mode);
}

/* 0 or an errno; debugfs says what it refuses when the file is closed. */
static int put(const struct board *board, const char *name, const char *text)
{
	FILE *out = open_file(board, name, "we");
	int err;

	if (!out)
		return errno;
	err = fputs(text, out) == EOF ? errno : 0;
	if (fclose(out) && !err)
		err = errno;
	return err;
}

static int put_number(const struct board *board, const char *name, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, number);
	return put(board, name, text);
}

static bool is_failed(const struct board *board, const char *name, int err, char *why,
		      size_t size)
{
	if (err)
		snprintf(why, size, "%s/%s: %s: load evse_sim, run as root, and name its directory",
			 board->path, name, strerror(err));
	return err;
}

bool board_plug(struct board *board, const char *path, const struct battery *battery,
		char *why, size_t size)
{
	const struct {
		const char *name;
		int64_t value;
	} numbers[] = {
		{ "vehicle/battery_mv", battery_mv(battery) },
		{ "vehicle/capacity_wh", battery->capacity_mwh / 1000 },
		{ "vehicle/soc_permille", battery_soc_permille(battery) },
		{ "vehicle/power_mw", 0 },
		{ "vehicle/plug", 1 },
	};
	size_t i;

	*board = (struct board){ };
	if (!path)
		return true;
	if (strlen(path) >= sizeof(board->path)) {
		snprintf(why, size, "--sim: the path is too long: name a directory such as /sys/kernel/debug/evse_sim/evse-sim-0");
		return false;
	}
	snprintf(board->path, sizeof(board->path), "%s", path);
	if (is_failed(board, "vehicle/want", put(board, "vehicle/want", "b"), why, size))
		return false;
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (is_failed(board, numbers[i].name,
			      put_number(board, numbers[i].name, numbers[i].value), why,
			      size))
			return false;
	return true;
}

/* "name value" on a line of its own */
static bool find(const char *state, const char *name, long long *value)
{
	const char *line = state;
	size_t n = strlen(name);

	while (line) {
		if (!strncmp(line, name, n) && line[n] == ' ')
			return sscanf(line + n, "%lld", value) == 1;
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return false;
}

void board_look(const struct board *board, struct vehicle *v)
{
	char state[STATE_SIZE];
	long long value;
	size_t got;
	FILE *in;

	if (!*board->path)
		return;
	in = open_file(board, "state", "re");
	if (!in)
		return;
	got = fread(state, 1, sizeof(state) - 1, in);
	fclose(in);
	state[got] = '\0';
	v->measured = true;
	if (find(state, "soc_permille", &value))
		battery_set_soc(&v->battery, value);
	if (!v->dc && find(state, "power_mw", &value))
		v->present_mw = value;
}

bool board_follow(struct board *board, const struct vehicle *v)
{
	bool turned = board->wants_c != v->pilot_c;

	board->wants_c = v->pilot_c;
	if (!*board->path)
		return turned;
	/* Power ends before the pilot says so, and begins after it. */
	if (!v->dc && board->power_mw != v->target_mw) {
		board->power_mw = v->target_mw;
		put_number(board, "vehicle/power_mw", v->target_mw);
	}
	if (turned)
		put(board, "vehicle/want", v->pilot_c ? "c" : "b");
	return turned;
}
