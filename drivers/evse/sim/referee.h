/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The referee watches the board's lines as an oscilloscope would, and counts
 * what must never be seen there. It knows nothing of the drivers.
 */
#ifndef _EVSE_SIM_REFEREE_H
#define _EVSE_SIM_REFEREE_H

#include "model.h"

enum evse_sim_rule {
	EVSE_SIM_RULE_UNLOCKED,
	EVSE_SIM_RULE_NO_VEHICLE,
	EVSE_SIM_RULE_GATES,
	EVSE_SIM_RULE_TRIP_IGNORED,
	EVSE_SIM_RULE_UNLOCK_LIVE,
	EVSE_SIM_RULE_BOTH_DRIVES,
	EVSE_SIM_RULE_ISLAND,
	EVSE_SIM_RULE_LEAK,
	EVSE_SIM_RULE_LOOP,
	EVSE_SIM_RULE_EARTH,
	EVSE_SIM_RULE_HOUSE,
	EVSE_SIM_RULES_HELD,	/* above: conditions; below: moments */
	EVSE_SIM_RULE_WELD = EVSE_SIM_RULES_HELD,
	EVSE_SIM_RULE_ORDER,
	EVSE_SIM_RULE_MADE,
	EVSE_SIM_RULE_BROKEN,
	EVSE_SIM_RULE_JOINED,
	EVSE_SIM_RULE_TRIP_COIL,
	EVSE_SIM_RULE_TRIP_GATES,
	EVSE_SIM_RULES,
};

/**
 * struct evse_sim_scene - what the probes show at one moment
 * @current_ma: through the contacts
 * @gap_mv: voltage across the open contacts of a DC board with a battery
 * @connector_mv: at the connector
 * @pilot_high_mv: positive plateau of the control pilot
 * @pilot_low_mv: negative plateau
 * @inputs: trip inputs that are active
 * @coils: as the driver commands them
 * @contacts: what touches
 * @aux: what the auxiliary lines say
 * @gates: gates of the power stage
 * @locked: lock status line
 * @lock: motor driven towards locked
 * @unlock: motor driven towards unlocked
 * @pwm: a vehicle takes the pilot for PWM
 * @injected: a defect is injected into contacts, pilot or measurements
 * @disturbed: voltage, frequency or angle of the grid are not as they should be
 * @island: the breaker to the grid is open, and the islanding switch is not
 * @parted: the islanding switch is open
 * @part: its coil, as the driver commands it
 * @house: whatever is fed back is for a house alone
 * @exporting: power is fed back
 * @relay_blind: the voltage monitor relay cannot show an open breaker
 * @cross_blind: and a zero-cross line is stuck
 * @leaking: residual current above the limit, and the line can show it
 * @loop_open: the interlock loop is open, and the line can show it
 * @earth_lost: there is no protective earth, and the line can show it
 */
struct evse_sim_scene {
	s32 current_ma;
	s32 gap_mv;
	s32 connector_mv;
	s32 pilot_high_mv;
	s32 pilot_low_mv;
	u32 inputs;
	u8 coils;
	u8 contacts;
	u8 aux;
	bool gates;
	bool locked;
	bool lock;
	bool unlock;
	bool pwm;
	bool injected;
	bool disturbed;
	bool island;
	bool parted;
	bool part;
	bool house;
	bool exporting;
	bool relay_blind;
	bool cross_blind;
	bool leaking;
	bool loop_open;
	bool earth_lost;
};

/**
 * struct evse_sim_violation - one entry of the referee's log
 * @time: when
 * @rule: what was broken
 * @value: detail, see the rule's unit
 */
struct evse_sim_violation {
	s64 time;
	enum evse_sim_rule rule;
	s32 value;
};

#define EVSE_SIM_LOG	32

/**
 * struct evse_sim_referee - what it is told once, and what it remembers
 * @has_lock: the connector has a lock
 * @dc: direct current: poles plus and minus, and a pre-charge contact
 * @poles: contacts that make the main path
 * @must_trip: inputs that the charger under test has to act on
 * @allow_island_ms: an island may be fed for so long, where that is longer than
 *	the rule says
 * @count: violations since the last clear
 * @log: the newest of them, entry n at n % EVSE_SIM_LOG
 * @last: scene before
 * @since: when the cause of a held rule began; EVSE_SIM_NEVER without it
 * @told: held rules whose violation is counted already
 * @welded_since: when a contact without coil was closed first
 * @steady_since: since when the pilot offers nothing
 * @excused: until then a load may be broken
 * @due: when a held rule may become a violation
 */
struct evse_sim_referee {
	bool has_lock;
	bool dc;
	u8 poles;
	u32 must_trip;
	s32 allow_island_ms;
	u32 count;
	struct evse_sim_violation log[EVSE_SIM_LOG];
	struct evse_sim_scene last;
	s64 since[EVSE_SIM_RULES_HELD];
	u32 told;
	s64 welded_since;
	s64 steady_since;
	s64 excused;
	s64 due;
};

void evse_sim_referee_init(struct evse_sim_referee *r,
			   const struct evse_sim_scene *scene, s64 now);
void evse_sim_referee_before(struct evse_sim_referee *r,
			     const struct evse_sim_scene *scene);
void evse_sim_referee_see(struct evse_sim_referee *r,
			  const struct evse_sim_scene *scene, s64 now);
void evse_sim_referee_returned(struct evse_sim_referee *r, u8 coils_on,
			       bool gates_on, u32 line, s64 now);
void evse_sim_referee_excuse(struct evse_sim_referee *r, s64 until);
void evse_sim_referee_clear(struct evse_sim_referee *r);
const char *evse_sim_rule_name(enum evse_sim_rule rule);
const char *evse_sim_rule_text(enum evse_sim_rule rule);

#endif /* _EVSE_SIM_REFEREE_H */
