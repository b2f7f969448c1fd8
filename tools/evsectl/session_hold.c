// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * evsectl session hold: own a port, as a person at a bench does. The session
 * belongs to this process: renewed by a timer, closed on SIGINT and SIGTERM
 * after a controlled stop, gone when the process is killed.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../libevse/evse-units.h"
#include "session.h"
#include "watch.h"

/* A controlled stop that takes longer is the kernel's to end. */
#define STOP_WAIT_MS	10000
/* How long a command may take to end once its session is gone. */
#define CHILD_WAIT_MS	2000

/**
 * struct hold - a session that is held
 * @e: the run
 * @options: how it is held
 * @id: the port
 * @timer: fires when the lease is to be renewed
 * @signals: signalfd
 * @events: tells of changes of the port
 * @child: the command, 0 for none
 * @child_status: its wait status, once @child is 0 again
 * @ended: the kernel ended the session; what it said was printed
 * @stop: a signal asked to end
 */
struct hold {
	struct evsectl *e;
	const struct session_options *options;
	uint32_t id;
	int timer;
	int signals;
	struct watch events;
	pid_t child;
	int child_status;
	bool ended;
	bool stop;
};

static int start_timer(struct hold *h, uint32_t lease)
{
	uint32_t third = lease / 3;
	struct itimerspec every = {
		.it_value = { third / 1000, (long)(third % 1000) * 1000000 },
	};

	every.it_interval = every.it_value;
	h->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	if (h->timer < 0 || timerfd_settime(h->timer, 0, &every, NULL))
		return complain("timer: %s", strerror(errno));
	return 0;
}

static int start_signals(struct hold *h, sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, before);
	h->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (h->signals < 0)
		return complain("signals: %s", strerror(errno));
	return 0;
}

static int start_child(struct hold *h, const sigset_t *mask)
{
	char **argv = h->e->tail;

	if (!argv)
		return 0;
	h->child = fork();
	if (h->child < 0) {
		h->child = 0;
		return complain("%s: %s", argv[0], strerror(errno));
	}
	if (h->child)
		return 0;
	sigprocmask(SIG_SETMASK, mask, NULL);
	execvp(argv[0], argv);
	complain("%s: %s", argv[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

/* Says why a session ended: the fault if there is one, or what the kernel says. */
static void lost(struct hold *h, int err)
{
	struct evse_port_info port;
	char why[512];

	h->ended = true;
	/* The kernel can only say that there is none; these are the ways to that. */
	snprintf(why, sizeof(why), "the kernel ended the session: %s",
		 err == -ENOTCONN ?
		 "it was not renewed in time, or its setpoint deadline was over" :
		 evse_client_error(h->e->client));
	if (!evse_port_get(h->e->client, h->id, &port) && port.fault_code) {
		complain_fault(h->e, &port, why);
		return;
	}
	complain("evse%u: %s", h->id, why);
}

static void renew(struct hold *h)
{
	int err;

	if (h->ended)
		return;
	err = evse_session_renew(h->e->client, h->id);
	if (err)
		lost(h, err);
}

/* An event about the port: the session may be gone. */
static int look(const struct evse_event *event, void *arg)
{
	struct hold *h = arg;

	if (event->cmd != EVSE_CMD_PORT_NTF || event->port.id != h->id ||
	    h->ended)
		return 0;
	if (!evse_has(&event->port, EVSE_A_PORT_SESSION_PORT) ||
	    event->port.session_port != evse_client_id(h->e->client))
		renew(h);
	return 0;
}

static void take_signals(struct hold *h)
{
	struct signalfd_siginfo info;

	while (read(h->signals, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGCHLD) {
			if (h->child && waitpid(h->child, &h->child_status,
						WNOHANG) == h->child)
				h->child = 0;
			continue;
		}
		/* A terminal sends SIGINT to the command too; others it is told. */
		if (h->child && info.ssi_signo != SIGINT)
			kill(h->child, (int)info.ssi_signo);
		h->stop = true;
	}
}

/* Sleeps until something is to be done, and does it. */
static void turn(struct hold *h, int timeout_ms)
{
	struct pollfd fds[] = {
		{ .fd = h->timer, .events = POLLIN },
		{ .fd = h->signals, .events = POLLIN },
		{ .fd = evse_client_fd(h->events.client), .events = POLLIN },
	};
	uint64_t expirations;

	if (poll(fds, 3, timeout_ms) <= 0)
		return;
	/* However often the timer fired: one renewal says it all. */
	if (fds[0].revents &&
	    read(h->timer, &expirations, sizeof(expirations)) > 0)
		renew(h);
	if (fds[1].revents)
		take_signals(h);
	if (fds[2].revents &&
	    evse_client_read_events(h->events.client, look, h) == -ENOBUFS)
		renew(h);
}

static void announce(struct hold *h, uint32_t lease)
{
	struct evse_json json = { .out = stdout };
	char text[32], name[16];

	if (!h->e->json) {
		say(h->e, "evse%u: session held, %s, lease %s%s", h->id,
		    h->options->exclusive ? "exclusive" : "shared",
		    evse_format(lease, EVSE_U_MS, text, sizeof(text)),
		    h->e->tail ? "" : "; Ctrl-C ends it");
		return;
	}
	evse_json_open(&json, NULL, '{');
	evse_json_string(&json, "event", "held");
	evse_json_string(&json, "port", name_of_port(h->id, name));
	evse_json_bool(&json, "shared", !h->options->exclusive);
	evse_json_uint(&json, "lease-ms", lease);
	evse_json_close(&json, '}');
	putchar('\n');
	fflush(stdout);
}

static bool port_is_open(struct hold *h)
{
	struct evse_port_info port;

	return !evse_port_get(h->e->client, h->id, &port) &&
	       port.state != EVSE_PORT_STATE_ENERGISED &&
	       !moving(port.state) && contacts_open(&port);
}

/* Controlled stop, while the lease goes on; a second signal cuts it short. */
static int close_session(struct hold *h)
{
	uint64_t until = now_ms() + STOP_WAIT_MS;
	int err;

	err = result(h->e, h->id, evse_de_energise(h->e->client, h->id),
		     FIG_STATE);
	h->stop = false;
	while (!err && !h->ended && !h->stop && !port_is_open(h)) {
		if (now_ms() >= until) {
			err = complain("evse%u: the stop takes too long: closing the session",
				       h->id);
			break;
		}
		turn(h, 50);
	}
	if (h->ended)
		return EXIT_FAILURE;
	if (evse_session_close(h->e->client, h->id))
		return refused(h->e, h->id, 0, 0);
	if (!err)
		say(h->e, "evse%u: session closed", h->id);
	return err;
}

/* Without its session the command has nothing to do any more. */
static void end_child(struct hold *h)
{
	uint64_t until = now_ms() + CHILD_WAIT_MS;

	if (!h->child)
		return;
	kill(h->child, SIGTERM);
	while (h->child && now_ms() < until)
		turn(h, 50);
	if (h->child)
		kill(h->child, SIGKILL);
}

static int child_exit(const struct hold *h)
{
	if (WIFSIGNALED(h->child_status))
		return 128 + WTERMSIG(h->child_status);
	return WEXITSTATUS(h->child_status);
}

static int hold_port(struct hold *h)
{
	uint32_t lease;
	sigset_t mask;
	int err;

	err = start_signals(h, &mask);
	if (err)
		return err;
	err = result(h->e, h->id,
		     evse_session_open(h->e->client, h->id,
				       h->options->lease_ms,
				       !h->options->exclusive, &lease), FIG_SESSION);
	if (err)
		return err;
	err = start_timer(h, lease);
	if (!err) {
		announce(h, lease);
		err = start_child(h, &mask);
	}
	if (err) {
		evse_session_close(h->e->client, h->id);
		return err;
	}
	/* A command is left to end by itself; it was told of the signal. */
	while (!h->ended && (h->e->tail ? h->child != 0 : !h->stop))
		turn(h, -1);
	if (h->ended) {
		end_child(h);
		return EXIT_FAILURE;
	}
	err = close_session(h);
	return err || !h->e->tail ? err : child_exit(h);
}

int session_hold(struct evsectl *e, const struct session_options *options)
{
	struct hold h = { .e = e, .options = options, .timer = -1, .signals = -1 };
	int err;

	err = evsectl_port(e, &h.id);
	if (!err)
		err = watch_open(&h.events, h.id);
	if (err)
		return err;
	err = hold_port(&h);
	watch_close(&h.events);
	if (h.timer >= 0)
		close(h.timer);
	if (h.signals >= 0)
		close(h.signals);
	return err;
}
