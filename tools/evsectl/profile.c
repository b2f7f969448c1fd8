// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl grid profile: which standard is in force, and its settings. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "grid.h"

#define BIT_OF(attr)	(1ULL << EVSE_A_GRID_SETTING_##attr)

static bool timed(const struct evse_grid_setting_info *s)
{
	return s->time_ms || s->time_min_ms || s->time_max_ms;
}

/* "0.7 p.u. to 0.88 p.u.", or the one value that is allowed. */
static void pickup_range(const struct evse_grid_setting_info *s, char *buf,
			 size_t size)
{
	char min[32], max[32];

	evse_format_pickup(s->pickup_min, s->unit, min, sizeof(min));
	evse_format_pickup(s->pickup_max, s->unit, max, sizeof(max));
	if (s->pickup_min == s->pickup_max)
		snprintf(buf, size, "%s only", min);
	else
		snprintf(buf, size, "%s to %s", min, max);
}

static void time_range(const struct evse_grid_setting_info *s, char *buf,
		       size_t size)
{
	char min[32], max[32];

	evse_format(s->time_min_ms, EVSE_U_MS, min, sizeof(min));
	evse_format(s->time_max_ms, EVSE_U_MS, max, sizeof(max));
	if (!timed(s))
		snprintf(buf, size, "-");
	else if (s->time_min_ms == s->time_max_ms)
		snprintf(buf, size, "%s only", min);
	else
		snprintf(buf, size, "%s to %s", min, max);
}

/*
 * List
 */

/* Is it in force at any port that is asked about? */
static bool in_force(const struct evse_grid_info *grids, size_t count,
		     const struct evse_grid_info *profile)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (grids[i].port == profile->port &&
		    !strcmp(grids[i].profile, profile->profile))
			return true;
	return false;
}

static void list_one(const struct evse_grid_info *p, bool force,
		     struct evse_json *json)
{
	char text[32];

	if (!json) {
		printf("evse%-4u %c %-18s %-8s %s\n", p->port,
		       force ? '*' : ' ', p->profile,
		       evse_format(p->nominal_mhz, EVSE_U_MHZ, text,
				   sizeof(text)), p->title);
		return;
	}
	evse_json_open(json, NULL, '{');
	evse_record_json(&evse_grid_record, p, json);
	evse_json_bool(json, "in-force", force);
	evse_json_close(json, '}');
}

static int run_list(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	struct evse_grid_info *profiles = NULL, *grids = NULL;
	struct evse_json json = { .out = stdout };
	size_t count, n_grids, i, shown = 0;
	const uint32_t *only;
	uint32_t id;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_only(e, &id, &only);
	if (err)
		return err;
	if (evse_grid_profile_list(e->client, &profiles, &count) ||
	    evse_grid_list(e->client, &grids, &n_grids)) {
		free(profiles);
		return complain("%s", evse_client_error(e->client));
	}
	if (e->json)
		evse_json_open(&json, NULL, '[');
	for (i = 0; i < count; i++) {
		if (only && profiles[i].port != *only)
			continue;
		if (!shown++ && !e->json)
			printf("%-8s   %-18s %-8s %s\n", "PORT", "PROFILE",
			       "NOMINAL", "STANDARD");
		list_one(&profiles[i], in_force(grids, n_grids, &profiles[i]),
			 e->json ? &json : NULL);
	}
	if (e->json) {
		evse_json_close(&json, ']');
		putchar('\n');
	}
	free(profiles);
	free(grids);
	return shown ? 0 : complain("no grid guard, no profiles: 'evsectl status' lists the guards of the ports");
}

/*
 * Show
 */

static void show_line(const struct evse_grid_setting_info *s)
{
	char pickup[32], when[32] = "-", pickups[80], times[80];

	if (timed(s))
		evse_format(s->time_ms, EVSE_U_MS, when, sizeof(when));
	pickup_range(s, pickups, sizeof(pickups));
	time_range(s, times, sizeof(times));
	printf("%-14s %-12s %-10s %-26s %s\n",
	       evse_name_of(&evse_grid_element_names, s->element),
	       evse_format_pickup(s->pickup, s->unit, pickup, sizeof(pickup)),
	       when, pickups, times);
}

static void json_profile(const struct evse_grid_info *g,
			 const struct evse_grid_setting_info *settings,
			 size_t count)
{
	struct evse_json json = { .out = stdout };
	struct evse_grid_info head = *g;
	size_t i;

	head.has &= 1ULL << EVSE_A_GRID_PORT | 1ULL << EVSE_A_GRID_PROFILE |
		    1ULL << EVSE_A_GRID_TITLE |
		    1ULL << EVSE_A_GRID_NOMINAL_MHZ |
		    1ULL << EVSE_A_GRID_NOMINAL_MV;
	evse_json_open(&json, NULL, '{');
	evse_record_json(&evse_grid_record, &head, &json);
	evse_json_open(&json, "settings", '[');
	for (i = 0; i < count; i++) {
		evse_json_open(&json, NULL, '{');
		evse_record_json(&evse_grid_setting_record, &settings[i],
				 &json);
		evse_json_close(&json, '}');
	}
	evse_json_close(&json, ']');
	evse_json_close(&json, '}');
	putchar('\n');
}

static int run_show(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	struct evse_grid_setting_info *settings;
	struct evse_grid_info g;
	char text[2][32];
	size_t count, i;
	uint32_t id;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_grid_get(e->client, id, &g), 0);
	if (!err)
		err = result(e, id, evse_grid_setting_list(e->client, id,
							   &settings, &count),
			     0);
	if (err)
		return err;
	if (e->json) {
		json_profile(&g, settings, count);
	} else {
		printf("evse%u: %s (%s), nominal %s, %s\n", id, g.profile,
		       *g.title ? g.title : "-",
		       evse_format(g.nominal_mhz, EVSE_U_MHZ, text[0], 32),
		       evse_format(g.nominal_mv, EVSE_U_MV, text[1], 32));
		printf("%-14s %-12s %-10s %-26s %s\n", "ELEMENT", "PICK-UP",
		       "TIME", "ALLOWED", "ALLOWED TIME");
		for (i = 0; i < count; i++)
			show_line(&settings[i]);
	}
	free(settings);
	return 0;
}

/*
 * Set
 */

int grid_line_parse(struct evse_grid_setting_info *line, const char *name,
		    const char *value, const char **why)
{
	struct evse_grid_setting_info *s;
	uint32_t element;

	*why = "is no element of a profile; 'evsectl grid profile show' lists them";
	if (!evse_value_of(&evse_grid_element_names, name, &element) ||
	    element == EVSE_GRID_ELEMENT_NONE)
		return -EINVAL;
	s = &line[element];
	*why = "is given twice";
	if (s->has)
		return -EINVAL;
	s->element = element;
	return evse_parse_setting(value, s, why) ? -EINVAL : 0;
}

static bool in_range(const struct evse_grid_setting_info *s,
		     const struct evse_grid_setting_info *bounds)
{
	return s->pickup >= bounds->pickup_min &&
	       s->pickup <= bounds->pickup_max &&
	       s->time_ms >= bounds->time_min_ms &&
	       s->time_ms <= bounds->time_max_ms;
}

/* The kernel's sentence, and where the standard's bounds are the reason, those. */
static int line_refused(struct evsectl *e, uint32_t id, int err,
			const struct evse_grid_setting_info *to,
			const struct evse_grid_setting_info *is)
{
	char name[16], asked[64], pickups[80], times[80];

	if (err != -ERANGE)
		return refused(e, id, err, FIG_STATE | FIG_SESSION);
	pickup_range(is, pickups, sizeof(pickups));
	time_range(is, times, sizeof(times));
	return complain("%s: %s=%s: %s; allowed %s%s%s%s",
			name_of_port(id, name),
			evse_name_of(&evse_grid_element_names, to->element),
			evse_format_setting(to, asked, sizeof(asked)),
			evse_client_error(e->client), pickups,
			timed(is) ? ", time " : ", without a time",
			timed(is) ? times : "",
			in_range(to, is) ? ", but not beside the other lines as they are" :
					   "");
}

/*
 * Sets a line. One that is out of range is complained about only in the @last
 * pass: it may be allowed once its neighbours have been set.
 */
static int apply_line(struct evsectl *e, uint32_t id,
		      const struct evse_grid_setting_info *wanted, bool again,
		      bool last)
{
	struct evse_grid_setting_info is, to;
	char name[16];
	int err;

	err = evse_grid_setting_get(e->client, id, wanted->element, &is);
	if (err)
		return complain("%s: %s: %s", name_of_port(id, name),
				evse_name_of(&evse_grid_element_names,
					     wanted->element),
				evse_client_error(e->client));
	if (is.unit != evse_grid_unit_of(wanted->element))
		return complain("%s: %s: the kernel counts it in another unit than this program: they are of different versions",
				name_of_port(id, name),
				evse_name_of(&evse_grid_element_names,
					     wanted->element));
	to = is;
	if (evse_has(wanted, EVSE_A_GRID_SETTING_PICKUP))
		to.pickup = wanted->pickup;
	if (evse_has(wanted, EVSE_A_GRID_SETTING_TIME_MS))
		to.time_ms = wanted->time_ms;
	if (!again && to.pickup == is.pickup && to.time_ms == is.time_ms)
		return 0;
	to.element = wanted->element;
	to.has = BIT_OF(PICKUP);
	if (timed(&is) || evse_has(wanted, EVSE_A_GRID_SETTING_TIME_MS))
		to.has |= BIT_OF(TIME_MS);
	err = evse_grid_setting_set(e->client, id, &to);
	if (err == -ERANGE && !last)
		return err;
	return err ? line_refused(e, id, err, &to, &is) :
		     result(e, id, err, 0);
}

int grid_lines_apply(struct evsectl *e, uint32_t id,
		     const struct evse_grid_setting_info *line, bool again)
{
	bool pending[EVSE_GRID_ELEMENTS], last = false, progress, more;
	unsigned int i;
	int err, status = 0;

	for (i = 0; i < EVSE_GRID_ELEMENTS; i++)
		pending[i] = line[i].has;
	do {
		progress = false;
		more = false;
		for (i = 0; i < EVSE_GRID_ELEMENTS; i++) {
			if (!pending[i])
				continue;
			err = apply_line(e, id, &line[i], again, last);
			pending[i] = err == -ERANGE;
			more = more || pending[i];
			progress = progress || !err;
			if (err > 0)
				status = err;
		}
		last = !progress;
	} while (more);
	return status;
}

/* What there is, after a name that there is not. */
static int no_such_profile(struct evsectl *e, uint32_t id, const char *profile)
{
	struct evse_grid_info *profiles;
	char name[16], *list = NULL;
	size_t count, i, size;
	char sentence[256];
	FILE *out;

	snprintf(sentence, sizeof(sentence), "%s",
		 evse_client_error(e->client));
	if (evse_grid_profile_list(e->client, &profiles, &count))
		count = 0;
	out = open_memstream(&list, &size);
	if (!out)
		return complain("%s: %s", name_of_port(id, name), sentence);
	for (i = 0; i < count; i++)
		if (profiles[i].port == id)
			fprintf(out, " %s", profiles[i].profile);
	fclose(out);
	complain("%s: '%s': %s%s%s", name_of_port(id, name), profile, sentence,
		 *list ? "; there are" : "", list);
	if (count)
		free(profiles);
	free(list);
	return EXIT_FAILURE;
}

static int report_grid(struct evsectl *e, uint32_t id,
		       const struct evse_grid_setting_info *line)
{
	struct evse_grid_setting_info is;
	struct evse_grid_info g;
	char text[32], when[32];
	unsigned int i;
	int err;

	if (e->quiet)
		return 0;
	err = result(e, id, evse_grid_get(e->client, id, &g), 0);
	if (err)
		return err;
	if (e->json) {
		show_json(&evse_grid_record, &g);
		return 0;
	}
	printf("evse%u: profile %s in force\n", id, g.profile);
	for (i = 0; i < EVSE_GRID_ELEMENTS; i++) {
		if (!line[i].has ||
		    evse_grid_setting_get(e->client, id, i, &is))
			continue;
		printf("evse%u: %s %s%s%s\n", id,
		       evse_name_of(&evse_grid_element_names, i),
		       evse_format_pickup(is.pickup, is.unit, text,
					  sizeof(text)),
		       timed(&is) ? ", " : "",
		       timed(&is) ? evse_format(is.time_ms, EVSE_U_MS, when,
						sizeof(when)) : "");
	}
	return 0;
}

static int run_set(struct evsectl *e, const struct command *cmd, int argc,
		   char **argv)
{
	struct evse_grid_setting_info line[EVSE_GRID_ELEMENTS] = { 0 };
	const char *profile = NULL, *why;
	char *equals;
	uint32_t id;
	int i, err;

	if (!strchr(argv[0], '=')) {
		profile = argv[0];
		argc--;
		argv++;
	}
	for (i = 0; i < argc; i++) {
		equals = strchr(argv[i], '=');
		if (!equals)
			return misuse(cmd, "grid profile set: '%s' is not ELEMENT=PICKUP[/TIME]",
				      argv[i]);
		*equals = '\0';
		if (grid_line_parse(line, argv[i], equals + 1, &why))
			return misuse(cmd, "%s: '%s' %s", argv[i], equals + 1,
				      why);
	}
	if (profile && (!*profile || strlen(profile) > EVSE_NAME_MAX))
		return misuse(cmd, "'%s' is no profile; 'evsectl grid profile list' shows them",
			      profile);
	err = evsectl_port(e, &id);
	if (err)
		return err;
	if (profile) {
		err = evse_grid_set(e->client, id, profile);
		if (err == -ENOENT)
			return no_such_profile(e, id, profile);
		err = result(e, id, err, FIG_STATE | FIG_SESSION);
	}
	if (!err)
		err = grid_lines_apply(e, id, line, true);
	return err ? err : report_grid(e, id, line);
}

static const struct subcommand sub[] = {
	{ "list", 0, 0, run_list },
	{ "show", 0, 0, run_show },
	{ "set", 1, EVSE_GRID_ELEMENTS, run_set },
	{ 0 }
};

int grid_profile(struct evsectl *e, const struct command *cmd, int argc,
		 char **argv)
{
	return command_words(e, cmd, sub, argc, argv);
}
