// SPDX-License-Identifier: GPL-2.0-or-later
/* The whole program against the fake kernel. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake.h"
#include "program.h"
#include "test.h"

/* Bad input: usage, exit 2, and the kernel is not asked to do a thing. */
static void test_usage(void)
{
	static const char *const lines[] = {
		"", "frob", "-x|status", "status|x", "status|--frob",
		"power|5", "power|-5", "power|5kX", "power|5|kX", "power|nan",
		"power|3MW", "power|5kW|6kW", "power|--deadline|5",
		"power|5kW|--deadline|30001", "power|5kW|--deadline|x",
		"mode|fast", "mode|charge|v2g", "port|frob", "port|set",
		"port|set|mode", "port|set|mode|v2g|basic", "port|set|x|1",
		"port|set|min-power|5", "port|set|mode|off|mode|off",
		"limits|-5kW", "limits|5kW|-5kW", "limits|-5|5kW",
		"limits|-5kW|5kW|x", "pilot|current", "pilot|current|16",
		"pilot|current|-1A", "pilot|loud", "pilot|hlc|16A",
		"lock|open", "update|frob", "update|lock|x",
		"update|status|x", "session", "session|steal",
		"session|hold|--lease|99", "session|hold|--lease|10001",
		"session|hold|x", "energise|--wait=x", "energise|x",
		"stop|--wait=-1", "fault|frob", "fault|show|0x20|x",
		"bridge|frob", "bridge|show|x", "bridge|carrier",
		"bridge|carrier|fast", "bridge|carrier|16MHz",
		"bridge|carrier|16|kHz|x", "bridge|carrier|0.5",
		"bridge|carrier|-1", "bridge|carrier|4294967296",
		"thermal|frob", "thermal|status|x", "thermal|reset|x",
		"thermal|show|x", "thermal|watch|--count|0", "thermal|set",
		"thermal|set|igbt", "thermal|set|clear", "thermal|set|igbt|trip",
		"thermal|set|igbt|hot|85", "thermal|set|igbt|85|C",
		"thermal|set|clear|igbt|60", "thermal|set|clear|60F",
		"thermal|set|clear|60|C|x", "thermal|set|clear|warm",
		"thermal|set|rise|5C", "thermal|set|clear|60C/min",
		"thermal|set|clear|60.0001", "thermal|set|clear|2147484",
		"thermal|set|[igbt|trip|85", "thermal|set|a#b|trip|85",
		"thermal|set|a-name-that-is-longer-than-any-name-may-be|trip|85",
		"thermal|save|x|y", "thermal|restore|x|y",
		"fault|show|nix", "fault|clear|nix", "fault|raise",
		"fault|raise|0x20|x", "fault|raise|0x20|99999999999",
		"counters|frob", "counters|save", "counters|cleaned|1",
		"gpio|frob", "gpio|get", "gpio|set|X", "gpio|set|X=2",
		"help|frob", "monitor|--count|0",
		"monitor|--timeout|x", "-p|grid0|status", "-p|-1|status",
		"-p|evse0x|status", "-p|evse99999999999|status",
		"-p|evse0x|selftest", "selftest|x", "grid|frob", "grid|status|x",
		"grid|sync-check|x", "grid|monitor|--count|0",
		"grid|profile|frob", "grid|profile|list|x",
		"grid|profile|show|x", "grid|profile|set",
		"grid|profile|set|", "grid|profile|set|uv1=",
		"grid|profile|set|uv1=0.9/", "grid|profile|set|uv1=0.9/2",
		"grid|profile|set|uv1=58.5Hz", "grid|profile|set|uf1=58.5",
		"grid|profile|set|none=1", "grid|profile|set|uv9=0.9",
		"grid|profile|set|uv1=0.9|uv1=0.8",
		"grid|profile|set|uv1=0.9|g99", "grid|profile|set|rocof=1Hz",
		"grid|profile|set|enter-delay=300",
		"grid|profile|set|uv1=0.0001",
		"grid|profile|set|a-name-that-is-longer-than-any-name-may-be",
	};
	uint32_t i, cmd, calls = 0;

	for (i = 0; i < ARRAY_LEN(lines); i++) {
		fake_reset();
		expect(lines[i], 2, "usage:");
		for (cmd = 0; cmd <= EVSE_CMD_MAX; cmd++)
			calls += fake->calls[cmd];
	}
	check(!calls, "evsectl: wrong usage reaches no kernel");
	fake_reset();
	expect("power|5kW", 2, "say which one with -p evse0");
}

static void test_absent(void)
{
	fake_reset();
	fake->absent = true;
	expect("status", 1, "modprobe evse");
	expect("-p|evse0|energise", 1, "modprobe evse");
	fake_reset();
	fake->n_ports = 0;
	expect("status", 1, "there is no port");
	expect("power|5kW", 1, "there is no port");
	fake_reset();
	expect("-p|evse7|mode", 1, "evse7: no such port");
	fake->n_ports = 1;
	expect("mode", 0, "v2g");
}

static void test_show(void)
{
	fake_reset();
	fake->sample = (struct evse_sample_info){
		.has = 0x7e, .voltage_mv = 230100, .current_ma = -16000,
		.power_mw = -3681600,
	};
	fake->n_faults = 1;
	fake->ports[0].effective_mw = -3700000;
	fake->ports[0].request_mw = -5000000;
	strcpy(fake->ports[0].limiter, "cable");
	fake->ports[0].has |= 1ULL << EVSE_A_PORT_LIMITER;
	fake->ports[0].contacts[0].closed = 1;
	expect("status", 0, "-3.7 kW, asked -5 kW, limited by cable");
	check(strstr(out, "mains closed although not commanded") &&
	      strstr(out, "grid permit") && strstr(out, "evse1: requesting") &&
	      strstr(out, "0x20 GROUND_FAULT, latched, cause stands, seen by rcd") &&
	      strstr(out, "-3.682 kW, 230.1 V, -16 A"),
	      "evsectl status: contacts, guards, faults, what is measured");
	expect("status|-b", 0, "LIMITED-BY");
	expect("-j|status", 0, "\"limiter\":\"cable\"");
	check(out[0] == '[' && strstr(out, "\"faults\":[{\"port\":0,\"code\":32,") &&
	      strstr(out, "\"sample\":{\"port\":0,"),
	      "evsectl -j status: faults and sample");
	expect("-p|1|port", 0, "rated-min-mw: -22 kW");
	expect("-p|evse1|--json|port|show", 0, "{\"id\":1,\"name\":\"evse1\",");
	expect("-p|0|power", 0, "limited by cable, measured -3.682 kW");
	expect("-p|0|-j|power", 0, "\"effective_mw\":-3700000");
	expect("-p|0|meter", 0, "evse0: -3.682 kW, 230.1 V, -16 A");
	expect("-p|0|-j|meter", 0, "\"power_mw\":-3681600");
	expect("fault|list", 0, "seen by rcd, gates off after 1.250 us, contacts open after 12000.000 us, until 'evsectl fault clear GROUND_FAULT': Residual");
	expect("-p|0|fault|show|ground-fault", 0,
	       "  edge         1 s after boot\n");
	expect("-p|0|fault|show|0x21", 1, "evse0: No such file");
	expect("-j|fault|codes", 0, "\"code_name\":\"ground-fault\"");
	expect("-p|0|pilot", 0, "vehicle: C");
	expect("-p|0|lock", 0, "lock: unlocked");
	expect("counters", 0, "matings: 12");
	expect("-p|0|-q|port|show", 0, "state: requesting");
	expect("--version", 0, "evsectl ");
	expect("help|power", 0, "usage: evsectl power [VALUE");
	expect("power|--help", 0, "usage: evsectl power [VALUE");
	fake->sample.has = 0;
	expect("-p|0|power", 0, "measured -\n");
}

static void test_connector(void)
{
	struct evse_port_info *p;

	fake_reset();
	fake->n_ports = 1;
	p = &fake->ports[0];
	p->rated_export_ma = 16000;
	expect("status", 0,
	       "  connector ac, 3 phases of 230 V, charges with 32 A, discharges with 16 A\n");
	p->phases = 1;
	p->rated_export_ma = 0;
	expect("status", 0,
	       "  connector ac, 1 phase of 230 V, charges with 32 A\n");
	p->supply = EVSE_SUPPLY_DC;
	p->rated_mv = 500000;
	p->rated_ma = 40000;
	p->rated_export_ma = 20000;
	expect("status", 0,
	       "  connector dc, up to 500 V, charges with 40 A, discharges with 20 A\n");
	expect("port", 0,
	       "supply: dc\nphases: 1\nrated-mv: 500 V\nrated-ma: 40 A\nrated-export-ma: 20 A\n");
	expect("-j|port", 0,
	       "\"supply\":\"dc\",\"phases\":1,\"rated_mv\":500000,\"rated_ma\":40000,\"rated_export_ma\":20000}");
	p->has &= ~(1ULL << EVSE_A_PORT_SUPPLY);
	expect("status", 0, "evse0: requesting");
	check(!strstr(out, "connector"),
	      "evsectl status: nothing of a connector that is not told");
}

static void test_set(void)
{
	fake_reset();
	expect("-p|0|power|-5kW", 0, "asked -5 kW, effective -5 kW\n");
	check(fake->got.request_mw == -5000000 &&
	      !evse_has(&fake->got, EVSE_A_PORT_DEADLINE_MS),
	      "evsectl power: sends the power");
	expect("-p|0|power|-50|kW|--deadline|600", 0,
	       "effective -11 kW, limited by configuration");
	check(fake->got.deadline_ms == 600 &&
	      evse_has(&fake->got, EVSE_A_PORT_DEADLINE_MS),
	      "evsectl power: sends the deadline");
	expect("-p|0|-j|power|7.2kW", 0,
	       "{\"id\":0,\"request_mw\":7200000,\"effective_mw\":7200000}");
	expect("-p|0|power|--|-5kW", 0, "asked -5 kW");
	run("-p|0|-q|power|0");
	check(!*out && !*err, "evsectl -q power: says nothing");
	expect("-p|1|mode|CHARGE", 0, "evse1: requesting");
	check(fake->ports[1].mode == EVSE_MODE_CHARGE, "evsectl mode: sets it");
	expect("-p|1|port|set|min-power|-3|kW|max-power|3kW|basic|on", 0, "");
	check(fake->ports[1].min_mw == -3000000 &&
	      fake->ports[1].max_mw == 3000000 && fake->ports[1].basic == 1,
	      "evsectl port set: sets it");
	expect("-p|0|limits|-7kW|11kW|--bpt", 0, "");
	check(fake->got.min_mw == -7000000 && fake->got.max_mw == 11000000 &&
	      fake->got.bpt == 1, "evsectl limits: sends them");
	expect("-p|0|pilot|current|6.5|A", 0, "");
	check(fake->got.pilot_output == EVSE_PILOT_OUTPUT_CURRENT &&
	      fake->got.pilot_ma == 6500, "evsectl pilot: sends the current");
	expect("-p|0|lock|lock", 0, "");
	check(fake->got.locked == 1, "evsectl lock: locks");
	expect("-p|0|lock|unlock", 0, "");
	check(!fake->got.locked && evse_has(&fake->got, EVSE_A_PORT_LOCKED),
	      "evsectl lock: unlocks");
	expect("-p|1|update|lock", 0, "evse1: locked for a firmware update\n");
	check(fake->got.id == 1 && fake->got.update_locked == 1,
	      "evsectl update: locks");
	expect("-p|1|update", 0, "evse1: locked for a firmware update\n");
	expect("-p|1|status", 0, "  update    locked: 'evsectl update unlock'");
	expect("-p|1|-j|update|status", 0, "\"update_locked\":true}");
	expect("-p|1|update|unlock", 0, "evse1: not locked\n");
	check(!fake->got.update_locked &&
	      evse_has(&fake->got, EVSE_A_PORT_UPDATE_LOCKED),
	      "evsectl update: unlocks");
	expect("-p|0|update|status", 0, "evse0: not locked\n");
	expect("-p|0|fault|clear|ERR_LOCK_FAIL", 0, "");
	check(fake->got_fault.code == EVSE_FAULT_CODE_LOCK_FAIL,
	      "evsectl fault clear: by name");
	expect("-p|0|fault|raise|v2g-502|-3", 0, "");
	check(fake->got_fault.code == 502 && fake->got_fault.value == -3,
	      "evsectl fault raise: by name, with a value");
}

static void test_refused(void)
{
	fake_reset();
	fake->refuse_cmd = EVSE_CMD_POWER_SET;
	fake->refuse_err = ERANGE;
	strcpy(fake->refuse_text, "more than the port is rated for");
	expect("-p|0|power|30kW", 1,
	       "evsectl: evse0: more than the port is rated for; state requesting, vehicle C; mode v2g, bounds -11 kW to 11 kW, rated -22 kW to 22 kW\n");
	fake->refuse_cmd = EVSE_CMD_ENERGISE;
	fake->refuse_err = EBUSY;
	strcpy(fake->refuse_text, "a guard holds");
	fake->ports[0].guards[0].state = EVSE_GUARD_STATE_HOLD;
	expect("-p|0|energise", 1, "a guard holds; state requesting, vehicle C; guard grid: hold");
	fake->ports[0].has |= 1ULL << EVSE_A_PORT_SESSION_PORT;
	fake->ports[0].session_port = 4711;
	expect("-p|0|energise", 1, "; exclusive session of netlink port 4711\n");
	fake->refuse_err = EPERM;
	fake->refuse_text[0] = '\0';
	expect("-p|0|energise", 1, "CAP_NET_ADMIN");
}

static void script(uint32_t a, uint32_t b, uint32_t c)
{
	fake_reset();
	fake->script[0] = a;
	fake->script[1] = b;
	fake->script[2] = c;
	fake->n_script = 3;
}

static void test_wait(void)
{
	script(EVSE_PORT_STATE_LOCKING, EVSE_PORT_STATE_CLOSING,
	       EVSE_PORT_STATE_ENERGISED);
	expect("-p|0|energise|--wait", 0, "evse0: energised");
	script(EVSE_PORT_STATE_LOCKING, EVSE_PORT_STATE_CLOSING,
	       EVSE_PORT_STATE_CONNECTED);
	expect("-p|0|energise|--wait", 1, "given up; state connected");
	script(EVSE_PORT_STATE_LOCKING, EVSE_PORT_STATE_CLOSING,
	       EVSE_PORT_STATE_FAULT);
	fake->n_faults = 1;
	fake->ports[0].fault_code = EVSE_FAULT_CODE_GROUND_FAULT;
	expect("-p|0|energise|--wait", 1,
	       "not energised: fault 0x20 GROUND_FAULT, seen by rcd");
	script(EVSE_PORT_STATE_LOCKING, EVSE_PORT_STATE_LOCKING,
	       EVSE_PORT_STATE_LOCKING);
	expect("-p|0|energise|--wait|0.2", 1, "not energised after 200 ms");
	script(EVSE_PORT_STATE_STOPPING, EVSE_PORT_STATE_OPENING,
	       EVSE_PORT_STATE_REQUESTING);
	expect("-p|0|stop|--wait|5", 0, "evse0: requesting");
	check(fake->at == 3, "evsectl stop --wait: until the end");
	script(EVSE_PORT_STATE_OPENING, EVSE_PORT_STATE_OPENING,
	       EVSE_PORT_STATE_OPENING);
	expect("-p|0|stop|--wait|200ms", 1, "not open after 200 ms");
}

static void test_session(void)
{
	fake_reset();
	expect("-p|0|session|hold|--lease|150|--|sh|-c|sleep 0.4; exit 3", 3,
	       "evse0: session held, shared, lease 150 ms");
	check(fake->calls[EVSE_CMD_SESSION_OPEN] == 1 &&
	      fake->calls[EVSE_CMD_SESSION_RENEW] > 0 &&
	      fake->calls[EVSE_CMD_DE_ENERGISE] == 1 &&
	      fake->calls[EVSE_CMD_SESSION_CLOSE] == 1,
	      "evsectl session hold: opens, renews, stops, closes");
	check(strstr(out, "session closed"), "evsectl session hold: says so");

	fake_reset();
	fake->renewals = 1;
	expect("-p|0|session|hold|--lease|150|-x", 1,
	       "evse0: the kernel ended the session: it was not renewed in time");
	check(strstr(out, "exclusive") && !fake->got.session_shared &&
	      !fake->calls[EVSE_CMD_SESSION_CLOSE],
	      "evsectl session hold -x: exclusive, and not closed twice");

	fake_reset();
	fake->renewals = 1;
	expect("-p|0|session|hold|--lease|150|--|sleep|15", 1, "ended the session");

	fake_reset();
	expect("-p|0|session|hold|--|/nonexistent", 127, "No such file");
	fake_reset();
	expect("-p|0|session|hold|--|sh|-c|kill -TERM $PPID; exec sleep 15", 143,
	       "session closed");
	check(fake->calls[EVSE_CMD_DE_ENERGISE] == 1 &&
	      fake->calls[EVSE_CMD_SESSION_CLOSE] == 1,
	      "evsectl session hold: SIGTERM is passed on, then a stop");
	fake_reset();
	expect("-p|0|-j|session|hold|--|true", 0,
	       "{\"event\":\"held\",\"port\":\"evse0\",\"shared\":true,\"lease_ms\":500}");
	fake_reset();
	fake->refuse_cmd = EVSE_CMD_SESSION_OPEN;
	fake->refuse_err = EBUSY;
	strcpy(fake->refuse_text, "another process holds the session");
	expect("-p|0|session|hold|--|touch|/nonexistent", 1,
	       "another process holds the session");
}

static void test_monitor(void)
{
	fake_reset();
	fake->n_events = 3;
	fake->events[0] = EVSE_PORT_STATE_CLOSING;
	fake->events[1] = EVSE_PORT_STATE_CLOSING;
	fake->events[2] = EVSE_PORT_STATE_ENERGISED;
	expect("monitor|--count|2|--timeout|10", 0,
	       "evse0: state requesting -> closing\n"
	       "evse0: state closing -> energised\n");
	check(strstr(err, "listening"), "evsectl monitor: says that it listens");
	expect("-j|monitor|--count|3", 0, "{\"event\":\"port\",\"port\":{\"id\":0,");
	expect("-q|monitor|-t|-n|1", 0, "evse0: state requesting -> closing");
	check(out[4] == '-' && out[10] == 'T' && !*err,
	      "evsectl -t monitor: time of day");
	fake->lose = true;
	expect("monitor|--count|1", 0, "events were lost");
	fake->n_events = 0;
	fake->lose = false;
	expect("monitor|--timeout|0.1", 0, "");
	expect("monitor|--count|1|--timeout|0.1", 1, "0 of 1 events in time");
	fake->n_events = 1;
	fake->no_guards = true;
	expect("monitor|--count|1", 0,
	       "state requesting -> closing -guards.grid\n");
	fake->no_guards = false;
	expect("-p|1|monitor|--count|1|--timeout|0.1", 1, "0 of 1");
}

static void test_conf_files(void)
{
	char saved[sizeof(out)], path[] = "/tmp/evsectl-unit-XXXXXX", line[128];
	int fd;

	fake_reset();
	fake->ports[1].min_mw = -7234567;
	run("showconf");
	strcpy(saved, out);
	check_text(saved, "[evse0]\nmode = v2g\nmin-power = -11kW\n"
		   "max-power = 11kW\nbasic = off\n"
		   "[evse1]\nmode = v2g\nmin-power = -7.234567kW\n"
		   "max-power = 11kW\nbasic = off\n", "evsectl showconf");
	fake->ports[0].mode = EVSE_MODE_OFF;
	fake->ports[1].min_mw = 0;
	check(!run_with("setconf", saved) && !*out && !*err,
	      "evsectl setconf: from standard input");
	run("showconf");
	check_text(out, saved, "evsectl setconf: showconf's output");
	memset(fake->calls, 0, sizeof(fake->calls));
	check(run_with("setconf|-", "[evse0]\nmode = off\n[evse1]\nmode = x\n") == 2 &&
	      strstr(err, "standard input:4: mode: 'x' is no mode") &&
	      !fake->calls[EVSE_CMD_PORT_SET],
	      "evsectl setconf: an error, and nothing is set");
	check(run_with("setconf", "[evse9]\nmode = off\n[evse1]\nmode = off\n") == 1 &&
	      strstr(err, "evse9: no such port") &&
	      fake->ports[1].mode == EVSE_MODE_OFF,
	      "evsectl setconf: one port refuses, the other is set");
	expect("setconf|/nonexistent/file", 1, "No such file");
	expect("-p|0|setconf", 2, "not -p");

	fd = mkstemp(path);
	close(fd);
	snprintf(line, sizeof(line), "counters|save|%s", path);
	expect(line, 0, "");
	snprintf(line, sizeof(line), "-p|1|counters|restore|%s", path);
	expect(line, 0, "");
	check(fake->calls[EVSE_CMD_COUNTERS_SET] == 1 && fake->got.id == 1 &&
	      fake->got.counters.matings == 12,
	      "evsectl counters: saved and restored");
	expect("-p|1|counters|cleaned", 0,
	       "evse1: pins cleaned at 12 matings\n");
	check(fake->calls[EVSE_CMD_COUNTERS_SET] == 2 && fake->got.id == 1 &&
	      fake->got.counters.has == 1ULL << EVSE_A_COUNTERS_CLEANED &&
	      fake->got.counters.cleaned == 12,
	      "evsectl counters cleaned: that counter alone");
	expect("-p|1|-j|counters|cleaned", 0,
	       "{\"id\":1,\"name\":\"evse1\",\"counters\":{\"matings\":12,\"cleaned\":12}}\n");
	expect("counters|cleaned", 2, "-p");
	unlink(path);
	expect("counters|save|/nonexistent/file", 1, "No such file");
	expect("counters|save|-", 0, "[evse0]\nmatings = 12\n");
	expect("counters|save|/dev/full", 1, "No space left");
}

void test_cli(void)
{
	test_usage();
	test_absent();
	test_show();
	test_connector();
	test_set();
	test_refused();
	test_wait();
	test_session();
	test_monitor();
	test_conf_files();
}
