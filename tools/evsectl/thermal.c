// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl thermal: what the thermal guard sees and does; ending its trips. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "monitor.h"
#include "thermal.h"

/* The faults that a thermal guard trips with. */
static const uint32_t trips[] = {
	EVSE_FAULT_CODE_THERMAL_TRIP,
	EVSE_FAULT_CODE_THERM_OVERLOAD,
};

#define TRIPS		(sizeof(trips) / sizeof(trips[0]))

bool thermal_is_trip(uint32_t code)
{
	size_t i;

	for (i = 0; i < TRIPS; i++)
		if (trips[i] == code)
			return true;
	return false;
}

bool thermal_is_fault(uint32_t code)
{
	return thermal_is_trip(code) || code == EVSE_FAULT_CODE_THERMAL_SENSOR;
}

int thermal_none(void)
{
	return complain("no port has a thermal guard: the device tree needs an 'evse,thermal-guard' node in the port's, and its driver");
}

/*
 * Status
 */

/* What a sensor leaves of the power. One without a temperature has no permit. */
static const char *limit_text(const struct evse_thermal_info *t, char *buf,
			      size_t size)
{
	if (!evse_has(t, EVSE_A_THERMAL_TEMP_MC) ||
	    t->state == EVSE_THERMAL_STATE_TRIPPED || !t->limit_permille)
		return "no power";
	if (t->limit_permille >= 1000)
		return "none";
	return evse_format(t->limit_permille, EVSE_U_PERMILLE, buf, size);
}

void thermal_table(const struct evse_thermal_info *thermals, size_t count)
{
	char temp[32], slope[32], limit[32];
	const struct evse_thermal_info *t;
	size_t i;

	printf("%-6s %-20s %-12s %-14s %-17s %s\n", "PORT", "SENSOR",
	       "TEMPERATURE", "SLOPE", "STATE", "LIMIT");
	for (i = 0; i < count; i++) {
		t = &thermals[i];
		evse_format(t->temp_mc, EVSE_U_MC, temp, sizeof(temp));
		evse_format(t->slope_mc_min, EVSE_U_MC_MIN, slope,
			    sizeof(slope));
		printf("evse%-2u %-20s %-12s %-14s %-17s %s\n", t->port,
		       t->sensor,
		       evse_has(t, EVSE_A_THERMAL_TEMP_MC) ? temp : "-",
		       evse_has(t, EVSE_A_THERMAL_SLOPE_MC_MIN) ? slope : "-",
		       evse_name_of(&evse_thermal_state_names, t->state),
		       limit_text(t, limit, sizeof(limit)));
	}
	fflush(stdout);
}

static int run_status(struct evsectl *e, const struct command *cmd, int argc,
		      char **argv)
{
	struct evse_thermal_info *thermals;
	const uint32_t *only;
	uint32_t id;
	size_t count;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_only(e, &id, &only);
	if (!err)
		err = list_result(e, only, evse_thermal_list(e->client, only, &thermals, &count));
	if (err)
		return err;
	if (!count)
		err = thermal_none();
	else if (e->json)
		show_json_list(&evse_thermal_record, thermals, count);
	else
		thermal_table(thermals, count);
	free(thermals);
	return err;
}

static int run_watch(struct evsectl *e, const struct command *cmd, int argc,
		     char **argv)
{
	(void)cmd;
	(void)argc;
	(void)argv;
	return monitor_run(e, MONITOR_THERMAL);
}

/*
 * Reset
 */

/* "; igbt is at 72.5 C" for each sensor that stands in the way of a clear */
static void add_hot(FILE *out, struct evsectl *e, uint32_t id)
{
	struct evse_thermal_info *t;
	size_t count, i;
	char text[32];

	if (evse_thermal_list(e->client, &id, &t, &count))
		return;
	for (i = 0; i < count; i++) {
		if (!evse_has(&t[i], EVSE_A_THERMAL_TEMP_MC))
			fprintf(out, "; %s is not known: %s", t[i].sensor,
				evse_name_of(&evse_thermal_state_names,
					     t[i].state));
		else if (t[i].state == EVSE_THERMAL_STATE_TRIPPED)
			fprintf(out, "; %s is at %s", t[i].sensor,
				evse_format(t[i].temp_mc, EVSE_U_MC, text,
					    sizeof(text)));
	}
	free(t);
}

/* "; to be cleared below 60 C" */
static void add_bound(FILE *out, const struct evse_fault_info *f)
{
	char text[32];

	if (evse_has(f, EVSE_A_FAULT_BOUND))
		fprintf(out, "; to be cleared below %s",
			fault_number(f, f->bound, text, sizeof(text)));
}

/* The kernel's sentence, and the temperatures that are its reason. */
static int reset_refused(struct evsectl *e, uint32_t id,
			 const struct evse_fault_info *fault, int err)
{
	char name[16], *text = NULL;
	size_t size = 0;
	FILE *out;

	if (err != -EBUSY)
		return refused(e, id, err, 0);
	out = open_memstream(&text, &size);
	if (!out)
		return complain("%s", strerror(errno));
	fputs(evse_client_error(e->client), out);
	add_hot(out, e, id);
	add_bound(out, fault);
	fclose(out);
	complain("%s: %s: %s", name_of_port(id, name), fault_name(fault), text);
	free(text);
	return EXIT_FAILURE;
}

static int run_reset(struct evsectl *e, const struct command *cmd, int argc,
		     char **argv)
{
	struct evse_fault_info *faults;
	size_t count, i, cleared = 0;
	int err, status = 0;
	char name[16];
	uint32_t id;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_fault_list(e->client, &id, &faults,
						    &count), 0);
	if (err)
		return err;
	for (i = 0; i < count; i++) {
		if (!thermal_is_trip(faults[i].code) || !faults[i].latched)
			continue;
		err = evse_fault_clear(e->client, id, &faults[i].code);
		if (err) {
			status = reset_refused(e, id, &faults[i], err);
			continue;
		}
		cleared++;
		say(e, "%s: %s cleared", name_of_port(id, name),
		    fault_name(&faults[i]));
	}
	free(faults);
	if (!cleared && !status)
		say(e, "%s: no thermal trip is latched", name_of_port(id, name));
	return status || !e->json ? status : report_port(e, id);
}

static const struct subcommand sub[] = {
	{ "status", 0, 0, run_status },
	{ "watch", 0, 0, run_watch },
	{ "reset", 0, 0, run_reset },
	{ "show", 0, 0, threshold_show },
	{ "set", 2, 4, threshold_set },
	{ "save", 0, 1, threshold_save },
	{ "restore", 0, 1, threshold_restore },
	{ 0 }
};

static const char *const synopsis[] = {
	"thermal [status]",
	"thermal watch [-t] [--count N] [--timeout SECONDS]",
	"thermal reset",
	"thermal show",
	"thermal set [SENSOR] ELEMENT VALUE",
	"thermal save [FILE]",
	"thermal restore [FILE]",
	NULL
};

const struct command cmd_thermal = {
	.name = "thermal",
	.synopsis = synopsis,
	.summary = "Thermal guard: temperatures, what they limit, its thresholds; end a trip that has cooled down.",
	.options = monitor_options,
	.sub = sub,
};
