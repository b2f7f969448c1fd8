/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line for each thing that happens, for people or as JSON. */
#ifndef EVSIM_REPORT_H
#define EVSIM_REPORT_H

#include <stdio.h>

#include "vehicle.h"

/**
 * struct report - where lines go
 * @out: the file
 * @json: as JSON
 * @verbose: with the contents of messages
 * @start_ms: time that is 0 in a line
 */
struct report {
	FILE *out;
	bool json;
	bool verbose;
	uint64_t start_ms;
};

/**
 * report_note() - something happened
 * @report: where to
 * @now_ms: when
 * @event: a word
 * @fmt: more about it, as printf() has it
 */
void report_note(const struct report *report, uint64_t now_ms, const char *event,
		 const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/**
 * report_message() - a message went one way or the other
 * @report: where to
 * @now_ms: when
 * @message: the message; a request was sent, a response has come
 * @vehicle: in the charge loop its power and state of charge are told
 */
void report_message(const struct report *report, uint64_t now_ms,
		    const struct message *message, const struct vehicle *vehicle);

/**
 * report_end() - the last line
 * @report: where to
 * @now_ms: when
 * @ok: it ended as the scenario says
 * @why: a sentence about it otherwise
 */
void report_end(const struct report *report, uint64_t now_ms, bool ok, const char *why);

#endif /* EVSIM_REPORT_H */
