/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A connection that carries V2GTP messages, plain or by TLS 1.3. Both sides use it:
 * the charger accepts, the vehicle connects. Nothing here blocks.
 */
#ifndef SECC_LINK_H
#define SECC_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "v2gtp.h"

/*
 * Most bytes of a message, header not counted. Certificate messages have up to two
 * chains of four certificates with 1600 bytes each.
 */
#define LINK_MESSAGE_MAX	16384

struct link;
struct tls;

/**
 * enum link_state - what has become of a connection
 * @LINK_CONNECTING: TCP or TLS are not yet there
 * @LINK_OPEN: messages may be exchanged
 * @LINK_CLOSED: the other side closed it in an orderly way
 * @LINK_FAILED: see link_why()
 */
enum link_state {
	LINK_CONNECTING,
	LINK_OPEN,
	LINK_CLOSED,
	LINK_FAILED,
};

/**
 * link_accept() - charger's end of a connection that was accepted
 * @fd: the socket, not blocking; it belongs to the link from now on
 * @tls: what TLS needs, or NULL for none
 *
 * Return: the link, or NULL without memory (@fd is closed then).
 */
struct link *link_accept(int fd, struct tls *tls);

/**
 * link_connect() - vehicle's end
 * @fd: a socket that connects or is connected, not blocking; it belongs to the link
 * @tls: what TLS needs, or NULL for none
 *
 * Return: the link, or NULL without memory (@fd is closed then).
 */
struct link *link_connect(int fd, struct tls *tls);

/**
 * link_free() - close and forget
 * @link: the link, or NULL
 *
 * What was queued and not sent is lost; TLS is told the end if the socket takes it.
 */
void link_free(struct link *link);

/** link_fd() - to be polled for link_events() */
int link_fd(const struct link *link);

/** link_events() - POLLIN, POLLOUT: what the link waits for */
short link_events(const struct link *link);

/** link_pending() - link_work() has something to do without poll() saying so */
bool link_pending(const struct link *link);

/**
 * link_work() - go on with the handshake, send what is queued, read what has come
 * @link: the link
 *
 * Return: what has become of it.
 */
enum link_state link_work(struct link *link);

/**
 * link_take() - the next message that has arrived whole
 * @link: the link
 * @header: set
 * @payload: set to what follows it; valid until link_work() or link_drop()
 *
 * A message with another version of V2GTP or more than LINK_MESSAGE_MAX bytes fails the
 * link: what follows could not be told from what is in it.
 *
 * Return: false while there is none.
 */
bool link_take(struct link *link, struct v2gtp *header, const uint8_t **payload);

/** link_drop() - done with the message that link_take() gave */
void link_drop(struct link *link);

/**
 * link_send() - queue a message and send what the socket takes
 * @link: the link
 * @message: header and payload
 * @size: its bytes, at most V2GTP_HEADER + LINK_MESSAGE_MAX
 *
 * Return: false when the message before it is still in the queue, or the link failed.
 */
bool link_send(struct link *link, const void *message, size_t size);

/** link_sent() - nothing is left in the queue */
bool link_sent(const struct link *link);

/** link_why() - a sentence about LINK_FAILED; "" otherwise */
const char *link_why(const struct link *link);

/**
 * link_denied() - it failed because of a certificate
 * @link: the link
 *
 * Return: true for one that is expired, unknown, mismatched or missing.
 */
bool link_denied(const struct link *link);

/** link_peer() - subject of the other side's certificate; "" without one */
const char *link_peer(const struct link *link);

/** link_cipher() - "TLS_AES_256_GCM_SHA384"; "" without TLS */
const char *link_cipher(const struct link *link);

#define LINK_IDENTITY_SIZE	64

/**
 * link_identity() - who the other side is, as a SHA-512 of its certificate
 * @link: the link
 * @identity: written here; zeros without TLS
 */
void link_identity(const struct link *link, uint8_t identity[LINK_IDENTITY_SIZE]);

/**
 * struct tls_files - where certificates are
 * @certificate: own chain, leaf first, PEM
 * @key: its private key: a PEM file, or an URI of an OpenSSL provider
 * @trust: directory with trust anchors, PEM
 */
struct tls_files {
	const char *certificate;
	const char *key;
	const char *trust;
};

/**
 * tls_server() - what the charger's end of TLS needs
 * @files: certificates; read now
 * @why: on failure a sentence that names the file and what to do
 * @size: bytes of @why
 *
 * TLS 1.3 alone; the vehicle has to show a certificate (ISO 15118-20). A vehicle may have
 * finished its handshake, and see LINK_OPEN, before the charger refuses that.
 *
 * Return: NULL after a failure.
 */
struct tls *tls_server(const struct tls_files *files, char *why, size_t size);

/** tls_client() - the same for the vehicle's end, which also shows what has expired */
struct tls *tls_client(const struct tls_files *files, char *why, size_t size);

/** tls_free() - forget; links that use it are to be freed first */
void tls_free(struct tls *tls);

#endif /* SECC_LINK_H */
