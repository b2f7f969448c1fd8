/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages of ISO 15118-20 that do not depend on the power (CommonMessages). */
#ifndef SECC_EXI_ISO20_COMMON_H
#define SECC_EXI_ISO20_COMMON_H

#include "iso20_types.h"

#define ISO20_AUTHORIZATION(X, P) \
	X(P, EIM, EIM) \
	X(P, PNC, PnC)
EXI_ENUM(iso20_authorization, ISO20_AUTHORIZATION, ISO20_AUTHORIZATION)

EXI_SIMPLE(iso20_gen_challenge, struct exi_binary)
EXI_SIMPLE(iso20_max_supporting_points_schedule_tuple, uint16_t)
#define ISO20_CHARGE_PROGRESS(X, P) \
	X(P, START, Start) \
	X(P, STOP, Stop) \
	X(P, STANDBY, Standby) \
	X(P, SCHEDULE_RENEGOTIATION, ScheduleRenegotiation)
EXI_ENUM(iso20_charge_progress, ISO20_CHARGE_PROGRESS, ISO20_CHARGE_PROGRESS)

#define ISO20_CHANNEL_SELECTION(X, P) \
	X(P, CHARGE, Charge) \
	X(P, DISCHARGE, Discharge)
EXI_ENUM(iso20_channel_selection, ISO20_CHANNEL_SELECTION, ISO20_CHANNEL_SELECTION)

#define ISO20_ECDH_CURVE(X, P) \
	X(P, SECP521, SECP521) \
	X(P, X448, X448)
EXI_ENUM(iso20_ecdh_curve, ISO20_ECDH_CURVE, ISO20_ECDH_CURVE)

EXI_SIMPLE(iso20_dh_public_key, struct exi_binary)
EXI_SIMPLE(iso20_secp521_encrypted_private_key, struct exi_binary)
EXI_SIMPLE(iso20_x448_encrypted_private_key, struct exi_binary)
EXI_SIMPLE(iso20_tpm_encrypted_private_key, struct exi_binary)
#define ISO20_CHARGING_SESSION(X, P) \
	X(P, PAUSE, Pause) \
	X(P, TERMINATE, Terminate) \
	X(P, SERVICE_RENEGOTIATION, ServiceRenegotiation)
EXI_ENUM(iso20_charging_session, ISO20_CHARGING_SESSION, ISO20_CHARGING_SESSION)

#define ISO20_EV_CHECK_IN_STATUS(X, P) \
	X(P, CHECK_IN, CheckIn) \
	X(P, PROCESSING, Processing) \
	X(P, COMPLETED, Completed)
EXI_ENUM(iso20_ev_check_in_status, ISO20_EV_CHECK_IN_STATUS, ISO20_EV_CHECK_IN_STATUS)

#define ISO20_EV_CHECK_OUT_STATUS(X, P) \
	X(P, CHECK_OUT, CheckOut) \
	X(P, PROCESSING, Processing) \
	X(P, COMPLETED, Completed)
EXI_ENUM(iso20_ev_check_out_status, ISO20_EV_CHECK_OUT_STATUS, ISO20_EV_CHECK_OUT_STATUS)

#define ISO20_EVSE_CHECK_OUT_STATUS(X, P) \
	X(P, SCHEDULED, Scheduled) \
	X(P, COMPLETED, Completed)
EXI_ENUM(iso20_evse_check_out_status, ISO20_EVSE_CHECK_OUT_STATUS, ISO20_EVSE_CHECK_OUT_STATUS)

#define ISO20_PARKING_METHOD(X, P) \
	X(P, AUTO_PARKING, AutoParking) \
	X(P, MV_GUIDE_MANUAL, MVGuideManual) \
	X(P, MANUAL, Manual)
EXI_ENUM(iso20_parking_method, ISO20_PARKING_METHOD, ISO20_PARKING_METHOD)

EXI_SIMPLE(iso20_currency, struct exi_string)
EXI_SIMPLE(iso20_language, struct exi_string)
#define ISO20_POWER_TOLERANCE_ACCEPTANCE(X, P) \
	X(P, POWER_TOLERANCE_NOT_CONFIRMED, PowerToleranceNotConfirmed) \
	X(P, POWER_TOLERANCE_CONFIRMED, PowerToleranceConfirmed)
EXI_ENUM(iso20_power_tolerance_acceptance, ISO20_POWER_TOLERANCE_ACCEPTANCE, ISO20_POWER_TOLERANCE_ACCEPTANCE)

EXI_SIMPLE(iso20_certificate, struct exi_binary)

#define ISO20_SESSION_SETUP_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, evccid, EVCCID, iso20_identifier)
EXI_STRUCT(iso20_session_setup_req, ISO20_SESSION_SETUP_REQ)

#define ISO20_SESSION_SETUP_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, ONE, evse_id, EVSEID, iso20_identifier)
EXI_STRUCT(iso20_session_setup_res, ISO20_SESSION_SETUP_RES)

#define ISO20_AUTHORIZATION_SETUP_REQ(X, S) \
	ISO20_REQUEST(X, S)
EXI_STRUCT(iso20_authorization_setup_req, ISO20_AUTHORIZATION_SETUP_REQ)

#define ISO20_EIM_AS_RES_AUTHORIZATION_MODE(X, S)
EXI_STRUCT(iso20_eim_as_res_authorization_mode, ISO20_EIM_AS_RES_AUTHORIZATION_MODE)

#define ISO20_SUPPORTED_PROVIDERS_LIST(X, S) \
	X(S, LIST, provider_id, ProviderID, iso20_name, 128)
EXI_STRUCT(iso20_supported_providers_list, ISO20_SUPPORTED_PROVIDERS_LIST)

#define ISO20_PNC_AS_RES_AUTHORIZATION_MODE(X, S) \
	X(S, ONE, gen_challenge, GenChallenge, iso20_gen_challenge) \
	X(S, PTR, supported_providers, SupportedProviders, iso20_supported_providers_list)
EXI_STRUCT(iso20_pnc_as_res_authorization_mode, ISO20_PNC_AS_RES_AUTHORIZATION_MODE)

#define ISO20_AUTHORIZATION_SETUP_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, LIST, authorization_services, AuthorizationServices, iso20_authorization, 2) \
	X(S, ONE, certificate_installation_service, CertificateInstallationService, exi_boolean) \
	X(S, PTR_OR, eim_as_res_authorization_mode, EIM_ASResAuthorizationMode, iso20_eim_as_res_authorization_mode) \
	X(S, PTR_END, pnc_as_res_authorization_mode, PnC_ASResAuthorizationMode, iso20_pnc_as_res_authorization_mode)
EXI_STRUCT(iso20_authorization_setup_res, ISO20_AUTHORIZATION_SETUP_RES)

#define ISO20_EIM_A_REQ_AUTHORIZATION_MODE(X, S)
EXI_STRUCT(iso20_eim_a_req_authorization_mode, ISO20_EIM_A_REQ_AUTHORIZATION_MODE)

#define ISO20_SUB_CERTIFICATES(X, S) \
	X(S, LIST, certificate, Certificate, iso20_certificate, 3)
EXI_STRUCT(iso20_sub_certificates, ISO20_SUB_CERTIFICATES)

#define ISO20_CONTRACT_CERTIFICATE_CHAIN(X, S) \
	X(S, ONE, certificate, Certificate, iso20_certificate) \
	X(S, ONE, sub_certificates, SubCertificates, iso20_sub_certificates)
EXI_STRUCT(iso20_contract_certificate_chain, ISO20_CONTRACT_CERTIFICATE_CHAIN)

#define ISO20_PNC_A_REQ_AUTHORIZATION_MODE(X, S) \
	X(S, ATTR, id, Id, exi_id) \
	X(S, ONE, gen_challenge, GenChallenge, iso20_gen_challenge) \
	X(S, ONE, contract_certificate_chain, ContractCertificateChain, iso20_contract_certificate_chain)
EXI_STRUCT(iso20_pnc_a_req_authorization_mode, ISO20_PNC_A_REQ_AUTHORIZATION_MODE)

#define ISO20_AUTHORIZATION_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, selected_authorization_service, SelectedAuthorizationService, iso20_authorization) \
	X(S, PTR_OR, eim_a_req_authorization_mode, EIM_AReqAuthorizationMode, iso20_eim_a_req_authorization_mode) \
	X(S, PTR_END, pnc_a_req_authorization_mode, PnC_AReqAuthorizationMode, iso20_pnc_a_req_authorization_mode)
EXI_STRUCT(iso20_authorization_req, ISO20_AUTHORIZATION_REQ)

#define ISO20_AUTHORIZATION_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, ONE, evse_processing, EVSEProcessing, iso20_processing)
EXI_STRUCT(iso20_authorization_res, ISO20_AUTHORIZATION_RES)

#define ISO20_SERVICE_ID_LIST(X, S) \
	X(S, LIST, service_id, ServiceID, exi_ushort, 16)
EXI_STRUCT(iso20_service_id_list, ISO20_SERVICE_ID_LIST)

#define ISO20_SERVICE_DISCOVERY_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, PTR, supported_service_ids, SupportedServiceIDs, iso20_service_id_list)
EXI_STRUCT(iso20_service_discovery_req, ISO20_SERVICE_DISCOVERY_REQ)

#define ISO20_SERVICE(X, S) \
	X(S, ONE, service_id, ServiceID, exi_ushort) \
	X(S, ONE, free_service, FreeService, exi_boolean)
EXI_STRUCT(iso20_service, ISO20_SERVICE)

#define ISO20_SERVICE_LIST(X, S) \
	X(S, LIST, service, Service, iso20_service, 8)
EXI_STRUCT(iso20_service_list, ISO20_SERVICE_LIST)

#define ISO20_SERVICE_DISCOVERY_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, ONE, service_renegotiation_supported, ServiceRenegotiationSupported, exi_boolean) \
	X(S, ONE, energy_transfer_service_list, EnergyTransferServiceList, iso20_service_list) \
	X(S, PTR, vas_list, VASList, iso20_service_list)
EXI_STRUCT(iso20_service_discovery_res, ISO20_SERVICE_DISCOVERY_RES)

#define ISO20_SERVICE_DETAIL_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, service_id, ServiceID, exi_ushort)
EXI_STRUCT(iso20_service_detail_req, ISO20_SERVICE_DETAIL_REQ)

#define ISO20_PARAMETER(X, S) \
	X(S, ATTR, name, Name, iso20_name) \
	X(S, OPT_OR, bool_value, boolValue, exi_boolean) \
	X(S, OPT_OR, byte_value, byteValue, exi_byte) \
	X(S, OPT_OR, short_value, shortValue, exi_short) \
	X(S, OPT_OR, int_value, intValue, exi_int) \
	X(S, OPT_OR, rational_number, rationalNumber, iso20_rational) \
	X(S, OPT_END, finite_string, finiteString, iso20_name)
EXI_STRUCT(iso20_parameter, ISO20_PARAMETER)

#define ISO20_PARAMETER_SET(X, S) \
	X(S, ONE, parameter_set_id, ParameterSetID, exi_ushort) \
	X(S, LIST, parameter, Parameter, iso20_parameter, 32)
EXI_STRUCT(iso20_parameter_set, ISO20_PARAMETER_SET)

#define ISO20_SERVICE_PARAMETER_LIST(X, S) \
	X(S, LIST, parameter_set, ParameterSet, iso20_parameter_set, 32)
EXI_STRUCT(iso20_service_parameter_list, ISO20_SERVICE_PARAMETER_LIST)

#define ISO20_SERVICE_DETAIL_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, ONE, service_id, ServiceID, exi_ushort) \
	X(S, ONE, service_parameter_list, ServiceParameterList, iso20_service_parameter_list)
EXI_STRUCT(iso20_service_detail_res, ISO20_SERVICE_DETAIL_RES)

#define ISO20_SELECTED_SERVICE(X, S) \
	X(S, ONE, service_id, ServiceID, exi_ushort) \
	X(S, ONE, parameter_set_id, ParameterSetID, exi_ushort)
EXI_STRUCT(iso20_selected_service, ISO20_SELECTED_SERVICE)

#define ISO20_SELECTED_SERVICE_LIST(X, S) \
	X(S, LIST, selected_service, SelectedService, iso20_selected_service, 16)
EXI_STRUCT(iso20_selected_service_list, ISO20_SELECTED_SERVICE_LIST)

#define ISO20_SERVICE_SELECTION_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, selected_energy_transfer_service, SelectedEnergyTransferService, iso20_selected_service) \
	X(S, PTR, selected_vas_list, SelectedVASList, iso20_selected_service_list)
EXI_STRUCT(iso20_service_selection_req, ISO20_SERVICE_SELECTION_REQ)

#define ISO20_SERVICE_SELECTION_RES(X, S) \
	ISO20_RESPONSE(X, S)
EXI_STRUCT(iso20_service_selection_res, ISO20_SERVICE_SELECTION_RES)

#define ISO20_DYNAMIC_SE_REQ_CONTROL_MODE(X, S) \
	X(S, ONE, departure_time, DepartureTime, exi_uint) \
	X(S, OPT, minimum_soc, MinimumSOC, iso20_percent_value) \
	X(S, OPT, target_soc, TargetSOC, iso20_percent_value) \
	X(S, ONE, ev_target_energy_request, EVTargetEnergyRequest, iso20_rational) \
	X(S, ONE, ev_maximum_energy_request, EVMaximumEnergyRequest, iso20_rational) \
	X(S, ONE, ev_minimum_energy_request, EVMinimumEnergyRequest, iso20_rational) \
	X(S, OPT, ev_maximum_v2x_energy_request, EVMaximumV2XEnergyRequest, iso20_rational) \
	X(S, OPT, ev_minimum_v2x_energy_request, EVMinimumV2XEnergyRequest, iso20_rational)
EXI_STRUCT(iso20_dynamic_se_req_control_mode, ISO20_DYNAMIC_SE_REQ_CONTROL_MODE)

#define ISO20_EV_POWER_SCHEDULE_ENTRY(X, S) \
	X(S, ONE, duration, Duration, exi_uint) \
	X(S, ONE, power, Power, iso20_rational)
EXI_STRUCT(iso20_ev_power_schedule_entry, ISO20_EV_POWER_SCHEDULE_ENTRY)

#define ISO20_EV_POWER_SCHEDULE_ENTRY_LIST(X, S) \
	X(S, LIST, ev_power_schedule_entry, EVPowerScheduleEntry, iso20_ev_power_schedule_entry, 1024)
EXI_STRUCT(iso20_ev_power_schedule_entry_list, ISO20_EV_POWER_SCHEDULE_ENTRY_LIST)

#define ISO20_EV_POWER_SCHEDULE(X, S) \
	X(S, ONE, time_anchor, TimeAnchor, exi_ulong) \
	X(S, ONE, ev_power_schedule_entries, EVPowerScheduleEntries, iso20_ev_power_schedule_entry_list)
EXI_STRUCT(iso20_ev_power_schedule, ISO20_EV_POWER_SCHEDULE)

#define ISO20_EV_PRICE_RULE(X, S) \
	X(S, ONE, energy_fee, EnergyFee, iso20_rational) \
	X(S, ONE, power_range_start, PowerRangeStart, iso20_rational)
EXI_STRUCT(iso20_ev_price_rule, ISO20_EV_PRICE_RULE)

#define ISO20_EV_PRICE_RULE_STACK(X, S) \
	X(S, ONE, duration, Duration, exi_uint) \
	X(S, LIST, ev_price_rule, EVPriceRule, iso20_ev_price_rule, 8)
EXI_STRUCT(iso20_ev_price_rule_stack, ISO20_EV_PRICE_RULE_STACK)

#define ISO20_EV_PRICE_RULE_STACK_LIST(X, S) \
	X(S, LIST, ev_price_rule_stack, EVPriceRuleStack, iso20_ev_price_rule_stack, 1024)
EXI_STRUCT(iso20_ev_price_rule_stack_list, ISO20_EV_PRICE_RULE_STACK_LIST)

#define ISO20_EV_ABSOLUTE_PRICE_SCHEDULE(X, S) \
	X(S, ONE, time_anchor, TimeAnchor, exi_ulong) \
	X(S, ONE, currency, Currency, iso20_currency) \
	X(S, ONE, price_algorithm, PriceAlgorithm, iso20_identifier) \
	X(S, ONE, ev_price_rule_stacks, EVPriceRuleStacks, iso20_ev_price_rule_stack_list)
EXI_STRUCT(iso20_ev_absolute_price_schedule, ISO20_EV_ABSOLUTE_PRICE_SCHEDULE)

#define ISO20_EV_ENERGY_OFFER(X, S) \
	X(S, ONE, ev_power_schedule, EVPowerSchedule, iso20_ev_power_schedule) \
	X(S, ONE, ev_absolute_price_schedule, EVAbsolutePriceSchedule, iso20_ev_absolute_price_schedule)
EXI_STRUCT(iso20_ev_energy_offer, ISO20_EV_ENERGY_OFFER)

#define ISO20_SCHEDULED_SE_REQ_CONTROL_MODE(X, S) \
	X(S, OPT, departure_time, DepartureTime, exi_uint) \
	X(S, OPT, ev_target_energy_request, EVTargetEnergyRequest, iso20_rational) \
	X(S, OPT, ev_maximum_energy_request, EVMaximumEnergyRequest, iso20_rational) \
	X(S, OPT, ev_minimum_energy_request, EVMinimumEnergyRequest, iso20_rational) \
	X(S, PTR, ev_energy_offer, EVEnergyOffer, iso20_ev_energy_offer)
EXI_STRUCT(iso20_scheduled_se_req_control_mode, ISO20_SCHEDULED_SE_REQ_CONTROL_MODE)

#define ISO20_SCHEDULE_EXCHANGE_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, maximum_supporting_points, MaximumSupportingPoints, iso20_max_supporting_points_schedule_tuple) \
	X(S, PTR_OR, dynamic_se_req_control_mode, Dynamic_SEReqControlMode, iso20_dynamic_se_req_control_mode) \
	X(S, PTR_END, scheduled_se_req_control_mode, Scheduled_SEReqControlMode, iso20_scheduled_se_req_control_mode)
EXI_STRUCT(iso20_schedule_exchange_req, ISO20_SCHEDULE_EXCHANGE_REQ)

#define ISO20_PRICE_SCHEDULE(X, S) \
	X(S, ONE, time_anchor, TimeAnchor, exi_ulong) \
	X(S, ONE, price_schedule_id, PriceScheduleID, iso20_numeric_id) \
	X(S, OPT, price_schedule_description, PriceScheduleDescription, iso20_description)

#define ISO20_TAX_RULE(X, S) \
	X(S, ONE, tax_rule_id, TaxRuleID, iso20_numeric_id) \
	X(S, OPT, tax_rule_name, TaxRuleName, iso20_name) \
	X(S, ONE, tax_rate, TaxRate, iso20_rational) \
	X(S, OPT, tax_included_in_price, TaxIncludedInPrice, exi_boolean) \
	X(S, ONE, applies_to_energy_fee, AppliesToEnergyFee, exi_boolean) \
	X(S, ONE, applies_to_parking_fee, AppliesToParkingFee, exi_boolean) \
	X(S, ONE, applies_to_overstay_fee, AppliesToOverstayFee, exi_boolean) \
	X(S, ONE, applies_minimum_maximum_cost, AppliesMinimumMaximumCost, exi_boolean)
EXI_STRUCT(iso20_tax_rule, ISO20_TAX_RULE)

#define ISO20_TAX_RULE_LIST(X, S) \
	X(S, LIST, tax_rule, TaxRule, iso20_tax_rule, 10)
EXI_STRUCT(iso20_tax_rule_list, ISO20_TAX_RULE_LIST)

#define ISO20_PRICE_RULE(X, S) \
	X(S, ONE, energy_fee, EnergyFee, iso20_rational) \
	X(S, OPT, parking_fee, ParkingFee, iso20_rational) \
	X(S, OPT, parking_fee_period, ParkingFeePeriod, exi_uint) \
	X(S, OPT, carbon_dioxide_emission, CarbonDioxideEmission, exi_ushort) \
	X(S, OPT, renewable_generation_percentage, RenewableGenerationPercentage, exi_ubyte) \
	X(S, ONE, power_range_start, PowerRangeStart, iso20_rational)
EXI_STRUCT(iso20_price_rule, ISO20_PRICE_RULE)

#define ISO20_PRICE_RULE_STACK(X, S) \
	X(S, ONE, duration, Duration, exi_uint) \
	X(S, LIST, price_rule, PriceRule, iso20_price_rule, 8)
EXI_STRUCT(iso20_price_rule_stack, ISO20_PRICE_RULE_STACK)

#define ISO20_PRICE_RULE_STACK_LIST(X, S) \
	X(S, LIST, price_rule_stack, PriceRuleStack, iso20_price_rule_stack, 1024)
EXI_STRUCT(iso20_price_rule_stack_list, ISO20_PRICE_RULE_STACK_LIST)

#define ISO20_OVERSTAY_RULE(X, S) \
	X(S, OPT, overstay_rule_description, OverstayRuleDescription, iso20_description) \
	X(S, ONE, start_time, StartTime, exi_uint) \
	X(S, ONE, overstay_fee, OverstayFee, iso20_rational) \
	X(S, ONE, overstay_fee_period, OverstayFeePeriod, exi_uint)
EXI_STRUCT(iso20_overstay_rule, ISO20_OVERSTAY_RULE)

#define ISO20_OVERSTAY_RULE_LIST(X, S) \
	X(S, OPT, overstay_time_threshold, OverstayTimeThreshold, exi_uint) \
	X(S, OPT, overstay_power_threshold, OverstayPowerThreshold, iso20_rational) \
	X(S, LIST, overstay_rule, OverstayRule, iso20_overstay_rule, 5)
EXI_STRUCT(iso20_overstay_rule_list, ISO20_OVERSTAY_RULE_LIST)

#define ISO20_ADDITIONAL_SERVICE(X, S) \
	X(S, ONE, service_name, ServiceName, iso20_name) \
	X(S, ONE, service_fee, ServiceFee, iso20_rational)
EXI_STRUCT(iso20_additional_service, ISO20_ADDITIONAL_SERVICE)

#define ISO20_ADDITIONAL_SERVICE_LIST(X, S) \
	X(S, LIST, additional_service, AdditionalService, iso20_additional_service, 5)
EXI_STRUCT(iso20_additional_service_list, ISO20_ADDITIONAL_SERVICE_LIST)

#define ISO20_ABSOLUTE_PRICE_SCHEDULE(X, S) \
	X(S, ATTR0, id, Id, exi_id) \
	ISO20_PRICE_SCHEDULE(X, S) \
	X(S, ONE, currency, Currency, iso20_currency) \
	X(S, ONE, language, Language, iso20_language) \
	X(S, ONE, price_algorithm, PriceAlgorithm, iso20_identifier) \
	X(S, OPT, minimum_cost, MinimumCost, iso20_rational) \
	X(S, OPT, maximum_cost, MaximumCost, iso20_rational) \
	X(S, PTR, tax_rules, TaxRules, iso20_tax_rule_list) \
	X(S, ONE, price_rule_stacks, PriceRuleStacks, iso20_price_rule_stack_list) \
	X(S, PTR, overstay_rules, OverstayRules, iso20_overstay_rule_list) \
	X(S, PTR, additional_selected_services, AdditionalSelectedServices, iso20_additional_service_list)
EXI_STRUCT(iso20_absolute_price_schedule, ISO20_ABSOLUTE_PRICE_SCHEDULE)

#define ISO20_PRICE_LEVEL_SCHEDULE_ENTRY(X, S) \
	X(S, ONE, duration, Duration, exi_uint) \
	X(S, ONE, price_level, PriceLevel, exi_ubyte)
EXI_STRUCT(iso20_price_level_schedule_entry, ISO20_PRICE_LEVEL_SCHEDULE_ENTRY)

#define ISO20_PRICE_LEVEL_SCHEDULE_ENTRY_LIST(X, S) \
	X(S, LIST, price_level_schedule_entry, PriceLevelScheduleEntry, iso20_price_level_schedule_entry, 1024)
EXI_STRUCT(iso20_price_level_schedule_entry_list, ISO20_PRICE_LEVEL_SCHEDULE_ENTRY_LIST)

#define ISO20_PRICE_LEVEL_SCHEDULE(X, S) \
	X(S, ATTR0, id, Id, exi_id) \
	ISO20_PRICE_SCHEDULE(X, S) \
	X(S, ONE, number_of_price_levels, NumberOfPriceLevels, exi_ubyte) \
	X(S, ONE, price_level_schedule_entries, PriceLevelScheduleEntries, iso20_price_level_schedule_entry_list)
EXI_STRUCT(iso20_price_level_schedule, ISO20_PRICE_LEVEL_SCHEDULE)

#define ISO20_DYNAMIC_SE_RES_CONTROL_MODE(X, S) \
	X(S, OPT, departure_time, DepartureTime, exi_uint) \
	X(S, OPT, minimum_soc, MinimumSOC, iso20_percent_value) \
	X(S, OPT, target_soc, TargetSOC, iso20_percent_value) \
	X(S, PTR_OR, absolute_price_schedule, AbsolutePriceSchedule, iso20_absolute_price_schedule) \
	X(S, PTR, price_level_schedule, PriceLevelSchedule, iso20_price_level_schedule)
EXI_STRUCT(iso20_dynamic_se_res_control_mode, ISO20_DYNAMIC_SE_RES_CONTROL_MODE)

#define ISO20_POWER_SCHEDULE_ENTRY(X, S) \
	X(S, ONE, duration, Duration, exi_uint) \
	X(S, ONE, power, Power, iso20_rational) \
	X(S, OPT, power_l2, Power_L2, iso20_rational) \
	X(S, OPT, power_l3, Power_L3, iso20_rational)
EXI_STRUCT(iso20_power_schedule_entry, ISO20_POWER_SCHEDULE_ENTRY)

#define ISO20_POWER_SCHEDULE_ENTRY_LIST(X, S) \
	X(S, LIST, power_schedule_entry, PowerScheduleEntry, iso20_power_schedule_entry, 1024)
EXI_STRUCT(iso20_power_schedule_entry_list, ISO20_POWER_SCHEDULE_ENTRY_LIST)

#define ISO20_POWER_SCHEDULE(X, S) \
	X(S, ONE, time_anchor, TimeAnchor, exi_ulong) \
	X(S, OPT, available_energy, AvailableEnergy, iso20_rational) \
	X(S, OPT, power_tolerance, PowerTolerance, iso20_rational) \
	X(S, ONE, power_schedule_entries, PowerScheduleEntries, iso20_power_schedule_entry_list)
EXI_STRUCT(iso20_power_schedule, ISO20_POWER_SCHEDULE)

#define ISO20_CHARGING_SCHEDULE(X, S) \
	X(S, ONE, power_schedule, PowerSchedule, iso20_power_schedule) \
	X(S, PTR_OR, absolute_price_schedule, AbsolutePriceSchedule, iso20_absolute_price_schedule) \
	X(S, PTR, price_level_schedule, PriceLevelSchedule, iso20_price_level_schedule)
EXI_STRUCT(iso20_charging_schedule, ISO20_CHARGING_SCHEDULE)

#define ISO20_SCHEDULE_TUPLE(X, S) \
	X(S, ONE, schedule_tuple_id, ScheduleTupleID, iso20_numeric_id) \
	X(S, ONE, charging_schedule, ChargingSchedule, iso20_charging_schedule) \
	X(S, PTR, discharging_schedule, DischargingSchedule, iso20_charging_schedule)
EXI_STRUCT(iso20_schedule_tuple, ISO20_SCHEDULE_TUPLE)

#define ISO20_SCHEDULED_SE_RES_CONTROL_MODE(X, S) \
	X(S, LIST, schedule_tuple, ScheduleTuple, iso20_schedule_tuple, 3)
EXI_STRUCT(iso20_scheduled_se_res_control_mode, ISO20_SCHEDULED_SE_RES_CONTROL_MODE)

#define ISO20_SCHEDULE_EXCHANGE_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, ONE, evse_processing, EVSEProcessing, iso20_processing) \
	X(S, OPT, go_to_pause, GoToPause, exi_boolean) \
	X(S, PTR_OR, dynamic_se_res_control_mode, Dynamic_SEResControlMode, iso20_dynamic_se_res_control_mode) \
	X(S, PTR_END, scheduled_se_res_control_mode, Scheduled_SEResControlMode, iso20_scheduled_se_res_control_mode)
EXI_STRUCT(iso20_schedule_exchange_res, ISO20_SCHEDULE_EXCHANGE_RES)

#define ISO20_DYNAMIC_EVPPT_CONTROL_MODE(X, S)
EXI_STRUCT(iso20_dynamic_evppt_control_mode, ISO20_DYNAMIC_EVPPT_CONTROL_MODE)

#define ISO20_SCHEDULED_EVPPT_CONTROL_MODE(X, S) \
	X(S, ONE, selected_schedule_tuple_id, SelectedScheduleTupleID, iso20_numeric_id) \
	X(S, OPT, power_tolerance_acceptance, PowerToleranceAcceptance, iso20_power_tolerance_acceptance)
EXI_STRUCT(iso20_scheduled_evppt_control_mode, ISO20_SCHEDULED_EVPPT_CONTROL_MODE)

#define ISO20_EV_POWER_PROFILE_ENTRY_LIST(X, S) \
	X(S, LIST, ev_power_profile_entry, EVPowerProfileEntry, iso20_power_schedule_entry, 2048)
EXI_STRUCT(iso20_ev_power_profile_entry_list, ISO20_EV_POWER_PROFILE_ENTRY_LIST)

#define ISO20_EV_POWER_PROFILE(X, S) \
	X(S, ONE, time_anchor, TimeAnchor, exi_ulong) \
	X(S, PTR_OR, dynamic_evppt_control_mode, Dynamic_EVPPTControlMode, iso20_dynamic_evppt_control_mode) \
	X(S, PTR_END, scheduled_evppt_control_mode, Scheduled_EVPPTControlMode, iso20_scheduled_evppt_control_mode) \
	X(S, ONE, ev_power_profile_entries, EVPowerProfileEntries, iso20_ev_power_profile_entry_list)
EXI_STRUCT(iso20_ev_power_profile, ISO20_EV_POWER_PROFILE)

#define ISO20_POWER_DELIVERY_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, ev_processing, EVProcessing, iso20_processing) \
	X(S, ONE, charge_progress, ChargeProgress, iso20_charge_progress) \
	X(S, PTR, ev_power_profile, EVPowerProfile, iso20_ev_power_profile) \
	X(S, OPT, bpt_channel_selection, BPT_ChannelSelection, iso20_channel_selection)
EXI_STRUCT(iso20_power_delivery_req, ISO20_POWER_DELIVERY_REQ)

#define ISO20_POWER_DELIVERY_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, PTR, evse_status, EVSEStatus, iso20_evse_status)
EXI_STRUCT(iso20_power_delivery_res, ISO20_POWER_DELIVERY_RES)

#define ISO20_DYNAMIC_SMDT_CONTROL_MODE(X, S)
EXI_STRUCT(iso20_dynamic_smdt_control_mode, ISO20_DYNAMIC_SMDT_CONTROL_MODE)

#define ISO20_SCHEDULED_SMDT_CONTROL_MODE(X, S) \
	X(S, ONE, selected_schedule_tuple_id, SelectedScheduleTupleID, iso20_numeric_id)
EXI_STRUCT(iso20_scheduled_smdt_control_mode, ISO20_SCHEDULED_SMDT_CONTROL_MODE)

#define ISO20_SIGNED_METERING_DATA(X, S) \
	X(S, ATTR, id, Id, exi_id) \
	X(S, ONE, session_id, SessionID, iso20_session_id) \
	X(S, ONE, meter_info, MeterInfo, iso20_meter_info) \
	X(S, PTR, receipt, Receipt, iso20_receipt) \
	X(S, PTR_OR, dynamic_smdt_control_mode, Dynamic_SMDTControlMode, iso20_dynamic_smdt_control_mode) \
	X(S, PTR_END, scheduled_smdt_control_mode, Scheduled_SMDTControlMode, iso20_scheduled_smdt_control_mode)
EXI_STRUCT(iso20_signed_metering_data, ISO20_SIGNED_METERING_DATA)

#define ISO20_METERING_CONFIRMATION_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, signed_metering_data, SignedMeteringData, iso20_signed_metering_data)
EXI_STRUCT(iso20_metering_confirmation_req, ISO20_METERING_CONFIRMATION_REQ)

#define ISO20_METERING_CONFIRMATION_RES(X, S) \
	ISO20_RESPONSE(X, S)
EXI_STRUCT(iso20_metering_confirmation_res, ISO20_METERING_CONFIRMATION_RES)

#define ISO20_SESSION_STOP_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, charging_session, ChargingSession, iso20_charging_session) \
	X(S, OPT, ev_termination_code, EVTerminationCode, iso20_name) \
	X(S, OPT, ev_termination_explanation, EVTerminationExplanation, iso20_description)
EXI_STRUCT(iso20_session_stop_req, ISO20_SESSION_STOP_REQ)

#define ISO20_SESSION_STOP_RES(X, S) \
	ISO20_RESPONSE(X, S)
EXI_STRUCT(iso20_session_stop_res, ISO20_SESSION_STOP_RES)

#define ISO20_SIGNED_CERTIFICATE_CHAIN(X, S) \
	X(S, ATTR, id, Id, exi_id) \
	X(S, ONE, certificate, Certificate, iso20_certificate) \
	X(S, PTR, sub_certificates, SubCertificates, iso20_sub_certificates)
EXI_STRUCT(iso20_signed_certificate_chain, ISO20_SIGNED_CERTIFICATE_CHAIN)

#define ISO20_EMAID_LIST(X, S) \
	X(S, LIST, emaid, EMAID, iso20_identifier, 8)
EXI_STRUCT(iso20_emaid_list, ISO20_EMAID_LIST)

#define ISO20_CERTIFICATE_INSTALLATION_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, oem_provisioning_certificate_chain, OEMProvisioningCertificateChain, iso20_signed_certificate_chain) \
	X(S, ONE, list_of_root_certificate_ids, ListOfRootCertificateIDs, iso20_list_of_root_certificate_ids) \
	X(S, ONE, maximum_contract_certificate_chains, MaximumContractCertificateChains, exi_ubyte) \
	X(S, PTR, prioritized_ema_ids, PrioritizedEMAIDs, iso20_emaid_list)
EXI_STRUCT(iso20_certificate_installation_req, ISO20_CERTIFICATE_INSTALLATION_REQ)

#define ISO20_CERTIFICATE_CHAIN(X, S) \
	X(S, ONE, certificate, Certificate, iso20_certificate) \
	X(S, PTR, sub_certificates, SubCertificates, iso20_sub_certificates)
EXI_STRUCT(iso20_certificate_chain, ISO20_CERTIFICATE_CHAIN)

#define ISO20_SIGNED_INSTALLATION_DATA(X, S) \
	X(S, ATTR, id, Id, exi_id) \
	X(S, ONE, contract_certificate_chain, ContractCertificateChain, iso20_contract_certificate_chain) \
	X(S, ONE, ecdh_curve, ECDHCurve, iso20_ecdh_curve) \
	X(S, ONE, dh_public_key, DHPublicKey, iso20_dh_public_key) \
	X(S, OPT_OR, secp521_encrypted_private_key, SECP521_EncryptedPrivateKey, iso20_secp521_encrypted_private_key) \
	X(S, OPT_OR, x448_encrypted_private_key, X448_EncryptedPrivateKey, iso20_x448_encrypted_private_key) \
	X(S, OPT_END, tpm_encrypted_private_key, TPM_EncryptedPrivateKey, iso20_tpm_encrypted_private_key)
EXI_STRUCT(iso20_signed_installation_data, ISO20_SIGNED_INSTALLATION_DATA)

#define ISO20_CERTIFICATE_INSTALLATION_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, ONE, evse_processing, EVSEProcessing, iso20_processing) \
	X(S, ONE, cps_certificate_chain, CPSCertificateChain, iso20_certificate_chain) \
	X(S, ONE, signed_installation_data, SignedInstallationData, iso20_signed_installation_data) \
	X(S, ONE, remaining_contract_certificate_chains, RemainingContractCertificateChains, exi_ubyte)
EXI_STRUCT(iso20_certificate_installation_res, ISO20_CERTIFICATE_INSTALLATION_RES)

#define ISO20_VEHICLE_CHECK_IN_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, ev_check_in_status, EVCheckInStatus, iso20_ev_check_in_status) \
	X(S, ONE, parking_method, ParkingMethod, iso20_parking_method) \
	X(S, OPT, vehicle_frame, VehicleFrame, exi_short) \
	X(S, OPT, device_offset, DeviceOffset, exi_short) \
	X(S, OPT, vehicle_travel, VehicleTravel, exi_short)
EXI_STRUCT(iso20_vehicle_check_in_req, ISO20_VEHICLE_CHECK_IN_REQ)

#define ISO20_VEHICLE_CHECK_IN_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, OPT, parking_space, ParkingSpace, exi_short) \
	X(S, OPT, device_location, DeviceLocation, exi_short) \
	X(S, OPT, target_distance, TargetDistance, exi_short)
EXI_STRUCT(iso20_vehicle_check_in_res, ISO20_VEHICLE_CHECK_IN_RES)

#define ISO20_VEHICLE_CHECK_OUT_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, ONE, ev_check_out_status, EVCheckOutStatus, iso20_ev_check_out_status) \
	X(S, ONE, check_out_time, CheckOutTime, exi_ulong)
EXI_STRUCT(iso20_vehicle_check_out_req, ISO20_VEHICLE_CHECK_OUT_REQ)

#define ISO20_VEHICLE_CHECK_OUT_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, ONE, evse_check_out_status, EVSECheckOutStatus, iso20_evse_check_out_status)
EXI_STRUCT(iso20_vehicle_check_out_res, ISO20_VEHICLE_CHECK_OUT_RES)

#define ISO20_TARGET_POSITION(X, S) \
	X(S, ONE, target_offset_x, TargetOffsetX, exi_ushort) \
	X(S, ONE, target_offset_y, TargetOffsetY, exi_ushort)
EXI_STRUCT(iso20_target_position, ISO20_TARGET_POSITION)

extern const struct exi_grammar iso20_common_grammar;
extern const struct exi_grammar iso20_common_fragment;

#endif /* SECC_EXI_ISO20_COMMON_H */
