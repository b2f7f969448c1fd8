// SPDX-License-Identifier: GPL-2.0-only
/*
 * The plant: moves the models along the clock, event by event, and turns them
 * into levels of lines.
 *
 * Outputs are only noted, with their time, by whoever changes them; so the
 * drivers' own paths stay short, whatever context they run in. The plant
 * replays the notes in order. It computes when something is due, and when
 * somebody reads a quantity; a board on which nothing moves takes no time.
 */

#include <linux/device.h>
#include <linux/irqdomain.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "board.h"

/* Quantities that creep (charge, bleeding link) are computed this often. */
#define CREEP		EVSE_SIM_MS(100)
/* A pause may be long; what is steady does not need more than this of it. */
#define STEADY_MAX	EVSE_SIM_MS(1000)

#define TRIP_INPUTS	(BIT(EVSE_SIM_EMERGENCY_STOP) | \
			 BIT(EVSE_SIM_RESIDUAL_CURRENT) | \
			 BIT(EVSE_SIM_VOLTAGE_MONITOR))
#define COILS		GENMASK(EVSE_SIM_CONTACTS - 1, 0)

u8 evse_sim_plant_contacts(const struct evse_sim *b)
{
	u8 closed = 0;
	int i;

	for (i = 0; i < b->contacts; i++)
		closed |= b->contact[i].closed ? BIT(i) : 0;
	return closed;
}

static bool main_path(const struct evse_sim *b)
{
	u8 poles = b->referee.poles;

	return (evse_sim_plant_contacts(b) & poles) == poles;
}

static void dc_path(const struct evse_sim *b, struct evse_sim_dc_path *path)
{
	bool battery = evse_sim_vehicle_battery(&b->vehicle, b->link.current_ma,
						b->now);

	path->battery_mv = battery ? b->vehicle.battery_mv : 0;
	path->main = main_path(b);
	path->precharge = b->contact[EVSE_SIM_COIL_DC_MINUS].closed &&
			  b->contact[EVSE_SIM_COIL_PRECHARGE].closed;
}

void evse_sim_plant_flow(const struct evse_sim *b, struct evse_sim_flow *flow)
{
	struct evse_sim_dc_path path;

	if (!b->dc) {
		flow->voltage_mv = main_path(b) ? b->mains_mv : 0;
		flow->current_ma = b->vehicle.current_ma;
		flow->power_mw = div_s64((s64)flow->voltage_mv * b->phases *
					 flow->current_ma, 1000);
		return;
	}
	dc_path(b, &path);
	flow->voltage_mv = path.main ? div_s64(b->link.link_uv, 1000) :
				       path.battery_mv;
	flow->current_ma = b->link.current_ma;
	flow->power_mw = div_s64((s64)flow->voltage_mv * flow->current_ma,
				 1000);
}

/* Let quantities flow until @to. Returns whether they move on by themselves. */
static bool creep(struct evse_sim *b, s64 to)
{
	struct evse_sim_flow flow;
	struct evse_sim_dc_path path;
	s64 ns = to - b->now;

	if (!b->dc) {
		s32 target = evse_sim_vehicle_target_ma(&b->vehicle, &b->pilot,
							b->mains_mv, b->phases,
							b->now);

		evse_sim_vehicle_ramp(&b->vehicle, target, ns);
		evse_sim_plant_flow(b, &flow);
		evse_sim_vehicle_charge(&b->vehicle, flow.power_mw, ns);
		b->now = to;
		return b->vehicle.start != EVSE_SIM_NEVER && b->vehicle.s2;
	}

	do {
		dc_path(b, &path);
		ns = min(to - b->now, evse_sim_dc_step_ns(&b->link, &path));
		evse_sim_dc_step(&b->link, &path, min(ns, STEADY_MAX));
		if (path.main && path.battery_mv)
			evse_sim_vehicle_charge(&b->vehicle, b->link.power_mw,
						ns);
		b->now += ns;
	} while (b->now < to);

	return evse_sim_dc_step_ns(&b->link, &path) != EVSE_SIM_NEVER;
}

/* Output lines as they are, stuck ones included. */
static u8 outputs(const struct evse_sim *b)
{
	u8 out = b->seen;
	int i;

	for (i = 0; i < 8; i++)
		if (b->force[i] >= 0)
			out = (out & ~BIT(i)) | (b->force[i] ? BIT(i) : 0);
	return out;
}

static u16 inputs(const struct evse_sim *b)
{
	u16 in = (u16)evse_sim_plant_contacts(b) << EVSE_SIM_AUX(0);
	int i;

	if (b->has_lock && evse_sim_lock_feedback(&b->bolt))
		in |= BIT(EVSE_SIM_LOCK_STATUS);
	if (b->emergency_stop)
		in |= BIT(EVSE_SIM_EMERGENCY_STOP);
	if (b->residual_current)
		in |= BIT(EVSE_SIM_RESIDUAL_CURRENT);
	if (b->relay)
		in |= BIT(EVSE_SIM_VOLTAGE_MONITOR);
	for (i = 8; i < EVSE_SIM_LINES; i++)
		if (b->force[i] >= 0)
			in = (in & ~BIT(i)) | (b->force[i] ? BIT(i) : 0);
	return in;
}

/* Trip inputs that say trip, whatever their polarity. */
static u16 alarms(u16 in)
{
	return (in ^ BIT(EVSE_SIM_VOLTAGE_MONITOR)) & TRIP_INPUTS;
}

static bool injected(const struct evse_sim *b)
{
	int i;

	for (i = 0; i < b->contacts; i++)
		if (b->contact[i].fail)
			return true;
	for (i = 0; i < EVSE_SIM_LINES; i++)
		if (b->force[i] >= 0)
			return true;
	return b->pilot.noise_mv || b->pilot.shorted;
}

static void look(const struct evse_sim *b, struct evse_sim_scene *s)
{
	struct evse_sim_flow flow;
	struct evse_sim_dc_path path;

	evse_sim_plant_flow(b, &flow);
	*s = (struct evse_sim_scene){
		.current_ma = flow.current_ma,
		.connector_mv = flow.voltage_mv,
		.pilot_high_mv = b->pilot.high_mv,
		.pilot_low_mv = b->pilot.low_mv,
		.inputs = alarms(b->in),
		.coils = b->seen & COILS,
		.contacts = evse_sim_plant_contacts(b),
		.aux = (b->in >> EVSE_SIM_AUX(0)) & COILS,
		.gates = b->link.gates,
		.locked = b->in & BIT(EVSE_SIM_LOCK_STATUS),
		.lock = b->seen & BIT(EVSE_SIM_LOCK),
		.unlock = b->seen & BIT(EVSE_SIM_UNLOCK),
		.pwm = evse_sim_pilot_is_pwm(&b->pilot),
		.injected = injected(b),
	};
	if (!b->dc)
		return;
	dc_path(b, &path);
	if (path.battery_mv && !path.main)
		s->gap_mv = path.battery_mv - (s32)div_s64(b->link.link_uv,
							   1000);
}

/* Something happened at b->now: work out all that follows from it. */
static void settle(struct evse_sim *b)
{
	struct evse_sim_scene scene;
	u8 out = outputs(b);
	u16 was = b->in;
	int i;

	for (i = 0; i < b->contacts; i++)
		evse_sim_contact_coil(&b->contact[i], out & BIT(i), b->now);
	if (b->has_lock)
		evse_sim_lock_drive(&b->bolt, out & BIT(EVSE_SIM_LOCK),
				    out & BIT(EVSE_SIM_UNLOCK), b->now);
	evse_sim_vehicle_pilot(&b->vehicle, &b->pilot, b->now);
	if (!b->dc)
		evse_sim_vehicle_supply(&b->vehicle, main_path(b) &&
					b->mains_mv, b->now);
	evse_sim_pilot_levels(&b->pilot, evse_sim_vehicle_ohm(&b->vehicle),
			      b->vehicle.diode);

	b->in = inputs(b);
	b->pending |= (b->in & ~was & b->rise) | (was & ~b->in & b->fall);

	look(b, &scene);
	evse_sim_referee_see(&b->referee, &scene, b->now);
}

static void plan(struct evse_sim *b, bool creeps)
{
	s64 due = min3(b->bolt.due, b->vehicle.due, b->referee.due);
	int i;

	for (i = 0; i < b->contacts; i++)
		due = min(due, b->contact[i].due);
	if (!creeps)
		b->tick = EVSE_SIM_NEVER;
	else if (b->tick == EVSE_SIM_NEVER || b->tick <= b->now)
		b->tick = b->now + CREEP;
	b->due = min(due, b->tick);
}

static void fire(struct evse_sim *b)
{
	struct evse_sim_scene scene;
	struct evse_sim_flow flow;
	u8 was;
	int i;

	/* What a contact makes or breaks is what there is just before. */
	look(b, &scene);
	evse_sim_referee_before(&b->referee, &scene);
	was = evse_sim_plant_contacts(b);
	for (i = 0; i < b->contacts; i++)
		if (b->contact[i].due <= b->now)
			evse_sim_contact_fire(&b->contact[i], b->now);
	if (was & ~evse_sim_plant_contacts(b))
		b->opened = b->now;
	if (b->bolt.due <= b->now)
		evse_sim_lock_fire(&b->bolt, b->now);
	if (b->vehicle.due <= b->now) {
		evse_sim_plant_flow(b, &flow);
		evse_sim_vehicle_fire(&b->vehicle, flow.current_ma, b->now);
	}
}

static void run(struct evse_sim *b, s64 now)
{
	unsigned int seen = 0;

	for (;;) {
		const struct evse_sim_sample *next = seen < b->traced ?
						     &b->trace[seen] : NULL;
		s64 to = min(b->due, next ? next->time : now);
		bool creeps = creep(b, max(to, b->now));

		if (b->due <= b->now) {
			fire(b);
		} else if (next) {
			b->seen = next->out;
			b->link.gates = next->gates;
			seen++;
		} else {
			plan(b, creeps);
			break;
		}
		settle(b);
		plan(b, true);
	}
	b->traced = 0;
}

void evse_sim_plant_run(struct evse_sim *b)
{
	run(b, max(ktime_get(), b->now));
}

/* After evse_sim_plant_run() a cause was changed. */
void evse_sim_plant_changed(struct evse_sim *b)
{
	settle(b);
	plan(b, true);
	evse_sim_plant_wake(b);
}

/* See to it that the timer comes in time for what is due. */
void evse_sim_plant_wake(struct evse_sim *b)
{
	s64 due = b->traced || (b->pending & b->unmasked) ? b->now : b->due;

	if (b->delivering || due == EVSE_SIM_NEVER)
		return;
	hrtimer_start(&b->timer, due, HRTIMER_MODE_ABS_PINNED_HARD);
}

/* A driver changes outputs. Any context. */
void evse_sim_plant_drive(struct evse_sim *b, u8 out, bool gates)
{
	if (out == b->out && gates == b->gates)
		return;
	if (b->traced == EVSE_SIM_TRACE)
		evse_sim_plant_run(b);
	b->out = out;
	b->gates = gates;
	b->trace[b->traced++] = (struct evse_sim_sample){
		.time = ktime_get(), .out = out, .gates = gates,
	};
	evse_sim_plant_wake(b);
}

/* Hand one edge to its handlers, in hard interrupt, with the lock released. */
static void deliver(struct evse_sim *b, unsigned int line)
{
	struct irq_domain *domain = b->gc.irq.domain;
	bool alarm = alarms(b->in) & BIT(line);

	b->pending &= ~BIT(line);
	raw_spin_unlock(&b->lock);
	generic_handle_domain_irq(domain, line);
	raw_spin_lock(&b->lock);
	if (alarm)
		evse_sim_referee_returned(&b->referee, b->out & COILS, b->gates,
					  line, ktime_get());
}

static enum hrtimer_restart plant_timer(struct hrtimer *timer)
{
	struct evse_sim *b = container_of(timer, struct evse_sim, timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&b->lock, flags);
	b->delivering = true;
	do {
		evse_sim_plant_run(b);
		if (b->pending & b->unmasked)
			deliver(b, __ffs(b->pending & b->unmasked));
	} while (b->traced || (b->pending & b->unmasked));
	b->delivering = false;
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return HRTIMER_NORESTART;
}

static void plant_stop(void *data)
{
	struct evse_sim *b = data;

	hrtimer_cancel(&b->timer);
}

int evse_sim_plant_init(struct evse_sim *b)
{
	int i;

	raw_spin_lock_init(&b->lock);
	hrtimer_init(&b->timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_PINNED_HARD);
	b->timer.function = plant_timer;
	for (i = 0; i < EVSE_SIM_CONTACTS; i++)
		evse_sim_contact_init(&b->contact[i]);
	evse_sim_lock_init(&b->bolt);
	evse_sim_vehicle_init(&b->vehicle);
	prandom_seed_state(&b->noise, 1);
	return devm_add_action_or_reset(b->dev, plant_stop, b);
}

/* The defaults are in place: the first scene. */
void evse_sim_plant_start(struct evse_sim *b)
{
	struct evse_sim_scene scene;

	b->now = ktime_get();
	b->bolt.moved = b->now;
	evse_sim_pilot_levels(&b->pilot, 0, EVSE_SIM_DIODE_OK);
	b->in = inputs(b);
	look(b, &scene);
	evse_sim_referee_init(&b->referee, &scene, b->now);
	settle(b);
	plan(b, false);
}
