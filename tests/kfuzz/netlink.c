// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A fuzzer of the family "evse":
 *
 *	netlink [--seed N] [--count M] [--loose 1]
 *
 * M datagrams of right and wrong messages from sockets with rights and without,
 * while a vehicle comes and goes; up to eight times as many, until each operation was
 * granted once. Seed and count are printed, and do the same again. After each
 * datagram: what was refused changed no setting and said why; who has no rights was
 * granted nothing but reading; no coil is on unless somebody was granted what may
 * close it. --loose is for when others are at it: it leaves out what cannot be known
 * then, and does not go on for longer.
 *
 * Prints "finding ..." for each of these that is not so, and what was answered how
 * often. Exit: 0, 1 with findings, 2 when it cannot run.
 */
#include "caller.h"

#define FINDINGS_SHOWN	20

static struct evnl watcher;
static unsigned int findings;
static uint32_t seed;
static long at;
static bool loose;

/* Since when all is at rest again, by port: something may be closed */
static bool may_close[PORTS];

struct look {
	struct evnl_port port[PORTS];
	uint64_t settings;	/* of grid guards, thermal guards, bridges */
};

static struct look last;

/* Who had a session last */
static struct caller *driver = &callers[0];

__attribute__((format(printf, 2, 3)))
static void finding(const struct caller *c, const char *fmt, ...)
{
	va_list args;

	if (findings++ >= FINDINGS_SHOWN)
		return;
	printf("finding: seed %u, datagram %ld, %s: ", seed, at, c ? c->name : "-");
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
}

/* --- what there is ------------------------------------------------------------------ */

static void mix(uint64_t *hash, const void *data, int len)
{
	const unsigned char *byte = data;

	while (len--)
		*hash = (*hash ^ *byte++) * 0x100000001b3ULL;
}

static void mix_message(const struct nlmsghdr *nlh, void *arg)
{
	const struct genlmsghdr *genl = NLMSG_DATA(nlh);
	struct nlattr *attr;
	int left;

	nla_for_each_attr(attr, genlmsg_attrdata(genl, 0),
			  genlmsg_attrlen(genl, 0), left) {
		int type = nla_type(attr);

		if (genl->cmd == EVSE_CMD_GRID_GET && type != EVSE_A_GRID_PROFILE)
			continue;
		if (genl->cmd == EVSE_CMD_BRIDGE_GET &&
		    type != EVSE_A_BRIDGE_CARRIER_HZ)
			continue;
		mix(arg, &type, sizeof(type));
		mix(arg, nla_data(attr), nla_len(attr));
	}
}

static uint64_t settings(void)
{
	static const uint8_t dumps[] = {
		EVSE_CMD_GRID_GET, EVSE_CMD_GRID_SETTING_GET,
		EVSE_CMD_THERMAL_SETTING_GET,
	};
	uint64_t hash = 0xcbf29ce484222325ULL;
	struct nl_msg *msg;
	unsigned int i;

	for (i = 0; i < sizeof(dumps); i++)
		evnl_call(&watcher, evnl_msg(&watcher, dumps[i], NLM_F_DUMP),
			  mix_message, &hash);
	for (i = 0; i < PORTS; i++) {
		msg = evnl_msg(&watcher, EVSE_CMD_BRIDGE_GET, 0);
		nla_put_u32(msg, EVSE_A_BRIDGE_PORT, i);
		evnl_call(&watcher, msg, mix_message, &hash);
	}
	return hash;
}

static void look(struct look *l, bool all)
{
	int i;

	for (i = 0; i < PORTS; i++)
		evnl_read(&watcher, i, &l->port[i]);
	if (all)
		l->settings = settings();
}

static bool at_rest(const struct evnl_port *p)
{
	switch (p->value[EVSE_A_PORT_STATE]) {
	case EVSE_PORT_STATE_UNREADY:
	case EVSE_PORT_STATE_AVAILABLE:
	case EVSE_PORT_STATE_CONNECTED:
	case EVSE_PORT_STATE_REQUESTING:
	case EVSE_PORT_STATE_FAULT:
		return !p->coils && !p->value[EVSE_A_PORT_BASIC];
	default:
		return false;
	}
}

/* --- what must be so ------------------------------------------------------------------- */

static bool reads(const struct op *op)
{
	return !strcmp(op->name + strlen(op->name) - 4, "-get");
}

/* What the owner of a session may do is in Documentation/driver-api/evse-access.rst. */
static bool owners(const struct op *op)
{
	static const uint8_t admins[] = {
		EVSE_CMD_COUNTERS_SET, EVSE_CMD_UPDATE_LOCK_SET, EVSE_CMD_GRID_SET,
		EVSE_CMD_GRID_SETTING_SET, EVSE_CMD_BRIDGE_SET,
		EVSE_CMD_THERMAL_SETTING_SET,
	};

	return !memchr(admins, op->cmd, sizeof(admins));
}

/* The kernel refuses in words of its own, or in none, what it does not hand on. */
static bool needs_sentence(const struct asked *a)
{
	if (!a->op || a->core)
		return false;
	return !a->dump || (a->error != -EOPNOTSUPP && a->error != -EBUSY &&
			    a->error != -ENOBUFS);
}

static void judge_answer(const struct caller *c, const struct asked *a)
{
	if (!a->answered)
		return;
	if (a->error) {
		if (!a->sentence[0] && needs_sentence(a))
			finding(c, "%s%s is refused with %s and no sentence",
				a->dump ? "dump of " : "", a->op->name,
				strerrorname_np(-a->error));
		return;
	}
	if (!a->op) {
		finding(c, "what is no command is granted");
		return;
	}
	if ((c->rights == NONE && !reads(a->op)) ||
	    (c->rights == OWNERS && !reads(a->op) && !owners(a->op)))
		finding(c, "%s is granted", a->op->name);
}

/* Only commands change these: not time, not a vehicle, not the end of a session. */
static const int lasting[] = {
	EVSE_A_PORT_MODE, EVSE_A_PORT_MIN_MW, EVSE_A_PORT_MAX_MW,
	EVSE_A_PORT_BASIC, EVSE_A_PORT_UPDATE_LOCKED,
};

static void judge_change(const struct caller *c, const struct look *now, bool all)
{
	int i, k;

	for (i = 0; i < PORTS; i++)
		for (k = 0; k < COUNT(lasting); k++)
			if (now->port[i].value[lasting[k]] !=
			    last.port[i].value[lasting[k]])
				finding(c, "port %d: %s changed, and nothing was granted", i,
					port_attrs[lasting[k]].name);
	if (all && now->settings != last.settings)
		finding(c, "a setting changed, and nothing was granted");
}

static void judge_coils(const struct caller *c, const struct look *now)
{
	int i;

	for (i = 0; i < PORTS; i++) {
		if (now->port[i].coils && !may_close[i])
			finding(c, "port %d: coils 0x%x are on, and nobody was granted it", i,
				now->port[i].coils);
		if (at_rest(&now->port[i]))
			may_close[i] = false;
	}
}

static bool is_setting(const struct op *op)
{
	return op && !reads(op) && !owners(op);
}

/* --- a datagram -------------------------------------------------------------------------- */

#define LONGER	8

/* One that was never granted, from a random one on; NULL when there is none */
static const struct op *never_granted(void)
{
	int i, first = rnd(OPS);

	for (i = 0; i < OPS; i++)
		if (!tally[(first + i) % OPS][0])
			return &ops[(first + i) % OPS];
	return NULL;
}

static bool wanted(long count)
{
	return at < count || (!loose && at < LONGER * count && never_granted());
}

/* What to ask for; NULL: something that is no operation */
static const struct op *draw(void)
{
	const struct op *op = one_in(3) ? never_granted() : NULL;

	if (op)
		return op;
	return rnd(24) ? &ops[rnd(OPS)] : NULL;
}

/* No line of the board shows why a fault that is raised by hand breaks a current. */
static void excuse_raised(void)
{
	int i;

	for (i = 0; i < PORTS; i++)
		evnl_sim(i, "referee/allow_trip_ms", "5000");
}

static void one(void)
{
	static unsigned char data[DATAGRAM + ROOM];
	static struct message m;
	struct caller *c = one_in(3) ? driver : &callers[rnd(COUNT(callers))];
	int i, port, count = rnd(4) ? 1 : 2 + rnd(TOGETHER - 1);
	struct asked asked[TOGETHER] = { 0 };
	bool granted = false, all = false;
	struct look now;
	size_t len = 0;

	for (i = 0; i < count; i++) {
		make_message(&m, draw(), one_in(3), family, ++c->e.seq, caller_id(c));
		asked[i] = (struct asked){ .seq = c->e.seq, .op = m.op,
					   .dump = m.dump, .core = m.core };
		if (m.op && m.op->cmd == EVSE_CMD_FAULT_RAISE)
			excuse_raised();
		all |= is_setting(m.op);
		memcpy(data + len, m.bytes, m.len);
		len += NLMSG_ALIGN(m.len);
	}
	/* One that claims to be longer than what is sent */
	if (one_in(40)) {
		len -= 1 + rnd(8);
		asked[count - 1].core = true;
	}
	all &= !loose;
	if (all)
		last.settings = settings();
	exchange(c, data, len, asked, count);

	for (i = 0; i < count; i++) {
		judge_answer(c, &asked[i]);
		granted |= asked[i].answered && !asked[i].error &&
			   asked[i].op && !reads(asked[i].op);
		/* Its port is any that the message names. */
		if (asked[i].op && !asked[i].error && asked[i].answered &&
		    (asked[i].op->cmd == EVSE_CMD_ENERGISE ||
		     asked[i].op->cmd == EVSE_CMD_PORT_SET))
			for (port = 0; port < PORTS; port++)
				may_close[port] = true;
	}
	if (loose)
		return;
	look(&now, all);
	if (!granted)
		judge_change(c, &now, all);
	judge_coils(c, &now);
	last = now;
}

/* --- the world --------------------------------------------------------------------------- */

static void do_u32(uint8_t cmd, uint32_t port, int type, uint32_t value)
{
	struct nl_msg *msg = evnl_msg(&watcher, cmd, 0);

	nla_put_u32(msg, EVSE_A_PORT_ID, port);
	nla_put_u32(msg, type, value);
	evnl_call(&watcher, msg, NULL, NULL);
}

/* Nobody plugs in where the bridge is: see board.dtso. */
#define BOARDS	2

static uint32_t port_of(unsigned int board)
{
	uint32_t port;

	for (port = 0; port < PORTS && evnl_board(port) != board; port++)
		;
	return port;
}

static void home(uint32_t port)
{
	unsigned int board = evnl_board(port);
	struct nl_msg *msg;

	evnl_do(&watcher, EVSE_CMD_DE_ENERGISE, port);
	usleep(50000);
	msg = evnl_msg(&watcher, EVSE_CMD_FAULT_CLEAR, 0);
	nla_put_u32(msg, EVSE_A_FAULT_PORT, port);
	evnl_call(&watcher, msg, NULL, NULL);
	msg = evnl_msg(&watcher, EVSE_CMD_PORT_SET, 0);
	nla_put_u32(msg, EVSE_A_PORT_ID, port);
	nla_put_u32(msg, EVSE_A_PORT_MODE, 1 + rnd(board ? 3 : 2));
	nla_put_s32(msg, EVSE_A_PORT_MIN_MW, INT32_MIN);
	nla_put_s32(msg, EVSE_A_PORT_MAX_MW, INT32_MAX);
	nla_put_u8(msg, EVSE_A_PORT_BASIC, 0);
	evnl_call(&watcher, msg, NULL, NULL);
	msg = evnl_msg(&watcher, EVSE_CMD_UPDATE_LOCK_SET, 0);
	nla_put_u32(msg, EVSE_A_PORT_ID, port);
	nla_put_u8(msg, EVSE_A_PORT_UPDATE_LOCKED, 0);
	evnl_call(&watcher, msg, NULL, NULL);
	do_u32(EVSE_CMD_PILOT_SET, port, EVSE_A_PORT_PILOT_OUTPUT,
	       EVSE_PILOT_OUTPUT_AUTO);
	msg = evnl_msg(&watcher, EVSE_CMD_GRID_SET, 0);
	nla_put_u32(msg, EVSE_A_GRID_PORT, port);
	nla_put_string(msg, EVSE_A_GRID_PROFILE, "en50549-1");
	evnl_call(&watcher, msg, NULL, NULL);
}

/* A session and power, in order: so that there is something to disturb. */
static void drive(void)
{
	unsigned int board = rnd(BOARDS);
	uint32_t port = port_of(board);
	struct caller *c = &callers[rnd(3)];
	int error;

	driver = c;
	home(port);
	evnl_sim(board, "vehicle/want", "c");
	evnl_sim(board, "vehicle/plug", "1");
	usleep(500000 + rnd(1000000));
	evnl_session(&c->e, port, 10000, one_in(2));
	evnl_vehicle_limits(&c->e, port, -20000000, 20000000, true);
	evnl_power(&c->e, port, (int32_t)(rnd(14000) - 7000) * 1000);
	error = evnl_do(&c->e, EVSE_CMD_ENERGISE, port);
	answered(op_of(EVSE_CMD_ENERGISE), error);
	may_close[port] |= !error;
	usleep(rnd(2500000));
}

static void vehicle(unsigned int board)
{
	static const char *const want[] = { "b", "c", "c", "c", "d" };
	struct evnl_port p;

	/* Nobody plugs in or pulls at a bolt that moves. */
	if (evnl_read(&watcher, port_of(board), &p) ||
	    p.value[EVSE_A_PORT_LOCK] == EVSE_LOCK_STATE_MOVING)
		return;
	evnl_sim(board, "vehicle/want", want[rnd(COUNT(want))]);
	if (one_in(2))
		evnl_sim(board, "vehicle/plug", rnd(4) ? "1" : "0");
}

static void world(void)
{
	switch (rnd(12)) {
	case 0:
	case 1:
	case 2:
		usleep(rnd(20000));
		break;
	case 3:
	case 4:
		usleep(rnd(400000));
		break;
	case 5:
		usleep(rnd(4000000));
		break;
	case 6:
	case 7:
	case 8:
		vehicle(rnd(BOARDS));
		break;
	case 9: {
		struct caller *c = &callers[rnd(COUNT(callers))];

		caller_close(c);
		caller_open(c);
		break;
	}
	default:
		drive();
	}
	if (!loose)
		look(&last, false);
}

/* What there is: names, codes, values in force */
static void learn_all(void)
{
	static struct message m;
	struct asked asked;
	int i;

	for (i = 0; i < OPS; i++) {
		if (!ops[i].dump)
			continue;
		m.dump = true;
		begin(&m, family, ++callers[0].e.seq, caller_id(&callers[0]), ops[i].cmd);
		head(&m)->nlmsg_len = m.len;
		asked = (struct asked){ .seq = callers[0].e.seq, .op = &ops[i] };
		exchange(&callers[0], m.bytes, m.len, &asked, 1);
	}
}

int main(int argc, char **argv)
{
	long count = option(argc, argv, "--count", 1000);
	uint64_t began = now_ms();
	int i, granted = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	seed = option(argc, argv, "--seed", 1);
	loose = option(argc, argv, "--loose", 0);
	printf("netlink: --seed %u --count %ld --loose %d\n", seed, count, loose);
	rnd_begin(seed);
	if (evnl_open(&watcher)) {
		puts("netlink: there is no family \"evse\"");
		return 2;
	}
	family = watcher.family;
	for (i = 0; i < COUNT(callers); i++)
		caller_open(&callers[i]);
	look(&last, false);
	for (i = 0; i < PORTS; i++)
		may_close[i] = !at_rest(&last.port[i]);

	learn_all();
	drive();
	look(&last, false);
	for (at = 0; wanted(count); at++) {
		if (at % 16 == 0)
			world();
		one();
	}

	print_tally();
	for (i = 0; i < OPS; i++)
		granted += !!tally[i][0];
	printf("netlink: %lu messages in %llu ms, %d of %d operations were granted, %u findings\n",
	       sent, (unsigned long long)(now_ms() - began), granted, OPS, findings);
	return findings ? 1 : 0;
}
