// SPDX-License-Identifier: GPL-2.0-or-later
/* AC: tables. */
#include "iso20_ac.h"

EXI_TABLE(iso20_ac_cpd_req_energy_transfer_mode, ISO20_AC_CPD_REQ_ENERGY_TRANSFER_MODE)
EXI_TABLE(iso20_bpt_ac_cpd_req_energy_transfer_mode, ISO20_BPT_AC_CPD_REQ_ENERGY_TRANSFER_MODE)
EXI_TABLE(iso20_ac_charge_parameter_discovery_req, ISO20_AC_CHARGE_PARAMETER_DISCOVERY_REQ)
EXI_TABLE(iso20_ac_cpd_res_energy_transfer_mode, ISO20_AC_CPD_RES_ENERGY_TRANSFER_MODE)
EXI_TABLE(iso20_bpt_ac_cpd_res_energy_transfer_mode, ISO20_BPT_AC_CPD_RES_ENERGY_TRANSFER_MODE)
EXI_TABLE(iso20_ac_charge_parameter_discovery_res, ISO20_AC_CHARGE_PARAMETER_DISCOVERY_RES)
EXI_TABLE(iso20_dynamic_ac_cl_req_control_mode, ISO20_DYNAMIC_AC_CL_REQ_CONTROL_MODE)
EXI_TABLE(iso20_bpt_dynamic_ac_cl_req_control_mode, ISO20_BPT_DYNAMIC_AC_CL_REQ_CONTROL_MODE)
EXI_TABLE(iso20_scheduled_ac_cl_req_control_mode, ISO20_SCHEDULED_AC_CL_REQ_CONTROL_MODE)
EXI_TABLE(iso20_bpt_scheduled_ac_cl_req_control_mode, ISO20_BPT_SCHEDULED_AC_CL_REQ_CONTROL_MODE)
EXI_TABLE(iso20_ac_charge_loop_req, ISO20_AC_CHARGE_LOOP_REQ)
EXI_TABLE(iso20_dynamic_ac_cl_res_control_mode, ISO20_DYNAMIC_AC_CL_RES_CONTROL_MODE)
EXI_TABLE(iso20_bpt_dynamic_ac_cl_res_control_mode, ISO20_BPT_DYNAMIC_AC_CL_RES_CONTROL_MODE)
EXI_TABLE(iso20_scheduled_ac_cl_res_control_mode, ISO20_SCHEDULED_AC_CL_RES_CONTROL_MODE)
EXI_TABLE(iso20_bpt_scheduled_ac_cl_res_control_mode, ISO20_BPT_SCHEDULED_AC_CL_RES_CONTROL_MODE)
EXI_TABLE(iso20_ac_charge_loop_res, ISO20_AC_CHARGE_LOOP_RES)

static const struct exi_root roots[] = {
	EXI_ROOT(AC_ChargeLoopReq, iso20_ac_charge_loop_req, 2),
	EXI_ROOT(AC_ChargeLoopRes, iso20_ac_charge_loop_res, 3),
	EXI_ROOT(AC_ChargeParameterDiscoveryReq, iso20_ac_charge_parameter_discovery_req, 4),
	EXI_ROOT(AC_ChargeParameterDiscoveryRes, iso20_ac_charge_parameter_discovery_res, 5),
};

const struct exi_grammar iso20_ac_grammar = {
	.name = "ISO 15118-20 AC",
	.roots = sizeof(roots) / sizeof(roots[0]),
	.others = 42,
	.root = roots,
};

static const struct exi_root signed_parts[] = {
	EXI_ROOT(AC_ChargeParameterDiscoveryRes, iso20_ac_charge_parameter_discovery_res, 5),
	EXI_ROOT(SignedInfo, dsig_signed_info, 135),
};

const struct exi_grammar iso20_ac_fragment = {
	.name = "fragment of ISO 15118-20 AC",
	.roots = sizeof(signed_parts) / sizeof(signed_parts[0]),
	.others = 154,
	.fragment = true,
	.root = signed_parts,
};
