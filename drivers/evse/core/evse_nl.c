// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/evse.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "evse_nl.h"

#include <uapi/linux/evse.h>

/* Common nested types */
const struct nla_policy evse_counters_nl_policy[EVSE_A_COUNTERS_CLEANED + 1] = {
	[EVSE_A_COUNTERS_MATINGS] = { .type = NLA_U64, },
	[EVSE_A_COUNTERS_CYCLES] = { .type = NLA_U64, },
	[EVSE_A_COUNTERS_LOADED_OPENINGS] = { .type = NLA_U64, },
	[EVSE_A_COUNTERS_TRIPS] = { .type = NLA_U64, },
	[EVSE_A_COUNTERS_ENERGY_IMPORT_MWH] = { .type = NLA_U64, },
	[EVSE_A_COUNTERS_ENERGY_EXPORT_MWH] = { .type = NLA_U64, },
	[EVSE_A_COUNTERS_CLEANED] = { .type = NLA_U64, },
};

/* EVSE_CMD_PORT_GET - do */
const struct nla_policy evse_port_get_nl_policy[EVSE_A_PORT_ID + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
};

/* EVSE_CMD_PORT_SET - do */
const struct nla_policy evse_port_set_nl_policy[EVSE_A_PORT_BASIC + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
	[EVSE_A_PORT_MODE] = NLA_POLICY_MAX(NLA_U32, 3),
	[EVSE_A_PORT_MIN_MW] = { .type = NLA_S32, },
	[EVSE_A_PORT_MAX_MW] = { .type = NLA_S32, },
	[EVSE_A_PORT_BASIC] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* EVSE_CMD_SESSION_OPEN - do */
const struct nla_policy evse_session_open_nl_policy[EVSE_A_PORT_LEASE_MS + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
	[EVSE_A_PORT_LEASE_MS] = NLA_POLICY_RANGE(NLA_U32, 100, 10000),
	[EVSE_A_PORT_SESSION_SHARED] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* EVSE_CMD_SESSION_RENEW - do */
const struct nla_policy evse_session_renew_nl_policy[EVSE_A_PORT_ID + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
};

/* EVSE_CMD_SESSION_CLOSE - do */
const struct nla_policy evse_session_close_nl_policy[EVSE_A_PORT_ID + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
};

/* EVSE_CMD_ENERGISE - do */
const struct nla_policy evse_energise_nl_policy[EVSE_A_PORT_ID + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
};

/* EVSE_CMD_DE_ENERGISE - do */
const struct nla_policy evse_de_energise_nl_policy[EVSE_A_PORT_ID + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
};

/* EVSE_CMD_POWER_SET - do */
const struct nla_policy evse_power_set_nl_policy[EVSE_A_PORT_DEADLINE_MS + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
	[EVSE_A_PORT_REQUEST_MW] = { .type = NLA_S32, },
	[EVSE_A_PORT_DEADLINE_MS] = NLA_POLICY_MAX(NLA_U32, 30000),
};

/* EVSE_CMD_VEHICLE_LIMITS_SET - do */
const struct nla_policy evse_vehicle_limits_set_nl_policy[EVSE_A_PORT_BPT + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
	[EVSE_A_PORT_MIN_MW] = { .type = NLA_S32, },
	[EVSE_A_PORT_MAX_MW] = { .type = NLA_S32, },
	[EVSE_A_PORT_BPT] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* EVSE_CMD_PILOT_SET - do */
const struct nla_policy evse_pilot_set_nl_policy[EVSE_A_PORT_PILOT_MA + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
	[EVSE_A_PORT_PILOT_OUTPUT] = NLA_POLICY_MAX(NLA_U32, 4),
	[EVSE_A_PORT_PILOT_MA] = { .type = NLA_U32, },
};

/* EVSE_CMD_LOCK_SET - do */
const struct nla_policy evse_lock_set_nl_policy[EVSE_A_PORT_LOCKED + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
	[EVSE_A_PORT_LOCKED] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* EVSE_CMD_COUNTERS_SET - do */
const struct nla_policy evse_counters_set_nl_policy[EVSE_A_PORT_COUNTERS + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
	[EVSE_A_PORT_COUNTERS] = NLA_POLICY_NESTED(evse_counters_nl_policy),
};

/* EVSE_CMD_FAULT_GET - do */
const struct nla_policy evse_fault_get_nl_policy[EVSE_A_FAULT_CODE + 1] = {
	[EVSE_A_FAULT_PORT] = { .type = NLA_U32, },
	[EVSE_A_FAULT_CODE] = { .type = NLA_U32, },
};

/* EVSE_CMD_FAULT_CLEAR - do */
const struct nla_policy evse_fault_clear_nl_policy[EVSE_A_FAULT_CODE + 1] = {
	[EVSE_A_FAULT_PORT] = { .type = NLA_U32, },
	[EVSE_A_FAULT_CODE] = { .type = NLA_U32, },
};

/* EVSE_CMD_FAULT_RAISE - do */
const struct nla_policy evse_fault_raise_nl_policy[EVSE_A_FAULT_VALUE + 1] = {
	[EVSE_A_FAULT_PORT] = { .type = NLA_U32, },
	[EVSE_A_FAULT_CODE] = { .type = NLA_U32, },
	[EVSE_A_FAULT_VALUE] = { .type = NLA_S32, },
};

/* EVSE_CMD_CATALOGUE_GET - do */
const struct nla_policy evse_catalogue_get_nl_policy[EVSE_A_FAULT_CODE + 1] = {
	[EVSE_A_FAULT_CODE] = { .type = NLA_U32, },
};

/* EVSE_CMD_METER_GET - do */
const struct nla_policy evse_meter_get_nl_policy[EVSE_A_SAMPLE_PORT + 1] = {
	[EVSE_A_SAMPLE_PORT] = { .type = NLA_U32, },
};

/* EVSE_CMD_GRID_GET - do */
const struct nla_policy evse_grid_get_nl_policy[EVSE_A_GRID_PORT + 1] = {
	[EVSE_A_GRID_PORT] = { .type = NLA_U32, },
};

/* EVSE_CMD_GRID_SET - do */
const struct nla_policy evse_grid_set_nl_policy[EVSE_A_GRID_PROFILE + 1] = {
	[EVSE_A_GRID_PORT] = { .type = NLA_U32, },
	[EVSE_A_GRID_PROFILE] = { .type = NLA_NUL_STRING, .len = EVSE_NAME_MAX, },
};

/* EVSE_CMD_GRID_PROFILE_GET - do */
const struct nla_policy evse_grid_profile_get_nl_policy[EVSE_A_GRID_PROFILE + 1] = {
	[EVSE_A_GRID_PORT] = { .type = NLA_U32, },
	[EVSE_A_GRID_PROFILE] = { .type = NLA_NUL_STRING, .len = EVSE_NAME_MAX, },
};

/* EVSE_CMD_GRID_SETTING_GET - do */
const struct nla_policy evse_grid_setting_get_nl_policy[EVSE_A_GRID_SETTING_ELEMENT + 1] = {
	[EVSE_A_GRID_SETTING_PORT] = { .type = NLA_U32, },
	[EVSE_A_GRID_SETTING_ELEMENT] = NLA_POLICY_MAX(NLA_U32, 33),
};

/* EVSE_CMD_GRID_SETTING_SET - do */
const struct nla_policy evse_grid_setting_set_nl_policy[EVSE_A_GRID_SETTING_TIME_MS + 1] = {
	[EVSE_A_GRID_SETTING_PORT] = { .type = NLA_U32, },
	[EVSE_A_GRID_SETTING_ELEMENT] = NLA_POLICY_MAX(NLA_U32, 33),
	[EVSE_A_GRID_SETTING_PICKUP] = { .type = NLA_S32, },
	[EVSE_A_GRID_SETTING_TIME_MS] = { .type = NLA_U32, },
};

/* EVSE_CMD_UPDATE_LOCK_SET - do */
const struct nla_policy evse_update_lock_set_nl_policy[EVSE_A_PORT_UPDATE_LOCKED + 1] = {
	[EVSE_A_PORT_ID] = { .type = NLA_U32, },
	[EVSE_A_PORT_UPDATE_LOCKED] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* EVSE_CMD_BRIDGE_GET - do */
const struct nla_policy evse_bridge_get_nl_policy[EVSE_A_BRIDGE_PORT + 1] = {
	[EVSE_A_BRIDGE_PORT] = { .type = NLA_U32, },
};

/* EVSE_CMD_BRIDGE_SET - do */
const struct nla_policy evse_bridge_set_nl_policy[EVSE_A_BRIDGE_CARRIER_HZ + 1] = {
	[EVSE_A_BRIDGE_PORT] = { .type = NLA_U32, },
	[EVSE_A_BRIDGE_CARRIER_HZ] = { .type = NLA_U32, },
};

/* EVSE_CMD_THERMAL_GET - do */
const struct nla_policy evse_thermal_get_nl_policy[EVSE_A_THERMAL_SENSOR + 1] = {
	[EVSE_A_THERMAL_PORT] = { .type = NLA_U32, },
	[EVSE_A_THERMAL_SENSOR] = { .type = NLA_NUL_STRING, .len = EVSE_NAME_MAX, },
};

/* EVSE_CMD_THERMAL_SETTING_GET - do */
const struct nla_policy evse_thermal_setting_get_nl_policy[EVSE_A_THERMAL_SETTING_ELEMENT + 1] = {
	[EVSE_A_THERMAL_SETTING_PORT] = { .type = NLA_U32, },
	[EVSE_A_THERMAL_SETTING_SENSOR] = { .type = NLA_NUL_STRING, .len = EVSE_NAME_MAX, },
	[EVSE_A_THERMAL_SETTING_ELEMENT] = NLA_POLICY_MAX(NLA_U32, 3),
};

/* EVSE_CMD_THERMAL_SETTING_SET - do */
const struct nla_policy evse_thermal_setting_set_nl_policy[EVSE_A_THERMAL_SETTING_VALUE + 1] = {
	[EVSE_A_THERMAL_SETTING_PORT] = { .type = NLA_U32, },
	[EVSE_A_THERMAL_SETTING_SENSOR] = { .type = NLA_NUL_STRING, .len = EVSE_NAME_MAX, },
	[EVSE_A_THERMAL_SETTING_ELEMENT] = NLA_POLICY_MAX(NLA_U32, 3),
	[EVSE_A_THERMAL_SETTING_VALUE] = { .type = NLA_S32, },
};

/* Ops table for evse */
const struct genl_ops evse_nl_ops[28] = {
	{
		.cmd		= EVSE_CMD_PORT_GET,
		.doit		= evse_nl_port_get_doit,
		.dumpit		= evse_nl_port_get_dumpit,
		.policy		= evse_port_get_nl_policy,
		.maxattr	= EVSE_A_PORT_ID,
	},
	{
		.cmd		= EVSE_CMD_PORT_SET,
		.doit		= evse_nl_port_set_doit,
		.policy		= evse_port_set_nl_policy,
		.maxattr	= EVSE_A_PORT_BASIC,
	},
	{
		.cmd		= EVSE_CMD_SESSION_OPEN,
		.doit		= evse_nl_session_open_doit,
		.policy		= evse_session_open_nl_policy,
		.maxattr	= EVSE_A_PORT_LEASE_MS,
	},
	{
		.cmd		= EVSE_CMD_SESSION_RENEW,
		.doit		= evse_nl_session_renew_doit,
		.policy		= evse_session_renew_nl_policy,
		.maxattr	= EVSE_A_PORT_ID,
	},
	{
		.cmd		= EVSE_CMD_SESSION_CLOSE,
		.doit		= evse_nl_session_close_doit,
		.policy		= evse_session_close_nl_policy,
		.maxattr	= EVSE_A_PORT_ID,
	},
	{
		.cmd		= EVSE_CMD_ENERGISE,
		.doit		= evse_nl_energise_doit,
		.policy		= evse_energise_nl_policy,
		.maxattr	= EVSE_A_PORT_ID,
	},
	{
		.cmd		= EVSE_CMD_DE_ENERGISE,
		.doit		= evse_nl_de_energise_doit,
		.policy		= evse_de_energise_nl_policy,
		.maxattr	= EVSE_A_PORT_ID,
	},
	{
		.cmd		= EVSE_CMD_POWER_SET,
		.doit		= evse_nl_power_set_doit,
		.policy		= evse_power_set_nl_policy,
		.maxattr	= EVSE_A_PORT_DEADLINE_MS,
	},
	{
		.cmd		= EVSE_CMD_VEHICLE_LIMITS_SET,
		.doit		= evse_nl_vehicle_limits_set_doit,
		.policy		= evse_vehicle_limits_set_nl_policy,
		.maxattr	= EVSE_A_PORT_BPT,
	},
	{
		.cmd		= EVSE_CMD_PILOT_SET,
		.doit		= evse_nl_pilot_set_doit,
		.policy		= evse_pilot_set_nl_policy,
		.maxattr	= EVSE_A_PORT_PILOT_MA,
	},
	{
		.cmd		= EVSE_CMD_LOCK_SET,
		.doit		= evse_nl_lock_set_doit,
		.policy		= evse_lock_set_nl_policy,
		.maxattr	= EVSE_A_PORT_LOCKED,
	},
	{
		.cmd		= EVSE_CMD_COUNTERS_SET,
		.doit		= evse_nl_counters_set_doit,
		.policy		= evse_counters_set_nl_policy,
		.maxattr	= EVSE_A_PORT_COUNTERS,
	},
	{
		.cmd		= EVSE_CMD_FAULT_GET,
		.doit		= evse_nl_fault_get_doit,
		.dumpit		= evse_nl_fault_get_dumpit,
		.policy		= evse_fault_get_nl_policy,
		.maxattr	= EVSE_A_FAULT_CODE,
	},
	{
		.cmd		= EVSE_CMD_FAULT_CLEAR,
		.doit		= evse_nl_fault_clear_doit,
		.policy		= evse_fault_clear_nl_policy,
		.maxattr	= EVSE_A_FAULT_CODE,
	},
	{
		.cmd		= EVSE_CMD_FAULT_RAISE,
		.doit		= evse_nl_fault_raise_doit,
		.policy		= evse_fault_raise_nl_policy,
		.maxattr	= EVSE_A_FAULT_VALUE,
	},
	{
		.cmd		= EVSE_CMD_CATALOGUE_GET,
		.doit		= evse_nl_catalogue_get_doit,
		.dumpit		= evse_nl_catalogue_get_dumpit,
		.policy		= evse_catalogue_get_nl_policy,
		.maxattr	= EVSE_A_FAULT_CODE,
	},
	{
		.cmd		= EVSE_CMD_METER_GET,
		.doit		= evse_nl_meter_get_doit,
		.policy		= evse_meter_get_nl_policy,
		.maxattr	= EVSE_A_SAMPLE_PORT,
	},
	{
		.cmd		= EVSE_CMD_GRID_GET,
		.doit		= evse_nl_grid_get_doit,
		.dumpit		= evse_nl_grid_get_dumpit,
		.policy		= evse_grid_get_nl_policy,
		.maxattr	= EVSE_A_GRID_PORT,
	},
	{
		.cmd		= EVSE_CMD_GRID_SET,
		.doit		= evse_nl_grid_set_doit,
		.policy		= evse_grid_set_nl_policy,
		.maxattr	= EVSE_A_GRID_PROFILE,
	},
	{
		.cmd		= EVSE_CMD_GRID_PROFILE_GET,
		.doit		= evse_nl_grid_profile_get_doit,
		.dumpit		= evse_nl_grid_profile_get_dumpit,
		.policy		= evse_grid_profile_get_nl_policy,
		.maxattr	= EVSE_A_GRID_PROFILE,
	},
	{
		.cmd		= EVSE_CMD_GRID_SETTING_GET,
		.doit		= evse_nl_grid_setting_get_doit,
		.dumpit		= evse_nl_grid_setting_get_dumpit,
		.policy		= evse_grid_setting_get_nl_policy,
		.maxattr	= EVSE_A_GRID_SETTING_ELEMENT,
	},
	{
		.cmd		= EVSE_CMD_GRID_SETTING_SET,
		.doit		= evse_nl_grid_setting_set_doit,
		.policy		= evse_grid_setting_set_nl_policy,
		.maxattr	= EVSE_A_GRID_SETTING_TIME_MS,
	},
	{
		.cmd		= EVSE_CMD_UPDATE_LOCK_SET,
		.doit		= evse_nl_update_lock_set_doit,
		.policy		= evse_update_lock_set_nl_policy,
		.maxattr	= EVSE_A_PORT_UPDATE_LOCKED,
	},
	{
		.cmd		= EVSE_CMD_BRIDGE_GET,
		.doit		= evse_nl_bridge_get_doit,
		.policy		= evse_bridge_get_nl_policy,
		.maxattr	= EVSE_A_BRIDGE_PORT,
	},
	{
		.cmd		= EVSE_CMD_BRIDGE_SET,
		.doit		= evse_nl_bridge_set_doit,
		.policy		= evse_bridge_set_nl_policy,
		.maxattr	= EVSE_A_BRIDGE_CARRIER_HZ,
	},
	{
		.cmd		= EVSE_CMD_THERMAL_GET,
		.doit		= evse_nl_thermal_get_doit,
		.dumpit		= evse_nl_thermal_get_dumpit,
		.policy		= evse_thermal_get_nl_policy,
		.maxattr	= EVSE_A_THERMAL_SENSOR,
	},
	{
		.cmd		= EVSE_CMD_THERMAL_SETTING_GET,
		.doit		= evse_nl_thermal_setting_get_doit,
		.dumpit		= evse_nl_thermal_setting_get_dumpit,
		.policy		= evse_thermal_setting_get_nl_policy,
		.maxattr	= EVSE_A_THERMAL_SETTING_ELEMENT,
	},
	{
		.cmd		= EVSE_CMD_THERMAL_SETTING_SET,
		.doit		= evse_nl_thermal_setting_set_doit,
		.policy		= evse_thermal_setting_set_nl_policy,
		.maxattr	= EVSE_A_THERMAL_SETTING_VALUE,
	},
};

static const struct genl_multicast_group evse_nl_mcgrps[] = {
	[EVSE_NLGRP_MONITOR] = { "monitor", },
	[EVSE_NLGRP_METER] = { "meter", },
};
