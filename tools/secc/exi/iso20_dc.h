/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages of ISO 15118-20 for DC. */
#ifndef SECC_EXI_ISO20_DC_H
#define SECC_EXI_ISO20_DC_H

#include "iso20_types.h"

#define ISO20_DC_CPD_REQ_ENERGY_TRANSFER_MODE(X, S) \
	X(S, ONE, ev_maximum_charge_power, EVMaximumChargePower, iso20_rational) \
	X(S, ONE, ev_minimum_charge_power, EVMinimumChargePower, iso20_rational) \
	X(S, ONE, ev_maximum_charge_current, EVMaximumChargeCurrent, iso20_rational) \
	X(S, ONE, ev_minimum_charge_current, EVMinimumChargeCurrent, iso20_rational) \
	X(S, ONE, ev_maximum_voltage, EVMaximumVoltage, iso20_rational) \
	X(S, ONE, ev_minimum_voltage, EVMinimumVoltage, iso20_rational) \
	X(S, OPT, target_soc, TargetSOC, iso20_percent_value)
EXI_STRUCT(iso20_dc_cpd_req_energy_transfer_mode, ISO20_DC_CPD_REQ_ENERGY_TRANSFER_MODE)

#define ISO20_BPT_DC_CPD_REQ_ENERGY_TRANSFER_MODE(X, S) \
	ISO20_DC_CPD_REQ_ENERGY_TRANSFER_MODE(X, S) \
	X(S, ONE, ev_maximum_discharge_power, EVMaximumDischargePower, iso20_rational) \
	X(S, ONE, ev_minimum_discharge_power, EVMinimumDischargePower, iso20_rational) \
	X(S, ONE, ev_maximum_discharge_current, EVMaximumDischargeCurrent, iso20_rational) \
	X(S, ONE, ev_minimum_discharge_current, EVMinimumDischargeCurrent, iso20_rational)
EXI_STRUCT(iso20_bpt_dc_cpd_req_energy_transfer_mode, ISO20_BPT_DC_CPD_REQ_ENERGY_TRANSFER_MODE)

#define ISO20_DC_CHARGE_PARAMETER_DISCOVERY_REQ(X, S) \
	ISO20_CHARGE_PARAMETER_DISCOVERY_REQ(X, S) \
	X(S, PTR_OR, bpt_dc_cpd_req_energy_transfer_mode, BPT_DC_CPDReqEnergyTransferMode, iso20_bpt_dc_cpd_req_energy_transfer_mode) \
	X(S, PTR_END, dc_cpd_req_energy_transfer_mode, DC_CPDReqEnergyTransferMode, iso20_dc_cpd_req_energy_transfer_mode)
EXI_STRUCT(iso20_dc_charge_parameter_discovery_req, ISO20_DC_CHARGE_PARAMETER_DISCOVERY_REQ)

#define ISO20_DC_CPD_RES_ENERGY_TRANSFER_MODE(X, S) \
	X(S, ONE, evse_maximum_charge_power, EVSEMaximumChargePower, iso20_rational) \
	X(S, ONE, evse_minimum_charge_power, EVSEMinimumChargePower, iso20_rational) \
	X(S, ONE, evse_maximum_charge_current, EVSEMaximumChargeCurrent, iso20_rational) \
	X(S, ONE, evse_minimum_charge_current, EVSEMinimumChargeCurrent, iso20_rational) \
	X(S, ONE, evse_maximum_voltage, EVSEMaximumVoltage, iso20_rational) \
	X(S, ONE, evse_minimum_voltage, EVSEMinimumVoltage, iso20_rational) \
	X(S, OPT, evse_power_ramp_limitation, EVSEPowerRampLimitation, iso20_rational)
EXI_STRUCT(iso20_dc_cpd_res_energy_transfer_mode, ISO20_DC_CPD_RES_ENERGY_TRANSFER_MODE)

#define ISO20_BPT_DC_CPD_RES_ENERGY_TRANSFER_MODE(X, S) \
	ISO20_DC_CPD_RES_ENERGY_TRANSFER_MODE(X, S) \
	X(S, ONE, evse_maximum_discharge_power, EVSEMaximumDischargePower, iso20_rational) \
	X(S, ONE, evse_minimum_discharge_power, EVSEMinimumDischargePower, iso20_rational) \
	X(S, ONE, evse_maximum_discharge_current, EVSEMaximumDischargeCurrent, iso20_rational) \
	X(S, ONE, evse_minimum_discharge_current, EVSEMinimumDischargeCurrent, iso20_rational)
EXI_STRUCT(iso20_bpt_dc_cpd_res_energy_transfer_mode, ISO20_BPT_DC_CPD_RES_ENERGY_TRANSFER_MODE)

#define ISO20_DC_CHARGE_PARAMETER_DISCOVERY_RES(X, S) \
	ISO20_CHARGE_PARAMETER_DISCOVERY_RES(X, S) \
	X(S, PTR_OR, bpt_dc_cpd_res_energy_transfer_mode, BPT_DC_CPDResEnergyTransferMode, iso20_bpt_dc_cpd_res_energy_transfer_mode) \
	X(S, PTR_END, dc_cpd_res_energy_transfer_mode, DC_CPDResEnergyTransferMode, iso20_dc_cpd_res_energy_transfer_mode)
EXI_STRUCT(iso20_dc_charge_parameter_discovery_res, ISO20_DC_CHARGE_PARAMETER_DISCOVERY_RES)

#define ISO20_DC_CABLE_CHECK_REQ(X, S) \
	ISO20_REQUEST(X, S)
EXI_STRUCT(iso20_dc_cable_check_req, ISO20_DC_CABLE_CHECK_REQ)

#define ISO20_DC_CABLE_CHECK_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, ONE, evse_processing, EVSEProcessing, iso20_processing)
EXI_STRUCT(iso20_dc_cable_check_res, ISO20_DC_CABLE_CHECK_RES)

#define ISO20_DC_PRE_CHARGE_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, ev_processing, EVProcessing, iso20_processing) \
	X(S, ONE, ev_present_voltage, EVPresentVoltage, iso20_rational) \
	X(S, ONE, ev_target_voltage, EVTargetVoltage, iso20_rational)
EXI_STRUCT(iso20_dc_pre_charge_req, ISO20_DC_PRE_CHARGE_REQ)

#define ISO20_DC_PRE_CHARGE_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, ONE, evse_present_voltage, EVSEPresentVoltage, iso20_rational)
EXI_STRUCT(iso20_dc_pre_charge_res, ISO20_DC_PRE_CHARGE_RES)

#define ISO20_DYNAMIC_DC_CL_REQ_CONTROL_MODE(X, S) \
	ISO20_DYNAMIC_CL_REQ_CONTROL_MODE(X, S) \
	X(S, ONE, ev_maximum_charge_power, EVMaximumChargePower, iso20_rational) \
	X(S, ONE, ev_minimum_charge_power, EVMinimumChargePower, iso20_rational) \
	X(S, ONE, ev_maximum_charge_current, EVMaximumChargeCurrent, iso20_rational) \
	X(S, ONE, ev_maximum_voltage, EVMaximumVoltage, iso20_rational) \
	X(S, ONE, ev_minimum_voltage, EVMinimumVoltage, iso20_rational)
EXI_STRUCT(iso20_dynamic_dc_cl_req_control_mode, ISO20_DYNAMIC_DC_CL_REQ_CONTROL_MODE)

#define ISO20_BPT_DYNAMIC_DC_CL_REQ_CONTROL_MODE(X, S) \
	ISO20_DYNAMIC_DC_CL_REQ_CONTROL_MODE(X, S) \
	X(S, ONE, ev_maximum_discharge_power, EVMaximumDischargePower, iso20_rational) \
	X(S, ONE, ev_minimum_discharge_power, EVMinimumDischargePower, iso20_rational) \
	X(S, ONE, ev_maximum_discharge_current, EVMaximumDischargeCurrent, iso20_rational) \
	X(S, OPT, ev_maximum_v2x_energy_request, EVMaximumV2XEnergyRequest, iso20_rational) \
	X(S, OPT, ev_minimum_v2x_energy_request, EVMinimumV2XEnergyRequest, iso20_rational)
EXI_STRUCT(iso20_bpt_dynamic_dc_cl_req_control_mode, ISO20_BPT_DYNAMIC_DC_CL_REQ_CONTROL_MODE)

#define ISO20_SCHEDULED_DC_CL_REQ_CONTROL_MODE(X, S) \
	ISO20_SCHEDULED_CL_REQ_CONTROL_MODE(X, S) \
	X(S, ONE, ev_target_current, EVTargetCurrent, iso20_rational) \
	X(S, ONE, ev_target_voltage, EVTargetVoltage, iso20_rational) \
	X(S, OPT, ev_maximum_charge_power, EVMaximumChargePower, iso20_rational) \
	X(S, OPT, ev_minimum_charge_power, EVMinimumChargePower, iso20_rational) \
	X(S, OPT, ev_maximum_charge_current, EVMaximumChargeCurrent, iso20_rational) \
	X(S, OPT, ev_maximum_voltage, EVMaximumVoltage, iso20_rational) \
	X(S, OPT, ev_minimum_voltage, EVMinimumVoltage, iso20_rational)
EXI_STRUCT(iso20_scheduled_dc_cl_req_control_mode, ISO20_SCHEDULED_DC_CL_REQ_CONTROL_MODE)

#define ISO20_BPT_SCHEDULED_DC_CL_REQ_CONTROL_MODE(X, S) \
	ISO20_SCHEDULED_DC_CL_REQ_CONTROL_MODE(X, S) \
	X(S, OPT, ev_maximum_discharge_power, EVMaximumDischargePower, iso20_rational) \
	X(S, OPT, ev_minimum_discharge_power, EVMinimumDischargePower, iso20_rational) \
	X(S, OPT, ev_maximum_discharge_current, EVMaximumDischargeCurrent, iso20_rational)
EXI_STRUCT(iso20_bpt_scheduled_dc_cl_req_control_mode, ISO20_BPT_SCHEDULED_DC_CL_REQ_CONTROL_MODE)

#define ISO20_DC_CHARGE_LOOP_REQ(X, S) \
	ISO20_CHARGE_LOOP_REQ(X, S) \
	X(S, ONE, ev_present_voltage, EVPresentVoltage, iso20_rational) \
	X(S, PTR_OR, bpt_dynamic_dc_cl_req_control_mode, BPT_Dynamic_DC_CLReqControlMode, iso20_bpt_dynamic_dc_cl_req_control_mode) \
	X(S, PTR_OR, bpt_scheduled_dc_cl_req_control_mode, BPT_Scheduled_DC_CLReqControlMode, iso20_bpt_scheduled_dc_cl_req_control_mode) \
	X(S, SKIP_OR, cl_req_control_mode, CLReqControlMode, exi_none) \
	X(S, PTR_OR, dynamic_dc_cl_req_control_mode, Dynamic_DC_CLReqControlMode, iso20_dynamic_dc_cl_req_control_mode) \
	X(S, PTR_END, scheduled_dc_cl_req_control_mode, Scheduled_DC_CLReqControlMode, iso20_scheduled_dc_cl_req_control_mode)
EXI_STRUCT(iso20_dc_charge_loop_req, ISO20_DC_CHARGE_LOOP_REQ)

#define ISO20_DYNAMIC_DC_CL_RES_CONTROL_MODE(X, S) \
	ISO20_DYNAMIC_CL_RES_CONTROL_MODE(X, S) \
	X(S, ONE, evse_maximum_charge_power, EVSEMaximumChargePower, iso20_rational) \
	X(S, ONE, evse_minimum_charge_power, EVSEMinimumChargePower, iso20_rational) \
	X(S, ONE, evse_maximum_charge_current, EVSEMaximumChargeCurrent, iso20_rational) \
	X(S, ONE, evse_maximum_voltage, EVSEMaximumVoltage, iso20_rational)
EXI_STRUCT(iso20_dynamic_dc_cl_res_control_mode, ISO20_DYNAMIC_DC_CL_RES_CONTROL_MODE)

#define ISO20_BPT_DYNAMIC_DC_CL_RES_CONTROL_MODE(X, S) \
	ISO20_DYNAMIC_DC_CL_RES_CONTROL_MODE(X, S) \
	X(S, ONE, evse_maximum_discharge_power, EVSEMaximumDischargePower, iso20_rational) \
	X(S, ONE, evse_minimum_discharge_power, EVSEMinimumDischargePower, iso20_rational) \
	X(S, ONE, evse_maximum_discharge_current, EVSEMaximumDischargeCurrent, iso20_rational) \
	X(S, ONE, evse_minimum_voltage, EVSEMinimumVoltage, iso20_rational)
EXI_STRUCT(iso20_bpt_dynamic_dc_cl_res_control_mode, ISO20_BPT_DYNAMIC_DC_CL_RES_CONTROL_MODE)

#define ISO20_SCHEDULED_DC_CL_RES_CONTROL_MODE(X, S) \
	ISO20_SCHEDULED_CL_RES_CONTROL_MODE(X, S) \
	X(S, OPT, evse_maximum_charge_power, EVSEMaximumChargePower, iso20_rational) \
	X(S, OPT, evse_minimum_charge_power, EVSEMinimumChargePower, iso20_rational) \
	X(S, OPT, evse_maximum_charge_current, EVSEMaximumChargeCurrent, iso20_rational) \
	X(S, OPT, evse_maximum_voltage, EVSEMaximumVoltage, iso20_rational)
EXI_STRUCT(iso20_scheduled_dc_cl_res_control_mode, ISO20_SCHEDULED_DC_CL_RES_CONTROL_MODE)

#define ISO20_BPT_SCHEDULED_DC_CL_RES_CONTROL_MODE(X, S) \
	ISO20_SCHEDULED_DC_CL_RES_CONTROL_MODE(X, S) \
	X(S, OPT, evse_maximum_discharge_power, EVSEMaximumDischargePower, iso20_rational) \
	X(S, OPT, evse_minimum_discharge_power, EVSEMinimumDischargePower, iso20_rational) \
	X(S, OPT, evse_maximum_discharge_current, EVSEMaximumDischargeCurrent, iso20_rational) \
	X(S, OPT, evse_minimum_voltage, EVSEMinimumVoltage, iso20_rational)
EXI_STRUCT(iso20_bpt_scheduled_dc_cl_res_control_mode, ISO20_BPT_SCHEDULED_DC_CL_RES_CONTROL_MODE)

#define ISO20_DC_CHARGE_LOOP_RES(X, S) \
	ISO20_CHARGE_LOOP_RES(X, S) \
	X(S, ONE, evse_present_current, EVSEPresentCurrent, iso20_rational) \
	X(S, ONE, evse_present_voltage, EVSEPresentVoltage, iso20_rational) \
	X(S, ONE, evse_power_limit_achieved, EVSEPowerLimitAchieved, exi_boolean) \
	X(S, ONE, evse_current_limit_achieved, EVSECurrentLimitAchieved, exi_boolean) \
	X(S, ONE, evse_voltage_limit_achieved, EVSEVoltageLimitAchieved, exi_boolean) \
	X(S, PTR_OR, bpt_dynamic_dc_cl_res_control_mode, BPT_Dynamic_DC_CLResControlMode, iso20_bpt_dynamic_dc_cl_res_control_mode) \
	X(S, PTR_OR, bpt_scheduled_dc_cl_res_control_mode, BPT_Scheduled_DC_CLResControlMode, iso20_bpt_scheduled_dc_cl_res_control_mode) \
	X(S, SKIP_OR, cl_res_control_mode, CLResControlMode, exi_none) \
	X(S, PTR_OR, dynamic_dc_cl_res_control_mode, Dynamic_DC_CLResControlMode, iso20_dynamic_dc_cl_res_control_mode) \
	X(S, PTR_END, scheduled_dc_cl_res_control_mode, Scheduled_DC_CLResControlMode, iso20_scheduled_dc_cl_res_control_mode)
EXI_STRUCT(iso20_dc_charge_loop_res, ISO20_DC_CHARGE_LOOP_RES)

#define ISO20_DC_WELDING_DETECTION_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, ev_processing, EVProcessing, iso20_processing)
EXI_STRUCT(iso20_dc_welding_detection_req, ISO20_DC_WELDING_DETECTION_REQ)

#define ISO20_DC_WELDING_DETECTION_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, ONE, evse_present_voltage, EVSEPresentVoltage, iso20_rational)
EXI_STRUCT(iso20_dc_welding_detection_res, ISO20_DC_WELDING_DETECTION_RES)

extern const struct exi_grammar iso20_dc_grammar;
extern const struct exi_grammar iso20_dc_fragment;

#endif /* SECC_EXI_ISO20_DC_H */
