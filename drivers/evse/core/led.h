/* SPDX-License-Identifier: GPL-2.0-only */
/* Status lights of a port, for whatever LEDs are attached to them. */
#ifndef _EVSE_LED_H
#define _EVSE_LED_H

#include <linux/leds.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "blink.h"

struct evse_port;

#define EVSE_LIGHT_NAME_MAX	24

/**
 * struct evse_light - one trigger, and the pattern of its LEDs
 * @trigger: what LEDs are attached to
 * @name: name of @trigger
 * @pattern: makes a pattern of what is shown
 * @lock: everything below
 * @shows: what is shown, 0 for nothing
 * @blink: its pattern
 * @part_ms: how long the present part of it lasts, 0 for good
 * @work: goes on to the next part; runs only while an LED is attached
 */
struct evse_light {
	struct led_trigger trigger;
	char name[EVSE_LIGHT_NAME_MAX];
	void (*pattern)(struct evse_blink *blink, u32 shows);
	spinlock_t lock;	/* everything below */
	u32 shows;
	struct evse_blink blink;
	u32 part_ms;
	struct delayed_work work;
};

/* Which light of a port */
enum {
	EVSE_LIGHT_STATE,
	EVSE_LIGHT_FAULT,
	EVSE_LIGHTS
};

#ifdef CONFIG_LEDS_TRIGGERS
void evse_lights_start(struct evse_port *port);
void evse_lights_stop(struct evse_port *port);
void evse_lights_show(struct evse_port *port);
#else
static inline void evse_lights_start(struct evse_port *port) { }
static inline void evse_lights_stop(struct evse_port *port) { }
static inline void evse_lights_show(struct evse_port *port) { }
#endif

#endif /* _EVSE_LED_H */
