// SPDX-License-Identifier: GPL-2.0-or-later
/* Which services are offered, with which parameters, and what the vehicle takes. */
#include <string.h>

#include "phase.h"

/* Values of the service's parameters, ISO 15118-20 */
enum {
	CONNECTOR_AC_SINGLE_PHASE = 1,
	CONNECTOR_AC_THREE_PHASE = 3,
	CONNECTOR_DC_EXTENDED = 2,
	MOBILITY_NEEDS_BY_VEHICLE = 1,
	PRICING_NONE = 0,
	PRICING_LEVELS = 2,
	CHANNEL_UNIFIED = 1,
	GENERATOR_FOLLOWING = 1,
	GENERATOR_FORMING = 2,
	ISLANDING_ACTIVE = 1,
	ISLANDING_PASSIVE = 2,
};

#define PARAMETERS_MAX	8

static unsigned int services(const struct session *s, uint16_t service[2])
{
	bool dc = config_is_dc(s->config);
	unsigned int n = 0;

	if (config_bidirectional(s->config))
		service[n++] = dc ? SERVICE_DC_BPT : SERVICE_AC_BPT;
	service[n++] = dc ? SERVICE_DC : SERVICE_AC;
	return n;
}

static bool is_bpt(uint16_t service)
{
	return service == SERVICE_AC_BPT || service == SERVICE_DC_BPT;
}

static bool is_offered(const struct session *s, uint16_t service)
{
	uint16_t offered[2];
	unsigned int n = services(s, offered);

	while (n--)
		if (offered[n] == service)
			return true;
	return false;
}

void fill_service_discovery(struct session *s, void *response)
{
	struct iso20_service_discovery_res *res = response;
	struct iso20_service_list *list = &res->energy_transfer_service_list;
	uint16_t offered[2];
	unsigned int i;

	res->service_renegotiation_supported = true;
	list->n_service = services(s, offered);
	list->service = session_room(s, list->n_service * sizeof(*list->service));
	for (i = 0; i < list->n_service; i++) {
		list->service[i].service_id = offered[i];
		list->service[i].free_service = true;
	}
}

enum session_result take_service_discovery(struct session *s, const void *request,
					   void *response)
{
	(void)request;
	(void)response;
	s->phase = PHASE_SELECTION;
	return SESSION_ANSWER;
}

static void add(struct iso20_parameter_set *set, const char *name, int32_t value)
{
	struct iso20_parameter *parameter = &set->parameter[set->n_parameter++];

	parameter->name = session_text(name);
	exi_set(parameter, iso20_parameter, int_value);
	parameter->int_value = value;
}

static int32_t connector(const struct session *s)
{
	if (config_is_dc(s->config))
		return CONNECTOR_DC_EXTENDED;
	return s->facts.phases > 1 ? CONNECTOR_AC_THREE_PHASE : CONNECTOR_AC_SINGLE_PHASE;
}

/* What the port really does: the methods of the grid guard, and who makes the grid. */
static void add_bidirectional(const struct session *s, struct iso20_parameter_set *set)
{
	add(set, "BPTChannel", CHANNEL_UNIFIED);
	add(set, "GeneratorMode", s->facts.forming ? GENERATOR_FORMING : GENERATOR_FOLLOWING);
	if (!config_is_dc(s->config))
		add(set, "GridCodeIslandingDetectionMethod",
		    s->facts.active_islanding ? ISLANDING_ACTIVE : ISLANDING_PASSIVE);
}

/* A set for each control mode; their ids count from 1. */
void fill_service_detail(struct session *s, void *response)
{
	struct iso20_service_detail_res *res = response;
	struct iso20_service_parameter_list *list = &res->service_parameter_list;
	unsigned int i;

	list->n_parameter_set = s->config->n_control;
	list->parameter_set = session_room(s, list->n_parameter_set * sizeof(*list->parameter_set));
	for (i = 0; i < list->n_parameter_set; i++) {
		struct iso20_parameter_set *set = &list->parameter_set[i];
		enum control_mode control = s->config->control[i];

		set->parameter_set_id = i + 1;
		set->parameter = session_room(s, PARAMETERS_MAX * sizeof(*set->parameter));
		add(set, "Connector", connector(s));
		add(set, "ControlMode", control);
		if (!config_is_dc(s->config))
			add(set, "EVSENominalVoltage", s->facts.rated_mv / 1000);
		add(set, "MobilityNeedsMode", MOBILITY_NEEDS_BY_VEHICLE);
		add(set, "Pricing",
		    control == CONTROL_SCHEDULED ? PRICING_LEVELS : PRICING_NONE);
	}
}

enum session_result take_service_detail(struct session *s, const void *request, void *response)
{
	const struct iso20_service_detail_req *req = request;
	struct iso20_service_detail_res *res = response;
	unsigned int i;

	res->service_id = req->service_id;
	if (!is_offered(s, req->service_id))
		return session_fail(s, res, CODE(FAILED_SERVICE_ID_INVALID),
				    "the vehicle asks for a service that is not offered");
	if (is_bpt(req->service_id))
		for (i = 0; i < res->service_parameter_list.n_parameter_set; i++)
			add_bidirectional(s, &res->service_parameter_list.parameter_set[i]);
	return SESSION_ANSWER;
}

enum session_result take_service_selection(struct session *s, const void *request,
					   void *response)
{
	const struct iso20_service_selection_req *req = request;
	const struct iso20_selected_service *selected =
		&req->selected_energy_transfer_service;

	if (!is_offered(s, selected->service_id) || !selected->parameter_set_id ||
	    selected->parameter_set_id > s->config->n_control || req->selected_vas_list)
		return session_fail(s, response, CODE(FAILED_SERVICE_SELECTION_INVALID),
				    "the vehicle selects what is not offered");
	s->choice = (struct session_choice){
		.service = selected->service_id,
		.set = selected->parameter_set_id,
		.control = s->config->control[selected->parameter_set_id - 1],
		.bpt = is_bpt(selected->service_id),
	};
	s->phase = PHASE_PARAMETERS;
	return SESSION_ANSWER;
}
