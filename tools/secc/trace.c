// SPDX-License-Identifier: GPL-2.0-or-later
/* The log: a line for each message and event, one write() each. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "trace.h"

/* A line, its time and its end included; less than what a pipe takes at once. */
#define LINE_SIZE	1024
#define TEXT_SIZE	960
#define TIME_SIZE	32

static const char *level_word(enum trace_level level)
{
	return level <= TRACE_ERROR ? "error" : level <= TRACE_WARNING ? "warning" : "info";
}

/* A pipe is opened without waiting for its reader. */
static int open_log(const char *path, int *fd)
{
	*fd = -1;
	if (!*path)
		return 0;
	*fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY |
		   O_NONBLOCK, 0640);
	return *fd < 0 ? -errno : 0;
}

/* A service manager names the device and inode of the stream that it reads. */
static bool is_journal(int fd)
{
	const char *stream = getenv("JOURNAL_STREAM");
	uintmax_t device, inode;
	struct stat st;

	return stream && sscanf(stream, "%" SCNuMAX ":%" SCNuMAX, &device, &inode) == 2 &&
	       !fstat(fd, &st) && st.st_dev == device && st.st_ino == inode;
}

int trace_open(struct trace *trace, const char *path)
{
	*trace = (struct trace){ .journal = is_journal(STDERR_FILENO) };
	return open_log(path, &trace->file);
}

int trace_reopen(struct trace *trace, const char *path)
{
	int fd, err = open_log(path, &fd);

	if (err)
		return err;
	trace_close(trace);
	trace->file = fd;
	return 0;
}

void trace_close(struct trace *trace)
{
	if (trace->file >= 0)
		close(trace->file);
	trace->file = -1;
}

/*
 * A session goes on without its log: a reader that is slow or gone is not waited for,
 * and what a full disk does not take is lost.
 */
static void put(int fd, const char *line, int length)
{
	struct pollfd ready = { .fd = fd, .events = POLLOUT };

	if (length > 0 && poll(&ready, 1, 0) == 1 && ready.revents == POLLOUT &&
	    write(fd, line, (size_t)length) < 0)
		return;
}

static void format_time(char *out, size_t size)
{
	struct timespec now;
	struct tm utc;
	size_t used;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	used = strftime(out, size, "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(out + used, size - used, ".%03ldZ", now.tv_nsec / 1000000);
}

/* @text fits: its buffer is smaller than a line by more than what is put before it. */
static void emit(const struct trace *trace, enum trace_level level, const char *word,
		 const char *text)
{
	char line[LINE_SIZE], when[TIME_SIZE];
	int length;

	format_time(when, sizeof(when));
	length = snprintf(line, sizeof(line), "%s %s %s\n", when, word, text);
	if (trace->file >= 0)
		put(trace->file, line, length);
	if (trace->quiet)
		return;
	/* The journal has times of its own. */
	if (trace->journal)
		length = snprintf(line, sizeof(line), "<%d>%s %s\n", level, word, text);
	put(STDERR_FILENO, line, length);
}

/* One line of text, whatever a vehicle sent. */
static void clean(char *text, bool cut)
{
	char *c;

	for (c = text; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	if (cut)
		memcpy(c - 3, "...", 3);
}

void trace_note(struct trace *trace, enum trace_level level, const char *fmt, ...)
{
	char text[TEXT_SIZE] = "";
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	clean(text, length >= (int)sizeof(text));
	emit(trace, level, level_word(level), text);
}

void trace_message(struct trace *trace, const struct trace_message *message)
{
	char text[TEXT_SIZE], taken[32] = "";
	int length;

	if (message->taken_ns)
		snprintf(taken, sizeof(taken), " %" PRIu64 " us", message->taken_ns / 1000);
	length = snprintf(text, sizeof(text), "%s 0x%04x %zu bytes%s%s%s", message->name,
			  message->payload, message->size, taken, message->code ? " " : "",
			  message->code ?: "");
	clean(text, length >= (int)sizeof(text));
	emit(trace, TRACE_INFO, message->sent ? "tx" : "rx", text);
}
