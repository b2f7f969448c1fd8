// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl monitor: changes of ports, faults and samples, as they come. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "watch.h"

static bool stamps, counted, timed;
static uint32_t max_events, timeout_ms;

static const struct option_desc options[] = {
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
 * @known: the ports as they were last told
 * @n_known: how many
 * @told: events told so far
 */
struct monitor {
	struct evsectl *e;
	bool only;
	uint32_t id;
	struct evse_port_info *known;
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

static void begin_line(uint32_t id)
{
	char stamp[64];

	if (stamps) {
		put_stamp(stamp, sizeof(stamp));
		printf("%s ", stamp);
	}
	printf("evse%u:", id);
}

static struct evse_port_info *known_port(struct monitor *m, uint32_t id)
{
	struct evse_port_info *grown;
	size_t i;

	for (i = 0; i < m->n_known; i++)
		if (m->known[i].id == id)
			return &m->known[i];
	grown = realloc(m->known, (m->n_known + 1) * sizeof(*grown));
	if (!grown)
		return NULL;
	m->known = grown;
	grown[m->n_known] = (struct evse_port_info){ .id = id };
	return &grown[m->n_known++];
}

/* The entry of a list that has this name. */
static const char *find_entry(const struct evse_field *f, const char *obj,
			      const char *name)
{
	const struct evse_field *first = &f->nest->field[0];
	const char *entry = obj + f->offset;
	unsigned int count, i;
	char text[128];

	memcpy(&count, obj + f->count_offset, sizeof(count));
	for (i = 0; i < count; i++, entry += f->nest->size)
		if (!strcmp(evse_field_text(first, entry, text, sizeof(text)),
			    name))
			return entry;
	return NULL;
}

/* Entries have names, in their first field; what changed of each, or "+", "-". */
static void tell_list(const struct evse_field *f, const char *was,
		      const char *is)
{
	const char *entry = is + f->offset, *before;
	char name[128], text[128];
	unsigned int count, i;
	size_t j;

	memcpy(&count, is + f->count_offset, sizeof(count));
	for (i = 0; i < count; i++, entry += f->nest->size) {
		evse_field_text(&f->nest->field[0], entry, name, sizeof(name));
		before = find_entry(f, was, name);
		if (!before)
			printf(" +%s.%s", f->name, name);
		for (j = 1; j < f->nest->count; j++) {
			const struct evse_field *g = &f->nest->field[j];

			if (!before || !evse_field_equal(g, before, entry))
				printf(" %s.%s.%s %s", f->name, name, g->name,
				       evse_field_text(g, entry, text,
						       sizeof(text)));
		}
	}

	entry = was + f->offset;
	memcpy(&count, was + f->count_offset, sizeof(count));
	for (i = 0; i < count; i++, entry += f->nest->size) {
		evse_field_text(&f->nest->field[0], entry, name, sizeof(name));
		if (!find_entry(f, is, name))
			printf(" -%s.%s", f->name, name);
	}
}

static void tell_nest(const struct evse_field *f, const char *was,
		      const char *is)
{
	const struct evse_field *g;
	char text[128];
	size_t i;

	for (i = 0; i < f->nest->count; i++) {
		g = &f->nest->field[i];
		if (!evse_field_equal(g, was + f->offset, is + f->offset))
			printf(" %s.%s %s", f->name, g->name,
			       evse_field_text(g, is + f->offset, text,
					       sizeof(text)));
	}
}

/* What changed of a port; nothing is told where nothing did. */
static bool tell_port(const struct evse_port_info *was,
		      const struct evse_port_info *is)
{
	const struct evse_record *rec = &evse_port_record;
	const struct evse_field *f;
	char a[128], b[128];
	bool any = false;
	size_t i;

	for (i = 0; i < rec->count; i++) {
		f = &rec->field[i];
		if (evse_field_equal(f, was, is))
			continue;
		if (!any)
			begin_line(is->id);
		any = true;
		if (f->type == EVSE_T_LIST)
			tell_list(f, (const char *)was, (const char *)is);
		else if (f->type == EVSE_T_NEST)
			tell_nest(f, (const char *)was, (const char *)is);
		else
			printf(" %s %s -> %s", f->name,
			       evse_field_text(f, was, a, sizeof(a)),
			       evse_field_text(f, is, b, sizeof(b)));
	}
	if (any)
		putchar('\n');
	return any;
}

static void tell_other(const struct evse_event *event)
{
	begin_line(evse_event_port(event));
	printf(" %s ", event->record->name);
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
	/* Every member of the union begins at the same place. */
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
	struct evse_port_info *known;
	bool told = true;

	if (over(m) || (m->only && evse_event_port(event) != m->id))
		return 0;
	if (m->e->json) {
		tell_json(event);
	} else if (event->cmd == EVSE_CMD_PORT_NTF) {
		known = known_port(m, event->port.id);
		if (!known)
			return -ENOMEM;
		told = tell_port(known, &event->port);
		*known = event->port;
	} else {
		tell_other(event);
	}
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

/* Reads the ports anew, after events were lost or before any came. */
static int refresh(struct monitor *m)
{
	free(m->known);
	m->known = NULL;
	m->n_known = 0;
	if (evse_port_list(m->e->client, &m->known, &m->n_known))
		return complain("%s", evse_client_error(m->e->client));
	return 0;
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

static int run(struct evsectl *e, const struct command *cmd, int argc,
	       char **argv)
{
	struct monitor m = { .e = e, .only = e->port };
	struct evse_client *events = NULL;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
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

static const char *const synopsis[] = {
	"monitor [-t] [--count N] [--timeout SECONDS]", NULL
};

const struct command cmd_monitor = {
	.name = "monitor",
	.synopsis = synopsis,
	.summary = "Tell of changes, faults and samples as they come; -t with the time of day.",
	.options = options,
	.run = run,
};
