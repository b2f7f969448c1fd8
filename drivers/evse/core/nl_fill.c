// SPDX-License-Identifier: GPL-2.0-only
/* Attributes of netlink messages, from a port whose mutex is held. */
#include <linux/evse.h>
#include <linux/lockdep.h>

#include "nl_fill.h"

/* The value counts as absent when there is nothing to name. */
static int evse_put_name(struct sk_buff *skb, int attr, const char *name)
{
	return name ? nla_put_string(skb, attr, name) : 0;
}

static int evse_fill_guard(struct sk_buff *skb, const struct evse_guard *guard)
{
	struct nlattr *nest = nla_nest_start(skb, EVSE_A_PORT_GUARDS);

	if (!nest ||
	    nla_put_string(skb, EVSE_A_GUARD_NAME, guard->name) ||
	    nla_put_u32(skb, EVSE_A_GUARD_STATE, READ_ONCE(guard->state)) ||
	    nla_put_u32(skb, EVSE_A_GUARD_SCOPE, guard->scope) ||
	    nla_put_u32(skb, EVSE_A_GUARD_CODE,
			evse_fault_catalogue[guard->fault].code))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int evse_fill_guards(struct sk_buff *skb, struct evse_port *port)
{
	int i;

	for (i = 0; i < EVSE_GUARDS_MAX; i++)
		if (port->guards[i] && evse_fill_guard(skb, port->guards[i]))
			return -EMSGSIZE;
	return 0;
}

static int evse_fill_limiters(struct sk_buff *skb, struct evse_port *port)
{
	struct evse_window windows[EVSE_WINDOWS_MAX];
	unsigned int i, count = evse_power_windows(port, windows);

	for (i = 0; i < count; i++) {
		struct nlattr *nest = nla_nest_start(skb, EVSE_A_PORT_LIMITERS);

		if (!nest ||
		    nla_put_string(skb, EVSE_A_LIMITER_NAME, windows[i].name) ||
		    nla_put_s32(skb, EVSE_A_LIMITER_MIN_MW, windows[i].min_mw) ||
		    nla_put_s32(skb, EVSE_A_LIMITER_MAX_MW, windows[i].max_mw))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	return 0;
}

static int evse_fill_contacts(struct sk_buff *skb, struct evse_port *port)
{
	const struct evse_contactor *contactor = &port->contactor;
	unsigned int i;

	for (i = 0; contactor->ops && i < EVSE_CONTACTS_MAX; i++) {
		struct evse_contact_status status = { };
		struct nlattr *nest;

		if (contactor->ops->status(contactor->priv, i, &status))
			break;
		nest = nla_nest_start(skb, EVSE_A_PORT_CONTACTS);
		if (!nest ||
		    evse_put_name(skb, EVSE_A_CONTACT_NAME, status.name) ||
		    nla_put_u8(skb, EVSE_A_CONTACT_COMMANDED, status.commanded) ||
		    nla_put_u8(skb, EVSE_A_CONTACT_CLOSED, status.closed))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	return 0;
}

static int evse_put_count(struct sk_buff *skb, int attr, u64 value)
{
	return nla_put_u64_64bit(skb, attr, value, EVSE_A_COUNTERS_PAD);
}

static int evse_fill_counters(struct sk_buff *skb,
			      const struct evse_counters *counters)
{
	struct nlattr *nest = nla_nest_start(skb, EVSE_A_PORT_COUNTERS);

	if (!nest ||
	    evse_put_count(skb, EVSE_A_COUNTERS_MATINGS, counters->matings) ||
	    evse_put_count(skb, EVSE_A_COUNTERS_CYCLES, counters->cycles) ||
	    evse_put_count(skb, EVSE_A_COUNTERS_LOADED_OPENINGS,
			   counters->loaded_openings) ||
	    evse_put_count(skb, EVSE_A_COUNTERS_TRIPS, counters->trips) ||
	    evse_put_count(skb, EVSE_A_COUNTERS_ENERGY_IMPORT_MWH,
			   counters->import_mwh) ||
	    evse_put_count(skb, EVSE_A_COUNTERS_ENERGY_EXPORT_MWH,
			   counters->export_mwh) ||
	    evse_put_count(skb, EVSE_A_COUNTERS_CLEANED, counters->cleaned))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int evse_fill_rating(struct sk_buff *skb, const struct evse_rating *r)
{
	if (nla_put_u32(skb, EVSE_A_PORT_SUPPLY,
			r->dc ? EVSE_SUPPLY_DC : EVSE_SUPPLY_AC) ||
	    nla_put_u32(skb, EVSE_A_PORT_PHASES, r->phases) ||
	    nla_put_u32(skb, EVSE_A_PORT_RATED_MV, r->voltage_mv) ||
	    nla_put_u32(skb, EVSE_A_PORT_RATED_MA, r->current_ma) ||
	    nla_put_u32(skb, EVSE_A_PORT_RATED_EXPORT_MA, r->export_ma) ||
	    nla_put_s32(skb, EVSE_A_PORT_RATED_MIN_MW,
			-evse_rated_mw(r, r->export_ma)) ||
	    nla_put_s32(skb, EVSE_A_PORT_RATED_MAX_MW,
			evse_rated_mw(r, r->current_ma)))
		return -EMSGSIZE;
	return 0;
}

static int evse_fill_limits(struct sk_buff *skb, struct evse_port *port)
{
	if (nla_put_s32(skb, EVSE_A_PORT_MIN_MW, port->configured.min_mw) ||
	    nla_put_s32(skb, EVSE_A_PORT_MAX_MW, port->configured.max_mw))
		return -EMSGSIZE;
	if (port->cable_ma &&
	    nla_put_u32(skb, EVSE_A_PORT_CABLE_MA, port->cable_ma))
		return -EMSGSIZE;
	return evse_fill_limiters(skb, port);
}

static int evse_fill_pilot(struct sk_buff *skb, struct evse_port *port)
{
	const struct evse_pilot *pilot = &port->pilot;

	if (!pilot->ops)
		return 0;
	if (nla_put_u32(skb, EVSE_A_PORT_PILOT_OUTPUT, port->pilot_output) ||
	    nla_put_u32(skb, EVSE_A_PORT_PILOT_MA, port->pilot_ma) ||
	    nla_put_u32(skb, EVSE_A_PORT_DUTY_PERMYRIAD,
			pilot->ops->duty_permyriad(pilot->priv)))
		return -EMSGSIZE;
	return 0;
}

static int evse_fill_first_fault(struct sk_buff *skb, struct evse_port *port)
{
	int first = evse_fault_first(port);
	u32 code = first < 0 ? EVSE_FAULT_CODE_NONE
			     : evse_fault_catalogue[first].code;

	if (nla_put_u32(skb, EVSE_A_PORT_FAULT_CODE, code) ||
	    nla_put_u32(skb, EVSE_A_PORT_FAULT_COUNT, evse_fault_count(port)))
		return -EMSGSIZE;
	return 0;
}

static int evse_fill_owner(struct sk_buff *skb, const struct evse_session *s)
{
	if (!s->net)
		return 0;
	if (nla_put_u32(skb, EVSE_A_PORT_SESSION_PORT, s->portid) ||
	    nla_put_u8(skb, EVSE_A_PORT_SESSION_SHARED, s->shared) ||
	    nla_put_u32(skb, EVSE_A_PORT_LEASE_MS, s->lease_ms) ||
	    nla_put_u32(skb, EVSE_A_PORT_DEADLINE_MS, s->deadline_ms))
		return -EMSGSIZE;
	return 0;
}

static int evse_fill_energy(struct sk_buff *skb, struct evse_port *port)
{
	s32 mv;

	if (nla_put_u8(skb, EVSE_A_PORT_ZERO_ENERGY, evse_zero_energy(port)))
		return -EMSGSIZE;
	return evse_link_read(port, &mv) ? 0 :
	       nla_put_s32(skb, EVSE_A_PORT_LINK_MV, mv);
}

/**
 * evse_fill_port() - everything about a port
 * @skb: the message
 * @port: the port; its mutex is held
 *
 * Return: 0 or -EMSGSIZE.
 */
int evse_fill_port(struct sk_buff *skb, struct evse_port *port)
{
	lockdep_assert_held(&port->mutex);

	if (evse_fill_power(skb, port) ||
	    nla_put_string(skb, EVSE_A_PORT_NAME, dev_name(&port->dev)) ||
	    nla_put_u32(skb, EVSE_A_PORT_STATE, port->state) ||
	    nla_put_u32(skb, EVSE_A_PORT_MODE, port->mode) ||
	    nla_put_u32(skb, EVSE_A_PORT_VEHICLE, READ_ONCE(port->vehicle)) ||
	    nla_put_u32(skb, EVSE_A_PORT_LOCK, READ_ONCE(port->lock_state)) ||
	    nla_put_u8(skb, EVSE_A_PORT_BASIC, port->basic) ||
	    nla_put_u8(skb, EVSE_A_PORT_STAGE, !!port->stage.ops) ||
	    nla_put_u8(skb, EVSE_A_PORT_BPT, port->bpt) ||
	    nla_put_u8(skb, EVSE_A_PORT_UPDATE_LOCKED,
		       atomic_read(&port->update_locked)) ||
	    evse_fill_rating(skb, &port->rating) ||
	    evse_fill_limits(skb, port) ||
	    evse_fill_pilot(skb, port) ||
	    evse_fill_guards(skb, port) ||
	    evse_fill_contacts(skb, port) ||
	    evse_fill_counters(skb, &port->counters) ||
	    evse_fill_first_fault(skb, port) ||
	    evse_fill_energy(skb, port) ||
	    evse_fill_owner(skb, &port->session))
		return -EMSGSIZE;

	return port->ready ? 0 : evse_put_name(skb, EVSE_A_PORT_WAITING_FOR,
					       evse_port_missing(port));
}

/**
 * evse_fill_power() - what became of a power setpoint
 * @skb: the message
 * @port: the port; its mutex is held
 *
 * Return: 0 or -EMSGSIZE.
 */
int evse_fill_power(struct sk_buff *skb, struct evse_port *port)
{
	if (nla_put_u32(skb, EVSE_A_PORT_ID, port->id) ||
	    nla_put_s32(skb, EVSE_A_PORT_REQUEST_MW, port->request_mw) ||
	    nla_put_s32(skb, EVSE_A_PORT_EFFECTIVE_MW, port->effective_mw))
		return -EMSGSIZE;
	return evse_put_name(skb, EVSE_A_PORT_LIMITER, port->limiter);
}

/**
 * evse_fill_session() - the session that was opened
 * @skb: the message
 * @port: the port; its mutex is held
 *
 * Return: 0 or -EMSGSIZE.
 */
int evse_fill_session(struct sk_buff *skb, struct evse_port *port)
{
	if (nla_put_u32(skb, EVSE_A_PORT_ID, port->id) ||
	    nla_put_u32(skb, EVSE_A_PORT_LEASE_MS, port->session.lease_ms))
		return -EMSGSIZE;
	return 0;
}

/**
 * evse_fill_catalogue() - a line of the fault catalogue
 * @skb: the message
 * @index: place in the catalogue
 *
 * Return: 0 or -EMSGSIZE.
 */
int evse_fill_catalogue(struct sk_buff *skb, int index)
{
	const struct evse_fault_info *info = &evse_fault_catalogue[index];

	if (nla_put_u32(skb, EVSE_A_FAULT_CODE, info->code) ||
	    nla_put_string(skb, EVSE_A_FAULT_NAME, info->name) ||
	    nla_put_string(skb, EVSE_A_FAULT_TEXT, info->text) ||
	    nla_put_u32(skb, EVSE_A_FAULT_SEVERITY, info->severity) ||
	    nla_put_u32(skb, EVSE_A_FAULT_POLICY, info->policy) ||
	    nla_put_u32(skb, EVSE_A_FAULT_MREC, info->mrec) ||
	    nla_put_u8(skb, EVSE_A_FAULT_RAISABLE, info->raisable))
		return -EMSGSIZE;
	return 0;
}

/* A stamp that was not taken is absent. */
static int evse_put_stamp(struct sk_buff *skb, int attr, ktime_t stamp)
{
	if (!stamp)
		return 0;
	return nla_put_u64_64bit(skb, attr, ktime_to_ns(stamp),
				 EVSE_A_FAULT_PAD);
}

/* How the latch ends, as far as its policy speaks of a bound or a delay. */
static int evse_fill_ending(struct sk_buff *skb,
			    const struct evse_fault_info *info,
			    const struct evse_fault *fault)
{
	ktime_t ends = evse_fault_ends_at(info, fault);
	s64 ms;

	/* Beside a value that it can be compared with. */
	if (info->policy == EVSE_FAULT_POLICY_BOUND &&
	    fault->bound != S32_MAX &&
	    (!fault->own || evse_fault_above(info, fault)) &&
	    nla_put_s32(skb, EVSE_A_FAULT_BOUND, fault->bound))
		return -EMSGSIZE;
	if (info->policy == EVSE_FAULT_POLICY_RETRY &&
	    nla_put_u32(skb, EVSE_A_FAULT_RETRIES_LEFT,
			evse_fault_retries_left(info, fault)))
		return -EMSGSIZE;
	if (ends == KTIME_MAX)
		return 0;

	ms = clamp_t(s64, ktime_ms_delta(ends, ktime_get()), 0, U32_MAX);
	return nla_put_u32(skb, EVSE_A_FAULT_RETRY_IN_MS, ms);
}

/**
 * evse_fill_fault() - a fault of a port
 * @skb: the message
 * @port: the port; its mutex is held
 * @index: place in the catalogue
 * @fault: what evse_fault_read() says of it
 *
 * Return: 0 or -EMSGSIZE.
 */
int evse_fill_fault(struct sk_buff *skb, struct evse_port *port, int index,
		    const struct evse_fault *fault)
{
	const struct evse_fault_info *info = &evse_fault_catalogue[index];

	lockdep_assert_held(&port->mutex);

	if (nla_put_u32(skb, EVSE_A_FAULT_PORT, port->id) ||
	    evse_fill_catalogue(skb, index) ||
	    nla_put_u8(skb, EVSE_A_FAULT_ACTIVE, fault->active) ||
	    nla_put_u8(skb, EVSE_A_FAULT_LATCHED, fault->latched) ||
	    nla_put_u8(skb, EVSE_A_FAULT_FIRST, fault->first) ||
	    evse_put_name(skb, EVSE_A_FAULT_SOURCE,
			  fault->source[0] ? fault->source : NULL) ||
	    nla_put_u32(skb, EVSE_A_FAULT_COUNT, fault->count) ||
	    nla_put_s32(skb, EVSE_A_FAULT_VALUE, evse_fault_shown(info, fault)) ||
	    evse_fill_ending(skb, info, fault) ||
	    evse_put_stamp(skb, EVSE_A_FAULT_EDGE_NS, fault->edge) ||
	    evse_put_stamp(skb, EVSE_A_FAULT_GATES_OFF_NS, fault->gates_off) ||
	    evse_put_stamp(skb, EVSE_A_FAULT_COIL_OFF_NS, fault->coil_off) ||
	    evse_put_stamp(skb, EVSE_A_FAULT_CONTACT_OPEN_NS,
			   fault->contact_open) ||
	    evse_put_stamp(skb, EVSE_A_FAULT_THREAD_NS, fault->thread) ||
	    evse_put_stamp(skb, EVSE_A_FAULT_TOLD_NS, fault->told))
		return -EMSGSIZE;
	return 0;
}

/**
 * evse_fill_sample() - measured values of a port
 * @skb: the message
 * @port: the port; its mutex is held
 * @time: when it was measured
 * @sample: the values
 *
 * Return: 0 or -EMSGSIZE.
 */
int evse_fill_sample(struct sk_buff *skb, struct evse_port *port, ktime_t time,
		     const struct evse_sample *sample)
{
	if (nla_put_u32(skb, EVSE_A_SAMPLE_PORT, port->id) ||
	    nla_put_u64_64bit(skb, EVSE_A_SAMPLE_TIME_NS, ktime_to_ns(time),
			      EVSE_A_SAMPLE_PAD) ||
	    nla_put_s32(skb, EVSE_A_SAMPLE_VOLTAGE_MV, sample->voltage_mv) ||
	    nla_put_s32(skb, EVSE_A_SAMPLE_CURRENT_MA, sample->current_ma) ||
	    nla_put_s32(skb, EVSE_A_SAMPLE_POWER_MW, sample->power_mw))
		return -EMSGSIZE;
	return 0;
}
