// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl energise and stop. */
#include <stdlib.h>

#include "../libevse/evse-units.h"
#include "watch.h"

#define DEFAULT_WAIT_MS	10000

static bool wait;
static uint32_t wait_ms = DEFAULT_WAIT_MS;

static const struct option_desc options[] = {
	{ 'w', "wait", OPT_MAYBE_SECONDS, &wait_ms, &wait, 0, 0 },
	{ 0 }
};

static int not_in_time(struct evsectl *e, const struct evse_port_info *port)
{
	char name[16], text[32];
	unsigned int i;

	(void)e;
	complain("%s: not energised after %s: state %s, vehicle %s",
		 port_name(port, name),
		 evse_format(wait_ms, EVSE_U_MS, text, sizeof(text)),
		 evse_name_of(&evse_port_state_names, port->state),
		 evse_name_of(&evse_pilot_state_names, port->vehicle));
	for (i = 0; i < port->n_guards; i++)
		if (port->guards[i].state != EVSE_GUARD_STATE_PERMIT)
			complain("%s: guard %s: %s", port_name(port, name),
				 port->guards[i].name,
				 evse_name_of(&evse_guard_state_names,
					      port->guards[i].state));
	return EXIT_FAILURE;
}

static int wait_energised(struct evsectl *e, struct watch *w)
{
	uint64_t until = now_ms() + wait_ms;
	struct evse_port_info port;
	bool began;
	int err;

	for (;;) {
		err = result(e, w->id, evse_port_get(e->client, w->id, &port),
			     0);
		if (err)
			return err;
		if (port.state == EVSE_PORT_STATE_ENERGISED)
			return 0;
		if (port.state == EVSE_PORT_STATE_FAULT)
			return complain_fault(e, &port, "not energised");
		began = watch_saw(w, EVSE_PORT_STATE_LOCKING) ||
			watch_saw(w, EVSE_PORT_STATE_CHECKING) ||
			watch_saw(w, EVSE_PORT_STATE_CLOSING);
		if (began && !moving(port.state))
			return complain("evse%u: the sequence was given up; state %s, vehicle %s",
					w->id,
					evse_name_of(&evse_port_state_names,
						     port.state),
					evse_name_of(&evse_pilot_state_names,
						     port.vehicle));
		if (now_ms() >= until)
			return not_in_time(e, &port);
		if (moving(port.state))
			w->seen |= 1U << port.state;
		watch_wait(w, until);
	}
}

static int run(struct evsectl *e, int (*command)(struct evse_client *, uint32_t),
	       bool energise)
{
	struct watch w = { 0 };
	uint32_t id;
	int err;

	err = evsectl_port(e, &id);
	if (err)
		return err;
	if (wait) {
		err = watch_open(&w, id);
		if (err)
			return err;
	}
	err = result(e, id, command(e->client, id),
		     energise ? FIG_STATE | FIG_GUARDS | FIG_SESSION :
				FIG_STATE);
	if (!err && wait)
		err = energise ? wait_energised(e, &w) :
				 wait_open(e, &w, wait_ms);
	watch_close(&w);
	return err ? err : report_port(e, id);
}

static int run_energise(struct evsectl *e, const struct command *cmd, int argc,
			char **argv)
{
	(void)cmd;
	(void)argc;
	(void)argv;
	return run(e, evse_energise, true);
}

static int run_stop(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	(void)cmd;
	(void)argc;
	(void)argv;
	return run(e, evse_de_energise, false);
}

static const char *const energise_synopsis[] = {
	"energise [--wait [SECONDS]]", NULL
};

const struct command cmd_energise = {
	.name = "energise",
	.synopsis = energise_synopsis,
	.summary = "Lock the connector, close the contactor, enable power; --wait until done.",
	.options = options,
	.run = run_energise,
};

static const char *const stop_synopsis[] = { "stop [--wait [SECONDS]]", NULL };

const struct command cmd_stop = {
	.name = "stop",
	.synopsis = stop_synopsis,
	.summary = "End power and open the contactor, in an orderly way; --wait until open.",
	.options = options,
	.run = run_stop,
};
