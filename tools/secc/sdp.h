/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SECC discovery protocol: how a vehicle finds the charger (ISO 15118-20, UDP 15118). */
#ifndef SECC_SDP_H
#define SECC_SDP_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SDP_PORT	15118
#define SDP_REQUEST	10	/* bytes, V2GTP header included */
#define SDP_RESPONSE	28

/** enum sdp_security - what the connection is to have */
enum sdp_security {
	SDP_TLS = 0x00,
	SDP_PLAIN = 0x10,
};

/**
 * struct sdp_charger - what is told about a charger
 * @address: link-local
 * @port: TCP port, in the order of this machine
 * @security: enum sdp_security
 */
struct sdp_charger {
	struct in6_addr address;
	uint16_t port;
	uint8_t security;
};

/**
 * sdp_read_request() - what a vehicle asks
 * @in: the datagram
 * @size: its bytes
 * @security: enum sdp_security, set
 *
 * Return: false for what is no request for a TCP connection.
 */
bool sdp_read_request(const uint8_t *in, size_t size, uint8_t *security);

/** sdp_write_request() - the vehicle's question */
void sdp_write_request(uint8_t out[SDP_REQUEST], uint8_t security);

/** sdp_read_response() - the answer; false for what is none */
bool sdp_read_response(const uint8_t *in, size_t size, struct sdp_charger *charger);

/** sdp_write_response() - the charger's answer */
void sdp_write_response(uint8_t out[SDP_RESPONSE], const struct sdp_charger *charger);

/**
 * sdp_address() - the link-local address of an interface
 * @interface: its name
 * @address: set, scope included
 *
 * Return: 0, or -EADDRNOTAVAIL, or -ENODEV.
 */
int sdp_address(const char *interface, struct sockaddr_in6 *address);

/**
 * sdp_listen() - hear the vehicles of one interface
 * @interface: its name
 *
 * Return: a socket that does not block, or a negative errno.
 */
int sdp_listen(const char *interface);

/**
 * sdp_answer() - read one datagram and answer it
 * @fd: of sdp_listen()
 * @charger: for each kind of security that is served
 * @n: how many
 * @from: set to who asked
 *
 * A vehicle that asks for TLS is told of TLS or, where that is not served, what is.
 *
 * Return: what was told, or NULL for what was not answered: no request, a vehicle that
 * asks for less security than is served, or nothing to read.
 */
const struct sdp_charger *sdp_answer(int fd, const struct sdp_charger *charger, size_t n,
				     struct sockaddr_in6 *from);

#endif /* SECC_SDP_H */
