/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How warm the parts of a charger are, and what moves the heat away, as plain
 * state. Places have the numbers EVSE_SIM_HEAT_*.
 *
 * Times are nanoseconds of the board's clock. Fields of type s32 that a person
 * can set through debugfs are named in the table of knobs.c.
 */
#ifndef _EVSE_SIM_HEAT_H
#define _EVSE_SIM_HEAT_H

#include <linux/types.h>

#include <dt-bindings/evse/sim.h>

#include "model.h"

#define EVSE_SIM_PLACES		7
#define EVSE_SIM_PINS		2

/* Heat: heat.c */

/**
 * struct evse_sim_place - one part
 * @udeg: temperature, millionths of a degree Celsius
 * @mdeg: the same, as it is shown and set
 * @hold: it stays as it was set, whatever flows
 */
struct evse_sim_place {
	s64 udeg;
	s32 mdeg;
	s32 hold;
};

/**
 * struct evse_sim_heat - a network of heat capacities
 * @at: up to when the temperatures are computed
 * @until: up to when it is known what flowed
 * @mean_ma: from @at to @until through the connector, without its sign
 * @mean_ma2: its square
 * @stage: the current comes from a power stage of the charger
 * @cooling: secondary cooling is on
 * @fan_permille: speed of the fan, of the highest
 * @place: the parts
 * @contact_uohm: what the contacts add to each pin's own resistance
 * @cooling_works: otherwise secondary cooling does nothing
 */
struct evse_sim_heat {
	s64 at;
	s64 until;
	s64 mean_ma;
	s64 mean_ma2;
	bool stage;
	bool cooling;
	u32 fan_permille;
	struct evse_sim_place place[EVSE_SIM_PLACES];
	s32 contact_uohm[EVSE_SIM_PINS];
	s32 cooling_works;
};

void evse_sim_heat_init(struct evse_sim_heat *h, s64 now);
void evse_sim_heat_set(struct evse_sim_heat *h, unsigned int place);
bool evse_sim_heat_flow(struct evse_sim_heat *h, s32 current_ma, s64 ns);
void evse_sim_heat_run(struct evse_sim_heat *h, s64 to);
s32 evse_sim_heat_drop_uv(const struct evse_sim_heat *h, unsigned int pin,
			  s32 current_ma);

/* An NTC behind a pull-up: ntc.c */

enum evse_sim_ntc_fail {
	EVSE_SIM_NTC_OK,
	EVSE_SIM_NTC_OPEN,
	EVSE_SIM_NTC_SHORT,
};

u64 evse_sim_decay(u64 x);
s32 evse_sim_ntc_mv(s32 mdeg, enum evse_sim_ntc_fail fail);

/* Fan: fan.c */

#define EVSE_SIM_FAN_RPM	1800
#define EVSE_SIM_FAN_PULSES	2

/**
 * struct evse_sim_fan - a fan with four wires
 * @at: up to when it is computed
 * @due: when to look for its next pulse
 * @speed: thousandths of a turn a minute
 * @turned: since the last pulse, as speed times nanoseconds
 * @duty_permyriad: of its PWM, 0 when that is off
 * @duty_ns: the same as the PWM was told
 * @period_ns: likewise
 * @blocked: it stands, whatever the PWM says
 * @tach_missing: nobody hears of its turns
 */
struct evse_sim_fan {
	s64 at;
	s64 due;
	s64 speed;
	s64 turned;
	u32 duty_permyriad;
	u32 duty_ns;
	u32 period_ns;
	s32 blocked;
	s32 tach_missing;
};

void evse_sim_fan_init(struct evse_sim_fan *f, s64 now);
unsigned int evse_sim_fan_run(struct evse_sim_fan *f, s64 now);
void evse_sim_fan_plan(struct evse_sim_fan *f, bool watched);
u32 evse_sim_fan_permille(const struct evse_sim_fan *f);
bool evse_sim_fan_level(const struct evse_sim_fan *f);

#endif /* _EVSE_SIM_HEAT_H */
