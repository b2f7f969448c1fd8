// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Malformed and senseless netlink messages, from the owner of the session: each
 * is refused, none changes the port, none closes a contact. Then a session
 * whose port goes away.
 *
 * board: evse-virt-ac
 */
#include <fcntl.h>
#include <sched.h>
#include <sys/wait.h>

#include "evnl.h"
#include "ktap.h"

#define PORT	0
#define ANY	(-1)	/* any refusal */

static struct evnl e;		/* owns the session */
static struct evnl watcher;

static bool same(const struct evnl_port *a, const struct evnl_port *b)
{
	return a->has == b->has && a->coils == b->coils &&
	       a->closed == b->closed &&
	       !memcmp(a->value, b->value, sizeof(a->value));
}

/* Send, expect errno @want, and the port as it was. */
static void refused(const char *what, struct nl_msg *msg, int want)
{
	struct evnl_port before, after;
	bool ok;
	int ret;

	evnl_read(&watcher, PORT, &before);
	ret = evnl_call(&e, msg, NULL, NULL);
	evnl_read(&watcher, PORT, &after);
	ok = ret < 0 && ret != -ETIMEDOUT && (want == ANY || ret == -want);
	/* What the family's own code refuses has a sentence. */
	if (want != ANY && want != EOPNOTSUPP && !e.sentence[0])
		ok = false;
	if (!ktap_check(ok && same(&before, &after), "%s: %s", what,
			want == ANY ? "refused" : strerrorname_np(want)))
		printf("#   got %s \"%s\"%s\n", strerrorname_np(-ret),
		       e.sentence,
		       same(&before, &after) ? "" : ", the port changed");
	evnl_do(&e, EVSE_CMD_SESSION_RENEW, PORT);
}

static struct nl_msg *begin(enum evse_cmd cmd)
{
	struct nl_msg *msg = evnl_msg(&e, cmd, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, PORT);
	return msg;
}

static struct nl_msg *with_u32(enum evse_cmd cmd, int type, uint32_t value)
{
	struct nl_msg *msg = begin(cmd);

	nla_put_u32(msg, type, value);
	return msg;
}

static struct nl_msg *with_u8(enum evse_cmd cmd, int type, uint8_t value)
{
	struct nl_msg *msg = begin(cmd);

	nla_put_u8(msg, type, value);
	return msg;
}

static struct nl_msg *with_raw(enum evse_cmd cmd, int type, const void *data,
			       int len)
{
	struct nl_msg *msg = begin(cmd);

	nla_put(msg, type, len, data);
	return msg;
}

/* A request about a port that may not exist. */
static struct nl_msg *about(enum evse_cmd cmd, uint32_t id, int flags)
{
	struct nl_msg *msg = evnl_msg(&e, cmd, flags);

	nla_put_u32(msg, EVSE_A_PORT_ID, id);
	return msg;
}

static void wrong_values(void)
{
	refused("mode 9", with_u32(EVSE_CMD_PORT_SET, EVSE_A_PORT_MODE, 9),
		ERANGE);
	refused("basic 2", with_u8(EVSE_CMD_PORT_SET, EVSE_A_PORT_BASIC, 2),
		ERANGE);
	refused("lower bound above zero",
		with_u32(EVSE_CMD_PORT_SET, EVSE_A_PORT_MIN_MW, 5), ERANGE);
	refused("upper bound below zero",
		with_u32(EVSE_CMD_PORT_SET, EVSE_A_PORT_MAX_MW, (uint32_t)-5),
		ERANGE);
	refused("mode v2h without an islanding switch",
		with_u32(EVSE_CMD_PORT_SET, EVSE_A_PORT_MODE, EVSE_MODE_V2H),
		EOPNOTSUPP);
	refused("lease of 99 ms", with_u32(EVSE_CMD_SESSION_OPEN,
					   EVSE_A_PORT_LEASE_MS, 99), ERANGE);
	refused("lease of 10001 ms", with_u32(EVSE_CMD_SESSION_OPEN,
					      EVSE_A_PORT_LEASE_MS, 10001),
		ERANGE);
	refused("lease without end", with_u32(EVSE_CMD_SESSION_OPEN,
					      EVSE_A_PORT_LEASE_MS, ~0u),
		ERANGE);
	refused("pilot output 5", with_u32(EVSE_CMD_PILOT_SET,
					   EVSE_A_PORT_PILOT_OUTPUT, 5),
		ERANGE);
	refused("pilot without a current",
		with_u32(EVSE_CMD_PILOT_SET, EVSE_A_PORT_PILOT_OUTPUT,
			 EVSE_PILOT_OUTPUT_CURRENT), ERANGE);
	refused("locked 2", with_u8(EVSE_CMD_LOCK_SET, EVSE_A_PORT_LOCKED, 2),
		ERANGE);
	refused("update-locked 2", with_u8(EVSE_CMD_UPDATE_LOCK_SET,
					   EVSE_A_PORT_UPDATE_LOCKED, 2),
		ERANGE);
	refused("bpt 255", with_u8(EVSE_CMD_VEHICLE_LIMITS_SET,
				   EVSE_A_PORT_BPT, 255), ERANGE);
	refused("vehicle's lower bound above zero",
		with_u32(EVSE_CMD_VEHICLE_LIMITS_SET, EVSE_A_PORT_MIN_MW, 5),
		ERANGE);
}

static void deadline(void)
{
	struct nl_msg *msg = with_u32(EVSE_CMD_POWER_SET,
				      EVSE_A_PORT_REQUEST_MW, 1000);

	nla_put_u32(msg, EVSE_A_PORT_DEADLINE_MS, 30001);
	refused("deadline of 30001 ms", msg, ERANGE);
}

static void missing(void)
{
	static const struct {
		const char *name;
		enum evse_cmd cmd;
	} need_port[] = {
		{ "port-get", EVSE_CMD_PORT_GET },
		{ "port-set", EVSE_CMD_PORT_SET },
		{ "session-open", EVSE_CMD_SESSION_OPEN },
		{ "session-renew", EVSE_CMD_SESSION_RENEW },
		{ "session-close", EVSE_CMD_SESSION_CLOSE },
		{ "energise", EVSE_CMD_ENERGISE },
		{ "de-energise", EVSE_CMD_DE_ENERGISE },
		{ "power-set", EVSE_CMD_POWER_SET },
		{ "vehicle-limits-set", EVSE_CMD_VEHICLE_LIMITS_SET },
		{ "pilot-set", EVSE_CMD_PILOT_SET },
		{ "lock-set", EVSE_CMD_LOCK_SET },
		{ "counters-set", EVSE_CMD_COUNTERS_SET },
		{ "update-lock-set", EVSE_CMD_UPDATE_LOCK_SET },
		{ "fault-get", EVSE_CMD_FAULT_GET },
		{ "fault-clear", EVSE_CMD_FAULT_CLEAR },
		{ "fault-raise", EVSE_CMD_FAULT_RAISE },
		{ "catalogue-get", EVSE_CMD_CATALOGUE_GET },
		{ "meter-get", EVSE_CMD_METER_GET },
		{ "thermal-get", EVSE_CMD_THERMAL_GET },
		{ "thermal-setting-get", EVSE_CMD_THERMAL_SETTING_GET },
		{ "thermal-setting-set", EVSE_CMD_THERMAL_SETTING_SET },
	};
	char what[64];
	unsigned int i;

	for (i = 0; i < sizeof(need_port) / sizeof(need_port[0]); i++) {
		snprintf(what, sizeof(what), "%s without any attribute",
			 need_port[i].name);
		refused(what, evnl_msg(&e, need_port[i].cmd, 0), EINVAL);
	}
	refused("power-set without power", begin(EVSE_CMD_POWER_SET), EINVAL);
	refused("pilot-set without output", begin(EVSE_CMD_PILOT_SET), EINVAL);
	refused("lock-set without locked", begin(EVSE_CMD_LOCK_SET), EINVAL);
	refused("update-lock-set without update-locked",
		begin(EVSE_CMD_UPDATE_LOCK_SET), EINVAL);
	refused("counters-set without counters", begin(EVSE_CMD_COUNTERS_SET),
		EINVAL);
}

static void wrong_types(void)
{
	static const char text[] = "seven";
	uint64_t wide = 0;
	uint16_t narrow = 0;
	struct nl_msg *msg;
	struct nlattr *nest;

	refused("power of two bytes",
		with_raw(EVSE_CMD_POWER_SET, EVSE_A_PORT_REQUEST_MW, &narrow,
			 sizeof(narrow)), EINVAL);
	refused("power of eight bytes",
		with_raw(EVSE_CMD_POWER_SET, EVSE_A_PORT_REQUEST_MW, &wide,
			 sizeof(wide)), EINVAL);
	refused("power as text",
		with_raw(EVSE_CMD_POWER_SET, EVSE_A_PORT_REQUEST_MW, text,
			 sizeof(text)), EINVAL);
	refused("power of no bytes",
		with_raw(EVSE_CMD_POWER_SET, EVSE_A_PORT_REQUEST_MW, text, 0),
		EINVAL);
	refused("basic of four bytes",
		with_raw(EVSE_CMD_PORT_SET, EVSE_A_PORT_BASIC, &wide, 4),
		EINVAL);
	refused("counters that are no nest",
		with_u32(EVSE_CMD_COUNTERS_SET, EVSE_A_PORT_COUNTERS, 1),
		ANY);
	msg = begin(EVSE_CMD_COUNTERS_SET);
	nest = nla_nest_start(msg, EVSE_A_PORT_COUNTERS | NLA_F_NESTED);
	nla_put_u32(msg, EVSE_A_COUNTERS_CYCLES, 1);
	nla_nest_end(msg, nest);
	refused("a counter of four bytes", msg, ANY);
	msg = begin(EVSE_CMD_COUNTERS_SET);
	nest = nla_nest_start(msg, EVSE_A_PORT_COUNTERS | NLA_F_NESTED);
	nla_put_u64(msg, 77, 1);
	nla_nest_end(msg, nest);
	refused("an unknown counter", msg, ANY);
}

static void unknown(void)
{
	refused("unknown attribute 200",
		with_u32(EVSE_CMD_ENERGISE, 200, 1), EINVAL);
	refused("an attribute of another command",
		with_u32(EVSE_CMD_ENERGISE, EVSE_A_PORT_REQUEST_MW, 1), EINVAL);
	refused("setting what can only be read",
		with_u32(EVSE_CMD_PORT_SET, EVSE_A_PORT_STATE, 6), EINVAL);
	refused("command 0", about(0, PORT, 0), EOPNOTSUPP);
	refused("command 99", about(99, PORT, 0), EOPNOTSUPP);
	refused("a notification as a command",
		about(EVSE_CMD_PORT_NTF, PORT, 0), EOPNOTSUPP);
	refused("a sensor's news as a command",
		about(EVSE_CMD_THERMAL_NTF, PORT, 0), EOPNOTSUPP);
	refused("a sample as a command",
		about(EVSE_CMD_METER_NTF, PORT, 0), EOPNOTSUPP);
	refused("port 1 of one", about(EVSE_CMD_ENERGISE, 1, 0), ENODEV);
	refused("port 64", about(EVSE_CMD_PORT_GET, 64, 0), ENODEV);
	refused("port 4294967295", about(EVSE_CMD_PORT_GET, ~0u, 0), ENODEV);
	refused("faults of port 9, dumped",
		about(EVSE_CMD_FAULT_GET, 9, NLM_F_DUMP), ANY);
	refused("a dump of what has none",
		about(EVSE_CMD_ENERGISE, PORT, NLM_F_DUMP), EOPNOTSUPP);
}

static void unknown_code(void)
{
	struct nl_msg *msg = evnl_msg(&e, EVSE_CMD_FAULT_RAISE, 0);

	nla_put_u32(msg, EVSE_A_FAULT_PORT, PORT);
	nla_put_u32(msg, EVSE_A_FAULT_CODE, 0xBADC0DE);
	refused("an unknown fault code", msg, ENOENT);
}

/* Bytes of our own, sent as they are; true when an error came back. */
static int raw(const void *data, size_t len)
{
	return send(nl_socket_get_fd(e.sk), data, len, 0) < 0 ?
	       -errno : evnl_wait(&e, NULL, NULL);
}

struct frame {
	struct nlmsghdr nlh;
	struct genlmsghdr ghdr;
	unsigned char attrs[64];
};

static struct frame frame(enum evse_cmd cmd, size_t attrs)
{
	struct frame f = {
		.nlh = {
			.nlmsg_len = NLMSG_HDRLEN + GENL_HDRLEN + attrs,
			.nlmsg_type = e.family,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK,
			.nlmsg_seq = ++e.seq,
			.nlmsg_pid = evnl_id(&e),
		},
		.ghdr = { .cmd = cmd, .version = 1 },
	};
	struct nlattr id = { .nla_len = 8, .nla_type = EVSE_A_PORT_ID };

	memcpy(f.attrs, &id, sizeof(id));
	return f;
}

static void truncated(void)
{
	struct evnl_port before, after;
	struct nlattr *attr;
	struct frame f;
	int ret;

	evnl_read(&watcher, PORT, &before);

	f = frame(EVSE_CMD_ENERGISE, 0);
	f.nlh.nlmsg_len = NLMSG_HDRLEN;
	ret = raw(&f, f.nlh.nlmsg_len);
	ktap_check(ret == -EINVAL, "no generic header: EINVAL (%d)", ret);

	f = frame(EVSE_CMD_ENERGISE, 8);
	attr = (struct nlattr *)f.attrs;
	attr->nla_len = 60;
	ret = raw(&f, f.nlh.nlmsg_len);
	ktap_check(ret < 0, "an attribute longer than its message (%d)", ret);

	f = frame(EVSE_CMD_ENERGISE, 8);
	attr = (struct nlattr *)f.attrs;
	attr->nla_len = 1;
	ret = raw(&f, f.nlh.nlmsg_len);
	ktap_check(ret < 0, "an attribute shorter than its head (%d)", ret);

	f = frame(EVSE_CMD_ENERGISE, 8);
	f.nlh.nlmsg_len -= 2;
	ret = raw(&f, f.nlh.nlmsg_len);
	ktap_check(ret < 0, "cut inside an attribute (%d)", ret);

	f = frame(EVSE_CMD_ENERGISE, 8 + 3);
	ret = raw(&f, f.nlh.nlmsg_len);
	ktap_check(ret < 0, "bytes left over (%d)", ret);

	f = frame(EVSE_CMD_PORT_GET, 64);
	memset(f.attrs, 0xa5, sizeof(f.attrs));
	f.nlh.nlmsg_flags |= NLM_F_DUMP;
	ret = raw(&f, f.nlh.nlmsg_len);
	ktap_check(ret < 0, "a dump with garbage (%d)", ret);

	/* Netlink drops it without a word: nothing must follow from it. */
	f = frame(EVSE_CMD_DE_ENERGISE, 8);
	f.nlh.nlmsg_len = 4096;
	ret = send(nl_socket_get_fd(e.sk), &f, 40, 0);
	ktap_check(ret == 40 && evnl_state(&watcher, PORT) >= 0,
		   "a message longer than what was sent");

	evnl_read(&watcher, PORT, &after);
	ktap_check(same(&before, &after), "none of them changed the port");
}

static void oversize(void)
{
	static unsigned char big[60000];
	struct frame f = frame(EVSE_CMD_ENERGISE, 8);
	size_t at = NLMSG_HDRLEN + GENL_HDRLEN;
	struct nlattr id = { .nla_len = 8, .nla_type = EVSE_A_PORT_ID };
	uint32_t port = PORT;
	int ret;

	f.nlh.nlmsg_len = sizeof(big);
	f.ghdr.cmd = EVSE_CMD_PORT_GET;
	memcpy(big, &f, at);
	for (; at + 8 <= sizeof(big); at += 8) {
		memcpy(big + at, &id, 4);
		memcpy(big + at + 4, &port, 4);
	}
	f.nlh.nlmsg_len = at;
	memcpy(big, &f.nlh, sizeof(f.nlh));
	ret = raw(big, at);
	ktap_check(ret != -ETIMEDOUT && evnl_state(&watcher, PORT) >= 0,
		   "60 kB of the same attribute are answered (%d)", ret);

	memset(big + NLMSG_HDRLEN + GENL_HDRLEN, 0xff,
	       sizeof(big) - NLMSG_HDRLEN - GENL_HDRLEN);
	f.nlh.nlmsg_seq = ++e.seq;
	memcpy(big, &f.nlh, sizeof(f.nlh));
	ret = raw(big, at);
	ktap_check(ret < 0 && ret != -ETIMEDOUT, "60 kB of 0xff (%d)", ret);
}

static uint32_t seed = 20260101;

static uint32_t rnd(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* Random commands with random attributes: no contact moves, nothing breaks. */
static void fuzz(void)
{
	int i, n, answered = 0, granted = 0;
	bool quiet = true;

	for (i = 0; i < 1500; i++) {
		struct nl_msg *msg = evnl_msg(&e, rnd(EVSE_CMD_MAX + 3),
					      rnd(8) ? 0 : NLM_F_DUMP);
		unsigned char junk[40];
		struct evnl_port port;
		int ret;

		if (rnd(8))
			nla_put_u32(msg, EVSE_A_PORT_ID, rnd(16) ? PORT : rnd(99));
		for (n = rnd(5); n; n--) {
			unsigned int len = rnd(4) ? 4 : rnd(sizeof(junk)), k;

			for (k = 0; k < len; k++)
				junk[k] = rnd(3) ? rnd(4) : rnd(256);
			nla_put(msg, rnd(EVSE_A_PORT_MAX + 4), len, junk);
		}
		ret = evnl_call(&e, msg, NULL, NULL);
		answered += ret != -ETIMEDOUT;
		granted += !ret;
		if (i % 10)
			continue;
		if (evnl_read(&watcher, PORT, &port) || port.coils ||
		    port.closed)
			quiet = false;
		/* What was granted may have ended or shared the session. */
		evnl_session(&e, PORT, 10000, false);
	}
	ktap_check(answered == i, "%d random messages are all answered", i);
	printf("# %d of them were granted\n", granted);
	ktap_check(quiet, "and none of them closed a contact");
}

/* The port is unbound while a session holds it, and comes back. */
static int rebind(const char *what)
{
	static const char dir[] = "/sys/bus/platform/drivers/evse-port/";
	static const char dev[] = "evse-port-0";
	char path[96];
	int fd, ret;

	snprintf(path, sizeof(path), "%s%s", dir, what);
	fd = open(path, O_WRONLY);
	if (fd < 0)
		return -1;
	ret = write(fd, dev, sizeof(dev) - 1);
	close(fd);
	return ret;
}

static void port_gone(void)
{
	int ret;

	ktap_check(rebind("unbind") > 0, "the port is unbound under its session");
	ret = evnl_do(&e, EVSE_CMD_SESSION_RENEW, PORT);
	ktap_check(ret == -ENODEV && e.sentence[0],
		   "its session cannot be renewed: ENODEV (%d)", ret);
	ret = evnl_do(&e, EVSE_CMD_ENERGISE, PORT);
	ktap_check(ret == -ENODEV && e.sentence[0],
		   "nor is it to be energised: ENODEV (%d)", ret);
	evnl_close(&e);
	ktap_check(rebind("bind") > 0, "the port is bound again");
	ktap_check(!evnl_open(&e) &&
		   evnl_await(&e, PORT, EVSE_PORT_STATE_AVAILABLE, 5000),
		   "it is back as port 0");
	ktap_check(evnl_do(&e, EVSE_CMD_SESSION_RENEW, PORT) == -ENOTCONN,
		   "nobody owns it");
}

/* An administrator of another network namespace is no administrator here. */
static void other_netns(void)
{
	struct evnl f;
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNET))
			_exit(3);
		/* Invisible there, or refused: both are right. */
		if (evnl_open(&f))
			_exit(0);
		_exit(evnl_session(&f, PORT, 1000, true) != -EPERM);
	}
	waitpid(pid, &status, 0);
	if (WEXITSTATUS(status) == 3)
		ktap_check(true, "another network namespace # SKIP not supported by this kernel");
	else
		ktap_check(!status, "another network namespace: no session");
}

int main(void)
{
	ktap_begin();
	if (evnl_open(&e) || evnl_open(&watcher))
		ktap_die("there is no family \"evse\"");
	evnl_sim(PORT, "clear", "1");
	if (!evnl_await(&watcher, PORT, EVSE_PORT_STATE_AVAILABLE, 3000))
		ktap_die("the port is not at rest");
	if (evnl_session(&e, PORT, 10000, false))
		ktap_die("no session: %s", e.sentence);

	wrong_values();
	deadline();
	missing();
	wrong_types();
	unknown();
	unknown_code();
	truncated();
	oversize();
	other_netns();
	fuzz();
	evnl_close(&e);
	if (evnl_open(&e) || evnl_session(&e, PORT, 10000, false))
		ktap_die("no session after the fuzzing: %s", e.sentence);
	port_gone();

	ktap_check(!evnl_violations(PORT), "the referee saw no violation");
	return ktap_end();
}
