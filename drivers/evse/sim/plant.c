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

#include <linux/bitops.h>
#include <linux/device.h>
#include <linux/irqdomain.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "board.h"

/* Quantities that creep (charge, bleeding link) are computed this often. */
#define CREEP		EVSE_SIM_MS(100)
/* A pause may be long; what is steady does not need more than this of it. */
#define STEADY_MAX	EVSE_SIM_MS(1000)

/* ... and this often while a comparator is near to moving by them. */
#define CREEP_CLOSE	EVSE_SIM_MS(1)
/*
 * ... and this often while a bridge switches: what is computed in one go keeps
 * interrupts waiting, which a stage that follows the grid takes for a phase.
 */
#define CREEP_BRIDGE	(EVSE_SIM_MS(1) / 5)
/* ... which takes no longer than this; a crossing that is so near comes first. */
#define CREEP_TAKES	(EVSE_SIM_MS(1) / 10)

/* Trip inputs that say trip when they are active, and when they are not */
#define TRIP_HIGH	(BIT(EVSE_SIM_EMERGENCY_STOP) | \
			 BIT(EVSE_SIM_RESIDUAL_CURRENT) | \
			 BIT(EVSE_SIM_OVERCURRENT))
#define TRIP_LOW	(BIT(EVSE_SIM_VOLTAGE_MONITOR) | \
			 BIT(EVSE_SIM_INTERLOCK_LOOP) | \
			 BIT(EVSE_SIM_EARTH))
#define COILS		GENMASK(EVSE_SIM_CONTACTS - 1, 0)

/* Worse than this may be a reason for a charger to trip, so it may. */
#define SUSPECT_LEAK_UA		3000
#define SUSPECT_INSULATION_OHM	1000000
/* Feeding back, beyond what a meter's error could be */
#define EXPORT_MW		100000
#define EXPORT_MA		1000

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

/* Lines as they are, stuck ones included. */
static u32 forced(const struct evse_sim *b, u32 lines)
{
	int i;

	for (i = 0; i < EVSE_SIM_LINES; i++)
		if (b->force[i] >= 0)
			lines = (lines & ~BIT(i)) | (b->force[i] ? BIT(i) : 0);
	return lines;
}

u32 evse_sim_plant_outputs(const struct evse_sim *b)
{
	return forced(b, b->seen) & EVSE_SIM_OUTPUTS;
}

/* Is the house parted from the grid? */
bool evse_sim_plant_parted(const struct evse_sim *b)
{
	return b->part.closed;
}

static void dc_path(const struct evse_sim *b, struct evse_sim_dc_path *path)
{
	bool battery = evse_sim_vehicle_battery(&b->vehicle, b->link.current_ma,
						b->now);

	path->battery_mv = battery ? b->vehicle.battery_mv : 0;
	path->main = main_path(b);
	path->precharge = b->contact[EVSE_SIM_COIL_DC_MINUS].closed &&
			  b->contact[EVSE_SIM_COIL_PRECHARGE].closed;
	path->discharge = (evse_sim_plant_outputs(b) & BIT(EVSE_SIM_DISCHARGE)) &&
			  !b->discharge_fails;
}

void evse_sim_plant_flow(const struct evse_sim *b, struct evse_sim_flow *flow)
{
	struct evse_sim_dc_path path;

	if (!b->dc) {
		flow->voltage_mv = main_path(b) ? evse_sim_grid_mv(b) : 0;
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
	s64 from = b->now, ns = to - from;

	if (!b->dc) {
		s32 target = evse_sim_vehicle_target_ma(&b->vehicle, &b->pilot,
							evse_sim_grid_mv(b),
							b->phases, b->now);

		evse_sim_vehicle_ramp(&b->vehicle, target, ns);
		evse_sim_plant_flow(b, &flow);
		evse_sim_vehicle_charge(&b->vehicle, flow.power_mw, ns);
		evse_sim_thermal_flow(b, ns);
		b->now = to;
		return b->vehicle.start != EVSE_SIM_NEVER && b->vehicle.s2;
	}

	do {
		dc_path(b, &path);
		ns = min(to - b->now, evse_sim_dc_step_ns(&b->link, &path));
		if (b->bridge)
			evse_sim_bridge_flow(b, b->now + ns);
		evse_sim_dc_step(&b->link, &path, min(ns, STEADY_MAX));
		if (path.main && path.battery_mv)
			evse_sim_vehicle_charge(&b->vehicle, b->link.power_mw,
						ns);
		b->now += ns;
	} while (b->now < to);
	evse_sim_thermal_flow(b, to - from);

	return evse_sim_dc_step_ns(&b->link, &path) != EVSE_SIM_NEVER;
}

/* What flows through the connector, short circuits included. */
s32 evse_sim_plant_current(const struct evse_sim *b)
{
	struct evse_sim_flow flow;

	evse_sim_plant_flow(b, &flow);
	return flow.current_ma + b->extra_ma;
}

static u32 inputs(const struct evse_sim *b)
{
	u32 in = (u32)evse_sim_plant_contacts(b) << EVSE_SIM_AUX(0);

	if (b->has_lock && evse_sim_lock_feedback(&b->bolt))
		in |= BIT(EVSE_SIM_LOCK_STATUS);
	if (b->emergency_stop)
		in |= BIT(EVSE_SIM_EMERGENCY_STOP);
	if (b->residual_current || b->leak.line)
		in |= BIT(EVSE_SIM_RESIDUAL_CURRENT);
	if (b->interlock_loop)
		in |= BIT(EVSE_SIM_INTERLOCK_LOOP);
	if (evse_sim_earth_present(&b->earth))
		in |= BIT(EVSE_SIM_EARTH);
	if (abs(evse_sim_plant_current(b)) > b->overcurrent_ma)
		in |= BIT(EVSE_SIM_OVERCURRENT);
	if (evse_sim_plant_parted(b))
		in |= BIT(EVSE_SIM_ISLAND_OPEN);
	if (evse_sim_thermal_alert(b))
		in |= BIT(EVSE_SIM_TEMP_ALERT);
	return forced(b, in | evse_sim_grid_lines(b)) & ~EVSE_SIM_OUTPUTS;
}

static void edges(struct evse_sim *b, u32 was)
{
	unsigned long lines = (b->in & ~was & b->rise) | (was & ~b->in & b->fall);
	unsigned int i;

	/* What waits for a level waits as long as it lasts. */
	lines |= (b->in & b->high) | (~b->in & b->low);
	b->pending &= ~((~b->in & b->high) | (b->in & b->low));
	for_each_set_bit(i, &lines, EVSE_SIM_LINES)
		if (!b->deaf[i])
			b->pending |= BIT(i);
}

/* Does a line show what it should, and does it interrupt? */
static bool sound(const struct evse_sim *b, unsigned int line)
{
	return b->force[line] < 0 && !b->deaf[line];
}

/*
 * Trip inputs that say trip, whatever their polarity. Bad mains are nobody's
 * concern behind the open islanding switch.
 */
static u32 alarms(const struct evse_sim *b)
{
	u32 lines = (b->in ^ TRIP_LOW) & (TRIP_LOW | TRIP_HIGH);

	return evse_sim_plant_parted(b) ? lines & ~BIT(EVSE_SIM_VOLTAGE_MONITOR) :
					  lines;
}

static bool injected(const struct evse_sim *b)
{
	int i;

	for (i = 0; i < b->contacts; i++)
		if (b->contact[i].fail)
			return true;
	if (b->part.fail)
		return true;
	for (i = 0; i < EVSE_SIM_LINES; i++)
		if (!sound(b, i))
			return true;
	for (i = 0; i < EVSE_SIM_CHANNELS; i++)
		if (b->channel[i].fail)
			return true;
	return b->pilot.noise_mv || b->pilot.shorted || b->extra_ma ||
	       b->leak.ua > SUSPECT_LEAK_UA ||
	       b->insulation.ohm < SUSPECT_INSULATION_OHM;
}

static bool exporting(const struct evse_sim *b)
{
	if (b->dc)
		return b->link.gates && b->link.power_mw < -EXPORT_MW;
	return main_path(b) && b->vehicle.current_ma < -EXPORT_MA;
}

static bool relay_blind(const struct evse_sim *b)
{
	return b->force[EVSE_SIM_VOLTAGE_MONITOR] == 1 || !b->mains.relay_works;
}

static bool cross_blind(const struct evse_sim *b)
{
	unsigned int i;

	for (i = 0; i < b->mains.phases; i++)
		if (b->force[EVSE_SIM_ZERO_CROSS(i)] >= 0)
			return true;
	return false;
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
		.inputs = alarms(b),
		.coils = b->seen & COILS,
		.contacts = evse_sim_plant_contacts(b),
		.aux = (b->in >> EVSE_SIM_AUX(0)) & COILS,
		.gates = b->link.gates,
		.locked = b->in & BIT(EVSE_SIM_LOCK_STATUS),
		.lock = b->seen & BIT(EVSE_SIM_LOCK),
		.unlock = b->seen & BIT(EVSE_SIM_UNLOCK),
		.pwm = evse_sim_pilot_is_pwm(&b->pilot),
		.injected = injected(b),
		.disturbed = b->jumped || evse_sim_mains_disturbed(&b->mains),
		.island = b->islanded && !evse_sim_plant_parted(b),
		.parted = evse_sim_plant_parted(b),
		.part = b->seen & BIT(EVSE_SIM_ISLAND_COIL),
		.house = b->house,
		.exporting = exporting(b),
		.relay_blind = relay_blind(b),
		.cross_blind = cross_blind(b),
		.leaking = b->leak.ua > b->leak.limit_ua &&
			   !b->leak.test_fail &&
			   sound(b, EVSE_SIM_RESIDUAL_CURRENT),
		.loop_open = !b->interlock_loop &&
			     sound(b, EVSE_SIM_INTERLOCK_LOOP),
		.earth_lost = !evse_sim_earth_present(&b->earth) &&
			      sound(b, EVSE_SIM_EARTH),
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
	u32 out = evse_sim_plant_outputs(b), was = b->in;
	int i;

	for (i = 0; i < b->contacts; i++)
		evse_sim_contact_coil(&b->contact[i], out & BIT(i), b->now);
	evse_sim_contact_coil(&b->part, out & BIT(EVSE_SIM_ISLAND_COIL), b->now);
	if (b->has_lock)
		evse_sim_lock_drive(&b->bolt, out & BIT(EVSE_SIM_LOCK),
				    out & BIT(EVSE_SIM_UNLOCK), b->now);
	evse_sim_thermal_update(b);
	evse_sim_grid_update(b);
	evse_sim_leak_look(&b->leak, out & BIT(EVSE_SIM_RCD_TEST), b->now);
	evse_sim_vehicle_pilot(&b->vehicle, &b->pilot, b->now);
	if (!b->dc)
		evse_sim_vehicle_supply(&b->vehicle, main_path(b) &&
					evse_sim_grid_mv(b), b->now);
	evse_sim_pilot_levels(&b->pilot, evse_sim_vehicle_ohm(&b->vehicle),
			      b->vehicle.diode);

	b->in = inputs(b);
	edges(b, was);

	look(b, &scene);
	evse_sim_referee_see(&b->referee, &scene, b->now);
	b->jumped = false;
}

/* Crossings until @limit; with @one no further than to one that is waited for. */
static void cross(struct evse_sim *b, s64 limit, bool one)
{
	while (b->zero.due <= limit) {
		u32 was = b->in, lines;

		if (!evse_sim_grid_cross(b))
			continue;
		lines = forced(b, evse_sim_grid_lines(b));
		WRITE_ONCE(b->in, (was & ~EVSE_SIM_ZERO) |
				  (lines & EVSE_SIM_ZERO));
		edges(b, was);
		if (one && (b->pending & b->unmasked))
			break;
	}
}

static void plan(struct evse_sim *b, bool creeps)
{
	s64 due = min3(b->bolt.due, b->vehicle.due, b->referee.due);
	bool close = abs(evse_sim_plant_current(b)) > b->overcurrent_ma / 4 * 3;
	s64 step = b->bridge && b->link.gates ? CREEP_BRIDGE :
		   close ? CREEP_CLOSE : CREEP;
	int i;

	due = min3(due, b->leak.due, evse_sim_grid_due(b));
	due = min3(due, evse_sim_script_due(b), b->part.due);
	evse_sim_thermal_plan(b);
	due = min(due, b->warm);
	for (i = 0; i < b->contacts; i++)
		due = min(due, b->contact[i].due);
	if (!creeps)
		b->tick = EVSE_SIM_NEVER;
	else if (b->tick <= b->now || b->tick > b->now + step)
		b->tick = b->now + step;
	if (b->zero.due > b->tick && b->zero.due - b->tick < CREEP_TAKES)
		b->tick = b->zero.due;
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
	evse_sim_script_fire(b);
	evse_sim_grid_fire(b);
	if (b->warm <= b->now)
		evse_sim_thermal_run(b);
	if (b->leak.due <= b->now)
		evse_sim_leak_fire(&b->leak, b->now);
	for (i = 0; i < b->contacts; i++)
		if (b->contact[i].due <= b->now)
			evse_sim_contact_fire(&b->contact[i], b->now);
	if (was & ~evse_sim_plant_contacts(b))
		b->opened = b->now;
	if (b->part.due <= b->now)
		evse_sim_contact_fire(&b->part, b->now);
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
		bool creeps;

		cross(b, to, false);
		creeps = creep(b, max(to, b->now));
		if (b->due <= b->now) {
			fire(b);
		} else if (next) {
			if (b->link.gates && !next->gates)
				b->blocked = next->time;
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
	evse_sim_thermal_run(b);
	if (evse_sim_thermal_moved(b)) {
		settle(b);
		plan(b, true);
	}
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
	s64 due = b->traced || (b->pending & b->unmasked) ? b->now :
		  min3(b->due, b->zero.due, b->fan.due);

	if (b->delivering || due == EVSE_SIM_NEVER)
		return;
	hrtimer_start(&b->timer, due, HRTIMER_MODE_ABS_PINNED_HARD);
}

/* A driver changes outputs. Any context. */
void evse_sim_plant_drive(struct evse_sim *b, u32 out, bool gates)
{
	u32 was_out = b->out;
	bool was_gates = b->gates;
	s64 now;

	if (out == was_out && gates == was_gates)
		return;
	if (b->traced == EVSE_SIM_TRACE)
		evse_sim_plant_run(b);
	b->out = out;
	b->gates = gates;
	now = ktime_get();
	b->trace[b->traced++] = (struct evse_sim_sample){
		.time = now, .out = out, .gates = gates,
	};
	evse_sim_latency_drive(b, was_out, was_gates, now);
	evse_sim_plant_wake(b);
}

/**
 * evse_sim_plant_hand() - hand one edge to its handlers
 * @b: the board; its lock is held, and released meanwhile
 * @line: one that waits for delivery
 * @edge: when it came; 0 is now
 *
 * Context: hard interrupt. Nothing of the plant is computed before the handlers
 * run.
 *
 * Return: true when the line says trip; the referee wants to know when the
 * handlers have returned.
 */
bool evse_sim_plant_hand(struct evse_sim *b, unsigned int line, s64 edge)
{
	struct irq_domain *domain = b->gc.irq.domain;
	bool alarm = alarms(b) & BIT(line);

	b->pending &= ~BIT(line);
	if (alarm)
		evse_sim_latency_edge(b, edge ?: ktime_get());
	raw_spin_unlock(&b->lock);
	generic_handle_domain_irq(domain, line);
	raw_spin_lock(&b->lock);
	return alarm;
}

void evse_sim_plant_handed(struct evse_sim *b, unsigned int line)
{
	evse_sim_referee_returned(&b->referee, b->out & COILS, b->gates, line,
				  ktime_get());
}

static void deliver(struct evse_sim *b, unsigned int line)
{
	if (evse_sim_plant_hand(b, line, 0))
		evse_sim_plant_handed(b, line);
}

static enum hrtimer_restart plant_timer(struct hrtimer *timer)
{
	struct evse_sim *b = container_of(timer, struct evse_sim, timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&b->lock, flags);
	b->delivering = true;
	do {
		s64 now = ktime_get();

		/* Crossings change nothing but their lines, and wait for nothing. */
		if (b->zero.due <= min(now, b->due))
			cross(b, min(now, b->due), true);
		else if (b->traced || b->due <= now)
			run(b, max(now, b->now));
		evse_sim_thermal_turn(b, now);
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
	evse_sim_contact_init(&b->part);
	evse_sim_lock_init(&b->bolt);
	evse_sim_leak_init(&b->leak);
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
	evse_sim_thermal_start(b);
	evse_sim_grid_start(b);
	evse_sim_pilot_levels(&b->pilot, 0, EVSE_SIM_DIODE_OK);
	b->in = inputs(b);
	look(b, &scene);
	evse_sim_referee_init(&b->referee, &scene, b->now);
	settle(b);
	plan(b, false);
}
