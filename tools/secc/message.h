/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages of a session, as V2GTP carries them. */
#ifndef SECC_MESSAGE_H
#define SECC_MESSAGE_H

#include "exi/apphand.h"
#include "exi/iso20_ac.h"
#include "exi/iso20_common.h"
#include "exi/iso20_dc.h"
#include "v2gtp.h"

/** enum message_id - pairs of a request and its response */
enum message_id {
	MESSAGE_APP_PROTOCOL,
	MESSAGE_SESSION_SETUP,
	MESSAGE_AUTHORIZATION_SETUP,
	MESSAGE_AUTHORIZATION,
	MESSAGE_SERVICE_DISCOVERY,
	MESSAGE_SERVICE_DETAIL,
	MESSAGE_SERVICE_SELECTION,
	MESSAGE_AC_PARAMETERS,
	MESSAGE_DC_PARAMETERS,
	MESSAGE_SCHEDULE_EXCHANGE,
	MESSAGE_CABLE_CHECK,
	MESSAGE_PRE_CHARGE,
	MESSAGE_POWER_DELIVERY,
	MESSAGE_AC_LOOP,
	MESSAGE_DC_LOOP,
	MESSAGE_METERING_CONFIRMATION,
	MESSAGE_WELDING_DETECTION,
	MESSAGE_SESSION_STOP,
	MESSAGES
};

/**
 * struct message_kind - what a pair is made of
 * @request: name of the request's element
 * @response: name of the response's element
 * @payload: V2GTP payload type
 * @grammar: that both are of
 */
struct message_kind {
	const char *request;
	const char *response;
	uint16_t payload;
	const struct exi_grammar *grammar;
};

extern const struct message_kind message_kinds[MESSAGES];

/**
 * struct message - one message
 * @id: enum message_id
 * @response: it is the pair's response
 * @payload: V2GTP payload type; that of a side channel stays with its response
 * @body: its struct, such as struct iso20_session_setup_req
 */
struct message {
	enum message_id id;
	bool response;
	uint16_t payload;
	void *body;
};

/** message_grammar() - what a V2GTP payload type carries; NULL for one of no session */
const struct exi_grammar *message_grammar(uint16_t payload);

/**
 * message_read() - from what follows a V2GTP header
 * @header: the header
 * @in: header->length bytes
 * @memory: for what is decoded, aligned to 8 bytes
 * @room: bytes of @memory
 * @message: set
 * @error: set when it fails
 *
 * Return: false for a payload type, an element or a document that no session has.
 */
bool message_read(const struct v2gtp *header, const uint8_t *in, void *memory,
		  size_t room, struct message *message, struct exi_error *error);

/**
 * message_write() - header and payload
 * @message: the message
 * @out: where to write
 * @room: bytes there
 * @error: set when it fails
 *
 * Return: number of bytes, or 0 for what the schema does not allow or does not fit.
 */
size_t message_write(const struct message *message, uint8_t *out, size_t room,
		     struct exi_error *error);

/** message_name() - "SessionSetupReq" */
const char *message_name(const struct message *message);

/**
 * message_header() - the header of a message of ISO 15118-20
 * @message: any but supportedAppProtocol
 */
struct iso20_header *message_header(const struct message *message);

/**
 * message_code() - the code of a response of ISO 15118-20
 * @message: any response but that of supportedAppProtocol
 */
iso20_response_code *message_code(const struct message *message);

#endif /* SECC_MESSAGE_H */
