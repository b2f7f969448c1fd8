// SPDX-License-Identifier: GPL-2.0-or-later
/* The grid's part of a section: grid-profile = NAME, grid-uv1 = 0.88/2s. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "conf.h"

#define PREFIX		"grid-"
#define PROFILE		PREFIX "profile"

bool conf_is_grid(const char *key)
{
	return !strncmp(key, PREFIX, strlen(PREFIX));
}

static int set_profile(struct conf_port *port, const char *value,
		       const char **why)
{
	const char *c;

	*why = "is given twice";
	if (*port->profile)
		return -EINVAL;
	*why = "is no profile; 'evsectl grid profile list' shows them";
	if (!*value || strlen(value) > EVSE_NAME_MAX)
		return -EINVAL;
	for (c = value; *c; c++)
		if (!isgraph((unsigned char)*c))
			return -EINVAL;
	memcpy(port->profile, value, strlen(value) + 1);
	return 0;
}

int conf_set_grid(struct conf_port *port, const char *key, const char *value,
		  const char **why)
{
	if (!strcmp(key, PROFILE))
		return set_profile(port, value, why);
	return grid_line_parse(port->line, key + strlen(PREFIX), value, why);
}

static bool fixed(const struct evse_grid_setting_info *s)
{
	return s->pickup_min == s->pickup_max &&
	       s->time_min_ms == s->time_max_ms &&
	       evse_has(s, EVSE_A_GRID_SETTING_PICKUP_MIN) &&
	       evse_has(s, EVSE_A_GRID_SETTING_PICKUP_MAX);
}

void conf_write_grid(FILE *out, const char *profile,
		     const struct evse_grid_setting_info *lines, size_t count)
{
	struct evse_grid_setting_info s;
	char text[64];
	size_t i;

	if (*profile)
		fprintf(out, PROFILE " = %s\n", profile);
	for (i = 0; i < count; i++) {
		s = lines[i];
		if (!s.has || s.element == EVSE_GRID_ELEMENT_NONE || fixed(&s))
			continue;
		/* Without a clearing time there is none to write. */
		if (evse_has(&s, EVSE_A_GRID_SETTING_TIME_MAX_MS) &&
		    !s.time_max_ms)
			s.has &= ~(1ULL << EVSE_A_GRID_SETTING_TIME_MS);
		fprintf(out, PREFIX "%s = %s\n",
			evse_name_of(&evse_grid_element_names, s.element),
			evse_format_setting(&s, text, sizeof(text)));
	}
}
