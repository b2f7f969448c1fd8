// SPDX-License-Identifier: GPL-2.0-or-later
/* One thread, one poll(): connection, signals, and the time of the next message. */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../secc/clock.h"
#include "../secc/link.h"
#include "../secc/trace.h"
#include "board.h"
#include "find.h"
#include "mischief.h"
#include "run.h"
#include "script.h"

/* TCP and TLS: V2G_EVCC_CommunicationSetup_Timeout */
#define CONNECT_MS	20000
#define DECODE_ROOM	131072

/**
 * struct run - a scenario under way
 * @scenario: what is to be done
 * @options: the command line
 * @report: where lines go
 * @vehicle: the vehicle
 * @script: where in the scenario it is
 * @board: its electrical side
 * @tls: what TLS needs, or NULL
 * @capture: a capture, or NULL
 * @signals: signalfd
 * @ends: a signal asked to end the session
 * @link: the connection
 * @awaits: a request was sent, its answer has not come
 * @send_ms: when to send what is left of a request
 * @deadline_ms: when an answer, or the connection, is overdue
 * @apart_ms: between single bytes; 0: all at once
 * @leaves: the connection is to be closed instead of sending
 * @request: the request
 * @out: its bytes
 * @size: how many
 * @sent: how many of them were sent
 * @memory: of the response
 * @why: why there is no charger
 */
struct run {
	const struct scenario *scenario;
	const struct run_options *options;
	struct report report;
	struct vehicle vehicle;
	struct script script;
	struct board board;
	struct tls *tls;
	struct capture *capture;
	int signals;
	bool ends;
	struct link *link;
	bool awaits;
	uint64_t send_ms;
	uint64_t deadline_ms;
	uint32_t apart_ms;
	bool leaves;
	struct message request;
	uint8_t out[V2GTP_HEADER + LINK_MESSAGE_MAX];
	size_t size;
	size_t sent;
	_Alignas(8) uint8_t memory[DECODE_ROOM];
	char why[VEHICLE_WHY_SIZE];
};

static struct session_time time_now(void)
{
	return (struct session_time){ .ms = clock_ms(), .unix_s = time(NULL) };
}

static void follow(struct run *run)
{
	if (board_follow(&run->board, &run->vehicle))
		report_note(&run->report, clock_ms(), "pilot", "state %c",
			    run->vehicle.pilot_c ? 'C' : 'B');
}

/* Nothing is sent any more: the vehicle's side is off, too. */
static enum vehicle_result give_up(struct run *run, const char *why)
{
	struct vehicle *v = &run->vehicle;

	if (!*v->why)
		snprintf(v->why, sizeof(v->why), "%s", why);
	v->pilot_c = false;
	v->target_mw = 0;
	follow(run);
	return VEHICLE_FAILED;
}

/* A request is there: with all that is to be wrong with it, and when. */
static bool prepare(struct run *run, struct message *request)
{
	const struct step *wrong = script_mischief(&run->script, request->id);
	struct vehicle *v = &run->vehicle;
	uint64_t now = clock_ms();
	struct exi_error error;

	run->send_ms = now + vehicle_pace_ms(v);
	if (vehicle_is_loop(request->id))
		run->send_ms += run->script.late_ms;
	run->apart_ms = wrong && wrong->kind == STEP_SLOW ? wrong->value : 0;
	run->leaves = wrong && wrong->kind == STEP_DISCONNECT;
	if (wrong) {
		report_note(&run->report, now, "misbehaves", "line %u: %s in %s",
			    wrong->line, step_name(wrong->kind), message_name(request));
		if (wrong->kind == STEP_SILENCE)
			run->send_ms += wrong->value;
		mischief_message(wrong, v, request);
	}
	run->size = message_write(request, run->out, sizeof(run->out), &error);
	run->sent = 0;
	run->awaits = false;
	run->deadline_ms = UINT64_MAX;
	if (!run->size) {
		snprintf(v->why, sizeof(v->why), "%s cannot be encoded: %s: %s",
			 message_name(request), error.where, error.why);
		return false;
	}
	run->request = *request;
	if (wrong)
		run->size = mischief_bytes(wrong, run->out, run->size, sizeof(run->out));
	/* The charger has to see state C before it is told to close. */
	follow(run);
	return true;
}

static void send_part(struct run *run, uint64_t now)
{
	size_t part = run->apart_ms ? 1 : run->size - run->sent;

	if (!link_send(run->link, run->out + run->sent, part))
		return;
	if (!run->sent)
		report_message(&run->report, now, &run->request, &run->vehicle);
	run->sent += part;
	run->send_ms = now + run->apart_ms;
	if (run->sent < run->size)
		return;
	capture_message(run->capture, true, run->out, run->size);
	run->awaits = true;
	run->deadline_ms = now + vehicle_timeout_ms(&run->vehicle);
}

static enum vehicle_result answer(struct run *run, const struct v2gtp *header,
				  const uint8_t *payload)
{
	struct session_time now = time_now();
	struct message response, request;
	struct exi_error error;
	enum vehicle_result result;
	char why[256];

	if (!run->awaits)
		return give_up(run, "the charger sends a message that nobody asked for");
	/* The header stands ahead of the payload, in the link's buffer. */
	capture_message(run->capture, false, payload - V2GTP_HEADER,
			V2GTP_HEADER + header->length);
	if (!message_read(header, payload, run->memory, sizeof(run->memory), &response,
			  &error)) {
		snprintf(why, sizeof(why), "what the charger sends is no message: %s: %s",
			 error.where, error.why);
		return give_up(run, why);
	}
	script_look(&run->script, now.ms, &run->vehicle);
	if (run->ends)
		run->vehicle.want = VEHICLE_STOPS;
	if (vehicle_is_loop(response.id))
		board_look(&run->board, &run->vehicle);
	result = vehicle_next(&run->vehicle, &now, &response, &request);
	report_message(&run->report, now.ms, &response, &run->vehicle);
	follow(run);
	if (result == VEHICLE_SEND && !prepare(run, &request))
		return give_up(run, "");
	return result;
}

/* The first signal ends the session in an orderly way, the second one at once. */
static bool is_ended(struct run *run)
{
	struct signalfd_siginfo info;
	bool again = run->ends;

	if (read(run->signals, &info, sizeof(info)) != sizeof(info))
		return false;
	run->ends = true;
	return again;
}

static int wait_ms(const struct run *run, bool open, uint64_t now)
{
	uint64_t next = run->deadline_ms;

	if (link_pending(run->link))
		return 0;
	if (open && !run->awaits && run->send_ms < next)
		next = run->send_ms;
	if (next <= now)
		return 0;
	return next - now < CONNECT_MS ? next - now : CONNECT_MS;
}

/* One round of the loop. */
static enum vehicle_result turn(struct run *run, bool *open)
{
	struct pollfd fds[] = {
		{ .fd = link_fd(run->link), .events = link_events(run->link) },
		{ .fd = run->signals, .events = POLLIN },
	};
	const uint8_t *payload;
	struct v2gtp header;
	enum link_state state;
	uint64_t now;

	poll(fds, 2, wait_ms(run, *open, clock_ms()));
	if (fds[1].revents && is_ended(run))
		return give_up(run, "it was interrupted");
	state = link_work(run->link);
	if (state == LINK_OPEN && !*open) {
		*open = true;
		report_note(&run->report, clock_ms(), "connected", "%s",
			    *link_cipher(run->link) ? link_cipher(run->link) :
						      "without TLS");
		run->deadline_ms = UINT64_MAX;
	}
	/* What came before the end counts. */
	if (link_take(run->link, &header, &payload)) {
		enum vehicle_result result = answer(run, &header, payload);

		link_drop(run->link);
		return result;
	}
	if (state == LINK_FAILED)
		return give_up(run, link_why(run->link));
	if (state == LINK_CLOSED)
		return give_up(run, "the charger closed the connection");
	now = clock_ms();
	if (*open && !run->awaits && now >= run->send_ms) {
		if (run->leaves)
			return give_up(run, "the vehicle closed the connection");
		send_part(run, now);
	}
	if (now >= run->deadline_ms && !*open)
		return give_up(run, "the connection is not there after 20 s: see that the charger listens");
	if (now >= run->deadline_ms) {
		vehicle_overdue(&run->vehicle);
		return give_up(run, "");
	}
	return VEHICLE_SEND;
}

static void describe(struct run *run, const struct sockaddr_in6 *charger, int fd)
{
	struct sockaddr_in6 own = { };
	socklen_t size = sizeof(own);
	char text[INET6_ADDRSTRLEN];

	getsockname(fd, (struct sockaddr *)&own, &size);
	capture_connection(run->capture, &own, charger);
	report_note(&run->report, clock_ms(), "found", "%s port %u",
		    inet_ntop(AF_INET6, &charger->sin6_addr, text, sizeof(text)),
		    ntohs(charger->sin6_port));
}

/* One connection, from SDP to its end. */
static enum vehicle_result converse(struct run *run)
{
	enum vehicle_result result = VEHICLE_SEND;
	struct session_time now;
	struct sockaddr_in6 charger;
	struct message request;
	bool open = false;
	int fd;

	if (!find_charger(run->options->interface, run->scenario->tls, run->signals,
			  &charger, run->why, sizeof(run->why)))
		return give_up(run, run->why);
	fd = find_connect(&charger);
	if (fd < 0)
		return give_up(run, strerror(-fd));
	describe(run, &charger, fd);
	run->link = link_connect(fd, run->tls);
	if (!run->link)
		return give_up(run, strerror(ENOMEM));
	now = time_now();
	vehicle_first(&run->vehicle, &now, &request);
	if (!prepare(run, &request))
		result = give_up(run, "");
	run->deadline_ms = now.ms + CONNECT_MS;
	while (result == VEHICLE_SEND)
		result = turn(run, &open);
	link_free(run->link);
	run->link = NULL;
	return result;
}

/* False when a signal came. */
static bool rest(struct run *run, uint32_t ms)
{
	struct pollfd fd = { .fd = run->signals, .events = POLLIN };

	report_note(&run->report, clock_ms(), "pauses", "%u ms", ms);
	return poll(&fd, 1, ms) == 0;
}

static bool begin(struct run *run)
{
	const struct scenario *s = run->scenario;
	const struct run_options *o = run->options;
	const struct tls_files files = { s->certificate, s->key, s->trust };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	run->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (s->tls) {
		run->tls = tls_client(&files, run->why, sizeof(run->why));
		if (!run->tls)
			return false;
	}
	if (o->pcap) {
		run->capture = capture_open(o->pcap);
		if (!run->capture) {
			snprintf(run->why, sizeof(run->why), "%s: %s", o->pcap,
				 strerror(errno));
			return false;
		}
	}
	return board_plug(&run->board, o->sim, &s->vehicle.battery, run->why,
			  sizeof(run->why));
}

/* All of it; run->why says what is wrong. */
static bool carry_out(struct run *run)
{
	enum vehicle_result result;
	uint32_t ms;
	bool ok;

	do
		result = converse(run);
	while (result == VEHICLE_DONE && !run->ends &&
	       script_resumes(&run->script, &run->vehicle, &ms) && rest(run, ms));
	ok = script_end(&run->script, &run->vehicle, result == VEHICLE_DONE);
	if (ok && *run->vehicle.why)
		report_note(&run->report, clock_ms(), "over", "%s", run->vehicle.why);
	memcpy(run->why, run->script.why, sizeof(run->why));
	return ok;
}

int run_scenario(const struct scenario *scenario, const struct run_options *options)
{
	struct run *run = calloc(1, sizeof(*run));
	bool ok;

	if (!run) {
		fprintf(stderr, "evsim: %s\n", strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	run->scenario = scenario;
	run->options = options;
	run->report = options->report;
	run->report.start_ms = clock_ms();
	vehicle_begin(&run->vehicle, &scenario->vehicle);
	script_begin(&run->script, scenario);
	ok = begin(run) && carry_out(run);
	report_end(&run->report, clock_ms(), ok, run->why);
	capture_close(run->capture);
	tls_free(run->tls);
	close(run->signals);
	free(run);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
