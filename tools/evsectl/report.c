// SPDX-License-Identifier: GPL-2.0-or-later
/* Messages: what went wrong, why, and what to do. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "evsectl.h"

/* What was printed comes before what is complained about. */
static void __attribute__((format(printf, 1, 0)))
put(const char *fmt, va_list args)
{
	fflush(stdout);
	fputs("evsectl: ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
}

int complain(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put(fmt, args);
	va_end(args);
	return EXIT_FAILURE;
}

int misuse(const struct command *cmd, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put(fmt, args);
	va_end(args);
	if (cmd)
		command_usage(stderr, cmd);
	else
		fputs("usage: evsectl [-p PORT] [-j] [-q] COMMAND ...\n"
		      "'evsectl help' lists the commands\n", stderr);
	return EXIT_USAGE;
}

void say(const struct evsectl *e, const char *fmt, ...)
{
	va_list args;

	if (e->quiet || e->json)
		return;
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

static void add_state(FILE *out, const struct evse_port_info *port)
{
	fprintf(out, "; state %s, vehicle %s",
		evse_name_of(&evse_port_state_names, port->state),
		evse_name_of(&evse_pilot_state_names, port->vehicle));
	if (evse_has(port, EVSE_A_PORT_WAITING_FOR))
		fprintf(out, ", waiting for %s", port->waiting_for);
	if (port->fault_code)
		fprintf(out, ", fault 0x%02X %s", port->fault_code,
			evse_name_of(&evse_fault_code_names, port->fault_code));
}

static void add_power(FILE *out, const struct evse_port_info *port)
{
	char min[32] = "none", max[32] = "none", rated_min[32], rated_max[32];

	if (port->min_mw != INT32_MIN)
		evse_format(port->min_mw, EVSE_U_MW, min, sizeof(min));
	if (port->max_mw != INT32_MAX)
		evse_format(port->max_mw, EVSE_U_MW, max, sizeof(max));
	fprintf(out, "; mode %s, bounds %s to %s, rated %s to %s",
		evse_name_of(&evse_mode_names, port->mode), min, max,
		evse_format(port->rated_min_mw, EVSE_U_MW, rated_min,
			    sizeof(rated_min)),
		evse_format(port->rated_max_mw, EVSE_U_MW, rated_max,
			    sizeof(rated_max)));
}

static void add_guards(FILE *out, const struct evse_port_info *port)
{
	unsigned int i;

	for (i = 0; i < port->n_guards; i++) {
		if (port->guards[i].state == EVSE_GUARD_STATE_PERMIT)
			continue;
		fprintf(out, "; guard %s: %s", port->guards[i].name,
			evse_name_of(&evse_guard_state_names,
				     port->guards[i].state));
	}
}

static void add_session(FILE *out, const struct evse_port_info *port)
{
	if (!evse_has(port, EVSE_A_PORT_SESSION_PORT))
		return;
	fprintf(out, "; %s session of ",
		port->session_shared ? "shared" : "exclusive");
	owner_print(out, port->session_port);
}

static void add_figures(FILE *out, struct evsectl *e, uint32_t id,
			unsigned int figures)
{
	struct evse_port_info port;

	if (evse_port_get(e->client, id, &port))
		return;
	if (figures & FIG_STATE)
		add_state(out, &port);
	if (figures & FIG_POWER)
		add_power(out, &port);
	if (figures & FIG_GUARDS)
		add_guards(out, &port);
	if (figures & FIG_SESSION)
		add_session(out, &port);
}

int refused(struct evsectl *e, uint32_t id, int err, unsigned int figures)
{
	const char *sentence = evse_client_error(e->client);
	char name[16], *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return complain("%s: %s", name_of_port(id, name), sentence);
	fputs(sentence, out);
	if (err == -EPERM && !strcmp(sentence, strerror(EPERM)))
		fputs("; run it as root, or with CAP_NET_ADMIN", out);
	if (err != -EBUSY)
		figures &= ~(unsigned int)FIG_SESSION;
	/* Figures do not explain who may. */
	if (figures && err != -EPERM)
		add_figures(out, e, id, figures);
	fclose(out);
	complain("%s: %s", name_of_port(id, name), text);
	free(text);
	return EXIT_FAILURE;
}

int result(struct evsectl *e, uint32_t id, int err, unsigned int figures)
{
	char name[16];

	if (err)
		return refused(e, id, err, figures);
	/* An acknowledgement may carry a remark. */
	if (!e->quiet && *evse_client_error(e->client))
		complain("%s: note: %s", name_of_port(id, name),
			 evse_client_error(e->client));
	return EXIT_SUCCESS;
}

int list_result(struct evsectl *e, const uint32_t *only, int err)
{
	if (!err)
		return EXIT_SUCCESS;
	return only ? refused(e, *only, err, 0) :
		      complain("%s", evse_client_error(e->client));
}
