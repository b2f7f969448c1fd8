/* SPDX-License-Identifier: GPL-2.0-only */
/* Proximity resistance to cable coding. */
#ifndef _EVSE_PROXIMITY_H
#define _EVSE_PROXIMITY_H

#include <linux/types.h>

/**
 * enum evse_proximity_type - what the proximity contact codes
 * @EVSE_PROXIMITY_TYPE1: the plug's latch button
 * @EVSE_PROXIMITY_TYPE2: the ampacity of the cable
 */
enum evse_proximity_type {
	EVSE_PROXIMITY_TYPE1,
	EVSE_PROXIMITY_TYPE2,
};

/**
 * struct evse_proximity_coding - what one resistance says
 * @valid: inside a coding
 * @pressed: the latch button is pressed (type 1)
 * @current_ma: ampacity, 0 when the coding has none
 */
struct evse_proximity_coding {
	bool valid;
	bool pressed;
	u32 current_ma;
};

/**
 * struct evse_proximity - filter from resistances to a coding
 * @type: of the connector
 * @phases: of the port: a 63 A coding is 70 A on a single phase
 * @patience: so many missed samples in a row end the coding
 * @missed: samples missed in a row
 * @accepted: coding that two samples in a row agreed on
 * @last: coding of the latest sample
 */
struct evse_proximity {
	enum evse_proximity_type type;
	u8 phases;
	u8 patience;
	u8 missed;
	struct evse_proximity_coding accepted;
	struct evse_proximity_coding last;
};

struct evse_proximity_coding
evse_proximity_decode(enum evse_proximity_type type, u8 phases, s32 ohm);
void evse_proximity_step(struct evse_proximity *pp, s32 ohm);
void evse_proximity_miss(struct evse_proximity *pp);

#endif /* _EVSE_PROXIMITY_H */
