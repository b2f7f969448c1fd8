/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two links and what is between them, and certificates for them. */
#ifndef UNIT_WIRE_H
#define UNIT_WIRE_H

#include "../../tools/secc/link.h"

/**
 * struct wire - a charger's link and a vehicle's
 * @charger: accepts
 * @vehicle: connects
 * @charger_state: what link_work() said last
 * @vehicle_state: the same
 */
struct wire {
	struct link *charger;
	struct link *vehicle;
	enum link_state charger_state;
	enum link_state vehicle_state;
};

/* wire_sockets() - two ends of a stream that do not block; over TCP if wanted */
void wire_sockets(int fd[2], bool tcp);

/* wire_open() - links over such a stream */
void wire_open(struct wire *wire, struct tls *charger, struct tls *vehicle, bool tcp);

/* wire_run() - as an event loop does it, until nothing happens any more */
void wire_run(struct wire *wire);

/* wire_close() - free both */
void wire_close(struct wire *wire);

/* message_of() - header and @length bytes, in static memory; its size */
size_t message_of(size_t length, uint8_t seed, const uint8_t **message);

/* takes() - the next message of @link is that of message_of(@length, @seed) */
bool takes(struct link *link, size_t length, uint8_t seed);

/* pki() - path of a file that scripts/make-test-pki made for this run */
const char *pki(const char *name);

#endif /* UNIT_WIRE_H */
