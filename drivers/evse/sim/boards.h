/* SPDX-License-Identifier: GPL-2.0-only */
/* Boards that no device tree describes. */
#ifndef _EVSE_SIM_BOARDS_H
#define _EVSE_SIM_BOARDS_H

#include <linux/property.h>
#include <linux/types.h>

#define EVSE_SIM_BOARDS		16
#define EVSE_SIM_BOARD_PROPERTIES	5
#define EVSE_SIM_PART_PROPERTIES	4
#define EVSE_SIM_PART_WIRES	3
#define EVSE_SIM_PART_TAPS	3

/**
 * struct evse_sim_wire - a line of the board that a part is wired to
 * @name: what the part's driver calls it; a list ends where there is none
 * @line: its number
 * @active_low: active is 0
 */
struct evse_sim_wire {
	const char *name;
	u8 line;
	bool active_low;
};

/**
 * struct evse_sim_tap - a channel of the board that a part measures
 * @name: what the part's driver calls it; a list ends where there is none
 * @channel: its number
 */
struct evse_sim_tap {
	const char *name;
	u8 channel;
};

/**
 * struct evse_sim_part - a part of a charger: a child of its port
 * @name: of its node
 * @compatible: the driver's
 * @properties: what its node has besides
 * @wires: lines, each once
 * @taps: channels
 * @pwm_period_ns: of the pilot's PWM output; 0: it has none
 */
struct evse_sim_part {
	const char *name;
	const char *compatible;
	struct property_entry properties[EVSE_SIM_PART_PROPERTIES];
	struct evse_sim_wire wires[EVSE_SIM_PART_WIRES];
	struct evse_sim_tap taps[EVSE_SIM_PART_TAPS];
	u32 pwm_period_ns;
};

/* parts.c */
extern const struct evse_sim_part evse_sim_parts[];
extern const unsigned int evse_sim_part_count;
extern const struct property_entry evse_sim_board_properties[EVSE_SIM_BOARD_PROPERTIES];
extern const struct property_entry evse_sim_port_properties[];
extern const char * const evse_sim_line_names[];

/* boards.c */
int evse_sim_boards_init(void);
void evse_sim_boards_exit(void);

#endif /* _EVSE_SIM_BOARDS_H */
