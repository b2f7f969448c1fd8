// SPDX-License-Identifier: GPL-2.0-or-later
/* supportedAppProtocol: tables. */
#include "apphand.h"

EXI_ENUM_TABLE(apphand_response_code, APPHAND_RESPONSE_CODE, APPHAND_RESPONSE_CODE)
EXI_LENGTH_TABLE(apphand_namespace, EXI_TEXT, 0, 100)
EXI_RANGE_TABLE(apphand_priority, 1, 20)
EXI_TABLE(apphand_protocol, APPHAND_PROTOCOL)
EXI_TABLE(apphand_req, APPHAND_REQ)
EXI_TABLE(apphand_res, APPHAND_RES)

static const struct exi_root roots[] = {
	EXI_ROOT(supportedAppProtocolReq, apphand_req, 0),
	EXI_ROOT(supportedAppProtocolRes, apphand_res, 1),
};

const struct exi_grammar apphand_grammar = {
	.name = "supportedAppProtocol",
	.roots = sizeof(roots) / sizeof(roots[0]),
	.others = 2,
	.root = roots,
};
