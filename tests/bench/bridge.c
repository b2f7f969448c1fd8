// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The power stage on its bridge: from an emergency stop to all gates off, what a
 * control step takes, and how late it comes, idle and while a process keeps the
 * processor busy. The registers are those of the simulated modules: what these
 * take for a write is part of every figure.
 */
#include <signal.h>
#include <sys/wait.h>

#include "../selftests/evse/evnl.h"
#include "bench.h"

#define ROUNDS		101
#define STEPS		10000
#define POWER_MW	10000000
#define EVENT		TRACING "events/evse_stage/evse_step/enable"
#define TRACE		TRACING "trace"

static struct evnl e;

static void await(enum evse_port_state state)
{
	if (!evnl_await(&e, 0, state, 10000))
		die("the port does not get to state %d", state);
}

static void energise(void)
{
	evnl_do(&e, EVSE_CMD_SESSION_RENEW, 0);
	await(EVSE_PORT_STATE_REQUESTING);
	/* A vehicle whose pilot went steady says B for a moment. */
	usleep(600000);
	await(EVSE_PORT_STATE_REQUESTING);
	if (evnl_do(&e, EVSE_CMD_ENERGISE, 0))
		die("not energised: %s", e.sentence);
	await(EVSE_PORT_STATE_ENERGISED);
	if (evnl_power(&e, 0, POWER_MW))
		die("no power: %s", e.sentence);
	some_ms(100);
}

static void clear(void)
{
	char sentence[sizeof(e.sentence)];
	int tries;

	/* A link takes 5 s at most to be discharged. */
	for (tries = 400; tries; tries--) {
		struct nl_msg *msg = evnl_msg(&e, EVSE_CMD_FAULT_CLEAR, 0);
		struct evnl_port p;

		nla_put_u32(msg, EVSE_A_FAULT_PORT, 0);
		evnl_call(&e, msg, NULL, NULL);
		memcpy(sentence, e.sentence, sizeof(sentence));
		evnl_do(&e, EVSE_CMD_SESSION_RENEW, 0);
		if (!evnl_read(&e, 0, &p) && !p.value[EVSE_A_PORT_FAULT_COUNT])
			return;
		usleep(20000);
	}
	system("cat /sys/class/evse/evse0/faults");
	die("faults cannot be cleared: %s", sentence);
}

static void trips(void)
{
	unsigned int board = evnl_board(0);
	int64_t gates[ROUNDS];
	int i;

	for (i = 0; i < ROUNDS; i++) {
		energise();
		sim_write("5 inputs/emergency_stop 1", "evse-sim-%u/mains/script",
			  board);
		await(EVSE_PORT_STATE_FAULT);
		gates[i] = since_edge(board, "gates_ns");
		sim_write("0", "evse-sim-%u/inputs/emergency_stop", board);
		clear();
	}
	report("bridge.trip", gates, ROUNDS);
}

static void watch_for_a_second(void)
{
	write_to(TRACE, "");
	write_to(EVENT, "1");
	usleep(1000000);
	write_to(EVENT, "0");
}

/* What the event told of the steps meanwhile. */
static int steps(int64_t *took, int64_t *late)
{
	char line[256];
	int n = 0;
	FILE *file;

	file = fopen(TRACE, "r");
	if (!file)
		die("no trace");
	while (n < STEPS && fgets(line, sizeof(line), file)) {
		const char *at = strstr(line, " late ");
		long long a, b;

		if (!(n % 1000))
			evnl_do(&e, EVSE_CMD_SESSION_RENEW, 0);
		if (at && sscanf(at, " late %lld took %lld", &a, &b) == 2) {
			late[n] = a;
			took[n++] = b;
		}
	}
	fclose(file);
	if (n < 5000)
		die("only %d steps in a second", n);
	return n;
}

static int64_t most(const int64_t *ns, int count)
{
	int64_t most = 0;
	int i;

	for (i = 0; i < count; i++)
		most = ns[i] > most ? ns[i] : most;
	return most;
}

/* System calls, page faults and processes without an end */
static pid_t load(void)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	for (;;) {
		char *pages = malloc(1 << 20);
		pid_t child = fork();

		if (!child)
			_exit(0);
		memset(pages, 1, 1 << 20);
		free(pages);
		waitpid(child, NULL, 0);
	}
}

static void step(void)
{
	static int64_t took[STEPS], late[STEPS];
	pid_t pid;
	int n;

	energise();
	watch_for_a_second();
	n = steps(took, late);
	printf("bridge.step.late.ns.max\t%lld\tns\n", (long long)most(late, n));
	pid = load();
	watch_for_a_second();
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	n = steps(took, late);
	printf("bridge.step_load.late.ns.max\t%lld\tns\n", (long long)most(late, n));
	summary("bridge.step.instr", INSTRUCTIONS, took, n);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (evnl_open(&e))
		die("no family");
	await(EVSE_PORT_STATE_AVAILABLE);
	if (evnl_session(&e, 0, 10000, false) ||
	    evnl_grid_setting(&e, 0, EVSE_GRID_ELEMENT_ENTER_DELAY, 0, 0))
		die("not ready: %s", e.sentence);
	sim_write("c", "evse-sim-%u/vehicle/want", evnl_board(0));
	sim_write("1", "evse-sim-%u/vehicle/plug", evnl_board(0));
	trips();
	step();
	if (evnl_violations(evnl_board(0)))
		die("the referee has something to say");
	evnl_close(&e);
	return 0;
}
