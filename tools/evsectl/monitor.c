// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl monitor: changes of ports, grids, heat, faults and samples, as they come. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "monitor.h"
#include "tell.h"
#include "thermal.h"
#include "watch.h"

/* How often temperatures are read. */
#define LOOK_MS		1000

static bool stamps, counted, timed;
static uint32_t max_events, timeout_ms;

const struct option_desc monitor_options[] = {
	{ 't', "time", OPT_FLAG, &stamps, NULL, 0, 0 },
	{ 'n', "count", OPT_NUMBER, &max_events, &counted, 1, UINT32_MAX },
	{ 'T', "timeout", OPT_SECONDS, &timeout_ms, &timed, 0, 0 },
	{ 0 }
};

/**
 * struct monitor - what is going on
 * @e: the run
 * @only: tell of one port alone
 * @id: that port
 * @about: what to tell of
 * @known: ports, grids and sensors as they were last told
 * @n_known: how many
 * @told: events told so far
 */
struct monitor {
	struct evsectl *e;
	bool only;
	uint32_t id;
	enum monitor_about about;
	struct evse_event *known;
	size_t n_known;
	uint32_t told;
};

static void put_stamp(char *buf, size_t size)
{
	struct timespec ts;
	struct tm tm;
	size_t len;

	clock_gettime(CLOCK_REALTIME, &ts);
	localtime_r(&ts.tv_sec, &tm);
	len = strftime(buf, size, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(buf + len, size - len, ".%06ld", ts.tv_nsec / 1000);
}

/* How a line about @event begins. */
static char *head_of(const struct evse_event *event, char *buf, size_t size)
{
	bool sensor = event->cmd == EVSE_CMD_THERMAL_NTF;
	char stamp[64] = "";

	if (stamps)
		put_stamp(stamp, sizeof(stamp));
	snprintf(buf, size, "%s%sevse%u:%s%s%s%s", stamp, stamps ? " " : "",
		 evse_event_port(event),
		 event->cmd == EVSE_CMD_PORT_NTF ? "" : " ",
		 event->cmd == EVSE_CMD_PORT_NTF ? "" : event->record->name,
		 sensor ? " " : "", sensor ? event->thermal.sensor : "");
	return buf;
}

static struct evse_event *know(struct monitor *m, const struct evse_event *event)
{
	struct evse_event *grown = realloc(m->known, (m->n_known + 1) *
					   sizeof(*grown));

	if (!grown)
		return NULL;
	m->known = grown;
	grown[m->n_known] = *event;
	return &grown[m->n_known++];
}

/* Is it about a port, grid or sensor, whose state is known from before? */
static bool is_state(const struct evse_event *event)
{
	return event->cmd != EVSE_CMD_FAULT_NTF &&
	       event->cmd != EVSE_CMD_METER_NTF;
}

/* Are two events about the same port, grid or sensor? */
static bool same(const struct evse_event *a, const struct evse_event *b)
{
	return a->cmd == b->cmd && evse_event_port(a) == evse_event_port(b) &&
	       (a->cmd != EVSE_CMD_THERMAL_NTF ||
		!strcmp(a->thermal.sensor, b->thermal.sensor));
}

/* What was told of the same port, grid or sensor before. */
static struct evse_event *known_of(struct monitor *m,
				   const struct evse_event *event)
{
	struct evse_event nothing = {
		.cmd = event->cmd,
		.record = event->record,
	};
	size_t i;

	for (i = 0; i < m->n_known; i++)
		if (same(&m->known[i], event))
			return &m->known[i];
	switch (event->cmd) {
	case EVSE_CMD_GRID_NTF:
		nothing.grid.port = event->grid.port;
		break;
	case EVSE_CMD_THERMAL_NTF:
		nothing.thermal.port = event->thermal.port;
		memcpy(nothing.thermal.sensor, event->thermal.sensor,
		       sizeof(nothing.thermal.sensor));
		break;
	default:
		nothing.port.id = event->port.id;
		break;
	}
	return know(m, &nothing);
}

static void tell_other(const struct evse_event *event)
{
	char head[128];

	printf("%s ", head_of(event, head, sizeof(head)));
	if (event->cmd == EVSE_CMD_FAULT_NTF)
		show_fault(stdout, &event->fault);
	else
		show_sample(stdout, &event->sample);
	putchar('\n');
}

static void tell_json(const struct evse_event *event)
{
	struct evse_json json = { .out = stdout };
	char stamp[64];

	evse_json_open(&json, NULL, '{');
	evse_json_string(&json, "event", event->record->name);
	if (stamps) {
		put_stamp(stamp, sizeof(stamp));
		evse_json_string(&json, "time", stamp);
	}
	evse_json_open(&json, event->record->name, '{');
	evse_record_json(event->record, &event->port, &json);
	evse_json_close(&json, '}');
	evse_json_close(&json, '}');
	putchar('\n');
}

static bool over(const struct monitor *m)
{
	return counted && m->told >= max_events;
}

static bool wanted(const struct monitor *m, const struct evse_event *event)
{
	if (m->only && evse_event_port(event) != m->id)
		return false;
	switch (m->about) {
	case MONITOR_GRID:
		return event->cmd == EVSE_CMD_GRID_NTF;
	case MONITOR_THERMAL:
		return event->cmd == EVSE_CMD_THERMAL_NTF ||
		       (event->cmd == EVSE_CMD_FAULT_NTF &&
			thermal_is_fault(event->fault.code));
	default:
		return true;
	}
}

static int tell(const struct evse_event *event, void *arg)
{
	struct evse_event *known = NULL;
	struct monitor *m = arg;
	bool told = true;
	char head[192];

	if (over(m) || !wanted(m, event))
		return 0;
	if (is_state(event)) {
		known = known_of(m, event);
		if (!known)
			return -ENOMEM;
	}
	/* Every member of the union begins at the same place. */
	if (m->e->json)
		tell_json(event);
	else if (known)
		told = tell_changes(stdout, event->record, &known->port,
				    &event->port,
				    head_of(event, head, sizeof(head)));
	else
		tell_other(event);
	if (known)
		*known = *event;
	m->told += told;
	fflush(stdout);
	return ferror(stdout) ? -EIO : 0;
}

static int listen_all(struct evse_client **client)
{
	int err = evse_client_open(client);

	if (!err)
		err = evse_client_subscribe(*client, EVSE_MCGRP_MONITOR);
	if (!err)
		err = evse_client_subscribe(*client, EVSE_MCGRP_METER);
	if (err)
		return complain("cannot listen to events: %s", strerror(-err));
	return 0;
}

/* A list from the kernel, which is freed here. */
static int know_all(struct monitor *m, uint8_t cmd,
		    const struct evse_record *rec, void *list, size_t count)
{
	struct evse_event event = { .cmd = cmd, .record = rec };
	const char *item = list;
	size_t i;
	int err = 0;

	for (i = 0; i < count && !err; i++, item += rec->size) {
		memcpy(&event.port, item, rec->size);
		if (!know(m, &event))
			err = complain("%s", strerror(ENOMEM));
	}
	free(list);
	return err;
}

static int know_ports(struct monitor *m)
{
	struct evse_port_info *ports;
	size_t count;

	if (evse_port_list(m->e->client, &ports, &count))
		return complain("%s", evse_client_error(m->e->client));
	return know_all(m, EVSE_CMD_PORT_NTF, &evse_port_record, ports, count);
}

static int know_grids(struct monitor *m)
{
	struct evse_grid_info *grids;
	size_t count;

	if (evse_grid_list(m->e->client, &grids, &count))
		return complain("%s", evse_client_error(m->e->client));
	return know_all(m, EVSE_CMD_GRID_NTF, &evse_grid_record, grids, count);
}

/* Whoever watches temperatures sees a table of them before they change. */
static int know_thermals(struct monitor *m)
{
	bool watched = m->about == MONITOR_THERMAL;
	struct evse_thermal_info *thermals;
	size_t count;
	int err;

	err = evse_thermal_list(m->e->client, watched && m->only ? &m->id : NULL,
				&thermals, &count);
	if (err && watched && m->only)
		return refused(m->e, m->id, err, 0);
	if (err)
		return complain("%s", evse_client_error(m->e->client));
	if (watched && !count) {
		free(thermals);
		return thermal_none();
	}
	if (watched && !m->e->json)
		thermal_table(thermals, count);
	return know_all(m, EVSE_CMD_THERMAL_NTF, &evse_thermal_record, thermals,
			count);
}

/* Reads everything anew, after events were lost or before any came. */
static int refresh(struct monitor *m)
{
	int err;

	free(m->known);
	m->known = NULL;
	m->n_known = 0;
	err = know_ports(m);
	if (!err)
		err = know_grids(m);
	return err ? err : know_thermals(m);
}

static bool equal(const struct evse_thermal_info *a,
		  const struct evse_thermal_info *b)
{
	const struct evse_record *rec = &evse_thermal_record;
	size_t i;

	for (i = 0; i < rec->count; i++)
		if (!evse_field_equal(&rec->field[i], a, b))
			return false;
	return true;
}

/* No event tells that a temperature changed: it never rests. */
static int look(struct monitor *m)
{
	struct evse_event event = {
		.cmd = EVSE_CMD_THERMAL_NTF,
		.record = &evse_thermal_record,
	};
	struct evse_thermal_info *thermals;
	struct evse_event *known;
	size_t count, i;
	int err = 0;

	if (evse_thermal_list(m->e->client, NULL, &thermals, &count))
		return complain("%s", evse_client_error(m->e->client));
	for (i = 0; i < count && !err; i++) {
		event.thermal = thermals[i];
		known = known_of(m, &event);
		if (!known)
			err = -ENOMEM;
		else if (!equal(&known->thermal, &thermals[i]))
			err = tell(&event, m);
	}
	free(thermals);
	return err;
}

/* How long to wait for an event: poll() counts no longer than that. */
static int wait_ms(const struct monitor *m, uint64_t now, uint64_t until,
		   uint64_t next)
{
	uint64_t wait = timed ? until - now : UINT64_MAX;

	if (m->about == MONITOR_THERMAL && next - now < wait)
		wait = next - now;
	if (wait == UINT64_MAX)
		return -1;
	return wait < INT32_MAX ? (int)wait : INT32_MAX;
}

static int read_events(struct monitor *m, struct evse_client *events)
{
	int err = evse_client_read_events(events, tell, m);

	if (err != -ENOBUFS)
		return err;
	complain("events were lost: they came faster than they were read");
	return refresh(m);
}

static int loop(struct monitor *m, struct evse_client *events)
{
	struct pollfd fd = { .fd = evse_client_fd(events), .events = POLLIN };
	uint64_t now, until = now_ms() + timeout_ms;
	uint64_t next = now_ms() + LOOK_MS;
	int err = 0;

	while (!over(m)) {
		now = now_ms();
		if (timed && now >= until) {
			if (!counted)
				return 0;
			return complain("%u of %u events in time", m->told,
					max_events);
		}
		if (m->about == MONITOR_THERMAL && now >= next) {
			next = now + LOOK_MS;
			err = look(m);
		}
		if (!err && poll(&fd, 1, wait_ms(m, now, until, next)) > 0)
			err = read_events(m, events);
		if (err)
			return err < 0 ? complain("%s", strerror(-err)) : err;
	}
	return 0;
}

int monitor_run(struct evsectl *e, enum monitor_about about)
{
	struct monitor m = {
		.e = e,
		.only = e->port,
		.about = about,
	};
	struct evse_client *events = NULL;
	int err;

	err = m.only ? evsectl_port(e, &m.id) : evsectl_client(e);
	/* Listen before reading, so that nothing falls in between. */
	if (!err)
		err = listen_all(&events);
	if (!err)
		err = refresh(&m);
	if (!err) {
		if (!e->quiet)
			complain("listening");
		err = loop(&m, events);
	}
	evse_client_close(events);
	free(m.known);
	return err;
}

static int run(struct evsectl *e, const struct command *cmd, int argc,
	       char **argv)
{
	(void)cmd;
	(void)argc;
	(void)argv;
	return monitor_run(e, MONITOR_ALL);
}

static const char *const synopsis[] = {
	"monitor [-t] [--count N] [--timeout SECONDS]", NULL
};

const struct command cmd_monitor = {
	.name = "monitor",
	.synopsis = synopsis,
	.summary = "Tell of changes of ports, grids and temperature sensors, faults and samples as they come; -t with the time of day.",
	.options = monitor_options,
	.run = run,
};
