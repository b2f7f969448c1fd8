// SPDX-License-Identifier: GPL-2.0-only
/* The state machine: every state, every input, every combination of facts. */
#include <kunit/test.h>
#include <linux/bits.h>

#include "../state.h"

#define VEHICLES	(EVSE_PILOT_STATE_F + 1)

struct trial {
	enum evse_port_state state;
	enum evse_input input;
	struct evse_facts facts;
	struct evse_step step;
};

/* The n-th combination, until all are through. */
static bool trial_nth(unsigned int n, struct trial *t)
{
	t->state = n % EVSE_STATES;
	n /= EVSE_STATES;
	t->input = n % EVSE_INPUTS;
	n /= EVSE_INPUTS;
	t->facts.vehicle = n % VEHICLES;
	n /= VEHICLES;
	t->facts.ready = n & 1;
	t->facts.latched = n & 2;
	t->step = evse_state_step(t->state, t->input, &t->facts);
	return n < 4;
}

static bool enters(const struct trial *t, enum evse_port_state state)
{
	return t->step.next == state && t->state != state;
}

static bool coil_before(const struct trial *t)
{
	return evse_state_coil_may_be_on(t->state);
}

static bool coil_after(const struct trial *t)
{
	return evse_state_coil_may_be_on(t->step.next);
}

/*
 * Rules: what holds for each step, whatever the state, the input and the facts
 */

static bool is_valid(const struct trial *t)
{
	return t->step.next < EVSE_STATES && t->step.action <= EVSE_DO_UNLOCK;
}

/* A coil comes on by one way: asked for at rest, locked, checked, then closing. */
static bool checks_only_once_locked(const struct trial *t)
{
	if (!enters(t, EVSE_PORT_STATE_CHECKING))
		return t->step.action != EVSE_DO_CHECK;
	return t->state == EVSE_PORT_STATE_LOCKING &&
	       t->input == EVSE_IN_LOCKED && t->step.action == EVSE_DO_CHECK;
}

static bool closes_only_once_checked(const struct trial *t)
{
	if (!enters(t, EVSE_PORT_STATE_CLOSING))
		return t->step.action != EVSE_DO_CLOSE;
	return t->state == EVSE_PORT_STATE_CHECKING &&
	       t->input == EVSE_IN_CHECKED && t->step.action == EVSE_DO_CLOSE;
}

static bool coil_on_only_by_closing(const struct trial *t)
{
	return coil_before(t) || !coil_after(t) ||
	       t->step.next == EVSE_PORT_STATE_CLOSING;
}

static bool flows_only_once_closed(const struct trial *t)
{
	if (!enters(t, EVSE_PORT_STATE_ENERGISED))
		return t->step.action != EVSE_DO_FLOW;
	return t->state == EVSE_PORT_STATE_CLOSING &&
	       t->input == EVSE_IN_CLOSED && t->step.action == EVSE_DO_FLOW;
}

static bool leaves_rest_only_when_asked(const struct trial *t)
{
	if (!evse_state_at_rest(t->state) || evse_state_at_rest(t->step.next))
		return true;
	return t->state == EVSE_PORT_STATE_REQUESTING &&
	       t->input == EVSE_IN_ENERGISE &&
	       t->step.next == EVSE_PORT_STATE_LOCKING &&
	       t->step.action == EVSE_DO_LOCK;
}

static bool trip_ends_in_fault(const struct trial *t)
{
	if (t->input != EVSE_IN_TRIP)
		return true;
	return t->step.next == EVSE_PORT_STATE_FAULT &&
	       (t->step.action == EVSE_DO_NOTHING ||
		t->step.action == EVSE_DO_OPEN ||
		t->step.action == EVSE_DO_UNLOCK);
}

static bool lost_provider_de_energises(const struct trial *t)
{
	if (t->input != EVSE_IN_UNREADY)
		return true;
	if (evse_state_at_rest(t->state))
		return evse_state_at_rest(t->step.next);
	return t->step.next == EVSE_PORT_STATE_FAULT &&
	       t->step.action == EVSE_DO_OPEN;
}

/* Where no coil is on any more it was tripped, or is being opened. */
static bool never_forgets_a_coil(const struct trial *t)
{
	if (!coil_before(t) || coil_after(t))
		return true;
	return (t->input == EVSE_IN_TRIP || t->step.action == EVSE_DO_OPEN) &&
	       (t->step.next == EVSE_PORT_STATE_OPENING ||
		t->step.next == EVSE_PORT_STATE_FAULT);
}

static bool opening_waits_for_the_contacts(const struct trial *t)
{
	return t->state != EVSE_PORT_STATE_OPENING ||
	       t->input == EVSE_IN_OPENED ||
	       t->step.next == EVSE_PORT_STATE_OPENING ||
	       t->step.next == EVSE_PORT_STATE_FAULT;
}

/* Unlocked is a connector that was not closed yet, or is confirmed open. */
static bool unlocks_only_when_open(const struct trial *t)
{
	if (t->step.action != EVSE_DO_UNLOCK)
		return true;
	return !coil_before(t) && evse_state_at_rest(t->step.next) &&
	       (t->state == EVSE_PORT_STATE_LOCKING ||
		t->state == EVSE_PORT_STATE_CHECKING ||
		t->input == EVSE_IN_OPENED);
}

/* What ends power without a fault ends it in order. */
static bool stop_ramps_first(const struct trial *t)
{
	if (t->state != EVSE_PORT_STATE_ENERGISED || t->input != EVSE_IN_STOP)
		return true;
	return t->step.next == EVSE_PORT_STATE_STOPPING &&
	       t->step.action == EVSE_DO_RAMP;
}

/* IEC 61851-1: the contacts open when the vehicle leaves C and D. */
static bool vehicle_that_leaves_opens(const struct trial *t)
{
	if (!coil_before(t) || (t->input != EVSE_IN_VEHICLE_GONE &&
				t->input != EVSE_IN_VEHICLE_IDLE))
		return true;
	return t->step.next == EVSE_PORT_STATE_OPENING &&
	       t->step.action == EVSE_DO_OPEN;
}

/* I8: said twice, it changes nothing. */
static bool command_is_idempotent(const struct trial *t)
{
	struct evse_step again;

	if (t->input != EVSE_IN_ENERGISE && t->input != EVSE_IN_STOP)
		return true;
	again = evse_state_step(t->step.next, t->input, &t->facts);
	return again.next == t->step.next && again.action == EVSE_DO_NOTHING;
}

/* Unlocking at rest is what a confirmed opening may still bring. */
static bool acts_only_on_change(const struct trial *t)
{
	return t->step.next != t->state || t->step.action == EVSE_DO_NOTHING ||
	       (t->input == EVSE_IN_OPENED && evse_state_at_rest(t->state));
}

/* What the world answers to a state that waits for it. */
static enum evse_input natural(enum evse_port_state state)
{
	return state == EVSE_PORT_STATE_STOPPING ? EVSE_IN_DRAINED
						 : EVSE_IN_OPENED;
}

static bool every_stop_ends(const struct trial *t)
{
	enum evse_port_state state = t->step.next;
	int steps;

	if (t->input != EVSE_IN_STOP && t->input != EVSE_IN_UNREADY &&
	    t->input != EVSE_IN_TRIP && t->input != EVSE_IN_VEHICLE_GONE &&
	    t->input != EVSE_IN_VEHICLE_IDLE)
		return true;
	for (steps = 0; steps < 2 && !evse_state_at_rest(state); steps++)
		state = evse_state_step(state, natural(state), &t->facts).next;
	return evse_state_at_rest(state);
}

struct rule {
	const char *name;
	bool (*holds)(const struct trial *t);
};

#define RULE(_name) { #_name, _name }

static const struct rule rules[] = {
	RULE(is_valid),
	RULE(checks_only_once_locked),
	RULE(closes_only_once_checked),
	RULE(coil_on_only_by_closing),
	RULE(flows_only_once_closed),
	RULE(leaves_rest_only_when_asked),
	RULE(trip_ends_in_fault),
	RULE(lost_provider_de_energises),
	RULE(never_forgets_a_coil),
	RULE(opening_waits_for_the_contacts),
	RULE(unlocks_only_when_open),
	RULE(stop_ramps_first),
	RULE(vehicle_that_leaves_opens),
	RULE(command_is_idempotent),
	RULE(acts_only_on_change),
	RULE(every_stop_ends),
};

static void rule_name(const struct rule *rule, char *desc)
{
	strscpy(desc, rule->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(rule, rules, rule_name);

static void rule_holds_everywhere(struct kunit *test)
{
	const struct rule *rule = test->param_value;
	struct trial t;
	unsigned int n;

	for (n = 0; trial_nth(n, &t); n++)
		KUNIT_EXPECT_TRUE_MSG(test, rule->holds(&t),
				      "state %d input %d ready %d latched %d vehicle %d: to state %d by action %d",
				      t.state, t.input, t.facts.ready,
				      t.facts.latched, t.facts.vehicle,
				      t.step.next, t.step.action);
	KUNIT_EXPECT_EQ(test, n, EVSE_STATES * EVSE_INPUTS * VEHICLES * 4);
}

/*
 * Where a port can get to
 */

/* Facts that can be true when an input arrives. */
static bool consistent(const struct trial *t)
{
	switch (t->input) {
	case EVSE_IN_READY:
		return t->facts.ready;
	case EVSE_IN_UNREADY:
		return !t->facts.ready;
	case EVSE_IN_TRIP:
		return t->facts.latched;
	case EVSE_IN_CLEARED:
		return !t->facts.latched;
	case EVSE_IN_VEHICLE_GONE:
	case EVSE_IN_VEHICLE_IDLE:
	case EVSE_IN_VEHICLE_ASKS:
		return evse_vehicle_input(t->facts.vehicle) == t->input;
	default:
		return true;
	}
}

/* Breadth first, from the state in which a port is born. */
static unsigned long reachable(bool (*may)(const struct trial *t))
{
	unsigned long seen = BIT(EVSE_PORT_STATE_UNREADY), before;
	struct trial t;
	unsigned int n;

	do {
		before = seen;
		for (n = 0; trial_nth(n, &t); n++)
			if ((before & BIT(t.state)) && may(&t))
				seen |= BIT(t.step.next);
	} while (seen != before);

	return seen;
}

static void every_state_is_reachable(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, reachable(consistent), BIT(EVSE_STATES) - 1);
}

static bool without_lock(const struct trial *t)
{
	return t->input != EVSE_IN_LOCKED;
}

static bool without_check(const struct trial *t)
{
	return t->input != EVSE_IN_CHECKED;
}

static bool without_command(const struct trial *t)
{
	return t->input != EVSE_IN_ENERGISE;
}

static bool without_vehicle(const struct trial *t)
{
	return evse_vehicle_input(t->facts.vehicle) != EVSE_IN_VEHICLE_ASKS &&
	       t->input != EVSE_IN_VEHICLE_ASKS;
}

static void no_coil_without(struct kunit *test,
			    bool (*may)(const struct trial *t))
{
	unsigned long seen = reachable(may);
	enum evse_port_state state;

	for (state = 0; state < EVSE_STATES; state++)
		if (seen & BIT(state))
			KUNIT_EXPECT_FALSE_MSG(test,
					       evse_state_coil_may_be_on(state),
					       "state %d", state);
}

static void no_coil_without_lock_check_command_and_vehicle(struct kunit *test)
{
	no_coil_without(test, without_lock);
	no_coil_without(test, without_check);
	no_coil_without(test, without_command);
	no_coil_without(test, without_vehicle);
}

/*
 * Where a port rests
 */

struct rest_case {
	const char *name;
	struct evse_facts facts;
	enum evse_port_state state;
};

#define REST(_ready, _latched, _vehicle, _state) {			\
	.name = #_state " " #_ready " " #_latched " " #_vehicle,	\
	.facts = { _ready, _latched, EVSE_PILOT_STATE_##_vehicle },	\
	.state = EVSE_PORT_STATE_##_state }

static const struct rest_case rest_cases[] = {
	REST(false, false, C, UNREADY),
	REST(false, true, C, UNREADY),
	REST(true, true, C, FAULT),
	REST(true, true, A, FAULT),
	REST(true, false, UNKNOWN, AVAILABLE),
	REST(true, false, A, AVAILABLE),
	REST(true, false, B, CONNECTED),
	REST(true, false, C, REQUESTING),
	REST(true, false, D, REQUESTING),
	REST(true, false, E, AVAILABLE),
	REST(true, false, F, AVAILABLE),
};

static void rest_name(const struct rest_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(rest, rest_cases, rest_name);

/* At rest the facts decide, from wherever the port comes to look at them. */
static void rests_where_the_facts_say(struct kunit *test)
{
	const struct rest_case *c = test->param_value;
	enum evse_input vehicle = evse_vehicle_input(c->facts.vehicle);
	enum evse_port_state state;

	KUNIT_EXPECT_EQ(test, evse_state_rest(&c->facts), c->state);
	KUNIT_EXPECT_TRUE(test, evse_state_at_rest(c->state));
	for (state = 0; state < EVSE_STATES; state++)
		if (evse_state_at_rest(state))
			KUNIT_EXPECT_EQ(test, c->state,
					evse_state_step(state, vehicle,
							&c->facts).next);
	KUNIT_EXPECT_EQ(test, c->state,
			evse_state_step(EVSE_PORT_STATE_OPENING,
					EVSE_IN_OPENED, &c->facts).next);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(rule_holds_everywhere, rule_gen_params),
	KUNIT_CASE(every_state_is_reachable),
	KUNIT_CASE(no_coil_without_lock_check_command_and_vehicle),
	KUNIT_CASE_PARAM(rests_where_the_facts_say, rest_gen_params),
	{ }
};

static struct kunit_suite suite = {
	.name = "evse_state",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_DESCRIPTION("KUnit tests of the pure parts of the EVSE core");
MODULE_LICENSE("GPL");
