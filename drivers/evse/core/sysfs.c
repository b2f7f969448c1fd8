// SPDX-License-Identifier: GPL-2.0-only
/* Attributes to read; Documentation/ABI/testing/sysfs-class-evse says what. */
#include <linux/device.h>
#include <linux/evse.h>
#include <linux/sysfs.h>

#include "port.h"

/*
 * Names, as the attributes show them
 */

static const char * const evse_mode_names[] = {
	[EVSE_MODE_OFF] = "off",
	[EVSE_MODE_CHARGE] = "charge",
	[EVSE_MODE_V2G] = "v2g",
	[EVSE_MODE_V2H] = "v2h",
};

static const char * const evse_vehicle_names[] = {
	[EVSE_PILOT_STATE_UNKNOWN] = "unknown",
	[EVSE_PILOT_STATE_A] = "A",
	[EVSE_PILOT_STATE_B] = "B",
	[EVSE_PILOT_STATE_C] = "C",
	[EVSE_PILOT_STATE_D] = "D",
	[EVSE_PILOT_STATE_E] = "E",
	[EVSE_PILOT_STATE_F] = "F",
};

static const char * const evse_lock_names[] = {
	[EVSE_LOCK_STATE_NONE] = "none",
	[EVSE_LOCK_STATE_UNLOCKED] = "unlocked",
	[EVSE_LOCK_STATE_MOVING] = "moving",
	[EVSE_LOCK_STATE_LOCKED] = "locked",
	[EVSE_LOCK_STATE_FAILED] = "failed",
};

static const char * const evse_output_names[] = {
	[EVSE_PILOT_OUTPUT_AUTO] = "auto",
	[EVSE_PILOT_OUTPUT_STEADY] = "steady",
	[EVSE_PILOT_OUTPUT_HLC] = "hlc",
	[EVSE_PILOT_OUTPUT_CURRENT] = "current",
	[EVSE_PILOT_OUTPUT_UNAVAILABLE] = "unavailable",
};

static const char * const evse_guard_names[] = {
	[EVSE_GUARD_STATE_HOLD] = "hold",
	[EVSE_GUARD_STATE_PERMIT] = "permit",
	[EVSE_GUARD_STATE_CEASE] = "cease",
	[EVSE_GUARD_STATE_TRIP] = "trip",
};

/* By bit number of enum evse_scope. */
static const char * const evse_scope_names[] = {
	"precharge", "cable-check", "flow", "import", "export", "island",
};

/*
 * An attribute is a function that is called with the port's mutex held.
 */
#define EVSE_ATTR(_name)						\
static ssize_t _name##_show(struct device *dev,				\
			    struct device_attribute *attr, char *buf)	\
{									\
	struct evse_port *port = dev_to_port(dev);			\
	ssize_t len;							\
									\
	mutex_lock(&port->mutex);					\
	len = evse_show_##_name(port, buf);				\
	mutex_unlock(&port->mutex);					\
	return len;							\
}									\
static DEVICE_ATTR_RO(_name)

#define EVSE_ATTR_VALUE(_name, _format, _value)				\
static ssize_t evse_show_##_name(struct evse_port *port, char *buf)	\
{									\
	return sysfs_emit(buf, _format "\n", _value);			\
}									\
EVSE_ATTR(_name)

static u32 evse_duty(struct evse_port *port)
{
	return port->pilot.ops ?
	       port->pilot.ops->duty_permyriad(port->pilot.priv) : 0;
}

static const char *evse_waiting_for(struct evse_port *port)
{
	const char *name = port->ready ? NULL : evse_port_missing(port);

	return name ?: "none";
}

EVSE_ATTR_VALUE(state, "%s", evse_state_name(port->state));
EVSE_ATTR_VALUE(mode, "%s", evse_mode_names[port->mode]);
EVSE_ATTR_VALUE(vehicle, "%s", evse_vehicle_names[READ_ONCE(port->vehicle)]);
EVSE_ATTR_VALUE(lock, "%s", evse_lock_names[READ_ONCE(port->lock_state)]);
EVSE_ATTR_VALUE(request_mw, "%d", port->request_mw);
EVSE_ATTR_VALUE(effective_mw, "%d", port->effective_mw);
EVSE_ATTR_VALUE(limiter, "%s", port->limiter ?: "none");
EVSE_ATTR_VALUE(min_mw, "%d", port->configured.min_mw);
EVSE_ATTR_VALUE(max_mw, "%d", port->configured.max_mw);
EVSE_ATTR_VALUE(rated_min_mw, "%d", -evse_rated_mw(&port->rating, port->rating.export_ma));
EVSE_ATTR_VALUE(rated_max_mw, "%d", evse_rated_mw(&port->rating, port->rating.current_ma));
EVSE_ATTR_VALUE(supply, "%s", port->rating.dc ? "dc" : "ac");
EVSE_ATTR_VALUE(phases, "%u", port->rating.phases);
EVSE_ATTR_VALUE(rated_mv, "%u", port->rating.voltage_mv);
EVSE_ATTR_VALUE(rated_ma, "%u", port->rating.current_ma);
EVSE_ATTR_VALUE(rated_export_ma, "%u", port->rating.export_ma);
EVSE_ATTR_VALUE(basic, "%d", port->basic);
EVSE_ATTR_VALUE(cable_ma, "%u", port->cable_ma);
EVSE_ATTR_VALUE(pilot_output, "%s", evse_output_names[port->pilot_output]);
EVSE_ATTR_VALUE(pilot_ma, "%u", port->pilot_ma);
EVSE_ATTR_VALUE(duty_permyriad, "%u", evse_duty(port));
EVSE_ATTR_VALUE(waiting_for, "%s", evse_waiting_for(port));
EVSE_ATTR_VALUE(stage, "%d", !!port->stage.ops);
EVSE_ATTR_VALUE(zero_energy, "%d", evse_zero_energy(port));
EVSE_ATTR_VALUE(update_locked, "%d", atomic_read(&port->update_locked));

static ssize_t evse_show_session(struct evse_port *port, char *buf)
{
	const struct evse_session *session = &port->session;

	if (!session->net)
		return sysfs_emit(buf, "none\n");
	return sysfs_emit(buf, "%u %s lease %u\n", session->portid,
			  session->shared ? "shared" : "exclusive",
			  session->lease_ms);
}
EVSE_ATTR(session);

static ssize_t evse_show_fault(struct evse_port *port, char *buf)
{
	int first = evse_fault_first(port);

	if (first < 0)
		return sysfs_emit(buf, "none\n");
	return sysfs_emit(buf, "0x%02x %s\n", evse_fault_catalogue[first].code,
			  evse_fault_catalogue[first].name);
}
EVSE_ATTR(fault);

static ssize_t evse_show_faults(struct evse_port *port, char *buf)
{
	ssize_t len = 0;
	int i;

	for (i = 0; i < EVSE_FAULTS; i++) {
		struct evse_fault fault;

		if (!evse_fault_read(port, i, &fault))
			continue;
		len += sysfs_emit_at(buf, len, "0x%02x %s%s%s%s\n",
				     evse_fault_catalogue[i].code,
				     evse_fault_catalogue[i].name,
				     fault.latched ? " latched" : "",
				     fault.active ? " active" : "",
				     fault.first ? " first" : "");
	}
	return len;
}
EVSE_ATTR(faults);

static ssize_t evse_emit_scope(char *buf, ssize_t len, u32 scope)
{
	ssize_t start = len;
	int bit;

	for (bit = 0; bit < ARRAY_SIZE(evse_scope_names); bit++)
		if (scope & BIT(bit))
			len += sysfs_emit_at(buf, len, "%s%s",
					     len == start ? "" : ",",
					     evse_scope_names[bit]);
	return len - start;
}

static ssize_t evse_show_guards(struct evse_port *port, char *buf)
{
	ssize_t len = 0;
	int i;

	for (i = 0; i < EVSE_GUARDS_MAX; i++) {
		const struct evse_guard *guard = port->guards[i];

		if (!guard)
			continue;
		len += sysfs_emit_at(buf, len, "%s %s ", guard->name,
				     evse_guard_names[READ_ONCE(guard->state)]);
		len += evse_emit_scope(buf, len, guard->scope);
		len += sysfs_emit_at(buf, len, "\n");
	}
	return len;
}
EVSE_ATTR(guards);

static ssize_t evse_show_contacts(struct evse_port *port, char *buf)
{
	const struct evse_contactor *contactor = &port->contactor;
	ssize_t len = 0;
	unsigned int i;

	for (i = 0; contactor->ops && i < EVSE_CONTACTS_MAX; i++) {
		struct evse_contact_status status = { };

		if (contactor->ops->status(contactor->priv, i, &status))
			break;
		len += sysfs_emit_at(buf, len, "%s coil %s contact %s\n",
				     status.name ?: "main",
				     status.commanded ? "on" : "off",
				     status.closed ? "closed" : "open");
	}
	return len;
}
EVSE_ATTR(contacts);

EVSE_ATTR_VALUE(matings, "%llu", port->counters.matings);
EVSE_ATTR_VALUE(cycles, "%llu", port->counters.cycles);
EVSE_ATTR_VALUE(loaded_openings, "%llu", port->counters.loaded_openings);
EVSE_ATTR_VALUE(trips, "%llu", port->counters.trips);
EVSE_ATTR_VALUE(energy_import_mwh, "%llu", port->counters.import_mwh);
EVSE_ATTR_VALUE(energy_export_mwh, "%llu", port->counters.export_mwh);
EVSE_ATTR_VALUE(cleaned, "%llu", port->counters.cleaned);

static struct attribute *evse_port_attrs[] = {
	&dev_attr_state.attr,
	&dev_attr_mode.attr,
	&dev_attr_vehicle.attr,
	&dev_attr_lock.attr,
	&dev_attr_request_mw.attr,
	&dev_attr_effective_mw.attr,
	&dev_attr_limiter.attr,
	&dev_attr_min_mw.attr,
	&dev_attr_max_mw.attr,
	&dev_attr_rated_min_mw.attr,
	&dev_attr_rated_max_mw.attr,
	&dev_attr_supply.attr,
	&dev_attr_phases.attr,
	&dev_attr_rated_mv.attr,
	&dev_attr_rated_ma.attr,
	&dev_attr_rated_export_ma.attr,
	&dev_attr_basic.attr,
	&dev_attr_cable_ma.attr,
	&dev_attr_pilot_output.attr,
	&dev_attr_pilot_ma.attr,
	&dev_attr_duty_permyriad.attr,
	&dev_attr_session.attr,
	&dev_attr_fault.attr,
	&dev_attr_faults.attr,
	&dev_attr_guards.attr,
	&dev_attr_contacts.attr,
	&dev_attr_waiting_for.attr,
	&dev_attr_stage.attr,
	&dev_attr_zero_energy.attr,
	&dev_attr_update_locked.attr,
	NULL
};

static const struct attribute_group evse_port_group = {
	.attrs = evse_port_attrs,
};

static struct attribute *evse_counter_attrs[] = {
	&dev_attr_matings.attr,
	&dev_attr_cycles.attr,
	&dev_attr_loaded_openings.attr,
	&dev_attr_trips.attr,
	&dev_attr_energy_import_mwh.attr,
	&dev_attr_energy_export_mwh.attr,
	&dev_attr_cleaned.attr,
	NULL
};

static const struct attribute_group evse_counter_group = {
	.name = "counters",
	.attrs = evse_counter_attrs,
};

const struct attribute_group *evse_port_groups[] = {
	&evse_port_group,
	&evse_counter_group,
	NULL
};

static u32 evse_first_code(struct evse_port *port)
{
	int first = evse_fault_first(port);

	return first < 0 ? EVSE_FAULT_CODE_NONE
			 : evse_fault_catalogue[first].code;
}

static void evse_wake(struct evse_port *port, const char *name, bool changed)
{
	if (changed)
		sysfs_notify(&port->dev.kobj, NULL, name);
}

/**
 * evse_sysfs_notify() - wake those who poll an attribute that changed
 * @port: the port; its mutex is held
 */
void evse_sysfs_notify(struct evse_port *port)
{
	struct evse_shown was = port->shown;
	struct evse_shown is = {
		.state = port->state,
		.mode = port->mode,
		.vehicle = READ_ONCE(port->vehicle),
		.lock = READ_ONCE(port->lock_state),
		.effective_mw = port->effective_mw,
		.limiter = port->limiter,
		.fault_code = evse_first_code(port),
		.zero_energy = evse_zero_energy(port),
		.update_locked = atomic_read(&port->update_locked),
	};

	port->shown = is;
	evse_wake(port, "state", is.state != was.state);
	evse_wake(port, "mode", is.mode != was.mode);
	evse_wake(port, "vehicle", is.vehicle != was.vehicle);
	evse_wake(port, "lock", is.lock != was.lock);
	evse_wake(port, "effective_mw", is.effective_mw != was.effective_mw);
	evse_wake(port, "limiter", is.limiter != was.limiter);
	evse_wake(port, "fault", is.fault_code != was.fault_code);
	evse_wake(port, "zero_energy", is.zero_energy != was.zero_energy);
	evse_wake(port, "update_locked", is.update_locked != was.update_locked);
}
