// SPDX-License-Identifier: GPL-2.0-or-later
/* CommonMessages: tables. */
#include "iso20_common.h"

EXI_ENUM_TABLE(iso20_authorization, ISO20_AUTHORIZATION, ISO20_AUTHORIZATION)
EXI_LENGTH_TABLE(iso20_gen_challenge, EXI_BASE64, 16, 16)
EXI_RANGE_TABLE(iso20_max_supporting_points_schedule_tuple, 12, 1024)
EXI_ENUM_TABLE(iso20_charge_progress, ISO20_CHARGE_PROGRESS, ISO20_CHARGE_PROGRESS)
EXI_ENUM_TABLE(iso20_channel_selection, ISO20_CHANNEL_SELECTION, ISO20_CHANNEL_SELECTION)
EXI_ENUM_TABLE(iso20_ecdh_curve, ISO20_ECDH_CURVE, ISO20_ECDH_CURVE)
EXI_LENGTH_TABLE(iso20_dh_public_key, EXI_BASE64, 133, 133)
EXI_LENGTH_TABLE(iso20_secp521_encrypted_private_key, EXI_BASE64, 94, 94)
EXI_LENGTH_TABLE(iso20_x448_encrypted_private_key, EXI_BASE64, 84, 84)
EXI_LENGTH_TABLE(iso20_tpm_encrypted_private_key, EXI_BASE64, 206, 206)
EXI_ENUM_TABLE(iso20_charging_session, ISO20_CHARGING_SESSION, ISO20_CHARGING_SESSION)
EXI_ENUM_TABLE(iso20_ev_check_in_status, ISO20_EV_CHECK_IN_STATUS, ISO20_EV_CHECK_IN_STATUS)
EXI_ENUM_TABLE(iso20_ev_check_out_status, ISO20_EV_CHECK_OUT_STATUS, ISO20_EV_CHECK_OUT_STATUS)
EXI_ENUM_TABLE(iso20_evse_check_out_status, ISO20_EVSE_CHECK_OUT_STATUS, ISO20_EVSE_CHECK_OUT_STATUS)
EXI_ENUM_TABLE(iso20_parking_method, ISO20_PARKING_METHOD, ISO20_PARKING_METHOD)
EXI_LENGTH_TABLE(iso20_currency, EXI_TEXT, 0, 3)
EXI_LENGTH_TABLE(iso20_language, EXI_TEXT, 0, 3)
EXI_ENUM_TABLE(iso20_power_tolerance_acceptance, ISO20_POWER_TOLERANCE_ACCEPTANCE, ISO20_POWER_TOLERANCE_ACCEPTANCE)
EXI_LENGTH_TABLE(iso20_certificate, EXI_BASE64, 0, 1600)
EXI_TABLE(iso20_session_setup_req, ISO20_SESSION_SETUP_REQ)
EXI_TABLE(iso20_session_setup_res, ISO20_SESSION_SETUP_RES)
EXI_TABLE(iso20_authorization_setup_req, ISO20_AUTHORIZATION_SETUP_REQ)
EXI_TABLE(iso20_eim_as_res_authorization_mode, ISO20_EIM_AS_RES_AUTHORIZATION_MODE)
EXI_TABLE(iso20_supported_providers_list, ISO20_SUPPORTED_PROVIDERS_LIST)
EXI_TABLE(iso20_pnc_as_res_authorization_mode, ISO20_PNC_AS_RES_AUTHORIZATION_MODE)
EXI_TABLE(iso20_authorization_setup_res, ISO20_AUTHORIZATION_SETUP_RES)
EXI_TABLE(iso20_eim_a_req_authorization_mode, ISO20_EIM_A_REQ_AUTHORIZATION_MODE)
EXI_TABLE(iso20_sub_certificates, ISO20_SUB_CERTIFICATES)
EXI_TABLE(iso20_contract_certificate_chain, ISO20_CONTRACT_CERTIFICATE_CHAIN)
EXI_TABLE(iso20_pnc_a_req_authorization_mode, ISO20_PNC_A_REQ_AUTHORIZATION_MODE)
EXI_TABLE(iso20_authorization_req, ISO20_AUTHORIZATION_REQ)
EXI_TABLE(iso20_authorization_res, ISO20_AUTHORIZATION_RES)
EXI_TABLE(iso20_service_id_list, ISO20_SERVICE_ID_LIST)
EXI_TABLE(iso20_service_discovery_req, ISO20_SERVICE_DISCOVERY_REQ)
EXI_TABLE(iso20_service, ISO20_SERVICE)
EXI_TABLE(iso20_service_list, ISO20_SERVICE_LIST)
EXI_TABLE(iso20_service_discovery_res, ISO20_SERVICE_DISCOVERY_RES)
EXI_TABLE(iso20_service_detail_req, ISO20_SERVICE_DETAIL_REQ)
EXI_TABLE(iso20_parameter, ISO20_PARAMETER)
EXI_TABLE(iso20_parameter_set, ISO20_PARAMETER_SET)
EXI_TABLE(iso20_service_parameter_list, ISO20_SERVICE_PARAMETER_LIST)
EXI_TABLE(iso20_service_detail_res, ISO20_SERVICE_DETAIL_RES)
EXI_TABLE(iso20_selected_service, ISO20_SELECTED_SERVICE)
EXI_TABLE(iso20_selected_service_list, ISO20_SELECTED_SERVICE_LIST)
EXI_TABLE(iso20_service_selection_req, ISO20_SERVICE_SELECTION_REQ)
EXI_TABLE(iso20_service_selection_res, ISO20_SERVICE_SELECTION_RES)
EXI_TABLE(iso20_dynamic_se_req_control_mode, ISO20_DYNAMIC_SE_REQ_CONTROL_MODE)
EXI_TABLE(iso20_ev_power_schedule_entry, ISO20_EV_POWER_SCHEDULE_ENTRY)
EXI_TABLE(iso20_ev_power_schedule_entry_list, ISO20_EV_POWER_SCHEDULE_ENTRY_LIST)
EXI_TABLE(iso20_ev_power_schedule, ISO20_EV_POWER_SCHEDULE)
EXI_TABLE(iso20_ev_price_rule, ISO20_EV_PRICE_RULE)
EXI_TABLE(iso20_ev_price_rule_stack, ISO20_EV_PRICE_RULE_STACK)
EXI_TABLE(iso20_ev_price_rule_stack_list, ISO20_EV_PRICE_RULE_STACK_LIST)
EXI_TABLE(iso20_ev_absolute_price_schedule, ISO20_EV_ABSOLUTE_PRICE_SCHEDULE)
EXI_TABLE(iso20_ev_energy_offer, ISO20_EV_ENERGY_OFFER)
EXI_TABLE(iso20_scheduled_se_req_control_mode, ISO20_SCHEDULED_SE_REQ_CONTROL_MODE)
EXI_TABLE(iso20_schedule_exchange_req, ISO20_SCHEDULE_EXCHANGE_REQ)
EXI_TABLE(iso20_tax_rule, ISO20_TAX_RULE)
EXI_TABLE(iso20_tax_rule_list, ISO20_TAX_RULE_LIST)
EXI_TABLE(iso20_price_rule, ISO20_PRICE_RULE)
EXI_TABLE(iso20_price_rule_stack, ISO20_PRICE_RULE_STACK)
EXI_TABLE(iso20_price_rule_stack_list, ISO20_PRICE_RULE_STACK_LIST)
EXI_TABLE(iso20_overstay_rule, ISO20_OVERSTAY_RULE)
EXI_TABLE(iso20_overstay_rule_list, ISO20_OVERSTAY_RULE_LIST)
EXI_TABLE(iso20_additional_service, ISO20_ADDITIONAL_SERVICE)
EXI_TABLE(iso20_additional_service_list, ISO20_ADDITIONAL_SERVICE_LIST)
EXI_TABLE(iso20_absolute_price_schedule, ISO20_ABSOLUTE_PRICE_SCHEDULE)
EXI_TABLE(iso20_price_level_schedule_entry, ISO20_PRICE_LEVEL_SCHEDULE_ENTRY)
EXI_TABLE(iso20_price_level_schedule_entry_list, ISO20_PRICE_LEVEL_SCHEDULE_ENTRY_LIST)
EXI_TABLE(iso20_price_level_schedule, ISO20_PRICE_LEVEL_SCHEDULE)
EXI_TABLE(iso20_dynamic_se_res_control_mode, ISO20_DYNAMIC_SE_RES_CONTROL_MODE)
EXI_TABLE(iso20_power_schedule_entry, ISO20_POWER_SCHEDULE_ENTRY)
EXI_TABLE(iso20_power_schedule_entry_list, ISO20_POWER_SCHEDULE_ENTRY_LIST)
EXI_TABLE(iso20_power_schedule, ISO20_POWER_SCHEDULE)
EXI_TABLE(iso20_charging_schedule, ISO20_CHARGING_SCHEDULE)
EXI_TABLE(iso20_schedule_tuple, ISO20_SCHEDULE_TUPLE)
EXI_TABLE(iso20_scheduled_se_res_control_mode, ISO20_SCHEDULED_SE_RES_CONTROL_MODE)
EXI_TABLE(iso20_schedule_exchange_res, ISO20_SCHEDULE_EXCHANGE_RES)
EXI_TABLE(iso20_dynamic_evppt_control_mode, ISO20_DYNAMIC_EVPPT_CONTROL_MODE)
EXI_TABLE(iso20_scheduled_evppt_control_mode, ISO20_SCHEDULED_EVPPT_CONTROL_MODE)
EXI_TABLE(iso20_ev_power_profile_entry_list, ISO20_EV_POWER_PROFILE_ENTRY_LIST)
EXI_TABLE(iso20_ev_power_profile, ISO20_EV_POWER_PROFILE)
EXI_TABLE(iso20_power_delivery_req, ISO20_POWER_DELIVERY_REQ)
EXI_TABLE(iso20_power_delivery_res, ISO20_POWER_DELIVERY_RES)
EXI_TABLE(iso20_dynamic_smdt_control_mode, ISO20_DYNAMIC_SMDT_CONTROL_MODE)
EXI_TABLE(iso20_scheduled_smdt_control_mode, ISO20_SCHEDULED_SMDT_CONTROL_MODE)
EXI_TABLE(iso20_signed_metering_data, ISO20_SIGNED_METERING_DATA)
EXI_TABLE(iso20_metering_confirmation_req, ISO20_METERING_CONFIRMATION_REQ)
EXI_TABLE(iso20_metering_confirmation_res, ISO20_METERING_CONFIRMATION_RES)
EXI_TABLE(iso20_session_stop_req, ISO20_SESSION_STOP_REQ)
EXI_TABLE(iso20_session_stop_res, ISO20_SESSION_STOP_RES)
EXI_TABLE(iso20_signed_certificate_chain, ISO20_SIGNED_CERTIFICATE_CHAIN)
EXI_TABLE(iso20_emaid_list, ISO20_EMAID_LIST)
EXI_TABLE(iso20_certificate_installation_req, ISO20_CERTIFICATE_INSTALLATION_REQ)
EXI_TABLE(iso20_certificate_chain, ISO20_CERTIFICATE_CHAIN)
EXI_TABLE(iso20_signed_installation_data, ISO20_SIGNED_INSTALLATION_DATA)
EXI_TABLE(iso20_certificate_installation_res, ISO20_CERTIFICATE_INSTALLATION_RES)
EXI_TABLE(iso20_vehicle_check_in_req, ISO20_VEHICLE_CHECK_IN_REQ)
EXI_TABLE(iso20_vehicle_check_in_res, ISO20_VEHICLE_CHECK_IN_RES)
EXI_TABLE(iso20_vehicle_check_out_req, ISO20_VEHICLE_CHECK_OUT_REQ)
EXI_TABLE(iso20_vehicle_check_out_res, ISO20_VEHICLE_CHECK_OUT_RES)
EXI_TABLE(iso20_target_position, ISO20_TARGET_POSITION)

static const struct exi_root roots[] = {
	EXI_ROOT(AuthorizationReq, iso20_authorization_req, 0),
	EXI_ROOT(AuthorizationRes, iso20_authorization_res, 1),
	EXI_ROOT(AuthorizationSetupReq, iso20_authorization_setup_req, 2),
	EXI_ROOT(AuthorizationSetupRes, iso20_authorization_setup_res, 3),
	EXI_ROOT(CertificateInstallationReq, iso20_certificate_installation_req, 7),
	EXI_ROOT(CertificateInstallationRes, iso20_certificate_installation_res, 8),
	EXI_ROOT(MeteringConfirmationReq, iso20_metering_confirmation_req, 16),
	EXI_ROOT(MeteringConfirmationRes, iso20_metering_confirmation_res, 17),
	EXI_ROOT(PowerDeliveryReq, iso20_power_delivery_req, 21),
	EXI_ROOT(PowerDeliveryRes, iso20_power_delivery_res, 22),
	EXI_ROOT(ScheduleExchangeReq, iso20_schedule_exchange_req, 27),
	EXI_ROOT(ScheduleExchangeRes, iso20_schedule_exchange_res, 28),
	EXI_ROOT(ServiceDetailReq, iso20_service_detail_req, 29),
	EXI_ROOT(ServiceDetailRes, iso20_service_detail_res, 30),
	EXI_ROOT(ServiceDiscoveryReq, iso20_service_discovery_req, 31),
	EXI_ROOT(ServiceDiscoveryRes, iso20_service_discovery_res, 32),
	EXI_ROOT(ServiceSelectionReq, iso20_service_selection_req, 33),
	EXI_ROOT(ServiceSelectionRes, iso20_service_selection_res, 34),
	EXI_ROOT(SessionSetupReq, iso20_session_setup_req, 35),
	EXI_ROOT(SessionSetupRes, iso20_session_setup_res, 36),
	EXI_ROOT(SessionStopReq, iso20_session_stop_req, 37),
	EXI_ROOT(SessionStopRes, iso20_session_stop_res, 38),
	EXI_ROOT(VehicleCheckInReq, iso20_vehicle_check_in_req, 49),
	EXI_ROOT(VehicleCheckInRes, iso20_vehicle_check_in_res, 50),
	EXI_ROOT(VehicleCheckOutReq, iso20_vehicle_check_out_req, 51),
	EXI_ROOT(VehicleCheckOutRes, iso20_vehicle_check_out_res, 52),
};

const struct exi_grammar iso20_common_grammar = {
	.name = "ISO 15118-20 CommonMessages",
	.roots = sizeof(roots) / sizeof(roots[0]),
	.others = 54,
	.root = roots,
};

static const struct exi_root signed_parts[] = {
	EXI_ROOT(AbsolutePriceSchedule, iso20_absolute_price_schedule, 0),
	EXI_ROOT(MeteringConfirmationReq, iso20_metering_confirmation_req, 119),
	EXI_ROOT(OEMProvisioningCertificateChain, iso20_signed_certificate_chain, 128),
	EXI_ROOT(PnC_AReqAuthorizationMode, iso20_pnc_a_req_authorization_mode, 151),
	EXI_ROOT(PriceLevelSchedule, iso20_price_level_schedule, 167),
	EXI_ROOT(SignedInfo, dsig_signed_info, 230),
	EXI_ROOT(SignedInstallationData, iso20_signed_installation_data, 231),
	EXI_ROOT(SignedMeteringData, iso20_signed_metering_data, 232),
};

const struct exi_grammar iso20_common_fragment = {
	.name = "fragment of ISO 15118-20 CommonMessages",
	.roots = sizeof(signed_parts) / sizeof(signed_parts[0]),
	.others = 281,
	.fragment = true,
	.root = signed_parts,
};
