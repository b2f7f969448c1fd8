// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * EXI against documents of two codecs that are not ours and agree with each other:
 * every field, every bit; what a peer may get wrong; what only few codecs get right.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/secc/exi/apphand.h"
#include "../../tools/secc/exi/iso20_ac.h"
#include "../../tools/secc/exi/iso20_common.h"
#include "../../tools/secc/exi/iso20_dc.h"
#include "../../tools/secc/exi/print.h"
#include "../../tools/secc/exi/stream.h"
#include "test.h"

#define VECTORS		264
#define ROOM		65536

static const struct {
	const char *name;
	const struct exi_grammar *grammar;
} grammars[] = {
	{ "apphand", &apphand_grammar },
	{ "common", &iso20_common_grammar },
	{ "ac", &iso20_ac_grammar },
	{ "dc", &iso20_dc_grammar },
	{ "common-fragment", &iso20_common_fragment },
	{ "ac-fragment", &iso20_ac_fragment },
	{ "dc-fragment", &iso20_dc_fragment },
	{ "dsig-fragment", &dsig_fragment },
};

static _Alignas(8) uint8_t memory[ROOM];
static uint8_t out[ROOM];

static const struct exi_grammar *grammar_of(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(grammars); i++)
		if (!strcmp(grammars[i].name, name))
			return grammars[i].grammar;
	return NULL;
}

/* In memory of just that size, so that a sanitizer sees a byte too far. */
static uint8_t *from_hex(const char *hex, size_t *size)
{
	uint8_t *bytes;
	size_t i;

	*size = strlen(hex) / 2;
	bytes = malloc(*size ? *size : 1);
	for (i = 0; bytes && i < *size; i++)
		sscanf(hex + 2 * i, "%2hhx", &bytes[i]);
	return bytes;
}

static char *as_json(const struct exi_document *document)
{
	struct evse_json json = { };
	char *text = NULL;
	size_t size;

	json.out = open_memstream(&text, &size);
	exi_print(&json, document);
	fclose(json.out);
	return text;
}

/* Each start of a document is none; nothing is read behind it. */
static bool is_refused_in_parts(const struct exi_grammar *grammar, const uint8_t *in,
				size_t size)
{
	struct exi_document d;
	struct exi_error error = { };
	uint8_t *part;
	bool taken;
	size_t n;

	for (n = 0; n < size; n++) {
		part = malloc(n ? n : 1);
		memcpy(part, in, n);
		taken = exi_decode(grammar, part, n, memory, sizeof(memory), &d, &error);
		free(part);
		if (taken || !error.why)
			return false;
	}
	return true;
}

/* With less memory than it takes a document is refused, and nobody else's written. */
static bool is_refused_in_little_room(const struct exi_grammar *grammar,
				      const uint8_t *in, size_t size)
{
	struct exi_document d;
	struct exi_error error = { };
	size_t room = 0;
	uint8_t *little;
	bool taken;

	do {
		little = malloc(room ? room : 1);
		taken = exi_decode(grammar, in, size, little, room, &d, &error);
		free(little);
		room += 64;
	} while (!taken && error.why && room < ROOM);
	return taken && room > 64;
}

static bool is_refused_without_room_to_write(const struct exi_grammar *grammar,
					     const struct exi_document *d, size_t size)
{
	struct exi_error error = { };
	uint8_t *little;
	size_t room;

	for (room = 0; room < size; room++) {
		little = malloc(room ? room : 1);
		if (exi_encode(grammar, d, little, room, &error) || !error.why) {
			free(little);
			return false;
		}
		free(little);
	}
	return true;
}

static void test_vector(const char *name, const char *message, const char *note,
			const char *hex, const char *json)
{
	const struct exi_grammar *grammar = grammar_of(name);
	struct exi_document d;
	struct exi_error error = { };
	size_t size, written;
	uint8_t *in = from_hex(hex, &size);
	char *text;

	if (!check(exi_decode(grammar, in, size, memory, sizeof(memory), &d, &error),
		   "exi: %s %s, %s: is read (%s: %s)", name, message, note,
		   error.where ?: "", error.why ?: "")) {
		free(in);
		return;
	}
	text = as_json(&d);
	check_text(text, json, "exi: %s %s, %s: every field", name, message, note);
	free(text);
	written = exi_encode(grammar, &d, out, sizeof(out), &error);
	check(written == size && !memcmp(in, out, size),
	      "exi: %s %s, %s: every bit (%s: %s)", name, message, note,
	      error.where ?: "", error.why ?: "");
	check(is_refused_without_room_to_write(grammar, &d, size),
	      "exi: %s %s, %s: not written where it does not fit", name, message, note);
	check(is_refused_in_parts(grammar, in, size), "exi: %s %s, %s: in parts",
	      name, message, note);
	check(is_refused_in_little_room(grammar, in, size),
	      "exi: %s %s, %s: in little memory", name, message, note);
	free(in);
}

static void test_vectors(void)
{
	char *text = read_file(source("tests/unit/exi-messages.tsv"));
	char *rest = text, *line, *column[5];
	unsigned int count = 0, i;

	while ((line = strsep(&rest, "\n"))) {
		if (*line == '#' || !*line)
			continue;
		for (i = 0; i < ARRAY_LEN(column); i++)
			column[i] = strsep(&line, "\t");
		test_vector(column[0], column[1], column[2], column[3], column[4]);
		count++;
	}
	check(count == VECTORS, "exi: %u documents", count);
	free(text);
}

/*
 * Bad input
 */

static void test_refused(void)
{
	static const struct {
		const char *what;
		const char *grammar;
		const char *hex;
		const char *where;
		const char *why;
	} bad[] = {
		{ "nothing", "common", "", "ISO 15118-20 CommonMessages",
		  "the document ends too early" },
		{ "options in the header", "common", "a0", "ISO 15118-20 CommonMessages",
		  "the header is not that of EXI without options" },
		{ "a cookie", "common", "24455849", "ISO 15118-20 CommonMessages",
		  "the header is not that of EXI without options" },
		{ "an element that is no message", "common", "8010",
		  "ISO 15118-20 CommonMessages", "no message of the schema begins so" },
		{ "any other element", "apphand", "8080", "supportedAppProtocol",
		  "no message of the schema begins so" },
		{ "an event that the schema has not", "apphand", "8020",
		  "supportedAppProtocolReq", "the schema has nothing like it here" },
		{ "text of the string table", "apphand", "80000000",
		  "ProtocolNamespace", "text refers to the string table: write it out" },
		{ "text of two gigabytes", "apphand", "8007fffffff83800",
		  "ProtocolNamespace", "text is longer than the schema allows" },
	};
	struct exi_document d;
	struct exi_error error = { };
	size_t size, i;
	uint8_t *in;

	for (i = 0; i < ARRAY_LEN(bad); i++) {
		in = from_hex(bad[i].hex, &size);
		check(!exi_decode(grammar_of(bad[i].grammar), in, size, memory,
				  sizeof(memory), &d, &error), "exi: %s", bad[i].what);
		check_text(error.where, bad[i].where, "exi: %s: where", bad[i].what);
		check_text(error.why, bad[i].why, "exi: %s: why", bad[i].what);
		free(in);
	}
}

/* Real peers pad with ones, and send more than the document. */
static void test_tolerated(void)
{
	uint8_t in[] = { 0x80, 0x40, 0x00, 0x40, 0x2f, 0xff, 0xff };
	struct exi_document d;
	struct exi_error error = { };
	struct apphand_res *res;
	char *text;

	check(exi_decode(&apphand_grammar, in, sizeof(in), memory, sizeof(memory), &d,
			 &error), "exi: padding of ones and bytes behind (%s: %s)",
	      error.where ?: "", error.why ?: "");
	res = d.value;
	check(exi_has(res, apphand_res, schema_id) && res->schema_id == 1,
	      "exi: are ignored");
	text = as_json(&d);
	check_text(text, "{\"supportedAppProtocolRes\":{\"ResponseCode\":\"OK_SuccessfulNegotiation\",\"SchemaID\":1}}",
		   "exi: nothing of them is in the document");
	free(text);
}

/*
 * Full lists, which codecs with smaller arrays refuse
 */

static size_t encode(const struct exi_grammar *grammar, const char *name, void *value,
		     struct exi_error *error)
{
	struct exi_document d = { exi_root(grammar, name), value };

	return exi_encode(grammar, &d, out, sizeof(out), error);
}

static void *again(const struct exi_grammar *grammar, size_t size)
{
	struct exi_document d;
	struct exi_error error = { };

	return exi_decode(grammar, out, size, memory, sizeof(memory), &d, &error) ?
	       d.value : NULL;
}

static void test_protocols(void)
{
	static const char urn[] = "urn:iso:std:iso:15118:-20:DC";
	struct apphand_protocol p[21];
	struct apphand_req req = { .app_protocol = p, .n_app_protocol = 20 }, *got;
	struct exi_error error = { };
	unsigned int i;
	size_t size;

	for (i = 0; i < ARRAY_LEN(p); i++)
		p[i] = (struct apphand_protocol){
			.protocol_namespace = { urn, sizeof(urn) - 1 },
			.version_number_major = i,
			.schema_id = i,
			.priority = i % 20 + 1,
		};
	size = encode(&apphand_grammar, "supportedAppProtocolReq", &req, &error);
	got = size ? again(&apphand_grammar, size) : NULL;
	check(got && got->n_app_protocol == 20 &&
	      got->app_protocol[19].version_number_major == 19 &&
	      !strcmp(got->app_protocol[19].protocol_namespace.text, urn),
	      "exi: twenty protocols");
	req.n_app_protocol = 21;
	check(!encode(&apphand_grammar, "supportedAppProtocolReq", &req, &error) &&
	      !strcmp(error.why, "the list is longer than the schema allows"),
	      "exi: but no twenty-one");
	req.n_app_protocol = 0;
	check(!encode(&apphand_grammar, "supportedAppProtocolReq", &req, &error) &&
	      !strcmp(error.where, "AppProtocol") && !strcmp(error.why, "it is missing"),
	      "exi: and not none");
	req.n_app_protocol = 1;
	p[0].priority = 21;
	check(!encode(&apphand_grammar, "supportedAppProtocolReq", &req, &error) &&
	      !strcmp(error.where, "Priority") &&
	      !strcmp(error.why, "the value is out of its range"),
	      "exi: no priority of 21");
}

static const uint8_t eight[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
static const struct iso20_header header = {
	.session_id = { eight, sizeof(eight) },
	.time_stamp = UINT64_MAX,
};

static void test_schedules(void)
{
	static const struct iso20_power_schedule_entry entry = {
		.duration = 3600, .power = { 3, -11 },
	};
	struct iso20_schedule_tuple tuple[4] = { };
	struct iso20_scheduled_se_res_control_mode mode = {
		.schedule_tuple = tuple, .n_schedule_tuple = 3,
	};
	struct iso20_schedule_exchange_res res = {
		.header = header, .scheduled_se_res_control_mode = &mode,
	}, *got;
	struct iso20_dynamic_se_res_control_mode dynamic = { };
	struct exi_error error = { };
	unsigned int i;
	size_t size;

	for (i = 0; i < ARRAY_LEN(tuple); i++) {
		struct iso20_power_schedule *power = &tuple[i].charging_schedule.power_schedule;

		tuple[i].schedule_tuple_id = i + 1;
		power->power_schedule_entries.power_schedule_entry =
			(struct iso20_power_schedule_entry *)&entry;
		power->power_schedule_entries.n_power_schedule_entry = 1;
	}
	size = encode(&iso20_common_grammar, "ScheduleExchangeRes", &res, &error);
	got = size ? again(&iso20_common_grammar, size) : NULL;
	check(got && got->scheduled_se_res_control_mode &&
	      got->scheduled_se_res_control_mode->n_schedule_tuple == 3 &&
	      got->scheduled_se_res_control_mode->schedule_tuple[2].schedule_tuple_id == 3,
	      "exi: three schedule tuples");
	mode.n_schedule_tuple = 4;
	check(!encode(&iso20_common_grammar, "ScheduleExchangeRes", &res, &error) &&
	      !strcmp(error.where, "ScheduleTuple"), "exi: but no four");
	mode.n_schedule_tuple = 3;
	res.dynamic_se_res_control_mode = &dynamic;
	check(!encode(&iso20_common_grammar, "ScheduleExchangeRes", &res, &error) &&
	      !strcmp(error.where, "Scheduled_SEResControlMode") &&
	      !strcmp(error.why, "another of its choice is there as well"),
	      "exi: one control mode, not two");
	res.dynamic_se_res_control_mode = NULL;
	res.scheduled_se_res_control_mode = NULL;
	check(!encode(&iso20_common_grammar, "ScheduleExchangeRes", &res, &error) &&
	      !strcmp(error.where, "Scheduled_SEResControlMode") &&
	      !strcmp(error.why, "it is missing"), "exi: and not none");
}

static void test_certificates(void)
{
	uint8_t der[1601] = { 0x30, 0x82 };
	iso20_certificate chain[3] = { { der, 1600 }, { der, 1 }, { der, 0 } };
	struct iso20_sub_certificates sub = { .certificate = chain, .n_certificate = 3 };
	struct iso20_pnc_a_req_authorization_mode pnc = {
		.id = { "id1", 3 },
		.gen_challenge = { der, 16 },
		.contract_certificate_chain = {
			.certificate = { der, 1600 },
			.sub_certificates = sub,
		},
	}, *got;
	struct exi_error error = { };
	size_t size;

	size = encode(&iso20_common_fragment, "PnC_AReqAuthorizationMode", &pnc, &error);
	got = size ? again(&iso20_common_fragment, size) : NULL;
	check(got && got->contract_certificate_chain.sub_certificates.n_certificate == 3 &&
	      got->contract_certificate_chain.sub_certificates.certificate[0].length == 1600,
	      "exi: three certificates, of 1600 bytes and of none");
	chain[0].length = 1601;
	check(!encode(&iso20_common_fragment, "PnC_AReqAuthorizationMode", &pnc, &error) &&
	      !strcmp(error.why, "as many bytes are not allowed by the schema"),
	      "exi: but none of 1601");
	chain[0].length = 1600;
	pnc.gen_challenge.length = 15;
	check(!encode(&iso20_common_fragment, "PnC_AReqAuthorizationMode", &pnc, &error) &&
	      !strcmp(error.where, "GenChallenge"), "exi: a challenge has 16 bytes");
}

/* A list of root certificates with one serial number, as it is read again. */
static char *serial(const uint8_t *bytes, uint32_t length)
{
	static char none[] = "";
	struct dsig_x509_issuer_serial root = {
		.x509_issuer_name = { "CN=V2GRootCA", 12 },
		.x509_serial_number = { bytes, length },
	};
	struct iso20_certificate_installation_req req = {
		.header = header,
		.oem_provisioning_certificate_chain = { .id = { "id1", 3 } },
		.list_of_root_certificate_ids = {
			.root_certificate_id = &root, .n_root_certificate_id = 1,
		},
		.maximum_contract_certificate_chains = 1,
	};
	struct exi_error error = { };
	struct exi_document d;
	size_t size;
	static char text[4096];
	char *json, *from, *to;

	size = encode(&iso20_common_grammar, "CertificateInstallationReq", &req, &error);
	if (!size || !exi_decode(&iso20_common_grammar, out, size, memory, sizeof(memory),
				 &d, &error))
		return none;
	json = as_json(&d);
	snprintf(text, sizeof(text), "%s", json);
	free(json);
	from = strstr(text, "\"X509SerialNumber\":\"");
	to = from ? strchr(from + 20, '"') : NULL;
	if (!to)
		return none;
	*to = '\0';
	return from + 20;
}

/* What is encoded of a number as one of any size, and as one of 64 bits */
static bool as_long_as_others(int64_t number)
{
	static const struct exi_type type = {
		.kind = EXI_SIGNED, .size = 8, .max = INT64_MAX,
	};
	uint8_t bytes[8], one[16] = { }, other[16] = { };
	struct exi_binary binary = { bytes, sizeof(bytes) };
	struct exi_error error = { };
	struct exi_stream s = { .out = one, .bits = sizeof(one) * 8, .error = &error };
	unsigned int i;
	size_t bit;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = number >> (56 - 8 * i);
	if (!exi_value(&s, &exi_integer_type, &binary))
		return false;
	exi_flush(&s);
	bit = s.bit;
	s = (struct exi_stream){ .out = other, .bits = sizeof(other) * 8, .error = &error };
	if (!exi_value(&s, &type, &number))
		return false;
	exi_flush(&s);
	return s.bit == bit && !memcmp(one, other, sizeof(one));
}

static void test_serial_numbers(void)
{
	static const uint8_t most[] = {
		0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	};
	static const struct {
		uint8_t bytes[9];
		uint32_t length;
		const char *text;
	} numbers[] = {
		{ { 0 }, 0, "0" },
		{ { 0 }, 1, "0" },
		{ { 0x7f }, 1, "127" },
		{ { 0x80 }, 1, "128" },
		{ { 0, 0xff }, 2, "255" },
		{ { 0x3f, 0xff }, 2, "16383" },
		{ { 0x40, 0x00 }, 2, "16384" },
		{ { 0x01, 0x00, 0x00, 0x00 }, 4, "16777216" },
		{ { 0x80, 0, 0, 0, 0, 0, 0, 0 }, 8, "9223372036854775808" },
		{ { 1, 0, 0, 0, 0, 0, 0, 0, 0 }, 9, "18446744073709551616" },
	};
	uint8_t all_ones[20];
	size_t i;

	for (i = 0; i < ARRAY_LEN(numbers); i++)
		check_text(serial(numbers[i].bytes, numbers[i].length), numbers[i].text,
			   "exi: serial number %s", numbers[i].text);
	check_text(serial(most, sizeof(most)),
		   "730750818665451459101842416358141509827966271487",
		   "exi: serial number of 159 bits");
	memset(all_ones, 0xff, sizeof(all_ones));
	check_text(serial(all_ones, sizeof(all_ones)),
		   "1461501637330902918203684832716283019655932542975",
		   "exi: serial number of 160 bits");
	check(as_long_as_others(0) && as_long_as_others(127) && as_long_as_others(128) &&
	      as_long_as_others(300) && as_long_as_others(0x123456789abcdef) &&
	      as_long_as_others(INT64_MAX), "exi: on the wire as other integers are");
	/* Which takes a 21st byte when it is one more. */
	check_text(serial((const uint8_t[21]){ 1 }, 21), "", "exi: none of 161 bits");
}

/*
 * Text
 */

static void test_text(void)
{
	char longest[256 + 1];
	struct iso20_session_setup_req req = { .header = header }, *got;
	struct exi_error error = { };
	size_t size;

	memset(longest, 'x', sizeof(longest) - 1);
	longest[256] = '\0';
	req.evccid = (struct exi_string){ longest, 255 };
	size = encode(&iso20_common_grammar, "SessionSetupReq", &req, &error);
	got = size ? again(&iso20_common_grammar, size) : NULL;
	check(got && got->evccid.length == 255 && !got->evccid.text[255] &&
	      got->header.time_stamp == UINT64_MAX, "exi: text of 255 characters");
	req.evccid.length = 256;
	check(!encode(&iso20_common_grammar, "SessionSetupReq", &req, &error) &&
	      !strcmp(error.where, "EVCCID"), "exi: but not of 256");
	req.evccid = (struct exi_string){ "z\xc3\xa4\xe2\x82\xac\xf0\x9f\x94\x8c", 10 };
	size = encode(&iso20_common_grammar, "SessionSetupReq", &req, &error);
	got = size ? again(&iso20_common_grammar, size) : NULL;
	if (check(got, "exi: characters of one to four bytes"))
		check_text(got->evccid.text, req.evccid.text, "exi: stay what they are");
	req.evccid = (struct exi_string){ "\xc3", 1 };
	check(!encode(&iso20_common_grammar, "SessionSetupReq", &req, &error),
	      "exi: no half of a character");
	req.evccid = (struct exi_string){ "a\0b", 3 };
	check(!encode(&iso20_common_grammar, "SessionSetupReq", &req, &error),
	      "exi: no NUL in text");
	req.evccid = (struct exi_string){ "", 0 };
	req.header.session_id.length = 7;
	check(!encode(&iso20_common_grammar, "SessionSetupReq", &req, &error) &&
	      !strcmp(error.where, "SessionID"), "exi: a session has eight bytes");
}

/* What is optional costs nothing when it is not there. */
static void test_optional(void)
{
	struct apphand_res res = { .response_code = APPHAND_RESPONSE_CODE_FAILED }, *got;
	struct exi_error error = { };
	size_t size, more;

	res.schema_id = 7;
	size = encode(&apphand_grammar, "supportedAppProtocolRes", &res, &error);
	got = size ? again(&apphand_grammar, size) : NULL;
	check(got && got->response_code == APPHAND_RESPONSE_CODE_FAILED &&
	      !exi_has(got, apphand_res, schema_id), "exi: not there without its bit");
	exi_set(&res, apphand_res, schema_id);
	more = encode(&apphand_grammar, "supportedAppProtocolRes", &res, &error);
	got = more ? again(&apphand_grammar, more) : NULL;
	check(more > size && got && exi_has(got, apphand_res, schema_id) &&
	      got->schema_id == 7, "exi: there with it");
	check(!exi_root(&apphand_grammar, "SessionSetupReq"),
	      "exi: no root of another grammar");
}

void test_exi(void)
{
	test_optional();
	test_vectors();
	test_refused();
	test_tolerated();
	test_protocols();
	test_schedules();
	test_certificates();
	test_serial_numbers();
	test_text();
}
