// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sessions of a vehicle that is not ours, as it was recorded beside its own charger: each
 * of its requests is answered so that it can go on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/secc/session.h"
#include "charger_fake.h"
#include "recorded.h"
#include "test.h"

#define ROOM	65536

static const uint8_t id[SESSION_ID_SIZE] = { 1, 2, 3, 4, 5, 6, 7, 8 };
static const uint8_t identity[LINK_IDENTITY_SIZE];

static struct session s;
static _Alignas(8) uint8_t memory[ROOM];
static uint8_t out[ROOM];

static enum session_result ask(struct session_time *now, const struct message *req,
			       struct message *res)
{
	enum session_result result;
	int tries = 0;

	do {
		now->ms += 20;
		result = session_answer(&s, now, req, res);
	} while (result == SESSION_WAIT && tries++ < 100);
	return result;
}

static bool is_ok(const struct message *res)
{
	if (res->id == MESSAGE_APP_PROTOCOL)
		return ((struct apphand_res *)res->body)->response_code !=
		       APPHAND_RESPONSE_CODE_FAILED;
	return *message_code(res) <= ISO20_RESPONSE_CODE_OK_POWER_TOLERANCE_CONFIRMED;
}

static void replay(const char *name, bool dc, int32_t planned_mw,
		   struct power_window flows)
{
	struct config config;
	struct session_pause pause = { };
	struct session_time now = { .unix_s = 1795232035 };
	struct power_window flowed = { };
	struct charger_fake fake;
	struct message req, res;
	struct exi_error error;
	char path[64], *text, *line, *save;
	static uint8_t in[4096];
	int loops = 0;

	config = (struct config){
		.transfer = dc ? TRANSFER_BIDIRECTIONAL_DC : TRANSFER_BIDIRECTIONAL_AC,
		.control = { CONTROL_SCHEDULED, CONTROL_DYNAMIC }, .n_control = 2,
		.max_charge_mw = INT32_MAX, .max_discharge_mw = INT32_MAX,
		.port = "evse0", .evse_id = "ZZ00000",
		.schedule = { { 0, planned_mw, 0 } }, .n_schedule = planned_mw ? 1 : 0,
	};
	charger_fake(&fake, dc);
	/* The vehicle's own charger took two cable checks. */
	fake.looks = dc ? 30 : 3;
	session_begin(&s, &config, &fake.charger, &pause, identity, id);
	snprintf(path, sizeof(path), "tests/unit/session-%s.tsv", name);
	text = read_file(source(path));
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		enum session_result result;
		struct v2gtp header;

		if (!recorded_request(line, &header, in, sizeof(in)))
			continue;
		if (!check(message_read(&header, in, memory, ROOM, &req, &error),
			   "%s: '%s' is read", name, line))
			break;
		if (req.id != MESSAGE_APP_PROTOCOL && req.id != MESSAGE_SESSION_SETUP)
			message_header(&req)->session_id.data = id;
		result = ask(&now, &req, &res);
		if (!check(is_ok(&res) && message_write(&res, out, ROOM, &error) &&
			   result == (req.id == MESSAGE_SESSION_STOP ? SESSION_LAST :
								       SESSION_ANSWER),
			   "%s: %s is answered (%s)", name, message_name(&req), s.why))
			break;
		if (req.id != MESSAGE_AC_LOOP && req.id != MESSAGE_DC_LOOP)
			continue;
		loops++;
		if (s.effective_mw < flowed.min_mw)
			flowed.min_mw = s.effective_mw;
		if (s.effective_mw > flowed.max_mw)
			flowed.max_mw = s.effective_mw;
	}
	free(text);
	check(s.phase == PHASE_END && loops == 10, "%s: to its end, ten loops", name);
	check(fake.facts.step == CHARGER_OPEN, "%s: the contactor is open", name);
	check(flowed.min_mw == flows.min_mw && flowed.max_mw == flows.max_mw,
	      "%s: power from %d to %d mW", name, flowed.min_mw, flowed.max_mw);
}

void test_replay(void)
{
	/* A charger that plans to be fed 5 kW, and one that leaves it to the vehicle */
	replay("ac-bpt-dynamic", false, -5000000, (struct power_window){ -5000000, 0 });
	replay("ac-bpt-dynamic", false, 0, (struct power_window){ 0, 22000000 });
	/* It needs 20 Wh for its departure, and gives nothing before. */
	replay("dc-bpt-dynamic", true, -5000000, (struct power_window){ 0, 0 });
	replay("dc-bpt-dynamic", true, 0, (struct power_window){ 0, 4000000 });
	/* Vehicles that plan to charge, which the first of the two does not allow */
	replay("ac-bpt-scheduled", false, -5000000, (struct power_window){ 0, 0 });
	replay("ac-bpt-scheduled", false, 0, (struct power_window){ 0, 10000000 });
	replay("dc-bpt-scheduled", true, -5000000, (struct power_window){ 0, 0 });
	replay("dc-bpt-scheduled", true, 0, (struct power_window){ 0, 22000000 });
}
