// SPDX-License-Identifier: GPL-2.0-only
/*
 * Register model of one TI ePWM module. It computes from one stop to the next: a
 * stop is where the counter meets zero, period or a compare value, or where a
 * delay of the dead band ends.
 */

#include <linux/bitfield.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include <kunit/visibility.h>

#include "../../pwm/epwm_regs.h"
#include "epwm.h"

#define NO_STOP		U32_MAX
#define NO_EVENT	16

static u16 *kept(struct evse_sim_epwm *m, unsigned int reg)
{
	return &m->reg[reg / 2];
}

static u16 kept_value(const struct evse_sim_epwm *m, unsigned int reg)
{
	return m->reg[reg / 2];
}

static u32 mode_of(const struct evse_sim_epwm *m)
{
	return FIELD_GET(EPWM_TBCTL_CTRMODE, kept_value(m, EPWM_TBCTL));
}

/* Cycles of the functional clock for one of TBCLK */
static u32 divider(const struct evse_sim_epwm *m)
{
	u16 ctl = kept_value(m, EPWM_TBCTL);
	u32 hsp = FIELD_GET(EPWM_TBCTL_HSPCLKDIV, ctl);

	return (hsp ? 2 * hsp : 1) << FIELD_GET(EPWM_TBCTL_CLKDIV, ctl);
}

/* Trip zone: does not need TBCLK */

static void trip_zone(struct evse_sim_epwm *m)
{
	u16 sel = kept_value(m, EPWM_TZSEL);

	if (m->tz & (sel >> 8))
		m->flg |= EPWM_TZ_OST;
	if (m->tz & (sel & 0xff)) {
		m->flg |= EPWM_TZ_CBC;
		m->cbc = true;
	}
	if (m->flg & kept_value(m, EPWM_TZEINT) & (EPWM_TZ_OST | EPWM_TZ_CBC))
		m->flg |= EPWM_TZ_INT;
}

bool evse_sim_epwm_tripped(const struct evse_sim_epwm *m)
{
	return (m->flg & EPWM_TZ_OST) || m->cbc;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_tripped);

bool evse_sim_epwm_irq(const struct evse_sim_epwm *m)
{
	return m->flg & EPWM_TZ_INT;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_irq);

void evse_sim_epwm_trip_input(struct evse_sim_epwm *m, u8 active)
{
	m->tz = active;
	trip_zone(m);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_trip_input);

/* Dead band */

/* @delayed: the level whose arrival is delayed */
static void delay_input(struct evse_sim_epwm_delay *d, bool in, bool delayed,
			u32 limit)
{
	if (in != d->in) {
		d->in = in;
		d->count = 0;
		d->running = in == delayed;
		if (!d->running)
			d->out = in;
	}
	if (d->running && d->count >= limit) {
		d->running = false;
		d->out = in;
	}
}

static u32 delay_left(const struct evse_sim_epwm_delay *d, u32 limit)
{
	return d->running ? limit - d->count : NO_STOP;
}

static void dead_band(struct evse_sim_epwm *m)
{
	u32 in = FIELD_GET(EPWM_DBCTL_IN_MODE, kept_value(m, EPWM_DBCTL));

	delay_input(&m->red, m->aq[in & 1], true, kept_value(m, EPWM_DBRED));
	delay_input(&m->fed, m->aq[in >> 1], false, kept_value(m, EPWM_DBFED));
}

bool evse_sim_epwm_out(const struct evse_sim_epwm *m, unsigned int output)
{
	u16 ctl = kept_value(m, EPWM_DBCTL), tz = kept_value(m, EPWM_TZCTL);
	u32 action = output ? FIELD_GET(EPWM_TZCTL_TZB, tz) :
			      FIELD_GET(EPWM_TZCTL_TZA, tz);
	u32 pol = FIELD_GET(EPWM_DBCTL_POLSEL, ctl);
	u32 out = FIELD_GET(EPWM_DBCTL_OUT_MODE, ctl);

	if (evse_sim_epwm_tripped(m) && action != EPWM_TZ_NOTHING)
		return action == EPWM_TZ_HIGH;
	if (!output)
		return out & 2 ? m->red.out ^ (pol & 1) : m->aq[0];
	return out & 1 ? m->fed.out ^ (pol >> 1) : m->aq[1];
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_out);

/* Action qualifier */

/* Which action counts where several events meet, the strongest first */
static const u8 event_order[][5] = {
	[EPWM_CTR_UP] = { EPWM_AQ_PRD, EPWM_AQ_CBU, EPWM_AQ_CAU, EPWM_AQ_ZRO,
			  NO_EVENT },
	[EPWM_CTR_DOWN] = { EPWM_AQ_ZRO, EPWM_AQ_CBD, EPWM_AQ_CAD, EPWM_AQ_PRD,
			    NO_EVENT },
	/* Up-down: while counting up, and in place of "freeze" while down */
	[EPWM_CTR_UPDOWN] = { EPWM_AQ_CBU, EPWM_AQ_CAU, EPWM_AQ_ZRO,
			      EPWM_AQ_CBD, EPWM_AQ_CAD },
	[EPWM_CTR_UPDOWN + 1] = { EPWM_AQ_CBD, EPWM_AQ_CAD, EPWM_AQ_PRD,
				  EPWM_AQ_CBU, EPWM_AQ_CAU },
};

static void act(struct evse_sim_epwm *m, unsigned int output, u32 action)
{
	static const u16 mask[] = { EPWM_AQCSFRC_CSFA, EPWM_AQCSFRC_CSFB };
	u32 force = (m->csf.now & mask[output]) >> (2 * output);

	if (force == 1 || force == 2)
		m->aq[output] = force == 2;
	else if (action)
		m->aq[output] = action == EPWM_AQ_TOGGLE ? !m->aq[output] :
				action == EPWM_AQ_SET;
}

/* A compare value counts where the counter is; above the period, at the period. */
static bool met(const struct evse_sim_epwm *m, u16 cmp, bool up)
{
	switch (mode_of(m)) {
	case EPWM_CTR_UP:
		return up && m->ctr == cmp;
	case EPWM_CTR_DOWN:
		return !up && m->ctr == cmp;
	default:
		if (cmp >= m->prd.now)
			return m->ctr == m->prd.now;
		return m->up == up && m->ctr == cmp;
	}
}

static u32 events(const struct evse_sim_epwm *m)
{
	u32 found = 0;

	if (!m->ctr)
		found |= BIT(EPWM_AQ_ZRO);
	if (m->ctr == m->prd.now)
		found |= BIT(EPWM_AQ_PRD);
	if (met(m, m->cmp[0].now, true))
		found |= BIT(EPWM_AQ_CAU);
	if (met(m, m->cmp[0].now, false))
		found |= BIT(EPWM_AQ_CAD);
	if (met(m, m->cmp[1].now, true))
		found |= BIT(EPWM_AQ_CBU);
	if (met(m, m->cmp[1].now, false))
		found |= BIT(EPWM_AQ_CBD);
	return found;
}

static void qualify(struct evse_sim_epwm *m)
{
	u32 mode = mode_of(m), found = events(m);
	unsigned int i, output;

	if (mode == EPWM_CTR_UPDOWN && !m->up)
		mode++;
	for (output = 0; output < 2; output++) {
		u16 ctl = kept_value(m, output ? EPWM_AQCTLB : EPWM_AQCTLA);
		u32 action = 0;

		for (i = 0; i < ARRAY_SIZE(event_order[mode]) && !action; i++) {
			u8 event = event_order[mode][i];

			if (found & BIT(event) & ~BIT(NO_EVENT))
				action = ctl >> event & 3;
		}
		act(m, output, action);
	}
}

/* Shadows */

static void load(struct evse_sim_epwm_pair *p)
{
	p->now = p->next;
	p->full = false;
}

static void load_compare(struct evse_sim_epwm *m, unsigned int i, u32 when)
{
	bool zero = !m->ctr, period = m->ctr == m->prd.now;

	if ((when == EPWM_LOAD_ZERO && zero) ||
	    (when == EPWM_LOAD_PERIOD && period) ||
	    (when == EPWM_LOAD_BOTH && (zero || period)))
		load(&m->cmp[i]);
}

/* RLDCSF counts as LOADAMODE does, but for its "freeze", which is immediate. */
static void load_force(struct evse_sim_epwm *m)
{
	u32 when = FIELD_GET(EPWM_AQSFRC_RLDCSF, kept_value(m, EPWM_AQSFRC));
	bool zero = !m->ctr, period = m->ctr == m->prd.now;

	if (when == EPWM_RLDCSF_IMMEDIATE || (when != 1 && zero) ||
	    (when != 0 && period))
		load(&m->csf);
}

static void load_shadows(struct evse_sim_epwm *m)
{
	u16 ctl = kept_value(m, EPWM_CMPCTL);

	if (m->prd.full && !m->ctr)
		load(&m->prd);
	if (m->cmp[0].full)
		load_compare(m, 0, FIELD_GET(EPWM_CMPCTL_LOADAMODE, ctl));
	if (m->cmp[1].full)
		load_compare(m, 1, FIELD_GET(EPWM_CMPCTL_LOADBMODE, ctl));
	if (m->csf.full)
		load_force(m);
}

static void write_pair(struct evse_sim_epwm_pair *p, u16 value, bool immediate)
{
	p->next = value;
	p->full = !immediate;
	if (immediate)
		p->now = value;
}

/* Time base */

static void turn(struct evse_sim_epwm *m)
{
	if (mode_of(m) == EPWM_CTR_FREEZE)
		return;
	if (mode_of(m) != EPWM_CTR_UPDOWN)
		m->up = mode_of(m) == EPWM_CTR_UP;
	else if (!m->ctr)
		m->up = true;
	else if (m->ctr == m->prd.now)
		m->up = false;
}

static u32 nearest(u32 left, int way)
{
	return way > 0 ? min_t(u32, left, way) : left;
}

/* TBCLK cycles until the counter meets something */
static u32 counter_left(const struct evse_sim_epwm *m)
{
	u32 mode = mode_of(m), prd = m->prd.now;
	bool up = mode == EPWM_CTR_UP || (mode == EPWM_CTR_UPDOWN && m->up);
	int sign = up ? 1 : -1;
	unsigned int i;
	u32 left;

	if (mode == EPWM_CTR_FREEZE)
		return NO_STOP;
	/* Without a period it rests at zero, where shadows are loaded. */
	if (!prd && !m->ctr)
		return m->prd.full || m->cmp[0].full || m->cmp[1].full ||
		       m->csf.full ? 1 : NO_STOP;
	/* Past the period it has to go round. */
	if (up && m->ctr > prd)
		return 0x10000 - m->ctr;
	if (m->ctr == (up ? prd : 0))
		return 1;
	left = up ? prd - m->ctr : m->ctr;
	left = nearest(left, sign * ((int)prd - m->ctr));
	for (i = 0; i < 2; i++)
		left = nearest(left, sign * ((int)min_t(u32, m->cmp[i].now, prd) - m->ctr));
	return left;
}

static void count(struct evse_sim_epwm *m, u32 ticks)
{
	u32 mode = mode_of(m), prd = m->prd.now;
	bool up = mode == EPWM_CTR_UP || (mode == EPWM_CTR_UPDOWN && m->up);

	if (mode == EPWM_CTR_FREEZE || (!prd && !m->ctr))
		return;
	if (up && m->ctr == prd) {
		m->ctr = mode == EPWM_CTR_UP ? 0 : prd - 1;
	} else if (!up && !m->ctr) {
		m->ctr = mode == EPWM_CTR_DOWN ? prd : 1;
	} else {
		m->ctrmax |= up && m->ctr + ticks >= 0xffff;
		m->ctr += up ? ticks : -ticks;
	}
}

static u32 ticks_left(const struct evse_sim_epwm *m)
{
	return min3(counter_left(m),
		    delay_left(&m->red, kept_value(m, EPWM_DBRED)),
		    delay_left(&m->fed, kept_value(m, EPWM_DBFED)));
}

static void advance(struct evse_sim_epwm *m, u32 ticks)
{
	bool meets = ticks && ticks == counter_left(m);

	if (ticks)
		count(m, ticks);
	m->red.count += ticks;
	m->fed.count += ticks;
	if (meets) {
		u32 out = FIELD_GET(EPWM_TBCTL_SYNCOSEL, kept_value(m, EPWM_TBCTL));

		load_shadows(m);
		turn(m);
		qualify(m);
		if (!m->ctr && !(m->tz & kept_value(m, EPWM_TZSEL)))
			m->cbc = false;
		m->synco |= (out == EPWM_SYNCO_ZERO && !m->ctr) ||
			    (out == EPWM_SYNCO_CMPB && m->ctr == m->cmp[1].now);
	}
	dead_band(m);
}

/* When it stops next; EVSE_SIM_EPWM_NEVER when only a write will change anything */
s64 evse_sim_epwm_due(const struct evse_sim_epwm *m)
{
	u32 left = m->stopped ? NO_STOP : ticks_left(m);

	return left == NO_STOP ? EVSE_SIM_EPWM_NEVER :
				 m->edge + (s64)left * divider(m);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_due);

/* @synco tells whether the synchronisation output fired meanwhile. */
void evse_sim_epwm_run(struct evse_sim_epwm *m, s64 to)
{
	u32 div = divider(m);
	s64 due;

	m->synco = false;
	if (m->stopped) {
		m->now = to;
		m->edge = to;
		return;
	}
	while ((due = evse_sim_epwm_due(m)) <= to) {
		advance(m, ticks_left(m));
		m->edge = due;
		m->now = due;
	}
	if (to > m->now) {
		s64 ticks = div_s64(to - m->edge, div);

		/* Nothing is counted that has no end. */
		advance(m, min_t(s64, ticks, S32_MAX));
		m->edge += ticks * div;
		m->now = to;
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_run);

/* Synchronisation input */
void evse_sim_epwm_sync(struct evse_sim_epwm *m)
{
	u16 ctl = kept_value(m, EPWM_TBCTL);

	m->synci = true;
	if (FIELD_GET(EPWM_TBCTL_SYNCOSEL, ctl) == EPWM_SYNCO_IN)
		m->synco = true;
	if (!(ctl & EPWM_TBCTL_PHSEN) || m->stopped)
		return;
	m->ctr = kept_value(m, EPWM_TBPHS);
	m->up = ctl & EPWM_TBCTL_PHSDIR;
	turn(m);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_sync);

void evse_sim_epwm_clock(struct evse_sim_epwm *m, bool on)
{
	m->stopped = !on;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_clock);

/* Of the counter; 0 when it does not run up and down */
s64 evse_sim_epwm_period(const struct evse_sim_epwm *m)
{
	return mode_of(m) == EPWM_CTR_UPDOWN && !m->stopped ?
	       2LL * m->prd.now * divider(m) : 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_period);

void evse_sim_epwm_init(struct evse_sim_epwm *m)
{
	memset(m, 0, sizeof(*m));
	*kept(m, EPWM_TBCTL) = EPWM_SYNCO_OFF << 4 | EPWM_CTR_FREEZE;
	m->up = true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_init);

/* Registers */

u16 evse_sim_epwm_read(const struct evse_sim_epwm *m, unsigned int reg)
{
	u16 value;

	switch (reg) {
	case EPWM_TBSTS:
		return m->ctrmax * EPWM_TBSTS_CTRMAX |
		       m->synci * EPWM_TBSTS_SYNCI | m->up * EPWM_TBSTS_CTRDIR;
	case EPWM_TBCTR:
		return m->ctr;
	case EPWM_TBPRD:
		return m->prd.next;
	case EPWM_CMPA:
		return m->cmp[0].next;
	case EPWM_CMPB:
		return m->cmp[1].next;
	case EPWM_AQCSFRC:
		return m->csf.next;
	case EPWM_CMPCTL:
		value = kept_value(m, reg);
		return value | m->cmp[0].full * EPWM_CMPCTL_SHDWAFULL |
		       m->cmp[1].full * EPWM_CMPCTL_SHDWBFULL;
	case EPWM_TZFLG:
		return m->flg;
	case EPWM_TZCLR:
	case EPWM_TZFRC:
	case EPWM_ETFLG:
	case EPWM_ETCLR:
	case EPWM_ETFRC:
		return 0;
	default:
		return reg <= EPWM_LAST ? kept_value(m, reg) : 0;
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_read);

static void write_force(struct evse_sim_epwm *m, u16 value)
{
	u16 once = EPWM_AQSFRC_OTSFA | EPWM_AQSFRC_OTSFB;

	*kept(m, EPWM_AQSFRC) = value & ~once;
	if (value & EPWM_AQSFRC_OTSFA)
		act(m, 0, FIELD_GET(EPWM_AQSFRC_ACTSFA, value));
	if (value & EPWM_AQSFRC_OTSFB)
		act(m, 1, FIELD_GET(EPWM_AQSFRC_ACTSFB, value));
}

static void write_time_base(struct evse_sim_epwm *m, u16 value)
{
	*kept(m, EPWM_TBCTL) = value & ~EPWM_TBCTL_SWFSYNC;
	turn(m);
	if (value & EPWM_TBCTL_SWFSYNC)
		evse_sim_epwm_sync(m);
}

void evse_sim_epwm_write(struct evse_sim_epwm *m, unsigned int reg, u16 value)
{
	u16 tbctl = kept_value(m, EPWM_TBCTL), cmpctl = kept_value(m, EPWM_CMPCTL);

	switch (reg) {
	case EPWM_TBCTL:
		write_time_base(m, value);
		break;
	case EPWM_TBSTS:
		m->ctrmax &= !(value & EPWM_TBSTS_CTRMAX);
		m->synci &= !(value & EPWM_TBSTS_SYNCI);
		break;
	case EPWM_TBCTR:
		m->ctr = value;
		turn(m);
		break;
	case EPWM_TBPRD:
		write_pair(&m->prd, value, tbctl & EPWM_TBCTL_PRDLD);
		turn(m);
		break;
	case EPWM_CMPA:
		write_pair(&m->cmp[0], value, cmpctl & EPWM_CMPCTL_SHDWAMODE);
		break;
	case EPWM_CMPB:
		write_pair(&m->cmp[1], value, cmpctl & EPWM_CMPCTL_SHDWBMODE);
		break;
	case EPWM_CMPCTL:
		*kept(m, reg) = value & ~(EPWM_CMPCTL_SHDWAFULL |
					  EPWM_CMPCTL_SHDWBFULL);
		break;
	case EPWM_AQSFRC:
		write_force(m, value);
		break;
	case EPWM_AQCSFRC:
		write_pair(&m->csf, value & 0xf, false);
		if (FIELD_GET(EPWM_AQSFRC_RLDCSF, kept_value(m, EPWM_AQSFRC)) ==
		    EPWM_RLDCSF_IMMEDIATE)
			load(&m->csf);
		act(m, 0, 0);
		act(m, 1, 0);
		break;
	case EPWM_DBRED:
	case EPWM_DBFED:
		*kept(m, reg) = value & EPWM_DB_MAX;
		break;
	case EPWM_TZFLG:
		break;
	case EPWM_TZCLR:
		m->flg &= ~(value & (EPWM_TZ_OST | EPWM_TZ_CBC | EPWM_TZ_INT));
		break;
	case EPWM_TZFRC:
		m->flg |= value & (EPWM_TZ_OST | EPWM_TZ_CBC);
		m->cbc |= !!(value & EPWM_TZ_CBC);
		break;
	default:
		if (reg <= EPWM_LAST)
			*kept(m, reg) = value;
	}
	trip_zone(m);
	dead_band(m);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_epwm_write);
