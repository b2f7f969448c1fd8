// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The mains' breaker opens under full discharge: by the relay, from its edge to
 * gates that are off; without a relay that works, by missing zero crossings,
 * from the breaker to gates that are off. Stamps are those of the simulated
 * board; the moments of opening are spread over the cycle. What is left behind
 * the breaker is a load that swamps the charger: one that is in balance with it
 * is the matter of the islanding test.
 */
#include "../selftests/evse/evnl.h"
#include "bench.h"

#define PORT	0
#define BOARD	0
#define ROUNDS	21
/* 40 A, which is what the port is rated for, from a battery of 400 V */
#define FULL_MW	-15900000

static struct evnl e;

static void setting(uint32_t element, int32_t pickup, uint32_t time_ms)
{
	if (evnl_grid_setting(&e, PORT, element, pickup, time_ms))
		die("setting of element %u: %s", element, e.sentence);
}

static void mode_v2g(void)
{
	struct nl_msg *msg = evnl_msg(&e, EVSE_CMD_PORT_SET, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, PORT);
	nla_put_u32(msg, EVSE_A_PORT_MODE, EVSE_MODE_V2G);
	if (evnl_call(&e, msg, NULL, NULL))
		die("mode: %s", e.sentence);
}

static void vehicle_agrees(void)
{
	if (evnl_vehicle_limits(&e, PORT, -20000000, 20000000, true))
		die("limits: %s", e.sentence);
}

static void renew(void)
{
	evnl_do(&e, EVSE_CMD_SESSION_RENEW, PORT);
}

static int64_t state(const char *name)
{
	char line[80], key[40];
	long long value, found = 0;
	FILE *file = fopen(SIM "evse-sim-0/state", "r");

	if (!file)
		die("no state");
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%39s %lld", key, &value) == 2 &&
		    !strcmp(key, name))
			found = value;
	fclose(file);
	return found;
}

static void clear(void)
{
	struct evnl_port p;
	int tries;

	for (tries = 200; tries; tries--) {
		renew();
		if (!evnl_read(&e, PORT, &p) &&
		    !p.value[EVSE_A_PORT_FAULT_COUNT])
			return;
		usleep(50000);
	}
	die("the fault does not end");
}

static void feed_back(void)
{
	int tries;

	renew();
	vehicle_agrees();
	if (!evnl_await(&e, PORT, EVSE_PORT_STATE_REQUESTING, 8000))
		die("the vehicle does not ask");
	/* One whose pilot went steady says B for a moment. */
	usleep(50000);
	if (!evnl_await(&e, PORT, EVSE_PORT_STATE_REQUESTING, 8000) ||
	    evnl_do(&e, EVSE_CMD_ENERGISE, PORT))
		die("not energised: %s", e.sentence);
	if (!evnl_await(&e, PORT, EVSE_PORT_STATE_ENERGISED, 8000))
		die("not energised");
	if (evnl_power(&e, PORT, FULL_MW))
		die("power: %s", e.sentence);
	for (tries = 400; tries; tries--) {
		renew();
		if (state("stage_power_mw") == FULL_MW)
			break;
		usleep(25000);
	}
	if (!tries)
		die("feeds back %lld mW", (long long)state("stage_power_mw"));
	some_ms(400);
}

/* Until the contactor is open; times since the breaker, or the relay's edge. */
static void open_breaker(bool relay, int64_t *gates, int64_t *opened)
{
	int64_t since;

	feed_back();
	sim_write(relay ? "1" : "0", "evse-sim-0/mains/relay_works");
	usleep(random() % 16667);
	sim_write("5 breaker 0", "evse-sim-0/mains/script");
	if (!evnl_await(&e, PORT, EVSE_PORT_STATE_FAULT, 2000))
		die("no trip");
	usleep(100000);
	since = stamp(BOARD, relay ? "edge_ns" : "breaker_ns");
	*gates = stamp(BOARD, "gates_ns") - since;
	*opened = stamp(BOARD, "opened_ns") - since;
	if (!since || *gates <= 0 || *opened <= 0)
		die("gates or contacts did not follow");
	sim_write("1", "evse-sim-0/mains/breaker");
	sim_write("1", "evse-sim-0/mains/relay_works");
	clear();
}

static void figure(const char *name, int64_t ns, int64_t unit_ns,
		   const char *unit)
{
	printf("%s\t%.3f\t%s\n", name, (double)ns / unit_ns, unit);
}

static void island(const char *name, bool relay)
{
	int64_t gates[ROUNDS], opened[ROUNDS];
	int64_t unit_ns = relay ? 1000 : 1000000;
	const char *unit = relay ? "us" : "ms";
	char text[64];
	int i;

	for (i = 0; i < ROUNDS; i++)
		open_breaker(relay, &gates[i], &opened[i]);
	qsort(gates, ROUNDS, sizeof(*gates), ascending);
	qsort(opened, ROUNDS, sizeof(*opened), ascending);
	snprintf(text, sizeof(text), "island.%s.%s", name, unit);
	figure(text, gates[ROUNDS / 2], unit_ns, unit);
	snprintf(text, sizeof(text), "island.%s.%s.max", name, unit);
	figure(text, gates[ROUNDS - 1], unit_ns, unit);
	snprintf(text, sizeof(text), "island.%s.open.ms", name);
	figure(text, opened[ROUNDS / 2], 1000000, "ms");
	snprintf(text, sizeof(text), "island.%s.open.ms.max", name);
	figure(text, opened[ROUNDS - 1], 1000000, "ms");
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (evnl_open(&e))
		die("no family");
	/* The shortest way into service that the profile's standard knows. */
	setting(EVSE_GRID_ELEMENT_ENTER_DELAY, 0, 0);
	setting(EVSE_GRID_ELEMENT_ENTER_RAMP, 1000, 0);
	if (!evnl_await(&e, PORT, EVSE_PORT_STATE_AVAILABLE, 3000) ||
	    evnl_session(&e, PORT, 10000, false))
		die("no session: %s", e.sentence);
	mode_v2g();
	/* Nothing that could keep up voltage and crossings: a dead line. */
	sim_write("100000", "evse-sim-%u/island/p_permille", BOARD);
	sim_write("100", "evse-sim-%u/island/q_factor_permille", BOARD);
	sim_write("c", "evse-sim-%u/vehicle/want", BOARD);
	sim_write("1", "evse-sim-%u/vehicle/plug", BOARD);
	island("relay", true);
	island("zerocross", false);
	if (evnl_violations(BOARD))
		die("the referee has something to say");
	evnl_close(&e);
	return 0;
}
