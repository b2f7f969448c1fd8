// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl bridge: the bridge of a port's power stage, and its carrier. */
#include <errno.h>
#include <stdlib.h>

#include "../libevse/evse-units.h"
#include "evsectl.h"

/* What the gates do, by enum evse_bridge_state. */
static const char *const states[] = {
	[EVSE_BRIDGE_STATE_OFF] = "off, as the port asks",
	[EVSE_BRIDGE_STATE_ARMED] = "armed",
	[EVSE_BRIDGE_STATE_TRIPPED] = "off: its trip input tripped it",
	[EVSE_BRIDGE_STATE_LOST] = "off: the phase of the grid was lost",
	[EVSE_BRIDGE_STATE_OUT_OF_RANGE] =
		"off: the link was too low for the voltage to be made, or one of them was not known",
};

static const char *state_text(const struct evse_bridge_info *b)
{
	size_t count = sizeof(states) / sizeof(states[0]);

	return b->state < count ? states[b->state] :
				  evse_name_of(&evse_bridge_state_names, b->state);
}

/* "5 kHz to 30 kHz" */
static const char *range_text(const struct evse_bridge_info *b, char *buf,
			      size_t size)
{
	char low[32], high[32];

	snprintf(buf, size, "%s to %s",
		 evse_format(b->carrier_min_hz, EVSE_U_HZ, low, sizeof(low)),
		 evse_format(b->carrier_max_hz, EVSE_U_HZ, high, sizeof(high)));
	return buf;
}

static void show_bridge(const struct evse_bridge_info *b)
{
	char name[16], text[2][32], range[80];

	printf("%s: bridge %s\n", name_of_port(b->port, name), state_text(b));
	printf("  carrier   %s, allowed %s\n",
	       evse_format(b->carrier_hz, EVSE_U_HZ, text[0], 32),
	       range_text(b, range, sizeof(range)));
	printf("  pulses    dead time %u ns, none shorter than %u ns\n",
	       b->dead_time_ns, b->minimum_pulse_ns);
	printf("  phase     %s", b->forming ? "its own, of a house as an island" :
				 b->locked ? "locked" : "not locked");
	if (!b->forming && evse_has(b, EVSE_A_BRIDGE_PHASE_ERROR_MDEG))
		printf(", off by %s",
		       evse_format(b->phase_error_mdeg, EVSE_U_MDEG, text[0], 32));
	printf("\n  link      %s\n",
	       evse_has(b, EVSE_A_BRIDGE_LINK_MV) ?
	       evse_format(b->link_mv, EVSE_U_MV, text[0], 32) : "not measured");
	printf("  control   %s, %llu steps, ramp at %s\n",
	       evse_format(b->control_hz, EVSE_U_HZ, text[0], 32),
	       (unsigned long long)b->steps,
	       evse_format(b->power_mw, EVSE_U_MW, text[1], 32));
}

static int run_show(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	struct evse_bridge_info bridge;
	uint32_t id;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_bridge_get(e->client, id, &bridge), 0);
	if (err)
		return err;
	if (e->json)
		show_json(&evse_bridge_record, &bridge);
	else
		show_bridge(&bridge);
	return EXIT_SUCCESS;
}

/* The kernel's sentence, and where the board's bounds are the reason, those. */
static int carrier_refused(struct evsectl *e, uint32_t id, uint32_t carrier_hz,
			   int err)
{
	struct evse_bridge_info bridge;
	char name[16], hz[32], range[80], sentence[256];

	if (err != -ERANGE)
		return refused(e, id, err, FIG_STATE);
	snprintf(sentence, sizeof(sentence), "%s", evse_client_error(e->client));
	if (evse_bridge_get(e->client, id, &bridge))
		return complain("%s: %s", name_of_port(id, name), sentence);
	return complain("%s: carrier %s: %s; allowed %s", name_of_port(id, name),
			evse_format(carrier_hz, EVSE_U_HZ, hz, sizeof(hz)),
			sentence, range_text(&bridge, range, sizeof(range)));
}

static int run_carrier(struct evsectl *e, const struct command *cmd, int argc,
		       char **argv)
{
	struct evse_bridge_info bridge;
	char text[64], name[16], hz[32];
	uint32_t id, carrier_hz;
	const char *why;
	int err;

	join_words(&argc, &argv, text, sizeof(text));
	if (argc)
		return misuse(cmd, "bridge: unexpected '%s'", *argv);
	if (evse_parse_carrier(text, &carrier_hz, &why))
		return misuse(cmd, "'%s' %s", text, why);
	err = evsectl_port(e, &id);
	if (err)
		return err;
	err = evse_bridge_set(e->client, id, carrier_hz);
	if (err)
		return carrier_refused(e, id, carrier_hz, err);
	/* The next frequency below that can be counted is the one in force. */
	err = result(e, id, evse_bridge_get(e->client, id, &bridge), 0);
	if (err)
		return err;
	if (e->json && !e->quiet)
		show_json(&evse_bridge_record, &bridge);
	say(e, "%s: carrier %s", name_of_port(id, name),
	    evse_format(bridge.carrier_hz, EVSE_U_HZ, hz, sizeof(hz)));
	return EXIT_SUCCESS;
}

static const struct subcommand sub[] = {
	{ "show", 0, 0, run_show },
	{ "carrier", 1, 2, run_carrier },
	{ 0 }
};

static const char *const synopsis[] = {
	"bridge [show]",
	"bridge carrier HZ",
	NULL
};

const struct command cmd_bridge = {
	.name = "bridge",
	.synopsis = synopsis,
	.summary = "Bridge of the power stage: state, carrier, dead time, phase; set the carrier of a de-energised port.",
	.sub = sub,
};
