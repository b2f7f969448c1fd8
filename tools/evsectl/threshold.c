// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl thermal show and set: the thresholds of the thermal guard. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "conf.h"
#include "thermal.h"

static enum evse_unit unit_of(const struct evse_thermal_setting_info *s)
{
	return s->element == EVSE_THERMAL_ELEMENT_RISE ? EVSE_U_MC_MIN :
							 EVSE_U_MC;
}

char *threshold_name(const struct evse_thermal_setting_info *s, char *buf,
		     size_t size)
{
	snprintf(buf, size, "%s%s%s", s->sensor, *s->sensor ? " " : "",
		 evse_name_of(&evse_thermal_element_names, s->element));
	return buf;
}

char *threshold_text(const struct evse_thermal_setting_info *s, char *buf,
		     size_t size)
{
	char name[64], value[32];

	snprintf(buf, size, "%s %s", threshold_name(s, name, sizeof(name)),
		 evse_format_exact(s->value, unit_of(s), value, sizeof(value)));
	return buf;
}

char *threshold_bounds(const struct evse_thermal_setting_info *s, char *buf,
		       size_t size)
{
	char min[32], max[32];

	evse_format(s->value_min, unit_of(s), min, sizeof(min));
	evse_format(s->value_max, unit_of(s), max, sizeof(max));
	if (s->value_min == s->value_max)
		snprintf(buf, size, "%s only", min);
	else
		snprintf(buf, size, "%s to %s", min, max);
	return buf;
}

const struct evse_thermal_setting_info *
threshold_find(const struct evse_thermal_setting_info *list, size_t count,
	       const struct evse_thermal_setting_info *like)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (list[i].element == like->element &&
		    !strcmp(list[i].sensor, like->sensor))
			return &list[i];
	return NULL;
}

int threshold_list(struct evsectl *e, struct evse_thermal_setting_info **list,
		   size_t *count)
{
	const uint32_t *only;
	uint32_t id;
	int err;

	err = evsectl_only(e, &id, &only);
	if (!err)
		err = list_result(e, only, evse_thermal_setting_list(e->client, only, list, count));
	if (err)
		return err;
	if (*count)
		return 0;
	free(*list);
	return thermal_none();
}

int threshold_show(struct evsectl *e, const struct command *cmd, int argc,
		   char **argv)
{
	struct evse_thermal_setting_info *list;
	size_t count;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = threshold_list(e, &list, &count);
	if (err)
		return err;
	if (e->json)
		show_json_list(&evse_thermal_setting_record, list, count);
	else
		conf_write_thermal(stdout, list, count, true);
	free(list);
	return EXIT_SUCCESS;
}

int threshold_refused(struct evsectl *e, const char *where, uint32_t id,
		      const struct evse_thermal_setting_info *to,
		      const struct evse_thermal_setting_info *is, int err)
{
	char name[16], text[96], range[80];

	if (err != -ERANGE || !is)
		return complain("%s%s: %s: %s", where, name_of_port(id, name),
				threshold_text(to, text, sizeof(text)),
				evse_client_error(e->client));
	return complain("%s%s: %s: out of bounds: allowed %s%s", where,
			name_of_port(id, name),
			threshold_text(to, text, sizeof(text)),
			threshold_bounds(is, range, sizeof(range)),
			to->value < is->value_min || to->value > is->value_max ?
			"" : ", but not beside the other thresholds as they are");
}

/* The threshold as it is, from the kernel; NULL where it cannot be had. */
static const struct evse_thermal_setting_info *
look_up(struct evsectl *e, uint32_t id,
	const struct evse_thermal_setting_info *like,
	struct evse_thermal_setting_info *copy)
{
	const struct evse_thermal_setting_info *found;
	struct evse_thermal_setting_info *list;
	size_t count;

	if (evse_thermal_setting_list(e->client, &id, &list, &count))
		return NULL;
	found = threshold_find(list, count, like);
	if (found)
		*copy = *found;
	free(list);
	return found ? copy : NULL;
}

int threshold_set(struct evsectl *e, const struct command *cmd, int argc,
		  char **argv)
{
	struct evse_thermal_setting_info to, is;
	char why[192], name[16], text[96];
	uint32_t id;
	int err;

	if (threshold_parse(&to, argc, argv, why, sizeof(why)))
		return misuse(cmd, "thermal set: %s", why);
	err = evsectl_port(e, &id);
	if (err)
		return err;
	err = evse_thermal_setting_set(e->client, id, &to);
	if (err == -ERANGE)
		return threshold_refused(e, "", id, &to,
					 look_up(e, id, &to, &is), err);
	if (err == -ENOENT)
		return threshold_refused(e, "", id, &to, NULL, err);
	err = result(e, id, err, 0);
	if (err)
		return err;
	if (e->json && !e->quiet && look_up(e, id, &to, &is))
		show_json(&evse_thermal_setting_record, &is);
	say(e, "%s: %s", name_of_port(id, name),
	    threshold_text(&to, text, sizeof(text)));
	return EXIT_SUCCESS;
}
