/* SPDX-License-Identifier: GPL-2.0-only */
/* A port from the inside. */
#ifndef _EVSE_PORT_H
#define _EVSE_PORT_H

#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/evse.h>
#include <linux/hrtimer.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/netlink.h>
#include <linux/spinlock.h>

#include "access.h"
#include "arbitrate.h"
#include "fault_policy.h"
#include "flow.h"
#include "led.h"
#include "state.h"

struct platform_device;

/* A board with every provider has 11 guards of its own, and one for each temperature. */
#define EVSE_GUARDS_MAX		24
/* Four of the grid guard; one for each temperature, one as a cooling device. */
#define EVSE_LIMITERS_MAX	16
#define EVSE_CHECKS_MAX		8
#define EVSE_CONTACTS_MAX	8
#define EVSE_LEASE_DEFAULT_MS	500
/* Direct voltage that may be touched (IEC 61851-23). */
#define EVSE_TOUCH_MV		60000

/*
 * What the worker has to look at. Set from any context by evse_port_kick();
 * the worker handles them in this order, so a trip comes before all else.
 */
enum evse_pending {
	EVSE_PENDING_TRIP,
	EVSE_PENDING_READY,
	EVSE_PENDING_FAULT,
	EVSE_PENDING_SESSION,
	EVSE_PENDING_VEHICLE,
	EVSE_PENDING_GUARD,
	EVSE_PENDING_OPENED,
	EVSE_PENDING_LOCK,
	EVSE_PENDING_CHECK,
	EVSE_PENDING_CLOSED,
	EVSE_PENDING_GRID,
	EVSE_PENDING_THERMAL,
	EVSE_PENDING_REFRESH,
};

/* What a port needs of its connector lock. */
enum evse_lock_need {
	EVSE_LOCK_FREE,		/* it may move */
	EVSE_LOCK_MOVING,	/* it must not fail */
	EVSE_LOCK_KEPT,		/* it must stay locked */
};

struct evse_guard {
	struct evse_port *port;
	char name[EVSE_NAME_MAX];
	u32 scope;
	int fault;			/* index into the catalogue */
	bool own_unit;
	enum evse_guard_state said;	/* by the provider; under port->hot */
	enum evse_guard_state state;	/* what comes of it; under port->hot */
};

/* Answers come from any context, by a change from running to one of the last two. */
enum evse_check_state {
	EVSE_CHECK_IDLE,
	EVSE_CHECK_RUNNING,
	EVSE_CHECK_PASSED,
	EVSE_CHECK_FAILED,
};

struct evse_check {
	struct evse_port *port;
	char name[EVSE_NAME_MAX];
	int fault;			/* index into the catalogue */
	u32 timeout_ms;
	const struct evse_check_ops *ops;
	void *priv;
	ktime_t deadline;		/* under port->mutex */
	atomic_t state;
	s32 value;			/* of the answer */
};

struct evse_limiter {
	struct evse_port *port;
	char name[EVSE_NAME_MAX];
	bool of_grid;			/* under port->mutex */
	struct evse_window window;	/* likewise */
	s32 without_mw;			/* read by whoever sets it, without a lock */
	bool flows;
};

/**
 * struct evse_session - who drives the port, and the proof that it lives
 * @net: network namespace of the owner, NULL without a session; compared, never
 *	followed
 * @portid: netlink port id of the owner
 * @shared: administrators may drive the port too
 * @lease_ms: lease
 * @deadline_ms: setpoint deadline, 0 when disarmed
 * @lease: runs out unless renewed
 * @deadline: runs out unless the next setpoint arrives
 * @over: why the session ended from a timer or a dead socket; NULL while well
 */
struct evse_session {
	const struct net *net;
	u32 portid;
	bool shared;
	u32 lease_ms;
	u32 deadline_ms;
	struct hrtimer lease;
	struct hrtimer deadline;
	const char *over;
};

struct evse_counters {
	u64 matings;
	u64 cycles;
	u64 loaded_openings;
	u64 trips;
	u64 import_mwh;
	u64 export_mwh;
	u64 cleaned;			/* matings, then */
	u64 import_rest;			/* milliwatt-milliseconds not counted yet */
	u64 export_rest;
};

/* What those who poll an attribute were told last. */
struct evse_shown {
	enum evse_port_state state;
	enum evse_mode mode;
	enum evse_pilot_state vehicle;
	enum evse_lock_state lock;
	s32 effective_mw;
	const char *limiter;
	u32 fault_code;
	bool zero_energy;
	bool update_locked;
};

/* One of each per port; ops NULL until its provider is bound. */
struct evse_contactor {
	const struct evse_contactor_ops *ops;
	void *priv;
};

struct evse_lock {
	const struct evse_lock_ops *ops;
	void *priv;
};

struct evse_pilot {
	const struct evse_pilot_ops *ops;
	void *priv;
};

struct evse_meter {
	const struct evse_meter_ops *ops;
	void *priv;
};

struct evse_stage {
	const struct evse_stage_ops *ops;
	void *priv;
};

struct evse_link {
	const struct evse_link_ops *ops;
	void *priv;
	u32 timeout_ms;
};

struct evse_grid {
	const struct evse_grid_ops *ops;
	void *priv;
};

/* Sensors that are told of when they change alone; more are always told of. */
#define EVSE_THERMAL_TOLD_MAX	16

/* What listeners were told of a sensor. */
struct evse_thermal_told {
	enum evse_thermal_state state;
	u32 limit_permille;
};

struct evse_thermal {
	const struct evse_thermal_ops *ops;
	void *priv;
	struct evse_thermal_told told[EVSE_THERMAL_TOLD_MAX];
};

struct evse_island {
	const struct evse_island_ops *ops;
	void *priv;
};

/**
 * struct evse_port - one connector
 * @dev: class device, evseN
 * @id: N
 * @rating: what the connector is built for
 * @hot: guards all that the trip path touches: guards, actuators, faults. Taken
 *	in hard interrupt; an actuator's own lock nests inside it.
 * @inhibit: nothing may be energised; set before the actuators are tripped
 * @update_locked: likewise, for a firmware update; changed at rest, under @mutex
 * @ceased: how many guards cease
 * @ceased_at: since when the gates have been blocked by that, under @hot
 * @closed: the contactor is confirmed closed
 * @energising: a coil may be on: from the command to close to the confirmed opening
 * @lock_need: what the connector lock must do, enum evse_lock_need
 * @guards: conditions of power, under @hot and changed under @mutex
 * @contactor: contactor set, likewise
 * @stage: power stage, likewise
 * @faults: by catalogue index, under @hot
 * @latched: how many of them are latched, under @hot
 * @faults_changed: catalogue indexes that listeners have not heard of
 * @opened_at: when the contacts were last confirmed open
 * @pending: enum evse_pending bits for the worker
 * @worker: the port's thread
 * @work: handles @pending
 * @wake: does for an interrupt what can come after it
 * @tick: looks again after a while
 * @watch: trips a stop that does not end
 * @vehicle: last state on the pilot; written from any context
 * @lock_state: last state of the connector lock; written from any context
 * @mutex: everything below
 * @providers: children that are bound
 * @tick_due: when @tick looks, 0 when it is not to
 * @gone: unregistered; nobody may use it any more
 * @ready: every provider is bound
 * @dirty: something visible changed since listeners were told
 * @state: state of the state machine
 * @mode: energy transfer mode; changed under @hot, too
 * @seen_vehicle: pilot state that the state machine knows
 * @seen_lock: lock state that the worker has seen
 * @basic: charge by basic signalling
 * @request_set: somebody asked for a power
 * @bpt: bidirectional transfer was negotiated
 * @gates_stuck: the gates read back as on in a fault
 * @unlock_due: unlock the connector as soon as it may be touched
 * @unlocking: the bolt is on its way to unlocked
 * @request_mw: power asked for
 * @effective_mw: power after arbitration
 * @limiter: name of what limits it, NULL when nothing does
 * @configured: bounds that persist without a session
 * @vehicle_window: what the vehicle negotiated
 * @cable_ma: ampacity of the cable, 0 when not coded
 * @limiters: what providers take away
 * @checks: what has to pass before each closing
 * @pilot_wish: commanded pilot output, or auto
 * @pilot_wish_ma: current commanded with it
 * @pilot_output: what the pilot was told
 * @pilot_ma: current that it was told
 * @pilot_set_at: when it was told
 * @lock: connector lock
 * @pilot: control pilot
 * @meter: meter
 * @link: DC link
 * @link_due: the open port waits until then for its link to lose its voltage
 * @grid: grid guard that users talk to
 * @thermal: thermal guard
 * @island: islanding switch
 * @flow: power against what was granted
 * @session: who drives the port
 * @counters: wear
 * @partings: how often the pilot said since load that nothing is plugged in
 * @parted: it said so after the latest mating
 * @shown: what those who poll sysfs were told last
 * @lights: status lights; each has a lock of its own
 * @drain_until: when a controlled stop opens under load
 * @sampled_at: when energy was counted last, 0 while the meter is not read
 * @sampled_ma: the current then
 */
struct evse_port {
	struct device dev;
	u32 id;
	struct evse_rating rating;

	raw_spinlock_t hot;
	atomic_t inhibit;
	atomic_t update_locked;
	atomic_t ceased;
	ktime_t ceased_at;
	atomic_t closed;
	atomic_t energising;
	atomic_t lock_need;
	struct evse_guard *guards[EVSE_GUARDS_MAX];
	struct evse_contactor contactor;
	struct evse_stage stage;
	struct evse_fault faults[EVSE_FAULTS];
	unsigned int latched;
	DECLARE_BITMAP(faults_changed, EVSE_FAULTS);
	ktime_t opened_at;

	unsigned long pending;
	struct irq_work wake;
	struct kthread_worker *worker;
	struct kthread_work work;
	struct kthread_delayed_work tick;
	struct hrtimer watch;
	enum evse_pilot_state vehicle;
	enum evse_lock_state lock_state;

	struct mutex mutex;	/* everything below */
	struct list_head providers;
	ktime_t tick_due;
	bool gone;
	bool ready;
	bool dirty;
	enum evse_port_state state;
	enum evse_mode mode;
	enum evse_pilot_state seen_vehicle;
	enum evse_lock_state seen_lock;
	bool basic;
	bool request_set;
	bool bpt;
	bool gates_stuck;
	bool unlock_due;
	bool unlocking;
	s32 request_mw;
	s32 effective_mw;
	const char *limiter;
	struct evse_window configured;
	struct evse_window vehicle_window;
	u32 cable_ma;
	struct evse_limiter *limiters[EVSE_LIMITERS_MAX];
	struct evse_check *checks[EVSE_CHECKS_MAX];
	enum evse_pilot_output pilot_wish;
	u32 pilot_wish_ma;
	enum evse_pilot_output pilot_output;
	u32 pilot_ma;
	ktime_t pilot_set_at;
	struct evse_lock lock;
	struct evse_pilot pilot;
	struct evse_meter meter;
	struct evse_link link;
	ktime_t link_due;
	struct evse_grid grid;
	struct evse_thermal thermal;
	struct evse_island island;
	struct evse_flow flow;
	struct evse_session session;
	struct evse_counters counters;
	u32 partings;
	bool parted;
	struct evse_shown shown;
	struct evse_light lights[EVSE_LIGHTS];
	ktime_t drain_until;
	ktime_t sampled_at;
	s32 sampled_ma;
};

#define dev_to_port(d) container_of(d, struct evse_port, dev)

/* Power of a current at the rated voltage, in all phases */
static inline s32 evse_rated_mw(const struct evse_rating *r, u32 current_ma)
{
	return evse_power_mw(r->voltage_mv, current_ma, r->phases);
}

/* port.c */
#define EVSE_PORTS_MAX	64
extern struct evse_port *evse_ports[EVSE_PORTS_MAX];
struct evse_port *evse_port_create(struct device *parent,
				   const struct evse_rating *rating);
int evse_class_init(void);
void evse_class_exit(void);
void evse_port_destroy(struct evse_port *port);
struct evse_port *evse_port_get(u32 id);
struct evse_port *evse_port_next(u32 *id);
void evse_port_put(struct evse_port *port);
const char *evse_port_missing(struct evse_port *port);

/* trip.c: the hot path */
void evse_ports_off(void);
void evse_trip(struct evse_port *port, int fault, ktime_t edge, s32 value,
	       bool stands, const char *source);
void evse_trip_guard(struct evse_guard *guard, ktime_t edge, s32 value);
void evse_contactor_tripped(struct evse_port *port);
bool evse_disinhibit(struct evse_port *port);

/* fault.c */
bool evse_fault_stops(int index);
void evse_fault_stop(struct evse_port *port, enum evse_fault_code code,
		     const char *source, s32 value);
void evse_fault_opened(struct evse_port *port);
void evse_fault_taken_up(struct evse_port *port, ktime_t when);
void evse_fault_told(struct evse_port *port, int index, ktime_t when);
bool evse_fault_any_latched(struct evse_port *port);
int evse_fault_first(struct evse_port *port);
unsigned int evse_fault_count(struct evse_port *port);
void evse_fault_tell(struct evse_port *port, int index, s32 value, bool own);
bool evse_fault_latch(struct evse_port *port, int index, ktime_t edge,
		      bool stands, const char *source);
void evse_fault_gone(struct evse_port *port, int index);
struct evse_refusal evse_fault_clear(struct evse_port *port, int index);
ktime_t evse_fault_expire(struct evse_port *port, ktime_t now);
bool evse_fault_read(struct evse_port *port, int index,
		     struct evse_fault *fault);

/* guard.c */
bool evse_guards_trip(struct evse_port *port, int fault);
enum evse_guard_state evse_guard_move(struct evse_guard *guard,
				      enum evse_guard_state state);
const char *evse_guards_block(struct evse_port *port, u32 phase);
bool evse_guards_watch(struct evse_port *port, u32 direction);
bool evse_guard_idle(const struct evse_guard *guard);
void evse_guards_mode(struct evse_port *port, enum evse_mode mode);
unsigned int evse_guards_windows(struct evse_port *port,
				 struct evse_window *windows);

/* engine.c */
void evse_port_kick(struct evse_port *port, enum evse_pending what);
int evse_engine_init(struct evse_port *port);
void evse_engine_stop(struct evse_port *port);
void evse_engine_input(struct evse_port *port, enum evse_input input);
void evse_engine_settle(struct evse_port *port);
struct evse_facts evse_engine_facts(struct evse_port *port);

/* power.c */
void evse_power_refresh(struct evse_port *port, bool again);
unsigned int evse_power_windows(struct evse_port *port,
				struct evse_window *windows);
#define EVSE_WINDOWS_MAX	(6 + EVSE_GUARDS_MAX + EVSE_LIMITERS_MAX)
ktime_t evse_pilot_refresh(struct evse_port *port, ktime_t now);

/**
 * struct evse_config - what persists without a session
 * @mode: energy transfer mode
 * @min_mw: lowest power, zero or negative
 * @max_mw: highest power, zero or positive
 * @basic: charge by basic signalling, without a session
 */
struct evse_config {
	enum evse_mode mode;
	s32 min_mw;
	s32 max_mw;
	bool basic;
};

/* command.c: what user space may ask for; under port->mutex */
struct evse_refusal evse_cmd_energise(struct evse_port *port);
struct evse_refusal evse_cmd_stop(struct evse_port *port);
struct evse_refusal evse_cmd_configure(struct evse_port *port,
				       const struct evse_config *config);
struct evse_refusal evse_cmd_set_power(struct evse_port *port, s32 power_mw,
				       u32 deadline_ms);
struct evse_refusal evse_cmd_set_vehicle(struct evse_port *port, s32 min_mw,
					 s32 max_mw, bool bpt);
struct evse_refusal evse_cmd_set_pilot(struct evse_port *port,
				       enum evse_pilot_output output, u32 ma);
struct evse_refusal evse_unlock_refusal(struct evse_port *port);
void evse_unlock(struct evse_port *port);
struct evse_refusal evse_cmd_set_lock(struct evse_port *port, bool locked);
struct evse_refusal evse_cmd_raise(struct evse_port *port, int index,
				   s32 value);

/* update.c: the lock for firmware updates; under port->mutex */
struct evse_refusal evse_update_refusal(const struct evse_port *port);
struct evse_refusal evse_cmd_set_update_lock(struct evse_port *port,
					     bool locked);

/* session.c */
void evse_session_init(struct evse_port *port);
struct evse_refusal evse_session_open(struct evse_port *port,
				      const struct net *net, u32 portid,
				      u32 lease_ms, bool shared);
void evse_session_renew(struct evse_port *port);
void evse_session_close(struct evse_port *port);
void evse_session_end(struct evse_port *port);
void evse_session_owner_died(const struct net *net, u32 portid);
void evse_session_deadline(struct evse_port *port, u32 deadline_ms);
bool evse_session_owned_by(struct evse_port *port, const struct net *net,
			   u32 portid);

/* meter.c */
int evse_meter_read(struct evse_port *port, struct evse_sample *sample);
void evse_meter_tick(struct evse_port *port, ktime_t now);
bool evse_meter_quiet(struct evse_port *port);

/* check.c */
bool evse_checks_start(struct evse_port *port);
bool evse_checks_passed(struct evse_port *port);
void evse_checks_judge(struct evse_port *port, ktime_t now);
void evse_checks_cancel(struct evse_port *port);
ktime_t evse_checks_next(struct evse_port *port);

/* link.c */
void evse_link_discharge(struct evse_port *port, bool on);
bool evse_link_wait(struct evse_port *port, ktime_t now);
bool evse_link_tick(struct evse_port *port, ktime_t now);
int evse_link_read(struct evse_port *port, s32 *voltage_mv);
bool evse_zero_energy(struct evse_port *port);

/* island.c: the islanding switch; under port->mutex */
void evse_island_open(struct evse_port *port);
void evse_island_settle(struct evse_port *port);

/* sysfs.c */
extern const struct attribute_group *evse_port_groups[];
void evse_sysfs_notify(struct evse_port *port);

/* netlink.c */
int evse_netlink_init(void);
void evse_netlink_exit(void);
void evse_netlink_port_ntf(struct evse_port *port);
void evse_netlink_fault_ntf(struct evse_port *port, int index);
void evse_netlink_grid_ntf(struct evse_port *port);
void evse_netlink_thermal_ntf(struct evse_port *port);
void evse_netlink_meter_ntf(struct evse_port *port, ktime_t now,
			    const struct evse_sample *sample);

/* of.c */
extern struct platform_driver evse_port_driver;

/* populate.c */
int evse_port_populate(struct platform_device *port);

#endif /* _EVSE_PORT_H */
