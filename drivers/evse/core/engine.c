// SPDX-License-Identifier: GPL-2.0-only
/*
 * The engine of a port: one thread that turns what providers and users say into
 * inputs of the state machine, and does what its answers ask for.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/evse.h>
#include <linux/irq_work.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <uapi/linux/sched/types.h>

#include "port.h"
#include "trace.h"

#define EVSE_DRAIN_POLL_MS	20
#define EVSE_SAMPLE_MS		200
/* A stage ramps at once; a vehicle has 3 s to open S2, 6 s before it is cut. */
#define EVSE_DRAIN_STAGE_MS	2000
#define EVSE_DRAIN_VEHICLE_MS	6000

/* How long a state may last, and the fault that ends it. */
static const struct {
	u32 ms;
	enum evse_fault_code code;
} evse_bounds[EVSE_STATES] = {
	[EVSE_PORT_STATE_LOCKING] = { 5000, EVSE_FAULT_CODE_LOCK_FAIL },
	/* Behind the checks' own times. */
	[EVSE_PORT_STATE_CHECKING] = { 65000, EVSE_FAULT_CODE_STOP_TIMEOUT },
	[EVSE_PORT_STATE_CLOSING] = { 10000, EVSE_FAULT_CODE_CONTACTOR_OPEN },
	[EVSE_PORT_STATE_STOPPING] = { 10000, EVSE_FAULT_CODE_STOP_TIMEOUT },
	[EVSE_PORT_STATE_OPENING] = { 2000, EVSE_FAULT_CODE_STOP_TIMEOUT },
};

static void evse_port_wake(struct evse_port *port)
{
	evse_contactor_tripped(port);
	kthread_queue_work(port->worker, &port->work);
}

static void evse_port_woken(struct irq_work *work)
{
	evse_port_wake(container_of(work, struct evse_port, wake));
}

/*
 * Can a processor interrupt itself? Where it cannot, such work waits for the
 * next tick. What arm knows about itself is not exported; more than one can.
 */
static bool evse_irq_work_is_prompt(void)
{
	if (IS_ENABLED(CONFIG_ARM))
		return num_possible_cpus() > 1;
	return arch_irq_work_has_interrupt();
}

/**
 * evse_port_kick() - let the worker look at something
 * @port: the port
 * @what: at what
 *
 * Context: any.
 */
void evse_port_kick(struct evse_port *port, enum evse_pending what)
{
	set_bit(what, &port->pending);
	/*
	 * The gates of another port may wait behind this interrupt; waking a
	 * thread would be most of its time, and can come after it.
	 */
	if (in_hardirq() && evse_irq_work_is_prompt())
		irq_work_queue(&port->wake);
	else
		evse_port_wake(port);
}

/* At rest, but what was energised is not confirmed open, or its link charged. */
static bool evse_unopened(struct evse_port *port)
{
	return evse_state_at_rest(port->state) &&
	       atomic_read(&port->energising);
}

struct evse_facts evse_engine_facts(struct evse_port *port)
{
	return (struct evse_facts){
		.ready = port->ready,
		.latched = evse_fault_any_latched(port) || evse_unopened(port),
		.vehicle = port->seen_vehicle,
	};
}

static enum hrtimer_restart evse_watch_over(struct hrtimer *timer)
{
	struct evse_port *port = container_of(timer, struct evse_port, watch);
	enum evse_port_state state = READ_ONCE(port->state);

	if (evse_bounds[state].ms)
		evse_trip(port, evse_fault_index(evse_bounds[state].code),
			  ktime_get(), state, false, "core");
	return HRTIMER_NORESTART;
}

static void evse_engine_enter(struct evse_port *port,
			      enum evse_port_state state)
{
	u32 bound_ms = evse_bounds[state].ms;

	trace_evse_state(port->id, evse_state_name(port->state),
			 evse_state_name(state));
	dev_dbg(&port->dev, "%s -> %s\n", evse_state_name(port->state),
		evse_state_name(state));

	hrtimer_cancel(&port->watch);
	if (port->state == EVSE_PORT_STATE_CHECKING)
		evse_checks_cancel(port);
	WRITE_ONCE(port->state, state);
	port->dirty = true;
	if (bound_ms && !port->gone)
		hrtimer_start(&port->watch, ms_to_ktime(bound_ms),
			      HRTIMER_MODE_REL_HARD);
}

/*
 * Actions
 */

static void evse_do_lock(struct evse_port *port)
{
	if (!port->lock.ops ||
	    READ_ONCE(port->lock_state) == EVSE_LOCK_STATE_LOCKED) {
		evse_engine_input(port, EVSE_IN_LOCKED);
		return;
	}
	atomic_set(&port->lock_need, EVSE_LOCK_MOVING);
	port->lock.ops->lock(port->lock.priv);
}

static void evse_do_check(struct evse_port *port)
{
	if (evse_guards_block(port, EVSE_SCOPE_CABLE_CHECK)) {
		evse_engine_input(port, EVSE_IN_STOP);
		return;
	}
	evse_island_open(port);
	if (!evse_checks_start(port))
		evse_engine_input(port, EVSE_IN_CHECKED);
}

static void evse_do_close(struct evse_port *port)
{
	if (port->lock.ops) {
		atomic_set(&port->lock_need, EVSE_LOCK_KEPT);
		smp_mb();	/* pairs with evse_lock_report(), likewise */
		if (READ_ONCE(port->lock_state) != EVSE_LOCK_STATE_LOCKED) {
			evse_trip(port,
				  evse_fault_index(EVSE_FAULT_CODE_LOCK_FAIL),
				  ktime_get(), port->lock_state, false, "lock");
			return;
		}
	}
	if (!port->contactor.ops ||
	    evse_guards_block(port, EVSE_SCOPE_PRECHARGE)) {
		evse_engine_input(port, EVSE_IN_STOP);
		return;
	}
	atomic_set(&port->energising, 1);
	smp_mb();	/* pairs with evse_pilot_report(): one of us sees the other */
	if (evse_vehicle_input(READ_ONCE(port->vehicle)) !=
	    EVSE_IN_VEHICLE_ASKS) {
		evse_engine_input(port, EVSE_IN_STOP);
		return;
	}
	evse_link_discharge(port, false);
	port->contactor.ops->close(port->contactor.priv);
}

static void evse_do_flow(struct evse_port *port)
{
	port->counters.cycles++;
	atomic_set(&port->closed, 1);
	smp_mb();	/* pairs with evse_trip() */
	if (atomic_read(&port->inhibit))
		atomic_set(&port->closed, 0);
}

static void evse_do_ramp(struct evse_port *port)
{
	u32 ms = port->stage.ops ? EVSE_DRAIN_STAGE_MS : EVSE_DRAIN_VEHICLE_MS;

	port->request_mw = 0;
	port->request_set = true;
	port->drain_until = ktime_add_ms(ktime_get(), ms);
}

static void evse_do_open(struct evse_port *port)
{
	unsigned long flags;

	atomic_set(&port->closed, 0);
	raw_spin_lock_irqsave(&port->hot, flags);
	if (port->stage.ops)
		port->stage.ops->trip(port->stage.priv);
	raw_spin_unlock_irqrestore(&port->hot, flags);

	if (!evse_meter_quiet(port))
		port->counters.loaded_openings++;
	if (port->contactor.ops)
		port->contactor.ops->open(port->contactor.priv);
}

static void evse_do_unlock(struct evse_port *port)
{
	atomic_set(&port->energising, 0);
	atomic_set(&port->lock_need, EVSE_LOCK_FREE);
	port->unlock_due = true;
	/* A stop's zero is not a wish: the next vehicle is offered power again. */
	port->request_mw = 0;
	port->request_set = false;
}

static void (* const evse_actions[])(struct evse_port *port) = {
	[EVSE_DO_LOCK] = evse_do_lock,
	[EVSE_DO_CHECK] = evse_do_check,
	[EVSE_DO_CLOSE] = evse_do_close,
	[EVSE_DO_FLOW] = evse_do_flow,
	[EVSE_DO_RAMP] = evse_do_ramp,
	[EVSE_DO_OPEN] = evse_do_open,
	[EVSE_DO_UNLOCK] = evse_do_unlock,
};

/**
 * evse_engine_input() - one step of the state machine, and its action
 * @port: the port; its mutex is held
 * @input: what happened
 */
void evse_engine_input(struct evse_port *port, enum evse_input input)
{
	struct evse_facts facts = evse_engine_facts(port);
	struct evse_step step = evse_state_step(port->state, input, &facts);

	lockdep_assert_held(&port->mutex);

	if (step.next != port->state)
		evse_engine_enter(port, step.next);
	if (evse_actions[step.action])
		evse_actions[step.action](port);
}

/*
 * What the worker looks at
 */

/*
 * The contactor driver supervises its contacts; whether the gates went off is
 * ours to see. The cause stands for as long as they read back as on.
 */
static void evse_gates_read_back(struct evse_port *port)
{
	int fault = evse_fault_index(EVSE_FAULT_CODE_STAGE_FAULT);
	bool stuck = port->stage.ops &&
		     !port->stage.ops->is_off(port->stage.priv);

	if (stuck == port->gates_stuck)
		return;
	port->gates_stuck = stuck;
	if (stuck)
		evse_trip(port, fault, ktime_get(), 0, true, "gates read back");
	else
		evse_fault_gone(port, fault);
}

static void evse_on_trip(struct evse_port *port)
{
	bool again = port->state == EVSE_PORT_STATE_FAULT;
	int first = evse_fault_first(port);

	evse_fault_taken_up(port, ktime_get());
	port->dirty = true;
	evse_engine_input(port, EVSE_IN_TRIP);
	if (again || first < 0)
		return;
	port->counters.trips++;
	dev_err_ratelimited(&port->dev, "fault 0x%02x %s: %s (%s, value %d)\n",
			    evse_fault_catalogue[first].code,
			    evse_fault_catalogue[first].name,
			    evse_fault_catalogue[first].text,
			    port->faults[first].source,
			    evse_fault_shown(&evse_fault_catalogue[first],
					     &port->faults[first]));
}

static void evse_on_ready(struct evse_port *port)
{
	port->ready = !port->gone && !evse_port_missing(port);
	port->dirty = true;
	evse_engine_input(port, port->ready ? EVSE_IN_READY : EVSE_IN_UNREADY);
}

static void evse_on_fault(struct evse_port *port)
{
	int first = evse_fault_first(port);

	evse_fault_taken_up(port, ktime_get());
	if (first >= 0 && !evse_state_at_rest(port->state))
		dev_warn_ratelimited(&port->dev, "fault 0x%02x %s: %s (%s)\n",
				     evse_fault_catalogue[first].code,
				     evse_fault_catalogue[first].name,
				     evse_fault_catalogue[first].text,
				     port->faults[first].source);
	if (first >= 0)
		evse_engine_input(port, EVSE_IN_STOP);
	evse_engine_input(port, EVSE_IN_CLEARED);
}

/* A pilot that was short or unknown for a while says nothing about the plug. */
static void evse_count_mating(struct evse_port *port)
{
	if (port->seen_vehicle == EVSE_PILOT_STATE_A) {
		port->partings++;
		port->parted = true;
	} else if (port->parted &&
		   evse_vehicle_input(port->seen_vehicle) != EVSE_IN_VEHICLE_GONE) {
		port->counters.matings++;
		port->parted = false;
	}
}

static void evse_on_vehicle(struct evse_port *port)
{
	enum evse_pilot_state vehicle = READ_ONCE(port->vehicle);
	enum evse_input is = evse_vehicle_input(vehicle);

	if (vehicle == port->seen_vehicle)
		return;
	port->seen_vehicle = vehicle;
	port->dirty = true;
	evse_count_mating(port);
	if (is == EVSE_IN_VEHICLE_GONE) {
		/* What one vehicle negotiated is not the next one's. */
		port->vehicle_window.min_mw = S32_MIN;
		port->vehicle_window.max_mw = S32_MAX;
		port->bpt = false;
	}
	evse_engine_input(port, is);
}

static void evse_on_guard(struct evse_port *port)
{
	port->dirty = true;
}

static void evse_on_opened(struct evse_port *port)
{
	if (!port->contactor.ops ||
	    !port->contactor.ops->is_open(port->contactor.priv))
		return;
	evse_fault_opened(port);
	port->dirty = true;
	if (!evse_link_wait(port, ktime_get())) {
		evse_engine_input(port, EVSE_IN_OPENED);
		return;
	}
	/* From here on the link has a time of its own. */
	hrtimer_cancel(&port->watch);
}

static void evse_on_lock(struct evse_port *port)
{
	enum evse_lock_state state = READ_ONCE(port->lock_state);

	port->seen_lock = state;
	port->dirty = true;
	if (state != EVSE_LOCK_STATE_MOVING)
		port->unlocking = false;
	if (state == EVSE_LOCK_STATE_LOCKED)
		evse_engine_input(port, EVSE_IN_LOCKED);
}

static void evse_on_check(struct evse_port *port)
{
	if (port->state != EVSE_PORT_STATE_CHECKING)
		return;
	evse_checks_judge(port, ktime_get());
	if (evse_checks_passed(port))
		evse_engine_input(port, EVSE_IN_CHECKED);
}

static void evse_on_grid(struct evse_port *port)
{
	if (port->grid.ops)
		evse_netlink_grid_ntf(port);
}

static void evse_on_closed(struct evse_port *port)
{
	evse_engine_input(port, EVSE_IN_CLOSED);
}

static void evse_on_session(struct evse_port *port)
{
	const char *why = port->session.over;

	if (!why)
		return;
	dev_warn(&port->dev, "session of owner %u ended: %s\n",
		 port->session.portid, why);
	if (!evse_state_at_rest(port->state))
		evse_fault_stop(port, EVSE_FAULT_CODE_COMM_TIMEOUT, "session", 0);
	evse_session_end(port);
}

static void (* const evse_looks[])(struct evse_port *port) = {
	[EVSE_PENDING_TRIP] = evse_on_trip,
	[EVSE_PENDING_READY] = evse_on_ready,
	[EVSE_PENDING_FAULT] = evse_on_fault,
	[EVSE_PENDING_SESSION] = evse_on_session,
	[EVSE_PENDING_VEHICLE] = evse_on_vehicle,
	[EVSE_PENDING_GUARD] = evse_on_guard,
	[EVSE_PENDING_OPENED] = evse_on_opened,
	[EVSE_PENDING_LOCK] = evse_on_lock,
	[EVSE_PENDING_CHECK] = evse_on_check,
	[EVSE_PENDING_CLOSED] = evse_on_closed,
	[EVSE_PENDING_GRID] = evse_on_grid,
	[EVSE_PENDING_THERMAL] = evse_netlink_thermal_ntf,
	[EVSE_PENDING_REFRESH] = NULL,
};

/*
 * Settling: what follows from the state that has been reached
 */

static void evse_settle_guards(struct evse_port *port)
{
	bool running = port->state == EVSE_PORT_STATE_LOCKING ||
		       port->state == EVSE_PORT_STATE_CHECKING ||
		       port->state == EVSE_PORT_STATE_CLOSING ||
		       port->state == EVSE_PORT_STATE_ENERGISED;

	if (running && (port->mode == EVSE_MODE_OFF ||
			evse_guards_block(port, EVSE_SCOPE_FLOW)))
		evse_engine_input(port, EVSE_IN_STOP);
}

/* Basic signalling: AC charge without a session, whenever a vehicle asks. */
static void evse_settle_basic(struct evse_port *port)
{
	if (port->basic && !port->session.net && !port->stage.ops &&
	    port->mode == EVSE_MODE_CHARGE &&
	    port->state == EVSE_PORT_STATE_REQUESTING &&
	    !evse_update_refusal(port).error &&
	    !evse_guards_block(port, EVSE_SCOPE_PRECHARGE | EVSE_SCOPE_FLOW))
		evse_engine_input(port, EVSE_IN_ENERGISE);
}

/* In mode v2h there is no grid to follow: the stage makes that of the house. */
static int evse_arm_stage(struct evse_port *port)
{
	const struct evse_stage_ops *ops = port->stage.ops;

	if (port->mode != EVSE_MODE_V2H)
		return ops->arm(port->stage.priv);
	return ops->form ? ops->form(port->stage.priv) : -EOPNOTSUPP;
}

/* Gates on once the contactor is confirmed, and again after a cease. */
static bool evse_settle_stage(struct evse_port *port)
{
	int ret;

	if (!port->stage.ops || port->state != EVSE_PORT_STATE_ENERGISED ||
	    !evse_port_may_arm(port) ||
	    !port->stage.ops->is_off(port->stage.priv))
		return false;

	ret = evse_arm_stage(port);
	if (ret && ret != -ECANCELED)
		evse_trip(port, evse_fault_index(EVSE_FAULT_CODE_STAGE_FAULT),
			  ktime_get(), ret, false, "stage");
	return !ret;
}

/*
 * The plug comes free when nobody can touch voltage there, and a bolt that is
 * still on its way goes back when that changes.
 */
static void evse_settle_unlock(struct evse_port *port)
{
	bool refused;

	if (!evse_state_at_rest(port->state)) {
		port->unlock_due = false;
		port->unlocking = false;
	}
	if (!port->lock.ops || (!port->unlock_due && !port->unlocking))
		return;

	refused = evse_unlock_refusal(port).error;
	if (port->unlocking && refused) {
		port->unlocking = false;
		port->unlock_due = true;
		port->lock.ops->lock(port->lock.priv);
	} else if (port->unlock_due && !refused) {
		evse_unlock(port);
	}
}

static void evse_settle_tick(struct evse_port *port, ktime_t next)
{
	ktime_t due;
	s64 ms;

	if (port->gone)
		return;
	if (port->state == EVSE_PORT_STATE_STOPPING || port->link_due)
		ms = EVSE_DRAIN_POLL_MS;
	else if (evse_unopened(port) || port->state == EVSE_PORT_STATE_OPENING ||
		 ((port->unlock_due || port->unlocking) && port->lock.ops) ||
		 (port->state == EVSE_PORT_STATE_ENERGISED && port->meter.ops))
		ms = EVSE_SAMPLE_MS;
	else if (next != KTIME_MAX)
		ms = max_t(s64, ktime_ms_delta(next, ktime_get()), 0) + 1;
	else
		return;
	/* However often the port settles, that does not put the tick off. */
	due = ktime_add_ms(ktime_get(), ms);
	if (port->tick_due && !ktime_after(port->tick_due, due))
		return;
	port->tick_due = due;
	kthread_mod_delayed_work(port->worker, &port->tick,
				 msecs_to_jiffies(min_t(s64, ms, INT_MAX)));
}

static void evse_settle_listeners(struct evse_port *port)
{
	unsigned int i;

	for (i = 0; i < EVSE_FAULTS; i++) {
		if (!test_and_clear_bit(i, port->faults_changed))
			continue;
		port->dirty = true;
		evse_fault_told(port, i, ktime_get());
		evse_netlink_fault_ntf(port, i);
	}
	if (!port->dirty)
		return;
	port->dirty = false;
	evse_netlink_port_ntf(port);
	evse_sysfs_notify(port);
	evse_lights_show(port);
}

/**
 * evse_engine_settle() - bring a port in line with its state, and tell
 * @port: the port; its mutex is held
 */
void evse_engine_settle(struct evse_port *port)
{
	ktime_t now = ktime_get(), next = evse_fault_expire(port, now);
	bool armed;

	lockdep_assert_held(&port->mutex);

	if (port->state == EVSE_PORT_STATE_FAULT)
		evse_gates_read_back(port);
	if (evse_state_at_rest(port->state) && evse_disinhibit(port) &&
	    port->state == EVSE_PORT_STATE_FAULT)
		evse_engine_input(port, EVSE_IN_CLEARED);
	evse_settle_guards(port);
	evse_settle_basic(port);
	armed = evse_settle_stage(port);
	evse_power_refresh(port, armed);
	next = min(next, evse_pilot_refresh(port, now));
	next = min(next, evse_checks_next(port));
	evse_settle_unlock(port);
	evse_island_settle(port);
	evse_settle_tick(port, next);
	evse_settle_listeners(port);
}

static void evse_engine_work(struct kthread_work *work)
{
	struct evse_port *port = container_of(work, struct evse_port, work);
	unsigned int i;

	mutex_lock(&port->mutex);
	for (i = 0; i < ARRAY_SIZE(evse_looks); i++)
		if (test_and_clear_bit(i, &port->pending) && evse_looks[i])
			evse_looks[i](port);
	evse_engine_settle(port);
	mutex_unlock(&port->mutex);
}

static void evse_engine_tick(struct kthread_work *work)
{
	struct evse_port *port = container_of(work, struct evse_port, tick.work);
	ktime_t now = ktime_get();

	mutex_lock(&port->mutex);
	port->tick_due = 0;
	evse_meter_tick(port, now);
	if (port->state == EVSE_PORT_STATE_STOPPING &&
	    (evse_meter_quiet(port) || ktime_after(now, port->drain_until)))
		evse_engine_input(port, EVSE_IN_DRAINED);
	if (port->state == EVSE_PORT_STATE_CHECKING)
		evse_checks_judge(port, now);
	if (evse_link_tick(port, now))
		evse_engine_input(port, EVSE_IN_OPENED);
	/* A contact that bounced may have hidden that it opened. */
	if (!port->link_due && (evse_unopened(port) ||
				port->state == EVSE_PORT_STATE_OPENING))
		evse_on_opened(port);
	evse_engine_settle(port);
	mutex_unlock(&port->mutex);
}

int evse_engine_init(struct evse_port *port)
{
	kthread_init_work(&port->work, evse_engine_work);
	kthread_init_delayed_work(&port->tick, evse_engine_tick);
	hrtimer_init(&port->watch, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	port->watch.function = evse_watch_over;

	port->wake = IRQ_WORK_INIT_HARD(evse_port_woken);
	port->worker = kthread_create_worker(0, "evse%u", port->id);
	if (IS_ERR(port->worker))
		return PTR_ERR(port->worker);
	sched_set_fifo(port->worker->task);
	return 0;
}

/* The port is gone: nobody starts a timer or commands it any more. */
void evse_engine_stop(struct evse_port *port)
{
	hrtimer_cancel(&port->watch);
	kthread_cancel_delayed_work_sync(&port->tick);
	irq_work_sync(&port->wake);
	kthread_destroy_worker(port->worker);
}

/*
 * What providers report
 */

void evse_contactor_closed(struct evse_port *port)
{
	evse_port_kick(port, EVSE_PENDING_CLOSED);
}
EXPORT_SYMBOL_GPL(evse_contactor_closed);

void evse_contactor_opened(struct evse_port *port, ktime_t when)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&port->hot, flags);
	port->opened_at = when;
	raw_spin_unlock_irqrestore(&port->hot, flags);
	evse_port_kick(port, EVSE_PENDING_OPENED);
}
EXPORT_SYMBOL_GPL(evse_contactor_opened);

void evse_lock_report(struct evse_port *port, enum evse_lock_state state)
{
	int fail = evse_fault_index(EVSE_FAULT_CODE_LOCK_FAIL);
	int need;

	WRITE_ONCE(port->lock_state, state);
	smp_mb();	/* pairs with evse_do_close() */
	need = atomic_read(&port->lock_need);

	if (state == EVSE_LOCK_STATE_FAILED)
		evse_trip(port, fail, ktime_get(), state, true, "lock");
	else if (need == EVSE_LOCK_KEPT && state != EVSE_LOCK_STATE_LOCKED)
		evse_trip(port, fail, ktime_get(), state, false, "lock");
	else
		evse_fault_gone(port, fail);
	evse_port_kick(port, EVSE_PENDING_LOCK);
}
EXPORT_SYMBOL_GPL(evse_lock_report);

void evse_pilot_report(struct evse_port *port, enum evse_pilot_state state)
{
	int loss = evse_fault_index(EVSE_FAULT_CODE_CP_SIGNAL_LOSS);

	if (xchg(&port->vehicle, state) == state)
		return;

	smp_mb();	/* pairs with evse_do_close() */
	/* A shorted pilot stands; a level without meaning is the driver's to report. */
	if (state != EVSE_PILOT_STATE_E && state != EVSE_PILOT_STATE_UNKNOWN)
		evse_fault_gone(port, loss);
	/* Behind contacts that are open already only the link is waited for. */
	if (atomic_read(&port->energising) && !READ_ONCE(port->link_due) &&
	    evse_vehicle_input(state) == EVSE_IN_VEHICLE_GONE)
		evse_trip(port, loss, ktime_get(), state,
			  state == EVSE_PILOT_STATE_E, "pilot");
	evse_port_kick(port, EVSE_PENDING_VEHICLE);
}
EXPORT_SYMBOL_GPL(evse_pilot_report);

void evse_cable_report(struct evse_port *port, u32 current_ma)
{
	mutex_lock(&port->mutex);
	if (port->cable_ma != current_ma) {
		port->cable_ma = current_ma;
		port->dirty = true;
	}
	mutex_unlock(&port->mutex);
	evse_port_kick(port, EVSE_PENDING_REFRESH);
}
EXPORT_SYMBOL_GPL(evse_cable_report);
