// SPDX-License-Identifier: GPL-2.0-or-later
/* The charger's side: what its port does, pauses, and what is negotiated anew. */
#include <string.h>

#include "session_bench.h"
#include "test.h"

static uint8_t notification(bool dc)
{
	struct iso20_evse_status *status = dc ?
		((struct iso20_dc_charge_loop_res *)response.body)->evse_status :
		((struct iso20_ac_charge_loop_res *)response.body)->evse_status;

	return status ? status->evse_notification : ISO20_EVSE_NOTIFICATION_values;
}

/* What happens to the port is told with the next response. */
static void test_events(void)
{
	bool dc;

	for (dc = false;; dc = true) {
		enum message_id loop = dc ? MESSAGE_DC_LOOP : MESSAGE_AC_LOOP;

		bring(dc, PHASE_LOOP);
		ask(loop);
		check(notification(dc) == ISO20_EVSE_NOTIFICATION_values,
		      "session: all is well");
		rig.facts.step = CHARGER_FAULT;
		rig.facts.fault = 0x20;
		rig.facts.power_mw = 0;
		ask(loop);
		check(notification(dc) == ISO20_EVSE_NOTIFICATION_TERMINATE &&
		      code() == ISO20_RESPONSE_CODE_OK && !s.effective_mw,
		      "session: a trip ends the session");
		rig.facts.passing = true;
		ask(loop);
		check(notification(dc) == ISO20_EVSE_NOTIFICATION_PAUSE,
		      "session: one that passes pauses it");
		now.ms += 10500;
		check(ask(loop) == SESSION_LAST && code() == ISO20_RESPONSE_CODE_FAILED,
		      "session: a vehicle that goes on is not waited for");

		bring(dc, PHASE_LOOP);
		s.wants_end = true;
		ask(loop);
		check(notification(dc) == ISO20_EVSE_NOTIFICATION_TERMINATE,
		      "session: a charger that is to stop says so");
		bring(dc, PHASE_LOOP);
		rig.facts.step = CHARGER_OPEN;
		ask(loop);
		check(notification(dc) == ISO20_EVSE_NOTIFICATION_PAUSE,
		      "session: a port that opened without a fault pauses it");
		if (dc)
			break;
	}
}

static void test_port(void)
{
	bring(false, PHASE_DELIVERY);
	rig.looks = 100000;
	check(ask(MESSAGE_POWER_DELIVERY) == SESSION_LAST &&
	      code() == ISO20_RESPONSE_CODE_FAILED_CONTACTOR_ERROR,
	      "session: a contactor that does not close in time");
	bring(false, PHASE_DELIVERY);
	rig.facts.asks = false;
	check(ask(MESSAGE_POWER_DELIVERY) == SESSION_LAST &&
	      code() == ISO20_RESPONSE_CODE_FAILED_CONTACTOR_ERROR,
	      "session: a vehicle that does not ask on the pilot");
	bring(false, PHASE_DELIVERY);
	rig.facts.step = CHARGER_FAULT;
	check(ask(MESSAGE_POWER_DELIVERY) == SESSION_LAST &&
	      code() == ISO20_RESPONSE_CODE_FAILED_POWER_DELIVERY_NOT_APPLIED,
	      "session: a port with a fault");
	bring(true, PHASE_CABLE_CHECK);
	rig.facts.asks = false;
	ask(MESSAGE_CABLE_CHECK);
	now.ms += 38000;
	check(ask(MESSAGE_CABLE_CHECK) == SESSION_LAST &&
	      code() == ISO20_RESPONSE_CODE_FAILED,
	      "session: a cable check has 38 s");
	bring(false, PHASE_LOOP);
	rig.looks = 100000;
	req_delivery.charge_progress = ISO20_CHARGE_PROGRESS_STOP;
	check(ask(MESSAGE_POWER_DELIVERY) == SESSION_LAST &&
	      code() == ISO20_RESPONSE_CODE_FAILED_CONTACTOR_ERROR,
	      "session: a contactor that does not open in time");
	bring(false, PHASE_SELECTION);
	rig.refuse.look = -1;
	check(ask(MESSAGE_SERVICE_DETAIL) == SESSION_LAST &&
	      code() == ISO20_RESPONSE_CODE_FAILED, "session: a port that cannot be read");
}

static void test_pause(void)
{
	uint8_t id[SESSION_ID_SIZE];

	bring(true, PHASE_STOPPED);
	memcpy(id, s.id, sizeof(id));
	req_stop.charging_session = ISO20_CHARGING_SESSION_PAUSE;
	check(ask(MESSAGE_SESSION_STOP) == SESSION_LAST && paused.kept,
	      "session: a session is paused");
	plug_in(true);
	ask(MESSAGE_APP_PROTOCOL);
	req_setup.header.session_id = (struct exi_binary){ id, SESSION_ID_SIZE };
	ask(MESSAGE_SESSION_SETUP);
	check(code() == ISO20_RESPONSE_CODE_OK_OLD_SESSION_JOINED &&
	      s.phase == PHASE_PARAMETERS && s.choice.bpt && s.choice.service == 6,
	      "session: and goes on with its parameters");
	paused.kept = true;
	plug_in(true);
	s.identity[0]++;
	ask(MESSAGE_APP_PROTOCOL);
	req_setup.header.session_id = (struct exi_binary){ id, SESSION_ID_SIZE };
	ask(MESSAGE_SESSION_SETUP);
	check(code() == ISO20_RESPONSE_CODE_OK_NEW_SESSION_ESTABLISHED &&
	      s.phase == PHASE_AUTHORIZATION_SETUP && !paused.kept,
	      "session: another vehicle does not take it over");
	bring(false, PHASE_AUTHORIZATION);
	req_stop.charging_session = ISO20_CHARGING_SESSION_PAUSE;
	check(ask(MESSAGE_SESSION_STOP) == SESSION_LAST &&
	      code() == ISO20_RESPONSE_CODE_FAILED_PAUSE_NOT_ALLOWED && !paused.kept,
	      "session: without a service there is nothing to pause");
}

static void test_renegotiation(void)
{
	bring(true, PHASE_LOOP);
	config.schedule[0].power_mw = -5000000;
	config.n_schedule = 1;
	ask(MESSAGE_DC_LOOP);
	check(rig.facts.power_mw == -5000000, "session: power flows");
	req_delivery.charge_progress = ISO20_CHARGE_PROGRESS_SCHEDULE_RENEGOTIATION;
	ask(MESSAGE_POWER_DELIVERY);
	check(s.phase == PHASE_SCHEDULE && !rig.facts.power_mw &&
	      rig.facts.step == CHARGER_CLOSED,
	      "session: a schedule is negotiated without power, the contactor closed");
	ask(MESSAGE_SCHEDULE_EXCHANGE);
	check(s.phase == PHASE_DELIVERY, "session: and without another cable check");
	req_delivery.charge_progress = ISO20_CHARGE_PROGRESS_START;
	ask(MESSAGE_POWER_DELIVERY);
	ask(MESSAGE_DC_LOOP);
	check(rig.facts.power_mw == -5000000, "session: then power flows again");
	check(ask_on(MESSAGE_SCHEDULE_EXCHANGE, V2GTP_RENEGOTIATION) == SESSION_ANSWER &&
	      response.payload == V2GTP_RENEGOTIATION && s.phase == PHASE_LOOP &&
	      rig.facts.power_mw == -5000000,
	      "session: on the side channel it is negotiated while power flows");
	req_delivery.charge_progress = ISO20_CHARGE_PROGRESS_STANDBY;
	check(ask(MESSAGE_POWER_DELIVERY) == SESSION_ANSWER && s.phase == PHASE_LOOP &&
	      code() == ISO20_RESPONSE_CODE_WARNING_STANDBY_NOT_ALLOWED,
	      "session: standby is not offered");
	req_stop.charging_session = ISO20_CHARGING_SESSION_SERVICE_RENEGOTIATION;
	check(ask(MESSAGE_SESSION_STOP) == SESSION_ANSWER && s.phase == PHASE_DISCOVERY &&
	      rig.facts.step == CHARGER_OPEN,
	      "session: services are negotiated anew, the contactor open");
}

void test_session_port(void)
{
	test_events();
	test_port();
	test_pause();
	test_renegotiation();
}
