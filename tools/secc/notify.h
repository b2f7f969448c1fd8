/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a service manager is told (sd_notify(3)): datagrams to the socket that its
 * environment names. libsystemd is no static library, and this is all that is used of it.
 */
#ifndef SECC_NOTIFY_H
#define SECC_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

/**
 * struct notify - a service manager
 * @fd: socket; -1 where nobody wants to know
 * @manager: address of the manager's
 * @size: bytes of it
 * @every_ms: between two signs of life, half of what the manager waits; 0 for none
 * @due_ms: when the next one is due, clock_ms()
 */
struct notify {
	int fd;
	struct sockaddr_un manager;
	socklen_t size;
	uint64_t every_ms;
	uint64_t due_ms;
};

/**
 * notify_open() - find the manager by NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID
 * @n: written here; nobody wants to know where these say nothing that can be used
 */
void notify_open(struct notify *n);

/** notify_close() - the end */
void notify_close(struct notify *n);

/**
 * notify_tell() - an assignment of the protocol, such as "READY=1"
 * @n: the manager
 * @fmt: as printf() has it; cut after 255 bytes, and an end of line shows as "?"
 *
 * Never waits.
 *
 * Return: it was taken.
 */
bool notify_tell(const struct notify *n, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * notify_alive() - a sign of life, when one is due
 * @n: the manager
 * @now_ms: clock_ms()
 *
 * For the loop that has to be alive: another thread would tell nothing about it.
 */
void notify_alive(struct notify *n, uint64_t now_ms);

/** notify_wait_ms() - until a sign of life is due; -1 for never */
int notify_wait_ms(const struct notify *n, uint64_t now_ms);

#endif /* SECC_NOTIFY_H */
