/* SPDX-License-Identifier: GPL-2.0-only */
/* A thermal guard from the inside. */
#ifndef _EVSE_THERMAL_H
#define _EVSE_THERMAL_H

#include <linux/evse.h>
#include <linux/hrtimer.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "plausible.h"
#include "slope.h"
#include "thermal_rules.h"

struct evse_thermal_guard;
struct iio_channel;
struct thermal_zone_device;

/**
 * struct evse_thermal_channel - a sensor of the guard
 * @thermal: whose it is
 * @place: where it is
 * @iio: measures it
 * @guard: its permit
 * @limiter: its limit
 * @zone: its thermal zone, NULL without one
 * @derate_max_mc: temperature from which it limits, as the board says; 0 for never
 * @trip_max_mc: temperature at which it trips, likewise
 * @derate_mc: the same in force; under the guard's lock, as the rest
 * @trip_mc: likewise
 * @plausible: is it to be believed
 * @slope: how fast it rises
 * @rule: what follows
 * @err: why the latest attempt to read it failed
 * @shown: what users see
 * @said: what the port knows; under the guard's @saying
 * @told_permille: limit that the port knows; of the round
 */
struct evse_thermal_channel {
	struct evse_thermal_guard *thermal;
	const struct evse_thermal_place *place;
	struct iio_channel *iio;
	struct evse_guard *guard;
	struct evse_limiter *limiter;
	struct thermal_zone_device *zone;
	s32 derate_max_mc;
	s32 trip_max_mc;
	s32 derate_mc;
	s32 trip_mc;
	struct evse_plausible plausible;
	struct evse_slope slope;
	struct evse_thermal_rule rule;
	int err;
	struct evse_thermal_sensor shown;
	enum evse_guard_state said;
	u32 told_permille;
};

/**
 * struct evse_thermal_guard - a thermal guard
 * @dev: the provider
 * @port: its port
 * @charge_mw: rated power of charging
 * @discharge_mw: rated power of discharging
 * @cooling_ms: time that secondary cooling has, 0 where there is none
 * @frozen_s: what a reading may stand still through, as evse_plausible_init()
 * @clear_max_mc: temperature that ends a trip, as the board says
 * @rise_max_mc_min: rate that is too fast, likewise
 * @rise_zone: thermal zone of the greatest rate of rise, NULL without one
 * @cooling: limiter of the port as a cooling device, NULL where it is none
 * @cooling_state: how much of the power that takes away, tenths
 * @count: how many sensors there are
 * @round: reads all of them
 * @late: tells that a round does not end
 * @timer: ends the permits of a round that does not end
 * @saying: the order in which the port is told; taken in hard interrupt, the
 *	core's locks nest inside
 * @lock: thresholds and what is known. Inside the port's mutex: nothing that
 *	takes that is called under it.
 * @clear_mc: temperature that ends a trip
 * @rise_mc_min: rate that is too fast
 * @missing: sensor that the port was told of as gone, NULL for none; of the round
 * @channel: the sensors
 */
struct evse_thermal_guard {
	struct device *dev;
	struct evse_port *port;
	s32 charge_mw;
	s32 discharge_mw;
	u32 cooling_ms;
	u32 frozen_s;
	s32 clear_max_mc;
	s32 rise_max_mc_min;
	struct thermal_zone_device *rise_zone;
	struct evse_limiter *cooling;
	unsigned long cooling_state;
	unsigned int count;
	struct delayed_work round;
	struct work_struct late;
	struct hrtimer timer;
	raw_spinlock_t saying;
	struct mutex lock;	/* see above */
	s32 clear_mc;
	s32 rise_mc_min;
	const struct evse_thermal_channel *missing;
	struct evse_thermal_channel channel[EVSE_THERMAL_PLACES];
};

/* thermal_round.c */
int evse_thermal_round_start(struct evse_thermal_guard *t);
void evse_thermal_again(struct evse_thermal_guard *t);

/* thermal_tell.c: what the port is told */
int evse_thermal_tell_get(struct evse_thermal_guard *t);
s32 evse_thermal_clear_of(const struct evse_thermal_guard *t,
			  enum evse_fault_code code);
void evse_thermal_tell_bounds(struct evse_thermal_guard *t);
void evse_thermal_leave(struct evse_thermal_guard *t,
			struct evse_limiter *limiter, u32 permille);
void evse_thermal_say(struct evse_thermal_channel *c,
		      const struct evse_thermal_verdict *verdict,
		      ktime_t edge, s32 mc);
void evse_thermal_hold(struct evse_thermal_guard *t);
void evse_thermal_tell_faults(struct evse_thermal_guard *t);

/* thermal.c */
extern struct platform_driver evse_thermal_driver;

/* thermal_user.c */
extern const struct evse_thermal_ops evse_thermal_user_ops;

/* thermal_hwmon.c */
int evse_thermal_hwmon(struct evse_thermal_guard *t);

/* thermal_zone.c */
int evse_thermal_zones(struct evse_thermal_guard *t);
void evse_thermal_zones_update(struct evse_thermal_guard *t);

/* thermal_cooling.c */
int evse_thermal_cooling(struct evse_thermal_guard *t);

#endif /* _EVSE_THERMAL_H */
