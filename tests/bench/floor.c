// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a trip is compared with, on boards without a port: an interrupt handler
 * that writes one GPIO, and a program that waits for the edge with libgpiod and
 * then writes the line. The stamps are those of the simulated board.
 */
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <gpiod.h>

#include "bench.h"

#define ROUNDS		201
/* Where no idle time is skipped */
#define ROUNDS_USER	101
#define PATIENCE	500
#define BOARDS		16
#define BUSY		8

#define NAME_IN		"evse0-residual-current"
#define NAME_OUT	"evse0-rcd-test"

static void isr(void)
{
	int64_t ns[ROUNDS];
	int i;

	for (i = 0; i < ROUNDS; i++) {
		some_ms(1);
		sim_write("5 inputs/emergency_stop 1",
			  "evse-sim-0/mains/script");
		usleep(10000);
		ns[i] = since_edge(0, "output_ns");
		sim_write("0", "evse-sim-0/inputs/emergency_stop");
	}
	report("trip.floor", ns, ROUNDS);
}

static void isrs(void)
{
	int64_t ns[ROUNDS];
	unsigned int board;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		some_ms(5);
		sim_write("1", "emergency_stop");
		ns[i] = 0;
		for (board = 0; board < BOARDS; board++) {
			int64_t one = since_edge(board, "output_ns");

			ns[i] = one > ns[i] ? one : ns[i];
		}
		sim_write("0", "emergency_stop");
	}
	report("trip.floor16", ns, ROUNDS);
}

/* As one would write it: both lines are had beforehand, memory is locked. */
static void react(void)
{
	struct gpiod_line *in = gpiod_line_find(NAME_IN);
	struct gpiod_line *out = gpiod_line_find(NAME_OUT);
	struct gpiod_line_event event;

	if (!in || !out)
		die("no lines of the board");
	if (gpiod_line_request_both_edges_events(in, "bench") ||
	    gpiod_line_request_output(out, "bench", 0))
		die("the lines cannot be had");
	mlockall(MCL_CURRENT | MCL_FUTURE);
	for (;;) {
		if (gpiod_line_event_wait(in, NULL) < 0 ||
		    gpiod_line_event_read(in, &event))
			die("no event");
		gpiod_line_set_value(out, event.event_type ==
					  GPIOD_LINE_EVENT_RISING_EDGE);
	}
}

/* One half computes, the other one uses memory and the kernel. */
static void busy(int i)
{
	static volatile unsigned int sum;
	char *page;

	for (;;) {
		unsigned int k;

		for (k = 0; k < 100000; k++)
			sum += k;
		if (i & 1)
			continue;
		page = mmap(NULL, 1 << 18, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (page == MAP_FAILED)
			die("no memory");
		memset(page, i, 1 << 18);
		munmap(page, 1 << 18);
	}
}

static pid_t start(void (*react_fn)(void), void (*busy_fn)(int), int i)
{
	pid_t pid = fork();

	if (pid < 0)
		die("no process");
	if (pid)
		return pid;
	if (react_fn)
		react_fn();
	else
		busy_fn(i);
	exit(1);
}

static void stop(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void user(const char *name)
{
	int64_t ns[ROUNDS_USER];
	int i, tries;

	for (i = 0; i < ROUNDS_USER; i++) {
		some_ms(1);
		sim_write("4 inputs/residual_current 1",
			  "evse-sim-0/mains/script");
		usleep(6000);
		for (tries = PATIENCE; tries; tries--) {
			if (stamp(0, "edge_ns") && stamp(0, "output_ns") > stamp(0, "edge_ns"))
				break;
			usleep(2000);
		}
		ns[i] = since_edge(0, "output_ns");
		sim_write("0", "evse-sim-0/inputs/residual_current");
		usleep(4000);
	}
	report(name, ns, ROUNDS_USER);
}

static void users(void)
{
	pid_t reacts, load[BUSY];
	int i;

	reacts = start(react, NULL, 0);
	usleep(100000);
	user("trip.userspace_idle");
	for (i = 0; i < BUSY; i++)
		load[i] = start(NULL, busy, i);
	user("trip.userspace_load");
	for (i = 0; i < BUSY; i++)
		stop(load[i]);
	stop(reacts);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	isr();
	isrs();
	users();
	return 0;
}
