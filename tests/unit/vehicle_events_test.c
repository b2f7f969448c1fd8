// SPDX-License-Identifier: GPL-2.0-or-later
/* A simulated vehicle: faults, what it is told, pauses, what is negotiated anew. */
#include <string.h>

#include "test.h"
#include "vehicle_bench.h"

#define RESUMED	"supportedAppProtocolReq SessionSetupReq "

/* A trip in the loop: one that passes is a pause, and any other the end. */
static void faults(void)
{
	struct bench b;
	size_t i, j;

	EACH_SESSION(i, j) {
		const char *service = services[i].name, *control = controls[j].name;

		set_up(&b, services[i].service, controls[j].control);
		b.scenario.step[0] = (struct step){ .kind = STEP_OBEY, .value = 2000 };
		b.fault_at = 5;
		check(drive(&b) && v.told == ISO20_EVSE_NOTIFICATION_TERMINATE,
		      "%s %s: a trip ends the session (%s)", service, control, b.script.why);
		check_text(b.wire, services[i].wire, "%s %s: in its order", service, control);
		check(b.loops == 5 && is_open(&b), "%s %s: at once, open", service, control);

		set_up(&b, services[i].service, controls[j].control);
		b.fault_at = 5;
		check(!drive(&b), "%s %s: where a loop was wanted it fails: %s", service,
		      control, b.script.why);

		set_up(&b, services[i].service, controls[j].control);
		b.scenario.step[0] = (struct step){ .kind = STEP_OBEY, .value = 20000,
						    .resume_ms = 1000 };
		b.fault_at = 5;
		b.passes = true;
		check(drive(&b) && b.joined == 1 && b.loops > 100,
		      "%s %s: a trip that passes is a pause, then it goes on (%s)", service,
		      control, b.script.why);
		check(!strstr(b.wire + strlen(BENCH_SETUP), "AuthorizationReq"),
		      "%s %s: without another authorisation", service, control);
	}
}

/* A port that does not close */
static void failures(void)
{
	struct bench b;
	size_t i, j;

	EACH_SESSION(i, j) {
		bool dc = services[i].service == SERVICE_DC ||
			  services[i].service == SERVICE_DC_BPT;

		set_up(&b, services[i].service, controls[j].control);
		b.fake.looks = 100000;
		check(!drive(&b) && !b.loops, "%s %s: a port that does not close: %s",
		      services[i].name, controls[j].name, b.script.why);
		check_text(b.code, dc ? "FAILED" : "FAILED_ContactorError",
			   "%s %s: the code", services[i].name, controls[j].name);
		check(!v.pilot_c && !v.target_mw, "%s %s: state B, and no power",
		      services[i].name, controls[j].name);
	}
}

static void notified(void)
{
	static const struct {
		iso20_evse_notification notification;
		enum vehicle_want want;
	} all[] = {
		{ ISO20_EVSE_NOTIFICATION_PAUSE, VEHICLE_PAUSES },
		{ ISO20_EVSE_NOTIFICATION_TERMINATE, VEHICLE_STOPS },
		{ ISO20_EVSE_NOTIFICATION_SCHEDULE_RENEGOTIATION, VEHICLE_RENEGOTIATES },
		{ ISO20_EVSE_NOTIFICATION_SERVICE_RENEGOTIATION, VEHICLE_RESELECTS },
		{ ISO20_EVSE_NOTIFICATION_EXIT_STANDBY, VEHICLE_CHARGES },
		{ ISO20_EVSE_NOTIFICATION_METERING_CONFIRMATION, VEHICLE_CHARGES },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(all); i++) {
		struct iso20_evse_status status = { 5, all[i].notification };

		v.want = VEHICLE_CHARGES;
		vehicle_heed(&v, &status);
		check(v.want == all[i].want, "EVSEStatus %s is heeded",
		      iso20_evse_notification_type.name[all[i].notification]);
		v.want = VEHICLE_STOPS;
		vehicle_heed(&v, &status);
		check(v.want == VEHICLE_STOPS, "and does not keep a vehicle that stops");
	}
}

/* What a driver who has changed his mind does, once */
static void reselect(struct bench *b, const struct message *message)
{
	if (vehicle_is_loop(message->id) && message->response && b->loops == 10 &&
	    v.want == VEHICLE_CHARGES)
		v.want = VEHICLE_RESELECTS;
}

static void reselection(void)
{
	struct bench b;

	set_up(&b, SERVICE_DC_BPT, CONTROL_DYNAMIC);
	b.seen = reselect;
	b.scenario.step[0].value = 3000;
	check(drive(&b), "another service: ends as it says (%s)", b.script.why);
	check(strstr(b.wire, "SessionStopReq ServiceDiscoveryReq ServiceDetailReq "
			     "ServiceSelectionReq DC_ChargeParameterDiscoveryReq "),
	      "another service: on the same connection: %s", b.wire);
	check(is_open(&b), "another service: open at the end");
}

static void pauses(void)
{
	struct bench b;
	size_t i, j;

	EACH_SESSION(i, j) {
		set_up(&b, services[i].service, controls[j].control);
		b.scenario.step[1] = (struct step){ .kind = STEP_PAUSE, .value = 5000 };
		b.scenario.step[2] = (struct step){ .kind = STEP_LOOP, .value = 1000 };
		b.scenario.n_step = 3;
		check(drive(&b) && b.joined == 1, "%s %s: pauses and resumes (%s)",
		      services[i].name, controls[j].name, b.script.why);
		check(!strncmp(b.wire, services[i].wire, strlen(services[i].wire)) &&
		      !strncmp(b.wire + strlen(services[i].wire),
			       RESUMED, strlen(RESUMED)) &&
		      strncmp(b.wire + strlen(services[i].wire) + strlen(RESUMED),
			      "AuthorizationSetupReq", 21),
		      "%s %s: at charge parameter discovery", services[i].name,
		      controls[j].name);
		check(is_open(&b), "%s %s: open at the end", services[i].name,
		      controls[j].name);
	}
	/* A charger that has forgotten it begins anew, and the scenario says no. */
	set_up(&b, SERVICE_AC, CONTROL_DYNAMIC);
	b.scenario.step[1] = (struct step){ .kind = STEP_PAUSE, .value = 5000 };
	b.scenario.n_step = 2;
	vehicle_begin(&v, &b.scenario.vehicle);
	script_begin(&b.script, &b.scenario);
	check(connect_once(&b, 1) == VEHICLE_DONE && v.paused, "paused");
	b.pause.kept = false;
	b.script.resumed = true;
	check(connect_once(&b, 2) == VEHICLE_DONE && !script_end(&b.script, &v, true),
	      "a session that is not resumed: %s", b.script.why);
}

static void renegotiations(void)
{
	struct bench b;
	size_t i, j;

	EACH_SESSION(i, j) {
		set_up(&b, services[i].service, controls[j].control);
		b.scenario.step[1] = (struct step){ .kind = STEP_RENEGOTIATE };
		b.scenario.step[2] = (struct step){ .kind = STEP_LOOP, .value = 1000 };
		b.scenario.n_step = 3;
		check(drive(&b), "%s %s: renegotiates (%s)", services[i].name,
		      controls[j].name, b.script.why);
		check(strstr(b.wire, "ChargeLoopReq PowerDeliveryReq ScheduleExchangeReq "
				     "PowerDeliveryReq ") && b.loops > 25,
		      "%s %s: %s", services[i].name, controls[j].name, b.wire);
		check(is_open(&b), "%s %s: open at the end", services[i].name,
		      controls[j].name);
	}
}

void test_vehicle_events(void)
{
	faults();
	failures();
	notified();
	reselection();
	pauses();
	renegotiations();
}
