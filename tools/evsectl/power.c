// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl power: the setpoint, what came of it, and what is measured. */
#include <stdlib.h>

#include "../libevse/evse-units.h"
#include "evsectl.h"

static bool deadline;
static uint32_t deadline_ms;

static const struct option_desc options[] = {
	{ 'd', "deadline", OPT_MS, &deadline_ms, &deadline, 0,
	  EVSE_DEADLINE_MAX_MS },
	{ 0 }
};

static void show_setpoint(const struct evse_port_info *p)
{
	char name[16], asked[32], effective[32];

	printf("%s: asked %s, effective %s", port_name(p, name),
	       evse_format(p->request_mw, EVSE_U_MW, asked, sizeof(asked)),
	       evse_format(p->effective_mw, EVSE_U_MW, effective,
			   sizeof(effective)));
	if (evse_has(p, EVSE_A_PORT_LIMITER))
		printf(", limited by %s", p->limiter);
}

static int show(struct evsectl *e, uint32_t id)
{
	struct evse_json json = { .out = stdout };
	struct evse_sample_info sample;
	struct evse_port_info port;
	bool measured;
	char text[32];
	int err;

	err = result(e, id, evse_port_get(e->client, id, &port), 0);
	if (err)
		return err;
	measured = !evse_meter_get(e->client, id, &sample);
	if (e->json) {
		/* Of the port only what power is about. */
		port.has &= 1ULL << EVSE_A_PORT_ID | 1ULL << EVSE_A_PORT_NAME |
			    1ULL << EVSE_A_PORT_REQUEST_MW |
			    1ULL << EVSE_A_PORT_EFFECTIVE_MW |
			    1ULL << EVSE_A_PORT_LIMITER |
			    1ULL << EVSE_A_PORT_DEADLINE_MS;
		evse_json_open(&json, NULL, '{');
		evse_record_json(&evse_port_record, &port, &json);
		if (measured) {
			evse_json_open(&json, "sample", '{');
			evse_record_json(&evse_sample_record, &sample, &json);
			evse_json_close(&json, '}');
		}
		evse_json_close(&json, '}');
		putchar('\n');
		return 0;
	}
	show_setpoint(&port);
	printf(", measured %s\n",
	       measured ? evse_format(sample.power_mw, EVSE_U_MW, text,
				      sizeof(text)) : "-");
	return 0;
}

static int run(struct evsectl *e, const struct command *cmd, int argc,
	       char **argv)
{
	struct evse_port_info reply;
	int32_t power_mw;
	uint32_t id;
	int err;

	if (!argc) {
		if (deadline)
			return misuse(cmd, "--deadline goes with a power");
		err = evsectl_port(e, &id);
		return err ? err : show(e, id);
	}
	err = take_power(cmd, &argc, &argv, &power_mw);
	if (err)
		return err;
	if (argc)
		return misuse(cmd, "%s: unexpected '%s'", cmd->name, *argv);
	err = evsectl_port(e, &id);
	if (err)
		return err;
	err = result(e, id,
		     evse_power_set(e->client, id, power_mw,
				    deadline ? (int32_t)deadline_ms : -1,
				    &reply),
		     FIG_STATE | FIG_POWER | FIG_SESSION);
	if (err || e->quiet)
		return err;
	if (e->json) {
		show_json(&evse_port_record, &reply);
	} else {
		show_setpoint(&reply);
		putchar('\n');
	}
	return 0;
}

static const char *const synopsis[] = {
	"power [VALUE [--deadline MS]]", NULL
};

const struct command cmd_power = {
	.name = "power",
	.synopsis = synopsis,
	.summary = "Show or set the power: 7.2kW charges, -5kW discharges; MS until the next setpoint is due.",
	.options = options,
	.max = 2,
	.run = run,
};
