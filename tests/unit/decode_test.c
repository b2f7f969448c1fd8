// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl session decode: with a header and without, many at once, none at all. */
#include <stdio.h>
#include <string.h>

#include "program.h"
#include "test.h"

#define REQUEST "8000f3ab9371d34b9b79d39ba321d34b9b79d189a98989c1d1699181d22218010000040040"

static const char request_json[] =
	"{\"supportedAppProtocolReq\":{\"AppProtocol\":[{\"ProtocolNamespace\":"
	"\"urn:iso:std:iso:15118:-20:DC\",\"VersionNumberMajor\":1,\"VersionNumberMinor\":0,"
	"\"SchemaID\":1,\"Priority\":1}]}}\n";

static const char response_json[] =
	"{\"supportedAppProtocolRes\":{\"ResponseCode\":\"OK_SuccessfulNegotiation\",\"SchemaID\":1}}\n";

void test_decode(void)
{
	char both[1024];

	run("session|decode|apphand|" REQUEST);
	check_text(out, request_json, "decode: a document and its schema");
	run("session|decode|01fe800100000025" REQUEST);
	check_text(out, request_json, "decode: what the header says");
	run("session|decode|01FE 8001 0000 0025 " REQUEST "ffff");
	check_text(out, request_json, "decode: no more than the header says");
	run("session|decode|apphand|01fe800100000025" REQUEST);
	check_text(out, request_json, "decode: header and schema");
	expect("session|decode|01fe800200000025" REQUEST, 1,
	       "bit 17 of 296, SessionID: the schema has nothing like it here");

	run_with("session|decode|-", "01fe800100000025" REQUEST "\n\n01fe800100000004\n"
		 "01fe80010000000480400040\n");
	snprintf(both, sizeof(both), "%s%s", request_json, response_json);
	check_text(out, both, "decode: lines, past one that is none");
	check(strstr(err, "4 bytes of 4 are missing"), "decode: which is told");

	expect("session|decode|" REQUEST, 1,
	       "no V2GTP header: say which schema it is, apphand, common, ac or dc");
	expect("session|decode|01fe900000000002" "1000", 1,
	       "payload type 0x9000 is no message of ISO 15118-20 for AC or DC");
	expect("session|decode|apphand|80000", 1,
	       "character 5 is no hexadecimal digit with another one behind it");
	expect("session|decode|apphand|8x", 1, "character 1 is no hexadecimal digit");
	expect("session|decode|apphand|80", 1, "bit 8 of 8, supportedAppProtocol: the document ends too early");
	expect("session|decode|din|80", 2, "'din' is no schema: type apphand, common, ac or dc");
	expect("session|decode", 2, "");
}
