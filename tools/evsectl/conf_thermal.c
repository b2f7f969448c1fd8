// SPDX-License-Identifier: GPL-2.0-or-later
/* Thresholds of a thermal guard as words: connector-a derate 80C. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "conf.h"

#define BIT_OF(attr)	(1ULL << EVSE_A_THERMAL_SETTING_##attr)

/* Words of a line: sensor, element, number, unit. One more is one too many. */
#define WORDS_MAX	5

#define SPACE		" \t\r\v\f\n"

/* What a file can hold: no comment, no section. */
static bool is_sensor(const char *word)
{
	const char *c;

	for (c = word; *c; c++)
		if (!isgraph((unsigned char)*c) || *c == '#' || *c == '[')
			return false;
	return *word && strlen(word) <= EVSE_NAME_MAX;
}

int threshold_parse(struct evse_thermal_setting_info *s, int argc, char **argv,
		    char *why, size_t size)
{
	const char *reason;
	char value[64];

	*s = (struct evse_thermal_setting_info){
		.has = BIT_OF(ELEMENT) | BIT_OF(VALUE),
	};
	if (argc && !evse_value_of(&evse_thermal_element_names, argv[0],
				   &s->element)) {
		if (!is_sensor(argv[0])) {
			snprintf(why, size, "'%s' is no sensor; 'evsectl thermal status' lists them",
				 argv[0]);
			return -EINVAL;
		}
		memcpy(s->sensor, argv[0], strlen(argv[0]) + 1);
		s->has |= BIT_OF(SENSOR);
		argc--;
		argv++;
		if (argc && !evse_value_of(&evse_thermal_element_names, argv[0],
					   &s->element)) {
			snprintf(why, size, "'%s' is no threshold: derate, trip, clear or rise",
				 argv[0]);
			return -EINVAL;
		}
	}
	if (argc < 2) {
		snprintf(why, size, "a value is missing: type [SENSOR] ELEMENT VALUE, for example connector-a derate 80C");
		return -EINVAL;
	}
	if (argc > 3) {
		snprintf(why, size, "unexpected '%s'", argv[3]);
		return -EINVAL;
	}
	snprintf(value, sizeof(value), "%s%s%s", argv[1], argc > 2 ? " " : "",
		 argc > 2 ? argv[2] : "");
	if (evse_parse_threshold(value, s->element, &s->value, &reason)) {
		snprintf(why, size, "'%s' %s", value, reason);
		return -EINVAL;
	}
	return 0;
}

static bool is_given(const struct conf_port *port,
		     const struct evse_thermal_setting_info *s)
{
	unsigned int i;

	for (i = 0; i < port->n_thresholds; i++)
		if (threshold_find(&port->thresholds[i].setting, 1, s))
			return true;
	return false;
}

int conf_set_thermal(struct conf_port *port, unsigned int number, char *line,
		     char *why, size_t size)
{
	char *argv[WORDS_MAX], *word, *save = NULL, name[64];
	struct conf_threshold *t;
	int argc = 0;

	for (word = strtok_r(line, SPACE, &save); word && argc < WORDS_MAX;
	     word = strtok_r(NULL, SPACE, &save))
		argv[argc++] = word;
	if (port->n_thresholds == CONF_THRESHOLDS_MAX) {
		snprintf(why, size, "too many thresholds");
		return -EINVAL;
	}
	t = &port->thresholds[port->n_thresholds];
	if (threshold_parse(&t->setting, argc, argv, why, size))
		return -EINVAL;
	if (is_given(port, &t->setting)) {
		snprintf(why, size, "%s is given twice",
			 threshold_name(&t->setting, name, sizeof(name)));
		return -EINVAL;
	}
	t->line = number;
	port->n_thresholds++;
	return 0;
}

void conf_write_thermal(FILE *out, const struct evse_thermal_setting_info *list,
			size_t count, bool bounds)
{
	char text[96], range[80];
	size_t i;

	for (i = 0; i < count; i++) {
		if (!i || list[i].port != list[i - 1].port)
			fprintf(out, "[evse%u]\n", list[i].port);
		threshold_text(&list[i], text, sizeof(text));
		if (bounds)
			fprintf(out, "%-34s # %s\n", text,
				threshold_bounds(&list[i], range, sizeof(range)));
		else
			fprintf(out, "%s\n", text);
	}
}
