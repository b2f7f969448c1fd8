// SPDX-License-Identifier: GPL-2.0-or-later
#include "mischief.h"
#include "phase.h"

/* Of no message of ISO 15118 */
#define UNKNOWN_PAYLOAD	0x8fff

/* A request that is right at one place only, and not the one that is expected now */
static void wrong_order(struct vehicle *v, struct message *request)
{
	struct iso20_header *header;

	request->id = request->id == MESSAGE_AUTHORIZATION_SETUP ?
		      MESSAGE_SERVICE_DISCOVERY : MESSAGE_AUTHORIZATION_SETUP;
	request->payload = message_kinds[request->id].payload;
	request->body = VEHICLE_ROOM_FOR(v, iso20_service_discovery_req);
	header = message_header(request);
	header->session_id = (struct exi_binary){ v->id, SESSION_ID_SIZE };
	header->time_stamp = v->now.unix_s;
}

static void wrong_session(struct message *request)
{
	static const uint8_t other[SESSION_ID_SIZE] = "\xba\xdc\x0f\xfe\xe0\xdd\xf0\x0d";

	if (request->id != MESSAGE_APP_PROTOCOL)
		message_header(request)->session_id =
			(struct exi_binary){ other, SESSION_ID_SIZE };
}

static struct iso20_rational *lowest_ac(struct iso20_ac_charge_loop_req *req)
{
	struct iso20_bpt_scheduled_ac_cl_req_control_mode *bpt =
		req->bpt_scheduled_ac_cl_req_control_mode;
	struct iso20_scheduled_ac_cl_req_control_mode *mode =
		bpt ? EXI_BASE(iso20_scheduled_ac_cl_req_control_mode, bpt) :
		      req->scheduled_ac_cl_req_control_mode;

	if (req->bpt_dynamic_ac_cl_req_control_mode)
		return &req->bpt_dynamic_ac_cl_req_control_mode->ev_minimum_charge_power;
	if (req->dynamic_ac_cl_req_control_mode)
		return &req->dynamic_ac_cl_req_control_mode->ev_minimum_charge_power;
	exi_set(mode, iso20_scheduled_ac_cl_req_control_mode, ev_minimum_charge_power);
	return &mode->ev_minimum_charge_power;
}

static struct iso20_rational *lowest_dc(struct iso20_dc_charge_loop_req *req)
{
	struct iso20_bpt_scheduled_dc_cl_req_control_mode *bpt =
		req->bpt_scheduled_dc_cl_req_control_mode;
	struct iso20_scheduled_dc_cl_req_control_mode *mode =
		bpt ? EXI_BASE(iso20_scheduled_dc_cl_req_control_mode, bpt) :
		      req->scheduled_dc_cl_req_control_mode;

	if (req->bpt_dynamic_dc_cl_req_control_mode)
		return &req->bpt_dynamic_dc_cl_req_control_mode->ev_minimum_charge_power;
	if (req->dynamic_dc_cl_req_control_mode)
		return &req->dynamic_dc_cl_req_control_mode->ev_minimum_charge_power;
	exi_set(mode, iso20_scheduled_dc_cl_req_control_mode, ev_minimum_charge_power);
	return &mode->ev_minimum_charge_power;
}

/* The lowest charging power that a request tells; NULL where it tells none */
static struct iso20_rational *lowest(struct message *request)
{
	struct iso20_ac_charge_parameter_discovery_req *ac = request->body;
	struct iso20_dc_charge_parameter_discovery_req *dc = request->body;

	switch (request->id) {
	case MESSAGE_AC_PARAMETERS:
		return ac->bpt_ac_cpd_req_energy_transfer_mode ?
		       &ac->bpt_ac_cpd_req_energy_transfer_mode->ev_minimum_charge_power :
		       &ac->ac_cpd_req_energy_transfer_mode->ev_minimum_charge_power;
	case MESSAGE_DC_PARAMETERS:
		return dc->bpt_dc_cpd_req_energy_transfer_mode ?
		       &dc->bpt_dc_cpd_req_energy_transfer_mode->ev_minimum_charge_power :
		       &dc->dc_cpd_req_energy_transfer_mode->ev_minimum_charge_power;
	case MESSAGE_AC_LOOP:
		return lowest_ac(request->body);
	case MESSAGE_DC_LOOP:
		return lowest_dc(request->body);
	default:
		return NULL;
	}
}

void mischief_message(const struct step *step, struct vehicle *v, struct message *request)
{
	struct iso20_rational *power;
	int64_t most_mw;

	switch (step->kind) {
	case STEP_WRONG_ORDER:
		wrong_order(v, request);
		break;
	case STEP_WRONG_SESSION:
		wrong_session(request);
		break;
	case STEP_CONTRADICTION:
		power = lowest(request);
		most_mw = v->battery.max_charge_mw;
		if (power)
			*power = number_of_milli(2 * most_mw + 1000);
		break;
	default:
		break;
	}
}

/* The same in each run; and no V2GTP header, which begins with 01 fe. */
static size_t garbage(uint8_t *out, size_t size)
{
	uint32_t seed = 1;
	size_t i;

	for (i = 0; i < size; i++) {
		seed = seed * 1103515245 + 12345;
		out[i] = seed >> 16;
	}
	out[0] |= 0x80;
	return size;
}

size_t mischief_bytes(const struct step *step, uint8_t *out, size_t size, size_t room)
{
	struct v2gtp header = { };

	v2gtp_read(out, &header);
	switch (step->kind) {
	case STEP_GARBAGE:
		return garbage(out, step->value < room ? step->value : room);
	case STEP_OVERSIZE:
		header.length = LINK_MESSAGE_MAX + 1;
		break;
	case STEP_UNKNOWN_PAYLOAD:
		header.payload = UNKNOWN_PAYLOAD;
		break;
	case STEP_TRUNCATED:
		header.length /= 2;
		size = V2GTP_HEADER + header.length;
		break;
	default:
		return size;
	}
	v2gtp_write(out, &header);
	return size;
}
