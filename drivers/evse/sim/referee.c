// SPDX-License-Identifier: GPL-2.0-only
/*
 * The referee's rules. Pure: a scene and a time in, counts and log out.
 */

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <dt-bindings/evse/sim.h>
#include <kunit/visibility.h>

#include "referee.h"

#define LOAD_MA		1000
#define GAP_MV		20000	/* pre-charge: within 20 V of the battery */
#define SAFE_MV		60000
/* After a cause like these has gone, contacts may still be on their way. */
#define EXCUSE		EVSE_SIM_MS(500)
/* IEC 61851-1 sequence 10.2: C1 for 6 s may be opened under load. */
#define STEADY		EVSE_SIM_MS(6000)
/* IEEE 1547-2018 8.1, where nothing but the island itself shows that it is one. */
#define ISLAND_UNSEEN	EVSE_SIM_MS(2000)
/* Past the supervision of an opening contact it is known as welded. */
#define WELD_KNOWN	EVSE_SIM_MS(100)

#define DC_PLUS		BIT(0)
#define DC_MINUS	BIT(1)
#define PRECHARGE	BIT(2)

static bool path(const struct evse_sim_referee *r, u8 contacts)
{
	return (contacts & r->poles) == r->poles;
}

static bool precharge(const struct evse_sim_referee *r, u8 contacts)
{
	return r->dc && (contacts & DC_MINUS) && (contacts & PRECHARGE);
}

/* The vehicle asks for power: state C or D as a voltage. */
static bool asked(const struct evse_sim_scene *s)
{
	return s->pilot_high_mv > 2000 && s->pilot_high_mv < 7500;
}

static bool unlocked(const struct evse_sim_referee *r,
		     const struct evse_sim_scene *s)
{
	return r->has_lock && !s->locked;
}

static bool no_vehicle(const struct evse_sim_referee *r,
		       const struct evse_sim_scene *s)
{
	return !asked(s);
}

static bool no_path(const struct evse_sim_referee *r,
		    const struct evse_sim_scene *s)
{
	return !path(r, s->aux) && !precharge(r, s->aux);
}

static bool tripped(const struct evse_sim_referee *r,
		    const struct evse_sim_scene *s)
{
	return s->inputs & r->must_trip;
}

static bool live(const struct evse_sim_referee *r,
		 const struct evse_sim_scene *s)
{
	return s->contacts || s->connector_mv > SAFE_MV;
}

static bool island(const struct evse_sim_referee *r,
		   const struct evse_sim_scene *s)
{
	return s->island;
}

static bool leaking(const struct evse_sim_referee *r,
		    const struct evse_sim_scene *s)
{
	return s->leaking;
}

static bool loop_open(const struct evse_sim_referee *r,
		      const struct evse_sim_scene *s)
{
	return s->loop_open;
}

static bool earth_lost(const struct evse_sim_referee *r,
		       const struct evse_sim_scene *s)
{
	return s->earth_lost;
}

/* Who commands the switch wants to feed a house. */
static bool not_parted(const struct evse_sim_referee *r,
		       const struct evse_sim_scene *s)
{
	return (s->house || s->part) && !s->parted;
}

static bool always(const struct evse_sim_referee *r,
		   const struct evse_sim_scene *s)
{
	return true;
}

static bool coils(const struct evse_sim_referee *r,
		  const struct evse_sim_scene *s)
{
	return s->coils;
}

static bool gates(const struct evse_sim_referee *r,
		  const struct evse_sim_scene *s)
{
	return s->gates;
}

static bool exporting(const struct evse_sim_referee *r,
		      const struct evse_sim_scene *s)
{
	return s->exporting;
}

/* Where gates can be blocked, bad mains need not open the contacts. */
static bool coils_must_go(const struct evse_sim_referee *r, u32 inputs)
{
	return !r->dc || (inputs & ~BIT(EVSE_SIM_VOLTAGE_MONITOR));
}

static bool energy(const struct evse_sim_referee *r,
		   const struct evse_sim_scene *s)
{
	return s->gates ||
	       (s->coils && coils_must_go(r, s->inputs & r->must_trip));
}

static bool unlocking(const struct evse_sim_referee *r,
		      const struct evse_sim_scene *s)
{
	return s->unlock;
}

static bool both_drives(const struct evse_sim_referee *r,
			const struct evse_sim_scene *s)
{
	return s->lock && s->unlock;
}

/*
 * A held rule is broken when @act is seen although @cause has stood for longer
 * than @grace: the time that whoever acts has for noticing it.
 */
static const struct {
	const char *name;
	const char *text;
	bool (*cause)(const struct evse_sim_referee *r,
		      const struct evse_sim_scene *s);
	bool (*act)(const struct evse_sim_referee *r,
		    const struct evse_sim_scene *s);
	s64 grace;
} rules[EVSE_SIM_RULES] = {
	[EVSE_SIM_RULE_UNLOCKED] = {
		"coil-unlocked", "coil energised, connector not locked",
		unlocked, coils, EVSE_SIM_MS(20) },
	[EVSE_SIM_RULE_NO_VEHICLE] = {
		"coil-no-vehicle", "coil energised, pilot not in C or D",
		no_vehicle, coils, EVSE_SIM_MS(100) },
	[EVSE_SIM_RULE_GATES] = {
		"gates-no-contact", "gates enabled, contacts not closed",
		no_path, gates, EVSE_SIM_MS(20) },
	[EVSE_SIM_RULE_TRIP_IGNORED] = {
		"trip-ignored", "coil or gates on during a trip input",
		tripped, energy, EVSE_SIM_MS(1) },
	[EVSE_SIM_RULE_UNLOCK_LIVE] = {
		"unlock-live", "unlocked a live connector, in mV",
		live, unlocking, EVSE_SIM_MS(100) },
	[EVSE_SIM_RULE_BOTH_DRIVES] = {
		"lock-both", "lock and unlock driven together",
		always, both_drives, 0 },
	[EVSE_SIM_RULE_ISLAND] = {
		"island-fed", "dead grid fed, ms since the breaker opened",
		island, exporting, EVSE_SIM_MS(100) },
	[EVSE_SIM_RULE_LEAK] = {
		"coil-leaking", "coil energised, residual current",
		leaking, coils, EVSE_SIM_MS(100) },
	[EVSE_SIM_RULE_LOOP] = {
		"coil-loop-open", "coil energised, interlock loop open",
		loop_open, coils, EVSE_SIM_MS(20) },
	[EVSE_SIM_RULE_EARTH] = {
		"coil-no-earth", "coil energised, protective earth lost",
		earth_lost, coils, EVSE_SIM_MS(100) },
	[EVSE_SIM_RULE_HOUSE] = {
		"house-not-parted", "house fed, islanding switch not open",
		not_parted, exporting, EVSE_SIM_MS(1) },
	[EVSE_SIM_RULE_WELD] = {
		"coil-on-weld", "coil energised, a contact known as welded" },
	[EVSE_SIM_RULE_ORDER] = {
		"coil-before-gates", "coil released, gates still enabled" },
	[EVSE_SIM_RULE_MADE] = {
		"made-under-voltage", "contact made under a difference, in mV" },
	[EVSE_SIM_RULE_BROKEN] = {
		"opened-under-load", "opened under load without a trip, in mA" },
	[EVSE_SIM_RULE_JOINED] = {
		"joined-live", "islanding switch closed onto a house that is fed" },
	[EVSE_SIM_RULE_TRIP_COIL] = {
		"trip-coil-on", "coil on after the handler of input line" },
	[EVSE_SIM_RULE_TRIP_GATES] = {
		"trip-gates-on", "gates on after the handler of input line" },
};

const char *evse_sim_rule_name(enum evse_sim_rule rule)
{
	return rules[rule].name;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_rule_name);

const char *evse_sim_rule_text(enum evse_sim_rule rule)
{
	return rules[rule].text;
}

static void violation(struct evse_sim_referee *r, enum evse_sim_rule rule,
		      s32 value, s64 now)
{
	r->log[r->count++ % EVSE_SIM_LOG] = (struct evse_sim_violation){
		.time = now, .rule = rule, .value = value,
	};
}

void evse_sim_referee_init(struct evse_sim_referee *r,
			   const struct evse_sim_scene *scene, s64 now)
{
	int i;

	for (i = 0; i < EVSE_SIM_RULES_HELD; i++)
		r->since[i] = S64_MIN;
	r->welded_since = EVSE_SIM_NEVER;
	r->steady_since = S64_MIN;
	r->excused = S64_MIN;
	r->last = *scene;
	r->due = EVSE_SIM_NEVER;
	evse_sim_referee_see(r, scene, now);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_referee_init);

static void moments(struct evse_sim_referee *r, const struct evse_sim_scene *s,
		    s64 now)
{
	const struct evse_sim_scene *was = &r->last;
	u8 opened = was->contacts & ~s->contacts;
	u8 made = s->contacts & ~was->contacts;

	if ((s->coils & ~was->coils) &&
	    now - WELD_KNOWN > r->welded_since)
		violation(r, EVSE_SIM_RULE_WELD, was->aux & ~was->coils, now);

	if (s->gates && path(r, was->coils) && !path(r, s->coils))
		violation(r, EVSE_SIM_RULE_ORDER, was->coils & ~s->coils, now);

	/* Nobody made what closed without its coil. */
	if (r->dc && path(r, s->contacts) && !path(r, was->contacts) &&
	    (made & s->coils) && abs(was->gap_mv) > GAP_MV)
		violation(r, EVSE_SIM_RULE_MADE, was->gap_mv, now);

	/* Nobody closed what closed against its coil. */
	if (was->parted && !s->parted && !s->part && (s->gates || s->exporting))
		violation(r, EVSE_SIM_RULE_JOINED, s->current_ma, now);

	if (path(r, was->contacts) && (opened & r->poles) &&
	    abs(was->current_ma) >= LOAD_MA) {
		/* It opened by itself: the others may follow. */
		if (opened & s->coils)
			r->excused = now + EXCUSE;
		else if (now > r->excused)
			violation(r, EVSE_SIM_RULE_BROKEN, was->current_ma,
				  now);
	}
}

static bool excuse(const struct evse_sim_referee *r,
		   const struct evse_sim_scene *s, s64 now)
{
	return s->inputs || unlocked(r, s) || !asked(s) || s->injected ||
	       s->disturbed ||
	       (s->pwm && s->pilot_low_mv > -10000) ||
	       (!s->pwm && now - STEADY >= r->steady_since);
}

/* How long a cause may stand. A charger that cannot see is not to blame. */
static s64 grace(const struct evse_sim_referee *r,
		 const struct evse_sim_scene *s, enum evse_sim_rule rule)
{
	s64 allowed = rules[rule].grace;

	/* Without gates it takes a contact's travel. */
	if (rule == EVSE_SIM_RULE_HOUSE && !r->dc)
		return EVSE_SIM_MS(20);
	if (rule != EVSE_SIM_RULE_ISLAND)
		return allowed;
	if (s->relay_blind)
		allowed = s->cross_blind ? EVSE_SIM_NEVER : ISLAND_UNSEEN;
	return max(allowed, EVSE_SIM_MS(r->allow_island_ms));
}

static s32 detail(const struct evse_sim_referee *r, enum evse_sim_rule rule,
		  const struct evse_sim_scene *s, s64 now)
{
	switch (rule) {
	case EVSE_SIM_RULE_ISLAND:
		return div_s64(now - max_t(s64, r->since[rule], 0),
			       NSEC_PER_MSEC);
	case EVSE_SIM_RULE_NO_VEHICLE:
		return s->pilot_high_mv;
	case EVSE_SIM_RULE_UNLOCK_LIVE:
		return s->connector_mv;
	case EVSE_SIM_RULE_TRIP_IGNORED:
		return s->inputs;
	default:
		return s->coils;
	}
}

static void held(struct evse_sim_referee *r, const struct evse_sim_scene *s,
		 s64 now)
{
	s64 allowed;
	int i;

	r->due = EVSE_SIM_NEVER;
	for (i = 0; i < EVSE_SIM_RULES_HELD; i++) {
		if (!rules[i].cause(r, s)) {
			r->since[i] = EVSE_SIM_NEVER;
			r->told &= ~BIT(i);
			continue;
		}
		if (r->since[i] == EVSE_SIM_NEVER)
			r->since[i] = now;
		if (!rules[i].act(r, s)) {
			r->told &= ~BIT(i);
			continue;
		}
		if (r->told & BIT(i))
			continue;
		allowed = grace(r, s, i);
		if (allowed == EVSE_SIM_NEVER)
			continue;
		if (now - allowed < r->since[i]) {
			r->due = min(r->due, r->since[i] + allowed);
			continue;
		}
		r->told |= BIT(i);
		violation(r, i, detail(r, i, s, now), now);
	}
}

/* Quantities creep between two calls: what they are before the next change. */
void evse_sim_referee_before(struct evse_sim_referee *r,
			     const struct evse_sim_scene *scene)
{
	r->last.current_ma = scene->current_ma;
	r->last.gap_mv = scene->gap_mv;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_referee_before);

/* Look at the probes. To be called at every change, and when due. */
void evse_sim_referee_see(struct evse_sim_referee *r,
			  const struct evse_sim_scene *scene, s64 now)
{
	if (excuse(r, scene, now))
		r->excused = max(r->excused, now + EXCUSE);
	moments(r, scene, now);
	held(r, scene, now);

	if (!(scene->aux & ~scene->coils))
		r->welded_since = EVSE_SIM_NEVER;
	else if (r->welded_since == EVSE_SIM_NEVER)
		r->welded_since = now;
	if (scene->pwm)
		r->steady_since = EVSE_SIM_NEVER;
	else if (r->steady_since == EVSE_SIM_NEVER)
		r->steady_since = now;
	r->last = *scene;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_referee_see);

/* The handlers of trip input @line have returned. */
void evse_sim_referee_returned(struct evse_sim_referee *r, u8 coils_on,
			       bool gates_on, u32 line, s64 now)
{
	if (!(r->must_trip & BIT(line)))
		return;
	if (coils_on && coils_must_go(r, BIT(line)))
		violation(r, EVSE_SIM_RULE_TRIP_COIL, line, now);
	if (gates_on)
		violation(r, EVSE_SIM_RULE_TRIP_GATES, line, now);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_referee_returned);

/* A trip whose cause no line shows is expected until then. */
void evse_sim_referee_excuse(struct evse_sim_referee *r, s64 until)
{
	r->excused = until;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_referee_excuse);

void evse_sim_referee_clear(struct evse_sim_referee *r)
{
	r->count = 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_referee_clear);
