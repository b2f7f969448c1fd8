// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From charging to discharging and back, at rated power: how long the power is
 * on its way, and how far it goes beyond.
 *
 * board: evse-virt-bridge-dc
 * worlds: stock-6.1 stock-6.12
 * timeout: 300
 */
#include "bridge.h"

/* Of the rated power: within it the new one is reached. */
#define BAND_MW		(BRIDGE_FULL_MW / 50)
/* So long after a reversal the power is looked at; reading the recorder disturbs. */
#define WINDOW_NS	120000000LL

static struct evnl e;
static struct bridge_sample record[BRIDGE_SAMPLES];

/* The slowest reversal */
static long long worst_ns;

static void wait_ms(int ms)
{
	int i;

	for (i = 0; i < ms; i += 100) {
		evnl_do(&e, EVSE_CMD_SESSION_RENEW, BRIDGE_PORT);
		usleep(100000);
	}
}

/*
 * Seen by the recorder: looking on would take time from who is looked at. Said
 * again and again, the command changes nothing.
 */
static void reverse(int mw, int again)
{
	int sign = mw < 0 ? -1 : 1, beyond = 0, n, i, seen;
	long long begin = bridge_now_ns(), last = 0;

	bridge_power(&e, mw);
	for (i = 0; i < again; i++) {
		usleep(1000);
		bridge_power(&e, mw);
	}
	usleep(150000 - again * 1000);
	n = bridge_read(record);
	for (i = BRIDGE_MEAN; i < n; i++) {
		if (record[i].ns < begin || record[i].ns > begin + WINDOW_NS)
			continue;
		seen = bridge_mean_mw(record, i);
		if (abs(seen - mw) > BAND_MW)
			last = record[i].ns - begin;
		if ((seen - mw) * sign > beyond)
			beyond = (seen - mw) * sign;
	}
	worst_ns = last > worst_ns ? last : worst_ns;
	printf("# to %d mW: within 2 %% after %lld us, %d mW beyond\n", mw,
	       last / 1000, beyond);
	ktap_check(n == BRIDGE_SAMPLES && last && last < 40000000,
		   "to %d mW: there within 40 ms", mw);
	ktap_check(beyond < BAND_MW, "to %d mW: no more than 2 %% beyond", mw);
}

int main(void)
{
	int i;

	ktap_begin();
	bridge_start(&e);
	bridge_power(&e, BRIDGE_FULL_MW);
	wait_ms(2000);
	for (i = 0; i < 3; i++) {
		reverse(-BRIDGE_FULL_MW, i * 2);
		wait_ms(1000);
		reverse(BRIDGE_FULL_MW, i * 2);
		wait_ms(1000);
	}
	printf("# bridge_reversal_ms %.3f\n", worst_ns / 1e6);
	bridge_stop(&e);
	return ktap_end();
}
