// SPDX-License-Identifier: GPL-2.0-or-later
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../libevse/evse-units.h"
#include "watch.h"

/* The longest sleep without an event. */
#define LOOK_AGAIN_MS	100

uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

int watch_open(struct watch *w, uint32_t id)
{
	int err;

	*w = (struct watch){ .id = id };
	err = evse_client_open(&w->client);
	if (!err)
		err = evse_client_subscribe(w->client, EVSE_MCGRP_MONITOR);
	if (err) {
		watch_close(w);
		return complain("cannot listen to events: %s", strerror(-err));
	}
	return 0;
}

void watch_close(struct watch *w)
{
	evse_client_close(w->client);
	w->client = NULL;
}

static int note(const struct evse_event *event, void *arg)
{
	struct watch *w = arg;

	if (event->cmd == EVSE_CMD_PORT_NTF && event->port.id == w->id &&
	    event->port.state < 32)
		w->seen |= 1U << event->port.state;
	return 0;
}

void watch_wait(struct watch *w, uint64_t until_ms)
{
	struct pollfd fd = { .fd = evse_client_fd(w->client), .events = POLLIN };
	uint64_t now = now_ms();
	int timeout = LOOK_AGAIN_MS;

	if (until_ms <= now)
		return;
	if (until_ms - now < LOOK_AGAIN_MS)
		timeout = (int)(until_ms - now);
	if (poll(&fd, 1, timeout) > 0)
		evse_client_read_events(w->client, note, w);
}

bool watch_saw(const struct watch *w, enum evse_port_state state)
{
	return w->seen & (1U << state);
}

bool contacts_open(const struct evse_port_info *port)
{
	unsigned int i;

	for (i = 0; i < port->n_contacts; i++)
		if (port->contacts[i].closed || port->contacts[i].commanded)
			return false;
	return true;
}

bool moving(uint32_t state)
{
	return state == EVSE_PORT_STATE_LOCKING ||
	       state == EVSE_PORT_STATE_CHECKING ||
	       state == EVSE_PORT_STATE_CLOSING ||
	       state == EVSE_PORT_STATE_STOPPING ||
	       state == EVSE_PORT_STATE_OPENING;
}

int complain_fault(struct evsectl *e, const struct evse_port_info *port,
		   const char *what)
{
	struct evse_fault_info fault;
	char name[16];

	if (evse_fault_get(e->client, port->id, port->fault_code, &fault))
		return complain("%s: %s: fault 0x%02X %s",
				port_name(port, name), what, port->fault_code,
				evse_name_of(&evse_fault_code_names,
					     port->fault_code));
	return complain("%s: %s: fault 0x%02X %s%s%s: %s",
			port_name(port, name), what, fault.code,
			fault_name(&fault), *fault.source ? ", seen by " : "", fault.source,
			fault.text);
}

int wait_open(struct evsectl *e, struct watch *w, uint32_t timeout_ms)
{
	uint64_t until = now_ms() + timeout_ms;
	struct evse_port_info port;
	char text[32];
	int err;

	for (;;) {
		err = result(e, w->id, evse_port_get(e->client, w->id, &port),
			     0);
		if (err)
			return err;
		if (port.state != EVSE_PORT_STATE_ENERGISED &&
		    !moving(port.state) && contacts_open(&port))
			return 0;
		if (now_ms() >= until)
			break;
		watch_wait(w, until);
	}
	if (port.state == EVSE_PORT_STATE_FAULT)
		return complain_fault(e, &port, "a contact is still closed");
	return complain("evse%u: not open after %s: state %s", w->id,
			evse_format(timeout_ms, EVSE_U_MS, text, sizeof(text)),
			evse_name_of(&evse_port_state_names, port.state));
}
