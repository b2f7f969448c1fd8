// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl selftest against the fake kernel and a sysfs of its own. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../tools/evsectl/selftest.h"
#include "fake.h"
#include "program.h"
#include "test.h"

static char root[] = "/tmp/evsectl-sysfs-XXXXXX";

/* A file below the root, with its directories. */
static void put(const char *path, const void *data, size_t size)
{
	char full[512], *slash;
	FILE *file;

	snprintf(full, sizeof(full), "%s/%s", root, path);
	for (slash = strchr(full + strlen(root) + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(full, 0755);
		*slash = '/';
	}
	file = fopen(full, "w");
	if (!file || fwrite(data, 1, size, file) != size)
		abort();
	fclose(file);
}

static void remove_root(void)
{
	char line[128];

	snprintf(line, sizeof(line), "rm -r %s", root);
	check(!system(line), "selftest: sysfs removed");
}

/* A port at rest that has all. */
static void well(void)
{
	fake_reset();
	fake_grid();
	fake->n_ports = 1;
	fake->ports[0].zero_energy = 1;
	fake->ports[0].link_mv = 12000;
	fake->ports[0].lock = EVSE_LOCK_STATE_UNLOCKED;
	fake->sample = (struct evse_sample_info){
		.has = 0x7e, .voltage_mv = 1000,
	};
}

/* "evse0   NAME   RESULT   REASON" in the output. */
static bool row(const char *name, const char *result, const char *reason)
{
	char want[256];
	bool ok;

	snprintf(want, sizeof(want), "%-28s %-8s %s", name, result, reason);
	ok = strstr(out, want);
	return check(ok, "selftest: %s: %s: %s", name, result, reason);
}

static void test_well(void)
{
	well();
	check(!run("selftest"), "selftest: exits 0 when nothing failed");
	row("family", "ok", "answers for 1 port\n");
	row("clock source", "ok", "tsc\n");
	row("port", "ok", "requesting\n");
	row("guard grid", "ok", "permit\n");
	row("checks", "skipped", "they run before each closing; the port is requesting, ahead of it locking, checking\n");
	row("meter", "ok", "0 W, 1 V, 0 A\n");
	row("pilot", "ok", "vehicle C\n");
	row("lock", "ok", "unlocked\n");
	row("grid", "ok", "inside the enter-service window of ieee1547-cat2\n");
	row("zero energy", "ok", "zero, DC link 12 V\n");
	row("lines", "skipped", "the device tree gives no line");
	check(strstr(out, "\n9 ok, 0 failed, 2 skipped\n"), "selftest: sum");
	check(!run("-j|selftest") &&
	      strstr(out, "{\"checks\":[{\"port\":\"-\",\"check\":\"family\",\"result\":\"ok\",\"reason\":\"answers for 1 port\"},") &&
	      strstr(out, "],\"ok\":true}\n"), "selftest: JSON");
	check(!run("-q|selftest") && !*out, "selftest: -q says nothing");
}

/* One thing wrong: its row fails, and the exit status is 1. */
static void fails(const char *name, const char *reason)
{
	int status = run("selftest");

	check(status == 1, "selftest: %s: exits 1", name);
	row(name, "failed", reason);
	check(strstr(out, ", 1 failed,"), "selftest: %s alone fails", name);
}

static void test_failures(void)
{
	struct evse_port_info *p = &fake->ports[0];

	well();
	p->state = EVSE_PORT_STATE_UNREADY;
	strcpy(p->waiting_for, "lock");
	p->has |= 1ULL << EVSE_A_PORT_WAITING_FOR;
	fails("port", "unready: waiting for the driver of lock\n");
	row("pilot", "skipped", "no control pilot answers\n");
	well();
	p->guards[0].state = EVSE_GUARD_STATE_CEASE;
	fails("guard grid", "cease: grid-loss\n");
	well();
	p->guards[0].state = EVSE_GUARD_STATE_HOLD;
	fails("guard grid", "hold: grid-loss\n");
	fake->grids[0].state = EVSE_GRID_STATE_WAITING;
	fake->grids[0].wait_ms = 120000;
	check(!run("selftest"), "selftest: waiting is no failure");
	row("guard grid", "skipped", "hold: the enter-service delay runs, 120 s left\n");
	well();
	p->guards[0].state = EVSE_GUARD_STATE_HOLD;
	p->guards[0].code = EVSE_FAULT_CODE_PROXIMITY_FAULT;
	fails("guard grid", "hold: proximity-fault\n");
	p->state = EVSE_PORT_STATE_AVAILABLE;
	p->vehicle = EVSE_PILOT_STATE_A;
	check(!run("selftest"), "selftest: a socket without a plug is no failure");
	row("guard grid", "skipped", "hold: no plug is in, so there is no coding\n");
	well();
	p->vehicle = EVSE_PILOT_STATE_A;
	fails("pilot", "vehicle A: no vehicle, but the port sees one\n");
	well();
	p->vehicle = EVSE_PILOT_STATE_E;
	fails("pilot", "vehicle E: the pilot is shorted");
	well();
	p->vehicle = EVSE_PILOT_STATE_F;
	fails("pilot", "vehicle F: -12 V, although");
	p->pilot_output = EVSE_PILOT_OUTPUT_UNAVAILABLE;
	check(!run("selftest"), "selftest: F that is put there is no failure");
	well();
	p->state = EVSE_PORT_STATE_AVAILABLE;
	fails("pilot", "vehicle C: a vehicle, but the port sees none\n");
	well();
	p->lock = EVSE_LOCK_STATE_FAILED;
	fails("lock", "the feedback does not agree");
	well();
	fake->grids[0].frequency_mhz = 60200;
	fails("grid", "frequency is 60.2 Hz, allowed 59.5 Hz to 60.1 Hz\n");
	well();
	p->zero_energy = 0;
	fails("zero energy", "not zero at rest, DC link 12 V: do not touch\n");
	p->has &= ~(1ULL << EVSE_A_PORT_LINK_MV);
	p->stage = 1;
	check(!run("selftest"), "selftest: what is not measured does not fail");
	row("zero energy", "skipped", "not known to be zero, the DC link is not measured: take it for live\n");
	well();
	p->zero_energy = 0;
	p->state = EVSE_PORT_STATE_ENERGISED;
	p->contacts[0].closed = 1;
	p->lock = EVSE_LOCK_STATE_LOCKED;
	check(!run("selftest"), "selftest: energised");
	row("zero energy", "skipped", "the port is not at rest\n");
	row("checks", "ok", "passed: the port is energised\n");
	p->lock = EVSE_LOCK_STATE_UNLOCKED;
	fails("lock", "unlocked although contacts are closed\n");
	well();
	fake->refuse_cmd = EVSE_CMD_METER_GET;
	fake->refuse_err = EIO;
	strcpy(fake->refuse_text, "the meter does not answer");
	fails("meter", "the meter does not answer\n");
	well();
	fake->refuse_cmd = EVSE_CMD_GRID_GET;
	fake->refuse_err = EIO;
	strcpy(fake->refuse_text, "the grid is not measured");
	fails("grid", "the grid is not measured\n");
	well();
	fake->refuse_cmd = EVSE_CMD_GRID_SETTING_GET;
	fake->refuse_err = EIO;
	strcpy(fake->refuse_text, "the profile is not told");
	fails("grid", "the profile is not told\n");
	well();
	fake->sample.has = 0;
	fake->n_grids = 0;
	check(!run("selftest"), "selftest: what is not there does not fail");
	row("meter", "skipped", "the port has none\n");
	row("grid", "skipped", "the port has no grid guard\n");
	well();
	p->fault_code = EVSE_FAULT_CODE_GROUND_FAULT;
	check(run("selftest") == 1, "selftest: a fault: exits 1");
	row("port", "failed", "requesting: fault 0x20 ground-fault; 'evsectl -p evse0 fault show' tells what to do\n");
	row("checks", "failed", "the port has a fault");
	well();
	fake->absent = true;
	check(run("selftest") == 1 && strstr(err, "modprobe evse"),
	      "selftest: no family: exits 1, and says what to do");
	row("family", "failed", "no port answers\n");
	check(run("-j|selftest") == 1 && strstr(out, "\"ok\":false}\n"),
	      "selftest: no family: still JSON");
	well();
	put("devices/system/clocksource/clocksource0/current_clocksource",
	    "jiffies\n", 8);
	fails("clock source", "jiffies: too coarse");
}

/* A controller with two cells that no machine has, and lines on it. */
static void test_lines(void)
{
	static const unsigned char phandle[] = { 0, 0, 0, 7 };
	static const unsigned char cells[] = { 0, 0, 0, 2 };
	static const unsigned char lines[] = {
		0, 0, 0, 7, 0, 0, 0, 3, 0, 0, 0, 0,
		0, 0, 0, 0,
		0, 0, 0, 7, 0, 0, 0, 4, 0, 0, 0, 1,
	};
	static const unsigned char other[] = {
		0, 0, 0, 9, 0, 0, 0, 3, 0, 0, 0, 0,
	};

	well();
	put("devices/system/clocksource/clocksource0/current_clocksource",
	    "tsc\n", 4);
	put("bus/gpio/devices/gpiochip987/of_node/phandle", phandle, 4);
	put("bus/gpio/devices/gpiochip987/of_node/#gpio-cells", cells, 4);
	put("class/evse/evse0/device/of_node/lock/lock-gpios", lines,
	    sizeof(lines));
	put("class/evse/evse0/device/of_node/lock/compatible", lines, 4);
	check(run("selftest") == 1, "selftest: lines that are not there");
	row("line gpiochip987:3", "failed", "lock lock-gpios: No such file");
	row("line gpiochip987:4", "failed", "lock lock-gpios: No such file");
	check(strstr(out, " 2 failed,"), "selftest: two lines, and a hole");
	put("class/evse/evse0/device/of_node/lock/lock-gpios", lines, 8);
	check(run("selftest") == 1, "selftest: a property cut short");
	row("lock lock-gpios", "failed", "the device tree cuts it short\n");
	put("class/evse/evse0/device/of_node/lock/lock-gpios", other,
	    sizeof(other));
	check(run("selftest") == 1, "selftest: a controller that is not there");
	row("lock lock-gpios", "failed", "its GPIO controller is not there");
	put("class/evse/evse0/device/of_node/lock/status", "disabled", 9);
	check(!run("selftest"), "selftest: no driver is asked for a disabled node");
	row("lines", "skipped", "the device tree gives no line");
	put("class/evse/evse0/device/of_node/lock/status", "okay", 5);
	check(run("selftest") == 1, "selftest: a node that is said to be okay");
	put("class/evse/evse0/device/of_node/lock/status", "ok", 3);
	check(run("selftest") == 1, "selftest: or ok");
}

void test_selftest(void)
{
	if (!mkdtemp(root))
		abort();
	selftest_sysfs = root;
	put("devices/system/clocksource/clocksource0/current_clocksource",
	    "tsc\n", 4);
	test_well();
	test_failures();
	test_lines();
	remove_root();
}
