// SPDX-License-Identifier: GPL-2.0-or-later
/* Protocol, session, authorisation, and which service it is to be. */
#include <stdio.h>
#include <string.h>

#include "phase.h"

/* SchemaID of what is offered: any number does, as long as it comes back */
enum schema {
	SCHEMA_AC = 1,
	SCHEMA_DC = 2,
};

static bool is_dc(uint16_t service)
{
	return service == SERVICE_DC || service == SERVICE_DC_BPT;
}

static bool is_bpt(uint16_t service)
{
	return service == SERVICE_AC_BPT || service == SERVICE_DC_BPT;
}

/* AC and DC, or one of them, the one of the service that it likes best first */
void make_app_protocol(struct vehicle *v, void *request)
{
	struct apphand_req *req = request;
	bool offered[2] = { };
	unsigned int i;

	req->app_protocol = vehicle_room(v, 2 * sizeof(*req->app_protocol));
	for (i = 0; i < v->config->n_service; i++) {
		bool dc = is_dc(v->config->service[i]);
		struct apphand_protocol *p = &req->app_protocol[req->n_app_protocol];

		if (offered[dc])
			continue;
		offered[dc] = true;
		p->protocol_namespace = vehicle_text(dc ? "urn:iso:std:iso:15118:-20:DC" :
							  "urn:iso:std:iso:15118:-20:AC");
		p->version_number_major = 1;
		p->schema_id = dc ? SCHEMA_DC : SCHEMA_AC;
		p->priority = ++req->n_app_protocol;
	}
}

int take_app_protocol_res(struct vehicle *v, const void *response)
{
	const struct apphand_res *res = response;

	if (res->response_code == APPHAND_RESPONSE_CODE_FAILED ||
	    !exi_has(res, apphand_res, schema_id))
		return vehicle_fail(v, "the charger speaks none of the protocols offered: see 'service'");
	v->dc = res->schema_id == SCHEMA_DC;
	return MESSAGE_SESSION_SETUP;
}

void make_session_setup(struct vehicle *v, void *request)
{
	struct iso20_session_setup_req *req = request;

	if (!v->resuming)
		memset(v->id, 0, sizeof(v->id));
	req->evccid = vehicle_text(v->config->evccid);
}

int take_session_setup_res(struct vehicle *v, const void *response)
{
	const struct iso20_session_setup_res *res = response;

	snprintf(v->charger.evse_id, sizeof(v->charger.evse_id), "%s", res->evse_id.text);
	v->joined = res->response_code == ISO20_RESPONSE_CODE_OK_OLD_SESSION_JOINED;
	if (v->joined && !v->resuming)
		return vehicle_fail(v, "the charger goes on with a session that is not this vehicle's");
	if (!v->joined)
		return MESSAGE_AUTHORIZATION_SETUP;
	return v->dc ? MESSAGE_DC_PARAMETERS : MESSAGE_AC_PARAMETERS;
}

int take_authorization_setup_res(struct vehicle *v, const void *response)
{
	const struct iso20_authorization_setup_res *res = response;
	uint32_t i;

	for (i = 0; i < res->n_authorization_services; i++)
		if (res->authorization_services[i] == ISO20_AUTHORIZATION_EIM)
			return MESSAGE_AUTHORIZATION;
	return vehicle_fail(v, "the charger does not offer EIM, the only authorisation here");
}

void make_authorization(struct vehicle *v, void *request)
{
	struct iso20_authorization_req *req = request;

	req->selected_authorization_service = ISO20_AUTHORIZATION_EIM;
	req->eim_a_req_authorization_mode =
		VEHICLE_ROOM_FOR(v, iso20_eim_a_req_authorization_mode);
}

int take_authorization_res(struct vehicle *v, const void *response)
{
	const struct iso20_authorization_res *res = response;

	if (res->response_code > ISO20_RESPONSE_CODE_OK_POWER_TOLERANCE_CONFIRMED)
		return vehicle_fail(v, "the charger does not authorise the vehicle: %s",
				    iso20_response_code_type.name[res->response_code]);
	return res->evse_processing == ISO20_PROCESSING_FINISHED ?
	       MESSAGE_SERVICE_DISCOVERY : MESSAGE_AUTHORIZATION;
}

/* The next service that both sides know, behind the one that is looked at now */
static int next_service(struct vehicle *v, unsigned int from)
{
	unsigned int i, j;

	for (i = from; i < v->config->n_service; i++)
		for (j = 0; j < v->charger.n_service; j++) {
			uint16_t service = v->config->service[i];

			if (service != v->charger.service[j] || is_dc(service) != v->dc)
				continue;
			v->choice = (struct session_choice){
				.service = service,
				.bpt = is_bpt(service),
			};
			return MESSAGE_SERVICE_DETAIL;
		}
	if (from)
		return vehicle_fail(v, "the charger offers the control mode for no service that fits: see 'control'");
	return vehicle_fail(v, "the charger offers none of the vehicle's services: see 'service'");
}

int take_service_discovery_res(struct vehicle *v, const void *response)
{
	const struct iso20_service_discovery_res *res = response;
	const struct iso20_service_list *list = &res->energy_transfer_service_list;
	uint32_t i;

	v->charger.n_service = 0;
	for (i = 0; i < list->n_service; i++)
		v->charger.service[v->charger.n_service++] = list->service[i].service_id;
	return next_service(v, 0);
}

void make_service_detail(struct vehicle *v, void *request)
{
	struct iso20_service_detail_req *req = request;

	req->service_id = v->choice.service;
}

static bool has_control(const struct iso20_parameter_set *set, enum control_mode control)
{
	uint32_t i;

	for (i = 0; i < set->n_parameter; i++) {
		const struct iso20_parameter *p = &set->parameter[i];

		if (p->name.length == strlen("ControlMode") &&
		    !memcmp(p->name.text, "ControlMode", p->name.length))
			return exi_has(p, iso20_parameter, int_value) &&
			       p->int_value == (int32_t)control;
	}
	return false;
}

int take_service_detail_res(struct vehicle *v, const void *response)
{
	const struct iso20_service_detail_res *res = response;
	const struct iso20_service_parameter_list *list = &res->service_parameter_list;
	unsigned int i;

	for (i = 0; i < list->n_parameter_set; i++) {
		if (!has_control(&list->parameter_set[i], v->config->control))
			continue;
		v->choice.set = list->parameter_set[i].parameter_set_id;
		v->choice.control = v->config->control;
		return MESSAGE_SERVICE_SELECTION;
	}
	for (i = 0; v->config->service[i] != v->choice.service; i++)
		;
	return next_service(v, i + 1);
}

void make_service_selection(struct vehicle *v, void *request)
{
	struct iso20_service_selection_req *req = request;

	req->selected_energy_transfer_service.service_id = v->choice.service;
	req->selected_energy_transfer_service.parameter_set_id = v->choice.set;
}

int take_service_selection_res(struct vehicle *v, const void *response)
{
	(void)response;
	return v->dc ? MESSAGE_DC_PARAMETERS : MESSAGE_AC_PARAMETERS;
}
