// SPDX-License-Identifier: GPL-2.0-or-later
/* Protocol, session and authorisation. */
#include <stdio.h>
#include <string.h>

#include "phase.h"

#define VERSION_MAJOR	1
#define VERSION_MINOR	0

static bool is_namespace(const struct exi_string *text, const char *namespace)
{
	return text->length == strlen(namespace) && !memcmp(text->text, namespace, text->length);
}

enum session_result take_app_protocol(struct session *s, const void *request, void *response)
{
	const struct apphand_req *req = request;
	struct apphand_res *res = response;
	const struct apphand_protocol *best = NULL;
	const char *ours = config_is_dc(s->config) ? "urn:iso:std:iso:15118:-20:DC" :
						     "urn:iso:std:iso:15118:-20:AC";
	uint32_t i;

	for (i = 0; i < req->n_app_protocol; i++) {
		const struct apphand_protocol *p = &req->app_protocol[i];

		/* Priority 1 is the vehicle's first choice. */
		if (is_namespace(&p->protocol_namespace, ours) &&
		    p->version_number_major == VERSION_MAJOR &&
		    (!best || p->priority < best->priority))
			best = p;
	}
	if (!best) {
		res->response_code = APPHAND_RESPONSE_CODE_FAILED;
		s->why = config_is_dc(s->config) ?
			 "the vehicle does not offer ISO 15118-20 DC" :
			 "the vehicle does not offer ISO 15118-20 AC";
		s->phase = PHASE_END;
		return SESSION_LAST;
	}
	if (best->version_number_minor != VERSION_MINOR)
		res->response_code = APPHAND_RESPONSE_CODE_MINOR_DEVIATION;
	exi_set(res, apphand_res, schema_id);
	res->schema_id = best->schema_id;
	s->phase = PHASE_SETUP;
	return SESSION_ANSWER;
}

void fill_session_setup(struct session *s, void *response)
{
	struct iso20_session_setup_res *res = response;

	res->evse_id = session_text(s->config->evse_id);
}

/*
 * Is it the vehicle of the session that was paused? Without TLS the only thing that
 * tells is what it calls itself: a bench's.
 */
static bool resumes(const struct session *s, const struct exi_binary *id)
{
	const struct session_pause *pause = s->pause;

	return pause->kept && id->length == SESSION_ID_SIZE &&
	       !memcmp(id->data, pause->id, SESSION_ID_SIZE) &&
	       !memcmp(s->identity, pause->identity, LINK_IDENTITY_SIZE) &&
	       !strcmp(s->evccid, pause->evccid);
}

enum session_result take_session_setup(struct session *s, const void *request, void *response)
{
	const struct iso20_session_setup_req *req = request;
	struct iso20_session_setup_res *res = response;

	/* The schema allows 255 characters, of up to four bytes; more of them are not kept. */
	snprintf(s->evccid, sizeof(s->evccid), "%s", req->evccid.text);
	if (resumes(s, &req->header.session_id)) {
		memcpy(s->id, s->pause->id, SESSION_ID_SIZE);
		s->choice = s->pause->choice;
		res->response_code = CODE(OK_OLD_SESSION_JOINED);
		s->phase = PHASE_PARAMETERS;
	} else {
		res->response_code = CODE(OK_NEW_SESSION_ESTABLISHED);
		s->phase = PHASE_AUTHORIZATION_SETUP;
	}
	s->pause->kept = false;
	return SESSION_ANSWER;
}

/* External identification alone: contract certificates are not served. */
void fill_authorization_setup(struct session *s, void *response)
{
	struct iso20_authorization_setup_res *res = response;

	res->authorization_services = session_room(s, sizeof(iso20_authorization));
	res->n_authorization_services = 1;
	res->authorization_services[0] = ISO20_AUTHORIZATION_EIM;
	res->eim_as_res_authorization_mode =
		SESSION_ROOM_FOR(s, iso20_eim_as_res_authorization_mode);
}

enum session_result take_authorization_setup(struct session *s, const void *request,
					     void *response)
{
	(void)request;
	(void)response;
	s->phase = PHASE_AUTHORIZATION;
	return SESSION_ANSWER;
}

enum session_result take_authorization(struct session *s, const void *request, void *response)
{
	const struct iso20_authorization_req *req = request;
	struct iso20_authorization_res *res = response;

	/* It may ask again: a warning does not end the session. */
	if (req->selected_authorization_service != ISO20_AUTHORIZATION_EIM ||
	    !req->eim_a_req_authorization_mode) {
		res->response_code = CODE(WARNING_AUTHORIZATION_SELECTION_INVALID);
		s->why = "only external identification (EIM) is offered";
		return SESSION_ANSWER;
	}
	s->phase = PHASE_DISCOVERY;
	return SESSION_ANSWER;
}
