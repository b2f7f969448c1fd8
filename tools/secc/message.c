// SPDX-License-Identifier: GPL-2.0-or-later
/* Which messages there are, and from bytes to structs and back. */
#include <string.h>

#include "message.h"

#define PAIR(name, payload, grammar) \
	{ name "Req", name "Res", payload, &grammar }

const struct message_kind message_kinds[MESSAGES] = {
	[MESSAGE_APP_PROTOCOL] =
		PAIR("supportedAppProtocol", V2GTP_APP_PROTOCOL, apphand_grammar),
	[MESSAGE_SESSION_SETUP] =
		PAIR("SessionSetup", V2GTP_COMMON, iso20_common_grammar),
	[MESSAGE_AUTHORIZATION_SETUP] =
		PAIR("AuthorizationSetup", V2GTP_COMMON, iso20_common_grammar),
	[MESSAGE_AUTHORIZATION] =
		PAIR("Authorization", V2GTP_COMMON, iso20_common_grammar),
	[MESSAGE_SERVICE_DISCOVERY] =
		PAIR("ServiceDiscovery", V2GTP_COMMON, iso20_common_grammar),
	[MESSAGE_SERVICE_DETAIL] =
		PAIR("ServiceDetail", V2GTP_COMMON, iso20_common_grammar),
	[MESSAGE_SERVICE_SELECTION] =
		PAIR("ServiceSelection", V2GTP_COMMON, iso20_common_grammar),
	[MESSAGE_AC_PARAMETERS] =
		PAIR("AC_ChargeParameterDiscovery", V2GTP_AC, iso20_ac_grammar),
	[MESSAGE_DC_PARAMETERS] =
		PAIR("DC_ChargeParameterDiscovery", V2GTP_DC, iso20_dc_grammar),
	[MESSAGE_SCHEDULE_EXCHANGE] =
		PAIR("ScheduleExchange", V2GTP_COMMON, iso20_common_grammar),
	[MESSAGE_CABLE_CHECK] =
		PAIR("DC_CableCheck", V2GTP_DC, iso20_dc_grammar),
	[MESSAGE_PRE_CHARGE] =
		PAIR("DC_PreCharge", V2GTP_DC, iso20_dc_grammar),
	[MESSAGE_POWER_DELIVERY] =
		PAIR("PowerDelivery", V2GTP_COMMON, iso20_common_grammar),
	[MESSAGE_AC_LOOP] =
		PAIR("AC_ChargeLoop", V2GTP_AC, iso20_ac_grammar),
	[MESSAGE_DC_LOOP] =
		PAIR("DC_ChargeLoop", V2GTP_DC, iso20_dc_grammar),
	[MESSAGE_METERING_CONFIRMATION] =
		PAIR("MeteringConfirmation", V2GTP_METERING, iso20_common_grammar),
	[MESSAGE_WELDING_DETECTION] =
		PAIR("DC_WeldingDetection", V2GTP_DC, iso20_dc_grammar),
	[MESSAGE_SESSION_STOP] =
		PAIR("SessionStop", V2GTP_COMMON, iso20_common_grammar),
};

static const struct {
	uint16_t payload;
	const struct exi_grammar *grammar;
} grammars[] = {
	{ V2GTP_APP_PROTOCOL, &apphand_grammar },
	{ V2GTP_COMMON, &iso20_common_grammar },
	{ V2GTP_AC, &iso20_ac_grammar },
	{ V2GTP_DC, &iso20_dc_grammar },
	{ V2GTP_RENEGOTIATION, &iso20_common_grammar },
	{ V2GTP_METERING, &iso20_common_grammar },
};

const struct exi_grammar *message_grammar(uint16_t payload)
{
	size_t i;

	for (i = 0; i < sizeof(grammars) / sizeof(grammars[0]); i++)
		if (grammars[i].payload == payload)
			return grammars[i].grammar;
	return NULL;
}

/* May a message of kind @id come with this payload type? */
static bool carries(uint16_t payload, enum message_id id)
{
	if (payload == V2GTP_RENEGOTIATION)
		return id == MESSAGE_SCHEDULE_EXCHANGE;
	return payload == message_kinds[id].payload;
}

bool message_read(const struct v2gtp *header, const uint8_t *in, void *memory,
		  size_t room, struct message *message, struct exi_error *error)
{
	const struct exi_grammar *grammar = message_grammar(header->payload);
	struct exi_document document;
	unsigned int id;

	*error = (struct exi_error){ .where = "", .why = "this payload type is not known" };
	if (!grammar || !exi_decode(grammar, in, header->length, memory, room, &document,
				    error))
		return false;
	for (id = 0; id < MESSAGES; id++) {
		const struct message_kind *kind = &message_kinds[id];
		bool response = !strcmp(document.root->name, kind->response);

		if (!carries(header->payload, id))
			continue;
		if (!response && strcmp(document.root->name, kind->request))
			continue;
		*message = (struct message){ id, response, header->payload, document.value };
		return true;
	}
	*error = (struct exi_error){ .where = document.root->name,
				     .why = "it is no message of this payload type" };
	return false;
}

size_t message_write(const struct message *message, uint8_t *out, size_t room,
		     struct exi_error *error)
{
	const struct message_kind *kind = &message_kinds[message->id];
	struct exi_document document = {
		.root = exi_root(kind->grammar, message_name(message)),
		.value = message->body,
	};
	size_t size;

	*error = (struct exi_error){ .where = "", .why = "no room" };
	if (room < V2GTP_HEADER)
		return 0;
	size = exi_encode(kind->grammar, &document, out + V2GTP_HEADER,
			  room - V2GTP_HEADER, error);
	if (!size)
		return 0;
	v2gtp_write(out, &(struct v2gtp){ message->payload, size });
	return V2GTP_HEADER + size;
}

const char *message_name(const struct message *message)
{
	const struct message_kind *kind = &message_kinds[message->id];

	return message->response ? kind->response : kind->request;
}

/* Every message of ISO 15118-20 begins as these two do. */
struct iso20_header *message_header(const struct message *message)
{
	struct iso20_authorization_setup_req *any = message->body;

	return &any->header;
}

iso20_response_code *message_code(const struct message *message)
{
	struct iso20_service_selection_res *any = message->body;

	return &any->response_code;
}
