// SPDX-License-Identifier: GPL-2.0-or-later
/* Scenarios: what is read, what is refused with which words, and the files themselves. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/evsim/scenario.h"
#include "test.h"

#define VEHICLE	"vehicle:\n  service: [ac]\n"

static struct scenario scenario;
static char said[4096];

static unsigned int parse(const char *text)
{
	FILE *report = fmemopen(said, sizeof(said), "w");
	unsigned int wrong;

	memset(said, 0, sizeof(said));
	wrong = scenario_parse(&scenario, text, strlen(text), "x.yaml", report);
	fclose(report);
	return wrong;
}

static void everything(void)
{
	const struct vehicle_config *v = &scenario.vehicle;
	const struct battery *b = &v->battery;

	check(!parse("vehicle:\n"
		     "  evccid: ZZTEST2\n"
		     "  capacity: 77.5kWh\n"
		     "  soc: 33%\n"
		     "  min_soc: 15%\n"
		     "  target_soc: 85%\n"
		     "  max_charge: 22kW\n"
		     "  max_discharge: 9kW\n"
		     "  max_voltage: 480V\n"
		     "  max_current: 125A\n"
		     "  departure: 90min\n"
		     "  service: [dc_bpt, dc]\n"
		     "  control: scheduled\n"
		     "  tls: yes\n"
		     "  certificate: a.pem\n"
		     "  key: b.pem\n"
		     "  trust: c\n"
		     "steps:\n"
		     "  - loop: 10s\n"
		     "  - late: 300ms\n"
		     "  - renegotiate\n"
		     "  - obey: 5s\n"
		     "    resume: 2s\n"
		     "  - pause: 1.5s\n"
		     "  - {garbage: 64, at: DC_PreChargeReq}\n"),
	      "everything that there is: %s", said);
	check(!strcmp(v->evccid, "ZZTEST2") && b->capacity_mwh == 77500000 &&
	      battery_soc_permille(b) == 330, "EVCCID, capacity, state of charge");
	check(b->min_soc_permille == 150 && b->target_soc_permille == 850 &&
	      b->max_charge_mw == 22000000 && b->max_discharge_mw == 9000000,
	      "its limits");
	check(b->max_mv == 480000 && b->max_ma == 125000 && v->departure_s == 5400,
	      "voltage, current, departure");
	check(v->n_service == 2 && v->service[0] == SERVICE_DC_BPT &&
	      v->service[1] == SERVICE_DC && v->control == CONTROL_SCHEDULED,
	      "services in their order, control mode");
	check(scenario.tls && !strcmp(scenario.certificate, "a.pem") &&
	      !strcmp(scenario.key, "b.pem") && !strcmp(scenario.trust, "c"), "TLS");
	check(scenario.n_step == 6 && scenario.step[0].kind == STEP_LOOP &&
	      scenario.step[0].value == 10000 && scenario.step[1].kind == STEP_LATE &&
	      scenario.step[1].value == 300 && scenario.step[2].kind == STEP_RENEGOTIATE,
	      "steps, and their times");
	check(scenario.step[3].kind == STEP_OBEY && scenario.step[3].resume_ms == 2000 &&
	      scenario.step[4].kind == STEP_PAUSE && scenario.step[4].value == 1500 &&
	      scenario.step[4].line == 24, "a step of two lines, and the line of one");
	check(scenario.step[5].kind == STEP_GARBAGE && scenario.step[5].value == 64 &&
	      scenario.step[5].at == MESSAGE_PRE_CHARGE, "a step that is at a message");
	check(!parse("vehicle: {service: [ac]}") && scenario.n_step == 0 && !scenario.tls &&
	      v->control == CONTROL_DYNAMIC && battery_soc_permille(b) == 500,
	      "what holds where nothing is said");
}

static const struct {
	const char *text;
	const char *said;
} refused[] = {
	{ "", "x.yaml:1: the file says nothing" },
	{ "vehicle: [", "no YAML" },
	{ VEHICLE "steps:\n\t- stop\n", "x.yaml:4: a tab is no indentation: write blanks" },
	{ VEHICLE "steps: &s [stop]\n", "x.yaml:3: an anchor (&) has no meaning here" },
	{ "vehicle:\n  service: [ac]\ncar: 1\n", "x.yaml:3: 'car' is no key: write vehicle or steps" },
	{ "vehicle:\n  service: [ac]\n  colour: red\n", "x.yaml:3: colour: 'red' is no key of vehicle" },
	{ VEHICLE "  soc: 50%\n  soc: 60%\n", "x.yaml:4: soc is there already" },
	{ VEHICLE "  soc: 101%\n", "soc: '101%' is no part: write 0% to 100%" },
	{ VEHICLE "  soc: half\n", "write 0% to 100%" },
	{ VEHICLE "  soc: 5x%\n", "write 0% to 100%" },
	{ VEHICLE "  capacity: 60\n", "add kWh" },
	{ VEHICLE "  capacity: 1Wh\n", "write at least 1kWh" },
	{ VEHICLE "  max_charge: -11kW\n", "limits are sizes" },
	{ VEHICLE "  max_voltage: 0V\n", "it takes nothing" },
	{ VEHICLE "  departure: soon\n", "is no" },
	{ VEHICLE "  departure: 200h\n", "at most a week" },
	{ VEHICLE "  departure: mh\n", "write for example 2h" },
	{ VEHICLE "  control: both\n", "write dynamic or scheduled" },
	{ VEHICLE "  tls: maybe\n", "neither yes nor no" },
	{ VEHICLE "  tls: yes\n", "write certificate, key and trust" },
	{ VEHICLE "  target_soc: 10%\n", "below min_soc" },
	{ VEHICLE "  evccid: [a]\n", "it takes one value" },
	{ "vehicle:\n  service: ac\n", "it takes a list: write for example [ac_bpt, ac]" },
	{ "vehicle:\n  service: [ac, ac]\n", "is there already" },
	{ "vehicle:\n  service: [wpt]\n", "write ac, dc, ac_bpt or dc_bpt" },
	{ "vehicle:\n  soc: 1%\n", "service: there is none" },
	{ VEHICLE "steps: loop\n", "steps: it takes a list" },
	{ VEHICLE "steps:\n  - jump\n", "x.yaml:4: 'jump' is no step" },
	{ VEHICLE "steps:\n  - loop\n", "takes a time: write for example 10s" },
	{ VEHICLE "steps:\n  - loop: often\n", "is no" },
	{ VEHICLE "steps:\n  - stop: 1s\n", "takes no value" },
	{ VEHICLE "steps:\n  - garbage: 0\n", "takes a number of bytes" },
	{ VEHICLE "steps:\n  - garbage: 99999\n", "at most 16384" },
	{ VEHICLE "steps:\n  - at: SessionSetupReq\n", "the entry has no step" },
	{ VEHICLE "steps:\n  - loop: 1s\n    stop:\n", "begin another one with '-'" },
	{ VEHICLE "steps:\n  - loop: 1s\n    at: SessionSetupReq\n", "leave out 'at'" },
	{ VEHICLE "steps:\n  - loop: 1s\n    resume: 1s\n", "leave out 'resume'" },
	{ VEHICLE "steps:\n  - disconnect:\n    at: Hello\n", "write for example DC_PreChargeReq" },
	{ VEHICLE "steps:\n  - contradiction:\n    at: SessionSetupReq\n", "has no meaning there" },
	{ VEHICLE "steps:\n  - wrong_session:\n    at: SessionSetupReq\n", "has no meaning there" },
	{ VEHICLE "steps:\n  - slow: 5s\n", "write at most 1000ms" },
	{ VEHICLE "steps:\n  - stop\n  - loop: 1s\n", "x.yaml:5: loop stands behind the session's end" },
	{ VEHICLE "steps:\n  - silence: 2s\n  - loop: 1s\n", "behind the session's end" },
	{ VEHICLE "  \"\\e[2J\": 1\n", "?[2J" },
};

static void refusals(void)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(refused); i++) {
		unsigned int wrong = parse(refused[i].text);

		if (!check(wrong && strstr(said, refused[i].said), "refused: %s",
			   refused[i].said))
			printf("# %u: %s\n", wrong, said);
	}
	check(!parse(VEHICLE "steps:\n  - silence: 300ms\n  - loop: 1s\n"),
	      "a silence that is short enough does not end it: %s", said);
}

static void too_many(void)
{
	char text[4096] = VEHICLE "steps:\n";
	int i;

	for (i = 0; i <= SCENARIO_STEPS_MAX; i++)
		strcat(text, "  - renegotiate\n");
	check(parse(text) == 1 && strstr(said, "write at most 64"), "too many steps: %s", said);
}

static unsigned int read_it(const char *path)
{
	FILE *report;
	unsigned int wrong;

	memset(said, 0, sizeof(said));
	report = fmemopen(said, sizeof(said), "w");
	wrong = scenario_read(&scenario, path, report);
	fclose(report);
	return wrong;
}

/* All files that are there for tests and for people are scenarios. */
static void files(void)
{
	DIR *dir = opendir(source("tests/scenarios"));
	const struct dirent *entry;
	unsigned int n = 0;
	char path[300];

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "tests/scenarios/%s", entry->d_name);
		check(!read_it(source(path)) && scenario.n_step, "%s is a scenario: %s",
		      entry->d_name, said);
		n++;
	}
	if (dir)
		closedir(dir);
	check(n >= 20, "there are %u scenarios", n);
	check(read_it("/nonexistent.yaml") && strstr(said, "name a scenario"),
	      "a file that is not there: %s", said);
}

void test_scenario(void)
{
	everything();
	refusals();
	too_many();
	files();
}
