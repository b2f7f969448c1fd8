// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "port.h"

static struct port *of(struct charger *charger)
{
	return (struct port *)((char *)charger - offsetof(struct port, charger));
}

static int keep(struct port *port, int err)
{
	if (err)
		snprintf(port->why, sizeof(port->why), "%s",
			 evse_client_error(port->client));
	return err;
}

/* A session asks again and again: what is refused the same way is told once. */
static int tell(struct port *port, enum port_asked asked, int err)
{
	static const char *const names[PORT_ASKED] = {
		[PORT_LIMITS] = "the vehicle's limits",
		[PORT_ENERGISE] = "to energise",
		[PORT_DE_ENERGISE] = "to de-energise",
		[PORT_POWER] = "the power",
	};

	if (keep(port, err) && err != port->told[asked])
		trace_note(port->trace, TRACE_WARNING, "port: refuses %s: %s", names[asked],
			   port->why);
	port->told[asked] = err;
	return err;
}

static bool contacts_open(const struct evse_port_info *info)
{
	unsigned int i;

	for (i = 0; i < info->n_contacts; i++)
		if (info->contacts[i].commanded || info->contacts[i].closed)
			return false;
	return true;
}

/* The DC link takes longer to discharge than the vehicle is to wait for its connector. */
static enum charger_step step_of(const struct evse_port_info *info)
{
	switch (info->state) {
	case EVSE_PORT_STATE_LOCKING:
	case EVSE_PORT_STATE_CHECKING:
		return CHARGER_CHECKING;
	case EVSE_PORT_STATE_CLOSING:
		return CHARGER_CLOSING;
	case EVSE_PORT_STATE_ENERGISED:
		return CHARGER_CLOSED;
	case EVSE_PORT_STATE_STOPPING:
		return CHARGER_OPENING;
	case EVSE_PORT_STATE_OPENING:
		return contacts_open(info) ? CHARGER_OPEN : CHARGER_OPENING;
	case EVSE_PORT_STATE_FAULT:
		return CHARGER_FAULT;
	default:
		return CHARGER_OPEN;
	}
}

/*
 * Which limiters a vehicle is told of: those that stay, ahead of power; and while it
 * flows all but its own, and but for those that are about the session itself.
 */
static bool stays(const char *name)
{
	static const char *const names[] = { "mode", "rating", "configured", "cable" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static bool is_own(const char *name)
{
	return !strcmp(name, "vehicle") || !strcmp(name, "bpt") || !strcmp(name, "state");
}

static void narrow(struct power_window *window, const struct evse_limiter_info *limiter)
{
	if (limiter->min_mw > window->min_mw)
		window->min_mw = limiter->min_mw;
	if (limiter->max_mw < window->max_mw)
		window->max_mw = limiter->max_mw;
}

static void take_limiters(const struct evse_port_info *info, struct charger_facts *facts)
{
	unsigned int i;

	facts->offer = (struct power_window){ info->rated_min_mw, info->rated_max_mw };
	facts->now = facts->offer;
	for (i = 0; i < info->n_limiters; i++) {
		if (stays(info->limiters[i].name))
			narrow(&facts->offer, &info->limiters[i]);
		if (!is_own(info->limiters[i].name))
			narrow(&facts->now, &info->limiters[i]);
	}
}

static bool passes(const struct evse_fault_info *fault)
{
	return fault->policy == EVSE_FAULT_POLICY_ENTER_SERVICE ||
	       (fault->policy == EVSE_FAULT_POLICY_RETRY && fault->retries_left);
}

static void take_fault(struct port *port, struct charger_facts *facts)
{
	facts->fault = port->info.fault_code;
	if (facts->fault && evse_fault_get(port->client, port->id, facts->fault, &port->fault))
		port->fault = (struct evse_fault_info){ .code = facts->fault };
	facts->passing = facts->fault && passes(&port->fault);
}

static int look(struct charger *charger, struct charger_facts *facts)
{
	struct port *port = of(charger);
	struct evse_port_info *info = &port->info;
	struct evse_sample_info sample;
	int err;

	err = keep(port, evse_port_get(port->client, port->id, info));
	if (err)
		return err;
	*facts = (struct charger_facts){
		.dc = info->supply == EVSE_SUPPLY_DC,
		.phases = info->phases,
		.rated_mv = info->rated_mv,
		.rated_ma = info->rated_ma,
		.rated_export_ma = info->rated_export_ma,
		.nominal_mhz = port->nominal_mhz,
		.forming = info->mode == EVSE_MODE_V2H,
		.active_islanding = port->active_islanding,
		.step = step_of(info),
		.asks = info->vehicle == EVSE_PILOT_STATE_C ||
			info->vehicle == EVSE_PILOT_STATE_D,
		.charged_mwh = info->counters.energy_import_mwh,
		.discharged_mwh = info->counters.energy_export_mwh,
	};
	take_limiters(info, facts);
	take_fault(port, facts);
	/* A port without a meter shows zeros. */
	if (!evse_meter_get(port->client, port->id, &sample)) {
		facts->voltage_mv = sample.voltage_mv;
		facts->current_ma = sample.current_ma;
		facts->power_mw = sample.power_mw;
	}
	return 0;
}

static int allow(struct charger *charger, const struct power_window *window, bool bpt)
{
	struct port *port = of(charger);

	return tell(port, PORT_LIMITS,
		    evse_vehicle_limits_set(port->client, port->id, window->min_mw,
					    window->max_mw, bpt));
}

static int energise(struct charger *charger)
{
	struct port *port = of(charger);

	return tell(port, PORT_ENERGISE, evse_energise(port->client, port->id));
}

static int de_energise(struct charger *charger)
{
	struct port *port = of(charger);

	return tell(port, PORT_DE_ENERGISE, evse_de_energise(port->client, port->id));
}

static int power(struct charger *charger, int32_t power_mw, uint32_t deadline_ms,
		 struct charger_power *result)
{
	struct port *port = of(charger);
	struct evse_port_info reply = { };
	int err;

	*result = (struct charger_power){ };
	err = tell(port, PORT_POWER, evse_power_set(port->client, port->id, power_mw,
						    (int32_t)deadline_ms, &reply));
	if (err)
		return err;
	result->effective_mw = reply.effective_mw;
	if (evse_has(&reply, EVSE_A_PORT_LIMITER))
		snprintf(result->limiter, sizeof(result->limiter), "%s", reply.limiter);
	return 0;
}

static const struct charger_ops ops = {
	.look = look,
	.allow = allow,
	.energise = energise,
	.open = de_energise,
	.power = power,
};

/* Told where no grid guard knows better: such a port charges, in most of the world. */
#define NOMINAL_MHZ	50000

/* What a grid guard has in force */
static void read_grid(struct port *port)
{
	struct evse_grid_setting_info active;
	struct evse_grid_info grid;

	port->nominal_mhz = NOMINAL_MHZ;
	port->active_islanding = false;
	if (!evse_grid_get(port->client, port->id, &grid))
		port->nominal_mhz = grid.nominal_mhz;
	if (!evse_grid_setting_get(port->client, port->id, EVSE_GRID_ELEMENT_ACTIVE, &active))
		port->active_islanding = active.pickup > 0;
}

int port_open(struct port *port, uint32_t id)
{
	struct charger_facts facts;
	int err;

	*port = (struct port){ .charger.ops = &ops, .id = id };
	err = evse_client_open(&port->client);
	if (!err)
		err = evse_client_open(&port->events);
	if (err) {
		snprintf(port->why, sizeof(port->why), "%s: load the module evse",
			 strerror(-err));
		return err;
	}
	err = evse_client_subscribe(port->events, EVSE_MCGRP_MONITOR);
	return err ? err : look(&port->charger, &facts);
}

void port_close(struct port *port)
{
	if (port->lease_ms)
		evse_session_close(port->client, port->id);
	evse_client_close(port->client);
	evse_client_close(port->events);
	*port = (struct port){ };
}

void port_begin(struct port *port, struct trace *trace)
{
	port->trace = trace;
	memset(port->told, 0, sizeof(port->told));
}

static int set_mode(struct port *port, enum evse_mode mode)
{
	struct evse_port_info config = { .has = 1ULL << EVSE_A_PORT_MODE, .mode = mode };

	if (port->info.mode == mode ||
	    (port->info.mode == EVSE_MODE_V2H && mode == EVSE_MODE_V2G))
		return 0;
	return keep(port, evse_port_set(port->client, port->id, &config));
}

int port_own(struct port *port, uint32_t lease_ms, enum evse_mode mode)
{
	struct charger_facts facts;
	uint32_t granted;
	int err;

	err = look(&port->charger, &facts);
	if (!err)
		err = set_mode(port, mode);
	if (!err)
		err = keep(port, evse_session_open(port->client, port->id, lease_ms, false,
						   &granted));
	if (err)
		return err;
	port->lease_ms = granted;
	read_grid(port);
	return keep(port, evse_pilot_set(port->client, port->id, EVSE_PILOT_OUTPUT_HLC, 0));
}

int port_renew(struct port *port)
{
	int err = keep(port, evse_session_renew(port->client, port->id));

	if (err)
		port->lease_ms = 0;
	return err;
}

static int ignore(const struct evse_event *event, void *arg)
{
	(void)event;
	(void)arg;
	return 0;
}

/* The port is read anew at every look: an event is a reason to look, and no more. */
void port_events(struct port *port)
{
	evse_client_read_events(port->events, ignore, NULL);
}
