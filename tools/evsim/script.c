// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>

#include "script.h"

void script_begin(struct script *script, const struct scenario *scenario)
{
	*script = (struct script){ .scenario = scenario };
}

static const struct step *at_hand(const struct script *script)
{
	const struct scenario *scenario = script->scenario;

	return script->next < scenario->n_step ? &scenario->step[script->next] : NULL;
}

static void go_on(struct script *script)
{
	script->next++;
	script->begun = false;
}

static void want(struct vehicle *vehicle, enum vehicle_want what)
{
	if (vehicle->want < what)
		vehicle->want = what;
}

/* True while the step at hand goes on. */
static bool lasts(struct script *script, const struct step *step, uint64_t now_ms)
{
	if (!script->begun)
		script->begun_ms = now_ms;
	script->begun = true;
	if (now_ms - script->begun_ms < step->value)
		return true;
	script->late_ms = 0;
	return false;
}

/* True where something is begun in this moment; false: the loop is there again. */
static bool begins(struct script *script, struct vehicle *vehicle, enum vehicle_want what)
{
	if (script->begun)
		return false;
	script->begun = true;
	want(vehicle, what);
	return true;
}

/* True until the step is over. */
static bool carry_out(struct script *script, const struct step *step, uint64_t now_ms,
		      struct vehicle *vehicle)
{
	switch (step->kind) {
	case STEP_LOOP:
	case STEP_OBEY:
		return lasts(script, step, now_ms);
	case STEP_LATE:
		script->late_ms = step->value;
		if (step_ends(step))
			script->provoked = step;
		return false;
	case STEP_RENEGOTIATE:
		return begins(script, vehicle, VEHICLE_RENEGOTIATES);
	case STEP_PAUSE:
		return begins(script, vehicle, VEHICLE_PAUSES);
	case STEP_STOP:
		want(vehicle, VEHICLE_STOPS);
		return true;
	default:
		/* What is not sent in this loop may be at the end of the session. */
		if (step->at != STEP_AT_LOOP && step->at != (int)vehicle->asked)
			want(vehicle, VEHICLE_STOPS);
		return true;
	}
}

void script_look(struct script *script, uint64_t now_ms, struct vehicle *vehicle)
{
	const struct step *step;

	if (!vehicle_is_loop(vehicle->asked))
		return;
	while ((step = at_hand(script)) && !carry_out(script, step, now_ms, vehicle))
		go_on(script);
	if (!step)
		want(vehicle, VEHICLE_STOPS);
}

const struct step *script_mischief(struct script *script, enum message_id id)
{
	const struct step *step = at_hand(script);

	if (!step || !step_misbehaves(step->kind))
		return NULL;
	if (step->at == STEP_AT_LOOP ? !vehicle_is_loop(id) : step->at != (int)id)
		return NULL;
	if (step_ends(step))
		script->provoked = step;
	go_on(script);
	return step;
}

bool script_resumes(struct script *script, const struct vehicle *vehicle,
		    uint32_t *wait_ms)
{
	const struct step *step = at_hand(script);

	if (!vehicle->paused || !step ||
	    (step->kind != STEP_PAUSE && step->kind != STEP_OBEY))
		return false;
	*wait_ms = step->kind == STEP_PAUSE ? step->value : step->resume_ms;
	script->resumed = true;
	return true;
}

static bool __attribute__((format(printf, 2, 3)))
other(struct script *script, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(script->why, sizeof(script->why), fmt, args);
	va_end(args);
	return false;
}

bool script_end(struct script *script, const struct vehicle *vehicle, bool done)
{
	const struct step *step = at_hand(script);

	if (script->provoked)
		return !done || other(script, "line %u: the charger went on after '%s'",
				      script->provoked->line,
				      step_name(script->provoked->kind));
	if (!done)
		return other(script, "%s", vehicle->why);
	if (script->resumed && !vehicle->joined)
		return other(script, "the charger did not go on with the paused session");
	if (step && step->kind != STEP_STOP && step->kind != STEP_OBEY)
		return other(script, "line %u: the session ended before '%s' was over",
			     step->line, step_name(step->kind));
	return true;
}
