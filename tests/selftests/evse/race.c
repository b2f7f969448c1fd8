// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Trips against arming, on two processors and in real time: whatever comes
 * first, nothing is energised afterwards. Then killed owners against energise.
 *
 * board: ../tests/selftests/evse/mixed
 * smp: 2
 */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "evnl.h"
#include "ktap.h"

#define STOP	"inputs/emergency_stop"

static struct evnl e;
static uint32_t seed = 4711;

static uint32_t rnd(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

static uint64_t now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000ULL + ts.tv_nsec / 1000;
}

static void pin(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

/* The board's own word: coils commanded, contacts closed, gates on. */
static bool energised(unsigned int board)
{
	unsigned int out = 0, contacts = 0, gates = 0;
	char path[96], line[96];
	FILE *file;

	snprintf(path, sizeof(path),
		 "/sys/kernel/debug/evse_sim/evse-sim-%u/state", board);
	file = fopen(path, "r");
	if (!file)
		return true;
	while (fgets(line, sizeof(line), file)) {
		sscanf(line, "outputs %x", &out);
		sscanf(line, "contacts %x", &contacts);
		sscanf(line, "gates %u", &gates);
	}
	fclose(file);
	return (out & 7) || contacts || gates;
}

/* The hand that presses the emergency stop, on a processor of its own. */
static struct {
	pthread_t thread;
	unsigned int board;
	volatile uint64_t at;	/* 0: wait, 1: end */
	volatile bool pressed;
} hand;

static void *press(void *unused)
{
	pin(1);
	for (;;) {
		uint64_t at = hand.at;

		if (at == 1)
			return NULL;
		if (!at || hand.pressed) {
			usleep(200);
			continue;
		}
		while (now_us() < at)
			;
		evnl_sim(hand.board, STOP, "1");
		hand.pressed = true;
	}
}

static bool clear_all(uint32_t port)
{
	struct nl_msg *msg = evnl_msg(&e, EVSE_CMD_FAULT_CLEAR, 0);

	nla_put_u32(msg, EVSE_A_FAULT_PORT, port);
	return !evnl_call(&e, msg, NULL, NULL);
}

static bool again(uint32_t port)
{
	int i;

	for (i = 0; i < 400 && !clear_all(port); i++)
		usleep(5000);
	return evnl_await(&e, port, EVSE_PORT_STATE_REQUESTING, 5000);
}

/* How long energise takes, so that the presses fall around its end. */
static uint64_t time_to_energise(uint32_t port)
{
	uint64_t begin = now_us();

	if (evnl_do(&e, EVSE_CMD_ENERGISE, port) ||
	    !evnl_await(&e, port, EVSE_PORT_STATE_ENERGISED, 5000))
		ktap_die("port %u: not energised: %s", port, e.sentence);
	begin = now_us() - begin;
	evnl_sim(port, STOP, "1");
	evnl_await(&e, port, EVSE_PORT_STATE_FAULT, 2000);
	evnl_sim(port, STOP, "0");
	return begin;
}

static void trips(uint32_t port, int rounds)
{
	int i, k, late = 0, early = 0, wrong = 0;
	uint64_t span;

	evnl_sim(port, "vehicle/want", "c");
	evnl_sim(port, "vehicle/plug", "1");
	if (evnl_session(&e, port, 10000, false) || !again(port))
		ktap_die("port %u: not ready: %s", port, e.sentence);
	span = time_to_energise(port);

	hand.board = port;
	for (i = 0; i < rounds; i++) {
		evnl_do(&e, EVSE_CMD_SESSION_RENEW, port);
		if (!again(port))
			ktap_die("port %u: not ready again in round %d", port, i);
		hand.pressed = false;
		/* Half of them at the very moment of the command. */
		hand.at = now_us() + 500 +
			  (i & 1 ? rnd(1500) : rnd(span + span / 8));
		if (evnl_do(&e, EVSE_CMD_ENERGISE, port))
			early++;
		else
			late++;
		for (k = 0; k < 2000 && !hand.pressed; k++)
			usleep(500);
		hand.at = 0;
		/* It returned: the interrupt has been delivered or is just so. */
		usleep(20000);
		for (k = 0; k < 3; k++) {
			if (energised(port))
				wrong++;
			usleep(3000);
		}
		evnl_sim(port, STOP, "0");
	}
	again(port);
	printf("# port %u: %d rounds, %d pressed before energise, %d after\n",
	       port, i, early, late);
	ktap_check(!wrong, "port %u: nothing is energised after a trip (%d)",
		   port, wrong);
	ktap_check(late && early, "port %u: the trips fell on both sides", port);
	evnl_do(&e, EVSE_CMD_SESSION_CLOSE, port);
}

/* The owner dies at any moment of its energise. */
static void kills(uint32_t port, int rounds)
{
	int i, k, wrong = 0, faults = 0;

	for (i = 0; i < rounds; i++) {
		struct evnl own;
		pid_t pid;

		if (!again(port))
			ktap_die("port %u: not ready in round %d", port, i);
		pid = fork();
		if (!pid) {
			if (evnl_open(&own) ||
			    evnl_session(&own, port, 1000, false))
				_exit(1);
			evnl_do(&own, EVSE_CMD_ENERGISE, port);
			for (;;)
				pause();
		}
		usleep(rnd(60000));
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		for (k = 0; k < 400 && energised(port); k++)
			usleep(5000);
		wrong += k == 400;
		usleep(10000);
		wrong += energised(port);
		faults += evnl_state(&e, port) == EVSE_PORT_STATE_FAULT;
	}
	printf("# port %u: %d owners killed, %d while energising\n", port, i,
	       faults);
	ktap_check(!wrong, "port %u: nothing is energised without its owner (%d)",
		   port, wrong);
	ktap_check(faults && faults < i, "port %u: the kills fell on both sides",
		   port);
}

int main(void)
{
	unsigned int port;

	ktap_begin();
	if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
		ktap_die("this needs two processors");
	if (evnl_open(&e))
		ktap_die("there is no family \"evse\"");
	pin(0);
	pthread_create(&hand.thread, NULL, press, NULL);

	trips(0, 200);
	trips(1, 60);
	/* A vehicle that draws nothing, so that stops are short. */
	evnl_sim(0, "vehicle/power_mw", "0");
	evnl_sim(0, "vehicle/follow", "0");
	kills(0, 60);

	hand.at = 1;
	pthread_join(hand.thread, NULL);
	for (port = 0; port < 2; port++) {
		evnl_sim(port, "clear", "1");
		clear_all(port);
		ktap_check(evnl_await(&e, port, EVSE_PORT_STATE_AVAILABLE, 5000),
			   "port %u: at rest", port);
		ktap_check(!evnl_violations(port),
			   "port %u: the referee saw no violation", port);
	}
	return ktap_end();
}
