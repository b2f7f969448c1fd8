/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a link is, for those who move its bytes. */
#ifndef SECC_LINK_INTERNAL_H
#define SECC_LINK_INTERNAL_H

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <sys/types.h>

#include "link.h"

#define LINK_BUFFER		(V2GTP_HEADER + LINK_MESSAGE_MAX)
#define LINK_SUBJECT_SIZE	256

/* CAs between a root and a leaf, which are not counted */
#define TLS_SUB_CAS		3

/* Instead of a number of bytes that were moved */
#define LINK_END	0	/* the other side closed it in an orderly way */
#define LINK_LATER	(-1)	/* when poll() says so */
#define LINK_BROKEN	(-2)	/* @error of the link, or why it failed */

/**
 * struct tls - what TLS needs, of one end
 * @context: versions, ciphers, certificates
 * @socket: how OpenSSL reaches the socket of a link
 */
struct tls {
	SSL_CTX *context;
	BIO_METHOD *socket;
};

/**
 * struct link - a connection
 * @fd: its socket
 * @state: enum link_state
 * @arriving: TCP is not yet connected
 * @told: link_work() has returned a state that is the last
 * @ended: nothing more comes from the socket
 * @denied: it failed because of a certificate
 * @taken: link_take() gave the first message, link_drop() has not come
 * @wants: POLLIN, POLLOUT: what TLS waits for, beside what messages need
 * @error: errno of the socket, the last time it broke
 * @ssl: TLS, or NULL
 * @whole: bytes of the first message, once all of it is in @in
 * @arrived: bytes in @in
 * @queued: bytes in @out
 * @sent: how many of these are sent
 * @why: a sentence about LINK_FAILED
 * @peer: subject of the other side's certificate
 * @identity: SHA-512 of that
 * @in: what arrived
 * @out: the message in the queue
 */
struct link {
	int fd;
	enum link_state state;
	bool arriving;
	bool told;
	bool ended;
	bool denied;
	bool taken;
	short wants;
	int error;
	SSL *ssl;
	size_t whole;
	size_t arrived;
	size_t queued;
	size_t sent;
	char why[2 * LINK_SUBJECT_SIZE];
	char peer[LINK_SUBJECT_SIZE];
	uint8_t identity[LINK_IDENTITY_SIZE];
	_Alignas(8) uint8_t in[LINK_BUFFER];
	uint8_t out[LINK_BUFFER];
};

/* link_fail() - the end; of several reasons the first one counts */
void link_fail(struct link *link, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* link_receive() - from the socket: number of bytes, or LINK_... */
ssize_t link_receive(struct link *link, void *data, size_t size);

/* link_transmit() - to the socket: number of bytes, or LINK_... */
ssize_t link_transmit(struct link *link, const void *data, size_t size);

/* tls_socket() - how OpenSSL reaches the socket of a link; NULL without memory */
BIO_METHOD *tls_socket(void);

/* tls_begin() - TLS for a link, of that end; false without memory */
bool tls_begin(struct link *link, struct tls *tls, bool server);

/* tls_end() - tell the other side, if @link is open, and forget */
void tls_end(struct link *link);

/* tls_shake() - go on with the handshake: 1 once it is done, or LINK_... */
ssize_t tls_shake(struct link *link);

/* tls_read(), tls_write() - as link_receive() and link_transmit() */
ssize_t tls_read(struct link *link, void *data, size_t size);
ssize_t tls_write(struct link *link, const void *data, size_t size);

/* tls_verified() - what OpenSSL calls for each certificate of the other side's chain */
int tls_verified(int good, X509_STORE_CTX *store);

/* tls_subject() - "CN=..., O=...", in printable ASCII */
void tls_subject(const X509 *certificate, char *text, size_t size);

/* tls_own() - load own chain and key; false with a sentence in @why */
bool tls_own(SSL_CTX *context, const struct tls_files *files, bool server, char *why,
	     size_t size);

/* tls_trust() - load trust anchors, and name them to the other side */
bool tls_trust(SSL_CTX *context, const char *directory, char *why, size_t size);

#endif /* SECC_LINK_INTERNAL_H */
