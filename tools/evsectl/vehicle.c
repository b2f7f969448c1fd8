// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl limits, pilot, lock, meter: the vehicle's side of the port. */
#include <stdlib.h>
#include <string.h>

#include "evsectl.h"

/* Reads a port and shows the attributes of @mask alone. */
static int show_some(struct evsectl *e, uint64_t mask)
{
	struct evse_port_info port;
	uint32_t id;
	int err;

	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_port_get(e->client, id, &port), 0);
	if (err)
		return err;
	port.has &= mask | 1ULL << EVSE_A_PORT_ID | 1ULL << EVSE_A_PORT_NAME;
	if (e->json) {
		show_json(&evse_port_record, &port);
		return 0;
	}
	port.has &= mask;
	show_record(stdout, &evse_port_record, &port, 0);
	return 0;
}

static bool bpt;

static const struct option_desc limits_options[] = {
	{ 'b', "bpt", OPT_FLAG, &bpt, NULL, 0, 0 },
	{ 0 }
};

static int run_limits(struct evsectl *e, const struct command *cmd, int argc,
		      char **argv)
{
	int32_t min_mw, max_mw;
	uint32_t id;
	int err;

	err = take_power(cmd, &argc, &argv, &min_mw);
	if (!err)
		err = take_power(cmd, &argc, &argv, &max_mw);
	if (err)
		return err;
	if (argc)
		return misuse(cmd, "limits: unexpected '%s'", *argv);
	if (min_mw > max_mw)
		return misuse(cmd, "limits: MIN is above MAX");
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_vehicle_limits_set(e->client, id,
							    min_mw, max_mw,
							    bpt),
			     FIG_STATE | FIG_POWER | FIG_SESSION);
	return err ? err : report_port(e, id);
}

static const char *const limits_synopsis[] = {
	"limits MIN MAX [--bpt]", NULL
};

const struct command cmd_limits = {
	.name = "limits",
	.synopsis = limits_synopsis,
	.summary = "Set the limits that the vehicle gave; --bpt: bidirectional transfer was negotiated.",
	.options = limits_options,
	.min = 2,
	.max = 4,
	.run = run_limits,
};

static int run_pilot(struct evsectl *e, const struct command *cmd, int argc,
		     char **argv)
{
	uint32_t output, current_ma = 0, id;
	int err;

	if (!argc)
		return show_some(e, 1ULL << EVSE_A_PORT_VEHICLE |
				    1ULL << EVSE_A_PORT_PILOT_OUTPUT |
				    1ULL << EVSE_A_PORT_PILOT_MA |
				    1ULL << EVSE_A_PORT_DUTY_PERMYRIAD);
	err = take_name(cmd, &evse_pilot_output_names, &argc, &argv, &output);
	if (!err && output == EVSE_PILOT_OUTPUT_CURRENT)
		err = take_current(cmd, &argc, &argv, &current_ma);
	if (err)
		return err;
	if (argc)
		return misuse(cmd, "pilot: unexpected '%s'", *argv);
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_pilot_set(e->client, id, output,
						   current_ma),
			     FIG_STATE | FIG_SESSION);
	return err ? err : report_port(e, id);
}

static const char *const pilot_synopsis[] = {
	"pilot [auto|steady|hlc|unavailable]",
	"pilot current AMPS",
	NULL
};

const struct command cmd_pilot = {
	.name = "pilot",
	.synopsis = pilot_synopsis,
	.summary = "Show or set what the charger puts on the control pilot; AMPS as in 16A.",
	.max = 3,
	.run = run_pilot,
};

static int run_lock(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	uint32_t id;
	bool lock;
	int err;

	if (!argc)
		return show_some(e, 1ULL << EVSE_A_PORT_LOCK);
	lock = !strcmp(argv[0], "lock");
	if (!lock && strcmp(argv[0], "unlock"))
		return misuse(cmd, "lock: unknown word '%s'", argv[0]);
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_lock_set(e->client, id, lock),
			     FIG_STATE | FIG_SESSION);
	return err ? err : report_port(e, id);
}

static const char *const lock_synopsis[] = { "lock [lock|unlock]", NULL };

const struct command cmd_lock = {
	.name = "lock",
	.synopsis = lock_synopsis,
	.summary = "Show the connector lock, or lock or unlock a de-energised port.",
	.max = 1,
	.run = run_lock,
};

static int run_meter(struct evsectl *e, const struct command *cmd, int argc,
		     char **argv)
{
	struct evse_sample_info sample;
	char name[16];
	uint32_t id;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_meter_get(e->client, id, &sample), 0);
	if (err)
		return err;
	if (e->json) {
		show_json(&evse_sample_record, &sample);
	} else {
		printf("%s: ", name_of_port(id, name));
		show_sample(stdout, &sample);
		putchar('\n');
	}
	return 0;
}

static const char *const meter_synopsis[] = { "meter", NULL };

const struct command cmd_meter = {
	.name = "meter",
	.synopsis = meter_synopsis,
	.summary = "Measure power, voltage and current now.",
	.run = run_meter,
};
