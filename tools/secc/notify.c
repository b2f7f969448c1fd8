// SPDX-License-Identifier: GPL-2.0-or-later
/* What a service manager is told: ready, alive, what goes on, stopping. */
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "notify.h"

#define TEXT_SIZE	256

/* A path, or with "@" a name of the abstract space, which begins with a zero byte. */
static bool take_address(struct notify *n, const char *name)
{
	size_t length = name ? strlen(name) : 0;

	if (!length || length >= sizeof(n->manager.sun_path) ||
	    (*name != '/' && *name != '@'))
		return false;
	n->manager.sun_family = AF_UNIX;
	memcpy(n->manager.sun_path, name, length);
	if (*name == '@')
		n->manager.sun_path[0] = '\0';
	n->size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	return true;
}

/* What is not a number of microseconds for this process asks for nothing. */
static uint64_t watchdog_ms(void)
{
	const char *usec = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
	char *end;
	uint64_t value;

	if (!usec || *usec < '0' || *usec > '9' || (pid && atol(pid) != getpid()))
		return 0;
	value = strtoull(usec, &end, 10);
	return *end ? 0 : value / 1000;
}

void notify_open(struct notify *n)
{
	*n = (struct notify){ .fd = -1 };
	if (!take_address(n, getenv("NOTIFY_SOCKET")))
		return;
	n->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	n->every_ms = watchdog_ms() / 2;
}

void notify_close(struct notify *n)
{
	if (n->fd >= 0)
		close(n->fd);
	n->fd = -1;
}

bool notify_tell(const struct notify *n, const char *fmt, ...)
{
	char text[TEXT_SIZE], *c;
	va_list args;

	if (n->fd < 0)
		return false;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	/* What follows the end of a line would be another assignment. */
	while ((c = strchr(text, '\n')))
		*c = '?';
	return sendto(n->fd, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT,
		      (const struct sockaddr *)&n->manager, n->size) >= 0;
}

void notify_alive(struct notify *n, uint64_t now_ms)
{
	if (n->fd < 0 || !n->every_ms || now_ms < n->due_ms)
		return;
	/* One that was not taken is tried again, but not at once for ever. */
	n->due_ms = now_ms + (notify_tell(n, "WATCHDOG=1") ? n->every_ms : n->every_ms / 8 + 1);
}

int notify_wait_ms(const struct notify *n, uint64_t now_ms)
{
	if (n->fd < 0 || !n->every_ms)
		return -1;
	if (now_ms >= n->due_ms)
		return 0;
	/* Bounded by every_ms, which may be anything. */
	return n->due_ms - now_ms < 60000 ? (int)(n->due_ms - now_ms) : 60000;
}
