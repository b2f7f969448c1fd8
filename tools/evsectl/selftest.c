// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl selftest: all that can be checked from outside, without energising. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../libevse/evse-units.h"
#include "grid.h"
#include "selftest.h"
#include "watch.h"

static const char *const verdicts[] = {
	[PASSED] = "ok",
	[FAILED] = "failed",
	[SKIPPED] = "skipped",
};

void selftest_row(struct selftest *t, enum outcome verdict, const char *name,
		  const char *fmt, ...)
{
	char reason[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(reason, sizeof(reason), fmt, args);
	va_end(args);
	t->count[verdict]++;
	if (t->e->json) {
		evse_json_open(&t->json, NULL, '{');
		evse_json_string(&t->json, "port", t->about);
		evse_json_string(&t->json, "check", name);
		evse_json_string(&t->json, "result", verdicts[verdict]);
		evse_json_string(&t->json, "reason", reason);
		evse_json_close(&t->json, '}');
	} else if (!t->e->quiet || verdict == FAILED) {
		printf("%-7s %-28s %-8s %s\n", t->about, name,
		       verdicts[verdict], reason);
	}
}

static void test_clock(struct selftest *t)
{
	char path[512], source[64] = "";
	struct timespec step = { 0 };
	FILE *in;

	snprintf(path, sizeof(path),
		 "%s/devices/system/clocksource/clocksource0/current_clocksource",
		 selftest_sysfs);
	in = fopen(path, "re");
	if (!in || !fgets(source, sizeof(source), in)) {
		selftest_row(t, SKIPPED, "clock source", "%s cannot be read",
			     path);
	} else {
		source[strcspn(source, "\n")] = '\0';
		clock_getres(CLOCK_MONOTONIC, &step);
		/* Times of trips and crossings need better than a tick. */
		if (strstr(source, "jiffies") || step.tv_sec ||
		    step.tv_nsec > 1000)
			selftest_row(t, FAILED, "clock source",
				     "%s: too coarse for crossings and trips; boot with one that counts nanoseconds",
				     source);
		else
			selftest_row(t, PASSED, "clock source", "%s", source);
	}
	if (in)
		fclose(in);
}

static bool at_rest(const struct evse_port_info *p)
{
	return p->state != EVSE_PORT_STATE_ENERGISED && !moving(p->state) &&
	       contacts_open(p);
}

static void test_ready(struct selftest *t, const struct evse_port_info *p)
{
	const char *state = evse_name_of(&evse_port_state_names, p->state);

	if (p->state == EVSE_PORT_STATE_UNREADY)
		selftest_row(t, FAILED, "port", "unready: waiting for the driver of %s",
			     *p->waiting_for ? p->waiting_for : "a part of it");
	else if (p->fault_code)
		selftest_row(t, FAILED, "port", "%s%sfault 0x%02X %s; 'evsectl -p evse%u fault show' tells what to do",
			     p->state == EVSE_PORT_STATE_FAULT ? "" : state,
			     p->state == EVSE_PORT_STATE_FAULT ? "" : ": ",
			     p->fault_code,
			     evse_name_of(&evse_fault_code_names,
					  p->fault_code), p->id);
	else if (p->state == EVSE_PORT_STATE_FAULT)
		selftest_row(t, FAILED, "port", "%s", state);
	else
		selftest_row(t, PASSED, "port", "%s", state);
}

/* Does a guard hold because the grid has just come back? */
static bool entering(const struct evse_guard_info *g,
		     const struct evse_grid_info *grid)
{
	return g->state == EVSE_GUARD_STATE_HOLD &&
	       g->code == EVSE_FAULT_CODE_GRID_LOSS &&
	       evse_has(grid, EVSE_A_GRID_STATE) &&
	       grid->state == EVSE_GRID_STATE_WAITING;
}

/* A socket without a plug has no coding: the guard of the coding holds, as it should. */
static bool unplugged(const struct evse_guard_info *g,
		      const struct evse_port_info *p)
{
	return g->state == EVSE_GUARD_STATE_HOLD &&
	       g->code == EVSE_FAULT_CODE_PROXIMITY_FAULT &&
	       p->vehicle == EVSE_PILOT_STATE_A;
}

static void test_guards(struct selftest *t, const struct evse_port_info *p,
			const struct evse_grid_info *grid)
{
	const struct evse_guard_info *g;
	char row[EVSE_NAME_SIZE + 8], text[32];
	unsigned int i;

	if (!p->n_guards)
		selftest_row(t, SKIPPED, "guards", "the port has none");
	for (i = 0; i < p->n_guards; i++) {
		g = &p->guards[i];
		snprintf(row, sizeof(row), "guard %s", g->name);
		if (g->state == EVSE_GUARD_STATE_PERMIT)
			selftest_row(t, PASSED, row, "permit");
		else if (entering(g, grid))
			selftest_row(t, SKIPPED, row,
				     "hold: the enter-service delay runs, %s left",
				     evse_format(grid->wait_ms, EVSE_U_MS,
						 text, sizeof(text)));
		else if (unplugged(g, p))
			selftest_row(t, SKIPPED, row,
				     "hold: no plug is in, so there is no coding");
		else
			selftest_row(t, FAILED, row, "%s: %s",
				     evse_name_of(&evse_guard_state_names,
						  g->state),
				     g->code ?
				     evse_name_of(&evse_fault_code_names,
						  g->code) : "no cause told");
	}
}

/*
 * The checks run before each closing, in a state of their own: a port beyond
 * it has passed them. Otherwise the states that are still to come are told.
 */
static void test_checks(struct selftest *t, const struct evse_port_info *p)
{
	static const uint32_t way[] = {
		EVSE_PORT_STATE_AVAILABLE, EVSE_PORT_STATE_CONNECTED,
		EVSE_PORT_STATE_REQUESTING, EVSE_PORT_STATE_LOCKING,
		EVSE_PORT_STATE_CHECKING,
	};
	char ahead[160] = "";
	bool beyond = false;
	size_t i, used = 0;

	if (p->state == EVSE_PORT_STATE_CLOSING ||
	    p->state == EVSE_PORT_STATE_ENERGISED ||
	    p->state == EVSE_PORT_STATE_STOPPING) {
		selftest_row(t, PASSED, "checks", "passed: the port is %s",
			     evse_name_of(&evse_port_state_names, p->state));
		return;
	}
	if (p->fault_code) {
		selftest_row(t, FAILED, "checks", "the port has a fault: they would not begin");
		return;
	}
	for (i = 0; i < sizeof(way) / sizeof(way[0]); i++) {
		if (beyond && used < sizeof(ahead))
			used += (size_t)snprintf(ahead + used,
						 sizeof(ahead) - used, "%s%s",
						 used ? ", " : "",
						 evse_name_of(&evse_port_state_names,
							      way[i]));
		beyond = beyond || way[i] == p->state;
	}
	selftest_row(t, SKIPPED, "checks", "they run before each closing; the port is %s%s%s",
		     evse_name_of(&evse_port_state_names, p->state),
		     *ahead ? ", ahead of it " : "", ahead);
}

static void test_meter(struct selftest *t,
		       const struct evse_sample_info *sample, int err)
{
	char text[3][32];

	if (err == -EOPNOTSUPP)
		selftest_row(t, SKIPPED, "meter", "the port has none");
	else if (err)
		selftest_row(t, FAILED, "meter", "%s",
			     evse_client_error(t->e->client));
	else
		selftest_row(t, PASSED, "meter", "%s, %s, %s",
			     evse_format(sample->power_mw, EVSE_U_MW, text[0],
					 32),
			     evse_format(sample->voltage_mv, EVSE_U_MV,
					 text[1], 32),
			     evse_format(sample->current_ma, EVSE_U_MA,
					 text[2], 32));
}

static const char *pilot_defect(const struct evse_port_info *p)
{
	switch (p->vehicle) {
	case EVSE_PILOT_STATE_UNKNOWN:
		return "the level is none of A to F";
	case EVSE_PILOT_STATE_A:
		if (p->state == EVSE_PORT_STATE_CONNECTED ||
		    p->state == EVSE_PORT_STATE_REQUESTING)
			return "no vehicle, but the port sees one";
		return at_rest(p) ? NULL : "no vehicle, but contacts are closed or closing";
	case EVSE_PILOT_STATE_E:
		return "the pilot is shorted, or the charger's -12 V is missing";
	case EVSE_PILOT_STATE_F:
		return p->pilot_output == EVSE_PILOT_OUTPUT_UNAVAILABLE ?
		       NULL : "-12 V, although the charger does not put it there";
	default:
		return p->state == EVSE_PORT_STATE_AVAILABLE ?
		       "a vehicle, but the port sees none" : NULL;
	}
}

static void test_pilot(struct selftest *t, const struct evse_port_info *p)
{
	const char *why;

	if (!evse_has(p, EVSE_A_PORT_PILOT_OUTPUT) ||
	    p->state == EVSE_PORT_STATE_UNREADY) {
		selftest_row(t, SKIPPED, "pilot", "no control pilot answers");
		return;
	}
	why = pilot_defect(p);
	selftest_row(t, why ? FAILED : PASSED, "pilot", "vehicle %s%s%s",
		     evse_name_of(&evse_pilot_state_names, p->vehicle),
		     why ? ": " : "", why ? why : "");
}

static void test_lock(struct selftest *t, const struct evse_port_info *p)
{
	const char *name = evse_name_of(&evse_lock_state_names, p->lock);
	bool power = !at_rest(p) && p->state != EVSE_PORT_STATE_LOCKING;

	switch (p->lock) {
	case EVSE_LOCK_STATE_NONE:
		selftest_row(t, SKIPPED, "lock", "the connector has none");
		break;
	case EVSE_LOCK_STATE_MOVING:
		selftest_row(t, SKIPPED, "lock", "moving now");
		break;
	case EVSE_LOCK_STATE_FAILED:
		selftest_row(t, FAILED, "lock", "the feedback does not agree with the motor");
		break;
	case EVSE_LOCK_STATE_UNLOCKED:
		selftest_row(t, power ? FAILED : PASSED, "lock", "%s%s", name,
			     power ? " although contacts are closed" : "");
		break;
	default:
		selftest_row(t, PASSED, "lock", "%s, as the feedback says",
			     name);
		break;
	}
}

/* @sentence: the kernel's, when the grid was not told */
static void test_grid(struct selftest *t, const struct evse_port_info *p,
		      const struct evse_grid_info *grid, int err,
		      const char *sentence)
{
	struct grid_window w;
	unsigned int misses;
	char *why = NULL;
	size_t size;
	FILE *out;

	if (err == -EOPNOTSUPP) {
		selftest_row(t, SKIPPED, "grid", "the port has no grid guard");
		return;
	}
	if (!err && grid_window_read(t->e, p->id, &w))
		sentence = evse_client_error(t->e->client);
	if (*sentence) {
		selftest_row(t, FAILED, "grid", "%s", sentence);
		return;
	}
	out = open_memstream(&why, &size);
	if (!out) {
		selftest_row(t, FAILED, "grid", "%s", strerror(errno));
		return;
	}
	misses = grid_window_misses(out, grid, &w);
	fclose(out);
	selftest_row(t, misses ? FAILED : PASSED, "grid", "%s%s",
		     misses ? "" : "inside the enter-service window of ",
		     misses ? why : grid->profile);
	free(why);
}

static void test_energy(struct selftest *t, const struct evse_port_info *p,
			bool metered)
{
	bool linked = evse_has(p, EVSE_A_PORT_LINK_MV);
	char text[32] = "not measured";

	if (linked)
		evse_format(p->link_mv, EVSE_U_MV, text, sizeof(text));
	if (!evse_has(p, EVSE_A_PORT_ZERO_ENERGY))
		selftest_row(t, SKIPPED, "zero energy", "the kernel does not tell");
	else if (p->zero_energy)
		selftest_row(t, at_rest(p) ? PASSED : FAILED, "zero energy",
			     "%s, DC link %s", at_rest(p) ? "zero" :
			     "zero although contacts are closed", text);
	else if (!at_rest(p))
		selftest_row(t, SKIPPED, "zero energy", "the port is not at rest");
	else if (!metered || (p->stage && !linked))
		selftest_row(t, SKIPPED, "zero energy", "not known to be zero, %s is not measured: take it for live",
			     metered ? "the DC link" : "the connector");
	else
		selftest_row(t, FAILED, "zero energy", "not zero at rest, DC link %s: do not touch",
			     text);
}

static void test_port(struct selftest *t, const struct evse_port_info *p)
{
	struct evse_sample_info sample = { 0 };
	struct evse_grid_info grid = { 0 };
	char name[16], sentence[256] = "";
	int grid_err, err;

	snprintf(t->about, sizeof(t->about), "%s", port_name(p, name));
	grid_err = evse_grid_get(t->e->client, p->id, &grid);
	if (grid_err)
		snprintf(sentence, sizeof(sentence), "%s",
			 evse_client_error(t->e->client));
	test_ready(t, p);
	test_guards(t, p, &grid);
	test_checks(t, p);
	err = evse_meter_get(t->e->client, p->id, &sample);
	test_meter(t, &sample, err);
	test_pilot(t, p);
	test_lock(t, p);
	selftest_lines(t, p->id);
	test_grid(t, p, &grid, grid_err, sentence);
	test_energy(t, p, !err);
}

static int run(struct evsectl *e, const struct command *cmd, int argc,
	       char **argv)
{
	struct selftest t = { .e = e, .json = { .out = stdout } };
	struct evse_port_info *ports;
	size_t count, i;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_ports(e, &ports, &count);
	if (err == EXIT_USAGE)
		return err;
	if (err)
		count = 0;
	snprintf(t.about, sizeof(t.about), "-");
	if (e->json) {
		evse_json_open(&t.json, NULL, '{');
		evse_json_open(&t.json, "checks", '[');
	} else if (!e->quiet) {
		printf("%-7s %-28s %-8s %s\n", "PORT", "CHECK", "RESULT",
		       "REASON");
	}
	if (err)
		selftest_row(&t, FAILED, "family", "no port answers");
	else
		selftest_row(&t, PASSED, "family", "answers for %zu %s", count,
			     count == 1 ? "port" : "ports");
	test_clock(&t);
	for (i = 0; i < count; i++)
		test_port(&t, &ports[i]);
	if (count)
		free(ports);
	if (e->json) {
		evse_json_close(&t.json, ']');
		evse_json_bool(&t.json, "ok", !t.count[FAILED]);
		evse_json_close(&t.json, '}');
		putchar('\n');
	}
	say(e, "%u ok, %u failed, %u skipped", t.count[PASSED],
	    t.count[FAILED], t.count[SKIPPED]);
	return t.count[FAILED] ? EXIT_FAILURE : EXIT_SUCCESS;
}

static const char *const synopsis[] = { "selftest", NULL };

const struct command cmd_selftest = {
	.name = "selftest",
	.synopsis = synopsis,
	.summary = "Check all that can be checked without energising; exits 1 when a check failed.",
	.run = run,
};
