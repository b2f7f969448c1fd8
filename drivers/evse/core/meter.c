// SPDX-License-Identifier: GPL-2.0-only
/* Measured values of a port, and the energy that they add up to. */
#include <linux/errno.h>
#include <linux/lockdep.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "port.h"

/* A stage follows at once; a vehicle has 5 s (IEC 61851-1 Table A.6). */
#define EVSE_FOLLOW_STAGE_MS	500
#define EVSE_FOLLOW_VEHICLE_MS	5500
/* Below this no contact is opened under load. */
#define EVSE_QUIET_MA		1000
#define EVSE_MWS_PER_MWH	3600

/**
 * evse_meter_read() - measure now
 * @port: the port; its mutex is held
 * @sample: the values
 *
 * Return: 0, -EOPNOTSUPP without a meter, or the meter's errno.
 */
int evse_meter_read(struct evse_port *port, struct evse_sample *sample)
{
	lockdep_assert_held(&port->mutex);

	if (!port->meter.ops)
		return -EOPNOTSUPP;
	return port->meter.ops->read(port->meter.priv, sample);
}

/**
 * evse_meter_quiet() - does hardly any current flow
 * @port: the port; its mutex is held
 *
 * Return: true when measured so. Without a meter: when the gates are off, and
 * for a port without a power stage when the vehicle does not ask for power.
 */
bool evse_meter_quiet(struct evse_port *port)
{
	struct evse_sample sample;

	if (!evse_meter_read(port, &sample))
		return abs(sample.current_ma) < EVSE_QUIET_MA;
	if (port->stage.ops)
		return port->stage.ops->is_off(port->stage.priv);
	return evse_vehicle_input(port->seen_vehicle) != EVSE_IN_VEHICLE_ASKS;
}

static void evse_meter_add(u64 *mwh, u64 *rest, u32 power_mw, u32 ms)
{
	u64 whole;

	/* Milliwatt-milliseconds, so that short samples are not rounded away. */
	*rest += (u64)power_mw * ms;
	whole = div_u64(*rest, 1000 * EVSE_MWS_PER_MWH);
	*mwh += whole;
	*rest -= whole * 1000 * EVSE_MWS_PER_MWH;
}

static void evse_meter_flow(struct evse_port *port,
			    const struct evse_sample *sample, ktime_t now)
{
	const struct evse_rating *r = &port->rating;
	u32 patience_ms = port->stage.ops ? EVSE_FOLLOW_STAGE_MS :
					    EVSE_FOLLOW_VEHICLE_MS;

	if (!evse_flow_reversed(&port->flow, sample->power_mw,
				port->effective_mw,
				evse_rated_mw(r, r->current_ma),
				patience_ms, now))
		return;
	port->flow.since = 0;
	evse_trip(port, evse_fault_index(EVSE_FAULT_CODE_REV_FLOW_TRIP), now,
		  sample->power_mw, false, "meter");
}

/**
 * evse_meter_tick() - take a sample of an energised port
 * @port: the port; its mutex is held
 * @now: the time
 */
void evse_meter_tick(struct evse_port *port, ktime_t now)
{
	struct evse_counters *counters = &port->counters;
	struct evse_sample sample;
	u32 ms;

	if (!evse_state_coil_may_be_on(port->state) ||
	    evse_meter_read(port, &sample)) {
		port->sampled_at = 0;
		port->flow.since = 0;
		return;
	}
	evse_meter_flow(port, &sample, now);
	if (port->sampled_at) {
		ms = min_t(s64, ktime_ms_delta(now, port->sampled_at), 10000);
		if (sample.power_mw >= 0)
			evse_meter_add(&counters->import_mwh,
				       &counters->import_rest,
				       sample.power_mw, ms);
		else
			evse_meter_add(&counters->export_mwh,
				       &counters->export_rest,
				       -sample.power_mw, ms);
	}
	port->sampled_at = now;
	port->sampled_ma = sample.current_ma;
	evse_netlink_meter_ntf(port, now, &sample);
}

static u32 evse_load_ma(struct evse_port *port)
{
	lockdep_assert_held(&port->mutex);

	if (port->sampled_at)
		return abs(port->sampled_ma);
	return evse_current_ma(abs(port->effective_mw), port->rating.voltage_mv,
			       port->rating.phases);
}

u32 evse_port_load(struct evse_port *port)
{
	const struct evse_rating *r = &port->rating;
	u32 ma;

	mutex_lock(&port->mutex);
	ma = evse_load_ma(port);
	mutex_unlock(&port->mutex);
	return div_u64((u64)ma * 1000, max3(r->current_ma, r->export_ma, 1U));
}
EXPORT_SYMBOL_GPL(evse_port_load);
