// SPDX-License-Identifier: GPL-2.0-or-later
/* A service manager is told what it wants to know, and never waited for. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../tools/secc/notify.h"
#include "test.h"

static char got[4096];

/* A manager's socket, with a name as NOTIFY_SOCKET has it */
static int manager(const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, name, strlen(name));
	if (*name == '@')
		address.sun_path[0] = '\0';
	if (fd < 0 || bind(fd, (struct sockaddr *)&address,
			   (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name))))
		abort();
	setenv("NOTIFY_SOCKET", name, 1);
	return fd;
}

/* What it was told, a line each */
static const char *told(int fd)
{
	size_t used = 0;
	ssize_t length;

	while ((length = recv(fd, got + used, sizeof(got) - used - 2, 0)) >= 0) {
		used += (size_t)length;
		got[used++] = '\n';
	}
	got[used] = '\0';
	return got;
}

static void test_tell(const char *path)
{
	struct notify n;
	char name[128];
	int fd;

	snprintf(name, sizeof(name), "@%s", path);
	fd = manager(name);
	notify_open(&n);
	check(notify_tell(&n, "READY=1"), "notify: abstract socket: taken");
	check_text(told(fd), "READY=1\n", "notify: abstract socket");
	notify_close(&n);
	close(fd);
	check(!notify_tell(&n, "READY=1"), "notify: closed");

	fd = manager(path);
	notify_open(&n);
	check(notify_tell(&n, "STATUS=%s %d", "port", 3), "notify: path: taken");
	check(notify_tell(&n, "STATUS=a\nREADY=1\n"), "notify: an end of line");
	check(notify_tell(&n, "STATUS=%0300d", 1), "notify: too long");
	told(fd);
	check(!strncmp(got, "STATUS=port 3\nSTATUS=a?READY=1?\nSTATUS=0000", 43),
	      "notify: path, one assignment a datagram");
	check(strlen(got) == 14 + 18 + 256, "notify: cut");
	close(fd);
	check(!notify_tell(&n, "READY=1"), "notify: a manager that is gone");
	unlink(path);
	notify_close(&n);
}

static void test_nobody(void)
{
	static const char *const names[] = { NULL, "", "x", "relative/path", "vsock:2:1234" };
	char longest[200];
	struct notify n;
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++) {
		unsetenv("NOTIFY_SOCKET");
		if (names[i])
			setenv("NOTIFY_SOCKET", names[i], 1);
		setenv("WATCHDOG_USEC", "1000000", 1);
		notify_open(&n);
		notify_alive(&n, 1);
		check(n.fd < 0 && !notify_tell(&n, "READY=1") && notify_wait_ms(&n, 1) == -1,
		      "notify: nobody at '%s'", names[i] ?: "(unset)");
		notify_close(&n);
	}
	memset(longest, 'x', sizeof(longest));
	longest[0] = '/';
	longest[sizeof(n.manager.sun_path)] = '\0';
	setenv("NOTIFY_SOCKET", longest, 1);
	notify_open(&n);
	check(n.fd < 0, "notify: a path that no socket can have");
	notify_close(&n);
}

/* WATCHDOG_USEC, whose process, and what is made of it */
static const struct watchdog {
	const char *usec, *pid;
	uint64_t every_ms;
} watchdogs[] = {
	{ NULL, NULL, 0 },
	{ "10000000", NULL, 5000 },
	{ "10000000", "this", 5000 },
	{ "10000000", "1", 0 },
	{ "10000000", "", 0 },
	{ "0", NULL, 0 },
	{ "-5000000", NULL, 0 },
	{ "10s", NULL, 0 },
	{ "", NULL, 0 },
};

static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static void test_watchdog(const char *path)
{
	struct notify n;
	char pid[16];
	size_t i;
	int fd;

	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	fd = manager(path);
	for (i = 0; i < ARRAY_LEN(watchdogs); i++) {
		const char *whose = watchdogs[i].pid;

		set("WATCHDOG_USEC", watchdogs[i].usec);
		set("WATCHDOG_PID", whose && !strcmp(whose, "this") ? pid : whose);
		notify_open(&n);
		check(n.fd >= 0 && n.every_ms == watchdogs[i].every_ms,
		      "notify: WATCHDOG_USEC=%s WATCHDOG_PID=%s",
		      watchdogs[i].usec ?: "(unset)", whose ?: "(unset)");
		notify_close(&n);
	}
	set("WATCHDOG_PID", NULL);
	set("WATCHDOG_USEC", "2000000");
	notify_open(&n);
	check(notify_wait_ms(&n, 5000) == 0, "notify: the first sign of life is due");
	notify_alive(&n, 5000);
	check(notify_wait_ms(&n, 5400) == 600, "notify: the next is due after half the time");
	notify_alive(&n, 5999);
	check_text(told(fd), "WATCHDOG=1\n", "notify: none before");
	notify_alive(&n, 6000);
	check_text(told(fd), "WATCHDOG=1\n", "notify: then one");
	notify_close(&n);

	set("WATCHDOG_USEC", "86400000000");
	notify_open(&n);
	notify_alive(&n, 1);
	check(notify_wait_ms(&n, 1) == 60000, "notify: a day is waited for in parts");
	notify_close(&n);
	close(fd);
	unlink(path);
}

/* A manager that does not read: nothing waits, and nothing spins. */
static void test_stuck(const char *path)
{
	struct notify n;
	int fd = manager(path), i;

	set("WATCHDOG_USEC", "8000000");
	notify_open(&n);
	alarm(10);
	for (i = 0; i < 5000 && notify_tell(&n, "STATUS=%d", i); i++)
		;
	alarm(0);
	check(i < 5000, "notify: a manager who is asleep");
	notify_alive(&n, 100);
	check(notify_wait_ms(&n, 100) == 501, "notify: tried again, a while later");
	told(fd);
	notify_alive(&n, 601);
	check_text(told(fd), "WATCHDOG=1\n", "notify: once it has woken up");
	notify_close(&n);
	close(fd);
	unlink(path);
}

void test_notify(void)
{
	char dir[] = "/tmp/notify-XXXXXX", path[64];

	if (!mkdtemp(dir))
		abort();
	snprintf(path, sizeof(path), "%s/socket", dir);
	test_nobody();
	set("WATCHDOG_USEC", NULL);
	test_tell(path);
	test_watchdog(path);
	test_stuck(path);
	set("WATCHDOG_USEC", NULL);
	set("NOTIFY_SOCKET", NULL);
	rmdir(dir);
}
