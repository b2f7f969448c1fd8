/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages of ISO 15118-20 for AC. */
#ifndef SECC_EXI_ISO20_AC_H
#define SECC_EXI_ISO20_AC_H

#include "iso20_types.h"

#define ISO20_AC_CPD_REQ_ENERGY_TRANSFER_MODE(X, S) \
	X(S, ONE, ev_maximum_charge_power, EVMaximumChargePower, iso20_rational) \
	X(S, OPT, ev_maximum_charge_power_l2, EVMaximumChargePower_L2, iso20_rational) \
	X(S, OPT, ev_maximum_charge_power_l3, EVMaximumChargePower_L3, iso20_rational) \
	X(S, ONE, ev_minimum_charge_power, EVMinimumChargePower, iso20_rational) \
	X(S, OPT, ev_minimum_charge_power_l2, EVMinimumChargePower_L2, iso20_rational) \
	X(S, OPT, ev_minimum_charge_power_l3, EVMinimumChargePower_L3, iso20_rational)
EXI_STRUCT(iso20_ac_cpd_req_energy_transfer_mode, ISO20_AC_CPD_REQ_ENERGY_TRANSFER_MODE)

#define ISO20_BPT_AC_CPD_REQ_ENERGY_TRANSFER_MODE(X, S) \
	ISO20_AC_CPD_REQ_ENERGY_TRANSFER_MODE(X, S) \
	X(S, ONE, ev_maximum_discharge_power, EVMaximumDischargePower, iso20_rational) \
	X(S, OPT, ev_maximum_discharge_power_l2, EVMaximumDischargePower_L2, iso20_rational) \
	X(S, OPT, ev_maximum_discharge_power_l3, EVMaximumDischargePower_L3, iso20_rational) \
	X(S, ONE, ev_minimum_discharge_power, EVMinimumDischargePower, iso20_rational) \
	X(S, OPT, ev_minimum_discharge_power_l2, EVMinimumDischargePower_L2, iso20_rational) \
	X(S, OPT, ev_minimum_discharge_power_l3, EVMinimumDischargePower_L3, iso20_rational)
EXI_STRUCT(iso20_bpt_ac_cpd_req_energy_transfer_mode, ISO20_BPT_AC_CPD_REQ_ENERGY_TRANSFER_MODE)

#define ISO20_AC_CHARGE_PARAMETER_DISCOVERY_REQ(X, S) \
	ISO20_CHARGE_PARAMETER_DISCOVERY_REQ(X, S) \
	X(S, PTR_OR, ac_cpd_req_energy_transfer_mode, AC_CPDReqEnergyTransferMode, iso20_ac_cpd_req_energy_transfer_mode) \
	X(S, PTR_END, bpt_ac_cpd_req_energy_transfer_mode, BPT_AC_CPDReqEnergyTransferMode, iso20_bpt_ac_cpd_req_energy_transfer_mode)
EXI_STRUCT(iso20_ac_charge_parameter_discovery_req, ISO20_AC_CHARGE_PARAMETER_DISCOVERY_REQ)

#define ISO20_AC_CPD_RES_ENERGY_TRANSFER_MODE(X, S) \
	X(S, ONE, evse_maximum_charge_power, EVSEMaximumChargePower, iso20_rational) \
	X(S, OPT, evse_maximum_charge_power_l2, EVSEMaximumChargePower_L2, iso20_rational) \
	X(S, OPT, evse_maximum_charge_power_l3, EVSEMaximumChargePower_L3, iso20_rational) \
	X(S, ONE, evse_minimum_charge_power, EVSEMinimumChargePower, iso20_rational) \
	X(S, OPT, evse_minimum_charge_power_l2, EVSEMinimumChargePower_L2, iso20_rational) \
	X(S, OPT, evse_minimum_charge_power_l3, EVSEMinimumChargePower_L3, iso20_rational) \
	X(S, ONE, evse_nominal_frequency, EVSENominalFrequency, iso20_rational) \
	X(S, OPT, maximum_power_asymmetry, MaximumPowerAsymmetry, iso20_rational) \
	X(S, OPT, evse_power_ramp_limitation, EVSEPowerRampLimitation, iso20_rational) \
	X(S, OPT, evse_present_active_power, EVSEPresentActivePower, iso20_rational) \
	X(S, OPT, evse_present_active_power_l2, EVSEPresentActivePower_L2, iso20_rational) \
	X(S, OPT, evse_present_active_power_l3, EVSEPresentActivePower_L3, iso20_rational)
EXI_STRUCT(iso20_ac_cpd_res_energy_transfer_mode, ISO20_AC_CPD_RES_ENERGY_TRANSFER_MODE)

#define ISO20_BPT_AC_CPD_RES_ENERGY_TRANSFER_MODE(X, S) \
	ISO20_AC_CPD_RES_ENERGY_TRANSFER_MODE(X, S) \
	X(S, ONE, evse_maximum_discharge_power, EVSEMaximumDischargePower, iso20_rational) \
	X(S, OPT, evse_maximum_discharge_power_l2, EVSEMaximumDischargePower_L2, iso20_rational) \
	X(S, OPT, evse_maximum_discharge_power_l3, EVSEMaximumDischargePower_L3, iso20_rational) \
	X(S, ONE, evse_minimum_discharge_power, EVSEMinimumDischargePower, iso20_rational) \
	X(S, OPT, evse_minimum_discharge_power_l2, EVSEMinimumDischargePower_L2, iso20_rational) \
	X(S, OPT, evse_minimum_discharge_power_l3, EVSEMinimumDischargePower_L3, iso20_rational)
EXI_STRUCT(iso20_bpt_ac_cpd_res_energy_transfer_mode, ISO20_BPT_AC_CPD_RES_ENERGY_TRANSFER_MODE)

#define ISO20_AC_CHARGE_PARAMETER_DISCOVERY_RES(X, S) \
	ISO20_CHARGE_PARAMETER_DISCOVERY_RES(X, S) \
	X(S, PTR_OR, ac_cpd_res_energy_transfer_mode, AC_CPDResEnergyTransferMode, iso20_ac_cpd_res_energy_transfer_mode) \
	X(S, PTR_END, bpt_ac_cpd_res_energy_transfer_mode, BPT_AC_CPDResEnergyTransferMode, iso20_bpt_ac_cpd_res_energy_transfer_mode)
EXI_STRUCT(iso20_ac_charge_parameter_discovery_res, ISO20_AC_CHARGE_PARAMETER_DISCOVERY_RES)

#define ISO20_DYNAMIC_AC_CL_REQ_CONTROL_MODE(X, S) \
	ISO20_DYNAMIC_CL_REQ_CONTROL_MODE(X, S) \
	X(S, ONE, ev_maximum_charge_power, EVMaximumChargePower, iso20_rational) \
	X(S, OPT, ev_maximum_charge_power_l2, EVMaximumChargePower_L2, iso20_rational) \
	X(S, OPT, ev_maximum_charge_power_l3, EVMaximumChargePower_L3, iso20_rational) \
	X(S, ONE, ev_minimum_charge_power, EVMinimumChargePower, iso20_rational) \
	X(S, OPT, ev_minimum_charge_power_l2, EVMinimumChargePower_L2, iso20_rational) \
	X(S, OPT, ev_minimum_charge_power_l3, EVMinimumChargePower_L3, iso20_rational) \
	X(S, ONE, ev_present_active_power, EVPresentActivePower, iso20_rational) \
	X(S, OPT, ev_present_active_power_l2, EVPresentActivePower_L2, iso20_rational) \
	X(S, OPT, ev_present_active_power_l3, EVPresentActivePower_L3, iso20_rational) \
	X(S, ONE, ev_present_reactive_power, EVPresentReactivePower, iso20_rational) \
	X(S, OPT, ev_present_reactive_power_l2, EVPresentReactivePower_L2, iso20_rational) \
	X(S, OPT, ev_present_reactive_power_l3, EVPresentReactivePower_L3, iso20_rational)
EXI_STRUCT(iso20_dynamic_ac_cl_req_control_mode, ISO20_DYNAMIC_AC_CL_REQ_CONTROL_MODE)

#define ISO20_BPT_DYNAMIC_AC_CL_REQ_CONTROL_MODE(X, S) \
	ISO20_DYNAMIC_AC_CL_REQ_CONTROL_MODE(X, S) \
	X(S, ONE, ev_maximum_discharge_power, EVMaximumDischargePower, iso20_rational) \
	X(S, OPT, ev_maximum_discharge_power_l2, EVMaximumDischargePower_L2, iso20_rational) \
	X(S, OPT, ev_maximum_discharge_power_l3, EVMaximumDischargePower_L3, iso20_rational) \
	X(S, ONE, ev_minimum_discharge_power, EVMinimumDischargePower, iso20_rational) \
	X(S, OPT, ev_minimum_discharge_power_l2, EVMinimumDischargePower_L2, iso20_rational) \
	X(S, OPT, ev_minimum_discharge_power_l3, EVMinimumDischargePower_L3, iso20_rational) \
	X(S, OPT, ev_maximum_v2x_energy_request, EVMaximumV2XEnergyRequest, iso20_rational) \
	X(S, OPT, ev_minimum_v2x_energy_request, EVMinimumV2XEnergyRequest, iso20_rational)
EXI_STRUCT(iso20_bpt_dynamic_ac_cl_req_control_mode, ISO20_BPT_DYNAMIC_AC_CL_REQ_CONTROL_MODE)

#define ISO20_SCHEDULED_AC_CL_REQ_CONTROL_MODE(X, S) \
	ISO20_SCHEDULED_CL_REQ_CONTROL_MODE(X, S) \
	X(S, OPT, ev_maximum_charge_power, EVMaximumChargePower, iso20_rational) \
	X(S, OPT, ev_maximum_charge_power_l2, EVMaximumChargePower_L2, iso20_rational) \
	X(S, OPT, ev_maximum_charge_power_l3, EVMaximumChargePower_L3, iso20_rational) \
	X(S, OPT, ev_minimum_charge_power, EVMinimumChargePower, iso20_rational) \
	X(S, OPT, ev_minimum_charge_power_l2, EVMinimumChargePower_L2, iso20_rational) \
	X(S, OPT, ev_minimum_charge_power_l3, EVMinimumChargePower_L3, iso20_rational) \
	X(S, ONE, ev_present_active_power, EVPresentActivePower, iso20_rational) \
	X(S, OPT, ev_present_active_power_l2, EVPresentActivePower_L2, iso20_rational) \
	X(S, OPT, ev_present_active_power_l3, EVPresentActivePower_L3, iso20_rational) \
	X(S, OPT, ev_present_reactive_power, EVPresentReactivePower, iso20_rational) \
	X(S, OPT, ev_present_reactive_power_l2, EVPresentReactivePower_L2, iso20_rational) \
	X(S, OPT, ev_present_reactive_power_l3, EVPresentReactivePower_L3, iso20_rational)
EXI_STRUCT(iso20_scheduled_ac_cl_req_control_mode, ISO20_SCHEDULED_AC_CL_REQ_CONTROL_MODE)

#define ISO20_BPT_SCHEDULED_AC_CL_REQ_CONTROL_MODE(X, S) \
	ISO20_SCHEDULED_AC_CL_REQ_CONTROL_MODE(X, S) \
	X(S, OPT, ev_maximum_discharge_power, EVMaximumDischargePower, iso20_rational) \
	X(S, OPT, ev_maximum_discharge_power_l2, EVMaximumDischargePower_L2, iso20_rational) \
	X(S, OPT, ev_maximum_discharge_power_l3, EVMaximumDischargePower_L3, iso20_rational) \
	X(S, OPT, ev_minimum_discharge_power, EVMinimumDischargePower, iso20_rational) \
	X(S, OPT, ev_minimum_discharge_power_l2, EVMinimumDischargePower_L2, iso20_rational) \
	X(S, OPT, ev_minimum_discharge_power_l3, EVMinimumDischargePower_L3, iso20_rational)
EXI_STRUCT(iso20_bpt_scheduled_ac_cl_req_control_mode, ISO20_BPT_SCHEDULED_AC_CL_REQ_CONTROL_MODE)

#define ISO20_AC_CHARGE_LOOP_REQ(X, S) \
	ISO20_CHARGE_LOOP_REQ(X, S) \
	X(S, PTR_OR, bpt_dynamic_ac_cl_req_control_mode, BPT_Dynamic_AC_CLReqControlMode, iso20_bpt_dynamic_ac_cl_req_control_mode) \
	X(S, PTR_OR, bpt_scheduled_ac_cl_req_control_mode, BPT_Scheduled_AC_CLReqControlMode, iso20_bpt_scheduled_ac_cl_req_control_mode) \
	X(S, SKIP_OR, cl_req_control_mode, CLReqControlMode, exi_none) \
	X(S, PTR_OR, dynamic_ac_cl_req_control_mode, Dynamic_AC_CLReqControlMode, iso20_dynamic_ac_cl_req_control_mode) \
	X(S, PTR_END, scheduled_ac_cl_req_control_mode, Scheduled_AC_CLReqControlMode, iso20_scheduled_ac_cl_req_control_mode)
EXI_STRUCT(iso20_ac_charge_loop_req, ISO20_AC_CHARGE_LOOP_REQ)

#define ISO20_DYNAMIC_AC_CL_RES_CONTROL_MODE(X, S) \
	ISO20_DYNAMIC_CL_RES_CONTROL_MODE(X, S) \
	X(S, ONE, evse_target_active_power, EVSETargetActivePower, iso20_rational) \
	X(S, OPT, evse_target_active_power_l2, EVSETargetActivePower_L2, iso20_rational) \
	X(S, OPT, evse_target_active_power_l3, EVSETargetActivePower_L3, iso20_rational) \
	X(S, OPT, evse_target_reactive_power, EVSETargetReactivePower, iso20_rational) \
	X(S, OPT, evse_target_reactive_power_l2, EVSETargetReactivePower_L2, iso20_rational) \
	X(S, OPT, evse_target_reactive_power_l3, EVSETargetReactivePower_L3, iso20_rational) \
	X(S, OPT, evse_present_active_power, EVSEPresentActivePower, iso20_rational) \
	X(S, OPT, evse_present_active_power_l2, EVSEPresentActivePower_L2, iso20_rational) \
	X(S, OPT, evse_present_active_power_l3, EVSEPresentActivePower_L3, iso20_rational)
EXI_STRUCT(iso20_dynamic_ac_cl_res_control_mode, ISO20_DYNAMIC_AC_CL_RES_CONTROL_MODE)

#define ISO20_BPT_DYNAMIC_AC_CL_RES_CONTROL_MODE(X, S) \
	ISO20_DYNAMIC_AC_CL_RES_CONTROL_MODE(X, S)
EXI_STRUCT(iso20_bpt_dynamic_ac_cl_res_control_mode, ISO20_BPT_DYNAMIC_AC_CL_RES_CONTROL_MODE)

#define ISO20_SCHEDULED_AC_CL_RES_CONTROL_MODE(X, S) \
	ISO20_SCHEDULED_CL_RES_CONTROL_MODE(X, S) \
	X(S, OPT, evse_target_active_power, EVSETargetActivePower, iso20_rational) \
	X(S, OPT, evse_target_active_power_l2, EVSETargetActivePower_L2, iso20_rational) \
	X(S, OPT, evse_target_active_power_l3, EVSETargetActivePower_L3, iso20_rational) \
	X(S, OPT, evse_target_reactive_power, EVSETargetReactivePower, iso20_rational) \
	X(S, OPT, evse_target_reactive_power_l2, EVSETargetReactivePower_L2, iso20_rational) \
	X(S, OPT, evse_target_reactive_power_l3, EVSETargetReactivePower_L3, iso20_rational) \
	X(S, OPT, evse_present_active_power, EVSEPresentActivePower, iso20_rational) \
	X(S, OPT, evse_present_active_power_l2, EVSEPresentActivePower_L2, iso20_rational) \
	X(S, OPT, evse_present_active_power_l3, EVSEPresentActivePower_L3, iso20_rational)
EXI_STRUCT(iso20_scheduled_ac_cl_res_control_mode, ISO20_SCHEDULED_AC_CL_RES_CONTROL_MODE)

#define ISO20_BPT_SCHEDULED_AC_CL_RES_CONTROL_MODE(X, S) \
	ISO20_SCHEDULED_AC_CL_RES_CONTROL_MODE(X, S)
EXI_STRUCT(iso20_bpt_scheduled_ac_cl_res_control_mode, ISO20_BPT_SCHEDULED_AC_CL_RES_CONTROL_MODE)

#define ISO20_AC_CHARGE_LOOP_RES(X, S) \
	ISO20_CHARGE_LOOP_RES(X, S) \
	X(S, OPT, evse_target_frequency, EVSETargetFrequency, iso20_rational) \
	X(S, PTR_OR, bpt_dynamic_ac_cl_res_control_mode, BPT_Dynamic_AC_CLResControlMode, iso20_bpt_dynamic_ac_cl_res_control_mode) \
	X(S, PTR_OR, bpt_scheduled_ac_cl_res_control_mode, BPT_Scheduled_AC_CLResControlMode, iso20_bpt_scheduled_ac_cl_res_control_mode) \
	X(S, SKIP_OR, cl_res_control_mode, CLResControlMode, exi_none) \
	X(S, PTR_OR, dynamic_ac_cl_res_control_mode, Dynamic_AC_CLResControlMode, iso20_dynamic_ac_cl_res_control_mode) \
	X(S, PTR_END, scheduled_ac_cl_res_control_mode, Scheduled_AC_CLResControlMode, iso20_scheduled_ac_cl_res_control_mode)
EXI_STRUCT(iso20_ac_charge_loop_res, ISO20_AC_CHARGE_LOOP_RES)

extern const struct exi_grammar iso20_ac_grammar;
extern const struct exi_grammar iso20_ac_fragment;

#endif /* SECC_EXI_ISO20_AC_H */
