// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <stdarg.h>

#include "../libevse/evse-json.h"
#include "../libevse/evse-units.h"
#include "../secc/exi/print.h"
#include "report.h"

static void begin(const struct report *report, struct evse_json *json, uint64_t now_ms,
		  const char *event)
{
	*json = (struct evse_json){ .out = report->out };
	evse_json_open(json, NULL, '{');
	evse_json_uint(json, "ms", now_ms - report->start_ms);
	evse_json_string(json, "event", event);
}

/* Whoever reads along reads now. */
static void end(const struct report *report, struct evse_json *json)
{
	if (json)
		evse_json_close(json, '}');
	fputc('\n', report->out);
	fflush(report->out);
}

static void time_of(const struct report *report, uint64_t now_ms)
{
	fprintf(report->out, "%8" PRIu64 " ms  ", now_ms - report->start_ms);
}

void report_note(const struct report *report, uint64_t now_ms, const char *event,
		 const char *fmt, ...)
{
	struct evse_json json;
	char text[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (report->json) {
		begin(report, &json, now_ms, event);
		evse_json_string(&json, "detail", text);
		end(report, &json);
		return;
	}
	time_of(report, now_ms);
	fprintf(report->out, "%s: %s", event, text);
	end(report, NULL);
}

static const char *code_of(const struct message *message)
{
	const struct apphand_res *first = message->body;

	if (!message->response)
		return NULL;
	return message->id == MESSAGE_APP_PROTOCOL ?
	       apphand_response_code_type.name[first->response_code] :
	       iso20_response_code_type.name[*message_code(message)];
}

static const char *status_of(const struct message *message)
{
	const struct iso20_ac_charge_loop_res *ac = message->body;
	const struct iso20_dc_charge_loop_res *dc = message->body;
	const struct iso20_power_delivery_res *delivery = message->body;
	const struct iso20_evse_status *status =
		!message->response ? NULL :
		message->id == MESSAGE_AC_LOOP ? ac->evse_status :
		message->id == MESSAGE_DC_LOOP ? dc->evse_status :
		message->id == MESSAGE_POWER_DELIVERY ? delivery->evse_status : NULL;

	return status ?
	       iso20_evse_notification_type.name[status->evse_notification] : NULL;
}

static struct exi_document document_of(const struct message *message)
{
	return (struct exi_document){
		.root = exi_root(message_kinds[message->id].grammar,
				 message_name(message)),
		.value = message->body,
	};
}

static void as_json(const struct report *report, uint64_t now_ms,
		    const struct message *message, const struct vehicle *v)
{
	struct exi_document document = document_of(message);
	struct evse_json json;
	const char *code = code_of(message), *status = status_of(message);

	begin(report, &json, now_ms, message->response ? "received" : "sent");
	evse_json_string(&json, "message", message_name(message));
	if (code)
		evse_json_string(&json, "code", code);
	if (status)
		evse_json_string(&json, "notification", status);
	if (vehicle_is_loop(message->id)) {
		evse_json_int(&json, "target_mw", v->target_mw);
		evse_json_int(&json, "power_mw", v->present_mw);
		evse_json_int(&json, "soc_permille", battery_soc_permille(&v->battery));
	}
	if (report->verbose)
		exi_print_member(&json, &document);
	end(report, &json);
}

static void as_text(const struct report *report, uint64_t now_ms,
		    const struct message *message, const struct vehicle *v)
{
	const char *code = code_of(message), *status = status_of(message);
	struct evse_json json = { .out = report->out };
	struct exi_document document = document_of(message);
	int32_t soc = battery_soc_permille(&v->battery);
	char target[32], power[32];

	time_of(report, now_ms);
	fprintf(report->out, "%c %s", message->response ? '<' : '>', message_name(message));
	if (code)
		fprintf(report->out, " %s", code);
	if (status)
		fprintf(report->out, " %s", status);
	if (vehicle_is_loop(message->id))
		fprintf(report->out, " target %s, power %s, %d.%d %%",
			evse_format(v->target_mw, EVSE_U_MW, target, sizeof(target)),
			evse_format(v->present_mw, EVSE_U_MW, power, sizeof(power)),
			soc / 10, soc % 10);
	end(report, NULL);
	if (!report->verbose)
		return;
	exi_print(&json, &document);
	end(report, NULL);
}

void report_message(const struct report *report, uint64_t now_ms,
		    const struct message *message, const struct vehicle *v)
{
	if (report->json)
		as_json(report, now_ms, message, v);
	else
		as_text(report, now_ms, message, v);
}

void report_end(const struct report *report, uint64_t now_ms, bool ok, const char *why)
{
	struct evse_json json;

	if (!report->json) {
		report_note(report, now_ms, "end", "%s",
			    ok ? "as the scenario says" : why);
		return;
	}
	begin(report, &json, now_ms, "end");
	evse_json_bool(&json, "ok", ok);
	if (!ok)
		evse_json_string(&json, "why", why);
	end(report, &json);
}
