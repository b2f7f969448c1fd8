// SPDX-License-Identifier: GPL-2.0-or-later
/* Which port is meant. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "evsectl.h"

int evsectl_client(struct evsectl *e)
{
	int err;

	if (e->client)
		return 0;
	err = evse_client_open(&e->client);
	if (err == -ENOENT)
		return complain("the kernel has no EVSE family: load it with 'modprobe evse', and the drivers of your board");
	if (err)
		return complain("generic netlink: %s", strerror(-err));
	return 0;
}

bool parse_port(const char *text, uint32_t *id)
{
	unsigned long number;
	char *end;

	if (!strncmp(text, "evse", 4))
		text += 4;
	if (!isdigit((unsigned char)*text) || strlen(text) > 6)
		return false;
	number = strtoul(text, &end, 10);
	if (*end)
		return false;
	*id = (uint32_t)number;
	return true;
}

const char *name_of_port(uint32_t id, char buf[16])
{
	snprintf(buf, 16, "evse%u", id);
	return buf;
}

const char *port_name(const struct evse_port_info *port, char buf[16])
{
	return port->name[0] ? port->name : name_of_port(port->id, buf);
}

static int list(struct evsectl *e, struct evse_port_info **ports,
		size_t *count)
{
	int err = evsectl_client(e);

	if (err)
		return err;
	if (evse_port_list(e->client, ports, count))
		return complain("%s", evse_client_error(e->client));
	if (*count)
		return 0;
	free(*ports);
	return complain("there is no port: load the drivers of your board, whose device tree has an 'evse,port' node");
}

int evsectl_port(struct evsectl *e, uint32_t *id)
{
	struct evse_port_info *ports;
	size_t count;
	int err;

	if (e->port && !parse_port(e->port, id))
		return misuse(NULL, "'%s' is no port: type evse0, evse1, ...; 'evsectl status' lists them",
			      e->port);
	if (e->port)
		return evsectl_client(e);
	err = list(e, &ports, &count);
	if (err)
		return err;
	*id = ports[0].id;
	free(ports);
	if (count == 1)
		return 0;
	complain("there are %zu ports: say which one with -p evse%u", count,
		 *id);
	return EXIT_USAGE;
}

int evsectl_only(struct evsectl *e, uint32_t *id, const uint32_t **only)
{
	*only = e->port ? id : NULL;
	return e->port ? evsectl_port(e, id) : evsectl_client(e);
}

int evsectl_ports(struct evsectl *e, struct evse_port_info **ports,
		  size_t *count)
{
	uint32_t id;
	int err;

	if (!e->port)
		return list(e, ports, count);
	err = evsectl_port(e, &id);
	if (err)
		return err;
	*ports = calloc(1, sizeof(**ports));
	if (!*ports)
		return complain("%s", strerror(ENOMEM));
	*count = 1;
	err = result(e, id, evse_port_get(e->client, id, *ports), 0);
	if (err)
		free(*ports);
	return err;
}

int report_port(struct evsectl *e, uint32_t id)
{
	struct evse_port_info port;
	char name[16];
	int err;

	if (e->quiet)
		return 0;
	err = result(e, id, evse_port_get(e->client, id, &port), 0);
	if (err)
		return err;
	if (e->json)
		show_json(&evse_port_record, &port);
	else
		printf("%s: %s\n", port_name(&port, name),
		       evse_name_of(&evse_port_state_names, port.state));
	return 0;
}
