// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl update: keep a port de-energised while firmware is replaced. */
#include <stdlib.h>

#include "evsectl.h"

static int run_status(struct evsectl *e, const struct command *cmd, int argc,
		      char **argv)
{
	struct evse_port_info port;
	char name[16];
	uint32_t id;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_port_get(e->client, id, &port), 0);
	if (err)
		return err;
	if (e->json) {
		port.has &= 1ULL << EVSE_A_PORT_ID | 1ULL << EVSE_A_PORT_NAME |
			    1ULL << EVSE_A_PORT_UPDATE_LOCKED;
		show_json(&evse_port_record, &port);
	} else {
		printf("%s: %s\n", port_name(&port, name),
		       port.update_locked ? "locked for a firmware update" :
					    "not locked");
	}
	return 0;
}

static int set(struct evsectl *e, bool locked)
{
	char name[16];
	uint32_t id;
	int err;

	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_update_lock_set(e->client, id, locked),
			     FIG_STATE);
	if (err)
		return err;
	if (e->json)
		return run_status(e, &cmd_update, 0, NULL);
	say(e, "%s: %s", name_of_port(id, name),
	    locked ? "locked for a firmware update" : "not locked");
	return 0;
}

static int run_lock(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	(void)cmd;
	(void)argc;
	(void)argv;
	return set(e, true);
}

static int run_unlock(struct evsectl *e, const struct command *cmd, int argc,
		      char **argv)
{
	(void)cmd;
	(void)argc;
	(void)argv;
	return set(e, false);
}

static const struct subcommand sub[] = {
	{ "status", 0, 0, run_status },
	{ "lock", 0, 0, run_lock },
	{ "unlock", 0, 0, run_unlock },
	{ 0 }
};

static const char *const synopsis[] = {
	"update [status]",
	"update lock",
	"update unlock",
	NULL
};

const struct command cmd_update = {
	.name = "update",
	.synopsis = synopsis,
	.summary = "Lock a de-energised port while firmware is replaced: nothing is armed or closed until unlock.",
	.sub = sub,
};
