// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A thousand setpoints at random, under limits of the vehicle at random: what the
 * port says and what the bridge carries stay within them.
 *
 * board: evse-virt-bridge-dc
 * worlds: stock-6.1 stock-6.12
 * timeout: 300
 */
#include <limits.h>

#include "bridge.h"

#define SEQUENCES	1000
/* As often the limits change. */
#define PER_LIMIT	5
#define MARGIN_MW	(BRIDGE_FULL_MW / 50)
/* From a limit to the power within it: a ramp over its whole range */
#define SETTLE_NS	40000000LL

static struct evnl e;
static struct bridge_sample record[BRIDGE_SAMPLES];

/* The latest limits, and when they were said */
static struct limit {
	long long ns;
	int min_mw;
	int max_mw;
} limits[4];

static long long looked_at;
static unsigned int samples, beyond, refused, wrong;

static void set_limits(int min_mw, int max_mw)
{
	bridge_limits(&e, min_mw, max_mw);
	memmove(&limits[1], &limits[0], sizeof(limits) - sizeof(limits[0]));
	limits[0] = (struct limit){ bridge_now_ns(), min_mw, max_mw };
}

/* Within what was allowed at that moment, or shortly before. */
static bool allowed(long long ns, int mw)
{
	unsigned int i;

	for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		if (limits[i].ns > ns)
			continue;
		if (mw >= limits[i].min_mw - MARGIN_MW &&
		    mw <= limits[i].max_mw + MARGIN_MW)
			return true;
		if (limits[i].ns < ns - SETTLE_NS)
			return false;
	}
	return false;
}

static void say_beyond(long long ns, int mw)
{
	unsigned int i;

	printf("# %d mW, with these limits:\n", mw);
	for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		printf("#   %d to %d mW since %lld us before\n", limits[i].min_mw,
		       limits[i].max_mw, (ns - limits[i].ns) / 1000);
}

/* All that the recorder has seen since the look before. */
static void look(void)
{
	int n = bridge_read(record), i, mw;

	for (i = BRIDGE_MEAN; i < n; i++) {
		if (record[i].ns <= looked_at)
			continue;
		looked_at = record[i].ns;
		samples++;
		mw = bridge_mean_mw(record, i);
		if (!allowed(record[i].ns, mw) && !beyond++)
			say_beyond(record[i].ns, mw);
	}
}

/* Some beyond every limit, some as far as a number goes. */
static int any_setpoint(void)
{
	switch (random() % 8) {
	case 0:
		return INT_MIN;
	case 1:
		return INT_MAX;
	case 2:
		return 0;
	default:
		return random() % 50000000 - 25000000;
	}
}

static void sequence(void)
{
	int mw = any_setpoint(), effective;
	struct evnl_port p;

	if (evnl_power(&e, BRIDGE_PORT, mw))
		refused++;
	if (!(random() % 4) && evnl_power(&e, BRIDGE_PORT, mw))
		refused++;
	if (evnl_read(&e, BRIDGE_PORT, &p))
		ktap_die("the port cannot be read");
	effective = p.value[EVSE_A_PORT_EFFECTIVE_MW];
	if (effective < limits[0].min_mw || effective > limits[0].max_mw)
		wrong++;
	usleep(random() % 40000);
}

int main(void)
{
	int i;

	ktap_begin();
	srandom(1);
	bridge_start(&e);
	set_limits(-20000000, 20000000);
	looked_at = bridge_now_ns();
	for (i = 0; i < SEQUENCES; i++) {
		if (!(i % PER_LIMIT)) {
			look();
			evnl_do(&e, EVSE_CMD_SESSION_RENEW, BRIDGE_PORT);
			set_limits(-(random() % BRIDGE_FULL_MW), random() % BRIDGE_FULL_MW);
		}
		sequence();
	}
	look();
	printf("# %u samples of power, %u of them beyond\n", samples, beyond);
	ktap_check(!refused, "no setpoint is refused");
	ktap_check(!wrong, "what the port allows is within the limits");
	ktap_check(samples > 100000 && !beyond, "what flows is within the limits");
	bridge_stop(&e);
	return ktap_end();
}
