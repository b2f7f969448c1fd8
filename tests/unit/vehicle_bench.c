// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "../../tools/evsim/mischief.h"
#include "test.h"
#include "vehicle_bench.h"

#define ROOM		65536
#define MESSAGES_MOST	4000

struct session charger;
struct vehicle v;
static _Alignas(8) uint8_t to_charger[ROOM], to_vehicle[ROOM];

void set_up(struct bench *b, uint16_t service, enum control_mode control)
{
	bool dc = service == SERVICE_DC || service == SERVICE_DC_BPT;
	bool bpt = service == SERVICE_AC_BPT || service == SERVICE_DC_BPT;

	*b = (struct bench){
		.scenario = {
			.vehicle = {
				.evccid = "ZZTEST1",
				.service = { service }, .n_service = 1,
				.control = control,
				.departure_s = 7200,
				.battery = {
					.capacity_mwh = 60000000,
					.min_soc_permille = 200,
					.target_soc_permille = 900,
					.max_charge_mw = 11000000,
					.max_discharge_mw = 10000000,
					.max_mv = 450000,
					.max_ma = 30000,
				},
			},
			.step = { { .kind = STEP_LOOP, .value = 2000 } },
			.n_step = 1,
		},
		.config = {
			.transfer = dc ? (bpt ? TRANSFER_BIDIRECTIONAL_DC : TRANSFER_DC) :
					 (bpt ? TRANSFER_BIDIRECTIONAL_AC : TRANSFER_AC),
			.control = { CONTROL_DYNAMIC, CONTROL_SCHEDULED }, .n_control = 2,
			.max_charge_mw = INT32_MAX, .max_discharge_mw = INT32_MAX,
			.port = "evse0", .evse_id = "ZZ00000",
		},
		.now = { .ms = 1000, .unix_s = START_S },
		.code = "",
	};
	battery_set_soc(&b->scenario.vehicle.battery, 500);
	charger_fake(&b->fake, dc);
	b->fake.facts.asks = false;
	b->fake.looks = 2;
}

static void pass(struct bench *b, uint32_t ms)
{
	b->now.ms += ms;
	b->now.unix_s = START_S + b->now.ms / 1000;
	b->now.day_s = b->now.ms / 1000;
}

/* Over the wire: bytes, changed by what misbehaves; false where they are refused. */
static bool carry(const struct message *sent, const struct step *wrong, uint8_t *memory,
		  struct message *arrived)
{
	static uint8_t wire[ROOM];
	struct exi_error error = { };
	struct v2gtp header;
	size_t size = message_write(sent, wire, sizeof(wire), &error);

	if (!size) {
		check(false, "%s is encoded: %s: %s", message_name(sent), error.where,
		      error.why);
		return false;
	}
	if (wrong)
		size = mischief_bytes(wrong, wire, size, sizeof(wire));
	if (v2gtp_frame(wire, size, LINK_MESSAGE_MAX, &header) <= 0)
		return false;
	return message_read(&header, wire + V2GTP_HEADER, memory, ROOM, arrived, &error);
}

static enum session_result answer(struct bench *b, const struct message *req,
				  struct message *res)
{
	enum session_result result;
	int tries = 0;

	do {
		pass(b, 20);
		result = session_answer(&charger, &b->now, req, res);
	} while (result == SESSION_WAIT && tries++ < 100);
	return result;
}

static void note(struct bench *b, const struct message *req)
{
	const char *name = message_name(req);
	size_t used = strlen(b->wire), n = strlen(name);

	if (vehicle_is_loop(req->id) && ++b->loops == b->fault_at) {
		b->fake.facts.fault = 7;
		b->fake.facts.passing = b->passes;
		b->fake.facts.step = CHARGER_FAULT;
		b->fake.facts.power_mw = 0;
	}
	if (used >= n + 1 && !strncmp(b->wire + used - n - 1, name, n))
		return;
	snprintf(b->wire + used, sizeof(b->wire) - used, "%s ", name);
}

static void follow_port(struct bench *b)
{
	if (charger.effective_mw < b->flowed.min_mw)
		b->flowed.min_mw = charger.effective_mw;
	if (charger.effective_mw > b->flowed.max_mw)
		b->flowed.max_mw = charger.effective_mw;
}

/* One request and its answer; false when the connection is over. */
static bool exchange(struct bench *b, struct message *req, enum vehicle_result *result)
{
	const struct step *wrong = script_mischief(&b->script, req->id);
	struct message arrived, res, back;
	enum session_result last;
	uint32_t wait_ms = vehicle_pace_ms(&v) +
			   (vehicle_is_loop(req->id) ? b->script.late_ms : 0);

	b->closed_by = "vehicle";
	if (wrong && wrong->kind == STEP_DISCONNECT)
		return false;
	if (wrong && wrong->kind == STEP_SILENCE)
		wait_ms += wrong->value;
	if (wrong)
		mischief_message(wrong, &v, req);
	pass(b, wait_ms);
	b->closed_by = "charger";
	if (wait_ms > session_timeout_ms(&charger)) {
		b->closed_by = "silence";
		return false;
	}
	/* The resistor on the pilot is faster than a message. */
	b->fake.facts.asks = v.pilot_c;
	if (!carry(req, wrong, to_charger, &arrived))
		return false;
	note(b, &arrived);
	if (b->seen)
		b->seen(b, &arrived);
	last = answer(b, &arrived, &res);
	follow_port(b);
	if (!carry(&res, NULL, to_vehicle, &back))
		return false;
	if (b->seen)
		b->seen(b, &back);
	if (back.id == MESSAGE_SESSION_SETUP && *message_code(&back) ==
	    ISO20_RESPONSE_CODE_OK_OLD_SESSION_JOINED)
		b->joined++;
	script_look(&b->script, b->now.ms, &v);
	*result = vehicle_next(&v, &b->now, &back, req);
	b->code = v.code ? v.code : "";
	b->closed_by = *result == VEHICLE_SEND ? "charger" : "vehicle";
	return *result == VEHICLE_SEND && last == SESSION_ANSWER;
}

enum vehicle_result connect_once(struct bench *b, uint8_t id)
{
	static const uint8_t identity[LINK_IDENTITY_SIZE];
	const uint8_t ids[SESSION_ID_SIZE] = { id, 2, 3, 4, 5, 6, 7, 8 };
	enum vehicle_result result = VEHICLE_SEND;
	unsigned int left = MESSAGES_MOST;
	struct message req;

	session_begin(&charger, &b->config, &b->fake.charger, &b->pause, identity, ids);
	vehicle_first(&v, &b->now, &req);
	while (left-- && exchange(b, &req, &result))
		;
	if (result == VEHICLE_SEND)
		result = VEHICLE_FAILED;
	session_end(&charger);
	for (left = 0; left < 10; left++)
		b->fake.charger.ops->look(&b->fake.charger, &charger.facts);
	return result;
}

bool drive(struct bench *b)
{
	enum vehicle_result result;
	uint32_t wait_ms;
	uint8_t id = 1;

	vehicle_begin(&v, &b->scenario.vehicle);
	script_begin(&b->script, &b->scenario);
	do {
		if (id > 1)
			pass(b, wait_ms);
		/* What a fault was is over when the vehicle comes back. */
		if (id > 1 && b->fake.facts.fault) {
			b->fake.facts.fault = 0;
			b->fake.facts.step = CHARGER_OPEN;
		}
		result = connect_once(b, id++);
	} while (id < 5 && result == VEHICLE_DONE &&
		 script_resumes(&b->script, &v, &wait_ms));
	return script_end(&b->script, &v, result == VEHICLE_DONE);
}

bool is_open(const struct bench *b)
{
	return b->fake.facts.power_mw == 0 && (b->fake.facts.step == CHARGER_OPEN ||
					       b->fake.facts.step == CHARGER_FAULT);
}

#define AC	"AC_ChargeParameterDiscoveryReq ScheduleExchangeReq PowerDeliveryReq " \
		"AC_ChargeLoopReq PowerDeliveryReq SessionStopReq "
#define DC	"DC_ChargeParameterDiscoveryReq ScheduleExchangeReq DC_CableCheckReq " \
		"DC_PreChargeReq PowerDeliveryReq DC_ChargeLoopReq PowerDeliveryReq " \
		"DC_WeldingDetectionReq SessionStopReq "

const struct bench_service services[BENCH_SERVICES] = {
	{ SERVICE_AC, "AC", BENCH_SETUP AC },
	{ SERVICE_DC, "DC", BENCH_SETUP DC },
	{ SERVICE_AC_BPT, "AC_BPT", BENCH_SETUP AC },
	{ SERVICE_DC_BPT, "DC_BPT", BENCH_SETUP DC },
};

const struct bench_control controls[BENCH_CONTROLS] = {
	{ CONTROL_SCHEDULED, "scheduled" },
	{ CONTROL_DYNAMIC, "dynamic" },
};
