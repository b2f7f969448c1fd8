/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a simulated vehicle is, and what it does: a YAML file. */
#ifndef EVSIM_SCENARIO_H
#define EVSIM_SCENARIO_H

#include <stdio.h>

#include "vehicle.h"

#define SCENARIO_STEPS_MAX	64
#define SCENARIO_SIZE_MAX	16384

/* A step's message where it names none: the next request of a charge loop */
#define STEP_AT_LOOP	(-1)

/* How long a pause that the charger wants lasts where a scenario says nothing */
#define RESUME_MS	10000

/**
 * enum step_kind - what a vehicle does
 * @STEP_LOOP: charge for some time
 * @STEP_OBEY: likewise, doing what EVSEStatus says; resume after a pause
 * @STEP_LATE: send each request of the next loop so much later
 * @STEP_RENEGOTIATE: ask for another schedule
 * @STEP_PAUSE: pause the session for some time, and resume it
 * @STEP_STOP: end the session
 * @STEP_SILENCE: send a request so much later; this and all below misbehaves
 * @STEP_SLOW: send a request byte by byte, so far apart
 * @STEP_GARBAGE: send so many bytes that are no message
 * @STEP_OVERSIZE: announce more bytes than a message may have
 * @STEP_UNKNOWN_PAYLOAD: send a payload type that there is not
 * @STEP_TRUNCATED: send the first half of a document as if it were all
 * @STEP_WRONG_ORDER: send a request that does not belong there
 * @STEP_WRONG_SESSION: send the id of another session
 * @STEP_CONTRADICTION: tell a lowest limit above the highest
 * @STEP_DISCONNECT: close the connection
 */
enum step_kind {
	STEP_LOOP,
	STEP_OBEY,
	STEP_LATE,
	STEP_RENEGOTIATE,
	STEP_PAUSE,
	STEP_STOP,
	STEP_SILENCE,
	STEP_SLOW,
	STEP_GARBAGE,
	STEP_OVERSIZE,
	STEP_UNKNOWN_PAYLOAD,
	STEP_TRUNCATED,
	STEP_WRONG_ORDER,
	STEP_WRONG_SESSION,
	STEP_CONTRADICTION,
	STEP_DISCONNECT,
	STEPS
};

/**
 * struct step - a step
 * @kind: enum step_kind
 * @value: milliseconds, or bytes of garbage
 * @at: misbehaviour: before or instead of which request; enum message_id or STEP_AT_LOOP
 * @resume_ms: STEP_OBEY: how long a pause lasts
 * @line: where it stands
 */
struct step {
	enum step_kind kind;
	uint32_t value;
	int at;
	uint32_t resume_ms;
	unsigned int line;
};

/**
 * struct scenario - a scenario
 * @vehicle: what the vehicle is
 * @soc_permille: state of charge at first
 * @tls: it asks for TLS
 * @certificate: chain of the vehicle, leaf first, PEM
 * @key: its private key: a PEM file, or an URI of an OpenSSL provider
 * @trust: directory with the anchors of chargers' certificates, PEM
 * @step: what it does, one after the other
 * @n_step: how many
 */
struct scenario {
	struct vehicle_config vehicle;
	int32_t soc_permille;
	bool tls;
	char certificate[CONFIG_PATH_SIZE];
	char key[CONFIG_PATH_SIZE];
	char trust[CONFIG_PATH_SIZE];
	struct step step[SCENARIO_STEPS_MAX];
	unsigned int n_step;
};

/**
 * scenario_parse() - read YAML
 * @scenario: written here
 * @text: the text
 * @size: its bytes
 * @name: of the file, for messages
 * @report: one line for everything that is wrong: "NAME:LINE: what and what to write"
 *
 * Return: number of things that are wrong.
 */
unsigned int scenario_parse(struct scenario *scenario, const char *text, size_t size,
			    const char *name, FILE *report);

/** scenario_read() - the same, of a file */
unsigned int scenario_read(struct scenario *scenario, const char *path, FILE *report);

/** step_name() - "loop" */
const char *step_name(enum step_kind kind);

/** step_misbehaves() - is it one that no vehicle should do? */
bool step_misbehaves(enum step_kind kind);

/** step_ends() - does a charger have to end the session because of it? */
bool step_ends(const struct step *step);

#endif /* EVSIM_SCENARIO_H */
