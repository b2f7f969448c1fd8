// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Trips against arming, on two processors and in real time: whatever comes
 * first, nothing is energised afterwards. Then killed owners against energise.
 *
 * board: ../tests/selftests/evse/mixed
 * smp: 2
 * trip-path: yes
 */
#include <dirent.h>
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
		if (sscanf(line, "outputs %x", &out) != 1 &&
		    sscanf(line, "contacts %x", &contacts) != 1 &&
		    sscanf(line, "gates %u", &gates) != 1)
			continue;
	}
	fclose(file);
	return (out & 7) || contacts || gates;
}

/* The hand that presses the emergency stop, on a processor of its own. */
static struct {
	pthread_t thread;
	unsigned int board;
	_Atomic uint64_t at;	/* 0: wait, 1: end */
	_Atomic bool pressed;
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
	if (evnl_await(&e, port, EVSE_PORT_STATE_REQUESTING, 5000))
		return true;
	printf("# port %u: state %d, clear says \"%s\"\n", port,
	       evnl_state(&e, port), i < 400 ? "" : e.sentence);
	fflush(stdout);
	system("./evnl -d fault-get | sed 's/^/# /'; ./evnl -d port-get | sed 's/^/# /'");
	system("cat /sys/kernel/debug/evse_sim/*/state | sed 's/^/# /'");
	return false;
}

/* How long energise takes, so that the presses fall around its end. */
static uint64_t time_to_energise(uint32_t port)
{
	unsigned int board = evnl_board(port);
	uint64_t begin = now_us();

	if (evnl_do(&e, EVSE_CMD_ENERGISE, port) ||
	    !evnl_await(&e, port, EVSE_PORT_STATE_ENERGISED, 5000))
		ktap_die("port %u: not energised: %s", port, e.sentence);
	begin = now_us() - begin;
	evnl_sim(board, STOP, "1");
	evnl_await(&e, port, EVSE_PORT_STATE_FAULT, 2000);
	evnl_sim(board, STOP, "0");
	return begin;
}

static bool off_soon(unsigned int board)
{
	int i;

	for (i = 0; i < 200 && energised(board); i++)
		usleep(5000);
	return i < 200;
}

/*
 * In real time the host may stop a processor between a cause and its handler
 * for longer than the referee's patience. And an energise on one processor that
 * asked before the trip writes the coil, asks again and takes that back, which may
 * fall between the coils and the return of the handler on the other. The rules that
 * say how soon a coil has to be off are for virtual time, and are left out here; no
 * others are, and what stays on is looked for by race().
 */
static int others_broken(unsigned int board)
{
	char path[96], line[160];
	int count = 0;
	FILE *file;

	snprintf(path, sizeof(path),
		 "/sys/kernel/debug/evse_sim/evse-sim-%u/referee/log", board);
	file = fopen(path, "r");
	if (!file)
		return 1;
	while (fgets(line, sizeof(line), file)) {
		if (strstr(line, " trip-ignored ") ||
		    strstr(line, " coil-no-vehicle ") ||
		    strstr(line, " trip-coil-on "))
			continue;
		printf("#   board %u: %s", board, line);
		count++;
	}
	fclose(file);
	evnl_sim(board, "referee/clear", "1");
	return count;
}

#define LEAD_MAX 20000

/*
 * One race; returns what was left energised, and whether the press was first.
 * Half of the presses fall about the command: how long before it they have to
 * start is learnt from who came first. The others fall in its sequence.
 */
static int race(uint32_t port, unsigned int board, uint64_t span, bool *early)
{
	static uint64_t lead = 200;
	uint64_t start = now_us() + 1000 + lead;
	bool about = rnd(2);
	int i, wrong;

	hand.pressed = false;
	hand.at = about ? start - lead + rnd(200) : start + rnd(span + span / 8);
	while (now_us() < start)
		;
	*early = evnl_do(&e, EVSE_CMD_ENERGISE, port);
	if (about && *early && lead > 100)
		lead -= 100;
	else if (about && !*early && lead < LEAD_MAX)
		lead += 100;
	for (i = 0; i < 4000 && !hand.pressed; i++)
		usleep(500);
	hand.at = 0;

	wrong = !evnl_await(&e, port, EVSE_PORT_STATE_FAULT, 5000);
	wrong += !off_soon(board);
	for (i = 0; i < 5; i++) {
		wrong += energised(board);
		usleep(4000);
	}
	return wrong;
}

static void trips(uint32_t port, int rounds)
{
	unsigned int board = evnl_board(port);
	int i, first = 0, wrong = 0, broken = 0;
	uint64_t span;

	evnl_sim(board, "vehicle/want", "c");
	evnl_sim(board, "vehicle/plug", "1");
	if (evnl_session(&e, port, 10000, false) || !again(port))
		ktap_die("port %u: not ready: %s", port, e.sentence);
	span = time_to_energise(port);

	hand.board = board;
	for (i = 0; i < rounds; i++) {
		bool early;

		evnl_do(&e, EVSE_CMD_SESSION_RENEW, port);
		if (!again(port))
			ktap_die("port %u: not ready again in round %d", port, i);
		wrong += race(port, board, span, &early);
		first += early;
		broken += others_broken(board);
		evnl_sim(board, STOP, "0");
	}
	again(port);
	printf("# port %u: %d rounds, %d pressed before energise\n", port, i,
	       first);
	ktap_check(!wrong, "port %u: nothing is energised after a trip (%d)",
		   port, wrong);
	ktap_check(!broken, "port %u: the referee saw no violation", port);
	ktap_check(first && first < i, "port %u: the trips fell on both sides",
		   port);
	evnl_do(&e, EVSE_CMD_SESSION_CLOSE, port);
}

/* The kernel thread of a name, or -1. */
static pid_t thread_named(const char *name)
{
	char path[300], comm[32];
	struct dirent *entry;
	pid_t found = -1;
	DIR *proc;

	proc = opendir("/proc");
	while (proc && found < 0 && (entry = readdir(proc))) {
		FILE *file;

		snprintf(path, sizeof(path), "/proc/%s/comm", entry->d_name);
		file = fopen(path, "r");
		if (!file)
			continue;
		if (fgets(comm, sizeof(comm), file)) {
			comm[strcspn(comm, "\n")] = '\0';
			if (!strcmp(comm, name))
				found = atoi(entry->d_name);
		}
		fclose(file);
	}
	if (proc)
		closedir(proc);
	return found;
}

static void pin_thread(pid_t pid, int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(pid, sizeof(set), &set);
}

static volatile uint64_t hog_until;

static void *hog(void *unused)
{
	struct sched_param highest = { .sched_priority = 99 };

	pin(1);
	sched_setscheduler(0, SCHED_FIFO, &highest);
	while (now_us() < hog_until)
		;
	return NULL;
}

/*
 * The narrowest of these races, held open: a trip has been, and the port's
 * thread, which would tell the state machine, does not get its processor. All
 * that stands between energise and a coil is the question asked after writing.
 */
static void starved(uint32_t port, int rounds)
{
	unsigned int board = evnl_board(port);
	int i, k, wrong = 0, met = 0;
	char name[16];
	pid_t worker;

	snprintf(name, sizeof(name), "evse%u", port);
	worker = thread_named(name);
	if (worker < 0)
		ktap_die("there is no thread %s", name);
	pin_thread(worker, 1);

	for (i = 0; i < rounds; i++) {
		pthread_t thread;

		evnl_sim(board, "vehicle/plug", "1");
		if (evnl_session(&e, port, 10000, false) || !again(port))
			ktap_die("port %u: not ready in round %d", port, i);
		hog_until = now_us() + 200000;
		pthread_create(&thread, NULL, hog, NULL);
		usleep(5000);
		evnl_sim(board, "vehicle/diode", "short");
		usleep(80000);
		met += !evnl_do(&e, EVSE_CMD_ENERGISE, port);
		pthread_join(thread, NULL);

		wrong += !evnl_await(&e, port, EVSE_PORT_STATE_FAULT, 2000);
		for (k = 0; k < 5; k++) {
			wrong += energised(board);
			usleep(4000);
		}
		wrong += others_broken(board);
		evnl_sim(board, "vehicle/diode", "ok");
		evnl_sim(board, "vehicle/plug", "0");
		for (k = 0; k < 400; k++) {
			if (clear_all(port) &&
			    evnl_state(&e, port) == EVSE_PORT_STATE_AVAILABLE)
				break;
			usleep(5000);
		}
	}
	printf("# port %u: %d rounds with the thread starved, %d accepted\n",
	       port, i, met);
	ktap_check(!wrong, "port %u: nothing is energised behind a trip's back (%d)",
		   port, wrong);
	ktap_check(met, "port %u: energise came before the thread", port);
	pin_thread(worker, 0);
	evnl_do(&e, EVSE_CMD_SESSION_CLOSE, port);
}

#define KILL_SPAN_MAX 60000

/*
 * The owner dies at any moment of its energise. How soon after its birth that
 * has to be, for some to die before it, is learnt from those that did not.
 */
static void kills(uint32_t port, int rounds)
{
	unsigned int board = evnl_board(port);
	uint32_t span = KILL_SPAN_MAX;
	int i, k, wrong = 0, faults = 0;

	for (i = 0; i < rounds; i++) {
		struct evnl own;
		bool fault;
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
		usleep(rnd(span + 1));
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		for (k = 0; k < 4 && !off_soon(board); k++)
			;
		wrong += k == 4;
		usleep(10000);
		wrong += energised(board);
		fault = evnl_state(&e, port) == EVSE_PORT_STATE_FAULT;
		faults += fault;
		span = fault ? span * 3 / 4 : span * 4 / 3 + 500;
		if (span > KILL_SPAN_MAX)
			span = KILL_SPAN_MAX;
	}
	printf("# port %u: %d owners killed, %d while energising\n", port, i,
	       faults);
	ktap_check(!wrong, "port %u: nothing is energised without its owner (%d)",
		   port, wrong);
	ktap_check(faults && faults < i, "port %u: the kills fell on both sides",
		   port);
}

/* race [ROUNDS]: more of them for a longer hunt */
int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 200;
	unsigned int port, ac;

	ktap_begin();
	if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
		ktap_die("this needs two processors");
	if (evnl_open(&e))
		ktap_die("there is no family \"evse\"");
	pin(0);
	pthread_create(&hand.thread, NULL, press, NULL);

	/* Board 0 is the AC one, where nothing delays the coil. */
	ac = evnl_board(0) ? 1 : 0;
	trips(ac, rounds);
	trips(!ac, rounds * 3 / 10);
	starved(ac, 10);
	/* A vehicle that draws nothing, so that stops are short. */
	evnl_sim(0, "vehicle/power_mw", "0");
	evnl_sim(0, "vehicle/follow", "0");
	evnl_sim(0, "vehicle/plug", "1");
	kills(ac, rounds * 3 / 10);

	hand.at = 1;
	pthread_join(hand.thread, NULL);
	for (port = 0; port < 2; port++) {
		evnl_sim(evnl_board(port), "clear", "1");
		clear_all(port);
		ktap_check(evnl_await(&e, port, EVSE_PORT_STATE_AVAILABLE, 5000),
			   "port %u: at rest", port);
		ktap_check(!evnl_violations(evnl_board(port)),
			   "port %u: the referee saw no violation", port);
	}
	return ktap_end();
}
