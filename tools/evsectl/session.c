// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl session: own a port, serve vehicles, read their messages. */
#include "decode.h"
#include "session.h"

static struct session_options chosen;
static const char *capture;

static const struct option_desc options[] = {
	{ 'l', "lease", OPT_MS, &chosen.lease_ms, NULL, EVSE_LEASE_MIN_MS,
	  EVSE_LEASE_MAX_MS },
	{ 'x', "exclusive", OPT_FLAG, &chosen.exclusive, NULL, 0, 0 },
	{ 'c', "config", OPT_STRING, &chosen.config, NULL, 0, 0 },
	{ 'i', "interface", OPT_STRING, &chosen.interface, NULL, 0, 0 },
	{ 0, "tls", OPT_STRING, &chosen.tls, NULL, 0, 0 },
	{ 0, "pcap", OPT_STRING, &chosen.pcap, NULL, 0, 0 },
	{ 0, "once", OPT_FLAG, &chosen.once, NULL, 0, 0 },
	{ 0, "capture", OPT_STRING, &capture, NULL, 0, 0 },
	{ 0 }
};

/* Options of another word than the one that was typed */
static bool are_for_run(void)
{
	return chosen.config || chosen.interface || chosen.tls || chosen.pcap || chosen.once;
}

static bool are_for_hold(void)
{
	return chosen.exclusive;
}

static int hold(struct evsectl *e, const struct command *cmd, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	if (are_for_run() || capture)
		return misuse(cmd, "session hold: only --lease and --exclusive go with it");
	return session_hold(e, &chosen);
}

static int run(struct evsectl *e, const struct command *cmd, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	if (are_for_hold() || capture || e->tail)
		return misuse(cmd, "session run: --exclusive, --capture and commands do not go with it");
	return session_run(e, &chosen);
}

static int decode(struct evsectl *e, const struct command *cmd, int argc, char **argv)
{
	if (are_for_run() || are_for_hold() || chosen.lease_ms)
		return misuse(cmd, "session decode: only --capture goes with it");
	if (!capture && !argc)
		return misuse(cmd, "session decode: a message is missing: type it as HEX, '-' or --capture FILE");
	if (!capture)
		return session_decode(e, cmd, argc, argv);
	if (argc)
		return misuse(cmd, "session decode: unexpected '%s' beside --capture", argv[0]);
	return session_decode_capture(capture);
}

static const struct subcommand sub[] = {
	{ "hold", 0, 0, hold },
	{ "run", 0, 0, run },
	{ "decode", 0, 2, decode },
	{ 0 }
};

static const char *const synopsis[] = {
	"session hold [--lease MS] [--exclusive] [-- COMMAND ...]",
	"session run [--config FILE] [--interface NAME] [--tls on|off] [--lease MS] [--pcap FILE] [--once]",
	"session decode [apphand|common|ac|dc] HEX|-",
	"session decode --capture FILE",
	NULL
};

const struct command cmd_session = {
	.name = "session",
	.synopsis = synopsis,
	.summary = "hold: own the port until Ctrl-C, or while COMMAND runs; other root processes may drive it. run: serve vehicles by ISO 15118-20. decode: its messages as JSON.",
	.options = options,
	.min = 1,
	.sub = sub,
	.tail = true,
};
