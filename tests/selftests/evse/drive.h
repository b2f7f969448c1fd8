/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The charger as the campaign drives it: its session and settings, users that
 * blunder, and the way to each moment of a charge.
 */
#ifndef EVSE_DRIVE_H
#define EVSE_DRIVE_H

#include <stdarg.h>
#include <time.h>

#include "ktap.h"
#include "rig.h"
#include "campaign.h"

#define PORT		0
#define SESSION_MS	10000
#define DC_MW		5000000
/* A tenth of the ramp of enter service: so much an AC port may soon export. */
#define AC_EXPORT_MW	700000

static struct evnl e, visitor;
static bool dc, held;
static uint64_t renewed;
static int round_now, failures;
static unsigned int seed, state_of_random;
static char doing[160];

static uint32_t rnd(uint32_t below)
{
	state_of_random ^= state_of_random << 13;
	state_of_random ^= state_of_random >> 17;
	state_of_random ^= state_of_random << 5;
	return state_of_random % below;
}

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ULL + ts.tv_nsec / 1000000;
}

/* What has to be known to repeat it stands in the line. */
__attribute__((format(printf, 1, 2)))
static void bad(const char *fmt, ...)
{
	va_list args;

	failures++;
	printf("# FAILED seed %u round %d: %s: ", seed, round_now, doing);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
	system("./evnl port-get id=0 2>&1 | grep -v -e ^limiters -e scope -e code | tr '\\n' ' ' | sed 's/^/#   /'; echo");
	system("./evnl -d fault-get port=0 | sed 's/^/#   /'");
	system("tr '\\n' ' ' <" RIG_BOARD "state | sed 's/^/#   /'; echo");
}

/* --- the port ------------------------------------------------------------------- */

static bool exports(const struct board *b)
{
	return dc ? b->gates && b->stage_mw < -100000 :
		    b->contacts && b->current_ma < -1000;
}

static void sim(const char *knob, const char *value)
{
	int ret = evnl_sim(0, knob, value);

	if (ret)
		ktap_die("cannot write %s to %s: %d", value, knob, ret);
}

static void nap(int ms)
{
	uint64_t now = now_ms();

	if (held && now - renewed > SESSION_MS / 4) {
		renewed = now;
		evnl_do(&e, EVSE_CMD_SESSION_RENEW, PORT);
	}
	usleep(ms * 1000);
}

/* Looked at every @step ms, for @ms at most. */
static bool until(bool (*there)(void), int ms, int step)
{
	uint64_t end = now_ms() + ms;

	while (!there()) {
		if (now_ms() > end)
			return false;
		nap(step);
	}
	return true;
}

static bool await(int state, int ms)
{
	uint64_t end = now_ms() + ms;

	while (evnl_state(&e, PORT) != state) {
		if (now_ms() > end)
			return false;
		nap(10);
	}
	return true;
}

static void read_faults(struct faults *all)
{
	if (rig_faults(&e, PORT, all))
		bad("faults cannot be read: %s", e.sentence);
}

static int clear(uint32_t code)
{
	return rig_clear(&e, PORT, code);
}

static int set_u32(struct evnl *by, uint8_t cmd, int attr, uint32_t value)
{
	struct nl_msg *msg = evnl_msg(by, cmd, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, PORT);
	nla_put_u32(msg, attr, value);
	return evnl_call(by, msg, NULL, NULL);
}

static void setting(uint32_t element, int32_t pickup, uint32_t time_ms)
{
	if (evnl_grid_setting(&e, PORT, element, pickup, time_ms))
		ktap_die("setting %u is refused: %s", element, e.sentence);
}

static void take_ramp(const struct nlmsghdr *nlh, void *arg)
{
	struct genlmsghdr *ghdr = genlmsg_hdr((struct nlmsghdr *)nlh);
	struct nlattr *attr = nla_find(genlmsg_attrdata(ghdr, 0),
				       genlmsg_attrlen(ghdr, 0),
				       EVSE_A_GRID_RAMP_PERMILLE);

	if (attr)
		*(uint32_t *)arg = nla_get_u32(attr);
}

/* Enough of the export is allowed. */
static bool in_service(void)
{
	struct nl_msg *msg = evnl_msg(&e, EVSE_CMD_GRID_GET, 0);
	uint32_t permille = 0;

	nla_put_u32(msg, EVSE_A_GRID_PORT, PORT);
	return !evnl_call(&e, msg, take_ramp, &permille) &&
	       permille >= (dc ? 1000 : 100);
}

static bool await_service(int ms)
{
	return until(in_service, ms, 100);
}

/* --- users ------------------------------------------------------------------------ */

static int limits(void)
{
	return evnl_vehicle_limits(&e, PORT, -20000000, 20000000, true);
}

static void own(void)
{
	if (!e.sk && evnl_open(&e))
		ktap_die("no socket");
	if (evnl_session(&e, PORT, SESSION_MS, false))
		bad("no session: %s", e.sentence);
	held = true;
	renewed = now_ms();
	evnl_do(&e, EVSE_CMD_SESSION_RENEW, PORT);
	/* The deadline of an earlier setpoint goes with it. */
	evnl_power(&e, PORT, DC_MW);
	set_u32(&e, EVSE_CMD_PORT_SET, EVSE_A_PORT_MODE, EVSE_MODE_V2G);
	set_u32(&e, EVSE_CMD_PILOT_SET, EVSE_A_PORT_PILOT_OUTPUT,
		EVSE_PILOT_OUTPUT_AUTO);
}

static int lock_to(struct evnl *by, bool locked)
{
	struct nl_msg *msg = evnl_msg(by, EVSE_CMD_LOCK_SET, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, PORT);
	nla_put_u8(msg, EVSE_A_PORT_LOCKED, locked);
	return evnl_call(by, msg, NULL, NULL);
}

static int deadline(uint32_t ms)
{
	struct nl_msg *msg = evnl_msg(&e, EVSE_CMD_POWER_SET, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, PORT);
	nla_put_s32(msg, EVSE_A_PORT_REQUEST_MW, 1000000);
	nla_put_u32(msg, EVSE_A_PORT_DEADLINE_MS, ms);
	return evnl_call(&e, msg, NULL, NULL);
}

static int raise_fault(uint32_t code)
{
	struct nl_msg *msg = evnl_msg(&e, EVSE_CMD_FAULT_RAISE, 0);

	nla_put_u32(msg, EVSE_A_FAULT_PORT, PORT);
	nla_put_u32(msg, EVSE_A_FAULT_CODE, code);
	return evnl_call(&e, msg, NULL, NULL);
}

/* One command that nobody would give now, by the owner or by a visitor. */
static void blunder(void)
{
	struct evnl *by = rnd(3) ? &e : &visitor;

	switch (rnd(10)) {
	case 0:
		evnl_do(by, EVSE_CMD_ENERGISE, PORT);
		break;
	case 1:
		evnl_do(by, EVSE_CMD_DE_ENERGISE, PORT);
		break;
	case 2:
		evnl_power(by, PORT, (int32_t)(rnd(40000) - 20000) * 1000);
		break;
	case 3:
		set_u32(by, EVSE_CMD_PORT_SET, EVSE_A_PORT_MODE, rnd(4));
		break;
	case 4:
		set_u32(by, EVSE_CMD_PILOT_SET, EVSE_A_PORT_PILOT_OUTPUT, rnd(5));
		break;
	case 5:
		lock_to(by, rnd(2));
		break;
	case 6:
		evnl_session(&visitor, PORT, 500, true);
		break;
	case 7:
		clear(0);
		break;
	case 8:
		evnl_do(&visitor, EVSE_CMD_SESSION_CLOSE, PORT);
		break;
	default:
		evnl_do(by, EVSE_CMD_SESSION_RENEW, PORT);
		break;
	}
}

static void user(const char *word)
{
	int i, count = 1 + rnd(8);

	if (!strcmp(word, "!own")) {
		own();
	} else if (!strcmp(word, "!die")) {
		evnl_close(&e);
		held = false;
		if (evnl_open(&e))
			ktap_die("no socket");
	} else if (!strcmp(word, "!lapse")) {
		evnl_session(&e, PORT, 500, false);
		held = false;
	} else if (!strcmp(word, "!deadline")) {
		deadline(500);
	} else if (!strcmp(word, "!close")) {
		evnl_do(&e, EVSE_CMD_SESSION_CLOSE, PORT);
		held = false;
	} else if (!strcmp(word, "!raise")) {
		raise_fault(EVSE_FAULT_CODE_ISO_HANDSHAKE);
	} else {
		for (i = 0; i < count; i++) {
			blunder();
			nap(rnd(60));
		}
	}
}

/* --- moments ------------------------------------------------------------------------ */

static void want_power(bool back)
{
	int mw = dc ? DC_MW : back ? AC_EXPORT_MW : DC_MW;

	/* First what is granted, then what the vehicle does. */
	evnl_power(&e, PORT, back ? -mw : mw);
	if (!dc)
		sim("vehicle/power_mw", back ? "-700000" : "5000000");
}

static bool flows(bool back)
{
	struct board b;
	int i;

	for (i = 0; i < 400; i++) {
		rig_look(&b);
		if (back ? exports(&b) : b.contacts && b.current_ma > 8000)
			return true;
		nap(10);
	}
	return false;
}

static bool energise(void)
{
	/* A vehicle whose pilot went steady says B for a moment. */
	if (!await(EVSE_PORT_STATE_REQUESTING, 12000))
		return false;
	nap(50);
	if (!await(EVSE_PORT_STATE_REQUESTING, 2000))
		return false;
	limits();
	return !evnl_do(&e, EVSE_CMD_ENERGISE, PORT);
}

/* No nap: contacts open in a few milliseconds. */
static bool stopped(int ms)
{
	uint64_t end = now_ms() + ms;
	int state;

	do {
		state = evnl_state(&e, PORT);
		if (state != EVSE_PORT_STATE_ENERGISED &&
		    state != EVSE_PORT_STATE_STOPPING)
			return true;
	} while (now_ms() < end);
	return false;
}

static bool unlocked(void)
{
	struct evnl_port p;

	return !evnl_read(&e, PORT, &p) &&
	       p.value[EVSE_A_PORT_LOCK] == EVSE_LOCK_STATE_UNLOCKED;
}

/* A vehicle that asks again: the bolt is out of its plug. */
static bool asks(void)
{
	if (!await(EVSE_PORT_STATE_CONNECTED, 16000) || !until(unlocked, 3000, 10))
		return false;
	sim("vehicle/want", "c");
	return await(EVSE_PORT_STATE_REQUESTING, 3000);
}

/* From power that flows to a moment; false when it cannot be had. */
static bool reach(enum moment m)
{
	if (m == CHARGES || m == FEEDS) {
		want_power(m == FEEDS);
		if (!flows(m == FEEDS))
			return false;
		nap(rnd(300));
		return true;
	}
	if (m == STOPS || m == OPENS) {
		evnl_do(&e, EVSE_CMD_DE_ENERGISE, PORT);
		if (m == STOPS)
			usleep(rnd(20000));
		return m == STOPS || stopped(8000);
	}
	if (m == FREE || m == IDLE || m == ASKS)
		sim("vehicle/want", "b");
	evnl_do(&e, EVSE_CMD_DE_ENERGISE, PORT);
	if (m == FREE) {
		/* Nobody pulls at a plug that is locked. */
		if (!await(EVSE_PORT_STATE_CONNECTED, 16000))
			return false;
		nap(1000);
		sim("vehicle/plug", "0");
		return await(EVSE_PORT_STATE_AVAILABLE, 3000);
	}
	if (m == IDLE)
		return await(EVSE_PORT_STATE_CONNECTED, 16000);
	if (m == ASKS)
		return asks();
	nap(50);
	if (!await(EVSE_PORT_STATE_REQUESTING, 16000))
		return false;
	if (!energise())
		return false;
	if (m == LOCKS)
		usleep(rnd(150000));
	if (m == CHECKS) {
		if (!await(EVSE_PORT_STATE_CHECKING, 3000))
			return false;
		nap(rnd(1500));
	}
	if (m == CLOSES) {
		if (!await(EVSE_PORT_STATE_CLOSING, 13000))
			return false;
		usleep(rnd(250000));
	}
	return true;
}

/* A moment may be over before its cause strikes. */
static enum moment moment_now(enum moment m)
{
	if (m != LOCKS && m != CHECKS)
		return m;
	switch (evnl_state(&e, PORT)) {
	case EVSE_PORT_STATE_LOCKING:
		return LOCKS;
	case EVSE_PORT_STATE_CHECKING:
		return CHECKS;
	default:
		return CLOSES;
	}
}

#endif /* EVSE_DRIVE_H */
