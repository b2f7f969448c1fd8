// SPDX-License-Identifier: GPL-2.0-or-later
/* The steps of a scenario: how they are called, what they take, what comes of them. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "scenario-internal.h"

#define SLOW_MAX_MS	1000

static const struct {
	const char *name;
	enum { NOTHING, TIME, BYTES } takes;
} kinds[STEPS] = {
	[STEP_LOOP] = { "loop", TIME },
	[STEP_OBEY] = { "obey", TIME },
	[STEP_LATE] = { "late", TIME },
	[STEP_RENEGOTIATE] = { "renegotiate", NOTHING },
	[STEP_PAUSE] = { "pause", TIME },
	[STEP_STOP] = { "stop", NOTHING },
	[STEP_SILENCE] = { "silence", TIME },
	[STEP_SLOW] = { "slow", TIME },
	[STEP_GARBAGE] = { "garbage", BYTES },
	[STEP_OVERSIZE] = { "oversize", NOTHING },
	[STEP_UNKNOWN_PAYLOAD] = { "unknown_payload", NOTHING },
	[STEP_TRUNCATED] = { "truncated", NOTHING },
	[STEP_WRONG_ORDER] = { "wrong_order", NOTHING },
	[STEP_WRONG_SESSION] = { "wrong_session", NOTHING },
	[STEP_CONTRADICTION] = { "contradiction", NOTHING },
	[STEP_DISCONNECT] = { "disconnect", NOTHING },
};

const char *step_name(enum step_kind kind)
{
	return kinds[kind].name;
}

int step_find(const char *name)
{
	int kind;

	for (kind = 0; kind < STEPS; kind++)
		if (!strcmp(kinds[kind].name, name))
			return kind;
	return -1;
}

int step_find_message(const char *name)
{
	int id;

	for (id = 0; id < MESSAGES; id++)
		if (!strcmp(message_kinds[id].request, name) &&
		    id != MESSAGE_METERING_CONFIRMATION)
			return id;
	return -1;
}

static bool take_bytes(const char *text, uint32_t *bytes)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(text, &end, 10);
	*bytes = number;
	return isdigit((unsigned char)*text) && !*end && !errno && number &&
	       number <= LINK_MESSAGE_MAX;
}

bool step_take(struct step *step, const char *text, const char **why)
{
	switch (kinds[step->kind].takes) {
	case NOTHING:
		*why = "takes no value: write its name alone";
		return !text;
	case BYTES:
		*why = "takes a number of bytes: write for example 64, at most 16384";
		return text && take_bytes(text, &step->value);
	default:
		*why = "takes a time: write for example 10s";
		return text && !evse_parse_duration(text, "s", &step->value, why);
	}
}

/* May a step's misbehaviour be in this request? */
static bool may_be_at(const struct step *step)
{
	if (step->at == STEP_AT_LOOP)
		return true;
	switch (step->kind) {
	case STEP_CONTRADICTION:
		return vehicle_is_loop(step->at) || step->at == MESSAGE_AC_PARAMETERS ||
		       step->at == MESSAGE_DC_PARAMETERS;
	case STEP_WRONG_SESSION:
		return step->at > MESSAGE_SESSION_SETUP;
	default:
		return true;
	}
}

const char *step_wrong(const struct step *step, const struct step *before)
{
	if (before && before->kind != STEP_LATE &&
	    (before->kind == STEP_STOP || step_ends(before)))
		return "stands behind the session's end: put it before that";
	if (!may_be_at(step))
		return "has no meaning there: write another message behind 'at'";
	if (step->kind == STEP_SLOW && step->value > SLOW_MAX_MS)
		return "is too slow to end: write at most 1000ms";
	return NULL;
}

bool step_misbehaves(enum step_kind kind)
{
	return kind >= STEP_SILENCE;
}

bool step_ends(const struct step *step)
{
	bool loop = step->at == STEP_AT_LOOP || vehicle_is_loop(step->at);

	switch (step->kind) {
	case STEP_LATE:
		return step->value > SESSION_LOOP_TIMEOUT_MS;
	case STEP_SILENCE:
		return step->value > (loop ? SESSION_LOOP_TIMEOUT_MS :
					     SESSION_TIMEOUT_MS);
	case STEP_SLOW:
		return false;
	default:
		return step_misbehaves(step->kind);
	}
}
