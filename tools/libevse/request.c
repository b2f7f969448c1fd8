// SPDX-License-Identifier: GPL-2.0-or-later
/* One function for each command of the family. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/netlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "client-internal.h"

/* Where a reply goes. */
struct target {
	const struct evse_record *rec;
	void *obj;
	bool filled;
};

static int take_one(const struct nlattr *attrs, int len, void *arg)
{
	struct target *target = arg;

	target->filled = true;
	return evse_record_decode(target->rec, attrs, len, target->obj);
}

/* A request whose reply, if any is wanted, is one record. */
static int call_one(struct evse_client *client, struct nl_msg *msg,
		    const struct evse_record *rec, void *obj)
{
	struct target target = { .rec = rec, .obj = obj };
	int err = evse_call(client, msg, obj ? take_one : NULL, &target);

	if (!err && obj && !target.filled)
		memset(obj, 0, rec->size);
	return err;
}

/* Where the replies of a dump go. */
struct growing {
	const struct evse_record *rec;
	char *items;
	size_t count;
};

static int take_next(const struct nlattr *attrs, int len, void *arg)
{
	struct growing *list = arg;
	size_t size = list->rec->size;
	char *items = realloc(list->items, (list->count + 1) * size);

	if (!items)
		return -ENOMEM;
	list->items = items;
	return evse_record_decode(list->rec, attrs, len,
				  items + list->count++ * size);
}

/* A dump that changes under its reader is read again, some times. */
#define DUMP_TRIES	5

static int dump(struct evse_client *client, uint8_t cmd, const uint32_t *port,
		const struct evse_record *rec, void **items, size_t *count)
{
	struct growing list = { .rec = rec };
	struct nl_msg *msg;
	int err, tries = DUMP_TRIES;

	do {
		list.count = 0;
		msg = evse_message(client, cmd, NLM_F_DUMP);
		if (msg && port)
			nla_put_u32(msg, EVSE_A_FAULT_PORT, *port);
		err = evse_call(client, msg, take_next, &list);
	} while (err == -EINTR && --tries);
	if (err) {
		free(list.items);
		return err;
	}
	*items = list.items;
	*count = list.count;
	return 0;
}

static struct nl_msg *port_message(struct evse_client *client, uint8_t cmd,
				   uint32_t id)
{
	struct nl_msg *msg = evse_message(client, cmd, 0);

	if (msg)
		nla_put_u32(msg, EVSE_A_PORT_ID, id);
	return msg;
}

static int port_command(struct evse_client *client, uint8_t cmd, uint32_t id)
{
	return evse_call(client, port_message(client, cmd, id), NULL, NULL);
}

int evse_port_get(struct evse_client *client, uint32_t id,
		  struct evse_port_info *port)
{
	return call_one(client, port_message(client, EVSE_CMD_PORT_GET, id),
			&evse_port_record, port);
}

int evse_port_list(struct evse_client *client, struct evse_port_info **ports,
		   size_t *count)
{
	void *items;
	int err = dump(client, EVSE_CMD_PORT_GET, NULL, &evse_port_record,
		       &items, count);

	if (!err)
		*ports = items;
	return err;
}

int evse_port_set(struct evse_client *client, uint32_t id,
		  const struct evse_port_info *config)
{
	struct nl_msg *msg = port_message(client, EVSE_CMD_PORT_SET, id);

	if (msg && evse_has(config, EVSE_A_PORT_MODE))
		nla_put_u32(msg, EVSE_A_PORT_MODE, config->mode);
	if (msg && evse_has(config, EVSE_A_PORT_MIN_MW))
		nla_put_s32(msg, EVSE_A_PORT_MIN_MW, config->min_mw);
	if (msg && evse_has(config, EVSE_A_PORT_MAX_MW))
		nla_put_s32(msg, EVSE_A_PORT_MAX_MW, config->max_mw);
	if (msg && evse_has(config, EVSE_A_PORT_BASIC))
		nla_put_u8(msg, EVSE_A_PORT_BASIC, config->basic);
	return evse_call(client, msg, NULL, NULL);
}

int evse_session_open(struct evse_client *client, uint32_t id,
		      uint32_t lease_ms, bool shared, uint32_t *granted_ms)
{
	struct nl_msg *msg = port_message(client, EVSE_CMD_SESSION_OPEN, id);
	struct evse_port_info *reply = calloc(1, sizeof(*reply));
	int err;

	if (msg && lease_ms)
		nla_put_u32(msg, EVSE_A_PORT_LEASE_MS, lease_ms);
	if (msg && shared)
		nla_put_u8(msg, EVSE_A_PORT_SESSION_SHARED, 1);
	err = call_one(client, msg, &evse_port_record, reply);
	if (!err && granted_ms) {
		*granted_ms = lease_ms ? lease_ms : EVSE_LEASE_DEFAULT_MS;
		if (reply && evse_has(reply, EVSE_A_PORT_LEASE_MS))
			*granted_ms = reply->lease_ms;
	}
	free(reply);
	return err;
}

int evse_session_renew(struct evse_client *client, uint32_t id)
{
	return port_command(client, EVSE_CMD_SESSION_RENEW, id);
}

int evse_session_close(struct evse_client *client, uint32_t id)
{
	return port_command(client, EVSE_CMD_SESSION_CLOSE, id);
}

int evse_energise(struct evse_client *client, uint32_t id)
{
	return port_command(client, EVSE_CMD_ENERGISE, id);
}

int evse_de_energise(struct evse_client *client, uint32_t id)
{
	return port_command(client, EVSE_CMD_DE_ENERGISE, id);
}

int evse_power_set(struct evse_client *client, uint32_t id, int32_t power_mw,
		   int32_t deadline_ms, struct evse_port_info *result)
{
	struct nl_msg *msg = port_message(client, EVSE_CMD_POWER_SET, id);

	if (msg)
		nla_put_s32(msg, EVSE_A_PORT_REQUEST_MW, power_mw);
	if (msg && deadline_ms >= 0)
		nla_put_u32(msg, EVSE_A_PORT_DEADLINE_MS,
			    (uint32_t)deadline_ms);
	return call_one(client, msg, &evse_port_record, result);
}

int evse_vehicle_limits_set(struct evse_client *client, uint32_t id,
			    int32_t min_mw, int32_t max_mw, bool bpt)
{
	struct nl_msg *msg = port_message(client, EVSE_CMD_VEHICLE_LIMITS_SET,
					  id);

	if (msg) {
		nla_put_s32(msg, EVSE_A_PORT_MIN_MW, min_mw);
		nla_put_s32(msg, EVSE_A_PORT_MAX_MW, max_mw);
		nla_put_u8(msg, EVSE_A_PORT_BPT, bpt);
	}
	return evse_call(client, msg, NULL, NULL);
}

int evse_pilot_set(struct evse_client *client, uint32_t id,
		   enum evse_pilot_output output, uint32_t current_ma)
{
	struct nl_msg *msg = port_message(client, EVSE_CMD_PILOT_SET, id);

	if (msg) {
		nla_put_u32(msg, EVSE_A_PORT_PILOT_OUTPUT, output);
		if (output == EVSE_PILOT_OUTPUT_CURRENT)
			nla_put_u32(msg, EVSE_A_PORT_PILOT_MA, current_ma);
	}
	return evse_call(client, msg, NULL, NULL);
}

int evse_lock_set(struct evse_client *client, uint32_t id, bool locked)
{
	struct nl_msg *msg = port_message(client, EVSE_CMD_LOCK_SET, id);

	if (msg)
		nla_put_u8(msg, EVSE_A_PORT_LOCKED, locked);
	return evse_call(client, msg, NULL, NULL);
}

int evse_update_lock_set(struct evse_client *client, uint32_t id, bool locked)
{
	struct nl_msg *msg = port_message(client, EVSE_CMD_UPDATE_LOCK_SET, id);

	if (msg)
		nla_put_u8(msg, EVSE_A_PORT_UPDATE_LOCKED, locked);
	return evse_call(client, msg, NULL, NULL);
}

int evse_counters_set(struct evse_client *client, uint32_t id,
		      const struct evse_counters_info *counters)
{
	const struct evse_record *rec = &evse_counters_record;
	struct nl_msg *msg = port_message(client, EVSE_CMD_COUNTERS_SET, id);
	struct nlattr *nest;
	uint64_t value;
	size_t i;

	nest = msg ? nla_nest_start(msg, EVSE_A_PORT_COUNTERS | NLA_F_NESTED) :
		     NULL;
	for (i = 0; nest && i < rec->count; i++) {
		if (!evse_has(counters, rec->field[i].attr))
			continue;
		memcpy(&value, (const char *)counters + rec->field[i].offset,
		       sizeof(value));
		nla_put_u64(msg, rec->field[i].attr, value);
	}
	if (nest)
		nla_nest_end(msg, nest);
	return evse_call(client, msg, NULL, NULL);
}

static struct nl_msg *fault_message(struct evse_client *client, uint8_t cmd,
				    uint32_t id, const uint32_t *code)
{
	struct nl_msg *msg = evse_message(client, cmd, 0);

	if (msg)
		nla_put_u32(msg, EVSE_A_FAULT_PORT, id);
	if (msg && code)
		nla_put_u32(msg, EVSE_A_FAULT_CODE, *code);
	return msg;
}

int evse_fault_get(struct evse_client *client, uint32_t id, uint32_t code,
		   struct evse_fault_info *fault)
{
	return call_one(client,
			fault_message(client, EVSE_CMD_FAULT_GET, id, &code),
			&evse_fault_record, fault);
}

int evse_fault_list(struct evse_client *client, const uint32_t *id,
		    struct evse_fault_info **faults, size_t *count)
{
	void *items;
	int err = dump(client, EVSE_CMD_FAULT_GET, id, &evse_fault_record,
		       &items, count);

	if (!err)
		*faults = items;
	return err;
}

int evse_fault_clear(struct evse_client *client, uint32_t id,
		     const uint32_t *code)
{
	return evse_call(client,
			 fault_message(client, EVSE_CMD_FAULT_CLEAR, id, code),
			 NULL, NULL);
}

int evse_fault_raise(struct evse_client *client, uint32_t id, uint32_t code,
		     const int32_t *value)
{
	struct nl_msg *msg = fault_message(client, EVSE_CMD_FAULT_RAISE, id,
					   &code);

	if (msg && value)
		nla_put_s32(msg, EVSE_A_FAULT_VALUE, *value);
	return evse_call(client, msg, NULL, NULL);
}

int evse_catalogue_list(struct evse_client *client,
			struct evse_fault_info **faults, size_t *count)
{
	void *items;
	int err = dump(client, EVSE_CMD_CATALOGUE_GET, NULL,
		       &evse_fault_record, &items, count);

	if (!err)
		*faults = items;
	return err;
}

int evse_meter_get(struct evse_client *client, uint32_t id,
		   struct evse_sample_info *sample)
{
	struct nl_msg *msg = evse_message(client, EVSE_CMD_METER_GET, 0);

	if (msg)
		nla_put_u32(msg, EVSE_A_SAMPLE_PORT, id);
	return call_one(client, msg, &evse_sample_record, sample);
}

static struct nl_msg *grid_message(struct evse_client *client, uint8_t cmd,
				   uint32_t id, const char *profile)
{
	struct nl_msg *msg = evse_message(client, cmd, 0);

	if (msg)
		nla_put_u32(msg, EVSE_A_GRID_PORT, id);
	if (msg && profile)
		nla_put_string(msg, EVSE_A_GRID_PROFILE, profile);
	return msg;
}

int evse_grid_get(struct evse_client *client, uint32_t id,
		  struct evse_grid_info *grid)
{
	return call_one(client,
			grid_message(client, EVSE_CMD_GRID_GET, id, NULL),
			&evse_grid_record, grid);
}

int evse_grid_list(struct evse_client *client, struct evse_grid_info **grids,
		   size_t *count)
{
	void *items;
	int err = dump(client, EVSE_CMD_GRID_GET, NULL, &evse_grid_record,
		       &items, count);

	if (!err)
		*grids = items;
	return err;
}

int evse_grid_set(struct evse_client *client, uint32_t id, const char *profile)
{
	return evse_call(client, grid_message(client, EVSE_CMD_GRID_SET, id,
					      profile), NULL, NULL);
}

int evse_grid_profile_list(struct evse_client *client,
			   struct evse_grid_info **profiles, size_t *count)
{
	void *items;
	int err = dump(client, EVSE_CMD_GRID_PROFILE_GET, NULL,
		       &evse_grid_record, &items, count);

	if (!err)
		*profiles = items;
	return err;
}

static struct nl_msg *setting_message(struct evse_client *client, uint8_t cmd,
				      uint32_t id, uint32_t element)
{
	struct nl_msg *msg = evse_message(client, cmd, 0);

	if (msg) {
		nla_put_u32(msg, EVSE_A_GRID_SETTING_PORT, id);
		nla_put_u32(msg, EVSE_A_GRID_SETTING_ELEMENT, element);
	}
	return msg;
}

int evse_grid_setting_get(struct evse_client *client, uint32_t id,
			  uint32_t element,
			  struct evse_grid_setting_info *setting)
{
	return call_one(client,
			setting_message(client, EVSE_CMD_GRID_SETTING_GET, id,
					element),
			&evse_grid_setting_record, setting);
}

int evse_grid_setting_list(struct evse_client *client, uint32_t id,
			   struct evse_grid_setting_info **settings,
			   size_t *count)
{
	struct evse_grid_setting_info *all;
	size_t i, n = 0;
	void *items;
	int err = dump(client, EVSE_CMD_GRID_SETTING_GET, NULL,
		       &evse_grid_setting_record, &items, count);

	if (err)
		return err;
	/* A dump is of all ports. */
	all = items;
	for (i = 0; i < *count; i++)
		if (all[i].port == id)
			all[n++] = all[i];
	*settings = all;
	*count = n;
	return 0;
}

int evse_grid_setting_set(struct evse_client *client, uint32_t id,
			  const struct evse_grid_setting_info *setting)
{
	struct nl_msg *msg = setting_message(client, EVSE_CMD_GRID_SETTING_SET,
					     id, setting->element);

	if (msg && evse_has(setting, EVSE_A_GRID_SETTING_PICKUP))
		nla_put_s32(msg, EVSE_A_GRID_SETTING_PICKUP, setting->pickup);
	if (msg && evse_has(setting, EVSE_A_GRID_SETTING_TIME_MS))
		nla_put_u32(msg, EVSE_A_GRID_SETTING_TIME_MS,
			    setting->time_ms);
	return evse_call(client, msg, NULL, NULL);
}

static struct nl_msg *bridge_message(struct evse_client *client, uint8_t cmd,
				     uint32_t id)
{
	struct nl_msg *msg = evse_message(client, cmd, 0);

	if (msg)
		nla_put_u32(msg, EVSE_A_BRIDGE_PORT, id);
	return msg;
}

int evse_bridge_get(struct evse_client *client, uint32_t id,
		    struct evse_bridge_info *bridge)
{
	return call_one(client, bridge_message(client, EVSE_CMD_BRIDGE_GET, id),
			&evse_bridge_record, bridge);
}

int evse_bridge_set(struct evse_client *client, uint32_t id,
		    uint32_t carrier_hz)
{
	struct nl_msg *msg = bridge_message(client, EVSE_CMD_BRIDGE_SET, id);

	if (msg)
		nla_put_u32(msg, EVSE_A_BRIDGE_CARRIER_HZ, carrier_hz);
	return evse_call(client, msg, NULL, NULL);
}

static struct nl_msg *thermal_message(struct evse_client *client, uint32_t id,
				      const char *sensor)
{
	struct nl_msg *msg = evse_message(client, EVSE_CMD_THERMAL_GET, 0);

	if (msg)
		nla_put_u32(msg, EVSE_A_THERMAL_PORT, id);
	if (msg)
		nla_put_string(msg, EVSE_A_THERMAL_SENSOR, sensor);
	return msg;
}

int evse_thermal_get(struct evse_client *client, uint32_t id,
		     const char *sensor, struct evse_thermal_info *thermal)
{
	return call_one(client, thermal_message(client, id, sensor),
			&evse_thermal_record, thermal);
}

/*
 * A dump is of all ports. One without a thermal guard says so when it is asked
 * for a sensor; the port is the first attribute of both records.
 */
static int thermal_dump(struct evse_client *client, uint8_t cmd,
			const uint32_t *id, const struct evse_record *rec,
			void **items, size_t *count)
{
	char *all;
	size_t i, n = 0;
	uint32_t port;
	int err = dump(client, cmd, NULL, rec, items, count);

	if (err || !id)
		return err;
	all = *items;
	for (i = 0; i < *count; i++) {
		memcpy(&port, all + i * rec->size + rec->field[0].offset,
		       sizeof(port));
		if (port == *id)
			memmove(all + n++ * rec->size, all + i * rec->size,
				rec->size);
	}
	*count = n;
	if (n)
		return 0;
	free(all);
	err = evse_call(client, thermal_message(client, *id, ""), NULL, NULL);
	return err ? err : -ENOENT;
}

int evse_thermal_list(struct evse_client *client, const uint32_t *id,
		      struct evse_thermal_info **thermals, size_t *count)
{
	void *items;
	int err = thermal_dump(client, EVSE_CMD_THERMAL_GET, id,
			       &evse_thermal_record, &items, count);

	if (!err)
		*thermals = items;
	return err;
}

int evse_thermal_setting_list(struct evse_client *client, const uint32_t *id,
			      struct evse_thermal_setting_info **settings,
			      size_t *count)
{
	void *items;
	int err = thermal_dump(client, EVSE_CMD_THERMAL_SETTING_GET, id,
			       &evse_thermal_setting_record, &items, count);

	if (!err)
		*settings = items;
	return err;
}

int evse_thermal_setting_set(struct evse_client *client, uint32_t id,
			     const struct evse_thermal_setting_info *setting)
{
	struct nl_msg *msg = evse_message(client, EVSE_CMD_THERMAL_SETTING_SET,
					  0);

	if (msg)
		nla_put_u32(msg, EVSE_A_THERMAL_SETTING_PORT, id);
	if (msg && *setting->sensor)
		nla_put_string(msg, EVSE_A_THERMAL_SETTING_SENSOR,
			       setting->sensor);
	if (msg) {
		nla_put_u32(msg, EVSE_A_THERMAL_SETTING_ELEMENT,
			    setting->element);
		nla_put_s32(msg, EVSE_A_THERMAL_SETTING_VALUE, setting->value);
	}
	return evse_call(client, msg, NULL, NULL);
}
