// SPDX-License-Identifier: GPL-2.0-only
/* The ePWM module's registers lead to the outputs that the manual says. */
#include <kunit/test.h>

#include "../../../pwm/epwm_regs.h"
#include "../epwm.h"

#define PRD	1000
#define CMP	300
#define DEAD	50

static void write(struct evse_sim_epwm *m, unsigned int reg, u16 value)
{
	evse_sim_epwm_write(m, reg, value);
}

/* A half-bridge, counting up and down, not tripped, at time 0 */
static void half_bridge(struct evse_sim_epwm *m)
{
	evse_sim_epwm_init(m);
	write(m, EPWM_TBCTL, EPWM_TBCTL_PRDLD | EPWM_CTR_FREEZE);
	write(m, EPWM_TBPRD, PRD);
	write(m, EPWM_TBCTL, EPWM_CTR_FREEZE);
	write(m, EPWM_CMPCTL, EPWM_CMPCTL_SHDWAMODE);
	write(m, EPWM_CMPA, CMP);
	write(m, EPWM_CMPCTL, 0);
	write(m, EPWM_AQCTLA, 0x0090);
	write(m, EPWM_DBRED, DEAD);
	write(m, EPWM_DBFED, DEAD);
	write(m, EPWM_DBCTL, 0x000b);
	write(m, EPWM_TZCTL, 0x000a);
	write(m, EPWM_TZSEL, 0x0100);
	write(m, EPWM_TBCTL, EPWM_CTR_UPDOWN);
}

static u32 at(struct evse_sim_epwm *m, s64 time)
{
	evse_sim_epwm_run(m, time);
	return evse_sim_epwm_out(m, 0) * 2 + evse_sim_epwm_out(m, 1);
}

enum { NONE, B, A };

/* A is on around zero, B around the period, each edge but the first delayed. */
static void epwm_half_bridge(struct kunit *test)
{
	struct evse_sim_epwm m;

	half_bridge(&m);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD - CMP - 1), B);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD - CMP), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD - CMP + DEAD - 1), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD - CMP + DEAD), A);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD), A);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_TBCTR), 0);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD + CMP - 1), A);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD + CMP), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD + CMP + DEAD - 1), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD + CMP + DEAD), B);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_TBCTR), CMP + DEAD);
	KUNIT_EXPECT_EQ(test, at(&m, 4 * PRD - CMP - 1), B);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_TBCTR), CMP + 1);
	KUNIT_EXPECT_EQ(test, at(&m, 4 * PRD - CMP), NONE);
}

/* Shadows wait for zero; what is written past it waits for the next. */
static void epwm_shadows(struct kunit *test)
{
	struct evse_sim_epwm m;

	half_bridge(&m);
	at(&m, 2 * PRD + 10);
	write(&m, EPWM_CMPA, 500);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_CMPA), 500);
	KUNIT_EXPECT_TRUE(test, evse_sim_epwm_read(&m, EPWM_CMPCTL) &
				EPWM_CMPCTL_SHDWAFULL);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD + CMP), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, 4 * PRD - CMP - 1), B);
	KUNIT_EXPECT_EQ(test, at(&m, 4 * PRD + 499), A);
	KUNIT_EXPECT_FALSE(test, evse_sim_epwm_read(&m, EPWM_CMPCTL) &
				 EPWM_CMPCTL_SHDWAFULL);
	KUNIT_EXPECT_EQ(test, at(&m, 4 * PRD + 500), NONE);

	write(&m, EPWM_TBPRD, 600);
	at(&m, 6 * PRD - 1);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_TBCTR), 1);
	at(&m, 6 * PRD + 1199);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_TBCTR), 1);
	/* Frozen shadows are not loaded. */
	write(&m, EPWM_CMPCTL, EPWM_LOAD_FREEZE);
	write(&m, EPWM_CMPA, 100);
	KUNIT_EXPECT_EQ(test, at(&m, 6 * PRD + 5 * 1200 + 499), A);
}

/* 0 is never on, the period and more always. */
static void epwm_ends(struct kunit *test)
{
	struct evse_sim_epwm m;
	s64 t;

	half_bridge(&m);
	write(&m, EPWM_CMPA, 0);
	at(&m, 6 * PRD);
	for (t = 6 * PRD; t < 10 * PRD; t += 7)
		KUNIT_ASSERT_EQ(test, at(&m, t), B);
	write(&m, EPWM_CMPA, PRD);
	at(&m, 14 * PRD);
	for (t = 14 * PRD; t < 18 * PRD; t += 7)
		KUNIT_ASSERT_EQ(test, at(&m, t), A);
	write(&m, EPWM_CMPA, PRD + 200);
	at(&m, 20 * PRD);
	for (t = 20 * PRD; t < 24 * PRD; t += 7)
		KUNIT_ASSERT_EQ(test, at(&m, t), A);
}

/* What is too short for the dead band does not come out; the other waits. */
static void epwm_swallowed(struct kunit *test)
{
	struct evse_sim_epwm m;
	s64 t;

	half_bridge(&m);
	write(&m, EPWM_CMPA, DEAD / 2 - 1);
	at(&m, 6 * PRD);
	for (t = 6 * PRD; t < 8 * PRD; t++)
		KUNIT_ASSERT_NE(test, at(&m, t), A);
}

static void epwm_trips(struct kunit *test)
{
	struct evse_sim_epwm m;

	half_bridge(&m);
	write(&m, EPWM_TZEINT, EPWM_TZ_OST);
	KUNIT_EXPECT_EQ(test, at(&m, PRD), B);
	write(&m, EPWM_TZFRC, EPWM_TZ_OST);
	KUNIT_EXPECT_EQ(test, at(&m, PRD), NONE);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_TZFLG),
			EPWM_TZ_OST | EPWM_TZ_INT);
	KUNIT_EXPECT_TRUE(test, evse_sim_epwm_irq(&m));
	/* Latched, and its interrupt comes back while it is asked for. */
	KUNIT_EXPECT_EQ(test, at(&m, 9 * PRD), NONE);
	write(&m, EPWM_TZCLR, EPWM_TZ_INT);
	KUNIT_EXPECT_TRUE(test, evse_sim_epwm_irq(&m));
	write(&m, EPWM_TZEINT, 0);
	write(&m, EPWM_TZCLR, EPWM_TZ_INT);
	KUNIT_EXPECT_FALSE(test, evse_sim_epwm_irq(&m));
	write(&m, EPWM_TZCLR, EPWM_TZ_OST);
	KUNIT_EXPECT_EQ(test, at(&m, 9 * PRD), B);

	/* The input's level counts, not its edge. */
	evse_sim_epwm_trip_input(&m, BIT(0));
	KUNIT_EXPECT_EQ(test, at(&m, 9 * PRD), NONE);
	write(&m, EPWM_TZCLR, EPWM_TZ_OST);
	KUNIT_EXPECT_EQ(test, at(&m, 9 * PRD), NONE);
	evse_sim_epwm_trip_input(&m, 0);
	KUNIT_EXPECT_EQ(test, at(&m, 9 * PRD), NONE);
	write(&m, EPWM_TZCLR, EPWM_TZ_OST);
	KUNIT_EXPECT_EQ(test, at(&m, 9 * PRD), B);
	/* Another input is not selected. */
	evse_sim_epwm_trip_input(&m, BIT(1));
	KUNIT_EXPECT_EQ(test, at(&m, 9 * PRD), B);
	/* What is asked for as "nothing" is nothing. */
	write(&m, EPWM_TZFRC, EPWM_TZ_OST);
	write(&m, EPWM_TZCTL, 0x000f);
	KUNIT_EXPECT_EQ(test, at(&m, 9 * PRD), B);
	write(&m, EPWM_TZCTL, 0x0005);
	KUNIT_EXPECT_EQ(test, at(&m, 9 * PRD), A | B);
}

static void epwm_cycle_by_cycle(struct kunit *test)
{
	struct evse_sim_epwm m;

	half_bridge(&m);
	write(&m, EPWM_TZSEL, EPWM_TZSEL_CBC1);
	at(&m, PRD);
	evse_sim_epwm_trip_input(&m, BIT(0));
	KUNIT_EXPECT_EQ(test, at(&m, 4 * PRD), NONE);
	evse_sim_epwm_trip_input(&m, 0);
	KUNIT_EXPECT_EQ(test, at(&m, 6 * PRD - 1), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, 6 * PRD), A);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_TZFLG), EPWM_TZ_CBC);
	write(&m, EPWM_TZCLR, EPWM_TZ_CBC);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_TZFLG), 0);
	write(&m, EPWM_TZFRC, EPWM_TZ_CBC);
	KUNIT_EXPECT_EQ(test, at(&m, 7 * PRD), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, 8 * PRD), A);
}

/* Without TBCLK nothing moves, but a trip works; frozen, the dead band goes on. */
static void epwm_stopped(struct kunit *test)
{
	struct evse_sim_epwm m;

	half_bridge(&m);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD), A);
	evse_sim_epwm_clock(&m, false);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_due(&m), EVSE_SIM_EPWM_NEVER);
	KUNIT_EXPECT_EQ(test, at(&m, 99 * PRD), A);
	write(&m, EPWM_TZFRC, EPWM_TZ_OST);
	KUNIT_EXPECT_EQ(test, at(&m, 99 * PRD), NONE);
	write(&m, EPWM_TZCLR, EPWM_TZ_OST);
	evse_sim_epwm_clock(&m, true);
	KUNIT_EXPECT_EQ(test, at(&m, 99 * PRD + CMP), NONE);
	write(&m, EPWM_TBCTL, EPWM_CTR_FREEZE);
	KUNIT_EXPECT_EQ(test, at(&m, 99 * PRD + CMP + DEAD), B);
	KUNIT_EXPECT_EQ(test, at(&m, 999 * PRD), B);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_TBCTR), CMP);
}

static void epwm_prescaled(struct kunit *test)
{
	struct evse_sim_epwm m;

	half_bridge(&m);
	/* 6 * 4 */
	write(&m, EPWM_TBCTL, 2 << 10 | 3 << 7 | EPWM_CTR_UPDOWN);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_period(&m), 24 * 2 * PRD);
	KUNIT_EXPECT_EQ(test, at(&m, 24 * (2 * PRD - CMP + DEAD) - 1), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, 24 * (2 * PRD - CMP + DEAD)), A);
}

/* Software forces an output; the dead band stays between. */
static void epwm_forced(struct kunit *test)
{
	struct evse_sim_epwm m;

	half_bridge(&m);
	KUNIT_EXPECT_EQ(test, at(&m, PRD), B);
	write(&m, EPWM_AQSFRC, 3 << 6);
	write(&m, EPWM_AQCSFRC, 2);
	KUNIT_EXPECT_EQ(test, at(&m, PRD), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, PRD + DEAD), A);
	KUNIT_EXPECT_EQ(test, at(&m, 5 * PRD), A);
	write(&m, EPWM_AQCSFRC, 1);
	KUNIT_EXPECT_EQ(test, at(&m, 6 * PRD), B);
	write(&m, EPWM_AQCSFRC, 0);
	write(&m, EPWM_AQSFRC, 3 << 6 | EPWM_AQSFRC_OTSFA | EPWM_AQ_SET);
	KUNIT_EXPECT_EQ(test, at(&m, 6 * PRD + DEAD), A);
	/* Without the dead band's outputs a leg is what its qualifiers say. */
	write(&m, EPWM_DBCTL, 0);
	KUNIT_EXPECT_EQ(test, at(&m, 6 * PRD + DEAD), A);
	write(&m, EPWM_AQSFRC, 3 << 6 | EPWM_AQSFRC_OTSFB | EPWM_AQ_SET << 3);
	KUNIT_EXPECT_EQ(test, at(&m, 6 * PRD + DEAD), A | B);
}

/* Counting up alone, as other users of the module do */
static void epwm_up(struct kunit *test)
{
	struct evse_sim_epwm m;

	evse_sim_epwm_init(&m);
	write(&m, EPWM_TBCTL, EPWM_TBCTL_PRDLD | EPWM_CTR_FREEZE);
	write(&m, EPWM_TBPRD, PRD - 1);
	write(&m, EPWM_CMPCTL, EPWM_CMPCTL_SHDWAMODE | EPWM_CMPCTL_SHDWBMODE);
	write(&m, EPWM_CMPA, CMP);
	write(&m, EPWM_CMPB, PRD / 2);
	write(&m, EPWM_AQCTLA, EPWM_AQ_SET << EPWM_AQ_ZRO | EPWM_AQ_CLEAR << EPWM_AQ_CAU);
	write(&m, EPWM_AQCTLB, EPWM_AQ_SET << EPWM_AQ_ZRO | EPWM_AQ_CLEAR << EPWM_AQ_CBU);
	write(&m, EPWM_TBCTL, EPWM_TBCTL_PRDLD | EPWM_CTR_UP);
	KUNIT_EXPECT_EQ(test, at(&m, PRD - 1), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, PRD), A | B);
	KUNIT_EXPECT_EQ(test, at(&m, PRD + CMP - 1), A | B);
	KUNIT_EXPECT_EQ(test, at(&m, PRD + CMP), B);
	KUNIT_EXPECT_EQ(test, at(&m, PRD + PRD / 2), NONE);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD), A | B);
	/* A period that the counter has passed makes it go all the way round. */
	at(&m, 2 * PRD + 800);
	write(&m, EPWM_TBPRD, 700);
	at(&m, 2 * PRD + 0xffff);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&m, EPWM_TBCTR), 0xffff);
	KUNIT_EXPECT_TRUE(test, evse_sim_epwm_read(&m, EPWM_TBSTS) & EPWM_TBSTS_CTRMAX);
	KUNIT_EXPECT_EQ(test, at(&m, 2 * PRD + 0x10000), A | B);
}

static void chain(struct evse_sim_epwms *e)
{
	unsigned int i;

	evse_sim_epwms_init(e, 3);
	for (i = 0; i < 3; i++) {
		half_bridge(&e->m[i]);
		write(&e->m[i], EPWM_TBCTL, EPWM_CTR_UPDOWN | EPWM_TBCTL_PHSDIR |
		      (i ? EPWM_TBCTL_PHSEN : EPWM_SYNCO_ZERO << 4));
		/* None of them is where another one is. */
		write(&e->m[i], EPWM_TBCTR, 100 * i);
	}
}

/* At the first one's zero the others are at zero, too. */
static void epwm_chain(struct kunit *test)
{
	struct evse_sim_epwms e;
	unsigned int i;

	chain(&e);
	evse_sim_epwms_run(&e, 2 * PRD - 1);
	KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&e.m[2], EPWM_TBCTR), 199);
	evse_sim_epwms_run(&e, 2 * PRD + 123);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, evse_sim_epwm_read(&e.m[i], EPWM_TBCTR), 123);
	KUNIT_EXPECT_TRUE(test, evse_sim_epwm_read(&e.m[2], EPWM_TBSTS) & EPWM_TBSTS_SYNCI);
	KUNIT_EXPECT_EQ(test, evse_sim_epwms_change(&e, 99 * PRD), 2 * PRD + CMP);
	evse_sim_epwms_run(&e, 2 * PRD + CMP);
	KUNIT_EXPECT_EQ(test, evse_sim_epwms_change(&e, 99 * PRD), 2 * PRD + CMP + DEAD);
	evse_sim_epwms_trip_input(&e, 1);
	KUNIT_EXPECT_EQ(test, evse_sim_epwms_change(&e, 99 * PRD), EVSE_SIM_EPWM_NEVER);
}

/* Periods that are skipped leave what computing each of them does. */
static void epwm_skips(struct kunit *test)
{
	struct evse_sim_epwms a, b;
	s64 end = 1000 * 2 * PRD + 777, t;
	unsigned int i;

	chain(&a);
	chain(&b);
	evse_sim_epwms_run(&a, end);
	for (t = 0; t < end; t += PRD)
		evse_sim_epwms_run(&b, t);
	evse_sim_epwms_run(&b, end);
	for (i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, a.m[i].now, b.m[i].now);
		KUNIT_EXPECT_EQ(test, a.m[i].ctr, b.m[i].ctr);
		KUNIT_EXPECT_EQ(test, a.m[i].up, b.m[i].up);
		KUNIT_EXPECT_EQ(test, a.m[i].red.out, b.m[i].red.out);
		KUNIT_EXPECT_EQ(test, a.m[i].fed.out, b.m[i].fed.out);
		KUNIT_EXPECT_EQ(test, a.scope[i].fell[0], b.scope[i].fell[0]);
		KUNIT_EXPECT_EQ(test, a.scope[i].dead, b.scope[i].dead);
	}
	KUNIT_EXPECT_LT(test, a.scope[0].edges, b.scope[0].edges / 50);
}

static void scope_sees(struct kunit *test)
{
	struct evse_sim_epwms e;
	struct evse_sim_scope *s = &e.scope[0];

	chain(&e);
	evse_sim_epwms_run(&e, 20 * PRD);
	evse_sim_scope_clear(s);
	evse_sim_epwms_run(&e, 40 * PRD);
	KUNIT_EXPECT_EQ(test, s->dead, DEAD);
	KUNIT_EXPECT_EQ(test, s->width[0], 2 * CMP - DEAD);
	KUNIT_EXPECT_EQ(test, s->width[1], 2 * (PRD - CMP) - DEAD);
	KUNIT_EXPECT_EQ(test, s->pulse, 2 * CMP - DEAD);
	KUNIT_EXPECT_EQ(test, s->both, 0);
	KUNIT_EXPECT_EQ(test, s->held, 0);

	evse_sim_epwms_write(&e, 0, EPWM_DBRED, DEAD - 1);
	evse_sim_epwms_run(&e, 45 * PRD);
	KUNIT_EXPECT_EQ(test, s->dead, DEAD - 1);
	evse_sim_epwms_write(&e, 0, EPWM_TZCTL, 0x0006);
	evse_sim_epwms_write(&e, 0, EPWM_TZFRC, EPWM_TZ_OST);
	KUNIT_EXPECT_GT(test, s->held, 0);
	KUNIT_EXPECT_EQ(test, s->both, 0);
	evse_sim_epwms_write(&e, 0, EPWM_TZCTL, 0x0005);
	KUNIT_EXPECT_GT(test, s->both, 0);
}

static struct kunit_case epwm_cases[] = {
	KUNIT_CASE(epwm_half_bridge),
	KUNIT_CASE(epwm_shadows),
	KUNIT_CASE(epwm_ends),
	KUNIT_CASE(epwm_swallowed),
	KUNIT_CASE(epwm_trips),
	KUNIT_CASE(epwm_cycle_by_cycle),
	KUNIT_CASE(epwm_stopped),
	KUNIT_CASE(epwm_prescaled),
	KUNIT_CASE(epwm_forced),
	KUNIT_CASE(epwm_up),
	KUNIT_CASE(epwm_chain),
	KUNIT_CASE(epwm_skips),
	KUNIT_CASE(scope_sees),
	{}
};

static struct kunit_suite epwm_suite = {
	.name = "evse_sim_epwm",
	.test_cases = epwm_cases,
};

kunit_test_suite(epwm_suite);
