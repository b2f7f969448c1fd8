// SPDX-License-Identifier: GPL-2.0-or-later
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "clock.h"
#include "connection.h"
#include "notify.h"
#include "sdp.h"
#include "server.h"

/* Dynamic ports, and how many of them that others have are passed over */
#define PORT_FIRST	49152
#define PORTS		16384
#define PORT_TRIES	64
/* Between tries to own a port that was lost */
#define RETRY_S		1
/* How long the vehicle has to end when the charger is to stop */
#define STOP_MS		10000

/* TLS, and on a bench none: each has a port of its own. */
enum { SECURE, PLAIN, DOORS };

/**
 * struct server - a charger that runs
 * @o: how
 * @port: the port
 * @tls: certificates, NULL without TLS
 * @discovery: socket of SDP
 * @door: listening sockets, -1 for one that is closed
 * @told: what SDP tells of the doors
 * @doors: how many of @told
 * @lease: timer of the lease
 * @signals: signalfd
 * @connection: the vehicle's; its link is NULL without one
 * @pause: of a session that was paused
 * @manager: the service manager
 * @status: what it was told last of what goes on
 * @stop_ms: when the charger ends whatever the vehicle does; 0 while it is not to stop
 * @done: the vehicle that was waited for is gone
 */
struct server {
	const struct server_options *o;
	struct port *port;
	struct tls *tls;
	int discovery;
	int door[DOORS];
	struct sdp_charger told[DOORS];
	size_t doors;
	int lease;
	int signals;
	struct connection connection;
	struct session_pause pause;
	struct notify manager;
	char status[256];
	uint64_t stop_ms;
	bool done;
};

static int fail(struct server *s, int err, const char *what)
{
	trace_note(s->o->trace, TRACE_ERROR, "%s: %s", what, strerror(-err));
	return err;
}

/*
 * One that is latched may keep vehicles from charging, however well the service is. A
 * vehicle that is being served is told by its session.
 */
static void status_fault(struct server *s, char *text, size_t size)
{
	struct charger *charger = &s->port->charger;
	struct charger_facts facts;

	text[0] = 0;
	if (!s->connection.link && !charger->ops->look(charger, &facts) && facts.fault)
		snprintf(text, size, "; fault 0x%02X %s: evsectl fault show", facts.fault,
			 s->port->fault.name);
}

/* For who looks at the service: one line, what goes on now. */
static void tell_status(struct server *s)
{
	const char *vehicle = s->connection.link ? "serves a vehicle" : "waits for vehicles";
	char status[sizeof(s->status)], fault[96];

	if (s->stop_ms) {
		snprintf(status, sizeof(status), "stops");
	} else if (!s->port->lease_ms) {
		snprintf(status, sizeof(status), "is not owned: %s", s->port->why);
	} else {
		status_fault(s, fault, sizeof(fault));
		snprintf(status, sizeof(status), "%s on %s%s", vehicle,
			 s->o->config->interface, fault);
	}
	if (!strcmp(status, s->status))
		return;
	snprintf(s->status, sizeof(s->status), "%s", status);
	notify_tell(&s->manager, "STATUS=evse%u: %s", s->port->id, status);
}

/*
 * A port of the range that nobody registers (RFC 6335, 6), where vehicles expect the
 * charger. The range that the kernel would choose from begins below it.
 */
static int bind_dynamic(int fd, struct sockaddr_in6 *address)
{
	unsigned int port = 0, i;

	if (getrandom(&port, sizeof(port), 0) != sizeof(port))
		return -1;
	for (i = 0; i < PORT_TRIES; i++, port++) {
		address->sin6_port = htons(PORT_FIRST + port % PORTS);
		if (!bind(fd, (const struct sockaddr *)address, sizeof(*address)))
			return 0;
		if (errno != EADDRINUSE)
			return -1;
	}
	return -1;
}

static int open_door(struct server *s, int which, uint8_t security)
{
	struct sockaddr_in6 address;
	int fd, err;

	err = sdp_address(s->o->config->interface, &address);
	if (err) {
		trace_note(s->o->trace, TRACE_ERROR,
			   "interface %s has no link-local address: bring it up, ip link set %s up",
			   s->o->config->interface, s->o->config->interface);
		return err;
	}
	fd = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	s->door[which] = fd;
	if (fd < 0 || bind_dynamic(fd, &address) || listen(fd, 4))
		return fail(s, -errno, "listening");
	s->told[s->doors++] = (struct sdp_charger){
		.address = address.sin6_addr, .port = ntohs(address.sin6_port),
		.security = security,
	};
	return 0;
}

static int open_doors(struct server *s)
{
	const struct config *config = s->o->config;
	struct tls_files files = { config->tls_certificate, config->tls_key,
				   config->tls_trust };
	char why[512];
	int err = 0;

	if (config->tls) {
		s->tls = tls_server(&files, why, sizeof(why));
		if (!s->tls) {
			trace_note(s->o->trace, TRACE_ERROR, "%s", why);
			return -EINVAL;
		}
		err = open_door(s, SECURE, SDP_TLS);
	}
	if (!err && config->bench)
		err = open_door(s, PLAIN, SDP_PLAIN);
	if (err)
		return err;
	s->discovery = sdp_listen(config->interface);
	return s->discovery < 0 ? fail(s, s->discovery, "discovery, UDP port 15118") : 0;
}

static int open_signals(struct server *s)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	s->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return s->signals < 0 ? fail(s, -errno, "signals") : 0;
}

/* A third of the lease: one expiry may be late, and the lease still lives. */
static void set_lease_timer(struct server *s)
{
	long ms = s->port->lease_ms ? s->port->lease_ms / 3 : RETRY_S * 1000;
	struct itimerspec every = {
		.it_value = { ms / 1000, ms % 1000 * 1000000 },
		.it_interval = { ms / 1000, ms % 1000 * 1000000 },
	};

	timerfd_settime(s->lease, 0, &every, NULL);
}

static int own(struct server *s)
{
	enum evse_mode mode = config_bidirectional(s->o->config) ? EVSE_MODE_V2G :
								   EVSE_MODE_CHARGE;
	int err = port_own(s->port, s->o->lease_ms, mode);

	if (err)
		return err;
	set_lease_timer(s);
	trace_note(s->o->trace, TRACE_INFO, "evse%u: owned, lease %u ms", s->port->id,
		   s->port->lease_ms);
	tell_status(s);
	return 0;
}

static void renew(struct server *s)
{
	uint64_t expirations;

	/* However often the timer fired: one renewal says it all. */
	if (read(s->lease, &expirations, sizeof(expirations)) < 0)
		return;
	if (!s->port->lease_ms) {
		own(s);
		return;
	}
	if (port_renew(s->port)) {
		trace_note(s->o->trace, TRACE_WARNING, "evse%u is not owned any more: %s",
			   s->port->id, s->port->why);
		set_lease_timer(s);
		tell_status(s);
	}
}

static void take_signals(struct server *s)
{
	struct signalfd_siginfo info;

	while (read(s->signals, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGHUP) {
			trace_reopen(s->o->trace, s->o->config->log);
			continue;
		}
		/* The first one lets the vehicle end, a second one does not. */
		s->stop_ms = clock_ms() + (s->stop_ms ? 0 : STOP_MS);
		notify_tell(&s->manager, "STOPPING=1");
		tell_status(s);
	}
}

static void discover(struct server *s)
{
	char address[INET6_ADDRSTRLEN];
	const struct sdp_charger *told;
	struct sockaddr_in6 from;

	told = sdp_answer(s->discovery, s->told, s->doors, &from);
	if (!told)
		return;
	inet_ntop(AF_INET6, &from.sin6_addr, address, sizeof(address));
	trace_note(s->o->trace, TRACE_INFO, "SDP: %s is told TCP port %u, %s", address,
		   told->port, told->security == SDP_TLS ? "TLS" : "no TLS");
}

static void begin(struct server *s, int fd, struct tls *tls)
{
	const uint32_t denied = EVSE_FAULT_CODE_HANDSHAKE_DENIED;
	struct sockaddr_in6 own_address, peer;
	socklen_t size = sizeof(peer);
	char text[INET6_ADDRSTRLEN];
	struct link *link;

	if (getpeername(fd, (struct sockaddr *)&peer, &size) ||
	    getsockname(fd, (struct sockaddr *)&own_address, &size)) {
		close(fd);
		return;
	}
	link = link_accept(fd, tls);
	if (!link)
		return;
	inet_ntop(AF_INET6, &peer.sin6_addr, text, sizeof(text));
	trace_note(s->o->trace, TRACE_INFO, "connection from %s, port %u", text,
		   ntohs(peer.sin6_port));
	evse_fault_clear(s->port->client, s->port->id, &denied);
	capture_connection(s->o->capture, &own_address, &peer);
	port_begin(s->port, s->o->trace);
	connection_begin(&s->connection, link, s->o->config, &s->port->charger, &s->pause,
			 s->o->trace, s->o->capture);
	tell_status(s);
}

static void end(struct server *s)
{
	bool denied = s->connection.denied;

	connection_end(&s->connection);
	/* Shown until the next vehicle comes, which it must not keep from charging. */
	if (denied)
		evse_fault_raise(s->port->client, s->port->id,
				 EVSE_FAULT_CODE_HANDSHAKE_DENIED, NULL);
	s->done = s->o->once;
	tell_status(s);
}

static void take_connection(struct server *s, int door, struct tls *tls)
{
	int fd = accept4(door, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd < 0)
		return;
	/* A vehicle that has had its last response need not be waited for. */
	if (s->connection.link && s->connection.state == CONNECTION_LEAVING)
		end(s);
	if (s->connection.link || s->stop_ms || !s->port->lease_ms) {
		trace_note(s->o->trace, TRACE_WARNING, "connection refused: %s",
			   s->connection.link ? "another vehicle is served" :
			   s->stop_ms ? "the charger stops" : "the port is not owned");
		close(fd);
		return;
	}
	begin(s, fd, tls);
}

/* The earlier of two; negative is never. */
static int earlier(int a, int b)
{
	return b < 0 || (a >= 0 && a < b) ? a : b;
}

static int timeout_ms(const struct server *s)
{
	int connection = s->connection.link ? connection_timeout_ms(&s->connection) : -1;
	uint64_t now = clock_ms();
	int stop = -1;

	if (s->stop_ms)
		stop = now < s->stop_ms ? (int)(s->stop_ms - now) : 0;
	return earlier(earlier(connection, stop), notify_wait_ms(&s->manager, now));
}

static void turn(struct server *s)
{
	struct pollfd fds[] = {
		{ .fd = s->signals, .events = POLLIN },
		{ .fd = s->lease, .events = POLLIN },
		{ .fd = evse_client_fd(s->port->events), .events = POLLIN },
		{ .fd = s->discovery, .events = POLLIN },
		{ .fd = s->door[SECURE], .events = POLLIN },
		{ .fd = s->door[PLAIN], .events = POLLIN },
		{ .fd = s->connection.link ? link_fd(s->connection.link) : -1,
		  .events = s->connection.link ? link_events(s->connection.link) : 0 },
	};

	if (poll(fds, sizeof(fds) / sizeof(fds[0]), timeout_ms(s)) < 0)
		return;
	notify_alive(&s->manager, clock_ms());
	if (fds[0].revents)
		take_signals(s);
	if (fds[1].revents)
		renew(s);
	if (fds[2].revents) {
		port_events(s->port);
		if (!s->connection.link)
			tell_status(s);
	}
	if (fds[3].revents)
		discover(s);
	if (s->connection.link) {
		s->connection.session.wants_end = s->stop_ms;
		connection_work(&s->connection);
		if (s->connection.state == CONNECTION_OVER)
			end(s);
	}
	if (fds[4].revents)
		take_connection(s, s->door[SECURE], s->tls);
	if (fds[5].revents)
		take_connection(s, s->door[PLAIN], NULL);
}

static bool is_over(const struct server *s)
{
	return s->done || (s->stop_ms && (!s->connection.link || clock_ms() >= s->stop_ms));
}

static int serve(struct server *s)
{
	int err;

	err = open_signals(s);
	if (!err)
		err = open_doors(s);
	if (err)
		return err;
	s->lease = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	if (s->lease < 0)
		return fail(s, -errno, "timer");
	err = own(s);
	if (err) {
		trace_note(s->o->trace, TRACE_ERROR, "evse%u: %s", s->port->id, s->port->why);
		return err;
	}
	trace_note(s->o->trace, TRACE_INFO, "listening on %s", s->o->config->interface);
	notify_tell(&s->manager, "READY=1");
	while (!is_over(s))
		turn(s);
	connection_end(&s->connection);
	trace_note(s->o->trace, TRACE_INFO, "stopped");
	return 0;
}

int server_run(const struct server_options *options, struct port *port)
{
	/* Its buffers are large for a stack. */
	static struct server server;
	struct server *s = &server;
	int err, i;

	*s = (struct server){ .o = options, .port = port, .discovery = -1,
			      .door = { -1, -1 }, .lease = -1, .signals = -1 };
	notify_open(&s->manager);
	err = serve(s);
	for (i = 0; i < DOORS; i++)
		if (s->door[i] >= 0)
			close(s->door[i]);
	if (s->discovery >= 0)
		close(s->discovery);
	if (s->lease >= 0)
		close(s->lease);
	if (s->signals >= 0)
		close(s->signals);
	tls_free(s->tls);
	notify_close(&s->manager);
	return err;
}
