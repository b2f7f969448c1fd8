/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What happened in sessions: a line for each message and each event, in a file and on
 * standard error, which a service manager takes to its journal; and captures.
 */
#ifndef SECC_TRACE_H
#define SECC_TRACE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * enum trace_level - as syslog has them
 * @TRACE_ERROR: something failed
 * @TRACE_WARNING: something is not as it should be
 * @TRACE_INFO: what happens in each session
 */
enum trace_level {
	TRACE_ERROR = 3,
	TRACE_WARNING = 4,
	TRACE_INFO = 6,
};

/**
 * struct trace - where lines go
 * @file: descriptor of the log; -1 for none
 * @quiet: nothing goes to standard error
 * @journal: standard error is a service manager's; lines begin with "<level>"
 */
struct trace {
	int file;
	bool quiet;
	bool journal;
};

/**
 * trace_open() - begin
 * @trace: written here
 * @path: of the log, appended to, made with mode 0640; "" for none
 *
 * Return: 0 or a negative errno.
 */
int trace_open(struct trace *trace, const char *path);

/** trace_reopen() - after the log was renamed by whoever rotates it; 0 or a negative errno */
int trace_reopen(struct trace *trace, const char *path);

/** trace_close() - the end */
void trace_close(struct trace *trace);

/**
 * trace_note() - a line
 * @trace: where to
 * @level: enum trace_level
 * @fmt: as printf() has it; no end of line
 *
 * What a vehicle sent may be in it: bytes that are no printable text are shown as "?".
 */
void trace_note(struct trace *trace, enum trace_level level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * struct trace_message - what is told about a message
 * @sent: it went to the other side
 * @name: "SessionSetupReq"
 * @payload: V2GTP payload type
 * @size: bytes, header included
 * @taken_ns: sent: time since the request was there; 0 for none
 * @code: response code's name, or NULL
 */
struct trace_message {
	bool sent;
	const char *name;
	uint16_t payload;
	size_t size;
	uint64_t taken_ns;
	const char *code;
};

/** trace_message() - a line about a message */
void trace_message(struct trace *trace, const struct trace_message *message);

struct capture;

/**
 * capture_open() - a file that Wireshark and tcpdump read (pcap, IPv6 and TCP)
 * @path: the file; written anew
 *
 * Return: NULL with errno set.
 */
struct capture *capture_open(const char *path);

/**
 * capture_connection() - what follows belongs to another connection
 * @capture: the file, or NULL
 * @own: this side's address and port
 * @peer: the other's
 *
 * The side that sends the first message is the one that connected.
 */
void capture_connection(struct capture *capture, const struct sockaddr_in6 *own,
			const struct sockaddr_in6 *peer);

/**
 * capture_message() - a message, as it is without TLS
 * @capture: the file, or NULL
 * @sent: it went to the other side
 * @data: V2GTP header and payload
 * @size: bytes
 */
void capture_message(struct capture *capture, bool sent, const void *data, size_t size);

/** capture_close() - the end; NULL is allowed */
void capture_close(struct capture *capture);

#endif /* SECC_TRACE_H */
