// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A house that a bridge feeds as an island: voltage that comes softly, frequency,
 * a load that changes, a house that takes more than granted, a switch that says it
 * closed, and the way back. The house is three resistors; its voltage is its current
 * times one of them.
 *
 * board: evse-virt-bridge-v2h
 * worlds: stock-6.1 stock-6.12
 * timeout: 300
 */
#include <math.h>
#include <string.h>

#include "bridge.h"

#define NOMINAL_MV	120000
#define NOMINAL_MHZ	60000
#define GRANTED_MW	8000000

static struct evnl e;
static struct bridge_sample record[BRIDGE_SAMPLES];
static int samples, house_mohm;

static void set_house(int mohm)
{
	char text[16];

	house_mohm = mohm;
	snprintf(text, sizeof(text), "%d", mohm);
	if (evnl_sim(0, "house/milliohm", text))
		ktap_die("no house");
}

static double volt(int i)
{
	return (double)record[i].ma * house_mohm / 1000;
}

/* RMS from sample @from on to before @to, mV */
static int rms_mv(int from, int to)
{
	double sum = 0;
	int i;

	for (i = from; i < to; i++)
		sum += volt(i) * volt(i);
	return to > from ? sqrt(sum / (to - from)) : 0;
}

/* Upward crossings of zero, interpolated; millihertz, 0 for fewer than two */
static int frequency_mhz(void)
{
	double first = 0, last = 0;
	int i, count = 0;

	for (i = 1; i < samples; i++) {
		double part;

		if (record[i - 1].ma >= 0 || record[i].ma < 0)
			continue;
		part = (double)record[i - 1].ma / (record[i - 1].ma - record[i].ma);
		last = record[i - 1].ns + part * (record[i].ns - record[i - 1].ns);
		if (!count++)
			first = last;
	}
	return count > 1 ? lround((count - 1) * 1e12 / (last - first)) : 0;
}

static void look(void)
{
	samples = bridge_read(record);
}

static bool near(int is, int wanted, int permille)
{
	return abs(is - wanted) <= wanted / 1000 * permille;
}

/* The latest 200 ms: steady at what it should be. */
static void steady(const char *what, int permille)
{
	int mv;

	usleep(450000);
	look();
	mv = rms_mv(0, samples);
	ktap_check(near(mv, NOMINAL_MV, permille), "%s: voltage", what);
	printf("# %d mV at %d mHz\n", mv, frequency_mhz());
	ktap_check(abs(frequency_mhz() - NOMINAL_MHZ) <= 10, "%s: frequency", what);
}

static bool parted(void)
{
	struct board b;

	rig_look(&b);
	return b.parted;
}

static bool off(void)
{
	struct board b;

	rig_look(&b);
	return rig_off(&b, false);
}

static bool until(bool (*there)(void), int ms)
{
	for (; ms > 0 && !there(); ms--)
		usleep(1000);
	return ms > 0;
}

static void energise(void)
{
	if (!bridge_energise(&e) ||
	    !evnl_await(&e, BRIDGE_PORT, EVSE_PORT_STATE_ENERGISED, 8000))
		ktap_die("not energised: %s", e.sentence);
	usleep(100000);
}

static bool dark(void)
{
	int from;

	look();
	from = samples > 400 ? samples - 400 : 0;
	return rms_mv(from, samples) < NOMINAL_MV / 100;
}

/* The envelope grows, and never beyond what it becomes. */
static void soft_start(void)
{
	int i, mv, before = 0, highest = 0, falls = 0, cycles = 0;

	bridge_power(&e, -GRANTED_MW);
	usleep(190000);
	look();
	/* A third of a cycle is no whole one: whole ones, 333 periods of the carrier. */
	for (i = 0; i + 333 <= samples; i += 333, cycles++) {
		mv = rms_mv(i, i + 333);
		falls += mv < before - NOMINAL_MV / 50;
		before = mv;
		highest = mv > highest ? mv : highest;
	}
	printf("# %d cycles, the last of %d mV, the highest of %d mV\n", cycles,
	       before, highest);
	ktap_check(cycles > 8 && !falls, "soft start: the voltage only grows");
	ktap_check(before > NOMINAL_MV * 3 / 4 && before < NOMINAL_MV,
		   "soft start: it takes 200 ms");
	steady("soft start", 30);
}

static void load_step(void)
{
	/* 120 V on 5.5 ohm, three times: 7.8 kW */
	set_house(5500);
	steady("more load", 60);
	set_house(1000000);
	steady("hardly any load", 20);
	ktap_check(!off(), "a house that takes little is fed on");
	set_house(10000);
	steady("load as before", 30);
}

static void goes_dark(void)
{
	bridge_power(&e, 0);
	ktap_check(until(dark, 400), "at zero the house is dark");
	ktap_check(evnl_state(&e, BRIDGE_PORT) == EVSE_PORT_STATE_ENERGISED,
		   "and the port energised");
	bridge_power(&e, -GRANTED_MW);
	steady("once more", 30);
}

static void clear_up(void)
{
	if (!bridge_clear(&e))
		ktap_die("faults cannot be cleared: %s", e.sentence);
}

static bool overloaded(void)
{
	return rig_latched(&e, BRIDGE_PORT, EVSE_FAULT_CODE_REV_FLOW_TRIP);
}

static void overload(void)
{
	set_house(2500);
	ktap_check(until(overloaded, 1500), "more than granted: latched");
	ktap_check(until(off, 100), "more than granted: everything off");
	set_house(10000);
	clear_up();
}

static bool switched(void)
{
	return rig_latched(&e, BRIDGE_PORT, EVSE_FAULT_CODE_ISLANDING_SWITCH);
}

static void switch_closes(void)
{
	energise();
	bridge_power(&e, -GRANTED_MW);
	steady("fed again", 30);
	evnl_sim(0, "line/22/force", "0");
	ktap_check(until(switched, 20), "feedback lost: latched");
	ktap_check(until(off, 100), "feedback lost: everything off");
	evnl_sim(0, "line/22/force", "-1");
	clear_up();
}

/* The grid goes while the house is fed: nobody there notices. */
static void blackout(void)
{
	energise();
	bridge_power(&e, -GRANTED_MW);
	steady("before a blackout", 30);
	evnl_sim(0, "mains/breaker", "0");
	steady("in a blackout", 30);
	evnl_sim(0, "mains/breaker", "1");
	steady("after a blackout", 30);
}

static bool joined(void)
{
	return !parted();
}

int main(void)
{
	ktap_begin();
	bridge_open(&e, EVSE_MODE_V2H);
	set_house(10000);
	energise();
	ktap_check(parted(), "the house is parted from the grid");
	ktap_check(dark(), "nothing granted: the house is dark");
	soft_start();
	load_step();
	goes_dark();
	overload();
	switch_closes();
	blackout();
	bridge_stop(&e);
	ktap_check(until(joined, 1000), "the house has the grid again");
	return ktap_end();
}
