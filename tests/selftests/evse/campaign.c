// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Random causes at random moments of a charge, one or two at a time, seeded and
 * repeatable. After each: nothing is energised that must not be, every fault is
 * explained by what was done, no latch ends before its cause and none by itself,
 * the referee saw nothing wrong, and power flows again in the end.
 *
 *	campaign [SEED [ROUNDS [FIRST]]]	FIRST: begin with this round
 *
 * The suite runs a few rounds on two of the stock kernels' boards. A hunt is
 *
 *	tests/qemu/run --world stock-6.12 --board evse-virt-grid-dc --icount \
 *		--with tests --timeout 36000 --cmd './campaign 1 3000'
 *
 * board: evse-virt-grid-dc evse-virt-grid-ac
 * worlds: stock-6.12
 * timeout: 7200
 */
#include "drive.h"

#define CAUSES		((int)(sizeof(causes) / sizeof(causes[0])))

/* --- causes ------------------------------------------------------------------------- */

/* @second: NULL, or the cause that strikes @gap ms later. */
static void strike(const struct cause *first, const struct cause *second, int gap)
{
	const struct cause *each[] = { first, second };
	struct rig_script script = { 0 };
	int i;

	for (i = 0; i < 2; i++)
		if (each[i] && each[i]->strike[0] != '!')
			rig_plan(&script, i ? gap : 0, each[i]->strike);
	if (rig_run(&script))
		ktap_die("the script of %s is refused", doing);
	for (i = 0; i < 2; i++)
		if (each[i] && each[i]->strike[0] == '!')
			user(each[i]->strike);
}

static void undo(const struct cause *c)
{
	struct rig_script script = { 0 };

	if (c->undo[0] != '!')
		rig_plan(&script, 0, c->undo);
	if (rig_run(&script))
		ktap_die("undoing %s is refused", c->name);
}

static bool explains(const struct cause *c, uint32_t code)
{
	int i;

	for (i = 0; c && i < CODES && c->codes[i]; i++)
		if (c->codes[i] == code)
			return true;
	return false;
}

/* --- what must be seen ------------------------------------------------------------- */

struct seen {
	int off_ms;		/* everything off since then, -1: is not */
	int calm_ms;		/* nothing fed back since then, -1: is */
	bool holds;
};

static void watch(struct seen *s, uint64_t struck, int ms)
{
	uint64_t now;
	struct board b;

	s->off_ms = -1;
	s->calm_ms = -1;
	do {
		rig_look(&b);
		now = now_ms();
		if (!rig_off(&b, s->holds))
			s->off_ms = -1;
		else if (s->off_ms < 0)
			s->off_ms = now - struck;
		if (exports(&b))
			s->calm_ms = -1;
		else if (s->calm_ms < 0)
			s->calm_ms = now - struck;
		nap(now - struck < 150 ? 2 : 20);
	} while (now < struck + ms);
}

static void judge_cause(const struct cause *c, const struct seen *s,
			const struct faults *all, enum moment m, int slack)
{
	const struct fault *f = rig_find(all, c->codes[0]);
	struct board b;

	if (c->must == TRIP && (!f || !f->latched))
		bad("%s: 0x%x is not latched", c->name, c->codes[0]);
	if ((c->must == TRIP || c->must == OFF) &&
	    (s->off_ms < 0 || s->off_ms > c->ms + slack))
		bad("%s: off after %d ms, not %d", c->name, s->off_ms, c->ms);
	if (c->must == CEASE && (s->calm_ms < 0 || s->calm_ms > c->ms))
		bad("%s: export ends after %d ms, not %d", c->name, s->calm_ms,
		    c->ms);
	if (c->must != CALM || !(FLOWS & IN(m)))
		return;
	rig_look(&b);
	if (evnl_state(&e, PORT) != EVSE_PORT_STATE_ENERGISED || !b.contacts)
		bad("%s: power does not stay", c->name);
	else if (!flows(m == FEEDS))
		bad("%s: power does not return", c->name);
}

static void judge_faults(const struct cause *first, const struct cause *second,
			 const struct faults *all, const struct seen *s)
{
	bool any = false;
	int i;

	for (i = 0; i < all->count; i++) {
		const struct fault *f = &all->fault[i];

		any |= f->latched;
		if (!explains(first, f->code) && !explains(second, f->code))
			bad("0x%x%s%s by %s, value %d, is not explained", f->code,
			    f->latched ? " latched" : "", f->first ? " first" : "",
			    f->source, f->value);
		if (f->severity == EVSE_FAULT_SEVERITY_TRIP && f->latched &&
		    s->off_ms < 0)
			bad("0x%x is latched and not everything is off", f->code);
	}
	if (any && !evnl_do(&e, EVSE_CMD_ENERGISE, PORT) &&
	    evnl_state(&e, PORT) != EVSE_PORT_STATE_STOPPING)
		bad("energise is not refused while a fault is latched");
	else if (any && !e.sentence[0])
		bad("energise is refused without a sentence");
}

/* No latch ends while its cause stands. */
static void judge_clear(const struct cause *c, const struct faults *all)
{
	const struct fault *f = rig_find(all, c->codes[0]);
	int ret;

	if (!f || !f->latched || !(c->flags & STANDS))
		return;
	if (!f->active)
		bad("%s: 0x%x is not active while its cause stands", c->name, f->code);
	ret = clear(f->code);
	if (ret != -EBUSY || !e.sentence[0])
		bad("%s: clear of 0x%x gave %d \"%s\"", c->name, f->code, ret,
		    e.sentence);
	else if (!rig_latched(&e, PORT, f->code))
		bad("%s: a refused clear of 0x%x ended it", c->name, f->code);
}

static bool active(const struct faults *all)
{
	int i;

	for (i = 0; i < all->count; i++)
		if (all->fault[i].active)
			return true;
	return false;
}

/* The causes are gone: so are the faults' causes, in a bounded time. */
static void calm_down(void)
{
	struct faults all;
	int i;

	for (i = 0; i < 300; i++) {
		read_faults(&all);
		if (!active(&all))
			return;
		/* Some faults of a vehicle end with its plug. */
		if (i == 30) {
			sim("vehicle/want", "b");
			sim("vehicle/plug", "0");
		}
		/* A bolt that jammed on its way out is sent there again. */
		if (i == 60 && rig_find(&all, EVSE_FAULT_CODE_LOCK_FAIL))
			lock_to(&e, false);
		nap(50);
	}
	for (i = 0; i < all.count; i++)
		if (all.fault[i].active)
			bad("0x%x of %s stays active", all.fault[i].code,
			    all.fault[i].source);
}

static bool ends_by_itself(const struct fault *f)
{
	return f->policy == EVSE_FAULT_POLICY_ENTER_SERVICE ||
	       f->policy == EVSE_FAULT_POLICY_AUTO;
}

static void judge_latch(const struct faults *before)
{
	struct faults all;
	int i;

	nap(50 + rnd(300));
	read_faults(&all);
	for (i = 0; i < before->count; i++) {
		const struct fault *was = &before->fault[i];
		const struct fault *is = rig_find(&all, was->code);

		if (was->latched && !ends_by_itself(was) && (!is || !is->latched))
			bad("0x%x ended by itself", was->code);
	}
	for (i = 0; i < 160; i++) {
		if (!clear(0)) {
			read_faults(&all);
			if (!all.count)
				return;
		}
		nap(50);
	}
	bad("faults cannot be cleared: %s", e.sentence);
}

/* --- rounds -------------------------------------------------------------------------- */

/* Back to power that flows. */
static bool restore(void)
{
	own();
	sim("referee/allow_trip_ms", "0");
	sim("vehicle/follow", "1");
	if (!dc)
		sim("vehicle/power_mw", "5000000");
	sim("vehicle/want", "c");
	sim("vehicle/plug", "1");
	limits();
	/* A stop that was under way ends first. */
	if (evnl_state(&e, PORT) != EVSE_PORT_STATE_ENERGISED) {
		nap(50);
		if (!await(EVSE_PORT_STATE_REQUESTING, 15000)) {
			bad("state %d, does not come back",
			    evnl_state(&e, PORT));
			return false;
		}
		if (!energise() || !await(EVSE_PORT_STATE_ENERGISED, 15000)) {
			bad("state %d, cannot be energised: %s",
			    evnl_state(&e, PORT), e.sentence);
			return false;
		}
	}
	want_power(false);
	if (!flows(false)) {
		bad("no power flows");
		return false;
	}
	return true;
}

static const struct cause *pick(unsigned int flags)
{
	const struct cause *c;

	do {
		c = &causes[rnd(CAUSES)];
	} while (!(c->boards & (dc ? DC : AC)) || (c->flags & flags));
	return c;
}

/* After a violation or a failure: once more from the beginning. */
static void from_scratch(void)
{
	struct faults all;
	int i;

	sim("clear", "1");
	evnl_do(&e, EVSE_CMD_DE_ENERGISE, PORT);
	for (i = 0; i < 400; i++) {
		clear(0);
		read_faults(&all);
		if (!all.count && evnl_state(&e, PORT) == EVSE_PORT_STATE_AVAILABLE)
			break;
		nap(50);
	}
	sim("referee/clear", "1");
	if (i == 400 || !restore())
		ktap_die("the port does not come back after round %d", round_now);
}

static int slack_of(enum moment m)
{
	/* A sensor's own test is under way, or is still to come. */
	return IN(m) & (IN(ASKS) | IN(LOCKS) | IN(CHECKS)) ? 8000 : 0;
}

static void one_round(void)
{
	const struct cause *first, *second = NULL;
	int slack, gap, was = failures;
	struct seen seen = { 0 };
	struct faults all;
	uint64_t struck;
	enum moment m;

	state_of_random = seed * 2654435761U + round_now * 40503U + 1;
	rnd(2);
	rnd(2);
	m = rnd(MOMENTS);
	first = pick(0);
	if (!(first->flags & ALONE) && !rnd(3))
		second = pick(ALONE);
	if (second == first)
		second = NULL;
	gap = rnd(3) ? rnd(400) : 0;
	if (m == FEEDS && !in_service() && (!dc || !await_service(5000)))
		m = CHARGES;
	snprintf(doing, sizeof(doing), "%s%s%s in \"%s\"", first->name,
		 second ? ", then " : "", second ? second->name : "",
		 moment_names[m]);
	if (!reach(m)) {
		bad("state %d, the moment is not reached: %s",
		    evnl_state(&e, PORT), e.sentence);
		from_scratch();
		return;
	}

	m = moment_now(m);
	slack = slack_of(m);
	seen.holds = (first->flags | (second ? second->flags : 0)) & HOLDS;
	struck = now_ms();
	strike(first, second, gap);
	if (m == ASKS) {
		nap(100);
		evnl_do(&e, EVSE_CMD_ENERGISE, PORT);
	}
	watch(&seen, struck, gap + slack + first->ms + 60);

	read_faults(&all);
	/* What a second cause cuts short is judged where it comes alone. */
	if ((first->when & IN(m)) &&
	    (!second || (first->must == TRIP && first->when == EVER)))
		judge_cause(first, &seen, &all, m,
			    slack + (second ? gap + second->ms : 0));
	if (second && (second->flags & ALWAYS) &&
	    !rig_find(&all, second->codes[0]))
		bad("%s: 0x%x is not there", second->name, second->codes[0]);
	judge_faults(first, second, &all, &seen);
	if (first->when & IN(m) && !second)
		judge_clear(first, &all);

	undo(first);
	if (second)
		undo(second);
	own();
	calm_down();
	judge_latch(&all);
	if (evnl_violations(0))
		bad("the referee saw a violation");
	if (failures != was || !restore())
		from_scratch();
}

static void start(int argc, char **argv)
{
	struct evnl_port p;

	ktap_begin();
	seed = argc > 1 ? atoi(argv[1]) : 2026;
	if (evnl_open(&e) || evnl_open(&visitor))
		ktap_die("there is no family \"evse\"");
	if (evnl_read(&e, PORT, &p))
		ktap_die("there is no port");
	dc = p.value[EVSE_A_PORT_STAGE];
	sim("clear", "1");
	await(EVSE_PORT_STATE_AVAILABLE, 5000);
	if (dc) {
		setting(EVSE_GRID_ELEMENT_ENTER_DELAY, 200, 0);
		setting(EVSE_GRID_ELEMENT_ENTER_RAMP, 1000, 0);
	}
	if (!restore())
		ktap_die("power does not flow to begin with");
	if (!await_service(180000))
		ktap_die("service is not entered");
	sim("referee/clear", "1");
}

int main(int argc, char **argv)
{
	int first = argc > 3 ? atoi(argv[3]) : 0;
	int rounds = argc > 2 ? atoi(argv[2]) : 30;
	uint64_t started;

	start(argc, argv);
	started = now_ms();
	for (round_now = first; round_now < first + rounds; round_now++)
		one_round();
	printf("# %d rounds with seed %u in %" PRIu64 " s of guest time\n", rounds,
	       seed, (now_ms() - started) / 1000);
	ktap_check(!failures, "%d rounds: every fault explained, every latch kept, power back",
		   rounds);

	snprintf(doing, sizeof(doing), "the end");
	sim("vehicle/want", "b");
	evnl_do(&e, EVSE_CMD_DE_ENERGISE, PORT);
	ktap_check(await(EVSE_PORT_STATE_CONNECTED, 15000) ||
		   evnl_state(&e, PORT) == EVSE_PORT_STATE_AVAILABLE, "at rest");
	nap(1000);
	sim("clear", "1");
	await(EVSE_PORT_STATE_AVAILABLE, 5000);
	ktap_check(!evnl_violations(0), "the referee saw no violation");
	return ktap_end();
}
