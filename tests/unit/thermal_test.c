// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl thermal against the fake kernel. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fake.h"
#include "program.h"
#include "test.h"

static void test_status(void)
{
	static const struct {
		uint32_t state;
		const char *text;
	} silent[] = {
		{ EVSE_THERMAL_STATE_UNKNOWN, "unknown           no power\n" },
		{ EVSE_THERMAL_STATE_BUS_ERROR, "bus-error         no power\n" },
		{ EVSE_THERMAL_STATE_ARBITRATION_LOST, "arbitration-lost  no power\n" },
		{ EVSE_THERMAL_STATE_FROZEN, "frozen            no power\n" },
	};
	size_t i;

	fake_reset();
	expect("thermal", 1, "no port has a thermal guard: the device tree needs");
	expect("-p|0|thermal|status", 1, "evse0: there is none");
	expect("-p|7|thermal|status", 1, "evse7: no such port");
	fake_thermal();
	expect("-p|1|thermal|status", 1, "evse1: there is none");
	run("thermal");
	check_text(out,
		   "PORT   SENSOR               TEMPERATURE  SLOPE          STATE             LIMIT\n"
		   "evse0  igbt                 45.062 C     -0.25 C/min    normal            none\n"
		   "evse0  connector-a          80 C         1.5 C/min      derating          50 %\n",
		   "evsectl thermal: cool and derating");
	fake->thermals[1].state = EVSE_THERMAL_STATE_TRIPPED;
	expect("-p|0|thermal|status", 0, "tripped           no power\n");
	/* A sensor that is silent is never a cool one. */
	fake->thermals[0].has &= ~(1ULL << EVSE_A_THERMAL_TEMP_MC |
				   1ULL << EVSE_A_THERMAL_SLOPE_MC_MIN);
	for (i = 0; i < ARRAY_LEN(silent); i++) {
		fake->thermals[0].state = silent[i].state;
		expect("thermal", 0, silent[i].text);
		check(strstr(out, "igbt                 -            -      "),
		      "evsectl thermal: no temperature of a silent sensor");
	}
	run("-j|thermal");
	check_text(out,
		   "[{\"port\":0,\"sensor\":\"igbt\",\"state\":\"frozen\",\"limit_permille\":1000},"
		   "{\"port\":0,\"sensor\":\"connector-a\",\"state\":\"tripped\",\"temp_mc\":80000,\"slope_mc_min\":1500,\"limit_permille\":500}]\n",
		   "evsectl -j thermal");
}

static void trip(uint32_t code, const char *name)
{
	struct evse_fault_info *fault = &fake->faults[fake->n_faults++];

	*fault = fake->faults[0];
	fault->code = code;
	fault->latched = 1;
	fault->value = 72500;
	fault->bound = 60000;
	fault->policy = EVSE_FAULT_POLICY_BOUND;
	fault->has |= 1ULL << EVSE_A_FAULT_VALUE | 1ULL << EVSE_A_FAULT_BOUND |
		      1ULL << EVSE_A_FAULT_POLICY;
	strcpy(fault->name, name);
}

static void test_reset(void)
{
	fake_reset();
	fake_thermal();
	/* A ground fault is none of its own. */
	fake->n_faults = 1;
	run("-p|0|thermal|reset");
	check_text(out, "evse0: no thermal trip is latched\n",
		   "evsectl thermal reset: nothing to do");
	check(!fake->calls[EVSE_CMD_FAULT_CLEAR],
	      "evsectl thermal reset: leaves other faults alone");
	expect("-p|0|-j|thermal|reset", 0, "{\"id\":0,");
	trip(EVSE_FAULT_CODE_THERMAL_TRIP, "THERMAL_TRIP");
	trip(EVSE_FAULT_CODE_THERM_OVERLOAD, "ERR_THERM_OVERLOAD");
	trip(EVSE_FAULT_CODE_THERMAL_SENSOR, "THERMAL_SENSOR");
	run("-p|0|thermal|reset");
	check_text(out, "evse0: THERMAL_TRIP cleared\nevse0: ERR_THERM_OVERLOAD cleared\n",
		   "evsectl thermal reset: both of the trips");
	check(fake->calls[EVSE_CMD_FAULT_CLEAR] == 2 &&
	      fake->got_fault.code == EVSE_FAULT_CODE_THERM_OVERLOAD,
	      "evsectl thermal reset: and no more");
	fake->faults[1].latched = 0;
	fake->faults[2].latched = 0;
	expect("-p|0|thermal|reset", 0, "no thermal trip is latched\n");
	run("-p|0|-q|thermal|reset");
	check(!*out && !*err, "evsectl -q thermal reset: says nothing");

	fake->faults[1].latched = 1;
	fake->faults[1].active = 0;
	expect("-p|0|fault|show|thermal-trip", 0, "  value        72.5 C\n");
	check(strstr(out, "bound, to be cleared below 60 C\n  do           wait until the value is below 60 C, then '"),
	      "evsectl fault show: degrees of a thermal trip");
	expect("fault|list", 0, ", value 72.5 C (to be cleared below 60 C),");
	fake->faults[3].value = -EIO;
	expect("-p|0|fault|show|thermal-sensor", 0,
	       "  value        -5 (Input/output error)\n");
	fake->faults[3].value = 0;
	expect("-p|0|fault|show|thermal-sensor", 0, "  value        0\n");
	fake->thermals[0].state = EVSE_THERMAL_STATE_TRIPPED;
	fake->thermals[0].temp_mc = 72500;
	fake->refuse_cmd = EVSE_CMD_FAULT_CLEAR;
	fake->refuse_err = EBUSY;
	strcpy(fake->refuse_text, "wait, then clear");
	run("-p|0|thermal|reset");
	check_text(err,
		   "evsectl: evse0: THERMAL_TRIP: wait, then clear; igbt is at 72.5 C; to be cleared below 60 C\n",
		   "evsectl thermal reset: refused while it is hot");
	check(!*out, "evsectl thermal reset: and says nothing else");
	fake->thermals[1].state = EVSE_THERMAL_STATE_OPEN;
	fake->thermals[1].has &= ~(1ULL << EVSE_A_THERMAL_TEMP_MC);
	expect("-p|0|thermal|reset", 1,
	       "; igbt is at 72.5 C; connector-a is not known: open; to be");
	fake->refuse_err = EPERM;
	strcpy(fake->refuse_text, "only an administrator may");
	expect("-p|0|thermal|reset", 1,
	       "evsectl: evse0: only an administrator may\n");
	expect("thermal|reset", 2, "say which one with -p evse0");
}

static void test_show(void)
{
	fake_reset();
	expect("thermal|show", 1, "no port has a thermal guard");
	expect("-p|1|thermal|show", 1, "evse1: there is none");
	fake_thermal();
	run("thermal|show");
	check_text(out,
		   "[evse0]\n"
		   "igbt derate 85C                    # 40 C to 85 C\n"
		   "igbt trip 95C                      # 50 C to 95 C\n"
		   "connector-a trip 85C               # 85 C only\n"
		   "clear 60C                          # 20 C to 60 C\n"
		   "rise 5C/min                        # 0.5 C/min to 5 C/min\n",
		   "evsectl thermal show");
	expect("-p|0|-j|thermal|show", 0,
	       "{\"port\":0,\"sensor\":\"connector-a\",\"element\":\"trip\",\"value\":85000,\"value_min\":85000,\"value_max\":85000},{\"port\":0,\"element\":\"clear\",\"value\":60000,");
}

static void test_set(void)
{
	fake_reset();
	expect("-p|0|thermal|set|igbt|trip|90", 1, "evse0: there is none");
	fake_thermal();
	expect("-p|0|thermal|set|igbt|trip|90", 0, "evse0: igbt trip 90C\n");
	expect("-p|0|thermal|set|igbt|DERATE|80.5|C", 0,
	       "evse0: igbt derate 80.5C\n");
	check(fake->thresholds[0].value == 80500 &&
	      fake->thresholds[1].value == 90000,
	      "evsectl thermal set: sets them");
	expect("-p|0|thermal|set|clear|55C", 0, "evse0: clear 55C\n");
	expect("-p|0|thermal|set|rise|2.5|C/min", 0, "evse0: rise 2.5C/min\n");
	expect("-p|0|thermal|set|rise|3C/min", 0, "evse0: rise 3C/min\n");
	check(fake->thresholds[3].value == 55000 &&
	      fake->thresholds[4].value == 3000,
	      "evsectl thermal set: those of the whole guard, too");
	expect("-p|0|-j|thermal|set|clear|55", 0,
	       "{\"port\":0,\"element\":\"clear\",\"value\":55000,\"value_min\":20000,\"value_max\":60000}\n");
	run("-p|0|-q|thermal|set|clear|50");
	check(!*out && !*err && fake->thresholds[3].value == 50000,
	      "evsectl -q thermal set: says nothing");
	/* Refused: why, and what would be taken. */
	expect("-p|0|thermal|set|igbt|trip|95.001", 1,
	       "evsectl: evse0: igbt trip 95.001C: out of bounds: allowed 50 C to 95 C\n");
	expect("-p|0|thermal|set|connector-a|trip|80", 1,
	       "connector-a trip 80C: out of bounds: allowed 85 C only\n");
	expect("-p|0|thermal|set|clear|-40", 1,
	       "clear -40C: out of bounds: allowed 20 C to 60 C\n");
	expect("-p|0|thermal|set|igbt|trip|80.5", 1,
	       "allowed 50 C to 95 C, but not beside the other thresholds as they are\n");
	expect("-p|0|thermal|set|nix|trip|80", 1,
	       "evse0: nix trip 80C: no such threshold\n");
	expect("-p|0|thermal|set|igbt|clear|55", 1, "no such threshold\n");
	check(fake->thresholds[0].value == 80500 &&
	      fake->thresholds[1].value == 90000 &&
	      fake->thresholds[3].value == 50000,
	      "evsectl thermal set: a refusal changes nothing");
	fake->refuse_cmd = EVSE_CMD_THERMAL_SETTING_SET;
	fake->refuse_err = EPERM;
	strcpy(fake->refuse_text, "only an administrator may");
	expect("-p|0|thermal|set|clear|55", 1,
	       "evsectl: evse0: only an administrator may\n");
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	fputs(text, file);
	fclose(file);
}

static unsigned int mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) ? 0 : st.st_mode & 07777;
}

static uint32_t sets(void)
{
	uint32_t count = fake->calls[EVSE_CMD_THERMAL_SETTING_SET];

	fake->calls[EVSE_CMD_THERMAL_SETTING_SET] = 0;
	return count;
}

static const char all[] =
	"[evse0]\nigbt derate 85C\nigbt trip 95C\nconnector-a trip 85C\nclear 60C\nrise 5C/min\n";

static void test_files(const char *path)
{
	char save[128], restore[128], want[256], *text;

	snprintf(save, sizeof(save), "thermal|save|%s", path);
	snprintf(restore, sizeof(restore), "thermal|restore|%s", path);
	snprintf(want, sizeof(want), "5 thresholds saved to %s\n", path);
	fake_reset();
	expect(save, 1, "no port has a thermal guard");
	fake_thermal();
	expect(save, 0, want);
	text = read_file(path);
	check_text(text, all, "evsectl thermal save: what it writes");
	free(text);
	check(mode_of(path) == 0600, "evsectl thermal save: mode 0600");
	run("thermal|save|-");
	check_text(out, all, "evsectl thermal save -: nothing but the thresholds");
	expect("thermal|save|/nonexistent/file", 1, "No such file");
	expect("thermal|save|/dev/full", 1, "No space left");

	expect(restore, 0, "5 thresholds restored, 0 changed\n");
	check(!sets() && !*err,
	      "evsectl thermal restore: what is so already is not set again");
	/* In this order, or in the other, each is out of order at first. */
	fake->thresholds[0].value = 45000;
	fake->thresholds[1].value = 55000;
	fake->thresholds[3].value = 20000;
	expect(restore, 0, "5 thresholds restored, 3 changed\n");
	check(fake->thresholds[0].value == 85000 &&
	      fake->thresholds[1].value == 95000 &&
	      fake->thresholds[3].value == 60000, "evsectl thermal restore: all");
	write_file(path, "[evse0]\nigbt trip 55\nigbt derate 45 C # cooler\n");
	expect(restore, 0, "2 thresholds restored, 2 changed\n");
	check(fake->thresholds[0].value == 45000 &&
	      fake->thresholds[1].value == 55000,
	      "evsectl thermal restore: downwards, too");
	check(!run_with("-q|thermal|restore|-", all) && !*out && !*err &&
	      fake->thresholds[1].value == 95000,
	      "evsectl -q thermal restore -: from standard input");
	run("thermal|show");
	check(!run_with("thermal|restore|-", out) && !*err,
	      "evsectl thermal restore: takes what show prints");

	chmod(path, 0644);
	snprintf(want, sizeof(want),
		 "evsectl: warning: %s has mode 0644: 'chmod 600 %s' keeps others away\n",
		 path, path);
	expect(restore, 0, want);
	chmod(path, 0600);
	expect("thermal|restore|/nonexistent/file", 1, "No such file");
}

/* What is wrong has its line, and then nothing is set at all. */
static void test_restore_refused(const char *path)
{
	static const struct {
		const char *text;
		int status;
		const char *says;
	} bads[] = {
		{ "[evse0]\nclear 50\nigbt trip 96\n", 1,
		  ":3: evse0: igbt trip 96C: out of bounds: allowed 50 C to 95 C\n" },
		{ "[evse0]\nclear 50\nigbt rise 5\n", 1,
		  ":3: evse0: no threshold 'igbt rise': 'evsectl thermal show' lists them\n" },
		{ "[evse0]\nclear 50\nigbt derate 60\nigbt trip 55\n", 1,
		  ":4: evse0: igbt trip 55C: out of bounds: allowed 50 C to 95 C, but not beside the other thresholds as they are\nevsectl: no threshold was changed\n" },
		{ "[evse0]\nclear 50\n[evse1]\nclear 50\n", 1,
		  "evse1: there is none\n" },
		{ "[evse0]\nclear 50\n\nclear 55\n", 2, ":4: clear is given twice\n" },
		{ "[evse0]\nclear 50\nigbt\n", 2, ":3: a value is missing" },
		{ "[evse0]\nclear 50\nset igbt trip 60\n", 2,
		  ":3: 'igbt' is no threshold: derate, trip, clear or rise\n" },
		{ "clear 50\n", 2, ":1: 'clear 50' stands before the first [evseN]\n" },
		{ "[evse0]\nclear = 50\n", 2, ":2: '= 50' is no temperature" },
		{ "[evse0]\nclear 50 C now\n", 2, ":2: unexpected 'now'\n" },
	};
	char restore[128];
	size_t i;

	snprintf(restore, sizeof(restore), "thermal|restore|%s", path);
	fake_reset();
	fake_thermal();
	for (i = 0; i < ARRAY_LEN(bads); i++) {
		write_file(path, bads[i].text);
		expect(restore, bads[i].status, bads[i].says);
		check(fake->thresholds[3].value == 60000 &&
		      fake->thresholds[0].value == 85000,
		      "evsectl thermal restore: and nothing is changed");
	}
	write_file(path, "[evse0]\nigbt derate 95\nigbt trip 96\nclear 61\n");
	run(restore);
	check(strstr(err, ":2: ") && strstr(err, ":3: ") && strstr(err, ":4: ") &&
	      !*out, "evsectl thermal restore: tells of every line that is wrong");

	/* The kernel fails in the middle: what was set is set back. */
	write_file(path, "[evse0]\nigbt derate 60\nigbt trip 90\nclear 50\n");
	fake->setting_fails = 2;
	expect(restore, 1,
	       ":4: evse0: clear 50C: Input/output error\nevsectl: no threshold was changed\n");
	check(fake->thresholds[0].value == 85000 &&
	      fake->thresholds[1].value == 95000 &&
	      fake->thresholds[3].value == 60000,
	      "evsectl thermal restore: leaves nothing half done");
	snprintf(restore, sizeof(restore), "-p|0|thermal|restore|%s", path);
	write_file(path, "[evse1]\nclear 50\n[evse0]\nclear 51\n");
	expect(restore, 0, "1 threshold restored, 1 changed\n");
	check(fake->thresholds[3].value == 51000,
	      "evsectl -p thermal restore: of that port alone");
}

static void test_watch(void)
{
	fake_reset();
	expect("thermal|watch|--count|1|--timeout|0.1", 1,
	       "no port has a thermal guard");
	fake_thermal();
	expect("-p|1|thermal|watch|--count|1|--timeout|0.1", 1,
	       "evse1: there is none");
	fake->n_events = 1;
	fake->events[0] = EVSE_PORT_STATE_CHECKING;
	fake->n_thermal_events = 3;
	fake->thermal_events[0] = EVSE_THERMAL_STATE_DERATING;
	fake->thermal_events[1] = EVSE_THERMAL_STATE_DERATING;
	fake->thermal_events[2] = EVSE_THERMAL_STATE_BUS_ERROR;
	run("thermal|watch|--count|2|--timeout|10");
	check_text(out,
		   "PORT   SENSOR               TEMPERATURE  SLOPE          STATE             LIMIT\n"
		   "evse0  igbt                 45.062 C     -0.25 C/min    normal            none\n"
		   "evse0  connector-a          80 C         1.5 C/min      derating          50 %\n"
		   "evse0: thermal igbt state normal -> derating\n"
		   "evse0: thermal igbt state derating -> bus-error\n",
		   "evsectl thermal watch: the table, then what changes");
	expect("monitor|--count|3|--timeout|10", 0,
	       "evse0: state requesting -> checking\n"
	       "evse0: thermal igbt state normal -> derating\n"
	       "evse0: thermal igbt state derating -> bus-error\n");
	run("-j|thermal|watch|-n|1");
	check_text(out,
		   "{\"event\":\"thermal\",\"thermal\":{\"port\":0,\"sensor\":\"igbt\",\"state\":\"derating\",\"temp_mc\":45062,\"slope_mc_min\":-250,\"limit_permille\":1000}}\n",
		   "evsectl -j thermal watch: events alone");
	run("grid|monitor|--count|1|--timeout|0.1");
	check(!*out, "evsectl grid monitor: nothing of heat");

	/* A temperature changes without an event. */
	fake->n_events = 0;
	fake->n_thermal_events = 0;
	run("-p|0|thermal|watch|--timeout|1.2");
	check(!strstr(out, "->"), "evsectl thermal watch: nothing while nothing changes");
	fake->heating_mc = 500;
	fake->thermals[0].temp_mc = 45000;
	expect("-p|0|thermal|watch|--count|1|--timeout|10", 0,
	       "evse0: thermal igbt temp-mc 45.5 C -> 46 C\n");
	fake->thermals[0].temp_mc = 45000;
	expect("-j|thermal|watch|--count|2|--timeout|10", 0,
	       "\"temp_mc\":46000,\"slope_mc_min\":-250,\"limit_permille\":1000}}\n{\"event\":\"thermal\",\"thermal\":{\"port\":0,\"sensor\":\"igbt\",\"state\":\"normal\",\"temp_mc\":46500,");
}

void test_thermal(void)
{
	char path[] = "/tmp/evsectl-unit-XXXXXX";

	close(mkstemp(path));
	test_status();
	test_reset();
	test_show();
	test_set();
	test_files(path);
	test_restore_refused(path);
	test_watch();
	unlink(path);
}
