// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl status: what a person wants to know first. */
#include <stdlib.h>

#include "../libevse/evse-units.h"
#include "evsectl.h"

static bool brief;

static const struct option_desc options[] = {
	{ 'b', "brief", OPT_FLAG, &brief, NULL, 0, 0 },
	{ 0 }
};

/* What goes with a port and is read apart from it. */
struct extras {
	struct evse_fault_info *faults;
	size_t n_faults;
	struct evse_sample_info sample;
	bool measured;
};

static void read_extras(struct evsectl *e, uint32_t id, struct extras *x)
{
	*x = (struct extras){ 0 };
	if (evse_fault_list(e->client, &id, &x->faults, &x->n_faults))
		x->n_faults = 0;
	/* Not every port has a meter. */
	x->measured = !evse_meter_get(e->client, id, &x->sample);
}

/* "a; b; c" on a line with a label, or nothing. */
static void item(const char *label, unsigned int index)
{
	if (index)
		fputs("; ", stdout);
	else
		printf("  %-10s", label);
}

/* The ends of 32 bits stand for no bound. */
static bool unbounded(int32_t min_mw, int32_t max_mw)
{
	return min_mw == INT32_MIN && max_mw == INT32_MAX;
}

static void span(int32_t min_mw, int32_t max_mw)
{
	char min[32] = "none", max[32] = "none";

	if (unbounded(min_mw, max_mw)) {
		fputs("none", stdout);
		return;
	}
	if (min_mw != INT32_MIN)
		evse_format(min_mw, EVSE_U_MW, min, sizeof(min));
	if (max_mw != INT32_MAX)
		evse_format(max_mw, EVSE_U_MW, max, sizeof(max));
	printf("%s to %s", min, max);
}

static void show_power(const struct evse_port_info *p, const struct extras *x)
{
	char text[2][32];
	unsigned int i, n = 0;

	item("power", 0);
	printf("%s, asked %s",
	       evse_format(p->effective_mw, EVSE_U_MW, text[0], 32),
	       evse_format(p->request_mw, EVSE_U_MW, text[1], 32));
	if (evse_has(p, EVSE_A_PORT_LIMITER))
		printf(", limited by %s", p->limiter);
	putchar('\n');
	if (x->measured) {
		item("measured", 0);
		show_sample(stdout, &x->sample);
		putchar('\n');
	}
	item("bounds", 0);
	span(p->min_mw, p->max_mw);
	fputs(", rated ", stdout);
	span(p->rated_min_mw, p->rated_max_mw);
	printf("%s%s\n", p->bpt ? ", bidirectional transfer negotiated" : "",
	       p->basic ? ", basic signalling" : "");
	for (i = 0; i < p->n_limiters; i++) {
		/* Those that limit nothing now are in "port show". */
		if (unbounded(p->limiters[i].min_mw, p->limiters[i].max_mw))
			continue;
		item("limiters", n++);
		printf("%s ", p->limiters[i].name);
		span(p->limiters[i].min_mw, p->limiters[i].max_mw);
	}
	if (n)
		putchar('\n');
}

static void show_connector(const struct evse_port_info *p)
{
	bool dc = p->supply == EVSE_SUPPLY_DC;
	char text[3][32];

	if (!evse_has(p, EVSE_A_PORT_SUPPLY))
		return;
	item("connector", 0);
	printf("%s, ", evse_name_of(&evse_supply_names, p->supply));
	if (dc)
		fputs("up to ", stdout);
	else
		printf("%u phase%s of ", p->phases, p->phases == 1 ? "" : "s");
	printf("%s, charges with %s",
	       evse_format(p->rated_mv, EVSE_U_MV, text[0], 32),
	       evse_format(p->rated_ma, EVSE_U_MA, text[1], 32));
	if (p->rated_export_ma)
		printf(", discharges with %s",
		       evse_format(p->rated_export_ma, EVSE_U_MA, text[2], 32));
	putchar('\n');
}

static void show_pilot(const struct evse_port_info *p)
{
	char text[32];

	if (!evse_has(p, EVSE_A_PORT_PILOT_OUTPUT))
		return;
	item("pilot", 0);
	fputs(evse_name_of(&evse_pilot_output_names, p->pilot_output), stdout);
	if (p->pilot_ma)
		printf(", states %s",
		       evse_format(p->pilot_ma, EVSE_U_MA, text, sizeof(text)));
	if (evse_has(p, EVSE_A_PORT_DUTY_PERMYRIAD))
		printf(", duty %s",
		       evse_format(p->duty_permyriad, EVSE_U_PERMYRIAD, text,
				   sizeof(text)));
	if (evse_has(p, EVSE_A_PORT_CABLE_MA))
		printf(", cable for %s",
		       evse_format(p->cable_ma, EVSE_U_MA, text, sizeof(text)));
	putchar('\n');
}

static void show_contacts(const struct evse_port_info *p)
{
	const struct evse_contact_info *c;
	unsigned int i;

	for (i = 0; i < p->n_contacts; i++) {
		c = &p->contacts[i];
		item("contacts", i);
		printf("%s %s%s", c->name, c->closed ? "closed" : "open",
		       !c->commanded == !c->closed ? "" :
		       c->commanded ? " although commanded" :
				      " although not commanded");
	}
	if (i)
		putchar('\n');
}

static void show_energy(const struct evse_port_info *p)
{
	char text[32];

	if (!evse_has(p, EVSE_A_PORT_ZERO_ENERGY))
		return;
	item("energy", 0);
	fputs(p->zero_energy ? "zero: contacts open, gates off, below 60 V" :
			       "not zero", stdout);
	if (evse_has(p, EVSE_A_PORT_LINK_MV))
		printf(", DC link %s",
		       evse_format(p->link_mv, EVSE_U_MV, text, sizeof(text)));
	putchar('\n');
}

static void show_guards(const struct evse_port_info *p)
{
	const struct evse_guard_info *g;
	unsigned int i;

	for (i = 0; i < p->n_guards; i++) {
		g = &p->guards[i];
		item("guards", i);
		printf("%s %s", g->name,
		       evse_name_of(&evse_guard_state_names, g->state));
		if (g->state != EVSE_GUARD_STATE_PERMIT && g->code)
			printf(" (%s)",
			       evse_name_of(&evse_fault_code_names, g->code));
	}
	if (i)
		putchar('\n');
}

static void show_session(const struct evse_port_info *p)
{
	char text[32];

	item("session", 0);
	if (!evse_has(p, EVSE_A_PORT_SESSION_PORT)) {
		puts("none");
		return;
	}
	printf("%s, held by ", p->session_shared ? "shared" : "exclusive");
	owner_print(stdout, p->session_port);
	if (evse_has(p, EVSE_A_PORT_LEASE_MS))
		printf(", lease %s", evse_format(p->lease_ms, EVSE_U_MS, text,
						 sizeof(text)));
	if (p->deadline_ms)
		printf(", setpoint deadline %s",
		       evse_format(p->deadline_ms, EVSE_U_MS, text,
				   sizeof(text)));
	putchar('\n');
}

static void show_faults(const struct extras *x)
{
	size_t i;

	if (!x->n_faults) {
		item("faults", 0);
		puts("none");
	}
	for (i = 0; i < x->n_faults; i++) {
		printf("  %-10s", i ? "" : "faults");
		show_fault(stdout, &x->faults[i]);
		printf(": %s\n", x->faults[i].text);
	}
}

static void show_port(const struct evse_port_info *p, const struct extras *x)
{
	char name[16];

	printf("%s: %s, mode %s, vehicle %s, lock %s\n", port_name(p, name),
	       evse_name_of(&evse_port_state_names, p->state),
	       evse_name_of(&evse_mode_names, p->mode),
	       evse_name_of(&evse_pilot_state_names, p->vehicle),
	       evse_name_of(&evse_lock_state_names, p->lock));
	if (evse_has(p, EVSE_A_PORT_WAITING_FOR))
		printf("  %-10sdriver of %s\n", "waiting", p->waiting_for);
	if (p->update_locked)
		printf("  %-10slocked: 'evsectl update unlock' when the firmware is in place\n",
		       "update");
	show_power(p, x);
	show_connector(p);
	show_pilot(p);
	show_contacts(p);
	show_energy(p);
	show_guards(p);
	show_session(p);
	show_faults(x);
}

static void show_brief(const struct evse_port_info *p)
{
	unsigned int i, closed = 0;
	char text[2][32], name[16];

	for (i = 0; i < p->n_contacts; i++)
		closed += p->contacts[i].closed;
	printf("%-8s %-10s %-6s %-7s %10s %10s %-14s %u/%-6u %s\n",
	       port_name(p, name),
	       evse_name_of(&evse_port_state_names, p->state),
	       evse_name_of(&evse_mode_names, p->mode),
	       evse_name_of(&evse_pilot_state_names, p->vehicle),
	       evse_format(p->request_mw, EVSE_U_MW, text[0], 32),
	       evse_format(p->effective_mw, EVSE_U_MW, text[1], 32),
	       evse_has(p, EVSE_A_PORT_LIMITER) ? p->limiter : "-",
	       closed, p->n_contacts,
	       p->fault_code ? evse_name_of(&evse_fault_code_names,
					    p->fault_code) : "-");
}

static void json_port(struct evse_json *json, const struct evse_port_info *p,
		      const struct extras *x)
{
	size_t i;

	evse_json_open(json, NULL, '{');
	evse_record_json(&evse_port_record, p, json);
	evse_json_open(json, "faults", '[');
	for (i = 0; i < x->n_faults; i++) {
		evse_json_open(json, NULL, '{');
		evse_record_json(&evse_fault_record, &x->faults[i], json);
		evse_json_close(json, '}');
	}
	evse_json_close(json, ']');
	if (x->measured) {
		evse_json_open(json, "sample", '{');
		evse_record_json(&evse_sample_record, &x->sample, json);
		evse_json_close(json, '}');
	}
	evse_json_close(json, '}');
}

static int run(struct evsectl *e, const struct command *cmd, int argc,
	       char **argv)
{
	struct evse_json json = { .out = stdout };
	struct evse_port_info *ports;
	struct extras extras;
	size_t count, i;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_ports(e, &ports, &count);
	if (err)
		return err;
	if (e->json)
		evse_json_open(&json, NULL, '[');
	else if (brief)
		printf("%-8s %-10s %-6s %-7s %10s %10s %-14s %-8s %s\n", "PORT",
		       "STATE", "MODE", "VEHICLE", "ASKED", "POWER",
		       "LIMITED-BY", "CONTACTS", "FAULT");
	for (i = 0; i < count; i++) {
		if (brief && !e->json) {
			show_brief(&ports[i]);
			continue;
		}
		read_extras(e, ports[i].id, &extras);
		if (e->json)
			json_port(&json, &ports[i], &extras);
		else
			show_port(&ports[i], &extras);
		free(extras.faults);
	}
	if (e->json) {
		evse_json_close(&json, ']');
		putchar('\n');
	}
	free(ports);
	return EXIT_SUCCESS;
}

static const char *const synopsis[] = { "status [-b]", NULL };

const struct command cmd_status = {
	.name = "status",
	.synopsis = synopsis,
	.summary = "Show the ports: power and what limits it, contacts, guards, faults; -b one line each.",
	.options = options,
	.run = run,
};
