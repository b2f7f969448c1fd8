// SPDX-License-Identifier: GPL-2.0-only
/* Power of a port: its limiters, the stage's setpoint, the pilot's statement. */
#include <linux/lockdep.h>

#include "port.h"
#include "trace.h"

/* The lowest current that the pilot can state (IEC 61851-1 Table A.8). */
#define EVSE_PILOT_MIN_MA	6000
/* IEC 61851-1 Table A.6, sequence 6: least time between two stated currents. */
#define EVSE_PILOT_CHANGE_MS	5000

static struct evse_window evse_mode_window(struct evse_port *port)
{
	struct evse_window window = { "mode", 0, 0 };

	if (port->mode != EVSE_MODE_OFF)
		window.max_mw = S32_MAX;
	if (port->mode == EVSE_MODE_V2G || port->mode == EVSE_MODE_V2H)
		window.min_mw = S32_MIN;
	return window;
}

/* Discharge needs a vehicle that negotiated it, and somebody who permits (I3). */
static struct evse_window evse_discharge_window(struct evse_port *port)
{
	u32 direction = port->mode == EVSE_MODE_V2H ? EVSE_SCOPE_ISLAND
						    : EVSE_SCOPE_EXPORT;
	struct evse_window window = { "bpt", S32_MIN, S32_MAX };

	if (!port->bpt) {
		window.min_mw = 0;
	} else if (!evse_guards_watch(port, direction)) {
		window.name = "no-grid-guard";
		window.min_mw = 0;
	}
	return window;
}

static struct evse_window evse_cable_window(struct evse_port *port)
{
	s32 rated_mw = evse_rated_mw(&port->rating, port->cable_ma);

	if (!port->cable_ma)
		return (struct evse_window){ "cable", S32_MIN, S32_MAX };
	return (struct evse_window){ "cable", -rated_mw, rated_mw };
}

/* An island has no grid that could have a say. */
static bool evse_limiter_counts(const struct evse_port *port,
				const struct evse_limiter *limiter)
{
	return limiter && !(limiter->of_grid && port->mode == EVSE_MODE_V2H);
}

/*
 * Only a vehicle that lets itself be used both ways as a storage of the grid is
 * asked for power that nobody requested.
 */
static bool evse_may_demand(const struct evse_port *port)
{
	return port->mode == EVSE_MODE_V2G && port->bpt;
}

/**
 * evse_power_windows() - every limiter of a port, whatever its state
 * @port: the port; its mutex is held
 * @windows: room for EVSE_WINDOWS_MAX
 *
 * Return: how many there are.
 */
unsigned int evse_power_windows(struct evse_port *port,
				struct evse_window *windows)
{
	unsigned int count = 0;
	int i;

	lockdep_assert_held(&port->mutex);

	windows[count++] = evse_mode_window(port);
	windows[count++] = (struct evse_window){ "rating",
		-evse_rated_mw(&port->rating, port->rating.export_ma),
		evse_rated_mw(&port->rating, port->rating.current_ma) };
	windows[count++] = port->configured;
	windows[count++] = evse_cable_window(port);
	windows[count++] = port->vehicle_window;
	windows[count++] = evse_discharge_window(port);
	count += evse_guards_windows(port, windows + count);
	for (i = 0; i < EVSE_LIMITERS_MAX; i++) {
		if (!evse_limiter_counts(port, port->limiters[i]))
			continue;
		windows[count] = port->limiters[i]->window;
		windows[count++].demands &= evse_may_demand(port);
	}

	return count;
}

/* An AC port that nobody gave a setpoint offers all that it may. */
static s32 evse_power_wish(const struct evse_port *port)
{
	if (!port->request_set && !port->stage.ops && !port->bpt)
		return S32_MAX;
	return port->request_mw;
}

/* What would flow without each of the limiters that demand. */
static void evse_power_without(struct evse_port *port,
			       struct evse_window *windows, unsigned int count)
{
	unsigned int i, k;

	for (i = 0; i < EVSE_LIMITERS_MAX; i++) {
		struct evse_limiter *limiter = port->limiters[i];
		struct evse_window kept;
		s32 power_mw;

		if (!limiter || !limiter->window.demands)
			continue;
		if (!evse_limiter_counts(port, limiter)) {
			WRITE_ONCE(limiter->flows, false);
			continue;
		}
		for (k = 0; windows[k].name != limiter->name; k++)
			;
		kept = windows[k];
		windows[k].min_mw = S32_MIN;
		windows[k].max_mw = S32_MAX;
		power_mw = evse_arbitrate(evse_power_wish(port), windows,
					  count).power_mw;
		windows[k] = kept;
		WRITE_ONCE(limiter->without_mw, power_mw);
		WRITE_ONCE(limiter->flows,
			   port->state == EVSE_PORT_STATE_ENERGISED);
	}
}

/**
 * evse_power_refresh() - arbitrate, and hand the result to the stage
 * @port: the port; its mutex is held
 * @again: the stage was armed anew and has no setpoint
 */
void evse_power_refresh(struct evse_port *port, bool again)
{
	struct evse_window windows[EVSE_WINDOWS_MAX + 1];
	unsigned int count = evse_power_windows(port, windows);
	struct evse_verdict verdict;
	int ret;

	/* Last, so that another limiter that binds as hard is named first. */
	if (port->state != EVSE_PORT_STATE_ENERGISED)
		windows[count++] = (struct evse_window){ "state", 0, 0 };

	evse_power_without(port, windows, count);
	verdict = evse_arbitrate(evse_power_wish(port), windows, count);
	if (verdict.power_mw != port->effective_mw) {
		trace_evse_power(port->id, port->request_mw, verdict.power_mw);
		again = true;
	}
	if (verdict.limiter != port->limiter || again)
		port->dirty = true;
	port->effective_mw = verdict.power_mw;
	port->limiter = verdict.limiter;

	if (!again || !port->stage.ops || !atomic_read(&port->closed))
		return;
	ret = port->stage.ops->set_power(port->stage.priv, verdict.power_mw);
	if (ret)
		evse_trip(port, evse_fault_index(EVSE_FAULT_CODE_STAGE_FAULT),
			  ktime_get(), ret, false, "stage");
}

/* Current that the pilot may state: the effective one once power flows. */
static u32 evse_offer_ma(struct evse_port *port)
{
	struct evse_window windows[EVSE_WINDOWS_MAX];
	struct evse_verdict verdict;

	verdict = evse_arbitrate(evse_power_wish(port), windows,
				 evse_power_windows(port, windows));
	return evse_current_ma(verdict.power_mw, port->rating.voltage_mv,
			       port->rating.phases);
}

static void evse_pilot_decide(struct evse_port *port,
			      enum evse_pilot_output *output, u32 *current_ma)
{
	bool served = port->session.net || port->basic;

	*current_ma = 0;
	if (!port->ready) {
		*output = EVSE_PILOT_OUTPUT_UNAVAILABLE;
	} else if (port->state == EVSE_PORT_STATE_FAULT ||
		   port->state == EVSE_PORT_STATE_STOPPING ||
		   port->state == EVSE_PORT_STATE_OPENING ||
		   port->mode == EVSE_MODE_OFF ||
		   atomic_read(&port->update_locked)) {
		*output = EVSE_PILOT_OUTPUT_STEADY;
	} else if (port->pilot_wish != EVSE_PILOT_OUTPUT_AUTO) {
		*output = port->pilot_wish;
		*current_ma = min(port->pilot_wish_ma, port->rating.current_ma);
	} else if (!served) {
		*output = EVSE_PILOT_OUTPUT_STEADY;
	} else if (port->rating.dc || port->bpt) {
		*output = EVSE_PILOT_OUTPUT_HLC;
	} else {
		*output = EVSE_PILOT_OUTPUT_CURRENT;
		*current_ma = evse_offer_ma(port);
	}

	if (*output == EVSE_PILOT_OUTPUT_CURRENT &&
	    *current_ma < EVSE_PILOT_MIN_MA) {
		*output = EVSE_PILOT_OUTPUT_STEADY;
		*current_ma = 0;
	}
}

/* A vehicle that was told a current has time to follow before the next one. */
static bool evse_pilot_too_soon(const struct evse_port *port,
				enum evse_pilot_output output, ktime_t now)
{
	enum evse_input vehicle = evse_vehicle_input(port->seen_vehicle);

	return output == EVSE_PILOT_OUTPUT_CURRENT &&
	       port->pilot_output == EVSE_PILOT_OUTPUT_CURRENT &&
	       vehicle != EVSE_IN_VEHICLE_GONE &&
	       ktime_before(now, ktime_add_ms(port->pilot_set_at,
					      EVSE_PILOT_CHANGE_MS));
}

/**
 * evse_pilot_refresh() - put on the pilot what the port says now
 * @port: the port; its mutex is held
 * @now: the time
 *
 * Return: when to look again, KTIME_MAX when nothing is waiting.
 */
ktime_t evse_pilot_refresh(struct evse_port *port, ktime_t now)
{
	enum evse_pilot_output output;
	u32 current_ma;
	int ret;

	evse_pilot_decide(port, &output, &current_ma);
	if (!port->pilot.ops ||
	    (output == port->pilot_output && current_ma == port->pilot_ma))
		return KTIME_MAX;
	if (evse_pilot_too_soon(port, output, now))
		return ktime_add_ms(port->pilot_set_at, EVSE_PILOT_CHANGE_MS);

	port->pilot_set_at = now;
	port->pilot_output = output;
	port->pilot_ma = current_ma;
	port->dirty = true;
	ret = port->pilot.ops->set(port->pilot.priv, output, current_ma);
	if (ret)
		evse_trip(port, evse_fault_index(EVSE_FAULT_CODE_CP_SIGNAL_LOSS),
			  ktime_get(), ret, false, "pilot");
	return KTIME_MAX;
}
