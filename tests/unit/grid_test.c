// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl grid, and faults as "fault show" tells them, against the fake kernel. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "program.h"
#include "test.h"

static void test_status(void)
{
	fake_reset();
	expect("grid", 1, "no port has a grid guard");
	expect("-p|0|grid|status", 1, "evse0: there is none");
	fake_grid();
	run("grid");
	check_text(out,
		   "evse0: grid normal, profile ieee1547-cat2 (IEEE 1547-2018 Category II), nominal 60 Hz, 240 V\n"
		   "  frequency 59.98 Hz, changes by -0.012 Hz/s, latest phase jump 0.25 deg\n"
		   "  voltage   L1 239 V (99.5 % of nominal); L2 240 V (100 % of nominal); L3 241.5 V (100.6 % of nominal)\n"
		   "  relay     closed: mains good\n"
		   "  active    detection at work\n"
		   "  outside   nothing: inside the enter-service window\n"
		   "  ramp      100 % of the rated export allowed\n"
		   "  last trip none\n", "evsectl grid: all is well");
	fake->grids[0].running = EVSE_GRID_ELEMENT_UV1;
	fake->grids[0].running_ms = 1200;
	fake->grids[0].wait_ms = 299000;
	fake->grids[0].last_trip = EVSE_GRID_ELEMENT_OF2;
	fake->grids[0].relay = 0;
	fake->grids[0].outside = EVSE_GRID_WINDOW_VOLTAGE_LOW |
				 EVSE_GRID_WINDOW_RELAY_OPEN;
	fake->grids[0].has &= ~(1ULL << EVSE_A_GRID_FREQUENCY_MHZ |
				1ULL << EVSE_A_GRID_VOLTAGES_MV);
	expect("-p|0|grid|status", 0,
	       "  frequency not known: phase is not locked\n"
	       "  voltage   not measured\n"
	       "  relay     open: mains bad\n"
	       "  active    detection at work\n"
	       "  outside   voltage-low relay-open\n"
	       "  running   uv1, trips in 1200 ms\n"
	       "  enter     export may return in 299 s, while the grid stays as it is\n"
	       "  ramp      100 % of the rated export allowed\n"
	       "  last trip of2\n");
	fake_grid();
	expect("-j|grid|status", 0, "[{\"port\":0,\"profile\":\"ieee1547-cat2\",");
	check(strstr(out, "\"voltages_mv\":[239000,240000,241500],") &&
	      strstr(out, "\"outside\":[],") &&
	      strstr(out, "\"state\":\"normal\","), "evsectl -j grid status");
}

/* What is not as enter service wants it, and how that is said. */
static const struct miss {
	uint32_t voltage_mv[3];
	unsigned int phases;
	uint32_t frequency_mhz;
	uint8_t relay;
	uint32_t outside;
	const char *says;
} misses[] = {
	{ { 220079, 240000, 240000 }, 3, 60000, 1, 0,
	  "voltage L1 is 220.079 V (0.916 p.u.), allowed 0.917 p.u. to 1.05 p.u. (220.08 V to 252 V)\n" },
	{ { 252001 }, 1, 60000, 1, 0,
	  "voltage is 252.001 V (1.05 p.u.), allowed 0.917 p.u. to 1.05 p.u. (220.08 V to 252 V)\n" },
	{ { 240000, 240000, 0 }, 3, 60000, 1, EVSE_GRID_WINDOW_VOLTAGE_LOW,
	  "voltage L3 is 0 V (0 p.u.), allowed" },
	{ { 240000, 239000 }, 2, 60000, 1, EVSE_GRID_WINDOW_VOLTAGE_LOW,
	  "voltage L2 is 239 V (0.995 p.u.), too low for the guard, allowed" },
	{ { 240000, 241000 }, 2, 60000, 1, EVSE_GRID_WINDOW_VOLTAGE_HIGH,
	  "voltage L2 is 241 V (1.004 p.u.), too high for the guard, allowed" },
	{ { 0 }, 0, 60000, 1, EVSE_GRID_WINDOW_NO_VOLTAGE,
	  "voltage is not measured, allowed 0.917 p.u. to 1.05 p.u." },
	{ { 240000 }, 1, 60101, 1, 0,
	  "frequency is 60.101 Hz, allowed 59.5 Hz to 60.1 Hz\n" },
	{ { 240000 }, 1, 59499, 1, EVSE_GRID_WINDOW_FREQUENCY_LOW,
	  "frequency is 59.499 Hz, allowed 59.5 Hz to 60.1 Hz\n" },
	{ { 240000 }, 1, 60000, 1, EVSE_GRID_WINDOW_FREQUENCY_HIGH,
	  "frequency is 60 Hz, too high for the guard, allowed" },
	{ { 240000 }, 1, 60000, 1, EVSE_GRID_WINDOW_NO_LOCK,
	  "phase is not locked and frequency not known, allowed 59.5 Hz to 60.1 Hz\n" },
	{ { 240000 }, 1, 60000, 0, 0,
	  "voltage-monitor relay is open, allowed closed only\n" },
	{ { 240000 }, 1, 60000, 1, EVSE_GRID_WINDOW_CONTRADICTION,
	  "relay and zero crossings contradict each other\n" },
	{ { 240000 }, 1, 60000, 1, 0x100, "does not know (0x100)\n" },
	{ { 200000 }, 1, 61000, 0, 0,
	  "(220.08 V to 252 V); frequency is 61 Hz, allowed 59.5 Hz to 60.1 Hz; voltage-monitor relay is open, allowed closed only\n" },
};

static void test_sync(void)
{
	const struct miss *m;
	size_t i;

	fake_reset();
	fake_grid();
	expect("-p|0|grid|sync-check", 0,
	       "inside the enter-service window of ieee1547-cat2\n");
	run("-p|0|-q|grid|sync-check");
	check(!*out && !*err, "evsectl -q grid sync-check: says nothing");
	/* The bounds themselves are inside. */
	fake->grids[0].voltages_mv[0] = 220080;
	fake->grids[0].voltages_mv[1] = 252000;
	fake->grids[0].frequency_mhz = 60100;
	expect("-p|0|grid|sync-check", 0, "inside");
	fake->grids[0].frequency_mhz = 59500;
	expect("-p|0|grid|sync-check", 0, "inside");
	for (i = 0; i < ARRAY_LEN(misses); i++) {
		m = &misses[i];
		fake_grid();
		memcpy(fake->grids[0].voltages_mv, m->voltage_mv,
		       sizeof(m->voltage_mv));
		fake->grids[0].n_voltages_mv = m->phases;
		fake->grids[0].frequency_mhz = m->frequency_mhz;
		fake->grids[0].relay = m->relay;
		fake->grids[0].outside = m->outside;
		expect("-p|0|grid|sync-check", 1, m->says);
		check(strchr(err, '\n') == err + strlen(err) - 1 && !*out,
		      "evsectl grid sync-check: one sentence");
	}
	fake_grid();
	fake->grids[0].has &= ~(1ULL << EVSE_A_GRID_OUTSIDE);
	expect("-p|0|grid|sync-check", 1, "the guard does not judge");
	fake_grid();
	fake->grids[0].has &= ~(1ULL << EVSE_A_GRID_FREQUENCY_MHZ);
	expect("-p|0|grid|sync-check", 1, "phase is not locked");
	/* A board without relay is not judged by one. */
	fake_grid();
	fake->grids[0].relay = 0;
	fake->grids[0].has &= ~(1ULL << EVSE_A_GRID_RELAY);
	expect("-p|0|grid|sync-check", 0, "inside");
	fake->grids[0].frequency_mhz = 50000;
	expect("-p|0|-j|grid|sync-check", 1,
	       "{\"ok\":false,\"reason\":\"frequency is 50 Hz, allowed 59.5 Hz to 60.1 Hz\",\"window\":{\"v_low_permille\":917,\"v_high_permille\":1050,\"f_low_mhz\":59500,\"f_high_mhz\":60100},\"grid\":{");
	fake_grid();
	expect("-p|0|-j|grid|sync-check", 0, "{\"ok\":true,\"window\":{");
	expect("-p|1|grid|sync-check", 1, "evse1: there is none");
}

static void test_profile(void)
{
	fake_reset();
	expect("grid|profile", 1, "no grid guard, no profiles");
	fake_grid();
	run("grid|profile");
	check_text(out,
		   "PORT       PROFILE            NOMINAL  STANDARD\n"
		   "evse0    * ieee1547-cat2      60 Hz    IEEE 1547-2018 Category II\n"
		   "evse0      g99                50 Hz    Engineering Recommendation G99\n",
		   "evsectl grid profile list");
	expect("-j|grid|profile|list", 0,
	       "\"nominal_mhz\":50000,\"in_force\":false}]\n");
	/* A line of another port, as a dump has it. */
	fake->settings[fake->n_settings] = fake->settings[0];
	fake->settings[fake->n_settings++].port = 1;
	run("-p|0|grid|profile|show");
	check_text(out,
		   "evse0: ieee1547-cat2 (IEEE 1547-2018 Category II), nominal 60 Hz, 240 V\n"
		   "ELEMENT        PICK-UP      TIME       ALLOWED                    ALLOWED TIME\n"
		   "uv1            0.88 p.u.    2000 ms    0 p.u. to 0.88 p.u.        2000 ms to 21 s\n"
		   "uf1            58.5 Hz      300 s      57 Hz to 59 Hz             180 s to 1000 s\n"
		   "enter-v-low    0.917 p.u.   -          0.88 p.u. to 0.95 p.u.     -\n"
		   "enter-v-high   1.05 p.u.    -          1.05 p.u. to 1.06 p.u.     -\n"
		   "enter-f-low    59.5 Hz      -          59 Hz to 59.9 Hz           -\n"
		   "enter-f-high   60.1 Hz      -          60.1 Hz only               -\n"
		   "enter-delay    300 s        -          0 ms to 600 s              -\n"
		   "active         0.05 /Hz     -          0 /Hz to 0.2 /Hz           -\n",
		   "evsectl grid profile show");
	expect("-p|0|-j|grid|profile|show", 0,
	       "\"settings\":[{\"port\":0,\"element\":\"uv1\",\"unit\":\"permille\",\"pickup\":880,\"pickup_min\":0,\"pickup_max\":880,\"time_ms\":2000,\"time_min_ms\":2000,\"time_max_ms\":21000},");
}

static void test_set(void)
{
	fake_reset();
	fake_grid();
	expect("-p|0|grid|profile|set|g99", 0, "evse0: profile g99 in force\n");
	check(!strcmp(fake->grids[0].profile, "g99"), "evsectl: puts it in force");
	expect("-p|0|grid|profile|set|uv1=0.85/10s", 0, "evse0: uv1 0.85 p.u., 10 s\n");
	check(fake->settings[0].pickup == 850 &&
	      fake->settings[0].time_ms == 10000, "evsectl: both of a line");
	expect("-p|0|grid|profile|set|UV1=80%", 0, "uv1 0.8 p.u., 10 s\n");
	expect("-p|0|grid|profile|set|uv1=/2s", 0, "uv1 0.8 p.u., 2000 ms\n");
	expect("-p|0|grid|profile|set|enter-delay=160ms|uf1=58Hz", 0,
	       "evse0: uf1 58 Hz, 300 s\nevse0: enter-delay 160 ms\n");
	check(!evse_has(&fake->got_setting, EVSE_A_GRID_SETTING_TIME_MS),
	      "evsectl: no time where there is none");
	expect("-p|0|grid|profile|set|ieee1547-cat2|uv1=0.7", 0,
	       "profile ieee1547-cat2 in force\nevse0: uv1 0.7 p.u., 2000 ms\n");
	expect("-p|0|-j|grid|profile|set|uv1=0.7", 0, "{\"port\":0,\"profile\":");
	run("-p|0|-q|grid|profile|set|uv1=0.7");
	check(!*out && !*err, "evsectl -q grid profile set: says nothing");

	/* Refused: why, and what would be taken. */
	expect("-p|0|grid|profile|set|uv1=0.95/3s", 1,
	       "evsectl: evse0: uv1=0.95p.u./3000ms: the standard does not allow it; allowed 0 p.u. to 0.88 p.u., time 2000 ms to 21 s\n");
	expect("-p|0|grid|profile|set|enter-f-high=60.2Hz", 1,
	       "enter-f-high=60.2Hz: the standard does not allow it; allowed 60.1 Hz only, without a time\n");
	expect("-p|0|grid|profile|set|enter-f-high=60.1Hz/1s", 1,
	       "enter-f-high=60.1Hz/1000ms: the standard does not allow it; allowed 60.1 Hz only, without a time\n");
	expect("-p|0|grid|profile|set|rocof=1Hz/s/500ms", 1,
	       "evse0: rocof: No such file");
	expect("-p|0|grid|profile|set|uv1=0.95|uf1=57.5Hz", 1, "allowed 0 p.u.");
	check(fake->settings[1].pickup == 57500,
	      "evsectl: the other line is changed all the same");
	expect("-p|0|grid|profile|set|g98", 1,
	       "evse0: 'g98': No such file or directory; there are ieee1547-cat2 g99\n");
	/* Lines that may stand in this order, but not in the one between. */
	fake->n_ordered = 3;
	fake->settings[1] = fake->settings[0];
	fake->settings[1].element = EVSE_GRID_ELEMENT_UV2;
	fake->settings[2] = fake->settings[0];
	fake->settings[2].element = EVSE_GRID_ELEMENT_UV3;
	expect("-p|0|grid|profile|set|uv1=0.5|uv2=0.4|uv3=0.3", 0,
	       "evse0: uv1 0.5 p.u., 2000 ms\nevse0: uv2 0.4 p.u., 2000 ms\nevse0: uv3 0.3 p.u., 2000 ms\n");
	expect("-p|0|grid|profile|set|uv2=0.6", 1,
	       "uv2=0.6p.u./2000ms: the standard does not allow it; allowed 0 p.u. to 0.88 p.u., time 2000 ms to 21 s, but not beside the other lines as they are\n");
	expect("-p|0|grid|profile|set|uv2=0.8|uv1=0.88", 0, "uv2 0.8 p.u.");
	fake_grid();
	fake->n_ordered = 0;
	fake->settings[0].pickup = 700;
	fake->settings[1].unit = EVSE_GRID_UNIT_MDEG;
	expect("-p|0|grid|profile|set|uf1=57.5Hz", 1, "in another unit");
	fake->refuse_cmd = EVSE_CMD_GRID_SET;
	fake->refuse_err = EBUSY;
	strcpy(fake->refuse_text, "the port is energised");
	expect("-p|0|grid|profile|set|g99|uv1=0.5", 1,
	       "evse0: the port is energised; state requesting, vehicle C\n");
	check(fake->settings[0].pickup == 700,
	      "evsectl: no line of a profile that is not in force");
}

static void test_grid_conf(void)
{
	char saved[sizeof(out)];

	fake_reset();
	fake_grid();
	fake->n_ports = 1;
	fake->settings[0].pickup = 501;
	run("showconf");
	strcpy(saved, out);
	check_text(saved,
		   "[evse0]\nmode = v2g\nmin-power = -11kW\nmax-power = 11kW\nbasic = off\n"
		   "grid-profile = ieee1547-cat2\n"
		   "grid-uv1 = 0.501p.u./2000ms\n"
		   "grid-uf1 = 58.5Hz/300s\n"
		   "grid-enter-v-low = 0.917p.u.\n"
		   "grid-enter-v-high = 1.05p.u.\n"
		   "grid-enter-f-low = 59.5Hz\n"
		   "grid-enter-delay = 300s\n"
		   "grid-active = 0.05/Hz\n",
		   "evsectl showconf: the grid's lines, but for what is fixed");
	memset(fake->calls, 0, sizeof(fake->calls));
	check(!run_with("setconf", saved) &&
	      !fake->calls[EVSE_CMD_GRID_SET] &&
	      !fake->calls[EVSE_CMD_GRID_SETTING_SET],
	      "evsectl setconf: what is so already is not set again");
	strcpy(fake->grids[0].profile, "g99");
	fake->settings[0].pickup = 0;
	fake->settings[1].time_ms = 200000;
	check(!run_with("setconf", saved) && !*out && !*err &&
	      fake->calls[EVSE_CMD_GRID_SET] == 1 &&
	      fake->calls[EVSE_CMD_GRID_SETTING_SET] == 2,
	      "evsectl setconf: profile and lines");
	run("showconf");
	check_text(out, saved, "evsectl setconf: showconf's output, with a grid");
	expect("-j|showconf", 0,
	       "\"grid_profile\":\"ieee1547-cat2\",\"grid_settings\":[{\"element\":\"uv1\",\"unit\":\"permille\",\"pickup\":501,\"time_ms\":2000},");
	check(run_with("setconf", "[evse0]\ngrid-uv1 = 0.9\n") == 1 &&
	      strstr(err, "allowed 0 p.u. to 0.88 p.u."),
	      "evsectl setconf: a refusal says what is allowed");
	check(run_with("setconf", "[evse0]\nmode = off\ngrid-uv1 = 9V\n") == 2 &&
	      strstr(err, "standard input:3: grid-uv1: '9V' has an unknown unit") &&
	      fake->ports[0].mode == EVSE_MODE_V2G,
	      "evsectl setconf: a wrong line, and nothing is set");
	fake_reset();
	run("showconf");
	check(!strstr(out, "grid") && !*err,
	      "evsectl showconf: nothing of a grid where there is none");
	check(run_with("setconf", "[evse0]\ngrid-profile = g99\n") == 1 &&
	      strstr(err, "there is none"),
	      "evsectl setconf: a profile without a guard");
}

static void test_monitor(void)
{
	fake_reset();
	fake_grid();
	fake->n_events = 1;
	fake->events[0] = EVSE_PORT_STATE_CHECKING;
	fake->n_grid_events = 3;
	fake->grids[0].outside = 0;
	fake->grid_events[0] = EVSE_GRID_STATE_RIDE_THROUGH;
	fake->grid_events[1] = EVSE_GRID_STATE_RIDE_THROUGH;
	fake->grid_events[2] = EVSE_GRID_STATE_TRIPPED;
	expect("monitor|--count|3|--timeout|10", 0,
	       "evse0: state requesting -> checking\n"
	       "evse0: grid state normal -> ride-through\n"
	       "evse0: grid state ride-through -> tripped\n");
	run("grid|monitor|--count|2|--timeout|10");
	check_text(out,
		   "evse0: grid state normal -> ride-through\n"
		   "evse0: grid state ride-through -> tripped\n",
		   "evsectl grid monitor: of the grid alone");
	expect("-j|grid|monitor|-n|1", 0,
	       "{\"event\":\"grid\",\"grid\":{\"port\":0,\"profile\":");
	expect("-p|1|grid|monitor|--count|1|--timeout|0.1", 1, "0 of 1");
}

static void add_fault(const struct evse_fault_info *fault)
{
	fake->faults[fake->n_faults++] = *fault;
}

static void test_faults(void)
{
	static const struct evse_fault_info grid = {
		.has = ~(1ULL << EVSE_A_FAULT_BOUND |
			 1ULL << EVSE_A_FAULT_CONTACT_OPEN_NS),
		.code = EVSE_FAULT_CODE_GRID_LOSS,
		.name = "GRID_LOSS",
		.text = "Mains lost.",
		.severity = EVSE_FAULT_SEVERITY_TRIP,
		.policy = EVSE_FAULT_POLICY_ENTER_SERVICE,
		.latched = 1,
		.active = 1,
		.first = 1,
		.source = "grid",
		.count = 3,
		.value = 470,
		.retries_left = 2,
		.retry_in_ms = 300000,
		.edge_ns = 2000000000,
		.gates_off_ns = 2000001250,
		.coil_off_ns = 2000002000,
		.thread_ns = 2000030000,
		.told_ns = 2000100001,
	};
	struct evse_fault_info later;

	fake_reset();
	expect("fault|show", 0, "no faults");
	fake->n_faults = 1;
	later = fake->faults[0];
	later.code = EVSE_FAULT_CODE_DIODE_FAULT;
	strcpy(later.name, "DIODE_FAULT");
	later.edge_ns = 3000000000;
	later.contact_open_ns = 2999999000;
	fake->faults[0].edge_ns = 4000000000;
	add_fault(&later);
	add_fault(&grid);
	run("fault|show");
	check(strstr(out, "GRID_LOSS, first cause, latched, cause stands\n") &&
	      strstr(out, "GRID_LOSS") < strstr(out, "DIODE_FAULT") &&
	      strstr(out, "DIODE_FAULT") < strstr(out, "GROUND_FAULT"),
	      "evsectl fault show: the first cause, the others in their order");
	check(strstr(out,
		     "  edge         2 s after boot\n"
		     "  gates off    +1.250 us\n"
		     "  coil off     +2.000 us\n"
		     "  thread       +30.000 us\n"
		     "  told         +100.001 us\n"
		     "  policy       enter-service, 2 retries left, ends by itself in 300 s\n"),
	      "evsectl fault show: the timeline");
	check(strstr(out, "  contact open -1.000 us\n"),
	      "evsectl fault show: a contact that opened before the edge was seen");
	check(strstr(out, "  do           end the cause, which grid still sees; wait: it ends by itself once the grid") &&
	      strstr(out, "'evsectl -p evse0 fault clear GRID_LOSS'\n"),
	      "evsectl fault show: what to do");
	expect("-p|0|fault|show|grid-loss", 0,
	       "evse0: 0x01 GRID_LOSS, first cause, latched, cause stands\n"
	       "  meaning      Mains lost.\n"
	       "  severity     trip\n"
	       "  seen by      grid, 3 times since load\n"
	       "  value        470\n");
	expect("-p|0|-j|fault|show|grid-loss", 0,
	       "\"thread_ns\":2000030000,\"told_ns\":2000100001,");
	run("fault|list");
	check(strstr(out, "GRID_LOSS, latched, cause stands, first,") &&
	      strstr(out, "GRID_LOSS") < strstr(out, "DIODE_FAULT"),
	      "evsectl fault list: the first cause comes first and is marked");
	expect("-j|fault|show", 0, "[{\"port\":0,\"code\":1,");

	fake->faults[2].policy = EVSE_FAULT_POLICY_RETRY;
	fake->faults[2].active = 0;
	expect("-p|0|fault|show|1", 0, "  do           wait for the retry, or 'evsectl");
	check(strstr(out, "retry, 2 retries left, the next in 300 s\n"),
	      "evsectl fault show: retries and the time to the next");
	fake->faults[2].retries_left = 0;
	expect("-p|0|fault|show|1", 0, "no retry is left: look for the defect");
	fake->faults[2].latched = 0;
	expect("-p|0|fault|show|1", 0, "  do           nothing: it does not stand\n");
	fake->faults[2].active = 1;
	expect("-p|0|fault|show|1", 0,
	       "  do           it ends with its cause, which grid still sees\n");
}

void test_grid(void)
{
	test_status();
	test_sync();
	test_profile();
	test_set();
	test_grid_conf();
	test_monitor();
	test_faults();
}
