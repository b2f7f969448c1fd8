// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The thermal guard: what a round over eight thermometers on a bus takes, in
 * instructions and in transfers, and how much of that are the driver of a
 * thermometer and the simulated bus. Nothing gets warm meanwhile.
 */
#include "bench.h"

#define SENSORS		8
#define ROUNDS		101
/* A round comes once a second, and somewhat later than that. */
#define WATCH_S		(ROUNDS * 11 / 10)
/* From then on the rate of rise is made of as many samples as there is room for. */
#define WARM_UP_S	75
#define EVENTS		TRACING "events/"

static FILE *watch(void)
{
	FILE *file;

	write_to(TRACING "trace", "");
	write_to(TRACING "tracing_on", "1");
	sleep(WATCH_S);
	write_to(TRACING "tracing_on", "0");
	file = fopen(TRACING "trace", "r");
	if (!file)
		die("no trace");
	return file;
}

/* What both guards do in a second is one round over all sensors. */
static void rounds(int64_t *took, int64_t *transfers)
{
	unsigned int sensors = 0, number, failed;
	int64_t ns = 0, results = 0;
	FILE *file = watch();
	char line[256];
	int n = 0;

	while (n < ROUNDS && fgets(line, sizeof(line), file)) {
		const char *at = strstr(line, " begin ");
		long long begin, end;

		results += !!strstr(line, " i2c_result: ");
		if (!at || sscanf(at, " begin %lld end %lld ns sensors %u failed %u",
				  &begin, &end, &number, &failed) != 4)
			continue;
		if (failed)
			die("a sensor was not read");
		ns += end - begin;
		sensors += number;
		if (sensors < SENSORS)
			continue;
		if (sensors > SENSORS)
			die("a guard had two rounds, or there are %u sensors", sensors);
		took[n] = ns;
		transfers[n++] = results;
		ns = 0;
		results = 0;
		sensors = 0;
	}
	fclose(file);
	if (n < ROUNDS)
		die("only %d rounds", n);
}

/* How long a function of the kernel takes; the tracer's part of it is in there. */
static void calls(const char *function, const char *figure)
{
	static int64_t took[ROUNDS * SENSORS];
	char line[256];
	FILE *file;
	int n = 0;

	write_to(TRACING "set_ftrace_filter", function);
	write_to(TRACING "current_tracer", "function_graph");
	file = watch();
	while (n < ROUNDS * SENSORS && fgets(line, sizeof(line), file)) {
		const char *at = strchr(line, ')');
		unsigned int us, ns;

		/* Long ones are marked, between the processor and the time. */
		if (at && strstr(line, function) &&
		    sscanf(at, ")%*[ +!#*@$]%u.%3u us", &us, &ns) == 2)
			took[n++] = 1000 * us + ns;
	}
	fclose(file);
	write_to(TRACING "current_tracer", "nop");
	if (n < ROUNDS * SENSORS)
		die("only %d calls of %s", n, function);
	summary(figure, INSTRUCTIONS, took, n);
}

int main(void)
{
	int64_t took[ROUNDS], traced[ROUNDS], transfers[ROUNDS];

	setvbuf(stdout, NULL, _IOLBF, 0);
	sleep(WARM_UP_S);
	write_to(EVENTS "evse_thermal/evse_thermal_round/enable", "1");
	rounds(took, transfers);
	summary("thermal.round.instr", INSTRUCTIONS, took, ROUNDS);
	/* Counting takes its time, too: these rounds are others. */
	write_to(EVENTS "i2c/i2c_result/enable", "1");
	rounds(traced, transfers);
	summary("thermal.round.transfers", "transfers", transfers, ROUNDS);
	write_to(EVENTS "enable", "0");
	calls("tmp1xx_read", "thermal.read.instr");
	calls("sim_xfer", "thermal.bus.instr");
	return 0;
}
