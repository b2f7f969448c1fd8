// SPDX-License-Identifier: GPL-2.0-or-later
/* DC: tables. */
#include "iso20_dc.h"

EXI_TABLE(iso20_dc_cpd_req_energy_transfer_mode, ISO20_DC_CPD_REQ_ENERGY_TRANSFER_MODE)
EXI_TABLE(iso20_bpt_dc_cpd_req_energy_transfer_mode, ISO20_BPT_DC_CPD_REQ_ENERGY_TRANSFER_MODE)
EXI_TABLE(iso20_dc_charge_parameter_discovery_req, ISO20_DC_CHARGE_PARAMETER_DISCOVERY_REQ)
EXI_TABLE(iso20_dc_cpd_res_energy_transfer_mode, ISO20_DC_CPD_RES_ENERGY_TRANSFER_MODE)
EXI_TABLE(iso20_bpt_dc_cpd_res_energy_transfer_mode, ISO20_BPT_DC_CPD_RES_ENERGY_TRANSFER_MODE)
EXI_TABLE(iso20_dc_charge_parameter_discovery_res, ISO20_DC_CHARGE_PARAMETER_DISCOVERY_RES)
EXI_TABLE(iso20_dc_cable_check_req, ISO20_DC_CABLE_CHECK_REQ)
EXI_TABLE(iso20_dc_cable_check_res, ISO20_DC_CABLE_CHECK_RES)
EXI_TABLE(iso20_dc_pre_charge_req, ISO20_DC_PRE_CHARGE_REQ)
EXI_TABLE(iso20_dc_pre_charge_res, ISO20_DC_PRE_CHARGE_RES)
EXI_TABLE(iso20_dynamic_dc_cl_req_control_mode, ISO20_DYNAMIC_DC_CL_REQ_CONTROL_MODE)
EXI_TABLE(iso20_bpt_dynamic_dc_cl_req_control_mode, ISO20_BPT_DYNAMIC_DC_CL_REQ_CONTROL_MODE)
EXI_TABLE(iso20_scheduled_dc_cl_req_control_mode, ISO20_SCHEDULED_DC_CL_REQ_CONTROL_MODE)
EXI_TABLE(iso20_bpt_scheduled_dc_cl_req_control_mode, ISO20_BPT_SCHEDULED_DC_CL_REQ_CONTROL_MODE)
EXI_TABLE(iso20_dc_charge_loop_req, ISO20_DC_CHARGE_LOOP_REQ)
EXI_TABLE(iso20_dynamic_dc_cl_res_control_mode, ISO20_DYNAMIC_DC_CL_RES_CONTROL_MODE)
EXI_TABLE(iso20_bpt_dynamic_dc_cl_res_control_mode, ISO20_BPT_DYNAMIC_DC_CL_RES_CONTROL_MODE)
EXI_TABLE(iso20_scheduled_dc_cl_res_control_mode, ISO20_SCHEDULED_DC_CL_RES_CONTROL_MODE)
EXI_TABLE(iso20_bpt_scheduled_dc_cl_res_control_mode, ISO20_BPT_SCHEDULED_DC_CL_RES_CONTROL_MODE)
EXI_TABLE(iso20_dc_charge_loop_res, ISO20_DC_CHARGE_LOOP_RES)
EXI_TABLE(iso20_dc_welding_detection_req, ISO20_DC_WELDING_DETECTION_REQ)
EXI_TABLE(iso20_dc_welding_detection_res, ISO20_DC_WELDING_DETECTION_RES)

static const struct exi_root roots[] = {
	EXI_ROOT(DC_CableCheckReq, iso20_dc_cable_check_req, 11),
	EXI_ROOT(DC_CableCheckRes, iso20_dc_cable_check_res, 12),
	EXI_ROOT(DC_ChargeLoopReq, iso20_dc_charge_loop_req, 13),
	EXI_ROOT(DC_ChargeLoopRes, iso20_dc_charge_loop_res, 14),
	EXI_ROOT(DC_ChargeParameterDiscoveryReq, iso20_dc_charge_parameter_discovery_req, 15),
	EXI_ROOT(DC_ChargeParameterDiscoveryRes, iso20_dc_charge_parameter_discovery_res, 16),
	EXI_ROOT(DC_PreChargeReq, iso20_dc_pre_charge_req, 17),
	EXI_ROOT(DC_PreChargeRes, iso20_dc_pre_charge_res, 18),
	EXI_ROOT(DC_WeldingDetectionReq, iso20_dc_welding_detection_req, 19),
	EXI_ROOT(DC_WeldingDetectionRes, iso20_dc_welding_detection_res, 20),
};

const struct exi_grammar iso20_dc_grammar = {
	.name = "ISO 15118-20 DC",
	.roots = sizeof(roots) / sizeof(roots[0]),
	.others = 48,
	.root = roots,
};

static const struct exi_root signed_parts[] = {
	EXI_ROOT(DC_ChargeParameterDiscoveryRes, iso20_dc_charge_parameter_discovery_res, 26),
	EXI_ROOT(SignedInfo, dsig_signed_info, 129),
};

const struct exi_grammar iso20_dc_fragment = {
	.name = "fragment of ISO 15118-20 DC",
	.roots = sizeof(signed_parts) / sizeof(signed_parts[0]),
	.others = 149,
	.fragment = true,
	.root = signed_parts,
};
