// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whole sessions: any messages in any order, with the id of the session or another. Every
 * response can be encoded, power stays within what was agreed, and in the end the
 * contactor is open.
 *
 * Input: a byte of options; then messages, each a byte of options, two bytes of length
 * and EXI. A length beyond the end is that of the rest.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "../../tools/secc/session.h"
#include "../unit/charger_fake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROOM		32768
#define MESSAGES_MAX	64

/* Bits of the first byte */
enum { DC = 1, CHARGE_ONLY = 2, SCHEDULE = 4, OF_DAY = 8, SLOW = 16, SILENT_PILOT = 32 };
/* Bits of a message's byte: which payload, and what happens around it */
enum { PAYLOAD = 7, OTHER_ID = 8, FAULT = 16, LATER = 32, ONE_WAY = 64, OPENS = 128 };

static const uint16_t payloads[PAYLOAD + 1] = {
	V2GTP_APP_PROTOCOL, V2GTP_COMMON, V2GTP_AC, V2GTP_DC,
	V2GTP_RENEGOTIATION, V2GTP_METERING, 0x9000, 0xffff,
};

static struct config config_of(uint8_t options)
{
	struct config config = {
		.transfer = options & CHARGE_ONLY ? TRANSFER_AC : TRANSFER_BIDIRECTIONAL_AC,
		.control = { CONTROL_SCHEDULED, CONTROL_DYNAMIC }, .n_control = 2,
		.max_charge_mw = INT32_MAX, .max_discharge_mw = 9000000,
		.min_soc_percent = 20, .dc_min_voltage_mv = 150000,
		.port = "evse0", .evse_id = "ZZ00000",
		.of_day = options & OF_DAY,
	};
	unsigned int i;

	if (options & DC)
		config.transfer++;
	if (!(options & SCHEDULE))
		return config;
	for (i = 0; i < CONFIG_SCHEDULE_MAX; i++)
		config.schedule[i] = (struct schedule_entry){
			i * 800, i % 2 ? -5000000 : 7000000, i % 3 };
	config.n_schedule = CONFIG_SCHEDULE_MAX;
	return config;
}

static void require(bool truth)
{
	if (!truth)
		abort();
}

/* What may never be, whatever a vehicle says. */
static void judge(const struct session *s, const struct charger_fake *fake)
{
	int32_t flows = fake->facts.power_mw;

	require(flows >= fake->facts.now.min_mw && flows <= fake->facts.now.max_mw);
	require(flows >= 0 || (s->choice.bpt && fake->bpt));
	require(!flows || (fake->facts.step == CHARGER_CLOSED && fake->deadline_ms));
	require(s->phase == PHASE_LOOP || !flows);
}

/* One message from @data; returns its bytes */
static size_t one(struct session *s, struct charger_fake *fake, struct session_time *now,
		  const uint8_t *data, size_t size)
{
	static _Alignas(8) uint8_t memory[ROOM];
	static uint8_t out[V2GTP_HEADER + LINK_MESSAGE_MAX];
	uint8_t options = data[0];
	size_t length = data[1] << 8 | data[2];
	struct message request, response;
	enum session_result result;
	struct exi_error error;
	struct v2gtp header;

	if (length > size - 3)
		length = size - 3;
	header = (struct v2gtp){ payloads[options & PAYLOAD], length };
	if (options & FAULT) {
		fake->facts.step = CHARGER_FAULT;
		fake->facts.fault = 7;
		fake->facts.power_mw = 0;
		fake->facts.passing = options & ONE_WAY;
	}
	if (options & OPENS) {
		fake->facts.step = CHARGER_OPEN;
		fake->facts.power_mw = 0;
	}
	if (options & LATER)
		now->ms += 12000, now->day_s = (now->day_s + 12000) % 86400;
	if (!message_read(&header, data + 3, memory, ROOM, &request, &error))
		return 3 + length;
	if (request.id != MESSAGE_APP_PROTOCOL && !(options & OTHER_ID))
		message_header(&request)->session_id =
			(struct exi_binary){ s->id, SESSION_ID_SIZE };
	do {
		now->ms += 100;
		result = session_answer(s, now, &request, &response);
	} while (result == SESSION_WAIT);
	require(message_write(&response, out, sizeof(out), &error));
	if (result == SESSION_LAST)
		session_end(s);
	judge(s, fake);
	return 3 + length;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t id[SESSION_ID_SIZE] = { 1 }, identity[LINK_IDENTITY_SIZE];
	struct session_time now = { .ms = 1, .unix_s = 1795232035, .day_s = 3600 };
	struct session_pause pause = { };
	static struct session s;
	struct charger_fake fake;
	struct config config;
	size_t at = 1;
	int n;

	if (!size)
		return 0;
	config = config_of(data[0]);
	charger_fake(&fake, data[0] & DC);
	fake.looks = data[0] & SLOW ? 3 : 0;
	fake.facts.asks = !(data[0] & SILENT_PILOT);
	session_begin(&s, &config, &fake.charger, &pause, identity, id);
	for (n = 0; n < MESSAGES_MAX && at + 3 <= size && s.phase != PHASE_END; n++)
		at += one(&s, &fake, &now, data + at, size - at);
	session_end(&s);
	for (n = 0; n <= 4; n++)
		fake.charger.ops->look(&fake.charger, &fake.facts);
	require(fake.facts.step == CHARGER_OPEN || fake.facts.step == CHARGER_FAULT);
	require(!fake.facts.power_mw);
	return 0;
}
