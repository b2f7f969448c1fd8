// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bridge of a stage: what depends on its carrier, and what users see and
 * change of it.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/iio/consumer.h>
#include <linux/math.h>
#include <linux/math64.h>

#include "stage.h"

/* As part of a period of the carrier, Q16 */
static u32 evse_stage_part(u32 ns, u32 carrier_hz)
{
	return div_u64((u64)ns * carrier_hz << 16, NSEC_PER_SEC);
}

/**
 * evse_stage_modulator() - prepare a modulator for a carrier
 * @s: the stage; the voltage of its link is not known to the modulator yet
 * @carrier_hz: the carrier
 * @m: set
 *
 * Return: 0, or -ERANGE when dead time and minimum pulse leave too little.
 */
int evse_stage_modulator(const struct evse_stage *s, u32 carrier_hz,
			 struct evse_modulator *m)
{
	u32 link_mv = evse_port_rating(s->port)->voltage_mv;
	const struct evse_modulator_config config = {
		.topology = s->topology,
		.scheme = s->topology == EVSE_TOPOLOGY_THREE_PHASE ?
			  EVSE_SCHEME_SPACE_VECTOR : EVSE_SCHEME_SINE,
		.dead = evse_stage_part(evse_bridge_dead_time_ns(s->bridge),
					carrier_hz),
		.margin = evse_stage_part(evse_bridge_minimum_pulse_ns(s->bridge),
					  carrier_hz),
		/* Peak of the ripple at half duty: V / (8 f L) */
		.band_ma = div64_u64((u64)link_mv * 1000000,
				     8ULL * carrier_hz * s->inductance_uh) ?: 1,
	};

	return evse_modulator_init(m, &config);
}

/**
 * evse_stage_tune() - compute anew all that depends on the carrier
 * @s: the stage, its gates off
 *
 * The carrier may be another than when they were armed last, by
 * evse_stage_set_carrier() or by a PWM consumer. The link is to be measured next.
 *
 * Return: 0 or -ERANGE.
 */
int evse_stage_tune(struct evse_stage *s)
{
	u32 carrier_hz = evse_bridge_carrier_hz(s->bridge);
	struct evse_modulator modulator;
	unsigned long flags;
	int err;

	err = evse_stage_modulator(s, carrier_hz, &modulator);
	if (err)
		return err;
	raw_spin_lock_irqsave(&s->lock, flags);
	s->modulator = modulator;
	evse_pace_init(&s->pace, s->pace.step_ns, carrier_hz);
	raw_spin_unlock_irqrestore(&s->lock, flags);
	return 0;
}

/**
 * evse_stage_off() - the gates are about to be off
 * @s: the stage
 * @why: not EVSE_BRIDGE_STATE_ARMED
 *
 * The first cause stays: what follows are its consequences. Context: any.
 */
void evse_stage_off(struct evse_stage *s, enum evse_bridge_state why)
{
	cmpxchg(&s->state, EVSE_BRIDGE_STATE_ARMED, why);
}

/* The hardware is off before anybody here was told. */
static enum evse_bridge_state evse_stage_state(struct evse_stage *s)
{
	enum evse_bridge_state state = READ_ONCE(s->state);

	if (!evse_bridge_is_off(s->bridge))
		return EVSE_BRIDGE_STATE_ARMED;
	return state == EVSE_BRIDGE_STATE_ARMED ? EVSE_BRIDGE_STATE_TRIPPED : state;
}

/**
 * evse_stage_bridge() - what the bridge does
 * @priv: the stage
 * @status: filled
 */
void evse_stage_bridge(void *priv, struct evse_bridge_status *status)
{
	struct evse_stage *s = priv;
	ktime_t now = ktime_get();
	unsigned long flags;

	status->state = evse_stage_state(s);
	status->carrier_hz = evse_bridge_carrier_hz(s->bridge);
	evse_bridge_carrier_range(s->bridge, &status->carrier_min_hz,
				  &status->carrier_max_hz);
	status->dead_time_ns = evse_bridge_dead_time_ns(s->bridge);
	status->minimum_pulse_ns = evse_bridge_minimum_pulse_ns(s->bridge);
	status->link_valid = iio_read_channel_processed(s->link,
							&status->link_mv) >= 0;
	status->control_hz = DIV_ROUND_CLOSEST(NSEC_PER_SEC, s->pace.step_ns);

	raw_spin_lock_irqsave(&s->lock, flags);
	status->following = s->follow.running;
	status->locked = evse_follow_locked(&s->follow, now);
	status->phase_error_mdeg = (s64)s->follow.error * 360000 >> 32;
	if (status->state == EVSE_BRIDGE_STATE_ARMED) {
		status->forming = s->forming;
		status->power_mw = s->reference.now_mw;
	}
	status->steps = s->steps;
	raw_spin_unlock_irqrestore(&s->lock, flags);
}

/**
 * evse_stage_set_carrier() - change the carrier; arming tunes the stage to it
 * @priv: the stage
 * @carrier_hz: the carrier
 *
 * Return: 0, -ERANGE out of bounds, -EBUSY while a gate is armed.
 */
int evse_stage_set_carrier(void *priv, u32 carrier_hz)
{
	struct evse_stage *s = priv;

	return evse_bridge_set_carrier(s->bridge, carrier_hz);
}
