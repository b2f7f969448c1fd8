/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario, with sockets and a clock. */
#ifndef EVSIM_RUN_H
#define EVSIM_RUN_H

#include "report.h"
#include "scenario.h"

/**
 * struct run_options - what the command line says
 * @interface: network interface that the charger is on
 * @sim: directory of a simulated board, or NULL
 * @pcap: file for a capture, or NULL
 * @report: where lines go
 */
struct run_options {
	const char *interface;
	const char *sim;
	const char *pcap;
	struct report report;
};

/**
 * run_scenario() - carry a scenario out
 * @scenario: the scenario
 * @options: the command line
 *
 * Return: EXIT_SUCCESS when it ended as it says.
 */
int run_scenario(const struct scenario *scenario, const struct run_options *options);

#endif /* EVSIM_RUN_H */
