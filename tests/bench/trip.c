// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From an emergency stop to gates and coils that are off, on direct-current
 * ports: one port, and the slowest of all whose stops come in one moment. The
 * stamps are those of the simulated board.
 */
#include "../selftests/evse/evnl.h"
#include "bench.h"

#define ROUNDS		101
#define ROUNDS_ALL	31
#define PORTS_MAX	16

static struct evnl e;
static unsigned int ports;

static bool in_state(unsigned int port, const char *state)
{
	char path[64], text[32] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/sys/class/evse/evse%u/state", port);
	file = fopen(path, "r");
	if (!file || !fgets(text, sizeof(text), file))
		die("%s: cannot read", path);
	fclose(file);
	text[strcspn(text, "\n")] = '\0';
	return !strcmp(text, state);
}

static void await(unsigned int port, const char *state)
{
	int tries;

	for (tries = 500; tries && !in_state(port, state); tries--)
		usleep(20000);
	if (!tries)
		die("port %u does not become %s", port, state);
}

static void clear(unsigned int port)
{
	struct evnl_port p;
	int tries;

	for (tries = 100; tries; tries--) {
		struct nl_msg *msg = evnl_msg(&e, EVSE_CMD_FAULT_CLEAR, 0);

		nla_put_u32(msg, EVSE_A_FAULT_PORT, port);
		evnl_call(&e, msg, NULL, NULL);
		if (!evnl_read(&e, port, &p) &&
		    !p.value[EVSE_A_PORT_FAULT_COUNT])
			return;
		usleep(20000);
	}
	die("port %u: its faults cannot be cleared", port);
}

static void begin(unsigned int port)
{
	unsigned int board = evnl_board(port);

	await(port, "available");
	if (evnl_session(&e, port, 10000, false))
		die("port %u: no session: %s", port, e.sentence);
	sim_write("c", "evse-sim-%u/vehicle/want", board);
	sim_write("1", "evse-sim-%u/vehicle/plug", board);
}

static void energise(unsigned int port)
{
	evnl_do(&e, EVSE_CMD_SESSION_RENEW, port);
	await(port, "requesting");
	if (evnl_do(&e, EVSE_CMD_ENERGISE, port))
		die("port %u: not energised: %s", port, e.sentence);
}

static void one(void)
{
	unsigned int board = evnl_board(0);
	int64_t gates[ROUNDS], coil[ROUNDS];
	int i;

	for (i = 0; i < ROUNDS; i++) {
		energise(0);
		await(0, "energised");
		some_ms(1);
		/* By the board itself, so that it is nobody's system call. */
		sim_write("5 inputs/emergency_stop 1", "evse-sim-%u/mains/script",
			  board);
		await(0, "fault");
		gates[i] = since_edge(board, "gates_ns");
		coil[i] = since_edge(board, "coils_ns");
		sim_write("0", "evse-sim-%u/inputs/emergency_stop", board);
		clear(0);
	}
	report("trip.gates", gates, ROUNDS);
	report("trip.coil", coil, ROUNDS);
}

static void all(void)
{
	int64_t gates[ROUNDS_ALL], coil[ROUNDS_ALL];
	unsigned int port;
	int i;

	for (i = 0; i < ROUNDS_ALL; i++) {
		for (port = 0; port < ports; port++)
			energise(port);
		for (port = 0; port < ports; port++)
			await(port, "energised");
		some_ms(1);
		sim_write("1", "emergency_stop");
		gates[i] = 0;
		coil[i] = 0;
		for (port = 0; port < ports; port++) {
			unsigned int board = evnl_board(port);
			int64_t ns = since_edge(board, "gates_ns");

			gates[i] = ns > gates[i] ? ns : gates[i];
			ns = since_edge(board, "coils_ns");
			coil[i] = ns > coil[i] ? ns : coil[i];
			await(port, "fault");
		}
		sim_write("0", "emergency_stop");
		for (port = 0; port < ports; port++)
			clear(port);
	}
	report("trip.gates16", gates, ROUNDS_ALL);
	report("trip.coil16", coil, ROUNDS_ALL);
}

int main(void)
{
	unsigned int port;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (evnl_open(&e))
		die("no family");
	while (ports < PORTS_MAX) {
		char path[64];

		snprintf(path, sizeof(path), "/sys/class/evse/evse%u", ports);
		if (access(path, F_OK))
			break;
		ports++;
	}
	if (ports != PORTS_MAX)
		die("there are %u ports", ports);
	begin(0);
	one();
	evnl_do(&e, EVSE_CMD_SESSION_RENEW, 0);
	for (port = 1; port < ports; port++)
		begin(port);
	all();
	for (port = 0; port < ports; port++)
		if (evnl_violations(evnl_board(port)))
			die("the referee has something to say");
	evnl_close(&e);
	return 0;
}
