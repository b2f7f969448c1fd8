/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/evse.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_EVSE_GEN_H
#define _LINUX_EVSE_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/evse.h>

/* Common nested types */
extern const struct nla_policy evse_counters_nl_policy[EVSE_A_COUNTERS_CLEANED + 1];

extern const struct nla_policy evse_port_get_nl_policy[EVSE_A_PORT_ID + 1];

extern const struct nla_policy evse_port_set_nl_policy[EVSE_A_PORT_BASIC + 1];

extern const struct nla_policy evse_session_open_nl_policy[EVSE_A_PORT_LEASE_MS + 1];

extern const struct nla_policy evse_session_renew_nl_policy[EVSE_A_PORT_ID + 1];

extern const struct nla_policy evse_session_close_nl_policy[EVSE_A_PORT_ID + 1];

extern const struct nla_policy evse_energise_nl_policy[EVSE_A_PORT_ID + 1];

extern const struct nla_policy evse_de_energise_nl_policy[EVSE_A_PORT_ID + 1];

extern const struct nla_policy evse_power_set_nl_policy[EVSE_A_PORT_DEADLINE_MS + 1];

extern const struct nla_policy evse_vehicle_limits_set_nl_policy[EVSE_A_PORT_BPT + 1];

extern const struct nla_policy evse_pilot_set_nl_policy[EVSE_A_PORT_PILOT_MA + 1];

extern const struct nla_policy evse_lock_set_nl_policy[EVSE_A_PORT_LOCKED + 1];

extern const struct nla_policy evse_counters_set_nl_policy[EVSE_A_PORT_COUNTERS + 1];

extern const struct nla_policy evse_fault_get_nl_policy[EVSE_A_FAULT_CODE + 1];

extern const struct nla_policy evse_fault_clear_nl_policy[EVSE_A_FAULT_CODE + 1];

extern const struct nla_policy evse_fault_raise_nl_policy[EVSE_A_FAULT_VALUE + 1];

extern const struct nla_policy evse_catalogue_get_nl_policy[EVSE_A_FAULT_CODE + 1];

extern const struct nla_policy evse_meter_get_nl_policy[EVSE_A_SAMPLE_PORT + 1];

extern const struct nla_policy evse_grid_get_nl_policy[EVSE_A_GRID_PORT + 1];

extern const struct nla_policy evse_grid_set_nl_policy[EVSE_A_GRID_PROFILE + 1];

extern const struct nla_policy evse_grid_profile_get_nl_policy[EVSE_A_GRID_PROFILE + 1];

extern const struct nla_policy evse_grid_setting_get_nl_policy[EVSE_A_GRID_SETTING_ELEMENT + 1];

extern const struct nla_policy evse_grid_setting_set_nl_policy[EVSE_A_GRID_SETTING_TIME_MS + 1];

extern const struct nla_policy evse_update_lock_set_nl_policy[EVSE_A_PORT_UPDATE_LOCKED + 1];

extern const struct nla_policy evse_bridge_get_nl_policy[EVSE_A_BRIDGE_PORT + 1];

extern const struct nla_policy evse_bridge_set_nl_policy[EVSE_A_BRIDGE_CARRIER_HZ + 1];

extern const struct nla_policy evse_thermal_get_nl_policy[EVSE_A_THERMAL_SENSOR + 1];

extern const struct nla_policy evse_thermal_setting_get_nl_policy[EVSE_A_THERMAL_SETTING_ELEMENT + 1];

extern const struct nla_policy evse_thermal_setting_set_nl_policy[EVSE_A_THERMAL_SETTING_VALUE + 1];

/* Ops table for evse */
extern const struct genl_ops evse_nl_ops[28];

int evse_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int evse_nl_port_set_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_session_open_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_session_renew_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_session_close_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_energise_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_de_energise_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_power_set_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_vehicle_limits_set_doit(struct sk_buff *skb,
				    struct genl_info *info);
int evse_nl_pilot_set_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_lock_set_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_counters_set_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_fault_get_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_fault_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int evse_nl_fault_clear_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_fault_raise_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_catalogue_get_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_catalogue_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb);
int evse_nl_meter_get_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_grid_get_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_grid_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int evse_nl_grid_set_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_grid_profile_get_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_grid_profile_get_dumpit(struct sk_buff *skb,
				    struct netlink_callback *cb);
int evse_nl_grid_setting_get_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_grid_setting_get_dumpit(struct sk_buff *skb,
				    struct netlink_callback *cb);
int evse_nl_grid_setting_set_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_update_lock_set_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_bridge_get_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_bridge_set_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_thermal_get_doit(struct sk_buff *skb, struct genl_info *info);
int evse_nl_thermal_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int evse_nl_thermal_setting_get_doit(struct sk_buff *skb,
				     struct genl_info *info);
int evse_nl_thermal_setting_get_dumpit(struct sk_buff *skb,
				       struct netlink_callback *cb);
int evse_nl_thermal_setting_set_doit(struct sk_buff *skb,
				     struct genl_info *info);

enum {
	EVSE_NLGRP_MONITOR,
	EVSE_NLGRP_METER,
};

#endif /* _LINUX_EVSE_GEN_H */
