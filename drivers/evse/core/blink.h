/* SPDX-License-Identifier: GPL-2.0-only */
/* What status lights say, as flashes: pure. */
#ifndef _EVSE_BLINK_H
#define _EVSE_BLINK_H

#include <linux/types.h>
#include <uapi/linux/evse.h>

/* Eight hexadecimal digits, each of six flashes at most: e is 5 + 5 + 4 */
#define EVSE_BLINK_FLASHES	48

/**
 * enum evse_shows - what the state light says
 * @EVSE_SHOWS_NOTHING: no vehicle, not ready, or a fault, which has its own light
 * @EVSE_SHOWS_WAITING: a vehicle is connected
 * @EVSE_SHOWS_BUSY: power is on its way to begin or to end
 * @EVSE_SHOWS_READY: the contacts are closed, no power is granted
 * @EVSE_SHOWS_CHARGING: power may flow to the vehicle
 * @EVSE_SHOWS_FEEDING: power is taken from the vehicle
 * @EVSE_SHOWS: how many there are
 */
enum evse_shows {
	EVSE_SHOWS_NOTHING,
	EVSE_SHOWS_WAITING,
	EVSE_SHOWS_BUSY,
	EVSE_SHOWS_READY,
	EVSE_SHOWS_CHARGING,
	EVSE_SHOWS_FEEDING,
	EVSE_SHOWS
};

/**
 * struct evse_flash - one flash of a light
 * @on_ms: how long it is on, 0 for good
 * @off_ms: how long it is off afterwards
 */
struct evse_flash {
	u16 on_ms;
	u16 off_ms;
};

/**
 * struct evse_blink - a pattern that repeats
 * @flash: its flashes
 * @count: how many they are, 0 for a dark light
 * @at: part that comes next, two for each flash; 0 to begin
 */
struct evse_blink {
	struct evse_flash flash[EVSE_BLINK_FLASHES];
	unsigned int count;
	unsigned int at;
};

enum evse_shows evse_blink_shows(enum evse_port_state state, s32 power_mw);
void evse_blink_state(struct evse_blink *blink, u32 shows);
void evse_blink_code(struct evse_blink *blink, u32 code);
u32 evse_blink_next(struct evse_blink *blink, bool *lit);

#endif /* _EVSE_BLINK_H */
