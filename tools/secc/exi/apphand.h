/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The handshake before any protocol: supportedAppProtocol. */
#ifndef SECC_EXI_APPHAND_H
#define SECC_EXI_APPHAND_H

#include "types.h"

#define APPHAND_RESPONSE_CODE(X, P) \
	X(P, OK, OK_SuccessfulNegotiation) \
	X(P, MINOR_DEVIATION, OK_SuccessfulNegotiationWithMinorDeviation) \
	X(P, FAILED, Failed_NoNegotiation)
EXI_ENUM(apphand_response_code, APPHAND_RESPONSE_CODE, APPHAND_RESPONSE_CODE)

EXI_SIMPLE(apphand_namespace, struct exi_string)
EXI_SIMPLE(apphand_priority, uint8_t)

#define APPHAND_PROTOCOL(X, S) \
	X(S, ONE, protocol_namespace, ProtocolNamespace, apphand_namespace) \
	X(S, ONE, version_number_major, VersionNumberMajor, exi_uint) \
	X(S, ONE, version_number_minor, VersionNumberMinor, exi_uint) \
	X(S, ONE, schema_id, SchemaID, exi_ubyte) \
	X(S, ONE, priority, Priority, apphand_priority)
EXI_STRUCT(apphand_protocol, APPHAND_PROTOCOL)

#define APPHAND_REQ(X, S) \
	X(S, LIST, app_protocol, AppProtocol, apphand_protocol, 20)
EXI_STRUCT(apphand_req, APPHAND_REQ)

#define APPHAND_RES(X, S) \
	X(S, ONE, response_code, ResponseCode, apphand_response_code) \
	X(S, OPT, schema_id, SchemaID, exi_ubyte)
EXI_STRUCT(apphand_res, APPHAND_RES)

extern const struct exi_grammar apphand_grammar;

#endif /* SECC_EXI_APPHAND_H */
