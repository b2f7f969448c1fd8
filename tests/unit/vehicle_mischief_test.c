// SPDX-License-Identifier: GPL-2.0-or-later
/* A simulated vehicle that misbehaves, is late, or waits for an answer. */
#include <string.h>

#include "../../tools/evsim/mischief.h"
#include "test.h"
#include "vehicle_bench.h"

static void misbehave_at(uint16_t service, enum control_mode control, struct step step,
			 const char *code, const char *by)
{
	const char *name = step_name(step.kind);
	const char *at = step.at == STEP_AT_LOOP ? "the loop" : message_kinds[step.at].request;
	struct bench b;

	set_up(&b, service, control);
	b.scenario.step[0] = (struct step){ .kind = STEP_LOOP, .value = 500 };
	/* What comes ahead of the loop comes first. */
	b.scenario.step[step.at == STEP_AT_LOOP] = step;
	b.scenario.n_step = 1 + (step.at == STEP_AT_LOOP);
	check(drive(&b), "%s at %s: as the scenario says (%s)", name, at, b.script.why);
	check_text(b.code, code, "%s at %s: the code", name, at);
	check_text(b.closed_by, by, "%s at %s: who ended it", name, at);
	check(is_open(&b), "%s at %s: the port is open", name, at);
}

static void misbehaviour(void)
{
	static const struct {
		struct step step;
		const char *code;
		const char *by;
	} all[] = {
		{ { .kind = STEP_SILENCE, .value = 2000 }, "", "silence" },
		{ { .kind = STEP_SILENCE, .value = 300 }, "", "vehicle" },
		{ { .kind = STEP_SLOW, .value = 1 }, "", "vehicle" },
		{ { .kind = STEP_GARBAGE, .value = 64 }, "", "charger" },
		{ { .kind = STEP_OVERSIZE }, "", "charger" },
		{ { .kind = STEP_UNKNOWN_PAYLOAD }, "", "charger" },
		{ { .kind = STEP_TRUNCATED }, "", "charger" },
		{ { .kind = STEP_WRONG_ORDER }, "FAILED_SequenceError", "vehicle" },
		{ { .kind = STEP_WRONG_SESSION }, "FAILED_UnknownSession", "vehicle" },
		{ { .kind = STEP_CONTRADICTION }, "FAILED_WrongChargeParameter", "vehicle" },
		{ { .kind = STEP_DISCONNECT }, "", "vehicle" },
	};
	static const enum message_id places[] = {
		MESSAGE_SESSION_SETUP, MESSAGE_AUTHORIZATION, MESSAGE_DC_PARAMETERS,
		MESSAGE_CABLE_CHECK, MESSAGE_PRE_CHARGE, MESSAGE_POWER_DELIVERY,
		MESSAGE_SESSION_STOP,
	};
	size_t i, j, k;

	for (k = 0; k < ARRAY_LEN(all); k++) {
		struct step step = all[k].step;

		step.at = STEP_AT_LOOP;
		EACH_SESSION(i, j)
			misbehave_at(services[i].service, controls[j].control, step,
				     all[k].code, all[k].by);
	}
	for (i = 0; i < ARRAY_LEN(places); i++) {
		misbehave_at(SERVICE_DC_BPT, CONTROL_DYNAMIC,
			     (struct step){ .kind = STEP_DISCONNECT, .at = places[i] },
			     "", "vehicle");
		misbehave_at(SERVICE_DC_BPT, CONTROL_DYNAMIC,
			     (struct step){ .kind = STEP_TRUNCATED, .at = places[i] },
			     "", "charger");
	}
	misbehave_at(SERVICE_DC_BPT, CONTROL_DYNAMIC,
		     (struct step){ .kind = STEP_CONTRADICTION,
				    .at = MESSAGE_DC_PARAMETERS },
		     "FAILED_WrongChargeParameter", "vehicle");
	misbehave_at(SERVICE_AC, CONTROL_DYNAMIC,
		     (struct step){ .kind = STEP_CONTRADICTION,
				    .at = MESSAGE_AC_PARAMETERS },
		     "FAILED_WrongChargeParameter", "vehicle");
	misbehave_at(SERVICE_AC, CONTROL_DYNAMIC,
		     (struct step){ .kind = STEP_WRONG_ORDER,
				    .at = MESSAGE_AUTHORIZATION_SETUP },
		     "FAILED_SequenceError", "vehicle");
}

/* Requests that are sent late, but within the time that there is */
static void late(void)
{
	struct bench b;

	set_up(&b, SERVICE_AC_BPT, CONTROL_DYNAMIC);
	b.scenario.step[1] = b.scenario.step[0];
	b.scenario.step[0] = (struct step){ .kind = STEP_LATE, .value = 300 };
	b.scenario.n_step = 2;
	check(drive(&b) && b.loops >= 4 && b.loops <= 6, "late: fewer requests, %u (%s)",
	      b.loops, b.script.why);
	b.scenario.step[0].value = 600;
	check(drive(&b) && !strcmp(b.closed_by, "silence") && is_open(&b),
	      "late: too late ends the session (%s)", b.script.why);
}

/* A charger that is never ready, or answers something else */
static void deadlines(void)
{
	static const struct {
		enum message_id id;
		uint32_t ms;
	} timeouts[] = {
		{ MESSAGE_SESSION_SETUP, 2000 }, { MESSAGE_SERVICE_DETAIL, 5000 },
		{ MESSAGE_POWER_DELIVERY, 2000 }, { MESSAGE_AC_LOOP, 500 },
		{ MESSAGE_DC_LOOP, 500 },
	};
	struct iso20_dc_cable_check_res ongoing = {
		.response_code = ISO20_RESPONSE_CODE_OK,
		.evse_processing = ISO20_PROCESSING_ONGOING,
	};
	struct message response = { .id = MESSAGE_CABLE_CHECK, .response = true,
				    .body = &ongoing };
	struct session_time now = { .ms = 1000, .unix_s = START_S };
	enum vehicle_result result;
	struct message request;
	struct bench b;
	size_t i;

	set_up(&b, SERVICE_DC, CONTROL_DYNAMIC);
	vehicle_begin(&v, &b.scenario.vehicle);
	vehicle_first(&v, &now, &request);
	v.asked = MESSAGE_CABLE_CHECK;
	ongoing.header.session_id = (struct exi_binary){ v.id, SESSION_ID_SIZE };
	do {
		now.ms += 100;
		result = vehicle_next(&v, &now, &response, &request);
	} while (result == VEHICLE_SEND && now.ms < 100000);
	check(result == VEHICLE_FAILED && now.ms - 1000 >= 40000 && now.ms - 1000 <= 40200,
	      "a cable check is waited for 40 s: %s", v.why);
	for (i = 0; i < ARRAY_LEN(timeouts); i++) {
		v.asked = timeouts[i].id;
		check(vehicle_timeout_ms(&v) == timeouts[i].ms, "%s: %u ms for an answer",
		      message_kinds[v.asked].request, timeouts[i].ms);
	}
	v.pilot_c = true;
	check(vehicle_overdue(&v) == VEHICLE_FAILED && !v.pilot_c,
	      "no answer: state B, and %s", v.why);
}

void test_vehicle_mischief(void)
{
	misbehaviour();
	late();
	deadlines();
}
