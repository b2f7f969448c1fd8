// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "session_bench.h"
#include "test.h"

static const uint8_t new_id[SESSION_ID_SIZE] = { 1, 2, 3, 4, 5, 6, 7, 8 };
static const uint8_t no_id[SESSION_ID_SIZE];
static const uint8_t identity[LINK_IDENTITY_SIZE] = { 42 };

/* A session, its port and the time */
struct session s;
struct charger_fake rig;
struct config config;
struct session_pause paused;
struct session_time now;
struct message response;

/* Requests as a vehicle sends them; tests change copies of them. */
struct apphand_protocol req_protocols[] = {
	{ .protocol_namespace = { "urn:iso:std:iso:15118:-20:AC", 28 },
	  .version_number_major = 1, .schema_id = 7, .priority = 1 },
	{ .protocol_namespace = { "urn:iso:std:iso:15118:-20:DC", 28 },
	  .version_number_major = 1, .schema_id = 9, .priority = 2 },
};

static struct apphand_req app = { .app_protocol = req_protocols, .n_app_protocol = 2 };
struct iso20_session_setup_req req_setup = { .evccid = { "WMIV1", 5 } };
static struct iso20_authorization_setup_req authorization_setup;
static struct iso20_eim_a_req_authorization_mode eim;
struct iso20_authorization_req req_authorization = {
	.eim_a_req_authorization_mode = &eim };
struct iso20_service_discovery_req req_discovery;
struct iso20_service_detail_req req_detail;
struct iso20_service_selection_req req_selection;
struct iso20_bpt_ac_cpd_req_energy_transfer_mode req_ac_mode = {
	.ev_maximum_charge_power = NUMBER(11000), .ev_minimum_charge_power = NUMBER(100),
	.ev_maximum_discharge_power = NUMBER(10000),
	.ev_minimum_discharge_power = NUMBER(100),
};

static struct iso20_ac_charge_parameter_discovery_req ac_parameters = {
	.bpt_ac_cpd_req_energy_transfer_mode = &req_ac_mode };
static struct iso20_bpt_dc_cpd_req_energy_transfer_mode dc_mode = {
	.ev_maximum_charge_power = NUMBER(11000), .ev_minimum_charge_power = NUMBER(100),
	.ev_maximum_charge_current = NUMBER(30), .ev_maximum_voltage = NUMBER(450),
	.ev_minimum_voltage = NUMBER(300), .ev_maximum_discharge_power = NUMBER(10000),
	.ev_minimum_discharge_power = NUMBER(100),
	.ev_maximum_discharge_current = NUMBER(30),
};

static struct iso20_dc_charge_parameter_discovery_req dc_parameters = {
	.bpt_dc_cpd_req_energy_transfer_mode = &dc_mode };
static struct iso20_dynamic_se_req_control_mode needs = {
	.departure_time = 7200, .ev_target_energy_request = NUMBER(20000),
	.ev_maximum_energy_request = NUMBER(30000),
	.ev_minimum_energy_request = NUMBER(-10000),
};

static struct iso20_schedule_exchange_req schedule = {
	.maximum_supporting_points = 12, .dynamic_se_req_control_mode = &needs };
static struct iso20_dc_cable_check_req cable_check;
static struct iso20_dc_pre_charge_req pre_charge = {
	.ev_present_voltage = NUMBER(400), .ev_target_voltage = NUMBER(400) };
struct iso20_power_delivery_req req_delivery;
struct iso20_bpt_dynamic_ac_cl_req_control_mode req_ac_loop_mode = {
	.ev_target_energy_request = NUMBER(20000),
	.ev_maximum_energy_request = NUMBER(30000),
	.ev_minimum_energy_request = NUMBER(-10000),
	.ev_maximum_charge_power = NUMBER(11000), .ev_maximum_discharge_power = NUMBER(10000),
};

struct iso20_ac_charge_loop_req req_ac_loop = {
	.bpt_dynamic_ac_cl_req_control_mode = &req_ac_loop_mode };
static struct iso20_bpt_dynamic_dc_cl_req_control_mode dc_loop_mode = {
	.ev_target_energy_request = NUMBER(20000),
	.ev_maximum_energy_request = NUMBER(30000),
	.ev_minimum_energy_request = NUMBER(-10000),
	.ev_maximum_charge_power = NUMBER(11000), .ev_maximum_charge_current = NUMBER(30),
	.ev_maximum_voltage = NUMBER(450), .ev_minimum_voltage = NUMBER(300),
	.ev_maximum_discharge_power = NUMBER(10000),
	.ev_maximum_discharge_current = NUMBER(30),
};

static struct iso20_dc_charge_loop_req dc_loop = {
	.ev_present_voltage = NUMBER(400),
	.bpt_dynamic_dc_cl_req_control_mode = &dc_loop_mode };
static struct iso20_metering_confirmation_req metering;
static struct iso20_dc_welding_detection_req welding;
struct iso20_session_stop_req req_stop;

static void *const bodies[MESSAGES] = {
	[MESSAGE_APP_PROTOCOL] = &app,
	[MESSAGE_SESSION_SETUP] = &req_setup,
	[MESSAGE_AUTHORIZATION_SETUP] = &authorization_setup,
	[MESSAGE_AUTHORIZATION] = &req_authorization,
	[MESSAGE_SERVICE_DISCOVERY] = &req_discovery,
	[MESSAGE_SERVICE_DETAIL] = &req_detail,
	[MESSAGE_SERVICE_SELECTION] = &req_selection,
	[MESSAGE_AC_PARAMETERS] = &ac_parameters,
	[MESSAGE_DC_PARAMETERS] = &dc_parameters,
	[MESSAGE_SCHEDULE_EXCHANGE] = &schedule,
	[MESSAGE_CABLE_CHECK] = &cable_check,
	[MESSAGE_PRE_CHARGE] = &pre_charge,
	[MESSAGE_POWER_DELIVERY] = &req_delivery,
	[MESSAGE_AC_LOOP] = &req_ac_loop,
	[MESSAGE_DC_LOOP] = &dc_loop,
	[MESSAGE_METERING_CONFIRMATION] = &metering,
	[MESSAGE_WELDING_DETECTION] = &welding,
	[MESSAGE_SESSION_STOP] = &req_stop,
};

enum session_result ask_on(enum message_id id, uint16_t payload)
{
	struct message request = { id, false, payload, bodies[id] };
	enum session_result result;
	int tries = 0;

	if (id != MESSAGE_APP_PROTOCOL && id != MESSAGE_SESSION_SETUP)
		message_header(&request)->session_id =
			(struct exi_binary){ s.id, SESSION_ID_SIZE };
	do {
		now.ms += 10;
		result = session_answer(&s, &now, &request, &response);
	} while (result == SESSION_WAIT && tries++ < 1000);
	return result;
}

enum session_result ask(enum message_id id)
{
	return ask_on(id, message_kinds[id].payload);
}

static enum session_result ask_until_ready(void)
{
	struct iso20_dc_cable_check_res *res;
	enum session_result result;
	int tries = 0;

	do {
		result = ask(MESSAGE_CABLE_CHECK);
		res = response.body;
	} while (result == SESSION_ANSWER && tries++ < 100 &&
		 res->evse_processing == ISO20_PROCESSING_ONGOING);
	return result;
}

iso20_response_code code(void)
{
	return *message_code(&response);
}

void plug_in(bool dc)
{
	config = (struct config){
		.transfer = dc ? TRANSFER_BIDIRECTIONAL_DC : TRANSFER_BIDIRECTIONAL_AC,
		.control = { CONTROL_DYNAMIC, CONTROL_SCHEDULED }, .n_control = 2,
		.max_charge_mw = INT32_MAX, .max_discharge_mw = INT32_MAX,
		.min_soc_percent = 20, .port = "evse0", .evse_id = "ZZ00000",
	};
	now = (struct session_time){ .ms = 1000, .unix_s = 1795232035 };
	charger_fake(&rig, dc);
	session_begin(&s, &config, &rig.charger, &paused, identity, new_id);
	req_detail.service_id = dc ? 6 : 5;
	req_selection.selected_energy_transfer_service =
		(struct iso20_selected_service){ .service_id = dc ? 6 : 5,
						 .parameter_set_id = 1 };
	req_stop.charging_session = ISO20_CHARGING_SESSION_TERMINATE;
	req_delivery = (struct iso20_power_delivery_req){ };
	welding.ev_processing = ISO20_PROCESSING_FINISHED;
	req_setup.header.session_id = (struct exi_binary){ no_id, SESSION_ID_SIZE };
}

void bring(bool dc, enum session_phase phase)
{
	plug_in(dc);
	while (s.phase != phase && s.phase != PHASE_END) {
		switch (s.phase) {
		case PHASE_PROTOCOL:
			ask(MESSAGE_APP_PROTOCOL);
			break;
		case PHASE_SETUP:
			ask(MESSAGE_SESSION_SETUP);
			break;
		case PHASE_AUTHORIZATION_SETUP:
			ask(MESSAGE_AUTHORIZATION_SETUP);
			break;
		case PHASE_AUTHORIZATION:
			ask(MESSAGE_AUTHORIZATION);
			break;
		case PHASE_DISCOVERY:
			ask(MESSAGE_SERVICE_DISCOVERY);
			break;
		case PHASE_SELECTION:
			ask(MESSAGE_SERVICE_SELECTION);
			break;
		case PHASE_PARAMETERS:
			ask(dc ? MESSAGE_DC_PARAMETERS : MESSAGE_AC_PARAMETERS);
			break;
		case PHASE_SCHEDULE:
			ask(MESSAGE_SCHEDULE_EXCHANGE);
			break;
		case PHASE_CABLE_CHECK:
			ask_until_ready();
			break;
		case PHASE_PRE_CHARGE:
			ask(MESSAGE_PRE_CHARGE);
			break;
		case PHASE_DELIVERY:
			req_delivery.charge_progress = ISO20_CHARGE_PROGRESS_START;
			ask(MESSAGE_POWER_DELIVERY);
			break;
		case PHASE_LOOP:
			req_delivery.charge_progress = ISO20_CHARGE_PROGRESS_STOP;
			ask(MESSAGE_POWER_DELIVERY);
			break;
		default:
			return;
		}
	}
}
