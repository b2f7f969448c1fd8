// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sessions: a port is driven by the socket that opened one, for as long as it
 * proves that it lives. Two clocks: the lease says that the process lives, the
 * setpoint deadline that it still thinks.
 */
#include <linux/errno.h>
#include <linux/lockdep.h>

#include "port.h"
#include "trace.h"

static enum hrtimer_restart evse_lease_over(struct hrtimer *timer)
{
	struct evse_port *port = container_of(timer, struct evse_port,
					      session.lease);

	WRITE_ONCE(port->session.over, "lease not renewed");
	evse_port_kick(port, EVSE_PENDING_SESSION);
	return HRTIMER_NORESTART;
}

static enum hrtimer_restart evse_deadline_over(struct hrtimer *timer)
{
	struct evse_port *port = container_of(timer, struct evse_port,
					      session.deadline);

	WRITE_ONCE(port->session.over, "setpoint deadline over");
	evse_port_kick(port, EVSE_PENDING_SESSION);
	return HRTIMER_NORESTART;
}

void evse_session_init(struct evse_port *port)
{
	hrtimer_init(&port->session.lease, CLOCK_MONOTONIC,
		     HRTIMER_MODE_REL_HARD);
	port->session.lease.function = evse_lease_over;
	hrtimer_init(&port->session.deadline, CLOCK_MONOTONIC,
		     HRTIMER_MODE_REL_HARD);
	port->session.deadline.function = evse_deadline_over;
}

/**
 * evse_session_owned_by() - is a socket the owner of the session
 * @port: the port; its mutex is held
 * @net: network namespace of the socket
 * @portid: its netlink port id
 *
 * Return: true when it is.
 */
bool evse_session_owned_by(struct evse_port *port, const struct net *net,
			   u32 portid)
{
	return port->session.net == net && port->session.portid == portid;
}

/**
 * evse_session_renew() - the owner lives: the lease starts again
 * @port: the port; its mutex is held
 */
void evse_session_renew(struct evse_port *port)
{
	hrtimer_start(&port->session.lease, ms_to_ktime(port->session.lease_ms),
		      HRTIMER_MODE_REL_HARD);
}

/**
 * evse_session_open() - let a socket own the port
 * @port: the port; its mutex is held
 * @net: network namespace of the socket
 * @portid: its netlink port id
 * @lease_ms: lease, in the bounds of the netlink policy
 * @shared: administrators may drive the port while the session lives
 *
 * Opening again from the same socket sets lease and sharing anew.
 *
 * Return: a refusal, its error 0 when granted.
 */
struct evse_refusal evse_session_open(struct evse_port *port,
				      const struct net *net, u32 portid,
				      u32 lease_ms, bool shared)
{
	struct evse_session *session = &port->session;

	lockdep_assert_held(&port->mutex);

	if (session->net && !evse_session_owned_by(port, net, portid))
		return (struct evse_refusal){ -EBUSY,
			"another process holds the session of this port: end it first" };

	if (!session->net && port->basic &&
	    !evse_state_at_rest(port->state))
		return (struct evse_refusal){ -EBUSY,
			"the port charges by basic signalling: stop it first" };

	if (!session->net) {
		port->request_mw = 0;
		port->request_set = false;
	}
	session->net = net;
	session->portid = portid;
	session->lease_ms = lease_ms;
	session->shared = shared;
	evse_session_renew(port);
	trace_evse_session(port->id, portid, "opened");
	port->dirty = true;
	evse_engine_settle(port);
	return (struct evse_refusal){ };
}

/**
 * evse_session_deadline() - arm or disarm the setpoint deadline
 * @port: the port; its mutex is held
 * @deadline_ms: the next setpoint must come within; 0 disarms
 */
void evse_session_deadline(struct evse_port *port, u32 deadline_ms)
{
	port->dirty |= port->session.deadline_ms != deadline_ms;
	port->session.deadline_ms = deadline_ms;
	if (deadline_ms)
		hrtimer_start(&port->session.deadline,
			      ms_to_ktime(deadline_ms), HRTIMER_MODE_REL_HARD);
	else
		hrtimer_cancel(&port->session.deadline);
}

/**
 * evse_session_end() - forget the owner and what it asked for
 * @port: the port; its mutex is held
 *
 * An energised port begins its controlled stop. Ending none changes nothing.
 */
void evse_session_end(struct evse_port *port)
{
	struct evse_session *session = &port->session;

	lockdep_assert_held(&port->mutex);

	if (!session->net)
		return;
	hrtimer_cancel(&session->lease);
	hrtimer_cancel(&session->deadline);
	trace_evse_session(port->id, session->portid, "ended");
	session->net = NULL;
	session->portid = 0;
	session->shared = false;
	session->lease_ms = 0;
	session->deadline_ms = 0;
	session->over = NULL;

	port->request_mw = 0;
	port->request_set = false;
	port->vehicle_window.min_mw = S32_MIN;
	port->vehicle_window.max_mw = S32_MAX;
	port->bpt = false;
	port->pilot_wish = EVSE_PILOT_OUTPUT_AUTO;
	port->pilot_wish_ma = 0;
	port->dirty = true;
	evse_engine_input(port, EVSE_IN_STOP);
}

/**
 * evse_session_close() - the owner ends its session in good order
 * @port: the port; its mutex is held
 */
void evse_session_close(struct evse_port *port)
{
	evse_session_end(port);
	evse_engine_settle(port);
}

/**
 * evse_session_owner_died() - a netlink socket was released
 * @net: its network namespace
 * @portid: its netlink port id
 *
 * Context: process; the sockets of a killed process are released by its exit.
 */
void evse_session_owner_died(const struct net *net, u32 portid)
{
	struct evse_port *port;
	u32 id;

	for (id = 0; (port = evse_port_next(&id)); id++) {
		mutex_lock(&port->mutex);
		if (!port->gone && evse_session_owned_by(port, net, portid)) {
			WRITE_ONCE(port->session.over, "its socket was closed");
			evse_port_kick(port, EVSE_PENDING_SESSION);
		}
		mutex_unlock(&port->mutex);
		evse_port_put(port);
	}
}
