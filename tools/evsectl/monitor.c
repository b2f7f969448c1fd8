// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl monitor: changes of ports, grids, faults and samples, as they come. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "monitor.h"
#include "tell.h"
#include "watch.h"

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
 * @grid_only: tell of grids alone
 * @known: ports and grids as they were last told
 * @n_known: how many
 * @told: events told so far
 */
struct monitor {
	struct evsectl *e;
	bool only;
	uint32_t id;
	bool grid_only;
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
	char stamp[64] = "";

	if (stamps)
		put_stamp(stamp, sizeof(stamp));
	snprintf(buf, size, "%s%sevse%u:%s%s", stamp, stamps ? " " : "",
		 evse_event_port(event),
		 event->cmd == EVSE_CMD_PORT_NTF ? "" : " ",
		 event->cmd == EVSE_CMD_PORT_NTF ? "" : event->record->name);
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

/* What was told of the same port or grid before. */
static struct evse_event *known_of(struct monitor *m,
				   const struct evse_event *event)
{
	struct evse_event nothing = {
		.cmd = event->cmd,
		.record = event->record,
	};
	size_t i;

	for (i = 0; i < m->n_known; i++)
		if (m->known[i].cmd == event->cmd &&
		    evse_event_port(&m->known[i]) == evse_event_port(event))
			return &m->known[i];
	if (event->cmd == EVSE_CMD_GRID_NTF)
		nothing.grid.port = event->grid.port;
	else
		nothing.port.id = event->port.id;
	return know(m, &nothing);
}

static int tell_known(struct monitor *m, const struct evse_event *event,
		      bool *told)
{
	struct evse_event *known = known_of(m, event);
	char head[128];

	if (!known)
		return -ENOMEM;
	/* Every member of the union begins at the same place. */
	*told = tell_changes(stdout, event->record, &known->port, &event->port,
			     head_of(event, head, sizeof(head)));
	*known = *event;
	return 0;
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

static int tell(const struct evse_event *event, void *arg)
{
	struct monitor *m = arg;
	bool told = true;
	int err = 0;

	if (over(m) || (m->only && evse_event_port(event) != m->id) ||
	    (m->grid_only && event->cmd != EVSE_CMD_GRID_NTF))
		return 0;
	if (m->e->json)
		tell_json(event);
	else if (event->cmd == EVSE_CMD_PORT_NTF ||
		 event->cmd == EVSE_CMD_GRID_NTF)
		err = tell_known(m, event, &told);
	else
		tell_other(event);
	if (err)
		return err;
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

static int know_ports(struct monitor *m)
{
	struct evse_event event = {
		.cmd = EVSE_CMD_PORT_NTF,
		.record = &evse_port_record,
	};
	struct evse_port_info *ports;
	size_t count, i;
	int err = 0;

	if (evse_port_list(m->e->client, &ports, &count))
		return complain("%s", evse_client_error(m->e->client));
	for (i = 0; i < count && !err; i++) {
		event.port = ports[i];
		if (!know(m, &event))
			err = complain("%s", strerror(ENOMEM));
	}
	free(ports);
	return err;
}

static int know_grids(struct monitor *m)
{
	struct evse_event event = {
		.cmd = EVSE_CMD_GRID_NTF,
		.record = &evse_grid_record,
	};
	struct evse_grid_info *grids;
	size_t count, i;
	int err = 0;

	if (evse_grid_list(m->e->client, &grids, &count))
		return complain("%s", evse_client_error(m->e->client));
	for (i = 0; i < count && !err; i++) {
		event.grid = grids[i];
		if (!know(m, &event))
			err = complain("%s", strerror(ENOMEM));
	}
	free(grids);
	return err;
}

/* Reads ports and grids anew, after events were lost or before any came. */
static int refresh(struct monitor *m)
{
	int err;

	free(m->known);
	m->known = NULL;
	m->n_known = 0;
	err = know_ports(m);
	return err ? err : know_grids(m);
}

static int loop(struct monitor *m, struct evse_client *events)
{
	struct pollfd fd = { .fd = evse_client_fd(events), .events = POLLIN };
	uint64_t now, until = now_ms() + timeout_ms;
	int err;

	while (!over(m)) {
		now = now_ms();
		if (timed && now >= until) {
			if (!counted)
				return 0;
			return complain("%u of %u events in time", m->told,
					max_events);
		}
		/* A timeout may be longer than poll() can count. */
		err = poll(&fd, 1, timed && until - now < INT32_MAX ?
			   (int)(until - now) : timed ? INT32_MAX : -1);
		if (err <= 0)
			continue;
		err = evse_client_read_events(events, tell, m);
		if (err == -ENOBUFS) {
			complain("events were lost: they came faster than they were read");
			err = refresh(m);
		}
		if (err)
			return err < 0 ? complain("%s", strerror(-err)) : err;
	}
	return 0;
}

int monitor_run(struct evsectl *e, bool grid_only)
{
	struct monitor m = {
		.e = e,
		.only = e->port,
		.grid_only = grid_only,
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
	return monitor_run(e, false);
}

static const char *const synopsis[] = {
	"monitor [-t] [--count N] [--timeout SECONDS]", NULL
};

const struct command cmd_monitor = {
	.name = "monitor",
	.synopsis = synopsis,
	.summary = "Tell of changes of ports and grids, faults and samples as they come; -t with the time of day.",
	.options = monitor_options,
	.run = run,
};
