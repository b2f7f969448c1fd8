// SPDX-License-Identifier: GPL-2.0-or-later
/* evsim: a simulated vehicle that speaks ISO 15118-20 to a charger. */
#include <stdlib.h>

#include "../evsectl/options.h"
#include "../libevse/evse-client.h"
#include "run.h"

#define EXIT_USAGE	2

static const char usage[] =
	"usage: evsim [OPTION]... -i INTERFACE SCENARIO\n"
	"A simulated vehicle that speaks ISO 15118-20 to a charger.\n"
	"  -i, --interface INTERFACE  network interface that the charger is on\n"
	"  -s, --sim DIRECTORY        be plugged into this simulated board (debugfs)\n"
	"  -p, --pcap FILE            write the messages to a capture\n"
	"  -j, --json                 print JSON lines\n"
	"  -v, --verbose              print the contents of messages\n"
	"  -c, --check                only read the scenario\n"
	"  -h, --help                 print this\n"
	"  -V, --version              print the version\n";

static int misuse_evsim(const char *why)
{
	fprintf(stderr, "evsim: %s: type 'evsim --help'\n", why);
	return EXIT_USAGE;
}

static int drive(const char *path, const struct run_options *options, bool check)
{
	struct scenario *scenario = malloc(sizeof(*scenario));
	int status = EXIT_FAILURE;

	if (!scenario)
		perror("evsim");
	else if (scenario_read(scenario, path, stderr))
		status = EXIT_USAGE;
	else
		status = check ? EXIT_SUCCESS : run_scenario(scenario, options);
	free(scenario);
	return status;
}

int main(int argc, char **argv)
{
	struct run_options run = { .report.out = stdout };
	bool check = false, help = false, version = false;
	const struct option_desc options[] = {
		{ 'i', "interface", OPT_STRING, &run.interface, NULL, 0, 0 },
		{ 's', "sim", OPT_STRING, &run.sim, NULL, 0, 0 },
		{ 'p', "pcap", OPT_STRING, &run.pcap, NULL, 0, 0 },
		{ 'j', "json", OPT_FLAG, &run.report.json, NULL, 0, 0 },
		{ 'v', "verbose", OPT_FLAG, &run.report.verbose, NULL, 0, 0 },
		{ 'c', "check", OPT_FLAG, &check, NULL, 0, 0 },
		{ 'h', "help", OPT_FLAG, &help, NULL, 0, 0 },
		{ 'V', "version", OPT_FLAG, &version, NULL, 0, 0 },
		{ 0 }
	};
	const struct option_desc *const tables[] = { options, NULL };
	char why[256];

	if (argc < 1)
		return EXIT_USAGE;
	argc = options_parse(tables, argc - 1, argv + 1, false, NULL, why, sizeof(why));
	if (argc < 0)
		return misuse_evsim(why);
	if (help || version) {
		fputs(help ? usage : "evsim " EVSE_CLIENT_VERSION "\n", stdout);
		return EXIT_SUCCESS;
	}
	if (argc != 1)
		return misuse_evsim(argc ? "there is more than one scenario" :
					   "there is no scenario");
	if (!run.interface && !check)
		return misuse_evsim("there is no interface");
	return drive(argv[1], &run, check);
}
