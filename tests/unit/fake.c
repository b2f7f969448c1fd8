// SPDX-License-Identifier: GPL-2.0-or-later
/* The fake kernel: sockets and answers. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "../../tools/libevse/client-internal.h"
#include "fake.h"

#define FAMILY		0x1c
#define MONITOR		5
#define METER		6

/* A datagram on its way to a client. */
struct datagram {
	struct datagram *next;
	size_t len;
	char data[];
};

/* What a socket has in the kernel. */
struct endpoint {
	struct datagram *first, **last;
	int fd;
	uint32_t id;
	bool listening;
	bool lost;
	uint32_t told;
};

static void enqueue(struct endpoint *ep, const void *data, size_t len)
{
	struct datagram *d = malloc(sizeof(*d) + len);

	d->next = NULL;
	d->len = len;
	memcpy(d->data, data, len);
	*ep->last = d;
	ep->last = &d->next;
}

static void put_record(struct nl_msg *msg, const struct evse_record *rec,
		       const void *obj);

static void put_field(struct nl_msg *msg, const struct evse_field *f,
		      const char *obj)
{
	const char *p = obj + f->offset;
	unsigned int i, count;
	struct nlattr *nest;

	switch (f->type) {
	case EVSE_T_BOOL:
		nla_put(msg, f->attr, 1, p);
		break;
	case EVSE_T_U64:
		nla_put(msg, f->attr, 8, p);
		break;
	case EVSE_T_STRING:
		nla_put_string(msg, f->attr, p);
		break;
	case EVSE_T_NEST:
		nest = nla_nest_start(msg, f->attr);
		put_record(msg, f->nest, p);
		nla_nest_end(msg, nest);
		break;
	case EVSE_T_NUMBERS:
		memcpy(&count, obj + f->count_offset, sizeof(count));
		for (i = 0; i < count; i++)
			nla_put(msg, f->attr, 4, p + i * 4);
		break;
	case EVSE_T_LIST:
		memcpy(&count, obj + f->count_offset, sizeof(count));
		for (i = 0; i < count; i++) {
			nest = nla_nest_start(msg, f->attr);
			put_record(msg, f->nest, p + i * f->nest->size);
			nla_nest_end(msg, nest);
		}
		break;
	default:
		nla_put(msg, f->attr, 4, p);
		break;
	}
}

static void put_record(struct nl_msg *msg, const struct evse_record *rec,
		       const void *obj)
{
	size_t i;

	for (i = 0; i < rec->count; i++)
		if (evse_has(obj, rec->field[i].attr) ||
		    rec->field[i].type == EVSE_T_LIST)
			put_field(msg, &rec->field[i], obj);
}

static void send_record(struct endpoint *ep, uint32_t seq, uint8_t cmd,
			int flags, const struct evse_record *rec,
			const void *obj)
{
	struct nl_msg *msg = nlmsg_alloc_size(16384);

	genlmsg_put(msg, 0, seq, FAMILY, 0, flags, cmd, 1);
	put_record(msg, rec, obj);
	enqueue(ep, nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len);
	nlmsg_free(msg);
}

static void send_ack(struct endpoint *ep, const struct nlmsghdr *request,
		     int err, const char *sentence)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlmsgerr ack = { .error = -err, .msg = *request };
	size_t len = sizeof(ack);
	struct nlmsghdr *nlh;
	int flags = 0;

	nlh = nlmsg_put(msg, 0, request->nlmsg_seq, NLMSG_ERROR, 0, 0);
	if (fake->short_ack)
		len = 2;
	nlmsg_append(msg, &ack, len, NLMSG_ALIGNTO);
	if (err && fake->repeat)
		nlmsg_append(msg, (void *)(request + 1),
			     request->nlmsg_len - sizeof(*request),
			     NLMSG_ALIGNTO);
	else
		flags |= NLM_F_CAPPED;
	if (sentence && *sentence) {
		nla_put_string(msg, NLMSGERR_ATTR_MSG, sentence);
		flags |= NLM_F_ACK_TLVS;
	}
	nlh = nlmsg_hdr(msg);
	nlh->nlmsg_flags = (uint16_t)flags;
	enqueue(ep, nlh, nlh->nlmsg_len);
	nlmsg_free(msg);
}

static void send_done(struct endpoint *ep, uint32_t seq)
{
	struct nl_msg *msg = nlmsg_alloc();
	int err = -fake->done_err, flags = NLM_F_MULTI;
	struct nlmsghdr *nlh;

	nlmsg_put(msg, 0, seq, NLMSG_DONE, 0, 0);
	nlmsg_append(msg, &err, sizeof(err), NLMSG_ALIGNTO);
	if (err) {
		nla_put_string(msg, NLMSGERR_ATTR_MSG, fake->refuse_text);
		flags |= NLM_F_ACK_TLVS;
	}
	nlh = nlmsg_hdr(msg);
	nlh->nlmsg_flags = (uint16_t)flags;
	enqueue(ep, nlh, nlh->nlmsg_len);
	nlmsg_free(msg);
}

static void send_family(struct endpoint *ep, uint32_t seq)
{
	static const struct {
		const char *name;
		uint32_t id;
	} groups[] = { { "monitor", MONITOR }, { "meter", METER } };
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *list, *group;
	size_t i;

	genlmsg_put(msg, 0, seq, GENL_ID_CTRL, 0, 0, CTRL_CMD_NEWFAMILY, 2);
	nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, EVSE_FAMILY_NAME);
	nla_put_u16(msg, CTRL_ATTR_FAMILY_ID, FAMILY);
	list = nla_nest_start(msg, CTRL_ATTR_MCAST_GROUPS);
	for (i = 0; i < 2; i++) {
		group = nla_nest_start(msg, (int)i + 1);
		nla_put_string(msg, CTRL_ATTR_MCAST_GRP_NAME, groups[i].name);
		nla_put_u32(msg, CTRL_ATTR_MCAST_GRP_ID, groups[i].id);
		nla_nest_end(msg, group);
	}
	nla_nest_end(msg, list);
	enqueue(ep, nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len);
	nlmsg_free(msg);
}

/* Where the records of a dump are. */
static const char *items_of(uint8_t cmd, const struct evse_record **rec,
			    uint32_t *count)
{
	switch (cmd) {
	case EVSE_CMD_PORT_GET:
		*rec = &evse_port_record;
		*count = fake->n_ports;
		return (const char *)fake->ports;
	case EVSE_CMD_GRID_GET:
		*rec = &evse_grid_record;
		*count = fake->n_grids;
		return (const char *)fake->grids;
	case EVSE_CMD_GRID_PROFILE_GET:
		*rec = &evse_grid_record;
		*count = fake->n_profiles;
		return (const char *)fake->profiles;
	case EVSE_CMD_GRID_SETTING_GET:
		*rec = &evse_grid_setting_record;
		*count = fake->n_settings;
		return (const char *)fake->settings;
	case EVSE_CMD_THERMAL_GET:
		*rec = &evse_thermal_record;
		*count = fake->n_thermals;
		fake->thermals[0].temp_mc += fake->heating_mc;
		return (const char *)fake->thermals;
	case EVSE_CMD_THERMAL_SETTING_GET:
		*rec = &evse_thermal_setting_record;
		*count = fake->n_thresholds;
		return (const char *)fake->thresholds;
	default:
		*rec = &evse_fault_record;
		*count = fake->n_faults;
		return (const char *)fake->faults;
	}
}

static void dump(struct endpoint *ep, uint32_t seq, uint8_t cmd)
{
	const struct evse_record *rec;
	int flags = NLM_F_MULTI;
	const char *items;
	uint32_t i, count;

	if (fake->interrupts > 0) {
		fake->interrupts--;
		flags |= NLM_F_DUMP_INTR;
	}
	items = items_of(cmd, &rec, &count);
	for (i = 0; i < count; i++)
		send_record(ep, seq, cmd, flags, rec, items + i * rec->size);
	send_done(ep, seq);
}

static void step(struct evse_port_info *port)
{
	bool closed;

	if (port != fake->ports || fake->at >= fake->n_script ||
	    (!fake->calls[EVSE_CMD_ENERGISE] &&
	     !fake->calls[EVSE_CMD_DE_ENERGISE]))
		return;
	port->state = fake->script[fake->at++];
	closed = port->state == EVSE_PORT_STATE_ENERGISED ||
		 port->state == EVSE_PORT_STATE_OPENING;
	port->contacts[0].commanded = closed;
	port->contacts[0].closed = closed;
}

static int on_port(struct endpoint *ep, const struct nlmsghdr *nlh, uint8_t cmd,
		   uint32_t id)
{
	struct evse_port_info *port, reply = { 0 };

	if (id >= fake->n_ports)
		return ENODEV;
	port = &fake->ports[id];
	switch (cmd) {
	case EVSE_CMD_PORT_GET:
		step(port);
		send_record(ep, nlh->nlmsg_seq, cmd, 0, &evse_port_record,
			    port);
		break;
	case EVSE_CMD_PORT_SET:
		if (evse_has(&fake->got, EVSE_A_PORT_MODE))
			port->mode = fake->got.mode;
		if (evse_has(&fake->got, EVSE_A_PORT_MIN_MW))
			port->min_mw = fake->got.min_mw;
		if (evse_has(&fake->got, EVSE_A_PORT_MAX_MW))
			port->max_mw = fake->got.max_mw;
		if (evse_has(&fake->got, EVSE_A_PORT_BASIC))
			port->basic = fake->got.basic;
		break;
	case EVSE_CMD_UPDATE_LOCK_SET:
		port->update_locked = fake->got.update_locked;
		break;
	case EVSE_CMD_SESSION_OPEN:
		port->session_port = ep->id;
		port->session_shared = fake->got.session_shared;
		port->has |= 1ULL << EVSE_A_PORT_SESSION_PORT |
			     1ULL << EVSE_A_PORT_SESSION_SHARED;
		reply = fake->got;
		reply.has |= 1ULL << EVSE_A_PORT_LEASE_MS;
		if (!reply.lease_ms)
			reply.lease_ms = EVSE_LEASE_DEFAULT_MS;
		send_record(ep, nlh->nlmsg_seq, cmd, 0, &evse_port_record,
			    &reply);
		break;
	case EVSE_CMD_SESSION_RENEW:
		if (fake->calls[cmd] > fake->renewals) {
			port->has &= ~(1ULL << EVSE_A_PORT_SESSION_PORT);
			return ENOTCONN;
		}
		break;
	case EVSE_CMD_POWER_SET:
		port->request_mw = fake->got.request_mw;
		port->effective_mw = port->request_mw < port->min_mw ?
				     port->min_mw :
				     port->request_mw > port->max_mw ?
				     port->max_mw : port->request_mw;
		reply = *port;
		reply.has &= 1ULL << EVSE_A_PORT_ID |
			     1ULL << EVSE_A_PORT_REQUEST_MW |
			     1ULL << EVSE_A_PORT_EFFECTIVE_MW;
		if (port->effective_mw != port->request_mw) {
			reply.has |= 1ULL << EVSE_A_PORT_LIMITER;
			strcpy(reply.limiter, "configuration");
		}
		reply.n_guards = 0;
		reply.n_limiters = 0;
		reply.n_contacts = 0;
		send_record(ep, nlh->nlmsg_seq, cmd, 0, &evse_port_record,
			    &reply);
		break;
	default:
		break;
	}
	return 0;
}

static int on_fault(struct endpoint *ep, const struct nlmsghdr *nlh,
		    uint8_t cmd)
{
	uint32_t i;

	if (cmd == EVSE_CMD_METER_GET) {
		if (!fake->sample.has)
			return EOPNOTSUPP;
		send_record(ep, nlh->nlmsg_seq, cmd, 0, &evse_sample_record,
			    &fake->sample);
		return 0;
	}
	if (cmd != EVSE_CMD_FAULT_GET)
		return 0;
	for (i = 0; i < fake->n_faults; i++) {
		if (fake->faults[i].code != fake->got_fault.code)
			continue;
		send_record(ep, nlh->nlmsg_seq, cmd, 0, &evse_fault_record,
			    &fake->faults[i]);
		return 0;
	}
	return ENOENT;
}

static struct evse_grid_setting_info *find_setting(uint32_t element)
{
	uint32_t i;

	for (i = 0; i < fake->n_settings; i++)
		if (fake->settings[i].element == element)
			return &fake->settings[i];
	return NULL;
}

static int set_setting(struct evse_grid_setting_info *s)
{
	const struct evse_grid_setting_info *got = &fake->got_setting;
	int32_t pickup = evse_has(got, EVSE_A_GRID_SETTING_PICKUP) ?
			 got->pickup : s->pickup;
	uint32_t time_ms = evse_has(got, EVSE_A_GRID_SETTING_TIME_MS) ?
			   got->time_ms : s->time_ms;
	uint32_t i = (uint32_t)(s - fake->settings);

	if (i < fake->n_ordered &&
	    ((i && pickup > s[-1].pickup) ||
	     (i + 1 < fake->n_ordered && pickup < s[1].pickup)))
		return ERANGE;
	if (pickup < s->pickup_min || pickup > s->pickup_max ||
	    time_ms < s->time_min_ms || time_ms > s->time_max_ms)
		return ERANGE;
	s->pickup = pickup;
	s->time_ms = time_ms;
	return 0;
}

/* A profile in force anew has the settings of its standard. */
static int set_profile(const struct evse_grid_info *got)
{
	uint32_t i;

	for (i = 0; i < fake->n_profiles; i++) {
		if (strcmp(fake->profiles[i].profile, got->profile))
			continue;
		strcpy(fake->grids[0].profile, got->profile);
		fake->settings[0].pickup = 880;
		fake->settings[0].time_ms = 2000;
		return 0;
	}
	return ENOENT;
}

static int on_grid(struct endpoint *ep, const struct nlmsghdr *nlh, uint8_t cmd,
		   const struct nlattr *attrs, int len)
{
	struct evse_grid_setting_info *s;
	struct evse_grid_info got;

	evse_record_decode(&evse_grid_record, attrs, len, &got);
	if (got.port >= fake->n_ports)
		return ENODEV;
	if (got.port >= fake->n_grids)
		return EOPNOTSUPP;
	if (cmd == EVSE_CMD_GRID_SET)
		return set_profile(&got);
	if (cmd == EVSE_CMD_GRID_GET) {
		send_record(ep, nlh->nlmsg_seq, cmd, 0, &evse_grid_record,
			    &fake->grids[got.port]);
		return 0;
	}
	evse_record_decode(&evse_grid_setting_record, attrs, len,
			   &fake->got_setting);
	s = find_setting(fake->got_setting.element);
	if (!s)
		return ENOENT;
	if (cmd == EVSE_CMD_GRID_SETTING_SET)
		return set_setting(s);
	send_record(ep, nlh->nlmsg_seq, cmd, 0, &evse_grid_setting_record, s);
	return 0;
}

/* The board counts in steps of 8 Hz. */
static int on_bridge(struct endpoint *ep, const struct nlmsghdr *nlh,
		     uint8_t cmd, const struct nlattr *attrs, int len)
{
	struct evse_bridge_info got;

	evse_record_decode(&evse_bridge_record, attrs, len, &got);
	if (got.port >= fake->n_ports)
		return ENODEV;
	if (got.port || !fake->bridge.has)
		return EOPNOTSUPP;
	if (cmd == EVSE_CMD_BRIDGE_GET) {
		send_record(ep, nlh->nlmsg_seq, cmd, 0, &evse_bridge_record,
			    &fake->bridge);
		return 0;
	}
	if (got.carrier_hz < fake->bridge.carrier_min_hz ||
	    got.carrier_hz > fake->bridge.carrier_max_hz)
		return ERANGE;
	fake->bridge.carrier_hz = got.carrier_hz & ~7U;
	return 0;
}

static struct evse_thermal_setting_info *find_threshold(const char *sensor,
							uint32_t element)
{
	uint32_t i;

	for (i = 0; i < fake->n_thresholds; i++)
		if (!strcmp(fake->thresholds[i].sensor, sensor) &&
		    fake->thresholds[i].element == element)
			return &fake->thresholds[i];
	return NULL;
}

/* As with a guard, what it derates at stays below what it trips at. */
static int set_threshold(const struct evse_thermal_setting_info *got)
{
	bool trip = got->element == EVSE_THERMAL_ELEMENT_TRIP;
	struct evse_thermal_setting_info *s, *other = NULL;

	s = find_threshold(got->sensor, got->element);
	if (!s)
		return ENOENT;
	if (trip || got->element == EVSE_THERMAL_ELEMENT_DERATE)
		other = find_threshold(got->sensor,
				       trip ? EVSE_THERMAL_ELEMENT_DERATE :
					      EVSE_THERMAL_ELEMENT_TRIP);
	if (got->value < s->value_min || got->value > s->value_max ||
	    (other && (trip ? got->value <= other->value :
			      got->value >= other->value)))
		return ERANGE;
	if (!fake->setting_fails--)
		return EIO;
	s->value = got->value;
	return 0;
}

static int on_thermal(struct endpoint *ep, const struct nlmsghdr *nlh,
		      uint8_t cmd, const struct nlattr *attrs, int len)
{
	struct evse_thermal_setting_info setting;
	struct evse_thermal_info got;
	uint32_t i;

	evse_record_decode(&evse_thermal_record, attrs, len, &got);
	if (got.port >= fake->n_ports)
		return ENODEV;
	if (got.port || !fake->n_thermals)
		return EOPNOTSUPP;
	evse_record_decode(&evse_thermal_setting_record, attrs, len, &setting);
	if (cmd == EVSE_CMD_THERMAL_SETTING_SET)
		return set_threshold(&setting);
	for (i = 0; i < fake->n_thermals; i++) {
		if (strcmp(fake->thermals[i].sensor, got.sensor))
			continue;
		send_record(ep, nlh->nlmsg_seq, cmd, 0, &evse_thermal_record,
			    &fake->thermals[i]);
		return 0;
	}
	return ENOENT;
}

static bool on_a_port(uint8_t cmd)
{
	return cmd < EVSE_CMD_FAULT_GET || cmd == EVSE_CMD_UPDATE_LOCK_SET;
}

static int command(struct endpoint *ep, const struct nlmsghdr *nlh, uint8_t cmd,
		   const struct nlattr *attrs, int len)
{
	struct evse_port_info port = { 0 };
	const struct nlattr *nest;

	if (cmd == EVSE_CMD_FAULT_GET || cmd == EVSE_CMD_FAULT_CLEAR ||
	    cmd == EVSE_CMD_FAULT_RAISE || cmd == EVSE_CMD_METER_GET ||
	    cmd == EVSE_CMD_CATALOGUE_GET)
		evse_record_decode(&evse_fault_record, attrs, len,
				   &fake->got_fault);
	else if (on_a_port(cmd))
		evse_record_decode(&evse_port_record, attrs, len, &port);
	if (on_a_port(cmd) && cmd != EVSE_CMD_PORT_GET)
		fake->got = port;
	nest = nla_find(attrs, len, EVSE_A_PORT_COUNTERS);
	if (cmd == EVSE_CMD_COUNTERS_SET)
		fake->nested = nest && nest->nla_type & NLA_F_NESTED;
	if (cmd == fake->refuse_cmd)
		return fake->refuse_err;
	if (nlh->nlmsg_flags & NLM_F_DUMP) {
		dump(ep, nlh->nlmsg_seq, cmd);
		return -1;
	}
	if (on_a_port(cmd))
		return on_port(ep, nlh, cmd, port.id);
	if (cmd == EVSE_CMD_BRIDGE_GET || cmd == EVSE_CMD_BRIDGE_SET)
		return on_bridge(ep, nlh, cmd, attrs, len);
	if (cmd >= EVSE_CMD_THERMAL_GET)
		return on_thermal(ep, nlh, cmd, attrs, len);
	if (cmd >= EVSE_CMD_GRID_GET)
		return on_grid(ep, nlh, cmd, attrs, len);
	return on_fault(ep, nlh, cmd);
}

static int fake_send(void *priv, const void *data, size_t len)
{
	const struct nlmsghdr *nlh = data;
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	struct endpoint *ep = priv;
	int err;

	if (len < NLMSG_HDRLEN + GENL_HDRLEN || len != nlh->nlmsg_len)
		return -EINVAL;
	if (fake->noise) {
		struct nlmsghdr other = *nlh;

		other.nlmsg_seq += 1000;
		send_ack(ep, &other, EIO, "for somebody else");
	}
	if (nlh->nlmsg_type == GENL_ID_CTRL) {
		if (!fake->absent)
			send_family(ep, nlh->nlmsg_seq);
		send_ack(ep, nlh, fake->absent ? ENOENT : 0, NULL);
		return 0;
	}
	fake->calls[genl->cmd]++;
	err = command(ep, nlh, genl->cmd, genlmsg_attrdata(genl, 0),
		      genlmsg_attrlen(genl, 0));
	if (err >= 0)
		send_ack(ep, nlh, err,
			 genl->cmd == fake->refuse_cmd ? fake->refuse_text :
			 err == ENODEV ? "no such port" :
			 err == ENOTCONN ? "the lease is over" :
			 err == EOPNOTSUPP && genl->cmd >= EVSE_CMD_GRID_GET ?
			 "there is none" :
			 err == ERANGE && genl->cmd == EVSE_CMD_BRIDGE_SET ?
			 "the board does not allow it" :
			 err == ERANGE && genl->cmd >= EVSE_CMD_THERMAL_GET ?
			 "out of bounds" :
			 err == ENOENT && genl->cmd >= EVSE_CMD_THERMAL_GET ?
			 "no such threshold" :
			 err == ERANGE ? "the standard does not allow it" :
			 NULL);
	return 0;
}

static void tell_grid(struct endpoint *ep, uint32_t state)
{
	struct evse_grid_info grid = fake->grids[0];

	grid.state = state;
	send_record(ep, 0, EVSE_CMD_GRID_NTF, 0, &evse_grid_record, &grid);
}

static void tell_thermal(struct endpoint *ep, uint32_t state)
{
	struct evse_thermal_info thermal = fake->thermals[0];

	thermal.state = state;
	send_record(ep, 0, EVSE_CMD_THERMAL_NTF, 0, &evse_thermal_record,
		    &thermal);
}

/* Events wait in the tables until they are read. */
static void tell(struct endpoint *ep)
{
	struct evse_port_info port = fake->ports[0];
	uint32_t past = ep->told - fake->n_events;
	uint32_t beyond = past - fake->n_grid_events;

	if (ep->listening && ep->told >= fake->n_events &&
	    past >= fake->n_grid_events && beyond < fake->n_thermal_events) {
		ep->told++;
		tell_thermal(ep, fake->thermal_events[beyond]);
		return;
	}

	if (ep->listening && ep->told >= fake->n_events &&
	    past < fake->n_grid_events) {
		ep->told++;
		tell_grid(ep, fake->grid_events[past]);
	}
	if (!ep->listening || ep->told >= fake->n_events)
		return;
	port.state = fake->events[ep->told++];
	if (fake->no_guards) {
		port.n_guards = 0;
		port.has &= ~(1ULL << EVSE_A_PORT_GUARDS);
	}
	send_record(ep, 0, EVSE_CMD_PORT_NTF, 0, &evse_port_record, &port);
}

static ssize_t fake_recv(void *priv, void *data, size_t len, bool wait)
{
	struct endpoint *ep = priv;
	struct datagram *d;
	size_t n;

	if (!wait && fake->lose && !ep->lost) {
		ep->lost = true;
		return -ENOBUFS;
	}
	if (!wait && !ep->first)
		tell(ep);
	d = ep->first;
	if (!d)
		return wait ? -ETIMEDOUT : -EAGAIN;
	ep->first = d->next;
	if (!ep->first)
		ep->last = &ep->first;
	n = d->len < len ? d->len : len;
	memcpy(data, d->data, n);
	free(d);
	return (ssize_t)n;
}

static int fake_join(void *priv, uint32_t group)
{
	struct endpoint *ep = priv;
	uint64_t one = 1;

	if (group != MONITOR && group != METER)
		return -EINVAL;
	ep->listening = true;
	/* Readable from now on: readers are told that there is nothing. */
	if ((fake->n_events || fake->n_grid_events || fake->n_thermal_events) &&
	    write(ep->fd, &one, sizeof(one)) < 0)
		return -errno;
	return 0;
}

static void fake_close(void *priv)
{
	struct endpoint *ep = priv;
	struct datagram *d;

	while ((d = ep->first)) {
		ep->first = d->next;
		free(d);
	}
	close(ep->fd);
	free(ep);
}

int __wrap_evse_transport_netlink(struct evse_transport *transport);

int __wrap_evse_transport_netlink(struct evse_transport *transport)
{
	static uint32_t next_id = 4000;
	struct endpoint *ep = calloc(1, sizeof(*ep));

	ep->last = &ep->first;
	ep->fd = eventfd(0, EFD_CLOEXEC);
	ep->id = next_id++;
	*transport = (struct evse_transport){
		.send = fake_send,
		.recv = fake_recv,
		.join = fake_join,
		.close = fake_close,
		.fd = ep->fd,
		.id = ep->id,
		.priv = ep,
	};
	return 0;
}
