// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The GPIO lines that the device tree gives to a port and its children: is each
 * there, and does a driver have it?
 */
#include <dirent.h>
#include <endian.h>
#include <errno.h>
#include <gpiod.h>
#include <string.h>
#include <sys/stat.h>

#include "selftest.h"

#define DEPTH_MAX	4
#define CELLS_MAX	64

const char *selftest_sysfs = "/sys";

/* A GPIO controller, by what properties call it. */
struct chip {
	char name[32];
	uint32_t phandle;
	uint32_t cells;
};

/* Cells of a property; how many. */
static size_t read_cells(const char *path, uint32_t *cells, size_t max)
{
	FILE *in = fopen(path, "re");
	size_t count = 0;

	if (!in)
		return 0;
	count = fread(cells, sizeof(*cells), max, in);
	fclose(in);
	for (max = 0; max < count; max++)
		cells[max] = be32toh(cells[max]);
	return count;
}

static bool read_chip(const char *name, struct chip *chip)
{
	char path[512];

	snprintf(chip->name, sizeof(chip->name), "%.31s", name);
	snprintf(path, sizeof(path), "%s/bus/gpio/devices/%s/of_node/phandle",
		 selftest_sysfs, name);
	if (!read_cells(path, &chip->phandle, 1))
		return false;
	snprintf(path, sizeof(path),
		 "%s/bus/gpio/devices/%s/of_node/#gpio-cells", selftest_sysfs,
		 name);
	return read_cells(path, &chip->cells, 1) && chip->cells &&
	       chip->cells < CELLS_MAX;
}

static bool find_chip(uint32_t phandle, struct chip *chip)
{
	struct dirent *entry;
	bool found = false;
	char path[512];
	DIR *dir;

	snprintf(path, sizeof(path), "%s/bus/gpio/devices", selftest_sysfs);
	dir = opendir(path);
	while (dir && !found && (entry = readdir(dir)))
		found = !strncmp(entry->d_name, "gpiochip", 8) &&
			read_chip(entry->d_name, chip) &&
			chip->phandle == phandle;
	if (dir)
		closedir(dir);
	return found;
}

/* One line, as libgpiod sees it. @what is the property that names it. */
static void judge_line(struct selftest *t, const struct chip *chip,
		       uint32_t offset, const char *what)
{
	struct gpiod_chip *c = gpiod_chip_open_by_name(chip->name);
	struct gpiod_line *line;
	const char *name;
	char row[96];

	snprintf(row, sizeof(row), "line %s:%u", chip->name, offset);
	if (!c) {
		selftest_row(t, errno == EACCES || errno == EPERM ? SKIPPED :
								    FAILED, row,
			     "%s: %s", what, strerror(errno));
		return;
	}
	line = gpiod_chip_get_line(c, offset);
	if (!line) {
		selftest_row(t, FAILED, row, "%s: %s", what, strerror(errno));
		gpiod_chip_close(c);
		return;
	}
	name = gpiod_line_name(line);
	if (name)
		snprintf(row, sizeof(row), "line %s", name);
	if (gpiod_line_is_used(line))
		selftest_row(t, PASSED, row, "%s: %s of %s", what,
			     gpiod_line_direction(line) ==
			     GPIOD_LINE_DIRECTION_OUTPUT ? "output" : "input",
			     gpiod_line_consumer(line) ?: "the kernel");
	else
		selftest_row(t, FAILED, row, "%s: no driver has it; 'evsectl status' tells which driver is missing",
			     what);
	gpiod_chip_close(c);
}

/* The lines of one property: a controller and its cells, again and again. */
static void judge_property(struct selftest *t, const char *path,
			   const char *what)
{
	uint32_t cells[CELLS_MAX];
	size_t count = read_cells(path, cells, CELLS_MAX), at = 0;
	struct chip chip;

	while (at < count) {
		/* A hole: this line is not there on this board. */
		if (!cells[at]) {
			at++;
			continue;
		}
		if (!find_chip(cells[at], &chip)) {
			selftest_row(t, FAILED, what,
				     "its GPIO controller is not there: load its driver");
			return;
		}
		if (at + chip.cells >= count) {
			selftest_row(t, FAILED, what,
				     "the device tree cuts it short");
			return;
		}
		judge_line(t, &chip, cells[at + 1], what);
		at += 1 + chip.cells;
	}
}

static bool names_lines(const char *property)
{
	size_t len = strlen(property);

	return !strcmp(property, "gpios") ||
	       (len > 6 && !strcmp(property + len - 6, "-gpios")) ||
	       (len > 5 && !strcmp(property + len - 5, "-gpio"));
}

/* Does the device tree keep drivers away from a node? */
static bool disabled(const char *node)
{
	char path[800], status[8] = "okay";
	FILE *in;

	snprintf(path, sizeof(path), "%s/status", node);
	in = fopen(path, "re");
	if (!in)
		return false;
	if (!fgets(status, sizeof(status), in))
		status[0] = '\0';
	fclose(in);
	return strcmp(status, "okay") && strcmp(status, "ok");
}

static unsigned int walk(struct selftest *t, const char *path,
			 const char *node, int depth)
{
	char inside[768], what[160];
	unsigned int found = 0;
	struct dirent *entry;
	struct stat st;
	DIR *dir;

	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' ||
		    snprintf(inside, sizeof(inside), "%s/%s", path,
			     entry->d_name) >= (int)sizeof(inside) ||
		    lstat(inside, &st))
			continue;
		if (S_ISDIR(st.st_mode)) {
			if (!depth || disabled(inside))
				continue;
			found += walk(t, inside, entry->d_name, depth - 1);
		} else if (S_ISREG(st.st_mode) && names_lines(entry->d_name)) {
			snprintf(what, sizeof(what), "%.64s %.64s", node,
				 entry->d_name);
			judge_property(t, inside, what);
			found++;
		}
	}
	if (dir)
		closedir(dir);
	return found;
}

void selftest_lines(struct selftest *t, uint32_t id)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/class/evse/evse%u/device/of_node",
		 selftest_sysfs, id);
	if (!walk(t, path, "port", DEPTH_MAX))
		selftest_row(t, SKIPPED, "lines",
			     "the device tree gives no line to this port, or is not to be read");
}
