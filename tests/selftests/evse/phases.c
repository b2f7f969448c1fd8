// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A trip during every phase of every sequence of a bridge: checks, pre-charge,
 * arming, ramps, reversal, flow, arming again after a cease, stop. The
 * gates go off in time and stay off for as long as the cause stands, and nothing
 * but a clear brings them back.
 *
 * board: evse-virt-bridge-dc
 * worlds: stock-6.12
 * timeout: 900
 */
#include "bridge.h"

#define COUNT(table)	((int)(sizeof(table) / sizeof((table)[0])))
#define EPWM		"/sys/kernel/debug/evse_sim/evse-epwm-0/"
#define TIMES		2
/* How long a cause stands. */
#define STANDS_MS	300

static struct evnl e;
static char doing[96];
static int failures;

static void say_faults(void)
{
	struct faults all;
	int i;

	printf("#   state %d\n", evnl_state(&e, BRIDGE_PORT));
	if (rig_faults(&e, BRIDGE_PORT, &all))
		return;
	for (i = 0; i < all.count; i++)
		printf("#   0x%x by %s, value %d\n", all.fault[i].code,
		       all.fault[i].source, all.fault[i].value);
}

__attribute__((format(printf, 1, 2)))
static void bad(const char *fmt, ...)
{
	va_list args;

	failures++;
	printf("# FAILED %s: ", doing);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	say_faults();
}

/* A file of the modules under the bridge. */
static long epwm(const char *name, int value)
{
	char path[96];
	long seen = -1;
	FILE *file;

	snprintf(path, sizeof(path), EPWM "%s", name);
	file = fopen(path, value < 0 ? "r" : "w");
	if (!file)
		ktap_die("no %s", path);
	if (value >= 0)
		fprintf(file, "%d", value);
	else if (fscanf(file, "%ld", &seen) != 1)
		seen = -1;
	fclose(file);
	return seen;
}

static bool gates(void)
{
	struct board b;

	rig_look(&b);
	return b.gates;
}

/* Looked at without a rest: a phase may last for a millisecond. */
static bool until(bool (*there)(void), int ms)
{
	long long end = bridge_now_ns() + ms * 1000000LL;

	while (!there())
		if (bridge_now_ns() > end)
			return false;
	return true;
}

static bool checking(void)
{
	return evnl_state(&e, BRIDGE_PORT) == EVSE_PORT_STATE_CHECKING;
}

static bool closing(void)
{
	return evnl_state(&e, BRIDGE_PORT) == EVSE_PORT_STATE_CLOSING;
}

static bool energised(void)
{
	return evnl_state(&e, BRIDGE_PORT) == EVSE_PORT_STATE_ENERGISED;
}

static bool blocked(void)
{
	return !gates();
}

/* Phases, each from a vehicle that asks */

static bool reach_checks(void)
{
	return bridge_energise(&e) && until(checking, 3000);
}

static bool reach_precharge(void)
{
	return bridge_energise(&e) && until(closing, 8000);
}

static bool reach_arming(void)
{
	return bridge_energise(&e) && until(energised, 8000);
}

static bool reach_power(int mw)
{
	if (!reach_arming() || !until(gates, 1000))
		return false;
	/* Behind the permit of the grid's guard */
	usleep(1200000);
	bridge_power(&e, mw);
	return true;
}

static bool reach_ramp_up(void)
{
	return reach_power(BRIDGE_FULL_MW);
}

static bool reach_ramp_back(void)
{
	return reach_power(-BRIDGE_FULL_MW);
}

static bool reach_flow(void)
{
	if (!reach_power(random() % 2 ? BRIDGE_FULL_MW : -BRIDGE_FULL_MW))
		return false;
	usleep(50000);
	return true;
}

static bool reach_reversal(void)
{
	int mw = random() % 2 ? BRIDGE_FULL_MW : -BRIDGE_FULL_MW;

	if (!reach_power(mw))
		return false;
	usleep(50000);
	bridge_power(&e, -mw);
	return true;
}

/* The mains' voltage is not known for a while: cease, and back by itself */
static bool reach_again(void)
{
	if (!reach_flow())
		return false;
	evnl_sim(0, "adc/6/fail", "error");
	if (!until(blocked, 1500))
		return false;
	evnl_sim(0, "adc/6/fail", "none");
	return until(gates, 8000);
}

static bool reach_stop(void)
{
	return reach_flow() && !evnl_do(&e, EVSE_CMD_DE_ENERGISE, BRIDGE_PORT);
}

static const struct phase {
	const char *name;
	bool (*reach)(void);
	/* The cause strikes within that time. */
	int us;
	/* The contactor is closed, and stays so until the cause strikes. */
	bool closed;
} phases[] = {
	{ "checks", reach_checks, 20000, false },
	{ "pre-charge", reach_precharge, 250000, false },
	{ "arming", reach_arming, 1000, true },
	{ "ramp to charge", reach_ramp_up, 20000, true },
	{ "ramp to discharge", reach_ramp_back, 20000, true },
	{ "flow", reach_flow, 20000, true },
	{ "reversal", reach_reversal, 25000, true },
	{ "arming again", reach_again, 1000, true },
	{ "stop", reach_stop, 20000, false },
};

/* Latched wherever it strikes; others, where the contactor is closed. */
#define ALWAYS		0x01
/* Ends with its cause, once the grid is well again. */
#define ENDS		0x02

static const struct cause {
	const char *name;
	/* NULL for the fault pin of the modules */
	const char *knob;
	const char *strike;
	const char *undo;
	/* One of them is latched; the second may be 0. */
	uint32_t codes[2];
	/* Gates are off, and the fault latched, within that time. */
	int ms;
	unsigned int flags;
} causes[] = {
	{ "emergency stop", "inputs/emergency_stop", "1", "0",
	  { EVSE_FAULT_CODE_EMERGENCY_STOP }, 1, ALWAYS },
	{ "fault pin", NULL, NULL, NULL, { EVSE_FAULT_CODE_STAGE_FAULT }, 1, 0 },
	/* Without its battery, a link that is discharged is soon too low. */
	{ "contact falls open", "contact/0/fail", "stuck-open", "none",
	  { EVSE_FAULT_CODE_CONTACTOR_OPEN, EVSE_FAULT_CODE_STAGE_FAULT }, 60, 0 },
	{ "breaker", "mains/breaker", "0", "1",
	  { EVSE_FAULT_CODE_GRID_LOSS }, 100, ENDS },
};

static void set(const struct cause *c, bool on)
{
	if (!c->knob)
		epwm("trip_input", on);
	else if (evnl_sim(0, c->knob, on ? c->strike : c->undo))
		ktap_die("%s cannot be set", c->knob);
}

static bool is_latched(const struct cause *c)
{
	int i;

	for (i = 0; i < COUNT(c->codes); i++)
		if (c->codes[i] && rig_latched(&e, BRIDGE_PORT, c->codes[i]))
			return true;
	return false;
}

/* Off in time, and off for as long as the cause stands. */
static void watch(const struct cause *c, bool closed)
{
	long long struck = bridge_now_ns(), now, off = -1;

	do {
		bool on = gates();

		now = bridge_now_ns();
		if (on && off >= 0)
			bad("gates on again after %lld us", (now - struck) / 1000);
		if (!on && off < 0)
			off = now;
		if (on && now - struck > c->ms * 1000000LL) {
			bad("gates still on after %lld us", (now - struck) / 1000);
			return;
		}
		/* A look takes a millisecond of a slow guest. */
		if (closed && now - struck > (c->ms + 5) * 1000000LL &&
		    !is_latched(c)) {
			bad("0x%x is not latched", c->codes[0]);
			return;
		}
	} while (now < struck + STANDS_MS * 1000000LL);
}

/* The cause is gone: only a clear ends what is latched. */
static void recover(const struct cause *c, bool closed)
{
	set(c, false);
	usleep(200000);
	if (closed && !(c->flags & ENDS) && !is_latched(c))
		bad("0x%x ended by itself", c->codes[0]);
	if (gates() && closed)
		bad("gates came back by themselves");
	evnl_do(&e, EVSE_CMD_DE_ENERGISE, BRIDGE_PORT);
	if (bridge_clear(&e))
		return;
	say_faults();
	ktap_die("after %s faults cannot be cleared: %s", doing, e.sentence);
}

static void one(const struct phase *p, const struct cause *c)
{
	bool closed = p->closed || c->flags & ALWAYS;

	snprintf(doing, sizeof(doing), "%s in %s", c->name, p->name);
	if (!p->reach()) {
		say_faults();
		ktap_die("%s is not reached: %s", p->name, e.sentence);
	}
	usleep(random() % p->us);
	set(c, true);
	watch(c, closed);
	recover(c, closed);
	if (epwm("referee/violations", -1))
		bad("the modules saw a violation");
}

int main(void)
{
	int p, c, n, was;

	ktap_begin();
	srandom(1);
	bridge_open(&e, EVSE_MODE_V2G);
	for (p = 0; p < COUNT(phases); p++) {
		was = failures;
		for (c = 0; c < COUNT(causes); c++)
			for (n = 0; n < TIMES; n++)
				one(&phases[p], &causes[c]);
		ktap_check(failures == was, "%s: every cause ends with gates off",
			   phases[p].name);
	}
	if (!bridge_energise(&e) || !until(gates, 8000))
		ktap_die("power does not come back: %s", e.sentence);
	bridge_stop(&e);
	return ktap_end();
}
