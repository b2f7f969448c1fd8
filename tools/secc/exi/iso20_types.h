/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Types of ISO 15118-20 that all of its messages share (CommonTypes, edition 1). */
#ifndef SECC_EXI_ISO20_TYPES_H
#define SECC_EXI_ISO20_TYPES_H

#include "dsig.h"
#include "types.h"

EXI_SIMPLE(iso20_numeric_id, uint32_t)
EXI_SIMPLE(iso20_session_id, struct exi_binary)
#define ISO20_EVSE_NOTIFICATION(X, P) \
	X(P, PAUSE, Pause) \
	X(P, EXIT_STANDBY, ExitStandby) \
	X(P, TERMINATE, Terminate) \
	X(P, SCHEDULE_RENEGOTIATION, ScheduleRenegotiation) \
	X(P, SERVICE_RENEGOTIATION, ServiceRenegotiation) \
	X(P, METERING_CONFIRMATION, MeteringConfirmation)
EXI_ENUM(iso20_evse_notification, ISO20_EVSE_NOTIFICATION, ISO20_EVSE_NOTIFICATION)

#define ISO20_PROCESSING(X, P) \
	X(P, FINISHED, Finished) \
	X(P, ONGOING, Ongoing) \
	X(P, ONGOING_WAITING_FOR_CUSTOMER_INTERACTION, Ongoing_WaitingForCustomerInteraction)
EXI_ENUM(iso20_processing, ISO20_PROCESSING, ISO20_PROCESSING)

#define ISO20_RESPONSE_CODE(X, P) \
	X(P, OK, OK) \
	X(P, OK_CERTIFICATE_EXPIRES_SOON, OK_CertificateExpiresSoon) \
	X(P, OK_NEW_SESSION_ESTABLISHED, OK_NewSessionEstablished) \
	X(P, OK_OLD_SESSION_JOINED, OK_OldSessionJoined) \
	X(P, OK_POWER_TOLERANCE_CONFIRMED, OK_PowerToleranceConfirmed) \
	X(P, WARNING_AUTHORIZATION_SELECTION_INVALID, WARNING_AuthorizationSelectionInvalid) \
	X(P, WARNING_CERTIFICATE_EXPIRED, WARNING_CertificateExpired) \
	X(P, WARNING_CERTIFICATE_NOT_YET_VALID, WARNING_CertificateNotYetValid) \
	X(P, WARNING_CERTIFICATE_REVOKED, WARNING_CertificateRevoked) \
	X(P, WARNING_CERTIFICATE_VALIDATION_ERROR, WARNING_CertificateValidationError) \
	X(P, WARNING_CHALLENGE_INVALID, WARNING_ChallengeInvalid) \
	X(P, WARNING_EIM_AUTHORIZATION_FAILURE, WARNING_EIMAuthorizationFailure) \
	X(P, WARNING_E_MSP_UNKNOWN, WARNING_eMSPUnknown) \
	X(P, WARNING_EV_POWER_PROFILE_VIOLATION, WARNING_EVPowerProfileViolation) \
	X(P, WARNING_GENERAL_PNC_AUTHORIZATION_ERROR, WARNING_GeneralPnCAuthorizationError) \
	X(P, WARNING_NO_CERTIFICATE_AVAILABLE, WARNING_NoCertificateAvailable) \
	X(P, WARNING_NO_CONTRACT_MATCHING_PCID_FOUND, WARNING_NoContractMatchingPCIDFound) \
	X(P, WARNING_POWER_TOLERANCE_NOT_CONFIRMED, WARNING_PowerToleranceNotConfirmed) \
	X(P, WARNING_SCHEDULE_RENEGOTIATION_FAILED, WARNING_ScheduleRenegotiationFailed) \
	X(P, WARNING_STANDBY_NOT_ALLOWED, WARNING_StandbyNotAllowed) \
	X(P, WARNING_WPT, WARNING_WPT) \
	X(P, FAILED, FAILED) \
	X(P, FAILED_ASSOCIATION_ERROR, FAILED_AssociationError) \
	X(P, FAILED_CONTACTOR_ERROR, FAILED_ContactorError) \
	X(P, FAILED_EV_POWER_PROFILE_INVALID, FAILED_EVPowerProfileInvalid) \
	X(P, FAILED_EV_POWER_PROFILE_VIOLATION, FAILED_EVPowerProfileViolation) \
	X(P, FAILED_METERING_SIGNATURE_NOT_VALID, FAILED_MeteringSignatureNotValid) \
	X(P, FAILED_NO_ENERGY_TRANSFER_SERVICE_SELECTED, FAILED_NoEnergyTransferServiceSelected) \
	X(P, FAILED_NO_SERVICE_RENEGOTIATION_SUPPORTED, FAILED_NoServiceRenegotiationSupported) \
	X(P, FAILED_PAUSE_NOT_ALLOWED, FAILED_PauseNotAllowed) \
	X(P, FAILED_POWER_DELIVERY_NOT_APPLIED, FAILED_PowerDeliveryNotApplied) \
	X(P, FAILED_POWER_TOLERANCE_NOT_CONFIRMED, FAILED_PowerToleranceNotConfirmed) \
	X(P, FAILED_SCHEDULE_RENEGOTIATION, FAILED_ScheduleRenegotiation) \
	X(P, FAILED_SCHEDULE_SELECTION_INVALID, FAILED_ScheduleSelectionInvalid) \
	X(P, FAILED_SEQUENCE_ERROR, FAILED_SequenceError) \
	X(P, FAILED_SERVICE_ID_INVALID, FAILED_ServiceIDInvalid) \
	X(P, FAILED_SERVICE_SELECTION_INVALID, FAILED_ServiceSelectionInvalid) \
	X(P, FAILED_SIGNATURE_ERROR, FAILED_SignatureError) \
	X(P, FAILED_UNKNOWN_SESSION, FAILED_UnknownSession) \
	X(P, FAILED_WRONG_CHARGE_PARAMETER, FAILED_WrongChargeParameter)
EXI_ENUM(iso20_response_code, ISO20_RESPONSE_CODE, ISO20_RESPONSE_CODE)

EXI_SIMPLE(iso20_percent_value, int8_t)
EXI_SIMPLE(iso20_identifier, struct exi_string)
EXI_SIMPLE(iso20_name, struct exi_string)
EXI_SIMPLE(iso20_description, struct exi_string)
EXI_SIMPLE(iso20_meter_id, struct exi_string)
EXI_SIMPLE(iso20_meter_signature, struct exi_binary)

#define ISO20_HEADER(X, S) \
	X(S, ONE, session_id, SessionID, iso20_session_id) \
	X(S, ONE, time_stamp, TimeStamp, exi_ulong) \
	X(S, PTR, signature, Signature, dsig_signature)
EXI_STRUCT(iso20_header, ISO20_HEADER)

#define ISO20_MESSAGE(X, S) \
	X(S, ONE, header, Header, iso20_header)

#define ISO20_REQUEST(X, S) \
	ISO20_MESSAGE(X, S)

#define ISO20_RESPONSE(X, S) \
	ISO20_MESSAGE(X, S) \
	X(S, ONE, response_code, ResponseCode, iso20_response_code)

#define ISO20_CHARGE_PARAMETER_DISCOVERY_REQ(X, S) \
	ISO20_REQUEST(X, S)

#define ISO20_CHARGE_PARAMETER_DISCOVERY_RES(X, S) \
	ISO20_RESPONSE(X, S)

#define ISO20_RATIONAL(X, S) \
	X(S, ONE, exponent, Exponent, exi_byte) \
	X(S, ONE, value, Value, exi_short)
EXI_PLAIN(iso20_rational, ISO20_RATIONAL)

#define ISO20_DISPLAY_PARAMETERS(X, S) \
	X(S, OPT, present_soc, PresentSOC, iso20_percent_value) \
	X(S, OPT, minimum_soc, MinimumSOC, iso20_percent_value) \
	X(S, OPT, target_soc, TargetSOC, iso20_percent_value) \
	X(S, OPT, maximum_soc, MaximumSOC, iso20_percent_value) \
	X(S, OPT, remaining_time_to_minimum_soc, RemainingTimeToMinimumSOC, exi_uint) \
	X(S, OPT, remaining_time_to_target_soc, RemainingTimeToTargetSOC, exi_uint) \
	X(S, OPT, remaining_time_to_maximum_soc, RemainingTimeToMaximumSOC, exi_uint) \
	X(S, OPT, charging_complete, ChargingComplete, exi_boolean) \
	X(S, OPT, battery_energy_capacity, BatteryEnergyCapacity, iso20_rational) \
	X(S, OPT, inlet_hot, InletHot, exi_boolean)
EXI_STRUCT(iso20_display_parameters, ISO20_DISPLAY_PARAMETERS)

#define ISO20_CHARGE_LOOP_REQ(X, S) \
	ISO20_REQUEST(X, S) \
	X(S, PTR, display_parameters, DisplayParameters, iso20_display_parameters) \
	X(S, ONE, meter_info_requested, MeterInfoRequested, exi_boolean)

#define ISO20_EVSE_STATUS(X, S) \
	X(S, ONE, notification_max_delay, NotificationMaxDelay, exi_ushort) \
	X(S, ONE, evse_notification, EVSENotification, iso20_evse_notification)
EXI_PLAIN(iso20_evse_status, ISO20_EVSE_STATUS)

#define ISO20_METER_INFO(X, S) \
	X(S, ONE, meter_id, MeterID, iso20_meter_id) \
	X(S, ONE, charged_energy_reading_wh, ChargedEnergyReadingWh, exi_ulong) \
	X(S, OPT, bpt_discharged_energy_reading_wh, BPT_DischargedEnergyReadingWh, exi_ulong) \
	X(S, OPT, capacitive_energy_reading_varh, CapacitiveEnergyReadingVARh, exi_ulong) \
	X(S, OPT, bpt_inductive_energy_reading_varh, BPT_InductiveEnergyReadingVARh, exi_ulong) \
	X(S, OPT, meter_signature, MeterSignature, iso20_meter_signature) \
	X(S, OPT, meter_status, MeterStatus, exi_short) \
	X(S, OPT, meter_timestamp, MeterTimestamp, exi_ulong)
EXI_STRUCT(iso20_meter_info, ISO20_METER_INFO)

#define ISO20_DETAILED_COST(X, S) \
	X(S, ONE, amount, Amount, iso20_rational) \
	X(S, ONE, cost_per_unit, CostPerUnit, iso20_rational)
EXI_STRUCT(iso20_detailed_cost, ISO20_DETAILED_COST)

#define ISO20_DETAILED_TAX(X, S) \
	X(S, ONE, tax_rule_id, TaxRuleID, iso20_numeric_id) \
	X(S, ONE, amount, Amount, iso20_rational)
EXI_STRUCT(iso20_detailed_tax, ISO20_DETAILED_TAX)

#define ISO20_RECEIPT(X, S) \
	X(S, ONE, time_anchor, TimeAnchor, exi_ulong) \
	X(S, PTR, energy_costs, EnergyCosts, iso20_detailed_cost) \
	X(S, PTR, occupancy_costs, OccupancyCosts, iso20_detailed_cost) \
	X(S, PTR, additional_services_costs, AdditionalServicesCosts, iso20_detailed_cost) \
	X(S, PTR, overstay_costs, OverstayCosts, iso20_detailed_cost) \
	X(S, LIST0, tax_costs, TaxCosts, iso20_detailed_tax, 10)
EXI_STRUCT(iso20_receipt, ISO20_RECEIPT)

#define ISO20_CHARGE_LOOP_RES(X, S) \
	ISO20_RESPONSE(X, S) \
	X(S, PTR, evse_status, EVSEStatus, iso20_evse_status) \
	X(S, PTR, meter_info, MeterInfo, iso20_meter_info) \
	X(S, PTR, receipt, Receipt, iso20_receipt)

#define ISO20_CL_REQ_CONTROL_MODE(X, S)

#define ISO20_CL_RES_CONTROL_MODE(X, S)

#define ISO20_SCHEDULED_CL_REQ_CONTROL_MODE(X, S) \
	ISO20_CL_REQ_CONTROL_MODE(X, S) \
	X(S, OPT, ev_target_energy_request, EVTargetEnergyRequest, iso20_rational) \
	X(S, OPT, ev_maximum_energy_request, EVMaximumEnergyRequest, iso20_rational) \
	X(S, OPT, ev_minimum_energy_request, EVMinimumEnergyRequest, iso20_rational)

#define ISO20_SCHEDULED_CL_RES_CONTROL_MODE(X, S) \
	ISO20_CL_RES_CONTROL_MODE(X, S)

#define ISO20_DYNAMIC_CL_REQ_CONTROL_MODE(X, S) \
	ISO20_CL_REQ_CONTROL_MODE(X, S) \
	X(S, OPT, departure_time, DepartureTime, exi_uint) \
	X(S, ONE, ev_target_energy_request, EVTargetEnergyRequest, iso20_rational) \
	X(S, ONE, ev_maximum_energy_request, EVMaximumEnergyRequest, iso20_rational) \
	X(S, ONE, ev_minimum_energy_request, EVMinimumEnergyRequest, iso20_rational)

#define ISO20_DYNAMIC_CL_RES_CONTROL_MODE(X, S) \
	ISO20_CL_RES_CONTROL_MODE(X, S) \
	X(S, OPT, departure_time, DepartureTime, exi_uint) \
	X(S, OPT, minimum_soc, MinimumSOC, iso20_percent_value) \
	X(S, OPT, target_soc, TargetSOC, iso20_percent_value) \
	X(S, OPT, ack_max_delay, AckMaxDelay, exi_ushort)

#define ISO20_LIST_OF_ROOT_CERTIFICATE_IDS(X, S) \
	X(S, LIST, root_certificate_id, RootCertificateID, dsig_x509_issuer_serial, 20)
EXI_STRUCT(iso20_list_of_root_certificate_ids, ISO20_LIST_OF_ROOT_CERTIFICATE_IDS)

#endif /* SECC_EXI_ISO20_TYPES_H */
