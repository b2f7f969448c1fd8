// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../libevse/evse-units.h"
#include "conf.h"
#include "evsectl.h"

/* The longest line that means anything is far shorter. */
#define LINE_MAX_BYTES	512

static int set_mode(struct evse_port_info *port, const char *value,
		    const char **why)
{
	*why = "is no mode: off, charge, v2g or v2h";
	return evse_value_of(&evse_mode_names, value, &port->mode) ? 0 : -EINVAL;
}

/* The kernel's own default, and the way to take a bound back. */
static bool is_none(const char *value)
{
	return !strcasecmp(value, "none");
}

static int set_min(struct evse_port_info *port, const char *value,
		   const char **why)
{
	if (is_none(value)) {
		port->min_mw = INT32_MIN;
		return 0;
	}
	return evse_parse_power(value, &port->min_mw, why);
}

static int set_max(struct evse_port_info *port, const char *value,
		   const char **why)
{
	if (is_none(value)) {
		port->max_mw = INT32_MAX;
		return 0;
	}
	return evse_parse_power(value, &port->max_mw, why);
}

static int set_basic(struct evse_port_info *port, const char *value,
		     const char **why)
{
	uint32_t on;

	*why = "is neither on nor off";
	if (!on_off(value, &on))
		return -EINVAL;
	port->basic = on != 0;
	return 0;
}

static const struct conf_key {
	const char *name;
	unsigned int attr;
	int (*set)(struct evse_port_info *port, const char *value,
		   const char **why);
} keys[] = {
	{ "mode", EVSE_A_PORT_MODE, set_mode },
	{ "min-power", EVSE_A_PORT_MIN_MW, set_min },
	{ "max-power", EVSE_A_PORT_MAX_MW, set_max },
	{ "basic", EVSE_A_PORT_BASIC, set_basic },
};

int conf_set_port(struct evse_port_info *port, const char *key,
		  const char *value, const char **why)
{
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(keys[i].name, key))
			continue;
		if (evse_has(port, keys[i].attr)) {
			*why = "is given twice";
			return -EINVAL;
		}
		if (keys[i].set(port, value, why))
			return -EINVAL;
		port->has |= 1ULL << keys[i].attr;
		return 0;
	}
	*why = "has an unknown key; 'evsectl showconf' writes those that are known";
	return -EINVAL;
}

static int set_counter(struct evse_counters_info *counters, const char *key,
		       const char *value, const char **why)
{
	const struct evse_record *rec = &evse_counters_record;
	uint64_t number;
	char *end;
	size_t i;

	for (i = 0; i < rec->count; i++)
		if (!strcmp(rec->field[i].name, key))
			break;
	*why = "has an unknown key; 'evsectl counters save' writes those that are known";
	if (i == rec->count)
		return -EINVAL;
	*why = "is given twice";
	if (evse_has(counters, rec->field[i].attr))
		return -EINVAL;
	errno = 0;
	number = strtoull(value, &end, 10);
	*why = "is no count: type a whole number";
	if (!isdigit((unsigned char)*value) || *end || errno)
		return -EINVAL;
	memcpy((char *)counters + rec->field[i].offset, &number,
	       sizeof(number));
	counters->has |= 1ULL << rec->field[i].attr;
	return 0;
}

static char *trim(char *text)
{
	char *end;

	while (isspace((unsigned char)*text))
		text++;
	end = text + strlen(text);
	while (end > text && isspace((unsigned char)end[-1]))
		*--end = '\0';
	return text;
}

static int __attribute__((format(printf, 2, 3)))
bad(struct conf *conf, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(conf->error, sizeof(conf->error), fmt, args);
	va_end(args);
	return -EINVAL;
}

static int take_section(struct conf *conf, char *line)
{
	char *end = strchr(line, ']');
	struct conf_port *grown;
	uint32_t id;
	size_t i;

	if (!end || end[1])
		return bad(conf, "'%s' is no section: write [evse0]", line);
	*end = '\0';
	line = trim(line + 1);
	if (!parse_port(line, &id))
		return bad(conf, "'%s' is no port: write evse0, evse1, ...", line);
	for (i = 0; i < conf->count; i++)
		if (conf->ports[i].id == id)
			return bad(conf, "%s has a section already", line);
	if (conf->count == CONF_PORTS_MAX)
		return bad(conf, "too many sections");
	grown = realloc(conf->ports, (conf->count + 1) * sizeof(*grown));
	if (!grown)
		return bad(conf, "%s", strerror(ENOMEM));
	conf->ports = grown;
	memset(&grown[conf->count], 0, sizeof(*grown));
	grown[conf->count++].id = id;
	return 0;
}

static int take_pair(struct conf *conf, enum conf_kind kind, char *line)
{
	char *value = strchr(line, '=');
	struct conf_port *last;
	const char *why;
	char *key;
	int err;

	if (!value)
		return bad(conf, "'%s' is neither [evseN] nor 'key = value'", line);
	*value++ = '\0';
	key = trim(line);
	value = trim(value);
	if (!conf->count)
		return bad(conf, "'%s' stands before the first [evseN]", key);
	last = &conf->ports[conf->count - 1];
	if (kind == CONF_COUNTERS)
		err = set_counter(&last->counters, key, value, &why);
	else if (conf_is_grid(key))
		err = conf_set_grid(last, key, value, &why);
	else
		err = conf_set_port(&last->port, key, value, &why);
	return err ? bad(conf, "%s: '%s' %s", key, value, why) : 0;
}

static int take_threshold(struct conf *conf, char *line)
{
	char why[192];

	if (!conf->count)
		return bad(conf, "'%s' stands before the first [evseN]", line);
	if (conf_set_thermal(&conf->ports[conf->count - 1], conf->line, line,
			     why, sizeof(why)))
		return bad(conf, "%s", why);
	return 0;
}

static int take_line(struct conf *conf, enum conf_kind kind, char *line)
{
	char *comment = strchr(line, '#');

	if (comment)
		*comment = '\0';
	line = trim(line);
	if (!*line)
		return 0;
	if (*line == '[')
		return take_section(conf, line);
	if (kind == CONF_THERMAL)
		return take_threshold(conf, line);
	return take_pair(conf, kind, line);
}

int conf_read(FILE *in, enum conf_kind kind, struct conf *conf)
{
	char line[LINE_MAX_BYTES];
	size_t len;
	int err;

	memset(conf, 0, sizeof(*conf));
	while (fgets(line, sizeof(line), in)) {
		conf->line++;
		len = strlen(line);
		if (len == sizeof(line) - 1 && line[len - 1] != '\n')
			return bad(conf, "the line is too long");
		err = take_line(conf, kind, line);
		if (err)
			return err;
	}
	if (ferror(in))
		return bad(conf, "%s", strerror(errno));
	return 0;
}

void conf_free(struct conf *conf)
{
	free(conf->ports);
	conf->ports = NULL;
	conf->count = 0;
}

static void write_bound(FILE *out, const char *key, int32_t bound_mw,
			int32_t none_mw)
{
	bool none = bound_mw == none_mw;
	char text[32];

	fprintf(out, "%s = %s\n", key,
		none ? "none" : evse_format_exact(bound_mw, EVSE_U_MW, text,
						  sizeof(text)));
}

void conf_write_port(FILE *out, const struct evse_port_info *port)
{
	fprintf(out, "[evse%u]\n", port->id);
	if (evse_has(port, EVSE_A_PORT_MODE))
		fprintf(out, "mode = %s\n",
			evse_name_of(&evse_mode_names, port->mode));
	if (evse_has(port, EVSE_A_PORT_MIN_MW))
		write_bound(out, "min-power", port->min_mw, INT32_MIN);
	if (evse_has(port, EVSE_A_PORT_MAX_MW))
		write_bound(out, "max-power", port->max_mw, INT32_MAX);
	if (evse_has(port, EVSE_A_PORT_BASIC))
		fprintf(out, "basic = %s\n", port->basic ? "on" : "off");
}

void conf_write_counters(FILE *out, const struct evse_port_info *port)
{
	const struct evse_record *rec = &evse_counters_record;
	uint64_t value;
	size_t i;

	fprintf(out, "[evse%u]\n", port->id);
	for (i = 0; i < rec->count; i++) {
		if (!evse_has(&port->counters, rec->field[i].attr))
			continue;
		memcpy(&value, (const char *)&port->counters +
		       rec->field[i].offset, sizeof(value));
		fprintf(out, "%s = %" PRIu64 "\n", rec->field[i].name, value);
	}
}
