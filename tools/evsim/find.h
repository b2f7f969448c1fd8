/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The way to a charger: SDP, and a connection. */
#ifndef EVSIM_FIND_H
#define EVSIM_FIND_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * find_charger() - ask until a charger answers: every 250 ms, 50 times
 * @interface: where
 * @tls: TLS is wanted
 * @stop: a descriptor; when it can be read, nothing is asked any more
 * @charger: set to its address, scope included
 * @why: on failure a sentence
 * @size: bytes of @why
 *
 * Return: false after a failure.
 */
bool find_charger(const char *interface, bool tls, int stop, struct sockaddr_in6 *charger,
		  char *why, size_t size);

/** find_connect() - a socket that connects to it, not blocking; or a negative errno */
int find_connect(const struct sockaddr_in6 *charger);

#endif /* EVSIM_FIND_H */
