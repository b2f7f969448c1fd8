// SPDX-License-Identifier: GPL-2.0-or-later
/* The log: its lines, and that nothing stops for it. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../../tools/secc/trace.h"
#include "test.h"

static char dir[] = "/tmp/trace-XXXXXX", path[64];

/* A time of the form 2026-11-22T15:51:35.123Z, within seconds of now */
static bool is_time(const char *line)
{
	struct tm utc = { 0 };
	const char *rest = strptime(line, "%Y-%m-%dT%H:%M:%S", &utc);
	time_t then = timegm(&utc);
	struct timespec now;

	/* The clock that the line was made by: time() may be a tick behind it. */
	clock_gettime(CLOCK_REALTIME, &now);
	return rest && rest[0] == '.' && strspn(rest + 1, "0123456789") == 3 &&
	       rest[4] == 'Z' && rest[5] == ' ' && then <= now.tv_sec &&
	       then > now.tv_sec - 60;
}

/* Each line of the log without its time; to be freed. */
static char *lines(void)
{
	char *log = read_file(path), *line, *save = NULL, *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	for (line = strtok_r(log, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		fprintf(stream, "%s\n", is_time(line) ? strchr(line, ' ') + 1 : "no time");
	fclose(stream);
	free(log);
	return text;
}

static const struct line {
	struct trace_message message;
	const char *text;
} messages[] = {
	{ { false, "SessionSetupReq", 0x8002, 39, 0, NULL }, "rx SessionSetupReq 0x8002 39 bytes\n" },
	{ { true, "SessionSetupRes", 0x8002, 42, 312999, "OK_NewSessionEstablished" },
	  "tx SessionSetupRes 0x8002 42 bytes 312 us OK_NewSessionEstablished\n" },
	{ { true, "AC_ChargeLoopReq", 0x8003, 16392, 0, NULL }, "tx AC_ChargeLoopReq 0x8003 16392 bytes\n" },
	{ { true, "SessionStopRes", 0x8002, 20, 999, "OK" }, "tx SessionStopRes 0x8002 20 bytes 0 us OK\n" },
	{ { false, "a\nb\x1b[1m", 1, 0, 0, NULL }, "rx a?b?[1m 0x0001 0 bytes\n" },
};

static void test_lines(struct trace *trace)
{
	char *got, *want = NULL, longer[3000];
	size_t i, size;
	FILE *stream = open_memstream(&want, &size);

	trace_note(trace, TRACE_INFO, "evse%d: listening on %s", 0, "eth1");
	fputs("info evse0: listening on eth1\n", stream);
	trace_note(trace, TRACE_WARNING, "%s", "a\nb\r\x7f\xc3\xa4\t");
	fputs("warning a?b?????\n", stream);
	trace_note(trace, TRACE_ERROR, "%s", "");
	fputs("error \n", stream);
	for (i = 0; i < ARRAY_LEN(messages); i++) {
		trace_message(trace, &messages[i].message);
		fputs(messages[i].text, stream);
	}
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	trace_note(trace, TRACE_INFO, "%s", longer);
	fprintf(stream, "info %.956s...\n", longer);
	trace_message(trace, &(struct trace_message){ .name = longer });
	fprintf(stream, "rx %.956s...\n", longer);
	fclose(stream);
	got = lines();
	check_text(got, want, "trace: lines");
	free(got);
	free(want);
}

static void test_file(void)
{
	struct trace trace;
	char other[80], *got;
	struct stat st;
	mode_t before = umask(0);

	check(!trace_open(&trace, path), "trace: a log is made");
	umask(before);
	trace.quiet = true;
	check(!stat(path, &st) && (st.st_mode & 07777) == 0640, "trace: its mode is 0640");
	test_lines(&trace);

	snprintf(other, sizeof(other), "%s.1", path);
	check(!rename(path, other), "trace: the log is renamed");
	trace_note(&trace, TRACE_INFO, "before");
	check(!trace_reopen(&trace, path), "trace: opened again");
	trace_note(&trace, TRACE_INFO, "after");
	got = lines();
	check_text(got, "info after\n", "trace: a new file");
	free(got);
	check(trace_reopen(&trace, "/nonexistent/log") == -ENOENT, "trace: no such directory");
	trace_note(&trace, TRACE_INFO, "still");
	trace_close(&trace);
	check(!trace_open(&trace, path), "trace: opened once more");
	trace.quiet = true;
	trace_note(&trace, TRACE_INFO, "more");
	trace_close(&trace);
	trace_note(&trace, TRACE_INFO, "to nobody");
	got = lines();
	check_text(got, "info after\ninfo still\ninfo more\n", "trace: appended to");
	free(got);
	unlink(other);
	unlink(path);
	check(trace_open(&trace, "/nonexistent/log") == -ENOENT && trace.file == -1,
	      "trace: cannot be made");
	check(!trace_open(&trace, "") && trace.file == -1, "trace: none");
}

/* What stands in the way is not waited for. */
static void test_stuck(void)
{
	struct rlimit limit, before;
	struct trace trace;
	struct stat st;
	char buf[4096];
	int reader, i;

	check(!trace_open(&trace, "/dev/full"), "trace: a full disk");
	trace.quiet = true;
	trace_note(&trace, TRACE_INFO, "lost");
	trace_close(&trace);

	check(!mkfifo(path, 0600) && trace_open(&trace, path) == -ENXIO,
	      "trace: a pipe without a reader");
	reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	check(!trace_open(&trace, path), "trace: a pipe with one");
	trace.quiet = true;
	/* As a descriptor that was inherited could be. */
	fcntl(trace.file, F_SETFL, 0);
	alarm(10);
	for (i = 0; i < 5000; i++)
		trace_note(&trace, TRACE_INFO, "a line for a reader who is asleep");
	alarm(0);
	check(read(reader, buf, sizeof(buf)) > 0, "trace: a reader who is asleep");
	close(reader);
	trace_note(&trace, TRACE_INFO, "nor does a reader who has gone end anything");
	check(true, "trace: a reader who has gone");
	trace_close(&trace);
	unlink(path);

	/* The disk is full, as a file's greatest size says it. */
	getrlimit(RLIMIT_FSIZE, &before);
	limit = before;
	limit.rlim_cur = 8192;
	signal(SIGXFSZ, SIG_IGN);
	check(!trace_open(&trace, path), "trace: a log that cannot grow");
	trace.quiet = true;
	setrlimit(RLIMIT_FSIZE, &limit);
	for (i = 0; i < 1000; i++)
		trace_note(&trace, TRACE_INFO, "line %d", i);
	setrlimit(RLIMIT_FSIZE, &before);
	signal(SIGXFSZ, SIG_DFL);
	check(!fstat(trace.file, &st) && st.st_size == 8192, "trace: as much as there is room for");
	trace_close(&trace);
	unlink(path);
}

/* Standard error in a file of its own, while @text is told. */
static char *told(struct trace *trace, const char *stream)
{
	int keep = dup(STDERR_FILENO), fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct stat st;
	char name[64], *text;

	fstat(fd, &st);
	snprintf(name, sizeof(name), "%ju:%ju", (uintmax_t)st.st_dev,
		 (uintmax_t)st.st_ino + !strcmp(stream, "other"));
	if (*stream)
		setenv("JOURNAL_STREAM", name, 1);
	dup2(fd, STDERR_FILENO);
	trace_open(trace, "");
	trace_note(trace, TRACE_WARNING, "hot");
	trace_message(trace, &messages[0].message);
	trace->quiet = true;
	trace_note(trace, TRACE_ERROR, "not told");
	dup2(keep, STDERR_FILENO);
	close(keep);
	close(fd);
	unsetenv("JOURNAL_STREAM");
	text = *stream == 'j' ? read_file(path) : lines();
	unlink(path);
	return text;
}

static void test_stderr(void)
{
	static const char plain[] = "warning hot\nrx SessionSetupReq 0x8002 39 bytes\n";
	struct trace trace;
	char *text;

	unsetenv("JOURNAL_STREAM");
	text = told(&trace, "");
	check_text(text, plain, "trace: standard error");
	free(text);
	text = told(&trace, "other");
	check_text(text, plain, "trace: standard error that is no journal's");
	check(!trace.journal, "trace: no journal");
	free(text);
	text = told(&trace, "journal");
	check_text(text, "<4>warning hot\n<6>rx SessionSetupReq 0x8002 39 bytes\n",
		   "trace: a journal");
	free(text);
}

void test_trace(void)
{
	if (!mkdtemp(dir))
		abort();
	snprintf(path, sizeof(path), "%s/log", dir);
	test_file();
	test_stuck();
	test_stderr();
	rmdir(dir);
}
