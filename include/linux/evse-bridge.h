/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The bridge of an EV charger: half-bridges ("legs") with dead time in hardware
 * and a trip that latches. A bridge has one owner, which hands down duties and
 * alone can arm it; it is a PWM chip to everybody else.
 */
#ifndef _LINUX_EVSE_BRIDGE_H
#define _LINUX_EVSE_BRIDGE_H

#include <linux/ktime.h>
#include <linux/types.h>

#define EVSE_BRIDGE_LEGS	3

struct device;
struct evse_bridge;

/**
 * devm_evse_bridge_get() - own the bridge that a device's property names
 * @dev: the owner, whose property "evse,bridge" refers to the bridge
 *
 * The bridge cannot be unbound before @dev, and is tripped when @dev is unbound.
 * Context: process.
 *
 * Return: the bridge; ERR_PTR(-EPROBE_DEFER) when it has no driver yet, -EBUSY
 * when it has an owner or a PWM consumer has armed it, -ENOENT without property.
 */
struct evse_bridge *devm_evse_bridge_get(struct device *dev);

/**
 * evse_bridge_legs() - number of legs
 * @bridge: the bridge
 *
 * Return: 1 to EVSE_BRIDGE_LEGS.
 */
unsigned int evse_bridge_legs(const struct evse_bridge *bridge);

/**
 * evse_bridge_dead_time_ns() - dead time
 * @bridge: the bridge
 *
 * Return: time between one switch of a leg off and the other on, as counted by
 * the hardware: what the device tree asks for or the next step above.
 */
u32 evse_bridge_dead_time_ns(const struct evse_bridge *bridge);

/**
 * evse_bridge_minimum_pulse_ns() - shortest pulse of a switch
 * @bridge: the bridge
 *
 * Return: what the device tree asks for; no duty leads to a shorter one.
 */
u32 evse_bridge_minimum_pulse_ns(const struct evse_bridge *bridge);

/**
 * evse_bridge_carrier_hz() - carrier in force
 * @bridge: the bridge
 *
 * Return: frequency, rounded. Context: any.
 */
u32 evse_bridge_carrier_hz(const struct evse_bridge *bridge);

/**
 * evse_bridge_carrier_range() - bounds of the carrier
 * @bridge: the bridge
 * @min_hz: lowest
 * @max_hz: highest
 */
void evse_bridge_carrier_range(const struct evse_bridge *bridge, u32 *min_hz,
			       u32 *max_hz);

/**
 * evse_bridge_set_carrier() - change the carrier of all legs
 * @bridge: the bridge
 * @carrier_hz: within the bounds; the next frequency below that can be counted
 *
 * Duties stay what they are. Refused while a leg is armed: legs that are out of
 * step on the way would have a pulse that is shorter than the minimum. In force
 * in all of them when it returns, after four periods of the longer kind. Context:
 * process.
 *
 * Return: 0; -ERANGE out of the bounds that evse_bridge_carrier_range() tells,
 * -EBUSY while a leg is armed.
 */
int evse_bridge_set_carrier(struct evse_bridge *bridge, u32 carrier_hz);

/**
 * evse_bridge_arm() - end the trip of all legs
 * @bridge: the bridge
 * @may_arm: asked after the outputs were released; false takes that back. It
 *	has to order the caller's own state against the releases.
 * @priv: handed to @may_arm
 *
 * A trip from anywhere between call and return wins. Armed already, nothing
 * changes. The legs are released one after the other: duties should ask for no
 * voltage between them. Context: process.
 *
 * Return: 0; -EIO while the trip input is active or registers are not what they
 * should be, -ECANCELED when @may_arm refused or a trip came, -ENODEV when the
 * bridge is being unbound, shut down or suspended.
 */
int evse_bridge_arm(struct evse_bridge *bridge, bool (*may_arm)(void *priv),
		    void *priv);

/**
 * evse_bridge_trip() - all outputs off, latched
 * @bridge: the bridge
 *
 * One register write for each leg. Idempotent. Context: any, hard interrupt
 * included.
 */
void evse_bridge_trip(struct evse_bridge *bridge);

/**
 * evse_bridge_is_off() - the trip of every leg is latched
 * @bridge: the bridge
 *
 * Return: true when the hardware says so. Context: any.
 */
bool evse_bridge_is_off(struct evse_bridge *bridge);

/**
 * evse_bridge_duty() - references of all legs
 * @bridge: the bridge
 * @duty_q16: for each leg the on time of its upper switch, 0 to 65536
 *
 * Refuses nothing: a duty is clamped to the linear range, which is what dead
 * time and minimum pulse leave, and one above 65536 is the highest.
 *
 * The counters of the legs are synchronised, and each leg takes its new duty at
 * once and whole when its counter is zero next. Written between two such
 * moments, the duties of all legs change in the same period. Written across one,
 * legs that were written late follow one period later.
 *
 * Context: any, hard interrupt included.
 */
void evse_bridge_duty(struct evse_bridge *bridge, const u32 *duty_q16);

/**
 * evse_bridge_load_ns() - when duties take effect
 * @bridge: the bridge
 * @after_ns: how long until they are written, a second at most
 *
 * Two register reads. Context: any, hard interrupt included.
 *
 * Return: time from now until duties written in @after_ns are loaded, ns.
 */
u32 evse_bridge_load_ns(struct evse_bridge *bridge, u32 after_ns);

/**
 * evse_bridge_on_trip() - be told of a trip by the trip input
 * @bridge: the bridge
 * @tripped: called in hard interrupt, the outputs of all legs being off already,
 *	with the time of the interrupt; NULL for nobody
 * @priv: handed to @tripped
 *
 * Once it returns, what was set before is not called any more. Context: process.
 */
void evse_bridge_on_trip(struct evse_bridge *bridge,
			 void (*tripped)(void *priv, ktime_t edge), void *priv);

#endif /* _LINUX_EVSE_BRIDGE_H */
