// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Who may do what: every operation as every kind of caller against the running
 * kernel. A refusal has the right errno and a sentence, and changes nothing.
 *
 * board: evse-virt-ac
 */
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "evnl.h"
#include "ktap.h"

#define NOBODY	65534
#define PORT	0

enum who {
	OWNER,		/* holds the session, without CAP_NET_ADMIN */
	OWNER_ADMIN,	/* holds the session, with it */
	BENCH,		/* administrator beside a shared session */
	SHUT_OUT,	/* administrator beside an exclusive session */
	IDLE,		/* administrator, nobody holds a session */
	READER,		/* nobody's process, nobody holds a session */
	BESIDE,		/* nobody's process beside a shared session */
	WHO
};

static const char *const who_names[WHO] = {
	"owner", "owner with CAP_NET_ADMIN", "administrator beside shared session",
	"administrator beside exclusive session", "administrator, no session",
	"reader, no session", "reader beside shared session",
};

#define P EPERM
#define B EBUSY
#define N ENOTCONN
#define X EOPNOTSUPP	/* allowed, and this board has no such provider */

/* Errors of a port with a vehicle in state B; what is allowed and done is 0. */
static const struct op {
	const char *name;
	enum evse_cmd cmd;
	int error[WHO];
} ops[] = {
	/*	in columns: owner, +admin, bench, shut, idle, reader, beside */
	{ "port-get", EVSE_CMD_PORT_GET,		{ 0, 0, 0, 0, 0, 0, 0 } },
	{ "fault-get", EVSE_CMD_FAULT_GET,		{ 0, 0, 0, 0, 0, 0, 0 } },
	{ "catalogue-get", EVSE_CMD_CATALOGUE_GET,	{ 0, 0, 0, 0, 0, 0, 0 } },
	{ "meter-get", EVSE_CMD_METER_GET,		{ 0, 0, 0, 0, 0, 0, 0 } },
	{ "grid-get", EVSE_CMD_GRID_GET,		{ X, X, X, X, X, X, X } },
	{ "grid-profile-get", EVSE_CMD_GRID_PROFILE_GET, { X, X, X, X, X, X, X } },
	{ "grid-setting-get", EVSE_CMD_GRID_SETTING_GET, { X, X, X, X, X, X, X } },
	{ "grid-set", EVSE_CMD_GRID_SET,		{ P, X, X, X, X, P, P } },
	{ "grid-setting-set", EVSE_CMD_GRID_SETTING_SET, { P, X, X, X, X, P, P } },
	{ "bridge-get", EVSE_CMD_BRIDGE_GET,		{ X, X, X, X, X, X, X } },
	{ "bridge-set", EVSE_CMD_BRIDGE_SET,		{ P, X, X, X, X, P, P } },
	{ "thermal-get", EVSE_CMD_THERMAL_GET,		{ X, X, X, X, X, X, X } },
	{ "thermal-setting-get", EVSE_CMD_THERMAL_SETTING_GET,
							{ X, X, X, X, X, X, X } },
	{ "thermal-setting-set", EVSE_CMD_THERMAL_SETTING_SET,
							{ P, X, X, X, X, P, P } },
	{ "port-set", EVSE_CMD_PORT_SET,		{ 0, 0, 0, 0, 0, P, P } },
	{ "counters-set", EVSE_CMD_COUNTERS_SET,	{ P, 0, 0, 0, 0, P, P } },
	{ "update-lock-set", EVSE_CMD_UPDATE_LOCK_SET,	{ P, 0, 0, 0, 0, P, P } },
	{ "fault-clear", EVSE_CMD_FAULT_CLEAR,		{ 0, 0, 0, 0, 0, P, P } },
	{ "fault-raise", EVSE_CMD_FAULT_RAISE,		{ 0, 0, 0, 0, 0, P, P } },
	{ "de-energise", EVSE_CMD_DE_ENERGISE,		{ 0, 0, 0, 0, 0, P, P } },
	{ "energise", EVSE_CMD_ENERGISE, { EAGAIN, EAGAIN, EAGAIN, B, N, P, P } },
	{ "power-set", EVSE_CMD_POWER_SET,		{ 0, 0, 0, B, N, P, P } },
	{ "vehicle-limits-set", EVSE_CMD_VEHICLE_LIMITS_SET,
							{ 0, 0, 0, B, N, P, P } },
	{ "pilot-set", EVSE_CMD_PILOT_SET,		{ 0, 0, 0, B, 0, P, P } },
	{ "lock-set", EVSE_CMD_LOCK_SET,		{ 0, 0, 0, B, 0, P, P } },
	{ "session-renew", EVSE_CMD_SESSION_RENEW,	{ 0, 0, B, B, N, P, P } },
	{ "session-open", EVSE_CMD_SESSION_OPEN,	{ 0, 0, B, B, 0, P, P } },
	{ "session-close", EVSE_CMD_SESSION_CLOSE,	{ 0, 0, B, B, 0, P, P } },
};

static struct evnl admin;	/* looks on, and puts things back */

static struct nl_msg *request(struct evnl *e, enum evse_cmd cmd)
{
	struct nl_msg *msg = evnl_msg(e, cmd, 0);
	struct nlattr *nest;

	switch (cmd) {
	case EVSE_CMD_FAULT_GET:
	case EVSE_CMD_FAULT_CLEAR:
	case EVSE_CMD_FAULT_RAISE:
		nla_put_u32(msg, EVSE_A_FAULT_PORT, PORT);
		nla_put_u32(msg, EVSE_A_FAULT_CODE,
			    EVSE_FAULT_CODE_ISO_HANDSHAKE);
		return msg;
	case EVSE_CMD_CATALOGUE_GET:
		nla_put_u32(msg, EVSE_A_FAULT_CODE,
			    EVSE_FAULT_CODE_ISO_HANDSHAKE);
		return msg;
	case EVSE_CMD_METER_GET:
		nla_put_u32(msg, EVSE_A_SAMPLE_PORT, PORT);
		return msg;
	case EVSE_CMD_GRID_GET:
		nla_put_u32(msg, EVSE_A_GRID_PORT, PORT);
		return msg;
	case EVSE_CMD_GRID_PROFILE_GET:
	case EVSE_CMD_GRID_SET:
		nla_put_u32(msg, EVSE_A_GRID_PORT, PORT);
		nla_put_string(msg, EVSE_A_GRID_PROFILE, "g99");
		return msg;
	case EVSE_CMD_GRID_SETTING_GET:
	case EVSE_CMD_GRID_SETTING_SET:
		nla_put_u32(msg, EVSE_A_GRID_SETTING_PORT, PORT);
		nla_put_u32(msg, EVSE_A_GRID_SETTING_ELEMENT,
			    EVSE_GRID_ELEMENT_UV1);
		return msg;
	case EVSE_CMD_BRIDGE_GET:
		nla_put_u32(msg, EVSE_A_BRIDGE_PORT, PORT);
		return msg;
	case EVSE_CMD_BRIDGE_SET:
		nla_put_u32(msg, EVSE_A_BRIDGE_PORT, PORT);
		nla_put_u32(msg, EVSE_A_BRIDGE_CARRIER_HZ, 10000);
		return msg;
	case EVSE_CMD_THERMAL_GET:
		nla_put_u32(msg, EVSE_A_THERMAL_PORT, PORT);
		nla_put_string(msg, EVSE_A_THERMAL_SENSOR, "igbt");
		return msg;
	case EVSE_CMD_THERMAL_SETTING_GET:
	case EVSE_CMD_THERMAL_SETTING_SET:
		nla_put_u32(msg, EVSE_A_THERMAL_SETTING_PORT, PORT);
		nla_put_u32(msg, EVSE_A_THERMAL_SETTING_ELEMENT,
			    EVSE_THERMAL_ELEMENT_CLEAR);
		if (cmd == EVSE_CMD_THERMAL_SETTING_SET)
			nla_put_s32(msg, EVSE_A_THERMAL_SETTING_VALUE, 60000);
		return msg;
	default:
		nla_put_u32(msg, EVSE_A_PORT_ID, PORT);
	}

	switch (cmd) {
	case EVSE_CMD_PORT_SET:
		nla_put_s32(msg, EVSE_A_PORT_MAX_MW, 4000000);
		break;
	case EVSE_CMD_COUNTERS_SET:
		nest = nla_nest_start(msg, EVSE_A_PORT_COUNTERS | NLA_F_NESTED);
		nla_put_u64(msg, EVSE_A_COUNTERS_CYCLES, 1234);
		nla_nest_end(msg, nest);
		break;
	case EVSE_CMD_POWER_SET:
		nla_put_s32(msg, EVSE_A_PORT_REQUEST_MW, 3000000);
		break;
	case EVSE_CMD_VEHICLE_LIMITS_SET:
		nla_put_s32(msg, EVSE_A_PORT_MIN_MW, -1000000);
		nla_put_s32(msg, EVSE_A_PORT_MAX_MW, 2000000);
		nla_put_u8(msg, EVSE_A_PORT_BPT, 1);
		break;
	case EVSE_CMD_PILOT_SET:
		nla_put_u32(msg, EVSE_A_PORT_PILOT_OUTPUT,
			    EVSE_PILOT_OUTPUT_STEADY);
		break;
	case EVSE_CMD_LOCK_SET:
		nla_put_u8(msg, EVSE_A_PORT_LOCKED, 0);
		break;
	case EVSE_CMD_UPDATE_LOCK_SET:
		nla_put_u8(msg, EVSE_A_PORT_UPDATE_LOCKED, 1);
		break;
	case EVSE_CMD_SESSION_OPEN:
		nla_put_u32(msg, EVSE_A_PORT_LEASE_MS, 10000);
		nla_put_u8(msg, EVSE_A_PORT_SESSION_SHARED, 1);
		break;
	default:
		break;
	}
	return msg;
}

static void restore(void)
{
	struct nl_msg *msg;

	msg = evnl_msg(&admin, EVSE_CMD_FAULT_CLEAR, 0);
	nla_put_u32(msg, EVSE_A_FAULT_PORT, PORT);
	evnl_call(&admin, msg, NULL, NULL);
	msg = evnl_msg(&admin, EVSE_CMD_PORT_SET, 0);
	nla_put_u32(msg, EVSE_A_PORT_ID, PORT);
	nla_put_u32(msg, EVSE_A_PORT_MODE, EVSE_MODE_CHARGE);
	nla_put_s32(msg, EVSE_A_PORT_MIN_MW, INT32_MIN);
	nla_put_s32(msg, EVSE_A_PORT_MAX_MW, INT32_MAX);
	evnl_call(&admin, msg, NULL, NULL);
	msg = evnl_msg(&admin, EVSE_CMD_UPDATE_LOCK_SET, 0);
	nla_put_u32(msg, EVSE_A_PORT_ID, PORT);
	nla_put_u8(msg, EVSE_A_PORT_UPDATE_LOCKED, 0);
	evnl_call(&admin, msg, NULL, NULL);
	msg = evnl_msg(&admin, EVSE_CMD_PILOT_SET, 0);
	nla_put_u32(msg, EVSE_A_PORT_ID, PORT);
	nla_put_u32(msg, EVSE_A_PORT_PILOT_OUTPUT, EVSE_PILOT_OUTPUT_AUTO);
	evnl_call(&admin, msg, NULL, NULL);
	evnl_await(&admin, PORT, EVSE_PORT_STATE_CONNECTED, 3000);
}

/* What must be as it was after a refusal. */
static bool same(const struct evnl_port *a, const struct evnl_port *b)
{
	return a->has == b->has && a->coils == b->coils &&
	       a->closed == b->closed &&
	       !memcmp(a->value, b->value, sizeof(a->value));
}

static void try(enum who who, const struct op *op, struct evnl *caller)
{
	bool drop = who == OWNER || who == READER || who == BESIDE;
	struct evnl_port before, after;
	int ret;

	evnl_read(&admin, PORT, &before);
	if (drop && seteuid(NOBODY))
		ktap_die("cannot drop privileges");
	ret = evnl_call(caller, request(caller, op->cmd), NULL, NULL);
	if (drop && seteuid(0))
		ktap_die("cannot take privileges back");
	evnl_read(&admin, PORT, &after);

	if (!ktap_check(ret == -op->error[who] &&
			(!ret || caller->sentence[0]) &&
			(!ret || same(&before, &after)),
			"%s: %s: %s", who_names[who], op->name,
			op->error[who] ? strerrorname_np(op->error[who]) :
					 "allowed"))
		printf("#   got %s \"%s\"%s\n", strerrorname_np(-ret),
		       caller->sentence,
		       ret && !same(&before, &after) ? ", the port changed" : "");
	restore();
}

static void as(enum who who)
{
	bool holds = who == OWNER || who == OWNER_ADMIN;
	bool held = who == BENCH || who == SHUT_OUT || who == BESIDE;
	bool plain = who == READER || who == BESIDE;
	struct evnl caller, other;
	unsigned int i;

	if (held && (evnl_open(&other) ||
		     evnl_session(&other, PORT, 10000, who != SHUT_OUT)))
		ktap_die("no session to be beside of: %s", other.sentence);
	if (plain && seteuid(NOBODY))
		ktap_die("cannot drop privileges");
	if (evnl_open(&caller))
		ktap_die("%s: no socket", who_names[who]);
	if (plain && seteuid(0))
		ktap_die("cannot take privileges back");
	if (holds && evnl_session(&caller, PORT, 10000, false))
		ktap_die("%s: no session: %s", who_names[who], caller.sentence);

	for (i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		/* Opened by the line before it; the lease is not the subject. */
		if (held)
			evnl_do(&other, EVSE_CMD_SESSION_RENEW, PORT);
		if (holds && ops[i].cmd != EVSE_CMD_SESSION_RENEW)
			evnl_do(&caller, EVSE_CMD_SESSION_RENEW, PORT);
		try(who, &ops[i], &caller);
	}
	evnl_close(&caller);
	if (held)
		evnl_close(&other);
	usleep(100000);
}

/* CAP_NET_ADMIN over a namespace of its own is none over a charger. */
static void foreign(void)
{
	struct evnl e;
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		if (unshare(CLONE_NEWUSER))
			_exit(3);
		if (evnl_open(&e))
			_exit(2);
		_exit(evnl_session(&e, PORT, 1000, true) != -EPERM ||
		      !e.sentence[0]);
	}
	waitpid(pid, &status, 0);
	if (WEXITSTATUS(status) == 3) {
		ktap_check(true, "CAP_NET_ADMIN in a user namespace # SKIP no user namespaces");
		return;
	}
	ktap_check(!status, "CAP_NET_ADMIN in a user namespace of one's own: EPERM");
}

int main(void)
{
	int who;

	ktap_begin();
	if (evnl_open(&admin))
		ktap_die("there is no family \"evse\"");
	evnl_sim(PORT, "clear", "1");
	evnl_sim(PORT, "vehicle/plug", "1");
	if (!evnl_await(&admin, PORT, EVSE_PORT_STATE_CONNECTED, 3000))
		ktap_die("no vehicle can be connected");

	for (who = 0; who < WHO; who++)
		as(who);
	foreign();

	evnl_sim(PORT, "clear", "1");
	ktap_check(evnl_await(&admin, PORT, EVSE_PORT_STATE_AVAILABLE, 3000),
		   "the port is at rest again");
	ktap_check(!evnl_violations(PORT), "the referee saw no violation");
	return ktap_end();
}
