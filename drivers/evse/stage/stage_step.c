// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control step: in a hard interrupt, as often as the device tree says. It
 * looks whether the grid is still followed, and hands down the next duties.
 */
#include <linux/ktime.h>

#include "stage.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

/* From the look at the counter to the duties in its shadow registers */
#define EVSE_STAGE_WRITE_NS	3000

/* After a ramp, until a battery is at rest */
#define EVSE_STAGE_MOVING_MS	10

/*
 * What the filter makes heat of comes on top: the port's power is that of the
 * link. Half of the peak's square for each phase, ohm Q20; 1000 is 1024 * 1024 / 1049.
 */
static s32 evse_stage_loss_mw(const struct evse_control *c)
{
	u64 square = (s64)c->d_ma * c->d_ma + (s64)c->q_ma * c->q_ma;
	u64 uw = (square >> 1) * c->resistance >> 20;

	return (uw >> 10) * c->config.phases * 1049 >> 10;
}

static int evse_stage_vector(struct evse_stage *s, ktime_t now, ktime_t load,
			     struct evse_vector *v)
{
	s32 power_mw;

	if (s->forming) {
		evse_form_step(&s->form, load, v);
		return 0;
	}
	if (!evse_follow_locked(&s->follow, now))
		return -ENOLINK;
	power_mw = evse_reference_step(&s->reference, S32_MIN, S32_MAX);
	return evse_control_step(&s->control,
				 power_mw + evse_stage_loss_mw(&s->control),
				 evse_follow_angle(&s->follow, load), v);
}

/* With the lock held: duties from @load on, or that there are none. */
static int evse_stage_duties(struct evse_stage *s, ktime_t now, ktime_t load,
			     u32 *duty)
{
	struct evse_vector v;
	int err = evse_stage_vector(s, now, load, &v);

	return err ?: evse_modulator_step(&s->modulator, &v, duty);
}

/*
 * A grid that is lost blocks the gates until it is back; a voltage that the link
 * is too low for is a fault.
 */
static void evse_stage_give_up(struct evse_stage *s, ktime_t now, int err)
{
	WRITE_ONCE(s->running, false);
	evse_bridge_trip(s->bridge);
	evse_stage_off(s, err == -ENOLINK ? EVSE_BRIDGE_STATE_LOST :
					    EVSE_BRIDGE_STATE_OUT_OF_RANGE);
	if (err == -ENOLINK)
		evse_guard_cease(s->guard);
	else
		evse_guard_trip(s->guard, now, err);
}

/*
 * The voltage of a battery follows its current: while the power is on its way,
 * as it always is when a house takes it, the link is looked at every millisecond.
 */
static void evse_stage_look(struct evse_stage *s)
{
	u32 often = NSEC_PER_MSEC / s->pace.step_ns ?: 1;

	if (s->reference.still < EVSE_STAGE_MOVING_MS * often && !((u32)s->steps % often))
		mod_delayed_work(system_highpri_wq, &s->watch, 0);
}

static enum hrtimer_restart evse_stage_step(struct hrtimer *timer)
{
	struct evse_stage *s = container_of(timer, struct evse_stage, step);
	u32 duty[EVSE_BRIDGE_LEGS] = { };
	ktime_t now = ktime_get(), load;
	unsigned long flags;
	int err;

	if (!READ_ONCE(s->running))
		return HRTIMER_NORESTART;

	raw_spin_lock_irqsave(&s->lock, flags);
	load = ktime_add_ns(now, evse_bridge_load_ns(s->bridge, EVSE_STAGE_WRITE_NS));
	err = evse_stage_duties(s, now, load, duty);
	s->steps++;
	raw_spin_unlock_irqrestore(&s->lock, flags);
	if (err) {
		evse_stage_give_up(s, now, err);
		return HRTIMER_NORESTART;
	}
	evse_bridge_duty(s->bridge, duty);
	evse_stage_look(s);
	if (trace_evse_step_enabled())
		trace_evse_step(s->dev, ktime_sub(now, hrtimer_get_expires(timer)),
				ktime_sub(ktime_get(), now), s->reference.now_mw);
	hrtimer_set_expires(timer, evse_pace_next(&s->pace, now, load));
	return HRTIMER_RESTART;
}

/**
 * evse_stage_step_init() - prepare the timer
 * @s: the stage
 */
void evse_stage_step_init(struct evse_stage *s)
{
	hrtimer_init(&s->step, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_PINNED_HARD);
	s->step.function = evse_stage_step;
}

/**
 * evse_stage_step_start() - step from now on, at zero power
 * @s: the stage, its gates off
 * @forming: make the voltage of a house, from none up, instead of following a grid
 *
 * Context: process.
 */
void evse_stage_step_start(struct evse_stage *s, bool forming)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&s->lock, flags);
	evse_reference_reset(&s->reference);
	evse_control_reset(&s->control);
	s->forming = forming;
	evse_stage_form_goal(s, 0);
	evse_form_start(&s->form, ktime_get(), 0);
	s->steps = 0;
	raw_spin_unlock_irqrestore(&s->lock, flags);
	WRITE_ONCE(s->running, true);
	hrtimer_start(&s->step, evse_pace_start(&s->pace, ktime_get()),
		      HRTIMER_MODE_ABS_PINNED_HARD);
}

/**
 * evse_stage_step_stop() - no further step
 * @s: the stage, its gates off
 *
 * Context: process.
 */
void evse_stage_step_stop(struct evse_stage *s)
{
	WRITE_ONCE(s->running, false);
	hrtimer_cancel(&s->step);
}
