// SPDX-License-Identifier: GPL-2.0-only
/* Every rule of the referee: broken, and just kept. */
#include <kunit/test.h>

#include <dt-bindings/evse/sim.h>

#include "../referee.h"

#define C_MV	5995
#define B_MV	8978

struct desk {
	struct evse_sim_referee r;
	struct evse_sim_scene s;
	s64 now;
};

/* The scene has become what it is; it stays like that for @ms. */
static void hold(struct desk *d, s64 ms)
{
	s64 end = d->now + EVSE_SIM_MS(ms);

	evse_sim_referee_see(&d->r, &d->s, d->now);
	while (d->r.due < end) {
		d->now = d->r.due;
		evse_sim_referee_see(&d->r, &d->s, d->now);
	}
	d->now = end;
}

/* The auxiliary lines mirror the contacts. */
static void closed(struct desk *d, u8 contacts)
{
	d->s.contacts = contacts;
	d->s.aux = contacts;
}

static struct desk *desk(struct kunit *test, bool dc)
{
	struct desk *d = kunit_kzalloc(test, sizeof(*d), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, d);
	d->r.has_lock = true;
	d->r.dc = dc;
	d->r.poles = dc ? 3 : 1;
	d->r.must_trip = BIT(EVSE_SIM_EMERGENCY_STOP) |
			 BIT(EVSE_SIM_VOLTAGE_MONITOR);
	d->now = EVSE_SIM_MS(1000);
	d->s.pilot_high_mv = 12000;
	d->s.pilot_low_mv = -12000;
	d->s.pwm = true;
	evse_sim_referee_init(&d->r, &d->s, d->now);
	return d;
}

static void expect_none(struct kunit *test, struct desk *d)
{
	KUNIT_EXPECT_EQ(test, d->r.count, 0);
}

static void expect(struct kunit *test, struct desk *d, u32 count,
		   enum evse_sim_rule rule)
{
	enum evse_sim_rule last;

	KUNIT_ASSERT_EQ(test, d->r.count, count);
	last = d->r.log[(count - 1) % EVSE_SIM_LOG].rule;
	KUNIT_EXPECT_STREQ(test, evse_sim_rule_name(last),
			   evse_sim_rule_name(rule));
}

static void plug_and_lock(struct desk *d)
{
	d->s.pilot_high_mv = C_MV;
	hold(d, 500);
	d->s.locked = true;
	hold(d, 500);
}

static void energise(struct desk *d)
{
	plug_and_lock(d);
	d->s.coils = d->r.poles;
	hold(d, 15);
	closed(d, d->r.poles);
	d->s.connector_mv = d->r.dc ? 400000 : 230000;
	hold(d, 1000);
	d->s.current_ma = 16000;
	if (d->r.dc)
		d->s.gates = true;
	hold(d, 1000);
}

static void right_ac(struct kunit *test)
{
	struct desk *d = desk(test, false);

	energise(d);
	d->s.current_ma = 0;
	hold(d, 100);
	d->s.pilot_high_mv = B_MV;
	hold(d, 60);
	d->s.coils = 0;
	hold(d, 8);
	closed(d, 0);
	d->s.connector_mv = 0;
	hold(d, 100);
	d->s.unlock = true;
	hold(d, 1);
	d->s.locked = false;
	hold(d, 1000);
	expect_none(test, d);
	KUNIT_EXPECT_EQ(test, d->r.due, EVSE_SIM_NEVER);
}

static void right_dc(struct kunit *test)
{
	struct desk *d = desk(test, true);

	plug_and_lock(d);
	d->s.gap_mv = 400000;
	d->s.coils = BIT(1);
	hold(d, 15);
	closed(d, BIT(1));
	hold(d, 15);
	d->s.coils |= BIT(2);
	hold(d, 15);
	closed(d, BIT(1) | BIT(2));
	hold(d, 100);
	d->s.gap_mv = 3000;
	evse_sim_referee_before(&d->r, &d->s);
	d->s.coils |= BIT(0);
	hold(d, 15);
	closed(d, 7);
	d->s.gap_mv = 0;
	hold(d, 15);
	d->s.coils = 3;
	closed(d, 3);
	d->s.gates = true;
	d->s.current_ma = -20000;
	hold(d, 1000);
	d->s.current_ma = 0;
	d->s.gates = false;
	hold(d, 1);
	d->s.coils = 0;
	hold(d, 8);
	closed(d, 0);
	hold(d, 100);
	expect_none(test, d);
}

/* A held rule: nothing at the end of the grace, a violation just after it. */
static void coil_unlocked(struct kunit *test)
{
	struct desk *d = desk(test, false);

	energise(d);
	d->s.locked = false;
	hold(d, 20);
	expect_none(test, d);
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_UNLOCKED);
	/* Counted once for as long as it stands. */
	hold(d, 5000);
	expect(test, d, 1, EVSE_SIM_RULE_UNLOCKED);
	d->s.coils = 0;
	hold(d, 100);
	d->s.coils = 1;
	hold(d, 1);
	expect(test, d, 2, EVSE_SIM_RULE_UNLOCKED);

	/* Where there is no lock, nobody asks for it. */
	d = desk(test, false);
	d->r.has_lock = false;
	d->s.pilot_high_mv = C_MV;
	hold(d, 100);
	d->s.coils = 1;
	hold(d, 5000);
	expect_none(test, d);
}

static void coil_no_vehicle(struct kunit *test)
{
	static const s32 bad[] = { 12000, B_MV, 0, -12000 };
	struct desk *d;
	int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		d = desk(test, false);
		energise(d);
		d->s.pilot_high_mv = bad[i];
		hold(d, 100);
		expect_none(test, d);
		hold(d, 1);
		expect(test, d, 1, EVSE_SIM_RULE_NO_VEHICLE);
	}
	/* State D is as good as C. */
	d = desk(test, false);
	energise(d);
	d->s.pilot_high_mv = 2930;
	hold(d, 5000);
	expect_none(test, d);
}

/* Nobody plugged in: no grace, the cause is old. */
static void coil_at_once(struct kunit *test)
{
	struct desk *d = desk(test, false);

	d->s.locked = true;
	hold(d, 1000);
	d->s.coils = 1;
	hold(d, 0);
	expect(test, d, 1, EVSE_SIM_RULE_NO_VEHICLE);
}

static void gates_no_contact(struct kunit *test)
{
	struct desk *d = desk(test, true);

	plug_and_lock(d);
	d->s.gates = true;
	hold(d, 0);
	expect(test, d, 1, EVSE_SIM_RULE_GATES);

	/* Pre-charge counts, one pole alone does not. */
	d = desk(test, true);
	plug_and_lock(d);
	d->s.coils = BIT(1) | BIT(2);
	closed(d, BIT(1) | BIT(2));
	hold(d, 10);
	d->s.gates = true;
	hold(d, 100);
	expect_none(test, d);
	closed(d, BIT(1));
	hold(d, 21);
	expect(test, d, 1, EVSE_SIM_RULE_GATES);
}

static void trip_ignored(struct kunit *test)
{
	struct desk *d = desk(test, false);

	energise(d);
	d->s.inputs = BIT(EVSE_SIM_EMERGENCY_STOP);
	hold(d, 1);
	expect_none(test, d);
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_TRIP_IGNORED);

	/* An input that nobody has to act on. */
	d = desk(test, false);
	energise(d);
	d->s.inputs = BIT(EVSE_SIM_RESIDUAL_CURRENT);
	hold(d, 1000);
	expect_none(test, d);

	/* With a stage, bad mains block gates and leave contacts. */
	d = desk(test, true);
	energise(d);
	d->s.inputs = BIT(EVSE_SIM_VOLTAGE_MONITOR);
	d->s.gates = false;
	hold(d, 1000);
	expect_none(test, d);
	d->s.gates = true;
	hold(d, 0);
	expect(test, d, 1, EVSE_SIM_RULE_TRIP_IGNORED);
}

static void handler_returned(struct kunit *test)
{
	struct desk *d = desk(test, true);

	evse_sim_referee_returned(&d->r, 0, false, EVSE_SIM_EMERGENCY_STOP, 0);
	evse_sim_referee_returned(&d->r, 3, true, EVSE_SIM_RESIDUAL_CURRENT, 0);
	evse_sim_referee_returned(&d->r, 3, false, EVSE_SIM_VOLTAGE_MONITOR, 0);
	expect_none(test, d);
	evse_sim_referee_returned(&d->r, 2, false, EVSE_SIM_EMERGENCY_STOP, 0);
	expect(test, d, 1, EVSE_SIM_RULE_TRIP_COIL);
	evse_sim_referee_returned(&d->r, 0, true, EVSE_SIM_VOLTAGE_MONITOR, 0);
	expect(test, d, 2, EVSE_SIM_RULE_TRIP_GATES);
	d = desk(test, false);
	evse_sim_referee_returned(&d->r, 1, false, EVSE_SIM_VOLTAGE_MONITOR, 0);
	expect(test, d, 1, EVSE_SIM_RULE_TRIP_COIL);
}

static void unlock_live(struct kunit *test)
{
	struct desk *d = desk(test, true);

	energise(d);
	d->s.gates = false;
	d->s.current_ma = 0;
	hold(d, 1);
	d->s.coils = 0;
	closed(d, 0);
	hold(d, 10);
	d->s.unlock = true;	/* the battery is still there */
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_UNLOCK_LIVE);
	d->s.unlock = false;
	d->s.connector_mv = 60000;
	hold(d, 1);
	d->s.unlock = true;
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_UNLOCK_LIVE);
	d->s.lock = true;
	hold(d, 1);
	expect(test, d, 2, EVSE_SIM_RULE_BOTH_DRIVES);
}

static void coil_on_weld(struct kunit *test)
{
	struct desk *d = desk(test, true);

	plug_and_lock(d);
	closed(d, BIT(0));
	hold(d, 100);
	d->s.coils = BIT(1);
	hold(d, 1);
	expect_none(test, d);
	d->s.coils = 0;
	hold(d, 1);
	d->s.coils = BIT(0);	/* that of the weld itself, too */
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_WELD);
}

static void coil_before_gates(struct kunit *test)
{
	struct desk *d = desk(test, true);

	energise(d);
	d->s.current_ma = 0;
	d->s.coils = BIT(1);
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_ORDER);
	d->s.gates = false;
	d->s.coils = 0;
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_ORDER);
}

static void made_under_voltage(struct kunit *test)
{
	/* The last one closes by itself. */
	static const struct {
		s32 gap_mv;
		u8 coils;
		u32 count;
	} cases[] = { { 20000, 3, 0 }, { 20001, 3, 1 }, { -20000, 3, 0 },
		      { -20001, 3, 1 }, { 20001, 2, 0 } };
	struct desk *d;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		d = desk(test, true);
		plug_and_lock(d);
		d->s.coils = cases[i].coils;
		closed(d, BIT(1));
		d->s.gap_mv = cases[i].gap_mv;
		hold(d, 15);
		closed(d, 3);
		d->s.gap_mv = 0;
		hold(d, 1);
		KUNIT_EXPECT_EQ(test, d->r.count, cases[i].count);
		if (cases[i].count)
			expect(test, d, 1, EVSE_SIM_RULE_MADE);
	}
}

static void break_contacts(struct desk *d)
{
	d->s.coils = 0;
	hold(d, 8);
	closed(d, 0);
	d->s.current_ma = 0;
	d->s.connector_mv = 0;
	hold(d, 10);
}

static void opened_under_load(struct kunit *test)
{
	struct desk *d = desk(test, false);

	energise(d);
	break_contacts(d);
	expect(test, d, 1, EVSE_SIM_RULE_BROKEN);

	/* Less than an ampere is no load. */
	d = desk(test, false);
	energise(d);
	d->s.current_ma = -999;
	hold(d, 1);
	break_contacts(d);
	expect_none(test, d);
}

static void opened_with_excuse(struct kunit *test)
{
	struct desk *d;

	d = desk(test, false);
	energise(d);
	d->s.inputs = BIT(EVSE_SIM_EMERGENCY_STOP);
	hold(d, 0);
	break_contacts(d);
	expect_none(test, d);

	d = desk(test, false);
	energise(d);
	d->s.pilot_high_mv = 12000;
	hold(d, 50);
	break_contacts(d);
	expect_none(test, d);

	d = desk(test, false);
	energise(d);
	d->s.pilot_low_mv = -5623;
	hold(d, 50);
	break_contacts(d);
	expect_none(test, d);

	d = desk(test, false);
	energise(d);
	evse_sim_referee_excuse(&d->r, d->now + EVSE_SIM_MS(9));
	break_contacts(d);
	expect_none(test, d);

	/* PWM taken away: a load may be broken 6 s later, not earlier. */
	d = desk(test, false);
	energise(d);
	d->s.pwm = false;
	hold(d, 5900);
	break_contacts(d);
	expect(test, d, 1, EVSE_SIM_RULE_BROKEN);
	d = desk(test, false);
	energise(d);
	d->s.pwm = false;
	hold(d, 6000);
	break_contacts(d);
	expect_none(test, d);

	/* The first contact opened by itself: the others follow. */
	d = desk(test, true);
	energise(d);
	closed(d, BIT(1));
	hold(d, 1);
	d->s.gates = false;
	break_contacts(d);
	expect_none(test, d);
}

/* An island may be fed for 100 ms, or as long as nothing can show it. */
static void island_fed(struct kunit *test)
{
	static const struct {
		bool relay_blind;
		bool cross_blind;
		s32 allow_ms;
		s64 kept_ms;
	} cases[] = {
		{ false, false, 0, 100 },
		{ false, true, 0, 100 },
		{ true, false, 0, 2000 },
		{ true, true, 0, 100000 },
		{ false, false, 500, 500 },
		{ true, false, 500, 2000 },
		{ true, false, 5000, 5000 },
	};
	struct desk *d;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		d = desk(test, true);
		energise(d);
		d->r.allow_island_ms = cases[i].allow_ms;
		d->s.relay_blind = cases[i].relay_blind;
		d->s.cross_blind = cases[i].cross_blind;
		d->s.exporting = true;
		hold(d, 1000);
		d->s.island = true;
		hold(d, cases[i].kept_ms);
		expect_none(test, d);
		hold(d, 1);
		if (cases[i].kept_ms == 100000)
			expect_none(test, d);
		else
			expect(test, d, 1, EVSE_SIM_RULE_ISLAND);
	}
	/* Into a grid that has been dead for long: at once. */
	d = desk(test, true);
	energise(d);
	d->s.island = true;
	hold(d, 1000);
	expect_none(test, d);
	d->s.exporting = true;
	hold(d, 0);
	expect(test, d, 1, EVSE_SIM_RULE_ISLAND);
	KUNIT_EXPECT_EQ(test, d->r.log[0].value, 1000);
}

/* A house is fed behind an open switch alone. */
static void house_fed(struct kunit *test)
{
	struct desk *d;
	int dc;

	for (dc = 0; dc < 2; dc++) {
		d = desk(test, dc);
		energise(d);
		d->s.part = true;
		d->s.parted = true;
		d->s.exporting = true;
		hold(d, 5000);
		expect_none(test, d);
		/* It closes by itself. */
		d->s.parted = false;
		hold(d, dc ? 1 : 20);
		expect_none(test, d);
		hold(d, 1);
		expect(test, d, 1, EVSE_SIM_RULE_HOUSE);

		/* Nobody opened it, and the referee was told what it is. */
		d = desk(test, dc);
		energise(d);
		d->s.house = true;
		hold(d, 1000);
		expect_none(test, d);
		d->s.exporting = true;
		hold(d, 0);
		expect(test, d, 1, EVSE_SIM_RULE_HOUSE);
	}

	/* Feeding the grid is another matter. */
	d = desk(test, true);
	energise(d);
	d->s.exporting = true;
	hold(d, 5000);
	expect_none(test, d);
}

static void joined_live(struct kunit *test)
{
	struct desk *d = desk(test, true);

	energise(d);
	d->s.part = true;
	d->s.parted = true;
	hold(d, 1000);
	d->s.part = false;
	hold(d, 8);
	expect_none(test, d);
	d->s.parted = false;
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_JOINED);

	d = desk(test, true);
	energise(d);
	d->s.part = true;
	d->s.parted = true;
	hold(d, 1000);
	d->s.gates = false;
	hold(d, 1);
	d->s.part = false;
	hold(d, 8);
	d->s.parted = false;
	hold(d, 1);
	expect_none(test, d);
}

static void coil_unprotected(struct kunit *test)
{
	struct desk *d = desk(test, false);

	energise(d);
	d->s.leaking = true;
	hold(d, 100);
	expect_none(test, d);
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_LEAK);

	d = desk(test, false);
	energise(d);
	d->s.loop_open = true;
	hold(d, 20);
	expect_none(test, d);
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_LOOP);

	d = desk(test, false);
	energise(d);
	d->s.earth_lost = true;
	hold(d, 100);
	expect_none(test, d);
	hold(d, 1);
	expect(test, d, 1, EVSE_SIM_RULE_EARTH);

	/* Seen in time, nothing is wrong. */
	d = desk(test, false);
	energise(d);
	d->s.earth_lost = true;
	d->s.disturbed = true;
	hold(d, 50);
	break_contacts(d);
	hold(d, 5000);
	expect_none(test, d);
}

/* The log keeps the newest; clear forgets all. */
static void log_wraps(struct kunit *test)
{
	struct desk *d = desk(test, false);
	int i;

	for (i = 0; i < EVSE_SIM_LOG + 3; i++)
		evse_sim_referee_returned(&d->r, 1, false,
					  EVSE_SIM_EMERGENCY_STOP, i);
	KUNIT_EXPECT_EQ(test, d->r.count, EVSE_SIM_LOG + 3);
	KUNIT_EXPECT_EQ(test, d->r.log[2].time, EVSE_SIM_LOG + 2);
	KUNIT_EXPECT_EQ(test, d->r.log[3].time, 3);
	evse_sim_referee_clear(&d->r);
	KUNIT_EXPECT_EQ(test, d->r.count, 0);
}

static struct kunit_case referee_cases[] = {
	KUNIT_CASE(right_ac),
	KUNIT_CASE(right_dc),
	KUNIT_CASE(coil_unlocked),
	KUNIT_CASE(coil_no_vehicle),
	KUNIT_CASE(coil_at_once),
	KUNIT_CASE(gates_no_contact),
	KUNIT_CASE(trip_ignored),
	KUNIT_CASE(handler_returned),
	KUNIT_CASE(unlock_live),
	KUNIT_CASE(coil_on_weld),
	KUNIT_CASE(coil_before_gates),
	KUNIT_CASE(made_under_voltage),
	KUNIT_CASE(opened_under_load),
	KUNIT_CASE(opened_with_excuse),
	KUNIT_CASE(island_fed),
	KUNIT_CASE(house_fed),
	KUNIT_CASE(joined_live),
	KUNIT_CASE(coil_unprotected),
	KUNIT_CASE(log_wraps),
	{}
};

static struct kunit_suite referee_suite = {
	.name = "evse_sim_referee",
	.test_cases = referee_cases,
};

kunit_test_suite(referee_suite);

MODULE_DESCRIPTION("KUnit suites of the simulated EV charger board");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_LICENSE("GPL");
