// SPDX-License-Identifier: GPL-2.0-or-later
/* Events of the groups "monitor" and "meter". */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "client-internal.h"

static const struct evse_record *record_of(uint8_t cmd)
{
	switch (cmd) {
	case EVSE_CMD_PORT_NTF:
		return &evse_port_record;
	case EVSE_CMD_FAULT_NTF:
		return &evse_fault_record;
	case EVSE_CMD_METER_NTF:
		return &evse_sample_record;
	case EVSE_CMD_GRID_NTF:
		return &evse_grid_record;
	case EVSE_CMD_THERMAL_NTF:
		return &evse_thermal_record;
	default:
		return NULL;
	}
}

uint32_t evse_event_port(const struct evse_event *event)
{
	switch (event->cmd) {
	case EVSE_CMD_FAULT_NTF:
		return event->fault.port;
	case EVSE_CMD_METER_NTF:
		return event->sample.port;
	case EVSE_CMD_GRID_NTF:
		return event->grid.port;
	case EVSE_CMD_THERMAL_NTF:
		return event->thermal.port;
	default:
		return event->port.id;
	}
}

int evse_client_subscribe(struct evse_client *client, const char *group)
{
	uint32_t number = 0;

	if (!strcmp(group, EVSE_MCGRP_MONITOR))
		number = client->monitor_group;
	else if (!strcmp(group, EVSE_MCGRP_METER))
		number = client->meter_group;
	if (!number)
		return -ENOENT;
	return client->transport.join(client->transport.priv, number);
}

static int take_event(struct evse_client *client, struct nlmsghdr *nlh,
		      struct evse_event *event,
		      int (*fn)(const struct evse_event *event, void *arg),
		      void *arg)
{
	struct genlmsghdr *genl = nlmsg_data(nlh);
	int err;

	if (nlh->nlmsg_type != client->family || !genlmsg_valid_hdr(nlh, 0))
		return 0;
	event->cmd = genl->cmd;
	event->record = record_of(genl->cmd);
	if (!event->record)
		return 0;
	err = evse_record_decode(event->record, genlmsg_attrdata(genl, 0),
				 genlmsg_attrlen(genl, 0), &event->port);
	return err ? err : fn(event, arg);
}

int evse_client_read_events(struct evse_client *client,
			    int (*fn)(const struct evse_event *event,
				      void *arg),
			    void *arg)
{
	struct evse_event event;
	struct nlmsghdr *nlh;
	ssize_t n;
	int rem, err;

	for (;;) {
		n = client->transport.recv(client->transport.priv,
					   client->datagram,
					   sizeof(client->datagram), false);
		if (n == -EAGAIN)
			return 0;
		if (n < 0)
			return (int)n;
		rem = (int)n;
		for (nlh = (struct nlmsghdr *)client->datagram;
		     nlmsg_ok(nlh, rem); nlh = nlmsg_next(nlh, &rem)) {
			err = take_event(client, nlh, &event, fn, arg);
			if (err < 0)
				return err;
		}
	}
}
