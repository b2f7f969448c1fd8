/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of "[evse0]" sections and "key = value" lines: what showconf prints and
 * setconf reads, and the saved wear counters.
 */
#ifndef EVSECTL_CONF_H
#define EVSECTL_CONF_H

#include <stdio.h>

#include "../libevse/evse-client.h"
#include "grid.h"
#include "thermal.h"

/* Ports that one file may have. */
#define CONF_PORTS_MAX	256

/* Thresholds that a section may have. */
#define CONF_THRESHOLDS_MAX	64

/**
 * struct conf_threshold - a threshold of a thermal guard
 * @line: where it stands
 * @setting: its sensor, element and value
 */
struct conf_threshold {
	unsigned int line;
	struct evse_thermal_setting_info setting;
};

/**
 * struct conf_port - a section
 * @id: the port
 * @port: what it sets, see @port.has
 * @counters: wear counters, see @counters.has
 * @profile: grid profile, "" when it is not set
 * @line: lines of the grid profile by element, see their @has
 * @thresholds: thresholds of the thermal guard
 * @n_thresholds: how many
 */
struct conf_port {
	uint32_t id;
	struct evse_port_info port;
	struct evse_counters_info counters;
	char profile[EVSE_NAME_SIZE];
	struct evse_grid_setting_info line[EVSE_GRID_ELEMENTS];
	struct conf_threshold thresholds[CONF_THRESHOLDS_MAX];
	unsigned int n_thresholds;
};

/**
 * struct conf - a file
 * @ports: its sections, to be freed with free()
 * @count: how many
 * @line: line of the first error
 * @error: what is wrong there
 */
struct conf {
	struct conf_port *ports;
	size_t count;
	unsigned int line;
	char error[256];
};

/**
 * enum conf_kind - what a file is about
 * @CONF_PORT: configuration
 * @CONF_COUNTERS: wear counters
 * @CONF_THERMAL: thresholds of thermal guards, as "evsectl thermal set" takes them
 */
enum conf_kind {
	CONF_PORT,
	CONF_COUNTERS,
	CONF_THERMAL,
};

/**
 * conf_read() - read a file to its end
 * @in: the file
 * @kind: what it has to be about
 * @conf: written here; conf_free() it in any case
 *
 * Return: 0, or -EINVAL with @conf->line and @conf->error.
 */
int conf_read(FILE *in, enum conf_kind kind, struct conf *conf);

/* conf_free() - give a file back */
void conf_free(struct conf *conf);

/**
 * conf_set_port() - one key of a port
 * @port: set here, with its bit in @port->has
 * @key: mode, min-power, max-power or basic
 * @value: its value
 * @why: what is wrong, on failure; a constant
 *
 * Return: 0 or -EINVAL.
 */
int conf_set_port(struct evse_port_info *port, const char *key,
		  const char *value, const char **why);

/**
 * conf_set_grid() - one key of a port's grid
 * @port: set here
 * @key: "grid-profile", or "grid-" and an element
 * @value: its value
 * @why: what is wrong, on failure; a constant
 *
 * Return: 0 or -EINVAL.
 */
int conf_set_grid(struct conf_port *port, const char *key, const char *value,
		  const char **why);

/**
 * conf_set_thermal() - one threshold of a port's thermal guard
 * @port: set here
 * @number: the line's number
 * @line: the line; taken apart
 * @why: what is wrong, on failure
 * @size: bytes of @why
 *
 * Return: 0 or -EINVAL.
 */
int conf_set_thermal(struct conf_port *port, unsigned int number, char *line,
		     char *why, size_t size);

/* conf_is_grid() - is a key one of a port's grid? */
bool conf_is_grid(const char *key);

/**
 * conf_write_grid() - what conf_read() reads back, of the port begun before
 * @out: where to
 * @profile: profile in force
 * @lines: its lines
 * @count: how many
 *
 * Lines that the standard fixes are left out.
 */
void conf_write_grid(FILE *out, const char *profile,
		     const struct evse_grid_setting_info *lines, size_t count);

/* conf_write_port() - a section that conf_read() reads back */
void conf_write_port(FILE *out, const struct evse_port_info *port);

/* conf_write_counters() - likewise, of wear counters */
void conf_write_counters(FILE *out, const struct evse_port_info *port);

/**
 * conf_write_thermal() - sections that conf_read() reads back
 * @out: where to
 * @list: thresholds, those of a port side by side
 * @count: how many
 * @bounds: add what is allowed, as a comment
 */
void conf_write_thermal(FILE *out, const struct evse_thermal_setting_info *list,
			size_t count, bool bounds);

#endif /* EVSECTL_CONF_H */
