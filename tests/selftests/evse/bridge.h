/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The board whose power stage is a bridge, for programs that let power flow: to
 * energise it, and what it carried period by period of the carrier.
 */
#ifndef EVSE_BRIDGE_H
#define EVSE_BRIDGE_H

#include <time.h>

#include "evnl.h"
#include "ktap.h"
#include "rig.h"

#define BRIDGE_PORT	0
/* 40 A, which is what the port is rated for, from a battery of 400 V */
#define BRIDGE_FULL_MW	15900000
/* What the recorder keeps: 200 ms */
#define BRIDGE_SAMPLES	4096
/* Power is a mean over a millisecond, 20 periods of the carrier. */
#define BRIDGE_MEAN	20

struct bridge_sample {
	long long ns;
	int mw;
	int ma;
};

/* Returns how many samples there are, the oldest first. */
static inline int bridge_read(struct bridge_sample *record)
{
	FILE *file = fopen("/sys/kernel/debug/evse_sim/evse-epwm-0/power", "r");
	int n = 0;

	if (!file)
		ktap_die("no recorder");
	while (n < BRIDGE_SAMPLES &&
	       fscanf(file, "%lld %d %d", &record[n].ns, &record[n].mw,
		      &record[n].ma) == 3)
		n++;
	fclose(file);
	return n;
}

/* Of the samples that end with number @i, BRIDGE_MEAN or a later one. */
static inline int bridge_mean_mw(const struct bridge_sample *record, int i)
{
	long long sum = 0;
	int k;

	for (k = 0; k < BRIDGE_MEAN; k++)
		sum += record[i - k].mw;
	return sum / BRIDGE_MEAN;
}

static inline long long bridge_now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

static inline void bridge_limits(struct evnl *e, int min_mw, int max_mw)
{
	struct nl_msg *msg = evnl_msg(e, EVSE_CMD_VEHICLE_LIMITS_SET, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, BRIDGE_PORT);
	nla_put_s32(msg, EVSE_A_PORT_MIN_MW, min_mw);
	nla_put_s32(msg, EVSE_A_PORT_MAX_MW, max_mw);
	nla_put_u8(msg, EVSE_A_PORT_BPT, 1);
	if (evnl_call(e, msg, NULL, NULL))
		ktap_die("limits: %s", e->sentence);
}

static inline void bridge_power(struct evnl *e, int mw)
{
	if (evnl_power(e, BRIDGE_PORT, mw))
		ktap_die("power %d: %s", mw, e->sentence);
}

/* A session, enter service without a delay, a mode, and a vehicle that asks. */
static inline void bridge_open(struct evnl *e, uint32_t mode)
{
	struct nl_msg *msg;

	if (evnl_open(e))
		ktap_die("there is no family \"evse\"");
	evnl_sim(0, "clear", "1");
	if (!evnl_await(e, BRIDGE_PORT, EVSE_PORT_STATE_AVAILABLE, 5000) ||
	    evnl_session(e, BRIDGE_PORT, 10000, false) ||
	    evnl_grid_setting(e, BRIDGE_PORT, EVSE_GRID_ELEMENT_ENTER_DELAY, 0, 0) ||
	    evnl_grid_setting(e, BRIDGE_PORT, EVSE_GRID_ELEMENT_ENTER_RAMP, 1000, 0))
		ktap_die("not ready: %s", e->sentence);
	msg = evnl_msg(e, EVSE_CMD_PORT_SET, 0);
	nla_put_u32(msg, EVSE_A_PORT_ID, BRIDGE_PORT);
	nla_put_u32(msg, EVSE_A_PORT_MODE, mode);
	if (evnl_call(e, msg, NULL, NULL))
		ktap_die("mode: %s", e->sentence);
	evnl_sim(0, "vehicle/want", "c");
	evnl_sim(0, "vehicle/plug", "1");
}

/* Says energise to a vehicle that asks; its limits are wide. */
static inline bool bridge_energise(struct evnl *e)
{
	if (!evnl_await(e, BRIDGE_PORT, EVSE_PORT_STATE_REQUESTING, 15000))
		return false;
	/* A vehicle whose pilot went steady says B for a moment. */
	usleep(600000);
	if (!evnl_await(e, BRIDGE_PORT, EVSE_PORT_STATE_REQUESTING, 8000))
		return false;
	evnl_do(e, EVSE_CMD_SESSION_RENEW, BRIDGE_PORT);
	bridge_limits(e, -20000000, 20000000);
	return !evnl_do(e, EVSE_CMD_ENERGISE, BRIDGE_PORT);
}

/* Energised in the mode V2G, enter service over, at zero power. */
static inline void bridge_start(struct evnl *e)
{
	bridge_open(e, EVSE_MODE_V2G);
	if (!bridge_energise(e) ||
	    !evnl_await(e, BRIDGE_PORT, EVSE_PORT_STATE_ENERGISED, 8000))
		ktap_die("not energised: %s", e->sentence);
	usleep(1500000);
	evnl_do(e, EVSE_CMD_SESSION_RENEW, BRIDGE_PORT);
}

/* Clears until no fault is left and the vehicle asks, for half a minute. */
static inline bool bridge_clear(struct evnl *e)
{
	struct faults all;
	int i;

	for (i = 0; i < 300; i++) {
		rig_clear(e, BRIDGE_PORT, 0);
		if (!rig_faults(e, BRIDGE_PORT, &all) && !all.count &&
		    evnl_state(e, BRIDGE_PORT) == EVSE_PORT_STATE_REQUESTING)
			return true;
		evnl_do(e, EVSE_CMD_SESSION_RENEW, BRIDGE_PORT);
		usleep(100000);
	}
	return false;
}

/* Nothing went wrong meanwhile; ends the charge. */
static inline void bridge_stop(struct evnl *e)
{
	struct evnl_port p;

	ktap_check(!evnl_read(e, BRIDGE_PORT, &p) &&
		   !p.value[EVSE_A_PORT_FAULT_COUNT], "no fault");
	ktap_check(!evnl_violations(0), "the referee saw no violation");
	evnl_power(e, BRIDGE_PORT, 0);
	evnl_do(e, EVSE_CMD_DE_ENERGISE, BRIDGE_PORT);
	evnl_await(e, BRIDGE_PORT, EVSE_PORT_STATE_REQUESTING, 8000);
	evnl_sim(0, "vehicle/plug", "0");
	ktap_check(evnl_await(e, BRIDGE_PORT, EVSE_PORT_STATE_AVAILABLE, 8000),
		   "ended");
}

#endif /* EVSE_BRIDGE_H */
